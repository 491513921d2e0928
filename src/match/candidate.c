// candidate.c - from postings to candidate pairs.
//
// In: postings (hash, article), scattered over 256 parts by hash. Out: pairs of articles worth comparing word
// by word.
//
//   1. Group.  Each part is sorted by hash. A hash that one article has alone is dropped; the others become
//   groups and
//              are put back. Every article counts its shared fingerprints by how many articles share them, in
//              nine classes: 2-3, 4-7, 8-15 ... 256-511, 512 and more ("hot").
//   2. Choose. Every article takes its rarest fingerprints first, until the articles met through them would
//   exceed a
//              budget; within the class where the budget ends it takes a fixed sample of the hashes, the same
//              one in every article. So work is bounded for each article, and a template that 200 000
//              articles share costs no more than any other text, while a teaser whose few fingerprints are
//              all common still uses them.
//   3. Pair.   In every group the articles that chose its hash are paired with all members; in a hot group
//   with the first
//              and the previous one only, which keeps it linear and still connects it.
//   4. Vote.   Pairs are scattered by first article, sorted and counted. A pair passes when it met often
//   enough for its
//              shorter article, or in one band of the sketch. A short article has few fingerprints, and fewer
//              in the sample: there a vote through a sample counts for all that the sample stands for.
//   5. Cluster, roughly. The same votes, a stricter share, and less chance: a vote through a sample
//              stands for what its article has of such fingerprints over how many of them were really taken,
//              not over how many a sample of that size should hold; and classes that neither article looked
//              at count on neither side. (The sample is the same in all articles of a site. When it holds
//              more of the frame than of the stories, the expected size makes one story of the site.)
//              Versions of one page: candidate_page.c.
//
// Choosing the rarest shingles follows passim (Smith et al. 2014, document frequency limits) and marin (the
// 32 rarest n-grams); the budget by class, which needs neither a threshold nor a second sort by article, is
// ours.
//
// Everything depends on the sets of postings only, not on their order: the same pairs for any number of
// threads.

#include "match/candidate_room.h"

#include "base/crowd.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/sort.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

enum {
    CLASSES = 9,
    BUDGET = 160,     // meetings an article may ask for
    LEAST_CHOSEN = 5, // fingerprints it takes of a class that matters even beyond the budget
    COMMON = 4,       // group size from which a fingerprint is common: a site's phrase as likely as a story's
    VOTE_SHARE = 10,  // one fingerprint in 10 must be shared ...
    COMMON_SHARE = 3, // ... of common ones, one in 3
    TWICE = 2,        // and seen more than once, since common ones are a small sample
    VOTES = 10,       // or so many that are not common: a long passage in a much longer article
    AHEAD = 16,       // records: what is fetched so far ahead is there when it is needed
    HOT_BAND = 48,    // the same as HOT, for band keys
};

// A pair that met, as a record: first article (31 bits), second article (31 bits), how they met (2 bits).
#define ARTICLE_MASK 0x7fffffffu

static uint32_t first_of(uint64_t record)
{
    return (uint32_t)(record >> 33);
}

static uint32_t second_of(uint64_t record)
{
    return (uint32_t)(record >> 2) & ARTICLE_MASK;
}

struct work {
    const struct candidate_params *params;
    _Atomic uint16_t *counts; // [article * CLASSES + class]
    struct choice *choices;
    struct spill *pairs;
    struct pages pages;
    _Atomic unsigned next_part;
    struct spill *source; // fingerprints or bands
    size_t largest_part;  // of source: counted before the threads start, which change the counts
    pthread_mutex_t rough_lock;
    bool is_band;
    unsigned stage;
    _Atomic bool failed;
};

static unsigned class_of(size_t n)
{
    unsigned log2 = 63 - (unsigned)__builtin_clzll(n);
    return log2 - 1 < CLASSES - 1 ? log2 - 1 : CLASSES - 1;
}

