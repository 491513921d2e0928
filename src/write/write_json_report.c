/*
 * write_json_report.c - the run as one JSON object, for dashboards and scripts: what was read and what became
 * of it, counts by rule and group, limits, the largest clusters, the worst findings. docs/reports.md has its
 * members.
 *
 * Options that change nothing in the result (threads, memory, instruction set) are not in it, so the same
 * corpus gives the same bytes on any machine. Verdicts have every finding; here are at most 100 of a rule.
 */
#include "write/report.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum { WORST = 100 };

static void add_name(struct buf *out, const char *name)
{
    buf_add_json(out, str_of(name));
}

static void add_key(struct buf *out, const char *name)
{
    buf_add_char(out, ',');
    add_name(out, name);
    buf_add_char(out, ':');
}

static void add_member(struct buf *out, const char *name, uint64_t value)
{
    add_key(out, name);
    buf_add_u64(out, value);
}

static void add_string(struct buf *out, const char *name, struct str value)
{
    add_key(out, name);
    write_json_string(out, value);
}

static void add_options(struct buf *out, const struct copydesk_options *o)
{
    SAY(",\n\"options\":{\"keep\":");
    add_name(out, copydesk_keep_name(o->keep));
    add_string(out, "id_field", str_of(o->id_field));
    add_string(out, "title_field", str_of(o->title_field));
    add_string(out, "text_field", str_of(o->text_field));
    add_string(out, "url_field", str_of(o->url_field));
    add_string(out, "date_field", str_of(o->date_field));
    add_string(out, "source_field", str_of(o->source_field));
    add_member(out, "max_article_bytes", o->max_article_bytes);
    if (o->charset) {
        add_string(out, "charset", str_of(o->charset));
    }
    if (o->languages) {
        add_string(out, "languages", str_of(o->languages));
    }
    if (o->n_source_order > 0) {
        add_key(out, "source_order");
        for (size_t i = 0; i < o->n_source_order; i++) {
            buf_add_char(out, i == 0 ? '[' : ',');
            write_json_string(out, str_of(o->source_order[i]));
        }
        buf_add_char(out, ']');
    }
    buf_add_char(out, '}');
}

static void add_summary(struct buf *out, const struct copydesk_summary *s)
{
    SAY(",\n\"summary\":{\"read\":");
    buf_add_u64(out, s->read);
    add_member(out, "kept", s->kept);
    add_member(out, "dropped", s->dropped);
    add_member(out, "rejected", s->rejected);
    add_member(out, "cleaned", s->cleaned);
    add_member(out, "bytes", s->bytes);
    add_member(out, "cut_bytes", s->cut_bytes);
    add_member(out, "repaired_spans", s->repaired_spans);
    add_member(out, "clusters", s->clusters);
    add_member(out, "members", s->members);
    add_member(out, "removable", s->removable);
    buf_add_char(out, '}');
}

static void add_rules(struct buf *out, const struct write_corpus *corpus)
{
    const struct copydesk_summary *summary = corpus->summary;
    uint64_t groups[COPYDESK_N_GROUPS] = {0};

    SAY(",\n\"rules\":[");
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        enum copydesk_group group = copydesk_rule_group(rule);
        buf_add_str(out, i == 0 ? STR("\n") : STR(",\n"));
        SAY("{\"rule\":");
        add_name(out, copydesk_rule_name(rule));
        add_string(out, "group", str_of(copydesk_group_name(group)));
        add_string(out, "action", str_of(copydesk_action_name(corpus->options->actions[i])));
        add_member(out, "articles", summary->articles[i]);
        add_member(out, "findings", summary->findings[i]);
        buf_add_char(out, '}');
        groups[group] += summary->findings[i];
    }
    SAY("],\n\"groups\":[");
    for (int i = 0; i < COPYDESK_N_GROUPS; i++) {
        buf_add_str(out, i == 0 ? STR("{\"group\":") : STR(",{\"group\":"));
        add_name(out, copydesk_group_name((enum copydesk_group)i));
        add_member(out, "findings", groups[i]);
        buf_add_char(out, '}');
    }
    buf_add_char(out, ']');
}

static void add_gates(struct buf *out, const struct copydesk_judgement *judgement)
{
    SAY(",\n\"gates\":[");
    for (size_t i = 0; i < judgement->n_gates; i++) {
        const struct copydesk_gate *gate = &judgement->gates[i];
        buf_add_str(out, i == 0 ? STR("{\"gate\":") : STR(",{\"gate\":"));
        write_json_string(out, str_of(gate->name));
        add_string(out, "level", gate->only_warns ? STR("warning") : STR("error"));
        add_string(out, "limit", str_of(gate->limit));
        add_string(out, "found", str_of(gate->found));
        add_member(out, "count", gate->count);
        add_key(out, "passed");
        buf_add_str(out, gate->passed ? STR("true}") : STR("false}"));
    }
    SAY("]");
    add_member(out, "exit", (uint64_t)judgement->exit_code);
    if (judgement->problem) {
        add_string(out, "problem", str_of(judgement->problem));
    }
}

