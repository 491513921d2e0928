// stream_verdict.c - what becomes of a line: its verdict, and the line that is handed on. Contract in
// stream_state.h.
//
// In:  a line as stream_line.c left it. Out: findings, fate, the record with the member `copydesk`.
//
// First the index is asked: is it a message that came before, a copy to the letter, or like some? An exact
// copy needs no more; others are compared word for word (stream_match.c). Findings of the article by itself
// were made when it was read.

#include "pipeline/stream_state.h"

#include "write/annotate.h"

#include <stdio.h>

// ---- the verdict

static struct copydesk_finding *add(struct stream *s, enum copydesk_rule rule, struct copydesk_error *error)
{
    void *findings = s->findings;
    if (!mem_grow(&findings, &s->cap_findings, s->n_findings + 1, sizeof *s->findings)) {
        error_memory(error);
        return NULL;
    }
    s->findings = findings;
    struct copydesk_finding *f = &s->findings[s->n_findings++];
    *f = (struct copydesk_finding){.rule = rule,
                                   .action = s->options.actions[rule],
                                   .score = 1,
                                   .of_record = UINT64_MAX,
                                   .better_record = UINT64_MAX};
    return f;
}

// An id, or the number of the article where it has none.
static int name_of(struct stream *s, struct str id, uint32_t number, struct copydesk_view *name,
                   struct copydesk_error *error)
{
    char fallback[32];
    if (id.len == 0) {
        id = (struct str){fallback, (size_t)snprintf(fallback, sizeof fallback, "#%u", number)};
    }
    name->data = arena_copy(&s->strings, id.data, id.len);
    name->len = id.len;
    return name->data ? 0 : error_memory(error);
}

static int name_of_number(struct stream *s, uint32_t number, struct copydesk_view *name,
                          struct index_record *record, struct copydesk_error *error)
{
    int status = index_get(s->index, number, INDEX_STRINGS, s->scratch, record, error);
    return status < 0 ? status : name_of(s, record->id, number, name, error);
}

static int add_exact(struct stream *s, struct stream_line *line, struct copydesk_verdict *verdict,
                     struct copydesk_error *error)
{
    struct index_record known;
    struct index_record head;
    uint32_t leader = line->match.exact;
    struct copydesk_finding *f = add(s, COPYDESK_EXACT_DUPLICATE, error);
    if (!f) {
        return COPYDESK_ERR_MEMORY;
    }
    int status = name_of_number(s, leader, &f->of, &known, error);
    f->of_record = leader;
    f->jaccard = f->containment = f->containment_of = f->rarity = 1;
    f->shared_words = f->longest_run = line->record.n_words;
    f->kept_because = "known already";
    line->record.leader = leader;
    line->record.cluster = known.cluster;
    verdict->representative = known.cluster;
    return status < 0 ? status : name_of_number(s, known.cluster, &verdict->cluster, &head, error);
}

static int add_relations(struct stream *s, struct stream_line *line, struct copydesk_verdict *verdict,
                         struct copydesk_error *error)
{
    struct stream_relations r;
    int status = stream_match(s->matcher, line, &r, error);
    for (size_t i = 0; i < r.n && status == 0; i++) {
        const struct stream_pair *p = &r.pairs[i];
        bool joins = r.joins && p->pair.a == r.representative;
        enum copydesk_rule rule = verdict_rule(&p->pair);
        // The new one may hold an old one: that would be the copy, but it has gone its way.
        bool holds = p->pair.relation == RELATION_A_IN_B;
        if (s->options.actions[rule] == COPYDESK_OFF ||
            (!joins && r.joins && p->cluster == r.representative)) {
            continue;
        }
        struct copydesk_finding *f = add(s, rule, error);
        if (!f) {
            return COPYDESK_ERR_MEMORY;
        }
        verdict_figures(&p->pair, UINT32_MAX, f);
        status = name_of(s, p->id, p->pair.a, &f->of, error);
        f->of_record = p->pair.a;
        bool is_copy = rule == COPYDESK_NEAR_DUPLICATE || rule == COPYDESK_CONTAINED_COPY;
        if (joins) {
            f->kept_because = "known already";
            line->record.cluster = p->pair.a;
            verdict->representative = p->pair.a;
            verdict->cluster = f->of;
        } else if (is_copy) {
            f->action = COPYDESK_FLAG; // or `of` was dropped for a third article
            f->reason = holds ? "an earlier, shorter article stands in this one" : NULL;
        }
    }
    return status;
}

static int add_same_id(struct stream *s, const struct stream_line *line, struct copydesk_error *error)
{
    if (s->options.actions[COPYDESK_DUPLICATE_ID] == COPYDESK_OFF) {
        return 0;
    }
    struct copydesk_finding *f = add(s, COPYDESK_DUPLICATE_ID, error);
    if (!f) {
        return COPYDESK_ERR_MEMORY;
    }
    f->of_record = line->match.same_id;
    return name_of(s, (struct str){NULL, 0}, line->match.same_id, &f->of, error);
}

