// candidate_page.c - rough clusters of one address. Contract in candidate_room.h.
//
// In:  the groups of articles that share a fingerprint, as they are paired. Out: larger rough clusters.
//
// A page that was fetched ten times is one story, although what changed on it between two visits (a
// paragraph, the list of the latest news beside it) may be more than one fingerprint in five. Nor do votes
// tell versions well: thirty of them make their fingerprints common, of which only a handful is taken.
//
// Within a group, each article meets the one before it of the same address. So two versions that follow one
// another meet in all that they share, and there are no more meetings than postings; of a long article a
// sample will do. Half of the shorter one must be shared, of what few other articles have (hot ones count
// on neither side).
//
// Some addresses are no page: a feed names the front page in all its items, and what these share is the frame
// of the site. That a frame makes up half of an article is rare. Where an address has more different texts
// than a page is likely to have, its articles must share as much as any others.
//
// Limits: an exact copy is found under the address of the first one only. 32 bits tell an address; a stranger
// would have to share half of the text as well. Versions of which each says something new stay apart.
//
// Memory: 4 bytes an article; 16 for each that has not its address for itself, at the end; and the meetings,
// which go to disk under a limit.

#include "match/candidate_room.h"

#include "base/crowd.h"
#include "base/mem.h"
#include "base/sort.h"

#include <stdlib.h>

enum {
    SAMPLE = 64,       // fingerprints of a long article are sampled down to so many, or up to twice
    VERSION_SHARE = 2, // one fingerprint in 2 makes two versions
    MOST_TEXTS = 16,   // rough clusters under the address of one page
};

static uint64_t page_place(const struct crowd *c, uint32_t page)
{
    return page & ((UINT64_C(1) << c->bits) - 1);
}

int pages_open(struct pages *p, const struct candidate_params *params, struct copydesk_error *error)
{
    size_t n = params->n_articles;
    size_t shared = 0;
    if (!params->page || !params->rough) {
        return 0;
    }
    struct crowd crowd = crowd_new(n);
    p->page = mem_alloc(n + 1, sizeof *p->page);
    if (!crowd.places || !p->page) {
        crowd_free(&crowd);
        return error_memory(error);
    }
    for (size_t i = 0; i < n; i++) {
        if (params->page[i]) {
            crowd_enter(&crowd, page_place(&crowd, params->page[i]));
        }
    }
    for (size_t i = 0; i < n; i++) {
        bool alone = !params->page[i] || crowd_is_alone(&crowd, page_place(&crowd, params->page[i]));
        p->page[i] = alone ? 0 : params->page[i];
        shared += !alone;
    }
    crowd_free(&crowd);
    if (shared == 0) {
        pages_close(p);
        return 0;
    }
    return spill_new(&p->meetings, SPILL_RECORDS, params->threads,
                     params->memory_bytes / 2 + (params->memory_bytes > 0), params->temp_dir, error);
}

void pages_close(struct pages *p)
{
    mem_free(p->page);
    spill_free(p->meetings);
    *p = (struct pages){0};
}

// ---- meetings

static unsigned sample_shift(const struct choice *a, const struct choice *b)
{
    size_t n = a->n < b->n ? a->n : b->n;
    unsigned shift = 0;
    while (n >> shift >= 2 * SAMPLE) {
        shift++;
    }
    return shift;
}

void pages_meet(const struct pages *p, const struct candidate_params *params, const struct choice *choices,
                const struct group *g, struct spill_writer *out)
{
    uint64_t members[HOT];
    uint64_t scratch[HOT];
    size_t n = 0;
    for (size_t i = 0; i < g->n; i++) {
        uint32_t article = group_member(g, i);
        members[n] = (uint64_t)p->page[article] << 32 | article;
        n += p->page[article] != 0;
    }
    if (n < 2) {
        return;
    }
    sort_u64(members, scratch, n, 32); // those of one address keep their order
    for (size_t i = 1; i < n; i++) {
        uint32_t a = (uint32_t)members[i - 1];
        uint32_t b = (uint32_t)members[i];
        if (members[i - 1] >> 32 == members[i] >> 32 &&
            (g->sample & ((1u << sample_shift(&choices[a], &choices[b])) - 1)) == 0) {
            spill_add(out, candidate_part(a, params->n_articles), (uint64_t)a << 32 | b);
        }
    }
}

