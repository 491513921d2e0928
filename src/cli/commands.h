/*
 * commands.h - the commands: each takes a command line that has been read and returns the exit code.
 */
#pragma once

#include "cli/options.h"

struct command {
    const char *name;
    int (*function)(const struct command_line *line);
    unsigned bit; /* in struct option_row.commands */
    const char *usage, *help, *details, *examples;
};

int command_check(const struct command_line *line);
int command_clean(const struct command_line *line);
int command_filter(const struct command_line *line);
int command_index(const struct command_line *line);
int command_explain(const struct command_line *line);
int command_profile(const struct command_line *line);
int command_report(const struct command_line *line);
