// test_cluster.c - clusters: who represents, who joins, and that neither chains nor the order of edges
// matter.
#include "test.h"

#include "match/cluster.h"

enum { MOST = 12, NEAR = CLUSTER_NEAR, A_IN_B = CLUSTER_A_IN_B, B_IN_A = CLUSTER_B_IN_A };

// What compare() knows of pairs that were no candidates.
struct oracle {
    const struct cluster_edge *edges;
    size_t n_edges;
    unsigned calls;
    int status; // what a comparison fails with, or 0
};

static int ask(void *data, uint32_t a, uint32_t b, struct cluster_edge *edge, struct copydesk_error *error)
{
    struct oracle *oracle = data;
    oracle->calls++;
    assert_true(a < b);
    if (oracle->status) {
        return error_set(error, (enum copydesk_status)oracle->status, NULL, "asked");
    }
    for (size_t i = 0; i < oracle->n_edges; i++) {
        if (oracle->edges[i].a == a && oracle->edges[i].b == b) {
            *edge = oracle->edges[i];
            return 1;
        }
    }
    return 0;
}

struct example {
    const char *name;
    uint32_t n;
    int64_t key[MOST];
    struct cluster_edge edges[MOST]; // strength 0 ends the list
    struct cluster_edge known[MOST]; // to compare(); the same
    uint32_t expected[MOST];
};

static size_t length(const struct cluster_edge *edges)
{
    size_t n = 0;
    while (n < MOST && edges[n].strength) {
        n++;
    }
    return n;
}

static const struct example examples[] = {
    {"nothing alike", 3, {3, 2, 1}, {{0}}, {{0}}, {0, 1, 2}},
    {"two alike, same key: the first", 2, {5, 5}, {{0, 1, 9, NEAR}}, {{0}}, {0, 0}},
    {"two alike: the smaller key", 2, {5, -5}, {{0, 1, 9, NEAR}}, {{0}}, {1, 1}},
    {"a chain whose ends are not alike", 3, {1, 2, 3}, {{0, 1, 9, NEAR}, {1, 2, 9, NEAR}}, {{0}}, {0, 0, 2}},
    {"a chain whose ends are alike",
     3,
     {1, 2, 3},
     {{0, 1, 9, NEAR}, {1, 2, 9, NEAR}},
     {{0, 2, 5, NEAR}},
     {0, 0, 0}},
    {"a chain from its middle", 3, {2, 1, 3}, {{0, 1, 9, NEAR}, {1, 2, 9, NEAR}}, {{0}}, {1, 1, 1}},
    {"a chain of four",
     4,
     {1, 2, 3, 4},
     {{0, 1, 9, NEAR}, {1, 2, 9, NEAR}, {2, 3, 9, NEAR}},
     {{0}},
     {0, 0, 2, 2}},
    {"a teaser of an earlier date", 2, {1, 2}, {{0, 1, 9, A_IN_B}}, {{0}}, {1, 1}},
    {"a teaser of a later date", 2, {1, 2}, {{0, 1, 9, B_IN_A}}, {{0}}, {0, 0}},
    {"teasers of one article, alike",
     3,
     {1, 2, 9},
     {{0, 1, 9, NEAR}, {0, 2, 5, A_IN_B}, {1, 2, 5, A_IN_B}},
     {{0}},
     {2, 2, 2}},
    {"a teaser of two articles: the one more like it",
     3,
     {5, 1, 2},
     {{0, 1, 8, A_IN_B}, {0, 2, 9, A_IN_B}},
     {{0}},
     {2, 1, 2}},
    {"a teaser of two articles, equally: the smaller key",
     3,
     {5, 2, 1},
     {{0, 1, 9, A_IN_B}, {0, 2, 9, A_IN_B}},
     {{0}},
     {2, 1, 2}},
    {"between two: the stronger edge", 3, {1, 2, 3}, {{0, 2, 10, NEAR}, {1, 2, 90, NEAR}}, {{0}}, {0, 1, 1}},
    {"between two: never one of a later key",
     3,
     {1, 3, 2},
     {{0, 2, 10, NEAR}, {1, 2, 90, NEAR}},
     {{0}},
     {0, 1, 0}},
    {"a teaser in a copy of what is kept",
     3,
     {1, 2, 3},
     {{0, 1, 9, NEAR}, {1, 2, 9, B_IN_A}},
     {{0, 2, 9, B_IN_A}},
     {0, 0, 0}},
    {"a teaser of what its copy lacks", 3, {1, 2, 3}, {{0, 1, 9, NEAR}, {1, 2, 9, B_IN_A}}, {{0}}, {0, 0, 2}},
    {"compared the wrong way round",
     3,
     {1, 2, 3},
     {{0, 1, 9, NEAR}, {1, 2, 9, B_IN_A}},
     {{0, 2, 9, A_IN_B}},
     {0, 0, 2}},
    {"cut short again and again, the shortest first",
     4,
     {1, 2, 3, 4},
     {{0, 1, 9, A_IN_B}, {1, 2, 9, A_IN_B}, {2, 3, 9, A_IN_B}},
     {{0, 3, 9, A_IN_B}, {1, 3, 9, A_IN_B}},
     {3, 3, 3, 3}},
    {"an edge given twice", 2, {2, 1}, {{0, 1, 9, NEAR}, {0, 1, 9, NEAR}}, {{0}}, {1, 1}},
};

