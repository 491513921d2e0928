// verdict.c - room 17: findings of one article, and its fate. Contract in verdict.h.
//
// An article is one of three: a member of an exact group that is not the one kept (its finding is
// exact-duplicate), a kept member whose group was taken by another representative (near-duplicate or
// contained-copy, with the figures of that comparison), or a representative. The last two also report what
// else was found between them and articles outside their cluster: those findings only flag.

#include "pipeline/verdict.h"

#include "pipeline/loader.h"

#include <stdio.h>

struct verdicts {
    struct pipeline *p;
    uint32_t next, end;
    size_t next_link, next_duplicate_id;
    struct catalog_record record;
    struct copydesk_finding *findings;
    size_t n_findings, cap_findings;
    struct arena text; // ids of this verdict
    struct buf scratch;
    struct edit_list edits;
    struct loader *loader; // only to count code points
};

int verdicts_new(struct verdicts **out, struct pipeline *p, struct copydesk_error *error)
{
    struct verdicts *v = mem_zalloc(1, sizeof *v);
    if (!v) {
        return error_memory(error);
    }
    v->p = p;
    v->end = catalog_count(p->catalog);
    int status = p->options.offsets == COPYDESK_OFFSETS_CHARS ? loader_new(&v->loader, p, 1, error) : 0;
    if (status < 0) {
        verdicts_free(v);
        return status;
    }
    *out = v;
    return 0;
}

void verdicts_free(struct verdicts *v)
{
    if (v) {
        mem_free(v->findings);
        arena_release(&v->text);
        buf_release(&v->scratch);
        edit_list_release(&v->edits);
        loader_free(v->loader);
        mem_free(v);
    }
}

