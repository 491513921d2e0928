/*
 * background.h - how common words are in a language: for corpora too small to have counted it.
 *
 * Ten articles do not show that "people" says less of a story than "harvest"; the table does, for the
 * languages that it has.
 */
#pragma once

#include "base/error.h"

#include <stdint.h>

/* Words of a language by the share of texts that have them; title/background_table.c. */
enum { BACKGROUND_CLASSES = 6 };
struct title_background_row {
    const char *language; /* ISO 639-1 */
    const char *words[BACKGROUND_CLASSES];
};
extern const struct title_background_row title_background[];
extern const size_t n_title_background; /* 32 at most */

/* The table, made ready: 150 KiB, half a millisecond. Immutable once made; free with background_free(). */
struct background;
int background_new(struct background **out, struct copydesk_error *error);
void background_free(struct background *b);

/* The languages, a bit for each row, of which the commonest word of a text (struct title_note's kind) is
 * one; 0: unknown. */
uint32_t background_languages(const struct background *b, uint32_t kind);
/* Share of texts in one of these languages that hold the term, in 1/65536: the largest; 0: few of them. */
uint32_t background_share(const struct background *b, uint32_t languages, uint32_t term);
