/*
 * config.c - the settings file, copydesk.ini: found, read, and printed again by --dump-config.
 *
 *     [max]                      limits that fail a check        [set]        actions of rules
 *     duplicates = 0.5%                                          caption = cut
 *     [warn]                     limits that warn                [options]    options by their long name
 *     boilerplate = 20%                                          text-field = body
 *
 * Looked for in the folder of the first path and then upwards, as far as the folder that holds .git: a file
 * above the repository is somebody else's. Paths are taken as they are written, so that a data folder that is
 * a link belongs to the repository in which the link stands; only `..` needs the real path.
 *
 * inih splits the lines, the tables of options.c and rules.c decide what they mean: a name that is no option
 * is an error with its line and the nearest name, since a misspelt limit would be a gate that never closes.
 * Lines are handed to inih one by one, for it says no line numbers, and without their indentation, which it
 * would take for a continued value. A value cannot hold " ;" (a comment begins there).
 */
#include "cli/parse.h"

#include <errno.h>
#include <ini.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG_NAME "copydesk.ini"

static const char *const sections[] = {"max", "warn", "set", "options"};
enum { N_SECTIONS = sizeof sections / sizeof sections[0], MAX_LINE_BYTES = 190, NAME_COLUMNS = 26 };

/* ---- finding */

/* The folder in which the search begins: an absolute path without `..`, or false. */
static bool start_folder(char out[static PATH_MAX], const char *path)
{
    char joined[2 * PATH_MAX];
    char folder[PATH_MAX];
    struct stat info;
    const char *slash;

    if (strcmp(path, "-") == 0) {
        path = ".";
    }
    if (path[0] == '/') {
        snprintf(joined, sizeof joined, "%s", path);
    } else {
        if (!getcwd(folder, sizeof folder)) {
            return false;
        }
        snprintf(joined, sizeof joined, "%s/%s", folder, path);
    }
    if (stat(joined, &info) != 0 || !S_ISDIR(info.st_mode)) {
        slash = strrchr(joined, '/');
        joined[slash - joined] = '\0';
    }
    if (strstr(joined, "..")) {
        return realpath(joined, out) != NULL;
    }
    return snprintf(out, PATH_MAX, "%s", joined) < PATH_MAX;
}

static bool has_file(const char *folder, const char *name)
{
    char path[PATH_MAX + 32];

    snprintf(path, sizeof path, "%s/%s", folder, name);
    return access(path, F_OK) == 0;
}

/* Upwards to the root of the repository or of the file system. */
static bool find_upwards(char folder[static PATH_MAX])
{
    for (;;) {
        if (has_file(folder, CONFIG_NAME)) {
            return true;
        }
        char *slash = strrchr(folder, '/');
        if (!slash || has_file(folder, ".git") || folder[0] == '\0') {
            return false;
        }
        *slash = '\0';
    }
}

/* As short as can be: from the current folder where the file lies in or below it. */
static const char *shorten(const char *path)
{
    static const char slash = '/';
    char here[PATH_MAX];
    size_t len;

    if (!getcwd(here, sizeof here)) {
        return path;
    }
    len = strlen(here);
    while (len > 1 && strncmp(path, here, len) == 0 && path[len] == slash) {
        path += len + 1;
        while (path[0] == '.' && path[1] == slash) {
            path += 2;
        }
        break;
    }
    return path;
}

/* ---- reading */

struct reading {
    struct command_line *line;
    FILE *file;
    unsigned number; /* of the line that was read last */
    bool failed;     /* line->problem is set */
    unsigned failed_line;
};

static int say(struct reading *r, const char *text)
{
    if (!r->failed) {
        option_fail(r->line, "%s", text);
        r->failed = true;
        r->failed_line = r->number;
    }
    return 0;
}

static int unknown_section(struct reading *r, const char *section)
{
    struct nearest near = {.word = section};
    char text[256];

    for (size_t i = 0; i < N_SECTIONS; i++) {
        nearest_offer(&near, sections[i]);
    }
    if (section[0] == '\0') {
        return say(r,
                   "this stands before the first section; sections are [max], [warn], [set] and [options]");
    }
    if (near.best) {
        snprintf(text, sizeof text, "no section is called [%s]; did you mean [%s]?", section, near.best);
    } else {
        snprintf(text, sizeof text, "no section is called [%s]; there are [max], [warn], [set] and [options]",
                 section);
    }
    return say(r, text);
}

static int unknown_option(struct reading *r, const char *name)
{
    size_t n;
    const struct option_row *rows = option_table(&n);
    struct nearest near = {.word = name};
    char text[256];

    if (copydesk_rule_find(name) >= 0 || copydesk_group_find(name) >= 0) {
        snprintf(text, sizeof text,
                 "'%s' is a rule; its limit belongs under [max] or [warn], its action under [set]", name);
        return say(r, text);
    }
    for (size_t i = 0; i < n; i++) {
        if (option_in_file(&rows[i])) {
            nearest_offer(&near, rows[i].name);
        }
    }
    if (near.best) {
        snprintf(text, sizeof text, "no option is called '%s'; did you mean '%s'?", name, near.best);
    } else {
        snprintf(text, sizeof text, "no option is called '%s'; see copydesk check --dump-config", name);
    }
    return say(r, text);
}

