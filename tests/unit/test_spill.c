// test_spill.c - the bag of records: counts, replacing in memory and on disk, failures. What random use adds
// is in prop_spill.c.
#include "test.h"

#include "base/spill.h"

// Room for one writer to hold twice the least it may have before it goes to disk.
enum { SMALL_MEMORY = 4 << 20 };

static uint64_t record_of(unsigned part, uint64_t i)
{
    return (uint64_t)part << 56 | i;
}

static struct spill *make(unsigned n_writers, uint64_t memory_bytes, const char *temp_dir)
{
    struct copydesk_error error = {0};
    struct spill *s = NULL;
    assert_int_equal(spill_new(&s, SPILL_RECORDS, n_writers, memory_bytes, temp_dir, &error), 0);
    return s;
}

// The records of a part, sorted. The caller frees them.
static uint64_t *load(struct spill *s, unsigned part, size_t expected)
{
    struct copydesk_error error = {0};
    assert_int_equal(spill_count(s, part), expected);
    uint64_t *out = calloc(expected + 1, sizeof *out);
    assert_non_null(out);
    out[expected] = UINT64_C(0xdead);
    assert_int_equal(spill_load(s, part, out, &error), 0);
    assert_int_equal(out[expected], 0xdead);
    qsort(out, expected, sizeof *out, test_compare_u64);
    return out;
}

static void empty(void **state)
{
    struct copydesk_error error = {0};
    (void)state;
    struct spill *s = make(3, 0, TEST_NO_DIR);
    assert_int_equal(spill_total(s), 0);
    assert_int_equal(spill_disk_bytes(s), 0);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        uint64_t none = 7;
        assert_int_equal(spill_count(s, part), 0);
        assert_int_equal(spill_load(s, part, &none, &error), 0);
        assert_int_equal(spill_replace(s, part, &none, 0, &error), 0);
        assert_int_equal(none, 7);
    }
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(spill_check(spill_writer(s, i), &error), 0);
    }
    spill_free(s);
    spill_free(NULL);
}

// Sizes about the ends of blocks, in memory: a block holds 511 records.
static void block_ends(void **state)
{
    static const size_t sizes[] = {0, 1, 510, 511, 512, 1021, 1022, 1023, 1533, 5000};
    (void)state;
    struct spill *s = make(1, 0, TEST_NO_DIR);
    struct spill_writer *w = spill_writer(s, 0);
    uint64_t total = 0;
    for (unsigned part = 0; part < COUNT_OF(sizes); part++) {
        for (size_t i = 0; i < sizes[part]; i++) {
            spill_add(w, part * 25, record_of(part, i));
        }
        total += sizes[part];
    }
    assert_int_equal(spill_check(w, NULL), 0);
    assert_int_equal(spill_total(s), total);
    for (unsigned part = 0; part < COUNT_OF(sizes); part++) {
        uint64_t *records = load(s, part * 25, sizes[part]);
        for (size_t i = 0; i < sizes[part]; i++) {
            assert_int_equal(records[i], record_of(part, i));
        }
        free(records);
    }
    assert_int_equal(spill_disk_bytes(s), 0);
    spill_free(s);
}

static void replace_and_check(struct spill *s, unsigned part, size_t n, uint64_t first)
{
    struct copydesk_error error = {0};
    uint64_t *records = calloc(n + 1, sizeof *records);
    assert_non_null(records);
    for (size_t i = 0; i < n; i++) {
        records[i] = first + i;
    }
    assert_int_equal(spill_replace(s, part, records, n, &error), 0);
    free(records);
    uint64_t *back = load(s, part, n);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(back[i], first + i);
    }
    free(back);
}

