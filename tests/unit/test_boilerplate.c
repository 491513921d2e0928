/* test_boilerplate.c - what is counted, that threads and order make no difference, and tables as bytes. */

#include "boiler_corpus.h"

#define STORY                                                                                                \
    "The council of town %d met again to talk about bridge %c and its cost to the people of the valley."

static void add_site(struct corpus *c, const char *source, int from, int to, int line_every)
{
    for (int i = from; i < to; i++) {
        char text[1024];
        char title[64];
        snprintf(title, sizeof title, "Bridge %c of the valley", 'a' + i % 26);
        snprintf(text, sizeof text, STORY "\n" STORY "\n%s", i, 'a' + i % 26, i + 1, 'b' + i % 20,
                 i % line_every == 0 ? "All the news of the valley" : "");
        corpus_add(c, source, -1, title, text);
    }
}

static void test_counts(void **state)
{
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    add_site(&c, "Valley News", 0, 10, 1);
    add_site(&c, "Hill Post", 10, 30, 10);
    corpus_add(&c, "Hill Post", 7, "Storm", "Waves rose at noon.\nAll the news of the valley");
    corpus_add(&c, "Dale Sun", 7, "Storm", "Waves rose at noon.\nAll the news of the valley");
    corpus_add(&c, NULL, -1, "Fog", "Fog lay on the sea.");
    corpus_finish(&c);
    const struct boiler_entry *e = corpus_entry(&c, "ALL THE NEWS OF THE VALLEY!");
    assert_non_null(e);
    assert_int_equal(e->articles, 14);
    assert_int_equal(e->clusters, 13); // two copies count once, for the source of the first
    assert_int_equal(e->sources, 2);
    assert_int_equal(e->top, 10);
    // 10 of 10, and 3 of 21: (10 * 9/11 + 3 * 2/22) / 13 in thousandths
    assert_int_equal(e->share, (10 * (9 * 1000 / 11) + 3 * (2 * 1000 / 22)) / 13);
    assert_true(e->tail + e->head >= 254);
    assert_null(corpus_entry(&c, "Waves rose at noon.")); // one story
    assert_null(corpus_entry(&c, "Fog lay on the sea.")); // one article
    assert_int_equal(boiler_articles(c.table), 33);
    corpus_release(&c);
}

static void test_titles(void **state)
{
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    corpus_add(&c, NULL, 1, "Ferry sinks off the cape - Valley News", "One.");
    corpus_add(&c, NULL, 2, "Mayor opens new market hall", "Two.");
    corpus_add(&c, NULL, 3, "Mayor opens new market hall", "Three.");
    corpus_add(&c, NULL, 4, "World news", "Four.");
    corpus_words(&c, "Ferry sinks off the cape - Valley News", "");
    c.collector.n = 0;
    assert_int_equal(boiler_collect_title(&c.collector, &c.title_words, 5), 0);
    assert_int_equal(boiler_post(c.stats, 0, 0, c.collector.records, c.collector.n, NULL), 0);
    corpus_finish(&c);
    assert_true(corpus_is_title(&c, "Ferry sinks off the cape", 9));
    assert_true(corpus_is_title(&c, "ferry sinks off the cape, valley news", 9));
    assert_false(corpus_is_title(&c, "Ferry sinks off the cape", 1));   // its own
    assert_true(corpus_is_title(&c, "Mayor opens new market hall", 2)); // and somebody else's
    assert_false(corpus_is_title(&c, "World news", 9));                 // too short to say anything
    assert_false(corpus_is_title(&c, "Ferry sinks", 9));
    corpus_release(&c);
}

static uint64_t form_of(struct corpus *c, const char *line, enum boiler_kind kind, const char *source)
{
    struct boiler_forms forms;
    struct segments s = {0};
    corpus_words(c, "", line);
    assert_int_equal(segments_of(&s, c->text, strlen(line), &c->words), 0);
    boiler_forms(c->text, &c->words, &s.lines[0], corpus_source(source), &forms);
    segments_release(&s);
    return forms.key[kind];
}

static void test_forms(void **state)
{
    static const struct {
        enum boiler_kind kind;
        const char *a, *b;
        bool same;
    } cases[] = {
        {BOILER_SHAPE, "By Ann Reed", "By Bo Van Stone", true},
        {BOILER_SHAPE, "By Ann Reed", "For Ann Reed", false},
        {BOILER_SHAPE, "Ann Reed, The Post", "Bo Stone, Sun", true},
        {BOILER_SHAPE, "Ann Reed in Rome helped", "Bo Stone in Paris helped", true},
        {BOILER_SHAPE, "Posted May 3, 12:30", "Posted June 17, 8:05", true},
        {BOILER_SHAPE, "• Ann Reed", "• Bo Stone", true},
        {BOILER_SHAPE, "• Ann Reed", "- Ann Reed", false},
        {BOILER_FIRST, "Read more: Rain", "Read more: Sun again in May", true},
        {BOILER_FIRST, "作者：王芳", "作者：李强", true},
        {BOILER_FIRST, "Read more: Rain", "Read less: Rain", false},
        {BOILER_LAST, "Ann Reed of the Post", "Bo Stone of the Post", true},
    };
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint64_t a = form_of(&c, cases[i].a, cases[i].kind, "x");
        assert_true(a != 0);
        assert_int_equal(a == form_of(&c, cases[i].b, cases[i].kind, "x"), cases[i].same);
        assert_true(a != form_of(&c, cases[i].a, cases[i].kind, "y")); // a form belongs to a source
    }
    assert_true(form_of(&c, "latest news", BOILER_SHAPE, "x") == 0); // no slot
    corpus_release(&c);
}

