// same.c - one title over several texts: where is it at home. Contract in room.h.
//
// In:  notes and decisions of all titles. Out: titles that stand over so many texts that they are none; for
//      each title another story under it, the one that it fits best; what that says in this corpus
//      (title/odds.c), and the odds of all titles.
//
// A wrong title was mostly taken from another article, which has it too. Who shares a title is found by
// sorting 40 bits of its hash in 256 parts, one after another; only titles that come again are looked at, and
// then all 64 bits must agree. In a group of equal titles a few that fit best, of different texts, are
// candidates; each title of the group is compared with the first of them that is no copy of its own text.
// Rough clusters tell copies, and sketches of the texts: furniture hides copies from the one, or makes
// strangers look alike to the other, so the second look at the story alone (title/judge.c) counts the shared
// runs of words again.
//
// Limits: a title that was changed on the way is another title, as is one whose home is not in the corpus.
//
// Memory: a part and as much to sort it, 16 bytes for one title of 256; 24 for each article under the
// commonest title; 100 KiB of counts.

#include "base/log.h"
#include "base/mem.h"
#include "base/sort.h"
#include "base/spill.h"
#include "title/room.h"

#include <stdlib.h>

enum {
    COMMON_TEXTS = 10, // one title over so many texts, of which hardly one fits
    COMMON_WORDS = 6,  // a headline that says something has more
    EVERYWHERE = 256,  // articles from which a title says nothing of one, fitting (a name, a place) or not
    N_CANDIDATES = 4,
    PAIR_WEIGHT = 64,             // of all pairs of a group together
    REPLIES = 4,                  // one title of so many is that of a reply: letters and answers,
    THREAD_PRICE = 3 * ODDS_UNIT, // whose subject says less of each
};

struct same_title {
    uint64_t hash;
    uint32_t article, text; // text: its cluster, or a hash
    int16_t score;
};

static int compare_titles(const void *left, const void *right)
{
    const struct same_title *a = left;
    const struct same_title *b = right;
    if (a->hash != b->hash) {
        return a->hash > b->hash ? 1 : -1;
    }
    return (a->article > b->article) - (a->article < b->article);
}

// How many different texts stand under the title, up to MOST_TEXTS.
static size_t texts_under(const struct same_title *group, size_t n)
{
    uint32_t seen[MOST_TEXTS];
    size_t found = 0;
    for (size_t i = 0; i < n && found < MOST_TEXTS; i++) {
        size_t k = 0;
        while (k < found && seen[k] != group[i].text) {
            k++;
        }
        if (k == found) {
            seen[found++] = group[i].text;
        }
    }
    return found;
}

// One title over several texts.
struct group {
    const struct same_title *first;
    size_t n, texts;
    size_t n_learned; // that the statistics are made of; they come first
    bool is_short;
};

static unsigned shared_runs(const struct title_note *a, const struct title_note *b)
{
    unsigned alike = 0;
    for (unsigned i = 0; i < TITLE_SKETCH; i++) {
        alike += a->sketch[i] == b->sketch[i] && a->sketch[i] != UINT16_MAX;
    }
    return alike;
}

// ---- what a decision says

uint8_t title_note_flags(const struct title_stats *s, const struct title_note *note)
{
    const struct source_count *source = title_stats_source(s, note->source);
    bool thread = source->replies > 0 && source->replies * REPLIES >= source->titles;
    bool contest = note->flags & NOTE_SCORE && fit_lacks_sides(note);
    return (uint8_t)((thread ? DECISION_THREAD : 0) | (contest ? DECISION_CONTEST : 0));
}

const struct odds_pair *title_stats_pair(const struct title_stats *s, const struct decision *d)
{
    return &s->odds.pair[d->alike < ODDS_ALIKE ? d->alike : ODDS_ALIKE - 1][d->flags & DECISION_MANY ? 1 : 0];
}

static bool is_pair(const struct decision *d)
{
    return d->best != UINT32_MAX && d->alike < DECISION_COPIES;
}

int title_stats_odds(const struct title_stats *s, const struct decision *d, int own)
{
    int odds;
    if (is_pair(d)) {
        odds = odds_of_pair(&s->odds, title_stats_pair(s, d), own, d->top);
    } else {
        odds = odds_alone(&s->odds, own) - (d->flags & DECISION_CONTEST ? 0 : s->odds.witty);
    }
    return odds - (d->flags & DECISION_THREAD ? THREAD_PRICE : 0);
}

// ---- crowds

static size_t best_of(const struct group *g)
{
    size_t best = 0;
    for (size_t i = 1; i < g->n; i++) {
        best = g->first[i].score > g->first[best].score ? i : best;
    }
    return best;
}

