// fuzz_furniture.c - any bytes as a corpus of one: spans ascend inside the text; and as a corpus profile.
#include "furniture/furniture.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool ok)
{
    if (!ok) {
        abort();
    }
}

// The text three times over as three articles, so that it is repeated.
static void judge(const char *text, size_t size, const struct tokens *words)
{
    static const uint32_t clusters[3] = {0, 1, 2};
    struct boiler_params params = {.cluster_of = clusters, .n_articles = 3, .threads = 1};
    struct boiler_collector collector = {0};
    struct boiler_stats *stats = NULL;
    struct boiler_table *table = NULL;
    struct phrases *phrases = NULL;
    const struct edit *edits;
    size_t n = 0;
    check(boiler_stats_new(&stats, 1, 0, "/tmp", NULL) == 0 &&
          phrases_new(&phrases, COPYDESK_CPU_BEST, NULL) == 0);
    check(boiler_collect_text(&collector, text, size, words, 7) == 0);
    for (uint32_t i = 0; i < 3; i++) {
        check(boiler_post(stats, 0, i, collector.records, collector.n, NULL) == 0);
    }
    check(boiler_finish(stats, &params, &table, NULL) == 0);
    struct furniture *f = furniture_new(table, phrases, FURNITURE_RULES);
    struct furniture_article article = {text, size, words, words, 0, 7};
    check(f && furniture_judge(f, &article, &edits, &n) == 0);
    uint32_t before = 0;
    for (size_t i = 0; i < n; i++) {
        check(edits[i].start >= before && edits[i].start < edits[i].end && edits[i].end <= size);
        before = edits[i].end;
    }
    furniture_free(f);
    phrases_free(phrases);
    boiler_table_free(table);
    boiler_stats_free(stats);
    boiler_collector_release(&collector);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + TOKEN_PADDING);
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
    struct boiler_table *table = NULL;
    struct tokens words;
    check(text && tokenizer);
    memcpy(text, data, size);
    memset(text + size, 'x', TOKEN_PADDING);
    check(tokenize(tokenizer, text, size, true, &words) == 0);
    judge(text, size, &words);
    if (boiler_read(&table, (struct str){text, size}, NULL) == 0) {
        boiler_table_free(table);
    }
    tokenizer_free(tokenizer);
    free(text);
    return 0;
}
