/*
 * spill.h - a large bag of 64-bit records, scattered over 256 parts, in memory or on disk.
 *
 * Everything that grows with the corpus and has to be grouped passes through here: fingerprint postings, band keys,
 * candidate pairs. A record is put into a part by the caller (the top bits of a hash, or a range of article numbers), so
 * equal keys meet in one part, and a part is small enough to be sorted in cache. This is the partition pass of a radix
 * sort, done while the records are made.
 *
 *   writers (one a thread)            parts
 *   spill_add(w, part, record)  --->  0: [4 KiB block] -> [4 KiB block]    in memory
 *                                     1: [4 KiB block] + 2 extents         on disk, when the writer's share is used up
 *
 * Memory: blocks of 4 KiB from 2 MiB slabs. When a writer holds more than its share of the limit it writes all its blocks to
 * the temporary file, part by part, and starts afresh. What comes out of a part is the same bag either way; its
 * order depends on threads and limits, so whoever reads a part sorts it.
 */
#pragma once

#include "base/error.h"

enum { SPILL_PARTS = 256, SPILL_BLOCK_RECORDS = 512 };

struct spill;

/*
 * One thread's door. `at[part]` is where the next record goes; slot 0 of a block links to the block before it.
 */
struct spill_writer {
    uint64_t *at[SPILL_PARTS];
    struct spill *spill;
    struct spill_slab *slabs;
    uint64_t *free_blocks;
    size_t n_blocks, max_blocks;
    uint64_t n_records;
    bool failed;
    struct copydesk_error error;
};

/*
 * memory_bytes: limit over all writers, 0 for none. temp_dir is only used beyond it. Writers are numbered
 * 0..n_writers-1.
 */
int spill_new(struct spill **s, unsigned n_writers, uint64_t memory_bytes, const char *temp_dir,
              struct copydesk_error *error);
void spill_free(struct spill *s);
struct spill_writer *spill_writer(struct spill *s, unsigned number);

/* A full block was reached: links a new one, or spills. Sticky failure, seen by spill_check(). */
void spill_next_block(struct spill_writer *w, unsigned part);

static inline void spill_add(struct spill_writer *w, unsigned part, uint64_t record)
{
    uint64_t *at = w->at[part];
    *at++ = record;
    w->at[part] = at;
    if (((uintptr_t)at & (SPILL_BLOCK_RECORDS * sizeof(uint64_t) - 1)) == 0) {
        spill_next_block(w, part);
    }
}

/* 0, or the first failure of this writer. */
int spill_check(const struct spill_writer *w, struct copydesk_error *error);

/* After writing: number of records of a part, and all of them into out (which has room). Threads may take different parts. */
size_t spill_count(const struct spill *s, unsigned part);
int spill_load(struct spill *s, unsigned part, uint64_t *out, struct copydesk_error *error);
/* Replaces a part by n records, n <= spill_count(). Where the old ones stood, so it cannot run out of room. */
int spill_replace(struct spill *s, unsigned part, const uint64_t *records, size_t n, struct copydesk_error *error);

uint64_t spill_total(const struct spill *s);
uint64_t spill_disk_bytes(const struct spill *s);
