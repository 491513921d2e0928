// recent.c - the articles since the last seal.
//
// In:  packed records and their prints, one article after another. Out: which of them have a print.
//
// A table of prints by open addressing; each print has the chain of its articles, newest first, so that the
// newest 64 are the first 64. The table is made again from the records when an index is opened: 8,192
// articles take some ten milliseconds, and nothing of it has to be durable.

#include "index/recent.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/sort.h"

enum { LEAST_SLOTS = 1 << 12 };

void recent_release(struct recent *r)
{
    buf_release(&r->bytes);
    mem_free(r->starts);
    mem_free(r->sizes);
    mem_free(r->slots);
    mem_free(r->entries);
    *r = (struct recent){0};
}

// Prints are evenly spread; their low bits choose the slot.
static struct recent_slot *slot_of(const struct recent *r, uint64_t print)
{
    size_t at = (size_t)print & (r->n_slots - 1);
    while (r->slots[at].print != 0 && r->slots[at].print != print + 1) {
        at = (at + 1) & (r->n_slots - 1);
    }
    return &r->slots[at];
}

// Room for `more` prints, at most two slots in three in use.
static bool reserve_slots(struct recent *r, size_t more)
{
    size_t wanted = r->n_slots ? r->n_slots : LEAST_SLOTS;
    while ((r->n_prints + more) * 3 > wanted * 2) {
        wanted *= 2;
    }
    if (wanted == r->n_slots) {
        return true;
    }
    struct recent_slot *old = r->slots;
    size_t n_old = r->n_slots;
    struct recent_slot *slots = mem_zalloc(wanted, sizeof *slots);
    if (!slots) {
        return false;
    }
    r->slots = slots;
    r->n_slots = wanted;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].print) {
            *slot_of(r, old[i].print - 1) = old[i];
        }
    }
    mem_free(old);
    return true;
}

static bool reserve(struct recent *r, size_t n_postings)
{
    void *starts = r->starts;
    void *sizes = r->sizes;
    void *entries = r->entries;
    bool ok = mem_grow(&starts, &r->cap_starts, (size_t)r->n + 1, sizeof *r->starts);
    r->starts = starts;
    ok = ok && mem_grow(&sizes, &r->cap_sizes, (size_t)r->n + 1, sizeof *r->sizes);
    r->sizes = sizes;
    ok = ok && mem_grow(&entries, &r->cap_entries, r->n_entries + n_postings, sizeof *r->entries);
    r->entries = entries;
    return ok && reserve_slots(r, n_postings);
}

static void post(struct recent *r, uint64_t print, uint32_t article)
{
    struct recent_slot *slot = slot_of(r, print);
    if (slot->print && r->entries[slot->newest - 1].article == article) {
        return; // it has the print twice
    }
    r->n_prints += slot->print == 0;
    r->entries[r->n_entries++] = (struct recent_entry){article, slot->newest};
    slot->print = print + 1;
    slot->newest = (uint32_t)r->n_entries;
    slot->count++;
}

int recent_add(struct recent *r, struct str packed, const struct index_prints *p, bool is_copy,
               struct copydesk_error *error)
{
    size_t n_fingerprints = is_copy ? 0 : p->n_fingerprints;
    size_t n_bands = is_copy ? 0 : p->n_bands;
    size_t n_postings = n_fingerprints + n_bands + 3;
    if (!reserve(r, n_postings) || r->n_entries + n_postings > UINT32_MAX ||
        !buf_reserve(&r->bytes, packed.len)) {
        r->bytes.failed = false;
        return error_memory(error);
    }
    uint32_t article = r->base + r->n;
    r->starts[r->n] = r->bytes.len;
    r->sizes[r->n] = is_copy ? (struct print_size){0, 0} : print_size_of(p);
    r->n++;
    buf_add_str(&r->bytes, packed);
    const uint64_t *hash = p->hashes;
    for (size_t i = 0; i < n_fingerprints; i++) {
        post(r, print_of(hash[i]), article);
    }
    hash += p->n_fingerprints;
    for (size_t i = 0; i < n_bands; i++) {
        post(r, print_of(hash[i]), article);
    }
    if (p->exact) {
        post(r, print_of(p->exact), article);
    }
    if (p->id) {
        post(r, print_of(p->id), article);
        post(r, print_of(p->message), article);
    }
    return 0;
}