static void by_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(examples); i++) {
        const struct example *e = &examples[i];
        struct oracle oracle = {e->known, length(e->known), 0, 0};
        struct cluster_params params = {e->n, e->edges, length(e->edges), e->key, ask, &oracle};
        struct copydesk_error error = {0};
        uint32_t found[MOST];
        assert_int_equal(cluster_articles(&params, found, &error), 0);
        for (uint32_t k = 0; k < e->n; k++) {
            if (found[k] != e->expected[k]) {
                fail_msg("%s: %u is represented by %u, not %u", e->name, k, found[k], e->expected[k]);
            }
        }
    }
}

static void nothing_at_all(void **state)
{
    struct oracle oracle = {0};
    struct cluster_params params = {0, NULL, 0, NULL, ask, &oracle};
    struct copydesk_error error = {0};
    uint32_t none = 7;
    (void)state;
    assert_int_equal(cluster_articles(&params, &none, &error), 0);
    assert_int_equal(none, 7);
}

static void failures_pass_through(void **state)
{
    struct oracle oracle = {.status = COPYDESK_ERR_CHANGED};
    const struct example *chain = &examples[3];
    struct cluster_params params = {chain->n, chain->edges, length(chain->edges), chain->key, ask, &oracle};
    struct copydesk_error error = {0};
    uint32_t found[MOST];
    (void)state;
    assert_int_equal(cluster_articles(&params, found, &error), COPYDESK_ERR_CHANGED);
    assert_int_equal(error.status, COPYDESK_ERR_CHANGED);
    assert_string_equal(error.message, "asked");
}

// A hub that is like all, while no two of the others are alike.
static void a_hub(void **state)
{
    enum { N = 1001, HUB = 500 };
    static struct cluster_edge edges[N];
    static int64_t key[N];
    static uint32_t found[N];
    struct copydesk_error error = {0};
    (void)state;
    for (int hub_first = 0; hub_first < 2; hub_first++) {
        size_t n_edges = 0;
        for (uint32_t i = 0; i < N; i++) {
            key[i] = i == HUB ? (hub_first ? -1 : N) : (int64_t)i;
            if (i != HUB) {
                uint32_t a = i < HUB ? i : HUB;
                edges[n_edges++] = (struct cluster_edge){a, i < HUB ? HUB : i, 100 + i, NEAR};
            }
        }
        struct oracle oracle = {0};
        struct cluster_params params = {N, edges, n_edges, key, ask, &oracle};
        assert_int_equal(cluster_articles(&params, found, &error), 0);
        for (uint32_t i = 0; i < N; i++) {
            uint32_t best = hub_first ? HUB : i == HUB ? N - 1 : i; // the hub goes to the one most like it
            assert_int_equal(found[i], best);
        }
        assert_true(oracle.calls <= 4 * N);
    }
}

enum { RANDOM_ARTICLES = 40 };

struct world {
    uint32_t kind[RANDOM_ARTICLES][RANDOM_ARTICLES]; // of a < b; 9: unlike
    uint32_t strength[RANDOM_ARTICLES][RANDOM_ARTICLES];
};

static int look_up(void *data, uint32_t a, uint32_t b, struct cluster_edge *edge,
                   struct copydesk_error *error)
{
    const struct world *world = data;
    (void)error;
    *edge = (struct cluster_edge){a, b, world->strength[a][b], world->kind[a][b]};
    return world->kind[a][b] != 9;
}

