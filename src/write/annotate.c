// annotate.c - a record and its verdict in one line. Contract in annotate.h.

#include "write/annotate.h"

#define ADD(out, literal) buf_add(out, literal, sizeof(literal) - 1)

static const char name[] = "\"copydesk\"";

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Behind the string that begins at p.
static const char *skip_string(const char *p, const char *end)
{
    for (p++; p < end && *p != '"'; p++) {
        p += *p == '\\';
    }
    return p < end ? p + 1 : end;
}

// Behind the value that begins at p, of valid JSON: at the comma or the bracket that ends it.
static const char *skip_value(const char *p, const char *end)
{
    unsigned depth = 0;
    while (p < end) {
        if (*p == '"') {
            p = skip_string(p, end);
            continue;
        }
        if (depth == 0 && (*p == ',' || *p == '}')) {
            return p;
        }
        depth += *p == '{' || *p == '[';
        depth -= *p == '}' || *p == ']';
        p++;
    }
    return end;
}

// Whether a key, with its quotes, reads `copydesk`: also when letters of it are written as escapes.
static bool is_ours(const char *key, size_t len)
{
    const char *end = key + len - 1;
    const char *want = name + 1;
    for (key++; key < end; want++) {
        char c = *key;
        unsigned step = 1;
        if (c == '\\' && end - key >= 6 && memcmp(key, "\\u00", 4) == 0) {
            // Letters are 61 to 7a.
            unsigned low = (unsigned char)key[5];
            low = low <= '9' ? low - '0' : (low | 0x20) - 'a' + 10;
            c = (char)((key[4] - '0') * 16 + (int)low);
            step = 6;
        }
        if (c == '"' || c != *want) {
            return false;
        }
        key += step;
    }
    return *want == '"';
}

// Whether a member of that name may be there. Quotes and backslashes are few: they are gone through rather
// than all bytes.
static bool may_be_ours(struct str members)
{
    const char *end = members.data + members.len;
    const char *p = members.data;
    for (; p < end && (p = memchr(p, '"', (size_t)(end - p))); p++) {
        if ((size_t)(end - p) >= sizeof name - 1 && memcmp(p, name, sizeof name - 1) == 0) {
            return true;
        }
    }
    // An escape of one of its letters begins so.
    for (p = members.data; p < end && (p = memchr(p, '\\', (size_t)(end - p))); p++) {
        if (end - p > 5 && memcmp(p, "\\u00", 4) == 0 && (p[4] == '6' || p[4] == '7')) {
            return true;
        }
    }
    return false;
}

// The record without members called `copydesk`.
static void add_without(struct buf *out, struct str record)
{
    const char *end = record.data + record.len;
    const char *p = memchr(record.data, '{', record.len);
    const char *from = record.data; // what is not yet added
    bool first = true;              // no member stands before this one
    p = p ? p + 1 : end;
    while (p < end) {
        const char *start = p; // of the member, white space included
        while (p < end && is_blank(*p)) {
            p++;
        }
        if (p >= end || *p != '"') {
            break;
        }
        const char *key = p;
        p = skip_string(p, end);
        bool out_with_it = is_ours(key, (size_t)(p - key));
        p = skip_value(p, end);
        bool more = p < end && *p == ',';
        if (out_with_it) {
            // With the comma before it; of the first member, with the one behind it.
            const char *cut = first ? start : start - 1;
            buf_add(out, from, (size_t)(cut - from));
            from = first && more ? p + 1 : p;
        } else {
            first = false;
        }
        p += more;
    }
    buf_add(out, from, (size_t)(end - from));
}

static void add_body(struct buf *out, const struct copydesk_verdict *verdict, bool redelivered)
{
    ADD(out, "{\"action\":\"");
    buf_add_str(out, str_of(write_verdict_action(verdict)));
    ADD(out, "\",\"cluster\":");
    write_json_string(out, write_str(verdict->cluster));
    ADD(out, ",\"redelivered\":");
    if (redelivered) {
        ADD(out, "true");
    } else {
        ADD(out, "false");
    }
    write_verdict_findings(out, verdict);
}

void write_annotated(struct buf *out, struct str record, const struct copydesk_verdict *verdict,
                     bool redelivered)
{
    const char *close = memrchr(record.data, '}', record.len);
    const char *end = record.data + record.len;
    if (!close) {
        return; // an object has one
    }
    struct str members = {record.data, (size_t)(close - record.data)};
    size_t start = out->len;
    if (may_be_ours(members)) {
        add_without(out, members);
    } else {
        buf_add_str(out, members);
    }
    while (!out->failed && out->len > start && is_blank(out->data[out->len - 1])) {
        out->len--;
    }
    if (!out->failed && out->data[out->len - 1] != '{') {
        buf_add_char(out, ',');
    }
    buf_add(out, name, sizeof name - 1);
    buf_add_char(out, ':');
    add_body(out, verdict, redelivered);
    buf_add_char(out, '}');
    buf_add(out, close, (size_t)(end - close));
    buf_add_char(out, '\n');
}

void write_annotated_bad(struct buf *out, struct str line, const struct copydesk_verdict *verdict)
{
    buf_add_char(out, '{');
    buf_add(out, name, sizeof name - 1);
    buf_add_char(out, ':');
    add_body(out, verdict, false);
    if (write_is_utf8(line)) {
        ADD(out, ",\"raw\":");
        buf_add_json(out, line);
    } else {
        ADD(out, ",\"base64\":\"");
        write_base64(out, line);
        buf_add_char(out, '"');
    }
    ADD(out, "}}\n");
}
