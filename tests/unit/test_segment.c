/* test_segment.c - lines and sentences: where they end, and which have one key. */

#include "text/segment.h"
#include "test.h"

struct fixture {
    struct tokenizer *tokenizer;
    struct segments segments;
    struct tokens words;
    char text[1024 + TOKEN_PADDING];
};

static void split(struct fixture *f, const char *text)
{
    size_t len = strlen(text);
    assert_true(len < 1024);
    memset(f->text, 0, sizeof f->text);
    memcpy(f->text, text, len);
    assert_int_equal(tokenize(f->tokenizer, f->text, len, true, &f->words), 0);
    assert_int_equal(segments_of(&f->segments, f->text, len, &f->words), 0);
}

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
    *state = f;
    return f->tokenizer ? 0 : -1;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    tokenizer_free(f->tokenizer);
    segments_release(&f->segments);
    free(f);
    return 0;
}

// Sentences joined by '#', lines by a line feed.
static void show(const struct fixture *f, char *out)
{
    size_t at = 0;
    for (size_t i = 0; i < f->segments.n_lines; i++) {
        const struct segment *line = &f->segments.lines[i];
        for (size_t k = 0; k < line->n_sentences; k++) {
            const struct segment *s = &f->segments.sentences[line->first_sentence + k];
            memcpy(out + at, f->text + s->start, s->end - s->start);
            at += s->end - s->start;
            out[at++] = k + 1 < line->n_sentences ? '#' : '\n';
        }
    }
    out[at] = 0;
}

static void test_ends(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"one line", "one line\n"},
        {"one\n\n \ntwo\r\nthree", "one\ntwo\nthree\n"},
        {"It rained. The game went on! Did it? Yes.", "It rained.#The game went on!#Did it?#Yes.\n"},
        {"He said \"Stop.\" She went on.", "He said \"Stop.\"#She went on.\n"},
        {"Mr. Reed met J. Stone in St. Agnes. They spoke.",
         "Mr. Reed met J. Stone in St. Agnes.#They spoke.\n"},
        {"It cost 3.5 million in the U.S. market.", "It cost 3.5 million in the U.S. market.\n"},
        {"It ended... or did it.", "It ended... or did it.\n"},
        {"The harbour closed.Ships waited outside.", "The harbour closed.#Ships waited outside.\n"},
        {"Home   World   Sport", "Home#World#Sport\n"},
        {"Home\tWorld", "Home#World\n"},
        {"今天下雨。比赛继续！", "今天下雨。#比赛继续！\n"},
        {"बारिश हुई। खेल चला।", "बारिश हुई।#खेल चला।\n"},
        {"بارش ہوئی۔ کھیل جاری رہا۔", "بارش ہوئی۔#کھیل جاری رہا۔\n"},
        {"  • Ann Reed  ", "  • Ann Reed  \n"},
        {"---", "---\n"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[2048];
        split(f, cases[i].text);
        show(f, out);
        assert_string_equal(out, cases[i].expected);
    }
}

static void test_keys(void **state)
{
    struct fixture *f = *state;
    split(f, "Photo 3 of 24\nPHOTO 17 OF 24!\nPhoto of 3 24\nIt rained. Photo 5 of 6\n***");
    const struct segment *lines = f->segments.lines;
    assert_true(lines[0].key == lines[1].key);
    assert_true(lines[0].key != lines[2].key);
    const struct segment *second = &f->segments.sentences[lines[3].first_sentence + 1];
    assert_true(second->key == lines[0].key);
    assert_true(second->key == segment_key(&f->words, second->first, second->n));
    assert_true(lines[3].key == segment_key(&f->words, lines[3].first, lines[3].n));
    assert_true(lines[4].key == 0);
    assert_true(lines[0].flags & SEGMENT_DIGITS);
    assert_false(lines[4].flags & SEGMENT_DIGITS);
}

static void test_zones(void **state)
{
#define PARAGRAPH "The council met for a third time this week to talk about the bridge over the river."
    struct fixture *f = *state;
    split(f, "Share\nPrint\nMail\n" PARAGRAPH "\nin between\n" PARAGRAPH "\nin between\n" PARAGRAPH
             "\nShare\nPrint\nMail\nMore");
    static const int expected[] = {SEGMENT_HEAD,   SEGMENT_HEAD, SEGMENT_HEAD, SEGMENT_HEAD,
                                   SEGMENT_MIDDLE, SEGMENT_TAIL, SEGMENT_TAIL, SEGMENT_TAIL,
                                   SEGMENT_TAIL,   SEGMENT_TAIL, SEGMENT_TAIL, SEGMENT_TAIL};
    assert_int_equal(f->segments.n_lines, COUNT_OF(expected));
    for (size_t i = 0; i < COUNT_OF(expected); i++) {
        assert_int_equal(f->segments.lines[i].zone, expected[i]);
        assert_int_equal((f->segments.lines[i].flags & SEGMENT_STORY) != 0, f->segments.lines[i].n > 10);
    }
}

static int split_anew(void *data)
{
    struct fixture *f = data;
    struct segments s = {0};
    int status = segments_of(&s, f->text, strlen(f->text), &f->words);
    segments_release(&s);
    return status;
}

static void test_memory(void **state)
{
    struct fixture *f = *state;
    split(f, "One. Two. Three.\nFour.");
    assert_true(test_each_allocation(split_anew, f) >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_ends, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_zones, setup, teardown),
        cmocka_unit_test_setup_teardown(test_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