static int read_plain_option(struct reading *r, const char *name, const char *value)
{
    struct command_line *line = r->line;
    size_t n;
    const struct option_row *rows = option_table(&n);
    const struct option_row *row = option_find(name, strlen(name));
    const char *kept;
    char text[256];

    if (!row) {
        return unknown_option(r, name);
    }
    if (!option_in_file(row)) {
        bool is_rule = row->type == OPTION_GATE || row->type == OPTION_ACTION;
        snprintf(text, sizeof text,
                 is_rule ? "'%s' is a section of its own: [%s]" : "'%s' belongs on the command line: --%s",
                 name, name);
        return say(r, text);
    }
    if (row->type != OPTION_PATHS && line->origins[row - rows].source == FROM_FILE) {
        snprintf(text, sizeof text, "'%s' is set already, in line %u", name, line->origins[row - rows].line);
        return say(r, text);
    }
    kept = option_keep(line, value);
    return kept ? option_read_value(line, row, kept) : -1;
}

static int read_rule_option(struct reading *r, const char *section, const char *name, const char *value)
{
    char text[512];
    const char *kept;

    snprintf(text, sizeof text, "%s=%s", name, value);
    kept = option_keep(r->line, text);
    if (!kept) {
        return -1;
    }
    if (strcmp(section, "set") == 0) {
        return option_read_action(r->line, section, kept);
    }
    return option_read_gate(r->line, section, kept, strcmp(section, "max") == 0 ? GATE_ERROR : GATE_WARNING);
}

/* Called by inih for each NAME = VALUE. Non-zero: fine. */
static int on_setting(void *data, const char *section, const char *name, const char *value)
{
    struct reading *r = data;
    int status = 0;
    size_t i = 0;

    if (r->failed) {
        return 1;
    }
    r->line->reading = (struct origin){FROM_FILE, r->number};
    while (i < N_SECTIONS && strcmp(section, sections[i]) != 0) {
        i++;
    }
    if (i == N_SECTIONS) {
        return unknown_section(r, section);
    }
    status = strcmp(section, "options") == 0 ? read_plain_option(r, name, value)
                                             : read_rule_option(r, section, name, value);
    if (status < 0) {
        r->failed = true;
        r->failed_line = r->number;
    }
    return 1;
}

/* One line for inih, without its indentation. */
static char *next_line(char *out, int room, void *data)
{
    struct reading *r = data;
    char text[1024];
    size_t skip;

    if (r->failed || !fgets(text, sizeof text, r->file)) {
        return NULL;
    }
    r->number++;
    r->line->reading = (struct origin){FROM_FILE, r->number};
    skip = strspn(text, " \t");
    if (strlen(text + skip) >= MAX_LINE_BYTES || (int)strlen(text + skip) >= room) {
        say(r, "the line is too long; 190 bytes are the most");
        return NULL;
    }
    memcpy(out, text + skip, strlen(text + skip) + 1);
    return out;
}

static int parse(struct command_line *line, FILE *file)
{
    struct reading r = {.line = line, .file = file};
    int first_error = ini_parse_stream(next_line, &r, on_setting, &r);

    if (first_error > 0 && (!r.failed || (unsigned)first_error < r.failed_line)) {
        line->reading = (struct origin){FROM_FILE, (unsigned)first_error};
        return option_fail(line, "neither [SECTION] nor NAME = VALUE");
    }
    if (!r.failed && ferror(file)) {
        line->reading = (struct origin){0};
        return option_fail(line, "cannot read %s", line->config_path);
    }
    return r.failed ? -1 : 0;
}

int config_read(struct command_line *line, const char *named, const char *first_path)
{
    char folder[PATH_MAX];
    char path[PATH_MAX + 32];
    struct stat info;
    FILE *file;
    int status;

    if (!named && (!start_folder(folder, first_path) || !find_upwards(folder))) {
        return 0;
    }
    if (!named) {
        snprintf(path, sizeof path, "%s/%s", folder, CONFIG_NAME);
    }
    line->config_path = option_keep(line, named ? named : shorten(path));
    if (!line->config_path) {
        return -1;
    }
    file = fopen(line->config_path, "r");
    if (!file || fstat(fileno(file), &info) != 0 || S_ISDIR(info.st_mode)) {
        option_fail(line, "cannot read the settings in %s: %s", line->config_path,
                    file ? strerror(EISDIR) : strerror(errno));
        if (file) {
            fclose(file);
        }
        return -1;
    }
    status = parse(line, file);
    fclose(file);
    return status;
}

/* ---- printing */

