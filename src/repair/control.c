// control.c - characters that are not seen, and letters in pieces. Contract in part.h.
//
// In:  a text and a place that the scan found. Out: the span to replace there, and by what.
//
//  - C0 controls and DEL go, with terminal escape sequences; CR LF, CR, vertical tab, form feed and the
//    Unicode line and paragraph separators become a line feed.
//  - C1 controls that windows-1252 has a character for become it. The five that it has none for stay. Beside
//    other controls they are none of its characters, and go.
//  - Invisible characters go: soft hyphen, zero-width space, byte order mark, word joiner, annotation and
//    object marks, deprecated format controls, noncharacters. Some are needed: the joiners between letters of
//    Arabic and Indic scripts and in emoji, the zero-width space in scripts written without blanks (where
//    it parts words), direction marks in texts with right-to-left letters.
//  - A letter followed by combining marks that has a form of its own becomes it (NFC, by utf8proc, on that
//    letter alone).
//  - U+FFFD and U+001A (SUBSTITUTE) stay: what stood there is gone. It is reported. At the very end U+001A is
//    the mark that ended files of DOS, and goes.

#include "repair/part.h"

#include "text/unicode.h"

#include <utf8proc.h>

enum { MAX_MARKS = 30, MAX_ESCAPE = 16 };

static unsigned next_at(const uint8_t *text, size_t len, size_t at, uint32_t *c)
{
    *c = 0;
    if (at >= len) {
        return 0;
    }
    unsigned n = unicode_decode(text + at, len - at, c);
    return n ? n : 1;
}

static uint32_t before_at(const uint8_t *text, size_t len, size_t at, size_t *start)
{
    uint32_t c;
    if (at == 0) {
        *start = 0;
        return 0;
    }
    size_t s = at - 1;
    while (s > 0 && at - s < 4 && (text[s] & 0xc0) == 0x80) {
        s--;
    }
    *start = s;
    next_at(text, len, s, &c);
    return c;
}

static bool is_rtl(uint32_t c)
{
    return (c >= 0x590 && c < 0x8ff) || (c >= 0xfb1d && c < 0xfe00) || (c >= 0xfe70 && c < 0xfeff) ||
           (c >= 0x10800 && c < 0x11000) || (c >= 0x1e800 && c < 0x1f000);
}

static bool has_rtl(const uint8_t *text, size_t len, int *rtl)
{
    if (*rtl == 0) {
        *rtl = 2;
        for (size_t i = 0; i < len && *rtl == 2; i++) {
            uint32_t c;
            // All of them begin with D6-DF, E0 A0-A3, EF AC-BB or F0.
            if (text[i] >= 0xd6 && (text[i] < 0xe1 || text[i] >= 0xef)) {
                unsigned n = next_at(text, len, i, &c);
                *rtl = is_rtl(c) && c != 0x61c ? 1 : 2;
                i += n - 1;
            }
        }
    }
    return *rtl == 1;
}

// Letters of scripts whose shapes depend on their neighbours.
static bool is_joining(uint32_t c)
{
    return (c >= 0x600 && c < 0x8ff) || (c >= 0x900 && c < 0x0e00) || (c >= 0xf00 && c < 0x10a0) ||
           (c >= 0x1780 && c < 0x18b0) || (c >= 0x1a00 && c < 0x1c00) || (c >= 0xa800 && c < 0xabff) ||
           (c >= 0x10a00 && c < 0x12000);
}

static bool is_pictogram(uint32_t c)
{
    return (c >= 0x2190 && c < 0x2c00) || c == 0xfe0f || c == 0x20e3 || (c >= 0x1f000 && c < 0x1fb00) ||
           c == 0xa9 || c == 0xae || (c >= 0xe0020 && c < 0xe0080) || c == 0x200d;
}

// Thai to Burmese, Khmer: no blanks between words.
static bool is_solid(uint32_t c)
{
    return (c >= 0xe00 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800) || (c >= 0x1950 && c < 0x1ab0);
}

static bool is_needed(const uint8_t *text, size_t len, size_t at, unsigned n, uint32_t c, int *rtl)
{
    size_t start;
    uint32_t after;
    uint32_t before = before_at(text, len, at, &start);
    next_at(text, len, at + n, &after);
    switch (c) {
    case 0x200b:
        return is_solid(before) || is_solid(after);
    case 0x200c:
        return is_joining(before);
    case 0x200d:
        return is_joining(before) || (is_pictogram(before) && is_pictogram(after));
    case 0x200e:
    case 0x200f:
    case 0x61c:
        return has_rtl(text, len, rtl);
    default:
        return ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) && has_rtl(text, len, rtl);
    }
}

static bool is_invisible(uint32_t c)
{
    return c == 0xad || c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffc) ||
           (c & 0xfffe) == 0xfffe;
}

// The length of a terminal escape sequence (ECMA-48, CSI) at text + at, or 1.
static size_t escape_len(const uint8_t *text, size_t len, size_t at)
{
    size_t i = at + 2;
    if (text[at] != 0x1b || at + 2 >= len || text[at + 1] != '[') {
        return 1;
    }
    while (i < len && i - at < MAX_ESCAPE && text[i] >= 0x20 && text[i] < 0x40) {
        i++;
    }
    return i < len && text[i] >= 0x40 && text[i] < 0x7f ? i + 1 - at : 1;
}

