/*
 * room.h - the inside of struct title_stats, for title/stats.c, title/same.c, title/sites.c,
 * title/judge.c, title/alone.c and title/profile.c.
 */
#pragma once

#include "title/collector.h"
#include "title/fit.h"
#include "title/note.h"
#include "title/odds.h"
#include "title/stats.h"

/* What is decided of an article, and where its note stands. */
struct decision {
    uint32_t note_low;  /* offset of the note in its log, 48 bits; */
    uint16_t note_high; /* UINT16_MAX: there is none */
    uint8_t n_terms;
    uint8_t flags;
    int16_t own;    /* how well the title fits, in 1/FIT_UNIT bits; INT16_MIN: not known */
    int16_t score;  /* log-odds that it is wrong, in 1/ODDS_UNIT bits */
    int16_t top;    /* how well it fits the text of `best` */
    uint16_t alike; /* runs of words that the text shares with that of `best`, as far as sketches tell */
    uint32_t best;  /* another article under this title, one that it fits best; UINT32_MAX: none */
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

/* One title over several articles. */
struct title_crowd {
    uint64_t hash;    /* of the title */
    uint32_t n;       /* articles */
    uint32_t texts;   /* different ones among theirs, up to MOST_TEXTS */
    uint32_t fitting; /* articles that it fits */
    uint32_t best;    /* the first of those that it fits best */
    int16_t top;      /* how well it fits that */
    bool is_short;
};

struct title_stats {
    struct log *notes;
    struct log *decisions;   /* by article */
    struct log_window *near; /* of both logs, while all articles are gone through in order; or NULL */
    uint64_t memory_bytes;   /* for the notes, 0: no limit */
    const char *temp_dir;
    uint32_t n;         /* with those of profiles, which stand first */
    uint32_t n_past;    /* of profiles */
    uint32_t n_learned; /* that the statistics are made of: all, or those of profiles */
    bool learns_all;
    struct title_collector *past; /* texts of profiles; NULL: none */
    struct fit_texts *texts;      /* since title_stats_measure() */
    struct fit_titles *titles;
    struct title_scores *scores; /* from then until title_stats_finish() */
    int threshold;
    int fitting; /* 3 of 100 wrong titles score more */
    struct title_odds odds;
    struct source_count *sources; /* open addressing, a power of two */
    uint32_t n_sources, source_slots;
    uint32_t n_counted, n_titles; /* articles with a note, and how many of them have a title */
    struct title_crowd *crowds;   /* since title_stats_index(): of all titles, ascending by hash */
    size_t n_crowds;
    uint32_t *sites; /* hashes of pieces that name a site, ascending */
    size_t n_sites;
};

int title_stats_decision(const struct title_stats *s, uint32_t article, struct decision *d,
                         struct copydesk_error *error);
int title_stats_decide(struct title_stats *s, uint32_t article, const struct decision *d,
                       struct copydesk_error *error);
/* false: the article has none. A failure to read is set in *status. */
bool title_decision_note(const struct title_stats *s, const struct decision *d, struct title_note *note,
                         int *status, struct copydesk_error *error);
/* Both. */
bool title_stats_note(const struct title_stats *s, uint32_t article, struct title_note *note, int *status,
                      struct copydesk_error *error);
/* The next article of which a score is known, from *i on. */
bool title_next_scored(const struct title_stats *s, uint32_t *i, struct decision *d, struct title_note *note,
                       int *status, struct copydesk_error *error);
/* The counts of a source; all zero when it is not known. */
struct source_count *title_stats_source(const struct title_stats *s, uint32_t source);

/* Kept within 16 bits. */
int16_t title_narrow(int score);
/* Of all titles: other stories under the same one, the odds that follow; fills in odds. */
struct title_scores;
int title_same_judge(struct title_stats *s, const struct title_scores *scores, const uint32_t *cluster_of,
                     struct copydesk_error *error);
/* Log-odds that a title that fits so well is wrong, with what else the decision says. */
int title_stats_odds(const struct title_stats *s, const struct decision *d, int own);
/* Of the pair that the decision speaks of. */
const struct odds_pair *title_stats_pair(const struct title_stats *s, const struct decision *d);
/* DECISION_THREAD and DECISION_CONTEST, as far as they hold. */
uint8_t title_note_flags(const struct title_stats *s, const struct title_note *note);

/* How well the title fits, of a note that is not among those that the statistics were made of. *d was
 * title_undecided, its place aside. */
void title_stats_fit(const struct title_stats *s, struct title_note *note, struct decision *d);
extern const struct decision title_undecided;
/* The crowd with one more article, whose title fits it so well. */
struct title_crowd title_crowd_join(const struct title_stats *s, const struct title_crowd *crowd, int own);
/* What the others under its title say of one article. best: the note of the one that it fits best. */
void title_crowd_judge(const struct title_stats *s, const struct title_crowd *crowd,
                       const struct title_note *note, const struct title_note *best, struct decision *d);
enum {
    MANY_TEXTS = 5,  /* a title over so many is no property of one */
    MOST_TEXTS = 64, /* no more are counted */
};

/*
 * The findings of one article: all that title_judge() says beside its number. learned: the note is one of
 * those that the statistics were made of.
 */
int title_judge_note(const struct title_stats *s, struct title_collector *c, const struct title_note *note,
                     const struct decision *d, bool learned, struct str title,
                     const struct title_input *story, struct title_verdict *out,
                     struct copydesk_error *error);
/* Whether a second look at the story is worth its time. */
bool title_decision_is_doubtful(const struct title_stats *s, const struct decision *d);

/* Evidence to a score of 0..10000: 5000 at the threshold. */
int title_reported(int score, int threshold);

/* Fills in sites. */
int title_sites_find(struct title_stats *s, struct copydesk_error *error);
/* Is the head (tail) of this title the name of its site? */
bool title_sites_head(const struct title_stats *s, const struct title_note *note);
bool title_sites_tail(const struct title_stats *s, const struct title_note *note);
