/*
 * segment.h - lines and sentences of a text, each with its place, its words and a key.
 *
 * In: a text and its tokens with spans. Out: arrays of segments; both kinds ascend and never overlap.
 *
 *  - A line is what stands between line breaks, blanks at its ends included. Lines without a visible
 *  character
 *    are left out; lines without a word (a rule of dashes) have key 0.
 *  - Sentences lie inside lines and cover them but for the blanks between. A line has one at least. A
 *    sentence ends behind a full stop of any script (and what closes behind it), or before a run of three
 *    blanks or a tab, by which scrapers leave the pieces of a page apart.
 *  - The key depends on the folded words alone; all words that begin with a digit are alike. So two lines
 *  that
 *    differ in letter case, punctuation or a figure have one key. The key of some words is the same
 *    whether they are a line, a sentence or a title.
 */
#pragma once

#include "text/token.h"

enum {
    SEGMENT_STOP = 1,   /* a full stop, question mark or the like stands at its end */
    SEGMENT_GAP = 2,    /* sentences: parted from the next by blanks alone */
    SEGMENT_DIGITS = 4, /* a word of it begins with a digit */
    SEGMENT_SOLO = 8,   /* its first word is of a script without spaces */
    SEGMENT_STORY = 16, /* lines: long enough, and ended like, a paragraph */
};

struct segment {
    uint64_t key;                         /* 0: no words */
    uint32_t start, end;                  /* bytes of the text */
    uint32_t first, n;                    /* words */
    uint32_t first_sentence, n_sentences; /* of a line */
    uint16_t flags;
    uint16_t zone; /* of a line: enum segment_zone */
};

/*
 * Where in the article a line stands, by the paragraphs around it rather than by its number, since a site
 * may print one line or twenty above and below a story. HEAD: no paragraph stands before it, or hardly a
 * line. TAIL: one paragraph at most behind it, or hardly a line.
 */
enum segment_zone { SEGMENT_MIDDLE, SEGMENT_HEAD, SEGMENT_TAIL };

/* Scratch of one thread, and the result of its last call. All-zero is empty. */
struct segments {
    struct segment *lines, *sentences;
    size_t n_lines, n_sentences;
    uint32_t *breaks; /* words behind which something may end */
    size_t cap_lines, cap_sentences, cap_breaks;
};

void segments_release(struct segments *s);

/* 0 or COPYDESK_ERR_MEMORY. */
int segments_of(struct segments *s, const char *text, size_t len, const struct tokens *words);

/* The key of n words as they stand in a segment. */
uint64_t segment_key(const struct tokens *words, size_t first, size_t n);
