// gen_unicode.c - writes the table behind text/unicode.h as a C file. Runs at build time:
// gen_unicode OUTPUT.c
//
// For every code point: what it is within a word (from its general category), and its folded form by
// text/unicode_long.c. The tokenizer wants to fold a code point without looking at its neighbours. That is
// right for nearly all, because the result is in NFC as soon as each part of it passes the NFC quick check
// (UAX #15 section 9): it never joins what stands before it, and its marks are in order. So each code point
// falls in one of these classes:
//
//     easy       passes the check when folded, and folds to as many bytes as it has: done in place
//     string     passes too, length differs: a short string
//     long       may join its neighbour or is not in order by itself: left to text/unicode_long.c
//
// The check has no data of its own in utf8proc. A code point fails it when it is the last part of a canonical
// decomposition that composes again.
//
// Scripts are not in utf8proc either. Those written without spaces are listed here by their blocks.
//
// Layout: pages of 64 code points, equal pages stored once, so that the whole of Unicode takes some 150 KB,
// of which a text touches a few cache lines.

#include "base/str.h"
#include "text/unicode.h"
#include "text/unicode_long.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { N_CODES = 0x110000, DIRECT_PAGES = 0x800 >> 6, MAX_PAGES = 4096, MAX_POOL = 1 << 16 };

struct range {
    int32_t first, last;
};

// Han with its iteration and number signs, kana, Thai, Lao, Myanmar, Khmer. Only letters and letter numbers
// count.
static const struct range solo_ranges[] = {
    {0x0E01, 0x0E4E}, {0x0E81, 0x0EBF},   {0x0EC0, 0x0ECF},   {0x0EDC, 0x0EDF}, {0x1000, 0x103F},
    {0x1050, 0x108F}, {0x109A, 0x109D},   {0x1780, 0x17DD},   {0x3005, 0x3007}, {0x3021, 0x3029},
    {0x3031, 0x3035}, {0x3038, 0x303C},   {0x3041, 0x30FF},   {0x31F0, 0x31FF}, {0x3400, 0x4DBF},
    {0x4E00, 0x9FFF}, {0xA9E0, 0xA9EF},   {0xA9FA, 0xA9FE},   {0xAA60, 0xAA7F}, {0xF900, 0xFAFF},
    {0xFF66, 0xFF9F}, {0x1AFF0, 0x1B16F}, {0x20000, 0x3FFFD},
};

static uint32_t entries[N_CODES];
static bool joins[N_CODES]; // fails the quick check: may join what stands before it
static uint16_t page_of[UNICODE_PAGES];
static uint32_t pages[MAX_PAGES][64];
static char pool[MAX_POOL];
static size_t pool_len;
static struct unicode_row twos[32];
static uint8_t twos_first[32][64];
static struct unicode_row threes[1024];
static size_t n_threes;
static uint16_t three[1024];
static uint8_t uniform[64];

static utf8proc_category_t category(int32_t c)
{
    return utf8proc_category(c);
}

static bool is_solo(int32_t c)
{
    for (size_t i = 0; i < sizeof solo_ranges / sizeof *solo_ranges; i++) {
        if (c >= solo_ranges[i].first && c <= solo_ranges[i].last) {
            return true;
        }
    }
    return false;
}

// Digits come in rows of ten from 0 to 9 (a stability rule of Unicode), several rows may stand side by side.
static int digit_value(int32_t c)
{
    if (category(c) != UTF8PROC_CATEGORY_ND) {
        return -1;
    }
    int32_t first = c;
    while (first > 0 && category(first - 1) == UTF8PROC_CATEGORY_ND) {
        first--;
    }
    return (c - first) % 10;
}

static bool valid_scalar(int32_t c)
{
    return c < 0xD800 || c > 0xDFFF;
}

static void find_joining(void)
{
    for (int32_t c = 0; c < N_CODES; c++) {
        if (!valid_scalar(c)) {
            continue;
        }
        int32_t parts[18];
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 18, UTF8PROC_DECOMPOSE, &boundary);
        if (n < 2 || n > 18) {
            continue;
        }
        int32_t last = parts[n - 1];
        if (utf8proc_normalize_utf32(parts, n, UTF8PROC_COMPOSE) == 1 && parts[0] == c) {
            joins[last] = true;
        }
    }
}