// Room for two copies of the largest part: records and sorting scratch.
static int part_buffers(const struct work *w, uint64_t **records, uint64_t **scratch,
                        struct copydesk_error *error)
{
    *records = mem_alloc(w->largest_part, sizeof **records);
    *scratch = mem_alloc(w->largest_part, sizeof **scratch);
    return *records && *scratch ? 0 : error_memory(error);
}

static void report(const struct work *w, unsigned thread, unsigned part)
{
    if (thread == 0 && w->params->progress) {
        w->params->progress(w->params->progress_data, (uint64_t)w->stage * SPILL_PARTS + part,
                            5 * SPILL_PARTS);
    }
}

// The next part nobody has taken, or SPILL_PARTS.
static unsigned take_part(struct work *w)
{
    unsigned part = atomic_fetch_add(&w->next_part, 1);
    return part < SPILL_PARTS && !atomic_load_explicit(&w->failed, memory_order_relaxed) ? part : SPILL_PARTS;
}

// ---- 1. group

// Sorts the articles of one group and drops repeats; returns how many are left.
static size_t tidy_group(uint64_t *group, size_t n, uint64_t *scratch)
{
    bool sorted = true;
    for (size_t i = 1; i < n; i++) {
        sorted &= group[i - 1] < group[i];
    }
    if (sorted) {
        return n;
    }
    sort_u64(group, scratch, n, 0);
    size_t kept = 1;
    for (size_t i = 1; i < n; i++) {
        group[kept] = group[i];
        kept += group[i] != group[kept - 1];
    }
    return kept;
}

// A group as it is put back: hash and size in one record, then the articles, two a record. Never longer than
// the postings.
static size_t write_group(uint64_t *out, const uint64_t *group, size_t n)
{
    size_t at = 0;
    out[at++] = (group[0] & ~UINT64_C(0xffffffff)) | n;
    for (size_t i = 0; i < n; i += 2) {
        uint64_t second = i + 1 < n ? (uint32_t)group[i + 1] : 0;
        out[at++] = (uint32_t)group[i] | second << 32;
    }
    return at;
}

static void count_group(struct work *w, const uint64_t *group, size_t n)
{
    unsigned class = class_of(n);
    for (size_t i = 0; i < n; i++) {
        _Atomic uint16_t *count = &w->counts[(size_t)(uint32_t)group[i] * CLASSES + class];
        if (w->params->threads == 1) {
            uint16_t plain = atomic_load_explicit(count, memory_order_relaxed);
            atomic_store_explicit(count, (uint16_t)(plain + 1), memory_order_relaxed);
        } else {
            atomic_fetch_add_explicit(count, 1, memory_order_relaxed);
        }
    }
}

// The lowest bits of a hash's own 32.
static uint64_t hash_place(const struct crowd *c, uint64_t record)
{
    return record >> 32 & ((UINT64_C(1) << c->bits) - 1);
}

// Most hashes of a corpus stand in one article, and need not be sorted. Returns how many records are left, in
// their order.
static size_t drop_single(uint64_t *records, size_t n)
{
    struct crowd crowd = crowd_new(n);
    if (!crowd.places) {
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        crowd_enter(&crowd, hash_place(&crowd, records[i]));
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        bool alone = crowd_is_alone(&crowd, hash_place(&crowd, records[i]));
        records[kept] = records[i];
        kept += !alone;
    }
    crowd_free(&crowd);
    return kept;
}

static int group_part(struct work *w, unsigned part, uint64_t *records, uint64_t *scratch,
                      struct copydesk_error *error)
{
    size_t n;
    int status = spill_load_postings(w->source, part, records, &n, error);
    if (status < 0) {
        return status;
    }
    n = drop_single(records, n);
    sort_u64(records, scratch, n, 32);
    size_t out = 0;
    for (size_t start = 0, end; start < n; start = end) {
        end = start + 1;
        while (end < n && records[end] >> 32 == records[start] >> 32) {
            end++;
        }
        if (!w->is_band && end + AHEAD < n) {
            __builtin_prefetch(&w->counts[(size_t)(uint32_t)records[end + AHEAD] * CLASSES], 1);
        }
        if (end - start == 1) {
            continue;
        }
        size_t size = tidy_group(records + start, end - start, scratch);
        if (size == 1) {
            continue;
        }
        if (!w->is_band) {
            count_group(w, records + start, size);
        }
        // The group is moved through scratch: it may overlap the place where it goes.
        size_t length = write_group(scratch, records + start, size);
        memcpy(records + out, scratch, length * sizeof *records);
        out += length;
    }
    return spill_replace(w->source, part, records, out, error);
}

