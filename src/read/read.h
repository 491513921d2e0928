/*
 * read.h - room 1: from paths to articles.
 *
 *   paths -> input (opens, unpacks, spools) -> batches of whole records -> record reader of one thread ->
 * struct article
 *
 * A corpus is read twice or three times (fingerprints, candidates, output), so every input has a *backing*: a
 * file that can be read again at any place. A plain regular file is its own backing. What cannot be read
 * twice (standard input, a pipe) or not at any place (gzip, zstd, UTF-16) is spooled while it is read the
 * first time: its unpacked bytes go to an unlinked file in temp_dir. Offsets are always offsets in the
 * backing.
 */
#pragma once

#include "article.h"
#include "base/error.h"

struct read_options {
    const char *id_field, *title_field, *text_field, *url_field, *date_field, *source_field;
    enum copydesk_format format;
    const char *charset; /* NULL: detect */
    uint64_t max_article_bytes;
    const char *temp_dir;
    enum copydesk_cpu cpu;
    void (*warning)(void *data, const char *message); /* may be NULL */
    void *callback_data;
};

struct input; /* all inputs of a run, in order */

int input_new(struct input **in, const struct read_options *options, struct copydesk_error *error);
void input_free(struct input *in);

/* File, folder or "-". Checks that it can be opened. */
int input_add_path(struct input *in, const char *path, struct copydesk_error *error);
/* The same, for articles that are known already: to compare with, not to judge. */
int input_add_known_path(struct input *in, const char *path, struct copydesk_error *error);
/* Once all is added: a file that is both known and to be judged is judged. */
int input_settle_known(struct input *in, struct copydesk_error *error);
/* Appends bytes to a spool of JSON lines named "(memory)"; `line` ends in a line feed. */
int input_add_line(struct input *in, struct str line, struct copydesk_error *error);

/*
 * A name for records that come from elsewhere, to be parsed with record_reader_parse(): JSON lines, which are
 * not kept. Adds no data.
 */
int input_add_stream(struct input *in, const char *name, uint32_t *file_no, struct copydesk_error *error);

size_t input_n_files(const struct input *in);
/* Name as given (or walked to), and the format it is read as. */
struct str input_file_name(const struct input *in, uint32_t file_no);
enum copydesk_format input_file_format(const struct input *in, uint32_t file_no);
/* Whether its packed data are damaged, so that the rest of it is lost. After the first pass. */
bool input_file_damaged(const struct input *in, uint32_t file_no);
bool input_file_known(const struct input *in, uint32_t file_no);
/* Bytes of the inputs where known (plain files), else 0: for progress. */
uint64_t input_total_bytes(const struct input *in);
/* The header row of a CSV or TSV file as it stands, line end included; empty for other formats. After the
 * first pass. */
struct str input_file_header(const struct input *in, uint32_t file_no);

/* A run of whole records of one input. Reuse one struct for all calls of a thread; all-zero is empty. */
struct batch {
    uint64_t serial; /* 0, 1, 2 ... in input order over all files */
    uint32_t file_no;
    uint64_t offset; /* of data in the backing */
    char *data;      /* followed by ARTICLE_PADDING readable bytes */
    size_t len, cap;
    const char *bad;  /* not NULL: these bytes are one bad record (too long, cut off), and this is why */
    uint64_t bad_len; /* its length in the backing; data holds only its beginning */
};

/*
 * The next batch: 1 = filled, 0 = no more, < 0 failure. Any thread may call; calls are serialised inside.
 * About 256 KiB each, fewer bytes at the end of a file. An input whose packed data are damaged gives the
 * sound part, then one bad batch of length 0 that says so, and the run goes on with the next input.
 */
int input_next(struct input *in, struct batch *batch, struct copydesk_error *error);
void batch_release(struct batch *batch);

/* Reads len bytes at offset of a backing into out. Any thread. COPYDESK_ERR_CHANGED when the file is shorter
 * now. */
int input_read_at(struct input *in, uint32_t file_no, uint64_t offset, void *out, size_t len,
                  struct copydesk_error *error);

struct record_reader; /* parser scratch of one thread */

int record_reader_new(struct record_reader **reader, struct input *in, struct copydesk_error *error);
void record_reader_free(struct record_reader *reader);

/* Starts on a batch; the batch must outlive the articles read from it. */
void record_reader_start(struct record_reader *reader, const struct batch *batch);
/* 1 = article filled in (perhaps a bad one), 0 = end of batch, < 0 failure. */
int record_reader_next(struct record_reader *reader, struct article *article, struct copydesk_error *error);
/* Lines that the batch spans; valid after record_reader_next() returned 0. */
uint64_t record_reader_lines(const struct record_reader *reader);

/*
 * One record again: the bytes of struct article.raw, read back with input_read_at(). raw.data is followed by
 * ARTICLE_PADDING readable bytes. The result is the same article (line aside).
 */
int record_reader_parse(struct record_reader *reader, uint32_t file_no, struct str raw,
                        struct article *article, struct copydesk_error *error);

/* Whether these bytes, of a bad record perhaps, are a JSON object all the same. Padded like raw above. */
int record_reader_is_object(struct record_reader *reader, struct str raw, bool *is_object,
                            struct copydesk_error *error);

/* New values of the fields; data NULL: as it was. */
struct record_change {
    struct str title, text;
};

/*
 * The record again with another title or text, all else byte for byte: appended to out, in UTF-8. For
 * formats whose records stand in a file of many (all but COPYDESK_FORMAT_TEXT). The record was read as an
 * article before.
 */
int record_reader_rewrite(struct record_reader *reader, uint32_t file_no, struct str raw,
                          const struct record_change *change, struct buf *out, struct copydesk_error *error);
