/*
 * group.h - 256 sealed articles as one value: numbers in columns of as few bits as they need, strings
 * compressed 64 articles at a time, words in code.
 */
#pragma once

#include "index/code.h"

enum { GROUP_ARTICLES = 256 };

/* Scratch for sealing. All-zero is empty; `packer` is made by group_pack(). */
struct group_packer {
    struct buf out;     /* the group */
    struct buf strings; /* of one block */
    struct buf words;
    void *zstd;
};
void group_packer_release(struct group_packer *p);

/*
 * Records first .. first + GROUP_ARTICLES - 1, words and all; numbers: of their words, one article behind
 * another.
 */
int group_pack(struct group_packer *p, const struct index_record *records, uint32_t first,
               const uint32_t *numbers, struct copydesk_error *error);

/* Scratch for reading: of a thread. */
struct group_reader {
    void *zstd;
    struct buf strings;
    struct code_table table;
};
void group_reader_release(struct group_reader *r);

/* How many words article `number` has of its own in this group; false: damaged. */
bool group_words(struct str group, uint32_t number, uint32_t *n_words);
/*
 * As index_get(); words and flags have room for group_words(). An exact copy has no words here. False:
 * damaged, or out of memory.
 */
bool group_get(struct str group, uint32_t number, unsigned parts, const struct lexicon *lexicon,
               struct group_reader *reader, uint64_t *words, uint8_t *flags, struct index_record *out);
