/*
 * annotate.h - the line that a filter hands on: the record as it came, and what was found in it.
 */
#pragma once

#include "write/write.h"

/*
 * Appends `record`, a JSON object, with the member `copydesk` behind its last one, and a line feed. All
 * else is byte for byte; a member of that name that was there already is taken out.
 *
 *   {"id":"a17", ... ,"copydesk":{"action":"drop","cluster":"a03","redelivered":false,"findings":[...]}}
 */
void write_annotated(struct buf *out, struct str record, const struct copydesk_verdict *verdict,
                     bool redelivered);

/* The same for a line that is no JSON object: `copydesk` alone, with the line in `raw` (or, when it is not
 * UTF-8, in `base64`). */
void write_annotated_bad(struct buf *out, struct str line, const struct copydesk_verdict *verdict);
