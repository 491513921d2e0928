/*
 * match.h - what index_probe() leaves for index_candidates().
 */
#pragma once

#include "index/prints.h"

/* Of one print looked up. */
struct found_print {
    uint32_t first; /* in index_found.articles */
    uint8_t n;      /* the newest articles that have it, newest first */
    uint8_t count;  /* articles that have it, PRINT_COUNTED: so many or more */
};

struct vote {
    uint32_t article; /* + 1; 0: free */
    uint16_t rare, common, bands;
};

struct index_found {
    bool is_probed;
    uint64_t generation;        /* of the store when it was probed */
    struct found_print *prints; /* fingerprints, bands, exact, id */
    uint32_t *articles;
    uint64_t *order;
    uint32_t (*buckets)[2]; /* of each segment, each print */
    struct vote *votes;     /* open addressing */
    size_t n_prints, n_articles, n_votes;
    size_t cap_prints, cap_articles, cap_order, cap_votes, cap_buckets, cap_candidates;

    /* Fingerprints by print, for match_common(); made when it is first wanted. */
    uint32_t *places; /* in `prints`, + 1; open addressing; 0: free */
    size_t n_places, cap_places;
    bool has_places;
    uint32_t counted; /* articles that were all counted; INDEX_NONE: some were left out */
};
