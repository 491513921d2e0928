/*
 * read_wet.c - WET: the text of web pages as WARC `conversion` records.
 *
 * In:  WARC records. Out: an article for each conversion record; others (warcinfo ...) are passed over.
 *
 *     WARC/1.0 CRLF  name: value CRLF ...  CRLF  Content-Length bytes  CRLF CRLF
 *
 * WARC-Record-ID is the id, WARC-Target-URI the url, WARC-Date the date; the first line of the content that
 * is not blank is the title, the rest the text. Single line feeds are taken as line ends, too.
 *
 * The length is trusted only as far as it leads to the end of the file or to a line that starts with "WARC/".
 * If it leads elsewhere, or if the header cannot be read, the record is bad and ends before the next such
 * line behind its start: a wrong length costs one record, not the rest of the file.
 *
 * Limits: a header is at most 64 KiB long.
 */
#include "read/room.h"

#include <strings.h>

#define HEADER_BYTES (64 * 1024)

struct header {
    size_t len; // with the empty line
    bool has_length;
    uint64_t content_length;
    struct str type, id, url, date;
};

static const char magic[] = "WARC/";
static const char next_magic[] = "\nWARC/";

static bool is_line_end(char c)
{
    return c == '\r' || c == '\n';
}

// Length of the header with its empty line, 0 when that does not come.
static size_t header_length(struct str rest)
{
    const char *end = rest.data + (rest.len < HEADER_BYTES ? rest.len : HEADER_BYTES);
    const char *p = rest.data;

    while ((p = memchr(p, '\n', (size_t)(end - p)))) {
        p++;
        if (p < end && *p == '\n') {
            return (size_t)(p + 1 - rest.data);
        }
        if (end - p >= 2 && p[0] == '\r' && p[1] == '\n') {
            return (size_t)(p + 2 - rest.data);
        }
    }
    return 0;
}

static bool name_is(struct str name, const char *wanted)
{
    return name.len == strlen(wanted) && strncasecmp(name.data, wanted, name.len) == 0;
}

// Record ids, and addresses by some old programs, stand in angle brackets.
static struct str without_brackets(struct str s)
{
    if (s.len >= 2 && s.data[0] == '<' && s.data[s.len - 1] == '>') {
        return (struct str){s.data + 1, s.len - 2};
    }
    return s;
}

static void take_length(struct header *h, struct str value)
{
    h->content_length = 0;
    h->has_length = value.len > 0 && value.len <= 18;
    for (size_t i = 0; i < value.len && h->has_length; i++) {
        h->has_length = value.data[i] >= '0' && value.data[i] <= '9';
        h->content_length = 10 * h->content_length + (uint64_t)(value.data[i] - '0');
    }
}

static void take_field(struct header *h, struct str line)
{
    const char *colon = memchr(line.data, ':', line.len);
    struct str name;
    struct str value;

    if (!colon) {
        return;
    }
    name = str_trim((struct str){line.data, (size_t)(colon - line.data)});
    value = str_trim((struct str){colon + 1, (size_t)(line.data + line.len - colon - 1)});
    if (name_is(name, "Content-Length")) {
        take_length(h, value);
    } else if (name_is(name, "WARC-Type")) {
        h->type = value;
    } else if (name_is(name, "WARC-Record-ID")) {
        h->id = without_brackets(value);
    } else if (name_is(name, "WARC-Target-URI")) {
        h->url = without_brackets(value);
    } else if (name_is(name, "WARC-Date")) {
        h->date = value;
    }
}

// false: this is no WARC header, or its end is not there.
static bool read_header(struct str rest, struct header *h)
{
    const char *p = rest.data;
    const char *end;

    *h = (struct header){0};
    if (!str_starts(rest, (struct str){magic, sizeof(magic) - 1})) {
        return false;
    }
    h->len = header_length(rest);
    end = p + h->len;
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        line_end = line_end ? line_end : end - 1;
        take_field(h, (struct str){p, (size_t)(line_end - p)});
        p = line_end + 1;
    }
    return h->len > 0;
}

