// stream_match.c - candidates of one article to relations. Contract in stream_match.h.
//
// The words of a candidate come from the index, and are compared as in the batch (compare.c). An article of
// the index always stays, so the new one can only join: it is near to another, or stands in it. As in the
// batch (match/cluster.c), clusters are stars: it joins the representative that is most like it; if it is
// only like an article that was itself dropped, it is compared with the representative of that one, and
// joins if the two are copies as well. Otherwise nothing is removed on such grounds.
//
// Articles that were compared lately stay ready: templates and running stories meet the same few again and
// again. Their facts are weighed anew each time, since counts grow with the stream and a replay has to end
// the same wherever it began.

#include "pipeline/stream_match.h"

#include "base/hash.h"

#include <stdlib.h>

enum { READY = 256, BIG_FEATURES = 1 << 20, MAX_SECOND_TRIES = 8 };

// An article of the index made ready.
struct ready {
    uint32_t number; // UINT32_MAX: none
    struct features features;
    struct index_record record; // without words and strings
    uint8_t common;
    uint32_t common_at; // articles in the index when `common` was looked up; 0: never
};

struct stream_matcher {
    struct index_store *index;
    const enum copydesk_action *actions;
    struct features_params params;
    struct ready *ready;
    struct index_scratch *scratch;
    struct pair_scratch pair_scratch;
    struct features self;
    struct stream_pair *pairs;
    size_t n_pairs, cap_pairs;
    struct buf ids; // of pairs
};

static uint32_t count_fact(const void *table, uint64_t hash)
{
    return fact_table_count(table, hash);
}

int stream_matcher_new(struct stream_matcher **out, struct index_store *index, enum copydesk_cpu cpu,
                       const enum copydesk_action actions[COPYDESK_N_RULES], struct copydesk_error *error)
{
    struct stream_matcher *m = mem_zalloc(1, sizeof *m);
    if (!m) {
        return error_memory(error);
    }
    m->index = index;
    m->actions = actions;
    m->params = (struct features_params){.cpu = cpu, .fact_count = count_fact};
    m->ready = mem_zalloc(READY, sizeof *m->ready);
    int status = m->ready ? index_scratch_new(index, &m->scratch, error) : error_memory(error);
    if (status < 0) {
        stream_matcher_free(m);
        return status;
    }
    for (size_t i = 0; i < READY; i++) {
        m->ready[i].number = INDEX_NONE;
    }
    *out = m;
    return 0;
}

void stream_matcher_free(struct stream_matcher *m)
{
    if (m) {
        for (size_t i = 0; m->ready && i < READY; i++) {
            features_release(&m->ready[i].features);
        }
        mem_free(m->ready);
        index_scratch_free(m->scratch);
        pair_scratch_release(&m->pair_scratch);
        features_release(&m->self);
        mem_free(m->pairs);
        buf_release(&m->ids);
        mem_free(m);
    }
}

// Article `number`, ready to be compared; valid until another takes its place. *record: with its words, if
// they had to be read.
static int make_ready(struct stream_matcher *m, uint32_t number, struct ready **out,
                      struct index_record *record, struct copydesk_error *error)
{
    struct ready *r = &m->ready[hash_mix(number) % READY];
    *out = r;
    record->words = NULL;
    if (r->number == number) {
        return 0;
    }
    r->number = INDEX_NONE;
    if (features_bytes(&r->features) > BIG_FEATURES) {
        features_release(&r->features); // a text of book length must not stay for good
    }
    int status = index_get(m->index, number, INDEX_WORDS, m->scratch, record, error);
    if (status < 0) {
        return status;
    }
    if (features_build(&r->features, record->words, record->flags, record->n_words, &m->params) < 0) {
        return error_memory(error);
    }
    r->record = *record;
    r->record.words = NULL;
    r->record.flags = NULL;
    r->common_at = 0;
    r->number = number;
    return 0;
}

static int find_common(struct stream_matcher *m, const struct stream_line *line, struct ready *r,
                       struct index_record *record, struct copydesk_error *error)
{
    uint32_t now = index_count(m->index) + 1;
    if (r->common_at == now) {
        return 0;
    }
    r->common_at = now;
    int status = record->words ? 0 : index_get(m->index, r->number, INDEX_WORDS, m->scratch, record, error);
    return status < 0 ? status
                      : index_common(m->index, record, &line->prints, &line->match, &r->common, error);
}

static struct relation_context context_of(const struct index_record *a, const struct index_record *b)
{
    bool known = a->source_hash != 0 && b->source_hash != 0;
    struct relation_context context = {
        .same_page = a->url_hash != 0 && a->url_hash == b->url_hash,
        .same_source = known && a->source_hash == b->source_hash,
        .other_source = known && a->source_hash != b->source_hash,
        .days = UINT32_MAX,
    };
    if (a->has_date && b->has_date) {
        int64_t seconds = a->date < b->date ? b->date - a->date : a->date - b->date;
        context.days = (uint32_t)(seconds / 86400);
    }
    return context;
}

