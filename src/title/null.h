/*
 * null.h - what the scores of titles on texts of others look like, and from which score on a title of
 * this corpus is taken for one of those.
 */
#pragma once

#include "title/fit.h"

/* Notes of titles that stand for all titles of the corpus. */
struct title_pick;
int title_pick_new(struct title_pick **p, struct copydesk_error *error);
void title_pick_free(struct title_pick *p);
int title_pick_add(struct title_pick *p, const struct title_note *note, struct copydesk_error *error);

enum { NULL_BINS = 192, NULL_STEP = 32, NULL_FIRST = -2048 };

/* Scores by bins of NULL_STEP. */
struct title_scores {
    uint32_t own[NULL_BINS];  /* of titles on their own texts */
    uint32_t null[NULL_BINS]; /* of titles on other texts */
    uint32_t n_own, n_null;
};

static inline unsigned title_bin(int score)
{
    int bin = (score - NULL_FIRST) / NULL_STEP;
    return score < NULL_FIRST ? 0 : bin >= NULL_BINS ? NULL_BINS - 1 : (unsigned)bin;
}

/* Fills in `null`: each sampled text under titles of its source, or else of its kind. */
int title_null_scores(struct title_pick *p, const struct fit_texts *texts, const struct fit_titles *titles,
                      struct title_scores *scores, struct copydesk_error *error);

/* The score below which a title is taken to belong to another text. */
int title_null_threshold(const struct title_scores *scores);
/* The score that so many percent of titles on other texts stay below. */
int title_null_quantile(const struct title_scores *scores, unsigned percent);
/*
 * What each bin of scores says: log2 of the share of right titles with such a score, less that of titles on
 * other texts, in 1/ODDS_UNIT bits, ascending, within ODDS_LEAST and ODDS_MOST.
 */
void title_null_evidence(const struct title_scores *scores, int evidence[NULL_BINS]);
