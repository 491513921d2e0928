// test_verify.c - the evidence on a pair: small texts with figures computed by hand, and any texts against
// the definitions.
#include "test.h"

#include "match/align.h"
#include "article.h"
#include "text/token.h"
#include "match/verify.h"

#include <math.h>

// A corpus of 1000 articles in which every fact stands in as many as its hash says.
static uint32_t df_of(const void *table, uint64_t hash)
{
    const uint32_t *always = table;
    return always ? *always : (uint32_t)(hash >> 20) % 1000;
}

static const struct features_params plain = {COPYDESK_CPU_PORTABLE, df_of, NULL, 1000};

static void build_text(struct features *f, struct tokenizer *t, const char *text)
{
    char padded[512] = {0};
    struct tokens tokens;
    assert_true(strlen(text) + TOKEN_PADDING < sizeof padded);
    memcpy(padded, text, strlen(text));
    assert_int_equal(tokenize(t, padded, strlen(text), false, &tokens), 0);
    assert_int_equal(features_build(f, tokens.hash, tokens.flags, tokens.n, &plain), 0);
}

// Compares b with a, told as of a with b.
static struct evidence turned(struct features *a, struct features *b)
{
    struct evidence e;
    assert_int_equal(verify_pair(b, a, &e), 0);
    struct evidence r = e;
    r.words_a = e.words_b;
    r.words_b = e.words_a;
    r.set_a = e.set_b;
    r.set_b = e.set_a;
    r.covered_a = e.covered_b;
    r.covered_b = e.covered_a;
    r.gap_a = e.gap_b;
    r.gap_b = e.gap_a;
    r.lead_a = e.lead_b;
    r.lead_b = e.lead_a;
    r.facts_a = e.facts_b;
    r.facts_b = e.facts_a;
    r.own_a = e.own_b;
    r.own_b = e.own_a;
    r.fact_weight_a = e.fact_weight_b;
    r.fact_weight_b = e.fact_weight_a;
    return r;
}

static void same_evidence(const struct evidence *a, const struct evidence *b, const char *name)
{
    const struct {
        const char *what;
        uint64_t a, b;
    } figures[] = {
        {"words_a", a->words_a, b->words_a},
        {"words_b", a->words_b, b->words_b},
        {"set_a", a->set_a, b->set_a},
        {"set_b", a->set_b, b->set_b},
        {"shared", a->shared, b->shared},
        {"run", a->run, b->run},
        {"covered_a", a->covered_a, b->covered_a},
        {"covered_b", a->covered_b, b->covered_b},
        {"gap_a", a->gap_a, b->gap_a},
        {"gap_b", a->gap_b, b->gap_b},
        {"lead_a", a->lead_a, b->lead_a},
        {"lead_b", a->lead_b, b->lead_b},
        {"aligned", a->aligned, b->aligned},
        {"facts_a", a->facts_a, b->facts_a},
        {"facts_b", a->facts_b, b->facts_b},
        {"own_a", a->own_a, b->own_a},
        {"own_b", a->own_b, b->own_b},
        {"fact_weight_a", a->fact_weight_a, b->fact_weight_a},
        {"fact_weight_b", a->fact_weight_b, b->fact_weight_b},
        {"fact_weight_shared", a->fact_weight_shared, b->fact_weight_shared},
    };
    for (size_t i = 0; i < COUNT_OF(figures); i++) {
        if (figures[i].a != figures[i].b) {
            fail_msg("%s: %s is %llu, not %llu", name, figures[i].what, (unsigned long long)figures[i].a,
                     (unsigned long long)figures[i].b);
        }
    }
}

