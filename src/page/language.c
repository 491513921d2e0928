// language.c - in which language a text is. Contract in page.h.
//
// In:  the words of a text. Out: one of about a hundred languages, and how sure.
//
// First the script: the letters of a sample are counted by blocks of Unicode. Many languages have a script to
// themselves. Where several share one, the common words decide (page/words.c): each word of the text that
// stands in the list of a language counts for it, the more the commoner it is there. That is naive Bayes
// with a floor for words that are not listed, in whole numbers: articles, pronouns and conjunctions make up a
// third to a half of running text in most languages, and no names, no numbers and no new words get in the
// way. No model file, no training; a hundred words are plenty.
//
// Limits: below 20 words nothing is said. Where the best language has few of its words in the text, or the
// second best is close, nothing is said. Languages that join what others write as words (Zulu, Xhosa) are
// surer with more text. Mixed texts are what most of their words are.
//
// Function words for telling languages apart: Ingle 1976; Grefenstette 1995.

#include "page/parts.h"

enum {
    SAMPLE_BYTES = 1536,
    SAMPLE_WORDS = 400,
    LEAST_WORDS = 20,   // shorter texts are not judged
    LEAST_LETTERS = 60, // the same for scripts without spaces
    LEAST_HITS = 12,    // of 100 words stand in the list of the best language
    LEAST_DISTINCT = 4, // different words of it: a letter in a drawing is no language
    FEW_HITS = 3,       // the same where no other language comes near: those that write in one word what
    CLEAR_LEAD = 4000,  // others write in three
    MAX_LISTS = PAGE_MAX_LANGUAGES,
};

struct block {
    uint32_t first, last;
    enum page_script script;
};

// Letters only; ascending.
static const struct block blocks[] = {
    {'A', 'Z', PAGE_LATIN},          {'a', 'z', PAGE_LATIN},          {0xC0, 0x24F, PAGE_LATIN},
    {0x250, 0x2AF, PAGE_LATIN},      {0x370, 0x3FF, PAGE_GREEK},      {0x400, 0x52F, PAGE_CYRILLIC},
    {0x531, 0x58F, PAGE_ARMENIAN},   {0x5D0, 0x5F4, PAGE_HEBREW},     {0x620, 0x6FF, PAGE_ARABIC},
    {0x750, 0x77F, PAGE_ARABIC},     {0x8A0, 0x8FF, PAGE_ARABIC},     {0x900, 0x97F, PAGE_DEVANAGARI},
    {0x980, 0x9FF, PAGE_BENGALI},    {0xA00, 0xA7F, PAGE_GURMUKHI},   {0xA80, 0xAFF, PAGE_GUJARATI},
    {0xB00, 0xB7F, PAGE_ODIA},       {0xB80, 0xBFF, PAGE_TAMIL},      {0xC00, 0xC7F, PAGE_TELUGU},
    {0xC80, 0xCFF, PAGE_KANNADA},    {0xD00, 0xD7F, PAGE_MALAYALAM},  {0xD80, 0xDFF, PAGE_SINHALA},
    {0xE00, 0xE7F, PAGE_THAI},       {0xE80, 0xEFF, PAGE_LAO},        {0xF00, 0xFFF, PAGE_TIBETAN},
    {0x1000, 0x109F, PAGE_MYANMAR},  {0x10A0, 0x10FF, PAGE_GEORGIAN}, {0x1100, 0x11FF, PAGE_HANGUL},
    {0x1200, 0x139F, PAGE_ETHIOPIC}, {0x1780, 0x17FF, PAGE_KHMER},    {0x1E00, 0x1EFF, PAGE_LATIN},
    {0x1F00, 0x1FFF, PAGE_GREEK},    {0x2D80, 0x2DDF, PAGE_ETHIOPIC}, {0x3041, 0x30FF, PAGE_KANA},
    {0x3130, 0x318F, PAGE_HANGUL},   {0x3400, 0x4DBF, PAGE_HAN},      {0x4E00, 0x9FFF, PAGE_HAN},
    {0xAC00, 0xD7AF, PAGE_HANGUL},   {0xFB50, 0xFDFF, PAGE_ARABIC},   {0xFE70, 0xFEFC, PAGE_ARABIC},
    {0x20000, 0x3FFFF, PAGE_HAN},
};

