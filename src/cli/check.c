/*
 * check.c - `copydesk check`: says what is wrong with a corpus and fails when it is over the limits.
 *
 * Order of things: judge, count against the limits, write what was asked for, then speak. Outputs are
 * written when the check fails, too: they are what one needs then. More bad records than --max-bad, or a
 * packed file that breaks off, make the exit code 2 whatever else was found, because a verdict over data that
 * could not be read is none. With a baseline only new bad records count for that; a file that breaks off
 * cannot be accepted by a baseline.
 */
#include "cli/news.h"
#include "cli/commands.h"
#include "cli/gates.h"
#include "cli/run.h"
#include "cli/summary.h"

#include <stdlib.h>
#include <string.h>

/* One run of the command. */
struct check {
    struct run *run;
    struct baseline *baseline;
    struct news *news;
    struct gate_result *results;
    size_t n_results;
};

static void report(const struct check *check, int code)
{
    const struct run *run = check->run;
    const struct command_line *line = run->line;
    FILE *out = run_uses_stdout(run) ? stderr : stdout;

    if (line->json) {
        fputs("{\n", out);
        summary_print_json(out, run->summary, line, run->command);
        fputs(",\n  \"gates\": ", out);
        gates_print_json(out, check->results, check->n_results, run->summary);
        if (line->baseline) {
            fputs(",\n  \"baseline\": ", out);
            news_print_json(out, check->news, line);
        }
        fprintf(out, ",\n  \"exit\": %d\n}\n", code);
    } else if (!line->quiet) {
        summary_print(out, run->summary, line);
        if (line->baseline) {
            news_print(out, check->news, line);
        }
        gates_print(out, check->results, check->n_results, run->summary, line);
    }
}

/* What keeps a verdict from being one: data that nobody could look at. false: nothing, and no text. */
static bool is_unread(const struct check *check, char text[static 256])
{
    const struct run *run = check->run;
    uint64_t n_damaged = run->summary->damaged_inputs;
    uint64_t new_bad = run->summary->rejected;

    if (run->line->baseline) {
        new_bad = news_count(check->news, COPYDESK_BAD_RECORD);
    }
    if (n_damaged > 0) {
        char count[32];
        snprintf(text, 256,
                 "%s packed %s could not be read to the end (see bad-record); get a sound copy, for what was "
                 "not read was not checked",
                 count_text(count, n_damaged), n_damaged == 1 ? "input" : "inputs");
        return true;
    }
    if (run->line->write_baseline || !run_has_too_many_bad(run, new_bad)) {
        return false;
    }
    run_bad_text(run, new_bad, text);
    return true;
}

/* Findings of a baseline are no news, to reports either. */
static bool counts(void *data, const struct copydesk_verdict *verdict, size_t finding)
{
    const struct news *news = data;

    return !news_covers(news, verdict->findings[finding].rule) || news_has(news, verdict->record, finding);
}

static int write_outputs(const struct check *check, int code, const char *problem)
{
    struct run *run = check->run;
    struct copydesk_gate *gates = calloc(check->n_results + 1, sizeof *gates);
    int status = EXIT_FAILED;

    if (gates && gates_describe(gates, check->results, check->n_results, run->summary, run->line)) {
        run->judgement = (struct copydesk_judgement){.gates = gates,
                                                     .n_gates = check->n_results,
                                                     .exit_code = code,
                                                     .problem = problem,
                                                     .counts = run->line->baseline ? counts : NULL,
                                                     .data = check->news};
        status = run_write(run);
        run->judgement = (struct copydesk_judgement){0};
    } else {
        complain("out of memory");
    }
    gates_forget(gates, check->n_results);
    free(gates);
    return status;
}

static int write_baseline(const struct check *check)
{
    const struct command_line *line = check->run->line;
    FILE *out = run_uses_stdout(check->run) || strcmp(line->write_baseline, "-") == 0 ? stderr : stdout;
    char problem[256];

    if (is_unread(check, problem)) {
        complain("%s", problem);
        return EXIT_FAILED;
    }
    if (news_write(check->news, line->write_baseline) < 0) {
        return EXIT_FAILED;
    }
    if (line->json) {
        fputs("{\n", out);
        summary_print_json(out, check->run->summary, line, check->run->command);
        fputs("\n}\n", out);
    } else if (!line->quiet) {
        summary_print(out, check->run->summary, line);
        fputs("\nwrote the baseline ", out);
        print_text(out, view_of(line->write_baseline));
        fputs("; with --baseline, only what is not in it counts\n", out);
    }
    return EXIT_CLEAN;
}

static int judge(struct check *check)
{
    struct run *run = check->run;
    const struct command_line *line = run->line;
    struct copydesk_error error = {0};
    char problem[256];
    int code = EXIT_CLEAN;

    if ((line->baseline || line->write_baseline) &&
        news_collect(&check->news, line, check->baseline, run->desk, &error) < 0) {
        return run_fail(run, &error);
    }
    if (gates_judge(check->results, &check->n_results, line, line->baseline ? check->news : NULL, run->desk,
                    &error) < 0) {
        return run_fail(run, &error);
    }
    if (gates_fail(check->results, check->n_results, line) && !line->exit_zero) {
        code = EXIT_OVER_LIMIT;
    }
    bool unread = is_unread(check, problem);
    code = unread ? EXIT_FAILED : line->write_baseline ? EXIT_CLEAN : code;
    if (write_outputs(check, code, unread ? problem : NULL) != EXIT_CLEAN) {
        return EXIT_FAILED;
    }
    if (line->write_baseline) {
        return write_baseline(check);
    }
    report(check, code);
    if (code == EXIT_FAILED) {
        fflush(stdout);
        complain("%s", problem);
    }
    run_print_timing(run);
    return code;
}

int command_check(const struct command_line *line)
{
    struct run run = {0};
    struct check check = {.run = &run, .results = calloc(line->n_gates + 1, sizeof *check.results)};
    char problem[512];
    int code = EXIT_FAILED;

    if (!check.results) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    if (line->baseline && baseline_read(&check.baseline, line->baseline, problem) < 0) {
        complain("%s", problem);
    } else if (run_start(&run, "check", line) == EXIT_CLEAN) {
        code = judge(&check);
    }
    gates_release(check.results, check.n_results);
    free(check.results);
    news_free(check.news);
    baseline_free(check.baseline);
    run_release(&run);
    return code;
}
