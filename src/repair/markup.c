// markup.c - tags of HTML left in a text. Contract in part.h.
//
// In:  a text and the place of a <. Out: how many bytes go, and whether a line ends there.
//
// A tag is `<`, perhaps a slash, the name of an element of HTML, perhaps attributes, `>`. The names keep
// `a <b` and addresses in angle brackets out; attributes have to look like attributes (`name=value`, or one
// of the few that come without), which keeps out `if p <q and r> s`. Comments, doctypes and processing
// instructions go as a whole, and so do scripts and style sheets with what is in them.
//
// An opening tag without attributes may be a word in angle brackets, as in `name <address>`: unless its
// element is one of those that mean nothing else, its closing tag has to follow. Paragraphs are often left
// open: for `<p>` it is enough that it does not stand between blanks.
//
// Block elements part lines; the others leave nothing. Elements that only a word processor or a template
// engine writes are known by their prefix (`o:p`).
//
// A text about HTML keeps its samples. It speaks of HTML and has few tags; or one of them has dots for a
// value; or a document begins behind prose that has few.
//
// Limits: a text that speaks of HTML and was scraped with a few tags in it keeps those too. A tag that was
// cut off stays.

#include "repair/part.h"

#include <strings.h>

enum { MAX_TAG = 4096, MAX_COMMENT = 1 << 14, MAX_SCRIPT = 1 << 16, MAX_NAME = 10 };
enum { PARTNER_BYTES = 8192, PARTNER_TRIES = 64 };

// Element names by length, one blank between: those of the living standard and old ones still met.
static const char *const inline_names[MAX_NAME + 1] = {
    [1] = "a b i q s u",
    [2] = "em rp rt tt",
    [3] = "bdi bdo big col del dfn img ins kbd map sub sup svg var wbr",
    [4] = "abbr area base cite code data font link mark meta nobr ruby samp slot span time",
    [5] = "audio blink embed image input label meter param small style track video",
    [6] = "applet button canvas iframe object output script source strike strong",
    [7] = "acronym picture",
    [8] = "basefont noscript progress textarea",
};
static const char *const block_names[MAX_NAME + 1] = {
    [1] = "p",
    [2] = "br dd dl dt h1 h2 h3 h4 h5 h6 hr li ol td th tr ul",
    [3] = "dir div nav pre xmp",
    [4] = "body form head html main menu",
    [5] = "aside frame table tbody tfoot thead title",
    [6] = "center dialog figure footer header hgroup legend option search select",
    [7] = "address article caption details marquee section summary",
    [8] = "colgroup datalist fieldset frameset noframes optgroup template",
    [10] = "blockquote figcaption",
};
// Attributes that come without a value.
static const char *const bare_names[] = {
    "allowfullscreen", "async",    "autoplay",   "checked",       "controls", "default",     "defer",
    "disabled",        "hidden",   "ismap",      "itemscope",     "loop",     "multiple",    "muted",
    "nohref",          "noshade",  "novalidate", "nowrap",        "open",     "playsinline", "readonly",
    "required",        "reversed", "selected",   "typemustmatch",
};
// Elements that nobody takes for a word, or that need no closing tag.
static const char *const plain_names[MAX_NAME + 1] = {
    [2] = "br dd dt h1 h2 h3 h4 h5 h6 hr li ol td th tr ul",
    [3] = "div img wbr",
    [4] = "body head html nobr span",
    [5] = "tbody tfoot thead",
    [8] = "colgroup fieldset noscript optgroup textarea",
    [10] = "blockquote figcaption",
};
static const char *const prefixes[] = {"o", "v", "w", "x", "fb", "st1", "st2", "svg", "xml"};

static bool is_letter(uint8_t c)
{
    return (unsigned)((c | 0x20) - 'a') < 26;
}

static bool is_name_byte(uint8_t c)
{
    return is_letter(c) || (unsigned)(c - '0') < 10;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c - 9u < 5;
}

static bool is_in(const char *const *names, const uint8_t *name, size_t len)
{
    char lower[MAX_NAME];
    if (len == 0 || len > MAX_NAME || !names[len]) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        lower[i] = (char)(name[i] | 0x20); // digits have that bit set already
    }
    for (const char *known = names[len];; known += len + 1) {
        if (memcmp(known, lower, len) == 0) {
            return true;
        }
        if (!known[len]) {
            return false;
        }
    }
}

