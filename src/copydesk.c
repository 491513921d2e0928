// copydesk.c - the public interface over the pipeline. Contracts in copydesk.h.

#include "copydesk.h"

#include "match/align.h"
#include "base/error.h"
#include "base/mem.h"
#include "base/str.h"
#include "pipeline/content.h"
#include "pipeline/compare.h"
#include "pipeline/loader.h"
#include "pipeline/output.h"
#include "pipeline/pipeline.h"
#include "pipeline/stream.h"
#include "pipeline/verdict.h"

enum { MAX_KEY_BYTES = 1 << 20 }; // of a bad record

struct copydesk {
    struct pipeline *p;
    struct verdicts *verdicts;
    struct verdicts *finder; // for copydesk_find_verdict(), so that it does not disturb the walk
    struct loader *loader;   // for single records
    struct comparer *comparer;
    struct buf key_text; // scratch of content keys
    struct copydesk_summary summary;
    struct copydesk_judgement judgement;
};

static struct str str_of_view(struct copydesk_view view)
{
    return (struct str){view.data, view.len};
}

static struct copydesk_view view_of(struct str s)
{
    return (struct copydesk_view){s.data, s.len};
}

const char *copydesk_version(void)
{
    return COPYDESK_VERSION;
}

const char *copydesk_status_name(enum copydesk_status status)
{
    switch (status) {
    case COPYDESK_OK:
        return "ok";
    case COPYDESK_ERR_OPTION:
        return "bad option";
    case COPYDESK_ERR_IO:
        return "input or output failed";
    case COPYDESK_ERR_MEMORY:
        return "out of memory";
    case COPYDESK_ERR_INPUT:
        return "unusable input";
    case COPYDESK_ERR_CHANGED:
        return "input changed";
    case COPYDESK_ERR_STATE:
        return "calls in the wrong order";
    case COPYDESK_ERR_NOT_FOUND:
        return "not found";
    }
    return "unknown status";
}

int copydesk_open(struct copydesk **out, const struct copydesk_options *options, struct copydesk_error *error)
{
    *out = NULL;
    int status = copydesk_options_check(options, error);
    if (status < 0) {
        return status;
    }
    struct copydesk *desk = mem_zalloc(1, sizeof *desk);
    if (!desk) {
        return error_memory(error);
    }
    status = pipeline_new(&desk->p, options, error);
    if (status < 0) {
        mem_free(desk);
        return status;
    }
    *out = desk;
    return 0;
}

void copydesk_free(struct copydesk *desk)
{
    if (desk) {
        comparer_free(desk->comparer);
        buf_release(&desk->key_text);
        loader_free(desk->loader);
        verdicts_free(desk->finder);
        verdicts_free(desk->verdicts);
        pipeline_free(desk->p);
        mem_free(desk);
    }
}

static int need(const struct copydesk *desk, bool finished, struct copydesk_error *error)
{
    if (finished ? desk->p->finished : !desk->p->started) {
        return 0;
    }
    return error_set(error, COPYDESK_ERR_STATE, NULL,
                     finished ? "results were asked for before copydesk_finish()"
                              : "input was added, or copydesk_finish() called, after copydesk_finish()");
}

int copydesk_add_path(struct copydesk *desk, const char *path, struct copydesk_error *error)
{
    int status = need(desk, false, error);
    return status < 0 ? status : input_add_path(desk->p->input, path, error);
}

int copydesk_add_known_path(struct copydesk *desk, const char *path, struct copydesk_error *error)
{
    int status = need(desk, false, error);
    return status < 0 ? status : input_add_known_path(desk->p->input, path, error);
}

int copydesk_add_indexed(struct copydesk *desk, const char *index, struct copydesk_view id,
                         struct copydesk_error *error)
{
    int status = need(desk, false, error);
    return status < 0 ? status : stream_add_indexed(desk->p, index, str_of_view(id), error);
}

