// code.c - numbers of words to bits and back.
//
// In:  numbers by rank. Out: bits, low ones first.
//
// The commonest word stands about as often as the next two, the next four ... together (Zipf), so classes of
// numbers by bit length are about equally frequent, and within a class all numbers nearly are: a Huffman
// code of 22 classes and plain bits below come within three hundredths of a bit of the entropy of single
// words. A code for each number would need a table of a million lengths.

#include "index/code.h"

enum { ESCAPE_BITS = INDEX_WORD_BITS + LEXICON_FLAG_BITS, LENGTH_BITS = 4 };

// ---- the code of classes

// Lengths by Huffman's algorithm; returns the longest. Counts are few: the two least are sought each time.
static unsigned lengths_of(const uint32_t counts[CODE_CLASSES], uint8_t lengths[CODE_CLASSES])
{
    uint64_t weight[2 * CODE_CLASSES] = {0};
    int parent[2 * CODE_CLASSES];
    size_t n = CODE_CLASSES;
    for (size_t i = 0; i < 2 * CODE_CLASSES; i++) {
        parent[i] = -1;
        weight[i] = i < CODE_CLASSES ? counts[i] : 0;
    }
    for (;;) {
        size_t least = SIZE_MAX;
        size_t second = SIZE_MAX;
        for (size_t i = 0; i < n; i++) {
            if (weight[i] == 0 || parent[i] >= 0) {
                continue;
            }
            if (least == SIZE_MAX || weight[i] < weight[least]) {
                second = least;
                least = i;
            } else if (second == SIZE_MAX || weight[i] < weight[second]) {
                second = i;
            }
        }
        if (second == SIZE_MAX) {
            break;
        }
        weight[n] = weight[least] + weight[second];
        parent[least] = parent[second] = (int)n++;
    }
    unsigned longest = 0;
    for (size_t i = 0; i < CODE_CLASSES; i++) {
        unsigned length = 0;
        for (int at = parent[i]; at >= 0; at = parent[at]) {
            length++;
        }
        // A class that stands alone still takes a bit.
        lengths[i] = (uint8_t)(counts[i] && length == 0 ? 1 : length);
        longest = lengths[i] > longest ? lengths[i] : longest;
    }
    return longest;
}

static uint16_t reversed(unsigned bits, unsigned length)
{
    unsigned out = 0;
    for (unsigned i = 0; i < length; i++) {
        out = out << 1 | (bits >> i & 1);
    }
    return (uint16_t)out;
}

// Canonical: by length, then by class. false: more codes than there is room for.
static bool bits_of(const uint8_t lengths[CODE_CLASSES], uint16_t bits[CODE_CLASSES])
{
    unsigned next = 0;
    for (unsigned length = 1; length <= CODE_LONGEST; length++) {
        for (size_t i = 0; i < CODE_CLASSES; i++) {
            if (lengths[i] == length) {
                bits[i] = reversed(next++, length);
            }
        }
        if (next > 1u << length) {
            return false;
        }
        next <<= 1;
    }
    return true;
}

void code_make(struct code *code, const uint32_t counts[CODE_CLASSES])
{
    uint32_t flat[CODE_CLASSES];
    memcpy(flat, counts, sizeof flat);
    *code = (struct code){0};
    // Too long a code gets shorter as the counts get more alike.
    while (lengths_of(flat, code->lengths) > CODE_LONGEST) {
        for (size_t i = 0; i < CODE_CLASSES; i++) {
            flat[i] = flat[i] ? flat[i] / 2 + 1 : 0;
        }
    }
    bits_of(code->lengths, code->bits);
}

void code_save(const struct code *code, uint8_t out[CODE_BYTES])
{
    for (size_t i = 0; i < CODE_BYTES; i++) {
        out[i] = (uint8_t)(code->lengths[2 * i] | code->lengths[2 * i + 1] << LENGTH_BITS);
    }
}