static void by_hand(void **state)
{
    static const struct {
        const char *name, *a, *b;
        uint32_t words[2], set[2], shared, run, covered[2], gap[2], facts[2], own[2];
    } cases[] = {
        {"nothing", "", "", {0, 0}, {0, 0}, 0, 0, {0, 0}, {0, 0}, {0, 0}, {0, 0}},
        {"nothing in b", "a b c d e f", "", {6, 0}, {2, 0}, 0, 0, {0, 0}, {6, 0}, {0, 0}, {0, 0}},
        {"too short", "a b c d", "a b c d", {4, 4}, {0, 0}, 0, 0, {0, 0}, {4, 4}, {0, 0}, {0, 0}},
        {"identical", "a b c d e f g", "a b c d e f g", {7, 7}, {3, 3}, 3, 7, {7, 7}, {0, 0}, {0, 0}, {0, 0}},
        {"disjoint", "a b c d e f", "g h i j k", {6, 5}, {2, 1}, 0, 0, {0, 0}, {6, 5}, {0, 0}, {0, 0}},
        {"a run inside",
         "a b c d e f g h i j",
         "x c d e f g h y z",
         {10, 9},
         {6, 5},
         2,
         6,
         {6, 6},
         {2, 2},
         {0, 0},
         {0, 0}},
        {"contained",
         "c d e f g h",
         "a b c d e f g h i j k",
         {6, 11},
         {2, 7},
         2,
         6,
         {6, 6},
         {0, 3},
         {0, 0},
         {0, 0}},
        {"four words are no gram",
         "a b c d e f",
         "a b c d x y",
         {6, 6},
         {2, 2},
         0,
         0,
         {0, 0},
         {6, 6},
         {0, 0},
         {0, 0}},
        {"two runs, gap between",
         "a b c d e x y z f g h i j",
         "a b c d e f g h i j",
         {13, 10},
         {9, 6},
         2,
         5,
         {10, 10},
         {3, 0},
         {0, 0},
         {0, 0}},
        {"blocks moved",
         "a b c d e f g h i j",
         "f g h i j a b c d e",
         {10, 10},
         {6, 6},
         2,
         5,
         {10, 10},
         {0, 0},
         {0, 0},
         {0, 0}},
        {"one word changed",
         "a b c d e f g h i j k",
         "a b c d e X g h i j k",
         {11, 11},
         {7, 7},
         2,
         5,
         {10, 10},
         {1, 1},
         {0, 1},
         {0, 1}},
        {"a gram twice",
         "a b c d e a b c d e",
         "a b c d e",
         {10, 5},
         {5, 1},
         1,
         5,
         {10, 5},
         {0, 0},
         {0, 0},
         {0, 0}},
        {"a run that begins as an earlier one",
         "a b c d e y a b c d e f g h",
         "a b c d e x a b c d e f g h",
         {14, 14},
         {9, 9},
         4,
         8,
         {13, 13},
         {1, 1},
         {0, 0},
         {0, 0}},
        {"one number differs",
         "Ann Lee met Bob in Oslo on 17 May",
         "Ann Lee met Bob in Oslo on 18 May",
         {9, 9},
         {5, 5},
         3,
         7,
         {7, 7},
         {2, 2},
         {6, 6},
         {1, 1}},
        {"facts count once",
         "Ann Ann Ann saw Ann",
         "Ann saw Bob and Ann",
         {5, 5},
         {1, 1},
         0,
         0,
         {0, 0},
         {5, 5},
         {1, 2},
         {0, 1}},
        {"case is no difference",
         "The mayor of that town",
         "the Mayor of that town",
         {5, 5},
         {1, 1},
         1,
         5,
         {5, 5},
         {0, 0},
         {1, 1},
         {1, 1}},
    };
    struct tokenizer *t = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct features a = {0};
    struct features b = {0};
    (void)state;
    assert_non_null(t);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct evidence found;
        build_text(&a, t, cases[i].a);
        build_text(&b, t, cases[i].b);
        assert_int_equal(verify_pair(&a, &b, &found), 0);
        struct evidence expected = {
            .lead_a = found.lead_a,
            .lead_b = found.lead_b,
            .words_a = cases[i].words[0],
            .words_b = cases[i].words[1],
            .set_a = cases[i].set[0],
            .set_b = cases[i].set[1],
            .shared = cases[i].shared,
            .run = cases[i].run,
            .covered_a = cases[i].covered[0],
            .covered_b = cases[i].covered[1],
            .gap_a = cases[i].gap[0],
            .gap_b = cases[i].gap[1],
            .facts_a = cases[i].facts[0],
            .facts_b = cases[i].facts[1],
            .own_a = cases[i].own[0],
            .own_b = cases[i].own[1],
            .fact_weight_a = found.fact_weight_a,
            .fact_weight_b = found.fact_weight_b,
            .fact_weight_shared = found.fact_weight_shared,
        };
        same_evidence(&found, &expected, cases[i].name);
        struct evidence back = turned(&a, &b);
        same_evidence(&back, &found, cases[i].name);
    }
    features_release(&a);
    features_release(&b);
    tokenizer_free(t);
}

