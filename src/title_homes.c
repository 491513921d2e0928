// title_homes.c - one title over several stories: where is it at home. Contract in title_room.h.
//
// In:  the notes, and how well each title fits. Out: for each title the other story under it that it fits
//      best; what that says in this corpus (title_odds.c); the odds of all titles.
//
// A wrong title was mostly taken from another article, which has it too. Titles are spread over parts by
// hash, and sorted part by part, so that memory holds one part. In a group of equal titles a few that fit
// best, of different texts, are candidates; each title of the group is compared with the first of them that
// is not a copy of its own text. Rough clusters tell copies, and sketches of the texts: furniture hides
// copies from the one, or makes strangers look alike to the other, so the second look at the story alone
// (title_judge.c) counts the shared runs of words again.
//
// Limits: a title that was changed on the way is another title, as is one whose home is not in the corpus.

#include "base/mem.h"
#include "base/sort.h"
#include "base/spill.h"
#include "title_room.h"

enum {
    MANY_TEXTS = 5,    // a title over so many is no property of one
    COMMON_TEXTS = 10, // one title over so many texts, of which hardly one fits
    COMMON_WORDS = 6,  // a headline that says something has more
    N_CANDIDATES = 4,
    MEMORY_SHARE = 8,             // of the memory for notes
    PAIR_WEIGHT = 64,             // of all pairs of a group together
    REPLIES = 4,                  // one title of so many is that of a reply: letters and answers,
    THREAD_PRICE = 3 * ODDS_UNIT, // whose subject says less of each
};

struct candidate {
    uint32_t article, text;
    int own;
    uint16_t sketch[TITLE_SKETCH];
};

// Articles under one title.
struct group {
    const uint64_t *first; // hash << 32 | article
    size_t n;
    uint32_t seen[MANY_TEXTS];
    size_t texts, fitting;
    struct candidate best[N_CANDIDATES]; // of different texts, those that fit best first
    size_t n_best;
    bool is_short;
};

struct homes {
    struct title_stats *s;
    const uint32_t *cluster_of;
    struct spill *titles;
    struct odds_counts counts;
    struct copydesk_error *error;
};

const struct odds_pair *title_stats_pair(const struct title_stats *s, const struct decision *d)
{
    return &s->odds.pair[d->alike < ODDS_ALIKE ? d->alike : ODDS_ALIKE - 1][d->flags & DECISION_MANY ? 1 : 0];
}

uint8_t title_stats_contest(const struct title_note *note)
{
    return note->flags & NOTE_SCORE && fit_lacks_sides(note) ? DECISION_CONTEST : 0;
}

int title_stats_odds(const struct title_stats *s, const struct decision *d, int own)
{
    int odds;
    if (d->best != UINT32_MAX && d->alike < DECISION_COPIES) {
        odds = odds_of_pair(&s->odds, title_stats_pair(s, d), own, d->top);
    } else {
        odds = odds_alone(&s->odds, own) - (d->flags & DECISION_CONTEST ? 0 : s->odds.witty);
    }
    return odds - (d->flags & DECISION_THREAD ? THREAD_PRICE : 0);
}

// ---- groups

static int list_titles(struct homes *h)
{
    struct title_stats *s = h->s;
    struct spill_writer *w = spill_writer(h->titles, 0);
    struct title_note note;
    int status = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->decisions[i].own != INT16_MIN && title_stats_note(s, i, &note, &status, h->error)) {
            const struct source_count *source = title_stats_source(s, note.source);
            s->decisions[i].flags |= source->replies * REPLIES >= source->titles ? DECISION_THREAD : 0;
            s->decisions[i].flags |= title_stats_contest(&note);
            spill_add(w, (unsigned)(note.title_hash >> 56), note.title_hash << 8 >> 32 << 32 | i);
        }
    }
    return status < 0 ? status : spill_check(w, h->error);
}

// Stands for the text, so that copies are one: its cluster, or a hash.
static uint32_t text_of(const struct homes *h, uint32_t article, const struct title_note *note)
{
    return h->cluster_of && article >= h->s->n_past ? h->cluster_of[article - h->s->n_past]
                                                    : (uint32_t)note->text_hash | 1u << 31;
}

static void count_text(struct group *g, uint32_t text)
{
    size_t k = 0;
    while (k < g->texts && g->seen[k] != text) {
        k++;
    }
    if (k == g->texts && k < MANY_TEXTS) {
        g->seen[g->texts++] = text;
    }
}

// Of each text the title that fits it best, the earlier one if they fit alike.
static void take_candidate(struct group *g, const struct candidate *c)
{
    size_t k = 0;
    while (k < g->n_best && g->best[k].text != c->text) {
        k++;
    }
    if (k < g->n_best && g->best[k].own >= c->own) {
        return;
    }
    if (k == N_CANDIDATES && g->best[--k].own >= c->own) {
        return;
    }
    g->n_best += k == g->n_best;
    for (; k > 0 && g->best[k - 1].own < c->own; k--) {
        g->best[k] = g->best[k - 1];
    }
    g->best[k] = *c;
}

static unsigned shared_runs(const uint16_t one[TITLE_SKETCH], const uint16_t other[TITLE_SKETCH])
{
    unsigned alike = 0;
    for (unsigned i = 0; i < TITLE_SKETCH; i++) {
        alike += one[i] == other[i] && one[i] != UINT16_MAX;
    }
    return alike;
}

