// spare.c - second thoughts on single lines. Contract in spare.h.
//
// In: the views of one article, each judged by itself. Out: the same, with the rule taken back where the
// lines beside it say that it belongs to the text:
//
//   broken       the rest of a sentence that was broken into lines, or its beginning: "... reply by / email."
//   quoted       "> a line of the message that is answered": a discussion repeats it, no site does
//   leads on     "The statement follows:" above a paragraph that stays
//   listed       one of several names in a row, or of several lines behind the same bullet, of which the
//                corpus happens to know some
//   amid         a line that few articles have among short lines that no other has: an address, a schedule
//   labelled     "Date: 3 May" beside "Place: Town hall", which stays: the data of an event
//   lone button  one word such as "Print", with nothing of the site beside it
//   headline     "Breaking: ..." and another rest each time, above the story
//
// Why here and not in furniture/line.c: what is repeated, and what a phrase says, is seen in one line;
// whether it is a part of something larger only in its neighbours. Good text lost costs more than furniture
// kept, so the doubtful case stays.
//
// Limits: sentences broken into lines are known by small letters, so in scripts that have them.

#include "furniture/spare.h"

static bool begins_small(const struct line_context *c, const struct line_view *v)
{
    uint8_t first = (uint8_t)c->text[c->words->start[v->segment.first]];
    bool letter = (first >= 'a' && first <= 'z') || (first >= 0xC3 && first < 0xD5); // Latin, Greek, Cyrillic
    return letter && !(c->words->flags[v->segment.first] & TOKEN_UPPER);
}

// Nothing but a line break stands between the two.
static bool is_next_line(const struct line_context *c, const struct line_view *a, const struct line_view *b)
{
    unsigned breaks = 0;
    for (uint32_t at = a->segment.end; at < b->segment.start; at++) {
        breaks += c->text[at] == '\n';
    }
    return breaks == 1;
}

static bool is_broken(const struct line_context *c, const struct line_view *views, size_t i)
{
    enum { LEAST_WORDS = 5 };
    return i > 0 && !views[i - 1].stop && views[i - 1].segment.n >= LEAST_WORDS &&
           begins_small(c, &views[i]) && is_next_line(c, &views[i - 1], &views[i]);
}

// The sentence goes on in the next line, which stays: that begins with a small letter, or a credit ends in a
// comma or in a word such as "the".
static bool is_cut_off(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { SHORT_WORD = 3, LEAST_BYTES = 40 };
    const struct line_view *v = &views[i];
    if (i + 1 >= n || v->stop || v->segment.end - v->segment.start < LEAST_BYTES ||
        line_is_cut(&views[i + 1]) || views[i + 1].segment.n == 0 || !is_next_line(c, v, &views[i + 1])) {
        return false;
    }
    size_t last = v->segment.first + v->segment.n - 1;
    bool small = v->n_digit == 0 && c->words->end[last] - c->words->start[last] <= SHORT_WORD &&
                 !(c->words->flags[last] & (TOKEN_UPPER | TOKEN_DIGIT | TOKEN_SOLO));
    bool open = v->rule == COPYDESK_DATELINE_CREDIT && (small || c->text[c->words->end[last]] == ',');
    return begins_small(c, &views[i + 1]) || open;
}

static bool is_quoted(const struct line_context *c, const struct line_view *v)
{
    enum { LEAST_WORDS = 4 };
    const char *text = c->text + v->segment.start;
    return v->segment.n >= LEAST_WORDS &&
           memchr(text, '>', c->words->start[v->segment.first] - v->segment.start);
}

// Ends in a colon, and what follows stays. At the edge of the text a line of the site may end so too.
static bool leads_on(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    const struct line_view *v = &views[i];
    if (v->zone != SEGMENT_MIDDLE && v->by_corpus && v->by_form == BOILER_WORDS) {
        return false;
    }
    uint32_t end = v->segment.end;
    while (end > views[i].segment.start && (c->text[end - 1] == ' ' || c->text[end - 1] == '\t')) {
        end--;
    }
    return end > views[i].segment.start && c->text[end - 1] == ':' && i + 1 < n &&
           !line_is_cut(&views[i + 1]);
}

static bool is_name(const struct line_view *v)
{
    enum { MOST_WORDS = 8 };
    return v->looked && v->cased && v->segment.n <= MOST_WORDS && v->n_upper + v->n_digit == v->segment.n;
}