static void add_field(struct buf *line, const char *name, struct copydesk_view value)
{
    if (value.data) {
        buf_add_char(line, line->len > 1 ? ',' : ' ');
        buf_add_json(line, str_of(name));
        buf_add_char(line, ':');
        buf_add_json(line, str_of_view(value));
    }
}

int copydesk_add_article(struct copydesk *desk, const struct copydesk_article *article,
                         struct copydesk_error *error)
{
    int status = need(desk, false, error);
    if (status < 0) {
        return status;
    }
    const struct copydesk_options *o = &desk->p->options;
    struct buf line = {0};
    buf_add_char(&line, '{');
    add_field(&line, o->id_field, article->id);
    add_field(&line, o->title_field, article->title);
    add_field(&line, o->text_field, article->text);
    add_field(&line, o->url_field, article->url);
    add_field(&line, o->date_field, article->date);
    add_field(&line, o->source_field, article->source);
    buf_add(&line, "}\n", 2);
    status = line.failed ? error_memory(error)
                         : input_add_line(desk->p->input, (struct str){line.data, line.len}, error);
    buf_release(&line);
    return status;
}

// ---- results

static void count(struct copydesk_summary *s, const struct copydesk_verdict *v)
{
    s->read++;
    s->kept += v->fate == COPYDESK_KEPT;
    s->dropped += v->fate == COPYDESK_DROPPED;
    s->rejected += v->fate == COPYDESK_REJECTED;
    s->cleaned += v->cleaned;
    uint64_t seen = 0; // findings come by place, so rules are mixed
    _Static_assert(COPYDESK_N_RULES <= 64, "a bit for each rule");
    uint32_t cut_to[3] = {0}; // by field: cuts may overlap
    for (size_t i = 0; i < v->n_findings; i++) {
        const struct copydesk_finding *f = &v->findings[i];
        s->findings[f->rule]++;
        s->articles[f->rule] += !(seen >> f->rule & 1);
        seen |= UINT64_C(1) << f->rule;
        s->repaired_spans += v->cleaned && f->action == COPYDESK_REPAIR;
        if (v->cleaned && f->action == COPYDESK_CUT && f->end > cut_to[f->field]) {
            uint32_t start = f->start > cut_to[f->field] ? f->start : cut_to[f->field];
            s->cut_bytes += f->end - start;
            cut_to[f->field] = f->end;
        }
    }
}

// Representatives that have copies, by article number: the ones that other articles name. Known articles
// head a cluster but are not counted.
static int mark_heads(const struct pipeline *p, uint8_t **heads, struct copydesk_summary *s,
                      struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    *heads = mem_zalloc(n + 1, 1);
    if (!*heads) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t head = p->best[p->representative[catalog_leader(p->catalog, i)]];
        if (pipeline_is_known(p, i)) {
            s->known++;
        } else if (head != i) {
            bool first = (*heads)[head] == 0;
            s->removable++;
            s->members += 1 + (first && !pipeline_is_known(p, head));
            s->clusters += first;
            (*heads)[head] = 1;
        }
    }
    return 0;
}

static int summarise(struct copydesk *desk, struct copydesk_error *error)
{
    struct copydesk_summary *s = &desk->summary;
    struct copydesk_verdict verdict;
    uint8_t *heads = NULL;
    int status = mark_heads(desk->p, &heads, s, error);
    verdicts_seek(desk->verdicts, 0);
    while (status >= 0 && (status = verdicts_next(desk->verdicts, &verdict, error)) == 1) {
        count(s, &verdict);
    }
    mem_free(heads);
    verdicts_seek(desk->verdicts, 0);
    for (uint32_t i = 0; i < input_n_files(desk->p->input); i++) {
        s->damaged_inputs += input_file_damaged(desk->p->input, i);
    }
    s->bytes = desk->p->bytes - desk->p->known_bytes;
    s->candidate_pairs = desk->p->n_candidates;
    s->verified_pairs = desk->p->n_verified;
    s->spilled_bytes = desk->p->spilled_bytes;
    return status;
}

