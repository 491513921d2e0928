/*
 * record.c - a batch to articles, one by one.
 *
 * In:  a batch. Out: articles whose fields are views into the batch or into the reader's own buffers.
 *
 * The format says where a record ends and what stands in it. Here is what all formats share: counting lines,
 * records that are too long, charsets, and the source that is found in the address when nothing else names
 * it.
 *
 * A record is judged by its own bytes alone, never by what stands before or behind it, so
 * record_reader_parse() gives the same article again when it is handed the same bytes.
 */
#include "base/cpu.h"
#include "read/room.h"

#include <strings.h>

#define LINES_PIECE (64 * 1024)

static const char too_long[] = "the record is longer than max-article-bytes allows";

int record_reader_new(struct record_reader **out, struct input *in, struct copydesk_error *error)
{
    struct record_reader *reader = mem_zalloc(1, sizeof(*reader));
    int status;

    *out = NULL;
    if (!reader) {
        return error_memory(error);
    }
    reader->in = in;
    reader->cpu = cpu_level(in->options.cpu);
    reader->json = json_parser_new();
    status = reader->json ? decoder_new(&reader->decoder, in->options.charset, error) : error_memory(error);
    if (status != COPYDESK_OK) {
        record_reader_free(reader);
        return status;
    }
    *out = reader;
    return COPYDESK_OK;
}

void record_reader_free(struct record_reader *reader)
{
    if (!reader) {
        return;
    }
    json_parser_free(reader->json);
    decoder_free(reader->decoder);
    buf_release(&reader->converted);
    buf_release(&reader->unescaped);
    mem_free(reader);
}

void record_reader_start(struct record_reader *reader, const struct batch *batch)
{
    reader->batch = batch;
    reader->pos = 0;
    reader->lines = 0;
    reader->told = false;
}

uint64_t record_reader_lines(const struct record_reader *reader)
{
    return reader->lines;
}

static uint64_t count_lines(struct str bytes)
{
    const char *p = bytes.data;
    const char *end = p + bytes.len;
    uint64_t n = 0;

    while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
        n++;
        p++;
    }
    return n;
}

int record_to_utf8(struct record_reader *reader, struct str raw, struct str *utf8,
                   struct copydesk_error *error)
{
    int status;

    *utf8 = raw;
    if (json_valid_utf8(raw)) {
        return COPYDESK_OK;
    }
    buf_clear(&reader->converted);
    status = decoder_convert(reader->decoder, raw, &reader->converted, error);
    if (status == COPYDESK_OK && !buf_reserve(&reader->converted, ARTICLE_PADDING)) {
        status = error_memory(error);
    }
    *utf8 = (struct str){reader->converted.data, reader->converted.len};
    return status;
}

// The host of an address, without user, port and "www."; empty when there is none.
static struct str host_of(struct str url)
{
    const char *p = memmem(url.data, url.len, "://", 3);
    const char *end = url.data + url.len;
    const char *start = p ? p + 3 : str_starts(url, STR("//")) ? url.data + 2 : NULL;
    struct str host;

    if (!start) {
        return (struct str){0};
    }
    for (p = start; p < end && *p != '/' && *p != '?' && *p != '#'; p++) {
        start = *p == '@' ? p + 1 : start;
    }
    host = (struct str){start, (size_t)(p - start)};
    p = host.len > 0 && *start != '[' ? memchr(start, ':', host.len) : NULL;
    if (p) {
        host.len = (size_t)(p - start);
    }
    if (host.len > 4 && strncasecmp(host.data, "www.", 4) == 0) {
        host.data += 4;
        host.len -= 4;
    }
    return host;
}

void article_set_source(struct article *article, struct str domain)
{
    if (article->source.len == 0) {
        article->source = domain;
    }
    if (article->source.len == 0 && article->url.len > 0) {
        article->source = host_of(article->url);
    }
}

void article_set_body(struct article *article, struct str body)
{
    const char *p = body.data;
    const char *end = p + body.len;

    while (p < end && article->title.len == 0) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        line_end = line_end ? line_end : end;
        article->title = str_trim((struct str){p, (size_t)(line_end - p)});
        p = line_end < end ? line_end + 1 : end;
    }
    // Blank lines between the two are of neither.
    for (const char *q = p; q < end && (*q == '\n' || *q == '\r' || *q == ' ' || *q == '\t'); q++) {
        p = *q == '\n' ? q + 1 : p;
    }
    article->text = (struct str){p, (size_t)(end - p)};
}

