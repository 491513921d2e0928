/*
 * json_walk.c - the fast path of reading JSON: one walk over a record as corpora have them.
 *
 * In:  one record. Out: the values of the named fields, or "unusual".
 *
 * A parser that first indexes all brackets and quotes of a record, as simdjson does, spends most of its time
 * inside the strings of an article, where there is nothing to find. This one goes from quote to quote: 32
 * bytes at a time it looks for a quote, a backslash or a control character. A string without escapes is given
 * as a view into the record; others are copied and unescaped on the way.
 *
 * It takes nothing on trust, and gives up rather than judge: whatever it does not accept for certain (broken
 * or just rare: escaped names, odd numbers, deep nesting) is unusual, and json_parse() reads that record from
 * the start. So there is one judge of what is valid, and what this walk accepts it reads as that judge does.
 *
 * The idea is that of simdjson's on-demand parser (Keiser and Lemire, 2023), without its index.
 */
#include "article.h"
#include "read/json.h"

#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET static inline __attribute__((target("avx2,bmi,bmi2")))

enum {
    MAX_DEPTH = 16,
    MAX_DIGITS = 18, /* any such number is a 64-bit integer or a double */
    STEP = 32,
    GIANT_BYTES = 4 << 20,
    USUAL_BYTES = 1 << 20,
};

#define BAD UINT32_MAX

struct walk {
    const char *p, *end;
    struct buf *room;
    __m256i seen; /* all bytes of strings, or-ed: has any its high bit? */
};

static bool is_digit(char c)
{
    return (unsigned char)(c - '0') < 10;
}

static void skip_space(struct walk *w)
{
    while (w->p < w->end && (*w->p == ' ' || *w->p == '\t' || *w->p == '\n' || *w->p == '\r')) {
        w->p++;
    }
}

/* The next character that is no white space, or 0. */
static char peek(struct walk *w)
{
    skip_space(w);
    return w->p < w->end ? *w->p : '\0';
}

/* The 32 bytes at p; bit i: byte i is a quote, a backslash or a control character. */
TARGET uint32_t look(struct walk *w, const char *p, __m256i *bytes)
{
    __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)p);
    __m256i quote = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('"'));
    __m256i escape = _mm256_cmpeq_epi8(v, _mm256_set1_epi8('\\'));
    __m256i control = _mm256_cmpeq_epi8(_mm256_min_epu8(v, _mm256_set1_epi8(0x1f)), v);
    w->seen = _mm256_or_si256(w->seen, v);
    *bytes = v;
    return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(_mm256_or_si256(quote, escape), control));
}

/* Goes on to the first of these characters; false: there is none in the record. */
TARGET bool to_special(struct walk *w)
{
    uint32_t found = 0;
    __m256i bytes;

    while (w->p < w->end && (found = look(w, w->p, &bytes)) == 0) {
        w->p += STEP;
    }
    w->p += found ? __builtin_ctz(found) : 0;
    return w->p < w->end;
}

/* The same, and copies what it passes. There is room for the whole record and a step. */
TARGET char *copy_to_special(struct walk *w, char *out)
{
    uint32_t found = 0;
    __m256i bytes;

    while (w->p < w->end) {
        found = look(w, w->p, &bytes);
        _mm256_storeu_si256((__m256i *)(void *)out, bytes);
        if (found) {
            break;
        }
        w->p += STEP;
        out += STEP;
    }
    w->p += found ? __builtin_ctz(found) : 0;
    out += found ? __builtin_ctz(found) : 0;
    return w->p < w->end ? out : NULL;
}

