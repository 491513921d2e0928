/*
 * profile.c - `copydesk profile`: what a corpus teaches, saved, so that ten new articles can be judged with
 * the knowledge of a million.
 *
 *     copydesk profile build PATH... -o FILE    learns from articles
 *     copydesk profile merge FILE... -o FILE    adds profiles up
 */
#include "cli/commands.h"
#include "cli/parse.h"
#include "cli/run.h"

#include <string.h>

// -o of this command and of report is one option.
static int build(const struct command_line *line, const char *const *profiles, size_t n_profiles,
                 const char **paths, size_t n_paths)
{
    struct run run = {.line = line, .command = "profile"};
    struct copydesk_error error = {0};
    char count[32];
    uint64_t articles = 0;
    int code = run_open(&run, profiles, n_profiles, paths, n_paths);

    if (code == EXIT_CLEAN &&
        copydesk_build_profile(run.desk, line->outputs[COPYDESK_OUT_REPORT], &articles, &error) < 0) {
        code = run_fail(&run, &error);
    }
    progress_wipe(&run.progress);
    if (code == EXIT_CLEAN && !line->quiet) {
        printf("%s: learned from %s articles\n", line->outputs[COPYDESK_OUT_REPORT],
               count_text(count, articles));
    }
    run_release(&run);
    return code;
}

int command_profile(const struct command_line *line)
{
    const char *what = line->n_paths > 0 ? line->paths[0] : "";
    bool merge = strcmp(what, "merge") == 0;

    if (!merge && strcmp(what, "build") != 0) {
        complain("copydesk profile build PATH... -o FILE, or copydesk profile merge FILE... -o FILE");
        return EXIT_FAILED;
    }
    if (line->n_paths < 2) {
        complain("copydesk profile %s: %s are missing", what, merge ? "profiles" : "articles to learn from");
        return EXIT_FAILED;
    }
    if (!line->outputs[COPYDESK_OUT_REPORT]) {
        complain("copydesk profile %s: -o FILE is missing: where does the profile go?", what);
        return EXIT_FAILED;
    }
    if (merge) {
        return build(line, line->paths + 1, line->n_paths - 1, NULL, 0);
    }
    return build(line, line->profiles, line->n_profiles, line->paths + 1, line->n_paths - 1);
}
