// test_options.c - the command line: values, the table, the parser, what it refuses and what it says then.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/options.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WORDS = 16 };

/* Splits `text` at spaces into argv and reads it. */
static int read_line(struct command_line *line, char *copy, size_t cap, unsigned command, const char *text)
{
    char *words[MAX_WORDS];
    int n = 0;

    assert_true(strlen(text) < cap);
    memcpy(copy, text, strlen(text) + 1);
    for (char *p = copy; *p != '\0';) {
        assert_true(n < MAX_WORDS);
        words[n++] = p;
        p += strcspn(p, " ");
        if (*p == ' ') {
            *p++ = '\0';
        }
    }
    return command_line_read(line, command, n, words);
}

static void counts_and_sizes(void **state)
{
    static const struct {
        const char *text;
        bool ok;
        uint64_t value;
    } cases[] = {
        {"0", true, 0},
        {"512", true, 512},
        {"1K", true, 1024},
        {"64M", true, 64u << 20},
        {"64MiB", true, 64u << 20},
        {"64mb", false, 0},
        {"64MB", true, 64u << 20},
        {"2g", true, 2ull << 30},
        {"1T", true, 1ull << 40},
        {"7B", true, 7},
        {"18446744073709551615", true, UINT64_MAX},
        {"18446744073709551616", false, 0},
        {"17179869184G", false, 0},
        {"", false, 0},
        {"M", false, 0},
        {"-1", false, 0},
        {"1.5G", false, 0},
        {"4Q", false, 0},
        {"4M ", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t value = 77;
        assert_int_equal(parse_bytes(cases[i].text, &value), cases[i].ok);
        assert_int_equal(value, cases[i].ok ? cases[i].value : 77);
    }
}

static void limits(void **state)
{
    static const struct {
        const char *text;
        bool ok, is_share;
        uint64_t value;
    } cases[] = {
        {"0", true, false, 0},
        {"12", true, false, 12},
        {"0%", true, true, 0},
        {"1%", true, true, 10000},
        {"0.25%", true, true, 2500},
        {"0.0001%", true, true, 1},
        {"100%", true, true, 1000000},
        {"0.00001%", false, false, 0},
        {"100.1%", false, false, 0},
        {"101%", false, false, 0},
        {"1.5", false, false, 0},
        {"1.%", false, false, 0},
        {"%", false, false, 0},
        {"-1", false, false, 0},
        {"", false, false, 0},
        {"1%%", false, false, 0},
        {"99999999999999999999%", false, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limit limit = {0};
        assert_int_equal(parse_limit(cases[i].text, &limit), cases[i].ok);
        assert_int_equal(limit.is_share, cases[i].is_share);
        assert_int_equal(limit.value, cases[i].value);
    }
}

static void limits_are_exact(void **state)
{
    struct limit limit = {0};

    (void)state;
    assert_true(parse_limit("0.1%", &limit));
    assert_false(limit_exceeded(&limit, 1, 1000));
    assert_true(limit_exceeded(&limit, 2, 1000));
    assert_true(limit_exceeded(&limit, 1, 999));
    assert_true(parse_limit("0", &limit));
    assert_false(limit_exceeded(&limit, 0, 5));
    assert_true(limit_exceeded(&limit, 1, 5));
    assert_true(parse_limit("100%", &limit));
    assert_false(limit_exceeded(&limit, 4000000000u, 4000000000u));
}

static void nearest_names(void **state)
{
    static const char *const names[] = {"verdicts", "threads", "rejects", "max", "max-bad", "keep"};
    static const struct {
        const char *word, *best;
    } cases[] = {
        {"verdict", "verdicts"},
        {"verdcits", "verdicts"},
        {"treads", "threads"},
        {"reject", "rejects"},
        {"rej", "rejects"},
        {"maxbad", "max-bad"},
        {"kep", "keep"},
        {"frobnicate", NULL},
        {"", NULL},
        {"a-word-that-is-much-longer-than-any-option-could-ever-be", NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct nearest near = {.word = cases[i].word};
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++) {
            nearest_offer(&near, names[k]);
        }
        if (cases[i].best) {
            assert_non_null(near.best);
            assert_string_equal(near.best, cases[i].best);
        } else {
            assert_null(near.best);
        }
    }
}

static void values_reach_their_fields(void **state)
{
    struct command_line line;
    char copy[512];

    (void)state;
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK,
                               "a.jsonl -j4 --memory=64M --keep longest --text-field body --color never "
                               "--verdicts v.jsonl -v -o - b.jsonl"),
                     0);
    assert_int_equal(line.n_paths, 2);
    assert_string_equal(line.paths[0], "a.jsonl");
    assert_string_equal(line.paths[1], "b.jsonl");
    assert_int_equal(line.engine.threads, 4);
    assert_int_equal(line.engine.memory_bytes, 64u << 20);
    assert_int_equal(line.engine.keep, COPYDESK_KEEP_LONGEST);
    assert_string_equal(line.engine.text_field, "body");
    assert_string_equal(line.engine.title_field, "title");
    assert_int_equal(line.color, COLOR_NEVER);
    assert_string_equal(line.outputs[COPYDESK_OUT_VERDICTS], "v.jsonl");
    assert_string_equal(line.outputs[COPYDESK_OUT_CLEAN], "-");
    assert_null(line.outputs[COPYDESK_OUT_PAIRS]);
    assert_true(line.verbose);
    assert_false(line.quiet);
    command_line_release(&line);

    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK, "-qv -j 2 -- --json -"), 0);
    assert_int_equal(line.n_paths, 2);
    assert_string_equal(line.paths[0], "--json");
    assert_string_equal(line.paths[1], "-");
    assert_true(line.quiet && line.verbose);
    assert_false(line.json);
    command_line_release(&line);
}

