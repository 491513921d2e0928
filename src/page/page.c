// page.c - judges an article as a whole. Contract in page.h.
//
// Junk pages are what a scraper gets instead of an article: a robot wall, an error page, a consent or login
// form, a list of links. What is found is dropped, so nothing may be found that is an article, even one about
// captchas or cookies. Two kinds of evidence have to meet:
//
//   words    phrases that such pages use of themselves (page/phrases.c), in the text and as the whole title.
//            Each phrase counts once; a sentence that only such a page says counts three, a title two, what
//            merely fits one.
//   form     the text is short, and hardly anything is left when what stands around those phrases is taken
//            away. An article about robot walls quotes three phrases and goes on for thirty sentences.
//
// That the same few words stand under many titles or records (`copies`) is a third kind, and enough by itself
// only for a text too short to be a story, in a corpus of longer ones.
//
// Only texts of at most 600 tokens are looked at, and closely only those in which any such phrase stands, so
// that articles cost next to nothing here.
//
// Limits: a page that puts a paragraph of the story before its paywall is no junk page; it is `truncated`.
// A wall in a language that the table does not have is found by its copies only.

#include "page/parts.h"

#include "base/mem.h"

struct page_judge {
    const struct page_table *table;
    struct tokenizer *tokenizer; // for titles
    uint8_t *seen;               // a bit for each phrase
    size_t n_seen;
};

enum {
    JUNK_TOKENS = 600, // longer texts are no junk pages
    FEW_TOKENS = 40,   // in so short a text every phrase counts
    LEAST_LINKS = 5,   // entries that make a list
    TITLE_LEAST = 3,   // words of a phrase that is all a record has
};

static const char *const reasons[PAGE_N_KINDS] = {
    [PAGE_ROBOT] = "robot check: no article behind it",
    [PAGE_ERROR] = "error page: no article behind it",
    [PAGE_CONSENT] = "cookie or consent wall: no article behind it",
    [PAGE_PAYWALL] = "paywall: no article before it",
    [PAGE_LOGIN] = "login page: no article behind it",
    [PAGE_SCRIPT] = "asks for JavaScript, another browser or no ad blocker: no article behind it",
    [PAGE_EMPTY] = "empty template: no article in it",
    [PAGE_FORM] = "a form for comments: no article above it",
    [PAGE_LINKS] = "list of links: no article in it",
};

struct page_judge *page_judge_new(const struct page_table *table, enum copydesk_cpu level)
{
    struct page_judge *judge = mem_zalloc(1, sizeof *judge);
    if (!judge) {
        return NULL;
    }
    judge->table = table;
    judge->n_seen = table->n_phrases / 8 + 1;
    judge->seen = mem_zalloc(judge->n_seen, 1);
    judge->tokenizer = tokenizer_new(level);
    if (!judge->seen || !judge->tokenizer) {
        page_judge_free(judge);
        return NULL;
    }
    return judge;
}

void page_judge_free(struct page_judge *judge)
{
    if (!judge) {
        return;
    }
    tokenizer_free(judge->tokenizer);
    mem_free(judge->seen);
    mem_free(judge);
}

// ---- What stands in a text

struct hits {
    unsigned points[PAGE_N_KINDS]; // of phrases that tell or name
    unsigned fits;
    unsigned links;   // entries of a list
    size_t words;     // tokens
    size_t explained; // that stand in or around phrases
    size_t story;     // in sentences without any phrase
    size_t last_wall; // token at which a paywall stands, or SIZE_MAX
    size_t n_units;
};

static bool first_time(struct page_judge *judge, const struct page_phrase *phrase)
{
    size_t number = (size_t)(phrase - judge->table->phrases);
    uint8_t bit = (uint8_t)(1u << number % 8);
    bool first = !(judge->seen[number / 8] & bit);
    judge->seen[number / 8] |= bit;
    return first;
}

// How many words beside itself a phrase explains.
static size_t reach_of(const struct page_phrase *phrase)
{
    size_t reach = phrase->level == PAGE_TELLS ? 12 : phrase->level == PAGE_NAMES ? 3 : 2;
    return phrase->solo ? 2 * reach : reach;
}

