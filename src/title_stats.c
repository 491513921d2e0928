// title_stats.c - all titles of a corpus together. Contract in title_stats.h.
//
// In:  the notes of title_collect(), in input order, and the collectors' sample of texts. Out: for each
// article
//      whether its title is another's, and which article it fits; which pieces of titles are names of sites;
//      which titles are missing where others are not.
//
//     1. fit_texts      how common each term is among texts
//     2. every title    rarity of its terms, a first score; a first threshold
//     3. every title    how often words of true titles stand in texts of this source; a second score
//     4. pairs          titles on other texts: what wrong titles score here (title_null.c)
//     5. one title over several texts: where it fits one of them much better than another, it belongs there
//
// Notes stand in a log that spills to disk. Resident: 4 bytes and an offset of 8 an article, and while
// finishing 16 more for each title.

#include "title_stats.h"

#include "base/log.h"
#include "base/mem.h"
#include "title_forms.h"
#include "title_null.h"
#include "title_room.h"

#include <stdlib.h>

enum {
    GAP_LEAST = 370,   // a title fits another text better: from here on it counts,
    GAP_MOST = 700,    // no further than so,
    GAP_WEIGHT = 3,    // and so much
    COMMON_TEXTS = 10, // one title over so many texts, of which hardly one fits
    SHARED_LEAST = 60, // of 1000 fitting titles that stand over another story too: from here on it is
    SHARED_MOST = 150, // usual, from there on it says nothing
    FAR = 1500,        // no wrong title scores so much more than the middle one
    SHARED_USUAL = 30, // what corpora usually have, as if seen in so many titles:
    SHARED_WEIGHT = 20,
    COMMON_WORDS = 6, // a headline that says something has more
    FEW_PART = 64,    // of the notes of profiles: so many new ones are few
};

int title_stats_new(struct title_stats **out, uint64_t memory_bytes, const char *temp_dir,
                    struct copydesk_error *error)
{
    struct title_stats *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    int status = log_new(&s->notes, memory_bytes, temp_dir, error);
    if (status < 0) {
        title_stats_free(s);
        return status;
    }
    *out = s;
    return 0;
}

void title_stats_free(struct title_stats *s)
{
    if (!s) {
        return;
    }
    log_free(s->notes);
    title_collector_free(s->past);
    fit_texts_free(s->texts);
    fit_titles_free(s->titles);
    mem_free(s->at);
    mem_free(s->decisions);
    mem_free(s->sources);
    mem_free(s->sites);
    mem_free(s->crowds);
    mem_free(s);
}

uint64_t title_stats_disk_bytes(const struct title_stats *s)
{
    return log_disk_bytes(s->notes);
}

// ---- adding

struct source_count *title_stats_source(const struct title_stats *s, uint32_t source)
{
    uint32_t slot = (uint32_t)hash_mix(source) & (s->source_slots - 1);
    while (s->sources[slot].articles && s->sources[slot].source != source) {
        slot = (slot + 1) & (s->source_slots - 1);
    }
    return &s->sources[slot];
}

static bool grow_sources(struct title_stats *s)
{
    struct title_stats bigger = {.source_slots = s->source_slots ? 2 * s->source_slots : 256};
    bigger.sources = mem_zalloc(bigger.source_slots, sizeof *bigger.sources);
    if (!bigger.sources) {
        return false;
    }
    for (uint32_t i = 0; i < s->source_slots; i++) {
        if (s->sources[i].articles) {
            *title_stats_source(&bigger, s->sources[i].source) = s->sources[i];
        }
    }
    mem_free(s->sources);
    s->sources = bigger.sources;
    s->source_slots = bigger.source_slots;
    return true;
}

static bool count_source(struct title_stats *s, const struct title_note *note)
{
    if (2 * s->n_sources >= s->source_slots && !grow_sources(s)) {
        return false;
    }
    struct source_count *count = title_stats_source(s, note->source);
    bool titled = note->flags & NOTE_TITLE && note->form != TITLE_MISSING;
    s->n_sources += count->articles == 0;
    count->source = note->source;
    count->articles++;
    count->titles += titled;
    s->n_titles += titled;
    s->n_counted++;
    return true;
}

