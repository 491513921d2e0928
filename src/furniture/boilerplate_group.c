// boilerplate_group.c - from posted keys to the table. Contract in boilerplate.h.
//
// Each of the 256 parts is sorted by key. Keys that one article has alone are dropped, titles aside: a
// line may be the title of just one other article. The postings of a key become records (cluster,
// article), are sorted, and counted; the first article of each cluster speaks for its source. All of it is
// sorting, so a line that 200 000 articles have costs as much as any 200 000 postings.
//
// Share, the figure that tells furniture from true sentences that many articles have: of the other
// articles of a source that has the key, how many have it too, mean over its clusters. "The trial
// continues." stands in 500 articles of 50 sources, one in a hundred of each; a share bar in most articles
// of the few sources that print it. Shares are made of integers, and of sets only: no order shows in them.

#include "base/mem.h"
#include "base/pool.h"
#include "base/sort.h"
#include "furniture/boilerplate.h"
#include "furniture/boilerplate_table.h"

#include <stdatomic.h>
#include <string.h>

struct work {
    const struct boiler_params *params;
    struct spill *keys;
    uint32_t *source_no;   // by article: dense number of its source, 0 unknown; NULL: all are
    uint32_t *source_size; // by dense number: articles
    size_t largest_part;
    _Atomic unsigned next_part;
    _Atomic bool failed;
    struct boiler_part lines[SPILL_PARTS], titles[SPILL_PARTS];
};

// Scratch of a worker.
struct bench {
    uint64_t *records, *scratch, *members;
    struct boiler_part lines, titles; // of the part at hand
};

// ---- sources

static int number_sources(struct work *w, struct copydesk_error *error)
{
    const struct boiler_params *p = w->params;
    size_t n = p->n_articles;
    if (!p->source_of) {
        w->source_size = mem_alloc(1, sizeof *w->source_size);
        if (!w->source_size) {
            return error_memory(error);
        }
        w->source_size[0] = p->n_articles;
        return 0;
    }
    w->source_no = mem_zalloc(n + 1, sizeof *w->source_no);
    uint64_t *pairs = mem_alloc(2 * n + 1, sizeof *pairs);
    if (!w->source_no || !pairs) {
        mem_free(pairs);
        return error_memory(error);
    }
    for (size_t i = 0; i < n; i++) {
        pairs[i] = (uint64_t)p->source_of[i] << 32 | i;
    }
    sort_u64(pairs, pairs + n, n, 32);
    size_t n_sources = 0;
    for (size_t i = 0; i < n; i++) {
        n_sources += pairs[i] >> 32 != 0 && (i == 0 || pairs[i] >> 32 != pairs[i - 1] >> 32);
    }
    w->source_size = mem_zalloc(n_sources + 1, sizeof *w->source_size);
    if (!w->source_size) {
        mem_free(pairs);
        return error_memory(error);
    }
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++) {
        number += pairs[i] >> 32 != 0 && (i == 0 || pairs[i] >> 32 != pairs[i - 1] >> 32);
        w->source_no[(uint32_t)pairs[i]] = number;
        w->source_size[number]++;
    }
    mem_free(pairs);
    return 0;
}

// ---- one key

static void sort_small(uint64_t *a, uint64_t *scratch, size_t n)
{
    enum { SMALL = 24 };
    if (n > SMALL) {
        sort_u64(a, scratch, n, 0);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint64_t x = a[i];
        size_t k = i;
        for (; k > 0 && a[k - 1] > x; k--) {
            a[k] = a[k - 1];
        }
        a[k] = x;
    }
}

static uint16_t cap16(uint64_t value)
{
    return (uint16_t)(value < UINT16_MAX ? value : UINT16_MAX);
}

// Share, number and largest of the sources; one record a cluster, of which the low half is its article.
static void count_sources(const struct work *w, struct bench *b, const uint64_t *members, size_t n,
                          struct boiler_entry *entry)
{
    uint64_t *sources = b->scratch;
    size_t known = 0;
    for (; known < n; known++) {
        sources[known] = w->source_no ? w->source_no[(uint32_t)members[known]] : 0;
    }
    sort_small(sources, sources + known, known);
    uint64_t sum = 0;
    uint64_t top = 0;
    uint64_t n_sources = 0;
    for (size_t start = 0, end; start < known; start = end) {
        end = start + 1;
        while (end < known && sources[end] == sources[start]) {
            end++;
        }
        uint64_t count = end - start;
        uint64_t size = w->source_size[sources[start]];
        uint64_t share = (count - 1) * 1000 / (size + 1);
        sum += count * (share < 1000 ? share : 1000);
        top = count > top ? count : top;
        n_sources += sources[start] != 0;
    }
    entry->share = (uint16_t)(sum / known);
    entry->sources = cap16(n_sources);
    entry->top = cap16(top);
}

static uint8_t of_255(size_t part, size_t whole)
{
    return (uint8_t)(part * 255 / whole);
}

