/*
 * parts.h - what the files page_*.c share: the tables as written, the tables as looked up, the end of a
 * text.
 */
#pragma once

#include "page/page.h"

/* ---- The tables as written (page/phrases.c, page/phrases_other.c, page/words.c) */

enum page_kind {
    PAGE_ROBOT,
    PAGE_ERROR,
    PAGE_CONSENT,
    PAGE_PAYWALL,
    PAGE_LOGIN,
    PAGE_SCRIPT,
    PAGE_EMPTY,
    PAGE_FORM,
    PAGE_LINKS,
    PAGE_TAIL,
    PAGE_N_KINDS
};

enum page_level { PAGE_TELLS, PAGE_NAMES, PAGE_FITS };

struct page_phrases {
    const char *language;
    enum page_kind kind;
    enum page_level level;
    const char *phrases; /* with '|' between */
};

extern const struct page_phrases page_phrases[], page_phrases_other[];
extern const size_t page_n_phrases, page_n_phrases_other;

enum page_script {
    PAGE_NO_SCRIPT,
    PAGE_LATIN,
    PAGE_GREEK,
    PAGE_CYRILLIC,
    PAGE_ARMENIAN,
    PAGE_HEBREW,
    PAGE_ARABIC,
    PAGE_DEVANAGARI,
    PAGE_BENGALI,
    PAGE_GURMUKHI,
    PAGE_GUJARATI,
    PAGE_ODIA,
    PAGE_TAMIL,
    PAGE_TELUGU,
    PAGE_KANNADA,
    PAGE_MALAYALAM,
    PAGE_SINHALA,
    PAGE_THAI,
    PAGE_LAO,
    PAGE_TIBETAN,
    PAGE_MYANMAR,
    PAGE_GEORGIAN,
    PAGE_HANGUL,
    PAGE_ETHIOPIC,
    PAGE_KHMER,
    PAGE_KANA,
    PAGE_HAN,
    PAGE_N_SCRIPTS
};

struct page_language {
    const char *two, *three; /* codes */
    const char *sentence;    /* the reason of a finding */
    enum page_script script;
    unsigned group;    /* 0: none */
    const char *words; /* commonest first, with ' ' between; "": alone in its script */
};

extern const struct page_language page_languages[];
extern const size_t page_n_languages;

/* ---- The tables as looked up (page/table.c) */

/* A phrase: n words from `first` on in page_table.words; the word 0 is a gap of up to PAGE_GAP words. */
struct page_phrase {
    uint32_t first;
    uint8_t n, kind, level;
    bool solo; /* of a script without spaces */
};

enum { PAGE_GAP = 4 };

/* A common word of a language. */
struct page_word {
    uint64_t hash;
    uint8_t language, weight;
};

/* Runs of equal keys in a sorted array, by key. */
struct page_slot {
    uint64_t key;
    uint32_t first, n; /* n = 0: free */
};

struct page_index {
    struct page_slot *slots;
    size_t mask;
};

enum { PAGE_MAX_LANGUAGES = 128, PAGE_FILTER_BITS = 1 << 16 };

struct page_table {
    uint64_t *words;
    struct page_phrase *phrases;
    struct page_word *common;
    size_t n_words, n_phrases, n_common;
    size_t words_cap, phrases_cap, common_cap;
    struct page_index by_phrase, by_word;
    /* A bit for each word that a phrase begins with when anything may follow it, and for each pair of words
     * that one begins with. */
    uint64_t first_words[PAGE_FILTER_BITS / 64], first_pairs[PAGE_FILTER_BITS / 64];
    bool wanted[PAGE_MAX_LANGUAGES]; /* asked for, or of the group of one that was */
    bool any_wanted;
};

/* The run of a key, n = 0 when there is none. */
struct page_slot page_find(const struct page_index *index, uint64_t key);

static inline bool page_filter_has(const uint64_t *filter, uint64_t hash)
{
    return filter[(hash & (PAGE_FILTER_BITS - 1)) / 64] >> hash % 64 & 1;
}

static inline uint64_t page_pair(uint64_t first, uint64_t second)
{
    return first ^ (second << 1 | second >> 63);
}

/* Pairs are many: each has two bits. */
static inline uint64_t page_pair_again(uint64_t pair)
{
    return pair >> 24;
}

static inline bool page_filter_has_pair(const uint64_t *filter, uint64_t pair)
{
    return page_filter_has(filter, pair) && page_filter_has(filter, page_pair_again(pair));
}

/* False: no phrase begins at word i. The filters fit into the nearest cache: most words cost nothing. */
static inline bool page_may_begin(const struct page_table *table, const uint64_t *hash, size_t n, size_t i)
{
    return page_filter_has(table->first_words, hash[i]) ||
           (i + 1 < n && page_filter_has_pair(table->first_pairs, page_pair(hash[i], hash[i + 1])));
}

/* The longest phrase that begins at word i, and how many words it takes; NULL when there is none. */
const struct page_phrase *page_match(const struct page_table *table, const uint64_t *hash, size_t n, size_t i,
                                     size_t *taken);

/* ---- How texts end (page/end.c) */

enum page_ending {
    PAGE_ENDS_OTHER,  /* empty, a sign, a script that has no final marks */
    PAGE_ENDS_CLOSED, /* with a mark that ends sentences, or what may follow one */
    PAGE_ENDS_OPEN,   /* with a letter, digit, comma or dash */
    PAGE_ENDS_DOTS,   /* with an ellipsis */
};

/* Length of the text without white space at its end. */
size_t page_trimmed(struct str text);
enum page_ending page_ending(struct str text);
/* A line break, or a mark that ends a sentence and white space or nothing behind it. */
bool page_parts(struct str between);
/* Words: tokens, of scripts without spaces every other one. */
size_t page_count(const uint8_t *flags, size_t n);

/* Share of texts of this source that end closed, in 1/10000; the corpus stands in where it has few. */
uint32_t page_closed_share(const struct page_stats *stats, uint64_t source);
/* Most records have a text: one without is no headline among headlines. */
bool page_has_texts(const struct page_stats *stats);
/* Articles with fewer words are short in this corpus. */
uint32_t page_short_limit(const struct page_stats *stats);

/* Finding `truncated` of an article whose text ends at byte `end`; `title` may have n = 0. False: none. */
bool page_truncated(const struct page_table *table, const struct page_stats *stats,
                    const struct page_article *article, size_t end, const struct tokens *title,
                    struct edit *out);

/* Whether page_truncated() may be true with other statistics, when no title is given. */
bool page_may_be_truncated(const struct page_table *table, const struct page_article *article, size_t end);

/* ---- Texts with nothing in them (page/empty.c) */

/* The reason why nothing of an article is in this text, or NULL. `title`: its words, with places. Reads a
 * text of any length; asked of short ones. */
const char *page_nothing(const struct page_stats *stats, const struct page_article *article,
                         const struct tokens *title);
/* Cuts have a third of its bytes or more, or some of a short text. */
bool page_is_mostly_cut(const struct page_article *article);
/* Short, and an address in it. */
bool page_has_link(const struct page_article *article);
/* Bytes of something else, read as text: characters that are none are a fifth of it. */
bool page_is_noise(struct str text);

/* ---- Languages (page/language.c) */

/* Number of the language with this code, or -1. */
int page_language_find(struct str code);
/* The reason when a text is in a language that was not asked for, else NULL; how sure, in 1/10000. */
const char *page_wrong_language(const struct page_table *table, struct str text, const struct tokens *words,
                                uint32_t *score);
