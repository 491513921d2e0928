// repair_scan_x86.c - the scan for AVX2 and AVX-512. Contract in repair_scan.h.
//
// Each place is judged by its byte and the three behind it, so a block is loaded four times, a byte apart.
// Blocks of ASCII take four comparisons; blocks without a character of two bytes, or without one of three,
// skip what is only asked of those. The conditions are those of repair_scan_at(), in the same order.

#include "repair_scan.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define TARGET_AVX2   __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// ---- AVX2 ----

TARGET_AVX2 static inline __m256i is256(__m256i v, uint8_t byte)
{
    return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)byte));
}

// In first..last.
TARGET_AVX2 static inline __m256i in256(__m256i v, uint8_t first, uint8_t last)
{
    __m256i from_zero = _mm256_sub_epi8(v, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8((char)(last - first))), from_zero);
}

// Characters of two bytes.
TARGET_AVX2 static inline __m256i twos256(__m256i a, __m256i b, __m256i c, __m256i d)
{
    __m256i sign = is256(c, 0xc2) | is256(c, 0xe2);
    __m256i foreign = in256(c, 0xc2, 0xff);
    __m256i found = in256(a, 0xc3, 0xdb) & sign;
    found |= is256(a, 0xc2) & (in256(b, 0x80, 0x9f) | is256(b, 0xad) | (is256(b, 0xac) & foreign));
    found |= in256(a, 0xc3, 0xc5) & (in256(c, 0xc4, 0xc6) | is256(c, 0xcb));
    found |= foreign & is256(a, 0xc3) & is256(b, 0xbf);
    found |= foreign & is256(a, 0xc5) & (in256(b, 0x92, 0x93) | is256(b, 0xb8));
    found |= foreign & is256(a, 0xc6) & is256(b, 0x92);
    found |= ((is256(a, 0xc3) & is256(b, 0x94)) | (is256(a, 0xce) & is256(b, 0x93))) & is256(c, 0xc3) &
             is256(d, 0x87);
    found |= is256(a, 0xc3) & is256(b, 0x83) & is256(c, ' ');
    found |= is256(a, 0xcc) | (is256(a, 0xcd) & in256(b, 0x80, 0xaf));
    found |= is256(a, 0xd0) & in256(b, 0x90, 0xaf) & is256(c, 0xd1) & in256(d, 0x90, 0x9f);
    found |= in256(a, 0xd0, 0xd1) & is256(c, 0xd0) & in256(d, 0x80, 0x8f);
    found |= is256(a, 0xd0) & is256(c, 0xd2) & in256(d, 0x90, 0x91);
    return found | (is256(a, 0xd9) & in256(b, 0x93, 0x95));
}

// Characters of three.
TARGET_AVX2 static inline __m256i threes256(__m256i a, __m256i b, __m256i c, __m256i d)
{
    __m256i foreign = in256(d, 0xc2, 0xff);
    __m256i unseen = is256(b, 0x80) & (in256(c, 0x8b, 0x8f) | in256(c, 0xa8, 0xae));
    unseen |= is256(b, 0x80) & (in256(c, 0x93, 0x94) | is256(c, 0x9a)) & in256(d, 0xc3, 0xff);
    unseen |= is256(b, 0x81) & in256(c, 0xa0, 0xaf);
    unseen |= (in256(b, 0x88, 0x89) | in256(b, 0x94, 0x95) | is256(b, 0x97)) & foreign;
    __m256i found = is256(a, 0xe2) & unseen;
    found |= is256(a, 0xe0) & (is256(d, 0xc2) | is256(d, 0xe2));
    found |= is256(a, 0xe1) & in256(b, 0x84, 0x87);
    found |= is256(a, 0xe3) & is256(b, 0x82) & in256(c, 0x99, 0x9a);
    return found |
           (is256(a, 0xef) & ((is256(b, 0xbb) & is256(c, 0xbf)) | (is256(b, 0xbf) & in256(c, 0xb9, 0xff))));
}

TARGET_AVX2 static inline uint32_t scan256(const uint8_t *p)
{
    __m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(p));
    __m256i b = _mm256_loadu_si256((const __m256i *)(const void *)(p + 1));
    __m256i letter = in256(_mm256_or_si256(b, _mm256_set1_epi8(0x20)), 'a', 'z');
    __m256i found = _mm256_andnot_si256(in256(a, 9, 10), in256(a, 0, 0x1f));
    found |= is256(a, 0x7f) | (is256(a, '&') & (letter | is256(b, '#')));
    found |= is256(a, '<') & (letter | is256(b, '/') | is256(b, '!') | is256(b, '?'));
    if (_mm256_movemask_epi8(a)) {
        __m256i c = _mm256_loadu_si256((const __m256i *)(const void *)(p + 2));
        __m256i d = _mm256_loadu_si256((const __m256i *)(const void *)(p + 3));
        if (_mm256_movemask_epi8(in256(a, 0xc2, 0xdb))) {
            found |= twos256(a, b, c, d);
        }
        if (_mm256_movemask_epi8(in256(a, 0xe0, 0xe3) | is256(a, 0xef))) {
            found |= threes256(a, b, c, d);
        }
    }
    return (uint32_t)_mm256_movemask_epi8(found);
}

