// end.c - how a text ends, and whether it was cut off there. Contract in parts.h.
//
// Signs of a cut, surest first:
//
//   [+1234 chars]      the mark that news interfaces leave, in any language: a plus, a number, a word
//   Continue reading   what a teaser has for an end (table, kind TAIL), the article's title behind it or not
//   [...]              an omission mark in brackets behind running words
//   of the …           dots behind running words of which the last cannot end a sentence
//   and the            the same without dots, at a source whose texts nearly all end with a final mark
//
// Dots alone are a figure of speech more often than a cut, and a last full stop is often just left out. So
// the sentence must be open: its last word is one of the commonest of its language (articles, prepositions,
// auxiliaries: page/words.c), a comma or dash stands there, or a bracket or quote was not closed. Even so,
// dots without a bracket count only in a text as short as teasers are, and a text that its author signed is
// whole.
//
// The last is where false alarms come from: credits, bylines, lists, headings and verses end without a mark
// too. So the last line has to be prose (a sentence ends in it before, or it is long), most of what is left
// over has to be in small letters, and nothing in it may look like an address. Scripts without final marks
// (Thai, Lao) are never judged this way, nor are sources where one text in twenty ends openly.
//
// Only the last few hundred bytes are looked at.

#include "page/parts.h"

#include "text/unicode.h"

enum {
    WINDOW = 600,       // bytes before the end in which the last sentence is looked for
    MARK_BYTES = 40,    // longest [+1234 chars]
    MARK_WINDOW = 2000, // bytes before the end in which it is looked for
    OPEN_SHARE = 9500,  // of a source's texts end closed, before one that does not is held against it
    FRAGMENT_LEAST = 4, // words left over behind the last sentence
    FRAGMENT_MOST = 70,
    LINE_LEAST = 15,    // words of a last line in which no sentence ends, when it breaks off
    DOTS_LEAST = 6,     // the same when dots follow
    DOTS_WORDS = 100,   // in longer texts dots alone are a figure of speech
    TEASER_WORDS = 250, // longer texts with `Continue reading` at the end stand whole
    STUB_WORDS = 60,    // the same for `Read more`
};

// ---- Code points from behind

static size_t back(struct str text, size_t end, uint32_t *code_point)
{
    size_t at = end - 1;
    for (size_t n = 1; n <= 4 && n <= end; n++) {
        if (((unsigned char)text.data[end - n] & 0xC0) != 0x80) {
            at = end - n;
            break;
        }
    }
    const uint8_t *p = (const uint8_t *)text.data + at;
    unsigned len = utf8_decode(p, p + (end - at), code_point);
    if (len != end - at) {
        *code_point = 0xFFFD;
        return end - 1;
    }
    return at;
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || c == 0x3000 || c == 0xFEFF || c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x2064) || c == 0x85;
}

size_t page_trimmed(struct str text)
{
    size_t end = text.len;
    while (end > 0) {
        uint32_t c;
        size_t at = back(text, end, &c);
        if (!is_blank(c)) {
            break;
        }
        end = at;
    }
    return end;
}

// Marks that end a sentence, those of other scripts too.
static bool is_final(uint32_t c)
{
    static const uint16_t marks[] = {'.',    '!',    '?',    0x037E, 0x0589, 0x055C, 0x055E, 0x05C3,
                                     0x061F, 0x06D4, 0x0700, 0x0964, 0x0965, 0x0E2F, 0x0E5A, 0x0E5B,
                                     0x0F0D, 0x0F0E, 0x104A, 0x104B, 0x10FB, 0x1362, 0x1367, 0x1368,
                                     0x166E, 0x17D4, 0x17D5, 0x1803, 0x1809, 0x203C, 0x203D, 0x2047,
                                     0x2048, 0x2049, 0x3002, 0xFE52, 0xFF01, 0xFF0E, 0xFF1F, 0xFF61};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (c == marks[i]) {
            return true;
        }
    }
    return false;
}

// Quotes and brackets that stand behind a final mark, or close a credit.
static bool is_closer(uint32_t c)
{
    return c == ')' || c == ']' || c == '}' || c == '"' || c == '\'' || c == 0xBB || c == 0xAB ||
           (c >= 0x2018 && c <= 0x201F) || c == 0x203A || c == 0x2039 || (c >= 0x3008 && c <= 0x3011) ||
           (c >= 0x3014 && c <= 0x301B) || c == 0xFF09 || c == 0xFF3D || c == 0xFF02 || c == 0xFE42;
}

// Items of a list end in a semicolon.
static bool is_semicolon(uint32_t c)
{
    return c == ';' || c == 0x061B;
}

static bool goes_on(uint32_t c)
{
    return is_semicolon(c) || c == ',' || c == '-' || c == 0x2010 || c == 0x2013 || c == 0x2014 ||
           c == 0x060C || c == 0x3001 || c == 0xFF0C || c == 0x1363;
}

