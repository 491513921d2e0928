// cleaning_judge.c - the cleaning stages in the second reading. Contract in cleaning.h.
//
// In: an article as it was read, and what is known of the corpus. Out: all findings, in the order of their
// places.
//
// Order: repairs; then furniture, on sound text; then the page as a whole, without its furniture; titles
// last, by what was noted of them in the first reading, those in doubt by the story without its furniture.
//
// Places. Stages speak of the text they are given, which may be repaired; findings speak of the text as
// read. Repairs themselves say how one becomes the other. In the second reading words of the corpus confirm
// more repairs than in the first, so notes of the first are carried over by the repairs of the first, made
// again.
//
// An article that is sound as it stands, its words at hand, needs none of that: then `standing` has the
// words.

#include "pipeline/cleaning.h"

#include "apply.h"
#include "furniture/furniture.h"
#include "page/page.h"
#include "pipeline/cleaning_state.h"
#include "repair/repair.h"
#include "title/title.h"

#include <stdlib.h>

// Edits of one stage, with what leads from its text to the text as read.
static int add_found(struct cleaner *cl, const struct edit *edits, size_t n, struct edit_map map,
                     uint32_t other, struct copydesk_error *error)
{
    void *found = cl->found;
    if (!mem_grow(&found, &cl->cap_found, cl->n_found + n + 1, sizeof *cl->found)) {
        return error_memory(error);
    }
    cl->found = found;
    for (size_t i = 0; i < n; i++) {
        struct found *f = &cl->found[cl->n_found];
        *f = (struct found){edits[i], edits[i].rule == COPYDESK_TITLE_MISMATCH ? other : UINT32_MAX};
        if (cl->c->p->options.actions[edits[i].rule] == COPYDESK_OFF) {
            continue;
        }
        if (edits[i].field != COPYDESK_FIELD_NONE) {
            edit_map_span(&map, &f->edit.start, &f->edit.end);
        }
        cl->n_found++;
    }
    return 0;
}

// The repairs of one field that are carried out: those say how places move.
static int map_of(struct cleaner *cl, const struct repaired *repaired, size_t at, struct edit_map *map,
                  struct copydesk_error *error)
{
    void *done = cl->done;
    if (!mem_grow(&done, &cl->cap_done, at + repaired->n + 1, sizeof *cl->done)) {
        return error_memory(error);
    }
    cl->done = done;
    size_t n = 0;
    for (size_t i = 0; i < repaired->n; i++) {
        if (cl->c->p->options.actions[repaired->edits[i].rule] == COPYDESK_REPAIR) {
            cl->done[at + n++] = repaired->edits[i];
        }
    }
    *map = (struct edit_map){.repairs = cl->done + at, .n = n};
    return 0;
}

static const struct edit_map same_places = {0};

static uint16_t title_score(const struct title_verdict *verdict)
{
    return verdict->score == TITLE_NO_SCORE ? UINT16_MAX : (uint16_t)verdict->score;
}

// The text without its furniture: as much of it as a title is held against.
static int read_story(struct cleaner *cl, struct tokens *words)
{
    enum { STORY_BYTES = 16384 };
    struct buf *story = &cl->story;
    size_t at = 0;
    buf_clear(story);
    for (size_t i = 0; i <= cl->n_cuts && story->len < STORY_BYTES; i++) {
        size_t end = i < cl->n_cuts ? cl->cuts[i].start : cl->body.len;
        if (end > at) {
            size_t len = end - at < STORY_BYTES ? end - at : STORY_BYTES;
            buf_add(story, cl->body.data + at, len);
            buf_add(story, "\n", 1);
        }
        at = i < cl->n_cuts && cl->cuts[i].end > at ? cl->cuts[i].end : at;
    }
    size_t len = story->len;
    bool ok = buf_reserve(story, TOKEN_PADDING) &&
              tokenize(cl->title_tokenizer, story->data, len, true, words) == 0;
    return ok ? 0 : COPYDESK_ERR_MEMORY;
}

static bool is_no_article(const struct cleaner *cl)
{
    bool found = false;
    for (size_t i = 0; i < cl->n_found; i++) {
        found |= cl->found[i].edit.rule == COPYDESK_JUNK_PAGE;
    }
    return found;
}

