/*
 * gates.c - counting against limits, and showing the worst of what is over them.
 *
 * What a gate counts: `duplicates` counts removable copies (members of clusters less the one that stays in
 * each), the figure that says how much smaller the corpus would be; any other gate counts articles with at
 * least one finding of its rule or group, so that an article with three findings counts once.
 *
 * The summary of the engine has the first two figures. Verdicts are walked only for groups, for gates that
 * failed and when there is a baseline, and then at most ten findings a gate are held.
 *
 * What is printed for a gate that fails is meant for the log of a build, read by somebody who has never seen
 * this program: the rule, the figure, the limit, places to look at, a command to paste, a way to mend it.
 */
#include "cli/gates.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_WARNED = 3 }; /* findings that a warning shows */

static bool is_copy_rule(enum copydesk_rule rule)
{
    return rule == COPYDESK_EXACT_DUPLICATE || rule == COPYDESK_NEAR_DUPLICATE ||
           rule == COPYDESK_CONTAINED_COPY || rule == COPYDESK_REVISED_COPY;
}

static bool covers(const struct gate_result *result, enum copydesk_rule rule)
{
    if (result->counts_removable) {
        return is_copy_rule(rule);
    }
    return result->gate->rule >= 0 ? (int)rule == result->gate->rule
                                   : (int)copydesk_rule_group(rule) == result->gate->group;
}

static char *copy_view(struct copydesk_view view)
{
    char *copy = malloc(view.len + 1);

    if (copy) {
        memcpy(copy, view.data ? view.data : "", view.data ? view.len : 0);
        copy[view.data ? view.len : 0] = '\0';
    }
    return copy;
}

static void release_worst(struct worst *worst)
{
    free(worst->file);
    free(worst->id);
    free(worst->of);
    *worst = (struct worst){0};
}

/* Keeps the ten best, earlier records first among equals. */
static bool keep_worst(struct gate_result *result, const struct copydesk_verdict *verdict,
                       const struct copydesk_finding *finding)
{
    size_t place = result->n_worst;
    struct worst worst;

    while (place > 0 && result->worst[place - 1].score < finding->score) {
        place--;
    }
    if (place == MAX_WORST) {
        return true;
    }
    worst = (struct worst){
        .file = copy_view(verdict->file),
        .id = copy_view(verdict->id),
        .of = copy_view(finding->of),
        .line = verdict->line,
        .rule = finding->rule,
        .score = finding->score,
        .jaccard = finding->jaccard,
        .containment = finding->containment,
        .shared_words = finding->shared_words,
        .reason = finding->reason,
        .offset = finding->offset,
    };
    if (!worst.file || !worst.id || !worst.of) {
        release_worst(&worst);
        return false;
    }
    if (result->n_worst == MAX_WORST) {
        release_worst(&result->worst[MAX_WORST - 1]);
    } else {
        result->n_worst++;
    }
    memmove(&result->worst[place + 1], &result->worst[place], (result->n_worst - 1 - place) * sizeof worst);
    result->worst[place] = worst;
    return true;
}

/* Whether the article is a copy that could go: its cluster is named for another one. */
static bool is_removable(const struct copydesk_verdict *verdict)
{
    return verdict->fate == COPYDESK_DROPPED || verdict->cluster.len != verdict->id.len ||
           memcmp(verdict->cluster.data, verdict->id.data, verdict->id.len) != 0;
}

static bool take_verdict(struct gate_result *result, const struct copydesk_verdict *verdict,
                         const struct news *news)
{
    const struct copydesk_finding *best = news_of_head(news, verdict->record);
    size_t n = result->counts_removable && !is_removable(verdict) ? 0 : verdict->n_findings;

    if (best && !covers(result, best->rule)) {
        best = NULL;
    }
    for (size_t i = 0; i < n; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        bool counts = covers(result, finding->rule) &&
                      (!news_covers(news, finding->rule) || news_counts(news, verdict->record, i));
        if (counts && (!best || finding->score > best->score)) {
            best = finding;
        }
    }
    if (!best) {
        return true;
    }
    result->n_listable++;
    return keep_worst(result, verdict, best);
}

static int walk_verdicts(struct gate_result *results, size_t n, const struct news *news,
                         struct copydesk *desk, struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    int status;

    copydesk_rewind(desk);
    while ((status = copydesk_next_verdict(desk, &verdict, error)) == 1) {
        for (size_t i = 0; i < n; i++) {
            // A gate on a group is not judged yet here; what it lists is dropped again if it passes.
            if (!results[i].passed && !take_verdict(&results[i], &verdict, news)) {
                *error = (struct copydesk_error){.status = COPYDESK_ERR_MEMORY, .message = "out of memory"};
                return COPYDESK_ERR_MEMORY;
            }
        }
    }
    copydesk_rewind(desk);
    return status;
}

