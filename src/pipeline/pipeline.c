// pipeline.c - the plot.
//
//   input ─ read, decode ─ repair ─ words ─ fingerprints, bands ──┐         first reading
//             │                                                   ▼
//             ├── catalog (where, id, exact key)      spills, 256 parts each
//             ├── statistics of lines, titles, pages            │ group, choose, pair, vote
//             │                                                 ▼
//             │                              candidate pairs, rough clusters
//             ▼                                                 │
//         judge ◄───────────────────────────────────────────────┤         second reading
//             │ edits: what is furniture, damaged, mistitled    │
//             ▼                                                 ▼
//         verdicts, outputs ◄── clusters ◄── relations of cleaned texts    candidates again; last reading
//
// Memory holds hashes and findings, never text. Rough clusters come from the raw text: they are good enough
// to count an agency story on forty sites once, which is all that the statistics of lines need. Relations
// come last, from texts without furniture: what a site prints under every article makes no two of them
// alike.

#include "pipeline/pipeline.h"

#include "base/cpu.h"
#include "base/pool.h"
#include "match/candidate.h"
#include "pipeline/compare.h"
#include "pipeline/judge.h"

#include <stdio.h>
#include <stdlib.h>

struct memory_plan pipeline_memory_plan(const struct pipeline *p)
{
    uint64_t m = p->options.memory_bytes;
    if (m == 0) {
        return (struct memory_plan){0};
    }
    // What is left of the limit pays for batches, sorting buffers and the arrays that grow with the number of
    // articles.
    return (struct memory_plan){
        .catalog = m / 16,
        .fingerprints = m / 8,
        .bands = m / 16,
        .pairs = m / 16,
        .relations = m / 32,
        .lines = m / 8,
        .titles = m / 16,
        .edits = m / 16,
    };
}

void pipeline_progress(const struct pipeline *p, enum copydesk_stage stage, uint64_t done, uint64_t total,
                       uint64_t records)
{
    if (p->options.progress) {
        struct copydesk_progress progress = {stage, done, total, records};
        p->options.progress(p->options.callback_data, &progress);
    }
}

static const char *keep_string(struct pipeline *p, const char *s)
{
    return s ? arena_copy(&p->strings, s, strlen(s) + 1) : NULL;
}

static int copy_options(struct pipeline *p, const struct copydesk_options *from, struct copydesk_error *error)
{
    struct copydesk_options *o = &p->options;
    *o = *from;
    o->id_field = keep_string(p, from->id_field);
    o->title_field = keep_string(p, from->title_field);
    o->text_field = keep_string(p, from->text_field);
    o->url_field = keep_string(p, from->url_field);
    o->date_field = keep_string(p, from->date_field);
    o->source_field = keep_string(p, from->source_field);
    o->charset = keep_string(p, from->charset);
    o->languages = keep_string(p, from->languages);
    const char *temp = from->temp_dir ? from->temp_dir : getenv("TMPDIR");
    o->temp_dir = keep_string(p, temp && temp[0] ? temp : "/tmp");
    const char **order = arena_alloc(&p->strings, (from->n_source_order + 1) * sizeof *order);
    for (size_t i = 0; order && i < from->n_source_order; i++) {
        order[i] = keep_string(p, from->source_order[i]);
    }
    o->source_order = order;
    const char **profiles = arena_alloc(&p->strings, (from->n_profiles + 1) * sizeof *profiles);
    for (size_t i = 0; profiles && i < from->n_profiles; i++) {
        profiles[i] = keep_string(p, from->profiles[i]);
    }
    o->profiles = profiles;
    return p->strings.failed ? error_memory(error) : 0;
}

int pipeline_new(struct pipeline **out, const struct copydesk_options *options, struct copydesk_error *error)
{
    struct pipeline *p = mem_zalloc(1, sizeof *p);
    if (!p) {
        return error_memory(error);
    }
    int status = copy_options(p, options, error);
    if (status == 0) {
        const struct copydesk_options *o = &p->options;
        struct read_options read = {
            .id_field = o->id_field,
            .title_field = o->title_field,
            .text_field = o->text_field,
            .url_field = o->url_field,
            .date_field = o->date_field,
            .source_field = o->source_field,
            .format = o->format,
            .charset = o->charset,
            .max_article_bytes = o->max_article_bytes,
            .temp_dir = o->temp_dir,
            .cpu = o->cpu,
            .warning = o->warning,
            .callback_data = o->callback_data,
        };
        status = input_new(&p->input, &read, error);
    }
    if (status < 0) {
        pipeline_free(p);
        return status;
    }
    p->threads = options->threads ? options->threads : pool_processors();
    p->cpu = cpu_level(options->cpu);
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        // Copies are told by what is left when furniture is gone, whether or not it is cut in the end.
        p->compared[rule] = options->actions[rule] == COPYDESK_OFF
                                ? COPYDESK_OFF
                                : copydesk_rule_default((enum copydesk_rule)rule);
    }
    *out = p;
    return 0;
}

