// apply.c - edits carried out. Contract in apply.h.
//
// In:  a field as read, and what the stages found in it. Out: the field as it is handed on.
//
// Stages say what is furniture, to the byte; what is left must read as if it had never been there. So a cut
// that empties a line takes the line away, with the blank lines that would otherwise stand doubled, and a
// cut inside a line leaves one blank, not two. White space that no cut touches stays as it is.

#include "apply.h"

static bool counts(const struct edit *edit, enum copydesk_field which,
                   const enum copydesk_action actions[COPYDESK_N_RULES])
{
    enum copydesk_action action = actions[edit->rule];
    return edit->field == which && (action == COPYDESK_CUT || action == COPYDESK_REPAIR);
}

bool edits_touch(enum copydesk_field which, const struct edit *edits, size_t n,
                 const enum copydesk_action actions[COPYDESK_N_RULES])
{
    for (size_t i = 0; i < n; i++) {
        if (counts(&edits[i], which, actions)) {
            return true;
        }
    }
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

// Where the field goes on behind a cut that ends at `end`; may take blanks back from out.
static size_t close_gap(struct str field, size_t end, size_t floor, struct buf *out)
{
    size_t line_end = end;
    while (line_end < field.len && is_blank(field.data[line_end])) {
        line_end++;
    }
    size_t kept = out->len;
    while (kept > floor && is_blank(out->data[kept - 1])) {
        kept--;
    }
    bool at_line_start = kept == floor || is_break(out->data[kept - 1]);
    bool at_line_end = line_end == field.len || is_break(field.data[line_end]);
    if (at_line_start && at_line_end) {
        out->len = kept;
        while (line_end < field.len && (is_break(field.data[line_end]) || is_blank(field.data[line_end]))) {
            line_end++;
        }
        // Blanks that indent the next line are its own.
        while (line_end < field.len && line_end > end && is_blank(field.data[line_end - 1])) {
            line_end--;
        }
        return line_end;
    }
    if (at_line_end) {
        out->len = kept; // no blanks at the end of a line that lost its tail
        return line_end;
    }
    return at_line_start || kept < out->len ? line_end : end;
}

// The cut that covers position `at` or comes next; n when there is none.
static size_t next_cut(const struct edit *edits, size_t n, size_t from, enum copydesk_field which,
                       const enum copydesk_action actions[COPYDESK_N_RULES])
{
    while (from < n && !(counts(&edits[from], which, actions) && actions[edits[from].rule] == COPYDESK_CUT)) {
        from++;
    }
    return from;
}

void edits_apply(struct str field, enum copydesk_field which, const struct edit *edits, size_t n,
                 const enum copydesk_action actions[COPYDESK_N_RULES], struct buf *out)
{
    size_t floor = out->len;
    size_t at = 0; // of the field, done so far
    size_t cut = next_cut(edits, n, 0, which, actions);
    bool cut_last = false;
    if (!buf_reserve(out, field.len + 1)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct edit *e = &edits[i];
        if (!counts(e, which, actions) || e->end < at || (e->start < at && i != cut)) {
            if (i == cut) {
                cut = next_cut(edits, n, cut + 1, which, actions);
            }
            continue;
        }
        if (i != cut && cut < n && edits[cut].start < e->end) {
            continue; // the repaired piece goes with the cut
        }
        if (e->start > at) {
            buf_add(out, field.data + at, e->start - at);
            at = e->start;
        }
        if (i != cut) {
            buf_add_str(out, e->to);
            at = e->end;
            cut_last = false;
            continue;
        }
        size_t next = e->end > at ? e->end : at;
        cut = next_cut(edits, n, cut + 1, which, actions);
        while (cut < n && edits[cut].start <= next) {
            next = edits[cut].end > next ? edits[cut].end : next;
            cut = next_cut(edits, n, cut + 1, which, actions);
        }
        if (out->failed) {
            return;
        }
        at = close_gap(field, next, floor, out);
        cut_last = true;
    }
    buf_add(out, field.data + at, field.len - at);
    // A cut at the very end leaves no blank lines behind.
    while (cut_last && at == field.len && !out->failed && out->len > floor &&
           (is_break(out->data[out->len - 1]) || is_blank(out->data[out->len - 1]))) {
        out->len--;
    }
}

void edit_map_span(struct edit_map *map, uint32_t *start, uint32_t *end)
{
    // Repairs that end before the span.
    while (map->next < map->n) {
        const struct edit *r = &map->repairs[map->next];
        int64_t repaired_end = (int64_t)r->start - map->shift + (int64_t)r->to.len;
        if (repaired_end > *start) {
            break;
        }
        map->shift += (int64_t)(r->end - r->start) - (int64_t)r->to.len;
        map->next++;
    }
    int64_t first = *start + map->shift;
    int64_t shift = map->shift;
    int64_t last = *end + shift;
    if (map->next < map->n && first > map->repairs[map->next].start) {
        first = map->repairs[map->next].start;
    }
    for (size_t i = map->next; i < map->n; i++) {
        const struct edit *r = &map->repairs[i];
        if ((int64_t)r->start - shift >= *end) {
            break;
        }
        shift += (int64_t)(r->end - r->start) - (int64_t)r->to.len;
        last = *end + shift > r->end ? *end + shift : r->end;
    }
    *start = (uint32_t)first;
    *end = (uint32_t)last;
}
