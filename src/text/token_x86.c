// token_x86.c - the tokenizer's kernels for AVX2 and AVX-512. Contract in token_kernel.h; the portable
// ones, which these equal bit for bit, are in text/token.c.
//
// AVX2: ASCII is classified by comparisons, 32 bytes at a time; places of tokens come from a plain loop
// over set bits; four tokens are hashed at a time, their 64-bit products made of 32-bit ones.
//
// AVX-512 (with VBMI and VBMI2: Ice Lake, Zen 4 and newer):
//  - One byte permutation looks up 64 ASCII bytes.
//  - Code points of two or three bytes that begin alike are looked up together, by their last byte, in
//    a row of 64; then those of the next beginning, until none is left. A block of Russian has two or
//    three beginnings, one of French one or two. Chinese and Korean have many, but those under which
//    everything is a letter need no row. Rows hold only what does not depend on the neighbours; the
//    rest is left to text/token.c.
//  - The numbers 0-63, compressed by the mask of starts, are the places. The bits of other masks at the
//    starts, gathered by pext, are the flags.
//  - Eight tokens of up to 16 bytes are loaded, cut to their lengths by a comparison, and hashed in one
//    go.

#include "text/token_kernel.h"
#include "text/unicode.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_AVX512                                                                                        \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,"              \
                          "avx512vbmi2")))

// ---- AVX2 ----

struct half {
    uint32_t word, upper, digit, other;
};

// Bytes in [low, low + n), for n <= 128: unsigned compare by way of the signed one.
TARGET_AVX2 static inline __m256i in_range(__m256i v, char low, int n)
{
    __m256i from_zero = _mm256_sub_epi8(v, _mm256_set1_epi8(low));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8((char)(n - 1))), from_zero);
}

TARGET_AVX2 static inline struct half classify_half(const uint8_t *text, uint8_t *folded)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)text);
    __m256i case_bit = _mm256_set1_epi8(0x20);
    __m256i letter = in_range(_mm256_or_si256(v, case_bit), 'a', 26);
    __m256i digit = in_range(v, '0', 10);
    __m256i line = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('_'));
    __m256i control = _mm256_andnot_si256(in_range(v, '\t', '\r' - '\t' + 1), in_range(v, 0, 0x20));
    __m256i other = _mm256_or_si256(_mm256_or_si256(v, control), _mm256_cmpeq_epi8(v, _mm256_set1_epi8('<')));
    __m256i low = _mm256_or_si256(v, _mm256_and_si256(letter, case_bit));
    _mm256_storeu_si256((__m256i *)(void *)folded, low);
    uint32_t lower_case = (uint32_t)_mm256_movemask_epi8(_mm256_slli_epi16(v, 2)); // bit 5 of each byte
    uint32_t letters = (uint32_t)_mm256_movemask_epi8(letter);
    uint32_t digits = (uint32_t)_mm256_movemask_epi8(digit);
    return (struct half){
        .word = letters | digits | (uint32_t)_mm256_movemask_epi8(line),
        .upper = letters & ~lower_case,
        .digit = digits,
        .other = (uint32_t)_mm256_movemask_epi8(other),
    };
}

TARGET_AVX2 static inline uint64_t classify_block_avx2(const uint8_t *text, uint8_t *folded,
                                                       struct token_block *block)
{
    struct half a = classify_half(text, folded);
    struct half b = classify_half(text + 32, folded + 32);
    block->word = a.word | (uint64_t)b.word << 32;
    block->upper = a.upper | (uint64_t)b.upper << 32;
    block->digit = a.digit | (uint64_t)b.digit << 32;
    block->other = a.other | (uint64_t)b.other << 32;
    block->slow = 0;
    block->solo = 0;
    return block->other;
}

