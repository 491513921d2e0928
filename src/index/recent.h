/*
 * recent.h - the articles since the last seal, in memory: their bytes, and a table of their postings.
 */
#pragma once

#include "index/prints.h"

/* All-zero with a base is empty. */
struct recent {
    uint32_t base; /* number of the first article here */
    uint32_t n;
    struct buf bytes; /* one record after another, as in plain.h */
    uint64_t *starts; /* of record base + i in bytes */
    struct print_size *sizes;
    size_t cap_starts, cap_sizes;

    struct recent_slot *slots; /* open addressing, by print */
    size_t n_slots, n_prints;  /* a power of two; prints in use */
    struct recent_entry *entries;
    size_t n_entries, cap_entries;
};

struct recent_slot {
    uint64_t print;         /* + 1; 0: free */
    uint32_t newest, count; /* place of an entry + 1; articles */
};

struct recent_entry {
    uint32_t article, older; /* place + 1, 0: none */
};

void recent_release(struct recent *r);

/* The next article: its packed record, its postings. Nothing has changed after a failure. */
int recent_add(struct recent *r, struct str packed, const struct index_prints *p, bool is_copy,
               struct copydesk_error *error);
struct str recent_record(const struct recent *r, uint32_t number);
/*
 * Articles below `base` go. Room for that is had before, so that it cannot fail when it has to be done;
 * NULL: out of memory. recent_drop() frees it.
 */
uint64_t *recent_drop_room(const struct recent *r, uint32_t base);
void recent_drop(struct recent *r, uint32_t base, uint64_t *room);

/* Fetches the slot ahead of recent_look(). */
void recent_fetch(const struct recent *r, uint64_t print);
/* The newest articles below `below` that have it, at most `most`; *count: how many have it, at most
 * PRINT_COUNTED. Returns how many it wrote. */
size_t recent_look(const struct recent *r, uint64_t print, uint32_t below, uint32_t *out, size_t most,
                   size_t *count);

/* Postings of articles [from, to) as print << 16 | (article - from), sorted, in an array that the caller
 * frees.
 * to - from <= 65,536. */
int recent_postings(const struct recent *r, uint32_t from, uint32_t to, uint64_t **out, size_t *n,
                    struct copydesk_error *error);
