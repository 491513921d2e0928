// test_diff.c - the display of a word diff: marks, folding, wrapping, and text that is not to be trusted.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/diff.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_PIECES = 6 };

struct piece {
    enum copydesk_diff_kind kind;
    const char *text;
};

#define SAME   COPYDESK_DIFF_SAME
#define ONLY_A COPYDESK_DIFF_ONLY_A
#define ONLY_B COPYDESK_DIFF_ONLY_B

#define TEN   "a b c d e f g h i j "
#define FORTY TEN TEN TEN TEN

static char *shown(const struct piece *pieces, unsigned width, bool color)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    struct diff diff = {.out = out, .width = width, .indent = 2, .color = color};

    assert_non_null(out);
    for (size_t i = 0; i < MAX_PIECES && pieces[i].text; i++) {
        struct copydesk_view view = {pieces[i].text, strlen(pieces[i].text)};
        assert_int_equal(diff_piece(&diff, pieces[i].kind, view), 0);
    }
    assert_true(diff_end(&diff));
    assert_int_equal(fclose(out), 0);
    return text;
}

static void diffs(void **state)
{
    static const struct {
        const char *name;
        unsigned width;
        bool color;
        struct piece pieces[MAX_PIECES];
        const char *expected;
    } cases[] = {
        {"nothing", 80, false, {{0}}, ""},
        {"a word changed",
         80,
         false,
         {{SAME, "on "}, {ONLY_A, "Monday "}, {ONLY_B, "Tuesday "}, {SAME, "noon"}},
         "  on [-Monday-] {+Tuesday+} noon\n"},
        {"no space at the seam",
         80,
         false,
         {{SAME, "pric"}, {ONLY_A, "e"}, {ONLY_B, "es"}, {SAME, ", he said"}},
         "  pric[-e-]{+es+}, he said\n"},
        {"pieces of one kind share their marks",
         80,
         false,
         {{ONLY_A, "one "}, {ONLY_A, "two "}, {SAME, "three"}},
         "  [-one two-] three\n"},
        {"colour", 80, true, {{ONLY_A, "a "}, {ONLY_B, "b"}}, "  \033[31;9ma\033[0m \033[32;4mb\033[0m\n"},
        {"long common text is folded in the middle",
         80,
         false,
         {{ONLY_A, "x "}, {SAME, FORTY}, {ONLY_B, "y"}},
         "  [-x-] a b c d e f g h i j a b \xE2\x80\xA6 16 words \xE2\x80\xA6 i j a b c d e f g h i j "
         "{+y+}\n"},
        {"at the ends only the side next to the change is shown",
         80,
         false,
         {{SAME, FORTY}, {ONLY_B, "y "}, {SAME, FORTY}},
         "  \xE2\x80\xA6 28 words \xE2\x80\xA6 i j a b c d e f g h i j {+y+} a b c d e f g h i j a b\n"
         "  \xE2\x80\xA6 28 words \xE2\x80\xA6\n"},
        {"text that differs nowhere", 80, false, {{SAME, FORTY}}, "  \xE2\x80\xA6 40 words \xE2\x80\xA6\n"},
        {"wrapped at the width",
         20,
         false,
         {{SAME, "aaaa bbbb cccc dddd eeee"}},
         "  aaaa bbbb cccc\n  dddd eeee\n"},
        {"wide letters are words",
         80,
         false,
         {{SAME, "\xE6\x96\xB0"}, {ONLY_A, "\xE9\x97\xBB"}, {SAME, "\xE7\xA4\xBE"}},
         "  \xE6\x96\xB0[-\xE9\x97\xBB-]\xE7\xA4\xBE\n"},
        {"escape sequences do not get through", 80, false, {{ONLY_B, "\033[2J"}}, "  {+\xEF\xBF\xBD[2J+}\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *text = shown(cases[i].pieces, cases[i].width, cases[i].color);
        if (strcmp(text, cases[i].expected) != 0) {
            fail_msg("%s: got\n%sexpected\n%s", cases[i].name, text, cases[i].expected);
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(diffs),
    };

    return cmocka_run_group_tests_name("diff", tests, NULL, NULL);
}
