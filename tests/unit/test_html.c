// test_html.c - what the page for people collects: exact counts, the first of every list, harmless words.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "write/html.h"

#include <stdio.h>

enum { MOST_BYTES = 5000000 };

/* A run without articles: they are made up as they are asked for. */
struct world {
    struct copydesk_options options;
    struct copydesk_summary summary;
    struct copydesk_judgement judgement;
    struct write_corpus corpus;
    struct html *html;
    const char *title, *text;
    size_t repeat; /* so many times the text */
    struct buf long_text;
    char id[32], source[32];
};

static int fetch(void *data, uint64_t record, bool fields, struct write_source_record *out,
                 struct copydesk_error *error)
{
    struct world *world = data;

    (void)error;
    (void)fields;
    snprintf(world->id, sizeof world->id, "a%llu", (unsigned long long)record);
    snprintf(world->source, sizeof world->source, "s%llu", (unsigned long long)record);
    buf_clear(&world->long_text);
    for (size_t i = 0; i < world->repeat; i++) {
        buf_printf(&world->long_text, "%s %s ", world->id, world->text);
    }
    *out = (struct write_source_record){.id = str_of(world->id),
                                        .file = STR("w.jsonl"),
                                        .line = record + 1,
                                        .title = str_of(world->title),
                                        .text = {world->long_text.data, world->long_text.len},
                                        .source = str_of(world->source)};
    return 0;
}

static void begin(struct world *world)
{
    *world = (struct world){.title = "A title", .text = "Some words of a text.", .repeat = 1};
    copydesk_options_init(&world->options);
    world->corpus = (struct write_corpus){
        .options = &world->options, .summary = &world->summary, .judgement = &world->judgement};
    assert_int_equal(html_new(&world->html, &world->corpus, NULL), 0);
}

static void end(struct world *world)
{
    html_free(world->html);
    buf_release(&world->long_text);
}

/* A member of a cluster; the head has no finding. */
static int take(struct world *world, uint64_t record, uint64_t head, uint32_t size, int64_t date,
                uint32_t source)
{
    struct copydesk_finding finding = {.rule = COPYDESK_NEAR_DUPLICATE,
                                       .action = COPYDESK_DROP,
                                       .score = 0.9,
                                       .of_record = head,
                                       .better_record = UINT64_MAX,
                                       .kept_because = "earliest date"};
    bool is_copy = record != head;
    struct copydesk_verdict verdict = {.record = record,
                                       .representative = head,
                                       .file = {"w.jsonl", 7},
                                       .fate = is_copy ? COPYDESK_DROPPED : COPYDESK_KEPT,
                                       .findings = &finding,
                                       .n_findings = is_copy};
    struct write_record out = {.verdict = &verdict, .cluster_size = size};

    out.facts = (struct write_facts){
        .source = source, .head_source = 7, .dated = date != 0, .date = date, .bytes = 10, .check = 5};
    world->summary.read++;
    world->summary.kept += !is_copy;
    world->summary.dropped += is_copy;
    return html_take(world->html, &out, NULL);
}

static int finish(struct world *world)
{
    struct write_source source = {fetch, world};

    return html_finish(world->html, &source, NULL);
}

static struct buf page_of(struct world *world)
{
    struct buf out = {0};

    write_html.page(world->html, &out);
    assert_false(out.failed);
    buf_add_char(&out, '\0');
    return out;
}

// ---- counts

