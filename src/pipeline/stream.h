/*
 * stream.h - the plot of a stream: records one by one, each judged against an index of those before.
 *
 *   lines -> parse, clean, words, prints, articles on disk that share some     any thread   (stream_line.c)
 *         -> articles since, relations, verdict                                in order     (stream_match.c)
 *         -> the line to hand on                                               in order
 *         (write/annotate.c) -> the index                                                         in order
 */
#pragma once

#include "base/error.h"
#include "base/str.h"

struct pipeline;

struct stream;

int stream_new(struct stream **s, const struct copydesk_options *options,
               const struct copydesk_filter_options *filter, struct copydesk_error *error);
void stream_free(struct stream *s);

/* As copydesk_filter_judge() and its siblings, in copydesk.h. */
int stream_judge(struct stream *s, const struct copydesk_view *lines, size_t n, copydesk_filter_fn each,
                 void *data, struct copydesk_error *error);
int stream_enter(struct stream *s, struct copydesk_view id, struct copydesk_error *error);
int stream_commit(struct stream *s, struct copydesk_error *error);
/* Whether the last stream_judge() ended because each() had it so, whatever number it returned. */
bool stream_was_stopped(const struct stream *s);
uint64_t stream_entered(const struct stream *s);
uint64_t stream_committed(const struct stream *s);
const struct copydesk_summary *stream_summary(const struct stream *s);

/* As copydesk_build_index(): p has its inputs, and is used up. */
int stream_build(struct pipeline *p, const char *dir, bool keep_text, uint64_t *articles,
                 struct copydesk_error *error);

/* As copydesk_add_indexed(). */
int stream_add_indexed(struct pipeline *p, const char *dir, struct str id, struct copydesk_error *error);
