// test_read_jsonl.c - JSON lines: fields, their types, broken lines, charsets, records cut from batches.
#include "read_files.h"

#include "read/json.h"

struct line_case {
    const char *name, *line;
    const char *id, *title, *text, *source; // expected; text NULL: a bad record
    const char *bad;
    uint64_t bad_offset;
};

#define NOT_STRING(field) "the field for the " field " is not a string"

static const struct line_case cases[] = {
    {"all fields", "{\"id\":\"a\",\"title\":\"T\",\"text\":\"B\",\"source\":\"S\"}", "a", "T", "B", "S", NULL,
     0},
    {"number as id", "{\"id\":17,\"text\":\"B\"}", "17", "", "B", "", NULL, 0},
    {"negative id", "{\"id\":-9223372036854775808,\"text\":\"B\"}", "-9223372036854775808", "", "B", "", NULL,
     0},
    {"largest id", "{\"id\":18446744073709551615,\"text\":\"B\"}", "18446744073709551615", "", "B", "", NULL,
     0},
    {"id beyond 64 bits", "{\"id\":123456789012345678901234567890,\"text\":\"B\"}",
     "123456789012345678901234567890", "", "B", "", NULL, 0},
    {"id as written", "{\"id\":1.50e+3,\"text\":\"B\\u0041\\n\"}", "1.50e+3", "", "BA\n", "", NULL, 0},
    {"id minus zero", "{\"id\":-0,\"text\":\"B\"}", "-0", "", "B", "", NULL, 0},
    {"null is absent", "{\"id\":null,\"title\":null,\"text\":\"B\",\"url\":null}", "", "", "B", "", NULL, 0},
    {"last of repeated names", "{\"text\":\"A\",\"text\":\"B\",\"id\":\"x\",\"id\":null}", "", "", "B", "",
     NULL, 0},
    {"escaped name", "{\"te\\u0078t\":\"B\"}", "", "", "B", "", NULL, 0},
    {"nested fields do not count", "{\"a\":{\"text\":\"X\",\"id\":[1,{\"id\":2}]},\"text\":\"B\"}", "", "",
     "B", "", NULL, 0},
    {"domain", "{\"text\":\"B\",\"domain\":\"example.org\"}", "", "", "B", "example.org", NULL, 0},
    {"domain of another type", "{\"text\":\"B\",\"domain\":[1]}", "", "", "B", "", NULL, 0},
    {"host", "{\"text\":\"B\",\"url\":\"https://me:x@www.example.org:80/a?b\"}", "", "", "B", "example.org",
     NULL, 0},
    {"host, source empty", "{\"text\":\"B\",\"source\":\"\",\"url\":\"//a.example/b@c\"}", "", "", "B",
     "a.example", NULL, 0},
    {"no host", "{\"text\":\"B\",\"url\":\"/a/b\"}", "", "", "B", "", NULL, 0},
    {"white space around", " \t{ \"text\" : \"B\" } \r", "", "", "B", "", NULL, 0},
    {"surrogate pair", "{\"text\":\"\\ud83d\\ude00\"}", "", "", "\xf0\x9f\x98\x80", "", NULL, 0},
    {"empty text", "{\"text\":\"\"}", "", "", "", "", NULL, 0},
    {"no text", "{\"id\":\"a\"}", "a", "", NULL, "", "there is no field for the text", 0},
    {"text null", "{\"id\":\"a\",\"text\":null}", "a", "", NULL, "", "there is no field for the text", 0},
    {"text number", "{\"text\":1}", "", "", NULL, "", NOT_STRING("text"), 0},
    {"text object", "{\"text\":{}}", "", "", NULL, "", NOT_STRING("text"), 0},
    {"title list", "{\"text\":\"B\",\"title\":[]}", "", "", NULL, "", NOT_STRING("title"), 0},
    {"url true", "{\"text\":\"B\",\"url\":true}", "", "", NULL, "", NOT_STRING("url"), 0},
    {"id list", "{\"text\":\"B\",\"id\":[]}", "", "", NULL, "",
     "the field for the id is neither a string nor a number", 0},
    {"list", "[1]", "", "", NULL, "", "not a JSON object", 0},
    {"word", "hello", "", "", NULL, "", "not a JSON object", 0},
    {"open string", "{\"text\":\"B", "", "", NULL, "", "a string has no closing quote", 8},
    {"open object", "{\"text\":\"B\"", "", "", NULL, "", "the record ends too soon", 11},
    {"control character", "{\"text\":\"B\tC\"}", "", "", NULL, "", "a control character stands in a string",
     10},
    {"unknown escape", "{\"text\":\"\\x\"}", "", "", NULL, "",
     "a string has an escape that JSON does not know", 9},
    {"half a pair", "{\"text\":\"\\ud83d!\"}", "", "", NULL, "",
     "half a surrogate pair stands alone in a string", 9},
    {"trailing text", "{\"text\":\"B\"} x", "", "", NULL, "", "more text stands behind the end of the object",
     13},
    {"trailing comma", "{\"text\":\"B\",}", "", "", NULL, "", "a name in quotes belongs here", 12},
    {"no colon", "{\"text\" \"B\"}", "", "", NULL, "", "a colon belongs behind a name", 8},
    {"bad number", "{\"n\":01}", "", "", NULL, "", "a comma or } belongs here", 6},
    {"bad word", "{\"n\":True}", "", "", NULL, "", "a value is missing or is no JSON value", 5},
    {"broken in a field nobody asks for", "{\"text\":\"B\",\"x\":[1,,2]}", "", "", NULL, "",
     "a value is missing or is no JSON value", 19},
};