static void print_origin(FILE *out, const struct command_line *line, const struct origin *origin)
{
    switch (origin->source) {
    case FROM_DEFAULT:
        fputs(" ; default\n", out);
        break;
    case FROM_FILE:
        fputs(" ; ", out);
        print_text(out, view_of(line->config_path));
        fprintf(out, ":%u\n", origin->line);
        break;
    case FROM_COMMAND_LINE:
        fputs(" ; command line\n", out);
        break;
    }
}

static void print_setting(FILE *out, const struct command_line *line, const struct origin *origin,
                          const char *name, const char *value)
{
    int len = fprintf(out, "%s = %s", name, value);

    fprintf(out, "%*s", len < NAME_COLUMNS ? NAME_COLUMNS - len : 0, "");
    print_origin(out, line, origin);
}

static void dump_gates(FILE *out, const struct command_line *line, enum gate_level level)
{
    fprintf(out, "\n[%s]\n", level == GATE_ERROR ? "max" : "warn");
    for (size_t i = 0; i < line->n_gates; i++) {
        const struct gate *gate = &line->gates[i];
        if (gate->level == level) {
            print_setting(out, line, &gate->origin, gate->name, gate->limit.text);
        }
    }
}

static void dump_sources(FILE *out, const struct command_line *line, const struct option_row *row,
                         const struct origin *origin)
{
    char text[1024];
    size_t len = 0;

    for (size_t i = 0; i < line->engine.n_source_order && len < sizeof text; i++) {
        len += (size_t)snprintf(text + len, sizeof text - len, "%s%s", i > 0 ? "," : "",
                                line->engine.source_order[i]);
    }
    print_setting(out, line, origin, row->name, text);
}

static const char *choice_text(char out[static 64], const char *choices, unsigned choice)
{
    while (choice > 0 && strchr(choices, '|')) {
        choices = strchr(choices, '|') + 1;
        choice--;
    }
    snprintf(out, 64, "%.*s", (int)strcspn(choices, "|"), choices);
    return out;
}

static void dump_option(FILE *out, const struct command_line *line, const struct option_row *row,
                        const struct origin *origin)
{
    const void *target = (const char *)line + row->target;
    char text[64] = "";
    const char *value = text;

    switch (row->type) {
    case OPTION_FLAG:
        value = *(const bool *)target ? "yes" : "no";
        break;
    case OPTION_TEXT:
    case OPTION_PATH:
        value = *(const char *const *)target;
        break;
    case OPTION_BYTES:
        snprintf(text, sizeof text, "%llu", (unsigned long long)*(const uint64_t *)target);
        break;
    case OPTION_THREADS:
        snprintf(text, sizeof text, "%u", *(const unsigned *)target);
        break;
    case OPTION_CHOICE:
        value = choice_text(text, row->choices, *(const unsigned *)target);
        break;
    case OPTION_LIMIT:
        value = ((const struct limit *)target)->text;
        break;
    case OPTION_PATHS: {
        bool profiles = strcmp(row->name, "profile") == 0;
        const char **paths = profiles ? line->profiles : line->against;
        size_t n_paths = profiles ? line->n_profiles : line->n_against;
        for (size_t i = 0; i < n_paths; i++) {
            print_setting(out, line, origin, row->name, paths[i]);
        }
        value = n_paths > 0 ? "" : NULL;
        break;
    }
    case OPTION_SOURCES:
        if (line->engine.keep == COPYDESK_KEEP_SOURCE_ORDER) {
            dump_sources(out, line, row, origin);
        } else {
            value = NULL;
        }
        break;
    case OPTION_STDOUT:   // an output: none is in the file
    case OPTION_DURATION: // of one stream
    case OPTION_GATE:
    case OPTION_ACTION:
        break;
    }
    if (!value) {
        int len = fprintf(out, "# %s =", row->name);
        fprintf(out, "%*s ; not set%s%s\n", len < NAME_COLUMNS ? NAME_COLUMNS - len : 0, "",
                row->shown_default ? ": " : "", row->shown_default ? row->shown_default : "");
    } else if (*value != '\0') {
        print_setting(out, line, origin, row->name, value);
    }
}

void config_dump(FILE *out, const struct command_line *line, unsigned command)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    fputs("# Settings in effect. Read from: ", out);
    print_text(out, view_of(line->config_path ? line->config_path : "no settings file"));
    putc('\n', out);
    if (command == FOR_CHECK || command == FOR_REPORT) {
        dump_gates(out, line, GATE_ERROR);
        dump_gates(out, line, GATE_WARNING);
    }
    fputs("\n[set]\n", out);
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        if (copydesk_rule_allows((enum copydesk_rule)i, line->engine.actions[i])) {
            print_setting(out, line, &line->action_origins[i], copydesk_rule_name((enum copydesk_rule)i),
                          copydesk_action_name(line->engine.actions[i]));
        }
    }
    fputs("\n[options]\n", out);
    for (size_t i = 0; i < n; i++) {
        if (option_in_file(&rows[i]) && (rows[i].commands & command)) {
            dump_option(out, line, &rows[i], &line->origins[i]);
        }
    }
}
