/*
 * read_csv.c - CSV and TSV as in RFC 4180: rows of fields, a header row that names them.
 *
 * In:  rows. Out: articles, by the columns that the header row names.
 *
 * Where a row ends can only be told by reading it: a field that starts with a quote may hold line feeds. A
 * small state machine does that, byte by byte outside quotes (short) and with memchr() inside (long, that is
 * where texts stand). It is kept apart from the bytes, so that a row too long for memory can be fed to it in
 * pieces.
 *
 * Broken rows. A quote that is never closed would swallow the rest of the file, or every row up to the next
 * quote. So a row that breaks the rules (something other than a separator behind a closing quote, or no
 * closing quote at all) ends at its first line feed, is a bad record, and the row below starts afresh. A
 * quote inside a field that does not start with one is an ordinary character.
 *
 * A row with more or fewer fields than the header is a bad record too: its columns cannot be trusted.
 */
#include "read/room.h"

enum state { AT_START, IN_PLAIN, IN_QUOTES, BEHIND_QUOTE, BEHIND_RETURN };
enum result { NEED_MORE, ROW_ENDS, ROW_BROKEN };

struct row_scan {
    char separator;
    enum state state;
    uint64_t pos; // bytes eaten
};

static char separator_of(const struct input_file *file)
{
    return file->format == COPYDESK_FORMAT_TSV ? '\t' : ',';
}

// Skips to the byte behind the next quote.
static const char *scan_quoted(struct row_scan *s, const char *p, const char *end)
{
    const char *quote = memchr(p, '"', (size_t)(end - p));
    const char *stop = quote ? quote + 1 : end;

    if (quote) {
        s->state = BEHIND_QUOTE;
    }
    s->pos += (uint64_t)(stop - p);
    return stop;
}

// Eats a piece of a row. At ROW_ENDS, pos is the length of the row with its line feed.
static enum result scan_row(struct row_scan *s, const char *p, const char *end)
{
    while (p < end) {
        char c;
        if (s->state == IN_QUOTES) {
            p = scan_quoted(s, p, end);
            continue;
        }
        c = *p++;
        s->pos++;
        if (c == '\n') {
            return ROW_ENDS;
        }
        if (s->state == BEHIND_RETURN) {
            return ROW_BROKEN;
        }
        if (c == s->separator) {
            s->state = AT_START;
        } else if (s->state == BEHIND_QUOTE) {
            if (c != '"' && c != '\r') {
                return ROW_BROKEN;
            }
            s->state = c == '"' ? IN_QUOTES : BEHIND_RETURN;
        } else if (s->state == AT_START) {
            s->state = c == '"' ? IN_QUOTES : IN_PLAIN;
        }
    }
    return NEED_MORE;
}

static bool is_blank(struct str row)
{
    return row.len <= 2 &&
           (row.data[0] == '\n' || (row.data[0] == '\r' && (row.len == 1 || row.data[1] == '\n')));
}

static size_t first(const struct input_file *file, struct str rest, enum follows follows, bool *skip)
{
    struct row_scan s = {.separator = separator_of(file)};
    enum result result = scan_row(&s, rest.data, rest.data + rest.len);
    size_t len = (size_t)s.pos;

    if (result == NEED_MORE && follows != FILE_ENDS) {
        return 0;
    }
    if (result == ROW_BROKEN || (result == NEED_MORE && s.state == IN_QUOTES)) {
        const char *line_feed = memchr(rest.data, '\n', rest.len);
        if (!line_feed && follows != FILE_ENDS) {
            return 0;
        }
        len = line_feed ? (size_t)(line_feed - rest.data) + 1 : rest.len;
    }
    *skip = is_blank((struct str){rest.data, len});
    return len;
}

