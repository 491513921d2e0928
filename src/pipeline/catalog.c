// catalog.c - what is kept of every article between the passes. Contracts in catalog.h.
//
// Exact copies are found here, while reading: an open-addressing table from the hash of the normalised text
// to the first article that has it. It is cut into 64 small tables by the top bits of the hash, each growing
// by half when it is 7/8 full, so that growing never needs more than a 64th of the whole at once. A slot
// keeps 96 of the 128 bits: two different texts among a billion agree in them with probability 1e-11.

#include "pipeline/catalog.h"

#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"

enum { TABLES = 64, FIRST_SLOTS = 64 };

struct slot {
    uint64_t low;
    uint32_t high;
    uint32_t article; // UINT32_MAX: empty
};

struct table {
    struct slot *slots;
    uint32_t n_slots, used;
};

struct catalog {
    struct log *records;
    struct log *ids;
    uint32_t *leader;
    size_t cap_leader;
    uint32_t n;
    struct table tables[TABLES];
};

_Static_assert(sizeof(struct catalog_record) == 64, "records are addressed as article * 64");
_Static_assert(LOG_CHUNK_BYTES % sizeof(struct catalog_record) == 0,
               "so that no record straddles two chunks");

int catalog_new(struct catalog **out, uint64_t memory_bytes, const char *temp_dir,
                struct copydesk_error *error)
{
    struct catalog *c = mem_zalloc(1, sizeof *c);
    if (!c) {
        return error_memory(error);
    }
    int status = log_new(&c->records, memory_bytes - memory_bytes / 3, temp_dir, error);
    if (status == 0) {
        status = log_new(&c->ids, memory_bytes / 3, temp_dir, error);
    }
    if (status < 0) {
        catalog_free(c);
        return status;
    }
    *out = c;
    return 0;
}

void catalog_seal(struct catalog *c)
{
    for (unsigned i = 0; i < TABLES; i++) {
        mem_free(c->tables[i].slots);
        c->tables[i] = (struct table){0};
    }
}

void catalog_free(struct catalog *c)
{
    if (!c) {
        return;
    }
    catalog_seal(c);
    log_free(c->records);
    log_free(c->ids);
    mem_free(c->leader);
    mem_free(c);
}

static struct slot *probe(const struct table *t, struct catalog_key key)
{
    uint32_t at = hash_range((uint32_t)key.low, t->n_slots);
    for (;;) {
        struct slot *s = &t->slots[at];
        if (s->article == UINT32_MAX || (s->low == key.low && s->high == (uint32_t)key.high)) {
            return s;
        }
        at = at + 1 == t->n_slots ? 0 : at + 1;
    }
}

static bool grow(struct table *t)
{
    struct table bigger = {.n_slots = t->n_slots ? t->n_slots + t->n_slots / 2 : FIRST_SLOTS,
                           .used = t->used};
    bigger.slots = mem_alloc(bigger.n_slots, sizeof *bigger.slots);
    if (!bigger.slots) {
        return false;
    }
    for (uint32_t i = 0; i < bigger.n_slots; i++) {
        bigger.slots[i].article = UINT32_MAX;
    }
    for (uint32_t i = 0; i < t->n_slots; i++) {
        const struct slot *s = &t->slots[i];
        if (s->article != UINT32_MAX) {
            *probe(&bigger, (struct catalog_key){s->low, s->high}) = *s;
        }
    }
    mem_free(t->slots);
    *t = bigger;
    return true;
}

static int find_leader(struct catalog *c, struct catalog_key key, uint32_t article, uint32_t *leader,
                       struct copydesk_error *error)
{
    *leader = article;
    if (key.low == 0 && key.high == 0) {
        return 0;
    }
    struct table *t = &c->tables[key.low >> 58];
    if (t->used >= t->n_slots - t->n_slots / 8 && !grow(t)) {
        return error_memory(error);
    }
    struct slot *s = probe(t, key);
    if (s->article == UINT32_MAX) {
        *s = (struct slot){key.low, (uint32_t)key.high, article};
        t->used++;
    }
    *leader = s->article;
    return 0;
}

int catalog_add(struct catalog *c, struct catalog_record *record, struct str id, struct catalog_key key,
                uint32_t *leader, struct copydesk_error *error)
{
    if (c->n == CATALOG_MAX_ARTICLES) {
        return error_set(error, COPYDESK_ERR_INPUT, NULL, "more than %d articles in one run; split the input",
                         CATALOG_MAX_ARTICLES);
    }
    void *leaders = c->leader;
    if (!mem_grow(&leaders, &c->cap_leader, (size_t)c->n + 1, sizeof *c->leader)) {
        return error_memory(error);
    }
    c->leader = leaders;
    // An id longer than a chunk of the log is no id; the reader has refused it.
    record->id_len = (uint32_t)id.len;
    int status = log_append(c->ids, id.data, id.len, &record->id_at, error);
    if (status < 0) {
        return status;
    }
    uint64_t at;
    status = log_append(c->records, record, sizeof *record, &at, error);
    if (status < 0) {
        return status;
    }
    status = find_leader(c, key, c->n, leader, error);
    if (status < 0) {
        return status;
    }
    c->leader[c->n++] = *leader;
    return 0;
}

uint32_t catalog_count(const struct catalog *c)
{
    return c->n;
}

uint32_t catalog_leader(const struct catalog *c, uint32_t article)
{
    return c->leader[article];
}

int catalog_get(const struct catalog *c, uint32_t article, struct catalog_record *record,
                struct copydesk_error *error)
{
    const void *found =
        log_read(c->records, (uint64_t)article * sizeof *record, sizeof *record, record, error);
    if (!found) {
        return COPYDESK_ERR_IO;
    }
    if (found != record) {
        memcpy(record, found, sizeof *record);
    }
    return 0;
}

int catalog_id(const struct catalog *c, const struct catalog_record *record, struct buf *scratch,
               struct str *id, struct copydesk_error *error)
{
    buf_clear(scratch);
    if (!buf_reserve(scratch, record->id_len + 1)) {
        return error_memory(error);
    }
    const char *data = log_read(c->ids, record->id_at, record->id_len, scratch->data, error);
    if (!data) {
        return COPYDESK_ERR_IO;
    }
    *id = (struct str){data, record->id_len};
    return 0;
}

uint64_t catalog_disk_bytes(const struct catalog *c)
{
    return log_disk_bytes(c->records) + log_disk_bytes(c->ids);
}
