/*
 * stream_match.h - a new article against those of the index that share prints with it: relations, and the
 * cluster that it joins.
 */
#pragma once

#include "pipeline/compare.h"
#include "pipeline/stream_line.h"

/* A relation of the new article. Views are valid until the next stream_match(). */
struct stream_pair {
    struct pair_record pair; /* a: the article of the index, b: the new one */
    uint32_t cluster;        /* of the article of the index */
    struct str id;           /* of it; empty: it has none */
    size_t id_at;            /* private */
};

struct stream_relations {
    const struct stream_pair *pairs; /* the one that it joins first, then by strength */
    size_t n;
    uint32_t representative; /* of the cluster that it joins, UINT32_MAX: none */
    bool joins;              /* pairs[0] is with the representative */
};

struct stream_matcher;
int stream_matcher_new(struct stream_matcher **m, struct index_store *index, enum copydesk_cpu cpu,
                       const enum copydesk_action actions[COPYDESK_N_RULES], struct copydesk_error *error);
void stream_matcher_free(struct stream_matcher *m);

/* line->match holds the candidates. Works in the order of the stream: facts are counted as of now. */
int stream_match(struct stream_matcher *m, const struct stream_line *line, struct stream_relations *out,
                 struct copydesk_error *error);
