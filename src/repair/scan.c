// scan.c - the scan for places worth a look, without vector instructions. Contract in scan.h.
//
// Eight bytes at a time are passed over when they are letters, digits and common punctuation of ASCII; others
// are asked one by one. repair/scan_x86.c does the same faster.

#include "repair/scan.h"

#include "base/cpu.h"

#include <string.h>

#define EIGHT(byte) (0x0101010101010101u * (uint64_t)(byte))

// Bit 7 of each byte that is not ASCII, a control but tab and line feed (and some harmless neighbours), &
// or <.
static uint64_t unusual(uint64_t x)
{
    uint64_t low = x & EIGHT(0x7f);
    uint64_t printable = low + EIGHT(0x80 - 0x20);
    uint64_t blank = ~(((x ^ EIGHT('\n')) | EIGHT(0x80)) - EIGHT(1)); // bit 7 where the byte is a line feed
    uint64_t amp = ~((low ^ EIGHT('&')) + EIGHT(0x7f));
    uint64_t less = ~((low ^ EIGHT('<')) + EIGHT(0x7f));
    uint64_t del = low + EIGHT(1);
    return (x | (~printable & ~blank) | amp | less | del) & EIGHT(0x80);
}

size_t repair_scan_portable(const uint8_t *text, size_t len, size_t from, uint64_t *mask)
{
    for (size_t at = from; at < len; at += REPAIR_BLOCK) {
        uint8_t last[REPAIR_BLOCK + 8];
        const uint8_t *p = text + at;
        if (len - at < REPAIR_BLOCK + REPAIR_BEYOND) {
            memset(last, ' ', sizeof last);
            memcpy(last, p, len - at);
            p = last;
        }
        uint64_t found = 0;
        for (unsigned i = 0; i < REPAIR_BLOCK; i += 8) {
            uint64_t eight;
            memcpy(&eight, p + i, 8);
            if (!unusual(eight)) {
                continue;
            }
            for (unsigned k = i; k < i + 8; k++) {
                found |= (uint64_t)repair_scan_at(p + k) << k;
            }
        }
        size_t left = len - at;
        found &= left < REPAIR_BLOCK ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        if (found) {
            *mask = found;
            return at;
        }
    }
    *mask = 0;
    return len;
}

repair_scan_fn repair_scan_for(enum copydesk_cpu level)
{
    switch (cpu_level(level)) {
#if defined(__x86_64__)
    case COPYDESK_CPU_AVX512:
        return repair_scan_avx512;
    case COPYDESK_CPU_AVX2:
        return repair_scan_avx2;
#endif
    default:
        return repair_scan_portable;
    }
}
