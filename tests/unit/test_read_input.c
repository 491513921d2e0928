// test_read_input.c - inputs: folders, formats, packed and converted files, standard input, memory, what
// changes, what fails. Also plain text, one article a file.
#include "read_files.h"

#include <zstd.h>

static struct got_all read_path(const char *path, const struct read_options *options)
{
    struct copydesk_error error = {0};
    struct input *in;
    struct got_all all;

    assert_int_equal(input_new(&in, options, &error), 0);
    assert_int_equal(input_add_path(in, path, &error), 0);
    all = read_all(in);
    input_free(in);
    return all;
}

static void add_zstd(struct buf *out, const void *data, size_t len)
{
    size_t room = ZSTD_compressBound(len);
    size_t n;

    assert_true(buf_reserve(out, room));
    n = ZSTD_compress(out->data + out->len, room, data, len, 3);
    assert_false(ZSTD_isError(n));
    out->len += n;
}

static void add_lines(struct buf *out, unsigned from, unsigned to)
{
    for (unsigned i = from; i < to; i++) {
        buf_printf(out, "{\"id\":%u,\"text\":\"line %u\"}\n", i, i);
    }
    assert_false(out->failed);
}

static void test_packed(void **state)
{
    enum { N = 60000 };
    struct read_options options = read_defaults();
    struct buf plain = {0};
    struct buf packed = {0};
    struct got_all all;
    (void)state;

    for (unsigned kind = 0; kind < 2; kind++) {
        packed.len = 0;
        for (unsigned i = 0; i < N; i += N / 6) {
            plain.len = 0;
            add_lines(&plain, i, i + N / 6);
            // An empty member or frame between two others is nothing.
            if (kind == 0) {
                add_gzip(&packed, plain.data, plain.len);
                add_gzip(&packed, "", 0);
            } else {
                add_zstd(&packed, plain.data, plain.len);
                buf_add(&packed, "\x53\x2a\x4d\x18\x03\0\0\0abc", 11);
            }
        }
        if (kind == 0) {
            buf_add(&packed, "\0\0\0\0", 4);
        }
        all = read_bytes("a.jsonl", packed.data, packed.len, &options);
        assert_int_equal(all.n, N);
        assert_int_equal(all.n_bad, 0);
        assert_int_equal(all.lines, N);
        assert_true(all.n_batches >= 2);
        for (unsigned i = 0; i < N; i++) {
            assert_int_equal(strtoul(all.records[i].id, NULL, 10), i);
        }
        got_free(&all);
    }
    buf_release(&plain);
    buf_release(&packed);
}

// Cut off at every byte: never more than one bad record, and no sound one that was not there.
static void test_packed_cut(void **state)
{
    struct read_options options = read_defaults();
    (void)state;

    for (unsigned kind = 0; kind < 2; kind++) {
        struct buf plain = {0};
        struct buf packed = {0};
        add_lines(&plain, 0, 9);
        if (kind == 0) {
            add_gzip(&packed, plain.data, plain.len);
            add_gzip(&packed, plain.data, plain.len);
        } else {
            add_zstd(&packed, plain.data, plain.len);
            add_zstd(&packed, plain.data, plain.len);
        }
        for (size_t len = 0; len <= packed.len; len++) {
            struct got_all all = read_bytes("a.jsonl", packed.data, len, &options);
            bool whole = len == 0 || len == packed.len || 2 * len == packed.len;
            assert_int_equal(all.n_bad, whole ? 0 : 1);
            assert_true(all.n - all.n_bad <= 18);
            for (size_t i = 0; i < all.n - all.n_bad; i++) {
                assert_int_equal(strtoul(all.records[i].id, NULL, 10), i % 9);
            }
            got_free(&all);
        }
        buf_release(&plain);
        buf_release(&packed);
    }
}

