// title_fit.c - how well a title fits a text. Contract in title_fit.h.
//
// Each term of the title is a small piece of evidence: the logarithm of how much likelier it is found (or
// missing) when the title belongs to the text than when it belongs to another text of the same kind.
//
//   share of texts that hold it    among all sampled texts, drawn towards those of the same kind (language)
//                                  and then of the same source, as far as there are enough of them; a short
//                                  text holds fewer terms than a long one
//   share of true titles whose     by how rare the term is; drawn towards that of the kind (Chinese differs
//   text holds it                  from English), and of this term in this source: a column's name never
//                                  stands in the column
//
// Terms are not independent, so the sum is scaled by the number of terms to be comparable; what a sum means
// is read off the corpus by title_stats.c, not assumed.
//
// All in integers: shares in 1/65536, evidence in 1/64 bit.
// Limits: a term that means the same in another word is missing, as is one in another language.

#include "title_odds.h"

#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>

enum { ONE = 65536, LEAST = 16, MOST = 64200 };

// ---- texts

struct fit_texts {
    struct title_sample *samples;
    uint32_t *terms;
    size_t n, n_terms;
    unsigned level;
    uint64_t mean_words;
    uint16_t *counts;
    uint32_t slots; // a power of two
};

static uint32_t slot_of(const struct fit_texts *t, uint32_t of, uint32_t term)
{
    return (uint32_t)(hash_mix((uint64_t)of << 32 | term) >> 32) & (t->slots - 1);
}

// The tables are larger than the caches, and the places of a title's terms known at once.
static void fetch_counts(const struct fit_texts *t, const struct title_note *note)
{
    for (unsigned i = 0; i < note->n_terms; i++) {
        __builtin_prefetch(&t->counts[slot_of(t, 0, note->terms[i].hash)]);
        __builtin_prefetch(&t->counts[slot_of(t, note->kind, note->terms[i].hash)]);
        __builtin_prefetch(&t->counts[slot_of(t, note->source, note->terms[i].hash | 1)]);
    }
}

static void count_up(struct fit_texts *t, uint32_t of, uint32_t term)
{
    uint16_t *c = &t->counts[slot_of(t, of, term)];
    *c += *c < UINT16_MAX;
}

static int compare_samples(const void *left, const void *right)
{
    const struct title_sample *a = left;
    const struct title_sample *b = right;
    if (a->text_hash != b->text_hash) {
        return a->text_hash > b->text_hash ? 1 : -1;
    }
    return (a->source > b->source) - (a->source < b->source);
}

// The lowest level at which the texts of all collectors together are few enough.
static unsigned level_for(struct title_collector *const *collectors, size_t n)
{
    size_t at[64] = {0};
    unsigned level = 0;
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        level = collectors[i]->level > level ? collectors[i]->level : level;
        for (size_t k = 0; k < collectors[i]->n_samples; k++) {
            at[title_sample_level(collectors[i]->samples[k].text_hash)]++;
        }
    }
    for (unsigned l = level; l < 64; l++) {
        total += at[l];
    }
    while (total > TITLE_MAX_SAMPLES && level < 63) {
        total -= at[level++];
    }
    return level;
}

static int gather(struct fit_texts *t, struct title_collector *const *collectors, size_t n)
{
    unsigned level = t->level = level_for(collectors, n);
    size_t cap = 0;
    size_t cap_terms = 0;
    for (size_t i = 0; i < n; i++) {
        cap += collectors[i]->n_samples;
        cap_terms += collectors[i]->n_terms;
    }
    t->samples = mem_alloc(cap + 1, sizeof *t->samples);
    t->terms = mem_alloc(cap_terms + 1, sizeof *t->terms);
    if (!t->samples || !t->terms) {
        return COPYDESK_ERR_MEMORY;
    }
    for (size_t i = 0; i < n; i++) {
        const struct title_collector *c = collectors[i];
        for (size_t k = 0; k < c->n_samples; k++) {
            struct title_sample s = c->samples[k];
            if (title_sample_level(s.text_hash) < level) {
                continue;
            }
            memcpy(t->terms + t->n_terms, c->terms + s.first, s.n * sizeof *t->terms);
            s.first = (uint32_t)t->n_terms;
            t->n_terms += s.n;
            t->samples[t->n++] = s;
        }
    }
    qsort(t->samples, t->n, sizeof *t->samples, compare_samples);
    size_t kept = 0;
    for (size_t i = 0; i < t->n; i++) {
        // Copies of one text count once.
        if (kept > 0 && t->samples[i].text_hash == t->samples[kept - 1].text_hash) {
            title_sample_join(&t->samples[kept - 1], t->samples[i].source, t->samples[i].kind);
        } else {
            t->samples[kept++] = t->samples[i];
        }
    }
    t->n = kept;
    return 0;
}

