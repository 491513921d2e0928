/*
 * boilerplate.h - what a corpus repeats: for every line, sentence and line form, how many articles have
 * it, in how many clusters of copies and in how many sources, and where in the article it stands.
 *
 *   first pass, any thread      boiler_collect_text(), boiler_collect_title(): keys, while its number is
 *                               not known
 *                               boiler_post(): keys -> spill
 *   between                     boiler_finish(): spill -> table (read-only)
 *   second pass, any thread     boiler_find(), boiler_is_title()
 *
 * A table can be written, read back and merged with others: a corpus profile, with which ten new articles
 * are judged as if they stood in that corpus.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"
#include "text/segment.h"

/* ---- keys */

/* What a key is made of. */
enum boiler_kind {
    BOILER_WORDS, /* all words of a line, sentence or title */
    BOILER_SHAPE, /* a short line with a slot for each run of names and numbers */
    BOILER_FIRST, /* its label: what stands before a colon; else its first two words */
    BOILER_LAST,  /* its last three words */
    BOILER_KINDS
};

enum {
    BOILER_SLOT_WORDS = 24, /* longest line that has forms beside its words */
};

/*
 * The forms of a segment, as keys by kind; 0 where it has no such form. All but BOILER_WORDS are forms of
 * one source: what one site prints above its stories may be the first line of a table on another. source:
 * hash, 0 unknown.
 */
struct boiler_forms {
    uint64_t key[BOILER_KINDS];
};
void boiler_forms(const char *text, const struct tokens *words, const struct segment *segment,
                  uint32_t source, struct boiler_forms *forms);

/* Words of a segment before a colon near its beginning, or 0. */
size_t boiler_label(const char *text, const struct tokens *words, const struct segment *segment);

/* ---- collecting */

/* Keys of articles whose number is not known yet. All-zero is empty. */
struct boiler_collector {
    uint64_t *records;
    size_t n, cap;
    struct segments segments;
};
void boiler_collector_release(struct boiler_collector *c);

/*
 * Appends the keys of one article. text_words with spans; title_words need no spans. title_len: words of
 * the title without the name of the site where that is known, else all. 0 or COPYDESK_ERR_MEMORY.
 */
int boiler_collect_text(struct boiler_collector *c, const char *text, size_t len,
                        const struct tokens *text_words, uint32_t source);
int boiler_collect_title(struct boiler_collector *c, const struct tokens *title_words, size_t title_len);

struct boiler_stats;

/* memory_bytes: for the keys, 0: no limit; beyond it they go to temp_dir. */
int boiler_stats_new(struct boiler_stats **s, unsigned threads, uint64_t memory_bytes, const char *temp_dir,
                     struct copydesk_error *error);
void boiler_stats_free(struct boiler_stats *s);
/* records[0..n) of a collector belong to this article. Thread numbers 0..threads-1. */
int boiler_post(struct boiler_stats *s, unsigned thread, uint32_t article, const uint64_t *records, size_t n,
                struct copydesk_error *error);

/* ---- the table */

struct boiler_entry {
    uint32_t key;      /* 29 bits of it, plus 1 */
    uint32_t articles; /* that have it */
    uint32_t clusters; /* copies of one story count once */
    uint16_t sources;  /* that have it, known ones; 65535: as many or more */
    uint16_t share; /* of the other articles of a source that has it, how many do: mean, in 1/1000; articles
                          without a source count as one source */
    uint16_t top;   /* clusters of the source that has most */
    uint8_t head, tail; /* share of its places in the head and in the tail of articles; of 255 */
};

struct boiler_table;

struct boiler_params {
    const uint32_t *cluster_of; /* by article: any number that its copies share, below 2^32-1 */
    const uint32_t *source_of;  /* by article: hash of its source, 0 unknown; NULL: none is known */
    uint32_t n_articles;
    unsigned threads;
    /*
     * NULL, or by article: grows to BOILER_MARK or beyond when a line of it stands in two clusters, or so
     * many of its sentences in three that they could be furniture. Other articles have nothing that the
     * table alone tells.
     */
    uint8_t *marks;
};
enum { BOILER_MARK = 16 };

/* Consumes what was posted. The same table for any number of threads and any order of posting. */
int boiler_finish(struct boiler_stats *s, const struct boiler_params *params, struct boiler_table **table,
                  struct copydesk_error *error);
void boiler_table_free(struct boiler_table *t);

/* NULL: not seen in two clusters. key: of boiler_forms(), or of a segment. */
const struct boiler_entry *boiler_find(const struct boiler_table *t, enum boiler_kind kind, uint64_t key);
/* A hint that boiler_find() will be asked for this key soon. */
void boiler_fetch(const struct boiler_table *t, enum boiler_kind kind, uint64_t key);
/* Whether some article of another cluster has this title. */
bool boiler_is_title(const struct boiler_table *t, uint64_t key, uint32_t own_cluster);
/* Articles of the corpora in the table. */
uint64_t boiler_articles(const struct boiler_table *t);

/* The table as bytes, the same on every machine; appended to out (check out->failed). */
int boiler_write(const struct boiler_table *t, struct buf *out);
/*
 * Of a table that boiler_write() appended at `start`, no more is kept than so many lines and titles: lines of
 * the most clusters; of those with equally many, and of titles, some, others each time. So profiles that
 * are made of one another do not grow without end, and a title is forgotten the sooner the more come after
 * it.
 */
void boiler_trim(struct buf *out, size_t start, uint64_t most_lines, uint64_t most_titles);
/* COPYDESK_ERR_INPUT when the bytes are no table, or a damaged one. */
int boiler_read(struct boiler_table **t, struct str bytes, struct copydesk_error *error);
/* What both have seen, together. Neither is changed. */
int boiler_merge(const struct boiler_table *a, const struct boiler_table *b, struct boiler_table **sum,
                 struct copydesk_error *error);
