/*
 * room.h - what the files of this room share: the store itself.
 */
#pragma once

#include "base/pool.h"
#include "index/db.h"
#include "index/group.h"
#include "index/plain.h"
#include "index/postings.h"
#include "index/recent.h"

enum {
    SEAL_LOG = POSTINGS_LEAST_LOG,
    SEAL_ARTICLES = 1 << SEAL_LOG, /* are sealed together, by number: however they came */
    MOST_SEGMENTS = 48,
    MANY_SEGMENTS = 32, /* no more are left to be merged in the background */
};

/* What a commit makes true; written with it. Never changed before the commit has succeeded. */
struct manifest {
    uint32_t n_articles;
    uint32_t n_sealed;
    uint32_t texts_from; /* texts of articles below are gone */
    uint32_t profile;    /* number of the file, 0: none */
    uint32_t learned;    /* articles that the profile knows */
    uint32_t next_file;  /* number of the next file to be made */
    uint32_t n_copies, n_dropped;
    uint32_t newest_low, newest_high; /* of int64_t: see index_newest() */
    uint32_t n_words;                 /* of the lexicon */
    uint32_t facts_upto;              /* articles whose facts are saved */
    uint32_t n_segments;
    struct postings_name segments[MOST_SEGMENTS]; /* neighbours, from article 0 to n_sealed */
};

/* A merge in the background. Parts are segments [first, first + n_parts) of the store, which stay open. */
struct merge_job {
    struct pool_task task;
    bool is_begun;
    _Atomic bool stop;
    const char *dir;
    struct postings_name name;
    struct postings parts[MOST_SEGMENTS];
    size_t first, n_parts;
};

struct refreshed {
    uint32_t article; /* + 1; 0: free */
    int64_t at;
};

struct index_store {
    char *dir;
    enum index_mode mode;
    enum copydesk_cpu cpu;
    unsigned threads;
    uint64_t memory_bytes;
    void (*warning)(void *data, const char *message);
    void *callback_data;
    bool keep_text;
    int lock; /* descriptor of writer.lock, -1: none */

    struct db db;
    struct buf header;        /* lines of NAME VALUE */
    struct manifest manifest; /* of the last commit */
    struct manifest next;     /* of the next one */
    struct recent recent;
    struct fact_table *facts;
    bool facts_counted;                      /* of the article that is added next */
    uint64_t generation;                     /* counts what makes a probe stale */
    struct postings segments[MOST_SEGMENTS]; /* of the manifest */
    size_t n_segments;
    struct merge_job job;
    struct lexicon lexicon;
    bool is_map_full; /* why the last write failed */

    /* Since the last commit. */
    struct buf texts;            /* u32 article, u32 length, bytes */
    struct refreshed *refreshed; /* all, by open addressing */
    size_t n_refreshed, cap_refreshed;
    uint32_t *fresh; /* articles refreshed since the last commit */
    size_t n_fresh, cap_fresh;
    struct buf merged; /* all notes of merges */
    bool merged_changed;
    char profile_path[DB_PATH_BYTES]; /* of next.profile */

    bool has_window;
    enum index_clock clock;
    int64_t cutoff;

    struct index_scratch *scratches; /* all that are open */
    struct index_scratch *own;       /* of the owner's thread */
    struct index_prints own_prints;
    struct index_match own_match;
    struct buf packed;
};

/* One thread's door to what is stored. */
struct index_scratch {
    struct index_store *ix;
    struct index_scratch *next;
    MDB_txn *txn;
    bool is_reset; /* to be renewed before it is used */
    uint64_t *words;
    uint8_t *flags;
    size_t cap_words, cap_flags;
    struct group_reader reader;
};

/* Room for n words. */
int scratch_reserve(struct index_scratch *s, size_t n, struct copydesk_error *error);
/* The transaction of the last commit. */
int scratch_txn(struct index_scratch *s, MDB_txn **txn, struct copydesk_error *error);
/* Lets go of the pages of an older commit; before each commit. */
void scratch_reset_all(struct index_store *ix);

/* Ends them for good: the environment is closed. */
void scratch_end_all(struct index_store *ix);
/* Lets a read transaction of a reader go: everything has been copied. */
void scratch_rest(struct index_scratch *s);

/* Writes a value or says why not; ix->is_map_full. */
int store_put(struct index_store *ix, MDB_txn *txn, enum db_kind kind, uint32_t number, struct str value,
              struct copydesk_error *error);
int store_damaged(const struct index_store *ix, uint32_t number, struct copydesk_error *error);

/* ---- seal.c: the segments as they will be once a commit has succeeded. */
struct change {
    struct postings segments[MOST_SEGMENTS];
    size_t n;
    bool is_uncertain; /* whether the commit was written: no file may be deleted */
    uint64_t *room;    /* for recent_drop(); NULL: nothing was sealed */
};

