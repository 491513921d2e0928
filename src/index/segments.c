// segments.c - the files of postings: opened, merged in the background, swept.
//
// Segments are neighbours, from article 0 on. A seal adds one of 8,192 articles; the binary form of how many
// there are says which ought to be one file: after 13 seals one of 8, one of 4 and one of 1. What is not so
// yet is merged by a thread, one file at a time, while articles come in; the result is taken up at the next
// seal, so that the same stream leaves the same files. Each posting is written once for each doubling of the
// index.

#include "index/room.h"

#include "base/mem.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int segments_open(struct index_store *ix, struct copydesk_error *error)
{
    int status = 0;
    for (size_t i = 0; i < ix->manifest.n_segments && status == 0; i++) {
        status = postings_open(&ix->segments[i], ix->dir, &ix->manifest.segments[i], error);
        ix->n_segments += status == 0;
    }
    if (status < 0) {
        segments_close(ix);
    }
    return status;
}

void segments_close(struct index_store *ix)
{
    for (size_t i = 0; i < ix->n_segments; i++) {
        postings_close(&ix->segments[i]);
    }
    ix->n_segments = 0;
}

static bool is_named(const struct index_store *ix, uint32_t file)
{
    for (size_t i = 0; i < ix->manifest.n_segments; i++) {
        if (ix->manifest.segments[i].file == file) {
            return true;
        }
    }
    return file == ix->manifest.profile && file != 0;
}

static void sweep(const struct index_store *ix, const char *below, const char *ending)
{
    char path[DB_PATH_BYTES];
    snprintf(path, sizeof path, "%.3900s/%s", ix->dir, below);
    DIR *folder = opendir(path);
    if (!folder) {
        return;
    }
    for (struct dirent *e; (e = readdir(folder));) {
        char *end;
        unsigned long file = strtoul(e->d_name, &end, 10);
        if (end - e->d_name == 8 && strcmp(end, ending) == 0 && !is_named(ix, (uint32_t)file)) {
            unlinkat(dirfd(folder), e->d_name, 0);
        }
    }
    closedir(folder);
}

void segments_sweep(const struct index_store *ix)
{
    sweep(ix, "segments", ".seg");
    sweep(ix, "profile", ".profile");
}

// ---- merging

// The first run of neighbours that ought to be one: where it begins, of how many, and what it becomes; 0:
// none.
static size_t find_run(const struct postings *segments, size_t n, size_t *first, unsigned *log)
{
    uint64_t sealed = 0;
    uint64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        sealed += UINT64_C(1) << segments[i].name.log;
    }
    for (size_t i = 0; i < n; at += UINT64_C(1) << segments[i].name.log, i++) {
        unsigned wanted = 63 - (unsigned)__builtin_clzll(sealed - at);
        wanted = wanted > POSTINGS_MOST_LOG ? POSTINGS_MOST_LOG : wanted;
        if (segments[i].name.log == wanted) {
            continue;
        }
        uint64_t sum = 0;
        *first = i;
        *log = wanted;
        for (; i < n && sum < UINT64_C(1) << wanted; i++) {
            sum += UINT64_C(1) << segments[i].name.log;
        }
        return i - *first;
    }
    return 0;
}

static int merge(void *data, struct copydesk_error *error)
{
    struct merge_job *job = data;
    const struct postings *parts[MOST_SEGMENTS];
    for (size_t i = 0; i < job->n_parts; i++) {
        parts[i] = &job->parts[i];
    }
    return postings_merge(job->dir, &job->name, parts, job->n_parts, &job->stop, error);
}

// false: nothing is to be merged.
static bool prepare(struct index_store *ix, const struct postings *segments, size_t n, struct merge_job *job)
{
    unsigned log;
    job->n_parts = find_run(segments, n, &job->first, &log);
    if (job->n_parts == 0) {
        return false;
    }
    job->dir = ix->dir;
    atomic_store(&job->stop, false);
    job->name = (struct postings_name){
        .file = ix->next.next_file++, .base = segments[job->first].name.base, .log = log};
    memcpy(job->parts, segments + job->first, job->n_parts * sizeof *segments);
    return true;
}

