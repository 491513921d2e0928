/*
 * boiler_corpus.h - a small corpus for the tests of the boilerplate stage: added article by article, then
 * counted.
 */
#pragma once

#include "furniture/boilerplate.h"
#include "test.h"

#include <xxhash.h>

enum { CORPUS_MOST = 400, CORPUS_TEXT = 4096 };

struct corpus {
    struct tokenizer *tokenizer, *title_tokenizer;
    struct boiler_collector collector;
    struct boiler_stats *stats;
    struct boiler_table *table;
    uint32_t cluster_of[CORPUS_MOST], source_of[CORPUS_MOST], n;
    unsigned threads;
    char text[CORPUS_TEXT + TOKEN_PADDING], title[CORPUS_TEXT + TOKEN_PADDING];
    struct tokens words, title_words;
};

static inline uint32_t corpus_source(const char *name)
{
    return name ? (uint32_t)XXH3_64bits(name, strlen(name)) | 1 : 0;
}

static inline void corpus_init(struct corpus *c, unsigned threads)
{
    memset(c, 0, sizeof *c);
    c->tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
    c->title_tokenizer = tokenizer_new(COPYDESK_CPU_BEST);
    c->threads = threads;
    assert_int_equal(boiler_stats_new(&c->stats, threads, 0, test_temp_dir(), NULL), 0);
}

static inline void corpus_release(struct corpus *c)
{
    tokenizer_free(c->tokenizer);
    tokenizer_free(c->title_tokenizer);
    boiler_collector_release(&c->collector);
    boiler_stats_free(c->stats);
    boiler_table_free(c->table);
}

static inline void corpus_words(struct corpus *c, const char *title, const char *text)
{
    size_t len = strlen(text);
    size_t title_len = strlen(title);
    assert_true(len < CORPUS_TEXT && title_len < CORPUS_TEXT);
    memset(c->text, 0, sizeof c->text);
    memset(c->title, 0, sizeof c->title);
    memcpy(c->text, text, len);
    memcpy(c->title, title, title_len);
    assert_int_equal(tokenize(c->tokenizer, c->text, len, true, &c->words), 0);
    assert_int_equal(tokenize(c->title_tokenizer, c->title, title_len, false, &c->title_words), 0);
}

/* cluster: a number, or -1 for one of its own. */
static inline void corpus_add(struct corpus *c, const char *source, int cluster, const char *title,
                              const char *text)
{
    corpus_words(c, title, text);
    uint32_t number = c->n++;
    assert_true(number < CORPUS_MOST);
    c->cluster_of[number] = cluster < 0 ? 100000 + number : (uint32_t)cluster;
    c->source_of[number] = corpus_source(source);
    c->collector.n = 0;
    assert_int_equal(
        boiler_collect_text(&c->collector, c->text, strlen(text), &c->words, c->source_of[number]), 0);
    assert_int_equal(boiler_collect_title(&c->collector, &c->title_words, c->title_words.n), 0);
    assert_int_equal(
        boiler_post(c->stats, number % c->threads, number, c->collector.records, c->collector.n, NULL), 0);
}

static inline void corpus_finish(struct corpus *c)
{
    struct boiler_params params = {c->cluster_of, c->source_of, c->n, c->threads, NULL};
    assert_int_equal(boiler_finish(c->stats, &params, &c->table, NULL), 0);
}

/* The entry of a line by its words. */
static inline const struct boiler_entry *corpus_entry(struct corpus *c, const char *line)
{
    corpus_words(c, "", line);
    return boiler_find(c->table, BOILER_WORDS, segment_key(&c->words, 0, c->words.n));
}

static inline bool corpus_is_title(struct corpus *c, const char *line, uint32_t own_cluster)
{
    corpus_words(c, "", line);
    return boiler_is_title(c->table, segment_key(&c->words, 0, c->words.n), own_cluster);
}
