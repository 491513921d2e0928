/*
 * phrases.h - words of the trade: what bylines, credits, share bars and notices begin with or consist of,
 * in many languages. The one table of the library that knows languages; furniture/phrases.c says how to
 * extend it.
 *
 * A phrase is evidence, never a verdict: whoever asks looks at the form of the line, its place and how
 * often the corpus has it.
 */
#pragma once

#include "base/error.h"
#include "text/token.h"

/* How a phrase is met. */
enum phrase_use {
    PHRASE_LINE,   /* the line consists of it, figures and names aside */
    PHRASE_LABEL,  /* a colon, a bar or nothing follows */
    PHRASE_START,  /* the line begins with it */
    PHRASE_HAS,    /* the line has it anywhere */
    PHRASE_BUTTON, /* one of the words of a row of buttons */
    PHRASE_JOINT,  /* stands between buttons, and is nothing by itself */
    PHRASE_NAMED,  /* the line begins with it, and a name follows */
    PHRASE_MORE,   /* the last word of a run of links */
    PHRASE_SIDE,   /* says who is who in a picture */
    PHRASE_USES
};

struct phrase_hit {
    enum phrase_use use;
    enum copydesk_rule rule;
    uint32_t n; /* words */
};

struct phrases; /* read-only once made; for any number of threads */

/*
 * Filters, which nearly every word fails: by the word for phrases of one word, by it and the
 * next for longer ones, and by the word for what may end a run of links.
 */
enum {
    PHRASE_FILTER_BITS = 12,
    PHRASE_FILTER_WORDS = 1 << (PHRASE_FILTER_BITS - 6),
    PHRASE_PAIR_BITS = 15, /* there are more pairs, and each has two bits */
    PHRASE_PAIR_WORDS = 1 << (PHRASE_PAIR_BITS - 6),
};
struct phrase_filter {
    uint64_t one[PHRASE_FILTER_WORDS], two[PHRASE_PAIR_WORDS], more[PHRASE_FILTER_WORDS];
    uint64_t
        inner[PHRASE_FILTER_WORDS]; /* as `one`, without what only counts at the front or in a short line */
    uint64_t notice[PHRASE_FILTER_WORDS]; /* first words of the lines that are notices */
};
const struct phrase_filter *phrases_filter(const struct phrases *p);

static inline bool phrase_filter_has(const uint64_t *filter, uint64_t hash)
{
    unsigned bit = (unsigned)(hash >> (64 - PHRASE_FILTER_BITS));
    return filter[bit / 64] >> (bit & 63) & 1;
}

/* Bits of a pair: the first, and with `again` the second. */
static inline unsigned phrase_pair_bit(uint64_t pair, bool again)
{
    return (unsigned)(pair >> (again ? 64 - 2 * PHRASE_PAIR_BITS : 64 - PHRASE_PAIR_BITS)) &
           ((1u << PHRASE_PAIR_BITS) - 1);
}

static inline bool phrase_filter_has_pair(const uint64_t *filter, uint64_t pair)
{
    unsigned first = phrase_pair_bit(pair, false);
    unsigned second = phrase_pair_bit(pair, true);
    return (filter[first / 64] >> (first & 63) & 1) && (filter[second / 64] >> (second & 63) & 1);
}

static inline uint64_t phrase_filter_pair(uint64_t first, uint64_t second)
{
    return first ^ (second << 1 | second >> 63);
}

/* Whether phrases_at() can find anything. `one`: of the filters, one or inner. */
static inline bool phrases_may_begin(const struct phrase_filter *filter, const uint64_t *one,
                                     const struct tokens *words, size_t i, size_t end)
{
    return phrase_filter_has(one, words->hash[i]) ||
           (i + 1 < end &&
            phrase_filter_has_pair(filter->two, phrase_filter_pair(words->hash[i], words->hash[i + 1])));
}

int phrases_new(struct phrases **p, enum copydesk_cpu cpu, struct copydesk_error *error);
void phrases_free(struct phrases *p);

enum { PHRASE_MOST_HITS = 8 };
/* Phrases that begin with word i and end before word `end`: how many, into hits. */
size_t phrases_at(const struct phrases *p, const struct tokens *words, size_t i, size_t end,
                  struct phrase_hit hits[PHRASE_MOST_HITS]);

/*
 * Bytes of the button or joint that text[at..end) begins with, the longest, or 0; names of ASCII letters
 * only, letter case aside. No small letter follows it, save one that begins another. *button: it is one.
 */
uint32_t phrases_name_at(const struct phrases *p, const char *text, uint32_t at, uint32_t end, bool *button);
/* Bytes of the button that ends at `end` and begins with a capital letter, not before `from`; or 0. */
uint32_t phrases_button_before(const struct phrases *p, const char *text, uint32_t from, uint32_t end);