static void test_packed_damaged(void **state)
{
    static const struct {
        const char *name;
        size_t place; // the byte that is changed
        const char *behind, *bad;
        size_t n;
    } damages[] = {
        {"checksum", 5, "", "the gzip data are damaged: wrong checksum", 10},
        {"rubbish behind", 0, "rubbish", "bytes that are no gzip data follow the gzip data", 10},
        {"one byte behind", 0, "x", "bytes that are no gzip data follow the gzip data", 10},
        {"half a header behind", 0, "\x1f\x8b", "the gzip data are cut off", 10},
    };
    struct read_options options = read_defaults();
    (void)state;

    for (size_t i = 0; i < COUNT_OF(damages); i++) {
        struct buf plain = {0};
        struct buf packed = {0};
        struct got_all all;
        add_lines(&plain, 0, 9);
        add_gzip(&packed, plain.data, plain.len);
        if (damages[i].place > 0) {
            packed.data[packed.len - damages[i].place] ^= 1;
        }
        buf_printf(&packed, "%s", damages[i].behind);
        all = read_bytes("a.jsonl", packed.data, packed.len, &options);
        print_message("# %s\n", damages[i].name);
        assert_int_equal(all.n, damages[i].n);
        assert_int_equal(all.n_bad, 1);
        assert_string_equal(all.records[all.n - 1].bad, damages[i].bad);
        assert_int_equal(all.records[all.n - 1].raw_len, 0);
        got_free(&all);
        buf_release(&plain);
        buf_release(&packed);
    }
}

// A member made by zlib, with a file name in its header, twice.
static void test_foreign_gzip(void **state)
{
    static const unsigned char member[] = {0x1f, 0x8b, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x61,
                                           0x2e, 0x6a, 0x73, 0x6f, 0x6e, 0x6c, 0x00, 0xab, 0x56, 0x2a, 0x49,
                                           0xad, 0x28, 0x51, 0xb2, 0x52, 0xca, 0x4d, 0x4c, 0x49, 0x55, 0x48,
                                           0xcd, 0x29, 0x4e, 0x2d, 0xcf, 0x48, 0x2d, 0x4a, 0x55, 0xaa, 0xe5,
                                           0x02, 0x00, 0xc1, 0x6a, 0xd5, 0xdf, 0x1a, 0x00, 0x00, 0x00};
    struct read_options options = read_defaults();
    struct buf packed = {0};
    struct got_all all;
    (void)state;

    buf_add(&packed, member, sizeof(member));
    buf_add(&packed, member, sizeof(member));
    all = read_bytes("a", packed.data, packed.len, &options);
    assert_int_equal(all.n, 2);
    assert_int_equal(all.n_bad, 0);
    assert_string_equal(all.records[1].text, "made elsewhere");
    got_free(&all);
    buf_release(&packed);
}

static void test_wide_files(void **state)
{
    static const struct {
        const char *name, *charset;
        const char *data;
        size_t len;
    } files[] = {
#define UNITS(literal) literal, sizeof(literal) - 1
        {"utf-16 little", NULL, UNITS("\xff\xfe{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\xe9\0=\xd8\0\xde\"\0}\0\n\0")},
        {"utf-16 big", NULL, UNITS("\xfe\xff\0{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\xe9\xd8=\xde\0\0\"\0}\0\n")},
        {"utf-16 without BOM", NULL, UNITS("{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\xe9\0=\xd8\0\xde\"\0}\0\n\0")},
        {"utf-16 declared", "utf-16be", UNITS("\0{\0\"\0t\0e\0x\0t\0\"\0:\0\"\0\xe9\xd8=\xde\0\0\"\0}")},
        {"utf-32", NULL,
         UNITS("\xff\xfe\0\0{\0\0\0\"\0\0\0t\0\0\0e\0\0\0x\0\0\0t\0\0\0\"\0\0\0:\0\0\0\"\0\0\0"
               "\xe9\0\0\0\0\xf6\x01\0\"\0\0\0}\0\0\0")},
        {"utf-8, whatever is declared", "utf-16", UNITS("{\"text\":\"\xc3\xa9\xf0\x9f\x98\x80\"}")},
    };
    (void)state;

    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct read_options options = read_defaults();
        struct got_all all;
        options.charset = files[i].charset;
        print_message("# %s\n", files[i].name);
        for (unsigned packed = 0; packed < 2; packed++) {
            struct buf bytes = {0};
            if (packed) {
                add_gzip(&bytes, files[i].data, files[i].len);
            } else {
                buf_add(&bytes, files[i].data, files[i].len);
            }
            all = read_bytes("a.jsonl", bytes.data, bytes.len, &options);
            assert_int_equal(all.n, 1);
            assert_null(all.records[0].bad);
            assert_string_equal(all.records[0].text, "\xc3\xa9\xf0\x9f\x98\x80");
            got_free(&all);
            buf_release(&bytes);
        }
    }
}

