/*
 * sort.h - radix sort of 64-bit records.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Sorts n < 2^32 records ascending by the bits [low_bit, 64); stable, so records that agree there keep their
 * order. scratch has room for n. Digits of 11 bits (as many streams as the first-level cache holds); digits
 * that are the same in all records cost nothing.
 */
void sort_u64(uint64_t *records, uint64_t *scratch, size_t n, unsigned low_bit);
