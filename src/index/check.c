// check.c - is all that an index says of itself true?
//
// Every value is read with its checksum, every article unpacked, its prints made again from its words and
// looked up: each must lead back to it, unless newer articles crowd it out.

#include "index/match.h"
#include "index/room.h"

#include <stdarg.h>
#include <stdio.h>

struct check {
    struct index_store *ix;
    void (*trouble)(void *data, const char *message);
    void *data;
    uint64_t n;
    struct index_prints prints;
    struct index_match match;
    uint32_t copies, dropped;
};

static void tell(struct check *c, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void tell(struct check *c, const char *format, ...)
{
    char message[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    c->n++;
    if (c->trouble) {
        c->trouble(c->data, message);
    }
}

// A damaged value is a trouble; anything else ends the check.
static int told(struct check *c, int status, const struct copydesk_error *error)
{
    if (status == COPYDESK_ERR_INPUT) {
        tell(c, "%s: %s", error->file, error->message);
        return 0;
    }
    return status;
}

static int check_kind(struct check *c, enum db_kind kind, struct copydesk_error *error)
{
    MDB_txn *txn;
    struct db_walk walk;
    int status = scratch_txn(c->ix->own, &txn, error);
    status = status < 0 ? status : db_walk(&c->ix->db, txn, kind, 0, true, &walk, error);
    if (status < 0) {
        return status;
    }
    while ((status = db_next(&c->ix->db, &walk, error)) != 0) {
        if (status < 0 && (status = told(c, status, error)) < 0) {
            break;
        }
    }
    db_walk_end(&walk);
    return status;
}

static void check_segments(struct check *c)
{
    for (size_t i = 0; i < c->ix->n_segments; i++) {
        char path[DB_PATH_BYTES];
        const char *what;
        postings_check(&c->ix->segments[i], &what);
        if (what) {
            postings_path(c->ix->dir, c->ix->segments[i].name.file, path, sizeof path);
            tell(c, "%.900s: %s", path, what);
        }
    }
}

static int check_article(struct check *c, uint32_t number, struct copydesk_error *error)
{
    struct index_record record;
    struct index_store *ix = c->ix;
    int status = index_get(ix, number, INDEX_STRINGS | INDEX_WORDS, ix->own, &record, error);
    if (status < 0) {
        return told(c, status, error);
    }
    bool is_copy = record.leader != number;
    c->copies += is_copy;
    c->dropped += record.dropped;
    if (record.leader > number || record.cluster >= index_count(ix)) {
        tell(c, "article %u refers to article %u, which is none before it", number,
             record.leader > number ? record.leader : record.cluster);
        return 0;
    }
    if (index_prints_make(&c->prints, ix->cpu, &record) < 0) {
        return error_memory(error);
    }
    size_t missing;
    status = match_missing(ix, &c->prints, number, is_copy, &c->match, &missing, error);
    if (status == 0 && missing) {
        tell(c, "article %u is not found by %zu of its prints", number, missing);
    }
    return status;
}

int index_verify(struct index_store *ix, void (*trouble)(void *data, const char *message), void *data,
                 uint64_t *troubles, struct copydesk_error *error)
{
    static const enum db_kind kinds[] = {DB_FACTS,  DB_GROUP,     DB_HEADER, DB_MANIFEST,  DB_MERGED,
                                         DB_RECENT, DB_REFRESHED, DB_TEXTS,  DB_VOCABULARY};
    struct check c = {.ix = ix, .trouble = trouble, .data = data};
    int status = 0;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && status == 0; i++) {
        status = check_kind(&c, kinds[i], error);
    }
    check_segments(&c);
    for (uint32_t i = 0; i < index_count(ix) && status == 0; i++) {
        status = check_article(&c, i, error);
    }
    if (status == 0 && (c.copies != ix->next.n_copies || c.dropped != ix->next.n_dropped)) {
        tell(&c, "%s: counts %u exact copies and %u dropped articles; there are %u and %u", ix->db.path,
             ix->next.n_copies, ix->next.n_dropped, c.copies, c.dropped);
    }
    index_prints_release(&c.prints);
    index_match_release(&c.match);
    *troubles = c.n;
    return status;
}
