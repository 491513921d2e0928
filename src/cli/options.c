/*
 * options.c - the table of options, and the parser that it drives.
 *
 * Each row says what an option is called, what it takes, where its value goes and what it means; a function
 * for each type of value reads it. There is no other list of options: to add one, add a field to struct
 * command_line and a row.
 *
 * Why not getopt_long: the help text, the manual and the suggestions for misspelt names need the table
 * anyway, and with it the parser is a page. Accepted: --name VALUE, --name=VALUE, -jVALUE, -j VALUE, -qv,
 * options and paths in any order, `--` before paths that begin with a dash. Names are not abbreviated, so
 * that scripts do not break when options are added.
 */
#include "cli/parse.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define AT(field)    offsetof(struct command_line, field)
#define OUTPUT(kind) (offsetof(struct command_line, outputs) + (kind) * sizeof(const char *))

enum { MAX_THREADS = 1024 };

static const struct option_row rows[] = {
    {"max", 0, "RULE=N|P%|off", OPTION_GATE, GATE_ERROR, NULL,
     "duplicates=1% title-mismatch=1% junk-page=1% damage=1% bad-record=0",
     "fail when more than N articles, or P% of those read, have a finding of RULE (a rule or a group). "
     "'duplicates' counts removable copies: members of clusters less one for each cluster. May be given more "
     "than once",
     GROUP_GATES, FOR_CHECK | FOR_REPORT},
    {"warn", 0, "RULE=N|P%|off", OPTION_GATE, GATE_WARNING, NULL, "boilerplate=10% duplicate-id=0",
     "the same, but only warn", GROUP_GATES, FOR_CHECK | FOR_REPORT},
    {"fail-on", 0, "LEVEL", OPTION_CHOICE, AT(fail_on), "error|warning", "error",
     "what makes the exit code 1: limits given with --max (error), or those of --warn too (warning)",
     GROUP_GATES, FOR_CHECK},
    {"exit-zero", 0, NULL, OPTION_FLAG, AT(exit_zero), NULL, NULL,
     "exit with 0 whatever is found; what cannot be read still is 2", GROUP_GATES, FOR_CHECK},
    {"baseline", 0, "FILE", OPTION_PATH, AT(baseline), NULL, NULL,
     "only what is not in FILE counts: findings are known again by rule and content, wherever they stand. "
     "Limits "
     "that are not given are then 0",
     GROUP_GATES, FOR_CHECK},
    {"write-baseline", 0, "FILE", OPTION_TEXT, AT(write_baseline), NULL, NULL,
     "write what is found now to FILE, and exit with 0", GROUP_OUTPUTS, FOR_CHECK},
    {"max-bad", 0, "N|P%", OPTION_LIMIT, AT(max_bad), NULL,
     "check: 0, or what --max bad-record says; clean: 100%",
     "give up (exit 2) when more records than that cannot be read", GROUP_GATES, FOR_CHECK | FOR_CLEAN},

    {"clean", 'o', "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_CLEAN), NULL, NULL,
     "write the kept articles, cleaned, in input order", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"rejects", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_REJECTS), NULL, NULL,
     "write dropped and bad records, each with its rule and the id it copies; filter: append them",
     GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN | FOR_FILTER},
    {"clean", 0, NULL, OPTION_FLAG, AT(filter.clean), NULL, NULL,
     "carry out cuts and repairs in title and text of what is handed on", GROUP_OUTPUTS, FOR_FILTER},
    {"drop", 0, NULL, OPTION_FLAG, AT(drop), NULL, NULL,
     "hand on what stays only: no dropped and no bad records", GROUP_OUTPUTS, FOR_FILTER},
    {"only-verdicts", 0, NULL, OPTION_FLAG, AT(filter.only_verdicts), NULL, NULL,
     "hand on verdicts, without the records", GROUP_OUTPUTS, FOR_FILTER},
    {"verdicts", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_VERDICTS), NULL, NULL,
     "write one JSON line for each record: what was found and what becomes of it", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"pairs", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_PAIRS), NULL, NULL,
     "write every verified pair with its figures, tab separated", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"all-scores", 0, NULL, OPTION_FLAG, AT(engine.all_scores), NULL, NULL,
     "verdicts carry the title score of every article, flagged or not", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN | FOR_FILTER},
    {"offsets", 0, "UNIT", OPTION_CHOICE, AT(engine.offsets), "bytes|chars", "bytes",
     "what the places of findings count: bytes of UTF-8, or chars (code points)", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN | FOR_FILTER},
    {"sarif", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_SARIF), NULL, NULL,
     "write the worst findings as SARIF 2.1.0, for code scanning", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"junit", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_JUNIT), NULL, NULL,
     "write a test case for each limit and each rule as JUnit XML", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"gitlab", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_GITLAB), NULL, NULL,
     "write the worst findings as a GitLab code quality report", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"markdown", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_MARKDOWN), NULL, NULL,
     "write counts, limits and the worst findings as Markdown, for $GITHUB_STEP_SUMMARY and the like",
     GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"github", 0, NULL, OPTION_STDOUT, OUTPUT(COPYDESK_OUT_GITHUB), NULL, NULL,
     "print the worst findings on standard output as annotations of GitHub Actions", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"json-report", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_JSON_REPORT), NULL, NULL,
     "write counts, limits, clusters and the worst findings as one JSON object", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"report", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_REPORT), NULL, NULL,
     "write a page to be looked at: one HTML file with charts, clusters and word diffs", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"output", 'o', "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_REPORT), NULL, NULL,
     "where the page, the profile (one file) or the index (a folder) goes", GROUP_OUTPUTS,
     FOR_REPORT | FOR_PROFILE | FOR_INDEX},
    {"json", 0, NULL, OPTION_FLAG, AT(json), NULL, NULL,
     "print the summary as JSON; filter: as the last line on standard error", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN | FOR_STREAM},

    {"config", 0, "FILE", OPTION_TEXT, AT(config), NULL, "copydesk.ini, from the first path upwards",
     "read settings from FILE", GROUP_SETTINGS, FOR_ALL},
    {"isolated", 0, NULL, OPTION_FLAG, AT(isolated), NULL, NULL, "read no settings file", GROUP_SETTINGS,
     FOR_ALL},
    {"dump-config", 0, NULL, OPTION_FLAG, AT(dump_config), NULL, NULL,
     "print the settings in effect and where each comes from, as a settings file", GROUP_SETTINGS, FOR_ALL},

    {"id", 0, "ID", OPTION_TEXT, AT(id), NULL, NULL, "the article to explain", GROUP_ARTICLES, FOR_EXPLAIN},
    {"with", 0, "ID", OPTION_TEXT, AT(with), NULL, "the article it is said to copy",
     "the article to compare it with", GROUP_ARTICLES, FOR_EXPLAIN},

    {"index", 0, "DIR", OPTION_TEXT, AT(filter.index), NULL, NULL,
     "the index: what was seen before. filter: it is made when it is not there; explain: an index that keeps "
     "texts, to look the articles up in",
     GROUP_STREAM, FOR_FILTER | FOR_EXPLAIN},
    {"read-only", 0, NULL, OPTION_FLAG, AT(read_only), NULL, NULL,
     "compare with the index, add nothing to it; any number of such filters may share one", GROUP_STREAM,
     FOR_FILTER},
    {"commit", 0, "WHEN", OPTION_TEXT, AT(commit), NULL, "1000",
     "when what was seen is made durable: each (before its line is handed on), a number of articles, on-eof, "
     "or ack (when its id comes back on --ack-fd)",
     GROUP_STREAM, FOR_FILTER},
    {"ack-fd", 0, "N", OPTION_TEXT, AT(ack_fd), NULL, "3",
     "with --commit ack: the descriptor on which ids come back, one a line", GROUP_STREAM, FOR_FILTER},
    {"acked-fd", 0, "N", OPTION_TEXT, AT(acked_fd), NULL, NULL,
     "with --commit ack: where those ids are printed once they are durable", GROUP_STREAM, FOR_FILTER},
    {"window", 0, "TIME", OPTION_DURATION, AT(filter.window_seconds), NULL, "for ever",
     "how long an article is remembered, as in 36h or 30d; index gc: older ones are taken out", GROUP_STREAM,
     FOR_STREAM},
    {"window-by", 0, "CLOCK", OPTION_CHOICE, AT(filter.clock), "date|arrival", "date",
     "what tells its age: date (of the article, against the newest one) or arrival", GROUP_STREAM,
     FOR_STREAM},
    {"refresh", 0, NULL, OPTION_FLAG, AT(filter.refresh), NULL, NULL,
     "an article that is copied counts as new again", GROUP_STREAM, FOR_FILTER},
    {"no-learn", 0, NULL, OPTION_FLAG, AT(no_learn), NULL, NULL,
     "judge by the profile in the index as it is: it does not grow", GROUP_STREAM, FOR_FILTER},
    {"keep-text", 0, NULL, OPTION_FLAG, AT(filter.keep_text), NULL, NULL,
     "of an index that is made now: keep the texts, too, packed", GROUP_STREAM, FOR_STREAM},

    {"set", 0, "RULE=ACTION", OPTION_ACTION, 0, NULL, "see --list-rules",
     "what is done about a rule or a group of rules: drop, cut, repair, flag, off. May be given more than "
     "once",
     GROUP_JUDGING, FOR_ALL},
    {"language", 0, "CODES", OPTION_TEXT, AT(engine.languages), NULL, "any",
     "languages wanted, as in en,de; articles in others are wrong-language", GROUP_JUDGING,
     FOR_JUDGING | FOR_FILTER},
    {"profile", 0, "FILE", OPTION_PATHS, AT(profiles), NULL, NULL,
     "judge with what copydesk profile build learned from another corpus, too; may be given more than once",
     GROUP_JUDGING, FOR_ALL},
    {"keep", 0, "POLICY", OPTION_CHOICE, AT(engine.keep), "earliest|newest|longest|cleanest|source-order",
     "earliest", "which copy stays: earliest, newest, longest, cleanest, source-order", GROUP_JUDGING,
     FOR_JUDGING},
    {"source-order", 0, "A,B,C", OPTION_SOURCES, 0, NULL, NULL,
     "keep the copy of the source named first; implies --keep source-order", GROUP_JUDGING, FOR_JUDGING},

    {"against", 0, "PATH", OPTION_PATHS, AT(against), NULL, NULL,
     "articles that are known already: those of the other paths are compared with them too, and only those "
     "are "
     "judged, counted and written; a copy of a known one never stays. May be given more than once",
     GROUP_JUDGING, FOR_JUDGING},

    {"format", 0, "FORMAT", OPTION_CHOICE, AT(engine.format), "auto|jsonl|text|csv|tsv|wet", "auto",
     "auto, jsonl, text, csv, tsv or wet; packed with gzip or zstd or not", GROUP_INPUT, FOR_ALL},
    {"id-field", 0, "NAME", OPTION_TEXT, AT(engine.id_field), NULL, "id", "field or column of the id",
     GROUP_INPUT, FOR_ALL},
    {"title-field", 0, "NAME", OPTION_TEXT, AT(engine.title_field), NULL, "title", "... of the title",
     GROUP_INPUT, FOR_ALL},
    {"text-field", 0, "NAME", OPTION_TEXT, AT(engine.text_field), NULL, "text", "... of the text",
     GROUP_INPUT, FOR_ALL},
    {"url-field", 0, "NAME", OPTION_TEXT, AT(engine.url_field), NULL, "url", "... of the address",
     GROUP_INPUT, FOR_ALL},
    {"date-field", 0, "NAME", OPTION_TEXT, AT(engine.date_field), NULL, "date", "... of the date",
     GROUP_INPUT, FOR_ALL},
    {"source-field", 0, "NAME", OPTION_TEXT, AT(engine.source_field), NULL,
     "source, then domain, then the url", "... of the source", GROUP_INPUT, FOR_ALL},
    {"charset", 0, "NAME", OPTION_TEXT, AT(engine.charset), NULL, "detected",
     "charset of input that is not UTF-8", GROUP_INPUT, FOR_ALL},
    {"max-article-bytes", 0, "SIZE", OPTION_BYTES, AT(engine.max_article_bytes), NULL, "16M",
     "longer records are bad records", GROUP_INPUT, FOR_ALL},

    {"threads", 'j', "N", OPTION_THREADS, AT(engine.threads), NULL, "one for each processor",
     "threads to work with", GROUP_RUNNING, FOR_ALL},
    {"memory", 0, "SIZE", OPTION_BYTES, AT(engine.memory_bytes), NULL, "no bound",
     "memory to stay under, 64M or more, as in 512M or 4G; what does not fit goes to temporary files",
     GROUP_RUNNING, FOR_ALL},
    {"temp-dir", 0, "DIR", OPTION_TEXT, AT(engine.temp_dir), NULL, "$TMPDIR, else /tmp",
     "folder of temporary files", GROUP_RUNNING, FOR_ALL},
    {"cpu", 0, "LEVEL", OPTION_CHOICE, AT(engine.cpu), "portable|avx2|avx512|best", "best",
     "instruction set: portable, avx2, avx512, best; the results are the same", GROUP_RUNNING, FOR_ALL},

    {"quiet", 'q', NULL, OPTION_FLAG, AT(quiet), NULL, NULL,
     "no summary, no warnings; errors and the exit code only", GROUP_MESSAGES,
     FOR_CHECK | FOR_CLEAN | FOR_REPORT | FOR_STREAM},
    {"verbose", 'v', NULL, OPTION_FLAG, AT(verbose), NULL, NULL,
     "more rows in the summary; time, speed and temporary space on standard error", GROUP_MESSAGES, FOR_ALL},
    {"color", 0, "WHEN", OPTION_CHOICE, AT(color), "auto|always|never", "auto",
     "auto, always or never; NO_COLOR is respected", GROUP_MESSAGES, FOR_ALL},
    {"help", 'h', NULL, OPTION_FLAG, AT(help), NULL, NULL, "this text", GROUP_MESSAGES, FOR_ALL},
};