static void test_text_files(void **state)
{
    static const struct {
        const char *data, *title, *text;
    } files[] = {
        {"\n \n  Head \r\nbody\nmore\n", "Head", "body\nmore\n"},
        {"Head", "Head", ""},
        {"\xef\xbb\xbfHead\n\nbody", "Head", "body"},
        {"caf\xe9\nbody", "caf\xc3\xa9", "body"},
        {"{\"text\":1}", "{\"text\":1}", ""},
        {"\n\n", "", ""},
    };
    struct read_options options = read_defaults();
    struct scratch s;
    (void)state;

    scratch_open(&s);
    for (size_t i = 0; i < COUNT_OF(files); i++) {
        struct got_all all =
            read_path(scratch_file(&s, "a.txt", files[i].data, strlen(files[i].data)), &options);
        assert_int_equal(all.n, 1);
        assert_null(all.records[0].bad);
        assert_string_equal(all.records[0].id, s.path);
        assert_string_equal(all.records[0].title, files[i].title);
        assert_string_equal(all.records[0].text, files[i].text);
        got_free(&all);
    }
    options.max_article_bytes = 3;
    struct got_all all = read_path(s.path, &options);
    assert_int_equal(all.n_bad, 0);
    got_free(&all);
    all = read_path(scratch_file(&s, "a.txt", "long", 4), &options);
    assert_int_equal(all.n_bad, 1);
    got_free(&all);
    all = read_path(scratch_file(&s, "a.txt", "", 0), &options);
    assert_int_equal(all.n, 0);
    got_free(&all);
    scratch_close(&s);
}

static void count_warning(void *data, const char *message)
{
    (void)message;
    ++*(unsigned *)data;
}

static void test_folder(void **state)
{
    struct read_options options = read_defaults();
    struct scratch s;
    struct scratch outside;
    struct copydesk_error error;
    struct input *in;
    struct got_all all;
    unsigned warnings = 0;
    char link[600];
    static const char *const order[] = {"/a-b/1.txt", "/a/1.jsonl", "/b",    "/b.txt",
                                        "/link.txt",  "/other",     "/z.wet"};
    (void)state;

    scratch_open(&s);
    scratch_open(&outside);
    assert_int_equal(mkdir(scratch_path(&s, "a"), 0700), 0);
    assert_int_equal(mkdir(scratch_path(&s, "a-b"), 0700), 0);
    assert_int_equal(mkdir(scratch_path(&s, ".hidden"), 0700), 0);
    scratch_file(&s, ".hidden/x.txt", "hidden", 6);
    scratch_file(&s, ".x.txt", "hidden", 6);
    scratch_file(&s, "b", "{\"text\":\"sniffed\"}", 18);
    scratch_file(&s, "b.txt", "b", 1);
    scratch_file(&s, "a/1.jsonl", "{\"text\":\"in a\"}", 15);
    scratch_file(&s, "a-b/1.txt", "in a-b", 6);
    scratch_file(&s, "z.wet", "", 0);
    scratch_file(&s, "other", "no format", 9);
    scratch_file(&outside, "x.txt", "outside", 7);
    assert_int_equal(symlink(outside.path, scratch_path(&s, "link.txt")), 0);
    snprintf(link, sizeof(link), "%s", s.folder);
    assert_int_equal(symlink(link, scratch_path(&s, "loop")), 0);
    assert_int_equal(mkfifo(scratch_path(&s, "pipe"), 0600), 0);

    options.warning = count_warning;
    options.callback_data = &warnings;
    assert_int_equal(input_new(&in, &options, &error), 0);
    snprintf(link, sizeof(link), "%s/", s.folder);
    assert_int_equal(input_add_path(in, link, &error), 0);
    assert_int_equal(warnings, 2);
    assert_int_equal(input_n_files(in), COUNT_OF(order));
    assert_int_equal(input_total_bytes(in), 18 + 1 + 15 + 6 + 9 + 7);
    for (uint32_t i = 0; i < COUNT_OF(order); i++) {
        struct str name = input_file_name(in, i);
        assert_true(str_ends(name, str_of(order[i])));
        assert_int_equal(name.len, strlen(s.folder) + strlen(order[i]));
    }
    all = read_all(in);
    assert_int_equal(warnings, 3);
    assert_int_equal(all.n, 5);
    assert_int_equal(all.n_bad, 0);
    assert_string_equal(all.records[2].text, "sniffed");
    assert_string_equal(all.records[4].title, "outside");
    assert_int_equal(input_file_format(in, 2), COPYDESK_FORMAT_JSONL);
    got_free(&all);
    input_free(in);
    scratch_close(&s);
    scratch_close(&outside);
}

