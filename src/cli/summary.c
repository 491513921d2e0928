/*
 * summary.c - the summary of a run.
 *
 *     kept 10,900 + dropped 590 + rejected 10 = read 11,500 (47.4 MB)
 *     cleaned 1,204 of the kept: 1.9 MB cut, 310 places repaired
 *
 *     rule                articles            findings  action
 *     exact-duplicate          278    2.42%        278  drop
 *     near-duplicate           312    2.71%        312  drop
 *
 *     240 clusters of copies, 830 members (7.22%), 590 removable copies (5.13%)
 *
 * The first line is a sum on purpose: nothing that went in is unaccounted for. Nothing here depends on time
 * or threads, so two runs can be compared with diff.
 */
#include "cli/summary.h"

static bool is_shown(const struct copydesk_summary *summary, const struct command_line *line, int rule)
{
    // Templates are no defect; a corpus has thousands of such pairs.
    if (rule == COPYDESK_SAME_TEMPLATE && !line->verbose) {
        return false;
    }
    return summary->findings[rule] > 0;
}

static void print_rules(FILE *out, const struct copydesk_summary *summary, const struct command_line *line)
{
    bool titled = false;

    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        char articles[32];
        char share[32];
        char findings[32];
        if (!is_shown(summary, line, i)) {
            continue;
        }
        if (!titled) {
            fprintf(out, "\n%-20s %12s %9s %12s  %s\n", "rule", "articles", "", "findings", "action");
            titled = true;
        }
        fprintf(out, "%-20s %12s %9s %12s  %s\n", copydesk_rule_name((enum copydesk_rule)i),
                count_text(articles, summary->articles[i]),
                percent_text(share, summary->articles[i], summary->read),
                count_text(findings, summary->findings[i]), copydesk_action_name(line->engine.actions[i]));
    }
}

static void print_cleaned(FILE *out, const struct copydesk_summary *summary)
{
    char cleaned[32];
    char cut[32];
    char places[32];

    if (summary->cleaned == 0) {
        return;
    }
    fprintf(out, "cleaned %s of the kept:", count_text(cleaned, summary->cleaned));
    if (summary->cut_bytes > 0) {
        fprintf(out, " %s cut%s", bytes_text(cut, summary->cut_bytes),
                summary->repaired_spans > 0 ? "," : "");
    }
    if (summary->repaired_spans > 0) {
        fprintf(out, " %s %s repaired", count_text(places, summary->repaired_spans),
                summary->repaired_spans == 1 ? "place" : "places");
    }
    putc('\n', out);
}

void summary_print(FILE *out, const struct copydesk_summary *summary, const struct command_line *line)
{
    char kept[32];
    char dropped[32];
    char rejected[32];
    char read[32];
    char bytes[32];

    fprintf(out, "kept %s + dropped %s + rejected %s = read %s (%s)\n", count_text(kept, summary->kept),
            count_text(dropped, summary->dropped), count_text(rejected, summary->rejected),
            count_text(read, summary->read), bytes_text(bytes, summary->bytes));
    print_cleaned(out, summary);
    if (line->config_path) {
        fputs("settings of ", out);
        print_text(out, view_of(line->config_path));
        fputs("; --dump-config shows them\n", out);
    }
    if (line->n_against > 0) {
        fprintf(out, "compared with %s known %s, too\n", count_text(read, summary->known),
                summary->known == 1 ? "article" : "articles");
    }
    print_rules(out, summary, line);
    if (summary->clusters > 0) {
        char clusters[32];
        char members[32];
        char member_share[32];
        char removable[32];
        char removable_share[32];
        fprintf(out, "\n%s %s of copies, %s members (%s), %s removable %s (%s)\n",
                count_text(clusters, summary->clusters), summary->clusters == 1 ? "cluster" : "clusters",
                count_text(members, summary->members),
                percent_text(member_share, summary->members, summary->read),
                count_text(removable, summary->removable), summary->removable == 1 ? "copy" : "copies",
                percent_text(removable_share, summary->removable, summary->read));
    } else {
        fputs("\nno copies\n", out);
    }
}

static void print_number(FILE *out, const char *name, uint64_t value)
{
    fprintf(out, ",\n  \"%s\": %llu", name, (unsigned long long)value);
}

void summary_print_json(FILE *out, const struct copydesk_summary *summary, const struct command_line *line,
                        const char *command)
{
    bool first = true;

    fprintf(out, "  \"copydesk\": \"%s\",\n  \"schema\": %d,\n  \"command\": \"%s\"", copydesk_version(),
            COPYDESK_SCHEMA, command);
    if (line->config_path) {
        fputs(",\n  \"settings\": ", out);
        print_json(out, view_of(line->config_path));
    }
    print_number(out, "read", summary->read);
    print_number(out, "kept", summary->kept);
    print_number(out, "dropped", summary->dropped);
    print_number(out, "rejected", summary->rejected);
    print_number(out, "cleaned", summary->cleaned);
    print_number(out, "cut_bytes", summary->cut_bytes);
    print_number(out, "repaired_spans", summary->repaired_spans);
    print_number(out, "bytes", summary->bytes);
    print_number(out, "clusters", summary->clusters);
    print_number(out, "members", summary->members);
    print_number(out, "removable", summary->removable);
    if (line->n_against > 0) {
        print_number(out, "known", summary->known);
    }
    fputs(",\n  \"rules\": [", out);
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        if (line->engine.actions[i] == COPYDESK_OFF) {
            continue;
        }
        fprintf(out,
                "%s\n    {\"rule\": \"%s\", \"group\": \"%s\", \"action\": \"%s\", \"articles\": %llu, "
                "\"findings\": %llu}",
                first ? "" : ",", copydesk_rule_name(rule), copydesk_group_name(copydesk_rule_group(rule)),
                copydesk_action_name(line->engine.actions[i]), (unsigned long long)summary->articles[i],
                (unsigned long long)summary->findings[i]);
        first = false;
    }
    fputs("\n  ]", out);
}
