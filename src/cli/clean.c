/*
 * clean.c - `copydesk clean`: writes the articles that stay, and on request the others with the reason.
 *
 * Whatever is dropped, the exit code is 0: dropping is the job. Only more bad records than --max-bad stop
 * it, and then nothing is written, so that no later step takes a torso for a corpus.
 */
#include "cli/commands.h"
#include "cli/run.h"
#include "cli/summary.h"

static int clean(struct run *run)
{
    const struct command_line *line = run->line;
    FILE *out = run_uses_stdout(run) ? stderr : stdout;

    if (run_has_too_many_bad(run, run->summary->rejected)) {
        run_complain_of_bad(run, run->summary->rejected);
        complain("nothing was written");
        return EXIT_FAILED;
    }
    if (run_write(run) != EXIT_CLEAN) {
        return EXIT_FAILED;
    }
    if (run->cut) {
        return EXIT_CLEAN;
    }
    if (line->json) {
        fputs("{\n", out);
        summary_print_json(out, run->summary, line, run->command);
        fputs("\n}\n", out);
    } else if (!line->quiet) {
        summary_print(out, run->summary, line);
    }
    run_print_timing(run);
    return EXIT_CLEAN;
}

int command_clean(const struct command_line *line)
{
    struct run run;
    int code = run_start(&run, "clean", line);

    if (code == EXIT_CLEAN) {
        code = clean(&run);
    }
    run_release(&run);
    return code;
}