static void counts(void **state)
{
    struct world world;

    (void)state;
    begin(&world);
    // Two clusters of three, one of two; the head of the last comes behind its copy.
    assert_int_equal(take(&world, 0, 0, 3, 100, 7), 0);
    assert_int_equal(take(&world, 1, 0, 3, 200, 8), 0);
    assert_int_equal(take(&world, 2, 0, 3, 0, 7), 0);
    assert_int_equal(take(&world, 3, 3, 3, 100, 7), 0);
    assert_int_equal(take(&world, 4, 3, 3, 100, 8), 0);
    assert_int_equal(take(&world, 5, 3, 3, 100, 8), 0);
    assert_int_equal(take(&world, 6, 7, 2, 100, 0), 0);
    assert_int_equal(take(&world, 7, 7, 2, 100, 7), 0);
    assert_int_equal(take(&world, 8, 8, 1, 100, 9), 0);
    struct html *html = world.html;
    assert_int_equal(html->n_sizes, 2);
    assert_int_equal(html->sizes[0][0], 2);
    assert_int_equal(html_clusters_of_size(html, 0), 1);
    assert_int_equal(html->sizes[1][0], 3);
    assert_int_equal(html_clusters_of_size(html, 1), 2);
    assert_int_equal(html->left[COPYDESK_NEAR_DUPLICATE], 5);
    assert_int_equal(html->undecided, 0);
    // No source, the others, 7, 8, 9.
    assert_int_equal(html->n_sources, 5);
    assert_int_equal(html->sources[0].copies, 1);
    assert_int_equal(html->sources[2].read, 4);
    assert_int_equal(html->sources[2].copied, 5);
    assert_int_equal(html->sources[2].copies, 1);
    assert_int_equal(html->sources[3].copies, 3);
    assert_int_equal(html->sources[3].groups[COPYDESK_GROUP_DUPLICATES], 3);
    assert_int_equal(html->sources[4].read, 1);
    uint64_t flows = 0;
    for (size_t i = 0; i < html->n_flows; i++) {
        flows += html->flows[i].n;
    }
    assert_int_equal(flows, 5);
    assert_int_equal(html->clusters.n, 3);
    assert_int_equal(html->files[0].records, 9);
    assert_int_equal(html->files[0].bytes, 90);
    end(&world);
}

static void many_sources(void **state)
{
    struct world world;
    uint64_t read = 0;

    (void)state;
    begin(&world);
    for (uint32_t i = 0; i < HTML_SOURCES + 100; i++) {
        assert_int_equal(take(&world, i, i, 1, 0, i * 2 + 1), 0);
    }
    assert_int_equal(world.html->n_sources, HTML_SOURCES);
    assert_int_equal(world.html->sources[1].read, 102); // two places are taken by `none` and `others`
    for (size_t i = 0; i < world.html->n_sources; i++) {
        read += world.html->sources[i].read;
    }
    assert_int_equal(read, world.summary.read);
    end(&world);
}

static void pairs(void **state)
{
    struct world world;

    (void)state;
    begin(&world);
    for (uint32_t i = 0; i <= 100; i++) {
        struct write_pair pair = {.record1 = i,
                                  .record2 = 1000,
                                  .rule = i % 2 ? COPYDESK_NEAR_DUPLICATE : COPYDESK_PARTIAL_REUSE,
                                  .words1 = 100,
                                  .words2 = 500,
                                  .shared_words = i};
        html_pair(world.html, &pair);
    }
    struct write_pair exact = {.rule = COPYDESK_EXACT_DUPLICATE};
    html_pair(world.html, &exact);
    struct write_pair none = {.rule = COPYDESK_N_RULES};
    html_pair(world.html, &none);
    const uint64_t *near = world.html->bins[COPYDESK_NEAR_DUPLICATE];
    assert_int_equal(near[0], 1);
    assert_int_equal(near[HTML_BINS - 1], 1);
    assert_int_equal(world.html->bins[COPYDESK_PARTIAL_REUSE][HTML_BINS - 1], 2); // 98% and 100%
    assert_int_equal(world.html->bins[COPYDESK_EXACT_DUPLICATE][HTML_BINS - 1], 1);
    // Copies with least in common, others with most.
    const struct html_list *list = &world.html->pairs[COPYDESK_NEAR_DUPLICATE];
    assert_int_equal(list->n, HTML_PAIRS);
    assert_int_equal(((const struct html_pair *)list->items[0])->covered, 10);
    list = &world.html->pairs[COPYDESK_PARTIAL_REUSE];
    assert_int_equal(((const struct html_pair *)list->items[0])->covered, 1000);
    assert_int_equal(((const struct html_pair *)list->items[HTML_PAIRS - 1])->covered, 820);
    assert_int_equal(world.html->pairs[COPYDESK_EXACT_DUPLICATE].n, 0);
    end(&world);
}

