// segment.c - lines and sentences. Contract in segment.h.
//
// The tokenizer has been over every byte already, so only what stands between two words is looked at here:
// nearly always one blank, which ends nothing: text/segment_words.c sorts those out. Line breaks are found by
// memchr().
//
// A full stop ends a sentence when blanks follow (in Han and kana: always) and the next word does not begin
// with a small Latin letter, unless the word before it is a single letter ("J. Smith") or a short
// capitalised one ("Mr. Smith"). Where a scraper lost the blank ("the end.The next") a capital letter
// behind is enough. That errs now and then; what is counted by key errs everywhere alike.
//
// Keys are cyclic polynomials over the words' hashes (Cohen 1997): each word turns what was and is added
// without carry, two short instructions, and the key of a sentence comes out of those of the line up to
// its ends.

#include "text/segment.h"

#include "base/hash.h"
#include "base/mem.h"
#include "text/segment_words.h"

enum {
    TURN = 7, // as in segment_hash()
    STORY_WORDS = 12,
    STORY_WORDS_UNSTOPPED = 25, // there are scripts, and writers, without full stops
    EDGE_LINES = 2,             // lines that are at the edge whatever stands around
    EDGE_WORDS = 30,            // words at the edge of a text without a paragraph
};

void segments_release(struct segments *s)
{
    mem_free(s->lines);
    mem_free(s->sentences);
    mem_free(s->breaks);
    *s = (struct segments){0};
}

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << (by & 63) | x >> (-by & 63);
}

static uint64_t finish_key(uint64_t hash, size_t n)
{
    return n ? hash_mix(hash + n) | 1 : 0;
}

uint64_t segment_key(const struct tokens *words, size_t first, size_t n)
{
    bool digit;
    uint64_t h = segment_hash(words, first, n, &digit);
    return finish_key(h, n);
}

// Length of the full stop at p, or 0. *solid: of a script that puts no blank behind it.
static unsigned stop_length(const uint8_t *p, size_t left, bool *solid)
{
    *solid = false;
    if (p[0] < 0x80) {
        return p[0] == '.' || p[0] == '!' || p[0] == '?';
    }
    if (left >= 2 && ((p[0] == 0xD8 && p[1] == 0x9F) || (p[0] == 0xDB && p[1] == 0x94) ||
                      (p[0] == 0xD6 && p[1] == 0x89))) {
        return 2; // Arabic question mark, Urdu full stop, Armenian full stop
    }
    if (left < 3) {
        return 0;
    }
    uint32_t three = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    switch (three) {
    case 0xE38082: // ideographic full stop
    case 0xEFBC81: // full-width !
    case 0xEFBC9F: // full-width ?
    case 0xEFBC8E: // full-width .
    case 0xEFBDA1: // half-width ideographic full stop
        *solid = true;
        return 3;
    case 0xE280A6: // ellipsis
    case 0xE0A5A4: // danda
    case 0xE0A5A5: // double danda
    case 0xE18DA2: // Ethiopic full stop
    case 0xE18DA7: // Ethiopic question mark
    case 0xE1818B: // Myanmar section mark
    case 0xE19F94: // Khmer khan
        return 3;
    default:
        return 0;
    }
}

// Length of a closing quote or bracket at p, or 0.
static unsigned closer_length(const uint8_t *p, size_t left)
{
    if (p[0] < 0x80) {
        return p[0] == '"' || p[0] == '\'' || p[0] == ')' || p[0] == ']';
    }
    if (left >= 2 && p[0] == 0xC2 && p[1] == 0xBB) {
        return 2; // »
    }
    if (left < 3) {
        return 0;
    }
    uint32_t three = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
    bool closes = three == 0xE2809D || three == 0xE28099 || three == 0xE2809C || three == 0xE3808D ||
                  three == 0xE3808F || three == 0xEFBC89;
    return closes ? 3 : 0;
}

