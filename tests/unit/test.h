/*
 * test.h - what the unit and property tests share: cmocka with what it needs in front, reproducible random
 * numbers, and the walk over all allocations that may fail.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/error.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

/* A struct str in a static table, where STR() would be no constant. */
#define BYTES(literal)                                                                                       \
    {                                                                                                        \
        "" literal, sizeof(literal) - 1                                                                      \
    }

/* A folder for files that are unlinked as soon as they are open, and one in which no file can be made. */
static inline const char *test_temp_dir(void)
{
    const char *dir = getenv("TMPDIR");
    return dir && dir[0] ? dir : "/tmp";
}

#define TEST_NO_DIR "/dev/null/none"

/* The next number of a reproducible sequence (SplitMix64). */
static inline uint64_t test_random(uint64_t *state)
{
    uint64_t x = *state += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

/* 0 .. n-1 */
static inline uint64_t test_below(uint64_t *state, uint64_t n)
{
    return test_random(state) % n;
}

/* A well-mixed hash for word number i, never 0. */
static inline uint64_t test_word(uint64_t i)
{
    uint64_t state = i * 0x10001 + 7;
    return test_random(&state) | 1;
}

/* The seed of a property test: fixed, or from TEST_SEED; printed, so that a failure can be run again. */
static inline uint64_t test_seed(const char *what)
{
    const char *given = getenv("TEST_SEED");
    uint64_t seed = given ? strtoull(given, NULL, 0) : 20180917;
    fprintf(stderr, "%s: TEST_SEED=%llu\n", what, (unsigned long long)seed);
    return seed;
}

static inline int test_compare_u64(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left;
    uint64_t b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

/*
 * Calls run(data) with the first allocation failing, then the second ... until none fails. Every failure has
 * to be COPYDESK_ERR_MEMORY; run() releases what it made. Returns how many allocations a full run takes.
 */
static inline unsigned test_each_allocation(int (*run)(void *data), void *data)
{
    for (unsigned n = 0;; n++) {
        mem_fail_after(n);
        int status = run(data);
        mem_fail_after(UINT64_MAX);
        if (status == 0) {
            return n;
        }
        assert_int_equal(status, COPYDESK_ERR_MEMORY);
        assert_true(n < 100000);
    }
}
