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
    assert_int_equal(spill_new(&bag.spill, SPILL_RECORDS, n_writers, memory_bytes, test_temp_dir(), &error), 0);
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
        same_bag(n_writers, 250000 + test_below(&random, 150000), SPILL_PARTS, 2 << 20, true,
                 test_random(&random));
        same_bag(n_writers, 250000 + test_below(&random, 150000), 3, 1, true, test_random(&random));
    }
    // More records of one part than one piece on disk holds.
    same_bag(1, 700000, 1, 6 << 20, true, test_random(&random));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_memory),
        cmocka_unit_test(on_disk),
    };
    return cmocka_run_group_tests_name("prop_spill", tests, NULL, NULL);
}
