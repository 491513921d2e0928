// empty.c - texts in which nothing of an article is left, told without a phrase of any language.
// Contract in parts.h.
//
//   a link      what is no address has hardly a word: "see the original", and where it is
//   furniture   all that stands there was cut as furniture, or is the title once more: a comment form, a
//               menu, the frame of a page whose story was not loaded
//   an index    headlines of other articles, or what leads to them, are most of it, and what is left
//               beside them is too short for a story
//   a wall      one text under many titles, none of whose words it knows
//   noise       bytes of something else (an image, a compressed page) read as text: many characters in it
//               are none
//
// All of it is counted, in one pass over a text of at most some hundred words; noise by its first few
// thousand bytes. A record that says little is `too-short`, not junk: here nothing is said at all.
//
// Limits: a list whose entries stand in no other article is not known for one; a wall that one record has, in
// a language that the table of phrases lacks, is not either.

#include "page/parts.h"

static bool begins_address(const char *at, size_t len)
{
    return (len > 7 && memcmp(at, "http://", 7) == 0) || (len > 8 && memcmp(at, "https://", 8) == 0);
}

// Bytes of the address that begins here; 0: none does.
static size_t address_length(const char *at, size_t len)
{
    size_t n = 0;
    if (!begins_address(at, len)) {
        return 0;
    }
    while (n < len && (unsigned char)at[n] > ' ' && (unsigned char)at[n] < 0x80 && !strchr("<>\")]", at[n])) {
        n++;
    }
    return n;
}

bool page_has_link(const struct page_article *a)
{
    enum { MOST_BYTES = 1000 };
    return a->text.len <= MOST_BYTES && memmem(a->text.data, a->text.len, "http", 4);
}

static bool is_link_only(const struct page_article *a)
{
    enum { MOST_WORDS = 4 };
    const struct tokens *t = a->words;
    size_t words = 0;
    size_t solo = 0;
    size_t links = 0;
    size_t end = 0; // of the last address
    if (!page_has_link(a)) {
        return false;
    }
    for (size_t i = 0; i < t->n && words <= MOST_WORDS; i++) {
        if (t->start[i] < end || (t->flags[i] & TOKEN_DIGIT)) {
            continue;
        }
        size_t n = address_length(a->text.data + t->start[i], a->text.len - t->start[i]);
        links += n > 0;
        end = n > 0 ? t->start[i] + n : end;
        solo += (t->flags[i] & TOKEN_SOLO) != 0;
        words += n == 0 && (!(t->flags[i] & TOKEN_SOLO) || solo % 2 == 0);
    }
    return links > 0 && words <= MOST_WORDS;
}

static bool has_word(const struct tokens *t, uint64_t hash)
{
    size_t i = 0;
    while (i < t->n && t->hash[i] != hash) {
        i++;
    }
    return i < t->n;
}

// What is left of a text: tokens.
struct remains {
    size_t cut, leads; // of those cut, in headlines of other articles
    size_t pieces;     // such headlines
    size_t left;       // in no cut, and not of the title
};

// Known for a headline by itself, not by what stands around it.
static bool is_headline(const struct edit *e)
{
    return e->rule == COPYDESK_RELATED_HEADLINES && e->score >= 9500;
}

static struct remains count_remains(const struct page_article *a, const struct tokens *title)
{
    struct remains r = {0};
    const struct tokens *t = a->words;
    size_t c = 0;
    for (size_t i = 0; i < a->n_cuts; i++) {
        r.pieces += is_headline(&a->cuts[i]);
    }
    for (size_t i = 0; i < t->n; i++) {
        while (c < a->n_cuts && a->cuts[c].end <= t->start[i]) {
            c++;
        }
        bool inside = c < a->n_cuts && a->cuts[c].start <= t->start[i] && a->cuts[c].rule != COPYDESK_CAPTION;
        r.cut += inside;
        r.leads += inside && is_headline(&a->cuts[c]);
        r.left += !inside && !has_word(title, t->hash[i]);
    }
    return r;
}

// Whether the text has a word of the title that is long enough to say something; true when the title has
// hardly any.
static bool knows_title(const struct tokens *text, const struct tokens *title)
{
    enum { LONG_BYTES = 5 };
    size_t n = 0;
    for (size_t i = 0; i < title->n; i++) {
        bool says = title->end[i] - title->start[i] >= LONG_BYTES || title->flags[i] & TOKEN_SOLO;
        n += says;
        if (says && has_word(text, title->hash[i])) {
            return true;
        }
    }
    return n < 2;
}

bool page_is_noise(struct str text)
{
    enum { LOOK_BYTES = 4096, LEAST_BYTES = 64 }; // of noise, even the least has some
    size_t len = text.len < LOOK_BYTES ? text.len : LOOK_BYTES;
    size_t lost = 0;
    size_t all = 0;
    if (len < LEAST_BYTES || !memmem(text.data, LEAST_BYTES, "\xEF\xBF\xBD", 3)) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        all += (c & 0xC0) != 0x80;
        lost += i + 2 < len && memcmp(text.data + i, "\xEF\xBF\xBD", 3) == 0;
    }
    return lost * 5 >= all;
}

bool page_is_mostly_cut(const struct page_article *a)
{
    enum { SHORT_BYTES = 600 };
    size_t cut = 0;
    for (size_t i = 0; i < a->n_cuts; i++) {
        cut += a->cuts[i].end - a->cuts[i].start;
    }
    return cut > 0 && (a->text.len <= SHORT_BYTES || 3 * cut >= a->text.len);
}

const char *page_nothing(const struct page_stats *stats, const struct page_article *a,
                         const struct tokens *title)
{
    enum { FEW_LEFT = 3, LEAST_CUT = 6, PIECES = 3, LEAST_COPIES = 8, WALL_WORDS = 300 };
    const struct tokens *t = a->words;
    uint32_t limit = page_short_limit(stats);
    if (t->n == 0 || !stats || limit <= LEAST_CUT) {
        return NULL;
    }
    if (is_link_only(a)) {
        return "nothing but a link: no article in it";
    }
    if (page_is_mostly_cut(a)) {
        struct remains r = count_remains(a, title);
        if (r.left <= FEW_LEFT && r.cut >= LEAST_CUT && 2 * r.cut >= t->n) {
            return "all of it is furniture: no article in it";
        }
        if (r.pieces >= PIECES && r.leads * 2 >= r.cut && r.left < limit && r.left < r.leads) {
            return "list of links: no article in it";
        }
    }
    if (a->source && a->copies >= LEAST_COPIES && (uint64_t)a->titles * 10 >= (uint64_t)a->copies * 8 &&
        t->n <= WALL_WORDS && !knows_title(t, title)) {
        return "one text under many titles, none of which it knows: no article in it";
    }
    return NULL;
}
