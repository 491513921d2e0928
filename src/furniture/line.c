// line.c - one line: what is known of it, and what it is. Contract in line.h.
//
// Statistics: a line counts as repeated when enough unrelated articles have it (clusters, not articles)
// and either the sources that have it print it often (share), or it stands at the edge of articles. A form
// (shape, label, last words) needs more, since slots let true lines in. Where no source is known, place
// must do.
//
// Form and phrases: each kind of furniture has its own small rule below; all ask for a short line and a
// place or a form beside the phrase.

#include "furniture/line.h"

#include <string.h>

enum {
    SHARE_WORDS = 20,    // longest row of buttons
    HEADLINE_WORDS = 26, // longest headline
    MANY = 3,            // clusters from which a line is repeated
    FIGURES_SHARE = 300,
    EDGE = 204, // of 255: at the head and tail of articles, nearly always
};

// ---- looking

static bool has_bytes(const char *text, uint32_t from, uint32_t to, const char *needle)
{
    return memmem(text + from, to - from, needle, strlen(needle)) != NULL;
}

static bool gap_has(const struct line_context *c, const struct line_view *v, size_t word, const char *needle)
{
    size_t last = v->segment.first + v->segment.n - 1;
    uint32_t to = word < last ? c->words->start[word + 1] : v->segment.end;
    return has_bytes(c->text, c->words->end[word], to, needle);
}

// A colon, a bar or the like follows this word.
static bool ends_label(const struct line_context *c, const struct line_view *v, size_t word)
{
    return gap_has(c, v, word, ":") || gap_has(c, v, word, "|") || gap_has(c, v, word, "\xEF\xBC\x9A") ||
           gap_has(c, v, word, ">") || gap_has(c, v, word, "\xC2\xBB");
}

// The last visible character is a full stop, rather than a question mark, an exclamation mark or a quote.
static bool ends_in_point(const char *text, uint32_t end)
{
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t')) {
        end--;
    }
    uint8_t last = end ? (uint8_t)text[end - 1] : 0;
    return last == '.' || (last >= 0x80 && last != 0x9D && last != 0xBB);
}

static bool has_bullet(const char *text, uint32_t from, uint32_t to)
{
    if (to == from) {
        return false;
    }
    static const char *const bullets[] = {"\xE2\x80\xA2", "|",       "- ", "\xE2\x80\x93",
                                          "\xE2\x80\xBA", "\xC2\xBB"};
    for (size_t i = 0; i < sizeof bullets / sizeof bullets[0]; i++) {
        if (has_bytes(text, from, to, bullets[i])) {
            return true;
        }
    }
    return false;
}

// An address of mail or of a page, or a name of a network: "@smith".
static bool has_address(const struct line_context *c, const struct segment *s)
{
    return has_bytes(c->text, s->start, s->end, "@") || has_bytes(c->text, s->start, s->end, "www.") ||
           has_bytes(c->text, s->start, s->end, "http");
}

static void look_form(const struct line_context *c, struct line_view *v)
{
    const struct segment *s = &v->segment;
    const char *text = c->text;
    uint32_t first = c->words->start[s->first];
    for (size_t i = s->first; i < (size_t)s->first + s->n; i++) {
        v->n_upper += (c->words->flags[i] & TOKEN_UPPER) != 0;
        v->n_digit += (c->words->flags[i] & TOKEN_DIGIT) != 0;
    }
    v->cased = v->n_upper > 0;
    v->stop = (s->flags & SEGMENT_STOP) != 0;
    v->point = v->stop && ends_in_point(text, s->end);
    v->bullet = has_bullet(text, s->start, first);
    const char *sign = memchr(text + s->start, 0xC2, s->end - s->start);
    sign = sign ? memmem(sign, (size_t)(text + s->end - sign), "\xC2\xA9", 2) : NULL;
    bool year = s->n > 2 && (c->words->flags[s->first + 1] & TOKEN_DIGIT) &&
                c->words->end[s->first + 1] - c->words->start[s->first + 1] == 4;
    bool letter = year && first > s->start && text[first - 1] == '(' &&
                  (text[first] == 'C' || text[first] == 'c') && text[first + 1] == ')'; // "(C) 2019 ..."
    v->copyright = letter || (sign && (sign == text + s->start || sign[-1] == ' ' || sign[-1] == '('));
}

// What else it may say: a party, a copyright, a number of a list.
static bool is_doubtful_side(const struct line_context *c, size_t i)
{
    uint32_t length = c->words->end[i] - c->words->start[i];
    char first = c->text[c->words->start[i]];
    bool left_right = first == 'l' || first == 'r' || first == 'L';
    bool large =
        length == 2 && c->text[c->words->start[i] + 1] >= 'A' && c->text[c->words->start[i] + 1] <= 'Z';
    return large || (length == 1 && !left_right);
}

