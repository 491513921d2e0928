// test_apply.c - edits carried out: cuts that leave no trace, repairs, both at one place; mapping back.
#include "test.h"

#include "apply.h"

static enum copydesk_action actions[COPYDESK_N_RULES];

struct span {
    uint32_t start, end;
    const char *to; // NULL: a cut
};

static size_t fill(struct edit *edits, const struct span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        edits[i] = (struct edit){
            .rule = spans[i].to ? COPYDESK_MOJIBAKE : COPYDESK_NOTICE,
            .field = COPYDESK_FIELD_TEXT,
            .start = spans[i].start,
            .end = spans[i].end,
            .to = spans[i].to ? (struct str){spans[i].to, strlen(spans[i].to)} : (struct str){NULL, 0},
        };
    }
    return n;
}

static const struct {
    const char *name, *text;
    size_t n;
    struct span spans[4];
    const char *expected;
} cases[] = {
    {"nothing", "one two", 0, {{0, 0, NULL}}, "one two"},
    {"a line in the middle", "one\nAD\ntwo", 1, {{4, 6, NULL}}, "one\ntwo"},
    {"a paragraph in the middle", "one\n\nAD\n\ntwo", 1, {{5, 7, NULL}}, "one\n\ntwo"},
    {"the first line", "AD\n\none", 1, {{0, 2, NULL}}, "one"},
    {"the last line", "one\n\nAD", 1, {{5, 7, NULL}}, "one"},
    {"the last line, with a line feed", "one\nAD\n", 1, {{4, 6, NULL}}, "one"},
    {"all", "AD\n", 1, {{0, 2, NULL}}, ""},
    {"two lines in a row", "one\nAD\nAD\ntwo", 2, {{4, 6, NULL}, {7, 9, NULL}}, "one\ntwo"},
    {"carriage returns", "one\r\n\r\nAD\r\n\r\ntwo", 1, {{7, 9, NULL}}, "one\r\n\r\ntwo"},
    {"between words", "one AD two", 1, {{4, 6, NULL}}, "one two"},
    {"behind a word", "oneAD two", 1, {{3, 5, NULL}}, "one two"},
    {"the end of a line", "one AD\ntwo", 1, {{4, 6, NULL}}, "one\ntwo"},
    {"the start of a line", "one\nAD two", 1, {{4, 6, NULL}}, "one\ntwo"},
    {"blank round a line", "one\n  AD  \ntwo", 1, {{6, 8, NULL}}, "one\ntwo"},
    {"the next line is indented", "one\nAD\n  two", 1, {{4, 6, NULL}}, "one\n  two"},
    {"a repair", "caf\xc3\x83\xc2\xa9 open", 1, {{3, 7, "\xc3\xa9"}}, "caf\xc3\xa9 open"},
    {"a repair to nothing", "one\x01two", 1, {{3, 4, ""}}, "onetwo"},
    {"a repair inside a cut", "one\nA&amp;D\ntwo", 2, {{4, 11, NULL}, {5, 10, "&"}}, "one\ntwo"},
    {"a repair across the start of a cut", "one ab AD two", 2, {{4, 8, "x"}, {7, 9, NULL}}, "one ab two"},
    {"cuts that overlap", "one AB two", 2, {{4, 6, NULL}, {5, 6, NULL}}, "one two"},
    {"one cut in another", "one A B C two", 2, {{4, 9, NULL}, {6, 7, NULL}}, "one two"},
    {"cut and repair by turns",
     "a&amp;b AD c&lt;d",
     3,
     {{1, 6, "&"}, {8, 10, NULL}, {12, 16, "<"}},
     "a&b c<d"},
};

