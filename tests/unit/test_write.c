// test_write.c - the output forms: what each makes of a record, and that files appear whole or not at all.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/mem.h"
#include "write/write.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define VIEW(literal) ((struct copydesk_view){literal, sizeof(literal) - 1})

static const struct copydesk_finding near_finding = {
    .rule = COPYDESK_NEAR_DUPLICATE,
    .action = COPYDESK_DROP,
    .score = 0.93,
    .of = {"a03", 3},
    .jaccard = 0.8123456,
    .containment = 0.97,
    .containment_of = 1.0,
    .shared_words = 412,
    .longest_run = 120,
    .rarity = 0.5,
    .own_facts = 2,
    .other_facts = 0,
    .kept_because = "earliest date",
};

static const struct copydesk_finding bad_finding = {
    .rule = COPYDESK_BAD_RECORD,
    .action = COPYDESK_REJECT,
    .score = 1,
    .reason = "no JSON object",
    .offset = 41,
};

static const struct copydesk_verdict kept = {
    .id = {"a01", 3}, .file = {"wire.jsonl", 10}, .line = 1, .fate = COPYDESK_KEPT, .cluster = {"a01", 3}};

static const struct copydesk_verdict dropped = {.record = 1,
                                                .id = {"a17", 3},
                                                .file = {"wire.jsonl", 10},
                                                .line = 17,
                                                .fate = COPYDESK_DROPPED,
                                                .cluster = {"a03", 3},
                                                .findings = &near_finding,
                                                .n_findings = 1};

static const struct copydesk_verdict rejected = {.record = 2,
                                                 .id = {"wire.jsonl:9", 12},
                                                 .file = {"wire.jsonl", 10},
                                                 .line = 9,
                                                 .fate = COPYDESK_REJECTED,
                                                 .cluster = {"wire.jsonl:9", 12},
                                                 .findings = &bad_finding,
                                                 .n_findings = 1};

static struct copydesk_options options;

/* A sink without a file, begun on a corpus. */
static void sink_begin(struct sink *sink, const struct writer *writer, const struct write_corpus *corpus,
                       struct write_wants *wants)
{
    *sink = (struct sink){.writer = writer, .corpus = corpus};
    *wants = (struct write_wants){0};
    writer->begin(sink, wants);
}

static void assert_text(const struct buf *buf, const char *expected)
{
    assert_false(buf->failed);
    if (buf->len != strlen(expected) || (buf->len > 0 && memcmp(buf->data, expected, buf->len) != 0)) {
        fail_msg("got\n%.*sexpected\n%s", (int)buf->len, buf->data ? buf->data : "", expected);
    }
}

static void assert_record(const struct writer *writer, const struct write_corpus *corpus,
                          const struct write_record *record, const char *expected)
{
    struct sink sink;
    struct write_wants wants;

    sink_begin(&sink, writer, corpus, &wants);
    buf_clear(&sink.buf);
    writer->record(&sink, &sink.buf, record);
    assert_text(&sink.buf, expected);
    buf_release(&sink.buf);
}

