/*
 * inside.h - inside of furniture/furniture.h: furniture within a line that is otherwise the story.
 */
#pragma once

#include "furniture/line.h"

struct edit_list {
    struct edit *edits;
    size_t n, cap;
};
/* false: out of memory. */
bool edit_list_add(struct edit_list *list, const struct edit *edit);

/* Whether the corpus has this sentence as one that a site puts into its stories. */
bool inside_site_sentence(const struct boiler_entry *known, const struct segment *sentence);

/*
 * Appends what is found in this line, ascending. spared: sentences and runs that the corpus repeats stay.
 * false: out of memory.
 */
bool inside_judge(const struct line_context *c, const struct segments *segments, const struct line_view *line,
                  bool spared, uint64_t rules, struct edit_list *found);