void pipeline_free(struct pipeline *p)
{
    if (p) {
        input_free(p->input);
        catalog_free(p->catalog);
        fact_table_free(p->facts);
        log_free(p->pairs);
        edit_store_free(p->edits);
        mem_free(p->title_scores);
        mem_free(p->dropped);
        mem_free(p->rough);
        mem_free(p->sizes);
        mem_free(p->file_ends);
        mem_free(p->duplicate_ids);
        mem_free(p->rareness);
        mem_free(p->known);
        mem_free(p->links);
        mem_free(p->keys);
        mem_free(p->best);
        mem_free(p->representative);
        arena_release(&p->strings);
        mem_free(p);
    }
}

void pipeline_end_stage(const struct pipeline *p)
{
    if (p->options.memory_bytes) {
        mem_trim();
    }
}

static void candidate_progress(void *data, uint64_t done, uint64_t total)
{
    const struct pipeline *p = data;
    pipeline_progress(p, COPYDESK_STAGE_MATCH, done, total, catalog_count(p->catalog));
}

static bool looks_for_pairs(const struct pipeline *p)
{
    bool any = false;
    for (int rule = COPYDESK_NEAR_DUPLICATE; rule <= COPYDESK_SAME_TEMPLATE; rule++) {
        any |= p->options.actions[rule] != COPYDESK_OFF;
    }
    return any;
}

// Which articles are known, from the inputs they come from.
static int mark_known(struct pipeline *p, struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    if (p->known_bytes == 0) {
        return 0;
    }
    p->known = mem_zalloc((size_t)n + 1, 1);
    if (!p->known) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n; i++) {
        struct catalog_record r;
        int status = catalog_get(p->catalog, i, &r, error);
        if (status < 0) {
            return status;
        }
        if (r.flags & CATALOG_KNOWN) {
            p->known[i] |= KNOWN_ITSELF;
            p->known[catalog_leader(p->catalog, i)] |= KNOWN_GROUP;
        }
    }
    return 0;
}

// Addresses by article, for versions of one page; NULL where none is known.
static int list_pages(const struct pipeline *p, uint32_t **pages, struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    uint32_t any = 0;
    int status = 0;
    *pages = mem_alloc((size_t)n + 1, sizeof **pages);
    if (!*pages) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct catalog_record record;
        status = catalog_get(p->catalog, i, &record, error);
        // Half of the hash: its lowest bit is always set.
        (*pages)[i] = status < 0 || record.flags & CATALOG_BAD ? 0 : (uint32_t)(record.url_hash >> 32);
        any |= (*pages)[i];
    }
    if (status < 0 || !any) {
        mem_free(*pages);
        *pages = NULL;
    }
    return status;
}

// Postings to pairs and rough clusters. Frees the postings.
static int find_candidates(struct pipeline *p, struct intake_result *intake, struct spill **candidates,
                           struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    uint32_t *pages = NULL;
    int status = list_pages(p, &pages, error);
    p->rough = mem_alloc((size_t)n + 1, sizeof *p->rough);
    struct candidate_params params = {
        .n_articles = n,
        .rough = p->rough,
        .page = pages,
        .sizes = p->sizes,
        .fingerprints = intake->fingerprints,
        .bands = intake->bands,
        .threads = p->threads,
        .memory_bytes = pipeline_memory_plan(p).pairs,
        .temp_dir = p->options.temp_dir,
        .progress = candidate_progress,
        .progress_data = p,
    };
    status = status < 0 ? status
             : p->rough ? candidate_find(&params, candidates, &p->rareness, error)
                        : error_memory(error);
    mem_free(pages);
    mem_free(p->sizes);
    p->sizes = NULL;
    for (uint32_t i = 0; status == 0 && i < n; i++) {
        p->rough[i] = p->rough[catalog_leader(p->catalog, i)]; // leaders come before their copies
    }
    if (status == 0 && !looks_for_pairs(p)) {
        spill_free(*candidates);
        *candidates = NULL;
        status = spill_new(candidates, SPILL_RECORDS, 1, 0, p->options.temp_dir, error);
    }
    if (status == 0) {
        p->spilled_bytes += spill_disk_bytes(*candidates);
    }
    return status;
}

