// output.c - the last pass: verdicts in input order, with the raw records where a writer wants them.
//
// Records follow each other in their files, so raw bytes come through a window of 1 MiB that slides forward:
// one read for some hundred records.

#include "pipeline/output.h"

#include "pipeline/loader.h"
#include "pipeline/source.h"
#include "pipeline/verdict.h"
#include "write/write.h"

enum { WINDOW_BYTES = 1 << 20, MAX_RAW_BYTES = 64 << 20 };

struct window {
    char *data;
    size_t cap;
    uint32_t file_no;
    uint64_t start;
    size_t len;
};

struct output {
    struct pipeline *p;
    struct write_set set;
    struct verdicts *verdicts;
    struct loader *loader;
    struct source source; // for reports
    struct window window;
    enum copydesk_format *formats;
    struct str *headers;
};

// Points raw at the bytes of a record; slides the window when they are not in it.
static int raw_bytes(struct output *o, const struct catalog_record *record, size_t len, struct str *raw,
                     struct copydesk_error *error)
{
    struct window *w = &o->window;
    bool inside = w->data && w->file_no == record->file_no && record->offset >= w->start &&
                  record->offset + len <= w->start + w->len;
    if (!inside) {
        uint64_t left = o->p->file_ends[record->file_no] - record->offset;
        size_t want = left < WINDOW_BYTES ? (size_t)left : WINDOW_BYTES;
        want = want < len ? len : want;
        if (want > w->cap) {
            mem_free(w->data);
            w->data = mem_alloc(want + ARTICLE_PADDING, 1);
            w->cap = w->data ? want : 0;
            if (!w->data) {
                return error_memory(error);
            }
        }
        int status = input_read_at(o->p->input, record->file_no, record->offset, w->data, want, error);
        if (status < 0) {
            return status;
        }
        w->file_no = record->file_no;
        w->start = record->offset;
        w->len = want;
    }
    *raw = (struct str){w->data + (record->offset - w->start), len};
    return 0;
}

static int write_one(struct output *o, const struct copydesk_verdict *verdict, struct copydesk_error *error)
{
    const struct catalog_record *record = verdicts_record(o->verdicts);
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
        status = raw_bytes(o, record, len, &out.raw, error);
    }
    if (status == 0 && kept && wants.article_kept && format != COPYDESK_FORMAT_JSONL) {
        status = loader_article(o->loader, record, &article, error);
        out.article = &article;
    }
    if (wants.reports) {
        out.cluster_size = source_cluster_size(&o->source, verdict->representative);
    }
    return status < 0 ? status : write_set_record(&o->set, &out, error);
}

static int write_records(struct output *o, struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    uint64_t n = catalog_count(o->p->catalog);
    int status;
    while ((status = verdicts_next(o->verdicts, &verdict, error)) == 1) {
        status = write_one(o, &verdict, error);
        if (status < 0) {
            return status;
        }
        if (verdict.record % 1024 == 0) {
            pipeline_progress(o->p, COPYDESK_STAGE_WRITE, verdict.record, n, n);
        }
    }
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
        struct write_pair out = {
            .rule = COPYDESK_EXACT_DUPLICATE, .jaccard = 1, .containment1 = 1, .containment2 = 1};
        if (leader == i || (pipeline_is_known(p, i) && pipeline_is_known(p, leader))) {
            continue;
        }
        status = catalog_get(p->catalog, i, &record, error);
        status = status < 0 ? status : id_of(o, leader, &scratch[0], &out.id1, error);
        status = status < 0 ? status : id_of(o, i, &scratch[1], &out.id2, error);
        out.shared_words = out.longest_run = record.n_words;
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
    status = status < 0 ? status : verdicts_new(&o.verdicts, p, error);
    status = status < 0 ? status : loader_new(&o.loader, p, 1, error);
    status = status < 0 ? status : write_set_open(&o.set, outputs, n_outputs, &corpus, error);
    if (status == 0 && write_set_wants(&o.set).reports) {
        status = source_init(&o.source, p, o.loader, error);
    }
    if (status == 0 && write_set_wants(&o.set).records) {
        status = write_records(&o, error);
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
    verdicts_free(o.verdicts);
    mem_free(o.window.data);
    mem_free(o.formats);
    mem_free(o.headers);
    return status;
}
