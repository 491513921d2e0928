/*
 * gates.c - counting against limits, and showing the worst of what is over them.
 *
 * What a gate counts: `duplicates` counts removable copies (members of clusters less the one that stays in
 * each), the figure that says how much smaller the corpus would be; any other gate counts articles with at
 * least one finding of its rule or group, so that an article with three findings counts once.
 *
 * The summary of the engine has the first two figures. Verdicts are walked only for groups and for gates
 * that failed, and then at most ten findings a gate are held.
 */
#include "cli/gates.h"

#include <stdlib.h>
#include <string.h>

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

static bool take_verdict(struct gate_result *result, const struct copydesk_verdict *verdict)
{
    const struct copydesk_finding *best = NULL;

    if (result->counts_removable && !is_removable(verdict)) {
        return true;
    }
    for (size_t i = 0; i < verdict->n_findings; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        if (covers(result, finding->rule) && (!best || finding->score > best->score)) {
            best = finding;
        }
    }
    if (!best) {
        return true;
    }
    result->n_listable++;
    return keep_worst(result, verdict, best);
}

static int walk_verdicts(struct gate_result *results, size_t n, struct copydesk *desk,
                         struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    int status;

    copydesk_rewind(desk);
    while ((status = copydesk_next_verdict(desk, &verdict, error)) == 1) {
        for (size_t i = 0; i < n; i++) {
            // A gate on a group is not judged yet here; what it lists is dropped again if it passes.
            if (!results[i].passed && !take_verdict(&results[i], &verdict)) {
                *error = (struct copydesk_error){.status = COPYDESK_ERR_MEMORY, .message = "out of memory"};
                return COPYDESK_ERR_MEMORY;
            }
        }
    }
    copydesk_rewind(desk);
    return status;
}

int gates_judge(struct gate_result *results, const struct gate *gates, size_t n, struct copydesk *desk,
                struct copydesk_error *error)
{
    const struct copydesk_summary *summary = copydesk_summary(desk);
    bool walk = false;
    int status = 0;

    for (size_t i = 0; i < n; i++) {
        struct gate_result *result = &results[i];
        *result = (struct gate_result){.gate = &gates[i]};
        result->counts_removable = gates[i].group == COPYDESK_GROUP_DUPLICATES;
        if (result->counts_removable) {
            result->found = summary->removable;
        } else if (gates[i].rule >= 0) {
            result->found = summary->articles[gates[i].rule];
        } else {
            walk = true;
            continue;
        }
        result->passed = !limit_exceeded(&gates[i].limit, result->found, summary->read);
        walk = walk || !result->passed;
    }
    if (walk) {
        status = walk_verdicts(results, n, desk, error);
    }
    for (size_t i = 0; status == 0 && i < n; i++) {
        struct gate_result *result = &results[i];
        if (!result->counts_removable && gates[i].rule < 0) {
            result->found = result->n_listable;
            result->passed = !limit_exceeded(&gates[i].limit, result->found, summary->read);
        }
    }
    return status;
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

    if (result->gate->limit.is_share) {
        snprintf(out, 96, "%s (%s%s)", percent_text(share, result->found, summary->read),
                 count_text(count, result->found), what);
    } else {
        snprintf(out, 96, "%s%s", count_text(count, result->found), what);
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

/* What a person does next: a command to paste. */
static void print_next_step(FILE *out, const struct gate_result *result, const struct command_line *line)
{
    const struct worst *first = &result->worst[0];

    if (first->of[0] == '\0') {
        fputs("next: copydesk check --rejects rejects.jsonl", out);
    } else {
        fputs("next: copydesk explain", out);
    }
    for (size_t i = 0; i < line->n_paths; i++) {
        putc(' ', out);
        if (i == 3 && line->n_paths > 4) {
            fputs("...", out);
            break;
        }
        print_shell_word(out, view_of(line->paths[i]));
    }
    if (first->of[0] != '\0') {
        fputs(" --id ", out);
        print_shell_word(out, view_of(first->id));
    }
    putc('\n', out);
}

static void print_failed(FILE *out, const struct gate_result *result, const struct copydesk_summary *summary,
                         const struct command_line *line)
{
    char found[96];
    char count[32];

    found_text(found, result, summary);
    fprintf(out, "\n%s: %s, the limit is %s\n", result->gate->name, found, result->gate->limit.text);
    for (size_t i = 0; i < result->n_worst; i++) {
        print_worst(out, &result->worst[i]);
    }
    if (result->n_listable > result->n_worst) {
        fprintf(out, "... and %s more articles\n", count_text(count, result->n_listable - result->n_worst));
    }
    if (result->n_worst > 0) {
        print_next_step(out, result, line);
    }
}

void gates_print(FILE *out, const struct gate_result *results, size_t n,
                 const struct copydesk_summary *summary, const struct command_line *line)
{
    bool color = use_color(out, (enum color_mode)line->color);
    bool removable = false;

    fprintf(out, "\n%-20s %10s   %-24s  %s\n", "gate", "limit", "found", "result");
    for (size_t i = 0; i < n; i++) {
        const char *paint = !color ? "" : results[i].passed ? "\033[32m" : "\033[1;31m";
        char found[96];
        found_text(found, &results[i], summary);
        fprintf(out, "%-20s %10s   %-24s  %s%s%s\n", results[i].gate->name, results[i].gate->limit.text,
                found, paint, results[i].passed ? "pass" : "FAIL", color ? "\033[0m" : "");
        removable = removable || results[i].counts_removable;
    }
    if (removable) {
        fputs("The gate on duplicates counts removable copies, not members of clusters.\n", out);
    }
    if (line->default_gates) {
        fputs("These limits are the defaults; set others with --max RULE=N or --max RULE=P%.\n", out);
    }
    for (size_t i = 0; i < n; i++) {
        if (!results[i].passed) {
            print_failed(out, &results[i], summary, line);
        }
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
                "%s\n    {\"gate\": \"%s\", \"counts\": \"%s\", \"limit\": \"%s\", \"found\": %llu, "
                "\"share\": %.6f, "
                "\"passed\": %s, \"worst\": [",
                i > 0 ? "," : "", result->gate->name,
                result->counts_removable ? "removable copies" : "articles", result->gate->limit.text,
                (unsigned long long)result->found, (double)result->found / (double)summary->read,
                result->passed ? "true" : "false");
        for (size_t k = 0; !result->passed && k < result->n_worst; k++) {
            fputs(k > 0 ? ",\n      " : "\n      ", out);
            print_worst_json(out, &result->worst[k]);
        }
        fputs("]}", out);
    }
    fputs("\n  ]", out);
}