// A record that is broken ends where the next one starts.
static size_t broken_length(struct str rest, enum follows follows)
{
    const char *next = memmem(rest.data, rest.len, next_magic, sizeof(next_magic) - 1);

    return next ? (size_t)(next + 1 - rest.data) : follows == FILE_ENDS ? rest.len : 0;
}

static bool is_magic_part(struct str rest)
{
    size_t len = rest.len < sizeof(magic) - 1 ? rest.len : sizeof(magic) - 1;

    return memcmp(rest.data, magic, len) == 0;
}

static size_t first(const struct input_file *file, struct str rest, enum follows follows, bool *skip)
{
    struct header h;
    size_t len = 0;

    (void)file;
    *skip = false;
    if (is_line_end(rest.data[0])) {
        // Empty lines at the very start; behind a record they belong to it.
        while (len < rest.len && is_line_end(rest.data[len])) {
            len++;
        }
        *skip = true;
        return len;
    }
    if (!read_header(rest, &h)) {
        bool may_grow = is_magic_part(rest) && rest.len < HEADER_BYTES && follows == MORE_FOLLOWS;
        return may_grow ? 0 : broken_length(rest, follows);
    }
    *skip = h.type.len > 0 && !name_is(h.type, "conversion");
    if (!h.has_length) {
        return broken_length(rest, follows);
    }
    if (h.content_length > rest.len - h.len) {
        return follows == FILE_ENDS ? broken_length(rest, follows) : 0;
    }
    len = h.len + (size_t)h.content_length;
    while (len < rest.len && is_line_end(rest.data[len])) {
        len++;
    }
    if (rest.len - len < sizeof(magic) - 1 && follows == MORE_FOLLOWS) {
        return 0;
    }
    if (len < rest.len && !is_magic_part((struct str){rest.data + len, rest.len - len})) {
        return broken_length(rest, follows);
    }
    return len;
}

