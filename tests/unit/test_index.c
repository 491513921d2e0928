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

enum { MANY = 3 * 8192 + 500 };

static bool is_copy(uint32_t i)
{
    return i % 9 == 8 && i > 9 && (i - 4) % 11 != 10;
}

// One article in nine is an exact copy of the one four before it, one in eleven has half of the one eleven
// before.
static void make_one_of_many(struct made *a, struct made *other, uint32_t i)
{
    make_article(a, i, 30 + i % 50);
    if (is_copy(i)) {
        make_article(a, i - 4, 30 + (i - 4) % 50);
        snprintf(a->id, sizeof a->id, "copy-%u", i);
        a->record.id = str_of(a->id);
        a->record.leader = i - 4;
        a->record.cluster = i - 4;
    } else if (i % 11 == 10 && i > 11) {
        make_article(other, i - 11, 30 + (i - 11) % 50);
        memcpy(a->words, other->words, 25 * sizeof *a->words);
    }
}

static void count_trouble(void *data, const char *message)
{
    (void)data;
    print_message("# %s\n", message);
}

static void test_seals(void **state)
{
    (void)state;
    char dirs[2][256];
    struct made *a = calloc(1, sizeof *a);
    struct made *other = calloc(1, sizeof *other);
    struct index_match m[2] = {{0}};
    struct index_store *ix[2];
    struct index_scratch *scratch;
    struct copydesk_error error = {0};
    uint64_t troubles = 1;
    for (size_t k = 0; k < 2; k++) {
        make_dir(dirs[k]);
        ix[k] = open_made(dirs[k], INDEX_CREATE);
    }
    // One commits often and is opened again now and then, the other commits once: both find the same.
    for (uint32_t i = 0; i < MANY; i++) {
        make_one_of_many(a, other, i);
        assert_int_equal(add_made(ix[0], a), i);
        assert_int_equal(add_made(ix[1], a), i);
        if (i % 700 == 699) {
            commit_made(ix[0]);
        }
        if (i % 9000 == 8999) {
            commit_made(ix[0]);
            index_close(ix[0]);
            ix[0] = open_made(dirs[0], INDEX_WRITE);
        }
    }
    for (size_t k = 0; k < 2; k++) {
        commit_made(ix[k]);
        index_close(ix[k]);
        ix[k] = open_made(dirs[k], k ? INDEX_READ : INDEX_WRITE);
        assert_int_equal(index_verify(ix[k], count_trouble, NULL, &troubles, &error), 0);
        assert_int_equal(troubles, 0);
        struct index_info info;
        assert_int_equal(index_info(ix[k], &info, &error), 0);
        assert_int_equal(info.sealed, 3 * 8192);
        assert_in_range(info.segments, 2, 3); // three, or two of them merged at the third seal
        assert_true(info.vocabulary > 1000 && info.exact_copies > 1000);
        assert_int_equal(index_scratch_new(ix[k], &scratch, &error), 0);
        for (uint32_t i = 0; i < MANY; i += 1 + i % 13) {
            make_one_of_many(a, other, i);
            check_made(ix[k], scratch, i, a);
        }
        index_scratch_free(scratch);
    }
    for (uint32_t i = 0; i < MANY; i += 7) {
        make_article(a, i, 30 + i % 50);
        look_up(ix[0], a, &m[0]);
        look_up(ix[1], a, &m[1]);
        assert_int_equal(m[0].n, m[1].n);
        assert_memory_equal(m[0].candidates, m[1].candidates, m[0].n * sizeof *m[0].candidates);
        assert_true(m[0].exact == m[1].exact && m[0].same_id == m[1].same_id && m[0].common == m[1].common);
        bool is_plain = !is_copy(i) && (i <= 11 || i % 11 != 10);
        assert_true(!is_plain || (m[0].exact == i && m[0].same_id == i && m[0].candidates[0].article == i));
        // As of an earlier time.
        assert_int_equal(index_candidates(ix[0], &a->record, &a->prints, i, &m[0], &error), 0);
        assert_true(!has_candidate(&m[0], i) && m[0].exact != i && m[0].same_id != i);
    }
    for (size_t k = 0; k < 2; k++) {
        index_match_release(&m[k]);
        index_close(ix[k]);
        remove_dir(dirs[k]);
    }
    index_prints_release(&a->prints);
    free(other);
    free(a);
}

