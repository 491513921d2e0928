/*
 * page.h - an article as a whole: is it an article at all, is there enough of it, does it end where it
 * should, in which language is it.
 *
 * Findings: junk-page, too-short, truncated, wrong-language. All are about the whole article (field NONE),
 * but for truncated where a mark stands in the text (` [+1234 chars]`, `Continue reading`): that has its
 * span.
 *
 *     first pass    page_stats_add() for each article, tables merged in any order
 *     last pass     page_judge() for each article, with the merged table
 */
#pragma once

#include "base/error.h"
#include "edit.h"
#include "text/token.h"

/* Phrases and words of all languages, made ready for looking up. Read only: one for all threads. */
struct page_table;

/*
 * `languages`: comma separated codes of ISO 639 that are wanted, or NULL. COPYDESK_ERR_OPTION names a code
 * that is not known, COPYDESK_ERR_MEMORY. On failure *table is NULL.
 */
int page_table_new(struct page_table **table, const char *languages, struct copydesk_error *error);
void page_table_free(struct page_table *table);

/*
 * How long the articles of a corpus are, and how those of each source end. Of fixed size (about 64 KiB);
 * all-zero is empty. Adding and merging in any order gives the same.
 */
struct page_stats;

/* NULL when out of memory. */
struct page_stats *page_stats_new(void);
void page_stats_free(struct page_stats *stats);
/* `source`: a hash of the source's name, 0: not known. `words`: tokens of the text. */
void page_stats_add(struct page_stats *stats, uint64_t source, struct str text, const struct tokens *words);
/* What was added last is taken away again. */
void page_stats_take_back(struct page_stats *stats, uint64_t source, struct str text,
                          const struct tokens *words);
void page_stats_merge(struct page_stats *stats, const struct page_stats *other);
/* For a saved profile: the counts as bytes, and back, added to what is there. COPYDESK_ERR_INPUT when the
 * bytes are not what page_stats_write() made. */
void page_stats_write(const struct page_stats *stats, struct buf *out);
int page_stats_read(struct page_stats *stats, struct str data, struct copydesk_error *error);

/* What is looked for; others cost nothing. */
enum {
    PAGE_FIND_JUNK = 1,
    PAGE_FIND_SHORT = 2,
    PAGE_FIND_TRUNCATED = 4,
    PAGE_FIND_LANGUAGE = 8, /* only with languages given */
    PAGE_FIND_ALL = 15,
};

struct page_article {
    struct str title, text;
    const struct tokens *words; /* of the text, with places */
    uint64_t source;            /* as for page_stats_add() */
    uint32_t copies, titles;    /* articles with exactly this text, this one too; different titles among
                                   them; 0: not counted */
    const struct edit *cuts;    /* spans of the text that others cut, ascending; or NULL. Such spans count as
                                   no words, and a text ends before those at its end */
    size_t n_cuts;
};

enum { PAGE_MAX_FINDINGS = 4 };

struct page_judge; /* scratch of one thread */

/* NULL when out of memory. The table stays the caller's, and has to live as long. */
struct page_judge *page_judge_new(const struct page_table *table, enum copydesk_cpu level);
void page_judge_free(struct page_judge *judge);

/*
 * Findings of one article into `out`: whole-article ones first, then spans. `stats` may be NULL. A junk page
 * has no other finding. Returns how many, or COPYDESK_ERR_MEMORY. text.data is followed by TOKEN_PADDING
 * readable bytes, title.data too.
 */
int page_judge(struct page_judge *judge, unsigned find, const struct page_stats *stats,
               const struct page_article *article, struct edit out[PAGE_MAX_FINDINGS]);

/*
 * Whether page_judge() will find nothing whatever the statistics are. False: cannot be told yet. For
 * articles of which nothing else is cut.
 */
bool page_is_quiet(const struct page_table *table, unsigned find, const struct page_article *article);

/* The language of a text: code of ISO 639-1 where there is one, "" when it cannot be told; in 1/10000. */
struct page_tongue {
    const char *code;
    uint32_t confidence;
};

struct page_tongue page_language(const struct page_table *table, struct str text, const struct tokens *words);
