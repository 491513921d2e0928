// texts.c - texts kept until a profile has learned from them, or for good.
//
// One value a commit: article, length, bytes, and so on. They go with the commit after index_texts_drop().

#include "index/room.h"

enum { HEAD_BYTES = 8 };

static int each_text(const struct index_store *ix, struct str value, uint32_t from, uint32_t to,
                     int (*each)(void *data, uint32_t number, struct str text), void *data,
                     struct copydesk_error *error)
{
    struct reader r = reader_of(value);
    int status = 0;
    while (status >= 0 && r.at < r.end && !r.failed) {
        uint32_t number = reader_u32(&r);
        struct str text = reader_take(&r, reader_u32(&r));
        if (!r.failed && number >= from && number < to) {
            status = each(data, number, text);
        }
    }
    return r.failed
               ? error_set(
                     error, COPYDESK_ERR_INPUT, ix->db.path,
                     "the texts kept are damaged; restore the folder from a copy, or build the index anew")
           : status < 0 ? status
                        : 0;
}

int index_texts(struct index_store *ix, uint32_t from, uint32_t to,
                int (*each)(void *data, uint32_t number, struct str text), void *data,
                struct copydesk_error *error)
{
    MDB_txn *txn;
    struct db_walk walk;
    from = from > ix->next.texts_from ? from : ix->next.texts_from;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_walk_covering(&ix->db, txn, DB_TEXTS, from, true, &walk, error);
    if (status < 0) {
        return status;
    }
    while ((status = db_next(&ix->db, &walk, error)) == 1 && walk.number < to) {
        status = each_text(ix, walk.value, from, to, each, data, error);
        if (status < 0) {
            break;
        }
    }
    db_walk_end(&walk);
    return status < 0
               ? status
               : each_text(ix, (struct str){ix->texts.data, ix->texts.len}, from, to, each, data, error);
}

void index_texts_drop(struct index_store *ix, uint32_t below)
{
    below = below < index_count(ix) ? below : index_count(ix);
    if (!ix->keep_text && below > ix->next.texts_from) {
        ix->next.texts_from = below;
    }
}

// A value goes when the one behind it begins at or below: then all its texts are done with.
int texts_delete(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error)
{
    while (ix->next.texts_from != ix->manifest.texts_from) {
        struct db_walk walk;
        uint32_t places[2] = {0, ix->next.n_articles};
        unsigned n = 0;
        int status = db_walk(&ix->db, txn, DB_TEXTS, 0, false, &walk, error);
        while (status >= 0 && n < 2 && (status = db_next(&ix->db, &walk, error)) == 1) {
            places[n++] = walk.number;
        }
        db_walk_end(&walk);
        if (status < 0 || n == 0 || places[1] > ix->next.texts_from) {
            return status < 0 ? status : 0;
        }
        int rc = db_delete(&ix->db, txn, DB_TEXTS, places[0]);
        if (rc) {
            ix->is_map_full = rc == MDB_MAP_FULL;
            return db_error(&ix->db, rc, "cannot write", error);
        }
    }
    return 0;
}
