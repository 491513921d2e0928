/*
 * news_match.c - which findings a baseline has, and which not.
 *
 * In:  findings with their keys, and the entries of a baseline. Out: those that are new.
 *
 * Which member of a cluster is kept, and so which articles are reported as copies of which, may change when
 * an article is added or the input is sorted. Therefore every member of a cluster has an entry, `duplicates`
 * with the key of the article, the one that is kept too; a cluster with n members that the baseline does not
 * have has n new copies, or n - 1 when it has none of them, for one may stay. Where the new
 * one is the one that is kept, it has no finding of its own: it gets that of its first copy, turned round.
 *
 * Where more articles have a key than the baseline counts, the one whose id it names is the old one: the
 * content cannot tell them apart, and a person should be led to the copy that was added.
 */
#include "cli/news_match.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

uint64_t news_key_of_pair(uint64_t a, uint64_t b)
{
    uint64_t low = a < b ? a : b;
    uint64_t high = a < b ? b : a;

    return mix(mix(low) + high);
}

uint64_t news_key_of_id(struct copydesk_view id)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); // FNV-1a: the program links nothing but the library

    for (size_t i = 0; i < id.len; i++) {
        hash = (hash ^ (unsigned char)id.data[i]) * UINT64_C(0x100000001b3);
    }
    return mix(hash);
}

int news_by_cluster(const void *left, const void *right)
{
    const struct occurrence *a = left;
    const struct occurrence *b = right;

    if ((a->rule == BASELINE_COPIES) != (b->rule == BASELINE_COPIES)) {
        return a->rule == BASELINE_COPIES ? -1 : 1;
    }
    if (a->rule == BASELINE_COPIES && a->other != b->other) {
        return a->other < b->other ? -1 : 1;
    }
    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return (a->finding > b->finding) - (a->finding < b->finding);
}

int news_by_key(const void *left, const void *right)
{
    const struct occurrence *a = left;
    const struct occurrence *b = right;

    if (a->rule != b->rule) {
        return a->rule < b->rule ? -1 : 1;
    }
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return (a->finding > b->finding) - (a->finding < b->finding);
}

static bool add_stale(struct news *news, const struct baseline_entry *entry)
{
    struct baseline_entry *stale = realloc(news->stale, (news->n_stale + 1) * sizeof *stale);

    if (!stale) {
        return false;
    }
    news->stale = stale;
    news->stale[news->n_stale++] = *entry;
    news->n_stale_findings += entry->count - entry->seen;
    return true;
}

static bool rule_is_covered(const struct news *news, uint32_t rule)
{
    return news->covered[rule == BASELINE_COPIES ? COPYDESK_EXACT_DUPLICATE : rule];
}

/* Findings found[from, to) have the rule and key of this entry: as many as it counts are known. */
static void match_entry(struct news *news, struct baseline_entry *entry, size_t from, size_t to, bool by_name)
{
    uint64_t named = news_key_of_id(view_of(entry->id));

    for (size_t i = from; i < to && entry->seen < entry->count; i++) {
        struct occurrence *o = &news->found[i];
        if (o->is_new && (!by_name || news->ids[o->record] == named)) {
            o->is_new = false;
            entry->seen++;
        }
    }
}

static int compare_key(const struct baseline_entry *entry, const struct occurrence *o)
{
    if (entry->rule != o->rule) {
        return entry->rule < o->rule ? -1 : 1;
    }
    return (entry->key > o->key) - (entry->key < o->key);
}