// Stretches of one text in place of stretches of the other, each between words that both have.
static void tells_swaps(void **state)
{
    static const struct {
        const char *name, *a, *b;
        uint32_t aligned, swaps, fact_swaps, number_swaps;
    } cases[] = {
        {"none", "a b c d e", "a b c d e", 5, 0, 0, 0},
        {"words put in", "a b c d e", "a b x y c d e", 5, 0, 0, 0},
        {"words left out", "a b Ann 5 c d e", "a b c d e", 5, 0, 0, 0},
        {"a word for a word", "a b x c d", "a b y c d", 4, 1, 0, 0},
        {"two for one", "a b x c d y z e f", "a b u v c d w e f", 6, 2, 0, 0},
        {"a name for a name", "a b Ann c d", "a b Bob c d", 4, 1, 1, 0},
        {"a name for a word", "a b Ann c d", "a b him c d", 4, 1, 0, 0},
        {"a number for a number", "a b 17 c d", "a b 18 c d", 4, 1, 1, 1},
        {"names and numbers", "a Ann 17 b c Lee d 5 e", "a Bob 18 b c Kim d 6 e", 5, 3, 3, 2},
        {"nothing alike", "a b c", "x y z", 0, 0, 0, 0},
        {"a passage for a word", "a b x c d", "a b 1 2 3 4 5 6 7 8 9 10 11 12 13 c d", 4, 0, 0, 0},
        {"a passage for a passage", "a b 1 2 3 4 5 6 7 8 9 10 11 12 13 c d",
         "a b 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 c d",
         4, 0, 0, 0},
    };
    struct tokenizer *t = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct aligner *al = aligner_new();
    struct features a = {0};
    struct features b = {0};
    (void)state;
    assert_non_null(t);
    assert_non_null(al);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (int turn = 0; turn < 2; turn++) {
            struct evidence e;
            int32_t match[64];
            build_text(&a, t, turn ? cases[i].b : cases[i].a);
            build_text(&b, t, turn ? cases[i].a : cases[i].b);
            assert_int_equal(verify_pair(&a, &b, &e), 0);
            const struct features *small = verify_a_is_small(&a, &b) ? &a : &b;
            const struct features *large = small == &a ? &b : &a;
            assert_int_equal(
                align_words(al, small->words, small->n_words, large->words, large->n_words, match),
                cases[i].aligned);
            verify_alignment(&a, &b, match, &e);
            if (e.aligned != cases[i].aligned || e.swaps != cases[i].swaps ||
                e.fact_swaps != cases[i].fact_swaps || e.number_swaps != cases[i].number_swaps) {
                fail_msg("%s: aligned %u, swaps %u, of facts %u, of numbers %u", cases[i].name, e.aligned,
                         e.swaps, e.fact_swaps, e.number_swaps);
            }
        }
    }
    features_release(&a);
    features_release(&b);
    aligner_free(al);
    tokenizer_free(t);
}

// What one text has for itself, in stretches of six words and more; what was only moved does not count.
static void tells_own_text(void **state)
{
    static const struct {
        const char *name, *a, *b;
        uint32_t alone[2], stretch[2];
    } cases[] = {
        {"the same", "a b c d e f g h", "a b c d e f g h", {0, 0}, {0, 0}},
        {"five words put in", "a b c d e f g h", "a b c d 1 2 3 4 5 e f g h", {0, 0}, {0, 0}},
        {"six words put in", "a b c d e f g h", "a b c d 1 2 3 4 5 6 e f g h", {0, 6}, {0, 6}},
        {"six for seven", "a b c d 1 2 3 4 5 6 e f", "a b c d 7 8 9 10 11 12 13 e f", {6, 7}, {6, 7}},
        {"at both ends", "1 2 3 4 5 6 a b c d 11 12 13 14 15 16 17", "a b c d", {13, 0}, {7, 0}},
        {"moved", "a b c d e f g 1 2 3 4 5 6", "1 2 3 4 5 6 a b c d e f g", {0, 0}, {0, 0}},
        {"moved, and more",
         "a b c d e f g 1 2 3 4 5 6",
         "1 2 3 4 5 6 x a b c d e f g t u v w x y z",
         {0, 7},
         {0, 7}},
        {"more around what was moved",
         "a b c d e f g h i j 1 2 3 4 5",
         "k l m n o p 1 2 3 4 5 q r s t u v a b c d e f g h i j",
         {0, 12},
         {0, 6}},
        {"nothing alike", "a b c d e f", "1 2 3 4 5 6 7", {6, 7}, {6, 7}},
    };
    struct tokenizer *t = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct aligner *al = aligner_new();
    struct features f[2] = {0};
    (void)state;
    assert_non_null(t);
    assert_non_null(al);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (int turn = 0; turn < 2; turn++) {
            struct evidence e;
            int32_t match[64];
            build_text(&f[turn], t, cases[i].a);
            build_text(&f[!turn], t, cases[i].b);
            assert_int_equal(verify_pair(&f[0], &f[1], &e), 0);
            const struct features *small = verify_a_is_small(&f[0], &f[1]) ? &f[0] : &f[1];
            const struct features *large = small == &f[0] ? &f[1] : &f[0];
            assert_true(align_words(al, small->words, small->n_words, large->words, large->n_words, match) >=
                        0);
            verify_alignment(&f[0], &f[1], match, &e);
            const uint32_t alone[2] = {e.alone_a, e.alone_b};
            const uint32_t stretch[2] = {e.stretch_a, e.stretch_b};
            for (int side = 0; side < 2; side++) {
                if (alone[turn ^ side] != cases[i].alone[side] ||
                    stretch[turn ^ side] != cases[i].stretch[side]) {
                    fail_msg("%s: side %d has %u, in one stretch %u", cases[i].name, side, alone[turn ^ side],
                             stretch[turn ^ side]);
                }
            }
        }
    }
    features_release(&f[0]);
    features_release(&f[1]);
    aligner_free(al);
    tokenizer_free(t);
}

