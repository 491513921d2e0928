// repair_mojibake.c - UTF-8 that was read in a wrong charset. Contract in repair_part.h.
//
// In:  a text and the places where misread characters may begin. Out: changes.
//
// Misread UTF-8 undoes itself: written in the wrong charset again, its characters give bytes that are valid
// UTF-8. But so do a few pairs of right characters by chance (a capital with accent and a quotation mark;
// Ukrainian endings). What tells them apart is which of the two readings looks more like writing: a model of
// characters and their neighbours (repair_shape.c) gives each a cost.
//
//  - A window is a run of characters outside ASCII, with the neighbours as its context. For each charset the
//    best way to read it is found by dynamic programming over "keep this character" and "undo these two to
//    four"; so sound and damaged text may stand side by side. A sound letter outside ASCII that touches an
//    undone one costs: damage does not stop within a word.
//  - What is gained is the cost of the window as it stands minus that of the best reading. From
//    GAIN_STRONG on the window is damaged.
//  - Where a text has strong windows, weaker ones of the same charset are damaged too.
//  - Others are when the repaired word is one of the corpus (vocabulary.h).
//
// Text misread twice is repaired once a round. A no-break space that became a blank is put back where one
// letter alone ends in that byte.
//
// The idea of undoing with confirmation is that of ftfy (Speer 2019), which looks for bad pairs by regular
// expressions and decodes whole lines; the model and the search are our own.
//
// Limits: multi-byte charsets (GBK, Shift-JIS) read as UTF-8 or the other way round are not looked at. A lone
// letter that a capital and a quotation mark could be as well stays when the corpus does not have the word.

#include "repair_part.h"

#include "base/mem.h"
#include "repair_charsets.h"
#include "repair_shape.h"
#include "unicode.h"

enum {
    GAIN_STRONG = 5,
    GAIN_HELPED = 2,     // beside something undone in the same charset
    GAIN_SURROUNDED = 0, // beside so many of them:
    SURROUNDED = 5,
    AGREED = 3,          // what a charset may explain worse than another and still be the one of the text
    GAIN_CONFIRMED = -1, // with the word in the corpus
    COST_CONFIRMED = 1,  // and something odd about the window
    MIN_COUNT = 2,       // of a word that confirms
    MIXED_WORD = 5,      // cost of an undone letter beside a sound one outside ASCII
    LOST_BLANK = 1,
    TWICE = 3,     // cost of the assumption that a text was misread twice
    HALF = 2,      // a window that is undone loses at least this part of its cost
    LEFT_OVER = 2, // which may be left in a window that others help
    UNIT = 4,      // costs of readings are counted in quarters
    FAVOUR = 1,    // quarters that each character undone is better, where others of the text were
    FAR = 1 << 28,
    CONTEXT_BYTES = 40,
    REPLACEMENT = 0xfffd,
    KNOWN_SHAPES = CHARSET_PAGES << 6,
};

// Doubts about a charset: how much rarer than windows-1252 it is as a source of damage, and how much of what
// looks like it is maths or line drawing.
static const uint8_t doubts[N_CHARSETS] = {
    [CHARSET_1250] = 1,   [CHARSET_1251] = 1, [CHARSET_1254] = 1, [CHARSET_1257] = 2, [CHARSET_1253] = 2,
    [CHARSET_8859_2] = 1, [CHARSET_MAC] = 6,  [CHARSET_437] = 5,  [CHARSET_850] = 5,  [CHARSET_866] = 5,
    [CHARSET_KOI8] = 3,   [CHARSET_1255] = 2, [CHARSET_1256] = 2, [CHARSET_874] = 2,
};

struct element {
    const struct charset_entry *entry;
    uint32_t code_point;
    uint32_t at; // in the text
    struct shape shape;
};

enum { KEPT, UNDONE, N_WAYS };

// The best reading up to a character, with that character kept or undone.
struct node {
    int cost;
    uint8_t from, step; // the way before, and how many characters the last step took
    struct shape last, before;
};

struct window {
    uint32_t start, end;
    int cost, gain; // as it stands; and what is gained
    uint8_t charset;
    bool accepted, favoured;
    bool whole;            // all that can be undone is, since it was misread twice
    int gains[N_CHARSETS]; // -FAR: none
};

