// prop_segment.c - on every CPU level a text has the same lines and sentences with the same keys, and the
// loops over its words that titles need give the same.
#include "../unit/test.h"

#include "text/segment.h"
#include "title/scan.h"
#include "title/terms.h"

enum { MOST_BYTES = 8192, LEVELS = 3 };

// What words are made of, and what may stand between two.
static const char *const pieces[] = {
    "a",
    "The",
    "word",
    "of",
    "harbour",
    "2018",
    "12",
    "x",
    "\xC3\xA9t\xC3\xA9",
    "\xC3\x89lan",
    "na\xC3\xAFve",
    "\xD1\x81\xD0\xBB\xD0\xBE\xD0\xB2\xD0\xBE",
    "\xE1\xBB\x87",
    "e\xCC\x81",
    "\xE6\x96\xB0\xE8\x81\x9E",
    "Mr",
};
static const char *const gaps[] = {
    " ",
    " ",
    " ",
    " ",
    " ",
    " ",
    ", ",
    ". ",
    ".",
    "! ",
    "?\"",
    ".\" ",
    "\n",
    "\r\n",
    "\n\n",
    "  ",
    "   ",
    "    ",
    " \t",
    "\t",
    "\xE2\x80\x99",
    "\xE2\x80\x99 ",
    " \xE2\x80\x98",
    "\xE2\x80\x9D ",
    ".\xE2\x80\x9D ",
    " \xE2\x80\x94 ",
    "\xE2\x80\x94",
    "\xE2\x80\xA6 ",
    "\xE2\x80\xA6",
    "\xE3\x80\x82",
    "\xC2\xA0",
    " (",
    ") ",
    ", \"",
    " - ",
    " . ",
    "...",
    "\xC2\xBB ",
    "\xD8\x9F ",
    "a\xE2\x80\x90",
    " \v ",
    " -  ",
};

struct level {
    struct tokenizer *tokenizer;
    struct tokens words;
    struct segments segments;
};

static size_t make_text(char *out, uint64_t *random)
{
    size_t len = 0;
    size_t n = test_below(random, test_below(random, 2) ? 40 : 900);
    for (size_t i = 0; i < n && len < MOST_BYTES - 32; i++) {
        const char *piece = pieces[test_below(random, COUNT_OF(pieces))];
        const char *gap = gaps[test_below(random, test_below(random, 3) ? 6 : COUNT_OF(gaps))];
        len += (size_t)sprintf(out + len, "%s%s", piece, gap);
    }
    memset(out + len, 0, TOKEN_PADDING);
    return len;
}

static void compare_segments(const struct segment *a, size_t n_a, const struct segment *b, size_t n_b)
{
    assert_int_equal(n_a, n_b);
    for (size_t i = 0; i < n_a; i++) {
        assert_true(a[i].key == b[i].key);
        assert_int_equal(a[i].start, b[i].start);
        assert_int_equal(a[i].end, b[i].end);
        assert_int_equal(a[i].first, b[i].first);
        assert_int_equal(a[i].n, b[i].n);
        assert_int_equal(a[i].flags, b[i].flags);
    }
}

static void segments_are_the_same(void **state)
{
    struct level *levels = *state;
    char text[MOST_BYTES + TOKEN_PADDING];
    uint64_t random = test_seed("prop_segment");
    for (unsigned round = 0; round < 3000; round++) {
        size_t len = make_text(text, &random);
        for (unsigned l = 0; l < LEVELS; l++) {
            assert_int_equal(tokenize(levels[l].tokenizer, text, len, true, &levels[l].words), 0);
            assert_int_equal(segments_of(&levels[l].segments, text, len, &levels[l].words), 0);
            const struct segments *a = &levels[0].segments;
            const struct segments *b = &levels[l].segments;
            compare_segments(a->lines, a->n_lines, b->lines, b->n_lines);
            compare_segments(a->sentences, a->n_sentences, b->sentences, b->n_sentences);
        }
        for (size_t i = 0; i < levels[0].segments.n_sentences; i++) {
            const struct segment *s = &levels[0].segments.sentences[i];
            assert_true(segment_key(&levels[LEVELS - 1].words, s->first, s->n) == s->key);
        }
    }
}

static void words_of_titles_are_the_same(void **state)
{
    struct level *levels = *state;
    char text[MOST_BYTES + TOKEN_PADDING];
    uint64_t random = test_seed("prop_segment");
    for (unsigned round = 0; round < 3000; round++) {
        size_t len = make_text(text, &random);
        uint64_t filter[TITLE_FILTER_WORDS];
        uint16_t hits[LEVELS][TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
        uint32_t runs[LEVELS][TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
        uint32_t hashes[LEVELS][TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
        for (size_t i = 0; i < TITLE_FILTER_WORDS; i++) {
            filter[i] = test_random(&random) & test_random(&random);
        }
        for (unsigned l = 0; l < LEVELS; l++) {
            struct tokens *words = &levels[l].words;
            assert_int_equal(tokenize(levels[l].tokenizer, text, len, true, words), 0);
            size_t n = words->n < TITLE_SCAN_WORDS ? words->n : TITLE_SCAN_WORDS;
            size_t n_hits = title_sift(filter, words, n, hits[l]);
            size_t n_runs = title_runs(words, n, runs[l]);
            title_hashes(words, n, hashes[l]);
            assert_int_equal(n_hits, title_sift(filter, &levels[0].words, n, hits[0]));
            assert_memory_equal(hits[0], hits[l], n_hits * sizeof hits[0][0]);
            assert_memory_equal(runs[0], runs[l], n_runs * sizeof runs[0][0]);
            assert_memory_equal(hashes[0], hashes[l], n * sizeof hashes[0][0]);
            assert_true(n == 0 || hashes[l][n - 1] == term_hash(words, n - 1));
        }
    }
}

static int setup(void **state)
{
    static const enum copydesk_cpu cpus[LEVELS] = {COPYDESK_CPU_PORTABLE, COPYDESK_CPU_AVX2,
                                                   COPYDESK_CPU_BEST};
    struct level *levels = calloc(LEVELS, sizeof *levels);
    *state = levels;
    for (unsigned l = 0; levels && l < LEVELS; l++) {
        levels[l].tokenizer = tokenizer_new(cpus[l]);
    }
    return levels && levels[0].tokenizer && levels[1].tokenizer && levels[2].tokenizer ? 0 : -1;
}

static int teardown(void **state)
{
    struct level *levels = *state;
    for (unsigned l = 0; l < LEVELS; l++) {
        tokenizer_free(levels[l].tokenizer);
        segments_release(&levels[l].segments);
    }
    free(levels);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(segments_are_the_same, setup, teardown),
        cmocka_unit_test_setup_teardown(words_of_titles_are_the_same, setup, teardown),
    };
    return cmocka_run_group_tests_name("prop_segment", tests, NULL, NULL);
}
