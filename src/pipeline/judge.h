/*
 * judge.h - the second reading: every article once more, for all that is not about copies.
 */
#pragma once

#include "pipeline/cleaning.h"

/* Fills in p->edits, p->dropped and p->title_scores. */
int pipeline_judge(struct pipeline *p, struct cleaning *cleaning, struct copydesk_error *error);
