// stream_line.c - a line of a stream to all that is known of it by itself. Contract in stream_line.h.
//
//   line -> article -> findings (alone.c) -> cleaned text -> words -> prints -> articles on disk that share
//   some
//
// As in the batch, exact copies are told by the repaired text, all others by the text without furniture.
// Words keep 40 bits of their hashes, as the index does, so that both sides of a comparison were made
// alike.

#include "pipeline/stream_line.h"

#include "apply.h"
#include "read/date.h"
#include "pipeline/key.h"

#include <xxhash.h>

struct stream_reader {
    const struct stream_terms *terms;
    struct record_reader *reader;
    struct alone_worker *worker;
    struct tokenizer *tokenizer;
    struct buf title, text; // with edits carried out
    struct edit *edits;
    size_t n_edits, cap_edits;
};

void stream_line_release(struct stream_line *line)
{
    buf_release(&line->raw);
    buf_release(&line->cleaned);
    buf_release(&line->strings);
    mem_free(line->findings);
    mem_free(line->words);
    mem_free(line->flags);
    index_prints_release(&line->prints);
    index_match_release(&line->match);
    *line = (struct stream_line){0};
}

int stream_reader_new(struct stream_reader **out, const struct stream_terms *terms,
                      struct copydesk_error *error)
{
    struct stream_reader *r = mem_zalloc(1, sizeof *r);
    if (!r) {
        return error_memory(error);
    }
    r->terms = terms;
    r->tokenizer = tokenizer_new(terms->cpu);
    int status = r->tokenizer ? record_reader_new(&r->reader, terms->input, error) : error_memory(error);
    if (status < 0) {
        stream_reader_free(r);
        return status;
    }
    *out = r;
    return 0;
}

void stream_reader_free(struct stream_reader *r)
{
    if (r) {
        record_reader_free(r->reader);
        alone_worker_free(r->worker);
        tokenizer_free(r->tokenizer);
        buf_release(&r->title);
        buf_release(&r->text);
        mem_free(r->edits);
        mem_free(r);
    }
}

int stream_reader_judge_by(struct stream_reader *r, const struct alone *alone, struct copydesk_error *error)
{
    alone_worker_free(r->worker);
    r->worker = NULL;
    return alone_worker_new(&r->worker, alone, error);
}

// ---- findings

// Room for all strings at once: views into them must not move.
static bool reserve_strings(struct stream_line *line, const struct article *a, const struct alone_result *r)
{
    size_t bytes = a->id.len + a->title.len + a->source.len;
    for (size_t i = 0; i < r->n_found; i++) {
        bytes += r->found[i].edit.to.len;
    }
    buf_clear(&line->strings);
    return buf_reserve(&line->strings, bytes + 1);
}

static struct str keep(struct stream_line *line, struct str s)
{
    const char *at = line->strings.data + line->strings.len;
    buf_add_str(&line->strings, s);
    return (struct str){at, s.len};
}

static int take_findings(const struct stream_terms *terms, struct stream_line *line,
                         const struct alone_result *r, const struct article *as_read,
                         struct copydesk_error *error)
{
    void *findings = line->findings;
    if (!mem_grow(&findings, &line->cap_findings, r->n_found + 1, sizeof *line->findings)) {
        return error_memory(error);
    }
    line->findings = findings;
    for (size_t i = 0; i < r->n_found; i++) {
        struct edit edit = r->found[i].edit;
        struct copydesk_finding *f = &line->findings[i];
        edit.to = keep(line, edit.to);
        *f = (struct copydesk_finding){.rule = edit.rule,
                                       .action = terms->options->actions[edit.rule],
                                       .of_record = UINT64_MAX,
                                       .better_record = UINT64_MAX};
        verdict_of_edit(&edit, f);
    }
    line->n_findings = r->n_found;
    line->dropped = r->dropped;
    line->title_score = terms->options->all_scores ? r->title_score : UINT16_MAX;
    if (terms->options->offsets == COPYDESK_OFFSETS_CHARS) {
        verdict_count_chars(as_read->title, COPYDESK_FIELD_TITLE, line->findings, r->n_found);
        verdict_count_chars(as_read->text, COPYDESK_FIELD_TEXT, line->findings, r->n_found);
    }
    return 0;
}

static int take_edits(struct stream_reader *r, const struct alone_result *result,
                      struct copydesk_error *error)
{
    void *edits = r->edits;
    if (!mem_grow(&edits, &r->cap_edits, result->n_found + 1, sizeof *r->edits)) {
        return error_memory(error);
    }
    r->edits = edits;
    r->n_edits = result->n_found;
    for (size_t i = 0; i < result->n_found; i++) {
        r->edits[i] = result->found[i].edit;
    }
    return 0;
}

// A field with its edits carried out, padded as fields are; the field itself when there are none.
static int carry_out(const struct stream_reader *r, struct str field, enum copydesk_field which,
                     const enum copydesk_action *actions, struct buf *out, struct str *done,
                     struct copydesk_error *error)
{
    *done = field;
    if (!edits_touch(which, r->edits, r->n_edits, actions)) {
        return 0;
    }
    buf_clear(out);
    edits_apply(field, which, r->edits, r->n_edits, actions, out);
    if (!buf_reserve(out, ARTICLE_PADDING)) {
        return error_memory(error);
    }
    memset(out->data + out->len, 0, ARTICLE_PADDING);
    *done = (struct str){out->data, out->len};
    return 0;
}