static bool equals(const uint8_t *text, size_t len, const char *lower)
{
    size_t i = 0;
    while (i < len && lower[i] && (text[i] | 0x20) == lower[i]) {
        i++;
    }
    return i == len && !lower[i];
}

static bool is_bare(const uint8_t *name, size_t len)
{
    for (size_t i = 0; i < sizeof bare_names / sizeof bare_names[0]; i++) {
        if (equals(name, len, bare_names[i])) {
            return true;
        }
    }
    return false;
}

static bool is_prefix(const uint8_t *name, size_t len)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (equals(name, len, prefixes[i])) {
            return true;
        }
    }
    return false;
}

// The value of an attribute at p: where it ends, or NULL.
static const uint8_t *skip_value(const uint8_t *p, const uint8_t *end)
{
    if (p < end && (*p == '"' || *p == '\'')) {
        const uint8_t *quote = memchr(p + 1, *p, (size_t)(end - p - 1));
        return quote ? quote + 1 : NULL;
    }
    while (p < end && !is_space(*p) && *p != '>' && *p != '<') {
        p++;
    }
    return p;
}

// Attributes from p on: the place of the closing '>', or NULL when these are none.
static const uint8_t *skip_attributes(const uint8_t *p, const uint8_t *end)
{
    for (;;) {
        while (p < end && (is_space(*p) || *p == '/')) {
            p++;
        }
        if (p >= end || *p == '>') {
            return p < end ? p : NULL;
        }
        const uint8_t *name = p;
        while (p < end && (is_name_byte(*p) || *p == '-' || *p == '_' || *p == ':' || *p == '.' ||
                           *p == '@' || *p == '"')) {
            p++;
        }
        size_t name_len = (size_t)(p - name);
        const uint8_t *gap = p;
        while (p < end && is_space(*p)) {
            p++;
        }
        if (p < end && *p == '=' && name_len > 0) {
            p++;
            while (p < end && is_space(*p)) {
                p++;
            }
            p = skip_value(p, end);
            if (!p) {
                return NULL;
            }
        } else if (name_len > 0 && (is_bare(name, name_len) || *name == '"')) {
            p = gap;
        } else {
            return NULL;
        }
    }
}

// From p on to behind `closing`, within `max` bytes; 0: not there.
static size_t until(const uint8_t *p, const uint8_t *end, size_t max, const char *closing)
{
    size_t left = (size_t)(end - p) < max ? (size_t)(end - p) : max;
    const uint8_t *found = memmem(p, left, closing, strlen(closing));
    return found ? (size_t)(found - p) + strlen(closing) : 0;
}

// `<!-- -->`, `<!DOCTYPE >`, `<![CDATA[`, `]]>` is left, `<?xml ?>`.
static size_t other_markup(const uint8_t *p, const uint8_t *end)
{
    size_t left = (size_t)(end - p);
    if (left >= 4 && memcmp(p, "<!--", 4) == 0) {
        return until(p, end, MAX_COMMENT, "-->");
    }
    if (left >= 9 && memcmp(p, "<![CDATA[", 9) == 0) {
        return 9;
    }
    if (left >= 9 && equals(p + 2, 7, "doctype")) {
        return until(p, end, MAX_TAG, ">");
    }
    if (left >= 5 && (memcmp(p, "<![if", 5) == 0 || memcmp(p, "<![en", 5) == 0)) {
        return until(p, end, MAX_TAG, "]>");
    }
    return left >= 5 && equals(p + 2, 3, "xml") && p[1] == '?' ? until(p, end, MAX_TAG, ">") : 0;
}

// Behind the opening tag of a script or style sheet: the length of all that belongs to it, or 0.
static size_t hidden_content(const uint8_t *p, const uint8_t *end, const uint8_t *name, size_t name_len)
{
    const char *closing = equals(name, name_len, "script")  ? "</script>"
                          : equals(name, name_len, "style") ? "</style>"
                                                            : NULL;
    return closing ? until(p, end, MAX_SCRIPT, closing) : 0;
}

