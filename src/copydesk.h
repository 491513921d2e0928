/*
 * copydesk.h - the public interface of libcopydesk, and all of it.
 *
 * copydesk reads a corpus of extracted news articles and says, for each article, what is wrong with
 * it: whether it is a copy, what in it is not the story, whether its title belongs to it, what is damaged;
 * and it writes the articles worth keeping, cleaned.
 *
 * Life of an engine:
 *
 *     struct copydesk_options options;
 *     struct copydesk_error error;
 *     struct copydesk *desk = NULL;
 *
 *     copydesk_options_init(&options);
 *     options.threads = 2;
 *     if (copydesk_open(&desk, &options, &error) < 0 ||
 *         copydesk_add_path(desk, "wire.jsonl", &error) < 0 ||
 *         copydesk_finish(desk, &error) < 0) {
 *         ... error.message says what went wrong and what to do ...
 *     }
 *     while (copydesk_next_verdict(desk, &verdict, &error) == 1) { ... }
 *     copydesk_free(desk);
 *
 * The library never prints, exits, aborts or installs a signal handler. An engine is used from one
 * thread at a time; it starts its own worker threads inside copydesk_finish() and ends them before
 * that returns. Different engines are independent.
 *
 * The same input and options give the same verdicts for any number of threads, any CPU and any
 * memory limit.
 */
#ifndef COPYDESK_H
#define COPYDESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define COPYDESK_API __attribute__((visibility("default")))

#define COPYDESK_VERSION "0.1.0"

/* Version of the verdict format (the `schema` that docs/verdicts.md describes). */
#define COPYDESK_SCHEMA 1

/* What a function says of itself: 0 (or a count where stated) is success, below zero is failure. */
enum copydesk_status {
    COPYDESK_OK = 0,
    COPYDESK_ERR_OPTION = -1,    /* an option is out of range, or two contradict each other */
    COPYDESK_ERR_IO = -2,        /* a file or folder could not be opened, read, written or renamed */
    COPYDESK_ERR_MEMORY = -3,    /* an allocation failed, or the job does not fit options.memory_bytes */
    COPYDESK_ERR_INPUT = -4,     /* an input as a whole is unusable: damaged gzip, unknown format ... */
    COPYDESK_ERR_CHANGED = -5,   /* an input file changed while it was being read twice */
    COPYDESK_ERR_STATE = -6,     /* calls in the wrong order: a mistake of the caller */
    COPYDESK_ERR_NOT_FOUND = -7, /* no article has the id that was asked for */
};

/* Details of a failure. Owned by the caller; filled once, at the point of failure; untouched on success. */
struct copydesk_error {
    enum copydesk_status status;
    char file[512];    /* the input or output concerned, or "" */
    uint64_t line;     /* 1-based, 0 where there is none */
    uint64_t offset;   /* bytes from the start of the (unpacked) file, when line is set */
    char message[512]; /* one sentence: what is wrong; where possible, what to do */
};

/* A view of bytes: not NUL-terminated, not owned. Text is UTF-8 unless said otherwise. */
struct copydesk_view {
    const char *data;
    size_t len;
};

/*
 * Rules. The order of the enum is the order of findings at one place; names are stable and come from
 * copydesk_rule_name().
 */
enum copydesk_rule {
    COPYDESK_EXACT_DUPLICATE, /* same normalised text as another article, title aside */
    COPYDESK_NEAR_DUPLICATE,  /* almost the same words both ways */
    COPYDESK_CONTAINED_COPY,  /* nearly all of it stands in another article */
    COPYDESK_REVISED_COPY,    /* another version of the same page */
    COPYDESK_PARTIAL_REUSE,   /* shares a long passage, has its own text too */
    COPYDESK_SAME_TEMPLATE,   /* alike but for its facts: not a duplicate */

