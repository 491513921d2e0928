// postings.c - a file of postings: written once, looked up, merged with its neighbours.
//
// In:  prints and articles. Out: for a print, the articles that have it.
//
// Prints are evenly spread, so a directory of buckets, by their top bits, is all the tree there is: a lookup
// is one cache line of the directory and two of the bucket, whose 18 postings or so are sorted. Many lookups
// are made at once: each line is asked for long before it is used, and what is not there, as with most prints
// in most files, is found out without a branch that could be guessed wrong. What remains of a print
// within its bucket shares 32 bits with the article's place: as a file covers twice the articles, it has
// twice the buckets, and one bit moves from the print to the article. So a posting takes four bytes in a
// file of any size, and as many bits of the print are compared in all of them.
//
// Merging reads its parts from front to back, once, and writes front to back; files are never changed, so a
// reader needs no lock (the log-structured merge, O'Neil et al. 1996, with tiers that double).
//
// Files are written under names that no manifest has, synced, and named by a commit after that.

#include "index/postings.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/sort.h"
#include "index/bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#define MAGIC UINT64_C(0x314f50584449594b)
enum {
    HEADER_BYTES = 64,
    BUCKET_BITS = PRINT_BITS - 32, // more than those of the article
    PIECE = 1 << 16,               // bytes written, and summed, at once
    AT_ONCE = 24,                  // postings that are looked at together
    LINEAR = 48,                   // that are compared one by one
    LINE = 16,                     // postings of a cache line
};

void postings_path(const char *dir, uint32_t file, char *out, size_t size)
{
    snprintf(out, size, "%.3900s/segments/%08u.seg", dir, file);
}

static size_t n_buckets(unsigned log)
{
    return (size_t)1 << (log + BUCKET_BITS);
}

static uint64_t starts_at(unsigned log)
{
    return HEADER_BYTES + ((uint64_t)sizeof(struct print_size) << log);
}

static uint64_t values_at(unsigned log)
{
    return starts_at(log) + (n_buckets(log) + 1) * sizeof(uint32_t);
}

static uint64_t file_bytes(const struct postings_name *name)
{
    return values_at(name->log) + name->n * sizeof(uint32_t);
}

// ---- read

static void fill_header(uint8_t header[HEADER_BYTES], const struct postings_name *name)
{
    uint64_t fields[] = {MAGIC, (uint64_t)name->log << 32 | name->base, name->n, name->checksum};
    memset(header, 0, HEADER_BYTES);
    memcpy(header, fields, sizeof fields);
}

static int unusable(const char *path, const char *what, struct copydesk_error *error)
{
    return error_set(
        error, COPYDESK_ERR_INPUT, path,
        "%s; restore the whole folder from a copy (one taken while nothing was written), or build the "
        "index anew",
        what);
}

int postings_open(struct postings *p, const char *dir, const struct postings_name *name,
                  struct copydesk_error *error)
{
    char path[4096];
    uint8_t header[HEADER_BYTES];
    struct stat info;
    *p = (struct postings){.name = *name};
    postings_path(dir, name->file, path, sizeof path);
    int fd;
    do {
        fd = open(path, O_RDONLY | O_CLOEXEC);
    } while (fd < 0 && errno == EINTR);
    if (fd < 0 && errno == ENOENT) {
        return unusable(path, "a part of the index is missing", error);
    }
    if (fd < 0 || fstat(fd, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
    }
    if ((uint64_t)info.st_size != file_bytes(name)) {
        close(fd);
        return unusable(
            path, "a part of the index has another length than it should: cut short, or of another index",
            error);
    }
    p->bytes = (size_t)info.st_size;
    void *map = mmap(NULL, p->bytes, PROT_READ, MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot map into memory: %s", strerror(errno));
    }
    p->map = map;
    madvise(map, p->bytes, MADV_RANDOM); // advice only
    fill_header(header, name);
    if (memcmp(map, header, sizeof header) != 0) {
        postings_close(p);
        return unusable(path, "a part of the index is of another one, or damaged", error);
    }
    p->sizes = (const void *)(p->map + HEADER_BYTES);
    p->starts = (const void *)(p->map + starts_at(name->log));
    p->values = (const void *)(p->map + values_at(name->log));
    return 0;
}

void postings_close(struct postings *p)
{
    if (p->map) {
        munmap((void *)(uintptr_t)p->map, p->bytes);
    }
    p->map = NULL;
}

static size_t bucket_of(const struct postings *p, uint64_t print)
{
    return (size_t)(print >> (32 - p->name.log));
}

void postings_fetch(const struct postings *p, const uint64_t *prints, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        __builtin_prefetch(&p->starts[bucket_of(p, prints[i])]);
    }
}

