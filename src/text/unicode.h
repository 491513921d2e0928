/*
 * unicode.h - what the tokenizer must know of a code point: one load from a table made at build time
 * (gen_unicode.c); and the folding of one word.
 *
 * An entry says what the code point is within a word, and what it becomes when folded:
 *
 *     bits 0-7    the properties below; none of WORD and MARK: the code point parts words
 *     bits 8-31   of an EASY one: its folded UTF-8 bytes, the first lowest, as many as it has itself; 0 for
 *                 those of four bytes, which are folded already.
 *                 Of others: a string of unicode_pool, length in bits 8-11, place above. Length 0: what
 *                 becomes of it depends on its neighbours, or is too long for a string.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UNICODE_WORD = 1,     /* letter, mark, number or connector punctuation */
    UNICODE_MARK = 2,     /* belongs to the letter before it; without WORD: left out when folding */
    UNICODE_SOLO = 4,     /* letter of a script written without spaces */
    UNICODE_UPPER = 8,    /* upper or title case */
    UNICODE_DIGIT = 16,   /* decimal digit */
    UNICODE_EASY = 32,    /* folded in place, whatever stands beside it */
    UNICODE_ORDERED = 64, /* has, or ends in what has, a combining class: two in a row may be out of order */
    UNICODE_RARE = 128,   /* ASCII, or neither a separator nor an easy letter of a script with spaces */
    UNICODE_PAYLOAD_SHIFT = 8,
    UNICODE_POOL_SHIFT = 12,
    UNICODE_LENGTH_MASK = 15,
    UNICODE_PAGES = 0x110000 >> 6,
};

/*
 * Entries of code points below 2048 stand in order at the front; those above are found by page of 64.
 * Overlong UTF-8 is met without a comparison: what two bytes may wrongly ask for (ASCII) is UNICODE_RARE, and
 * so is what three may (the first 32 pages).
 */
extern const char unicode_version[]; /* of Unicode, as of the tables */
extern const uint16_t unicode_page[UNICODE_PAGES];
extern const uint32_t unicode_entry[];
extern const char unicode_pool[];

static inline uint32_t unicode_lookup(uint32_t code_point)
{
    size_t first = code_point < 0x800 ? code_point & ~63u : (size_t)unicode_page[code_point >> 6] << 6;
    return unicode_entry[first | (code_point & 63)];
}

/*
 * The same for kernels that look up the last byte of many code points at once: a row for each beginning, with
 * 64 places for the last byte. Only code points that are not UNICODE_RARE, and easy solo letters, have a
 * class.
 */
enum {
    UNICODE_ROW_TAKEN = 0x80, /* has a class */
    UNICODE_ROW_WORD = 1,     /* not set for solo letters */
    UNICODE_ROW_UPPER = 2,
    UNICODE_ROW_SOLO = 4,
};

struct unicode_row {
    uint8_t class[64];
    uint8_t last[64]; /* last byte of the folded form */
};

/* Two bytes: rows by the lowest 5 bits of the first byte; and the first byte of the folded form. */
extern const struct unicode_row unicode_twos[32];
extern const uint8_t unicode_twos_first[32][64];
/* Three bytes: number of the row, by the lowest 4 and 6 bits of the first two, which folding does not change.
 */
extern const uint16_t unicode_three[1024];
extern const struct unicode_row unicode_threes[];
/* By the lowest 6 bits of the first of three bytes: the class of all that begins so, where it is one; else 0.
 */
extern const uint8_t unicode_uniform[64];

/*
 * Length (1-4) and code point of the sequence at p, or 0 when it is not valid UTF-8. The same as
 * utf8_decode(), but inlined: this is the inner loop for every text that is not ASCII.
 */
static inline unsigned unicode_decode(const uint8_t *p, size_t left, uint32_t *code_point)
{
    uint32_t c = p[0];
    if (c - 0xC2 < 0xE0 - 0xC2 && left >= 2 && (p[1] & 0xC0) == 0x80) {
        *code_point = (c & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if (c - 0xE0 < 0xF0 - 0xE0 && left >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        c = (c & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        *code_point = c;
        return c >= 0x800 && c - 0xD800 >= 0x800 ? 3 : 0;
    }
    if (c - 0xF0 < 0xF5 - 0xF0 && left >= 4 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 &&
        (p[3] & 0xC0) == 0x80) {
        c = (c & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        *code_point = c;
        return c - 0x10000 < 0x100000 ? 4 : 0;
    }
    *code_point = c;
    return c < 0x80;
}

/* The letter from a to z below the marks of a Latin letter, 0 for none: of U+00C0 to 024F, then 1E00 to
 * 1EFF. */
enum { UNICODE_LATIN_1 = 0x250 - 0xC0, UNICODE_LATIN_2 = 0x100 };
extern const uint8_t unicode_plain[UNICODE_LATIN_1 + UNICODE_LATIN_2];

/* The folded form of one word and what is known of it. All-zero is valid and empty. */
struct unicode_folded {
    uint8_t *bytes; /* followed by readable bytes, 64 or more */
    size_t len, cap;
    bool upper, digit; /* of the first code point that is not ignored */
};

void unicode_folded_release(struct unicode_folded *f);

/*
 * Folds one word: valid UTF-8 of code points that are no separators, and C0 controls, which are ignored. len
 * 0: nothing of it is left. 0 or COPYDESK_ERR_MEMORY.
 */
int unicode_fold(struct unicode_folded *f, const uint8_t *word, size_t len);
