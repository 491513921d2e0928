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
#include "cli/options.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define AT(field)    offsetof(struct command_line, field)
#define OUTPUT(kind) (offsetof(struct command_line, outputs) + (kind) * sizeof(const char *))

enum { MAX_THREADS = 1024 };

static const struct option_row rows[] = {
    {"max", 0, "RULE=N|P%", OPTION_GATE, 0, NULL, "duplicates=1% bad-record=0",
     "fail when more than N articles, or P% of those read, have a finding of RULE (a rule or a group). "
     "'duplicates' counts removable copies: members of clusters less one for each cluster. May be given more "
     "than once",
     GROUP_GATES, FOR_CHECK},
    {"max-bad", 0, "N|P%", OPTION_LIMIT, AT(max_bad), NULL,
     "check: 0, or what --max bad-record says; clean: 100%",
     "give up (exit 2) when more records than that cannot be read", GROUP_GATES, FOR_CHECK | FOR_CLEAN},

    {"clean", 'o', "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_CLEAN), NULL, NULL,
     "write the kept articles, byte for byte and in input order", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"rejects", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_REJECTS), NULL, NULL,
     "write dropped and bad records, each with its rule and the id it copies", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"verdicts", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_VERDICTS), NULL, NULL,
     "write one JSON line for each record: what was found and what becomes of it", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"pairs", 0, "FILE", OPTION_TEXT, OUTPUT(COPYDESK_OUT_PAIRS), NULL, NULL,
     "write every verified pair with its figures, tab separated", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"all-scores", 0, NULL, OPTION_FLAG, AT(engine.all_scores), NULL, NULL,
     "verdicts carry the title score of every article, flagged or not", GROUP_OUTPUTS, FOR_CHECK | FOR_CLEAN},
    {"offsets", 0, "UNIT", OPTION_CHOICE, AT(engine.offsets), "bytes|chars", "bytes",
     "what the places of findings count: bytes of UTF-8, or chars (code points)", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},
    {"json", 0, NULL, OPTION_FLAG, AT(json), NULL, NULL, "print the summary as JSON", GROUP_OUTPUTS,
     FOR_CHECK | FOR_CLEAN},

    {"id", 0, "ID", OPTION_TEXT, AT(id), NULL, NULL, "the article to explain", GROUP_ARTICLES, FOR_EXPLAIN},
    {"with", 0, "ID", OPTION_TEXT, AT(with), NULL, "the article it is said to copy",
     "the article to compare it with", GROUP_ARTICLES, FOR_EXPLAIN},

    {"set", 0, "RULE=ACTION", OPTION_ACTION, 0, NULL, "see --list-rules",
     "what is done about a rule or a group of rules: drop, cut, repair, flag, off. May be given more than "
     "once",
     GROUP_JUDGING, FOR_ALL},
    {"language", 0, "CODES", OPTION_TEXT, AT(engine.languages), NULL, "any",
     "languages wanted, as in en,de; articles in others are wrong-language", GROUP_JUDGING, FOR_ALL},
    {"profile", 0, "FILE", OPTION_TEXT, AT(engine.profile), NULL, NULL,
     "judge with what copydesk profile build learned from a larger corpus, too", GROUP_JUDGING, FOR_ALL},
    {"keep", 0, "POLICY", OPTION_CHOICE, AT(engine.keep), "earliest|newest|longest|cleanest|source-order",
     "earliest", "which copy stays: earliest, newest, longest, cleanest, source-order", GROUP_JUDGING,
     FOR_ALL},
    {"source-order", 0, "A,B,C", OPTION_SOURCES, 0, NULL, NULL,
     "keep the copy of the source named first; implies --keep source-order", GROUP_JUDGING, FOR_ALL},

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
     "no summary, no warnings; errors and the exit code only", GROUP_MESSAGES, FOR_CHECK | FOR_CLEAN},
    {"verbose", 'v', NULL, OPTION_FLAG, AT(verbose), NULL, NULL,
     "more rows in the summary; time, speed and temporary space on standard error", GROUP_MESSAGES, FOR_ALL},
    {"color", 0, "WHEN", OPTION_CHOICE, AT(color), "auto|always|never", "auto",
     "auto, always or never; NO_COLOR is respected", GROUP_MESSAGES, FOR_ALL},
    {"help", 'h', NULL, OPTION_FLAG, AT(help), NULL, NULL, "this text", GROUP_MESSAGES, FOR_ALL},
};

enum { N_ROWS = sizeof rows / sizeof rows[0] };

