/*
 * token.h - the form of a text that is compared: words, folded and hashed.
 *
 * In:  UTF-8 text. Out: one 64-bit hash for each word, in order, with two flags, and where asked its place in
 * the text.
 *
 * What a token is (see text/token.c for the reasons):
 *  - a maximal run of letters, marks, digits, connector punctuation (`_`), as in Python's \w plus combining
 * marks;
 *  - in scripts written without spaces (Han, Hiragana, Katakana, Thai, Lao, Khmer, Myanmar) each letter is a
 * token (its marks with it), so that n-grams of tokens are character n-grams there;
 *  - hashed in folded form: full case folding and NFKC, so that neither letter case, composed or decomposed
 * accents, full-width forms nor ligatures make a difference; default-ignorable code points (soft hyphen,
 * zero-width space, BOM, variation selectors) and C0 controls other than white space inside a word are passed
 * over;
 *  - HTML tags (`<p>`, `</strong>`, `<br/>`; a known element name behind `<`) are no words, but part words.
 *
 * The hash depends on the folded bytes alone: the same on every CPU level, machine and version of this
 * library.
 */
#pragma once

#include "article.h"
#include "copydesk.h"

/* Tokens of one text. Arrays belong to the tokenizer that filled them and live until its next call. */
struct tokens {
    uint64_t *hash;
    uint8_t *flags;
    uint32_t *start, *end; /* byte range in the text; filled in only with spans = true */
    size_t n;
    /* The folded text: what start and end point into. A word whose folded form is longer is cut off at its
     * end, one whose form is shorter filled up with zeros. Readable TOKEN_PADDING bytes beyond the text. */
    const uint8_t *folded;
    enum copydesk_cpu cpu; /* the level of the tokenizer, for those who go on with its words */
};

struct tokenizer; /* scratch of one thread */

/* NULL when out of memory. */
struct tokenizer *tokenizer_new(enum copydesk_cpu level);
void tokenizer_free(struct tokenizer *t);

/*
 * Splits text (len < 2^32 bytes). Bytes that are not valid UTF-8 part words. Reads up to 64 bytes beyond text
 * + len (never uses them), so text stands in a buffer with TOKEN_PADDING spare bytes. 0 or
 * COPYDESK_ERR_MEMORY.
 */
#define TOKEN_PADDING 64
int tokenize(struct tokenizer *t, const char *text, size_t len, bool spans, struct tokens *out);