enum { N_ROWS = sizeof rows / sizeof rows[0] };

_Static_assert((int)N_ROWS <= (int)MAX_OPTION_ROWS, "an origin for each row");

const struct option_row *option_table(size_t *n_rows)
{
    *n_rows = N_ROWS;
    return rows;
}

const char *option_group_title(enum option_group group)
{
    static const char *const titles[N_OPTION_GROUPS] = {
        [GROUP_GATES] = "Limits",      [GROUP_OUTPUTS] = "Outputs (- is standard output)",
        [GROUP_ARTICLES] = "Articles", [GROUP_STREAM] = "Stream",
        [GROUP_SETTINGS] = "Settings", [GROUP_JUDGING] = "Judging",
        [GROUP_INPUT] = "Input",       [GROUP_RUNNING] = "Running",
        [GROUP_MESSAGES] = "Messages",
    };

    return titles[group];
}

int option_fail(struct command_line *line, const char *format, ...)
{
    va_list arguments;
    int len = 0;

    if (line->reading.source == FROM_FILE) {
        len = snprintf(line->problem, sizeof line->problem, "%s:%u: ", line->config_path, line->reading.line);
        len = len < (int)sizeof line->problem / 2 ? len : (int)sizeof line->problem / 2;
    }
    va_start(arguments, format);
    vsnprintf(line->problem + len, sizeof line->problem - (size_t)len, format, arguments);
    va_end(arguments);
    return -1;
}

