// prop_align.c - alignments of random texts: sound whatever the texts, and nearly complete where a fifth was
// edited.
#include "../unit/test.h"

#include "match/align.h"

enum { MOST = 4000 };

// Matches ascend, join equal words, and are as many as was said; the marks behind the end are left alone.
static void sound(const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m, const int32_t *match,
                  int64_t matched)
{
    int64_t count = 0;
    int64_t last = -1;
    for (uint32_t i = 0; i < n; i++) {
        if (match[i] < 0) {
            assert_int_equal(match[i], -1);
            continue;
        }
        assert_true(match[i] > last && match[i] < (int64_t)m);
        assert_true(a[i] == b[match[i]]);
        last = match[i];
        count++;
    }
    assert_int_equal(count, matched);
    assert_int_equal(match[n], 12345);
}

// Longest common subsequence: no alignment can have more.
static int64_t longest_common(const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m)
{
    static uint32_t row[MOST + 1];
    memset(row, 0, (m + 1) * sizeof *row);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t diagonal = 0;
        for (uint32_t j = 1; j <= m; j++) {
            uint32_t above = row[j];
            uint32_t best = above > row[j - 1] ? above : row[j - 1];
            row[j] = a[i] == b[j - 1] ? diagonal + 1 : best;
            diagonal = above;
        }
    }
    return row[m];
}

// Words with the frequencies of a language: the k-th most common one stands in 1/k of the places of the
// first.
static uint64_t some_word(uint64_t *random)
{
    uint64_t top = UINT64_C(1) << test_below(random, 13);
    return test_word(top + test_below(random, top));
}

static uint32_t edited(const uint64_t *from, uint32_t n, uint64_t *out, unsigned percent, uint64_t *random)
{
    uint32_t m = 0;
    for (uint32_t i = 0; i < n && m + 2 < MOST; i++) {
        if (test_below(random, 100) >= percent) {
            out[m++] = from[i];
            continue;
        }
        unsigned kind = (unsigned)test_below(random, 3);
        if (kind == 0) { // put in
            out[m++] = some_word(random);
            out[m++] = from[i];
        } else if (kind == 1) { // put another in its place
            out[m++] = some_word(random);
        } // else left out
    }
    return m;
}

// Where in b each 5-gram of a stands, the first time or the last, as a comparison knows it; -1 elsewhere.
static void seed(const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m, int32_t *match,
                 uint64_t *random)
{
    enum { K = 5 };
    bool last = test_below(random, 2);
    for (uint32_t i = 0; i < n; i++) {
        match[i] = -1;
        for (uint32_t j = 0; i + K <= n && j + K <= m && (last || match[i] < 0); j++) {
            if (a[i] == b[j] && memcmp(a + i, b + j, K * sizeof *a) == 0) {
                match[i] = (int32_t)j;
            }
        }
    }
}

static void any_texts(void **state)
{
    static const uint64_t vocabularies[] = {1, 2, 5, 40, 1000};
    static uint64_t a[MOST], b[MOST];
    static int32_t match[MOST + 1];
    uint64_t random = test_seed("prop_align");
    struct aligner *al = aligner_new();
    (void)state;
    assert_non_null(al);
    for (unsigned round = 0; round < 1500; round++) {
        uint64_t vocabulary = vocabularies[round % COUNT_OF(vocabularies)];
        uint32_t n = (uint32_t)test_below(&random, 120);
        uint32_t m = (uint32_t)test_below(&random, 120);
        for (uint32_t i = 0; i < n; i++) {
            a[i] = test_word(test_below(&random, vocabulary));
        }
        for (uint32_t i = 0; i < m; i++) {
            b[i] = i < n && round % 3 ? a[n - 1 - i] : test_word(test_below(&random, vocabulary));
        }
        match[n] = 12345;
        int64_t matched = align_words(al, a, n, b, m, match);
        sound(a, n, b, m, match, matched);
        assert_true(matched <= longest_common(a, n, b, m));
        if (matched == 0) {
            assert_int_equal(longest_common(a, n, b, m), 0);
        }
        seed(a, n, b, m, match, &random);
        matched = align_seeded(al, a, n, b, m, match);
        sound(a, n, b, m, match, matched);
        assert_true(matched <= longest_common(a, n, b, m));
    }
    aligner_free(al);
}

static void edited_texts(void **state)
{
    static const unsigned percents[] = {0, 2, 10, 20, 35};
    static uint64_t a[MOST], b[MOST];
    static int32_t match[MOST + 1];
    uint64_t random = test_seed("prop_align");
    struct aligner *al = aligner_new();
    (void)state;
    assert_non_null(al);
    for (unsigned round = 0; round < 100; round++) {
        unsigned percent = percents[round % COUNT_OF(percents)];
        uint32_t n = (uint32_t)(50 + test_below(&random, round < 90 ? 700 : MOST - 100));
        for (uint32_t i = 0; i < n; i++) {
            a[i] = some_word(&random);
        }
        uint32_t m = edited(a, n, b, percent, &random);
        match[n] = 12345;
        int64_t matched = align_words(al, a, n, b, m, match);
        sound(a, n, b, m, match, matched);
        int64_t most = longest_common(a, n, b, m);
        assert_true(matched <= most);
        assert_true(matched * 10 >= most * 9); // never far from the longest there is
        assert_true(percent > 0 || matched == n);
        assert_true(percent > 20 || matched * 10 >= (int64_t)n * 7);
        seed(a, n, b, m, match, &random);
        matched = align_seeded(al, a, n, b, m, match);
        sound(a, n, b, m, match, matched);
        assert_true(matched <= most && matched * 10 >= most * 9);
        assert_true(percent > 0 || matched == n);
    }
    aligner_free(al);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_texts),
        cmocka_unit_test(edited_texts),
    };
    return cmocka_run_group_tests_name("prop_align", tests, NULL, NULL);
}
