/*
 * odds.h - from how well titles fit to the odds that a title is wrong. All in 1/ODDS_UNIT bits.
 */
#pragma once

#include "title/null.h"

enum {
    ODDS_UNIT = FIT_UNIT,
    ODDS_LEAST = -14 * ODDS_UNIT, /* evidence goes no further */
    ODDS_MOST = 7 * ODDS_UNIT,
    ODDS_STEPS = 22, /* of one bit, for counting */
    ODDS_GAPS = 13,
    ODDS_ALIKE = 3, /* runs of words that two texts under one title share: 0, 1, 2 */
};

/*
 * Two different stories under one title: log2 of the share of such pairs in which ... With two texts the
 * first two are equal: neither is the original by the look of it.
 */
struct odds_pair {
    int home; /* the title is right where it fits better, wrong where it fits less */
    int odd;  /* the reverse */
    int both; /* both are right: a series, versions of one page */
    int none; /* both are wrong */
};

struct title_odds {
    int evidence[NULL_BINS]; /* for a title with this score: log2(among right ones / among wrong ones) */
    int alone;               /* log-odds of wrong among titles without such a pair, or witty ones */
    int witty;               /* what to take off for these */
    struct odds_pair pair[ODDS_ALIKE][2];
};

/* What is counted to learn them. */
struct odds_counts {
    uint32_t alone[NULL_BINS];
    /* By odds_gap(), by evidence of the title that fits less, of the one that fits better. */
    uint32_t pair[ODDS_ALIKE][2][ODDS_GAPS][ODDS_STEPS][ODDS_STEPS];
};

static inline unsigned odds_step(int evidence)
{
    return (unsigned)(evidence - ODDS_LEAST) / ODDS_UNIT;
}

/* Of one title by its score; between the bins, a straight line. */
int odds_evidence(const struct title_odds *o, int score);

/* Fills in alone and pair; evidence is known. */
void odds_learn(struct title_odds *o, const struct odds_counts *counts);

/* Log-odds that the title with this score is wrong: from 0 on it is called so. */
int odds_alone(const struct title_odds *o, int own);
/*
 * A title that is right over two stories fits both well or both less well. How much that is against such a
 * pair, in steps of one bit: 0 .. ODDS_GAPS - 1.
 */
int odds_gap(int less, int more);
/* The same when it stands over another story too, which it fits by the score `other`. */
int odds_of_pair(const struct title_odds *o, const struct odds_pair *p, int own, int other);
/* A title that is wrong here, where it fits less, is right there, rather than wrong in both places. */
bool odds_belongs_there(const struct title_odds *o, const struct odds_pair *p, int other);

/* log2(x), x >= 1; log2(2^a + 2^b). */
int odds_log2(uint32_t x);
int odds_add(int a, int b);
