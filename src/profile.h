/*
 * profile.h - a saved corpus profile: what the stages learned of a corpus, in one file, to judge other
 * articles with.
 *
 * The file is a container of named sections; each belongs to a stage, which alone knows what is in it. A file
 * that is damaged, cut short, made by another version or with other words is refused before any stage sees a
 * byte of it.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"

/*
 * A stage's part. `write` appends the state to `out` (a failed allocation stays in out->failed). `merge` adds
 * saved bytes to the state, which may be empty: so loading is merging into nothing, and several profiles are
 * merged one after another, in any order. `data` is 8-aligned and lives for the call only; merge checks what
 * it needs and returns COPYDESK_ERR_INPUT for what it cannot have written.
 */
struct profile_section {
    const char *name; /* at most PROFILE_NAME bytes; stays for ever, like the meaning of the bytes */
    void *state;
    void (*write)(const void *state, struct buf *out);
    int (*merge)(void *state, struct str data, struct copydesk_error *error);
};

/* Of the tokenizer: another value, other words. */
uint64_t profile_words(void);

enum { PROFILE_NAME = 23, PROFILE_MAX_SECTIONS = 64 };

/* Writes the file whole or not at all. `articles`: how many the profile was learned from. */
int profile_save(const char *path, const struct profile_section *sections, size_t n, uint64_t articles,
                 struct copydesk_error *error);

/*
 * Reads a file and merges its sections into their states. Sections that the file lacks, and those of the file
 * that nobody here knows, are passed over. *articles grows by what the profile was learned from. When it
 * fails in a merge, states may hold a part of the profile.
 */
int profile_load(const char *path, const struct profile_section *sections, size_t n, uint64_t *articles,
                 struct copydesk_error *error);

/* The same with the bytes of a file at hand, 8-aligned; `name` is what messages call it. */
int profile_parse(struct str file, const char *name, const struct profile_section *sections, size_t n,
                  uint64_t *articles, struct copydesk_error *error);