static void carries_out(void **state)
{
    (void)state;
    actions[COPYDESK_NOTICE] = COPYDESK_CUT;
    actions[COPYDESK_MOJIBAKE] = COPYDESK_REPAIR;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct edit edits[4];
        struct buf out = {0};
        size_t n = fill(edits, cases[i].spans, cases[i].n);
        edits_apply(str_of(cases[i].text), COPYDESK_FIELD_TEXT, edits, n, actions, &out);
        if (out.len != strlen(cases[i].expected) || memcmp(out.data, cases[i].expected, out.len) != 0) {
            fail_msg("%s: got \"%.*s\"", cases[i].name, (int)out.len, out.data);
        }
        assert_int_equal(edits_touch(COPYDESK_FIELD_TEXT, edits, n, actions), cases[i].n > 0);
        assert_false(edits_touch(COPYDESK_FIELD_TITLE, edits, n, actions));
        buf_release(&out);
    }
}

static void only_what_is_asked_for(void **state)
{
    struct edit edits[2];
    struct buf out = {0};
    (void)state;
    fill(edits, (const struct span[]){{0, 2, NULL}, {3, 8, "&"}}, 2);
    actions[COPYDESK_NOTICE] = COPYDESK_FLAG;
    edits_apply(STR("AD &amp; x"), COPYDESK_FIELD_TEXT, edits, 2, actions, &out);
    assert_int_equal(out.len, 6);
    assert_memory_equal(out.data, "AD & x", 6);
    buf_clear(&out);
    edits_apply(STR("AD &amp; x"), COPYDESK_FIELD_TITLE, edits, 2, actions, &out);
    assert_int_equal(out.len, 10);
    actions[COPYDESK_NOTICE] = COPYDESK_CUT;
    buf_release(&out);
}

// Appends behind what the buffer holds, which is no part of the field.
static void appends(void **state)
{
    struct edit edits[1];
    struct buf out = {0};
    (void)state;
    fill(edits, (const struct span[]){{0, 2, NULL}}, 1);
    buf_add(&out, "x ", 2);
    edits_apply(STR("AD\none"), COPYDESK_FIELD_TEXT, edits, 1, actions, &out);
    assert_int_equal(out.len, 5);
    assert_memory_equal(out.data, "x one", 5);
    buf_release(&out);
}

// "aXXbY": XX became Z, Y became WW -> "aZbWW".
static void maps_places(void **state)
{
    static const struct {
        uint32_t start, end, first, last;
    } table[] = {
        {0, 1, 0, 1}, {0, 2, 0, 3}, {1, 2, 1, 3}, {1, 3, 1, 4},
        {2, 3, 3, 4}, {2, 4, 3, 5}, {3, 5, 4, 5}, {4, 5, 4, 5},
    };
    struct edit edits[2];
    (void)state;
    fill(edits, (const struct span[]){{1, 3, "Z"}, {4, 5, "WW"}}, 2);
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        struct edit_map map = {.repairs = edits, .n = 2};
        uint32_t start = table[i].start;
        uint32_t end = table[i].end;
        edit_map_span(&map, &start, &end);
        assert_int_equal(start, table[i].first);
        assert_int_equal(end, table[i].last);
    }
    struct edit_map map = {.repairs = edits, .n = 2}; // one walk over all
    for (size_t i = 0; i < COUNT_OF(table); i++) {
        uint32_t start = table[i].start;
        uint32_t end = table[i].end;
        edit_map_span(&map, &start, &end);
        assert_int_equal(start, table[i].first);
        assert_int_equal(end, table[i].last);
    }
}

// What was taken out lies outside of spans beside it.
static void maps_beside_what_is_gone(void **state)
{
    struct edit edits[1];
    struct edit_map map = {.repairs = edits, .n = 1};
    uint32_t start = 0;
    uint32_t end = 2;
    (void)state;
    fill(edits, (const struct span[]){{2, 5, ""}}, 1);
    edit_map_span(&map, &start, &end);
    assert_int_equal(start, 0);
    assert_int_equal(end, 2);
    start = 2;
    end = 4;
    edit_map_span(&map, &start, &end);
    assert_int_equal(start, 5);
    assert_int_equal(end, 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(carries_out), cmocka_unit_test(only_what_is_asked_for),   cmocka_unit_test(appends),
        cmocka_unit_test(maps_places), cmocka_unit_test(maps_beside_what_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
