/*
 * backing.c - the bytes of an input at any place.
 *
 * In:  an input_file and an offset. Out: bytes.
 *
 * A plain regular file is read with pread() where it lies. Everything else goes through an unpacker, through
 * the converter if it is UTF-16 or UTF-32, and into the spool, which is then read in the same way. Inputs are
 * read one after the other, so one spool holds them all, each at its own base: a folder of 100,000 packed
 * files costs one descriptor.
 *
 * Descriptors of plain files are cached, a few at a time, the least recently used one making room. Each use
 * checks with fstat() that size, inode and time of change are still those of the first pass: reading a corpus
 * twice means trusting that it is the same corpus. While a descriptor is in use it is pinned; when all slots
 * are pinned, the file is opened once more, for that one use.
 */
#include "read/room.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define SNIFF_BYTES 4096

static bool same_file(const struct input_file *file, const struct stat *info)
{
    return file->size == (uint64_t)info->st_size && file->inode == (uint64_t)info->st_ino &&
           file->device == (uint64_t)info->st_dev && file->changed.tv_sec == info->st_mtim.tv_sec &&
           file->changed.tv_nsec == info->st_mtim.tv_nsec;
}

// The first time, notes what the file is; later, checks that it still is.
static int check_same(struct input_file *file, int fd, struct copydesk_error *error)
{
    struct stat info;

    if (fstat(fd, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, file->name, "cannot read: %s", strerror(errno));
    }
    if (!file->seen) {
        file->size = (uint64_t)info.st_size;
        file->inode = (uint64_t)info.st_ino;
        file->device = (uint64_t)info.st_dev;
        file->changed = info.st_mtim;
        file->seen = true;
    } else if (!same_file(file, &info)) {
        return error_set(error, COPYDESK_ERR_CHANGED, file->name, "the file changed while it was being read");
    }
    return COPYDESK_OK;
}

// A free slot, emptied; NULL when all are pinned.
static struct cached_file *free_slot(struct input *in)
{
    struct cached_file *best = NULL;

    for (size_t i = 0; i < N_CACHED_FILES; i++) {
        struct cached_file *slot = &in->cache[i];
        if (slot->pins == 0 && (!best || slot->used < best->used)) {
            best = slot;
        }
    }
    if (best && best->used > 0) {
        close(best->fd);
        best->used = 0;
    }
    return best;
}

// *slot NULL: the descriptor is the caller's to close.
static int pin(struct input *in, uint32_t file_no, int *fd, struct cached_file **slot,
               struct copydesk_error *error)
{
    struct input_file *file = &in->files[file_no];
    int status = COPYDESK_OK;

    *slot = NULL;
    pthread_mutex_lock(&in->cache_lock);
    for (size_t i = 0; i < N_CACHED_FILES && !*slot; i++) {
        if (in->cache[i].used > 0 && in->cache[i].file_no == file_no) {
            *slot = &in->cache[i];
            *fd = (*slot)->fd;
        }
    }
    if (!*slot) {
        status = file_open(file->name, fd, error);
        if (status != COPYDESK_OK) {
            goto out;
        }
        *slot = free_slot(in);
        if (*slot) {
            (*slot)->fd = *fd;
            (*slot)->file_no = file_no;
        }
    }
    if (*slot) {
        (*slot)->pins++;
        (*slot)->used = ++in->clock;
    }
out:
    pthread_mutex_unlock(&in->cache_lock);
    return status;
}

static void unpin(struct input *in, int fd, struct cached_file *slot)
{
    if (!slot) {
        close(fd);
        return;
    }
    pthread_mutex_lock(&in->cache_lock);
    slot->pins--;
    pthread_mutex_unlock(&in->cache_lock);
}

static int read_plain(struct input *in, uint32_t file_no, uint64_t offset, void *out, size_t len, size_t *got,
                      struct copydesk_error *error)
{
    struct input_file *file = &in->files[file_no];
    struct cached_file *slot = NULL;
    int fd = in->stdin_fd;
    int status = COPYDESK_OK;

