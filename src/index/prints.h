/*
 * prints.h - how prints are posted. A posting is PRINT_BITS of a hash and an article.
 */
#pragma once

#include "index/index.h"

enum {
    PRINT_BITS = 34,   /* top bits of a hash that are compared, everywhere: no store sees more than another */
    PRINT_NEWEST = 64, /* articles that are told of one hash, the newest */
    PRINT_COUNTED = 255, /* articles of one hash that are kept apart; more are not counted */
};

/* 0: none. */
uint64_t prints_exact(const uint64_t key[2]);
uint64_t prints_id(struct str id);
uint64_t prints_message(struct str id, uint64_t content);

static inline uint64_t print_of(uint64_t hash)
{
    return hash >> (64 - PRINT_BITS);
}

/* What an article can have in common with another; of every article. */
struct print_size {
    uint16_t fingerprints; /* that it has */
    uint16_t expected;
};

static inline struct print_size print_size_of(const struct index_prints *p)
{
    size_t n = p->n_fingerprints < UINT16_MAX ? p->n_fingerprints : UINT16_MAX;
    return (struct print_size){(uint16_t)n, (uint16_t)(p->expected < UINT16_MAX ? p->expected : UINT16_MAX)};
}
