// spill.c - records scattered over parts, in memory or on disk. Contracts and the picture in spill.h.
//
// A part's records are: for each writer the chain of its blocks, newest first, then the extents that were
// written to disk, whole blocks each. A part that has been replaced is one array, in memory, or under a limit
// on disk.

#include "base/spill.h"

#include "base/mem.h"
#include "base/temp.h"

#include <pthread.h>

enum {
    FIRST_SLAB_BYTES = SPILL_PARTS * SPILL_BLOCK_BYTES, // the open blocks: all that a small corpus needs
    SLAB_BYTES = 2 << 20,                               // one huge page
    MIN_BLOCKS = 2 * SPILL_PARTS,                       // one open block for each part, and as many full ones
    PIECE_BLOCKS = 64,                                  // written and read back at once
};

_Static_assert(sizeof(struct spill_block) == SPILL_BLOCK_BYTES, "blocks are found by their address");

struct spill_slab {
    struct spill_slab *next;
    void *memory;
    size_t bytes;
};

struct extent {
    uint64_t offset;
    uint32_t n_blocks;
};

struct part {
    struct extent *extents;
    size_t n_extents, cap_extents;
    uint64_t disk_bytes; // of data in the extents
    bool replaced;
    uint64_t *kept; // the records after spill_replace(), or NULL: on disk at kept_offset
    size_t n_kept;
    uint64_t kept_offset;
};

struct spill {
    struct part parts[SPILL_PARTS];
    struct spill_writer *writers;
    struct spill_slab *spare; // inherited
    struct spill *heir;
    unsigned n_writers, n_replaced;
    bool limited;
    size_t record_bytes; // 8, or SPILL_POSTING_BYTES
    const char *temp_dir;
    int fd;
    uint64_t file_end;
    pthread_mutex_t lock; // fd, file_end, extents, n_replaced, spare
};

static struct spill_block *block_of(const uint8_t *at)
{
    // `at` may stand at the very end of its block, so look one byte back.
    return (struct spill_block *)(((uintptr_t)at - 1) & ~(uintptr_t)(SPILL_BLOCK_BYTES - 1));
}

static struct spill_block *older_of(const struct spill_block *block)
{
    return (struct spill_block *)(uintptr_t)block->older;
}

// The newest block of a chain, with `used` brought up to date.
static struct spill_block *open_block(const struct spill_writer *w, unsigned part)
{
    struct spill_block *block = block_of(w->at[part]);
    block->used = (uint32_t)(w->at[part] - block->data);
    return block;
}

static struct spill_slab *new_slab(struct spill *s, size_t bytes)
{
    pthread_mutex_lock(&s->lock);
    struct spill_slab *slab = s->spare;
    s->spare = slab ? slab->next : NULL;
    pthread_mutex_unlock(&s->lock);
    if (slab) {
        return slab;
    }
    slab = mem_alloc(1, sizeof *slab);
    void *memory = slab ? mem_map(bytes) : NULL;
    if (!memory) {
        mem_free(slab);
        return NULL;
    }
    *slab = (struct spill_slab){NULL, memory, bytes};
    return slab;
}

static struct spill_block *new_block(struct spill_writer *w)
{
    if (!w->free_blocks) {
        struct spill_slab *slab = new_slab(w->spill, w->slabs ? SLAB_BYTES : FIRST_SLAB_BYTES);
        if (!slab) {
            return NULL;
        }
        slab->next = w->slabs;
        w->slabs = slab;
        struct spill_block *blocks = slab->memory;
        for (size_t i = slab->bytes / SPILL_BLOCK_BYTES; i-- > 0;) {
            blocks[i].older = (uint64_t)(uintptr_t)w->free_blocks;
            w->free_blocks = &blocks[i];
        }
    }
    struct spill_block *block = w->free_blocks;
    w->free_blocks = older_of(block);
    __builtin_prefetch(w->free_blocks, 1);
    w->n_blocks++;
    return block;
}