int copydesk_finish(struct copydesk *desk, struct copydesk_error *error)
{
    int status = need(desk, false, error);
    status = status < 0 ? status : pipeline_run(desk->p, error);
    status = status < 0 ? status : verdicts_new(&desk->verdicts, desk->p, error);
    return status < 0 ? status : summarise(desk, error);
}

int copydesk_build_profile(struct copydesk *desk, const char *path, uint64_t *articles,
                           struct copydesk_error *error)
{
    int status = need(desk, false, error);
    return status < 0 ? status : pipeline_build_profile(desk->p, path, articles, error);
}

int copydesk_build_index(struct copydesk *desk, const char *dir, bool keep_text, uint64_t *articles,
                         struct copydesk_error *error)
{
    int status = need(desk, false, error);
    return status < 0 ? status : stream_build(desk->p, dir, keep_text, articles, error);
}

const struct copydesk_summary *copydesk_summary(const struct copydesk *desk)
{
    return &desk->summary;
}

int copydesk_next_verdict(struct copydesk *desk, struct copydesk_verdict *verdict,
                          struct copydesk_error *error)
{
    int status = need(desk, true, error);
    return status < 0 ? status : verdicts_next(desk->verdicts, verdict, error);
}

void copydesk_rewind(struct copydesk *desk)
{
    if (desk->verdicts) {
        verdicts_seek(desk->verdicts, 0);
    }
}

void copydesk_set_judgement(struct copydesk *desk, const struct copydesk_judgement *judgement)
{
    desk->judgement = *judgement;
}

int copydesk_write(struct copydesk *desk, const struct copydesk_output *outputs, size_t n_outputs,
                   struct copydesk_error *error)
{
    int status = need(desk, true, error);
    struct pipeline_reports reports = {&desk->summary, &desk->judgement};
    return status < 0 ? status : pipeline_write(desk->p, outputs, n_outputs, &reports, error);
}

// ---- single articles

// The first article with this id; of the judged ones only, if so wanted.
static int find_article(const struct copydesk *desk, struct copydesk_view id, bool judged, uint32_t *number,
                        struct copydesk_error *error)
{
    const struct catalog *c = desk->p->catalog;
    struct buf scratch = {0};
    bool only_known = false;
    int status = 0;
    uint32_t n = catalog_count(c);
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct catalog_record record;
        struct str found;
        status = catalog_get(c, i, &record, error);
        if (status == 0 && record.id_len == id.len) {
            status = catalog_id(c, &record, &scratch, &found, error);
            bool same = status == 0 && str_equal(found, str_of_view(id));
            if (same && !(judged && pipeline_is_known(desk->p, i))) {
                *number = i;
                buf_release(&scratch);
                return 0;
            }
            only_known = only_known || same;
        }
    }
    buf_release(&scratch);
    if (status == 0) {
        int len = id.len < 200 ? (int)id.len : 200;
        status = error_set(error, COPYDESK_ERR_NOT_FOUND, NULL,
                           only_known ? "the article \"%.*s\" is in a known corpus and was not judged"
                                      : "no article has the id \"%.*s\"",
                           len, id.data ? id.data : "");
    }
    return status;
}

int copydesk_find_verdict(struct copydesk *desk, struct copydesk_view id, struct copydesk_verdict *verdict,
                          struct copydesk_error *error)
{
    uint32_t number;
    int status = need(desk, true, error);
    status = status < 0 ? status : find_article(desk, id, true, &number, error);
    if (status == 0 && !desk->finder) {
        status = verdicts_new(&desk->finder, desk->p, error);
    }
    if (status < 0) {
        return status;
    }
    verdicts_seek(desk->finder, number);
    status = verdicts_next(desk->finder, verdict, error);
    return status < 0 ? status : 0;
}

