/*
 * relation.h - room 12: evidence on a pair to the name of what they are to each other.
 */
#pragma once

#include "copydesk.h"
#include "verify.h"

enum relation {
    RELATION_NONE,
    RELATION_NEAR,      /* near-duplicate */
    RELATION_A_IN_B,    /* a is a contained copy of b */
    RELATION_B_IN_A,
    RELATION_REVISED,   /* two versions of one page */
    RELATION_PARTIAL,   /* share a long passage */
    RELATION_TEMPLATE,  /* alike but for their facts */
};

/* What is known besides the texts. */
struct relation_context {
    bool same_page;           /* both have one URL */
    bool same_source;         /* one outlet; false when either is unknown */
    bool other_source;        /* two outlets; false when either is unknown */
    uint32_t days;            /* between them; UINT32_MAX: a date is missing */
    uint8_t common_a, common_b; /* share (0-255) of each text that four articles and more have */
};

/*
 * How much evidence is needed, in the order of its price.
 *
 * After verify_small(): can this pair still be anything to each other? If not, relation_of() says NONE.
 * After verify_facts(): is it settled already? Then relation_of() needs no more.
 * After verify_large(): is the alignment of words needed to tell? Then verify_alignment() comes before relation_of().
 */
bool relation_is_worth(const struct evidence *e);
bool relation_is_settled(const struct evidence *e, const struct relation_context *context);
bool relation_needs_alignment(const struct evidence *e);

struct relation_judgement {
    enum relation relation;
    uint32_t score; /* confidence in 1/10000 */
};

/* Integer arithmetic only, so that every machine decides alike. */
struct relation_judgement relation_of(const struct evidence *e, const struct relation_context *context);
