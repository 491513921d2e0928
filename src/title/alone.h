/*
 * alone.h - the title of one article that stands beside the statistics: judged by them, no part of
 * them.
 *
 *     once                 title_stats_finish() on profiles alone, title_stats_index()
 *     for each article     title_alone_take()          its note, and how well the title fits
 *                          title_alone_is_doubtful()   is a second look at the story worth its time?
 *                          title_alone_judge()         the findings
 *
 * What is said is what title_judge() says of an article that is read alone beside the same profiles.
 */
#pragma once

#include "title/title.h"

/* Scratch of one thread. */
struct title_alone;

/* The statistics have to live as long, and are only read. NULL: out of memory. */
struct title_alone *title_alone_new(const struct title_stats *s);
void title_alone_free(struct title_alone *a);

/* The article at hand from now on. 0, COPYDESK_ERR_MEMORY or a failure to read. */
int title_alone_take(struct title_alone *a, struct title_collector *c, const struct title_input *in,
                     struct copydesk_error *error);
bool title_alone_is_doubtful(const struct title_alone *a);
/* As title_judge(). */
int title_alone_judge(const struct title_alone *a, struct title_collector *c, struct str title,
                      const struct title_input *story, struct title_verdict *out,
                      struct copydesk_error *error);