/* With a baseline, what a gate counts is what it may fail on. A gate that only warns counts all. */
static bool counts_only_new(const struct gate *gate, const struct news *news)
{
    for (int rule = 0; news && rule < COPYDESK_N_RULES; rule++) {
        bool named = gate->rule >= 0 ? gate->rule == rule
                                     : gate->group == (int)copydesk_rule_group((enum copydesk_rule)rule);
        if (named && news_covers(news, (enum copydesk_rule)rule)) {
            return true;
        }
    }
    return false;
}

int gates_judge(struct gate_result *results, size_t *n_results, const struct command_line *line,
                const struct news *news, struct copydesk *desk, struct copydesk_error *error)
{
    const struct copydesk_summary *summary = copydesk_summary(desk);
    bool walk = false;
    int status = 0;
    size_t n = 0;

    for (size_t i = 0; i < line->n_gates; i++) {
        const struct gate *gate = &line->gates[i];
        struct gate_result *result = &results[n];
        if (gate->limit.is_off) {
            continue;
        }
        *result = (struct gate_result){.gate = gate, .only_new = counts_only_new(gate, news)};
        result->counts_removable = gate->group == COPYDESK_GROUP_DUPLICATES;
        n++;
        if (result->counts_removable) {
            result->found = summary->removable;
        } else if (gate->rule >= 0) {
            result->found = summary->articles[gate->rule];
        }
        if (result->only_new || (!result->counts_removable && gate->rule < 0)) {
            walk = true;
            continue;
        }
        result->passed = !limit_exceeded(&gate->limit, result->found, summary->read);
        walk = walk || !result->passed;
    }
    *n_results = n;
    if (walk) {
        status = walk_verdicts(results, n, news, desk, error);
    }
    for (size_t i = 0; status == 0 && i < n; i++) {
        struct gate_result *result = &results[i];
        if (result->only_new || (!result->counts_removable && result->gate->rule < 0)) {
            result->found = result->n_listable;
            result->passed = !limit_exceeded(&result->gate->limit, result->found, summary->read);
        }
    }
    return status;
}

bool gates_fail(const struct gate_result *results, size_t n, const struct command_line *line)
{
    for (size_t i = 0; i < n; i++) {
        if (!results[i].passed &&
            (results[i].gate->level == GATE_ERROR || line->fail_on == FAIL_ON_WARNING)) {
            return true;
        }
    }
    return false;
}

void gates_release(struct gate_result *results, size_t n)
{
    for (size_t i = 0; results && i < n; i++) {
        for (size_t k = 0; k < results[i].n_worst; k++) {
            release_worst(&results[i].worst[k]);
        }
    }
}

/* "4.87% (560 removable copies)" or "12": what was found, in the unit of the limit. */
static void found_text(char out[static 96], const struct gate_result *result,
                       const struct copydesk_summary *summary)
{
    char share[32];
    char count[32];
    const char *what = result->counts_removable ? " removable" : "";
    const char *fresh = result->only_new ? " new" : "";

    if (result->gate->limit.is_share) {
        snprintf(out, 96, "%s (%s%s%s)", percent_text(share, result->found, summary->read),
                 count_text(count, result->found), fresh, what);
    } else {
        snprintf(out, 96, "%s%s%s", count_text(count, result->found), fresh, what);
    }
}

bool gates_describe(struct copydesk_gate *out, const struct gate_result *results, size_t n,
                    const struct copydesk_summary *summary, const struct command_line *line)
{
    for (size_t i = 0; i < n; i++) {
        char found[96];
        found_text(found, &results[i], summary);
        out[i] = (struct copydesk_gate){
            .name = results[i].gate->name,
            .limit = results[i].gate->limit.text,
            .found = strdup(found),
            .count = results[i].found,
            .passed = results[i].passed,
            .only_warns = results[i].gate->level == GATE_WARNING && line->fail_on != FAIL_ON_WARNING,
        };
        if (!out[i].found) {
            return false;
        }
    }
    return true;
}

void gates_forget(struct copydesk_gate *out, size_t n)
{
    for (size_t i = 0; out && i < n; i++) {
        free((char *)(uintptr_t)out[i].found);
    }
}