// "(L)", "(l.)", ", left,": set off on both sides, and letters in brackets; "(R-S.C.)" and ", Li said" are
// none.
static bool is_side(const struct line_context *c, const struct segment *s, size_t i, size_t n)
{
    const char *text = c->text;
    uint32_t start = c->words->start[i];
    uint32_t end = c->words->end[i + n - 1];
    bool bracket = start > s->start && text[start - 1] == '(';
    // "the owner (c)", "Valley(r)": a letter stands behind a name and a blank.
    bool small = i > s->first && text[c->words->start[i - 1]] >= 'a' && text[c->words->start[i - 1]] <= 'z';
    bool glued = i > s->first && c->words->end[i - 1] + 1 == start;
    // "(l) the long ones": an item of a list; "(left) show the bay": a line of a broken sentence.
    bool item = i == s->first && text[start] >= 'a' && text[start] <= 'z';
    if (bracket && ((end - start == 1 && (small || glued)) || item)) {
        return false;
    }
    bool wide = start >= s->start + 3 && memcmp(text + start - 3, "\xEF\xBC\x88", 3) == 0;
    if (bracket || wide) {
        uint32_t at = end + (end < s->end && text[end] == '.');
        return at < s->end && (text[at] == ')' || memcmp(text + at, "\xEF\xBC\x89", 3) == 0);
    }
    bool comma = i > s->first && memchr(text + c->words->end[i - 1], ',', start - c->words->end[i - 1]);
    bool name = comma && (c->words->flags[i - 1] & (TOKEN_UPPER | TOKEN_SOLO)); // "it leans, right, to"
    bool place = c->words->flags[i] & TOKEN_UPPER;                              // "Butler, Centre, Clark"
    return name && !place && end - start > 3 &&
           (end >= s->end || text[end] == ',' || text[end] == ')' || text[end] == '.');
}

// Written with a capital letter, or in a script that has none.
static bool is_capital(const struct line_context *c, size_t i)
{
    return (c->words->flags[i] & (TOKEN_UPPER | TOKEN_SOLO)) != 0 ||
           (uint8_t)c->text[c->words->start[i]] >= 0xD7;
}

// Words from `from` to `end`, half of them with a capital letter: what follows "Photo:".
static bool are_names(const struct line_context *c, size_t from, size_t end)
{
    size_t names = 0;
    for (size_t i = from; i < end; i++) {
        names += is_capital(c, i);
    }
    return from < end && names * 2 >= end - from;
}

// A full stop follows, or the end: ", right."
static bool ends_sentence(const char *text, uint32_t at, uint32_t end)
{
    return at >= end || text[at] == '.';
}

// A label of several words needs no colon: "Read more about the bridge". In a sentence, "(see also 2.3)" or
// "In case you missed it, ...", it is none. Of a script without spaces it needs something behind it, since
// letters are words there: "更多学生" are more students.
static bool leads_on(const struct line_context *c, size_t i, const struct phrase_hit *hit)
{
    uint32_t start = c->words->start[i];
    uint32_t end = c->words->end[i + hit->n - 1];
    uint32_t next = c->words->start[i + hit->n];
    return hit->n > 1 && hit->rule == COPYDESK_RELATED_HEADLINES && is_capital(c, i) &&
           !memchr(c->text + start, ',', next - start) &&
           (!(c->words->flags[i + hit->n - 1] & TOKEN_SOLO) || next > end);
}

// A label that is all there is of its line. A word by itself may be the last of a broken sentence, "more" or
// "MORE.", or say that another page follows, "(MORE)", "...More".
static bool stands_alone(const struct line_context *c, size_t i, const struct phrase_hit *hit)
{
    bool related = hit->rule == COPYDESK_RELATED_HEADLINES;
    if (related && hit->n > 1) {
        return true;
    }
    char before = c->words->start[i] > 0 ? c->text[c->words->start[i] - 1] : ' ';
    const char *behind = c->text + c->words->end[i];
    bool end = before == '(' || before == '.' || (behind[0] == '.' && behind[1] != '.');
    return is_capital(c, i) && !(related && end);
}

// Nothing opens inside: "his file (photo and all)" names no file photo.
static bool is_unbroken(const struct line_context *c, size_t i, const struct phrase_hit *hit)
{
    uint32_t start = c->words->start[i];
    return !memchr(c->text + start, '(', c->words->start[i + hit->n - 1] - start);
}

