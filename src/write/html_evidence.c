/*
 * html_evidence.c - sources, furniture and damage that the page shows: chosen, and their words fetched.
 *
 * In:  counters and places. Out: the same with names and words, plain and cut.
 *
 * Damage is shown in a window around the first repair of the rule, with all repairs inside it
 * carried out, as `clean` would; the parts are kept apart, so that the page can mark them.
 */
#include "write/html.h"

#include "base/hash.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    SHOWN_SOURCES = 300,
    SHOWN_LINES = 250,
    WORD_CHARS = 200,
    PART_CHARS = 400,
    ID_CHARS = 160,
    BEFORE_BYTES = 90,
    AFTER_BYTES = 160,
    MOST_REPAIRS = 8,
};

// ---- sources

struct ordered {
    uint64_t read, first;
    uint32_t place;
};

static int by_read(const void *a, const void *b)
{
    const struct ordered *x = a;
    const struct ordered *y = b;

    if (x->read != y->read) {
        return x->read > y->read ? -1 : 1;
    }
    return (x->first > y->first) - (x->first < y->first);
}

int html_sort_sources(struct html *html, struct copydesk_error *error)
{
    struct ordered *ordered = mem_alloc(html->n_sources + 1, sizeof *ordered);
    size_t n = 0;

    html->source_order = mem_alloc(html->n_sources + 1, sizeof *html->source_order);
    if (!ordered || !html->source_order) {
        mem_free(ordered);
        return error_memory(error);
    }
    for (size_t i = 0; i < html->n_sources; i++) {
        const struct html_source *source = &html->sources[i];
        if (i != 1 && (source->read > 0 || source->copied > 0)) {
            ordered[n++] = (struct ordered){source->read, source->first, (uint32_t)i};
        }
    }
    qsort(ordered, n, sizeof *ordered, by_read);
    for (size_t i = 0; i < n; i++) {
        html->source_order[i] = ordered[i].place;
        html->sources[ordered[i].place].shown = i < SHOWN_SOURCES;
    }
    html->n_shown_sources = n < SHOWN_SOURCES ? n : SHOWN_SOURCES;
    html->sources_left = n - html->n_shown_sources;
    mem_free(ordered);
    return 0;
}

// ---- words

static struct str keep(struct html *html, struct str text, size_t most)
{
    struct buf plain = {0};
    struct str kept = {"", 0};

    report_add_plain(&plain, text, most);
    html->text.failed = html->text.failed || plain.failed;
    if (!html->text.failed && plain.len > 0) {
        kept = (struct str){arena_copy(&html->text, plain.data, plain.len), plain.len};
    }
    buf_release(&plain);
    return kept;
}

static struct str field_of(const struct copydesk_finding *finding, const struct write_source_record *from)
{
    return finding->field == COPYDESK_FIELD_TITLE ? from->title : from->text;
}

// ---- furniture

static int by_articles(const void *a, const void *b)
{
    const struct html_line *x = a;
    const struct html_line *y = b;

    if ((x->articles > 0) != (y->articles > 0)) {
        return x->articles > 0 ? -1 : 1;
    }
    if (x->articles != y->articles) {
        return x->articles > y->articles ? -1 : 1;
    }
    if (x->findings != y->findings) {
        return x->findings > y->findings ? -1 : 1;
    }
    return (x->key > y->key) - (x->key < y->key);
}

void html_sort_lines(struct html *html)
{
    size_t counted = 0;

    if (html->n_lines > 0) {
        qsort(html->lines, html->n_lines, sizeof *html->lines, by_articles);
    }
    for (size_t i = 0; i < html->n_lines; i++) {
        struct html_line *line = &html->lines[i];
        line->shown = line->articles == 0 || counted < SHOWN_LINES;
        counted += line->articles > 0;
    }
}

static int fetch_line(struct html *html, const struct write_source *source, struct html_line *line,
                      struct copydesk_error *error)
{
    for (size_t i = 0; i < line->n_places; i++) {
        const struct html_place *place = &line->places[i];
        struct write_source_record from;
        int status = source->fetch(source->data, place->record, true, &from, error);
        if (status < 0) {
            return status;
        }
        struct str field = field_of(&place->finding, &from);
        struct str span = report_span(html->corpus, &place->finding, field);
        struct str words = keep(html, str_trim(span), WORD_CHARS);
        if (i == 0) {
            line->id = keep(html, from.id, ID_CHARS);
            line->file = keep(html, report_relative(html->corpus, from.file), ID_CHARS);
            line->line = from.line;
        }
        if (span.len == 0) {
            continue;
        }
        line->words[i] = words;
        // Where its middle stands, so that a last line stands at the end.
        uint64_t middle = (uint64_t)(span.data - field.data) + span.len / 2;
        line->at[i] = (uint32_t)(middle * 1000 / field.len);
    }
    return 0;
}

