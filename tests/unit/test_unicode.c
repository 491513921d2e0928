// test_unicode.c - decoding, and the folding of words: against utf8proc for all code points, and by hand.
#include "test.h"

#include "base/str.h"
#include "text/unicode.h"
#include "text/unicode_long.h"

#include <utf8proc.h>

enum { N_CODES = 0x110000, ROOM = 4096 };

// Any four bytes, any number of them left.
static void decodes_like_utf8_decode(void **state)
{
    static const uint8_t edges[] = {0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f,
                                    0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xff};
    (void)state;
    for (size_t i = 0; i < 256 * 256 * COUNT_OF(edges) * COUNT_OF(edges); i++) {
        uint8_t bytes[4] = {(uint8_t)i, (uint8_t)(i >> 8), edges[(i >> 16) % COUNT_OF(edges)],
                            edges[(i >> 16) / COUNT_OF(edges)]};
        for (size_t left = 1; left <= 4; left++) {
            uint32_t expected = 0;
            uint32_t found = 0;
            unsigned n = utf8_decode(bytes, bytes + left, &expected);
            if (unicode_decode(bytes, left, &found) != n || (n && found != expected)) {
                fail_msg("%02x %02x %02x %02x, %zu left", bytes[0], bytes[1], bytes[2], bytes[3], left);
            }
        }
    }
}

static bool is_scalar(int32_t c)
{
    return c < 0xD800 || c > 0xDFFF;
}

static int digit_by_lookup(int32_t c)
{
    uint32_t e = unicode_lookup((uint32_t)c);
    if (!(e & UNICODE_DIGIT)) {
        return -1;
    }
    return e & UNICODE_EASY ? c - '0' : unicode_pool[e >> UNICODE_POOL_SHIFT] - '0';
}

static size_t encode(const int32_t *codes, size_t n, uint8_t *out)
{
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        len += utf8_encode((uint32_t)codes[i], out + len);
    }
    return len;
}

// What unicode_fold() makes of these code points.
static void expect_fold(struct unicode_folded *f, const int32_t *codes, size_t n, const uint8_t *expected,
                        size_t len)
{
    uint8_t word[ROOM] = {0};
    assert_int_equal(unicode_fold(f, word, encode(codes, n, word)), 0);
    if (f->len != len || memcmp(f->bytes, expected, len) != 0) {
        for (size_t i = 0; i < n; i++) {
            fprintf(stderr, "U+%04X ", (unsigned)codes[i]);
        }
        fail_msg("%.*s, expected %.*s", (int)f->len, (const char *)f->bytes, (int)len,
                 (const char *)expected);
    }
}

// Separators stand in no word; all else folds alone as by the book.
static void every_code_point_alone(void **state)
{
    struct unicode_folded f = {0};
    (void)state;
    for (int32_t c = 0x80; c < N_CODES; c++) {
        if (!is_scalar(c) || !(unicode_lookup((uint32_t)c) & (UNICODE_WORD | UNICODE_MARK))) {
            continue;
        }
        int32_t folded[UNICODE_LONG_MAX_OUT];
        uint8_t expected[ROOM];
        size_t len = encode(folded, unicode_long_fold(&c, 1, digit_by_lookup, folded), expected);
        expect_fold(&f, &c, 1, expected, len);
    }
    unicode_folded_release(&f);
}

static size_t normalize(const int32_t *codes, size_t n, int options, int32_t *out)
{
    uint8_t bytes[ROOM];
    size_t len = encode(codes, n, bytes);
    utf8proc_ssize_t got =
        utf8proc_decompose(bytes, (utf8proc_ssize_t)len, out, ROOM, (utf8proc_option_t)options);
    assert_true(got > 0 && got <= ROOM);
    got = utf8proc_normalize_utf32(out, got, (utf8proc_option_t)options);
    return (size_t)got;
}

