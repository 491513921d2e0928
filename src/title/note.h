/*
 * note.h - what is kept of an article between title_collect() and title_judge().
 */
#pragma once

#include "base/hash.h"
#include "base/str.h"

enum {
    TITLE_MAX_TERMS = 40,
    TITLE_SCAN_WORDS = 512, /* so much of a text is looked at */
    TITLE_LEAST_WORDS = 6,  /* a shorter text says nothing about its title */
    TITLE_LEAD_WORDS = 60,  /* where a story says what it is about */
    TITLE_REPEATS = 2,
    TITLE_SKETCH = 32,
};

/* How a term of the title stands in the text. */
enum {
    TERM_MATCH = 1,
    TERM_LEAD = 2,  /* among the first words */
    TERM_OFTEN = 4, /* three times or more */
    TERM_SOLO = 8,  /* two letters of a script without spaces */
    TERM_SIDE = 16, /* a side of a contest: it stands beside the score, or beside "vs" */
    TERM_PART = 32, /* a part of it stands in the story; looked for only in titles in doubt */
};

enum {
    NOTE_TITLE = 1,     /* there is one */
    NOTE_TEXT = 2,      /* there are words in the text */
    NOTE_HEAD_SITE = 4, /* the piece before the first separator is the name of the source */
    NOTE_TAIL_SITE = 8,
    NOTE_WHOLE_TEXT = 16, /* the repeated title is all the text there is */
    NOTE_REPLY = 32,      /* the title is that of what the text answers */
    NOTE_SCANT = 64,      /* the text is little more than addresses */
    NOTE_SCORE = 128,     /* the title gives the score of a contest */
};

struct title_term {
    uint32_t hash;
    uint8_t level;
    uint8_t rarity; /* -log2 of its share among texts of this kind, in 1/16; filled in by the statistics */
    uint16_t spare;
};

struct title_note {
    uint64_t title_hash; /* of its words, the name of the source aside; 0: no words */
    uint64_t text_hash;
    uint32_t source;               /* hash of its name, 0: none */
    uint32_t kind;                 /* hash of the commonest word of the text: stands for its language */
    uint32_t head_hash, tail_hash; /* of the pieces before the first and behind the last separator; 0: none */
    uint16_t head_end, tail_start; /* bytes of the title that a cut would take */
    uint16_t n_words;              /* of the text, as far as it was looked at */
    uint8_t n_terms, flags, form;  /* form: enum title_form */
    uint8_t n_repeats;
    uint16_t n_title_words;
    uint32_t repeat_start[TITLE_REPEATS], repeat_end[TITLE_REPEATS];
    uint16_t sketch[TITLE_SKETCH]; /* of runs of three words of the text: the least of each of 32 classes */
    struct title_term terms[TITLE_MAX_TERMS]; /* only n_terms are kept */
};

#define TITLE_NOTE_BYTES(n_terms) (offsetof(struct title_note, terms) + (n_terms) * sizeof(struct title_term))

/* One sampled text: its terms, each once. */
struct title_sample {
    uint64_t text_hash;
    uint32_t source, kind;
    uint32_t n_words;
    uint32_t first, n, spare; /* in the list of terms; bit 0 of a term: among the first words */
};
