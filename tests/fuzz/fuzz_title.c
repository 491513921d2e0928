// fuzz_title.c - any bytes as a profile of titles, and as title, text, source and address of an article.
#include "title/title.h"
#include "title/stats.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void check(bool ok)
{
    if (!ok) {
        abort();
    }
}

// The pieces between zero bytes: title, source, address, and the text for the rest.
static void judge_article(struct title_stats *stats, const uint8_t *data, size_t len)
{
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
    struct title_collector *collector = title_collector_new(COPYDESK_CPU_BEST);
    struct buf text = {0};
    struct buf note = {0};
    struct str piece[4] = {{0}};
    struct tokens words;
    struct title_verdict v;
    buf_add(&text, data, len);
    check(tokenizer && collector && buf_reserve(&text, TOKEN_PADDING));
    size_t at = 0;
    for (size_t i = 0; i < 4; i++) {
        const char *end = i < 3 && at < len ? memchr(text.data + at, 0, len - at) : NULL;
        piece[i] = (struct str){text.data + at, end ? (size_t)(end - (text.data + at)) : len - at};
        at += piece[i].len + (end != NULL);
    }
    check(tokenize(tokenizer, piece[3].data, piece[3].len, true, &words) == 0);
    struct title_input in = {piece[0], piece[3], &words, piece[1], piece[2]};
    check(title_collect(collector, &in, &note) == 0);
    check(title_stats_add(stats, note.data, note.len, NULL) == 0);
    check(title_stats_measure(stats, &collector, 1, NULL) == 0);
    check(title_stats_finish(stats, NULL, NULL) == 0);
    check(title_judge(stats, collector, 0, in.title, NULL, &v, NULL) == 0);
    for (size_t i = 0; i < v.n_edits; i++) {
        size_t field = v.edits[i].field == COPYDESK_FIELD_TEXT ? in.text.len : in.title.len;
        check(v.edits[i].start <= v.edits[i].end && v.edits[i].end <= field);
    }
    buf_release(&text);
    buf_release(&note);
    title_collector_free(collector);
    tokenizer_free(tokenizer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct title_stats *stats;
    check(title_stats_new(&stats, 0, "/tmp", NULL) == 0);
    if (title_stats_read(stats, (struct str){(const char *)data, len}, NULL) < 0) {
        title_stats_free(stats);
        check(title_stats_new(&stats, 0, "/tmp", NULL) == 0);
    }
    judge_article(stats, data, len);
    title_stats_free(stats);
    return 0;
}
