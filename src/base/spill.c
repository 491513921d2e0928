// spill.c - records scattered over parts, in memory or on disk. Contracts and the picture in spill.h.
//
// A part's records are: for each writer the chain of its blocks, newest first, then the extents it wrote to disk. A
// replaced part is walked in the same order, so n <= count records always find room; `kept` says how many are left.

#include "base/spill.h"

#include "base/mem.h"
#include "base/temp.h"

#include <pthread.h>
#include <string.h>

enum {
    BLOCK_BYTES = SPILL_BLOCK_RECORDS * 8,
    SLAB_BYTES = 2 << 20, // one huge page
    RECORDS_PER_BLOCK = SPILL_BLOCK_RECORDS - 1, // slot 0 is the link
    MIN_BLOCKS = 2 * SPILL_PARTS,                // one open block for each part, and as many full ones
};

struct spill_slab {
    struct spill_slab *next;
    void *block;
};

struct extent {
    uint64_t offset;
    uint32_t n;
};

struct part {
    struct extent *extents;
    size_t n_extents, cap_extents;
    uint64_t on_disk;  // records in extents
    uint64_t kept;     // records after spill_replace()
    bool replaced;
};

struct spill {
    struct part parts[SPILL_PARTS];
    struct spill_writer *writers;
    unsigned n_writers;
    const char *temp_dir;
    int fd;
    uint64_t file_end;
    pthread_mutex_t lock; // fd, file_end, extents
};

static uint64_t *link_of(const uint64_t *block)
{
    return (uint64_t *)(uintptr_t)block[0];
}

static uint64_t *block_of(const uint64_t *at)
{
    // `at` may stand at the very end of its block, so look one record back.
    return (uint64_t *)(((uintptr_t)at - 1) & ~(uintptr_t)(BLOCK_BYTES - 1));
}

static uint64_t *new_block(struct spill_writer *w)
{
    if (!w->free_blocks) {
        struct spill_slab *slab = mem_alloc(1, sizeof *slab);
        void *block = slab ? mem_map(SLAB_BYTES) : NULL;
        if (!block) {
            mem_free(slab);
            return NULL;
        }
        *slab = (struct spill_slab){w->slabs, block};
        w->slabs = slab;
        for (size_t at = 0; at < SLAB_BYTES; at += BLOCK_BYTES) {
            uint64_t *b = (uint64_t *)(void *)((char *)block + at);
            b[0] = (uint64_t)(uintptr_t)w->free_blocks;
            w->free_blocks = b;
        }
    }
    uint64_t *b = w->free_blocks;
    w->free_blocks = link_of(b);
    b[0] = 0;
    w->n_blocks++;
    return b;
}

static void give_back(struct spill_writer *w, uint64_t *block)
{
    block[0] = (uint64_t)(uintptr_t)w->free_blocks;
    w->free_blocks = block;
    w->n_blocks--;
}

static void writer_fail(struct spill_writer *w, const struct copydesk_error *error)
{
    if (!w->failed) {
        w->failed = true;
        w->error = *error;
    }
}

// Every part has an open block from the start, so that spill_add() needs no test for "none yet".
static bool open_blocks(struct spill_writer *w)
{
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        uint64_t *block = new_block(w);
        if (!block) {
            return false;
        }
        w->at[part] = block + 1;
    }
    return true;
}

int spill_new(struct spill **out, unsigned n_writers, uint64_t memory_bytes, const char *temp_dir,
              struct copydesk_error *error)
{
    struct spill *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    s->fd = -1;
    s->temp_dir = temp_dir;
    s->n_writers = n_writers;
    pthread_mutex_init(&s->lock, NULL);
    s->writers = mem_zalloc(n_writers, sizeof *s->writers);
    if (!s->writers) {
        s->n_writers = 0;
        spill_free(s);
        return error_memory(error);
    }
    for (unsigned i = 0; i < n_writers; i++) {
        struct spill_writer *w = &s->writers[i];
        w->spill = s;
        w->max_blocks = memory_bytes ? memory_bytes / n_writers / BLOCK_BYTES : SIZE_MAX;
        w->max_blocks = w->max_blocks < MIN_BLOCKS ? MIN_BLOCKS : w->max_blocks;
        if (!open_blocks(w)) {
            spill_free(s);
            return error_memory(error);
        }
    }
    *out = s;
    return 0;
}

void spill_free(struct spill *s)
{
    if (!s) {
        return;
    }
    for (unsigned i = 0; i < s->n_writers; i++) {
        struct spill_slab *slab = s->writers[i].slabs;
        while (slab) {
            struct spill_slab *next = slab->next;
            mem_unmap(slab->block, SLAB_BYTES);
            mem_free(slab);
            slab = next;
        }
    }
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        mem_free(s->parts[part].extents);
    }
    temp_close(s->fd);
    pthread_mutex_destroy(&s->lock);
    mem_free(s->writers);
    mem_free(s);
}

struct spill_writer *spill_writer(struct spill *s, unsigned number)
{
    return &s->writers[number];
}

