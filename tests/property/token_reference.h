/*
 * token_reference.h - the tokenizer again, code point by code point and without a thought for speed. What
 * tokenize() has to give on every CPU level.
 *
 * It shares with the library what is tested elsewhere: the table of code points, the folding of one word, the
 * hash of bytes.
 */
#pragma once

#include "text/token.h"
#include "text/token_kernel.h"
#include "text/unicode.h"

#include <stdlib.h>
#include <string.h>

struct reference {
    struct unicode_folded folded;
    uint64_t *hash;
    uint8_t *flags;
    uint32_t *start, *end;
    size_t n;
};

static inline void reference_free(struct reference *r)
{
    unicode_folded_release(&r->folded);
    free(r->hash);
    free(r->flags);
    free(r->start);
    free(r->end);
    *r = (struct reference){0};
}

static inline int reference_is_name(const uint8_t *name, size_t len)
{
    static const char names[] = " a abbr acronym address applet area article aside audio b base basefont bdi "
                                "bdo big blockquote body br button "
                                "canvas caption center cite code col colgroup data datalist dd del details "
                                "dfn dialog dir div dl dt em embed "
                                "fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 "
                                "h6 head header hgroup hr html i "
                                "iframe image img input ins kbd label legend li link main map mark marquee "
                                "menu meta meter nav nobr noframes "
                                "noscript object ol optgroup option output p param path picture pre progress "
                                "q rp rt ruby s samp script search "
                                "section select slot small source span strike strong style sub summary sup "
                                "svg table tbody td template "
                                "textarea tfoot th thead time title tr track tt u ul var video wbr xmp ";
    char wanted[16] = " ";
    if (len == 0 || len > 12) {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        wanted[i + 1] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    }
    wanted[len + 1] = ' ';
    return strstr(names, wanted) != NULL;
}

static inline int reference_is_blank(uint8_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline size_t reference_tag(const uint8_t *p, size_t left)
{
    size_t name = left > 1 && p[1] == '/' ? 2 : 1;
    size_t i = name;
    while (i < left &&
           ((p[i] >= 'a' && p[i] <= 'z') || (p[i] >= 'A' && p[i] <= 'Z') || (p[i] >= '0' && p[i] <= '9'))) {
        i++;
    }
    if (i == left || !reference_is_name(p + name, i - name) ||
        !(p[i] == '>' || p[i] == '/' || reference_is_blank(p[i]))) {
        return 0;
    }
    for (; i < left && i < 300; i++) {
        if (p[i] == '>') {
            return i + 1;
        }
        if (p[i] == '<') {
            return 0;
        }
    }
    return 0;
}

/* What byte or code point stands at p. */
enum reference_kind { REFERENCE_PART, REFERENCE_ATTACH, REFERENCE_SOLO, REFERENCE_WORD };

static inline enum reference_kind reference_kind(const uint8_t *p, size_t left, size_t *len)
{
    uint32_t c = 0;
    unsigned n = unicode_decode(p, left, &c);
    *len = n ? n : 1;
    if (n == 0) {
        return REFERENCE_PART;
    }
    if (c == '<' && reference_tag(p, left)) {
        *len = reference_tag(p, left);
        return REFERENCE_PART;
    }
    if (c < 0x20 && !reference_is_blank((uint8_t)c)) {
        return REFERENCE_ATTACH;
    }
    uint32_t e = unicode_lookup(c);
    if (e & UNICODE_MARK) {
        return REFERENCE_ATTACH;
    }
    return e & UNICODE_SOLO ? REFERENCE_SOLO : e & UNICODE_WORD ? REFERENCE_WORD : REFERENCE_PART;
}

static inline void reference_add(struct reference *r, const uint8_t *text, size_t start, size_t end, int solo)
{
    if (unicode_fold(&r->folded, text + start, end - start) < 0) {
        abort();
    }
    if (r->folded.len == 0) {
        return;
    }
    r->hash[r->n] = token_hash_bytes(r->folded.bytes, r->folded.len);
    r->flags[r->n] = (uint8_t)((r->folded.upper ? TOKEN_UPPER : 0) | (r->folded.digit ? TOKEN_DIGIT : 0) |
                               (solo ? TOKEN_SOLO : 0));
    r->start[r->n] = (uint32_t)start;
    r->end[r->n++] = (uint32_t)end;
}

static inline void reference_tokenize(struct reference *r, const char *data, size_t len)
{
    const uint8_t *text = (const uint8_t *)data;
    r->hash = realloc(r->hash, (len + 1) * sizeof *r->hash);
    r->flags = realloc(r->flags, len + 1);
    r->start = realloc(r->start, (len + 1) * sizeof *r->start);
    r->end = realloc(r->end, (len + 1) * sizeof *r->end);
    r->n = 0;
    if (!r->hash || !r->flags || !r->start || !r->end) {
        abort();
    }
    int inside = 0; // a token began at `start`
    int solo = 0;   // it is a solo letter, so only attached code points continue it
    size_t start = 0;
    size_t at = 0;
    while (at < len) {
        size_t n;
        enum reference_kind kind = reference_kind(text + at, len - at, &n);
        int continues = inside && (kind == REFERENCE_ATTACH || (kind == REFERENCE_WORD && !solo));
        if (inside && !continues) {
            reference_add(r, text, start, at, solo);
            inside = 0;
        }
        if (!continues && kind != REFERENCE_PART) {
            inside = 1;
            solo = kind == REFERENCE_SOLO;
            start = at;
        }
        at += n;
    }
    if (inside) {
        reference_add(r, text, start, len, solo);
    }
}
