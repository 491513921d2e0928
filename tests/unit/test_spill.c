// test_spill.c - the bag of records and of postings: counts, replacing in memory and on disk, failures. What
// random use adds is in prop_spill.c.
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

// Sizes about the ends of blocks, in memory: a block holds 254 records.
static void block_ends(void **state)
{
    static const size_t sizes[] = {0, 1, 253, 254, 255, 507, 508, 509, 762, 5000};
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
    // Under a limit what replaces a part goes to disk, else nothing does.
    uint64_t expected_on_disk = spill_disk_bytes(s);
    size_t replaced = 2 * counts[3] - 1 + counts[2] / 3 + 5;
    expected_on_disk += on_disk ? replaced * sizeof(uint64_t) : 0;
    replace_and_check(s, 3, counts[3], UINT64_C(1) << 40); // as many as there were
    replace_and_check(s, 3, counts[3] - 1, UINT64_C(2) << 40);
    replace_and_check(s, 2, counts[2] / 3, UINT64_C(3) << 40);
    replace_and_check(s, 2, 5, UINT64_C(4) << 40);
    replace_and_check(s, 2, 0, 0);
    assert_int_equal(spill_total(s), N - 1 - counts[2]);
    assert_int_equal(spill_disk_bytes(s), expected_on_disk);
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

// Pages of this process that are in memory, in bytes.
static uint64_t resident(void)
{
    unsigned long pages[2] = {0, 0};
    FILE *stream = fopen("/proc/self/statm", "r");
    assert_non_null(stream);
    assert_int_equal(fscanf(stream, "%lu %lu", &pages[0], &pages[1]), 2);
    fclose(stream);
    return (uint64_t)pages[1] * 4096;
}

// The blocks go when the last part is replaced, and what was put in their place stays.
static void all_replaced_frees_the_blocks(void **state)
{
    enum { N = 4000000, KEPT = 3 };
    struct copydesk_error error = {0};
    (void)state;
    struct spill *s = make(2, 0, TEST_NO_DIR);
    for (uint64_t i = 0; i < N; i++) {
        spill_add(spill_writer(s, i % 2), (unsigned)(i % SPILL_PARTS), i);
    }
    uint64_t before = resident();
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        uint64_t records[KEPT] = {part, part * 2, 7};
        assert_int_equal(spill_replace(s, part, records, KEPT, &error), 0);
    }
    assert_true(resident() + N * sizeof(uint64_t) / 2 < before);
    assert_int_equal(spill_total(s), SPILL_PARTS * KEPT);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        uint64_t records[KEPT] = {0};
        assert_int_equal(spill_count(s, part), KEPT);
        assert_int_equal(spill_load(s, part, records, &error), 0);
        assert_int_equal(records[0], part);
        assert_int_equal(records[1], part * 2);
        assert_int_equal(records[2], 7); // in their order, not sorted
    }
    spill_free(s);
}

// The blocks go on to the heir, which fills them again before it takes fresh memory; under a limit they are
// freed.
static void bequeathed_blocks_serve_again(void **state)
{
    enum { N = 4000000 };
    struct copydesk_error error = {0};
    (void)state;
    for (int limited = 0; limited < 2; limited++) {
        struct spill *s = make(1, limited ? UINT64_C(1) << 30 : 0, test_temp_dir());
        struct spill *heir = make(2, 0, TEST_NO_DIR);
        for (uint64_t i = 0; i < N; i++) {
            spill_add(spill_writer(s, 0), (unsigned)(i % SPILL_PARTS), i);
        }
        spill_bequeath(s, heir);
        for (unsigned part = 0; part < SPILL_PARTS; part++) {
            assert_int_equal(spill_replace(s, part, NULL, 0, &error), 0);
        }
        uint64_t before = resident();
        spill_free(s);
        for (uint64_t i = 0; i < N; i++) {
            spill_add(spill_writer(heir, i % 2), (unsigned)(i % SPILL_PARTS), i);
        }
        uint64_t grown = resident() - before;
        assert_true(limited ? grown > N * sizeof(uint64_t) / 2 : grown < N * sizeof(uint64_t) / 4);
        assert_int_equal(spill_total(heir), N);
        spill_free(heir);
    }
}

// ---- postings

static struct spill *make_postings(uint64_t memory_bytes)
{
    struct copydesk_error error = {0};
    struct spill *s = NULL;
    assert_int_equal(spill_new(&s, SPILL_POSTINGS, 1, memory_bytes, test_temp_dir(), &error), 0);
    return s;
}

// The postings of a part are these, in any order; sorts the expected ones. Returns the room asked for.
static size_t expect_postings(struct spill *s, unsigned part, uint64_t *expected, size_t n)
{
    struct copydesk_error error = {0};
    size_t room = spill_count(s, part);
    size_t found = SIZE_MAX;
    assert_true(room >= n);
    uint64_t *out = calloc(room + 1, sizeof *out);
    assert_non_null(out);
    out[room] = UINT64_C(0xdead);
    assert_int_equal(spill_load_postings(s, part, out, &found, &error), 0);
    assert_int_equal(found, n);
    assert_int_equal(out[room], 0xdead);
    qsort(out, n, sizeof *out, test_compare_u64);
    qsort(expected, n, sizeof *expected, test_compare_u64);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(out[i], expected[i]);
    }
    free(out);
    return room;
}

