// store.c - the store as a whole: opened, added to, committed, read.
//
//     add     an article's bytes and postings go to the recent table, in memory
//     commit  one transaction: the bytes since the last commit as one value, and the manifest
//     get     the bytes of a recent article, unpacked
//     open    header compared, recent articles read again, their postings made again
//
// The manifest is what is true. It is one value of the transaction, so whatever a crash leaves behind beside
// it (files not yet named, pages not yet linked) is not there for the next one who opens.

#include "index/room.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { VALUE_BYTES = 64 << 20, NAME_BYTES = 32, DAY = 86400 };

uint32_t index_count(const struct index_store *ix)
{
    return ix->recent.base + ix->recent.n;
}

uint32_t index_committed(const struct index_store *ix)
{
    return ix->manifest.n_articles;
}

bool index_keeps_text(const struct index_store *ix)
{
    return ix->keep_text;
}

int64_t index_newest(const struct index_store *ix)
{
    return (int64_t)((uint64_t)ix->next.newest_high << 32 | ix->next.newest_low);
}

void index_count_facts(struct index_store *ix, const struct index_record *record)
{
    fact_table_add(ix->facts, record->words, record->flags, record->words ? record->n_words : 0);
    ix->facts_counted = true;
}

const struct fact_table *index_facts(const struct index_store *ix)
{
    return ix->facts;
}

// ---- open

// One writer: a lock on a file of its own, which goes when the process does, however it ends.
static int lock_writer(struct index_store *ix, struct copydesk_error *error)
{
    char path[DB_PATH_BYTES];
    char text[NAME_BYTES] = "";
    snprintf(path, sizeof path, "%s/writer.lock", ix->dir);
    // Posting files are made and removed later on: a folder that forbids that is told of now, not in the
    // middle of a stream.
    bool is_open = faccessat(AT_FDCWD, ix->dir, W_OK | X_OK, AT_EACCESS) == 0;
    if (is_open) {
        ix->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    }
    if (!is_open || ix->lock < 0) {
        return error_set(error, COPYDESK_ERR_IO, is_open ? path : ix->dir,
                         "cannot open for writing: %s; to read only, say so (%s)", strerror(errno),
                         "--read-only");
    }
    if (flock(ix->lock, LOCK_EX | LOCK_NB) < 0) {
        bool is_busy = errno == EWOULDBLOCK;
        ssize_t n = pread(ix->lock, text, sizeof text - 1, 0);
        long pid = n > 0 ? strtol(text, NULL, 10) : 0;
        int status =
            is_busy ? error_set(error, COPYDESK_ERR_IO, ix->dir,
                                "process %ld is writing to this index; an index has one writer at a time: "
                                "wait for it, or open with --read-only",
                                pid)
                    : error_set(error, COPYDESK_ERR_IO, path, "cannot lock: %s", strerror(errno));
        close(ix->lock);
        ix->lock = -1;
        return status;
    }
    int n = snprintf(text, sizeof text, "%ld\n", (long)getpid());
    // Who holds the lock is told as a courtesy; a full disk shows elsewhere.
    if (ftruncate(ix->lock, 0) < 0 || pwrite(ix->lock, text, (size_t)n, 0) < 0) {
        errno = 0;
    }
    return 0;
}

// A folder that is not an index is left alone: only an empty one, or none at all, becomes one.
static int make_folder(const char *dir, struct copydesk_error *error)
{
    if (mkdir(dir, 0777) < 0 && errno != EEXIST) {
        return error_set(error, COPYDESK_ERR_IO, dir, "cannot make the folder: %s", strerror(errno));
    }
    return 0;
}

static int write_header(struct index_store *ix, struct copydesk_error *error)
{
    MDB_txn *txn;
    int status = db_begin(&ix->db, true, &txn, error);
    if (status < 0) {
        return status;
    }
    int rc = db_put(&ix->db, txn, DB_HEADER, 0, (struct str){ix->header.data, ix->header.len});
    rc = rc ? rc : db_put(&ix->db, txn, DB_MANIFEST, 0, manifest_pack(&ix->manifest, &ix->packed));
    if (rc == MDB_SUCCESS) {
        rc = mdb_txn_commit(txn);
    } else {
        mdb_txn_abort(txn);
    }
    return rc ? db_error(&ix->db, rc, "cannot write", error) : 0;
}