static void test_lines(void **state)
{
    struct read_options options = read_defaults();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct line_case *c = &cases[i];
        // Without and with a line feed: a last line is a record all the same.
        for (size_t feed = 0; feed < 2; feed++) {
            char line[300];
            int len = snprintf(line, sizeof(line), "%s%s", c->line, feed ? "\n" : "");
            struct got_all all = read_bytes("a.jsonl", line, (size_t)len, &options);
            print_message("# %s\n", c->name);
            assert_int_equal(all.n, 1);
            assert_string_equal(all.records[0].bad ? all.records[0].bad : "", c->bad ? c->bad : "");
            assert_int_equal(all.records[0].bad_offset, c->bad_offset);
            assert_string_equal(all.records[0].id, c->id);
            assert_string_equal(all.records[0].text, c->text ? c->text : "");
            assert_string_equal(all.records[0].title, c->title);
            if (!c->bad) {
                assert_string_equal(all.records[0].source, c->source);
            }
            got_free(&all);
        }
    }
}

static void test_blank_lines_count(void **state)
{
    static const char data[] =
        "\xef\xbb\xbf{\"text\":\"a\"}\n\n \t\r\n{\"text\":\"b\"}\r\nbroken\n\n{\"text\":\"c\"}";
    struct read_options options = read_defaults();
    struct got_all all = read_bytes("a.json", data, sizeof(data) - 1, &options);
    (void)state;

    assert_int_equal(all.n, 4);
    assert_int_equal(all.n_bad, 1);
    assert_int_equal(all.records[0].offset, 3);
    assert_int_equal(all.records[1].line, 3);
    assert_int_equal(all.records[2].line, 4);
    assert_int_equal(all.records[3].line, 6);
    assert_int_equal(all.lines, 7);
    got_free(&all);
}

static void test_nul_in_text(void **state)
{
    static const char data[] =
        "{\"text\":\"a\\u0000b\",\"id\":\"x\\u0000\"}\n{\"te\\u0000xt\":1,\"text\":\"\"}\n";
    struct read_options options = read_defaults();
    struct got_all all = read_bytes("a.jsonl", data, sizeof(data) - 1, &options);
    (void)state;

    assert_int_equal(all.n_bad, 0);
    assert_int_equal(all.records[0].text_len, 3);
    assert_memory_equal(all.records[0].text, "a\0b", 3);
    got_free(&all);
}

static void test_deep_nesting(void **state)
{
    enum { DEPTH = 100000 };
    char *data = malloc(DEPTH + 20);
    struct read_options options = read_defaults();
    struct got_all all;
    (void)state;

    assert_non_null(data);
    memcpy(data, "{\"text\":\"a\",\"x\":", 16);
    memset(data + 16, '[', DEPTH);
    all = read_bytes("a.jsonl", data, 16 + DEPTH, &options);
    assert_int_equal(all.n, 1);
    assert_string_equal(all.records[0].bad, "brackets are nested too deep");
    got_free(&all);
    free(data);
}

static void test_charsets(void **state)
{
    static const struct {
        const char *name, *charset, *line, *text;
    } charsets[] = {
        {"latin", NULL, "{\"text\":\"caf\xe9 \x93quoted\x94\"}",
         "caf\xc3\xa9 \xe2\x80\x9cquoted\xe2\x80\x9d"},
        {"declared", "koi8-r", "{\"text\":\"\xf0\xd2\xc9\xd7\xc5\xd4\"}",
         "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82"},
        {"backslash as second byte", "shift_jis", "{\"text\":\"\x83\x5c\"}", "\xe3\x82\xbd"},
        {"utf-8 stays", "koi8-r", "{\"text\":\"caf\xc3\xa9\"}", "caf\xc3\xa9"},
        {"damaged utf-8", NULL, "{\"text\":\"\xc3\xa9\xc3\xa8 \xe2\x82\"}", "\xc3\xa9\xc3\xa8 \xef\xbf\xbd"},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(charsets); i++) {
        struct read_options options = read_defaults();
        struct got_all all;
        options.charset = charsets[i].charset;
        all = read_bytes("a.jsonl", charsets[i].line, strlen(charsets[i].line), &options);
        print_message("# %s\n", charsets[i].name);
        assert_int_equal(all.n, 1);
        assert_null(all.records[0].bad);
        assert_string_equal(all.records[0].text, charsets[i].text);
        assert_int_equal(all.records[0].raw_len, strlen(charsets[i].line));
        got_free(&all);
    }
}

