// verify.c - exact evidence on a pair of articles.
//
// An article's distinct 5-grams stand in a small chained table that fits the first-level cache, behind a
// filter of one bit a gram, so that building it needs hardly a branch; the other article's grams are looked
// up in text order. So one walk gives the size of the intersection, which words are covered by shared grams,
// the longest stretch that is not, and the longest common run. Building a table costs less than sorting the
// set, and the walk costs less than a merge with places would.
//
// Facts (names and numbers) are compared as weighted sets. The weight of a fact is how rare it is among the
// corpus, log2((N + 16) / df) in sixteenths, by integer arithmetic so that it is the same on every machine.
// The 16 keeps weights of a corpus of five articles sensible.

#include "match/verify.h"

#include "article.h"
#include "base/mem.h"
#include "base/sort.h"
#include "match/shingle.h"

#include <string.h>

enum {
    SLOTS_A_FILTER = 4,                    // of a 64-bit word of the filter
    BYTES_A_WORD = 8 + 8 + 4 + 1 + 1,      // words, grams, next, flags, first
    BYTES_A_SLOT = 4 + 8 / SLOTS_A_FILTER, // head, filter
    SWAP_WORDS = 12,                       // a longer stretch is a passage of its own, no substitution
    OWN_WORDS = 6,                         // a shorter stretch is an edit, no text of its own
};

// 16 * log2(x) for x >= 1, by the leading bit and a table of the next four.
static uint32_t log2_sixteenths(uint64_t x)
{
    static const uint8_t fraction[16] = {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15};
    unsigned whole = 63 - (unsigned)__builtin_clzll(x);
    uint64_t next = whole >= 4 ? x >> (whole - 4) & 15 : x << (4 - whole) & 15;
    return whole * 16 + fraction[next];
}

// Slots for n grams: one to two a gram.
static size_t slots_for(size_t n)
{
    size_t slots = 64;
    while (slots < n) {
        slots *= 2;
    }
    return slots;
}

// All arrays stand in one block, the widest first.
static bool reserve(struct features *f, size_t n)
{
    if (n > f->cap_words || !f->memory) {
        size_t words = n + n / 8 + 64;
        size_t slots = slots_for(words);
        mem_free(f->memory);
        f->cap_words = f->cap_slots = 0;
        f->memory = mem_alloc(words * BYTES_A_WORD + slots * BYTES_A_SLOT, 1);
        if (!f->memory) {
            return false;
        }
        f->words = f->memory;
        f->grams = f->words + words;
        f->filter = f->grams + words;
        f->head = (uint32_t *)(f->filter + slots / SLOTS_A_FILTER);
        f->next = f->head + slots;
        f->flags = (uint8_t *)(f->next + words);
        f->first = f->flags + words;
        f->cap_words = words;
        f->cap_slots = slots;
    }
    f->slot_mask = (uint32_t)slots_for(n) - 1;
    return true;
}

static size_t filter_word(const struct features *f, uint64_t gram)
{
    return gram >> 8 & (f->slot_mask / SLOTS_A_FILTER);
}

static size_t slot_of(const struct features *f, uint64_t gram)
{
    return gram >> 20 & f->slot_mask;
}

// Where the gram stands in its chain, or -1.
static int64_t find_in_chain(const struct features *f, uint64_t gram)
{
    uint32_t at = f->head[slot_of(f, gram)];
    while (at != 0 && f->grams[at - 1] != gram) {
        at = f->next[at - 1];
    }
    return (int64_t)at - 1;
}

// Nearly all grams of an article are new to it, and the filter says so of nine in ten: they are chained
// without a look at those that are there.
static void fill_table(struct features *f)
{
    size_t slots = (size_t)f->slot_mask + 1;
    memset(f->head, 0, slots * sizeof *f->head);
    memset(f->filter, 0, slots / SLOTS_A_FILTER * sizeof *f->filter);
    f->n_set = 0;
    for (uint32_t i = 0; i < f->n_grams; i++) {
        uint64_t gram = f->grams[i];
        uint64_t *word = &f->filter[filter_word(f, gram)];
        uint64_t bit = UINT64_C(1) << (gram & 63);
        f->first[i] = 1;
        if (*word & bit && find_in_chain(f, gram) >= 0) {
            f->first[i] = 0;
            continue;
        }
        *word |= bit;
        f->next[i] = f->head[slot_of(f, gram)];
        f->head[slot_of(f, gram)] = i + 1;
        f->n_set++;
    }
}

