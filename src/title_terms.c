// title_terms.c - words to terms. Contract in title_terms.h.
//
// Five letters: on pairs of headline and body, cutting words there did better than whole words and as well as
// longer or shorter stems, and it needs no knowledge of any language. Of scripts with three bytes a letter,
// most of which write syllables, four letters.

#include "title_terms.h"

enum { TERM_BYTES = 16 };

// Bytes of the first `most` letters of a word of `len` bytes.
static uint32_t letters_end(const uint8_t *p, uint32_t len, uint32_t most)
{
    uint32_t letters = 0;
    uint32_t n = len < TERM_BYTES ? len : TERM_BYTES;
    for (uint32_t i = 0; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80 && letters++ == most) {
            return i;
        }
    }
    return n;
}

uint32_t term_hash_slow(const struct tokens *words, size_t i)
{
    const uint8_t *p = words->folded + words->start[i];
    uint32_t len = words->end[i] - words->start[i];
    if (words->flags[i] & TOKEN_SOLO) {
        if (i + 1 < words->n && words->flags[i + 1] & TOKEN_SOLO && words->start[i + 1] == words->end[i]) {
            len += words->end[i + 1] - words->start[i + 1];
        }
        len = len < TERM_BYTES ? len : TERM_BYTES;
    } else {
        len = letters_end(p, len, p[0] >= 0xE0 ? 4 : 5);
    }
    uint64_t x = term_bytes(p, len < 8 ? len : 8);
    if (len > 8) {
        x = hash_mix(x) + term_bytes(p + 8, len - 8);
    }
    return term_mix(x);
}
