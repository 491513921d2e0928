/*
 * edits.h - what the cleaning stages found, kept for every article: written once, in input order, read back
 * by any thread. In memory, or in a temporary file under a memory limit.
 */
#pragma once

#include "base/error.h"
#include "edit.h"

/* An edit, and the other article it names: title-mismatch, an article that the title fits. */
struct found {
    struct edit edit;
    uint32_t other; /* UINT32_MAX: none */
};

struct edit_store;

int edit_store_new(struct edit_store **s, uint32_t n_articles, uint64_t memory_bytes, const char *temp_dir,
                   struct copydesk_error *error);
void edit_store_free(struct edit_store *s);

/* As it is stored: a thread packs what it found, the store takes it in input order. */
void edit_pack(struct buf *out, const struct found *found, size_t n);
/* One thread at a time. */
int edit_store_add(struct edit_store *s, uint32_t article, struct str packed, struct copydesk_error *error);

/* Edits of one article, unpacked. All-zero is empty; reuse it. */
struct edit_list {
    struct found *found;
    struct edit *edits; /* the same without the other articles, for edits_apply() */
    size_t n, cap, cap_edits;
    struct buf packed;
};
void edit_list_release(struct edit_list *list);
/* Views (edit.to) are valid until the next call with the same list. */
int edit_store_get(const struct edit_store *s, uint32_t article, struct edit_list *list,
                   struct copydesk_error *error);
bool edit_store_has(const struct edit_store *s, uint32_t article);

uint64_t edit_store_disk_bytes(const struct edit_store *s);
