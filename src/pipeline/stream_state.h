/*
 * stream_state.h - what a stream holds; shared by stream.c, which runs it, stream_verdict.c, which says what
 * becomes of a line, and stream_build.c, which lets a whole corpus through.
 */
#pragma once

#include "pipeline/growth.h"
#include "pipeline/stream.h"
#include "pipeline/stream_match.h"
#include "pipeline/waiting.h"

struct stream {
    struct copydesk_options options; // strings are owned by `desk`
    struct copydesk_filter_options filter;
    struct pipeline *desk; // for its checked and copied options, and its input
    bool owns_desk;
    uint32_t file_no; // the name under which lines are parsed
    struct stream_terms terms;
    struct index_store *index;
    struct growth *growth;
    struct stream_matcher *matcher;
    struct waiting *waiting; // NULL: articles enter at once, or never
    struct index_scratch *scratch;
    unsigned threads;
    struct stream_reader **readers; // by thread
    struct stream_line *lines;      // [ahead], of each run
    size_t ahead;                   // lines that are read and not yet judged
    int64_t newest;                 // date of the newest article that is no later than now
    uint64_t n_lines;
    bool stopped; // by the caller: nothing is wrong
    struct copydesk_summary summary;

    // Of the line at hand.
    struct copydesk_finding *findings;
    size_t n_findings, cap_findings;
    struct arena strings;
    struct buf out, reject;
};

/* All but the index and what stands on it: `desk` is checked, `filter` copied. Then the index is opened; then
 * what judges by it. On failure stream_free(), if *s is set. */
int stream_begin(struct stream **s, struct pipeline *desk, bool owns_desk,
                 const struct copydesk_filter_options *filter, struct copydesk_error *error);
int stream_open_parts(struct stream *s, struct copydesk_error *error);

/* All lines by the profile of now. file_nos: of each line; NULL: the stream's. */
int stream_judge_run(struct stream *s, const struct copydesk_view *lines, const uint32_t *file_nos, size_t n,
                     copydesk_filter_fn each, void *data, struct copydesk_error *error);

/* ---- stream_verdict.c, in the order of the stream */

/* Of a line that was read and is not blank: the verdict, of which views live until the next one. */
int stream_judge_line(struct stream *s, struct stream_line *line, struct copydesk_filtered *out,
                      struct copydesk_error *error);
/* The line to hand on, and the one for the rejects. */
int stream_write_line(struct stream *s, const struct stream_line *line, struct copydesk_filtered *out,
                      struct copydesk_error *error);
