// null.c - scores of titles on texts of others, and what follows from them. Contract in null.h.
//
// The corpus makes its own yardstick: some thousands of its titles are put over some thousands of its texts,
// of the same source where it has several, so that what all stories of an outlet share is no evidence. The
// scores of all titles on their own texts are a mixture of right titles and wrong ones; the share of wrong
// ones is read off the region where wrong ones lie (as in Efron et al. 2001), and the threshold is put where
// it gains most, a false alarm counted as FALSE_ALARM_COST titles missed. So a corpus where three titles in
// four are wrong is judged by another threshold than a clean one, and neither needs a number set by hand. A
// corpus with few titles is helped by what corpora usually look like.

#include "title/odds.h"

#include "base/error.h"
#include "base/mem.h"

#include <stdlib.h>

enum { MAX_PICKED = 16384, ONE = 65536, TITLES_EACH = 2 };

// ---- titles

struct title_pick {
    struct title_note *notes;
    size_t n, cap;
    unsigned level;
};

int title_pick_new(struct title_pick **out, struct copydesk_error *error)
{
    *out = mem_zalloc(1, sizeof **out);
    return *out ? 0 : error_memory(error);
}

void title_pick_free(struct title_pick *p)
{
    if (p) {
        mem_free(p->notes);
        mem_free(p);
    }
}

static unsigned level_of(const struct title_note *note)
{
    return title_sample_level(note->title_hash ^ note->text_hash);
}

int title_pick_add(struct title_pick *p, const struct title_note *note, struct copydesk_error *error)
{
    if (level_of(note) < p->level) {
        return 0;
    }
    void *notes = p->notes;
    if (!mem_grow(&notes, &p->cap, p->n + 1, sizeof *p->notes)) {
        return error_memory(error);
    }
    p->notes = notes;
    p->notes[p->n++] = *note;
    if (p->n > MAX_PICKED) {
        p->level++;
        size_t kept = 0;
        for (size_t i = 0; i < p->n; i++) {
            if (level_of(&p->notes[i]) >= p->level) {
                p->notes[kept++] = p->notes[i];
            }
        }
        p->n = kept;
    }
    return 0;
}

// ---- pairs