static void take_hit(const struct line_context *c, struct line_view *v, size_t i,
                     const struct phrase_hit *hit, size_t *button_end)
{
    const struct segment *s = &v->segment;
    size_t end = s->first + s->n;
    bool front = i == s->first;
    bool whole = front && i + hit->n == end;
    switch (hit->use) {
    case PHRASE_LINE:
        if (whole) {
            v->phrase[PHRASE_LINE] = (uint8_t)hit->rule;
        }
        break;
    case PHRASE_LABEL:
        if ((whole && stands_alone(c, i, hit)) ||
            (front && !whole && (ends_label(c, v, i + hit->n - 1) || leads_on(c, i, hit)))) {
            v->phrase[PHRASE_LABEL] = (uint8_t)hit->rule;
            v->label = hit->n > v->label ? hit->n : v->label;
        } else if (hit->rule == COPYDESK_CAPTION && !front && is_capital(c, i) &&
                   ends_label(c, v, i + hit->n - 1) && are_names(c, i + hit->n, end)) {
            v->phrase[PHRASE_HAS] = (uint8_t)hit->rule;
            v->n_has++;
        }
        break;
    case PHRASE_START:
        if (front && v->phrase[PHRASE_START] == FURNITURE_NONE) {
            v->phrase[PHRASE_START] = (uint8_t)hit->rule;
        }
        if (front && v->phrase[PHRASE_START] == hit->rule && hit->n > v->n_start) {
            v->n_start = hit->n;
        }
        break;
    case PHRASE_HAS:
        if (hit->rule == COPYDESK_CAPTION && !is_unbroken(c, i, hit)) {
            break;
        }
        // The name of a network alone says least.
        if (hit->rule != COPYDESK_SHARE_BAR || v->phrase[PHRASE_HAS] == FURNITURE_NONE) {
            v->phrase[PHRASE_HAS] = (uint8_t)hit->rule;
        }
        v->n_has++;
        v->n_has_words += hit->n;
        break;
    case PHRASE_BUTTON:
    case PHRASE_JOINT:
        if (i >= *button_end) {
            // A letter by itself is the name of a network only among others.
            bool letter = c->words->end[i + hit->n - 1] - c->words->start[i] == 1;
            bool joint = hit->use == PHRASE_JOINT || letter;
            v->n_joints += joint ? hit->n : 0;
            if (!joint) {
                uint64_t button = c->words->hash[i + hit->n - 1]; // "mail" of "e-mail", which is two words
                bool one = hit->n == 1 || c->words->end[i] - c->words->start[i] == 1;
                v->lone_button = one && (v->n_hits == 0 || (v->lone_button && button == v->button));
                v->button = button;
                v->n_hits++;
            }
            v->n_buttons += hit->n;
            *button_end = i + hit->n;
        }
        break;
    case PHRASE_NAMED:
        if (front && i + hit->n < end && !memchr(c->text + s->start, '[', c->words->start[i] - s->start) &&
            (ends_label(c, v, i + hit->n - 1) || (c->words->flags[i + hit->n] & TOKEN_UPPER) ||
             c->words->start[i + hit->n] > c->words->end[i + hit->n - 1])) {
            v->phrase[PHRASE_NAMED] = (uint8_t)hit->rule;
            v->label = hit->n > v->label ? hit->n : v->label;
        }
        break;
    case PHRASE_SIDE:
        if (is_side(c, s, i, hit->n)) {
            v->n_sides++;
            v->ends_in_side = ends_sentence(c->text, c->words->end[i + hit->n - 1], s->end);
            v->n_doubtful += is_doubtful_side(c, i);
        }
        break;
    default:
        break;
    }
}

// Phrases of the whole line; of a paragraph amid others only those at its ends, unless it has brackets:
// then it may be the caption of a picture.
static void look_phrases(const struct line_context *c, struct line_view *v)
{
    enum { FRONT = 4, BACK = 8 };
    const struct segment *s = &v->segment;
    const struct phrase_filter *filter = phrases_filter(c->phrases);
    size_t button_end = 0;
    size_t end = s->first + s->n;
    bool inner = v->zone == SEGMENT_MIDDLE && (s->flags & SEGMENT_STORY) && s->n > FRONT + BACK &&
                 !memchr(c->text + s->start, '(', s->end - s->start);
    for (size_t i = s->first; i < end; i++) {
        const uint64_t *one = s->n > SHARE_WORDS && i > s->first ? filter->inner : filter->one;
        if (!phrases_may_begin(filter, one, c->words, i, end)) {
            continue;
        }
        if (inner && i >= s->first + FRONT && i + BACK < end) {
            i = end - BACK;
        }
        struct phrase_hit hits[PHRASE_MOST_HITS];
        size_t n = phrases_at(c->phrases, c->words, i, end, hits);
        for (size_t k = 0; k < n; k++) {
            take_hit(c, v, i, &hits[k], &button_end);
        }
    }
}

// A run of four words or more of the title, or all of it: other rules see to that.
static bool is_own_title(const struct line_context *c, const struct segment *s)
{
    size_t n = c->title ? c->title->n : 0;
    if (s->n > n || (s->n < 4 && s->n * 2 <= n)) {
        return false;
    }
    for (size_t i = 0; i + s->n <= n; i++) {
        if (memcmp(c->title->hash + i, c->words->hash + s->first, s->n * sizeof *c->title->hash) == 0) {
            return true;
        }
    }
    return false;
}

void line_look(const struct line_context *c, struct line_view *v)
{
    const struct segment *s = &v->segment;
    memset(v->phrase, FURNITURE_NONE, sizeof v->phrase);
    v->rule = FURNITURE_NONE;
    if (s->n == 0) {
        return;
    }
    v->solo = (s->flags & SEGMENT_SOLO) != 0;
    v->own_title = is_own_title(c, s);
    if (c->table) {
        v->words = boiler_find(c->table, BOILER_WORDS, s->key);
        bool headline = s->n >= (v->solo ? 8 : 4) && s->n <= HEADLINE_WORDS * (v->solo ? 2 : 1);
        v->is_title = headline && boiler_is_title(c->table, s->key, c->cluster);
    }
    if (s->n > FURNITURE_LOOK_WORDS) {
        v->stop = (s->flags & SEGMENT_STOP) != 0;
        v->cased = true;
        return;
    }
    v->looked = true;
    look_form(c, v);
    look_phrases(c, v);
    if (c->table && s->n <= BOILER_SLOT_WORDS && (v->zone != SEGMENT_MIDDLE || !v->stop)) {
        struct boiler_forms forms;
        boiler_forms(c->text, c->words, s, c->source, &forms);
        for (unsigned kind = BOILER_SHAPE; kind < BOILER_KINDS; kind++) {
            v->form[kind] = boiler_find(c->table, kind, forms.key[kind]);
        }
    }
}

