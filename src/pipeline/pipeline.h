/*
 * pipeline.h - the engine behind copydesk.h: its state, and the passes that fill it in.
 *
 *   pipeline_run()  intake      input -> catalog, postings, band keys, statistics   (intake.c, first reading)
 *                   candidates  postings -> pairs, rough clusters                   (match/candidate.c)
 *                   judge       articles -> furniture, titles, damage, junk         (judge.c, second reading)
 *                   compare     pairs -> relations, on cleaned texts                (compare.c, candidates
 *                   again) clusters    relations -> representatives                        (match/cluster.c)
 *   then            verdicts    one article after another, in input order           (verdict.c)
 *                   outputs     the same, with the records                          (output.c, last reading)
 */
#pragma once

#include "base/log.h"
#include "base/mem.h"
#include "base/spill.h"
#include "match/candidate.h"
#include "pipeline/catalog.h"
#include "match/fact.h"
#include "pipeline/edits.h"
#include "read/read.h"
#include "match/relation.h"

/* A verified pair as it is kept: numbers of the two articles (leaders of their exact groups) and the figures.
 */
struct pair_record {
    uint32_t a, b; /* a < b */
    uint32_t relation;
    uint32_t words_a, words_b;
    uint32_t set_a, set_b, shared;
    uint32_t shared_words; /* in the same order, or inside shared 5-grams where order was changed */
    uint32_t run;
    uint32_t own_a, own_b;
    uint32_t rarity;    /* share of the smaller article's fact weight that both have, in 1/10000 */
    uint32_t score;     /* in 1/10000 */
    uint32_t unused[2]; /* to 64 bytes: records are addressed as number * 64 */
};

/* Which pairs an article reports: sorted by article. */
struct pair_link {
    uint32_t article;
    uint32_t pair; /* number of its record */
};

struct duplicate_id {
    uint32_t article, first;
};

struct pipeline {
    struct copydesk_options options; /* strings owned by `strings` */
    struct arena strings;
    enum copydesk_action compared[COPYDESK_N_RULES]; /* what is carried out on a text before it is compared */
    unsigned threads;
    enum copydesk_cpu cpu;
    struct input *input;

    /* After intake. Arrays by article number. */
    struct catalog *catalog;
    struct candidate_size *sizes; /* until candidates are found */
    uint32_t *rough;   /* after candidates: the first article of the rough cluster, exact copies included */
    uint8_t *rareness; /* share (0-255) of its fingerprints that fewer than four articles have */
    struct fact_table *facts;
    uint64_t n_good; /* articles that are no bad records */
    uint64_t bytes;
    uint64_t known_bytes; /* of them, in known inputs */
    /*
     * By article: KNOWN_ITSELF, and of leaders KNOWN_GROUP when any member of the exact group is known. NULL:
     * nothing is known, everything is judged.
     */
    uint8_t *known;
    uint64_t *file_ends; /* by file: where its last record ends in the backing */
    size_t n_file_ends;
    struct duplicate_id *duplicate_ids; /* sorted by article */
    size_t n_duplicate_ids;

    /* After judging: what the cleaning stages found; NULL when none was asked for. */
    struct edit_store *edits;
    uint8_t *dropped;       /* 1: an article that a finding of its own drops; it is no copy of anything */
    uint16_t *title_scores; /* with options.all_scores: in 1/10000, UINT16_MAX without a title */

    /* After compare and clusters. */
    uint64_t n_candidates, n_verified;
    struct log *pairs; /* of struct pair_record, in the order of comparison */
    uint32_t n_pairs;
    struct pair_link *links; /* sorted by (article, pair) */
    size_t n_links;
    int64_t
        *keys; /* while comparing: the order in which the policy keeps articles; of leaders, of their group */
    uint32_t *best;           /* of every leader: the member of its exact group that is kept */
    uint32_t *representative; /* of every leader: a leader */
    uint64_t spilled_bytes;
    bool started, finished;
    bool builds_profile; /* what is learned is saved, and nothing is judged */
};

enum { KNOWN_ITSELF = 1, KNOWN_GROUP = 2 };

static inline bool pipeline_is_known(const struct pipeline *p, uint32_t article)
{
    return p->known && (p->known[article] & KNOWN_ITSELF);
}

/* Whether the exact group of a leader has a known member: that one is kept, all others are copies of it. */
static inline bool pipeline_group_is_known(const struct pipeline *p, uint32_t leader)
{
    return p->known && (p->known[leader] & KNOWN_GROUP);
}

/* How memory_bytes is shared out; all 0 without a limit. */
struct memory_plan {
    uint64_t catalog, fingerprints, bands, pairs, relations, lines, titles, edits;
};
enum {
    PIPELINE_BLOCK = 512,  /* first articles of pairs that are compared together */
    PIPELINE_CACHE = 1024, /* articles that a thread keeps ready for it */
};
struct memory_plan pipeline_memory_plan(const struct pipeline *p);

int pipeline_new(struct pipeline **p, const struct copydesk_options *options, struct copydesk_error *error);
int pipeline_run(struct pipeline *p, struct copydesk_error *error);
/* Instead of pipeline_run(): the first reading alone, and what it taught, into a file. */
int pipeline_build_profile(struct pipeline *p, const char *path, uint64_t *articles,
                           struct copydesk_error *error);
void pipeline_free(struct pipeline *p);

/* First pass. The spills and *spilled ids are the caller's. */
struct intake_result {
    struct spill *fingerprints;
    struct spill *bands;
};
struct cleaning;
/* cleaning: what learns from the articles beside; may be NULL. */
int pipeline_intake(struct pipeline *p, struct cleaning *cleaning, struct intake_result *result,
                    struct copydesk_error *error);
/* As it stands in the catalog; 0: not known. */
uint32_t pipeline_source_hash(struct str source);
uint64_t pipeline_url_hash(struct str url);

/* Which member of each exact group is kept; needs p->dropped. */
int pipeline_rank(struct pipeline *p, struct copydesk_error *error);
/* Compares all candidates; fills in pairs. */
int pipeline_compare(struct pipeline *p, struct spill *candidates, struct copydesk_error *error);
/* Clusters and links. */
int pipeline_cluster(struct pipeline *p, struct copydesk_error *error);

int pipeline_pair(const struct pipeline *p, uint32_t number, struct pair_record *pair,
                  struct copydesk_error *error);

/* Under a limit, memory that a stage leaves behind goes back to the system. */
void pipeline_end_stage(const struct pipeline *p);

/* Progress from the calling thread. */
void pipeline_progress(const struct pipeline *p, enum copydesk_stage stage, uint64_t done, uint64_t total,
                       uint64_t records);