// The weight of a fact is 16 x log2((N + 16) / df), to within one and a half sixteenths.
static void weighs_facts(void **state)
{
    static const struct {
        uint32_t n_articles, df;
    } cases[] = {{5, 1},      {5, 5},       {1000, 0},    {1000, 1},       {1000, 2},
                 {1000, 500}, {1000, 1000}, {1000, 5000}, {2000000000, 1}, {2000000000, 4000000000u},
                 {1, 1},      {0, 1}};
    const uint64_t word = test_word(1);
    const uint8_t flag = TOKEN_UPPER;
    struct features f = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct features_params params = {COPYDESK_CPU_PORTABLE, df_of, &cases[i].df, cases[i].n_articles};
        assert_int_equal(features_build(&f, &word, &flag, 1, &params), 0);
        struct evidence e;
        assert_int_equal(verify_pair(&f, &f, &e), 0);
        assert_int_equal(f.n_facts, 1);
        double df = cases[i].df ? cases[i].df : 1;
        double exact = 16 * log2((cases[i].n_articles + 16.0) / df);
        exact = exact < 0 ? 0 : exact;
        assert_true(fabs(f.facts[0].weight - exact) <= 1.5);
        assert_int_equal(f.fact_weight, f.facts[0].weight);
    }
    features_release(&f);
}

static uint32_t count_lookups(const void *table, uint64_t hash)
{
    (void)hash;
    ++**(unsigned *const *)table;
    return 1;
}

// Facts are looked up for verify_facts() only, once however often the article is compared, and again when it
// is built anew.
static void facts_when_asked_for(void **state)
{
    unsigned lookups = 0;
    unsigned *counter = &lookups;
    const struct features_params params = {COPYDESK_CPU_PORTABLE, count_lookups, &counter, 1000};
    const uint8_t flags[6] = {TOKEN_UPPER, 0, TOKEN_DIGIT, 0, 0, TOKEN_UPPER};
    struct features a = {0};
    struct features b = {0};
    struct evidence e;
    uint64_t words[6];
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        words[i] = test_word(i);
    }
    for (unsigned built = 1; built <= 2; built++) {
        assert_int_equal(features_build(&a, words, flags, 6, &params), 0);
        assert_int_equal(features_build(&b, words, flags, 5, &params), 0);
        verify_small(&a, &b, &e, NULL);
        verify_large(&a, &b, &e);
        assert_int_equal(lookups, 5 * (built - 1));
        assert_int_equal(e.facts_a, 0);
        for (unsigned again = 0; again < 2; again++) {
            assert_int_equal(verify_facts(&a, &b, &e), 0);
            assert_int_equal(lookups, 5 * built);
            assert_int_equal(e.facts_a, 3);
            assert_int_equal(e.facts_b, 2);
            assert_int_equal(e.own_a, 1);
            assert_int_equal(e.shared, 1); // and the rest is left as it was
        }
    }
    features_release(&a);
    features_release(&b);
}

enum { MOST = 150 };

static bool gram_equal(const uint64_t *a, const uint64_t *b)
{
    return memcmp(a, b, 5 * sizeof *a) == 0;
}

static bool stands_in(const uint64_t *gram, const uint64_t *words, size_t n)
{
    for (size_t i = 0; i + 5 <= n; i++) {
        if (gram_equal(gram, words + i)) {
            return true;
        }
    }
    return false;
}