    COPYDESK_TITLE_MISMATCH, /* the title belongs to another text */
    COPYDESK_TITLE_JUNK,     /* no headline: a URL, a site name, a section, nothing */
    COPYDESK_TITLE_REPEATED, /* the title again, as a line of the text */
    COPYDESK_TITLE_SUFFIX,   /* the name of the site at the end of the title */

    COPYDESK_REPEATED_LINE,     /* a line or span that unrelated articles share */
    COPYDESK_BYLINE,            /* who wrote it */
    COPYDESK_DATELINE_CREDIT,   /* when it was published, which agency, whose photo */
    COPYDESK_SHARE_BAR,         /* words of share buttons */
    COPYDESK_NOTICE,            /* copyright, cookies, newsletters, advertisement */
    COPYDESK_RELATED_HEADLINES, /* headlines of other articles */
    COPYDESK_GLUED_LINKS,       /* a run of link texts glued into a sentence */
    COPYDESK_CAPTION,           /* the caption of a picture */

    COPYDESK_MOJIBAKE,           /* UTF-8 that was read in another charset, once or twice over */
    COPYDESK_C1_CONTROLS,        /* C1 controls that stand for characters of windows-1252 */
    COPYDESK_CONTROL_CHARACTERS, /* control and invisible characters */
    COPYDESK_HTML_RESIDUE,       /* entities and tags left over */
    COPYDESK_INVALID_UTF8,       /* bytes that are no UTF-8, or were replaced by U+FFFD */

    COPYDESK_JUNK_PAGE,      /* no article: robot wall, error page, cookie wall, list of links */
    COPYDESK_TOO_SHORT,      /* hardly any text */
    COPYDESK_TRUNCATED,      /* the text stops before its end */
    COPYDESK_WRONG_LANGUAGE, /* not in a language that was asked for */

    COPYDESK_BAD_RECORD,   /* a record that could not be read */
    COPYDESK_DUPLICATE_ID, /* an id that an earlier record has already */
    COPYDESK_N_RULES
};

enum copydesk_group {
    COPYDESK_GROUP_DUPLICATES,
    COPYDESK_GROUP_TITLES,
    COPYDESK_GROUP_BOILERPLATE,
    COPYDESK_GROUP_DAMAGE,
    COPYDESK_GROUP_QUALITY,
    COPYDESK_GROUP_INPUT,
    COPYDESK_N_GROUPS
};

/* What is done about a finding; `off` rules are not looked for. */
enum copydesk_action {
    COPYDESK_OFF,
    COPYDESK_FLAG,
    COPYDESK_CUT,    /* the span is left out of the cleaned article */
    COPYDESK_REPAIR, /* the span is replaced in the cleaned article */
    COPYDESK_DROP,
    COPYDESK_REJECT,
    COPYDESK_N_ACTIONS
};

/* Fields that findings point into. */
enum copydesk_field { COPYDESK_FIELD_NONE, COPYDESK_FIELD_TITLE, COPYDESK_FIELD_TEXT };

/* The fate of an article. kept + dropped + rejected = read, always. */
enum copydesk_fate { COPYDESK_KEPT, COPYDESK_DROPPED, COPYDESK_REJECTED };

/* Which member of a cluster of copies stays. Ties fall to the earlier record of the input. */
enum copydesk_keep {
    COPYDESK_KEEP_EARLIEST,     /* earliest date; articles without a date come last */
    COPYDESK_KEEP_NEWEST,       /* latest date */
    COPYDESK_KEEP_LONGEST,      /* most words */
    COPYDESK_KEEP_CLEANEST,     /* least text that many articles share, then most words */
    COPYDESK_KEEP_SOURCE_ORDER, /* the source named first in options.source_order */
    COPYDESK_N_KEEPS
};

enum copydesk_format {
    COPYDESK_FORMAT_AUTO, /* by file name, else by the first bytes */
    COPYDESK_FORMAT_JSONL,
    COPYDESK_FORMAT_TEXT,
    COPYDESK_FORMAT_CSV,
    COPYDESK_FORMAT_TSV,
    COPYDESK_FORMAT_WET,
    COPYDESK_N_FORMATS
};