TARGET_AVX2 static bool classify_avx2(const uint8_t *text, size_t len, uint8_t *folded,
                                      struct token_block *blocks)
{
    size_t n_full = len / TOKEN_BLOCK;
    uint64_t any = 0;
    for (size_t b = 0; b < n_full; b++) {
        any |= classify_block_avx2(text + b * TOKEN_BLOCK, folded + b * TOKEN_BLOCK, &blocks[b]);
    }
    uint8_t last[TOKEN_BLOCK];
    memset(last, ' ', sizeof last);
    memcpy(last, text + n_full * TOKEN_BLOCK, len % TOKEN_BLOCK);
    any |= classify_block_avx2(last, folded + n_full * TOKEN_BLOCK, &blocks[n_full]);
    return any != 0;
}

TARGET_AVX2 static void extract_avx2(const struct token_block *blocks, size_t n_blocks, uint32_t base,
                                     struct token_group *group)
{
    token_extract_body(blocks, n_blocks, base, group);
}

// First n bytes of 16: starts at 16 - n.
static const uint8_t first_bytes[32] = {
    0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
};

// Of 16 bytes at p all but the last `without`.
TARGET_AVX2 static inline __m128i load_token(const uint8_t *p, uint32_t without)
{
    return _mm_and_si128(_mm_loadu_si128((const __m128i *)(const void *)p),
                         _mm_loadu_si128((const __m128i *)(const void *)(first_bytes + without)));
}

// Low 64 bits of the products, from three of 32 bits each.
TARGET_AVX2 static inline __m256i multiply(__m256i x, uint64_t by)
{
    __m256i factor = _mm256_set1_epi64x((long long)by);
    __m256i cross = _mm256_add_epi64(_mm256_mul_epu32(_mm256_srli_epi64(x, 32), factor),
                                     _mm256_mul_epu32(x, _mm256_srli_epi64(factor, 32)));
    return _mm256_add_epi64(_mm256_mul_epu32(x, factor), _mm256_slli_epi64(cross, 32));
}

TARGET_AVX2 static inline __m256i shift_xor(__m256i x, int by)
{
    return _mm256_xor_si256(x, _mm256_srli_epi64(x, by));
}

// token_hash_piece() of four tokens at a time; tokens of more than 16 bytes again, alone.
TARGET_AVX2 static void hash_avx2(const uint8_t *folded, const struct token_group *group, size_t n,
                                  uint64_t *hashes)
{
    const uint32_t *start = group->start;
    const uint32_t *end = group->end;
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        uint32_t without[4];
        __m128i lens = _mm_sub_epi32(_mm_loadu_si128((const __m128i *)(const void *)(end + i)),
                                     _mm_loadu_si128((const __m128i *)(const void *)(start + i)));
        __m128i used = _mm_min_epu32(lens, _mm_set1_epi32(16));
        _mm_storeu_si128((__m128i *)(void *)without, _mm_sub_epi32(_mm_set1_epi32(16), used));
        __m256i a = _mm256_set_m128i(load_token(folded + start[i + 2], without[2]),
                                     load_token(folded + start[i], without[0]));
        __m256i b = _mm256_set_m128i(load_token(folded + start[i + 3], without[3]),
                                     load_token(folded + start[i + 1], without[1]));
        __m256i low = shift_xor(_mm256_unpacklo_epi64(a, b), 32);
        __m256i high = shift_xor(_mm256_unpackhi_epi64(a, b), 29);
        low = shift_xor(multiply(low, TOKEN_HASH_M0), 32);
        high = shift_xor(multiply(high, TOKEN_HASH_M1), 29);
        low = shift_xor(multiply(_mm256_add_epi64(low, high), TOKEN_HASH_M2), 32);
        _mm256_storeu_si256((__m256i *)(void *)(hashes + i), low);
        __m128i short_ones = _mm_cmpeq_epi32(lens, used);
        for (int more = ~_mm_movemask_ps(_mm_castsi128_ps(short_ones)) & 15; more; more &= more - 1) {
            size_t k = i + (size_t)__builtin_ctz((unsigned)more);
            hashes[k] = token_hash_bytes(folded + start[k], end[k] - start[k]);
        }
    }
    for (; i < n; i++) {
        hashes[i] = token_hash_bytes(folded + start[i], end[i] - start[i]);
    }
}

const struct token_kernel token_kernel_avx2 = {classify_avx2, extract_avx2, hash_avx2};

// ---- AVX-512 ----

