/* src/index/: the parts of the store, each against a plain reference. */
#include "index_articles.h"

#include "index/code.h"
#include "index/group.h"
#include "index/postings.h"
#include "index/recent.h"

#include <stdatomic.h>

// ---- words

static void test_lexicon(void **state)
{
    (void)state;
    struct lexicon l = {0};
    struct lexicon again = {0};
    struct lexicon_counts counts = {0};
    struct buf saved = {0};
    struct copydesk_error error = {0};
    // Word i stands 50 - i times; from 49 on once or never.
    for (uint32_t i = 0; i < 60; i++) {
        for (uint32_t n = i; n < 50; n++) {
            assert_true(
                lexicon_count(&counts, lexicon_word(test_word(i) & INDEX_WORD_MASK, (uint8_t)(i % 8))));
        }
    }
    assert_int_equal(lexicon_learn(&l, &counts, &saved, &error), 0);
    assert_int_equal(l.n, 49);
    assert_int_equal(lexicon_load(&again, (struct str){saved.data, saved.len}, "file", &error), 0);
    assert_int_equal(again.n, 49);
    assert_memory_equal(again.words, l.words, 49 * sizeof *l.words);
    assert_int_equal(lexicon_prepare(&again, &error), 0);
    for (uint32_t i = 0; i < 60; i++) {
        uint64_t word = lexicon_word(test_word(i) & INDEX_WORD_MASK, (uint8_t)(i % 8));
        assert_int_equal(lexicon_find(&again, word), i < 49 ? i : LEXICON_NONE);
        assert_int_equal(lexicon_find(&again, word ^ 7), LEXICON_NONE);
    }
    lexicon_cut(&again, 20);
    assert_int_equal(lexicon_prepare(&again, &error), 0);
    uint64_t late = lexicon_word(test_word(20) & INDEX_WORD_MASK, 20 % 8);
    assert_int_equal(lexicon_find(&again, late), LEXICON_NONE);
    assert_int_equal(lexicon_load(&again, (struct str){saved.data, 7}, "file", &error), COPYDESK_ERR_INPUT);
    lexicon_counts_release(&counts);
    lexicon_release(&l);
    lexicon_release(&again);
    buf_release(&saved);
}

// A lexicon of n words, number i being word i.
static void make_lexicon(struct lexicon *l, uint32_t n)
{
    struct copydesk_error error = {0};
    struct buf saved = {0};
    for (uint32_t i = 0; i < n; i++) {
        uint64_t top = test_word(i) >> (64 - INDEX_WORD_BITS);
        buf_add(&saved, &top, 5);
        buf_add_char(&saved, (char)(i % 8));
    }
    assert_int_equal(lexicon_load(l, (struct str){saved.data, saved.len}, "file", &error), 0);
    buf_release(&saved);
}

static void test_code(void **state)
{
    (void)state;
    enum { WORDS = 5000, KNOWN = 70000 };
    static uint64_t words[WORDS];
    static uint64_t hashes[WORDS];
    static uint32_t numbers[WORDS];
    static uint8_t flags[WORDS];
    static struct code_table table;
    struct lexicon l = {0};
    uint64_t seed = 3;
    make_lexicon(&l, KNOWN);
    // Kinds: as in a text; one word only; all unknown; one class far more often than the rest.
    for (int kind = 0; kind < 4; kind++) {
        uint32_t counts[CODE_CLASSES] = {0};
        uint8_t saved[CODE_BYTES];
        struct code code;
        struct buf out = {0};
        for (uint32_t i = 0; i < WORDS; i++) {
            uint32_t number = (uint32_t)test_below(&seed, UINT64_C(1) << test_below(&seed, 17)) % KNOWN;
            number = kind == 1 ? 0 : kind == 2 || (kind == 0 && i % 50 == 0) ? LEXICON_NONE : number;
            number = kind == 3 && i % 1000 ? 4000 : number;
            numbers[i] = number;
            words[i] = number == LEXICON_NONE ? lexicon_word(test_random(&seed) & INDEX_WORD_MASK, (uint8_t)i)
                                              : l.words[number];
            counts[code_class(number)]++;
        }
        code_make(&code, counts);
        code_save(&code, saved);
        code_write(&out, &code, words, numbers, WORDS);
        size_t len = out.len;
        buf_add(&out, words, 8); // readable bytes behind
        assert_true(code_load(&table, saved));
        assert_true(code_read((struct str){out.data, len}, &table, &l, WORDS, hashes, flags));
        for (size_t i = 0; i < WORDS; i++) {
            assert_true(hashes[i] == (words[i] & INDEX_WORD_MASK) && flags[i] == (words[i] & 7));
        }
        assert_true(kind != 1 || len <= WORDS / 8 + 1);
        assert_false(code_read((struct str){out.data, len / 2}, &table, &l, WORDS, hashes, flags));
        buf_release(&out);
    }
    lexicon_release(&l);
}

