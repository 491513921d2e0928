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
//                       (title_homes.c); from here on titles have odds (title_odds.c)
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
    s->memory_bytes = memory_bytes;
    s->temp_dir = temp_dir;
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
        if (2 * s->n_sources >= s->source_slots && !grow_sources(s)) {
            return error_memory(error);
        }
        struct source_count *count = title_stats_source(s, head.source);
        s->n_sources += count->articles == 0;
        count->source = head.source;
        count->articles++;
        bool titled = head.flags & NOTE_TITLE && head.form != TITLE_MISSING;
        count->titles += titled;
        count->replies += (head.flags & NOTE_REPLY) != 0;
        s->n_titles += titled;
        s->n_counted++;
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
           !(note->flags & (NOTE_REPLY | NOTE_SCANT));
}

static int16_t narrow(int score)
{
    return (int16_t)(score < -30000 ? -30000 : score > 30000 ? 30000 : score);
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
        s->decisions[i] = (struct decision){.own = INT16_MIN, .score = INT16_MIN, .best = UINT32_MAX};
        if (!title_stats_note(s, i, &note, &status, f->error) || !is_scored(&note)) {
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
    s->fitting = title_null_quantile(&f->scores, 97);
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
    status = status < 0 ? status : fit_titles_new(&s->titles, s->n, f->error);
    status = status < 0 ? status : title_pick_new(&f->pick, f->error);
    status = status < 0 ? status : first_scores(f);
    status = status < 0 ? status : calibrate(f, f->plain);
    status = status < 0 ? status : second_scores(f);
    status = status < 0 ? status : calibrate(f, s->titles);
    status = status < 0 ? status : title_homes_find(s, &f->scores, cluster_of, f->error);
    return status < 0 ? status : title_sites_find(s, f->error);
}

int title_stats_finish(struct title_stats *s, struct title_collector *const *collectors, size_t n_collectors,
                       const uint32_t *cluster_of, struct copydesk_error *error)
{
    struct finish *f = mem_zalloc(1, sizeof *f);
    s->decisions = mem_alloc((size_t)s->n + 1, sizeof *s->decisions);
    int status = f && s->decisions && (s->source_slots || grow_sources(s)) ? 0 : error_memory(error);
    if (status == 0) {
        f->s = s;
        f->error = error;
        status = run_finish(f, collectors, n_collectors, cluster_of);
        fit_titles_free(f->plain);
        title_pick_free(f->pick);
    }
    mem_free(f);
    return status;
}
