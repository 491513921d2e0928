// seal.c - the oldest 8,192 recent articles are packed for good.
//
// In:  recent records and postings. Out: groups of records and new words in the transaction of a commit; one
// more file of postings.
//
// Portions are cut by article number, never by time or size, so the same stream is sealed in the same way.
// Records and postings are made at the same time, the groups of records by all threads: the stream waits.
//
// All of it is in the transaction that names it, or under a name that nothing refers to: until the commit
// has succeeded the articles are recent ones, after it they are sealed, and never both.

#include "index/room.h"

#include "base/mem.h"
#include "index/bytes.h"

#include <stdio.h>

enum {
    GROUPS = SEAL_ARTICLES / GROUP_ARTICLES,
    AHEAD_GROUPS = 8, // made and not yet taken
    AHEAD = 16,       // words
};

// Scratch of a thread.
struct sealer {
    struct group_packer packer;
    struct index_record *records; /* of one group */
    uint64_t *words;
    uint8_t *flags;
    uint32_t *numbers;
    size_t cap_words, cap_flags, cap_numbers;
};

struct seal {
    struct index_store *ix;
    MDB_txn *txn;
    uint32_t first;
    struct sealer *sealers;
    struct buf made[AHEAD_GROUPS]; /* of groups, until each is taken in its turn */
    struct lexicon_counts counts;
    struct buf saved;
    struct postings_name name; /* of the file that is written meanwhile */
};

static void release(struct seal *s)
{
    for (unsigned i = 0; s->sealers && i < s->ix->threads; i++) {
        struct sealer *by = &s->sealers[i];
        group_packer_release(&by->packer);
        mem_free(by->records);
        mem_free(by->words);
        mem_free(by->flags);
        mem_free(by->numbers);
    }
    for (size_t i = 0; i < AHEAD_GROUPS; i++) {
        buf_release(&s->made[i]);
    }
    mem_free(s->sealers);
    lexicon_counts_release(&s->counts);
    buf_release(&s->saved);
}

static int reserve_words(struct sealer *by, size_t n, struct copydesk_error *error)
{
    void *words = by->words;
    void *flags = by->flags;
    void *numbers = by->numbers;
    bool ok = mem_grow(&words, &by->cap_words, n + 1, sizeof *by->words);
    by->words = words;
    ok = ok && mem_grow(&flags, &by->cap_flags, n + 1, sizeof *by->flags);
    by->flags = flags;
    ok = ok && mem_grow(&numbers, &by->cap_numbers, n + 1, sizeof *by->numbers);
    by->numbers = numbers;
    return ok ? 0 : error_memory(error);
}

// The articles of a group, unpacked: words and flags in one number each, those of exact copies left out.
static int unpack_group(const struct index_store *ix, struct sealer *by, uint32_t first, size_t *n_words,
                        struct copydesk_error *error)
{
    size_t all = 0;
    by->records = by->records ? by->records : mem_alloc(GROUP_ARTICLES, sizeof *by->records);
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        all += plain_words(recent_record(&ix->recent, first + i));
    }
    int status = by->records ? reserve_words(by, all, error) : error_memory(error);
    size_t at = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES && status == 0; i++) {
        struct str packed = recent_record(&ix->recent, first + i);
        if (!plain_unpack(packed, by->words + at, by->flags + at, &by->records[i])) {
            return store_damaged(ix, first + i, error);
        }
        at += by->records[i].leader == first + i ? by->records[i].n_words : 0;
    }
    for (size_t i = 0; i < at; i++) {
        by->words[i] = lexicon_word(by->words[i], by->flags[i]);
    }
    *n_words = at;
    return status;
}

// ---- new words

// Words of group g without a number.
static int find_new(void *data, unsigned thread, size_t g, struct copydesk_error *error)
{
    struct seal *s = data;
    struct sealer *by = &s->sealers[thread];
    const struct lexicon *l = &s->ix->lexicon;
    struct buf *made = &s->made[g % AHEAD_GROUPS];
    size_t n = 0;
    int status = unpack_group(s->ix, by, s->first + (uint32_t)g * GROUP_ARTICLES, &n, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        lexicon_fetch(l, by->words[i + AHEAD < n ? i + AHEAD : i]);
        if (lexicon_find(l, by->words[i]) == LEXICON_NONE) {
            buf_add(made, &by->words[i], sizeof by->words[i]);
        }
    }
    return status == 0 && made->failed ? error_memory(error) : status;
}

