/*
 * batches.c - the first pass: an input cut into runs of whole records.
 *
 * In:  the bytes of each input, in order. Out: batches of about 256 KiB that end where a record ends.
 *
 * About 256 KiB is read into the caller's buffer and cut behind the last whole record; the rest is read
 * again with the next batch, which costs less than carrying it over. So much stays in the second-level
 * cache, beside what the words are put into, from reading to fingerprints. Only this happens under the
 * lock; parsing is the reader's work.
 *
 * When 256 KiB hold no whole record, the window is doubled until it does. A record longer than
 * max_article_bytes is never held: its length is found by reading on in small pieces (the format knows how),
 * and the batch tells of it with its first few bytes. Where such a record is no article at all (a WARC record
 * of another type), the batch has no data and no reason, only bad_len: record.c counts its lines and gives no
 * article.
 *
 * Damaged packed data: what comes before is read as usual. The record that the damage cuts in two becomes the
 * bad record that tells of the damage; where the cut falls between two records, that bad record is empty.
 */
#include "read/room.h"

#define BEGINNING_BYTES 4096
#define TINY_LIMIT      1024

static const char too_long[] = "the record is longer than max-article-bytes allows";

static bool reserve(struct batch *batch, size_t len)
{
    char *data;

    if (batch->cap >= len + ARTICLE_PADDING) {
        return true;
    }
    data = mem_realloc(batch->data, len + ARTICLE_PADDING, 1);
    if (!data) {
        return false;
    }
    batch->data = data;
    batch->cap = len + ARTICLE_PADDING;
    return true;
}

void batch_release(struct batch *batch)
{
    mem_free(batch->data);
    *batch = (struct batch){0};
}

int length_of_line(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                   struct copydesk_error *error)
{
    uint64_t from = in->current.pos;
    uint64_t pos = from;
    size_t got;

    *skip = false;
    do {
        int status = backing_read(in, file, pos, in->scratch, SCRATCH_BYTES, &got, error);
        const char *found = status == COPYDESK_OK && got > 0 ? memchr(in->scratch, '\n', got) : NULL;
        if (status != COPYDESK_OK) {
            return status;
        }
        if (found) {
            *len = pos - from + (uint64_t)(found - in->scratch) + 1;
            return COPYDESK_OK;
        }
        pos += got;
    } while (got == SCRATCH_BYTES);
    *len = pos - from;
    return COPYDESK_OK;
}

static size_t whole_records(const struct format *format, const struct input_file *file, struct str rest,
                            enum follows follows)
{
    size_t done = 0;
    size_t len;
    bool skip;

    if (format->whole) {
        return format->whole(rest, follows);
    }
    while (done < rest.len) {
        len = format->first(file, (struct str){rest.data + done, rest.len - done}, follows, &skip);
        if (len == 0) {
            break;
        }
        done += len;
    }
    return done;
}

static void give(struct input *in, const struct input_file *file, struct batch *batch, size_t len,
                 uint64_t bad_len, const char *bad)
{
    batch->serial = in->serial++;
    batch->file_no = (uint32_t)(file - in->files);
    batch->offset = in->current.pos;
    batch->len = len;
    batch->bad = bad;
    batch->bad_len = bad_len;
    memset(batch->data + len, 0, ARTICLE_PADDING);
    in->current.pos += bad || bad_len > 0 ? bad_len : len;
}

static int give_long(struct input *in, struct input_file *file, const struct format *format,
                     struct batch *batch, size_t have, struct copydesk_error *error)
{
    uint64_t len = 0;
    bool skip = false;
    int status = format->length(in, file, &len, &skip, error);

    if (status != COPYDESK_OK) {
        return status;
    }
    if (len <= have) {
        // A row whose quote is never closed: only its first line is taken, and the reader says why.
        give(in, file, batch, (size_t)len, 0, NULL);
    } else if (skip) {
        give(in, file, batch, 0, len, NULL);
    } else {
        give(in, file, batch, have < BEGINNING_BYTES ? have : BEGINNING_BYTES, len, too_long);
    }
    return 1;
}

// Reads on at current.pos until the window in batch->data has `want` bytes or the file ends.
static int read_window(struct input *in, struct input_file *file, struct batch *batch, size_t *have,
                       size_t want, enum follows *follows, struct copydesk_error *error)
{
    size_t got;
    int status;

    if (!reserve(batch, want)) {
        return error_memory(error);
    }
    status = backing_read(in, file, in->current.pos + *have, batch->data + *have, want - *have, &got, error);
    if (status != COPYDESK_OK) {
        return status;
    }
    *have += got;
    *follows = MORE_FOLLOWS;
    if (*have < want || (file->kind == INPUT_PLAIN && in->current.pos + *have == file->size)) {
        *follows = in->current.damage ? FILE_CUT : FILE_ENDS;
    }
    return COPYDESK_OK;
}

// 1 = batch filled, 0 = the file has ended.
static int fill(struct input *in, struct input_file *file, struct batch *batch, struct copydesk_error *error)
{
    const struct format *format = format_find(file->format);
    uint64_t most = in->options.max_article_bytes;
    bool is_table = file->format == COPYDESK_FORMAT_CSV || file->format == COPYDESK_FORMAT_TSV;
    // Nobody but a test sets so low a limit; tests reach long records and the borders of windows with few
    // bytes.
    size_t want = most < TINY_LIMIT ? (size_t)most + 1 : BATCH_BYTES;
    size_t have = 0;

    for (;;) {
        enum follows follows = MORE_FOLLOWS;
        size_t whole;
        int status = read_window(in, file, batch, &have, want, &follows, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        if (have == 0 && follows == FILE_ENDS) {
            return 0;
        }
        if (is_table && !file->header && have > 0) {
            status = csv_take_header(in, file, (struct str){batch->data, have}, follows, error);
            if (status != COPYDESK_OK) {
                return status;
            }
        }
        whole = have > 0 ? whole_records(format, file, (struct str){batch->data, have}, follows) : 0;
        if (whole > 0) {
            give(in, file, batch, whole, 0, NULL);
            return 1;
        }
        if (follows == FILE_CUT) {
            const char *damage = in->current.damage;
            in->current.damage = NULL;
            file->damaged = true;
            give(in, file, batch, have < BEGINNING_BYTES ? have : BEGINNING_BYTES, have, damage);
            return 1;
        }
        if (want > most) {
            return give_long(in, file, format, batch, have, error);
        }
        want = 2 * (uint64_t)want <= most ? 2 * want : (size_t)most + 1;
    }
}

static int next_batch(struct input *in, struct batch *batch, struct copydesk_error *error)
{
    in->reading = true;
    while (in->file_no < in->n_files) {
        struct input_file *file = &in->files[in->file_no];
        bool skip = false;
        int status = in->current.open ? COPYDESK_OK : backing_start(in, file, &skip, error);

        if (status == COPYDESK_OK && !skip) {
            status = fill(in, file, batch, error);
        }
        if (status != 0) {
            return status;
        }
        backing_finish(in);
        in->file_no++;
    }
    return 0;
}

int input_next(struct input *in, struct batch *batch, struct copydesk_error *error)
{
    int status;

    pthread_mutex_lock(&in->next_lock);
    status = next_batch(in, batch, error);
    pthread_mutex_unlock(&in->next_lock);
    return status;
}
