// align.c - word alignment by unique anchors.
//
// Patience diff (Bram Cohen): words that occur exactly once in each text are anchors; the longest chain of
// anchors that ascends in both texts is kept; from each anchor the match is extended word by word; what is
// left between two anchors is aligned by dynamic programming when it is small, else left unmatched. That is
// linear but for the small gaps, finds edits spread thinly, and is not misled by function words, which a
// greedy diff matches across unrelated sentences.
//
// Pairs of words count as anchors before single words do, so that a name repeated in both texts still serves.
// Where a comparison knows already where 5-grams stand, those are the anchors, and unique words serve in the
// larger gaps only.

#include "match/align.h"

#include "base/mem.h"

#include <string.h>

enum {
    SMALL_GAP_CELLS = 48 * 48, // aligned cell by cell at once
    MAX_GAP_CELLS = 128 * 128, // so are these, when unique words have not cut them up
};

struct cell {
    uint64_t key;
    uint32_t a, b; // place + 1 of the first occurrence
    uint8_t count_a, count_b;
};

struct anchor {
    uint32_t a, b;
};

struct aligner {
    struct cell *cells;
    size_t cap_cells;
    struct anchor *anchors;
    uint32_t *tails, *previous;
    int32_t *match;
    size_t cap_words;
    uint16_t *grid;
};

struct aligner *aligner_new(void)
{
    return mem_zalloc(1, sizeof(struct aligner));
}

void aligner_free(struct aligner *al)
{
    if (al) {
        mem_free(al->cells);
        mem_free(al->anchors);
        mem_free(al->tails);
        mem_free(al->previous);
        mem_free(al->match);
        mem_free(al->grid);
        mem_free(al);
    }
}

static bool reserve(struct aligner *al, uint32_t n, uint32_t m)
{
    size_t words = (size_t)(n > m ? n : m) + 1;
    if (words > al->cap_words) {
        words += words / 4;
        mem_free(al->anchors);
        mem_free(al->tails);
        mem_free(al->previous);
        mem_free(al->match);
        al->anchors = mem_alloc(words, sizeof *al->anchors);
        al->tails = mem_alloc(words, sizeof *al->tails);
        al->previous = mem_alloc(words, sizeof *al->previous);
        al->match = mem_alloc(words, sizeof *al->match);
        al->cap_words = al->anchors && al->tails && al->previous && al->match ? words : 0;
    }
    size_t cells = 64;
    while (cells < 2 * ((size_t)n + m)) {
        cells *= 2;
    }
    if (cells > al->cap_cells) {
        mem_free(al->cells);
        al->cells = mem_alloc(cells, sizeof *al->cells);
        al->cap_cells = al->cells ? cells : 0;
    }
    if (!al->grid) {
        al->grid = mem_alloc(MAX_GAP_CELLS * 2 + 1024, sizeof *al->grid);
    }
    return al->cap_words && al->cap_cells && al->grid;
}

static struct cell *cell_of(struct aligner *al, size_t mask, uint64_t key)
{
    size_t at = (key ^ key >> 29) & mask;
    while ((al->cells[at].count_a || al->cells[at].count_b) && al->cells[at].key != key) {
        at = (at + 1) & mask;
    }
    al->cells[at].key = key;
    return &al->cells[at];
}

static uint64_t gram(const uint64_t *words, uint32_t i, unsigned k)
{
    uint64_t key = words[i];
    for (unsigned j = 1; j < k; j++) {
        key = (key << 17 | key >> 47) + words[i + j];
    }
    return key;
}

// A stretch of both texts: [a0, a1) and [b0, b1).
struct range {
    uint32_t a0, a1, b0, b1;
};

// Marks the k-grams that stand once in each text of the range as anchors where there is none yet (match[i] <
// 0).
static void mark_unique(struct aligner *al, const uint64_t *a, const uint64_t *b, struct range r, unsigned k,
                        int32_t *match)
{
    size_t mask = 63;
    while (mask + 1 < 2 * ((size_t)(r.a1 - r.a0) + (r.b1 - r.b0))) {
        mask = mask * 2 + 1;
    }
    memset(al->cells, 0, (mask + 1) * sizeof *al->cells);
    for (uint32_t i = r.a0; i + k <= r.a1; i++) {
        struct cell *c = cell_of(al, mask, gram(a, i, k));
        c->a = i;
        c->count_a += c->count_a < 2;
    }
    for (uint32_t j = r.b0; j + k <= r.b1; j++) {
        struct cell *c = cell_of(al, mask, gram(b, j, k));
        c->b = j;
        c->count_b += c->count_b < 2;
    }
    for (size_t at = 0; at <= mask; at++) {
        const struct cell *c = &al->cells[at];
        if (c->count_a == 1 && c->count_b == 1 && match[c->a] < 0) {
            match[c->a] = (int32_t)c->b;
        }
    }
}