/* Instruction sets the kernels may use. All give the same bytes. */
enum copydesk_cpu { COPYDESK_CPU_PORTABLE, COPYDESK_CPU_AVX2, COPYDESK_CPU_AVX512, COPYDESK_CPU_BEST };

/* What the places of findings count. */
enum copydesk_offsets { COPYDESK_OFFSETS_BYTES, COPYDESK_OFFSETS_CHARS, COPYDESK_N_OFFSETS };

/* Stages of a run, in the order they happen; for progress displays. */
enum copydesk_stage {
    COPYDESK_STAGE_READ,   /* reading and fingerprinting every article */
    COPYDESK_STAGE_MATCH,  /* grouping fingerprints into candidate pairs */
    COPYDESK_STAGE_JUDGE,  /* looking for furniture, wrong titles, damage and junk */
    COPYDESK_STAGE_VERIFY, /* comparing candidate pairs word by word */
    COPYDESK_STAGE_WRITE,  /* writing outputs */
    COPYDESK_N_STAGES
};

struct copydesk_progress {
    enum copydesk_stage stage;
    uint64_t done, total; /* bytes when reading, pairs when verifying, else steps; total 0: unknown */
    uint64_t records;     /* read so far */
};

struct copydesk_options {
    size_t struct_bytes; /* set by copydesk_options_init(); lets the struct grow */

    /* Where the fields of an article stand in JSON objects and CSV headers. Never NULL. */
    const char *id_field, *title_field, *text_field, *url_field, *date_field, *source_field;
    enum copydesk_format format;
    const char *charset;        /* declared charset of input that is not UTF-8, or NULL: detect */
    uint64_t max_article_bytes; /* longer records are bad records; default 16 MiB */

    enum copydesk_action actions[COPYDESK_N_RULES];
    enum copydesk_keep keep;
    const char *const *source_order; /* for COPYDESK_KEEP_SOURCE_ORDER */
    size_t n_source_order;

    bool all_scores;               /* verdicts carry the title score of every article */
    enum copydesk_offsets offsets; /* what spans count */
    const char *languages;         /* comma separated ISO 639 codes wanted; NULL: any. For wrong-language */
    const char *const *profiles;   /* files: corpus profiles to judge with, beside the corpus itself */
    size_t n_profiles;

    unsigned threads; /* 0: one for each processor */
    /*
     * What may be held in memory, 0: no limit; beyond it, data goes to temp_dir. Some stays in any case: a
     * warning says so when there are too many articles for it.
     */
    uint64_t memory_bytes;
    const char *temp_dir; /* NULL: $TMPDIR, else /tmp */
    enum copydesk_cpu cpu;

    /* Called now and then from the thread that called the engine; may be NULL. */
    void (*progress)(void *data, const struct copydesk_progress *progress);
    /* Called for things worth knowing that are no error (a file skipped in a folder); may be NULL. */
    void (*warning)(void *data, const char *message);
    void *callback_data;
};

/* One thing found in one article, with its evidence. Views are valid until the next verdict is asked for. */
struct copydesk_finding {
    enum copydesk_rule rule;
    enum copydesk_action action;
    double score; /* confidence in [0,1] */

    /* Copies: the other article. */
    struct copydesk_view of;
    uint64_t of_record;    /* its number, or of the article that has the id already; UINT64_MAX: none */
    double jaccard;        /* of the two sets of word 5-grams */
    double containment;    /* share of this article's 5-grams that stand in `of` */
    double containment_of; /* share of the 5-grams of `of` that stand here */
    uint32_t shared_words; /* words that stand in both: in the same order, or inside shared 5-grams */
    uint32_t longest_run;  /* longest run of words that both share, in words */
    /* Facts: names and numbers. Not counted, and 0, for partial reuse. */
    double rarity;            /* IDF-weighted share of the smaller article's facts that both have */
    uint32_t own_facts;       /* names and numbers of this article that `of` lacks */
    uint32_t other_facts;     /* and the reverse */
    const char *kept_because; /* why `of` was kept instead: "earliest date", "input order" ...; or NULL */

