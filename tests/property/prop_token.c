// prop_token.c - on every CPU level tokenize() gives what the reference gives: random and hostile bytes, at
// every length and place, never a byte from behind the text.
#include "../unit/test.h"

#include "base/cpu.h"
#include "token_reference.h"

enum { MOST = 4096 };

// Pieces that the kernels treat in different ways.
static const char *const pieces[] = {
    "a",
    "The",
    "word",
    "of",
    "x",
    "12",
    "2018",
    "_",
    "under_score",
    "supercalifragilistic",
    " ",
    " ",
    " ",
    " ",
    "  ",
    "\n",
    "\t",
    ".",
    ",",
    "-",
    "'",
    "\"",
    "&",
    ";",
    "<",
    ">",
    "</",
    "/>",
    "<p>",
    "</p>",
    "<br/>",
    "<strong>",
    "<a href=\"b\">",
    "<P CLASS=x>",
    "<pp>",
    "<p",
    "<b x",
    "<h1>",
    "<h7>",
    "<BlockQuote>",
    "<figcaption >",
    "<td\n>",
    "<em",
    "<i></i>",
    "<\xd0\xb1>",
    "\x01",
    "\x0e",
    "\x1f",
    "\x7f",
    "\x80",
    "\xbf",
    "\xc0\x80",
    "\xc1\xbf",
    "\xc2",
    "\xc3",
    "\xe0\x80\x80",
    "\xe0\xa4",
    "\xe2\x80",
    "\xed\xa0\x80",
    "\xed\xbf\xbf",
    "\xf0\x80\x80\x80",
    "\xf0\x9f",
    "\xf4\x90\x80\x80",
    "\xf5",
    "\xff",
    "\xef\xbf\xbe",
    "\xe2\x80\x99",
    "\xe2\x80\x9c",
    "\xe2\x80\x9d",
    "\xe2\x80\x93",
    "\xe2\x80\xa6",
    "\xc2\xa0",
    "\xc2\xab",
    "\xc2\xbb",
    "\xc2\xad",
    "\xe2\x80\x8b",
    "\xe2\x80\x8c",
    "\xe2\x80\x8d",
    "\xe2\x81\xa0",
    "\xef\xbb\xbf",
    "\xef\xb8\x8f",
    "\xf3\xa0\x84\x80",
    "\xc3\xa9",
    "\xc3\x89",
    "\xc3\x9f",
    "\xe1\xba\x9e",
    "\xc4\xb0",
    "\xc4\xb1",
    "\xc5\xb8",
    "\xc5\xbf",
    "\xc7\x85",
    "\xc8\xba",
    "\xc2\xb5",
    "\xc2\xaa",
    "\xc2\xb2",
    "\xc2\xbd",
    "e\xcc\x81",
    "\xcc\x81",
    "\xcc\xa3",
    "\xcc\x88\xcc\xa3",
    "\xcd\x8f",
    "\xd0\x9f\xd1\x80",
    "\xd0\xb8",
    "\xd0\xb8\xcc\x86",
    "\xd0\x99",
    "\xd1\x8f",
    "\xd1\xa0",
    "\xd2\x83",
    "\xce\xa3",
    "\xcf\x82",
    "\xce\x91\xcd\x85\xcc\x81",
    "\xe1\xbe\xb3",
    "\xe1\xbe\xbc",
    "\xd4\xb1",
    "\xd6\x87",
    "\xd7\xa9\xd7\x81\xd6\xbc",
    "\xd8\xa7\xd9\x84",
    "\xd8\xa7\xd9\x93",
    "\xd9\x80",
    "\xd9\x91\xd9\x8e",
    "\xd9\x8e\xd9\x91",
    "\xd9\xa3",
    "\xdb\xb5",
    "\xdb\x94",
    "\xef\xbb\xb5",
    "\xef\xb7\xba",
    "\xef\xb9\xb0",
    "\xe0\xa4\xa8",
    "\xe0\xa5\x8d",
    "\xe0\xa4\xbc",
    "\xe0\xa4\xbf",
    "\xe0\xa5\xaa",
    "\xe0\xa5\x98",
    "\xe0\xb8\x81",
    "\xe0\xb8\xb2",
    "\xe0\xb8\xb1",
    "\xe0\xb9\x88",
    "\xe0\xb8\xb3",
    "\xe0\xb9\x93",
    "\xe0\xba\x81",
    "\xe0\xbb\x88",
    "\xe1\x80\x80",
    "\xe1\x80\xb7",
    "\xe1\x9e\x80",
    "\xe1\x9f\x92",
    "\xe1\x88\x80",
    "\xe1\x8b\xad",
    "\xe1\x8d\xa1",
    "\xe1\x8d\xb0",
    "\xe1\x84\x80",
    "\xe1\x85\xa1",
    "\xe1\x86\xa8",
    "\xea\xb0\x80",
    "\xed\x95\x9c",
    "\xe3\x85\x8b",
    "\xe3\x85\xa0",
    "\xe4\xbd\xa0",
    "\xe5\xa5\xbd",
    "\xe4\xb7\x80",
    "\xe3\x90\x80",
    "\xe3\x80\x82",
    "\xe3\x80\x85",
    "\xe3\x81\x8b\xe3\x82\x99",
    "\xe3\x83\xbc",
    "\xe3\x82\xab",
    "\xef\xbd\xb6\xef\xbe\x9e",
    "\xef\xbd\xb6",
    "\xef\xbc\xa1",
    "\xef\xbc\x91",
    "\xef\xac\x81",
    "\xef\xa4\x80",
    "\xf0\xa0\x80\x80",
    "\xf0\xaf\xa0\x80",
    "\xf0\x90\x90\x80",
    "\xf0\x9d\x90\x80",
    "\xf0\x9f\x98\x80",
    "\xf0\x9e\xa4\x80",
    "\xe1\xba\xa4",
    "\xe1\xba\xa5",
    "\xe2\xb0\x80",
    "\xe1\x82\xa0",
    "\xe1\x8e\xa0",
    "\xea\xad\xb0",
};

