// sort.c - LSD radix sort. Contract in sort.h.

#include "base/sort.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, SMALL = 48 };

static void insertion_sort(uint64_t *records, size_t n, unsigned low_bit)
{
    for (size_t i = 1; i < n; i++) {
        uint64_t x = records[i];
        size_t at = i;
        while (at > 0 && records[at - 1] >> low_bit > x >> low_bit) {
            records[at] = records[at - 1];
            at--;
        }
        records[at] = x;
    }
}

void sort_u64(uint64_t *records, uint64_t *scratch, size_t n, unsigned low_bit)
{
    if (n <= SMALL) {
        insertion_sort(records, n, low_bit);
        return;
    }
    uint64_t any = 0;
    for (size_t i = 0; i < n; i++) {
        any |= records[i] ^ records[0];
    }
    uint64_t *from = records;
    uint64_t *to = scratch;
    for (unsigned shift = low_bit; shift < 64; shift += DIGIT_BITS) {
        if ((any >> shift & (DIGITS - 1)) == 0) {
            continue;
        }
        size_t start[DIGITS] = {0};
        for (size_t i = 0; i < n; i++) {
            start[from[i] >> shift & (DIGITS - 1)]++;
        }
        size_t sum = 0;
        for (size_t d = 0; d < DIGITS; d++) {
            size_t count = start[d];
            start[d] = sum;
            sum += count;
        }
        for (size_t i = 0; i < n; i++) {
            to[start[from[i] >> shift & (DIGITS - 1)]++] = from[i];
        }
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != records) {
        memcpy(records, from, n * sizeof *records);
    }
}
