// output.c - the last pass: verdicts in input order, with the raw records where a writer wants them.
//
// What was found in a kept article is carried out here: its title and text are made anew, and put into the
// record in place of the old ones, all else byte for byte.

#include "pipeline/output.h"

#include "base/pool.h"
#include "pipeline/loader.h"
#include "pipeline/source.h"
#include "pipeline/verdict.h"
#include "pipeline/window.h"
#include "write/write.h"

#include <stdatomic.h>

enum { MAX_RAW_BYTES = 64 << 20 };

enum { UNIT = 256 }; // articles that a thread formats before it takes its turn to write

struct output {
    struct pipeline *p;
    struct write_set set;
    struct ticket ticket;
    _Atomic uint32_t next_unit;
    struct loader *loader; // for reports
    struct source source;  // for reports
    enum copydesk_format *formats;
    struct str *headers;
};

// What one thread needs to format records.
struct formatter {
    struct verdicts *verdicts;
    struct loader *loader;
    struct window window;
    struct buf rewritten;
    struct buf bufs[COPYDESK_N_OUTPUTS];
};

// The record with its edits carried out: as fields where a writer wants those, else as bytes.
static int clean_record(struct output *o, struct formatter *f, const struct copydesk_verdict *verdict,
                        struct article *article, struct write_record *out, struct copydesk_error *error)
{
    const struct catalog_record *record = verdicts_record(f->verdicts);
    bool wants_fields = write_set_wants(&o->set).article_kept && out->format != COPYDESK_FORMAT_JSONL;
    if (!wants_fields && !verdict->cleaned) {
        return 0;
    }
    int status = loader_parse(f->loader, record, out->raw, article, error);
    struct article as_read = *article;
    if (status == 0 && verdict->cleaned) {
        status = loader_check(o->p, record, article->raw, error);
        status = status < 0 ? status
                            : loader_clean(f->loader, (uint32_t)verdict->record, o->p->options.actions,
                                           article, error);
    }
    out->article = wants_fields ? article : NULL;
    if (status < 0 || wants_fields) {
        return status;
    }
    struct record_change change = {
        .title = article->title.data != as_read.title.data ? article->title : (struct str){NULL, 0},
        .text = article->text.data != as_read.text.data ? article->text : (struct str){NULL, 0},
    };
    buf_clear(&f->rewritten);
    status = loader_rewrite(f->loader, record, out->raw, &change, &f->rewritten, error);
    out->raw = (struct str){f->rewritten.data, f->rewritten.len};
    return status;
}

static int format_one(struct output *o, struct formatter *f, const struct copydesk_verdict *verdict,
                      struct copydesk_error *error)
{
    const struct catalog_record *record = verdicts_record(f->verdicts);
    struct write_wants wants = write_set_wants(&o->set);
    enum copydesk_format format = input_file_format(o->p->input, record->file_no);
    struct write_record out = {.verdict = verdict, .format = format};
    struct article article;
    bool kept = verdict->fate == COPYDESK_KEPT;
    int status = 0;
    out.raw_bytes = record->flags & CATALOG_BAD ? record->bad_length : record->length;
    if (kept ? wants.raw_kept : wants.raw_others) {
        // A bad record may be of any length: its beginning will do. Others are within max_article_bytes.
        bool cut = (record->flags & CATALOG_BAD) && out.raw_bytes > MAX_RAW_BYTES;
        size_t len = cut ? MAX_RAW_BYTES : (size_t)out.raw_bytes;
        status = window_raw(&f->window, o->p, record, len, &out.raw, error);
    }
    if (status == 0 && kept && wants.raw_kept) {
        status = clean_record(o, f, verdict, &article, &out, error);
    }
    if (status == 0) {
        write_set_format(&o->set, f->bufs, &out);
    }
    return status;
}

static void release_formatter(struct formatter *f)
{
    loader_free(f->loader);
    verdicts_free(f->verdicts);
    window_release(&f->window);
    buf_release(&f->rewritten);
    for (int i = 0; i < COPYDESK_N_OUTPUTS; i++) {
        buf_release(&f->bufs[i]);
    }
}

