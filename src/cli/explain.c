/*
 * explain.c - `copydesk explain`: why an article was judged as it was.
 *
 * Prints the verdict, each finding with its evidence in sentences, and, when there is another article to
 * compare with, the figures of the pair and a word diff. The other article is the one named with --with,
 * else the one that the first copy finding names.
 *
 * Views that the library gives live until the next call, so what is shown later is copied first.
 */
#include "cli/commands.h"
#include "cli/diff.h"
#include "cli/run.h"

#include <stdlib.h>
#include <string.h>

static char *copy_of(struct copydesk_view view)
{
    char *copy = view.data && view.len > 0 ? malloc(view.len + 1) : NULL;

    if (copy) {
        memcpy(copy, view.data, view.len);
        copy[view.len] = '\0';
    }
    return copy;
}

static void print_quoted(FILE *out, const char *name, struct copydesk_view value)
{
    if (value.len > 0) {
        fprintf(out, "  %-8s", name);
        print_text(out, value);
        putc('\n', out);
    }
}

static const char *fate_text(enum copydesk_fate fate)
{
    return fate == COPYDESK_KEPT ? "keep" : fate == COPYDESK_DROPPED ? "drop" : "reject";
}

/* "97% of it stands in B" and so on: the figures of a pair in sentences. */
static void print_figures(FILE *out, const struct copydesk_finding *finding, struct copydesk_view of)
{
    char a[32];
    char b[32];

    fprintf(out, "    %.0f%% of it stands in ", 100 * finding->containment);
    print_text(out, of);
    fprintf(out, ", %.0f%% of that one stands here (word 5-grams; jaccard %.2f)\n",
            100 * finding->containment_of, finding->jaccard);
    fprintf(out, "    %s words stand in both in the same order, the longest run is %s words\n",
            count_text(a, finding->shared_words), count_text(b, finding->longest_run));
    if (finding->rule == COPYDESK_PARTIAL_REUSE || finding->rule == COPYDESK_N_RULES) {
        return; // settled by the words alone: facts were not counted
    }
    fprintf(out, "    names and numbers: %.0f%% by weight are in both, %s only here, %s only there\n",
            100 * finding->rarity, count_text(a, finding->own_facts), count_text(b, finding->other_facts));
}

static void print_finding(FILE *out, const struct copydesk_finding *finding)
{
    fprintf(out, "\n  %s", copydesk_rule_name(finding->rule));
    if (finding->of.len > 0) {
        fputs(" of ", out);
        print_text(out, finding->of);
    }
    fprintf(out, ": %s (%s, score %.2f)\n", copydesk_rule_summary(finding->rule),
            copydesk_action_name(finding->action), finding->score);
    if (finding->reason) {
        fprintf(out, "    %s, at byte %llu of the record\n", finding->reason,
                (unsigned long long)finding->offset);
    } else if (finding->of.len > 0 && finding->shared_words > 0) {
        print_figures(out, finding, finding->of);
    }
    if (finding->kept_because) {
        fputs("    ", out);
        print_text(out, finding->of);
        fprintf(out, " was kept instead: %s\n", finding->kept_because);
    }
}

static void print_verdict(FILE *out, const struct copydesk_verdict *verdict)
{
    print_text(out, verdict->id);
    fputs("  ", out);
    print_text(out, verdict->file);
    fprintf(out, ":%llu  %s\n", (unsigned long long)verdict->line, fate_text(verdict->fate));
    if (verdict->cluster.len != verdict->id.len ||
        memcmp(verdict->cluster.data, verdict->id.data, verdict->id.len) != 0) {
        print_quoted(out, "cluster", verdict->cluster);
    }
}

static void print_findings(FILE *out, const struct copydesk_verdict *verdict)
{
    if (verdict->n_findings == 0) {
        fputs("  nothing was found\n", out);
    }
    for (size_t i = 0; i < verdict->n_findings; i++) {
        print_finding(out, &verdict->findings[i]);
    }
}