static enum page_ending ending_at(struct str text, size_t end)
{
    uint32_t c = 0;
    bool closed = false;
    bool bracket = false;
    size_t at = end;
    while (at > 0) {
        size_t before = back(text, at, &c);
        if (!is_closer(c) && !is_blank(c)) {
            break;
        }
        closed |= is_closer(c);
        bracket |= c == ']' || c == ')';
        at = before;
    }
    if (at == 0) {
        return PAGE_ENDS_OTHER;
    }
    if (closed && !bracket) {
        return PAGE_ENDS_CLOSED; // a quotation may trail off
    }
    if (c == 0x2026 || c == 0x22EF || (c == '.' && at >= 3 && memcmp(text.data + at - 3, "...", 3) == 0)) {
        return PAGE_ENDS_DOTS;
    }
    if (closed || is_final(c)) {
        return PAGE_ENDS_CLOSED;
    }
    if (c >= 0x0E00 && c < 0x0F00) {
        return PAGE_ENDS_OTHER; // Thai and Lao have no final marks
    }
    return goes_on(c) || unicode_lookup(c) & (UNICODE_WORD | UNICODE_MARK) ? PAGE_ENDS_OPEN : PAGE_ENDS_OTHER;
}

enum page_ending page_ending(struct str text)
{
    return ending_at(text, page_trimmed(text));
}

bool page_parts(struct str between)
{
    const uint8_t *p = (const uint8_t *)between.data;
    for (size_t i = 0; i < between.len;) {
        uint32_t c;
        unsigned n = utf8_decode(p + i, p + between.len, &c);
        i += n ? n : 1;
        // `3.5` and `U.S` have a mark with nothing behind it but the next word.
        if (n && (c == '\n' || c == 0x2026 || (is_final(c) && (c > 0x7F || i < between.len)))) {
            return true;
        }
    }
    return false;
}

size_t page_count(const uint8_t *flags, size_t n)
{
    size_t solo = 0;
    for (size_t i = 0; i < n; i++) {
        solo += (flags[i] & TOKEN_SOLO) != 0;
    }
    return n - solo + (solo + 1) / 2;
}

// ---- Marks

// Length of `[+1234 chars]` at p, 0 when it is none.
static size_t mark_len(const char *p, size_t left)
{
    size_t most = left < MARK_BYTES ? left : MARK_BYTES;
    size_t at = 2;
    while (at < most && (unsigned)(p[at] - '0') < 10) {
        at++;
    }
    if (at == 2 || at >= most || p[at] != ' ') {
        return 0;
    }
    const char *close = memchr(p + at, ']', most - at);
    return close ? (size_t)(close - p) + 1 : 0;
}

// The last mark that ends a line, not far from the end: what a site puts under its texts may follow it.
static bool counted_mark(struct str text, size_t end, size_t *start, size_t *stop)
{
    size_t at = end > MARK_WINDOW ? end - MARK_WINDOW : 0;
    bool found = false;
    while (at < end) {
        const char *p = memchr(text.data + at, '[', end - at);
        if (!p) {
            break;
        }
        at = (size_t)(p - text.data);
        size_t len = end - at > 1 && p[1] == '+' ? mark_len(p, end - at) : 0;
        if (len && (at + len == end || text.data[at + len] == '\n' || text.data[at + len] == '\r')) {
            *start = at;
            *stop = at + len;
            found = true;
        }
        at++;
    }
    return found;
}

static size_t before_dots(struct str text, size_t end)
{
    while (end > 0) {
        uint32_t c;
        size_t at = back(text, end, &c);
        if (!is_blank(c) && c != 0x2026 && c != '.' && c != '[' && c != ']' && c != '(' && c != ')') {
            break;
        }
        end = at;
    }
    return end;
}

static struct edit whole(uint32_t score, const char *reason)
{
    return (struct edit){.rule = COPYDESK_TRUNCATED, .score = score, .reason = reason};
}

static struct edit span(size_t start, size_t end, uint32_t score, const char *reason)
{
    return (struct edit){.rule = COPYDESK_TRUNCATED,
                         .field = COPYDESK_FIELD_TEXT,
                         .start = (uint32_t)start,
                         .end = (uint32_t)end,
                         .score = score,
                         .reason = reason};
}

// Tokens that end at or before byte `end`.
static size_t tokens_before(const struct tokens *words, size_t end)
{
    size_t n = words->n;
    while (n > 0 && words->end[n - 1] > end) {
        n--;
    }
    return n;
}

static bool title_follows(const struct tokens *words, size_t from, size_t n, const struct tokens *title)
{
    size_t rest = n - from;
    return title && rest >= 2 && rest <= title->n &&
           memcmp(words->hash + from, title->hash, rest * sizeof *words->hash) == 0;
}

