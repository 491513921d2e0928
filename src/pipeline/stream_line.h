/*
 * stream_line.h - one line of a stream, as far as it can be judged by itself: parsed, cleaned, cut into words
 * and looked up among the articles on disk. Any number of threads work on different lines.
 */
#pragma once

#include "index/index.h"
#include "pipeline/alone.h"
#include "pipeline/pipeline.h"
#include "pipeline/verdict.h"

/* What all lines of a stream are judged by; nothing here changes while lines are read. */
struct stream_terms {
    const struct copydesk_options *options;
    enum copydesk_cpu cpu;
    struct input *input;
    const struct index_store *index;
    bool clean; /* the record with cuts and repairs is wanted */
};

/* Reused from line to line; all-zero is empty. Views are valid until the line is read again. */
struct stream_line {
    struct buf raw; /* the line without its line feed; ARTICLE_PADDING behind it */
    bool blank;
    const char *bad; /* why it is no article, or NULL */
    uint64_t bad_offset;
    bool is_object;                    /* a bad one: it is a JSON object all the same */
    struct copydesk_finding *findings; /* of the article by itself */
    size_t n_findings, cap_findings;
    bool dropped; /* by one of them */
    uint16_t title_score;
    struct buf cleaned; /* the record with cuts and repairs; empty: nothing to change, or not wanted */
    struct index_record record;
    struct index_prints prints;
    struct index_match match;
    struct buf strings; /* what views of findings and record point into */
    uint64_t *words;
    uint8_t *flags;
    size_t cap_words, cap_flags;
};
void stream_line_release(struct stream_line *line);

struct stream_reader; /* scratch of one thread */
int stream_reader_new(struct stream_reader **reader, const struct stream_terms *terms,
                      struct copydesk_error *error);
void stream_reader_free(struct stream_reader *reader);
/* Before the first line, and whenever the profile is another one. */
int stream_reader_judge_by(struct stream_reader *reader, const struct alone *alone,
                           struct copydesk_error *error);

/*
 * Fills in *line from a record of that input. Of the record, `leader`, `cluster` and `arrived` are left to
 * the caller.
 */
int stream_line_read(struct stream_reader *reader, uint32_t file_no, struct str raw, struct stream_line *line,
                     struct copydesk_error *error);
