// test_read_csv.c - CSV and TSV: quotes, header rows, broken rows that cost no more than one record.
#include "read_files.h"

struct row {
    const char *id, *title, *text, *bad;
};

struct csv_case {
    const char *name, *file, *data;
    size_t n;
    struct row rows[4];
};

#define NOT_CLOSED "a quoted field is not closed"
#define STRAY      "something other than a separator stands behind a closing quote"
#define FEWER      "the row has fewer fields than the header row"
#define MORE       "the row has more fields than the header row"

static const struct csv_case cases[] = {
    {"plain", "a.csv", "id,title,text\n1,T,B\n2,U,C\n", 2, {{"1", "T", "B", NULL}, {"2", "U", "C", NULL}}},
    {"carriage returns, no last line end",
     "a.csv",
     "id,title,text\r\n1,T,B\r\n2,U,C",
     2,
     {{"1", "T", "B", NULL}, {"2", "U", "C", NULL}}},
    {"quotes",
     "a.csv",
     "id,title,text\n1,\"T, t\",\"a\n\"\"b\"\"\n,c\"\n",
     1,
     {{"1", "T, t", "a\n\"b\"\n,c", NULL}}},
    {"other columns, other order", "a.csv", "x,text,y,id\n?,B,?,1\n", 1, {{"1", "", "B", NULL}}},
    {"names in quotes and blanks, BOM",
     "a.csv",
     "\xef\xbb\xbf\"id\", text\n1,B\n",
     1,
     {{"1", "", "B", NULL}}},
    {"tabs", "a.tsv", "id\ttitle\ttext\n1\tT, t\t\"B\tb\"\n", 1, {{"1", "T, t", "B\tb", NULL}}},
    {"empty fields",
     "a.csv",
     "id,title,text\n,,\n\"\",\"\",\"\"\n",
     2,
     {{"", "", "", NULL}, {"", "", "", NULL}}},
    {"blank rows", "a.csv", "\n\r\nid,text\n\n1,B\n\r\n", 1, {{"1", "", "B", NULL}}},
    {"quote inside a field", "a.csv", "id,text\n1,5\" nails\n", 1, {{"1", "", "5\" nails", NULL}}},
    {"fewer", "a.csv", "id,title,text\n1,T\n2,U,C\n", 2, {{"1", "", "", FEWER}, {"2", "U", "C", NULL}}},
    {"more", "a.csv", "id,text\n1,B,\n2,C\n", 2, {{"1", "", "", MORE}, {"2", "", "C", NULL}}},
    {"stray", "a.csv", "id,text\n1,\"B\"b\n2,C\n", 2, {{"1", "", "", STRAY}, {"2", "", "C", NULL}}},
    {"open to the end",
     "a.csv",
     "id,text\n1,\"B\n2,C\n3,D\n",
     3,
     {{"1", "", "", NOT_CLOSED}, {"2", "", "C", NULL}, {"3", "", "D", NULL}}},
    {"open to the next quote",
     "a.csv",
     "id,text\n1,\"B\n2,\"C\"\n",
     2,
     {{"1", "", "", NOT_CLOSED}, {"2", "", "C", NULL}}},
    {"no column for the text",
     "a.csv",
     "id,body\n1,B\n",
     1,
     {{"1", "", "", "there is no column for the text"}}},
    {"header alone", "a.csv", "id,text\n", 0, {{0}}},
    {"empty", "a.csv", "", 0, {{0}}},
    {"windows-1252",
     "a.csv",
     "id,text\n1,\"caf\xe9 \"\"\x93\"\"\"\n",
     1,
     {{"1", "", "caf\xc3\xa9 \"\xe2\x80\x9c\"", NULL}}},
};

static void test_rows(void **state)
{
    struct read_options options = read_defaults();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const struct csv_case *c = &cases[i];
        struct got_all all = read_bytes(c->file, c->data, strlen(c->data), &options);
        print_message("# %s\n", c->name);
        assert_int_equal(all.n, c->n);
        for (size_t k = 0; k < c->n; k++) {
            assert_string_equal(all.records[k].bad ? all.records[k].bad : "",
                                c->rows[k].bad ? c->rows[k].bad : "");
            assert_string_equal(all.records[k].id, c->rows[k].id);
            assert_string_equal(all.records[k].title, c->rows[k].title);
            assert_string_equal(all.records[k].text, c->rows[k].text);
        }
        got_free(&all);
    }
}

