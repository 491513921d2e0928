/*
 * shingle.h - room 6: tokens to n-gram hashes, and the few of them that stand for an article in the index.
 */
#pragma once

#include "copydesk.h"

enum {
    SHINGLE_WORDS = 5,        /* n of the n-grams that are compared */
    SHINGLE_WINDOW = 8,       /* n-grams in a winnowing window: a shared run of 12 words is sure to be met */
    SHINGLE_WINDOW_WIDE = 16, /* the same of the index, which keeps half as many: a run of 20 words */
    SHINGLE_MAX_FINGERPRINTS = 32768, /* of one article */
};

/*
 * Hashes of the n - k + 1 runs of k tokens (k = 3, 5 or 6), in order; returns their number, 0 when n < k.
 */
size_t shingle_hashes(enum copydesk_cpu cpu, const uint64_t *tokens, size_t n, unsigned k, uint64_t *out);

/*
 * Winnowing: the minimum of every window of n-gram hashes, each run of equal minima once, in order. `hashes`
 * is overwritten; out has room for n. Short texts get smaller windows, so that they have fingerprints enough:
 * what a larger window picks, a smaller one picks too, so any two texts still meet.
 */
/* How many of them a text of so many n-grams has in the full window, as it does inside a much longer one. */
static inline size_t shingle_expected(size_t n)
{
    return n * 2 / (SHINGLE_WINDOW + 1) + 1;
}

size_t shingle_winnow(enum copydesk_cpu cpu, uint64_t *hashes, size_t n, uint64_t *out);

/* The same with windows of twice the size: about half of what shingle_winnow() gives, and all of it among
 * that. */
static inline size_t shingle_expected_wide(size_t n)
{
    return n * 2 / (SHINGLE_WINDOW_WIDE + 1) + 1;
}

size_t shingle_winnow_wide(enum copydesk_cpu cpu, uint64_t *hashes, size_t n, uint64_t *out);
