/*
 * index_articles.h - made-up articles for the tests of src/index/, and folders to put an index in.
 */
#pragma once

#include "test.h"

#include "index/index.h"

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARTICLE_WORDS = 2000 };

struct made {
    uint64_t words[ARTICLE_WORDS];
    uint8_t flags[ARTICLE_WORDS];
    char id[32], title[64];
    struct index_record record;
    struct index_prints prints;
};

/* `n` words, no two articles of other seeds alike. */
static inline void make_article(struct made *a, uint64_t seed, uint32_t n)
{
    struct index_prints prints = a->prints;
    memset(a, 0, sizeof *a);
    a->prints = prints;
    uint64_t state = seed * 1000003 + 17;
    for (uint32_t i = 0; i < n; i++) {
        // Words as in a text: a few very often, many seldom.
        uint64_t limit = UINT64_C(1) << (1 + test_below(&state, 14));
        a->words[i] = test_word(test_below(&state, limit)) & INDEX_WORD_MASK;
        a->flags[i] = (uint8_t)(a->words[i] >> 40 & 3);
    }
    snprintf(a->id, sizeof a->id, "id-%llu", (unsigned long long)seed);
    snprintf(a->title, sizeof a->title, "A title that is number %llu", (unsigned long long)seed);
    a->record = (struct index_record){
        .id = str_of(a->id),
        .title = str_of(a->title),
        .source = STR("example.org"),
        .source_hash = 77,
        .url_hash = seed * 3,
        .date = 1500000000 + (int64_t)seed,
        .arrived = 1600000000 + (int64_t)seed,
        .has_date = seed % 3 != 0,
        .dropped = seed % 5 == 0,
        .key = {seed * 7 + 1, seed * 11 + 1},
        .content = seed * 13,
        .leader = INDEX_NONE,
        .cluster = INDEX_NONE,
        .words = a->words,
        .flags = a->flags,
        .n_words = n,
    };
}

static inline void make_prints(struct made *a)
{
    assert_int_equal(index_prints_make(&a->prints, COPYDESK_CPU_BEST, &a->record), 0);
}

static inline uint32_t add_made(struct index_store *ix, struct made *a)
{
    struct copydesk_error error = {0};
    uint32_t number = INDEX_NONE;
    make_prints(a);
    int status = index_add(ix, &a->record, &a->prints, (struct str){0}, &number, &error);
    if (status < 0) {
        print_message("%s: %s\n", error.file, error.message);
    }
    assert_int_equal(status, 0);
    return number;
}

static inline struct index_params made_params(void)
{
    return (struct index_params){
        .cpu = COPYDESK_CPU_BEST, .threads = 3, .settings = 5, .settings_text = STR("none")};
}

static inline struct index_store *open_made(const char *dir, enum index_mode mode)
{
    struct index_params params = made_params();
    struct copydesk_error error = {0};
    struct index_store *ix;
    int status = index_open(&ix, dir, mode, &params, &error);
    if (status < 0) {
        print_message("%s: %s\n", error.file, error.message);
    }
    assert_int_equal(status, 0);
    return ix;
}

static inline void commit_made(struct index_store *ix)
{
    struct copydesk_error error = {0};
    int status = index_commit(ix, &error);
    if (status < 0) {
        print_message("%s: %s\n", error.file, error.message);
    }
    assert_int_equal(status, 0);
}

/* A new empty folder in the temporary one. */
static inline void make_dir(char out[256])
{
    snprintf(out, 256, "%s/copydesk-index-XXXXXX", test_temp_dir());
    assert_non_null(mkdtemp(out));
}

static inline int remove_one(const char *path, const struct stat *info, int type, struct FTW *where)
{
    (void)info;
    (void)type;
    (void)where;
    return remove(path);
}

static inline void remove_dir(const char *dir)
{
    nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Everything that index_get() gives of article `number` is as it was made. */
static inline void check_made(struct index_store *ix, struct index_scratch *scratch, uint32_t number,
                              const struct made *a)
{
    struct index_record r;
    struct copydesk_error error = {0};
    int status = index_get(ix, number, INDEX_STRINGS | INDEX_WORDS, scratch, &r, &error);
    if (status < 0) {
        print_message("%s: %s\n", error.file, error.message);
    }
    assert_int_equal(status, 0);
    const struct index_record *w = &a->record;
    assert_true(str_equal(r.id, w->id) && str_equal(r.title, w->title) && str_equal(r.source, w->source));
    assert_int_equal(r.source_hash, w->source_hash);
    assert_true(r.url_hash == w->url_hash && r.content == w->content);
    assert_true(r.key[0] == w->key[0] && r.key[1] == w->key[1]);
    assert_true(r.arrived == w->arrived && r.has_date == w->has_date && r.dropped == w->dropped);
    assert_true(!r.has_date || r.date == w->date);
    assert_int_equal(r.leader, w->leader == INDEX_NONE ? number : w->leader);
    assert_int_equal(r.cluster, w->cluster == INDEX_NONE ? number : w->cluster);
    assert_int_equal(r.n_words, w->n_words);
    assert_memory_equal(r.words, w->words, w->n_words * sizeof *w->words);
    assert_memory_equal(r.flags, w->flags, w->n_words);
}
