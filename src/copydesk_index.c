// copydesk_index.c - the public interface of the index by itself. Contracts in copydesk.h.

#include "index/index.h"
#include "pipeline/alone.h"

#include <stdio.h>
#include <sys/stat.h>
#include <time.h>

static int open_for(struct index_store **ix, const char *dir, enum index_mode mode,
                    struct copydesk_error *error)
{
    struct index_params params = {.cpu = COPYDESK_CPU_PORTABLE, .any_settings = true};
    return index_open(ix, dir, mode, &params, error);
}

static void copy_text(char *out, size_t size, struct str text)
{
    snprintf(out, size, "%.*s", (int)(text.len < size ? text.len : size - 1), text.data ? text.data : "");
}

int copydesk_index_info(const char *dir, struct copydesk_index_info *out, struct copydesk_error *error)
{
    struct index_store *ix = NULL;
    struct index_info info;
    uint32_t learned = 0;
    int status = open_for(&ix, dir, INDEX_READ, error);
    status = status < 0 ? status : index_info(ix, &info, error);
    if (status == 0) {
        index_profile(ix, &learned);
        *out = (struct copydesk_index_info){
            .articles = info.articles,
            .live = info.live,
            .dropped = info.dropped,
            .exact = info.exact_copies,
            .learned = learned,
            .vocabulary = info.vocabulary,
            .segments = info.segments,
            .record_bytes = info.bytes_records,
            .posting_bytes = info.bytes_postings,
            .profile_bytes = info.bytes_profile,
            .text_bytes = info.bytes_texts,
            .disk_bytes = info.bytes_disk,
            .dated = info.oldest != 0 || info.newest != 0,
            .oldest = info.oldest,
            .newest = info.newest,
        };
        copy_text(out->version, sizeof out->version, info.version);
        copy_text(out->unicode, sizeof out->unicode, info.unicode);
        copy_text(out->settings, sizeof out->settings, info.settings);
    }
    index_close(ix);
    return status;
}

int copydesk_index_gc(const char *dir, uint64_t window_seconds, enum copydesk_clock clock,
                      uint64_t *freed_bytes, struct copydesk_error *error)
{
    struct index_params params = {.cpu = COPYDESK_CPU_PORTABLE, .any_settings = true};
    struct index_store *ix = NULL;
    enum index_clock by = clock == COPYDESK_CLOCK_DATE ? INDEX_BY_DATE : INDEX_BY_ARRIVAL;
    int status = open_for(&ix, dir, INDEX_READ, error);
    // As a filter has it: a date in the future makes nothing old.
    int64_t newest = by == INDEX_BY_ARRIVAL ? (int64_t)time(NULL) : status == 0 ? index_newest(ix) : 0;
    int64_t cutoff = window_seconds ? newest - (int64_t)window_seconds : INT64_MIN;
    index_close(ix);
    return status < 0 ? status : index_gc(dir, &params, by, cutoff, freed_bytes, error);
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat left;
    struct stat right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev &&
           left.st_ino == right.st_ino;
}

int copydesk_index_merge(const char *into, const char *from, uint64_t *articles, struct copydesk_error *error)
{
    if (is_same_folder(into, from)) {
        return error_set(error, COPYDESK_ERR_OPTION, from, "cannot be merged into itself");
    }
    struct index_store *target = NULL;
    struct index_store *source = NULL;
    struct index_info info = {0};
    int status = open_for(&source, from, INDEX_READ, error);
    status = status < 0 ? status : index_info(source, &info, error);
    struct index_params params = {.cpu = COPYDESK_CPU_PORTABLE,
                                  .settings = info.settings_hash,
                                  .settings_text = info.settings,
                                  .keep_text = source && index_keeps_text(source)};
    status = status < 0 ? status : index_open(&target, into, INDEX_CREATE, &params, error);
    uint32_t before = status < 0 ? 0 : index_count(target);
    status = status < 0 ? status : index_merge(target, source, error);
    if (status == 0 && articles) {
        *articles = index_count(target) - before;
    }
    index_close(source);
    index_close(target);
    return status;
}

// The profile is a file of its own, which the store does not look into: it is read as a filter would.
static int check_profile(const struct index_store *ix, void (*trouble)(void *data, const char *message),
                         void *data, uint64_t *troubles, struct copydesk_error *error)
{
    char message[sizeof error->file + sizeof error->message + 2];
    struct copydesk_options options;
    struct alone *alone = NULL;
    uint32_t learned;
    const char *path = index_profile(ix, &learned);
    if (!path) {
        return 0;
    }
    copydesk_options_init(&options);
    int status = alone_new(&alone, &options, path, error);
    alone_free(alone);
    if (status < 0 && status != COPYDESK_ERR_MEMORY) {
        ++*troubles;
        if (trouble) {
            snprintf(message, sizeof message, "%s: %s", error->file, error->message);
            trouble(data, message);
        }
        status = 0;
    }
    return status;
}

int copydesk_index_verify(const char *dir, void (*trouble)(void *data, const char *message), void *data,
                          uint64_t *troubles, struct copydesk_error *error)
{
    struct index_store *ix = NULL;
    int status = open_for(&ix, dir, INDEX_READ, error);
    status = status < 0 ? status : index_verify(ix, trouble, data, troubles, error);
    status = status < 0 ? status : check_profile(ix, trouble, data, troubles, error);
    index_close(ix);
    return status;
}

static struct copydesk_view view_of(struct str s)
{
    return (struct copydesk_view){s.data, s.len};
}

int copydesk_index_export(const char *dir, copydesk_indexed_fn each, void *data, struct copydesk_error *error)
{
    struct index_store *ix = NULL;
    struct index_scratch *scratch = NULL;
    int status = open_for(&ix, dir, INDEX_READ, error);
    status = status < 0 ? status : index_scratch_new(ix, &scratch, error);
    uint32_t n = status < 0 ? 0 : index_count(ix);
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct index_record r;
        status = index_get(ix, i, INDEX_STRINGS, scratch, &r, error);
        struct copydesk_indexed article = {
            .number = i,
            .id = view_of(r.id),
            .title = view_of(r.title),
            .source = view_of(r.source),
            .dated = r.has_date,
            .dropped = r.dropped,
            .date = r.date,
            .arrived = r.arrived,
            .words = r.n_words,
            .copy_of = r.leader,
            .cluster = r.cluster,
        };
        status = status < 0 ? status : each(data, &article);
    }
    index_scratch_free(scratch);
    index_close(ix);
    return status;
}
