// compare.c - candidates to relations: the pass that reads candidate articles again and compares them word by
// word.
//
// The 256 parts of the candidates are taken by the threads in units of one to eight; what a part yields is
// appended to the log of pairs in part order, so the log is the same whatever the threads. Inside a part,
// pairs go in blocks of 256 first articles, which stay ready, and inside a block by second article: so each
// is read once a block, however large the families are.

#include "pipeline/compare.h"

#include "base/pool.h"
#include "base/sort.h"
#include "pipeline/loader.h"

#include <stdatomic.h>

struct comparer {
    struct pipeline *p;
    struct loader *loader;
    struct pair_scratch scratch;
};

void pair_scratch_release(struct pair_scratch *s)
{
    aligner_free(s->aligner);
    mem_free(s->match);
    *s = (struct pair_scratch){0};
}

int comparer_new(struct comparer **out, struct pipeline *p, struct copydesk_error *error)
{
    struct comparer *c = mem_zalloc(1, sizeof *c);
    if (!c) {
        return error_memory(error);
    }
    c->p = p;
    int status = loader_new(&c->loader, p, PIPELINE_CACHE, error);
    if (status < 0) {
        comparer_free(c);
        return status;
    }
    *out = c;
    return 0;
}

void comparer_free(struct comparer *c)
{
    if (c) {
        loader_free(c->loader);
        pair_scratch_release(&c->scratch);
        mem_free(c);
    }
}

static uint32_t share(uint64_t part, uint64_t whole)
{
    return whole ? (uint32_t)(part * 10000 / whole) : 10000;
}

static int context_of(const struct pipeline *p, uint32_t a, uint32_t b, struct relation_context *context,
                      struct copydesk_error *error)
{
    struct catalog_record ra;
    struct catalog_record rb;
    // Of an exact group, the member that is kept speaks: not whichever came first.
    int status = catalog_get(p->catalog, p->best[a], &ra, error);
    status = status < 0 ? status : catalog_get(p->catalog, p->best[b], &rb, error);
    if (status < 0) {
        return status;
    }
    bool known = ra.source_hash != 0 && rb.source_hash != 0;
    *context = (struct relation_context){
        .same_page = ra.url_hash != 0 && ra.url_hash == rb.url_hash,
        .same_source = known && ra.source_hash == rb.source_hash,
        .other_source = known && ra.source_hash != rb.source_hash,
        .days = UINT32_MAX,
        .common_a = (uint8_t)(255 - p->rareness[a]),
        .common_b = (uint8_t)(255 - p->rareness[b]),
    };
    if (ra.flags & rb.flags & CATALOG_HAS_DATE) {
        int64_t seconds = ra.date < rb.date ? rb.date - ra.date : ra.date - rb.date;
        context->days = (uint32_t)(seconds / 86400);
    }
    return 0;
}

static int reserve_match(struct pair_scratch *s, size_t n, struct copydesk_error *error)
{
    void *match = s->match;
    if (!mem_grow(&match, &s->cap_match, n + 1, sizeof *s->match)) {
        return error_memory(error);
    }
    s->match = match;
    s->aligner = s->aligner ? s->aligner : aligner_new();
    return s->aligner ? 0 : error_memory(error);
}

// Evidence in the order of its price; stops where it cannot change the outcome.
static int gather(struct pair_scratch *s, struct features *fa, struct features *fb,
                  const struct relation_context *context, struct evidence *e, struct copydesk_error *error)
{
    bool a_is_small = verify_a_is_small(fa, fb);
    const struct features *small = a_is_small ? fa : fb;
    const struct features *large = a_is_small ? fb : fa;
    int status = reserve_match(s, small->n_words, error);
    if (status < 0) {
        return status;
    }
    verify_small(fa, fb, e, s->match);
    if (relation_is_settled_by_words(e, context)) {
        return 0;
    }
    if (verify_facts(fa, fb, e) < 0) {
        return error_memory(error);
    }
    if (relation_is_settled_by_facts(e, context)) {
        return 0;
    }
    verify_large(fa, fb, e);
    if (relation_needs_alignment(e)) {
        if (align_seeded(s->aligner, small->words, small->n_words, large->words, large->n_words, s->match) <
            0) {
            return error_memory(error);
        }
        verify_alignment(fa, fb, s->match, e);
    }
    return 0;
}

