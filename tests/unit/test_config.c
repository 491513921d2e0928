// The settings file: where it is found, what it may say, what is refused and with which line, who wins over
// it, and that what --dump-config prints says the same again.
#include "cli/parse.h"

#include "test.h"

#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/copydesk-config-XXXXXX";

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Splits `text` at spaces and reads it as the arguments of `check`. */
static int read_check(struct command_line *line, const char *text)
{
    static char copy[512];
    char *words[16];
    int n = 0;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *p = copy; *p != '\0';) {
        words[n++] = p;
        p += strcspn(p, " ");
        if (*p == ' ') {
            *p++ = '\0';
        }
    }
    return command_line_read(line, FOR_CHECK, n, words);
}

static const struct gate *find_gate(const struct command_line *line, const char *name, enum gate_level level)
{
    for (size_t i = 0; i < line->n_gates; i++) {
        if (strcmp(line->gates[i].name, name) == 0 && line->gates[i].level == level) {
            return &line->gates[i];
        }
    }
    return NULL;
}

static void all_that_a_file_may_say(void **state)
{
    struct command_line line;
    (void)state;
    write_file("copydesk.ini", "\xEF\xBB\xBF# comment\n; another\n\n[max]\nduplicates = 0.5%   ; why\n"
                               "   bad-record=3\n[warn]\ntitles = 10\n[set]\nduplicates = flag\n"
                               "exact-duplicate: drop\n[options]\ntext-field = body\nexit-zero = yes\n"
                               "fail-on = warning\nmax-article-bytes = 4M\nbaseline = known.txt\n"
                               "against = old\nagainst = /other\nthreads=2\nmax-bad = 5%\n");
    assert_int_equal(read_check(&line, "data.jsonl"), 0);
    assert_string_equal(line.config_path, "copydesk.ini");
    assert_false(line.default_gates);
    assert_int_equal(line.n_gates, 3);
    assert_int_equal(line.gates[0].limit.value, 5000);
    assert_int_equal(line.gates[0].origin.source, FROM_FILE);
    assert_int_equal(line.gates[0].origin.line, 5);
    assert_int_equal(line.gates[1].limit.value, 3);
    assert_int_equal(line.gates[2].level, GATE_WARNING);
    assert_int_equal(line.engine.actions[COPYDESK_NEAR_DUPLICATE], COPYDESK_FLAG);
    assert_int_equal(line.engine.actions[COPYDESK_EXACT_DUPLICATE], COPYDESK_DROP);
    assert_string_equal(line.engine.text_field, "body");
    assert_true(line.exit_zero);
    assert_int_equal(line.fail_on, FAIL_ON_WARNING);
    assert_int_equal(line.engine.max_article_bytes, 4u << 20);
    assert_string_equal(line.baseline, "known.txt");
    assert_int_equal(line.n_against, 2);
    assert_string_equal(line.against[0], "old");
    assert_string_equal(line.against[1], "/other");
    assert_string_equal(line.max_bad.text, "5%");
    command_line_release(&line);

    // The command line wins, one setting at a time.
    assert_int_equal(read_check(&line,
                                "data.jsonl --max duplicates=7 --warn titles=off --set duplicates=drop "
                                "--against new --text-field t --fail-on error"),
                     0);
    assert_int_equal(find_gate(&line, "duplicates", GATE_ERROR)->limit.value, 7);
    assert_int_equal(find_gate(&line, "duplicates", GATE_ERROR)->origin.source, FROM_COMMAND_LINE);
    assert_int_equal(find_gate(&line, "bad-record", GATE_ERROR)->limit.value, 3);
    assert_true(find_gate(&line, "titles", GATE_WARNING)->limit.is_off);
    assert_int_equal(line.engine.actions[COPYDESK_NEAR_DUPLICATE], COPYDESK_DROP);
    assert_int_equal(line.n_against, 1);
    assert_string_equal(line.against[0], "new");
    assert_string_equal(line.engine.text_field, "t");
    assert_int_equal(line.fail_on, FAIL_ON_ERROR);
    command_line_release(&line);

    // What the command line turns off, the file need not be changed for.
    assert_int_equal(read_check(&line, "data.jsonl --set duplicates=off"), 0);
    assert_true(find_gate(&line, "duplicates", GATE_ERROR)->limit.is_off);
    command_line_release(&line);

    assert_int_equal(read_check(&line, "data.jsonl --isolated"), 0);
    assert_null(line.config_path);
    assert_true(line.default_gates);
    command_line_release(&line);
    unlink("copydesk.ini");
}