static bool is_on_line_of(struct str text, const struct tokens *words, size_t i)
{
    return i > 0 && !memchr(text.data + words->end[i - 1], '\n', words->start[i] - words->end[i - 1]);
}

// `Continue reading` and the like as the last words.
static bool tail(const struct page_table *table, const struct page_article *a, size_t end,
                 const struct tokens *title, struct edit *out)
{
    enum { REACH = 40 };
    const struct tokens *words = a->words;
    size_t n = tokens_before(words, end);
    size_t from = n > REACH ? n - REACH : 0;
    size_t count = n <= 2 * TEASER_WORDS ? page_count(words->flags, n) : TEASER_WORDS + 1;
    if (count > TEASER_WORDS) {
        return false;
    }
    for (size_t i = from; i < n; i++) {
        size_t taken;
        const struct page_phrase *phrase = page_match(table, words->hash, n, i, &taken);
        if (!phrase || phrase->kind != PAGE_TAIL) {
            continue;
        }
        bool last = i + taken == n;
        if (!last && !title_follows(words, i + taken, n, title)) {
            continue;
        }
        struct str before = {a->text.data, i > 0 ? words->end[i - 1] : 0};
        before.len = words->start[i] < end ? words->start[i] : before.len;
        enum page_ending ending = page_ending(before);
        bool broken = ending == PAGE_ENDS_DOTS || ending == PAGE_ENDS_OPEN;
        uint32_t stop = 0;
        back(a->text, end, &stop);
        bool apart =
            ending == PAGE_ENDS_DOTS || (ending == PAGE_ENDS_OPEN && !is_on_line_of(a->text, words, i));
        if (!apart && is_final(stop)) {
            continue; // the last words of a sentence, or all of one: `... kommt nicht mehr.`, `Keep reading.`
        }
        if (phrase->level != PAGE_TELLS && !(broken && count <= STUB_WORDS) && ending != PAGE_ENDS_DOTS) {
            continue;
        }
        *out = span(words->start[i], end, broken ? 9500 : 8500, "a link to the rest stands at the end");
        return true;
    }
    return false;
}

// ---- Breaking off

// The last line behind its last sentence.
struct fragment {
    size_t words, upper, digits, solo; // tokens
    size_t line;                       // tokens of the line, as far as looked
    bool inner;                        // a sentence ends in the line before it
    size_t start;                      // byte
};

static struct fragment fragment_of(const struct page_article *a, size_t end)
{
    const struct tokens *t = a->words;
    size_t n = tokens_before(t, end);
    size_t floor = end > WINDOW ? end - WINDOW : 0;
    struct fragment f = {.start = end};
    for (size_t i = n; i-- > 0 && t->start[i] >= floor;) {
        bool same = i + 1 < n && f.inner;
        if (i + 1 < n) {
            struct str gap = {a->text.data + t->end[i], t->start[i + 1] - t->end[i]};
            if (memchr(gap.data, '\n', gap.len)) {
                break;
            }
            f.inner = same || page_parts(gap);
        }
        f.line++;
        if (!f.inner) {
            f.words++;
            f.upper += (t->flags[i] & TOKEN_UPPER) != 0;
            f.digits += (t->flags[i] & TOKEN_DIGIT) != 0;
            f.solo += (t->flags[i] & TOKEN_SOLO) != 0;
            f.start = t->start[i];
        }
    }
    return f;
}

static bool has(struct str s, const char *what)
{
    return memmem(s.data, s.len, what, strlen(what)) != NULL;
}

// No credit, address or list.
static bool is_plain(const struct page_article *a, const struct fragment *f, size_t end)
{
    struct str s = {a->text.data + f->start, end - f->start};
    return !has(s, "@") && !has(s, "://") && !has(s, "www.") && !has(s, "|") && !has(s, "\xC2\xA9") &&
           !has(s, " - ") && !has(s, "\t") && !has(s, "   ");
}

// Running words behind which a sentence would have to end.
static bool is_prose(const struct fragment *f)
{
    size_t least = f->solo * 2 > f->words ? 2 * FRAGMENT_LEAST : FRAGMENT_LEAST;
    return f->words >= least && f->words <= FRAGMENT_MOST && (f->inner || f->line >= LINE_LEAST) &&
           2 * (f->upper + f->digits) < f->words;
}

