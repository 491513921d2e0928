/*
 * write_sarif.c - SARIF 2.1.0, as GitHub code scanning and other viewers read it.
 *
 * One result for a rule in an article, or in a cluster of copies (report.h). The first location is the
 * article, or the first copy that could go; the article that it copies is related location 1, which the
 * message links to, and further copies follow it.
 *
 * What GitHub demands and other readers do not mind: every rule has short and full description and help; a
 * result has a location and a partial fingerprint "primaryLocationLineHash", written HASH:COUNTER. It is made
 * from rule and content (report.c), because one made from lines would turn every inserted record into new
 * alerts. There is no "security-severity": dirty data are no vulnerability.
 *
 * Limits of GitHub: 25,000 results, of which 5,000 are shown; a file of 10 MB when packed. A file here has at
 * most 5,000 results and 9 MB unpacked, and then one result more that says how many findings are not in it.
 *
 * Messages are plain text: [ ] and \ have a backslash before them, { and } are doubled (SARIF 2.1.0, 3.11.5
 * and 3.11.6). URIs are relative where the files stand below the base folder, and percent-encoded (RFC 3986).
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)
#define SCHEMA       "https://json.schemastore.org/sarif-2.1.0.json"
#define NOT_LISTED   "not-listed"

enum { MOST_BYTES = 9 * 1000 * 1000, FOOT_BYTES = 100 * 1000 };

static void add_name(struct buf *out, const char *name)
{
    buf_add_json(out, str_of(name));
}

static void add_uri(struct buf *out, const struct report *report, struct str file)
{
    static const char plain[] = "-._~/";
    static const char digits[] = "0123456789ABCDEF";
    struct str path = report_relative(report->corpus, file);

    buf_add_char(out, '"');
    if (path.len > 0 && path.data[0] == '/') {
        SAY("file://");
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || (c != '\0' && strchr(plain, c))) {
            buf_add_char(out, (char)c);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, digits[c >> 4]);
            buf_add_char(out, digits[c & 15]);
        }
    }
    buf_add_char(out, '"');
}

static void escape_message(struct buf *out, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.data[i];
        if (c == '[' || c == ']' || c == '\\') {
            buf_add_char(out, '\\');
        } else if (c == '{' || c == '}') {
            buf_add_char(out, c);
        }
        buf_add_char(out, c);
    }
}

static void add_member(struct buf *out, const char *name, uint64_t value)
{
    buf_add_char(out, ',');
    add_name(out, name);
    buf_add_char(out, ':');
    buf_add_u64(out, value);
}

static void add_location(struct buf *out, const struct report *report, const struct report_place *place,
                         unsigned id)
{
    buf_add_char(out, '{');
    if (id > 0) {
        SAY("\"id\":");
        buf_add_u64(out, id);
        buf_add_char(out, ',');
    }
    SAY("\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    add_uri(out, report, place->file);
    SAY("},\"region\":{\"startLine\":");
    buf_add_u64(out, place->line > 0 ? place->line : 1);
    if (place->column > 0) {
        add_member(out, "startColumn", place->column);
        add_member(out, "endLine", place->end_line);
        add_member(out, "endColumn", place->end_column);
    }
    SAY("}},\"logicalLocations\":[{\"name\":");
    buf_add_json(out, place->id);
    SAY("}]");
    if (id > 0) {
        SAY(",\"message\":{\"text\":");
        buf_add_json(out, id == 1 ? STR("the article that it copies") : STR("another copy"));
        buf_add_char(out, '}');
    }
    buf_add_char(out, '}');
}

static void add_related(struct buf *out, const struct report *report, const struct report_item *item)
{
    if (item->of.line == 0) {
        return;
    }
    SAY(",\"relatedLocations\":[");
    add_location(out, report, &item->of, 1);
    for (size_t i = 0; i < item->n_others; i++) {
        buf_add_char(out, ',');
        add_location(out, report, &item->others[i], (unsigned)i + 2);
    }
    buf_add_char(out, ']');
}

static void add_fingerprint(struct buf *out, const struct report_item *item)
{
    SAY(",\"partialFingerprints\":{\"primaryLocationLineHash\":\"");
    buf_printf(out, "%016llx", (unsigned long long)item->fingerprint);
    buf_add_char(out, ':');
    buf_add_u64(out, item->copy);
    SAY("\"}");
}

static void add_properties(struct buf *out, const struct report_item *item)
{
    static const char *const fields[] = {
        [COPYDESK_FIELD_TITLE] = "title",
        [COPYDESK_FIELD_TEXT] = "text",
    };
    const struct copydesk_finding *f = &item->finding;

    SAY(",\"properties\":{\"id\":");
    buf_add_json(out, item->place.id);
    SAY(",\"action\":");
    add_name(out, copydesk_action_name(f->action));
    SAY(",\"score\":");
    write_number(out, f->score);
    add_member(out, "articles", item->n_articles);
    add_member(out, "findings", item->n_findings);
    if (f->field != COPYDESK_FIELD_NONE) {
        SAY(",\"field\":");
        add_name(out, fields[f->field]);
        add_member(out, "start", f->start);
        add_member(out, "end", f->end);
    }
    buf_add_char(out, '}');
}

static void add_result(struct buf *out, const struct report *report, const struct report_item *item)
{
    const struct report_style style = {escape_message, item->of.line > 0 ? "[" : "",
                                       item->of.line > 0 ? "](1)" : ""};
    struct buf message = {0};

    report_add_message(&message, item, &style);
    SAY("{\"ruleId\":");
    add_name(out, copydesk_rule_name(item->finding.rule));
    add_member(out, "ruleIndex", item->finding.rule);
    SAY(",\"level\":");
    add_name(out, report_level_name(item->level));
    SAY(",\"rank\":");
    write_number(out, item->finding.score * 100);
    SAY(",\"message\":{\"text\":");
    buf_add_json(out, (struct str){message.data, message.len});
    SAY("},\"locations\":[");
    add_location(out, report, &item->place, 0);
    buf_add_char(out, ']');
    add_related(out, report, item);
    add_fingerprint(out, item);
    add_properties(out, item);
    buf_add_char(out, '}');
    out->failed = out->failed || message.failed;
    buf_release(&message);
}

// ---- rules

static const char *advice(enum copydesk_rule rule)
{
    switch (copydesk_rule_default(rule)) {
    case COPYDESK_DROP:
        return "'copydesk clean' leaves such articles out; 'copydesk explain' shows the evidence for one.";
    case COPYDESK_CUT:
        return "'copydesk clean' cuts the span out of the article.";
    case COPYDESK_REPAIR:
        return "'copydesk clean' repairs the span.";
    case COPYDESK_REJECT:
        return "Repair the record at its source; 'copydesk check --rejects FILE' writes all of them to a "
               "file.";
    default:
        return "Look at the article; 'copydesk explain' shows the evidence.";
    }
}

static void add_text(struct buf *out, const char *name, struct str text)
{
    buf_add_char(out, ',');
    add_name(out, name);
    SAY(":{\"text\":");
    buf_add_json(out, text);
    buf_add_char(out, '}');
}

static void add_descriptor(struct buf *out, const char *name, const char *summary, const char *group,
                           enum report_level level, const char *help, bool enabled)
{
    static const char *const severities[] = {"error", "warning", "recommendation"};
    struct buf full = {0};

    buf_add_str(&full, str_of(name));
    buf_add_str(&full, str_of(": "));
    buf_add_str(&full, str_of(summary));
    buf_add_str(&full, str_of(". "));
    buf_add_str(&full, str_of(help));
    SAY("{\"id\":");
    add_name(out, name);
    add_text(out, "shortDescription", str_of(summary));
    add_text(out, "fullDescription", (struct str){full.data, full.len});
    add_text(out, "help", (struct str){full.data, full.len});
    SAY(",\"defaultConfiguration\":{\"level\":");
    add_name(out, report_level_name(level));
    buf_add_str(out, enabled ? STR("") : STR(",\"enabled\":false"));
    SAY("},\"properties\":{\"precision\":\"high\",\"problem.severity\":");
    add_name(out, severities[level]);
    SAY(",\"tags\":[");
    add_name(out, group);
    SAY("]}}");
    out->failed = out->failed || full.failed;
    buf_release(&full);
}

static void add_rules(struct buf *out, const struct report *report)
{
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        add_descriptor(out, copydesk_rule_name(rule), copydesk_rule_summary(rule),
                       copydesk_group_name(copydesk_rule_group(rule)), report_default_level(rule),
                       advice(rule), report->corpus->options->actions[i] != COPYDESK_OFF);
        SAY(",\n");
    }
    add_descriptor(out, NOT_LISTED, "findings that are not in this file", "input", REPORT_NOTE,
                   "The file holds the worst findings only; 'copydesk check --verdicts FILE' writes all.",
                   true);
}

// ---- what is left out, and how the run ended

/* One result that stands for all that others do not; it needs a place: that of the worst finding. */
static void add_not_listed(struct buf *out, const struct report *report, const uint64_t *left)
{
    struct buf text = {0};
    uint64_t all = 0;

    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        all += report_lists((enum copydesk_rule)i) ? left[i] : 0;
    }
    if (all == 0 || report->n_items == 0) {
        return;
    }
    report_add_count(&text, all);
    buf_add_str(&text, STR(" more articles with findings are not listed here:"));
    for (int i = 0, n = 0; i < COPYDESK_N_RULES; i++) {
        if (left[i] > 0 && report_lists((enum copydesk_rule)i)) {
            buf_add_str(&text, n++ == 0 ? STR(" ") : STR(", "));
            buf_add_str(&text, str_of(copydesk_rule_name((enum copydesk_rule)i)));
            buf_add_char(&text, ' ');
            report_add_count(&text, left[i]);
        }
    }
    buf_add_str(&text, STR(". 'copydesk check --verdicts FILE' writes all of them."));
    SAY(",\n{\"ruleId\":\"" NOT_LISTED "\"");
    add_member(out, "ruleIndex", COPYDESK_N_RULES);
    SAY(",\"level\":\"note\",\"message\":{\"text\":");
    buf_add_json(out, (struct str){text.data, text.len});
    SAY("},\"locations\":[{\"physicalLocation\":{\"artifactLocation\":{\"uri\":");
    add_uri(out, report, report->items[0]->place.file);
    SAY("},\"region\":{\"startLine\":1}}}],\"partialFingerprints\":{\"primaryLocationLineHash\":\"" NOT_LISTED
        ":1\"}}");
    out->failed = out->failed || text.failed;
    buf_release(&text);
}

