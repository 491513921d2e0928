/*
 * growth.h - the corpus profile of an index, which grows with the stream.
 */
#pragma once

#include "index/index.h"
#include "pipeline/alone.h"

struct growth;

/* folder: of the index; both outlive it. `learn` false: the profile that the index has is used as it is. */
int growth_new(struct growth **g, struct index_store *index, const char *folder,
               const struct copydesk_options *options, bool learn, struct copydesk_error *error);
void growth_free(struct growth *g);

/* What articles are judged by now; another one after growth_advance() returned 1. */
const struct alone *growth_alone(const struct growth *g);
/* Articles that may still enter before growth_advance() is due; UINT32_MAX: any number. */
uint32_t growth_room(const struct growth *g);
/* With no room left: 1: judge by growth_alone() anew, 0: nothing to do. */
int growth_advance(struct growth *g, struct copydesk_error *error);
/* Whether the text of an article of this content that enters now is wanted; packed and unpacked here. */
bool growth_wants_text(const struct growth *g, uint64_t content);
int growth_pack(struct growth *g, struct str line, struct str *packed, struct copydesk_error *error);

/* A packed text as it came. false: it is damaged, or there is no memory (out->failed). */
bool growth_unpack(struct str packed, struct buf *out);
