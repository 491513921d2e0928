// The filter and its parts: a whole run in which every allocation fails once; articles that wait to be
// acknowledged; the line that is handed on; lines of an input that comes in pieces; durations.

#include "cli/lines.h"
#include "cli/values.h"
#include "pipeline/waiting.h"
#include "test.h"
#include "write/annotate.h"

#include <fcntl.h>
#include <ftw.h>
#include <unistd.h>

// ---- a whole run

#define PARA                                                                                                 \
    "The harbour master of Sandholm has counted the gulls on the roof of the fish hall and come to four "    \
    "hundred and two. He was asked to do so by the council, which wants to know whether there are more."

static const char *const records[] = {
    "{\"id\":\"a\",\"title\":\"Gulls counted\",\"text\":\"" PARA "\",\"date\":\"2024-05-02\"}\n",
    "{\"id\":\"b\",\"text\":\"" PARA "\"}\n",
    "{\"id\":\"c\",\"text\":\"" PARA " There are not, he says.\",\"copydesk\":1}\n",
    "{\"id\":\"a\",\"title\":\"Gulls counted\",\"text\":\"" PARA "\",\"date\":\"2024-05-02\"}\n",
    "{bad\n",
    "\n",
};

struct run {
    char folder[64];
    enum copydesk_entry entry;
    unsigned answers;
};

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void remove_folder(const char *folder)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int count_answer(void *data, const struct copydesk_filtered *f)
{
    struct run *r = data;
    assert_true(f->line.len > 0 && f->line.data[f->line.len - 1] == '\n');
    r->answers++;
    return 0;
}

static int stop(void *data, const struct copydesk_filtered *f)
{
    (void)data;
    (void)f;
    return -77;
}

static struct copydesk_view view(const char *text)
{
    return (struct copydesk_view){text, strlen(text)};
}

static int judge_and_enter(struct run *r, struct copydesk_filter *filter, struct copydesk_error *error)
{
    struct copydesk_view lines[COUNT_OF(records)];
    for (size_t i = 0; i < COUNT_OF(records); i++) {
        lines[i] = view(records[i]);
    }
    int status = copydesk_filter_judge(filter, lines, COUNT_OF(records), count_answer, r, error);
    for (size_t i = 0; i < 3 && status == 0 && r->entry == COPYDESK_ENTER_WHEN_TOLD; i++) {
        static const char *const ids[] = {"a", "c", "b"};
        int entered = copydesk_filter_enter(filter, view(ids[i]), error);
        status = entered < 0 ? entered : 0;
        assert_true(entered < 0 || entered == 1);
    }
    return status < 0 ? status : copydesk_filter_commit(filter, error);
}

static int filter_once(void *data)
{
    struct run *r = data;
    struct copydesk_options options;
    struct copydesk_filter_options how;
    struct copydesk_error error = {0};
    struct copydesk_filter *filter = NULL;
    strcpy(r->folder, "/tmp/copydesk-test-XXXXXX");
    assert_non_null(mkdtemp(r->folder));
    copydesk_options_init(&options);
    copydesk_filter_options_init(&how);
    options.threads = 1;
    how.index = r->folder;
    how.entry = r->entry;
    how.clean = true;
    how.keep_text = true;
    r->answers = 0;
    int status = copydesk_filter_open(&filter, &options, &how, &error);
    assert_true(status == 0 || !filter);
    if (status == 0) {
        status = judge_and_enter(r, filter, &error);
        assert_true(status < 0 || copydesk_filter_committed(filter) == 3);
        assert_true(copydesk_filter_committed(filter) == 0 || status == 0);
    }
    assert_true(status == 0 || (error.status == status && error.message[0]));
    copydesk_filter_close(filter);
    remove_folder(r->folder);
    return status;
}

// Opening takes most of the time, so of later allocations one in three fails.
static void every_allocation(void **state)
{
    (void)state;
    static const enum copydesk_entry entries[] = {COPYDESK_ENTER_AT_ONCE, COPYDESK_ENTER_WHEN_TOLD};
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        struct run r = {.entry = entries[i]};
        unsigned failed = 0;
        for (unsigned n = 0;; n += n < 150 ? 1 : 3, failed++) {
            mem_fail_after(n);
            int status = filter_once(&r);
            mem_fail_after(UINT64_MAX);
            if (status == 0) {
                break;
            }
            assert_int_equal(status, COPYDESK_ERR_MEMORY);
        }
        assert_true(failed > 50);
        assert_int_equal(r.answers, COUNT_OF(records));
    }
}