const struct option_row *option_table(size_t *n_rows)
{
    *n_rows = N_ROWS;
    return rows;
}

const char *option_group_title(enum option_group group)
{
    static const char *const titles[N_OPTION_GROUPS] = {
        [GROUP_GATES] = "Limits",      [GROUP_OUTPUTS] = "Outputs (- is standard output)",
        [GROUP_ARTICLES] = "Articles", [GROUP_JUDGING] = "Judging",
        [GROUP_INPUT] = "Input",       [GROUP_RUNNING] = "Running",
        [GROUP_MESSAGES] = "Messages",
    };

    return titles[group];
}

static int fail(struct command_line *line, const char *format, ...) __attribute__((format(printf, 2, 3)));

static int fail(struct command_line *line, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(line->problem, sizeof line->problem, format, arguments);
    va_end(arguments);
    return -1;
}

/* The rule or group before the '=' of "NAME=VALUE"; *value is what stands behind it. */
static int read_rule(struct command_line *line, const char *option, const char *text, struct gate *out,
                     const char **value)
{
    char name[64];
    size_t len = strcspn(text, "=");
    struct nearest near = {.word = name};

    if (text[len] == '\0' || len == 0 || len >= sizeof name) {
        return fail(line, "--%s %s: expected RULE=VALUE, as in --%s duplicates=%s", option, text, option,
                    strcmp(option, "set") == 0 ? "flag" : "1%");
    }
    memcpy(name, text, len);
    name[len] = '\0';
    *value = text + len + 1;
    *out = (struct gate){.rule = copydesk_rule_find(name), .group = copydesk_group_find(name)};
    if (out->rule >= 0) {
        out->name = copydesk_rule_name((enum copydesk_rule)out->rule);
        return 0;
    }
    if (out->group >= 0) {
        out->name = copydesk_group_name((enum copydesk_group)out->group);
        return 0;
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        nearest_offer(&near, copydesk_rule_name((enum copydesk_rule)i));
    }
    for (int i = 0; i < COPYDESK_N_GROUPS; i++) {
        nearest_offer(&near, copydesk_group_name((enum copydesk_group)i));
    }
    return near.best ? fail(line, "--%s: no rule is called '%s'; did you mean '%s'?", option, name, near.best)
                     : fail(line, "--%s: no rule is called '%s'; see copydesk --list-rules", option, name);
}

static int read_gate(struct command_line *line, const struct option_row *row, const char *text)
{
    struct gate gate;
    const char *value = NULL;

    if (read_rule(line, row->name, text, &gate, &value) < 0) {
        return -1;
    }
    if (!parse_limit(value, &gate.limit)) {
        return fail(
            line, "--%s %s: '%s' is no limit; give a number of articles or a share, as in %s=10 or %s=0.5%%",
            row->name, text, value, gate.name, gate.name);
    }
    for (size_t i = 0; i < line->n_gates; i++) {
        if (line->gates[i].rule == gate.rule && line->gates[i].group == gate.group) {
            line->gates[i] = gate;
            return 0;
        }
    }
    line->gates[line->n_gates++] = gate;
    return 0;
}

static int read_action(struct command_line *line, const struct option_row *row, const char *text)
{
    struct gate target;
    const char *value = NULL;
    unsigned n_set = 0;
    int action;

    if (read_rule(line, row->name, text, &target, &value) < 0) {
        return -1;
    }
    action = copydesk_action_find(value);
    if (action < 0) {
        struct nearest near = {.word = value};
        for (int i = 0; i < COPYDESK_N_ACTIONS; i++) {
            nearest_offer(&near, copydesk_action_name((enum copydesk_action)i));
        }
        return near.best
                   ? fail(line, "--set %s: no action is called '%s'; did you mean '%s'?", text, value,
                          near.best)
                   : fail(line,
                          "--set %s: no action is called '%s'; actions are drop, cut, repair, flag, off",
                          text, value);
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        bool named = target.rule >= 0 ? i == target.rule : (int)copydesk_rule_group(rule) == target.group;
        // A group takes the action where the rule allows it: no template is ever dropped.
        if (named && copydesk_rule_allows(rule, (enum copydesk_action)action)) {
            line->engine.actions[i] = (enum copydesk_action)action;
            n_set++;
        }
    }
    return n_set > 0 ? 0
                     : fail(line, "--set %s: '%s' cannot be set to '%s'; see copydesk --list-rules", text,
                            target.name, value);
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
        return fail(line, "out of memory");
    }
    memcpy(line->source_order_text, text, len);
    n = 0;
    for (char *p = line->source_order_text; p;) {
        char *next = strchr(p, ',');
        if (next) {
            *next++ = '\0';
        }
        if (*p == '\0') {
            return fail(line, "--source-order %s: a name is missing; give names with commas between them",
                        text);
        }
        line->source_order[n++] = p;
        p = next;
    }
    line->engine.source_order = (const char *const *)line->source_order;
    line->engine.n_source_order = n;
    return 0;
}

