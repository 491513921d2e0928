// inside.c - furniture within a line. Contract in inside.h.
//
//  - Galleries: captions of a site's pictures, swallowed as one line of up to many kilobytes, of which
//  each page shows
//    another selection. Told by sentences that unrelated articles share, in a run; or by a counter that
//    ascends ("3 of 24 ... 4 of 24 ...") whatever the words around it mean.
//  - Sentences that a site puts into its paragraphs.
//  - Marks of advertisement between two sentences.
//  - Glued links: the card of a tagged person, printed behind the name without a blank: the name again,
//  headlines,
//    the word for "more". "James SmithJames Lee SmithStorm closes harbour Two held after raid MORE": the
//    first name belongs to the sentence, all from the second on is cut.
//  - Buttons that lost the blanks between them: "FacebookTwitterEmail".

#include "furniture/inside.h"

#include "base/mem.h"
#include "text/unicode.h"

#include <string.h>

enum {
    COUNTER_STEPS = 3,  // times that a counter must have gone up
    RUN_WORDS = 150,    // shortest run of shared sentences that is taken for a gallery
    COUNTED_WORDS = 40, // shortest line that is taken for a gallery by its counter
    GAP_WORDS = 70,     // longest stretch that nobody else has, within such a run
    GLUED_WORDS = 160,  // longest run of glued links
    NAME_PARTS = 3,
    GLUED_BYTES = 20, // shortest word that is searched for buttons
};

bool edit_list_add(struct edit_list *list, const struct edit *edit)
{
    void *edits = list->edits;
    if (!mem_grow(&edits, &list->cap, list->n + 1, sizeof *list->edits)) {
        return false;
    }
    list->edits = edits;
    list->edits[list->n++] = *edit;
    return true;
}

struct inside {
    const struct line_context *c;
    const struct segments *segments;
    const struct line_view *line;
    uint64_t rules;
    struct edit_list *found;
    uint32_t done; // bytes before it are taken
    bool failed;
};

static void add(struct inside *in, enum copydesk_rule rule, uint32_t start, uint32_t end, uint32_t score,
                const struct boiler_entry *evidence, const char *reason)
{
    if (!(in->rules & FURNITURE_RULE(rule)) || start < in->done || start >= end) {
        return;
    }
    in->done = end;
    in->failed |= !edit_list_add(in->found, &(struct edit){.rule = rule,
                                                           .field = COPYDESK_FIELD_TEXT,
                                                           .start = start,
                                                           .end = end,
                                                           .score = score,
                                                           .articles = evidence ? evidence->articles : 0,
                                                           .clusters = evidence ? evidence->clusters : 0,
                                                           .reason = reason});
}

static uint32_t before_blanks(const char *text, uint32_t at, uint32_t least)
{
    while (at > least && (text[at - 1] == ' ' || text[at - 1] == '\t')) {
        at--;
    }
    return at;
}

// The first word from i on that has the flag, or end.
static size_t next_flag(const uint8_t *flags, size_t i, size_t end, uint8_t flag)
{
    uint64_t eight;
    for (; end - i >= 8; i += 8) {
        memcpy(&eight, flags + i, sizeof eight);
        eight &= flag * UINT64_C(0x0101010101010101);
        if (eight) {
            return i + (size_t)__builtin_ctzll(eight) / 8;
        }
    }
    while (i < end && !(flags[i] & flag)) {
        i++;
    }
    return i;
}

// ---- galleries

static uint32_t number_at(const struct line_context *c, size_t i)
{
    uint32_t value = 0;
    for (uint32_t at = c->words->start[i]; at < c->words->end[i]; at++) {
        uint8_t digit = (uint8_t)(c->text[at] - '0');
        if (digit > 9 || value > 9999) {
            return 0;
        }
        value = value * 10 + digit;
    }
    return value;
}