const char *option_dashes(const struct command_line *line)
{
    return line->reading.source == FROM_FILE ? "" : "--";
}

const char *option_keep(struct command_line *line, const char *text)
{
    size_t len = strlen(text) + 1;
    char **strings = realloc(line->strings, (line->n_strings + 1) * sizeof *strings);
    char *copy = malloc(len);

    line->strings = strings ? strings : line->strings;
    if (!strings || !copy) {
        free(copy);
        option_fail(line, "out of memory");
        return NULL;
    }
    memcpy(copy, text, len);
    line->strings[line->n_strings++] = copy;
    return copy;
}

static int read_sources(struct command_line *line, const char *text)
{
    size_t n = 1;
    size_t len = strlen(text) + 1;

    for (const char *p = text; (p = strchr(p, ',')) != NULL; p++) {
        n++;
    }
    free(line->source_order);
    free(line->source_order_text);
    line->source_order = malloc(n * sizeof *line->source_order);
    line->source_order_text = malloc(len);
    if (!line->source_order || !line->source_order_text) {
        return option_fail(line, "out of memory");
    }
    memcpy(line->source_order_text, text, len);
    n = 0;
    for (char *p = line->source_order_text; p;) {
        char *next = strchr(p, ',');
        if (next) {
            *next++ = '\0';
        }
        if (*p == '\0') {
            return option_fail(line,
                               "%ssource-order %s: a name is missing; give names with commas between them",
                               option_dashes(line), text);
        }
        line->source_order[n++] = p;
        p = next;
    }
    line->engine.source_order = (const char *const *)line->source_order;
    line->engine.n_source_order = n;
    return 0;
}

