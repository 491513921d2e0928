/* test_phrases.c - the table of phrases is whole, and phrases are found by their words. */

#include "furniture/phrases.h"
#include "test.h"

static size_t look(const struct phrases *p, const char *text, struct phrase_hit hits[PHRASE_MOST_HITS])
{
    char padded[256 + TOKEN_PADDING] = {0};
    struct tokens words;
    struct tokenizer *t = tokenizer_new(COPYDESK_CPU_BEST);
    memcpy(padded, text, strlen(text));
    assert_int_equal(tokenize(t, padded, strlen(text), false, &words), 0);
    size_t n = words.n ? phrases_at(p, &words, 0, words.n, hits) : 0;
    tokenizer_free(t);
    return n;
}

static void test_found(void **state)
{
    static const struct {
        const char *text;
        enum phrase_use use;
        enum copydesk_rule rule;
        uint32_t n; // words; 0: not found
    } cases[] = {
        {"ADVERTISEMENT", PHRASE_LINE, COPYDESK_NOTICE, 1},
        {"Read more: rain ahead", PHRASE_LABEL, COPYDESK_RELATED_HEADLINES, 2},
        {"Lesen Sie auch: Regen", PHRASE_LABEL, COPYDESK_RELATED_HEADLINES, 3},
        {"Все права защищены.", PHRASE_HAS, COPYDESK_NOTICE, 3},
        {"版权所有", PHRASE_HAS, COPYDESK_NOTICE, 4},
        {"اقرأ أيضا", PHRASE_LABEL, COPYDESK_RELATED_HEADLINES, 2},
        {"यह भी पढ़ें", PHRASE_LABEL, COPYDESK_RELATED_HEADLINES, 3},
        {"WhatsApp", PHRASE_BUTTON, COPYDESK_SHARE_BAR, 1},
        {"MORE", PHRASE_MORE, COPYDESK_GLUED_LINKS, 1},
        {"Read", PHRASE_LABEL, COPYDESK_RELATED_HEADLINES, 0},
        {"The council", PHRASE_LINE, COPYDESK_NOTICE, 0},
    };
    struct phrases *p = NULL;
    (void)state;
    assert_int_equal(phrases_new(&p, COPYDESK_CPU_BEST, NULL), 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct phrase_hit hits[PHRASE_MOST_HITS];
        size_t n = look(p, cases[i].text, hits);
        bool found = false;
        for (size_t k = 0; k < n; k++) {
            found |= hits[k].use == cases[i].use && hits[k].rule == cases[i].rule && hits[k].n == cases[i].n;
        }
        assert_int_equal(found, cases[i].n > 0);
    }
    phrases_free(p);
}

static int make(void *data)
{
    struct phrases *p = NULL;
    (void)data;
    int status = phrases_new(&p, COPYDESK_CPU_PORTABLE, NULL);
    phrases_free(p);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    assert_true(test_each_allocation(make, NULL) > 3);
    phrases_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_found),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