static void policies_of_file_and_line(void **state)
{
    struct command_line line;
    (void)state;
    write_file("copydesk.ini", "[options]\nsource-order = a,b\n");
    assert_int_equal(read_check(&line, "x"), 0);
    assert_int_equal(line.engine.keep, COPYDESK_KEEP_SOURCE_ORDER);
    command_line_release(&line);
    assert_int_equal(read_check(&line, "x --keep newest"), 0);
    assert_int_equal(line.engine.keep, COPYDESK_KEEP_NEWEST);
    command_line_release(&line);
    write_file("copydesk.ini", "[options]\nkeep = newest\n");
    assert_int_equal(read_check(&line, "x --source-order b,a"), 0);
    assert_int_equal(line.engine.keep, COPYDESK_KEEP_SOURCE_ORDER);
    command_line_release(&line);
    write_file("copydesk.ini", "[options]\nkeep = newest\nsource-order = b,a\n");
    assert_int_equal(read_check(&line, "x"), -1);
    command_line_release(&line);
    unlink("copydesk.ini");
}

static void where_it_is_found(void **state)
{
    struct command_line line;
    (void)state;
    assert_int_equal(mkdir("a", 0777), 0);
    assert_int_equal(mkdir("a/b", 0777), 0);
    write_file("a/b/data.jsonl", "");
    write_file("copydesk.ini", "[max]\nduplicates = 1\n");
    write_file("other.conf", "[max]\nduplicates = 3\n");
    static const struct {
        const char *arguments, *path;
    } cases[] = {
        {"a/b/data.jsonl", "copydesk.ini"},
        {"a/b", "copydesk.ini"},
        {"a/b/", "copydesk.ini"},
        {"a/b/not-there.jsonl", "copydesk.ini"},
        {"a/../a/b", "copydesk.ini"},
        {"-", "copydesk.ini"},
        {"/dev/null a/b", NULL},
        {"a/b --config other.conf", "other.conf"},
        {"a/b --isolated", NULL},
    };
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            const char *path = cases[i].path;
            // Round 1: one that is nearer. Round 2: a repository that begins below the file.
            if (path && strcmp(path, "copydesk.ini") == 0 && strncmp(cases[i].arguments, "a/", 2) == 0) {
                path = round == 0 ? path : round == 1 ? "a/copydesk.ini" : NULL;
            }
            assert_int_equal(read_check(&line, cases[i].arguments), 0);
            if (path && line.config_path) {
                const char *end = line.config_path + strlen(line.config_path) - strlen(path);
                assert_string_equal(end, path);
            } else {
                assert_true(!path && !line.config_path);
            }
            command_line_release(&line);
        }
        if (round == 0) {
            write_file("a/copydesk.ini", "[max]\nduplicates = 2\n");
        } else if (round == 1) {
            unlink("a/copydesk.ini");
            assert_int_equal(mkdir("a/.git", 0777), 0);
        }
    }
    // Paths in a file start at its folder.
    write_file("a/copydesk.ini", "[options]\nbaseline = known.txt\nagainst = /tmp\nagainst = ../old\n");
    assert_int_equal(read_check(&line, "a/b"), 0);
    assert_string_equal(line.baseline, "a/known.txt");
    assert_string_equal(line.against[0], "/tmp");
    assert_string_equal(line.against[1], "a/../old");
    command_line_release(&line);
    rmdir("a/.git");
    unlink("a/copydesk.ini");
    unlink("a/b/data.jsonl");
    rmdir("a/b");
    rmdir("a");
    unlink("other.conf");
    unlink("copydesk.ini");
}

