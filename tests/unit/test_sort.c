// test_sort.c - the radix sort: order, stability, low bits that do not count, the sizes at which it changes
// method.
#include "test.h"

#include "base/sort.h"

enum { MOST = 5000 };

enum shape { RANDOM, ASCENDING, DESCENDING, EQUAL, TOP_BIT, BOTTOM_BIT, ONE_DIGIT, FEW_VALUES, N_SHAPES };

static uint64_t value_of(enum shape shape, uint64_t i, uint64_t *random)
{
    switch (shape) {
    case ASCENDING:
        return i * 7;
    case DESCENDING:
        return UINT64_MAX - i * 7;
    case EQUAL:
        return UINT64_C(0x0123456789abcdef);
    case TOP_BIT:
        return test_random(random) & UINT64_C(1) << 63;
    case BOTTOM_BIT:
        return UINT64_C(0xfedcba9876543210) | (test_random(random) & 1);
    case ONE_DIGIT:
        return UINT64_C(0x5555000000005555) | test_below(random, 2048) << 22;
    case FEW_VALUES:
        return test_word(test_below(random, 5));
    case RANDOM:
    case N_SHAPES:
        break;
    }
    return test_random(random);
}

// Sorts by the bits from low_bit on and by place: what a stable sort has to give.
static unsigned reference_low_bit;
static int by_high_bits(const void *left, const void *right)
{
    uint64_t a = ((const uint64_t *)left)[0] >> reference_low_bit;
    uint64_t b = ((const uint64_t *)right)[0] >> reference_low_bit;
    uint64_t at = ((const uint64_t *)left)[1];
    uint64_t bt = ((const uint64_t *)right)[1];
    return a != b ? (a > b) - (a < b) : (at > bt) - (at < bt);
}

static void sorts_like_a_stable_sort(void **state)
{
    static const size_t sizes[] = {0, 1, 2, 3, 47, 48, 49, 50, 1000, MOST};
    static const unsigned low_bits[] = {0, 1, 11, 24, 32, 53, 60, 63};
    static uint64_t records[MOST + 1];
    static uint64_t scratch[MOST + 1];
    static uint64_t expected[MOST][2];
    uint64_t random = 42;
    (void)state;
    for (int shape = 0; shape < N_SHAPES; shape++) {
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            for (size_t l = 0; l < COUNT_OF(low_bits); l++) {
                size_t n = sizes[s];
                for (size_t i = 0; i < n; i++) {
                    records[i] = expected[i][0] = value_of((enum shape)shape, i, &random);
                    expected[i][1] = i;
                }
                records[n] = scratch[n] = UINT64_C(0xdead);
                reference_low_bit = low_bits[l];
                qsort(expected, n, sizeof expected[0], by_high_bits);
                sort_u64(records, scratch, n, low_bits[l]);
                for (size_t i = 0; i < n; i++) {
                    if (records[i] != expected[i][0]) {
                        fail_msg("shape %d, size %zu, low bit %u: place %zu", shape, n, low_bits[l], i);
                    }
                }
                assert_int_equal(records[n], 0xdead);
                assert_int_equal(scratch[n], 0xdead);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorts_like_a_stable_sort),
    };
    return cmocka_run_group_tests_name("sort", tests, NULL, NULL);
}