    /*
     * Spans: half open, in bytes of the field as read, after conversion to UTF-8; in code points when
     * options.offsets says so. NONE: the finding is about the whole article.
     */
    enum copydesk_field field;
    uint32_t start, end;
    struct copydesk_view to; /* repairs: what stands there instead; may be empty */
    uint32_t articles,
        clusters; /* boilerplate: how many have it, an agency story counted once; 0: not counted */
    struct copydesk_view better; /* title-mismatch: id of an article that the title fits; may be empty */
    uint64_t better_record;      /* its number; UINT64_MAX: none */

    /* A fixed sentence: why this is a bad record, what kind of junk a page or title is; or NULL. */
    const char *reason;
    uint64_t offset; /* of bad records: where in the record the trouble is */
};

struct copydesk_verdict {
    uint64_t record;           /* 0-based number in input order */
    struct copydesk_view id;   /* as given, or FILE:LINE */
    struct copydesk_view file; /* name of the input */
    uint64_t line;             /* 1-based line at which the record starts */
    enum copydesk_fate fate;
    struct copydesk_view cluster; /* id of the representative; its own id when alone */
    uint64_t representative;      /* its number */
    const struct copydesk_finding *findings;
    size_t n_findings;
    bool cleaned;          /* kept, but something is cut or repaired */
    bool has_title_score;  /* with options.all_scores, and a title to judge */
    double title_mismatch; /* how surely the title is another's */
};

struct copydesk_summary {
    uint64_t read, kept, dropped, rejected; /* read = kept + dropped + rejected */
    uint64_t cleaned;                       /* of the kept: something is cut or repaired */
    uint64_t cut_bytes, repaired_spans;     /* in kept articles */
    uint64_t bytes;                         /* of input, unpacked */
    uint64_t findings[COPYDESK_N_RULES];
    uint64_t articles[COPYDESK_N_RULES]; /* articles with at least one finding of the rule */
    uint64_t clusters, members;          /* clusters of two and more, and the judged articles in them */
    uint64_t removable;                  /* members that are not the one kept: copies that could go */
    uint64_t damaged_inputs;             /* inputs whose packed data are damaged: the rest of them is lost */
    uint64_t known;                      /* articles of known inputs; in no other figure */
    uint64_t candidate_pairs, verified_pairs;
    uint64_t spilled_bytes; /* written to temp_dir because of memory_bytes */
};

/* Output files of one run. Written beside their final place and renamed when complete. "-" is standard
 * output. */
enum copydesk_output_kind {
    COPYDESK_OUT_VERDICTS, /* JSON lines, schema 1 */
    COPYDESK_OUT_CLEAN,    /* the kept articles in input order: title and text cleaned, the rest as read */
    COPYDESK_OUT_REJECTS,  /* dropped and bad records, with the rule and the id they duplicate */
    COPYDESK_OUT_PAIRS,    /* every verified pair with its figures, tab separated */
    /* Reports: counts, limits, and the worst findings. docs/reports.md has their forms. */
    COPYDESK_OUT_SARIF,       /* SARIF 2.1.0, as code scanning reads it */
    COPYDESK_OUT_JUNIT,       /* JUnit XML: a test case for each limit and each rule */
    COPYDESK_OUT_GITHUB,      /* annotations: workflow commands, meant for standard output */
    COPYDESK_OUT_GITLAB,      /* GitLab code quality */
    COPYDESK_OUT_MARKDOWN,    /* tables for the summary of a build */
    COPYDESK_OUT_JSON_REPORT, /* one JSON object */
    COPYDESK_OUT_REPORT,      /* a page for people: one HTML file, docs/report.md */
    COPYDESK_N_OUTPUTS
};

