// content.c - keys by content. Contract in content.h.
//
// In:  title and text of an article, or the text of a span. Out: a number that stands for it in files that
// people keep: baselines of `copydesk check`.
//
// Letters of ASCII are taken in lower case, digits and all bytes of other characters as they are, and
// whatever lies between is one separator. So a changed line end, quotation mark or indentation keeps the key,
// a changed word does not. The tokenizer would know more (Unicode case and forms), but its tables follow
// Unicode, and a key in a file must mean the same in ten years: this rule and XXH3 are fixed. 64 bits: two of
// a million different articles get one key once in 37 million corpora.

#include "pipeline/content.h"

#include <xxhash.h>

static void add_plain(struct buf *out, struct str text)
{
    bool gap = false;
    size_t begun = out->len;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.data[i];
        bool upper = c >= 'A' && c <= 'Z';
        if (upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80) {
            if (gap && out->len > begun) {
                out->data[out->len++] = ' ';
            }
            out->data[out->len++] = (char)(upper ? c + 0x20 : c);
            gap = false;
        } else {
            gap = true;
        }
    }
}

bool content_key(struct str first, struct str second, struct buf *scratch, uint64_t *key)
{
    buf_clear(scratch);
    // A separator stands only where a byte was left out, so the result is never longer than the texts.
    if (!buf_reserve(scratch, first.len + second.len + 2)) {
        return false;
    }
    add_plain(scratch, first);
    scratch->data[scratch->len++] = '\n';
    add_plain(scratch, second);
    *key = XXH3_64bits(scratch->data, scratch->len);
    return true;
}

void content_char_span(struct str text, uint32_t *start, uint32_t *end)
{
    uint32_t from = (uint32_t)text.len;
    uint32_t to = (uint32_t)text.len;
    uint32_t n = 0; // code points that begin before byte i
    for (size_t i = 0; i < text.len; i++) {
        if (((unsigned char)text.data[i] & 0xc0) == 0x80) {
            continue;
        }
        from = n == *start ? (uint32_t)i : from;
        to = n == *end ? (uint32_t)i : to;
        n++;
    }
    *start = from;
    *end = to;
}