struct mojibake {
    struct element *elements, *once; // the window; and what it is when undone once
    struct node *nodes[N_WAYS];
    uint8_t *plan;
    struct window *windows;
    size_t n_elements, elements_cap, n_once, once_cap, nodes_cap[N_WAYS], plan_cap, n_windows, windows_cap;
    struct shape before, first, next; // the context of the window
    unsigned support[N_CHARSETS];     // characters undone in the text, in all rounds
    struct buf word;
    struct shape shapes[KNOWN_SHAPES]; // those that are asked for most
};

struct mojibake *mojibake_new(void)
{
    struct mojibake *m = mem_zalloc(1, sizeof *m);
    for (uint32_t c = 0; m && c < KNOWN_SHAPES; c++) {
        m->shapes[c] = shape_of(c);
    }
    return m;
}

static struct shape look_up_shape(const struct mojibake *m, uint32_t code_point)
{
    return code_point < KNOWN_SHAPES ? m->shapes[code_point] : shape_of(code_point);
}

void mojibake_free(struct mojibake *m)
{
    if (m) {
        mem_free(m->elements);
        mem_free(m->once);
        mem_free(m->nodes[KEPT]);
        mem_free(m->nodes[UNDONE]);
        mem_free(m->plan);
        mem_free(m->windows);
        buf_release(&m->word);
        mem_free(m);
    }
}

static unsigned decode(const uint8_t *text, size_t len, size_t at, uint32_t *code_point)
{
    if (at >= len) {
        *code_point = ' ';
        return 0;
    }
    unsigned n = unicode_decode(text + at, len - at, code_point);
    if (n == 0) {
        *code_point = REPLACEMENT;
        return 1;
    }
    return n;
}

// ---- Candidates ----

static bool lost_blank_letter(uint32_t lead)
{
    return lead == 0xc3;
}

bool mojibake_possible(const uint8_t *text, size_t len, size_t at)
{
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t d;
    unsigned n = decode(text, len, at, &a);
    const struct charset_entry *first = charset_lookup(a);
    unsigned m = decode(text, len, at + n, &b);
    if (a < 0x80 || m == 0) {
        return false;
    }
    if (b == ' ') {
        return lost_blank_letter(first->byte[CHARSET_1252]);
    }
    const struct charset_entry *second = charset_lookup(b);
    if (first->lead2 & second->tail) {
        return true;
    }
    if (!((first->lead3 | first->lead4) & second->tail)) {
        return false;
    }
    n += m;
    m = decode(text, len, at + n, &c);
    unsigned three = first->lead3 & second->tail & charset_lookup(c)->tail;
    if (three || (c == REPLACEMENT && m > 0)) {
        return true;
    }
    decode(text, len, at + n + m, &d);
    return first->lead4 & second->tail & charset_lookup(c)->tail & charset_lookup(d)->tail;
}

// ---- One window ----

static int grow_nodes(struct mojibake *m, size_t n)
{
    for (int way = 0; way < N_WAYS; way++) {
        void *nodes = m->nodes[way];
        bool ok = mem_grow(&nodes, &m->nodes_cap[way], n + 1, sizeof *m->nodes[way]);
        m->nodes[way] = nodes;
        if (!ok) {
            return COPYDESK_ERR_MEMORY;
        }
    }
    void *plan = m->plan;
    bool ok = mem_grow(&plan, &m->plan_cap, n + 1, sizeof *m->plan);
    m->plan = plan;
    return ok ? COPYDESK_OK : COPYDESK_ERR_MEMORY;
}

static bool is_lost_blank(const uint8_t *text, size_t len, size_t at)
{
    return at >= 2 && at < len && text[at] == ' ' && text[at - 2] == 0xc3 && text[at - 1] == 0x83;
}

// Where the window around `at` begins.
static size_t window_start(const uint8_t *text, size_t at, size_t floor)
{
    while (at > floor && text[at - 1] >= 0x80) {
        at--;
    }
    return at;
}

static struct shape shape_before(const struct mojibake *m, const uint8_t *text, size_t floor, size_t *at)
{
    size_t start = *at;
    uint32_t c;
    if (start <= floor) {
        return look_up_shape(m, ' ');
    }
    start--;
    while (start > floor && (text[start] & 0xc0) == 0x80) {
        start--;
    }
    decode(text, *at, start, &c);
    *at = start;
    return look_up_shape(m, c);
}

