// furniture.c - the judge of one article. Contract in furniture.h.
//
//   lines       each by itself                                               furniture_line.c
//   company     a headline beside headlines, a piece of page between pieces  here
//   inside      what stands in a line that stays: galleries, sentences of the site, advertisement marks,
//   runs of
//               links glued into a sentence                                  furniture_inside.c
//   edits       in order, without overlap
//
// A line that the corpus does not know may still be told by its company: page furniture comes in blocks.

#include "furniture_inside.h"

#include "base/mem.h"

#include <string.h>

struct furniture {
    const struct boiler_table *table;
    const struct phrases *phrases;
    uint64_t rules;
    struct segments segments;
    struct line_view *views;
    size_t cap_views;
    struct edit_list found;
};

struct furniture *furniture_new(const struct boiler_table *table, const struct phrases *phrases,
                                uint64_t rules)
{
    struct furniture *f = mem_zalloc(1, sizeof *f);
    if (f) {
        f->table = table;
        f->phrases = phrases;
        f->rules = rules & FURNITURE_RULES;
    }
    return f;
}

void furniture_free(struct furniture *f)
{
    if (f) {
        segments_release(&f->segments);
        mem_free(f->views);
        mem_free(f->found.edits);
        mem_free(f);
    }
}

static bool add_edit(struct furniture *f, unsigned rule, uint32_t start, uint32_t end, unsigned score,
                     const struct boiler_entry *evidence, const char *reason)
{
    return edit_list_add(&f->found, &(struct edit){.rule = (enum copydesk_rule)rule,
                                                   .field = COPYDESK_FIELD_TEXT,
                                                   .start = start,
                                                   .end = end,
                                                   .score = score,
                                                   .articles = evidence ? evidence->articles : 0,
                                                   .clusters = evidence ? evidence->clusters : 0,
                                                   .reason = reason});
}

// ---- company

static bool is_cut(const struct line_view *v)
{
    return v->rule != FURNITURE_NONE && v->rule != COPYDESK_CAPTION;
}

// Looks like a headline: no full stop, not long, not a single word.
static bool is_headline_like(const struct line_view *v)
{
    uint32_t n = v->segment.n;
    return v->looked && !v->stop && n >= (v->solo ? 6 : 3) && n <= (v->solo ? 50 : 24);
}

static void set(struct line_view *v, unsigned rule, unsigned score, const char *reason)
{
    v->rule = (uint8_t)rule;
    v->score = (uint16_t)score;
    v->evidence = v->words;
    v->reason = reason;
}

// Behind the head of a list of links and beside titles of other articles, what looks like a headline is one.
static void judge_blocks(struct line_view *views, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool head = views[i].rule == COPYDESK_RELATED_HEADLINES && views[i].segment.n == views[i].label;
        bool title = views[i].rule == COPYDESK_RELATED_HEADLINES && views[i].is_title;
        if (!head && !title) {
            continue;
        }
        for (size_t k = i + 1; k < n && k <= i + 6 && views[k].rule == FURNITURE_NONE; k++) {
            bool more = k + 1 < n && views[k + 1].rule == COPYDESK_RELATED_HEADLINES;
            if (!is_headline_like(&views[k]) || !(head || more || views[k].bullet)) {
                break;
            }
            set(&views[k], COPYDESK_RELATED_HEADLINES, 8000, "stands among headlines of other articles");
        }
        for (size_t k = i; title && k > 0 && views[k - 1].rule == FURNITURE_NONE; k--) {
            bool same = views[k - 1].bullet && views[i].bullet;
            if (!is_headline_like(&views[k - 1]) || !same) {
                break;
            }
            set(&views[k - 1], COPYDESK_RELATED_HEADLINES, 8000, "stands among headlines of other articles");
        }
    }
}

// ---- the whole

static int view_lines(struct furniture *f, const struct line_context *c)
{
    struct segments *s = &f->segments;
    void *views = f->views;
    if (!mem_grow(&views, &f->cap_views, s->n_lines + 1, sizeof *f->views)) {
        return COPYDESK_ERR_MEMORY;
    }
    f->views = views;
    for (size_t i = 0; i < s->n_lines; i++) {
        struct line_view *v = &f->views[i];
        *v = (struct line_view){
            .segment = s->lines[i],
            .zone = i < BOILER_HEAD_LINES                 ? ZONE_HEAD
                    : i + BOILER_TAIL_LINES >= s->n_lines ? ZONE_TAIL
                                                          : ZONE_MIDDLE,
            .from_start = (uint32_t)i,
            .from_end = (uint32_t)(s->n_lines - 1 - i),
        };
        line_look(c, v);
        line_judge(c, v);
    }
    return 0;
}

static bool wants(const struct furniture *f, unsigned rule)
{
    return f->rules & FURNITURE_RULE(rule);
}

int furniture_judge(struct furniture *f, const struct furniture_article *article, const struct edit **edits,
                    size_t *n_edits)
{
    f->found.n = 0;
    *edits = NULL;
    *n_edits = 0;
    if (!f->rules) {
        return 0;
    }
    struct segments *s = &f->segments;
    const struct tokens *title = article->title_words;
    struct line_context c = {
        .text = article->text,
        .words = article->words,
        .table = f->table,
        .phrases = f->phrases,
        .title_key = title && title->n ? segment_key(title, 0, title->n) : 0,
        .cluster = article->cluster,
    };
    int status = segments_of(s, article->text, article->len, article->words);
    status = status < 0 ? status : view_lines(f, &c);
    if (status < 0) {
        return status;
    }
    judge_blocks(f->views, s->n_lines);
    bool ok = true;
    for (size_t i = 0; i < s->n_lines && ok; i++) {
        const struct line_view *v = &f->views[i];
        if (v->rule != FURNITURE_NONE) {
            ok = !wants(f, v->rule) ||
                 add_edit(f, v->rule, v->segment.start, v->segment.end, v->score, v->evidence, v->reason);
        }
        if (!is_cut(v) && v->rule != COPYDESK_CAPTION) {
            ok = ok && inside_judge(&c, s, v, f->rules, &f->found);
        }
    }
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    *edits = f->found.edits;
    *n_edits = f->found.n;
    return 0;
}
