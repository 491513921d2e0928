// fact.c - document frequencies of names and numbers, in one array of counters.
//
// A fact's hash picks its slot; facts that share one are counted together (a one-row count-min sketch, Cormode and
// Muthukrishnan 2005). That errs towards "common", which is the safe side: a common fact weighs less when articles are told
// apart. A slot remembers the last article that touched it, so that a name counts once an article however often it stands
// there; the sums are therefore the same however articles are spread over threads.

#include "fact.h"

#include "article.h"
#include "base/mem.h"

enum { SLOT_BITS = 19, SLOTS = 1 << SLOT_BITS };

struct slot {
    uint32_t last_article;
    uint32_t count;
};

struct fact_table {
    uint32_t n_articles;
    struct slot slots[SLOTS];
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
    uint32_t article = ++t->n_articles;
    for (size_t at = 0; at < n; at += BATCH) {
        size_t end = n - at < BATCH ? n : at + BATCH;
        size_t found = 0;
        for (size_t i = at; i < end; i++) {
            slots[found] = (uint32_t)slot_of(hashes[i]);
            found += (flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) != 0;
        }
        // The table is larger than the cache: ask for all slots before the first is needed.
        for (size_t i = 0; i < found; i++) {
            __builtin_prefetch(&t->slots[slots[i]], 1);
        }
        for (size_t i = 0; i < found; i++) {
            struct slot *slot = &t->slots[slots[i]];
            slot->count += slot->last_article != article;
            slot->last_article = article;
        }
    }
}

void fact_table_merge(struct fact_table *t, const struct fact_table *other)
{
    for (size_t i = 0; i < SLOTS; i++) {
        t->slots[i].count += other->slots[i].count;
    }
}

uint32_t fact_table_count(const struct fact_table *t, uint64_t hash)
{
    return t->slots[slot_of(hash)].count;
}
