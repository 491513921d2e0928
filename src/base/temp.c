// temp.c - unnamed temporary files. Contracts in temp.h.

#include "base/temp.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int temp_open(const char *dir, int *fd, struct copydesk_error *error)
{
    *fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*fd >= 0) {
        return 0;
    }
    // Some file systems (overlay, NFS) have no O_TMPFILE: a name that is unlinked at once serves as well.
    char path[4096];
    int len = snprintf(path, sizeof path, "%s/copydesk-XXXXXX", dir);
    if (len > 0 && (size_t)len < sizeof path) {
        *fd = mkostemp(path, O_CLOEXEC);
        if (*fd >= 0) {
            unlink(path);
            return 0;
        }
    }
    return error_set(error, COPYDESK_ERR_IO, dir,
                     "cannot make a temporary file: %s; name a writable folder with --temp-dir",
                     strerror(errno));
}

int temp_write(int fd, const void *data, size_t len, uint64_t offset, struct copydesk_error *error)
{
    const char *p = data;
    while (len > 0) {
        ssize_t n = pwrite(fd, p, len, (off_t)offset);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return error_set(
                error, COPYDESK_ERR_IO, NULL,
                "cannot write a temporary file: %s; name a folder with more room with --temp-dir",
                n < 0 ? strerror(errno) : "nothing was written");
        }
        p += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return 0;
}

int temp_read(int fd, void *data, size_t len, uint64_t offset, struct copydesk_error *error)
{
    char *p = data;
    while (len > 0) {
        ssize_t n = pread(fd, p, len, (off_t)offset);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return error_set(error, COPYDESK_ERR_IO, NULL, "cannot read a temporary file back: %s",
                             n < 0 ? strerror(errno) : "it is shorter than what was written");
        }
        p += n;
        len -= (size_t)n;
        offset += (uint64_t)n;
    }
    return 0;
}

void temp_close(int fd)
{
    if (fd >= 0) {
        close(fd);
    }
}
