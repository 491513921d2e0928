/*
 * index.c - `copydesk index`: the folder in which a filter remembers what it has seen.
 */
#include "cli/commands.h"
#include "cli/run.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

static int fail(const struct copydesk_error *error)
{
    struct run run = {.command = "index"};

    return run_fail(&run, error);
}

static int build(const struct command_line *line)
{
    const char *dir = line->outputs[COPYDESK_OUT_REPORT];
    struct run run = {.line = line, .command = "index"};
    struct copydesk_error error = {0};
    uint64_t articles = 0;
    char count[32];
    int code;

    if (!dir) {
        complain("copydesk index build: -o DIR is missing: where does the index go?");
        return EXIT_FAILED;
    }
    code = run_open(&run, line->profiles, line->n_profiles, line->paths + 1, line->n_paths - 1);
    if (code == EXIT_CLEAN &&
        copydesk_build_index(run.desk, dir, line->filter.keep_text, &articles, &error) < 0) {
        code = run_fail(&run, &error);
    }
    progress_wipe(&run.progress);
    if (code == EXIT_CLEAN && !line->quiet) {
        printf("%s: %s articles\n", dir, count_text(count, articles));
    }
    run_release(&run);
    return code;
}

static const char *day_text(char out[static 32], int64_t seconds)
{
    time_t time = (time_t)seconds;
    struct tm parts;

    if (!gmtime_r(&time, &parts) || strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts) == 0) {
        snprintf(out, 32, "%" PRId64, seconds);
    }
    return out;
}

static void print_info(const char *dir, const struct copydesk_index_info *info)
{
    char text[5][32];

    print_text(stdout, view_of(dir));
    printf(": made by copydesk %s, Unicode %s; %s\n", info->version, info->unicode, info->settings);
    printf("  articles     %s; %s inside the window, %s copies when they came, %s of them word for word\n",
           count_text(text[0], info->articles), count_text(text[1], info->live),
           count_text(text[2], info->dropped), count_text(text[3], info->exact));
    if (info->dated) {
        printf("  dates        %s to %s\n", day_text(text[0], info->oldest), day_text(text[1], info->newest));
    }
    printf("  profile      knows %s of them, %s\n", count_text(text[0], info->learned),
           bytes_text(text[1], info->profile_bytes));
    printf("  on disk      %s: records %s, postings %s in %s files, texts %s\n",
           bytes_text(text[0], info->disk_bytes), bytes_text(text[1], info->record_bytes),
           bytes_text(text[2], info->posting_bytes), count_text(text[3], info->segments),
           bytes_text(text[4], info->text_bytes));
    if (info->articles > 0) {
        printf("               %" PRIu64 " bytes an article; %s words in the dictionary\n",
               info->disk_bytes / info->articles, count_text(text[0], info->vocabulary));
    }
}

static void print_info_json(const struct copydesk_index_info *info)
{
    printf("{\"version\":\"%s\",\"unicode\":\"%s\",\"settings\":\"%s\",\"articles\":%" PRIu64
           ",\"live\":%" PRIu64 ",\"dropped\":%" PRIu64 ",\"exact\":%" PRIu64 ",\"learned\":%" PRIu64
           ",\"vocabulary\":%" PRIu64 ",\"segments\":%" PRIu64 ",\"record_bytes\":%" PRIu64
           ",\"posting_bytes\":%" PRIu64 ",\"profile_bytes\":%" PRIu64 ",\"text_bytes\":%" PRIu64
           ",\"disk_bytes\":%" PRIu64,
           info->version, info->unicode, info->settings, info->articles, info->live, info->dropped,
           info->exact, info->learned, info->vocabulary, info->segments, info->record_bytes,
           info->posting_bytes, info->profile_bytes, info->text_bytes, info->disk_bytes);
    if (info->dated) {
        printf(",\"oldest\":%" PRId64 ",\"newest\":%" PRId64, info->oldest, info->newest);
    }
    fputs("}\n", stdout);
}

static int show_info(const struct command_line *line, const char *dir)
{
    struct copydesk_index_info info;
    struct copydesk_error error = {0};

    if (copydesk_index_info(dir, &info, &error) < 0) {
        return fail(&error);
    }
    if (line->json) {
        print_info_json(&info);
    } else {
        print_info(dir, &info);
    }
    return EXIT_CLEAN;
}

