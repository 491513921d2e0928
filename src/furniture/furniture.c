// furniture.c - the judge of one article. Contract in furniture.h.
//
//   lines       each by itself                                               furniture/line.c
//   second
//   thoughts    what its neighbours need                                     furniture/spare.c
//   company     a headline beside headlines, a piece of page between pieces  here
//   pages       whole pages that still have their frame                      furniture/page.c
//   inside      what stands in a line that stays: galleries, sentences of the site, advertisement marks,
//   runs of
//               links glued into a sentence                                  furniture/inside.c
//   edits       in order, without overlap
//
// A line that the corpus does not know may still be told by its company: page furniture comes in blocks.

#include "furniture/inside.h"
#include "furniture/page.h"
#include "furniture/spare.h"

#include "base/mem.h"

#include <string.h>

struct furniture {
    const struct boiler_table *table;
    const struct phrases *phrases;
    uint64_t rules;
    struct segments segments;
    struct line_view *views;
    const struct boiler_entry **known; // by number of a sentence
    size_t cap_views, cap_known;
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
        mem_free(f->known);
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

// Looks like a headline: no full stop, not long, not a single word.
static bool is_headline_like(const struct line_view *v)
{
    uint32_t n = v->segment.n;
    return v->looked && !v->point && n - v->n_digit >= (v->solo ? 6 : 3) && n <= (v->solo ? 50 : 24);
}

static bool is_related(const struct line_view *v)
{
    return v->rule == COPYDESK_RELATED_HEADLINES;
}

// Something that lists can begin with: a line of the site, without a full stop.
static bool is_list_head(const struct line_view *v)
{
    return line_is_cut(v) && !v->stop && v->segment.n <= 8 && !v->is_title;
}

static void join_block(struct line_view *v)
{
    v->rule = COPYDESK_RELATED_HEADLINES;
    v->score = 8000;
    v->evidence = NULL;
    v->reason = "stands among headlines of other articles";
}

// "Most read", "More from Politics": the head of a list, with a word or two of its own at most.
static bool is_head(const struct line_view *views, size_t i, size_t n)
{
    const struct line_view *v = &views[i];
    return (is_related(v) && !v->is_title && !v->stop && v->label && !v->entry &&
            v->segment.n <= v->label + 2) ||
           (is_list_head(v) && ((i + 1 < n && views[i + 1].is_title) ||
                                (i + 2 < n && views[i + 2].is_title && is_headline_like(&views[i + 1]))));
}

static char last_char(const struct line_context *c, const struct line_view *v)
{
    uint32_t end = v->segment.end;
    while (end > v->segment.start && (c->text[end - 1] == ' ' || c->text[end - 1] == '\r')) {
        end--;
    }
    return end > v->segment.start ? c->text[end - 1] : '\0';
}

// "paper.example/reed" is one word for a reader; scripts without spaces need none.
static bool has_blanks(const struct line_context *c, const struct line_view *v)
{
    const struct segment *s = &v->segment;
    bool found = s->n > 0 && (c->words->flags[s->first] & TOKEN_SOLO);
    for (size_t i = s->first + 1; i < (size_t)s->first + s->n && !found; i++) {
        uint32_t gap = c->words->start[i] - c->words->end[i - 1];
        found = (c->words->flags[i] & TOKEN_SOLO) || memchr(c->text + c->words->end[i - 1], ' ', gap);
    }
    return found;
}

static bool line_goes_on(const struct line_context *c, const struct line_view *v)
{
    char last = last_char(c, v);
    return last == ':' || last == ',';
}

// "How late is it?" before a sentence begins the story. "At last!" is a headline of some papers.
static bool opens_story(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    return views[i].stop && last_char(c, &views[i]) != '!' && i + 1 < n &&
           (views[i + 1].point || (views[i + 1].segment.flags & SEGMENT_STORY));
}

// What looks like a headline is one where it stands in a list of them: behind the head of the list or
// behind the title of another article, with the same bullet or with another such title after it. Where the
// story is near, only a few may follow each other unknown.
static void judge_list(const struct line_context *c, struct line_view *views, size_t n, size_t start)
{
    enum { LONGEST_LIST = 12, UNKNOWN = 4 };
    bool head = is_head(views, start, n);
    bool listed = start + 1 < n && views[start + 1].bullet;
    unsigned unknown = 0;
    for (size_t k = start + 1; k < n && k <= start + LONGEST_LIST; k++) {
        struct line_view *v = &views[k];
        if (is_related(v) && v->is_title) {
            unknown = 0;
            continue;
        }
        if (!line_is_open(v) || unknown == UNKNOWN) {
            break;
        }
        bool more = k + 1 < n && is_related(&views[k + 1]) && views[k + 1].is_title;
        bool bullet = v->bullet && listed && v->segment.n <= 60;
        // What leads on, or lacks the bullet of the others, is none of the list.
        bool edge = head && v->zone != SEGMENT_MIDDLE && !listed && !line_goes_on(c, v) &&
                    !opens_story(c, views, n, k);
        if (!bullet && !(is_headline_like(v) && has_blanks(c, v) && (more || edge))) {
            break;
        }
        join_block(v);
        unknown += !bullet;
    }
}

static void judge_blocks(const struct line_context *c, struct line_view *views, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool title = is_related(&views[i]) && views[i].is_title;
        if (title || is_head(views, i, n)) {
            judge_list(c, views, n, i);
        }
        for (size_t k = i; title && views[i].bullet && k > 0 && line_is_open(&views[k - 1]) &&
                           views[k - 1].bullet && is_headline_like(&views[k - 1]);
             k--) {
            join_block(&views[k - 1]);
        }
    }
}