int title_stats_add(struct title_stats *s, const void *note, size_t len, struct copydesk_error *error)
{
    void *at = s->at;
    if (!mem_grow(&at, &s->cap_at, s->n + 1, sizeof *s->at)) {
        return error_memory(error);
    }
    s->at = at;
    s->at[s->n] = UINT64_MAX;
    if (len > 0) {
        struct title_note head;
        memcpy(&head, note, offsetof(struct title_note, terms));
        uint64_t offset;
        int status = log_append(s->notes, note, len, &offset, error);
        if (status < 0) {
            return status;
        }
        s->at[s->n] = offset << 8 | head.n_terms;
    }
    s->n++;
    return 0;
}

bool title_stats_note(const struct title_stats *s, uint32_t article, struct title_note *note, int *status,
                      struct copydesk_error *error)
{
    if (s->at[article] == UINT64_MAX || *status < 0) {
        return false;
    }
    size_t len = TITLE_NOTE_BYTES(s->at[article] & 0xff);
    const void *found = log_read(s->notes, s->at[article] >> 8, len, note, error);
    if (!found) {
        *status = COPYDESK_ERR_IO;
        return false;
    }
    if (found != note) {
        memcpy(note, found, len);
    }
    return true;
}

// ---- scores

static bool is_scored(const struct title_note *note)
{
    return note->form == TITLE_HEADLINE && note->n_terms > 0 && note->n_words >= TITLE_LEAST_WORDS &&
           !(note->flags & NOTE_REPLY);
}

static int16_t narrow(int score)
{
    return (int16_t)(score < -30000 ? -30000 : score > 30000 ? 30000 : score);
}

static const struct decision undecided = {.own = INT16_MIN, .score = INT16_MIN, .best = UINT32_MAX};

void title_stats_decide(const struct title_stats *s, struct title_note *note, struct decision *d)
{
    *d = undecided;
    if (is_scored(note)) {
        fit_rarity(s->texts, note);
        d->own = d->score = narrow(fit_score(s->titles, note, false));
    }
}

struct finish {
    struct title_stats *s;
    struct fit_titles *plain; // before looking at the titles of the corpus
    struct title_pick *pick;
    struct title_scores scores;
    struct copydesk_error *error;
};

static int first_scores(struct finish *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    int status = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        s->decisions[i] = undecided;
        if (i >= s->n_learned || !title_stats_note(s, i, &note, &status, f->error)) {
            continue;
        }
        if (!count_source(s, &note)) {
            return error_memory(f->error);
        }
        if (!is_scored(&note)) {
            continue;
        }
        fit_rarity(s->texts, &note);
        status = log_write(s->notes, s->at[i] >> 8, &note, TITLE_NOTE_BYTES(note.n_terms), f->error);
        status = status < 0 ? status : title_pick_add(f->pick, &note, f->error);
        s->decisions[i].score = narrow(fit_score(f->plain, &note, false));
        f->scores.own[title_bin(s->decisions[i].score)]++;
        f->scores.n_own++;
    }
    return status;
}

static int calibrate(struct finish *f, const struct fit_titles *titles)
{
    struct title_stats *s = f->s;
    int status = title_null_scores(f->pick, s->texts, titles, &f->scores, f->error);
    s->threshold = title_null_threshold(&f->scores);
    s->middle = title_null_quantile(&f->scores, 50);
    // The tail of a small sample is a guess.
    s->doubtful = title_null_quantile(&f->scores, 99);
    s->doubtful = s->doubtful < s->middle + FAR ? s->doubtful : s->middle + FAR;
    s->fitting = title_null_quantile(&f->scores, 97);
    s->fitting = s->fitting < s->doubtful ? s->fitting : s->doubtful;
    return status;
}

