// db.c - LMDB, and what may go wrong with it, in words.
//
// In:  a folder. Out: an environment that can be read and written, values by kind and number.
//
// LMDB (Chu 2011) is a copy-on-write B+tree in one mapped file: a commit writes new pages, syncs, and then
// swaps one of two root pages. So a crash at any moment leaves the last commit, and there is nothing to
// repair. What it does not do, this file does:
//
//  - It trusts its file. A file that was cut short would end the program with SIGBUS, so the length is
//    compared with what the root page says before anything else is read; and values carry checksums.
//  - Its address space is fixed when it is opened. 1 TiB is asked for (it costs nothing until used), half of
//    that where the system refuses, and so on.
//  - A reader that died keeps old pages alive: dead readers are cleared at each opening.
//  - A folder that cannot be written has no lock file: then nobody else can write either, or the reader is
//    told so, and no lock is used.

#include "index/db.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define MAP_BYTES       (UINT64_C(1) << 40)
#define LEAST_MAP_BYTES (UINT64_C(1) << 26)
enum { READERS = 512 };

int db_error(const struct db *db, int status, const char *what, struct copydesk_error *error)
{
    switch (status) {
    case ENOMEM:
        return error_memory(error);
    case MDB_MAP_FULL:
        return error_set(
            error, COPYDESK_ERR_IO, db->path,
            "%s: the address space that this process may use is full; raise its limit (ulimit -v)", what);
    case MDB_READERS_FULL:
        return error_set(error, COPYDESK_ERR_IO, db->path,
                         "%s: more than %d readers at once; close some of them", what, READERS);
    case MDB_INVALID:
    case MDB_CORRUPTED:
    case MDB_PAGE_NOTFOUND:
    case MDB_PANIC:
        return error_set(
            error, COPYDESK_ERR_INPUT, db->path,
            "%s: the file is damaged (%s); restore the folder from a copy, or build the index anew", what,
            mdb_strerror(status));
    case MDB_VERSION_MISMATCH:
        return error_set(error, COPYDESK_ERR_INPUT, db->path,
                         "%s: written by another version of LMDB; build the index anew", what);
    case ENOSPC:
    case EDQUOT:
        return error_set(error, COPYDESK_ERR_IO, db->path,
                         "%s: %s; the index is as it was at the last commit: make room and try again", what,
                         mdb_strerror(status));
    default:
        return error_set(error, COPYDESK_ERR_IO, db->path, "%s: %s", what, mdb_strerror(status));
    }
}

// A file that ends before the last page in use was cut off, or copied while it was written.
static int check_length(struct db *db, struct copydesk_error *error)
{
    MDB_envinfo info;
    MDB_stat stats;
    struct stat file;
    mdb_env_info(db->env, &info);
    mdb_env_stat(db->env, &stats);
    if (stat(db->path, &file) < 0) {
        return error_set(error, COPYDESK_ERR_IO, db->path, "cannot open: %s", strerror(errno));
    }
    // The two root pages are written when the file is made; a new file may hold no more than them.
    uint64_t needed = ((uint64_t)info.me_last_pgno + 1) * stats.ms_psize;
    if (info.me_last_txnid > 0 && (uint64_t)file.st_size < needed) {
        return error_set(
            error, COPYDESK_ERR_INPUT, db->path,
            "the file is cut short: %llu bytes of %llu; restore the folder from a copy (one taken "
            "while nothing was written), or build the index anew",
            (unsigned long long)file.st_size, (unsigned long long)needed);
    }
    return 0;
}

static int open_env(struct db *db, unsigned flags, struct copydesk_error *error)
{
    int status = MDB_SUCCESS;
    for (db->map_bytes = MAP_BYTES; db->map_bytes >= LEAST_MAP_BYTES; db->map_bytes /= 2) {
        status = mdb_env_create(&db->env);
        if (status != MDB_SUCCESS) {
            return error_memory(error);
        }
        mdb_env_set_mapsize(db->env, db->map_bytes);
        mdb_env_set_maxreaders(db->env, READERS);
        status = mdb_env_open(db->env, db->path, flags | MDB_NOTLS | MDB_NOSUBDIR, 0666);
        if (status == MDB_SUCCESS) {
            return 0;
        }
        mdb_env_close(db->env);
        db->env = NULL;
        if (status != ENOMEM) {
            break;
        }
    }
    return db_error(db, status, "cannot open the index", error);
}

