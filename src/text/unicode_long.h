/*
 * unicode_long.h - folding by the book: what gen_unicode.c bakes into the table, and what the library itself
 * does for the rare sequences that no table can hold.
 *
 * In: code points. Out: their full case folding in NFKC, without default-ignorable code points and tatweel,
 * decimal digits as ASCII digits. Canonically equivalent inputs give the same output.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UNICODE_LONG_MAX_IN = 64,                        /* code points at a time */
    UNICODE_LONG_MAX_OUT = UNICODE_LONG_MAX_IN * 18, /* U+FDFA becomes 18 */
};

/* `digit` gives the value of a decimal digit, or -1. Returns the number of code points written. */
size_t unicode_long_fold(const int32_t *in, size_t n, int (*digit)(int32_t code_point),
                         int32_t out[UNICODE_LONG_MAX_OUT]);

/* No part of the folded form. */
bool unicode_long_ignored(int32_t code_point);