/* The id named by the first copy finding, as a string to free; NULL when there is none. */
static char *original_of(const struct copydesk_verdict *verdict)
{
    for (size_t i = 0; i < verdict->n_findings; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        if (copydesk_rule_group(finding->rule) == COPYDESK_GROUP_DUPLICATES && finding->of.len > 0) {
            return copy_of(finding->of);
        }
    }
    return NULL;
}

/* Prints where an article stands and what becomes of it, its title, source and date. */
static int show_article(struct run *run, const char *id)
{
    struct copydesk_error error = {0};
    struct copydesk_verdict verdict;
    struct copydesk_article article = {0};

    if (copydesk_find_verdict(run->desk, view_of(id), &verdict, &error) < 0) {
        return run_fail(run, &error);
    }
    print_verdict(stdout, &verdict);
    // A bad record has no fields to show.
    if (verdict.fate == COPYDESK_REJECTED) {
        return EXIT_CLEAN;
    }
    if (copydesk_read_record(run->desk, verdict.record, &article, &error) < 0) {
        return run_fail(run, &error);
    }
    print_quoted(stdout, "title", article.title);
    print_quoted(stdout, "source", article.source);
    print_quoted(stdout, "date", article.date);
    return EXIT_CLEAN;
}

/* Prints the findings of an article; *other is the id that it is said to copy, to be freed, or NULL. */
static int show_findings(struct run *run, const char *id, char **other)
{
    struct copydesk_error error = {0};
    struct copydesk_verdict verdict;

    if (copydesk_find_verdict(run->desk, view_of(id), &verdict, &error) < 0) {
        return run_fail(run, &error);
    }
    print_findings(stdout, &verdict);
    *other = original_of(&verdict);
    return EXIT_CLEAN;
}

/* The diff of two articles; with their figures when no finding has shown them. */
static int compare(struct run *run, const char *a, const char *b, bool with_figures)
{
    struct copydesk_error error = {0};
    struct copydesk_finding evidence = {0};
    bool color = use_color(stdout, (enum color_mode)run->line->color);
    struct diff diff = {.out = stdout, .width = text_width(stdout), .color = color};
    int status;

    if (copydesk_compare(run->desk, view_of(a), view_of(b), &evidence, NULL, NULL, &error) < 0) {
        return run_fail(run, &error);
    }
    if (with_figures) {
        fprintf(stdout, "\n  together: %s\n",
                evidence.rule < COPYDESK_N_RULES ? copydesk_rule_name(evidence.rule)
                                                 : "no copies of each other");
        print_figures(stdout, &evidence, view_of(b));
    }
    fputs(color ? "\nonly in \033[31;9m" : "\nonly in [-", stdout);
    print_text(stdout, view_of(a));
    fputs(color ? "\033[0m, only in \033[32;4m" : "-], only in {+", stdout);
    print_text(stdout, view_of(b));
    fputs(color ? "\033[0m\n\n" : "+}\n\n", stdout);
    status = copydesk_compare(run->desk, view_of(a), view_of(b), &evidence, diff_piece, &diff, &error);
    if (!diff_end(&diff)) {
        complain("out of memory");
        return EXIT_FAILED;
    }
    return status < 0 ? run_fail(run, &error) : EXIT_CLEAN;
}

static int explain(struct run *run)
{
    const char *id = run->line->id;
    const char *with = run->line->with;
    char *original = NULL;
    int code = show_article(run, id);

    if (code == EXIT_CLEAN) {
        code = show_findings(run, id, &original);
    }
    if (!with) {
        with = original;
    }
    // Two records with one id cannot be told apart by their ids.
    if (code == EXIT_CLEAN && with && strcmp(with, id) != 0) {
        putc('\n', stdout);
        code = show_article(run, with);
        if (code == EXIT_CLEAN) {
            code = compare(run, id, with, !original || strcmp(with, original) != 0);
        }
    }
    free(original);
    if (code == EXIT_CLEAN) {
        run_print_timing(run);
    }
    return code;
}

int command_explain(const struct command_line *line)
{
    struct run run;
    int code = run_start(&run, "explain", line);

    if (code == EXIT_CLEAN) {
        code = explain(&run);
    }
    run_release(&run);
    return code;
}
