// mojibake.c - UTF-8 that was read in a wrong charset. Contract in part.h.
//
// In:  a text and the places where misread characters may begin. Out: changes.
//
// Misread UTF-8 undoes itself: written in the wrong charset again, its characters give bytes that are valid
// UTF-8. But so do a few pairs of right characters by chance (a capital with accent and a quotation mark;
// Ukrainian endings). What tells them apart is which of the two readings looks more like writing: a model of
// characters and their neighbours (repair/shape.c) gives each a cost.
//
//  - A window is a run of characters outside ASCII, with the neighbours as its context. For each charset the
//    best way to read it is found by dynamic programming over "keep this character" and "undo these two to
//    four"; so sound and damaged text may stand side by side. A sound letter outside ASCII that touches an
//    undone one costs: damage does not stop within a word.
//  - What is gained is the cost of the window as it stands minus that of the best reading. From
//    GAIN_STRONG on the window is damaged.
//  - Where a text has strong windows, weaker ones of the same charset are damaged too.
//  - Others are when the repaired word is one of the corpus (repair/vocabulary.h).
//
// Text misread twice is repaired once a round. A no-break space that became a blank is put back where one
// letter alone ends in that byte.
//
// The idea of undoing with confirmation is that of ftfy (Speer 2019), which looks for bad pairs by regular
// expressions and decodes whole lines; the model and the search are our own.
//
// Limits: multi-byte charsets (GBK, Shift-JIS) read as UTF-8 or the other way round are not looked at. A lone
// letter that a capital and a quotation mark could be as well stays when the corpus does not have the word.

#include "repair/part.h"

#include "base/mem.h"
#include "repair/reading.h"

enum {
    GAIN_STRONG = 5,
    GAIN_HELPED = 2,     // beside something undone in the same charset
    GAIN_SURROUNDED = 0, // beside so many of them:
    SURROUNDED = 5,
    AGREED = 3,          // what a charset may explain worse than another and still be the one of the text
    GAIN_CONFIRMED = -1, // with the word in the corpus
    COST_CONFIRMED = 1,  // and something odd about the window
    MIN_COUNT = 2,       // of a word that confirms
    LEAST_LETTERS = 3,   // of it
    TWICE = 3,           // cost of the assumption that a text was misread twice
    HALF = 2,            // a window that is undone loses at least this part of its cost
    LEFT_OVER = 2,       // which may be left in a window that others help
    CONTEXT_BYTES = 40,
};

// Doubts about a charset: how much rarer than windows-1252 it is as a source of damage, and how much of what
// looks like it is maths or line drawing.
static const uint8_t doubts[N_CHARSETS] = {
    [CHARSET_1250] = 1,   [CHARSET_1251] = 1, [CHARSET_1254] = 1, [CHARSET_1257] = 2, [CHARSET_1253] = 2,
    [CHARSET_8859_2] = 1, [CHARSET_MAC] = 6,  [CHARSET_437] = 5,  [CHARSET_850] = 5,  [CHARSET_866] = 5,
    [CHARSET_KOI8] = 3,   [CHARSET_1255] = 2, [CHARSET_1256] = 2, [CHARSET_874] = 2,
};

struct window {
    uint32_t start, end;
    int cost, gain; // as it stands; and what is gained
    uint8_t charset;
    bool accepted, favoured;
    bool whole;            // all that can be undone is, since it was misread twice
    int gains[N_CHARSETS]; // -READING_FAR: none
};

struct mojibake {
    struct reading reading; // of one window at a time
    struct window *windows;
    size_t n_windows, windows_cap;
    unsigned support[N_CHARSETS]; // characters undone in the text, in all rounds
    struct buf word;
};

struct mojibake *mojibake_new(void)
{
    struct mojibake *m = mem_zalloc(1, sizeof *m);
    if (m) {
        reading_init(&m->reading);
    }
    return m;
}

void mojibake_free(struct mojibake *m)
{
    if (m) {
        reading_release(&m->reading);
        mem_free(m->windows);
        buf_release(&m->word);
        mem_free(m);
    }
}

// ---- Candidates ----

bool mojibake_possible(const uint8_t *text, size_t len, size_t at)
{
    uint32_t a;
    uint32_t b;
    uint32_t c;
    uint32_t d;
    unsigned n = reading_decode(text, len, at, &a);
    const struct charset_entry *first = charset_lookup(a);
    unsigned m = reading_decode(text, len, at + n, &b);
    if (a < 0x80 || m == 0) {
        return false;
    }
    if (b == ' ') {
        return reading_lost_blank(first->byte[CHARSET_1252]);
    }
    const struct charset_entry *second = charset_lookup(b);
    if (first->lead2 & second->tail) {
        return true;
    }
    if (!((first->lead3 | first->lead4) & second->tail)) {
        return false;
    }
    n += m;
    m = reading_decode(text, len, at + n, &c);
    unsigned three = first->lead3 & second->tail & charset_lookup(c)->tail;
    if (three || (c == READING_LOST && m > 0)) {
        return true;
    }
    reading_decode(text, len, at + n + m, &d);
    return first->lead4 & second->tail & charset_lookup(c)->tail & charset_lookup(d)->tail;
}

// ---- One window ----

// Where the window around `at` begins.
static size_t window_start(const uint8_t *text, size_t at, size_t floor)
{
    while (at > floor && text[at - 1] >= 0x80) {
        at--;
    }
    return at;
}