static int read_group(const struct homes *h, struct group *g)
{
    struct title_note note;
    int status = 0;
    for (size_t i = 0; i < g->n; i++) {
        uint32_t article = (uint32_t)g->first[i];
        if (!title_stats_note(h->s, article, &note, &status, h->error)) {
            return status;
        }
        struct candidate c = {
            .article = article, .text = text_of(h, article, &note), .own = h->s->decisions[article].own};
        memcpy(c.sketch, note.sketch, sizeof c.sketch);
        g->fitting += c.own > h->s->fitting;
        g->is_short = note.n_title_words <= COMMON_WORDS * (note.terms[0].level & TERM_SOLO ? 2 : 1);
        count_text(g, c.text);
        take_candidate(g, &c);
    }
    return status;
}

// The candidate to compare with: no copy if there is one.
static const struct candidate *other_of(const struct group *g, uint32_t text,
                                        const uint16_t sketch[TITLE_SKETCH], unsigned *alike)
{
    const struct candidate *copy = NULL;
    for (size_t k = 0; k < g->n_best; k++) {
        const struct candidate *c = &g->best[k];
        unsigned shared = shared_runs(c->sketch, sketch);
        if (c->text != text && shared < DECISION_COPIES) {
            *alike = shared;
            return c;
        }
        copy = c->text != text && !copy ? c : copy;
    }
    *alike = DECISION_COPIES;
    return copy;
}

static int decide_group(struct homes *h, const struct group *g)
{
    struct title_stats *s = h->s;
    struct title_note note;
    int status = 0;
    bool common = g->is_short && g->n >= COMMON_TEXTS && g->texts == MANY_TEXTS && g->fitting * 20 < g->n;
    for (size_t i = 0; i < g->n; i++) {
        uint32_t article = (uint32_t)g->first[i];
        unsigned alike;
        if (!title_stats_note(s, article, &note, &status, h->error)) {
            return status;
        }
        struct decision *d = &s->decisions[article];
        const struct candidate *other = other_of(g, text_of(h, article, &note), note.sketch, &alike);
        d->flags |= (uint8_t)((common ? DECISION_COMMON : 0) | (g->texts > 2 ? DECISION_MANY : 0) |
                              (g->texts == MANY_TEXTS ? DECISION_CROWD : 0));
        if (other) {
            d->best = other->article;
            d->top = (int16_t)other->own;
            d->alike = (uint8_t)alike;
        }
    }
    return status;
}

static bool is_pair(const struct decision *d)
{
    return d->best != UINT32_MAX && d->alike < DECISION_COPIES;
}

// Of copies one counts: a wall that stands for a hundred stories is one wrong text.
static bool is_first(const struct homes *h, uint32_t article)
{
    uint32_t number = article - h->s->n_past;
    return !h->cluster_of || article < h->s->n_past || h->cluster_of[number] == number;
}

// Each pair once; those of one group together count as one.
static void count_group(struct homes *h, const struct group *g)
{
    struct title_stats *s = h->s;
    uint32_t weight = (uint32_t)(PAIR_WEIGHT / (g->n > 1 ? g->n - 1 : 1));
    for (size_t i = 0; i < g->n; i++) {
        uint32_t article = (uint32_t)g->first[i];
        const struct decision *d = &s->decisions[article];
        if (!is_pair(d)) {
            h->counts.alone[title_bin(d->own)] += is_first(h, article);
        } else if (s->decisions[d->best].best != article || article < d->best) {
            int less = d->own < d->top ? d->own : d->top;
            int more = d->own < d->top ? d->top : d->own;
            h->counts.pair[d->alike][d->flags & DECISION_MANY ? 1 : 0][odds_gap(less, more)][odds_step(
                odds_evidence(&s->odds, less))][odds_step(odds_evidence(&s->odds, more))] +=
                weight ? weight : 1;
        }
    }
}

static int decide_part(struct homes *h, const uint64_t *titles, size_t n)
{
    int status = 0;
    for (size_t from = 0, to; from < n && status == 0; from = to) {
        for (to = from + 1; to < n && titles[to] >> 32 == titles[from] >> 32; to++) {
        }
        struct group g = {.first = titles + from, .n = to - from};
        status = g.n > 1 ? read_group(h, &g) : 0;
        if (status == 0 && g.texts > 1) {
            status = decide_group(h, &g);
        }
        count_group(h, &g);
    }
    return status;
}

static int decide_all(struct homes *h)
{
    int status = 0;
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        size_t n = spill_count(h->titles, part);
        uint64_t *titles = mem_alloc(2 * n + 1, sizeof *titles);
        status = titles ? spill_load(h->titles, part, titles, h->error) : error_memory(h->error);
        if (status == 0) {
            sort_u64(titles, titles + n, n, 0);
            status = decide_part(h, titles, n);
        }
        mem_free(titles);
    }
    return status;
}

// ---- the whole

int title_homes_find(struct title_stats *s, const struct title_scores *scores, const uint32_t *cluster_of,
                     struct copydesk_error *error)
{
    struct homes *h = mem_zalloc(1, sizeof *h);
    if (!h) {
        return error_memory(error);
    }
    *h = (struct homes){.s = s, .cluster_of = cluster_of, .error = error};
    title_null_evidence(scores, s->odds.evidence);
    int status = spill_new(&h->titles, SPILL_RECORDS, 1, s->memory_bytes / MEMORY_SHARE, s->temp_dir, error);
    status = status < 0 ? status : list_titles(h);
    status = status < 0 ? status : decide_all(h);
    if (status == 0) {
        odds_learn(&s->odds, &h->counts);
        for (uint32_t i = 0; i < s->n; i++) {
            struct decision *d = &s->decisions[i];
            d->score = d->own == INT16_MIN ? 0 : (int16_t)title_stats_odds(s, d, d->own);
        }
    }
    spill_free(h->titles);
    mem_free(h);
    return status;
}