static bool is_blank(uint8_t c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

static unsigned blank_length(const uint8_t *p, size_t left)
{
    if (is_blank(p[0])) {
        return 1;
    }
    if (left >= 2 && p[0] == 0xC2 && p[1] == 0xA0) {
        return 2;
    }
    return left >= 3 && p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80 ? 3 : 0;
}

// Between two words, or behind the last of a line.
struct gap {
    const uint8_t *text;
    uint32_t from, to;
    uint32_t before; // start of the word before
    uint8_t before_flags;
    bool last; // nothing follows in this line
    uint8_t after_flags;
};

// "J. Smith", "Mr. Smith", "St. Mary".
static bool is_abbreviation(const struct gap *g)
{
    uint32_t length = g->from - g->before;
    const uint8_t *word = g->text + g->before;
    if (g->before_flags & (TOKEN_SOLO | TOKEN_DIGIT)) {
        return false;
    }
    return length == 1 ||
           (length <= 3 && (g->before_flags & TOKEN_UPPER) && word[1] >= 'a' && word[1] <= 'z');
}

// Where the sentence ends (the byte behind it), or 0. *flags gets SEGMENT_STOP or SEGMENT_GAP.
static uint32_t sentence_end(const struct gap *g, uint32_t *flags)
{
    unsigned blanks = 0;
    for (uint32_t at = g->from; at < g->to;) {
        const uint8_t *p = g->text + at;
        bool solid;
        unsigned size = stop_length(p, g->to - at, &solid);
        if (size == 0) {
            unsigned blank = blank_length(p, g->to - at);
            if (blank && !g->last && (p[0] == '\t' || ++blanks == 3)) {
                *flags = SEGMENT_GAP;
                return at + 1 - (p[0] == '\t' ? 1 : blanks);
            }
            blanks = blank ? blanks : 0;
            at++;
            continue;
        }
        bool point = p[0] == '.' && at == g->from;
        at += size;
        while (at < g->to && (size = stop_length(g->text + at, g->to - at, &solid)) > 0) {
            point = false;
            at += size;
        }
        while (at < g->to && (size = closer_length(g->text + at, g->to - at)) > 0) {
            at += size;
        }
        *flags = SEGMENT_STOP;
        if (g->last || solid) {
            return at;
        }
        uint8_t next = g->text[g->to];
        if ((next >= 'a' && next <= 'z') || (point && is_abbreviation(g))) {
            return 0;
        }
        bool parted = at < g->to && blank_length(g->text + at, g->to - at) > 0;
        bool glued = at == g->to && (g->after_flags & TOKEN_UPPER) && !(g->before_flags & TOKEN_DIGIT) &&
                     g->from - g->before > 2;
        return parted || glued ? at : 0;
    }
    return 0;
}

static bool reserve(struct segments *s, size_t lines, size_t sentences)
{
    void *array = s->lines;
    bool ok = mem_grow(&array, &s->cap_lines, lines, sizeof *s->lines);
    s->lines = array;
    array = s->sentences;
    ok = ok && mem_grow(&array, &s->cap_sentences, sentences, sizeof *s->sentences);
    s->sentences = array;
    return ok;
}

static uint32_t skip_blanks(const uint8_t *text, uint32_t at, uint32_t end)
{
    unsigned size;
    while (at < end && (size = blank_length(text + at, end - at)) > 0) {
        at += size;
    }
    return at;
}

// A line as it is taken in.
struct open_line {
    struct segment line;
    uint32_t start, first; // of the sentence that has not ended: byte, word
    uint64_t hash;         // of the words before it
};

static void close_sentence(struct segments *s, const struct tokens *words, struct open_line *open,
                           uint32_t end, uint32_t next_word, uint32_t flags)
{
    uint32_t n = next_word - open->first;
    bool digit;
    uint64_t hash = segment_hash(words, open->first, n, &digit);
    s->sentences[s->n_sentences++] = (struct segment){
        .key = finish_key(hash, n),
        .start = open->start,
        .end = end,
        .first = open->first,
        .n = n,
        .flags = (uint16_t)(flags | (digit ? SEGMENT_DIGITS : 0)),
    };
    open->line.flags |= (uint16_t)(digit ? SEGMENT_DIGITS : 0);
    open->line.n_sentences++;
    open->hash = hash ^ rotate(open->hash, TURN * n);
}

// Where the words of a text are looked at: *at is the next place at which something may end.
struct cursor {
    const struct tokens *words;
    uint32_t word;
    const uint32_t *at;
};

// One line, with the words from the cursor on; its sentences are appended.
static int add_line(struct segments *s, const uint8_t *text, uint32_t start, uint32_t end,
                    struct cursor *cursor)
{
    const struct tokens *words = cursor->words;
    uint32_t first = cursor->word;
    uint32_t i = first;
    struct open_line open = {
        .line = {.start = start, .end = end, .first = i, .first_sentence = (uint32_t)s->n_sentences},
        .start = start,
        .first = i,
    };
    struct segment *line = &open.line;
    uint32_t flags = 0;
    while (i < words->n && words->start[i] < end) {
        i = *cursor->at++ + 1;
        bool last = i >= words->n || words->start[i] >= end;
        uint32_t from = words->end[i - 1];
        uint32_t to = last ? end : words->start[i];
        struct gap gap = {
            text, from, to, words->start[i - 1], words->flags[i - 1], last, last ? 0 : words->flags[i]};
        uint32_t stop = sentence_end(&gap, &flags);
        if (stop && !last) {
            if (s->n_sentences + 2 > s->cap_sentences && !reserve(s, s->n_lines + 1, s->n_sentences + 64)) {
                return COPYDESK_ERR_MEMORY;
            }
            close_sentence(s, words, &open, stop, i, flags);
            open.start = skip_blanks(text, stop, to);
            open.first = i;
        } else if (last) {
            line->flags |= (uint16_t)(stop ? SEGMENT_STOP : 0);
        }
    }
    if (!reserve(s, s->n_lines + 1, s->n_sentences + 1)) {
        return COPYDESK_ERR_MEMORY;
    }
    line->n = i - first;
    close_sentence(s, words, &open, end, i, line->flags & SEGMENT_STOP);
    line->key = finish_key(open.hash, line->n);
    bool solo = line->n && (words->flags[line->first] & TOKEN_SOLO);
    uint32_t size = solo ? line->n / 2 : line->n; // letters are half as much as words
    bool is_story = size >= STORY_WORDS && ((line->flags & SEGMENT_STOP) || size >= STORY_WORDS_UNSTOPPED);
    line->flags |= (uint16_t)((solo ? SEGMENT_SOLO : 0) | (is_story ? SEGMENT_STORY : 0));
    s->lines[s->n_lines++] = *line;
    cursor->word = i;
    return 0;
}

// Without a paragraph, as in lists and in texts broken into lines: the edge is as wide as one or two
// paragraphs.
static void set_edges(struct segments *s)
{
    uint32_t words = 0;
    for (size_t i = 0; i < s->n_lines; i++) {
        bool near = i < EDGE_LINES || words < EDGE_WORDS;
        s->lines[i].zone = near ? SEGMENT_HEAD : SEGMENT_MIDDLE;
        words += s->lines[i].n;
    }
    words = 0;
    for (size_t i = s->n_lines; i-- > 0 && (s->n_lines - i <= EDGE_LINES || words < EDGE_WORDS);) {
        s->lines[i].zone = s->lines[i].zone == SEGMENT_MIDDLE ? SEGMENT_TAIL : s->lines[i].zone;
        words += s->lines[i].n;
    }
}

static void set_zones(struct segments *s)
{
    unsigned before = 0;
    for (size_t i = 0; i < s->n_lines; i++) {
        s->lines[i].zone = before == 0 || i < EDGE_LINES ? SEGMENT_HEAD : SEGMENT_MIDDLE;
        before += (s->lines[i].flags & SEGMENT_STORY) != 0;
    }
    if (before == 0) {
        set_edges(s);
        return;
    }
    unsigned after = 0;
    for (size_t i = s->n_lines; i-- > 0;) {
        if (s->lines[i].zone == SEGMENT_MIDDLE && (after <= 1 || s->n_lines - i <= EDGE_LINES)) {
            s->lines[i].zone = SEGMENT_TAIL;
        }
        after += (s->lines[i].flags & SEGMENT_STORY) != 0;
        if (after > 1 && s->n_lines - i > EDGE_LINES) {
            break;
        }
    }
}

int segments_of(struct segments *s, const char *text, size_t len, const struct tokens *words)
{
    enum { SPARE = 16 };
    void *breaks = s->breaks;
    s->n_lines = 0;
    s->n_sentences = 0;
    if (!mem_grow(&breaks, &s->cap_breaks, words->n + SPARE, sizeof *s->breaks)) {
        return COPYDESK_ERR_MEMORY;
    }
    s->breaks = breaks;
    segment_breaks(words, text, s->breaks);
    const uint8_t *bytes = (const uint8_t *)text;
    struct cursor cursor = {.words = words, .at = s->breaks};
    for (size_t start = 0; start < len;) {
        const char *end = memchr(text + start, '\n', len - start);
        size_t stop = end ? (size_t)(end - text) : len;
        size_t next = stop + 1;
        stop -= stop > start && text[stop - 1] == '\r';
        if (skip_blanks(bytes, (uint32_t)start, (uint32_t)stop) < stop) {
            int status = add_line(s, bytes, (uint32_t)start, (uint32_t)stop, &cursor);
            if (status < 0) {
                return status;
            }
        }
        start = next;
    }
    set_zones(s);
    return 0;
}
