// single.c - whole texts of a single-byte charset that were read in windows-1252. Contract in
// repair/part.h.
//
// A page in windows-1251 that says it is iso-8859-1 comes out as `Ðûáàêè âûòàùèëè`: each letter is one with
// an accent. No language is written so, and that is all the suspicion there is: of the letters, hardly one is
// ASCII. Which charset it was is asked of the shape of the words, not of any language:
//
//   windows-1251, KOI8-R   a small word, or a capital and small letters. The two have capitals and small
//                          letters the other way round, so read in the wrong one `Xxxx` becomes `xXXX`.
//   windows-1253           in Greek nearly every word has one accent, and the final sigma stands at its end.
//                          A Cyrillic text read as Greek has neither.
//   windows-1255           Hebrew has 27 letters in a row and no case; five of them only end words.
//
// Nine letters in ten have to stand in such words. A line is one change, from its first character outside
// ASCII to its last.
//
// Limits: other pairs of charsets (iso-8859-5, Arabic, Thai), texts half of which are in Latin letters, and
// capitals only (they tell nothing about KOI8-R) stay. So do multi-byte charsets.

#include "repair/part.h"

#include "base/mem.h"
#include "repair/charsets.h"
#include "repair/shape.h"
#include "text/unicode.h"

enum { LOOK_BYTES = 256, LEAST_LETTERS = 20, WHOLE = 100, WELL = 90, ACCENTED = 60, SIGMA = 0x3c2 };

static const enum repair_charset candidates[] = {CHARSET_1251, CHARSET_KOI8, CHARSET_1253, CHARSET_1255};
enum { N_CANDIDATES = sizeof candidates / sizeof candidates[0] };

struct single {
    uint16_t character[N_CANDIDATES][256]; // 0: the byte has none
    struct buf line;
};

struct single *single_new(void)
{
    struct single *s = mem_zalloc(1, sizeof *s);
    for (uint32_t c = 0x80; s && c < CHARSET_PAGES << 6; c++) {
        for (size_t k = 0; k < N_CANDIDATES; k++) {
            uint8_t byte = charset_lookup(c)->byte[candidates[k]];
            if (byte && !s->character[k][byte]) {
                s->character[k][byte] = (uint16_t)c;
            }
        }
    }
    return s;
}

void single_free(struct single *s)
{
    if (s) {
        buf_release(&s->line);
        mem_free(s);
    }
}

bool single_possible(const uint8_t *text, size_t len)
{
    size_t n = len < LOOK_BYTES ? len : LOOK_BYTES;
    unsigned high = 0;
    unsigned ascii = 0;
    for (size_t i = 0; i < n; i++) {
        high += text[i] == 0xc3;
        ascii += (uint8_t)((text[i] | 0x20) - 'a') < 26;
    }
    return high >= LEAST_LETTERS / 2 && high >= 2 * ascii;
}

// A word as it would be in one of the charsets.
struct word {
    unsigned letters, upper, upper_behind, accents, final, hebrew;
    bool first_upper;
};

struct tally {
    unsigned letters, well, names, words,
        accented; // names: Xxxx; words and accented: of three letters or more
    unsigned sigma_inside, final_inside, hebrew;
};

static bool is_greek_accented(uint32_t c)
{
    return (c >= 0x386 && c <= 0x390 && c != 0x387) || (c >= 0x3ac && c <= 0x3b0) || c >= 0x3cc;
}

static bool is_hebrew_final(uint32_t c)
{
    return c == 0x5da || c == 0x5dd || c == 0x5df || c == 0x5e3 || c == 0x5e5;
}

static void end_word(struct tally *t, struct word *w)
{
    bool name = w->first_upper && w->upper_behind == 0;
    bool small = w->upper == 0;
    t->letters += w->letters;
    t->well += small || name || (w->upper == w->letters && w->letters <= 4) ? w->letters : 0;
    t->names += name && w->letters > 2;
    t->words += w->letters > 2;
    t->accented += w->letters > 2 && w->accents == 1;
    *w = (struct word){0};
}

static void add_letter(struct tally *t, struct word *w, uint32_t c, struct shape shape, bool more)
{
    bool upper = shape.kind == SHAPE_UPPER;
    w->first_upper |= w->letters == 0 && upper;
    w->upper += upper;
    w->upper_behind += upper && w->letters > 0;
    w->accents += c >= 0x370 && c < 0x400 && is_greek_accented(c);
    w->letters++;
    t->hebrew += c >= 0x5d0 && c <= 0x5ea;
    t->sigma_inside += c == SIGMA && more;
    t->final_inside += is_hebrew_final(c) && more;
}

static bool is_letter(struct shape s)
{
    return s.kind >= SHAPE_LOWER && s.kind <= SHAPE_LETTER;
}

