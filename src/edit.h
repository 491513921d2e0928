/*
 * edit.h - what a cleaning stage finds in an article: a rule, a span of the title or the text, what belongs
 * there instead.
 *
 * Spans are byte ranges of the field that the stage was given, half open, ascending by (field, start), and
 * those of one stage never overlap. A cut has no `to`. A finding about the whole article has field NONE and
 * an empty span.
 */
#pragma once

#include "base/str.h"
#include "copydesk.h"

struct edit {
    enum copydesk_rule rule;
    enum copydesk_field field;
    uint32_t start, end;
    uint32_t score;              /* confidence, in 1/10000 */
    uint32_t articles, clusters; /* boilerplate: how many have it; 0: not counted */
    struct str to;               /* repairs: what stands there instead; valid until the stage's next call */
    const char *reason;          /* a fixed sentence, or NULL */
};
