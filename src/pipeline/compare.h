/*
 * compare.h - two articles by number, compared word by word. One comparer a thread.
 */
#pragma once

#include "pipeline/pipeline.h"

struct comparer;

int comparer_new(struct comparer **c, struct pipeline *p, struct copydesk_error *error);
void comparer_free(struct comparer *c);
/* a < b; both good records. */
int comparer_compare(struct comparer *c, uint32_t a, uint32_t b, struct pair_record *pair,
                     struct copydesk_error *error);