static void start_block(struct spill_writer *w, unsigned part, struct spill_block *block,
                        struct spill_block *older)
{
    block->older = (uint64_t)(uintptr_t)older;
    block->used = 0;
    block->base = w->last[part];
    w->at[part] = block->data;
}

static void give_back(struct spill_writer *w, struct spill_block *block)
{
    block->older = (uint64_t)(uintptr_t)w->free_blocks;
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

// Every part has an open block from the start, so that adding needs no test for "none yet".
static bool open_blocks(struct spill_writer *w)
{
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        struct spill_block *block = new_block(w);
        if (!block) {
            return false;
        }
        start_block(w, part, block, NULL);
    }
    return true;
}

int spill_new(struct spill **out, enum spill_kind kind, unsigned n_writers, uint64_t memory_bytes,
              const char *temp_dir, struct copydesk_error *error)
{
    struct spill *s = mem_zalloc(1, sizeof *s);
    if (!s) {
        return error_memory(error);
    }
    s->fd = -1;
    s->temp_dir = temp_dir;
    s->limited = memory_bytes != 0;
    s->record_bytes = kind == SPILL_POSTINGS ? SPILL_POSTING_BYTES : sizeof(uint64_t);
    pthread_mutex_init(&s->lock, NULL);
    s->writers = mem_zalloc(n_writers, sizeof *s->writers);
    s->n_writers = s->writers ? n_writers : 0;
    for (unsigned i = 0; i < s->n_writers; i++) {
        struct spill_writer *w = &s->writers[i];
        w->spill = s;
        w->max_blocks = memory_bytes ? memory_bytes / n_writers / SPILL_BLOCK_BYTES : SIZE_MAX;
        w->max_blocks = w->max_blocks < MIN_BLOCKS ? MIN_BLOCKS : w->max_blocks;
        if (!open_blocks(w)) {
            spill_free(s);
            return error_memory(error);
        }
    }
    if (!s->writers) {
        spill_free(s);
        return error_memory(error);
    }
    *out = s;
    return 0;
}

static void free_list(struct spill_slab *slab)
{
    while (slab) {
        struct spill_slab *next = slab->next;
        mem_unmap(slab->memory, slab->bytes);
        mem_free(slab);
        slab = next;
    }
}

// Slabs of the writers go to the heir, or back to the system.
static void leave_slabs(struct spill *s)
{
    for (unsigned i = 0; i < s->n_writers; i++) {
        struct spill_slab *first = s->writers[i].slabs;
        struct spill_slab *last = first;
        s->writers[i].slabs = NULL;
        while (last && last->next) {
            last = last->next;
        }
        if (last && s->heir) {
            pthread_mutex_lock(&s->heir->lock);
            last->next = s->heir->spare;
            s->heir->spare = first;
            pthread_mutex_unlock(&s->heir->lock);
        } else {
            free_list(first);
        }
    }
    free_list(s->spare);
    s->spare = NULL;
}

void spill_bequeath(struct spill *s, struct spill *heir)
{
    s->heir = s->limited ? NULL : heir;
}