static int clean_record(struct stream_reader *r, const struct alone_result *result,
                        const struct article *as_read, struct stream_line *line, struct copydesk_error *error)
{
    const enum copydesk_action *actions = r->terms->options->actions;
    struct record_change change = {{0}, {0}};
    struct str title;
    struct str text;
    int status = take_edits(r, result, error);
    status = status < 0
                 ? status
                 : carry_out(r, as_read->title, COPYDESK_FIELD_TITLE, actions, &r->title, &title, error);
    status = status < 0 ? status
                        : carry_out(r, as_read->text, COPYDESK_FIELD_TEXT, actions, &r->text, &text, error);
    if (status < 0 || (title.data == as_read->title.data && text.data == as_read->text.data)) {
        return status;
    }
    change.title = title.data == as_read->title.data ? change.title : title;
    change.text = text.data == as_read->text.data ? change.text : text;
    return record_reader_rewrite(r->reader, as_read->file_no, (struct str){line->raw.data, line->raw.len},
                                 &change, &line->cleaned, error);
}

// ---- words

// Exact copies are told by the text before anything is cut from it.
static int find_key(struct stream_reader *r, const struct alone_result *result, struct index_record *record,
                    struct copydesk_error *error)
{
    struct catalog_key key = {0, 0};
    if (key_of(r->tokenizer, &result->words, result->title, &key) < 0) {
        return error_memory(error);
    }
    record->key[0] = key.low;
    record->key[1] = key.high;
    return 0;
}

static int take_words(const struct tokens *tokens, struct stream_line *line, struct copydesk_error *error)
{
    void *words = line->words;
    void *flags = line->flags;
    bool ok = mem_grow(&words, &line->cap_words, tokens->n + 1, sizeof *line->words);
    line->words = words;
    ok = ok && mem_grow(&flags, &line->cap_flags, tokens->n + 1, sizeof *line->flags);
    line->flags = flags;
    if (!ok) {
        return error_memory(error);
    }
    for (size_t i = 0; i < tokens->n; i++) {
        line->words[i] = tokens->hash[i] & INDEX_WORD_MASK;
    }
    if (tokens->n > 0) {
        memcpy(line->flags, tokens->flags, tokens->n);
    }
    line->record.words = line->words;
    line->record.flags = line->flags;
    line->record.n_words = (uint32_t)tokens->n;
    return 0;
}

static uint64_t content_of(const struct article *a)
{
    uint64_t title = XXH3_64bits(a->title.data ? a->title.data : "", a->title.len);
    return XXH3_64bits_withSeed(a->text.data ? a->text.data : "", a->text.len, title);
}

static void describe(const struct article *a, struct stream_line *line)
{
    line->record = (struct index_record){
        .id = keep(line, a->id),
        .title = keep(line, a->title),
        .source = keep(line, a->source),
        .source_hash = pipeline_source_hash(a->source),
        .url_hash = pipeline_url_hash(a->url),
        .content = content_of(a),
    };
    line->record.has_date = date_parse(a->date, &line->record.date);
}

static int read_article(struct stream_reader *r, const struct article *as_read, struct stream_line *line,
                        struct copydesk_error *error)
{
    const struct stream_terms *terms = r->terms;
    struct alone_result result;
    int status = alone_judge(r->worker, as_read, &result, error);
    if (status < 0) {
        return status;
    }
    if (!reserve_strings(line, as_read, &result)) {
        return error_memory(error);
    }
    describe(as_read, line);
    status = take_findings(terms, line, &result, as_read, error);
    // A page that is no article is remembered by its id alone: it is no copy of another.
    if (status == 0 && !line->dropped) {
        status = take_words(&result.compared_words, line, error);
        if (status == 0 && terms->options->actions[COPYDESK_EXACT_DUPLICATE] != COPYDESK_OFF) {
            status = find_key(r, &result, &line->record, error);
        }
    }
    if (status == 0 && terms->clean && !line->dropped) {
        status = clean_record(r, &result, as_read, line, error);
    }
    status = status < 0 ? status : index_prints_make(&line->prints, terms->cpu, &line->record);
    if (status < 0) {
        return error_memory(error);
    }
    return index_probe(terms->index, &line->prints, &line->match, error);
}

int stream_line_read(struct stream_reader *r, uint32_t file_no, struct str raw, struct stream_line *line,
                     struct copydesk_error *error)
{
    struct article article;
    raw.len -= raw.len > 0 && raw.data[raw.len - 1] == '\n';
    line->n_findings = 0;
    line->dropped = false;
    line->title_score = UINT16_MAX;
    line->record = (struct index_record){0};
    line->bad = NULL;
    buf_clear(&line->cleaned);
    buf_clear(&line->raw);
    buf_add_str(&line->raw, raw);
    if (!buf_reserve(&line->raw, ARTICLE_PADDING)) {
        return error_memory(error);
    }
    memset(line->raw.data + line->raw.len, 0, ARTICLE_PADDING);
    raw.data = line->raw.data;
    line->blank = str_trim(raw).len == 0;
    if (line->blank) {
        return 0;
    }
    int status = record_reader_parse(r->reader, file_no, raw, &article, error);
    if (status == 0 && article.bad) {
        line->bad = article.bad;
        line->bad_offset = article.bad_offset;
        buf_clear(&line->strings);
        if (!buf_reserve(&line->strings, article.id.len + 1)) {
            return error_memory(error);
        }
        line->record.id = keep(line, article.id);
        return record_reader_is_object(r->reader, raw, &line->is_object, error);
    }
    return status < 0 ? status : read_article(r, &article, line, error);
}
