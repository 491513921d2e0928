/*
 * commands.h - the commands: each takes a command line that has been read and returns the exit code.
 */
#pragma once

#include "cli/options.h"

int command_check(const struct command_line *line);
int command_clean(const struct command_line *line);
int command_explain(const struct command_line *line);
