// test_str.c - views, the growing buffer, JSON strings, UTF-8.
#include "test.h"

#include "base/str.h"

static void compares_bytewise(void **state)
{
    static const struct {
        struct str a, b;
        int sign;
    } cases[] = {
        {BYTES(""), BYTES(""), 0},           {BYTES(""), BYTES("a"), -1},       {BYTES("a"), BYTES("ab"), -1},
        {BYTES("ab"), BYTES("a"), 1},        {BYTES("abc"), BYTES("abd"), -1},  {BYTES("b"), BYTES("abc"), 1},
        {BYTES("z"), BYTES("\xC3\xA9"), -1}, // bytes are unsigned
        {BYTES("a\0b"), BYTES("a\0c"), -1},  {BYTES("same"), BYTES("same"), 0}, {{NULL, 0}, {NULL, 0}, 0},
        {{NULL, 0}, BYTES("a"), -1},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int forward = str_compare(cases[i].a, cases[i].b);
        int backward = str_compare(cases[i].b, cases[i].a);
        assert_int_equal((forward > 0) - (forward < 0), cases[i].sign);
        assert_int_equal((backward > 0) - (backward < 0), -cases[i].sign);
        assert_int_equal(str_equal(cases[i].a, cases[i].b), cases[i].sign == 0);
    }
}

static void starts_and_ends(void **state)
{
    static const struct {
        struct str s, part;
        bool starts, ends;
    } cases[] = {
        {BYTES("story.jsonl"), BYTES("story"), true, false},
        {BYTES("story.jsonl"), BYTES(".jsonl"), false, true},
        {BYTES("abab"), BYTES("ab"), true, true},
        {BYTES("ab"), BYTES("abab"), false, false},
        {BYTES("ab"), BYTES(""), true, true},
        {{NULL, 0}, {NULL, 0}, true, true},
        {{NULL, 0}, BYTES("a"), false, false},
        {BYTES("same"), BYTES("same"), true, true},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(str_starts(cases[i].s, cases[i].part), cases[i].starts);
        assert_int_equal(str_ends(cases[i].s, cases[i].part), cases[i].ends);
    }
}

static void trims_ascii_space_only(void **state)
{
    static const struct {
        struct str s, expected;
    } cases[] = {
        {BYTES(""), BYTES("")},
        {BYTES(" \t\n\v\f\r"), BYTES("")},
        {BYTES("  a b \r\n"), BYTES("a b")},
        {BYTES("a"), BYTES("a")},
        {BYTES("\0a\0"), BYTES("\0a\0")},
        {BYTES("\xC2\xA0x\xC2\xA0"), BYTES("\xC2\xA0x\xC2\xA0")}, // a no-break space stays
        {BYTES("\x08x\x0E"), BYTES("\x08x\x0E")},                 // the neighbours of \t and \r
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(str_equal(str_trim(cases[i].s), cases[i].expected));
    }
}