// Random text of one of several tempers: pieces, one piece repeated, random code points, random bytes. Cut at
// len.
static void make_text(uint64_t *random, char *text, size_t len)
{
    uint64_t temper = test_below(random, 8);
    const char *favourite = pieces[test_below(random, COUNT_OF(pieces))];
    for (size_t at = 0, n; at < len; at += n) {
        char bytes[4];
        const char *piece = pieces[test_below(random, COUNT_OF(pieces))];
        if (temper < 3 || (temper == 3 && test_below(random, 4))) {
            piece = temper == 3 ? favourite : piece;
            n = strlen(piece);
        } else if (temper < 6) {
            static const uint32_t limits[] = {0x80, 0x250, 0x800, 0x3000, 0x10000, 0x110000};
            uint32_t c = (uint32_t)test_below(random, limits[test_below(random, COUNT_OF(limits))]);
            n = utf8_encode(c, (uint8_t *)bytes);
            piece = bytes;
        } else {
            bytes[0] = (char)test_random(random);
            bytes[0] = temper == 6 && test_below(random, 2) ? (char)(bytes[0] & 0x5f) : bytes[0];
            n = 1;
            piece = bytes;
        }
        n = n < len - at ? n : len - at;
        memcpy(text + at, piece, n);
    }
}

struct levels {
    struct tokenizer *tokenizer[COPYDESK_CPU_BEST];
    int n;
    struct reference reference;
};

static void open_levels(struct levels *l)
{
    *l = (struct levels){.n = (int)cpu_level(COPYDESK_CPU_BEST) + 1};
    for (int i = 0; i < l->n; i++) {
        l->tokenizer[i] = tokenizer_new((enum copydesk_cpu)i);
        assert_non_null(l->tokenizer[i]);
    }
}

static void close_levels(struct levels *l)
{
    for (int i = 0; i < l->n; i++) {
        tokenizer_free(l->tokenizer[i]);
    }
    reference_free(&l->reference);
}

static void fail_with(const char *text, size_t len, int level, size_t at)
{
    fprintf(stderr, "level %d, token %zu of text of %zu bytes:", level, at, len);
    for (size_t i = 0; i < len; i++) {
        fprintf(stderr, " %02x", (unsigned char)text[i]);
    }
    fprintf(stderr, "\n");
    fail();
}

// All levels against the reference. The text has to be followed by TOKEN_PADDING bytes.
static void check(struct levels *l, const char *text, size_t len)
{
    const struct reference *r = &l->reference;
    reference_tokenize(&l->reference, text, len);
    for (int level = 0; level < l->n; level++) {
        struct tokens t;
        assert_int_equal(tokenize(l->tokenizer[level], text, len, true, &t), 0);
        for (size_t i = 0; i < r->n && i < t.n; i++) {
            if (t.hash[i] != r->hash[i] || t.flags[i] != r->flags[i] || t.start[i] != r->start[i] ||
                t.end[i] != r->end[i]) {
                fail_with(text, len, level, i);
            }
        }
        if (t.n != r->n) {
            fail_with(text, len, level, t.n);
        }
        assert_int_equal(tokenize(l->tokenizer[level], text, len, false, &t), 0);
        assert_int_equal(t.n, r->n);
        assert_memory_equal(t.hash, r->hash, r->n * sizeof *t.hash);
        assert_memory_equal(t.flags, r->flags, r->n);
    }
}

// The block ends where the padding ends, so that a memory checker sees a byte too far; behind the text stands
// what would change the result if it were looked at.
static void every_length_and_place(void **state)
{
    uint64_t random = test_seed("prop_token");
    struct levels levels;
    char text[MOST];
    (void)state;
    open_levels(&levels);
    for (size_t len = 0; len <= 300; len++) {
        for (size_t place = 0; place < 64; place += len % 7 + 1) {
            make_text(&random, text, len);
            char *block = malloc(place + len + TOKEN_PADDING);
            assert_non_null(block);
            make_text(&random, block, place);
            memcpy(block + place, text, len);
            make_text(&random, block + place + len, TOKEN_PADDING);
            check(&levels, block + place, len);
            free(block);
        }
    }
    close_levels(&levels);
}

static void random_texts(void **state)
{
    enum { ROUNDS = 6000 };
    uint64_t random = test_seed("prop_token") ^ 1;
    struct levels levels;
    char text[MOST + TOKEN_PADDING] = {0};
    (void)state;
    open_levels(&levels);
    for (unsigned round = 0; round < ROUNDS; round++) {
        size_t len = test_below(&random, test_below(&random, 8) ? 200 : MOST);
        make_text(&random, text, len);
        check(&levels, text, len);
    }
    close_levels(&levels);
}

// What a text gives does not depend on the text before it.
static void no_memory_of_other_texts(void **state)
{
    uint64_t random = test_seed("prop_token") ^ 2;
    struct levels levels;
    char text[MOST + TOKEN_PADDING] = {0};
    (void)state;
    open_levels(&levels);
    for (unsigned round = 0; round < 200; round++) {
        size_t len = test_below(&random, MOST);
        make_text(&random, text, len);
        for (size_t cut = len; cut > 0; cut = cut * 2 / 3) {
            check(&levels, text, cut);
        }
    }
    close_levels(&levels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_length_and_place),
        cmocka_unit_test(random_texts),
        cmocka_unit_test(no_memory_of_other_texts),
    };
    return cmocka_run_group_tests_name("prop_token", tests, NULL, NULL);
}