/* FILE:LINE: rule: what it means (figures) */
static void print_worst(FILE *out, const struct worst *worst)
{
    print_text(out, view_of(worst->file));
    fprintf(out, ":%llu: %s: ", (unsigned long long)worst->line, copydesk_rule_name(worst->rule));
    print_text(out, view_of(worst->reason ? worst->reason : copydesk_rule_summary(worst->rule)));
    fputs(" (id ", out);
    print_text(out, view_of(worst->id));
    if (worst->of[0] != '\0') {
        fputs(", of ", out);
        print_text(out, view_of(worst->of));
    }
    if (worst->reason) {
        fprintf(out, ", byte %llu of the record", (unsigned long long)worst->offset);
    } else if (worst->shared_words > 0) {
        char words[32];
        fprintf(out, ", jaccard %.2f, containment %.2f, %s shared words", worst->jaccard, worst->containment,
                count_text(words, worst->shared_words));
    }
    fputs(")\n", out);
}

/* The paths and the known corpora, as words of a command to paste. */
static void print_inputs(FILE *out, const struct command_line *line)
{
    for (size_t i = 0; i < line->n_paths; i++) {
        putc(' ', out);
        if (i == 3 && line->n_paths > 4) {
            fputs("...", out);
            break;
        }
        print_shell_word(out, view_of(line->paths[i]));
    }
    for (size_t i = 0; i < line->n_against; i++) {
        fputs(" --against ", out);
        print_shell_word(out, view_of(line->against[i]));
    }
}

/* How such a finding is mended. NULL: by `copydesk clean` as it is. */
static const char *advice_for(enum copydesk_rule rule)
{
    switch (rule) {
    case COPYDESK_BAD_RECORD:
        return "correct the record or take it out";
    case COPYDESK_DUPLICATE_ID:
        return "give each article an id of its own";
    case COPYDESK_TITLE_MISMATCH:
    case COPYDESK_TITLE_JUNK:
        return "give the article its own title or take it out";
    default:
        return NULL;
    }
}

/* What a person does next: a command that shows more, and one that mends it. */
static void print_next_step(FILE *out, const struct gate_result *result, const struct command_line *line)
{
    const struct worst *first = &result->worst[0];
    const char *advice = advice_for(first->rule);
    enum copydesk_action action = line->engine.actions[first->rule];

    if (first->rule != COPYDESK_BAD_RECORD && first->rule != COPYDESK_DUPLICATE_ID) {
        fputs("next: copydesk explain", out);
        print_inputs(out, line);
        fputs(" --id ", out);
        print_shell_word(out, view_of(first->id));
        putc('\n', out);
    }
    if (first->rule == COPYDESK_DUPLICATE_ID) {
        fprintf(out, "fix:  %s\n", advice); // both are kept by clean: nobody else can know which one is right
        return;
    }
    fprintf(out, "fix:  %s%scopydesk clean", advice ? advice : "", advice ? "; or " : "");
    print_inputs(out, line);
    if (action == COPYDESK_FLAG) {
        // What is flagged stays as it is until somebody decides otherwise.
        static const enum copydesk_action stronger[] = {COPYDESK_DROP, COPYDESK_REPAIR, COPYDESK_CUT};
        for (size_t i = 0; i < sizeof stronger / sizeof stronger[0]; i++) {
            if (copydesk_rule_allows(first->rule, stronger[i])) {
                fprintf(out, " --set %s=%s", copydesk_rule_name(first->rule),
                        copydesk_action_name(stronger[i]));
                break;
            }
        }
    }
    fputs(" -o clean.jsonl --rejects rejects.jsonl\n", out);
}

static void print_failed(FILE *out, const struct gate_result *result, const struct copydesk_summary *summary,
                         const struct command_line *line)
{
    char found[96];
    char count[32];
    size_t shown = result->gate->level == GATE_ERROR ? MAX_WORST : MAX_WARNED;

    found_text(found, result, summary);
    fprintf(out, "\n%s%s: %s, the limit is %s\n", result->gate->level == GATE_WARNING ? "warning: " : "",
            result->gate->name, found, result->gate->limit.text);
    shown = result->n_worst < shown ? result->n_worst : shown;
    for (size_t i = 0; i < shown; i++) {
        print_worst(out, &result->worst[i]);
    }
    if (result->n_listable > shown) {
        fprintf(out, "... and %s more articles\n", count_text(count, result->n_listable - shown));
    }
    if (result->n_worst > 0) {
        print_next_step(out, result, line);
    }
}

