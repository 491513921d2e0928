/*
 * write.c - the outputs of a run: the table of forms, the files behind them.
 *
 * In:  records with their verdicts in input order, verified pairs. Out: files that appear whole or not at
 * all.
 *
 * A form only appends bytes to a buffer; here the buffers are passed on to files when they are large
 * enough, so that a form knows nothing of files and can be tested on a buffer. Forms keep no state between
 * records (what depends on the corpus is settled in begin()), so records can be formatted in any number of
 * threads, and the bytes are the same. Reports show the worst of the whole run: report.c keeps that, once for
 * all of them, and they are written at the end.
 *
 * A buffer that ran out of memory stays marked; it is looked at when it is passed on.
 *
 * Limit: with several outputs, each is renamed in turn. If the last rename fails, the ones before it are in
 * place.
 */
#include "write/write.h"

#include "write/html.h"
#include "write/report.h"

enum { PASS_ON_BYTES = 256 * 1024 };

static const struct writer *const writers[] = {
    &write_verdicts, &write_clean,  &write_rejects,  &write_pairs,       &write_sarif, &write_junit,
    &write_github,   &write_gitlab, &write_markdown, &write_json_report, &write_html,
};

static const struct writer *find_writer(enum copydesk_output_kind kind)
{
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        if (writers[i]->kind == kind) {
            return writers[i];
        }
    }
    return NULL;
}

static int pass_on(struct sink *sink, struct buf *buf, struct copydesk_error *error)
{
    int status;

    if (buf->failed) {
        return error_memory(error);
    }
    if (buf->len == 0) {
        return 0;
    }
    status = file_output_write(&sink->file, buf->data, buf->len, error);
    buf_clear(buf);
    return status;
}

int write_set_open(struct write_set *set, const struct copydesk_output *outputs, size_t n_outputs,
                   const struct write_corpus *corpus, struct copydesk_error *error)
{
    bool listed = false;
    bool paged = false;

    *set = (struct write_set){0};
    if (n_outputs > COPYDESK_N_OUTPUTS) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "more than one output of a kind");
    }
    for (size_t i = 0; i < n_outputs; i++) {
        struct sink *sink = &set->sinks[i];
        int status;
        sink->writer = find_writer(outputs[i].kind);
        sink->corpus = corpus;
        if (!sink->writer || !outputs[i].path || outputs[i].path[0] == '\0') {
            status = error_set(error, COPYDESK_ERR_OPTION, NULL, "an output has no known kind or no path");
        } else {
            status = file_output_open(&sink->file, outputs[i].path, error);
        }
        // Counted first, so that release sees a sink that is half made.
        set->n_sinks = i + 1;
        if (status < 0) {
            write_set_release(set);
            return status;
        }
        if (sink->writer->begin) {
            sink->writer->begin(sink, &set->wants);
        }
        listed = listed || sink->writer->report;
        paged = paged || sink->writer->page;
        set->wants.records = set->wants.records || sink->writer->record;
        set->wants.pairs = set->wants.pairs || sink->writer->pair || sink->writer->page;
    }
    set->wants.reports = listed || paged;
    if (set->wants.reports) {
        int status = listed ? report_new(&set->report, corpus, error) : 0;
        status = status == 0 && paged ? html_new(&set->html, corpus, error) : status;
        if (status < 0) {
            write_set_release(set);
            return status;
        }
    }
    return 0;
}

struct write_wants write_set_wants(const struct write_set *set)
{
    return set->wants;
}

int write_set_record(struct write_set *set, const struct write_record *record, struct copydesk_error *error)
{
    for (size_t i = 0; i < set->n_sinks; i++) {
        struct sink *sink = &set->sinks[i];
        if (!sink->writer->record) {
            continue;
        }
        sink->writer->record(sink, &sink->buf, record);
        if (sink->buf.len >= PASS_ON_BYTES || sink->buf.failed) {
            int status = pass_on(sink, &sink->buf, error);
            if (status < 0) {
                return status;
            }
        }
    }
    return write_set_take(set, record, error);
}

int write_set_take(struct write_set *set, const struct write_record *record, struct copydesk_error *error)
{
    int status = set->report ? report_take(set->report, record, error) : 0;

    return status == 0 && set->html ? html_take(set->html, record, error) : status;
}

int write_set_report(struct write_set *set, const struct write_source *source, struct copydesk_error *error)
{
    int status = set->report ? report_finish(set->report, source, error) : 0;

    status = status == 0 && set->html ? html_finish(set->html, source, error) : status;

    for (size_t i = 0; i < set->n_sinks && status == 0; i++) {
        struct sink *sink = &set->sinks[i];
        if (sink->writer->report) {
            sink->writer->report(set->report, &sink->buf);
            status = pass_on(sink, &sink->buf, error);
        } else if (sink->writer->page) {
            sink->writer->page(set->html, &sink->buf);
            status = pass_on(sink, &sink->buf, error);
        }
    }
    return status;
}

int write_set_pair(struct write_set *set, const struct write_pair *pair, struct copydesk_error *error)
{
    if (set->html) {
        html_pair(set->html, pair);
    }
    for (size_t i = 0; i < set->n_sinks; i++) {
        struct sink *sink = &set->sinks[i];
        if (!sink->writer->pair) {
            continue;
        }
        sink->writer->pair(sink, &sink->buf, pair);
        if (sink->buf.len >= PASS_ON_BYTES || sink->buf.failed) {
            int status = pass_on(sink, &sink->buf, error);
            if (status < 0) {
                return status;
            }
        }
    }
    return 0;
}

void write_set_format(const struct write_set *set, struct buf *bufs, const struct write_record *record)
{
    for (size_t i = 0; i < set->n_sinks; i++) {
        if (set->sinks[i].writer->record) {
            set->sinks[i].writer->record(&set->sinks[i], &bufs[i], record);
        }
    }
}

int write_set_append(struct write_set *set, struct buf *bufs, struct copydesk_error *error)
{
    for (size_t i = 0; i < set->n_sinks; i++) {
        struct sink *sink = &set->sinks[i];
        // What stands at the head of a file waits in the buffer of the sink.
        int status = pass_on(sink, &sink->buf, error);
        if (status == 0) {
            status = pass_on(sink, &bufs[i], error);
        }
        if (status < 0) {
            return status;
        }
    }
    return 0;
}

int write_set_commit(struct write_set *set, struct copydesk_error *error)
{
    int status = 0;

    for (size_t i = 0; i < set->n_sinks && status == 0; i++) {
        status = pass_on(&set->sinks[i], &set->sinks[i].buf, error);
    }
    for (size_t i = 0; i < set->n_sinks && status == 0; i++) {
        status = file_output_commit(&set->sinks[i].file, error);
    }
    return status;
}

void write_set_release(struct write_set *set)
{
    for (size_t i = 0; i < set->n_sinks; i++) {
        file_output_release(&set->sinks[i].file);
        buf_release(&set->sinks[i].buf);
    }
    report_free(set->report);
    html_free(set->html);
    *set = (struct write_set){0};
}