// Reads the window that begins at `start`: elements and context. *end receives its end.
static int read_window(struct mojibake *m, const uint8_t *text, size_t len, size_t start, size_t *end)
{
    size_t at = start;
    uint32_t c;
    m->n_elements = 0;
    while (at < len && (text[at] >= 0x80 || is_lost_blank(text, len, at))) {
        unsigned n = decode(text, len, at, &c);
        void *elements = m->elements;
        bool ok = mem_grow(&elements, &m->elements_cap, m->n_elements + 1, sizeof *m->elements);
        m->elements = elements;
        if (!ok) {
            return COPYDESK_ERR_MEMORY;
        }
        m->elements[m->n_elements++] =
            (struct element){charset_lookup(c), c, (uint32_t)at, look_up_shape(m, c)};
        at += n;
    }
    *end = at;
    size_t back = start;
    m->first = shape_before(m, text, 0, &back);
    m->before = shape_before(m, text, 0, &back);
    decode(text, len, at, &c);
    m->next = look_up_shape(m, c);
    return grow_nodes(m, m->n_elements);
}

// Byte of element i as a later byte of a character, or 0.
static uint32_t tail_byte(const struct mojibake *m, size_t i, int charset)
{
    if (i >= m->n_elements || !(m->elements[i].entry->tail >> charset & 1)) {
        return 0;
    }
    return m->elements[i].entry->byte[charset];
}

/*
 * The character that elements i.. are when undone: how many elements it takes, or 0. A blank stands for A0
 * behind the one letter where nothing else is possible; U+FFFD for a byte that a converter lost.
 */
static unsigned undo(const struct mojibake *m, size_t i, int charset, uint32_t *code_point)
{
    const struct charset_entry *e = m->elements[i].entry;
    uint32_t lead = e->byte[charset];
    uint32_t second = tail_byte(m, i + 1, charset);
    if (e->lead2 >> charset & 1) {
        if (!second && i + 1 < m->n_elements && m->elements[i + 1].code_point == ' ' &&
            lost_blank_letter(lead)) {
            second = 0xa0;
        }
        *code_point = (lead & 0x1f) << 6 | (second & 0x3f);
        return second ? 2 : 0;
    }
    uint32_t third = second ? tail_byte(m, i + 2, charset) : 0;
    if (e->lead3 >> charset & 1) {
        if (second && !third && charset == CHARSET_1252 && i + 2 < m->n_elements &&
            m->elements[i + 2].code_point == REPLACEMENT) {
            *code_point = REPLACEMENT;
            return 3;
        }
        *code_point = (lead & 0x0f) << 12 | (second & 0x3f) << 6 | (third & 0x3f);
        return third && *code_point >= 0x800 && *code_point - 0xd800 >= 0x800 ? 3 : 0;
    }
    uint32_t fourth = third ? tail_byte(m, i + 3, charset) : 0;
    if (fourth && e->lead4 >> charset & 1) {
        *code_point = (lead & 7) << 18 | (second & 0x3f) << 12 | (third & 0x3f) << 6 | (fourth & 0x3f);
        return *code_point - 0x10000 < 0x100000 ? 4 : 0;
    }
    return 0;
}

static int cost_as_it_stands(const struct mojibake *m)
{
    struct shape before = m->before;
    struct shape last = m->first;
    int cost = 0;
    for (size_t i = 0; i < m->n_elements; i++) {
        cost += shape_cost(before, last, m->elements[i].shape);
        before = last;
        last = m->elements[i].shape;
    }
    return (cost + shape_cost(before, last, m->next)) * UNIT;
}

// Letters of scripts with words: there damage does not stop between two of them.
static bool is_word_letter(struct shape s)
{
    return shape_is_letter(s) && s.kind != SHAPE_LETTER;
}

static void offer(struct node *to, const struct node *from, int way, unsigned step, int cost,
                  struct shape shape)
{
    if (cost < to->cost) {
        *to = (struct node){cost, (uint8_t)way, (uint8_t)step, shape, from->last};
    }
}

