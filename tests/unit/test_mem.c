// test_mem.c - allocation, overflow, growing arrays, the arena, and the hook that makes allocations fail.
#include "test.h"

static void refuses_overflow(void **state)
{
    static const struct {
        size_t count, size;
    } cases[] = {{SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX / 8 + 1, 8}, {(size_t)1 << 33, (size_t)1 << 31}};
    (void)state;
    void *block = mem_alloc(1, 8);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_null(mem_alloc(cases[i].count, cases[i].size));
        assert_null(mem_zalloc(cases[i].count, cases[i].size));
        assert_null(mem_realloc(block, cases[i].count, cases[i].size));
    }
    memset(block, 1, 8); // still valid
    mem_free(block);
    mem_free(NULL);
}

static void nothing_is_something(void **state)
{
    (void)state;
    void *a = mem_alloc(0, 8);
    void *b = mem_zalloc(8, 0);
    assert_non_null(a);
    assert_non_null(b);
    a = mem_realloc(a, 0, 1);
    assert_non_null(a);
    mem_free(a);
    mem_free(b);
}

static void fails_from_the_nth_on(void **state)
{
    (void)state;
    mem_fail_after(2);
    void *first = mem_alloc(1, 1);
    void *second = mem_map(4096);
    void *third = mem_zalloc(1, 1);
    void *fourth = mem_alloc(1, 1);
    void *fifth = mem_map(4096);
    void *sixth = mem_realloc(first, 2, 1);
    mem_fail_after(UINT64_MAX);
    assert_non_null(first);
    assert_non_null(second);
    assert_null(third);
    assert_null(fourth);
    assert_null(fifth);
    assert_null(sixth);
    mem_free(first);
    mem_unmap(second, 4096);
    mem_unmap(NULL, 4096);
    void *again = mem_alloc(1, 1);
    assert_non_null(again);
    mem_free(again);
}

static void arrays_grow(void **state)
{
    void *array = NULL;
    size_t cap = 0;
    unsigned moves = 0;
    (void)state;
    for (size_t n = 1; n <= 100000; n++) {
        size_t before = cap;
        assert_true(mem_grow(&array, &cap, n, sizeof(uint32_t)));
        assert_true(cap >= n);
        moves += cap != before;
        ((uint32_t *)array)[n - 1] = (uint32_t)n;
    }
    assert_true(moves < 40);
    for (size_t n = 1; n <= 100000; n++) {
        assert_int_equal(((uint32_t *)array)[n - 1], n);
    }
    void *old = array;
    size_t old_cap = cap;
    assert_false(mem_grow(&array, &cap, SIZE_MAX / 2, sizeof(uint32_t)));
    mem_fail_after(0);
    bool grown = mem_grow(&array, &cap, cap + 1, sizeof(uint32_t));
    bool enough = mem_grow(&array, &cap, cap, sizeof(uint32_t));
    mem_fail_after(UINT64_MAX);
    assert_false(grown);
    assert_true(enough);
    assert_ptr_equal(array, old);
    assert_int_equal(cap, old_cap);
    mem_free(array);
}

static void arena_gives_separate_blocks(void **state)
{
    enum { N = 3000 };
    struct arena a = {0};
    char *blocks[N];
    uint64_t random = 1;
    size_t sizes[N];
    (void)state;
    for (unsigned i = 0; i < N; i++) {
        sizes[i] = i % 500 == 7 ? 200000 : test_below(&random, 100);
        blocks[i] = arena_alloc(&a, sizes[i]);
        assert_non_null(blocks[i]);
        assert_int_equal((uintptr_t)blocks[i] % 8, 0);
        memset(blocks[i], (int)(i % 251), sizes[i]);
    }
    for (unsigned i = 0; i < N; i++) {
        for (size_t k = 0; k < sizes[i]; k += 13) {
            assert_int_equal((unsigned char)blocks[i][k], i % 251);
        }
    }
    assert_memory_equal(arena_copy(&a, "story", 6), "story", 6);
    assert_non_null(arena_copy(&a, NULL, 0));
    arena_release(&a);
    assert_null(a.blocks);
    arena_release(&a);
}

static void arena_refuses_what_overflows(void **state)
{
    static const size_t sizes[] = {SIZE_MAX,     SIZE_MAX - 6,  SIZE_MAX - 7,
                                   SIZE_MAX - 8, SIZE_MAX - 15, SIZE_MAX - 31};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(sizes); i++) {
        struct arena a = {0};
        assert_non_null(arena_alloc(&a, 8));
        assert_null(arena_alloc(&a, sizes[i]));
        assert_true(a.failed);
        arena_release(&a);
    }
}

static void arena_failure_is_sticky(void **state)
{
    struct arena a = {0};
    (void)state;
    assert_non_null(arena_alloc(&a, 16));
    mem_fail_after(0);
    assert_non_null(arena_alloc(&a, 16)); // from the block that is there
    assert_null(arena_alloc(&a, 1 << 20));
    mem_fail_after(UINT64_MAX);
    assert_null(arena_alloc(&a, 16));
    assert_null(arena_copy(&a, "x", 1));
    arena_release(&a);
    assert_non_null(arena_alloc(&a, 16));
    arena_release(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_overflow),
        cmocka_unit_test(nothing_is_something),
        cmocka_unit_test(fails_from_the_nth_on),
        cmocka_unit_test(arrays_grow),
        cmocka_unit_test(arena_gives_separate_blocks),
        cmocka_unit_test(arena_refuses_what_overflows),
        cmocka_unit_test(arena_failure_is_sticky),
    };
    return cmocka_run_group_tests_name("mem", tests, NULL, NULL);
}
