// cluster.c - clusters around a representative.
//
// A cluster is a star: its representative, and articles each of which was compared with it word by word and
// found to be a copy of it. Nothing is concluded from A ~ B ~ C alone (transitive closure has joined hundreds
// of thousands of unrelated documents elsewhere). Where A's copy B turns out to be taken by a representative
// R, A is compared with R, and joins it or stays by itself.
//
// Order decides who represents: first the articles that stand in no longer one, best key first (the keep
// policy: date, length ...); then those contained in another, longest chains last. So a teaser never outlives
// the article it was cut from, whatever their dates.

#include "match/cluster.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static const uint32_t NONE = UINT32_MAX;

enum {
    MAX_SECOND_TRIES = 4, // representatives of neighbours an article is compared with
    MAX_WAITS = 8,        // how long a chain of articles, each inside the next, is put in order
};

struct neighbour {
    uint32_t article;
    uint32_t strength;
    bool joins; // this article may join that one: near, or contained in it
    bool takes; // the reverse
};

struct stars {
    const struct cluster_params *params;
    size_t *start; // neighbours of i: [start[i], start[i + 1])
    struct neighbour *neighbours;
    uint32_t *representative;
    uint32_t *order;
    uint32_t *rank; // place in `order`
    uint32_t n_order;
};

static void put(struct stars *s, size_t *fill, uint32_t article, struct neighbour n)
{
    s->neighbours[s->start[article] + fill[article]++] = n;
}

static int stronger_first(const void *left, const void *right)
{
    const struct neighbour *a = left;
    const struct neighbour *b = right;
    if (a->strength != b->strength) {
        return a->strength > b->strength ? -1 : 1;
    }
    return (a->article > b->article) - (a->article < b->article);
}

static int build(struct stars *s, struct copydesk_error *error)
{
    const struct cluster_params *p = s->params;
    size_t n = p->n_articles;
    s->start = mem_zalloc(n + 2, sizeof *s->start);
    s->neighbours = mem_alloc(2 * p->n_edges + 1, sizeof *s->neighbours);
    s->order = mem_alloc(n + 1, sizeof *s->order);
    s->rank = mem_alloc(n + 1, sizeof *s->rank);
    size_t *fill = mem_zalloc(n + 1, sizeof *fill);
    if (!s->start || !s->neighbours || !s->order || !s->rank || !fill) {
        mem_free(fill);
        return error_memory(error);
    }
    for (size_t e = 0; e < p->n_edges; e++) {
        s->start[p->edges[e].a + 1]++;
        s->start[p->edges[e].b + 1]++;
    }
    for (size_t i = 0; i < n; i++) {
        s->start[i + 1] += s->start[i];
    }
    for (size_t e = 0; e < p->n_edges; e++) {
        const struct cluster_edge *edge = &p->edges[e];
        bool a_joins = edge->kind != CLUSTER_B_IN_A;
        bool b_joins = edge->kind != CLUSTER_A_IN_B;
        put(s, fill, edge->a, (struct neighbour){edge->b, edge->strength, a_joins, b_joins});
        put(s, fill, edge->b, (struct neighbour){edge->a, edge->strength, b_joins, a_joins});
    }
    mem_free(fill);
    for (size_t i = 0; i < n; i++) { // so that the order of the edges makes no difference
        qsort(s->neighbours + s->start[i], s->start[i + 1] - s->start[i], sizeof *s->neighbours,
              stronger_first);
    }
    return 0;
}

static bool is_contained(const struct stars *s, uint32_t article)
{
    for (size_t i = s->start[article]; i < s->start[article + 1]; i++) {
        if (s->neighbours[i].joins && !s->neighbours[i].takes) {
            return true;
        }
    }
    return false;
}

static int by_key(const void *left, const void *right, void *data)
{
    const int64_t *key = data;
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    if (key[a] != key[b]) {
        return key[a] < key[b] ? -1 : 1;
    }
    return (a > b) - (a < b);
}

// Articles with neighbours, those that nothing contains first.
static uint32_t put_in_order(struct stars *s)
{
    uint32_t n = s->params->n_articles;
    uint32_t free_ones = 0;
    s->n_order = 0;
    for (int contained = 0; contained < 2; contained++) {
        for (uint32_t i = 0; i < n; i++) {
            if (s->start[i] != s->start[i + 1] && is_contained(s, i) == contained) {
                s->order[s->n_order++] = i;
            }
        }
        free_ones = contained ? free_ones : s->n_order;
    }
    int64_t *key = (int64_t *)(uintptr_t)s->params->key; // qsort_r() takes no const
    qsort_r(s->order, free_ones, sizeof *s->order, by_key, key);
    qsort_r(s->order + free_ones, s->n_order - free_ones, sizeof *s->order, by_key, key);
    for (uint32_t k = 0; k < s->n_order; k++) {
        s->rank[s->order[k]] = k;
    }
    return free_ones;
}

