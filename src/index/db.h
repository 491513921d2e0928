/*
 * db.h - the LMDB environment of an index: opened with checks, errors in words, values with checksums.
 *
 * One table. A key is a kind and a number; numbers of a kind ascend. A value ends in a checksum over key and
 * value, so that a value read from the wrong place is noticed too.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"

#include <lmdb.h>

enum db_kind {
    DB_FACTS = 'F',      /* 0: fact counts of the sealed articles */
    DB_GROUP = 'G',      /* first article / 256: sealed records */
    DB_HEADER = 'H',     /* 0 */
    DB_MANIFEST = 'M',   /* 0 */
    DB_MERGED = 'N',     /* 0: notes of merges */
    DB_RECENT = 'R',     /* first article of a commit: its records */
    DB_REFRESHED = 'S',  /* article: i64, seen again at */
    DB_TEXTS = 'T',      /* first article of a commit: its texts */
    DB_VOCABULARY = 'V', /* first word: words added by one seal */
};

enum { DB_CHECK_BYTES = 8, DB_KEY_BYTES = 5, DB_PATH_BYTES = 4096 };

struct db {
    MDB_env *env;
    MDB_dbi table;
    uint64_t map_bytes;
    char path[DB_PATH_BYTES]; /* of data.mdb, for messages */
};

/* can_make: writer of a new index. Opens read-only without can_write. */
int db_open(struct db *db, const char *dir, bool can_write, bool can_make, struct copydesk_error *error);
void db_close(struct db *db);
/* Twice the address space, after MDB_MAP_FULL; no transaction may be open. */
int db_grow(struct db *db, struct copydesk_error *error);

/* LMDB refuses to go on: close and open again. */
bool db_is_broken(const struct db *db);

/* Fills in what LMDB says. status is its return value; never MDB_SUCCESS. */
int db_error(const struct db *db, int status, const char *what, struct copydesk_error *error);

int db_begin(const struct db *db, bool can_write, MDB_txn **txn, struct copydesk_error *error);

/*
 * The value without its checksum; *found false when there is none. check: compare the checksum
 * (COPYDESK_ERR_INPUT). A view that lives as long as the transaction.
 */
int db_get(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number, bool check,
           struct str *value, bool *found, struct copydesk_error *error);
/* Both return LMDB's status: MDB_MAP_FULL is for the caller to answer. */
int db_put(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number, struct str value);
int db_delete(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t number);

/* All values of a kind from a number on, ascending. db_next(): 1 while there is one, 0 at the end, < 0. */
struct db_walk {
    MDB_cursor *cursor;
    enum db_kind kind;
    bool started, check;
    uint32_t number; /* of the value that came last */
    struct str value;
};
int db_walk(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t from, bool check,
            struct db_walk *walk, struct copydesk_error *error);
/* From the last value at or below `from`: where values are of many articles, that of the first one. */
int db_walk_covering(const struct db *db, MDB_txn *txn, enum db_kind kind, uint32_t from, bool check,
                     struct db_walk *walk, struct copydesk_error *error);
int db_next(const struct db *db, struct db_walk *walk, struct copydesk_error *error);
void db_walk_end(struct db_walk *walk);
