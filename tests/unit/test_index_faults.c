/*
 * src/index/ when the system fails it: every write and sync refused in turn, a process killed at any moment,
 * files cut short, missing, damaged or of another index, limits of size.
 *
 * test_index_faults [KILLS]: how many processes are killed (default 8).
 */
#include "index_articles.h"

#include "index/db.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>

// ---- calls that fail when they are told to; those of the libraries come here too

static _Atomic int calls_left = -1; // until one fails; -1: none does
static int failure = ENOSPC;
static _Atomic bool fails_for_good;

static bool refuses(void)
{
    int left = atomic_load(&calls_left);
    if (left < 0) {
        return false;
    }
    if (left > 0) {
        atomic_store(&calls_left, left - 1);
        return false;
    }
    if (!atomic_load(&fails_for_good)) {
        atomic_store(&calls_left, -2); // was reached
    }
    errno = failure;
    return true;
}

ssize_t pwrite(int fd, const void *data, size_t n, off_t at)
{
    return refuses() ? -1 : syscall(SYS_pwrite64, fd, data, n, at);
}

ssize_t write(int fd, const void *data, size_t n)
{
    return fd > 2 && refuses() ? -1 : syscall(SYS_write, fd, data, n);
}

ssize_t pwritev(int fd, const struct iovec *parts, int n, off_t at)
{
    return refuses() ? -1 : syscall(SYS_pwritev, fd, parts, n, at, 0);
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
    return fd > 2 && refuses() ? -1 : syscall(SYS_writev, fd, parts, n);
}

int fsync(int fd)
{
    return refuses() ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
    return refuses() ? -1 : (int)syscall(SYS_fdatasync, fd);
}

// ---- a small index, and what must hold of it

// Some articles are as they were made; with `all`, each is looked at, and found.
static void check_sound(const char *dir, uint32_t at_least, uint32_t n_words, bool all)
{
    struct copydesk_error error = {0};
    struct index_scratch *scratch;
    uint64_t troubles = 1;
    struct made *a = calloc(1, sizeof *a);
    struct index_store *ix = open_made(dir, INDEX_WRITE);
    assert_true(index_count(ix) >= at_least);
    if (all) {
        assert_int_equal(index_verify(ix, NULL, NULL, &troubles, &error), 0);
        assert_int_equal(troubles, 0);
    }
    assert_int_equal(index_scratch_new(ix, &scratch, &error), 0);
    uint32_t n = index_count(ix);
    for (uint32_t i = 0; i < n; i += 1 + (n - 1 - i) / 7) {
        make_article(a, i, n_words);
        check_made(ix, scratch, i, a);
    }
    index_scratch_free(scratch);
    index_close(ix);
    free(a);
}

static void add_range(struct index_store *ix, struct made *a, uint32_t from, uint32_t to, uint32_t n_words)
{
    for (uint32_t i = from; i < to; i++) {
        make_article(a, i, n_words);
        assert_int_equal(add_made(ix, a), i);
    }
}

static void test_refused(void **state)
{
    (void)state;
    enum { WORDS = 6, BEFORE = 8192 - 100, AFTER = BEFORE + 200 };
    static const int failures[] = {ENOSPC, EIO};
    char dir[256];
    struct made *a = calloc(1, sizeof *a);
    // Every call of a commit that seals fails once, each in an index of its own.

    for (int call = 0, done = 0; !done; call++) {
        struct copydesk_error error = {0};
        make_dir(dir);
        struct index_store *ix = open_made(dir, INDEX_CREATE);
        add_range(ix, a, 0, BEFORE, WORDS);
        commit_made(ix);
        add_range(ix, a, BEFORE, AFTER, WORDS);
        failure = failures[call % 2];
        atomic_store(&calls_left, call);
        int status = index_commit(ix, &error);
        done = atomic_load(&calls_left) >= 0;
        atomic_store(&calls_left, -1);
        if (status < 0) {
            assert_int_equal(status, COPYDESK_ERR_IO);
            assert_true(error.message[0] && strstr(error.file, dir) == error.file);
            assert_int_equal(index_committed(ix), BEFORE);
            assert_int_equal(index_count(ix), AFTER);
            if (call % 3 == 0) {
                index_close(ix);
                check_sound(dir, BEFORE, WORDS, true);
                remove_dir(dir);
                continue;
            }
            commit_made(ix); // again, and it works
        }
        assert_int_equal(index_committed(ix), AFTER);
        index_close(ix);
        check_sound(dir, AFTER, WORDS, true);
        remove_dir(dir);
    }
    index_prints_release(&a->prints);
    free(a);
}