/* Four hex digits, or a number beyond all code points. */
static uint32_t hex4(const char *digits)
{
    uint32_t value = 0;

    for (int i = 0; i < 4; i++) {
        char c = (char)(digits[i] | 0x20);
        uint32_t digit = is_digit(digits[i])    ? (uint32_t)(digits[i] - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                                                : BAD;
        value = digit == BAD || value == BAD ? BAD : value * 16 + digit;
    }
    return value;
}

/* The \u at w->p, with its other half when it is a surrogate. */
static uint32_t read_code_point(struct walk *w)
{
    uint32_t c = hex4(w->p + 2);

    w->p += 6;
    if (c < 0xD800 || c >= 0xE000) {
        return c;
    }
    uint32_t low = w->p[0] == '\\' && w->p[1] == 'u' ? hex4(w->p + 2) : BAD;
    w->p += 6;
    return c < 0xDC00 && low >= 0xDC00 && low < 0xE000 ? 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00))
                                                       : BAD;
}

static char *put_code_point(char *out, uint32_t c)
{
    if (c < 0x80) {
        *out++ = (char)c;
        return out;
    }
    if (c < 0x800) {
        *out++ = (char)(0xC0 | c >> 6);
    } else {
        if (c < 0x10000) {
            *out++ = (char)(0xE0 | c >> 12);
        } else {
            *out++ = (char)(0xF0 | c >> 18);
            *out++ = (char)(0x80 | (c >> 12 & 0x3F));
        }
        *out++ = (char)(0x80 | (c >> 6 & 0x3F));
    }
    *out++ = (char)(0x80 | (c & 0x3F));
    return out;
}

/*
 * The escape at w->p, which is a backslash. NULL: unusual. Reads up to 12 bytes, of which some may lie
 * behind the record; then w->p comes to stand there too.
 */