// A filter that has failed says so, and the index is as at the last commit.
static void again_after_failure(void **state)
{
    (void)state;
    struct copydesk_options options;
    struct copydesk_filter_options how;
    struct copydesk_error error = {0};
    char folder[] = "/tmp/copydesk-test-XXXXXX";
    struct run r = {.entry = COPYDESK_ENTER_AT_ONCE};
    struct copydesk_filter *filter = NULL;
    struct copydesk_view first = view(records[0]);
    assert_non_null(mkdtemp(folder));
    copydesk_options_init(&options);
    copydesk_filter_options_init(&how);
    options.threads = 1;
    how.index = folder;
    assert_int_equal(copydesk_filter_open(&filter, &options, &how, &error), 0);
    assert_int_equal(copydesk_filter_judge(filter, &first, 1, stop, NULL, &error), -77);
    assert_int_equal(copydesk_filter_commit(filter, &error), 0); // whoever stops has not failed
    mem_fail_after(2);
    assert_int_equal(judge_and_enter(&r, filter, &error), COPYDESK_ERR_MEMORY);
    mem_fail_after(UINT64_MAX);
    assert_int_equal(judge_and_enter(&r, filter, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_filter_commit(filter, &error), COPYDESK_ERR_STATE);
    copydesk_filter_close(filter);
    assert_int_equal(copydesk_filter_open(&filter, &options, &how, &error), 0);
    assert_int_equal(copydesk_filter_entered(filter), 1);
    assert_int_equal(judge_and_enter(&r, filter, &error), 0);
    assert_int_equal(copydesk_filter_committed(filter), 3);
    copydesk_filter_close(filter);
    remove_folder(folder);
}

// Whoever is shown a line may do nothing to the index: other lines are being read meanwhile.
static int meddle(void *data, const struct copydesk_filtered *f)
{
    struct copydesk_filter *filter = *(struct copydesk_filter **)data;
    struct copydesk_error error = {0};
    struct copydesk_view line = f->line;
    assert_int_equal(copydesk_filter_commit(filter, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_filter_enter(filter, f->verdict.id, &error), COPYDESK_ERR_STATE);
    assert_int_equal(copydesk_filter_judge(filter, &line, 1, meddle, data, &error), COPYDESK_ERR_STATE);
    assert_non_null(strstr(error.message, "must not judge"));
    return 0;
}

static void not_while_judging(void **state)
{
    (void)state;
    struct copydesk_options options;
    struct copydesk_filter_options how;
    struct copydesk_error error = {0};
    char folder[] = "/tmp/copydesk-test-XXXXXX";
    struct copydesk_filter *filter = NULL;
    struct copydesk_view lines[2] = {view(records[0]), view(records[1])};
    assert_non_null(mkdtemp(folder));
    copydesk_options_init(&options);
    copydesk_filter_options_init(&how);
    how.index = folder;
    assert_int_equal(copydesk_filter_open(&filter, &options, &how, &error), 0);
    assert_int_equal(copydesk_filter_judge(filter, lines, 2, meddle, &filter, &error), 0);
    assert_int_equal(copydesk_filter_commit(filter, &error), 0);
    assert_int_equal(copydesk_filter_committed(filter), 2);
    copydesk_filter_close(filter);
    remove_folder(folder);
}

// ---- articles that wait

static struct index_record record_of(char *id, uint64_t *words, uint8_t *flags, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        words[i] = test_word(i) & INDEX_WORD_MASK;
        flags[i] = (uint8_t)i;
    }
    return (struct index_record){.id = str_of(id),
                                 .title = STR("T"),
                                 .source = STR("S"),
                                 .words = words,
                                 .flags = flags,
                                 .n_words = n};
}

static void waiting_articles(void **state)
{
    (void)state;
    enum { N = 1000, WORDS = 5 };
    struct copydesk_error error;
    struct waiting *w = waiting_new(0);
    uint64_t words[WORDS];
    uint8_t flags[WORDS];
    char id[32];
    for (unsigned i = 0; i < N; i++) {
        snprintf(id, sizeof id, "n%u", i);
        struct index_record record = record_of(id, words, flags, i % WORDS);
        assert_int_equal(waiting_add(w, str_of(id), &record, STR("text"), &error), 0);
        memset(id, 'x', sizeof id); // all was copied
        memset(words, 0, sizeof words);
    }
    assert_int_equal(waiting_count(w), N);
    struct index_record out;
    struct str text;
    assert_int_equal(waiting_take(w, STR("n1000"), &out, &text), 0);
    // The same message again takes the place of the first.
    struct index_record other = {.id = STR("n7"), .title = STR("other")};
    assert_int_equal(waiting_add(w, STR("n7"), &other, STR(""), &error), 0);
    assert_int_equal(waiting_count(w), N);
    for (unsigned i = N; i-- > 0;) {
        snprintf(id, sizeof id, "n%u", i);
        assert_int_equal(waiting_take(w, str_of(id), &out, &text), 1);
        assert_true(str_equal(out.id, str_of(id)));
        assert_true(str_equal(out.title, i == 7 ? STR("other") : STR("T")));
        assert_true(str_equal(text, i == 7 ? STR("") : STR("text")));
        assert_int_equal(out.n_words, i == 7 ? 0 : i % WORDS);
        for (unsigned k = 0; k < out.n_words; k++) {
            assert_true(out.words[k] == (test_word(k) & INDEX_WORD_MASK) && out.flags[k] == k);
        }
        assert_int_equal(waiting_take(w, str_of(id), &out, &text), 0);
    }
    assert_int_equal(waiting_count(w), 0);
    waiting_free(w);
    waiting_free(NULL);
}

static void wait_as(struct waiting *w, const char *name, uint64_t content, const char *title)
{
    struct copydesk_error error;
    struct index_record record = {.id = str_of(name), .title = str_of(title), .content = content};
    assert_int_equal(waiting_add(w, str_of(name), &record, STR(""), &error), 0);
}

// Several of one name are named in their order; the same message again is one, wherever it stands.
static void waiting_in_a_queue(void **state)
{
    (void)state;
    enum { MANY = 1500 };
    static const struct {
        uint64_t again;
        const char *titles[4];
    } cases[] = {{9, {"1", "2", "3", "x"}}, {1, {"x", "2", "3"}}, {2, {"1", "x", "3"}}, {3, {"1", "2", "x"}}};
    struct waiting *w = waiting_new(0);
    struct index_record out;
    struct str text;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        wait_as(w, "a", 1, "1");
        wait_as(w, "other", 1, "o");
        wait_as(w, "a", 2, "2");
        wait_as(w, "a", 3, "3");
        wait_as(w, "a", cases[i].again, "x");
        for (size_t k = 0; k < 4 && cases[i].titles[k]; k++) {
            assert_int_equal(waiting_take(w, STR("a"), &out, &text), 1);
            assert_true(str_equal(out.title, str_of(cases[i].titles[k])));
            if (k == 0) {
                wait_as(w, "a", 4, "4"); // behind them
            }
        }
        assert_int_equal(waiting_take(w, STR("a"), &out, &text), 1);
        assert_true(str_equal(out.title, STR("4")));
        assert_int_equal(waiting_take(w, STR("a"), &out, &text), 0);
        assert_int_equal(waiting_take(w, STR("other"), &out, &text), 1);
        assert_int_equal(waiting_count(w), 0);
    }
    // While the table doubles.
    for (unsigned i = 0; i < MANY; i++) {
        char id[32];
        snprintf(id, sizeof id, "n%u", i % (MANY / 3));
        wait_as(w, id, i, i < MANY / 3 ? "1" : i < 2 * MANY / 3 ? "2" : "3");
    }
    for (unsigned i = 0; i < MANY; i++) {
        char id[32];
        snprintf(id, sizeof id, "n%u", i % (MANY / 3));
        assert_int_equal(waiting_take(w, str_of(id), &out, &text), 1);
        assert_true(str_equal(out.title, i < MANY / 3 ? STR("1") : i < 2 * MANY / 3 ? STR("2") : STR("3")));
    }
    wait_as(w, "left", 1, "");
    wait_as(w, "left", 2, "");
    wait_as(w, "left", 3, ""); // freed with the table
    waiting_free(w);
}

