/*
 * parse.h - what the readers of options share: options.c (the command line), config.c (the settings file),
 * rule_options.c (rules and their limits and actions).
 */
#pragma once

#include "cli/options.h"

/* Says what is wrong, with file and line when it stands in the settings file. -1, always. */
int option_fail(struct command_line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* "--" on the command line, "" in the settings file: what to write before the name of an option. */
const char *option_dashes(const struct command_line *line);
/* A copy that lives as long as the line; NULL and a problem when memory runs out. */
const char *option_keep(struct command_line *line, const char *text);

/* Reads the value of one option. text: NULL for a flag that is just there. 0 or -1. */
int option_read_value(struct command_line *line, const struct option_row *row, const char *text);
/* NULL: no such option. */
const struct option_row *option_find(const char *name, size_t len);

/* "RULE=LIMIT" and "RULE=ACTION". 0 or -1. */
int option_read_gate(struct command_line *line, const char *option, const char *text, enum gate_level level);
int option_read_action(struct command_line *line, const char *option, const char *text);
/* Gates that can fail: the defaults where none were given, no gate on what is turned off. */
int option_settle_gates(struct command_line *line, bool for_check);

/* The settings file: the one named, or the first found from the first path upwards. 0 or -1. */
int config_read(struct command_line *line, const char *named, const char *first_path);
/* The settings in effect, as a settings file. */
void config_dump(FILE *out, const struct command_line *line, unsigned command);