// A disk that stays full: nothing is lost, and all goes on when there is room again.
static void test_full_disk(void **state)
{
    (void)state;
    enum { WORDS = 40, N = 400 };
    char dir[256];
    struct copydesk_error error = {0};
    struct made *a = calloc(1, sizeof *a);
    make_dir(dir);
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    add_range(ix, a, 0, N, WORDS);
    commit_made(ix);
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit before;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    struct rlimit small = {.rlim_cur = 100 << 10, .rlim_max = before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    add_range(ix, a, N, 2 * N, WORDS);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(index_commit(ix, &error), COPYDESK_ERR_IO);
        assert_int_equal(index_committed(ix), N);
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    commit_made(ix);
    assert_int_equal(index_committed(ix), 2 * N);
    index_close(ix);
    check_sound(dir, 2 * N, WORDS, true);
    remove_dir(dir);
    index_prints_release(&a->prints);
    free(a);
}

// ---- killed

enum { KILL_WORDS = 12 };
static int n_kills = 8;

// Adds and commits until it is killed; says after each commit how many articles are safe.
static void write_until_killed(const char *dir, int told)
{
    struct made *a = calloc(1, sizeof *a);
    struct index_store *ix = open_made(dir, INDEX_WRITE);
    for (uint32_t i = index_count(ix);; i++) {
        make_article(a, i, KILL_WORDS);
        add_made(ix, a);
        if (i % 256 == 255) {
            commit_made(ix);
            uint32_t safe = index_committed(ix);
            if (syscall(SYS_write, told, &safe, sizeof safe) < 0) {
                _exit(1);
            }
        }
    }
}

static uint32_t kill_one(const char *dir, uint64_t *seed, uint32_t safe)
{
    int told[2];
    assert_int_equal(pipe(told), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(told[0]);
        write_until_killed(dir, told[1]);
        _exit(0);
    }
    close(told[1]);
    // After some commits, and a while more.
    uint32_t word;
    for (uint64_t n = test_below(seed, 24); n > 0 && read(told[0], &word, sizeof word) == sizeof word; n--) {
        safe = word;
    }
    struct timespec wait = {.tv_nsec = (long)test_below(seed, 8000000)};
    nanosleep(&wait, NULL);
    kill(child, SIGKILL);
    while (read(told[0], &word, sizeof word) == sizeof word) {
        safe = word;
    }
    close(told[0]);
    int how;
    waitpid(child, &how, 0);
    assert_true(WIFSIGNALED(how));
    return safe;
}

static void test_killed(void **state)
{
    (void)state;
    enum { EACH = 50 }; // kills of one index, lest looking at it takes longer than killing
    char dir[256];
    uint32_t safe = 0;
    uint64_t seed = test_seed("test_index_faults");
    for (int i = 0; i < n_kills; i++) {
        if (i % EACH == 0) {
            make_dir(dir);
            index_close(open_made(dir, INDEX_CREATE));
            safe = 0;
        }
        safe = kill_one(dir, &seed, safe);
        bool is_last = i + 1 == n_kills || i % EACH == EACH - 1;
        check_sound(dir, safe, KILL_WORDS, is_last || i % 10 == 3);
        if (is_last) {
            print_message("# %d killed; of the last ones %u articles were safe\n", i + 1, safe);
            remove_dir(dir);
        }
    }
}

// Merges one into another until it is killed, or has done so.
static void merge_until_killed(const char *into, const char *from)
{
    struct copydesk_error error;
    struct index_store *target = open_made(into, INDEX_WRITE);
    struct index_store *source = open_made(from, INDEX_READ);
    _exit(index_merge(target, source, &error) < 0);
}

// A merge that is killed and asked for again ends as one that was not: nothing is lost, nothing is twice.
static void test_merge_killed(void **state)
{
    (void)state;
    enum { N = 9000, KILLS = 3 };
    char dirs[2][256];
    struct made *a = calloc(1, sizeof *a);
    struct copydesk_error error = {0};
    uint64_t seed = test_seed("test_index_faults");
    make_dir(dirs[0]);
    make_dir(dirs[1]);
    index_close(open_made(dirs[0], INDEX_CREATE));
    struct index_store *from = open_made(dirs[1], INDEX_CREATE);
    add_range(from, a, 0, N, KILL_WORDS);
    commit_made(from);
    index_close(from);
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            merge_until_killed(dirs[0], dirs[1]);
        }
        struct timespec wait = {.tv_nsec = (long)(10000000 + test_below(&seed, 60000000))};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
        int how;
        waitpid(child, &how, 0);
        assert_true(WIFSIGNALED(how) || WEXITSTATUS(how) == 0);
    }
    struct index_store *into = open_made(dirs[0], INDEX_WRITE);
    from = open_made(dirs[1], INDEX_READ);
    print_message("# %u of %u had been merged\n", index_count(into), N);
    assert_int_equal(index_merge(into, from, &error), 0);
    assert_int_equal(index_count(into), N);
    index_close(into);
    index_close(from);
    check_sound(dirs[0], N, KILL_WORDS, true);
    remove_dir(dirs[0]);
    remove_dir(dirs[1]);
    index_prints_release(&a->prints);
    free(a);
}

