/*
 * spare.h - inside of furniture/furniture.h: lines that were taken for furniture by themselves, and by their
 * company are part of the story after all.
 */
#pragma once

#include "furniture/line.h"

/*
 * Takes back the rule of such lines. Before any neighbour is judged by them. page: it is the text of a whole
 * page, where a list is a menu.
 */
void spare_lines(const struct line_context *c, struct line_view *views, size_t n, bool page);