int db_open(struct db *db, const char *dir, bool can_write, bool can_make, struct copydesk_error *error)
{
    *db = (struct db){0};
    size_t len = strlen(dir);
    if (len + sizeof "/data.mdb-lock" > sizeof db->path) {
        return error_set(error, COPYDESK_ERR_IO, dir, "the name is too long");
    }
    snprintf(db->path, sizeof db->path, "%s/data.mdb", dir);
    unsigned flags = can_write ? 0 : MDB_RDONLY;
    struct stat file;
    if (stat(db->path, &file) < 0 && !can_make) {
        return error_set(error, COPYDESK_ERR_INPUT, dir,
                         "is no index: it has no data.mdb; make one with `copydesk index build`");
    }
    if (!can_write && access(dir, W_OK) < 0) {
        flags |= MDB_NOLOCK;
    }
    int status = open_env(db, flags, error);
    status = status < 0 ? status : check_length(db, error);
    int dead;
    if (status == 0 && !(flags & MDB_NOLOCK)) {
        mdb_reader_check(db->env, &dead);
    }
    MDB_txn *txn = NULL;
    status = status < 0 ? status : db_begin(db, can_make, &txn, error);
    if (status == 0) {
        int rc = mdb_dbi_open(txn, NULL, 0, &db->table);
        rc = rc == MDB_SUCCESS ? mdb_txn_commit(txn) : (mdb_txn_abort(txn), rc);
        status = rc == MDB_SUCCESS ? 0 : db_error(db, rc, "cannot open the index", error);
    }
    if (status < 0) {
        db_close(db);
    }
    return status;
}

void db_close(struct db *db)
{
    if (db->env) {
        mdb_env_close(db->env);
        db->env = NULL;
    }
}

int db_grow(struct db *db, struct copydesk_error *error)
{
    int status = mdb_env_set_mapsize(db->env, db->map_bytes * 2);
    if (status != MDB_SUCCESS) {
        return db_error(db, status == ENOMEM ? MDB_MAP_FULL : status, "cannot write", error);
    }
    db->map_bytes *= 2;
    return 0;
}

bool db_is_broken(const struct db *db)
{
    MDB_txn *txn = NULL;
    int status = mdb_txn_begin(db->env, NULL, 0, &txn);
    if (status == MDB_SUCCESS) {
        mdb_txn_abort(txn);
    }
    return status == MDB_PANIC;
}

int db_begin(const struct db *db, bool can_write, MDB_txn **txn, struct copydesk_error *error)
{
    int status = mdb_txn_begin(db->env, NULL, can_write ? 0 : MDB_RDONLY, txn);
    return status == MDB_SUCCESS ? 0
                                 : db_error(db, status, can_write ? "cannot write" : "cannot read", error);
}

struct key {
    uint8_t bytes[DB_KEY_BYTES];
};

// Big-endian, so that LMDB's bytewise order is that of the numbers.
static struct key key_of(enum db_kind kind, uint32_t number)
{
    return (struct key){{(uint8_t)kind, (uint8_t)(number >> 24), (uint8_t)(number >> 16),
                         (uint8_t)(number >> 8), (uint8_t)number}};
}

static uint32_t number_of(const uint8_t *key)
{
    return (uint32_t)key[1] << 24 | (uint32_t)key[2] << 16 | (uint32_t)key[3] << 8 | key[4];
}

static uint64_t checksum(enum db_kind kind, uint32_t number, const void *value, size_t len)
{
    return XXH3_64bits_withSeed(value, len, (uint64_t)kind << 32 | number);
}

static int take_value(const struct db *db, enum db_kind kind, uint32_t number, bool check, MDB_val data,
                      struct str *value, struct copydesk_error *error)
{
    uint64_t sum = 0;
    bool is_sound = data.mv_size >= DB_CHECK_BYTES;
    size_t len = is_sound ? data.mv_size - DB_CHECK_BYTES : 0;
    if (is_sound && check) {
        memcpy(&sum, (const char *)data.mv_data + len, sizeof sum);
        is_sound = sum == checksum(kind, number, data.mv_data, len);
    }
    if (!is_sound) {
        return error_set(error, COPYDESK_ERR_INPUT, db->path,
                         "the entry %c%u is damaged; restore the folder from a copy, or build the index anew",
                         (char)kind, number);
    }
    *value = (struct str){data.mv_data, len};
    return 0;
}