// ---- judging

static void set(struct line_view *v, unsigned rule, unsigned score, const struct boiler_entry *evidence,
                const char *reason)
{
    if (v->rule == FURNITURE_NONE) {
        v->rule = (uint8_t)rule;
        v->score = (uint16_t)score;
        v->evidence = evidence;
        v->reason = reason;
    }
}

static bool at_edge(const struct boiler_entry *e)
{
    return e->head + e->tail >= EDGE;
}

// Figures, and a word of them at most: "9,796", "2000 GMT". All such lines have one key.
bool line_is_figures(const struct line_view *v)
{
    return v->segment.n <= 4 && v->n_digit && v->segment.n - v->n_digit <= 1;
}

// Enough for a line that is repeated word for word.
static bool is_repeated(const struct line_view *v, const struct boiler_entry *e)
{
    if (!e || e->clusters < MANY || (line_is_figures(v) && e->share < FIGURES_SHARE)) {
        return false;
    }
    bool knows_sources = e->sources > 0;
    bool concentrated = knows_sources && e->share >= 50 && e->top >= MANY;
    if (v->stop && v->segment.n > 1) {
        return (e->clusters >= 4 && concentrated && (e->share >= 200 || (e->share >= 80 && at_edge(e)))) ||
               (!knows_sources && e->clusters >= 5 && at_edge(e) && v->zone != SEGMENT_MIDDLE);
    }
    return concentrated || (at_edge(e) && v->zone != SEGMENT_MIDDLE && (e->clusters >= 5 || !knows_sources));
}

// Enough for one of the forms of a line.
static bool is_form(const struct line_view *v, enum boiler_kind kind)
{
    const struct boiler_entry *e = v->form[kind];
    if (!e || e->clusters < 4 || line_is_figures(v)) {
        return false;
    }
    // A paragraph that only its form tells is one of a template, save a short one at the very end.
    bool note = v->after == 0 && v->before > 0 && v->segment.n <= 16 && e->share >= 120;
    if ((v->segment.flags & SEGMENT_STORY) && !note) {
        return false;
    }
    // Two words in front or behind say little of a sentence; but in scripts without capitals no shape is
    // known.
    bool bare = kind != BOILER_SHAPE && !(kind == BOILER_FIRST && v->label);
    if (bare && v->stop && (!v->solo || v->segment.n > 20 || kind == BOILER_FIRST)) {
        return false;
    }
    unsigned least = kind == BOILER_SHAPE ? 60 : v->stop ? 200 : 120;
    bool edge = at_edge(e) && v->zone != SEGMENT_MIDDLE;
    return (edge && e->share >= least) || (e->clusters >= 8 && e->share >= 3 * least);
}

// The kind of furniture that phrases and form name; FURNITURE_NONE: they do not.
static unsigned named_kind(const struct line_view *v)
{
    static const enum phrase_use order[] = {PHRASE_LINE, PHRASE_LABEL, PHRASE_NAMED, PHRASE_START,
                                            PHRASE_HAS};
    if (v->n_sides >= 2 && v->n_sides > v->n_doubtful) {
        return COPYDESK_CAPTION;
    }
    if (v->n_buttons > v->n_joints && v->n_buttons * 10 >= (v->segment.n - v->n_digit) * 6) {
        return COPYDESK_SHARE_BAR;
    }
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        if (v->phrase[order[i]] != FURNITURE_NONE) {
            return v->phrase[order[i]];
        }
    }
    return v->copyright ? COPYDESK_NOTICE : FURNITURE_NONE;
}

// "MORE", not "More".
static bool is_large(const struct line_context *c, size_t word)
{
    const char *p = c->text + c->words->start[word];
    return p[0] >= 'A' && p[0] <= 'Z' && p[1] >= 'A' && p[1] <= 'Z';
}

static bool starts_with_name(const struct line_context *c, const struct line_view *v)
{
    const uint8_t *flags = c->words->flags + v->segment.first;
    return v->segment.n > 3 && (flags[0] & TOKEN_UPPER) && (flags[1] & TOKEN_UPPER);
}

static bool is_names_only(const struct line_view *v)
{
    return v->cased && v->segment.n >= 2 && v->segment.n <= 4 && v->n_upper == v->segment.n && !v->stop;
}

