/*
 * hash.h - small mixers. Hashes of bytes are XXH3's.
 */
#pragma once

#include <stdint.h>

/* Bijective; every input bit reaches every output bit (the finaliser of SplitMix64, Steele et al. 2014). */
static inline uint64_t hash_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

/* Maps a 32-bit hash onto 0..n-1 without a division (Lemire 2019). */
static inline uint32_t hash_range(uint32_t hash, uint32_t n)
{
    return (uint32_t)((uint64_t)hash * n >> 32);
}
