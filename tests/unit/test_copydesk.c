// The public interface: articles from memory, the order of calls, ids that are not there, options that are
// refused, and a whole run in which every allocation fails once.

#include "copydesk.h"

#include "test.h"

static const char long_text[] =
    "The harbour master of Sandholm has counted the gulls on the roof of the fish hall and come to four "
    "hundred and two. "
    "He was asked to do so by the council, which wants to know whether there are more of them than last "
    "year. There are "
    "not, he says, but they have grown louder, and one of them takes sandwiches out of open hands.";

static struct copydesk_view view(const char *text)
{
    return (struct copydesk_view){text, text ? strlen(text) : 0};
}

static bool is(struct copydesk_view found, const char *expected)
{
    return found.len == strlen(expected) && (found.len == 0 || memcmp(found.data, expected, found.len) == 0);
}

static struct copydesk_options one_thread(void)
{
    struct copydesk_options options;
    copydesk_options_init(&options);
    options.threads = 1;
    return options;
}

struct given {
    const char *id, *title, *text, *date;
};

static const struct given articles[] = {
    {"a", "Gulls counted", long_text, "2024-05-02"},
    {"b", "Four hundred gulls", long_text, "2024-05-01"},
    {NULL, "Something else",
     "A bicycle was found in the tree before the school; nobody knows how it got there.", NULL},
    {"a", "Quotes \" and \\ and\ttabs", "Text with \"quotes\", a \\ and a line\nend, as it was given.",
     "2024-05-03"},
    {"d", "No text", NULL, NULL},
};

static int add_all(struct copydesk *desk, struct copydesk_error *error)
{
    int status = 0;
    for (size_t i = 0; i < COUNT_OF(articles) && status == 0; i++) {
        struct copydesk_article article = {.id = view(articles[i].id),
                                           .title = view(articles[i].title),
                                           .text = view(articles[i].text),
                                           .date = view(articles[i].date)};
        status = copydesk_add_article(desk, &article, error);
    }
    return status;
}

// An engine that has judged the articles above.
static struct copydesk *judged(void)
{
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk *desk = NULL;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    assert_int_equal(add_all(desk, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    return desk;
}

static void from_memory(void **state)
{
    (void)state;
    static const struct {
        const char *id, *cluster;
        enum copydesk_fate fate;
        size_t n_findings;
        enum copydesk_rule rule;
        const char *of;
    } expected[] = {
        {"a", "b", COPYDESK_DROPPED, 1, COPYDESK_EXACT_DUPLICATE, "b"},
        {"b", "b", COPYDESK_KEPT, 0, 0, ""},
        {"(memory):3", "(memory):3", COPYDESK_KEPT, 0, 0, ""},
        {"a", "a", COPYDESK_KEPT, 1, COPYDESK_DUPLICATE_ID, "(memory):1"},
        {"d", "d", COPYDESK_REJECTED, 1, COPYDESK_BAD_RECORD, ""},
    };
    struct copydesk *desk = judged();
    struct copydesk_error error;
    struct copydesk_verdict v;
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < COUNT_OF(expected); i++) {
            assert_int_equal(copydesk_next_verdict(desk, &v, &error), 1);
            assert_int_equal(v.record, i);
            assert_int_equal(v.line, i + 1);
            assert_true(is(v.id, expected[i].id));
            assert_true(is(v.file, "(memory)"));
            assert_true(is(v.cluster, expected[i].cluster));
            assert_int_equal(v.fate, expected[i].fate);
            assert_int_equal(v.n_findings, expected[i].n_findings);
            if (v.n_findings > 0) {
                assert_int_equal(v.findings[0].rule, expected[i].rule);
                assert_true(is(v.findings[0].of, expected[i].of));
            }
        }
        assert_int_equal(copydesk_next_verdict(desk, &v, &error), 0);
        copydesk_rewind(desk);
    }
    const struct copydesk_summary *s = copydesk_summary(desk);
    assert_int_equal(s->read, 5);
    assert_int_equal(s->kept, 3);
    assert_int_equal(s->dropped, 1);
    assert_int_equal(s->rejected, 1);
    assert_int_equal(s->clusters, 1);
    assert_int_equal(s->removable, 1);
    copydesk_free(desk);
}