// What it was a copy of when it came first, though so many have come since that a look at that time finds it
// no more: of one print the newest articles are kept.
static void take_first_verdict(struct stream_line *line, const struct index_record *first, uint32_t number)
{
    struct index_match *m = &line->match;
    bool known = false;
    m->exact = first->leader == number ? INDEX_NONE : first->leader;
    for (size_t i = 0; i < m->n; i++) {
        known |= m->candidates[i].article == first->cluster;
    }
    if (first->cluster != number && !known && m->candidates) {
        m->n -= m->n == INDEX_MAX_CANDIDATES; // the weakest
        m->candidates[m->n++] = (struct index_candidate){.article = first->cluster};
    }
}

// What the index says of it: is it a message that was here before?
static int look_up(struct stream *s, struct stream_line *line, bool *redelivered,
                   struct copydesk_error *error)
{
    struct index_record known;
    *redelivered = false;
    int status = index_candidates(s->index, &line->record, &line->prints, INDEX_NONE, &line->match, error);
    if (status < 0 || line->match.same_id == UINT32_MAX) {
        return status;
    }
    uint32_t first = line->match.same_id;
    status = index_get(s->index, first, 0, s->scratch, &known, error);
    if (status < 0 || known.content != line->record.content) {
        return status;
    }
    *redelivered = true;
    status = index_candidates(s->index, &line->record, &line->prints, first, &line->match, error);
    line->match.same_id = UINT32_MAX;
    if (status == 0) {
        take_first_verdict(line, &known, first);
    }
    return status;
}

static int judge_article(struct stream *s, struct stream_line *line, struct copydesk_filtered *out,
                         struct copydesk_error *error)
{
    struct copydesk_verdict *v = &out->verdict;
    line->record.leader = INDEX_NONE;
    line->record.cluster = INDEX_NONE;
    v->representative = index_count(s->index);
    int status = look_up(s, line, &out->redelivered, error);
    void *findings = s->findings;
    if (status == 0 && !mem_grow(&findings, &s->cap_findings, line->n_findings + 1, sizeof *s->findings)) {
        return error_memory(error);
    }
    s->findings = findings;
    if (status == 0 && line->n_findings > 0) {
        memcpy(s->findings, line->findings, line->n_findings * sizeof *s->findings);
    }
    s->n_findings = line->n_findings;
    if (status == 0 && !out->redelivered && s->filter.entry == COPYDESK_ENTER_AT_ONCE) {
        index_count_facts(s->index, &line->record);
    }
    if (status == 0 && !line->dropped) {
        status =
            line->match.exact != UINT32_MAX ? add_exact(s, line, v, error) : add_relations(s, line, v, error);
    }
    if (status == 0 && line->match.same_id != UINT32_MAX) {
        status = add_same_id(s, line, error);
    }
    return status;
}

int stream_judge_line(struct stream *s, struct stream_line *line, struct copydesk_filtered *out,
                      struct copydesk_error *error)
{
    struct copydesk_verdict *v = &out->verdict;
    char place[32];
    *v = (struct copydesk_verdict){.record = s->n_lines - 1, .line = s->n_lines, .file = {"-", 1}};
    s->n_findings = 0;
    arena_release(&s->strings);
    struct str id = line->record.id;
    if (id.len == 0) {
        id =
            (struct str){place, (size_t)snprintf(place, sizeof place, "-:%llu", (unsigned long long)v->line)};
    }
    int status = name_of(s, id, 0, &v->id, error);
    v->cluster = v->id;
    if (status == 0 && line->bad) {
        struct copydesk_finding *f = add(s, COPYDESK_BAD_RECORD, error);
        status = f ? 0 : COPYDESK_ERR_MEMORY;
        if (f) {
            f->reason = line->bad;
            f->offset = line->bad_offset;
        }
    } else if (status == 0) {
        status = judge_article(s, line, out, error);
    }
    verdict_sort(s->findings, s->n_findings);
    v->findings = s->findings;
    v->n_findings = s->n_findings;
    verdict_decide(v, line->bad != NULL, line->title_score);
    return status;
}

// ---- what is handed on

int stream_write_line(struct stream *s, const struct stream_line *line, struct copydesk_filtered *out,
                      struct copydesk_error *error)
{
    const struct copydesk_verdict *v = &out->verdict;
    struct str raw = {line->raw.data, line->raw.len};
    struct write_record record = {
        .verdict = v, .format = COPYDESK_FORMAT_JSONL, .raw = raw, .raw_bytes = raw.len};
    buf_clear(&s->out);
    buf_clear(&s->reject);
    if (out->blank) {
        buf_add_str(&s->out, raw);
        buf_add_char(&s->out, '\n');
    } else if (s->filter.only_verdicts) {
        write_verdicts.record(NULL, &s->out, &record);
    } else if (line->bad && !line->is_object) {
        write_annotated_bad(&s->out, raw, v);
    } else {
        bool changed = v->cleaned && line->cleaned.len > 0;
        write_annotated(&s->out, changed ? (struct str){line->cleaned.data, line->cleaned.len} : raw, v,
                        out->redelivered);
    }
    if (!out->blank) {
        write_rejects.record(NULL, &s->reject, &record);
    }
    out->line = (struct copydesk_view){s->out.data, s->out.len};
    out->reject = (struct copydesk_view){s->reject.data, s->reject.len};
    return s->out.failed || s->reject.failed ? error_memory(error) : 0;
}
