// test_edits.c - the store of findings: what goes in comes out, in memory and on disk, however long.
#include "test.h"

#include "pipeline/edits.h"

static const char *const reason = "a reason";

static struct found sample(uint64_t *state, uint32_t start, bool text)
{
    static const char bytes[] = "0123456789";
    struct found f = {.other = test_below(state, 2) ? (uint32_t)test_random(state) : UINT32_MAX};
    f.edit = (struct edit){
        .rule = (enum copydesk_rule)test_below(state, COPYDESK_N_RULES),
        .field = text ? COPYDESK_FIELD_TEXT : COPYDESK_FIELD_TITLE,
        .start = start,
        .end = start + (uint32_t)test_below(state, 100000),
        .score = (uint32_t)test_below(state, 10001),
        .articles = test_below(state, 2) ? (uint32_t)test_random(state) : 0,
        .reason = test_below(state, 4) ? NULL : reason,
        .to = {bytes, test_below(state, 10)},
    };
    f.edit.clusters = f.edit.articles / 2;
    return f;
}

static void assert_same(const struct found *a, const struct found *b)
{
    assert_int_equal(a->edit.rule, b->edit.rule);
    assert_int_equal(a->edit.field, b->edit.field);
    assert_int_equal(a->edit.start, b->edit.start);
    assert_int_equal(a->edit.end, b->edit.end);
    assert_int_equal(a->edit.score, b->edit.score);
    assert_int_equal(a->edit.articles, b->edit.articles);
    assert_int_equal(a->edit.clusters, b->edit.clusters);
    assert_ptr_equal(a->edit.reason, b->edit.reason);
    assert_true(str_equal(a->edit.to, b->edit.to));
    assert_int_equal(a->other, b->other);
}

enum { ARTICLES = 200, LONG = 150000 };

// Article i has i % 7 edits, but for one that has more than an entry of the log holds.
static size_t make(struct found *found, uint32_t article)
{
    uint64_t state = article;
    size_t n = article == 100 ? LONG : article % 7;
    uint32_t start = 0;
    for (size_t i = 0; i < n; i++) {
        bool text = i >= n / 3;
        start = i == n / 3 ? 0 : start;
        found[i] = sample(&state, start, text);
        start += (uint32_t)test_below(&state, 300);
    }
    return n;
}

static int round_trip(uint64_t memory_bytes)
{
    struct copydesk_error error;
    struct edit_store *store = NULL;
    struct edit_list list = {0};
    struct buf packed = {0};
    struct found *found = malloc(LONG * sizeof *found);
    int status = edit_store_new(&store, ARTICLES, memory_bytes, test_temp_dir(), &error);
    for (uint32_t a = 0; a < ARTICLES && status == 0; a++) {
        buf_clear(&packed);
        edit_pack(&packed, found, make(found, a));
        status = packed.failed ? COPYDESK_ERR_MEMORY
                               : edit_store_add(store, a, (struct str){packed.data, packed.len}, &error);
    }
    for (uint32_t a = 0; a < ARTICLES && status == 0; a++) {
        size_t n = make(found, a);
        status = edit_store_get(store, a, &list, &error);
        if (status == 0) {
            assert_int_equal(list.n, n);
            assert_int_equal(edit_store_has(store, a), n > 0);
        }
        for (size_t i = 0; i < n && status == 0; i++) {
            assert_same(&list.found[i], &found[i]);
            assert_int_equal(list.edits[i].start, found[i].edit.start);
        }
    }
    if (status == 0) {
        assert_int_equal(edit_store_disk_bytes(store) > 0, memory_bytes > 0);
    }
    free(found);
    edit_list_release(&list);
    buf_release(&packed);
    edit_store_free(store);
    return status;
}

static void in_memory(void **state)
{
    (void)state;
    assert_int_equal(round_trip(0), 0);
}

static void on_disk(void **state)
{
    (void)state;
    assert_int_equal(round_trip(1), 0);
}

static int run_short_of_memory(void *data)
{
    (void)data;
    return round_trip(0);
}

static void allocations(void **state)
{
    (void)state;
    assert_true(test_each_allocation(run_short_of_memory, NULL) > 5);
}

static void no_store_has_nothing(void **state)
{
    (void)state;
    assert_false(edit_store_has(NULL, 3));
    assert_int_equal(edit_store_disk_bytes(NULL), 0);
    edit_store_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_memory),
        cmocka_unit_test(on_disk),
        cmocka_unit_test(allocations),
        cmocka_unit_test(no_store_has_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
