/*
 * write_clean.c - the kept articles.
 *
 * Inputs of one format give a file of that format, record for record the bytes that were read: JSON lines,
 * WET records, and CSV or TSV rows below one header row (when all files have the same one). A last line
 * without a line feed gets one.
 *
 * Where that cannot be - files of several formats, tables with different columns, plain text, where a
 * record has no end - records that are JSON lines pass as they are, and the others become JSON objects
 * under the names of the fields that the options give, so that the output is read back with the same
 * options. Absent fields are left out. Bytes that JSON cannot hold do not occur: fields were converted to
 * UTF-8 when they were read.
 */
#include "write/write.h"

static bool is_table(enum copydesk_format format)
{
    return format == COPYDESK_FORMAT_CSV || format == COPYDESK_FORMAT_TSV;
}

/* A line without the line feed or CR LF at its end. */
static struct str without_line_end(struct str line)
{
    if (line.len > 0 && line.data[line.len - 1] == '\n') {
        line.len--;
    }
    if (line.len > 0 && line.data[line.len - 1] == '\r') {
        line.len--;
    }
    return line;
}

/* Whether records of the corpus cannot stand in one file as they are. */
static bool needs_json(const struct write_corpus *corpus)
{
    for (size_t i = 0; i < corpus->n_files; i++) {
        enum copydesk_format format = corpus->formats[i];
        if (format != corpus->formats[0] || format == COPYDESK_FORMAT_TEXT) {
            return true;
        }
        if (is_table(format) &&
            !str_equal(without_line_end(corpus->headers[i]), without_line_end(corpus->headers[0]))) {
            return true;
        }
    }
    return false;
}

static void add_line(struct buf *out, struct str line)
{
    buf_add_str(out, line);
    if (line.len == 0 || line.data[line.len - 1] != '\n') {
        buf_add_char(out, '\n');
    }
}

static void begin(struct sink *sink, struct write_wants *wants)
{
    const struct write_corpus *corpus = sink->corpus;

    sink->as_json = needs_json(corpus);
    wants->raw_kept = true;
    wants->article_kept = wants->article_kept || sink->as_json;
    if (!sink->as_json && corpus->n_files > 0 && is_table(corpus->formats[0])) {
        add_line(&sink->buf, corpus->headers[0]);
    }
}

static void add_field(struct buf *out, bool *first, const char *name, struct str value)
{
    if (value.len == 0) {
        return;
    }
    buf_add_char(out, *first ? '{' : ',');
    *first = false;
    write_json_string(out, str_of(name));
    buf_add_char(out, ':');
    write_json_string(out, value);
}

static void add_object(const struct sink *sink, struct buf *out, const struct write_record *r)
{
    const struct copydesk_options *options = sink->corpus->options;
    const struct article *article = r->article;
    bool first = true;
    struct str id = article->id;

    // A text file has no id but its path.
    if (id.len == 0 && r->format == COPYDESK_FORMAT_TEXT) {
        id = write_str(r->verdict->id);
    }
    add_field(out, &first, options->id_field, id);
    add_field(out, &first, options->title_field, article->title);
    add_field(out, &first, options->text_field, article->text);
    add_field(out, &first, options->url_field, article->url);
    add_field(out, &first, options->date_field, article->date);
    add_field(out, &first, options->source_field, article->source);
    if (first) {
        buf_add_char(out, '{');
    }
    buf_add(out, "}\n", 2);
}

static void record(const struct sink *sink, struct buf *out, const struct write_record *r)
{
    if (r->verdict->fate != COPYDESK_KEPT) {
        return;
    }
    if (sink->as_json && r->format != COPYDESK_FORMAT_JSONL) {
        add_object(sink, out, r);
    } else if (r->format == COPYDESK_FORMAT_WET) {
        buf_add_str(out, r->raw);
    } else {
        add_line(out, r->raw);
    }
}

const struct writer write_clean = {COPYDESK_OUT_CLEAN, "clean", begin, record, NULL, NULL, NULL};