static void mistakes_have_a_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"[max]\n\nduplicats = 1\n",
         "copydesk.ini:3: max: no rule is called 'duplicats'; did you mean 'duplicates'?"},
        {"[max]\nduplicates = lots\n", "copydesk.ini:2: max duplicates=lots: 'lots' is no limit"},
        {"[max]\nduplicates = 1\nbyline=1\nduplicates = 2\n",
         "copydesk.ini:4: max: 'duplicates' has a limit already, in line 2"},
        {"[maxx]\na = 1\n", "copydesk.ini:2: no section is called [maxx]; did you mean [max]?"},
        {"[thresholds]\na = 1\n", "no section is called [thresholds]; there are"},
        {"a = 1\n", "copydesk.ini:1: this stands before the first section"},
        {"[set]\nnear-duplicate = dorp\n",
         "copydesk.ini:2: set near-duplicate=dorp: no action is called 'dorp'; did you mean 'drop'?"},
        {"[set]\nbad-record = drop\n", "'bad-record' cannot be set to 'drop'"},
        {"[options]\ntextfield = body\n",
         "copydesk.ini:2: no option is called 'textfield'; did you mean 'text-field'?"},
        {"[options]\nduplicates = 1%\n", "'duplicates' is a rule; its limit belongs under [max] or [warn]"},
        {"[options]\nverdicts = v.jsonl\n", "'verdicts' belongs on the command line: --verdicts"},
        {"[options]\nhelp = yes\n", "belongs on the command line"},
        {"[options]\nmax = duplicates=1\n", "'max' is a section of its own: [max]"},
        {"[options]\nkeep = longst\n",
         "copydesk.ini:2: keep: 'longst' is none of earliest|newest|longest|cleanest|source-order; did you "
         "mean 'longest'?"},
        {"[options]\nexit-zero = perhaps\n", "'perhaps' is neither yes nor no"},
        {"[options]\nthreads = 1\n\nthreads = 2\n", "copydesk.ini:4: 'threads' is set already, in line 2"},
        {"[options]\ntext-field =\n", "the value is empty"},
        {"[options]\nnonsense\n[max]\nx = 1\n", "copydesk.ini:2: neither [SECTION] nor NAME = VALUE"},
        {"[max\nduplicates = 1\n", "copydesk.ini:1: neither"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct command_line line;
        write_file("copydesk.ini", cases[i].text);
        int status = read_check(&line, "data.jsonl");
        if (status == 0 || !strstr(line.problem, cases[i].says)) {
            fail_msg("case %zu: status %d, said '%s', expected '%s'", i, status, line.problem, cases[i].says);
        }
        command_line_release(&line);
    }
    struct command_line line;
    char text[512] = "[options]\nsource-order = ";
    memset(text + strlen(text), 'x', 300);
    write_file("copydesk.ini", text);
    assert_int_equal(read_check(&line, "x"), -1);
    assert_non_null(strstr(line.problem, "copydesk.ini:2: the line is too long"));
    command_line_release(&line);
    assert_int_equal(read_check(&line, "x --config not-there"), -1);
    assert_non_null(strstr(line.problem, "not-there"));
    command_line_release(&line);
    assert_int_equal(read_check(&line, "x --config ."), -1);
    command_line_release(&line);
    unlink("copydesk.ini");
}

static char *dumped(const struct command_line *line)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    assert_non_null(out);
    config_dump(out, line, FOR_CHECK);
    assert_int_equal(fclose(out), 0);
    return text;
}

/* A dump without its comments: what it sets. */
static void strip(char *text)
{
    char *out = text;
    for (char *p = text; *p != '\0';) {
        size_t len = strcspn(p, "\n");
        size_t keep = *p == '#' ? 0 : len;
        for (size_t i = 0; i + 1 < keep; i++) {
            if (p[i] == ' ' && p[i + 1] == ';') {
                keep = i;
            }
        }
        while (keep > 0 && p[keep - 1] == ' ') {
            keep--;
        }
        memmove(out, p, keep);
        out += keep;
        *out++ = '\n';
        p += len + (p[len] == '\n');
    }
    *out = '\0';
}

static void a_dump_says_the_same_again(void **state)
{
    static const char *const cases[] = {
        "x",
        "x --max duplicates=3% --max damage=off --warn titles=4 --set byline=off --set duplicates=flag",
        "x --source-order b,a,c --memory 64M --charset latin1 --max-bad 2 --baseline k --exit-zero",
        "x --against a --against b --format csv --fail-on warning -q -j 3 --id-field key",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct command_line line;
        unlink("copydesk.ini");
        assert_int_equal(read_check(&line, cases[i]), 0);
        char *first = dumped(&line);
        command_line_release(&line);
        write_file("copydesk.ini", first);
        int status = read_check(&line, "x");
        if (status < 0) {
            fail_msg("case %zu: %s", i, line.problem);
        }
        char *second = dumped(&line);
        command_line_release(&line);
        assert_non_null(strstr(second, "; copydesk.ini:"));
        strip(first);
        strip(second);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    unlink("copydesk.ini");
}

static int enter_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return chdir("/") == 0 ? rmdir(folder) : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_a_file_may_say),    cmocka_unit_test(policies_of_file_and_line),
        cmocka_unit_test(where_it_is_found),          cmocka_unit_test(mistakes_have_a_line),
        cmocka_unit_test(a_dump_says_the_same_again),
    };
    return cmocka_run_group_tests_name("config", tests, enter_folder, remove_folder);
}
