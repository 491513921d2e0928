// alone.c - the cleaning stages for one article at a time. Contract in alone.h.
//
// In: articles, one after another, from as many threads as there are workers. Out: findings, and the texts
// that copies are looked for in.
//
// A run counts the article among those it learns from, so that must be done here too. But of one article only
// four things can differ from what the profiles say, and each is small:
//
//   lines     a line is furniture when unrelated articles have it: one article adds nothing to that
//   titles    a few titles beside a profile are judged, and not learned from (title/stats.h), here and in a
//             run; the others under the same title stand ready as sums (title/alone.h)
//   pages     the article is added to a copy of the counts, and taken away again
//   repairs   its own words confirm its repairs: they stand in a small table over that of the profile, for
//             articles with anything to repair
//
// So the tables are made once and never change; nothing here depends on how much a profile holds, or on the
// articles before. An article that is sound, nearly all, is cut into words once, for everything.
//
// Limits: what articles of a stream say about each other (a line that many have, a title over two) is not
// seen before a profile has learned from them.

#include "pipeline/alone.h"

#include "apply.h"
#include "pipeline/cleaning.h"
#include "pipeline/cleaning_state.h"

struct alone {
    struct pipeline *p;
    struct cleaning *c; // NULL: no cleaning rule is on
};

struct alone_worker {
    const struct alone *a;
    struct cleaner *cleaner;
    struct repairer *title_repairer, *text_repairer; // of the first reading
    struct tokenizer *tokenizer, *compared_tokenizer;
    struct vocabulary *words; // of the article, over those of the profiles
    struct page_stats *pages; // of the profiles, and of the article at hand
    struct title_alone *title;
    struct edit *edits;
    size_t cap_edits;
    struct buf compared;
};

// ---- life

static int learn(struct alone *a, const struct copydesk_options *options, const char *profile_path,
                 struct copydesk_error *error)
{
    struct copydesk_options alone = *options;
    const char **profiles = mem_alloc(options->n_profiles + 1, sizeof *profiles);
    if (!profiles) {
        return error_memory(error);
    }
    for (size_t i = 0; i < options->n_profiles; i++) {
        profiles[i] = options->profiles[i];
    }
    profiles[options->n_profiles] = profile_path;
    alone.profiles = profiles;
    alone.n_profiles = options->n_profiles + (profile_path != NULL);
    alone.threads = 1;
    alone.memory_bytes = 0; // what a profile holds is bounded
    int status = pipeline_new(&a->p, &alone, error);
    status = status < 0 ? status : cleaning_new(&a->c, a->p, error);
    mem_free(profiles);
    return status < 0 || !a->c ? status : cleaning_learn_known(a->c, error);
}

int alone_new(struct alone **out, const struct copydesk_options *options, const char *profile_path,
              struct copydesk_error *error)
{
    struct alone *a = mem_zalloc(1, sizeof *a);
    int status = a ? learn(a, options, profile_path, error) : error_memory(error);
    if (status < 0) {
        alone_free(a);
        return status;
    }
    *out = a;
    return 0;
}

void alone_free(struct alone *a)
{
    if (a) {
        cleaning_free(a->c);
        pipeline_free(a->p);
        mem_free(a);
    }
}

uint64_t alone_articles(const struct alone *a)
{
    return a->c ? a->c->known_articles : 0;
}

static int make_stages(struct alone_worker *w, struct copydesk_error *error)
{
    struct cleaning *c = w->a->c;
    const struct pipeline *p = w->a->p;
    int status = cleaner_new(&w->cleaner, c, 0, error);
    status = status < 0 ? status : cleaner_prepare_to_judge(w->cleaner, error);
    if (status == 0 && c->repairs) {
        status = repairer_new(&w->title_repairer, p->cpu, p->options.actions, error);
        status = status < 0 ? status : repairer_new(&w->text_repairer, p->cpu, p->options.actions, error);
        w->words = vocabulary_new_over(c->words);
    }
    if (c->pages && (w->pages = page_stats_new())) {
        page_stats_merge(w->pages, c->page_stats);
    }
    w->title = c->titles ? title_alone_new(c->title_stats) : NULL;
    bool ok = (!c->repairs || w->words) && (!c->pages || w->pages) && (!c->titles || w->title);
    return status < 0 || ok ? status : error_memory(error);
}

int alone_worker_new(struct alone_worker **out, const struct alone *a, struct copydesk_error *error)
{
    struct alone_worker *w = mem_zalloc(1, sizeof *w);
    int status = w ? 0 : error_memory(error);
    if (status == 0) {
        w->a = a;
        w->tokenizer = tokenizer_new(a->p->cpu);
        w->compared_tokenizer = tokenizer_new(a->p->cpu);
        status = w->tokenizer && w->compared_tokenizer ? 0 : error_memory(error);
    }
    if (status == 0 && a->c) {
        status = make_stages(w, error);
    }
    if (status < 0) {
        alone_worker_free(w);
        return status;
    }
    *out = w;
    return 0;
}