static int wait_once(void *data)
{
    (void)data;
    struct copydesk_error error;
    struct index_record record = {.id = STR("a")};
    struct waiting *w = waiting_new(0);
    int status = w ? 0 : COPYDESK_ERR_MEMORY;
    for (int i = 0; i < 600 && status == 0; i++) { // so that the table doubles
        char id[16];
        snprintf(id, sizeof id, "%d", i);
        status = waiting_add(w, str_of(id), &record, STR("text"), &error);
        assert_int_equal(waiting_count(w), i + (status == 0));
    }
    waiting_free(w);
    return status;
}

static void waiting_without_memory(void **state)
{
    (void)state;
    assert_true(test_each_allocation(wait_once, NULL) > 600);
}

// ---- the line that is handed on

#define SAID "\"copydesk\":{\"action\":\"keep\",\"cluster\":\"c\",\"redelivered\":false,\"findings\":[]}"

static void annotated_lines(void **state)
{
    (void)state;
    static const struct {
        const char *in, *out;
    } cases[] = {
        {"{}", "{" SAID "}\n"},
        {" { } ", " {" SAID "} \n"},
        {"{\"a\":1}", "{\"a\":1," SAID "}\n"},
        {"{\"a\":1 }\r", "{\"a\":1," SAID "}\r\n"},
        {"{\"copydesk\":1}", "{" SAID "}\n"},
        {"{ \"copydesk\" : {\"a\":\"}\"} }", "{" SAID "}\n"},
        {"{\"copydesk\":1,\"a\":2}", "{\"a\":2," SAID "}\n"},
        {"{\"copydesk\":1,\"copydesk\":2,\"a\":2}", "{\"a\":2," SAID "}\n"},
        {"{\"a\":2,\"copydesk\":[1,{\"b\":\",\"}]}", "{\"a\":2," SAID "}\n"},
        {"{\"a\":2,\"copydesk\":\"\\\"}\",\"b\":3}", "{\"a\":2,\"b\":3," SAID "}\n"},
        {"{\"a\":{\"copydesk\":1}}", "{\"a\":{\"copydesk\":1}," SAID "}\n"},
        {"{\"a\":\"copydesk\"}", "{\"a\":\"copydesk\"," SAID "}\n"},
        {"{\"a\":\"\\\"copydesk\\\":1,\"}", "{\"a\":\"\\\"copydesk\\\":1,\"," SAID "}\n"},
        {"{\"copy\\u0064esk\":1,\"a\":2}", "{\"a\":2," SAID "}\n"},
        {"{\"a\":2,\"\\u0063\\u006F\\u0070ydes\\u006b\":1}", "{\"a\":2," SAID "}\n"},
        {"{\"copydes\\u006\\u0064\":1}", NULL}, // no JSON; anything but reading behind its end
        {"{\"copydes\":1,\"copydeskk\":2,\"\\u0064\":3}",
         "{\"copydes\":1,\"copydeskk\":2,\"\\u0064\":3," SAID "}\n"},
    };
    const struct copydesk_verdict verdict = {.cluster = {"c", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct buf out = {0};
        write_annotated(&out, str_of(cases[i].in), &verdict, false);
        buf_add_char(&out, '\0');
        if (cases[i].out) {
            assert_string_equal(out.data, cases[i].out);
        }
        buf_release(&out);
    }
    struct buf out = {0};
    write_annotated_bad(&out, STR("{\"a\x01"), &verdict);
    write_annotated_bad(&out, STR("\xff\xfe"), &verdict);
    buf_add_char(&out, '\0');
    assert_string_equal(out.data,
                        "{\"copydesk\":{\"action\":\"keep\",\"cluster\":\"c\",\"redelivered\":false,"
                        "\"findings\":[],\"raw\":\"{\\\"a\\u0001\"}}\n"
                        "{\"copydesk\":{\"action\":\"keep\",\"cluster\":\"c\",\"redelivered\":false,"
                        "\"findings\":[],\"base64\":\"//4=\"}}\n");
    buf_release(&out);
}

// ---- lines

// What comes out of an input that comes in pieces, each line with | behind it.
static void take_all(const char *const *pieces, uint64_t most, size_t at_once, char *out)
{
    struct line_source s = {.most = most};
    struct copydesk_view lines[LINES_MOST];
    int fds[2];
    size_t n;
    assert_int_equal(pipe(fds), 0);
    s.fd = fds[0];
    *out = '\0';
    for (; !s.ended; pieces += *pieces != NULL) {
        if (*pieces) {
            assert_true(write_all(fds[1], *pieces, strlen(*pieces)));
        } else if (fds[1] >= 0) {
            close(fds[1]);
            fds[1] = -1;
        }
        lines_read(&s);
        assert_false(s.failed);
        while ((n = lines_take(&s, lines, at_once)) > 0) {
            for (size_t i = 0; i < n; i++) {
                strncat(out, lines[i].data, lines[i].len);
                strcat(out, "|");
            }
        }
    }
    close(fds[0]);
    lines_release(&s);
}

static void lines_in_pieces(void **state)
{
    (void)state;
    static const struct {
        const char *pieces[6];
        uint64_t most;
        const char *out;
    } cases[] = {
        {{NULL}, 10, ""},
        {{"a\n"}, 10, "a\n|"},
        {{"a\nb"}, 10, "a\n|b|"},
        {{"a", "b", "\n", "\n"}, 10, "ab\n|\n|"},
        {{"\xef\xbb\xbf"
          "a\n\xef\xbb\xbf"
          "b\n"},
         10,
         "a\n|\xef\xbb\xbf"
         "b\n|"},
        {{"\xef", "\xbb", "\xbf", "a"}, 10, "a|"},
        {{"\xef", "\xbb", "a"},
         10,
         "\xef\xbb"
         "a|"},
        {{"\xef"}, 10, "\xef|"},
        {{"\xef\xbb\xbf"}, 10, ""},
        {{"abcd\n", "abcde\n", "ab\n"}, 4, "abcd\n|abcde|ab\n|"}, // as in pieces
        {{"abcde", "\nab\n"}, 4, "abcde|ab\n|"},
        {{"abcd", "ef", "gh\nab\n"}, 4, "abcde|ab\n|"},
        {{"abcdef", "gh", "ij"}, 4, "abcde|"},
        {{"abcdefgh", "\n", "ab"}, 4, "abcde|ab|"},
        {{"abcde", "\n\n"}, 4, "abcde|\n|"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        for (size_t at_once = 1; at_once < 4; at_once++) {
            char out[256];
            take_all(cases[i].pieces, cases[i].most, at_once, out);
            assert_string_equal(out, cases[i].out);
        }
    }
}

static void waiting_for_lines(void **state)
{
    (void)state;
    int fds[2];
    int second[2];
    struct line_source s = {.most = 10};
    assert_int_equal(pipe(fds), 0);
    assert_int_equal(pipe(second), 0);
    assert_int_equal(lines_wait(fds[0], second[0], -1, 1), WAIT_TIME);
    assert_true(write_all(second[1], "x", 1));
    assert_int_equal(lines_wait(fds[0], second[0], -1, -1), WAIT_SECOND);
    assert_true(write_all(fds[1], "x", 1));
    assert_int_equal(lines_wait(fds[0], second[0], -1, -1), WAIT_INPUT | WAIT_SECOND);
    assert_int_equal(lines_wait(fds[0], -1, -1, -1), WAIT_INPUT);
    // Nothing there is no end and no failure; a descriptor that cannot be read is one.
    s.fd = second[0];
    assert_int_equal(fcntl(s.fd, F_SETFL, O_NONBLOCK), 0);
    assert_true(lines_read(&s));
    assert_false(lines_read(&s) || s.ended || s.failed);
    close(second[1]);
    assert_false(lines_read(&s));
    assert_true(s.ended && !s.failed);
    lines_release(&s);
    s = (struct line_source){.fd = fds[1], .most = 10};
    assert_false(lines_read(&s));
    assert_true(s.failed && s.errno_of != 0);
    lines_release(&s);
    close(fds[0]);
    close(fds[1]);
    close(second[0]);
}

// ---- durations

static void durations(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        uint64_t seconds; // 0: none
    } cases[] = {
        {"1s", 1},
        {"90m", 5400},
        {"36h", 129600},
        {"30d", 2592000},
        {"2w", 1209600},
        {"4294967295w", 2597596220016000},
        {"", 0},
        {"30", 0},
        {"d", 0},
        {"0d", 0},
        {"-1d", 0},
        {"1.5d", 0},
        {"1dd", 0},
        {"1 d", 0},
        {" 1d", 0},
        {"1y", 0},
        {"1D", 0},
        {"4294967296d", 0},
        {"99999999999999999999d", 0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        uint64_t seconds = 0;
        assert_int_equal(parse_duration(cases[i].text, &seconds), cases[i].seconds != 0);
        assert_true(seconds == cases[i].seconds);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation),   cmocka_unit_test(again_after_failure),
        cmocka_unit_test(not_while_judging),  cmocka_unit_test(waiting_articles),
        cmocka_unit_test(waiting_in_a_queue), cmocka_unit_test(waiting_without_memory),
        cmocka_unit_test(annotated_lines),    cmocka_unit_test(lines_in_pieces),
        cmocka_unit_test(waiting_for_lines),  cmocka_unit_test(durations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
