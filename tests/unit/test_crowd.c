// test_crowd.c - who is said to be alone is alone, and most who are alone are said to be.
#include "test.h"

#include "base/crowd.h"

static void alone_is_certain(void **state)
{
    static const size_t sizes[] = {1, 2, 100, 5000, 300000, 2000000};
    (void)state;
    for (size_t s = 0; s < COUNT_OF(sizes); s++) {
        size_t n = sizes[s];
        struct crowd crowd = crowd_new(n);
        assert_non_null(crowd.places);
        uint64_t mask = (UINT64_C(1) << crowd.bits) - 1;
        uint8_t *met = calloc(mask + 1, 1);
        assert_non_null(met);
        // Every place up to three times and more.
        for (size_t i = 0; i < n; i++) {
            uint64_t place = test_word(i) & mask;
            crowd_enter(&crowd, place);
            met[place] += met[place] < 3;
        }
        for (uint64_t place = 0; place <= mask; place++) {
            if (met[place]) {
                assert_int_equal(crowd_is_alone(&crowd, place), met[place] == 1);
            }
        }
        free(met);
        crowd_free(&crowd);
        crowd_free(&crowd);
    }
}

static void room_for_few(void **state)
{
    (void)state;
    struct crowd small = crowd_new(0);
    struct crowd large = crowd_new(SIZE_MAX / 8);
    assert_true(small.bits >= 10 && large.bits <= 21);
    crowd_free(&small);
    crowd_free(&large);
    mem_fail_after(0);
    struct crowd none = crowd_new(10);
    mem_fail_after(UINT64_MAX);
    assert_null(none.places);
    crowd_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alone_is_certain),
        cmocka_unit_test(room_for_few),
    };
    return cmocka_run_group_tests_name("crowd", tests, NULL, NULL);
}
