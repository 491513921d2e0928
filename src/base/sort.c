// sort.c - LSD radix sort. Contract in sort.h.

#include "base/sort.h"

#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, SMALL = 24, MIDDLE = 1024, MIDDLE_BITS = 8 };

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

// For some hundred records, clearing and summing 2048 counters for each digit would cost more than the
// records. They are scattered once, by the highest bits that differ, and come out nearly in order.
static void middle_sort(uint64_t *records, uint64_t *scratch, size_t n, unsigned low_bit, uint64_t any)
{
    unsigned top = 64 - (unsigned)__builtin_clzll(any);
    unsigned shift = top > low_bit + MIDDLE_BITS ? top - MIDDLE_BITS : low_bit;
    uint32_t start[1 << MIDDLE_BITS] = {0};
    const uint64_t mask = (1 << MIDDLE_BITS) - 1;
    for (size_t i = 0; i < n; i++) {
        start[records[i] >> shift & mask]++;
    }
    uint32_t sum = 0;
    for (size_t d = 0; d <= mask; d++) {
        uint32_t count = start[d];
        start[d] = sum;
        sum += count;
    }
    for (size_t i = 0; i < n; i++) {
        scratch[start[records[i] >> shift & mask]++] = records[i];
    }
    memcpy(records, scratch, n * sizeof *records);
    insertion_sort(records, n, low_bit);
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
    if (any >> low_bit == 0) {
        return;
    }
    if (n <= MIDDLE) {
        middle_sort(records, scratch, n, low_bit, any);
        return;
    }
    uint64_t *from = records;
    uint64_t *to = scratch;
    for (unsigned shift = low_bit; shift < 64; shift += DIGIT_BITS) {
        if ((any >> shift & (DIGITS - 1)) == 0) {
            continue;
        }
        uint32_t start[DIGITS] = {0}; // 8 KiB: leaves the first-level cache to the records
        for (size_t i = 0; i < n; i++) {
            start[from[i] >> shift & (DIGITS - 1)]++;
        }
        uint32_t sum = 0;
        for (size_t d = 0; d < DIGITS; d++) {
            uint32_t count = start[d];
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
