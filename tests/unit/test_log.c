// test_log.c - the byte log, resident and on disk: what goes in comes out, entries never straddle chunks.
#include "test.h"

#include "base/log.h"

enum { MOST_ENTRIES = 20000, MOST_BYTES = 3000 };

static void fill_entry(unsigned char *out, size_t len, uint64_t number)
{
    for (size_t i = 0; i < len; i++) {
        out[i] = (unsigned char)(number * 31 + i);
    }
}

static void round_trip(uint64_t memory_bytes, size_t most_bytes, unsigned n)
{
    static uint64_t offsets[MOST_ENTRIES];
    static size_t lens[MOST_ENTRIES];
    unsigned char entry[MOST_BYTES];
    unsigned char scratch[MOST_BYTES];
    struct copydesk_error error = {0};
    struct log *l = NULL;
    uint64_t random = 5;
    uint64_t end = 0;
    assert_true(n <= MOST_ENTRIES && most_bytes <= MOST_BYTES);
    assert_int_equal(log_new(&l, memory_bytes, test_temp_dir(), &error), 0);
    for (unsigned i = 0; i < n; i++) {
        lens[i] = 1 + test_below(&random, most_bytes);
        fill_entry(entry, lens[i], i);
        assert_int_equal(log_append(l, entry, lens[i], &offsets[i], &error), 0);
        assert_true(offsets[i] >= end);
        assert_int_equal(offsets[i] / LOG_CHUNK_BYTES, (offsets[i] + lens[i] - 1) / LOG_CHUNK_BYTES);
        end = offsets[i] + lens[i];
    }
    // Every third entry is written over, with what another entry would have held.
    for (unsigned i = 0; i < n; i += 3) {
        fill_entry(entry, lens[i], i + 1000);
        assert_int_equal(log_write(l, offsets[i], entry, lens[i], &error), 0);
    }
    // So is every fifth, on the way from front to back; it is read again as it was left.
    struct log_window window = {0};
    for (unsigned i = 0; i < n; i++) {
        const void *found = log_read_on(l, &window, offsets[i], lens[i], scratch, &error);
        fill_entry(entry, lens[i], i % 3 ? i : i + 1000);
        assert_non_null(found);
        assert_memory_equal(found, entry, lens[i]);
        if (i % 5 == 0) {
            fill_entry(entry, lens[i], i);
            assert_int_equal(log_write_on(l, &window, offsets[i], entry, lens[i], &error), 0);
            found = log_read_on(l, &window, offsets[i], lens[i], scratch, &error);
            assert_memory_equal(found, entry, lens[i]);
        }
    }
    log_window_release(&window);
    for (unsigned k = 0; k < n; k++) {
        unsigned i = (unsigned)(k * UINT64_C(7919) % n); // in any order
        const void *found = log_read(l, offsets[i], lens[i], scratch, &error);
        fill_entry(entry, lens[i], i % 3 == 0 && i % 5 ? i + 1000 : i);
        assert_non_null(found);
        assert_memory_equal(found, entry, lens[i]);
    }
    if (memory_bytes == 0) {
        assert_int_equal(log_disk_bytes(l), 0);
    } else {
        uint64_t chunks = (end + LOG_CHUNK_BYTES - 1) / LOG_CHUNK_BYTES;
        uint64_t resident = memory_bytes < LOG_CHUNK_BYTES ? 1 : memory_bytes / LOG_CHUNK_BYTES;
        assert_true(chunks > resident);
        assert_int_equal(log_disk_bytes(l), (chunks - resident) * LOG_CHUNK_BYTES);
    }
    log_free(l);
}

static void resident(void **state)
{
    (void)state;
    round_trip(0, 3000, 5000);
    round_trip(0, 64, MOST_ENTRIES);
}

static void spilled(void **state)
{
    (void)state;
    round_trip(3 << 20, 3000, 5000);
    round_trip(2 << 20, 3000, 5000);
    round_trip(1, 3000, 5000); // never less than the chunk that is being filled
}

static void whole_chunks(void **state)
{
    struct copydesk_error error = {0};
    struct log *l = NULL;
    uint64_t at[4];
    (void)state;
    char *chunk = malloc(LOG_CHUNK_BYTES);
    char *scratch = malloc(LOG_CHUNK_BYTES);
    assert_non_null(chunk);
    assert_non_null(scratch);
    assert_int_equal(log_new(&l, 1 << 20, test_temp_dir(), &error), 0);
    for (unsigned i = 0; i < 4; i++) {
        memset(chunk, (int)('a' + i), LOG_CHUNK_BYTES);
        assert_int_equal(log_append(l, chunk, LOG_CHUNK_BYTES, &at[i], &error), 0);
        assert_int_equal(at[i], (uint64_t)i * LOG_CHUNK_BYTES);
    }
    for (unsigned i = 0; i < 4; i++) {
        const char *found = log_read(l, at[i], LOG_CHUNK_BYTES, scratch, &error);
        assert_non_null(found);
        assert_int_equal(found[0], 'a' + i);
        assert_int_equal(found[LOG_CHUNK_BYTES - 1], 'a' + i);
    }
    log_free(l);
    free(chunk);
    free(scratch);
}

static void empty_entries(void **state)
{
    struct copydesk_error error = {0};
    struct log *l = NULL;
    uint64_t at = 99;
    uint64_t next = 99;
    char scratch[1];
    (void)state;
    assert_int_equal(log_new(&l, 0, test_temp_dir(), &error), 0);
    assert_int_equal(log_append(l, NULL, 0, &at, &error), 0); // the first of all
    assert_int_equal(at, 0);
    assert_int_equal(log_write(l, at, NULL, 0, &error), 0);
    assert_int_equal(log_append(l, "x", 1, &at, &error), 0);
    assert_int_equal(log_append(l, "", 0, &next, &error), 0);
    assert_int_equal(next, at + 1);
    assert_ptr_equal(log_read(l, next, 0, scratch, &error), scratch);
    log_free(l);
    log_free(NULL);
}

static void no_room_on_disk(void **state)
{
    struct copydesk_error error = {0};
    struct log *l = NULL;
    uint64_t at;
    (void)state;
    char *chunk = calloc(1, LOG_CHUNK_BYTES);
    assert_non_null(chunk);
    assert_int_equal(log_new(&l, 1, TEST_NO_DIR, &error), 0);
    assert_int_equal(log_append(l, chunk, LOG_CHUNK_BYTES, &at, &error), 0);
    assert_int_equal(log_append(l, chunk, 1, &at, &error), COPYDESK_ERR_IO);
    assert_int_equal(error.status, COPYDESK_ERR_IO);
    assert_string_equal(error.file, TEST_NO_DIR);
    assert_non_null(strstr(error.message, "--temp-dir"));
    log_free(l);
    free(chunk);
}

static int fill(void *data)
{
    struct copydesk_error error = {0};
    struct log *l = NULL;
    uint64_t at;
    char entry[700] = {0};
    int status = log_new(&l, *(const uint64_t *)data, test_temp_dir(), &error);
    for (unsigned i = 0; i < 5000 && status == 0; i++) {
        status = log_append(l, entry, sizeof entry, &at, &error);
    }
    log_free(l);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    uint64_t limits[2] = {0, 2 << 20};
    (void)state;
    assert_true(test_each_allocation(fill, &limits[0]) >= 5);
    assert_true(test_each_allocation(fill, &limits[1]) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resident),        cmocka_unit_test(spilled),
        cmocka_unit_test(whole_chunks),    cmocka_unit_test(empty_entries),
        cmocka_unit_test(no_room_on_disk), cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