/* Goes through findings and entries side by side, both sorted by rule and key. */
static bool match(struct news *news, const struct baseline *baseline)
{
    size_t k = 0;
    size_t n = baseline ? baseline->n : 0;

    if (news->n_found > 0) {
        qsort(news->found, news->n_found, sizeof *news->found, news_by_key);
    }
    for (size_t i = 0, end; i < news->n_found; i = end) {
        struct occurrence first = news->found[i];
        for (end = i;
             end < news->n_found && news->found[end].rule == first.rule && news->found[end].key == first.key;
             end++) {
            news->found[end].is_new = true;
            news->n_known += news->found[end].finding != REPRESENTATIVE;
        }
        while (k < n && compare_key(&baseline->entries[k], &first) < 0) {
            k++;
        }
        for (int by_name = 1; by_name >= 0; by_name--) {
            for (size_t m = k; m < n && compare_key(&baseline->entries[m], &first) == 0; m++) {
                match_entry(news, &baseline->entries[m], i, end, by_name);
            }
        }
    }
    for (k = 0; k < n; k++) {
        const struct baseline_entry *entry = &baseline->entries[k];
        if (entry->seen < entry->count && rule_is_covered(news, entry->rule) && !add_stale(news, entry)) {
            return false;
        }
    }
    return true;
}

static void add_fresh(struct news *news, const struct occurrence *o)
{
    news->fresh[news->n_fresh++] = (struct place){o->record, o->finding};
}

static bool add_new_head(struct news *news, const struct occurrence *head, const struct occurrence *copy)
{
    struct new_head *heads = realloc(news->heads, (news->n_heads + 1) * sizeof *heads);

    if (!heads) {
        return false;
    }
    news->heads = heads;
    heads[news->n_heads++] =
        (struct new_head){.record = head->record, .copy = copy->record, .copy_finding = copy->finding};
    return true;
}

/* The cluster in found[from, to): its members, its head among them unless that is a known article. */
static bool judge_cluster(struct news *news, size_t from, size_t to)
{
    const struct occurrence *old = NULL;
    const struct occurrence *new_head = NULL;

    for (size_t i = from; i < to; i++) {
        const struct occurrence *o = &news->found[i];
        if (o->finding == REPRESENTATIVE) {
            new_head = o->is_new ? o : NULL;
        } else if (o->is_new) {
            add_fresh(news, o);
        } else if (!old) {
            old = o;
        }
    }
    return !new_head || !old || add_new_head(news, new_head, old);
}

int news_by_place(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;

    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return (a->finding > b->finding) - (a->finding < b->finding);
}

static int by_copy(const void *left, const void *right)
{
    const struct new_head *a = left;
    const struct new_head *b = right;

    return (a->copy > b->copy) - (a->copy < b->copy);
}

int news_by_head(const void *left, const void *right)
{
    const struct new_head *a = left;
    const struct new_head *b = right;

    return (a->record > b->record) - (a->record < b->record);
}

static bool list_fresh(struct news *news)
{
    size_t n = news->n_found;

    news->fresh = malloc((n + 1) * sizeof *news->fresh);
    if (!news->fresh) {
        return false;
    }
    if (n > 0) {
        qsort(news->found, n, sizeof *news->found, news_by_cluster);
    }
    for (size_t i = 0, end; i < n; i = end) {
        end = i + 1;
        while (news->found[i].rule == BASELINE_COPIES && end < n &&
               news->found[end].rule == BASELINE_COPIES && news->found[end].other == news->found[i].other) {
            end++;
        }
        if (news->found[i].rule == BASELINE_COPIES) {
            if (!judge_cluster(news, i, end)) {
                return false;
            }
        } else if (news->found[i].is_new) {
            add_fresh(news, &news->found[i]);
        }
    }
    news->n_known -= news->n_fresh + news->n_heads; // it was all of them until now
    if (news->n_heads > 0) {
        qsort(news->heads, news->n_heads, sizeof *news->heads, by_copy);
    }
    news->stand_ins = malloc((news->n_heads + 1) * sizeof *news->stand_ins);
    for (size_t i = 0; news->stand_ins && i < news->n_heads; i++) {
        news->stand_ins[i] = (struct place){news->heads[i].copy, news->heads[i].copy_finding};
    }
    if (news->n_fresh > 0) {
        qsort(news->fresh, news->n_fresh, sizeof *news->fresh, news_by_place);
    }
    return news->stand_ins != NULL;
}

bool news_match(struct news *news, const struct baseline *baseline)
{
    return match(news, baseline) && list_fresh(news);
}