/* The choice nearest to a misspelt word, as a sentence; empty when none is near. */
static void suggest_choice(char out[static 96], const char *word, const char *choices)
{
    char copy[128];
    struct nearest near = {.word = word};

    out[0] = '\0';
    snprintf(copy, sizeof copy, "%s", choices);
    for (char *p = copy; p;) {
        char *next = strchr(p, '|');
        if (next) {
            *next++ = '\0';
        }
        nearest_offer(&near, p);
        p = next;
    }
    if (near.best) {
        snprintf(out, 96, "; did you mean '%.60s'?", near.best);
    }
}

static int read_choice(struct command_line *line, const struct option_row *row, const char *text,
                       void *target)
{
    int choice = parse_choice(text, row->choices);
    char meant[96];

    if (choice < 0) {
        suggest_choice(meant, text, row->choices);
        return option_fail(line, "%s%s: '%s' is none of %s%s", option_dashes(line), row->name, text,
                           row->choices, meant);
    }
    // Every target is an enum, which has the size of an unsigned here.
    memcpy(target, &(unsigned){(unsigned)choice}, sizeof(unsigned));
    return 0;
}

static int read_number(struct command_line *line, const struct option_row *row, const char *text,
                       void *target)
{
    uint64_t value = 0;

    if (row->type == OPTION_THREADS) {
        if (!parse_count(text, &value) || value > MAX_THREADS) {
            return option_fail(line, "%s%s: '%s' is no number from 0 to %d", option_dashes(line), row->name,
                               text, MAX_THREADS);
        }
        memcpy(target, &(unsigned){(unsigned)value}, sizeof(unsigned));
        return 0;
    }
    if (row->type == OPTION_DURATION) {
        if (!parse_duration(text, &value)) {
            return option_fail(line, "%s%s: '%s' is no time; give s, m, h, d or w as in 36h or 30d",
                               option_dashes(line), row->name, text);
        }
        memcpy(target, &value, sizeof value);
        return 0;
    }
    if (!parse_bytes(text, &value)) {
        return option_fail(line, "%s%s: '%s' is no size; give bytes, or K, M, G as in 512M",
                           option_dashes(line), row->name, text);
    }
    memcpy(target, &value, sizeof value);
    return 0;
}

