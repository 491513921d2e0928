/*
 * file.h - files: read fully, a spool for what cannot be read twice, output that appears whole or not at all.
 *
 * Every read, write, close and rename is checked; an interrupted or short call is continued. `name` is what
 * error messages call the file. All sizes and offsets are bytes.
 */
#pragma once

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Opens for reading, close-on-exec. */
int file_open(const char *path, int *fd, struct copydesk_error *error);
/* Reads until `len` bytes are there or the file ends; *got < len means the end. */
int file_read(int fd, void *out, size_t len, size_t *got, const char *name, struct copydesk_error *error);
int file_pread(int fd, void *out, size_t len, uint64_t offset, size_t *got, const char *name,
               struct copydesk_error *error);
int file_write(int fd, const void *data, size_t len, const char *name, struct copydesk_error *error);
/*
 * Spool: an unlinked file that grows at its end and is read at any place. spool_init() opens nothing; the
 * file is made by the first write. One thread writes; others may read what spool_flush() has passed on.
 * All-zero is an empty spool.
 */
struct spool {
    bool made; /* fd is open */
    int fd;
    uint64_t len; /* written so far, pending bytes included */
    char *pending;
    size_t n_pending;
    const char *temp_dir; /* not owned */
};

void spool_init(struct spool *s, const char *temp_dir);
int spool_write(struct spool *s, const void *data, size_t len, struct copydesk_error *error);
int spool_flush(struct spool *s, struct copydesk_error *error);
int spool_read(const struct spool *s, void *out, size_t len, uint64_t offset, size_t *got,
               struct copydesk_error *error);
void spool_release(struct spool *s);

/*
 * Output file: written under another name in the folder of the target and renamed by file_output_commit(), so
 * that the target is the old file or the whole new one, never half of it. Where the file system can, it has
 * no name until then, so that a killed program leaves nothing behind. A symbolic link is followed; the mode
 * of an existing target is kept. "-" is standard output; a target that is no regular file (a pipe,
 * /dev/null) is written directly. Buffered. file_output_release() without a commit removes what was written;
 * all-zero is released.
 *
 * No fsync: a crash of the machine may lose the new file, a crash of the program cannot.
 */
struct file_output {
    char *path;      /* as given, for messages */
    char *target;    /* links resolved; NULL: written directly */
    char *temporary; /* the other name; NULL: written directly */
    char *buffer;
    size_t n_buffer;
    int fd;
    bool open, close_fd;
    bool unnamed; /* the other name is given at the end: until then the file has none */
    uint64_t len; /* bytes given so far */
};

int file_output_open(struct file_output *out, const char *path, struct copydesk_error *error);
int file_output_write(struct file_output *out, const void *data, size_t len, struct copydesk_error *error);
/* Flushes, closes, renames. After this or a failure of it, call file_output_release() all the same. */
int file_output_commit(struct file_output *out, struct copydesk_error *error);
void file_output_release(struct file_output *out);
