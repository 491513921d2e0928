/*
 * log.h - a byte log: appended at the end, read back anywhere; in memory up to a limit, beyond it on disk.
 *
 * Holds what is kept of every article (its record, its id). Bytes are addressed by their offset, given out by
 * log_append(). An entry never straddles two chunks of 1 MiB, so a resident entry can be looked at in place.
 */
#pragma once

#include "base/error.h"

struct log;

enum { LOG_CHUNK_BYTES = 1 << 20 };

/* memory_bytes: how much stays resident, 0 for all. */
int log_new(struct log **l, uint64_t memory_bytes, const char *temp_dir, struct copydesk_error *error);
void log_free(struct log *l);

/* Copies len (<= LOG_CHUNK_BYTES) bytes in; *offset is where they stand. One thread at a time. */
int log_append(struct log *l, const void *data, size_t len, uint64_t *offset, struct copydesk_error *error);

/*
 * Where the bytes at [offset, offset + len) are: a pointer into the log when resident, else they are read
 * into `scratch` and that is returned. NULL: read failed. Any number of threads, not while appending.
 */
const void *log_read(const struct log *l, uint64_t offset, size_t len, void *scratch,
                     struct copydesk_error *error);

/* Overwrites bytes that were appended before. */
int log_write(struct log *l, uint64_t offset, const void *data, size_t len, struct copydesk_error *error);

/*
 * For one who goes through a log from front to back: what is on disk is read 64 KiB at a time. All-zero is
 * empty. One thread each; whoever else writes to the log meanwhile is not seen.
 */
struct log_window {
    char *data;
    uint64_t start;
    size_t len;
};
void log_window_release(struct log_window *w);
/* As log_read() and log_write(). w NULL: just as those. */
const void *log_read_on(const struct log *l, struct log_window *w, uint64_t offset, size_t len, void *scratch,
                        struct copydesk_error *error);
int log_write_on(struct log *l, struct log_window *w, uint64_t offset, const void *data, size_t len,
                 struct copydesk_error *error);

uint64_t log_disk_bytes(const struct log *l);
