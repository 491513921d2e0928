/*
 * fit.h - how well a title fits a text, in bits of evidence.
 */
#pragma once

#include "title/collector.h"
#include "title/note.h"

enum { FIT_BUCKETS = 12, FIT_KINDS = 256, FIT_UNIT = 64 /* of a bit */ };

/* Shares of texts that hold a term, over the sample, its kinds and its sources. */
struct fit_texts;
int fit_texts_new(struct fit_texts **t, struct title_collector *const *collectors, size_t n_collectors,
                  struct copydesk_error *error);
void fit_texts_free(struct fit_texts *t);
size_t fit_texts_count(const struct fit_texts *t);
/* Texts of lower levels were not kept. */
unsigned fit_texts_level(const struct fit_texts *t);
/* The sampled texts, ascending by hash. */
const struct title_sample *fit_texts_sample(const struct fit_texts *t, size_t i, const uint32_t **terms);
/* Fills in how rare each term of the title is among texts like this one. */
void fit_rarity(const struct fit_texts *t, struct title_note *note);

/* How often words of true titles stand in their texts. */
struct fit_titles {
    uint32_t match[FIT_BUCKETS], all[FIT_BUCKETS]; /* over all titles */
    uint32_t kind_match[FIT_KINDS][FIT_BUCKETS], kind_all[FIT_KINDS][FIT_BUCKETS];
    uint32_t *terms;  /* matches << 16 | all, by source and term */
    uint32_t n_terms; /* a power of two */
};

int fit_titles_new(struct fit_titles **t, uint64_t n_articles, struct copydesk_error *error);
void fit_titles_free(struct fit_titles *t);
/* A title that belongs to its text, with this weight of 0..256. */
void fit_titles_add(struct fit_titles *t, const struct title_note *note, unsigned weight);

/* The title speaks of a contest, and the text names none of its sides. */
bool fit_lacks_sides(const struct title_note *note);

/*
 * Evidence that the title belongs to the text, for (positive) or against, in 1/FIT_UNIT, made comparable
 * between short titles and long ones. own: the note was added to t.
 */
int fit_score(const struct fit_titles *t, const struct title_note *note, bool own);
