/*
 * crowd.h - which of many records stand alone: two bits for each of many places, 1 = one record fell there,
 * 2 or 3 = more than one. "Alone" is certain; who is not alone may be, behind a stranger in the same place.
 */
#pragma once

#include "base/mem.h"

#include <stdint.h>

struct crowd {
    uint64_t *places; /* 32 a word; NULL: out of memory, nobody can be said to be alone */
    unsigned bits;    /* a place is a number below 1 << bits */
};

/* For n records: four places each, in at most 512 KiB. */
static inline struct crowd crowd_new(size_t n)
{
    enum { LEAST_BITS = 12, MOST_BITS = 21 };
    struct crowd c = {NULL, LEAST_BITS};
    while (c.bits < MOST_BITS && (size_t)1 << c.bits < 4 * n) {
        c.bits++;
    }
    c.places = mem_zalloc(((size_t)1 << c.bits) / 32, sizeof *c.places);
    return c;
}

static inline void crowd_free(struct crowd *c)
{
    mem_free(c->places);
    c->places = NULL;
}

static inline void crowd_enter(const struct crowd *c, uint64_t place)
{
    uint64_t *word = &c->places[place / 32];
    unsigned shift = place % 32 * 2;
    *word |= (1 + (*word >> shift & 1)) << shift;
}

/* Of a record that has entered. */
static inline bool crowd_is_alone(const struct crowd *c, uint64_t place)
{
    return (c->places[place / 32] >> place % 32 * 2 & 2) == 0;
}