static void numbers(void **state)
{
    static const struct {
        double value;
        const char *expected;
    } cases[] = {
        {0, "0"},           {1, "1"},
        {0.93, "0.93"},     {0.8123456, "0.8123"},
        {0.00004, "0"},     {0.00005, "0.0001"},
        {0.99996, "1"},     {0.5, "0.5"},
        {0.0417, "0.0417"}, {12.25, "12.25"},
        {100, "100"},       {-0.5, "0"},
        {NAN, "0"},         {INFINITY, "1000000000000"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        write_number(&out, cases[i].value);
        assert_text(&out, cases[i].expected);
        buf_release(&out);
    }
}

static void strings(void **state)
{
    static const struct {
        const char *text, *expected;
        bool is_utf8;
    } cases[] = {
        {"", "\"\"", true},
        {"plain text of some length", "\"plain text of some length\"", true},
        {"q\"b\\\n\x01", "\"q\\\"b\\\\\\n\\u0001\"", true},
        {"caf\xC3\xA9 and more", "\"caf\xC3\xA9 and more\"", true},
        {"abc\xFF"
         "def",
         "\"abc\xEF\xBF\xBD"
         "def\"",
         false},
        {"12345678\xC3", "\"12345678\xEF\xBF\xBD\"", false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = {0};
        write_json_string(&out, str_of(cases[i].text));
        assert_text(&out, cases[i].expected);
        assert_int_equal(write_is_utf8(str_of(cases[i].text)), cases[i].is_utf8);
        buf_release(&out);
    }
}

static void verdict_lines(void **state)
{
    const struct write_corpus corpus = {.options = &options};
    struct write_record record = {.verdict = &kept, .format = COPYDESK_FORMAT_JSONL};
    struct copydesk_finding two[2] = {near_finding, {.rule = COPYDESK_DUPLICATE_ID, .action = COPYDESK_FLAG}};
    struct copydesk_verdict both = dropped;

    (void)state;
    assert_record(
        &write_verdicts, &corpus, &record,
        "{\"id\":\"a01\",\"file\":\"wire.jsonl\",\"line\":1,\"action\":\"keep\",\"cluster\":\"a01\","
        "\"findings\":[]}\n");
    record.verdict = &dropped;
    assert_record(
        &write_verdicts, &corpus, &record,
        "{\"id\":\"a17\",\"file\":\"wire.jsonl\",\"line\":17,\"action\":\"drop\",\"cluster\":\"a03\","
        "\"findings\":[{\"rule\":\"near-duplicate\",\"action\":\"drop\",\"score\":0.93,\"of\":\"a03\","
        "\"jaccard\":0.8123,\"containment\":0.97,\"containment_of\":1,\"shared_words\":412,"
        "\"longest_run\":120,\"rarity\":0.5,\"own_facts\":2,\"other_facts\":0,"
        "\"kept_because\":\"earliest date\"}]}\n");
    record.verdict = &rejected;
    assert_record(&write_verdicts, &corpus, &record,
                  "{\"id\":\"wire.jsonl:9\",\"file\":\"wire.jsonl\",\"line\":9,\"action\":\"reject\","
                  "\"cluster\":\"wire.jsonl:9\",\"findings\":[{\"rule\":\"bad-record\",\"action\":\"reject\","
                  "\"score\":1,\"reason\":\"no JSON object\",\"offset\":41}]}\n");
    two[0].kept_because = NULL;
    two[1].of = VIEW("a\"b");
    two[1].score = 1;
    both.findings = two;
    both.n_findings = 2;
    record.verdict = &both;
    assert_record(
        &write_verdicts, &corpus, &record,
        "{\"id\":\"a17\",\"file\":\"wire.jsonl\",\"line\":17,\"action\":\"drop\",\"cluster\":\"a03\","
        "\"findings\":[{\"rule\":\"near-duplicate\",\"action\":\"drop\",\"score\":0.93,\"of\":\"a03\","
        "\"jaccard\":0.8123,\"containment\":0.97,\"containment_of\":1,\"shared_words\":412,"
        "\"longest_run\":120,\"rarity\":0.5,\"own_facts\":2,\"other_facts\":0},"
        "{\"rule\":\"duplicate-id\",\"action\":\"flag\",\"score\":1,\"of\":\"a\\\"b\"}]}\n");
}

static void clean_passes_bytes_on(void **state)
{
    static const struct {
        enum copydesk_format format;
        const char *raw, *expected;
    } cases[] = {
        {COPYDESK_FORMAT_JSONL, "{\"text\": \"x\", \"more\":[1,  2]}\n",
         "{\"text\": \"x\", \"more\":[1,  2]}\n"},
        {COPYDESK_FORMAT_JSONL, "{\"text\":\"x\"}\r\n", "{\"text\":\"x\"}\r\n"},
        {COPYDESK_FORMAT_JSONL, "{\"text\":\"x\"}", "{\"text\":\"x\"}\n"},
        {COPYDESK_FORMAT_CSV, "1,\"two\nlines\",x", "1,\"two\nlines\",x\n"},
        {COPYDESK_FORMAT_WET, "WARC/1.0\r\n\r\ntext\r\n\r\n", "WARC/1.0\r\n\r\ntext\r\n\r\n"},
        {COPYDESK_FORMAT_WET, "WARC/1.0\r\n\r\ntext", "WARC/1.0\r\n\r\ntext"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str header = STR("id,text,x\n");
        struct write_corpus corpus = {
            .options = &options, .n_files = 1, .formats = &cases[i].format, .headers = &header};
        struct write_record record = {
            .verdict = &kept, .format = cases[i].format, .raw = str_of(cases[i].raw)};
        assert_record(&write_clean, &corpus, &record, cases[i].expected);
        record.verdict = &dropped;
        assert_record(&write_clean, &corpus, &record, "");
        record.verdict = &rejected;
        assert_record(&write_clean, &corpus, &record, "");
    }
}

static void clean_knows_when_bytes_will_not_do(void **state)
{
    static const struct {
        const char *name;
        enum copydesk_format formats[2];
        const char *headers[2];
        bool as_json;
        const char *head;
    } cases[] = {
        {"same tables",
         {COPYDESK_FORMAT_CSV, COPYDESK_FORMAT_CSV},
         {"id,text\r\n", "id,text"},
         false,
         "id,text\r\n"},
        {"one header without an end",
         {COPYDESK_FORMAT_TSV, COPYDESK_FORMAT_TSV},
         {"id\tx", "id\tx\n"},
         false,
         "id\tx\n"},
        {"other columns", {COPYDESK_FORMAT_CSV, COPYDESK_FORMAT_CSV}, {"id,text\n", "text,id\n"}, true, ""},
        {"lines and tables", {COPYDESK_FORMAT_JSONL, COPYDESK_FORMAT_CSV}, {"", "id,text\n"}, true, ""},
        {"lines", {COPYDESK_FORMAT_JSONL, COPYDESK_FORMAT_JSONL}, {"", ""}, false, ""},
        {"texts", {COPYDESK_FORMAT_TEXT, COPYDESK_FORMAT_TEXT}, {"", ""}, true, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str headers[2] = {str_of(cases[i].headers[0]), str_of(cases[i].headers[1])};
        struct write_corpus corpus = {
            .options = &options, .n_files = 2, .formats = cases[i].formats, .headers = headers};
        struct write_wants wants;
        struct sink sink;
        sink_begin(&sink, &write_clean, &corpus, &wants);
        if (sink.as_json != cases[i].as_json || wants.article_kept != cases[i].as_json || !wants.raw_kept) {
            fail_msg("%s: as_json %d, article wanted %d", cases[i].name, sink.as_json, wants.article_kept);
        }
        assert_text(&sink.buf, cases[i].head);
        buf_release(&sink.buf);
    }
}

static void clean_makes_objects(void **state)
{
    static const enum copydesk_format formats[2] = {COPYDESK_FORMAT_TEXT, COPYDESK_FORMAT_JSONL};
    const struct str headers[2] = {{0}, {0}};
    const struct write_corpus corpus = {
        .options = &options, .n_files = 2, .formats = formats, .headers = headers};
    struct article article = {
        .title = STR("A \"title\""), .text = STR("One.\nTwo."), .date = STR("2020-01-02")};
    struct write_record record = {.verdict = &kept, .format = COPYDESK_FORMAT_TEXT, .article = &article};

    (void)state;
    // A text is known by its path, which is the id of its verdict.
    assert_record(&write_clean, &corpus, &record,
                  "{\"id\":\"a01\",\"title\":\"A \\\"title\\\"\",\"text\":\"One.\\nTwo.\","
                  "\"date\":\"2020-01-02\"}\n");
    record.format = COPYDESK_FORMAT_CSV;
    assert_record(&write_clean, &corpus, &record,
                  "{\"title\":\"A \\\"title\\\"\",\"text\":\"One.\\nTwo.\",\"date\":\"2020-01-02\"}\n");
    article = (struct article){0};
    assert_record(&write_clean, &corpus, &record, "{}\n");
    record.format = COPYDESK_FORMAT_JSONL;
    record.raw = STR("{\"as\":\"it is\"}\n");
    assert_record(&write_clean, &corpus, &record, "{\"as\":\"it is\"}\n");
}

static void reject_lines(void **state)
{
    const struct write_corpus corpus = {.options = &options};
    struct write_record record = {.verdict = &dropped,
                                  .format = COPYDESK_FORMAT_JSONL,
                                  .raw = STR("{\"id\":\"a17\"}\r\n"),
                                  .raw_bytes = 14};

    (void)state;
    assert_record(
        &write_rejects, &corpus, &record,
        "{\"id\":\"a17\",\"rule\":\"near-duplicate\",\"of\":\"a03\",\"file\":\"wire.jsonl\",\"line\":17,"
        "\"record\":{\"id\":\"a17\"}}\n");
    record.format = COPYDESK_FORMAT_CSV;
    record.raw = STR("1,\"x\"\n");
    record.raw_bytes = 6;
    assert_record(
        &write_rejects, &corpus, &record,
        "{\"id\":\"a17\",\"rule\":\"near-duplicate\",\"of\":\"a03\",\"file\":\"wire.jsonl\",\"line\":17,"
        "\"text\":\"1,\\\"x\\\"\\n\"}\n");
    record.verdict = &rejected;
    record.format = COPYDESK_FORMAT_JSONL;
    record.raw = STR("{\"bad\n");
    assert_record(&write_rejects, &corpus, &record,
                  "{\"id\":\"wire.jsonl:9\",\"rule\":\"bad-record\",\"file\":\"wire.jsonl\",\"line\":9,"
                  "\"offset\":41,\"reason\":\"no JSON object\",\"text\":\"{\\\"bad\\n\"}\n");
    record.raw_bytes = 1000;
    assert_record(&write_rejects, &corpus, &record,
                  "{\"id\":\"wire.jsonl:9\",\"rule\":\"bad-record\",\"file\":\"wire.jsonl\",\"line\":9,"
                  "\"offset\":41,\"reason\":\"no JSON object\",\"text\":\"{\\\"bad\\n\",\"bytes\":1000}\n");
    record.verdict = &kept;
    assert_record(&write_rejects, &corpus, &record, "");
}

/* Test vectors of RFC 4648, each behind a byte that is no UTF-8. */
static void reject_bytes_as_base64(void **state)
{
    static const struct {
        const char *raw, *expected;
    } cases[] = {{"\xFF", "/w=="},
                 {"\xFF"
                  "f",
                  "/2Y="},
                 {"\xFF"
                  "fo",
                  "/2Zv"},
                 {"\xFF\xFE\xFD\xFC", "//79/A=="}};
    const struct write_corpus corpus = {.options = &options};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct str raw = str_of(cases[i].raw);
        struct write_record record = {
            .verdict = &dropped, .format = COPYDESK_FORMAT_JSONL, .raw = raw, .raw_bytes = raw.len};
        char expected[256];
        snprintf(expected, sizeof expected,
                 "{\"id\":\"a17\",\"rule\":\"near-duplicate\",\"of\":\"a03\",\"file\":\"wire.jsonl\","
                 "\"line\":17,\"base64\":\"%s\"}\n",
                 cases[i].expected);
        assert_record(&write_rejects, &corpus, &record, expected);
    }
}

static void pair_lines(void **state)
{
    const struct write_corpus corpus = {.options = &options};
    const struct write_pair p = {.id1 = STR("a\tb"),
                                 .id2 = STR("c"),
                                 .rule = COPYDESK_PARTIAL_REUSE,
                                 .jaccard = 0.25,
                                 .containment1 = 0.5,
                                 .containment2 = 1,
                                 .shared_words = 40,
                                 .longest_run = 30};
    struct write_wants wants;
    struct sink sink;

    (void)state;
    sink_begin(&sink, &write_pairs, &corpus, &wants);
    write_pairs.pair(&sink, &sink.buf, &p);
    assert_text(&sink.buf, "id1\tid2\trule\tjaccard\tcontainment1\tcontainment2\tshared_words\tlongest_run\n"
                           "a b\tc\tpartial-reuse\t0.25\t0.5\t1\t40\t30\n");
    buf_release(&sink.buf);
}

/* A folder of its own for each test that writes files. */
struct folder {
    char path[64];
};

static void folder_make(struct folder *folder)
{
    snprintf(folder->path, sizeof folder->path, "/tmp/test-write-XXXXXX");
    assert_non_null(mkdtemp(folder->path));
}

static size_t folder_empty(const struct folder *folder)
{
    DIR *dir = opendir(folder->path);
    size_t n = 0;

    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        char path[512];
        if (entry->d_name[0] == '.' && (entry->d_name[1] == '\0' || entry->d_name[1] == '.')) {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", folder->path, entry->d_name);
        unlink(path);
        n++;
    }
    closedir(dir);
    rmdir(folder->path);
    return n;
}

static void assert_file(const char *path, const char *expected)
{
    char text[1024];
    FILE *file = fopen(path, "rb");
    size_t n;

    assert_non_null(file);
    n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    assert_string_equal(text, expected);
}

static const enum copydesk_format one_format = COPYDESK_FORMAT_CSV;
static const struct str one_header = {"id,text\n", 8};
static const struct write_corpus one_file = {
    .options = &options, .n_files = 1, .formats = &one_format, .headers = &one_header};

static void files_appear_whole(void **state)
{
    struct folder folder;
    struct write_set set;
    struct copydesk_error error = {0};
    char clean[128];
    char rejects[128];
    struct write_record record = {
        .verdict = &kept, .format = COPYDESK_FORMAT_CSV, .raw = STR("a01,x\n"), .raw_bytes = 6};

    (void)state;
    folder_make(&folder);
    snprintf(clean, sizeof clean, "%s/clean.csv", folder.path);
    snprintf(rejects, sizeof rejects, "%s/rejects.jsonl", folder.path);
    const struct copydesk_output outputs[] = {{COPYDESK_OUT_CLEAN, clean}, {COPYDESK_OUT_REJECTS, rejects}};
    assert_int_equal(write_set_open(&set, outputs, 2, &one_file, &error), 0);
    struct write_wants wants = write_set_wants(&set);
    assert_true(wants.records && wants.raw_kept && wants.raw_others);
    assert_false(wants.pairs || wants.article_kept);
    assert_int_equal(write_set_record(&set, &record, &error), 0);
    assert_int_equal(access(clean, F_OK), -1);

    // The form for several threads: formatted apart, passed on in order, behind what came before.
    struct buf bufs[2] = {{0}, {0}};
    record.raw = STR("a02,y");
    write_set_format(&set, bufs, &record);
    record.verdict = &dropped;
    write_set_format(&set, bufs, &record);
    assert_int_equal(write_set_append(&set, bufs, &error), 0);
    assert_int_equal(bufs[0].len, 0);
    buf_release(&bufs[0]);
    buf_release(&bufs[1]);

    assert_int_equal(write_set_commit(&set, &error), 0);
    write_set_release(&set);
    assert_file(clean, "id,text\na01,x\na02,y\n");
    assert_file(rejects, "{\"id\":\"a17\",\"rule\":\"near-duplicate\",\"of\":\"a03\",\"file\":\"wire.jsonl\","
                         "\"line\":17,\"text\":\"a02,y\",\"bytes\":6}\n");
    assert_int_equal(folder_empty(&folder), 2);
}

static void nothing_is_left_without_a_commit(void **state)
{
    struct folder folder;
    struct write_set set;
    struct copydesk_error error = {0};
    char clean[128];
    const struct write_record record = {
        .verdict = &kept, .format = COPYDESK_FORMAT_CSV, .raw = STR("a01,x\n")};

    (void)state;
    folder_make(&folder);
    snprintf(clean, sizeof clean, "%s/clean.csv", folder.path);
    const struct copydesk_output outputs[] = {{COPYDESK_OUT_CLEAN, clean},
                                              {COPYDESK_OUT_REJECTS, "/nonexistent/folder/x"}};
    assert_int_equal(write_set_open(&set, outputs, 1, &one_file, &error), 0);
    assert_int_equal(write_set_record(&set, &record, &error), 0);
    write_set_release(&set);
    // The first file is given up when the second cannot be opened.
    assert_int_equal(write_set_open(&set, outputs, 2, &one_file, &error), COPYDESK_ERR_IO);
    assert_string_equal(error.file, "/nonexistent/folder/x");
    assert_int_equal(folder_empty(&folder), 0);
}

/* Writes one record to one file; 0 or the status. */
static int write_once(const char *path)
{
    const struct copydesk_output output = {COPYDESK_OUT_VERDICTS, path};
    const struct write_record record = {.verdict = &dropped, .format = COPYDESK_FORMAT_CSV};
    struct write_set set;
    int status = write_set_open(&set, &output, 1, &one_file, NULL);

    if (status == 0) {
        status = write_set_record(&set, &record, NULL);
    }
    if (status == 0) {
        status = write_set_commit(&set, NULL);
    }
    write_set_release(&set);
    return status;
}

static void every_failed_allocation_is_seen(void **state)
{
    struct folder folder;
    char path[128];
    uint64_t n = 0;
    int status;

    (void)state;
    folder_make(&folder);
    snprintf(path, sizeof path, "%s/verdicts.jsonl", folder.path);
    do {
        mem_fail_after(n++);
        status = write_once(path);
        mem_fail_after(UINT64_MAX);
        if (status != 0) {
            assert_int_equal(status, COPYDESK_ERR_MEMORY);
            assert_int_equal(access(path, F_OK), -1);
        }
        assert_true(n < 1000);
    } while (status != 0);
    assert_true(n > 1);
    assert_int_equal(folder_empty(&folder), 1);
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    if (access("/dev/full", W_OK) != 0) {
        skip();
    }
    assert_int_equal(write_once("/dev/full"), COPYDESK_ERR_IO);
}

static int set_up(void **state)
{
    (void)state;
    copydesk_options_init(&options);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(strings),
        cmocka_unit_test(verdict_lines),
        cmocka_unit_test(clean_passes_bytes_on),
        cmocka_unit_test(clean_knows_when_bytes_will_not_do),
        cmocka_unit_test(clean_makes_objects),
        cmocka_unit_test(reject_lines),
        cmocka_unit_test(reject_bytes_as_base64),
        cmocka_unit_test(pair_lines),
        cmocka_unit_test(files_appear_whole),
        cmocka_unit_test(nothing_is_left_without_a_commit),
        cmocka_unit_test(every_failed_allocation_is_seen),
        cmocka_unit_test(a_full_disk_is_an_error),
    };

    return cmocka_run_group_tests_name("write", tests, set_up, NULL);
}
