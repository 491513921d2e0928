// stats.c - all titles of a corpus together. Contract in stats.h.
//
// In:  the notes of title_collect(), in input order, and the collectors' sample of texts. Out: for each
// article
//      whether its title is another's, and which article it fits; which pieces of titles are names of sites;
//      which titles are missing where others are not.
//
//     1. fit_texts      how common each term is among texts
//     2. every title    rarity of its terms, a first score; a first threshold
//     3. every title    how often words of true titles stand in texts of this source; a second score
//     4. pairs          titles on other texts: what wrong titles score here (title/null.c)
//     5. one title over several texts (title/same.c); from here on titles have odds (title/odds.c)
//
// Notes stand in a log that spills to disk, and so do the decisions, 20 bytes an article. Resident: a few
// bytes for each source, and the tables of title/fit.h.

#include "title/stats.h"

#include "base/log.h"
#include "base/mem.h"
#include "title/forms.h"
#include "title/null.h"
#include "title/room.h"

#include <stdlib.h>

enum {
    FEW_PART = 64, // of the notes of profiles: so many new ones are few
};

int title_stats_new(struct title_stats **out, uint64_t memory_bytes, const char *temp_dir,
                    struct copydesk_error *error)
{
    struct title_stats *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    s->memory_bytes = memory_bytes;
    s->temp_dir = temp_dir;
    int status = log_new(&s->notes, memory_bytes - memory_bytes / 4, temp_dir, error);
    status = status < 0 ? status : log_new(&s->decisions, memory_bytes / 4, temp_dir, error);
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
    log_free(s->decisions);
    mem_free(s->scores);
    mem_free(s->sources);
    mem_free(s->sites);
    mem_free(s->crowds);
    mem_free(s);
}

uint64_t title_stats_disk_bytes(const struct title_stats *s)
{
    return log_disk_bytes(s->notes) + log_disk_bytes(s->decisions);
}

// ---- adding

const struct decision title_undecided = {
    .note_high = UINT16_MAX, .own = INT16_MIN, .score = INT16_MIN, .best = UINT32_MAX};

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
    count->replies += (note->flags & NOTE_REPLY) != 0;
    s->n_titles += titled;
    s->n_counted++;
    return true;
}

int title_stats_add(struct title_stats *s, const void *note, size_t len, struct copydesk_error *error)
{
    struct decision d = title_undecided;
    if (len > 0) {
        struct title_note head;
        memcpy(&head, note, offsetof(struct title_note, terms));
        uint64_t offset;
        int status = log_append(s->notes, note, len, &offset, error);
        if (status < 0) {
            return status;
        }
        d.note_low = (uint32_t)offset;
        d.note_high = (uint16_t)(offset >> 32);
        d.n_terms = head.n_terms;
    }
    uint64_t at;
    s->n++;
    return log_append(s->decisions, &d, sizeof d, &at, error);
}

// ---- what is kept of each article

// Entries are of one size, and none straddles two chunks.
static uint64_t place_of(uint32_t article)
{
    enum { IN_CHUNK = LOG_CHUNK_BYTES / sizeof(struct decision) };
    return (uint64_t)(article / IN_CHUNK) * LOG_CHUNK_BYTES + article % IN_CHUNK * sizeof(struct decision);
}

static struct log_window *near_notes(const struct title_stats *s)
{
    return s->near ? &s->near[0] : NULL;
}

static struct log_window *near_decisions(const struct title_stats *s)
{
    return s->near ? &s->near[1] : NULL;
}

int title_stats_decision(const struct title_stats *s, uint32_t article, struct decision *d,
                         struct copydesk_error *error)
{
    const void *found = log_read_on(s->decisions, near_decisions(s), place_of(article), sizeof *d, d, error);
    if (found && found != d) {
        memcpy(d, found, sizeof *d);
    }
    return found ? 0 : COPYDESK_ERR_IO;
}

int title_stats_decide(struct title_stats *s, uint32_t article, const struct decision *d,
                       struct copydesk_error *error)
{
    return log_write_on(s->decisions, near_decisions(s), place_of(article), d, sizeof *d, error);
}

static uint64_t offset_of(const struct decision *d)
{
    return (uint64_t)d->note_high << 32 | d->note_low;
}

bool title_decision_note(const struct title_stats *s, const struct decision *d, struct title_note *note,
                         int *status, struct copydesk_error *error)
{
    if (d->note_high == UINT16_MAX || *status < 0) {
        return false;
    }
    size_t len = TITLE_NOTE_BYTES(d->n_terms);
    const void *found = log_read_on(s->notes, near_notes(s), offset_of(d), len, note, error);
    if (!found) {
        *status = COPYDESK_ERR_IO;
        return false;
    }
    if (found != note) {
        memcpy(note, found, len);
    }
    return true;
}

bool title_stats_note(const struct title_stats *s, uint32_t article, struct title_note *note, int *status,
                      struct copydesk_error *error)
{
    struct decision d;
    *status = *status < 0 ? *status : title_stats_decision(s, article, &d, error);
    return *status == 0 && title_decision_note(s, &d, note, status, error);
}

bool title_next_scored(const struct title_stats *s, uint32_t *i, struct decision *d, struct title_note *note,
                       int *status, struct copydesk_error *error)
{
    for (; *i < s->n && *status == 0; ++*i) {
        *status = title_stats_decision(s, *i, d, error);
        if (*status == 0 && d->score != INT16_MIN && title_decision_note(s, d, note, status, error)) {
            return true;
        }
    }
    return false;
}

