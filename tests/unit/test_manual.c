// test_manual.c - the manual and the completions know every option, command and rule of the tables.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/manual.h"

#include <stdlib.h>
#include <string.h>

static const struct command commands[] = {
    {"check", NULL, FOR_CHECK, "copydesk check [OPTION...] PATH...", "say what is wrong; fail",
     "Details\nof it.", "  copydesk check x\n"},
    {"clean", NULL, FOR_CLEAN, "copydesk clean PATH... -o FILE", "write *clean* it's_so", "a_b *c* \\d #e",
     "  y\n"},
    {"explain", NULL, FOR_EXPLAIN, "copydesk explain PATH...", "show why", "x", ""},
    {"profile", NULL, FOR_PROFILE, "copydesk profile build PATH... -o FILE", "learn", "x", ""},
    {"filter", NULL, FOR_FILTER, "copydesk filter --index DIR", "a stream", "x", ""},
    {"index", NULL, FOR_INDEX, "copydesk index info DIR", "look", "x", ""},
    {"report", NULL, FOR_REPORT, "copydesk report PATH... -o FILE", "write a page", "x", ""},
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static char *manual(const struct command *command)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    assert_non_null(out);
    manual_print(out, command, commands, N_COMMANDS);
    assert_int_equal(fclose(out), 0);
    return text;
}

static char *completion(const char *shell)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    assert_non_null(out);
    assert_true(completion_print(out, shell, commands, N_COMMANDS));
    assert_int_equal(fclose(out), 0);
    return text;
}

/* Whether before, name and after stand in the text, one behind the other. */
static void expect(const char *text, const char *before, const char *name, const char *after, bool there)
{
    char wanted[256];

    snprintf(wanted, sizeof wanted, "%s%s%s", before, name, after);
    if ((strstr(text, wanted) != NULL) != there) {
        fail_msg("%s%s: %s", wanted, there ? " is missing" : " is there", text);
    }
}

static void pages(void **state)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    (void)state;
    for (int i = 0; i < N_COMMANDS; i++) {
        char *text = manual(&commands[i]);
        expect(text, "copydesk-", commands[i].name, "(1)\n", true);
        for (size_t k = 0; k < n; k++) {
            bool there = false; // another command may have an option of this name
            for (size_t m = 0; m < n; m++) {
                there |= strcmp(rows[m].name, rows[k].name) == 0 && (rows[m].commands & commands[i].bit) != 0;
            }
            expect(text, "*--", rows[k].name, "*", there);
        }
        free(text);
    }
    char *text = manual(&commands[1]);
    expect(text, "", "write \\*clean\\* it's\\_so", "", true);
    expect(text, "", "a\\_b \\*c\\* \\\\d \\#e", "", true);
    expect(text, "", "_PATH_... -o _FILE_", "", true);
    free(text);
}

static void program_page(void **state)
{
    char *text = manual(NULL);

    (void)state;
    for (int i = 0; i < N_COMMANDS; i++) {
        expect(text, "*copydesk-", commands[i].name, "*(1)", true);
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        expect(text, "\n*", copydesk_rule_name((enum copydesk_rule)i), "* (", true);
    }
    for (int i = 0; i < COPYDESK_N_GROUPS; i++) {
        expect(text, "\n## ", copydesk_group_name((enum copydesk_group)i), "\n", true);
    }
    free(text);
}

static void settings_page(void **state)
{
    size_t n;
    const struct option_row *rows = option_table(&n);
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);

    (void)state;
    assert_non_null(out);
    manual_print_settings(out);
    assert_int_equal(fclose(out), 0);
    for (size_t i = 0; i < n; i++) {
        expect(text, "\n*", rows[i].name, "*", option_in_file(&rows[i]));
    }
    free(text);
}

static void scripts(void **state)
{
    static const struct {
        const char *shell, *before;
    } shells[] = {{"bash", "--"}, {"zsh", "--"}, {"fish", " -l "}};
    size_t n;
    const struct option_row *rows = option_table(&n);

    (void)state;
    for (size_t s = 0; s < sizeof shells / sizeof shells[0]; s++) {
        char *text = completion(shells[s].shell);
        for (size_t i = 0; i < n; i++) {
            expect(text, shells[s].before, rows[i].name, "", true);
        }
        for (int i = 0; i < N_COMMANDS; i++) {
            expect(text, "", commands[i].name, "", true);
        }
        for (int i = 0; i < COPYDESK_N_RULES; i++) {
            expect(text, " ", copydesk_rule_name((enum copydesk_rule)i), "", true);
        }
        for (int i = 0; i < COPYDESK_N_GROUPS; i++) {
            expect(text, "", copydesk_group_name((enum copydesk_group)i), " ", true);
        }
        expect(text, "", "off flag cut repair drop", "", true);
        free(text);
    }
    assert_false(completion_print(stdout, "tcsh", commands, N_COMMANDS));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages),
        cmocka_unit_test(program_page),
        cmocka_unit_test(settings_page),
        cmocka_unit_test(scripts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
