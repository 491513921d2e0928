// log.c - a byte log in memory and on disk. Contracts in log.h.
//
// Chunks are filled one after another. The first ones stay in memory until the limit is reached; from then on
// each chunk, when full, goes to the temporary file at its own place (chunk number * 1 MiB) and its memory is
// used for the next.

#include "base/log.h"

#include "base/mem.h"
#include "base/temp.h"

#include <string.h>

enum { WINDOW_BYTES = 1 << 16 };

struct log {
    char **chunks; // NULL: on disk
    size_t n_chunks, cap_chunks;
    size_t max_resident, n_resident;
    uint64_t end;
    const char *temp_dir;
    int fd;
    uint64_t on_disk;
};

int log_new(struct log **out, uint64_t memory_bytes, const char *temp_dir, struct copydesk_error *error)
{
    struct log *l = mem_zalloc(1, sizeof *l);
    if (!l) {
        return error_memory(error);
    }
    l->fd = -1;
    l->temp_dir = temp_dir;
    l->max_resident = memory_bytes ? memory_bytes / LOG_CHUNK_BYTES : SIZE_MAX;
    *out = l;
    return 0;
}

void log_free(struct log *l)
{
    if (!l) {
        return;
    }
    for (size_t i = 0; i < l->n_chunks; i++) {
        mem_free(l->chunks[i]);
    }
    mem_free(l->chunks);
    temp_close(l->fd);
    mem_free(l);
}

static int add_chunk(struct log *l, struct copydesk_error *error)
{
    void *chunks = l->chunks;
    if (!mem_grow(&chunks, &l->cap_chunks, l->n_chunks + 1, sizeof *l->chunks)) {
        return error_memory(error);
    }
    l->chunks = chunks;
    char *fresh = NULL;
    if (l->n_chunks > 0 && l->n_resident >= l->max_resident) {
        size_t last = l->n_chunks - 1;
        int status = l->fd < 0 ? temp_open(l->temp_dir, &l->fd, error) : 0;
        if (status == 0) {
            status =
                temp_write(l->fd, l->chunks[last], LOG_CHUNK_BYTES, (uint64_t)last * LOG_CHUNK_BYTES, error);
        }
        if (status < 0) {
            return status;
        }
        l->on_disk += LOG_CHUNK_BYTES;
        fresh = l->chunks[last];
        l->chunks[last] = NULL;
    } else {
        fresh = mem_alloc(1, LOG_CHUNK_BYTES);
        if (!fresh) {
            return error_memory(error);
        }
        l->n_resident++;
    }
    l->chunks[l->n_chunks++] = fresh;
    return 0;
}

int log_append(struct log *l, const void *data, size_t len, uint64_t *offset, struct copydesk_error *error)
{
    uint64_t chunk_end = (uint64_t)l->n_chunks * LOG_CHUNK_BYTES;
    if (len > chunk_end - l->end) {
        int status = add_chunk(l, error);
        if (status < 0) {
            return status;
        }
        l->end = chunk_end;
    }
    if (len > 0) { // an empty first entry has no chunk yet
        memcpy(l->chunks[l->n_chunks - 1] + l->end % LOG_CHUNK_BYTES, data, len);
    }
    *offset = l->end;
    l->end += len;
    return 0;
}

const void *log_read(const struct log *l, uint64_t offset, size_t len, void *scratch,
                     struct copydesk_error *error)
{
    if (len == 0) {
        return scratch;
    }
    const char *chunk = l->chunks[offset / LOG_CHUNK_BYTES];
    if (chunk) {
        return chunk + offset % LOG_CHUNK_BYTES;
    }
    return temp_read(l->fd, scratch, len, offset, error) < 0 ? NULL : scratch;
}

int log_write(struct log *l, uint64_t offset, const void *data, size_t len, struct copydesk_error *error)
{
    if (len == 0) {
        return 0;
    }
    char *chunk = l->chunks[offset / LOG_CHUNK_BYTES];
    if (chunk) {
        memcpy(chunk + offset % LOG_CHUNK_BYTES, data, len);
        return 0;
    }
    return temp_write(l->fd, data, len, offset, error);
}

// ---- from front to back

void log_window_release(struct log_window *w)
{
    mem_free(w->data);
    *w = (struct log_window){0};
}

static bool is_within(const struct log_window *w, uint64_t offset, size_t len)
{
    return offset >= w->start && offset + len <= w->start + w->len;
}

const void *log_read_on(const struct log *l, struct log_window *w, uint64_t offset, size_t len, void *scratch,
                        struct copydesk_error *error)
{
    if (!w || len > WINDOW_BYTES || len == 0 || l->chunks[offset / LOG_CHUNK_BYTES]) {
        return log_read(l, offset, len, scratch, error);
    }
    if (!is_within(w, offset, len)) {
        size_t left = LOG_CHUNK_BYTES - offset % LOG_CHUNK_BYTES;
        if (!w->data && !(w->data = mem_alloc(1, WINDOW_BYTES))) {
            error_memory(error);
            return NULL;
        }
        w->start = offset;
        w->len = left < WINDOW_BYTES ? left : WINDOW_BYTES;
        if (temp_read(l->fd, w->data, w->len, offset, error) < 0) {
            w->len = 0;
            return NULL;
        }
    }
    return w->data + (offset - w->start);
}

int log_write_on(struct log *l, struct log_window *w, uint64_t offset, const void *data, size_t len,
                 struct copydesk_error *error)
{
    if (w && len > 0 && is_within(w, offset, len)) {
        memcpy(w->data + (offset - w->start), data, len);
    }
    return log_write(l, offset, data, len, error);
}

uint64_t log_disk_bytes(const struct log *l)
{
    return l->on_disk;
}
