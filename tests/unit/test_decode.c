// test_decode.c - charsets: declared, detected, damaged, wide; the result is always valid UTF-8.
#include "test.h"

#include "base/str.h"
#include "read/decode.h"

static bool is_utf8(struct str s)
{
    const uint8_t *p = (const uint8_t *)s.data;
    const uint8_t *end = p + s.len;
    uint32_t code_point;
    while (p < end) {
        unsigned n = utf8_decode(p, end, &code_point);
        if (n == 0) {
            return false;
        }
        p += n;
    }
    return true;
}

static void test_conversions(void **state)
{
    static const struct {
        const char *charset, *bytes, *expected;
    } cases[] = {
        {"windows-1252", "\x80 \x81\x8d\x8f\x90\x9d \xff",
         "\xe2\x82\xac \xc2\x81\xc2\x8d\xc2\x8f\xc2\x90\xc2\x9d \xc3\xbf"},
        {"ISO-8859-1", "\x93x\x94", "\xe2\x80\x9cx\xe2\x80\x9d"},
        {"US-ASCII", "\x93x\x94", "\xe2\x80\x9cx\xe2\x80\x9d"},
        {"latin1", "eight ascii bytes and more \xe9", "eight ascii bytes and more \xc3\xa9"},
        {"windows-1251", "\xcf\x98", "\xd0\x9f\xc2\x98"},
        {"windows-1250", "\x81\x8a", "\xc2\x81\xc5\xa0"},
        {"iso-8859-9", "\x80\xfe", "\xe2\x82\xac\xc5\x9f"},
        {"windows-1253", "\xaa", "\xef\xbf\xbd"},
        {"gb2312", "\xc4\xe3\x81\x30\x84\x36", "\xe4\xbd\xa0\xc2\xa5"},
        {"gbk",
         "a\xff"
         "b",
         "a\xef\xbf\xbd"
         "b"},
        {"big5", "\xa4\xa4", "\xe4\xb8\xad"},
        {"shift_jis", "\x83\x5c\xb1", "\xe3\x82\xbd\xef\xbd\xb1"},
        {"euc-kr", "\xb0\xa1\x8c\x63", "\xea\xb0\x80\xeb\x98\xa0"},
        {"euc-jp", "\xa4\xa2", "\xe3\x81\x82"},
        {"koi8-r", "\xf0", "\xd0\x9f"},
        {"ibm866", "\x8f", "\xd0\x9f"},
        {"IBM850", "\x82", "\xc3\xa9"}, // no label of the standard, but iconv knows it
        {"utf-8",
         "a\xe2\x82"
         "b\xc3\xa9\xff\xed\xa0\x80",
         "a\xef\xbf\xbd"
         "b\xc3\xa9\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
        {NULL, "\xc3\xa9\xc3\xa8 \xf0\x9f\x98", "\xc3\xa9\xc3\xa8 \xef\xbf\xbd"},
        {NULL, "caf\xe9", "caf\xc3\xa9"},
        {NULL, "\xcf\xf0\xe8\xe2\xe5\xf2, \xea\xe0\xea \xe4\xe5\xeb\xe0 \xf1\xe5\xe3\xee\xe4\xed\xff?",
         "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82, \xd0\xba\xd0\xb0\xd0\xba "
         "\xd0\xb4\xd0\xb5\xd0\xbb\xd0\xb0 "
         "\xd1\x81\xd0\xb5\xd0\xb3\xd0\xbe\xd0\xb4\xd0\xbd\xd1\x8f?"},
        {NULL, "", ""},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct copydesk_error error;
        struct decoder *d;
        struct buf out = {0};
        print_message("# %zu %s\n", i, cases[i].charset ? cases[i].charset : "detected");
        assert_int_equal(decoder_new(&d, cases[i].charset, &error), 0);
        // Twice: a converter has no memory of what it did before.
        for (unsigned again = 0; again < 2; again++) {
            buf_clear(&out);
            assert_int_equal(decoder_convert(d, str_of(cases[i].bytes), &out, &error), 0);
            buf_add_char(&out, '\0');
            assert_string_equal(out.data, cases[i].expected);
        }
        buf_release(&out);
        decoder_free(d);
    }
}

static void test_unknown_charset(void **state)
{
    struct copydesk_error error;
    struct decoder *d;
    (void)state;

    assert_int_equal(decoder_new(&d, "no-such-charset", &error), COPYDESK_ERR_OPTION);
    assert_null(d);
    assert_non_null(strstr(error.message, "no-such-charset"));
}

// Whatever the bytes and the charset, UTF-8 comes out.
static void test_always_utf8(void **state)
{
    static const char *const charsets[] = {NULL,      "utf-8",       "windows-1252", "windows-1255",
                                           "gb18030", "shift_jis",   "euc-jp",       "big5",
                                           "euc-kr",  "iso-2022-jp", "koi8-u",       "macintosh"};
    uint64_t random = 23;
    (void)state;

    for (size_t i = 0; i < COUNT_OF(charsets); i++) {
        struct copydesk_error error;
        struct decoder *d;
        struct buf out = {0};
        assert_int_equal(decoder_new(&d, charsets[i], &error), 0);
        for (unsigned round = 0; round < 2000; round++) {
            char bytes[64];
            size_t n = (size_t)test_below(&random, sizeof(bytes) + 1);
            for (size_t k = 0; k < n; k++) {
                bytes[k] = (char)test_below(&random, 256);
            }
            buf_clear(&out);
            assert_int_equal(decoder_convert(d, (struct str){bytes, n}, &out, &error), 0);
            assert_true(is_utf8((struct str){out.data, out.len}));
        }
        buf_release(&out);
        decoder_free(d);
    }
}

static void test_sniff(void **state)
{
#define UNITS(literal) literal, sizeof(literal) - 1
    static const struct {
        const char *bytes;
        size_t len;
        const char *declared;
        enum decode_wide wide;
        size_t bom;
    } cases[] = {
        {UNITS(""), "utf-16", DECODE_NARROW, 0},
        {UNITS("{\"a\":1}"), "utf-16", DECODE_NARROW, 0},
        {UNITS("\xef\xbb\xbf{"), "utf-16", DECODE_NARROW, 3},
        {UNITS("\xff\xfe{\0"), NULL, DECODE_UTF16LE, 2},
        {UNITS("\xfe\xff\0{"), "utf-8", DECODE_UTF16BE, 2},
        {UNITS("\xff\xfe\0\0{\0\0\0"), NULL, DECODE_UTF32LE, 4},
        {UNITS("\0\0\xfe\xff\0\0\0{"), NULL, DECODE_UTF32BE, 4},
        {UNITS("{\0\"\0"), NULL, DECODE_UTF16LE, 0},
        {UNITS("\0{\0\""), NULL, DECODE_UTF16BE, 0},
        {UNITS("\x2d\x4e\x87\x65"), "utf-16le", DECODE_UTF16LE, 0},
        {UNITS("\x2d\x4e\x87\x65"), NULL, DECODE_NARROW, 0},
        {UNITS("\0\0\0{"), "utf-32be", DECODE_UTF32BE, 0},
        {UNITS("cut in a character \xe2\x82"), "utf-16", DECODE_NARROW, 0},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        size_t bom;
        print_message("# %zu\n", i);
        assert_int_equal(decode_sniff((struct str){cases[i].bytes, cases[i].len}, cases[i].declared, &bom),
                         cases[i].wide);
        assert_int_equal(bom, cases[i].bom);
    }
}

// However a stream is cut into pieces, the same text comes out.
static void test_stream(void **state)
{
    static const struct {
        enum decode_wide wide;
        const char *bytes;
        size_t len;
        const char *expected;
    } cases[] = {
        {DECODE_UTF16LE, UNITS("a\0\xe9\0=\xd8\0\xde"), "a\xc3\xa9\xf0\x9f\x98\x80"},
        {DECODE_UTF16BE, UNITS("\0a\0\xe9\xd8=\xde\0"), "a\xc3\xa9\xf0\x9f\x98\x80"},
        {DECODE_UTF32LE, UNITS("a\0\0\0\0\xf6\x01\0"), "a\xf0\x9f\x98\x80"},
        {DECODE_UTF32BE, UNITS("\0\0\0a\0\x01\xf6\0"), "a\xf0\x9f\x98\x80"},
        {DECODE_UTF16LE,
         UNITS("=\xd8"
               "a\0"),
         "\xef\xbf\xbd"
         "a"},
        {DECODE_UTF16LE, UNITS("=\xd8=\xd8\0\xde"), "\xef\xbf\xbd\xf0\x9f\x98\x80"},
        {DECODE_UTF16LE,
         UNITS("\0\xde"
               "a\0"),
         "\xef\xbf\xbd"
         "a"},
        {DECODE_UTF16LE, UNITS("a\0b"), "a\xef\xbf\xbd"},
        {DECODE_UTF16LE, UNITS("a\0=\xd8"), "a\xef\xbf\xbd"},
        {DECODE_UTF32LE, UNITS("\0\0\x11\0\0\xd8\0\0a"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (size_t piece = 1; piece <= cases[i].len; piece++) {
            struct decode_stream stream = {.wide = cases[i].wide};
            struct buf out = {0};
            for (size_t pos = 0; pos < cases[i].len; pos += piece) {
                size_t len = cases[i].len - pos < piece ? cases[i].len - pos : piece;
                decode_stream_add(&stream, (struct str){cases[i].bytes + pos, len}, pos + len == cases[i].len,
                                  &out);
            }
            buf_add_char(&out, '\0');
            assert_false(out.failed);
            assert_string_equal(out.data, cases[i].expected);
            buf_release(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_conversions), cmocka_unit_test(test_unknown_charset),
        cmocka_unit_test(test_always_utf8), cmocka_unit_test(test_sniff),
        cmocka_unit_test(test_stream),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
