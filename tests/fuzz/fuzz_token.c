// fuzz_token.c - any bytes: every CPU level gives what the reference gives.
#include "base/cpu.h"
#include "../property/token_reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct reference reference = {0};
    char *text = malloc(size + TOKEN_PADDING);
    if (!text) {
        return 0;
    }
    memcpy(text, data, size);
    memset(text + size, 'x', TOKEN_PADDING);
    reference_tokenize(&reference, text, size);
    for (int level = 0; level <= (int)cpu_level(COPYDESK_CPU_BEST); level++) {
        struct tokenizer *tokenizer = tokenizer_new((enum copydesk_cpu)level);
        struct tokens t;
        if (!tokenizer || tokenize(tokenizer, text, size, true, &t) < 0) {
            abort();
        }
        if (t.n != reference.n || memcmp(t.hash, reference.hash, t.n * sizeof *t.hash) != 0 ||
            memcmp(t.flags, reference.flags, t.n) != 0 ||
            memcmp(t.start, reference.start, t.n * sizeof *t.start) != 0 ||
            memcmp(t.end, reference.end, t.n * sizeof *t.end) != 0) {
            abort();
        }
        tokenizer_free(tokenizer);
    }
    reference_free(&reference);
    free(text);
    return 0;
}
