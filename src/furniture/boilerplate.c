// boilerplate.c - from articles to posted keys. Contract in boilerplate.h; grouping is in
// furniture/boilerplate_group.c, the table in furniture/boilerplate_table.c.
//
// A line is counted by its words with all figures alike, and, when it is short, by three forms in which
// much may vary, since what a site prints around its stories has slots: names, dates, numbers, headlines.
//
//     By Ann Lee, 12 May     words:  by ann lee # may      shape:  by _ , _
//                            first:  by ann                last:   # may
//     Read more: Rain ahead  words:  read more rain ahead  first:  read more :
//
// A slot is told by word shape (capital letters, digits) where the script has it; the first and last words
// serve all scripts. Whether a form is furniture is decided later, by how concentrated it is in sources
// and in places of the article (Gibson, Punera and Tomkins 2005 find that half of the web is templates of
// this kind).
//
// One posting is 37 bits of key and 3 of place, five bytes in the spill: neither neighbours nor offsets
// are kept. Two unrelated lines meet in one key once in some hundred million; three, which it takes to
// judge, never.

#include "furniture/boilerplate.h"

#include "base/mem.h"
#include "furniture/boilerplate_table.h"

enum { SHORT_WORDS = 8 };

#define SLOT_VALUE  UINT64_C(0xd6e8feb86659fd93)
#define LABEL_VALUE UINT64_C(0xa0761d6478bd642f)

struct boiler_stats {
    struct spill *keys;
};

// ---- forms

static uint64_t add(uint64_t hash, uint64_t value)
{
    return hash_mix(hash + value) + UINT64_C(0x9e3779b97f4a7c15);
}

// Hash of what stands between two words, blanks aside; 0 for nothing.
static uint64_t gap_value(const char *text, uint32_t from, uint32_t to)
{
    uint64_t value = 0;
    for (uint32_t i = from; i < to; i++) {
        if (text[i] != ' ' && text[i] != '\t') {
            value = value * 257 + (uint8_t)text[i] + 1;
        }
    }
    return value;
}

static bool is_slot(const struct tokens *words, size_t i)
{
    return (words->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT)) != 0;
}

// Whether the line begins with a name rather than with a word of the form: "Ann Lee reports", "Ann Lee,
// The News", but not "By Ann Lee".
static bool leads_with_name(const char *text, const struct tokens *words, const struct segment *s)
{
    size_t run = 0;
    while (run < s->n && (words->flags[s->first + run] & TOKEN_UPPER)) {
        run++;
    }
    bool comma = s->n > 2 && text[words->end[s->first + 1]] == ',';
    return s->n > 2 && run >= 2 && (run == 2 || comma);
}

static uint64_t shape_of(const char *text, const struct tokens *words, const struct segment *s)
{
    uint64_t hash = gap_value(text, s->start, words->start[s->first]);
    bool marked = hash != 0; // a bullet, a bracket: what follows is a slot even as the first word
    bool name = leads_with_name(text, words, s);
    bool in_slot = false;
    unsigned slots = 0;
    unsigned fixed = marked;
    for (size_t i = s->first; i < (size_t)s->first + s->n; i++) {
        bool slot = is_slot(words, i) && (i > s->first || marked || name || (words->flags[i] & TOKEN_DIGIT));
        if (!slot || !in_slot) {
            hash = add(hash, slot ? SLOT_VALUE : words->hash[i]);
        }
        slots += slot && !in_slot;
        fixed += !slot;
        uint32_t to = i + 1 < (size_t)s->first + s->n ? words->start[i + 1] : s->end;
        uint64_t gap = gap_value(text, words->end[i], to);
        if (gap) {
            hash = add(hash, gap);
            fixed++;
        }
        in_slot = slot && !gap;
    }
    // One fixed word ("By _", but also "The _") is a form at the edge of an article only.
    return slots && fixed > (s->zone == SEGMENT_MIDDLE) ? hash : 0;
}

size_t boiler_label(const char *text, const struct tokens *words, const struct segment *s)
{
    enum { LONGEST = 6 };
    bool solo = words->flags[s->first] & TOKEN_SOLO;
    size_t most = solo ? 2 * LONGEST : LONGEST;
    for (size_t i = s->first; i + 1 < (size_t)s->first + s->n && i < s->first + most; i++) {
        uint32_t from = words->end[i];
        uint32_t to = words->start[i + 1];
        bool wide = to - from >= 3 && memcmp(text + from, "\xEF\xBC\x9A", 3) == 0;
        bool colon = memchr(text + from, ':', to - from) != NULL;
        if (wide || (colon && !(words->flags[i] & words->flags[i + 1] & TOKEN_DIGIT))) {
            return i + 1 - s->first;
        }
    }
    return 0;
}

// Key of n words of the line, unless they are mostly figures: all figures have one key, so that these are the
// end of any price, date or telephone number.
static uint64_t words_key(const struct tokens *words, size_t first, size_t n)
{
    size_t digits = 0;
    for (size_t i = first; i < first + n; i++) {
        digits += (words->flags[i] & TOKEN_DIGIT) != 0;
    }
    return digits * 2 > n ? 0 : segment_key(words, first, n);
}

