/*
 * manual.h - the pages of the manual and the completions of shells, from the table of options.
 */
#pragma once

#include "cli/commands.h"

/* Source of the page of a command (NULL: of the program) for scdoc. */
void manual_print(FILE *out, const struct command *command, const struct command *commands, size_t n);
/* The page of the settings file. */
void manual_print_settings(FILE *out);
/* A completion script: bash, fish or zsh. false: no such shell, nothing printed. */
bool completion_print(FILE *out, const char *shell, const struct command *commands, size_t n);
