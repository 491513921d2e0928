/*
 * diff.h - shows a word diff: what only the first text has, what only the second has, and a little around it.
 *
 *     The mayor said on [-Monday-]{+Tuesday+} that the bridge … 124 words … reopen in spring.
 */
#pragma once

#include "copydesk.h"

#include <stdio.h>

/* All-zero but for the settings is a new diff. */
struct diff {
    FILE *out;
    unsigned width;  /* columns */
    unsigned indent; /* of every line */
    bool color;      /* red and struck through, green and underlined; else [-...-] and {+...+} */
    bool whole;      /* common text is not folded */

    unsigned column;
    bool begun, spaced;         /* something was shown; white space came after it */
    enum copydesk_diff_kind in; /* the kind whose marks are open */
    char *same;                 /* text common to both that is not shown yet */
    size_t same_len, same_cap;
    bool failed; /* out of memory */
};

/* Takes the next piece; has the form of copydesk_diff_fn. Returns non-zero to stop. */
int diff_piece(void *diff, enum copydesk_diff_kind kind, struct copydesk_view text);
/* Shows what is left, ends the line and frees. false: memory ran out on the way. */
bool diff_end(struct diff *diff);
