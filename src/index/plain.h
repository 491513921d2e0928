/*
 * plain.h - one article as bytes, quick to write and to read: the form in which it stands until it is sealed.
 */
#pragma once

#include "index/bytes.h"
#include "index/index.h"

/* Appends record `number`, whose leader and cluster are known; sticky failure of out. */
void plain_pack(struct buf *out, const struct index_record *record);

/* Where the next record ends: the first bytes of each say it. 0: there is none, or it is damaged. */
size_t plain_length(struct str bytes);

/*
 * Words and flags go to the arrays, which have room for plain_words() of them; both NULL: they are passed
 * over. false: damaged.
 */
uint32_t plain_words(struct str bytes);
bool plain_unpack(struct str bytes, uint64_t *words, uint8_t *flags, struct index_record *out);