// The shapes of the words in one charset. false: something in the text is no character of windows-1252.
static bool count_words(const struct single *s, size_t k, const uint8_t *text, size_t len, struct tally *t,
                        unsigned *ascii)
{
    struct word w = {0};
    uint32_t c;
    uint32_t next = 0;
    *t = (struct tally){0};
    *ascii = 0;
    for (size_t at = 0; at < len;) {
        unsigned n = unicode_decode(text + at, len - at, &c);
        if (n == 0) {
            return false;
        }
        at += n;
        uint8_t byte = c >= 0x80 ? charset_lookup(c)->byte[CHARSET_1252] : 0;
        if (c >= 0x80 && !byte && is_letter(shape_of(c))) {
            return false;
        }
        uint32_t meant = byte ? s->character[k][byte] : c;
        struct shape shape = shape_of(meant);
        *ascii += c < 0x80 && is_letter(shape);
        if (!byte || !is_letter(shape)) {
            // Signs that writing hardly has: of bytes that are no text, or of another charset, many are.
            t->letters += byte && (shape.kind == SHAPE_ODD || shape.kind >= SHAPE_AFTER);
            end_word(t, &w);
            continue;
        }
        bool more = at < len && unicode_decode(text + at, len - at, &next) > 0 && next >= 0xc0 &&
                    charset_lookup(next)->byte[CHARSET_1252] >= 0xc0;
        add_letter(t, &w, meant, shape, more);
    }
    end_word(t, &w);
    return true;
}

static bool is_well(const struct tally *t)
{
    return t->letters >= LEAST_LETTERS && t->well * WHOLE >= t->letters * WELL;
}

// Which of the candidates a text is, or N_CANDIDATES.
static size_t choose(const struct single *s, const uint8_t *text, size_t len)
{
    enum { WINDOWS, KOI8, GREEK, HEBREW };
    struct tally t[N_CANDIDATES];
    unsigned ascii;
    for (size_t k = 0; k < N_CANDIDATES; k++) {
        if (!count_words(s, k, text, len, &t[k], &ascii) || ascii * 5 > t[k].letters) {
            return N_CANDIDATES;
        }
    }
    const struct tally *g = &t[GREEK];
    if (is_well(g) && g->words > 2 && g->sigma_inside == 0 && g->accented * WHOLE >= g->words * ACCENTED) {
        return GREEK;
    }
    const struct tally *h = &t[HEBREW];
    if (h->letters >= 2 * LEAST_LETTERS && h->hebrew == h->letters && h->final_inside == 0) {
        return HEBREW;
    }
    if (is_well(&t[WINDOWS]) && t[WINDOWS].names > 0 && t[KOI8].names == 0) {
        return WINDOWS;
    }
    return is_well(&t[KOI8]) && t[KOI8].names > 0 && t[WINDOWS].names == 0 ? KOI8 : N_CANDIDATES;
}

// One line: from its first character outside ASCII to its last.
static int mend_line(struct single *s, size_t k, struct str text, size_t start, size_t end,
                     struct repair_list *out)
{
    const uint8_t *bytes = (const uint8_t *)text.data;
    uint8_t utf8[4];
    uint32_t c;
    while (start < end && bytes[start] < 0x80) {
        start++;
    }
    while (end > start && bytes[end - 1] < 0x80) {
        end--;
    }
    buf_clear(&s->line);
    for (size_t at = start; at < end;) {
        unsigned n = unicode_decode(bytes + at, end - at, &c);
        uint8_t byte = c >= 0x80 ? charset_lookup(c)->byte[CHARSET_1252] : 0;
        uint32_t meant = byte && s->character[k][byte] ? s->character[k][byte] : c;
        buf_add(&s->line, utf8, utf8_encode(meant, utf8));
        at += n;
    }
    if (s->line.failed) {
        return COPYDESK_ERR_MEMORY;
    }
    struct str to = {s->line.data, s->line.len};
    struct str from = {text.data + start, end - start};
    return start == end || str_equal(from, to)
               ? COPYDESK_OK
               : repair_list_add(out, COPYDESK_MOJIBAKE, start, end, to, REPAIR_LIKELY);
}

int single_find(struct single *s, struct str text, struct repair_list *out)
{
    size_t k = choose(s, (const uint8_t *)text.data, text.len);
    int status = COPYDESK_OK;
    for (size_t at = 0; k < N_CANDIDATES && at < text.len && status == COPYDESK_OK;) {
        const char *stop = memchr(text.data + at, '\n', text.len - at);
        size_t end = stop ? (size_t)(stop - text.data) : text.len;
        status = mend_line(s, k, text, at, end, out);
        at = end + 1;
    }
    return status;
}