// Word bytes: their lower case. Bytes that need a look: 0x80. Others: 0.
static const uint8_t ascii_table[128] = {
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0,    0,    0,    0,    0,    0x80, 0x80,
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80,
    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,    0,
    '0',  '1',  '2',  '3',  '4',  '5',  '6',  '7',  '8',  '9',  0,    0,    0x80, 0,    0,    0,
    0,    'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i',  'j',  'k',  'l',  'm',  'n',  'o',
    'p',  'q',  'r',  's',  't',  'u',  'v',  'w',  'x',  'y',  'z',  0,    0,    0,    0,    '_',
    0,    'a',  'b',  'c',  'd',  'e',  'f',  'g',  'h',  'i',  'j',  'k',  'l',  'm',  'n',  'o',
    'p',  'q',  'r',  's',  't',  'u',  'v',  'w',  'x',  'y',  'z',  0,    0,    0,    0,    0,
};

TARGET_AVX512 static inline __m512i load_table(const uint8_t *p)
{
    return _mm512_loadu_si512(p);
}

// 0, 1, 2 ... 63.
TARGET_AVX512 static inline __m512i byte_numbers(void)
{
    return _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43,
                           42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22,
                           21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
}

// What a block leaves for the next: bits of code points that reach into it, and the last folded bytes by
// first place.
struct carry {
    uint64_t taken, word, solo, last_of_two, last_of_three;
    __m512i two, three;
};

// Masks of one block with bytes from 0x80 on.
struct foreign {
    uint64_t taken, word, upper, solo;
    __m512i folded;
};

TARGET_AVX512 static inline __m512i load_part(const uint8_t *p, size_t left)
{
    return left >= TOKEN_BLOCK ? _mm512_loadu_si512(p)
                               : _mm512_maskz_loadu_epi8(_bzhi_u64(UINT64_MAX, (unsigned)left), p);
}

// Code points by their first byte: classes, and folded bytes: first and second of two, third of three.
struct looked_up {
    __m512i class, first, two, three;
};

// For the code points of two bytes that begin at the bits of `todo`.
TARGET_AVX512 static inline void look_up_twos(const uint8_t *p, uint64_t todo, __m512i v, __m512i v1,
                                              struct looked_up *found)
{
    while (todo) {
        uint8_t begin = p[_tzcnt_u64(todo)];
        __mmask64 same = _mm512_mask_cmpeq_epi8_mask(todo, v, _mm512_set1_epi8((char)begin));
        const struct unicode_row *row = &unicode_twos[begin & 0x1F];
        __m512i first = load_table(unicode_twos_first[begin & 0x1F]);
        found->class = _mm512_mask_permutexvar_epi8(found->class, same, v1, load_table(row->class));
        found->first = _mm512_mask_permutexvar_epi8(found->first, same, v1, first);
        found->two = _mm512_mask_permutexvar_epi8(found->two, same, v1, load_table(row->last));
        todo &= ~same;
    }
}

// For those of three.
TARGET_AVX512 static inline void look_up_threes(const uint8_t *p, uint64_t todo, __m512i v, __m512i v1,
                                                __m512i v2, struct looked_up *found)
{
    while (todo) {
        size_t at = _tzcnt_u64(todo);
        __mmask64 same = _mm512_mask_cmpeq_epi8_mask(todo, v, _mm512_set1_epi8((char)p[at]));
        same = _mm512_mask_cmpeq_epi8_mask(same, v1, _mm512_set1_epi8((char)p[at + 1]));
        const struct unicode_row *row =
            &unicode_threes[unicode_three[(p[at] & 0xFu) << 6 | (p[at + 1] & 0x3Fu)]];
        found->class = _mm512_mask_permutexvar_epi8(found->class, same, v2, load_table(row->class));
        found->three = _mm512_mask_permutexvar_epi8(found->three, same, v2, load_table(row->last));
        todo &= ~same;
    }
}

