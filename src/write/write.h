/*
 * write.h - room 18: verdicts to output files. One file for each form of output, one table of them in
 * write.c.
 *
 *   struct write_set: the outputs of one run
 *     write_set_open()      opens the files, writes what stands at their head
 *     write_set_wants()     what the pipeline has to fetch for them: raw records, parsed articles, pairs
 *     write_set_record()    each record, in input order          \  serial form: formats and passes on
 *     write_set_pair()      each verified pair, in a fixed order /
 *     write_set_report()    the reports, which show the worst of all records: after the last one
 *     write_set_commit()    all files whole, under their names
 *     write_set_release()   in every case; without a commit nothing is left behind
 *
 * To format in several threads, give each batch its own array of buffers (one for each output) and call
 * write_set_format(), which changes nothing but the buffers; then, in input order, pass them on with
 * write_set_append() and give each record to write_set_take().
 */
#pragma once

#include "article.h"
#include "base/error.h"
#include "base/file.h"

/* What is known of the inputs when writing begins. */
struct write_corpus {
    const struct copydesk_options *options; /* names of the fields */
    size_t n_files;
    const enum copydesk_format *formats; /* of each file; never COPYDESK_FORMAT_AUTO */
    const struct str *headers;           /* of each file: the header row of CSV and TSV, else empty */
    /* For reports. */
    const struct copydesk_summary *summary;
    const struct copydesk_judgement *judgement; /* never NULL; all-zero: nothing was judged */
};

/* What the catalog knows of a record, for the page for people. Sources are hashes of their names, 0: none. */
struct write_facts {
    uint32_t source, head_source; /* of the article, and of the representative of its cluster */
    bool dated;
    int64_t date; /* seconds since 1970 */
    uint32_t n_words;
    uint32_t file_no;
    uint32_t check; /* of the raw bytes */
    uint64_t bytes; /* as read */
};

/* One record with its verdict. */
struct write_record {
    const struct copydesk_verdict *verdict;
    enum copydesk_format format;
    struct str raw;                /* as it stands in the input, when it was wanted */
    uint64_t raw_bytes;            /* its length in the input; more than raw.len: raw is its beginning */
    const struct article *article; /* its fields, when they were wanted; else NULL */
    uint32_t cluster_size;         /* articles in its cluster, when reports are wanted; 1: alone */
    struct write_facts facts;      /* when reports are wanted */
};

/* Where reports get the articles that they show. Records are numbered in input order. */
struct write_source_record {
    struct str id, file;
    uint64_t line; /* 1-based */
    enum copydesk_format format;
    bool dated;
    int64_t date; /* seconds since 1970 */
    /* When the fields were wanted: */
    struct str raw;                 /* as read; of a bad record the beginning */
    struct str title, text, source; /* of a good record */
    uint64_t content;               /* stands for what it says, wherever it stands */
};
struct write_source {
    /* Views are valid until the next call. fields: what is behind `format` too. */
    int (*fetch)(void *data, uint64_t record, bool fields, struct write_source_record *out,
                 struct copydesk_error *error);
    void *data;
};

/* One verified pair. */
struct write_pair {
    struct str id1, id2;
    uint64_t record1, record2;
    uint32_t words1, words2;
    enum copydesk_rule rule; /* COPYDESK_N_RULES: looked at, but no relation */
    double jaccard, containment1, containment2;
    uint32_t shared_words, longest_run;
};

/* What a run has to fetch for its outputs. */
struct write_wants {
    bool records;      /* the form of every record; else of none */
    bool raw_kept;     /* raw of kept records */
    bool raw_others;   /* raw of dropped and rejected records */
    bool article_kept; /* fields of kept records whose format is not JSON lines */
    bool pairs;        /* write_set_pair() for every verified pair */
    bool reports;      /* write_set_take() of every record, with its cluster_size; then write_set_report() */
};

/* One output. */
struct sink {
    const struct writer *writer;
    struct file_output file;
    struct buf buf;
    const struct write_corpus *corpus;
    bool as_json; /* clean: records that are not JSON lines become JSON objects */
};

struct report;
struct html;

/*
 * A form of output. record and pair append one entry to `out`, report and page the whole file; those a form
 * has no use for are NULL.
 */
struct writer {
    enum copydesk_output_kind kind;
    const char *name;
    void (*begin)(struct sink *sink, struct write_wants *wants);
    void (*record)(const struct sink *sink, struct buf *out, const struct write_record *record);
    void (*pair)(const struct sink *sink, struct buf *out, const struct write_pair *pair);
    void (*report)(const struct report *report, struct buf *out);
    void (*page)(const struct html *html, struct buf *out);
};

extern const struct writer write_verdicts;
extern const struct writer write_clean;
extern const struct writer write_rejects;
extern const struct writer write_pairs;
extern const struct writer write_sarif;
extern const struct writer write_junit;
extern const struct writer write_github;
extern const struct writer write_gitlab;
extern const struct writer write_markdown;
extern const struct writer write_json_report;
extern const struct writer write_html;

struct write_set {
    struct sink sinks[COPYDESK_N_OUTPUTS];
    size_t n_sinks;
    struct write_wants wants;
    struct report *report; /* what all reports show; NULL when none is asked for */
    struct html *html;     /* what the page for people shows; the same */
};

/* corpus and what it points to stay valid until release. */
int write_set_open(struct write_set *set, const struct copydesk_output *outputs, size_t n_outputs,
                   const struct write_corpus *corpus, struct copydesk_error *error);
struct write_wants write_set_wants(const struct write_set *set);
int write_set_record(struct write_set *set, const struct write_record *record, struct copydesk_error *error);
int write_set_pair(struct write_set *set, const struct write_pair *pair, struct copydesk_error *error);
/* Once, after the last record, when wants.reports. */
int write_set_report(struct write_set *set, const struct write_source *source, struct copydesk_error *error);
int write_set_commit(struct write_set *set, struct copydesk_error *error);
void write_set_release(struct write_set *set);

/* bufs: one for each sink. Any thread; failures are sticky in the buffers. */
void write_set_format(const struct write_set *set, struct buf *bufs, const struct write_record *record);
/* Passes the buffers on and empties them. */
int write_set_append(struct write_set *set, struct buf *bufs, struct copydesk_error *error);
/* What reports keep of a record; write_set_record() does it too. */
int write_set_take(struct write_set *set, const struct write_record *record, struct copydesk_error *error);

/*
 * Shared by the forms (write_json.c).
 *
 * A number with at most four decimals and no needless zeros: 0.93, 1, 0.0417. Below zero and NaN become 0.
 */
void write_number(struct buf *out, double value);
bool write_is_utf8(struct str text);
/* A JSON string, whatever the bytes: those that are no UTF-8 (possible in names of files) become U+FFFD. */
void write_json_string(struct buf *out, struct str text);

/* Appends base64 (RFC 4648, with padding). */
void write_base64(struct buf *out, struct str bytes);

/* Parts of a verdict line (write_verdicts.c): "keep", "clean", "drop" or "reject"; and the members
 * `findings` and `scores`, with the comma before them. */
const char *write_verdict_action(const struct copydesk_verdict *verdict);
void write_verdict_findings(struct buf *out, const struct copydesk_verdict *verdict);

static inline struct str write_str(struct copydesk_view view)
{
    return (struct str){view.data, view.len};
}
