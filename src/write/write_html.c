/*
 * write_html.c - the page for people: one HTML file that needs nothing else.
 *
 * In:  the collector of html_collect.c, finished. Out: the page.
 *
 * report.html, report.css and report.js are written by hand and become one C array at build time
 * (gen_report.c); here the names in double braces are filled in. The figures stand in the page as tables,
 * to be read without the script; the script adds charts, sorting, filters and word diffs from the data at
 * the end (html_data.c).
 *
 * The policy in the head of the page allows its own style and script by their hashes, and nothing else: no
 * request leaves it, and a script that came in with an article would not run even if it became an element.
 */
#include "write/html.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum { GATE_CHARS = 120, PROBLEM_CHARS = 400 };

// ---- result

static size_t count_broken(const struct copydesk_judgement *judgement, bool only_warns)
{
    size_t n = 0;

    for (size_t i = 0; i < judgement->n_gates; i++) {
        n += !judgement->gates[i].passed && judgement->gates[i].only_warns == only_warns;
    }
    return n;
}

/* A word of report.css. */
static const char *state_of(const struct copydesk_judgement *judgement)
{
    return judgement->problem                   ? "failed"
           : count_broken(judgement, false) > 0 ? "over"
           : judgement->n_gates > 0             ? "within"
                                                : "none";
}

static void add_state(const struct html *html, struct buf *out)
{
    buf_add_str(out, str_of(state_of(html->corpus->judgement)));
}

static void add_headline(const struct html *html, struct buf *out)
{
    const struct copydesk_judgement *judgement = html->corpus->judgement;
    size_t broken = count_broken(judgement, false);

    if (judgement->problem) {
        SAY("Not a verdict");
    } else if (broken > 0) {
        SAY("Over the limit");
    } else if (judgement->n_gates > 0) {
        SAY("Within the limits");
    } else {
        report_add_count(out, html->corpus->summary->kept);
        SAY(" of ");
        report_add_counted(out, html->corpus->summary->read, "article");
        SAY(" stay");
    }
}

static void add_bytes(struct buf *out, uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KB", "MB", "GB", "TB"};
    uint64_t tenths = bytes * 10;
    size_t unit = 0;

    while (tenths >= 10000 && unit < 4) {
        tenths = (tenths + 500) / 1000;
        unit++;
    }
    report_add_count(out, tenths / 10);
    if (unit > 0) {
        buf_add_char(out, '.');
        buf_add_u64(out, tenths % 10);
    }
    buf_add_char(out, ' ');
    buf_add_str(out, str_of(units[unit]));
}

static void add_limits(struct buf *out, const struct copydesk_judgement *judgement)
{
    size_t broken = count_broken(judgement, false);
    size_t warned = count_broken(judgement, true);

    if (judgement->n_gates == 0) {
        SAY(" Nothing was compared with limits.");
        return;
    }
    buf_add_char(out, ' ');
    if (broken + warned == 0) {
        SAY("All ");
        report_add_counted(out, judgement->n_gates, "limit");
        SAY(" held.");
        return;
    }
    report_add_count(out, broken + warned);
    SAY(" of ");
    report_add_counted(out, judgement->n_gates, "limit");
    buf_add_str(out, broken + warned == 1 ? STR(" is broken") : STR(" are broken"));
    if (warned > 0) {
        SAY(", ");
        report_add_count(out, warned);
        SAY(" of them only to warn");
    }
    SAY(".");
}

static void add_deck(const struct html *html, struct buf *out)
{
    const struct copydesk_summary *s = html->corpus->summary;
    const struct copydesk_judgement *judgement = html->corpus->judgement;

    if (judgement->problem) {
        html_add_text_of(out, str_of(judgement->problem), PROBLEM_CHARS);
        SAY(". ");
    }
    report_add_counted(out, s->read, "article");
    SAY(" read (");
    add_bytes(out, s->bytes);
    SAY("): ");
    report_add_count(out, s->kept);
    SAY(" stay, ");
    report_add_count(out, s->cleaned);
    SAY(" of them cleaned; ");
    report_add_count(out, s->dropped);
    SAY(" are dropped, ");
    report_add_count(out, s->rejected);
    SAY(" could not be read.");
    add_limits(out, judgement);
}