// A line with "1 of n", "2 of n" ... up to "n of n" is a gallery as a whole.
static bool is_counted(const struct line_context *c, const struct segment *s)
{
    uint32_t expected = 0;
    uint32_t total = 0;
    uint32_t steps = 0;
    uint32_t last = 0;
    size_t end = (size_t)s->first + s->n;
    for (size_t i = next_flag(c->words->flags, s->first, end, TOKEN_DIGIT); i + 1 < end;
         i = next_flag(c->words->flags, i + 1, end, TOKEN_DIGIT)) {
        uint32_t k = number_at(c, i);
        size_t ahead = i + 1;
        while (ahead < (size_t)s->first + s->n && ahead <= i + 3 && !(c->words->flags[ahead] & TOKEN_DIGIT)) {
            ahead++;
        }
        if (k == 0 || ahead >= (size_t)s->first + s->n || !(c->words->flags[ahead] & TOKEN_DIGIT)) {
            continue;
        }
        uint32_t n = number_at(c, ahead);
        if (n < k || n < 2) {
            continue;
        }
        if (steps > 0 && k == expected && n == total) {
            steps++;
            expected++;
            last = (uint32_t)ahead;
        } else if (steps <= 1 && k == 1) {
            expected = 2;
            total = n;
            steps = 1;
        }
    }
    return steps > COUNTER_STEPS && expected == total + 1 && last + 40 >= s->first + s->n;
}

enum { UNKNOWN, SHARED, FIRM };

// What the corpus says of a sentence.
static unsigned sentence_level(const struct boiler_entry *e, const struct segment *s)
{
    if (!e || s->n < 4) {
        return UNKNOWN;
    }
    // Without sources three may be three reports that quote one statement.
    if (e->sources ? e->clusters >= 3 && e->share >= 40 : e->clusters >= 5) {
        return FIRM;
    }
    return e->clusters >= 2 && (e->sources == 0 || e->share >= 5) ? SHARED : UNKNOWN;
}

static void judge_runs(struct inside *in)
{
    const struct segment *line = &in->line->segment;
    const struct segment *first = &in->segments->sentences[line->first_sentence];
    if (line->n_sentences < 4 || line->n < RUN_WORDS) {
        return;
    }
    const struct boiler_entry *const *known = in->c->known + line->first_sentence;
    size_t start = 0;
    size_t end = 0; // of the run, as sentences
    uint32_t words = 0;
    uint32_t firm = 0;
    uint32_t gap = 0;
    const struct boiler_entry *evidence = NULL;
    for (size_t k = 0; k <= line->n_sentences; k++) {
        const struct boiler_entry *e = k < line->n_sentences ? known[k] : NULL;
        unsigned level = k < line->n_sentences ? sentence_level(e, &first[k]) : UNKNOWN;
        if (level != UNKNOWN) {
            start = words ? start : k;
            end = k + 1;
            words += first[k].n;
            firm += level == FIRM ? first[k].n : 0;
            gap = 0;
            evidence = level == FIRM ? e : evidence;
            continue;
        }
        gap += k < line->n_sentences ? first[k].n : GAP_WORDS + 1;
        if (words && gap > GAP_WORDS) {
            if (words >= RUN_WORDS && firm * 2 >= words) {
                bool to_end = end == line->n_sentences;
                add(in, COPYDESK_REPEATED_LINE, start ? first[start].start : line->start,
                    to_end ? line->end : first[end - 1].end, 9000, evidence,
                    "a run that unrelated articles share");
            }
            words = 0;
            firm = 0;
        }
    }
}

// ---- sentences of the site

bool inside_site_sentence(const struct boiler_entry *known, const struct segment *sentence)
{
    return known && sentence->n >= 4 && known->clusters >= 5 && known->sources && known->share >= 200 &&
           known->top >= 5;
}

// ---- advertisement between sentences

