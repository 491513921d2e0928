// reading.c - the best way to read a run of characters outside ASCII. Contract in reading.h.
//
// In:  a run with its neighbours, and a charset. Out: which of its characters are to be put back into bytes
// and read as UTF-8, and what that costs.
//
// By dynamic programming over the run: each character is kept, or begins two to four that are undone; a state
// remembers the last two characters, all that a cost depends on. A sound letter outside ASCII that touches an
// undone one costs, in scripts that have words: damage does not stop within a word.
//
// Limits: of several ways to one state only the cheapest is kept, although the character before the last may
// differ.

#include "repair/reading.h"

#include "base/mem.h"
#include "copydesk.h"
#include "text/unicode.h"

enum {
    MIXED_WORD = 5, // cost of an undone letter beside a sound one outside ASCII
    LOST_BLANK = 1,
    FAVOUR = 1, // quarters that each character undone is better, where others of the text were
};

void reading_init(struct reading *r)
{
    *r = (struct reading){0};
    for (uint32_t c = 0; c < READING_SHAPES; c++) {
        r->shapes[c] = shape_of(c);
    }
}

void reading_release(struct reading *r)
{
    mem_free(r->elements);
    mem_free(r->once);
    mem_free(r->nodes[READING_KEPT]);
    mem_free(r->nodes[READING_UNDONE]);
    mem_free(r->plan);
}

struct shape reading_shape(const struct reading *r, uint32_t code_point)
{
    return code_point < READING_SHAPES ? r->shapes[code_point] : shape_of(code_point);
}

unsigned reading_decode(const uint8_t *text, size_t len, size_t at, uint32_t *code_point)
{
    if (at >= len) {
        *code_point = ' ';
        return 0;
    }
    unsigned n = unicode_decode(text + at, len - at, code_point);
    if (n == 0) {
        *code_point = READING_LOST;
        return 1;
    }
    return n;
}

static int grow_nodes(struct reading *r, size_t n)
{
    for (int way = 0; way < READING_WAYS; way++) {
        void *nodes = r->nodes[way];
        bool ok = mem_grow(&nodes, &r->nodes_cap[way], n + 1, sizeof *r->nodes[way]);
        r->nodes[way] = nodes;
        if (!ok) {
            return COPYDESK_ERR_MEMORY;
        }
    }
    void *plan = r->plan;
    bool ok = mem_grow(&plan, &r->plan_cap, n + 1, sizeof *r->plan);
    r->plan = plan;
    return ok ? COPYDESK_OK : COPYDESK_ERR_MEMORY;
}

static bool is_lost_blank(const uint8_t *text, size_t len, size_t at)
{
    return at >= 2 && at < len && text[at] == ' ' && text[at - 2] == 0xc3 && text[at - 1] == 0x83;
}

static struct shape shape_before(const struct reading *r, const uint8_t *text, size_t floor, size_t *at)
{
    size_t start = *at;
    uint32_t c;
    if (start <= floor) {
        return reading_shape(r, ' ');
    }
    start--;
    while (start > floor && (text[start] & 0xc0) == 0x80) {
        start--;
    }
    reading_decode(text, *at, start, &c);
    *at = start;
    return reading_shape(r, c);
}

// Reads the window that begins at `start`: elements and context. *end receives its end.
int reading_load(struct reading *r, const uint8_t *text, size_t len, size_t start, size_t *end)
{
    size_t at = start;
    uint32_t c;
    r->n_elements = 0;
    while (at < len && (text[at] >= 0x80 || is_lost_blank(text, len, at))) {
        unsigned n = reading_decode(text, len, at, &c);
        void *elements = r->elements;
        bool ok = mem_grow(&elements, &r->elements_cap, r->n_elements + 1, sizeof *r->elements);
        r->elements = elements;
        if (!ok) {
            return COPYDESK_ERR_MEMORY;
        }
        r->elements[r->n_elements++] =
            (struct reading_element){charset_lookup(c), c, (uint32_t)at, reading_shape(r, c)};
        at += n;
    }
    *end = at;
    size_t back = start;
    r->first = shape_before(r, text, 0, &back);
    r->before = shape_before(r, text, 0, &back);
    reading_decode(text, len, at, &c);
    r->next = reading_shape(r, c);
    return grow_nodes(r, r->n_elements);
}

// Byte of element i as a later byte of a character, or 0.
static uint32_t tail_byte(const struct reading *r, size_t i, int charset)
{
    if (i >= r->n_elements || !(r->elements[i].entry->tail >> charset & 1)) {
        return 0;
    }
    return r->elements[i].entry->byte[charset];
}

/*
 * The character that elements i.. are when undone: how many elements it takes, or 0. A blank stands for A0
 * behind the one letter where nothing else is possible; U+FFFD for a byte that a converter lost.
 */
