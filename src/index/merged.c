// merged.c - what has been merged into an index, so that it is not added twice.
//
// In:  the articles that a merge adds. Out: notes, written with them in the same transaction: a merge that
//      was cut short goes on where it was, and one that is asked for again adds what is new.
//
// An index has no name that could be trusted: folders are moved, and copies of one go different ways. So a
// note says what was merged, not from where: a hash over the articles from the first to the last one, in
// order. Whoever merges an index goes along the same hash in it, and where a note agrees, so many articles
// are here already. That is a look at every record, but not at its words, and only where a note could fit.
//
// A note also says which numbers the articles got, for the clusters of those that follow. After a gc these
// are others, and such a cluster is one of its own.
//
// Limits: an index that was collected (gc) since it was merged is another one: all that is left is added.

#include "index/room.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>

// Articles [from, to) of an index are here from number `base` on; INDEX_NONE: somewhere.
struct note {
    uint32_t from, to, base;
    uint64_t chain; // over [0, to)
};

enum { NOTE_BYTES = 20 };

static struct note note_at(const struct buf *notes, size_t i)
{
    const char *at = notes->data + i * NOTE_BYTES;
    return (struct note){bytes_u32(at), bytes_u32(at + 4), bytes_u32(at + 8), bytes_u64(at + 12)};
}

static void put_note(struct buf *notes, struct note note)
{
    buf_add(notes, &note.from, sizeof note.from);
    buf_add(notes, &note.to, sizeof note.to);
    buf_add(notes, &note.base, sizeof note.base);
    buf_add(notes, &note.chain, sizeof note.chain);
}

uint64_t merged_chain(uint64_t chain, const struct index_record *record)
{
    const uint64_t parts[] = {record->content, (uint64_t)record->arrived, record->url_hash, record->key[0],
                              record->key[1]};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        chain = hash_mix(chain + 1) ^ hash_mix(parts[i] + i);
    }
    return chain;
}

int merged_read(struct index_store *ix, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct str value;
    bool found;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_get(&ix->db, txn, DB_MERGED, 0, true, &value, &found, error);
    if (status < 0 || !found) {
        return status;
    }
    buf_clear(&ix->merged);
    buf_add(&ix->merged, value.data, value.len / NOTE_BYTES * NOTE_BYTES);
    return ix->merged.failed ? error_memory(error) : 0;
}

int merged_write(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error)
{
    struct str value = {ix->merged.data, ix->merged.len};
    return ix->merged_changed ? store_put(ix, txn, DB_MERGED, 0, value, error) : 0;
}

int merged_note(struct index_store *ix, uint32_t from, uint32_t to, uint32_t base, uint64_t chain,
                struct copydesk_error *error)
{
    size_t n = ix->merged.len / NOTE_BYTES;
    struct note last = n ? note_at(&ix->merged, n - 1) : (struct note){0};
    if (n && last.from == from && last.base == base) {
        ix->merged.len -= NOTE_BYTES; // it goes on
    }
    if (!buf_reserve(&ix->merged, NOTE_BYTES)) {
        return error_memory(error);
    }
    put_note(&ix->merged, (struct note){from, to, base, chain});
    ix->merged_changed = true;
    return 0;
}

int merged_keep(struct index_store *into, const struct index_store *from, struct copydesk_error *error)
{
    buf_clear(&into->merged);
    for (size_t i = 0; i < from->merged.len / NOTE_BYTES; i++) {
        struct note note = note_at(&from->merged, i);
        note.base = INDEX_NONE;
        put_note(&into->merged, note);
    }
    into->merged_changed = into->merged.len > 0;
    return into->merged.failed ? error_memory(error) : 0;
}

static int by_end(const void *left, const void *right)
{
    const struct note *a = left;
    const struct note *b = right;
    return (a->to > b->to) - (a->to < b->to);
}

// Goes along the articles of `from`; notes[0..n) ascend, none of which ends behind the last article.
static int follow(struct index_store *from, struct index_scratch *scratch, const struct note *notes, size_t n,
                  uint32_t *numbers, uint32_t *next, uint64_t *chain, struct copydesk_error *error)
{
    uint64_t here = *chain;
    uint32_t i = 0;
    for (size_t k = 0; k < n; k++) {
        for (; i < notes[k].to; i++) {
            struct index_record record;
            int status = index_get(from, i, 0, scratch, &record, error);
            if (status < 0) {
                return status;
            }
            here = merged_chain(here, &record);
        }
        if (here != notes[k].chain) {
            continue;
        }
        for (uint32_t a = notes[k].from; a < notes[k].to && notes[k].base != INDEX_NONE; a++) {
            numbers[a] = notes[k].base + (a - notes[k].from);
        }
        *next = notes[k].to;
        *chain = here;
    }
    return 0;
}

int merged_find(const struct index_store *into, struct index_store *from, struct index_scratch *scratch,
                uint32_t *numbers, uint32_t *next, uint64_t *chain, struct copydesk_error *error)
{
    size_t all = into->merged.len / NOTE_BYTES;
    size_t n = 0;
    struct note *notes = mem_alloc(all + 1, sizeof *notes);
    *next = 0;
    *chain = 0;
    if (!notes) {
        return error_memory(error);
    }
    for (size_t i = 0; i < all; i++) {
        struct note note = note_at(&into->merged, i);
        bool fits = note.from < note.to && note.to <= index_count(from) &&
                    (note.base == INDEX_NONE || note.base + (note.to - note.from) <= index_count(into));
        if (fits) {
            notes[n++] = note;
        }
    }
    qsort(notes, n, sizeof *notes, by_end);
    int status = follow(from, scratch, notes, n, numbers, next, chain, error);
    mem_free(notes);
    return status;
}
