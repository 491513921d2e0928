// edits.c - the store of what the cleaning stages found. Contract in edits.h.
//
// A page of raw HTML has a hundred repairs, so an edit takes as few bytes as its figures need:
// variable-length integers (LEB128), the start as the distance from the edit before in the same field, and
// one byte that says which of the rarer members follow. Most edits are 5 to 8 bytes and their replacement.
//
// An entry of the log holds at most a chunk; what is longer goes in several, each preceded by the place of
// the one that follows it, so the last is written first.

#include "pipeline/edits.h"

#include "base/log.h"
#include "base/mem.h"

enum {
    HAS_COUNTS = 1, // articles and clusters
    HAS_OTHER = 2,
    HAS_REASON = 4,
    HAS_TO = 8,
    FIELD_SHIFT = 4,
    HEAD_BYTES = 16, // of an entry: where it goes on, its length
    PIECE_BYTES = LOG_CHUNK_BYTES - HEAD_BYTES,
};
#define NOWHERE UINT64_MAX

struct edit_store {
    struct log *log;
    struct log *at; // by article: where its entry begins; ends at the last article that has one
    uint32_t n_at;
    uint8_t *has; // by article, a bit
    struct buf entry;
};

int edit_store_new(struct edit_store **out, uint32_t n_articles, uint64_t memory_bytes, const char *temp_dir,
                   struct copydesk_error *error)
{
    struct edit_store *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    s->has = mem_zalloc((size_t)n_articles / 8 + 1, 1);
    int status = s->has ? 0 : error_memory(error);
    status = status < 0 ? status : log_new(&s->log, memory_bytes - memory_bytes / 4, temp_dir, error);
    status = status < 0 ? status : log_new(&s->at, memory_bytes / 4, temp_dir, error);
    if (status < 0) {
        edit_store_free(s);
        return status;
    }
    *out = s;
    return 0;
}

void edit_store_free(struct edit_store *s)
{
    if (s) {
        log_free(s->log);
        log_free(s->at);
        mem_free(s->has);
        buf_release(&s->entry);
        mem_free(s);
    }
}

uint64_t edit_store_disk_bytes(const struct edit_store *s)
{
    return s ? log_disk_bytes(s->log) + log_disk_bytes(s->at) : 0;
}

bool edit_store_has(const struct edit_store *s, uint32_t article)
{
    return s && s->has[article / 8] >> article % 8 & 1;
}

// ---- one edit as bytes

static void put(struct buf *out, uint64_t value)
{
    while (value >= 0x80) {
        buf_add_char(out, (char)(value | 0x80));
        value >>= 7;
    }
    buf_add_char(out, (char)value);
}