static int second_scores(struct finish *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    int status = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->decisions[i].score != INT16_MIN && title_stats_note(s, i, &note, &status, f->error)) {
            int wrong = title_reported(s->decisions[i].score, s->threshold);
            fit_titles_add(s->titles, &note, (unsigned)(10000 - wrong) * 256 / 10000);
        }
    }
    memset(f->scores.own, 0, sizeof f->scores.own);
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->decisions[i].score != INT16_MIN && title_stats_note(s, i, &note, &status, f->error)) {
            struct decision *d = &s->decisions[i];
            d->flags = title_reported(d->score, s->threshold) < 5000 ? DECISION_ADDED : 0;
            d->own = d->score = narrow(fit_score(s->titles, &note, d->flags & DECISION_ADDED));
            f->scores.own[title_bin(d->own)]++;
        }
    }
    return status;
}

// The few that nothing was learned from.
static int scores_of_few(struct finish *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    int status = 0;
    for (uint32_t i = s->n_learned; i < s->n; i++) {
        if (title_stats_note(s, i, &note, &status, f->error)) {
            title_stats_decide(s, &note, &s->decisions[i]);
        }
    }
    return status;
}

// ---- one title over several texts

struct same_title {
    uint64_t hash;
    uint32_t article, text; // text: its cluster, or a hash
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

// How many different texts stand under the title, up to MANY_TEXTS.
static size_t texts_under(const struct same_title *group, size_t n)
{
    uint32_t seen[MANY_TEXTS];
    size_t found = 0;
    for (size_t i = 0; i < n && found < MANY_TEXTS; i++) {
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
    bool is_short;
};

// Two texts that share this many classes of their sketches are of one story.
bool title_are_copies(const struct title_note *a, const struct title_note *b)
{
    enum { ALIKE = 2 };
    unsigned alike = 0;
    for (unsigned i = 0; i < TITLE_SKETCH; i++) {
        alike += a->sketch[i] == b->sketch[i] && a->sketch[i] != UINT16_MAX;
    }
    return alike >= ALIKE;
}

static bool are_copies(const struct title_stats *s, uint32_t one, uint32_t other)
{
    struct title_note a;
    struct title_note b;
    int status = 0;
    return !title_stats_note(s, one, &a, &status, NULL) || !title_stats_note(s, other, &b, &status, NULL) ||
           title_are_copies(&a, &b);
}

static size_t best_of(const struct title_stats *s, const struct group *g)
{
    size_t best = 0;
    for (size_t i = 1; i < g->n; i++) {
        best =
            s->decisions[g->first[i].article].score > s->decisions[g->first[best].article].score ? i : best;
    }
    return best;
}

// Fitting titles of the group that stand over another story too.
static size_t shared_titles(const struct title_stats *s, const struct group *g)
{
    size_t best = best_of(s, g);
    size_t shared = 0;
    for (size_t i = 0; i < g->n && g->texts > 1; i++) {
        bool other = g->first[i].text != g->first[best].text &&
                     !are_copies(s, g->first[i].article, g->first[best].article);
        shared += other && s->decisions[g->first[i].article].score > s->fitting;
    }
    return shared;
}

// How much it tells that another text fits better, in 1/256: much where a title that fits its text stands
// over that text alone. In threads of letters, series and versions of one page it says nothing.
static unsigned worth_of(const struct title_stats *s, size_t shared)
{
    size_t fitting = 0;
    for (uint32_t i = 0; i < s->n_learned; i++) {
        fitting += s->decisions[i].score > s->fitting;
    }
    size_t share = (shared * 1000 + SHARED_USUAL * SHARED_WEIGHT) / (fitting + SHARED_WEIGHT);
    return share <= SHARED_LEAST  ? 256
           : share >= SHARED_MOST ? 0
                                  : (unsigned)((SHARED_MOST - share) * 256 / (SHARED_MOST - SHARED_LEAST));
}

int title_stats_less(const struct title_stats *s, const struct decision *d, int own)
{
    int gap = d->best == UINT32_MAX ? 0 : d->top - own - GAP_LEAST;
    if (gap <= 0 || own >= s->doubtful) {
        return own;
    }
    // The nearer the title comes to fitting here, the less it matters that it fits there.
    int64_t room = s->doubtful - own;
    int64_t full = (s->doubtful - s->middle) / 4 + 1;
    gap = GAP_WEIGHT * (gap < GAP_MOST ? gap : GAP_MOST) * (int)s->worth / 256;
    gap = room < full ? (int)(gap * room / full) : gap;
    return narrow(own - gap);
}

static struct title_crowd crowd_of(const struct title_stats *s, const struct group *g)
{
    struct title_crowd crowd = {
        .hash = g->first->hash,
        .n = (uint32_t)g->n,
        .texts = (uint32_t)g->texts,
        .best = g->first[best_of(s, g)].article,
        .is_short = g->is_short,
    };
    crowd.top = s->decisions[crowd.best].own;
    for (size_t i = 0; i < g->n; i++) {
        crowd.fitting += s->decisions[g->first[i].article].own > s->fitting;
    }
    return crowd;
}

// A title that fits one text, and another much less, belongs to the one.
void title_crowd_judge(const struct title_stats *s, const struct title_crowd *crowd, bool other_story,
                       struct decision *d)
{
    bool common = crowd->is_short && crowd->n >= COMMON_TEXTS && crowd->texts == MANY_TEXTS &&
                  crowd->fitting * 20 < crowd->n;
    d->flags |= common ? DECISION_COMMON : 0;
    if (!other_story || d->own >= crowd->top) {
        return;
    }
    d->best = crowd->best;
    d->top = crowd->top;
    d->flags |= crowd->top > s->doubtful && crowd->texts < MANY_TEXTS ? DECISION_BETTER : 0;
    d->score = (int16_t)title_stats_less(s, d, d->own);
}

static void judge_group(struct title_stats *s, const struct group *g)
{
    struct title_crowd crowd = crowd_of(s, g);
    uint32_t best_text = g->first[best_of(s, g)].text;
    for (size_t i = 0; i < g->n; i++) {
        struct decision *d = &s->decisions[g->first[i].article];
        bool other = g->first[i].text != best_text && d->own < crowd.top &&
                     !are_copies(s, g->first[i].article, crowd.best);
        title_crowd_judge(s, &crowd, other, d);
    }
}

// Stands for the text, so that copies are one: its cluster, or a hash.
static uint32_t text_of(const struct title_stats *s, const uint32_t *cluster_of, uint32_t i,
                        const struct title_note *note)
{
    return cluster_of && i >= s->n_past ? cluster_of[i - s->n_past] : (uint32_t)note->text_hash | 1u << 31;
}

static int list_titles(const struct title_stats *s, const uint32_t *cluster_of, struct same_title *all,
                       size_t *n, struct copydesk_error *error)
{
    struct title_note note;
    int status = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        if (s->decisions[i].score != INT16_MIN && title_stats_note(s, i, &note, &status, error)) {
            all[(*n)++] = (struct same_title){note.title_hash, i, text_of(s, cluster_of, i, &note)};
        }
    }
    qsort(all, *n, sizeof *all, compare_titles);
    return status;
}

// The group that begins at `from`.
static struct group next_group(const struct same_title *all, size_t n, size_t from)
{
    size_t to = from + 1;
    while (to < n && all[to].hash == all[from].hash) {
        to++;
    }
    return (struct group){.first = all + from, .n = to - from, .texts = texts_under(all + from, to - from)};
}

// The articles of a group that the statistics are made of; they come first.
static struct group learned_part(const struct title_stats *s, const struct group *g)
{
    struct group part = {.first = g->first};
    while (part.n < g->n && g->first[part.n].article < s->n_learned) {
        part.n++;
    }
    part.texts = texts_under(part.first, part.n);
    return part;
}

static bool has_short_title(const struct title_stats *s, const struct group *g, int *status,
                            struct copydesk_error *error)
{
    struct title_note note;
    return title_stats_note(s, g->first->article, &note, status, error) &&
           note.n_title_words <= COMMON_WORDS * (note.terms[0].level & TERM_SOLO ? 2 : 1);
}

static int compare_same_titles(struct finish *f, const uint32_t *cluster_of)
{
    struct title_stats *s = f->s;
    struct same_title *all = mem_alloc((size_t)s->n + 1, sizeof *all);
    struct group g;
    size_t n = 0;
    size_t shared = 0;
    if (!all) {
        return error_memory(f->error);
    }
    int status = list_titles(s, cluster_of, all, &n, f->error);
    for (size_t from = 0; from < n; from += g.n) {
        g = next_group(all, n, from);
        struct group part = learned_part(s, &g);
        shared += shared_titles(s, &part);
    }
    s->worth = worth_of(s, shared);
    for (size_t from = 0; from < n && status == 0; from += g.n) {
        g = next_group(all, n, from);
        if (g.texts > 1) {
            g.is_short = has_short_title(s, &g, &status, f->error);
            judge_group(s, &g);
        }
    }
    mem_free(all);
    return status;
}

int title_stats_index(struct title_stats *s, struct copydesk_error *error)
{
    struct same_title *all = mem_alloc((size_t)s->n + 1, sizeof *all);
    struct group g;
    size_t n = 0;
    int status = all ? list_titles(s, NULL, all, &n, error) : error_memory(error);
    s->crowds = status == 0 ? mem_alloc(n + 1, sizeof *s->crowds) : NULL;
    if (status == 0 && !s->crowds) {
        status = error_memory(error);
    }
    for (size_t from = 0; from < n && status == 0; from += g.n) {
        g = next_group(all, n, from);
        g.is_short = has_short_title(s, &g, &status, error);
        s->crowds[s->n_crowds++] = crowd_of(s, &g);
    }
    mem_free(all);
    title_collector_free(s->past); // counted in s->texts
    s->past = NULL;
    return status;
}

// ---- the whole

static int run_finish(struct finish *f, struct title_collector *const *collectors, size_t n_collectors,
                      const uint32_t *cluster_of)
{
    struct title_stats *s = f->s;
    struct title_collector **all = mem_alloc(n_collectors + 1, sizeof(*all));
    if (!all) {
        return error_memory(f->error);
    }
    for (size_t i = 0; i < n_collectors; i++) {
        all[i] = collectors[i];
    }
    all[n_collectors] = s->past;
    int status = fit_texts_new(&s->texts, all, n_collectors + (s->past != NULL), f->error);
    mem_free(all);
    status = status < 0 ? status : fit_titles_new(&f->plain, 0, f->error);
    status = status < 0 ? status : fit_titles_new(&s->titles, s->n_learned, f->error);
    status = status < 0 ? status : title_pick_new(&f->pick, f->error);
    status = status < 0 ? status : first_scores(f);
    status = status < 0 ? status : calibrate(f, f->plain);
    status = status < 0 ? status : second_scores(f);
    status = status < 0 ? status : calibrate(f, s->titles);
    status = status < 0 ? status : scores_of_few(f);
    status = status < 0 ? status : compare_same_titles(f, cluster_of);
    return status < 0 ? status : title_sites_find(s, f->error);
}

void title_stats_learn_all(struct title_stats *s)
{
    s->learns_all = true;
}

// A single article has nothing to learn from but itself, and would be measured by its own score.
static bool are_few(const struct title_stats *s)
{
    uint64_t past = s->n_past > FEW_PART ? s->n_past : FEW_PART;
    return !s->learns_all && (uint64_t)(s->n - s->n_past) * FEW_PART <= past;
}

int title_stats_finish(struct title_stats *s, struct title_collector *const *collectors, size_t n_collectors,
                       const uint32_t *cluster_of, struct copydesk_error *error)
{
    struct finish *f = mem_zalloc(1, sizeof *f);
    s->decisions = mem_alloc((size_t)s->n + 1, sizeof *s->decisions);
    int status = f && s->decisions && (s->source_slots || grow_sources(s)) ? 0 : error_memory(error);
    if (status == 0) {
        bool few = are_few(s);
        f->s = s;
        f->error = error;
        s->n_learned = few ? s->n_past : s->n;
        status = run_finish(f, collectors, few ? 0 : n_collectors, cluster_of);
        fit_titles_free(f->plain);
        title_pick_free(f->pick);
    }
    mem_free(f);
    return status;
}