static bool collect_facts(struct features *f)
{
    const struct features_params *params = f->params;
    if (f->has_facts) {
        return true;
    }
    size_t n = 0;
    f->n_names = 0;
    for (uint32_t i = 0; i < f->n_words; i++) {
        n += (f->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) != 0;
        f->n_names += (f->flags[i] & TOKEN_UPPER) != 0;
    }
    void *facts = f->facts;
    if (!mem_grow(&facts, &f->cap_facts, n + 1, sizeof *f->facts)) {
        return false;
    }
    f->facts = facts;
    uint64_t *hashes = mem_alloc(2 * n + 1, sizeof *hashes);
    if (!hashes) {
        return false;
    }
    size_t at = 0;
    for (uint32_t i = 0; i < f->n_words; i++) {
        if (f->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) {
            hashes[at++] = f->words[i];
        }
    }
    sort_u64(hashes, hashes + n, n, 0);
    f->n_facts = 0;
    f->fact_weight = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && hashes[i] == hashes[i - 1]) {
            continue;
        }
        uint32_t df = params->fact_count(params->fact_table, hashes[i]);
        df = df ? df : 1;
        uint64_t ratio = (((uint64_t)params->n_articles + 16) << 4) / df; // 4 bits below the point
        uint32_t weight = ratio > 16 ? log2_sixteenths(ratio) - 64 : 0;
        f->facts[f->n_facts++] = (struct fact){hashes[i], weight};
        f->fact_weight += weight;
    }
    mem_free(hashes);
    f->has_facts = true;
    return true;
}

int features_build(struct features *f, const uint64_t *words, const uint8_t *flags, size_t n,
                   const struct features_params *params)
{
    if (!reserve(f, n)) {
        features_release(f);
        return COPYDESK_ERR_MEMORY;
    }
    f->n_words = (uint32_t)n;
    if (n) {
        memcpy(f->words, words, n * sizeof *words);
        memcpy(f->flags, flags, n);
    }
    f->n_grams = (uint32_t)shingle_hashes(params->cpu, f->words, n, SHINGLE_WORDS, f->grams);
    fill_table(f);
    f->params = params;
    f->has_facts = false;
    return 0;
}

void features_release(struct features *f)
{
    mem_free(f->memory);
    mem_free(f->facts);
    *f = (struct features){0};
}

size_t features_bytes(const struct features *f)
{
    return f->cap_words * BYTES_A_WORD + f->cap_slots * BYTES_A_SLOT + f->cap_facts * sizeof(struct fact);
}

// Where the gram stands first, or -1.
static int64_t find_gram(const struct features *f, uint64_t gram)
{
    bool may_be = f->filter[filter_word(f, gram)] >> (gram & 63) & 1;
    return may_be ? find_in_chain(f, gram) : -1;
}

struct walk {
    uint32_t shared, covered, gap, run, lead;
    uint32_t covered_to; // words before this place are accounted for
};

// How many grams the two have in common from here on, of at most n.
static uint32_t same_ahead(const uint64_t *a, const uint64_t *b, uint32_t n)
{
    uint32_t same = 0;
    while (same < n && a[same] == b[same]) {
        same++;
    }
    return same;
}

static uint32_t same_behind(const uint64_t *a, const uint64_t *b, uint32_t n)
{
    uint32_t same = 0;
    while (same < n && a[-1 - (int64_t)same] == b[-1 - (int64_t)same]) {
        same++;
    }
    return same;
}