// What the corpus repeats says of every article what is furniture.
static int clean(struct pipeline *p, struct cleaning *cleaning, struct copydesk_error *error)
{
    int status = pipeline_judge(p, cleaning, error);
    p->spilled_bytes += cleaning_disk_bytes(cleaning) + edit_store_disk_bytes(p->edits);
    return status;
}

// What stays in memory in any case: tables of fixed size, and hashes and places by article (measured, with
// some room). A lower limit is passed.
static void warn_of_floor(const struct pipeline *p)
{
    enum { FIXED_MIB = 50, THREAD_MIB = 6, FREE_THREADS = 2, ARTICLE_BYTES = 90, BATCH_BITS = 18 };
    uint64_t limit = p->options.memory_bytes;
    uint64_t threads = p->bytes >> BATCH_BITS < p->threads ? p->bytes >> BATCH_BITS : p->threads;
    uint64_t more = threads > FREE_THREADS ? (threads - FREE_THREADS) * THREAD_MIB : 0;
    uint64_t needed = ((FIXED_MIB + more) << 20) + (uint64_t)catalog_count(p->catalog) * ARTICLE_BYTES;
    if (limit && needed > limit && p->options.warning) {
        char message[200];
        snprintf(message, sizeof message,
                 "%u articles on %u thread%s need about %u MiB; the limit of %u MiB will not be kept",
                 catalog_count(p->catalog), p->threads, p->threads == 1 ? "" : "s", (unsigned)(needed >> 20),
                 (unsigned)(limit >> 20));
        p->options.warning(p->options.callback_data, message);
    }
}

// The first reading, and what is known after it.
static int learn(struct pipeline *p, struct cleaning **cleaning, struct spill **candidates,
                 struct copydesk_error *error)
{
    struct intake_result intake = {0};
    p->started = true;
    int status = input_settle_known(p->input, error);
    status = status < 0 ? status : cleaning_new(cleaning, p, error);
    status = status < 0 ? status : pipeline_intake(p, *cleaning, &intake, error);
    pipeline_end_stage(p);
    if (status == 0) {
        warn_of_floor(p);
    }
    if (status == 0 && *cleaning) {
        cleaning_start_learning(*cleaning);
    }
    status = status < 0 ? status : mark_known(p, error);
    status = status < 0 ? status : find_candidates(p, &intake, candidates, error);
    spill_free(intake.fingerprints);
    spill_free(intake.bands);
    pipeline_end_stage(p);
    return status < 0 || !*cleaning ? status : cleaning_learn(*cleaning, error);
}

int pipeline_build_profile(struct pipeline *p, const char *path, uint64_t *articles,
                           struct copydesk_error *error)
{
    struct cleaning *cleaning = NULL;
    struct spill *candidates = NULL;
    p->builds_profile = true;
    int status = learn(p, &cleaning, &candidates, error);
    if (status == 0 && !cleaning) {
        status = error_set(error, COPYDESK_ERR_OPTION, NULL,
                           "a profile is for cleaning rules, and all of them are off");
    }
    status = status < 0 ? status : cleaning_save(cleaning, path, articles, error);
    cleaning_free(cleaning);
    spill_free(candidates);
    return status;
}

int pipeline_run(struct pipeline *p, struct copydesk_error *error)
{
    struct spill *candidates = NULL;
    struct cleaning *cleaning = NULL;
    int status = learn(p, &cleaning, &candidates, error);
    if (status == 0 && cleaning) {
        status = clean(p, cleaning, error);
    }
    cleaning_free(cleaning);
    pipeline_end_stage(p);
    status = status < 0 ? status : pipeline_rank(p, error);
    status = status < 0 ? status : pipeline_compare(p, candidates, error);
    spill_free(candidates);
    pipeline_end_stage(p);
    status = status < 0 ? status : pipeline_cluster(p, error);
    if (status == 0) {
        p->spilled_bytes += catalog_disk_bytes(p->catalog) + (p->pairs ? log_disk_bytes(p->pairs) : 0);
    }
    pipeline_end_stage(p);
    p->finished = status == 0;
    return status;
}