    *got = 0;
    if (!file->is_stdin) {
        status = pin(in, file_no, &fd, &slot, error);
        if (status != COPYDESK_OK) {
            return status;
        }
    }
    status = check_same(file, fd, error);
    if (status == COPYDESK_OK && offset < file->size) {
        size_t here = file->size - offset < len ? (size_t)(file->size - offset) : len;
        status = file_pread(fd, out, here, offset, got, file->name, error);
        if (status == COPYDESK_OK && *got < here) {
            status = error_set(error, COPYDESK_ERR_CHANGED, file->name,
                               "the file became shorter while it was read");
        }
    }
    if (!file->is_stdin) {
        unpin(in, fd, slot);
    }
    return status;
}

int input_read_at(struct input *in, uint32_t file_no, uint64_t offset, void *out, size_t len,
                  struct copydesk_error *error)
{
    const struct input_file *file = &in->files[file_no];
    size_t got = 0;
    int status;

    if (file->kind == INPUT_PLAIN) {
        status = read_plain(in, file_no, offset, out, len, &got, error);
    } else {
        status = spool_read(&in->spool, out, len, file->base + offset, &got, error);
    }
    if (status == COPYDESK_OK && got < len) {
        status = error_set(error, COPYDESK_ERR_CHANGED, file->name,
                           "the file is shorter than when it was read first");
    }
    return status;
}

// One piece of unpacked bytes into the spool, UTF-16 and UTF-32 converted.
static int spool_piece(struct input *in, struct str piece, bool last, struct copydesk_error *error)
{
    if (in->current.wide.wide != DECODE_NARROW) {
        buf_clear(&in->converted);
        decode_stream_add(&in->current.wide, piece, last, &in->converted);
        if (in->converted.failed) {
            return error_memory(error);
        }
        piece = (struct str){in->converted.data, in->converted.len};
    }
    return piece.len > 0 ? spool_write(&in->spool, piece.data, piece.len, error) : COPYDESK_OK;
}

