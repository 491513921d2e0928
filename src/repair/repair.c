// repair.c - the repair stage: what is looked for in which order, and how edits add up. Contract in repair.h.
//
//     scan      places worth a look, 64 bytes at a time (repair/scan.h). Nearly all text has none: done.
//     look      misread UTF-8 first (repair/mojibake.c), since its parts look like controls and invisible
//               characters; then markup (repair/markup.c, repair/entities.c) and controls (repair/control.c).
//     apply     the changes make the text of the next round.
//
// Round follows round until one finds nothing, so ills within ills are undone layer by layer (mojibake
// written as entities; text misread twice; tags that were escaped), and a second repair of the result is
// that last round again: it changes nothing. Every change makes the text shorter in code points, or at
// least takes a control away, so this ends; a text that needs more than MAX_ROUNDS was made to annoy and is
// left as it is.
//
// An edit is kept as its range in the input and its range in the text of the round. Changes of a round that
// touch the result of an earlier edit are joined with it; what an edit puts in is what stands in its range
// of the last text. The rule of a joined edit is that of its first part.

#include "repair/repair.h"

#include "base/mem.h"
#include "repair/part.h"
#include "repair/scan.h"

enum { MAX_ROUNDS = 16, MAX_LOOK_BACK = 64, PADDING = 64 };

// Start and end in the input, and in the text of the round.
struct place {
    uint32_t start, end, to, to_end;
    enum copydesk_rule rule;
    uint32_t score;
    bool done; // false: only found
};

struct places {
    struct place *items;
    size_t n, cap;
};

struct numbers {
    uint32_t *items;
    size_t n, cap;
};

struct repairer {
    repair_scan_fn scan;
    enum copydesk_action actions[COPYDESK_N_RULES];
    bool none; // every rule is off
    struct mojibake *mojibake;
    struct single *single;
    struct numbers candidates, stops; // of this round: for mojibake, and for the rest
    struct repair_list misread, other;
    struct repair_list changes; // both, in order; no pool
    struct places edits[2];
    struct buf texts[2];
    struct edit *out;
    size_t out_cap;
    int rtl;
    int sample; // of HTML: 0 not known yet, 1 yes, 2 no
};

void repair_list_release(struct repair_list *list)
{
    mem_free(list->items);
    buf_release(&list->pool);
    *list = (struct repair_list){0};
}

void repair_list_clear(struct repair_list *list)
{
    list->n = 0;
    buf_clear(&list->pool);
}

static int list_push(struct repair_list *list, struct repair_change change)
{
    void *items = list->items;
    bool ok = mem_grow(&items, &list->cap, list->n + 1, sizeof *list->items);
    list->items = items;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    list->items[list->n++] = change;
    return COPYDESK_OK;
}

int repair_list_add(struct repair_list *list, enum copydesk_rule rule, size_t start, size_t end,
                    struct str to, uint32_t score)
{
    size_t at = list->pool.len;
    buf_add_str(&list->pool, to);
    if (list->pool.failed) {
        return COPYDESK_ERR_MEMORY;
    }
    return list_push(list, (struct repair_change){(uint32_t)start, (uint32_t)end, (uint32_t)at,
                                                  (uint32_t)to.len, rule, score});
}

static int push_number(struct numbers *numbers, size_t number)
{
    void *items = numbers->items;
    bool ok = mem_grow(&items, &numbers->cap, numbers->n + 1, sizeof *numbers->items);
    numbers->items = items;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    numbers->items[numbers->n++] = (uint32_t)number;
    return COPYDESK_OK;
}

static int push_place(struct places *places, struct place place)
{
    void *items = places->items;
    bool ok = mem_grow(&items, &places->cap, places->n + 1, sizeof *places->items);
    places->items = items;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    places->items[places->n++] = place;
    return COPYDESK_OK;
}