static void gates_and_their_defaults(void **state)
{
    struct command_line line;
    char copy[512];

    (void)state;
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK, "a"), 0);
    assert_true(line.default_gates);
    assert_int_equal(line.n_gates, 7);
    assert_int_equal(line.gates[0].group, COPYDESK_GROUP_DUPLICATES);
    assert_string_equal(line.gates[0].limit.text, "1%");
    assert_int_equal(line.gates[4].rule, COPYDESK_BAD_RECORD);
    assert_int_equal(line.gates[4].level, GATE_ERROR);
    assert_int_equal(line.gates[5].level, GATE_WARNING);
    assert_string_equal(line.max_bad.text, "0");
    command_line_release(&line);

    // With a baseline, the old is accepted and nothing new is; warnings stay.
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK, "a --baseline b"), 0);
    assert_string_equal(line.gates[0].limit.text, "0");
    assert_string_equal(line.gates[5].limit.text, "10%");
    command_line_release(&line);

    // The last of two limits on one rule counts; a gate on bad records stands for --max-bad.
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK,
                               "a --max near-duplicate=5 --max bad-record=2% --max near-duplicate=7 "
                               "--warn damage=off"),
                     0);
    assert_false(line.default_gates);
    assert_int_equal(line.n_gates, 3);
    assert_true(line.gates[2].limit.is_off);
    assert_int_equal(line.gates[0].rule, COPYDESK_NEAR_DUPLICATE);
    assert_int_equal(line.gates[0].limit.value, 7);
    assert_string_equal(line.max_bad.text, "100%");
    command_line_release(&line);

    // What is off cannot be gated, not by default either.
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK, "a --set duplicates=off"), 0);
    assert_int_equal(line.n_gates, 6);
    assert_int_equal(line.gates[0].rule, COPYDESK_TITLE_MISMATCH);
    command_line_release(&line);

    // A limit and a warning on one rule are two gates.
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CHECK, "a --max damage=2% --warn damage=1%"), 0);
    assert_int_equal(line.n_gates, 2);
    command_line_release(&line);

    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CLEAN, "a -o b"), 0);
    assert_int_equal(line.n_gates, 0);
    assert_string_equal(line.max_bad.text, "100%");
    command_line_release(&line);
}

