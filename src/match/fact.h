/*
 * fact.h - names and numbers: the words by which two stories of one template differ.
 *
 * A fact is a token that begins with a capital letter or a digit. How many articles hold it says how much it
 * tells: "The" stands in all, a surname in three. The table counts articles for every fact of the corpus, in
 * fixed memory.
 */
#pragma once

#include "base/str.h"
#include "copydesk.h"

struct fact_table; /* one a thread while counting */

/* NULL when out of memory. */
struct fact_table *fact_table_new(void);
void fact_table_free(struct fact_table *t);

/* Counts the facts of one article: each once. */
void fact_table_add(struct fact_table *t, const uint64_t *hashes, const uint8_t *flags, size_t n);
/* Adds the counts of `other`, whose articles are others. */
void fact_table_merge(struct fact_table *t, const struct fact_table *other);

/* Articles that hold this fact: at least that many counted, a few more where two share a slot. */
uint32_t fact_table_count(const struct fact_table *t, uint64_t hash);

/* The counts as bytes, and back into an empty table; false: not what fact_table_save() wrote. */
void fact_table_save(const struct fact_table *t, struct buf *out);
bool fact_table_load(struct fact_table *t, struct str saved);
