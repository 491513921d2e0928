/*
 * align.h - the words of two articles in one order: how many match, and which.
 */
#pragma once

#include "base/error.h"

struct aligner; /* scratch of one thread */

/* NULL when out of memory. */
struct aligner *aligner_new(void);
void aligner_free(struct aligner *al);

/*
 * Aligns a[0..n) with b[0..m). Returns the number of matched words, or COPYDESK_ERR_MEMORY. match, unless
 * NULL, gets for each word of a the place of its partner in b, ascending, or -1.
 */
int64_t align_words(struct aligner *al, const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m,
                    int32_t *match);

/*
 * The same, starting from known places: match comes in with, for each word of a, a place in b where the text
 * from this word on is thought to stand, or -1; it need not ascend. Faster when most of the text is in such
 * places.
 */
int64_t align_seeded(struct aligner *al, const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m,
                     int32_t *match);
