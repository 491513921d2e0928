/*
 * values.h - reading the values people write on a command line, and guessing what they meant.
 *
 * All functions leave *out untouched when they return false.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A limit as written: "12" articles, or "0.5%" of the articles read. */
struct limit {
    const char *text; /* as written; NULL: not given */
    bool is_share;
    bool is_off;    /* not to be judged */
    uint64_t value; /* articles, or millionths of the articles read */
};

/* Decimal digits only. */
bool parse_count(const char *text, uint64_t *out);
/* Digits and perhaps K, M, G or T (powers of 1024; "64MiB" and "64MB" mean the same as "64M"). */
bool parse_bytes(const char *text, uint64_t *out);
/* Digits and s, m, h, d or w: seconds, minutes, hours, days, weeks. Not 0. */
bool parse_duration(const char *text, uint64_t *out);
/* "12", "3%", "0.25%"; up to four decimals, at most 100%. */
bool parse_limit(const char *text, struct limit *out);
/* Place of `word` in a list "one|two|three", or -1. */
int parse_choice(const char *word, const char *choices);

/* Whether `found` of `read` articles is more than the limit allows. */
bool limit_exceeded(const struct limit *limit, uint64_t found, uint64_t read);

/* The offered name that is nearest to a misspelt word; best stays NULL when none is near enough to suggest.
 */
struct nearest {
    const char *word;
    const char *best;
    unsigned distance;
};

void nearest_offer(struct nearest *nearest, const char *name);