static void count_phrase(struct page_judge *judge, const struct page_phrase *phrase, struct hits *h)
{
    if (phrase->kind == PAGE_LINKS || phrase->kind == PAGE_TAIL) {
        h->links++;
        return;
    }
    if (!first_time(judge, phrase)) {
        return;
    }
    if (phrase->level == PAGE_FITS) {
        h->fits++;
    } else {
        h->points[phrase->kind] += phrase->level == PAGE_TELLS ? 3 : 2;
    }
}

static void close_unit(struct hits *h, size_t words, size_t explained)
{
    enum { STORY_LEAST = 8 };
    h->n_units += words > 0;
    h->explained += explained < words ? explained : words;
    h->story += explained == 0 && words >= STORY_LEAST ? words : 0;
}

// Whether anything stands here that could make a junk page, or a teaser of an article. Hardly any article
// has it: words such as `error` alone decide only about a text of a few words.
static bool any_phrase(const struct page_table *table, const struct tokens *t)
{
    size_t links = 0;
    for (size_t i = 0; i < t->n; i++) {
        size_t taken;
        if (!page_may_begin(table, t->hash, t->n, i)) {
            continue;
        }
        const struct page_phrase *phrase = page_match(table, t->hash, t->n, i, &taken);
        if (!phrase) {
            continue;
        }
        links += phrase->kind == PAGE_LINKS || phrase->kind == PAGE_TAIL;
        if (phrase->level == PAGE_TELLS ||
            (phrase->level == PAGE_NAMES && (taken > 1 || t->n <= FEW_TOKENS)) || links >= LEAST_LINKS) {
            return true;
        }
    }
    return false;
}

static void read_phrases(struct page_judge *judge, struct str text, const struct tokens *t, struct hits *h)
{
    size_t unit = 0;
    size_t explained = 0;
    *h = (struct hits){.words = t->n, .last_wall = SIZE_MAX};
    memset(judge->seen, 0, judge->n_seen);
    for (size_t i = 0; i < t->n;) {
        if (i > unit && page_parts((struct str){text.data + t->end[i - 1], t->start[i] - t->end[i - 1]})) {
            close_unit(h, i - unit, explained);
            unit = i;
            explained = 0;
        }
        size_t taken;
        const struct page_phrase *phrase = page_match(judge->table, t->hash, t->n, i, &taken);
        if (!phrase) {
            i++;
            continue;
        }
        count_phrase(judge, phrase, h);
        explained += taken + reach_of(phrase);
        if (phrase->kind == PAGE_PAYWALL && phrase->level == PAGE_TELLS && h->last_wall == SIZE_MAX) {
            h->last_wall = i;
        }
        i += taken;
    }
    close_unit(h, t->n - unit, explained);
}

// The kind of page that is called so: most of the title, up to a separator, are its phrases. *taken is how
// many words of the title they have.
static enum page_kind read_title(struct page_judge *judge, struct str title, const struct tokens *t,
                                 size_t *taken)
{
    size_t n = t->n;
    for (size_t i = 1; i < t->n; i++) {
        struct str gap = {title.data + t->end[i - 1], t->start[i] - t->end[i - 1]};
        if (memchr(gap.data, '|', gap.len) || memmem(gap.data, gap.len, " - ", 3) ||
            memmem(gap.data, gap.len, "\xE2\x80\x93", 3) || memmem(gap.data, gap.len, "\xC2\xBB", 2)) {
            n = i;
            break;
        }
    }
    size_t told = 0;
    enum page_kind kind = PAGE_N_KINDS;
    for (size_t i = 0; i < n;) {
        const struct page_phrase *phrase = page_match(judge->table, t->hash, n, i, taken);
        bool named = phrase && phrase->kind < PAGE_LINKS &&
                     (phrase->level == PAGE_TELLS || (phrase->level == PAGE_NAMES && *taken == n));
        told += named ? *taken : 0;
        kind = named && kind == PAGE_N_KINDS ? (enum page_kind)phrase->kind : kind;
        i += named ? *taken : 1;
    }
    *taken = told;
    return 2 * told >= n ? kind : PAGE_N_KINDS;
}

// ---- Junk pages

// Entries that end in a link, and no running text between them.
static bool is_link_list(const struct hits *h)
{
    enum { MOST_BETWEEN = 25 };
    return h->links >= LEAST_LINKS && h->words <= (size_t)h->links * MOST_BETWEEN && h->story * 3 <= h->words;
}