static void add_gates(const struct html *html, struct buf *out)
{
    const struct copydesk_judgement *judgement = html->corpus->judgement;

    for (size_t i = 0; i < judgement->n_gates; i++) {
        const struct copydesk_gate *gate = &judgement->gates[i];
        const char *state = gate->passed ? "passed" : gate->only_warns ? "warning" : "failed";
        buf_printf(out,
                   "<li class=\"gate %s\"><span class=\"gate-result\">%s</span> <span class=\"gate-name\">",
                   state, state);
        html_add_text_of(out, str_of(gate->name), GATE_CHARS);
        SAY("</span> <span class=\"gate-found\">");
        html_add_text_of(out, str_of(gate->found), GATE_CHARS);
        SAY("</span> <span class=\"gate-limit\">limit ");
        html_add_text_of(out, str_of(gate->limit), GATE_CHARS);
        SAY("</span></li>\n");
    }
}

// ---- from read to kept

void html_add_bar(struct buf *out, const char *class, uint64_t from, uint64_t part, uint64_t whole)
{
    // Thousandths of the width; what is there at all is seen.
    uint64_t x = whole ? (from * 1000 + whole / 2) / whole : 0;
    uint64_t width = whole ? (part * 1000 + whole / 2) / whole : 0;

    width = part > 0 && width < 3 ? 3 : width;
    x = x + width > 1000 ? 1000 - (width < 1000 ? width : 1000) : x;
    buf_printf(out,
               "<svg class=\"bar\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">"
               "<rect class=\"%s\" x=\"%llu\" width=\"%llu\" height=\"10\"/></svg>",
               class, (unsigned long long)x, (unsigned long long)width);
}

static void add_step(struct buf *out, const char *class, const char *sign, uint64_t from, uint64_t part,
                     uint64_t whole)
{
    buf_printf(out, "<td class=\"number\">%s", sign);
    report_add_count(out, part);
    SAY("</td><td class=\"number\">");
    report_add_percent(out, part, whole);
    SAY("</td><td class=\"chart\">");
    html_add_bar(out, class, from, part, whole);
    SAY("</td></tr>\n");
}

static void add_waterfall(const struct html *html, struct buf *out)
{
    const struct copydesk_summary *s = html->corpus->summary;
    uint64_t left = s->read;
    // Bad records were the first to go; then by rule.
    static const enum copydesk_rule first = COPYDESK_BAD_RECORD;

    SAY("<tr class=\"total\"><th scope=\"row\">read</th>");
    add_step(out, "ink", "", 0, s->read, s->read);
    for (int i = -1; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = i < 0 ? first : (enum copydesk_rule)i;
        uint64_t gone = html->left[rule];
        if (gone == 0 || (i >= 0 && rule == first)) {
            continue;
        }
        left -= gone;
        buf_printf(out, "<tr><th scope=\"row\" title=\"%s\">%s</th>", copydesk_rule_summary(rule),
                   copydesk_rule_name(rule));
        add_step(out, rule == first ? "rejected" : "gone", "\xE2\x88\x92", left, gone, s->read);
    }
    SAY("<tr class=\"total\"><th scope=\"row\">kept</th>");
    add_step(out, "kept", "", 0, s->kept, s->read);
    SAY("<tr class=\"part\"><th scope=\"row\">of them cleaned</th>");
    add_step(out, "cleaned", "", 0, s->cleaned, s->read);
}

// ---- the page

static void add_version(const struct html *html, struct buf *out)
{
    const char *command = html->corpus->judgement->command;

    buf_printf(out, "copydesk%s%s %s", command ? " " : "", command ? command : "", copydesk_version());
}

static const struct {
    const char *name;
    void (*add)(const struct html *html, struct buf *out);
} parts[] = {
    {"state", add_state},          {"headline", add_headline},      {"deck", add_deck},
    {"gates", add_gates},          {"waterfall", add_waterfall},    {"rules", html_add_rules},
    {"sizes", html_add_sizes},     {"clusters", html_add_clusters}, {"similarity", html_add_similarity},
    {"sources", html_add_sources}, {"flows", html_add_flows},       {"files", html_add_files},
    {"options", html_add_options}, {"version", add_version},        {"data", html_add_data},
};

static void add_part(const struct html *html, struct buf *out, struct str name)
{
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (str_equal(name, str_of(parts[i].name))) {
            parts[i].add(html, out);
        }
    }
}

static void page(const struct html *html, struct buf *out)
{
    const char *p = html_template;
    const char *end = html_template + html_template_len;

    while (p < end) {
        const char *open = memmem(p, (size_t)(end - p), "{{", 2);
        const char *close = open ? memmem(open, (size_t)(end - open), "}}", 2) : NULL;
        if (!close) {
            buf_add(out, p, (size_t)(end - p));
            return;
        }
        buf_add(out, p, (size_t)(open - p));
        add_part(html, out, (struct str){open + 2, (size_t)(close - open - 2)});
        p = close + 2;
    }
}

const struct writer write_html = {
    .kind = COPYDESK_OUT_REPORT,
    .name = "report",
    .page = page,
};