static int pump(struct input *in, struct input_file *file, uint64_t need, struct copydesk_error *error)
{
    struct current *current = &in->current;
    size_t got;
    int status;

    while (!current->pumped && in->spool.len - file->base < need) {
        status = unpacker_read(current->unpacker, in->scratch, SCRATCH_BYTES, &got, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        current->pumped = got < SCRATCH_BYTES;
        status = spool_piece(in, (struct str){in->scratch, got}, current->pumped, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        if (current->pumped) {
            current->damage = unpacker_damage(current->unpacker);
            file->size = in->spool.len - file->base;
        }
    }
    return spool_flush(&in->spool, error);
}

int backing_read(struct input *in, struct input_file *file, uint64_t offset, void *out, size_t len,
                 size_t *got, struct copydesk_error *error)
{
    uint64_t there;
    int status;

    *got = 0;
    if (file->kind == INPUT_PLAIN) {
        return read_plain(in, (uint32_t)(file - in->files), offset, out, len, got, error);
    }
    if (file->kind == INPUT_SPOOLED) {
        status = pump(in, file, offset + len, error);
        if (status != COPYDESK_OK) {
            return status;
        }
    }
    // The spool goes on behind this input with the next one.
    there = file->kind == INPUT_MEMORY ? file->size : in->spool.len - file->base;
    if (offset < there && len > 0) {
        len = there - offset < len ? (size_t)(there - offset) : len;
        status = spool_read(&in->spool, out, len, file->base + offset, got, error);
        if (status == COPYDESK_OK && *got < len) {
            status = error_set(error, COPYDESK_ERR_IO, file->name, "a temporary file lost its end");
        }
        return status;
    }
    return COPYDESK_OK;
}

// fd becomes current.fd.
static int start_spooled(struct input *in, struct input_file *file, int fd, struct copydesk_error *error)
{
    struct current *current = &in->current;
    enum decode_wide wide;
    size_t got;
    size_t bom;
    int status;

    current->fd = fd;
    file->kind = INPUT_SPOOLED;
    file->base = in->spool.len;
    status = unpacker_new(&current->unpacker, fd, file->name, error);
    if (status == COPYDESK_OK) {
        status = unpacker_read(current->unpacker, in->scratch, SNIFF_BYTES, &got, error);
    }
    if (status != COPYDESK_OK) {
        return status;
    }
    wide = decode_sniff((struct str){in->scratch, got}, in->options.charset, &bom);
    current->wide = (struct decode_stream){.wide = wide};
    // A BOM of UTF-8 stays in the backing, where offsets of plain files would count it too.
    file->data_start = wide == DECODE_NARROW ? bom : 0;
    bom = wide == DECODE_NARROW ? 0 : bom;
    return spool_piece(in, (struct str){in->scratch + bom, got - bom}, false, error);
}

static int start_plain(struct input *in, struct input_file *file, bool *spooled, struct copydesk_error *error)
{
    size_t got;
    size_t bom;
    int status = read_plain(in, (uint32_t)(file - in->files), 0, in->scratch, SNIFF_BYTES, &got, error);

    if (status != COPYDESK_OK) {
        return status;
    }
    *spooled = unpack_sniff(in->scratch, got) != UNPACK_NONE ||
               decode_sniff((struct str){in->scratch, got}, in->options.charset, &bom) != DECODE_NARROW;
    if (!*spooled) {
        file->data_start = bom;
    }
    return COPYDESK_OK;
}

static int start_bytes(struct input *in, struct input_file *file, struct copydesk_error *error)
{
    struct stat info = {0};
    bool spooled = true;
    int fd = -1;
    int status;

    if (file->kind == INPUT_MEMORY) {
        return spool_flush(&in->spool, error);
    }
    if (file->is_stdin ? fstat(STDIN_FILENO, &info) < 0 : stat(file->name, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, file->name, "cannot open: %s", strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return error_set(error, COPYDESK_ERR_IO, file->name, "is a folder now; it was a file before");
    }
    if (file->is_stdin) {
        fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
        if (fd < 0) {
            return error_set(error, COPYDESK_ERR_IO, file->name, "cannot open: %s", strerror(errno));
        }
        in->stdin_fd = fd;
    }
    if (S_ISREG(info.st_mode) && (!file->is_stdin || lseek(fd, 0, SEEK_CUR) == 0)) {
        status = start_plain(in, file, &spooled, error);
        if (status != COPYDESK_OK || !spooled) {
            return status;
        }
    }
    if (file->is_stdin) {
        in->stdin_fd = -1;
    } else {
        status = file_open(file->name, &fd, error);
        if (status != COPYDESK_OK) {
            return status;
        }
    }
    return start_spooled(in, file, fd, error);
}

int backing_start(struct input *in, struct input_file *file, bool *skip, struct copydesk_error *error)
{
    size_t got;
    int status;

    *skip = false;
    in->current = (struct current){.open = true, .fd = -1};
    status = start_bytes(in, file, error);
    if (status != COPYDESK_OK) {
        return status;
    }
    in->current.pos = file->data_start;
    if (file->format != COPYDESK_FORMAT_AUTO) {
        return COPYDESK_OK;
    }
    status = backing_read(in, file, file->data_start, in->scratch, SNIFF_BYTES, &got, error);
    if (status != COPYDESK_OK) {
        return status;
    }
    file->format = format_by_bytes((struct str){in->scratch, got});
    if (file->format != COPYDESK_FORMAT_AUTO) {
        return COPYDESK_OK;
    }
    if (file->is_stdin || got == 0) {
        file->format = COPYDESK_FORMAT_JSONL;
    } else if (file->from_folder) {
        input_warn(in, file, "skipped, cannot tell the format by name or first bytes; use --format");
        *skip = true;
    } else {
        return error_set(error, COPYDESK_ERR_INPUT, file->name, "cannot tell the format; use --format");
    }
    return COPYDESK_OK;
}

void backing_finish(struct input *in)
{
    struct current *current = &in->current;

    unpacker_free(current->unpacker);
    if (current->open && current->fd >= 0) {
        close(current->fd);
    }
    *current = (struct current){0};
}

void backing_release(struct input *in)
{
    backing_finish(in);
    for (size_t i = 0; i < N_CACHED_FILES; i++) {
        if (in->cache[i].used > 0) {
            close(in->cache[i].fd);
            in->cache[i].used = 0;
        }
    }
    if (in->stdin_fd >= 0) {
        close(in->stdin_fd);
        in->stdin_fd = -1;
    }
    spool_release(&in->spool);
}