// A combining mark, or a part of a Hangul syllable: NFC of it with what it stands on.
static void compose(const uint8_t *text, size_t len, size_t at, struct repair_control *r)
{
    utf8proc_int32_t points[MAX_MARKS * 4 + 8];
    uint32_t c;
    size_t start;
    size_t end = at;
    size_t n_marks = 0;
    if (before_at(text, len, at, &start) < 0x41) {
        return;
    }
    for (unsigned n = 0; n_marks < MAX_MARKS; n_marks++) {
        n = next_at(text, len, end, &c);
        bool jamo = c >= 0x1100 && c < 0x1200;
        bool mark = n && (jamo || utf8proc_get_property((utf8proc_int32_t)c)->combining_class > 0 ||
                          c == 0x3099 || c == 0x309a);
        if (!mark) {
            break;
        }
        end += n;
    }
    if (end == at) {
        return;
    }
    utf8proc_ssize_t n =
        utf8proc_decompose(text + start, (utf8proc_ssize_t)(end - start), points,
                           (utf8proc_ssize_t)(sizeof points / sizeof points[0]), UTF8PROC_COMPOSE);
    if (n <= 0 || n > (utf8proc_ssize_t)(sizeof points / sizeof points[0])) {
        return;
    }
    n = utf8proc_normalize_utf32(points, n, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    uint32_t to_len = 0;
    for (utf8proc_ssize_t i = 0; i < n; i++) {
        if (to_len + 4 > sizeof r->to) {
            return;
        }
        to_len += utf8_encode((uint32_t)points[i], (uint8_t *)r->to + to_len);
    }
    if (n > 0 && (to_len != end - start || memcmp(r->to, text + start, to_len) != 0)) {
        r->start = start;
        r->end = end;
        r->to_len = to_len;
        r->rule = COPYDESK_CONTROL_CHARACTERS;
        r->score = REPAIR_CERTAIN;
    }
}

static void replace(struct repair_control *r, enum copydesk_rule rule, size_t start, size_t end, uint32_t by)
{
    r->start = start;
    r->end = end;
    r->rule = rule;
    r->score = REPAIR_CERTAIN;
    r->to_len = by ? utf8_encode(by, (uint8_t *)r->to) : 0;
}

// The mark that ended files of DOS: nothing but white space follows, and no word that it may be the end of
// stands before.
static bool is_end_mark(const uint8_t *text, size_t len, size_t at)
{
    uint8_t before = at > 0 ? text[at - 1] : ' ';
    if (before >= 0x80 || (unsigned)((before | 0x20) - 'a') < 26) {
        return false;
    }
    while (at < len && (text[at] == 0x1a || text[at] == ' ' || text[at] - 9u < 5)) {
        at++;
    }
    return at == len;
}

// A control other than white space stands beside it: keys that were pressed, bytes of something else, no
// text of windows-1252.
static bool is_among_controls(const uint8_t *text, size_t len, size_t at, size_t end)
{
    uint8_t before = at > 0 ? text[at - 1] : ' ';
    uint8_t after = end < len ? text[end] : ' ';
    return (before < 0x20 && before - 9u >= 5) || (after < 0x20 && after - 9u >= 5);
}

void control_at(const uint8_t *text, size_t len, size_t at, int *rtl, struct repair_control *r)
{
    uint32_t c;
    unsigned n = next_at(text, len, at, &c);
    r->start = r->end = at;
    r->to_len = 0;
    r->breaks = false;
    if (c == 0x1a && is_end_mark(text, len, at)) {
        replace(r, COPYDESK_CONTROL_CHARACTERS, at, at + n, 0);
    } else if (c == 0x1a || c == 0xfffd) {
        replace(r, COPYDESK_INVALID_UTF8, at, at + n, c); // both stand for a character that was lost
        r->score = REPAIR_LOST;
    } else if (c < 0x20 || c == 0x7f) {
        bool line = (c >= 0x0b && c <= 0x0d) && !(c == '\r' && at + 1 < len && text[at + 1] == '\n');
        replace(r, COPYDESK_CONTROL_CHARACTERS, at, at + escape_len(text, len, at), line ? '\n' : 0);
    } else if (c - 0x80 < 0x20) {
        uint32_t meant = markup_windows_1252(c);
        if (is_among_controls(text, len, at, at + n)) {
            replace(r, COPYDESK_CONTROL_CHARACTERS, at, at + n, 0);
        } else if (meant != c) {
            replace(r, COPYDESK_C1_CONTROLS, at, at + n, meant);
            r->score = REPAIR_LIKELY;
        }
    } else if (c == 0x2028 || c == 0x2029) {
        replace(r, COPYDESK_CONTROL_CHARACTERS, at, at + n, '\n');
    } else if (is_invisible(c)) {
        if (!is_needed(text, len, at, n, c, rtl)) {
            replace(r, COPYDESK_CONTROL_CHARACTERS, at, at + n, 0);
        }
    } else {
        compose(text, len, at, r);
    }
}
