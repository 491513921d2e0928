/*
 * terms.h - words to terms: what of a title is looked for in a text.
 *
 * A term is the first five letters of a word, folded and without accents, so that endings make no
 * difference; in a script without spaces two letters that stand together.
 */
#pragma once

#include "article.h"
#include "base/hash.h"
#include "text/token.h"

/* The bytes at p up to `len` <= 8. */
static inline uint64_t term_bytes(const uint8_t *p, uint32_t len)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return len < 8 ? x & (((uint64_t)1 << 8 * len) - 1) : x;
}

/* The first letters of a word, up to `most` and about TERM_BYTES bytes, without accents. Their length. */
enum { TERM_BYTES = 16 };
uint32_t term_plain(const uint8_t *p, uint32_t len, uint32_t most, uint8_t out[TERM_BYTES + 8]);

/* term_hash() of words that are not all ASCII, or solo letters. */
uint32_t term_hash_slow(const struct tokens *words, size_t i);

static inline uint32_t term_mix(uint64_t x)
{
    uint32_t hash = (uint32_t)(hash_mix(x * 0x9e3779b97f4a7c15u) >> 32) & ~(uint32_t)1;
    return hash ? hash : 2;
}

/* Hash of the term that begins at word i; bit 0 is clear, never 0. */
static inline uint32_t term_hash(const struct tokens *words, size_t i)
{
    uint32_t start = words->start[i];
    uint32_t len = words->end[i] - start;
    uint64_t x;
    memcpy(&x, words->folded + start, sizeof x);
    if (x & 0x8080808080u) {
        return term_hash_slow(words, i);
    }
    return term_mix(x & (((uint64_t)1 << 8 * (len < 5 ? len : 5)) - 1));
}

/* What a word begins with: enough to pass over nearly all words that are no terms of a title. */
static inline uint32_t term_key_of(const uint8_t *p, uint32_t len)
{
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return (x & (uint32_t)(((uint64_t)1 << 8 * (len < 4 ? len : 4)) - 1)) * 0x9e3779b1u >> 22;
}

/* The same of a word of the title, without accents. */
uint32_t term_key_plain(const struct tokens *words, size_t i);

/* Among these bytes is a Latin letter with marks, or a mark: term_key_of() says nothing. */
static inline bool term_has_marks(const uint8_t *p, uint32_t len)
{
    uint32_t x;
    memcpy(&x, p, sizeof x);
    x &= (uint32_t)(((uint64_t)1 << 8 * (len < 4 ? len : 4)) - 1);
    uint32_t high = x & 0x80808080;
    if (high == 0) {
        return false;
    }
    uint32_t lead = x >> (__builtin_ctz(high) & 24) & 0xff;
    return lead - 0xC3 <= 0xC9 - 0xC3 || lead == 0xCC || lead == 0xCD || lead == 0xE1;
}
