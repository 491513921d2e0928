// stream.c - records one by one, each judged against an index of those before. Contract in stream.h.
//
// Lines come in runs. What one line says by itself is found by any thread, many lines at once. What it is to
// the articles before it, which is all that depends on the order, is found line by line by the calling
// thread, as soon as the line has been read, while the others read on. A run ends where the profile has to be
// another one (growth.h), so how lines are cut into runs makes no difference.
//
// A message may come twice: whoever sends it saw no answer. The same id with the same content is the same
// message: it is judged by the articles before its first coming, as it was then, and does not enter again.

#include "pipeline/stream_state.h"

#include "base/cpu.h"
#include "base/pool.h"

#include <time.h>
#include <xxhash.h>

enum {
    WORTH_THREADS = 16, // fewer lines are read by the calling thread
    AHEAD = 16,         // lines a thread that are read and not yet judged: few, so they stay in the cache
    DAY = 86400,
};

// ---- opening

static void set_terms(struct stream *s)
{
    struct stream_terms *t = &s->terms;
    t->options = &s->options;
    t->cpu = s->desk->cpu;
    t->input = s->desk->input;
    t->index = s->index;
    t->clean = s->filter.clean;
}

// Options that decide what is compared: an index made with others cannot be used.
static void tell_settings(const struct pipeline *desk, struct buf *text)
{
    buf_printf(text, "rules off:");
    size_t before = text->len;
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        enum copydesk_group group = copydesk_rule_group(rule);
        bool matters = group == COPYDESK_GROUP_BOILERPLATE || group == COPYDESK_GROUP_DAMAGE ||
                       rule == COPYDESK_TITLE_REPEATED;
        if (matters && desk->options.actions[i] == COPYDESK_OFF) {
            buf_printf(text, " %s", copydesk_rule_name(rule));
        }
    }
    if (text->len == before) {
        buf_printf(text, " none");
    }
}

static int open_index(struct stream *s, struct copydesk_error *error)
{
    struct buf settings = {0};
    tell_settings(s->desk, &settings);
    struct index_params params = {
        .cpu = s->desk->cpu,
        .threads = s->threads,
        .memory_bytes = s->options.memory_bytes / 4,
        .keep_text = s->filter.keep_text,
        .settings = XXH3_64bits(settings.data ? settings.data : "", settings.len),
        .settings_text = {settings.data, settings.len},
        .warning = s->options.warning,
        .callback_data = s->options.callback_data,
    };
    int status =
        settings.failed
            ? error_memory(error)
            : index_open(&s->index, s->filter.index,
                         s->filter.entry == COPYDESK_ENTER_NEVER ? INDEX_READ : INDEX_CREATE, &params, error);
    buf_release(&settings);
    return status;
}

int stream_open_parts(struct stream *s, struct copydesk_error *error)
{
    set_terms(s);
    int status = index_scratch_new(s->index, &s->scratch, error);
    s->newest = index_newest(s->index);
    bool learn = s->filter.learn && s->filter.entry != COPYDESK_ENTER_NEVER;
    status =
        status < 0 ? status : growth_new(&s->growth, s->index, s->filter.index, &s->options, learn, error);
    status = status < 0 ? status
                        : stream_matcher_new(&s->matcher, s->index, s->desk->cpu, s->options.actions, error);
    for (unsigned i = 0; i < s->threads && status == 0; i++) {
        status = stream_reader_new(&s->readers[i], &s->terms, error);
        status = status < 0 ? status : stream_reader_judge_by(s->readers[i], growth_alone(s->growth), error);
    }
    return status;
}

// All but the index and what stands on it.
int stream_begin(struct stream **out, struct pipeline *desk, bool owns_desk,
                 const struct copydesk_filter_options *filter, struct copydesk_error *error)
{
    struct stream *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    *out = s;
    s->filter = *filter; // its string is the caller's until a copy is made
    s->desk = desk;
    s->owns_desk = owns_desk;
    s->options = s->desk->options;
    s->filter.index = arena_copy(&s->desk->strings, filter->index, strlen(filter->index) + 1);
    s->threads = s->desk->threads;
    s->readers = mem_zalloc(s->threads, sizeof *s->readers);
    s->ahead = (size_t)AHEAD * s->threads;
    s->lines = mem_zalloc(s->ahead, sizeof *s->lines);
    s->waiting = filter->entry == COPYDESK_ENTER_WHEN_TOLD ? waiting_new(s->options.memory_bytes / 4) : NULL;
    if (!s->readers || !s->lines || !s->filter.index ||
        (filter->entry == COPYDESK_ENTER_WHEN_TOLD && !s->waiting)) {
        return error_memory(error);
    }
    return open_index(s, error);
}