// A damaged directory must not lead out of the file.
static uint32_t start_of(const struct postings *p, size_t bucket)
{
    return p->starts[bucket] < p->name.n ? p->starts[bucket] : (uint32_t)p->name.n;
}

void postings_buckets(const struct postings *p, const uint64_t *prints, size_t n, uint32_t (*buckets)[2])
{
    for (size_t i = 0; i < n; i++) {
        size_t bucket = bucket_of(p, prints[i]);
        uint32_t from = start_of(p, bucket);
        buckets[i][0] = from;
        buckets[i][1] = start_of(p, bucket + 1);
        __builtin_prefetch(&p->values[from]);
        __builtin_prefetch(&p->values[from + LINE]);
        __builtin_prefetch(&p->values[from + AT_ONCE - 1]);
    }
}

// Most prints are nowhere, and buckets have some 18 postings: as many as nearly all of them have are looked
// at without a branch; behind the end of a smaller one they belong to the next, and seldom look alike.
static bool is_among(const uint32_t *values, uint32_t low, uint32_t keep)
{
    uint32_t hit = 0;
    for (size_t i = 0; i < AT_ONCE; i++) {
        hit |= (values[i] & keep) == low;
    }
    return hit;
}

void postings_hits(const struct postings *p, const uint64_t *prints, size_t n, uint32_t (*buckets)[2],
                   uint64_t bit, uint64_t *hits)
{
    unsigned log = p->name.log;
    uint32_t keep = ~UINT32_C(0) << log; // of a posting, what is the print's
    for (size_t i = 0; i < n; i++) {
        uint32_t from = buckets[i][0];
        bool is_usual = buckets[i][1] - from <= AT_ONCE && from + (uint64_t)AT_ONCE <= p->name.n;
        bool may_be = !is_usual || is_among(p->values + from, (uint32_t)(prints[i] << log), keep);
        hits[i] |= may_be ? bit : 0;
    }
}

