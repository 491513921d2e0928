// page.c - pages with their whole frame. Contract in page.h.
//
// A scraper that takes all visible text leaves menus, lists of links, comments and the footer around the
// story. Three questions, each asked only when the one before has an answer:
//
//   is it a page?       many of its lines stand in other articles too         page_lines_is_page()
//   of a known site?    neighbouring lines stand in the same articles                     is_of_known_site()
//   where is the story? the block of paragraphs with least between them                   find_story()
//
// What is repeated goes from any page. Of a site that is known, lines of one form go too, runs between
// lines of the site, and all that stands before the story and behind it. Blocks are kept apart by lines
// that are no prose, and a frame line parts more than a scrap of text: the idea of finding the story as a
// heavy stretch of the page is that of Pasternack and Roth (2009, maximum subsequence segmentation), with
// the corpus rather than tags for evidence. What goes on behind a box in the story is joined to it when it
// is as dense as a story is: comments have a name and buttons each, teasers a headline each.
//
// Limits: a page whose story hardly has paragraphs (a list of products, a forum) keeps what is not
// repeated. Comments that follow the story without a frame line between stay.

#include "furniture/page.h"

// So many pages of one site have it, or of who knows which.
static bool is_of_site(const struct boiler_entry *e, unsigned least)
{
    return e->top >= least && (e->sources == 0 || e->share >= 10);
}

// Text of a whole page, as a poor scraper leaves it: lines that other pages of the site have stand all
// over it, and many in more than one other page: what two articles share alone is a reprint. When most of
// what they share are sentences that few have, they tell of one event, and quote the same people.
bool page_lines_is_page(const struct line_view *views, size_t n)
{
    enum { LEAST_LINES = 20, ONE_EVENT = 10, FIGURES_SHARE = 50 };
    size_t repeated = 0;
    size_t often = 0;
    size_t sentences = 0;
    for (size_t i = 0; i < n; i++) {
        const struct boiler_entry *e = views[i].words;
        // Prices in a list are alike, and so are pages by their numbers.
        bool figures = e && line_is_figures(&views[i]) && e->share < FIGURES_SHARE;
        bool counts = e && !figures && !views[i].own_title && is_of_site(e, 2);
        repeated += counts;
        often += counts && e->clusters >= 4;
        sentences += counts && views[i].stop && views[i].segment.n >= 4 && e->clusters <= ONE_EVENT;
    }
    return n >= LEAST_LINES && repeated * 4 >= n && often * 2 >= repeated && sentences * 2 <= repeated;
}

static bool is_story(const struct line_view *v)
{
    return !line_is_cut(v) && ((v->segment.flags & SEGMENT_STORY) || v->own_title);
}

static void cut_page_line(struct line_view *v, unsigned score, const char *reason)
{
    v->rule = COPYDESK_REPEATED_LINE;
    v->score = (uint16_t)score;
    v->evidence = v->words;
    v->reason = reason;
}

// Longer than a headline, and not written like one.
static bool is_long(const struct line_view *v)
{
    uint32_t n = v->solo ? v->segment.n / 2 : v->segment.n;
    return n >= 14 && v->n_upper * 2 < v->segment.n;
}

// A run of lines that nobody else has, none of them a paragraph, between lines of the site: links that
// change from page to page, names of sections. Such lists have hardly a full stop. What stands next to the
// story is left: it may be its headline, or a list in it; and so is a run that is long for what surrounds
// it.
static void judge_run(struct line_view *views, size_t n, size_t start, size_t end)
{
    size_t stops = 0;
    for (size_t i = start; i < end; i++) {
        stops += views[i].stop || is_long(&views[i]);
    }
    size_t around = 0;
    for (size_t i = start; i > 0 && line_is_cut(&views[i - 1]); i--) {
        around += views[i - 1].rule != COPYDESK_NOTICE;
    }
    for (size_t i = end; i < n && line_is_cut(&views[i]); i++) {
        around += views[i].rule != COPYDESK_NOTICE;
    }
    if (stops * 4 > end - start || around * 2 < end - start) {
        return;
    }
    for (size_t i = start; i < end; i++) {
        if (line_is_open(&views[i]) && !is_long(&views[i])) {
            cut_page_line(&views[i], 7000, "among lines that other pages of the site have");
        }
    }
}

