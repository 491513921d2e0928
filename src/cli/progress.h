/*
 * progress.h - one line on standard error that says how far a run is.
 *
 * Shown only on a terminal, only after the first second, rewritten in place at most ten times a second, and
 * wiped before anything else is printed there.
 */
#pragma once

#include "copydesk.h"

struct progress {
    bool enabled, shown;
    bool started; /* a stage has been seen */
    enum copydesk_stage stage;
    double begun, stage_begun, drawn; /* seconds, by clock_seconds() */
};

/* Seconds of a clock that never goes back. */
double clock_seconds(void);

void progress_init(struct progress *progress, bool wanted);
void progress_update(struct progress *progress, const struct copydesk_progress *now);
/* Wipes the line, so that something else can be printed. */
void progress_wipe(struct progress *progress);
