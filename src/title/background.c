// background.c - how common words are in a language. Contract in background.h.
//
// The rows of the table are read as any text is, so that a term is the same here and there. Both tables are
// of open addressing and hold a term once for each language that has it.

#include "title/background.h"

#include "base/cpu.h"
#include "base/mem.h"
#include "base/str.h"
#include "title/terms.h"

#include <string.h>

enum {
    TERM_SLOTS = 16384,
    KIND_SLOTS = 2048,
    KIND_CLASSES = 2, // words so common that a text may have most of one
};

// Of a class of words, in 1/65536: about the middle between its bounds.
static const uint32_t class_shares[BACKGROUND_CLASSES] = {49152, 29491, 17039, 10158, 5898, 3407};

struct term_entry {
    uint32_t term; // 0: none
    uint16_t share;
    uint8_t row;
};

struct kind_entry {
    uint32_t kind; // 0: none
    uint32_t languages;
};

struct background {
    struct term_entry terms[TERM_SLOTS];
    struct kind_entry kinds[KIND_SLOTS];
};

static size_t term_slot(uint32_t term)
{
    return hash_mix(term) % TERM_SLOTS;
}

static size_t kind_slot(const struct background *b, uint32_t kind)
{
    size_t at = hash_mix(kind) % KIND_SLOTS;
    while (b->kinds[at].kind && b->kinds[at].kind != kind) {
        at = (at + 1) % KIND_SLOTS;
    }
    return at;
}

static void add_kind(struct background *b, uint32_t kind, unsigned row)
{
    struct kind_entry *k = &b->kinds[kind_slot(b, kind)];
    k->kind = kind;
    k->languages |= UINT32_C(1) << row;
}

static void add_term(struct background *b, uint32_t term, unsigned row, unsigned class)
{
    size_t at = term_slot(term);
    while (b->terms[at].term) {
        if (b->terms[at].term == term && b->terms[at].row == row) {
            return; // the commoner class came first
        }
        at = (at + 1) % TERM_SLOTS;
    }
    b->terms[at] = (struct term_entry){term, (uint16_t)class_shares[class], (uint8_t)row};
}

// A pair of a script without spaces is two words here, the second of which begins no term.
static bool is_second(const struct tokens *words, size_t i)
{
    return i > 0 && words->flags[i] & TOKEN_SOLO && words->end[i - 1] == words->start[i];
}

static int add_row(struct background *b, struct tokenizer *tokenizer, struct buf *text, unsigned row)
{
    struct tokens words;
    for (unsigned class = 0; class < BACKGROUND_CLASSES; class ++) {
        const char *list = title_background[row].words[class];
        buf_clear(text);
        buf_add(text, list, strlen(list));
        if (!buf_reserve(text, TOKEN_PADDING) ||
            tokenize(tokenizer, text->data, text->len, true, &words) < 0) {
            return COPYDESK_ERR_MEMORY;
        }
        for (size_t i = 0; i < words.n; i++) {
            if (class < KIND_CLASSES) {
                add_kind(b, (uint32_t)(words.hash[i] >> 32) | 1, row);
            }
            if (!is_second(&words, i)) {
                add_term(b, term_hash(&words, i), row, class);
            }
        }
    }
    return 0;
}

int background_new(struct background **out, struct copydesk_error *error)
{
    struct background *b = mem_zalloc(1, sizeof *b);
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct buf text = {0};
    int status = b && tokenizer ? 0 : COPYDESK_ERR_MEMORY;
    for (unsigned row = 0; row < n_title_background && status == 0; row++) {
        status = add_row(b, tokenizer, &text, row);
    }
    buf_release(&text);
    tokenizer_free(tokenizer);
    if (status < 0) {
        background_free(b);
        return error_memory(error);
    }
    *out = b;
    return 0;
}

void background_free(struct background *b)
{
    mem_free(b);
}

uint32_t background_languages(const struct background *b, uint32_t kind)
{
    return b->kinds[kind_slot(b, kind)].languages;
}

uint32_t background_share(const struct background *b, uint32_t languages, uint32_t term)
{
    uint32_t share = 0;
    for (size_t at = term_slot(term); b->terms[at].term; at = (at + 1) % TERM_SLOTS) {
        const struct term_entry *e = &b->terms[at];
        if (e->term == term && languages >> e->row & 1) {
            share = e->share > share ? e->share : share;
        }
    }
    return share;
}