// Most paragraphs stand in other articles: a later version, a copy that nobody has seen to. They are the
// story.
static bool shares_story(const struct line_view *views, size_t n)
{
    uint64_t all = 0;
    uint64_t shared = 0;
    for (size_t i = 0; i < n; i++) {
        bool paragraph = (views[i].segment.flags & SEGMENT_STORY) && !line_is_cut(&views[i]);
        all += paragraph ? views[i].segment.n : 0;
        shared += paragraph && views[i].words ? views[i].segment.n : 0;
    }
    return shared * 2 > all;
}

// Whether about as many articles have the line beside it: the two stand in the same ones.
static bool has_mate(const struct line_view *views, size_t n, size_t i)
{
    enum { APART = 4 };
    const struct boiler_entry *e = views[i].words;
    for (size_t k = i > 0 ? i - 1 : i + 1; k < n && k <= i + 1; k += 2) {
        const struct boiler_entry *beside = views[k].words;
        uint32_t other = beside ? beside->articles : 0;
        uint32_t more = other > e->articles ? other : e->articles;
        uint32_t less = other > e->articles ? e->articles : other;
        if (beside && (more - less) * (uint64_t)APART <= more) {
            return true;
        }
    }
    return false;
}

// Many neighbouring lines that are no sentences and that one other article has: a second page of the site,
// rather than a second report of the event.
static bool has_twin(const struct line_view *views, size_t n)
{
    enum { LEAST_PAIRS = 12 };
    size_t pairs = 0;
    for (size_t i = 1; i < n; i++) {
        const struct boiler_entry *a = views[i - 1].words;
        const struct boiler_entry *b = views[i].words;
        pairs +=
            a && b && a != b && a->clusters == 2 && b->clusters == 2 && !views[i - 1].stop && !views[i].stop;
    }
    return pairs >= LEAST_PAIRS;
}

// A few words such as stand in the menu of any site.
static bool is_menu_item(const struct line_view *v)
{
    return !v->stop && v->segment.n <= (v->solo ? 8 : 4) && v->words->sources == 0 && v->words->clusters >= 3;
}

static void judge_frame(struct line_view *views, size_t n, bool known_site)
{
    bool shared = shares_story(views, n);
    bool twin = !known_site && has_twin(views, n);
    for (size_t i = 0; i < n; i++) {
        const struct boiler_entry *e = views[i].words;
        bool paragraph = views[i].segment.flags & SEGMENT_STORY;
        if (paragraph && shared) {
            continue;
        }
        unsigned least = paragraph ? 3 : 2;
        if (!line_is_open(&views[i]) || (views[i].spared && !known_site)) {
            continue;
        }
        bool enough = e && (e->clusters >= 3 || (twin && !views[i].stop));
        if (e && is_of_site(e, least) && !line_is_figures(&views[i]) &&
            (known_site || (enough && has_mate(views, n, i)) || is_menu_item(&views[i]))) {
            cut_page_line(&views[i], 8000, "repeated in other pages of the site");
        }
    }
}

// Lines of one form, and runs of lines between those of the site.
static void judge_forms(struct line_view *views, size_t n)
{
    bool shared = shares_story(views, n);
    for (size_t i = 0; i < n; i++) {
        bool paragraph = views[i].segment.flags & SEGMENT_STORY;
        if ((paragraph && shared) || !line_is_open(&views[i]) || line_is_figures(&views[i])) {
            continue;
        }
        for (unsigned kind = BOILER_SHAPE; kind < BOILER_KINDS && !views[i].stop; kind++) {
            const struct boiler_entry *e = views[i].form[kind];
            if (e && e->clusters >= 3 && e->share >= 100) {
                cut_page_line(&views[i], 7500, "its form is repeated in other pages of the site");
            }
        }
    }
    for (size_t i = 0; i < n;) {
        size_t start = i;
        while (i < n && !line_is_cut(&views[i]) && !is_story(&views[i])) {
            i++;
        }
        bool beside_story = (start > 0 && is_story(&views[start - 1])) || (i < n && is_story(&views[i]));
        if (i > start && !beside_story) {
            judge_run(views, n, start, i);
        }
        i += i < n;
    }
}

// ---- where the story begins and ends

// What a line is worth as a sign of the story.
enum worth { PROSE, SENTENCE, SCRAP, FRAME };