// Titles in the order of source or kind, then of a hash: key << 32 | index.
static int compare_u64(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

struct order {
    uint64_t *keys;
    size_t n;
};

static size_t lower(const struct order *o, uint64_t key)
{
    size_t low = 0;
    size_t high = o->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (o->keys[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

// The terms of one sampled text, to be looked up.
enum { TERM_SLOTS = 2048 };

struct text_terms {
    const struct title_sample *sample;
    uint32_t slots[TERM_SLOTS]; // 0: empty
};

static uint32_t *term_slot(struct text_terms *t, uint32_t term)
{
    size_t at = term >> 3 & (TERM_SLOTS - 1);
    while (t->slots[at] && (t->slots[at] & ~(uint32_t)1) != term) {
        at = (at + 1) & (TERM_SLOTS - 1);
    }
    return &t->slots[at];
}

static void read_terms(struct text_terms *t, const struct title_sample *s, const uint32_t *terms)
{
    t->sample = s;
    memset(t->slots, 0, sizeof t->slots);
    for (uint32_t i = 0; i < s->n; i++) {
        *term_slot(t, terms[i] & ~(uint32_t)1) = terms[i];
    }
}

// Puts the title over another text.
static void put_over(struct title_note *note, struct text_terms *text)
{
    const struct title_sample *s = text->sample;
    note->text_hash = s->text_hash;
    note->source = s->source;
    note->kind = s->kind;
    note->n_words = (uint16_t)s->n_words;
    for (unsigned i = 0; i < note->n_terms; i++) {
        uint8_t form = note->terms[i].level & (TERM_SOLO | TERM_SIDE);
        uint32_t found = *term_slot(text, note->terms[i].hash);
        bool lead = found & 1;
        // How often is not kept in the sample; half of what stands in the lead comes again.
        uint8_t often = lead && note->terms[i].hash >> 7 & 1 ? TERM_OFTEN : 0;
        note->terms[i].level = (uint8_t)(form | (found ? TERM_MATCH | often | (lead ? TERM_LEAD : 0) : 0));
    }
}

static void score_range(const struct title_pick *p, const struct order *o, uint32_t key,
                        struct text_terms *text, const struct fit_texts *texts,
                        const struct fit_titles *titles, struct title_scores *scores)
{
    size_t from = lower(o, (uint64_t)key << 32);
    size_t to = lower(o, ((uint64_t)key + 1) << 32);
    for (unsigned k = 0; k < TITLES_EACH && to > from; k++) {
        uint32_t choice = (uint32_t)(hash_mix(text->sample->text_hash + k) >> 32);
        const struct title_note *picked =
            &p->notes[(uint32_t)o->keys[from + hash_range(choice, (uint32_t)(to - from))]];
        if (picked->text_hash == text->sample->text_hash) {
            continue;
        }
        struct title_note note = *picked;
        put_over(&note, text);
        fit_rarity(texts, &note);
        scores->null[title_bin(fit_score(titles, &note, false))]++;
        scores->n_null++;
    }
}

static int compare_notes(const void *left, const void *right)
{
    const struct title_note *a = left;
    const struct title_note *b = right;
    if (a->title_hash != b->title_hash) {
        return a->title_hash > b->title_hash ? 1 : -1;
    }
    if (a->text_hash != b->text_hash) {
        return a->text_hash > b->text_hash ? 1 : -1;
    }
    return (a->source > b->source) - (a->source < b->source);
}

int title_null_scores(struct title_pick *p, const struct fit_texts *texts, const struct fit_titles *titles,
                      struct title_scores *scores, struct copydesk_error *error)
{
    struct text_terms text;
    memset(scores->null, 0, sizeof scores->null);
    scores->n_null = 0;
    if (p->n == 0) {
        return 0;
    }
    uint64_t *keys = mem_alloc(2 * p->n, sizeof *keys);
    if (!keys) {
        return error_memory(error);
    }
    struct order by_source = {keys, p->n};
    struct order by_kind = {keys + p->n, p->n};
    qsort(p->notes, p->n, sizeof *p->notes, compare_notes);
    for (size_t i = 0; i < p->n; i++) {
        by_source.keys[i] = (uint64_t)p->notes[i].source << 32 | i;
        by_kind.keys[i] = (uint64_t)p->notes[i].kind << 32 | i;
    }
    qsort(by_source.keys, p->n, sizeof *keys, compare_u64);
    qsort(by_kind.keys, p->n, sizeof *keys, compare_u64);
    for (size_t i = 0; i < fit_texts_count(texts); i++) {
        const uint32_t *terms;
        const struct title_sample *s = fit_texts_sample(texts, i, &terms);
        size_t before = scores->n_null;
        read_terms(&text, s, terms);
        if (s->source) {
            score_range(p, &by_source, s->source, &text, texts, titles, scores);
        }
        if (scores->n_null == before) {
            score_range(p, &by_kind, s->kind, &text, texts, titles, scores);
        }
    }
    mem_free(keys);
    return 0;
}

// ---- what a score means

enum {
    NULL_MEAN = -700,
    NULL_SPREAD = 900,
    OWN_MEAN = 1500,
    OWN_SPREAD = 1500,
    PSEUDO = 60,
    FEW_TITLES = 60,
    FALSE_ALARM_COST = 2
};

// Counts of neighbours flow together, by a triangle; what corpora usually look like counts as about
// 40 titles.
static void smooth(const uint32_t *counts, int mean, int spread, uint64_t out[NULL_BINS])
{
    enum { REACH = 4 };
    uint64_t total = 0;
    for (int b = 0; b < NULL_BINS; b++) {
        uint64_t sum = 0;
        for (int d = -REACH; d <= REACH; d++) {
            int at = b + d < 0 ? 0 : b + d >= NULL_BINS ? NULL_BINS - 1 : b + d;
            sum += (uint64_t)counts[at] * (uint64_t)(REACH + 1 - abs(d));
        }
        // The usual shape: 1 / (1 + x^2)^4, which is a bell with long tails.
        int64_t x = ((int64_t)b * NULL_STEP + NULL_FIRST - mean) * 256 / spread;
        uint64_t bell = (uint64_t)256 * 65536 / (uint64_t)(65536 + x * x);
        bell = bell * bell * bell / 256 * bell / 256;
        out[b] = sum * 4096 + bell * PSEUDO * NULL_STEP / (uint64_t)spread;
        total += out[b];
    }
    for (int b = 0; b < NULL_BINS; b++) {
        out[b] = (out[b] << 24) / (total ? total : 1) + 1;
    }
}

// Twice the share of titles that score below the middle of the wrong ones, in 1/65536: right titles lie
// above.
static uint64_t share_of_wrong(const uint64_t own[NULL_BINS], const uint64_t null[NULL_BINS], uint32_t n)
{
    uint64_t below = 0;
    uint64_t own_below = 0;
    for (unsigned b = 0; b < NULL_BINS; b++) {
        if (below >= (uint64_t)1 << 23) {
            break;
        }
        below += null[b];
        own_below += own[b];
    }
    uint64_t share = own_below * ONE / (below ? below : 1);
    // Few titles say little; of most corpora some in a hundred are wrong.
    uint64_t least = ONE / 500 + (uint64_t)ONE / 40 * FEW_TITLES / (n + FEW_TITLES);
    return share < least ? least : share > ONE * 9 / 10 ? ONE * 9 / 10 : share;
}

int title_null_threshold(const struct title_scores *scores)
{
    uint64_t own[NULL_BINS];
    uint64_t null[NULL_BINS];
    smooth(scores->own, OWN_MEAN, OWN_SPREAD, own);
    smooth(scores->null, NULL_MEAN, NULL_SPREAD, null);
    int64_t wrong = (int64_t)share_of_wrong(own, null, scores->n_own);
    // The more titles are wrong, the less a right one may count.
    int64_t cost = FALSE_ALARM_COST * (ONE - wrong);
    int64_t gain = 0;
    int64_t most = 0;
    int at = NULL_FIRST;
    for (unsigned b = 0; b < NULL_BINS; b++) {
        int64_t found = wrong * (int64_t)null[b] / ONE;
        gain += found - cost * ((int64_t)own[b] - found) / ONE;
        if (gain > most) {
            most = gain;
            at = NULL_FIRST + (int)(b + 1) * NULL_STEP;
        }
    }
    return at;
}

int title_null_quantile(const struct title_scores *scores, unsigned percent)
{
    uint64_t null[NULL_BINS];
    uint64_t total = 0;
    uint64_t below = 0;
    unsigned b = 0;
    smooth(scores->null, NULL_MEAN, NULL_SPREAD, null);
    for (unsigned i = 0; i < NULL_BINS; i++) {
        total += null[i];
    }
    for (; b < NULL_BINS - 1 && (below += null[b]) * 100 < total * percent; b++) {
    }
    return NULL_FIRST + (int)b * NULL_STEP;
}

// ---- evidence

enum {
    RIGHT_FLOOR = 64, // some right titles are found anywhere: one of so many with this score
    PER_BIT = 120     // in all corpora looked at, a bit of evidence is about so much of the score
};

// A run of bins with one value.
struct flat {
    int64_t sum; // of value * weight
    uint64_t weight;
    unsigned n;
};

static bool falls(const struct flat *one, const struct flat *next)
{
    return one->sum * (int64_t)next->weight > next->sum * (int64_t)one->weight;
}

// The nearest values that never fall: neighbours that do are made one (pool adjacent violators).
static void make_rise(int values[NULL_BINS], const uint64_t weights[NULL_BINS])
{
    struct flat runs[NULL_BINS];
    size_t n = 0;
    for (unsigned b = 0; b < NULL_BINS; b++) {
        runs[n++] = (struct flat){(int64_t)values[b] * (int64_t)weights[b], weights[b], 1};
        while (n > 1 && falls(&runs[n - 2], &runs[n - 1])) {
            runs[n - 2].sum += runs[n - 1].sum;
            runs[n - 2].weight += runs[n - 1].weight;
            runs[n - 2].n += runs[n - 1].n;
            n--;
        }
    }
    for (unsigned r = 0, b = 0; r < n; r++) {
        for (unsigned k = 0; k < runs[r].n; k++, b++) {
            values[b] = (int)(runs[r].sum / (int64_t)runs[r].weight);
        }
    }
}

void title_null_evidence(const struct title_scores *scores, int evidence[NULL_BINS])
{
    uint64_t own[NULL_BINS];
    uint64_t null[NULL_BINS];
    uint64_t all = 0;
    smooth(scores->own, OWN_MEAN, OWN_SPREAD, own);
    smooth(scores->null, NULL_MEAN, NULL_SPREAD, null);
    uint64_t wrong = share_of_wrong(own, null, scores->n_own);
    uint64_t weights[NULL_BINS];
    for (unsigned b = 0; b < NULL_BINS; b++) {
        uint64_t found = wrong * null[b] / ONE;
        uint64_t least = own[b] / RIGHT_FLOOR + 1;
        weights[b] = (own[b] < null[b] ? own[b] : null[b]) / 256 + 1;
        own[b] = own[b] > found + least ? own[b] - found : least;
        all += own[b];
    }
    int whole = odds_log2((uint32_t)all) - 24 * ODDS_UNIT; // of the shares of right titles
    for (unsigned b = 0; b < NULL_BINS; b++) {
        evidence[b] = odds_log2((uint32_t)own[b]) - odds_log2((uint32_t)null[b]) - whole;
    }
    make_rise(evidence, weights);
    // Where there is little to count, or most titles are wrong, the counts alone would mislead.
    for (int b = 0; b < NULL_BINS; b++) {
        int usual = (NULL_FIRST + b * NULL_STEP + NULL_STEP / 2) * ODDS_UNIT / PER_BIT;
        int bits = (evidence[b] + usual) / 2;
        evidence[b] = bits < ODDS_LEAST ? ODDS_LEAST : bits > ODDS_MOST ? ODDS_MOST : bits;
    }
}
