// test_read_rewrite.c - records again with another title or text: what was not changed stays to the byte.
#include "read_files.h"

#define NO_CHANGE                                                                                            \
    {                                                                                                        \
        NULL, 0                                                                                              \
    }
#define WARC_HEAD "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:1>\r\n"

static const struct {
    const char *name, *file, *data;
    struct record_change change;
    const char *expected; // of the last record
} cases[] = {
    {"text",
     "a.jsonl",
     "{\"id\": 7, \"text\":\"a\\u00e9\",\"title\" : \"T\", \"x\":{\"text\":\"no\"}}\n",
     {NO_CHANGE, BYTES("b \"q\"\n")},
     "{\"id\": 7, \"text\":\"b \\\"q\\\"\\n\",\"title\" : \"T\", \"x\":{\"text\":\"no\"}}\n"},
    {"title first",
     "a.jsonl",
     "{\"title\":\"T\",\"text\":\"B\",\"n\":1.0e5}\n",
     {BYTES("U"), BYTES("C")},
     "{\"title\":\"U\",\"text\":\"C\",\"n\":1.0e5}\n"},
    {"title last",
     "a.jsonl",
     "{\"text\":\"B\",\"title\":\"T\"}",
     {BYTES("U"), BYTES("")},
     "{\"text\":\"\",\"title\":\"U\"}"},
    {"only the title",
     "a.jsonl",
     "{\"text\":\"B\",\"title\":\"T\"}\n",
     {BYTES("U"), NO_CHANGE},
     "{\"text\":\"B\",\"title\":\"U\"}\n"},
    {"name twice: the last counts",
     "a.jsonl",
     "{\"text\":\"A\",\"text\":\"B\"}\n",
     {NO_CHANGE, BYTES("C")},
     "{\"text\":\"A\",\"text\":\"C\"}\n"},
    {"escaped name",
     "a.jsonl",
     "{\"te\\u0078t\":\"A\"}\n",
     {NO_CHANGE, BYTES("C")},
     "{\"te\\u0078t\":\"C\"}\n"},
    {"no title to change",
     "a.jsonl",
     "{\"text\":\"A\",\"title\":null}\n",
     {NO_CHANGE, BYTES("C")},
     "{\"text\":\"C\",\"title\":null}\n"},
    {"another charset",
     "a.jsonl",
     "{\"text\":\"A\",\"by\":\"Zo\xeb Bj\xf6rk\"}\n",
     {NO_CHANGE, BYTES("C")},
     "{\"text\":\"C\",\"by\":\"Zo\xc3\xab Bj\xc3\xb6rk\"}\n"},
    {"cells",
     "a.csv",
     "id,title,text,x\r\n1,T,\"a \"\"b\"\"\n,c\",\"y\"\r\n",
     {NO_CHANGE, BYTES("d \"e\", f")},
     "1,T,\"d \"\"e\"\", f\",\"y\"\r\n"},
    {"last cell, no line end", "a.csv", "id,title,text\n1,T,B", {BYTES("U"), BYTES("C")}, "1,\"U\",\"C\""},
    {"first cell", "a.csv", "text,id\nB,1\n", {NO_CHANGE, BYTES("")}, "\"\",1\n"},
    {"tabs", "a.tsv", "id\ttext\n1\t\"B\tb\"\n", {NO_CHANGE, BYTES("C")}, "1\t\"C\"\n"},
    {"WET",
     "a.wet",
     WARC_HEAD "WARC-Block-Digest: sha1:ABC\r\nContent-Length: 8\r\nX: y\r\n\r\n\nT\n\nB bb\r\n\r\n",
     {NO_CHANGE, BYTES("C")},
     WARC_HEAD "Content-Length: 5\r\nX: y\r\n\r\n\nT\n\nC\r\n\r\n"},
    {"WET, title",
     "a.wet",
     WARC_HEAD "content-length:5\n\nT\nB b\n\n",
     {BYTES("Titel"), NO_CHANGE},
     WARC_HEAD "content-length: 9\n\nTitel\nB b\n\n"},
};

static void rewrites(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct scratch s;
        struct copydesk_error error = {0};
        struct read_options options = {
            .id_field = "id",
            .title_field = "title",
            .text_field = "text",
            .url_field = "url",
            .date_field = "date",
            .source_field = "source",
            .max_article_bytes = 1 << 20,
            .temp_dir = test_temp_dir(),
        };
        struct input *in = NULL;
        struct record_reader *reader = NULL;
        struct batch batch = {0};
        struct article article;
        struct buf out = {0};
        scratch_open(&s);
        scratch_file(&s, cases[i].file, cases[i].data, strlen(cases[i].data));
        assert_int_equal(input_new(&in, &options, &error), 0);
        assert_int_equal(input_add_path(in, s.path, &error), 0);
        assert_int_equal(record_reader_new(&reader, in, &error), 0);
        assert_int_equal(input_next(in, &batch, &error), 1);
        record_reader_start(reader, &batch);
        assert_int_equal(record_reader_next(reader, &article, &error), 1);
        assert_null(article.bad);
        assert_int_equal(record_reader_rewrite(reader, 0, article.raw, &cases[i].change, &out, &error), 0);
        if (out.len != strlen(cases[i].expected) || memcmp(out.data, cases[i].expected, out.len) != 0) {
            fail_msg("%s: got\n%.*s", cases[i].name, (int)out.len, out.data);
        }
        buf_release(&out);
        batch_release(&batch);
        record_reader_free(reader);
        input_free(in);
        scratch_close(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(rewrites)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