static bool begins_small(const struct line_context *c, const struct line_view *v)
{
    char first = v->segment.n ? c->text[c->words->start[v->segment.first]] : '\0';
    return first >= 'a' && first <= 'z';
}

// A paragraph that was broken into lines: the next goes on with a small letter, or this one does.
static bool is_wrapped(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { LEAST_WORDS = 6 };
    const struct line_view *v = &views[i];
    return v->segment.n >= LEAST_WORDS && v->n_upper * 2 < v->segment.n &&
           (begins_small(c, v) || (i + 1 < n && begins_small(c, &views[i + 1])));
}

static enum worth worth_of(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    const struct line_view *v = &views[i];
    if (line_is_cut(v)) {
        return FRAME;
    }
    if (v->rule != FURNITURE_NONE || v->own_title || v->segment.n == 0) {
        return SENTENCE;
    }
    if ((v->segment.flags & SEGMENT_STORY) || is_wrapped(c, views, n, i)) {
        return PROSE;
    }
    return v->stop && v->segment.n >= 5 ? SENTENCE : SCRAP;
}

// Paragraphs with little between them.
struct block {
    size_t first, last;
    size_t paragraphs, others; // lines
    uint32_t words;
    uint32_t gap; // to the block before
};

// The block that begins at `start` or behind it. false: there is none.
static bool next_block(const struct line_context *c, const struct line_view *views, size_t n, size_t start,
                       struct block *block)
{
    enum { FRAME_GAP = 2, SCRAP_GAP = 1, LONGEST_GAP = 8, LONGEST = 100 };
    *block = (struct block){.first = n};
    uint32_t gap = 0;
    size_t others = 0;
    for (size_t i = start; i < n; i++) {
        enum worth worth = worth_of(c, views, n, i);
        others += worth == FRAME || worth == SCRAP;
        gap += worth == FRAME ? FRAME_GAP : worth == SCRAP ? SCRAP_GAP : 0;
        if (worth != PROSE) {
            continue;
        }
        if (block->paragraphs && gap > LONGEST_GAP) {
            break;
        }
        if (block->paragraphs == 0) {
            block->first = i;
            block->gap = gap;
            others = 0;
        }
        uint32_t words = views[i].solo ? views[i].segment.n / 2 : views[i].segment.n;
        block->words += words < LONGEST ? words : LONGEST;
        block->paragraphs++;
        block->others += others;
        block->last = i;
        others = 0;
        gap = 0;
    }
    return block->paragraphs > 0;
}

// Teasers and comments stand between headlines, names and buttons; long paragraphs have subheads.
static bool is_dense(const struct block *b)
{
    enum { LONG_WORDS = 40 };
    bool is_long = b->words >= LONG_WORDS * b->paragraphs;
    return b->others * 2 <= b->paragraphs || (is_long && b->others <= b->paragraphs);
}

// How many of the longer words of a block the story has too, in percent.
static unsigned known_words(const struct line_context *c, const struct line_view *views,
                            const struct block *story, const struct block *b)
{
    enum { LONG_BYTES = 5, MOST_WORDS = 200 };
    const struct tokens *words = c->words;
    size_t from = views[story->first].segment.first;
    size_t to = views[story->last].segment.first + views[story->last].segment.n;
    size_t end = views[b->last].segment.first + views[b->last].segment.n;
    unsigned all = 0;
    unsigned known = 0;
    for (size_t i = views[b->first].segment.first; i < end && all < MOST_WORDS; i++) {
        if (words->end[i] - words->start[i] < LONG_BYTES) {
            continue;
        }
        size_t k = from;
        while (k < to && words->hash[k] != words->hash[i]) {
            k++;
        }
        all++;
        known += k < to;
    }
    return all ? known * 100 / all : 0;
}

// Behind a box in the story: a stretch as dense as a story is; near by, anything that speaks of the same.
static bool goes_on(const struct line_context *c, const struct line_view *views, const struct block *story,
                    const struct block *b)
{
    enum { LEAST_BLOCK = 3, NEAR = 16, SAME_WORDS = 15 };
    if (b->paragraphs >= LEAST_BLOCK && is_dense(b)) {
        return true;
    }
    return b->gap <= NEAR && known_words(c, views, story, b) >= SAME_WORDS;
}