// A block with bytes from 0x80 on; `left` bytes of text at p.
TARGET_AVX512 static inline struct foreign classify_foreign(const uint8_t *p, size_t left, __m512i v,
                                                            __m512i folded, struct carry *carry)
{
    const __m512i iota = byte_numbers();
    __m512i v1 = load_part(p + 1, left - 1);
    __m512i v2 = load_part(p + 2, left > 1 ? left - 2 : 0);
    __mmask64 tail1 = _mm512_cmplt_epi8_mask(v1, _mm512_set1_epi8((char)0xC0));
    __mmask64 tail2 = _mm512_mask_cmplt_epi8_mask(tail1, v2, _mm512_set1_epi8((char)0xC0));
    uint64_t twos = _mm512_mask_cmplt_epu8_mask(tail1, _mm512_sub_epi8(v, _mm512_set1_epi8((char)0xC2)),
                                                _mm512_set1_epi8(0xE0 - 0xC2));
    uint64_t threes = _mm512_mask_cmplt_epu8_mask(tail2, _mm512_sub_epi8(v, _mm512_set1_epi8((char)0xE0)),
                                                  _mm512_set1_epi8(0x10));
    struct looked_up found = {_mm512_maskz_permutexvar_epi8(threes, v, load_table(unicode_uniform)), v, v,
                              v2};
    look_up_twos(p, twos, v, v1, &found);
    look_up_threes(p, threes & ~_mm512_movepi8_mask(found.class), v, v1, v2, &found);

    uint64_t taken = _mm512_movepi8_mask(found.class);
    uint64_t word = _mm512_test_epi8_mask(found.class, _mm512_set1_epi8(UNICODE_ROW_WORD));
    uint64_t solo = _mm512_test_epi8_mask(found.class, _mm512_set1_epi8(UNICODE_ROW_SOLO));
    uint64_t taken2 = taken & twos;
    uint64_t taken3 = taken & threes;
    struct foreign f = {
        .taken = carry->taken | taken | taken << 1 | taken3 << 2,
        .word = carry->word | word | word << 1 | (word & threes) << 2 | solo << 1,
        .upper = _mm512_test_epi8_mask(found.class, _mm512_set1_epi8(UNICODE_ROW_UPPER)),
        .solo = carry->solo | solo << 1 | solo << 2,
    };
    __m512i before_two =
        _mm512_permutex2var_epi8(carry->two, _mm512_add_epi8(iota, _mm512_set1_epi8(63)), found.two);
    __m512i before_three =
        _mm512_permutex2var_epi8(carry->three, _mm512_add_epi8(iota, _mm512_set1_epi8(62)), found.three);
    folded = _mm512_mask_mov_epi8(folded, taken2, found.first);
    folded = _mm512_mask_mov_epi8(folded, taken2 << 1 | carry->last_of_two, before_two);
    f.folded = _mm512_mask_mov_epi8(folded, taken3 << 2 | carry->last_of_three, before_three);
    *carry = (struct carry){
        .taken = taken >> 63 | taken3 >> 62,
        .word = word >> 63 | (word & threes) >> 62 | solo >> 63,
        .solo = solo >> 63 | solo >> 62,
        .last_of_two = taken2 >> 63,
        .last_of_three = taken3 >> 62,
        .two = found.two,
        .three = found.three,
    };
    return f;
}

TARGET_AVX512 static bool classify_avx512(const uint8_t *text, size_t len, uint8_t *folded,
                                          struct token_block *blocks)
{
    __m512i table_low = load_table(ascii_table);
    __m512i table_high = load_table(ascii_table + 64);
    struct carry carry = {0};
    uint64_t any = 0;
    for (size_t at = 0; at <= len; at += TOKEN_BLOCK, blocks++) {
        size_t left = len - at;
        __m512i v = load_part(text + at, left);
        __m512i low = _mm512_permutex2var_epi8(table_low, v, table_high);
        uint64_t foreign = _mm512_movepi8_mask(v);
        uint64_t word = _mm512_test_epi8_mask(low, _mm512_set1_epi8(0x7f)) & ~foreign;
        uint64_t other = foreign | _mm512_movepi8_mask(low);
        low = _mm512_mask_mov_epi8(low, foreign, v);
        blocks->upper = word & _mm512_cmpneq_epi8_mask(low, v);
        blocks->digit = word & _mm512_cmple_epu8_mask(v, _mm512_set1_epi8('9'));
        blocks->slow = 0;
        blocks->solo = 0;
        if (foreign) {
            struct foreign f = classify_foreign(text + at, left, v, low, &carry);
            low = f.folded;
            word |= f.word;
            other &= ~f.taken;
            blocks->upper |= f.upper;
            blocks->solo = f.solo;
        }
        _mm512_storeu_si512(folded + at, low);
        other &= _bzhi_u64(UINT64_MAX, left < TOKEN_BLOCK ? (unsigned)left : TOKEN_BLOCK);
        blocks->word = word;
        blocks->other = other;
        any |= other;
    }
    return any != 0;
}

