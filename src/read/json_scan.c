/*
 * json_scan.c - the slow path of reading JSON: where a record is broken, and numbers as they are written.
 *
 * In:  one record of valid UTF-8. Out: the values of the named fields, or a reason and its place.
 *
 * A plain checker of RFC 8259, byte by byte, without recursion: one bit for each open bracket says whether it
 * is an object. It runs only on records that simdjson refuses, and on the few whose id is a number other than
 * a 64-bit integer. Strings are unescaped on the way, but only where they are names or values of the
 * outermost object.
 *
 * Limits: 1,024 nested brackets, as in simdjson.
 */
#include "article.h"
#include "read/json.h"

#define MAX_DEPTH 1024

struct scan {
    const char *start, *p, *end;
    uint8_t is_object[MAX_DEPTH / 8];
    size_t depth;
    const char *reason; // not NULL: stop
    const char *place;
};

static void fail(struct scan *s, const char *place, const char *reason)
{
    if (!s->reason) {
        s->reason = reason;
        s->place = place;
    }
}

static void skip_space(struct scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r')) {
        s->p++;
    }
}

// Four hex digits, or -1.
static long hex4(const char *p, const char *end)
{
    long value = 0;

    if (end - p < 4) {
        return -1;
    }
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0) {
            return -1;
        }
        value = value * 16 + digit;
    }
    return value;
}

// \uXXXX, with its other half where it is a surrogate; s->p stands on the backslash.
static void scan_unicode(struct scan *s, struct buf *out)
{
    const char *place = s->p;
    long high = hex4(s->p + 2, s->end);
    long low;
    uint8_t bytes[4];

    if (high < 0) {
        fail(s, place, "an escape in a string is wrong: four hex digits belong behind \\u");
        return;
    }
    s->p += 6;
    if (high >= 0xd800 && high < 0xe000) {
        low = s->end - s->p >= 6 && s->p[0] == '\\' && s->p[1] == 'u' ? hex4(s->p + 2, s->end) : -1;
        if (high >= 0xdc00 || low < 0xdc00 || low >= 0xe000) {
            fail(s, place, "half a surrogate pair stands alone in a string");
            return;
        }
        s->p += 6;
        high = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
    }
    if (out) {
        buf_add(out, bytes, utf8_encode((uint32_t)high, bytes));
    }
}

static void scan_escape(struct scan *s, struct buf *out)
{
    static const char from[] = "\"\\/bfnrt";
    static const char to[] = "\"\\/\b\f\n\r\t";
    const char *found;

    if (s->end - s->p < 2) {
        fail(s, s->p, "a string has no closing quote");
    } else if (s->p[1] == 'u') {
        scan_unicode(s, out);
    } else if (s->p[1] != '\0' && (found = strchr(from, s->p[1]))) {
        if (out) {
            buf_add_char(out, to[found - from]);
        }
        s->p += 2;
    } else {
        fail(s, s->p, "a string has an escape that JSON does not know");
    }
}

// s->p stands on the opening quote. The text is appended to out unless that is NULL.
static void scan_string(struct scan *s, struct buf *out)
{
    const char *place = s->p++;
    const char *from;

    while (!s->reason) {
        from = s->p;
        for (uint64_t eight; s->end - s->p >= 8; s->p += 8) {
            memcpy(&eight, s->p, sizeof eight);
            if (json_special(eight)) {
                break;
            }
        }
        while (s->p < s->end && *s->p != '"' && *s->p != '\\' && (uint8_t)*s->p >= 0x20) {
            s->p++;
        }
        if (out) {
            buf_add(out, from, (size_t)(s->p - from));
        }
        if (s->p >= s->end) {
            fail(s, place, "a string has no closing quote");
        } else if (*s->p == '"') {
            s->p++;
            return;
        } else if (*s->p == '\\') {
            scan_escape(s, out);
        } else {
            fail(s, s->p, "a control character stands in a string");
        }
    }
}

static bool digits(struct scan *s)
{
    const char *from = s->p;

    while (s->p < s->end && *s->p >= '0' && *s->p <= '9') {
        s->p++;
    }
    return s->p > from;
}

static void scan_number(struct scan *s)
{
    const char *place = s->p;
    bool good;

    s->p += *s->p == '-';
    if (s->p < s->end && *s->p == '0') {
        s->p++;
        good = true;
    } else {
        good = digits(s);
    }
    if (good && s->p < s->end && *s->p == '.') {
        s->p++;
        good = digits(s);
    }
    if (good && s->p < s->end && (*s->p == 'e' || *s->p == 'E')) {
        s->p++;
        s->p += s->p < s->end && (*s->p == '+' || *s->p == '-');
        good = digits(s);
    }
    if (!good) {
        fail(s, place, "a number is not written as JSON wants it");
    }
}

static bool scan_word(struct scan *s, struct str word)
{
    if ((size_t)(s->end - s->p) < word.len || memcmp(s->p, word.data, word.len) != 0) {
        return false;
    }
    s->p += word.len;
    return true;
}

static bool in_object(const struct scan *s)
{
    return s->depth > 0 && (s->is_object[(s->depth - 1) / 8] >> ((s->depth - 1) % 8) & 1);
}