static void test_group(void **state)
{
    (void)state;
    enum { FIRST = 512, WORDS = 40 };
    static uint64_t words[GROUP_ARTICLES * WORDS];
    static uint64_t got[WORDS];
    static uint8_t flags[WORDS];
    static uint32_t numbers[GROUP_ARTICLES * WORDS];
    static struct index_record records[GROUP_ARTICLES];
    static char names[GROUP_ARTICLES][300];
    struct group_packer packer = {0};
    struct group_reader reader = {0};
    struct lexicon l = {0};
    struct copydesk_error error = {0};
    uint64_t seed = 8;
    make_lexicon(&l, 1000);
    size_t at = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        bool is_copy = i % 10 == 9;
        struct index_record *r = &records[i];
        snprintf(names[i], sizeof names[i], "%0*u", i % 64 == 5 ? 290 : (int)(i % 30), i);
        *r = (struct index_record){
            .id = i % 17 ? str_of(names[i]) : (struct str){0},
            .title = i % 3 ? str_of(names[(i * 7) % GROUP_ARTICLES]) : (struct str){0},
            .source = STR("somewhere"),
            .source_hash = (uint32_t)test_random(&seed),
            .url_hash = i % 2 ? test_random(&seed) : 0,
            .date = i == 7   ? INT64_MIN
                    : i == 8 ? INT64_MAX
                             : (int64_t)test_below(&seed, 1000000),
            .arrived = 1600000000 + i,
            .has_date = i % 5 != 0,
            .dropped = i % 7 == 0,
            .key = {test_random(&seed), i % 4 ? test_random(&seed) : 0},
            .content = test_random(&seed),
            .leader = is_copy ? 3 : FIRST + i,
            .cluster = i % 11 ? FIRST + i : i,
            .n_words = (uint32_t)test_below(&seed, WORDS),
        };
        r->words = words + at;
        for (uint32_t k = 0; k < r->n_words && !is_copy; k++, at++) {
            numbers[at] = (uint32_t)test_below(&seed, 1000);
            words[at] = l.words[numbers[at]];
        }
    }
    assert_int_equal(group_pack(&packer, records, FIRST, numbers, &error), 0);
    size_t len = packer.out.len;
    buf_add(&packer.out, "checksum", 8);
    struct str group = {packer.out.data, len};
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        struct index_record r;
        const struct index_record *w = &records[i];
        uint32_t n_words;
        bool is_copy = i % 10 == 9;
        assert_true(group_words(group, FIRST + i, &n_words));
        assert_int_equal(n_words, is_copy ? 0 : w->n_words);
        assert_true(group_get(group, FIRST + i, INDEX_STRINGS | INDEX_WORDS, &l, &reader, got, flags, &r));
        assert_true(str_equal(r.id, w->id) && str_equal(r.title, w->title) && str_equal(r.source, w->source));
        assert_true(r.source_hash == w->source_hash && r.url_hash == w->url_hash && r.content == w->content);
        assert_true(r.key[0] == w->key[0] && r.key[1] == w->key[1] && r.arrived == w->arrived);
        assert_true(r.has_date == w->has_date && r.dropped == w->dropped && r.n_words == w->n_words);
        assert_true(!r.has_date || r.date == w->date);
        assert_true(r.leader == w->leader && r.cluster == w->cluster);
        for (uint32_t k = 0; k < n_words; k++) {
            assert_true(lexicon_word(got[k], flags[k]) == w->words[k]);
        }
    }
    // Whatever stands there, nothing outside is read: the sanitizers watch.
    for (int i = 0; i < 20000; i++) {
        struct index_record r;
        uint32_t n_words;
        size_t place = test_below(&seed, i % 2 ? 200 : len);
        char old = packer.out.data[place];
        packer.out.data[place] = (char)test_random(&seed);
        uint32_t number = (uint32_t)test_below(&seed, GROUP_ARTICLES);
        if (group_words(group, number, &n_words) && n_words <= WORDS) {
            group_get(group, number, INDEX_STRINGS | INDEX_WORDS, &l, &reader, got, flags, &r);
        }
        packer.out.data[place] = old;
    }
    group_packer_release(&packer);
    group_reader_release(&reader);
    lexicon_release(&l);
}

