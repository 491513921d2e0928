/*
 * html.h - the page for people: what it shows of a run, collected in one pass over verdicts and one over
 * pairs, in bounded memory.
 *
 *   struct html
 *     html_new()
 *     html_take()      each record, in input order  \ numbers only, no text
 *     html_pair()      each verified pair           /
 *     html_finish()    chooses what is shown, fetches ids, titles, texts
 *     html_free()
 *
 * Every count is of all records. What is shown one by one is chosen: the largest clusters and a sample of
 * all of them, the worst titles, samples of damage. A sample is taken by a hash of the number of the
 * record, so the same corpus gives the same page. What was left out is counted, and the page says so.
 */
#pragma once

#include "base/mem.h"
#include "write/report.h"
#include "write/write.h"

enum {
    HTML_CLUSTERS = 300,    /* largest clusters */
    HTML_SAMPLED = 100,     /* clusters drawn from all */
    HTML_EARLY = 16,        /* members of a cluster: the earliest ... */
    HTML_DRAWN = 16,        /* ... and some of the others */
    HTML_SOURCES = 1 << 15, /* sources that are counted; others count as one */
    HTML_FLOWS = 1 << 17,   /* pairs of sources */
    HTML_LINES = 1 << 13,   /* kinds of furniture */
    HTML_PLACES = 6,        /* of a kind that are looked at */
    HTML_TITLES = 100,      /* wrong titles */
    HTML_JUNK = 24,         /* titles that are none */
    HTML_FITS = 1 << 15,    /* articles that some title fits */
    HTML_DAMAGED = 12,      /* articles, of a rule */
    HTML_REPAIRS = 48,      /* spans of such an article */
    HTML_PAIRS = 10,        /* of a rule, nearest to the decision */
    HTML_BINS = 50,         /* of the histogram of similarity */
    HTML_FILES = 200,
    HTML_N_COPY_RULES = COPYDESK_SAME_TEMPLATE + 1,
};

/* A place in a list: larger ranks first, then smaller subjects. A total order. */
struct html_rank {
    uint64_t rank, subject;
};

struct html_member {
    struct html_rank rank; /* of its list: by date, or by hash */
    uint64_t record;
    bool has_finding;                /* the representative has none */
    struct copydesk_finding finding; /* without its strings */
    enum copydesk_fate fate;
};

struct html_cluster {
    struct html_rank rank; /* by size, or by hash; the subject is the representative */
    uint32_t size;
    uint32_t copies[HTML_N_COPY_RULES]; /* by rule */
    struct html_member early[HTML_EARLY], drawn[HTML_DRAWN];
    size_t n_early, n_drawn;
};

/* A list of pointers to things that begin with their rank. */
struct html_list {
    struct html_rank **items;
    size_t n, cap, most;
};

struct html_source {
    uint32_t hash;
    uint64_t first; /* number of its first record, to ask for its name */
    uint64_t read, kept, rejected, cleaned;
    uint64_t copies;                    /* removable: members of clusters that are not the representative */
    uint64_t copied;                    /* copies of its articles, anywhere */
    uint64_t groups[COPYDESK_N_GROUPS]; /* articles with a finding of the group */
    bool shown;
    struct str name; /* when shown; plain */
};

/* Copies of articles of one source in another. */
struct html_flow {
    uint32_t from, to; /* places in `sources` */
    uint64_t n;
};

struct html_place {
    uint64_t order; /* the smallest hashes are kept */
    uint64_t record;
    struct copydesk_finding finding; /* without its strings */
};

/* Lines of one rule with the same figures: the same line, nearly always. */
struct html_line {
    uint64_t key;
    enum copydesk_rule rule;
    uint32_t articles, clusters; /* 0: not counted, all of the rule together */
    uint64_t findings;
    struct html_place places[HTML_PLACES];
    size_t n_places;
    /* When shown. */
    struct str words[HTML_PLACES]; /* at each place; plain, empty: no room for it */
    uint32_t at[HTML_PLACES];      /* where in the text it begins, in 1/1000 */
    struct str id, file;           /* of the first place */
    uint64_t line;
    bool shown;
};

/* An article with damage, and what is repaired in it. */
struct html_damage {
    struct html_rank rank;
    enum copydesk_rule rule;
    struct copydesk_finding repairs[HTML_REPAIRS]; /* `to` is owned */
    size_t n_repairs;
    struct str id, file, parts; /* at the end: parts is JSON */
    uint64_t line;
};

struct html_title {
    struct html_rank rank;
    struct copydesk_finding finding; /* without its strings */
};

struct html_pair {
    struct html_rank rank;
    uint64_t record1, record2;
    enum copydesk_rule rule;
    uint32_t covered; /* share of the words of the smaller text that stand in the other, in 1/1000 */
    double containment1, containment2;
    uint32_t shared_words, longest_run;
};

struct html_file {
    uint32_t file_no;
    struct str name; /* in `text` */
    uint64_t records, bytes, print;
};

