// test_alone.c - one article at a time: a profile that knows the site, workers side by side, no memory.
// That the findings are those of a run is tested in property/prop_alone.c.

#include "pipeline/alone.h"

#include "base/pool.h"
#include "copydesk.h"
#include "test.h"

#include <unistd.h>

#define NOTICE "All that stands on this page belongs to the house on the quay"

static const char *const words[] = {"gulls",  "harbour", "council", "bridge", "ferry",   "market",
                                    "winter", "storm",   "school",  "valley", "counted", "opened",
                                    "closed", "asked",   "found",   "sold"};

static const char *word(unsigned i)
{
    return words[i * 7 % COUNT_OF(words)];
}

// An article of the site, its text with room behind it.
struct made {
    struct buf title, text;
    struct article article;
};

static void make(struct made *m, unsigned number, bool damaged)
{
    char line[200];
    for (unsigned s = 0; s < 12; s++) {
        snprintf(line, sizeof line, "The %s %s number %u and the %s, %u of them, %s the %s in the %s.%s",
                 word(number + s), word(s * 3 + number), number, word(number * 5 + s), s,
                 word(s + 2 * number), word(number / 3 + s), word(s), s % 3 == 2 ? "\n" : " ");
        buf_add(&m->text, line, strlen(line));
    }
    if (damaged) {
        static const char spoilt[] = "A caf\xC3\x83\xC2\xA9 &amp;amp; <b>a bar</b>.\n";
        buf_add(&m->text, spoilt, sizeof spoilt - 1);
    }
    buf_add(&m->text, NOTICE "\n", sizeof NOTICE);
    snprintf(line, sizeof line, "The %s and the %s %s, again", word(number), word(number * 5),
             word(number + 3));
    buf_add(&m->title, line, strlen(line));
    m->article = (struct article){
        .title = {m->title.data, m->title.len}, .text = {m->text.data, m->text.len}, .source = STR("quay")};
    assert_true(buf_reserve(&m->text, ARTICLE_PADDING) && buf_reserve(&m->title, ARTICLE_PADDING));
    m->article.title.data = m->title.data;
    m->article.text.data = m->text.data;
}

static void release(struct made *m)
{
    buf_release(&m->title);
    buf_release(&m->text);
}

static struct copydesk_options options;
static char profile[300];

static int setup(void **state)
{
    (void)state;
    struct copydesk *desk = NULL;
    copydesk_options_init(&options);
    options.threads = 1;
    options.temp_dir = test_temp_dir();
    snprintf(profile, sizeof profile, "%s/test_alone.%d.profile", test_temp_dir(), (int)getpid());
    int status = copydesk_open(&desk, &options, NULL);
    for (unsigned i = 0; i < 40 && status == 0; i++) {
        struct made m = {0};
        make(&m, i, false);
        struct copydesk_article a = {.title = {m.article.title.data, m.article.title.len},
                                     .text = {m.article.text.data, m.article.text.len},
                                     .source = {"quay", 4}};
        status = copydesk_add_article(desk, &a, NULL);
        release(&m);
    }
    status = status < 0 ? status : copydesk_build_profile(desk, profile, NULL, NULL);
    copydesk_free(desk);
    return status;
}

static int teardown(void **state)
{
    (void)state;
    return unlink(profile);
}

static size_t count_of(const struct alone_result *r, enum copydesk_rule rule)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_found; i++) {
        n += r->found[i].edit.rule == rule;
    }
    return n;
}

static void judge_with(const char *path, struct made *m, bool knows)
{
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    struct alone_result r;
    assert_int_equal(alone_new(&a, &options, path, NULL), 0);
    assert_int_equal(alone_worker_new(&w, a, NULL), 0);
    assert_int_equal(alone_articles(a), knows ? 40 : 0);
    assert_int_equal(alone_judge(w, &m->article, &r, NULL), 0);
    assert_int_equal(count_of(&r, COPYDESK_REPEATED_LINE) + count_of(&r, COPYDESK_NOTICE), knows);
    assert_int_equal(count_of(&r, COPYDESK_MOJIBAKE), 1);
    assert_false(r.dropped);
    // What is compared has no notice, no damage; what was read first has the notice.
    assert_true((memmem(r.compared.data, r.compared.len, NOTICE, sizeof NOTICE - 1) == NULL) == knows);
    assert_non_null(memmem(r.compared.data, r.compared.len, "A caf\xC3\xA9 & a bar.", 15));
    assert_non_null(memmem(r.text.data, r.text.len, NOTICE, sizeof NOTICE - 1));
    assert_non_null(memmem(r.text.data, r.text.len, "A caf\xC3\xA9 & a bar.", 15));
    assert_true((r.compared_words.n < r.words.n) == knows);
    alone_worker_free(w);
    alone_free(a);
}

static void a_profile_knows_the_site(void **state)
{
    (void)state;
    struct made m = {0};
    make(&m, 77, true);
    judge_with(profile, &m, true);
    judge_with(NULL, &m, false);
    struct copydesk_options named = options;
    const char *path = profile;
    named.profiles = &path;
    named.n_profiles = 1;
    struct alone *a = NULL;
    assert_int_equal(alone_new(&a, &named, NULL, NULL), 0);
    assert_int_equal(alone_articles(a), 40);
    alone_free(a);
    struct copydesk_error error;
    assert_int_equal(alone_new(&a, &options, TEST_NO_DIR "/x", &error), COPYDESK_ERR_IO);
    release(&m);
}