int repairer_new(struct repairer **out, enum copydesk_cpu level, const enum copydesk_action *actions,
                 struct copydesk_error *error)
{
    struct repairer *r = mem_zalloc(1, sizeof *r);
    *out = NULL;
    if (!r) {
        return error_memory(error);
    }
    r->mojibake = mojibake_new();
    r->single = single_new();
    if (!r->mojibake || !r->single) {
        repairer_free(r);
        return error_memory(error);
    }
    r->scan = repair_scan_for(level);
    r->none = true;
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        r->actions[rule] = actions ? actions[rule] : copydesk_rule_default((enum copydesk_rule)rule);
    }
    for (int rule = COPYDESK_MOJIBAKE; rule <= COPYDESK_INVALID_UTF8; rule++) {
        r->none &= r->actions[rule] == COPYDESK_OFF;
    }
    *out = r;
    return COPYDESK_OK;
}

void repairer_free(struct repairer *r)
{
    if (!r) {
        return;
    }
    mojibake_free(r->mojibake);
    single_free(r->single);
    mem_free(r->candidates.items);
    mem_free(r->stops.items);
    repair_list_release(&r->misread);
    repair_list_release(&r->other);
    repair_list_release(&r->changes);
    for (int i = 0; i < 2; i++) {
        mem_free(r->edits[i].items);
        buf_release(&r->texts[i]);
    }
    mem_free(r->out);
    mem_free(r);
}

static bool is_on(const struct repairer *r, enum copydesk_rule rule)
{
    return r->actions[rule] != COPYDESK_OFF;
}

// ---- One round: look ----

// Whether a place outside ASCII that the scan found is worth a look even if it is no mojibake.
static bool is_unseen(const uint8_t *p)
{
    switch (p[0]) {
    case 0xc2:
        return p[1] < 0xa0 || p[1] == 0xad;
    case 0xcc:
    case 0xe3:
    case 0xef:
        return true;
    case 0xcd:
        return p[1] < 0xb0;
    case 0xd9:
        return p[1] >= 0x93 && p[1] <= 0x95;
    case 0xe1:
        return true;
    case 0xe2:
        return (p[1] == 0x80 && (p[2] < 0x93 || (p[2] >= 0xa8 && p[2] <= 0xae))) ||
               (p[1] == 0x81 && p[2] >= 0xa0);
    default:
        return false;
    }
}