static char *unescape(struct walk *w, char *out)
{
    static const char plain[256] = {['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b',
                                    ['f'] = '\f', ['n'] = '\n',  ['r'] = '\r', ['t'] = '\t'};
    uint32_t code_point;

    if (w->p[1] != 'u') {
        *out = plain[(uint8_t)w->p[1]];
        w->p += 2;
        return *out ? out + 1 : NULL;
    }
    code_point = read_code_point(w);
    return code_point == BAD ? NULL : put_code_point(out, code_point);
}

/* The rest of a string whose first escape is at w->p; `start` is where it begins. */
TARGET bool copy_string(struct walk *w, const char *start, struct str *text)
{
    size_t before = (size_t)(w->p - start);
    char *first = w->room->data + w->room->len;
    char *out = first + before;

    memcpy(first, start, before);
    while (*w->p == '\\') {
        out = unescape(w, out);
        out = out ? copy_to_special(w, out) : NULL;
        if (!out) {
            return false;
        }
    }
    *text = (struct str){first, (size_t)(out - first)};
    w->room->len += text->len;
    return *w->p++ == '"';
}

/* The string behind the quote at w->p. */
TARGET bool read_string(struct walk *w, struct str *text)
{
    const char *start = ++w->p;

    if (!to_special(w)) {
        return false;
    }
    if (*w->p == '\\') {
        return copy_string(w, start, text);
    }
    *text = (struct str){start, (size_t)(w->p - start)};
    return *w->p++ == '"';
}

static bool read_word(struct walk *w, const char *word, size_t len)
{
    bool is_there = (size_t)(w->end - w->p) >= len && memcmp(w->p, word, len) == 0;
    w->p += len;
    return is_there;
}

/* A number without exponent; *text only of an integer other than zero, which has two forms. */
static bool read_number(struct walk *w, struct str *text)
{
    const char *start = w->p;
    const char *whole = start + (*start == '-');
    const char *p = whole;

    while (p < w->end && is_digit(*p)) {
        p++;
    }
    if (p == whole || (*whole == '0' && p > whole + 1)) {
        return false;
    }
    *text = *whole != '0' ? (struct str){start, (size_t)(p - start)} : (struct str){0};
    if (p < w->end && *p == '.') {
        const char *fraction = ++p;
        while (p < w->end && is_digit(*p)) {
            p++;
        }
        *text = (struct str){0};
        if (p == fraction) {
            return false;
        }
    }
    w->p = p;
    return p < w->end && p - start <= MAX_DIGITS &&
           (*p == ',' || *p == '}' || *p == ']' || (uint8_t)*p <= ' ');
}

TARGET bool skip_value(struct walk *w, unsigned depth);

/* A list or an object; `close` is its last bracket. */
TARGET bool skip_nested(struct walk *w, char close, unsigned depth)
{
    struct str name;

    w->p++;
    if (peek(w) == close) {
        w->p++;
        return true;
    }
    for (;;) {
        if (close == '}') {
            if (peek(w) != '"' || !read_string(w, &name) || peek(w) != ':') {
                return false;
            }
            w->p++;
        }
        if (!skip_value(w, depth + 1)) {
            return false;
        }
        char c = peek(w);
        w->p++;
        if (c != ',') {
            return c == close;
        }
    }
}

TARGET bool read_value(struct walk *w, struct json_value *value, unsigned depth)
{
    char c = peek(w);

    *value = (struct json_value){.type = JSON_OTHER};
    switch (c) {
    case '"':
        value->type = JSON_STRING;
        value->raw.data = w->p;
        if (!read_string(w, &value->text)) {
            return false;
        }
        value->raw.len = (size_t)(w->p - value->raw.data);
        return true;
    case 'n':
        value->type = JSON_ABSENT;
        return read_word(w, "null", 4);
    case 't':
        return read_word(w, "true", 4);
    case 'f':
        return read_word(w, "false", 5);
    case '{':
    case '[':
        return depth < MAX_DEPTH && skip_nested(w, c == '{' ? '}' : ']', depth);
    default:
        value->type = JSON_NUMBER;
        return read_number(w, &value->text);
    }
}

TARGET bool skip_value(struct walk *w, unsigned depth)
{
    struct json_value value;

    return read_value(w, &value, depth);
}

/* One name and its value. */
TARGET bool read_member(struct walk *w, const struct field_names *names, struct json_value values[N_FIELDS])
{
    size_t room_len = w->room->len;
    struct json_value value;
    struct str name;
    int field;

    if (peek(w) != '"' || !read_string(w, &name) || w->room->len != room_len || peek(w) != ':') {
        return false;
    }
    w->p++;
    field = field_find(names, name.data, name.len);
    if (!read_value(w, &value, 0)) {
        return false;
    }
    if (field < 0) {
        w->room->len = room_len;
        return true;
    }
    values[field] = value;
    return true;
}

TARGET bool read_record(struct walk *w, const struct field_names *names, struct json_value values[N_FIELDS])
{
    char c = peek(w);

    w->p++;
    if (c != '{') {
        return false;
    }
    if (peek(w) == '}') {
        w->p++;
    } else {
        do {
            if (!read_member(w, names, values)) {
                return false;
            }
            c = peek(w);
            w->p++;
        } while (c == ',');
        if (c != '}') {
            return false;
        }
    }
    skip_space(w);
    return w->p == w->end;
}

__attribute__((target("avx2,bmi,bmi2"))) static bool
walk(struct str record, const struct field_names *names, struct json_value values[N_FIELDS], struct buf *room)
{
    struct walk w = {record.data, record.data + record.len, room, _mm256_setzero_si256()};

    return read_record(&w, names, values) && (_mm256_movemask_epi8(w.seen) == 0 || json_valid_utf8(record));
}
#endif

enum json_result json_walk(enum copydesk_cpu cpu, struct str record, const struct field_names *names,
                           struct json_value values[N_FIELDS], struct buf *room)
{
#if defined(__x86_64__)
    if (cpu < COPYDESK_CPU_AVX2) {
        return JSON_UNUSUAL;
    }
    if (room->cap > GIANT_BYTES && record.len <= USUAL_BYTES) {
        buf_release(room);
    }
    buf_clear(room);
    if (!buf_reserve(room, record.len + 2 * ARTICLE_PADDING)) {
        return JSON_NO_MEMORY;
    }
    for (int i = 0; i < N_FIELDS; i++) {
        values[i] = (struct json_value){.type = JSON_ABSENT};
    }
    return walk(record, names, values, room) ? JSON_OK : JSON_UNUSUAL;
#else
    (void)cpu;
    (void)record;
    (void)names;
    (void)values;
    (void)room;
    return JSON_UNUSUAL;
#endif
}