static int format_unit(struct output *o, struct formatter *f, uint32_t unit, struct copydesk_error *error)
{
    uint32_t n = catalog_count(o->p->catalog);
    uint32_t end = n - unit * UNIT < UNIT ? n : (unit + 1) * UNIT;
    struct copydesk_verdict verdict;
    int status;
    verdicts_range(f->verdicts, unit * UNIT, end);
    while ((status = verdicts_next(f->verdicts, &verdict, error)) == 1) {
        status = format_one(o, f, &verdict, error);
        if (status < 0) {
            break;
        }
    }
    return status;
}

static int output_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct output *o = data;
    struct formatter f = {0};
    uint32_t n = catalog_count(o->p->catalog);
    uint32_t n_units = n / UNIT + (n % UNIT != 0);
    uint32_t unit;
    int status = verdicts_new(&f.verdicts, o->p, error);
    status = status < 0 ? status : loader_new(&f.loader, o->p, 1, error);
    while (status == 0 && (unit = atomic_fetch_add(&o->next_unit, 1)) < n_units) {
        status = format_unit(o, &f, unit, error);
        if (status < 0 || !ticket_enter(&o->ticket, unit)) {
            break;
        }
        status = write_set_append(&o->set, f.bufs, error);
        if (status == 0) {
            ticket_leave(&o->ticket);
        }
        if (thread == 0) {
            pipeline_progress(o->p, COPYDESK_STAGE_WRITE, (uint64_t)unit * UNIT, n, n);
        }
    }
    if (status < 0) {
        ticket_stop(&o->ticket);
    }
    release_formatter(&f);
    return status;
}

static int write_records(struct output *o, struct copydesk_error *error)
{
    ticket_init(&o->ticket);
    int status = pool_run(o->p->threads, output_worker, o, error);
    ticket_release(&o->ticket);
    return status;
}

// Reports choose the worst of all records, one after another.
static int gather_reports(struct output *o, struct copydesk_error *error)
{
    struct verdicts *verdicts = NULL;
    struct copydesk_verdict verdict;
    int status = verdicts_new(&verdicts, o->p, error);
    status = status < 0 ? status : loader_new(&o->loader, o->p, 1, error);
    status = status < 0 ? status : source_init(&o->source, o->p, o->loader, error);
    while (status >= 0 && (status = verdicts_next(verdicts, &verdict, error)) == 1) {
        struct write_record record = {
            .verdict = &verdict,
            .format = input_file_format(o->p->input, verdicts_record(verdicts)->file_no),
            .cluster_size = source_cluster_size(&o->source, verdict.representative),
        };
        status = source_facts(&o->source, &verdict, verdicts_record(verdicts), &record.facts, error);
        status = status < 0 ? status : write_set_take(&o->set, &record, error);
        if (status < 0) {
            break;
        }
    }
    verdicts_free(verdicts);
    return status;
}

static int id_of(struct output *o, uint32_t article, struct buf *scratch, struct str *id,
                 struct copydesk_error *error)
{
    struct catalog_record record;
    int status = catalog_get(o->p->catalog, article, &record, error);
    return status < 0 ? status : catalog_id(o->p->catalog, &record, scratch, id, error);
}

