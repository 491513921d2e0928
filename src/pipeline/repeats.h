/*
 * repeats.h - exact texts that stand more than once in a corpus: how often, and under how many titles. A
 * story that is copied keeps its title; a robot wall stands under every title of its site.
 */
#pragma once

#include "pipeline/pipeline.h"

/* All-zero is empty. */
struct repeats {
    uint32_t *titles; /* by article: a hash of the title, until repeats_count() */
    size_t n, cap;
    struct repeat *repeats; /* by the leader of the exact copies, ascending */
    size_t n_repeats;
};

struct repeat {
    uint32_t leader, copies, titles;
};

void repeats_release(struct repeats *r);
/* The title of the next article, in input order. 0 or COPYDESK_ERR_MEMORY. */
int repeats_add(struct repeats *r, uint32_t title_hash);
/* After the last one. */
int repeats_count(struct repeats *r, const struct catalog *catalog, struct copydesk_error *error);
/* NULL: the text stands once. */
const struct repeat *repeats_find(const struct repeats *r, uint32_t leader);