static bool joins(const struct world *world, uint32_t i, uint32_t r)
{
    uint32_t kind = i < r ? world->kind[i][r] : world->kind[r][i];
    return kind == NEAR || (kind == A_IN_B && i < r) || (kind == B_IN_A && r < i);
}

static bool is_contained(const struct cluster_edge *edges, size_t n, uint32_t i)
{
    for (size_t e = 0; e < n; e++) {
        if ((edges[e].kind == A_IN_B && edges[e].a == i) || (edges[e].kind == B_IN_A && edges[e].b == i)) {
            return true;
        }
    }
    return false;
}

// What has to hold of every result.
static void sound(const struct world *world, const struct cluster_edge *edges, size_t n_edges,
                  const int64_t *key, const uint32_t *found)
{
    for (uint32_t i = 0; i < RANDOM_ARTICLES; i++) {
        uint32_t r = found[i];
        assert_true(r < RANDOM_ARTICLES);
        assert_int_equal(found[r], r);
        if (r == i) {
            continue;
        }
        assert_true(joins(world, i, r)); // a copy of it, by word, not by chain
        bool r_inside = is_contained(edges, n_edges, r);
        bool i_inside = is_contained(edges, n_edges, i);
        assert_true(i_inside || !r_inside);
        if (!i_inside) { // the keep policy decides
            assert_true(key[r] < key[i] || (key[r] == key[i] && r < i));
        }
    }
}

static void order_of_edges_is_nothing(void **state)
{
    static struct world world;
    static struct cluster_edge edges[RANDOM_ARTICLES * RANDOM_ARTICLES];
    static const uint32_t kinds[] = {NEAR, NEAR, NEAR, A_IN_B, B_IN_A, 9, 9, 9};
    int64_t key[RANDOM_ARTICLES];
    uint32_t first[RANDOM_ARTICLES], again[RANDOM_ARTICLES];
    uint64_t random = test_seed("test_cluster");
    struct copydesk_error error = {0};
    (void)state;
    for (unsigned round = 0; round < 300; round++) {
        size_t n_edges = 0;
        unsigned one_in = 2 + round % 30;
        for (uint32_t b = 0; b < RANDOM_ARTICLES; b++) {
            key[b] = (int64_t)test_below(&random, round % 2 ? 5 : 1000);
            for (uint32_t a = 0; a < b; a++) {
                world.kind[a][b] = kinds[test_below(&random, COUNT_OF(kinds))];
                world.strength[a][b] = (uint32_t)(1 + test_below(&random, round % 3 ? 4 : 1000));
                if (world.kind[a][b] != 9 && test_below(&random, one_in) == 0) {
                    edges[n_edges++] = (struct cluster_edge){a, b, world.strength[a][b], world.kind[a][b]};
                }
            }
        }
        struct cluster_params params = {RANDOM_ARTICLES, edges, n_edges, key, look_up, &world};
        assert_int_equal(cluster_articles(&params, first, &error), 0);
        sound(&world, edges, n_edges, key, first);
        for (unsigned turn = 0; turn < 4; turn++) {
            for (size_t i = n_edges; i > 1; i--) {
                size_t other = test_below(&random, i);
                struct cluster_edge swap = edges[i - 1];
                edges[i - 1] = edges[other];
                edges[other] = swap;
            }
            assert_int_equal(cluster_articles(&params, again, &error), 0);
            assert_memory_equal(first, again, sizeof first);
        }
    }
}

static int cluster_chain(void *data)
{
    const struct example *chain = data;
    struct oracle oracle = {chain->known, length(chain->known), 0, 0};
    struct cluster_params params = {chain->n, chain->edges, length(chain->edges), chain->key, ask, &oracle};
    struct copydesk_error error = {0};
    uint32_t found[MOST];
    return cluster_articles(&params, found, &error);
}

static void each_allocation_may_fail(void **state)
{
    struct example chain = examples[4];
    (void)state;
    assert_true(test_each_allocation(cluster_chain, &chain) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_example),
        cmocka_unit_test(nothing_at_all),
        cmocka_unit_test(failures_pass_through),
        cmocka_unit_test(a_hub),
        cmocka_unit_test(order_of_edges_is_nothing),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("cluster", tests, NULL, NULL);
}