// Whether the closing tag of an element stands near behind p.
static bool has_partner(const uint8_t *p, const uint8_t *end, const uint8_t *name, size_t name_len)
{
    if (end - p > PARTNER_BYTES) {
        end = p + PARTNER_BYTES;
    }
    for (int tries = 0; tries < PARTNER_TRIES; tries++) {
        p = memmem(p, (size_t)(end - p), "</", 2);
        if (!p || (size_t)(end - p) < name_len + 3) {
            return false;
        }
        p += 2;
        if (strncasecmp((const char *)p, (const char *)name, name_len) == 0 && !is_name_byte(p[name_len])) {
            return true;
        }
    }
    return false;
}

size_t markup_tag(const uint8_t *text, size_t len, size_t at, struct repair_markup *m)
{
    const uint8_t *p = text + at;
    const uint8_t *end = text + len;
    const uint8_t *limit = len - at < MAX_TAG ? end : p + MAX_TAG;
    *m = (struct repair_markup){0};
    if (len - at < 3) {
        return 0;
    }
    if (p[1] == '!' || p[1] == '?') {
        return other_markup(p, end);
    }
    bool closing = p[1] == '/';
    const uint8_t *name = p + 1 + closing;
    const uint8_t *at_name = name;
    while (at_name < limit && is_name_byte(*at_name)) {
        at_name++;
    }
    size_t name_len = (size_t)(at_name - name);
    if (at_name < limit && *at_name == ':' && is_prefix(name, name_len)) {
        at_name++;
        while (at_name < limit && is_name_byte(*at_name)) {
            at_name++;
        }
    } else {
        m->breaks = is_in(block_names, name, name_len);
        if (!m->breaks && !is_in(inline_names, name, name_len)) {
            return 0;
        }
    }
    if (at_name >= limit || (*at_name != '>' && *at_name != '/' && !is_space(*at_name))) {
        return 0;
    }
    const uint8_t *close = skip_attributes(at_name, limit);
    if (!close) {
        return 0;
    }
    close++;
    bool bare = close == at_name + 1 && !closing;
    bool glued = name_len == 1 && (*name | 0x20) == 'p' &&
                 ((at > 0 && !is_space(text[at - 1])) || (close < end && !is_space(*close))) &&
                 (close == end || !memchr("_\\^%+=;,*~|@$`!?", *close, 17));
    if (bare && !glued && !is_in(plain_names, name, name_len) && !has_partner(close, end, name, name_len)) {
        return 0;
    }
    return (size_t)(close - p) + (closing ? 0 : hidden_content(close, end, name, name_len));
}

// The word HTML, not as a part of an address, a name or a doctype.
static bool speaks_of_html(const uint8_t *text, size_t len)
{
    const uint8_t *end = text + len;
    for (const uint8_t *p = text; (p = memmem(p, (size_t)(end - p), "HTML", 4)); p += 4) {
        uint8_t before = p > text ? p[-1] : ' ';
        bool part = is_name_byte(before) || memchr("<./-_!:", before, 7) || (p + 4 < end && is_letter(p[4]));
        bool doctype = p - text >= 8 && equals(p - 8, 7, "doctype");
        if (!part && !doctype) {
            return true;
        }
    }
    return false;
}

static bool begins_document(const uint8_t *p, size_t len)
{
    return (len > 9 && p[1] == '!' && equals(p + 2, 7, "doctype")) || (len > 6 && equals(p + 1, 4, "html")) ||
           (len > 6 && equals(p + 1, 4, "head") && !is_name_byte(p[5])) ||
           (len > 6 && equals(p + 1, 4, "body") && !is_name_byte(p[5]));
}

bool markup_is_sample(const uint8_t *text, size_t len)
{
    enum { FEW_TAGS = 8, PROSE_BYTES = 200 };
    struct repair_markup m;
    size_t tags = 0;
    bool dots = false;
    bool named = speaks_of_html(text, len);
    for (size_t at = 0; at < len && tags <= FEW_TAGS; at++) {
        const uint8_t *p = memchr(text + at, '<', len - at);
        at = p ? (size_t)(p - text) : len;
        size_t n = p ? markup_tag(text, len, at, &m) : 0;
        if (n == 0) {
            continue;
        }
        if (at >= PROSE_BYTES && begins_document(p, len - at)) {
            return true;
        }
        dots |= memmem(p, n, "=...", 4) != NULL;
        tags++;
        at += n - 1;
    }
    return tags <= FEW_TAGS && (named || dots);
}
