// test_report.c - what reports keep of a run: the worst, gathered by cluster, fit to be shown.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "write/report.h"

#include <stdio.h>

/* STR() is no constant expression for all compilers. */
#define TEXT(literal)                                                                                        \
    {                                                                                                        \
        literal, sizeof(literal) - 1                                                                         \
    }

/* A run without articles: records are made up as they are asked for. */
struct world {
    struct copydesk_options options;
    struct copydesk_summary summary;
    struct copydesk_judgement judgement;
    struct write_corpus corpus;
    struct report *report;
    struct write_source_record answer; /* what every record says; the id is its number */
    char id[32];
    uint64_t n_fetched;
};

static int fetch(void *data, uint64_t record, bool fields, struct write_source_record *out,
                 struct copydesk_error *error)
{
    struct world *world = data;

    (void)error;
    *out = world->answer;
    if (!fields) {
        out->raw = out->title = out->text = (struct str){NULL, 0};
    }
    snprintf(world->id, sizeof world->id, "a%llu", (unsigned long long)record);
    out->id = str_of(world->id);
    if (out->line == 0) {
        out->line = record + 1;
    }
    out->content = out->content ? out->content : record;
    world->n_fetched++;
    return 0;
}

static void world_begin(struct world *world)
{
    *world = (struct world){.answer = {.file = STR("w.jsonl"), .format = COPYDESK_FORMAT_JSONL}};
    copydesk_options_init(&world->options);
    world->corpus = (struct write_corpus){
        .options = &world->options, .summary = &world->summary, .judgement = &world->judgement};
    assert_int_equal(report_new(&world->report, &world->corpus, NULL), 0);
}

static int take(struct world *world, uint64_t record, uint64_t head, uint32_t size,
                const struct copydesk_finding *findings, size_t n)
{
    struct copydesk_verdict verdict = {
        .record = record, .representative = head, .findings = findings, .n_findings = n};
    struct write_record out = {.verdict = &verdict, .cluster_size = size};

    for (size_t i = 0; i < n; i++) {
        world->summary.findings[findings[i].rule]++;
    }
    if (n > 0) {
        world->summary.articles[findings[0].rule]++;
    }
    return report_take(world->report, &out, NULL);
}

static int finish(struct world *world)
{
    struct write_source source = {fetch, world};

    return report_finish(world->report, &source, NULL);
}

static void world_end(struct world *world)
{
    report_free(world->report);
}

// ---- words

static void plain_text(void **state)
{
    static const struct {
        const char *text, *expected;
        size_t most;
    } cases[] = {
        {"", "", 10},
        {"plain", "plain", 10},
        {"a\tb\r\nc\vd", "a b  c d", 20},
        {"\x1b[31m\x7f\x01", "\u241b[31m\u2421\u2401", 20},
        {"a\u202eb\u2066c\u200bd\ufeff", "a<U+202E>b<U+2066>c<U+200B>d<U+FEFF>", 20},
        {"a\u2028b\u2029", "a<U+2028>b<U+2029>", 20},
        {"\xc2\x85\xef\xbf\xbe\xef\xb7\x90", "<U+0085><U+FFFE><U+FDD0>", 20},
        {"\U000e0041", "<U+E0041>", 20},
        {"a\xff\xc3", "a\ufffd\ufffd", 20},
        {"\u0645\u200c\u06cc \U0001f600", "\u0645\u200c\u06cc \U0001f600", 20},
        {"12345", "12345", 5},
        {"123456", "12345\u2026", 5},
        {"\u00e9\u00e9\u00e9", "\u00e9\u00e9\u2026", 2},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        report_add_plain(&out, str_of(cases[i].text), cases[i].most);
        buf_add_char(&out, '\0');
        assert_false(out.failed);
        assert_string_equal(out.data, cases[i].expected);
        buf_release(&out);
    }
    assert_true(str_equal(report_cut(STR("\u00e9\u00e9z"), 2), STR("\u00e9\u00e9")));
    assert_true(str_equal(report_cut(STR("abc"), 3), STR("abc")));
}