static void judge_advert(struct inside *in, const struct segment *s, bool after_stop)
{
    const struct line_context *c = in->c;
    struct phrase_hit hits[PHRASE_MOST_HITS];
    const struct phrase_filter *filter = phrases_filter(c->phrases);
    if (s->n == 0 || !after_stop || !phrase_filter_has(filter->notice, c->words->hash[s->first])) {
        return;
    }
    size_t n = phrases_at(c->phrases, c->words, s->first, s->first + s->n, hits);
    uint32_t longest = 0;
    for (size_t k = 0; k < n; k++) {
        bool ad = hits[k].use == PHRASE_LINE && hits[k].rule == COPYDESK_NOTICE;
        longest = ad && hits[k].n > longest ? hits[k].n : longest;
    }
    if (longest == 0) {
        return;
    }
    size_t last = s->first + longest - 1;
    uint32_t end = c->words->end[last];
    bool whole = longest == s->n;
    uint8_t flags = whole ? 0 : c->words->flags[last + 1];
    bool small =
        !whole && c->text[c->words->start[last + 1]] >= 'a' && c->text[c->words->start[last + 1]] <= 'z';
    // "Advertisement for the product was ...": a word of a script with small letters (those below U+0590)
    // follows.
    bool may_be_small = small || (!whole && (uint8_t)c->text[c->words->start[last + 1]] < 0xD7);
    if (!whole && !(flags & (TOKEN_UPPER | TOKEN_DIGIT)) && may_be_small) {
        return;
    }
    while (end < in->line->segment.end && (c->text[end] == ':' || c->text[end] == '.')) {
        end++;
    }
    add(in, COPYDESK_NOTICE, before_blanks(c->text, s->start, in->line->segment.start), end, 9000, NULL,
        "marks an advertisement");
}

// ---- glued links

// The place inside a word where a small letter is followed by a capital one: "SmithJames". 0: there is
// none. from: not before this byte of the word.
static uint32_t seam(const char *text, uint32_t start, uint32_t end, uint32_t from)
{
    const uint8_t *p = (const uint8_t *)text;
    bool small = false;
    for (uint32_t at = start; at < end;) {
        uint32_t point = 0;
        unsigned size = unicode_decode(p + at, end - at, &point);
        if (size == 0) {
            return 0;
        }
        uint32_t known = unicode_lookup(point);
        bool upper = (known & UNICODE_UPPER) != 0;
        if (small && upper && at - start >= from) {
            return at;
        }
        small = (known & UNICODE_WORD) && !upper && !(known & (UNICODE_DIGIT | UNICODE_SOLO));
        at += size;
    }
    return 0;
}

// The stem stands in front of this word, and a capital, a figure or a quote is glued on: "MattisState" for
// "Mattis".
static bool has_stem(const struct line_context *c, size_t i, uint32_t stem, uint32_t stem_len)
{
    uint32_t start = c->words->start[i];
    uint32_t len = c->words->end[i] - start;
    if (len < stem_len || memcmp(c->text + start, c->text + stem, stem_len) != 0) {
        return false;
    }
    uint8_t next = (uint8_t)c->text[start + stem_len];
    return len == stem_len || (next >= '0' && next <= '9') ||
           seam(c->text, start, c->words->end[i], stem_len) == start + stem_len;
}

static bool is_more(const struct line_context *c, size_t i, size_t end)
{
    struct phrase_hit hits[PHRASE_MOST_HITS];
    size_t n = phrases_at(c->phrases, c->words, i, end, hits);
    for (size_t k = 0; k < n; k++) {
        if (hits[k].use == PHRASE_MORE) {
            // Written large: MORE, not more.
            uint32_t point = 0;
            const uint8_t *word = (const uint8_t *)c->text + c->words->start[i];
            uint32_t len = c->words->end[i + hits[k].n - 1] - c->words->start[i];
            for (uint32_t at = 0; at < len;) {
                unsigned size = unicode_decode(word + at, len - at, &point);
                uint32_t known = size ? unicode_lookup(point) : 0;
                if (size == 0 || ((known & UNICODE_WORD) && !(known & (UNICODE_UPPER | UNICODE_DIGIT)))) {
                    return false;
                }
                at += size;
            }
            return true;
        }
    }
    return false;
}

