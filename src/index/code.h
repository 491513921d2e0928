/*
 * code.h - numbers of words as bits: about ten a word.
 *
 * A number is a class, its bit length, and the bits below its highest. Classes have a Huffman code of their
 * own in each group of articles. Class 0 is a word without a number, which follows in full.
 */
#pragma once

#include "base/str.h"
#include "index/lexicon.h"

enum {
    CODE_CLASSES = 22,             /* 0, and bit lengths of 1 to LEXICON_WORDS */
    CODE_LONGEST = 10,             /* bits of the code of a class */
    CODE_BYTES = CODE_CLASSES / 2, /* as saved: lengths, two a byte */
};

/* Of one group. */
struct code {
    uint8_t lengths[CODE_CLASSES];
    uint16_t bits[CODE_CLASSES];
};

static inline unsigned code_class(uint32_t number)
{
    return number == LEXICON_NONE ? 0 : 32 - (unsigned)__builtin_clz(number + 1);
}

/* From how often each class stands in the group. */
void code_make(struct code *code, const uint32_t counts[CODE_CLASSES]);
void code_save(const struct code *code, uint8_t out[CODE_BYTES]);

/* For reading: what the next CODE_LONGEST bits begin with: class << 4 | length; 0: nothing. */
struct code_table {
    uint16_t entries[1 << CODE_LONGEST];
};
/* false: no code. */
bool code_load(struct code_table *table, const uint8_t saved[CODE_BYTES]);

/* Appends the words, to whole bytes. numbers: of each, by lexicon_find(). */
void code_write(struct buf *out, const struct code *code, const uint64_t *words, const uint32_t *numbers,
                size_t n);
/* n words from bytes, eight readable ones behind them. false: damaged. */
bool code_read(struct str bytes, const struct code_table *table, const struct lexicon *lexicon, size_t n,
               uint64_t *hashes, uint8_t *flags);
