// segment_words.c - the two loops of text/segment.c that see every word. Contract in segment_words.h.
//
// Most gaps between words are one blank, and most of the others hold nothing that ends a sentence. With
// AVX-512 sixteen gaps are looked at together: four bytes of the text behind each word are gathered, and one
// permutation by bytes says which of them could end something. A gap of more than four bytes is always worth
// a look; quotes, of three bytes, are not, and there are many.
//
// The hash of n words is a sum without carry in which word i is turned by 7 (n - 1 - i) bits: so eight words
// are turned and added at a time. Processors without AVX-512 take the plain loops, which are the meaning.

#include "text/segment_words.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

enum { TURN = 7 };                          // odd, so that 64 words in a row are turned differently
#define NUMBER UINT64_C(0x2545f4914f6cdd1d) // stands for every word that begins with a digit

// What a full stop, a blank that parts, or a line end can begin with.
static inline bool may_end(uint8_t c)
{
    return c >= 0x80 || c == '.' || c == '!' || c == '?' || c == '\t' || c == '\n';
}

// From word i on.
static size_t breaks_from(const struct tokens *words, const uint8_t *text, size_t i, uint32_t *at, size_t n)
{
    for (; i + 1 < words->n; i++) {
        uint32_t from = words->end[i];
        uint32_t gap = words->start[i + 1] - from;
        at[n] = (uint32_t)i;
        n += gap > 2 || (gap > 0 && may_end(text[from])) || (gap == 2 && may_end(text[from + 1]));
    }
    if (words->n > 0) {
        at[n++] = (uint32_t)words->n - 1;
    }
    return n;
}

static uint64_t rotate(uint64_t x, unsigned by)
{
    return x << (by & 63) | x >> (-by & 63);
}

static uint64_t hash_portable(const uint64_t *hash, const uint8_t *flags, size_t n, bool *digit)
{
    uint64_t all = 0;
    uint8_t any = 0;
    for (size_t i = 0; i < n; i++) {
        all = rotate(all, TURN) ^ (flags[i] & TOKEN_DIGIT ? NUMBER : hash[i]);
        any |= flags[i];
    }
    *digit = (any & TOKEN_DIGIT) != 0;
    return all;
}

#if defined(__x86_64__)
#define TARGET_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// The bytes of may_end() below 0x80, each at its low four bits; elsewhere what no byte there equals.
#define ENDS 0x3F, 0x2E, -1, -1, -1, 0x0A, 0x09, -1, -1, -1, -1, -1, -1, -1, 0x21, -1

// Gaps that are a quote or a dash (U+2010-201F) and a blank at most: they end nothing.
TARGET_AVX512 static __mmask16 are_quotes(__m512i bytes, __m512i gap)
{
    const __m512i sign = _mm512_set1_epi32(0x9080E2);
    const __m512i third = _mm512_set1_epi32(0xF0FFFF); // all but the low four bits of its last byte
    __mmask16 three = _mm512_cmpeq_epi32_mask(gap, _mm512_set1_epi32(3));
    __mmask16 four = _mm512_cmpeq_epi32_mask(gap, _mm512_set1_epi32(4));
    __mmask16 begins = _mm512_cmpeq_epi32_mask(_mm512_and_si512(bytes, third), sign);
    __mmask16 behind = _mm512_cmpeq_epi32_mask(_mm512_srli_epi32(bytes, 24), _mm512_set1_epi32(' '));
    __m512i later =
        _mm512_and_si512(bytes, _mm512_or_si512(_mm512_slli_epi32(third, 8), _mm512_set1_epi32(0xFF)));
    __mmask16 ends =
        _mm512_cmpeq_epi32_mask(later, _mm512_or_si512(_mm512_slli_epi32(sign, 8), _mm512_set1_epi32(' ')));
    return (three & begins) | (four & ((begins & behind) | ends));
}

