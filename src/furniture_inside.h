/*
 * furniture_inside.h - inside of furniture.h: furniture within a line that is otherwise the story.
 */
#pragma once

#include "furniture_line.h"

struct edit_list {
    struct edit *edits;
    size_t n, cap;
};
/* false: out of memory. */
bool edit_list_add(struct edit_list *list, const struct edit *edit);

/* Appends what is found in this line, ascending. false: out of memory. */
bool inside_judge(const struct line_context *c, const struct segments *segments, const struct line_view *line,
                  uint64_t rules, struct edit_list *found);