// Longest chain of anchors of the range that ascends in both texts. Leaves it, in order, in `anchors` and
// returns its length.
static uint32_t chain(struct aligner *al, struct range r, const int32_t *match, struct anchor *anchors)
{
    uint32_t n_anchors = 0;
    uint32_t length = 0;
    for (uint32_t i = r.a0; i < r.a1; i++) {
        if (match[i] < 0) {
            continue;
        }
        uint32_t b = (uint32_t)match[i];
        uint32_t low = length;
        if (length && anchors[al->tails[length - 1]].b >= b) { // else it goes on the end, as nearly always
            uint32_t high = length;
            for (low = 0; low < high;) {
                uint32_t middle = (low + high) / 2;
                if (anchors[al->tails[middle]].b < b) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
        }
        anchors[n_anchors] = (struct anchor){i, b};
        al->previous[n_anchors] = low ? al->tails[low - 1] : UINT32_MAX;
        al->tails[low] = n_anchors++;
        length = low == length ? length + 1 : length;
    }
    uint32_t at = length ? al->tails[length - 1] : 0;
    for (uint32_t k = length; k > 0; k--) {
        al->tails[k - 1] = at;
        at = al->previous[at];
    }
    for (uint32_t k = 0; k < length; k++) {
        anchors[k] = anchors[al->tails[k]]; // tails[k] >= k
    }
    return length;
}

// Longest common subsequence of a small gap.
static uint32_t align_gap(struct aligner *al, const uint64_t *a, const struct anchor *from,
                          const struct anchor *to, const uint64_t *b, int32_t *match)
{
    uint32_t n = to->a - from->a;
    uint32_t m = to->b - from->b;
    if (n == 0 || m == 0 || (uint64_t)n * m > MAX_GAP_CELLS) {
        return 0;
    }
    uint32_t width = m + 1;
    uint16_t *grid = al->grid; // grid[i * width + j]: of a[i..] and b[j..]; (n+1)*(m+1) <= 2 * cells + 1024
    if ((uint64_t)(n + 1) * width > MAX_GAP_CELLS * 2 + 1024) {
        return 0;
    }
    memset(grid + (size_t)n * width, 0, width * sizeof *grid);
    for (uint32_t i = n; i-- > 0;) {
        grid[(size_t)i * width + m] = 0;
        for (uint32_t j = m; j-- > 0;) {
            uint16_t down = grid[(size_t)(i + 1) * width + j];
            uint16_t right = grid[(size_t)i * width + j + 1];
            uint16_t both = (uint16_t)(grid[(size_t)(i + 1) * width + j + 1] + 1);
            uint16_t best = down > right ? down : right;
            grid[(size_t)i * width + j] = a[from->a + i] == b[from->b + j] ? both : best;
        }
    }
    uint32_t found = grid[0];
    for (uint32_t i = 0, j = 0; i < n && j < m;) {
        if (a[from->a + i] == b[from->b + j]) {
            match[from->a + i++] = (int32_t)(from->b + j++);
        } else if (grid[(size_t)(i + 1) * width + j] >= grid[(size_t)i * width + j + 1]) {
            i++;
        } else {
            j++;
        }
    }
    return found;
}

static uint32_t fill(struct aligner *al, const uint64_t *a, const uint64_t *b, struct range r, int32_t *match,
                     struct anchor *anchors, unsigned depth);

// Between two anchors: extends from both ends, then aligns what is left, by unique words again when it is
// large.
static uint32_t fill_gap(struct aligner *al, const uint64_t *a, const uint64_t *b, struct range r,
                         int32_t *match, struct anchor *anchors, unsigned depth)
{
    uint32_t found = 0;
    while (r.a0 < r.a1 && r.b0 < r.b1 && a[r.a0] == b[r.b0]) {
        match[r.a0++] = (int32_t)r.b0++;
        found++;
    }
    while (r.a0 < r.a1 && r.b0 < r.b1 && a[r.a1 - 1] == b[r.b1 - 1]) {
        match[--r.a1] = (int32_t)--r.b1;
        found++;
    }
    uint64_t cells = (uint64_t)(r.a1 - r.a0) * (r.b1 - r.b0);
    if (cells > SMALL_GAP_CELLS && depth == 0) {
        mark_unique(al, a, b, r, 1, match);
        return found + fill(al, a, b, r, match, anchors, depth + 1);
    }
    struct anchor from = {r.a0, r.b0};
    struct anchor to = {r.a1, r.b1};
    return found + align_gap(al, a, &from, &to, b, match);
}

// Keeps the best chain of the anchors in match[], drops the others, fills the gaps. anchors: room for those
// of the range.
static uint32_t fill(struct aligner *al, const uint64_t *a, const uint64_t *b, struct range r, int32_t *match,
                     struct anchor *anchors, unsigned depth)
{
    uint32_t n_anchors = chain(al, r, match, anchors);
    for (uint32_t i = r.a0; i < r.a1; i++) {
        match[i] = -1;
    }
    uint32_t found = 0;
    struct range gap = {r.a0, 0, r.b0, 0};
    for (uint32_t k = 0; k <= n_anchors; k++) {
        gap.a1 = k < n_anchors ? anchors[k].a : r.a1;
        gap.b1 = k < n_anchors ? anchors[k].b : r.b1;
        if (gap.a0 < gap.a1 && gap.b0 < gap.b1) {
            found += fill_gap(al, a, b, gap, match, anchors + n_anchors, depth);
        }
        if (k < n_anchors) {
            match[gap.a1] = (int32_t)gap.b1;
            found++;
            gap.a0 = gap.a1 + 1;
            gap.b0 = gap.b1 + 1;
        }
    }
    return found;
}

int64_t align_words(struct aligner *al, const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m,
                    int32_t *match)
{
    if (!reserve(al, n, m)) {
        return COPYDESK_ERR_MEMORY;
    }
    int32_t *out = match ? match : al->match;
    struct range all = {0, n, 0, m};
    for (uint32_t i = 0; i < n; i++) {
        out[i] = -1;
    }
    mark_unique(al, a, b, all, 2, out);
    mark_unique(al, a, b, all, 1, out);
    return fill(al, a, b, all, out, al->anchors, 1);
}

int64_t align_seeded(struct aligner *al, const uint64_t *a, uint32_t n, const uint64_t *b, uint32_t m,
                     int32_t *match)
{
    if (!reserve(al, n, m)) {
        return COPYDESK_ERR_MEMORY;
    }
    return fill(al, a, b, (struct range){0, n, 0, m}, match, al->anchors, 0);
}