bool code_load(struct code_table *table, const uint8_t saved[CODE_BYTES])
{
    struct code code = {0};
    for (size_t i = 0; i < CODE_BYTES; i++) {
        code.lengths[2 * i] = saved[i] & 15;
        code.lengths[2 * i + 1] = saved[i] >> LENGTH_BITS;
    }
    memset(table, 0, sizeof *table);
    if (!bits_of(code.lengths, code.bits)) {
        return false;
    }
    for (size_t i = 0; i < CODE_CLASSES; i++) {
        unsigned length = code.lengths[i];
        if (length > CODE_LONGEST) {
            return false;
        }
        for (unsigned at = code.bits[i]; length && at < 1u << CODE_LONGEST; at += 1u << length) {
            table->entries[at] = (uint16_t)(i << LENGTH_BITS | length);
        }
    }
    return true;
}

// ---- words

struct bit_writer {
    struct buf *out;
    uint64_t bits;
    unsigned n;
};

// length <= 32
static void put(struct bit_writer *w, uint64_t bits, unsigned length)
{
    w->bits |= bits << w->n;
    w->n += length;
    if (w->n >= 32) {
        uint32_t low = (uint32_t)w->bits;
        buf_add(w->out, &low, sizeof low);
        w->bits >>= 32;
        w->n -= 32;
    }
}

void code_write(struct buf *out, const struct code *code, const uint64_t *words, const uint32_t *numbers,
                size_t n)
{
    struct bit_writer w = {.out = out};
    buf_reserve(out, n * 8);
    for (size_t i = 0; i < n; i++) {
        unsigned class = code_class(numbers[i]);
        put(&w, code->bits[class], code->lengths[class]);
        if (class == 0) {
            uint64_t full = words[i] >> (64 - INDEX_WORD_BITS) << LEXICON_FLAG_BITS |
                            (words[i] & ((1u << LEXICON_FLAG_BITS) - 1));
            put(&w, full & 0xffffff, 24);
            put(&w, full >> 24, ESCAPE_BITS - 24);
        } else {
            put(&w, (numbers[i] + 1) ^ (UINT32_C(1) << (class - 1)), class - 1);
        }
    }
    buf_add(out, &w.bits, (w.n + 7) / 8);
}

bool code_read(struct str bytes, const struct code_table *table, const struct lexicon *lexicon, size_t n,
               uint64_t *hashes, uint8_t *flags)
{
    size_t at = 0;
    uint64_t n_bits = (uint64_t)bytes.len * 8;
    const uint64_t flag_mask = (1u << LEXICON_FLAG_BITS) - 1;
    for (size_t i = 0; i < n; i++) {
        if (at >= n_bits) {
            return false;
        }
        uint64_t bits;
        memcpy(&bits, bytes.data + at / 8, sizeof bits);
        bits >>= at % 8;
        unsigned entry = table->entries[bits & ((1u << CODE_LONGEST) - 1)];
        unsigned length = entry & ((1u << LENGTH_BITS) - 1);
        unsigned class = entry >> LENGTH_BITS;
        bits >>= length;
        uint64_t word;
        if (entry == 0) {
            return false;
        }
        if (class == 0) {
            // 43 bits do not all fit what is left of the 64.
            at += length;
            if (at + ESCAPE_BITS > n_bits) {
                return false;
            }
            memcpy(&bits, bytes.data + at / 8, sizeof bits);
            bits = bits >> at % 8 & ((UINT64_C(1) << ESCAPE_BITS) - 1);
            word = bits >> LEXICON_FLAG_BITS << (64 - INDEX_WORD_BITS) | (bits & flag_mask);
            at += ESCAPE_BITS;
        } else {
            uint64_t top = UINT64_C(1) << (class - 1);
            uint64_t number = (top | (bits & (top - 1))) - 1;
            if (number >= lexicon->n) {
                return false;
            }
            word = lexicon->words[number];
            at += length + class - 1;
        }
        hashes[i] = word & INDEX_WORD_MASK;
        flags[i] = (uint8_t)(word & flag_mask);
    }
    return at <= n_bits;
}
