// test_sketch.c - band keys: the same for the same set, and meeting as often as the formula in
// match/sketch.c says.
#include "test.h"

#include "match/sketch.h"

#include <math.h>

static bool meet(const uint64_t a[SKETCH_BANDS], const uint64_t b[SKETCH_BANDS])
{
    for (unsigned band = 0; band < SKETCH_BANDS; band++) {
        if (a[band] == b[band]) {
            return true;
        }
    }
    return false;
}

static void same_set_same_bands(void **state)
{
    enum { N = 300 };
    uint64_t set[N];
    uint64_t bag[3 * N];
    uint64_t keys[SKETCH_BANDS];
    uint64_t again[SKETCH_BANDS];
    uint64_t random = 8;
    (void)state;
    for (size_t n = 1; n <= N; n += n < 20 ? 1 : 31) {
        for (size_t i = 0; i < n; i++) {
            set[i] = test_random(&random);
            bag[i] = set[i];
        }
        for (size_t i = n; i < 3 * n; i++) {
            bag[i] = set[test_below(&random, n)];
        }
        for (size_t i = 3 * n; i > 1; i--) { // any order
            size_t other = test_below(&random, i);
            uint64_t swap = bag[i - 1];
            bag[i - 1] = bag[other];
            bag[other] = swap;
        }
        sketch_bands(set, n, keys);
        sketch_bands(bag, 3 * n, again);
        assert_memory_equal(keys, again, sizeof keys);
        set[0] = test_random(&random) & 0xffffffff; // bin 0, and most likely its smallest only if alone there
        sketch_bands(set, 1, keys);
        sketch_bands(bag, 3 * n, again);
        assert_false(meet(keys, again));
    }
}

static void bands_do_not_meet_each_other(void **state)
{
    uint64_t one = UINT64_C(0x123456789abcdef0);
    uint64_t keys[SKETCH_BANDS];
    (void)state;
    sketch_bands(&one, 1, keys); // every bin holds the same value
    for (unsigned i = 0; i < SKETCH_BANDS; i++) {
        for (unsigned j = 0; j < i; j++) {
            assert_int_not_equal(keys[i], keys[j]);
        }
    }
}

// Bins at both ends: no hash keeps a bin empty for ever, and the lowest and highest value stay apart.
static void any_hash_ends(void **state)
{
    static const uint64_t hashes[] = {
        0, 1, UINT32_MAX, UINT64_C(1) << 32, UINT64_C(0xffffffff00000000), UINT64_MAX};
    uint64_t keys[COUNT_OF(hashes)][SKETCH_BANDS];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(hashes); i++) {
        sketch_bands(&hashes[i], 1, keys[i]);
    }
    assert_false(meet(keys[0], keys[1]));
    assert_false(meet(keys[1], keys[2]));
    assert_true(meet(keys[2], keys[5])); // the low half alone is the value
    assert_true(meet(keys[0], keys[4]));
}

// Pairs of sets with `shared` of `n` distinct members: J = shared / (2n - shared).
static double met_share(unsigned n, unsigned shared, unsigned pairs, uint64_t *random)
{
    uint64_t a[1000];
    uint64_t b[1000];
    uint64_t keys_a[SKETCH_BANDS];
    uint64_t keys_b[SKETCH_BANDS];
    unsigned met = 0;
    for (unsigned round = 0; round < pairs; round++) {
        for (unsigned i = 0; i < n; i++) {
            a[i] = test_random(random);
            b[i] = i < shared ? a[i] : test_random(random);
        }
        sketch_bands(a, n, keys_a);
        sketch_bands(b, n, keys_b);
        met += meet(keys_a, keys_b);
    }
    return (double)met / pairs;
}

static void meets_as_often_as_it_should(void **state)
{
    static const struct {
        unsigned n, shared, pairs;
        double tolerance;
    } cases[] = {
        {600, 60, 1500, 0.02},  {600, 200, 1500, 0.05}, {600, 305, 1500, 0.05},
        {600, 400, 1500, 0.04}, {600, 500, 1500, 0.01}, {1000, 667, 800, 0.05},
        {200, 100, 2000, 0.06}, {200, 134, 2000, 0.05}, {100, 50, 2000, 0.07},
    };
    uint64_t random = test_seed("test_sketch");
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        double jaccard = (double)cases[i].shared / (2 * cases[i].n - cases[i].shared);
        double expected = 1 - pow(1 - pow(jaccard, SKETCH_ROWS), SKETCH_BANDS);
        double found = met_share(cases[i].n, cases[i].shared, cases[i].pairs, &random);
        if (fabs(found - expected) > cases[i].tolerance) {
            fail_msg("n %u, J %.3f: %.3f instead of %.3f", cases[i].n, jaccard, found, expected);
        }
    }
    assert_true(met_share(300, 0, 2000, &random) == 0);
    assert_true(met_share(300, 300, 20, &random) == 1);
}

// Texts of the least length: bins are filled up, alike texts still meet and others do not.
static void short_sets(void **state)
{
    uint64_t random = test_seed("test_sketch");
    (void)state;
    assert_true(met_share(SKETCH_MIN_SHINGLES, SKETCH_MIN_SHINGLES, 200, &random) == 1);
    assert_true(met_share(SKETCH_MIN_SHINGLES, SKETCH_MIN_SHINGLES - 1, 2000, &random) > 0.9);
    assert_true(met_share(SKETCH_MIN_SHINGLES, 0, 2000, &random) == 0);
    assert_true(met_share(1, 1, 200, &random) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_set_same_bands), cmocka_unit_test(bands_do_not_meet_each_other),
        cmocka_unit_test(any_hash_ends),       cmocka_unit_test(meets_as_often_as_it_should),
        cmocka_unit_test(short_sets),
    };
    return cmocka_run_group_tests_name("sketch", tests, NULL, NULL);
}