// ---- postings

enum { LOG = POSTINGS_LEAST_LOG, EACH = 12, PARTS = 4 };

static int compare(const void *a, const void *b)
{
    return test_compare_u64(a, b);
}

// Prints of few kinds, so that some have more articles than are kept.
static uint64_t some_print(uint64_t *seed)
{
    uint64_t i = test_below(seed, 3) ? test_below(seed, 100000) : test_below(seed, 8);
    return print_of(test_word(i));
}

// What a file says of a print: the articles, oldest first.
static size_t look_in(const struct postings *p, uint64_t print, uint32_t *out)
{
    uint32_t bucket[1][2];
    uint64_t hits[1] = {1};
    size_t n = 0;
    postings_fetch(p, &print, 1);
    postings_buckets(p, &print, 1, bucket);
    postings_hits(p, &print, 1, bucket, 1 << 5, hits);
    uint32_t from = bucket[0][0];
    uint32_t to = bucket[0][1];
    postings_range(p, print, &from, &to);
    assert_true(hits[0] == 1 || hits[0] == (1 | 1 << 5));
    assert_true(from == to || hits[0] != 1);
    for (; from < to; from++) {
        out[n++] = postings_article(p, p->values[from]);
    }
    return n;
}

static void test_postings(void **state)
{
    (void)state;
    enum { N = EACH << LOG, MOST = PRINT_COUNTED };
    char dir[256];
    char folder[300];
    struct copydesk_error error = {0};
    struct postings parts[PARTS];
    const struct postings *pointers[PARTS];
    struct print_size *sizes = calloc((size_t)1 << LOG, sizeof *sizes);
    uint64_t *records = calloc(N, sizeof *records);
    uint64_t *all = calloc((size_t)N * PARTS, sizeof *all);
    uint64_t seed = 11;
    size_t n_all = 0;
    const char *what;
    _Atomic bool stop = false;
    make_dir(dir);
    snprintf(folder, sizeof folder, "%s/segments", dir);
    assert_int_equal(mkdir(folder, 0777), 0);
    for (uint32_t k = 0; k < PARTS; k++) {
        struct postings_name name = {.file = k + 1, .base = k << LOG, .log = LOG};
        size_t n = 0;
        for (uint32_t i = 0; i < 1u << LOG; i++) {
            sizes[i] = (struct print_size){(uint16_t)(i + k), (uint16_t)k};
            for (int j = 0; j < EACH; j++) {
                records[n++] = some_print(&seed) << 16 | i;
            }
        }
        qsort(records, n, sizeof *records, compare);
        size_t kept = 0;
        for (size_t i = 0; i < n; i++) {
            if (i == 0 || records[i] != records[i - 1]) {
                records[kept++] = records[i];
            }
        }
        for (size_t i = 0; i < kept; i++) {
            all[n_all++] = records[i] >> 16 << 24 | ((records[i] & 0xffff) + ((uint64_t)k << LOG));
        }
        assert_int_equal(postings_write(dir, &name, records, kept, sizes, &error), 0);
        assert_int_equal(postings_open(&parts[k], dir, &name, &error), 0);
        postings_check(&parts[k], &what);
        assert_null(what);
        pointers[k] = &parts[k];
    }
    qsort(all, n_all, sizeof *all, compare);
    struct postings_name name = {.file = 9, .base = 0, .log = LOG + 2};
    struct postings merged;
    assert_int_equal(postings_merge(dir, &name, pointers, PARTS, &stop, &error), 0);
    assert_int_equal(postings_open(&merged, dir, &name, &error), 0);
    postings_check(&merged, &what);
    assert_null(what);
    for (uint32_t i = 0; i < PARTS << LOG; i += 101) {
        assert_int_equal(merged.sizes[i].fingerprints, (uint16_t)((i & ((1u << LOG) - 1)) + (i >> LOG)));
    }
    for (size_t i = 0, end; i < n_all; i = end) {
        uint32_t found[2 * MOST];
        for (end = i; end < n_all && all[end] >> 24 == all[i] >> 24; end++) {
        }
        size_t n = end - i < MOST ? end - i : MOST;
        assert_int_equal(look_in(&merged, all[i] >> 24, found), n);
        for (size_t k = 0; k < n; k++) {
            assert_int_equal(found[k], all[end - n + k] & 0xffffff);
        }
    }
    // Stopped: there is no file.
    atomic_store(&stop, true);
    name.file = 10;
    assert_int_equal(postings_merge(dir, &name, pointers, PARTS, &stop, &error), COPYDESK_ERR_STATE);
    postings_path(dir, 10, folder, sizeof folder);
    assert_int_equal(access(folder, F_OK), -1);
    postings_close(&merged);
    for (size_t k = 0; k < PARTS; k++) {
        postings_close(&parts[k]);
    }
    free(sizes);
    free(records);
    free(all);
    remove_dir(dir);
}