// ---- files that are not what they should be

static void change_file(const char *path, long at, int bytes)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    char old[16] = {0};
    assert_true(fd >= 0 && bytes <= (int)sizeof old);
    assert_true(pread(fd, old, (size_t)bytes, at) > 0);
    for (int i = 0; i < bytes; i++) {
        old[i] = (char)~old[i];
    }
    assert_true(pwrite(fd, old, (size_t)bytes, at) > 0);
    close(fd);
}

static void expect_refusal(const char *dir, enum copydesk_status status, const char *file, const char *what)
{
    struct index_params params = made_params();
    struct copydesk_error error = {0};
    struct index_store *ix = NULL;
    int got = index_open(&ix, dir, INDEX_WRITE, &params, &error);
    if (got != (int)status || !strstr(error.message, what) || !strstr(error.file, file)) {
        print_message("%d %s: %s; expected %s: %s\n", got, error.file, error.message, file, what);
    }
    assert_int_equal(got, status);
    assert_non_null(strstr(error.file, file));
    assert_non_null(strstr(error.message, what));
}

static uint64_t troubles_of(const char *dir)
{
    struct copydesk_error error = {0};
    uint64_t troubles = 0;
    struct index_store *ix = open_made(dir, INDEX_READ);
    assert_int_equal(index_verify(ix, NULL, NULL, &troubles, &error), 0);
    index_close(ix);
    return troubles;
}

static void make_sealed(char dir[256], uint32_t seed)
{
    struct made *a = calloc(1, sizeof *a);
    make_dir(dir);
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < 8192; i++) {
        make_article(a, seed + i, 20);
        add_made(ix, a);
    }
    commit_made(ix);
    index_close(ix);
    index_prints_release(&a->prints);
    free(a);
}

static void test_damaged(void **state)
{
    (void)state;
    char dir[256];
    char other[256];
    char segment[512];
    char stranger[512];
    char data[512];
    make_sealed(dir, 0);
    make_sealed(other, 100000);
    snprintf(segment, sizeof segment, "%s/segments/00000001.seg", dir);
    snprintf(stranger, sizeof stranger, "%s/segments/00000001.seg", other);
    assert_int_equal(troubles_of(dir), 0);
    // A posting that is wrong, or a size, is found by the check alone; a header at once.
    change_file(segment, 64 + 100, 1);
    assert_int_equal(troubles_of(dir), 1);
    change_file(segment, 64 + 100, 1);
    struct stat info;
    assert_int_equal(stat(segment, &info), 0);
    change_file(segment, info.st_size - 100, 4);
    assert_true(troubles_of(dir) > 0);
    change_file(segment, info.st_size - 100, 4);
    change_file(segment, 3, 1);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "00000001.seg", "of another one, or damaged");
    change_file(segment, 3, 1);
    assert_int_equal(troubles_of(dir), 0);
    // Another index's file; cut short; gone.
    char kept[520];
    snprintf(kept, sizeof kept, "%s/kept", dir);
    assert_int_equal(rename(segment, kept), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "00000001.seg", "missing");
    assert_int_equal(link(stranger, segment), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "00000001.seg", "of another");
    assert_int_equal(unlink(segment), 0);
    assert_int_equal(rename(kept, segment), 0);
    assert_int_equal(truncate(segment, info.st_size - 8), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "00000001.seg", "cut short");
    remove_dir(dir);

    make_sealed(dir, 0);
    snprintf(data, sizeof data, "%s/data.mdb", dir);
    assert_int_equal(stat(data, &info), 0);
    assert_int_equal(truncate(data, info.st_size / 2), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "data.mdb", "cut short");
    assert_int_equal(truncate(data, 100), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "data.mdb", "damaged");
    int fd = open(data, O_WRONLY | O_TRUNC | O_CLOEXEC);
    assert_true(fd >= 0);
    for (int i = 0; i < 1000; i++) {
        assert_true(write(fd, "no database", 11) == 11);
    }
    close(fd);
    expect_refusal(dir, COPYDESK_ERR_INPUT, "data.mdb", "damaged");
    assert_int_equal(unlink(data), 0);
    expect_refusal(dir, COPYDESK_ERR_INPUT, dir, "no index");
    remove_dir(dir);
    remove_dir(other);
}