// ---- lists

static void largest_clusters(void **state)
{
    enum { N = 500 };
    struct world world;

    (void)state;
    begin(&world);
    // Sizes ascend, so every cluster pushes a smaller one out; members come long after.
    for (uint64_t i = 0; i < N; i++) {
        assert_int_equal(take(&world, i, i, (uint32_t)(i + 2), 100, 7), 0);
    }
    for (uint64_t i = 0; i < N; i++) {
        assert_int_equal(take(&world, N + i, i, (uint32_t)(i + 2), 100, 7), 0);
    }
    assert_int_equal(world.html->clusters.n, HTML_CLUSTERS);
    assert_int_equal(world.html->sampled.n, HTML_SAMPLED);
    for (size_t i = 0; i < HTML_CLUSTERS; i++) {
        const struct html_cluster *cluster = (const struct html_cluster *)world.html->clusters.items[i];
        assert_int_equal(cluster->rank.subject, N - 1 - i);
        assert_int_equal(cluster->n_early, 2);
        assert_int_equal(cluster->copies[COPYDESK_NEAR_DUPLICATE], 1);
    }
    assert_int_equal(finish(&world), 0);
    // What is listed as large is not listed as drawn.
    for (size_t i = 0; i < world.html->sampled.n; i++) {
        assert_true(world.html->sampled.items[i]->subject < N - HTML_CLUSTERS);
    }
    end(&world);
}

static void earliest_members(void **state)
{
    enum { N = 1000 };
    struct world world;
    const struct html_member *members[HTML_EARLY + HTML_DRAWN];

    (void)state;
    begin(&world);
    assert_int_equal(take(&world, 0, 0, N, 0, 7), 0);
    for (uint64_t i = 1; i < N; i++) {
        // Some are older than 1970, the last one is the oldest.
        assert_int_equal(take(&world, i, 0, N, 500 - (int64_t)i * 10, 7), 0);
    }
    const struct html_cluster *cluster = (const struct html_cluster *)world.html->clusters.items[0];
    size_t n = html_members(cluster, members);
    assert_true(n > HTML_EARLY && n <= HTML_EARLY + HTML_DRAWN);
    for (size_t i = 0; i < HTML_EARLY; i++) {
        assert_int_equal(members[i]->record, N - 1 - i);
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_int_not_equal(members[i]->record, members[k]->record);
        }
    }
    assert_int_equal(cluster->copies[COPYDESK_NEAR_DUPLICATE], N - 1);
    end(&world);
}

// ---- words