// The length of a record too long for memory, by its header; where that leads nowhere, as a broken one.
static int length(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                  struct copydesk_error *error)
{
    uint64_t from = in->current.pos;
    size_t keep = sizeof(next_magic) - 2;
    struct header h;
    const char *next;
    uint64_t pos = 0;
    size_t got;
    int status = backing_read(in, file, from, in->scratch, HEADER_BYTES, &got, error);

    if (status != COPYDESK_OK) {
        return status;
    }
    *skip = false;
    if (read_header((struct str){in->scratch, got}, &h)) {
        *skip = h.type.len > 0 && !name_is(h.type, "conversion");
        pos = h.has_length ? h.len + h.content_length : 0;
    }
    if (pos > 0) {
        status = backing_read(in, file, from + pos, in->scratch, SCRATCH_BYTES, &got, error);
        size_t n = 0;
        while (n < got && is_line_end(in->scratch[n])) {
            n++;
        }
        *len = pos + n;
        if (status != COPYDESK_OK || (got > n && is_magic_part((struct str){in->scratch + n, got - n}))) {
            return status;
        }
    }
    // Line by line through the pieces, which overlap so that no match is cut in two.
    pos = 0;
    do {
        status = backing_read(in, file, from + pos, in->scratch, SCRATCH_BYTES, &got, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        next = memmem(in->scratch, got, next_magic, sizeof(next_magic) - 1);
        *len = pos + (next ? (uint64_t)(next + 1 - in->scratch) : got);
        pos += got - (got > keep ? keep : 0);
    } while (!next && got == SCRATCH_BYTES);
    return COPYDESK_OK;
}

static int parse(struct record_reader *reader, const struct input_file *file, struct str raw,
                 struct article *article, struct copydesk_error *error)
{
    struct header h;
    struct str utf8;
    size_t behind;
    size_t len;
    int status = record_to_utf8(reader, raw, &utf8, error);

    (void)file;
    if (status != COPYDESK_OK) {
        return status;
    }
    if (!read_header(raw, &h)) {
        article->bad = str_starts(raw, (struct str){magic, sizeof(magic) - 1}) ? "the WARC header has no end"
                                                                               : "not a WARC record";
        return COPYDESK_OK;
    }
    if (!h.has_length) {
        article->bad = "the WARC header has no Content-Length that can be read";
    } else if (h.content_length > raw.len - h.len) {
        article->bad = "the record is cut off, or its Content-Length is wrong";
        article->bad_offset = raw.len;
    } else {
        len = h.len + (size_t)h.content_length;
        while (len < raw.len && is_line_end(raw.data[len])) {
            len++;
        }
        if (len < raw.len) {
            article->bad = "the Content-Length of the record is wrong";
            article->bad_offset = len;
        }
    }
    // Lengths count the bytes of the record as it stands; fields and text are in its converted form.
    behind = article->bad ? 0 : raw.len - h.len - (size_t)h.content_length;
    if (utf8.data != raw.data && !read_header(utf8, &h)) {
        article->bad = "the WARC header cannot be read in the charset of the record";
        return COPYDESK_OK;
    }
    if (!article->bad && utf8.len - h.len >= behind) {
        article_set_body(article, (struct str){utf8.data + h.len, utf8.len - h.len - behind});
    }
    article->id = h.id;
    article->url = h.url;
    article->date = h.date;
    article_set_source(article, (struct str){0});
    return COPYDESK_OK;
}

// The header with another length, and without digests, which would no longer hold.
static void add_header(struct buf *out, struct str header, uint64_t length)
{
    const char *p = header.data;
    const char *end = p + header.len;

    while (p < end) {
        const char *line_feed = memchr(p, '\n', (size_t)(end - p));
        const char *next = line_feed ? line_feed + 1 : end;
        const char *colon = memchr(p, ':', (size_t)(next - p));
        struct str name = {p, colon ? (size_t)(colon - p) : 0};
        name = str_trim(name);
        if (name_is(name, "Content-Length")) {
            buf_add(out, p, (size_t)(colon + 1 - p));
            buf_add_char(out, ' ');
            buf_add_u64(out, length);
            buf_add_str(out, next - p > 1 && next[-2] == '\r' ? STR("\r\n") : STR("\n"));
        } else if (!name_is(name, "WARC-Block-Digest") && !name_is(name, "WARC-Payload-Digest")) {
            buf_add(out, p, (size_t)(next - p));
        }
        p = next;
    }
}

static int rewrite(struct record_reader *reader, const struct input_file *file, struct str utf8,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error)
{
    struct article article = {0};
    struct str content;
    struct header h;
    size_t behind = 0;

    (void)reader;
    (void)file;
    (void)error;
    read_header(utf8, &h);
    // What stands behind the content: line ends up to the next record. Converted records have another length.
    while (behind < utf8.len - h.len && is_line_end(utf8.data[utf8.len - 1 - behind])) {
        behind++;
    }
    if (h.content_length <= utf8.len - h.len && utf8.len - h.len - h.content_length <= behind) {
        behind = utf8.len - h.len - (size_t)h.content_length;
    }
    content = (struct str){utf8.data + h.len, utf8.len - h.len - behind};
    article_set_body(&article, content);
    struct str title = change->title.data ? change->title : article.title;
    struct str text = change->text.data ? change->text : article.text;
    const char *start = article.title.len ? article.title.data : article.text.data;
    const char *title_end = start + article.title.len;
    struct str before = {content.data, (size_t)(start - content.data)};
    struct str between = {title_end, (size_t)(article.text.data - title_end)};
    add_header(out, (struct str){utf8.data, h.len}, before.len + title.len + between.len + text.len);
    buf_add_str(out, before);
    buf_add_str(out, title);
    buf_add_str(out, between);
    buf_add_str(out, text);
    buf_add(out, utf8.data + utf8.len - behind, behind);
    return COPYDESK_OK;
}

const struct format format_wet = {
    .format = COPYDESK_FORMAT_WET,
    .extensions = {"wet", "warc"},
    .first = first,
    .length = length,
    .parse = parse,
    .rewrite = rewrite,
};