static void add_place(struct buf *out, const struct report *report, const struct report_place *place)
{
    SAY("{\"id\":");
    buf_add_json(out, place->id);
    add_key(out, "file");
    report_add_json_file(out, report->corpus, place->file);
    add_member(out, "line", place->line);
    buf_add_char(out, '}');
}

static void add_clusters(struct buf *out, const struct report *report)
{
    SAY(",\n\"clusters\":[");
    for (size_t i = 0; i < report->clusters.n; i++) {
        const struct report_item *item = report->clusters.items[i];
        buf_add_str(out, i == 0 ? STR("\n{\"articles\":") : STR(",\n{\"articles\":"));
        buf_add_u64(out, item->cluster_size);
        add_key(out, "kept");
        add_place(out, report, &item->of);
        add_string(out, "title", item->title);
        add_key(out, "copies");
        buf_add_char(out, '[');
        add_place(out, report, &item->place);
        for (size_t k = 0; k < item->n_others; k++) {
            buf_add_char(out, ',');
            add_place(out, report, &item->others[k]);
        }
        SAY("]}");
    }
    buf_add_char(out, ']');
}

static void add_evidence(struct buf *out, const struct copydesk_finding *f)
{
    static const char *const fields[] = {
        [COPYDESK_FIELD_TITLE] = "title",
        [COPYDESK_FIELD_TEXT] = "text",
    };

    if (f->shared_words > 0) {
        add_key(out, "jaccard");
        write_number(out, f->jaccard);
        add_key(out, "containment");
        write_number(out, f->containment);
        add_member(out, "shared_words", f->shared_words);
    }
    if (f->field != COPYDESK_FIELD_NONE) {
        add_string(out, "field", str_of(fields[f->field]));
        add_member(out, "start", f->start);
        add_member(out, "end", f->end);
    }
    if (f->to.data) {
        add_string(out, "to", write_str(f->to));
    }
    if (f->articles > 0) {
        add_member(out, "in_articles", f->articles);
        add_member(out, "in_clusters", f->clusters);
    }
    if (f->better.data) {
        add_string(out, "better", write_str(f->better));
    }
    if (f->kept_because) {
        add_string(out, "kept_because", str_of(f->kept_because));
    }
    if (f->reason) {
        add_string(out, "reason", str_of(f->reason));
    }
}

static void add_item(struct buf *out, const struct report *report, const struct report_item *item)
{
    const struct copydesk_finding *f = &item->finding;

    SAY("{\"rule\":");
    add_name(out, copydesk_rule_name(f->rule));
    add_string(out, "level", str_of(report_level_name(item->level)));
    add_string(out, "action", str_of(copydesk_action_name(f->action)));
    add_key(out, "score");
    write_number(out, f->score);
    add_key(out, "article");
    add_place(out, report, &item->place);
    if (item->of.line > 0) {
        add_key(out, "of");
        add_place(out, report, &item->of);
    }
    add_member(out, "articles", item->n_articles);
    add_member(out, "findings", item->n_findings);
    if (item->title.len > 0) {
        add_string(out, "title", item->title);
    }
    if (item->quote.len > 0) {
        add_string(out, "quote", item->quote);
    }
    add_evidence(out, f);
    add_key(out, "fingerprint");
    buf_printf(out, "\"%016llx:%u\"}", (unsigned long long)item->fingerprint, item->copy);
}

static void report_json(const struct report *report, struct buf *out)
{
    size_t n[COPYDESK_N_RULES] = {0};
    bool first = true;

    SAY("{\"copydesk\":\"" COPYDESK_VERSION "\",\"schema\":");
    buf_add_u64(out, COPYDESK_SCHEMA);
    if (report->corpus->judgement->command) {
        add_string(out, "command", str_of(report->corpus->judgement->command));
    }
    add_options(out, report->corpus->options);
    add_summary(out, report->corpus->summary);
    add_rules(out, report->corpus);
    add_gates(out, report->corpus->judgement);
    add_clusters(out, report);
    SAY(",\n\"worst\":[");
    for (size_t i = 0; i < report->n_items; i++) {
        if (n[report->items[i]->finding.rule]++ < WORST) {
            buf_add_str(out, first ? STR("\n") : STR(",\n"));
            add_item(out, report, report->items[i]);
            first = false;
        }
    }
    SAY("\n]}\n");
}

const struct writer write_json_report = {
    .kind = COPYDESK_OUT_JSON_REPORT,
    .name = "json-report",
    .report = report_json,
};