static enum page_script script_of_letter(uint32_t c)
{
    size_t low = 0;
    size_t high = sizeof blocks / sizeof blocks[0];
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (c > blocks[mid].last) {
            low = mid + 1;
        } else {
            high = mid;
        }
    }
    return low < sizeof blocks / sizeof blocks[0] && c >= blocks[low].first ? blocks[low].script
                                                                            : PAGE_NO_SCRIPT;
}

struct letters {
    enum page_script script; // of most
    uint32_t n, share;       // letters in the sample; share of the script in 1/10000
};

static struct letters letters_of(struct str text)
{
    uint32_t counts[PAGE_N_SCRIPTS] = {0};
    struct letters found = {PAGE_NO_SCRIPT, 0, 0};
    const uint8_t *p = (const uint8_t *)text.data;
    size_t len = text.len < SAMPLE_BYTES ? text.len : SAMPLE_BYTES;
    for (size_t i = 0; i < len;) {
        uint32_t c;
        if (p[i] < 0x80) { // most are, and need not be looked for
            uint32_t is_letter = (p[i] | 0x20u) - 'a' <= 'z' - 'a';
            counts[PAGE_LATIN] += is_letter;
            found.n += is_letter;
            i++;
            continue;
        }
        unsigned n = utf8_decode(p + i, p + text.len, &c);
        i += n ? n : 1;
        enum page_script script = n ? script_of_letter(c) : PAGE_NO_SCRIPT;
        counts[script] += script != PAGE_NO_SCRIPT;
        found.n += script != PAGE_NO_SCRIPT;
    }
    // Japanese is written with both: a tenth of kana and it is no Chinese.
    if (counts[PAGE_KANA] * 10 > counts[PAGE_HAN]) {
        counts[PAGE_KANA] += counts[PAGE_HAN];
        counts[PAGE_HAN] = 0;
    }
    for (unsigned s = 1; s < PAGE_N_SCRIPTS; s++) {
        if (counts[s] > counts[found.script]) {
            found.script = (enum page_script)s;
        }
    }
    found.share = found.n ? (uint32_t)((uint64_t)counts[found.script] * 10000 / found.n) : 0;
    return found;
}

int page_language_find(struct str code)
{
    for (size_t i = 0; i < page_n_languages; i++) {
        if (str_equal(code, str_of(page_languages[i].two)) ||
            str_equal(code, str_of(page_languages[i].three))) {
            return (int)i;
        }
    }
    return -1;
}

struct scores {
    enum page_script script;
    uint32_t letters, share, words; // as in struct letters; words looked at
    uint32_t sum[MAX_LISTS], hits[MAX_LISTS], distinct[MAX_LISTS];
    int best;
};

static bool alone(size_t language)
{
    return page_languages[language].words[0] == 0;
}

static void count_words(const struct page_table *table, const struct tokens *words, struct scores *s)
{
    size_t n = words->n < SAMPLE_WORDS ? words->n : SAMPLE_WORDS;
    uint64_t seen[16] = {0}; // by a few bits of the word: two that fall together count as one, the safe side
    for (size_t i = 0; i < n; i++) {
        if (words->flags[i] & (TOKEN_DIGIT | TOKEN_SOLO)) {
            continue;
        }
        s->words++;
        struct page_slot run = page_find(&table->by_word, words->hash[i]);
        uint64_t bit = UINT64_C(1) << (words->hash[i] >> 54) % 64;
        bool first = run.n && !(seen[words->hash[i] >> 60] & bit);
        seen[words->hash[i] >> 60] |= run.n ? bit : 0;
        for (size_t w = run.first; w < run.first + run.n; w++) {
            s->sum[table->common[w].language] += table->common[w].weight;
            s->hits[table->common[w].language]++;
            s->distinct[table->common[w].language] += first;
        }
    }
}

