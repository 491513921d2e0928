// fuzz_report.c - any bytes as id, title, file name and words of a finding: every report stays what it is.
//
// Checked without a parser: all bytes are UTF-8 without control characters but line feeds; annotations are
// whole lines that begin with a command of ours; XML and Markdown have only their own < and backticks.
#include "write/report.h"

#include <stdlib.h>

enum { N_FINDINGS = 6 };

struct input {
    struct str id, file, title, text, to;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds) {
        abort();
    }
}

static int fetch(void *data, uint64_t record, bool fields, struct write_source_record *out,
                 struct copydesk_error *error)
{
    const struct input *input = data;

    (void)error;
    *out = (struct write_source_record){.id = input->id,
                                        .file = input->file,
                                        .line = record + 1,
                                        .format = record % 2 ? COPYDESK_FORMAT_TEXT : COPYDESK_FORMAT_JSONL};
    if (fields) {
        out->raw = out->text = input->text;
        out->title = input->title;
        out->content = record;
    }
    return 0;
}

static void check_text(struct str text)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const uint8_t *end = p + text.len;

    while (p < end) {
        uint32_t c;
        unsigned n = utf8_decode(p, end, &c);
        demand(n > 0 && (c == '\n' || (c >= 0x20 && (c < 0x7F || c > 0x9F) && c != 0x2028 && c != 0x202E)));
        p += n;
    }
}

static void check_github(struct str text)
{
    while (text.len > 0) {
        size_t len = (size_t)((const char *)memchr(text.data, '\n', text.len) - text.data) + 1;
        struct str line = {text.data, len};
        demand(str_starts(line, STR("::error file=")) || str_starts(line, STR("::warning file=")) ||
               str_starts(line, STR("::notice file=")) || str_starts(line, STR("copydesk: ")));
        text = (struct str){text.data + len, text.len - len};
    }
}

static void check_markdown(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        struct str rest = {text.data + i, text.len - i};
        demand(text.data[i] != '`');
        demand(text.data[i] != '<' || str_starts(rest, STR("<code>")) || str_starts(rest, STR("</code>")));
    }
}

static void check_report(const struct writer *writer, const struct report *report)
{
    struct buf out = {0};
    struct str text;

    writer->report(report, &out);
    demand(!out.failed);
    text = (struct str){out.data, out.len};
    // A path in a GitLab report is the path, whatever it holds; JSON has escaped it.
    check_text(text);
    if (writer->kind == COPYDESK_OUT_GITHUB) {
        check_github(text);
    } else if (writer->kind == COPYDESK_OUT_MARKDOWN) {
        check_markdown(text);
    }
    buf_release(&out);
}

static void take_all(struct report *report, const struct input *input, struct copydesk_summary *summary)
{
    static const enum copydesk_rule rules[N_FINDINGS] = {COPYDESK_EXACT_DUPLICATE, COPYDESK_TITLE_MISMATCH,
                                                         COPYDESK_BYLINE,          COPYDESK_MOJIBAKE,
                                                         COPYDESK_TITLE_SUFFIX,    COPYDESK_BAD_RECORD};

    for (uint64_t i = 0; i < 3 * N_FINDINGS; i++) {
        struct copydesk_view to = {input->to.data, input->to.len};
        struct copydesk_finding finding = {.rule = rules[i % N_FINDINGS],
                                           .action = copydesk_rule_default(rules[i % N_FINDINGS]),
                                           .score = 0.9,
                                           .of = to,
                                           .better = to,
                                           .to = to,
                                           .field = (enum copydesk_field)(i % 3),
                                           .start = (uint32_t)i,
                                           .end = (uint32_t)(i * 7)};
        struct copydesk_verdict verdict = {
            .record = i, .representative = i % N_FINDINGS ? i : 99, .findings = &finding, .n_findings = 1};
        struct write_record record = {.verdict = &verdict, .cluster_size = i % N_FINDINGS ? 1 : 4};
        summary->read++;
        summary->articles[finding.rule]++;
        summary->findings[finding.rule]++;
        demand(report_take(report, &record, NULL) == 0);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct writer *const writers[] = {&write_sarif,  &write_junit,    &write_github,
                                                   &write_gitlab, &write_markdown, &write_json_report};
    const char *bytes = (const char *)data;
    size_t part = size / 5;
    struct input input = {{bytes, part},
                          {bytes + part, part},
                          {bytes + 2 * part, part},
                          {bytes + 3 * part, part},
                          {bytes + 4 * part, size - 4 * part}};
    struct copydesk_options options;
    struct copydesk_summary summary = {0};
    struct copydesk_gate gate = {.name = "damage", .limit = "0", .found = "3"};
    struct copydesk_judgement judgement = {.command = "check", .gates = &gate, .n_gates = 1, .exit_code = 1};
    struct write_corpus corpus = {.options = &options, .summary = &summary, .judgement = &judgement};
    struct write_source source = {fetch, &input};
    struct report *report;

    copydesk_options_init(&options);
    options.offsets = size % 2 ? COPYDESK_OFFSETS_CHARS : COPYDESK_OFFSETS_BYTES;
    demand(report_new(&report, &corpus, NULL) == 0);
    take_all(report, &input, &summary);
    demand(report_finish(report, &source, NULL) == 0);
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        check_report(writers[i], report);
    }
    report_free(report);
    return 0;
}