// One word alone, and more than the word on its line: "E-mail:", ">like?".
static bool is_lone_button(const struct line_context *c, const struct line_view *v)
{
    if (v->n_hits != 1 || v->segment.n > 2) {
        return false;
    }
    uint32_t end = c->words->end[v->segment.first + v->segment.n - 1];
    for (uint32_t at = end; at < v->segment.end; at++) {
        if (c->text[at] == ':' || c->text[at] == '?') {
            return true;
        }
    }
    return memchr(c->text + v->segment.start, '>', end - v->segment.start) != NULL;
}

static void judge_share(const struct line_context *c, struct line_view *v)
{
    uint32_t n = v->segment.n - v->n_digit;
    if (v->stop || v->segment.n > SHARE_WORDS || v->n_hits == 0 || is_lone_button(c, v) ||
        (v->lone_button && v->n_digit > 1)) {
        return;
    }
    bool nearly_all = v->n_buttons * 10 >= n * (v->lone_button ? 10 : 7);
    if (nearly_all && (v->n_buttons >= 3 || v->zone != SEGMENT_MIDDLE)) {
        set(v, COPYDESK_SHARE_BAR, n > 1 ? 9500 : 8000, v->words, "a row of share buttons");
    }
}

static void judge_notice(struct line_view *v)
{
    if (v->phrase[PHRASE_LINE] == COPYDESK_NOTICE) {
        set(v, COPYDESK_NOTICE, 9500, v->words, "marks an advertisement");
        return;
    }
    unsigned points = 0;
    if (v->phrase[PHRASE_HAS] == COPYDESK_NOTICE) {
        points += v->n_has > 1 ? 2 : 1;
    }
    points += v->phrase[PHRASE_START] == COPYDESK_NOTICE;
    points += v->copyright ? 2 : 0;
    if (points == 0) {
        return;
    }
    bool is_short = v->segment.n <= (v->solo ? 30 : 20);
    points += is_short;
    points += v->zone != SEGMENT_MIDDLE;
    points += !v->stop;
    points += v->words && v->words->clusters >= 2 ? 2 : 0;
    bool sentence = v->stop && v->n_has == 1 && v->phrase[PHRASE_START] != COPYDESK_NOTICE && !v->copyright;
    if (sentence && v->n_has_words * 2 < v->segment.n && points < 4) {
        return; // it may speak of a privacy policy
    }
    if (points >= 3 && (is_short || v->words || points >= 5)) {
        set(v, COPYDESK_NOTICE, points > 4 ? 9500 : 8500, v->words, "a notice of the site");
    }
}

// Of a script that has no capital letters.
static bool is_caseless(const struct line_context *c, const struct line_view *v)
{
    return !v->cased && (uint8_t)c->text[c->words->start[v->segment.first]] >= 0xD7;
}

// "Home | Regions | Weather | Jobs": four pieces or more between bars, of a few words each.
static bool is_menu(const struct line_context *c, const struct line_view *v)
{
    enum { LEAST_PIECES = 4, LONGEST = 30, PIECE_WORDS = 3 };
    const struct segment *s = &v->segment;
    if (v->stop || v->n_digit || s->n < LEAST_PIECES || s->n > LONGEST || (!v->cased && !is_caseless(c, v))) {
        return false;
    }
    size_t pieces = 1;
    size_t length = 0;
    for (size_t i = s->first; i < (size_t)s->first + s->n; i++) {
        if (++length > (size_t)PIECE_WORDS * (v->solo ? 2 : 1) ||
            (length == 1 && v->cased && !(c->words->flags[i] & TOKEN_UPPER))) {
            return false;
        }
        if (i + 1 < (size_t)s->first + s->n &&
            (gap_has(c, v, i, "|") || gap_has(c, v, i, "\xE2\x80\xA2") || gap_has(c, v, i, "\xC2\xB7"))) {
            pieces++;
            length = 0;
        }
    }
    return pieces >= LEAST_PIECES;
}

static void judge_menu(const struct line_context *c, struct line_view *v)
{
    bool outermost = (v->before == 0) != (v->after == 0);
    if (outermost && v->zone != SEGMENT_MIDDLE && is_menu(c, v)) {
        v->menu = true;
        set(v, COPYDESK_NOTICE, 8000, v->words, "a menu");
    }
}

static void judge_byline(const struct line_context *c, struct line_view *v)
{
    uint32_t n = v->segment.n;
    if (v->zone == SEGMENT_MIDDLE) {
        return;
    }
    if (v->phrase[PHRASE_NAMED] != FURNITURE_NONE && !v->stop && n <= (v->solo ? 16 : 12)) {
        bool label = ends_label(c, v, v->segment.first + v->label - 1);
        uint32_t lower = n - v->n_upper - v->n_digit;
        bool solo_name = v->solo && n - v->label >= 2 && n - v->label <= 4; // "reporter" and a name
        if ((v->cased && !v->solo && lower <= 2 && v->n_upper >= 2) ||
            (label && !v->cased && n <= (v->solo ? 14 : 7)) || solo_name) {
            set(v, COPYDESK_BYLINE, 9000, v->words, "names the author");
        }
    }
    bool outermost = v->before == 0 || v->after == 0;
    if (v->bullet && outermost && !v->stop &&
        (is_names_only(v) || (is_caseless(c, v) && n >= 2 && n <= (v->solo ? 4 : 3) && !v->n_digit))) {
        set(v, COPYDESK_BYLINE, 8500, v->words, "a name behind a bullet, at the edge of the text");
    }
    bool starts = v->phrase[PHRASE_START] == COPYDESK_BYLINE;
    bool has = v->phrase[PHRASE_HAS] == COPYDESK_BYLINE;
    bool network = v->phrase[PHRASE_HAS] == COPYDESK_SHARE_BAR;
    bool repeated = v->words && v->words->clusters >= (starts ? 2 : MANY);
    bool note = (starts && v->n_has > 0) || ((starts || has) && (v->n_has > 1 || repeated)) ||
                ((starts || has || network) && has_address(c, &v->segment)) ||
                (has && starts_with_name(c, v));
    if (note && v->zone == SEGMENT_TAIL && n <= 40) {
        bool bare = n <= 3 && !has_address(c, &v->segment); // "Contact us"
        set(v, bare ? COPYDESK_NOTICE : COPYDESK_BYLINE, 8500, v->words,
            bare ? "a notice of the site" : "a note on the author");
    }
}

