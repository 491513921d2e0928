/*
 * file.c - the calls to open, read, write, close and rename.
 *
 * In:  paths, descriptors, bytes. Out: bytes, or a failure that names the file and says what the system said.
 *
 * Three ideas stand here:
 *  - Full transfers. read() and write() may move less than asked for, and signals interrupt them; the loops
 *    below go on until all is moved, the file ends or the system refuses.
 *  - The spool. A nameless file (base/temp), so nothing is left behind however the program ends. Small writes
 *    are gathered, since lines from memory come one by one.
 *  - Atomic output. The new file is written beside its target, because rename() is atomic within one file
 *    system only. A failed close() counts as a failed write: network file systems report a full disk there.
 *
 * Limits: no fsync (see file.h). On file systems without O_TMPFILE a program killed by a signal leaves the
 * temporary file, whose name tells what it is.
 */
#include "base/file.h"

#include "base/mem.h"
#include "base/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPOOL_BUFFER  (256 * 1024)
#define OUTPUT_BUFFER (256 * 1024)
#define NAME_TRIES    1000
#define NAME_BYTES    48 /* what a name beside the target has more than it */

int file_open(const char *path, int *fd, struct copydesk_error *error)
{
    do {
        *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    } while (*fd < 0 && errno == EINTR);
    if (*fd < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
    }
    return COPYDESK_OK;
}

int file_read(int fd, void *out, size_t len, size_t *got, const char *name, struct copydesk_error *error)
{
    *got = 0;
    while (*got < len) {
        ssize_t n = read(fd, (char *)out + *got, len - *got);
        if (n == 0) {
            break;
        }
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            return error_set(error, COPYDESK_ERR_IO, name, "cannot read: %s", strerror(errno));
        }
        *got += (size_t)n;
    }
    return COPYDESK_OK;
}

int file_pread(int fd, void *out, size_t len, uint64_t offset, size_t *got, const char *name,
               struct copydesk_error *error)
{
    *got = 0;
    while (*got < len) {
        ssize_t n = pread(fd, (char *)out + *got, len - *got, (off_t)(offset + *got));
        if (n == 0) {
            break;
        }
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            return error_set(error, COPYDESK_ERR_IO, name, "cannot read: %s", strerror(errno));
        }
        *got += (size_t)n;
    }
    return COPYDESK_OK;
}

int file_write(int fd, const void *data, size_t len, const char *name, struct copydesk_error *error)
{
    size_t done = 0;

    while (done < len) {
        ssize_t n = write(fd, (const char *)data + done, len - done);
        if (n < 0) {
            if (errno == EINTR) {
                continue;
            }
            return error_set(error, COPYDESK_ERR_IO, name, "cannot write: %s", strerror(errno));
        }
        done += (size_t)n;
    }
    return COPYDESK_OK;
}

void spool_init(struct spool *s, const char *temp_dir)
{
    *s = (struct spool){.temp_dir = temp_dir};
}

int spool_flush(struct spool *s, struct copydesk_error *error)
{
    int status;

    if (s->n_pending == 0) {
        return COPYDESK_OK;
    }
    status = temp_write(s->fd, s->pending, s->n_pending, s->len - s->n_pending, error);
    if (status == COPYDESK_OK) {
        s->n_pending = 0;
    }
    return status;
}

int spool_write(struct spool *s, const void *data, size_t len, struct copydesk_error *error)
{
    int status = COPYDESK_OK;

    if (!s->made) {
        status = temp_open(s->temp_dir, &s->fd, error);
        s->made = status == COPYDESK_OK;
    }
    if (status == COPYDESK_OK && !s->pending) {
        s->pending = mem_alloc(SPOOL_BUFFER, 1);
        status = s->pending ? COPYDESK_OK : error_memory(error);
    }
    if (status == COPYDESK_OK && len > SPOOL_BUFFER - s->n_pending) {
        status = spool_flush(s, error);
    }
    if (status == COPYDESK_OK && len > SPOOL_BUFFER) {
        status = temp_write(s->fd, data, len, s->len, error);
    } else if (status == COPYDESK_OK && len > 0) {
        memcpy(s->pending + s->n_pending, data, len);
        s->n_pending += len;
    }
    if (status == COPYDESK_OK) {
        s->len += len;
    }
    return status;
}

int spool_read(const struct spool *s, void *out, size_t len, uint64_t offset, size_t *got,
               struct copydesk_error *error)
{
    if (!s->made) {
        *got = 0;
        return COPYDESK_OK;
    }
    return file_pread(s->fd, out, len, offset, got, "temporary file", error);
}

void spool_release(struct spool *s)
{
    // Nobody needs these bytes any more, so a failed close loses nothing.
    if (s->made) {
        temp_close(s->fd);
    }
    mem_free(s->pending);
    *s = (struct spool){0};
}

static char *copy_string(const char *z)
{
    size_t len = strlen(z) + 1;
    char *copy = mem_alloc(len, 1);

    if (copy) {
        memcpy(copy, z, len);
    }
    return copy;
}

static void open_done(struct file_output *out, mode_t mode)
{
    out->open = true;
    out->close_fd = true;
    // A refusal leaves the default mode, which is no reason to lose the output.
    if (mode != 0 && fchmod(out->fd, mode & 07777) < 0) {
        errno = 0;
    }
}