// ---- scores

static bool is_scored(const struct title_note *note)
{
    return note->form == TITLE_HEADLINE && note->n_terms > 0 && note->n_words >= TITLE_LEAST_WORDS &&
           !(note->flags & (NOTE_REPLY | NOTE_SCANT));
}

int16_t title_narrow(int score)
{
    return (int16_t)(score < -30000 ? -30000 : score > 30000 ? 30000 : score);
}

void title_stats_fit(const struct title_stats *s, struct title_note *note, struct decision *d)
{
    if (is_scored(note)) {
        fit_rarity(s->texts, note);
        d->own = title_narrow(fit_score(s->titles, note, false));
        d->flags |= title_note_flags(s, note);
        d->score = title_narrow(title_stats_odds(s, d, d->own));
    }
}

struct measuring {
    struct title_stats *s;
    struct fit_titles *plain; // before looking at the titles of the corpus
    struct title_pick *pick;
    struct copydesk_error *error;
};

static int first_scores(struct measuring *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    struct decision d;
    int status = 0;
    for (uint32_t i = 0; i < s->n_learned && status == 0; i++) {
        status = title_stats_decision(s, i, &d, f->error);
        if (status < 0 || !title_decision_note(s, &d, &note, &status, f->error)) {
            continue;
        }
        if (!count_source(s, &note)) {
            return error_memory(f->error);
        }
        if (!is_scored(&note)) {
            continue;
        }
        fit_rarity(s->texts, &note);
        status = log_write_on(s->notes, near_notes(s), offset_of(&d), &note, TITLE_NOTE_BYTES(note.n_terms),
                              f->error);
        status = status < 0 ? status : title_pick_add(f->pick, &note, f->error);
        d.score = title_narrow(fit_score(f->plain, &note, false));
        status = status < 0 ? status : title_stats_decide(s, i, &d, f->error);
        s->scores->own[title_bin(d.score)]++;
        s->scores->n_own++;
    }
    return status;
}

static int calibrate(struct measuring *f, const struct fit_titles *titles)
{
    struct title_stats *s = f->s;
    int status = title_null_scores(f->pick, s->texts, titles, s->scores, f->error);
    s->threshold = title_null_threshold(s->scores);
    s->fitting = title_null_quantile(s->scores, 97);
    return status;
}

static int second_scores(struct measuring *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    struct decision d;
    int status = 0;
    for (uint32_t i = 0; title_next_scored(s, &i, &d, &note, &status, f->error); i++) {
        int wrong = title_reported(d.score, s->threshold);
        fit_titles_add(s->titles, &note, (unsigned)(10000 - wrong) * 256 / 10000);
    }
    memset(s->scores->own, 0, sizeof s->scores->own);
    for (uint32_t i = 0; title_next_scored(s, &i, &d, &note, &status, f->error); i++) {
        d.flags = title_reported(d.score, s->threshold) < 5000 ? DECISION_ADDED : 0;
        d.own = d.score = title_narrow(fit_score(s->titles, &note, d.flags & DECISION_ADDED));
        s->scores->own[title_bin(d.own)]++;
        status = title_stats_decide(s, i, &d, f->error);
    }
    return status;
}

// The few that nothing was learned from.
static int scores_of_few(struct measuring *f)
{
    struct title_stats *s = f->s;
    struct title_note note;
    struct decision d;
    int status = 0;
    for (uint32_t i = s->n_learned; i < s->n && status == 0; i++) {
        status = title_stats_decision(s, i, &d, f->error);
        if (status == 0 && title_decision_note(s, &d, &note, &status, f->error)) {
            title_stats_fit(s, &note, &d);
            status = title_stats_decide(s, i, &d, f->error);
        }
    }
    return status;
}

// ---- the whole

static int measure(struct measuring *f, struct title_collector *const *collectors, size_t n_collectors)
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
    if (status < 0 || s->learns_all) {
        return status; // saved are samples and notes: whoever reads them decides anew
    }
    status = calibrate(f, f->plain);
    status = status < 0 ? status : second_scores(f);
    status = status < 0 ? status : calibrate(f, s->titles);
    return status < 0 ? status : scores_of_few(f);
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

int title_stats_measure(struct title_stats *s, struct title_collector *const *collectors, size_t n_collectors,
                        struct copydesk_error *error)
{
    struct measuring f = {.s = s, .error = error};
    struct log_window near[2] = {{0}, {0}};
    s->scores = mem_zalloc(1, sizeof *s->scores);
    if (!s->scores || !(s->source_slots || grow_sources(s))) {
        return error_memory(error);
    }
    s->near = near;
    bool few = are_few(s);
    s->n_learned = few ? s->n_past : s->n;
    int status = measure(&f, collectors, few ? 0 : n_collectors);
    fit_titles_free(f.plain);
    title_pick_free(f.pick);
    s->near = NULL;
    log_window_release(&near[0]);
    log_window_release(&near[1]);
    return status;
}

int title_stats_finish(struct title_stats *s, const uint32_t *cluster_of, struct copydesk_error *error)
{
    struct log_window near[2] = {{0}, {0}};
    s->near = near;
    int status = title_same_judge(s, s->scores, cluster_of, error);
    status = status < 0 ? status : title_sites_find(s, error);
    s->near = NULL;
    log_window_release(&near[0]);
    log_window_release(&near[1]);
    mem_free(s->scores);
    s->scores = NULL;
    return status;
}
