/*
 * scan.h - inside of title/collect.c: the loops over the first words of every text.
 */
#pragma once

#include "title/note.h"
#include "text/token.h"

enum { TITLE_FILTER_WORDS = 16, TITLE_SCAN_SPARE = 16 };

/*
 * Which of the words [0, n) may be terms of a title, n <= TITLE_SCAN_WORDS: those whose first letters have
 * their bit in the filter, and those of which the first letters say nothing. hits: their numbers, with room
 * for TITLE_SCAN_SPARE more. Returns how many.
 */
size_t title_sift(const uint64_t filter[TITLE_FILTER_WORDS], const struct tokens *words, size_t n,
                  uint16_t *hits);

/* Runs of three words [i, i + 2], mixed, for i + 2 < n; room for TITLE_SCAN_SPARE more. Returns how many. */
size_t title_runs(const struct tokens *words, size_t n, uint32_t *runs);

/* term_hash() of the words [0, n); room for TITLE_SCAN_SPARE more. */
void title_hashes(const struct tokens *words, size_t n, uint32_t *hashes);