static void fields_come_back(void **state)
{
    (void)state;
    struct copydesk *desk = judged();
    struct copydesk_error error;
    struct copydesk_article article;
    for (size_t i = 0; i + 1 < COUNT_OF(articles); i++) {
        assert_int_equal(copydesk_read_record(desk, i, &article, &error), 0);
        assert_true(is(article.id, articles[i].id ? articles[i].id : ""));
        assert_true(is(article.title, articles[i].title));
        assert_true(is(article.text, articles[i].text));
        assert_true(is(article.date, articles[i].date ? articles[i].date : ""));
    }
    copydesk_free(desk);
}

static void content_keys(void **state)
{
    (void)state;
    struct copydesk *desk = judged();
    struct copydesk_error error;
    struct copydesk_verdict v;
    uint64_t keys[COUNT_OF(articles)];
    uint64_t whole = 0;
    uint64_t span = 0;
    for (size_t i = 0; i < COUNT_OF(articles); i++) {
        assert_int_equal(copydesk_content_key(desk, i, COPYDESK_FIELD_NONE, 0, 0, &keys[i], &error), 0);
        for (size_t k = 0; k < i; k++) {
            assert_true(keys[i] != keys[k]);
        }
    }
    // The same words as title and as part of the text; a span beyond the end is cut.
    assert_int_equal(copydesk_content_key(desk, 0, COPYDESK_FIELD_TITLE, 0, 5, &whole, &error), 0);
    assert_int_equal(copydesk_content_key(desk, 0, COPYDESK_FIELD_TEXT, 47, 52, &span, &error), 0);
    assert_true(whole == span);
    assert_int_equal(copydesk_content_key(desk, 1, COPYDESK_FIELD_TITLE, 0, 99, &span, &error), 0);
    assert_true(whole != span);
    assert_int_equal(copydesk_content_key(desk, 9, COPYDESK_FIELD_NONE, 0, 0, &span, &error),
                     COPYDESK_ERR_NOT_FOUND);
    // Numbers of the others, which ids cannot stand for: two articles are called a.
    assert_int_equal(copydesk_next_verdict(desk, &v, &error), 1);
    assert_int_equal(v.representative, 1);
    assert_int_equal(v.findings[0].of_record, 1);
    assert_int_equal(copydesk_find_verdict(desk, view("(memory):3"), &v, &error), 0);
    assert_int_equal(v.representative, 2);
    copydesk_free(desk);
}

static void not_found(void **state)
{
    (void)state;
    struct copydesk *desk = judged();
    struct copydesk_error error = {0};
    struct copydesk_verdict verdict;
    struct copydesk_finding evidence;
    struct copydesk_article article;
    assert_int_equal(copydesk_find_verdict(desk, view("nobody"), &verdict, &error), COPYDESK_ERR_NOT_FOUND);
    assert_non_null(strstr(error.message, "nobody"));
    assert_int_equal(error.status, COPYDESK_ERR_NOT_FOUND);
    assert_int_equal(copydesk_find_verdict(desk, view(""), &verdict, &error), COPYDESK_ERR_NOT_FOUND);
    assert_int_equal(copydesk_compare(desk, view("a"), view("zz"), &evidence, NULL, NULL, &error),
                     COPYDESK_ERR_NOT_FOUND);
    assert_non_null(strstr(error.message, "zz"));
    assert_int_equal(copydesk_compare(desk, view("zz"), view("a"), &evidence, NULL, NULL, &error),
                     COPYDESK_ERR_NOT_FOUND);
    assert_int_equal(copydesk_read_record(desk, 5, &article, &error), COPYDESK_ERR_NOT_FOUND);
    assert_int_equal(copydesk_read_record(desk, UINT64_MAX, &article, &error), COPYDESK_ERR_NOT_FOUND);
    // And what is there: the first with this id, and names made of file and line.
    assert_int_equal(copydesk_find_verdict(desk, view("a"), &verdict, &error), 0);
    assert_int_equal(verdict.record, 0);
    assert_int_equal(copydesk_find_verdict(desk, view("(memory):3"), &verdict, &error), 0);
    assert_int_equal(verdict.record, 2);
    copydesk_free(desk);
}

static int stop_at_third(void *data, enum copydesk_diff_kind kind, struct copydesk_view text)
{
    int *calls = data;
    (void)kind;
    assert_true(text.len > 0);
    return ++*calls == 3;
}