struct copydesk_output {
    enum copydesk_output_kind kind;
    const char *path;
};

/* A limit, and how it went. Strings are the caller's. */
struct copydesk_gate {
    const char *name;  /* of a rule or a group */
    const char *limit; /* as it was given: "1%" */
    const char *found; /* what it was compared with, in words: "4.87% (560 removable)" */
    uint64_t count;    /* the same as a number of articles */
    bool passed;
    bool only_warns; /* nothing fails when it is broken */
};

/* What the caller made of the summary: only it knows. Reports show it. */
struct copydesk_judgement {
    const char *command; /* "check"; NULL: none */
    const struct copydesk_gate *gates;
    size_t n_gates;
    int exit_code;       /* that the program will end with */
    const char *problem; /* why the job counts as not done, in a sentence; or NULL */
    /* Whether a finding (by its place in the verdict) counts, or was accepted before: then it is not listed.
     * NULL: all count. */
    bool (*counts)(void *data, const struct copydesk_verdict *verdict, size_t finding);
    void *data;
    const char *base_folder; /* absolute; files below it are named relative to it. NULL: names as given */
};

/* An article given from memory. Absent fields have data NULL. */
struct copydesk_article {
    struct copydesk_view id, title, text, url, date, source;
};

struct copydesk; /* the engine */

COPYDESK_API const char *copydesk_version(void);
COPYDESK_API const char *copydesk_status_name(enum copydesk_status status);

/* Tables behind --list-rules and --set. Names are static strings; lookups return -1 for an unknown name. */
COPYDESK_API const char *copydesk_rule_name(enum copydesk_rule rule);
COPYDESK_API const char *copydesk_rule_summary(enum copydesk_rule rule);
COPYDESK_API enum copydesk_group copydesk_rule_group(enum copydesk_rule rule);
COPYDESK_API enum copydesk_action copydesk_rule_default(enum copydesk_rule rule);
COPYDESK_API bool copydesk_rule_allows(enum copydesk_rule rule, enum copydesk_action action);
COPYDESK_API const char *copydesk_group_name(enum copydesk_group group);
COPYDESK_API const char *copydesk_action_name(enum copydesk_action action);
COPYDESK_API const char *copydesk_keep_name(enum copydesk_keep keep);
COPYDESK_API int copydesk_rule_find(const char *name);
COPYDESK_API int copydesk_group_find(const char *name);
COPYDESK_API int copydesk_action_find(const char *name);
COPYDESK_API int copydesk_keep_find(const char *name);

/* Fills in every default. */
COPYDESK_API void copydesk_options_init(struct copydesk_options *options);
/* 0, or COPYDESK_ERR_OPTION with the reason. copydesk_open() calls it too. */
COPYDESK_API int copydesk_options_check(const struct copydesk_options *options, struct copydesk_error *error);

/* Makes an engine; strings in options are copied. On failure *desk is NULL. */
COPYDESK_API int copydesk_open(struct copydesk **desk, const struct copydesk_options *options,
                               struct copydesk_error *error);

/*
 * Adds a file, a folder (walked, its files sorted bytewise by path) or "-" for standard input. Files are
 * opened now and read in copydesk_finish().
 */
COPYDESK_API int copydesk_add_path(struct copydesk *desk, const char *path, struct copydesk_error *error);

/*
 * The same, for articles that are known already: the others are compared with them, they themselves are not
 * judged, counted or written. A copy of a known article is a copy whatever the dates and the keep policy. A
 * file that is also added to be judged is judged. Add known paths first: an id that both have is then
 * reported where it is judged.
 */
COPYDESK_API int copydesk_add_known_path(struct copydesk *desk, const char *path,
                                         struct copydesk_error *error);

