// seal.c - the oldest 8,192 recent articles are packed for good.
//
// In:  recent records and postings. Out: groups of records and new words in the transaction of a commit; one
// more file of postings.
//
// Portions are cut by article number, never by time or size, so the same stream is sealed in the same way.
// All of it is in the transaction that names it, or under a name that nothing refers to: until the commit
// has succeeded the articles are recent ones, after it they are sealed, and never both.

#include "index/room.h"

#include "base/mem.h"

#include <stdio.h>

// Scratch of one seal.
struct seal {
    struct index_store *ix;
    MDB_txn *txn;
    uint32_t first;
    struct lexicon_counts counts;
    struct group_packer packer;
    struct buf saved;
    struct index_record *records; /* of one group */
    uint64_t *words;
    uint8_t *flags;
    uint32_t *numbers;
    size_t cap_words, cap_flags, cap_numbers;
};

static void release(struct seal *s)
{
    lexicon_counts_release(&s->counts);
    group_packer_release(&s->packer);
    buf_release(&s->saved);
    mem_free(s->records);
    mem_free(s->words);
    mem_free(s->flags);
    mem_free(s->numbers);
}

static int reserve_words(struct seal *s, size_t n, struct copydesk_error *error)
{
    void *words = s->words;
    void *flags = s->flags;
    void *numbers = s->numbers;
    bool ok = mem_grow(&words, &s->cap_words, n + 1, sizeof *s->words);
    s->words = words;
    ok = ok && mem_grow(&flags, &s->cap_flags, n + 1, sizeof *s->flags);
    s->flags = flags;
    ok = ok && mem_grow(&numbers, &s->cap_numbers, n + 1, sizeof *s->numbers);
    s->numbers = numbers;
    return ok ? 0 : error_memory(error);
}

// The articles of a group, unpacked: words and flags in one number each, those of exact copies left out.
static int unpack_group(struct seal *s, uint32_t first, size_t *n_words, struct copydesk_error *error)
{
    size_t all = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        all += plain_words(recent_record(&s->ix->recent, first + i));
    }
    int status = reserve_words(s, all, error);
    size_t at = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES && status == 0; i++) {
        struct str packed = recent_record(&s->ix->recent, first + i);
        if (!plain_unpack(packed, s->words + at, s->flags + at, &s->records[i])) {
            return store_damaged(s->ix, first + i, error);
        }
        at += s->records[i].leader == first + i ? s->records[i].n_words : 0;
    }
    for (size_t i = 0; i < at; i++) {
        s->words[i] = lexicon_word(s->words[i], s->flags[i]);
    }
    *n_words = at;
    return status;
}

enum { AHEAD = 16 };

static int learn_words(struct seal *s, struct copydesk_error *error)
{
    struct lexicon *l = &s->ix->lexicon;
    uint32_t before = (uint32_t)l->n;
    int status = lexicon_prepare(l, error);
    for (uint32_t g = 0; g < SEAL_ARTICLES && status == 0; g += GROUP_ARTICLES) {
        size_t n;
        status = unpack_group(s, s->first + g, &n, error);
        for (size_t i = 0; i < n && status == 0; i++) {
            lexicon_fetch(l, s->words[i + AHEAD < n ? i + AHEAD : i]);
            if (lexicon_find(l, s->words[i]) == LEXICON_NONE && !lexicon_count(&s->counts, s->words[i])) {
                status = error_memory(error);
            }
        }
    }
    status = status < 0 ? status : lexicon_learn(l, &s->counts, &s->saved, error);
    if (status == 0 && s->saved.len) {
        struct str saved = {s->saved.data, s->saved.len};
        status = store_put(s->ix, s->txn, DB_VOCABULARY, before, saved, error);
    }
    return status;
}

static int pack_groups(struct seal *s, struct copydesk_error *error)
{
    const struct lexicon *l = &s->ix->lexicon;
    int status = 0;
    for (uint32_t g = 0; g < SEAL_ARTICLES && status == 0; g += GROUP_ARTICLES) {
        size_t n;
        status = unpack_group(s, s->first + g, &n, error);
        for (size_t i = 0; i < n && status == 0; i++) {
            lexicon_fetch(l, s->words[i + AHEAD < n ? i + AHEAD : i]);
            s->numbers[i] = lexicon_find(l, s->words[i]);
        }
        // Words of exact copies stand nowhere: no pointers into them.
        size_t at = 0;
        for (uint32_t i = 0; i < GROUP_ARTICLES && status == 0; i++) {
            s->records[i].words = s->words + at;
            at += s->records[i].leader == s->first + g + i ? s->records[i].n_words : 0;
        }
        status = status < 0 ? status : group_pack(&s->packer, s->records, s->first + g, s->numbers, error);
        struct str group = {s->packer.out.data, s->packer.out.len};
        status = status < 0
                     ? status
                     : store_put(s->ix, s->txn, DB_GROUP, (s->first + g) / GROUP_ARTICLES, group, error);
    }
    return status;
}

