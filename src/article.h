/*
 * article.h - one article, as a reader hands it on. Start here.
 *
 * All text is UTF-8 and is a view into memory of the reader that made it: valid until that reader is asked
 * for its next record. `raw` is the record as it stands in the input, line end included, for passing it on
 * byte for byte.
 *
 * text.data is followed by at least ARTICLE_PADDING readable bytes.
 */
#pragma once

#include "base/str.h"

#define ARTICLE_PADDING 64

/* What is known of a token besides its hash. */
enum {
    TOKEN_UPPER = 1, /* first letter is upper or title case */
    TOKEN_DIGIT = 2, /* first character is a decimal digit */
    TOKEN_SOLO = 4,  /* a letter of a script without spaces */
};

struct article {
    struct str id; /* empty: the record has none, its name is FILE:LINE */
    struct str title, text;
    struct str url, date,
        source; /* empty where absent; source already falls back to domain, then the host in url */
    struct str raw;

    uint32_t file_no; /* which input */
    uint64_t offset;  /* of raw in the unpacked input */
    uint64_t line;    /* 0-based line of raw within its batch */

    const char *bad;     /* NULL, or why this is no article: a fixed sentence */
    uint64_t bad_offset; /* where in raw the trouble is */
};