static struct title_crowd crowd_of(const struct title_stats *s, const struct group *g)
{
    size_t best = best_of(g);
    struct title_crowd crowd = {
        .hash = g->first->hash,
        .n = (uint32_t)g->n,
        .texts = (uint32_t)g->texts,
        .best = g->first[best].article,
        .top = g->first[best].score,
        .is_short = g->is_short,
    };
    for (size_t i = 0; i < g->n; i++) {
        crowd.fitting += g->first[i].score > s->fitting;
    }
    return crowd;
}

// A long thread is about what its subject says, however many answer.
static uint8_t flags_of(const struct title_crowd *crowd, bool is_thread)
{
    bool many = crowd->texts >= MANY_TEXTS;
    bool strange = many && crowd->is_short && crowd->n >= COMMON_TEXTS && crowd->fitting * 20 < crowd->n;
    bool everywhere = crowd->texts == MOST_TEXTS && crowd->n >= EVERYWHERE && !is_thread;
    return (uint8_t)((strange || everywhere ? DECISION_COMMON : 0) | (crowd->texts > 2 ? DECISION_MANY : 0) |
                     (many ? DECISION_CROWD : 0));
}

struct title_crowd title_crowd_join(const struct title_stats *s, const struct title_crowd *crowd, int own)
{
    struct title_crowd joined = *crowd;
    joined.n++;
    joined.texts += joined.texts < MOST_TEXTS;
    joined.fitting += own > s->fitting;
    return joined;
}

static void compare_with(struct decision *d, uint32_t best, int top, unsigned alike)
{
    d->best = best;
    d->top = (int16_t)top;
    d->alike = (uint16_t)alike;
}

void title_crowd_judge(const struct title_stats *s, const struct title_crowd *crowd,
                       const struct title_note *note, const struct title_note *best, struct decision *d)
{
    d->flags |= flags_of(crowd, d->flags & DECISION_THREAD);
    compare_with(d, crowd->best, crowd->top, shared_runs(note, best));
    d->score = title_narrow(title_stats_odds(s, d, d->own));
}

// ---- groups

// Stands for the text, so that copies are one: its cluster, or a hash.
static uint32_t text_of(const struct title_stats *s, const uint32_t *cluster_of, uint32_t i,
                        const struct title_note *note)
{
    return cluster_of && i >= s->n_past ? cluster_of[i - s->n_past] : (uint32_t)note->text_hash | 1u << 31;
}

// Titles of the corpus in parts, by their hash: 32 bits of it beside the article, and 8 that say which part.
struct titles {
    struct title_stats *s;
    const uint32_t *cluster_of;
    struct copydesk_error *error;
    struct spill *parts;
    uint64_t *records, *scratch;
    struct same_title *same; // of one record after another
    size_t cap;
    struct odds_counts counts;
};

struct candidates {
    const struct same_title *best[N_CANDIDATES]; // of different texts, those that fit best first
    struct title_note notes[N_CANDIDATES];
    size_t n;
};

// Of each text the title that fits it best, the earlier one if they fit alike.
static void take_candidate(struct candidates *c, const struct same_title *title)
{
    size_t k = 0;
    while (k < c->n && c->best[k]->text != title->text) {
        k++;
    }
    if (k < c->n && c->best[k]->score >= title->score) {
        return;
    }
    if (k == N_CANDIDATES && c->best[--k]->score >= title->score) {
        return;
    }
    c->n += k == c->n;
    for (; k > 0 && c->best[k - 1]->score < title->score; k--) {
        c->best[k] = c->best[k - 1];
    }
    c->best[k] = title;
}

static int find_candidates(struct titles *t, const struct group *g, struct candidates *c)
{
    int status = 0;
    for (size_t i = 0; i < g->n_learned; i++) {
        take_candidate(c, &g->first[i]);
    }
    for (size_t k = 0; k < c->n && status == 0; k++) {
        title_stats_note(t->s, c->best[k]->article, &c->notes[k], &status, t->error);
    }
    return status;
}

// The candidate to compare with: no copy if there is one. What was not learned knows the best alone.
static void choose_other(const struct candidates *c, const struct same_title *title,
                         const struct title_note *note, bool learned, struct decision *d)
{
    const struct same_title *copy = NULL;
    for (size_t k = 0; k < c->n && (learned || k == 0); k++) {
        const struct same_title *other = c->best[k];
        unsigned shared = shared_runs(&c->notes[k], note);
        if (other->text == title->text) {
            continue;
        }
        if (shared < DECISION_COPIES) {
            compare_with(d, other->article, other->score, shared);
            return;
        }
        copy = copy ? copy : other;
    }
    if (copy) {
        compare_with(d, copy->article, copy->score, DECISION_COPIES);
    }
}

