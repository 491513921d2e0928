// terms.c - words to terms. Contract in terms.h.
//
// Five letters: on pairs of headline and body, cutting words there did better than whole words and as well as
// longer or shorter stems, and it needs no knowledge of any language. Of scripts with three bytes a letter,
// most of which write syllables, four letters.
//
// Accents do not count: headlines of several languages are written with tone marks and dots that the story
// below leaves out, or the other way about.

#include "title/terms.h"

#include "text/unicode.h"

// Appends the letter at p, without marks if it is Latin; nothing for a mark. Its bytes in the word.
static uint32_t plain_letter(const uint8_t *p, uint32_t len, uint8_t *out, uint32_t *n)
{
    if (p[0] < 0x80) {
        out[*n] = p[0];
        *n += p[0] != 0; // a shorter folded form is filled up with zeros
        return 1;
    }
    uint32_t size = p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;
    size = size < len ? size : len;
    uint8_t plain = 0;
    if (p[0] == 0xCC || p[0] == 0xCD) {
        return size;
    }
    if (p[0] >= 0xC3 && p[0] <= 0xC9 && size == 2) {
        plain = unicode_plain[((p[0] & 0x1fu) << 6 | (p[1] & 0x3fu)) - 0xC0];
    } else if (p[0] == 0xE1 && size == 3 && p[1] >= 0xB8 && p[1] < 0xBC) {
        plain = unicode_plain[UNICODE_LATIN_1 + ((p[1] & 3u) << 6 | (p[2] & 0x3fu))];
    }
    if (plain) {
        out[(*n)++] = plain;
    } else {
        memcpy(out + *n, p, size);
        *n += size;
    }
    return size;
}

uint32_t term_plain(const uint8_t *p, uint32_t len, uint32_t most, uint8_t out[TERM_BYTES + 8])
{
    uint32_t n = 0;
    uint32_t letters = 0;
    for (uint32_t i = 0; i < len && letters < most && n < TERM_BYTES;) {
        uint32_t before = n;
        i += plain_letter(p + i, len - i, out, &n);
        letters += n > before;
    }
    return n;
}

uint32_t term_hash_slow(const struct tokens *words, size_t i)
{
    const uint8_t *p = words->folded + words->start[i];
    uint32_t len = words->end[i] - words->start[i];
    uint8_t plain[TERM_BYTES + 8] = {0};
    if (words->flags[i] & TOKEN_SOLO) {
        if (i + 1 < words->n && words->flags[i + 1] & TOKEN_SOLO && words->start[i + 1] == words->end[i]) {
            len += words->end[i + 1] - words->start[i + 1];
        }
        len = len < TERM_BYTES ? len : TERM_BYTES;
        memcpy(plain, p, len);
    } else {
        bool syllables = p[0] >= 0xE0 && !(p[0] == 0xE1 && p[1] >= 0xB8 && p[1] < 0xBC);
        len = term_plain(p, len, syllables ? 4 : 5, plain);
    }
    uint64_t x = term_bytes(plain, len < 8 ? len : 8);
    if (len > 8) {
        x = hash_mix(x) + term_bytes(plain + 8, len - 8);
    }
    return term_mix(x);
}

uint32_t term_key_plain(const struct tokens *words, size_t i)
{
    uint8_t plain[TERM_BYTES + 8] = {0};
    return term_key_of(
        plain, term_plain(words->folded + words->start[i], words->end[i] - words->start[i], 5, plain));
}
