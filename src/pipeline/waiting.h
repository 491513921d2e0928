/*
 * waiting.h - articles that were judged and wait to be told to enter the index.
 */
#pragma once

#include "index/index.h"

struct waiting;

/* So many may wait at once; one more is a failure: whoever acknowledges does not. */
enum { WAITING_MOST = 1 << 20 };

struct waiting *waiting_new(uint64_t most_bytes); /* held at once, 0: no limit. NULL: out of memory */
void waiting_free(struct waiting *w);

/*
 * Copies record and text. Articles of one name wait in a queue; the same message again (name and content)
 * takes the place of the one that waits, if not too many wait before it.
 */
int waiting_add(struct waiting *w, struct str name, const struct index_record *record, struct str text,
                struct copydesk_error *error);
/* Takes the article of this name out that has waited longest: 1 = *record and *text filled in (valid until
 * the next call), 0 = none. */
int waiting_take(struct waiting *w, struct str name, struct index_record *record, struct str *text);
size_t waiting_count(const struct waiting *w);