// A row of names of which half or more are nobody's furniture. In a page, above a story, or with one word
// each it is a menu.
static bool is_listed(const struct line_view *views, size_t n, size_t i)
{
    enum { SHORTEST = 4, REACH = 8 };
    if (views[i].before == 0 && views[i].after > 0) {
        return false;
    }
    size_t row = 0;
    size_t open = 0;
    size_t words = 0;
    size_t start = i;
    while (start > 0 && i - start < REACH && is_name(&views[start - 1])) {
        start--;
    }
    for (size_t k = start; k < n && k <= i + REACH && is_name(&views[k]); k++) {
        row++;
        open += !line_is_cut(&views[k]);
        words += views[k].segment.n;
    }
    return row >= SHORTEST && open * 2 >= row && words * 4 >= row * 7;
}

static bool is_item(const struct line_view *v)
{
    enum { MOST_WORDS = 8 };
    return !line_is_cut(v) && !v->stop && v->segment.n > 0 && v->segment.n <= MOST_WORDS && !v->own_title;
}

// Few articles have it, and short lines that nobody else has go on above and below: an address, a schedule.
static bool is_amid(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { OFTEN = 100 };
    const struct line_view *v = &views[i];
    return v->by_form == BOILER_WORDS && v->words->share < OFTEN && (v->before > 0 || v->after == 0) &&
           i > 0 && i + 1 < n && is_item(&views[i - 1]) && is_item(&views[i + 1]) &&
           is_next_line(c, &views[i - 1], v) && is_next_line(c, v, &views[i + 1]);
}

// What stands before the first word, blanks aside: 0 for nothing.
static uint32_t bullet_of(const struct line_context *c, const struct line_view *v)
{
    uint32_t bullet = 0;
    uint32_t end = v->segment.n ? c->words->start[v->segment.first] : v->segment.start;
    for (uint32_t at = v->segment.start; at < end; at++) {
        uint8_t byte = (uint8_t)c->text[at];
        bullet = byte > ' ' ? bullet << 8 | byte : bullet;
    }
    return bullet;
}

// Two lines near by have the same bullet, and a line of the list stays: one of them, or one between them.
// When their form is all that is known of them, none need stay.
static bool is_bulleted(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { REACH = 3 };
    uint32_t bullet = bullet_of(c, &views[i]);
    size_t same = 0;
    size_t first = i;
    size_t last = i;
    for (size_t k = i > REACH ? i - REACH : 0; bullet && k < n && k <= i + REACH; k++) {
        if (k != i && bullet_of(c, &views[k]) == bullet) {
            same++;
            first = k < first ? k : first;
            last = k > last ? k : last;
        }
    }
    bool open = !views[i].by_corpus || views[i].by_form != BOILER_WORDS;
    for (size_t k = first; k <= last; k++) {
        open |= !line_is_cut(&views[k]);
    }
    return same >= 2 && open;
}

static bool is_labelled(const struct line_context *c, const struct line_view *v)
{
    enum { MOST_WORDS = 14 };
    return v->segment.n > 0 && v->segment.n <= MOST_WORDS && !line_is_cut(v) &&
           boiler_label(c->text, c->words, &v->segment) > 0;
}

static bool is_beside_label(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    return (i > 0 && is_labelled(c, &views[i - 1])) || (i + 1 < n && is_labelled(c, &views[i + 1]));
}

static bool is_event(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    enum { MOST_WORDS = 14 };
    const struct line_view *v = &views[i];
    bool link = memmem(c->text + v->segment.start, v->segment.end - v->segment.start, "://", 3);
    return v->n_digit > 0 && v->segment.n <= MOST_WORDS && !link &&
           boiler_label(c->text, c->words, &v->segment) > 0 && is_beside_label(c, views, n, i);
}

// "(Applause)": words in brackets are a credit where the text ends.
static bool is_aside(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    return c->text[views[i].segment.start] == '(' && views[i].phrase[PHRASE_START] == FURNITURE_NONE &&
           views[i].phrase[PHRASE_HAS] == FURNITURE_NONE && i + 1 < n && !line_is_cut(&views[i + 1]);
}

static bool has_bar(const struct line_context *c, const struct line_view *v)
{
    return !line_is_cut(v) && memchr(c->text + v->segment.start, '|', v->segment.end - v->segment.start);
}

// The head of a table, or a row.
static bool is_table(const struct line_context *c, const struct line_view *views, size_t n, size_t i)
{
    return (i > 0 && has_bar(c, &views[i - 1])) || (i + 1 < n && has_bar(c, &views[i + 1]));
}