static int length(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                  struct copydesk_error *error)
{
    struct row_scan s = {.separator = separator_of(file)};
    enum result result = NEED_MORE;
    size_t got = SCRATCH_BYTES;

    *skip = false;
    while (result == NEED_MORE && got == SCRATCH_BYTES) {
        int status = backing_read(in, file, in->current.pos + s.pos, in->scratch, SCRATCH_BYTES, &got, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        result = scan_row(&s, in->scratch, in->scratch + got);
    }
    *len = s.pos;
    if (result == ROW_BROKEN || (result == NEED_MORE && s.state == IN_QUOTES)) {
        return length_of_line(in, file, len, skip, error);
    }
    return COPYDESK_OK;
}

struct row {
    struct str rest;
    char separator;
    struct buf *unescaped; // has room for all that the row can need
    const char *bad, *bad_place;
};

// A field with its quotes taken off and "" made one quote; p stands behind the opening quote.
static struct str quoted_field(struct row *row, const char *open)
{
    const char *end = row->rest.data + row->rest.len;
    const char *p = open + 1;
    const char *from = p;
    size_t mark = row->unescaped->len;
    bool copied = false;
    const char *quote;

    while ((quote = memchr(p, '"', (size_t)(end - p))) && quote + 1 < end && quote[1] == '"') {
        buf_add(row->unescaped, from, (size_t)(quote + 1 - from));
        copied = true;
        p = quote + 2;
        from = p;
    }
    if (!quote) {
        row->bad = "a quoted field is not closed";
        row->bad_place = open;
        row->rest = (struct str){end, 0};
        return (struct str){0};
    }
    row->rest = (struct str){quote + 1, (size_t)(end - quote - 1)};
    if (!copied) {
        return (struct str){from, (size_t)(quote - from)};
    }
    buf_add(row->unescaped, from, (size_t)(quote - from));
    return (struct str){row->unescaped->data + mark, row->unescaped->len - mark};
}

static struct str plain_field(struct row *row)
{
    const char *start = row->rest.data;
    const char *end = start + row->rest.len;
    const char *p = memchr(start, row->separator, row->rest.len);

    p = p ? p : end;
    row->rest = (struct str){p, (size_t)(end - p)};
    return (struct str){start, (size_t)(p - start)};
}

// The next field; false behind the last one. rest has no line end and starts behind a separator.
static bool next_field(struct row *row, struct str *field, bool *more)
{
    if (!*more || row->bad) {
        return false;
    }
    *field =
        row->rest.len > 0 && row->rest.data[0] == '"' ? quoted_field(row, row->rest.data) : plain_field(row);
    *more = row->rest.len > 0;
    if (*more && row->rest.data[0] != row->separator) {
        row->bad = "something other than a separator stands behind a closing quote";
        row->bad_place = row->rest.data;
    }
    if (*more) {
        row->rest.data++;
        row->rest.len--;
    }
    return !row->bad;
}

// Cuts the line end off; an open quote keeps it, for then it belongs to the field.
static struct row start_row(struct str bytes, char separator, struct buf *unescaped)
{
    struct str rest = bytes;

    if (rest.len > 0 && rest.data[rest.len - 1] == '\n') {
        rest.len--;
    }
    if (rest.len > 0 && rest.data[rest.len - 1] == '\r') {
        rest.len--;
    }
    buf_clear(unescaped);
    buf_reserve(unescaped, bytes.len + ARTICLE_PADDING);
    return (struct row){.rest = rest, .separator = separator, .unescaped = unescaped};
}

static int parse(struct record_reader *reader, const struct input_file *file, struct str raw,
                 struct article *article, struct copydesk_error *error)
{
    const struct csv_header *header = file->header;
    struct str values[N_FIELDS] = {{0}};
    struct str utf8;
    struct str field;
    struct row row;
    bool more = true;
    size_t n = 0;
    int status = record_to_utf8(reader, raw, &utf8, error);

    if (status != COPYDESK_OK) {
        return status;
    }
    row = start_row(utf8, separator_of(file), &reader->unescaped);
    while (next_field(&row, &field, &more)) {
        for (int i = 0; header && i < N_FIELDS; i++) {
            if (header->column[i] == (int64_t)n) {
                values[i] = field;
            }
        }
        n++;
    }
    if (reader->unescaped.failed) {
        return error_memory(error);
    }
    if (row.bad) {
        article->bad = row.bad;
        article->bad_offset = utf8.data == raw.data ? (uint64_t)(row.bad_place - utf8.data) : 0;
    } else if (!header || header->column[FIELD_TEXT] < 0) {
        article->bad = "there is no column for the text";
    } else if (n != header->n_columns) {
        article->bad = n < header->n_columns ? "the row has fewer fields than the header row"
                                             : "the row has more fields than the header row";
    }
    article->id = values[FIELD_ID];
    article->title = values[FIELD_TITLE];
    article->text = values[FIELD_TEXT];
    article->url = values[FIELD_URL];
    article->date = values[FIELD_DATE];
    article->source = values[FIELD_SOURCE];
    article_set_source(article, values[FIELD_DOMAIN]);
    return COPYDESK_OK;
}

static void add_cell(struct buf *out, struct str value)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '"') {
            buf_add_char(out, '"');
        }
        buf_add_char(out, value.data[i]);
    }
    buf_add_char(out, '"');
}