static int group_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct work *w = data;
    uint64_t *records = NULL;
    uint64_t *scratch = NULL;
    int status = part_buffers(w, &records, &scratch, error);
    unsigned part;
    while (status == 0 && (part = take_part(w)) < SPILL_PARTS) {
        report(w, thread, part);
        status = group_part(w, part, records, scratch, error);
    }
    if (status < 0) {
        atomic_store(&w->failed, true);
    }
    mem_free(records);
    mem_free(scratch);
    return status;
}

// ---- 2. choose

static uint16_t cap16(unsigned value)
{
    return (uint16_t)(value < UINT16_MAX ? value : UINT16_MAX);
}

// The sample of a class that holds about `wanted` of its `count` hashes.
static uint8_t sample_shift(unsigned count, unsigned wanted)
{
    uint8_t shift = 0;
    while (shift < 15 && count >> shift > wanted) {
        shift++;
    }
    return shift;
}

static bool takes_whole(const struct choice *c, unsigned class)
{
    return class < c->class || (class == c->class && c->shift == 0);
}

// What a vote stands for, in sixteenths: common ones for each one taken; of all classes, or of those not
// taken whole.
static uint16_t scale_of(const struct choice *c, const _Atomic uint16_t *counts, bool cut_only)
{
    unsigned common = 0;
    unsigned taken = 0;
    for (unsigned class = class_of(COMMON); class < CLASSES - 1; class ++) {
        unsigned count = counts[class];
        bool whole = takes_whole(c, class);
        if (!whole || !cut_only) {
            common += count;
            taken += whole               ? count
                     : class == c->class ? count >> c->shift
                     : class == c->major ? count >> c->major_shift
                                         : 0;
        }
    }
    return cap16(16 * common / (taken ? taken : 1));
}

static struct choice choose(const _Atomic uint16_t *counts, struct candidate_size size)
{
    // A short article has more fingerprints than a long one finds in the same words: what counts is those
    // that both can have.
    unsigned n_fingerprints = size.fingerprints;
    unsigned n_expected = size.expected < n_fingerprints ? size.expected : n_fingerprints;
    struct choice c = {.class = CLASSES, .major = CLASSES};
    unsigned taken = 0;
    uint64_t meetings = 0;
    for (unsigned class = 0; class < CLASSES; class ++) {
        unsigned count = counts[class];
        unsigned take = 0;
        bool is_major = count * 4 >= n_fingerprints || count * 2 >= n_expected;
        // A hot group costs two meetings however large it is; yet it comes last, after all that says more.
        uint64_t each = class == CLASSES - 1 ? 2 : UINT64_C(3) << class;
        if (c.class == CLASSES && meetings + count * each <= BUDGET) {
            take = count;
        } else if (c.class == CLASSES) {
            unsigned wanted = (unsigned)((BUDGET - meetings) / each);
            wanted = wanted < LEAST_CHOSEN && (taken < LEAST_CHOSEN || is_major) ? LEAST_CHOSEN : wanted;
            c.class = (uint8_t) class;
            c.shift = sample_shift(count, wanted);
            take = count >> c.shift;
        } else if (is_major && (c.major == CLASSES || count > counts[c.major])) {
            c.major = (uint8_t) class;
            c.major_shift = sample_shift(count, LEAST_CHOSEN);
            take = count >> c.major_shift;
        }
        meetings += take * each;
        taken += take;
    }
    // Hot ones pair an article with two others; for all the rest they are as if they were not there.
    unsigned hot = counts[CLASSES - 1];
    unsigned left = n_fingerprints > hot ? n_fingerprints - hot : 0;
    c.n = cap16(n_fingerprints ? left * n_expected / n_fingerprints : 0);
    c.all = cap16(left);
    c.scale = scale_of(&c, counts, false);
    c.cut = scale_of(&c, counts, true);
    c.is_short = n_expected < n_fingerprints;
    c.rare = takes_whole(&c, 0) ? 0 : cap16(counts[0]);
    unsigned sampled = 0;
    unsigned unseen = 0;
    for (unsigned class = class_of(COMMON); class < CLASSES - 1; class ++) {
        bool is_sampled = class == c.class || class == c.major;
        sampled += is_sampled && !takes_whole(&c, class) ? counts[class] : 0;
        unseen += is_sampled || takes_whole(&c, class) ? 0 : counts[class];
    }
    c.common = cap16(sampled);
    c.seen = cap16(n_fingerprints ? (left - unseen) * n_expected / n_fingerprints : 0);
    return c;
}