void spill_free(struct spill *s)
{
    if (!s) {
        return;
    }
    s->heir = NULL;
    leave_slabs(s);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        mem_free(s->parts[part].extents);
        mem_free(s->parts[part].kept);
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

// Room in the temporary file, which is made when first needed.
static int reserve_file(struct spill *s, uint64_t bytes, uint64_t *offset, struct copydesk_error *error)
{
    pthread_mutex_lock(&s->lock);
    int status = s->fd < 0 ? temp_open(s->temp_dir, &s->fd, error) : 0;
    *offset = s->file_end;
    s->file_end += status == 0 ? bytes : 0;
    pthread_mutex_unlock(&s->lock);
    return status;
}

static int write_extent(struct spill *s, unsigned part, const struct spill_block *blocks, uint32_t n,
                        struct copydesk_error *error)
{
    uint64_t offset = 0;
    int status = n ? reserve_file(s, (uint64_t)n * SPILL_BLOCK_BYTES, &offset, error) : 0;
    if (status < 0 || n == 0) {
        return status;
    }
    struct part *p = &s->parts[part];
    pthread_mutex_lock(&s->lock);
    void *extents = p->extents;
    if (mem_grow(&extents, &p->cap_extents, p->n_extents + 1, sizeof *p->extents)) {
        p->extents = extents;
        p->extents[p->n_extents++] = (struct extent){offset, n};
    } else {
        status = error_memory(error);
    }
    for (uint32_t i = 0; i < n; i++) {
        p->disk_bytes += blocks[i].used;
    }
    pthread_mutex_unlock(&s->lock);
    return status < 0 ? status : temp_write(s->fd, blocks, (size_t)n * SPILL_BLOCK_BYTES, offset, error);
}

// Writes all blocks of a part to disk and frees them but for one, which is left open and empty.
static int flush_part(struct spill_writer *w, unsigned part, struct spill_block *piece,
                      struct copydesk_error *error)
{
    uint32_t n = 0;
    int status = 0;
    struct spill_block *block = open_block(w, part);
    while (status == 0) {
        if (block->used > 0) {
            piece[n++] = *block;
        }
        struct spill_block *older = older_of(block);
        if (n == PIECE_BLOCKS || !older) {
            status = write_extent(w->spill, part, piece, n, error);
            n = 0;
        }
        if (!older) {
            break;
        }
        give_back(w, block);
        block = older;
    }
    start_block(w, part, block, NULL);
    return status;
}

static int flush(struct spill_writer *w, struct copydesk_error *error)
{
    struct spill_block *piece = mem_alloc(PIECE_BLOCKS, sizeof *piece);
    int status = piece ? 0 : error_memory(error);
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        status = flush_part(w, part, piece, error);
    }
    mem_free(piece);
    return status;
}

void spill_next_block(struct spill_writer *w, unsigned part)
{
    struct copydesk_error error = {0};
    struct spill_block *full = open_block(w, part);
    if (w->n_blocks >= w->max_blocks && !w->failed) {
        if (flush(w, &error) == 0) {
            return; // this part has an empty open block now
        }
        writer_fail(w, &error);
    }
    struct spill_block *block = w->failed ? NULL : new_block(w);
    if (block) {
        start_block(w, part, block, full);
        return;
    }
    error_memory(&error);
    writer_fail(w, &error);
    // Nothing will be read any more: let further records overwrite the block that is there.
    w->at[part] = block_of(w->at[part])->data;
}

void spill_far_posting(struct spill_writer *w, unsigned part, uint32_t article)
{
    // A new block states its article in full: cheaper than many steps.
    if (article - w->last[part] >= 16 * SPILL_FAR) {
        w->last[part] = article;
        struct spill_block *open = block_of(w->at[part]);
        if (w->at[part] == open->data) {
            open->base = article;
        } else {
            spill_next_block(w, part);
        }
        return;
    }
    while (article - w->last[part] >= SPILL_FAR) {
        uint8_t *at = w->at[part];
        memset(at, 0, SPILL_POSTING_BYTES);
        at[4] = SPILL_FAR;
        w->at[part] = at + SPILL_POSTING_BYTES;
        w->last[part] += SPILL_FAR;
        if (spill_is_full(w->at[part], SPILL_POSTING_BYTES)) {
            spill_next_block(w, part);
        }
    }
}

int spill_check(const struct spill_writer *w, struct copydesk_error *error)
{
    if (w->failed && error) {
        *error = w->error;
    }
    return w->failed ? w->error.status : 0;
}

// ---- reading

// What is read of a block: 64-bit records, or postings.
typedef size_t (*decode_fn)(const struct spill_block *block, uint64_t *out);

static size_t decode_records(const struct spill_block *block, uint64_t *out)
{
    memcpy(out, block->data, block->used);
    return block->used / sizeof *out;
}