static int load(struct copydesk *desk, uint64_t number, struct article *article, struct copydesk_error *error)
{
    struct catalog_record record;
    int status = need(desk, true, error);
    if (status == 0 && number >= catalog_count(desk->p->catalog)) {
        status = error_set(error, COPYDESK_ERR_NOT_FOUND, NULL, "there is no record %llu",
                           (unsigned long long)number);
    }
    if (status == 0 && !desk->loader) {
        status = loader_new(&desk->loader, desk->p, 1, error);
    }
    status = status < 0 ? status : catalog_get(desk->p->catalog, (uint32_t)number, &record, error);
    return status < 0 ? status : loader_article(desk->loader, &record, article, error);
}

int copydesk_read_record(struct copydesk *desk, uint64_t record, struct copydesk_article *out,
                         struct copydesk_error *error)
{
    struct article article;
    int status = load(desk, record, &article, error);
    if (status == 0) {
        *out =
            (struct copydesk_article){view_of(article.id),  view_of(article.title), view_of(article.text),
                                      view_of(article.url), view_of(article.date),  view_of(article.source)};
    }
    return status;
}

static int key_of_bad(struct copydesk *desk, const struct catalog_record *record, uint64_t *key,
                      struct copydesk_error *error)
{
    size_t len = record->bad_length < MAX_KEY_BYTES ? (size_t)record->bad_length : MAX_KEY_BYTES;
    struct buf raw = {0};
    int status = buf_reserve(&raw, len + 1) ? 0 : error_memory(error);
    if (status == 0 && len > 0) {
        status = input_read_at(desk->p->input, record->file_no, record->offset, raw.data, len, error);
    }
    if (status == 0 && !content_key((struct str){raw.data, len}, (struct str){0}, &desk->key_text, key)) {
        status = error_memory(error);
    }
    buf_release(&raw);
    return status;
}

int copydesk_content_key(struct copydesk *desk, uint64_t number, enum copydesk_field field, uint32_t start,
                         uint32_t end, uint64_t *key, struct copydesk_error *error)
{
    struct article article;
    struct catalog_record record = {0};
    int status = need(desk, true, error);
    if (status == 0 && number < catalog_count(desk->p->catalog)) {
        status = catalog_get(desk->p->catalog, (uint32_t)number, &record, error);
    }
    if (status == 0 && record.flags & CATALOG_BAD) {
        return key_of_bad(desk, &record, key, error);
    }
    status = status < 0 ? status : load(desk, number, &article, error);
    if (status < 0) {
        return status;
    }
    struct str first = article.title;
    struct str second = article.text;
    if (field != COPYDESK_FIELD_NONE) {
        first = field == COPYDESK_FIELD_TITLE ? article.title : article.text;
        if (desk->p->options.offsets == COPYDESK_OFFSETS_CHARS) {
            content_char_span(first, &start, &end);
        }
        end = end < first.len ? end : (uint32_t)first.len;
        start = start < end ? start : end;
        first = (struct str){first.data ? first.data + start : NULL, end - start};
        second = (struct str){0};
    }
    return content_key(first, second, &desk->key_text, key) ? 0 : error_memory(error);
}

// One side of a word diff: its text and words, copied so that the other side can be loaded.
struct side {
    struct buf text;
    uint64_t *words;
    uint32_t *start, *end;
    uint32_t n;
};

static void free_side(struct side *side)
{
    buf_release(&side->text);
    mem_free(side->words);
    mem_free(side->start);
    mem_free(side->end);
}

static int load_side(struct copydesk *desk, uint32_t number, struct side *side, struct copydesk_error *error)
{
    struct article article;
    struct tokens tokens;
    int status = load(desk, number, &article, error);
    status = status < 0 ? status : loader_clean(desk->loader, number, desk->p->compared, &article, error);
    status = status < 0 ? status : loader_tokens(desk->loader, &article, true, &tokens, error);
    if (status < 0) {
        return status;
    }
    size_t n = tokens.n;
    buf_add_str(&side->text, article.text);
    side->words = mem_alloc(n, sizeof *side->words);
    side->start = mem_alloc(n, sizeof *side->start);
    side->end = mem_alloc(n, sizeof *side->end);
    if (side->text.failed || !side->words || !side->start || !side->end) {
        return error_memory(error);
    }
    if (n) {
        memcpy(side->words, tokens.hash, n * sizeof *side->words);
        memcpy(side->start, tokens.start, n * sizeof *side->start);
        memcpy(side->end, tokens.end, n * sizeof *side->end);
    }
    side->n = (uint32_t)n;
    return 0;
}