void segments_start_merge(struct index_store *ix)
{
    if (!ix->job.is_begun && prepare(ix, ix->segments, ix->n_segments, &ix->job)) {
        ix->job.is_begun = true;
        pool_start(&ix->job.task, merge, &ix->job);
    }
}

static void replace(struct change *change, size_t first, size_t n, const struct postings *by)
{
    size_t behind = change->n - first - n;
    change->segments[first] = *by;
    memmove(&change->segments[first + 1], &change->segments[first + n], behind * sizeof *change->segments);
    change->n = first + 1 + behind;
}

int segments_take_merge(struct index_store *ix, struct change *change, struct copydesk_error *error)
{
    struct merge_job *job = &ix->job;
    struct copydesk_error failure;
    struct postings merged;
    if (!job->is_begun) {
        return 0;
    }
    job->is_begun = false;
    if (pool_finish(&job->task, &failure) < 0) {
        // The parts are still there: it is tried again after the next seal.
        char message[DB_PATH_BYTES + 600];
        snprintf(message, sizeof message, "%s: parts of the index could not be merged yet: %s", failure.file,
                 failure.message);
        if (ix->warning) {
            ix->warning(ix->callback_data, message);
        }
        return 0;
    }
    int status = postings_open(&merged, ix->dir, &job->name, error);
    if (status == 0) {
        replace(change, job->first, job->n_parts, &merged);
    }
    return status;
}

void segments_stop_merge(struct index_store *ix)
{
    if (ix->job.is_begun) {
        char path[DB_PATH_BYTES];
        atomic_store(&ix->job.stop, true);
        pool_finish(&ix->job.task, NULL);
        ix->job.is_begun = false;
        postings_path(ix->dir, ix->job.name.file, path, sizeof path);
        unlink(path);
    }
}

static bool is_open_in(const struct postings *segments, size_t n, uint32_t file)
{
    for (size_t i = 0; i < n; i++) {
        if (segments[i].name.file == file) {
            return true;
        }
    }
    return false;
}

int segments_reduce(struct index_store *ix, struct change *change, struct copydesk_error *error)
{
    struct merge_job job;
    int status = 0;
    while (status == 0 && change->n >= MANY_SEGMENTS && prepare(ix, change->segments, change->n, &job)) {
        struct postings merged;
        status = merge(&job, error);
        status = status < 0 ? status : postings_open(&merged, ix->dir, &job.name, error);
        if (status == 0) {
            replace(change, job.first, job.n_parts, &merged);
        }
        // What was made for this change alone has served.
        for (size_t i = 0; i < job.n_parts && status == 0; i++) {
            if (!is_open_in(ix->segments, ix->n_segments, job.parts[i].name.file)) {
                segments_remove(ix, &job.parts[i]);
            }
        }
    }
    return status;
}

void segments_remove(const struct index_store *ix, struct postings *p)
{
    char path[DB_PATH_BYTES];
    postings_path(ix->dir, p->name.file, path, sizeof path);
    postings_close(p);
    unlink(path); // if not, the next writer sweeps it away
}

void segments_exchange(struct index_store *ix, struct change *change)
{
    for (size_t i = 0; i < ix->n_segments; i++) {
        if (!is_open_in(change->segments, change->n, ix->segments[i].name.file)) {
            segments_remove(ix, &ix->segments[i]);
        }
    }
    memcpy(ix->segments, change->segments, change->n * sizeof *change->segments);
    ix->n_segments = change->n;
}

void segments_give_up(const struct index_store *ix, struct change *change)
{
    for (size_t i = 0; i < change->n; i++) {
        struct postings *p = &change->segments[i];
        if (!is_open_in(ix->segments, ix->n_segments, p->name.file)) {
            if (change->is_uncertain) {
                postings_close(p); // the next writer knows whether it is named
            } else {
                segments_remove(ix, p);
            }
        }
    }
    change->n = 0;
}
