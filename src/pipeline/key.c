// key.c - the exact key of an article. Contract in key.h.
//
// XXH3 over the hashes of the words, so that white space, punctuation, letter case and Unicode form make no
// difference.

#include "pipeline/key.h"

#include "base/xxh3.h"

int key_of(struct tokenizer *t, const struct tokens *words, struct str title, struct catalog_key *key)
{
    *key = (struct catalog_key){0, 0};
    if (words->n == 0) {
        return 0;
    }
    XXH128_hash_t hash = XXH3_128bits(words->hash, words->n * sizeof *words->hash);
    if (words->n < KEY_MIN_WORDS) {
        struct tokens title_words;
        // Tokenising reads a little beyond the title, which may stand at the end of its buffer.
        char copy[1024 + TOKEN_PADDING] = {0};
        size_t len = title.len < 1024 ? title.len : 1024;
        memcpy(copy, len ? title.data : "", len);
        int status = tokenize(t, copy, len, false, &title_words);
        if (status < 0) {
            return status;
        }
        XXH128_hash_t both = XXH3_128bits_withSeed(title_words.hash, title_words.n * sizeof *title_words.hash,
                                                   hash.low64 ^ hash.high64);
        hash = both;
    }
    key->low = hash.low64;
    key->high = hash.high64 | 1; // never all zero
    return 0;
}
