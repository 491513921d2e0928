// test_candidate.c - planted fingerprints and bands to candidate pairs. Random corpora are in
// prop_candidate.c.
#include "test.h"

#include "match/candidate.h"

// A corpus as its postings: what article a has in common with others is added by the test.
struct corpus {
    struct candidate_params params;
    struct candidate_size *sizes;
};

static void corpus_make(struct corpus *c, uint32_t n_articles, unsigned threads, uint64_t memory_bytes)
{
    struct copydesk_error error = {0};
    *c = (struct corpus){.sizes = calloc(n_articles + 1, sizeof(struct candidate_size))};
    assert_non_null(c->sizes);
    c->params = (struct candidate_params){
        .n_articles = n_articles,
        .sizes = c->sizes,
        .threads = threads,
        .memory_bytes = memory_bytes,
        .temp_dir = test_temp_dir(),
    };
    assert_int_equal(
        spill_new(&c->params.fingerprints, SPILL_POSTINGS, threads, memory_bytes, test_temp_dir(), &error),
        0);
    assert_int_equal(
        spill_new(&c->params.bands, SPILL_POSTINGS, threads, memory_bytes, test_temp_dir(), &error), 0);
}

static void corpus_release(struct corpus *c)
{
    spill_free(c->params.fingerprints);
    spill_free(c->params.bands);
    free(c->sizes);
}

static void post(struct corpus *c, uint32_t article, uint64_t hash)
{
    candidate_post(spill_writer(c->params.fingerprints, article % c->params.threads), hash, article);
    c->sizes[article].fingerprints++;
    c->sizes[article].expected++;
}

static void post_own(struct corpus *c, uint32_t article, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        post(c, article, test_word(UINT64_C(1) << 40 | (uint64_t)article << 16 | i));
    }
}

static void post_band(struct corpus *c, uint32_t article, uint64_t key)
{
    candidate_post(spill_writer(c->params.bands, article % c->params.threads), key, article);
}

// All pairs; checks that they ascend and stand in their parts. The caller frees them.
static uint64_t *find(struct corpus *c, size_t *n, uint8_t **rareness)
{
    struct copydesk_error error = {0};
    struct spill *pairs = NULL;
    assert_int_equal(candidate_find(&c->params, &pairs, rareness, &error), 0);
    *n = spill_total(pairs);
    uint64_t *out = calloc(*n + 1, sizeof *out);
    assert_non_null(out);
    size_t at = 0;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t count = spill_count(pairs, part);
        assert_int_equal(spill_load(pairs, part, out + at, &error), 0);
        for (size_t i = at; i < at + count; i++) {
            uint32_t a = (uint32_t)(out[i] >> 32);
            assert_int_equal(candidate_part(a, c->params.n_articles), part);
            assert_true(a < (uint32_t)out[i]);
            assert_true(i == 0 || out[i - 1] < out[i]);
        }
        at += count;
    }
    spill_free(pairs);
    return out;
}

static bool has(const uint64_t *pairs, size_t n, uint32_t a, uint32_t b)
{
    uint64_t pair = candidate_pair(a, b);
    return bsearch(&pair, pairs, n, sizeof pair, test_compare_u64) != NULL;
}