static int count_new(void *data, size_t g, struct copydesk_error *error)
{
    struct seal *s = data;
    struct buf *made = &s->made[g % AHEAD_GROUPS];
    bool ok = true;
    for (size_t at = 0; at < made->len && ok; at += sizeof(uint64_t)) {
        ok = lexicon_count(&s->counts, bytes_u64(made->data + at));
    }
    buf_clear(made);
    return ok ? 0 : error_memory(error);
}

static int learn_words(struct seal *s, struct copydesk_error *error)
{
    struct lexicon *l = &s->ix->lexicon;
    struct pool_work work = {find_new, count_new, s};
    uint32_t before = (uint32_t)l->n;
    int status = lexicon_prepare(l, error);
    status = status < 0 ? status : pool_queue(s->ix->threads, GROUPS, AHEAD_GROUPS, &work, error);
    status = status < 0 ? status : lexicon_learn(l, &s->counts, &s->saved, error);
    if (status == 0 && s->saved.len) {
        struct str saved = {s->saved.data, s->saved.len};
        status = store_put(s->ix, s->txn, DB_VOCABULARY, before, saved, error);
    }
    return status;
}

// ---- records

static int pack_group(void *data, unsigned thread, size_t g, struct copydesk_error *error)
{
    struct seal *s = data;
    struct sealer *by = &s->sealers[thread];
    const struct lexicon *l = &s->ix->lexicon;
    uint32_t first = s->first + (uint32_t)g * GROUP_ARTICLES;
    size_t n = 0;
    int status = unpack_group(s->ix, by, first, &n, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        lexicon_fetch(l, by->words[i + AHEAD < n ? i + AHEAD : i]);
        by->numbers[i] = lexicon_find(l, by->words[i]);
    }
    // Words of exact copies stand nowhere: no pointers into them.
    size_t at = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES && status == 0; i++) {
        by->records[i].words = by->words + at;
        at += by->records[i].leader == first + i ? by->records[i].n_words : 0;
    }
    status = status < 0 ? status : group_pack(&by->packer, by->records, first, by->numbers, error);
    if (status == 0) {
        struct buf *made = &s->made[g % AHEAD_GROUPS];
        struct buf spare = *made;
        *made = by->packer.out;
        by->packer.out = spare;
    }
    return status;
}

static int put_group(void *data, size_t g, struct copydesk_error *error)
{
    struct seal *s = data;
    const struct buf *made = &s->made[g % AHEAD_GROUPS];
    struct str group = {made->data, made->len};
    return store_put(s->ix, s->txn, DB_GROUP, s->first / GROUP_ARTICLES + (uint32_t)g, group, error);
}

// ---- postings

static int write_postings(void *data, struct copydesk_error *error)
{
    struct seal *s = data;
    const struct recent *r = &s->ix->recent;
    uint64_t *records = NULL;
    size_t n = 0;
    int status = recent_postings(r, s->first, s->first + SEAL_ARTICLES, &records, &n, error);
    const struct print_size *sizes = r->sizes + (s->first - r->base);
    status = status < 0 ? status : postings_write(s->ix->dir, &s->name, records, n, sizes, error);
    mem_free(records);
    return status;
}

static int seal_one(struct index_store *ix, MDB_txn *txn, uint32_t first, struct change *change,
                    struct copydesk_error *error)
{
    struct seal s = {.ix = ix, .txn = txn, .first = first};
    struct pool_work work = {pack_group, put_group, &s};
    struct pool_task task = {0};
    s.name = (struct postings_name){.file = ix->next.next_file++, .base = first, .log = SEAL_LOG};
    s.sealers = mem_zalloc(ix->threads, sizeof *s.sealers);
    if (!s.sealers) {
        return error_memory(error);
    }
    pool_start(&task, write_postings, &s);
    int status = learn_words(&s, error);
    status = status < 0 ? status : pool_queue(ix->threads, GROUPS, AHEAD_GROUPS, &work, error);
    // A file that was written is opened all the same, so that it goes when the others go.
    struct copydesk_error failure;
    int written = pool_finish(&task, &failure);
    written = written < 0 ? written : postings_open(&change->segments[change->n], ix->dir, &s.name, &failure);
    change->n += written == 0;
    if (status == 0 && written < 0) {
        status = written;
        if (error) {
            *error = failure;
        }
    }
    release(&s);
    return status < 0 ? status : segments_reduce(ix, change, error);
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
