/*
 * write_markdown.c - tables for the summary of a build step, a comment or a mail.
 *
 * In this order, as one reads it: the result, the limits, what was found by rule, the worst findings of each
 * rule, the largest clusters. GitHub cuts off a summary of more than 1 MiB; this one stops at half of that.
 *
 * Text of articles stands in <code>, with every ASCII character that is no letter, digit, space or one of
 * , - / % ( ) and the full stop not behind a w, written as a character reference: so no pipe ends a cell, no
 * backtick, bracket, asterisk or < means anything, www. and https: make no link and @ names nobody. All other
 * characters passed through report.c.
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum { MOST_BYTES = 512 * 1024, WORST = 5, WORST_OF_BROKEN = 20, CLUSTERS = 10, CELL_ID_CHARS = 80 };

static void add_escaped(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool stop = c == '.' && i > 0 && (text.data[i - 1] | 0x20) != 'w';
        if (c >= 0x80 || letter || stop || (c != '\0' && strchr(" ,-/%()", c))) {
            buf_add_char(out, (char)c);
        } else {
            SAY("&#");
            buf_add_u64(out, c);
            buf_add_char(out, ';');
        }
    }
}

static void add_code(struct buf *out, struct str text)
{
    SAY("<code>");
    add_escaped(out, text);
    SAY("</code>");
}

/* Text that did not pass through report.c. */
static void add_foreign(struct buf *out, struct str text, bool code)
{
    struct buf plain = {0};

    report_add_plain(&plain, text, REPORT_ID_CHARS);
    (code ? add_code : add_escaped)(out, (struct str){plain.data, plain.len});
    out->failed = out->failed || plain.failed;
    buf_release(&plain);
}

static void add_place(struct buf *out, const struct report *report, const struct report_place *place)
{
    add_foreign(out, report_relative(report->corpus, place->file), true);
    buf_add_char(out, ':');
    buf_add_u64(out, place->line);
}

static void add_result(struct buf *out, const struct report *report)
{
    const struct copydesk_summary *summary = report->corpus->summary;
    const struct copydesk_judgement *judgement = report->corpus->judgement;

    SAY("## copydesk: ");
    buf_add_str(out, str_of(judgement->problem               ? "could not do the job"
                            : report_is_over(report->corpus) ? "over the limit"
                            : judgement->n_gates > 0         ? "within the limits"
                                                             : "done"));
    SAY("\n\n");
    if (judgement->problem) {
        add_foreign(out, str_of(judgement->problem), false);
        SAY("\n\n");
    }
    SAY("kept ");
    report_add_count(out, summary->kept);
    SAY(" + dropped ");
    report_add_count(out, summary->dropped);
    SAY(" + rejected ");
    report_add_count(out, summary->rejected);
    SAY(" = read ");
    report_add_count(out, summary->read);
    SAY("\n\n");
    if (summary->clusters > 0) {
        report_add_counted(out, summary->clusters, "cluster");
        SAY(" of copies, ");
        report_add_counted(out, summary->members, "member");
        SAY(" (");
        report_add_percent(out, summary->members, summary->read);
        SAY("), ");
        report_add_count(out, summary->removable);
        SAY(" removable (");
        report_add_percent(out, summary->removable, summary->read);
        SAY(")\n\n");
    }
}

static void add_gates(struct buf *out, const struct report *report)
{
    const struct copydesk_judgement *judgement = report->corpus->judgement;

    if (judgement->n_gates == 0) {
        return;
    }
    SAY("| limit on | at most | found | result |\n|---|--:|--:|---|\n");
    for (size_t i = 0; i < judgement->n_gates; i++) {
        const struct copydesk_gate *gate = &judgement->gates[i];
        SAY("| ");
        add_foreign(out, str_of(gate->name), false);
        SAY(" | ");
        add_foreign(out, str_of(gate->limit), false);
        SAY(" | ");
        add_foreign(out, str_of(gate->found), false);
        buf_add_str(out, gate->passed       ? STR(" | pass |\n")
                         : gate->only_warns ? STR(" | warning |\n")
                                            : STR(" | **FAIL** |\n"));
    }
    SAY("\n");
}

static void add_rules(struct buf *out, const struct report *report)
{
    const struct copydesk_summary *summary = report->corpus->summary;
    bool any = false;

    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        if (summary->articles[i] == 0 || !report_lists(rule)) {
            continue;
        }
        if (!any) {
            SAY("| rule | articles | | findings | action | means |\n|---|--:|--:|--:|---|---|\n");
            any = true;
        }
        SAY("| ");
        buf_add_str(out, str_of(copydesk_rule_name(rule)));
        SAY(" | ");
        report_add_count(out, summary->articles[i]);
        SAY(" | ");
        report_add_percent(out, summary->articles[i], summary->read);
        SAY(" | ");
        report_add_count(out, summary->findings[i]);
        SAY(" | ");
        buf_add_str(out, str_of(copydesk_action_name(report->corpus->options->actions[i])));
        SAY(" | ");
        buf_add_str(out, str_of(copydesk_rule_summary(rule)));
        SAY(" |\n");
    }
    buf_add_str(out, any ? STR("\n") : STR("Nothing was found.\n\n"));
}

static void add_worst(struct buf *out, const struct report *report, enum copydesk_rule rule)
{
    static const struct report_style style = {add_code, "", ""};
    size_t most = report_broken_gate(report->corpus, rule) ? WORST_OF_BROKEN : WORST;
    size_t n = 0;
    uint64_t left = report->unlisted[rule];

    for (size_t i = 0; i < report->n_items; i++) {
        const struct report_item *item = report->items[i];
        if (item->finding.rule != rule) {
            continue;
        }
        if (n == most || out->len > MOST_BYTES) {
            left += item->n_articles;
            continue;
        }
        if (n++ == 0) {
            SAY("### ");
            buf_add_str(out, str_of(copydesk_rule_name(rule)));
            SAY("\n\n| where | what |\n|---|---|\n");
        }
        SAY("| ");
        add_place(out, report, &item->place);
        SAY(" | ");
        report_add_message(out, item, &style);
        SAY(" |\n");
    }
    if (n > 0) {
        SAY("\n");
        if (left > 0) {
            SAY("... and ");
            report_add_counted(out, left, "more article");
            SAY("\n\n");
        }
    }
}

static void add_clusters(struct buf *out, const struct report *report)
{
    for (size_t i = 0; i < report->clusters.n && i < CLUSTERS && out->len < MOST_BYTES; i++) {
        const struct report_item *item = report->clusters.items[i];
        if (i == 0) {
            SAY("### largest clusters\n\n| articles | kept | where | title of the first copy "
                "|\n|--:|---|---|---|\n");
        }
        SAY("| ");
        report_add_count(out, item->cluster_size);
        SAY(" | ");
        add_code(out, report_cut(item->of.id, CELL_ID_CHARS));
        SAY(" | ");
        add_place(out, report, &item->of);
        SAY(" | ");
        add_code(out, item->title);
        SAY(" |\n");
    }
}

static void report_markdown(const struct report *report, struct buf *out)
{
    add_result(out, report);
    add_gates(out, report);
    add_rules(out, report);
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        add_worst(out, report, (enum copydesk_rule)i);
    }
    add_clusters(out, report);
}

const struct writer write_markdown = {
    .kind = COPYDESK_OUT_MARKDOWN,
    .name = "markdown",
    .report = report_markdown,
};
