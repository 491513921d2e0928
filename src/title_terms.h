/*
 * title_terms.h - words to terms: what of a title is looked for in a text.
 *
 * A term is the first five letters of a word (as many as fit eight bytes), folded, so that endings make no
 * difference; in a script without spaces two letters that stand together.
 */
#pragma once

#include "article.h"
#include "base/hash.h"
#include "token.h"

/* The bytes at p up to `len` <= 8. */
static inline uint64_t term_bytes(const uint8_t *p, uint32_t len)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return len < 8 ? x & (((uint64_t)1 << 8 * len) - 1) : x;
}

/* Hash of the term that begins at word i; bit 0 is clear, never 0. */
uint32_t term_hash(const struct tokens *words, size_t i);

/* What a term's word begins with: enough to pass over nearly all other words. */
static inline uint32_t term_key(const struct tokens *words, size_t i)
{
    static const uint32_t mask[5] = {0, 0xff, 0xffff, 0xffffff, 0xffffffff};
    uint32_t len = words->end[i] - words->start[i];
    uint32_t x;
    memcpy(&x, words->folded + words->start[i], sizeof x);
    return (x & mask[len < 4 ? len : 4]) * 0x9e3779b1u >> 22;
}
