/*
 * summary.h - what a run found, for people and as JSON.
 */
#pragma once

#include "cli/options.h"

/* Totals, one row for each rule with findings, clusters. */
void summary_print(FILE *out, const struct copydesk_summary *summary, const struct command_line *line);

/* The members of the JSON summary, without the braces around them, so that a command can add its own. */
void summary_print_json(FILE *out, const struct copydesk_summary *summary, const struct command_line *line,
                        const char *command);