// A word, its composed and its decomposed form fold to the same bytes.
static void expect_equivalent(struct unicode_folded *f, const int32_t *codes, size_t n)
{
    uint8_t word[ROOM];
    uint8_t expected[ROOM];
    int32_t other[ROOM];
    assert_int_equal(unicode_fold(f, word, encode(codes, n, word)), 0);
    size_t len = f->len;
    memcpy(expected, f->bytes, len);
    expect_fold(f, other, normalize(codes, n, UTF8PROC_DECOMPOSE, other), expected, len);
    expect_fold(f, other, normalize(codes, n, UTF8PROC_COMPOSE, other), expected, len);
}

static void every_code_point_composed_or_not(void **state)
{
    struct unicode_folded f = {0};
    (void)state;
    for (int32_t c = 0x80; c < N_CODES; c++) {
        if (is_scalar(c) && unicode_lookup((uint32_t)c) & UNICODE_WORD) {
            expect_equivalent(&f, &c, 1);
            expect_equivalent(&f, (const int32_t[]){'x', c, 0x301, 0x323}, 4);
            expect_equivalent(&f, (const int32_t[]){0x3b1, c, 'e'}, 3);
        }
    }
    unicode_folded_release(&f);
}

static void random_words_composed_or_not(void **state)
{
    static const int32_t codes[] = {
        'a',     'E',       'o',     0x1f,   0xad,   0xc4,   0xe9,   0xdf,   0x130,  0x1d5,   0x1e9b,
        0x1ea4,  0x300,     0x301,   0x302,  0x306,  0x307,  0x308,  0x323,  0x327,  0x328,   0x334,
        0x340,   0x344,     0x345,   0x34f,  0x35c,  0x391,  0x3b1,  0x3a9,  0x1f80, 0x1fb3,  0x1fbe,
        0x418,   0x439,     0x5d0,   0x5b0,  0x5bc,  0x5c1,  0x627,  0x640,  0x64e,  0x651,   0x653,
        0x654,   0x66a - 1, 0x915,   0x928,  0x93c,  0x94d,  0x958,  0x9c7,  0x9be,  0x9d7,   0xbc6,
        0xbbe,   0xe01,     0xe33,   0xe48,  0xf71,  0xf72,  0xf73,  0xf74,  0x1025, 0x102e,  0x1037,
        0x1100,  0x1161,    0x11a8,  0xac00, 0xac01, 0x3131, 0x3160, 0x200d, 0x212b, 0x304b,  0x3099,
        0x309a,  0xff76,    0xff9e,  0xfb01, 0xfb2c, 0xfdfa, 0xfe0f, 0xfef5, 0xff21, 0x11099, 0x110ba,
        0x1d400, 0x1d7d8,   0x2f800,
    };
    uint64_t random = test_seed("test_unicode");
    struct unicode_folded f = {0};
    (void)state;
    for (unsigned round = 0; round < 100000; round++) {
        int32_t word[12];
        size_t n = 1 + test_below(&random, COUNT_OF(word));
        for (size_t i = 0; i < n; i++) {
            do {
                word[i] = codes[test_below(&random, COUNT_OF(codes))];
            } while (word[i] < 0x20); // a control parts what normalisation would join
        }
        expect_equivalent(&f, word, n);
    }
    unicode_folded_release(&f);
}

// More marks than are ever put in order: no crash, no loss, no endless work.
static void endless_marks(void **state)
{
    enum { N = 3 * 100000 };
    struct unicode_folded f = {0};
    uint8_t *word = malloc(2 * N + 1);
    (void)state;
    assert_non_null(word);
    word[0] = 'a';
    for (size_t i = 0; i < N; i++) {
        static const char *const marks[] = {"\xcc\x81", "\xcc\xa3", "\xcc\xb4"};
        memcpy(word + 1 + 2 * i, marks[i % 3], 2);
    }
    assert_int_equal(unicode_fold(&f, word, 2 * N + 1), 0);
    assert_true(f.len > 2 * N - 10);
    unicode_folded_release(&f);
    free(word);
}

