/*
 * lexicon.h - the words that sealed articles are written with: a number for each, the commonest first.
 *
 * A word here is the kept part of a hash and its flags. The list only grows, at seals.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"
#include "index/index.h"

enum {
    LEXICON_WORDS = 1 << 20, /* it holds at most: memory and the length of codes stay bounded */
    LEXICON_ENTRY = 6,       /* bytes of a word as saved: 40 bits of hash, a byte of flags */
    LEXICON_FLAG_BITS = 3,
};
#define LEXICON_NONE UINT32_MAX

/* All-zero is empty. */
struct lexicon {
    uint64_t *words; /* by number: as lexicon_word() */
    uint32_t *slots; /* open addressing: number + 1; made when a word is first sought */
    size_t n, cap, n_slots;
};

static inline uint64_t lexicon_word(uint64_t hash, uint8_t flags)
{
    return hash | (flags & ((1u << LEXICON_FLAG_BITS) - 1));
}

void lexicon_release(struct lexicon *l);
/* Words as saved, behind those there are. */
int lexicon_load(struct lexicon *l, struct str saved, const char *path, struct copydesk_error *error);

/* The number of a word, or LEXICON_NONE. lexicon_prepare() first. */
int lexicon_prepare(struct lexicon *l, struct copydesk_error *error);
uint32_t lexicon_find(const struct lexicon *l, uint64_t word);
void lexicon_fetch(const struct lexicon *l, uint64_t word);

/* Words of a batch that are not known yet, with their counts. All-zero is empty. */
struct lexicon_counts {
    struct lexicon_count {
        uint64_t word;
        uint32_t n; /* 0: free */
    } * slots;      /* open addressing */
    size_t n, n_slots;
};

/* One more of a word that is not known; false: out of memory. */
bool lexicon_count(struct lexicon_counts *c, uint64_t word);
void lexicon_counts_release(struct lexicon_counts *c);

/*
 * Takes in the words that were counted twice and more, the commonest first, and appends them to `saved`.
 * lexicon_cut() takes them back.
 */
int lexicon_learn(struct lexicon *l, const struct lexicon_counts *c, struct buf *saved,
                  struct copydesk_error *error);
void lexicon_cut(struct lexicon *l, size_t n);
