// shingle.c - n-gram hashes and winnowing.
//
// A shingle is a run of n words, as a set element: two texts are alike when they share many. Its hash
// combines the hashes of its words, each rotated by its place, so no word is hashed twice and the loop runs
// in vector registers. Token hashes are well mixed 64-bit values; one multiplication spreads the sum again.
//
// Winnowing (Schleimer, Wilkerson, Aiken: Winnowing, SIGMOD 2003) keeps the smallest hash of every window of
// w shingles. Two texts that share a run of w + n - 1 words share all shingles of one window, hence its
// minimum: they are sure to meet in the index, wherever the run stands. Expected share kept: 2 / (w + 1), so
// 22% at w = 8.
//
// The minimum over 16 is taken in four passes of pairwise minima (distance 1, 2, 4, 8): straight loops that
// compilers vectorise. Each function is compiled for three instruction sets from one body and gives the same
// results on all.

#include "match/shingle.h"

#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define TARGET_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
#if defined(__clang__)
#define TARGET_AVX512 __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,bmi,bmi2,popcnt")))
#else
#define TARGET_AVX512                                                                                        \
    __attribute__((target("avx512f,avx512dq,avx512vl,avx512bw,bmi,bmi2,popcnt,prefer-vector-width=512")))
#endif
#define BODY static inline __attribute__((always_inline))

static inline uint64_t rotate(uint64_t x, unsigned by)
{
    return x << by | x >> (64 - by);
}

// Rotations 0, 11, 22 ...: no two places of a shingle use the same one.
BODY void hashes_body(const uint64_t *restrict t, size_t n_out, unsigned k, uint64_t *restrict out)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u;
    if (k == 5) {
        for (size_t i = 0; i < n_out; i++) {
            uint64_t x = t[i] + rotate(t[i + 1], 11) + rotate(t[i + 2], 22) + rotate(t[i + 3], 33) +
                         rotate(t[i + 4], 44);
            x *= odd;
            out[i] = x ^ x >> 32;
        }
    } else if (k == 3) {
        for (size_t i = 0; i < n_out; i++) {
            uint64_t x = t[i] + rotate(t[i + 1], 11) + rotate(t[i + 2], 22);
            x *= odd;
            out[i] = x ^ x >> 32;
        }
    } else {
        for (size_t i = 0; i < n_out; i++) {
            uint64_t x = t[i] + rotate(t[i + 1], 11) + rotate(t[i + 2], 22) + rotate(t[i + 3], 33) +
                         rotate(t[i + 4], 44) + rotate(t[i + 5], 55);
            x *= odd;
            out[i] = x ^ x >> 32;
        }
    }
}

// In place: h[i] = min(h[i], h[i + distance]). Reads run ahead of writes.
BODY void minima_body(uint64_t *h, size_t n, size_t distance)
{
    for (size_t i = 0; i + distance < n; i++) {
        h[i] = h[i] < h[i + distance] ? h[i] : h[i + distance];
    }
}

BODY void window_body(uint64_t *h, size_t n, size_t window)
{
    if (window >= 2) {
        minima_body(h, n, 1);
    }
    if (window >= 4) {
        minima_body(h, n - 1, 2);
    }
    if (window >= 8) {
        minima_body(h, n - 3, 4);
    }
    if (window >= 16) {
        minima_body(h, n - 7, 8);
    }
}

// From `i` on: the minima that differ from the one before.
BODY size_t changes_body(const uint64_t *h, size_t i, size_t n, uint64_t *out, size_t kept)
{
    for (; i < n; i++) {
        out[kept] = h[i];
        kept += h[i] != h[i - 1];
    }
    return kept;
}

static void hashes_portable(const uint64_t *t, size_t n_out, unsigned k, uint64_t *out)
{
    hashes_body(t, n_out, k, out);
}

static void window_portable(uint64_t *h, size_t n, size_t window)
{
    window_body(h, n, window);
}

static size_t changes_portable(const uint64_t *h, size_t n, uint64_t *out)
{
    return changes_body(h, 1, n, out, 1);
}

#if defined(__x86_64__)
TARGET_AVX2 static void hashes_avx2(const uint64_t *t, size_t n_out, unsigned k, uint64_t *out)
{
    hashes_body(t, n_out, k, out);
}

TARGET_AVX2 static void window_avx2(uint64_t *h, size_t n, size_t window)
{
    window_body(h, n, window);
}

// Halves of four 64-bit lanes that bring those of the mask to the front.
static const uint32_t front[16][8] = {
    {0, 0, 0, 0, 0, 0, 0, 0}, {0, 1, 0, 0, 0, 0, 0, 0}, {2, 3, 0, 0, 0, 0, 0, 0}, {0, 1, 2, 3, 0, 0, 0, 0},
    {4, 5, 0, 0, 0, 0, 0, 0}, {0, 1, 4, 5, 0, 0, 0, 0}, {2, 3, 4, 5, 0, 0, 0, 0}, {0, 1, 2, 3, 4, 5, 0, 0},
    {6, 7, 0, 0, 0, 0, 0, 0}, {0, 1, 6, 7, 0, 0, 0, 0}, {2, 3, 6, 7, 0, 0, 0, 0}, {0, 1, 2, 3, 6, 7, 0, 0},
    {4, 5, 6, 7, 0, 0, 0, 0}, {0, 1, 4, 5, 6, 7, 0, 0}, {2, 3, 4, 5, 6, 7, 0, 0}, {0, 1, 2, 3, 4, 5, 6, 7},
};