static void actions_of_rules_and_groups(void **state)
{
    struct command_line line;
    char copy[512];

    (void)state;
    assert_int_equal(
        read_line(&line, copy, sizeof copy, FOR_CHECK, "a --set duplicates=flag --set near-duplicate=drop"),
        0);
    assert_int_equal(line.engine.actions[COPYDESK_EXACT_DUPLICATE], COPYDESK_FLAG);
    assert_int_equal(line.engine.actions[COPYDESK_NEAR_DUPLICATE], COPYDESK_DROP);
    assert_int_equal(line.engine.actions[COPYDESK_BAD_RECORD], COPYDESK_REJECT);
    command_line_release(&line);
}

static void source_order_implies_its_policy(void **state)
{
    struct command_line line;
    char copy[512];

    (void)state;
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CLEAN, "a -o b --source-order one,two,three"),
                     0);
    assert_int_equal(line.engine.keep, COPYDESK_KEEP_SOURCE_ORDER);
    assert_int_equal(line.engine.n_source_order, 3);
    assert_string_equal(line.engine.source_order[0], "one");
    assert_string_equal(line.engine.source_order[2], "three");
    command_line_release(&line);
}

static void help_stops_the_reading(void **state)
{
    struct command_line line;
    char copy[512];

    (void)state;
    assert_int_equal(read_line(&line, copy, sizeof copy, FOR_CLEAN, "-h --nonsense"), 0);
    assert_true(line.help);
    command_line_release(&line);
}

static void mistakes_are_named(void **state)
{
    static const struct {
        unsigned command;
        const char *text, *says;
    } cases[] = {
        {FOR_CHECK, "", "no input"},
        {FOR_CHECK, "--json", "no input"},
        {FOR_CHECK, "a --verdict v", "did you mean --verdicts?"},
        {FOR_CHECK, "a --frobnicate", "unknown option --frobnicate"},
        {FOR_CHECK, "a -z", "unknown option -z"},
        {FOR_CHECK, "a --id x", "no option --id"},
        {FOR_CLEAN, "a -o b --max duplicates=1", "no option --max"},
        {FOR_CHECK, "a --json=yes", "takes no value"},
        {FOR_CHECK, "a --verdicts", "needs a value"},
        {FOR_CHECK, "a --verdicts --json", "needs a value"},
        {FOR_CHECK, "a --verdicts=", "empty"},
        {FOR_CHECK, "a -j x", "no number"},
        {FOR_CHECK, "a -j 1025", "no number"},
        {FOR_CHECK, "a --memory 4Q", "no size"},
        {FOR_CHECK, "a --keep best", "none of earliest|newest"},
        {FOR_CHECK, "a --keep longst", "did you mean 'longest'?"},
        {FOR_CHECK, "a --fail-on warn", "did you mean 'warning'?"},
        {FOR_CHECK, "a --warn duplicates=all", "no limit"},
        {FOR_CHECK, "a --isolated --config x", "contradict"},
        {FOR_CLEAN, "a -o b --baseline x", "no option --baseline"},
        {FOR_CHECK, "a --keep source-order", "needs the order"},
        {FOR_CHECK, "a --keep newest --source-order x,y", "contradict"},
        {FOR_CHECK, "a --source-order x,,y", "a name is missing"},
        {FOR_CHECK, "a --max duplicates", "expected RULE=VALUE"},
        {FOR_CHECK, "a --max =1", "expected RULE=VALUE"},
        {FOR_CHECK, "a --max near-duplicat=1", "did you mean 'near-duplicate'?"},
        {FOR_CHECK, "a --max weather=1", "--list-rules"},
        {FOR_CHECK, "a --max duplicates=x", "no limit"},
        {FOR_CHECK, "a --max-bad x", "no limit"},
        {FOR_CHECK, "a --set duplicates=drpo", "did you mean 'drop'?"},
        {FOR_CHECK, "a --set bad-record=drop", "cannot be set"},
        {FOR_CHECK, "a --set same-template=off --max same-template=1", "turned it off"},
        {FOR_CHECK, "a --verdicts x --pairs x", "two outputs"},
        {FOR_CHECK, "a --json --verdicts -", "both want standard output"},
        {FOR_CLEAN, "a", "-o clean.jsonl"},
        {FOR_EXPLAIN, "a", "--id ID"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct command_line line;
        char copy[512];
        int status = read_line(&line, copy, sizeof copy, cases[i].command, cases[i].text);
        if (status == 0 || !strstr(line.problem, cases[i].says)) {
            fail_msg("'%s': status %d, said '%s', expected '%s'", cases[i].text, status, line.problem,
                     cases[i].says);
        }
        command_line_release(&line);
    }
}

/* What the parser and the help take for granted of the table. */
static void the_table_is_sound(void **state)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        bool bare = rows[i].type == OPTION_FLAG || rows[i].type == OPTION_STDOUT;
        assert_true((rows[i].argument == NULL) == bare);
        if (option_in_file(&rows[i])) {
            assert_true(rows[i].group != GROUP_OUTPUTS && rows[i].type != OPTION_GATE);
        }
        assert_true((rows[i].choices != NULL) == (rows[i].type == OPTION_CHOICE));
        assert_true(rows[i].commands != 0 && (rows[i].commands & ~(unsigned)FOR_ALL) == 0);
        assert_non_null(option_group_title(rows[i].group));
        assert_true(strlen(rows[i].help) > 0);
        for (size_t k = 0; k < i; k++) {
            // A name or a letter may mean one thing here and another there.
            bool meet = (rows[i].commands & rows[k].commands) != 0;
            assert_true(strcmp(rows[i].name, rows[k].name) != 0 || !meet);
            assert_true(rows[i].letter == 0 || rows[i].letter != rows[k].letter || !meet);
        }
    }
}

