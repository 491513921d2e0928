/* src/index/: the store as its callers see it. */
#include "index_articles.h"

enum { ARTICLES = 300 };

static void test_round_trip(void **state)
{
    (void)state;
    char dir[256];
    make_dir(dir);
    struct made *a = calloc(1, sizeof *a);
    struct copydesk_error error;
    struct index_scratch *scratch;
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        make_article(a, i, i % 7 == 0 ? i : 200 + i);
        assert_int_equal(add_made(ix, a), i);
        if (i % 40 == 39) {
            commit_made(ix);
        }
    }
    assert_int_equal(index_count(ix), ARTICLES);
    assert_int_equal(index_committed(ix), 280);
    index_close(ix);
    ix = open_made(dir, INDEX_READ);
    assert_int_equal(index_count(ix), 280);
    assert_int_equal(index_scratch_new(ix, &scratch, &error), 0);
    for (uint32_t i = 0; i < 280; i++) {
        make_article(a, i, i % 7 == 0 ? i : 200 + i);
        check_made(ix, scratch, i, a);
    }
    index_scratch_free(scratch);
    index_close(ix);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

static void look_up(struct index_store *ix, struct made *a, struct index_match *m)
{
    struct copydesk_error error = {0};
    make_prints(a);
    assert_int_equal(index_candidates(ix, &a->record, &a->prints, INDEX_NONE, m, &error), 0);
}

static bool has_candidate(const struct index_match *m, uint32_t article)
{
    for (size_t i = 0; i < m->n; i++) {
        if (m->candidates[i].article == article) {
            return true;
        }
    }
    return false;
}

static void test_candidates(void **state)
{
    (void)state;
    char dir[256];
    make_dir(dir);
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < ARTICLES; i++) {
        make_article(a, i, 400);
        add_made(ix, a);
    }
    for (uint32_t i = 0; i < ARTICLES; i += 7) {
        // The same again; with another key and id; a part of it in another text; nothing of it.
        make_article(a, i, 400);
        look_up(ix, a, &m);
        assert_true(m.n >= 1 && m.candidates[0].article == i);
        assert_int_equal(m.exact, i);
        assert_int_equal(m.same_id, i);
        make_article(a, i + 1000, 400);
        uint64_t *own = a->words;
        struct made *b = calloc(1, sizeof *b);
        make_article(b, i, 400);
        memcpy(own + 100, b->words + 50, 150 * sizeof *own);
        look_up(ix, a, &m);
        assert_true(has_candidate(&m, i));
        assert_int_equal(m.exact, INDEX_NONE);
        assert_int_equal(m.same_id, INDEX_NONE);
        make_article(a, i + 2000, 400);
        look_up(ix, a, &m);
        assert_int_equal(m.n, 0);
        assert_int_equal(m.common, 0);
        free(b);
    }
    index_match_release(&m);
    index_close(ix);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

static void test_refusals(void **state)
{
    (void)state;
    char dir[256];
    make_dir(dir);
    struct index_params params = made_params();
    struct copydesk_error error;
    struct index_store *ix;
    struct index_store *other;
    assert_int_equal(index_open(&ix, dir, INDEX_WRITE, &params, &error), COPYDESK_ERR_INPUT);
    assert_non_null(strstr(error.message, "no index"));
    ix = open_made(dir, INDEX_CREATE);
    assert_int_equal(index_open(&other, dir, INDEX_WRITE, &params, &error), COPYDESK_ERR_IO);
    assert_non_null(strstr(error.message, "one writer"));
    index_close(ix);
    params.settings = 6;
    params.settings_text = STR("no repair");
    assert_int_equal(index_open(&ix, dir, INDEX_READ, &params, &error), COPYDESK_ERR_OPTION);
    assert_non_null(strstr(error.message, "no repair"));
    remove_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