static int find_stops(struct repairer *r, const uint8_t *text, size_t len)
{
    uint64_t mask;
    bool mojibake = is_on(r, COPYDESK_MOJIBAKE);
    bool html = is_on(r, COPYDESK_HTML_RESIDUE);
    int status = COPYDESK_OK;
    r->candidates.n = r->stops.n = 0;
    for (size_t block = r->scan(text, len, 0, &mask); block < len && status == COPYDESK_OK;
         block = r->scan(text, len, block + REPAIR_BLOCK, &mask)) {
        for (; mask && status == COPYDESK_OK; mask &= mask - 1) {
            size_t at = block + (size_t)__builtin_ctzll(mask);
            const uint8_t *p = text + at;
            bool stop = p[0] >= 0x80 ? is_unseen(p) : html || (p[0] != '&' && p[0] != '<');
            if (p[0] >= 0x80 && mojibake && mojibake_possible(text, len, at)) {
                status = push_number(&r->candidates, at);
            }
            if (stop && status == COPYDESK_OK) {
                status = push_number(&r->stops, at);
            }
        }
    }
    return status;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// Whether nothing but blanks stands before `at` in its line, as the line will be.
static bool at_line_start(const struct repairer *r, const char *text, size_t at)
{
    const struct repair_list *done = &r->other;
    size_t k = done->n;
    for (int steps = 0; at > 0 && steps < MAX_LOOK_BACK; steps++) {
        char c = text[at - 1];
        if (k > 0 && done->items[k - 1].end == at) {
            k--;
            at = done->items[k].start;
            if (done->items[k].to_len == 0) {
                continue;
            }
            c = done->pool.data[done->items[k].to + done->items[k].to_len - 1];
        } else {
            at--;
        }
        if (!is_blank(c)) {
            return c == '\n';
        }
    }
    return at == 0;
}

static bool at_line_end(struct str text, size_t at)
{
    while (at < text.len && is_blank(text.data[at])) {
        at++;
    }
    return at >= text.len || text.data[at] == '\n';
}

static struct str line_break(const struct repairer *r, struct str text, size_t start, size_t end,
                             enum copydesk_field field)
{
    if (at_line_start(r, text.data, start) || at_line_end(text, end)) {
        return STR("");
    }
    if (field == COPYDESK_FIELD_TITLE) {
        bool blank = is_blank(text.data[start - 1]) || is_blank(text.data[end]);
        return blank ? STR("") : STR(" ");
    }
    return STR("\n");
}

static int look_at(struct repairer *r, struct str text, size_t at, enum copydesk_field field, size_t *end)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    if (bytes[at] == '&' || bytes[at] == '<') {
        struct repair_markup m;
        bool tag = bytes[at] == '<';
        size_t n = tag ? markup_tag(bytes, text.len, at, &m) : markup_entity(bytes, text.len, at, &m);
        if (n > 0 && tag && r->sample == 0) {
            r->sample = markup_is_sample(bytes, text.len) ? 1 : 2;
        }
        if (n == 0 || (tag && r->sample == 1)) {
            return COPYDESK_OK;
        }
        struct str to = m.breaks ? line_break(r, text, at, at + n, field) : (struct str){m.to, m.to_len};
        *end = at + n;
        return repair_list_add(&r->other, COPYDESK_HTML_RESIDUE, at, at + n, to, REPAIR_CERTAIN);
    }
    struct repair_control c;
    control_at(bytes, text.len, at, &r->rtl, &c);
    if (c.start == c.end || c.start < *end || !is_on(r, c.rule)) {
        return COPYDESK_OK;
    }
    struct str to = {c.to, c.to_len};
    if (field == COPYDESK_FIELD_TITLE && c.to_len == 1 && c.to[0] == '\n') {
        to = STR(" ");
    }
    *end = c.end;
    return repair_list_add(&r->other, c.rule, c.start, c.end, to, c.score);
}

// All changes of this round, in order, into r->changes; their `to` is in the pool of `changes`.
static int join_lists(struct repairer *r)
{
    size_t a = 0;
    size_t b = 0;
    int status = COPYDESK_OK;
    repair_list_clear(&r->changes);
    while (status == COPYDESK_OK && (a < r->misread.n || b < r->other.n)) {
        bool first =
            b == r->other.n || (a < r->misread.n && r->misread.items[a].start < r->other.items[b].start);
        const struct repair_list *from = first ? &r->misread : &r->other;
        const struct repair_change *c = &from->items[first ? a++ : b++];
        struct str to = {c->to_len ? from->pool.data + c->to : "", c->to_len};
        status = repair_list_add(&r->changes, c->rule, c->start, c->end, to, c->score);
    }
    return status;
}

static int find_changes(struct repairer *r, struct str text, enum copydesk_field field,
                        const struct vocabulary *v)
{
    const struct repair_list *misread = &r->misread;
    size_t end = 0;
    size_t k = 0;
    repair_list_clear(&r->misread);
    repair_list_clear(&r->other);
    repair_list_clear(&r->changes);
    r->rtl = 0;
    r->sample = 0;
    int status = find_stops(r, (const uint8_t *)text.data, text.len);
    if (status == COPYDESK_OK && is_on(r, COPYDESK_MOJIBAKE) &&
        single_possible((const uint8_t *)text.data, text.len)) {
        status = single_find(r->single, text, &r->misread);
    }
    if (status == COPYDESK_OK && r->candidates.n > 0 && r->misread.n == 0) {
        status = mojibake_find(r->mojibake, text, r->candidates.items, r->candidates.n, v, &r->misread);
    }
    for (size_t i = 0; i < r->stops.n && status == COPYDESK_OK; i++) {
        size_t at = r->stops.items[i];
        while (k < misread->n && misread->items[k].end <= at) {
            end = end < misread->items[k].end ? misread->items[k].end : end;
            k++;
        }
        bool taken = at < end || (k < misread->n && misread->items[k].start <= at);
        if (!taken) {
            status = look_at(r, text, at, field, &end);
        }
    }
    // What goes through misread text (a tag with a damaged attribute) is taken first; the rest is for the
    // next round.
    size_t kept = 0;
    for (size_t i = 0, j = 0; i < misread->n; i++) {
        while (j < r->other.n && r->other.items[j].end <= misread->items[i].start) {
            j++;
        }
        if (j == r->other.n || r->other.items[j].start >= misread->items[i].end) {
            r->misread.items[kept++] = misread->items[i];
        }
    }
    r->misread.n = kept;
    return status == COPYDESK_OK ? join_lists(r) : status;
}