// The same few words under many records, with no sentence among them.
static bool is_template(const struct page_stats *stats, const struct page_article *a, size_t words)
{
    enum { LEAST_COPIES = 8, MANY = 20, SHORT = 15, LONG = 40 };
    if (words == 0 || !stats || page_short_limit(stats) <= SHORT) {
        return false;
    }
    if (a->copies >= MANY && (uint64_t)a->titles * 10 >= (uint64_t)a->copies * 8 && words <= LONG) {
        return true;
    }
    return a->copies >= LEAST_COPIES && words <= SHORT && page_ending(a->text) != PAGE_ENDS_CLOSED;
}

struct evidence {
    enum page_kind kind;
    unsigned points;
    size_t share; // of the words that are explained, in percent
};

static struct evidence weigh(const struct hits *h, const struct page_article *a, enum page_kind title)
{
    struct evidence e = {PAGE_ROBOT, 0, h->words ? h->explained * 100 / h->words : 0};
    unsigned strong = 0;
    unsigned best = 0;
    for (unsigned k = 0; k < PAGE_LINKS; k++) {
        unsigned own = h->points[k] + (k == (unsigned)title ? 2 : 0);
        strong += h->points[k];
        if (own > best) {
            best = own;
            e.kind = (enum page_kind)k;
        }
    }
    if (strong == 0) {
        return e;
    }
    e.points = strong + (h->fits < 4 ? h->fits : 4) + (title != PAGE_N_KINDS ? 2 : 0) +
               (a->copies >= 5 && a->titles >= 3 ? 2 : 0);
    return e;
}

static bool convinces(const struct evidence *e, const struct hits *h, size_t words)
{
    // Forms that stand beside articles as well as instead of them.
    bool beside = e->kind == PAGE_SCRIPT || e->kind == PAGE_CONSENT || e->kind == PAGE_PAYWALL ||
                  e->kind == PAGE_LOGIN || e->kind == PAGE_FORM;
    if (beside && h->story > 0 && e->share < 75) {
        return false;
    }
    if (h->story * 2 > h->words) {
        return false;
    }
    if (words <= 8) {
        return e->share == 100 && e->points >= 2 && h->words >= 2;
    }
    if (words <= 25) {
        return e->share >= 60 && e->points >= 4;
    }
    if (words <= 120) {
        return e->share >= 50 && e->points >= 5;
    }
    return e->share >= 45 && e->points >= 9;
}

static struct edit finding(enum copydesk_rule rule, uint32_t score, const char *reason)
{
    return (struct edit){.rule = rule, .score = score, .reason = reason};
}

static bool is_junk(const struct page_stats *stats, const struct page_article *a, const struct hits *h,
                    enum page_kind title, size_t words, struct edit *out)
{
    struct evidence e = weigh(h, a, title);
    if (e.points > 0 && convinces(&e, h, words)) {
        unsigned points = e.points < 20 ? e.points : 20;
        *out = finding(COPYDESK_JUNK_PAGE, 9000 + 50 * points, reasons[e.kind]);
        return true;
    }
    if (is_link_list(h)) {
        *out = finding(COPYDESK_JUNK_PAGE, 9000, reasons[PAGE_LINKS]);
        return true;
    }
    if (is_template(stats, a, words)) {
        *out = finding(COPYDESK_JUNK_PAGE, 9200, "the same few words under many records: no article in them");
        return true;
    }
    return false;
}

// ---- Amounts

// Byte at which the text ends when what is cut at its end is gone.
static size_t end_of(const struct page_article *a)
{
    size_t end = page_trimmed(a->text);
    for (size_t i = a->n_cuts; i-- > 0 && a->cuts[i].end >= end;) {
        if (a->cuts[i].start < end) {
            end = page_trimmed((struct str){a->text.data, a->cuts[i].start});
        }
    }
    return end;
}

// Words outside of what is cut; exact only up to `enough`.
static size_t words_left(const struct page_article *a, size_t enough)
{
    const struct tokens *t = a->words;
    size_t cut = 0;
    size_t n = page_count(t->flags, t->n < 2 * enough + JUNK_TOKENS ? t->n : 2 * enough + JUNK_TOKENS);
    if (a->n_cuts == 0 || t->n >= 2 * enough + JUNK_TOKENS) {
        return n;
    }
    for (size_t i = 0, c = 0; i < t->n; i++) {
        while (c < a->n_cuts && a->cuts[c].end <= t->start[i]) {
            c++;
        }
        cut += c < a->n_cuts && a->cuts[c].start <= t->start[i];
    }
    return n > cut ? n - cut : 0;
}

