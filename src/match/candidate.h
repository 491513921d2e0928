/*
 * candidate.h - room 10: postings and band keys to candidate pairs, in work that is linear whatever the
 * corpus.
 */
#pragma once

#include "base/spill.h"

/*
 * A posting is a 40-bit hash and an article: the top 8 bits of the hash choose the part, the other 32 stand
 * above the article number. Fingerprints and band keys have the same form and a spill each.
 */
static inline void candidate_post(struct spill_writer *w, uint64_t hash, uint32_t article)
{
    spill_add_posting(w, (unsigned)(hash >> 56), (uint32_t)(hash >> 24), article);
}

/* Of one article; both 0 for an article that stays out of the comparison. */
struct candidate_size {
    uint16_t fingerprints; /* posted */
    uint16_t
        expected; /* that a much longer article would have for the same text: fewer, when this one is short */
};

struct candidate_params {
    uint32_t n_articles;
    const struct candidate_size *sizes; /* of every article */
    struct spill *fingerprints;         /* consumed: left with the shared ones only */
    struct spill *bands;                /* consumed */
    unsigned threads;
    uint64_t memory_bytes; /* for pairs, 0: no limit */
    uint32_t
        *rough; /* of every article: filled in with the first article of its rough cluster; may be NULL */
    /* Of every article: a hash of its address, 0 without one; NULL: none is known. For rough clusters. */
    const uint32_t *page;
    const char *temp_dir;
    void (*progress)(void *data, uint64_t done,
                     uint64_t total); /* called in the calling thread; may be NULL */
    void *progress_data;
};

/* A candidate pair: two article numbers, the smaller first. */
static inline uint64_t candidate_pair(uint32_t a, uint32_t b)
{
    return a < b ? (uint64_t)a << 32 | b : (uint64_t)b << 32 | a;
}

/* The part of the result in which the pairs of first article `a` stand. */
static inline unsigned candidate_part(uint32_t a, uint32_t n_articles)
{
    return (unsigned)((uint64_t)a * SPILL_PARTS / ((uint64_t)n_articles + 1));
}

/*
 * Rough clusters: articles that share four in five of the fingerprints that the shorter one could share,
 * hot ones aside, closed transitively; or half of them, and have one address (candidate_page.c). Good enough
 * to count an agency story on forty sites once, not to drop anything.
 *
 * *pairs: every part sorted ascending, no pair twice; parts ascend too. *rareness, if not NULL, gets for each
 * article the share (0-255) of its fingerprints that few articles have. The caller frees both.
 */
int candidate_find(const struct candidate_params *params, struct spill **pairs, uint8_t **rareness,
                   struct copydesk_error *error);
