/*
 * run.c - one run of the engine on behalf of a command.
 *
 * Commands differ in what they print; they all read, judge and perhaps write in the same way, and fail in
 * the same way: one line on standard error, exit code 2.
 *
 * Two mistakes that would cost data are caught before anything is read: an output that is one of the
 * inputs, and (in options.c) two outputs in one place.
 */
#include "cli/run.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void on_progress(void *data, const struct copydesk_progress *now)
{
    struct run *run = data;

    progress_update(&run->progress, now);
}

static void on_warning(void *data, const char *message)
{
    struct run *run = data;

    progress_wipe(&run->progress);
    if (!run->line->quiet) {
        fputs("copydesk: warning: ", stderr);
        print_text(stderr, view_of(message));
        putc('\n', stderr);
    }
}

/* FILE:LINE: what; what to do */
static void print_error(const struct copydesk_error *error)
{
    bool is_standard = strcmp(error->file, "-") == 0;

    fputs("copydesk: ", stderr);
    if (error->file[0] != '\0') {
        print_text(stderr, view_of(is_standard ? "(standard stream)" : error->file));
        if (error->line > 0) {
            fprintf(stderr, ":%llu", (unsigned long long)error->line);
        }
        fputs(": ", stderr);
    }
    print_text(stderr, view_of(error->message[0] ? error->message : copydesk_status_name(error->status)));
    putc('\n', stderr);
}

int run_fail(struct run *run, const struct copydesk_error *error)
{
    progress_wipe(&run->progress);
    print_error(error);
    if (error->status == COPYDESK_ERR_OPTION) {
        complain("see 'copydesk help %s'", run->command);
    }
    return EXIT_FAILED;
}

static bool same_file(const char *a, const char *b)
{
    struct stat at_a;
    struct stat at_b;

    return stat(a, &at_a) == 0 && stat(b, &at_b) == 0 && S_ISREG(at_a.st_mode) &&
           at_a.st_dev == at_b.st_dev && at_a.st_ino == at_b.st_ino;
}

static bool would_overwrite_input(const struct command_line *line)
{
    for (size_t i = 0; i < COPYDESK_N_OUTPUTS; i++) {
        for (size_t k = 0; line->outputs[i] && k < line->n_paths; k++) {
            if (same_file(line->outputs[i], line->paths[k])) {
                complain("%s is an input and an output; give the output another name", line->outputs[i]);
                return true;
            }
        }
    }
    return false;
}

// Of an index that keeps texts: the articles that are asked for. Those of the paths come first.
static int add_indexed(struct run *run, const char *index)
{
    const char *ids[2] = {run->line->n_paths == 0 ? run->line->id : NULL, run->line->with};
    struct copydesk_error error = {0};

    for (int i = 0; i < 2; i++) {
        if (ids[i] && copydesk_add_indexed(run->desk, index, view_of(ids[i]), &error) < 0) {
            return run_fail(run, &error);
        }
    }
    return EXIT_CLEAN;
}

int run_open(struct run *run, const char *const *profiles, size_t n_profiles, const char **paths,
             size_t n_paths)
{
    const struct command_line *line = run->line;
    struct copydesk_options options = line->engine;
    struct copydesk_error error = {0};

    run->begun = clock_seconds();
    progress_init(&run->progress, !line->quiet);
    options.warning = on_warning;
    options.callback_data = run;
    options.profiles = profiles;
    options.n_profiles = n_profiles;
    if (run->progress.enabled) {
        options.progress = on_progress;
    }
    if (copydesk_open(&run->desk, &options, &error) < 0) {
        return run_fail(run, &error);
    }
    for (size_t i = 0; i < line->n_against; i++) {
        if (copydesk_add_known_path(run->desk, line->against[i], &error) < 0) {
            return run_fail(run, &error);
        }
    }
    for (size_t i = 0; i < n_paths; i++) {
        if (copydesk_add_path(run->desk, paths[i], &error) < 0) {
            return run_fail(run, &error);
        }
    }
    return line->filter.index ? add_indexed(run, line->filter.index) : EXIT_CLEAN;
}