// Articles at one distance from each other; `each` records for a posting: itself and the steps to it.
static void posting_distances(void **state)
{
    static const struct {
        const char *name;
        uint32_t first, distance;
        size_t n, each;
    } cases[] = {
        {"none", 0, 0, 0, 0},
        {"one article", 0, 0, 2000, 1},
        {"neighbours", 0, 1, 2000, 1},
        {"the largest in a byte", 0, 254, 2000, 1},
        {"one step and nothing", 0, 255, 2000, 2},
        {"one step and more", 0, 256, 2000, 2},
        {"one step and the largest", 0, 509, 2000, 2},
        {"two steps", 0, 510, 2000, 3},
        {"the most steps", 0, 4079, 2000, 16},
        {"a new block", 0, 4080, 2000, 1},
        {"far", 0, 1000000, 2000, 1},
        {"to the last article", UINT32_MAX - 1999, 1, 2000, 1},
        {"to the last article, far", UINT32_MAX - 1999 * 4079u, 4079, 2000, 16},
        {"downwards", UINT32_MAX, UINT32_MAX, 2000, 1},
        {"downwards, far", UINT32_MAX, 0u - 5000, 2000, 1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct spill *s = make_postings(0);
        uint64_t expected[2001];
        uint32_t article = cases[i].first;
        for (size_t k = 0; k < cases[i].n; k++) {
            uint32_t key = (uint32_t)test_word(k);
            spill_add_posting(spill_writer(s, 0), 77, key, article);
            expected[k] = (uint64_t)key << 32 | article;
            article += cases[i].distance;
        }
        assert_int_equal(spill_check(spill_writer(s, 0), NULL), 0);
        size_t room = expect_postings(s, 77, expected, cases[i].n);
        // The first one starts from article 0, in a byte or in a block of its own.
        size_t most = cases[i].n ? (cases[i].n - 1) * cases[i].each + 1 : 0;
        if (room != most) {
            fail_msg("%s: %zu records instead of %zu", cases[i].name, room, most);
        }
        assert_int_equal(spill_disk_bytes(s), 0);
        spill_free(s);
    }
}

// A block holds 406 postings; a step may be what fills it.
static void posting_block_ends(void **state)
{
    static const size_t sizes[] = {1, 404, 405, 406, 407, 810, 811, 812, 813, 4079, 4080, 4081};
    static const uint32_t last[] = {0, 254, 255, 510, 511, 4079, 4080, 70000};
    static uint64_t expected[5000];
    (void)state;
    assert_int_equal(SPILL_DATA_BYTES / SPILL_POSTING_BYTES, 406);
    for (size_t i = 0; i < COUNT_OF(sizes) * COUNT_OF(last); i++) {
        size_t n = sizes[i / COUNT_OF(last)];
        uint32_t far = last[i % COUNT_OF(last)];
        struct spill *s = make_postings(0);
        struct spill_writer *w = spill_writer(s, 0);
        for (uint32_t k = 0; k < n + 2; k++) { // two more behind the far distance
            uint32_t article = k < n ? k / 3 : k / 3 + far;
            spill_add_posting(w, 255, 0xfffffff0u + k % 16, article);
            expected[k] = (uint64_t)(0xfffffff0u + k % 16) << 32 | article;
        }
        assert_int_equal(spill_check(w, NULL), 0);
        expect_postings(s, 255, expected, n + 2);
        assert_int_equal(spill_total(s), spill_count(s, 255));
        spill_free(s);
    }
}

static void postings_replaced(void **state)
{
    enum { N = 400000 };
    (void)state;
    for (int limited = 0; limited < 2; limited++) {
        struct copydesk_error error = {0};
        struct spill *s = make_postings(limited);
        for (uint32_t i = 0; i < N; i++) {
            spill_add_posting(spill_writer(s, 0), i % 2 ? 1 : i / 2 % SPILL_PARTS, i * 7, i);
        }
        assert_int_equal(spill_check(spill_writer(s, 0), &error), 0);
        assert_int_equal(spill_disk_bytes(s) > 0, limited);
        for (unsigned part = 0; part < SPILL_PARTS; part++) {
            size_t n = 0;
            size_t room = spill_count(s, part);
            uint64_t *postings = calloc(room + 1, sizeof *postings);
            uint64_t *back = calloc(room + 1, sizeof *back);
            assert_non_null(postings);
            assert_non_null(back);
            assert_int_equal(spill_load_postings(s, part, postings, &n, &error), 0);
            assert_true(n >= N / 2 / SPILL_PARTS);
            n = part == 9 ? 0 : n / 2;
            assert_int_equal(spill_replace(s, part, postings, n, &error), 0);
            assert_int_equal(spill_count(s, part), n);
            assert_int_equal(spill_load(s, part, back, &error), 0);
            assert_memory_equal(back, postings, n * sizeof *back);
            free(postings);
            free(back);
        }
        spill_free(s);
    }
}

static void nowhere_to_spill_postings(void **state)
{
    struct copydesk_error error = {0};
    struct spill *s = NULL;
    (void)state;
    assert_int_equal(spill_new(&s, SPILL_POSTINGS, 1, 1, TEST_NO_DIR, &error), 0);
    struct spill_writer *w = spill_writer(s, 0);
    for (uint32_t i = 0; i < 1000000; i++) { // every way to need another block, before and after the failure
        spill_add_posting(w, i * 37 % SPILL_PARTS, i, i * (i % 64 ? 1 : 5000));
    }
    assert_int_equal(spill_check(w, &error), COPYDESK_ERR_IO);
    assert_string_equal(error.file, TEST_NO_DIR);
    spill_free(s);
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
        cmocka_unit_test(all_replaced_frees_the_blocks),
        cmocka_unit_test(bequeathed_blocks_serve_again),
        cmocka_unit_test(posting_distances),
        cmocka_unit_test(posting_block_ends),
        cmocka_unit_test(postings_replaced),
        cmocka_unit_test(nowhere_to_spill_postings),
        cmocka_unit_test(nowhere_to_spill),
        cmocka_unit_test(memory_failure_is_sticky),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("spill", tests, NULL, NULL);
}