/*
 * Adds the article of this id from an index that keeps texts (options.keep_text of the filter that made
 * it), as it came: 1 = added, 0 = the index has no such article. Comes after everything added before.
 */
COPYDESK_API int copydesk_add_indexed(struct copydesk *desk, const char *index, struct copydesk_view id,
                                      struct copydesk_error *error);

/* Adds one article from memory. It is copied (to a file in temp_dir), and comes after everything added
 * before. */
COPYDESK_API int copydesk_add_article(struct copydesk *desk, const struct copydesk_article *article,
                                      struct copydesk_error *error);

/* Reads and judges everything added. Once per engine. */
COPYDESK_API int copydesk_finish(struct copydesk *desk, struct copydesk_error *error);

/*
 * Instead of copydesk_finish(): reads everything added and writes what it says of its lines, titles, words
 * and endings to a corpus profile, for options.profiles of other runs. What options.profiles names is
 * merged into it, so without input this merges profiles. There are no results afterwards; *articles, if not
 * NULL, is how many the profile knows.
 */
COPYDESK_API int copydesk_build_profile(struct copydesk *desk, const char *path, uint64_t *articles,
                                        struct copydesk_error *error);

/* Results, after copydesk_finish(). */
COPYDESK_API const struct copydesk_summary *copydesk_summary(const struct copydesk *desk);

/* Verdicts in input order: 1 = filled in, 0 = no more, < 0 failure. */
COPYDESK_API int copydesk_next_verdict(struct copydesk *desk, struct copydesk_verdict *verdict,
                                       struct copydesk_error *error);
COPYDESK_API void copydesk_rewind(struct copydesk *desk);

/* For reports; without it they know of no limits. What it points to must stay until outputs are written. */
COPYDESK_API void copydesk_set_judgement(struct copydesk *desk, const struct copydesk_judgement *judgement);

/* Writes the outputs, all in one pass. Nothing half-written is left behind on failure. */
COPYDESK_API int copydesk_write(struct copydesk *desk, const struct copydesk_output *outputs,
                                size_t n_outputs, struct copydesk_error *error);

/* A piece of a word diff, in the order of the two texts. */
enum copydesk_diff_kind { COPYDESK_DIFF_SAME, COPYDESK_DIFF_ONLY_A, COPYDESK_DIFF_ONLY_B };
typedef int (*copydesk_diff_fn)(void *data, enum copydesk_diff_kind kind, struct copydesk_view text);

/*
 * Compares two articles by id, whether or not the run found them alike: figures into *evidence (of = b; rule
 * = COPYDESK_N_RULES where they are unrelated), the word diff through `diff`, which may be NULL and stops the
 * walk by returning non-zero. COPYDESK_ERR_NOT_FOUND names the id that is missing.
 */
COPYDESK_API int copydesk_compare(struct copydesk *desk, struct copydesk_view a, struct copydesk_view b,
                                  struct copydesk_finding *evidence, copydesk_diff_fn diff, void *data,
                                  struct copydesk_error *error);

/* The verdict of the first article with this id. */
COPYDESK_API int copydesk_find_verdict(struct copydesk *desk, struct copydesk_view id,
                                       struct copydesk_verdict *verdict, struct copydesk_error *error);

/* The fields of a record as read; views are valid until the next call on this engine. */
COPYDESK_API int copydesk_read_record(struct copydesk *desk, uint64_t record,
                                      struct copydesk_article *article, struct copydesk_error *error);

/*
 * A number that stands for what a record says, for files that outlive a run: it does not depend on where the
 * record stands, on white space, punctuation or the case of ASCII letters, and stays the same from version to
 * version. With FIELD_NONE, of title and text (of a bad record: its first bytes, up to 1 MiB); else of the
 * span of a finding in that field.
 */
COPYDESK_API int copydesk_content_key(struct copydesk *desk, uint64_t record, enum copydesk_field field,
                                      uint32_t start, uint32_t end, uint64_t *key,
                                      struct copydesk_error *error);