int pair_compare(struct pair_scratch *s, struct features *fa, struct features *fb,
                 const struct relation_context *context, struct pair_record *out,
                 struct copydesk_error *error)
{
    struct evidence e;
    int status = gather(s, fa, fb, context, &e, error);
    if (status < 0) {
        return status;
    }
    struct relation_judgement judgement = relation_of(&e, context);
    uint32_t covered = e.a_is_small ? e.covered_a : e.covered_b;
    uint64_t small_weight = e.a_is_small ? e.fact_weight_a : e.fact_weight_b;
    *out = (struct pair_record){
        .a = out->a,
        .b = out->b,
        .relation = judgement.relation,
        .words_a = e.words_a,
        .words_b = e.words_b,
        .set_a = e.set_a,
        .set_b = e.set_b,
        .shared = e.shared,
        .shared_words = e.aligned > covered ? e.aligned : covered,
        .run = e.run,
        .own_a = e.own_a,
        .own_b = e.own_b,
        .rarity = share(e.fact_weight_shared, small_weight),
        .score = judgement.score,
    };
    return 0;
}

int comparer_compare(struct comparer *c, uint32_t a, uint32_t b, struct pair_record *out,
                     struct copydesk_error *error)
{
    struct features *fa;
    struct features *fb;
    struct relation_context context;
    int status = loader_pair(c->loader, a, b, &fa, &fb, error);
    status = status < 0 ? status : context_of(c->p, a, b, &context, error);
    out->a = a;
    out->b = b;
    return status < 0 ? status : pair_compare(&c->scratch, fa, fb, &context, out, error);
}

// ---- all candidates

struct comparison {
    struct pipeline *p;
    struct spill *candidates;
    struct ticket ticket;
    _Atomic unsigned next_unit;
    _Atomic uint64_t done;
    uint64_t total;
    unsigned parts_of_unit;
    size_t largest_unit; // in pairs
};

// Pairs sorted by (a, b) into the order of comparison: by block of a, then b, then a. Swaps the halves of
// every record.
static void order_pairs(uint64_t *pairs, uint64_t *scratch, size_t n)
{
    for (size_t start = 0, end; start < n; start = end) {
        uint64_t block = (pairs[start] >> 32) / PIPELINE_BLOCK;
        for (end = start; end < n && (pairs[end] >> 32) / PIPELINE_BLOCK == block; end++) {
            scratch[end] = pairs[end] << 32 | pairs[end] >> 32;
        }
        memcpy(pairs + start, scratch + start, (end - start) * sizeof *pairs);
        sort_u64(pairs + start, scratch + start, end - start, 0);
    }
}

// A run of parts whose first articles fill a block, or one part when articles are many. Returns the number of
// pairs.
static int load_unit(struct comparison *w, unsigned unit, uint64_t *pairs, size_t *n,
                     struct copydesk_error *error)
{
    int status = 0;
    unsigned end = (unit + 1) * w->parts_of_unit < SPILL_PARTS ? (unit + 1) * w->parts_of_unit : SPILL_PARTS;
    *n = 0;
    for (unsigned part = unit * w->parts_of_unit; part < end && status == 0; part++) {
        status = spill_load(w->candidates, part, pairs + *n, error);
        *n += spill_count(w->candidates, part);
    }
    return status;
}

