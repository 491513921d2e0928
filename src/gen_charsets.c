// gen_charsets.c - writes the tables behind repair/charsets.h as a C file. Runs at build time:
// gen_charsets OUTPUT.c
//
// Asks iconv what each byte from 80 on is in each charset, and turns that round: for each code point, its
// byte in every charset, and whether that byte begins or continues a character of UTF-8.
//
// Not every beginning counts. C7 and DC-DF begin characters that no newspaper prints (phonetic signs, Syriac,
// Thaana, N'Ko). In Mac Roman D2-D5, C7, C9 and CA are quotation marks, the ellipsis and the no-break space,
// which stand beside accented letters in every French text.

#include "repair/charsets.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { MAX_PAGES = 64 };

static const char *const names[N_CHARSETS] = {
    [CHARSET_1252] = "CP1252",       [CHARSET_1250] = "CP1250",   [CHARSET_1251] = "CP1251",
    [CHARSET_1254] = "CP1254",       [CHARSET_1257] = "CP1257",   [CHARSET_1253] = "CP1253",
    [CHARSET_8859_2] = "ISO-8859-2", [CHARSET_MAC] = "MACINTOSH", [CHARSET_437] = "CP437",
    [CHARSET_850] = "CP850",         [CHARSET_866] = "CP866",     [CHARSET_KOI8] = "KOI8-R",
    [CHARSET_1255] = "CP1255",       [CHARSET_1256] = "CP1256",   [CHARSET_874] = "CP874",
};

static struct charset_entry pages[MAX_PAGES][64];
static uint8_t page_of[CHARSET_PAGES];
static size_t n_pages = 1;

static bool may_lead(int charset, unsigned byte)
{
    if (byte == 0xc7 || (byte >= 0xdc && byte < 0xe0)) {
        return false;
    }
    return charset != CHARSET_MAC ||
           !((byte >= 0xd2 && byte <= 0xd5) || byte == 0xc7 || byte == 0xc9 || byte == 0xca);
}

static void add(uint32_t code_point, int charset, unsigned byte)
{
    if (code_point >= 0x2600 || code_point < 0x80) {
        return;
    }
    uint8_t *page = &page_of[code_point >> 6];
    if (*page == 0) {
        *page = (uint8_t)n_pages++;
    }
    struct charset_entry *e = &pages[*page][code_point & 63];
    if (e->byte[charset]) {
        return;
    }
    uint16_t bit = (uint16_t)(1u << charset);
    e->byte[charset] = (uint8_t)byte;
    if (byte < 0xc0) {
        e->tail |= bit;
    } else if (byte >= 0xc2 && may_lead(charset, byte)) {
        uint16_t *lead = byte < 0xe0 ? &e->lead2 : byte < 0xf0 ? &e->lead3 : byte < 0xf5 ? &e->lead4 : NULL;
        if (lead) {
            *lead |= bit;
        }
    }
}

static bool read_charset(int charset)
{
    iconv_t handle = iconv_open("UTF-32LE", names[charset]);
    if (handle == (iconv_t)-1) {
        fprintf(stderr, "gen_charsets: iconv does not know %s\n", names[charset]);
        return false;
    }
    for (unsigned byte = 0x80; byte < 0x100; byte++) {
        char in = (char)byte;
        char *from = &in;
        uint32_t code_point = 0;
        char out[8] = {0};
        char *to = out;
        size_t left = 1;
        size_t room = sizeof out;
        iconv(handle, NULL, NULL, NULL, NULL);
        if (iconv(handle, &from, &left, &to, &room) != (size_t)-1 &&
            iconv(handle, NULL, NULL, &to, &room) == 0) {
            memcpy(&code_point, out, 4);
        }
        add(code_point ? code_point : byte, charset, byte);
    }
    // ISO 8859-1 is read as windows-1252 here.
    for (unsigned byte = 0x80; byte < 0xa0 && charset == CHARSET_1252; byte++) {
        add(byte, charset, byte);
    }
    return iconv_close(handle) == 0;
}

static int write_tables(FILE *f)
{
    fprintf(f, "// Written by gen_charsets.c. Do not edit.\n\n#include \"repair/charsets.h\"\n\n");
    fprintf(f, "const uint8_t charset_page[CHARSET_PAGES] = {");
    for (size_t i = 0; i < CHARSET_PAGES; i++) {
        fprintf(f, "%s%u,", i % 24 ? " " : "\n    ", page_of[i]);
    }
    fprintf(f, "\n};\n\nconst struct charset_entry charset_entries[][64] = {");
    for (size_t p = 0; p < n_pages; p++) {
        fprintf(f, "\n    {");
        for (size_t i = 0; i < 64; i++) {
            const struct charset_entry *e = &pages[p][i];
            fprintf(f, "\n        {0x%x, 0x%x, 0x%x, 0x%x, {", e->lead2, e->lead3, e->lead4, e->tail);
            for (int c = 0; c < N_CHARSETS; c++) {
                fprintf(f, "%u,", e->byte[c]);
            }
            fprintf(f, "}},");
        }
        fprintf(f, "\n    },");
    }
    fprintf(f, "\n};\n");
    return ferror(f);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: gen_charsets OUTPUT.c\n");
        return 2;
    }
    for (int charset = 0; charset < N_CHARSETS; charset++) {
        if (!read_charset(charset)) {
            return 1;
        }
    }
    FILE *f = fopen(argv[1], "w");
    if (!f) {
        perror(argv[1]);
        return 1;
    }
    int failed = write_tables(f);
    if (fclose(f) != 0 || failed) {
        fprintf(stderr, "gen_charsets: cannot write %s\n", argv[1]);
        return 1;
    }
    return 0;
}
