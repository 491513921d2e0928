/*
 * write_junit.c - JUnit XML, in the dialect of junit-10.xsd that Jenkins, GitLab and others read.
 *
 * Two suites. "limits" has a test case for each limit of the run: it fails when the limit is broken (one
 * that only warns does not), and its
 * text lists the worst findings; a run that could not do its job has the error there. "rules" has a test case
 * for each rule that was looked for. These never fail, since a finding within the limits is no failure; what
 * was found stands in their output. So a build server draws the history of every rule, also of clean ones.
 *
 * Times are left out: the same corpus gives the same bytes. Of all characters, XML 1.0 allows those that
 * report.c lets through.
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum { WORST = 20 };

static void add_xml(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.data[i]) {
        case '&':
            SAY("&amp;");
            break;
        case '<':
            SAY("&lt;");
            break;
        case '>':
            SAY("&gt;");
            break;
        case '"':
            SAY("&quot;");
            break;
        case '\'':
            SAY("&apos;");
            break;
        default:
            buf_add_char(out, text.data[i]);
        }
    }
}

/* Text that did not pass through report.c. */
static void add_plain_xml(struct buf *out, struct str text)
{
    struct buf plain = {0};

    report_add_plain(&plain, text, SIZE_MAX);
    add_xml(out, (struct str){plain.data, plain.len});
    out->failed = out->failed || plain.failed;
    buf_release(&plain);
}

static void add_attribute(struct buf *out, const char *name, const char *value)
{
    buf_add_char(out, ' ');
    buf_add_str(out, str_of(name));
    SAY("=\"");
    add_plain_xml(out, str_of(value));
    buf_add_char(out, '"');
}

static void add_number(struct buf *out, const char *name, uint64_t value)
{
    buf_add_char(out, ' ');
    buf_add_str(out, str_of(name));
    SAY("=\"");
    buf_add_u64(out, value);
    buf_add_char(out, '"');
}

/* FILE:LINE: rule: message */
static void add_item(struct buf *out, const struct report *report, const struct report_item *item)
{
    struct buf message = {0};

    add_plain_xml(out, report_relative(report->corpus, item->place.file));
    buf_add_char(out, ':');
    buf_add_u64(out, item->place.line);
    SAY(": ");
    buf_add_str(out, str_of(copydesk_rule_name(item->finding.rule)));
    SAY(": ");
    report_add_message(&message, item, NULL);
    add_xml(out, (struct str){message.data, message.len});
    buf_add_char(out, '\n');
    out->failed = out->failed || message.failed;
    buf_release(&message);
}

static bool fails(const struct copydesk_gate *gate)
{
    return !gate->passed && !gate->only_warns;
}

/* The worst findings that a broken limit is about. */
static void add_gate_items(struct buf *out, const struct report *report, const struct copydesk_gate *gate)
{
    size_t n = 0;

    for (size_t i = 0; i < report->n_items && n < WORST; i++) {
        if (report_broken_gate(report->corpus, report->items[i]->finding.rule) == gate) {
            add_item(out, report, report->items[i]);
            n++;
        }
    }
}

static void add_gate(struct buf *out, const struct report *report, const struct copydesk_gate *gate)
{
    SAY("    <testcase classname=\"copydesk.");
    buf_add_str(out, gate->only_warns ? STR("warnings\"") : STR("limits\""));
    add_attribute(out, "name", gate->name);
    buf_add_str(out, fails(gate) ? STR(">\n      <failure type=\"limit\" message=\"")
                                 : STR(">\n      <system-out>"));
    add_plain_xml(out, str_of(gate->name));
    SAY(": ");
    add_plain_xml(out, str_of(gate->found));
    SAY(", the limit is ");
    add_plain_xml(out, str_of(gate->limit));
    buf_add_str(out, fails(gate) ? STR("\">") : STR("\n"));
    if (!gate->passed) {
        add_gate_items(out, report, gate);
    }
    buf_add_str(out,
                fails(gate) ? STR("</failure>\n    </testcase>\n") : STR("</system-out>\n    </testcase>\n"));
}

static void add_limits(struct buf *out, const struct report *report)
{
    const struct copydesk_judgement *judgement = report->corpus->judgement;
    uint64_t failures = 0;

    for (size_t i = 0; i < judgement->n_gates; i++) {
        failures += fails(&judgement->gates[i]);
    }
    SAY("  <testsuite name=\"limits\"");
    add_number(out, "tests", judgement->n_gates + (judgement->problem ? 1 : 0));
    add_number(out, "failures", failures);
    add_number(out, "errors", judgement->problem ? 1 : 0);
    SAY(">\n");
    for (size_t i = 0; i < judgement->n_gates; i++) {
        add_gate(out, report, &judgement->gates[i]);
    }
    if (judgement->problem) {
        SAY("    <testcase classname=\"copydesk.limits\" name=\"run\">\n      <error type=\"failure\"");
        add_attribute(out, "message", judgement->problem);
        SAY("/>\n    </testcase>\n");
    }
    SAY("  </testsuite>\n");
}

static void add_rule(struct buf *out, const struct report *report, enum copydesk_rule rule)
{
    const struct copydesk_summary *summary = report->corpus->summary;
    size_t n = 0;

    SAY("    <testcase classname=\"copydesk.");
    buf_add_str(out, str_of(copydesk_group_name(copydesk_rule_group(rule))));
    SAY("\"");
    add_attribute(out, "name", copydesk_rule_name(rule));
    if (summary->articles[rule] == 0) {
        SAY("/>\n");
        return;
    }
    SAY(">\n      <system-out>");
    report_add_counted(out, summary->articles[rule], "article");
    SAY(" (");
    report_add_percent(out, summary->articles[rule], summary->read);
    SAY("), ");
    report_add_counted(out, summary->findings[rule], "finding");
    buf_add_char(out, '\n');
    for (size_t i = 0; i < report->n_items && n < WORST / 2; i++) {
        if (report->items[i]->finding.rule == rule) {
            add_item(out, report, report->items[i]);
            n++;
        }
    }
    SAY("</system-out>\n    </testcase>\n");
}

static void report_junit(const struct report *report, struct buf *out)
{
    uint64_t n = 0;

    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        n += report->corpus->options->actions[i] != COPYDESK_OFF;
    }
    SAY("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"copydesk\">\n");
    add_limits(out, report);
    SAY("  <testsuite name=\"rules\"");
    add_number(out, "tests", n);
    SAY(" failures=\"0\" errors=\"0\">\n");
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        if (report->corpus->options->actions[i] != COPYDESK_OFF) {
            add_rule(out, report, (enum copydesk_rule)i);
        }
    }
    SAY("  </testsuite>\n</testsuites>\n");
}

const struct writer write_junit = {
    .kind = COPYDESK_OUT_JUNIT,
    .name = "junit",
    .report = report_junit,
};