// A word that is spoilt in the title is known when the text has it, and forgotten with the article.
static void own_words_confirm(void **state)
{
    (void)state;
    static const char text[] = "The road to gard\xC3\xA5 is open. In Gard\xC3\xA5 they say so.";
    static const struct {
        struct str title, text;
        bool repaired;
    } cases[] = {
        {BYTES("GARD\xC3\x83\xE2\x80\xA6"), BYTES("The road is open."), false},
        {BYTES("GARD\xC3\x83\xE2\x80\xA6"), {text, sizeof text - 1}, true},
        {BYTES("GARD\xC3\x83\xE2\x80\xA6"), BYTES("The road is open."), false},
    };
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    assert_int_equal(alone_new(&a, &options, profile, NULL), 0);
    assert_int_equal(alone_worker_new(&w, a, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char padded[2][256] = {{0}};
        struct alone_result r;
        memcpy(padded[0], cases[i].title.data, cases[i].title.len);
        memcpy(padded[1], cases[i].text.data, cases[i].text.len);
        struct article article = {.title = {padded[0], cases[i].title.len},
                                  .text = {padded[1], cases[i].text.len}};
        assert_int_equal(alone_judge(w, &article, &r, NULL), 0);
        assert_int_equal(count_of(&r, COPYDESK_MOJIBAKE), cases[i].repaired);
    }
    alone_worker_free(w);
    alone_free(a);
}

static void nothing_is_on(void **state)
{
    (void)state;
    struct copydesk_options off = options;
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    struct alone_result r;
    struct made m = {0};
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        off.actions[rule] = COPYDESK_OFF;
    }
    make(&m, 3, true);
    assert_int_equal(alone_new(&a, &off, profile, NULL), 0);
    assert_int_equal(alone_worker_new(&w, a, NULL), 0);
    assert_int_equal(alone_judge(w, &m.article, &r, NULL), 0);
    assert_int_equal(r.n_found, 0);
    assert_int_equal(r.title_score, UINT16_MAX);
    assert_ptr_equal(r.compared.data, m.article.text.data);
    assert_true(r.compared_words.n == r.words.n && r.words.n > 100);
    alone_worker_free(w);
    alone_free(a);
    release(&m);
}

// ---- side by side

enum { ARTICLES = 24, THREADS = 4 };

struct bench {
    struct alone *a;
    struct made made[ARTICLES];
    uint64_t sums[THREADS][ARTICLES];
};

static uint64_t sum_of(const struct alone_result *r)
{
    uint64_t sum = r->n_found * 31 + r->title_score + r->compared_words.n * 7;
    for (size_t i = 0; i < r->n_found; i++) {
        const struct edit *e = &r->found[i].edit;
        sum = sum * 131 + e->start + e->end * 3 + (uint64_t)e->rule * 5 + e->score;
    }
    return sum;
}

// Each thread begins with another article.
static int judge_all(void *data, unsigned thread, struct copydesk_error *error)
{
    struct bench *b = data;
    struct alone_worker *w = NULL;
    int status = alone_worker_new(&w, b->a, error);
    for (unsigned i = 0; i < 3 * ARTICLES && status == 0; i++) {
        unsigned number = (i + thread * 5) % ARTICLES;
        struct alone_result r;
        status = alone_judge(w, &b->made[number].article, &r, error);
        b->sums[thread][number] = status == 0 ? sum_of(&r) : 0;
    }
    alone_worker_free(w);
    return status;
}

static void workers_side_by_side(void **state)
{
    (void)state;
    struct bench b = {0};
    for (unsigned i = 0; i < ARTICLES; i++) {
        make(&b.made[i], 30 + i, i % 3 == 0);
    }
    assert_int_equal(alone_new(&b.a, &options, profile, NULL), 0);
    assert_int_equal(pool_run(THREADS, judge_all, &b, NULL), 0);
    for (unsigned t = 1; t < THREADS; t++) {
        assert_memory_equal(b.sums[0], b.sums[t], sizeof b.sums[0]);
    }
    alone_free(b.a);
    for (unsigned i = 0; i < ARTICLES; i++) {
        release(&b.made[i]);
    }
}

// ---- memory

static int judge_one(void *data)
{
    const struct made *m = data;
    struct copydesk_error error;
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    struct alone_result r;
    int status = alone_new(&a, &options, profile, &error);
    status = status < 0 ? status : alone_worker_new(&w, a, &error);
    status = status < 0 ? status : alone_judge(w, &m->article, &r, &error);
    alone_worker_free(w);
    alone_free(a);
    return status;
}

static void without_memory(void **state)
{
    (void)state;
    struct made m = {0};
    make(&m, 5, true);
    assert_true(test_each_allocation(judge_one, &m) > 50);
    release(&m);
}

// What one article needs is there when another like it has been seen.
static void no_memory_is_asked_for(void **state)
{
    (void)state;
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    struct alone_result r;
    struct made m[2] = {0};
    make(&m[0], 5, true);
    make(&m[1], 6, true);
    assert_int_equal(alone_new(&a, &options, profile, NULL), 0);
    assert_int_equal(alone_worker_new(&w, a, NULL), 0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(alone_judge(w, &m[i % 2].article, &r, NULL), 0);
    }
    mem_fail_after(0);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(alone_judge(w, &m[i % 2].article, &r, NULL), 0);
    }
    mem_fail_after(UINT64_MAX);
    alone_worker_free(w);
    alone_free(a);
    release(&m[0]);
    release(&m[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_knows_the_site), cmocka_unit_test(nothing_is_on),
        cmocka_unit_test(workers_side_by_side),     cmocka_unit_test(without_memory),
        cmocka_unit_test(no_memory_is_asked_for),   cmocka_unit_test(own_words_confirm),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