static bool is_all_large(const struct line_context *c, size_t i)
{
    const char *p = c->text + c->words->start[i];
    uint32_t n = c->words->end[i] - c->words->start[i];
    bool large = n > 1;
    for (uint32_t at = 0; at < n; at++) {
        large &= p[at] >= 'A' && p[at] <= 'Z';
    }
    return large;
}

// Names of networks, addresses and gaps as between the columns of a page: no card has them.
static bool is_no_card(const char *text, uint32_t from, uint32_t to)
{
    return memchr(text + from, '@', to - from) || memmem(text + from, to - from, "http", 4) ||
           memmem(text + from, to - from, "   ", 3);
}

// The word MORE that ends the run begun at `from`, or 0. In a headline written large it ends nothing.
static size_t end_of_links(const struct line_context *c, const struct segment *line, size_t from)
{
    size_t end = line->first + line->n;
    size_t limit = from + GLUED_WORDS < end ? from + GLUED_WORDS : end;
    for (size_t i = from; i < limit; i++) {
        if (is_more(c, i, end)) {
            bool next = i + 1 < end && is_all_large(c, i + 1);
            bool large = next && (is_all_large(c, i - 1) || (i + 2 < end && is_all_large(c, i + 2)));
            return large || is_no_card(c->text, c->words->start[from], c->words->end[i]) ? 0 : i;
        }
    }
    return 0;
}

// Eight bytes at once: whether a word of ASCII may have a capital letter behind its first byte. Others may.
static bool may_have_seam(const char *text, uint32_t start, uint32_t end)
{
    for (uint32_t at = start + 1; at < end; at += 8) {
        uint64_t bytes;
        memcpy(&bytes, text + at, sizeof bytes); // texts are followed by readable bytes
        uint64_t high = UINT64_C(0x8080808080808080);
        uint64_t mask = end - at >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * (end - at)) - 1;
        // No capital and nothing beyond ASCII: every byte is either below 'A' or above 'Z'.
        uint64_t low = bytes & ~high;
        uint64_t from_a = low + UINT64_C(0x3f3f3f3f3f3f3f3f);
        uint64_t above_z = low + UINT64_C(0x2525252525252525);
        if ((((from_a & ~above_z) | bytes) & high & mask) != 0) {
            return true;
        }
    }
    return false;
}

// How many sentences end between these bytes: links are headlines, a quoted message is not.
static unsigned n_stops(const struct inside *in, uint32_t from, uint32_t to)
{
    const struct segment *line = &in->line->segment;
    unsigned n = 0;
    for (size_t k = 0; k < line->n_sentences; k++) {
        const struct segment *s = &in->segments->sentences[line->first_sentence + k];
        n += (s->flags & SEGMENT_STOP) && s->end > from && s->end < to;
    }
    return n;
}

