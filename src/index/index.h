/*
 * index.h - the store of articles seen before: fingerprints to candidates, numbers to words, on disk and
 * crash-safe.
 *
 * One writer (a lock file), any number of readers, in other processes: a folder is open once in a process.
 * All calls from one thread, save index_probe() and index_get(), which any number of threads may call, each
 * with its own match and scratch: index_get() while nothing is added, committed, refreshed or expired;
 * index_probe(), which looks at sealed articles only, while nothing is committed.
 *
 * Articles are numbered from 0 in the order in which they are added. What is looked up does not depend on
 * when the caller committed, on threads, or on how the store has packed what it holds.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"
#include "match/fact.h"

struct index_store;
struct index_scratch;

enum {
    INDEX_MAX_CANDIDATES = 64,
    INDEX_WORD_BITS = 40, /* what is kept of the hash of a word: the top ones, the others are zero */
    INDEX_MAX_ARTICLES = 0x7fffffff,
};
#define INDEX_NONE      UINT32_MAX
#define INDEX_WORD_MASK (~UINT64_C(0) << (64 - INDEX_WORD_BITS))

enum index_mode {
    INDEX_READ,
    INDEX_WRITE,
    INDEX_CREATE, /* or open for writing, if it is there */
};

/*
 * Which time of an article counts for its age. Without a date it is that of arrival; so it is with a date
 * more than a day after the arrival, which is a mistake.
 */
enum index_clock { INDEX_BY_DATE, INDEX_BY_ARRIVAL };

struct index_params {
    enum copydesk_cpu cpu;
    unsigned threads;      /* that a seal may use; 0: one */
    uint64_t memory_bytes; /* for what the store allocates, 0: no limit; mapped files are the kernel's */
    bool keep_text;        /* texts stay for good, for explain: of a new index; later, what the index has */
    uint64_t settings; /* hash of the options that decide what is compared: an index of others is refused */
    struct str settings_text; /* the same in words, for the message and for index_info() */
    bool any_settings;        /* an index of any options will do: nothing is judged */
    void (*warning)(void *data, const char *message); /* in the calling thread; may be NULL */
    void *callback_data;
};

/*
 * Failures name the file and say what to do: COPYDESK_ERR_IO (cannot be opened or written, another writer),
 * COPYDESK_ERR_INPUT (no index, damaged, of another version), COPYDESK_ERR_OPTION (of other settings).
 */
int index_open(struct index_store **ix, const char *dir, enum index_mode mode,
               const struct index_params *params, struct copydesk_error *error);
/* What was added since the last index_commit() is forgotten. NULL is fine. */
void index_close(struct index_store *ix);

uint32_t index_count(const struct index_store *ix);     /* articles, with those not committed yet */
uint32_t index_committed(const struct index_store *ix); /* articles that a crash cannot take */
/*
 * The newest date of all articles that ever entered, 0 without any; a date more than a day after the
 * arrival of its article is a mistake and does not count.
 */
int64_t index_newest(const struct index_store *ix);
bool index_keeps_text(const struct index_store *ix);

/* What is kept of an article. */
struct index_record {
    struct str id, title, source; /* at most 65,535 bytes each: more is cut off */
    uint32_t source_hash;         /* pipeline_source_hash() */
    uint64_t url_hash;            /* 0: none */
    int64_t date, arrived;        /* seconds since 1970; date only with has_date */
    bool has_date, dropped;
    uint64_t key[2];  /* exact key (pipeline/key.h); 0,0: none */
    uint64_t content; /* of title and text as they came: the same id with the same content is a redelivery */
    /* An exact copy: the article whose words it has; else its own number, which is INDEX_NONE when added. */
    uint32_t leader;
    uint32_t cluster; /* representative; INDEX_NONE when added: its own number */
    /* 40-bit hashes, TOKEN_ flags. Those of an exact copy are not kept for long: it is read with its
     * leader's, which are the same. */
    const uint64_t *words;
    const uint8_t *flags;
    uint32_t n_words;
};

/* What finds relatives of one article. Reused; all-zero is empty. */
struct index_prints {
    uint64_t *hashes; /* fingerprints, then bands */
    uint64_t *grams;
    size_t n_fingerprints, n_bands, cap_hashes, cap_grams;
    uint32_t expected;           /* fingerprints that a much longer article would have for the same words */
    uint64_t exact, id, message; /* 0: none; a message is an id and a content */
};

/* From words, key, id and content of the record; without words from the others. 0 or COPYDESK_ERR_MEMORY. */
int index_prints_make(struct index_prints *p, enum copydesk_cpu cpu, const struct index_record *record);
void index_prints_release(struct index_prints *p);

struct index_candidate {
    uint32_t article;
    uint32_t votes; /* what it has of what is needed, in sixteenths: 16 just suffices */
};

/* Result of looking up. Reused; all-zero is empty. */
struct index_match {
    struct index_candidate *candidates; /* best first, ties: newest first; never an exact copy of another */
    size_t n;
    uint32_t exact; /* earliest live article with this exact key, or INDEX_NONE */
    uint32_t
        same_id; /* newest live article with this id, one with this content if there is, however many others
                         have come under the id since; or INDEX_NONE */
    uint8_t common; /* share (0-255) of its fingerprints that four and more articles have, this one counted:
                         255 - rareness of match/candidate.h */
    struct index_found *found; /* private */
};

