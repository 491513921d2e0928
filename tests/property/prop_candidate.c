// prop_candidate.c - the same candidate pairs and rough clusters for any number of threads, any memory, any
// order of postings; and the pairs that are sure to be found, or not to be, where no article reaches its
// budget.
#include "../unit/test.h"

#include "base/pool.h"
#include "match/candidate.h"

struct posting {
    uint64_t hash;
    uint32_t article;
    bool is_band;
};

struct corpus {
    uint32_t n_articles;
    struct candidate_size *sizes;
    uint32_t *page;
    struct posting *postings;
    size_t n_postings, cap;
};

static void add(struct corpus *c, uint64_t hash, uint32_t article, bool is_band)
{
    assert_true(c->n_postings < c->cap);
    c->postings[c->n_postings++] = (struct posting){hash, article, is_band};
    c->sizes[article].fingerprints += !is_band;
    c->sizes[article].expected += !is_band;
}

static void corpus_make(struct corpus *c, uint32_t n_articles, size_t cap)
{
    *c = (struct corpus){.n_articles = n_articles, .cap = cap};
    c->sizes = calloc(n_articles, sizeof *c->sizes);
    c->postings = calloc(cap, sizeof *c->postings);
    c->page = calloc(n_articles, sizeof *c->page);
    assert_non_null(c->sizes);
    assert_non_null(c->page);
    assert_non_null(c->postings);
}

static void corpus_release(struct corpus *c)
{
    free(c->sizes);
    free(c->page);
    free(c->postings);
}

// Stories in several copies, templates of every size, bands of the copies, and words of each article's own.
static void mixed_corpus(struct corpus *c, uint32_t n, uint64_t *random)
{
    corpus_make(c, n, (size_t)n * 80);
    for (uint32_t a = 0; a < n; a++) {
        uint64_t story = test_below(random, n / 3);
        uint64_t template = test_below(random, 1 + test_below(random, 30));
        unsigned own = (unsigned)test_below(random, 30);
        c->page[a] = test_below(random, 2) ? (uint32_t)story / 2 + 1 : 0; // one in two: another story's, too
        for (unsigned k = 0; k < own; k++) {
            add(c, test_random(random), a, false);
        }
        for (unsigned k = 0; k < 12; k++) {
            if (test_below(random, 3)) {
                add(c, test_word(story * 100 + k), a, false);
            }
            add(c, test_word(100000000 + template * 100 + k), a, false);
        }
        for (unsigned k = 0; k < 4; k++) {
            add(c, test_word(200000000 + (test_below(random, 2) ? story : test_below(random, 40)) * 10 + k),
                a, true);
        }
        if (test_below(random, 4) == 0) { // a short text
            c->sizes[a].expected = (uint16_t)(c->sizes[a].expected * test_below(random, 100) / 100);
        }
    }
}

static void shuffle(struct corpus *c, uint64_t *random)
{
    for (size_t i = c->n_postings; i > 1; i--) {
        size_t other = test_below(random, i);
        struct posting swap = c->postings[i - 1];
        c->postings[i - 1] = c->postings[other];
        c->postings[other] = swap;
    }
}

struct result {
    uint64_t *pairs;
    size_t n;
    uint8_t *rareness;
    uint32_t *rough;
    uint64_t spilled;
};

static void result_release(struct result *r)
{
    free(r->pairs);
    mem_free(r->rareness);
    free(r->rough);
}

static struct result find(const struct corpus *c, unsigned threads, uint64_t memory_bytes)
{
    struct copydesk_error error = {0};
    struct spill *spills[2] = {NULL, NULL};
    struct spill *pairs = NULL;
    struct result r = {0};
    for (unsigned i = 0; i < 2; i++) {
        assert_int_equal(
            spill_new(&spills[i], SPILL_POSTINGS, threads, memory_bytes, test_temp_dir(), &error), 0);
    }
    for (size_t i = 0; i < c->n_postings; i++) {
        const struct posting *p = &c->postings[i];
        candidate_post(spill_writer(spills[p->is_band], (unsigned)(i % threads)), p->hash, p->article);
    }
    for (unsigned i = 0; i < 2 * threads; i++) {
        assert_int_equal(spill_check(spill_writer(spills[i % 2], i / 2), &error), 0);
    }
    r.rough = calloc(c->n_articles, sizeof *r.rough);
    assert_non_null(r.rough);
    struct candidate_params params = {
        .n_articles = c->n_articles,
        .sizes = c->sizes,
        .fingerprints = spills[0],
        .bands = spills[1],
        .rough = r.rough,
        .page = c->page,
        .threads = threads,
        .memory_bytes = memory_bytes,
        .temp_dir = test_temp_dir(),
    };
    assert_int_equal(candidate_find(&params, &pairs, &r.rareness, &error), 0);
    r.spilled = spill_disk_bytes(pairs) + spill_disk_bytes(spills[0]) + spill_disk_bytes(spills[1]);
    r.n = spill_total(pairs);
    r.pairs = calloc(r.n + 1, sizeof *r.pairs);
    assert_non_null(r.pairs);
    size_t at = 0;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        assert_int_equal(spill_load(pairs, part, r.pairs + at, &error), 0);
        at += spill_count(pairs, part);
    }
    spill_free(pairs);
    spill_free(spills[0]);
    spill_free(spills[1]);
    return r;
}