int stream_new(struct stream **out, const struct copydesk_options *options,
               const struct copydesk_filter_options *filter, struct copydesk_error *error)
{
    struct pipeline *desk = NULL;
    struct stream *s = NULL;
    int status = pipeline_new(&desk, options, error);
    if (status < 0) {
        return status;
    }
    status = stream_begin(&s, desk, true, filter, error);
    if (!s) {
        pipeline_free(desk);
        return status;
    }
    status = status < 0 ? status : input_add_stream(desk->input, "-", &s->file_no, error);
    status = status < 0 ? status : stream_open_parts(s, error);
    if (status < 0) {
        stream_free(s);
        return status;
    }
    *out = s;
    return 0;
}

void stream_free(struct stream *s)
{
    if (!s) {
        return;
    }
    for (unsigned i = 0; s->readers && i < s->threads; i++) {
        stream_reader_free(s->readers[i]);
    }
    for (size_t i = 0; s->lines && i < s->ahead; i++) {
        stream_line_release(&s->lines[i]);
    }
    mem_free(s->readers);
    mem_free(s->lines);
    stream_matcher_free(s->matcher);
    growth_free(s->growth);
    waiting_free(s->waiting);
    index_scratch_free(s->scratch);
    index_close(s->index);
    if (s->owns_desk) {
        pipeline_free(s->desk);
    }
    mem_free(s->findings);
    arena_release(&s->strings);
    buf_release(&s->out);
    buf_release(&s->reject);
    mem_free(s);
}

// ---- what is counted

static void count(struct stream *s, const struct copydesk_filtered *out)
{
    struct copydesk_summary *sum = &s->summary;
    const struct copydesk_verdict *v = &out->verdict;
    uint64_t seen = 0;
    if (out->blank) {
        return;
    }
    sum->read++;
    sum->kept += v->fate == COPYDESK_KEPT;
    sum->dropped += v->fate == COPYDESK_DROPPED;
    sum->rejected += v->fate == COPYDESK_REJECTED;
    sum->cleaned += v->cleaned;
    for (size_t i = 0; i < v->n_findings; i++) {
        enum copydesk_rule rule = v->findings[i].rule;
        sum->findings[rule]++;
        sum->articles[rule] += !(seen >> rule & 1);
        seen |= UINT64_C(1) << rule;
    }
}

// ---- the index

static enum index_clock clock_of(const struct stream *s)
{
    return s->filter.clock == COPYDESK_CLOCK_DATE ? INDEX_BY_DATE : INDEX_BY_ARRIVAL;
}

// Articles too old for the window are no candidates any more.
static void move_window(struct stream *s, const struct index_record *record)
{
    if (s->filter.window_seconds == 0) {
        return;
    }
    int64_t now = (int64_t)time(NULL);
    int64_t newest = now;
    if (s->filter.clock == COPYDESK_CLOCK_DATE) {
        // A date in the future is a mistake: it must not make all others old.
        if (record->has_date && record->date > s->newest && record->date <= now + DAY) {
            s->newest = record->date;
        }
        newest = s->newest;
    }
    int64_t cutoff = newest - (int64_t)s->filter.window_seconds;
    index_set_window(s->index, clock_of(s), cutoff);
}

// What an article that enters is a copy of counts as new again.
static int refresh(struct stream *s, const struct index_record *record, struct copydesk_error *error)
{
    bool is_copy = record->dropped && record->cluster < index_count(s->index);
    return s->filter.refresh && is_copy
               ? index_refresh(s->index, record->cluster, index_clock_of(record, clock_of(s)), error)
               : 0;
}

static int enter(struct stream *s, struct stream_line *line, const struct copydesk_filtered *out,
                 struct copydesk_error *error)
{
    const struct copydesk_verdict *v = &out->verdict;
    struct str text = {NULL, 0};
    uint32_t number;
    if (s->filter.entry == COPYDESK_ENTER_NEVER || out->redelivered || line->bad) {
        return 0;
    }
    line->record.dropped = v->fate == COPYDESK_DROPPED;
    line->record.arrived = (int64_t)time(NULL);
    int status = 0;
    bool teaches = growth_wants_text(s->growth, line->record.content) && !line->record.dropped;
    if (teaches || index_keeps_text(s->index)) {
        status = growth_pack(s->growth, (struct str){line->raw.data, line->raw.len}, &text, error);
    }
    if (status < 0) {
        return status;
    }
    if (s->waiting && !(s->filter.drop && line->record.dropped)) {
        return waiting_add(s->waiting, (struct str){v->id.data, v->id.len}, &line->record, text, error);
    }
    status = refresh(s, &line->record, error);
    return status < 0 ? status : index_add(s->index, &line->record, &line->prints, text, &number, error);
}

