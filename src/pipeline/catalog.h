/*
 * catalog.h - what is kept of every article between the passes: where it stands, its id, what it is an exact
 * copy of.
 *
 * Articles are numbered 0, 1, 2 ... in input order; that number is their name inside the engine. 64 bytes and
 * the id go to logs that spill to disk under a memory limit; 8 bytes stay resident, and 16 to 22 in the table
 * of exact texts.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"

enum {
    CATALOG_BAD = 1, /* no article: `reason` instead of `url_hash` */
    CATALOG_HAS_DATE = 2,
    CATALOG_NO_ID = 4, /* the id is FILE:LINE */
    CATALOG_KNOWN = 8, /* of a known input: compared with, not judged */
    CATALOG_MAX_ARTICLES = 0x7fffffff,
};

struct catalog_record {
    uint64_t offset; /* of the raw record in its backing */
    uint64_t id_at;  /* in the id log */
    int64_t date; /* seconds since 1970, with CATALOG_HAS_DATE; of a bad record: where in it the trouble is */
    union {
        uint64_t url_hash;  /* 0: no url */
        const char *reason; /* of a bad record */
    };
    union {
        struct {
            uint32_t n_words;
            uint32_t source_hash; /* 0: no source */
        };
        uint64_t bad_length; /* of a bad record: length of its raw bytes, which may be more than `length` can
                                say */
    };
    uint32_t length; /* of the raw record in bytes */
    uint32_t line;   /* 1-based */
    uint32_t file_no;
    uint32_t id_len;
    uint32_t check; /* of the raw bytes: tells when a file changed between the passes */
    uint32_t flags;
};

/* The normalised text as a 128-bit hash; all zero: nothing to compare. */
struct catalog_key {
    uint64_t low, high;
};

struct catalog;

/* memory_bytes: for records and ids, 0 for no limit. */
int catalog_new(struct catalog **c, uint64_t memory_bytes, const char *temp_dir,
                struct copydesk_error *error);
void catalog_free(struct catalog *c);

/*
 * Adds the next article and stores its id. *leader is the first article with the same key, or the article
 * itself. One thread at a time, in input order.
 */
int catalog_add(struct catalog *c, struct catalog_record *record, struct str id, struct catalog_key key,
                uint32_t *leader, struct copydesk_error *error);

uint32_t catalog_count(const struct catalog *c);
/* The first article with the same text. */
uint32_t catalog_leader(const struct catalog *c, uint32_t article);
/* The table of exact texts is only needed while adding. */
void catalog_seal(struct catalog *c);

/* Any number of threads. */
int catalog_get(const struct catalog *c, uint32_t article, struct catalog_record *record,
                struct copydesk_error *error);
/* The id, as a view into the log or into scratch, which grows. */
int catalog_id(const struct catalog *c, const struct catalog_record *record, struct buf *scratch,
               struct str *id, struct copydesk_error *error);

uint64_t catalog_disk_bytes(const struct catalog *c);