// The first place in [from, to) whose value is not below; `to` without one.
static uint32_t seek(const uint32_t *values, uint32_t from, uint32_t to, uint64_t least)
{
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (values[middle] < least) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

void postings_range(const struct postings *p, uint64_t print, uint32_t *from, uint32_t *to)
{
    unsigned log = p->name.log;
    uint32_t low = (uint32_t)(print << log); // what the print had above falls off
    uint32_t high = low | ((UINT32_C(1) << log) - 1);
    const uint32_t *values = p->values + *from;
    uint32_t n = *to > *from ? *to - *from : 0;
    if (n > LINEAR) {
        *from = seek(p->values, *from, *to, low);
        *to = seek(p->values, *from, *to, (uint64_t)high + 1);
        return;
    }
    // A bucket of the usual size is compared whole: quicker than guessing where to stop.
    uint32_t below = 0;
    uint32_t within = 0;
    for (uint32_t i = 0; i < n; i++) {
        below += values[i] < low;
        within += values[i] <= high;
    }
    *to = *from + within;
    *from += below;
}

static uint64_t sum_pieces(const uint8_t *data, uint64_t len, uint64_t sum)
{
    for (uint64_t at = 0; at < len; at += PIECE) {
        sum = XXH3_64bits_withSeed(data + at, len - at < PIECE ? (size_t)(len - at) : PIECE, sum);
    }
    return sum;
}

static uint64_t sum_of(uint64_t sizes, uint64_t starts, uint64_t values)
{
    uint64_t all[] = {sizes, starts, values};
    return XXH3_64bits(all, sizeof all);
}

void postings_check(const struct postings *p, const char **what)
{
    unsigned log = p->name.log;
    *what = NULL;
    if (p->starts[0] != 0 || p->starts[n_buckets(log)] != p->name.n) {
        *what = "its directory does not cover its postings";
    }
    for (size_t b = 0; b < n_buckets(log) && !*what; b++) {
        *what = p->starts[b] > p->starts[b + 1] ? "its directory is out of order" : NULL;
    }
    uint64_t sizes = sum_pieces(p->map + HEADER_BYTES, starts_at(log) - HEADER_BYTES, 0);
    uint64_t starts = sum_pieces(p->map + starts_at(log), values_at(log) - starts_at(log), 0);
    uint64_t values = sum_pieces(p->map + values_at(log), p->name.n * sizeof(uint32_t), 0);
    if (sum_of(sizes, starts, values) != p->name.checksum) {
        *what = "its checksum is another one: the file is damaged";
    }
}

// ---- write

// One stretch of the file, written front to back.
struct stream {
    int fd;
    uint64_t at;
    uint64_t sum;
    size_t n;
    uint8_t *piece;
};

struct writer {
    char path[4096];
    int fd;
    struct stream sizes, starts, values;
    uint64_t n_values;
};

static int stream_flush(struct stream *s, const char *path, struct copydesk_error *error)
{
    size_t done = 0;
    if (s->n == 0) {
        return 0;
    }
    while (done < s->n) {
        ssize_t n = pwrite(s->fd, s->piece + done, s->n - done, (off_t)(s->at + done));
        if (n < 0 && errno != EINTR) {
            return error_set(error, COPYDESK_ERR_IO, path,
                             "cannot write: %s; the index is as it was at the last commit", strerror(errno));
        }
        done += n < 0 ? 0 : (size_t)n;
    }
    s->sum = XXH3_64bits_withSeed(s->piece, s->n, s->sum);
    s->at += s->n;
    s->n = 0;
    return 0;
}

static inline int stream_u32(struct stream *s, uint32_t value, const char *path, struct copydesk_error *error)
{
    memcpy(s->piece + s->n, &value, sizeof value);
    s->n += sizeof value;
    return s->n == PIECE ? stream_flush(s, path, error) : 0;
}

static int writer_open(struct writer *w, const char *dir, const struct postings_name *name,
                       struct copydesk_error *error)
{
    *w = (struct writer){.fd = -1};
    postings_path(dir, name->file, w->path, sizeof w->path);
    uint8_t *pieces = mem_alloc(3, PIECE);
    if (!pieces) {
        return error_memory(error);
    }
    w->sizes.piece = pieces;
    w->fd = open(w->path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (w->fd < 0) {
        return error_set(error, COPYDESK_ERR_IO, w->path, "cannot make the file: %s", strerror(errno));
    }
    w->sizes = (struct stream){.fd = w->fd, .at = HEADER_BYTES, .piece = pieces};
    w->starts = (struct stream){.fd = w->fd, .at = starts_at(name->log), .piece = pieces + PIECE};
    w->values = (struct stream){.fd = w->fd, .at = values_at(name->log), .piece = pieces + 2 * (size_t)PIECE};
    return 0;
}

// Header last: a file without is none.
static int writer_finish(struct writer *w, struct postings_name *name, struct copydesk_error *error)
{
    uint8_t header[HEADER_BYTES];
    int status = stream_flush(&w->sizes, w->path, error);
    status = status < 0 ? status : stream_flush(&w->starts, w->path, error);
    status = status < 0 ? status : stream_flush(&w->values, w->path, error);
    if (status < 0) {
        return status;
    }
    name->n = w->n_values;
    name->checksum = sum_of(w->sizes.sum, w->starts.sum, w->values.sum);
    fill_header(header, name);
    struct stream front = {.fd = w->fd, .n = HEADER_BYTES, .piece = header};
    status = stream_flush(&front, w->path, error);
    if (status == 0 && fsync(w->fd) < 0) {
        status = error_set(error, COPYDESK_ERR_IO, w->path,
                           "cannot write: %s; the index is as it was at the last commit", strerror(errno));
    }
    return status;
}

static int writer_close(struct writer *w, int status, struct copydesk_error *error)
{
    if (w->fd >= 0 && close(w->fd) < 0 && status == 0) {
        status = error_set(error, COPYDESK_ERR_IO, w->path,
                           "cannot write: %s; the index is as it was at the last commit", strerror(errno));
    }
    if (w->fd >= 0 && status < 0) {
        unlink(w->path);
    }
    mem_free(w->sizes.piece);
    return status;
}

static int write_sizes(struct writer *w, const struct print_size *sizes, size_t n,
                       struct copydesk_error *error)
{
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++) {
        status = stream_u32(&w->sizes, bytes_u32(&sizes[i]), w->path, error);
    }
    return status;
}

// The sorted values of one bucket; of those of one print, the newest.
static int write_bucket(struct writer *w, const uint32_t *values, size_t n, unsigned log,
                        struct copydesk_error *error)
{
    int status = stream_u32(&w->starts, (uint32_t)w->n_values, w->path, error);
    for (size_t i = 0; i < n && status == 0; i++) {
        bool is_crowded = i + PRINT_COUNTED < n && values[i + PRINT_COUNTED] >> log == values[i] >> log;
        if (!is_crowded) {
            status = stream_u32(&w->values, values[i], w->path, error);
            w->n_values++;
        }
    }
    return status;
}

int postings_write(const char *dir, struct postings_name *name, const uint64_t *records, size_t n,
                   const struct print_size *sizes, struct copydesk_error *error)
{
    struct writer w;
    unsigned log = name->log;
    uint32_t *values = mem_alloc(n + 1, sizeof *values);
    int status = writer_open(&w, dir, name, error);
    status = status < 0 || values ? status : error_memory(error);
    status = status < 0 ? status : write_sizes(&w, sizes, (size_t)1 << log, error);
    size_t at = 0;
    for (size_t b = 0; b < n_buckets(log) && status == 0; b++) {
        size_t count = 0;
        for (; at < n && records[at] >> 16 >> (32 - log) == b; at++) {
            values[count++] = (uint32_t)(records[at] >> 16 << log) | (uint32_t)(records[at] & 0xffff);
        }
        status = write_bucket(&w, values, count, log, error);
    }
    status = status < 0 ? status : stream_u32(&w.starts, (uint32_t)w.n_values, w.path, error);
    status = status < 0 ? status : writer_finish(&w, name, error);
    status = writer_close(&w, status, error);
    mem_free(values);
    return status;
}

// ---- merge

// A part, read from front to back.
struct source {
    const struct postings *p;
    uint32_t at;
    size_t bucket; // in which `at` stands
};

// The values of this part that fall into bucket `b` of the result.
static size_t take_bucket(struct source *s, size_t b, const struct postings_name *name, uint32_t *out)
{
    unsigned log = s->p->name.log;
    unsigned more = name->log - log;
    size_t own = b >> more;
    uint32_t shift = s->p->name.base - name->base;
    uint32_t end = start_of(s->p, own + 1);
    size_t n = 0;
    if (s->bucket != own) {
        s->bucket = own;
        s->at = start_of(s->p, own);
    }
    for (; s->at < end; s->at++) {
        uint32_t value = s->p->values[s->at];
        uint32_t rest = value >> log; // 32 - log bits of the print, the top ones of which choose the bucket
        if (more && rest >> (32 - name->log) != (b & (((size_t)1 << more) - 1))) {
            break;
        }
        out[n++] = rest << name->log | ((value & ((UINT32_C(1) << log) - 1)) + shift);
    }
    return n;
}

// Each part is sorted and its articles are newer than those of the part before: so equal prints only have to
// be brought together.
static void sort_values(uint32_t *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t value = values[i];
        size_t k = i;
        for (; k > 0 && values[k - 1] > value; k--) {
            values[k] = values[k - 1];
        }
        values[k] = value;
    }
}