static void open_bracket(struct scan *s)
{
    uint8_t bit = (uint8_t)(1u << (s->depth % 8));

    if (s->depth == MAX_DEPTH) {
        fail(s, s->p, "brackets are nested too deep");
        return;
    }
    if (*s->p == '{') {
        s->is_object[s->depth / 8] |= bit;
    } else {
        s->is_object[s->depth / 8] &= (uint8_t)~bit;
    }
    s->depth++;
    s->p++;
}

// A value that is no bracket. The type tells callers what it was.
static enum json_type scan_plain(struct scan *s, struct buf *out)
{
    if (s->p >= s->end) {
        fail(s, s->p, "the record ends too soon");
    } else if (*s->p == '"') {
        scan_string(s, out);
        return JSON_STRING;
    } else if (*s->p == '-' || (*s->p >= '0' && *s->p <= '9')) {
        scan_number(s);
        return JSON_NUMBER;
    } else if (scan_word(s, STR("null"))) {
        return JSON_ABSENT;
    } else if (!scan_word(s, STR("true")) && !scan_word(s, STR("false"))) {
        fail(s, s->p, "a value is missing or is no JSON value");
    }
    return JSON_OTHER;
}

// A name and its colon; at the outermost level the number of the field it names, else -1.
static int scan_name(struct scan *s, const struct field_names *names, struct buf *memory)
{
    size_t mark = memory->len;
    int field = -1;

    skip_space(s);
    if (s->p >= s->end) {
        fail(s, s->p, "the record ends too soon");
        return -1;
    }
    if (*s->p != '"') {
        fail(s, s->p, "a name in quotes belongs here");
        return -1;
    }
    scan_string(s, s->depth == 1 ? memory : NULL);
    if (s->depth == 1 && !memory->failed) {
        field = field_find(names, memory->data + mark, memory->len - mark);
    }
    memory->len = mark;
    skip_space(s);
    if (s->p >= s->end) {
        fail(s, s->p, "the record ends too soon");
    } else if (*s->p != ':') {
        fail(s, s->p, "a colon belongs behind a name");
    } else {
        s->p++;
    }
    return field;
}

static bool closes(const struct scan *s)
{
    return s->p < s->end && *s->p == (in_object(s) ? '}' : ']');
}

// Behind a value: commas and closing brackets, up to the next value. false: the record is complete.
static bool scan_between(struct scan *s)
{
    while (s->depth > 0 && !s->reason) {
        skip_space(s);
        if (s->p >= s->end) {
            fail(s, s->p, "the record ends too soon");
        } else if (closes(s)) {
            s->p++;
            s->depth--;
        } else if (*s->p == ',') {
            s->p++;
            return true;
        } else {
            fail(s, s->p, in_object(s) ? "a comma or } belongs here" : "a comma or ] belongs here");
        }
    }
    return false;
}

static void scan_record(struct scan *s, const struct field_names *names, struct json_value values[N_FIELDS],
                        struct buf *memory)
{
    bool more = true;

    while (more && !s->reason) {
        int field = in_object(s) ? scan_name(s, names, memory) : -1;
        skip_space(s);
        if (s->reason) {
            return;
        }
        if (s->p < s->end && (*s->p == '{' || *s->p == '[')) {
            open_bracket(s);
            skip_space(s);
            if (field >= 0) {
                values[field] = (struct json_value){.type = JSON_OTHER};
            }
            more = closes(s) ? scan_between(s) : true;
        } else {
            const char *from = s->p;
            size_t mark = memory->len;
            enum json_type type = scan_plain(s, field >= 0 ? memory : NULL);
            if (field >= 0 && !memory->failed) {
                values[field].type = type;
                values[field].text = type == JSON_STRING
                                         ? (struct str){memory->data + mark, memory->len - mark}
                                     : type == JSON_NUMBER ? (struct str){from, (size_t)(s->p - from)}
                                                           : (struct str){NULL, 0};
                values[field].raw = (struct str){from, (size_t)(s->p - from)};
            }
            more = scan_between(s);
        }
    }
}

const char *json_scan(struct str record, const struct field_names *names, struct json_value values[N_FIELDS],
                      struct buf *memory, uint64_t *offset)
{
    struct scan s = {.start = record.data, .p = record.data, .end = record.data + record.len};

    for (int i = 0; i < N_FIELDS; i++) {
        values[i] = (struct json_value){.type = JSON_ABSENT};
    }
    *offset = 0;
    // Unescaped text is never longer than the record, so the buffer stays in place and views of it stay good.
    buf_clear(memory);
    if (!buf_reserve(memory, record.len + ARTICLE_PADDING)) {
        return NULL;
    }
    while (s.end > s.p && (s.end[-1] == '\n' || s.end[-1] == '\r')) {
        s.end--;
    }
    skip_space(&s);
    if (s.p < s.end && *s.p != '{') {
        fail(&s, s.p, "not a JSON object");
    }
    scan_record(&s, names, values, memory);
    skip_space(&s);
    if (!s.reason && s.p < s.end) {
        fail(&s, s.p, "more text stands behind the end of the object");
    }
    if (s.reason) {
        *offset = (uint64_t)(s.place - s.start);
    }
    return s.reason;
}
