/*
 * boilerplate_table.h - inside of the table of boilerplate.h, for the files of that stage.
 *
 * Entries are grouped by 256 parts (the top bits of the mixed key), each part a hash table of its own with
 * open addressing. A bitmap before it answers most questions, since most lines of a corpus stand in one
 * article.
 */
#pragma once

#include "base/hash.h"
#include "base/spill.h"
#include "boilerplate.h"

/* A posted key: part in bits 32-39, 29 bits of key above 3 of information. */
enum {
    BOILER_INFO_BITS = 3,
    BOILER_ZONE = 3, /* bits: 0 middle, 1 head, 2 tail */
    BOILER_ALONE = 4,
    BOILER_SHORT = 3, /* a sentence of few words in the middle of a line */
    BOILER_IS_TITLE = 7,
};

struct boiler_title {
    uint32_t key;            /* as in struct boiler_entry */
    uint32_t cluster, other; /* two clusters that have it; other: UINT32_MAX when there is one */
};

/* One kind of entry. */
struct boiler_hash {
    void *entries; /* first member: uint32_t key, 0 for an empty place */
    size_t entry_bytes;
    size_t n, n_places;
    size_t start[SPILL_PARTS + 1]; /* places of each part: a power of two each, or none */
    uint64_t *filter;
    unsigned filter_bits;
};

struct boiler_table {
    struct boiler_hash lines, titles;
    uint64_t n_articles;
};

/* Mixed key of a kind: its part is the top 8 bits. */
static inline uint64_t boiler_mix(enum boiler_kind kind, uint64_t key)
{
    return hash_mix(key + (uint64_t)kind * UINT64_C(0x632be59bd9b4e019));
}

static inline uint32_t boiler_low(uint64_t mixed)
{
    return (uint32_t)(mixed >> 27) & ((UINT32_C(1) << 29) - 1);
}

struct spill *boiler_stats_keys(struct boiler_stats *s);

/* Entries of one part, any order, no key twice. */
struct boiler_part {
    void *entries;
    size_t n, cap;
};
int boiler_hash_build(struct boiler_hash *h, size_t entry_bytes, const struct boiler_part parts[SPILL_PARTS]);
void boiler_hash_release(struct boiler_hash *h);
const void *boiler_hash_find(const struct boiler_hash *h, uint64_t mixed);