static void test_lines_and_header(void **state)
{
    static const char data[] = "id,text\r\n1,\"a\nb\"\n\n2,c\n";
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    struct input *in;
    struct got_all all;
    (void)state;

    scratch_open(&s);
    scratch_file(&s, "a.csv", data, sizeof(data) - 1);
    assert_int_equal(input_new(&in, &options, &error), 0);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    all = read_all(in);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.records[0].line, 1);
    assert_int_equal(all.records[1].line, 4);
    assert_int_equal(all.lines, 5);
    assert_str(input_file_header(in, 0), STR("id,text\r\n"));
    got_free(&all);
    input_free(in);
    scratch_close(&s);
}

// Rows of many lengths, with line feeds in quotes, over several batches.
static void test_batches(void **state)
{
    enum { N = 4000 };
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    uint64_t random = 7;
    (void)state;

    buf_printf(&data, "text,id\n");
    for (unsigned i = 0; i < N; i++) {
        buf_add_char(&data, '"');
        for (uint64_t n = test_below(&random, 1500); n > 0; n--) {
            uint64_t kind = test_below(&random, 40);
            buf_printf(&data, "%s", kind == 0 ? "\n" : kind == 1 ? "\"\"" : kind == 2 ? "," : "x");
        }
        buf_printf(&data, "\",%u\n", i);
    }
    assert_false(data.failed);
    all = read_bytes("a.csv", data.data, data.len, &options);
    assert_int_equal(all.n, N);
    assert_int_equal(all.n_bad, 0);
    assert_true(all.n_batches >= 3);
    for (unsigned i = 0; i < N; i++) {
        assert_int_equal(strtoul(all.records[i].id, NULL, 10), i);
    }
    got_free(&all);
    buf_release(&data);
}

// A row too long for memory is one bad record, its lines are counted, and the rows behind it are read.
static void test_long_row(void **state)
{
    enum { LEN = 3000000 };
    struct read_options options = read_defaults();
    struct buf data = {0};
    struct got_all all;
    (void)state;

    buf_printf(&data, "id,text\n1,\"");
    assert_true(buf_reserve(&data, LEN + 100));
    for (size_t i = 0; i < LEN; i++) {
        buf_add_char(&data, i % 1000 == 999 ? '\n' : 'x');
    }
    buf_printf(&data, "\"\n2,B\n");
    options.max_article_bytes = 10000;
    all = read_bytes("a.csv", data.data, data.len, &options);
    assert_int_equal(all.n, 2);
    assert_string_equal(all.records[0].bad, "the record is longer than max-article-bytes allows");
    assert_null(all.records[1].bad);
    assert_int_equal(all.records[1].line, 1 + LEN / 1000 + 1);
    got_free(&all);
    buf_release(&data);
}

static void note_warning(void *data, const char *message)
{
    assert_non_null(strstr(message, "--text-field"));
    ++*(unsigned *)data;
}

static void test_warning(void **state)
{
    struct read_options options = read_defaults();
    struct got_all all;
    unsigned warnings = 0;
    (void)state;

    options.warning = note_warning;
    options.callback_data = &warnings;
    all = read_bytes("a.csv", "id,body\n1,B\n2,C\n", 16, &options);
    assert_int_equal(all.n_bad, 2);
    assert_int_equal(warnings, 1);
    got_free(&all);
    options.text_field = "body";
    all = read_bytes("a.csv", "id,body\n1,B\n2,C\n", 16, &options);
    assert_int_equal(all.n_bad, 0);
    assert_int_equal(warnings, 1);
    got_free(&all);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),    cmocka_unit_test(test_lines_and_header),
        cmocka_unit_test(test_batches), cmocka_unit_test(test_long_row),
        cmocka_unit_test(test_warning),
    };
    return cmocka_run_group_tests_name("read_csv", tests, NULL, NULL);
}