/* Accepts NULL. */
COPYDESK_API void copydesk_free(struct copydesk *desk);

/*
 * ---- The filter: records one by one, each judged against all that came before. docs/filter.md
 *
 * What was seen before is remembered in an *index*, a folder: fingerprints, words as hashes, ids, titles,
 * sources, dates and a corpus profile that grows with the stream, but not the text. An article in the index
 * always stays; the new one is the copy. So what is said of an article is what copydesk_finish() would say of
 * it with all earlier articles as known inputs.
 *
 *     copydesk_filter_open(&filter, &options, &filter_options, &error)
 *     copydesk_filter_judge(filter, lines, n, each, data, &error)     again and again
 *     copydesk_filter_commit(filter, &error)                          now it survives a crash
 *     copydesk_filter_close(filter)
 *
 * One thread at a time calls a filter; options.threads work inside. After a failure nothing of the index is
 * lost but what was not committed.
 */
struct copydesk_filter;

/* What tells the age of an article. */
enum copydesk_clock { COPYDESK_CLOCK_DATE, COPYDESK_CLOCK_ARRIVAL, COPYDESK_N_CLOCKS };

/* When an article enters the index. */
enum copydesk_entry {
    COPYDESK_ENTER_AT_ONCE,
    COPYDESK_ENTER_WHEN_TOLD, /* by copydesk_filter_enter(): a lost message is never taken for seen */
    COPYDESK_ENTER_NEVER,     /* the index is only read; any number of such filters may share one */
    COPYDESK_N_ENTRIES
};

struct copydesk_filter_options {
    size_t struct_bytes; /* set by copydesk_filter_options_init() */
    const char *index;   /* folder; made when it is not there, unless entry is NEVER */
    enum copydesk_entry entry;
    uint64_t window_seconds; /* articles older than the newest one by more are forgotten; 0: never */
    enum copydesk_clock clock;
    bool refresh;   /* an article that is copied counts as new again */
    bool keep_text; /* of an index that is made now: texts are kept, for explain */
    bool learn;     /* the profile in the index grows with the stream; default true */

    bool clean;         /* lines carry cuts and repairs */
    bool only_verdicts; /* lines are verdicts, without the record */
    bool drop;          /* what is dropped is not handed on: nobody will name it, and it enters at once */
};

/* What became of one line. Views are valid until the call that gave it returns. */
struct copydesk_filtered {
    struct copydesk_verdict verdict; /* record: the number of the line, from 0; of a blank line all zero */
    bool blank;                      /* a line without anything is handed on as it is, and counts nowhere */
    bool redelivered;                /* the same id with the same content was here before */
    struct copydesk_view line;   /* to hand on, line feed included: the record with the member `copydesk` */
    struct copydesk_view reject; /* of what is dropped or bad: the record with the reason; else empty */
};
typedef int (*copydesk_filter_fn)(void *data, const struct copydesk_filtered *filtered);

COPYDESK_API void copydesk_filter_options_init(struct copydesk_filter_options *options);
COPYDESK_API int copydesk_filter_open(struct copydesk_filter **filter, const struct copydesk_options *options,
                                      const struct copydesk_filter_options *filter_options,
                                      struct copydesk_error *error);

/*
 * Judges JSON lines, with or without their line feed, and calls `each` for every one, in order. A line that
 * is no record gets a bad-record finding. What `each` returns other than 0 stops the walk and is returned;
 * the lines judged so far have entered. `each` must not judge, enter or commit: COPYDESK_ERR_STATE.
 */
COPYDESK_API int copydesk_filter_judge(struct copydesk_filter *filter, const struct copydesk_view *lines,
                                       size_t n, copydesk_filter_fn each, void *data,
                                       struct copydesk_error *error);

