// whole.c - one index into another: merge, and collection of what has expired.
//
// Both read article by article and add to an index, so there is one way in which articles enter. A merge
// notes with each commit what it has moved (merged.c), and passes over what an earlier one has. gc makes a
// new folder beside the old one and swaps the two names in one step of the file system: a crash leaves the
// old index, or the new one with the old one beside it, under the name DIR.old or DIR.new, for the next gc
// to remove.

#include "index/room.h"

#include "base/file.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMIT_EVERY = 4096 };

// ---- merge

struct move {
    struct index_store *into, *from;
    struct index_scratch *scratch;
    struct index_prints prints;
    struct index_match match;
    uint32_t *numbers; /* of articles of `from` in `into`; INDEX_NONE: gone */
    struct buf texts;
    size_t *text_at;    /* in texts + 1; 0: none */
    bool keeps_leaders; /* `into` has nothing else: numbers alone have changed, if anything */
    uint32_t next;      /* articles before it are in `into` already */
    uint32_t base;      /* the number that it gets there */
    uint64_t chain;     /* see merged.c */
};

static uint32_t new_number(const struct move *m, uint32_t old)
{
    return m->numbers[old];
}

// Who has the words of an exact copy: its leader, wherever it is now, or the first live copy.
static int find_leader(struct move *m, struct index_record *record, uint32_t own,
                       struct copydesk_error *error)
{
    uint32_t leader = new_number(m, record->leader);
    bool was_copy = record->leader != own;
    record->leader = INDEX_NONE;
    if (m->keeps_leaders && was_copy && leader != INDEX_NONE) {
        record->leader = leader;
        return 0;
    }
    if ((record->key[0] == 0 && record->key[1] == 0) || (m->keeps_leaders && !was_copy)) {
        return 0;
    }
    int status = index_candidates(m->into, record, &m->prints, INDEX_NONE, &m->match, error);
    if (status == 0 && m->match.exact != INDEX_NONE) {
        struct index_record other;
        status = index_get(m->into, m->match.exact, 0, m->into->own, &other, error);
        record->leader = status == 0 ? other.leader : INDEX_NONE;
    }
    return status;
}

static int take_text(void *data, uint32_t number, struct str text)
{
    struct move *m = data;
    uint32_t len = (uint32_t)text.len;
    m->text_at[number] = m->texts.len + 1;
    buf_add(&m->texts, &len, sizeof len);
    buf_add_str(&m->texts, text);
    return m->texts.failed ? COPYDESK_ERR_MEMORY : 0;
}

// Texts of the next articles, a portion at a time.
static int fetch_texts(struct move *m, uint32_t from, uint32_t to, struct copydesk_error *error)
{
    buf_clear(&m->texts);
    int status = index_texts(m->from, from, to, take_text, m, error);
    return m->texts.failed ? error_memory(error) : status;
}

static struct str text_of(const struct move *m, uint32_t number)
{
    if (!m->text_at[number]) {
        return (struct str){"", 0};
    }
    const char *at = m->texts.data + m->text_at[number] - 1;
    return (struct str){at + sizeof(uint32_t), bytes_u32(at)};
}

static int move_article(struct move *m, uint32_t number, struct copydesk_error *error)
{
    struct index_record record;
    uint32_t added;
    int64_t again;
    int status = index_get(m->from, number, INDEX_STRINGS | INDEX_WORDS, m->scratch, &record, error);
    bool live;
    status = status < 0 ? status : store_check_live(m->from, number, &live, error);
    if (status < 0 || !live) {
        return status;
    }
    if (index_prints_make(&m->prints, m->into->cpu, &record) < 0) {
        return error_memory(error);
    }
    status = find_leader(m, &record, number, error);
    record.cluster = record.cluster == number ? INDEX_NONE : new_number(m, record.cluster);
    status = status < 0 ? status : index_add(m->into, &record, &m->prints, text_of(m, number), &added, error);
    if (status == 0) {
        m->numbers[number] = added;
        if (refreshed_get(m->from, number, &again)) {
            status = index_refresh(m->into, added, again, error);
        }
    }
    return status;
}

static int move_range(struct move *m, uint32_t from, uint32_t to, struct copydesk_error *error)
{
    int status = fetch_texts(m, from, to, error);
    for (uint32_t i = from; i < to && status == 0; i++) {
        status = move_article(m, i, error);
    }
    return status;
}