static int read_flag(struct command_line *line, const struct option_row *row, const char *text, bool *target)
{
    int choice = text ? parse_choice(text, "no|yes|false|true|off|on|0|1") : 1;

    if (choice < 0) {
        return option_fail(line, "%s: '%s' is neither yes nor no", row->name, text);
    }
    *target = choice % 2 == 1;
    return 0;
}

/* A path in the settings file starts at the folder of that file. */
static const char *settle_path(struct command_line *line, const char *text)
{
    const char *slash = line->config_path ? strrchr(line->config_path, '/') : NULL;
    char path[4096];

    if (line->reading.source != FROM_FILE || !slash || text[0] == '/') {
        return text;
    }
    if (snprintf(path, sizeof path, "%.*s/%s", (int)(slash - line->config_path), line->config_path, text) >=
        (int)sizeof path) {
        option_fail(line, "the path is too long: %.60s...", text);
        return NULL;
    }
    return option_keep(line, path);
}

// One more path of an option that may be given again.
static int add_path(struct command_line *line, const struct option_row *row, const char *text)
{
    bool is_profile = row->target == AT(profiles);
    const char ***list = is_profile ? &line->profiles : &line->against;
    size_t *n = is_profile ? &line->n_profiles : &line->n_against;
    const char **longer = realloc(*list, (*n + 1) * sizeof *longer);
    const char *path = settle_path(line, text);

    *list = longer ? longer : *list;
    if (!longer || !path) {
        return path ? option_fail(line, "out of memory") : -1;
    }
    // What the command line gives takes the place of what the file gives.
    if (line->origins[row - rows].source == FROM_FILE && line->reading.source == FROM_COMMAND_LINE) {
        *n = 0;
    }
    (*list)[(*n)++] = path;
    return 0;
}

