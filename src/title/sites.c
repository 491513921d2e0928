// sites.c - which pieces of titles are names of sites. Contract in room.h.
//
// A tail (or head) that stands behind many different titles of one source, and hardly anywhere else, is its
// name. "- live" stands behind titles of all sources; a word that comes up twice is chance.

#include "base/mem.h"
#include "base/sort.h"
#include "title/room.h"

#include <stdlib.h>

enum {
    SITE_TITLES = 4, // titles with one tail that make it a name of the site,
    SITE_SHARE = 20, // and one of so many of the source's titles
};

static uint32_t site_key(uint32_t source, uint32_t piece, uint32_t side)
{
    return (uint32_t)(hash_mix((uint64_t)source << 32 | (piece ^ side)) >> 32);
}

enum { SIDE_HEAD = 0x1b873593, SIDE_TAIL = 0x2545f491 };

struct site_list {
    uint64_t *records; // key << 32 | title
    size_t n, cap;
};

static bool add_site(struct site_list *l, uint32_t key, const struct title_note *note)
{
    void *records = l->records;
    bool ok = mem_grow(&records, &l->cap, l->n + 1, sizeof *l->records);
    l->records = records;
    if (ok) {
        l->records[l->n++] = (uint64_t)key << 32 | (uint32_t)note->title_hash;
    }
    return ok;
}

// Different titles that have the piece with this key, in a sorted list.
static uint32_t titles_with(const struct site_list *l, uint32_t key)
{
    size_t low = 0;
    size_t high = l->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (l->records[middle] >> 32 < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    uint32_t n = 0;
    for (size_t i = low; i < l->n && l->records[i] >> 32 == key; i++) {
        n += i == low || l->records[i] != l->records[i - 1];
    }
    return n;
}

static bool sort_sites(struct site_list *l)
{
    uint64_t *scratch = mem_alloc(l->n + 1, sizeof *scratch);
    if (scratch) {
        sort_u64(l->records, scratch, l->n, 0);
    }
    mem_free(scratch);
    return scratch != NULL;
}

static int list_pieces(struct title_stats *s, struct site_list *by_source, struct site_list *anywhere,
                       struct copydesk_error *error)
{
    struct title_note note;
    int status = 0;
    for (uint32_t i = 0; i < s->n_learned; i++) {
        if (!title_stats_note(s, i, &note, &status, error) || (!note.head_hash && !note.tail_hash)) {
            continue;
        }
        for (unsigned side = 0; side < 2; side++) {
            uint32_t piece = side ? note.tail_hash : note.head_hash;
            uint32_t mark = side ? SIDE_TAIL : SIDE_HEAD;
            if (piece && (!add_site(by_source, site_key(note.source, piece, mark), &note) ||
                          !add_site(anywhere, site_key(0, piece, mark), &note))) {
                return error_memory(error);
            }
        }
    }
    return status < 0 || (sort_sites(by_source) && sort_sites(anywhere)) ? status : error_memory(error);
}

static int accept_piece(struct title_stats *s, const struct site_list *by_source,
                        const struct site_list *anywhere, const struct title_note *note, uint32_t piece,
                        uint32_t mark, size_t *cap, struct copydesk_error *error)
{
    uint32_t key = site_key(note->source, piece, mark);
    uint32_t here = titles_with(by_source, key);
    uint32_t all = titles_with(anywhere, site_key(0, piece, mark));
    const struct source_count *source = title_stats_source(s, note->source);
    if (here < SITE_TITLES || here * SITE_SHARE < source->titles || here * 10 < all * 8) {
        return 0;
    }
    void *sites = s->sites;
    if (!mem_grow(&sites, cap, s->n_sites + 1, sizeof *s->sites)) {
        return error_memory(error);
    }
    s->sites = sites;
    s->sites[s->n_sites++] = key;
    return 0;
}

static int compare_u32(const void *left, const void *right)
{
    uint32_t a = *(const uint32_t *)left;
    uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

int title_sites_find(struct title_stats *s, struct copydesk_error *error)
{
    struct site_list by_source = {0};
    struct site_list anywhere = {0};
    struct title_note note;
    size_t cap = 0;
    int status = list_pieces(s, &by_source, &anywhere, error);
    for (uint32_t i = 0; status == 0 && i < s->n_learned; i++) {
        if (!title_stats_note(s, i, &note, &status, error)) {
            continue;
        }
        if (note.head_hash) {
            status = accept_piece(s, &by_source, &anywhere, &note, note.head_hash, SIDE_HEAD, &cap, error);
        }
        if (note.tail_hash && status == 0) {
            status = accept_piece(s, &by_source, &anywhere, &note, note.tail_hash, SIDE_TAIL, &cap, error);
        }
    }
    if (s->n_sites) {
        qsort(s->sites, s->n_sites, sizeof *s->sites, compare_u32);
        size_t kept = 1;
        for (size_t i = 1; i < s->n_sites; i++) {
            if (s->sites[i] != s->sites[kept - 1]) {
                s->sites[kept++] = s->sites[i];
            }
        }
        s->n_sites = kept;
    }
    mem_free(by_source.records);
    mem_free(anywhere.records);
    return status;
}

static bool is_site(const struct title_stats *s, uint32_t key)
{
    size_t low = 0;
    size_t high = s->n_sites;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->sites[middle] < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < s->n_sites && s->sites[low] == key;
}

bool title_sites_head(const struct title_stats *s, const struct title_note *note)
{
    return note->head_hash &&
           (note->flags & NOTE_HEAD_SITE || is_site(s, site_key(note->source, note->head_hash, SIDE_HEAD)));
}

bool title_sites_tail(const struct title_stats *s, const struct title_note *note)
{
    return note->tail_hash &&
           (note->flags & NOTE_TAIL_SITE || is_site(s, site_key(note->source, note->tail_hash, SIDE_TAIL)));
}
