/*
 * explain.c - `copydesk explain`: why an article was judged as it was.
 *
 * Prints the verdict, each finding with its evidence in sentences, what is cut and repaired within the words
 * around it, and, when there is another article to compare with, the figures of the pair and a word diff. The
 * other article is the one named with --with, else the one that the first copy finding names.
 *
 * Views that the library gives live until the next call, so what is shown later is copied first.
 */
#include "cli/commands.h"
#include "cli/diff.h"
#include "cli/run.h"

#include <stdlib.h>
#include <string.h>

/* How much of the text is shown beside a place, and how many places of one kind. */
enum { CONTEXT_BYTES = 48, MOST_ALIKE = 5 };

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

static const char *fate_text(const struct copydesk_verdict *verdict)
{
    return verdict->cleaned                    ? "clean"
           : verdict->fate == COPYDESK_KEPT    ? "keep"
           : verdict->fate == COPYDESK_DROPPED ? "drop"
                                               : "reject";
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

/* What is shown of an article and what was found in it. */
struct shown {
    FILE *out;
    bool color, all;
    enum copydesk_offsets offsets;
    struct copydesk_article article;
    const char *better; /* title of the article that the title fits; or NULL */
};

/* Where in the text a place is that counts bytes or code points. */
static size_t byte_at(const struct shown *shown, struct copydesk_view text, uint32_t place)
{
    size_t at = 0;

    if (shown->offsets == COPYDESK_OFFSETS_BYTES) {
        return place < text.len ? place : text.len;
    }
    for (; place > 0 && at < text.len; place--) {
        uint32_t c;
        unsigned columns;
        at += next_char((struct copydesk_view){text.data + at, text.len - at}, &c, &columns);
    }
    return at;
}

static struct copydesk_view part(struct copydesk_view text, size_t from, size_t to)
{
    return (struct copydesk_view){text.data + from, to - from};
}

/* A few words before and after a place, from a word's beginning to a word's end, not over a line end. */
static size_t context_start(struct copydesk_view text, size_t at)
{
    size_t least = at > CONTEXT_BYTES ? at - CONTEXT_BYTES : 0;
    size_t from = at;

    for (size_t i = at; i > least && text.data[i - 1] != '\n'; i--) {
        from = i - 1 == 0 || text.data[i - 2] == ' ' || text.data[i - 2] == '\n' ? i - 1 : from;
    }
    return from;
}

static size_t context_end(struct copydesk_view text, size_t at)
{
    size_t most = text.len - at > CONTEXT_BYTES ? at + CONTEXT_BYTES : text.len;
    size_t to = at;

    for (size_t i = at; i < most && text.data[i] != '\n'; i++) {
        to = i + 1 == text.len || text.data[i + 1] == ' ' || text.data[i + 1] == '\n' ? i + 1 : to;
    }
    return to;
}

/* Code points of what cannot be seen: "U+000D U+200B". false: there is something to be seen. */
static bool print_unseen(FILE *out, struct copydesk_view text)
{
    struct copydesk_view rest = text;
    unsigned columns;
    uint32_t c;

    for (size_t n; rest.len > 0; rest.data += n, rest.len -= n) {
        n = next_char(rest, &c, &columns);
        if (columns > 0 && c > 0x20 && (c < 0x7F || c > 0xA0) && c != 0x3000) {
            return false;
        }
    }
    fputs("       ", out);
    for (unsigned shown = 0; text.len > 0 && shown < 4; shown++) {
        size_t n = next_char(text, &c, &columns);
        fprintf(out, " U+%04X", (unsigned)c);
        text.data += n;
        text.len -= n;
    }
    return true;
}

/*
 * The words concerned, with a few around them where something goes:
 *
 *     text 140-145:
 *         the cafe [-&amp;amp;-]{+&+} the bakery
 *
 * false: out of memory.
 */
static bool print_span(const struct shown *shown, const struct copydesk_finding *finding, bool with_score)
{
    bool in_title = finding->field == COPYDESK_FIELD_TITLE;
    struct copydesk_view field = in_title ? shown->article.title : shown->article.text;
    size_t start = byte_at(shown, field, finding->start);
    size_t end = byte_at(shown, field, finding->end);
    bool changes = finding->action == COPYDESK_CUT || finding->action == COPYDESK_REPAIR;
    struct diff diff = {.out = shown->out,
                        .width = text_width(shown->out),
                        .indent = 8,
                        .color = shown->color,
                        .whole = true};
    int stop;

    fprintf(shown->out, "    %s %u-%u", in_title ? "title" : "text", (unsigned)finding->start,
            (unsigned)finding->end);
    if (with_score) {
        fprintf(shown->out, ", score %.2f", finding->score);
    }
    if (finding->articles > 1) {
        char articles[32];
        char clusters[32];
        fprintf(shown->out, ", the same in %s articles (%s without copies)",
                count_text(articles, finding->articles), count_text(clusters, finding->clusters));
    }
    fputs(":\n", shown->out);
    if (changes && print_unseen(shown->out, part(field, start, end))) {
        fputs(finding->to.len > 0 ? " became \"" : " is left out", shown->out);
        print_text(shown->out, finding->to);
        fputs(finding->to.len > 0 ? "\"\n" : "\n", shown->out);
        return true;
    }
    if (!changes) {
        stop = diff_piece(&diff, COPYDESK_DIFF_SAME, part(field, start, end));
        return diff_end(&diff) && stop == 0;
    }
    stop = diff_piece(&diff, COPYDESK_DIFF_SAME, part(field, context_start(field, start), start));
    stop |= diff_piece(&diff, COPYDESK_DIFF_ONLY_A, part(field, start, end));
    if (finding->to.len > 0) {
        stop |= diff_piece(&diff, COPYDESK_DIFF_ONLY_B, finding->to);
    }
    stop |= diff_piece(&diff, COPYDESK_DIFF_SAME, part(field, end, context_end(field, end)));
    return diff_end(&diff) && stop == 0;
}

static void print_heading(FILE *out, const struct copydesk_finding *finding)
{
    fprintf(out, "\n  %s", copydesk_rule_name(finding->rule));
    if (finding->of.len > 0) {
        fputs(" of ", out);
        print_text(out, finding->of);
    }
    fprintf(out, ": %s (%s, score %.2f)\n", copydesk_rule_summary(finding->rule),
            copydesk_action_name(finding->action), finding->score);
    if (finding->rule == COPYDESK_BAD_RECORD) {
        fprintf(out, "    %s, at byte %llu of the record\n", finding->reason,
                (unsigned long long)finding->offset);
    } else if (finding->reason) {
        fprintf(out, "    %s\n", finding->reason);
    }
}

/* One of several that need no heading of their own. */
static bool is_alike(const struct copydesk_finding *a, const struct copydesk_finding *b)
{
    return a->rule == b->rule && a->action == b->action && a->field != COPYDESK_FIELD_NONE &&
           b->field != COPYDESK_FIELD_NONE && a->reason == b->reason;
}

static bool print_finding(const struct shown *shown, const struct copydesk_finding *finding,
                          const struct copydesk_finding *heading)
{
    FILE *out = shown->out;

    if (finding->of.len > 0 && finding->shared_words > 0) {
        print_figures(out, finding, finding->of);
    }
    if (finding->kept_because) {
        fputs("    ", out);
        print_text(out, finding->of);
        fprintf(out, " was kept instead: %s\n", finding->kept_because);
    }
    if (finding->better.len > 0) {
        fputs("    the title fits ", out);
        print_text(out, finding->better);
        if (shown->better) {
            fputs(", which is called: ", out);
            print_text(out, view_of(shown->better));
        }
        putc('\n', out);
    }
    return finding->field == COPYDESK_FIELD_NONE ||
           print_span(shown, finding, finding->score != heading->score);
}

static void print_verdict(FILE *out, const struct copydesk_verdict *verdict)
{
    print_text(out, verdict->id);
    fputs("  ", out);
    print_text(out, verdict->file);
    fprintf(out, ":%llu  %s\n", (unsigned long long)verdict->line, fate_text(verdict));
    if (verdict->cluster.len != verdict->id.len ||
        memcmp(verdict->cluster.data, verdict->id.data, verdict->id.len) != 0) {
        print_quoted(out, "cluster", verdict->cluster);
    }
}

/* false: out of memory. */
static bool print_findings(const struct shown *shown, const struct copydesk_verdict *verdict)
{
    const struct copydesk_finding *findings = verdict->findings;
    const struct copydesk_finding *heading = findings;
    size_t run = 0; /* findings under one heading so far */
    bool ok = true;

    if (verdict->n_findings == 0) {
        fputs("  nothing was found\n", shown->out);
    }
    for (size_t i = 0; i < verdict->n_findings && ok; i++) {
        bool goes_on = i > 0 && is_alike(&findings[i - 1], &findings[i]);
        bool is_last = i + 1 == verdict->n_findings || !is_alike(&findings[i], &findings[i + 1]);
        run = goes_on ? run + 1 : 1;
        if (!goes_on) {
            heading = &findings[i];
            print_heading(shown->out, heading);
        }
        if (run <= MOST_ALIKE || shown->all) {
            ok = print_finding(shown, &findings[i], heading);
        } else if (is_last) {
            fprintf(shown->out, "    and %zu more; -v shows them\n", run - MOST_ALIKE);
        }
    }
    return ok;
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

/* The title of the article that the title found wrong belongs to, to be freed; NULL when none is known. */
static char *title_of_better(struct run *run, const struct copydesk_verdict *verdict)
{
    struct copydesk_error ignored = {0};
    struct copydesk_verdict other;
    struct copydesk_article article;
    char *id = NULL;
    char *title = NULL;

    for (size_t i = 0; i < verdict->n_findings && !id; i++) {
        id = copy_of(verdict->findings[i].better);
    }
    if (id && copydesk_find_verdict(run->desk, view_of(id), &other, &ignored) == 0 &&
        copydesk_read_record(run->desk, other.record, &article, &ignored) == 0) {
        title = copy_of(article.title);
    }
    free(id);
    return title;
}

/* Prints the findings of an article; *other is the id that it is said to copy, to be freed, or NULL. */
static int show_findings(struct run *run, const char *id, char **other)
{
    struct copydesk_error error = {0};
    struct copydesk_verdict verdict;
    struct shown shown = {
        .out = stdout,
        .color = use_color(stdout, (enum color_mode)run->line->color),
        .all = run->line->verbose,
        .offsets = run->line->engine.offsets,
    };
    char *better;
    int status = copydesk_find_verdict(run->desk, view_of(id), &verdict, &error);

    if (status < 0) {
        return run_fail(run, &error);
    }
    better = title_of_better(run, &verdict);
    shown.better = better;
    status = copydesk_find_verdict(run->desk, view_of(id), &verdict, &error);
    if (status == 0 && verdict.fate != COPYDESK_REJECTED) {
        status = copydesk_read_record(run->desk, verdict.record, &shown.article, &error);
    }
    if (status == 0 && !print_findings(&shown, &verdict)) {
        complain("out of memory");
        free(better);
        return EXIT_FAILED;
    }
    *other = status == 0 ? original_of(&verdict) : NULL;
    free(better);
    return status < 0 ? run_fail(run, &error) : EXIT_CLEAN;
}

/* The diff of two articles; with their figures when no finding has shown them. */
static int compare(struct run *run, const char *a, const char *b, bool with_figures)
{
    struct copydesk_error error = {0};
    struct copydesk_finding evidence = {0};
    bool color = use_color(stdout, (enum color_mode)run->line->color);
    struct diff diff = {.out = stdout, .width = text_width(stdout), .indent = 2, .color = color};
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