// Thousands of versions under one id, each of which may be delivered again; and of articles that share all,
// an early one is found again as of its time, though many have come since. Recent, sealed, and opened anew.
static void test_many_of_one(void **state)
{
    enum { VERSIONS = 8192 + 400, ALIKE = 200, AT = 20 };
    (void)state;
    char dir[256];
    char long_id[70000];
    struct copydesk_error error = {0};
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    make_dir(dir);
    memset(long_id, 'i', sizeof long_id); // more than is kept of an id
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < VERSIONS; i++) {
        make_article(a, i < ALIKE ? 0 : i, 40);
        a->record.id = i == 8300 ? (struct str){long_id, sizeof long_id} : STR("one");
        a->record.content = i;
        add_made(ix, a);
    }
    for (int round = 0; round < 3; round++) {
        for (uint32_t i = 0; i < VERSIONS; i += i == 8300 ? 91 : 100) {
            make_article(a, i < ALIKE ? 0 : i, 40);
            a->record.id = i == 8300 ? (struct str){long_id, sizeof long_id} : STR("one");
            a->record.content = i;
            look_up(ix, a, &m);
            assert_int_equal(m.same_id, i);
        }
        a->record.id = STR("one");
        a->record.content = VERSIONS;
        look_up(ix, a, &m);
        assert_int_equal(m.same_id, VERSIONS - 1); // the newest of another content
        make_article(a, 0, 40);
        make_prints(a);
        assert_int_equal(index_candidates(ix, &a->record, &a->prints, AT, &m, &error), 0);
        assert_int_equal(m.n, AT);
        assert_int_equal(m.exact, 0);
        if (round == 0) {
            commit_made(ix);
        } else {
            index_close(ix);
            ix = open_made(dir, INDEX_WRITE);
        }
    }
    uint64_t troubles = 1;
    assert_int_equal(index_verify(ix, count_trouble, NULL, &troubles, &error), 0);
    assert_int_equal(troubles, 0);
    index_close(ix);
    index_match_release(&m);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

// ---- time, texts, profile

static void test_window(void **state)
{
    (void)state;
    char dir[256];
    struct copydesk_error error = {0};
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    make_dir(dir);
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < 60; i++) {
        make_article(a, i, 100);
        a->record.date = i;
        a->record.has_date = i % 2;
        a->record.arrived = 1000 + i;
        add_made(ix, a);
    }
    assert_int_equal(index_refresh(ix, 5, 5000, &error), 0);
    commit_made(ix);
    index_close(ix);
    ix = open_made(dir, INDEX_WRITE);
    // By date; those without one by arrival; 5 was seen again.
    index_set_window(ix, INDEX_BY_DATE, 30);
    for (uint32_t i = 0; i < 60; i++) {
        bool live = i % 2 == 0 || i >= 30 || i == 5;
        make_article(a, i, 100);
        look_up(ix, a, &m);
        assert_int_equal(has_candidate(&m, i), live);
        assert_int_equal(m.exact, live ? i : INDEX_NONE);
        assert_int_equal(m.same_id, live ? i : INDEX_NONE);
    }
    index_set_window(ix, INDEX_BY_ARRIVAL, 1030);
    struct index_info info;
    assert_int_equal(index_info(ix, &info, &error), 0);
    assert_int_equal(info.articles, 60);
    assert_int_equal(info.live, 31);
    assert_true(info.oldest == 1000 && info.newest == 5000);
    index_close(ix);
    // What has expired goes; the others keep their order, and 5 the time it was seen again.
    struct index_params params = made_params();
    uint64_t freed;
    params.any_settings = true; // which stay those of the index
    params.settings = 0;
    params.settings_text = STR("");
    assert_int_equal(index_gc(dir, &params, INDEX_BY_ARRIVAL, 1030, &freed, &error), 0);
    ix = open_made(dir, INDEX_WRITE);
    assert_int_equal(index_count(ix), 31);
    index_set_window(ix, INDEX_BY_ARRIVAL, 4000);
    make_article(a, 5, 100);
    look_up(ix, a, &m);
    assert_true(m.n == 1 && m.exact == 0 && m.candidates[0].article == 0);
    index_set_window(ix, INDEX_BY_ARRIVAL, 0);
    make_article(a, 59, 100);
    look_up(ix, a, &m);
    assert_int_equal(m.exact, 30);
    index_close(ix);
    index_match_release(&m);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