/*
 * With COPYDESK_ENTER_WHEN_TOLD: the article of this id (or, without one, the id its verdict has) enters
 * now; of several the one that was judged first. 1: it did; 0: no such article waits.
 */
COPYDESK_API int copydesk_filter_enter(struct copydesk_filter *filter, struct copydesk_view id,
                                       struct copydesk_error *error);

/* All that has entered is on disk when this returns 0. */
COPYDESK_API int copydesk_filter_commit(struct copydesk_filter *filter, struct copydesk_error *error);

/* Articles in the index, and how many of them a crash cannot take. */
COPYDESK_API uint64_t copydesk_filter_entered(const struct copydesk_filter *filter);
COPYDESK_API uint64_t copydesk_filter_committed(const struct copydesk_filter *filter);
/* Of this filter since it was opened. */
COPYDESK_API const struct copydesk_summary *copydesk_filter_summary(const struct copydesk_filter *filter);

/* Forgets what is not committed. Accepts NULL. */
COPYDESK_API void copydesk_filter_close(struct copydesk_filter *filter);

/* ---- The index by itself */

/*
 * Instead of copydesk_finish(): reads everything added, learns its profile, and enters all articles into a
 * new index, in input order, each compared with those before it. There are no results afterwards.
 * *articles, if not NULL, is how many entered.
 */
COPYDESK_API int copydesk_build_index(struct copydesk *desk, const char *dir, bool keep_text,
                                      uint64_t *articles, struct copydesk_error *error);

struct copydesk_index_info {
    uint64_t articles;       /* that entered and were not collected since */
    uint64_t live;           /* inside the window */
    uint64_t dropped, exact; /* of the articles: were copies when they came; word for word */
    uint64_t learned;        /* articles that the profile knows */
    uint64_t vocabulary;     /* words in the dictionary of the index */
    uint64_t segments;       /* files of postings */
    uint64_t record_bytes, posting_bytes, profile_bytes, text_bytes, disk_bytes;
    bool dated;             /* any article has a date: */
    int64_t oldest, newest; /* seconds since 1970 */
    char version[32], unicode[16];
    char settings[512]; /* options that it was made with and that later filters must have */
};
COPYDESK_API int copydesk_index_info(const char *dir, struct copydesk_index_info *info,
                                     struct copydesk_error *error);

/*
 * Takes articles out that are older than the newest one (or, by arrival, than now) by more than the window,
 * and gives the space back. 0 seconds: none is too old. Nobody may write to the index meanwhile.
 */
COPYDESK_API int copydesk_index_gc(const char *dir, uint64_t window_seconds, enum copydesk_clock clock,
                                   uint64_t *freed_bytes, struct copydesk_error *error);

/* Adds the articles and the profile of one index to another, which is made when it is not there. */
COPYDESK_API int copydesk_index_merge(const char *into, const char *from, uint64_t *articles,
                                      struct copydesk_error *error);

/* Looks at every byte: checksums, records, postings. `trouble` is called for each thing that is wrong. */
COPYDESK_API int copydesk_index_verify(const char *dir, void (*trouble)(void *data, const char *message),
                                       void *data, uint64_t *troubles, struct copydesk_error *error);

/* One article of an index. Views are valid during the call of `each`. */
struct copydesk_indexed {
    uint64_t number;
    struct copydesk_view id, title, source;
    bool dated, dropped;
    int64_t date, arrived; /* seconds since 1970 */
    uint32_t words;
    uint64_t copy_of; /* word for word; else its own number */
    uint64_t cluster; /* number of the representative */
};
typedef int (*copydesk_indexed_fn)(void *data, const struct copydesk_indexed *article);
/* All articles by number; what `each` returns other than 0 stops the walk and is returned. */
COPYDESK_API int copydesk_index_export(const char *dir, copydesk_indexed_fn each, void *data,
                                       struct copydesk_error *error);

#ifdef __cplusplus
}
#endif

#endif