// Records of many lengths over several batches: none is lost, none is cut.
static void test_batches(void **state)
{
    enum { N = 6000 };
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    uint64_t random = 5;
    (void)state;

    for (unsigned i = 0; i < N; i++) {
        buf_printf(&data, "{\"id\":%u,\"text\":\"", i);
        for (uint64_t n = test_below(&random, 1000); n > 0; n--) {
            buf_add_char(&data, (char)('a' + n % 26));
        }
        buf_add(&data, "\"}\n", 3);
    }
    assert_false(data.failed);
    all = read_bytes("a.jsonl", data.data, data.len, &options);
    assert_int_equal(all.n, N);
    assert_int_equal(all.n_bad, 0);
    assert_true(all.n_batches >= 3);
    for (unsigned i = 0; i < N; i++) {
        assert_int_equal(strtoul(all.records[i].id, NULL, 10), i);
        assert_int_equal(all.records[i].line, i);
    }
    got_free(&all);
    buf_release(&data);
}

// One record longer than a batch, one longer than allowed, one in a batch but longer than allowed.
static void test_long_records(void **state)
{
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    (void)state;

    for (unsigned i = 0; i < 3; i++) {
        size_t len = i == 0 ? 3000000 : i == 1 ? 9000000 : 5;
        buf_printf(&data, "{\"id\":%u,\"text\":\"", i);
        assert_true(buf_reserve(&data, len));
        memset(data.data + data.len, 'x', len);
        data.len += len;
        buf_add(&data, "\"}\n", 3);
    }
    options.max_article_bytes = 4000000;
    all = read_bytes("a.jsonl", data.data, data.len, &options);
    assert_int_equal(all.n, 3);
    assert_int_equal(all.n_bad, 1);
    assert_int_equal(all.records[0].text_len, 3000000);
    assert_string_equal(all.records[1].bad, "the record is longer than max-article-bytes allows");
    assert_int_equal(all.records[2].line, 2);
    got_free(&all);
    options.max_article_bytes = 20;
    all = read_bytes("a.jsonl", data.data, data.len, &options);
    assert_int_equal(all.n, 3);
    assert_int_equal(all.n_bad, 3);
    assert_int_equal(all.lines, 3);
    got_free(&all);
    buf_release(&data);
}

// The slow path says the same as the fast one, wherever the fast one says something.
static void test_scan_agrees(void **state)
{
    static const char pieces[][12] = {"{",        "}",     "[",         "]",    ",",     ":",
                                      "\"text\"", "\"a\"", "1",         "-1.5", "1e400", "\"\\n\"",
                                      "null",     "true",  "\"\\ud83d", "\"",   " ",     "fals",
                                      "\\",       "\"x\"", "\x01",      "{}",   "[[]]",  "\"id\":"};
    struct field_names names = {
        {STR("id"), STR("title"), STR("text"), STR("u"), STR("d"), STR("s"), STR("m")}};
    struct json_parser *parser = json_parser_new();
    struct buf memory = {0};
    uint64_t random = 11;
    (void)state;

    assert_non_null(parser);
    for (unsigned round = 0; round < 200000; round++) {
        char record[256 + ARTICLE_PADDING] = "{\"text\":";
        struct json_value fast[N_FIELDS];
        struct json_value slow[N_FIELDS];
        uint64_t offset;
        size_t len = 8;
        const char *reason;
        enum json_result result;
        for (uint64_t n = test_below(&random, 6); n > 0; n--) {
            const char *piece = pieces[test_below(&random, COUNT_OF(pieces))];
            memcpy(record + len, piece, strlen(piece));
            len += strlen(piece);
        }
        record[len++] = '}';
        result = json_parse(parser, (struct str){record, len}, &names, fast);
        reason = json_scan((struct str){record, len}, &names, slow, &memory, &offset);
        assert_true(result == JSON_OK ? reason == NULL : (reason != NULL || memmem(record, len, "1e400", 5)));
        for (int i = 0; result == JSON_OK && i < N_FIELDS; i++) {
            assert_int_equal(fast[i].type, slow[i].type);
            if (fast[i].text.data) {
                assert_str(fast[i].text, slow[i].text);
            }
        }
    }
    buf_release(&memory);
    json_parser_free(parser);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),        cmocka_unit_test(test_blank_lines_count),
        cmocka_unit_test(test_nul_in_text),  cmocka_unit_test(test_deep_nesting),
        cmocka_unit_test(test_charsets),     cmocka_unit_test(test_batches),
        cmocka_unit_test(test_long_records), cmocka_unit_test(test_scan_agrees),
    };
    return cmocka_run_group_tests_name("read_jsonl", tests, NULL, NULL);
}