static bool in_sample(uint32_t sample, uint8_t shift)
{
    return (sample & ((1u << shift) - 1)) == 0;
}

static bool has_chosen(const struct choice *c, unsigned class, uint32_t sample)
{
    return takes_whole(c, class) || (class == c->class && in_sample(sample, c->shift)) ||
           (class == c->major && in_sample(sample, c->major_shift));
}

// ---- 3. pair

static void emit(struct spill_writer *out, unsigned part, uint32_t first, uint32_t second,
                 enum meeting meeting)
{
    spill_add(out, part, (uint64_t)first << 33 | (uint64_t)second << 2 | meeting);
}

static bool has_met(const struct work *w, const struct group *g, uint32_t article)
{
    return w->is_band || has_chosen(&w->choices[article], g->class, g->sample);
}

// Every member that chose the hash with the first and the previous one.
static void pair_hot_group(const struct work *w, struct spill_writer *out, const struct group *g)
{
    uint32_t first = group_member(g, 0);
    unsigned first_part = candidate_part(first, w->params->n_articles);
    for (size_t i = 1; i < g->n; i++) {
        uint32_t a = group_member(g, i);
        if (!has_met(w, g, a)) {
            continue;
        }
        emit(out, first_part, first, a, g->meeting);
        if (i > 1) {
            uint32_t previous = group_member(g, i - 1);
            emit(out, candidate_part(previous, w->params->n_articles), previous, a, g->meeting);
        }
    }
}

static void count_taken(struct choice *c, const struct group *g)
{
    if (g->meeting != BAND && !takes_whole(c, g->class)) {
        atomic_fetch_add_explicit(g->class == 0 ? &c->rare_taken : &c->common_taken, 1, memory_order_relaxed);
    }
}

// Every member that chose the hash with all others. Members ascend.
static void pair_group(const struct work *w, struct spill_writer *out, const struct group *g)
{
    bool met[HOT];
    bool often[HOT];
    for (size_t i = 0; i < g->n; i++) {
        uint32_t a = group_member(g, i);
        met[i] = has_met(w, g, a);
        often[i] = g->meeting == SAMPLED && takes_whole(&w->choices[a], g->class);
        if (met[i]) {
            count_taken(&w->choices[a], g);
        }
    }
    for (size_t i = 0; i + 1 < g->n; i++) {
        uint32_t a = group_member(g, i);
        unsigned part = candidate_part(a, w->params->n_articles);
        for (size_t j = i + 1; j < g->n; j++) {
            if (met[i] || met[j]) {
                emit(out, part, a, group_member(g, j), often[i] || often[j] ? OFTEN : g->meeting);
            }
        }
    }
}

