// test_fact.c - document frequencies of names and numbers.
#include "test.h"

#include "article.h"
#include "match/fact.h"

// Words of an article as in "Miller met Miller in Springfield on 17 May": what counts has a flag.
struct words {
    uint64_t hash[64];
    uint8_t flags[64];
    size_t n;
};

static void put(struct words *words, uint64_t number, uint8_t flags)
{
    words->hash[words->n] = test_word(number);
    words->flags[words->n++] = flags;
}

static void add(struct fact_table *t, const struct words *words)
{
    fact_table_add(t, words->hash, words->flags, words->n);
}

static void counts_articles_not_occurrences(void **state)
{
    struct fact_table *t = fact_table_new();
    struct words first = {.n = 0};
    struct words second = {.n = 0};
    (void)state;
    assert_non_null(t);
    put(&first, 1, TOKEN_UPPER);
    put(&first, 2, 0);
    put(&first, 1, TOKEN_UPPER);
    put(&first, 3, TOKEN_DIGIT);
    put(&first, 4, TOKEN_SOLO);
    put(&first, 1, 0);
    put(&first, 5, TOKEN_UPPER | TOKEN_SOLO);
    put(&second, 1, TOKEN_UPPER);
    put(&second, 2, 0);
    add(t, &first);
    assert_int_equal(fact_table_count(t, test_word(1)), 1);
    add(t, &second);
    add(t, &second);
    assert_int_equal(fact_table_count(t, test_word(1)), 3);
    assert_int_equal(fact_table_count(t, test_word(2)), 0); // no fact
    assert_int_equal(fact_table_count(t, test_word(3)), 1);
    assert_int_equal(fact_table_count(t, test_word(4)), 0);
    assert_int_equal(fact_table_count(t, test_word(5)), 1);
    assert_int_equal(fact_table_count(t, test_word(6)), 0);
    fact_table_add(t, NULL, NULL, 0);
    assert_int_equal(fact_table_count(t, test_word(1)), 3);
    fact_table_free(t);
    fact_table_free(NULL);
}

enum { ARTICLES = 3000, NAMES = 2000 };

static void make_article(struct words *words, uint64_t number)
{
    uint64_t random = number;
    words->n = 0;
    for (unsigned i = 0; i < 40; i++) {
        uint64_t name = test_below(&random, 1 + test_below(&random, NAMES));
        put(words, name, test_below(&random, 3) ? TOKEN_UPPER : 0);
    }
}

// Articles dealt out to three tables and merged give the counts of one table, and none counts less than the
// truth.
static void merged_tables_count_alike(void **state)
{
    static uint32_t truth[NAMES];
    static uint32_t last[NAMES];
    struct fact_table *whole = fact_table_new();
    struct fact_table *parts[3];
    struct words words;
    (void)state;
    assert_non_null(whole);
    for (unsigned i = 0; i < 3; i++) {
        parts[i] = fact_table_new();
        assert_non_null(parts[i]);
    }
    for (uint32_t a = 0; a < ARTICLES; a++) {
        make_article(&words, a);
        add(whole, &words);
        add(parts[a % 7 == 0 ? 0 : a % 2 + 1], &words);
        uint64_t random = a;
        for (unsigned i = 0; i < 40; i++) {
            uint64_t name = test_below(&random, 1 + test_below(&random, NAMES));
            if (test_below(&random, 3) && last[name] != a + 1) {
                last[name] = a + 1;
                truth[name]++;
            }
        }
    }
    fact_table_merge(parts[1], parts[2]);
    fact_table_merge(parts[1], parts[0]);
    unsigned exact = 0;
    for (uint64_t name = 0; name < NAMES; name++) {
        uint32_t count = fact_table_count(whole, test_word(name));
        assert_int_equal(fact_table_count(parts[1], test_word(name)), count);
        assert_true(count >= truth[name]);
        exact += count == truth[name];
    }
    assert_true(exact >= NAMES * 97 / 100); // a few share a slot
    fact_table_free(whole);
    for (unsigned i = 0; i < 3; i++) {
        fact_table_free(parts[i]);
    }
}

static void saved_and_loaded(void **state)
{
    struct fact_table *t = fact_table_new();
    struct fact_table *again = fact_table_new();
    struct buf saved = {0};
    struct words words = {.n = 0};
    (void)state;
    assert_true(t && again);
    for (uint64_t i = 0; i < 40; i++) {
        put(&words, i, TOKEN_UPPER);
    }
    for (uint64_t i = 0; i < 700; i++) {
        words.hash[i % 3] = test_word(1000 + i);
        add(t, &words);
    }
    fact_table_save(t, &saved);
    assert_false(saved.failed);
    assert_true(fact_table_load(again, (struct str){saved.data, saved.len}));
    // Counting goes on as it would have.
    add(t, &words);
    add(again, &words);
    for (uint64_t i = 0; i < 2000; i++) {
        assert_int_equal(fact_table_count(again, test_word(i)), fact_table_count(t, test_word(i)));
    }
    fact_table_free(again);
    again = fact_table_new();
    assert_false(fact_table_load(again, (struct str){saved.data, saved.len - 1}));
    buf_add_char(&saved, 0);
    fact_table_free(again);
    again = fact_table_new();
    assert_false(fact_table_load(again, (struct str){saved.data, saved.len}));
    fact_table_free(again);
    fact_table_free(t);
    buf_release(&saved);
}

static void no_memory(void **state)
{
    (void)state;
    mem_fail_after(0);
    struct fact_table *t = fact_table_new();
    mem_fail_after(UINT64_MAX);
    assert_null(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_articles_not_occurrences),
        cmocka_unit_test(merged_tables_count_alike),
        cmocka_unit_test(saved_and_loaded),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests_name("fact", tests, NULL, NULL);
}