/* Seals all whole portions into the transaction; what is new of the manifest goes to ix->next. */
int seal_all(struct index_store *ix, MDB_txn *txn, struct change *change, struct copydesk_error *error);
/* After the commit; and when it failed. */
void seal_adopt(struct index_store *ix, struct change *change);
void seal_undo(struct index_store *ix, struct change *change);

/* ---- segments.c */
int segments_open(struct index_store *ix, struct copydesk_error *error);
void segments_close(struct index_store *ix);
/* Files that no manifest names, left by who was killed. */
void segments_sweep(const struct index_store *ix);
/* Starts the next merge that is due; waits for it and puts the result into the change; gives it up. */
void segments_start_merge(struct index_store *ix);
int segments_take_merge(struct index_store *ix, struct change *change, struct copydesk_error *error);
void segments_stop_merge(struct index_store *ix);
/* Merges now, until the change has fewer segments. */
int segments_reduce(struct index_store *ix, struct change *change, struct copydesk_error *error);
/* Closes and deletes one; after the commit, those that the change has no more; when it failed, those it
 * made. */
void segments_remove(const struct index_store *ix, struct postings *p);
void segments_exchange(struct index_store *ix, struct change *change);
void segments_give_up(const struct index_store *ix, struct change *change);

/* Is this one inside the window? */
bool store_is_live(const struct index_store *ix, uint32_t number, const struct index_record *record);
/* The same, the record looked up. */
int store_check_live(struct index_store *ix, uint32_t number, bool *live, struct copydesk_error *error);
int64_t store_clock(const struct index_store *ix, uint32_t number, const struct index_record *record);
/* When an article was seen again; false: never, or (put) out of memory. */
bool refreshed_get(const struct index_store *ix, uint32_t article, int64_t *at);
bool refreshed_put(struct index_store *ix, uint32_t article, int64_t at);
/* index_match.common of fingerprints that stand in the index once already; what `near` has of them is not
 * counted again. p is used up. */
int match_common(struct index_store *ix, struct index_prints *p, const struct index_prints *near_prints,
                 const struct index_match *near, uint8_t *common, struct copydesk_error *error);
/* How many prints of article `number` do not lead to it, though no newer ones crowd it out. */
int match_missing(struct index_store *ix, const struct index_prints *p, uint32_t number, bool is_copy,
                  struct index_match *m, size_t *missing, struct copydesk_error *error);
/* Of article `number`, which has postings. */
struct print_size store_size(const struct index_store *ix, uint32_t number);

/* Deletes the texts that next.texts_from says are done with. */
int texts_delete(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error);

/*
 * ---- merged.c: what of other indexes is here. A chain is a hash over their articles, from 0 on.
 */
uint64_t merged_chain(uint64_t chain, const struct index_record *record);
/* At opening, and with a commit. */
int merged_read(struct index_store *ix, struct copydesk_error *error);
int merged_write(struct index_store *ix, MDB_txn *txn, struct copydesk_error *error);
/* With the next commit: [from, to) of an index are here from `base` on. Said again with another end, it goes
 * on. */
int merged_note(struct index_store *ix, uint32_t from, uint32_t to, uint32_t base, uint64_t chain,
                struct copydesk_error *error);
/* The notes of another index, whose articles have new numbers here. */
int merged_keep(struct index_store *into, const struct index_store *from, struct copydesk_error *error);
/* How many articles of `from` are here already: *next, with the chain so far; their numbers as far as they
 * are known, by article: the others are left alone. */
int merged_find(const struct index_store *into, struct index_store *from, struct index_scratch *scratch,
                uint32_t *numbers, uint32_t *next, uint64_t *chain, struct copydesk_error *error);

/* The name of profile `number`, empty for 0. */
void profile_name(const struct index_store *ix, uint32_t number, char out[DB_PATH_BYTES]);
/* After a commit: the file of `old`, if another one has taken its place. */
void profile_remove(const struct index_store *ix, uint32_t old);

/* A file or a folder becomes durable. */
int files_sync(const char *path, struct copydesk_error *error);
/* Makes it unless it is there; a new one is durable in its parent. */
int files_make_folder(const char *parent, const char *path, struct copydesk_error *error);

/* Lines of the header; which of them must agree. 0, COPYDESK_ERR_INPUT, COPYDESK_ERR_OPTION. */
int header_make(const struct index_params *params, struct buf *out, struct copydesk_error *error);
int header_check(struct str stored, struct str ours, bool any_settings, const char *path,
                 struct copydesk_error *error);
/* The value of a line, empty without it. */
struct str header_value(struct str header, const char *name);

struct str manifest_pack(const struct manifest *m, struct buf *out);
bool manifest_unpack(struct str bytes, struct manifest *out);