static uint32_t properties(int32_t c)
{
    switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
        return UNICODE_WORD | UNICODE_UPPER;
    case UTF8PROC_CATEGORY_ND:
        return UNICODE_WORD | UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL:
        return UNICODE_WORD | (is_solo(c) ? UNICODE_SOLO : 0u);
    case UTF8PROC_CATEGORY_NO:
    case UTF8PROC_CATEGORY_PC:
        return UNICODE_WORD;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
        return UNICODE_WORD | UNICODE_MARK;
    default:
        return 0;
    }
}

// Place of the string in the pool; strings share bytes where they can.
static uint32_t pool_add(const uint8_t *bytes, size_t len)
{
    for (size_t at = 0; at + len <= pool_len; at++) {
        if (memcmp(pool + at, bytes, len) == 0) {
            return (uint32_t)at;
        }
    }
    if (pool_len + len > MAX_POOL) {
        fprintf(stderr, "gen_unicode: the pool of folded strings is full; raise MAX_POOL\n");
        exit(1);
    }
    memcpy(pool + pool_len, bytes, len);
    pool_len += len;
    return (uint32_t)(pool_len - len);
}

// Iota subscript is a mark before folding and a letter after it.
static bool ends_in_iota_subscript(int32_t c)
{
    int32_t parts[18];
    int boundary = 0;
    utf8proc_ssize_t n = utf8proc_decompose_char(c, parts, 18, UTF8PROC_DECOMPOSE, &boundary);
    return n > 0 && n <= 18 && parts[n - 1] == 0x345;
}

static uint32_t entry_of(int32_t c)
{
    if (unicode_long_ignored(c)) {
        return UNICODE_MARK;
    }
    uint32_t e = properties(c);
    if (!e) {
        return 0;
    }
    int32_t folded[UNICODE_LONG_MAX_OUT];
    size_t n = unicode_long_fold(&c, 1, digit_value, folded);
    if (n == 0) {
        return e;
    }
    // A half-width voicing mark is a letter by category, but becomes a combining mark.
    utf8proc_category_t first = category(folded[0]);
    if (first == UTF8PROC_CATEGORY_MN || first == UTF8PROC_CATEGORY_MC || first == UTF8PROC_CATEGORY_ME) {
        e = (e & ~(uint32_t)UNICODE_SOLO) | UNICODE_MARK;
    }
    bool alone = true;
    bool has_class = utf8proc_get_property(c)->combining_class != 0; // and so U+0345, which becomes a letter
    uint8_t bytes[UNICODE_LONG_MAX_OUT * 4] = {0};
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        alone &= !joins[folded[i]];
        has_class |= utf8proc_get_property(folded[i])->combining_class != 0;
        len += utf8_encode((uint32_t)folded[i], bytes + len);
    }
    uint8_t own[4];
    size_t own_len = utf8_encode((uint32_t)c, own);
    bool same = len == own_len && memcmp(bytes, own, len) == 0;
    if (!alone || (has_class && !same)) {
        return e;
    }
    e |= has_class || ends_in_iota_subscript(c) ? (uint32_t)UNICODE_ORDERED : 0u;
    if (len == own_len && len <= 3) {
        uint32_t packed =
            bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16; // zeros behind the last
        return e | UNICODE_EASY | packed << UNICODE_PAYLOAD_SHIFT;
    }
    if (same) {
        return e | UNICODE_EASY;
    }
    if (len <= UNICODE_LENGTH_MASK) {
        return e | (uint32_t)len << UNICODE_PAYLOAD_SHIFT | pool_add(bytes, len) << UNICODE_POOL_SHIFT;
    }
    return e;
}

static uint32_t entry(int32_t c)
{
    uint32_t e = entry_of(c);
    bool letter =
        (e & (UNICODE_WORD | UNICODE_MARK | UNICODE_SOLO | UNICODE_EASY)) == (UNICODE_WORD | UNICODE_EASY);
    return c >= 0x80 && (e == 0 || letter) ? e : e | UNICODE_RARE;
}