static int read_choice(struct command_line *line, const struct option_row *row, const char *text,
                       void *target)
{
    int choice = parse_choice(text, row->choices);

    if (choice < 0) {
        return fail(line, "--%s: '%s' is none of %s", row->name, text, row->choices);
    }
    // Every target is an enum, which has the size of an unsigned here.
    memcpy(target, &(unsigned){(unsigned)choice}, sizeof(unsigned));
    if (row->target == AT(engine.keep)) {
        line->keep_given = true;
    }
    return 0;
}

static int read_number(struct command_line *line, const struct option_row *row, const char *text,
                       void *target)
{
    uint64_t value = 0;

    if (row->type == OPTION_THREADS) {
        if (!parse_count(text, &value) || value > MAX_THREADS) {
            return fail(line, "--%s: '%s' is no number from 0 to %d", row->name, text, MAX_THREADS);
        }
        memcpy(target, &(unsigned){(unsigned)value}, sizeof(unsigned));
        return 0;
    }
    if (!parse_bytes(text, &value)) {
        return fail(line, "--%s: '%s' is no size; give bytes, or K, M, G as in 512M", row->name, text);
    }
    memcpy(target, &value, sizeof value);
    return 0;
}

static int read_value(struct command_line *line, const struct option_row *row, const char *text)
{
    void *target = (char *)line + row->target;

    switch (row->type) {
    case OPTION_FLAG:
        *(bool *)target = true;
        return 0;
    case OPTION_TEXT:
        if (*text == '\0') {
            return fail(line, "--%s: the value is empty", row->name);
        }
        *(const char **)target = text;
        return 0;
    case OPTION_BYTES:
    case OPTION_THREADS:
        return read_number(line, row, text, target);
    case OPTION_CHOICE:
        return read_choice(line, row, text, target);
    case OPTION_LIMIT:
        return parse_limit(text, target)
                   ? 0
                   : fail(line, "--%s: '%s' is no limit; give a number or a share, as in 10 or 0.5%%",
                          row->name, text);
    case OPTION_GATE:
        return read_gate(line, row, text);
    case OPTION_ACTION:
        return read_action(line, row, text);
    case OPTION_SOURCES:
        return read_sources(line, text);
    }
    return -1;
}

static const struct option_row *find_name(const char *name, size_t len)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (strlen(rows[i].name) == len && memcmp(rows[i].name, name, len) == 0) {
            return &rows[i];
        }
    }
    return NULL;
}

static const struct option_row *find_letter(char letter)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].letter == letter) {
            return &rows[i];
        }
    }
    return NULL;
}

static int unknown_name(struct command_line *line, unsigned command, const char *name, size_t len)
{
    char word[64];
    struct nearest near = {.word = word};

    if (len >= sizeof word) {
        return fail(line, "unknown option --%.60s...", name);
    }
    memcpy(word, name, len);
    word[len] = '\0';
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].commands & command) {
            nearest_offer(&near, rows[i].name);
        }
    }
    return near.best ? fail(line, "unknown option --%s; did you mean --%s?", word, near.best)
                     : fail(line, "unknown option --%s", word);
}

/* Whether the argument is an option itself, so that it cannot be meant as the value of the option before it.
 */
static bool looks_like_option(const char *text)
{
    return text[0] == '-' && text[1] == '-' && find_name(text + 2, strcspn(text + 2, "=")) != NULL;
}

static int read_option(struct command_line *line, unsigned command, const struct option_row *row,
                       const char *value, const char *next, bool *used_next)
{
    if (!(row->commands & command)) {
        return fail(line, "this command has no option --%s", row->name);
    }
    if (!row->argument) {
        return value ? fail(line, "--%s takes no value", row->name) : read_value(line, row, NULL);
    }
    if (!value) {
        if (!next || looks_like_option(next)) {
            return fail(line, "--%s needs a value: --%s %s", row->name, row->name, row->argument);
        }
        value = next;
        *used_next = true;
    }
    return read_value(line, row, value);
}

