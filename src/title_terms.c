// title_terms.c - words to terms. Contract in title_terms.h.
//
// Five letters: on pairs of headline and body, cutting words there did better than whole words and as well as
// longer or shorter stems, and it needs no knowledge of any language. Eight bytes hold five letters of Latin
// scripts, four of Greek, Cyrillic, Hebrew or Arabic, two of scripts with three bytes a letter.

#include "title_terms.h"

// Bytes of the first five letters among the first `len` <= 8 bytes, whole letters only.
static uint32_t letters_end(uint64_t x, uint32_t len, bool more)
{
    uint32_t letters = 0;
    uint32_t end = 0;
    for (uint32_t i = 0; i < len; i++) {
        if ((x >> 8 * i & 0xC0) != 0x80) {
            end = i;
            if (letters++ == 5) {
                return i;
            }
        }
    }
    // The last letter may be cut off by the end of the eight bytes.
    return more && end > 0 && (x >> 8 * end & 0xff) >= 0xC0 ? end : len;
}

uint32_t term_hash(const struct tokens *words, size_t i)
{
    const uint8_t *p = words->folded + words->start[i];
    uint32_t len = words->end[i] - words->start[i];
    bool solo = (words->flags[i] & TOKEN_SOLO) != 0;
    if (solo && i + 1 < words->n && words->flags[i + 1] & TOKEN_SOLO &&
        words->start[i + 1] == words->end[i]) {
        len += words->end[i + 1] - words->start[i + 1];
    }
    uint64_t x = term_bytes(p, len < 8 ? len : 8);
    if (!solo) {
        uint32_t n = len < 8 ? len : 8;
        n = (x & 0x8080808080808080u) == 0 ? (n < 5 ? n : 5) : letters_end(x, n, len > 8);
        x = term_bytes(p, n);
    }
    uint32_t hash = (uint32_t)(hash_mix(x * 0x9e3779b97f4a7c15u) >> 32) & ~(uint32_t)1;
    return hash ? hash : 2;
}
