/*
 * report.h - what the reports of a run show: the worst findings, with the words and places of their articles.
 *
 *   struct report
 *     report_new()
 *     report_take()      each record, in input order: keeps numbers of the worst findings, no text
 *     report_finish()    chooses what is shown, fetches ids, titles, places
 *     report_free()
 *
 * A report never lists pairs. An item stands for one rule in one article; for the rules that find removable
 * copies it stands for one rule in one cluster, with the number of its copies and the first few of them.
 *
 * All text in an item is fit to be shown: one line of valid UTF-8 without control characters, marks that turn
 * the direction of text, or anything invisible that could hide words; long text is cut and ends with an
 * ellipsis. What a format gives a meaning of its own (a quote, a bracket) is escaped by its writer.
 */
#pragma once

#include "base/mem.h"
#include "write/write.h"

enum {
    REPORT_PER_RULE = 2000, /* items that are kept of a rule */
    REPORT_ITEMS = 5000,    /* items in all: as many as GitHub shows of a SARIF file */
    REPORT_CLUSTERS = 200,  /* largest clusters of copies */
    REPORT_OTHERS = 10,     /* copies named beside the first one */
    REPORT_ID_CHARS = 512,  /* longer ids are cut */
    REPORT_TEXT_CHARS = 160 /* longer titles and quotations are cut */
};

enum report_level { REPORT_ERROR, REPORT_WARNING, REPORT_NOTE, REPORT_N_LEVELS };

/* Where an article, or a span of it, stands. Columns are code points from 1, 0: the line as a whole. */
struct report_place {
    struct str id;
    struct str file; /* as given */
    uint64_t line, end_line;
    uint32_t column, end_column; /* end_column is the one behind the last character */
};

struct report_item {
    /* The best finding of the rule; `of`, `better` and `to` as the other text here. */
    struct copydesk_finding finding;
    uint64_t rank;    /* cluster size, else score in 1/10000: larger is worse */
    uint64_t subject; /* number of the article, or of the representative of the cluster */
    uint64_t record;  /* number of the article; the first copy of the cluster */
    bool is_cluster;
    uint32_t cluster_size; /* with the representative; 1: alone */
    uint32_t n_findings, n_articles;
    uint64_t other_records[REPORT_OTHERS];
    size_t n_others;

    /* After report_finish(), for what is shown. */
    enum report_level level;
    uint64_t fingerprint; /* of rule and content; never of lines or file names */
    uint32_t copy;        /* 1 for the first item with this fingerprint, 2 ... */
    struct report_place place;
    struct report_place of; /* the article it copies; line 0: none */
    struct report_place others[REPORT_OTHERS];
    struct str title;
    struct str quote; /* the span; empty when there is none */
};

/* Items, the worst first. */
struct report_list {
    struct report_item **items;
    size_t n, cap, most;
};

struct report {
    const struct write_corpus *corpus;
    struct report_list rules[COPYDESK_N_RULES];
    struct report_list clusters; /* all copies of a cluster together */
    uint64_t
        unlisted[COPYDESK_N_RULES]; /* articles with a finding that counts; at the end, those without item */

    /* After report_finish(): what is shown, errors first, the worst of every rule before the second worst. */
    struct report_item **items;
    size_t n_items;
    struct arena text;
};

/* corpus stays valid until report_free(). */
int report_new(struct report **report, const struct write_corpus *corpus, struct copydesk_error *error);
int report_take(struct report *report, const struct write_record *record, struct copydesk_error *error);
int report_finish(struct report *report, const struct write_source *source, struct copydesk_error *error);
void report_free(struct report *report);

/* Whether findings of a rule are listed at all: what is no defect is only counted. */
bool report_lists(enum copydesk_rule rule);
/* How bad findings of a rule are when no limit was broken and nothing else is known. */
enum report_level report_default_level(enum copydesk_rule rule);
const char *report_level_name(enum report_level level); /* error, warning, note */
/* A limit that was broken and covers the rule, or NULL. */
const struct copydesk_gate *report_broken_gate(const struct write_corpus *corpus, enum copydesk_rule rule);

/* The bytes of the span of a finding; empty where it does not fit the field. */
struct str report_span(const struct write_corpus *corpus, const struct copydesk_finding *finding,
                       struct str field);

/*
 * Words (report_text.c).
 *
 * text as one line that shows what it is, cut after `most` characters.
 */
void report_add_plain(struct buf *out, struct str text, size_t most);
/* The same for text that is plain already. */
struct str report_cut(struct str plain, size_t most);
/* A file name relative to the base folder, without "./" before it. */
struct str report_relative(const struct write_corpus *corpus, struct str file);
/* The same as a JSON string: the name exactly, with an escape for whatever cannot be seen. */
void report_add_json_file(struct buf *out, const struct write_corpus *corpus, struct str file);
/* Whether a limit is broken that fails the run. */
bool report_is_over(const struct write_corpus *corpus);

/*
 * An item in sentences. add() takes what comes from articles and may escape it; NULL: as it is. The id of the
 * article it copies stands between of_open and of_close.
 */
struct report_style {
    void (*add)(struct buf *out, struct str text);
    const char *of_open, *of_close;
};
void report_add_message(struct buf *out, const struct report_item *item, const struct report_style *style);
/* "12,345" */
void report_add_count(struct buf *out, uint64_t count);
/* "1 article", "12 articles" */
void report_add_counted(struct buf *out, uint64_t count, const char *noun);
/* A share of the articles read: "4.87%". */
void report_add_percent(struct buf *out, uint64_t part, uint64_t whole);
