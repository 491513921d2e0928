/*
 * phrases.h - words of the trade: what bylines, credits, share bars and notices begin with or consist of,
 * in many languages. The one table of the library that knows languages; phrases.c says how to extend it.
 *
 * A phrase is evidence, never a verdict: whoever asks looks at the form of the line, its place and how
 * often the corpus has it.
 */
#pragma once

#include "base/error.h"
#include "token.h"

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

/* A bit for the first words of phrases, by the top bits of their hash; nearly every word fails. */
enum { PHRASE_FILTER_BITS = 12 };
static inline bool phrases_may_begin(const uint64_t *filter, const struct tokens *words, size_t i)
{
    unsigned bit = (unsigned)(words->hash[i] >> (64 - PHRASE_FILTER_BITS));
    return (filter[bit / 64] >> (bit & 63) & 1) || (words->flags[i] & TOKEN_DIGIT);
}
const uint64_t *phrases_filter(const struct phrases *p);

int phrases_new(struct phrases **p, enum copydesk_cpu cpu, struct copydesk_error *error);
void phrases_free(struct phrases *p);

enum { PHRASE_MOST_HITS = 8 };
/* Phrases that begin with word i and end before word `end`: how many, into hits. */
size_t phrases_at(const struct phrases *p, const struct tokens *words, size_t i, size_t end,
                  struct phrase_hit hits[PHRASE_MOST_HITS]);
