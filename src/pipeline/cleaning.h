/*
 * cleaning.h - the cleaning stages side by side: repair, boilerplate, titles, pages. What they learn of the
 * corpus in the first reading, and what they say of an article in the second.
 *
 *   first reading, a cleaner a thread   cleaner_repair()    damaged text to sound text, before words are cut
 *                                       cleaner_collect()   what the article adds to the statistics
 *                     in input order    cleaner_enter()     the part that wants the order
 *                     any order         cleaner_post()      the part that wants the number
 *   between                             cleaning_learn()    statistics to tables
 *   second reading, a cleaner a thread  cleaner_judge_unread()   whether an article has no findings at all
 *                                       cleaner_judge()          all findings of any other
 *
 * A stage whose rules are all off is not there at all.
 */
#pragma once

#include "pipeline/edits.h"
#include "pipeline/pipeline.h"
#include "text/token.h"

struct cleaning; /* of the corpus */
struct cleaner;  /* of one thread, in both readings */

/* *c is NULL when no cleaning rule is on. */
int cleaning_new(struct cleaning **c, const struct pipeline *p, struct copydesk_error *error);
void cleaning_free(struct cleaning *c);

/* Threads are numbered 0..p->threads-1. The cleaner belongs to c. */
int cleaning_cleaner(struct cleaning *c, unsigned thread, struct cleaner **cleaner,
                     struct copydesk_error *error);

/* ---- first reading */

/* Title and text, repaired; views into the article or the cleaner, until its next call. */
int cleaner_repair(struct cleaner *cleaner, struct article *article, struct copydesk_error *error);
/* Whether cleaner_collect() wants words with spans. */
bool cleaner_wants_spans(const struct cleaner *cleaner);
/* What one article of a batch left in the cleaner. */
struct collected {
    size_t note_at, keys_at;
    uint32_t note_len, n_keys;
    uint32_t title_hash;
    bool quiet; /* nothing is found in it by itself */
    bool sound; /* it has nothing to repair */
};
int cleaner_collect(struct cleaner *cleaner, const struct article *article, const struct tokens *words,
                    struct collected *collected, struct copydesk_error *error);
/* Before the first article of a batch. */
void cleaner_start_batch(struct cleaner *cleaner);
int cleaner_enter(struct cleaner *cleaner, const struct collected *collected, struct copydesk_error *error);
int cleaner_post(struct cleaner *cleaner, uint32_t article, const struct collected *collected,
                 struct copydesk_error *error);

/* ---- between */

/*
 * All articles have been entered. With several threads, begins with what does not need p->rough, beside the
 * caller's own work; cleaning_learn() waits for it.
 */
void cleaning_start_learning(struct cleaning *c);
/* p->rough and the catalog are complete. */
int cleaning_learn(struct cleaning *c, struct copydesk_error *error);
/* Instead, where nothing is read: what profiles know, for articles that come one at a time (alone.h). */
int cleaning_learn_known(struct cleaning *c, struct copydesk_error *error);
uint64_t cleaning_disk_bytes(const struct cleaning *c);

/* ---- corpus profiles (cleaning_profile.c) */

/* Before anything is read: what another corpus has taught. Of stages that are off nothing is kept. */
int cleaning_load(struct cleaning *c, const char *path, struct copydesk_error *error);
/* After cleaning_learn(), with what was loaded. *articles: how many it was learned from; may be NULL. */
int cleaning_save(struct cleaning *c, const char *path, uint64_t *articles, struct copydesk_error *error);

/* ---- second reading */

/* All findings of one article, places as in the article as read. Valid until the next call. */
struct judgement {
    const struct found *found;
    size_t n;
    bool dropped;         /* by one of them */
    uint16_t title_score; /* in 1/10000; UINT16_MAX: there is no title */
};
/*
 * 1: nothing is found in the article, and *judgement says so; most articles need not be read again. 0: it
 * has to be.
 */
int cleaner_judge_unread(struct cleaner *cleaner, uint32_t number, struct judgement *judgement,
                         struct copydesk_error *error);
int cleaner_judge(struct cleaner *cleaner, uint32_t number, const struct article *article,
                  struct judgement *judgement, struct copydesk_error *error);
