// The file of a baseline: what is read, what is refused and with which line, and that writing gives the same
// bytes again in the order of `sort`.
#include "cli/baseline.h"

#include "test.h"

#include <unistd.h>

#define HEAD "# copydesk baseline 1\n"
#define KEY1 "00000000000000ff"
#define KEY2 "ffffffffffffffff"

static char path[] = "/tmp/copydesk-baseline-XXXXXX";

static int read_text(struct baseline **b, const char *text, char problem[static 512])
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    return baseline_read(b, path, problem);
}

static void entries_are_read(void **state)
{
    struct baseline *b;
    char problem[512];
    (void)state;
    // In any order, with comments, blank lines, CR LF and no id; what a merge left twice is added up.
    assert_int_equal(read_text(&b,
                               HEAD "# words\n\nduplicates\t" KEY2 "\t2\tb\r\nbad-record\t" KEY1 "\t1\n"
                                    "duplicates\t" KEY1 "\t3\tc\nduplicates\t" KEY2 "\t1\tb",
                               problem),
                     0);
    assert_int_equal(b->n, 3);
    assert_int_equal(b->entries[0].rule, COPYDESK_BAD_RECORD);
    assert_int_equal(b->entries[0].key, 0xff);
    assert_string_equal(b->entries[0].id, "");
    assert_int_equal(b->entries[1].rule, BASELINE_COPIES);
    assert_int_equal(b->entries[1].count, 3);
    assert_string_equal(b->entries[1].id, "c");
    assert_int_equal(b->entries[2].key, UINT64_MAX);
    assert_int_equal(b->entries[2].count, 3);
    assert_string_equal(b->entries[2].id, "b");
    baseline_free(b);
    assert_int_equal(read_text(&b, HEAD, problem), 0);
    assert_int_equal(b->n, 0);
    baseline_free(b);
}

static void mistakes_have_a_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", ":1: this is no baseline, it is empty"},
        {"{\"id\": 1}\n", ":1: this is no baseline"},
        {"# copydesk baseline 2\n", ":1: written by a later version"},
        {HEAD "byline\n", ":2: expected RULE, KEY and COUNT"},
        {HEAD "byline\t" KEY1 "\n", ":2: expected RULE, KEY and COUNT"},
        {HEAD "# x\nbyeline\t" KEY1 "\t1\n", ":3: unknown rule"},
        {HEAD "byline\tff\t1\n", ":2: the key"},
        {HEAD "byline\t00000000000000FF\t1\n", ":2: the key"},
        {HEAD "byline\t" KEY1 "\t0\n", ":2: the count"},
        {HEAD "byline\t" KEY1 "\t-1\n", ":2: the count"},
        {HEAD "<<<<<<< ours\n", ":2: expected"},
    };
    struct baseline *b;
    char problem[512];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(read_text(&b, cases[i].text, problem), -1);
        if (!strstr(problem, cases[i].says)) {
            fail_msg("case %zu: said '%s', expected '%s'", i, problem, cases[i].says);
        }
        baseline_free(b);
    }
    assert_int_equal(baseline_read(&b, "/not/there", problem), -1);
    assert_non_null(strstr(problem, "--write-baseline"));
    baseline_free(b);
}

static void writing_gives_the_same_again(void **state)
{
    static const char *const names[] = {"title-suffix", "duplicates", "bad-record", "byline", "c1-controls"};
    struct baseline *b;
    char problem[512];
    char text[1024] = HEAD;
    char before[2048];
    char after[2048];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s\t%s\t%zu\tid %zu\n%s\t%s\t1\t\n",
                 names[i], KEY2, i + 1, i, names[i], KEY1);
    }
    for (int round = 0; round < 2; round++) {
        assert_int_equal(round == 0 ? read_text(&b, text, problem) : baseline_read(&b, path, problem), 0);
        assert_int_equal(baseline_write(b->entries, b->n, path), 0);
        baseline_free(b);
        FILE *file = fopen(path, "r");
        assert_non_null(file);
        after[fread(after, 1, sizeof after - 1, file)] = '\0';
        fclose(file);
        if (round == 1) {
            assert_string_equal(before, after);
        }
        memcpy(before, after, sizeof before);
    }
    const char *last = strstr(after, "bad-record");
    assert_non_null(last);
    for (const char *p = strchr(last, '\n') + 1; *p != '\0'; p = strchr(p, '\n') + 1) {
        assert_true(strcmp(last, p) < 0);
        last = p;
    }
    assert_int_equal(baseline_write(NULL, 0, "/not/there/baseline"), -1);
}

static int make_file(void **state)
{
    int fd = mkstemp(path);
    (void)state;
    return fd < 0 ? -1 : close(fd);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_read),
        cmocka_unit_test(mistakes_have_a_line),
        cmocka_unit_test(writing_gives_the_same_again),
    };
    return cmocka_run_group_tests_name("baseline", tests, make_file, remove_file);
}
