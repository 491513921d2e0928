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
enum {
    FOR_CHECK = 1,
    FOR_CLEAN = 2,
    FOR_EXPLAIN = 4,
    FOR_REPORT = 8,
    FOR_PROFILE = 16,
    FOR_FILTER = 32,
    FOR_INDEX = 64,
    FOR_JUDGING = 15, /* all that judge a corpus */
    FOR_STREAM = 96,
    FOR_CORPUS = 31, /* all that read a corpus at once */
    FOR_ALL = 127,
};

/* Where a setting was made. line: of the settings file, else 0. */
enum setting_source { FROM_DEFAULT, FROM_FILE, FROM_COMMAND_LINE };
struct origin {
    enum setting_source source;
    unsigned line;
};

/* `--max RULE=LIMIT` fails a check, `--warn` warns. rule or group is set, the other is -1. */
enum gate_level { GATE_ERROR, GATE_WARNING };
struct gate {
    const char *name;
    int rule, group;
    struct limit limit; /* may be off: then the gate only keeps a default or a file from setting one */
    enum gate_level level;
    struct origin origin;
};

enum fail_on { FAIL_ON_ERROR, FAIL_ON_WARNING };
enum { MAX_OPTION_ROWS = 128 };

/* All that a command line and the settings file say. Strings point into argv or are owned (`strings`). */
struct command_line {
    struct copydesk_options engine;
    const char **paths;
    size_t n_paths;
    const char *outputs[COPYDESK_N_OUTPUTS]; /* by kind; NULL: not asked for */
    struct gate *gates;                      /* those that are off included */
    size_t n_gates, cap_gates;
    bool default_gates; /* no --max was given */
    struct limit max_bad;
    bool exit_zero;
    unsigned fail_on;                      /* enum fail_on */
    const char *baseline, *write_baseline; /* NULL: not asked for */
    const char **against;                  /* known corpora */
    size_t n_against;
    const char **profiles; /* corpus profiles */
    size_t n_profiles;
    const char *config; /* --config */
    bool isolated, dump_config;
    const char *config_path; /* of the settings file that was read, or NULL */
    const char *id, *with;
    struct copydesk_filter_options filter; /* of a stream */
    const char *commit, *ack_fd, *acked_fd;
    bool drop; /* dropped records are not handed on */
    bool no_learn, read_only;
    bool json, quiet, verbose, help;
    unsigned color;      /* enum color_mode */
    char **source_order; /* owned: each a part of one copy, source_order_text */
    char *source_order_text;
    struct origin reading;                  /* where what is being read stands */
    struct origin origins[MAX_OPTION_ROWS]; /* by row of the table */
    struct origin action_origins[COPYDESK_N_RULES];
    char **strings; /* owned */
    size_t n_strings;
    char problem[1024]; /* what is wrong with it, when command_line_read() failed */
};

enum option_type {
    OPTION_FLAG,
    OPTION_STDOUT, /* no value: an output that goes to standard output */
    OPTION_TEXT,
    OPTION_BYTES,
    OPTION_DURATION, /* seconds, as in 30d */
    OPTION_THREADS,
    OPTION_CHOICE,
    OPTION_LIMIT,
    OPTION_PATH,   /* a file; in the settings file, relative to its folder */
    OPTION_PATHS,  /* the same, repeatable: target is a list of paths */
    OPTION_GATE,   /* RULE=LIMIT, repeatable; target is the level */
    OPTION_ACTION, /* RULE=ACTION, repeatable */
    OPTION_SOURCES /* A,B,C */
};

enum option_group {
    GROUP_GATES,
    GROUP_OUTPUTS,
    GROUP_ARTICLES,
    GROUP_STREAM,
    GROUP_SETTINGS,
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

/* Whether the settings file may have it under [options]: what is said of one run alone may not. */
bool option_in_file(const struct option_row *row);

/*
 * Reads argv[0..n) (what follows the name of the command). 0, or -1 with line->problem set. Release in both
 * cases. With -h or --help the rest is not judged: line->help is set and the result is 0. The settings file
 * is read first, so what the command line says wins.
 */
int command_line_read(struct command_line *line, unsigned command, int n, char **argv);
void command_line_release(struct command_line *line);

/* The options of a command, grouped and wrapped at 80 columns. */
void option_help_print(FILE *out, unsigned command);
