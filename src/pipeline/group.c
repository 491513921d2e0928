// group.c - relations to clusters, and which article reports which pair.
//
// Exact copies never entered the comparison: the first of them, their leader, stood for all. Here each exact
// group gets the member that the keep policy prefers, and the best key of a group is the key of its leader
// when leaders are clustered.
//
// Known articles (of inputs that are not judged) come before all others, whatever the policy, and never join
// anything: a judged article that is a copy of one joins it. Where a known article stands in a longer one
// that is judged, nothing follows: the longer one is no copy.

#include "pipeline/pipeline.h"

#include "base/sort.h"
#include "match/cluster.h"
#include "pipeline/compare.h"

#include <xxhash.h>

enum { KNOWN_STRENGTH = 1 << 20 }; // more than any score: a copy of a known article is reported as that

struct grouping {
    struct pipeline *p;
    struct comparer *comparer;
    struct cluster_edge *edges;
    size_t n_edges;
};

static int64_t source_rank(const struct copydesk_options *options, uint32_t source_hash)
{
    for (size_t i = 0; i < options->n_source_order; i++) {
        struct str name = str_of(options->source_order[i]);
        if ((uint32_t)(XXH3_64bits(name.data, name.len) | 1) == source_hash) {
            return (int64_t)i;
        }
    }
    return INT64_MAX;
}

// The smaller key is kept.
static int64_t key_of_policy(const struct pipeline *p, const struct catalog_record *r, uint32_t leader)
{
    bool dated = r->flags & CATALOG_HAS_DATE;
    switch (p->options.keep) {
    case COPYDESK_KEEP_EARLIEST:
        return dated ? r->date : INT64_MAX;
    case COPYDESK_KEEP_NEWEST:
        return dated ? -r->date : INT64_MAX;
    case COPYDESK_KEEP_LONGEST:
        return -(int64_t)r->n_words;
    case COPYDESK_KEEP_CLEANEST:
        return -((int64_t)p->rareness[leader] << 32 | r->n_words);
    case COPYDESK_KEEP_SOURCE_ORDER:
        return source_rank(&p->options, r->source_hash);
    case COPYDESK_N_KEEPS:
        break;
    }
    return 0;
}

// The key of a known article: the order of the policy, before all that are judged.
static int64_t key_of_known(int64_t key)
{
    const int64_t far = INT64_C(1) << 60; // beyond any date, length or rank
    return (key < far ? key : far) - 4 * far;
}

// Fills in the key of every article, then the best member of every exact group and its key as that of the
// leader.
int pipeline_rank(struct pipeline *p, struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    p->keys = mem_alloc((size_t)n + 1, sizeof *p->keys);
    p->best = mem_alloc((size_t)n + 1, sizeof *p->best);
    if (!p->keys || !p->best) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n; i++) {
        struct catalog_record r;
        int status = catalog_get(p->catalog, i, &r, error);
        if (status < 0) {
            return status;
        }
        uint32_t leader = catalog_leader(p->catalog, i);
        p->keys[i] = r.flags & CATALOG_BAD ? INT64_MAX : key_of_policy(p, &r, leader);
        p->keys[i] = pipeline_is_known(p, i) ? key_of_known(p->keys[i]) : p->keys[i];
        p->best[i] = i;
        // A leader comes before its copies, so its own key stands there already. With the rule off, copies
        // stay apart. A page that is dropped for itself is no good as the one that stays.
        bool is_lost = p->dropped && p->dropped[p->best[leader]] && !p->dropped[i];
        bool is_junk = p->dropped && p->dropped[i];
        if (leader != i && !is_junk && (is_lost || p->keys[i] < p->keys[leader])) {
            p->keys[leader] = p->keys[i];
            p->best[leader] = i;
        }
    }
    return 0;
}

static bool is_on(const struct pipeline *p, enum copydesk_rule rule)
{
    return p->options.actions[rule] != COPYDESK_OFF;
}

static bool edge_by_relation(const struct pipeline *p, const struct pair_record *pair,
                             struct cluster_edge *edge)
{
    uint64_t both = pair->set_a + pair->set_b - pair->shared;
    uint32_t jaccard = both ? (uint32_t)(pair->shared * UINT64_C(10000) / both) : 0;
    *edge = (struct cluster_edge){.a = pair->a, .b = pair->b, .strength = pair->score + jaccard};
    switch (pair->relation) {
    case RELATION_NEAR:
        edge->kind = CLUSTER_NEAR;
        return is_on(p, COPYDESK_NEAR_DUPLICATE);
    case RELATION_A_IN_B:
        edge->kind = CLUSTER_A_IN_B;
        return is_on(p, COPYDESK_CONTAINED_COPY);
    case RELATION_B_IN_A:
        edge->kind = CLUSTER_B_IN_A;
        return is_on(p, COPYDESK_CONTAINED_COPY);
    default:
        return false;
    }
}