/* Where the figure that fails comes from: there are two for copies, and people mean either. */
static void print_figures_of_copies(FILE *out, const struct gate_result *result,
                                    const struct copydesk_summary *summary)
{
    char a[32];
    char b[32];
    char c[32];
    char d[32];

    fprintf(out,
            "The gate on duplicates counts removable copies (%s, %s), not members of clusters (%s, %s).\n",
            count_text(a, summary->removable), percent_text(b, summary->removable, summary->read),
            count_text(c, summary->members), percent_text(d, summary->members, summary->read));
    if (result->only_new) {
        fprintf(out, "New among the removable copies: %s.\n", count_text(a, result->found));
    }
}

static const char *result_text(const struct gate_result *result)
{
    return result->passed ? "pass" : result->gate->level == GATE_ERROR ? "FAIL" : "warn";
}

void gates_print(FILE *out, const struct gate_result *results, size_t n,
                 const struct copydesk_summary *summary, const struct command_line *line)
{
    bool color = use_color(out, (enum color_mode)line->color);

    if (n == 0) {
        fputs("\nNo limits: every --max and --warn is off.\n", out);
        return;
    }
    fprintf(out, "\n%-20s %10s   %-24s  %s\n", "gate", "limit", "found", "result");
    for (size_t i = 0; i < n; i++) {
        bool is_error = results[i].gate->level == GATE_ERROR;
        const char *paint = !color              ? ""
                            : results[i].passed ? "\033[32m"
                            : is_error          ? "\033[1;31m"
                                                : "\033[33m";
        char found[96];
        found_text(found, &results[i], summary);
        fprintf(out, "%-20s %10s   %-24s  %s%s%s\n", results[i].gate->name, results[i].gate->limit.text,
                found, paint, result_text(&results[i]), color ? "\033[0m" : "");
    }
    for (size_t i = 0; i < n; i++) {
        if (results[i].counts_removable) {
            print_figures_of_copies(out, &results[i], summary);
            break;
        }
    }
    if (line->default_gates) {
        fputs("These limits are the defaults; set others with --max RULE=N or --max RULE=P%.\n", out);
    }
    for (int level = GATE_WARNING; level >= GATE_ERROR; level--) {
        for (size_t i = 0; i < n; i++) {
            if (!results[i].passed && (int)results[i].gate->level == level) {
                print_failed(out, &results[i], summary, line);
            }
        }
    }
    if (gates_fail(results, n, line) && !line->baseline) {
        fputs("\nTo accept what is there and fail only on what is new: --write-baseline copydesk.baseline, "
              "then\n"
              "--baseline copydesk.baseline\n",
              out);
    }
}

static void print_worst_json(FILE *out, const struct worst *worst)
{
    fputs("{\"file\": ", out);
    print_json(out, view_of(worst->file));
    fprintf(out, ", \"line\": %llu, \"rule\": \"%s\", \"id\": ", (unsigned long long)worst->line,
            copydesk_rule_name(worst->rule));
    print_json(out, view_of(worst->id));
    if (worst->of[0] != '\0') {
        fputs(", \"of\": ", out);
        print_json(out, view_of(worst->of));
    }
    fprintf(out, ", \"score\": %.4f", worst->score);
    if (worst->shared_words > 0) {
        fprintf(out, ", \"jaccard\": %.4f, \"containment\": %.4f, \"shared_words\": %u", worst->jaccard,
                worst->containment, worst->shared_words);
    }
    if (worst->reason) {
        fputs(", \"reason\": ", out);
        print_json(out, view_of(worst->reason));
        fprintf(out, ", \"offset\": %llu", (unsigned long long)worst->offset);
    }
    putc('}', out);
}

void gates_print_json(FILE *out, const struct gate_result *results, size_t n,
                      const struct copydesk_summary *summary)
{
    putc('[', out);
    for (size_t i = 0; i < n; i++) {
        const struct gate_result *result = &results[i];
        fprintf(out,
                "%s\n    {\"gate\": \"%s\", \"level\": \"%s\", \"counts\": \"%s%s\", \"limit\": \"%s\", "
                "\"found\": %llu, \"share\": %.6f, \"passed\": %s, \"worst\": [",
                i > 0 ? "," : "", result->gate->name, result->gate->level == GATE_ERROR ? "error" : "warning",
                result->only_new ? "new " : "", result->counts_removable ? "removable copies" : "articles",
                result->gate->limit.text, (unsigned long long)result->found,
                (double)result->found / (double)summary->read, result->passed ? "true" : "false");
        for (size_t k = 0; !result->passed && k < result->n_worst; k++) {
            fputs(k > 0 ? ",\n      " : "\n      ", out);
            print_worst_json(out, &result->worst[k]);
        }
        fputs("]}", out);
    }
    fputs("\n  ]", out);
}