// Distinct grams, those of them in the other text, covered words and the longest gap, by the definitions.
static void naive_side(const uint64_t *a, size_t n, const uint64_t *b, size_t m, uint32_t *set,
                       uint32_t *shared, uint32_t *covered, uint32_t *gap)
{
    bool in[MOST] = {false};
    *set = *shared = *covered = *gap = 0;
    for (size_t i = 0; i + 5 <= n; i++) {
        bool first = !stands_in(a + i, a, i + 4);
        bool there = stands_in(a + i, b, m);
        *set += first;
        *shared += first && there;
        for (size_t k = i; there && k < i + 5; k++) {
            in[k] = true;
        }
    }
    uint32_t open = 0;
    for (size_t i = 0; i < n; i++) {
        open = in[i] ? 0 : open + 1;
        *covered += in[i];
        *gap = open > *gap ? open : *gap;
    }
}

// Where in b the first gram of a that b has stands first; 0 when there is none.
static uint32_t naive_lead(const uint64_t *a, size_t n, const uint64_t *b, size_t m)
{
    for (size_t i = 0; i + 5 <= n; i++) {
        for (size_t j = 0; j + 5 <= m; j++) {
            if (gram_equal(a + i, b + j)) {
                return (uint32_t)j;
            }
        }
    }
    return 0;
}

// The first step alone: what it says of the smaller article, and seeds that stand where they say.
static void check_small(const struct features *a, const struct features *b, const struct evidence *whole)
{
    struct evidence e;
    int32_t seeds[MOST];
    bool a_is_small = verify_a_is_small(a, b);
    const struct features *small = a_is_small ? a : b;
    const struct features *large = a_is_small ? b : a;
    assert_true(small->n_set <= large->n_set);
    verify_small(a, b, &e, seeds);
    assert_int_equal(e.shared, whole->shared);
    assert_true(e.run <= whole->run);
    assert_int_equal(a_is_small ? e.covered_a : e.covered_b,
                     a_is_small ? whole->covered_a : whole->covered_b);
    assert_int_equal(a_is_small ? e.gap_a : e.gap_b, a_is_small ? whole->gap_a : whole->gap_b);
    assert_int_equal(a_is_small ? e.lead_a : e.lead_b, a_is_small ? whole->lead_a : whole->lead_b);
    for (size_t i = 0; i < small->n_words; i++) {
        if (seeds[i] >= 0) {
            assert_true(i + 5 <= small->n_words && (uint32_t)seeds[i] + 5 <= large->n_words);
            assert_true(gram_equal(small->words + i, large->words + seeds[i]));
        } else {
            assert_int_equal(seeds[i], -1);
            assert_true(i + 5 > small->n_words || !stands_in(small->words + i, large->words, large->n_words));
        }
    }
}

static uint32_t naive_run(const uint64_t *a, size_t n, const uint64_t *b, size_t m)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < m; j++) {
            uint32_t len = 0;
            while (i + len < n && j + len < m && a[i + len] == b[j + len]) {
                len++;
            }
            longest = len > longest ? len : longest;
        }
    }
    return longest >= 5 ? longest : 0;
}

static bool holds(const uint64_t *words, const uint8_t *flags, size_t n, uint64_t word)
{
    for (size_t i = 0; i < n; i++) {
        if (words[i] == word && flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) {
            return true;
        }
    }
    return false;
}

static void naive_facts(const uint64_t *a, const uint8_t *flags_a, size_t n, const uint64_t *b,
                        const uint8_t *flags_b, size_t m, uint32_t *facts, uint32_t *own)
{
    *facts = *own = 0;
    for (size_t i = 0; i < n; i++) {
        if (flags_a[i] & (TOKEN_UPPER | TOKEN_DIGIT) && !holds(a, flags_a, i, a[i])) {
            ++*facts;
            *own += !holds(b, flags_b, m, a[i]);
        }
    }
}

static size_t random_text(uint64_t *words, uint8_t *flags, uint64_t vocabulary, uint64_t *random)
{
    static const uint8_t kinds[] = {0, 0, TOKEN_UPPER, TOKEN_DIGIT, TOKEN_SOLO, 0};
    size_t n = test_below(random, MOST);
    for (size_t i = 0; i < n; i++) {
        words[i] = test_word(test_below(random, vocabulary));
        flags[i] = kinds[test_below(random, COUNT_OF(kinds))];
    }
    return n;
}