static int read_header(struct index_store *ix, const struct index_params *params,
                       struct copydesk_error *error)
{
    MDB_txn *txn;
    struct str stored;
    struct str manifest = {0};
    bool found;
    int status = header_make(params, &ix->header, error);
    ix->next = ix->manifest = (struct manifest){.next_file = 1};
    status = status < 0 ? status : scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_get(&ix->db, txn, DB_HEADER, 0, true, &stored, &found, error);
    if (status < 0) {
        return status;
    }
    if (!found) {
        if (ix->mode != INDEX_CREATE) {
            return error_set(error, COPYDESK_ERR_INPUT, ix->dir,
                             "is no index yet: it was not finished; make one with `copydesk index build`");
        }
        scratch_reset_all(ix);
        return write_header(ix, error);
    }
    struct str ours = {ix->header.data, ix->header.len};
    status = header_check(stored, ours, params->any_settings, ix->dir, error);
    status = status < 0 ? status : db_get(&ix->db, txn, DB_MANIFEST, 0, true, &manifest, &found, error);
    if (status < 0) {
        return status;
    }
    if (!found || !manifest_unpack(manifest, &ix->manifest)) {
        return error_set(
            error, COPYDESK_ERR_INPUT, ix->db.path,
            "the list of contents is damaged; restore the folder from a copy, or build the index anew");
    }
    ix->next = ix->manifest;
    buf_clear(&ix->header);
    buf_add_str(&ix->header, stored);
    return ix->header.failed ? error_memory(error) : 0;
}

// ---- recent articles

int store_damaged(const struct index_store *ix, uint32_t number, struct copydesk_error *error)
{
    return error_set(error, COPYDESK_ERR_INPUT, ix->db.path,
                     "article %u is damaged; restore the folder from a copy, or build the index anew",
                     number);
}

// Enters a packed record; its facts and prints are made again.
static int enter_packed(struct index_store *ix, struct str packed, struct copydesk_error *error)
{
    uint32_t number = index_count(ix);
    struct index_record record;
    int status = scratch_reserve(ix->own, plain_words(packed), error);
    if (status < 0) {
        return status;
    }
    if (!plain_unpack(packed, ix->own->words, ix->own->flags, &record)) {
        return store_damaged(ix, number, error);
    }
    if (index_prints_make(&ix->own_prints, ix->cpu, &record) < 0) {
        return error_memory(error);
    }
    status = recent_add(&ix->recent, packed, &ix->own_prints, record.leader != number, error);
    if (status == 0 && number >= ix->manifest.facts_upto) {
        fact_table_add(ix->facts, record.words, record.flags, record.n_words);
    }
    return status;
}

static int read_recent(struct index_store *ix, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct db_walk walk;
    ix->recent.base = ix->manifest.n_sealed;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_walk(&ix->db, txn, DB_RECENT, 0, true, &walk, error);
    if (status < 0) {
        return status;
    }
    while ((status = db_next(&ix->db, &walk, error)) == 1) {
        uint32_t number = walk.number;
        for (struct str rest = walk.value; rest.len && status == 1; number++) {
            size_t len = plain_length(rest);
            if (len == 0 || number > index_count(ix)) {
                status = store_damaged(ix, number, error);
            } else if (number == index_count(ix) &&
                       enter_packed(ix, str_part(rest.data, 0, len), error) < 0) {
                status = error ? error->status : COPYDESK_ERR_INPUT;
            }
            rest = len ? str_part(rest.data, len, rest.len) : rest;
        }
        if (status < 0) {
            break;
        }
    }
    db_walk_end(&walk);
    if (status == 0 && index_count(ix) != ix->manifest.n_articles) {
        status = store_damaged(ix, index_count(ix), error);
    }
    return status;
}

