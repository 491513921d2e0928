// unicode.c - folding one word, code point by code point from the table, the long way where it must be.
//
// Used by the tokenizer for the words that its kernels could not fold in place: with ignorable code points,
// digits of other scripts, compatibility forms, or marks that join their letter (decomposed accents, Hangul
// jamo).
//
// Easy code points and strings of the table pass the NFC quick check, so they may be appended one by one. One
// that does not, or a mark with a combining class right behind another, is handed to unicode_long_fold()
// together with what it may join: everything from the last code point that passes the check (and has class 0)
// up to the next such one. The result is that of folding the word as a whole, at the price of a few code
// points.
//
// A stretch longer than UNICODE_LONG_MAX_IN code points is cut: no language writes that, and it bounds the
// work.

#include "text/unicode.h"

#include "base/mem.h"
#include "base/str.h"
#include "copydesk.h"
#include "text/unicode_long.h"

#include <string.h>

enum { ROOM = UNICODE_LONG_MAX_OUT * 4 + 64 }; // for what one step may append, and bytes to read behind

void unicode_folded_release(struct unicode_folded *f)
{
    mem_free(f->bytes);
    *f = (struct unicode_folded){0};
}

static int digit_value(int32_t c)
{
    uint32_t e = unicode_lookup((uint32_t)c);
    if (!(e & UNICODE_DIGIT)) {
        return -1;
    }
    return e & UNICODE_EASY ? c - '0' : unicode_pool[e >> UNICODE_POOL_SHIFT] - '0';
}

static unsigned string_len(uint32_t e)
{
    return e >> UNICODE_PAYLOAD_SHIFT & UNICODE_LENGTH_MASK;
}

// Passes the quick check with class 0: nothing behind this place changes what stands before it.
static bool is_boundary(uint32_t e)
{
    return e & UNICODE_EASY ? !(e & UNICODE_ORDERED) : string_len(e) != 0;
}

static bool reserve(struct unicode_folded *f)
{
    if (f->cap - f->len >= ROOM) {
        return true;
    }
    void *bytes = f->bytes;
    bool ok = mem_grow(&bytes, &f->cap, f->len + 2 * ROOM, 1);
    f->bytes = bytes;
    return ok;
}

static void append_easy(struct unicode_folded *f, const uint8_t *p, unsigned len, uint32_t e)
{
    if (e & UNICODE_EASY) {
        uint32_t folded = e >> UNICODE_PAYLOAD_SHIFT;
        for (unsigned i = 0; i < len; i++) {
            f->bytes[f->len++] = folded ? (uint8_t)(folded >> 8 * i) : p[i];
        }
    } else {
        memcpy(f->bytes + f->len, unicode_pool + (e >> UNICODE_POOL_SHIFT), 16);
        f->len += string_len(e);
    }
}

// Folds from p to the next boundary; returns where that is. The first code point is taken in any case.
static const uint8_t *append_long(struct unicode_folded *f, const uint8_t *p, const uint8_t *end)
{
    int32_t in[UNICODE_LONG_MAX_IN];
    int32_t out[UNICODE_LONG_MAX_OUT];
    size_t n = 0;
    while (p < end && n < UNICODE_LONG_MAX_IN) {
        uint32_t c;
        unsigned len = unicode_decode(p, (size_t)(end - p), &c);
        if (len == 0 || (len > 1 && n > 0 && is_boundary(unicode_lookup(c))) ||
            (len == 1 && n > 0 && c >= 0x20)) {
            break;
        }
        if (c >= 0x20) {
            in[n++] = (int32_t)c;
        }
        p += len;
    }
    size_t n_out = unicode_long_fold(in, n, digit_value, out);
    for (size_t i = 0; i < n_out; i++) {
        f->len += utf8_encode((uint32_t)out[i], f->bytes + f->len);
    }
    return p;
}

int unicode_fold(struct unicode_folded *f, const uint8_t *word, size_t len)
{
    const uint8_t *end = word + len;
    const uint8_t *boundary = word; // source and length of result up to the last boundary
    size_t boundary_len = 0;
    bool first = true;
    bool ordered = false;
    f->len = 0;
    f->upper = f->digit = false;
    if (!reserve(f)) {
        return COPYDESK_ERR_MEMORY;
    }
    for (const uint8_t *p = word; p < end;) {
        uint32_t c;
        unsigned c_len = unicode_decode(p, (size_t)(end - p), &c);
        uint32_t e = c_len ? unicode_lookup(c) : 0;
        if (!(e & UNICODE_WORD)) { // ignored, or a control
            p += c_len ? c_len : 1;
            continue;
        }
        if (!reserve(f)) {
            return COPYDESK_ERR_MEMORY;
        }
        if (first) {
            f->upper = e & UNICODE_UPPER;
            f->digit = e & UNICODE_DIGIT;
            first = false;
        }
        if (is_boundary(e)) {
            boundary = p;
            boundary_len = f->len;
        } else if (!(e & UNICODE_EASY) || ordered) {
            f->len = boundary_len;
            p = append_long(f, boundary, end);
            boundary = p;
            boundary_len = f->len;
            ordered = false;
            continue;
        }
        append_easy(f, p, c_len, e);
        ordered = e & UNICODE_ORDERED;
        p += c_len;
    }
    return COPYDESK_OK;
}
