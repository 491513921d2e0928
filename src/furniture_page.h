/*
 * furniture_page.h - inside of furniture.h: the text of a whole page, menus, comments and footer included.
 */
#pragma once

#include "furniture_line.h"

/*
 * Behind all that lines tell by themselves: when the lines are those of a whole page, its frame is cut and
 * the story stays. Other articles are left as they are.
 */
void page_lines_judge(const struct line_context *c, struct line_view *views, size_t n);

/* Whether it is such a page: by what the corpus knows of its lines alone. */
bool page_lines_is_page(const struct line_view *views, size_t n);
