// test_file.c - reading in full, the spool, and output that appears whole or not at all.
#include "read_files.h"

#include "base/file.h"

#include <dirent.h>

static char *slurp(const char *path, size_t *len)
{
    char *data = malloc(2000000);
    int fd = open(path, O_RDONLY);
    struct copydesk_error error;
    assert_non_null(data);
    assert_true(fd >= 0);
    assert_int_equal(file_read(fd, data, 2000000, len, path, &error), 0);
    close(fd);
    return data;
}

static unsigned count_files(const char *folder)
{
    DIR *dir = opendir(folder);
    unsigned n = 0;
    assert_non_null(dir);
    while (readdir(dir)) {
        n++;
    }
    closedir(dir);
    return n - 2;
}

static void test_read(void **state)
{
    struct copydesk_error error;
    struct scratch s;
    char out[8] = "";
    size_t got;
    int fd;
    (void)state;

    scratch_open(&s);
    assert_int_equal(file_open(scratch_path(&s, "missing"), &fd, &error), COPYDESK_ERR_IO);
    assert_string_equal(error.file, s.path);
    scratch_file(&s, "a", "abcdef", 6);
    assert_int_equal(file_open(s.path, &fd, &error), 0);
    assert_int_equal(file_pread(fd, out, 8, 4, &got, s.path, &error), 0);
    assert_int_equal(got, 2);
    assert_memory_equal(out, "ef", 2);
    assert_int_equal(file_read(fd, out, 3, &got, s.path, &error), 0);
    assert_int_equal(got, 3);
    assert_memory_equal(out, "abc", 3);
    assert_int_equal(file_write(fd, "x", 1, s.path, &error), COPYDESK_ERR_IO);
    close(fd);
    assert_int_equal(file_read(fd, out, 3, &got, s.path, &error), COPYDESK_ERR_IO);
    assert_int_equal(file_pread(fd, out, 3, 0, &got, s.path, &error), COPYDESK_ERR_IO);
    scratch_close(&s);
}

static void test_spool(void **state)
{
    struct copydesk_error error;
    struct scratch s;
    struct spool spool;
    char *big = malloc(600000);
    char out[8];
    size_t got;
    (void)state;

    assert_non_null(big);
    memset(big, 'x', 600000);
    scratch_open(&s);
    spool_init(&spool, s.folder);
    assert_int_equal(spool_read(&spool, out, 4, 0, &got, &error), 0);
    assert_int_equal(got, 0);
    assert_int_equal(spool_write(&spool, "abcd", 4, &error), 0);
    assert_int_equal(spool_write(&spool, big, 600000, &error), 0);
    for (unsigned i = 0; i < 100000; i++) {
        assert_int_equal(spool_write(&spool, "efgh", 4, &error), 0);
    }
    assert_int_equal(spool.len, 4 + 600000 + 400000);
    assert_int_equal(spool_flush(&spool, &error), 0);
    assert_int_equal(spool_read(&spool, out, 8, 0, &got, &error), 0);
    assert_memory_equal(out, "abcdxxxx", 8);
    assert_int_equal(spool_read(&spool, out, 8, 600000, &got, &error), 0);
    assert_memory_equal(out, "xxxxefgh", 8);
    assert_int_equal(spool_read(&spool, out, 8, spool.len - 2, &got, &error), 0);
    assert_int_equal(got, 2);
    // It has no name, so nothing is left behind.
    assert_int_equal(count_files(s.folder), 0);
    spool_release(&spool);
    spool_init(&spool, TEST_NO_DIR);
    assert_int_equal(spool_write(&spool, "a", 1, &error), COPYDESK_ERR_IO);
    spool_release(&spool);
    spool_release(&(struct spool){0});
    free(big);
    scratch_close(&s);
}