// ---- One round: apply ----

static bool is_done(const struct repairer *r, const struct repair_change *c)
{
    enum copydesk_action action = r->actions[c->rule];
    return c->rule != COPYDESK_INVALID_UTF8 && (action == COPYDESK_REPAIR || action == COPYDESK_CUT);
}

static int write_text(struct repairer *r, struct str text, struct buf *to)
{
    size_t at = 0;
    buf_clear(to);
    for (size_t i = 0; i < r->changes.n; i++) {
        const struct repair_change *c = &r->changes.items[i];
        if (is_done(r, c)) {
            buf_add(to, text.data + at, c->start - at);
            buf_add_str(to, str_part(r->changes.pool.data, c->to, c->to + c->to_len));
            at = c->end;
        }
    }
    buf_add(to, text.data + at, text.len - at);
    if (!buf_reserve(to, PADDING)) {
        return COPYDESK_ERR_MEMORY;
    }
    memset(to->data + to->len, 0, PADDING);
    return COPYDESK_OK;
}

/*
 * Old edits (input -> text of this round) and the changes of this round, both in order, into new edits
 * (input -> next text). Groups of what overlaps in the text of this round become one edit.
 */
static int add_up(const struct repairer *r, const struct places *old, struct places *new)
{
    size_t i = 0;
    size_t j = 0;
    int64_t back = 0;    // from this text to the input
    int64_t forward = 0; // from this text to the next
    int status = COPYDESK_OK;
    new->n = 0;
    while (status == COPYDESK_OK) {
        while (j < r->changes.n && !is_done(r, &r->changes.items[j])) {
            j++;
        }
        const struct place *e = i < old->n ? &old->items[i] : NULL;
        const struct repair_change *c = j < r->changes.n ? &r->changes.items[j] : NULL;
        if (!e && !c) {
            break;
        }
        bool edit_first = e && (!c || e->to <= c->start);
        struct place p = {
            .rule = edit_first ? e->rule : c->rule, .score = edit_first ? e->score : c->score, .done = true};
        int64_t start = edit_first ? e->to : c->start;
        int64_t end = start;
        p.start = (uint32_t)(start + back);
        p.to = (uint32_t)(start + forward);
        // An edit that put nothing in overlaps only what reaches over it.
        bool any = false;
        bool had_edit = false;
        for (;;) {
            while (j < r->changes.n && !is_done(r, &r->changes.items[j])) {
                j++;
            }
            if (i < old->n && (any ? old->items[i].to < end : edit_first)) {
                e = &old->items[i++];
                end = e->to_end > end ? e->to_end : end;
                back = (int64_t)e->end - e->to_end;
                if (!had_edit) {
                    p.rule = e->rule;
                    had_edit = true;
                }
            } else if (j < r->changes.n && (any ? r->changes.items[j].start < end : !edit_first)) {
                c = &r->changes.items[j++];
                end = c->end > end ? c->end : end;
                forward += (int64_t)c->to_len - (c->end - c->start);
                p.score = c->score < p.score ? c->score : p.score;
            } else {
                break;
            }
            any = true;
        }
        p.end = (uint32_t)(end + back);
        p.to_end = (uint32_t)(end + forward);
        status = push_place(new, p);
    }
    return status;
}