// Places of the bits of `mask`, each moved by `step` where its bit in `moved` is set.
TARGET_AVX512 static inline void expand(uint64_t mask, unsigned count, uint64_t moved, int step,
                                        uint32_t base, uint32_t *out)
{
    const __m512i iota = byte_numbers();
    __m512i packed = _mm512_maskz_compress_epi8(mask, iota);
    __m512i start = _mm512_set1_epi32((int)base);
    __m512i first = _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)));
    uint32_t shifted = 0;
    if (moved) {
        shifted = (uint32_t)_pext_u64(moved, mask);
        first = _mm512_mask_add_epi32(first, (__mmask16)shifted, first, _mm512_set1_epi32(step));
    }
    _mm512_storeu_si512(out, first);
    if (count > 16) {
        __m512i second = _mm512_add_epi32(start, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1)));
        second = _mm512_mask_add_epi32(second, (__mmask16)(shifted >> 16), second, _mm512_set1_epi32(step));
        _mm512_storeu_si512(out + 16, second);
    }
}

TARGET_AVX512 static void extract_avx512(const struct token_block *blocks, size_t n_blocks, uint32_t base,
                                         struct token_group *group)
{
    size_t n_start = group->n_start;
    size_t n_end = group->n_end;
    uint64_t carry = group->inside;
    for (size_t i = 0; i < n_blocks; i++, base += TOKEN_BLOCK) {
        const struct token_block *b = &blocks[i];
        uint64_t word = b->word;
        uint64_t before = word << 1 | carry;
        uint64_t starts = word & ~before;
        uint64_t ends = ~word & before;
        carry = word >> 63;
        if (b->slow) {
            token_note_slow(group, b->slow, starts, n_start);
        }
        unsigned count_start = (unsigned)_mm_popcnt_u64(starts);
        unsigned count_end = (unsigned)_mm_popcnt_u64(ends);
        uint64_t solo = b->solo;
        expand(starts, count_start, solo, -1, base, group->start + n_start);
        expand(ends, count_end, solo, 1, base, group->end + n_end);
        __m256i flags = _mm256_maskz_set1_epi8((__mmask32)_pext_u64(b->upper, starts), TOKEN_UPPER);
        flags = _mm256_or_si256(flags,
                                _mm256_maskz_set1_epi8((__mmask32)_pext_u64(b->digit, starts), TOKEN_DIGIT));
        if (solo) {
            flags = _mm256_or_si256(flags,
                                    _mm256_maskz_set1_epi8((__mmask32)_pext_u64(solo, starts), TOKEN_SOLO));
        }
        _mm256_storeu_si256((__m256i *)(void *)(group->flags + n_start), flags);
        n_start += count_start;
        n_end += count_end;
    }
    group->n_start = n_start;
    group->n_end = n_end;
    group->inside = carry;
}

// Four tokens in the four quarters of a vector.
TARGET_AVX512 static inline __m512i load_four(const uint8_t *folded, const uint32_t *start)
{
    __m512i x = _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)(const void *)(folded + start[0])));
    x = _mm512_inserti32x4(x, _mm_loadu_si128((const __m128i *)(const void *)(folded + start[2])), 1);
    x = _mm512_inserti32x4(x, _mm_loadu_si128((const __m128i *)(const void *)(folded + start[4])), 2);
    return _mm512_inserti32x4(x, _mm_loadu_si128((const __m128i *)(const void *)(folded + start[6])), 3);
}