static void count_texts(struct fit_texts *t)
{
    enum { AHEAD = 8 }; // terms whose places are fetched before they are counted
    uint64_t words = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct title_sample *s = &t->samples[i];
        words += s->n_words;
        count_up(t, s->kind, 0);
        count_up(t, s->source, 1);
        for (uint32_t k = s->first; k < s->first + s->n; k++) {
            uint32_t term = t->terms[k] & ~(uint32_t)1;
            uint32_t ahead = t->terms[k + AHEAD < s->first + s->n ? k + AHEAD : k] & ~(uint32_t)1;
            __builtin_prefetch(&t->counts[slot_of(t, 0, ahead)], 1);
            __builtin_prefetch(&t->counts[slot_of(t, s->kind, ahead)], 1);
            __builtin_prefetch(&t->counts[slot_of(t, s->source, ahead | 1)], 1);
            count_up(t, 0, term);
            count_up(t, s->kind, term);
            if (s->source) {
                count_up(t, s->source, term | 1);
            }
        }
    }
    t->mean_words = t->n ? words / t->n : 300;
}

int fit_texts_new(struct fit_texts **out, struct title_collector *const *collectors, size_t n_collectors,
                  struct copydesk_error *error)
{
    struct fit_texts *t = mem_zalloc(1, sizeof *t);
    if (!t || gather(t, collectors, n_collectors) < 0) {
        fit_texts_free(t);
        return error_memory(error);
    }
    // By the terms that count, not by those that copies brought twice: places, and so what falls on one
    // place, must not depend on which thread read what.
    size_t n_terms = 0;
    for (size_t i = 0; i < t->n; i++) {
        n_terms += t->samples[i].n;
    }
    t->slots = 4096;
    while (t->slots < 3 * n_terms && t->slots < (uint32_t)1 << 22) {
        t->slots *= 2;
    }
    t->counts = mem_map(t->slots * sizeof *t->counts);
    if (!t->counts) {
        fit_texts_free(t);
        return error_memory(error);
    }
    count_texts(t);
    *out = t;
    return 0;
}

void fit_texts_free(struct fit_texts *t)
{
    if (t) {
        mem_free(t->samples);
        mem_free(t->terms);
        mem_unmap(t->counts, t->slots * sizeof *t->counts);
        mem_free(t);
    }
}

size_t fit_texts_count(const struct fit_texts *t)
{
    return t->n;
}

unsigned fit_texts_level(const struct fit_texts *t)
{
    return t->level;
}

const struct title_sample *fit_texts_sample(const struct fit_texts *t, size_t i, const uint32_t **terms)
{
    *terms = t->terms + t->samples[i].first;
    return &t->samples[i];
}

static bool is_sampled(const struct fit_texts *t, uint64_t text_hash)
{
    size_t low = 0;
    size_t high = t->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->samples[middle].text_hash < text_hash) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < t->n && t->samples[low].text_hash == text_hash;
}

// Draws `share` towards `found` of `of`, as if it had been seen in `weight` texts before.
static uint32_t drawn(uint32_t share, uint32_t weight, uint32_t found, uint32_t of)
{
    found = found < of ? found : of; // terms that share a slot are counted together
    return (uint32_t)(((uint64_t)found * ONE + (uint64_t)share * weight) / (of + weight));
}

static uint32_t less(uint32_t count, uint32_t one)
{
    return count > one ? count - one : 0;
}

enum { WEIGHT_UNKNOWN = 20, WEIGHT_ALL = 4, WEIGHT_KIND = 8, SHARE_UNKNOWN = ONE / 100 };

