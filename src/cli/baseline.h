/*
 * baseline.h - the file of a baseline: what was found once and is accepted.
 *
 * A text file, one line for each kind of finding at each content, sorted by rule, key and id:
 *
 *     # copydesk baseline 1
 *     RULE <tab> KEY <tab> COUNT <tab> ID
 *
 * KEY is 16 hexadecimal digits and depends on what an article (or a span, or a pair) says, never on where it
 * stands. ID is one of the articles: for people, and to tell which of several equal texts is the old one.
 * Members of clusters have a line each; other findings of one key share a line with the first of their ids.
 */
#pragma once

#include "cli/options.h"

enum {
    BASELINE_COPIES = COPYDESK_N_RULES, /* the rule of entries about members of clusters */
    BASELINE_ID_BYTES = 60,
};

struct baseline_entry {
    uint32_t rule; /* enum copydesk_rule, or BASELINE_COPIES */
    uint64_t key, count;
    uint64_t seen; /* for whoever matches */
    char id[BASELINE_ID_BYTES + 4];
};

struct baseline {
    struct baseline_entry *entries; /* sorted by rule and key */
    size_t n, cap;
};

/* 0, or -1 with a sentence in problem. */
int baseline_read(struct baseline **baseline, const char *path, char problem[static 512]);
void baseline_free(struct baseline *baseline);

/* Writes n entries; a file appears whole. 0, or -1 after a complaint. */
int baseline_write(const struct baseline_entry *entries, size_t n, const char *path);

/* The name that stands for a rule in the file. */
const char *baseline_rule_name(uint32_t rule);
/* Sorts entries and adds up those that are the same but for their counts. Returns how many are left. */
size_t baseline_tidy(struct baseline_entry *entries, size_t n);
/* The order of entries: by rule, key and id. */
int baseline_order(const void *left, const void *right);
