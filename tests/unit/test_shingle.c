// test_shingle.c - n-gram hashes and winnowing: the same on every CPU, the density it should have, the ends
// of its ranges.
#include "test.h"

#include "base/cpu.h"
#include "match/shingle.h"

enum { LONG = 20000, BOOK = 700000 };

static void words_of(uint64_t *out, size_t n, uint64_t seed)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = test_random(&seed);
    }
}

static void counts_its_shingles(void **state)
{
    static const struct {
        size_t n;
        unsigned k;
        size_t expected;
    } cases[] = {
        {0, 5, 0}, {4, 5, 0}, {5, 5, 1}, {6, 5, 2},    {2, 3, 0},
        {3, 3, 1}, {5, 6, 0}, {6, 6, 1}, {100, 3, 98}, {100, 6, 95},
    };
    uint64_t words[100];
    uint64_t out[101];
    (void)state;
    words_of(words, COUNT_OF(words), 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        out[cases[i].expected] = UINT64_C(0xdead);
        assert_int_equal(shingle_hashes(COPYDESK_CPU_PORTABLE, words, cases[i].n, cases[i].k, out),
                         cases[i].expected);
        assert_int_equal(out[cases[i].expected], 0xdead);
    }
}

// A shingle depends on its words and their order, and on nothing around it.
static void depends_on_its_words_alone(void **state)
{
    static const unsigned ks[] = {3, 5, 6};
    uint64_t words[40];
    uint64_t moved[40];
    uint64_t a[40];
    uint64_t b[40];
    (void)state;
    words_of(words, 40, 2);
    for (size_t i = 0; i < COUNT_OF(ks); i++) {
        unsigned k = ks[i];
        words_of(moved, 40, 3);
        memcpy(moved + 7, words + 20, k * sizeof *words);
        shingle_hashes(COPYDESK_CPU_PORTABLE, words, 40, k, a);
        shingle_hashes(COPYDESK_CPU_PORTABLE, moved, 40, k, b);
        assert_int_equal(b[7], a[20]);
        assert_int_not_equal(b[6], a[19]);
        for (unsigned j = 0; j + 1 < k; j++) { // two neighbours in another order
            uint64_t swap = moved[7 + j];
            moved[7 + j] = moved[8 + j];
            moved[8 + j] = swap;
            shingle_hashes(COPYDESK_CPU_PORTABLE, moved, 40, k, b);
            assert_int_not_equal(b[7], a[20]);
            moved[8 + j] = moved[7 + j];
            moved[7 + j] = swap;
        }
    }
}

static void every_cpu_alike(void **state)
{
    static const size_t sizes[] = {1,  4,  5,  6,   7,   8,   9,   12,  13,  15,  16,  17,  31,   33,  63,
                                   64, 65, 70, 128, 129, 132, 133, 256, 257, 260, 261, 300, 1000, LONG};
    static const unsigned ks[] = {3, 5, 6};
    static uint64_t words[LONG], portable[LONG], other[LONG], kept[LONG], other_kept[LONG];
    (void)state;
    words_of(words, LONG, 4);
    for (size_t i = 500; i < LONG; i++) {
        words[i] = i % 3 ? words[i] : words[i % 40]; // repeats
    }
    for (int level = COPYDESK_CPU_AVX2; level <= COPYDESK_CPU_AVX512; level++) {
        if ((int)cpu_level((enum copydesk_cpu)level) != level) {
            continue;
        }
        for (size_t s = 0; s < COUNT_OF(sizes); s++) {
            for (size_t i = 0; i < COUNT_OF(ks); i++) {
                size_t n = shingle_hashes(COPYDESK_CPU_PORTABLE, words, sizes[s], ks[i], portable);
                assert_int_equal(shingle_hashes((enum copydesk_cpu)level, words, sizes[s], ks[i], other), n);
                assert_memory_equal(portable, other, n * sizeof *other);
                size_t few = shingle_winnow(COPYDESK_CPU_PORTABLE, portable, n, kept);
                assert_int_equal(shingle_winnow((enum copydesk_cpu)level, other, n, other_kept), few);
                assert_memory_equal(kept, other_kept, few * sizeof *kept);
            }
        }
    }
}

static size_t window_of(size_t n)
{
    return n <= 64 ? 1 : n <= 128 ? 2 : n <= 256 ? 4 : SHINGLE_WINDOW;
}

