// test_vocabulary.c - which words are counted, saving and merging, threads.
#include "test.h"

#include "repair/vocabulary.h"

#include <pthread.h>

static void words_are_counted(void **state)
{
    static const struct {
        const char *text;
        unsigned count;
    } cases[] = {
        {"garden", 0}, // ASCII
        {"été", 2},    // with its capitals
        {"ÉTÉ", 2},
        {"l’été", 2},
        {"été garden", 2},
        {"été hiver-à", 1}, // the smaller
        {"ailleurs: là", 0},
        {"садовник", 0}, // too many letters
        {"и", 1},
        {"étés", 0},
        {"xété", 0},
        {"\xc3", 0},
        {"", 0},
    };
    struct vocabulary *v = vocabulary_new(1);
    (void)state;
    assert_non_null(v);
    vocabulary_add(v, str_of("Été, l’été; garden à\xff садовник и"));
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        unsigned count = vocabulary_least(v, str_of(cases[i].text));
        if (count != cases[i].count) {
            fail_msg("\"%s\": %u, not %u", cases[i].text, count, cases[i].count);
        }
    }
    for (int i = 0; i < 1000; i++) {
        vocabulary_add(v, str_of("à"));
    }
    assert_int_equal(vocabulary_least(v, str_of("à")), 255);
    vocabulary_free(v);
    vocabulary_free(NULL);
}

static void saved_and_merged(void **state)
{
    struct vocabulary *a = vocabulary_new(1 << 12);
    struct vocabulary *b = NULL;
    struct vocabulary *other = vocabulary_new(1 << 13);
    struct buf saved = {0};
    struct buf again = {0};
    (void)state;
    vocabulary_add(a, str_of("été été à"));
    vocabulary_write(a, &saved);
    assert_int_equal(vocabulary_read(&b, (struct str){saved.data, saved.len}), 0);
    vocabulary_write(b, &again);
    assert_true(str_equal((struct str){saved.data, saved.len}, (struct str){again.data, again.len}));
    assert_int_equal(vocabulary_merge(b, a), 0);
    assert_int_equal(vocabulary_least(b, str_of("été")), 4);
    assert_int_equal(vocabulary_least(b, str_of("à")), 2);
    assert_int_equal(vocabulary_merge(b, other), COPYDESK_ERR_INPUT);
    vocabulary_free(b);
    for (size_t len = 0; len < 20; len++) {
        assert_int_equal(vocabulary_read(&b, (struct str){saved.data, len}), COPYDESK_ERR_INPUT);
    }
    for (int bits = 0; bits < 256; bits++) {
        saved.data[8] = (char)bits;
        assert_int_equal(vocabulary_read(&b, (struct str){saved.data, saved.len}),
                         bits == 12 ? 0 : COPYDESK_ERR_INPUT);
        vocabulary_free(b);
    }
    mem_fail_after(0);
    saved.data[8] = 12;
    assert_int_equal(vocabulary_read(&b, (struct str){saved.data, saved.len}), COPYDESK_ERR_MEMORY);
    assert_null(vocabulary_new(1));
    mem_fail_after(1);
    assert_null(vocabulary_new(1));
    mem_fail_after(UINT64_MAX);
    buf_release(&saved);
    buf_release(&again);
    vocabulary_free(a);
    vocabulary_free(other);
}

