/*
 * shape.h - what a character looks like in a text, and how odd it is that one follows another.
 *
 * The smaller the cost of a text, the more it looks like writing. Costs are small integers, to be added up
 * and compared; one stands for roughly a factor of two in how seldom that is seen.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum shape_kind {
    SHAPE_SPACE, /* and both ends of a text */
    SHAPE_NBSP,
    SHAPE_DIGIT,
    SHAPE_LOWER,
    SHAPE_UPPER,
    SHAPE_LETTER, /* of a script without case */
    SHAPE_MARK,
    SHAPE_PUNCT,  /* ASCII punctuation and what is used like it */
    SHAPE_APOS,   /* apostrophes: within words too */
    SHAPE_CLOSE,  /* stands behind a word */
    SHAPE_OPEN,   /* stands before a word */
    SHAPE_GERMAN, /* U+201C: opens in English, closes in German */
    SHAPE_TURNED, /* U+2018: opens; now and then an apostrophe */
    SHAPE_LOW,    /* low quotation marks */
    SHAPE_DASH,
    SHAPE_DOTS,
    SHAPE_AFTER, /* (R), degree, superscripts: behind a letter or digit */
    SHAPE_MONEY,
    SHAPE_ODD,    /* signs that no word touches */
    SHAPE_BOX,    /* line drawing: many in a row */
    SHAPE_HYPHEN, /* the soft one */
    SHAPE_BAD,    /* C1 controls */
};

struct shape {
    uint8_t kind;
    uint8_t script; /* of letters; equal numbers may touch */
    uint8_t cost;   /* of the character by itself */
};

struct shape shape_of(uint32_t code_point);

static inline bool shape_is_letter(struct shape s)
{
    return s.kind >= SHAPE_LOWER && s.kind <= SHAPE_MARK;
}

/* The cost of b behind a, with `before` in front of a; that of b itself included. */
int shape_cost(struct shape before, struct shape a, struct shape b);