static int prepare(struct move *m, struct copydesk_error *error)
{
    uint32_t n = index_count(m->from);
    m->keeps_leaders = index_count(m->into) == 0;
    m->numbers = mem_alloc((size_t)n + 1, sizeof *m->numbers);
    m->text_at = mem_zalloc((size_t)n + 1, sizeof *m->text_at);
    if (!m->numbers || !m->text_at) {
        return error_memory(error);
    }
    memset(m->numbers, 0xff, ((size_t)n + 1) * sizeof *m->numbers);
    return index_scratch_new(m->from, &m->scratch, error);
}

static int move_all(struct move *m, struct copydesk_error *error)
{
    uint32_t n = index_count(m->from);
    int status = prepare(m, error);
    for (uint32_t i = 0; i < n && status == 0; i += COMMIT_EVERY) {
        status = i ? index_commit(m->into, error) : 0;
        status = status < 0 ? status : move_range(m, i, i + COMMIT_EVERY < n ? i + COMMIT_EVERY : n, error);
    }
    return status;
}

// What an earlier merge has moved, and what has been seen again since.
static int find_moved(struct move *m, struct copydesk_error *error)
{
    int status = merged_find(m->into, m->from, m->scratch, m->numbers, &m->next, &m->chain, error);
    m->base = index_count(m->into);
    m->keeps_leaders = m->base == m->next;
    for (uint32_t i = 0; i < m->next && status == 0; i++) {
        int64_t again;
        m->keeps_leaders &= m->numbers[i] == i;
        if (m->numbers[i] != INDEX_NONE && refreshed_get(m->from, i, &again)) {
            status = index_refresh(m->into, m->numbers[i], again, error);
        }
    }
    return status;
}

// Along the same articles as move_range(), all of which are live.
static int note_range(struct move *m, uint32_t from, uint32_t to, struct copydesk_error *error)
{
    int status = 0;
    for (uint32_t i = from; i < to && status == 0; i++) {
        struct index_record record;
        status = index_get(m->from, i, 0, m->scratch, &record, error);
        m->chain = status < 0 ? 0 : merged_chain(m->chain, &record);
    }
    return status < 0 ? status : merged_note(m->into, m->next, to, m->base, m->chain, error);
}

static int move_new(struct move *m, struct copydesk_error *error)
{
    uint32_t n = index_count(m->from);
    int status = prepare(m, error);
    status = status < 0 ? status : find_moved(m, error);
    for (uint32_t i = m->next, to; i < n && status == 0; i = to) {
        to = n - i > COMMIT_EVERY ? i + COMMIT_EVERY : n;
        status = i > m->next ? index_commit(m->into, error) : 0;
        status = status < 0 ? status : move_range(m, i, to, error);
        status = status < 0 ? status : note_range(m, i, to, error);
    }
    return status;
}

static void release_move(struct move *m)
{
    index_scratch_free(m->scratch);
    index_prints_release(&m->prints);
    index_match_release(&m->match);
    mem_free(m->numbers);
    mem_free(m->text_at);
    buf_release(&m->texts);
}

static int copy_file(const char *from, const char *to, struct copydesk_error *error)
{
    enum { PIECE = 1 << 16 };
    char *piece = mem_alloc(PIECE, 1);
    struct file_output out = {.fd = -1};
    int fd = -1;
    size_t got = 0;
    int status = piece ? file_open(from, &fd, error) : error_memory(error);
    status = status < 0 ? status : file_output_open(&out, to, error);
    while (status == 0 && (status = file_read(fd, piece, PIECE, &got, from, error)) == 0 && got > 0) {
        status = file_output_write(&out, piece, got, error);
    }
    status = status < 0 ? status : file_output_commit(&out, error);
    file_output_release(&out);
    if (fd >= 0) {
        close(fd);
    }
    mem_free(piece);
    return status;
}

static int move_profile(const struct move *m, struct copydesk_error *error)
{
    char copy[DB_PATH_BYTES];
    uint32_t learned;
    uint32_t known = 0;
    const char *path = index_profile(m->from, &learned);
    if (!path) {
        return 0;
    }
    for (uint32_t i = 0; i < learned && i < index_count(m->from); i++) {
        known += m->numbers[i] != INDEX_NONE;
    }
    snprintf(copy, sizeof copy, "%.4000s/profile.copy", m->into->dir);
    int status = copy_file(path, copy, error);
    return status < 0 ? status : index_set_profile(m->into, copy, known, error);
}