static void judge_credit(const struct line_context *c, struct line_view *v)
{
    if (v->zone == SEGMENT_MIDDLE) {
        return;
    }
    uint32_t n = v->segment.n;
    bool starts = v->phrase[PHRASE_START] == COPYDESK_DATELINE_CREDIT;
    // "Source: ...", "Reporting by ...", but not "Updated location".
    bool label = starts && (v->n_start > 1 || v->n_start == n || v->solo ||
                            ends_label(c, v, v->segment.first + v->n_start - 1));
    if (starts && v->n_digit >= 2 && n <= (v->solo ? 30 : 20) && !v->stop) {
        set(v, COPYDESK_DATELINE_CREDIT, 9000, v->words, "says when it was published");
    }
    if (label && n <= 24 && v->zone == SEGMENT_TAIL && v->cased && (n - v->n_upper) * 2 <= n + 2) {
        set(v, COPYDESK_DATELINE_CREDIT, 8500, v->words, "names those who worked on it");
    }
    if (label && !v->cased && n <= (v->solo ? 16 : 6) && v->zone == SEGMENT_TAIL && !v->stop) {
        set(v, COPYDESK_DATELINE_CREDIT, 8500, v->words, "names those who worked on it");
    }
    if (v->phrase[PHRASE_HAS] == COPYDESK_DATELINE_CREDIT && n <= 40) {
        set(v, COPYDESK_DATELINE_CREDIT, 9000, v->words, "names those who worked on it");
    }
    const char *text = c->text + v->segment.start;
    bool brackets = text[0] == '(' && c->text[v->segment.end - 1] == ')';
    if (brackets && v->zone == SEGMENT_TAIL && n <= 4 && v->n_upper + 1 >= n && v->n_upper) {
        set(v, COPYDESK_DATELINE_CREDIT, 8000, v->words, "a credit in brackets at the end");
    }
}

// A quote opens before this word: "The headline was: ..." is a sentence.
static bool is_quoted(const struct line_context *c, size_t i)
{
    uint32_t from = c->words->end[i - 1];
    uint32_t to = c->words->start[i];
    return has_bytes(c->text, from, to, "\"") || has_bytes(c->text, from, to, "\xE2\x80\x9C") ||
           has_bytes(c->text, from, to, "\xE2\x80\x9E") || has_bytes(c->text, from, to, "\xC2\xAB") ||
           has_bytes(c->text, from, to, "\xE2\x80\x98");
}

// Enough words behind the first `from` that are no figures and no single letters: "Friday, August 3, 2007",
// "May 3, Riverton, D.C." and "+1 555 0100" are titles somewhere.
static bool says_enough(const struct line_context *c, const struct segment *s, size_t from)
{
    enum { LEAST = 4, LEAST_LONG = 3, LEAST_SOLO = 8 };
    size_t words = 0;
    size_t longer = 0;
    for (size_t i = s->first + from; i < (size_t)s->first + s->n; i++) {
        bool word = !(c->words->flags[i] & TOKEN_DIGIT);
        words += word;
        longer += word && c->words->end[i] - c->words->start[i] > 1;
    }
    return s->flags & SEGMENT_SOLO ? words >= LEAST_SOLO : words >= LEAST && longer >= LEAST_LONG;
}

// "> Subject: Bridge closes", quoted in an answer, "Subject: Re: bridge", or above a message of which it is
// the title.
static bool is_reply(const struct line_context *c, const struct line_view *v, size_t label)
{
    const struct segment *s = &v->segment;
    struct segment rest = *s;
    rest.first += (uint32_t)label;
    rest.n -= (uint32_t)label;
    bool sign = c->words->end[rest.first] - c->words->start[rest.first] == 2 && ends_label(c, v, rest.first);
    return memchr(c->text + s->start, '>', c->words->start[s->first] - s->start) || sign ||
           is_own_title(c, &rest);
}

// "(see also Map 4, which shows": the bracket closes on another line.
static bool is_left_open(const struct line_context *c, const struct segment *s)
{
    int open = 0;
    for (uint32_t at = s->start; at < s->end; at++) {
        open += (c->text[at] == '(') - (c->text[at] == ')');
    }
    return open > 0;
}