// Changed cells are quoted, whatever they were before; the others, separators and line end stay.
static int rewrite(struct record_reader *reader, const struct input_file *file, struct str utf8,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error)
{
    const struct csv_header *header = file->header;
    struct row row = start_row(utf8, separator_of(file), &reader->unescaped);
    const char *end = row.rest.data + row.rest.len;
    const char *from = row.rest.data;
    struct str field;
    bool more = true;

    for (int64_t n = 0; next_field(&row, &field, &more); n++) {
        const struct str *text = n == header->column[FIELD_TITLE]  ? &change->title
                                 : n == header->column[FIELD_TEXT] ? &change->text
                                                                   : NULL;
        const char *next = more ? row.rest.data : end;
        if (text && text->data) {
            add_cell(out, *text);
            from = more ? next - 1 : next; // the separator follows
        }
        buf_add(out, from, (size_t)(next - from));
        from = next;
    }
    buf_add(out, end, (size_t)(utf8.data + utf8.len - end));
    return reader->unescaped.failed ? error_memory(error) : COPYDESK_OK;
}

static int name_columns(struct input *in, const struct input_file *file, struct str bytes,
                        struct csv_header *header, struct copydesk_error *error)
{
    struct buf unescaped = {0};
    struct str field;
    struct row row;
    bool more = true;
    int status = COPYDESK_OK;

    if (!json_valid_utf8(bytes)) {
        buf_clear(&in->converted);
        status = decoder_convert(in->decoder, bytes, &in->converted, error);
        bytes = (struct str){in->converted.data, in->converted.len};
    }
    row = start_row(bytes, separator_of(file), &unescaped);
    while (status == COPYDESK_OK && next_field(&row, &field, &more)) {
        int which;
        field = str_trim(field);
        which = field_find(&in->names, field.data, field.len);
        if (which >= 0) {
            header->column[which] = (int64_t)header->n_columns;
        }
        header->n_columns++;
    }
    if (status == COPYDESK_OK && unescaped.failed) {
        status = error_memory(error);
    }
    buf_release(&unescaped);
    if (status == COPYDESK_OK && header->column[FIELD_TEXT] < 0) {
        input_warn(in, file, "the header row names no column for the text; use --text-field");
    }
    return status;
}

int csv_take_header(struct input *in, struct input_file *file, struct str data, enum follows follows,
                    struct copydesk_error *error)
{
    struct csv_header *header;
    size_t done = 0;
    size_t len = 0;
    bool skip = true;

    while (done < data.len && skip) {
        len = first(file, (struct str){data.data + done, data.len - done}, follows, &skip);
        if (len == 0) {
            return COPYDESK_OK;
        }
        done += len;
    }
    if (skip) {
        return COPYDESK_OK;
    }
    header = mem_alloc(sizeof(*header) + len, 1);
    if (!header) {
        return error_memory(error);
    }
    *header = (struct csv_header){.end = in->current.pos + done, .len = len};
    memcpy(header->bytes, data.data + done - len, len);
    for (int i = 0; i < N_FIELDS; i++) {
        header->column[i] = -1;
    }
    file->header = header;
    return name_columns(in, file, (struct str){header->bytes, len}, header, error);
}

const struct format format_csv = {
    .format = COPYDESK_FORMAT_CSV,
    .extensions = {"csv"},
    .first = first,
    .length = length,
    .parse = parse,
    .rewrite = rewrite,
};

const struct format format_tsv = {
    .format = COPYDESK_FORMAT_TSV,
    .extensions = {"tsv", "tab"},
    .first = first,
    .length = length,
    .parse = parse,
    .rewrite = rewrite,
};