static int compare_unit(struct comparison *w, struct comparer *c, unsigned unit, uint64_t *pairs,
                        struct buf *found, unsigned thread, struct copydesk_error *error)
{
    size_t n = 0;
    int status = load_unit(w, unit, pairs, &n, error);
    buf_clear(found);
    if (status == 0) {
        order_pairs(pairs, pairs + w->largest_unit, n);
    }
    for (size_t i = 0; i < n && status == 0; i++) {
        struct pair_record pair;
        uint32_t a = (uint32_t)pairs[i];
        uint32_t b = (uint32_t)(pairs[i] >> 32);
        if (w->p->dropped && (w->p->dropped[a] || w->p->dropped[b])) {
            continue; // a robot wall is no copy of another
        }
        if (pipeline_group_is_known(w->p, a) && pipeline_group_is_known(w->p, b)) {
            continue; // nobody will report it
        }
        status = comparer_compare(c, a, b, &pair, error);
        if (status == 0 && pair.relation != RELATION_NONE) {
            buf_add(found, &pair, sizeof pair);
        }
        if (thread == 0 && i % 256 == 0) {
            pipeline_progress(w->p, COPYDESK_STAGE_VERIFY, w->done + i, w->total,
                              catalog_count(w->p->catalog));
        }
    }
    atomic_fetch_add(&w->done, n);
    return status == 0 && found->failed ? error_memory(error) : status;
}

static int append_pairs(struct pipeline *p, const struct buf *found, struct copydesk_error *error)
{
    int status = 0;
    for (size_t at = 0; at < found->len && status == 0; at += sizeof(struct pair_record)) {
        uint64_t where;
        status = log_append(p->pairs, found->data + at, sizeof(struct pair_record), &where, error);
        p->n_pairs++;
    }
    return status;
}

static int compare_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct comparison *w = data;
    struct comparer *c = NULL;
    struct buf found = {0};
    uint64_t *pairs = mem_alloc(2 * w->largest_unit, sizeof *pairs); // and as much to sort them
    int status = pairs ? comparer_new(&c, w->p, error) : error_memory(error);
    unsigned unit;
    while (status == 0 && (unit = atomic_fetch_add(&w->next_unit, 1)) * w->parts_of_unit < SPILL_PARTS) {
        status = compare_unit(w, c, unit, pairs, &found, thread, error);
        if (status < 0 || !ticket_enter(&w->ticket, unit)) {
            break;
        }
        status = append_pairs(w->p, &found, error);
        if (status == 0) {
            ticket_leave(&w->ticket);
        }
    }
    if (status < 0) {
        ticket_stop(&w->ticket);
    }
    comparer_free(c);
    mem_free(pairs);
    buf_release(&found);
    return status;
}

int pipeline_compare(struct pipeline *p, struct spill *candidates, struct copydesk_error *error)
{
    struct comparison w = {.p = p, .candidates = candidates, .total = spill_total(candidates)};
    p->n_candidates = w.total;
    int status = log_new(&p->pairs, pipeline_memory_plan(p).relations, p->options.temp_dir, error);
    if (status < 0 || w.total == 0) {
        return status;
    }
    // Few articles a part: several parts make a unit, so that a block is full. It depends on their number
    // alone.
    uint32_t a_part = catalog_count(p->catalog) / SPILL_PARTS + 1;
    w.parts_of_unit = a_part < PIPELINE_BLOCK ? PIPELINE_BLOCK / a_part : 1;
    w.parts_of_unit =
        w.parts_of_unit < SPILL_PARTS / 32 ? w.parts_of_unit : SPILL_PARTS / 32; // enough for all threads
    size_t unit_pairs = 0;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        unit_pairs = part % w.parts_of_unit ? unit_pairs + spill_count(candidates, part)
                                            : spill_count(candidates, part);
        w.largest_unit = unit_pairs > w.largest_unit ? unit_pairs : w.largest_unit;
    }
    ticket_init(&w.ticket);
    status = pool_run(p->threads, compare_worker, &w, error);
    ticket_release(&w.ticket);
    return status;
}

int pipeline_pair(const struct pipeline *p, uint32_t number, struct pair_record *pair,
                  struct copydesk_error *error)
{
    const void *found = log_read(p->pairs, (uint64_t)number * sizeof *pair, sizeof *pair, pair, error);
    if (found && found != pair) {
        memcpy(pair, found, sizeof *pair);
    }
    return found ? 0 : COPYDESK_ERR_IO;
}