// Of copies one counts: a wall that stands for a hundred stories is one wrong text.
static bool is_first(const struct titles *t, uint32_t article)
{
    uint32_t number = article - t->s->n_past;
    return !t->cluster_of || article < t->s->n_past || t->cluster_of[number] == number;
}

// Each pair once, for its first title; those of one group together count as one.
static int count_pair(struct titles *t, const struct group *g, uint32_t article, const struct decision *d)
{
    struct title_stats *s = t->s;
    struct decision other;
    int status = title_stats_decision(s, d->best, &other, t->error);
    uint32_t weight = (uint32_t)(PAIR_WEIGHT / (g->n_learned > 1 ? g->n_learned - 1 : 1));
    t->counts.alone[title_bin(d->own)] -= is_first(t, article);
    if (status == 0 && (other.best != article || article < d->best)) {
        int less = d->own < d->top ? d->own : d->top;
        int more = d->own < d->top ? d->top : d->own;
        t->counts.pair[d->alike][d->flags & DECISION_MANY ? 1 : 0][odds_gap(less, more)]
                      [odds_step(odds_evidence(&s->odds, less))][odds_step(odds_evidence(&s->odds, more))] +=
            weight ? weight : 1;
    }
    return status;
}

static int judge_group(struct titles *t, const struct group *g)
{
    struct title_stats *s = t->s;
    struct candidates c = {0};
    struct title_note note;
    struct decision d;
    struct group learned = *g;
    learned.n = g->n_learned;
    learned.texts = texts_under(g->first, g->n_learned);
    if (learned.n == 0) {
        return 0;
    }
    struct title_crowd crowd = crowd_of(s, &learned);
    int status = find_candidates(t, g, &c);
    for (size_t i = 0; i < g->n && status == 0; i++) {
        uint32_t article = g->first[i].article;
        status = title_stats_decision(s, article, &d, t->error);
        if (status == 0 && title_decision_note(s, &d, &note, &status, t->error)) {
            struct title_crowd joined = title_crowd_join(s, &crowd, d.own);
            d.flags |= flags_of(article < s->n_learned ? &crowd : &joined, d.flags & DECISION_THREAD);
            choose_other(&c, &g->first[i], &note, article < s->n_learned, &d);
            status = title_stats_decide(s, article, &d, t->error);
        }
    }
    for (size_t i = 0; i < g->n_learned && status == 0; i++) {
        status = title_stats_decision(s, g->first[i].article, &d, t->error);
        if (status == 0 && is_pair(&d)) {
            status = count_pair(t, g, g->first[i].article, &d);
        }
    }
    return status;
}

static int list_titles(struct titles *t)
{
    struct title_stats *s = t->s;
    struct spill_writer *out = spill_writer(t->parts, 0);
    struct title_note note;
    struct decision d;
    int status = 0;
    for (uint32_t i = 0; title_next_scored(s, &i, &d, &note, &status, t->error); i++) {
        uint64_t hash = note.title_hash;
        spill_add(out, (unsigned)(hash >> 56), (uint64_t)(uint32_t)(hash >> 24) << 32 | i);
        t->counts.alone[title_bin(d.own)] += i < s->n_learned && is_first(t, i);
        uint8_t flags = title_note_flags(s, &note);
        if (flags & ~d.flags) {
            d.flags |= flags;
            status = title_stats_decide(s, i, &d, t->error);
        }
    }
    status = status < 0 ? status : spill_check(out, t->error);
    size_t largest = 1;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t n = spill_count(t->parts, part);
        largest = n > largest ? n : largest;
    }
    t->records = mem_alloc(largest, sizeof *t->records);
    t->scratch = mem_alloc(largest, sizeof *t->scratch);
    return status < 0 || (t->records && t->scratch) ? status : error_memory(t->error);
}

// All that is known of the titles of records[0..n).
static int read_titles(struct titles *t, const uint64_t *records, size_t n)
{
    struct title_stats *s = t->s;
    struct title_note note;
    struct decision d;
    void *same = t->same;
    if (!mem_grow(&same, &t->cap, n, sizeof *t->same)) {
        return error_memory(t->error);
    }
    t->same = same;
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++) {
        uint32_t article = (uint32_t)records[i];
        status = title_stats_decision(s, article, &d, t->error);
        if (status == 0 && title_decision_note(s, &d, &note, &status, t->error)) {
            t->same[i] = (struct same_title){note.title_hash, article,
                                             text_of(s, t->cluster_of, article, &note), d.own};
        }
    }
    qsort(t->same, n, sizeof *t->same, compare_titles); // they may have met by chance
    return status;
}