// What was made of the sealed articles: words, facts.
static int read_sealed(struct index_store *ix, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct db_walk walk;
    struct str facts;
    bool found;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_walk(&ix->db, txn, DB_VOCABULARY, 0, true, &walk, error);
    if (status < 0) {
        return status;
    }
    while (ix->lexicon.n < ix->manifest.n_words && (status = db_next(&ix->db, &walk, error)) == 1) {
        status = lexicon_load(&ix->lexicon, walk.value, ix->db.path, error);
        if (status < 0) {
            break;
        }
    }
    db_walk_end(&walk);
    status = status < 0 ? status : db_get(&ix->db, txn, DB_FACTS, 0, true, &facts, &found, error);
    if (status == 0 && (ix->lexicon.n != ix->manifest.n_words || (ix->manifest.facts_upto > 0 && !found) ||
                        (found && !fact_table_load(ix->facts, facts)))) {
        status =
            error_set(error, COPYDESK_ERR_INPUT, ix->db.path,
                      "words or facts are damaged; restore the folder from a copy, or build the index anew");
    }
    return status;
}

static int read_refreshed(struct index_store *ix, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct db_walk walk;
    int status = scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_walk(&ix->db, txn, DB_REFRESHED, 0, true, &walk, error);
    if (status < 0) {
        return status;
    }
    while ((status = db_next(&ix->db, &walk, error)) == 1) {
        if (walk.value.len == sizeof(int64_t) &&
            !refreshed_put(ix, walk.number, (int64_t)bytes_u64(walk.value.data))) {
            status = error_memory(error);
            break;
        }
    }
    db_walk_end(&walk);
    return status;
}

// A reader may have read a manifest whose files a writer has merged since: then there is a newer one.
static int open_segments(struct index_store *ix, struct copydesk_error *error)
{
    enum { TRIES = 20 };
    int status = segments_open(ix, error);
    for (int i = 0; i < TRIES && status == COPYDESK_ERR_INPUT && ix->mode == INDEX_READ; i++) {
        MDB_txn *txn;
        struct str value;
        struct manifest newer;
        bool found;
        scratch_reset_all(ix);
        if (scratch_txn(ix->own, &txn, NULL) < 0 ||
            db_get(&ix->db, txn, DB_MANIFEST, 0, true, &value, &found, NULL) < 0 || !found ||
            !manifest_unpack(value, &newer) || memcmp(&newer, &ix->manifest, sizeof newer) == 0) {
            break;
        }
        ix->next = ix->manifest = newer;
        status = segments_open(ix, error);
    }
    if (status == 0 && ix->mode != INDEX_READ) {
        segments_sweep(ix);
    }
    return status;
}

static char *copy_string(const char *z)
{
    size_t len = strlen(z) + 1;
    char *copy = mem_alloc(len, 1);
    if (copy) {
        memcpy(copy, z, len);
    }
    return copy;
}

static int open_store(struct index_store *ix, const char *dir, const struct index_params *params,
                      struct copydesk_error *error)
{
    bool can_write = ix->mode != INDEX_READ;
    bool can_make = ix->mode == INDEX_CREATE;
    ix->dir = copy_string(dir);
    ix->facts = fact_table_new();
    if (!ix->dir || !ix->facts) {
        return error_memory(error);
    }
    struct stat info;
    if (!can_make && (stat(dir, &info) < 0 || !S_ISDIR(info.st_mode))) {
        return error_set(error, COPYDESK_ERR_INPUT, dir,
                         "is no index: there is no such folder; make one with `copydesk index build`");
    }
    int status = can_make ? make_folder(dir, error) : 0;
    status = status < 0 || !can_write ? status : lock_writer(ix, error);
    status = status < 0 ? status : db_open(&ix->db, dir, can_write, can_make, error);
    status = status < 0 ? status : index_scratch_new(ix, &ix->own, error);
    status = status < 0 ? status : read_header(ix, params, error);
    if (status < 0) {
        return status;
    }
    struct str header = {ix->header.data, ix->header.len};
    ix->keep_text = str_equal(header_value(header, "texts"), STR("kept"));
    status = open_segments(ix, error);
    status = status < 0 ? status : read_sealed(ix, error);
    status = status < 0 ? status : read_recent(ix, error);
    status = status < 0 ? status : read_refreshed(ix, error);
    status = status < 0 ? status : merged_read(ix, error);
    profile_name(ix, ix->manifest.profile, ix->profile_path);
    scratch_reset_all(ix);
    return status;
}