void verdicts_seek(struct verdicts *v, uint32_t number)
{
    const struct pipeline *p = v->p;
    size_t low = 0;
    for (size_t high = p->n_links; low < high;) {
        size_t middle = (low + high) / 2;
        if (p->links[middle].article < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    v->next_link = low;
    low = 0;
    for (size_t high = p->n_duplicate_ids; low < high;) {
        size_t middle = (low + high) / 2;
        if (p->duplicate_ids[middle].article < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    v->next_duplicate_id = low;
    v->next = number;
    v->end = catalog_count(p->catalog);
}

void verdicts_range(struct verdicts *v, uint32_t from, uint32_t to)
{
    verdicts_seek(v, from);
    v->end = to;
}

const struct catalog_record *verdicts_record(const struct verdicts *v)
{
    return &v->record;
}

enum copydesk_rule verdict_rule(const struct pair_record *pair)
{
    switch (pair->relation) {
    case RELATION_NEAR:
        return COPYDESK_NEAR_DUPLICATE;
    case RELATION_A_IN_B:
    case RELATION_B_IN_A:
        return COPYDESK_CONTAINED_COPY;
    case RELATION_REVISED:
        return COPYDESK_REVISED_COPY;
    case RELATION_PARTIAL:
        return COPYDESK_PARTIAL_REUSE;
    case RELATION_TEMPLATE:
        return COPYDESK_SAME_TEMPLATE;
    default:
        return COPYDESK_N_RULES;
    }
}

static double ratio(uint32_t part, uint32_t whole)
{
    return whole ? (double)part / whole : 0;
}

void verdict_figures(const struct pair_record *pair, uint32_t self, struct copydesk_finding *f)
{
    bool is_a = pair->a == self;
    f->rule = verdict_rule(pair);
    f->score = pair->score / 10000.0;
    f->jaccard = ratio(pair->shared, pair->set_a + pair->set_b - pair->shared);
    f->containment = ratio(pair->shared, is_a ? pair->set_a : pair->set_b);
    f->containment_of = ratio(pair->shared, is_a ? pair->set_b : pair->set_a);
    f->shared_words = pair->shared_words;
    f->longest_run = pair->run;
    f->rarity = pair->rarity / 10000.0;
    f->own_facts = is_a ? pair->own_a : pair->own_b;
    f->other_facts = is_a ? pair->own_b : pair->own_a;
}

static int id_of(struct verdicts *v, uint32_t article, struct copydesk_view *out,
                 struct catalog_record *record, struct copydesk_error *error)
{
    struct str id;
    int status = catalog_get(v->p->catalog, article, record, error);
    if (status == 0) {
        status = catalog_id(v->p->catalog, record, &v->scratch, &id, error);
    }
    if (status < 0) {
        return status;
    }
    out->data = arena_copy(&v->text, id.data, id.len);
    out->len = id.len;
    return out->data || id.len == 0 ? 0 : error_memory(error);
}

static struct copydesk_finding *add(struct verdicts *v, enum copydesk_rule rule, struct copydesk_error *error)
{
    void *findings = v->findings;
    if (!mem_grow(&findings, &v->cap_findings, v->n_findings + 1, sizeof *v->findings)) {
        error_memory(error);
        return NULL;
    }
    v->findings = findings;
    struct copydesk_finding *f = &v->findings[v->n_findings++];
    *f = (struct copydesk_finding){.rule = rule,
                                   .action = v->p->options.actions[rule],
                                   .score = 1,
                                   .of_record = UINT64_MAX,
                                   .better_record = UINT64_MAX};
    return f;
}

static const char *why_kept(const struct pipeline *p, const struct catalog_record *self,
                            const struct catalog_record *kept)
{
    if (kept->flags & CATALOG_KNOWN) {
        return "known already";
    }
    bool self_dated = self->flags & CATALOG_HAS_DATE;
    bool kept_dated = kept->flags & CATALOG_HAS_DATE;
    switch (p->options.keep) {
    case COPYDESK_KEEP_EARLIEST:
    case COPYDESK_KEEP_NEWEST:
        if (kept_dated && !self_dated) {
            return "has a date";
        }
        if (kept_dated && kept->date != self->date) {
            return p->options.keep == COPYDESK_KEEP_EARLIEST ? "earliest date" : "newest date";
        }
        break;
    case COPYDESK_KEEP_LONGEST:
        if (kept->n_words != self->n_words) {
            return "most words";
        }
        break;
    case COPYDESK_KEEP_CLEANEST:
        return "least text that many articles share";
    case COPYDESK_KEEP_SOURCE_ORDER:
        if (kept->source_hash != self->source_hash) {
            return "preferred source";
        }
        break;
    case COPYDESK_N_KEEPS:
        break;
    }
    return "first in the input";
}

// A pair that this article reports: with its representative, or with an article outside its cluster.
static int add_pair(struct verdicts *v, uint32_t article, uint32_t leader, uint32_t number,
                    struct copydesk_error *error)
{
    const struct pipeline *p = v->p;
    struct pair_record pair;
    int status = pipeline_pair(p, number, &pair, error);
    if (status < 0) {
        return status;
    }
    uint32_t other = pair.a == leader ? pair.b : pair.a;
    uint32_t mine = p->representative[leader];
    enum copydesk_rule rule = verdict_rule(&pair);
    bool is_copy = rule == COPYDESK_NEAR_DUPLICATE || rule == COPYDESK_CONTAINED_COPY;
    bool joins = is_copy && mine == other && mine != leader;
    if (p->options.actions[rule] == COPYDESK_OFF || (!joins && p->representative[other] == mine)) {
        return 0;
    }
    struct copydesk_finding *f = add(v, rule, error);
    if (!f) {
        return COPYDESK_ERR_MEMORY;
    }
    verdict_figures(&pair, leader, f);
    struct catalog_record kept;
    status = id_of(v, p->best[other], &f->of, &kept, error);
    f->of_record = p->best[other];
    if (!joins && is_copy) {
        f->action = COPYDESK_FLAG; // `of` was dropped for a third article: nothing is removed on such grounds
    }
    if (joins) {
        f->kept_because = rule == COPYDESK_CONTAINED_COPY && !(kept.flags & CATALOG_KNOWN)
                              ? "the longer text"
                              : why_kept(p, &v->record, &kept);
    }
    (void)article;
    return status;
}

static int add_copies(struct verdicts *v, uint32_t article, struct copydesk_verdict *verdict,
                      struct copydesk_error *error)
{
    const struct pipeline *p = v->p;
    uint32_t leader = catalog_leader(p->catalog, article);
    uint32_t representative = p->best[p->representative[leader]];
    struct catalog_record record;
    int status = id_of(v, representative, &verdict->cluster, &record, error);
    verdict->representative = representative;
    if (status < 0) {
        return status;
    }
    if (p->best[leader] != article) {
        uint32_t kept = p->best[leader];
        struct copydesk_finding *f = add(v, COPYDESK_EXACT_DUPLICATE, error);
        if (!f) {
            return COPYDESK_ERR_MEMORY;
        }
        status = id_of(v, kept, &f->of, &record, error);
        f->of_record = kept;
        f->jaccard = f->containment = f->containment_of = f->rarity = 1;
        f->shared_words = f->longest_run = v->record.n_words;
        f->kept_because = why_kept(p, &v->record, &record);
    }
    while (status == 0 && v->next_link < p->n_links && p->links[v->next_link].article < article) {
        v->next_link++;
    }
    while (status == 0 && v->next_link < p->n_links && p->links[v->next_link].article == article) {
        status = add_pair(v, article, leader, p->links[v->next_link++].pair, error);
    }
    return status;
}

static int add_duplicate_id(struct verdicts *v, uint32_t article, struct copydesk_error *error)
{
    const struct pipeline *p = v->p;
    while (v->next_duplicate_id < p->n_duplicate_ids &&
           p->duplicate_ids[v->next_duplicate_id].article < article) {
        v->next_duplicate_id++;
    }
    if (v->next_duplicate_id == p->n_duplicate_ids ||
        p->duplicate_ids[v->next_duplicate_id].article != article) {
        return 0;
    }
    struct copydesk_finding *f = add(v, COPYDESK_DUPLICATE_ID, error);
    if (!f) {
        return COPYDESK_ERR_MEMORY;
    }
    f->of_record = p->duplicate_ids[v->next_duplicate_id].first;
    struct catalog_record first;
    int status = catalog_get(p->catalog, p->duplicate_ids[v->next_duplicate_id].first, &first, error);
    struct str file = input_file_name(p->input, first.file_no);
    char place[1100];
    int n = snprintf(place, sizeof place, "%.*s:%u", (int)(file.len < 1024 ? file.len : 1024), file.data,
                     first.line);
    f->of = (struct copydesk_view){arena_copy(&v->text, place, (size_t)n), (size_t)n};
    return status < 0 ? status : f->of.data ? 0 : error_memory(error);
}

// Bytes of a field to code points; findings ascend, so one walk counts them all.
void verdict_count_chars(struct str field, enum copydesk_field which, struct copydesk_finding *findings,
                         size_t n)
{
    uint32_t at = 0;
    uint32_t chars = 0;
    for (size_t i = 0; i < n; i++) {
        if (findings[i].field != which) {
            continue;
        }
        uint32_t places[2] = {findings[i].start, findings[i].end};
        uint32_t counted[2];
        uint32_t from = at;
        uint32_t from_chars = chars;
        for (int k = 0; k < 2; k++) {
            for (; from < places[k] && from < field.len; from++) {
                from_chars += ((uint8_t)field.data[from] & 0xc0) != 0x80;
            }
            counted[k] = from_chars;
            at = k == 0 ? from : at; // spans may overlap: go on from the start of this one
            chars = k == 0 ? from_chars : chars;
        }
        findings[i].start = counted[0];
        findings[i].end = counted[1];
    }
}

static bool tells_one_story(const struct pipeline *p, uint32_t a, uint32_t b)
{
    return b != UINT32_MAX && p->representative[catalog_leader(p->catalog, a)] ==
                                  p->representative[catalog_leader(p->catalog, b)];
}

void verdict_of_edit(const struct edit *e, struct copydesk_finding *f)
{
    f->score = e->score / 10000.0;
    f->field = e->field;
    f->start = e->start;
    f->end = e->end;
    f->articles = e->articles;
    f->clusters = e->clusters;
    f->reason = e->reason;
    f->to = (struct copydesk_view){e->to.data, e->to.len};
    if (f->action == COPYDESK_REPAIR && e->rule == COPYDESK_INVALID_UTF8) {
        f->action = COPYDESK_FLAG; // a character was lost: nothing is known to put in its place
    }
}

static int add_edits(struct verdicts *v, uint32_t article, struct copydesk_error *error)
{
    int status =
        edit_store_has(v->p->edits, article) ? edit_store_get(v->p->edits, article, &v->edits, error) : 0;
    if (status < 0 || !edit_store_has(v->p->edits, article)) {
        return status;
    }
    size_t first = v->n_findings;
    for (size_t i = 0; i < v->edits.n && status == 0; i++) {
        const struct edit *e = &v->edits.edits[i];
        if (e->rule == COPYDESK_TITLE_MISMATCH && tells_one_story(v->p, article, v->edits.found[i].other)) {
            continue; // the title is that of a copy: it belongs to the story after all
        }
        struct copydesk_finding *f = add(v, e->rule, error);
        if (!f) {
            return COPYDESK_ERR_MEMORY;
        }
        verdict_of_edit(e, f);
        if (v->edits.found[i].other != UINT32_MAX) {
            struct catalog_record record;
            status = id_of(v, v->edits.found[i].other, &f->better, &record, error);
            f->better_record = v->edits.found[i].other;
        }
    }
    if (status == 0 && v->loader) {
        struct article as_read;
        status = loader_article(v->loader, &v->record, &as_read, error);
        if (status == 0) {
            verdict_count_chars(as_read.title, COPYDESK_FIELD_TITLE, v->findings + first,
                                v->n_findings - first);
            verdict_count_chars(as_read.text, COPYDESK_FIELD_TEXT, v->findings + first,
                                v->n_findings - first);
        }
    }
    return status;
}

static bool comes_before(const struct copydesk_finding *a, const struct copydesk_finding *b)
{
    if (a->field != b->field) {
        return a->field < b->field;
    }
    return a->start != b->start ? a->start < b->start : a->rule < b->rule;
}

// What is said of the whole article comes first, by rule, best score first, then by the order of the pairs;
// then spans in the order of the text. Both come nearly sorted.
void verdict_sort(struct copydesk_finding *findings, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct copydesk_finding x = findings[i];
        size_t at = i;
        while (at > 0 && comes_before(&x, &findings[at - 1])) {
            findings[at] = findings[at - 1];
            at--;
        }
        findings[at] = x;
    }
}

void verdict_decide(struct copydesk_verdict *verdict, bool is_bad, uint16_t title_score)
{
    bool changed = false;
    verdict->fate = is_bad ? COPYDESK_REJECTED : COPYDESK_KEPT;
    for (size_t i = 0; i < verdict->n_findings && verdict->fate == COPYDESK_KEPT; i++) {
        enum copydesk_action action = verdict->findings[i].action;
        changed |= action == COPYDESK_CUT || action == COPYDESK_REPAIR;
        if (action == COPYDESK_DROP) {
            verdict->fate = COPYDESK_DROPPED;
        }
    }
    verdict->cleaned = changed && verdict->fate == COPYDESK_KEPT;
    verdict->has_title_score = title_score != UINT16_MAX;
    verdict->title_mismatch = title_score == UINT16_MAX ? 0 : title_score / 10000.0;
}

int verdicts_next(struct verdicts *v, struct copydesk_verdict *verdict, struct copydesk_error *error)
{
    const struct pipeline *p = v->p;
    while (v->next < v->end && pipeline_is_known(p, v->next)) {
        v->next++;
    }
    uint32_t article = v->next;
    if (article >= v->end) {
        return 0;
    }
    v->next++;
    v->n_findings = 0;
    arena_release(&v->text);
    *verdict = (struct copydesk_verdict){.record = article};
    int status = id_of(v, article, &verdict->id, &v->record, error);
    if (status < 0) {
        return status;
    }
    struct str file = input_file_name(p->input, v->record.file_no);
    verdict->file = (struct copydesk_view){file.data, file.len};
    verdict->line = v->record.line;
    if (v->record.flags & CATALOG_BAD) {
        struct copydesk_finding *f = add(v, COPYDESK_BAD_RECORD, error);
        if (!f) {
            return COPYDESK_ERR_MEMORY;
        }
        f->reason = v->record.reason;
        f->offset = (uint64_t)v->record.date;
        verdict->cluster = verdict->id;
        verdict->representative = article;
    } else {
        status = add_copies(v, article, verdict, error);
        status = status < 0 ? status : add_edits(v, article, error);
    }
    status = status < 0 ? status : add_duplicate_id(v, article, error);
    if (status < 0) {
        return status;
    }
    verdict_sort(v->findings, v->n_findings);
    verdict->findings = v->findings;
    verdict->n_findings = v->n_findings;
    verdict_decide(verdict, v->record.flags & CATALOG_BAD,
                   p->title_scores ? p->title_scores[article] : UINT16_MAX);
    return 1;
}