static size_t decode_postings(const struct spill_block *block, uint64_t *out)
{
    size_t n = 0;
    uint64_t article = block->base;
    for (size_t at = 0; at < block->used; at += SPILL_POSTING_BYTES) {
        uint32_t key;
        memcpy(&key, block->data + at, sizeof key);
        uint8_t distance = block->data[at + 4];
        article += distance;
        out[n] = (uint64_t)key << 32 | article;
        n += distance != SPILL_FAR;
    }
    return n;
}

static uint64_t data_bytes(const struct spill *s, unsigned part)
{
    uint64_t bytes = s->parts[part].disk_bytes;
    for (unsigned i = 0; i < s->n_writers; i++) {
        const struct spill_block *block = open_block(&s->writers[i], part);
        for (; block; block = older_of(block)) {
            bytes += block->used;
        }
    }
    return bytes;
}

size_t spill_count(const struct spill *s, unsigned part)
{
    const struct part *p = &s->parts[part];
    return p->replaced ? p->n_kept : data_bytes(s, part) / s->record_bytes;
}

static int decode_extent(const struct spill *s, const struct extent *e, struct spill_block *piece,
                         decode_fn decode, uint64_t *out, size_t *n, struct copydesk_error *error)
{
    int status = temp_read(s->fd, piece, (size_t)e->n_blocks * SPILL_BLOCK_BYTES, e->offset, error);
    for (uint32_t i = 0; i < e->n_blocks && status == 0; i++) {
        *n += decode(&piece[i], out + *n);
    }
    return status;
}

static int decode_part(struct spill *s, unsigned part, decode_fn decode, uint64_t *out, size_t *n,
                       struct copydesk_error *error)
{
    const struct part *p = &s->parts[part];
    *n = 0;
    for (unsigned i = 0; i < s->n_writers; i++) {
        const struct spill_block *block = open_block(&s->writers[i], part);
        for (; block; block = older_of(block)) {
            *n += decode(block, out + *n);
        }
    }
    if (p->n_extents == 0) {
        return 0;
    }
    struct spill_block *piece = mem_alloc(PIECE_BLOCKS, sizeof *piece);
    int status = piece ? 0 : error_memory(error);
    for (size_t e = 0; e < p->n_extents && status == 0; e++) {
        status = decode_extent(s, &p->extents[e], piece, decode, out, n, error);
    }
    mem_free(piece);
    return status;
}

int spill_load(struct spill *s, unsigned part, uint64_t *out, struct copydesk_error *error)
{
    const struct part *p = &s->parts[part];
    size_t n;
    if (!p->replaced) {
        return decode_part(s, part, decode_records, out, &n, error);
    }
    if (p->kept) {
        memcpy(out, p->kept, p->n_kept * sizeof *out);
        return 0;
    }
    return p->n_kept ? temp_read(s->fd, out, p->n_kept * sizeof *out, p->kept_offset, error) : 0;
}

int spill_load_postings(struct spill *s, unsigned part, uint64_t *out, size_t *n,
                        struct copydesk_error *error)
{
    return decode_part(s, part, decode_postings, out, n, error);
}

int spill_replace(struct spill *s, unsigned part, const uint64_t *records, size_t n,
                  struct copydesk_error *error)
{
    struct part *p = &s->parts[part];
    uint64_t *kept = NULL;
    int status = 0;
    if (n > 0 && s->limited) {
        status = reserve_file(s, n * sizeof *records, &p->kept_offset, error);
        status = status < 0 ? status : temp_write(s->fd, records, n * sizeof *records, p->kept_offset, error);
    } else if (n > 0) {
        kept = mem_alloc(n, sizeof *kept);
        if (!kept) {
            return error_memory(error);
        }
        memcpy(kept, records, n * sizeof *kept);
    }
    if (status < 0) {
        return status;
    }
    mem_free(p->kept);
    p->kept = kept;
    p->n_kept = n;
    pthread_mutex_lock(&s->lock);
    s->n_replaced += !p->replaced;
    p->replaced = true;
    bool all = s->n_replaced == SPILL_PARTS;
    pthread_mutex_unlock(&s->lock);
    if (all) {
        leave_slabs(s);
    }
    return 0;
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