struct str recent_record(const struct recent *r, uint32_t number)
{
    size_t i = number - r->base;
    size_t end = i + 1 < r->n ? r->starts[i + 1] : r->bytes.len;
    return (struct str){r->bytes.data + r->starts[i], end - r->starts[i]};
}

void recent_fetch(const struct recent *r, uint64_t print)
{
    if (r->n_slots) {
        __builtin_prefetch(&r->slots[(size_t)print & (r->n_slots - 1)]);
    }
}

size_t recent_look(const struct recent *r, uint64_t print, uint32_t below, uint32_t *out, size_t most,
                   size_t *count)
{
    *count = 0;
    if (r->n_slots == 0) {
        return 0;
    }
    const struct recent_slot *slot = slot_of(r, print);
    size_t n = 0;
    // The newest few are enough, and the slot knows the count, unless some of them do not count.
    size_t enough = below >= r->base + r->n ? most : PRINT_COUNTED;
    for (uint32_t at = slot->newest; at && *count < enough; at = r->entries[at - 1].older) {
        uint32_t article = r->entries[at - 1].article;
        if (article < below) {
            if (n < most) {
                out[n++] = article;
            }
            ++*count;
        }
    }
    if (enough == most) {
        *count = slot->count < PRINT_COUNTED ? slot->count : PRINT_COUNTED;
    }
    return n;
}

int recent_postings(const struct recent *r, uint32_t from, uint32_t to, uint64_t **out, size_t *n_out,
                    struct copydesk_error *error)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_entries; i++) {
        n += r->entries[i].article >= from && r->entries[i].article < to;
    }
    uint64_t *records = mem_alloc(2 * n + 1, sizeof *records);
    if (!records) {
        return error_memory(error);
    }
    size_t at = 0;
    for (size_t i = 0; i < r->n_slots; i++) {
        for (uint32_t e = r->slots[i].newest; e; e = r->entries[e - 1].older) {
            uint32_t article = r->entries[e - 1].article;
            if (article >= from && article < to) {
                records[at++] = (r->slots[i].print - 1) << 16 | (article - from);
            }
        }
    }
    sort_u64(records, records + n, n, 0);
    *out = records;
    *n_out = n;
    return 0;
}

// What is left is posted again, oldest first: a chain leads from newer to older.
static void repost(struct recent *r, const uint64_t *records, const uint64_t *prints, size_t n)
{
    memset(r->slots, 0, r->n_slots * sizeof *r->slots);
    r->n_prints = 0;
    r->n_entries = 0;
    for (size_t i = 0; i < n; i++) {
        post(r, prints[(uint32_t)records[i]], (uint32_t)(records[i] >> 32));
    }
}

uint64_t *recent_drop_room(const struct recent *r, uint32_t base)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_entries; i++) {
        n += r->entries[i].article >= base;
    }
    return mem_alloc(3 * n, sizeof(uint64_t));
}

void recent_drop(struct recent *r, uint32_t base, uint64_t *room)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_entries; i++) {
        n += r->entries[i].article >= base;
    }
    uint64_t *prints = room;
    uint64_t *records = room + n;
    size_t at = 0;
    for (size_t i = 0; i < r->n_slots; i++) {
        for (uint32_t e = r->slots[i].newest; e && r->entries[e - 1].article >= base;
             e = r->entries[e - 1].older) {
            prints[at] = r->slots[i].print - 1;
            records[at] = (uint64_t)r->entries[e - 1].article << 32 | at;
            at++;
        }
    }
    sort_u64(records, records + n, n, 32);
    repost(r, records, prints, n);
    mem_free(room);
    uint32_t gone = base - r->base;
    size_t bytes = gone < r->n ? r->starts[gone] : r->bytes.len;
    if (r->bytes.len > bytes) {
        memmove(r->bytes.data, r->bytes.data + bytes, r->bytes.len - bytes);
    }
    r->bytes.len -= bytes;
    r->n -= gone;
    for (size_t i = 0; i < r->n; i++) {
        r->starts[i] = r->starts[i + gone] - bytes;
        r->sizes[i] = r->sizes[i + gone];
    }
    r->base = base;
}
