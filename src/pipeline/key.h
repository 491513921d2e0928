/*
 * key.h - the exact key of an article: equal keys, equal normalised texts.
 */
#pragma once

#include "pipeline/catalog.h"
#include "text/token.h"

/* A text shorter than this says too little by itself ("Video"): its title must be the same too. */
enum { KEY_MIN_WORDS = 16 };

/*
 * The title is only tokenised when the text is short; `words` are those of the text, and are still valid
 * afterwards only if it is not.
 */
int key_of(struct tokenizer *t, const struct tokens *words, struct str title, struct catalog_key *key);