int html_fetch_lines(struct html *html, const struct write_source *source, struct copydesk_error *error)
{
    int status = 0;

    for (size_t i = 0; i < html->n_lines && status == 0; i++) {
        struct html_line *line = &html->lines[i];
        if (line->shown) {
            status = fetch_line(html, source, line, error);
        }
    }
    return status;
}

// ---- damage

static size_t to_character(struct str text, size_t at)
{
    while (at > 0 && at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80) {
        at--;
    }
    return at < text.len ? at : text.len;
}

/* C1 controls are what is looked at here, so they are named; elsewhere they are U+FFFD. */
static void add_words(struct buf *out, struct str text)
{
    struct buf named = {0};

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        unsigned char next = i + 1 < text.len ? (unsigned char)text.data[i + 1] : 0;
        if (c == 0xC2 && next >= 0x80 && next <= 0x9F) {
            buf_printf(&named, "<U+%04X>", next);
            i++;
        } else {
            buf_add_char(&named, (char)c);
        }
    }
    html_add_json_of(out, (struct str){named.data, named.len}, PART_CHARS);
    out->failed = out->failed || named.failed;
    buf_release(&named);
}

static void add_part(struct buf *out, struct str text)
{
    buf_add_str(out, out->len > 1 ? STR(",") : STR(""));
    add_words(out, text);
}

/* A repair as [what stood there, what stands there now]; null: it stays. */
static void add_repair(struct buf *out, struct str before, const struct copydesk_finding *repair)
{
    buf_add_str(out, out->len > 1 ? STR(",[") : STR("["));
    add_words(out, before);
    buf_add_char(out, ',');
    if (repair->action == COPYDESK_FLAG) {
        buf_add_str(out, STR("null"));
    } else {
        add_words(out, write_str(repair->to));
    }
    buf_add_char(out, ']');
}

/* The window as an array of strings, unchanged text, and pairs. */
static void add_window(const struct html *html, struct buf *out, const struct html_damage *damage,
                       size_t first, const struct write_source_record *from)
{
    const struct copydesk_finding *anchor = &damage->repairs[first];
    struct str field = field_of(anchor, from);
    struct str span = report_span(html->corpus, anchor, field);
    size_t at = span.data ? (size_t)(span.data - field.data) : 0;
    size_t end = at + span.len + AFTER_BYTES;
    size_t n = 0;

    at = to_character(field, at > BEFORE_BYTES ? at - BEFORE_BYTES : 0);
    end = to_character(field, end < field.len ? end : field.len);
    if (at > 0) {
        add_part(out, STR("\xE2\x80\xA6"));
    }
    for (size_t i = 0; i < damage->n_repairs && n < MOST_REPAIRS; i++) {
        const struct copydesk_finding *repair = &damage->repairs[i];
        struct str piece = report_span(html->corpus, repair, field);
        size_t start = piece.data ? (size_t)(piece.data - field.data) : 0;
        if (repair->field != anchor->field || !piece.data || start < at || start >= end) {
            continue;
        }
        if (start > at) {
            add_part(out, (struct str){field.data + at, start - at});
        }
        add_repair(out, piece, repair);
        at = start + piece.len;
        n++;
    }
    if (at < end && n < MOST_REPAIRS) {
        add_part(out, (struct str){field.data + at, end - at});
    }
    if (at < field.len && end < field.len) {
        add_part(out, STR("\xE2\x80\xA6"));
    }
}

static int fetch_damage(struct html *html, const struct write_source *source, struct html_damage *damage,
                        struct copydesk_error *error)
{
    struct write_source_record from;
    struct buf parts = {0};
    size_t first = 0;
    int status = source->fetch(source->data, damage->rank.subject, true, &from, error);

    while (first < damage->n_repairs && damage->repairs[first].rule != damage->rule) {
        first++;
    }
    if (status < 0) {
        return status;
    }
    damage->id = keep(html, from.id, ID_CHARS);
    damage->file = keep(html, report_relative(html->corpus, from.file), ID_CHARS);
    damage->line = from.line;
    buf_add_char(&parts, '[');
    if (first < damage->n_repairs) {
        add_window(html, &parts, damage, first, &from);
    }
    buf_add_char(&parts, ']');
    damage->parts = (struct str){arena_copy(&html->text, parts.data ? parts.data : "", parts.len), parts.len};
    if (parts.failed) {
        status = error_memory(error);
    }
    buf_release(&parts);
    return status;
}

int html_fetch_damage(struct html *html, const struct write_source *source, struct copydesk_error *error)
{
    int status = 0;

    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        struct html_list *list = &html->damage[rule];
        for (size_t i = 0; i < list->n && status == 0; i++) {
            status = fetch_damage(html, source, (struct html_damage *)list->items[i], error);
        }
    }
    return status;
}