// Line feeds of what a bad batch does not hold.
static int count_rest(struct record_reader *reader, struct copydesk_error *error)
{
    const struct batch *batch = reader->batch;
    uint64_t pos = batch->len;
    int status = COPYDESK_OK;

    buf_clear(&reader->converted);
    if (!buf_reserve(&reader->converted, LINES_PIECE)) {
        return error_memory(error);
    }
    while (status == COPYDESK_OK && pos < batch->bad_len) {
        size_t len = batch->bad_len - pos < LINES_PIECE ? (size_t)(batch->bad_len - pos) : LINES_PIECE;
        status = input_read_at(reader->in, batch->file_no, batch->offset + pos, reader->converted.data, len,
                               error);
        if (status == COPYDESK_OK) {
            reader->lines += count_lines((struct str){reader->converted.data, len});
            pos += len;
        }
    }
    return status;
}

static int next_bad(struct record_reader *reader, struct article *article, struct copydesk_error *error)
{
    const struct batch *batch = reader->batch;
    int status = COPYDESK_OK;

    if (reader->told) {
        return 0;
    }
    reader->told = true;
    reader->lines = count_lines((struct str){batch->data, batch->len});
    if (batch->bad_len > batch->len) {
        status = count_rest(reader, error);
    }
    if (status != COPYDESK_OK || !batch->bad) {
        return status;
    }
    article->bad = batch->bad;
    article->raw = (struct str){batch->data, batch->len};
    return 1;
}

static int parse(struct record_reader *reader, const struct input_file *file, const struct format *format,
                 struct article *article, struct copydesk_error *error)
{
    if (article->raw.len > reader->in->options.max_article_bytes) {
        article->bad = too_long;
        article->bad_offset = reader->in->options.max_article_bytes;
        return COPYDESK_OK;
    }
    return format->parse(reader, file, article->raw, article, error);
}

// A bad record keeps what names it (id, url, date ...), but nobody may take a part of it for its text.
static int finish(int status, struct article *article)
{
    if (article->bad) {
        article->title = (struct str){0};
        article->text = (struct str){0};
    }
    return status;
}

int record_reader_next(struct record_reader *reader, struct article *article, struct copydesk_error *error)
{
    const struct batch *batch = reader->batch;
    const struct input_file *file = &reader->in->files[batch->file_no];
    const struct format *format = format_find(file->format);

    *article = (struct article){.file_no = batch->file_no, .offset = batch->offset};
    if (batch->bad || batch->bad_len > 0) {
        return next_bad(reader, article, error);
    }
    while (reader->pos < batch->len) {
        struct str rest = {batch->data + reader->pos, batch->len - reader->pos};
        bool skip = false;
        size_t len = format->first(file, rest, FILE_ENDS, &skip);
        int status;

        article->offset = batch->offset + reader->pos;
        article->line = reader->lines;
        article->raw = (struct str){rest.data, len};
        reader->pos += len;
        reader->lines += file->format == COPYDESK_FORMAT_JSONL ? 1 : count_lines(article->raw);
        if (skip || (file->header && article->offset < file->header->end)) {
            continue;
        }
        status = parse(reader, file, format, article, error);
        return finish(status == COPYDESK_OK ? 1 : status, article);
    }
    return 0;
}

int record_reader_parse(struct record_reader *reader, uint32_t file_no, struct str raw,
                        struct article *article, struct copydesk_error *error)
{
    const struct input_file *file = &reader->in->files[file_no];

    *article = (struct article){.file_no = file_no, .raw = raw};
    return finish(parse(reader, file, format_find(file->format), article, error), article);
}

int record_reader_rewrite(struct record_reader *reader, uint32_t file_no, struct str raw,
                          const struct record_change *change, struct buf *out, struct copydesk_error *error)
{
    const struct input_file *file = &reader->in->files[file_no];
    struct str utf8;
    int status = record_to_utf8(reader, raw, &utf8, error);

    if (status == COPYDESK_OK) {
        status = format_find(file->format)->rewrite(reader, file, utf8, change, out, error);
    }
    return status == COPYDESK_OK && out->failed ? error_memory(error) : status;
}

int record_reader_is_object(struct record_reader *reader, struct str raw, bool *is_object,
                            struct copydesk_error *error)
{
    struct json_value values[N_FIELDS];
    uint64_t offset;

    *is_object =
        json_valid_utf8(raw) && !json_scan(raw, &reader->in->names, values, &reader->unescaped, &offset);
    return reader->unescaped.failed ? error_memory(error) : COPYDESK_OK;
}