// A file without a name in the folder of the target: whatever ends the program, nothing is left behind.
static bool open_unnamed(struct file_output *out)
{
    const char *slash = strrchr(out->target, '/');
    size_t len = slash ? (size_t)(slash - out->target) : 0;
    char folder[PATH_MAX];

    if (len >= sizeof folder || access("/proc/self/fd", X_OK) < 0) {
        return false; // without /proc it could not be given a name later
    }
    memcpy(folder, out->target, len);
    folder[len] = '\0';
    out->fd = open(len > 0 ? folder : slash ? "/" : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
    return out->fd >= 0;
}

// The i-th name beside the target.
static void name_beside(struct file_output *out, unsigned i)
{
    snprintf(out->temporary, strlen(out->target) + NAME_BYTES, "%s.copydesk-%ld-%u", out->target,
             (long)getpid(), i);
}

// Opens a file beside out->target that nobody else has; mode is that of the file to be replaced, or 0.
static int open_beside(struct file_output *out, mode_t mode, struct copydesk_error *error)
{
    out->temporary = mem_alloc(strlen(out->target) + NAME_BYTES, 1);
    if (!out->temporary) {
        return error_memory(error);
    }
    if (open_unnamed(out)) {
        out->unnamed = true;
        open_done(out, mode);
        return COPYDESK_OK;
    }
    for (unsigned i = 0; i < NAME_TRIES; i++) {
        name_beside(out, i);
        out->fd = open(out->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (out->fd >= 0) {
            open_done(out, mode);
            return COPYDESK_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    mem_free(out->temporary);
    out->temporary = NULL;
    return error_set(error, COPYDESK_ERR_IO, out->path, "cannot make the file: %s", strerror(errno));
}

// Gives an unnamed file the name beside its target, from which it is renamed like any other.
static int name_file(struct file_output *out, struct copydesk_error *error)
{
    char link[64];

    snprintf(link, sizeof link, "/proc/self/fd/%d", out->fd);
    for (unsigned i = 0; i < NAME_TRIES; i++) {
        name_beside(out, i);
        if (linkat(AT_FDCWD, link, AT_FDCWD, out->temporary, AT_SYMLINK_FOLLOW) == 0) {
            out->unnamed = false;
            return COPYDESK_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return error_set(error, COPYDESK_ERR_IO, out->path, "cannot give the file its name: %s", strerror(errno));
}

int file_output_open(struct file_output *out, const char *path, struct copydesk_error *error)
{
    struct stat info = {0};
    char *real = NULL;
    int status = COPYDESK_OK;

    *out = (struct file_output){.fd = -1};
    out->path = copy_string(path);
    out->buffer = mem_alloc(OUTPUT_BUFFER, 1);
    if (!out->path || !out->buffer) {
        status = error_memory(error);
        goto out;
    }
    if (strcmp(path, "-") == 0) {
        out->fd = STDOUT_FILENO;
        out->open = true;
        goto out;
    }
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode)) {
        if (S_ISDIR(info.st_mode)) {
            status = error_set(error, COPYDESK_ERR_IO, path, "is a folder; give the name of a file");
            goto out;
        }
        out->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (out->fd < 0) {
            status = error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
            goto out;
        }
        out->open = true;
        out->close_fd = true;
        goto out;
    }
    real = realpath(path, NULL);
    out->target = copy_string(real ? real : path);
    status = out->target ? open_beside(out, info.st_mode, error) : error_memory(error);
out:
    // realpath() allocates by itself, so its block goes back to the C library directly.
    free(real);
    if (status != COPYDESK_OK) {
        file_output_release(out);
    }
    return status;
}

static int output_flush(struct file_output *out, struct copydesk_error *error)
{
    int status = file_write(out->fd, out->buffer, out->n_buffer, out->path, error);

    out->n_buffer = 0;
    return status;
}

int file_output_write(struct file_output *out, const void *data, size_t len, struct copydesk_error *error)
{
    int status = COPYDESK_OK;

    out->len += len;
    if (len > OUTPUT_BUFFER - out->n_buffer) {
        status = output_flush(out, error);
    }
    if (status == COPYDESK_OK && len > OUTPUT_BUFFER) {
        status = file_write(out->fd, data, len, out->path, error);
    } else if (status == COPYDESK_OK && len > 0) {
        memcpy(out->buffer + out->n_buffer, data, len);
        out->n_buffer += len;
    }
    return status;
}

int file_output_commit(struct file_output *out, struct copydesk_error *error)
{
    int status = output_flush(out, error);

    if (status == COPYDESK_OK && out->unnamed) {
        status = name_file(out, error);
    }
    if (out->close_fd) {
        out->close_fd = false;
        if (close(out->fd) < 0 && status == COPYDESK_OK) {
            status = error_set(error, COPYDESK_ERR_IO, out->path, "cannot write: %s", strerror(errno));
        }
    }
    out->open = false;
    if (status == COPYDESK_OK && out->temporary) {
        if (rename(out->temporary, out->target) < 0) {
            return error_set(error, COPYDESK_ERR_IO, out->path, "cannot give the file its name: %s",
                             strerror(errno));
        }
        mem_free(out->temporary);
        out->temporary = NULL;
    }
    return status;
}

void file_output_release(struct file_output *out)
{
    if (out->open && out->close_fd) {
        close(out->fd);
    }
    if (out->temporary && !out->unnamed) {
        unlink(out->temporary);
    }
    mem_free(out->path);
    mem_free(out->target);
    mem_free(out->temporary);
    mem_free(out->buffer);
    *out = (struct file_output){.fd = -1};
}