static int hold_title(struct cleaner *cl, const struct standing *at, struct str title,
                      const struct article *as_read, struct title_verdict *verdict,
                      struct copydesk_error *error)
{
    const struct title_stats *stats = cl->c->title_stats;
    struct tokens words;
    bool again = at->title ? title_alone_is_doubtful(at->title) : title_is_doubtful(stats, at->number);
    if (again && read_story(cl, &words) < 0) {
        return error_memory(error);
    }
    struct title_input in = {title, {cl->story.data, cl->story.len}, &words, as_read->source, as_read->url};
    const struct title_input *story = again ? &in : NULL;
    return at->title ? title_alone_judge(at->title, cl->title_collector, title, story, verdict, error)
                     : title_judge(stats, cl->title_collector, at->number, title, story, verdict, error);
}

// Titles were judged by notes of the first reading, so their places are those of its repairs.
static int judge_title(struct cleaner *cl, const struct standing *at, const struct article *as_read,
                       struct judgement *j, struct copydesk_error *error)
{
    struct repairer *repairer = at->tokens ? NULL : cl->early_repairer;
    struct title_verdict verdict;
    struct repaired title;
    struct repaired text = {.text = as_read->text};
    struct str title_text = as_read->title;
    struct str body = as_read->text;
    struct edit_map map;
    int status = cleaner_repair_field(repairer, &title_text, COPYDESK_FIELD_TITLE, NULL, &title, error);
    status = status < 0 ? status : hold_title(cl, at, title_text, as_read, &verdict, error);
    if (status < 0) {
        return status;
    }
    j->title_score = title_score(&verdict);
    if (is_no_article(cl)) {
        return 0; // a robot wall has no headline
    }
    size_t in_title = 0;
    while (in_title < verdict.n_edits && verdict.edits[in_title].field != COPYDESK_FIELD_TEXT) {
        in_title++;
    }
    status = map_of(cl, &title, 0, &map, error);
    status = status < 0 ? status : add_found(cl, verdict.edits, in_title, map, verdict.better, error);
    if (status == 0 && in_title < verdict.n_edits) {
        status = cleaner_repair_field(repairer, &body, COPYDESK_FIELD_TEXT, NULL, &text, error);
        status = status < 0 ? status : map_of(cl, &text, 0, &map, error);
        status = status < 0 ? status
                            : add_found(cl, verdict.edits + in_title, verdict.n_edits - in_title, map,
                                        UINT32_MAX, error);
    }
    return status;
}

static int judge_furniture(struct cleaner *cl, const struct standing *at, const struct article *article,
                           const struct tokens *words)
{
    struct tokens title_words;
    int status = tokenize(cl->title_tokenizer, article->title.data, article->title.len, false, &title_words);
    struct furniture_article in = {
        .text = article->text.data,
        .len = article->text.len,
        .words = words,
        .title_words = &title_words,
        .cluster = at->cluster,
        .source = pipeline_source_hash(article->source),
    };
    return status < 0 ? status : furniture_judge(cl->furniture, &in, &cl->cuts, &cl->n_cuts);
}

static int judge_page(struct cleaner *cl, const struct standing *at, const struct article *article,
                      const struct tokens *words, struct edit_map map, struct copydesk_error *error)
{
    struct cleaning *c = cl->c;
    struct edit found[PAGE_MAX_FINDINGS];
    struct page_article in = {
        .title = article->title,
        .text = article->text,
        .words = words,
        .source = pipeline_source_hash(article->source),
        .copies = at->copies,
        .titles = at->titles,
        .cuts = cl->cuts,
        .n_cuts = cl->n_cuts,
    };
    int n = page_judge(cl->page_judge, c->page_rules, at->pages, &in, found);
    return n < 0 ? error_memory(error) : add_found(cl, found, (size_t)n, map, UINT32_MAX, error);
}

static int judge_text(struct cleaner *cl, const struct standing *at, const struct article *article,
                      struct edit_map map, struct copydesk_error *error)
{
    struct cleaning *c = cl->c;
    struct tokens cut;
    const struct tokens *words = at->tokens;
    int status = 0;
    if (!words) {
        status = tokenize(cl->tokenizer, article->text.data, article->text.len, true, &cut);
        words = &cut;
    }
    if (status == 0 && c->furniture) {
        status = judge_furniture(cl, at, article, words);
    }
    if (status < 0) {
        return error_memory(error);
    }
    status = add_found(cl, cl->cuts, cl->n_cuts, map, UINT32_MAX, error);
    return status == 0 && c->pages ? judge_page(cl, at, article, words, map, error) : status;
}

static int compare_found(const void *left, const void *right)
{
    const struct edit *a = &((const struct found *)left)->edit;
    const struct edit *b = &((const struct found *)right)->edit;
    if (a->field != b->field) {
        return a->field < b->field ? -1 : 1;
    }
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    return a->rule != b->rule ? (a->rule < b->rule ? -1 : 1) : (a->end > b->end) - (a->end < b->end);
}

