/*
 * json.h - one JSON object to the values of a few named fields. A fast walk for records as they usually are
 * (json_walk.c), simdjson behind functions that C can call (json.cc), and a slow parser of our own for what
 * simdjson does not tell (json_scan.c).
 */
#pragma once

#include "base/str.h"
#include "copydesk.h"
#include "read/fields.h"

#ifdef __cplusplus
extern "C" {
#endif

enum json_type {
    JSON_ABSENT, /* the field is not there, or null */
    JSON_STRING,
    JSON_NUMBER, /* text is the number as written, or has data NULL: ask json_scan() */
    JSON_OTHER,  /* true, false, a list or an object */
};

struct json_value {
    enum json_type type;
    struct str text;
    struct str raw; /* strings, not by json_parse(): as it stands in the record, with its quotes */
};

enum json_result {
    JSON_OK,
    JSON_NOT_UTF8,
    JSON_NOT_OBJECT, /* valid JSON, but no object */
    JSON_INVALID,    /* or beyond what simdjson takes: json_scan() knows */
    JSON_UNUSUAL,    /* only from json_walk() */
    JSON_NO_MEMORY,
};

struct json_parser; /* of one thread */

struct json_parser *json_parser_new(void); /* NULL: out of memory */
void json_parser_free(struct json_parser *parser);

/*
 * Checks the whole record and finds the fields. record.data is followed by ARTICLE_PADDING readable bytes. Of
 * repeated names the last counts. Values live until the next call, and are followed by ARTICLE_PADDING
 * readable bytes.
 */
enum json_result json_parse(struct json_parser *parser, struct str record, const struct field_names *names,
                            struct json_value values[N_FIELDS]);

bool json_valid_utf8(struct str bytes);

/*
 * The same on the fast path, where the processor has AVX2: JSON_OK with what json_parse() would give, or
 * JSON_UNUSUAL: ask json_parse(). Values are views into the record, or into `room`, which is cleared first.
 */
enum json_result json_walk(enum copydesk_cpu cpu, struct str record, const struct field_names *names,
                           struct json_value values[N_FIELDS], struct buf *room);

/*
 * The same on the slow path: also takes numbers of any size, gives numbers as written, and says where and why
 * a record is broken: NULL, or a fixed sentence and *offset. record is valid UTF-8. Strings are unescaped
 * into `memory` (cleared first); out of memory shows in memory->failed.
 */
const char *json_scan(struct str record, const struct field_names *names, struct json_value values[N_FIELDS],
                      struct buf *memory, uint64_t *offset);

#ifdef __cplusplus
}
#endif