static void pair_members(const struct work *w, unsigned thread, const uint64_t *records)
{
    struct spill_writer *out = spill_writer(w->pairs, thread);
    struct group g = {.n = (uint32_t)records[0], .articles = records + 1};
    g.class = class_of(g.n);
    g.sample = (uint32_t)hash_mix(records[0] >> 32);
    g.meeting = w->is_band ? BAND : g.n < COMMON ? RARE : SAMPLED;
    if (g.n >= (size_t)(w->is_band ? HOT_BAND : HOT)) {
        pair_hot_group(w, out, &g);
    } else {
        pair_group(w, out, &g);
        if (w->pages.page && !w->is_band) {
            pages_meet(&w->pages, w->params, w->choices, &g, spill_writer(w->pages.meetings, thread));
        }
    }
}

// A record further on is the head of a group or two members of one: fetch the choices of both.
static void fetch_choices(const struct work *w, const uint64_t *records, size_t at, size_t n)
{
    for (size_t end = at + 2; at < end && at < n; at++) {
        uint32_t first = (uint32_t)records[at];
        uint32_t second = (uint32_t)(records[at] >> 32);
        __builtin_prefetch(&w->choices[first < w->params->n_articles ? first : 0]);
        __builtin_prefetch(&w->choices[second < w->params->n_articles ? second : 0]);
    }
}

static int pair_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct work *w = data;
    uint64_t *records = NULL;
    uint64_t *scratch = NULL;
    int status = part_buffers(w, &records, &scratch, error);
    unsigned part;
    while (status == 0 && (part = take_part(w)) < SPILL_PARTS) {
        report(w, thread, part);
        size_t n = spill_count(w->source, part);
        status = spill_load(w->source, part, records, error);
        for (size_t at = 0; status == 0 && at < n;) {
            size_t size = (uint32_t)records[at];
            fetch_choices(w, records, at + 1 + AHEAD, n);
            pair_members(w, thread, records + at);
            at += 1 + (size + 1) / 2;
        }
        status = status < 0 ? status : spill_check(spill_writer(w->pairs, thread), error);
    }
    if (status == 0 && w->pages.page) {
        status = spill_check(spill_writer(w->pages.meetings, thread), error);
    }
    if (status < 0) {
        atomic_store(&w->failed, true);
    }
    mem_free(records);
    mem_free(scratch);
    return status;
}

// ---- 4. vote

static bool passes(const struct work *w, uint32_t a, uint32_t b, const size_t votes[MEETINGS])
{
    bool a_is_small = w->choices[a].n < w->choices[b].n;
    const struct choice *small = &w->choices[a_is_small ? a : b];
    const struct choice *large = &w->choices[a_is_small ? b : a];
    // Two samples of one class hold one another: it is the larger one that was seen.
    size_t cut = small->class == large->class && large->cut < small->cut ? large->cut : small->cut;
    size_t common = votes[OFTEN] + votes[SAMPLED];
    size_t shared = votes[RARE] + common * small->scale / 16; // as far as the samples tell ...
    size_t by_sample = votes[RARE] + votes[OFTEN] + votes[SAMPLED] * cut / 16; // ... more exactly
    return votes[BAND] > 0 || votes[RARE] >= VOTES || votes[RARE] * VOTE_SHARE >= small->n ||
           (votes[RARE] + common >= TWICE &&
            (shared * COMMON_SHARE >= small->n || (small->is_short && by_sample * COMMON_SHARE >= small->n)));
}

// Link to a smaller article number until one links to itself; halves the path on the way.
uint32_t rough_root(uint32_t *rough, uint32_t article)
{
    while (rough[article] != article) {
        rough[article] = rough[rough[article]];
        article = rough[article];
    }
    return article;
}

// The first article of a cluster is its root, so the order of joining makes no difference.
void rough_join(uint32_t *rough, uint32_t a, uint32_t b)
{
    a = rough_root(rough, a);
    b = rough_root(rough, b);
    rough[a > b ? a : b] = a < b ? a : b;
}

static bool took_alike(const struct choice *a, const struct choice *b)
{
    return a->class == b->class && a->major == b->major;
}

// The larger of two samples of one kind: the other one is in it.
static const struct choice *larger_sample(const struct choice *a, const struct choice *b)
{
    return a->shift < b->shift || (a->shift == b->shift && a->n < b->n) ? a : b;
}

