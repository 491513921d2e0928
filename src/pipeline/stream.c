// stream.c - records one by one, each judged against an index of those before. Contract in stream.h.
//
// Lines come in runs. What one line says by itself is found for many at once, in threads; then, line by
// line, what it is to the articles before it, which is all that depends on the order. A run ends where the
// profile has to be another one (growth.h), so how lines are cut into runs makes no difference.
//
// A message may come twice: whoever sends it saw no answer. The same id with the same content is the same
// message: it is judged by the articles before its first coming, as it was then, and does not enter again.

#include "pipeline/stream.h"

#include "base/cpu.h"
#include "base/pool.h"
#include "pipeline/growth.h"
#include "pipeline/loader.h"
#include "pipeline/stream_match.h"
#include "pipeline/waiting.h"
#include "pipeline/window.h"
#include "write/annotate.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <xxhash.h>

enum {
    RUN = 512,          // lines that are read together
    WORTH_THREADS = 16, // fewer are read by the calling thread
    TAKE = 4,           // lines that a thread takes at a time
    DAY = 86400,
};

struct stream {
    struct copydesk_options options; // strings are owned by `desk`
    struct copydesk_filter_options filter;
    struct pipeline *desk; // for its checked and copied options, and its input
    bool owns_desk;
    uint32_t file_no; // the name under which lines are parsed
    struct stream_terms terms;
    struct index_store *index;
    struct growth *growth;
    struct stream_matcher *matcher;
    struct waiting *waiting; // NULL: articles enter at once, or never
    struct index_scratch *scratch;
    unsigned threads;
    struct stream_reader **readers; // by thread
    struct stream_line *lines;      // [RUN]
    int64_t newest;                 // date of the newest article that is no later than now
    uint64_t n_lines;
    bool stopped; // by the caller: nothing is wrong
    struct copydesk_summary summary;

