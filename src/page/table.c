// table.c - the tables of phrases and words, made ready for looking up. Contract in parts.h.
//
// Phrases are cut by the same tokenizer as articles, so that both fold alike, and kept as runs of hashes. An
// open table finds all phrases that begin with a word; they are tried longest first. A few thousand words in
// all: made in a millisecond, once a run.

#include "page/parts.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>

struct page_slot page_find(const struct page_index *index, uint64_t key)
{
    for (size_t at = hash_mix(key) & index->mask;; at = (at + 1) & index->mask) {
        if (index->slots[at].n == 0 || index->slots[at].key == key) {
            return index->slots[at];
        }
    }
}

static bool index_make(struct page_index *index, size_t n)
{
    size_t size = 16;
    while (size < 2 * n) {
        size *= 2;
    }
    index->slots = mem_zalloc(size, sizeof *index->slots);
    index->mask = size - 1;
    return index->slots != NULL;
}

// Item number `i` of a sorted array has this key.
static void index_add(struct page_index *index, uint64_t key, uint32_t i)
{
    size_t at = hash_mix(key) & index->mask;
    while (index->slots[at].n != 0 && index->slots[at].key != key) {
        at = (at + 1) & index->mask;
    }
    if (index->slots[at].n == 0) {
        index->slots[at] = (struct page_slot){key, i, 0};
    }
    index->slots[at].n++;
}

// ---- Phrases

static bool add_word(struct page_table *t, uint64_t hash)
{
    void *words = t->words;
    bool ok = mem_grow(&words, &t->words_cap, t->n_words + 1, sizeof *t->words);
    t->words = words;
    if (ok) {
        t->words[t->n_words++] = hash;
    }
    return ok;
}

static bool add_phrase(struct page_table *t, const struct page_phrases *row, const char *text,
                       const struct tokens *words)
{
    void *phrases = t->phrases;
    bool ok = mem_grow(&phrases, &t->phrases_cap, t->n_phrases + 1, sizeof *t->phrases);
    t->phrases = phrases;
    if (!ok) {
        return false;
    }
    uint32_t first = (uint32_t)t->n_words;
    for (size_t i = 0; i < words->n && ok; i++) {
        if (i > 0 && memchr(text + words->end[i - 1], '*', words->start[i] - words->end[i - 1])) {
            ok = add_word(t, 0);
        }
        ok = ok && add_word(t, words->hash[i]);
    }
    t->phrases[t->n_phrases++] =
        (struct page_phrase){.first = first,
                             .n = (uint8_t)(t->n_words - first),
                             .kind = (uint8_t)row->kind,
                             .level = (uint8_t)row->level,
                             .solo = words->n > 0 && (words->flags[words->n - 1] & TOKEN_SOLO) != 0};
    return ok;
}

// `padded` is scratch for one phrase with the room behind it that the tokenizer wants.
static int add_row(struct page_table *t, const struct page_phrases *row, struct tokenizer *tokenizer,
                   struct buf *padded)
{
    for (const char *at = row->phrases; *at;) {
        size_t len = strcspn(at, "|");
        struct tokens words;
        buf_clear(padded);
        buf_add(padded, at, len);
        if (!buf_reserve(padded, TOKEN_PADDING)) {
            return COPYDESK_ERR_MEMORY;
        }
        memset(padded->data + len, 0, TOKEN_PADDING);
        if (tokenize(tokenizer, padded->data, len, true, &words) < 0 ||
            !add_phrase(t, row, padded->data, &words)) {
            return COPYDESK_ERR_MEMORY;
        }
        at += len + (at[len] == '|');
    }
    return COPYDESK_OK;
}

struct sorted {
    const uint64_t *words;
    struct page_phrase phrase;
};