// The block with most words; the headline of the page stands above it when it has a place at all. false:
// nothing here is surely the story.
static bool main_block(const struct line_context *c, const struct line_view *views, size_t n,
                       struct block *story)
{
    enum { LEAST_WORDS = 80, MUCH_LESS = 4 };
    struct block b;
    struct block titled = {0};
    size_t title = 0;
    while (title < n && !views[title].own_title) {
        title++;
    }
    *story = (struct block){0};
    for (size_t at = 0; next_block(c, views, n, at, &b); at = b.last + 1) {
        if (b.others <= b.paragraphs) {
            *story = b.words > story->words ? b : *story;
            titled = b.first > title && b.words > titled.words ? b : titled;
        }
    }
    if (titled.words >= LEAST_WORDS && titled.words * MUCH_LESS >= story->words) {
        *story = titled;
    }
    return story->words >= LEAST_WORDS && story->paragraphs > 1;
}

// The main block, and those before and behind it that go on with it.
static bool find_story(const struct line_context *c, const struct line_view *views, size_t n,
                       struct block *story)
{
    struct block b;
    if (!main_block(c, views, n, story)) {
        return false;
    }
    size_t main = story->first;
    size_t open = main;
    for (size_t at = 0; next_block(c, views, n, at, &b) && b.first < main; at = b.last + 1) {
        b.gap = UINT32_MAX; // that of the block behind it would count: teasers stand above a story
        open = !goes_on(c, views, story, &b) ? main : open == main ? b.first : open;
    }
    story->first = open;
    for (size_t at = story->last + 1; next_block(c, views, n, at, &b); at = b.last + 1) {
        if (!goes_on(c, views, story, &b)) {
            break;
        }
        story->last = b.last;
    }
    return true;
}

// Of long paragraphs alone, one after the other: no teasers.
static bool is_prose(const struct block *b)
{
    enum { PROSE_WORDS = 30 };
    return b->paragraphs > 1 && b->others == 0 && b->words >= PROSE_WORDS * b->paragraphs;
}

static void cut_outside(struct line_view *views, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (line_is_open(&views[i])) {
            cut_page_line(&views[i], 7500, "outside of the story of a page");
        }
    }
}

// Headline, byline and first words stand above the first paragraph, a credit below the last one: what is
// not cut by itself and touches the story stays.
static void judge_outside(const struct line_context *c, struct line_view *views, size_t n)
{
    struct block story;
    if (!find_story(c, views, n, &story)) {
        return;
    }
    size_t start = story.first;
    while (start > 0 && !line_is_cut(&views[start - 1])) {
        start--;
    }
    for (size_t i = story.first; i > 0; i--) {
        if (views[i - 1].own_title) {
            start = i - 1 < start ? i - 1 : start;
            break;
        }
    }
    size_t end = story.last + 1;
    while (end < n && !line_is_cut(&views[end])) {
        end++;
    }
    struct block prose = {0};
    size_t from = 0;
    for (size_t at = 0; next_block(c, views, n, at, &prose) && prose.last < start; at = prose.last + 1) {
        if (is_prose(&prose)) {
            cut_outside(views, from, prose.first);
            from = prose.last + 1;
        }
    }
    cut_outside(views, from, start);
    cut_outside(views, end, n);
}

// Words like "Sport" and "Privacy policy" stand in the frame of any site, each in as many pages as it
// happens. Lines of one frame stand in the same pages: neighbours that equally many articles have tell that
// others of this very site are here.
static bool is_of_known_site(const struct line_view *views, size_t n)
{
    enum { LEAST_PAIRS = 6, CLUSTERS = 3, NEARLY = 32 };
    const struct boiler_entry *before = NULL;
    size_t pairs = 0;
    for (size_t i = 0; i < n; i++) {
        const struct boiler_entry *e = views[i].own_title ? NULL : views[i].words;
        if (e && before && e != before && e->clusters >= CLUSTERS) {
            uint32_t more = e->articles > before->articles ? e->articles : before->articles;
            uint32_t less = e->articles + before->articles - more;
            pairs += (more - less) * (uint64_t)NEARLY <= more;
        }
        before = e;
    }
    return pairs >= LEAST_PAIRS;
}

void page_lines_judge(const struct line_context *c, struct line_view *views, size_t n)
{
    bool known_site = is_of_known_site(views, n);
    judge_frame(views, n, known_site);
    if (known_site) {
        judge_forms(views, n);
        judge_outside(c, views, n);
    }
}