static void fill(struct corpus *c, bool backwards)
{
    for (int i = 0; i < 60; i++) {
        int k = backwards ? 59 - i : i;
        char text[512];
        snprintf(text, sizeof text, STORY "\nBy Ann Reed%d\nLine %c of many\nNews of the day", k,
                 'a' + k % 26, k % 3, 'a' + k % 7);
        // The number of the article is what counts, not when it is posted.
        c->n = (uint32_t)k;
        corpus_add(c, k % 2 ? "Post" : "Sun", k / 2 % 20, "A bridge for the valley", text);
    }
    c->n = 60;
    corpus_finish(c);
}

static void test_same_bytes(void **state)
{
    (void)state;
    struct buf first = {0};
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct corpus c;
        struct buf bytes = {0};
        corpus_init(&c, threads);
        fill(&c, threads > 1);
        assert_int_equal(boiler_write(c.table, threads == 1 ? &first : &bytes), 0);
        if (threads > 1) {
            assert_int_equal(bytes.len, first.len);
            assert_memory_equal(bytes.data, first.data, first.len);
        }
        buf_release(&bytes);
        corpus_release(&c);
    }
    buf_release(&first);
}

static void test_round_trip(void **state)
{
    (void)state;
    struct corpus c;
    struct buf bytes = {0};
    struct buf again = {0};
    struct boiler_table *t = NULL;
    struct boiler_table *sum = NULL;
    corpus_init(&c, 1);
    fill(&c, false);
    assert_int_equal(boiler_write(c.table, &bytes), 0);
    assert_int_equal(boiler_read(&t, (struct str){bytes.data, bytes.len}, NULL), 0);
    assert_int_equal(boiler_write(t, &again), 0);
    assert_int_equal(bytes.len, again.len);
    assert_memory_equal(bytes.data, again.data, bytes.len);

    assert_int_equal(boiler_merge(c.table, t, &sum, NULL), 0);
    const struct boiler_entry *once = corpus_entry(&c, "News of the day");
    corpus_words(&c, "", "News of the day");
    const struct boiler_entry *twice = boiler_find(sum, BOILER_WORDS, segment_key(&c.words, 0, c.words.n));
    assert_int_equal(twice->articles, 2 * once->articles);
    assert_int_equal(twice->clusters, 2 * once->clusters);
    assert_int_equal(twice->share, once->share);
    assert_int_equal(boiler_articles(sum), 120);
    corpus_words(&c, "", "A bridge for the valley");
    assert_true(boiler_is_title(sum, segment_key(&c.words, 0, c.words.n), 0));
    boiler_table_free(t);
    boiler_table_free(sum);
    buf_release(&bytes);
    buf_release(&again);
    corpus_release(&c);
}

static void write_table(const struct corpus *c, struct buf *out)
{
    buf_add(out, "front", 5);
    assert_int_equal(boiler_write(c->table, out), 0);
}

static struct boiler_table *read_table(const struct buf *bytes)
{
    struct boiler_table *t = NULL;
    assert_int_equal(boiler_read(&t, (struct str){bytes->data + 5, bytes->len - 5}, NULL), 0);
    return t;
}

// Lines in 3, 4 ... clusters.
static void trim_corpus(struct corpus *c, int n_lines)
{
    corpus_init(c, 1);
    for (int i = 0; i < n_lines + 2; i++) {
        char text[2048] = "";
        char title[64];
        for (int k = i > 2 ? i - 2 : 0; k < n_lines; k++) {
            char line[64];
            snprintf(line, sizeof line, "all the %c%cnews of it\n", 'a' + k % 26, 'a' + k / 26);
            strcat(text, line);
        }
        snprintf(title, sizeof title, "Bridge %c%c of the valley", 'a' + i % 26, 'a' + i / 26);
        corpus_add(c, NULL, -1, title, text);
    }
    corpus_finish(c);
}

static bool has_line(const struct boiler_table *t, struct corpus *c, int k)
{
    char line[64];
    snprintf(line, sizeof line, "all the %c%cnews of it", 'a' + k % 26, 'a' + k / 26);
    corpus_words(c, "", line);
    return boiler_find(t, BOILER_WORDS, segment_key(&c->words, 0, c->words.n)) != NULL;
}

static size_t titles_in(const struct boiler_table *t, struct corpus *c, int n)
{
    size_t found = 0;
    for (int i = 0; i < n; i++) {
        char title[64];
        snprintf(title, sizeof title, "Bridge %c%c of the valley", 'a' + i % 26, 'a' + i / 26);
        corpus_words(c, title, "");
        found += boiler_is_title(t, segment_key(&c->title_words, 0, c->title_words.n), UINT32_MAX - 9);
    }
    return found;
}

