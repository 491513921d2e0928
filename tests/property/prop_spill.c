// prop_spill.c - what goes into a spill comes out of it: any number of writers, each in its thread, any limit
// of memory.
#include "../unit/test.h"

#include "base/pool.h"
#include "base/spill.h"

struct bag {
    struct spill *spill;
    uint64_t seed;
    unsigned n_writers;
    size_t n_each;
    unsigned skew; // parts are drawn below this
};

// What writer number `writer` adds as its i-th record.
static uint64_t record_of(const struct bag *bag, unsigned writer, uint64_t i, unsigned *part)
{
    uint64_t state = bag->seed + writer * UINT64_C(1000003) + i * UINT64_C(7919);
    *part = (unsigned)test_below(&state, i % 4 ? bag->skew : SPILL_PARTS);
    return test_random(&state);
}

static int write_all(void *data, unsigned thread, struct copydesk_error *error)
{
    const struct bag *bag = data;
    struct spill_writer *w = spill_writer(bag->spill, thread);
    for (uint64_t i = 0; i < bag->n_each; i++) {
        unsigned part;
        uint64_t record = record_of(bag, thread, i, &part);
        spill_add(w, part, record);
    }
    return spill_check(w, error);
}

// Count, sum and sum of squares of each part: two bags that agree in them are the same but for an accident of
// 2^-64.
struct digest {
    uint64_t n, sum, squares;
};

static void add(struct digest *d, uint64_t record)
{
    d->n++;
    d->sum += record;
    d->squares += record * record;
}

static void same_bag(unsigned n_writers, size_t n_each, unsigned skew, uint64_t memory_bytes, bool on_disk,
                     uint64_t seed)
{
    struct copydesk_error error = {0};
    struct bag bag = {.seed = seed, .n_writers = n_writers, .n_each = n_each, .skew = skew};
    struct digest expected[SPILL_PARTS] = {{0}};
    assert_int_equal(spill_new(&bag.spill, SPILL_RECORDS, n_writers, memory_bytes, test_temp_dir(), &error),
                     0);
    assert_int_equal(pool_run(n_writers, write_all, &bag, &error), 0);
    for (unsigned w = 0; w < n_writers; w++) {
        for (uint64_t i = 0; i < n_each; i++) {
            unsigned part;
            uint64_t record = record_of(&bag, w, i, &part);
            add(&expected[part], record);
        }
    }
    assert_int_equal(spill_total(bag.spill), n_writers * n_each);
    assert_int_equal(spill_disk_bytes(bag.spill) > 0, on_disk);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t n = spill_count(bag.spill, part);
        uint64_t *records = calloc(n + 1, sizeof *records);
        struct digest found = {0};
        assert_non_null(records);
        assert_int_equal(spill_load(bag.spill, part, records, &error), 0);
        for (size_t i = 0; i < n; i++) {
            add(&found, records[i]);
        }
        assert_memory_equal(&found, &expected[part], sizeof found);
        // Half of them back: the other half is gone.
        assert_int_equal(spill_replace(bag.spill, part, records, n / 2, &error), 0);
        struct digest half = {0};
        for (size_t i = 0; i < n / 2; i++) {
            add(&half, records[i]);
        }
        memset(records, 0, n * sizeof *records);
        assert_int_equal(spill_count(bag.spill, part), n / 2);
        assert_int_equal(spill_load(bag.spill, part, records, &error), 0);
        found = (struct digest){0};
        for (size_t i = 0; i < n / 2; i++) {
            add(&found, records[i]);
        }
        assert_memory_equal(&found, &half, sizeof found);
        free(records);
    }
    spill_free(bag.spill);
}

static void in_memory(void **state)
{
    uint64_t random = test_seed("prop_spill");
    (void)state;
    for (unsigned n_writers = 1; n_writers <= 4; n_writers++) {
        same_bag(n_writers, 1000 + test_below(&random, 150000), SPILL_PARTS, 0, false, test_random(&random));
        same_bag(n_writers, 1000 + test_below(&random, 50000), 1, 0, false, test_random(&random));
        same_bag(n_writers, 3, 1, 0, false, test_random(&random));
    }
}

static void on_disk(void **state)
{
    uint64_t random = test_seed("prop_spill");
    (void)state;
    for (unsigned n_writers = 1; n_writers <= 4; n_writers++) {
        same_bag(n_writers, 300000 + test_below(&random, 100000), SPILL_PARTS, 2 << 20, true,
                 test_random(&random));
        same_bag(n_writers, 250000 + test_below(&random, 150000), 3, 1, true, test_random(&random));
    }
    // More records of one part than one piece on disk holds.
    same_bag(1, 800000, 1, 6 << 20, true, test_random(&random));
}