static size_t make_pages(void)
{
    size_t n_pages = DIRECT_PAGES; // those of the first 2048 code points are found without a number
    memcpy(pages, entries, DIRECT_PAGES * sizeof pages[0]);
    for (size_t i = 0; i < 64; i++) {
        pages[n_pages][i] = UNICODE_RARE;
    }
    n_pages++;
    for (size_t p = 0; p < UNICODE_PAGES; p++) {
        size_t same = DIRECT_PAGES;
        while (p >= DIRECT_PAGES && same < n_pages &&
               memcmp(pages[same], entries + p * 64, sizeof pages[0]) != 0) {
            same++;
        }
        if (same == n_pages) {
            if (n_pages == MAX_PAGES) {
                fprintf(stderr, "gen_unicode: too many pages; raise MAX_PAGES\n");
                exit(1);
            }
            memcpy(pages[n_pages++], entries + p * 64, sizeof pages[0]);
        }
        page_of[p] = (uint16_t)same;
    }
    return n_pages;
}

static uint8_t class_of(uint32_t e)
{
    if ((e & (UNICODE_SOLO | UNICODE_EASY)) == (UNICODE_SOLO | UNICODE_EASY)) {
        return UNICODE_ROW_TAKEN | UNICODE_ROW_SOLO;
    }
    if (e & UNICODE_RARE) {
        return 0;
    }
    return (uint8_t)(UNICODE_ROW_TAKEN | (e & UNICODE_WORD ? UNICODE_ROW_WORD : 0) |
                     (e & UNICODE_UPPER ? UNICODE_ROW_UPPER : 0));
}

// The row of the 64 code points from `first` on, which are of two or three bytes.
static struct unicode_row make_row(int32_t first, uint8_t *folded_first)
{
    struct unicode_row row;
    for (int32_t i = 0; i < 64; i++) {
        uint32_t e = entries[first + i];
        uint8_t own[4];
        size_t len = utf8_encode((uint32_t)(first + i), own);
        uint32_t folded =
            e ? e >> UNICODE_PAYLOAD_SHIFT : own[0] | (uint32_t)own[1] << 8 | (uint32_t)own[2] << 16;
        bool same_start = (folded & 0xffff) == (own[0] | (uint32_t)own[1] << 8);
        row.class[i] = len == 2 || same_start ? class_of(e) : 0;
        row.last[i] = (uint8_t)(folded >> 8 * (len - 1));
        if (folded_first) {
            folded_first[i] = (uint8_t)folded;
        }
    }
    return row;
}

static void make_rows(void)
{
    for (int32_t lead = 2; lead < 32; lead++) {
        twos[lead] = make_row(lead * 64, twos_first[lead]);
    }
    n_threes = 1; // the first has no classes: for overlong sequences and surrogates
    for (int32_t page = 32; page < 1024; page++) {
        if (!valid_scalar(page * 64)) {
            continue;
        }
        struct unicode_row row = make_row(page * 64, NULL);
        size_t same = 0;
        while (same < n_threes && memcmp(&threes[same], &row, sizeof row) != 0) {
            same++;
        }
        threes[same] = row;
        n_threes += same == n_threes;
        three[page] = (uint16_t)same;
    }
    for (size_t lead = 0; lead < 16; lead++) {
        uint8_t class = threes[three[lead * 64]].class[0];
        for (size_t i = 0; i < 64; i++) {
            for (size_t k = 0; k < 64; k++) {
                const struct unicode_row *row = &threes[three[lead * 64 + i]];
                class = row->class[k] == class && row->last[k] == (0x80 | k) ? class : 0;
            }
        }
        uniform[0x20 + lead] = class;
    }
}

static void write_bytes(FILE *f, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        fprintf(f, "%s%u,", i % 24 ? " " : "\n    ", bytes[i]);
    }
}

static void write_rows(FILE *f, const char *declaration, const struct unicode_row *rows, size_t n)
{
    fprintf(f, "\n\n%s = {", declaration);
    for (size_t i = 0; i < n; i++) {
        fprintf(f, "\n    {{");
        write_bytes(f, rows[i].class, 64);
        fprintf(f, "}, {");
        write_bytes(f, rows[i].last, 64);
        fprintf(f, "}},");
    }
    fprintf(f, "\n};");
}