// 1: related, *pair filled in; 0: not.
static int compare(struct stream_matcher *m, const struct stream_line *line, uint32_t number,
                   struct stream_pair *pair, struct copydesk_error *error)
{
    struct ready *r;
    struct index_record record;
    int status = make_ready(m, number, &r, &record, error);
    status = status < 0 ? status : find_common(m, line, r, &record, error);
    if (status < 0) {
        return status;
    }
    struct relation_context context = context_of(&r->record, &line->record);
    context.common_a = r->common;
    context.common_b = line->match.common;
    r->features.has_facts = false;
    pair->pair.a = number;
    pair->pair.b = UINT32_MAX; // it has no number yet
    status = pair_compare(&m->pair_scratch, &r->features, &m->self, &context, &pair->pair, error);
    if (status < 0 || pair->pair.relation == RELATION_NONE) {
        return status;
    }
    // Most candidates are none: their ids need not be unpacked.
    struct index_record named;
    status = index_get(m->index, number, INDEX_STRINGS, m->scratch, &named, error);
    if (status < 0) {
        return status;
    }
    pair->cluster = r->record.cluster;
    pair->id_at = m->ids.len;
    pair->id = named.id;
    buf_add_str(&m->ids, named.id);
    return m->ids.failed ? error_memory(error) : 1;
}

static uint32_t strength_of(const struct pair_record *p)
{
    uint64_t both = (uint64_t)p->set_a + p->set_b - p->shared;
    return p->score + (both ? (uint32_t)(p->shared * UINT64_C(10000) / both) : 0);
}

// Is the new article a copy of the other?
static bool is_copy(const struct stream_matcher *m, const struct pair_record *p)
{
    return (p->relation == RELATION_NEAR && m->actions[COPYDESK_NEAR_DUPLICATE] != COPYDESK_OFF) ||
           (p->relation == RELATION_B_IN_A && m->actions[COPYDESK_CONTAINED_COPY] != COPYDESK_OFF);
}

static bool joins_directly(const struct stream_matcher *m, const struct stream_pair *p)
{
    return is_copy(m, &p->pair) && p->cluster == p->pair.a;
}

static int by_strength(const void *left, const void *right, void *data)
{
    const struct stream_matcher *m = data;
    const struct stream_pair *a = left;
    const struct stream_pair *b = right;
    if (joins_directly(m, a) != joins_directly(m, b)) {
        return joins_directly(m, a) ? -1 : 1;
    }
    uint32_t sa = strength_of(&a->pair);
    uint32_t sb = strength_of(&b->pair);
    if (sa != sb) {
        return sa > sb ? -1 : 1;
    }
    return (a->pair.a > b->pair.a) - (a->pair.a < b->pair.a);
}

static int add_pair(struct stream_matcher *m, const struct stream_line *line, uint32_t number,
                    struct copydesk_error *error)
{
    void *pairs = m->pairs;
    if (!mem_grow(&pairs, &m->cap_pairs, m->n_pairs + 1, sizeof *m->pairs)) {
        return error_memory(error);
    }
    m->pairs = pairs;
    int status = compare(m, line, number, &m->pairs[m->n_pairs], error);
    m->n_pairs += status == 1;
    return status;
}

// It is like articles that were dropped: is it a copy of what they were dropped for?
static int join_indirectly(struct stream_matcher *m, const struct stream_line *line, uint32_t *found,
                           struct copydesk_error *error)
{
    uint32_t tried[MAX_SECOND_TRIES];
    unsigned n_tried = 0;
    size_t n = m->n_pairs;
    for (size_t i = 0; i < n && n_tried < MAX_SECOND_TRIES; i++) {
        uint32_t r = m->pairs[i].cluster;
        bool seen = !is_copy(m, &m->pairs[i].pair);
        for (unsigned t = 0; t < n_tried; t++) {
            seen |= tried[t] == r;
        }
        for (size_t k = 0; k < line->match.n; k++) {
            seen |= line->match.candidates[k].article == r; // it was a candidate, and is no copy
        }
        if (seen) {
            continue;
        }
        tried[n_tried++] = r;
        int status = add_pair(m, line, r, error);
        if (status < 0) {
            return status;
        }
        if (status == 1 && joins_directly(m, &m->pairs[m->n_pairs - 1])) {
            *found = r;
            return 0;
        }
    }
    return 0;
}

int stream_match(struct stream_matcher *m, const struct stream_line *line, struct stream_relations *out,
                 struct copydesk_error *error)
{
    *out = (struct stream_relations){.representative = UINT32_MAX};
    m->n_pairs = 0;
    buf_clear(&m->ids);
    if (line->match.n == 0) {
        return 0;
    }
    m->params.fact_table = index_facts(m->index);
    m->params.n_articles = index_count(m->index) + 1; // itself
    int status =
        features_build(&m->self, line->record.words, line->record.flags, line->record.n_words, &m->params) < 0
            ? error_memory(error)
            : 0;
    for (size_t i = 0; i < line->match.n && status >= 0; i++) {
        status = add_pair(m, line, line->match.candidates[i].article, error);
    }
    if (status < 0) {
        return status;
    }
    qsort_r(m->pairs, m->n_pairs, sizeof *m->pairs, by_strength, m);
    if (m->n_pairs > 0 && joins_directly(m, &m->pairs[0])) {
        out->representative = m->pairs[0].pair.a;
    } else {
        status = join_indirectly(m, line, &out->representative, error);
        qsort_r(m->pairs, m->n_pairs, sizeof *m->pairs, by_strength, m);
    }
    for (size_t i = 0; i < m->n_pairs; i++) {
        m->pairs[i].id.data = m->ids.data ? m->ids.data + m->pairs[i].id_at : NULL; // none has an id
    }
    out->joins = out->representative != UINT32_MAX;
    out->pairs = m->pairs;
    out->n = m->n_pairs;
    return status < 0 ? status : 0;
}