static int read_text(struct command_line *line, const struct option_row *row, const char *text, void *target)
{
    if (*text == '\0') {
        return option_fail(line, "%s%s: the value is empty", option_dashes(line), row->name);
    }
    if (row->type == OPTION_PATHS) {
        return add_path(line, row, text);
    }
    text = row->type == OPTION_PATH ? settle_path(line, text) : text;
    *(const char **)target = text;
    return text ? 0 : -1;
}

static int read_typed(struct command_line *line, const struct option_row *row, const char *text)
{
    void *target = (char *)line + row->target;

    switch (row->type) {
    case OPTION_FLAG:
        return read_flag(line, row, text, target);
    case OPTION_STDOUT:
        *(const char **)target = "-";
        return 0;
    case OPTION_TEXT:
    case OPTION_PATH:
    case OPTION_PATHS:
        return read_text(line, row, text, target);
    case OPTION_BYTES:
    case OPTION_DURATION:
    case OPTION_THREADS:
        return read_number(line, row, text, target);
    case OPTION_CHOICE:
        return read_choice(line, row, text, target);
    case OPTION_LIMIT:
        return parse_limit(text, target)
                   ? 0
                   : option_fail(line, "%s%s: '%s' is no limit; give a number or a share, as in 10 or 0.5%%",
                                 option_dashes(line), row->name, text);
    case OPTION_GATE:
        return option_read_gate(line, row->name, text, (enum gate_level)row->target);
    case OPTION_ACTION:
        return option_read_action(line, row->name, text);
    case OPTION_SOURCES:
        return read_sources(line, text);
    }
    return -1;
}

int option_read_value(struct command_line *line, const struct option_row *row, const char *text)
{
    struct origin *origin = &line->origins[row - rows];

    if (read_typed(line, row, text) < 0) {
        return -1;
    }
    *origin = line->reading;
    return 0;
}

bool option_in_file(const struct option_row *row)
{
    bool about_one_run = row->group == GROUP_OUTPUTS || row->group == GROUP_ARTICLES ||
                         row->group == GROUP_STREAM || row->group == GROUP_SETTINGS ||
                         row->target == AT(help);

    return !about_one_run && row->type != OPTION_GATE && row->type != OPTION_ACTION;
}

const struct option_row *option_find(const char *name, size_t len)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (strlen(rows[i].name) == len && memcmp(rows[i].name, name, len) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

// The row of this command, else one of another, which is then refused by name.
static const struct option_row *find_name(const char *name, size_t len, unsigned command)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].commands & command && strlen(rows[i].name) == len &&
            memcmp(rows[i].name, name, len) == 0) {
            return &rows[i];
        }
    }
    return option_find(name, len);
}

static const struct option_row *find_letter(char letter, unsigned command)
{
    const struct option_row *found = NULL;

    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].letter == letter && (!found || rows[i].commands & command)) {
            found = &rows[i];
        }
    }
    return found;
}

