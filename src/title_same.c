// title_same.c - one title over several texts. Contract in title_room.h.
//
// In:  notes and decisions of all titles. Out: titles that stand over so many texts that they are none;
//      titles that fit one of their texts much better than another, and so belong to the one.
//
// Who shares a title is found by sorting 40 bits of its hash in 256 parts, one after another; only titles
// that come again are looked at, and then all 64 bits must agree. How often a fitting title stands over
// another story too is counted first: in some corpora that is usual, and says nothing.
//
// Memory: a part and as much to sort it, 16 bytes for one title of 256; and 24 for each article under the
// commonest title.

#include "base/mem.h"
#include "base/sort.h"
#include "base/spill.h"
#include "title_room.h"

#include <stdlib.h>

enum {
    GAP_LEAST = 370,   // a title fits another text better: from here on it counts,
    GAP_MOST = 700,    // no further than so,
    GAP_WEIGHT = 3,    // and so much
    COMMON_TEXTS = 10, // one title over so many texts, of which hardly one fits
    SHARED_LEAST = 60, // of 1000 fitting titles that stand over another story too: from here on it is
    SHARED_MOST = 150, // usual, from there on it says nothing
    SHARED_USUAL = 30, // what corpora usually have, as if seen in so many titles:
    SHARED_WEIGHT = 20,
    COMMON_WORDS = 6, // a headline that says something has more
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

static size_t best_of(const struct group *g)
{
    size_t best = 0;
    for (size_t i = 1; i < g->n; i++) {
        best = g->first[i].score > g->first[best].score ? i : best;
    }
    return best;
}

// Fitting titles of the group that stand over another story too.
static size_t shared_titles(const struct title_stats *s, const struct group *g)
{
    size_t best = best_of(g);
    size_t shared = 0;
    for (size_t i = 0; i < g->n && g->texts > 1; i++) {
        bool other = g->first[i].text != g->first[best].text &&
                     !are_copies(s, g->first[i].article, g->first[best].article);
        shared += other && g->first[i].score > s->fitting;
    }
    return shared;
}

// How much it tells that another text fits better, in 1/256: much where a title that fits its text stands
// over that text alone. In threads of letters, series and versions of one page it says nothing.
static unsigned worth_of(size_t fitting, size_t shared)
{
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
    return title_narrow(own - gap);
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

static bool is_common(const struct title_crowd *crowd)
{
    return crowd->is_short && crowd->n >= COMMON_TEXTS && crowd->texts == MANY_TEXTS &&
           crowd->fitting * 20 < crowd->n;
}

// A title that fits one text, and another much less, belongs to the one.
void title_crowd_judge(const struct title_stats *s, const struct title_crowd *crowd, bool other_story,
                       struct decision *d)
{
    d->flags |= is_common(crowd) ? DECISION_COMMON : 0;
    if (other_story) {
        d->best = crowd->best;
        d->top = crowd->top;
        d->flags |= crowd->top > s->doubtful && crowd->texts < MANY_TEXTS ? DECISION_BETTER : 0;
        d->score = (int16_t)title_stats_less(s, d, d->own);
    }
}

static int judge_group(struct title_stats *s, const struct group *g, struct copydesk_error *error)
{
    struct title_crowd crowd = crowd_of(s, g);
    uint32_t best_text = g->first[best_of(g)].text;
    int status = 0;
    for (size_t i = 0; i < g->n && status == 0; i++) {
        struct decision d;
        bool better = g->first[i].text != best_text && g->first[i].score < crowd.top &&
                      !are_copies(s, g->first[i].article, crowd.best);
        if (!better && !is_common(&crowd)) {
            continue;
        }
        status = title_stats_decision(s, g->first[i].article, &d, error);
        title_crowd_judge(s, &crowd, better, &d);
        status = status < 0 ? status : title_stats_decide(s, g->first[i].article, &d, error);
    }
    return status;
}

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
    size_t fitting, shared;
};

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
        t->fitting += i < s->n_learned && d.score > s->fitting;
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

// A part in order, without the titles that come once.
static int drop_single(struct titles *t, unsigned part)
{
    size_t n = spill_count(t->parts, part);
    size_t kept = 0;
    int status = spill_load(t->parts, part, t->records, t->error);
    if (status < 0) {
        return status;
    }
    sort_u64(t->records, t->scratch, n, 0);
    for (size_t i = 0; i < n; i++) {
        bool again = (i > 0 && t->records[i - 1] >> 32 == t->records[i] >> 32) ||
                     (i + 1 < n && t->records[i + 1] >> 32 == t->records[i] >> 32);
        t->scratch[kept] = t->records[i];
        kept += again;
    }
    return spill_replace(t->parts, part, t->scratch, kept, t->error);
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

static int take_group(struct titles *t, struct group *g, bool judge)
{
    struct title_stats *s = t->s;
    int status = 0;
    if (!judge) {
        struct group part = learned_part(s, g);
        t->shared += shared_titles(s, &part);
    } else if (g->texts > 1) {
        g->is_short = has_short_title(s, g, &status, t->error);
        status = status < 0 ? status : judge_group(s, g, t->error);
    }
    return status;
}

// Counts what titles share, or judges by it.
static int take_part(struct titles *t, unsigned part, bool judge)
{
    size_t n = spill_count(t->parts, part);
    int status = spill_load(t->parts, part, t->records, t->error);
    for (size_t from = 0, to; from < n && status == 0; from = to) {
        to = from + 1;
        while (to < n && t->records[to] >> 32 == t->records[from] >> 32) {
            to++;
        }
        status = read_titles(t, t->records + from, to - from);
        struct group g = {0};
        for (size_t at = 0; at < to - from && status == 0; at += g.n) {
            g = next_group(t->same, to - from, at);
            status = take_group(t, &g, judge);
        }
    }
    return status;
}

int title_same_judge(struct title_stats *s, const uint32_t *cluster_of, struct copydesk_error *error)
{
    struct titles t = {.s = s, .cluster_of = cluster_of, .error = error};
    struct log_window *near = s->near;
    int status = spill_new(&t.parts, SPILL_RECORDS, 1, s->memory_bytes / 4, s->temp_dir, error);
    status = status < 0 ? status : list_titles(&t);
    s->near = NULL; // from here on, articles come in any order
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        status = drop_single(&t, part);
        status = status < 0 ? status : take_part(&t, part, false);
    }
    s->worth = worth_of(t.fitting, t.shared);
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        status = take_part(&t, part, true);
    }
    s->near = near;
    spill_free(t.parts);
    mem_free(t.records);
    mem_free(t.scratch);
    mem_free(t.same);
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
        g = next_group(all, n, from);
        g.is_short = has_short_title(s, &g, &status, error);
        s->crowds[s->n_crowds++] = crowd_of(s, &g);
    }
    mem_free(all);
    title_collector_free(s->past); // counted in s->texts
    s->past = NULL;
    return status;
}
