// vocabulary.c - a count-min sketch of words with accents. Contract in vocabulary.h.
//
// In: texts. Out: upper bounds of word counts.
//
// Each word has four cells of one byte in a table of a power of two of them; its count is the smallest of the
// four (Cormode and Muthukrishnan: An improved data stream summary, 2005). All stand in one cache line, which
// makes the bound a little looser and adding much faster. Addition stops at 255. Sums that stop at a limit do
// not depend on order, so threads add without locks and the table comes out the same.
//
// A text is skipped 64 bytes at a time until a letter outside ASCII; then the word around it is folded by
// the tokenizer's table (letter by letter: that is enough to make capitals equal) and hashed. Words of
// scripts other than Latin mostly have too many letters and are passed over.
//
// Limits: a word that never occurs is taken for known where others fill all its cells: with 4 MB, one in two
// thousand at 150,000 distinct words, one in a hundred at 350,000. Give 16 MB to a corpus of millions.

#include "repair/vocabulary.h"

#include "base/mem.h"
#include "text/unicode.h"

#include <stdatomic.h>
#include <xxhash.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

enum { MIN_BITS = 12, MAX_BITS = 40, LINE_BITS = 6, N_CELLS = 4, HEADER_BYTES = 16 };

static const char magic[8] = {'c', 'd', 'v', 'o', 'c', 'a', 'b', '1'};

struct vocabulary {
    const struct vocabulary *under; // NULL: none
    unsigned bits;
    _Atomic uint8_t *cells;
};

struct vocabulary *vocabulary_new(size_t bytes)
{
    struct vocabulary *v = mem_zalloc(1, sizeof *v);
    unsigned bits = MIN_BITS;
    while (bits < MAX_BITS && (size_t)1 << bits < bytes) {
        bits++;
    }
    if (!v) {
        return NULL;
    }
    v->bits = bits;
    v->cells = mem_map((size_t)1 << bits);
    if (!v->cells) {
        mem_free(v);
        return NULL;
    }
    return v;
}

struct vocabulary *vocabulary_new_over(const struct vocabulary *under)
{
    struct vocabulary *v = vocabulary_new((size_t)1 << under->bits);
    if (v) {
        v->under = under;
    }
    return v;
}

void vocabulary_free(struct vocabulary *v)
{
    if (v) {
        mem_unmap(v->cells, (size_t)1 << v->bits);
        mem_free(v);
    }
}

static void cell_add(_Atomic uint8_t *cell, unsigned n)
{
    uint8_t old = atomic_load_explicit(cell, memory_order_relaxed);
    while (old < UINT8_MAX) {
        uint8_t sum = (uint8_t)(old + n > UINT8_MAX ? UINT8_MAX : old + n);
        if (atomic_compare_exchange_weak_explicit(cell, &old, sum, memory_order_relaxed,
                                                  memory_order_relaxed)) {
            return;
        }
    }
}

// The cells of a word stand in one line of 64, one in each quarter.
static _Atomic uint8_t *cell_of(const struct vocabulary *v, uint64_t hash, unsigned which)
{
    uint64_t line = (hash >> 16) & (((uint64_t)1 << (v->bits - LINE_BITS)) - 1);
    return &v->cells[line << LINE_BITS | which << 4 | (hash >> 4 * which & 15)];
}

// ---- Words ----

struct word {
    const uint8_t *start;
    unsigned letters; // outside ASCII
    uint64_t hash;    // 0: not of the counted kind
};