    // Of the line at hand.
    struct copydesk_finding *findings;
    size_t n_findings, cap_findings;
    struct arena strings;
    struct buf out, reject;
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

static int open_parts(struct stream *s, struct copydesk_error *error)
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
static int begin(struct stream **out, struct pipeline *desk, bool owns_desk,
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
    s->lines = mem_zalloc(RUN, sizeof *s->lines);
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
    status = begin(&s, desk, true, filter, error);
    if (!s) {
        pipeline_free(desk);
        return status;
    }
    status = status < 0 ? status : input_add_stream(desk->input, "-", &s->file_no, error);
    status = status < 0 ? status : open_parts(s, error);
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
    for (size_t i = 0; s->lines && i < RUN; i++) {
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

// ---- lines by themselves

struct reading {
    struct stream *stream;
    const struct copydesk_view *lines;
    const uint32_t *file_nos; // of each line; NULL: the stream's
    size_t n;
    _Atomic size_t next;
};

static int read_lines(void *data, unsigned thread, struct copydesk_error *error)
{
    struct reading *w = data;
    int status = 0;
    size_t first;
    while (status == 0 && (first = atomic_fetch_add(&w->next, TAKE)) < w->n) {
        size_t end = first + TAKE < w->n ? first + TAKE : w->n;
        for (size_t i = first; i < end && status == 0; i++) {
            struct str raw = {w->lines[i].data, w->lines[i].len};
            uint32_t file_no = w->file_nos ? w->file_nos[i] : w->stream->file_no;
            status = stream_line_read(w->stream->readers[thread], file_no, raw, &w->stream->lines[i], error);
        }
    }
    return status;
}

static int read_run(struct stream *s, const struct copydesk_view *lines, const uint32_t *file_nos, size_t n,
                    struct copydesk_error *error)
{
    struct reading w = {.stream = s, .lines = lines, .file_nos = file_nos, .n = n};
    unsigned threads = n < WORTH_THREADS ? 1 : s->threads;
    return pool_run(threads, read_lines, &w, error);
}

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

static int judge_line(struct stream *s, struct stream_line *line, struct copydesk_filtered *out,
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

static int write_line(struct stream *s, const struct stream_line *line, struct copydesk_filtered *out,
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
    index_set_window(s->index, s->filter.clock == COPYDESK_CLOCK_DATE ? INDEX_BY_DATE : INDEX_BY_ARRIVAL,
                     cutoff);
}

static int refresh(struct stream *s, const struct copydesk_verdict *v, const struct index_record *record,
                   struct copydesk_error *error)
{
    bool is_copy = v->fate == COPYDESK_DROPPED && v->representative < index_count(s->index);
    if (!s->filter.refresh || !is_copy) {
        return 0;
    }
    int64_t when =
        s->filter.clock == COPYDESK_CLOCK_DATE && record->has_date ? record->date : record->arrived;
    return index_refresh(s->index, (uint32_t)v->representative, when, error);
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
    int status = refresh(s, v, &line->record, error);
    bool teaches = growth_wants_text(s->growth, line->record.content) && !line->record.dropped;
    if (status == 0 && (teaches || index_keeps_text(s->index))) {
        status = growth_pack(s->growth, (struct str){line->raw.data, line->raw.len}, &text, error);
    }
    if (status < 0) {
        return status;
    }
    if (s->waiting) {
        return waiting_add(s->waiting, (struct str){v->id.data, v->id.len}, &line->record, text, error);
    }
    return index_add(s->index, &line->record, &line->prints, text, &number, error);
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
    status = status < 0 ? status : index_add(s->index, &record, &line->prints, text, &number, error);
    status = status < 0 ? status : judge_by_new_profile(s, error);
    return status < 0 ? status : 1;
}

// ---- runs

static int judge_run(struct stream *s, const struct copydesk_view *lines, const uint32_t *file_nos, size_t n,
                     copydesk_filter_fn each, void *data, struct copydesk_error *error)
{
    int status = read_run(s, lines, file_nos, n, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        struct stream_line *line = &s->lines[i];
        struct copydesk_filtered out = {.blank = line->blank};
        s->n_lines++;
        s->summary.bytes += lines[i].len;
        if (!out.blank) {
            if (!line->bad) {
                move_window(s, &line->record);
            }
            status = judge_line(s, line, &out, error);
        }
        status = status < 0 ? status : write_line(s, line, &out, error);
        if (status == 0 && !out.blank) {
            status = enter(s, line, &out, error);
        }
        if (status == 0) {
            count(s, &out);
            status = each(data, &out);
            s->stopped = status != 0;
        }
    }
    return status;
}

int stream_judge(struct stream *s, const struct copydesk_view *lines, size_t n, copydesk_filter_fn each,
                 void *data, struct copydesk_error *error)
{
    int status = 0;
    s->stopped = false;
    for (size_t at = 0; at < n && status == 0;) {
        status = judge_by_new_profile(s, error);
        uint32_t room = growth_room(s->growth);
        size_t run = n - at < RUN ? n - at : RUN;
        run = run < room ? run : room;
        status = status < 0 ? status : judge_run(s, lines + at, NULL, run, each, data, error);
        at += run;
    }
    return status;
}

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

enum { COMMIT_EVERY = 65536 };

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
    struct copydesk_view lines[RUN];
    uint32_t file_nos[RUN];
    size_t n;
};

static int fill(struct refill *r, const struct pipeline *p, bool keep_text, uint32_t *next,
                struct copydesk_error *error)
{
    size_t ends[RUN];
    uint32_t n = catalog_count(p->catalog);
    int status = 0;
    r->n = 0;
    buf_clear(&r->bytes);
    while (r->n < RUN && *next < n && status == 0) {
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
        status = judge_run(s, r->lines, r->file_nos, r->n, pass_over, NULL, error);
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
    int status = begin(&s, p, false, &filter, error);
    status = status < 0 ? status : learn_first(s, error);
    status = status < 0 ? status : open_parts(s, error);
    status = status < 0 ? status : enter_all(s, error);
    if (status == 0 && articles) {
        *articles = index_count(s->index);
    }
    stream_free(s);
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
