// profiles.c - the corpus profile that goes with an index.
//
// A file of its own, named by the manifest. A new one is moved in under a number that no commit has named
// yet, so a crash leaves either the old one named, or the new one; the other is swept away by the next
// writer.

#include "index/room.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

const char *index_profile(const struct index_store *ix, uint32_t *learned)
{
    *learned = ix->next.learned;
    return ix->next.profile ? ix->profile_path : NULL;
}

void profile_name(const struct index_store *ix, uint32_t number, char out[DB_PATH_BYTES])
{
    out[0] = '\0';
    if (number) {
        snprintf(out, DB_PATH_BYTES, "%s/profile/%08u.profile", ix->dir, number);
    }
}

void profile_remove(const struct index_store *ix, uint32_t old)
{
    char path[DB_PATH_BYTES];
    if (old && old != ix->manifest.profile) {
        profile_name(ix, old, path);
        unlink(path); // if not, the next writer sweeps it away
    }
}

int files_sync(const char *path, struct copydesk_error *error)
{
    int fd;
    int status = file_open(path, &fd, error);
    if (status == 0 && fsync(fd) < 0) {
        status = error_set(error, COPYDESK_ERR_IO, path, "cannot write: %s", strerror(errno));
    }
    if (status == 0 || fd >= 0) {
        close(fd);
    }
    return status;
}

int files_make_folder(const char *parent, const char *path, struct copydesk_error *error)
{
    if (mkdir(path, 0777) == 0) {
        return files_sync(parent, error); // or a manifest may name what stands in a folder that is gone
    }
    return errno == EEXIST
               ? 0
               : error_set(error, COPYDESK_ERR_IO, path, "cannot make the folder: %s", strerror(errno));
}

int index_set_profile(struct index_store *ix, const char *path, uint32_t learned,
                      struct copydesk_error *error)
{
    char folder[DB_PATH_BYTES];
    char name[DB_PATH_BYTES];
    if (ix->mode == INDEX_READ) {
        return error_set(error, COPYDESK_ERR_STATE, ix->dir, "the index is open for reading only");
    }
    snprintf(folder, sizeof folder, "%s/profile", ix->dir);
    profile_name(ix, ix->next.next_file, name);
    int status = files_sync(path, error);
    if (status < 0) {
        return status;
    }
    status = files_make_folder(ix->dir, folder, error);
    if (status < 0) {
        return status;
    }
    if (rename(path, name) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot move it into the index: %s", strerror(errno));
    }
    status = files_sync(folder, error);
    if (status < 0) {
        return status;
    }
    profile_remove(ix, ix->next.profile);
    ix->next.profile = ix->next.next_file++;
    ix->next.learned = learned;
    memcpy(ix->profile_path, name, sizeof name);
    return 0;
}
