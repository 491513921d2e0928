/*
 * report.c - `copydesk report`: one HTML page that shows what was found, to be looked at.
 *
 * The same judging as `check`, limits included; but the page is the job, so the exit code is 0 when it was
 * written, whatever stands in it. What cannot be read still is 2.
 */
#include "cli/commands.h"
#include "cli/gates.h"
#include "cli/run.h"

#include <stdlib.h>

static void say_where(const struct run *run, const struct gate_result *results, size_t n)
{
    size_t broken = 0;

    if (run->line->quiet || run->cut) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        broken += !results[i].passed;
    }
    bool is_stdout = run_uses_stdout(run);
    FILE *out = is_stdout ? stderr : stdout;
    fputs("wrote ", out);
    print_text(out, view_of(is_stdout ? "the page" : run->line->outputs[COPYDESK_OUT_REPORT]));
    fprintf(out, ": %zu of %zu limits broken\n", broken, n);
}

static int show(struct run *run, struct gate_result *results)
{
    const struct command_line *line = run->line;
    struct copydesk_gate *gates = calloc(line->n_gates + 1, sizeof *gates);
    struct copydesk_error error = {0};
    size_t n = 0;
    int code = EXIT_FAILED;

    if (!gates) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    if (gates_judge(results, &n, line, NULL, run->desk, &error) < 0) {
        code = run_fail(run, &error);
    } else if (!gates_describe(gates, results, n, run->summary, line)) {
        complain("out of memory");
    } else {
        run->judgement = (struct copydesk_judgement){.gates = gates, .n_gates = n};
        code = run_write(run);
        run->judgement = (struct copydesk_judgement){0};
    }
    if (code == EXIT_CLEAN) {
        say_where(run, results, n);
        run_print_timing(run);
    }
    gates_release(results, n);
    gates_forget(gates, n);
    free(gates);
    return code;
}

int command_report(const struct command_line *line)
{
    struct gate_result *results = calloc(line->n_gates + 1, sizeof *results);
    struct run run = {0};
    int code = EXIT_FAILED;

    if (!results) {
        complain("out of memory");
    } else if (run_start(&run, "report", line) == EXIT_CLEAN) {
        code = show(&run, results);
    }
    run_release(&run);
    free(results);
    return code;
}