static int unknown_name(struct command_line *line, unsigned command, const char *name, size_t len)
{
    char word[64];
    struct nearest near = {.word = word};

    if (len >= sizeof word) {
        return option_fail(line, "unknown option --%.60s...", name);
    }
    memcpy(word, name, len);
    word[len] = '\0';
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].commands & command) {
            nearest_offer(&near, rows[i].name);
        }
    }
    return near.best ? option_fail(line, "unknown option --%s; did you mean --%s?", word, near.best)
                     : option_fail(line, "unknown option --%s", word);
}

/* Whether the argument is an option itself, so that it cannot be meant as the value of the option before it.
 */
static bool looks_like_option(const char *text)
{
    return text[0] == '-' && text[1] == '-' && option_find(text + 2, strcspn(text + 2, "=")) != NULL;
}

static int read_option(struct command_line *line, unsigned command, const struct option_row *row,
                       const char *value, const char *next, bool *used_next)
{
    if (!(row->commands & command)) {
        return option_fail(line, "this command has no option --%s", row->name);
    }
    if (!row->argument) {
        return value ? option_fail(line, "--%s takes no value", row->name)
                     : option_read_value(line, row, NULL);
    }
    if (!value) {
        if (!next || looks_like_option(next)) {
            return option_fail(line, "--%s needs a value: --%s %s", row->name, row->name, row->argument);
        }
        value = next;
        *used_next = true;
    }
    return option_read_value(line, row, value);
}

static int read_long(struct command_line *line, unsigned command, const char *word, const char *next,
                     bool *used_next)
{
    size_t len = strcspn(word, "=");
    const struct option_row *row = find_name(word, len, command);

    if (!row) {
        return unknown_name(line, command, word, len);
    }
    return read_option(line, command, row, word[len] == '=' ? word + len + 1 : NULL, next, used_next);
}

static int read_letters(struct command_line *line, unsigned command, const char *word, const char *next,
                        bool *used_next)
{
    for (const char *p = word; *p != '\0'; p++) {
        const struct option_row *row = find_letter(*p, command);
        if (!row) {
            return option_fail(line, "unknown option -%s", word);
        }
        if (row->argument) {
            return read_option(line, command, row, p[1] != '\0' ? p + 1 : NULL, next, used_next);
        }
        if (read_option(line, command, row, NULL, NULL, used_next) < 0) {
            return -1;
        }
    }
    return 0;
}

static int read_arguments(struct command_line *line, unsigned command, int n, char **argv)
{
    bool only_paths = false;

    for (int i = 0; i < n; i++) {
        const char *word = argv[i];
        const char *next = i + 1 < n ? argv[i + 1] : NULL;
        bool used_next = false;
        int status = 0;

        if (only_paths || word[0] != '-' || word[1] == '\0') {
            if (*word == '\0') {
                return option_fail(line, "a path is empty");
            }
            line->paths[line->n_paths++] = word;
        } else if (word[1] != '-') {
            status = read_letters(line, command, word + 1, next, &used_next);
        } else if (word[2] == '\0') {
            only_paths = true;
        } else {
            status = read_long(line, command, word + 2, next, &used_next);
        }
        if (status < 0 || line->help) {
            return status;
        }
        i += used_next;
    }
    return 0;
}

/* Outputs must not meet in one place. */
static int settle_outputs(struct command_line *line, unsigned command)
{
    size_t n = 0;

    for (size_t i = 0; i < COPYDESK_N_OUTPUTS; i++) {
        if (!line->outputs[i]) {
            continue;
        }
        n++;
        if (line->json && strcmp(line->outputs[i], "-") == 0) {
            return option_fail(
                line, "--json and an output to '-' both want standard output; give the output a file name");
        }
        for (size_t k = i + 1; k < COPYDESK_N_OUTPUTS; k++) {
            if (line->outputs[k] && strcmp(line->outputs[i], line->outputs[k]) == 0) {
                return option_fail(line, "two outputs go to '%s'; give each its own file", line->outputs[i]);
            }
        }
    }
    if (command == FOR_CLEAN && n == 0) {
        return option_fail(line, "nothing to write; say where the kept articles go, as in -o clean.jsonl "
                                 "(and --rejects rejects.jsonl for the others)");
    }
    if (command == FOR_REPORT && n == 0) {
        return option_fail(line, "where does the page go? As in -o report.html");
    }
    return 0;
}