static int collect(const struct command_line *line, const char *dir)
{
    struct copydesk_error error = {0};
    uint64_t freed = 0;
    char text[32];

    if (copydesk_index_gc(dir, line->filter.window_seconds, line->filter.clock, &freed, &error) < 0) {
        return fail(&error);
    }
    if (!line->quiet) {
        print_text(stdout, view_of(dir));
        printf(": %s freed\n", bytes_text(text, freed));
    }
    return EXIT_CLEAN;
}

static int merge(const struct command_line *line)
{
    const char *into = line->outputs[COPYDESK_OUT_REPORT];
    struct copydesk_error error = {0};
    char text[32];

    if (!into) {
        complain("copydesk index merge: -o DIR is missing: which index takes the articles?");
        return EXIT_FAILED;
    }
    for (size_t i = 1; i < line->n_paths; i++) {
        uint64_t articles = 0;
        if (copydesk_index_merge(into, line->paths[i], &articles, &error) < 0) {
            return fail(&error);
        }
        if (!line->quiet) {
            print_text(stdout, view_of(line->paths[i]));
            printf(": %s articles added\n", count_text(text, articles));
        }
    }
    return EXIT_CLEAN;
}

static void tell_trouble(void *data, const char *message)
{
    (void)data;
    print_text(stdout, view_of(message));
    fputc('\n', stdout);
}

static int verify(const struct command_line *line, const char *dir)
{
    struct copydesk_error error = {0};
    uint64_t troubles = 0;

    if (copydesk_index_verify(dir, tell_trouble, NULL, &troubles, &error) < 0) {
        return fail(&error);
    }
    if (troubles > 0) {
        complain("%s: %" PRIu64 " things are wrong; build it anew, or take the last copy", dir, troubles);
        return EXIT_OVER_LIMIT;
    }
    if (!line->quiet) {
        print_text(stdout, view_of(dir));
        fputs(": sound\n", stdout);
    }
    return EXIT_CLEAN;
}

static int print_article(void *data, const struct copydesk_indexed *a)
{
    char text[32];

    (void)data;
    printf("{\"number\":%" PRIu64 ",\"id\":", a->number);
    print_json(stdout, a->id);
    fputs(",\"title\":", stdout);
    print_json(stdout, a->title);
    fputs(",\"source\":", stdout);
    print_json(stdout, a->source);
    if (a->dated) {
        printf(",\"date\":\"%s\"", day_text(text, a->date));
    }
    printf(",\"arrived\":\"%s\",\"words\":%u,\"action\":\"%s\",\"copy_of\":%" PRIu64 ",\"cluster\":%" PRIu64
           "}\n",
           day_text(text, a->arrived), a->words, a->dropped ? "drop" : "keep", a->copy_of, a->cluster);
    return ferror(stdout) ? 1 : 0;
}

static int export(const char *dir)
{
    struct copydesk_error error = {0};

    return copydesk_index_export(dir, print_article, NULL, &error) < 0 ? fail(&error) : EXIT_CLEAN;
}

int command_index(const struct command_line *line)
{
    const char *what = line->n_paths > 0 ? line->paths[0] : "";
    bool takes_many = strcmp(what, "build") == 0 || strcmp(what, "merge") == 0;
    const char *dir = line->n_paths > 1 ? line->paths[1] : NULL;

    if (!dir || (!takes_many && line->n_paths != 2)) {
        complain(
            "copydesk index build PATH... -o DIR, merge DIR... -o DIR, or info, gc, verify, export with DIR");
        return EXIT_FAILED;
    }
    if (strcmp(what, "build") == 0) {
        return build(line);
    }
    if (strcmp(what, "merge") == 0) {
        return merge(line);
    }
    if (strcmp(what, "info") == 0) {
        return show_info(line, dir);
    }
    if (strcmp(what, "gc") == 0) {
        return collect(line, dir);
    }
    if (strcmp(what, "verify") == 0) {
        return verify(line, dir);
    }
    if (strcmp(what, "export") == 0) {
        return export(dir);
    }
    complain("copydesk index %s: is none of build, info, gc, merge, verify, export", what);
    return EXIT_FAILED;
}
