/*
 * write_gitlab.c - GitLab code quality: a JSON array of findings, each with a description, a severity, a
 * place and a fingerprint.
 *
 * GitLab shows one finding of a fingerprint, and compares those of two branches by it: so the fingerprint is
 * that of rule and content (report.c), and the second finding with the same one has its number behind it. The
 * rule stands in the description too, because the widget does not show check_name.
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

/* Severities of errors, warnings and notes; blocker is nobody's. */
static const char *const severities[REPORT_N_LEVELS] = {"critical", "major", "minor"};

static void add_finding(struct buf *out, const struct report *report, const struct report_item *item)
{
    const char *rule = copydesk_rule_name(item->finding.rule);
    struct buf message = {0};

    buf_add_str(&message, str_of(rule));
    buf_add_str(&message, STR(": "));
    report_add_message(&message, item, NULL);
    SAY("{\"description\":");
    buf_add_json(out, (struct str){message.data, message.len});
    SAY(",\"check_name\":");
    buf_add_json(out, str_of(rule));
    SAY(",\"fingerprint\":\"");
    buf_printf(out, "%016llx", (unsigned long long)item->fingerprint);
    if (item->copy > 1) {
        buf_add_char(out, '-');
        buf_add_u64(out, item->copy);
    }
    SAY("\",\"severity\":");
    buf_add_json(out, str_of(severities[item->level]));
    SAY(",\"location\":{\"path\":");
    report_add_json_file(out, report->corpus, item->place.file);
    SAY(",\"lines\":{\"begin\":");
    buf_add_u64(out, item->place.line > 0 ? item->place.line : 1);
    if (item->place.end_line > item->place.line) {
        SAY(",\"end\":");
        buf_add_u64(out, item->place.end_line);
    }
    SAY("}}}");
    out->failed = out->failed || message.failed;
    buf_release(&message);
}

static void report_gitlab(const struct report *report, struct buf *out)
{
    buf_add_char(out, '[');
    for (size_t i = 0; i < report->n_items; i++) {
        buf_add_str(out, i == 0 ? STR("\n") : STR(",\n"));
        add_finding(out, report, report->items[i]);
    }
    SAY("\n]\n");
}

const struct writer write_gitlab = {
    .kind = COPYDESK_OUT_GITLAB,
    .name = "gitlab",
    .report = report_gitlab,
};
