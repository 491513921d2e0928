/*
 * fields.h - the fields of an article that readers look for, by name.
 */
#pragma once

#include "base/str.h"

enum field {
    FIELD_ID,
    FIELD_TITLE,
    FIELD_TEXT,
    FIELD_URL,
    FIELD_DATE,
    FIELD_SOURCE,
    FIELD_DOMAIN, /* always called "domain"; stands in for a missing source */
    N_FIELDS
};

struct field_names {
    struct str name[N_FIELDS];
};

/* The field with this name, or -1. When two fields have one name, the first. */
static inline int field_find(const struct field_names *names, const char *data, size_t len)
{
    for (int i = 0; i < N_FIELDS; i++) {
        if (names->name[i].len == len && memcmp(names->name[i].data, data, len) == 0) {
            return i;
        }
    }
    return -1;
}
