/*
 * news_match.h - what news.c (collects findings) and news_match.c (finds those that are new) share.
 */
#pragma once

#include "cli/news.h"

#define REPRESENTATIVE UINT32_MAX /* in place of the number of a finding */

/* A finding, or the place of a representative in its cluster. */
struct occurrence {
    uint64_t key, record, other; /* other: the representative, or the second article of a pair */
    uint32_t rule, finding;
    uint32_t is_new;
};

struct place {
    uint64_t record;
    uint64_t finding;
};

/* A new article that is kept while old ones are copies of it. */
struct new_head {
    uint64_t record, copy; /* copy: the first of the old ones */
    size_t copy_finding;
    struct copydesk_finding finding;
    char *of; /* id of the copy */
};

struct news {
    struct occurrence *found;
    size_t n_found, cap_found;
    struct place *fresh; /* sorted by record and finding */
    size_t n_fresh, cap_fresh;
    struct new_head *heads; /* sorted by record, once all is known of them */
    size_t n_heads;
    struct place *stand_ins;        /* the findings of their copies, sorted */
    struct baseline_entry *entries; /* what a new baseline would have */
    size_t n_entries, cap_entries;
    struct baseline_entry *stale;
    size_t n_stale;
    uint64_t n_stale_findings, n_known;
    uint64_t new_of_rule[COPYDESK_N_RULES];
    bool covered[COPYDESK_N_RULES];
    uint64_t *keys; /* of articles, where `has` */
    uint64_t *ids;  /* of articles: hashes of their ids as an entry would name them */
    uint8_t *has;
};

/*
 * Marks what the baseline (NULL: an empty one) has not, in news->found, and fills in fresh, heads and stale.
 * found has keys and the heads of clusters. false: out of memory.
 */
bool news_match(struct news *news, const struct baseline *baseline);

/* Keys that the library does not make. They stand in files: they may never change. */
uint64_t news_key_of_pair(uint64_t a, uint64_t b); /* of the keys of two articles, in either order */
uint64_t news_key_of_id(struct copydesk_view id);

/* Orders of found: clusters first, each in one piece; by rule and key. Of heads: by the article. */
int news_by_cluster(const void *left, const void *right);
int news_by_key(const void *left, const void *right);
int news_by_place(const void *left, const void *right);
int news_by_head(const void *left, const void *right);