// A line of the site, rather than a name, or an advertisement, which stands anywhere.
static bool is_of_site(const struct line_view *v)
{
    return line_is_cut(v) && v->rule != COPYDESK_BYLINE && v->rule != COPYDESK_DATELINE_CREDIT &&
           v->phrase[PHRASE_LINE] != COPYDESK_NOTICE;
}

static bool is_beside_site(const struct line_view *views, size_t n, size_t i)
{
    return (i > 0 && is_of_site(&views[i - 1])) || (i + 1 < n && is_of_site(&views[i + 1]));
}

// Written as a button is, and at the edge of enough articles.
static bool is_known_button(const struct line_context *c, const struct line_view *v)
{
    enum { MANY = 5 };
    return v->zone != SEGMENT_MIDDLE && v->words && v->words->clusters >= MANY && !begins_small(c, v);
}

// One word, or a small phrase: "Print", "or send mail".
static bool is_weak_button(const struct line_context *c, const struct line_view *v)
{
    return v->rule == COPYDESK_SHARE_BAR && (v->lone_button || (v->n_hits < 3 && begins_small(c, v)));
}

// "home", "search": words that may end any line.
static bool is_weak_mark(const struct line_context *c, const struct line_view *v)
{
    return v->rule == COPYDESK_NOTICE && v->phrase[PHRASE_LINE] == COPYDESK_REPEATED_LINE &&
           begins_small(c, v);
}

// Behind the label comes something as long as a headline, and neither names alone nor a date.
static bool is_headline(const struct line_context *c, const struct line_view *v)
{
    uint32_t label = (uint32_t)boiler_label(c->text, c->words, &v->segment);
    uint32_t rest = v->segment.n - label;
    uint32_t small = v->segment.n - v->n_upper - v->n_digit;
    bool names = v->cased && small <= 1 && rest < 7;
    return label && v->before == 0 && v->after > 0 && !v->stop && rest >= (v->solo ? 8 : 4) && !names &&
           v->n_digit < 2;
}

static bool is_spared(const struct line_context *c, const struct line_view *views, size_t n, size_t i,
                      bool page)
{
    const struct line_view *v = &views[i];
    if (((is_weak_button(c, v) && !is_known_button(c, v)) || is_weak_mark(c, v)) &&
        !is_beside_site(views, n, i)) {
        return true;
    }
    if (v->rule == COPYDESK_NOTICE && v->phrase[PHRASE_START] == COPYDESK_BYLINE &&
        (leads_on(c, views, n, i) || is_beside_label(c, views, n, i))) {
        return true; // "Contact:" and a name
    }
    bool phrase = !v->by_corpus && v->phrase[PHRASE_LINE] == FURNITURE_NONE;
    if (phrase &&
        (v->rule == COPYDESK_DATELINE_CREDIT || v->rule == COPYDESK_NOTICE || v->rule == COPYDESK_BYLINE) &&
        is_cut_off(c, views, n, i)) {
        return true;
    }
    bool note = v->rule == COPYDESK_BYLINE && v->phrase[PHRASE_NAMED] == FURNITURE_NONE;
    if (v->rule == COPYDESK_DATELINE_CREDIT &&
        (leads_on(c, views, n, i) || is_event(c, views, n, i) || is_aside(c, views, n, i))) {
        return true;
    }
    if (v->menu && v->rule == COPYDESK_NOTICE && is_table(c, views, n, i)) {
        return true;
    }
    if ((v->by_corpus || note || v->lone_button) && is_broken(c, views, i)) {
        return true;
    }
    if ((v->by_corpus || (note && v->bullet)) && !page && is_bulleted(c, views, n, i)) {
        return true;
    }
    return v->by_corpus &&
           (is_quoted(c, v) || (!page && (is_listed(views, n, i) || is_amid(c, views, n, i))) ||
            leads_on(c, views, n, i) || (v->by_form == BOILER_FIRST && v->counted && is_headline(c, v)));
}

void spare_lines(const struct line_context *c, struct line_view *views, size_t n, bool page)
{
    for (size_t i = n; i-- > 0;) {
        if (line_is_cut(&views[i]) && is_spared(c, views, n, i, page)) {
            views[i].rule = FURNITURE_NONE;
            views[i].counted = false;
            views[i].spared = true;
        }
    }
}