static bool ascii_word_byte(uint8_t c)
{
    return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

// Dashes, quotes, dots and their kin, U+2010-2026: in most texts nearly all that is not ASCII.
static bool is_punctuation(const uint8_t *p, const uint8_t *end)
{
    return end - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (unsigned)(p[2] - 0x90) <= 0xA6 - 0x90;
}

#if defined(__SSE2__)
enum { STEP = 64 };

// Bit i: byte i of 64 is not ASCII.
static uint64_t high_bits(const uint8_t *p)
{
    uint64_t bits = 0;
    for (unsigned i = 0; i < STEP; i += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(v) << i;
    }
    return bits;
}

// As next_foreign(), or a place with less than a step behind it.
static const uint8_t *next_steps(const uint8_t *p, const uint8_t *end, bool *found)
{
    while (end - p >= STEP) {
        const uint8_t *next = p + STEP;
        for (uint64_t high = high_bits(p); high;) {
            unsigned at = (unsigned)__builtin_ctzll(high);
            if (!is_punctuation(p + at, end)) {
                *found = true;
                return p + at;
            }
            high &= ~(UINT64_C(7) << at);
            next = at + 3 > STEP ? p + at + 3 : next; // it reaches into the next step
        }
        p = next;
    }
    return p;
}
#endif

// The next byte that is neither ASCII nor punctuation.
static const uint8_t *next_foreign(const uint8_t *p, const uint8_t *end)
{
#if defined(__SSE2__)
    bool found = false;
    p = next_steps(p, end, &found);
    if (found) {
        return p;
    }
#endif
    for (;;) {
        uint64_t eight;
        for (; end - p >= 8; p += 8) {
            memcpy(&eight, p, sizeof eight);
            if (eight & 0x8080808080808080u) {
                break;
            }
        }
        while (p < end && *p < 0x80) {
            p++;
        }
        if (!is_punctuation(p, end)) {
            return p;
        }
        p += 3;
    }
}

// Reads the word at `at`, whose letters are folded one by one; stops where it has too many outside ASCII.
static const uint8_t *read_word(const uint8_t *at, const uint8_t *end, struct word *w)
{
    uint8_t folded[VOCABULARY_MAX_BYTES + 4];
    size_t len = 0;
    *w = (struct word){.start = at};
    while (at < end && len <= VOCABULARY_MAX_BYTES) {
        uint32_t c = *at;
        if (c < 0x80) {
            if (!ascii_word_byte((uint8_t)c)) {
                break;
            }
            folded[len++] = (uint8_t)(c - 'A' < 26 ? c | 0x20 : c);
            at++;
            continue;
        }
        unsigned c_len = unicode_decode(at, (size_t)(end - at), &c);
        uint32_t e = c_len ? unicode_lookup(c) : 0;
        if (!(e & UNICODE_WORD)) {
            break;
        }
        if (++w->letters > VOCABULARY_MAX_LETTERS) {
            return at;
        }
        uint32_t letter = e & UNICODE_EASY ? e >> UNICODE_PAYLOAD_SHIFT : 0;
        memcpy(folded + len, at, c_len);
        if (letter) {
            folded[len] = (uint8_t)letter;
            folded[len + 1] = (uint8_t)(letter >> 8);
            folded[len + 2] = (uint8_t)(letter >> 16); // of three bytes, or not looked at
        }
        len += c_len;
        at += c_len;
    }
    if (w->letters > 0 && len <= VOCABULARY_MAX_BYTES) {
        w->hash = XXH3_64bits(folded, len);
        w->hash += w->hash == 0;
    }
    return at;
}

// The next word with a letter outside ASCII, from *p on; false: no more. *p moves behind it.
static bool next_word(const uint8_t **p, const uint8_t *end, struct word *w)
{
    const uint8_t *floor = *p;
    for (;;) {
        const uint8_t *foreign = next_foreign(floor, end);
        const uint8_t *at = foreign;
        if (foreign >= end) {
            *p = end;
            return false;
        }
        uint32_t c = 0;
        unsigned c_len = unicode_decode(foreign, (size_t)(end - foreign), &c);
        if (c_len == 0 || !(unicode_lookup(c) & UNICODE_WORD)) {
            floor = foreign + (c_len ? c_len : 1); // no letter; a word begins behind it at the earliest
            continue;
        }
        while (at > floor && ascii_word_byte(at[-1])) {
            at--;
        }
        at = read_word(at, end, w);
        if (w->letters > 0) {
            // Behind a word that is not counted all is passed over that may be part of it.
            while (!w->hash && at < end && (*at >= 0x80 || ascii_word_byte(*at))) {
                at++;
            }
            *p = at;
            return true;
        }
        floor = foreign + c_len; // behind a long run of ASCII letters
    }
}

void vocabulary_add(struct vocabulary *v, struct str text)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const uint8_t *end = text.len > 0 ? p + text.len : p;
    struct word w;
    while (next_word(&p, end, &w)) {
        if (w.hash) {
            for (unsigned i = 0; i < N_CELLS; i++) {
                cell_add(cell_of(v, w.hash, i), 1);
            }
        }
    }
}

