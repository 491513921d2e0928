/*
 * gates.h - limits on what may be found: the part of `check` that fails a build.
 */
#pragma once

#include "cli/news.h"

enum { MAX_WORST = 10 };

/* A finding that is worth showing; strings are owned. */
struct worst {
    char *file, *id, *of;
    uint64_t line;
    enum copydesk_rule rule;
    double score, jaccard, containment;
    uint32_t shared_words;
    const char *reason;
    uint64_t offset;
};

struct gate_result {
    const struct gate *gate;
    bool counts_removable; /* the gate on duplicates */
    bool only_new;         /* counts what the baseline has not */
    bool passed;
    uint64_t found;                /* removable copies, else articles with a finding */
    uint64_t n_listable;           /* articles that could be shown */
    struct worst worst[MAX_WORST]; /* best score first, then input order */
    size_t n_worst;
};

/*
 * Judges the gates that are not off, *n of them; where one fails, walks the verdicts for its worst findings.
 * news: NULL, or only what is new counts. 0, or a negative status of the library (COPYDESK_ERR_MEMORY for our
 * own allocations). results has room for all gates; release them in both cases.
 */
int gates_judge(struct gate_result *results, size_t *n, const struct command_line *line,
                const struct news *news, struct copydesk *desk, struct copydesk_error *error);
void gates_release(struct gate_result *results, size_t n);

/* Whether one of them makes the exit code 1. */
bool gates_fail(const struct gate_result *results, size_t n, const struct command_line *line);

/* The results as reports want them; `found` is owned: release with gates_forget(). false: out of memory. */
bool gates_describe(struct copydesk_gate *out, const struct gate_result *results, size_t n,
                    const struct copydesk_summary *summary, const struct command_line *line);
void gates_forget(struct copydesk_gate *out, size_t n);

/* The table of gates, and below it the worst findings of those that failed with what to do next. */
void gates_print(FILE *out, const struct gate_result *results, size_t n,
                 const struct copydesk_summary *summary, const struct command_line *line);
/* The same as a JSON array. */
void gates_print_json(FILE *out, const struct gate_result *results, size_t n,
                      const struct copydesk_summary *summary);
