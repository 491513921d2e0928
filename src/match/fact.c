// fact.c - document frequencies of names and numbers, in one array of counters.
//
// A fact's hash picks its slot; facts that share one are counted together (a one-row count-min sketch,
// Cormode and Muthukrishnan 2005). That errs towards "common", which is the safe side: a common fact weighs
// less when articles are told apart. Each counter is a byte, so that the array (256 KiB) stays in the
// second-level cache; what overflows is carried into a second array, seldom touched.
//
// A name counts once an article however often it stands there: a small direct-mapped table remembers which
// slots this article has touched. Two slots that fall on one place of it may count twice; that depends on the
// article alone, so the sums are the same however articles are spread over threads.

#include "match/fact.h"

#include "article.h"
#include "base/mem.h"

#include <string.h>

enum { SLOT_BITS = 18, SLOTS = 1 << SLOT_BITS, SEEN = 1024 };

struct fact_table {
    uint32_t n_articles;
    uint64_t seen[SEEN]; // article << 32 | slot, the last one that fell on this place
    uint8_t low[SLOTS];
    uint32_t high[SLOTS]; // times 256
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

// Bit i: word i of 64 is a name or number.
static uint64_t facts_among(const uint8_t *flags)
{
    const uint64_t ones = 0x0101010101010101u;
    uint64_t facts = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t eight;
        memcpy(&eight, flags + i, sizeof eight);
        eight = (eight | eight >> 1) & ones; // either flag, in bit 0 of each byte
        facts |= (eight * 0x0102040810204080u >> 56) << i;
    }
    return facts;
}

static void count_slots(struct fact_table *t, const uint32_t *slots, size_t n)
{
    uint64_t article = (uint64_t)t->n_articles << 32;
    for (size_t i = 0; i < n; i++) {
        uint32_t slot = slots[i];
        uint64_t *seen = &t->seen[slot & (SEEN - 1)];
        uint8_t is_new = *seen != (article | slot);
        *seen = article | slot;
        t->low[slot] = (uint8_t)(t->low[slot] + is_new);
        if (is_new && t->low[slot] == 0) {
            t->high[slot]++;
        }
    }
}

void fact_table_add(struct fact_table *t, const uint64_t *hashes, const uint8_t *flags, size_t n)
{
    enum { MOST = 256 };
    _Static_assert((TOKEN_UPPER | TOKEN_DIGIT) == 3, "the two lowest flags");
    // Counters are asked for long before they are needed: the table shares its cache with much else.
    uint32_t slots[MOST + 64];
    size_t n_slots = 0;
    t->n_articles++;
    for (size_t at = 0; at < n; at += 64) {
        uint8_t last[64] = {0};
        if (n - at < 64) {
            memcpy(last, flags + at, n - at);
        }
        for (uint64_t facts = facts_among(n - at < 64 ? last : flags + at); facts; facts &= facts - 1) {
            uint32_t slot = (uint32_t)slot_of(hashes[at + (unsigned)__builtin_ctzll(facts)]);
            __builtin_prefetch(&t->low[slot], 1);
            slots[n_slots++] = slot;
        }
        if (n_slots >= MOST) {
            count_slots(t, slots, n_slots);
            n_slots = 0;
        }
    }
    count_slots(t, slots, n_slots);
}

void fact_table_merge(struct fact_table *t, const struct fact_table *other)
{
    for (size_t i = 0; i < SLOTS; i++) {
        uint32_t low = (uint32_t)t->low[i] + other->low[i];
        t->high[i] += other->high[i] + (low >> 8);
        t->low[i] = (uint8_t)low;
    }
}

uint32_t fact_table_count(const struct fact_table *t, uint64_t hash)
{
    size_t slot = slot_of(hash);
    return t->high[slot] << 8 | t->low[slot];
}

// Seven bits a byte, low ones first; the highest bit says that more follow. Most counts take one byte.
static void save_number(struct buf *out, uint32_t x)
{
    for (; x > 127; x >>= 7) {
        buf_add_char(out, (char)(x | 128));
    }
    buf_add_char(out, (char)x);
}

void fact_table_save(const struct fact_table *t, struct buf *out)
{
    buf_reserve(out, SLOTS + SLOTS / 4);
    save_number(out, t->n_articles);
    for (size_t i = 0; i < SLOTS; i++) {
        save_number(out, t->high[i] << 8 | t->low[i]);
    }
}

static bool load_number(struct str *saved, uint32_t *x)
{
    *x = 0;
    for (unsigned shift = 0; shift < 32 && saved->len; shift += 7) {
        uint8_t byte = (uint8_t)*saved->data;
        *saved = (struct str){saved->data + 1, saved->len - 1};
        *x |= (uint32_t)(byte & 127) << shift;
        if (byte < 128) {
            return true;
        }
    }
    return false;
}

bool fact_table_load(struct fact_table *t, struct str saved)
{
    bool ok = load_number(&saved, &t->n_articles);
    for (size_t i = 0; i < SLOTS && ok; i++) {
        uint32_t count;
        ok = load_number(&saved, &count);
        t->low[i] = (uint8_t)count;
        t->high[i] = count >> 8;
    }
    return ok && saved.len == 0;
}
