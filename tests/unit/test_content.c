// Keys by content: what leaves them alone, what changes them, and that they mean the same in every version.

#include "pipeline/content.h"

#include "test.h"

static uint64_t key_of(const char *first, const char *second)
{
    struct buf scratch = {0};
    uint64_t key = 0;
    assert_true(content_key((struct str){first, strlen(first)}, (struct str){second, strlen(second)},
                            &scratch, &key));
    buf_release(&scratch);
    return key;
}

static void what_leaves_a_key_alone(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"Gulls counted", "gulls  COUNTED.", true},
        {"\"Gulls\" counted", " Gulls\r\n\tcounted ", true},
        {"It's four", "it s four", true},
        {"Gulls counted", "Gull counted", false},
        {"four 2", "four 3", false},
        {"caf\xC3\xA9", "cafe", false},
        {"gullscounted", "gulls counted", false},
        {"", "!?", true},
        {"", "x", false},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(key_of(cases[i].a, "t") == key_of(cases[i].b, "t"), cases[i].same);
        assert_int_equal(key_of("t", cases[i].a) == key_of("t", cases[i].b), cases[i].same);
    }
    assert_true(key_of("a", "b") != key_of("a b", ""));
    assert_true(key_of("a", "b") != key_of("b", "a"));
}

// Baselines that lie in repositories hold such numbers: they may never change.
static void keys_are_for_ever(void **state)
{
    (void)state;
    assert_true(key_of("Gulls counted", "Four hundred and two.") == UINT64_C(0xd9726375110e53fe));
    assert_true(key_of("", "") == UINT64_C(0x384868fba0c21fdc));
}

static void spans_in_code_points(void **state)
{
    static const struct {
        const char *text;
        uint32_t start, end, from, to;
    } cases[] = {
        {"abc", 1, 2, 1, 2},
        {"\xC3\xA9t\xC3\xA9", 1, 3, 2, 5},
        {"\xC3\xA9t\xC3\xA9", 0, 1, 0, 2},
        {"\xF0\x9F\x98\x80!", 1, 2, 4, 5},
        {"", 0, 0, 0, 0},
        {"ab", 2, 9, 2, 2},
    };

    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t start = cases[i].start;
        uint32_t end = cases[i].end;
        content_char_span((struct str){cases[i].text, strlen(cases[i].text)}, &start, &end);
        assert_int_equal(start, cases[i].from);
        assert_int_equal(end, cases[i].to);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_leaves_a_key_alone),
        cmocka_unit_test(keys_are_for_ever),
        cmocka_unit_test(spans_in_code_points),
    };
    return cmocka_run_group_tests_name("content", tests, NULL, NULL);
}