static void words(void **state)
{
    static const struct {
        const char *plain, *json, *html;
    } cases[] = {
        {"", "\"\"", ""},
        {"a b", "\"a b\"", "a b"},
        {"</script><!--&", "\"\\u003c/script\\u003e\\u003c!--\\u0026\"", "&#60;/script&#62;&#60;!--&#38;"},
        {"\"'\\", "\"\\u0022'\\u005c\"", "&#34;&#39;\\"},
        {"a\nb\x01", "\"a\\nb\\u0001\"", "a\nb\x01"},
        {"\u2028\u2029\u2030\u20ac", "\"\\u2028\\u2029\u2030\u20ac\"", "\u2028\u2029\u2030\u20ac"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        html_add_json(&out, str_of(cases[i].plain));
        buf_add_char(&out, '\0');
        assert_string_equal(out.data, cases[i].json);
        buf_clear(&out);
        html_add_text(&out, str_of(cases[i].plain));
        buf_add_char(&out, '\0');
        assert_string_equal(out.data, cases[i].html);
        buf_release(&out);
    }
}

static void lines(void **state)
{
    static const struct {
        const char *text, *expected;
        size_t most;
    } cases[] = {
        {"", "", 9},
        {"a\r\nb\n\nc", "a\nb\n\nc", 9},
        {"a\x01\u202e\nb\xff", "a\u2401<U+202E>\nb\ufffd", 9},
        {"abcdef", "abcd\u2026", 4},
        {"abcd", "abcd", 4},
        {"ab\ncdef", "ab\nc\u2026", 4},
        {"ab\n\n\n\n\ncdef", "ab\n\n\u2026", 4},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        html_add_lines(&out, str_of(cases[i].text), cases[i].most);
        buf_add_char(&out, '\0');
        assert_string_equal(out.data, cases[i].expected);
        buf_release(&out);
    }
}

// ---- the page

static void budget(void **state)
{
    struct world world;

    (void)state;
    begin(&world);
    // A character of the text takes six bytes in the page, one of the title eighteen.
    world.text = "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<";
    world.title = "\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e\u202e";
    world.repeat = 100;
    for (uint64_t i = 0; i < 12000; i++) {
        assert_int_equal(take(&world, i, i / 24 * 24, 24, (int64_t)i + 1, (uint32_t)(i % 500 + 7)), 0);
    }
    assert_int_equal(finish(&world), 0);
    struct buf page = page_of(&world);
    assert_true(page.len < MOST_BYTES);
    assert_true(page.len > MOST_BYTES / 2);
    assert_null(strstr(page.data, "\u202e"));
    assert_true(world.html->n_articles > 500);
    end(&world);
    buf_release(&page);
}

static void shared_texts(void **state)
{
    struct world world;

    (void)state;
    begin(&world);
    world.repeat = 0; // the same empty text for all
    for (uint64_t i = 0; i < 10; i++) {
        assert_int_equal(take(&world, i, 0, 10, 100, 7), 0);
    }
    assert_int_equal(finish(&world), 0);
    assert_int_equal(world.html->n_articles, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(world.html->articles[i].record, i);
        assert_int_equal(world.html->articles[i].owner, 0);
    }
    assert_non_null(html_article(world.html, 9));
    assert_null(html_article(world.html, 10));
    end(&world);
}

static void states(void **state)
{
    static const struct copydesk_gate held = {
        .name = "duplicates", .limit = "1%", .found = "0.5%", .passed = true};
    static const struct copydesk_gate broken = {.name = "<b>", .limit = "1%", .found = "5% & more"};
    static const struct copydesk_gate warned = {
        .name = "damage", .limit = "0", .found = "3", .only_warns = true};
    static const struct {
        const struct copydesk_gate *gate;
        const char *problem, *expected;
    } cases[] = {
        {NULL, NULL, "<body class=\"none\">"},
        {&held, NULL, "<body class=\"within\">"},
        {&warned, NULL, "<body class=\"within\">"},
        {&broken, NULL, "<body class=\"over\">"},
        {&held, "a <file> broke off", "<body class=\"failed\">"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct world world;
        begin(&world);
        world.judgement = (struct copydesk_judgement){
            .gates = cases[i].gate, .n_gates = cases[i].gate != NULL, .problem = cases[i].problem};
        assert_int_equal(finish(&world), 0);
        struct buf page = page_of(&world);
        assert_non_null(strstr(page.data, cases[i].expected));
        assert_null(strstr(page.data, "<b>"));
        assert_null(strstr(page.data, "<file>"));
        assert_null(strstr(page.data, "{{"));
        buf_release(&page);
        end(&world);
    }
}

static void memory_is_short(void **state)
{
    (void)state;
    for (uint64_t n = 0;; n += n < 40 ? 1 : 37) {
        struct world world;
        begin(&world);
        int status = 0;
        world.long_text = (struct buf){0};
        buf_reserve(&world.long_text, 4096);
        mem_fail_after(n);
        for (uint64_t i = 0; i < 40 && status == 0; i++) {
            status = take(&world, i, i / 4 * 4, 4, 100, (uint32_t)i + 1);
        }
        status = status < 0 ? status : finish(&world);
        mem_fail_after(UINT64_MAX);
        end(&world);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
        if (status == 0) {
            assert_true(n > 20);
            return;
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts),
        cmocka_unit_test(many_sources),
        cmocka_unit_test(pairs),
        cmocka_unit_test(largest_clusters),
        cmocka_unit_test(earliest_members),
        cmocka_unit_test(words),
        cmocka_unit_test(lines),
        cmocka_unit_test(budget),
        cmocka_unit_test(shared_texts),
        cmocka_unit_test(states),
        cmocka_unit_test(memory_is_short),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