// What most clusters have stays; what is not too much stays as it was.
static void test_trim(void **state)
{
    (void)state;
    enum { LINES = 40 };
    struct corpus c;
    struct buf whole = {0};
    struct buf bytes = {0};
    trim_corpus(&c, LINES);
    write_table(&c, &whole);
    write_table(&c, &bytes);
    boiler_trim(&bytes, 5, 1000, 1000);
    assert_int_equal(bytes.len, whole.len);
    assert_memory_equal(bytes.data, whole.data, whole.len);
    // A line counts twice: by its words, and by its end.
    boiler_trim(&bytes, 5, 30, 17);
    struct boiler_table *t = read_table(&bytes);
    uint64_t n_lines;
    memcpy(&n_lines, bytes.data + 5 + 24, sizeof n_lines);
    assert_in_range(n_lines, 20, 30);
    assert_int_equal(boiler_articles(t), LINES + 2);
    assert_in_range(titles_in(t, &c, LINES + 2), 8, 17);
    assert_true(has_line(t, &c, LINES - 1));
    assert_false(has_line(t, &c, 0));
    for (int k = 1; k < LINES; k++) {
        assert_true(has_line(t, &c, k) || !has_line(t, &c, k - 1));
    }
    boiler_table_free(t);
    // Nothing is left, and that is a table too.
    boiler_trim(&bytes, 5, 0, 0);
    boiler_table_free(read_table(&bytes));
    assert_int_equal(bytes.len, 5 + 24 + 8 + 8);
    buf_release(&whole);
    buf_release(&bytes);
    corpus_release(&c);
}

static void test_damaged(void **state)
{
    (void)state;
    struct corpus c;
    struct buf bytes = {0};
    corpus_init(&c, 1);
    fill(&c, false);
    assert_int_equal(boiler_write(c.table, &bytes), 0);
    for (size_t len = 0; len < bytes.len; len++) {
        struct boiler_table *t = NULL;
        struct copydesk_error error = {0};
        assert_int_equal(boiler_read(&t, (struct str){bytes.data, len}, &error), COPYDESK_ERR_INPUT);
        assert_true(error.message[0] != 0);
    }
    // Any byte changed: refused, or a table that can be asked.
    for (size_t i = 0; i < bytes.len; i++) {
        struct boiler_table *t = NULL;
        bytes.data[i] ^= 0x55;
        if (boiler_read(&t, (struct str){bytes.data, bytes.len}, NULL) == 0) {
            struct boiler_table *sum = NULL;
            assert_int_equal(boiler_merge(t, c.table, &sum, NULL), 0);
            boiler_table_free(sum);
            boiler_table_free(t);
        }
        bytes.data[i] ^= 0x55;
    }
    buf_release(&bytes);
    corpus_release(&c);
}

static int read_and_merge(void *data)
{
    const struct buf *bytes = data;
    struct boiler_table *t = NULL;
    struct boiler_table *sum = NULL;
    int status = boiler_read(&t, (struct str){bytes->data, bytes->len}, NULL);
    status = status < 0 ? status : boiler_merge(t, t, &sum, NULL);
    boiler_table_free(t);
    boiler_table_free(sum);
    return status;
}

static int collect_and_finish(void *data)
{
    struct corpus *from = data;
    struct boiler_stats *stats = NULL;
    struct boiler_table *table = NULL;
    struct boiler_collector collector = {0};
    struct boiler_params params = {from->cluster_of, from->source_of, 60, 1, NULL};
    int status = boiler_stats_new(&stats, 1, 0, test_temp_dir(), NULL);
    for (uint32_t i = 0; i < 3 && status == 0; i++) {
        status = boiler_collect_text(&collector, from->text, strlen(from->text), &from->words, 1);
        status = status < 0 ? status : boiler_collect_title(&collector, &from->words, from->words.n);
        status = status < 0 ? status : boiler_post(stats, 0, i, collector.records, collector.n, NULL);
        collector.n = 0;
    }
    status = status < 0 ? status : boiler_finish(stats, &params, &table, NULL);
    boiler_collector_release(&collector);
    boiler_stats_free(stats);
    boiler_table_free(table);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    struct corpus c;
    struct buf bytes = {0};
    corpus_init(&c, 1);
    fill(&c, false);
    assert_int_equal(boiler_write(c.table, &bytes), 0);
    assert_true(test_each_allocation(read_and_merge, &bytes) > 4);
    corpus_words(&c, "", "One line here\nand two more\nand By Ann Reed");
    collect_and_finish(&c);
    assert_true(test_each_allocation(collect_and_finish, &c) > 6);
    buf_release(&bytes);
    corpus_release(&c);
    boiler_table_free(NULL);
    boiler_stats_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),     cmocka_unit_test(test_titles),     cmocka_unit_test(test_forms),
        cmocka_unit_test(test_same_bytes), cmocka_unit_test(test_round_trip), cmocka_unit_test(test_damaged),
        cmocka_unit_test(test_memory),     cmocka_unit_test(test_trim),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