// A text of pieces of another, so that there are runs.
static size_t pieced_text(const uint64_t *from, size_t n_from, uint64_t *words, uint8_t *flags,
                          uint64_t *random)
{
    size_t n = 0;
    while (n + 40 < MOST && test_below(random, 6)) {
        size_t len = test_below(random, 40);
        size_t at = n_from > len ? test_below(random, n_from - len) : 0;
        for (size_t i = 0; i < len && at + i < n_from; i++) {
            words[n] = from[at + i];
            flags[n++] = test_below(random, 3) ? 0 : TOKEN_UPPER;
        }
        words[n] = test_word(99999);
        flags[n++] = TOKEN_DIGIT;
    }
    return n;
}

static void equals_the_definitions(void **state)
{
    static const uint64_t vocabularies[] = {2, 4, 12, 1000};
    uint64_t a[MOST], b[MOST];
    uint8_t flags_a[MOST], flags_b[MOST];
    struct features fa = {0};
    struct features fb = {0};
    uint64_t random = test_seed("test_verify");
    (void)state;
    for (unsigned round = 0; round < 600; round++) {
        size_t n = random_text(a, flags_a, vocabularies[round % 4], &random);
        size_t m = round % 3 ? pieced_text(a, n, b, flags_b, &random)
                             : random_text(b, flags_b, vocabularies[round % 4], &random);
        struct evidence found;
        uint32_t shared;
        assert_int_equal(features_build(&fa, a, flags_a, n, &plain), 0);
        assert_int_equal(features_build(&fb, b, flags_b, m, &plain), 0);
        assert_int_equal(verify_pair(&fa, &fb, &found), 0);
        struct evidence expected = {.words_a = (uint32_t)n, .words_b = (uint32_t)m};
        naive_side(a, n, b, m, &expected.set_a, &expected.shared, &expected.covered_a, &expected.gap_a);
        naive_side(b, m, a, n, &expected.set_b, &shared, &expected.covered_b, &expected.gap_b);
        assert_int_equal(shared, expected.shared);
        naive_facts(a, flags_a, n, b, flags_b, m, &expected.facts_a, &expected.own_a);
        naive_facts(b, flags_b, m, a, flags_a, n, &expected.facts_b, &expected.own_b);
        expected.lead_a = naive_lead(a, n, b, m);
        expected.lead_b = naive_lead(b, m, a, n);
        expected.run = naive_run(a, n, b, m);
        if (vocabularies[round % 4] < 12) { // where every gram repeats, the run found may not be the longest
            assert_true(found.run <= expected.run && (found.run > 0) == (expected.run > 0));
            expected.run = found.run;
        }
        expected.fact_weight_a = found.fact_weight_a;
        expected.fact_weight_b = found.fact_weight_b;
        expected.fact_weight_shared = found.fact_weight_shared;
        char name[64];
        snprintf(name, sizeof name, "round %u", round);
        same_evidence(&found, &expected, name);
        struct evidence back = turned(&fa, &fb);
        same_evidence(&back, &found, name);
        assert_true(found.fact_weight_shared <= found.fact_weight_a);
        check_small(&fa, &fb, &found);
        assert_int_equal(verify_pair(&fa, &fa, &back), 0);
        assert_int_equal(back.fact_weight_shared, back.fact_weight_a);
    }
    assert_true(features_bytes(&fa) > 0);
    features_release(&fa);
    features_release(&fb);
}

static int build_two(void *data)
{
    struct features f = {0};
    uint64_t words[2000];
    uint8_t flags[2000];
    (void)data;
    for (unsigned i = 0; i < 2000; i++) {
        words[i] = test_word(i);
        flags[i] = TOKEN_UPPER;
    }
    int status = features_build(&f, words, flags, 300, &plain);
    if (status == 0) {
        status = features_build(&f, words, flags, 2000, &plain); // grows
    }
    if (status == 0) {
        struct evidence e;
        assert_int_equal(f.n_set, 1996);
        status = verify_pair(&f, &f, &e);
        assert_true(status < 0 || (e.facts_a == 2000 && e.own_a == 0));
    }
    if (status == 0) {
        status = features_build(&f, words, flags, 0, &plain);
    }
    features_release(&f);
    features_release(&f);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_each_allocation(build_two, NULL) >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(tells_swaps),
        cmocka_unit_test(tells_own_text),
        cmocka_unit_test(weighs_facts),
        cmocka_unit_test(facts_when_asked_for),
        cmocka_unit_test(equals_the_definitions),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("verify", tests, NULL, NULL);
}