// A word that says what a line is about. Of a script without spaces any word does.
static bool is_content(const struct line_context *c, size_t i)
{
    enum { LONG_BYTES = 5 };
    return c->words->end[i] - c->words->start[i] >= LONG_BYTES || (c->words->flags[i] & TOKEN_SOLO);
}

static bool has_word(const struct line_context *c, size_t from, size_t to, uint64_t hash)
{
    for (size_t i = from; i < to; i++) {
        if (c->words->hash[i] == hash) {
            return true;
        }
    }
    return false;
}

// How many of the longer words from `first` to `end` stand in the text behind them too, in percent.
static unsigned known_words(const struct line_context *c, size_t first, size_t end, size_t limit)
{
    unsigned all = 0;
    unsigned known = 0;
    for (size_t i = first; i < end; i++) {
        if (is_content(c, i)) {
            all++;
            known += has_word(c, end, limit, c->words->hash[i]);
        }
    }
    return all ? known * 100 / all : 100;
}

// The line says all these words once more, in order: a card of a list, with the headline again behind a name.
static bool repeats(const struct line_context *c, const struct segment *title, const struct segment *line)
{
    for (size_t i = line->first; i + title->n <= (size_t)line->first + line->n; i++) {
        if (memcmp(c->words->hash + title->first, c->words->hash + i, title->n * sizeof *c->words->hash) ==
            0) {
            return true;
        }
    }
    return false;
}

// Names and credits stand beside the headline of this very story too.
static bool is_company(const struct line_view *v)
{
    return line_is_cut(v) && !v->counted && v->rule != COPYDESK_BYLINE && v->rule != COPYDESK_DATELINE_CREDIT;
}

// Titles of other articles, three or more: a list of them, when there is no story.
static bool is_title_list(const struct line_view *views, size_t n)
{
    enum { LEAST = 3 };
    size_t titles = 0;
    for (size_t i = 0; i < n && titles < LEAST; i++) {
        titles += views[i].is_title;
    }
    return titles == LEAST;
}

