// stream_build.c - a corpus into an index at once, and one of its articles out of it again. Contract in
// stream.h.
//
// A corpus is read as a run reads it, which checks it and makes a catalog; its profile is learned first, from
// all of it. Then its records go through a stream, in input order, which enters them as if they had come one
// by one: an index that was built and one that grew answer alike.

#include "pipeline/stream_state.h"

#include "pipeline/loader.h"
#include "pipeline/window.h"

// ---- out of the index again

struct taking {
    struct pipeline *p;
    const char *dir;
    struct buf line;
    struct copydesk_error *error;
    bool taken;
};

static int take_text(void *data, uint32_t number, struct str text)
{
    struct taking *t = data;
    (void)number;
    if (!growth_unpack(text, &t->line)) {
        return t->line.failed
                   ? error_memory(t->error)
                   : error_set(t->error, COPYDESK_ERR_INPUT, t->dir, "a text that it keeps is damaged");
    }
    t->taken = true;
    buf_add_char(&t->line, '\n');
    return t->line.failed ? error_memory(t->error)
                          : input_add_line(t->p->input, (struct str){t->line.data, t->line.len}, t->error);
}

static int find_id(struct index_store *index, struct str id, uint32_t *number, struct copydesk_error *error)
{
    struct index_record record = {.id = id, .leader = INDEX_NONE, .cluster = INDEX_NONE};
    struct index_prints prints = {0};
    struct index_match match = {0};
    int status = index_prints_make(&prints, COPYDESK_CPU_PORTABLE, &record) < 0 ? error_memory(error) : 0;
    status = status < 0 ? status : index_candidates(index, &record, &prints, INDEX_NONE, &match, error);
    *number = status < 0 ? INDEX_NONE : match.same_id;
    index_prints_release(&prints);
    index_match_release(&match);
    return status;
}

int stream_add_indexed(struct pipeline *p, const char *dir, struct str id, struct copydesk_error *error)
{
    struct index_params params = {.cpu = COPYDESK_CPU_PORTABLE, .any_settings = true};
    struct index_store *index = NULL;
    struct taking taking = {.p = p, .dir = dir, .error = error};
    uint32_t number = INDEX_NONE;
    int status = index_open(&index, dir, INDEX_READ, &params, error);
    status = status < 0 ? status : find_id(index, id, &number, error);
    if (status == 0 && number != INDEX_NONE) {
        status = index_texts(index, number, number + 1, take_text, &taking, error);
        if (status == 0 && !taking.taken) {
            status = error_set(
                error, COPYDESK_ERR_NOT_FOUND, dir,
                "the index knows this article, but keeps its text only when it was made with --keep-text");
        }
    }
    buf_release(&taking.line);
    index_close(index);
    return status < 0 ? status : taking.taken;
}

// ---- a corpus at once

enum { COMMIT_EVERY = 65536, READ_TOGETHER = 512 };

static int pass_over(void *data, const struct copydesk_filtered *filtered)
{
    (void)data;
    (void)filtered;
    return 0;
}

// A run of records of the corpus, read back.
struct refill {
    struct window window;
    struct buf bytes;
    struct copydesk_view lines[READ_TOGETHER];
    uint32_t file_nos[READ_TOGETHER];
    size_t n;
};

static int fill(struct refill *r, const struct pipeline *p, bool keep_text, uint32_t *next,
                struct copydesk_error *error)
{
    size_t ends[READ_TOGETHER];
    uint32_t n = catalog_count(p->catalog);
    int status = 0;
    r->n = 0;
    buf_clear(&r->bytes);
    while (r->n < READ_TOGETHER && *next < n && status == 0) {
        struct catalog_record record;
        struct str raw;
        status = catalog_get(p->catalog, (*next)++, &record, error);
        if (status < 0 || record.flags & CATALOG_BAD) {
            continue;
        }
        status = window_raw(&r->window, p, &record, record.length, &raw, error);
        status = status < 0 ? status : loader_check(p, &record, raw, error);
        if (status == 0 && keep_text &&
            input_file_format(p->input, record.file_no) != COPYDESK_FORMAT_JSONL) {
            status =
                error_set(error, COPYDESK_ERR_OPTION, input_file_name(p->input, record.file_no).data,
                          "texts are kept of JSON lines only; convert it first, or build without the texts");
        }
        if (status == 0) {
            buf_add_str(&r->bytes, raw);
            r->file_nos[r->n] = record.file_no;
            ends[r->n++] = r->bytes.len;
        }
    }
    for (size_t i = 0, at = 0; i < r->n; i++) {
        r->lines[i] = (struct copydesk_view){r->bytes.data + at, ends[i] - at};
        at = ends[i];
    }
    return status == 0 && r->bytes.failed ? error_memory(error) : status;
}

static int enter_all(struct stream *s, struct copydesk_error *error)
{
    struct refill *r = mem_zalloc(1, sizeof *r);
    uint32_t next = 0;
    int status = r ? 0 : error_memory(error);
    while (status == 0) {
        status = fill(r, s->desk, s->filter.keep_text, &next, error);
        if (status < 0 || r->n == 0) {
            break;
        }
        status = stream_judge_run(s, r->lines, r->file_nos, r->n, pass_over, NULL, error);
        if (status == 0 && index_count(s->index) - index_committed(s->index) >= COMMIT_EVERY) {
            status = index_commit(s->index, error);
        }
        pipeline_progress(s->desk, COPYDESK_STAGE_WRITE, next, catalog_count(s->desk->catalog), next);
    }
    if (r) {
        window_release(&r->window);
        buf_release(&r->bytes);
        mem_free(r);
    }
    return status < 0 ? status : index_commit(s->index, error);
}

// The profile is learned from the whole corpus first; it judges all articles, the first ones too.
static int learn_first(struct stream *s, struct copydesk_error *error)
{
    struct buf path = {0};
    int status = 0;
    if (index_count(s->index) > 0) {
        return error_set(error, COPYDESK_ERR_OPTION, s->filter.index,
                         "this index has %u articles already; a corpus is added to it by 'copydesk filter', "
                         "an index by 'copydesk index merge'",
                         index_count(s->index));
    }
    buf_printf(&path, "%s/learning.0.profile", s->filter.index);
    buf_add_char(&path, '\0');
    status = path.failed ? error_memory(error) : pipeline_build_profile(s->desk, path.data, NULL, error);
    status = status < 0 ? status : index_set_profile(s->index, path.data, (uint32_t)s->desk->n_good, error);
    buf_release(&path);
    return status;
}

int stream_build(struct pipeline *p, const char *dir, bool keep_text, uint64_t *articles,
                 struct copydesk_error *error)
{
    struct copydesk_filter_options filter;
    struct stream *s = NULL;
    copydesk_filter_options_init(&filter);
    filter.index = dir;
    filter.keep_text = keep_text;
    filter.learn = false;
    int status = stream_begin(&s, p, false, &filter, error);
    status = status < 0 ? status : learn_first(s, error);
    status = status < 0 ? status : stream_open_parts(s, error);
    status = status < 0 ? status : enter_all(s, error);
    if (status == 0 && articles) {
        *articles = index_count(s->index);
    }
    stream_free(s);
    return status;
}