int db_get(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number, bool check,
           struct str *value, bool *found, struct copydesk_error *error)
{
    struct key key = key_of(kind, number);
    MDB_val k = {DB_KEY_BYTES, key.bytes};
    MDB_val data;
    int status = mdb_get(txn, db->table, &k, &data);
    *found = status == MDB_SUCCESS;
    if (status == MDB_NOTFOUND) {
        return 0;
    }
    if (status != MDB_SUCCESS) {
        return db_error(db, status, "cannot read", error);
    }
    return take_value(db, kind, number, check, data, value, error);
}

int db_put(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number, struct str value)
{
    struct key key = key_of(kind, number);
    MDB_val k = {DB_KEY_BYTES, key.bytes};
    MDB_val data = {value.len + DB_CHECK_BYTES, NULL};
    int status = mdb_put(txn, db->table, &k, &data, MDB_RESERVE);
    if (status == MDB_SUCCESS) {
        uint64_t sum = checksum(kind, number, value.data, value.len);
        memcpy(data.mv_data, value.len ? value.data : "", value.len);
        memcpy((char *)data.mv_data + value.len, &sum, sizeof sum);
    }
    return status;
}

int db_delete(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number)
{
    struct key key = key_of(kind, number);
    MDB_val k = {DB_KEY_BYTES, key.bytes};
    return mdb_del(txn, db->table, &k, NULL);
}

int db_walk(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t from, bool check,
            struct db_walk *walk, struct copydesk_error *error)
{
    *walk = (struct db_walk){.kind = kind, .number = from, .check = check};
    int status = mdb_cursor_open(txn, db->table, &walk->cursor);
    return status == MDB_SUCCESS ? 0 : db_error(db, status, "cannot read", error);
}

int db_walk_covering(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t from, bool check,
                     struct db_walk *walk, struct copydesk_error *error)
{
    struct key key = key_of(kind, from);
    MDB_val k = {DB_KEY_BYTES, key.bytes};
    MDB_val data;
    int status = db_walk(db, txn, kind, from, check, walk, error);
    if (status < 0) {
        return status;
    }
    int rc = mdb_cursor_get(walk->cursor, &k, &data, MDB_SET_RANGE);
    bool is_there =
        rc == MDB_SUCCESS && k.mv_size == DB_KEY_BYTES && memcmp(k.mv_data, key.bytes, k.mv_size) == 0;
    if (is_there) {
        return 0;
    }
    rc = rc == MDB_SUCCESS || rc == MDB_NOTFOUND
             ? mdb_cursor_get(walk->cursor, &k, &data, rc == MDB_SUCCESS ? MDB_PREV : MDB_LAST)
             : rc;
    if (rc == MDB_SUCCESS && k.mv_size == DB_KEY_BYTES && *(const uint8_t *)k.mv_data == (uint8_t)kind) {
        walk->number = number_of(k.mv_data);
    }
    if (rc == MDB_SUCCESS || rc == MDB_NOTFOUND) {
        return 0;
    }
    db_walk_end(walk);
    return db_error(db, rc, "cannot read", error);
}

int db_next(const struct db *db, struct db_walk *walk, struct copydesk_error *error)
{
    struct key key = key_of(walk->kind, walk->number);
    MDB_val k = {DB_KEY_BYTES, key.bytes};
    MDB_val data;
    int status = mdb_cursor_get(walk->cursor, &k, &data, walk->started ? MDB_NEXT : MDB_SET_RANGE);
    walk->started = true;
    if (status == MDB_NOTFOUND ||
        (status == MDB_SUCCESS &&
         (k.mv_size != DB_KEY_BYTES || *(const uint8_t *)k.mv_data != (uint8_t)walk->kind))) {
        return 0;
    }
    if (status != MDB_SUCCESS) {
        return db_error(db, status, "cannot read", error);
    }
    walk->number = number_of(k.mv_data);
    status = take_value(db, walk->kind, walk->number, walk->check, data, &walk->value, error);
    return status < 0 ? status : 1;
}

void db_walk_end(struct db_walk *walk)
{
    if (walk->cursor) {
        mdb_cursor_close(walk->cursor);
        walk->cursor = NULL;
    }
}
