/*
 * compare.h - two articles by number, compared word by word. One comparer a thread.
 */
#pragma once

#include "match/align.h"
#include "pipeline/pipeline.h"

struct comparer;

int comparer_new(struct comparer **c, struct pipeline *p, struct copydesk_error *error);
void comparer_free(struct comparer *c);
/* a < b; both good records. */
int comparer_compare(struct comparer *c, uint32_t a, uint32_t b, struct pair_record *pair,
                     struct copydesk_error *error);

/* Of one thread; all-zero is empty. */
struct pair_scratch {
    struct aligner *aligner;
    int32_t *match;
    size_t cap_match;
};
void pair_scratch_release(struct pair_scratch *s);
/*
 * Two articles made ready to figures and a relation; evidence is gathered in the order of its price, and no
 * more of it than the outcome asks for. out->a and out->b are the caller's, and are left.
 */
int pair_compare(struct pair_scratch *s, struct features *fa, struct features *fb,
                 const struct relation_context *context, struct pair_record *out,
                 struct copydesk_error *error);