// A few words behind the colon that begin small: "See also: bridges".
static bool is_reference(const struct line_context *c, const struct line_view *v)
{
    enum { FEW = 8 };
    size_t first = v->segment.first + v->label;
    return v->entry && v->cased && v->segment.n - v->label <= FEW && !is_capital(c, first) &&
           !(c->words->flags[first] & TOKEN_DIGIT);
}

// Behind a label without a colon: a headline, not "See also Map 3. It has ...", "See also Reed, 31-34, 90"
// or the first line of a broken sentence.
static bool is_entry(const struct line_context *c, const struct line_view *v)
{
    uint32_t end = c->words->end[v->segment.first + v->segment.n - 1];
    size_t words = 0;
    for (size_t i = v->segment.first + v->label; i < (size_t)v->segment.first + v->segment.n; i++) {
        words += !(c->words->flags[i] & TOKEN_DIGIT);
    }
    bool enough = v->n_digit == 0 || (words >= 2 && words > v->n_digit);
    return enough && v->segment.n_sentences == 1 && !memchr(c->text + end, ',', v->segment.end - end);
}

static void judge_related(const struct line_context *c, struct line_view *v)
{
    const struct segment *s = &v->segment;
    if (s->n > HEADLINE_WORDS * (v->solo ? 2 : 1)) {
        return;
    }
    bool sentence = v->stop && s->n < (v->solo ? 12 : 6);
    if (v->is_title && says_enough(c, s, 0) && !sentence) {
        v->bare_title = true;
        set(v, COPYDESK_RELATED_HEADLINES, 9500, NULL, "the title of another article");
        return;
    }
    size_t colon = c->table && !v->point ? boiler_label(c->text, c->words, s) : 0;
    if (colon && says_enough(c, s, colon) && !is_quoted(c, s->first + colon) && !is_reply(c, v, colon) &&
        boiler_is_title(c->table, segment_key(c->words, s->first + colon, s->n - colon), c->cluster)) {
        v->led_title = v->phrase[PHRASE_LABEL] != COPYDESK_RELATED_HEADLINES;
        set(v, COPYDESK_RELATED_HEADLINES, 9500, NULL, "leads to another article");
        return;
    }
    if (v->phrase[PHRASE_LABEL] != COPYDESK_RELATED_HEADLINES) {
        return;
    }
    uint32_t rest = s->n - v->label;
    if (rest && c->table &&
        boiler_is_title(c->table, segment_key(c->words, s->first + v->label, rest), c->cluster)) {
        set(v, COPYDESK_RELATED_HEADLINES, 9800, NULL, "leads to another article");
        return;
    }
    bool label = ends_label(c, v, s->first + v->label - 1);
    v->entry = label && rest > 0;
    if (rest > 0 && ((!label && !is_entry(c, v)) || is_left_open(c, s) || is_reference(c, v))) {
        return;
    }
    bool large = c->words->end[s->first] - c->words->start[s->first] > 2 && is_large(c, s->first);
    if ((label || v->label > 1) && (!v->stop || v->label > 1 || (large && rest > 0))) {
        set(v, COPYDESK_RELATED_HEADLINES, label ? 9000 : 8000, v->words, "leads to another article");
    } else if (rest == 0 && v->zone != SEGMENT_MIDDLE) {
        set(v, COPYDESK_RELATED_HEADLINES, 8000, v->words, "head of a list of links");
    }
}

// ", June 22, 2024." or ", 22 June 2024": the last words behind a comma are a day and a year.
static bool ends_in_date(const struct line_context *c, const struct segment *s)
{
    if (s->n < 4) {
        return false;
    }
    size_t last = s->first + s->n - 1;
    const uint8_t *flags = c->words->flags;
    size_t day = flags[last - 1] & TOKEN_DIGIT ? last - 1 : last - 2;
    return c->words->end[last] - c->words->start[last] == 4 && (flags[last] & TOKEN_DIGIT) &&
           (flags[day] & TOKEN_DIGIT) && c->words->end[day] - c->words->start[day] <= 2 &&
           !(flags[day == last - 1 ? last - 2 : last - 1] & TOKEN_DIGIT) &&
           memchr(c->text + c->words->end[last - 3], ',',
                  c->words->start[last - 2] - c->words->end[last - 3]);
}

// One side and a figure, the year of most captions: not "Oh, right.", nor a row of a table.
static bool is_one_side(const struct line_context *c, const struct line_view *v)
{
    enum { FEW = 4 };
    return v->n_sides == 1 && !v->copyright && !v->ends_in_side &&
           (v->n_doubtful == 0 ? v->n_digit > 0 && v->n_digit * FEW <= v->segment.n
                               : ends_in_date(c, &v->segment));
}

