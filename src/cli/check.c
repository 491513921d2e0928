/*
 * check.c - `copydesk check`: says what is wrong with a corpus and fails when it is over the limits.
 *
 * Order of things: judge, count against the limits, write what was asked for, then speak. Outputs are
 * written when the check fails, too: they are what one needs then. More bad records than --max-bad make the
 * exit code 2 whatever else was found, because a verdict over data that could not be read is none.
 */
#include "cli/commands.h"
#include "cli/gates.h"
#include "cli/run.h"
#include "cli/summary.h"

#include <stdlib.h>

static void report(const struct run *run, const struct gate_result *results, int code)
{
    const struct command_line *line = run->line;
    FILE *out = run_uses_stdout(run) ? stderr : stdout;

    if (line->json) {
        fputs("{\n", out);
        summary_print_json(out, run->summary, line, run->command);
        fputs(",\n  \"gates\": ", out);
        gates_print_json(out, results, line->n_gates, run->summary);
        fprintf(out, ",\n  \"exit\": %d\n}\n", code);
    } else if (!line->quiet) {
        summary_print(out, run->summary, line);
        gates_print(out, results, line->n_gates, run->summary, line);
    }
}

static int check(struct run *run, struct gate_result *results)
{
    const struct command_line *line = run->line;
    struct copydesk_error error = {0};
    int code = EXIT_CLEAN;

    if (gates_judge(results, line->gates, line->n_gates, run->desk, &error) < 0) {
        return run_fail(run, &error);
    }
    for (size_t i = 0; i < line->n_gates; i++) {
        if (!results[i].passed) {
            code = EXIT_OVER_LIMIT;
        }
    }
    if (run_has_too_many_bad(run)) {
        code = EXIT_FAILED;
    }
    if (run_write(run) != EXIT_CLEAN) {
        return EXIT_FAILED;
    }
    report(run, results, code);
    if (code == EXIT_FAILED) {
        fflush(stdout);
        run_complain_of_bad(run);
    }
    run_print_timing(run);
    return code;
}

int command_check(const struct command_line *line)
{
    struct run run;
    struct gate_result *results = calloc(line->n_gates + 1, sizeof *results);
    int code = EXIT_FAILED;

    if (!results) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    if (run_start(&run, "check", line) == EXIT_CLEAN) {
        code = check(&run, results);
    }
    gates_release(results, line->n_gates);
    free(results);
    run_release(&run);
    return code;
}