int run_start(struct run *run, const char *command, const struct command_line *line)
{
    struct copydesk_error error = {0};
    int code;

    *run = (struct run){.line = line, .command = command, .begun = clock_seconds()};
    if (would_overwrite_input(line)) {
        return EXIT_FAILED;
    }
    code = run_open(run, line->profiles, line->n_profiles, line->paths, line->n_paths);
    if (code != EXIT_CLEAN) {
        return code;
    }
    if (copydesk_finish(run->desk, &error) < 0) {
        return run_fail(run, &error);
    }
    progress_wipe(&run->progress);
    run->judged = clock_seconds();
    run->summary = copydesk_summary(run->desk);
    if (run->summary->read == 0) {
        complain("nothing was read: no articles in the input; check the paths, --format and the names of the "
                 "fields");
        return EXIT_FAILED;
    }
    return EXIT_CLEAN;
}

bool run_has_too_many_bad(const struct run *run, uint64_t n_bad)
{
    return limit_exceeded(&run->line->max_bad, n_bad, run->summary->read);
}

void run_bad_text(const struct run *run, uint64_t n_bad, char out[static 256])
{
    char rejected[32];
    char read[32];

    snprintf(out, 256,
             "%s of %s records could not be read, the limit is %s; look at them with --rejects FILE, or "
             "allow more with --max-bad",
             count_text(rejected, n_bad), count_text(read, run->summary->read), run->line->max_bad.text);
}

void run_complain_of_bad(const struct run *run, uint64_t n_bad)
{
    char text[256];

    run_bad_text(run, n_bad, text);
    complain("%s", text);
}

bool run_uses_stdout(const struct run *run)
{
    for (size_t i = 0; i < COPYDESK_N_OUTPUTS; i++) {
        if (run->line->outputs[i] && strcmp(run->line->outputs[i], "-") == 0) {
            return true;
        }
    }
    return false;
}

int run_write(struct run *run)
{
    struct copydesk_output outputs[COPYDESK_N_OUTPUTS];
    struct copydesk_error error = {0};
    char folder[PATH_MAX];
    struct copydesk_judgement judgement = run->judgement;
    size_t n = 0;

    for (size_t i = 0; i < COPYDESK_N_OUTPUTS; i++) {
        if (run->line->outputs[i]) {
            outputs[n++] = (struct copydesk_output){(enum copydesk_output_kind)i, run->line->outputs[i]};
        }
    }
    if (n == 0) {
        return EXIT_CLEAN;
    }
    judgement.command = run->command;
    judgement.base_folder = getcwd(folder, sizeof folder);
    copydesk_set_judgement(run->desk, &judgement);
    if (copydesk_write(run->desk, outputs, n, &error) < 0) {
        progress_wipe(&run->progress);
        // `copydesk clean ... -o - | head` is no mistake; a file that was asked for too and is not there
        // would be one.
        run->cut = n == 1 && run_uses_stdout(run) && stdout_is_cut();
        return run->cut ? EXIT_CLEAN : run_fail(run, &error);
    }
    progress_wipe(&run->progress);
    return EXIT_CLEAN;
}

void run_print_timing(const struct run *run)
{
    const struct copydesk_summary *summary = run->summary;
    double now = clock_seconds();
    double judging = run->judged - run->begun;
    char a[32];
    char b[32];

    if (!run->line->verbose) {
        return;
    }
    fprintf(stderr, "judged in %.2f s (%s/s, %s articles/s), total %.2f s\n", judging,
            bytes_text(a, (uint64_t)((double)summary->bytes / (judging > 0 ? judging : 1))),
            count_text(b, (uint64_t)((double)summary->read / (judging > 0 ? judging : 1))), now - run->begun);
    fprintf(stderr, "%s candidate pairs, %s verified", count_text(a, summary->candidate_pairs),
            count_text(b, summary->verified_pairs));
    fprintf(stderr, "; %s of temporary files\n", bytes_text(a, summary->spilled_bytes));
}

void run_release(struct run *run)
{
    progress_wipe(&run->progress);
    copydesk_free(run->desk);
    *run = (struct run){0};
}