static bool is_short(const struct page_stats *stats, const struct page_article *a, struct edit *out)
{
    uint32_t limit = page_short_limit(stats);
    size_t words = words_left(a, limit);
    if (words >= limit) {
        return false;
    }
    *out = finding(COPYDESK_TOO_SHORT, (uint32_t)(10000 - 5000 * words / limit),
                   words == 0 ? "no text" : "hardly any text");
    return true;
}

static int title_tokens(struct page_judge *judge, struct str title, struct tokens *t)
{
    *t = (struct tokens){0};
    return title.len > 0 && title.len < 2000 ? tokenize(judge->tokenizer, title.data, title.len, true, t)
                                             : COPYDESK_OK;
}

int page_judge(struct page_judge *judge, unsigned find, const struct page_stats *stats,
               const struct page_article *article, struct edit out[PAGE_MAX_FINDINGS])
{
    struct hits hits = {.last_wall = SIZE_MAX};
    struct tokens title = {0};
    int n = 0;
    bool brief = article->words->n <= JUNK_TOKENS;
    size_t words = brief ? page_count(article->words->flags, article->words->n) : JUNK_TOKENS;
    bool suspicious = brief && find & (PAGE_FIND_JUNK | PAGE_FIND_TRUNCATED) &&
                      (words == 0 || page_has_link(article) || article->copies > 1 ||
                       page_is_mostly_cut(article) || any_phrase(judge->table, article->words));
    if (find & PAGE_FIND_JUNK && page_is_noise(article->text)) {
        out[0] = finding(COPYDESK_JUNK_PAGE, 9500, "bytes of something else: no text in it");
        return 1;
    }
    if (suspicious) {
        if (title_tokens(judge, article->title, &title) < 0) {
            return COPYDESK_ERR_MEMORY;
        }
        read_phrases(judge, article->text, article->words, &hits);
        size_t named = 0;
        enum page_kind called = read_title(judge, article->title, &title, &named);
        if (find & PAGE_FIND_JUNK && words == 0 && named >= TITLE_LEAST && 3 * named >= 2 * title.n &&
            page_has_texts(stats)) {
            out[0] = finding(COPYDESK_JUNK_PAGE, 9100, reasons[called]);
            return 1;
        }
        if (find & PAGE_FIND_JUNK && is_junk(stats, article, &hits, called, words, &out[0])) {
            return 1;
        }
        const char *nothing = find & PAGE_FIND_JUNK ? page_nothing(stats, article, &title) : NULL;
        if (nothing) {
            out[0] = finding(COPYDESK_JUNK_PAGE, 9000, nothing);
            return 1;
        }
    }
    if (find & PAGE_FIND_SHORT) {
        n += is_short(stats, article, &out[n]);
    }
    if (find & PAGE_FIND_LANGUAGE) {
        uint32_t score = 0;
        const char *reason = page_wrong_language(judge->table, article->text, article->words, &score);
        if (reason) {
            out[n++] = finding(COPYDESK_WRONG_LANGUAGE, score, reason);
        }
    }
    if (find & PAGE_FIND_TRUNCATED) {
        if (page_truncated(judge->table, stats, article, end_of(article), &title, &out[n])) {
            n++;
        } else if (hits.last_wall != SIZE_MAX && hits.last_wall * 10 >= hits.words * 6 &&
                   hits.points[PAGE_PAYWALL] >= 6) {
            out[n++] = finding(COPYDESK_TRUNCATED, 8000, "a paywall stands where the text would go on");
        }
    }
    return n;
}

bool page_is_quiet(const struct page_table *table, unsigned find, const struct page_article *article)
{
    const struct tokens *words = article->words;
    if (find & PAGE_FIND_LANGUAGE) {
        return false;
    }
    if (find & PAGE_FIND_SHORT && words_left(article, page_short_limit(NULL)) < page_short_limit(NULL)) {
        return false;
    }
    if (find & PAGE_FIND_JUNK && page_is_noise(article->text)) {
        return false;
    }
    if (find & (PAGE_FIND_JUNK | PAGE_FIND_TRUNCATED) && words->n <= JUNK_TOKENS &&
        (words->n == 0 || page_has_link(article) || article->copies > 1 || any_phrase(table, words))) {
        return false;
    }
    return !(find & PAGE_FIND_TRUNCATED) || !page_may_be_truncated(table, article, end_of(article));
}
