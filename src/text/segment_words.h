/*
 * segment_words.h - inside of text/segment.h: what takes a look at every word of the corpus.
 */
#pragma once

#include "text/token.h"

/*
 * Numbers of the words, ascending, behind which a line or a sentence may end: all of those, the last word,
 * and others; which depends on the processor. at: room for words->n + 16. Returns how many.
 */
size_t segment_breaks(const struct tokens *words, const char *text, uint32_t *at);

/*
 * The words [first, first + n) as one number: from the first on, each turns what was by seven bits and is
 * added without carry, words that begin with a digit all alike. *digit: there is one of those.
 */
uint64_t segment_hash(const struct tokens *words, size_t first, size_t n, bool *digit);
