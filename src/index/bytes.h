/*
 * bytes.h - numbers in byte streams: little-endian, unaligned; and a reader that cannot run over the end.
 */
#pragma once

#include "base/str.h"

static inline uint16_t bytes_u16(const void *p)
{
    uint16_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

static inline uint32_t bytes_u32(const void *p)
{
    uint32_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

static inline uint64_t bytes_u64(const void *p)
{
    uint64_t x;
    memcpy(&x, p, sizeof x);
    return x;
}

/* Sticky failure, as in struct buf: what is read beyond the end is zero. */
struct reader {
    const char *at, *end;
    bool failed;
};

static inline struct reader reader_of(struct str s)
{
    const char *data = s.len ? s.data : ""; /* no arithmetic on NULL */
    return (struct reader){data, data + s.len, false};
}

static inline struct str reader_take(struct reader *r, size_t len)
{
    if (r->failed || len > (size_t)(r->end - r->at)) {
        r->failed = true;
        return (struct str){"", 0};
    }
    struct str s = {r->at, len};
    r->at += len;
    return s;
}

static inline uint64_t reader_number(struct reader *r, size_t bytes)
{
    uint64_t x = 0;
    struct str s = reader_take(r, bytes);
    memcpy(&x, s.data, s.len);
    return x;
}

static inline uint32_t reader_u32(struct reader *r)
{
    return (uint32_t)reader_number(r, 4);
}

static inline uint64_t reader_u64(struct reader *r)
{
    return reader_number(r, 8);
}
