// prop_sort.c - sort_u64() equals qsort() on random sizes and random bits in use.
#include "../unit/test.h"

#include "base/sort.h"

static void equals_qsort(void **state)
{
    enum { MOST = 60000, ROUNDS = 60 };
    uint64_t random = test_seed("prop_sort");
    uint64_t *records = calloc(3 * MOST, sizeof *records);
    (void)state;
    assert_non_null(records);
    for (unsigned round = 0; round < ROUNDS; round++) {
        size_t n = test_below(&random, test_below(&random, 3) ? 400 : MOST);
        uint64_t mask = test_random(&random) & test_random(&random);
        uint64_t base = test_random(&random);
        uint64_t *expected = records + 2 * MOST;
        for (size_t i = 0; i < n; i++) {
            records[i] = expected[i] = (test_random(&random) & mask) ^ base;
        }
        qsort(expected, n, sizeof *expected, test_compare_u64);
        sort_u64(records, records + MOST, n, 0);
        assert_memory_equal(records, expected, n * sizeof *records);
    }
    free(records);
}

// Records (key, place): sorted by the key alone, the places of equal keys have to ascend.
static void keeps_the_order_of_equals(void **state)
{
    enum { N = 50000 };
    uint64_t random = test_seed("prop_sort");
    uint64_t *records = calloc(2 * N, sizeof *records);
    (void)state;
    assert_non_null(records);
    for (unsigned keys = 1; keys <= 1 << 16; keys *= 16) {
        for (size_t i = 0; i < N; i++) {
            records[i] = test_word(test_below(&random, keys)) >> 32 << 32 | i;
        }
        sort_u64(records, records + N, N, 32);
        for (size_t i = 1; i < N; i++) {
            assert_true(records[i - 1] < records[i]); // equal keys: by place; so the whole record ascends
        }
    }
    free(records);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_qsort),
        cmocka_unit_test(keeps_the_order_of_equals),
    };
    return cmocka_run_group_tests_name("prop_sort", tests, NULL, NULL);
}