// Above the paragraph that it speaks of, the title of another article is a heading of this one: round-ups
// are made so. A lone one in the middle must say something that is not in the text at all; above the story it
// is what this text is called, there or elsewhere.
static bool is_heading(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { REACH = 1000, SAME = 40, SAME_SOLO = 55, SPOKEN_OF = 50 };
    const struct line_view *v = &views[i];
    size_t end = v->segment.first + v->segment.n;
    unsigned same = v->solo ? SAME_SOLO : SAME;
    size_t k = i + 1;
    while (k < n && views[k].segment.n == 0) {
        k++;
    }
    if (k < n && v->cased && repeats(c, &v->segment, &views[k].segment)) {
        return false;
    }
    if (k < n && !line_is_cut(&views[k]) &&
        known_words(c, v->segment.first, end, views[k].segment.first + views[k].segment.n) >= same) {
        return true;
    }
    bool listed = v->bullet && ((i > 0 && views[i - 1].bullet) || (k < n && views[k].bullet));
    bool company = listed || (i > 0 && is_company(&views[i - 1])) || (k < n && is_company(&views[k]));
    size_t limit = end + REACH < c->words->n ? end + REACH : c->words->n;
    if (company || (v->after == 0 && (v->before > 0 || is_title_list(views, n)))) {
        return false;
    }
    if (v->before == 0) {
        return true;
    }
    bool named = !v->cased || v->n_upper >= 2; // "Text of the speech" is a title somewhere
    return !named || known_words(c, v->segment.first, end, limit) >= SPOKEN_OF;
}

// "Subject: ..." between other labels: the head of a message, a form that was filled in.
static bool is_in_form(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    const struct segment *above = i > 0 ? &views[i - 1].segment : NULL;
    const struct segment *below = i + 1 < n ? &views[i + 1].segment : NULL;
    return (!above || (above->n && !views[i - 1].led_title && boiler_label(c->text, c->words, above))) &&
           (!below || (below->n && !views[i + 1].led_title && boiler_label(c->text, c->words, below)));
}

// "See also the list of bridges which is": the sentence goes on with a small letter on the next line.
static bool is_broken(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    const struct line_view *v = &views[i];
    if (i + 1 >= n || v->label == 0 || v->segment.n <= v->label || v->entry || v->stop || v->is_title ||
        !v->cased || views[i + 1].bullet || views[i + 1].segment.n == 0) {
        return false;
    }
    char next = c->text[c->words->start[views[i + 1].segment.first]];
    return next >= 'a' && next <= 'z';
}

// From the end, so that a heading is seen before what stands above it.
static void spare_headings(const struct line_context *c, struct line_view *views, size_t n)
{
    for (size_t i = n; i-- > 0;) {
        const struct line_view *v = &views[i];
        if (is_related(v) && ((v->bare_title && is_heading(c, views, n, i)) ||
                              (v->led_title && is_in_form(c, views, n, i)) || is_broken(c, views, n, i))) {
            views[i].rule = FURNITURE_NONE;
            views[i].is_title = false;
        }
    }
}

// A head with a colon in the midst of the story, and a word or two below it that stay: "See also:",
// "Bibliography".
static void spare_heads(const struct line_context *c, struct line_view *views, size_t n)
{
    enum { FEW = 3, FEW_SOLO = 5 };
    for (size_t i = 0; i + 1 < n; i++) {
        struct line_view *v = &views[i];
        const struct line_view *next = &views[i + 1];
        bool few = v->zone == SEGMENT_MIDDLE && next->segment.n <= (next->solo ? FEW_SOLO : FEW);
        if (is_related(v) && v->label && v->label == v->segment.n && last_char(c, v) == ':' &&
            next->rule == FURNITURE_NONE && next->segment.n > 0 && (few || !has_blanks(c, next))) {
            v->rule = FURNITURE_NONE;
        }
    }
}