// What the last round found under rules that are only flagged, between the edits.
static int add_found(const struct repairer *r, const struct places *old, struct places *new)
{
    size_t i = 0;
    int64_t back = 0;
    int status = COPYDESK_OK;
    new->n = 0;
    for (size_t j = 0; j < r->changes.n && status == COPYDESK_OK; j++) {
        const struct repair_change *c = &r->changes.items[j];
        for (; i < old->n && old->items[i].to_end <= c->start && status == COPYDESK_OK; i++) {
            back = (int64_t)old->items[i].end - old->items[i].to_end;
            status = push_place(new, old->items[i]);
        }
        if (status == COPYDESK_OK && (i == old->n || old->items[i].to >= c->end)) {
            status = push_place(new, (struct place){(uint32_t)(c->start + back), (uint32_t)(c->end + back),
                                                    (uint32_t)j, 0, c->rule, c->score, false});
        }
    }
    for (; i < old->n && status == COPYDESK_OK; i++) {
        status = push_place(new, old->items[i]);
    }
    return status;
}

static int hand_out(struct repairer *r, const struct places *edits, struct repaired *out)
{
    void *items = r->out;
    bool ok = mem_grow(&items, &r->out_cap, edits->n, sizeof *r->out);
    r->out = items;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    for (size_t i = 0; i < edits->n; i++) {
        const struct place *p = &edits->items[i];
        const struct repair_change *c = p->done ? NULL : &r->changes.items[p->to];
        struct str to = c ? (struct str){c->to_len ? r->changes.pool.data + c->to : "", c->to_len}
                          : (struct str){out->text.data + p->to, p->to_end - p->to};
        r->out[i] = (struct edit){.rule = p->rule,
                                  .start = p->start,
                                  .end = p->end,
                                  .score = p->score,
                                  .to = to,
                                  .reason = p->rule == COPYDESK_INVALID_UTF8 ? "a character was lost" : NULL};
    }
    out->edits = r->out;
    out->n = edits->n;
    return COPYDESK_OK;
}

int repair_text(struct repairer *r, struct str text, enum copydesk_field field, const struct vocabulary *v,
                struct repaired *out)
{
    struct places *edits = &r->edits[0];
    struct places *spare = &r->edits[1];
    *out = (struct repaired){.text = text};
    edits->n = 0;
    if (r->none) {
        out->sound = true;
        return COPYDESK_OK;
    }
    mojibake_begin(r->mojibake);
    for (int round = 0;; round++) {
        int status = find_changes(r, out->text, field, v);
        bool any = false;
        if (status == COPYDESK_OK && round == 0 && r->candidates.n == 0 && r->changes.n == 0) {
            out->sound = true;
            return COPYDESK_OK;
        }
        for (size_t i = 0; i < r->changes.n && !any; i++) {
            any = is_done(r, &r->changes.items[i]);
        }
        if (status == COPYDESK_OK && any && round == MAX_ROUNDS) {
            *out = (struct repaired){.text = text};
            return COPYDESK_OK;
        }
        struct buf *next = &r->texts[round & 1];
        if (status == COPYDESK_OK && any) {
            status = write_text(r, out->text, next);
        }
        if (status == COPYDESK_OK && (any || r->changes.n > 0)) {
            status = any ? add_up(r, edits, spare) : add_found(r, edits, spare);
            struct places *swap = edits;
            edits = spare;
            spare = swap;
        }
        if (status < 0) {
            return status;
        }
        if (!any) {
            break;
        }
        out->text = (struct str){next->data, next->len};
    }
    if (edits->n == 0) {
        return COPYDESK_OK;
    }
    int status = hand_out(r, edits, out);
    for (size_t i = 0; i < out->n; i++) {
        r->out[i].field = field;
    }
    return status;
}