static void test_no_memory(void **state)
{
    (void)state;
    char dir[256];
    struct index_params params = made_params();
    struct copydesk_error error = {0};
    struct made *a = calloc(1, sizeof *a);
    struct index_match m = {0};
    make_dir(dir);
    struct index_store *ix = open_made(dir, INDEX_CREATE);
    for (uint32_t i = 0; i < 8192; i++) {
        make_article(a, i, 8);
        add_made(ix, a);
    }
    // A commit that seals, with each allocation failing in turn; then it works.
    unsigned n = 0;
    for (int status = -1; status < 0; n++) {
        mem_fail_after(n < 40 ? n : n * n / 40);
        status = index_commit(ix, &error);
        mem_fail_after(UINT64_MAX);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
        assert_int_equal(index_committed(ix), status == 0 ? 8192 : 0);
    }
    assert_true(n > 10);
    make_article(a, 5000, 8);
    make_prints(a);
    for (int status = -1, k = 0; status < 0; k++) {
        mem_fail_after((uint64_t)k);
        status = index_candidates(ix, &a->record, &a->prints, INDEX_NONE, &m, &error);
        mem_fail_after(UINT64_MAX);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
    }
    assert_int_equal(m.exact, 5000);
    index_close(ix);
    ix = NULL;
    for (int status = -1, k = 0; status < 0; k++) {
        mem_fail_after((uint64_t)k);
        status = index_open(&ix, dir, INDEX_WRITE, &params, &error);
        mem_fail_after(UINT64_MAX);
        assert_true(status == 0 || status == COPYDESK_ERR_MEMORY);
    }
    index_close(ix);
    index_match_release(&m);
    index_prints_release(&a->prints);
    free(a);
    remove_dir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lexicon),  cmocka_unit_test(test_code),      cmocka_unit_test(test_group),
        cmocka_unit_test(test_postings), cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests_name("index parts", tests, NULL, NULL);
}
