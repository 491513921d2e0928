// test_align.c - word alignment: what matches in small texts, and that matches ascend whatever the texts. See
// prop_align.c.
#include "test.h"

#include "match/align.h"

#include <string.h>

enum { MOST = 64 };

// Words are letters.
static uint32_t letters(const char *text, uint64_t *out)
{
    uint32_t n = (uint32_t)strlen(text);
    for (uint32_t i = 0; i < n; i++) {
        out[i] = test_word((unsigned char)text[i]);
    }
    return n;
}

static void small_texts(void **state)
{
    static const struct {
        const char *name, *a, *b,
            *expected; // of each letter of a: itself where it has a partner, else a point
    } cases[] = {
        {"nothing", "", "", ""},
        {"nothing in a", "", "abc", ""},
        {"nothing in b", "abc", "", "..."},
        {"identical", "abcdefg", "abcdefg", "abcdefg"},
        {"disjoint", "abcd", "efgh", "...."},
        {"one word", "a", "a", "a"},
        {"word inserted", "abcdefg", "abcXdefg", "abcdefg"},
        {"word deleted", "abcXdefg", "abcdefg", "abc.defg"},
        {"word changed", "abcXdefg", "abcYdefg", "abc.defg"},
        {"first changed", "Xbcd", "Ybcd", ".bcd"},
        {"last changed", "abcX", "abcY", "abc."},
        {"short block moved", "abXcdefgh", "cdefghabX", "...cdefgh"},
        {"block moved to the front", "cdefghabX", "abXcdefgh", "cdefgh..."},
        {"all one word", "aaaaa", "aaa", "aaa.."},
        {"all one word, more in b", "aaa", "aaaaa", "aaa"},
        {"repeated words", "abab", "abab", "abab"},
        {"repeated words, one more", "ababab", "abab", "abab.."},
        {"no word stands once", "abba", "baab", "..ba"},
        {"function words around", "tXtYtZt", "tXtWtZt", "tXt.tZt"},
        {"two moved against each other", "abcdeXYZW", "XYZWabcde", "abcde...."},
        {"contained", "cde", "abcdefg", "cde"},
        {"contains", "abcdefg", "cde", "..cde.."},
    };
    struct aligner *al = aligner_new();
    uint64_t a[MOST];
    uint64_t b[MOST];
    int32_t match[MOST];
    (void)state;
    assert_non_null(al);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t n = letters(cases[i].a, a);
        uint32_t m = letters(cases[i].b, b);
        char found[MOST + 1] = {0};
        int64_t expected = 0;
        int64_t matched = align_words(al, a, n, b, m, match);
        for (uint32_t k = 0; k < n; k++) {
            assert_true(match[k] >= -1 && match[k] < (int64_t)m);
            found[k] = match[k] < 0 ? '.' : cases[i].b[match[k]];
            expected += cases[i].expected[k] != '.';
        }
        if (strcmp(found, cases[i].expected) != 0 || matched != expected) {
            fail_msg("%s: %s (%d) instead of %s", cases[i].name, found, (int)matched, cases[i].expected);
        }
        assert_int_equal(align_words(al, a, n, b, m, NULL), matched);
    }
    aligner_free(al);
    aligner_free(NULL);
}

// Seeds are a digit for the place in b, or a point. They need not ascend, and what they leave open is
// aligned.
static void seeded(void **state)
{
    static const struct {
        const char *name, *a, *b, *seeds, *expected;
    } cases[] = {
        {"nothing", "", "", "", ""},
        {"nothing in b", "abc", "", "...", "..."},
        {"all known", "abcdefg", "abcdefg", "0123456", "abcdefg"},
        {"grams known", "abcdefg", "abcdefg", "012....", "abcdefg"},
        {"none known", "abcXdefg", "abcYdefg", "........", "abc.defg"},
        {"word put in", "abcdefg", "abcXdefg", "0..4...", "abcdefg"},
        {"word left out", "abcXdefg", "abcdefg", "0...3...", "abc.defg"},
        {"two moved against each other", "abcdeXYZW", "XYZWabcde", "45678012.", "abcde...."},
        {"twice in a, once in b", "abcdabcd", "abcd", "0...0...", "....abcd"},
        {"once in a, twice in b", "abXcd", "abYcdabZcd", "5....", "ab.cd"},
    };
    struct aligner *al = aligner_new();
    uint64_t a[MOST];
    uint64_t b[MOST];
    int32_t match[MOST];
    (void)state;
    assert_non_null(al);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t n = letters(cases[i].a, a);
        uint32_t m = letters(cases[i].b, b);
        char found[MOST + 1] = {0};
        for (uint32_t k = 0; k < n; k++) {
            match[k] = cases[i].seeds[k] == '.' ? -1 : cases[i].seeds[k] - '0';
        }
        int64_t expected = 0;
        int64_t matched = align_seeded(al, a, n, b, m, match);
        for (uint32_t k = 0; k < n; k++) {
            assert_true(match[k] >= -1 && match[k] < (int64_t)m);
            found[k] = match[k] < 0 ? '.' : cases[i].b[match[k]];
            expected += cases[i].expected[k] != '.';
        }
        if (strcmp(found, cases[i].expected) != 0 || matched != expected) {
            fail_msg("%s: %s (%d) instead of %s", cases[i].name, found, (int)matched, cases[i].expected);
        }
    }
    aligner_free(al);
}