/* Choices are read as places in a list; the list has to follow the enum of the library. */
static void choices_follow_the_enums(void **state)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    (void)state;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(rows[i].name, "keep") == 0) {
            for (int k = 0; k < COPYDESK_N_KEEPS; k++) {
                assert_int_equal(parse_choice(copydesk_keep_name((enum copydesk_keep)k), rows[i].choices), k);
            }
        }
        if (strcmp(rows[i].name, "format") == 0) {
            assert_int_equal(parse_choice("auto", rows[i].choices), COPYDESK_FORMAT_AUTO);
            assert_int_equal(parse_choice("jsonl", rows[i].choices), COPYDESK_FORMAT_JSONL);
            assert_int_equal(parse_choice("text", rows[i].choices), COPYDESK_FORMAT_TEXT);
            assert_int_equal(parse_choice("csv", rows[i].choices), COPYDESK_FORMAT_CSV);
            assert_int_equal(parse_choice("tsv", rows[i].choices), COPYDESK_FORMAT_TSV);
            assert_int_equal(parse_choice("wet", rows[i].choices), COPYDESK_FORMAT_WET);
            assert_int_equal(parse_choice("json", rows[i].choices), -1);
        }
        if (strcmp(rows[i].name, "cpu") == 0) {
            assert_int_equal(parse_choice("portable", rows[i].choices), COPYDESK_CPU_PORTABLE);
            assert_int_equal(parse_choice("avx2", rows[i].choices), COPYDESK_CPU_AVX2);
            assert_int_equal(parse_choice("avx512", rows[i].choices), COPYDESK_CPU_AVX512);
            assert_int_equal(parse_choice("best", rows[i].choices), COPYDESK_CPU_BEST);
        }
    }
}

static void help_fits_80_columns(void **state)
{
    static const unsigned commands[] = {FOR_CHECK, FOR_CLEAN, FOR_EXPLAIN};

    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char *text = NULL;
        size_t len = 0;
        FILE *out = open_memstream(&text, &len);
        assert_non_null(out);
        option_help_print(out, commands[i]);
        assert_int_equal(fclose(out), 0);
        assert_non_null(strstr(text, "--threads N"));
        assert_int_equal(strstr(text, "--max RULE") != NULL, commands[i] == FOR_CHECK);
        for (char *p = text; *p != '\0';) {
            size_t n = strcspn(p, "\n");
            assert_true(n <= 80);
            assert_true(n == 0 || p[n - 1] != ' ');
            p += n + 1;
        }
        free(text);
    }
}

