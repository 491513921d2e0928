/*
 * news.h - the findings of a run, each known from a baseline or new.
 */
#pragma once

#include "cli/baseline.h"

struct news;

/*
 * Collects the findings that limits can fail on and marks those that the baseline (which may be NULL) has
 * not. Leaves the walk over the verdicts at its beginning. 0, or a negative status of the library.
 */
int news_collect(struct news **news, const struct command_line *line, const struct baseline *baseline,
                 struct copydesk *desk, struct copydesk_error *error);
void news_free(struct news *news);

/* Whether this finding counts; NULL: all do. */
bool news_counts(const struct news *news, uint64_t record, size_t finding);
/*
 * Whether it is to be shown as new where only findings of verdicts can be shown: those that count, and for a
 * new article that is kept, which has none, the one of its first copy.
 */
bool news_has(const struct news *news, uint64_t record, size_t finding);
/* Of a new article that is kept while old ones are copies of it: a finding that says so. Else NULL. */
const struct copydesk_finding *news_of_head(const struct news *news, uint64_t record);
/* Whether a rule is one of those that are looked at: findings of other rules count as before. */
bool news_covers(const struct news *news, enum copydesk_rule rule);
/* How many findings of a rule are new. */
uint64_t news_count(const struct news *news, enum copydesk_rule rule);

/* What is known, new, and no longer there. */
void news_print(FILE *out, const struct news *news, const struct command_line *line);
void news_print_json(FILE *out, const struct news *news, const struct command_line *line);

/* All that was collected, as a baseline. 0, or -1 after a complaint. */
int news_write(const struct news *news, const char *path);