// Stands in an article that has no place yet?
static bool waits(const struct stars *s, uint32_t article)
{
    for (size_t i = s->start[article]; i < s->start[article + 1]; i++) {
        const struct neighbour *n = &s->neighbours[i];
        if (n->joins && !n->takes && s->representative[n->article] == NONE) {
            return true;
        }
    }
    return false;
}

// The strongest representative this article may join by an edge of its own, of those that rank before `rank`.
static uint32_t direct(const struct stars *s, uint32_t article, uint32_t rank)
{
    uint32_t best = NONE;
    uint32_t strength = 0;
    for (size_t i = s->start[article]; i < s->start[article + 1]; i++) {
        const struct neighbour *n = &s->neighbours[i];
        if (n->joins && s->representative[n->article] == n->article && s->rank[n->article] < rank &&
            (best == NONE || n->strength > strength ||
             (n->strength == strength && s->rank[n->article] < s->rank[best]))) {
            best = n->article;
            strength = n->strength;
        }
    }
    return best;
}

// The representative of a neighbour, after comparing with it.
static int indirect(struct stars *s, uint32_t article, uint32_t *found, struct copydesk_error *error)
{
    uint32_t tried[MAX_SECOND_TRIES];
    unsigned n_tried = 0;
    *found = NONE;
    for (size_t i = s->start[article]; i < s->start[article + 1] && n_tried < MAX_SECOND_TRIES; i++) {
        uint32_t r = s->representative[s->neighbours[i].article];
        bool seen = r == NONE || r == article || !s->neighbours[i].joins;
        for (unsigned t = 0; t < n_tried; t++) {
            seen |= tried[t] == r;
        }
        if (seen) {
            continue;
        }
        tried[n_tried++] = r;
        struct cluster_edge edge;
        uint32_t a = article < r ? article : r;
        uint32_t b = article < r ? r : article;
        int status = s->params->compare(s->params->data, a, b, &edge, error);
        if (status < 0) {
            return status;
        }
        bool joins =
            status == 1 && (edge.kind == CLUSTER_NEAR || (edge.kind == CLUSTER_A_IN_B) == (article == a));
        if (joins) {
            *found = r;
            return 0;
        }
    }
    return 0;
}

static int place(struct stars *s, uint32_t article, struct copydesk_error *error)
{
    uint32_t r = direct(s, article, s->n_order);
    if (r == NONE) {
        int status = indirect(s, article, &r, error);
        if (status < 0) {
            return status;
        }
    }
    if (r != NONE) {
        s->representative[article] = r;
        return 0;
    }
    s->representative[article] = article;
    for (size_t i = s->start[article]; i < s->start[article + 1]; i++) {
        const struct neighbour *n = &s->neighbours[i];
        if (n->takes && s->representative[n->article] == NONE) {
            s->representative[n->article] = article;
        }
    }
    return 0;
}

int cluster_articles(const struct cluster_params *params, uint32_t *representative,
                     struct copydesk_error *error)
{
    struct stars s = {.params = params, .representative = representative};
    for (uint32_t i = 0; i < params->n_articles; i++) {
        representative[i] = NONE;
    }
    int status = build(&s, error);
    if (status == 0) {
        put_in_order(&s);
    }
    for (unsigned pass = 0; pass <= MAX_WAITS && status == 0; pass++) {
        for (uint32_t k = 0; k < s.n_order && status == 0; k++) {
            uint32_t article = s.order[k];
            if (representative[article] == NONE && (pass == MAX_WAITS || !waits(&s, article))) {
                status = place(&s, article, error);
            }
        }
    }
    // Whoever came first took its neighbours; now that all representatives stand, each goes to the one most
    // like it that comes before it.
    for (uint32_t k = 0; k < s.n_order && status == 0; k++) {
        uint32_t article = s.order[k];
        uint32_t nearest = representative[article] == article ? NONE : direct(&s, article, s.rank[article]);
        representative[article] = nearest == NONE ? representative[article] : nearest;
    }
    for (uint32_t i = 0; i < params->n_articles; i++) {
        representative[i] = representative[i] == NONE ? i : representative[i];
    }
    mem_free(s.start);
    mem_free(s.neighbours);
    mem_free(s.order);
    mem_free(s.rank);
    return status;
}