static void sort_many(uint32_t *values, size_t n, uint64_t *scratch)
{
    for (size_t i = 0; i < n; i++) {
        scratch[i] = values[i];
    }
    sort_u64(scratch, scratch + n, n, 0);
    for (size_t i = 0; i < n; i++) {
        values[i] = (uint32_t)scratch[i];
    }
}

// Room for what one bucket of the result may hold.
struct bucket {
    uint32_t *values;
    uint64_t *scratch;
    size_t cap_values, cap_scratch;
};

static int merge_bucket(struct writer *w, struct source *sources, size_t n_parts, size_t b,
                        const struct postings_name *name, struct bucket *room, struct copydesk_error *error)
{
    size_t most = 0;
    for (size_t i = 0; i < n_parts; i++) {
        size_t own = b >> (name->log - sources[i].p->name.log);
        most += start_of(sources[i].p, own + 1) - start_of(sources[i].p, own);
    }
    void *values = room->values;
    void *scratch = room->scratch;
    bool ok = mem_grow(&values, &room->cap_values, most + 1, sizeof *room->values);
    room->values = values;
    ok = ok && mem_grow(&scratch, &room->cap_scratch, 2 * most + 1, sizeof *room->scratch);
    room->scratch = scratch;
    if (!ok) {
        return error_memory(error);
    }
    size_t n = 0;
    for (size_t i = 0; i < n_parts; i++) {
        n += take_bucket(&sources[i], b, name, room->values + n);
    }
    if (n <= LINEAR) {
        sort_values(room->values, n);
    } else {
        sort_many(room->values, n, room->scratch);
    }
    return write_bucket(w, room->values, n, name->log, error);
}