// Fills two writers, then replaces parts by fewer and fewer records, several times over.
static void replaces(uint64_t memory_bytes, bool on_disk)
{
    enum { N = 900000, PARTS_USED = 7 };
    struct copydesk_error error = {0};
    struct spill *s = make(2, memory_bytes, test_temp_dir());
    size_t counts[SPILL_PARTS] = {0};
    for (uint64_t i = 0; i < N; i++) {
        unsigned part = (unsigned)(i % 5 ? i % PARTS_USED : 3);
        spill_add(spill_writer(s, i % 3 == 0), part, record_of(part, i));
        counts[part]++;
    }
    assert_int_equal(spill_check(spill_writer(s, 0), &error), 0);
    assert_int_equal(spill_check(spill_writer(s, 1), &error), 0);
    assert_int_equal(spill_total(s), N);
    assert_int_equal(spill_disk_bytes(s) > 0, on_disk);
    for (unsigned part = 0; part < PARTS_USED; part++) {
        free(load(s, part, counts[part]));
    }
    uint64_t on_disk_before = spill_disk_bytes(s);
    replace_and_check(s, 3, counts[3], UINT64_C(1) << 40); // as many as there were
    replace_and_check(s, 3, counts[3] - 1, UINT64_C(2) << 40);
    replace_and_check(s, 2, counts[2] / 3, UINT64_C(3) << 40);
    replace_and_check(s, 2, 5, UINT64_C(4) << 40);
    replace_and_check(s, 2, 0, 0);
    assert_int_equal(spill_total(s), N - 1 - counts[2]);
    assert_int_equal(spill_disk_bytes(s), on_disk_before);
    uint64_t *untouched = load(s, 1, counts[1]);
    for (size_t i = 0; i < counts[1]; i++) {
        assert_int_equal(untouched[i] >> 56, 1);
    }
    free(untouched);
    spill_free(s);
}

static void replaces_in_memory(void **state)
{
    (void)state;
    replaces(0, false);
}

static void replaces_on_disk(void **state)
{
    (void)state;
    replaces(SMALL_MEMORY, true);
    replaces(1, true); // a limit too small to keep: as little as it can do with
}

static void nowhere_to_spill(void **state)
{
    struct copydesk_error error = {0};
    (void)state;
    struct spill *s = make(2, SMALL_MEMORY, TEST_NO_DIR);
    struct spill_writer *w = spill_writer(s, 1);
    for (uint64_t i = 0; i < 1000000; i++) {
        spill_add(w, (unsigned)(i * 37 % SPILL_PARTS), i);
    }
    assert_int_equal(spill_check(spill_writer(s, 0), &error), 0);
    assert_int_equal(spill_check(w, &error), COPYDESK_ERR_IO);
    assert_int_equal(error.status, COPYDESK_ERR_IO);
    assert_string_equal(error.file, TEST_NO_DIR);
    assert_int_equal(spill_check(w, NULL), COPYDESK_ERR_IO);
    spill_free(s);
}

static void memory_failure_is_sticky(void **state)
{
    struct copydesk_error error = {0};
    (void)state;
    struct spill *s = make(1, 0, test_temp_dir());
    struct spill_writer *w = spill_writer(s, 0);
    mem_fail_after(0);
    for (uint64_t i = 0; i < 200000; i++) {
        spill_add(w, (unsigned)(i % 3), i);
    }
    mem_fail_after(UINT64_MAX);
    assert_int_equal(spill_check(w, &error), COPYDESK_ERR_MEMORY);
    for (uint64_t i = 0; i < 200000; i++) {
        spill_add(w, (unsigned)(i % SPILL_PARTS), i);
    }
    assert_int_equal(spill_check(w, &error), COPYDESK_ERR_MEMORY);
    assert_int_equal(error.status, COPYDESK_ERR_MEMORY);
    spill_free(s);
}

static int fill(void *data)
{
    struct copydesk_error error = {0};
    struct spill *s = NULL;
    int status = spill_new(&s, SPILL_RECORDS, 2, *(const uint64_t *)data, test_temp_dir(), &error);
    for (unsigned i = 0; i < 2 && status == 0; i++) {
        for (uint64_t k = 0; k < 450000; k++) {
            spill_add(spill_writer(s, i), (unsigned)(k * k % SPILL_PARTS), k);
        }
        status = spill_check(spill_writer(s, i), &error);
    }
    assert_true(status == 0 || error.status == COPYDESK_ERR_MEMORY);
    spill_free(s);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    uint64_t limits[2] = {0, SMALL_MEMORY};
    (void)state;
    assert_true(test_each_allocation(fill, &limits[0]) > 10);
    assert_true(test_each_allocation(fill, &limits[1]) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty),
        cmocka_unit_test(block_ends),
        cmocka_unit_test(replaces_in_memory),
        cmocka_unit_test(replaces_on_disk),
        cmocka_unit_test(nowhere_to_spill),
        cmocka_unit_test(memory_failure_is_sticky),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("spill", tests, NULL, NULL);
}