// The cost of the best reading in this charset; the nodes say which it is. FAR: nothing in it can be undone.
static int best_reading(struct mojibake *m, int charset, int doubt, bool favoured, int *way_at_end)
{
    size_t n = m->n_elements;
    struct node *kept = m->nodes[KEPT];
    struct node *undone = m->nodes[UNDONE];
    bool any = false;
    for (size_t i = 0; i <= n; i++) {
        kept[i].cost = undone[i].cost = FAR;
    }
    kept[0] = (struct node){.last = m->first, .before = m->before};
    for (size_t i = 0; i < n; i++) {
        uint32_t code_point = 0;
        unsigned step = undo(m, i, charset, &code_point);
        struct shape new = step ? look_up_shape(m, code_point) : (struct shape){0};
        struct shape own = m->elements[i].shape;
        any |= step > 0;
        for (int way = 0; way < N_WAYS; way++) {
            const struct node *from = &m->nodes[way][i];
            if (from->cost >= FAR) {
                continue;
            }
            bool letter = is_word_letter(from->last) && i > 0;
            int cost = shape_cost(from->before, from->last, own);
            cost += letter && way == UNDONE && is_word_letter(own) ? MIXED_WORD : 0;
            offer(&kept[i + 1], from, way, 1, from->cost + cost * UNIT, own);
            if (step) {
                cost = shape_cost(from->before, from->last, new);
                cost += letter && way == KEPT && is_word_letter(new) ? MIXED_WORD : 0;
                cost += way == KEPT ? doubt : 0;
                cost += m->elements[i + step - 1].code_point == ' ' ? LOST_BLANK : 0;
                offer(&undone[i + step], from, way, step, from->cost + cost * UNIT - (favoured ? FAVOUR : 0),
                      new);
            }
        }
    }
    int costs[N_WAYS];
    for (int way = 0; way < N_WAYS; way++) {
        const struct node *last = &m->nodes[way][n];
        costs[way] =
            last->cost >= FAR ? FAR : last->cost + UNIT * shape_cost(last->before, last->last, m->next);
    }
    *way_at_end = favoured ? costs[UNDONE] <= costs[KEPT] : costs[UNDONE] < costs[KEPT];
    return any ? costs[*way_at_end] : FAR;
}

// Charsets in which something in the window can be undone.
static unsigned charsets_of(const struct mojibake *m)
{
    unsigned found = 0;
    for (size_t i = 0; i + 1 < m->n_elements; i++) {
        const struct charset_entry *e = m->elements[i].entry;
        unsigned tail = m->elements[i + 1].entry->tail;
        found |= e->lead2 & tail;
        if (((e->lead3 | e->lead4) & tail) && i + 2 < m->n_elements) {
            unsigned third = m->elements[i + 2].code_point == REPLACEMENT ? 1u << CHARSET_1252
                                                                          : m->elements[i + 2].entry->tail;
            found |= e->lead3 & tail & third;
            found |= i + 3 < m->n_elements ? e->lead4 & tail & third & m->elements[i + 3].entry->tail : 0u;
        }
        if (m->elements[i + 1].code_point == ' ' && lost_blank_letter(e->byte[CHARSET_1252])) {
            found |= 1u << CHARSET_1252;
        }
    }
    return found;
}

static void swap_elements(struct mojibake *m)
{
    struct element *elements = m->elements;
    size_t n = m->n_elements;
    size_t cap = m->elements_cap;
    m->elements = m->once;
    m->n_elements = m->n_once;
    m->elements_cap = m->once_cap;
    m->once = elements;
    m->n_once = n;
    m->once_cap = cap;
}

// The window with all undone that can be, into m->once. false: nothing of that could be undone again.
static int undo_whole(struct mojibake *m, int charset, bool *again)
{
    void *once = m->once;
    bool ok = mem_grow(&once, &m->once_cap, m->n_elements, sizeof *m->once);
    m->once = once;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    m->n_once = 0;
    for (size_t i = 0; i < m->n_elements;) {
        uint32_t c = 0;
        unsigned step = undo(m, i, charset, &c);
        m->once[m->n_once++] =
            step ? (struct element){charset_lookup(c), c, m->elements[i].at, look_up_shape(m, c)}
                 : m->elements[i];
        i += step ? step : 1;
    }
    swap_elements(m);
    *again = charsets_of(m) >> charset & 1;
    swap_elements(m);
    return COPYDESK_OK;
}