// The steps at which it changes are numbers of articles: it is asked for after each that enters alone.
static int judge_by_new_profile(struct stream *s, struct copydesk_error *error)
{
    int status = growth_advance(s->growth, error);
    for (unsigned i = 0; i < s->threads && status == 1; i++) {
        int made = stream_reader_judge_by(s->readers[i], growth_alone(s->growth), error);
        status = made < 0 ? made : status;
    }
    return status < 0 ? status : 0;
}

int stream_enter(struct stream *s, struct copydesk_view id, struct copydesk_error *error)
{
    struct index_record record;
    struct str text;
    struct stream_line *line = &s->lines[0];
    if (!s->waiting) {
        return error_set(error, COPYDESK_ERR_STATE, NULL,
                         "articles are told to enter only with COPYDESK_ENTER_WHEN_TOLD");
    }
    if (!waiting_take(s->waiting, (struct str){id.data, id.len}, &record, &text)) {
        return 0;
    }
    uint32_t number;
    int status = index_prints_make(&line->prints, s->terms.cpu, &record) < 0 ? error_memory(error) : 0;
    status = status < 0 ? status : refresh(s, &record, error);
    status = status < 0 ? status : index_add(s->index, &record, &line->prints, text, &number, error);
    status = status < 0 ? status : judge_by_new_profile(s, error);
    return status < 0 ? status : 1;
}

// ---- runs

struct run {
    struct stream *stream;
    const struct copydesk_view *lines;
    const uint32_t *file_nos;
    copydesk_filter_fn each;
    void *data;
};

static int read_line(void *data, unsigned thread, size_t i, struct copydesk_error *error)
{
    const struct run *run = data;
    struct stream *s = run->stream;
    struct str raw = {run->lines[i].data, run->lines[i].len};
    uint32_t file_no = run->file_nos ? run->file_nos[i] : s->file_no;
    return stream_line_read(s->readers[thread], file_no, raw, &s->lines[i % s->ahead], error);
}

static int judge_line(void *data, size_t i, struct copydesk_error *error)
{
    const struct run *run = data;
    struct stream *s = run->stream;
    struct stream_line *line = &s->lines[i % s->ahead];
    struct copydesk_filtered out = {.blank = line->blank};
    int status = 0;
    s->n_lines++;
    s->summary.bytes += run->lines[i].len;
    if (!out.blank) {
        if (!line->bad) {
            move_window(s, &line->record);
        }
        status = stream_judge_line(s, line, &out, error);
    }
    status = status < 0 ? status : stream_write_line(s, line, &out, error);
    if (status == 0 && !out.blank) {
        status = enter(s, line, &out, error);
    }
    if (status == 0) {
        count(s, &out);
        status = run->each(run->data, &out);
        s->stopped = status != 0;
    }
    return status;
}

int stream_judge_run(struct stream *s, const struct copydesk_view *lines, const uint32_t *file_nos, size_t n,
                     copydesk_filter_fn each, void *data, struct copydesk_error *error)
{
    struct run run = {.stream = s, .lines = lines, .file_nos = file_nos, .each = each, .data = data};
    struct pool_work work = {read_line, judge_line, &run};
    unsigned threads = n < WORTH_THREADS ? 1 : s->threads;
    return pool_queue(threads, n, s->ahead, &work, error);
}

int stream_judge(struct stream *s, const struct copydesk_view *lines, size_t n, copydesk_filter_fn each,
                 void *data, struct copydesk_error *error)
{
    int status = 0;
    s->stopped = false;
    for (size_t at = 0; at < n && status == 0;) {
        status = judge_by_new_profile(s, error);
        uint32_t room = growth_room(s->growth);
        size_t run = n - at < room ? n - at : room;
        status = status < 0 ? status : stream_judge_run(s, lines + at, NULL, run, each, data, error);
        at += run;
    }
    return status;
}

int stream_commit(struct stream *s, struct copydesk_error *error)
{
    return s->filter.entry == COPYDESK_ENTER_NEVER ? 0 : index_commit(s->index, error);
}

bool stream_was_stopped(const struct stream *s)
{
    return s->stopped;
}

uint64_t stream_entered(const struct stream *s)
{
    return index_count(s->index);
}

uint64_t stream_committed(const struct stream *s)
{
    return index_committed(s->index);
}

const struct copydesk_summary *stream_summary(const struct stream *s)
{
    return &s->summary;
}