TARGET_AVX512 static size_t breaks_avx512(const struct tokens *words, const uint8_t *text, uint32_t *at)
{
    const __m512i ends = _mm512_broadcast_i32x4(_mm_set_epi8(ENDS));
    const __m512i most = _mm512_set1_epi32(4);
    // Bytes of a gap that count, by its length.
    const __m512i parts = _mm512_castsi128_si512(_mm_set_epi32(0xFFFFFF, 0xFFFF, 0xFF, 0));
    const __m512i inner = _mm512_set1_epi32(0x202000); // where three blanks in a row have two at least
    __m512i numbers = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    size_t n = 0;
    size_t i = 0;
    for (; i + 16 < words->n; i += 16) {
        __m512i from = _mm512_loadu_si512(words->end + i);
        __m512i gap = _mm512_sub_epi32(_mm512_loadu_si512(words->start + i + 1), from);
        __m512i bytes = _mm512_i32gather_epi32(from, text, 1);
        __mmask64 special = _mm512_cmpeq_epi8_mask(_mm512_shuffle_epi8(ends, bytes), bytes);
        special |= _mm512_movepi8_mask(bytes);
        __mmask16 wide = _mm512_cmpgt_epu32_mask(gap, _mm512_set1_epi32(2));
        __m512i part = _mm512_mask_mov_epi32(_mm512_permutexvar_epi32(gap, parts),
                                             _mm512_cmpge_epu32_mask(gap, most), _mm512_set1_epi32(-1));
        __mmask16 found = _mm512_test_epi32_mask(_mm512_movm_epi8(special), part);
        if (wide) {
            __m512i big = _mm512_max_epu8(_mm512_and_si512(bytes, _mm512_set1_epi32(0xFFFF00)), inner);
            found |= wide & _mm512_cmpeq_epi32_mask(big, inner);
            found &= ~are_quotes(bytes, gap);
            found |= _mm512_cmpgt_epu32_mask(gap, most);
        }
        _mm512_storeu_si512(at + n, _mm512_maskz_compress_epi32(found, numbers));
        n += (unsigned)__builtin_popcount(found);
        numbers = _mm512_add_epi32(numbers, _mm512_set1_epi32(16));
    }
    return breaks_from(words, text, i, at, n);
}

// Eight words, of which `take` count.
TARGET_AVX512 static inline __m512i turned(const uint64_t *hash, __mmask8 take, __mmask8 digit, __m512i turns)
{
    __m512i value = _mm512_maskz_loadu_epi64(take, hash);
    value = _mm512_mask_mov_epi64(value, digit, _mm512_set1_epi64((long long)NUMBER));
    return _mm512_rolv_epi64(value, turns);
}

TARGET_AVX512 static uint64_t hash_avx512(const uint64_t *hash, const uint8_t *flags, size_t n, bool *digit)
{
    const __m512i places =
        _mm512_set_epi64(7 * TURN, 6 * TURN, 5 * TURN, 4 * TURN, 3 * TURN, 2 * TURN, TURN, 0);
    __m512i turns = _mm512_sub_epi64(_mm512_set1_epi64((long long)(n - 1) * TURN), places);
    __m512i all = _mm512_setzero_si512();
    unsigned any = 0;
    for (size_t i = 0; i < n; i += 8) {
        __mmask8 take = n - i < 8 ? (__mmask8)((1u << (n - i)) - 1) : 0xFF;
        __m128i eight = _mm_maskz_loadu_epi8(take, flags + i);
        __mmask8 digits = (__mmask8)_mm_test_epi8_mask(eight, _mm_set1_epi8(TOKEN_DIGIT));
        all = _mm512_xor_si512(all, turned(hash + i, take, digits, turns));
        any |= digits;
        turns = _mm512_sub_epi64(turns, _mm512_set1_epi64(8 * TURN)); // modulo 64: turning goes round
    }
    *digit = any != 0;
    __m256i four = _mm256_xor_si256(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    __m128i pair = _mm_xor_si128(_mm256_castsi256_si128(four), _mm256_extracti128_si256(four, 1));
    return (uint64_t)_mm_extract_epi64(pair, 0) ^ (uint64_t)_mm_extract_epi64(pair, 1);
}
#endif

size_t segment_breaks(const struct tokens *words, const char *text, uint32_t *at)
{
    const uint8_t *bytes = (const uint8_t *)text;
#if defined(__x86_64__)
    // Places are taken as signed numbers there.
    if (words->cpu == COPYDESK_CPU_AVX512 && words->n > 0 && words->end[words->n - 1] < INT32_MAX) {
        return breaks_avx512(words, bytes, at);
    }
#endif
    return breaks_from(words, bytes, 0, at, 0);
}

uint64_t segment_hash(const struct tokens *words, size_t first, size_t n, bool *digit)
{
#if defined(__x86_64__)
    if (words->cpu == COPYDESK_CPU_AVX512) {
        return hash_avx512(words->hash + first, words->flags + first, n, digit);
    }
#endif
    return hash_portable(words->hash + first, words->flags + first, n, digit);
}
