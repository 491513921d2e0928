// scan.c - the loops of titles that see hundreds of words of every text. Contract in scan.h.
//
// The plain loops are the meaning. With AVX-512 eight or sixteen words are taken at a time: their first bytes
// are gathered from the folded text and cut to the length of the word. The filter of 1,024 bits is held in
// two registers, and looked up by one permutation.

#include "title/scan.h"

#include "title/terms.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define RUN_FACTOR UINT64_C(0x9e3779b97f4a7c15)

static size_t sift_from(const uint64_t *filter, const struct tokens *words, size_t i, size_t n,
                        uint16_t *hits, size_t n_hits)
{
    const uint8_t *folded = words->folded;
    const uint32_t *start = words->start;
    const uint32_t *end = words->end;
    for (; i < n; i++) {
        uint32_t key = term_key_of(folded + start[i], end[i] - start[i]);
        hits[n_hits] = (uint16_t)i;
        n_hits += (filter[key >> 6] >> (key & 63) & 1) | term_has_marks(folded + start[i], end[i] - start[i]);
    }
    return n_hits;
}

static void runs_from(const uint64_t *hash, size_t i, size_t n, uint32_t *runs)
{
    for (; i + 2 < n; i++) {
        uint64_t run = hash[i] + 3 * hash[i + 1] + 5 * hash[i + 2];
        runs[i] = (uint32_t)(run * RUN_FACTOR >> 32);
    }
}

static void hashes_from(const struct tokens *words, size_t i, size_t n, uint32_t *hashes)
{
    for (; i < n; i++) {
        hashes[i] = term_hash(words, i);
    }
}

#if defined(__x86_64__)
#define TARGET_AVX512 __attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512dq,avx512vl")))

// Lanes in which term_has_marks() is true; x: first bytes, of which some are beyond ASCII.
TARGET_AVX512 static __mmask16 marked_lanes(__m512i x)
{
    const __m512i high = _mm512_set1_epi32(0x80);
    __m512i lead = x;
    __mmask16 open = _mm512_testn_epi32_mask(lead, high);
    for (int i = 0; i < 3; i++) {
        lead = _mm512_mask_srli_epi32(lead, open, lead, 8);
        open = _mm512_mask_testn_epi32_mask(open, lead, high);
    }
    lead = _mm512_and_si512(lead, _mm512_set1_epi32(0xFF));
    __mmask16 latin = _mm512_cmple_epu32_mask(_mm512_sub_epi32(lead, _mm512_set1_epi32(0xC3)),
                                              _mm512_set1_epi32(0xC9 - 0xC3));
    return latin | _mm512_cmpeq_epi32_mask(lead, _mm512_set1_epi32(0xCC)) |
           _mm512_cmpeq_epi32_mask(lead, _mm512_set1_epi32(0xCD)) |
           _mm512_cmpeq_epi32_mask(lead, _mm512_set1_epi32(0xE1));
}

TARGET_AVX512 static size_t sift_avx512(const uint64_t *filter, const struct tokens *words, size_t n,
                                        uint16_t *hits)
{
    const __m512i low = _mm512_loadu_si512(filter);
    const __m512i high = _mm512_loadu_si512(filter + TITLE_FILTER_WORDS / 2);
    const __m512i parts =
        _mm512_set_epi32(-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0xFFFFFF, 0xFFFF, 0xFF, 0);
    __m512i numbers = _mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
    size_t n_hits = 0;
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m512i start = _mm512_loadu_si512(words->start + i);
        __m512i len = _mm512_sub_epi32(_mm512_loadu_si512(words->end + i), start);
        __m512i part = _mm512_permutexvar_epi32(_mm512_min_epu32(len, _mm512_set1_epi32(4)), parts);
        __m512i x = _mm512_and_si512(_mm512_i32gather_epi32(start, words->folded, 1), part);
        __m512i key = _mm512_srli_epi32(_mm512_mullo_epi32(x, _mm512_set1_epi32((int)0x9e3779b1)), 22);
        __m512i bits = _mm512_permutex2var_epi32(low, _mm512_srli_epi32(key, 5), high);
        bits = _mm512_srlv_epi32(bits, _mm512_and_si512(key, _mm512_set1_epi32(31)));
        __mmask16 found = _mm512_test_epi32_mask(bits, _mm512_set1_epi32(1));
        __mmask16 foreign = _mm512_test_epi32_mask(x, _mm512_set1_epi32((int)0x80808080));
        if (foreign) {
            found |= marked_lanes(x) & foreign;
        }
        __m512i hit = _mm512_maskz_compress_epi32(found, numbers);
        _mm256_storeu_si256((__m256i *)(void *)(hits + n_hits), _mm512_cvtepi32_epi16(hit));
        n_hits += (unsigned)__builtin_popcount(found);
        numbers = _mm512_add_epi32(numbers, _mm512_set1_epi32(16));
    }
    return sift_from(filter, words, i, n, hits, n_hits);
}