void vocabulary_forget(struct vocabulary *v, struct str text)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const uint8_t *end = text.len > 0 ? p + text.len : p;
    struct word w;
    while (next_word(&p, end, &w)) {
        for (unsigned i = 0; i < N_CELLS && w.hash; i++) {
            atomic_store_explicit(cell_of(v, w.hash, i), 0, memory_order_relaxed);
        }
    }
}

static unsigned count_in(const struct vocabulary *v, uint64_t hash, unsigned which)
{
    return atomic_load_explicit(cell_of(v, hash, which), memory_order_relaxed);
}

unsigned vocabulary_least(const struct vocabulary *v, struct str text)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const uint8_t *end = p + text.len;
    unsigned least = UINT8_MAX + 1u;
    struct word w;
    while (next_word(&p, end, &w)) {
        for (unsigned i = 0; i < N_CELLS; i++) {
            unsigned n = w.hash ? count_in(v, w.hash, i) : 0;
            n += w.hash && v->under ? count_in(v->under, w.hash, i) : 0;
            n = n < UINT8_MAX ? n : UINT8_MAX; // as if counted in one table
            least = n < least ? n : least;
        }
    }
    return least > UINT8_MAX ? 0 : least;
}

int vocabulary_merge(struct vocabulary *v, const struct vocabulary *from)
{
    if (v->bits != from->bits) {
        return COPYDESK_ERR_INPUT;
    }
    for (size_t i = 0; i < (size_t)1 << v->bits; i++) {
        unsigned n = atomic_load_explicit(&from->cells[i], memory_order_relaxed);
        if (n) {
            cell_add(&v->cells[i], n);
        }
    }
    return COPYDESK_OK;
}

// The least that leaves two cells of three empty when it is taken from each.
static unsigned excess(const struct vocabulary *v)
{
    size_t with[UINT8_MAX + 1] = {0};
    size_t n = (size_t)1 << v->bits;
    for (size_t i = 0; i < n; i++) {
        with[atomic_load_explicit(&v->cells[i], memory_order_relaxed)]++;
    }
    unsigned less = 0;
    for (size_t empty = with[0]; empty < n - n / 3 && less < UINT8_MAX; empty += with[++less]) {
    }
    return less;
}

void vocabulary_write(const struct vocabulary *v, struct buf *out)
{
    char header[HEADER_BYTES] = {0};
    unsigned less = excess(v);
    memcpy(header, magic, sizeof magic);
    header[8] = (char)v->bits;
    buf_add(out, header, sizeof header);
    for (size_t i = 0; i < (size_t)1 << v->bits; i++) {
        unsigned n = atomic_load_explicit(&v->cells[i], memory_order_relaxed);
        buf_add_char(out, (char)(n > less ? n - less : 0));
    }
}

int vocabulary_read(struct vocabulary **v, struct str bytes)
{
    *v = NULL;
    if (bytes.len < HEADER_BYTES || memcmp(bytes.data, magic, sizeof magic) != 0) {
        return COPYDESK_ERR_INPUT;
    }
    unsigned bits = (uint8_t)bytes.data[8];
    if (bits < MIN_BITS || bits > MAX_BITS || bytes.len - HEADER_BYTES != (size_t)1 << bits) {
        return COPYDESK_ERR_INPUT;
    }
    struct vocabulary *new = vocabulary_new((size_t)1 << bits);
    if (!new) {
        return COPYDESK_ERR_MEMORY;
    }
    for (size_t i = 0; i < (size_t)1 << bits; i++) {
        atomic_init(&new->cells[i], (uint8_t)bytes.data[HEADER_BYTES + i]);
    }
    *v = new;
    return COPYDESK_OK;
}
