// prints.c - what finds relatives of an article: fingerprints, bands, exact key, id, id and content.
//
// In:  words. Out: hashes, evenly spread, each kind apart from the others.
//
// Bands as those of the batch (pipeline/intake.c), of fingerprints every other one, over words of 40 bits. A
// wider window thins fingerprints out more evenly than a sample of their hashes would: a run of 20 words has
// one for sure.

#include "index/prints.h"

#include "article.h"
#include "base/hash.h"
#include "base/mem.h"
#include "match/shingle.h"
#include "match/sketch.h"

#include <xxhash.h>

// Anything that is not the same: so that a band is never taken for a fingerprint.
#define SALT_BAND  UINT64_C(0x5bd1e9955bd1e995)
#define SALT_EXACT UINT64_C(0xc2b2ae3d27d4eb4f)
#define SALT_ID    UINT64_C(0x165667b19e3779f9)
#define SALT_SAME  UINT64_C(0x27d4eb2f165667c5)

static bool is_mostly_solo(const uint8_t *flags, size_t n)
{
    size_t solo = 0;
    for (size_t i = 0; i < n; i++) {
        solo += (flags[i] & TOKEN_SOLO) != 0;
    }
    return solo * 2 > n;
}

uint64_t prints_exact(const uint64_t key[2])
{
    return key[0] | key[1] ? hash_mix(key[0] ^ SALT_EXACT) | 1 : 0;
}

uint64_t prints_id(struct str id)
{
    return id.len ? hash_mix(XXH3_64bits(id.data, id.len) ^ SALT_ID) | 1 : 0;
}

uint64_t prints_message(struct str id, uint64_t content)
{
    return id.len ? hash_mix(XXH3_64bits_withSeed(id.data, id.len, content) ^ SALT_SAME) | 1 : 0;
}

int index_prints_make(struct index_prints *p, enum copydesk_cpu cpu, const struct index_record *record)
{
    size_t n_words = record->n_words;
    void *hashes = p->hashes;
    void *grams = p->grams;
    bool ok = mem_grow(&hashes, &p->cap_hashes, n_words + SKETCH_BANDS, sizeof *p->hashes);
    p->hashes = hashes;
    ok = ok && mem_grow(&grams, &p->cap_grams, n_words + 1, sizeof *p->grams);
    p->grams = grams;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    size_t n = shingle_hashes(cpu, record->words, n_words, SHINGLE_WORDS, p->grams);
    p->n_fingerprints = shingle_winnow_wide(cpu, p->grams, n, p->hashes);
    p->expected = (uint32_t)shingle_expected_wide(n);
    p->n_bands = 0;
    // Winnowed hashes are small by nature: spread them again.
    for (size_t i = 0; i < p->n_fingerprints; i++) {
        p->hashes[i] = hash_mix(p->hashes[i]);
    }
    unsigned k = is_mostly_solo(record->flags, n_words) ? SKETCH_CHARACTERS : SKETCH_WORDS;
    n = shingle_hashes(cpu, record->words, n_words, k, p->grams);
    if (n >= SKETCH_MIN_SHINGLES) {
        uint64_t *bands = p->hashes + p->n_fingerprints;
        sketch_bands(p->grams, n, bands);
        p->n_bands = SKETCH_BANDS;
        for (size_t i = 0; i < SKETCH_BANDS; i++) {
            bands[i] = hash_mix(bands[i] ^ SALT_BAND);
        }
    }
    p->exact = prints_exact(record->key);
    // As much of the id as is kept: prints of recent articles are made again from what is kept.
    struct str id = {record->id.data, record->id.len < UINT16_MAX ? record->id.len : UINT16_MAX};
    p->id = prints_id(id);
    p->message = prints_message(id, record->content);
    return 0;
}

void index_prints_release(struct index_prints *p)
{
    mem_free(p->hashes);
    mem_free(p->grams);
    *p = (struct index_prints){0};
}