void alone_worker_free(struct alone_worker *w)
{
    if (w) {
        cleaner_free(w->cleaner);
        repairer_free(w->title_repairer);
        repairer_free(w->text_repairer);
        tokenizer_free(w->tokenizer);
        tokenizer_free(w->compared_tokenizer);
        vocabulary_free(w->words);
        page_stats_free(w->pages);
        title_alone_free(w->title);
        mem_free(w->edits);
        buf_release(&w->compared);
        mem_free(w);
    }
}

// ---- one article

// What a run does in its first reading. *sound: nothing is to be repaired.
static int read_first(struct alone_worker *w, struct article *first, bool *sound, struct tokens *words,
                      struct copydesk_error *error)
{
    const struct cleaning *c = w->a->c;
    struct repaired title;
    struct repaired text;
    int status =
        cleaner_repair_field(w->title_repairer, &first->title, COPYDESK_FIELD_TITLE, NULL, &title, error);
    status = status < 0 ? status
                        : cleaner_repair_field(w->text_repairer, &first->text, COPYDESK_FIELD_TEXT, NULL,
                                               &text, error);
    if (status < 0) {
        return status;
    }
    *sound = title.sound && text.sound;
    bool spans = c && cleaner_wants_spans(w->cleaner);
    if (tokenize(w->tokenizer, first->text.data, first->text.len, spans, words) < 0) {
        return error_memory(error);
    }
    return 0;
}

static int judge(struct alone_worker *w, const struct article *as_read, const struct article *first,
                 bool sound, const struct tokens *words, struct judgement *j, struct copydesk_error *error)
{
    struct cleaning *c = w->a->c;
    uint32_t source = pipeline_source_hash(first->source);
    bool spoilt = c->repairs && !sound;
    struct standing at = {
        .copies = 1,
        .titles = 1,
        .words = w->words,
        .pages = w->pages,
        .tokens = sound && cleaner_wants_spans(w->cleaner) ? words : NULL,
        .title = w->title,
    };
    int status = 0;
    if (c->titles) {
        struct title_input in = {first->title, first->text, words, first->source, first->url};
        status = title_alone_take(w->title, w->cleaner->title_collector, &in, error);
    }
    if (status < 0) {
        return status;
    }
    if (c->pages) {
        page_stats_add(w->pages, source, first->text, words);
    }
    if (spoilt) {
        vocabulary_add(w->words, first->title);
        vocabulary_add(w->words, first->text);
    }
    status = cleaner_judge_standing(w->cleaner, &at, as_read, j, error);
    if (spoilt) {
        vocabulary_forget(w->words, first->title);
        vocabulary_forget(w->words, first->text);
    }
    if (c->pages) {
        page_stats_take_back(w->pages, source, first->text, words);
    }
    return status;
}

// The text as it is compared. *as_it_was: nothing of it was changed.
static int carry_out(struct alone_worker *w, const struct article *as_read, struct alone_result *r,
                     bool *as_it_was, struct copydesk_error *error)
{
    const enum copydesk_action *actions = w->a->p->compared;
    void *edits = w->edits;
    if (!mem_grow(&edits, &w->cap_edits, r->n_found + 1, sizeof *w->edits)) {
        return error_memory(error);
    }
    w->edits = edits;
    for (size_t i = 0; i < r->n_found; i++) {
        w->edits[i] = r->found[i].edit;
    }
    r->compared = as_read->text;
    *as_it_was = !edits_touch(COPYDESK_FIELD_TEXT, w->edits, r->n_found, actions);
    if (*as_it_was) {
        return 0;
    }
    buf_clear(&w->compared);
    edits_apply(as_read->text, COPYDESK_FIELD_TEXT, w->edits, r->n_found, actions, &w->compared);
    if (!buf_reserve(&w->compared, ARTICLE_PADDING)) {
        return error_memory(error);
    }
    memset(w->compared.data + w->compared.len, 0, ARTICLE_PADDING);
    r->compared = (struct str){w->compared.data, w->compared.len};
    return 0;
}

int alone_judge(struct alone_worker *w, const struct article *as_read, struct alone_result *r,
                struct copydesk_error *error)
{
    struct article first = *as_read;
    struct judgement j = {.title_score = UINT16_MAX};
    bool sound = true;
    bool as_it_was = true;
    int status = read_first(w, &first, &sound, &r->words, error);
    if (status == 0 && w->a->c) {
        status = judge(w, as_read, &first, sound, &r->words, &j, error);
    }
    if (status < 0) {
        return status;
    }
    r->found = j.found;
    r->n_found = j.n;
    r->dropped = j.dropped;
    r->title_score = j.title_score;
    r->title = first.title;
    r->text = first.text;
    status = carry_out(w, as_read, r, &as_it_was, error);
    if (status < 0) {
        return status;
    }
    if (as_it_was && sound) {
        r->compared_words = r->words;
        return 0;
    }
    bool spans = w->a->c && cleaner_wants_spans(w->cleaner);
    status = tokenize(w->compared_tokenizer, r->compared.data, r->compared.len, spans, &r->compared_words);
    return status < 0 ? error_memory(error) : 0;
}
