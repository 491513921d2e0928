/*
 * boilerplate_table.h - inside of the table of furniture/boilerplate.h, for the files of that stage.
 *
 * Entries are grouped by 256 parts (the top bits of the mixed key), ascending by key in each; a list of where
 * keys begin with each run of their top bits leads to the few entries among which one must be. That is half
 * the memory of open addressing, and nothing moves when the table is made. A bitmap before it answers most
 * questions, since most lines of a corpus stand in one article.
 */
#pragma once

#include "base/hash.h"
#include "base/spill.h"
#include "furniture/boilerplate.h"

/* A posted key: part in bits 32-39, 29 bits of key above 3 of information. */
enum {
    BOILER_INFO_BITS = 3,
    BOILER_ZONE = 3, /* bits: 0 middle, 1 head, 2 tail */
    BOILER_ALONE = 4,
    BOILER_SHORT = 3, /* a sentence of few words in the middle of a line */
    BOILER_IS_TITLE = 7,
};

enum { BOILER_KEY_BITS = 29 };

struct boiler_title {
    uint32_t key;     /* as in struct boiler_entry; BOILER_OTHERS: more clusters than one have it */
    uint32_t cluster; /* that has it */
};
#define BOILER_OTHERS (UINT32_C(1) << 31)

/* Entries of one part, ascending by key, no key twice. First member: uint32_t key. */
struct boiler_part {
    void *entries;
    size_t n, cap;
};

/* One kind of entry. */
struct boiler_lookup {
    struct boiler_part parts[SPILL_PARTS];
    size_t entry_bytes;
    size_t n;
    uint32_t
        *first; /* [part << bits | top bits of a key]: the first such entry of the part, or of later ones */
    unsigned bits;
    uint64_t *filter;
    unsigned filter_bits;
};

struct boiler_table {
    struct boiler_lookup lines, titles;
    uint64_t n_articles;
};

/* Mixed key of a kind: its part is the top 8 bits. */
static inline uint64_t boiler_mix(enum boiler_kind kind, uint64_t key)
{
    return hash_mix(key + (uint64_t)kind * UINT64_C(0x632be59bd9b4e019));
}

static inline uint32_t boiler_low(uint64_t mixed)
{
    return (uint32_t)(mixed >> 27) & ((UINT32_C(1) << BOILER_KEY_BITS) - 1);
}

struct spill *boiler_stats_keys(struct boiler_stats *s);

/* Takes the entries of the parts over; parts are empty afterwards. */
int boiler_lookup_build(struct boiler_lookup *l, size_t entry_bytes, struct boiler_part parts[SPILL_PARTS]);
void boiler_lookup_release(struct boiler_lookup *l);
const void *boiler_lookup_find(const struct boiler_lookup *l, uint64_t mixed);
