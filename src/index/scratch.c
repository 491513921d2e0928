// scratch.c - one thread's door to what is stored: its read transaction, and room for a record unpacked.
//
// A read transaction keeps the pages of its commit alive, and LMDB's file grows while it lasts. So all of
// them are let go before each commit, and begun again when next used.

#include "index/room.h"

#include "base/mem.h"

int index_scratch_new(struct index_store *ix, struct index_scratch **scratch, struct copydesk_error *error)
{
    *scratch = mem_zalloc(1, sizeof **scratch);
    if (!*scratch) {
        return error_memory(error);
    }
    (*scratch)->ix = ix;
    (*scratch)->next = ix->scratches;
    ix->scratches = *scratch;
    return 0;
}

void index_scratch_free(struct index_scratch *s)
{
    if (!s) {
        return;
    }
    for (struct index_scratch **at = &s->ix->scratches; *at; at = &(*at)->next) {
        if (*at == s) {
            *at = s->next;
            break;
        }
    }
    if (s->txn) {
        mdb_txn_abort(s->txn);
    }
    group_reader_release(&s->reader);
    mem_free(s->words);
    mem_free(s->flags);
    mem_free(s);
}

int scratch_reserve(struct index_scratch *s, size_t n, struct copydesk_error *error)
{
    void *words = s->words;
    void *flags = s->flags;
    bool ok = mem_grow(&words, &s->cap_words, n + 1, sizeof *s->words);
    s->words = words;
    ok = ok && mem_grow(&flags, &s->cap_flags, n + 1, sizeof *s->flags);
    s->flags = flags;
    return ok ? 0 : error_memory(error);
}

int scratch_txn(struct index_scratch *s, MDB_txn **txn, struct copydesk_error *error)
{
    int status = 0;
    if (!s->ix->db.env) {
        return error_set(error, COPYDESK_ERR_IO, s->ix->dir,
                         "the index could not be opened again after a failure");
    }
    if (!s->txn) {
        status = db_begin(&s->ix->db, false, &s->txn, error);
    } else if (s->is_reset) {
        int rc = mdb_txn_renew(s->txn);
        status = rc ? db_error(&s->ix->db, rc, "cannot read", error) : 0;
    }
    s->is_reset = status < 0 && s->is_reset;
    *txn = s->txn;
    return status;
}

void scratch_reset_all(struct index_store *ix)
{
    for (struct index_scratch *s = ix->scratches; s; s = s->next) {
        if (s->txn && !s->is_reset) {
            mdb_txn_reset(s->txn);
            s->is_reset = true;
        }
    }
}

void scratch_rest(struct index_scratch *s)
{
    if (s->ix->mode == INDEX_READ && s->txn && !s->is_reset) {
        mdb_txn_reset(s->txn);
        s->is_reset = true;
    }
}

void scratch_end_all(struct index_store *ix)
{
    for (struct index_scratch *s = ix->scratches; s; s = s->next) {
        if (s->txn) {
            mdb_txn_abort(s->txn);
            s->txn = NULL;
            s->is_reset = false;
        }
    }
}