static void write_kernel_tables(FILE *f)
{
    write_rows(f, "const struct unicode_row unicode_twos[32]", twos, 32);
    write_rows(f, "const struct unicode_row unicode_threes[]", threes, n_threes);
    fprintf(f, "\n\nconst uint8_t unicode_twos_first[32][64] = {");
    for (size_t i = 0; i < 32; i++) {
        fprintf(f, "\n    {");
        write_bytes(f, twos_first[i], 64);
        fprintf(f, "},");
    }
    fprintf(f, "\n};\n\nconst uint16_t unicode_three[1024] = {");
    for (size_t i = 0; i < 1024; i++) {
        fprintf(f, "%s%u,", i % 16 ? " " : "\n    ", three[i]);
    }
    fprintf(f, "\n};\n\nconst uint8_t unicode_uniform[64] = {");
    write_bytes(f, uniform, 64);
    fprintf(f, "\n};\n");
}

// The letter from a to z that a letter of Latin script has below its marks; 0: none.
static uint8_t plain_letter(int32_t c)
{
    utf8proc_int32_t parts[8] = {0};
    int boundclass = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char(c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &boundclass);
    return n > 1 && n <= 8 && parts[0] >= 'a' && parts[0] <= 'z' && parts[1] >= 0x300 ? (uint8_t)parts[0] : 0;
}

static void write_plain_letters(FILE *f)
{
    uint8_t plain[UNICODE_LATIN_1 + UNICODE_LATIN_2];
    for (int32_t i = 0; i < UNICODE_LATIN_1; i++) {
        plain[i] = plain_letter(0xC0 + i);
    }
    for (int32_t i = 0; i < UNICODE_LATIN_2; i++) {
        plain[UNICODE_LATIN_1 + i] = plain_letter(0x1E00 + i);
    }
    fprintf(f, "\nconst uint8_t unicode_plain[UNICODE_LATIN_1 + UNICODE_LATIN_2] = {");
    write_bytes(f, plain, sizeof plain);
    fprintf(f, "\n};\n");
}

static int write_table(FILE *f, size_t n_pages)
{
    fprintf(f,
            "// Written by gen_unicode.c from utf8proc %s. Do not edit.\n\n#include \"text/unicode.h\"\n\n",
            utf8proc_version());
    fprintf(f, "const char unicode_version[] = \"%s\";\n\n", utf8proc_unicode_version());
    fprintf(f, "const uint16_t unicode_page[UNICODE_PAGES] = {");
    for (size_t p = 0; p < UNICODE_PAGES; p++) {
        fprintf(f, "%s%u,", p % 16 ? " " : "\n    ", page_of[p]);
    }
    fprintf(f, "\n};\n\nconst uint32_t unicode_entry[] = {");
    for (size_t i = 0; i < n_pages * 64; i++) {
        fprintf(f, "%s0x%x,", i % 8 ? " " : "\n    ", pages[i / 64][i % 64]);
    }
    fprintf(f, "\n};\n\nconst char unicode_pool[] = {");
    for (size_t i = 0; i < pool_len; i++) {
        fprintf(f, "%s'\\x%02x',", i % 12 ? " " : "\n    ", (unsigned char)pool[i]);
    }
    // Strings are copied 16 bytes at a time.
    fprintf(f, "\n    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,\n};");
    write_kernel_tables(f);
    write_plain_letters(f);
    return ferror(f);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: gen_unicode OUTPUT.c\n");
        return 2;
    }
    find_joining();
    for (int32_t c = 0; c < N_CODES; c++) {
        entries[c] = valid_scalar(c) ? entry(c) : 0;
    }
    size_t n_pages = make_pages();
    make_rows();
    FILE *f = fopen(argv[1], "w");
    if (!f) {
        perror(argv[1]);
        return 1;
    }
    int failed = write_table(f, n_pages);
    if (fclose(f) != 0 || failed) {
        fprintf(stderr, "gen_unicode: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