static void writes_json_strings(void **state)
{
    static const struct {
        struct str s, expected;
    } cases[] = {
        {BYTES(""), BYTES("\"\"")},
        {{NULL, 0}, BYTES("\"\"")},
        {BYTES("plain / text"), BYTES("\"plain / text\"")},
        {BYTES("say \"no\" \\ yes"), BYTES("\"say \\\"no\\\" \\\\ yes\"")},
        {BYTES("\b\t\n\f\r"), BYTES("\"\\b\\t\\n\\f\\r\"")},
        {BYTES("\0\x01\x0B\x1F"), BYTES("\"\\u0000\\u0001\\u000b\\u001f\"")},
        {BYTES("\x7F"), BYTES("\"\x7F\"")},
        {BYTES("a\xE2\x80\xA8"
               "b\xE2\x80\xA9"),
         BYTES("\"a\\u2028b\\u2029\"")},
        {BYTES("\xE2\x80\xA7\xE2\x80\xAA"), BYTES("\"\xE2\x80\xA7\xE2\x80\xAA\"")},
        {BYTES("\xE2\x82\xAC\xC3\xA9\xF0\x9F\x98\x80"), BYTES("\"\xE2\x82\xAC\xC3\xA9\xF0\x9F\x98\x80\"")},
        {BYTES("x\xE2"), BYTES("\"x\xE2\"")}, // not valid, yet not read beyond its end
        {BYTES("x\xE2\x80"), BYTES("\"x\xE2\x80\"")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf b = {0};
        buf_add_json(&b, cases[i].s);
        assert_false(b.failed);
        assert_true(str_equal((struct str){b.data, b.len}, cases[i].expected));
        buf_release(&b);
    }
}

static void buffer_grows(void **state)
{
    struct buf b = {0};
    (void)state;
    for (int i = 0; i < 1000; i++) {
        buf_add_char(&b, 'x');
        buf_add_str(&b, STR("-yz"));
        buf_add(&b, NULL, 0);
        buf_printf(&b, "%s", "");
    }
    assert_int_equal(b.len, 4000);
    assert_memory_equal(b.data + 3996, "x-yz", 4);
    buf_clear(&b);
    assert_int_equal(b.len, 0);
    buf_add_u64(&b, 0);
    buf_add_u64(&b, UINT64_MAX);
    buf_printf(&b, " %d%c", -7, '%');
    assert_true(str_equal((struct str){b.data, b.len}, STR("018446744073709551615 -7%")));
    buf_release(&b);
    assert_null(b.data);
    assert_int_equal(b.cap, 0);
    buf_release(&b);
}

static void buffer_failure_is_sticky(void **state)
{
    struct buf b = {0};
    (void)state;
    buf_add_str(&b, STR("kept"));
    mem_fail_after(0);
    while (b.len < b.cap) {
        buf_add_char(&b, '.');
    }
    size_t full = b.len;
    buf_add_char(&b, '!');
    mem_fail_after(UINT64_MAX);
    assert_true(b.failed);
    assert_int_equal(b.len, full);
    buf_add_char(&b, '!');
    buf_add_str(&b, STR("more"));
    buf_printf(&b, "%d", 1);
    buf_add_json(&b, STR("x"));
    assert_int_equal(b.len, full);
    assert_memory_equal(b.data, "kept", 4);
    buf_clear(&b);
    buf_add_char(&b, 'x');
    assert_int_equal(b.len, 0); // also where there would be room
    assert_false(buf_reserve(&b, 1));
    buf_release(&b);
    buf_add_char(&b, 'x');
    assert_false(b.failed);
    assert_int_equal(b.len, 1);
    assert_false(buf_reserve(&b, SIZE_MAX));
    assert_true(b.failed);
    buf_release(&b);
}

static void utf8_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t c = 0; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF) {
            continue;
        }
        uint8_t bytes[4];
        uint32_t back = 0xFFFFFFFF;
        unsigned len = utf8_encode(c, bytes);
        unsigned expected = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        if (len != expected || utf8_decode(bytes, bytes + len, &back) != len || back != c ||
            utf8_decode(bytes, bytes + len - 1, &back) != 0) {
            fail_msg("U+%04X", c);
        }
    }
}

static void utf8_refuses(void **state)
{
    static const struct {
        const char *name;
        struct str s;
    } cases[] = {
        {"nothing", BYTES("")},
        {"tail alone", BYTES("\x80")},
        {"last tail alone", BYTES("\xBF")},
        {"overlong slash, 2 bytes", BYTES("\xC0\xAF")},
        {"overlong, 2 bytes", BYTES("\xC1\xBF")},
        {"overlong, 3 bytes", BYTES("\xE0\x9F\xBF")},
        {"overlong, 4 bytes", BYTES("\xF0\x8F\xBF\xBF")},
        {"first surrogate", BYTES("\xED\xA0\x80")},
        {"last surrogate", BYTES("\xED\xBF\xBF")},
        {"beyond U+10FFFF", BYTES("\xF4\x90\x80\x80")},
        {"F5", BYTES("\xF5\x80\x80\x80")},
        {"5 bytes", BYTES("\xF8\x88\x80\x80\x80")},
        {"FE", BYTES("\xFE")},
        {"FF", BYTES("\xFF\xBF\xBF\xBF")},
        {"no tail", BYTES("\xC3(")},
        {"no second tail", BYTES("\xE2\x82(")},
        {"no third tail", BYTES("\xF0\x9F\x98(")},
        {"head for a tail", BYTES("\xE2\xC2\x80")},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t c;
        const uint8_t *p = (const uint8_t *)cases[i].s.data;
        if (utf8_decode(p, p + cases[i].s.len, &c) != 0) {
            fail_msg("%s", cases[i].name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(compares_bytewise),
        cmocka_unit_test(starts_and_ends),
        cmocka_unit_test(trims_ascii_space_only),
        cmocka_unit_test(writes_json_strings),
        cmocka_unit_test(buffer_grows),
        cmocka_unit_test(buffer_failure_is_sticky),
        cmocka_unit_test(utf8_goes_there_and_back),
        cmocka_unit_test(utf8_refuses),
    };
    return cmocka_run_group_tests_name("str", tests, NULL, NULL);
}