static int read_long(struct command_line *line, unsigned command, const char *word, const char *next,
                     bool *used_next)
{
    size_t len = strcspn(word, "=");
    const struct option_row *row = find_name(word, len);

    if (!row) {
        return unknown_name(line, command, word, len);
    }
    return read_option(line, command, row, word[len] == '=' ? word + len + 1 : NULL, next, used_next);
}

static int read_letters(struct command_line *line, unsigned command, const char *word, const char *next,
                        bool *used_next)
{
    for (const char *p = word; *p != '\0'; p++) {
        const struct option_row *row = find_letter(*p);
        if (!row) {
            return fail(line, "unknown option -%s", word);
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
                return fail(line, "a path is empty");
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

static bool rule_is_on(const struct command_line *line, const struct gate *gate)
{
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        bool named = gate->rule >= 0 ? i == gate->rule
                                     : (int)copydesk_rule_group((enum copydesk_rule)i) == gate->group;
        if (named && line->engine.actions[i] != COPYDESK_OFF) {
            return true;
        }
    }
    return false;
}

static int add_default_gates(struct command_line *line)
{
    static const char *const texts[] = {"duplicates=1%", "bad-record=0"};
    const struct option_row *row = find_name("max", 3);

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (read_gate(line, row, texts[i]) < 0) {
            return -1;
        }
        if (!rule_is_on(line, &line->gates[line->n_gates - 1])) {
            line->n_gates--;
        }
    }
    return 0;
}

/* Gates that can fail, and the limit of bad records beyond which there is no verdict at all. */
static int settle_gates(struct command_line *line, unsigned command)
{
    bool bad_is_gated = false;

    for (size_t i = 0; i < line->n_gates; i++) {
        const struct gate *gate = &line->gates[i];
        if (!rule_is_on(line, gate)) {
            return fail(line, "--max %s: --set turned it off, so it can never be over the limit", gate->name);
        }
        bad_is_gated =
            bad_is_gated || gate->rule == COPYDESK_BAD_RECORD || gate->group == COPYDESK_GROUP_INPUT;
    }
    if (command == FOR_CHECK && line->n_gates == 0) {
        line->default_gates = true;
        if (add_default_gates(line) < 0) {
            return -1;
        }
    }
    if (!line->max_bad.text) {
        parse_limit(command == FOR_CHECK && !bad_is_gated ? "0" : "100%", &line->max_bad);
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
            return fail(line,
                        "--json and an output to '-' both want standard output; give the output a file name");
        }
        for (size_t k = i + 1; k < COPYDESK_N_OUTPUTS; k++) {
            if (line->outputs[k] && strcmp(line->outputs[i], line->outputs[k]) == 0) {
                return fail(line, "two outputs go to '%s'; give each its own file", line->outputs[i]);
            }
        }
    }
    if (command == FOR_CLEAN && n == 0) {
        return fail(line, "nothing to write; say where the kept articles go, as in -o clean.jsonl "
                          "(and --rejects rejects.jsonl for the others)");
    }
    return 0;
}

int command_line_read(struct command_line *line, unsigned command, int n, char **argv)
{
    *line = (struct command_line){0};
    copydesk_options_init(&line->engine);
    line->paths = calloc((size_t)n + 1, sizeof *line->paths);
    line->gates = calloc((size_t)n + 2, sizeof *line->gates);
    if (!line->paths || !line->gates) {
        return fail(line, "out of memory");
    }
    if (read_arguments(line, command, n, argv) < 0) {
        return -1;
    }
    if (line->help) {
        return 0;
    }
    if (line->n_paths == 0) {
        return fail(line, "no input; give files or folders, or - for standard input");
    }
    if (line->source_order) {
        if (line->keep_given && line->engine.keep != COPYDESK_KEEP_SOURCE_ORDER) {
            return fail(line, "--source-order and --keep %s contradict each other",
                        copydesk_keep_name(line->engine.keep));
        }
        line->engine.keep = COPYDESK_KEEP_SOURCE_ORDER;
    } else if (line->engine.keep == COPYDESK_KEEP_SOURCE_ORDER) {
        return fail(line, "--keep source-order needs the order: --source-order A,B,C");
    }
    if (command == FOR_EXPLAIN && !line->id) {
        return fail(line, "which article? give its id: --id ID");
    }
    return settle_gates(line, command) < 0 ? -1 : settle_outputs(line, command);
}

void command_line_release(struct command_line *line)
{
    free(line->paths);
    free(line->gates);
    free(line->source_order);
    free(line->source_order_text);
    *line = (struct command_line){0};
}