// Any page of sealed records: the check tells, and reading never leads astray.
static void test_damaged_records(void **state)
{
    (void)state;
    char dir[256];
    char data[512];
    struct stat info;
    uint64_t seed = 5;
    make_sealed(dir, 0);
    snprintf(data, sizeof data, "%s/data.mdb", dir);
    assert_int_equal(stat(data, &info), 0);
    struct db db;
    struct str group;
    bool found;
    MDB_txn *txn;
    assert_int_equal(db_open(&db, dir, false, false, NULL), 0);
    assert_int_equal(db_begin(&db, false, &txn, NULL), 0);
    assert_int_equal(db_get(&db, txn, DB_GROUP, 3, true, &group, &found, NULL), 0);
    assert_true(found);
    char *copy = malloc(group.len);
    size_t len = group.len;
    memcpy(copy, group.data, len);
    mdb_txn_abort(txn);
    db_close(&db);
    for (int i = 0; i < 40; i++) {
        // The group as it stands in the file, with a byte changed.
        int fd = open(data, O_RDWR | O_CLOEXEC);
        long at = -1;
        char *all = malloc((size_t)info.st_size);
        assert_true(pread(fd, all, (size_t)info.st_size, 0) == info.st_size);
        char *place = memmem(all, (size_t)info.st_size, copy, len);
        assert_non_null(place);
        at = place - all + (long)test_below(&seed, i % 2 ? 200 : len);
        free(all);
        close(fd);
        change_file(data, at, 1);
        assert_true(troubles_of(dir) > 0);
        change_file(data, at, 1);
    }
    assert_int_equal(troubles_of(dir), 0);
    free(copy);
    remove_dir(dir);
}

static void test_other_version(void **state)
{
    (void)state;
    char dir[256];
    struct db db;
    MDB_txn *txn;
    struct str header;
    bool found;
    make_dir(dir);
    index_close(open_made(dir, INDEX_CREATE));
    assert_int_equal(db_open(&db, dir, true, false, NULL), 0);
    assert_int_equal(db_begin(&db, true, &txn, NULL), 0);
    assert_int_equal(db_get(&db, txn, DB_HEADER, 0, true, &header, &found, NULL), 0);
    char *copy = calloc(1, header.len + 1);
    memcpy(copy, header.data, header.len);
    char *bands = strstr(copy, "bands 24");
    assert_non_null(bands);
    memcpy(bands, "bands 48", 8);
    assert_int_equal(db_put(&db, txn, DB_HEADER, 0, (struct str){copy, header.len}), 0);
    assert_int_equal(mdb_txn_commit(txn), 0);
    db_close(&db);
    expect_refusal(dir, COPYDESK_ERR_INPUT, dir, "bands are \"48");
    free(copy);
    remove_dir(dir);
}

static void test_read_only_folder(void **state)
{
    (void)state;
    bool is_root = geteuid() == 0;
    if (is_root) {
        assert_int_equal(seteuid(65534), 0); // root may write anywhere
    }
    char dir[256];
    make_sealed(dir, 0);
    assert_int_equal(chmod(dir, 0555), 0);
    expect_refusal(dir, COPYDESK_ERR_IO, dir, "cannot open");
    assert_int_equal(troubles_of(dir), 0);
    assert_int_equal(chmod(dir, 0755), 0);
    remove_dir(dir);
    if (is_root) {
        assert_int_equal(seteuid(0), 0);
    }
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        n_kills = atoi(argv[1]);
        const struct CMUnitTest kills[] = {cmocka_unit_test(test_killed)};
        return cmocka_run_group_tests_name("index kills", kills, NULL, NULL);
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),       cmocka_unit_test(test_full_disk),
        cmocka_unit_test(test_killed),        cmocka_unit_test(test_merge_killed),
        cmocka_unit_test(test_damaged),       cmocka_unit_test(test_damaged_records),
        cmocka_unit_test(test_other_version), cmocka_unit_test(test_read_only_folder),
    };
    return cmocka_run_group_tests_name("index faults", tests, NULL, NULL);
}