/*
 * What is looked up: the article as it would be added (id and key to make sure), and its prints.
 *
 * In two steps. index_probe() looks sealed articles up, in any thread. index_candidates() adds those since
 * then and decides, in the owner's thread; only articles below `below` count (INDEX_NONE: all). Between the
 * two, articles may be added and committed: index_candidates() looks again where that has become necessary.
 * Without a probe before it, it does both.
 */
int index_probe(const struct index_store *ix, const struct index_prints *p, struct index_match *m,
                struct copydesk_error *error);
int index_candidates(struct index_store *ix, const struct index_record *record, const struct index_prints *p,
                     uint32_t below, struct index_match *m, struct copydesk_error *error);
void index_match_release(struct index_match *m);

/* One a thread; freed before the store is closed. */
int index_scratch_new(struct index_store *ix, struct index_scratch **scratch, struct copydesk_error *error);
void index_scratch_free(struct index_scratch *scratch);

/* What index_get() fills in: numbers and times always. */
enum {
    INDEX_STRINGS = 1, /* id, title, source; else empty */
    INDEX_WORDS = 2,   /* words, flags; else NULL */
};

/* Views live until the scratch is used again or an article is added or committed. */
int index_get(const struct index_store *ix, uint32_t number, unsigned parts, struct index_scratch *scratch,
              struct index_record *out, struct copydesk_error *error);
/*
 * The same share as index_match.common, of an article of the index, with its words, as of now. `near`: of
 * another article, the last one that index_candidates() was asked for; what both have is known from there.
 */
int index_common(struct index_store *ix, const struct index_record *record,
                 const struct index_prints *near_prints, const struct index_match *near, uint8_t *common,
                 struct copydesk_error *error);
/* How many articles of the index hold a fact; for features_params. */
const struct fact_table *index_facts(const struct index_store *ix);

/*
 * Counts the facts of an article before it is compared and enters: so its own names count as they will.
 * index_add() of the same article, the next one added, counts them no more.
 */
void index_count_facts(struct index_store *ix, const struct index_record *record);

/*
 * Enters an article; durable with the next commit. `p` is made from the record, words and all. text: what a
 * profile is learned from later, as packed by the caller, or empty.
 */
int index_add(struct index_store *ix, const struct index_record *record, const struct index_prints *p,
              struct str text, uint32_t *number, struct copydesk_error *error);
/*
 * Everything since the last commit becomes durable together; seals and adopts merges when due. On failure
 * nothing has changed, on disk or here, and it may be tried again.
 */
int index_commit(struct index_store *ix, struct copydesk_error *error);

/* Pending texts of articles [from, to), in order, those without one passed over. each() stops with < 0. */
int index_texts(struct index_store *ix, uint32_t from, uint32_t to,
                int (*each)(void *data, uint32_t number, struct str text), void *data,
                struct copydesk_error *error);
/* With the next commit the texts of articles below go, unless the index keeps them. */
void index_texts_drop(struct index_store *ix, uint32_t below);

/*
 * The corpus profile that judges: its file, NULL without one. learned: articles of this index that it knows.
 * index_set_profile() moves the file at `path` (same file system) into the index; it is named by the next
 * commit, and the one before it removed then.
 */
const char *index_profile(const struct index_store *ix, uint32_t *learned);
int index_set_profile(struct index_store *ix, const char *path, uint32_t learned,
                      struct copydesk_error *error);

/* Expiry: articles whose clock (refreshed counts) is before `cutoff` are found no more; index_gc() frees
 * them. */
void index_set_window(struct index_store *ix, enum index_clock by, int64_t cutoff);
int64_t index_clock_of(const struct index_record *record, enum index_clock by);
/* Seen again: its clock is at least `now` from here on; durable with the next commit. */
int index_refresh(struct index_store *ix, uint32_t number, int64_t now, struct copydesk_error *error);

struct index_info {
    uint64_t articles, live, exact_copies, dropped, sealed;
    uint64_t bytes_records, bytes_postings, bytes_profile, bytes_texts, bytes_disk;
    uint64_t segments, vocabulary;
    int64_t oldest, newest;                /* by the clock of the window; 0 without articles */
    struct str settings, version, unicode; /* live as long as the store */
    uint64_t settings_hash;
};
int index_info(struct index_store *ix, struct index_info *info, struct copydesk_error *error);

/*
 * Articles whose clock is before `cutoff` go, with all that is kept of them; the others get new numbers in
 * the same order. Written beside `dir` and swapped: a crash leaves the old index or the new one.
 */
int index_gc(const char *dir, const struct index_params *params, enum index_clock by, int64_t cutoff,
             uint64_t *freed_bytes, struct copydesk_error *error);
/*
 * Adds all articles of `from` behind those of `into`, and commits now and then. Exact copies find their
 * leader. What an earlier merge of this index has added, in whole or in part, is not added again.
 */
int index_merge(struct index_store *into, struct index_store *from, struct copydesk_error *error);
/*
 * Every checksum, every article decodes, its postings are found, counts agree, no file is missing. Each
 * trouble is told; a failure is returned only when checking itself was not possible.
 */
int index_verify(struct index_store *ix, void (*trouble)(void *data, const char *message), void *data,
                 uint64_t *troubles, struct copydesk_error *error);