/* One article that the page shows. */
struct html_article {
    uint64_t record;
    bool dated;
    int64_t date;
    struct str id, title, source, file; /* plain */
    struct str text;                    /* as a JSON string; empty: no room for it */
    uint64_t line;
    uint64_t text_bytes; /* of the whole text */
    uint32_t shares; /* while choosing: place of the first article with the same text; UINT32_MAX: no text */
    uint64_t owner;  /* its record, or UINT64_MAX */
};

struct html {
    const struct write_corpus *corpus;
    uint64_t left[COPYDESK_N_RULES]; /* articles that do not stay, by the rule that decided */
    uint64_t undecided;              /* that do not stay and have no such rule; 0 */

    uint64_t (*sizes)[2]; /* size of a cluster, copies in clusters of that size; ascending */
    size_t n_sizes, cap_sizes;

    struct html_source *sources; /* [0]: no source; [1]: all that had no room */
    uint32_t *source_slots;
    size_t n_sources, cap_sources;
    struct html_flow *flows;
    uint64_t *flow_slots; /* places + 1 */
    size_t n_flows, cap_flows;
    uint64_t flows_left;

    struct html_list clusters, sampled;
    struct html_list titles, junk, damage[COPYDESK_N_RULES];
    struct html_list pairs[HTML_N_COPY_RULES];
    uint64_t bins[HTML_N_COPY_RULES][HTML_BINS];
    struct html_line *lines;
    uint32_t *line_slots;
    size_t n_lines, cap_lines;
    uint64_t lines_left;
    uint64_t (*fits)[2]; /* article + 1, the record whose title fits it; open addressing */
    size_t n_fits;
    struct html_file *files;
    size_t n_files, cap_files;
    uint64_t n_files_read, files_print;
    uint32_t file_no;
    struct arena text;
    bool failed;

    /* After html_finish(). */
    uint32_t *source_order; /* places, the shown ones first */
    size_t n_shown_sources;
    uint64_t sources_left;         /* not shown by name */
    struct html_article *articles; /* by number of the record */
    size_t n_articles, cap_articles;
};

/* corpus stays valid until html_free(). */
int html_new(struct html **html, const struct write_corpus *corpus, struct copydesk_error *error);
int html_take(struct html *html, const struct write_record *record, struct copydesk_error *error);
/* Failures stay in the collector, until html_finish(). */
void html_pair(struct html *html, const struct write_pair *pair);
int html_finish(struct html *html, const struct write_source *source, struct copydesk_error *error);
void html_free(struct html *html);

/* Shared by the files of the page. */

/* The article if it is shown, else NULL. After html_finish(). */
const struct html_article *html_article(const struct html *html, uint64_t record);
/* A record whose title fits this one, or UINT64_MAX. */
uint64_t html_fitting(const struct html *html, uint64_t record);
/* Members of a cluster that are listed, the earliest first. */
size_t html_members(const struct html_cluster *cluster,
                    const struct html_member *out[HTML_EARLY + HTML_DRAWN]);

/* html_evidence.c: sources and lines that are shown, the most important first; their words. */
int html_sort_sources(struct html *html, struct copydesk_error *error);
void html_sort_lines(struct html *html);
int html_fetch_lines(struct html *html, const struct write_source *source, struct copydesk_error *error);
int html_fetch_damage(struct html *html, const struct write_source *source, struct copydesk_error *error);

/* html_words.c: text of any bytes as plain lines; plain text as a JSON string that is safe inside a script
 * element, and as HTML. */
void html_add_lines(struct buf *out, struct str text, size_t most);
void html_add_json(struct buf *out, struct str plain);
void html_add_text(struct buf *out, struct str plain);
/* The same for text of any bytes: one line, cut. */
void html_add_json_of(struct buf *out, struct str text, size_t most);
void html_add_text_of(struct buf *out, struct str text, size_t most);

/* html_data.c: all that the script shows, as one JSON object. */
void html_add_data(const struct html *html, struct buf *out);
/* Clusters of a size, from what was counted. */
uint64_t html_clusters_of_size(const struct html *html, size_t place);

/* The page with its style and script, made at build time by gen_report.c; names in {{ }} are filled in. */
extern const char html_template[];
extern const size_t html_template_len;

/* html_parts.c: what stands in the page without the script. */
void html_add_rules(const struct html *html, struct buf *out);
void html_add_sizes(const struct html *html, struct buf *out);
void html_add_clusters(const struct html *html, struct buf *out);
void html_add_similarity(const struct html *html, struct buf *out);
void html_add_sources(const struct html *html, struct buf *out);
void html_add_flows(const struct html *html, struct buf *out);
void html_add_files(const struct html *html, struct buf *out);
void html_add_options(const struct html *html, struct buf *out);
/* A bar of part / whole; class: a word of report.css. */
void html_add_bar(struct buf *out, const char *class, uint64_t from, uint64_t part, uint64_t whole);