int index_open(struct index_store **out, const char *dir, enum index_mode mode,
               const struct index_params *params, struct copydesk_error *error)
{
    *out = NULL;
    struct index_store *ix = mem_zalloc(1, sizeof *ix);
    if (!ix) {
        return error_memory(error);
    }
    ix->mode = mode;
    ix->cpu = params->cpu;
    ix->threads = params->threads ? params->threads : 1;
    ix->memory_bytes = params->memory_bytes;
    ix->warning = params->warning;
    ix->callback_data = params->callback_data;
    ix->lock = -1;
    int status = open_store(ix, dir, params, error);
    if (status < 0) {
        index_close(ix);
        return status;
    }
    *out = ix;
    return 0;
}

void index_close(struct index_store *ix)
{
    if (!ix) {
        return;
    }
    segments_stop_merge(ix);
    segments_close(ix);
    lexicon_release(&ix->lexicon);
    index_scratch_free(ix->own);
    db_close(&ix->db);
    if (ix->lock >= 0) {
        close(ix->lock);
    }
    recent_release(&ix->recent);
    fact_table_free(ix->facts);
    index_prints_release(&ix->own_prints);
    index_match_release(&ix->own_match);
    buf_release(&ix->header);
    buf_release(&ix->texts);
    buf_release(&ix->packed);
    buf_release(&ix->merged);
    mem_free(ix->refreshed);
    mem_free(ix->fresh);
    mem_free(ix->dir);
    mem_free(ix);
}

// ---- add, commit

// Bytes that a commit has to write: articles and their texts. Those behind it stay until they are sealed.
static size_t bytes_waiting(const struct index_store *ix)
{
    const struct recent *r = &ix->recent;
    uint32_t committed = ix->manifest.n_articles - r->base;
    return r->bytes.len - (committed < r->n ? r->starts[committed] : r->bytes.len) + ix->texts.len;
}

int index_add(struct index_store *ix, const struct index_record *record, const struct index_prints *p,
              struct str text, uint32_t *number, struct copydesk_error *error)
{
    uint32_t article = index_count(ix);
    if (ix->mode == INDEX_READ) {
        return error_set(error, COPYDESK_ERR_STATE, ix->dir, "the index is open for reading only");
    }
    if (article >= INDEX_MAX_ARTICLES) {
        return error_set(error, COPYDESK_ERR_INPUT, ix->dir,
                         "the index is full: %u articles; start another one", article);
    }
    if (ix->memory_bytes && bytes_waiting(ix) > ix->memory_bytes) {
        return error_set(
            error, COPYDESK_ERR_MEMORY, ix->dir,
            "%u articles wait for a commit, more than memory is given for; commit more often, or "
            "give more",
            article - ix->manifest.n_articles);
    }
    struct index_record own = *record;
    own.leader = record->leader == INDEX_NONE ? article : record->leader;
    own.cluster = record->cluster == INDEX_NONE ? article : record->cluster;
    buf_clear(&ix->packed);
    plain_pack(&ix->packed, &own);
    size_t texts = ix->texts.len;
    if (text.len) {
        uint32_t head[2] = {article, (uint32_t)text.len};
        buf_add(&ix->texts, head, sizeof head);
        buf_add_str(&ix->texts, text);
    }
    bool failed = ix->packed.failed || ix->texts.failed;
    int status = failed ? error_memory(error)
                        : recent_add(&ix->recent, (struct str){ix->packed.data, ix->packed.len}, p,
                                     own.leader != article, error);
    if (status < 0) {
        ix->texts.len = texts;
        ix->texts.failed = false;
        buf_release(&ix->packed);
        return status;
    }
    if (!ix->facts_counted) {
        fact_table_add(ix->facts, record->words, record->flags, record->words ? record->n_words : 0);
    }
    ix->facts_counted = false;
    ix->next.n_copies += own.leader != article;
    ix->next.n_dropped += record->dropped;
    if (record->has_date && record->date > index_newest(ix) && record->date <= record->arrived + DAY) {
        ix->next.newest_low = (uint32_t)(uint64_t)record->date;
        ix->next.newest_high = (uint32_t)((uint64_t)record->date >> 32);
    }
    *number = article;
    return 0;
}

