/*
 * sketch.h - room 7: n-gram hashes to band keys. The second channel, for edits spread so thinly that no run
 * of 12 words survives.
 */
#pragma once

#include "copydesk.h"

enum {
    SKETCH_BANDS = 24,
    SKETCH_ROWS = 3,
    SKETCH_BINS = SKETCH_BANDS * SKETCH_ROWS,
    SKETCH_WORDS = 3,      /* n of its n-grams */
    SKETCH_CHARACTERS = 6, /* the same for scripts without spaces, where a token is one character */
    SKETCH_MIN_SHINGLES = 8,
};

/* One-permutation MinHash of n >= 1 n-gram hashes, as SKETCH_BANDS keys. */
void sketch_bands(const uint64_t *hashes, size_t n, uint64_t keys[SKETCH_BANDS]);
