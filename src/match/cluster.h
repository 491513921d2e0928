/*
 * cluster.h - room 13: verified pairs to clusters around a representative.
 */
#pragma once

#include "base/error.h"

/* A verified pair whose articles are copies. */
enum cluster_edge_kind { CLUSTER_NEAR, CLUSTER_A_IN_B, CLUSTER_B_IN_A };

struct cluster_edge {
    uint32_t a, b;     /* a < b */
    uint32_t strength; /* of two edges the stronger one decides */
    uint32_t kind;
};

struct cluster_params {
    uint32_t n_articles;
    const struct cluster_edge *edges;
    size_t n_edges;
    const int64_t *key; /* of each article: the smaller one is kept; ties fall to the smaller number */
    /*
     * Compares two articles that were no candidates of each other. 1: copies, *edge filled in; 0: not; < 0
     * failure.
     */
    int (*compare)(void *data, uint32_t a, uint32_t b, struct cluster_edge *edge,
                   struct copydesk_error *error);
    void *data;
};

/* representative[i] for every article: itself when it is kept. */
int cluster_articles(const struct cluster_params *params, uint32_t *representative,
                     struct copydesk_error *error);