// Gaps of every shape on both sides of the size that is still aligned word by word.
static void gaps_of_every_shape(void **state)
{
    static const uint32_t sizes[][2] = {{1, 16383}, {1, 16384}, {1, 16385},    {16384, 1},
                                        {2, 8192},  {2, 8193},  {128, 128},    {129, 128},
                                        {128, 127}, {3, 5461},  {20000, 20000}};
    enum { LONGEST = 20100 };
    static uint64_t a[LONGEST], b[LONGEST];
    static int32_t match[LONGEST];
    struct aligner *al = aligner_new();
    uint64_t random = 12;
    (void)state;
    assert_non_null(al);
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        uint32_t n = sizes[s][0];
        uint32_t m = sizes[s][1];
        for (uint32_t i = 0; i < n; i++) {
            a[i + 1] = test_word(test_below(&random, 3));
        }
        for (uint32_t i = 0; i < m; i++) {
            b[i + 1] = test_word(test_below(&random, 3));
        }
        a[0] = b[0] = test_word(100);
        a[n + 1] = b[m + 1] = test_word(101);
        int64_t matched = align_words(al, a, n + 2, b, m + 2, match);
        assert_true(matched >= 2 && matched <= 2 + (n < m ? n : m));
        assert_int_equal(match[0], 0);
        assert_int_equal(match[n + 1], m + 1);
        if ((uint64_t)n * m <= 128 * 128) {
            assert_true(matched > 2); // three words only: some stand in both
        }
    }
    aligner_free(al);
}

static int align_twice(void *data)
{
    struct aligner *al = aligner_new();
    uint64_t words[3000];
    int32_t match[3000];
    (void)data;
    if (!al) {
        return COPYDESK_ERR_MEMORY;
    }
    for (unsigned i = 0; i < 3000; i++) {
        words[i] = test_word(i / 2);
    }
    int64_t status = align_words(al, words, 100, words, 120, match);
    if (status >= 0) {
        assert_int_equal(status, 100);
        status = align_words(al, words, 3000, words, 2000, match);
        assert_true(status < 0 || status == 2000);
    }
    if (status == COPYDESK_ERR_MEMORY) { // and it is usable again
        mem_fail_after(UINT64_MAX);
        assert_int_equal(align_words(al, words, 3000, words, 3000, match), 3000);
    }
    aligner_free(al);
    return status < 0 ? (int)status : 0;
}

static int align_with_seeds(void *data)
{
    struct aligner *al = aligner_new();
    uint64_t words[300];
    int32_t match[300];
    (void)data;
    for (unsigned i = 0; i < 300; i++) {
        words[i] = test_word(i);
        match[i] = i % 7 ? -1 : (int32_t)i;
    }
    int64_t status = al ? align_seeded(al, words, 300, words, 300, match) : COPYDESK_ERR_MEMORY;
    assert_true(status < 0 || status == 300);
    aligner_free(al);
    return status < 0 ? (int)status : 0;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_each_allocation(align_with_seeds, NULL) >= 5);
    assert_true(test_each_allocation(align_twice, NULL) >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_texts),
        cmocka_unit_test(seeded),
        cmocka_unit_test(gaps_of_every_shape),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("align", tests, NULL, NULL);
}