static int write_extent(struct spill *s, unsigned part, const uint64_t *records, size_t n, struct copydesk_error *error)
{
    if (n == 0) {
        return 0;
    }
    struct part *p = &s->parts[part];
    pthread_mutex_lock(&s->lock);
    void *extents = p->extents;
    int status = 0;
    if (s->fd < 0) {
        status = temp_open(s->temp_dir, &s->fd, error);
    }
    if (status == 0 && !mem_grow(&extents, &p->cap_extents, p->n_extents + 1, sizeof *p->extents)) {
        status = error_memory(error);
    }
    uint64_t offset = s->file_end;
    if (status == 0) {
        p->extents = extents;
        p->extents[p->n_extents++] = (struct extent){offset, (uint32_t)n};
        p->on_disk += n;
        s->file_end += n * sizeof *records;
    }
    pthread_mutex_unlock(&s->lock);
    return status ? status : temp_write(s->fd, records, n * sizeof *records, offset, error);
}

// Writes all blocks of the writer to disk, each part in one piece (at most 1 MiB a piece), and frees them.
static int flush(struct spill_writer *w, struct copydesk_error *error)
{
    enum { PIECE = 1 << 17 };
    uint64_t *piece = mem_alloc(PIECE, sizeof *piece);
    if (!piece) {
        return error_memory(error);
    }
    int status = 0;
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        size_t n = 0;
        uint64_t *block = block_of(w->at[part]);
        size_t filled = (size_t)(w->at[part] - block) - 1;
        while (block && status == 0) {
            if (n + filled > PIECE) {
                status = write_extent(w->spill, part, piece, n, error);
                n = 0;
            }
            memcpy(piece + n, block + 1, filled * sizeof *piece);
            n += filled;
            uint64_t *older = link_of(block);
            if (older) {
                give_back(w, block);
            } else {
                w->at[part] = block + 1; // the last one stays open
            }
            block = older;
            filled = RECORDS_PER_BLOCK;
        }
        if (status == 0) {
            status = write_extent(w->spill, part, piece, n, error);
        }
    }
    mem_free(piece);
    return status;
}

void spill_next_block(struct spill_writer *w, unsigned part)
{
    struct copydesk_error error = {0};
    if (w->n_blocks >= w->max_blocks && !w->failed) {
        if (flush(w, &error) < 0) {
            writer_fail(w, &error);
        } else {
            return; // flush() left this part an empty open block
        }
    }
    uint64_t *block = w->failed ? NULL : new_block(w);
    if (!block) {
        error_memory(&error);
        writer_fail(w, &error);
        // Nothing will be read any more: let further records overwrite the block that is there.
        w->at[part] = block_of(w->at[part]) + 1;
        return;
    }
    block[0] = (uint64_t)(uintptr_t)block_of(w->at[part]);
    w->at[part] = block + 1;
}

int spill_check(const struct spill_writer *w, struct copydesk_error *error)
{
    if (w->failed && error) {
        *error = w->error;
    }
    return w->failed ? w->error.status : 0;
}

static size_t chain_count(const struct spill_writer *w, unsigned part)
{
    const uint64_t *block = block_of(w->at[part]);
    size_t n = (size_t)(w->at[part] - block) - 1;
    for (block = link_of(block); block; block = link_of(block)) {
        n += RECORDS_PER_BLOCK;
    }
    return n;
}

size_t spill_count(const struct spill *s, unsigned part)
{
    const struct part *p = &s->parts[part];
    if (p->replaced) {
        return p->kept;
    }
    size_t n = p->on_disk;
    for (unsigned i = 0; i < s->n_writers; i++) {
        n += chain_count(&s->writers[i], part);
    }
    return n;
}

enum direction { LOAD, STORE };

// Copies up to n records between `records` and the places of the part, in their fixed order.
static int walk(struct spill *s, unsigned part, uint64_t *records, size_t n, enum direction direction,
                struct copydesk_error *error)
{
    for (unsigned i = 0; i < s->n_writers && n > 0; i++) {
        uint64_t *block = block_of(s->writers[i].at[part]);
        size_t filled = (size_t)(s->writers[i].at[part] - block) - 1;
        for (; block && n > 0; block = link_of(block), filled = RECORDS_PER_BLOCK) {
            size_t take = filled < n ? filled : n;
            if (direction == LOAD) {
                memcpy(records, block + 1, take * sizeof *records);
            } else {
                memcpy(block + 1, records, take * sizeof *records);
            }
            records += take;
            n -= take;
        }
    }
    const struct part *p = &s->parts[part];
    for (size_t e = 0; e < p->n_extents && n > 0; e++) {
        size_t take = p->extents[e].n < n ? p->extents[e].n : n;
        int status = direction == LOAD
                         ? temp_read(s->fd, records, take * sizeof *records, p->extents[e].offset, error)
                         : temp_write(s->fd, records, take * sizeof *records, p->extents[e].offset, error);
        if (status < 0) {
            return status;
        }
        records += take;
        n -= take;
    }
    return 0;
}

int spill_load(struct spill *s, unsigned part, uint64_t *out, struct copydesk_error *error)
{
    return walk(s, part, out, spill_count(s, part), LOAD, error);
}

int spill_replace(struct spill *s, unsigned part, const uint64_t *records, size_t n, struct copydesk_error *error)
{
    // walk() only reads from `records` when it stores.
    int status = walk(s, part, (uint64_t *)(uintptr_t)records, n, STORE, error);
    s->parts[part].replaced = true;
    s->parts[part].kept = n;
    return status;
}

uint64_t spill_total(const struct spill *s)
{
    uint64_t total = 0;
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        total += spill_count(s, part);
    }
    return total;
}

uint64_t spill_disk_bytes(const struct spill *s)
{
    return s->file_end;
}