// By first word, longer ones first, then as they stand in the table.
static int compare_phrases(const void *left, const void *right)
{
    const struct sorted *a = left;
    const struct sorted *b = right;
    uint64_t x = a->words[a->phrase.first];
    uint64_t y = b->words[b->phrase.first];
    if (x != y) {
        return x < y ? -1 : 1;
    }
    if (a->phrase.n != b->phrase.n) {
        return a->phrase.n > b->phrase.n ? -1 : 1;
    }
    return a->phrase.first < b->phrase.first ? -1 : 1;
}

static void set_filter(uint64_t *filter, uint64_t hash)
{
    filter[(hash & (PAGE_FILTER_BITS - 1)) / 64] |= UINT64_C(1) << hash % 64;
}

static bool sort_phrases(struct page_table *t)
{
    struct sorted *all = mem_alloc(t->n_phrases, sizeof *all);
    if (!all || !index_make(&t->by_phrase, t->n_phrases)) {
        mem_free(all);
        return false;
    }
    for (size_t i = 0; i < t->n_phrases; i++) {
        all[i] = (struct sorted){t->words, t->phrases[i]};
    }
    qsort(all, t->n_phrases, sizeof *all, compare_phrases);
    for (size_t i = 0; i < t->n_phrases; i++) {
        t->phrases[i] = all[i].phrase;
        uint64_t word = t->words[t->phrases[i].first];
        index_add(&t->by_phrase, word, (uint32_t)i);
        bool pair = t->phrases[i].n > 1 && t->words[t->phrases[i].first + 1] != 0;
        if (pair) {
            uint64_t start = page_pair(word, t->words[t->phrases[i].first + 1]);
            set_filter(t->first_pairs, start);
            set_filter(t->first_pairs, page_pair_again(start));
        } else {
            set_filter(t->first_words, word);
        }
    }
    mem_free(all);
    return true;
}

// Words of the text that the phrase takes from word i on, 0 when it does not stand there.
static size_t take(const uint64_t *words, size_t n_words, const uint64_t *hash, size_t n, size_t i)
{
    size_t at = i;
    for (size_t w = 0; w < n_words; w++) {
        if (words[w] == 0) {
            size_t gap = 0;
            while (gap <= PAGE_GAP && at + gap < n && hash[at + gap] != words[w + 1]) {
                gap++;
            }
            if (gap > PAGE_GAP || at + gap >= n) {
                return 0;
            }
            at += gap;
        } else {
            if (at >= n || hash[at] != words[w]) {
                return 0;
            }
            at++;
        }
    }
    return at - i;
}

const struct page_phrase *page_match(const struct page_table *table, const uint64_t *hash, size_t n, size_t i,
                                     size_t *taken)
{
    const struct page_phrase *best = NULL;
    *taken = 0;
    if (!page_may_begin(table, hash, n, i)) {
        return NULL;
    }
    struct page_slot run = page_find(&table->by_phrase, hash[i]);
    for (size_t p = run.first; p < run.first + run.n; p++) {
        const struct page_phrase *phrase = &table->phrases[p];
        size_t found = take(table->words + phrase->first, phrase->n, hash, n, i);
        if (found > *taken || (found == *taken && found > 0 && phrase->level < best->level)) {
            best = phrase;
            *taken = found;
        }
    }
    return best;
}

// ---- Words of languages

// What the place in a list tells: about 2 log2 of how much commoner the word is than one that is not listed.
static uint8_t weight_of(size_t place)
{
    return place < 3 ? 10 : place < 8 ? 8 : place < 16 ? 7 : place < 30 ? 6 : 5;
}

static bool add_common(struct page_table *t, uint64_t hash, size_t language, size_t place)
{
    void *common = t->common;
    for (size_t i = t->n_common; i > 0 && t->common[i - 1].language == language; i--) {
        if (t->common[i - 1].hash == hash) {
            return true; // folding makes one word of two
        }
    }
    bool ok = mem_grow(&common, &t->common_cap, t->n_common + 1, sizeof *t->common);
    t->common = common;
    if (ok) {
        t->common[t->n_common++] = (struct page_word){hash, (uint8_t)language, weight_of(place)};
    }
    return ok;
}

