// bench_token.c - how fast tokenize() is on a text, for each CPU level.
//
//     bench_token FILE [ROUNDS]
//
// FILE is plain text, one article a line. All levels run in turn, round after round, and the fastest round of
// each counts: what disturbs the machine then disturbs all of them.

#include "base/cpu.h"
#include "text/token.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static char *read_file(const char *path, size_t *len)
{
    FILE *f = fopen(path, "rb");
    if (!f || fseek(f, 0, SEEK_END) != 0) {
        return NULL;
    }
    long size = ftell(f);
    rewind(f);
    char *data = size < 0 ? NULL : calloc(1, (size_t)size + TOKEN_PADDING);
    if (data) {
        *len = fread(data, 1, (size_t)size, f);
    }
    fclose(f);
    return data;
}

struct pass {
    double seconds;
    size_t n_tokens;
    uint64_t sum; // of all hashes: every level must give the same
};

static struct pass run(struct tokenizer *t, const char *data, size_t len)
{
    struct pass p = {0};
    double begin = now();
    for (size_t at = 0; at < len;) {
        const char *newline = memchr(data + at, '\n', len - at);
        size_t line = newline ? (size_t)(newline - data) - at : len - at;
        struct tokens tokens;
        if (tokenize(t, data + at, line, false, &tokens) < 0) {
            exit(2);
        }
        p.n_tokens += tokens.n;
        for (size_t i = 0; i < tokens.n; i += 64) {
            p.sum += tokens.hash[i] + tokens.flags[i];
        }
        at += line + 1;
    }
    p.seconds = now() - begin;
    return p;
}

int main(int argc, char **argv)
{
    static const char *const names[] = {"portable", "avx2", "avx512"};
    size_t len = 0;
    char *data = argc > 1 ? read_file(argv[1], &len) : NULL;
    if (!data) {
        fprintf(stderr, "usage: bench_token FILE [ROUNDS]\n");
        return 2;
    }
    int rounds = argc > 2 ? atoi(argv[2]) : 7;
    struct pass best[3] = {{0}};
    int n_levels = (int)cpu_level(COPYDESK_CPU_BEST) + 1;
    for (int round = 0; round < rounds; round++) {
        for (int level = 0; level < n_levels; level++) {
            struct tokenizer *t = tokenizer_new((enum copydesk_cpu)level);
            if (!t) {
                return 2;
            }
            struct pass p = run(t, data, len);
            if (round == 0 || p.seconds < best[level].seconds) {
                best[level] = p;
            }
            tokenizer_free(t);
        }
    }
    for (int level = 0; level < n_levels; level++) {
        const struct pass *p = &best[level];
        printf("%-9s %7.0f MB/s %6.2f ns/token  %zu tokens, %.1f bytes each, sum %016llx\n", names[level],
               (double)len / p->seconds * 1e-6, p->seconds * 1e9 / (double)(p->n_tokens ? p->n_tokens : 1),
               p->n_tokens, (double)len / (double)(p->n_tokens ? p->n_tokens : 1),
               (unsigned long long)p->sum);
    }
    free(data);
    return 0;
}