// Cut by what it is itself, so that it says something of its neighbours: not a mark of advertisement or a
// ruler, which stand between any two lines, nor what was told by its own neighbours.
static bool has_say(const struct line_view *v)
{
    return line_is_cut(v) && !v->spread && v->segment.n > (v->solo ? 3 : 1) &&
           v->rule != COPYDESK_RELATED_HEADLINES && v->phrase[PHRASE_LINE] != COPYDESK_NOTICE;
}

static bool is_notice(const struct line_view *v)
{
    return has_say(v) && (v->rule == COPYDESK_NOTICE || v->rule == COPYDESK_REPEATED_LINE);
}

// Between two notices, a short line belongs to them; beside one, what the corpus has as a form.
static void judge_between(struct line_view *views, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct line_view *v = &views[i];
        bool beside = (i > 0 && has_say(&views[i - 1])) || (i + 1 < n && has_say(&views[i + 1]));
        if (!line_is_open(v) || v->spared || !beside || !v->looked) {
            continue;
        }
        // Names and figures are the members of a list: hours, places, signers.
        bool listed = v->n_digit > 0 || (v->cased && v->n_upper == v->segment.n);
        // Lines that are only repeated may be those of a list.
        bool told = i > 0 && i + 1 < n && is_notice(&views[i - 1]) && is_notice(&views[i + 1]) &&
                    (views[i - 1].rule == COPYDESK_NOTICE || views[i + 1].rule == COPYDESK_NOTICE);
        if (told && !(v->segment.flags & SEGMENT_STORY)) {
            v->spread = true;
            v->rule = COPYDESK_NOTICE;
            v->score = 7500;
            v->evidence = v->words;
            v->reason = "between two notices";
            continue;
        }
        for (unsigned kind = BOILER_WORDS; kind < BOILER_KINDS && !listed; kind++) {
            const struct boiler_entry *e = kind == BOILER_WORDS ? v->words : v->form[kind];
            bool form = !v->stop || (kind <= BOILER_SHAPE && v->segment.n <= 12);
            // A headline has the form of many headlines.
            unsigned least = kind == BOILER_WORDS ? 40 : 120;
            if (e && form && e->clusters >= 3 && e->top >= 3 && e->share >= least) {
                v->spread = true;
                v->rule = COPYDESK_NOTICE;
                v->score = 8000;
                v->evidence = e;
                v->reason = "beside notices, and repeated in unrelated articles";
                v->counted = true;
                break;
            }
        }
    }
}

// Two of the lines speak of one thing, and the story never does.
static bool share_foreign_word(const struct line_context *c, const struct line_view *views, size_t lines)
{
    size_t behind = views[lines].segment.first;
    for (size_t k = 0; k + 1 < lines; k++) {
        size_t end = (size_t)views[k].segment.first + views[k].segment.n;
        for (size_t i = views[k].segment.first; i < end; i++) {
            uint64_t hash = c->words->hash[i];
            if (is_content(c, i) && has_word(c, end, behind, hash) &&
                !has_word(c, behind, c->words->n, hash)) {
                return true;
            }
        }
    }
    return false;
}

// A line that begins like a headline and does not end like the first line of a broken sentence.
static bool stands_above(const struct line_context *c, const struct line_view *v)
{
    enum { LEAST_WORDS = 5, MOST_WORDS = 16 };
    bool large = v->cased && c->words->flags[v->segment.first] & (TOKEN_UPPER | TOKEN_DIGIT);
    return is_headline_like(v) && line_is_open(v) && large && !v->bullet && !v->stop && !line_goes_on(c, v) &&
           v->segment.n >= LEAST_WORDS && v->segment.n <= MOST_WORDS;
}

