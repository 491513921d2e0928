// str.c - byte views and a growing buffer. Contracts in str.h.

#include "base/str.h"

#include "base/mem.h"

#include <stdarg.h>
#include <stdio.h>
#if defined(__SSE2__)
#include <immintrin.h>
#endif

int str_compare(struct str a, struct str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.data, b.data, shorter) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && (prefix.len == 0 || memcmp(s.data, prefix.data, prefix.len) == 0);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.data + s.len - suffix.len, suffix.data, suffix.len) == 0);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
    while (s.len && is_space(s.data[0])) {
        s.data++;
        s.len--;
    }
    while (s.len && is_space(s.data[s.len - 1])) {
        s.len--;
    }
    return s;
}

void buf_release(struct buf *b)
{
    mem_free(b->data);
    *b = (struct buf){0};
}

void buf_clear(struct buf *b)
{
    b->len = 0;
}

bool buf_reserve(struct buf *b, size_t more)
{
    if (b->failed) {
        return false;
    }
    if (b->cap - b->len >= more) {
        return true;
    }
    void *data = b->data;
    if (more > SIZE_MAX - b->len || !mem_grow(&data, &b->cap, b->len + more, 1)) {
        b->failed = true;
        return false;
    }
    b->data = data;
    return true;
}

void buf_add(struct buf *b, const void *data, size_t len)
{
    if (len && buf_reserve(b, len)) {
        memcpy(b->data + b->len, data, len);
        b->len += len;
    }
}

void buf_add_str(struct buf *b, struct str s)
{
    buf_add(b, s.data, s.len);
}

void buf_add_char(struct buf *b, char c)
{
    if (b->len < b->cap && !b->failed) {
        b->data[b->len++] = c;
        return;
    }
    buf_add(b, &c, 1);
}

void buf_add_u64(struct buf *b, uint64_t value)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    buf_add(b, digits + at, sizeof digits - at);
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    va_list again;
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (need > 0 && buf_reserve(b, (size_t)need + 1)) {
        vsnprintf(b->data + b->len, (size_t)need + 1, format, again);
        b->len += (size_t)need;
    }
    va_end(again);
}

// Bytes that cannot stand in a JSON string as they are; 0xE2 starts U+2028/2029 (line ends to JavaScript).
static bool json_plain(uint8_t c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0xE2;
}

static void add_json_escape(struct buf *b, uint8_t c)
{
    static const char hex[] = "0123456789abcdef";
    static const char shorts[32] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f', ['\r'] = 'r'};
    if (c == '"' || c == '\\') {
        char two[2] = {'\\', (char)c};
        buf_add(b, two, 2);
    } else if (shorts[c]) {
        char two[2] = {'\\', shorts[c]};
        buf_add(b, two, 2);
    } else {
        char six[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        buf_add(b, six, 6);
    }
}

// U+2028 or U+2029 stands at p.
static bool is_line_sign(const uint8_t *p, const uint8_t *end)
{
    return end - p >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9);
}

#if defined(__SSE2__)
// Bit i: byte i of 16 is not json_plain().
static unsigned not_plain(const uint8_t *p)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(0x1f)), v);
    __m128i sign =
        _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')), _mm_cmpeq_epi8(v, _mm_set1_epi8('\\')));
    __m128i line = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xE2));
    return (unsigned)_mm_movemask_epi8(_mm_or_si128(_mm_or_si128(control, sign), line));
}
#endif

// The first byte that JSON wants written otherwise, or end.
static const uint8_t *skip_plain(const uint8_t *p, const uint8_t *end)
{
#if defined(__SSE2__)
    for (; end - p >= 16; p += 16) {
        for (unsigned found = not_plain(p); found; found &= found - 1) {
            const uint8_t *at = p + __builtin_ctz(found);
            if (*at != 0xE2 || is_line_sign(at, end)) {
                return at;
            }
        }
    }
#else
    for (uint64_t eight; end - p >= 8; p += 8) {
        memcpy(&eight, p, sizeof eight);
        if (json_special(eight) | swar_zero(eight ^ UINT64_C(0xE2E2E2E2E2E2E2E2))) {
            break;
        }
    }
#endif
    while (p < end && (json_plain(*p) || (*p == 0xE2 && !is_line_sign(p, end)))) {
        p++;
    }
    return p;
}

void buf_add_json(struct buf *b, struct str s)
{
    const uint8_t *p = (const uint8_t *)s.data;
    const uint8_t *end = s.len ? p + s.len : p;
    buf_add_char(b, '"');
    while (p < end) {
        const uint8_t *run = p;
        p = skip_plain(p, end);
        buf_add(b, run, (size_t)(p - run));
        if (p == end) {
            break;
        }
        if (*p != 0xE2) {
            add_json_escape(b, *p++);
        } else {
            buf_add(b, p[2] == 0xA8 ? "\\u2028" : "\\u2029", 6);
            p += 3;
        }
    }
    buf_add_char(b, '"');
}

static bool is_tail(uint8_t c)
{
    return (c & 0xC0) == 0x80;
}

unsigned utf8_decode(const uint8_t *p, const uint8_t *end, uint32_t *code_point)
{
    size_t left = (size_t)(end - p);
    if (left == 0) {
        return 0;
    }
    if (p[0] < 0x80) {
        *code_point = p[0];
        return 1;
    }
    if (p[0] >= 0xC2 && p[0] <= 0xDF && left >= 2 && is_tail(p[1])) {
        *code_point = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    }
    if ((p[0] & 0xF0) == 0xE0 && left >= 3 && is_tail(p[1]) && is_tail(p[2])) {
        uint32_t c = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        *code_point = c;
        return c >= 0x800 && (c < 0xD800 || c > 0xDFFF) ? 3 : 0;
    }
    if ((p[0] & 0xF8) == 0xF0 && left >= 4 && is_tail(p[1]) && is_tail(p[2]) && is_tail(p[3])) {
        uint32_t c = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                     (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        *code_point = c;
        return c >= 0x10000 && c <= 0x10FFFF ? 4 : 0;
    }
    return 0;
}

unsigned utf8_encode(uint32_t c, uint8_t *out)
{
    if (c < 0x80) {
        out[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (uint8_t)(0xC0 | c >> 6);
        out[1] = (uint8_t)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (uint8_t)(0xE0 | c >> 12);
        out[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
        out[2] = (uint8_t)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (uint8_t)(0xF0 | c >> 18);
    out[1] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    out[2] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    out[3] = (uint8_t)(0x80 | (c & 0x3F));
    return 4;
}
