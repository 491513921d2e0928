/*
 * token_kernel.h - what the tokenizer and its kernels share. Private to text/token.c and text/token_x86.c.
 *
 * A text is cut into blocks of 64 bytes, each described by bit masks (bit i: byte i). Four steps
 * (text/token.c):
 *
 *     classify   bytes -> masks and folded bytes         a kernel for each CPU level
 *     resolve    what classify left in `other`           text/token.c
 *     extract    masks -> places and flags of tokens     a kernel
 *     hash       folded bytes -> hashes                  a kernel; slow tokens again in text/token.c
 */
#pragma once

#include "text/token.h"

#include <string.h>

struct token_block {
    uint64_t word;  /* part of a token. Not the first and last byte of a solo letter with its marks, so that
                       neighbours do not run together: its token is a byte longer at both ends */
    uint64_t upper; /* part of an upper or title case letter; asked for at the first byte alone */
    uint64_t digit; /* first byte of a decimal digit */
    uint64_t other; /* not understood yet */
    uint64_t slow;  /* a byte of a token that is not folded in place; set only where `word` is */
    uint64_t solo;  /* of a solo letter with its marks, all bytes but the first */
};

enum {
    TOKEN_BLOCK = 64,
    /* Extracted and hashed at a time, so that places and flags stay in the first-level cache. */
    TOKEN_GROUP_BLOCKS = 32,
    /* Every other byte a token, and one from the group before. */
    TOKEN_GROUP_MAX = TOKEN_GROUP_BLOCKS * 32 + 1,
    /* Kernels store whole vectors. */
    TOKEN_GROUP_SLACK = 64,
};

/* Tokens of one group, in order. The last may have no end yet. */
struct token_group {
    size_t n_start, n_end, n_slow;
    bool inside; /* the last byte seen is part of a token */
    uint32_t start[TOKEN_GROUP_MAX + TOKEN_GROUP_SLACK];
    uint32_t end[TOKEN_GROUP_MAX + TOKEN_GROUP_SLACK];
    uint32_t slow[TOKEN_GROUP_MAX + TOKEN_GROUP_SLACK]; /* indices, rising */
    uint8_t flags[TOKEN_GROUP_MAX + TOKEN_GROUP_SLACK];
};

struct token_kernel {
    /*
     * Describes all len / 64 + 1 blocks; bytes behind the text count as spaces. `folded` receives the bytes,
     * folded where that could be done. True when any block has something in `other`.
     */
    bool (*classify)(const uint8_t *text, size_t len, uint8_t *folded, struct token_block *blocks);
    /* Appends the tokens of at most TOKEN_GROUP_BLOCKS blocks, of which the first stands at byte `base`. */
    void (*extract)(const struct token_block *blocks, size_t n_blocks, uint32_t base,
                    struct token_group *group);
    /* Hashes of the first n tokens; may write up to 8 more. */
    void (*hash)(const uint8_t *folded, const struct token_group *group, size_t n, uint64_t *hashes);
};

extern const struct token_kernel token_kernel_portable;
#if defined(__x86_64__)
extern const struct token_kernel token_kernel_avx2;
extern const struct token_kernel token_kernel_avx512;
#endif

/*
 * The hash of a token: its folded bytes in pieces of 16, the last filled up with zeros. (Folded tokens hold
 * no zero byte, so the filling is no ambiguity, and the length need not be mixed in.) Of each piece the two
 * 64-bit words are xor-shifted and multiplied; their sum is multiplied and xor-shifted again. Every step on
 * one word can be undone, so words of up to 8 bytes never collide. Only low 64-bit products are used: eight
 * of them are one AVX-512 instruction, and the values are those of any machine. Without the first xor-shift
 * the high bits of a word would reach half of the output only. Multipliers: odd, the first digits of the
 * fractions of the square roots of 2, 3 and 5.
 */
#define TOKEN_HASH_M0 0x6a09e667f3bcc909u
#define TOKEN_HASH_M1 0xbb67ae8584caa73bu
#define TOKEN_HASH_M2 0x3c6ef372fe94f82bu

static inline uint64_t token_hash_piece(uint64_t state, uint64_t low, uint64_t high)
{
    low ^= state;
    low = (low ^ low >> 32) * TOKEN_HASH_M0;
    high = (high ^ high >> 29) * TOKEN_HASH_M1;
    low ^= low >> 32;
    high ^= high >> 29;
    low = (low + high) * TOKEN_HASH_M2;
    return low ^ low >> 32;
}