TARGET_AVX2 size_t repair_scan_avx2(const uint8_t *text, size_t len, size_t from, uint64_t *mask)
{
    for (size_t at = from; at < len; at += REPAIR_BLOCK) {
        uint8_t last[REPAIR_BLOCK + 8];
        const uint8_t *p = text + at;
        size_t left = len - at;
        if (left < REPAIR_BLOCK + REPAIR_BEYOND) {
            memset(last, ' ', sizeof last);
            memcpy(last, p, left);
            p = last;
        }
        uint64_t found = scan256(p) | (uint64_t)scan256(p + 32) << 32;
        found &= left < REPAIR_BLOCK ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        if (found) {
            *mask = found;
            return at;
        }
    }
    *mask = 0;
    return len;
}

// ---- AVX-512 ----

TARGET_AVX512 static inline uint64_t is512(__m512i v, uint8_t byte)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}

// In first..last.
TARGET_AVX512 static inline uint64_t in512(__m512i v, uint8_t first, uint8_t last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

// Characters of two bytes.
TARGET_AVX512 static inline uint64_t twos512(__m512i a, __m512i b, __m512i c, __m512i d)
{
    uint64_t sign = is512(c, 0xc2) | is512(c, 0xe2);
    uint64_t foreign = in512(c, 0xc2, 0xff);
    uint64_t found = in512(a, 0xc3, 0xdb) & sign;
    found |= is512(a, 0xc2) & (in512(b, 0x80, 0x9f) | is512(b, 0xad) | (is512(b, 0xac) & foreign));
    found |= in512(a, 0xc3, 0xc5) & (in512(c, 0xc4, 0xc6) | is512(c, 0xcb));
    found |= foreign & is512(a, 0xc3) & is512(b, 0xbf);
    found |= foreign & is512(a, 0xc5) & (in512(b, 0x92, 0x93) | is512(b, 0xb8));
    found |= foreign & is512(a, 0xc6) & is512(b, 0x92);
    found |= ((is512(a, 0xc3) & is512(b, 0x94)) | (is512(a, 0xce) & is512(b, 0x93))) & is512(c, 0xc3) &
             is512(d, 0x87);
    found |= is512(a, 0xc3) & is512(b, 0x83) & is512(c, ' ');
    found |= is512(a, 0xcc) | (is512(a, 0xcd) & in512(b, 0x80, 0xaf));
    found |= is512(a, 0xd0) & in512(b, 0x90, 0xaf) & is512(c, 0xd1) & in512(d, 0x90, 0x9f);
    found |= in512(a, 0xd0, 0xd1) & is512(c, 0xd0) & in512(d, 0x80, 0x8f);
    found |= is512(a, 0xd0) & is512(c, 0xd2) & in512(d, 0x90, 0x91);
    return found | (is512(a, 0xd9) & in512(b, 0x93, 0x95));
}

// Characters of three.
TARGET_AVX512 static inline uint64_t threes512(__m512i a, __m512i b, __m512i c, __m512i d)
{
    uint64_t foreign = in512(d, 0xc2, 0xff);
    uint64_t unseen = is512(b, 0x80) & (in512(c, 0x8b, 0x8f) | in512(c, 0xa8, 0xae));
    unseen |= is512(b, 0x80) & (in512(c, 0x93, 0x94) | is512(c, 0x9a)) & in512(d, 0xc3, 0xff);
    unseen |= is512(b, 0x81) & in512(c, 0xa0, 0xaf);
    unseen |= (in512(b, 0x88, 0x89) | in512(b, 0x94, 0x95) | is512(b, 0x97)) & foreign;
    uint64_t found = is512(a, 0xe2) & unseen;
    found |= is512(a, 0xe0) & (is512(d, 0xc2) | is512(d, 0xe2));
    found |= is512(a, 0xe1) & in512(b, 0x84, 0x87);
    found |= is512(a, 0xe3) & is512(b, 0x82) & in512(c, 0x99, 0x9a);
    return found |
           (is512(a, 0xef) & ((is512(b, 0xbb) & is512(c, 0xbf)) | (is512(b, 0xbf) & in512(c, 0xb9, 0xff))));
}

TARGET_AVX512 static inline uint64_t scan512(const uint8_t *p)
{
    __m512i a = _mm512_loadu_si512(p);
    __m512i b = _mm512_loadu_si512(p + 1);
    uint64_t letter = in512(_mm512_or_si512(b, _mm512_set1_epi8(0x20)), 'a', 'z');
    uint64_t found = in512(a, 0, 0x1f) & ~in512(a, 9, 10);
    found |= is512(a, 0x7f) | (is512(a, '&') & (letter | is512(b, '#')));
    found |= is512(a, '<') & (letter | is512(b, '/') | is512(b, '!') | is512(b, '?'));
    if (_mm512_movepi8_mask(a)) {
        __m512i c = _mm512_loadu_si512(p + 2);
        __m512i d = _mm512_loadu_si512(p + 3);
        if (in512(a, 0xc2, 0xdb)) {
            found |= twos512(a, b, c, d);
        }
        if (in512(a, 0xe0, 0xe3) | is512(a, 0xef)) {
            found |= threes512(a, b, c, d);
        }
    }
    return found;
}

TARGET_AVX512 size_t repair_scan_avx512(const uint8_t *text, size_t len, size_t from, uint64_t *mask)
{
    for (size_t at = from; at < len; at += REPAIR_BLOCK) {
        uint8_t last[REPAIR_BLOCK + 8];
        const uint8_t *p = text + at;
        size_t left = len - at;
        if (left < REPAIR_BLOCK + REPAIR_BEYOND) {
            memset(last, ' ', sizeof last);
            memcpy(last, p, left);
            p = last;
        }
        uint64_t found = scan512(p);
        found &= left < REPAIR_BLOCK ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        if (found) {
            *mask = found;
            return at;
        }
    }
    *mask = 0;
    return len;
}

#endif