static void the_same_however_it_is_done(void **state)
{
    uint64_t random = test_seed("prop_candidate");
    (void)state;
    for (unsigned round = 0; round < 3; round++) {
        struct corpus c;
        mixed_corpus(&c, round == 0 ? 12000 : 2000, &random);
        struct result first = find(&c, 1, 0);
        assert_true(first.n > c.n_articles / 4);
        for (size_t i = 1; i < first.n; i++) {
            assert_true(first.pairs[i - 1] < first.pairs[i]);
        }
        static const struct {
            unsigned threads;
            uint64_t memory_bytes;
        } ways[] = {{1, 0}, {4, 0}, {1, 1}, {3, 1}};
        for (size_t way = 0; way < COUNT_OF(ways); way++) {
            shuffle(&c, &random);
            struct result again = find(&c, ways[way].threads, ways[way].memory_bytes);
            assert_int_equal(again.n, first.n);
            assert_memory_equal(again.pairs, first.pairs, first.n * sizeof *first.pairs);
            assert_memory_equal(again.rareness, first.rareness, c.n_articles);
            assert_memory_equal(again.rough, first.rough, c.n_articles * sizeof *first.rough);
            assert_true(round > 0 || way != 2 || again.spilled > 0);
            result_release(&again);
        }
        result_release(&first);
        corpus_release(&c);
    }
}

enum { FEW = 60, MOST_SHARED = 25, POOL = 400, KEYS = 40 };

// Which article has which of the hashes that several may have, and the keys.
struct plan {
    bool has[FEW][POOL];
    bool in_band[FEW][KEYS];
    unsigned groups[POOL]; // articles that have it
};

static void plan_make(struct plan *plan, struct corpus *c, unsigned pool, uint64_t *random)
{
    memset(plan, 0, sizeof *plan);
    for (uint32_t a = 0; a < FEW; a++) {
        unsigned shared = (unsigned)test_below(random, MOST_SHARED);
        for (unsigned k = 0; k < shared; k++) {
            unsigned h = (unsigned)test_below(random, pool);
            if (!plan->has[a][h]) {
                plan->has[a][h] = true;
                plan->groups[h]++;
                add(c, test_word(h), a, false);
            }
        }
        unsigned own = (unsigned)test_below(random, 60);
        for (unsigned k = 0; k < own; k++) {
            add(c, test_random(random), a, false);
        }
        if (test_below(random, 4) == 0) {
            c->sizes[a].expected = (uint16_t)test_below(random, c->sizes[a].fingerprints + 1);
        }
        if (test_below(random, 2)) {
            unsigned key = (unsigned)test_below(random, KEYS);
            plan->in_band[a][key] = true;
            add(c, test_word(5000 + key), a, true);
        }
    }
}

// Sure to be within its budget: all of its fingerprints are used.
static bool is_modest(const struct plan *plan, uint32_t a)
{
    unsigned met = 0;
    for (unsigned h = 0; h < POOL; h++) {
        met += plan->has[a][h] && plan->groups[h] > 1 ? plan->groups[h] : 0;
    }
    return met <= 100;
}

struct shared {
    unsigned all, rare; // fingerprints, and those that three articles have at most
    bool band;
};

static struct shared shared_by(const struct plan *plan, uint32_t a, uint32_t b)
{
    struct shared s = {0};
    for (unsigned h = 0; h < POOL; h++) {
        bool both = plan->has[a][h] && plan->has[b][h];
        s.all += both;
        s.rare += both && plan->groups[h] < 4;
    }
    for (unsigned key = 0; key < KEYS; key++) {
        s.band |= plan->in_band[a][key] && plan->in_band[b][key];
    }
    return s;
}

// Whoever shares a band meets, and whoever shares nothing does not. Between them the shares are tuned on
// corpora; but a third of the smaller article's fingerprints is always enough when it is more than one, as
// are an eighth or a dozen of them that are rare; and one in fifty never is.
static void meets_when_enough_is_shared(void **state)
{
    static const unsigned pools[] = {POOL, 150, 60, 25};
    static struct plan plan;
    uint64_t random = test_seed("prop_candidate");
    unsigned by_share = 0;
    unsigned by_rare = 0;
    unsigned too_little = 0;
    (void)state;
    for (unsigned round = 0; round < 40; round++) {
        struct corpus c;
        size_t at = 0;
        corpus_make(&c, FEW, FEW * 600);
        plan_make(&plan, &c, pools[round % COUNT_OF(pools)], &random);
        struct result r = find(&c, 1 + round % 2, 0);
        for (uint32_t a = 0; a < FEW; a++) {
            for (uint32_t b = a + 1; b < FEW; b++) {
                struct shared s = shared_by(&plan, a, b);
                unsigned fewer =
                    c.sizes[a].expected < c.sizes[b].expected ? c.sizes[a].expected : c.sizes[b].expected;
                bool modest = is_modest(&plan, a) && is_modest(&plan, b);
                bool share = modest && s.all > 1 && s.all * 3 >= fewer;
                bool rare = modest && s.rare > 0 && (s.rare * 8 >= fewer || s.rare >= 12);
                bool none = s.all == 0 || (modest && s.rare < 4 && s.all * 50 < fewer);
                bool found = at < r.n && r.pairs[at] == candidate_pair(a, b);
                if (((s.band || share || rare) && !found) || (none && !s.band && found)) {
                    fail_msg("round %u: %u and %u share %u of %u, %u rare, %s: %s", round, a, b, s.all, fewer,
                             s.rare, s.band ? "a band" : "no band", found ? "met" : "not met");
                }
                at += found;
                by_share += share && !rare && !s.band;
                by_rare += rare && !share && !s.band;
                too_little += none && s.all > 0;
            }
        }
        assert_int_equal(at, r.n);
        result_release(&r);
        corpus_release(&c);
    }
    assert_true(by_share > 100 && by_rare > 50 && too_little > 20); // or else this tests nothing
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_however_it_is_done),
        cmocka_unit_test(meets_when_enough_is_shared),
    };
    return cmocka_run_group_tests_name("prop_candidate", tests, NULL, NULL);
}
