// lexicon.c - numbers for words.
//
// In:  the words of 8,192 articles at a time. Out: the number of a word, the word of a number.
//
// What is seen twice in a batch gets a number, in order of its count, so that the first seal ranks the
// language by frequency and small numbers, which get short codes, are common words; later seals append what
// the news has brought. A word that is never seen twice within a batch costs 43 bits each time, which is
// rare: it is one word in fifty.

#include "index/lexicon.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/sort.h"

enum { LEAST_SLOTS = 1 << 12, TWICE = 2 };

void lexicon_release(struct lexicon *l)
{
    mem_free(l->words);
    mem_free(l->slots);
    *l = (struct lexicon){0};
}

static size_t place_of(const struct lexicon *l, uint64_t word)
{
    return (size_t)(hash_mix(word) & (l->n_slots - 1));
}

void lexicon_fetch(const struct lexicon *l, uint64_t word)
{
    __builtin_prefetch(&l->slots[place_of(l, word)]);
}

uint32_t lexicon_find(const struct lexicon *l, uint64_t word)
{
    for (size_t at = place_of(l, word); l->slots[at]; at = (at + 1) & (l->n_slots - 1)) {
        if (l->words[l->slots[at] - 1] == word) {
            return l->slots[at] - 1;
        }
    }
    return LEXICON_NONE;
}

static void enter(struct lexicon *l, uint32_t number)
{
    size_t at = place_of(l, l->words[number]);
    while (l->slots[at]) {
        at = (at + 1) & (l->n_slots - 1);
    }
    l->slots[at] = number + 1;
}

static int reserve_slots(struct lexicon *l, size_t n, struct copydesk_error *error)
{
    size_t wanted = l->n_slots ? l->n_slots : LEAST_SLOTS;
    while (n * 2 > wanted) {
        wanted *= 2;
    }
    if (wanted == l->n_slots) {
        return 0;
    }
    uint32_t *slots = mem_zalloc(wanted, sizeof *slots);
    if (!slots) {
        return error_memory(error);
    }
    mem_free(l->slots);
    l->slots = slots;
    l->n_slots = wanted;
    for (size_t i = 0; i < l->n; i++) {
        enter(l, (uint32_t)i);
    }
    return 0;
}

int lexicon_prepare(struct lexicon *l, struct copydesk_error *error)
{
    return reserve_slots(l, l->n, error);
}

static int reserve_words(struct lexicon *l, size_t n, struct copydesk_error *error)
{
    void *words = l->words;
    bool ok = mem_grow(&words, &l->cap, n, sizeof *l->words);
    l->words = words;
    return ok ? 0 : error_memory(error);
}

int lexicon_load(struct lexicon *l, struct str saved, const char *path, struct copydesk_error *error)
{
    size_t n = saved.len / LEXICON_ENTRY;
    if (saved.len % LEXICON_ENTRY || n > LEXICON_WORDS - l->n) {
        return error_set(
            error, COPYDESK_ERR_INPUT, path,
            "the vocabulary is damaged; restore the folder from a copy, or build the index anew");
    }
    int status = reserve_words(l, l->n + n, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        uint64_t hash = 0;
        const char *at = saved.data + i * LEXICON_ENTRY;
        memcpy(&hash, at, INDEX_WORD_BITS / 8);
        l->words[l->n++] = lexicon_word(hash << (64 - INDEX_WORD_BITS), (uint8_t)at[INDEX_WORD_BITS / 8]);
    }
    return status;
}

// ---- learning

void lexicon_counts_release(struct lexicon_counts *c)
{
    mem_free(c->slots);
    *c = (struct lexicon_counts){0};
}

static struct lexicon_count *count_of(const struct lexicon_counts *c, uint64_t word)
{
    size_t at = (size_t)hash_mix(word) & (c->n_slots - 1);
    while (c->slots[at].n && c->slots[at].word != word) {
        at = (at + 1) & (c->n_slots - 1);
    }
    return &c->slots[at];
}

static bool grow_counts(struct lexicon_counts *c)
{
    struct lexicon_counts grown = {.n = c->n, .n_slots = c->n_slots ? 2 * c->n_slots : LEAST_SLOTS};
    grown.slots = mem_zalloc(grown.n_slots, sizeof *grown.slots);
    if (!grown.slots) {
        return false;
    }
    for (size_t i = 0; i < c->n_slots; i++) {
        if (c->slots[i].n) {
            *count_of(&grown, c->slots[i].word) = c->slots[i];
        }
    }
    mem_free(c->slots);
    *c = grown;
    return true;
}

bool lexicon_count(struct lexicon_counts *c, uint64_t word)
{
    if (c->n * 2 >= c->n_slots && !grow_counts(c)) {
        return false;
    }
    struct lexicon_count *count = count_of(c, word);
    c->n += count->n == 0;
    count->word = word;
    count->n++;
    return true;
}

// The words counted twice and more, by count, then by word; returns how many. out: three times their room.
static size_t rank(const struct lexicon_counts *c, uint64_t *words, uint64_t *records, uint64_t *scratch)
{
    size_t n = 0;
    for (size_t i = 0; i < c->n_slots; i++) {
        if (c->slots[i].n >= TWICE) {
            words[n++] = c->slots[i].word;
        }
    }
    sort_u64(words, scratch, n, 0);
    for (size_t i = 0; i < n; i++) {
        records[i] = (uint64_t)(uint32_t)~count_of(c, words[i])->n << 32 | (uint32_t)i;
    }
    sort_u64(records, scratch, n, 32);
    return n;
}

int lexicon_learn(struct lexicon *l, const struct lexicon_counts *c, struct buf *saved,
                  struct copydesk_error *error)
{
    uint64_t *words = mem_alloc(3 * c->n + 1, sizeof *words);
    if (!words) {
        return error_memory(error);
    }
    uint64_t *records = words + c->n;
    size_t n = c->n ? rank(c, words, records, records + c->n) : 0;
    n = n < LEXICON_WORDS - l->n ? n : LEXICON_WORDS - l->n;
    int status = reserve_words(l, l->n + n, error);
    status = status < 0 ? status : reserve_slots(l, l->n + n, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        uint64_t word = words[(uint32_t)records[i]];
        uint64_t top = word >> (64 - INDEX_WORD_BITS);
        buf_add(saved, &top, INDEX_WORD_BITS / 8);
        buf_add_char(saved, (char)(word & ((1u << LEXICON_FLAG_BITS) - 1)));
        l->words[l->n++] = word;
        enter(l, (uint32_t)l->n - 1);
    }
    mem_free(words);
    return status == 0 && saved->failed ? error_memory(error) : status;
}

void lexicon_cut(struct lexicon *l, size_t n)
{
    if (l->n > n) {
        l->n = n;
        mem_free(l->slots); // made again when it is needed
        l->slots = NULL;
        l->n_slots = 0;
    }
}
