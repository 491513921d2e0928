/*
 * scan.h - the places of a text that are worth a look. Private to repair*.c.
 *
 * repair_scan_at() says of one place whether it is; the kernels ask that of 64 at a time and give the same
 * answers. In a clean text of any language nearly no place is.
 */
#pragma once

#include "copydesk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPAIR_BLOCK = 64, REPAIR_BEYOND = 3 }; /* bytes that a place is judged by, beside its own */

/*
 * The first block of 64 bytes, from byte `from` on (any number), that has such a place: its first byte;
 * *mask has a bit for each place. len: there is none. Reads up to 64 + 3 bytes behind the text and does not
 * use them.
 */
typedef size_t (*repair_scan_fn)(const uint8_t *text, size_t len, size_t from, uint64_t *mask);

repair_scan_fn repair_scan_for(enum copydesk_cpu level);

size_t repair_scan_portable(const uint8_t *text, size_t len, size_t from, uint64_t *mask);
#if defined(__x86_64__)
size_t repair_scan_avx2(const uint8_t *text, size_t len, size_t from, uint64_t *mask);
size_t repair_scan_avx512(const uint8_t *text, size_t len, size_t from, uint64_t *mask);
#endif

static inline bool repair_scan_letter(uint8_t c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static inline bool repair_scan_ascii(uint8_t a, uint8_t b)
{
    return (a < 0x20 && a != '\t' && a != '\n') || a == 0x7f ||
           (a == '&' && (b == '#' || repair_scan_letter(b))) ||
           (a == '<' && (b == '/' || b == '!' || b == '?' || repair_scan_letter(b)));
}

/*
 * Bytes a, b, c, d at a place; a >= 0xc2. By what they begin:
 *   what is not seen: C1, soft hyphen, marks, U+200B.., line separators, BOM, U+FFF9..FFFF;
 *   a character of two bytes that is followed by punctuation or a sign, or by a letter that is a later byte
 *   of UTF-8 in some charset; a sign of three bytes that is a first byte of UTF-8 in some, and is followed by
 *   anything but ASCII.
 */
static inline bool repair_scan_foreign(uint8_t a, uint8_t b, uint8_t c, uint8_t d)
{
    switch (a) {
    case 0xc2:
        return (b >= 0x80 && b < 0xa0) || b == 0xad || (b == 0xac && c >= 0xc2);
    case 0xc3:
        return c == 0xc2 || c == 0xe2 || (c >= 0xc4 && c <= 0xc6) || c == 0xcb || (b == 0xbf && c >= 0xc2) ||
               (b == 0x94 && c == 0xc3 && d == 0x87) || (b == 0x83 && c == ' ');
    case 0xc4:
        return c == 0xc2 || c == 0xe2 || (c >= 0xc4 && c <= 0xc6) || c == 0xcb;
    case 0xc5:
        return c == 0xc2 || c == 0xe2 || (c >= 0xc4 && c <= 0xc6) || c == 0xcb ||
               (c >= 0xc2 && (b == 0x92 || b == 0x93 || b == 0xb8));
    case 0xc6:
        return c == 0xc2 || c == 0xe2 || (b == 0x92 && c >= 0xc2);
    case 0xcc:
        return true;
    case 0xcd:
        return (b >= 0x80 && b < 0xb0) || c == 0xc2 || c == 0xe2;
    case 0xce:
        return c == 0xc2 || c == 0xe2 || (b == 0x93 && c == 0xc3 && d == 0x87);
    case 0xd0:
        return c == 0xc2 || c == 0xe2 || (b >= 0x90 && b <= 0xaf && c == 0xd1 && d >= 0x90 && d <= 0x9f) ||
               (c == 0xd0 && d >= 0x80 && d <= 0x8f) || (c == 0xd2 && (d == 0x90 || d == 0x91));
    case 0xd1:
        return c == 0xc2 || c == 0xe2 || (c == 0xd0 && d >= 0x80 && d <= 0x8f);
    case 0xd9:
        return c == 0xc2 || c == 0xe2 || (b >= 0x93 && b <= 0x95);
    case 0xe0:
        return d == 0xc2 || d == 0xe2;
    case 0xe1:
        return b >= 0x84 && b <= 0x87;
    case 0xe2:
        return (b == 0x80 && ((c >= 0x8b && c <= 0x8f) || (c >= 0xa8 && c <= 0xae) ||
                              ((c == 0x93 || c == 0x94 || c == 0x9a) && d >= 0xc3))) ||
               (b == 0x81 && c >= 0xa0 && c <= 0xaf) ||
               ((b == 0x88 || b == 0x89 || b == 0x94 || b == 0x95 || b == 0x97) && d >= 0xc2);
    case 0xe3:
        return b == 0x82 && (c == 0x99 || c == 0x9a);
    case 0xef:
        return (b == 0xbb && c == 0xbf) || (b == 0xbf && c >= 0xb9);
    default:
        return a <= 0xdb && (c == 0xc2 || c == 0xe2);
    }
}

static inline bool repair_scan_at(const uint8_t *p)
{
    return p[0] < 0x80 ? repair_scan_ascii(p[0], p[1])
                       : p[0] >= 0xc2 && repair_scan_foreign(p[0], p[1], p[2], p[3]);
}
