/*
 * verdict.h - room 17: all findings of one article and its fate, in input order.
 */
#pragma once

#include "edit.h"
#include "pipeline/pipeline.h"

struct verdicts; /* a walk over the articles */

int verdicts_new(struct verdicts **v, struct pipeline *p, struct copydesk_error *error);
void verdicts_free(struct verdicts *v);

/* The next article: 1 = filled in, 0 = no more, < 0 failure. Views are valid until the next call. */
int verdicts_next(struct verdicts *v, struct copydesk_verdict *verdict, struct copydesk_error *error);
/* Goes on at article `number`. */
void verdicts_seek(struct verdicts *v, uint32_t number);
/* Goes on at article `from` and ends before `to`. */
void verdicts_range(struct verdicts *v, uint32_t from, uint32_t to);
/* The catalog record of the last article returned. */
const struct catalog_record *verdicts_record(const struct verdicts *v);

/* The figures of a pair as article `self` reports them; views of ids are not filled in. */
void verdict_figures(const struct pair_record *pair, uint32_t self, struct copydesk_finding *finding);
enum copydesk_rule verdict_rule(const struct pair_record *pair);

/* ---- parts of a verdict that the stream (stream.c) makes in the same way */

/* The figures of an edit; rule and action stand already. */
void verdict_of_edit(const struct edit *e, struct copydesk_finding *finding);
/* Bytes of a field to code points; findings of it ascend by start. */
void verdict_count_chars(struct str field, enum copydesk_field which, struct copydesk_finding *findings,
                         size_t n);
/* By field, start and rule; else as they stand. */
void verdict_sort(struct copydesk_finding *findings, size_t n);
/* Fate and score, from the findings. title_score: UINT16_MAX: none is wanted. */
void verdict_decide(struct copydesk_verdict *verdict, bool is_bad, uint16_t title_score);
