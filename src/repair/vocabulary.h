/*
 * vocabulary.h - how often the corpus has each word that is written with a few letters outside ASCII.
 *
 * A word spoilt by a wrong charset may be too short to be certain of: but when the repaired word stands
 * elsewhere in the corpus, it is. Counted are words with one to VOCABULARY_MAX_LETTERS letters outside ASCII:
 * those with more need no such proof. Letter case makes no difference.
 *
 * The table has a fixed size whatever the corpus: counts of words that share all their cells run together,
 * never below the truth. Counts are sums that stop at 255, so the order of adding, and who adds, makes no
 * difference: any number of threads may add at the same time. Read it when adding has ended.
 */
#pragma once

#include "base/str.h"
#include "copydesk.h"

enum { VOCABULARY_MAX_LETTERS = 3, VOCABULARY_MAX_BYTES = 64 };

struct vocabulary;

/* A table of about this many bytes (rounded to a power of two; 4 KB at least). NULL: out of memory. */
struct vocabulary *vocabulary_new(size_t bytes);
void vocabulary_free(struct vocabulary *v);

/* An empty table over another, which has to live as long: asked, it answers for both together. */
struct vocabulary *vocabulary_new_over(const struct vocabulary *under);

/* Counts the words of a text. Text is UTF-8; bytes that are not part words. */
void vocabulary_add(struct vocabulary *v, struct str text);

/* Empties the table of the words of texts that are all it holds. */
void vocabulary_forget(struct vocabulary *v, struct str text);

/*
 * The smallest count among the words of the text that are of the counted kind, or 0 when there is none or one
 * has too many letters outside ASCII.
 */
unsigned vocabulary_least(const struct vocabulary *v, struct str text);

/* Adds the counts of another table of the same size. COPYDESK_ERR_INPUT: another size. */
int vocabulary_merge(struct vocabulary *v, const struct vocabulary *from);

/*
 * The table as bytes, the same for the same counts on any machine. Where more than a third of it is in use,
 * all counts are written less by one, or by as many as it takes: so a table that is saved, read and added
 * to for ever loses what is rare, and does not come to know every word.
 */
void vocabulary_write(const struct vocabulary *v, struct buf *out);
/* COPYDESK_ERR_INPUT: not what vocabulary_write() wrote. */
int vocabulary_read(struct vocabulary **v, struct str bytes);
