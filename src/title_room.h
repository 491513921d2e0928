/*
 * title_room.h - the inside of struct title_stats, for title_stats.c, title_homes.c, title_sites.c,
 * title_judge.c and title_profile.c.
 */
#pragma once

#include "title_collector.h"
#include "title_fit.h"
#include "title_note.h"
#include "title_odds.h"
#include "title_stats.h"

struct decision {
    int16_t own;   /* how well the title fits, in 1/FIT_UNIT bits; INT16_MIN: not known */
    int16_t score; /* log-odds that it is wrong, in 1/ODDS_UNIT bits */
    int16_t top;   /* how well it fits the text of `best` */
    uint8_t flags;
    uint8_t alike; /* runs of words that the text shares with that of `best`, as far as sketches tell */
    uint32_t best; /* another article under this title, the one it fits best; UINT32_MAX: none */
};

enum {
    DECISION_COMMON = 1,   /* one title over many texts */
    DECISION_ADDED = 2,    /* its words were counted among those of true titles */
    DECISION_MANY = 4,     /* the title stands over three texts or more */
    DECISION_CROWD = 8,    /* over five or more: none of them is the home of the others */
    DECISION_THREAD = 16,  /* of a source of letters and answers */
    DECISION_CONTEST = 32, /* a score, and none of the sides in the text: no wit explains that */
    DECISION_COPIES = 3,   /* from so many shared runs on, `best` has a copy of this text */
};

/* Articles of one source, how many have a title, and how many that of a reply. */
struct source_count {
    uint32_t source, articles, titles, replies;
};

struct title_stats {
    struct log *notes;
    uint64_t memory_bytes; /* 0: no limit */
    const char *temp_dir;
    uint64_t *at; /* offset of the note << 8 | n_terms; UINT64_MAX: none */
    size_t cap_at;
    uint32_t n;                   /* with those of profiles, which stand first */
    uint32_t n_past;              /* of profiles */
    struct title_collector *past; /* texts of profiles; NULL: none */
    struct fit_texts *texts;      /* since title_stats_finish() */
    struct fit_titles *titles;
    struct decision *decisions;
    int threshold;
    int fitting; /* 3 of 100 wrong titles score more */
    struct title_odds odds;
    struct source_count *sources; /* open addressing, a power of two */
    uint32_t n_sources, source_slots;
    uint32_t n_counted, n_titles; /* articles with a note, and how many of them have a title */
    uint32_t *sites;              /* hashes of pieces that name a site, ascending */
    size_t n_sites;
};

/* false: the article has none. A failure to read is set in *status. */
bool title_stats_note(const struct title_stats *s, uint32_t article, struct title_note *note, int *status,
                      struct copydesk_error *error);
/* The counts of a source; all zero when it is not known. */
struct source_count *title_stats_source(const struct title_stats *s, uint32_t source);

/* Log-odds that a title that fits so well is wrong, with what else the decision says. */
const struct odds_pair *title_stats_pair(const struct title_stats *s, const struct decision *d);
uint8_t title_stats_contest(const struct title_note *note); /* DECISION_CONTEST or 0 */
int title_stats_odds(const struct title_stats *s, const struct decision *d, int own);
/* Fills in odds, and of each decision what follows from other stories under the same title. */
struct title_scores;
int title_homes_find(struct title_stats *s, const struct title_scores *scores, const uint32_t *cluster_of,
                     struct copydesk_error *error);

/* Evidence to a score of 0..10000: 5000 at the threshold. */
int title_reported(int score, int threshold);

/* Fills in sites. */
int title_sites_find(struct title_stats *s, struct copydesk_error *error);
/* Is the head (tail) of this title the name of its site? */
bool title_sites_head(const struct title_stats *s, const struct title_note *note);
bool title_sites_tail(const struct title_stats *s, const struct title_note *note);
