/*
 * relation.h - room 12: evidence on a pair to the name of what they are to each other.
 */
#pragma once

#include "copydesk.h"
#include "match/verify.h"

enum relation {
    RELATION_NONE,
    RELATION_NEAR,   /* near-duplicate */
    RELATION_A_IN_B, /* a is a contained copy of b */
    RELATION_B_IN_A,
    RELATION_REVISED,  /* two versions of one page */
    RELATION_PARTIAL,  /* share a long passage */
    RELATION_TEMPLATE, /* alike but for their facts */
};

/* What is known besides the texts. */
struct relation_context {
    bool same_page;             /* both have one URL */
    bool same_source;           /* one outlet; false when either is unknown */
    bool other_source;          /* two outlets; false when either is unknown */
    uint32_t days;              /* between them; UINT32_MAX: a date is missing */
    uint8_t common_a, common_b; /* share (0-255) of each text that four articles and more have */
};

/*
 * How much evidence is needed, in the order of its price. After each step: is the matter settled? Then
 * relation_of() needs no more, and a pair that is only partial reuse has its facts not counted.
 */
bool relation_is_settled_by_words(const struct evidence *e, const struct relation_context *context);
bool relation_is_settled_by_facts(const struct evidence *e, const struct relation_context *context);
/* After verify_large(): is the alignment of words needed to tell? Then verify_alignment() comes before
 * relation_of(). */
bool relation_needs_alignment(const struct evidence *e);

struct relation_judgement {
    enum relation relation;
    uint32_t score; /* confidence in 1/10000 */
};

/* Integer arithmetic only, so that every machine decides alike. */
struct relation_judgement relation_of(const struct evidence *e, const struct relation_context *context);
