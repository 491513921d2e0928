// test_catalog.c - what is kept of every article: records, ids, and the first article with the same text.
#include "test.h"

#include "pipeline/catalog.h"

static struct catalog_record record_of(uint32_t i)
{
    return (struct catalog_record){
        .offset = UINT64_C(1000) * i,
        .date = (int64_t)i - 500,
        .url_hash = test_word(i),
        .n_words = i * 3,
        .source_hash = i ^ 77,
        .length = i + 1,
        .line = i + 2,
        .file_no = i / 100,
        .check = i * 31,
        .flags = i & 7,
    };
}

static struct catalog *make(uint64_t memory_bytes)
{
    struct copydesk_error error = {0};
    struct catalog *c = NULL;
    assert_int_equal(catalog_new(&c, memory_bytes, test_temp_dir(), &error), 0);
    return c;
}

static void leaders(void **state)
{
    static const struct {
        struct catalog_key key;
        uint32_t leader;
    } cases[] = {
        {{1, 1}, 0},
        {{2, 1}, 1},
        {{1, 1}, 0},
        {{1, 2}, 3}, // half of the key is not enough
        {{0, 0}, 4}, // nothing to compare
        {{0, 0}, 5},
        {{0, 1}, 6},
        {{1, 0}, 7},
        {{0, 1}, 6},
        {{UINT64_MAX, UINT64_MAX}, 9},
        {{UINT64_MAX, UINT64_MAX}, 9},
        {{1, 2}, 3},
        {{1, 0}, 7},
        {{UINT64_C(1) << 58, 1}, 13}, // another table
        {{2, 1}, 1},
    };
    struct catalog *c = make(0);
    struct copydesk_error error = {0};
    (void)state;
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        struct catalog_record record = record_of(i);
        uint32_t leader = UINT32_MAX;
        assert_int_equal(catalog_add(c, &record, (struct str)BYTES("id"), cases[i].key, &leader, &error), 0);
        assert_int_equal(leader, cases[i].leader);
        assert_int_equal(catalog_count(c), i + 1);
    }
    catalog_seal(c);
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(catalog_leader(c, i), cases[i].leader);
    }
    catalog_free(c);
    catalog_free(NULL);
}

enum { MANY = 105000 };

// Ids of many lengths, none among them.
static size_t id_of(uint32_t i, char out[64])
{
    return i % 50 == 0 ? 0
                       : (size_t)snprintf(out, 64, "story-%u-%.*s", i, (int)(i % 40),
                                          "abcdefghijabcdefghijabcdefghijabcdefghij");
}

static struct catalog_key key_of(uint32_t i)
{
    uint64_t story = i % 3 == 2 ? i / 2 : i; // some texts come again later
    return (struct catalog_key){test_word(story), test_word(story + MANY)};
}

static void check_all(const struct catalog *c)
{
    struct copydesk_error error = {0};
    struct buf scratch = {0};
    for (uint32_t k = 0; k < MANY; k++) {
        uint32_t i = (uint32_t)(k * UINT64_C(48271) % MANY);
        struct catalog_record record;
        struct str id = {NULL, 0};
        char expected_id[64];
        size_t len = id_of(i, expected_id);
        assert_int_equal(catalog_get(c, i, &record, &error), 0);
        assert_int_equal(catalog_id(c, &record, &scratch, &id, &error), 0);
        assert_int_equal(id.len, len);
        assert_memory_equal(id.data, expected_id, len);
        struct catalog_record expected = record_of(i);
        expected.id_at = record.id_at;
        expected.id_len = (uint32_t)len;
        assert_memory_equal(&record, &expected, sizeof record);
    }
    buf_release(&scratch);
}

static void many(uint64_t memory_bytes)
{
    static uint32_t first[MANY];
    struct catalog *c = make(memory_bytes);
    struct copydesk_error error = {0};
    uint32_t copies = 0;
    memset(first, 0xff, sizeof first);
    for (uint32_t i = 0; i < MANY; i++) {
        struct catalog_record record = record_of(i);
        char id[64];
        size_t len = id_of(i, id);
        uint32_t leader = UINT32_MAX;
        assert_int_equal(catalog_add(c, &record, (struct str){id, len}, key_of(i), &leader, &error), 0);
        uint64_t story = i % 3 == 2 ? i / 2 : i;
        first[story] = first[story] == UINT32_MAX ? i : first[story];
        assert_int_equal(leader, first[story]);
        copies += leader != i;
    }
    assert_true(copies > MANY / 10);
    assert_int_equal(catalog_count(c), MANY);
    assert_int_equal(catalog_disk_bytes(c) > 0, memory_bytes > 0);
    catalog_seal(c);
    check_all(c);
    catalog_free(c);
}

static void many_in_memory(void **state)
{
    (void)state;
    many(0);
}

static void many_on_disk(void **state)
{
    (void)state;
    many(4 << 20);
    many(3);
}

static void bad_records(void **state)
{
    static const char reason[] = "no JSON";
    struct catalog *c = make(0);
    struct copydesk_error error = {0};
    struct catalog_record record = {
        .date = 17, .reason = reason, .bad_length = UINT64_C(5) << 32, .flags = CATALOG_BAD};
    struct catalog_record back;
    uint32_t leader;
    (void)state;
    assert_int_equal(
        catalog_add(c, &record, (struct str){NULL, 0}, (struct catalog_key){0, 0}, &leader, &error), 0);
    assert_int_equal(catalog_get(c, 0, &back, &error), 0);
    assert_ptr_equal(back.reason, reason);
    assert_true(back.bad_length == UINT64_C(5) << 32);
    catalog_free(c);
}

struct filling {
    uint64_t memory_bytes;
    uint32_t n;
};

static int fill(void *data)
{
    const struct filling *filling = data;
    struct catalog *c = NULL;
    struct copydesk_error error = {0};
    int status = catalog_new(&c, filling->memory_bytes, test_temp_dir(), &error);
    for (uint32_t i = 0; i < filling->n && status == 0; i++) {
        struct catalog_record record = record_of(i);
        char id[64];
        size_t len = id_of(i, id);
        uint32_t leader;
        status = catalog_add(c, &record, (struct str){id, len}, key_of(i), &leader, &error);
    }
    struct buf scratch = {0};
    struct str id;
    struct catalog_record record = {0};
    if (status == 0) {
        status = catalog_get(c, 1, &record, &error);
    }
    if (status == 0) {
        status = catalog_id(c, &record, &scratch, &id, &error);
    }
    buf_release(&scratch);
    catalog_free(c);
    return status;
}

static void each_allocation_may_fail(void **state)
{
    struct filling in_memory = {0, 5000};
    struct filling on_disk = {1, 17000}; // more than one chunk of records
    (void)state;
    assert_true(test_each_allocation(fill, &in_memory) > 64);
    assert_true(test_each_allocation(fill, &on_disk) > 64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaders),
        cmocka_unit_test(many_in_memory),
        cmocka_unit_test(many_on_disk),
        cmocka_unit_test(bad_records),
        cmocka_unit_test(each_allocation_may_fail),
    };
    return cmocka_run_group_tests_name("catalog", tests, NULL, NULL);
}