static size_t taken(const _Atomic uint16_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

// Rare fingerprints that two articles share, as far as the larger sample tells, if both took one.
static size_t rare_shared(const struct choice *a, const struct choice *b, size_t votes)
{
    const struct choice *seen = larger_sample(a, b);
    size_t n = taken(&seen->rare_taken);
    return a->rare && b->rare && n ? votes * seen->rare / n : votes;
}

// The same of all others that were met through samples. Those of different classes add up.
static size_t common_shared(const struct choice *small, const struct choice *large, size_t votes)
{
    bool same = took_alike(small, large);
    const struct choice *seen = same ? larger_sample(small, large) : small;
    size_t n = taken(&seen->common_taken) + (same ? 0 : taken(&large->common_taken));
    return n ? votes * seen->common / n : votes;
}

// Whom a class was taken whole by counted all that is shared of it.
static bool tell_one_story(const struct work *w, uint32_t a, uint32_t b, const size_t votes[MEETINGS])
{
    bool a_is_small = w->choices[a].n < w->choices[b].n;
    const struct choice *small = &w->choices[a_is_small ? a : b];
    const struct choice *large = &w->choices[a_is_small ? b : a];
    size_t n = took_alike(small, large) ? small->seen : small->n;
    size_t rare = rare_shared(small, large, votes[RARE]);
    size_t shared = rare + votes[OFTEN] + common_shared(small, large, votes[SAMPLED]);
    return votes[RARE] + votes[OFTEN] + votes[SAMPLED] >= SAME_VOTES &&
           shared * SAME_STORY >= n * (SAME_STORY - 1);
}

static uint64_t pair_place(const struct crowd *c, uint64_t record)
{
    return (record >> 2) * UINT64_C(0x9e3779b97f4a7c15) >> (64 - c->bits);
}

// Most pairs met once, and do not pass for it: they need not be sorted. Returns how many records are left.
static size_t drop_chance_meetings(const struct work *w, uint64_t *records, size_t n)
{
    struct crowd crowd = crowd_new(n);
    if (!crowd.places) {
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        crowd_enter(&crowd, pair_place(&crowd, records[i]));
    }
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t record = records[i];
        uint64_t ahead = records[i + AHEAD < n ? i + AHEAD : i];
        size_t votes[MEETINGS] = {0};
        __builtin_prefetch(&w->choices[first_of(ahead)]);
        __builtin_prefetch(&w->choices[second_of(ahead)]);
        votes[record & 3] = 1;
        records[kept] = record;
        kept += !crowd_is_alone(&crowd, pair_place(&crowd, record)) ||
                passes(w, first_of(record), second_of(record), votes);
    }
    crowd_free(&crowd);
    return kept;
}

static int vote_part(struct work *w, unsigned part, uint64_t *records, uint64_t *scratch,
                     struct copydesk_error *error)
{
    size_t n = spill_count(w->pairs, part);
    int status = spill_load(w->pairs, part, records, error);
    if (status < 0) {
        return status;
    }
    n = drop_chance_meetings(w, records, n);
    sort_u64(records, scratch, n, 0);
    size_t out = 0;
    for (size_t start = 0, end; start < n; start = end) {
        size_t votes[MEETINGS] = {0};
        for (end = start; end < n && records[end] >> 2 == records[start] >> 2; end++) {
            votes[records[end] & 3]++;
        }
        uint32_t a = first_of(records[start]);
        uint32_t b = second_of(records[start]);
        if (passes(w, a, b, votes)) {
            records[out++] = (uint64_t)a << 32 | b;
            if (w->params->rough && tell_one_story(w, a, b, votes)) {
                pthread_mutex_lock(&w->rough_lock);
                rough_join(w->params->rough, a, b);
                pthread_mutex_unlock(&w->rough_lock);
            }
        }
    }
    return spill_replace(w->pairs, part, records, out, error);
}

