/*
 * room.h - what the files of this room share. Nobody else includes it; read.h is the door.
 *
 *   input.c    the list of inputs, folders          backing.c  bytes of one input at any place, unpacked and
 *   spooled batches.c  runs of whole records                record.c   a batch to articles, one by one
 *   read_*.c   one format each: where a record ends, what stands in it
 *
 * First pass: input_next() goes through the files in order, under one lock, and is the only one to change
 * them. Later, and meanwhile for batches already handed out, any thread reads what stands in an input_file;
 * only the descriptor cache is shared, under its own lock.
 */
#pragma once

#include "base/file.h"
#include "base/mem.h"
#include "read/decode.h"
#include "read/fields.h"
#include "read/json.h"
#include "read/read.h"
#include "read/unpack.h"

#include <pthread.h>
#include <time.h>

#define BATCH_BYTES    (256 * 1024)
#define N_CACHED_FILES 64
#define SCRATCH_BYTES  (256 * 1024)

/* What comes behind the bytes at hand. */
enum follows {
    MORE_FOLLOWS, /* more bytes */
    FILE_ENDS,    /* nothing: the file or batch ends here */
    FILE_CUT,     /* nothing: but something should, for the packed data are damaged */
};

/* The header row of a CSV or TSV file. */
struct csv_header {
    uint64_t end; /* offset of its end in the backing: rows before are no articles */
    size_t n_columns;
    int64_t column[N_FIELDS]; /* -1: there is none */
    size_t len;
    char bytes[]; /* as it stands, line end included */
};

enum input_kind { INPUT_PLAIN, INPUT_SPOOLED, INPUT_MEMORY };

struct input_file {
    const char *name;
    enum input_kind kind;
    enum copydesk_format format; /* COPYDESK_FORMAT_AUTO until known */
    bool from_folder, is_stdin;
    bool damaged;  /* its packed data broke off */
    bool known;    /* articles to compare with, not to judge */
    bool seen;     /* size, inode and time are those of the first pass */
    uint64_t size; /* of the backing; 0 while unknown */
    uint64_t base; /* where the backing starts in the spool */
    uint64_t inode, device;
    struct timespec changed;
    uint64_t data_start; /* length of the BOM */
    struct csv_header *header;
};

struct cached_file {
    uint32_t file_no;
    int fd;
    unsigned pins;
    uint64_t used; /* clock of the last use, 0 = slot is empty */
};

/* The input that is being read for the first time. */
struct current {
    bool open;
    uint64_t pos;              /* next batch starts here */
    struct unpacker *unpacker; /* NULL: its own backing */
    int fd;                    /* below the unpacker */
    struct decode_stream wide;
    bool pumped;        /* the unpacker has given all */
    const char *damage; /* not yet told */
};

struct input {
    struct read_options options; /* strings are copies */
    struct field_names names;
    struct arena arena; /* strings */
    struct input_file *files;
    size_t n_files, cap_files;
    struct spool spool; /* one for all inputs: they are read one after the other */
    uint64_t total_bytes;
    bool total_known;
    bool stdin_added;
    bool adding_known; /* files that are added now are not to be judged */
    int stdin_fd;      /* -1, or a copy of standard input that is its own backing */

    pthread_mutex_t next_lock;
    bool reading;
    uint32_t file_no;
    struct current current;
    uint64_t serial;
    struct decoder *decoder; /* for header rows and names */
    struct buf converted;
    char *scratch; /* SCRATCH_BYTES */

    pthread_mutex_t cache_lock;
    struct cached_file cache[N_CACHED_FILES];
    uint64_t clock;
};

struct record_reader {
    struct input *in;
    const struct batch *batch;
    size_t pos;
    uint64_t lines;
    bool told; /* the bad record of this batch */
    enum copydesk_cpu cpu;
    struct json_parser *json;
    struct decoder *decoder;
    struct buf converted; /* the record as UTF-8 */
    struct buf unescaped; /* fields that do not stand in the record as they are */
};

/* A format. `rest` starts at the start of a record and is never empty. */
struct format {
    enum copydesk_format format;
    const char *extensions[3]; /* in lower case, without the dot */
    /* Length of the record at the front of rest; 0 = not whole, never with FILE_ENDS. *skip: no article. */
    size_t (*first)(const struct input_file *file, struct str rest, enum follows follows, bool *skip);
    /* Length of all whole records at the front; NULL: by first(). */
    size_t (*whole)(struct str rest, enum follows follows);
    /* Length of the record at current.pos, which is too long for memory, and whether it is an article. */
    int (*length)(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                  struct copydesk_error *error);
    /* raw to the fields of article or article->bad. raw.data is followed by ARTICLE_PADDING bytes. */
    int (*parse)(struct record_reader *reader, const struct input_file *file, struct str raw,
                 struct article *article, struct copydesk_error *error);
    /* The record in UTF-8 with changed fields, appended to out. NULL: records of this format do not stand
     * alone. */
    int (*rewrite)(struct record_reader *reader, const struct input_file *file, struct str utf8,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error);
};

extern const struct format format_jsonl, format_csv, format_tsv, format_wet, format_text;
const struct format *format_find(enum copydesk_format format);
/* By the ending of a name, .gz and .zst aside; COPYDESK_FORMAT_AUTO: unknown. */
enum copydesk_format format_by_name(struct str name);
enum copydesk_format format_by_bytes(struct str first);

/* input.c */
void input_warn(struct input *in, const struct input_file *file, const char *what);

/* backing.c; the first three under next_lock. */
/* Opens the current file, unpacks its start, finds its format. *skip: a file of a folder that is no input. */
int backing_start(struct input *in, struct input_file *file, bool *skip, struct copydesk_error *error);
/* Bytes of the current file; *got < len only at its end. */
int backing_read(struct input *in, struct input_file *file, uint64_t offset, void *out, size_t len,
                 size_t *got, struct copydesk_error *error);
void backing_finish(struct input *in);
void backing_release(struct input *in);

/* read_csv.c: reads the header row off the front of the data, when the current file has none yet. */
int csv_take_header(struct input *in, struct input_file *file, struct str data, enum follows follows,
                    struct copydesk_error *error);

/* record.c */
/* Valid UTF-8: raw itself, else reader->converted; followed by ARTICLE_PADDING bytes. */
int record_to_utf8(struct record_reader *reader, struct str raw, struct str *utf8,
                   struct copydesk_error *error);
/* source from domain or url; title and text from a body whose first line is the title. */
void article_set_source(struct article *article, struct str domain);
void article_set_body(struct article *article, struct str body);
/* batches.c: format.length for formats of lines. */
int length_of_line(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                   struct copydesk_error *error);
