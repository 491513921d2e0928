#include "token_kernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_AVX512 \
    __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,avx512vbmi2")))

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

TARGET_AVX2 static inline uint64_t classify_block_avx2(const uint8_t *text, uint8_t *folded, struct token_block *block)
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

TARGET_AVX2 static bool classify_avx2(const uint8_t *text, size_t len, uint8_t *folded, struct token_block *blocks)
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

TARGET_AVX2 static void hash_avx2(const uint8_t *folded, const struct token_group *group, size_t n, uint64_t *hashes)
{
    for (size_t i = 0; i < n; i++) {
        const uint8_t *p = folded + group->start[i];
        uint32_t len = group->end[i] - group->start[i];
        if (len > 16) {
            hashes[i] = token_hash_bytes(p, len);
            continue;
        }
        uint64_t low = _bzhi_u64(token_load64(p), 8 * len);
        uint64_t high = _bzhi_u64(token_load64(p + 8), 8 * (len < 8 ? 8 : len) - 64);
        hashes[i] = token_hash_piece(0, low, high);
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

TARGET_AVX512 static bool classify_avx512(const uint8_t *text, size_t len, uint8_t *folded, struct token_block *blocks)
{
    __m512i table_low = load_table(ascii_table);
    __m512i table_high = load_table(ascii_table + 64);
    uint64_t any = 0;
    for (size_t at = 0; at <= len; at += TOKEN_BLOCK, blocks++) {
        size_t left = len - at;
        __m512i v = left >= TOKEN_BLOCK ? _mm512_loadu_si512(text + at)
                                        : _mm512_mask_loadu_epi8(_mm512_set1_epi8(' '), _bzhi_u64(UINT64_MAX, (unsigned)left), text + at);
        __m512i low = _mm512_permutex2var_epi8(table_low, v, table_high);
        __mmask64 foreign = _mm512_movepi8_mask(v);
        __mmask64 word = _mm512_test_epi8_mask(low, _mm512_set1_epi8(0x7f)) & ~foreign;
        uint64_t other = foreign | _mm512_movepi8_mask(low);
        _mm512_storeu_si512(folded + at, _mm512_mask_mov_epi8(low, foreign, v));
        blocks->word = word;
        blocks->upper = word & _mm512_cmpneq_epi8_mask(low, v);
        blocks->digit = word & _mm512_cmple_epu8_mask(v, _mm512_set1_epi8('9'));
        blocks->other = other;
        blocks->slow = 0;
        blocks->solo = 0;
        any |= other;
    }
    return any != 0;
}

// Places of the bits of `mask`, each moved by `step` where its bit in `moved` is set.
TARGET_AVX512 static inline void expand(uint64_t mask, unsigned count, uint64_t moved, int step, uint32_t base, uint32_t *out)
{
    const __m512i iota = _mm512_set_epi8(63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43,
                                         42, 41, 40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22,
                                         21, 20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
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
        flags = _mm256_or_si256(flags, _mm256_maskz_set1_epi8((__mmask32)_pext_u64(b->digit, starts), TOKEN_DIGIT));
        if (solo) {
            flags = _mm256_or_si256(flags, _mm256_maskz_set1_epi8((__mmask32)_pext_u64(solo, starts), TOKEN_SOLO));
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
TARGET_AVX512 static inline __m512i hash_eight(const uint8_t *folded, const uint32_t *start, __m256i len, __m512i state)
{
    const __m512i place = _mm512_broadcast_i32x4(_mm_set_epi8(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    // For byte i of quarter q: the length of token 2q, or 2q + 1, whose lowest byte is byte 8q, or 8q + 4, of len.
    const __m512i even = _mm512_set_epi32(0x18181818, 0x18181818, 0x18181818, 0x18181818, 0x10101010, 0x10101010, 0x10101010,
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

TARGET_AVX512 static void hash_avx512(const uint8_t *folded, const struct token_group *group, size_t n, uint64_t *hashes)
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
