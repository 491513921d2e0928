/*
 * title.h - the title of an article: does it belong to the text, is it a headline at all, what of it is the
 * name of the site, and does it stand in the text once more.
 *
 *     pass 1, any thread     title_collect()      one note an article, appended to the caller's buffer
 *     in input order         title_stats_add()    the note enters the statistics (title/stats.h)
 *     between the passes     title_stats_measure(), title_stats_finish()  everything is decided
 *     any thread, any order  title_is_doubtful()  is a second look at the story worth its time?
 *                            title_judge()        the findings of one article, by its number
 *
 * title_collect() looks at the text as it comes, furniture and all; a note is about 64 bytes and 8 for each
 * word of the title. title_judge() looks again at the few in doubt, at the story alone.
 */
#pragma once

#include "base/error.h"
#include "edit.h"
#include "text/token.h"

/* What a title is judged by. All views live until the call returns. */
struct title_input {
    struct str title, text;
    const struct tokens *words; /* of the text, with spans */
    struct str source, url;
};

/* Scratch of one thread, and its sample of the texts. */
struct title_collector;

/* NULL when out of memory. */
struct title_collector *title_collector_new(enum copydesk_cpu level);
void title_collector_free(struct title_collector *c);

/*
 * Appends the note of one article to `out`; its length is what out->len grew by. 0 or COPYDESK_ERR_MEMORY.
 */
int title_collect(struct title_collector *c, const struct title_input *in, struct buf *out);

enum { TITLE_MAX_EDITS = 6, TITLE_NO_SCORE = -1 };

struct title_verdict {
    struct edit edits[TITLE_MAX_EDITS]; /* ascending by field and start */
    size_t n_edits;
    int score;       /* 0..10000: how surely the title is another's; TITLE_NO_SCORE: there is no title */
    uint32_t better; /* an article that the title fits, with title-mismatch; UINT32_MAX: none known */
};

struct title_stats;

/* Both need title_stats_finish(). Any number of threads. */
bool title_is_doubtful(const struct title_stats *s, uint32_t article);

/*
 * `title` as title_collect() was given it. `story`: the same article, its text without furniture; NULL: it
 * was not asked for, or there is nothing to take out. 0, COPYDESK_ERR_MEMORY or a failure to read.
 */
int title_judge(const struct title_stats *s, struct title_collector *c, uint32_t article, struct str title,
                const struct title_input *story, struct title_verdict *out, struct copydesk_error *error);