// The figures stand well off the share that is asked for, which is tuned on corpora. Two articles with
// `shared` of their `each` fingerprints in common, and a band or not.
static void planted_pairs(void **state)
{
    static const struct {
        const char *name;
        unsigned each, shared;
        bool band, met;
    } cases[] = {
        {"all", 100, 100, false, true},
        {"one of a hundred", 100, 1, false, false},
        {"twelve of a hundred", 100, 12, false, true},
        {"none", 100, 0, false, false},
        {"one of eight", 8, 1, false, true},
        {"a passage of long texts", 500, 16, false, true},
        {"a line of long texts", 500, 4, false, false},
        {"one of fifty", 50, 1, false, false},
        {"one of one", 1, 1, false, true},
        {"one of a hundred and a band", 100, 1, true, true},
        {"none but a band", 100, 0, true, true},
        {"a band alone", 0, 0, true, true},
        {"nothing", 0, 0, false, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct corpus c;
        size_t n;
        corpus_make(&c, 9, 1, 0);
        for (uint32_t article = 0; article < 9; article++) {
            post_own(&c, article, article == 3 || article == 7 ? cases[i].each - cases[i].shared : 50);
        }
        for (unsigned k = 0; k < cases[i].shared; k++) {
            post(&c, 3, test_word(k));
            post(&c, 7, test_word(k));
        }
        if (cases[i].band) {
            post_band(&c, 7, test_word(5000));
            post_band(&c, 3, test_word(5000));
            post_band(&c, 1, test_word(5001));
        }
        uint64_t *pairs = find(&c, &n, NULL);
        if (n != cases[i].met || (n == 1 && pairs[0] != candidate_pair(3, 7))) {
            fail_msg("%s: %zu pairs", cases[i].name, n);
        }
        free(pairs);
        corpus_release(&c);
    }
}

// The share is that of the shorter article: a teaser meets the long text it stands in.
static void teaser_meets_long_text(void **state)
{
    struct corpus c;
    size_t n;
    (void)state;
    corpus_make(&c, 2, 1, 0);
    post_own(&c, 0, 5000);
    for (unsigned i = 0; i < 10; i++) {
        post(&c, 0, test_word(i));
        post(&c, 1, test_word(i));
    }
    uint64_t *pairs = find(&c, &n, NULL);
    assert_int_equal(n, 1);
    free(pairs);
    corpus_release(&c);
}

// What a site repeats proves less than what a story has: of fingerprints that six articles have, more must be
// shared. All six have these and a hundred in all; 3 and 7 are counted as shorter by `expected`.
static void common_ones_need_a_larger_share(void **state)
{
    static const struct {
        const char *name;
        unsigned common;
        uint16_t expected;
        bool met;
    } cases[] = {
        {"one in eight", 12, 100, false},
        {"half", 50, 100, true},
        {"nearly all", 95, 100, true},
        {"one in eight, as much as a short text can have", 12, 15, true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct corpus c;
        size_t n;
        corpus_make(&c, 8, 1, 0);
        for (uint32_t article = 2; article < 8; article++) {
            post_own(&c, article, 100 - cases[i].common);
            for (unsigned k = 0; k < cases[i].common; k++) {
                post(&c, article, test_word(k));
            }
            c.sizes[article].expected = article == 3 || article == 7 ? cases[i].expected : 100;
        }
        uint64_t *pairs = find(&c, &n, NULL);
        if (has(pairs, n, 3, 7) != cases[i].met) {
            fail_msg("%s: %zu pairs", cases[i].name, n);
        }
        free(pairs);
        corpus_release(&c);
    }
}

static void posted_twice_counts_once(void **state)
{
    struct corpus c;
    size_t n;
    (void)state;
    corpus_make(&c, 3, 1, 0);
    post_own(&c, 0, 99);
    post_own(&c, 1, 99);
    for (unsigned i = 0; i < 60; i++) {
        post(&c, 0, test_word(1));
        post(&c, 1, test_word(1));
        post(&c, 2, test_word(2)); // alone, however often
    }
    uint64_t *pairs = find(&c, &n, NULL);
    assert_int_equal(n, 0);
    free(pairs);
    corpus_release(&c);
}

// 5,000 articles with one hash in common: linear work, and all connected.
static void hot_hash_is_linear(void **state)
{
    enum { N = 5000 };
    (void)state;
    for (int band = 0; band < 2; band++) {
        struct corpus c;
        size_t n;
        corpus_make(&c, N, 1, 0);
        for (uint32_t a = 0; a < N; a++) {
            if (band) {
                post_band(&c, a, test_word(1));
            } else {
                post(&c, a, test_word(1));
            }
        }
        uint64_t *pairs = find(&c, &n, NULL);
        assert_true(n <= 2 * N);
        for (uint32_t a = 1; a < N; a++) {
            assert_true(has(pairs, n, 0, a));
            assert_true(has(pairs, n, a - 1, a));
        }
        free(pairs);
        corpus_release(&c);
    }
}

// Phrases that every article has sixty of, each in 360 articles: all pairs share enough of them, and to count
// every meeting would take 52 MB. Each article asks for a few of its phrases only, and meets dozens of others
// all the same.
static void common_phrases_keep_to_the_budget(void **state)
{
    enum { N = 600, PHRASES = 100, EACH = 60, MOST_BYTES = 8 << 20 };
    struct copydesk_error error = {0};
    struct spill *pairs = NULL;
    struct corpus c;
    uint64_t random = 4;
    (void)state;
    corpus_make(&c, N, 1, 0);
    for (uint32_t a = 0; a < N; a++) {
        unsigned wanted = EACH;
        for (unsigned k = 0; k < PHRASES; k++) { // each set of sixty as likely as any other
            if (test_below(&random, PHRASES - k) < wanted) {
                post(&c, a, test_word(k));
                wanted--;
            }
        }
    }
    c.params.memory_bytes = 1; // so that all meetings are seen on disk
    assert_int_equal(candidate_find(&c.params, &pairs, NULL, &error), 0);
    assert_in_range(spill_disk_bytes(pairs), 1, MOST_BYTES);
    assert_true(spill_total(pairs) > N * 30);
    spill_free(pairs);
    corpus_release(&c);
}

// Four fingerprints, two shared with 200 others and two with 200 more: none of them is left out.
static void common_fingerprints_still_serve(void **state)
{
    struct corpus c;
    size_t n;
    (void)state;
    corpus_make(&c, 401, 1, 0);
    for (uint32_t a = 1; a <= 400; a++) {
        post_own(&c, a, 10);
        post(&c, a, test_word((a - 1) / 200 * 2));
        post(&c, a, test_word((a - 1) / 200 * 2 + 1));
    }
    for (unsigned k = 0; k < 4; k++) {
        post(&c, 0, test_word(k));
    }
    uint64_t *pairs = find(&c, &n, NULL);
    for (uint32_t a = 1; a <= 400; a++) {
        assert_true(has(pairs, n, 0, a));
    }
    free(pairs);
    corpus_release(&c);
}

// Rare fingerprints are taken before common ones: a copy is met although both are full of boilerplate.
// A notice that stands in twenty long articles; another part of it is in five others. Few of the hashes are
// taken that the twenty share with it, and each of these stands for several.
static void short_article_by_a_sample(void **state)
{
    enum { LONG = 20, OTHERS = 5 };
    struct corpus c;
    (void)state;
    corpus_make(&c, 1 + LONG + OTHERS, 1, 0);
    for (unsigned i = 0; i < 16; i++) {
        post(&c, 0, test_word(300 + i));
        for (uint32_t a = 1; a <= LONG; a++) {
            post(&c, a, test_word(300 + i));
        }
    }
    for (unsigned i = 0; i < 13; i++) {
        post(&c, 0, test_word(100 + i));
        for (uint32_t a = 1 + LONG; a < 1 + LONG + OTHERS; a++) {
            post(&c, a, test_word(100 + i));
        }
    }
    post_own(&c, 0, 33);
    c.sizes[0].expected = 20;
    for (uint32_t a = 1; a <= LONG; a++) { // what two of them share is rarer, and fills their budget
        for (unsigned i = 0; i < 100; i++) {
            post(&c, a, test_word(1000 + (a + 1) / 2 * 100 + i));
        }
    }
    size_t n;
    uint64_t *pairs = find(&c, &n, NULL);
    for (uint32_t a = 1; a <= LONG + OTHERS; a++) {
        assert_true(has(pairs, n, 0, a));
    }
    free(pairs);
    corpus_release(&c);
}

static void rare_ones_come_first(void **state)
{
    enum { N = 300 };
    struct corpus c;
    size_t n;
    (void)state;
    corpus_make(&c, N, 1, 0);
    for (uint32_t a = 0; a < N; a++) {
        post_own(&c, a, 10);
        for (unsigned k = 0; k < 80; k++) {
            post(&c, a, test_word(100 + k + 1000 * (a % 2))); // 150 articles each
        }
    }
    for (unsigned k = 0; k < 10; k++) {
        post(&c, 10, test_word(k));
        post(&c, 201, test_word(k));
    }
    uint64_t *pairs = find(&c, &n, NULL);
    assert_true(has(pairs, n, 10, 201)); // of different boilerplate
    free(pairs);
    corpus_release(&c);
}

// What an article shares with nobody or with one other is rare; what dozens share is not.
static void rareness(void **state)
{
    enum { N = 40 };
    struct corpus c;
    uint8_t *rare = NULL;
    size_t n;
    (void)state;
    corpus_make(&c, N, 1, 0);
    for (uint32_t a = 2; a < N; a++) {
        for (unsigned k = 0; k < 10; k++) {
            post(&c, a, test_word(k));
        }
        post_own(&c, a, a == 5 ? 30 : 0);
    }
    post_own(&c, 0, 10);
    for (unsigned k = 0; k < 3; k++) {
        post(&c, 0, test_word(900));
        post(&c, 2, test_word(900));
    }
    free(find(&c, &n, &rare));
    assert_int_equal(rare[0], 255);
    assert_int_equal(rare[1], 255); // has none at all
    assert_int_equal(rare[3], 0);
    assert_int_equal(rare[5], 255 * 30 / 40);
    mem_free(rare);
    corpus_release(&c);
}

static void find_rough(struct corpus *c, uint32_t *rough)
{
    size_t n;
    c->params.rough = rough;
    free(find(c, &n, NULL));
    c->params.rough = NULL;
}

// Of two near copies all shared fingerprints are rare; of those of long ones a sample is taken. Copies are
// one rough cluster however long they are, and so are three of a kind; half a text is not enough.
static void copies_are_one_story(void **state)
{
    static const struct {
        const char *name;
        unsigned each, shared, copies;
        bool one;
    } cases[] = {
        {"short", 30, 28, 2, true},          {"short, half", 30, 15, 2, false},
        {"of 60", 60, 55, 2, true},          {"of 70", 70, 64, 2, true},
        {"of 100", 100, 92, 2, true},        {"of 100, half", 100, 50, 2, false},
        {"of 400", 400, 370, 2, true},       {"of 400, half", 400, 200, 2, false},
        {"of 3000", 3000, 2800, 2, true},    {"of 3000, half", 3000, 1500, 2, false},
        {"three of 400", 400, 370, 3, true}, {"three of 400, half", 400, 200, 3, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct corpus c;
        uint32_t rough[9];
        corpus_make(&c, 9, 1, 0);
        for (uint32_t article = 0; article < 9; article++) {
            bool copy = article >= 3 && article < 3 + cases[i].copies;
            post_own(&c, article, copy ? cases[i].each - cases[i].shared : 50);
            for (unsigned k = 0; copy && k < cases[i].shared; k++) {
                post(&c, article, test_word(k));
            }
        }
        find_rough(&c, rough);
        for (uint32_t article = 0; article < 9; article++) {
            bool joins = cases[i].one && article > 3 && article < 3 + cases[i].copies;
            if (rough[article] != (joins ? 3 : article)) {
                fail_msg("%s: %u is of %u", cases[i].name, article, rough[article]);
            }
        }
        corpus_release(&c);
    }
}

// Stories of one site, each with a copy that was changed a little, under a long frame that all have. The
// frame stands in 60 articles, so that only a sample of it is taken: chance must not make one story of the
// site. How much of the article is frame, in tenths.
static void one_frame_is_not_one_story(void **state)
{
    enum { STORIES = 30, EACH = 150 };
    (void)state;
    for (unsigned tenths = 1; tenths <= 6; tenths++) {
        struct corpus c;
        uint32_t rough[2 * STORIES];
        unsigned frame = EACH * tenths / 10;
        corpus_make(&c, 2 * STORIES, 1, 0);
        for (uint32_t a = 0; a < 2 * STORIES; a++) {
            for (unsigned k = 0; k < EACH; k++) {
                bool changed = a % 2 && k % 25 == 24;
                post(&c, a,
                     test_word(k < frame ? k
                               : changed ? 900000 + a * EACH + k
                                         : 1000 + a / 2 * EACH + k));
            }
        }
        find_rough(&c, rough);
        for (uint32_t a = 0; a < 2 * STORIES; a++) {
            if (rough[a] != a / 2 * 2) {
                fail_msg("%u tenths: %u is of %u", tenths, a, rough[a]);
            }
        }
        corpus_release(&c);
    }
}

// Versions of one page: each keeps a share of what the one before it said, as many others have the same
// address, and then a stranger has it too. `frame`: what all articles of the address share beside that.
static void versions_of_one_page(void **state)
{
    enum { MOST = 40, EACH = 200 };
    static const struct {
        const char *name;
        unsigned versions, kept, frame;
        bool page, one;
    } cases[] = {
        {"two, other addresses", 2, 130, 0, false, false},
        {"two", 2, 130, 0, true, true},
        {"two, a third kept", 2, 66, 0, true, false},
        {"ten", 10, 130, 0, true, true},
        {"forty", 40, 190, 0, true, true},
        {"a front page: ten stories", 10, 0, 60, true, false},
        {"a front page: forty stories", 40, 0, 60, true, false},
        {"a front page: forty stories, most of each a frame", 40, 0, 130, true, false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct corpus c;
        uint32_t rough[MOST + 2];
        uint32_t page[MOST + 2] = {7, 8};
        unsigned n = cases[i].versions;
        corpus_make(&c, n + 2, 1, 0);
        post_own(&c, 0, EACH);
        post_own(&c, 1, EACH);
        for (unsigned v = 0; v < n; v++) {
            page[2 + v] = cases[i].page ? 7 : 100 + v;
            for (unsigned k = 0; k < EACH; k++) {
                // What is kept is a run that moves on: far versions share nothing.
                unsigned word = cases[i].kept ? v * (EACH - cases[i].kept) + k : 10000 + v * EACH + k;
                post(&c, 2 + v, test_word(k < cases[i].frame ? 900000 + k : word));
            }
        }
        c.params.page = page;
        find_rough(&c, rough);
        for (uint32_t a = 0; a < n + 2; a++) {
            if (rough[a] != (a > 2 && cases[i].one ? 2 : a)) {
                fail_msg("%s: %u is of %u", cases[i].name, a, rough[a]);
            }
        }
        corpus_release(&c);
    }
}

static void no_articles(void **state)
{
    struct corpus c;
    size_t n;
    (void)state;
    corpus_make(&c, 0, 1, 0);
    free(find(&c, &n, NULL));
    assert_int_equal(n, 0);
    corpus_release(&c);
}

static void count_calls(void *data, uint64_t done, uint64_t total)
{
    uint64_t *last = data;
    assert_true(done <= total);
    assert_true(*last <= done);
    *last = done;
}

static void progress_goes_forward(void **state)
{
    struct corpus c;
    uint64_t last = 0;
    size_t n;
    (void)state;
    corpus_make(&c, 20, 1, 0);
    c.params.progress = count_calls;
    c.params.progress_data = &last;
    free(find(&c, &n, NULL));
    assert_true(last > 0);
    corpus_release(&c);
}

static void nowhere_to_spill(void **state)
{
    enum { N = 2000 };
    struct copydesk_error error = {0};
    struct spill *pairs = NULL;
    uint8_t *rare = NULL;
    struct corpus c;
    (void)state;
    corpus_make(&c, N, 1, 0);
    for (uint32_t a = 0; a < N; a++) {
        for (unsigned k = 0; k < 40; k++) {
            post(&c, a, test_word(a % 20 * 100 + k));
            post(&c, a, test_word(5000000 + a / 2 % 500 * 100 + k));
        }
    }
    for (unsigned k = 0; k < 24; k++) { // pairs enough to need the disk
        for (uint32_t a = 0; a < N; a++) {
            post_band(&c, a, test_word(9000000 + k * 1000 + (a * 7 + k * 13) % N / 40));
        }
    }
    c.params.memory_bytes = 1;
    c.params.temp_dir = TEST_NO_DIR;
    assert_int_equal(candidate_find(&c.params, &pairs, &rare, &error), COPYDESK_ERR_IO);
    assert_int_equal(error.status, COPYDESK_ERR_IO);
    assert_null(pairs);
    assert_null(rare);
    corpus_release(&c);
}

static int find_with(void *data)
{
    const unsigned *threads = data;
    struct copydesk_error error = {0};
    struct spill *pairs = NULL;
    uint8_t *rare = NULL;
    struct spill *fingerprints = NULL;
    struct spill *bands = NULL;
    struct candidate_size counts[100] = {{0, 0}};
    uint32_t rough[100];
    uint32_t page[100];
    int status = spill_new(&fingerprints, SPILL_POSTINGS, 1, 0, test_temp_dir(), &error);
    if (status == 0) {
        status = spill_new(&bands, SPILL_POSTINGS, 1, 0, test_temp_dir(), &error);
    }
    if (status == 0) {
        for (uint32_t a = 0; a < 100; a++) {
            for (unsigned k = 0; k < 30; k++) {
                candidate_post(spill_writer(fingerprints, 0), test_word(a / 4 * 100 + k), a);
            }
            candidate_post(spill_writer(bands, 0), test_word(a % 10), a);
            counts[a] = (struct candidate_size){30, 30};
            page[a] = 1 + a / 8;
        }
        struct candidate_params params = {.n_articles = 100,
                                          .sizes = counts,
                                          .fingerprints = fingerprints,
                                          .bands = bands,
                                          .rough = rough,
                                          .page = page,
                                          .threads = *threads,
                                          .temp_dir = test_temp_dir()};
        status = candidate_find(&params, &pairs, &rare, &error);
        assert_int_equal(status == 0, pairs != NULL && rare != NULL);
        assert_true(status == 0 || error.status == COPYDESK_ERR_MEMORY);
    }
    mem_free(rare);
    spill_free(pairs);
    spill_free(fingerprints);
    spill_free(bands);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    unsigned threads[2] = {1, 3};
    (void)state;
    assert_true(test_each_allocation(find_with, &threads[0]) > 15);
    assert_true(test_each_allocation(find_with, &threads[1]) > 15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planted_pairs),
        cmocka_unit_test(teaser_meets_long_text),
        cmocka_unit_test(common_ones_need_a_larger_share),
        cmocka_unit_test(posted_twice_counts_once),
        cmocka_unit_test(hot_hash_is_linear),
        cmocka_unit_test(common_phrases_keep_to_the_budget),
        cmocka_unit_test(common_fingerprints_still_serve),
        cmocka_unit_test(short_article_by_a_sample),
        cmocka_unit_test(rare_ones_come_first),
        cmocka_unit_test(rareness),
        cmocka_unit_test(copies_are_one_story),
        cmocka_unit_test(one_frame_is_not_one_story),
        cmocka_unit_test(versions_of_one_page),
        cmocka_unit_test(no_articles),
        cmocka_unit_test(progress_goes_forward),
        cmocka_unit_test(nowhere_to_spill),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("candidate", tests, NULL, NULL);
}