int postings_merge(const char *dir, struct postings_name *name, const struct postings *const *parts,
                   size_t n_parts, _Atomic bool *stop, struct copydesk_error *error)
{
    enum { LOOK_UP = 4096 };
    struct writer w;
    struct bucket room = {0};
    struct source *sources = mem_zalloc(n_parts, sizeof *sources);
    int status = writer_open(&w, dir, name, error);
    status = status < 0 || sources ? status : error_memory(error);
    for (size_t i = 0; i < n_parts && status == 0; i++) {
        sources[i] = (struct source){.p = parts[i]};
        status = write_sizes(&w, parts[i]->sizes, (size_t)1 << parts[i]->name.log, error);
    }
    for (size_t b = 0; b < n_buckets(name->log) && status == 0; b++) {
        if (b % LOOK_UP == 0 && atomic_load_explicit(stop, memory_order_relaxed)) {
            status = error_set(error, COPYDESK_ERR_STATE, w.path, "stopped");
        } else {
            status = merge_bucket(&w, sources, n_parts, b, name, &room, error);
        }
    }
    if (status == 0 && w.n_values > UINT32_MAX) {
        status = error_set(error, COPYDESK_ERR_INPUT, w.path, "too many postings for one file");
    }
    status = status < 0 ? status : stream_u32(&w.starts, (uint32_t)w.n_values, w.path, error);
    status = status < 0 ? status : writer_finish(&w, name, error);
    status = writer_close(&w, status, error);
    mem_free(sources);
    mem_free(room.values);
    mem_free(room.scratch);
    return status;
}