static void add_results(struct buf *out, const struct report *report)
{
    uint64_t left[COPYDESK_N_RULES];
    size_t limit = MOST_BYTES - FOOT_BYTES;

    memcpy(left, report->unlisted, sizeof left);
    for (size_t i = 0; i < report->n_items; i++) {
        const struct report_item *item = report->items[i];
        size_t before = out->len;
        buf_add_str(out, i == 0 ? STR("\n") : STR(",\n"));
        add_result(out, report, item);
        // Only names of files that are thousands of bytes long get here; what does not fit is counted.
        if (out->len > limit && i > 0) {
            out->len = before;
            left[item->finding.rule] += item->n_articles;
        }
    }
    add_not_listed(out, report, left);
}

static void add_invocation(struct buf *out, const struct write_corpus *corpus)
{
    const struct copydesk_judgement *judgement = corpus->judgement;

    SAY("\"invocations\":[{\"executionSuccessful\":");
    buf_add_str(out, judgement->problem ? STR("false") : STR("true"));
    add_member(out, "exitCode", (uint64_t)judgement->exit_code);
    SAY(",\"exitCodeDescription\":");
    add_name(out, judgement->problem       ? "the job could not be done"
                  : report_is_over(corpus) ? "findings over a limit"
                                           : "within the limits");
    if (judgement->problem) {
        SAY(",\"toolExecutionNotifications\":[{\"level\":\"error\",\"message\":{\"text\":");
        struct buf text = {0};
        escape_message(&text, str_of(judgement->problem));
        write_json_string(out, (struct str){text.data, text.len});
        out->failed = out->failed || text.failed;
        buf_release(&text);
        SAY("}}]");
    }
    SAY("}]");
}

static void report_sarif(const struct report *report, struct buf *out)
{
    SAY("{\"$schema\":\"" SCHEMA "\",\"version\":\"2.1.0\",\"runs\":[{\n\"tool\":{\"driver\":{"
        "\"name\":\"copydesk\",\"version\":\"" COPYDESK_VERSION "\",\"semanticVersion\":\"" COPYDESK_VERSION
        "\",\"rules\":[\n");
    add_rules(out, report);
    SAY("\n]}},\n\"columnKind\":\"unicodeCodePoints\",\n");
    add_invocation(out, report->corpus);
    SAY(",\n\"results\":[");
    add_results(out, report);
    SAY("\n]}]}\n");
}

const struct writer write_sarif = {
    .kind = COPYDESK_OUT_SARIF,
    .name = "sarif",
    .report = report_sarif,
};