static void score(const struct page_table *table, struct str text, const struct tokens *words,
                  struct scores *s)
{
    struct letters letters = letters_of(text);
    *s = (struct scores){.script = letters.script, .letters = letters.n, .share = letters.share, .best = -1};
    count_words(table, words, s);
    for (size_t i = 0; i < page_n_languages; i++) {
        if (page_languages[i].script != s->script) {
            s->sum[i] = 0;
        } else if (alone(i)) {
            s->best = (int)i;
        } else if (s->sum[i] > 0 && (s->best < 0 || s->sum[i] > s->sum[s->best])) {
            s->best = (int)i;
        }
    }
}

// How far the best language is ahead of the best of the others, in 1/10000. Kin of the best are no others.
static uint32_t lead(const struct scores *s, const bool *others)
{
    const struct page_language *best = &page_languages[s->best];
    uint32_t second = 0;
    if (alone((size_t)s->best)) {
        return s->share;
    }
    for (size_t i = 0; i < page_n_languages; i++) {
        bool kin = best->group != 0 && best->group == page_languages[i].group;
        if ((int)i != s->best && !kin && (!others || others[i]) && s->sum[i] > second) {
            second = s->sum[i];
        }
    }
    return (uint32_t)((uint64_t)(s->sum[s->best] - second) * 10000 / s->sum[s->best]);
}

static bool enough(const struct scores *s)
{
    if (s->best < 0 || s->share < 6000 || s->letters < LEAST_LETTERS) {
        return false;
    }
    if (alone((size_t)s->best)) {
        return true;
    }
    uint32_t hits = s->hits[s->best];
    return s->words >= LEAST_WORDS && s->distinct[s->best] >= LEAST_DISTINCT &&
           (hits * 100 >= s->words * LEAST_HITS ||
            (hits >= 6 && hits * 100 >= s->words * FEW_HITS && lead(s, NULL) >= CLEAR_LEAD));
}

struct page_tongue page_language(const struct page_table *table, struct str text, const struct tokens *words)
{
    enum { LEAST_LEAD = 300 };
    struct scores s;
    score(table, text, words, &s);
    if (!enough(&s) || lead(&s, NULL) < LEAST_LEAD) {
        return (struct page_tongue){"", 0};
    }
    return (struct page_tongue){page_languages[s.best].two, lead(&s, NULL)};
}

static bool script_wanted(const struct page_table *table, enum page_script script)
{
    for (size_t i = 0; i < page_n_languages; i++) {
        bool same = page_languages[i].script == script ||
                    (page_languages[i].script == PAGE_KANA && script == PAGE_HAN);
        if (table->wanted[i] && same) {
            return true;
        }
    }
    return false;
}

const char *page_wrong_language(const struct page_table *table, struct str text, const struct tokens *words,
                                uint32_t *certainty)
{
    // Words that many languages have (`a`, `o`, `to`) stand in lists of goods, code and results too: to say
    // that a text is in none of those asked for, there have to be more, or none of theirs.
    enum { LEAST_LEAD = 3000, MORE_DISTINCT = 7, NONE_OF_THEIRS = 9500 };
    struct scores s;
    if (!table->any_wanted) {
        return NULL;
    }
    score(table, text, words, &s);
    if (s.letters >= LEAST_LETTERS && s.share >= 8000 && !script_wanted(table, s.script)) {
        *certainty = s.share;
        return enough(&s) ? page_languages[s.best].sentence
                          : "the text is in a script that was not asked for";
    }
    if (!enough(&s) || table->wanted[s.best]) {
        return NULL;
    }
    uint32_t ahead = lead(&s, table->wanted);
    bool few = !alone((size_t)s.best) && s.distinct[s.best] < MORE_DISTINCT && ahead < NONE_OF_THEIRS;
    if (few || ahead < LEAST_LEAD) {
        return NULL;
    }
    *certainty = ahead;
    return page_languages[s.best].sentence;
}