static int add_language(struct page_table *t, size_t number, struct tokenizer *tokenizer, struct buf *padded)
{
    const char *list = page_languages[number].words;
    size_t len = strlen(list);
    struct tokens words;
    buf_clear(padded);
    buf_add(padded, list, len);
    if (!buf_reserve(padded, TOKEN_PADDING)) {
        return COPYDESK_ERR_MEMORY;
    }
    memset(padded->data + len, 0, TOKEN_PADDING);
    if (tokenize(tokenizer, padded->data, len, false, &words) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    for (size_t i = 0; i < words.n; i++) {
        if (!add_common(t, words.hash[i], number, i)) {
            return COPYDESK_ERR_MEMORY;
        }
    }
    return COPYDESK_OK;
}

static int compare_words(const void *left, const void *right)
{
    const struct page_word *a = left;
    const struct page_word *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (int)a->language - (int)b->language;
}

static bool sort_words(struct page_table *t)
{
    if (!index_make(&t->by_word, t->n_common)) {
        return false;
    }
    qsort(t->common, t->n_common, sizeof *t->common, compare_words);
    for (size_t i = 0; i < t->n_common; i++) {
        index_add(&t->by_word, t->common[i].hash, (uint32_t)i);
    }
    return true;
}

static int set_wanted(struct page_table *t, const char *languages, struct copydesk_error *error)
{
    for (const char *at = languages; at && *at;) {
        size_t len = strcspn(at, ",");
        struct str code = str_trim((struct str){at, len});
        int found = page_language_find(code);
        if (found < 0) {
            return error_set(error, COPYDESK_ERR_OPTION, NULL,
                             "languages: '%.*s' is not known; give codes of ISO 639 such as en,de,sw",
                             (int)(code.len < 40 ? code.len : 40), code.data);
        }
        for (size_t i = 0; i < page_n_languages; i++) {
            const struct page_language *asked = &page_languages[found];
            bool kin = asked->group != 0 && asked->group == page_languages[i].group;
            t->wanted[i] |= kin || (int)i == found || strcmp(asked->two, page_languages[i].two) == 0;
        }
        t->any_wanted = true;
        at += len + (at[len] == ',');
    }
    return COPYDESK_OK;
}

static int fill(struct page_table *t, struct tokenizer *tokenizer, struct buf *padded)
{
    int status = COPYDESK_OK;
    for (size_t i = 0; i < page_n_phrases && status == COPYDESK_OK; i++) {
        status = add_row(t, &page_phrases[i], tokenizer, padded);
    }
    for (size_t i = 0; i < page_n_phrases_other && status == COPYDESK_OK; i++) {
        status = add_row(t, &page_phrases_other[i], tokenizer, padded);
    }
    for (size_t i = 0; i < page_n_languages && status == COPYDESK_OK; i++) {
        status = add_language(t, i, tokenizer, padded);
    }
    if (status == COPYDESK_OK && (!sort_phrases(t) || !sort_words(t))) {
        status = COPYDESK_ERR_MEMORY;
    }
    return status;
}

int page_table_new(struct page_table **table, const char *languages, struct copydesk_error *error)
{
    struct page_table *t = mem_zalloc(1, sizeof *t);
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct buf padded = {0};
    int status = COPYDESK_OK;
    *table = NULL;
    if (!t || !tokenizer) {
        status = error_memory(error);
        goto out;
    }
    status = set_wanted(t, languages, error);
    if (status == COPYDESK_OK && fill(t, tokenizer, &padded) < 0) {
        status = error_memory(error);
    }
out:
    tokenizer_free(tokenizer);
    buf_release(&padded);
    if (status != COPYDESK_OK) {
        page_table_free(t);
    } else {
        *table = t;
    }
    return status;
}

void page_table_free(struct page_table *table)
{
    if (!table) {
        return;
    }
    mem_free(table->words);
    mem_free(table->phrases);
    mem_free(table->common);
    mem_free(table->by_phrase.slots);
    mem_free(table->by_word.slots);
    mem_free(table);
}