static uint64_t take(const uint8_t **p)
{
    uint64_t value = 0;
    unsigned shift = 0;
    uint8_t byte;
    do {
        byte = *(*p)++;
        value |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return value;
}

void edit_pack(struct buf *out, const struct found *found, size_t n)
{
    uint32_t last = 0;
    enum copydesk_field field = COPYDESK_FIELD_NONE;
    for (size_t i = 0; i < n; i++) {
        const struct edit *e = &found[i].edit;
        unsigned has = (e->articles | e->clusters ? HAS_COUNTS : 0) |
                       (found[i].other != UINT32_MAX ? HAS_OTHER : 0) | (e->reason ? HAS_REASON : 0) |
                       (e->to.len ? HAS_TO : 0);
        last = e->field == field ? last : 0;
        field = e->field;
        buf_add_char(out, (char)(has | (unsigned)e->field << FIELD_SHIFT));
        buf_add_char(out, (char)e->rule);
        put(out, e->start - last);
        put(out, e->end - e->start);
        put(out, 10000 - e->score); // most are certain
        last = e->start;
        if (has & HAS_COUNTS) {
            put(out, e->articles);
            put(out, e->clusters);
        }
        if (has & HAS_OTHER) {
            put(out, found[i].other);
        }
        if (has & HAS_REASON) {
            buf_add(out, &e->reason, sizeof e->reason);
        }
        if (has & HAS_TO) {
            put(out, e->to.len);
            buf_add_str(out, e->to);
        }
    }
}

static const uint8_t *unpack(const uint8_t *p, struct found *found, uint32_t *last,
                             enum copydesk_field *field)
{
    unsigned has = *p++;
    *found = (struct found){.other = UINT32_MAX};
    struct edit *e = &found->edit;
    e->field = (enum copydesk_field)(has >> FIELD_SHIFT);
    e->rule = (enum copydesk_rule) * p++;
    e->start = (uint32_t)take(&p) + (e->field == *field ? *last : 0);
    e->end = e->start + (uint32_t)take(&p);
    e->score = 10000 - (uint32_t)take(&p);
    if (has & HAS_COUNTS) {
        e->articles = (uint32_t)take(&p);
        e->clusters = (uint32_t)take(&p);
    }
    if (has & HAS_OTHER) {
        found->other = (uint32_t)take(&p);
    }
    if (has & HAS_REASON) {
        memcpy(&e->reason, p, sizeof e->reason);
        p += sizeof e->reason;
    }
    if (has & HAS_TO) {
        e->to.len = take(&p);
        e->to.data = (const char *)p;
        p += e->to.len;
    }
    *last = e->start;
    *field = e->field;
    return p;
}

// ---- articles

static int put_place(struct edit_store *s, uint32_t article, uint64_t place, struct copydesk_error *error)
{
    int status = 0;
    for (; s->n_at <= article && status == 0; s->n_at++) {
        uint64_t at;
        uint64_t entry = s->n_at == article ? place : NOWHERE;
        status = log_append(s->at, &entry, sizeof entry, &at, error);
    }
    return status;
}

int edit_store_add(struct edit_store *s, uint32_t article, struct str packed, struct copydesk_error *error)
{
    uint64_t next = NOWHERE;
    size_t left = packed.len;
    while (left > 0) {
        size_t len = left % PIECE_BYTES ? left % PIECE_BYTES : PIECE_BYTES;
        uint64_t head[2] = {next, len};
        buf_clear(&s->entry);
        buf_add(&s->entry, head, sizeof head);
        buf_add(&s->entry, packed.data + left - len, len);
        if (s->entry.failed) {
            return error_memory(error);
        }
        int status = log_append(s->log, s->entry.data, s->entry.len, &next, error);
        if (status < 0) {
            return status;
        }
        left -= len;
    }
    if (next == NOWHERE) {
        return 0;
    }
    s->has[article / 8] |= (uint8_t)(1u << article % 8);
    return put_place(s, article, next, error);
}

void edit_list_release(struct edit_list *list)
{
    mem_free(list->found);
    mem_free(list->edits);
    buf_release(&list->packed);
    *list = (struct edit_list){0};
}

static int load(const struct edit_store *s, uint64_t at, struct buf *packed, struct copydesk_error *error)
{
    buf_clear(packed);
    while (at != NOWHERE) {
        uint64_t head[2];
        const void *found = log_read(s->log, at, sizeof head, head, error);
        if (!found) {
            return COPYDESK_ERR_IO;
        }
        if (found != head) {
            memcpy(head, found, sizeof head);
        }
        size_t len = (size_t)head[1];
        if (!buf_reserve(packed, len)) {
            return error_memory(error);
        }
        char *to = packed->data + packed->len;
        found = log_read(s->log, at + sizeof head, len, to, error);
        if (!found) {
            return COPYDESK_ERR_IO;
        }
        if (found != to) {
            memcpy(to, found, len);
        }
        packed->len += len;
        at = head[0];
    }
    return 0;
}

int edit_store_get(const struct edit_store *s, uint32_t article, struct edit_list *list,
                   struct copydesk_error *error)
{
    list->n = 0;
    if (!edit_store_has(s, article)) {
        return 0;
    }
    uint64_t at;
    const uint64_t *place = log_read(s->at, (uint64_t)article * sizeof at, sizeof at, &at, error);
    if (!place) {
        return COPYDESK_ERR_IO;
    }
    int status = load(s, *place, &list->packed, error);
    if (status < 0) {
        return status;
    }
    const uint8_t *p = (const uint8_t *)list->packed.data;
    const uint8_t *end = p + list->packed.len;
    uint32_t last = 0;
    enum copydesk_field field = COPYDESK_FIELD_NONE;
    while (p < end) {
        void *found = list->found;
        void *edits = list->edits;
        bool ok = mem_grow(&found, &list->cap, list->n + 1, sizeof *list->found);
        list->found = found;
        ok = ok && mem_grow(&edits, &list->cap_edits, list->n + 1, sizeof *list->edits);
        list->edits = edits;
        if (!ok) {
            return error_memory(error);
        }
        p = unpack(p, &list->found[list->n], &last, &field);
        list->edits[list->n] = list->found[list->n].edit;
        list->n++;
    }
    return 0;
}
