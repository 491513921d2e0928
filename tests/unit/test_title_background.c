// test_title_background.c - the table of common words: well formed, and found again.
#include "test.h"

#include "base/cpu.h"
#include "title/background.h"
#include "title/terms.h"

#include <string.h>

static struct background *made(void)
{
    struct background *b = NULL;
    assert_int_equal(background_new(&b, NULL), 0);
    return b;
}

// Hash of the first term of a text, and its kind, were it the commonest word.
static uint32_t term_in(const char *text, uint32_t *kind)
{
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct buf padded = {0};
    struct tokens words;
    assert_non_null(tokenizer);
    buf_add(&padded, text, strlen(text));
    assert_true(buf_reserve(&padded, TOKEN_PADDING));
    assert_int_equal(tokenize(tokenizer, padded.data, padded.len, true, &words), 0);
    uint32_t term = term_hash(&words, 0);
    if (kind) {
        *kind = (uint32_t)(words.hash[0] >> 32) | 1;
    }
    buf_release(&padded);
    tokenizer_free(tokenizer);
    return term;
}

static void words_are_found_in_their_language(void **state)
{
    static const struct {
        const char *commonest, *word;
        uint32_t least, most; // share in 1/100
    } cases[] = {
        {"the", "of", 70, 80},
        {"the", "Government", 20, 35},
        {"the", "governor", 20, 35},
        {"the", "harvest", 0, 0},
        {"the", "und", 0, 0},
        {"und", "und", 70, 80},
        {"of", "the", 70, 80},
        {"la", "les", 70, 80}, // French; in Spanish it is less
        {"xyzzy", "the", 0, 0},
        {"na", "katika", 70, 80},
        {"\xe7\x9a\x84", "\xe4\xb8\xad\xe5\x9b\xbd", 40, 50},
    };
    struct background *b = made();
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint32_t kind;
        term_in(cases[i].commonest, &kind);
        uint32_t share = background_share(b, background_languages(b, kind), term_in(cases[i].word, NULL));
        assert_in_range(share, cases[i].least * 65536 / 100, cases[i].most * 65536 / 100);
    }
    background_free(b);
}

// Whoever extends the table is told here what is wrong with a row.
static void rows_are_well_formed(void **state)
{
    struct background *b = made();
    size_t n_words = 0;
    (void)state;
    assert_in_range(n_title_background, 1, 32);
    for (size_t row = 0; row < n_title_background; row++) {
        const struct title_background_row *r = &title_background[row];
        assert_int_equal(strlen(r->language), 2);
        for (size_t k = 0; k < BACKGROUND_CLASSES; k++) {
            char list[8192];
            char *rest = NULL;
            assert_true(strlen(r->words[k]) < sizeof list);
            assert_true(k > 1 || r->words[k][0]);
            strcpy(list, r->words[k]);
            for (char *w = strtok_r(list, " ", &rest); w; w = strtok_r(NULL, " ", &rest), n_words++) {
                uint8_t cut[TERM_BYTES + 8];
                char padded[64] = {0};
                uint32_t share = background_share(b, UINT32_C(1) << row, term_in(w, NULL));
                snprintf(padded, sizeof padded, "%s", w);
                bool is_pair = strcmp(r->language, "zh") == 0;
                if (share == 0 || (!is_pair && term_plain((const uint8_t *)padded, (uint32_t)strlen(w), 5,
                                                          cut) != strlen(w))) {
                    print_message("# %s, string %zu: '%s' is not cut as titles are compared\n", r->language,
                                  k, w);
                    fail();
                }
                // A word stands in one class of a language, the commonest.
                assert_true(k == 0 || share < 65536 * 6 / 10);
            }
        }
    }
    assert_true(n_words < 12000); // of 16,384 places
    background_free(b);
}

static int make(void *data)
{
    struct background *b = NULL;
    (void)data;
    int status = background_new(&b, NULL);
    background_free(b);
    return status;
}

static void survives_lack_of_memory(void **state)
{
    (void)state;
    assert_true(test_each_allocation(make, NULL) > 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_in_their_language),
        cmocka_unit_test(rows_are_well_formed),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests_name("title background", tests, NULL, NULL);
}
