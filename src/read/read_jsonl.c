/*
 * read_jsonl.c - JSON lines: one object a line.
 *
 * In:  a line. Out: an article, or why it is none.
 *
 * The fast path is a walk over the record (json_walk.c), simdjson reads what that does not take. Two things
 * lead to the slow path: a line that is broken, for the reason and its place, and a number as id or date
 * that is no 64-bit integer, for its digits as written.
 *
 * Lines that are not UTF-8 are converted and parsed again. Broken JSON may be just that: in Shift_JIS a
 * character can end in the byte of a backslash. So the charset is looked at before the JSON is blamed.
 *
 * Field values: strings; null is the same as no field; id and date may be numbers. A domain of another type
 * is passed over, since it only stands in for a missing source. An article has a text, even if an empty one.
 */
#include "read/room.h"

static size_t first(const struct input_file *file, struct str rest, enum follows follows, bool *skip)
{
    const char *end = memchr(rest.data, '\n', rest.len);
    size_t len = end ? (size_t)(end - rest.data) + 1 : rest.len;

    (void)file;
    // A look at the first byte spares most lines the search for a blank one.
    *skip = (uint8_t)rest.data[0] <= ' ' && str_trim((struct str){rest.data, len}).len == 0;
    return end || follows == FILE_ENDS ? len : 0;
}

static size_t whole(struct str rest, enum follows follows)
{
    const char *end;

    if (follows == FILE_ENDS) {
        return rest.len;
    }
    end = memrchr(rest.data, '\n', rest.len);
    return end ? (size_t)(end - rest.data) + 1 : 0;
}

static const char *check_types(const struct json_value values[N_FIELDS])
{
    static const char *const wrong[N_FIELDS] = {
        [FIELD_ID] = "the field for the id is neither a string nor a number",
        [FIELD_TITLE] = "the field for the title is not a string",
        [FIELD_TEXT] = "the field for the text is not a string",
        [FIELD_URL] = "the field for the url is not a string",
        [FIELD_DATE] = "the field for the date is neither a string nor a number",
        [FIELD_SOURCE] = "the field for the source is not a string",
    };

    for (int i = 0; i < N_FIELDS; i++) {
        bool number_allowed = i == FIELD_ID || i == FIELD_DATE;
        if (wrong[i] &&
            (values[i].type == JSON_OTHER || (values[i].type == JSON_NUMBER && !number_allowed))) {
            return wrong[i];
        }
    }
    return values[FIELD_TEXT].type == JSON_ABSENT ? "there is no field for the text" : NULL;
}

// The fields by the fast path, the slow path where it is needed; bad records are noted in article.
static int parse_fields(struct record_reader *reader, struct str raw, struct json_value values[N_FIELDS],
                        struct article *article, struct copydesk_error *error)
{
    const struct field_names *names = &reader->in->names;
    enum json_result result = json_walk(reader->cpu, raw, names, values, &reader->unescaped);
    struct str utf8 = raw;
    int status;

    if (result == JSON_UNUSUAL) {
        result = json_parse(reader->json, raw, names, values);
    }
    if (result == JSON_NOT_UTF8 || result == JSON_INVALID) {
        status = record_to_utf8(reader, raw, &utf8, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        if (utf8.data != raw.data) {
            result = json_parse(reader->json, utf8, names, values);
        }
    }
    if (result == JSON_NO_MEMORY) {
        return error_memory(error);
    }
    if (result == JSON_NOT_OBJECT) {
        article->bad = "not a JSON object";
        return COPYDESK_OK;
    }
    if (result != JSON_OK || (values[FIELD_ID].type == JSON_NUMBER && !values[FIELD_ID].text.data) ||
        (values[FIELD_DATE].type == JSON_NUMBER && !values[FIELD_DATE].text.data)) {
        uint64_t offset;
        article->bad = json_scan(utf8, names, values, &reader->unescaped, &offset);
        // Offsets in converted bytes say nothing about the record.
        article->bad_offset = utf8.data == raw.data ? offset : 0;
        if (reader->unescaped.failed) {
            return error_memory(error);
        }
    }
    return COPYDESK_OK;
}

static int parse(struct record_reader *reader, const struct input_file *file, struct str raw,
                 struct article *article, struct copydesk_error *error)
{
    struct json_value values[N_FIELDS];
    int status = parse_fields(reader, raw, values, article, error);

    (void)file;
    if (status != COPYDESK_OK || article->bad) {
        return status;
    }
    article->bad = check_types(values);
    article->id = values[FIELD_ID].text;
    article->title = values[FIELD_TITLE].text;
    article->text = values[FIELD_TEXT].text;
    article->url = values[FIELD_URL].text;
    article->date = values[FIELD_DATE].text;
    article->source = values[FIELD_SOURCE].text;
    article_set_source(article, values[FIELD_DOMAIN].type == JSON_STRING ? values[FIELD_DOMAIN].text
                                                                         : (struct str){0});
    return COPYDESK_OK;
}

// Values are put where the old ones stood; where a field was absent or null, it stays so.
static int rewrite(struct record_reader *reader, const struct input_file *file, struct str utf8,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error)
{
    struct json_value values[N_FIELDS];
    uint64_t offset;
    const char *at = utf8.data;

    (void)file;
    if (json_walk(reader->cpu, utf8, &reader->in->names, values, &reader->unescaped) != JSON_OK) {
        (void)json_scan(utf8, &reader->in->names, values, &reader->unescaped, &offset);
    }
    if (reader->unescaped.failed) {
        return error_memory(error);
    }
    const struct str *fields[2] = {&values[FIELD_TITLE].raw, &values[FIELD_TEXT].raw};
    const struct str *texts[2] = {&change->title, &change->text};
    int first = fields[0]->data > fields[1]->data; // which stands first in the record
    for (int i = 0; i < 2; i++) {
        int which = i ^ first;
        if (fields[which]->len > 0 && texts[which]->data) {
            buf_add(out, at, (size_t)(fields[which]->data - at));
            buf_add_json(out, *texts[which]);
            at = fields[which]->data + fields[which]->len;
        }
    }
    buf_add(out, at, (size_t)(utf8.data + utf8.len - at));
    return COPYDESK_OK;
}

const struct format format_jsonl = {
    .format = COPYDESK_FORMAT_JSONL,
    .extensions = {"jsonl", "ndjson", "json"},
    .first = first,
    .whole = whole,
    .length = length_of_line,
    .parse = parse,
    .rewrite = rewrite,
};
