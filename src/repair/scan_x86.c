// scan_x86.c - the scan for AVX2 and AVX-512. Contract in scan.h.
//
// Each place is judged by its byte and the three behind it, so a block is loaded four times, a byte apart.
// Blocks of ASCII take four comparisons; blocks without a character of two bytes, or without one of three,
// skip what is only asked of those. The conditions are those of repair_scan_at(), in the same order; they
// stand in repair/kernel.h, once for both.

#include "repair/scan.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define TARGET_AVX2   __attribute__((target("avx2,bmi,bmi2,popcnt")))
#define TARGET_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// ---- AVX2 ----

TARGET_AVX2 static inline __m256i is_avx2(__m256i v, uint8_t byte)
{
    return _mm256_cmpeq_epi8(v, _mm256_set1_epi8((char)byte));
}

// In first..last.
TARGET_AVX2 static inline __m256i in_avx2(__m256i v, uint8_t first, uint8_t last)
{
    __m256i from_zero = _mm256_sub_epi8(v, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_zero, _mm256_set1_epi8((char)(last - first))), from_zero);
}

#define TARGET       TARGET_AVX2
#define NAME(x)      x##_avx2
#define VECTOR       __m256i
#define BITS         __m256i
#define LOAD(p)      _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define LOWER(v)     _mm256_or_si256(v, _mm256_set1_epi8(0x20))
#define PLACES(bits) ((uint64_t)(uint32_t)_mm256_movemask_epi8(bits))
#define HIGH(v)      _mm256_movemask_epi8(v)
#include "repair/kernel.h"
#undef TARGET
#undef NAME
#undef VECTOR
#undef BITS
#undef LOAD
#undef LOWER
#undef PLACES
#undef HIGH

// ---- AVX-512 ----

TARGET_AVX512 static inline uint64_t is_avx512(__m512i v, uint8_t byte)
{
    return _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8((char)byte));
}

// In first..last.
TARGET_AVX512 static inline uint64_t in_avx512(__m512i v, uint8_t first, uint8_t last)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(v, _mm512_set1_epi8((char)first)),
                                  _mm512_set1_epi8((char)(last - first)));
}

#define TARGET       TARGET_AVX512
#define NAME(x)      x##_avx512
#define VECTOR       __m512i
#define BITS         uint64_t
#define LOAD(p)      _mm512_loadu_si512(p)
#define LOWER(v)     _mm512_or_si512(v, _mm512_set1_epi8(0x20))
#define PLACES(bits) (bits)
#define HIGH(v)      _mm512_movepi8_mask(v)
#include "repair/kernel.h"

#endif
