/*
 * verify.h - room 11: two articles to exact evidence of what they share and what sets them apart.
 */
#pragma once

#include "base/error.h"

/* An article made ready for comparing with many others. Reused: fill again with features_build(). All-zero is
 * empty. */
struct features {
    uint32_t n_words;
    uint64_t *words;
    uint8_t *flags;

    uint32_t n_grams; /* word 5-grams in order, repeats included */
    uint32_t n_set;   /* distinct ones */
    uint64_t *grams;
    uint8_t *first; /* [n_grams] 1 where a gram stands for the first time */
    /* Chains of the distinct grams. head: by slot, 1 + place of the last one put there, 0 = none; next: by
     * place, the one before it in its slot. */
    uint32_t *head, *next;
    uint64_t *filter; /* a bit for each gram, 16 bits a slot: most grams of another article miss here */
    uint32_t slot_mask;

    bool has_facts;   /* collected only when a comparison asks for them */
    uint32_t n_names; /* words that begin with a capital */
    uint32_t n_facts; /* names and numbers: distinct, sorted by hash */
    struct fact *facts;
    uint64_t fact_weight; /* sum over facts */
    const struct features_params *params;

    uint64_t *memory; /* of all arrays but facts */
    size_t cap_words, cap_slots, cap_facts;
};

struct fact {
    uint64_t hash;
    uint32_t weight; /* 16 x log2 of how rare it is */
};

/* How often a fact occurs in the corpus; see match/fact.h. */
typedef uint32_t (*fact_count_fn)(const void *table, uint64_t hash);

struct features_params {
    enum copydesk_cpu cpu;
    fact_count_fn fact_count;
    const void *fact_table;
    uint32_t n_articles;
};

/* Takes the tokens of an article over (copies them); params must outlive *f. 0 or COPYDESK_ERR_MEMORY. */
int features_build(struct features *f, const uint64_t *words, const uint8_t *flags, size_t n,
                   const struct features_params *params);
void features_release(struct features *f);
size_t features_bytes(const struct features *f);

/* What is known of a pair (a, b). Counts of words unless said otherwise. */
struct evidence {
    uint32_t words_a, words_b;
    uint32_t set_a, set_b;         /* distinct 5-grams */
    uint32_t shared;               /* distinct 5-grams in both */
    uint32_t run;                  /* words of the longest run that both share */
    uint32_t covered_a, covered_b; /* words that stand in a shared 5-gram */
    uint32_t gap_a, gap_b;         /* longest stretch of words outside them */
    uint32_t lead_a, lead_b;       /* where in the other the first shared 5-gram of this one stands */
    uint32_t aligned;              /* words in both in the same order; 0 until verify_alignment() */
    uint32_t swaps;            /* short stretches of one put in place of short stretches of the other ... */
    uint32_t fact_swaps;       /* ... with names or numbers on both sides */
    uint32_t number_swaps;     /* ... with different numbers on both sides */
    uint32_t alone_a, alone_b; /* words in stretches of six and more that the other has nowhere ... */
    uint32_t stretch_a, stretch_b; /* ... and the longest of these; 0 until verify_alignment() */
    uint32_t names_a, names_b;     /* words that begin with a capital, repeats included */
    uint32_t facts_a, facts_b;     /* distinct names and numbers */
    uint32_t own_a, own_b;         /* of these, the ones the other lacks */
    uint64_t fact_weight_a, fact_weight_b, fact_weight_shared;
    bool a_is_small; /* which of the two is searched for in the other */
};

/* Is a the smaller one of the pair? It is what the other is searched for. */
bool verify_a_is_small(const struct features *a, const struct features *b);

/*
 * In four steps, since most candidates are done with after the first or the second.
 *
 * 1. The smaller article against the larger one: words, sets, shared, run, and the smaller one's covered, gap
 * and lead. seeds, unless NULL, gets for each word of the smaller article where in the larger one its 5-gram
 * stands, or -1.
 * 2. The facts of both. 0 or COPYDESK_ERR_MEMORY.
 * 3. The larger one against the smaller.
 * 4. What comes from the alignment of words: match[i] is the partner of word i of the smaller article,
 * ascending, or -1.
 *
 * Exact on the full sets. verify_pair() is steps 1 to 3.
 */
void verify_small(const struct features *a, const struct features *b, struct evidence *e, int32_t *seeds);
int verify_facts(struct features *a, struct features *b, struct evidence *e);
void verify_large(const struct features *a, const struct features *b, struct evidence *e);
void verify_alignment(const struct features *a, const struct features *b, const int32_t *match,
                      struct evidence *e);
int verify_pair(struct features *a, struct features *b, struct evidence *e);