// Two headlines and more above the story, of one thing that the story does not speak of: links to others. A
// summary of the story shares its words; lines of a paragraph that was broken are as long as the next.
static void judge_top(const struct line_context *c, struct line_view *views, size_t n)
{
    enum { MOST = 5, SPOKEN_OF = 50 };
    size_t lines = 0;
    uint32_t longest = 0;
    while (lines < n && lines <= MOST && stands_above(c, &views[lines])) {
        uint32_t bytes = views[lines].segment.end - views[lines].segment.start;
        longest = bytes > longest ? bytes : longest;
        lines++;
    }
    const struct segment *story = lines < n ? &views[lines].segment : NULL;
    bool told = story && views[lines].stop && (story->flags & SEGMENT_STORY) &&
                (c->words->flags[story->first] & (TOKEN_UPPER | TOKEN_DIGIT)) &&
                (story->end - story->start) * 2 >= longest * 3;
    if (lines < 2 || lines > MOST || !told || !share_foreign_word(c, views, lines) ||
        known_words(c, views[0].segment.first, story->first, c->words->n) >= SPOKEN_OF) {
        return;
    }
    for (size_t i = 0; i < lines; i++) {
        join_block(&views[i]);
        views[i].score = 7000;
        views[i].reason = "headlines above a story that does not speak of them";
    }
}

// Words of the sentences inside a line that the corpus has as sentences of the site. What is much longer than
// a sentence of a story is a list (to choose a country from), and no sign of a template. Not so of a whole
// line: in some languages many a story has no full stop.
static uint32_t site_words(const struct line_context *c, const struct segments *s, const struct segment *line)
{
    enum { STORY_SENTENCE = 100 };
    uint32_t n = 0;
    for (size_t k = 0; line->n_sentences > 1 && k < line->n_sentences; k++) {
        const struct segment *sentence = &s->sentences[line->first_sentence + k];
        bool counts = inside_site_sentence(c->known[line->first_sentence + k], sentence);
        n += counts && sentence->n <= STORY_SENTENCE ? sentence->n : 0;
    }
    return n;
}

static bool is_sentence(const struct line_view *v)
{
    return (v->stop && v->segment.n >= 5) || (v->segment.flags & SEGMENT_STORY);
}

// Articles made from one template (weather, quakes, results) share most of their sentences, which are the
// story all the same: when what the corpus repeats is a good part of all sentences here, sentences stay.
// Returns true then.
static bool spare_template(const struct line_context *c, const struct segments *s, struct line_view *views)
{
    uint64_t all = 0;
    uint64_t counted = 0;
    for (size_t i = 0; i < s->n_lines; i++) {
        const struct line_view *v = &views[i];
        if (!is_sentence(v) || (line_is_cut(v) && !v->counted)) {
            continue;
        }
        all += v->segment.n;
        counted += line_is_cut(v) ? v->segment.n : v->shared ? site_words(c, s, &v->segment) : 0;
    }
    if (counted * 4 <= all) {
        return false;
    }
    for (size_t i = 0; i < s->n_lines; i++) {
        if (views[i].counted && is_sentence(&views[i])) {
            views[i].rule = FURNITURE_NONE;
        }
    }
    return true;
}

// ---- the whole

// Asks for the sentences of a line that has several; whether any stands elsewhere too.
static bool know_sentences(struct furniture *f, const struct segment *line)
{
    bool any = false;
    for (size_t k = line->first_sentence; k < (size_t)line->first_sentence + line->n_sentences; k++) {
        f->known[k] = boiler_find(f->table, BOILER_WORDS, f->segments.sentences[k].key);
        any |= f->known[k] != NULL;
    }
    return any;
}

static bool reserve(struct furniture *f)
{
    void *views = f->views;
    void *known = f->known;
    bool ok = mem_grow(&views, &f->cap_views, f->segments.n_lines + 1, sizeof *f->views);
    f->views = views;
    ok = ok && mem_grow(&known, &f->cap_known, f->segments.n_sentences + 1, sizeof *f->known);
    f->known = known;
    return ok;
}