TARGET_AVX512 static void runs_avx512(const uint64_t *hash, size_t n, uint32_t *runs)
{
    size_t i = 0;
    for (; i + 10 <= n; i += 8) {
        __m512i a = _mm512_loadu_si512(hash + i);
        __m512i b = _mm512_loadu_si512(hash + i + 1);
        __m512i c = _mm512_loadu_si512(hash + i + 2);
        __m512i run = _mm512_add_epi64(_mm512_add_epi64(a, b), c);
        run = _mm512_add_epi64(run, _mm512_add_epi64(_mm512_slli_epi64(b, 1), _mm512_slli_epi64(c, 2)));
        run = _mm512_mullo_epi64(run, _mm512_set1_epi64((long long)RUN_FACTOR));
        __m256i half = _mm512_cvtepi64_epi32(_mm512_srli_epi64(run, 32));
        _mm256_storeu_si256((__m256i *)(void *)(runs + i), half);
    }
    runs_from(hash, i, n, runs);
}

TARGET_AVX512 static __m512i mix_avx512(__m512i x)
{
    x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 30));
    x = _mm512_mullo_epi64(x, _mm512_set1_epi64((long long)UINT64_C(0xbf58476d1ce4e5b9)));
    x = _mm512_xor_si512(x, _mm512_srli_epi64(x, 27));
    x = _mm512_mullo_epi64(x, _mm512_set1_epi64((long long)UINT64_C(0x94d049bb133111eb)));
    return _mm512_xor_si512(x, _mm512_srli_epi64(x, 31));
}

TARGET_AVX512 static void hashes_avx512(const struct tokens *words, size_t n, uint32_t *hashes)
{
    const __m512i parts = _mm512_set_epi64(-1, -1, 0xFFFFFFFFFF, 0xFFFFFFFF, 0xFFFFFF, 0xFFFF, 0xFF, 0);
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        __m256i start = _mm256_loadu_si256((const __m256i *)(const void *)(words->start + i));
        __m256i len =
            _mm256_sub_epi32(_mm256_loadu_si256((const __m256i *)(const void *)(words->end + i)), start);
        __m512i at = _mm512_cvtepu32_epi64(_mm256_min_epu32(len, _mm256_set1_epi32(5)));
        __m512i x = _mm512_i32gather_epi64(start, words->folded, 1);
        unsigned foreign = _mm512_test_epi64_mask(x, _mm512_set1_epi64(0x8080808080));
        x = _mm512_and_si512(x, _mm512_permutexvar_epi64(at, parts));
        x = _mm512_mullo_epi64(x, _mm512_set1_epi64((long long)RUN_FACTOR));
        __m256i hash = _mm512_cvtepi64_epi32(_mm512_srli_epi64(mix_avx512(x), 32));
        hash = _mm256_and_si256(hash, _mm256_set1_epi32(~1));
        hash = _mm256_mask_mov_epi32(hash, _mm256_testn_epi32_mask(hash, hash), _mm256_set1_epi32(2));
        _mm256_storeu_si256((__m256i *)(void *)(hashes + i), hash);
        for (; foreign; foreign &= foreign - 1) {
            size_t k = i + (size_t)__builtin_ctz(foreign);
            hashes[k] = term_hash_slow(words, k);
        }
    }
    hashes_from(words, i, n, hashes);
}

// Places are taken as signed numbers there.
static bool is_avx512(const struct tokens *words, size_t n)
{
    return words->cpu == COPYDESK_CPU_AVX512 && n > 0 && words->end[n - 1] < INT32_MAX;
}
#endif

size_t title_sift(const uint64_t filter[TITLE_FILTER_WORDS], const struct tokens *words, size_t n,
                  uint16_t *hits)
{
#if defined(__x86_64__)
    if (is_avx512(words, n)) {
        return sift_avx512(filter, words, n, hits);
    }
#endif
    return sift_from(filter, words, 0, n, hits, 0);
}

size_t title_runs(const struct tokens *words, size_t n, uint32_t *runs)
{
#if defined(__x86_64__)
    if (words->cpu == COPYDESK_CPU_AVX512) {
        runs_avx512(words->hash, n, runs);
        return n > 2 ? n - 2 : 0;
    }
#endif
    runs_from(words->hash, 0, n, runs);
    return n > 2 ? n - 2 : 0;
}

void title_hashes(const struct tokens *words, size_t n, uint32_t *hashes)
{
#if defined(__x86_64__)
    if (is_avx512(words, n)) {
        hashes_avx512(words, n, hashes);
        return;
    }
#endif
    hashes_from(words, 0, n, hashes);
}
