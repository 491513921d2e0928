/*
 * spill.h - a large bag of records, scattered over 256 parts, in memory or on disk.
 *
 * Everything that grows with the corpus and has to be grouped passes through here: fingerprint postings, band
 * keys, candidate pairs. A record is put into a part by the caller (the top bits of a hash, or a range of
 * article numbers), so equal keys meet in one part, and a part is small enough to be sorted in cache. This is
 * the partition pass of a radix sort, done while the records are made.
 *
 *   writers (one a thread)            parts
 *   spill_add(w, part, record)  --->  0: [2 KiB block] -> [2 KiB block]    in memory
 *                                     1: [2 KiB block] + 2 extents         on disk, when the writer's share
 * is used up
 *
 * Two kinds of records: 64-bit ones, and postings (a 32-bit key and an article number) packed into five
 * bytes, the article as its distance from the one before in the block. Touching fresh memory costs more than
 * anything that is done with a posting, so eight bytes would be slower. One spill holds one kind.
 *
 * Memory: blocks of 2 KiB from slabs, the first small, the others huge pages. When a writer holds more than
 * its share of the limit it writes all its blocks to the temporary file, part by part, and starts afresh.
 * What comes out of a part is the same bag either way; its order depends on threads and limits, so whoever
 * reads a part sorts it.
 */
#pragma once

#include "base/error.h"

#include <string.h>

enum {
    SPILL_PARTS = 256,
    SPILL_BLOCK_BYTES = 2048,
    SPILL_DATA_BYTES = SPILL_BLOCK_BYTES - 16,
    SPILL_POSTING_BYTES = 5,
    SPILL_AHEAD = 64, /* bytes */
    SPILL_FAR = 255,  /* distance that only says: so far on, no posting here */
};

struct spill;

/* As it stands in memory, aligned to its size, and on disk. */
struct spill_block {
    uint64_t older; /* address of the block before it in its chain */
    uint32_t used;  /* bytes of data; known when the block is full */
    uint32_t base;  /* postings: the article that the first distance counts from */
    uint8_t data[SPILL_DATA_BYTES];
};

/* One thread's door. at[part] is where the next record goes, last[part] the article of the last posting. */
struct spill_writer {
    uint8_t *at[SPILL_PARTS];
    uint32_t last[SPILL_PARTS];
    struct spill *spill;
    struct spill_slab *slabs;
    struct spill_block *free_blocks;
    size_t n_blocks, max_blocks;
    bool failed;
    struct copydesk_error error;
};

/*
 * memory_bytes: limit over all writers, 0 for none. temp_dir is only used beyond it. Writers are numbered
 * 0..n_writers-1.
 */
enum spill_kind { SPILL_RECORDS, SPILL_POSTINGS };
int spill_new(struct spill **s, enum spill_kind kind, unsigned n_writers, uint64_t memory_bytes,
              const char *temp_dir, struct copydesk_error *error);
void spill_free(struct spill *s);
struct spill_writer *spill_writer(struct spill *s, unsigned number);

/* The block has no room for another record: links a new one, or spills. Sticky failure, seen by
 * spill_check(). */
void spill_next_block(struct spill_writer *w, unsigned part);
/* The distance does not fit a byte. */
void spill_far_posting(struct spill_writer *w, unsigned part, uint32_t article);

static inline bool spill_is_full(const uint8_t *at, size_t record_bytes)
{
    // A block that is filled to its last byte leaves `at` at the beginning of the next one.
    size_t within = (uintptr_t)at & (SPILL_BLOCK_BYTES - 1);
    return within == 0 || within > SPILL_BLOCK_BYTES - record_bytes;
}

static inline void spill_add(struct spill_writer *w, unsigned part, uint64_t record)
{
    uint8_t *at = w->at[part];
    __builtin_prefetch(at + SPILL_AHEAD, 1);
    memcpy(at, &record, sizeof record);
    at += sizeof record;
    w->at[part] = at;
    if (spill_is_full(at, sizeof record)) {
        spill_next_block(w, part);
    }
}

/* Any order will do; articles that ascend take the least room. */
static inline void spill_add_posting(struct spill_writer *w, unsigned part, uint32_t key, uint32_t article)
{
    if (article - w->last[part] >= SPILL_FAR) {
        spill_far_posting(w, part, article);
    }
    uint8_t *at = w->at[part];
    // Parts take turns at random: the line that follows is fetched before this part's next turns reach it.
    __builtin_prefetch(at + SPILL_AHEAD, 1);
    memcpy(at, &key, sizeof key);
    at[4] = (uint8_t)(article - w->last[part]);
    at += SPILL_POSTING_BYTES;
    w->at[part] = at;
    w->last[part] = article;
    if (spill_is_full(at, SPILL_POSTING_BYTES)) {
        spill_next_block(w, part);
    }
}

/* 0, or the first failure of this writer. */
int spill_check(const struct spill_writer *w, struct copydesk_error *error);

/*
 * After writing. Room for a part: its number of 64-bit records, or no less than its number of postings. Then
 * all of them into out, and how many: 64-bit records as they are, postings as key << 32 | article. Threads
 * may take different parts.
 */
size_t spill_count(const struct spill *s, unsigned part);
int spill_load(struct spill *s, unsigned part, uint64_t *out, struct copydesk_error *error);
int spill_load_postings(struct spill *s, unsigned part, uint64_t *out, size_t *n,
                        struct copydesk_error *error);

/*
 * Replaces a part by n 64-bit records, which spill_load() gives back in this order. When all parts have been
 * replaced, the memory of the blocks is freed.
 */
int spill_replace(struct spill *s, unsigned part, const uint64_t *records, size_t n,
                  struct copydesk_error *error);

/*
 * From now on the memory that s frees when all its parts have been replaced goes to `heir`, which takes it
 * for its blocks before it asks the system for more: fresh pages are slow. heir outlives that moment.
 * Without effect under a limit.
 */
void spill_bequeath(struct spill *s, struct spill *heir);

uint64_t spill_total(const struct spill *s);
uint64_t spill_disk_bytes(const struct spill *s);