// Against the definition: the minimum of each window, runs of equal ones once.
static void equals_the_definition(void **state)
{
    uint64_t hashes[600];
    uint64_t expected[600];
    uint64_t out[600];
    uint64_t random = 9;
    (void)state;
    for (size_t n = 0; n <= 600; n++) {
        for (size_t i = 0; i < n; i++) {
            hashes[i] = n % 3 ? test_random(&random) : test_below(&random, 20);
        }
        size_t window = window_of(n);
        size_t n_expected = 0;
        for (size_t i = 0; i + window <= n; i++) {
            uint64_t least = hashes[i];
            for (size_t j = 1; j < window; j++) {
                least = hashes[i + j] < least ? hashes[i + j] : least;
            }
            if (n_expected == 0 || expected[n_expected - 1] != least) {
                expected[n_expected++] = least;
            }
        }
        assert_int_equal(shingle_winnow(COPYDESK_CPU_PORTABLE, hashes, n, out), n_expected);
        assert_memory_equal(out, expected, n_expected * sizeof *out);
    }
}

static bool is_among(const uint64_t *all, size_t n, uint64_t x)
{
    for (size_t i = 0; i < n; i++) {
        if (all[i] == x) {
            return true;
        }
    }
    return false;
}

// Windows of twice the size: half as many, all of them among the others, on any processor the same.
static void wide_windows(void **state)
{
    uint64_t hashes[2000] = {0};
    uint64_t copy[2000];
    uint64_t all[2000];
    uint64_t wide[2000];
    uint64_t other[2000];
    (void)state;
    for (size_t n = 0; n <= 2000; n += n < 600 ? 1 : 97) {
        words_of(hashes, n, n);
        memcpy(copy, hashes, sizeof copy);
        size_t n_all = shingle_winnow(COPYDESK_CPU_PORTABLE, copy, n, all);
        memcpy(copy, hashes, sizeof copy);
        size_t n_wide = shingle_winnow_wide(COPYDESK_CPU_PORTABLE, copy, n, wide);
        memcpy(copy, hashes, sizeof copy);
        assert_int_equal(shingle_winnow_wide(COPYDESK_CPU_BEST, copy, n, other), n_wide);
        assert_memory_equal(wide, other, n_wide * sizeof *wide);
        for (size_t i = 0; i < n_wide; i++) {
            assert_true(is_among(all, n_all, wide[i]));
        }
        if (n >= 60) {
            assert_in_range(n_wide, n_all / 3, n_all * 3 / 4);
        }
        if (n >= 1000) {
            assert_in_range(n_wide, shingle_expected_wide(n) * 8 / 10, shingle_expected_wide(n) * 12 / 10);
        }
    }
}

static void keeps_two_in_nine(void **state)
{
    static uint64_t hashes[LONG];
    static uint64_t out[LONG];
    (void)state;
    words_of(hashes, LONG, 10);
    size_t kept = shingle_winnow(COPYDESK_CPU_PORTABLE, hashes, LONG, out);
    assert_in_range(kept * 9, (size_t)LONG * 2 * 96 / 100, (size_t)LONG * 2 * 104 / 100);
}

static void short_texts_keep_enough(void **state)
{
    uint64_t hashes[300];
    uint64_t out[300];
    (void)state;
    for (size_t n = 60; n <= 300; n++) {
        words_of(hashes, n, n);
        size_t kept = shingle_winnow(COPYDESK_CPU_PORTABLE, hashes, n, out);
        assert_in_range(kept, 38, 120);
    }
}

// Books: at most so many fingerprints, chosen by value and from all of the book, so that copies choose alike.
static void books_are_capped(void **state)
{
    static const size_t sizes[] = {140000, 150000, 200000, 400000, BOOK};
    uint64_t *hashes = calloc(BOOK, sizeof *hashes);
    uint64_t *out = calloc(BOOK, sizeof *out);
    (void)state;
    assert_non_null(hashes);
    assert_non_null(out);
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        size_t n = sizes[s];
        words_of(hashes, n, 11);
        size_t kept = shingle_winnow(COPYDESK_CPU_PORTABLE, hashes, n, out);
        assert_in_range(kept, SHINGLE_MAX_FINGERPRINTS / 2, SHINGLE_MAX_FINGERPRINTS);
        uint64_t greatest = 0;
        for (size_t i = 0; i < kept; i++) {
            greatest = out[i] > greatest ? out[i] : greatest;
        }
        words_of(hashes, n, 11);
        size_t last = n;
        while (last > 0 && hashes[last - 1] != out[kept - 1]) {
            last--;
        }
        assert_true(last > n - n / 200); // the end of the book is not left out
        assert_true(n < 200000 || greatest < UINT64_MAX / 4);
    }
    free(hashes);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_its_shingles),     cmocka_unit_test(depends_on_its_words_alone),
        cmocka_unit_test(every_cpu_alike),         cmocka_unit_test(equals_the_definition),
        cmocka_unit_test(keeps_two_in_nine),       cmocka_unit_test(wide_windows),
        cmocka_unit_test(short_texts_keep_enough), cmocka_unit_test(books_are_capped),
    };
    return cmocka_run_group_tests_name("shingle", tests, NULL, NULL);
}
