/*
 * html_words.c - words of articles, fit to stand in a page.
 *
 * Everything passes through report_add_plain() first, so there is no control character, no mark that turns
 * the direction of text, no byte that is no UTF-8. What is left must not end the element it stands in:
 * JSON inside <script type="application/json"> has <, > and & as \u003c and so on (no </script>, no <!--),
 * HTML has references. The page puts strings from JSON into text nodes only.
 */
#include "write/html.h"

void html_add_lines(struct buf *out, struct str text, size_t most)
{
    size_t left = most;

    for (size_t at = 0; at < text.len;) {
        const char *end = memchr(text.data + at, '\n', text.len - at);
        size_t len = end ? (size_t)(end - text.data) - at : text.len - at;
        size_t chars = 0;
        struct str line = {text.data + at, len};
        size_t cr = len > 0 && end && line.data[len - 1] == '\r';

        line.len -= cr;
        for (size_t i = 0; i < line.len && chars <= left; i++) {
            chars += ((unsigned char)line.data[i] & 0xC0) != 0x80;
        }
        report_add_plain(out, line, left);
        if (chars >= left) {
            if (chars == left && at + len < text.len) {
                buf_add(out, "\xE2\x80\xA6", 3);
            }
            return;
        }
        left -= chars + 1;
        at += len + 1;
        if (end) {
            buf_add_char(out, '\n');
        }
        if (left == 0 && at < text.len) {
            buf_add(out, "\xE2\x80\xA6", 3);
            return;
        }
    }
}

void html_add_json(struct buf *out, struct str plain)
{
    size_t from = 0;

    buf_add_char(out, '"');
    for (size_t i = 0; i < plain.len; i++) {
        unsigned char c = (unsigned char)plain.data[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != 0xE2) {
            continue;
        }
        // U+2028 and U+2029 end a line in JavaScript: E2 80 A8, E2 80 A9.
        bool separator = c == 0xE2 && plain.len - i >= 3 && (unsigned char)plain.data[i + 1] == 0x80 &&
                         ((unsigned char)plain.data[i + 2] & 0xFE) == 0xA8;
        if (c == 0xE2 && !separator) {
            continue;
        }
        buf_add(out, plain.data + from, i - from);
        if (c == '\n') {
            buf_add(out, "\\n", 2);
        } else if (separator) {
            buf_printf(out, "\\u%04x", 0x2000u + ((unsigned char)plain.data[i + 2] & 0x3F));
            i += 2;
        } else {
            buf_printf(out, "\\u%04x", c);
        }
        from = i + 1;
    }
    buf_add(out, plain.data ? plain.data + from : "", plain.len - from);
    buf_add_char(out, '"');
}

void html_add_text(struct buf *out, struct str plain)
{
    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.data[i];
        if (c == '<' || c == '>' || c == '&' || c == '"' || c == '\'') {
            buf_printf(out, "&#%d;", c);
        } else {
            buf_add_char(out, c);
        }
    }
}

void html_add_json_of(struct buf *out, struct str text, size_t most)
{
    struct buf plain = {0};

    report_add_plain(&plain, text, most);
    html_add_json(out, (struct str){plain.data, plain.len});
    out->failed = out->failed || plain.failed;
    buf_release(&plain);
}

void html_add_text_of(struct buf *out, struct str text, size_t most)
{
    struct buf plain = {0};

    report_add_plain(&plain, text, most);
    html_add_text(out, (struct str){plain.data, plain.len});
    out->failed = out->failed || plain.failed;
    buf_release(&plain);
}