// ---- joining

// Addresses of many texts, ascending.
struct crowded {
    uint32_t *pages;
    size_t n;
};

static int compare_u32(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static bool is_crowded(const struct crowded *c, uint32_t page)
{
    return c->n > 0 && bsearch(&page, c->pages, c->n, sizeof page, compare_u32);
}

// Each text of each address: its rough cluster. Returns how many.
static size_t list_texts(const struct pages *p, const struct candidate_params *params, uint64_t *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < params->n_articles; i++) {
        if (p->page[i] && params->sizes[i].fingerprints) {
            out[n++] = (uint64_t)p->page[i] << 32 | rough_root(params->rough, i);
        }
    }
    return n;
}

static int find_crowded(const struct pages *p, const struct candidate_params *params, struct crowded *c,
                        struct copydesk_error *error)
{
    size_t n = 0;
    for (uint32_t i = 0; i < params->n_articles; i++) {
        n += p->page[i] != 0;
    }
    uint64_t *texts = mem_alloc(2 * n + 1, sizeof *texts);
    c->pages = mem_alloc(n / MOST_TEXTS + 1, sizeof *c->pages);
    if (!texts || !c->pages) {
        mem_free(texts);
        return error_memory(error);
    }
    n = list_texts(p, params, texts);
    sort_u64(texts, texts + n, n, 0);
    for (size_t start = 0, end; start < n; start = end) {
        size_t different = 0;
        for (end = start; end < n && texts[end] >> 32 == texts[start] >> 32; end++) {
            different += end == start || texts[end] != texts[end - 1];
        }
        if (different > MOST_TEXTS) {
            c->pages[c->n++] = (uint32_t)(texts[start] >> 32);
        }
    }
    mem_free(texts);
    return 0;
}

static bool are_versions(const struct choice *choices, uint32_t a, uint32_t b, size_t votes, bool crowded)
{
    const struct choice *small = &choices[choices[a].n < choices[b].n ? a : b];
    const struct choice *large = small == &choices[a] ? &choices[b] : &choices[a];
    // Two short texts find the same fingerprints in the same words, all of them.
    size_t n = large->is_short ? small->all : small->n;
    size_t shared = votes << sample_shift(&choices[a], &choices[b]);
    return votes >= SAME_VOTES &&
           (crowded ? shared * SAME_STORY >= n * (SAME_STORY - 1) : shared * VERSION_SHARE >= n);
}

static void join_part(const struct pages *p, const struct candidate_params *params,
                      const struct choice *choices, const struct crowded *crowded, const uint64_t *meetings,
                      size_t n)
{
    for (size_t start = 0, end; start < n; start = end) {
        for (end = start + 1; end < n && meetings[end] == meetings[start]; end++) {
        }
        uint32_t a = (uint32_t)(meetings[start] >> 32);
        uint32_t b = (uint32_t)meetings[start];
        if (are_versions(choices, a, b, end - start, is_crowded(crowded, p->page[a]))) {
            rough_join(params->rough, a, b);
        }
    }
}

int pages_join(const struct pages *p, const struct candidate_params *params, const struct choice *choices,
               struct copydesk_error *error)
{
    struct crowded crowded = {0};
    size_t largest = 0;
    if (!p->page) {
        return 0;
    }
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        size_t n = spill_count(p->meetings, part);
        largest = n > largest ? n : largest;
    }
    uint64_t *meetings = mem_alloc(2 * largest + 1, sizeof *meetings);
    int status = meetings ? find_crowded(p, params, &crowded, error) : error_memory(error);
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        size_t n = spill_count(p->meetings, part);
        status = spill_load(p->meetings, part, meetings, error);
        if (status == 0) {
            sort_u64(meetings, meetings + n, n, 0);
            join_part(p, params, choices, &crowded, meetings, n);
        }
    }
    mem_free(meetings);
    mem_free(crowded.pages);
    return status;
}
