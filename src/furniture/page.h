/*
 * page.h - inside of furniture/furniture.h: the text of a whole page, menus, comments and footer included.
 */
#pragma once

#include "furniture/line.h"

/* Whether the lines are those of a whole page: by what the corpus knows of them, whatever rule they have. */
bool page_lines_is_page(const struct line_view *views, size_t n);

/* Of a page, behind all that lines tell by themselves: its frame is cut and the story stays. */
void page_lines_judge(const struct line_context *c, struct line_view *views, size_t n);