static int write_postings(struct seal *s, struct change *change, struct copydesk_error *error)
{
    struct index_store *ix = s->ix;
    struct postings_name name = {.file = ix->next.next_file++, .base = s->first, .log = SEAL_LOG};
    uint64_t *records = NULL;
    size_t n = 0;
    int status = recent_postings(&ix->recent, s->first, s->first + SEAL_ARTICLES, &records, &n, error);
    const struct print_size *sizes = ix->recent.sizes + (s->first - ix->recent.base);
    status = status < 0 ? status : postings_write(ix->dir, &name, records, n, sizes, error);
    mem_free(records);
    if (status == 0) {
        status = postings_open(&change->segments[change->n], ix->dir, &name, error);
        change->n += status == 0;
    }
    return status < 0 ? status : segments_reduce(ix, change, error);
}

static int seal_one(struct index_store *ix, MDB_txn *txn, uint32_t first, struct change *change,
                    struct copydesk_error *error)
{
    struct seal s = {.ix = ix, .txn = txn, .first = first};
    s.records = mem_alloc(GROUP_ARTICLES, sizeof *s.records);
    int status = s.records ? learn_words(&s, error) : error_memory(error);
    status = status < 0 ? status : pack_groups(&s, error);
    status = status < 0 ? status : write_postings(&s, change, error);
    release(&s);
    return status;
}

static int save_facts(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error)
{
    struct buf saved = {0};
    fact_table_save(ix->facts, &saved);
    int status = saved.failed ? error_memory(error)
                              : store_put(ix, txn, DB_FACTS, 0, (struct str){saved.data, saved.len}, error);
    buf_release(&saved);
    ix->next.facts_upto = index_count(ix);
    return status;
}

// Values of recent articles that are sealed now, in whole or in part; the part that is not is written again.
static int delete_recent(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error)
{
    for (;;) {
        struct db_walk walk;
        int status = db_walk(&ix->db, txn, DB_RECENT, 0, false, &walk, error);
        status = status < 0 ? status : db_next(&ix->db, &walk, error);
        uint32_t number = walk.number;
        db_walk_end(&walk);
        if (status <= 0 || number >= ix->next.n_sealed) {
            return status < 0 ? status : 0;
        }
        int rc = db_delete(&ix->db, txn, DB_RECENT, number);
        if (rc) {
            ix->is_map_full = rc == MDB_MAP_FULL;
            return db_error(&ix->db, rc, "cannot write", error);
        }
    }
}

static int make_folder(const struct index_store *ix, char out[DB_PATH_BYTES], struct copydesk_error *error)
{
    snprintf(out, DB_PATH_BYTES, "%.3900s/segments", ix->dir);
    return files_make_folder(ix->dir, out, error);
}

int seal_all(struct index_store *ix, MDB_txn *txn, struct change *change, struct copydesk_error *error)
{
    char folder[DB_PATH_BYTES];
    *change = (struct change){.n = ix->n_segments};
    memcpy(change->segments, ix->segments, ix->n_segments * sizeof *ix->segments);
    if (index_count(ix) - ix->manifest.n_sealed < SEAL_ARTICLES) {
        return 0;
    }
    int status = make_folder(ix, folder, error);
    status = status < 0 ? status : segments_take_merge(ix, change, error);
    while (status == 0 && index_count(ix) - ix->next.n_sealed >= SEAL_ARTICLES) {
        status = seal_one(ix, txn, ix->next.n_sealed, change, error);
        ix->next.n_sealed += status == 0 ? SEAL_ARTICLES : 0;
    }
    status = status < 0 ? status : files_sync(folder, error);
    status = status < 0 ? status : save_facts(ix, txn, error);
    status = status < 0 ? status : delete_recent(ix, txn, error);
    if (status < 0) {
        return status;
    }
    ix->next.n_words = (uint32_t)ix->lexicon.n;
    ix->next.n_segments = (uint32_t)change->n;
    for (size_t i = 0; i < change->n; i++) {
        ix->next.segments[i] = change->segments[i].name;
    }
    change->room = recent_drop_room(&ix->recent, ix->next.n_sealed);
    return change->room ? 0 : error_memory(error);
}

void seal_adopt(struct index_store *ix, struct change *change)
{
    if (!change->room) {
        return;
    }
    segments_exchange(ix, change);
    recent_drop(&ix->recent, ix->manifest.n_sealed, change->room);
    change->room = NULL;
    ix->generation++;
    segments_start_merge(ix);
}

void seal_undo(struct index_store *ix, struct change *change)
{
    uint32_t next_file = ix->next.next_file;
    mem_free(change->room);
    change->room = NULL;
    segments_give_up(ix, change);
    lexicon_cut(&ix->lexicon, ix->manifest.n_words);
    ix->next.n_sealed = ix->manifest.n_sealed;
    ix->next.n_words = ix->manifest.n_words;
    ix->next.facts_upto = ix->manifest.facts_upto;
    ix->next.n_segments = ix->manifest.n_segments;
    memcpy(ix->next.segments, ix->manifest.segments, sizeof ix->next.segments);
    ix->next.next_file = next_file;
}