/* The order of sources and the policy that uses it. Where they contradict, the command line wins. */
static int settle_keep(struct command_line *line)
{
    const struct origin *keep = &line->origins[option_find("keep", 4) - rows];
    const struct origin *order = &line->origins[option_find("source-order", 12) - rows];

    if (!line->source_order) {
        return line->engine.keep == COPYDESK_KEEP_SOURCE_ORDER
                   ? option_fail(line, "--keep source-order needs the order: --source-order A,B,C")
                   : 0;
    }
    if (keep->source == FROM_DEFAULT || keep->source < order->source) {
        line->engine.keep = COPYDESK_KEEP_SOURCE_ORDER;
    } else if (keep->source == order->source && line->engine.keep != COPYDESK_KEEP_SOURCE_ORDER) {
        return option_fail(line, "--source-order and --keep %s contradict each other",
                           copydesk_keep_name(line->engine.keep));
    }
    return 0;
}

static int settle_filter(struct command_line *line)
{
    if (line->n_paths > 1 || (line->n_paths == 1 && strcmp(line->paths[0], "-") != 0)) {
        return option_fail(line, "filter reads standard input and takes no paths; for files, see "
                                 "'copydesk help clean' and its --against");
    }
    if (!line->filter.index) {
        return option_fail(line, "which index? Give its folder: --index DIR");
    }
    if (line->read_only && (line->commit || line->filter.refresh)) {
        return option_fail(line, "--read-only adds nothing to the index; --commit and --refresh do");
    }
    return 0;
}

static int settle(struct command_line *line, unsigned command)
{
    bool has_limits = command == FOR_CHECK || command == FOR_REPORT;

    if (settle_keep(line) < 0 || option_settle_gates(line, has_limits) < 0 || line->dump_config) {
        return line->problem[0] ? -1 : 0;
    }
    if (command == FOR_FILTER) {
        return settle_filter(line);
    }
    if (line->n_paths == 0 && command != FOR_INDEX && !line->filter.index) {
        return option_fail(line, "no input; give files or folders, or - for standard input");
    }
    if (command == FOR_EXPLAIN && !line->id) {
        return option_fail(line, "which article? give its id: --id ID");
    }
    return settle_outputs(line, command);
}

static int begin(struct command_line *line, int n)
{
    *line = (struct command_line){0};
    copydesk_options_init(&line->engine);
    copydesk_filter_options_init(&line->filter);
    line->paths = calloc((size_t)n + 1, sizeof *line->paths);
    line->reading.source = FROM_COMMAND_LINE;
    return line->paths ? 0 : option_fail(line, "out of memory");
}

int command_line_read(struct command_line *line, unsigned command, int n, char **argv)
{
    if (begin(line, n) < 0 || read_arguments(line, command, n, argv) < 0) {
        return -1;
    }
    if (line->help) {
        return 0;
    }
    if (!line->isolated) {
        // Again from the start: first what the file says, then the command line over it.
        const char *named = line->config;
        const char *first = line->n_paths > 0 ? line->paths[0] : ".";
        command_line_release(line);
        if (begin(line, n) < 0 || config_read(line, named, first) < 0) {
            return -1;
        }
        line->reading = (struct origin){.source = FROM_COMMAND_LINE};
        if (read_arguments(line, command, n, argv) < 0) {
            return -1;
        }
    } else if (line->config) {
        return option_fail(line, "--config and --isolated contradict each other");
    }
    return settle(line, command);
}

void command_line_release(struct command_line *line)
{
    for (size_t i = 0; i < line->n_strings; i++) {
        free(line->strings[i]);
    }
    free(line->strings);
    free(line->against);
    free(line->profiles);
    free(line->paths);
    free(line->gates);
    free(line->source_order);
    free(line->source_order_text);
    *line = (struct command_line){0};
}
