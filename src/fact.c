// fact.c - document frequencies of names and numbers, in one array of counters.
//
// A fact's hash picks its slot; facts that share one are counted together (a one-row count-min sketch,
// Cormode and Muthukrishnan 2005). That errs towards "common", which is the safe side: a common fact weighs
// less when articles are told apart. The array is 1 MiB, as much as a second-level cache holds.
//
// A name counts once an article however often it stands there: a small direct-mapped table remembers which
// slots this article has touched. Two slots that fall on one place of it may count twice; that depends on the
// article alone, so the sums are the same however articles are spread over threads.

#include "fact.h"

#include "article.h"
#include "base/mem.h"

enum { SLOT_BITS = 18, SLOTS = 1 << SLOT_BITS, SEEN = 1024 };

struct fact_table {
    uint32_t n_articles;
    uint64_t seen[SEEN]; // article << 32 | slot, the last one that fell on this place
    uint32_t counts[SLOTS];
};

struct fact_table *fact_table_new(void)
{
    return mem_map(sizeof(struct fact_table)); // fresh pages are zero
}

void fact_table_free(struct fact_table *t)
{
    mem_unmap(t, sizeof *t);
}

static size_t slot_of(uint64_t hash)
{
    return hash >> (64 - SLOT_BITS);
}

void fact_table_add(struct fact_table *t, const uint64_t *hashes, const uint8_t *flags, size_t n)
{
    enum { BATCH = 256 };
    uint32_t slots[BATCH];
    uint64_t article = (uint64_t)++t->n_articles << 32;
    for (size_t at = 0; at < n; at += BATCH) {
        size_t end = n - at < BATCH ? n : at + BATCH;
        size_t found = 0;
        for (size_t i = at; i < end; i++) {
            slots[found] = (uint32_t)slot_of(hashes[i]);
            found += (flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) != 0;
        }
        for (size_t i = 0; i < found; i++) {
            uint64_t *seen = &t->seen[slots[i] & (SEEN - 1)];
            t->counts[slots[i]] += *seen != (article | slots[i]);
            *seen = article | slots[i];
        }
    }
}

void fact_table_merge(struct fact_table *t, const struct fact_table *other)
{
    for (size_t i = 0; i < SLOTS; i++) {
        t->counts[i] += other->counts[i];
    }
}

uint32_t fact_table_count(const struct fact_table *t, uint64_t hash)
{
    return t->counts[slot_of(hash)];
}