void fit_rarity(const struct fit_texts *t, struct title_note *note)
{
    fetch_counts(t, note);
    uint32_t self = is_sampled(t, note->text_hash);
    uint32_t of_all = less((uint32_t)t->n, self);
    uint32_t of_kind = less(t->counts[slot_of(t, note->kind, 0)], self);
    uint32_t of_source = note->source ? less(t->counts[slot_of(t, note->source, 1)], self) : 0;
    // A text with fewer words than the mean holds fewer terms.
    uint64_t length = (uint64_t)(note->n_words + 20u) * 256 / (t->mean_words + 20);
    length = length < 48 ? 48 : length > 768 ? 768 : length;
    for (unsigned i = 0; i < note->n_terms; i++) {
        struct title_term *term = &note->terms[i];
        uint32_t found = self && term->level & TERM_MATCH;
        uint32_t share = SHARE_UNKNOWN;
        share = drawn(share, of_all < 200 ? WEIGHT_UNKNOWN : 1,
                      less(t->counts[slot_of(t, 0, term->hash)], found), of_all);
        share = drawn(share, WEIGHT_ALL, less(t->counts[slot_of(t, note->kind, term->hash)], found), of_kind);
        if (note->source) {
            share = drawn(share, WEIGHT_KIND,
                          less(t->counts[slot_of(t, note->source, term->hash | 1)], found), of_source);
        }
        share =
            (uint32_t)((uint64_t)share * length / (256 + ((int64_t)share * ((int64_t)length - 256) >> 16)));
        share = share < LEAST ? LEAST : share > MOST ? MOST : share;
        int bits = 16 * FIT_UNIT - odds_log2(share);
        term->rarity = (uint8_t)(bits * 16 / FIT_UNIT < 255 ? bits * 16 / FIT_UNIT : 255);
    }
}

// ---- titles

enum {
    WEIGHT_BUCKET = 40,
    WEIGHT_BUCKET_KIND = 60,
    WEIGHT_TERM = 4,
    WEIGHT_TERM_KIND = 12,
    FULL_WORDS = 120,
    NO_SIDE = -6 * FIT_UNIT
};

// What a corpus of true titles gives, by -log2 of the share of texts with the term, in 1/256.
static const uint8_t usual[FIT_BUCKETS] = {246, 214, 205, 202, 200, 200, 200, 190, 180, 172, 160, 150};

int fit_titles_new(struct fit_titles **out, uint64_t n_articles, struct copydesk_error *error)
{
    struct fit_titles *t = mem_zalloc(1, sizeof *t);
    if (!t) {
        return error_memory(error);
    }
    t->n_terms = 1024;
    // A small corpus has some seven pairs of a source or kind and a term for each article, a large one hardly
    // one.
    while (t->n_terms < (t->n_terms < 1 << 21 ? 16 : 4) * n_articles && t->n_terms < (uint32_t)1 << 24) {
        t->n_terms *= 2;
    }
    t->terms = mem_map(t->n_terms * sizeof *t->terms);
    if (!t->terms) {
        mem_free(t);
        return error_memory(error);
    }
    *out = t;
    return 0;
}

void fit_titles_free(struct fit_titles *t)
{
    if (t) {
        mem_unmap(t->terms, t->n_terms * sizeof *t->terms);
        mem_free(t);
    }
}

static unsigned bucket_of(const struct title_term *term)
{
    unsigned b = term->rarity / 16u;
    return b < FIT_BUCKETS ? b : FIT_BUCKETS - 1;
}

static uint32_t *term_of(const struct fit_titles *t, uint32_t of, uint32_t term)
{
    return &t->terms[(uint32_t)(hash_mix((uint64_t)of << 32 | term) >> 32) & (t->n_terms - 1)];
}

static void fetch_terms(const struct fit_titles *t, const struct title_note *note)
{
    for (unsigned i = 0; i < note->n_terms; i++) {
        __builtin_prefetch(term_of(t, note->kind, note->terms[i].hash | 1), 1);
        __builtin_prefetch(term_of(t, note->source, note->terms[i].hash), 1);
    }
}

static void count_term(uint32_t *term, bool found)
{
    if ((*term & 0xffff) < 0xffff) {
        *term += 1 + (found ? 1u << 16 : 0);
    }
}

void fit_titles_add(struct fit_titles *t, const struct title_note *note, unsigned weight)
{
    unsigned kind = note->kind >> 1 & (FIT_KINDS - 1);
    fetch_terms(t, note);
    for (unsigned i = 0; i < note->n_terms; i++) {
        unsigned b = bucket_of(&note->terms[i]);
        unsigned found = note->terms[i].level & TERM_MATCH ? weight : 0;
        t->match[b] += found / 16;
        t->all[b] += weight / 16;
        t->kind_match[kind][b] += found / 16;
        t->kind_all[kind][b] += weight / 16;
        if (weight >= 128) {
            if (note->source) {
                count_term(term_of(t, note->source, note->terms[i].hash), found);
            }
            count_term(term_of(t, note->kind, note->terms[i].hash | 1), found);
        }
    }
}