// `length` grams from i on stand in the other article from `at` on.
static void take_run(struct walk *w, const struct features *a, uint32_t i, uint32_t at, uint32_t length)
{
    w->lead = w->covered_to == 0 ? at : w->lead;
    for (uint32_t k = i; k < i + length; k++) {
        w->shared += a->first[k];
    }
    if (i > w->covered_to) {
        w->gap = i - w->covered_to > w->gap ? i - w->covered_to : w->gap;
        w->covered_to = i;
    }
    w->covered += i + length - 1 + SHINGLE_WORDS - w->covered_to;
    w->covered_to = i + length - 1 + SHINGLE_WORDS;
}

// One article against the table of the other: from a gram that both have to where they part, then on to the
// next.
static struct walk walk_grams(const struct features *a, const struct features *b, int32_t *seeds)
{
    struct walk w = {0};
    uint32_t i = 0;
    while (i < a->n_grams) {
        uint32_t from = i;
        int64_t found = -1;
        while (i < a->n_grams && (found = find_gram(b, a->grams[i])) < 0) {
            i++;
        }
        for (uint32_t k = from; seeds && k < i; k++) {
            seeds[k] = -1;
        }
        if (found < 0) {
            break;
        }
        uint32_t at = (uint32_t)found;
        uint32_t left = a->n_grams - i < b->n_grams - at ? a->n_grams - i : b->n_grams - at;
        uint32_t length = same_ahead(a->grams + i, b->grams + at, left);
        // The grams before may have been followed at an earlier place of theirs: they count where they stand
        // here, too.
        uint32_t run = length + same_behind(a->grams + i, b->grams + at, i < at ? i : at);
        w.run = run > w.run ? run : w.run;
        take_run(&w, a, i, at, length);
        for (uint32_t k = 0; seeds && k < length; k++) {
            seeds[i + k] = (int32_t)(at + k);
        }
        i += length;
    }
    for (uint32_t k = a->n_grams; seeds && k < a->n_words; k++) {
        seeds[k] = -1; // the last words begin no 5-gram
    }
    uint32_t tail = a->n_words - w.covered_to;
    w.gap = tail > w.gap ? tail : w.gap;
    w.run = w.run ? w.run + SHINGLE_WORDS - 1 : 0;
    return w;
}

static void compare_facts(const struct features *a, const struct features *b, struct evidence *e)
{
    uint32_t i = 0;
    uint32_t j = 0;
    uint32_t both = 0;
    uint64_t weight = 0;
    while (i < a->n_facts && j < b->n_facts) {
        uint64_t x = a->facts[i].hash;
        uint64_t y = b->facts[j].hash;
        both += x == y;
        weight += x == y ? a->facts[i].weight : 0;
        i += x <= y;
        j += y <= x;
    }
    e->names_a = a->n_names;
    e->names_b = b->n_names;
    e->facts_a = a->n_facts;
    e->facts_b = b->n_facts;
    e->own_a = a->n_facts - both;
    e->own_b = b->n_facts - both;
    e->fact_weight_a = a->fact_weight;
    e->fact_weight_b = b->fact_weight;
    e->fact_weight_shared = weight;
}

bool verify_a_is_small(const struct features *a, const struct features *b)
{
    if (a->n_set != b->n_set) {
        return a->n_set < b->n_set;
    }
    if (a->n_words != b->n_words) {
        return a->n_words < b->n_words;
    }
    // By content, and not by who came first: the order of the input makes no difference.
    return a->n_words == 0 || memcmp(a->words, b->words, a->n_words * sizeof *a->words) <= 0;
}

void verify_small(const struct features *a, const struct features *b, struct evidence *e, int32_t *seeds)
{
    bool a_is_small = verify_a_is_small(a, b);
    struct walk w = walk_grams(a_is_small ? a : b, a_is_small ? b : a, seeds);
    *e = (struct evidence){
        .words_a = a->n_words,
        .words_b = b->n_words,
        .set_a = a->n_set,
        .set_b = b->n_set,
        .shared = w.shared,
        .run = w.run,
        .a_is_small = a_is_small,
    };
    *(a_is_small ? &e->covered_a : &e->covered_b) = w.covered;
    *(a_is_small ? &e->gap_a : &e->gap_b) = w.gap;
    *(a_is_small ? &e->lead_a : &e->lead_b) = w.lead;
}