// An exact copy that was not dropped outlives the article whose words it has.
static void test_leader_expires(void **state)
{
    (void)state;
    enum { LEADER = 100, DROPPED = 8000, COPY = 9000 };
    char dir[256];
    struct copydesk_error error = {0};
    struct index_params params = made_params();
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    uint64_t freed;
    uint64_t troubles;
    make_dir(dir);
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < 17000; i++) {
        bool is_one = i == COPY || i == DROPPED;
        make_article(a, is_one ? LEADER : i, 20);
        a->record.arrived = i;
        a->record.leader = is_one ? LEADER : INDEX_NONE;
        a->record.cluster = is_one ? LEADER : INDEX_NONE;
        a->record.dropped = i == DROPPED;
        add_made(ix, a);
    }
    commit_made(ix);
    make_article(a, LEADER, 20);
    look_up(ix, a, &m);
    assert_int_equal(m.exact, LEADER);
    index_set_window(ix, INDEX_BY_ARRIVAL, 5000);
    look_up(ix, a, &m);
    assert_int_equal(m.exact, COPY);
    index_close(ix);
    assert_int_equal(index_gc(dir, &params, INDEX_BY_ARRIVAL, 5000, &freed, &error), 0);
    ix = open_made(dir, INDEX_WRITE);
    assert_int_equal(index_count(ix), 11999);
    look_up(ix, a, &m);
    assert_int_equal(m.exact, COPY - 5001);
    assert_true(has_candidate(&m, COPY - 5001)); // it has prints of its own now
    assert_int_equal(index_verify(ix, count_trouble, NULL, &troubles, &error), 0);
    assert_int_equal(troubles, 0);
    index_close(ix);
    index_match_release(&m);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

static void test_merge(void **state)
{
    (void)state;
    char dirs[2][256];
    struct copydesk_error error = {0};
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    struct index_store *ix[2];
    struct index_scratch *scratch;
    struct index_record r;
    uint64_t troubles;
    for (size_t k = 0; k < 2; k++) {
        make_dir(dirs[k]);
        ix[k] = open_made(dirs[k], INDEX_CREATE);
        for (uint32_t i = 0; i < 5000; i++) {
            make_article(a, (uint32_t)k * 4000 + i, 25);
            add_made(ix[k], a);
        }
        commit_made(ix[k]);
    }
    // 4,000 to 4,999 stand in both: those of the second are exact copies now.
    assert_int_equal(index_merge(ix[0], ix[1], &error), 0);
    assert_int_equal(index_count(ix[0]), 10000);
    assert_int_equal(index_verify(ix[0], count_trouble, NULL, &troubles, &error), 0);
    assert_int_equal(troubles, 0);
    assert_int_equal(index_scratch_new(ix[0], &scratch, &error), 0);
    for (uint32_t i = 0; i < 10000; i += 37) {
        uint32_t made = i < 5000 ? i : i - 1000;
        make_article(a, made, 25);
        a->record.leader = i >= 5000 && made < 5000 ? made : INDEX_NONE;
        check_made(ix[0], scratch, i, a);
        look_up(ix[0], a, &m);
        assert_int_equal(m.exact, made < 5000 ? made : i);
    }
    assert_int_equal(index_get(ix[0], 10000, 0, scratch, &r, &error), COPYDESK_ERR_STATE);
    index_scratch_free(scratch);
    index_match_release(&m);
    for (size_t k = 0; k < 2; k++) {
        index_close(ix[k]);
        remove_dir(dirs[k]);
    }
    index_prints_release(&a->prints);
    free(a);
}