static bool is_furniture(enum copydesk_rule rule)
{
    return rule >= COPYDESK_REPEATED_LINE && rule <= COPYDESK_CAPTION;
}

// A line that repeats the title may be known as furniture, too: the title says more.
static void drop_doubles(struct cleaner *cl)
{
    size_t kept = 0;
    uint32_t title_end = 0;
    for (size_t i = 0; i < cl->n_found; i++) {
        const struct edit *e = &cl->found[i].edit;
        bool repeats = e->rule == COPYDESK_TITLE_REPEATED && e->field == COPYDESK_FIELD_TEXT;
        if (e->field == COPYDESK_FIELD_TEXT && is_furniture(e->rule) && e->start < title_end) {
            continue;
        }
        title_end = repeats ? e->end : title_end;
        cl->found[kept++] = cl->found[i];
    }
    cl->n_found = kept;
}

int cleaner_judge_unread(struct cleaner *cl, uint32_t number, struct judgement *judgement,
                         struct copydesk_error *error)
{
    const struct cleaning *c = cl->c;
    const struct str none = {NULL, 0};
    struct title_verdict verdict = {.score = TITLE_NO_SCORE};
    *judgement = (struct judgement){.title_score = UINT16_MAX};
    if (c->marks[number] >= BOILER_MARK ||
        (c->pages && repeats_find(&c->repeats, catalog_leader(c->p->catalog, number)))) {
        return 0;
    }
    if (c->titles && title_is_doubtful(c->title_stats, number)) {
        return 0;
    }
    int status = 0;
    if (c->titles) {
        status = title_judge(c->title_stats, cl->title_collector, number, none, NULL, &verdict, error);
    }
    if (status < 0 || verdict.n_edits > 0) {
        return status;
    }
    judgement->title_score = title_score(&verdict);
    return 1;
}

int cleaner_judge(struct cleaner *cl, uint32_t number, const struct article *as_read,
                  struct judgement *judgement, struct copydesk_error *error)
{
    const struct cleaning *c = cl->c;
    const struct repeat *repeat =
        c->pages ? repeats_find(&c->repeats, catalog_leader(c->p->catalog, number)) : NULL;
    struct standing at = {
        .number = number,
        .cluster = c->p->rough[number],
        .copies = repeat ? repeat->copies : 1,
        .titles = repeat ? repeat->titles : 1,
        .words = c->words,
        .pages = c->page_stats,
        .sound = c->sound[number],
    };
    return cleaner_judge_standing(cl, &at, as_read, judgement, error);
}

int cleaner_judge_standing(struct cleaner *cl, const struct standing *at, const struct article *as_read,
                           struct judgement *judgement, struct copydesk_error *error)
{
    const struct cleaning *c = cl->c;
    bool sound = at->sound || at->tokens != NULL;
    struct article article = *as_read;
    struct repaired title;
    struct repaired text;
    struct edit_map map;
    *judgement = (struct judgement){.title_score = UINT16_MAX};
    cl->n_found = 0;
    cl->n_cuts = 0;
    int status = cleaner_repair_field(sound ? NULL : cl->title_repairer, &article.title, COPYDESK_FIELD_TITLE,
                                      at->words, &title, error);
    status = status < 0 ? status : add_found(cl, title.edits, title.n, same_places, UINT32_MAX, error);
    status = status < 0 ? status
                        : cleaner_repair_field(sound ? NULL : cl->text_repairer, &article.text,
                                               COPYDESK_FIELD_TEXT, at->words, &text, error);
    status = status < 0 ? status : add_found(cl, text.edits, text.n, same_places, UINT32_MAX, error);
    status = status < 0 ? status : map_of(cl, &text, 0, &map, error);
    if (status == 0 && (c->furniture || c->pages)) {
        status = judge_text(cl, at, &article, map, error);
    }
    cl->body = article.text;
    status = status == 0 && c->titles ? judge_title(cl, at, as_read, judgement, error) : status;
    if (status < 0) {
        return status;
    }
    if (cl->n_found > 1) {
        qsort(cl->found, cl->n_found, sizeof *cl->found, compare_found);
        drop_doubles(cl);
    }
    for (size_t i = 0; i < cl->n_found; i++) {
        judgement->dropped |= c->p->options.actions[cl->found[i].edit.rule] == COPYDESK_DROP;
    }
    judgement->found = cl->found;
    judgement->n = cl->n_found;
    return 0;
}
