/*
 * write_github.c - annotations of GitHub Actions: workflow commands, which the runner finds in what a step
 * prints.
 *
 *   ::error file=wire.jsonl,line=3,title=near-duplicate::near-flood: almost the same words ...
 *
 * GitHub shows ten annotations of each level a step and forgets the others without a word. So at most ten of
 * each level are written, and the last line says how many articles have a finding that is not among them.
 *
 * A scraped title must not become a command. The runner splits at line ends only, knows a command by `::` at
 * the start of a line, and an older form, `##[name]`, anywhere in a line that is no command of the newer
 * form. Every line here but the last begins with a command of ours; text has no line ends (report.c), and %,
 * CR, LF are escaped, in properties also : and , as the runner unescapes them. The last line has only our
 * words.
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum { PER_LEVEL = 10 };

static void add_escaped(struct buf *out, struct str text, bool property)
{
    static const char digits[] = "0123456789ABCDEF";

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        if (c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','))) {
            buf_add_char(out, '%');
            buf_add_char(out, digits[c >> 4]);
            buf_add_char(out, digits[c & 15]);
        } else {
            buf_add_char(out, (char)c);
        }
    }
}

static void add_annotation(struct buf *out, const struct report *report, const struct report_item *item)
{
    static const char *const commands[REPORT_N_LEVELS] = {
        "::error file=", "::warning file=", "::notice file="};
    const struct report_place *place = &item->place;
    struct buf message = {0};

    report_add_message(&message, item, NULL);
    buf_add_str(out, str_of(commands[item->level]));
    struct buf file = {0};
    report_add_plain(&file, report_relative(report->corpus, place->file), SIZE_MAX);
    add_escaped(out, (struct str){file.data, file.len}, true);
    SAY(",line=");
    buf_add_u64(out, place->line);
    if (place->column > 0) {
        SAY(",endLine=");
        buf_add_u64(out, place->end_line);
        // GitHub takes columns only where the span stays on one line; the last one is part of the span.
        if (place->line == place->end_line && place->end_column > place->column) {
            SAY(",col=");
            buf_add_u64(out, place->column);
            SAY(",endColumn=");
            buf_add_u64(out, place->end_column - 1);
        }
    }
    SAY(",title=");
    buf_add_str(out, str_of(copydesk_rule_name(item->finding.rule)));
    SAY("::");
    add_escaped(out, (struct str){message.data, message.len}, false);
    buf_add_char(out, '\n');
    out->failed = out->failed || message.failed || file.failed;
    buf_release(&file);
    buf_release(&message);
}

static void report_github(const struct report *report, struct buf *out)
{
    size_t n[REPORT_N_LEVELS] = {0};
    size_t shown = 0;
    uint64_t left = 0;

    for (size_t i = 0; i < report->n_items; i++) {
        const struct report_item *item = report->items[i];
        if (n[item->level]++ < PER_LEVEL) {
            add_annotation(out, report, item);
            shown++;
        } else {
            left += item->n_articles;
        }
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        left += report_lists((enum copydesk_rule)i) ? report->unlisted[i] : 0;
    }
    if (left > 0) {
        SAY("copydesk: ");
        buf_add_u64(out, shown);
        SAY(" annotations; ");
        report_add_count(out, left);
        SAY(" more findings by rule and article are not shown (GitHub shows ten of a level)\n");
    }
}

const struct writer write_github = {
    .kind = COPYDESK_OUT_GITHUB,
    .name = "github",
    .report = report_github,
};