static bool to_edge(const struct pipeline *p, const struct pair_record *pair, struct cluster_edge *edge)
{
    bool a_known = pipeline_group_is_known(p, pair->a);
    bool b_known = pipeline_group_is_known(p, pair->b);
    if (!edge_by_relation(p, pair, edge) || (a_known && b_known)) {
        return false;
    }
    if (a_known || b_known) {
        uint32_t joins = a_known ? CLUSTER_B_IN_A : CLUSTER_A_IN_B;
        if (edge->kind != CLUSTER_NEAR && edge->kind != joins) {
            return false;
        }
        edge->kind = joins;
        edge->strength += KNOWN_STRENGTH;
    }
    return true;
}

static int collect_edges(struct grouping *g, struct copydesk_error *error)
{
    size_t cap = 0;
    for (uint32_t i = 0; i < g->p->n_pairs; i++) {
        struct pair_record pair;
        struct cluster_edge edge;
        int status = pipeline_pair(g->p, i, &pair, error);
        if (status < 0) {
            return status;
        }
        if (!to_edge(g->p, &pair, &edge)) {
            continue;
        }
        void *edges = g->edges;
        if (!mem_grow(&edges, &cap, g->n_edges + 1, sizeof *g->edges)) {
            return error_memory(error);
        }
        g->edges = edges;
        g->edges[g->n_edges++] = edge;
    }
    return 0;
}

// Called by the clustering for two articles that were no candidates: what it finds joins the other pairs.
static int compare_late(void *data, uint32_t a, uint32_t b, struct cluster_edge *edge,
                        struct copydesk_error *error)
{
    struct grouping *g = data;
    struct pair_record pair;
    int status = g->comparer ? 0 : comparer_new(&g->comparer, g->p, error);
    if (status == 0) {
        status = comparer_compare(g->comparer, a, b, &pair, error);
    }
    if (status < 0 || !to_edge(g->p, &pair, edge)) {
        return status;
    }
    uint64_t at;
    status = log_append(g->p->pairs, &pair, sizeof pair, &at, error);
    g->p->n_pairs++;
    return status < 0 ? status : 1;
}

// The article that reports a pair: the one that is the copy, or else the later one.
static uint32_t reporter(const struct grouping *g, const struct pair_record *pair)
{
    if (pair->relation == RELATION_A_IN_B) {
        return pair->a;
    }
    if (pair->relation == RELATION_B_IN_A) {
        return pair->b;
    }
    if (pipeline_group_is_known(g->p, pair->a) != pipeline_group_is_known(g->p, pair->b)) {
        return pipeline_group_is_known(g->p, pair->a) ? pair->b : pair->a;
    }
    const uint32_t *rep = g->p->representative;
    const int64_t *keys = g->p->keys;
    if (rep[pair->a] == pair->b || rep[pair->b] == pair->a) {
        return rep[pair->a] == pair->b ? pair->a : pair->b;
    }
    bool a_is_kept = keys[pair->a] < keys[pair->b] || (keys[pair->a] == keys[pair->b] && pair->a < pair->b);
    return a_is_kept ? pair->b : pair->a;
}

static int link_pairs(struct grouping *g, struct copydesk_error *error)
{
    struct pipeline *p = g->p;
    uint64_t *keys = mem_alloc(2 * (size_t)p->n_pairs + 1, sizeof *keys);
    p->links = mem_alloc((size_t)p->n_pairs + 1, sizeof *p->links);
    int status = keys && p->links ? 0 : error_memory(error);
    for (uint32_t i = 0; i < p->n_pairs && status == 0; i++) {
        struct pair_record pair;
        status = pipeline_pair(p, i, &pair, error);
        // Reported by the member of the exact group that is kept.
        keys[i] = (uint64_t)p->best[reporter(g, &pair)] << 32 | i;
    }
    if (status == 0) {
        sort_u64(keys, keys + p->n_pairs, p->n_pairs, 0);
        for (uint32_t i = 0; i < p->n_pairs; i++) {
            p->links[i] = (struct pair_link){(uint32_t)(keys[i] >> 32), (uint32_t)keys[i]};
        }
        p->n_links = p->n_pairs;
    }
    mem_free(keys);
    return status;
}

int pipeline_cluster(struct pipeline *p, struct copydesk_error *error)
{
    struct grouping g = {.p = p};
    uint32_t n = catalog_count(p->catalog);
    p->n_verified = p->n_pairs;
    p->representative = mem_alloc((size_t)n + 1, sizeof *p->representative);
    int status = p->representative ? 0 : error_memory(error);
    status = status < 0 ? status : collect_edges(&g, error);
    if (status == 0) {
        struct cluster_params params = {
            .n_articles = n,
            .edges = g.edges,
            .n_edges = g.n_edges,
            .key = p->keys,
            .compare = compare_late,
            .data = &g,
        };
        status = cluster_articles(&params, p->representative, error);
    }
    status = status < 0 ? status : link_pairs(&g, error);
    comparer_free(g.comparer);
    mem_free(g.edges);
    mem_free(p->keys);
    p->keys = NULL;
    return status;
}