/* Prints through `print` into a string. */
static char *printed(void (*print)(FILE *, struct copydesk_view), const char *text, size_t text_len)
{
    char *out = NULL;
    size_t len = 0;
    FILE *stream = open_memstream(&out, &len);

    assert_non_null(stream);
    print(stream, (struct copydesk_view){text, text_len});
    assert_int_equal(fclose(stream), 0);
    return out;
}

static void foreign_text_is_harmless(void **state)
{
    static const struct {
        void (*print)(FILE *, struct copydesk_view);
        const char *text, *expected;
    } cases[] = {
        {print_text, "plain caf\xC3\xA9", "plain caf\xC3\xA9"},
        {print_text, "a\tb\nc", "a b c"},
        {print_text, "a ##[group]b ###[x", "a ## [group]b ### [x"},
        {print_text, "\033[2J", "\xEF\xBF\xBD[2J"},
        {print_text,
         "\xC2\x9B"
         "x",
         "\xEF\xBF\xBDx"},
        {print_text,
         "\xE2\x80\xAE"
         "abc",
         "\xEF\xBF\xBD"
         "abc"},
        {print_text, "bad \xFF\xC3", "bad \xEF\xBF\xBD\xEF\xBF\xBD"},
        {print_shell_word, "wire-1.jsonl", "wire-1.jsonl"},
        {print_shell_word, "it's here", "'it'\\''s here'"},
        {print_shell_word, "", "''"},
        {print_shell_word, "$(x)", "'$(x)'"},
        {print_json, "a\"b\\c\n", "\"a\\\"b\\\\c\\u000a\""},
        {print_json, "\xED\xA0\x80", "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *out = printed(cases[i].print, cases[i].text, strlen(cases[i].text));
        assert_string_equal(out, cases[i].expected);
        free(out);
    }
}

static void figures_for_people(void **state)
{
    char text[32];

    (void)state;
    assert_string_equal(count_text(text, 0), "0");
    assert_string_equal(count_text(text, 999), "999");
    assert_string_equal(count_text(text, 1000), "1,000");
    assert_string_equal(count_text(text, UINT64_MAX), "18,446,744,073,709,551,615");
    assert_string_equal(percent_text(text, 0, 0), "0%");
    assert_string_equal(percent_text(text, 1, 100), "1%");
    assert_string_equal(percent_text(text, 487, 10000), "4.87%");
    assert_string_equal(percent_text(text, 1, 1000000), "<0.01%");
    assert_string_equal(percent_text(text, 10, 10), "100%");
    assert_string_equal(bytes_text(text, 1), "1 byte");
    assert_string_equal(bytes_text(text, 999), "999 bytes");
    assert_string_equal(bytes_text(text, 1000), "1.0 KB");
    assert_string_equal(bytes_text(text, 47412345), "47.4 MB");
    assert_string_equal(bytes_text(text, 999999999), "1.0 GB");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_and_sizes),
        cmocka_unit_test(limits),
        cmocka_unit_test(limits_are_exact),
        cmocka_unit_test(nearest_names),
        cmocka_unit_test(values_reach_their_fields),
        cmocka_unit_test(gates_and_their_defaults),
        cmocka_unit_test(actions_of_rules_and_groups),
        cmocka_unit_test(source_order_implies_its_policy),
        cmocka_unit_test(help_stops_the_reading),
        cmocka_unit_test(mistakes_are_named),
        cmocka_unit_test(the_table_is_sound),
        cmocka_unit_test(choices_follow_the_enums),
        cmocka_unit_test(help_fits_80_columns),
        cmocka_unit_test(foreign_text_is_harmless),
        cmocka_unit_test(figures_for_people),
    };

    return cmocka_run_group_tests_name("options", tests, NULL, NULL);
}