unsigned reading_undo(const struct reading *r, size_t i, int charset, uint32_t *code_point)
{
    const struct charset_entry *e = r->elements[i].entry;
    uint32_t lead = e->byte[charset];
    uint32_t second = tail_byte(r, i + 1, charset);
    if (e->lead2 >> charset & 1) {
        if (!second && i + 1 < r->n_elements && r->elements[i + 1].code_point == ' ' &&
            reading_lost_blank(lead)) {
            second = 0xa0;
        }
        *code_point = (lead & 0x1f) << 6 | (second & 0x3f);
        return second ? 2 : 0;
    }
    uint32_t third = second ? tail_byte(r, i + 2, charset) : 0;
    if (e->lead3 >> charset & 1) {
        if (second && !third && charset == CHARSET_1252 && i + 2 < r->n_elements &&
            r->elements[i + 2].code_point == READING_LOST) {
            *code_point = READING_LOST;
            return 3;
        }
        *code_point = (lead & 0x0f) << 12 | (second & 0x3f) << 6 | (third & 0x3f);
        return third && *code_point >= 0x800 && *code_point - 0xd800 >= 0x800 ? 3 : 0;
    }
    uint32_t fourth = third ? tail_byte(r, i + 3, charset) : 0;
    if (fourth && e->lead4 >> charset & 1) {
        *code_point = (lead & 7) << 18 | (second & 0x3f) << 12 | (third & 0x3f) << 6 | (fourth & 0x3f);
        return *code_point - 0x10000 < 0x100000 ? 4 : 0;
    }
    return 0;
}

int reading_cost(const struct reading *r)
{
    struct shape before = r->before;
    struct shape last = r->first;
    int cost = 0;
    for (size_t i = 0; i < r->n_elements; i++) {
        cost += shape_cost(before, last, r->elements[i].shape);
        before = last;
        last = r->elements[i].shape;
    }
    return (cost + shape_cost(before, last, r->next)) * READING_UNIT;
}

// Letters of scripts with words: there damage does not stop between two of them.
static bool is_word_letter(struct shape s)
{
    return shape_is_letter(s) && s.kind != SHAPE_LETTER;
}

static void offer(struct reading_node *to, const struct reading_node *from, int way, unsigned step, int cost,
                  struct shape shape)
{
    if (cost < to->cost) {
        *to = (struct reading_node){cost, (uint8_t)way, (uint8_t)step, shape, from->last};
    }
}

// The nodes say which reading that is.
int reading_best(struct reading *r, int charset, int doubt, bool favoured, int *way_at_end)
{
    size_t n = r->n_elements;
    struct reading_node *kept = r->nodes[READING_KEPT];
    struct reading_node *undone = r->nodes[READING_UNDONE];
    bool any = false;
    for (size_t i = 0; i <= n; i++) {
        kept[i].cost = undone[i].cost = READING_FAR;
    }
    kept[0] = (struct reading_node){.last = r->first, .before = r->before};
    for (size_t i = 0; i < n; i++) {
        uint32_t code_point = 0;
        unsigned step = reading_undo(r, i, charset, &code_point);
        struct shape new = step ? reading_shape(r, code_point) : (struct shape){0};
        struct shape own = r->elements[i].shape;
        any |= step > 0;
        for (int way = 0; way < READING_WAYS; way++) {
            const struct reading_node *from = &r->nodes[way][i];
            if (from->cost >= READING_FAR) {
                continue;
            }
            bool letter = is_word_letter(from->last) && i > 0;
            int cost = shape_cost(from->before, from->last, own);
            cost += letter && way == READING_UNDONE && is_word_letter(own) ? MIXED_WORD : 0;
            offer(&kept[i + 1], from, way, 1, from->cost + cost * READING_UNIT, own);
            if (step) {
                cost = shape_cost(from->before, from->last, new);
                cost += letter && way == READING_KEPT && is_word_letter(new) ? MIXED_WORD : 0;
                cost += way == READING_KEPT ? doubt : 0;
                cost += r->elements[i + step - 1].code_point == ' ' ? LOST_BLANK : 0;
                offer(&undone[i + step], from, way, step,
                      from->cost + cost * READING_UNIT - (favoured ? FAVOUR : 0), new);
            }
        }
    }
    int costs[READING_WAYS];
    for (int way = 0; way < READING_WAYS; way++) {
        const struct reading_node *last = &r->nodes[way][n];
        costs[way] = last->cost >= READING_FAR
                         ? READING_FAR
                         : last->cost + READING_UNIT * shape_cost(last->before, last->last, r->next);
    }
    *way_at_end =
        favoured ? costs[READING_UNDONE] <= costs[READING_KEPT] : costs[READING_UNDONE] < costs[READING_KEPT];
    return any ? costs[*way_at_end] : READING_FAR;
}

