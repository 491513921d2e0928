/*
 * baseline.c - reading and writing the file of a baseline.
 *
 * The form is made for version control: one line an entry, sorted, no line numbers, no dates, so that a diff
 * shows what was accepted and what was mended, and two branches merge line by line. A merge may leave an
 * entry twice; the counts are then added. Entries of rules that this version does not know are an error:
 * silently passing them over would make what they cover new.
 */
#include "cli/baseline.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER       "# copydesk baseline 1\n"
#define HEADER_START "# copydesk baseline "

const char *baseline_rule_name(uint32_t rule)
{
    return rule == BASELINE_COPIES ? copydesk_group_name(COPYDESK_GROUP_DUPLICATES)
                                   : copydesk_rule_name((enum copydesk_rule)rule);
}

int baseline_order(const void *left, const void *right)
{
    const struct baseline_entry *a = left;
    const struct baseline_entry *b = right;

    if (a->rule != b->rule) {
        return a->rule < b->rule ? -1 : 1;
    }
    if (a->key != b->key) {
        return a->key < b->key ? -1 : 1;
    }
    return strcmp(a->id, b->id);
}

static bool parse_key(const char *text, uint64_t *key)
{
    uint64_t value = 0;

    if (strlen(text) != 16) {
        return false;
    }
    for (; *text != '\0'; text++) {
        const char *digit = strchr("0123456789abcdef", *text);
        if (!digit) {
            return false;
        }
        value = value << 4 | (uint64_t)(digit - "0123456789abcdef");
    }
    *key = value;
    return true;
}

/* RULE tab KEY tab COUNT tab ID; the id may be missing. NULL, or what is wrong. */
static const char *parse_entry(char *text, struct baseline_entry *entry)
{
    char *fields[4] = {text, NULL, NULL, NULL};
    int rule;

    text[strcspn(text, "\r\n")] = '\0';
    for (int i = 1; i < 4; i++) {
        char *tab = fields[i - 1] ? strchr(fields[i - 1], '\t') : NULL;
        if (tab) {
            *tab = '\0';
            fields[i] = tab + 1;
        }
    }
    if (!fields[2]) {
        return "expected RULE, KEY and COUNT with tabs between them";
    }
    rule = strcmp(fields[0], baseline_rule_name(BASELINE_COPIES)) == 0 ? (int)BASELINE_COPIES
                                                                       : copydesk_rule_find(fields[0]);
    if (rule < 0) {
        return "unknown rule; was it written by a later version?";
    }
    *entry = (struct baseline_entry){.rule = (uint32_t)rule};
    if (!parse_key(fields[1], &entry->key)) {
        return "the key is not 16 hexadecimal digits";
    }
    if (!parse_count(fields[2], &entry->count) || entry->count == 0) {
        return "the count is no number above 0";
    }
    snprintf(entry->id, sizeof entry->id, "%s", fields[3] ? fields[3] : "");
    return NULL;
}

static bool add_entry(struct baseline *b, const struct baseline_entry *entry)
{
    if (b->n == b->cap) {
        size_t cap = b->cap * 2 + 64;
        struct baseline_entry *entries = realloc(b->entries, cap * sizeof *entries);
        if (!entries) {
            return false;
        }
        b->entries = entries;
        b->cap = cap;
    }
    b->entries[b->n++] = *entry;
    return true;
}

size_t baseline_tidy(struct baseline_entry *entries, size_t n)
{
    size_t kept = 0;

    if (n > 0) {
        qsort(entries, n, sizeof *entries, baseline_order);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && baseline_order(&entries[kept - 1], &entries[i]) == 0) {
            entries[kept - 1].count += entries[i].count;
        } else {
            entries[kept++] = entries[i];
        }
    }
    return kept;
}