// What has been merged is not merged again: all of it, what has come to it since, after the target was
// collected; a copy of the source that went its own way is another one.
static void test_merge_again(void **state)
{
    enum { FIRST = 4100, MORE = 4200, OTHER = 300 };
    (void)state;
    char dirs[3][256];
    struct copydesk_error error = {0};
    struct index_params params = made_params();
    struct made *a = calloc(1, sizeof *a);
    struct index_store *ix[3];
    struct index_scratch *scratch;
    struct index_match m = {0};
    uint64_t freed;
    uint64_t troubles = 1;
    for (size_t k = 0; k < 3; k++) {
        make_dir(dirs[k]);
        ix[k] = open_made(dirs[k], INDEX_CREATE);
    }
    for (uint32_t i = 0; i < MORE; i++) {
        make_article(a, i, 25);
        a->record.cluster = i > FIRST ? i - 10 : INDEX_NONE;
        add_made(ix[1], a);
        make_article(a, i < OTHER ? i : 90000 + i, 25);
        add_made(ix[2], a);
        if (i + 1 == FIRST) { // what is merged is what was committed
            commit_made(ix[1]);
            assert_int_equal(index_merge(ix[0], ix[1], &error), 0);
            assert_int_equal(index_count(ix[0]), FIRST);
            make_article(a, 80000, 25);
            add_made(ix[0], a);
        }
    }
    for (int round = 0; round < 3; round++) {
        assert_int_equal(index_merge(ix[0], ix[1], &error), 0);
        assert_int_equal(index_count(ix[0]), MORE + 1);
        index_close(ix[0]);
        ix[0] = open_made(dirs[0], INDEX_WRITE);
    }
    assert_int_equal(index_scratch_new(ix[0], &scratch, &error), 0);
    for (uint32_t i = 0; i < MORE; i += i < FIRST ? 100 : 7) {
        uint32_t at = i < FIRST ? i : i + 1;
        make_article(a, i, 25);
        a->record.cluster = i > FIRST ? i - 10 + (i - 10 >= FIRST) : INDEX_NONE;
        check_made(ix[0], scratch, at, a);
    }
    index_scratch_free(scratch);
    assert_int_equal(index_merge(ix[0], ix[2], &error), 0);
    assert_int_equal(index_count(ix[0]), 2 * MORE + 1);
    index_close(ix[0]);
    assert_int_equal(index_gc(dirs[0], &params, INDEX_BY_ARRIVAL, 1600000000 + 50, &freed, &error), 0);
    ix[0] = open_made(dirs[0], INDEX_WRITE);
    assert_int_equal(index_count(ix[0]), 2 * MORE + 1 - 100);
    assert_int_equal(index_merge(ix[0], ix[1], &error), 0);
    assert_int_equal(index_merge(ix[0], ix[2], &error), 0);
    assert_int_equal(index_count(ix[0]), 2 * MORE + 1 - 100);
    assert_int_equal(index_verify(ix[0], count_trouble, NULL, &troubles, &error), 0);
    assert_int_equal(troubles, 0);
    for (size_t k = 0; k < 3; k++) {
        index_close(ix[k]);
        remove_dir(dirs[k]);
    }
    index_match_release(&m);
    index_prints_release(&a->prints);
    free(a);
}