static int append(struct boiler_part *part, const void *entry, size_t bytes)
{
    if (!mem_grow(&part->entries, &part->cap, part->n + 1, bytes)) {
        return COPYDESK_ERR_MEMORY;
    }
    memcpy((char *)part->entries + part->n++ * bytes, entry, bytes);
    return 0;
}

// Members (cluster, article) sorted, one of each cluster left at the front; how many, and how many
// articles.
static size_t by_cluster(struct bench *b, size_t n, size_t *n_articles)
{
    sort_small(b->members, b->scratch, n);
    size_t clusters = 0;
    *n_articles = 0;
    uint64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t member = b->members[i];
        *n_articles += i == 0 || member != before;
        if (clusters == 0 || b->members[clusters - 1] >> 32 != member >> 32) {
            b->members[clusters++] = member;
        }
        before = member;
    }
    return clusters;
}

static int take_title(const struct work *w, const uint64_t *group, size_t n, struct boiler_part *out)
{
    // The lowest, so that order does not show.
    struct boiler_title title = {.cluster = UINT32_MAX};
    bool others = false;
    for (size_t i = 0; i < n; i++) {
        if ((group[i] >> 32 & BOILER_IS_TITLE) == BOILER_IS_TITLE) {
            uint32_t cluster = w->params->cluster_of[(uint32_t)group[i]];
            others |= title.cluster != UINT32_MAX && title.cluster != cluster;
            title.cluster = cluster < title.cluster ? cluster : title.cluster;
        }
    }
    title.key = ((uint32_t)(group[0] >> 32 >> BOILER_INFO_BITS) + 1) | (others ? BOILER_OTHERS : 0);
    return title.cluster == UINT32_MAX ? 0 : append(out, &title, sizeof title);
}

// What the entry says against the articles that have it. It takes 75 words in sentences of three clusters
// to make a run of sentences suspicious (furniture/inside.c): more than eight of the short ones.
static void mark_articles(const struct work *w, const uint64_t *group, size_t n,
                          const struct boiler_entry *entry)
{
    enum { A_SHORT_ONE = 2 };
    bool firm = entry->clusters >= 3 && (entry->sources == 0 || entry->share >= 40);
    bool site = entry->clusters >= 5 && entry->sources && entry->share >= 200 && entry->top >= 5;
    for (size_t i = 0; i < n; i++) {
        unsigned info = group[i] >> 32 & BOILER_IS_TITLE;
        unsigned mark = info == BOILER_IS_TITLE       ? 0
                        : info & BOILER_ALONE || site ? BOILER_MARK
                        : !firm                       ? 0
                        : info == BOILER_SHORT        ? A_SHORT_ONE
                                                      : BOILER_MARK;
        uint8_t *of = &w->params->marks[(uint32_t)group[i]];
        if (mark == BOILER_MARK) {
            __atomic_store_n(of, BOILER_MARK, __ATOMIC_RELAXED);
        } else if (mark && __atomic_load_n(of, __ATOMIC_RELAXED) < BOILER_MARK) {
            __atomic_fetch_add(of, (uint8_t)mark, __ATOMIC_RELAXED);
        }
    }
}

static int take_line(const struct work *w, struct bench *b, const uint64_t *group, size_t n)
{
    size_t places = 0;
    size_t head = 0;
    size_t tail = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned info = group[i] >> 32 & BOILER_IS_TITLE;
        if (info == BOILER_IS_TITLE) {
            continue;
        }
        uint32_t article = (uint32_t)group[i];
        b->members[places++] = (uint64_t)w->params->cluster_of[article] << 32 | article;
        head += (info & BOILER_ZONE) == 1;
        tail += (info & BOILER_ZONE) == 2;
    }
    if (places < 2) {
        return 0;
    }
    size_t n_articles;
    size_t clusters = by_cluster(b, places, &n_articles);
    if (clusters < 2) {
        return 0;
    }
    struct boiler_entry entry = {
        .key = (uint32_t)(group[0] >> 32 >> BOILER_INFO_BITS) + 1,
        .articles = (uint32_t)n_articles,
        .clusters = (uint32_t)clusters,
        .head = of_255(head, places),
        .tail = of_255(tail, places),
    };
    count_sources(w, b, b->members, clusters, &entry);
    if (w->params->marks) {
        mark_articles(w, group, n, &entry);
    }
    return append(&b->lines, &entry, sizeof entry);
}

// ---- one part