// What is gained when the window was misread twice: halfway it may look worse than it does now.
static int gain_twice(struct mojibake *m, int charset, int doubt, int as_it_stands, int *gain)
{
    bool again;
    int way;
    int status = undo_whole(m, charset, &again);
    *gain = -FAR;
    if (status == COPYDESK_OK && again) {
        swap_elements(m);
        int cost = best_reading(m, charset, doubt, false, &way);
        *gain = as_it_stands - cost;
        swap_elements(m);
    }
    return status;
}

static int judge_window(struct mojibake *m, struct window *w)
{
    int as_it_stands = cost_as_it_stands(m);
    unsigned charsets = as_it_stands < GAIN_STRONG * UNIT ? 0 : charsets_of(m); // nothing to be gained
    int status = COPYDESK_OK;
    w->cost = as_it_stands;
    w->gain = -FAR;
    for (int charset = 0; charset < N_CHARSETS; charset++) {
        w->gains[charset] = -FAR;
    }
    for (int charset = 0; charset < N_CHARSETS && status == COPYDESK_OK; charset++) {
        if (!(charsets >> charset & 1)) {
            continue;
        }
        int way;
        int gain = as_it_stands - best_reading(m, charset, doubts[charset], false, &way);
        int twice;
        w->gains[charset] = gain;
        status = gain_twice(m, charset, doubts[charset] + TWICE, as_it_stands, &twice);
        if (gain > w->gain || twice > w->gain) {
            w->whole = twice > gain;
            w->gain = w->whole ? twice : gain;
            w->charset = (uint8_t)charset;
        }
    }
    // Where much oddness would be left, the text is garbled in another way.
    w->accepted = w->gain >= GAIN_STRONG * UNIT && w->gain >= as_it_stands / HALF;
    return status;
}

// ---- What comes out ----

// Follows the best reading back: plan[i] is how many elements are undone from element i on, or 0: it is kept.
static void unwind(struct mojibake *m, int way)
{
    size_t at = m->n_elements;
    while (at > 0) {
        const struct node *node = &m->nodes[way][at];
        at -= node->step;
        m->plan[at] = way == UNDONE ? node->step : 0;
        way = node->from;
    }
}

static void plan_whole(struct mojibake *m, int charset)
{
    uint32_t code_point;
    for (size_t i = 0; i < m->n_elements; i += m->plan[i] ? m->plan[i] : 1) {
        m->plan[i] = (uint8_t)undo(m, i, charset, &code_point);
    }
}

// Appends the characters of the stretch that begins at element i; returns the element behind it.
static size_t undo_stretch(const struct mojibake *m, size_t i, int charset, struct buf *to)
{
    while (i < m->n_elements && m->plan[i]) {
        uint32_t code_point = 0;
        uint8_t bytes[4];
        i += undo(m, i, charset, &code_point);
        buf_add(to, bytes, utf8_encode(code_point, bytes));
    }
    // The lost blank took another one with it, that between two words.
    if (m->elements[i - 1].code_point == ' ' && i == m->n_elements && shape_is_letter(m->next)) {
        buf_add_char(to, ' ');
    }
    return i;
}

// Appends what the window becomes.
static void write_window(const struct mojibake *m, int charset, struct str text, size_t end, struct buf *to)
{
    for (size_t i = 0; i < m->n_elements;) {
        if (m->plan[i]) {
            i = undo_stretch(m, i, charset, to);
        } else {
            size_t stop = i + 1 < m->n_elements ? m->elements[i + 1].at : end;
            buf_add(to, text.data + m->elements[i].at, stop - m->elements[i].at);
            i++;
        }
    }
}

// One change for each stretch that is undone.
static int list_window(struct mojibake *m, const struct window *w, size_t end, struct repair_list *out)
{
    int status = COPYDESK_OK;
    for (size_t i = 0; i < m->n_elements && status == COPYDESK_OK;) {
        if (!m->plan[i]) {
            i++;
            continue;
        }
        size_t start = m->elements[i].at;
        buf_clear(&m->word);
        i = undo_stretch(m, i, w->charset, &m->word);
        size_t stop = i < m->n_elements ? m->elements[i].at : end;
        if (m->word.failed) {
            return COPYDESK_ERR_MEMORY;
        }
        status = repair_list_add(out, COPYDESK_MOJIBAKE, start, stop, (struct str){m->word.data, m->word.len},
                                 w->favoured ? REPAIR_CONFIRMED : REPAIR_LIKELY);
    }
    return status;
}