struct texts {
    uint32_t from, n;
};

static int take_text(void *data, uint32_t number, struct str text)
{
    struct texts *t = data;
    char wanted[32];
    snprintf(wanted, sizeof wanted, "text %u", number);
    assert_true(str_equal(text, str_of(wanted)));
    t->from = t->n == 0 ? number : t->from;
    t->n++;
    return 0;
}

static struct texts texts_of(struct index_store *ix, uint32_t from, uint32_t to)
{
    struct texts t = {0};
    struct copydesk_error error = {0};
    assert_int_equal(index_texts(ix, from, to, take_text, &t, &error), 0);
    return t;
}

static void test_texts(void **state)
{
    (void)state;
    for (int keep = 0; keep < 2; keep++) {
        char dir[256];
        char path[300];
        struct copydesk_error error = {0};
        struct made *a = calloc(1, sizeof *a);
        struct index_params params = made_params();
        struct index_store *ix;
        uint32_t number;
        uint32_t learned;
        make_dir(dir);
        params.keep_text = keep;
        assert_int_equal(index_open(&ix, dir, INDEX_CREATE, &params, &error), 0);
        for (uint32_t i = 0; i < 100; i++) {
            char text[32];
            make_article(a, i, 50);
            make_prints(a);
            snprintf(text, sizeof text, "text %u", i);
            struct str given = i % 10 ? str_of(text) : (struct str){0};
            assert_int_equal(index_add(ix, &a->record, &a->prints, given, &number, &error), 0);
            if (i % 20 == 19 && i < 80) {
                commit_made(ix);
            }
        }
        assert_int_equal(texts_of(ix, 0, 100).n, 90);
        assert_int_equal(texts_of(ix, 35, 95).n, 54);
        assert_int_equal(texts_of(ix, 40, 95).from, 41);
        // A profile comes in from outside, and what it knows is forgotten.
        snprintf(path, sizeof path, "%s.learned", dir);
        FILE *f = fopen(path, "w");
        assert_non_null(f);
        fputs("profile", f);
        fclose(f);
        assert_null(index_profile(ix, &learned));
        assert_int_equal(index_set_profile(ix, path, 55, &error), 0);
        index_texts_drop(ix, 55);
        commit_made(ix);
        index_close(ix);
        ix = open_made(dir, INDEX_WRITE);
        assert_int_equal(index_keeps_text(ix), keep);
        assert_int_equal(texts_of(ix, 0, 100).n, keep ? 90 : 41);
        assert_non_null(index_profile(ix, &learned));
        assert_int_equal(learned, 55);
        f = fopen(index_profile(ix, &learned), "r");
        assert_non_null(f);
        fclose(f);
        // Not committed: the old one is there again.
        f = fopen(path, "w");
        assert_non_null(f);
        fclose(f);
        assert_int_equal(index_set_profile(ix, path, 77, &error), 0);
        index_close(ix);
        uint64_t freed;
        params.keep_text = false;
        assert_int_equal(index_gc(dir, &params, INDEX_BY_ARRIVAL, 0, &freed, &error), 0);
        ix = open_made(dir, INDEX_READ);
        assert_non_null(index_profile(ix, &learned));
        assert_int_equal(learned, 55);
        assert_int_equal(texts_of(ix, 0, 100).n, keep ? 90 : 41);
        index_close(ix);
        index_prints_release(&a->prints);
        free(a);
        remove_dir(dir);
    }
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
        cmocka_unit_test(test_round_trip), cmocka_unit_test(test_candidates),
        cmocka_unit_test(test_seals),      cmocka_unit_test(test_many_of_one),
        cmocka_unit_test(test_window),     cmocka_unit_test(test_leader_expires),
        cmocka_unit_test(test_merge),      cmocka_unit_test(test_merge_again),
        cmocka_unit_test(test_texts),      cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests_name("index", tests, NULL, NULL);
}
