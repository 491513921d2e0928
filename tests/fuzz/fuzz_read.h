/*
 * fuzz_read.h - bytes through the whole input room, for the targets of its formats.
 *
 * Checks what must hold for any input: every byte is in one record or between records, in order; fields are
 * valid UTF-8; a record read again by itself is the same article. A tiny limit on the length of records makes
 * tiny windows, so that long records and the borders of windows come into play too.
 */
#pragma once

#include "base/file.h"
#include "read/json.h"
#include "read/read.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REQUIRE(condition)                                                                                   \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

static inline void require_same(struct str a, struct str b)
{
    REQUIRE(str_equal(a, b));
    REQUIRE(json_valid_utf8(a));
}

static inline void require_article(struct input *in, struct record_reader *again, const struct article *a)
{
    struct copydesk_error error;
    struct article b;
    char *raw = calloc(a->raw.len + ARTICLE_PADDING, 1);
    REQUIRE(raw);
    REQUIRE(input_read_at(in, a->file_no, a->offset, raw, a->raw.len, &error) == 0);
    REQUIRE(record_reader_parse(again, a->file_no, (struct str){raw, a->raw.len}, &b, &error) == 0);
    require_same(a->id, b.id);
    require_same(a->title, b.title);
    require_same(a->text, b.text);
    require_same(a->url, b.url);
    require_same(a->date, b.date);
    require_same(a->source, b.source);
    REQUIRE(a->bad == b.bad && a->bad_offset == b.bad_offset && a->bad_offset <= a->raw.len);
    free(raw);
}

static inline void read_batches(struct input *in)
{
    struct record_reader *reader = NULL;
    struct record_reader *again = NULL;
    struct copydesk_error error;
    struct article article;
    struct batch batch = {0};
    uint64_t place = 0;
    uint64_t lines = 0;
    uint64_t n_batches = 0;
    int status;

    REQUIRE(record_reader_new(&reader, in, &error) == 0 && record_reader_new(&again, in, &error) == 0);
    while ((status = input_next(in, &batch, &error)) == 1) {
        REQUIRE(batch.serial == n_batches++);
        REQUIRE(batch.offset == place || (place == 0 && batch.offset == 3));
        place = batch.offset;
        record_reader_start(reader, &batch);
        while ((status = record_reader_next(reader, &article, &error)) == 1) {
            REQUIRE(article.offset >= place && article.raw.len <= batch.len);
            REQUIRE(article.line >= lines || batch.serial > 0);
            place = article.offset + article.raw.len;
            if (!batch.bad) {
                require_article(in, again, &article);
            }
        }
        REQUIRE(status == 0);
        REQUIRE(place <= batch.offset + batch.len);
        place = batch.offset + (batch.bad_len > batch.len ? batch.bad_len : batch.len);
        lines += record_reader_lines(reader);
    }
    REQUIRE(status == 0 || status == COPYDESK_ERR_INPUT);
    batch_release(&batch);
    record_reader_free(reader);
    record_reader_free(again);
}

/* Bytes as one file of a format, with a limit on the length of records. */
static inline void fuzz_read(const uint8_t *data, size_t len, enum copydesk_format format, uint64_t most)
{
    struct read_options options = {
        .format = format, .max_article_bytes = most, .temp_dir = "/tmp", .cpu = COPYDESK_CPU_BEST};
    struct copydesk_error error;
    struct input *in = NULL;
    char path[] = "/tmp/copydesk-fuzz-XXXXXX";
    int fd = mkstemp(path);

    REQUIRE(fd >= 0);
    REQUIRE(file_write(fd, data, len, path, &error) == 0);
    REQUIRE(close(fd) == 0);
    REQUIRE(input_new(&in, &options, &error) == 0);
    REQUIRE(input_add_path(in, path, &error) == 0);
    read_batches(in);
    input_free(in);
    REQUIRE(unlink(path) == 0);
}