static void words(void **state)
{
    static const struct {
        const char *name, *word, *expected;
        bool upper, digit;
    } cases[] = {
        {"ASCII", "Abc_9", "abc_9", true, false},
        {"sharp s",
         "Stra\xc3\x9f"
         "e",
         "strasse", true, false},
        {"capital sharp s",
         "STRA\xe1\xba\x9e"
         "E",
         "strasse", true, false},
        {"final sigma", "\xcf\x83\xce\xbf\xcf\x82", "\xcf\x83\xce\xbf\xcf\x83", false, false},
        {"decomposed", "e\xcc\x81", "\xc3\xa9", false, false},
        {"marks out of order", "a\xcc\x81\xcc\xa3", "\xe1\xba\xa1\xcc\x81", false, false},
        {"ligature", "\xef\xac\x81n", "fin", false, false},
        {"full width", "\xef\xbc\xa1\xef\xbc\x91", "a1", true, false},
        {"title case", "\xc7\x85", "d\xc5\xbe", true, false}, // NFKC of the digraph, then folded
        {"soft hyphen", "co\xc2\xadop", "coop", false, false},
        {"byte order mark first", "\xef\xbb\xbfNews", "news", true, false},
        {"control", "a\x01z", "az", false, false},
        {"nothing left", "\xe2\x80\x8b\x02", "", false, false},
        {"tatweel", "\xd8\xb3\xd9\x80\xd9\x80\xd9\x84", "\xd8\xb3\xd9\x84", false, false},
        {"lam-alef", "\xef\xbb\xbb", "\xd9\x84\xd8\xa7", false, false},
        {"Arabic digits", "\xd9\xa2\xd9\xa0", "20", false, true},
        {"Persian digits", "\xdb\xb2\xdb\xb0", "20", false, true},
        {"Devanagari digit behind a letter", "\xe0\xa4\x95\xe0\xa5\xa8",
         "\xe0\xa4\x95"
         "2",
         false, false},
        {"superscript", "m\xc2\xb2", "m2", false, false},
        {"Hangul jamo", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", "\xed\x95\x9c", false, false},
        {"half-width kana", "\xef\xbd\xb6\xef\xbe\x9e", "\xe3\x82\xac", false, false},
        {"compatibility ideograph", "\xef\xa4\x80", "\xe8\xb1\x88", false, false},
        {"mathematical capital", "\xf0\x9d\x90\x80", "a", true, false},
        {"Deseret", "\xf0\x90\x90\x80", "\xf0\x90\x90\xa8", true, false},
    };
    struct unicode_folded f = {0};
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(unicode_fold(&f, (const uint8_t *)cases[i].word, strlen(cases[i].word)), 0);
        if (f.len != strlen(cases[i].expected) || memcmp(f.bytes, cases[i].expected, f.len) != 0) {
            fail_msg("%s: %.*s", cases[i].name, (int)f.len, (const char *)f.bytes);
        }
        if (f.upper != cases[i].upper || f.digit != cases[i].digit) {
            fail_msg("%s: upper %d, digit %d", cases[i].name, f.upper, f.digit);
        }
    }
    unicode_folded_release(&f);
}

static int fold_once(void *data)
{
    struct unicode_folded f = {0};
    (void)data;
    int status = unicode_fold(&f, (const uint8_t *)"e\xcc\x81", 3);
    unicode_folded_release(&f);
    return status;
}

static void memory(void **state)
{
    (void)state;
    assert_int_equal(test_each_allocation(fold_once, NULL), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_like_utf8_decode),
        cmocka_unit_test(every_code_point_alone),
        cmocka_unit_test(every_code_point_composed_or_not),
        cmocka_unit_test(random_words_composed_or_not),
        cmocka_unit_test(endless_marks),
        cmocka_unit_test(words),
        cmocka_unit_test(memory),
    };
    return cmocka_run_group_tests_name("unicode", tests, NULL, NULL);
}