static void relative_names(void **state)
{
    static const struct {
        const char *base, *file, *expected;
    } cases[] = {
        {NULL, "a.jsonl", "a.jsonl"}, {NULL, "./a/./b", "a/./b"}, {NULL, "././/a", "a"},
        {NULL, "/x/a", "/x/a"},       {"/x", "/x/a", "a"},        {"/x/", "/x/a", "a"},
        {"/x", "/xy/a", "/xy/a"},     {"/x", "/x", "/x"},         {"/x", "../a", "../a"},
        {"/", "/x/a", "/x/a"},        {NULL, "-", "stdin"},       {"/x", "(memory)", "(memory)"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct copydesk_judgement judgement = {.base_folder = cases[i].base};
        struct write_corpus corpus = {.judgement = &judgement};
        struct str got = report_relative(&corpus, str_of(cases[i].file));
        assert_memory_equal(got.data, cases[i].expected, strlen(cases[i].expected));
        assert_int_equal(got.len, strlen(cases[i].expected));
    }
}

static void figures(void **state)
{
    static const struct {
        uint64_t part, whole;
        const char *expected;
    } cases[] = {
        {0, 10, "0 0.00%"},        {1, 3, "1 33.33%"},
        {999, 1000, "999 99.90%"}, {1234567, 1234567, "1,234,567 100.00%"},
        {5, 0, "5 0.00%"},         {1000, 100000, "1,000 1.00%"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        report_add_count(&out, cases[i].part);
        buf_add_char(&out, ' ');
        report_add_percent(&out, cases[i].part, cases[i].whole);
        buf_add_char(&out, '\0');
        assert_string_equal(out.data, cases[i].expected);
        buf_release(&out);
    }
}

static void bracketed(struct buf *out, struct str text)
{
    buf_add_char(out, '<');
    buf_add_str(out, text);
    buf_add_char(out, '>');
}

static void messages(void **state)
{
    static const struct report_style style = {bracketed, "[", "](1)"};
    static const struct {
        struct report_item item;
        const char *plain, *styled;
    } cases[] = {
        {{.finding =
              {.rule = COPYDESK_BYLINE, .field = COPYDESK_FIELD_TEXT, .articles = 1041, .clusters = 38},
          .n_articles = 1,
          .n_findings = 1,
          .place = {.id = TEXT("a1")},
          .title = TEXT("T"),
          .quote = TEXT("By Nobody")},
         "a1: who wrote it. Found: \"By Nobody\". Title: \"T\". In 1,041 articles, each "
         "story counted once: 38.",
         "<a1>: who wrote it. Found: \"<By Nobody>\". Title: \"<T>\". In 1,041 articles, each "
         "story counted once: 38."},
        {{.finding = {.rule = COPYDESK_MOJIBAKE, .field = COPYDESK_FIELD_TITLE, .to = {"x", 1}},
          .n_articles = 1,
          .n_findings = 3,
          .place = {.id = TEXT("a1")},
          .title = TEXT("T"),
          .quote = TEXT("y")},
         "a1: text that was read in a wrong charset. Found: \"y\". Instead: \"x\". 3 findings of this rule "
         "in the "
         "article.",
         "<a1>: text that was read in a wrong charset. Found: \"<y>\". Instead: \"<x>\". 3 findings of this "
         "rule "
         "in the article."},
        {{.finding = {.rule = COPYDESK_TITLE_MISMATCH, .better = {"b44", 3}},
          .n_articles = 1,
          .n_findings = 1,
          .place = {.id = TEXT("a1")},
          .title = TEXT("T")},
         "a1: the title belongs to another text. Title: \"T\". The title fits b44.",
         "<a1>: the title belongs to another text. Title: \"<T>\". The title fits <b44>."},
        {{.finding = {.rule = COPYDESK_EXACT_DUPLICATE, .of = {"b1", 2}, .kept_because = "earliest date"},
          .is_cluster = true,
          .n_articles = 9,
          .n_findings = 9,
          .n_others = 2,
          .place = {.id = TEXT("a1")},
          .of = {.id = TEXT("head"), .line = 3},
          .others = {{.id = TEXT("a2")}, {.id = TEXT("a3")}}},
         "a1 and 8 more articles: the same text as another article, title aside (head). The other one is "
         "kept: "
         "earliest date. Also a2, a3 and 6 more.",
         "<a1> and 8 more articles: the same text as another article, title aside ([<head>](1)). The other "
         "one is "
         "kept: earliest date. Also <a2>, <a3> and 6 more."},
        {{.finding = {.rule = COPYDESK_BAD_RECORD, .reason = "no JSON object", .offset = 41},
          .n_articles = 1,
          .n_findings = 1,
          .place = {.id = TEXT("w:3")}},
         "w:3: no JSON object. At byte 41 of the record.",
         "<w:3>: no JSON object. At byte 41 of the record."},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (int styled = 0; styled < 2; styled++) {
            struct buf out = {0};
            report_add_message(&out, &cases[i].item, styled ? &style : NULL);
            buf_add_char(&out, '\0');
            assert_string_equal(out.data, styled ? cases[i].styled : cases[i].plain);
            buf_release(&out);
        }
    }
}

// ---- the worst

static void keeps_the_worst(void **state)
{
    enum { N = 3000 };
    struct world world;
    uint64_t previous = UINT64_MAX;

    (void)state;
    world_begin(&world);
    for (uint64_t i = 0; i < N; i++) {
        // A permutation of 0..N-1, so that better ones keep coming.
        struct copydesk_finding f = {
            .rule = COPYDESK_TITLE_JUNK, .action = COPYDESK_FLAG, .score = (double)(i * 1237 % N) / 10000};
        assert_int_equal(take(&world, i, i, 1, &f, 1), 0);
    }
    assert_int_equal(finish(&world), 0);
    assert_int_equal(world.report->n_items, REPORT_PER_RULE);
    assert_int_equal(world.report->unlisted[COPYDESK_TITLE_JUNK], N - REPORT_PER_RULE);
    for (size_t i = 0; i < world.report->n_items; i++) {
        const struct report_item *item = world.report->items[i];
        assert_int_equal(item->rank, N - 1 - i);
        assert_int_equal(item->record * 1237 % N, item->rank);
        assert_true(item->rank < previous);
        previous = item->rank;
    }
    world_end(&world);
}

static void gathers_clusters(void **state)
{
    enum { CLUSTERS = 2500, HEADS = 1000000 };
    struct copydesk_finding f = {
        .rule = COPYDESK_NEAR_DUPLICATE, .action = COPYDESK_DROP, .score = 0.9, .of = {"x", 1}};
    struct world world;
    uint64_t record = 0;

    (void)state;
    world_begin(&world);
    // Three rounds: the small clusters fall out in the first one and must not come back. Cluster c has c % 7
    // + 4 members, of which three come by.
    for (int round = 0; round < 3; round++) {
        for (uint64_t c = 0; c < CLUSTERS; c++) {
            assert_int_equal(take(&world, record++, HEADS + c, (uint32_t)(c % 7 + 4), &f, 1), 0);
        }
    }
    assert_int_equal(finish(&world), 0);
    assert_int_equal(world.report->n_items, REPORT_PER_RULE);
    assert_int_equal(world.report->clusters.n, REPORT_CLUSTERS);
    for (size_t i = 0; i < world.report->n_items; i++) {
        const struct report_item *item = world.report->items[i];
        assert_true(item->is_cluster);
        assert_int_equal(item->n_articles, 3);
        assert_int_equal(item->n_others, 2);
        assert_int_equal(item->record, item->subject - HEADS);
        assert_int_equal(item->other_records[1], item->record + 2 * CLUSTERS);
        assert_int_equal(item->cluster_size, (item->subject - HEADS) % 7 + 4);
        assert_true(i == 0 || world.report->items[i - 1]->rank >= item->rank);
        assert_int_equal(item->of.line, item->subject + 1);
    }
    assert_int_equal(world.report->unlisted[COPYDESK_NEAR_DUPLICATE], 3 * (CLUSTERS - REPORT_PER_RULE));
    // A copy of an article that was dropped for a third one is in no cluster with it.
    world_end(&world);
    world_begin(&world);
    assert_int_equal(take(&world, 5, 5, 1, &f, 1), 0);
    assert_int_equal(finish(&world), 0);
    assert_false(world.report->items[0]->is_cluster);
    world_end(&world);
}

static void levels(void **state)
{
    static const struct {
        struct copydesk_finding finding;
        const char *gate; /* broken */
        bool in_cluster;
        enum report_level level;
    } cases[] = {
        {{.rule = COPYDESK_NEAR_DUPLICATE, .action = COPYDESK_DROP, .score = 0.9},
         NULL,
         true,
         REPORT_WARNING},
        {{.rule = COPYDESK_NEAR_DUPLICATE, .action = COPYDESK_DROP, .score = 0.9},
         "duplicates",
         true,
         REPORT_ERROR},
        {{.rule = COPYDESK_NEAR_DUPLICATE, .action = COPYDESK_FLAG, .score = 0.9},
         "duplicates",
         false,
         REPORT_WARNING},
        {{.rule = COPYDESK_NEAR_DUPLICATE, .action = COPYDESK_DROP, .score = 0.9},
         "titles",
         true,
         REPORT_WARNING},
        {{.rule = COPYDESK_PARTIAL_REUSE, .action = COPYDESK_FLAG, .score = 0.9},
         "duplicates",
         false,
         REPORT_NOTE},
        {{.rule = COPYDESK_PARTIAL_REUSE, .action = COPYDESK_FLAG, .score = 0.9},
         "partial-reuse",
         false,
         REPORT_ERROR},
        {{.rule = COPYDESK_TITLE_JUNK, .action = COPYDESK_FLAG, .score = 0.9}, NULL, false, REPORT_WARNING},
        {{.rule = COPYDESK_TITLE_JUNK, .action = COPYDESK_FLAG, .score = 0.7}, NULL, false, REPORT_NOTE},
        {{.rule = COPYDESK_TITLE_JUNK, .action = COPYDESK_DROP, .score = 0.7}, NULL, false, REPORT_WARNING},
        {{.rule = COPYDESK_BYLINE, .action = COPYDESK_CUT, .score = 1}, NULL, false, REPORT_NOTE},
        {{.rule = COPYDESK_BYLINE, .action = COPYDESK_CUT, .score = 1}, "boilerplate", false, REPORT_ERROR},
        {{.rule = COPYDESK_BAD_RECORD, .action = COPYDESK_REJECT, .score = 1}, NULL, false, REPORT_ERROR},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct copydesk_gate gates[] = {{.name = "quality", .passed = true}, {.name = cases[i].gate}};
        struct world world;
        world_begin(&world);
        world.judgement.gates = gates;
        world.judgement.n_gates = cases[i].gate ? 2 : 1;
        assert_int_equal(
            take(&world, 7, cases[i].in_cluster ? 1 : 7, cases[i].in_cluster ? 2 : 1, &cases[i].finding, 1),
            0);
        assert_int_equal(finish(&world), 0);
        assert_int_equal(world.report->n_items, 1);
        assert_int_equal(world.report->items[0]->level, cases[i].level);
        world_end(&world);
    }
}

/* Every rule has its turn, the worst first; what is no defect is not listed. */
static void takes_turns(void **state)
{
    struct world world;

    (void)state;
    world_begin(&world);
    for (uint64_t i = 0; i < 30; i++) {
        enum copydesk_rule rule = i == 0   ? COPYDESK_TITLE_MISMATCH
                                  : i == 1 ? COPYDESK_SAME_TEMPLATE
                                           : COPYDESK_TITLE_JUNK;
        struct copydesk_finding f[2] = {{.rule = rule, .action = COPYDESK_FLAG, .score = 0.85},
                                        {.rule = rule, .action = COPYDESK_FLAG, .score = 0.9}};
        assert_int_equal(take(&world, i, i, 1, f, 2), 0);
    }
    assert_int_equal(finish(&world), 0);
    assert_int_equal(world.report->n_items, 29);
    assert_int_equal(world.report->items[0]->finding.rule, COPYDESK_TITLE_MISMATCH);
    assert_int_equal(world.report->items[0]->n_findings, 2);
    assert_int_equal(world.report->items[0]->rank, 9000);
    for (size_t i = 1; i < 29; i++) {
        assert_int_equal(world.report->items[i]->record, i + 1);
    }
    assert_int_equal(world.report->unlisted[COPYDESK_SAME_TEMPLATE], 1);
    world_end(&world);
}

static void counts_equal_fingerprints(void **state)
{
    struct copydesk_finding f = {.rule = COPYDESK_TITLE_JUNK, .action = COPYDESK_FLAG, .score = 0.9};
    struct world world;

    (void)state;
    world_begin(&world);
    world.answer.content = 77;
    for (uint64_t i = 0; i < 3; i++) {
        assert_int_equal(take(&world, i, i, 1, &f, 1), 0);
    }
    f.rule = COPYDESK_TITLE_MISMATCH;
    assert_int_equal(take(&world, 9, 9, 1, &f, 1), 0);
    assert_int_equal(finish(&world), 0);
    for (size_t i = 0; i < 4; i++) {
        const struct report_item *item = world.report->items[i];
        assert_int_equal(item->copy, item->record == 9 ? 1 : item->record + 1);
        assert_true((item->fingerprint == world.report->items[0]->fingerprint) == (item->record == 9));
    }
    world_end(&world);
}

// ---- places

static void spans(void **state)
{
    // As a text file is read: title and text are views into the raw bytes.
    static const char raw[] = "\nA caf\u00e9 title\n\nFirst l\u00edne.\nShare on X\nLast.\n";
    static const struct {
        enum copydesk_field field;
        uint32_t start, end;
        bool chars;
        enum copydesk_format format;
        const char *quote;
        uint64_t line, end_line;
        uint32_t column, end_column;
    } cases[] = {
        {COPYDESK_FIELD_TEXT, 13, 23, false, COPYDESK_FORMAT_TEXT, "Share on X", 5, 5, 1, 11},
        {COPYDESK_FIELD_TEXT, 12, 22, true, COPYDESK_FORMAT_TEXT, "Share on X", 5, 5, 1, 11},
        {COPYDESK_FIELD_TEXT, 6, 16, false, COPYDESK_FORMAT_TEXT, "l\u00edne. Sha", 4, 5, 7, 4},
        {COPYDESK_FIELD_TITLE, 2, 7, false, COPYDESK_FORMAT_TEXT, "caf\u00e9", 2, 2, 3, 7},
        {COPYDESK_FIELD_TEXT, 13, 23, false, COPYDESK_FORMAT_JSONL, "Share on X", 1, 1, 0, 0},
        {COPYDESK_FIELD_TEXT, 13, 2300, false, COPYDESK_FORMAT_TEXT, "", 1, 1, 0, 0},
        {COPYDESK_FIELD_TEXT, 13, 2300, true, COPYDESK_FORMAT_TEXT, "", 1, 1, 0, 0},
        {COPYDESK_FIELD_TEXT, 13, 13, false, COPYDESK_FORMAT_TEXT, "", 1, 1, 0, 0},
        {COPYDESK_FIELD_NONE, 0, 0, false, COPYDESK_FORMAT_TEXT, "", 1, 1, 0, 0},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct copydesk_finding f = {.rule = COPYDESK_SHARE_BAR,
                                     .action = COPYDESK_CUT,
                                     .score = 1,
                                     .field = cases[i].field,
                                     .start = cases[i].start,
                                     .end = cases[i].end};
        struct world world;
        world_begin(&world);
        world.options.offsets = cases[i].chars;
        world.answer.format = cases[i].format;
        world.answer.line = 1;
        world.answer.raw = (struct str){raw, sizeof raw - 1};
        world.answer.title = (struct str){raw + 1, strlen("A caf\u00e9 title")};
        world.answer.text = str_of(strstr(raw, "First"));
        assert_int_equal(take(&world, 0, 0, 1, &f, 1), 0);
        assert_int_equal(finish(&world), 0);
        const struct report_item *item = world.report->items[0];
        assert_true(str_equal(item->quote, str_of(cases[i].quote)));
        assert_int_equal(item->place.line, cases[i].line);
        assert_int_equal(item->place.end_line, cases[i].end_line);
        assert_int_equal(item->place.column, cases[i].column);
        assert_int_equal(item->place.end_column, cases[i].end_column);
        world_end(&world);
    }
}

// ---- memory

static int small_run(struct world *world)
{
    static const struct copydesk_finding f = {.rule = COPYDESK_NEAR_DUPLICATE,
                                              .action = COPYDESK_DROP,
                                              .score = 0.9,
                                              .of = {"other", 5},
                                              .better = {"better", 6},
                                              .to = {"to", 2}};
    int status = report_new(&world->report, &world->corpus, NULL);

    for (uint64_t i = 0; i < 20 && status == 0; i++) {
        status = take(world, i, i < 10 ? 15 : i, i < 10 ? 11 : 1, &f, 1);
    }
    return status < 0 ? status : finish(world);
}

static void memory_fails(void **state)
{
    struct world world;
    uint64_t n = 0;
    int status;

    (void)state;
    do {
        world_begin(&world);
        world_end(&world);
        world.report = NULL;
        mem_fail_after(n++);
        status = small_run(&world);
        mem_fail_after(UINT64_MAX);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
        world_end(&world);
    } while (status < 0);
    assert_true(n > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text),      cmocka_unit_test(relative_names),
        cmocka_unit_test(figures),         cmocka_unit_test(messages),
        cmocka_unit_test(keeps_the_worst), cmocka_unit_test(gathers_clusters),
        cmocka_unit_test(levels),          cmocka_unit_test(takes_turns),
        cmocka_unit_test(spans),           cmocka_unit_test(counts_equal_fingerprints),
        cmocka_unit_test(memory_fails),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