static int view_lines(struct furniture *f, struct line_context *c)
{
    struct segments *s = &f->segments;
    if (!reserve(f)) {
        return COPYDESK_ERR_MEMORY;
    }
    c->known = f->known;
    uint32_t n_story = 0;
    uint32_t before = 0;
    for (size_t i = 0; i < s->n_lines; i++) {
        n_story += (s->lines[i].flags & SEGMENT_STORY) != 0;
    }
    for (size_t i = 0; f->table && i < s->n_sentences; i++) {
        boiler_fetch(f->table, BOILER_WORDS, s->sentences[i].key);
    }
    for (size_t i = 0; i < s->n_lines; i++) {
        struct line_view *v = &f->views[i];
        *v = (struct line_view){
            .segment = s->lines[i],
            .zone = (enum segment_zone)s->lines[i].zone,
            .before = before,
            .after = n_story - before - (s->lines[i].flags & SEGMENT_STORY ? 1 : 0),
        };
        before += (s->lines[i].flags & SEGMENT_STORY) != 0;
        v->shared = f->table && v->segment.n_sentences > 1 && know_sentences(f, &v->segment);
        line_look(c, v);
        line_judge(c, v);
    }
    return 0;
}

// An article of which every word would go is no article with furniture: other rules see to it.
static bool leaves_something(const struct furniture *f, const struct tokens *words)
{
    size_t word = 0;
    for (size_t i = 0; i < f->found.n; i++) {
        const struct edit *edit = &f->found.edits[i];
        if (edit->rule == COPYDESK_CAPTION) {
            continue;
        }
        if (word < words->n && words->start[word] < edit->start) {
            return true;
        }
        while (word < words->n && words->start[word] < edit->end) {
            word++;
        }
    }
    return word < words->n;
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
    struct line_context c = {
        .text = article->text,
        .words = article->words,
        .table = f->table,
        .phrases = f->phrases,
        .title = article->title_words,
        .cluster = article->cluster,
        .source = article->source,
    };
    int status = segments_of(s, article->text, article->len, article->words);
    status = status < 0 ? status : view_lines(f, &c);
    if (status < 0) {
        return status;
    }
    bool page = page_lines_is_page(f->views, s->n_lines);
    spare_lines(&c, f->views, s->n_lines, page);
    spare_headings(&c, f->views, s->n_lines);
    judge_blocks(&c, f->views, s->n_lines);
    judge_between(f->views, s->n_lines);
    spare_heads(&c, f->views, s->n_lines);
    judge_top(&c, f->views, s->n_lines);
    bool spared = spare_template(&c, s, f->views);
    if (page) {
        page_lines_judge(&c, f->views, s->n_lines);
    }
    bool ok = true;
    for (size_t i = 0; i < s->n_lines && ok; i++) {
        const struct line_view *v = &f->views[i];
        if (v->rule != FURNITURE_NONE) {
            ok = !wants(f, v->rule) ||
                 add_edit(f, v->rule, v->segment.start, v->segment.end, v->score, v->evidence, v->reason);
        }
        if (!line_is_cut(v) && v->rule != COPYDESK_CAPTION) {
            ok = ok && inside_judge(&c, s, v, spared, f->rules, &f->found);
        }
    }
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    if (!leaves_something(f, article->words)) {
        f->found.n = 0;
    }
    *edits = f->found.edits;
    *n_edits = f->found.n;
    return 0;
}

int furniture_is_quiet(struct furniture *f, const struct furniture_article *article,
                       const struct segments *segments)
{
    struct line_context c = {.text = article->text, .words = article->words, .phrases = f->phrases};
    f->found.n = 0;
    for (size_t i = 0; i < segments->n_lines; i++) {
        struct line_view v = {.segment = segments->lines[i]};
        if (v.segment.n > 0 && v.segment.n <= FURNITURE_LOOK_WORDS) {
            return 0;
        }
        if (!inside_judge(&c, segments, &v, true, f->rules, &f->found)) {
            return COPYDESK_ERR_MEMORY;
        }
        if (f->found.n > 0) {
            return 0;
        }
    }
    return 1;
}