static int vote_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct work *w = data;
    uint64_t *records = NULL;
    uint64_t *scratch = NULL;
    int status = part_buffers(w, &records, &scratch, error);
    unsigned part;
    while (status == 0 && (part = take_part(w)) < SPILL_PARTS) {
        report(w, thread, part);
        status = vote_part(w, part, records, scratch, error);
    }
    if (status < 0) {
        atomic_store(&w->failed, true);
    }
    mem_free(records);
    mem_free(scratch);
    return status;
}

// ---- the four steps

static int run(struct work *w, struct spill *source, bool is_band,
               int (*worker)(void *data, unsigned thread, struct copydesk_error *error),
               struct copydesk_error *error)
{
    w->source = source;
    w->is_band = is_band;
    w->largest_part = 1;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t n = spill_count(source, part);
        w->largest_part = n > w->largest_part ? n : w->largest_part;
    }
    atomic_store(&w->next_part, 0);
    int status = pool_run(w->params->threads, worker, w, error);
    w->stage++;
    return status;
}

static uint8_t rare_share(const _Atomic uint16_t *counts, unsigned n_fingerprints)
{
    // Shared by four articles and more: what a site or a template repeats, rather than one story.
    unsigned common = 0;
    for (unsigned class = 1; class < CLASSES; class ++) {
        common += counts[class];
    }
    common = common < n_fingerprints ? common : n_fingerprints;
    return n_fingerprints ? (uint8_t)(255u * (n_fingerprints - common) / n_fingerprints) : 255;
}

int candidate_find(const struct candidate_params *params, struct spill **pairs, uint8_t **rareness,
                   struct copydesk_error *error)
{
    struct work w = {.params = params};
    size_t n = params->n_articles;
    uint8_t *rare = NULL;
    int status = 0;
    for (size_t i = 0; params->rough && i < n; i++) {
        params->rough[i] = (uint32_t)i;
    }
    pthread_mutex_init(&w.rough_lock, NULL);
    w.counts = mem_zalloc(n * CLASSES, sizeof *w.counts);
    w.choices = mem_alloc(n, sizeof *w.choices);
    rare = mem_alloc(n, 1);
    if (!w.counts || !w.choices || !rare) {
        status = error_memory(error);
        goto out;
    }
    status =
        spill_new(&w.pairs, SPILL_RECORDS, params->threads, params->memory_bytes, params->temp_dir, error);
    status = status < 0 ? status : pages_open(&w.pages, params, error);
    if (status < 0) {
        goto out;
    }
    spill_bequeath(params->fingerprints, w.pairs);
    spill_bequeath(params->bands, w.pairs);
    if ((status = run(&w, params->fingerprints, false, group_worker, error)) < 0 ||
        (status = run(&w, params->bands, true, group_worker, error)) < 0) {
        goto out;
    }
    for (size_t i = 0; i < n; i++) {
        w.choices[i] = choose(&w.counts[i * CLASSES], params->sizes[i]);
        rare[i] = rare_share(&w.counts[i * CLASSES], params->sizes[i].fingerprints);
    }
    mem_free(w.counts);
    w.counts = NULL;
    if ((status = run(&w, params->fingerprints, false, pair_worker, error)) < 0 ||
        (status = run(&w, params->bands, true, pair_worker, error)) < 0 ||
        (status = run(&w, w.pairs, false, vote_worker, error)) < 0 ||
        (status = pages_join(&w.pages, params, w.choices, error)) < 0) {
        goto out;
    }
    for (size_t i = 0; params->rough && i < n; i++) {
        params->rough[i] = rough_root(params->rough, (uint32_t)i);
    }
    *pairs = w.pairs;
    w.pairs = NULL;
    if (rareness) {
        *rareness = rare;
        rare = NULL;
    }
out:
    pthread_mutex_destroy(&w.rough_lock);
    mem_free(w.counts);
    mem_free(w.choices);
    mem_free(rare);
    spill_free(w.pairs);
    pages_close(&w.pages);
    return status;
}