int store_put(struct index_store *ix, MDB_txn *txn, enum db_kind kind, uint32_t number, struct str value,
              struct copydesk_error *error)
{
    int rc = db_put(&ix->db, txn, kind, number, value);
    ix->is_map_full = rc == MDB_MAP_FULL;
    return rc ? db_error(&ix->db, rc, "cannot write", error) : 0;
}

// Records that no value has yet, or not behind those that were sealed, as values of at most 64 MiB.
static int put_recent(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error)
{
    const struct recent *r = &ix->recent;
    uint32_t end = index_count(ix);
    bool has_sealed = ix->next.n_sealed != ix->manifest.n_sealed;
    int status = 0;
    for (uint32_t from = has_sealed ? ix->next.n_sealed : ix->manifest.n_articles;
         from < end && status == 0;) {
        struct str all = recent_record(r, from);
        uint32_t to = from + 1;
        while (to < end && all.len + recent_record(r, to).len <= VALUE_BYTES) {
            all.len += recent_record(r, to++).len;
        }
        status = store_put(ix, txn, DB_RECENT, from, all, error);
        from = to;
    }
    return status;
}

static int put_all(struct index_store *ix, MDB_txn *txn, struct change *change, struct copydesk_error *error)
{
    struct str texts = {ix->texts.data, ix->texts.len};
    int status = seal_all(ix, txn, change, error);
    status = status < 0 ? status : put_recent(ix, txn, error);
    if (status == 0 && texts.len) {
        status = store_put(ix, txn, DB_TEXTS, ix->manifest.n_articles, texts, error);
    }
    for (size_t i = 0; status == 0 && i < ix->n_fresh; i++) {
        int64_t at;
        refreshed_get(ix, ix->fresh[i], &at);
        struct str value = {(const char *)&at, sizeof at};
        status = store_put(ix, txn, DB_REFRESHED, ix->fresh[i], value, error);
    }
    status = status < 0 ? status : texts_delete(ix, txn, error);
    status = status < 0 ? status : merged_write(ix, txn, error);
    return status < 0 ? status
                      : store_put(ix, txn, DB_MANIFEST, 0, manifest_pack(&ix->next, &ix->packed), error);
}

/*
 * After a commit whose last write failed, LMDB trusts its environment no more, and which of the two root
 * pages is the newer one is for the file to say. It is opened again, and the manifest in it tells whether
 * the commit counts. 1: it does.
 */
static int settle(struct index_store *ix, struct copydesk_error *error)
{
    struct str manifest;
    struct buf packed = {0};
    bool found = false;
    MDB_txn *txn;
    scratch_end_all(ix);
    db_close(&ix->db);
    int status = db_open(&ix->db, ix->dir, true, false, error);
    status = status < 0 ? status : scratch_txn(ix->own, &txn, error);
    status = status < 0 ? status : db_get(&ix->db, txn, DB_MANIFEST, 0, true, &manifest, &found, error);
    if (status == 0) {
        struct str next = manifest_pack(&ix->next, &packed);
        status = packed.failed ? error_memory(error) : found && str_equal(manifest, next);
    }
    scratch_reset_all(ix);
    buf_release(&packed);
    return status;
}

static int try_commit(struct index_store *ix, struct change *change, struct copydesk_error *error)
{
    MDB_txn *txn;
    ix->is_map_full = false;
    *change = (struct change){.n = 0};
    if (!ix->db.env && settle(ix, error) < 0) {
        return COPYDESK_ERR_IO; // it could not be opened again then, and cannot now
    }
    int status = db_begin(&ix->db, true, &txn, error);
    if (status < 0) {
        return status;
    }
    status = put_all(ix, txn, change, error);
    if (status == 0) {
        int rc = mdb_txn_commit(txn);
        ix->is_map_full = rc == MDB_MAP_FULL;
        status = rc ? db_error(&ix->db, rc, "cannot write", error) : 0;
    } else {
        mdb_txn_abort(txn);
    }
    if (status < 0 && db_is_broken(&ix->db)) {
        struct copydesk_error again;
        int settled = settle(ix, &again);
        if (settled == 1) {
            return 0;
        }
        change->is_uncertain = settled < 0;
    }
    if (status < 0) {
        seal_undo(ix, change);
    }
    return status;
}