static void compare_any_two(void **state)
{
    (void)state;
    struct copydesk *desk = judged();
    struct copydesk_error error;
    struct copydesk_finding evidence;
    int calls = 0;
    assert_int_equal(copydesk_compare(desk, view("a"), view("b"), &evidence, NULL, NULL, &error), 0);
    assert_true(evidence.jaccard == 1 && evidence.containment == 1);
    assert_true(is(evidence.of, "b"));
    assert_int_equal(
        copydesk_compare(desk, view("b"), view("(memory):3"), &evidence, stop_at_third, &calls, &error), 0);
    assert_int_equal(evidence.rule, COPYDESK_N_RULES);
    assert_true(evidence.jaccard == 0);
    assert_int_equal(calls, 3);
    copydesk_free(desk);
}

static void calls_in_the_wrong_order(void **state)
{
    (void)state;
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk_finding evidence;
    struct copydesk_article article = {.id = view("x"), .text = view("Too late.")};
    struct copydesk_output output = {COPYDESK_OUT_VERDICTS, "-"};
    struct copydesk *desk = NULL;

    // Results before there are any.
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    assert_int_equal(copydesk_next_verdict(desk, &verdict, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_find_verdict(desk, view("a"), &verdict, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_read_record(desk, 0, &article, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_compare(desk, view("a"), view("b"), &evidence, NULL, NULL, &error),
                     COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_write(desk, &output, 1, &error), COPYDESK_ERR_STATE);
    copydesk_rewind(desk);
    assert_int_equal(copydesk_summary(desk)->read, 0);
    copydesk_free(desk);

    // Input after the end of it.
    desk = judged();
    article = (struct copydesk_article){.id = view("x"), .text = view("Too late.")};
    assert_int_equal(copydesk_add_article(desk, &article, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_add_path(desk, "-", &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_finish(desk, &error), COPYDESK_ERR_STATE);
    // What was there is still there.
    assert_int_equal(copydesk_next_verdict(desk, &verdict, &error), 1);
    copydesk_free(desk);
    copydesk_free(NULL);
}

static void finish_once(void **state)
{
    (void)state;
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk *desk = NULL;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    assert_int_equal(add_all(desk, &error), 0);
    mem_fail_after(3);
    assert_int_equal(copydesk_finish(desk, &error), COPYDESK_ERR_MEMORY);
    mem_fail_after(UINT64_MAX);
    // A run that failed is not begun anew, and has no results.
    assert_int_equal(copydesk_finish(desk, &error), COPYDESK_ERR_STATE);
    assert_true(copydesk_next_verdict(desk, &verdict, &error) < 0);
    copydesk_free(desk);
}

static void nothing_added(void **state)
{
    (void)state;
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk *desk = NULL;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    assert_int_equal(copydesk_next_verdict(desk, &verdict, &error), 0);
    assert_int_equal(copydesk_summary(desk)->read, 0);
    copydesk_free(desk);
}

static void strings_are_copied(void **state)
{
    (void)state;
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk *desk = NULL;
    char field[] = "body";
    char source[] = "Evening Star";
    const char *order[] = {source};
    options.text_field = field;
    options.keep = COPYDESK_KEEP_SOURCE_ORDER;
    options.source_order = order;
    options.n_source_order = 1;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    memset(field, 'x', sizeof field - 1);
    memset(source, 'x', sizeof source - 1);
    order[0] = NULL;
    struct copydesk_article article = {
        .id = view("1"), .text = view(long_text), .source = view("Town Crier")};
    assert_int_equal(copydesk_add_article(desk, &article, &error), 0);
    article =
        (struct copydesk_article){.id = view("2"), .text = view(long_text), .source = view("Evening Star")};
    assert_int_equal(copydesk_add_article(desk, &article, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    assert_int_equal(copydesk_next_verdict(desk, &verdict, &error), 1);
    assert_int_equal(verdict.fate, COPYDESK_DROPPED);
    assert_true(is(verdict.cluster, "2"));
    copydesk_free(desk);
}

static void a_rule_that_is_off(void **state)
{
    (void)state;
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk *desk = NULL;
    options.actions[COPYDESK_EXACT_DUPLICATE] = COPYDESK_OFF;
    options.actions[COPYDESK_DUPLICATE_ID] = COPYDESK_OFF;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    assert_int_equal(add_all(desk, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    while (copydesk_next_verdict(desk, &verdict, &error) == 1) {
        for (size_t i = 0; i < verdict.n_findings; i++) {
            assert_int_not_equal(verdict.findings[i].rule, COPYDESK_EXACT_DUPLICATE);
            assert_int_not_equal(verdict.findings[i].rule, COPYDESK_DUPLICATE_ID);
            assert_int_not_equal(verdict.findings[i].action, COPYDESK_OFF);
        }
    }
    copydesk_free(desk);
}

// `n` invented words, the same for the same number, of which `changed` puts its own in some places; 0: none.
static void add_line(char *out, size_t *at, uint32_t number, unsigned n, uint32_t changed)
{
    static const char *syllables[] = {"ka", "ro", "mi", "ten", "sol", "ba", "lur", "ne", "gi", "pas"};
    uint64_t random = test_word(number);
    for (unsigned i = 0; i < n; i++) {
        if (changed && (i + changed) % 37 == 0) {
            *at += (size_t)sprintf(out + *at, "other%u", changed);
        }
        for (uint64_t k = 0, length = 2 + test_below(&random, 3); k < length; k++) {
            *at += (size_t)sprintf(out + *at, "%s", syllables[test_below(&random, COUNT_OF(syllables))]);
        }
        *at += (size_t)sprintf(out + *at, "%s", i + 1 < n ? " " : "\n\n");
    }
}

// How many lines are cut as repeated: from six versions of one page, which have their short lines in common,
// and most of a long one, among other articles of the site.
static unsigned cut_of_versions(bool one_address)
{
    enum { ARTICLES = 30, SHORT = 6, WORDS = 8, LONG = 150, OWN = 10 };
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk *desk = NULL;
    struct copydesk_verdict v;
    unsigned cut = 0;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    for (uint32_t a = 0; a < ARTICLES; a++) {
        char text[8192];
        char url[64];
        size_t at = 0;
        bool version = a % 5 == 0;
        for (uint32_t i = 0; i < SHORT; i++) {
            add_line(text, &at, (version ? 0 : 1000 + a * SHORT) + i, WORDS, 0);
        }
        add_line(text, &at, version ? 2000 : 2000 + a, LONG, 1 + a);
        for (uint32_t i = 0; i < OWN; i++) {
            add_line(text, &at, 3000 + a * OWN + i, WORDS, 0);
        }
        sprintf(url, "http://wire.example/%u", version && one_address ? 0 : a);
        struct copydesk_article article = {
            .url = view(url), .source = view("Wire"), .title = view("Gulls counted"), .text = view(text)};
        assert_int_equal(copydesk_add_article(desk, &article, &error), 0);
    }
    assert_int_equal(copydesk_finish(desk, &error), 0);
    while (copydesk_next_verdict(desk, &v, &error) == 1) {
        for (size_t i = 0; i < v.n_findings; i++) {
            cut += v.findings[i].rule == COPYDESK_REPEATED_LINE;
        }
    }
    copydesk_free(desk);
    return cut;
}

// What the versions of one page have in common is their story, not what a site repeats.
static void versions_of_a_page(void **state)
{
    (void)state;
    assert_true(cut_of_versions(false) > 0);
    assert_int_equal(cut_of_versions(true), 0);
}

static void spoil_struct(struct copydesk_options *o)
{
    o->struct_bytes = 0;
}
static void spoil_field(struct copydesk_options *o)
{
    o->text_field = "";
}
static void spoil_field_null(struct copydesk_options *o)
{
    o->id_field = NULL;
}
static void spoil_format(struct copydesk_options *o)
{
    o->format = COPYDESK_N_FORMATS;
}
static void spoil_keep(struct copydesk_options *o)
{
    o->keep = COPYDESK_N_KEEPS;
}
static void spoil_cpu(struct copydesk_options *o)
{
    o->cpu = (enum copydesk_cpu)(COPYDESK_CPU_BEST + 1);
}
static void spoil_small(struct copydesk_options *o)
{
    o->max_article_bytes = 10;
}
static void spoil_large(struct copydesk_options *o)
{
    o->max_article_bytes = UINT64_MAX;
}
static void spoil_threads(struct copydesk_options *o)
{
    o->threads = 100000;
}
static void spoil_memory(struct copydesk_options *o)
{
    o->memory_bytes = 1 << 20;
}
static void spoil_order(struct copydesk_options *o)
{
    o->keep = COPYDESK_KEEP_SOURCE_ORDER;
}
static void spoil_action(struct copydesk_options *o)
{
    o->actions[COPYDESK_SAME_TEMPLATE] = COPYDESK_N_ACTIONS;
}
static void spoil_reject(struct copydesk_options *o)
{
    o->actions[COPYDESK_NEAR_DUPLICATE] = COPYDESK_REJECT;
}
static void spoil_bad(struct copydesk_options *o)
{
    o->actions[COPYDESK_BAD_RECORD] = COPYDESK_OFF;
}

static void options_are_checked(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*spoil)(struct copydesk_options *options);
    } cases[] = {
        {"options of another version", spoil_struct},
        {"empty field name", spoil_field},
        {"no field name", spoil_field_null},
        {"format out of range", spoil_format},
        {"keep out of range", spoil_keep},
        {"cpu out of range", spoil_cpu},
        {"articles of ten bytes", spoil_small},
        {"articles of any length", spoil_large},
        {"too many threads", spoil_threads},
        {"too little memory", spoil_memory},
        {"source order without sources", spoil_order},
        {"action out of range", spoil_action},
        {"a copy cannot be rejected", spoil_reject},
        {"a bad record cannot be kept", spoil_bad},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct copydesk_options options = one_thread();
        struct copydesk_error error = {0};
        struct copydesk *desk = (struct copydesk *)&options;
        assert_int_equal(copydesk_options_check(&options, &error), 0);
        assert_int_equal(error.status, 0);
        cases[i].spoil(&options);
        if (copydesk_options_check(&options, &error) != COPYDESK_ERR_OPTION || !error.message[0]) {
            fail_msg("%s: accepted", cases[i].name);
        }
        assert_int_equal(copydesk_open(&desk, &options, &error), COPYDESK_ERR_OPTION);
        assert_null(desk);
    }
}

static int whole_run(void *data)
{
    struct copydesk_options options = one_thread();
    struct copydesk_error error;
    struct copydesk_verdict verdict;
    struct copydesk_finding evidence;
    struct copydesk *desk = NULL;
    options.threads = data ? *(const unsigned *)data : 1;
    int status = copydesk_open(&desk, &options, &error);
    status = status < 0 ? status : add_all(desk, &error);
    status = status < 0 ? status : copydesk_finish(desk, &error);
    while (status == 0 && (status = copydesk_next_verdict(desk, &verdict, &error)) == 1) {
        status = 0;
    }
    status = status < 0 ? status : copydesk_find_verdict(desk, view("b"), &verdict, &error);
    status = status < 0
                 ? status
                 : copydesk_compare(desk, view("b"), view("(memory):3"), &evidence, NULL, NULL, &error);
    copydesk_free(desk);
    return status;
}

static void every_allocation_may_fail(void **state)
{
    (void)state;
    assert_true(test_each_allocation(whole_run, NULL) > 50);
    // One of two threads fails while the other works: some of the places will do.
    unsigned threads = 2;
    unsigned failed = 0;
    for (unsigned n = 0; n < 20000; n += n / 16 + 1) {
        mem_fail_after(n);
        int status = whole_run(&threads);
        mem_fail_after(UINT64_MAX);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
        failed += status < 0;
    }
    assert_true(failed > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(from_memory),         cmocka_unit_test(fields_come_back),
        cmocka_unit_test(content_keys),        cmocka_unit_test(not_found),
        cmocka_unit_test(compare_any_two),     cmocka_unit_test(calls_in_the_wrong_order),
        cmocka_unit_test(finish_once),         cmocka_unit_test(nothing_added),
        cmocka_unit_test(strings_are_copied),  cmocka_unit_test(a_rule_that_is_off),
        cmocka_unit_test(options_are_checked), cmocka_unit_test(every_allocation_may_fail),
        cmocka_unit_test(versions_of_a_page),
    };
    return cmocka_run_group_tests_name("copydesk", tests, NULL, NULL);
}