// More files than descriptors are kept; the second reading goes the other way.
static void test_many_files(void **state)
{
    enum { N = 300 };
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    struct input *in;
    struct got_all all;
    char name[32];
    char text[32];
    (void)state;

    scratch_open(&s);
    for (unsigned i = 0; i < N; i++) {
        snprintf(name, sizeof(name), "%03u.txt", i);
        int len = snprintf(text, sizeof(text), "title %03u", i);
        scratch_file(&s, name, text, (size_t)len);
    }
    assert_int_equal(input_new(&in, &options, &error), 0);
    assert_int_equal(input_add_path(in, s.folder, &error), 0);
    all = read_all(in);
    assert_int_equal(all.n, N);
    for (unsigned i = N; i-- > 0;) {
        snprintf(name, sizeof(name), "title %03u", i);
        assert_string_equal(all.records[i].title, name);
        assert_int_equal(input_read_at(in, i, 6, text, 3, &error), 0);
        assert_memory_equal(text, name + 6, 3);
    }
    got_free(&all);
    input_free(in);
    scratch_close(&s);
}

static void test_changed_file(void **state)
{
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    struct input *in;
    struct got_all all;
    char byte;
    (void)state;

    scratch_open(&s);
    scratch_file(&s, "a.txt", "first", 5);
    assert_int_equal(input_new(&in, &options, &error), 0);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    all = read_all(in);
    assert_int_equal(input_read_at(in, 0, 4, &byte, 1, &error), 0);
    assert_int_equal(byte, 't');
    assert_int_equal(input_read_at(in, 0, 5, &byte, 1, &error), COPYDESK_ERR_CHANGED);
    scratch_file(&s, "a.txt", "another", 7);
    assert_int_equal(input_read_at(in, 0, 4, &byte, 1, &error), COPYDESK_ERR_CHANGED);
    assert_string_equal(error.file, s.path);
    got_free(&all);
    input_free(in);
    scratch_close(&s);
}

static void test_memory_lines(void **state)
{
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    struct input *in;
    struct got_all all;
    (void)state;

    scratch_open(&s);
    scratch_file(&s, "a.txt", "file", 4);
    assert_int_equal(input_new(&in, &options, &error), 0);
    assert_int_equal(input_add_line(in, STR("{\"id\":0,\"text\":\"a\"}\n"), &error), 0);
    assert_int_equal(input_add_line(in, STR("{\"id\":1,\"text\":\"b\"}\n"), &error), 0);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    assert_int_equal(input_add_line(in, STR("{\"id\":3,\"text\":\"c\"}\n"), &error), 0);
    assert_str(input_file_name(in, 0), STR("(memory)"));
    all = read_all(in);
    assert_int_equal(all.n, 4);
    assert_int_equal(all.n_bad, 0);
    assert_string_equal(all.records[1].id, "1");
    assert_string_equal(all.records[2].title, "file");
    assert_string_equal(all.records[3].id, "3");
    assert_int_equal(all.records[3].offset, 0);
    assert_int_equal(input_add_line(in, STR("{}\n"), &error), COPYDESK_ERR_STATE);
    got_free(&all);
    input_free(in);
    scratch_close(&s);
}

// Standard input from a pipe and from a file.
static void test_standard_input(void **state)
{
    static const char data[] = "{\"text\":\"a\"}\n{\"text\":\"b\"}\n";
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    int saved = dup(STDIN_FILENO);
    (void)state;

    scratch_open(&s);
    scratch_file(&s, "a", data, sizeof(data) - 1);
    for (unsigned from_pipe = 0; from_pipe < 2; from_pipe++) {
        struct input *in;
        struct got_all all;
        int pipe_ends[2];
        if (from_pipe) {
            assert_int_equal(pipe(pipe_ends), 0);
            assert_int_equal(write(pipe_ends[1], data, sizeof(data) - 1), (ssize_t)sizeof(data) - 1);
            close(pipe_ends[1]);
        } else {
            pipe_ends[0] = open(s.path, O_RDONLY);
        }
        assert_int_equal(dup2(pipe_ends[0], STDIN_FILENO), STDIN_FILENO);
        close(pipe_ends[0]);
        assert_int_equal(input_new(&in, &options, &error), 0);
        assert_int_equal(input_add_path(in, "-", &error), 0);
        assert_int_equal(input_add_path(in, "-", &error), COPYDESK_ERR_INPUT);
        all = read_all(in);
        assert_int_equal(all.n, 2);
        assert_int_equal(all.n_bad, 0);
        assert_int_equal(input_total_bytes(in), 0);
        got_free(&all);
        input_free(in);
    }
    assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
    close(saved);
    scratch_close(&s);
}

