/*
 * write_verdicts.c - one JSON line for each record: schema 1.
 *
 *   {"id":"a17","file":"wire.jsonl","line":17,"action":"drop","cluster":"a03","findings":[
 *    {"rule":"near-duplicate","action":"drop","score":0.93,"of":"a03","jaccard":0.81, ... }]}
 *
 * (on one line). Which members a finding has depends on its rule alone, so a reader can count on them:
 * copies have all the figures of the pair, bad records have reason and offset, a duplicate id has `of`,
 * spans have field, start and end, repairs also `to`. `kept_because` is there only where a choice was made,
 * `better` where the title fits another article, `articles` and `clusters` where the span was seen more
 * than once.
 */
#include "write/write.h"

#define ADD(out, literal) buf_add(out, literal, sizeof(literal) - 1)

static void add_name(struct buf *out, const char *name)
{
    buf_add(out, name, strlen(name));
}

static void add_figures(struct buf *out, const struct copydesk_finding *finding)
{
    ADD(out, ",\"jaccard\":");
    write_number(out, finding->jaccard);
    ADD(out, ",\"containment\":");
    write_number(out, finding->containment);
    ADD(out, ",\"containment_of\":");
    write_number(out, finding->containment_of);
    ADD(out, ",\"shared_words\":");
    buf_add_u64(out, finding->shared_words);
    ADD(out, ",\"longest_run\":");
    buf_add_u64(out, finding->longest_run);
    if (finding->rule == COPYDESK_PARTIAL_REUSE) {
        return; // settled by the words alone: facts were not counted
    }
    ADD(out, ",\"rarity\":");
    write_number(out, finding->rarity);
    ADD(out, ",\"own_facts\":");
    buf_add_u64(out, finding->own_facts);
    ADD(out, ",\"other_facts\":");
    buf_add_u64(out, finding->other_facts);
}

static void add_span(struct buf *out, const struct copydesk_finding *finding)
{
    ADD(out, ",\"field\":\"");
    add_name(out, finding->field == COPYDESK_FIELD_TITLE ? "title" : "text");
    ADD(out, "\",\"start\":");
    buf_add_u64(out, finding->start);
    ADD(out, ",\"end\":");
    buf_add_u64(out, finding->end);
    if (copydesk_rule_group(finding->rule) == COPYDESK_GROUP_DAMAGE) {
        ADD(out, ",\"to\":");
        write_json_string(out, write_str(finding->to));
    }
    if (finding->articles > 0) {
        ADD(out, ",\"articles\":");
        buf_add_u64(out, finding->articles);
        ADD(out, ",\"clusters\":");
        buf_add_u64(out, finding->clusters);
    }
}

static void add_finding(struct buf *out, const struct copydesk_finding *finding)
{
    ADD(out, "{\"rule\":\"");
    add_name(out, copydesk_rule_name(finding->rule));
    ADD(out, "\",\"action\":\"");
    add_name(out, copydesk_action_name(finding->action));
    ADD(out, "\",\"score\":");
    write_number(out, finding->score);
    if (finding->of.data) {
        ADD(out, ",\"of\":");
        write_json_string(out, write_str(finding->of));
    }
    if (copydesk_rule_group(finding->rule) == COPYDESK_GROUP_DUPLICATES) {
        add_figures(out, finding);
    }
    if (finding->kept_because) {
        ADD(out, ",\"kept_because\":");
        buf_add_json(out, str_of(finding->kept_because));
    }
    if (finding->field != COPYDESK_FIELD_NONE) {
        add_span(out, finding);
    }
    if (finding->better.data) {
        ADD(out, ",\"better\":");
        write_json_string(out, write_str(finding->better));
    }
    if (finding->reason) {
        ADD(out, ",\"reason\":");
        buf_add_json(out, str_of(finding->reason));
    }
    if (finding->rule == COPYDESK_BAD_RECORD) {
        ADD(out, ",\"offset\":");
        buf_add_u64(out, finding->offset);
    }
    buf_add_char(out, '}');
}

static void begin(struct sink *sink, struct write_wants *wants)
{
    (void)sink;
    (void)wants;
}

const char *write_verdict_action(const struct copydesk_verdict *verdict)
{
    static const char *const fates[] = {
        [COPYDESK_KEPT] = "keep", [COPYDESK_DROPPED] = "drop", [COPYDESK_REJECTED] = "reject"};
    return verdict->cleaned ? "clean" : fates[verdict->fate];
}

void write_verdict_findings(struct buf *out, const struct copydesk_verdict *verdict)
{
    ADD(out, ",\"findings\":[");
    for (size_t i = 0; i < verdict->n_findings; i++) {
        if (i > 0) {
            buf_add_char(out, ',');
        }
        add_finding(out, &verdict->findings[i]);
    }
    buf_add_char(out, ']');
    if (verdict->has_title_score) {
        ADD(out, ",\"scores\":{\"title-mismatch\":");
        write_number(out, verdict->title_mismatch);
        buf_add_char(out, '}');
    }
}

static void record(const struct sink *sink, struct buf *out, const struct write_record *r)
{
    const struct copydesk_verdict *verdict = r->verdict;

    (void)sink;
    ADD(out, "{\"id\":");
    write_json_string(out, write_str(verdict->id));
    ADD(out, ",\"file\":");
    write_json_string(out, write_str(verdict->file));
    ADD(out, ",\"line\":");
    buf_add_u64(out, verdict->line);
    ADD(out, ",\"action\":\"");
    add_name(out, write_verdict_action(verdict));
    ADD(out, "\",\"cluster\":");
    write_json_string(out, write_str(verdict->cluster));
    write_verdict_findings(out, verdict);
    ADD(out, "}\n");
}

const struct writer write_verdicts = {COPYDESK_OUT_VERDICTS, "verdicts", begin, record, NULL, NULL, NULL};