// Two bitmaps tell the keys that may stand twice, or as a title; the others need not be sorted.
static size_t drop_single(uint64_t *records, size_t n)
{
    enum { MAX_BITS = 21 };
    unsigned bits = 12;
    while (bits < MAX_BITS && (size_t)1 << bits < 4 * n) {
        bits++;
    }
    size_t words = ((size_t)1 << bits) / 64;
    uint64_t *seen = mem_zalloc(2 * words, sizeof *seen);
    if (!seen) {
        return n; // slower, not wrong
    }
    uint64_t *again = seen + words;
    size_t mask = ((size_t)1 << bits) - 1;
    for (size_t i = 0; i < n; i++) {
        size_t place = records[i] >> (32 + BOILER_INFO_BITS) & mask;
        uint64_t bit = UINT64_C(1) << (place & 63);
        bool is_title = (records[i] >> 32 & BOILER_IS_TITLE) == BOILER_IS_TITLE;
        again[place / 64] |= (is_title ? UINT64_MAX : seen[place / 64]) & bit;
        seen[place / 64] |= bit;
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        size_t place = records[i] >> (32 + BOILER_INFO_BITS) & mask;
        records[kept] = records[i];
        kept += again[place / 64] >> (place & 63) & 1;
    }
    mem_free(seen);
    return kept;
}

// A copy without room to grow; what was collected is empty afterwards.
static int keep(struct boiler_part *collected, size_t bytes, struct boiler_part *out)
{
    *out = (struct boiler_part){.n = collected->n};
    collected->n = 0;
    if (out->n > 0) {
        out->entries = mem_alloc(out->n, bytes);
        if (!out->entries) {
            return COPYDESK_ERR_MEMORY;
        }
        memcpy(out->entries, collected->entries, out->n * bytes);
    }
    return 0;
}

static int group_part(struct work *w, struct bench *b, unsigned part, struct copydesk_error *error)
{
    size_t n;
    int status = spill_load_postings(w->keys, part, b->records, &n, error);
    if (status < 0) {
        return status;
    }
    n = drop_single(b->records, n);
    sort_u64(b->records, b->scratch, n, 32 + BOILER_INFO_BITS);
    for (size_t start = 0, end; start < n && status == 0; start = end) {
        uint64_t key = b->records[start] >> (32 + BOILER_INFO_BITS);
        end = start + 1;
        while (end < n && b->records[end] >> (32 + BOILER_INFO_BITS) == key) {
            end++;
        }
        status = take_title(w, b->records + start, end - start, &b->titles);
        if (status == 0 && end - start > 1) {
            status = take_line(w, b, b->records + start, end - start);
        }
    }
    status = status < 0 ? status : keep(&b->lines, sizeof(struct boiler_entry), &w->lines[part]);
    status = status < 0 ? status : keep(&b->titles, sizeof(struct boiler_title), &w->titles[part]);
    if (status == 0) {
        status = spill_replace(w->keys, part, NULL, 0, error); // its memory is not needed any more
    }
    return status == COPYDESK_ERR_MEMORY ? error_memory(error) : status;
}

static int group_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    (void)thread;
    struct work *w = data;
    size_t n = w->largest_part;
    struct bench b = {
        .records = mem_alloc(n, sizeof *b.records),
        .scratch = mem_alloc(2 * n, sizeof *b.scratch),
        .members = mem_alloc(n, sizeof *b.members),
    };
    int status = b.records && b.scratch && b.members ? 0 : error_memory(error);
    while (status == 0 && !atomic_load_explicit(&w->failed, memory_order_relaxed)) {
        unsigned part = atomic_fetch_add(&w->next_part, 1);
        if (part >= SPILL_PARTS) {
            break;
        }
        status = group_part(w, &b, part, error);
    }
    if (status < 0) {
        atomic_store(&w->failed, true);
    }
    mem_free(b.records);
    mem_free(b.scratch);
    mem_free(b.members);
    mem_free(b.lines.entries);
    mem_free(b.titles.entries);
    return status;
}

int boiler_finish(struct boiler_stats *s, const struct boiler_params *params, struct boiler_table **table,
                  struct copydesk_error *error)
{
    struct work *w = mem_zalloc(1, sizeof *w);
    struct boiler_table *t = mem_zalloc(1, sizeof *t);
    int status = w && t ? 0 : error_memory(error);
    if (status < 0) {
        goto out;
    }
    w->params = params;
    w->keys = boiler_stats_keys(s);
    w->largest_part = 1;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t n = spill_count(w->keys, part);
        w->largest_part = n > w->largest_part ? n : w->largest_part;
    }
    t->n_articles = params->n_articles;
    status = number_sources(w, error);
    status = status < 0 ? status : pool_run(params->threads, group_worker, w, error);
    if (status == 0 && (boiler_lookup_build(&t->lines, sizeof(struct boiler_entry), w->lines) < 0 ||
                        boiler_lookup_build(&t->titles, sizeof(struct boiler_title), w->titles) < 0)) {
        status = error_memory(error);
    }
    if (status == 0) {
        *table = t;
        t = NULL;
    }
out:
    for (unsigned part = 0; w && part < SPILL_PARTS; part++) {
        mem_free(w->lines[part].entries);
        mem_free(w->titles[part].entries);
    }
    if (w) {
        mem_free(w->source_no);
        mem_free(w->source_size);
    }
    mem_free(w);
    boiler_table_free(t);
    return status;
}