static void test_failures(void **state)
{
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct scratch s;
    struct input *in;
    struct got_all all;
    (void)state;

    scratch_open(&s);
    assert_int_equal(input_new(&in, &options, &error), 0);
    assert_int_equal(input_add_path(in, scratch_path(&s, "missing.jsonl"), &error), COPYDESK_ERR_IO);
    assert_string_equal(error.file, s.path);
    scratch_file(&s, "a", "no format", 9);
    assert_int_equal(input_add_path(in, s.path, &error), COPYDESK_ERR_INPUT);
    assert_non_null(strstr(error.message, "--format"));
    assert_int_equal(input_n_files(in), 0);
    // Neither an empty file nor an empty folder is a failure.
    assert_int_equal(input_add_path(in, scratch_file(&s, "b", "", 0), &error), 0);
    mkdir(scratch_path(&s, "empty"), 0700);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    // The same file twice is read twice.
    scratch_file(&s, "c.jsonl", "{\"text\":\"a\"}", 12);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    assert_int_equal(input_add_path(in, s.path, &error), 0);
    all = read_all(in);
    assert_int_equal(all.n, 2);
    got_free(&all);
    input_free(in);
    options.charset = "no-such-charset";
    assert_int_equal(input_new(&in, &options, &error), COPYDESK_ERR_OPTION);
    assert_null(in);
    options = read_defaults();
    options.format = COPYDESK_FORMAT_TEXT;
    all = read_path(s.path, &options);
    assert_int_equal(all.n, 1);
    assert_string_equal(all.records[0].title, "{\"text\":\"a\"}");
    got_free(&all);
    scratch_close(&s);
}

// Everything once, for the walk over failing allocations: 0, or the first failure.
static int run_all(void *data)
{
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct input *in = NULL;
    struct record_reader *reader = NULL;
    struct batch batch = {0};
    struct article article;
    int status = input_new(&in, &options, &error);

    if (status == 0) {
        status = input_add_path(in, data, &error);
    }
    if (status == 0) {
        status = input_add_line(in, STR("{\"id\":1.5,\"text\":\"\xe9\"}\n"), &error);
    }
    if (status == 0) {
        status = record_reader_new(&reader, in, &error);
    }
    while (status == 0 && (status = input_next(in, &batch, &error)) == 1) {
        record_reader_start(reader, &batch);
        do {
            status = record_reader_next(reader, &article, &error);
        } while (status == 1);
    }
    batch_release(&batch);
    record_reader_free(reader);
    input_free(in);
    return status;
}

static void test_failing_memory(void **state)
{
    struct buf packed = {0};
    struct scratch s;
    (void)state;

    scratch_open(&s);
    add_gzip(&packed, "{\"id\":1.5,\"text\":\"\xe9\"}\n", 22);
    scratch_file(&s, "a.jsonl.gz", packed.data, packed.len);
    packed.len = 0;
    add_zstd(&packed, "Head\nbody", 9);
    scratch_file(&s, "a.txt.zst", packed.data, packed.len);
    scratch_file(&s, "b.csv", "id,text\n1,\"a\"\"\xe9\"\n", 17);
    scratch_file(&s, "c.wet", "WARC/1.0\nContent-Length: 1\n\n\xe9\n\n", 32);
    assert_true(test_each_allocation(run_all, s.folder) > 20);
    buf_release(&packed);
    scratch_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packed),         cmocka_unit_test(test_foreign_gzip),
        cmocka_unit_test(test_packed_cut),     cmocka_unit_test(test_packed_damaged),
        cmocka_unit_test(test_wide_files),     cmocka_unit_test(test_text_files),
        cmocka_unit_test(test_folder),         cmocka_unit_test(test_many_files),
        cmocka_unit_test(test_changed_file),   cmocka_unit_test(test_memory_lines),
        cmocka_unit_test(test_standard_input), cmocka_unit_test(test_failures),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests_name("read_input", tests, NULL, NULL);
}