// ---- postings

enum { ASCENDING, SHUFFLED, DESCENDING, KINDS };

struct post_bag {
    struct spill *spill;
    uint64_t seed;
    size_t n_each;
    unsigned kind;
    struct digest (*expected)[SPILL_PARTS]; // of each writer
};

static uint64_t distance(uint64_t *random, uint64_t gap)
{
    switch (test_below(random, 8)) {
    case 0:
        return test_below(random, 3);
    case 1:
        return 253 + test_below(random, 4); // about the largest that a byte holds
    case 2:
        return 250 * (1 + test_below(random, 17)); // steps, and about the end of them
    case 3:
        return gap;
    default:
        return test_below(random, 40);
    }
}

static int post_all(void *data, unsigned thread, struct copydesk_error *error)
{
    const struct post_bag *bag = data;
    struct spill_writer *w = spill_writer(bag->spill, thread);
    uint64_t random = bag->seed + thread;
    uint64_t gap = test_below(&random, 3) ? 5000 : 3000000; // small numbers in all, or huge
    uint32_t articles[SPILL_PARTS] = {0}; // the last one of each part: distances count from there
    for (size_t i = 0; i < bag->n_each; i++) {
        uint64_t step = distance(&random, test_below(&random, 100) ? 100 : gap);
        uint32_t key = (uint32_t)test_random(&random);
        unsigned part = (unsigned)test_below(&random, 1 + test_below(&random, SPILL_PARTS));
        uint32_t article = articles[part];
        if (bag->kind == SHUFFLED) {
            article = (uint32_t)test_below(&random, UINT64_C(1) << 32);
        } else {
            article += bag->kind == DESCENDING ? (uint32_t)-step : (uint32_t)step;
        }
        articles[part] = article;
        spill_add_posting(w, part, key, article);
        add(&bag->expected[thread][part], (uint64_t)key << 32 | article);
    }
    return spill_check(w, error);
}

static void same_postings(unsigned n_writers, size_t n_each, unsigned kind, uint64_t memory_bytes,
                          bool on_disk, uint64_t seed)
{
    struct copydesk_error error = {0};
    struct post_bag bag = {.seed = seed, .n_each = n_each, .kind = kind};
    bag.expected = calloc(n_writers, sizeof *bag.expected);
    assert_non_null(bag.expected);
    assert_int_equal(spill_new(&bag.spill, SPILL_POSTINGS, n_writers, memory_bytes, test_temp_dir(), &error),
                     0);
    assert_int_equal(pool_run(n_writers, post_all, &bag, &error), 0);
    assert_int_equal(spill_disk_bytes(bag.spill) > 0, on_disk);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        struct digest expected = {0};
        struct digest found = {0};
        size_t n = 0;
        for (unsigned w = 0; w < n_writers; w++) {
            expected.n += bag.expected[w][part].n;
            expected.sum += bag.expected[w][part].sum;
            expected.squares += bag.expected[w][part].squares;
        }
        size_t room = spill_count(bag.spill, part);
        assert_true(room >= expected.n);
        uint64_t *postings = calloc(room + 1, sizeof *postings);
        assert_non_null(postings);
        assert_int_equal(spill_load_postings(bag.spill, part, postings, &n, &error), 0);
        for (size_t i = 0; i < n; i++) {
            add(&found, postings[i]);
        }
        assert_memory_equal(&found, &expected, sizeof found);
        free(postings);
    }
    spill_free(bag.spill);
    free(bag.expected);
}

static void postings(void **state)
{
    // What does not ascend takes a block each: few of them.
    static const size_t in_memory[KINDS] = {150000, 2000, 2000};
    static const size_t spilled[KINDS] = {300000, 3000, 3000};
    uint64_t random = test_seed("prop_spill");
    (void)state;
    for (unsigned i = 0; i < 4 * KINDS; i++) {
        unsigned n_writers = 1 + i / KINDS;
        unsigned kind = i % KINDS;
        same_postings(n_writers, 1 + test_below(&random, in_memory[kind]), kind, 0, false,
                      test_random(&random));
        same_postings(n_writers, spilled[kind], kind, 1, true, test_random(&random));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_memory),
        cmocka_unit_test(on_disk),
        cmocka_unit_test(postings),
    };
    return cmocka_run_group_tests_name("prop_spill", tests, NULL, NULL);
}
