/*
 * source.h - what reports ask of the corpus: how large the cluster of an article is, and articles by number.
 */
#pragma once

#include "pipeline/loader.h"
#include "pipeline/pipeline.h"
#include "write/write.h"

struct source {
    struct pipeline *p;
    struct loader *loader;   /* not owned */
    uint32_t *sizes;         /* of clusters, by the number of the representative */
    struct buf id, raw, key; /* scratch */
};

/* All-zero is a released source. loader stays valid until release. */
int source_init(struct source *s, struct pipeline *p, struct loader *loader, struct copydesk_error *error);
void source_release(struct source *s);

/* Articles in a cluster: the representative, and judged ones. */
uint32_t source_cluster_size(const struct source *s, uint64_t representative);
/* What the page for people counts of a record. */
int source_facts(const struct source *s, const struct copydesk_verdict *verdict,
                 const struct catalog_record *record, struct write_facts *out, struct copydesk_error *error);
/* For struct write_source; data is a struct source. */
int source_fetch(void *data, uint64_t record, bool fields, struct write_source_record *out,
                 struct copydesk_error *error);