static void test_output(void **state)
{
    struct copydesk_error error;
    struct file_output out;
    struct scratch s;
    struct stat info;
    char *big = malloc(600000);
    char *data;
    size_t len;
    (void)state;

    assert_non_null(big);
    memset(big, 'x', 600000);
    scratch_open(&s);
    scratch_file(&s, "a", "old", 3);
    assert_int_equal(chmod(s.path, 0640), 0);

    // Released without a commit: the old file, and nothing else.
    assert_int_equal(file_output_open(&out, s.path, &error), 0);
    assert_int_equal(file_output_write(&out, big, 600000, &error), 0);
    // Where the file system can, the new file has no name yet, and a killed program leaves nothing behind.
    assert_int_equal(count_files(s.folder), out.unnamed ? 1 : 2);
    file_output_release(&out);
    assert_int_equal(count_files(s.folder), 1);
    data = slurp(s.path, &len);
    assert_int_equal(len, 3);
    free(data);

    // Committed: the new file under the old mode, and nothing else.
    assert_int_equal(file_output_open(&out, s.path, &error), 0);
    assert_int_equal(file_output_write(&out, "abc", 3, &error), 0);
    assert_int_equal(file_output_write(&out, big, 600000, &error), 0);
    assert_int_equal(file_output_write(&out, "def", 3, &error), 0);
    assert_int_equal(out.len, 600006);
    assert_int_equal(file_output_commit(&out, &error), 0);
    file_output_release(&out);
    assert_int_equal(count_files(s.folder), 1);
    assert_int_equal(stat(s.path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
    data = slurp(s.path, &len);
    assert_int_equal(len, 600006);
    assert_memory_equal(data, "abcx", 4);
    assert_memory_equal(data + 600002, "xdef", 4);
    free(data);
    free(big);
    scratch_close(&s);
}

static void test_output_through_link(void **state)
{
    struct copydesk_error error;
    struct file_output out;
    struct scratch s;
    char target[600];
    char *data;
    size_t len;
    struct stat info;
    (void)state;

    scratch_open(&s);
    snprintf(target, sizeof(target), "%s", scratch_file(&s, "target", "old", 3));
    assert_int_equal(symlink(target, scratch_path(&s, "link")), 0);
    assert_int_equal(file_output_open(&out, s.path, &error), 0);
    assert_int_equal(file_output_write(&out, "new", 3, &error), 0);
    assert_int_equal(file_output_commit(&out, &error), 0);
    file_output_release(&out);
    assert_int_equal(lstat(s.path, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    data = slurp(target, &len);
    assert_memory_equal(data, "new", 3);
    free(data);
    scratch_close(&s);
}

static void test_output_failures(void **state)
{
    struct copydesk_error error;
    struct file_output out;
    struct scratch s;
    (void)state;

    scratch_open(&s);
    assert_int_equal(file_output_open(&out, s.folder, &error), COPYDESK_ERR_IO);
    assert_int_equal(file_output_open(&out, scratch_path(&s, "no/such/folder"), &error), COPYDESK_ERR_IO);
    assert_string_equal(error.file, s.path);
    // A device is written as it is; a full one says so at the latest when the output is committed.
    assert_int_equal(file_output_open(&out, "/dev/full", &error), 0);
    assert_int_equal(file_output_write(&out, "abc", 3, &error), 0);
    assert_int_equal(file_output_commit(&out, &error), COPYDESK_ERR_IO);
    file_output_release(&out);
    file_output_release(&out);
    // Nothing is left of an output that cannot get its name.
    assert_int_equal(file_output_open(&out, scratch_path(&s, "a"), &error), 0);
    assert_int_equal(mkdir(s.path, 0700), 0);
    assert_int_equal(file_output_commit(&out, &error), COPYDESK_ERR_IO);
    file_output_release(&out);
    assert_int_equal(count_files(s.folder), 1);
    scratch_close(&s);
}

static int run_all(void *data)
{
    struct copydesk_error error;
    struct file_output out = {0};
    struct spool spool;
    int status = file_output_open(&out, data, &error);

    spool_init(&spool, test_temp_dir());
    if (status == 0) {
        status = file_output_write(&out, "abc", 3, &error);
    }
    if (status == 0) {
        status = spool_write(&spool, "abc", 3, &error);
    }
    if (status == 0) {
        status = file_output_commit(&out, &error);
    }
    file_output_release(&out);
    spool_release(&spool);
    return status;
}

static void test_failing_memory(void **state)
{
    struct scratch s;
    (void)state;

    scratch_open(&s);
    scratch_path(&s, "a");
    assert_true(test_each_allocation(run_all, s.path) >= 4);
    assert_int_equal(count_files(s.folder), 1);
    scratch_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_spool),
        cmocka_unit_test(test_output),
        cmocka_unit_test(test_output_through_link),
        cmocka_unit_test(test_output_failures),
        cmocka_unit_test(test_failing_memory),
    };
    return cmocka_run_group_tests_name("file", tests, NULL, NULL);
}