static size_t judge_glued(struct inside *in, size_t i)
{
    enum { MOST_STOPS = 4 };
    const struct line_context *c = in->c;
    const struct segment *line = &in->line->segment;
    size_t end = line->first + line->n;
    const uint64_t *hash = c->words->hash;
    uint32_t begin = 0;
    size_t from = 0;
    // "James MattisJames Norman MattisState ...": the same stem twice, each time with something else glued
    // on.
    uint32_t len = c->words->end[i] - c->words->start[i];
    uint32_t cut = len >= 5 && may_have_seam(c->text, c->words->start[i], c->words->end[i])
                       ? seam(c->text, c->words->start[i], c->words->end[i], 3)
                       : 0;
    if (cut) {
        uint32_t stem_len = cut - c->words->start[i];
        for (size_t k = i + 1; k < end && k <= i + NAME_PARTS; k++) {
            // "DraWs and DraWs PLUS" is one name twice.
            if (hash[k] != hash[i] && has_stem(c, k, c->words->start[i], stem_len)) {
                begin = cut;
                from = k;
                break;
            }
        }
    }
    // "James Mattis James Norman MattisState": a first and a last name, both again with a name between.
    bool twice = !from && i + 4 < end && hash[i] == hash[i + 2];
    if (twice && before_blanks(c->text, c->words->start[i + 2], line->start) == c->words->end[i + 1]) {
        uint32_t stem = c->words->start[i + 1];
        uint32_t stem_len = c->words->end[i + 1] - stem;
        for (size_t k = i + 3; k < end && k <= i + 2 + NAME_PARTS; k++) {
            if (hash[k] == hash[i + 1] || has_stem(c, k, stem, stem_len)) {
                begin = before_blanks(c->text, c->words->start[i + 2], line->start);
                from = k;
                break;
            }
        }
    }
    size_t last = from ? end_of_links(c, line, from) : 0;
    if (!last || n_stops(in, begin, c->words->end[last]) > MOST_STOPS) {
        return i;
    }
    add(in, COPYDESK_GLUED_LINKS, begin, c->words->end[last], 9500, NULL,
        "a card of links glued into the text");
    return last;
}

// Bit i: word i of 64 begins with a capital letter.
static uint64_t capitals(const uint8_t *flags)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < 64; i += 8) {
        uint64_t eight;
        memcpy(&eight, flags + i, sizeof eight);
        eight &= TOKEN_UPPER * UINT64_C(0x0101010101010101);
        bits |= (eight * UINT64_C(0x0102040810204080) >> 56) << i;
    }
    return bits;
}

// Most lines have no word for "more", fewer have it written large.
static bool has_more(const struct line_context *c, const struct segment *line)
{
    const uint64_t *more = phrases_filter(c->phrases)->more;
    const uint8_t *flags = c->words->flags + line->first;
    const uint64_t *hash = c->words->hash + line->first;
    for (size_t at = 0; at < line->n; at += 64) {
        uint8_t last[64] = {0};
        if (line->n - at < 64) {
            memcpy(last, flags + at, line->n - at);
        }
        for (uint64_t bits = capitals(line->n - at < 64 ? last : flags + at); bits; bits &= bits - 1) {
            size_t i = at + (unsigned)__builtin_ctzll(bits);
            if (phrase_filter_has(more, hash[i]) && is_more(c, line->first + i, line->first + line->n)) {
                return true;
            }
        }
    }
    return false;
}

static void judge_cards(struct inside *in)
{
    const struct line_context *c = in->c;
    const struct segment *line = &in->line->segment;
    if (!(in->rules & FURNITURE_RULE(COPYDESK_GLUED_LINKS)) || !has_more(c, line)) {
        return;
    }
    for (size_t i = line->first; i + 3 < (size_t)line->first + line->n; i++) {
        if ((c->words->flags[i] & (TOKEN_UPPER | TOKEN_SOLO)) == TOKEN_UPPER) {
            i = judge_glued(in, i);
        }
    }
}

// ---- buttons glued together

// Whether a small letter of ASCII is followed by a capital one, eight bytes at once.
static bool has_ascii_seam(const char *text, uint32_t start, uint32_t end)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t high = 0x80 * ones;
    for (uint32_t at = start; at + 1 < end; at += 7) {
        uint64_t bytes;
        memcpy(&bytes, text + at, sizeof bytes); // texts are followed by readable bytes
        uint64_t low = bytes & ~high;
        uint64_t small = (low + (0x80 - 'a') * ones) & ~(low + (0x7f - 'z') * ones) & ~bytes & high;
        uint64_t large = (low + (0x80 - 'A') * ones) & ~(low + (0x7f - 'Z') * ones) & ~bytes & high;
        uint64_t inside = end - at >= 8 ? UINT64_MAX : (UINT64_C(1) << 8 * (end - at)) - 1;
        if (small << 8 & large & inside) {
            return true;
        }
    }
    return false;
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

