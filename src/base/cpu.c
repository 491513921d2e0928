// cpu.c - processor features, by the compiler's run-time check. Contract in cpu.h.
//
// The AVX-512 level asks for what the tokenizer uses: byte permutations (VBMI, VBMI2), 64-bit products (DQ),
// bit extraction (BMI2). That is Ice Lake and Zen 4 and newer; older AVX-512 machines run at the AVX2 level.
// LZCNT is not asked for: clang 14 does not know its name here, and every processor with AVX2 has it.

#include "base/cpu.h"

enum copydesk_cpu cpu_level(enum copydesk_cpu limit)
{
#if defined(__x86_64__)
    __builtin_cpu_init();
    bool avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
    bool avx512 = avx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                  __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
                  __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
    if (avx512 && limit >= COPYDESK_CPU_AVX512) {
        return COPYDESK_CPU_AVX512;
    }
    if (avx2 && limit >= COPYDESK_CPU_AVX2) {
        return COPYDESK_CPU_AVX2;
    }
#else
    (void)limit;
#endif
    return COPYDESK_CPU_PORTABLE;
}