// token_hash_piece() of eight tokens.
TARGET_AVX512 static inline __m512i hash_eight(const uint8_t *folded, const uint32_t *start, __m256i len,
                                               __m512i state)
{
    const __m512i place =
        _mm512_broadcast_i32x4(_mm_set_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    // For byte i of quarter q: the length of token 2q, or 2q + 1, whose lowest byte is byte 8q, or 8q + 4, of
    // len.
    const __m512i even =
        _mm512_set_epi32(0x18181818, 0x18181818, 0x18181818, 0x18181818, 0x10101010, 0x10101010, 0x10101010,
                         0x10101010, 0x08080808, 0x08080808, 0x08080808, 0x08080808, 0, 0, 0, 0);
    const __m512i odd = _mm512_add_epi8(even, _mm512_set1_epi8(4));
    __m512i lens = _mm512_castsi256_si512(_mm256_min_epu32(len, _mm256_set1_epi32(16)));
    __mmask64 in_even = _mm512_cmplt_epu8_mask(place, _mm512_permutexvar_epi8(even, lens));
    __mmask64 in_odd = _mm512_cmplt_epu8_mask(place, _mm512_permutexvar_epi8(odd, lens));
    __m512i a = _mm512_maskz_mov_epi8(in_even, load_four(folded, start));
    __m512i b = _mm512_maskz_mov_epi8(in_odd, load_four(folded, start + 1));
    __m512i low = _mm512_xor_si512(_mm512_unpacklo_epi64(a, b), state);
    __m512i high = _mm512_unpackhi_epi64(a, b);
    low = _mm512_xor_si512(low, _mm512_srli_epi64(low, 32));
    high = _mm512_xor_si512(high, _mm512_srli_epi64(high, 29));
    low = _mm512_mullo_epi64(low, _mm512_set1_epi64((long long)TOKEN_HASH_M0));
    high = _mm512_mullo_epi64(high, _mm512_set1_epi64((long long)TOKEN_HASH_M1));
    low = _mm512_xor_si512(low, _mm512_srli_epi64(low, 32));
    high = _mm512_xor_si512(high, _mm512_srli_epi64(high, 29));
    low = _mm512_mullo_epi64(_mm512_add_epi64(low, high), _mm512_set1_epi64((long long)TOKEN_HASH_M2));
    return _mm512_xor_si512(low, _mm512_srli_epi64(low, 32));
}

TARGET_AVX512 static void hash_avx512(const uint8_t *folded, const struct token_group *group, size_t n,
                                      uint64_t *hashes)
{
    const __m256i sixteen = _mm256_set1_epi32(16);
    for (size_t i = 0; i < n; i += 8) {
        uint32_t moved[8];
        __mmask8 used = (__mmask8)_bzhi_u32(0xff, (unsigned)(n - i > 8 ? 8 : n - i));
        __m256i start = _mm256_maskz_loadu_epi32(used, group->start + i);
        __m256i len = _mm256_sub_epi32(_mm256_maskz_loadu_epi32(used, group->end + i), start);
        const uint32_t *from = group->start + i;
        if (used != 0xff) {
            _mm256_storeu_si256((__m256i *)(void *)moved, start);
            from = moved;
        }
        __m512i state = hash_eight(folded, from, len, _mm512_setzero_si512());
        __mmask8 more = _mm256_cmpgt_epu32_mask(len, sixteen);
        while (more) {
            start = _mm256_mask_add_epi32(start, more, start, sixteen);
            len = _mm256_mask_sub_epi32(len, more, len, sixteen);
            _mm256_storeu_si256((__m256i *)(void *)moved, start);
            state = _mm512_mask_mov_epi64(state, more, hash_eight(folded, moved, len, state));
            more = _mm256_mask_cmpgt_epu32_mask(more, len, sixteen);
        }
        _mm512_storeu_si512(hashes + i, state);
    }
}

const struct token_kernel token_kernel_avx512 = {classify_avx512, extract_avx512, hash_avx512};

#endif
