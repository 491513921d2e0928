// prop_shingle.c - the promise of winnowing: two texts that share a run of 12 words share a fingerprint,
// wherever it stands.
#include "../unit/test.h"

#include "base/cpu.h"
#include "match/shingle.h"

enum { MOST_WORDS = 1500, SHARED = SHINGLE_WORDS + SHINGLE_WINDOW - 1 };

static size_t fingerprints(enum copydesk_cpu cpu, const uint64_t *words, size_t n, uint64_t *out)
{
    static uint64_t grams[MOST_WORDS];
    size_t n_grams = shingle_hashes(cpu, words, n, SHINGLE_WORDS, grams);
    size_t kept = shingle_winnow(cpu, grams, n_grams, out);
    qsort(out, kept, sizeof *out, test_compare_u64);
    return kept;
}

static size_t common(const uint64_t *a, size_t n, const uint64_t *b, size_t m)
{
    size_t found = 0;
    for (size_t i = 0, j = 0; i < n && j < m;) {
        found += a[i] == b[j];
        bool step = a[i] <= b[j];
        j += b[j] <= a[i];
        i += step;
    }
    return found;
}

// Words of one text; a small vocabulary makes n-grams repeat, a text of its own words shares none by
// accident.
static size_t make_text(uint64_t *out, uint64_t *random, uint64_t vocabulary, uint64_t own)
{
    size_t n = SHARED + test_below(random, test_below(random, 2) ? 300 : MOST_WORDS - SHARED);
    for (size_t i = 0; i < n; i++) {
        out[i] = test_word(own + test_below(random, vocabulary));
    }
    return n;
}

static void a_shared_run_is_met(void **state)
{
    static uint64_t a[MOST_WORDS], b[MOST_WORDS], of_a[MOST_WORDS], of_b[MOST_WORDS];
    uint64_t random = test_seed("prop_shingle");
    enum copydesk_cpu cpu = cpu_level(COPYDESK_CPU_BEST);
    (void)state;
    for (unsigned round = 0; round < 12000; round++) {
        uint64_t vocabulary = round % 5 ? 100000 : 3;
        size_t n = make_text(a, &random, vocabulary, 0);
        size_t m = make_text(b, &random, vocabulary, 1000000);
        size_t from = test_below(&random, n - SHARED + 1);
        size_t to = test_below(&random, m - SHARED + 1);
        if (round % 7 == 0) { // at the ends
            from = round % 2 ? 0 : n - SHARED;
            to = round % 3 ? 0 : m - SHARED;
        }
        memcpy(b + to, a + from, SHARED * sizeof *a);
        size_t n_a = fingerprints(cpu, a, n, of_a);
        size_t n_b = fingerprints(COPYDESK_CPU_PORTABLE, b, m, of_b);
        if (common(of_a, n_a, of_b, n_b) == 0) {
            fail_msg("round %u: %zu and %zu words, run at %zu and %zu", round, n, m, from, to);
        }
    }
}

static void what_is_not_shared_is_not_met(void **state)
{
    static uint64_t a[MOST_WORDS], b[MOST_WORDS], of_a[MOST_WORDS], of_b[MOST_WORDS];
    uint64_t random = test_seed("prop_shingle");
    (void)state;
    for (unsigned round = 0; round < 1000; round++) {
        size_t n = make_text(a, &random, 100000, 0);
        size_t m = make_text(b, &random, 100000, 1000000);
        size_t from = test_below(&random, n - SHARED + 1);
        memcpy(b + test_below(&random, m - SHARED + 1), a + from, (SHINGLE_WORDS - 1) * sizeof *a);
        size_t n_a = fingerprints(COPYDESK_CPU_PORTABLE, a, n, of_a);
        size_t n_b = fingerprints(COPYDESK_CPU_PORTABLE, b, m, of_b);
        assert_int_equal(common(of_a, n_a, of_b, n_b), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_shared_run_is_met),
        cmocka_unit_test(what_is_not_shared_is_not_met),
    };
    return cmocka_run_group_tests_name("prop_shingle", tests, NULL, NULL);
}