static void judge_caption(const struct line_context *c, struct line_view *v)
{
    bool label = v->phrase[PHRASE_LABEL] == COPYDESK_CAPTION;
    bool has = v->phrase[PHRASE_HAS] == COPYDESK_CAPTION;
    bool sides = v->n_sides > v->n_doubtful && !v->copyright;
    // "of ozone (left) and water (right) in": a line of a broken sentence.
    size_t first = v->segment.first;
    bool begins = is_capital(c, first) || (c->words->flags[first] & TOKEN_DIGIT);
    if (begins && ((sides && (v->n_sides >= 2 || has)) || is_one_side(c, v))) {
        set(v, COPYDESK_CAPTION, 9000, v->words, "says who is who in a picture");
        return;
    }
    // "VIDEO: Boat goes down in the bay": a headline above the story.
    bool headline = label && v->label == 1 && v->before == 0 && !v->stop && v->segment.n >= 6 &&
                    is_large(c, v->segment.first);
    if (has || (label && !headline && v->segment.n <= 30)) {
        set(v, COPYDESK_CAPTION, 8500, v->words, "names a picture or its source");
    }
}

// "Ann Lee, Bo Rex and Cy Poe": three names or more, of two to four words, parted by commas, the last one
// by a small word. Headlines of which all words are large have small words elsewhere, or single words
// between commas.
static bool is_name_list(const struct line_context *c, const struct line_view *v)
{
    size_t first = v->segment.first;
    size_t end = first + v->segment.n;
    uint32_t names = 0;
    uint32_t length = 0;
    bool last = false;
    if (v->stop || v->n_digit || v->segment.n < 7 || v->segment.n > 20 || is_large(c, first)) {
        return false;
    }
    for (size_t i = first; i < end; i++) {
        bool small = !(c->words->flags[i] & TOKEN_UPPER);
        uint32_t gap = i + 1 < end ? c->words->start[i + 1] - c->words->end[i] : 0;
        const char *behind = c->text + c->words->end[i];
        bool parted = gap == 1 ? *behind == ' ' : gap == 2 && behind[0] == ',' && behind[1] == ' ';
        if (i + 1 < end && !parted) {
            return false;
        }
        length += !small;
        if (small || c->text[c->words->end[i]] == ',' || i + 1 == end) {
            // A comma may stand before the small word, which parts no name from another then.
            bool after_comma = small && length == 0 && names > 0;
            if (last ? i + 1 < end : small && names + !after_comma < 2) {
                return false;
            }
            if (!after_comma && (length < 2 || length > 4)) {
                return false;
            }
            names += !after_comma;
            length = 0;
            last |= small;
        }
    }
    return last && names >= 3;
}

// A name that the corpus has at the edge of articles, and no site under each: "Ann Lee", "— Bo Rex".
static bool is_author(const struct line_context *c, const struct line_view *v)
{
    enum { OF_THE_SITE = 200 };
    char last = c->text[c->words->end[v->segment.first + v->segment.n - 1]];
    return is_names_only(v) && v->zone != SEGMENT_MIDDLE && at_edge(v->words) &&
           v->words->share < OF_THE_SITE && !is_large(c, v->segment.first) && last != ':' && last != ']';
}

void line_judge(const struct line_context *c, struct line_view *v)
{
    if (v->segment.n == 0 || v->own_title) {
        return;
    }
    if (v->looked) {
        judge_caption(c, v);
        judge_related(c, v);
        judge_share(c, v);
        judge_credit(c, v);
        judge_byline(c, v);
        judge_notice(v);
        if (v->phrase[PHRASE_LINE] == COPYDESK_REPEATED_LINE && !v->stop &&
            ((v->zone != SEGMENT_MIDDLE && (v->before == 0 || v->after == 0)) ||
             (v->words && v->words->clusters > 1))) {
            set(v, COPYDESK_NOTICE, 8500, v->words, "a mark of the site");
        }
    }
    if (v->rule != FURNITURE_NONE) {
        return;
    }
    unsigned kind = v->looked ? named_kind(v) : FURNITURE_NONE;
    if (is_repeated(v, v->words)) {
        if (kind == FURNITURE_NONE && v->looked && is_author(c, v)) {
            kind = COPYDESK_BYLINE;
        }
        v->counted = kind == FURNITURE_NONE;
        v->by_corpus = true;
        set(v, kind == FURNITURE_NONE ? COPYDESK_REPEATED_LINE : kind, 9500, v->words,
            "repeated in unrelated articles");
        return;
    }
    for (unsigned k = BOILER_SHAPE; k < BOILER_KINDS; k++) {
        if (is_form(v, k)) {
            v->counted = kind == FURNITURE_NONE;
            v->by_corpus = true;
            v->by_form = (uint8_t)k;
            bool name = kind == FURNITURE_NONE && v->zone == SEGMENT_HEAD && v->segment.n <= 8 &&
                        (!v->cased || (v->n_upper >= 2 && v->n_digit == 0));
            set(v, kind == FURNITURE_NONE ? (name ? COPYDESK_BYLINE : COPYDESK_REPEATED_LINE) : kind, 8500,
                v->form[k], "its form is repeated in unrelated articles");
            return;
        }
    }
    if (v->looked) {
        judge_menu(c, v);
    }
    if (v->looked && v->rule == FURNITURE_NONE && v->before == 0 && v->after > 0 && is_name_list(c, v)) {
        set(v, COPYDESK_CAPTION, 6500, v->words, "names and no verb, above the story");
    }
}