// The names from `at` on, with a blank between at most: how many buttons; *stop: where the last one ends,
// and what is glued to it.
static unsigned count_buttons(const struct phrases *p, const char *text, uint32_t at, uint32_t end,
                              uint32_t *stop)
{
    unsigned buttons = 0;
    *stop = at;
    while (at < end) {
        bool blank = text[at] == ' ';
        uint32_t from = at + blank;
        bool button = false;
        uint32_t len = phrases_name_at(p, text, from, end, &button);
        if (len == 0) {
            break;
        }
        buttons += button;
        at = from + len;
        *stop = button || (!blank && *stop == from) ? at : *stop;
    }
    return buttons;
}

// No branch inside, so that it is done for many words at once.
static bool has_long_word(const uint32_t *start, const uint32_t *end, size_t n)
{
    uint32_t any = 0;
    for (size_t i = 0; i < n; i++) {
        any |= end[i] - start[i] >= GLUED_BYTES;
    }
    return any;
}

// "... said the mayor.FacebookTwitterGoogle plusShareShare this post": three buttons or more, of which one
// is glued to the next.
static void judge_buttons(struct inside *in, const struct segment *s)
{
    enum { LEAST_BUTTONS = 3 };
    const struct line_context *c = in->c;
    const uint32_t *start = c->words->start;
    const uint32_t *end = c->words->end;
    for (size_t i = s->first; i < (size_t)s->first + s->n; i++) {
        if (end[i] - start[i] < GLUED_BYTES || !has_ascii_seam(c->text, start[i], end[i])) {
            continue;
        }
        for (uint32_t at = start[i] + 1; at < end[i]; at++) {
            if (at < in->done || !is_small(c->text[at - 1]) || c->text[at] < 'A' || c->text[at] > 'Z') {
                continue;
            }
            uint32_t len = phrases_button_before(c->phrases, c->text, start[i], at);
            uint32_t stop;
            if (len &&
                count_buttons(c->phrases, c->text, at - len, in->line->segment.end, &stop) >= LEAST_BUTTONS) {
                add(in, COPYDESK_SHARE_BAR, at - len, stop, 9000, NULL, "share buttons glued together");
            }
        }
    }
}

bool inside_judge(const struct line_context *c, const struct segments *segments, const struct line_view *line,
                  bool spared, uint64_t rules, struct edit_list *found)
{
    struct inside in = {.c = c, .segments = segments, .line = line, .rules = rules, .found = found};
    const struct segment *s = &line->segment;
    if (s->n == 0) {
        return true;
    }
    size_t first_edit = found->n;
    if ((s->flags & SEGMENT_DIGITS) && s->n > COUNTED_WORDS && is_counted(c, s)) {
        add(&in, COPYDESK_REPEATED_LINE, s->start, s->end, 9000, line->words, "a gallery with its counter");
        return !in.failed;
    }
    bool counts = line->shared && !spared;
    if (counts) {
        judge_runs(&in);
    }
    if (found->n > first_edit) {
        return !in.failed;
    }
    judge_cards(&in);
    if (found->n > first_edit) {
        return !in.failed;
    }
    bool glued = has_long_word(c->words->start + s->first, c->words->end + s->first, s->n);
    for (size_t k = 0; k < s->n_sentences && s->n_sentences > 1; k++) {
        const struct segment *sentence = &segments->sentences[s->first_sentence + k];
        const struct boiler_entry *known = counts ? c->known[s->first_sentence + k] : NULL;
        if (inside_site_sentence(known, sentence)) {
            add(&in, COPYDESK_REPEATED_LINE, sentence->start, sentence->end, 8500, known,
                "repeated in unrelated articles");
        }
        bool after_stop = k > 0 && (sentence[-1].flags & SEGMENT_STOP);
        judge_advert(&in, sentence, after_stop);
        if (glued) {
            judge_buttons(&in, sentence);
        }
    }
    if (glued && s->n_sentences == 1) {
        judge_buttons(&in, s);
    }
    return !in.failed;
}
