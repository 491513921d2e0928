/*
 * postings.h - which of 2^k consecutive articles have a print: one immutable file, mapped.
 *
 *     header    64 bytes
 *     sizes     struct print_size of each article
 *     starts    u32 for each of 2^(k+2) buckets, and one more: where its postings begin
 *     postings  u32 each: (print's low 32 - k bits) << k | (article - base), ascending within a bucket
 *
 * The bucket is the print's top k + 2 bits; with the low bits that is all 34 of them, whatever k is. Of one
 * print the newest PRINT_COUNTED postings are kept.
 */
#pragma once

#include "index/prints.h"

enum { POSTINGS_LEAST_LOG = 13, POSTINGS_MOST_LOG = 27 };

/* As the manifest names it. */
struct postings_name {
    uint32_t file, base, log; /* NNNNNNNN.seg; first article; k */
    uint64_t n, checksum;     /* postings; of all that the file holds */
};

struct postings {
    struct postings_name name;
    const uint8_t *map;
    size_t bytes;
    const struct print_size *sizes;
    const uint32_t *starts, *values;
};

/* The file of a folder. Read-only; checks its length and header. COPYDESK_ERR_INPUT: missing, cut short,
 * another file. */
int postings_open(struct postings *p, const char *dir, const struct postings_name *name,
                  struct copydesk_error *error);
void postings_close(struct postings *p);
/* Compares the checksum, and looks at each bucket. *what: what is wrong, NULL: nothing. */
void postings_check(const struct postings *p, const char **what);

/*
 * Many prints at once, in three steps, each of which fetches what the next one reads: the directory, the
 * buckets, [from, to) of p->values for each print; and then `bit` is set in hits[i] where print i is in its
 * bucket, and now and then where it is not.
 */
void postings_fetch(const struct postings *p, const uint64_t *prints, size_t n);
void postings_buckets(const struct postings *p, const uint64_t *prints, size_t n, uint32_t (*buckets)[2]);
void postings_hits(const struct postings *p, const uint64_t *prints, size_t n, uint32_t (*buckets)[2],
                   uint64_t bit, uint64_t *hits);
/* Within a bucket, the postings of the print itself, oldest first. Their articles are postings_article(). */
void postings_range(const struct postings *p, uint64_t print, uint32_t *from, uint32_t *to);

static inline uint32_t postings_article(const struct postings *p, uint32_t value)
{
    return p->name.base + (value & ((UINT32_C(1) << p->name.log) - 1));
}

/*
 * Writes a file and makes it durable (the folder is not). records: print << 16 | (article - base), sorted,
 * for 2^log <= 65,536 articles. Fills in n and checksum of *name. On failure the file is gone.
 */
int postings_write(const char *dir, struct postings_name *name, const uint64_t *records, size_t n,
                   const struct print_size *sizes, struct copydesk_error *error);
/*
 * The same from neighbours, in order, that together are 2^log articles; in bounded memory. *stop is looked
 * at now and then: COPYDESK_ERR_STATE when it is set.
 */
int postings_merge(const char *dir, struct postings_name *name, const struct postings *const *parts,
                   size_t n_parts, _Atomic bool *stop, struct copydesk_error *error);
/* The name of a file. */
void postings_path(const char *dir, uint32_t file, char *out, size_t size);