// Charsets in which something in the window can be undone.
unsigned reading_charsets(const struct reading *r)
{
    unsigned found = 0;
    for (size_t i = 0; i + 1 < r->n_elements; i++) {
        const struct charset_entry *e = r->elements[i].entry;
        unsigned tail = r->elements[i + 1].entry->tail;
        found |= e->lead2 & tail;
        if (((e->lead3 | e->lead4) & tail) && i + 2 < r->n_elements) {
            unsigned third = r->elements[i + 2].code_point == READING_LOST ? 1u << CHARSET_1252
                                                                           : r->elements[i + 2].entry->tail;
            found |= e->lead3 & tail & third;
            found |= i + 3 < r->n_elements ? e->lead4 & tail & third & r->elements[i + 3].entry->tail : 0u;
        }
        if (r->elements[i + 1].code_point == ' ' && reading_lost_blank(e->byte[CHARSET_1252])) {
            found |= 1u << CHARSET_1252;
        }
    }
    return found;
}

static void swap_elements(struct reading *r)
{
    struct reading_element *elements = r->elements;
    size_t n = r->n_elements;
    size_t cap = r->elements_cap;
    r->elements = r->once;
    r->n_elements = r->n_once;
    r->elements_cap = r->once_cap;
    r->once = elements;
    r->n_once = n;
    r->once_cap = cap;
}

// The window with all undone that can be, into r->once. false: nothing of that could be undone again.
static int undo_whole(struct reading *r, int charset, bool *again)
{
    void *once = r->once;
    bool ok = mem_grow(&once, &r->once_cap, r->n_elements, sizeof *r->once);
    r->once = once;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    r->n_once = 0;
    for (size_t i = 0; i < r->n_elements;) {
        uint32_t c = 0;
        unsigned step = reading_undo(r, i, charset, &c);
        r->once[r->n_once++] =
            step ? (struct reading_element){charset_lookup(c), c, r->elements[i].at, reading_shape(r, c)}
                 : r->elements[i];
        i += step ? step : 1;
    }
    swap_elements(r);
    *again = reading_charsets(r) >> charset & 1;
    swap_elements(r);
    return COPYDESK_OK;
}

// What is gained when the window was misread twice: halfway it may look worse than it does now.
int reading_gain_twice(struct reading *r, int charset, int doubt, int as_it_stands, int *gain)
{
    bool again;
    int way;
    int status = undo_whole(r, charset, &again);
    *gain = -READING_FAR;
    if (status == COPYDESK_OK && again) {
        swap_elements(r);
        int cost = reading_best(r, charset, doubt, false, &way);
        *gain = as_it_stands - cost;
        swap_elements(r);
    }
    return status;
}

// Follows the best reading back: plan[i] is how many elements are undone from element i on, or 0: it is kept.
void reading_unwind(struct reading *r, int way)
{
    size_t at = r->n_elements;
    while (at > 0) {
        const struct reading_node *node = &r->nodes[way][at];
        at -= node->step;
        r->plan[at] = way == READING_UNDONE ? node->step : 0;
        way = node->from;
    }
}

void reading_plan_whole(struct reading *r, int charset)
{
    uint32_t code_point;
    for (size_t i = 0; i < r->n_elements; i += r->plan[i] ? r->plan[i] : 1) {
        r->plan[i] = (uint8_t)reading_undo(r, i, charset, &code_point);
    }
}

// Appends the characters of the stretch that begins at element i; returns the element behind it.
size_t reading_undo_stretch(const struct reading *r, size_t i, int charset, struct buf *to)
{
    while (i < r->n_elements && r->plan[i]) {
        uint32_t code_point = 0;
        uint8_t bytes[4];
        i += reading_undo(r, i, charset, &code_point);
        buf_add(to, bytes, utf8_encode(code_point, bytes));
    }
    // The lost blank took another one with it, that between two words.
    if (r->elements[i - 1].code_point == ' ' && i == r->n_elements && shape_is_letter(r->next)) {
        buf_add_char(to, ' ');
    }
    return i;
}

// Appends what the window becomes.
void reading_write(const struct reading *r, int charset, struct str text, size_t end, struct buf *to)
{
    for (size_t i = 0; i < r->n_elements;) {
        if (r->plan[i]) {
            i = reading_undo_stretch(r, i, charset, to);
        } else {
            size_t stop = i + 1 < r->n_elements ? r->elements[i + 1].at : end;
            buf_add(to, text.data + r->elements[i].at, stop - r->elements[i].at);
            i++;
        }
    }
}
