// fuzz_page.c - any bytes as title and text: findings stay inside the text, and a second look finds the same.
#include "page/page.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct scene {
    struct page_table *table;
    struct page_judge *judge;
    struct page_stats *stats;
    struct tokenizer *tokenizer;
};

static const struct scene *scene(void)
{
    static struct scene s;
    if (!s.table) {
        if (page_table_new(&s.table, "en,sw", NULL) < 0) {
            abort();
        }
        s.judge = page_judge_new(s.table, COPYDESK_CPU_BEST);
        s.stats = page_stats_new();
        s.tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
        if (!s.judge || !s.stats || !s.tokenizer) {
            abort();
        }
    }
    return &s;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct scene *s = scene();
    struct tokens words;
    struct edit first[PAGE_MAX_FINDINGS];
    struct edit second[PAGE_MAX_FINDINGS];
    // The first line is the title.
    const uint8_t *line = size ? memchr(data, '\n', size) : NULL;
    size_t title_len = line ? (size_t)(line - data) : 0;
    size_t text_len = line ? size - title_len - 1 : size;
    char *block = calloc(size + 3 * TOKEN_PADDING, 1);
    if (!block) {
        return 0;
    }
    char *title = block;
    char *text = block + title_len + TOKEN_PADDING;
    if (size) {
        memcpy(title, data, title_len);
        memcpy(text, data + size - text_len, text_len);
    }
    if (tokenize(s->tokenizer, text, text_len, true, &words) < 0) {
        abort();
    }
    struct page_article article = {.title = {title, title_len},
                                   .text = {text, text_len},
                                   .words = &words,
                                   .source = size,
                                   .copies = (uint32_t)(size % 50),
                                   .titles = (uint32_t)(size % 7)};
    int n = page_judge(s->judge, PAGE_FIND_ALL, s->stats, &article, first);
    if (n < 0 || n > PAGE_MAX_FINDINGS ||
        n != page_judge(s->judge, PAGE_FIND_ALL, s->stats, &article, second)) {
        abort();
    }
    for (int i = 0; i < n; i++) {
        if (first[i].rule != second[i].rule || first[i].start != second[i].start ||
            first[i].start > first[i].end || first[i].end > text_len || first[i].score > 10000 ||
            !first[i].reason) {
            abort();
        }
    }
    page_language(s->table, article.text, &words);
    page_stats_add(s->stats, size, article.text, &words);
    free(block);
    return 0;
}
