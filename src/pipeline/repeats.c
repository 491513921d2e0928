// repeats.c - exact texts that stand more than once. Contract in repeats.h.
//
// The catalog knows the leader of every exact copy. A record of leader and title for each member of a
// group, sorted, gives both counts in one walk.

#include "pipeline/repeats.h"

#include "base/sort.h"

void repeats_release(struct repeats *r)
{
    mem_free(r->titles);
    mem_free(r->repeats);
    *r = (struct repeats){0};
}

int repeats_add(struct repeats *r, uint32_t title_hash)
{
    void *titles = r->titles;
    bool ok = mem_grow(&titles, &r->cap, r->n + 1, sizeof *r->titles);
    r->titles = titles;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    r->titles[r->n++] = title_hash;
    return 0;
}

// Leader << 32 | title of all that have copies or are copies.
static size_t list_members(const struct repeats *r, const struct catalog *catalog, uint64_t *out)
{
    size_t n = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        uint32_t leader = catalog_leader(catalog, i);
        if (leader != i) {
            out[n++] = (uint64_t)leader << 32 | r->titles[i];
            out[n++] = (uint64_t)leader << 32 | r->titles[leader]; // once for each copy: counted off below
        }
    }
    return n;
}

int repeats_count(struct repeats *r, const struct catalog *catalog, struct copydesk_error *error)
{
    size_t n_copies = 0;
    for (uint32_t i = 0; i < r->n; i++) {
        n_copies += catalog_leader(catalog, i) != i;
    }
    uint64_t *members = mem_alloc(4 * n_copies + 1, sizeof *members);
    r->repeats = mem_alloc(n_copies + 1, sizeof *r->repeats);
    if (!members || !r->repeats) {
        mem_free(members);
        return error_memory(error);
    }
    size_t n = list_members(r, catalog, members);
    sort_u64(members, members + n, n, 0);
    for (size_t start = 0, end; start < n; start = end) {
        uint32_t titles = 0;
        for (end = start; end < n && members[end] >> 32 == members[start] >> 32; end++) {
            titles += end == start || members[end] != members[end - 1];
        }
        uint32_t copies = (uint32_t)((end - start) / 2) + 1;
        r->repeats[r->n_repeats++] = (struct repeat){(uint32_t)(members[start] >> 32), copies, titles};
    }
    mem_free(members);
    mem_free(r->titles);
    r->titles = NULL;
    return 0;
}

const struct repeat *repeats_find(const struct repeats *r, uint32_t leader)
{
    size_t low = 0;
    for (size_t high = r->n_repeats; low < high;) {
        size_t middle = (low + high) / 2;
        if (r->repeats[middle].leader < leader) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < r->n_repeats && r->repeats[low].leader == leader ? &r->repeats[low] : NULL;
}
