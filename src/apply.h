/*
 * apply.h - edits carried out: the title or text as it is handed on, and places between what was read and
 * what was repaired.
 */
#pragma once

#include "edit.h"

/*
 * Appends `field` to out with the edits of field `which` carried out. actions: by rule; an edit counts when
 * the action of its rule is CUT or REPAIR, others are passed over. Edits ascend by start; where two
 * overlap, a cut comes before a repair, and the earlier before the later. A cut that leaves nothing of its
 * line takes the line break along; a cut between two blanks takes one of them. A failure is sticky in out.
 */
void edits_apply(struct str field, enum copydesk_field which, const struct edit *edits, size_t n,
                 const enum copydesk_action actions[COPYDESK_N_RULES], struct buf *out);

/* Whether any edit counts for that field. */
bool edits_touch(enum copydesk_field which, const struct edit *edits, size_t n,
                 const enum copydesk_action actions[COPYDESK_N_RULES]);

/*
 * Places in a repaired text as places in the text as read. `repairs`: the edits that led from one to the
 * other, ascending, all of one field. A span that touches a repaired piece takes in all of it. The walk
 * goes forward only: give spans with ascending starts, then begin anew.
 */
struct edit_map {
    const struct edit *repairs;
    size_t n, next;
    int64_t shift; /* as read minus repaired, behind the repairs passed so far */
};

void edit_map_span(struct edit_map *map, uint32_t *start, uint32_t *end);