// Words of one article over those of a corpus, and gone again.
static void one_over_another(void **state)
{
    static const char words[] = "cafÃ© naÃ¯ve cafÃ© Ã¼ber plain";
    struct vocabulary *under = vocabulary_new(1 << 12);
    struct vocabulary *over = vocabulary_new_over(under);
    (void)state;
    assert_non_null(over);
    vocabulary_add(under, str_of("cafÃ©"));
    assert_int_equal(vocabulary_least(over, str_of("cafÃ©")), 1);
    vocabulary_add(over, str_of(words));
    assert_int_equal(vocabulary_least(over, str_of("cafÃ©")), 3);
    assert_int_equal(vocabulary_least(over, str_of("Ã¼"
                                                   "ber")),
                     1);
    assert_int_equal(vocabulary_least(under, str_of("Ã¼"
                                                    "ber")),
                     0);
    vocabulary_forget(over, str_of(words));
    assert_int_equal(vocabulary_least(over, str_of("cafÃ©")), 1);
    assert_int_equal(vocabulary_least(over, str_of("Ã¼"
                                                   "ber")),
                     0);
    // Together they stop where one table does.
    for (int i = 0; i < 200; i++) {
        vocabulary_add(under, str_of("naÃ¯ve"));
        vocabulary_add(over, str_of("naÃ¯ve"));
    }
    assert_int_equal(vocabulary_least(over, str_of("naÃ¯ve")), 255);
    vocabulary_free(over);
    vocabulary_free(under);
}

// Too many words: those that came once are not written. Those that came often are.
static void full_tables(void **state)
{
    struct vocabulary *v = vocabulary_new(1 << 12);
    struct vocabulary *saved = NULL;
    struct buf bytes = {0};
    unsigned rare = 0;
    unsigned known = 0;
    char word[16];
    (void)state;
    for (unsigned i = 0; i < 800; i++) {
        snprintf(word, sizeof word, "\xC3\xA9%u", i);
        for (unsigned times = i < 60 ? 9 : 1; times > 0; times--) {
            vocabulary_add(v, str_of(word));
        }
    }
    vocabulary_write(v, &bytes);
    assert_int_equal(vocabulary_read(&saved, (struct str){bytes.data, bytes.len}), 0);
    for (unsigned i = 0; i < 800; i++) {
        snprintf(word, sizeof word, "\xC3\xA9%u", i);
        unsigned n = vocabulary_least(saved, str_of(word));
        known += i < 60 && n >= 6;
        rare += i >= 60 && n > 0;
    }
    assert_int_equal(known, 60);
    assert_true(rare < 200);
    size_t empty = 0;
    for (size_t i = 16; i < bytes.len; i++) {
        empty += bytes.data[i] == 0;
    }
    assert_true(empty * 3 >= (bytes.len - 16) * 2);
    // Written again, nothing more is lost.
    struct buf again = {0};
    vocabulary_write(saved, &again);
    assert_memory_equal(bytes.data, again.data, bytes.len);
    buf_release(&bytes);
    buf_release(&again);
    vocabulary_free(saved);
    vocabulary_free(v);
}

struct adder {
    struct vocabulary *v;
    unsigned first, step;
};

static void *add_words(void *data)
{
    const struct adder *a = data;
    char word[16];
    for (unsigned i = a->first; i < 4000; i += a->step) {
        snprintf(word, sizeof word, "é%ué", i % 700);
        vocabulary_add(a->v, str_of(word));
    }
    return NULL;
}

static void threads_make_no_difference(void **state)
{
    struct buf saved[2] = {{0}, {0}};
    (void)state;
    for (unsigned n = 1; n <= 4; n += 3) {
        struct vocabulary *v = vocabulary_new(1 << 12);
        struct adder adders[4];
        pthread_t threads[4];
        for (unsigned i = 0; i < n; i++) {
            adders[i] = (struct adder){v, i, n};
            assert_int_equal(pthread_create(&threads[i], NULL, add_words, &adders[i]), 0);
        }
        for (unsigned i = 0; i < n; i++) {
            pthread_join(threads[i], NULL);
        }
        vocabulary_write(v, &saved[n > 1]);
        vocabulary_free(v);
    }
    assert_int_equal(saved[0].len, saved[1].len);
    assert_memory_equal(saved[0].data, saved[1].data, saved[0].len);
    buf_release(&saved[0]);
    buf_release(&saved[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_counted),          cmocka_unit_test(saved_and_merged),
        cmocka_unit_test(one_over_another),           cmocka_unit_test(full_tables),
        cmocka_unit_test(threads_make_no_difference),
    };
    return cmocka_run_group_tests_name("vocabulary", tests, NULL, NULL);
}