// The group that begins at `from`.
static struct group next_group(const struct title_stats *s, const struct same_title *all, size_t n,
                               size_t from)
{
    struct group g = {.first = all + from, .n = 1};
    while (from + g.n < n && all[from + g.n].hash == all[from].hash) {
        g.n++;
    }
    while (g.n_learned < g.n && g.first[g.n_learned].article < s->n_learned) {
        g.n_learned++;
    }
    g.texts = texts_under(g.first, g.n);
    return g;
}

static bool has_short_title(const struct title_stats *s, const struct group *g, int *status,
                            struct copydesk_error *error)
{
    struct title_note note;
    return title_stats_note(s, g->first->article, &note, status, error) &&
           note.n_title_words <= COMMON_WORDS * (note.terms[0].level & TERM_SOLO ? 2 : 1);
}

static int take_part(struct titles *t, unsigned part)
{
    struct title_stats *s = t->s;
    size_t n = spill_count(t->parts, part);
    int status = spill_load(t->parts, part, t->records, t->error);
    if (status == 0) {
        sort_u64(t->records, t->scratch, n, 0);
    }
    for (size_t from = 0, to; from < n && status == 0; from = to) {
        to = from + 1;
        while (to < n && t->records[to] >> 32 == t->records[from] >> 32) {
            to++;
        }
        status = to > from + 1 ? read_titles(t, t->records + from, to - from) : 0;
        struct group g = {.n = to - from};
        for (size_t at = 0; to > from + 1 && at < to - from && status == 0; at += g.n) {
            g = next_group(s, t->same, to - from, at);
            if (g.texts > 1 || g.n_learned < g.n) {
                g.is_short = has_short_title(s, &g, &status, t->error);
                status = status < 0 ? status : judge_group(t, &g);
            }
        }
    }
    return status;
}

// All is known: the odds of each.
static int judge_all(struct titles *t)
{
    struct title_stats *s = t->s;
    struct decision d;
    struct log_window near[2] = {{0}, {0}}; // a new one: decisions have been written beside the old one
    int status = 0;
    s->near = near;
    for (uint32_t i = 0; i < s->n && status == 0; i++) {
        status = title_stats_decision(s, i, &d, t->error);
        if (status == 0 && d.own != INT16_MIN) {
            d.score = title_narrow(title_stats_odds(s, &d, d.own));
            status = title_stats_decide(s, i, &d, t->error);
        }
    }
    log_window_release(&near[0]);
    log_window_release(&near[1]);
    return status;
}

int title_same_judge(struct title_stats *s, const struct title_scores *scores, const uint32_t *cluster_of,
                     struct copydesk_error *error)
{
    struct titles *t = mem_zalloc(1, sizeof *t);
    struct log_window *near = s->near;
    if (!t) {
        return error_memory(error);
    }
    *t = (struct titles){.s = s, .cluster_of = cluster_of, .error = error};
    title_null_evidence(scores, s->odds.evidence);
    int status = spill_new(&t->parts, SPILL_RECORDS, 1, s->memory_bytes / 4, s->temp_dir, error);
    status = status < 0 ? status : list_titles(t);
    s->near = NULL; // from here on, articles come in any order
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        status = take_part(t, part);
    }
    odds_learn(&s->odds, &t->counts);
    status = status < 0 ? status : judge_all(t);
    s->near = near;
    spill_free(t->parts);
    mem_free(t->records);
    mem_free(t->scratch);
    mem_free(t->same);
    mem_free(t);
    return status;
}

// ---- for articles that come alone

static int list_all(const struct title_stats *s, struct same_title *all, size_t *n,
                    struct copydesk_error *error)
{
    struct title_note note;
    struct decision d;
    int status = 0;
    for (uint32_t i = 0; title_next_scored(s, &i, &d, &note, &status, error); i++) {
        all[(*n)++] = (struct same_title){note.title_hash, i, text_of(s, NULL, i, &note), d.own};
    }
    qsort(all, *n, sizeof *all, compare_titles);
    return status;
}

int title_stats_index(struct title_stats *s, struct copydesk_error *error)
{
    struct same_title *all = mem_alloc((size_t)s->n + 1, sizeof *all);
    struct group g;
    size_t n = 0;
    int status = all ? list_all(s, all, &n, error) : error_memory(error);
    s->crowds = status == 0 ? mem_alloc(n + 1, sizeof *s->crowds) : NULL;
    if (status == 0 && !s->crowds) {
        status = error_memory(error);
    }
    for (size_t from = 0; from < n && status == 0; from += g.n) {
        g = next_group(s, all, n, from);
        g.is_short = has_short_title(s, &g, &status, error);
        s->crowds[s->n_crowds++] = crowd_of(s, &g);
    }
    mem_free(all);
    title_collector_free(s->past); // counted in s->texts
    s->past = NULL;
    return status;
}