static int judge_window(struct mojibake *m, struct window *w)
{
    int as_it_stands = reading_cost(&m->reading);
    unsigned charsets =
        as_it_stands < GAIN_STRONG * READING_UNIT ? 0 : reading_charsets(&m->reading); // nothing to be gained
    int status = COPYDESK_OK;
    w->cost = as_it_stands;
    w->gain = -READING_FAR;
    for (int charset = 0; charset < N_CHARSETS; charset++) {
        w->gains[charset] = -READING_FAR;
    }
    for (int charset = 0; charset < N_CHARSETS && status == COPYDESK_OK; charset++) {
        if (!(charsets >> charset & 1)) {
            continue;
        }
        int way;
        int gain = as_it_stands - reading_best(&m->reading, charset, doubts[charset], false, &way);
        int twice;
        w->gains[charset] = gain;
        status = reading_gain_twice(&m->reading, charset, doubts[charset] + TWICE, as_it_stands, &twice);
        if (gain > w->gain || twice > w->gain) {
            w->whole = twice > gain;
            w->gain = w->whole ? twice : gain;
            w->charset = (uint8_t)charset;
        }
    }
    // Where much oddness would be left, the text is garbled in another way.
    w->accepted = w->gain >= GAIN_STRONG * READING_UNIT && w->gain >= as_it_stands / HALF;
    return status;
}

// ---- What comes out ----

// One change for each stretch that is undone.
static int list_window(struct mojibake *m, const struct window *w, size_t end, struct repair_list *out)
{
    int status = COPYDESK_OK;
    for (size_t i = 0; i < m->reading.n_elements && status == COPYDESK_OK;) {
        if (!m->reading.plan[i]) {
            i++;
            continue;
        }
        size_t start = m->reading.elements[i].at;
        buf_clear(&m->word);
        i = reading_undo_stretch(&m->reading, i, w->charset, &m->word);
        size_t stop = i < m->reading.n_elements ? m->reading.elements[i].at : end;
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
    for (size_t i = 0; i < m->reading.n_elements; i += m->reading.plan[i] ? m->reading.plan[i] : 1) {
        uint32_t code_point;
        if (m->reading.plan[i] && (reading_undo(&m->reading, i, charset, &code_point) == 0 ||
                                   !shape_is_letter(reading_shape(&m->reading, code_point)))) {
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
    reading_unwind(&m->reading, way);
    if (!undoes_letters(m, charset)) {
        return COPYDESK_OK;
    }
    buf_add(whole, text.data + left, w->start - left);
    reading_write(&m->reading, charset, text, w->end, whole);
    buf_add(whole, text.data + w->end, right - w->end);
    if (whole->failed) {
        return COPYDESK_ERR_MEMORY;
    }
    size_t letters = 0;
    for (size_t i = 0; i < whole->len; i++) {
        letters += ((uint8_t)whole->data[i] & 0xc0) != 0x80;
    }
    if (letters < LEAST_LETTERS) {
        return COPYDESK_OK; // a letter alone is a word of some language
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
    int status = reading_load(&m->reading, (const uint8_t *)text.data, text.len, w->start, &end);
    if (status < 0) {
        return status;
    }
    int as_it_stands = reading_cost(&m->reading);
    unsigned charsets = reading_charsets(&m->reading);
    w->whole = false;
    for (int charset = 0; charset < N_CHARSETS && !w->accepted; charset++) {
        if (!(charsets >> charset & 1) || (!support[charset] && !v)) {
            continue;
        }
        int way;
        int gain = as_it_stands - reading_best(&m->reading, charset, 0, true, &way);
        int needed = support[charset] >= SURROUNDED ? GAIN_SURROUNDED
                     : support[charset]             ? GAIN_HELPED * READING_UNIT
                                                    : READING_FAR;
        bool yes = gain >= needed && (gain + LEFT_OVER * READING_UNIT) * HALF >= as_it_stands;
        int twice = -READING_FAR;
        if (!yes && support[charset]) {
            status = reading_gain_twice(&m->reading, charset, 0, as_it_stands, &twice);
            if (status < 0) {
                return status;
            }
            yes = w->whole = twice >= needed && twice * HALF >= as_it_stands;
        }
        if (!yes && v && gain >= GAIN_CONFIRMED * READING_UNIT) {
            reading_best(&m->reading, charset, 0, true, &way);
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
    if (!ok || reading_load(&m->reading, (const uint8_t *)text.data, text.len, start, end) < 0) {
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
        for (; at < text.len && bytes[at] >= 0x80; at += reading_decode(bytes, text.len, at, &c)) {
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
        if (!w->whole && w->gains[first] + AGREED * READING_UNIT >= w->gain) {
            w->charset = (uint8_t)first;
        }
        size_t end;
        int way;
        int status = reading_load(&m->reading, (const uint8_t *)text.data, text.len, w->start, &end);
        if (status < 0) {
            return status;
        }
        reading_best(&m->reading, w->charset, doubts[w->charset], true, &way);
        reading_unwind(&m->reading, way);
        for (size_t k = 0; k < m->reading.n_elements; k += m->reading.plan[k] ? m->reading.plan[k] : 1) {
            m->support[w->charset] += m->reading.plan[k] > 0;
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
        if (!w->accepted && (total > 0 || (v && w->cost >= COST_CONFIRMED * READING_UNIT))) {
            status = judge_again(m, w, support, text, v);
        }
        if (status < 0 || !w->accepted) {
            continue;
        }
        size_t end;
        int way;
        status = reading_load(&m->reading, (const uint8_t *)text.data, text.len, w->start, &end);
        if (status < 0) {
            break;
        }
        if (w->whole) {
            reading_plan_whole(&m->reading, w->charset);
        } else {
            reading_best(&m->reading, w->charset, w->favoured ? 0 : doubts[w->charset], true, &way);
            reading_unwind(&m->reading, way);
        }
        status = list_window(m, w, end, out);
    }
    return status;
}
