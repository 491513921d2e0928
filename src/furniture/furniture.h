/*
 * furniture.h - which spans of an article are not the story: the judge over the statistics of
 * furniture/boilerplate.h and the phrases of furniture/phrases.h.
 *
 * Two kinds of evidence are asked for: how often and how concentrated the corpus has a line or its form,
 * where it stands, what it looks like (no full stop, a bullet, names only, a counter), which phrase it
 * has. A phrase alone never cuts what could be a sentence.
 */
#pragma once

#include "furniture/boilerplate.h"
#include "edit.h"
#include "furniture/phrases.h"

/* A set of rules. */
#define FURNITURE_RULE(rule) (UINT64_C(1) << (rule))
#define FURNITURE_RULES                                                                                      \
    (FURNITURE_RULE(COPYDESK_REPEATED_LINE) | FURNITURE_RULE(COPYDESK_BYLINE) |                              \
     FURNITURE_RULE(COPYDESK_DATELINE_CREDIT) | FURNITURE_RULE(COPYDESK_SHARE_BAR) |                         \
     FURNITURE_RULE(COPYDESK_NOTICE) | FURNITURE_RULE(COPYDESK_RELATED_HEADLINES) |                          \
     FURNITURE_RULE(COPYDESK_GLUED_LINKS) | FURNITURE_RULE(COPYDESK_CAPTION))

struct furniture_article {
    const char *text;
    size_t len;
    const struct tokens *words;       /* of the text, with spans */
    const struct tokens *title_words; /* spans not needed; or NULL */
    uint32_t cluster, source;         /* as in boiler_params */
};

struct furniture; /* scratch of one thread */

/* The table and the phrases must outlive it; table NULL: nothing is known of the corpus.
 * NULL: out of memory. */
struct furniture *furniture_new(const struct boiler_table *table, const struct phrases *phrases,
                                uint64_t rules);
void furniture_free(struct furniture *f);

/*
 * *edits: findings in the text, ascending, not overlapping, valid until the next call. Score: how sure, in
 * 1/10000; articles, clusters: how many have this line or form, 0 when it was told by form and phrase
 * alone. 0 or COPYDESK_ERR_MEMORY.
 */
int furniture_judge(struct furniture *f, const struct furniture_article *article, const struct edit **edits,
                    size_t *n_edits);

/*
 * Before the table is there (f was made without one): whether furniture_judge() will find nothing in an
 * article that boiler_finish() does not mark. Said of long paragraphs only. segments: of the text. 1, 0:
 * cannot be told, or COPYDESK_ERR_MEMORY.
 */
int furniture_is_quiet(struct furniture *f, const struct furniture_article *article,
                       const struct segments *segments);