// How the text breaks off; PAGE_ENDS_CLOSED: it does not.
static enum page_ending breaks_off(const struct page_article *article, size_t end)
{
    enum page_ending ending = ending_at(article->text, end);
    if (ending != PAGE_ENDS_DOTS && ending != PAGE_ENDS_OPEN) {
        return PAGE_ENDS_CLOSED;
    }
    const struct tokens *t = article->words;
    size_t n = tokens_before(t, end);
    if (ending == PAGE_ENDS_OPEN && n > 0 &&
        memchr(article->text.data + t->end[n - 1], '\n', end - t->end[n - 1])) {
        return PAGE_ENDS_CLOSED; // a dash that rules off what stood below
    }
    struct fragment f =
        fragment_of(article, ending == PAGE_ENDS_DOTS ? before_dots(article->text, end) : end);
    bool cut = ending == PAGE_ENDS_DOTS ? f.line >= DOTS_LEAST : is_prose(&f);
    return cut && is_plain(article, &f, end) ? ending : PAGE_ENDS_CLOSED;
}

// One of the commonest words of the language of the text.
static bool is_common(const struct page_table *table, const struct page_article *a, size_t i)
{
    enum { LEAST_WEIGHT = 6 };
    if (a->words->flags[i] & (TOKEN_DIGIT | TOKEN_SOLO | TOKEN_UPPER)) {
        return false;
    }
    struct page_slot run = page_find(&table->by_word, a->words->hash[i]);
    const char *language = run.n ? page_language(table, a->text, a->words).code : "";
    for (size_t w = run.first; w < run.first + run.n; w++) {
        const struct page_word *word = &table->common[w];
        bool same = !language[0] || strcmp(language, page_languages[word->language].two) == 0;
        if (same && word->weight >= LEAST_WEIGHT) {
            return true;
        }
    }
    return false;
}

// Times that `what` stands in s.
static size_t count(struct str s, const char *what)
{
    size_t n = 0;
    const char *p = s.data;
    while ((p = memmem(p, (size_t)(s.data + s.len - p), what, strlen(what))) != NULL) {
        n++;
        p += strlen(what);
    }
    return n;
}

// The sentence goes on for certain, whatever stands behind it.
static bool is_unfinished(const struct page_table *table, const struct page_article *a, size_t end,
                          enum page_ending ending)
{
    size_t stop = before_dots(a->text, end);
    size_t n = tokens_before(a->words, stop);
    if (n == 0) {
        return false;
    }
    uint32_t last = 0;
    back(a->text, stop, &last);
    if (ending == PAGE_ENDS_DOTS) {
        struct str dots = {a->text.data + stop, end - stop};
        if (has(dots, "[") || has(dots, "(")) {
            return true;
        }
        // "... and so on...", "[some would buy it...]", "he said so."...
        if (has(dots, "]") || has(dots, ")") || is_final(last) || is_closer(last) ||
            (n <= 2 * DOTS_WORDS ? page_count(a->words->flags, n) : n) > DOTS_WORDS) {
            return false;
        }
    }
    struct fragment f = fragment_of(a, end);
    struct str s = {a->text.data + f.start, end > f.start ? end - f.start : 0};
    bool open = count(s, "(") > count(s, ")") || count(s, "\xE2\x80\x9C") > count(s, "\xE2\x80\x9D");
    return (goes_on(last) && !is_semicolon(last)) || open || is_common(table, a, n - 1);
}

// Who signs has finished: a byline or a credit stands behind the end.
static bool is_signed(const struct page_article *a, size_t end)
{
    for (size_t i = a->n_cuts; i-- > 0 && a->cuts[i].start >= end;) {
        if (a->cuts[i].rule == COPYDESK_BYLINE || a->cuts[i].rule == COPYDESK_DATELINE_CREDIT) {
            return true;
        }
    }
    return false;
}

bool page_truncated(const struct page_table *table, const struct page_stats *stats,
                    const struct page_article *article, size_t end, const struct tokens *title,
                    struct edit *out)
{
    size_t mark;
    size_t mark_end;
    if (counted_mark(article->text, end, &mark, &mark_end)) {
        *out = span(before_dots(article->text, mark), mark_end, 9900,
                    "a mark says that characters are left out");
        return true;
    }
    if (tail(table, article, end, title, out)) {
        return true;
    }
    enum page_ending ending = breaks_off(article, end);
    if (ending == PAGE_ENDS_CLOSED || !is_unfinished(table, article, end, ending) ||
        is_signed(article, end)) {
        return false;
    }
    uint32_t share = page_closed_share(stats, article->source);
    if (ending == PAGE_ENDS_OPEN && share < OPEN_SHARE) {
        return false;
    }
    *out = ending == PAGE_ENDS_DOTS ? whole(8000, "the text ends in dots where a sentence goes on")
                                    : whole(share - 1000, "the text stops in mid-sentence");
    return true;
}

bool page_may_be_truncated(const struct page_table *table, const struct page_article *article, size_t end)
{
    size_t mark;
    size_t mark_end;
    struct edit found;
    return counted_mark(article->text, end, &mark, &mark_end) || tail(table, article, end, NULL, &found) ||
           breaks_off(article, end) != PAGE_ENDS_CLOSED;
}