TARGET_AVX2 static size_t changes_avx2(const uint64_t *h, size_t n, uint64_t *out)
{
    size_t kept = 1;
    size_t i = 1;
    for (; i + 4 <= n; i += 4) {
        __m256i here = _mm256_loadu_si256((const __m256i *)(const void *)(h + i));
        __m256i before = _mm256_loadu_si256((const __m256i *)(const void *)(h + i - 1));
        __m256i equal = _mm256_cmpeq_epi64(here, before);
        unsigned changed = ~(unsigned)_mm256_movemask_pd(_mm256_castsi256_pd(equal)) & 15;
        __m256i order = _mm256_loadu_si256((const __m256i *)(const void *)front[changed]);
        _mm256_storeu_si256((__m256i *)(void *)(out + kept), _mm256_permutevar8x32_epi32(here, order));
        kept += (unsigned)__builtin_popcount(changed);
    }
    return changes_body(h, i, n, out, kept);
}

TARGET_AVX512 static void hashes_avx512(const uint64_t *t, size_t n_out, unsigned k, uint64_t *out)
{
    hashes_body(t, n_out, k, out);
}

TARGET_AVX512 static void window_avx512(uint64_t *h, size_t n, size_t window)
{
    window_body(h, n, window);
}

TARGET_AVX512 static size_t changes_avx512(const uint64_t *h, size_t n, uint64_t *out)
{
    size_t kept = 1;
    size_t i = 1;
    for (; i + 8 <= n; i += 8) {
        __m512i here = _mm512_loadu_si512(h + i);
        __mmask8 changed = _mm512_cmpneq_epu64_mask(here, _mm512_loadu_si512(h + i - 1));
        _mm512_storeu_si512(out + kept, _mm512_maskz_compress_epi64(changed, here));
        kept += (unsigned)__builtin_popcount(changed);
    }
    return changes_body(h, i, n, out, kept);
}
#endif

size_t shingle_hashes(enum copydesk_cpu cpu, const uint64_t *tokens, size_t n, unsigned k, uint64_t *out)
{
    if (n < k) {
        return 0;
    }
    size_t n_out = n - k + 1;
    switch (cpu) {
#if defined(__x86_64__)
    case COPYDESK_CPU_BEST:
    case COPYDESK_CPU_AVX512:
        hashes_avx512(tokens, n_out, k, out);
        break;
    case COPYDESK_CPU_AVX2:
        hashes_avx2(tokens, n_out, k, out);
        break;
#else
    case COPYDESK_CPU_BEST:
    case COPYDESK_CPU_AVX512:
    case COPYDESK_CPU_AVX2:
#endif
    case COPYDESK_CPU_PORTABLE:
        hashes_portable(tokens, n_out, k, out);
        break;
    }
    return n_out;
}

// Windows that leave about 60-100 fingerprints to texts of up to 260 words.
static size_t window_for(size_t n)
{
    return n <= 64 ? 1 : n <= 128 ? 2 : n <= 256 ? 4 : SHINGLE_WINDOW;
}

static size_t winnow(enum copydesk_cpu cpu, uint64_t *hashes, size_t n, size_t window, uint64_t *out)
{
    size_t n_windows = n - window + 1;
    size_t kept = 0;
    switch (cpu) {
#if defined(__x86_64__)
    case COPYDESK_CPU_BEST:
    case COPYDESK_CPU_AVX512:
        window_avx512(hashes, n, window);
        kept = changes_avx512(hashes, n_windows, out);
        break;
    case COPYDESK_CPU_AVX2:
        window_avx2(hashes, n, window);
        kept = changes_avx2(hashes, n_windows, out);
        break;
#else
    case COPYDESK_CPU_BEST:
    case COPYDESK_CPU_AVX512:
    case COPYDESK_CPU_AVX2:
#endif
    case COPYDESK_CPU_PORTABLE:
        window_portable(hashes, n, window);
        kept = changes_portable(hashes, n_windows, out);
        break;
    }
    out[0] = hashes[0];
    if (kept <= SHINGLE_MAX_FINGERPRINTS) {
        return kept;
    }
    // A text of book length: the smallest hashes by value, a choice that two copies make alike. Nearly all
    // small hashes of the text are among the minima, (w + 1) / 2 times as many as an even spread of them
    // would have.
    size_t few = 0;
    uint64_t limit = UINT64_MAX / kept * SHINGLE_MAX_FINGERPRINTS / (window + 1) * 2;
    for (size_t i = 0; i < kept && few < SHINGLE_MAX_FINGERPRINTS; i++) {
        out[few] = out[i];
        few += out[i] < limit;
    }
    return few;
}

size_t shingle_winnow(enum copydesk_cpu cpu, uint64_t *hashes, size_t n, uint64_t *out)
{
    return n ? winnow(cpu, hashes, n, window_for(n), out) : 0;
}

size_t shingle_winnow_wide(enum copydesk_cpu cpu, uint64_t *hashes, size_t n, uint64_t *out)
{
    size_t window = n <= SHINGLE_WINDOW_WIDE * 2 ? 1 : 2 * window_for(n);
    return n ? winnow(cpu, hashes, n, window, out) : 0;
}