// Share of true titles with this term whose text holds it.
static uint32_t expected(const struct fit_titles *t, const struct title_note *note,
                         const struct title_term *term, bool own)
{
    unsigned b = bucket_of(term);
    unsigned kind = note->kind >> 1 & (FIT_KINDS - 1);
    uint32_t share = drawn(usual[b] * 256u, WEIGHT_BUCKET * 16, t->match[b], t->all[b]);
    share = drawn(share, WEIGHT_BUCKET_KIND * 16, t->kind_match[kind][b], t->kind_all[kind][b]);
    uint32_t found = own && term->level & TERM_MATCH;
    uint32_t counted = *term_of(t, note->kind, term->hash | 1);
    share = drawn(share, WEIGHT_TERM_KIND, less(counted >> 16, found), less(counted & 0xffff, own));
    if (note->source) {
        counted = *term_of(t, note->source, term->hash);
        share = drawn(share, WEIGHT_TERM, less(counted >> 16, found), less(counted & 0xffff, own));
    }
    if (note->n_words < FULL_WORDS) {
        // The beginning of a story cannot hold all of its headline.
        uint32_t length = (note->n_words + 10u) * 256 / (FULL_WORDS + 10);
        share = (uint32_t)((uint64_t)share * length / (256 - ((uint64_t)share * (256 - length) >> 16)));
    }
    return share < 600 ? 600 : share > ONE - 600 ? ONE - 600 : share;
}

static uint32_t square_root(uint32_t x)
{
    uint32_t root = 0;
    for (uint32_t bit = 1u << 15; bit; bit >>= 1) {
        uint32_t next = root | bit;
        root = (uint64_t)next * next <= x ? next : root;
    }
    return root;
}

// The report of a contest names at least one of the two sides. What stands in one text of six is no name.
bool fit_lacks_sides(const struct title_note *note)
{
    bool sides = false;
    bool found = false;
    for (unsigned i = 0; i < note->n_terms; i++) {
        bool side = note->terms[i].level & TERM_SIDE;
        sides |= side;
        found |= side && note->terms[i].level & TERM_MATCH && note->terms[i].rarity >= 40;
    }
    return sides && !found;
}

int fit_score(const struct fit_titles *t, const struct title_note *note, bool own)
{
    fetch_terms(t, note);
    bool lacking = fit_lacks_sides(note);
    int sum = 0;
    int terms = 0; // in halves
    for (unsigned i = 0; i < note->n_terms; i++) {
        const struct title_term *term = &note->terms[i];
        int rarity = term->rarity * FIT_UNIT / 16;
        uint32_t holds = expected(t, note, term, own);
        int evidence;
        if (term->level & TERM_MATCH) {
            int hit = odds_log2(holds) - (16 * FIT_UNIT - rarity);
            // Words that all texts hold stand anywhere; others, where a story says what it is about.
            int place = term->level & TERM_LEAD ? FIT_UNIT * 7 / 10 : -FIT_UNIT * 8 / 10;
            int often = term->level & TERM_OFTEN ? FIT_UNIT * 3 / 10 : -FIT_UNIT / 10;
            evidence = hit + (rarity >= FIT_UNIT ? place + often : 0);
        } else {
            uint32_t missing = ONE - holds;
            // 1 - share, from -log2(share)
            uint32_t share = ONE >> (rarity / FIT_UNIT);
            share -= (uint32_t)((uint64_t)share * (uint32_t)(rarity % FIT_UNIT) / (2 * FIT_UNIT));
            share = share > MOST ? MOST : share;
            evidence = odds_log2(missing) - odds_log2(ONE - share);
        }
        if (term->level & TERM_PART && evidence < 0) {
            evidence = 0;
        }
        if (lacking && term->level & TERM_SIDE) {
            evidence = NO_SIDE;
        }
        int weight = term->level & TERM_SOLO ? 1 : 2;
        sum += evidence * weight / 2;
        terms += weight;
    }
    if (terms == 0) {
        return 0;
    }
    return (int)((int64_t)sum * 4 * 16 / (int64_t)square_root((uint32_t)(terms * 128 + 4 * 256)));
}