static int read_lines(struct baseline *b, FILE *file, const char *path, char problem[static 512])
{
    char *text = NULL;
    size_t cap = 0;
    unsigned long number = 0;
    const char *wrong = NULL;

    while (!wrong && getline(&text, &cap, file) >= 0) {
        struct baseline_entry entry;
        number++;
        if (number == 1 && strcmp(text, HEADER) != 0) {
            wrong = strncmp(text, HEADER_START, strlen(HEADER_START)) == 0
                        ? "written by a later version of copydesk"
                        : "this is no baseline; write one with --write-baseline FILE";
        } else if (text[0] != '#' && text[strspn(text, " \t\r\n")] != '\0') {
            wrong = parse_entry(text, &entry);
            wrong = wrong || add_entry(b, &entry) ? wrong : "out of memory";
        }
    }
    free(text);
    if (!wrong && number == 0) {
        wrong = "this is no baseline, it is empty; write one with --write-baseline FILE";
        number = 1;
    }
    if (wrong) {
        snprintf(problem, 512, "%.300s:%lu: %s", path, number, wrong);
        return -1;
    }
    b->n = baseline_tidy(b->entries, b->n);
    return 0;
}

int baseline_read(struct baseline **out, const char *path, char problem[static 512])
{
    FILE *file = fopen(path, "r");
    int status;

    *out = NULL;
    if (!file) {
        snprintf(problem, 512, "cannot read the baseline %.300s: %s; write it with --write-baseline %.60s",
                 path, strerror(errno), path);
        return -1;
    }
    *out = calloc(1, sizeof **out);
    if (!*out) {
        snprintf(problem, 512, "out of memory");
        fclose(file);
        return -1;
    }
    status = read_lines(*out, file, path, problem);
    fclose(file);
    return status;
}

void baseline_free(struct baseline *b)
{
    if (b) {
        free(b->entries);
        free(b);
    }
}

static bool write_entries(FILE *out, const struct baseline_entry *entries, size_t n)
{
    fputs(HEADER
          "# What `copydesk check` found when this was written; with --baseline only what is new counts.\n"
          "# rule\tkey\tcount\tid of one of the articles\n",
          out);
    // The order of the rules is that of their names, so that `sort` agrees with it.
    for (const char *last = "";;) {
        const char *next = NULL;
        uint32_t rule = 0;
        for (uint32_t i = 0; i <= BASELINE_COPIES; i++) {
            if (strcmp(baseline_rule_name(i), last) > 0 &&
                (!next || strcmp(baseline_rule_name(i), next) < 0)) {
                next = baseline_rule_name(i);
                rule = i;
            }
        }
        if (!next) {
            return ferror(out) == 0;
        }
        for (size_t i = 0; i < n; i++) {
            const struct baseline_entry *entry = &entries[i];
            if (entry->rule == rule) {
                fprintf(out, "%s\t%016llx\t%llu\t%s\n", next, (unsigned long long)entry->key,
                        (unsigned long long)entry->count, entry->id);
            }
        }
        last = next;
    }
}

static int cannot_write(const char *path, const char *why)
{
    complain("cannot write the baseline %s: %s", path, why);
    return -1;
}

int baseline_write(const struct baseline_entry *entries, size_t n, const char *path)
{
    char temporary[4096];
    mode_t mask = umask(0);
    FILE *out = NULL;
    bool ok;
    int fd;

    umask(mask);
    if (strcmp(path, "-") == 0) {
        return write_entries(stdout, entries, n) ? 0 : cannot_write("-", strerror(errno));
    }
    if (snprintf(temporary, sizeof temporary, "%s.XXXXXX", path) >= (int)sizeof temporary) {
        return cannot_write(path, "the name is too long");
    }
    fd = mkstemp(temporary);
    if (fd >= 0) {
        out = fdopen(fd, "w");
    }
    if (!out) {
        return cannot_write(path, strerror(errno));
    }
    ok = write_entries(out, entries, n) && fchmod(fd, 0666 & ~mask) == 0;
    ok = fclose(out) == 0 && ok;
    if (!ok || rename(temporary, path) != 0) {
        int why = errno;
        unlink(temporary);
        return cannot_write(path, strerror(why));
    }
    return 0;
}