int index_commit(struct index_store *ix, struct copydesk_error *error)
{
    struct change change = {.n = 0};
    int status;
    if (ix->mode == INDEX_READ) {
        return error_set(error, COPYDESK_ERR_STATE, ix->dir, "the index is open for reading only");
    }
    scratch_reset_all(ix);
    ix->next.n_articles = index_count(ix);
    while ((status = try_commit(ix, &change, error)) < 0 && ix->is_map_full && db_grow(&ix->db, error) == 0) {
    }
    if (status < 0) {
        return status;
    }
    uint32_t old_profile = ix->manifest.profile;
    ix->manifest = ix->next;
    seal_adopt(ix, &change);
    profile_remove(ix, old_profile);
    buf_clear(&ix->texts);
    ix->n_fresh = 0;
    ix->merged_changed = false;
    return 0;
}

// ---- read

static int get_recent(const struct index_store *ix, uint32_t number, unsigned parts, struct index_scratch *s,
                      struct index_record *out, struct copydesk_error *error)
{
    struct str packed = recent_record(&ix->recent, number);
    bool words = parts & INDEX_WORDS;
    int status = words ? scratch_reserve(s, plain_words(packed), error) : 0;
    if (status < 0) {
        return status;
    }
    if (!plain_unpack(packed, words ? s->words : NULL, s->flags, out)) {
        return store_damaged(ix, number, error);
    }
    return 0;
}

static int get_sealed(const struct index_store *ix, uint32_t number, unsigned parts, struct index_scratch *s,
                      struct index_record *out, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct str group;
    bool found;
    uint32_t n_words = 0;
    int status = scratch_txn(s, &txn, error);
    status = status < 0
                 ? status
                 : db_get(&ix->db, txn, DB_GROUP, number / GROUP_ARTICLES, false, &group, &found, error);
    if (status == 0 && (!found || ((parts & INDEX_WORDS) && !group_words(group, number, &n_words)))) {
        status = store_damaged(ix, number, error);
    }
    status = status < 0 ? status : scratch_reserve(s, n_words, error);
    if (status == 0 && !group_get(group, number, parts, &ix->lexicon, &s->reader, s->words, s->flags, out)) {
        status = store_damaged(ix, number, error);
    }
    return status;
}

static int get_own(const struct index_store *ix, uint32_t number, unsigned parts, struct index_scratch *s,
                   struct index_record *out, struct copydesk_error *error)
{
    return number < ix->recent.base ? get_sealed(ix, number, parts, s, out, error)
                                    : get_recent(ix, number, parts, s, out, error);
}

int index_get(const struct index_store *ix, uint32_t number, unsigned parts, struct index_scratch *s,
              struct index_record *out, struct copydesk_error *error)
{
    if (number >= index_count(ix)) {
        return error_set(error, COPYDESK_ERR_STATE, ix->dir, "there is no article %u", number);
    }
    int status = get_own(ix, number, parts, s, out, error);
    // A sealed copy has the words of its leader.
    if (status == 0 && (parts & INDEX_WORDS) && number < ix->recent.base && out->leader != number) {
        struct index_record leader;
        if (out->leader > number) {
            return store_damaged(ix, number, error);
        }
        status = get_own(ix, out->leader, INDEX_WORDS, s, &leader, error);
        out->words = leader.words;
        out->flags = leader.flags;
        out->n_words = leader.n_words;
    }
    scratch_rest(s);
    return status;
}

struct print_size store_size(const struct index_store *ix, uint32_t number)
{
    if (number >= ix->recent.base) {
        return ix->recent.sizes[number - ix->recent.base];
    }
    size_t i = ix->n_segments - 1;
    while (i > 0 && ix->segments[i].name.base > number) {
        i--;
    }
    return ix->segments[i].sizes[number - ix->segments[i].name.base];
}

int index_common(struct index_store *ix, const struct index_record *record,
                 const struct index_prints *near_prints, const struct index_match *near, uint8_t *common,
                 struct copydesk_error *error)
{
    if (index_prints_make(&ix->own_prints, ix->cpu, record) < 0) {
        return error_memory(error);
    }
    return match_common(ix, &ix->own_prints, near_prints, near, common, error);
}
