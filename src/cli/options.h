/*
 * options.h - the command line: one table of options, the parser and the help text that come from it.
 *
 * The table is the only place where an option is described. The parser, `--help` and the pages of the
 * manual read it.
 */
#pragma once

#include "cli/terminal.h"
#include "cli/values.h"
#include "copydesk.h"

#include <stdio.h>

/* Commands that take an option, as bits. */
enum { FOR_CHECK = 1, FOR_CLEAN = 2, FOR_EXPLAIN = 4, FOR_ALL = 7 };

/* `--max RULE=LIMIT`: what fails a check. rule or group is set, the other is -1. */
struct gate {
    const char *name;
    int rule, group;
    struct limit limit;
};

/* All that a command line says. Strings point into argv. */
struct command_line {
    struct copydesk_options engine;
    const char **paths;
    size_t n_paths;
    const char *outputs[COPYDESK_N_OUTPUTS]; /* by kind; NULL: not asked for */
    struct gate *gates;
    size_t n_gates;
    bool default_gates; /* none were given */
    struct limit max_bad;
    const char *id, *with;
    bool json, quiet, verbose, help;
    unsigned color; /* enum color_mode */
    bool keep_given;
    char **source_order; /* owned: each a part of one copy, source_order_text */
    char *source_order_text;
    char problem[512]; /* what is wrong with it, when command_line_read() failed */
};

enum option_type {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_BYTES,
    OPTION_THREADS,
    OPTION_CHOICE,
    OPTION_LIMIT,
    OPTION_GATE,   /* RULE=LIMIT, repeatable */
    OPTION_ACTION, /* RULE=ACTION, repeatable */
    OPTION_SOURCES /* A,B,C */
};

enum option_group {
    GROUP_GATES,
    GROUP_OUTPUTS,
    GROUP_ARTICLES,
    GROUP_JUDGING,
    GROUP_INPUT,
    GROUP_RUNNING,
    GROUP_MESSAGES,
    N_OPTION_GROUPS
};

struct option_row {
    const char *name;     /* without the dashes */
    char letter;          /* 0: none */
    const char *argument; /* as help shows it; NULL: none */
    enum option_type type;
    size_t target;             /* offset in struct command_line */
    const char *choices;       /* OPTION_CHOICE: "a|b|c", in the order of the enum */
    const char *shown_default; /* NULL: none worth showing */
    const char *help;
    enum option_group group;
    unsigned commands;
};

const struct option_row *option_table(size_t *n_rows);
const char *option_group_title(enum option_group group);

/*
 * Reads argv[0..n) (what follows the name of the command). 0, or -1 with line->problem set. Release in both
 * cases. With -h or --help the rest is not judged: line->help is set and the result is 0.
 */
int command_line_read(struct command_line *line, unsigned command, int n, char **argv);
void command_line_release(struct command_line *line);

/* The options of a command, grouped and wrapped at 80 columns. */
void option_help_print(FILE *out, unsigned command);
