// verify.c - exact evidence on a pair of articles.
//
// An article's distinct 5-grams stand in a small open-addressing table that fits the first-level cache; the
// other article's grams are looked up in text order. So one walk gives the size of the intersection, which
// words are covered by shared grams, the longest stretch that is not, and the longest common run. Building a
// table costs less than sorting the set, and the walk costs less than a merge with places would.
//
// Facts (names and numbers) are compared as weighted sets. The weight of a fact is how rare it is among the
// corpus, log2((N + 16) / df) in sixteenths, by integer arithmetic so that it is the same on every machine.
// The 16 keeps weights of a corpus of five articles sensible.

#include "verify.h"

#include "article.h"
#include "base/mem.h"
#include "base/sort.h"
#include "shingle.h"

#include <string.h>

enum {
    SWAP_WORDS = 12, // a longer stretch is a passage of its own, no substitution
    OWN_WORDS = 6,   // a shorter stretch is an edit, no text of its own
};

// 16 * log2(x) for x >= 1, by the leading bit and a table of the next four.
static uint32_t log2_sixteenths(uint64_t x)
{
    static const uint8_t fraction[16] = {0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 15};
    unsigned whole = 63 - (unsigned)__builtin_clzll(x);
    uint64_t next = whole >= 4 ? x >> (whole - 4) & 15 : x << (4 - whole) & 15;
    return whole * 16 + fraction[next];
}

static bool reserve(struct features *f, size_t n)
{
    if (n > f->cap_words) {
        size_t cap = n + n / 4 + 64;
        mem_free(f->words);
        mem_free(f->flags);
        mem_free(f->grams);
        mem_free(f->first);
        f->words = mem_alloc(cap, sizeof *f->words);
        f->flags = mem_alloc(cap, 1);
        f->grams = mem_alloc(cap, sizeof *f->grams);
        f->first = mem_alloc(cap, 1);
        f->cap_words = f->words && f->flags && f->grams && f->first ? cap : 0;
        if (!f->cap_words) {
            return false;
        }
    }
    size_t slots = 64;
    while (3 * slots <
           4 * n) { // at most three quarters full; the filter answers for most grams that are not there
        slots *= 2;
    }
    if (slots > f->cap_table) {
        mem_free(f->table);
        mem_free(f->place);
        mem_free(f->filter);
        f->table = mem_alloc(slots, sizeof *f->table);
        f->place = mem_alloc(slots, sizeof *f->place);
        f->filter = mem_alloc(slots / 8, sizeof *f->filter);
        f->cap_table = f->table && f->place && f->filter ? slots : 0;
        if (!f->cap_table) {
            return false;
        }
    }
    f->table_mask = (uint32_t)slots - 1;
    return true;
}

static uint64_t nonzero(uint64_t gram)
{
    return gram ? gram : 1; // 0 marks an empty slot
}

static size_t filter_word(const struct features *f, uint64_t gram)
{
    return gram >> 8 & (f->table_mask >> 3);
}

static void fill_table(struct features *f)
{
    size_t slots = (size_t)f->table_mask + 1;
    memset(f->table, 0, slots * sizeof *f->table);
    memset(f->filter, 0, slots);
    f->n_set = 0;
    for (uint32_t i = 0; i < f->n_grams; i++) {
        uint64_t gram = f->grams[i] = nonzero(f->grams[i]);
        uint32_t at = (uint32_t)(gram >> 20) & f->table_mask;
        while (f->table[at] != 0 && f->table[at] != gram) {
            at = (at + 1) & f->table_mask;
        }
        f->first[i] = f->table[at] == 0;
        if (f->first[i]) {
            f->table[at] = gram;
            f->place[at] = i;
            f->n_set++;
            f->filter[filter_word(f, gram)] |= UINT64_C(1) << (gram & 63);
        }
    }
}

static bool collect_facts(struct features *f)
{
    const struct features_params *params = f->params;
    if (f->has_facts) {
        return true;
    }
    size_t n = 0;
    for (uint32_t i = 0; i < f->n_words; i++) {
        n += (f->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) != 0;
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
    mem_free(f->words);
    mem_free(f->flags);
    mem_free(f->grams);
    mem_free(f->first);
    mem_free(f->table);
    mem_free(f->place);
    mem_free(f->filter);
    mem_free(f->facts);
    *f = (struct features){0};
}

size_t features_bytes(const struct features *f)
{
    return f->cap_words * 18 + f->cap_table * 13 + f->cap_facts * sizeof(struct fact);
}

// Where the gram stands first, or -1.
static int64_t find_gram(const struct features *f, uint64_t gram)
{
    if ((f->filter[filter_word(f, gram)] >> (gram & 63) & 1) == 0) {
        return -1;
    }
    uint32_t at = (uint32_t)(gram >> 20) & f->table_mask;
    while (f->table[at] != 0) {
        if (f->table[at] == gram) {
            return f->place[at];
        }
        at = (at + 1) & f->table_mask;
    }
    return -1;
}

struct walk {
    uint32_t shared, covered, gap, run, lead;
};

// One article against the table of the other.
static struct walk walk_grams(const struct features *a, const struct features *b, int32_t *seeds)
{
    struct walk w = {0};
    uint32_t covered_to = 0; // words before this place are accounted for
    uint32_t run = 0;        // grams of the run that ends here
    int64_t at = -1;         // where in b
    for (uint32_t i = a->n_grams; seeds && i < a->n_words; i++) {
        seeds[i] = -1; // the last words begin no 5-gram
    }
    for (uint32_t i = 0; i < a->n_grams; i++) {
        uint64_t gram = a->grams[i];
        if (run > 0 && at + 1 < b->n_grams && b->grams[at + 1] == gram) {
            at++;
            run++;
        } else {
            at = find_gram(b, gram);
            run = at >= 0;
            // The grams before may have been followed at an earlier place of theirs: they count where they
            // stand here, too.
            while (run > 0 && run <= i && run <= at && b->grams[at - run] == a->grams[i - run]) {
                run++;
            }
        }
        if (seeds) {
            seeds[i] = (int32_t)at;
        }
        if (at < 0) {
            continue;
        }
        w.lead = covered_to == 0 ? (uint32_t)at : w.lead;
        w.shared += a->first[i];
        w.run = run > w.run ? run : w.run;
        if (i > covered_to) {
            w.gap = i - covered_to > w.gap ? i - covered_to : w.gap;
            covered_to = i;
        }
        w.covered += i + SHINGLE_WORDS - covered_to;
        covered_to = i + SHINGLE_WORDS;
    }
    uint32_t tail = a->n_words - covered_to;
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
