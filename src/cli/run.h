/*
 * run.h - what every command does first: make the engine, give it the paths, let it judge; and write outputs.
 */
#pragma once

#include "cli/options.h"
#include "cli/progress.h"

/* Exit codes of the program. */
enum { EXIT_CLEAN = 0, EXIT_OVER_LIMIT = 1, EXIT_FAILED = 2 };

struct run {
    const struct command_line *line;
    const char *command; /* name, for messages */
    struct copydesk *desk;
    const struct copydesk_summary *summary; /* after run_start() */
    struct progress progress;
    struct copydesk_judgement judgement; /* gates and exit code, for reports; set before run_write() */
    double begun, judged;
    bool cut; /* the reader of standard output went away */
};

/* Makes the engine with these profiles and gives it these paths. */
int run_open(struct run *run, const char *const *profiles, size_t n_profiles, const char **paths,
             size_t n_paths);

/* Reads and judges. EXIT_CLEAN, or EXIT_FAILED after a complaint: a failure, or nothing read at all. */
int run_start(struct run *run, const char *command, const struct command_line *line);
/* A failure of the library, said on standard error. EXIT_FAILED. */
int run_fail(struct run *run, const struct copydesk_error *error);

/* More bad records than --max-bad allows. */
bool run_has_too_many_bad(const struct run *run, uint64_t n_bad);
/* The sentence about them, for people and for reports. */
void run_bad_text(const struct run *run, uint64_t n_bad, char out[static 256]);
void run_complain_of_bad(const struct run *run, uint64_t n_bad);

/*
 * Writes the outputs that were asked for; reports tell of run->judgement. A reader of standard output who
 * went away is no failure when it
 * was the only output: EXIT_CLEAN, with run->cut set. EXIT_FAILED after a complaint.
 */
int run_write(struct run *run);
/* True when an output goes to standard output, so that the summary has to go elsewhere. */
bool run_uses_stdout(const struct run *run);

/* Time, speed, pairs, temporary space on standard error, with -v. */
void run_print_timing(const struct run *run);

void run_release(struct run *run);
