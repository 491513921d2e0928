// info.c - what an index holds, in figures.

#include "index/room.h"

#include <stdlib.h>

#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

// Bytes on disk of a folder's files, one level deep; sparse parts do not count.
static uint64_t folder_bytes(const char *dir, const char *below)
{
    char path[DB_PATH_BYTES];
    uint64_t bytes = 0;
    snprintf(path, sizeof path, "%s%s", dir, below);
    DIR *folder = opendir(path);
    if (!folder) {
        return 0;
    }
    for (struct dirent *e; (e = readdir(folder));) {
        struct stat info;
        char name[DB_PATH_BYTES + 512];
        snprintf(name, sizeof name, "%s/%s", path, e->d_name);
        if (lstat(name, &info) == 0 && S_ISREG(info.st_mode)) {
            bytes += (uint64_t)info.st_blocks * 512;
        }
    }
    closedir(folder);
    return bytes;
}

static int sum_kind(const struct index_store *ix, MDB_txn *txn, enum db_kind kind, uint64_t *bytes,
                    struct copydesk_error *error)
{
    struct db_walk walk;
    int status = db_walk(&ix->db, txn, kind, 0, false, &walk, error);
    if (status < 0) {
        return status;
    }
    while ((status = db_next(&ix->db, &walk, error)) == 1) {
        *bytes += walk.value.len + DB_CHECK_BYTES;
    }
    db_walk_end(&walk);
    return status;
}

static int sum_articles(struct index_store *ix, struct index_info *info, struct copydesk_error *error)
{
    int status = 0;
    for (uint32_t i = 0; i < index_count(ix) && status == 0; i++) {
        struct index_record record;
        status = index_get(ix, i, 0, ix->own, &record, error);
        if (status == 0) {
            int64_t clock = store_clock(ix, i, &record);
            info->oldest = i == 0 || clock < info->oldest ? clock : info->oldest;
            info->newest = i == 0 || clock > info->newest ? clock : info->newest;
            info->dropped += record.dropped;
            info->exact_copies += record.leader != i;
            bool live;
            status = store_check_live(ix, i, &live, error);
            info->live += live;
        }
    }
    return status;
}

int index_info(struct index_store *ix, struct index_info *info, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct str header = {ix->header.data, ix->header.len};
    *info = (struct index_info){
        .articles = index_count(ix),
        .sealed = ix->manifest.n_sealed,
        .segments = ix->n_segments,
        .vocabulary = ix->lexicon.n,
        .settings = header_value(header, "options"),
        .settings_hash = strtoull(header_value(header, "settings").data, NULL, 16),
        .version = header_value(header, "version"),
        .unicode = header_value(header, "unicode"),
    };
    info->bytes_postings = folder_bytes(ix->dir, "/segments");
    info->bytes_profile = folder_bytes(ix->dir, "/profile");
    info->bytes_disk = folder_bytes(ix->dir, "") + info->bytes_postings + info->bytes_profile;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : sum_kind(ix, txn, DB_RECENT, &info->bytes_records, error);
    status = status < 0 ? status : sum_kind(ix, txn, DB_GROUP, &info->bytes_records, error);
    status = status < 0 ? status : sum_kind(ix, txn, DB_VOCABULARY, &info->bytes_records, error);
    status = status < 0 ? status : sum_kind(ix, txn, DB_TEXTS, &info->bytes_texts, error);
    return status < 0 ? status : sum_articles(ix, info, error);
}
