// unicode_long.c - full case folding and NFKC by utf8proc. Contract in unicode_long.h.
//
// The steps are those of a compatibility caseless match (The Unicode Standard, section 3.13, D146), with
// composition at the end so that the form is short:
//
//     canonical decomposition, marks in canonical order
//     each code point: case folding and compatibility decomposition (utf8proc repeats both until none is
//     left) marks in canonical order again, since folding may turn a mark into a letter canonical composition
//
// The first step makes composed and decomposed input equal before anything else is done to it. utf8proc's own
// utf8proc_map() folds first, and then gives two results for canonically equivalent Greek with iota
// subscript.
//
// Left out on the way: default-ignorable code points; tatweel, which stretches Arabic words and means
// nothing; the space that stands for a missing base in the decomposition of spacing accents. Decimal digits
// of all scripts become ASCII digits. NFKC keeps them apart, but outlets that write Arabic, Persian, Urdu,
// Hindi or Bengali print the same story with either kind.
//
// Ordering is an insertion sort: runs of marks are one to three long, and never longer than
// UNICODE_LONG_MAX_IN input code points (UAX #15 D4 calls text with longer runs unsafe to stream, and cuts
// them too).

#include "text/unicode_long.h"

#include <utf8proc.h>

enum { TATWEEL = 0x640, MAX_PARTS = 18 };

bool unicode_long_ignored(int32_t c)
{
    return c == TATWEEL || utf8proc_get_property(c)->ignorable;
}

static int combining_class(int32_t c)
{
    return utf8proc_get_property(c)->combining_class;
}

static void order_marks(int32_t *codes, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        int32_t code = codes[i];
        int class = combining_class(code);
        size_t to = i;
        while (class && to > 0 && combining_class(codes[to - 1]) > class) {
            codes[to] = codes[to - 1];
            to--;
        }
        codes[to] = code;
    }
}

static size_t decompose(int32_t c, int options, int32_t *out)
{
    int boundary = 0; // grapheme state, asked for by the interface, not used here
    utf8proc_ssize_t n = utf8proc_decompose_char(c, out, MAX_PARTS, (utf8proc_option_t)options, &boundary);
    return n > 0 && n <= MAX_PARTS ? (size_t)n : 0;
}

size_t unicode_long_fold(const int32_t *in, size_t n, int (*digit)(int32_t code_point),
                         int32_t out[UNICODE_LONG_MAX_OUT])
{
    int32_t canonical[UNICODE_LONG_MAX_IN * 4 + MAX_PARTS];
    size_t n_canonical = 0;
    for (size_t i = 0; i < n; i++) {
        if (!unicode_long_ignored(in[i])) {
            n_canonical += decompose(in[i], UTF8PROC_DECOMPOSE, canonical + n_canonical);
        }
    }
    order_marks(canonical, n_canonical);

    size_t n_out = 0;
    for (size_t i = 0; i < n_canonical; i++) {
        int value = digit(canonical[i]);
        if (value >= 0) {
            out[n_out++] = '0' + value;
            continue;
        }
        int32_t parts[MAX_PARTS];
        size_t n_parts =
            decompose(canonical[i], UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, parts);
        for (size_t k = 0; k < n_parts; k++) {
            if (parts[k] != ' ' && !unicode_long_ignored(parts[k])) {
                out[n_out++] = parts[k];
            }
        }
    }
    order_marks(out, n_out);
    utf8proc_ssize_t composed = utf8proc_normalize_utf32(out, (utf8proc_ssize_t)n_out, UTF8PROC_COMPOSE);
    return composed > 0 ? (size_t)composed : 0;
}
