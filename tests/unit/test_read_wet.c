// test_read_wet.c - WARC conversion records: fields, lengths that lie, records of other types.
#include "read_files.h"

#define HEAD(type, length)                                                                                   \
    "WARC/1.0\r\nWARC-Type: " type "\r\nWARC-Target-URI: http://www.example.org/a\r\n"                       \
    "WARC-Date: 2020-02-02T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: " length "\r\n\r\n"
#define END  "\r\n\r\n"
#define GOOD HEAD("conversion", "9") "Head\nbody" END
#define INFO HEAD("warcinfo", "4") "a: b" END

struct wet_case {
    const char *name, *data;
    size_t n;
    struct {
        const char *title, *text, *bad;
    } records[3];
};

#define CUT       "the record is cut off, or its Content-Length is wrong"
#define WRONG     "the Content-Length of the record is wrong"
#define NO_LENGTH "the WARC header has no Content-Length that can be read"
#define NOT_WARC  "not a WARC record"
#define GOOD_ONE                                                                                             \
    {                                                                                                        \
        "Head", "body", NULL                                                                                 \
    }
#define BAD_ONE(x)                                                                                           \
    {                                                                                                        \
        "", "", x                                                                                            \
    }

static const struct wet_case cases[] = {
    {"one", GOOD, 1, {GOOD_ONE}},
    {"others are passed over", INFO GOOD HEAD("response", "0") END GOOD, 2, {GOOD_ONE, GOOD_ONE}},
    {"blank lines first, single line feeds",
     "\n\nWARC/1.0\nWARC-Type: conversion\nContent-Length: 14\n\n\n  \nHead\nbody\n\n\n",
     1,
     {{"Head", "body\n", NULL}}},
    {"title alone", HEAD("conversion", "4") "Head" END, 1, {{"Head", "", NULL}}},
    {"empty content", HEAD("conversion", "0") END, 1, {{"", "", NULL}}},
    {"no line end at the end", HEAD("conversion", "9") "Head\nbody", 1, {GOOD_ONE}},
    {"names in any case",
     "WARC/1.1\r\nwarc-type:conversion\r\nCONTENT-LENGTH:9\r\n\r\nHead\nbody" END,
     1,
     {GOOD_ONE}},
    {"cut off", GOOD HEAD("conversion", "99") "Head\nbody", 2, {GOOD_ONE, BAD_ONE(CUT)}},
    {"length too large", HEAD("conversion", "99") "Head\nbody" END GOOD, 2, {BAD_ONE(CUT), GOOD_ONE}},
    {"length beyond the file",
     HEAD("conversion", "9999999") "Head\nbody" END GOOD,
     2,
     {BAD_ONE(CUT), GOOD_ONE}},
    {"length too small", HEAD("conversion", "4") "Head\nbody" END GOOD, 2, {BAD_ONE(WRONG), GOOD_ONE}},
    {"no length", HEAD("conversion", "") "Head\nbody" END GOOD, 2, {BAD_ONE(NO_LENGTH), GOOD_ONE}},
    {"length no number", HEAD("conversion", "-9") "Head\nbody" END GOOD, 2, {BAD_ONE(NO_LENGTH), GOOD_ONE}},
    {"something else between", GOOD "hello\n" GOOD, 2, {BAD_ONE(WRONG), GOOD_ONE}},
    {"something else first", "hello\n" GOOD, 2, {BAD_ONE(NOT_WARC), GOOD_ONE}},
    {"header cut off",
     GOOD "WARC/1.0\r\nWARC-Type: conv",
     2,
     {GOOD_ONE, BAD_ONE("the WARC header has no end")}},
    {"magic cut off", GOOD "WAR", 2, {GOOD_ONE, BAD_ONE(NOT_WARC)}},
    {"windows-1252",
     HEAD("conversion", "9") "Head\nb\xf6"
                             "dy" END,
     1,
     {{"Head",
       "b\xc3\xb6"
       "dy",
       NULL}}},
};

static void test_records(void **state)
{
    struct read_options options = read_defaults();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct wet_case *c = &cases[i];
        struct got_all all = read_bytes("a.wet", c->data, strlen(c->data), &options);
        print_message("# %s\n", c->name);
        assert_int_equal(all.n, c->n);
        for (size_t k = 0; k < c->n; k++) {
            assert_string_equal(all.records[k].bad ? all.records[k].bad : "",
                                c->records[k].bad ? c->records[k].bad : "");
            assert_string_equal(all.records[k].title, c->records[k].title);
            assert_string_equal(all.records[k].text, c->records[k].text);
        }
        got_free(&all);
    }
}

static void test_fields(void **state)
{
    struct read_options options = read_defaults();
    struct got_all all = read_bytes("a.warc", INFO GOOD, strlen(INFO GOOD), &options);
    (void)state;

    assert_int_equal(all.n, 1);
    assert_string_equal(all.records[0].id, "urn:uuid:1");
    assert_string_equal(all.records[0].url, "http://www.example.org/a");
    assert_string_equal(all.records[0].source, "example.org");
    assert_string_equal(all.records[0].date, "2020-02-02T10:00:00Z");
    assert_int_equal(all.records[0].line, 9);
    assert_int_equal(all.records[0].offset, strlen(INFO));
    got_free(&all);
}

// A record too long for memory: an article is a bad record, another type is passed over; lines are counted in
// both.
static void test_long_records(void **state)
{
    enum { LEN = 2500000 };
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    (void)state;

    for (unsigned round = 0; round < 2; round++) {
        buf_printf(&data, "%s", round == 0 ? HEAD("conversion", "2500000") : HEAD("response", "2500000"));
        assert_true(buf_reserve(&data, LEN));
        memset(data.data + data.len, 'x', LEN);
        data.data[data.len + LEN - 2] = '\n';
        data.len += LEN;
        buf_printf(&data, END GOOD);
    }
    options.max_article_bytes = 100000;
    all = read_bytes("a.wet", data.data, data.len, &options);
    assert_int_equal(all.n, 3);
    assert_string_equal(all.records[0].bad, "the record is longer than max-article-bytes allows");
    assert_null(all.records[1].bad);
    assert_int_equal(all.records[1].line, 10);
    assert_null(all.records[2].bad);
    assert_int_equal(all.records[2].line, 30);
    got_free(&all);
    buf_release(&data);
}

// Over several batches, whose borders fall anywhere in a record.
static void test_batches(void **state)
{
    enum { N = 3000 };
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    uint64_t random = 3;
    (void)state;

    for (unsigned i = 0; i < N; i++) {
        unsigned len = 1 + (unsigned)test_below(&random, 2000);
        buf_printf(&data,
                   "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <%u>\r\nContent-Length: %u\r\n\r\n",
                   i, len);
        for (unsigned k = 0; k < len; k++) {
            buf_add_char(&data, "ab\nc \r"[test_below(&random, 6)]);
        }
        buf_printf(&data, END);
    }
    assert_false(data.failed);
    all = read_bytes("a.wet", data.data, data.len, &options);
    assert_int_equal(all.n, N);
    assert_int_equal(all.n_bad, 0);
    assert_true(all.n_batches >= 3);
    for (unsigned i = 0; i < N; i++) {
        assert_int_equal(strtoul(all.records[i].id, NULL, 10), i);
    }
    got_free(&all);
    buf_release(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_records),
        cmocka_unit_test(test_fields),
        cmocka_unit_test(test_long_records),
        cmocka_unit_test(test_batches),
    };
    return cmocka_run_group_tests_name("read_wet", tests, NULL, NULL);
}