int index_merge(struct index_store *into, struct index_store *from, struct copydesk_error *error)
{
    struct move m = {.into = into, .from = from};
    uint32_t learned;
    int status = move_new(&m, error);
    // A new index judges as the first one that went into it.
    bool is_new = m.keeps_leaders && !index_profile(into, &learned);
    status = status == 0 && is_new ? move_profile(&m, error) : status;
    status = status < 0 ? status : index_commit(into, error);
    release_move(&m);
    return status;
}

// ---- gc

static void remove_folder(const char *dir)
{
    DIR *folder = opendir(dir);
    if (!folder) {
        return;
    }
    for (struct dirent *e; (e = readdir(folder));) {
        char name[DB_PATH_BYTES + 512];
        struct stat info;
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) {
            continue;
        }
        snprintf(name, sizeof name, "%s/%s", dir, e->d_name);
        if (lstat(name, &info) == 0 && S_ISDIR(info.st_mode)) {
            remove_folder(name);
        } else {
            unlink(name);
        }
    }
    closedir(folder);
    rmdir(dir);
}

// The old folder is removed afterwards: that must not be durable before the new name is.
static void sync_beside(const char *dir)
{
    char parent[DB_PATH_BYTES];
    const char *slash = strrchr(dir, '/');
    snprintf(parent, sizeof parent, "%.*s", slash && slash > dir ? (int)(slash - dir) : 1, dir);
    files_sync(parent, NULL); // where it cannot be read it cannot be synced
}

// The two names change places in one step, where the file system can; else in two.
static int swap_folders(const char *dir, const char *fresh, struct copydesk_error *error)
{
    char old[DB_PATH_BYTES];
    if (renameat2(AT_FDCWD, fresh, AT_FDCWD, dir, RENAME_EXCHANGE) == 0) {
        return 0;
    }
    if (errno != EINVAL && errno != ENOSYS) {
        return error_set(error, COPYDESK_ERR_IO, dir,
                         "cannot put the new index in its place: %s; the old one is "
                         "as it was",
                         strerror(errno));
    }
    snprintf(old, sizeof old, "%.4000s.old", dir);
    if (rename(dir, old) < 0 || rename(fresh, dir) < 0) {
        return error_set(
            error, COPYDESK_ERR_IO, dir,
            "cannot put the new index in its place: %s; the old one is there, or beside it as .old",
            strerror(errno));
    }
    rename(old, fresh); // where it is removed from
    return 0;
}

int index_gc(const char *dir, const struct index_params *params, enum index_clock by, int64_t cutoff,
             uint64_t *freed_bytes, struct copydesk_error *error)
{
    char fresh[DB_PATH_BYTES];
    char real[PATH_MAX];
    struct move m = {0};
    struct index_info before;
    struct index_info after;
    struct index_params same = *params;
    *freed_bytes = 0;
    if (!realpath(dir, real)) {
        return error_set(error, COPYDESK_ERR_INPUT, dir, "is no index: %s", strerror(errno));
    }
    int status = index_open(&m.from, real, INDEX_WRITE, params, error);
    if (status < 0) {
        return status;
    }
    snprintf(fresh, sizeof fresh, "%.4000s.new", real);
    remove_folder(fresh); // of a gc that was killed
    same.keep_text = m.from->keep_text;
    status = index_info(m.from, &before, error);
    same.settings = before.settings_hash;
    same.settings_text = before.settings;
    index_set_window(m.from, by, cutoff);
    status = status < 0 ? status : index_open(&m.into, fresh, INDEX_CREATE, &same, error);
    status = status < 0 ? status : move_all(&m, error);
    status = status < 0 ? status : move_profile(&m, error);
    status = status < 0 ? status : merged_keep(m.into, m.from, error);
    status = status < 0 ? status : index_commit(m.into, error);
    status = status < 0 ? status : index_info(m.into, &after, error);
    status = status < 0 ? status : swap_folders(real, fresh, error);
    sync_beside(real);
    if (status == 0 && before.bytes_disk > after.bytes_disk) {
        *freed_bytes = before.bytes_disk - after.bytes_disk;
    }
    release_move(&m);
    index_close(m.into);
    index_close(m.from);
    remove_folder(fresh);
    return status;
}