static bool is_ascii_letter(char c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

// Signs are no words, and what stands beside them proves nothing.
static bool undoes_letters(const struct mojibake *m, int charset)
{
    for (size_t i = 0; i < m->n_elements; i += m->plan[i] ? m->plan[i] : 1) {
        uint32_t code_point;
        if (m->plan[i] &&
            (undo(m, i, charset, &code_point) == 0 || !shape_is_letter(look_up_shape(m, code_point)))) {
            return false;
        }
    }
    return true;
}

// Whether the corpus has the words of the window as it would be, and more often than as they are.
static int confirmed(struct mojibake *m, int charset, int way, const struct window *w, struct str text,
                     const struct vocabulary *v, bool *yes)
{
    size_t left = w->start;
    size_t right = w->end;
    while (left > 0 && w->start - left < CONTEXT_BYTES && is_ascii_letter(text.data[left - 1])) {
        left--;
    }
    while (right < text.len && right - w->end < CONTEXT_BYTES && is_ascii_letter(text.data[right])) {
        right++;
    }
    struct buf *whole = &m->word;
    buf_clear(whole);
    unwind(m, way);
    if (!undoes_letters(m, charset)) {
        return COPYDESK_OK;
    }
    buf_add(whole, text.data + left, w->start - left);
    write_window(m, charset, text, w->end, whole);
    buf_add(whole, text.data + w->end, right - w->end);
    if (whole->failed) {
        return COPYDESK_ERR_MEMORY;
    }
    unsigned new = vocabulary_least(v, (struct str){whole->data, whole->len});
    unsigned old = vocabulary_least(v, (struct str){text.data + left, right - left});
    *yes = new >= MIN_COUNT &&new > old;
    return COPYDESK_OK;
}

// A window that is not strong by itself: helped by others of its charset, or by the corpus.
static int judge_again(struct mojibake *m, struct window *w, const unsigned *support, struct str text,
                       const struct vocabulary *v)
{
    size_t end;
    int status = read_window(m, (const uint8_t *)text.data, text.len, w->start, &end);
    if (status < 0) {
        return status;
    }
    int as_it_stands = cost_as_it_stands(m);
    unsigned charsets = charsets_of(m);
    w->whole = false;
    for (int charset = 0; charset < N_CHARSETS && !w->accepted; charset++) {
        if (!(charsets >> charset & 1) || (!support[charset] && !v)) {
            continue;
        }
        int way;
        int gain = as_it_stands - best_reading(m, charset, 0, true, &way);
        int needed = support[charset] >= SURROUNDED ? GAIN_SURROUNDED
                     : support[charset]             ? GAIN_HELPED * UNIT
                                                    : FAR;
        bool yes = gain >= needed && (gain + LEFT_OVER * UNIT) * HALF >= as_it_stands;
        int twice = -FAR;
        if (!yes && support[charset]) {
            status = gain_twice(m, charset, 0, as_it_stands, &twice);
            if (status < 0) {
                return status;
            }
            yes = w->whole = twice >= needed && twice * HALF >= as_it_stands;
        }
        if (!yes && v && gain >= GAIN_CONFIRMED * UNIT) {
            best_reading(m, charset, 0, true, &way);
            status = confirmed(m, charset, way, w, text, v, &yes);
            if (status < 0) {
                return status;
            }
        }
        if (yes) {
            w->accepted = w->favoured = true;
            w->charset = (uint8_t)charset;
        }
        w->whole &= w->accepted;
    }
    return COPYDESK_OK;
}

// The window that begins at `start`; *end receives its end.
static int add_window(struct mojibake *m, struct str text, size_t start, size_t *end)
{
    void *windows = m->windows;
    bool ok = mem_grow(&windows, &m->windows_cap, m->n_windows + 1, sizeof *m->windows);
    m->windows = windows;
    if (!ok || read_window(m, (const uint8_t *)text.data, text.len, start, end) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    struct window *w = &m->windows[m->n_windows++];
    *w = (struct window){.start = (uint32_t)start, .end = (uint32_t)*end};
    return judge_window(m, w);
}

// The windows around the places that the scan found.
static int find_windows(struct mojibake *m, struct str text, const uint32_t *at, size_t n, bool *strong)
{
    size_t floor = 0;
    m->n_windows = 0;
    *strong = false;
    for (size_t i = 0; i < n; i++) {
        if (at[i] >= floor) {
            size_t start = window_start((const uint8_t *)text.data, at[i], floor);
            int status = add_window(m, text, start, &floor);
            if (status < 0) {
                return status;
            }
            *strong |= m->windows[m->n_windows - 1].accepted;
        }
    }
    return COPYDESK_OK;
}

// All windows: for a text that was misread.
static int find_all_windows(struct mojibake *m, struct str text)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    size_t at = 0;
    m->n_windows = 0;
    while (at < text.len) {
        uint32_t c;
        size_t start = at;
        bool possible = false;
        for (; at < text.len && bytes[at] >= 0x80; at += decode(bytes, text.len, at, &c)) {
            possible |= !possible && mojibake_possible(bytes, text.len, at);
        }
        if (possible) {
            int status = add_window(m, text, start, &at);
            if (status < 0) {
                return status;
            }
        } else if (at == start) {
            at++;
        }
    }
    return COPYDESK_OK;
}

// A text was misread in one charset: where another explains a window hardly better, it is that one. Counts
// how much is undone in each.
static int agree(struct mojibake *m, struct str text)
{
    int64_t gains[N_CHARSETS] = {0};
    int first = 0;
    for (int charset = 0; charset < N_CHARSETS; charset++) {
        for (size_t i = 0; i < m->n_windows; i++) {
            const struct window *w = &m->windows[i];
            gains[charset] += w->accepted && !w->whole && w->gains[charset] > 0 ? w->gains[charset] : 0;
        }
        first = gains[charset] > gains[first] ? charset : first;
    }
    for (size_t i = 0; i < m->n_windows; i++) {
        struct window *w = &m->windows[i];
        if (!w->accepted) {
            continue;
        }
        if (!w->whole && w->gains[first] + AGREED * UNIT >= w->gain) {
            w->charset = (uint8_t)first;
        }
        size_t end;
        int way;
        int status = read_window(m, (const uint8_t *)text.data, text.len, w->start, &end);
        if (status < 0) {
            return status;
        }
        best_reading(m, w->charset, doubts[w->charset], true, &way);
        unwind(m, way);
        for (size_t k = 0; k < m->n_elements; k += m->plan[k] ? m->plan[k] : 1) {
            m->support[w->charset] += m->plan[k] > 0;
        }
    }
    return COPYDESK_OK;
}

void mojibake_begin(struct mojibake *m)
{
    memset(m->support, 0, sizeof m->support);
}

int mojibake_find(struct mojibake *m, struct str text, const uint32_t *at, size_t n,
                  const struct vocabulary *v, struct repair_list *out)
{
    unsigned *support = m->support;
    unsigned total = 0;
    bool strong;
    int status = find_windows(m, text, at, n, &strong);
    for (int charset = 0; charset < N_CHARSETS; charset++) {
        total += support[charset];
    }
    if (status == COPYDESK_OK && (strong || total > 0)) {
        status = find_all_windows(m, text);
        total = 1;
    }
    if (status == COPYDESK_OK) {
        status = agree(m, text);
    }
    for (size_t i = 0; status == COPYDESK_OK && i < m->n_windows; i++) {
        struct window *w = &m->windows[i];
        if (!w->accepted && (total > 0 || (v && w->cost >= COST_CONFIRMED * UNIT))) {
            status = judge_again(m, w, support, text, v);
        }
        if (status < 0 || !w->accepted) {
            continue;
        }
        size_t end;
        int way;
        status = read_window(m, (const uint8_t *)text.data, text.len, w->start, &end);
        if (status < 0) {
            break;
        }
        if (w->whole) {
            plan_whole(m, w->charset);
        } else {
            best_reading(m, w->charset, w->favoured ? 0 : doubts[w->charset], true, &way);
            unwind(m, way);
        }
        status = list_window(m, w, end, out);
    }
    return status;
}