// The text of words [from, to) with what stands between them; what follows the last one goes to the next
// piece.
static int emit(const struct side *side, uint32_t from, uint32_t to, enum copydesk_diff_kind kind,
                copydesk_diff_fn diff, void *data)
{
    if (from == to) {
        return 0;
    }
    uint32_t start = from ? side->end[from - 1] : 0;
    uint32_t end = to == side->n ? (uint32_t)side->text.len : side->end[to - 1];
    return diff(data, kind, (struct copydesk_view){side->text.data + start, end - start});
}

static void walk_diff(const struct side *a, const struct side *b, const int32_t *match, copydesk_diff_fn diff,
                      void *data)
{
    uint32_t i = 0;
    uint32_t j = 0;
    while (i < a->n || j < b->n) {
        uint32_t same = i;
        while (same < a->n && match[same] == (int32_t)(j + (same - i))) {
            same++;
        }
        if (emit(a, i, same, COPYDESK_DIFF_SAME, diff, data)) {
            return;
        }
        j += same - i;
        i = same;
        uint32_t next = i;
        while (next < a->n && match[next] < 0) {
            next++;
        }
        uint32_t other = next < a->n ? (uint32_t)match[next] : b->n;
        if (emit(a, i, next, COPYDESK_DIFF_ONLY_A, diff, data) ||
            emit(b, j, other, COPYDESK_DIFF_ONLY_B, diff, data)) {
            return;
        }
        i = next;
        j = other;
    }
}

static int word_diff(struct copydesk *desk, uint32_t a, uint32_t b, copydesk_diff_fn diff, void *data,
                     struct copydesk_error *error)
{
    struct side left = {0};
    struct side right = {0};
    struct aligner *aligner = aligner_new();
    int32_t *match = NULL;
    int status = aligner ? load_side(desk, a, &left, error) : error_memory(error);
    status = status < 0 ? status : load_side(desk, b, &right, error);
    if (status == 0) {
        match = mem_alloc(left.n, sizeof *match);
        int64_t found = match ? align_words(aligner, left.words, left.n, right.words, right.n, match) : -1;
        status = found < 0 ? error_memory(error) : 0;
    }
    if (status == 0) {
        walk_diff(&left, &right, match, diff, data);
    }
    mem_free(match);
    aligner_free(aligner);
    free_side(&left);
    free_side(&right);
    return status;
}

int copydesk_compare(struct copydesk *desk, struct copydesk_view a, struct copydesk_view b,
                     struct copydesk_finding *evidence, copydesk_diff_fn diff, void *data,
                     struct copydesk_error *error)
{
    uint32_t left = 0;
    uint32_t right = 0;
    int status = need(desk, true, error);
    status = status < 0 ? status : find_article(desk, a, false, &left, error);
    status = status < 0 ? status : find_article(desk, b, false, &right, error);
    if (status == 0 && !desk->comparer) {
        status = comparer_new(&desk->comparer, desk->p, error);
    }
    struct pair_record pair;
    uint32_t low = left < right ? left : right;
    uint32_t high = left < right ? right : left;
    status = status < 0 ? status : comparer_compare(desk->comparer, low, high, &pair, error);
    if (status < 0) {
        return status;
    }
    *evidence = (struct copydesk_finding){0};
    verdict_figures(&pair, left, evidence);
    evidence->of = b;
    const struct catalog *c = desk->p->catalog;
    if (catalog_leader(c, left) == catalog_leader(c, right)) {
        evidence->rule = COPYDESK_EXACT_DUPLICATE;
    }
    evidence->action =
        evidence->rule < COPYDESK_N_RULES ? desk->p->options.actions[evidence->rule] : COPYDESK_OFF;
    return diff ? word_diff(desk, left, right, diff, data, error) : 0;
}
