/*
 * read_files.h - for the tests of the input room: a scratch folder, packed bytes, and everything that a set
 * of inputs gives.
 *
 * read_all() reads each record twice, from its batch and by itself, and fails where the two differ.
 */
#pragma once

#include "test.h"

#include "read/read.h"

#include <fcntl.h>
#include <ftw.h>
#include <isa-l/igzip_lib.h>
#include <sys/stat.h>
#include <unistd.h>

struct scratch {
    char folder[256];
    char path[600]; /* of the last file named */
};

static inline void scratch_open(struct scratch *s)
{
    snprintf(s->folder, sizeof(s->folder), "%s/copydesk-test-XXXXXX", test_temp_dir());
    assert_non_null(mkdtemp(s->folder));
}

static inline const char *scratch_path(struct scratch *s, const char *name)
{
    snprintf(s->path, sizeof(s->path), "%s/%s", s->folder, name);
    return s->path;
}

static inline const char *scratch_file(struct scratch *s, const char *name, const void *data, size_t len)
{
    int fd = open(scratch_path(s, name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, data, len), (ssize_t)len);
    assert_int_equal(close(fd), 0);
    return s->path;
}

static inline int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline void scratch_close(struct scratch *s)
{
    assert_int_equal(nftw(s->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* One gzip member appended to out. */
static inline void add_gzip(struct buf *out, const void *data, size_t len)
{
    union {
        const void *given;
        uint8_t *in;
    } bytes = {data};
    struct isal_zstream stream;

    isal_deflate_stateless_init(&stream);
    assert_true(buf_reserve(out, len + 1000));
    stream.end_of_stream = 1;
    stream.flush = NO_FLUSH;
    stream.gzip_flag = IGZIP_GZIP;
    stream.next_in = bytes.in;
    stream.avail_in = (uint32_t)len;
    stream.next_out = (uint8_t *)(out->data + out->len);
    stream.avail_out = (uint32_t)(len + 1000);
    assert_int_equal(isal_deflate_stateless(&stream), COMP_OK);
    out->len += stream.total_out;
}

struct got {
    char *id, *title, *text, *url, *date, *source; /* with a NUL behind */
    size_t text_len;
    const char *bad;
    uint64_t bad_offset, line, offset, raw_len;
    uint32_t file_no;
};

struct got_all {
    struct got *records;
    size_t n, n_bad, n_batches;
    uint64_t lines; /* of the file read last */
};

static inline struct read_options read_defaults(void)
{
    return (struct read_options){
        .cpu = COPYDESK_CPU_BEST,
        .id_field = "id",
        .title_field = "title",
        .text_field = "text",
        .url_field = "url",
        .date_field = "date",
        .source_field = "source",
        .max_article_bytes = 16 << 20,
        .temp_dir = test_temp_dir(),
    };
}

static inline char *copy_text(struct str s)
{
    char *copy = malloc(s.len + 1);
    assert_non_null(copy);
    if (s.len > 0) {
        memcpy(copy, s.data, s.len);
    }
    copy[s.len] = '\0';
    return copy;
}

static inline void keep_record(struct got_all *all, const struct article *a, uint64_t first_line)
{
    struct got *g;
    if ((all->n & (all->n - 1)) == 0) { // full at every power of two: doubled
        all->records = realloc(all->records, (all->n ? 2 * all->n : 1) * sizeof(*all->records));
        assert_non_null(all->records);
    }
    g = &all->records[all->n++];
    *g = (struct got){copy_text(a->id),   copy_text(a->title),  copy_text(a->text), copy_text(a->url),
                      copy_text(a->date), copy_text(a->source), a->text.len,        a->bad,
                      a->bad_offset,      first_line + a->line, a->offset,          a->raw.len,
                      a->file_no};
    all->n_bad += a->bad != NULL;
}

static inline void assert_str(struct str a, struct str b)
{
    assert_int_equal(a.len, b.len);
    assert_true(str_equal(a, b));
}

/* The same record by itself is the same article. */
static inline void check_again(struct input *in, struct record_reader *reader, const struct article *a)
{
    struct copydesk_error error;
    struct article b;
    char *raw = malloc(a->raw.len + ARTICLE_PADDING);
    assert_non_null(raw);
    assert_int_equal(input_read_at(in, a->file_no, a->offset, raw, a->raw.len, &error), 0);
    assert_int_equal(memcmp(raw, a->raw.data, a->raw.len), 0);
    assert_int_equal(record_reader_parse(reader, a->file_no, (struct str){raw, a->raw.len}, &b, &error), 0);
    assert_str(a->id, b.id);
    assert_str(a->title, b.title);
    assert_str(a->text, b.text);
    assert_str(a->url, b.url);
    assert_str(a->date, b.date);
    assert_str(a->source, b.source);
    assert_ptr_equal(a->bad, b.bad);
    assert_int_equal(a->bad_offset, b.bad_offset);
    free(raw);
}

static inline struct got_all read_all(struct input *in)
{
    struct got_all all = {0};
    struct copydesk_error error = {0};
    struct record_reader *reader;
    struct record_reader *again;
    struct batch batch = {0};
    struct article article;
    uint32_t file_no = 0;
    int status;

    assert_int_equal(record_reader_new(&reader, in, &error), 0);
    assert_int_equal(record_reader_new(&again, in, &error), 0);
    while ((status = input_next(in, &batch, &error)) == 1) {
        assert_int_equal(batch.serial, all.n_batches++);
        if (batch.file_no != file_no) {
            file_no = batch.file_no;
            all.lines = 0;
        }
        record_reader_start(reader, &batch);
        while ((status = record_reader_next(reader, &article, &error)) == 1) {
            if (!batch.bad) {
                check_again(in, again, &article);
            }
            keep_record(&all, &article, all.lines);
        }
        assert_int_equal(status, 0);
        all.lines += record_reader_lines(reader);
    }
    assert_int_equal(status, 0);
    batch_release(&batch);
    record_reader_free(reader);
    record_reader_free(again);
    return all;
}

static inline void got_free(struct got_all *all)
{
    for (size_t i = 0; i < all->n; i++) {
        struct got *g = &all->records[i];
        free(g->id);
        free(g->title);
        free(g->text);
        free(g->url);
        free(g->date);
        free(g->source);
    }
    free(all->records);
    *all = (struct got_all){0};
}

/* One file with these bytes, read whole. */
static inline struct got_all read_bytes(const char *name, const void *data, size_t len,
                                        const struct read_options *options)
{
    struct scratch s;
    struct copydesk_error error = {0};
    struct input *in;
    struct got_all all;

    scratch_open(&s);
    scratch_file(&s, name, data, len);
    assert_int_equal(input_new(&in, options, &error), 0);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    all = read_all(in);
    input_free(in);
    scratch_close(&s);
    return all;
}