static inline uint64_t token_load64(const uint8_t *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* The first n bytes of x; n <= 8. */
static inline uint64_t token_first_bytes(uint64_t x, size_t n)
{
    return n ? x & UINT64_MAX >> (64 - 8 * n) : 0;
}

/* Reads up to 16 bytes behind the token. */
static inline uint64_t token_hash_bytes(const uint8_t *p, size_t len)
{
    uint64_t state = 0;
    while (len > 16) {
        state = token_hash_piece(state, token_load64(p), token_load64(p + 8));
        p += 16;
        len -= 16;
    }
    uint64_t low = token_first_bytes(token_load64(p), len < 8 ? len : 8);
    uint64_t high = token_first_bytes(token_load64(p + 8), len > 8 ? len - 8 : 0);
    return token_hash_piece(state, low, high);
}

/* Notes which tokens hold a slow byte: the one that starts last before it. `n_start` start before this block.
 */
static inline void token_note_slow(struct token_group *group, uint64_t slow, uint64_t starts, size_t n_start)
{
    for (; slow; slow &= slow - 1) {
        uint64_t up_to = slow ^ (slow - 1);
        uint32_t index = (uint32_t)(n_start + (size_t)__builtin_popcountll(starts & up_to) - 1);
        if (group->n_slow == 0 || group->slow[group->n_slow - 1] != index) {
            group->slow[group->n_slow++] = index;
        }
    }
}

/*
 * Writes base + the place of each set bit of `mask`, of which there are `count`; moved by `step` where `solo`
 * is set too. Sixteen are written without asking: nearly all blocks have fewer, and a loop that ends at the
 * right one costs more, because its end is not foreseen.
 */
static inline __attribute__((always_inline)) void token_places(uint64_t mask, unsigned count, uint64_t solo,
                                                               uint32_t step, uint32_t base, uint32_t *out)
{
    for (unsigned from = 0; from < 16 || from < count; from += 16) {
        for (unsigned i = 0; i < 16; i++) {
            out[from + i] = base + (unsigned)__builtin_ctzll(mask | (uint64_t)1 << 63);
            mask &= mask - 1;
        }
    }
    if (solo) {
        for (unsigned i = 0; i < count; i++) {
            out[i] += solo >> (out[i] - base) & 1 ? step : 0;
        }
    }
}

/* Sets a flag of the tokens that start at the bits of `which`, a part of `starts`. */
static inline __attribute__((always_inline)) void token_mark(uint64_t starts, uint64_t which, uint8_t flag,
                                                             uint8_t *flags)
{
    for (; which; which &= which - 1) {
        uint64_t before = (which & -which) - 1;
        flags[__builtin_popcountll(starts & before)] |= flag;
    }
}

/* The places of tokens, plainly. Each kernel compiles it for its own instruction set. */
static inline __attribute__((always_inline)) void token_extract_body(const struct token_block *blocks,
                                                                     size_t n_blocks, uint32_t base,
                                                                     struct token_group *group)
{
    size_t n_start = group->n_start;
    size_t n_end = group->n_end;
    uint64_t carry = group->inside;
    for (size_t i = 0; i < n_blocks; i++, base += TOKEN_BLOCK) {
        const struct token_block *b = &blocks[i];
        uint64_t before = b->word << 1 | carry;
        uint64_t starts = b->word & ~before;
        uint64_t ends = ~b->word & before;
        carry = b->word >> 63;
        if (b->slow) {
            token_note_slow(group, b->slow, starts, n_start);
        }
        unsigned count_start = (unsigned)__builtin_popcountll(starts);
        unsigned count_end = (unsigned)__builtin_popcountll(ends);
        // A solo token is a byte longer at both ends; elsewhere the solo mask is 0 at starts and ends.
        token_places(starts, count_start, b->solo, UINT32_MAX, base, group->start + n_start);
        token_places(ends, count_end, b->solo, 1, base, group->end + n_end);
        memset(group->flags + n_start, 0, 32);
        token_mark(starts, b->upper & starts, TOKEN_UPPER, group->flags + n_start);
        token_mark(starts, b->digit & starts, TOKEN_DIGIT, group->flags + n_start);
        token_mark(starts, b->solo & starts, TOKEN_SOLO, group->flags + n_start);
        n_start += count_start;
        n_end += count_end;
    }
    group->n_start = n_start;
    group->n_end = n_end;
    group->inside = carry;
}
