/*
 * str.h - byte views and a growing buffer.
 *
 * struct str is a view: pointer and length, by value, never owned, no NUL behind it. struct buf owns its
 * bytes. Failure of a buf is sticky: after an allocation failed, appends do nothing and `failed` stays set,
 * so that a writer checks once at the end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *data;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

static inline struct str str_of(const char *z)
{
    return (struct str){z, z ? strlen(z) : 0};
}

static inline bool str_equal(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

/* The bytes [from, to) of data, which is NULL where there are none: no arithmetic on that. */
static inline struct str str_part(const char *data, size_t from, size_t to)
{
    return (struct str){from < to ? data + from : data, to - from};
}

/* Bytewise order, a prefix first: <0, 0, >0. */
int str_compare(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

struct buf {
    char *data;
    size_t len, cap;
    bool failed;
};

void buf_release(struct buf *b);
/* Empty again, memory kept. */
void buf_clear(struct buf *b);
/* Room for `more` bytes beyond len; false (and sticky failure) when there is none. */
bool buf_reserve(struct buf *b, size_t more);
void buf_add(struct buf *b, const void *data, size_t len);
void buf_add_str(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_add_u64(struct buf *b, uint64_t value);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Eight bytes at once: not 0 when one of them is 0. */
static inline uint64_t swar_zero(uint64_t x)
{
    return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

/* Not 0 when one of eight bytes is a quote, a backslash or a control: what parts a JSON string. */
static inline uint64_t json_special(uint64_t x)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t controls = (x - ones * 0x20) & ~x & (ones * 0x80);
    return controls | swar_zero(x ^ ones * '"') | swar_zero(x ^ ones * '\\');
}

/* As a JSON string with its quotes; s is valid UTF-8. Escapes only what RFC 8259 demands, and U+2028/2029. */
void buf_add_json(struct buf *b, struct str s);

/*
 * Length of the valid UTF-8 sequence at p (1-4) and its code point, or 0 when the bytes at p are not valid
 * UTF-8 (overlong forms, surrogates and values over U+10FFFF are not valid).
 */
unsigned utf8_decode(const uint8_t *p, const uint8_t *end, uint32_t *code_point);
/* Writes 1-4 bytes. */
unsigned utf8_encode(uint32_t code_point, uint8_t *out);