int verify_facts(struct features *a, struct features *b, struct evidence *e)
{
    if (!collect_facts(a) || !collect_facts(b)) {
        return COPYDESK_ERR_MEMORY;
    }
    compare_facts(a, b, e);
    return 0;
}

void verify_large(const struct features *a, const struct features *b, struct evidence *e)
{
    bool a_is_small = verify_a_is_small(a, b);
    struct walk w = walk_grams(a_is_small ? b : a, a_is_small ? a : b, NULL);
    e->run = w.run > e->run ? w.run : e->run;
    *(a_is_small ? &e->covered_b : &e->covered_a) = w.covered;
    *(a_is_small ? &e->gap_b : &e->gap_a) = w.gap;
    *(a_is_small ? &e->lead_b : &e->lead_a) = w.lead;
}

int verify_pair(struct features *a, struct features *b, struct evidence *e)
{
    verify_small(a, b, e, NULL);
    verify_large(a, b, e);
    return verify_facts(a, b, e);
}

// Does a stretch hold facts; and does it hold numbers?
static uint8_t flags_of(const struct features *f, uint32_t from, uint32_t to)
{
    uint8_t flags = 0;
    for (uint32_t i = from; i < to; i++) {
        flags |= f->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT);
    }
    return flags;
}

// What one article has for itself.
struct own {
    uint32_t words, run;
};

// A stretch of a that the alignment leaves over. What stands elsewhere in b, by its 5-grams, was only moved.
static void add_own(struct own *own, const struct features *a, const struct features *b, uint32_t from,
                    uint32_t to)
{
    uint32_t begin = from;
    for (uint32_t i = from > SHINGLE_WORDS - 1 ? from - (SHINGLE_WORDS - 1) : 0; i <= to; i++) {
        bool moved = i < to && i < a->n_grams && find_gram(b, a->grams[i]) >= 0;
        if (!moved && i < to) {
            continue;
        }
        uint32_t length = i > begin ? i - begin : 0;
        if (length >= OWN_WORDS) {
            own->words += length;
            own->run = length > own->run ? length : own->run;
        }
        begin = i + SHINGLE_WORDS;
    }
}

void verify_alignment(const struct features *left, const struct features *right, const int32_t *match,
                      struct evidence *e)
{
    bool left_is_small = verify_a_is_small(left, right);
    const struct features *a = left_is_small ? left : right;
    const struct features *b = left_is_small ? right : left;
    uint32_t next_a = 0;
    uint32_t next_b = 0;
    struct own own_a = {0};
    struct own own_b = {0};
    e->aligned = e->swaps = e->fact_swaps = e->number_swaps = 0;
    for (uint32_t i = 0; i < a->n_words; i++) {
        if (match[i] < 0) {
            continue;
        }
        uint32_t j = (uint32_t)match[i];
        uint32_t out = i - next_a;
        uint32_t in = j - next_b;
        if (out && in && out <= SWAP_WORDS && in <= SWAP_WORDS && e->aligned > 0) {
            uint8_t both = flags_of(a, next_a, i) & flags_of(b, next_b, j);
            e->swaps++;
            e->fact_swaps += both != 0;
            e->number_swaps += (both & TOKEN_DIGIT) != 0;
        }
        add_own(&own_a, a, b, next_a, i);
        add_own(&own_b, b, a, next_b, j);
        e->aligned++;
        next_a = i + 1;
        next_b = j + 1;
    }
    add_own(&own_a, a, b, next_a, a->n_words);
    add_own(&own_b, b, a, next_b, b->n_words);
    e->alone_a = left_is_small ? own_a.words : own_b.words;
    e->alone_b = left_is_small ? own_b.words : own_a.words;
    e->stretch_a = left_is_small ? own_a.run : own_b.run;
    e->stretch_b = left_is_small ? own_b.run : own_a.run;
}