// Verified pairs, then every exact copy with the first of its group.
static int write_all_pairs(struct output *o, struct copydesk_error *error)
{
    struct pipeline *p = o->p;
    struct buf scratch[2] = {{0}, {0}};
    int status = 0;
    for (uint32_t i = 0; i < p->n_pairs && status == 0; i++) {
        struct pair_record pair;
        struct copydesk_finding f = {0};
        struct write_pair out;
        status = pipeline_pair(p, i, &pair, error);
        if (status == 0 && pipeline_group_is_known(p, pair.a) && pipeline_group_is_known(p, pair.b)) {
            continue;
        }
        status = status < 0 ? status : id_of(o, pair.a, &scratch[0], &out.id1, error);
        status = status < 0 ? status : id_of(o, pair.b, &scratch[1], &out.id2, error);
        if (status < 0) {
            break;
        }
        verdict_figures(&pair, pair.a, &f);
        if (p->options.actions[f.rule] == COPYDESK_OFF) {
            continue;
        }
        out.record1 = pair.a;
        out.record2 = pair.b;
        out.words1 = pair.words_a;
        out.words2 = pair.words_b;
        out.rule = f.rule;
        out.jaccard = f.jaccard;
        out.containment1 = f.containment;
        out.containment2 = f.containment_of;
        out.shared_words = f.shared_words;
        out.longest_run = f.longest_run;
        status = write_set_pair(&o->set, &out, error);
    }
    uint32_t n = catalog_count(p->catalog);
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct catalog_record record;
        uint32_t leader = catalog_leader(p->catalog, i);
        struct write_pair out = {.record1 = leader,
                                 .record2 = i,
                                 .rule = COPYDESK_EXACT_DUPLICATE,
                                 .jaccard = 1,
                                 .containment1 = 1,
                                 .containment2 = 1};
        if (leader == i || (pipeline_is_known(p, i) && pipeline_is_known(p, leader))) {
            continue;
        }
        status = catalog_get(p->catalog, i, &record, error);
        status = status < 0 ? status : id_of(o, leader, &scratch[0], &out.id1, error);
        status = status < 0 ? status : id_of(o, i, &scratch[1], &out.id2, error);
        out.words1 = out.words2 = out.shared_words = out.longest_run = record.n_words;
        status = status < 0 ? status : write_set_pair(&o->set, &out, error);
    }
    buf_release(&scratch[0]);
    buf_release(&scratch[1]);
    return status;
}

static int describe_inputs(struct output *o, const struct pipeline_reports *reports,
                           struct write_corpus *corpus, struct copydesk_error *error)
{
    size_t n = input_n_files(o->p->input);
    o->formats = mem_alloc(n + 1, sizeof *o->formats);
    o->headers = mem_alloc(n + 1, sizeof *o->headers);
    if (!o->formats || !o->headers) {
        return error_memory(error);
    }
    size_t judged = 0;
    while (judged < n && input_file_known(o->p->input, (uint32_t)judged)) {
        judged++;
    }
    for (size_t i = 0; i < n; i++) {
        // Known files are not written, so they have no say in the form of what is.
        uint32_t like = (uint32_t)(judged < n && input_file_known(o->p->input, (uint32_t)i) ? judged : i);
        o->formats[i] = input_file_format(o->p->input, like);
        o->headers[i] = input_file_header(o->p->input, like);
    }
    *corpus = (struct write_corpus){.options = &o->p->options,
                                    .n_files = n,
                                    .formats = o->formats,
                                    .headers = o->headers,
                                    .summary = reports->summary,
                                    .judgement = reports->judgement};
    return 0;
}

int pipeline_write(struct pipeline *p, const struct copydesk_output *outputs, size_t n_outputs,
                   const struct pipeline_reports *reports, struct copydesk_error *error)
{
    struct output o = {.p = p};
    struct write_corpus corpus;
    int status = describe_inputs(&o, reports, &corpus, error);
    status = status < 0 ? status : write_set_open(&o.set, outputs, n_outputs, &corpus, error);
    if (status == 0 && write_set_wants(&o.set).records) {
        status = write_records(&o, error);
    }
    if (status == 0 && write_set_wants(&o.set).reports) {
        status = gather_reports(&o, error);
    }
    if (status == 0 && write_set_wants(&o.set).pairs) {
        status = write_all_pairs(&o, error);
    }
    if (status == 0 && write_set_wants(&o.set).reports) {
        struct write_source source = {source_fetch, &o.source};
        status = write_set_report(&o.set, &source, error);
    }
    if (status == 0) {
        status = write_set_commit(&o.set, error);
    }
    write_set_release(&o.set);
    source_release(&o.source);
    loader_free(o.loader);
    mem_free(o.formats);
    mem_free(o.headers);
    return status;
}
