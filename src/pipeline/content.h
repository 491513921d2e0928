/*
 * content.h - a short name for what an article says, which survives moving, renaming and reformatting.
 */
#pragma once

#include "base/str.h"

/*
 * 64-bit key of up to two texts, by their letters and digits alone. scratch is overwritten; false: out of
 * memory. Two texts are not the same as one text made of both.
 */
bool content_key(struct str first, struct str second, struct buf *scratch, uint64_t *key);

/* The bytes of a span that is given in code points: *start and *end become byte offsets within text. */
void content_char_span(struct str text, uint32_t *start, uint32_t *end);