void boiler_forms(const char *text, const struct tokens *words, const struct segment *s, uint32_t source,
                  struct boiler_forms *forms)
{
    *forms = (struct boiler_forms){.key = {[BOILER_WORDS] = s->key}};
    if (s->n < 2 || s->n > BOILER_SLOT_WORDS) {
        return;
    }
    forms->key[BOILER_SHAPE] = shape_of(text, words, s);
    bool solo = words->flags[s->first] & TOKEN_SOLO;
    size_t label = boiler_label(text, words, s);
    size_t n_first = solo ? 3 : 2;
    enum { LONGEST_BARE = 12 }; // words: in longer lines two words in front are no form
    if (label) {
        forms->key[BOILER_FIRST] = segment_key(words, s->first, label) ^ LABEL_VALUE;
    } else if (s->n > n_first && s->n <= LONGEST_BARE) {
        forms->key[BOILER_FIRST] = words_key(words, s->first, n_first);
    }
    size_t n_last = solo ? 2 : s->n == 2 ? 1 : s->n == 3 ? 2 : 3;
    if (s->n > n_last) {
        forms->key[BOILER_LAST] = words_key(words, s->first + s->n - n_last, n_last);
    }
    for (unsigned kind = BOILER_SHAPE; kind < BOILER_KINDS; kind++) {
        forms->key[kind] = forms->key[kind] ? add(forms->key[kind], source) | 1 : 0;
    }
}

// ---- collecting

void boiler_collector_release(struct boiler_collector *c)
{
    mem_free(c->records);
    segments_release(&c->segments);
    *c = (struct boiler_collector){0};
}

static bool reserve(struct boiler_collector *c, size_t more)
{
    void *records = c->records;
    bool ok = mem_grow(&records, &c->cap, c->n + more, sizeof *c->records);
    c->records = records;
    return ok;
}

static void record(struct boiler_collector *c, enum boiler_kind kind, uint64_t key, unsigned info)
{
    uint64_t mixed = boiler_mix(kind, key);
    c->records[c->n++] = mixed >> 56 << 32 | boiler_low(mixed) << BOILER_INFO_BITS | info;
}

int boiler_collect_text(struct boiler_collector *c, const char *text, size_t len, const struct tokens *words,
                        uint32_t source)
{
    struct segments *s = &c->segments;
    int status = segments_of(s, text, len, words);
    if (status < 0) {
        return status;
    }
    if (!reserve(c, s->n_lines * BOILER_KINDS + s->n_sentences)) {
        return COPYDESK_ERR_MEMORY;
    }
    for (size_t i = 0; i < s->n_lines; i++) {
        const struct segment *line = &s->lines[i];
        if (!line->key) {
            continue;
        }
        unsigned zone = line->zone;
        record(c, BOILER_WORDS, line->key, zone | BOILER_ALONE);
        if (line->n <= BOILER_SLOT_WORDS && (zone || !(line->flags & SEGMENT_STOP))) {
            struct boiler_forms forms;
            boiler_forms(text, words, line, source, &forms);
            for (unsigned kind = BOILER_SHAPE; kind < BOILER_KINDS; kind++) {
                if (forms.key[kind]) {
                    record(c, kind, forms.key[kind], zone | BOILER_ALONE);
                }
            }
        }
        for (size_t k = 0; line->n_sentences > 1 && k < line->n_sentences; k++) {
            const struct segment *sentence = &s->sentences[line->first_sentence + k];
            bool outer = (zone == 1 && i == 0 && k == 0) || (zone == 2 && k + 1 == line->n_sentences);
            if (sentence->n > 1) {
                unsigned inner = sentence->n < SHORT_WORDS ? BOILER_SHORT : 0;
                record(c, BOILER_WORDS, sentence->key, outer ? zone : inner);
            }
        }
    }
    return 0;
}

int boiler_collect_title(struct boiler_collector *c, const struct tokens *words, size_t title_len)
{
    enum { SHORTEST = 3 }; // "World news" is a title somewhere, and says nothing
    if (!reserve(c, 2)) {
        return COPYDESK_ERR_MEMORY;
    }
    if (words->n >= SHORTEST) {
        record(c, BOILER_WORDS, segment_key(words, 0, words->n), BOILER_IS_TITLE);
    }
    if (title_len >= SHORTEST && title_len < words->n) {
        record(c, BOILER_WORDS, segment_key(words, 0, title_len), BOILER_IS_TITLE);
    }
    return 0;
}

// ---- posting

int boiler_stats_new(struct boiler_stats **stats, unsigned threads, uint64_t memory_bytes,
                     const char *temp_dir, struct copydesk_error *error)
{
    struct boiler_stats *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    int status = spill_new(&s->keys, SPILL_POSTINGS, threads, memory_bytes, temp_dir, error);
    if (status < 0) {
        mem_free(s);
        return status;
    }
    *stats = s;
    return 0;
}

void boiler_stats_free(struct boiler_stats *s)
{
    if (s) {
        spill_free(s->keys);
        mem_free(s);
    }
}

int boiler_post(struct boiler_stats *s, unsigned thread, uint32_t article, const uint64_t *records, size_t n,
                struct copydesk_error *error)
{
    struct spill_writer *out = spill_writer(s->keys, thread);
    for (size_t i = 0; i < n; i++) {
        spill_add_posting(out, (unsigned)(records[i] >> 32), (uint32_t)records[i], article);
    }
    return spill_check(out, error);
}

struct spill *boiler_stats_keys(struct boiler_stats *s)
{
    return s->keys;
}
