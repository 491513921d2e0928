/*
 * charsets.h - which byte a character is in each of the single-byte charsets that UTF-8 is misread in:
 * tables made at build time by gen_charsets.c from iconv.
 *
 * The empty places of a charset are the C1 controls of the same number, as browsers read them. windows-1252
 * has all of those, and so holds latin-1 too.
 */
#pragma once

#include <stdint.h>

/* In the order in which they are preferred when two explain a text equally well. */
enum repair_charset {
    CHARSET_1252,
    CHARSET_1250,
    CHARSET_1251,
    CHARSET_1254,
    CHARSET_1257,
    CHARSET_1253,
    CHARSET_8859_2,
    CHARSET_MAC,
    CHARSET_437,
    CHARSET_850,
    CHARSET_866,
    CHARSET_KOI8,
    CHARSET_1255,
    CHARSET_1256,
    CHARSET_874,
    N_CHARSETS
};

enum { CHARSET_PAGES = 0x2600 >> 6 };

/* Masks: a bit for each charset in which the character is such a byte of UTF-8. */
struct charset_entry {
    uint16_t lead2, lead3, lead4, tail; /* first of 2, 3, 4 bytes; a later one */
    uint8_t byte[N_CHARSETS];           /* 0: not in that charset */
};

/* By page of 64 code points, below U+2600; page 0 knows nothing. */
extern const uint8_t charset_page[CHARSET_PAGES];
extern const struct charset_entry charset_entries[][64];

static inline const struct charset_entry *charset_lookup(uint32_t code_point)
{
    uint32_t page = code_point < 0x2600 ? charset_page[code_point >> 6] : 0;
    return &charset_entries[page][code_point & 63];
}
