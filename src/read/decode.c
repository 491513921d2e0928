/*
 * decode.c - which charset bytes are in, and their conversion.
 *
 * In:  a record (or the first bytes of a file) that is not valid UTF-8. Out: UTF-8.
 *
 * Browsers have met every wrong label there is, so labels are read as the WHATWG encoding standard reads
 * them: pages labelled iso-8859-1 or ascii hold windows-1252, gb2312 pages hold gb18030, euc-kr pages hold
 * cp949. The conversion is iconv's, with two exceptions that the same standard makes:
 *  - windows-1252 comes from the table below, whose five empty places are the C1 controls of the same number;
 *  - a byte of another windows charset that has no meaning there becomes the C1 control when it lies in
 *    80..9F.
 * Whatever else cannot be converted becomes U+FFFD, one for each byte.
 *
 * Detection is per record, because a corpus mixes sources. Three steps:
 *  - Damaged UTF-8. A text with two or more good UTF-8 sequences for each bad byte is UTF-8 that lost a few
 *    bytes (cut in the middle of a character, most often). No other charset makes such sequences by chance:
 *    Latin and Cyrillic letters are seldom followed by bytes in 80..BF, and in GBK about one pair in six
 *    passes.
 *  - uchardet, on the first 64 KiB from the first byte that is not ASCII. Only charsets of the WHATWG list
 *    count: the others it knows are rare beside its mistakes on short texts.
 *  - windows-1252, the standard's own last resort, which maps every byte to something.
 *
 * UTF-16 and UTF-32 are another matter: their line feeds are no single bytes, so a whole file is converted
 * before it is cut into records. decode_stream_add() does that piece by piece.
 *
 * Limits: detection of a record with a handful of non-ASCII bytes is a guess; --charset makes it certain.
 */
#include "read/decode.h"

#include "base/mem.h"

#include <errno.h>
#include <iconv.h>
#include <strings.h>
#include <uchardet/uchardet.h>

#define DETECT_BYTES (64 * 1024)
#define N_CONVERTERS 8
#define REPLACEMENT  0xfffd

// Labels to names of glibc's iconv. "1252" and "utf-8" are converted here; wide charsets never reach iconv.
static const struct label {
    const char *label, *charset;
} labels[] = {
    {"utf-8", "utf-8"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"utf-8-sig", "utf-8"},
    {"windows-1252", "1252"},
    {"cp1252", "1252"},
    {"iso-8859-1", "1252"},
    {"iso8859-1", "1252"},
    {"latin1", "1252"},
    {"latin-1", "1252"},
    {"l1", "1252"},
    {"ascii", "1252"},
    {"us-ascii", "1252"},
    {"ansi_x3.4-1968", "1252"},
    {"iso_8859-1", "1252"},
    {"x-cp1252", "1252"},
    {"cp819", "1252"},
    {"ibm819", "1252"},
    {"windows-1250", "CP1250"},
    {"cp1250", "CP1250"},
    {"x-cp1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"cp1251", "CP1251"},
    {"x-cp1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"cp1253", "CP1253"},
    {"x-cp1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"cp1254", "CP1254"},
    {"iso-8859-9", "CP1254"},
    {"latin5", "CP1254"},
    {"windows-1255", "CP1255"},
    {"cp1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"cp1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"cp1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"cp1258", "CP1258"},
    {"windows-874", "CP874"},
    {"iso-8859-11", "CP874"},
    {"tis-620", "CP874"},
    {"dos-874", "CP874"},
    {"iso-8859-2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"latin3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"latin4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"cyrillic", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"arabic", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"greek", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"hebrew", "ISO-8859-8"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"latin9", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"koi8-r", "KOI8-R"},
    {"koi", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"ibm866", "CP866"},
    {"cp866", "CP866"},
    {"macintosh", "MACINTOSH"},
    {"x-mac-roman", "MACINTOSH"},
    {"x-mac-cyrillic", "MAC-CYRILLIC"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"chinese", "GB18030"},
    {"x-gbk", "GB18030"},
    {"gb_2312-80", "GB18030"},
    {"cp936", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"x-x-big5", "BIG5-HKSCS"},
    {"cp950", "BIG5-HKSCS"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"ms932", "CP932"},
    {"cp932", "CP932"},
    {"euc-jp", "EUC-JP-MS"},
    {"x-euc-jp", "EUC-JP-MS"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"euc-kr", "UHC"},
    {"cp949", "UHC"},
    {"uhc", "UHC"},
    {"korean", "UHC"},
    {"ks_c_5601-1987", "UHC"},
    {"windows-949", "UHC"},
};

static const struct {
    const char *label;
    enum decode_wide wide;
} wide_labels[] = {
    {"utf-16", DECODE_UTF16LE},  {"utf16", DECODE_UTF16LE},    {"utf-16le", DECODE_UTF16LE},
    {"unicode", DECODE_UTF16LE}, {"ucs-2", DECODE_UTF16LE},    {"utf-16be", DECODE_UTF16BE},
    {"utf-32", DECODE_UTF32LE},  {"utf-32le", DECODE_UTF32LE}, {"utf-32be", DECODE_UTF32BE},
};

// windows-1252, 80..9F; A0..FF are the code points of the same number.
static const uint16_t windows_1252[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

struct converter {
    char *charset; // as iconv calls it
    iconv_t handle;
};

struct decoder {
    char *declared; // iconv's name, or NULL: detect
    uchardet_t detector;
    struct converter converters[N_CONVERTERS];
    size_t n_converters;
};

static const char *charset_of_label(const char *label)
{
    for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
        if (strcasecmp(labels[i].label, label) == 0) {
            return labels[i].charset;
        }
    }
    return NULL;
}

static enum decode_wide wide_of_label(const char *label)
{
    for (size_t i = 0; label && i < sizeof(wide_labels) / sizeof(*wide_labels); i++) {
        if (strcasecmp(wide_labels[i].label, label) == 0) {
            return wide_labels[i].wide;
        }
    }
    return DECODE_NARROW;
}

static char *copy_string(const char *z)
{
    size_t len = strlen(z) + 1;
    char *copy = mem_alloc(len, 1);

    if (copy) {
        memcpy(copy, z, len);
    }
    return copy;
}

int decoder_new(struct decoder **decoder, const char *declared, struct copydesk_error *error)
{
    struct decoder *d = mem_zalloc(1, sizeof(*d));
    const char *charset = NULL;

    *decoder = NULL;
    if (!d) {
        return error_memory(error);
    }
    if (declared && *declared && wide_of_label(declared) == DECODE_NARROW) {
        charset = charset_of_label(declared);
        if (!charset) {
            iconv_t probe = iconv_open("UTF-8", declared);
            if (probe == (iconv_t)-1) {
                mem_free(d);
                return error_set(error, COPYDESK_ERR_OPTION, NULL, "unknown charset \"%s\"", declared);
            }
            iconv_close(probe);
            charset = declared;
        }
        d->declared = copy_string(charset);
    }
    d->detector = uchardet_new();
    if (!d->detector || (charset && !d->declared)) {
        decoder_free(d);
        return error_memory(error);
    }
    *decoder = d;
    return COPYDESK_OK;
}

void decoder_free(struct decoder *d)
{
    if (!d) {
        return;
    }
    for (size_t i = 0; i < d->n_converters; i++) {
        iconv_close(d->converters[i].handle);
        mem_free(d->converters[i].charset);
    }
    if (d->detector) {
        uchardet_delete(d->detector);
    }
    mem_free(d->declared);
    mem_free(d);
}

static void add_code_point(struct buf *out, uint32_t code_point)
{
    uint8_t bytes[4];

    buf_add(out, bytes, utf8_encode(code_point, bytes));
}

static size_t ascii_prefix(const uint8_t *p, const uint8_t *end)
{
    const uint8_t *start = p;
    uint64_t word;

    while (end - p >= 8) {
        memcpy(&word, p, 8);
        if (word & 0x8080808080808080u) {
            break;
        }
        p += 8;
    }
    while (p < end && *p < 0x80) {
        p++;
    }
    return (size_t)(p - start);
}

static void convert_1252(const uint8_t *p, const uint8_t *end, struct buf *out)
{
    while (p < end) {
        size_t n = ascii_prefix(p, end);
        buf_add(out, p, n);
        p += n;
        if (p < end) {
            add_code_point(out, *p < 0xa0 ? windows_1252[*p - 0x80] : *p);
            p++;
        }
    }
}

// Bytes of no valid sequence become U+FFFD, one for each longest beginning of a sequence: the usual practice.
static size_t bad_prefix(const uint8_t *p, const uint8_t *end)
{
    size_t need = *p >= 0xf0 && *p <= 0xf4 ? 3 : *p >= 0xe0 && *p < 0xf0 ? 2 : 0;
    size_t n = 1;

    while (n <= need && p + n < end && (p[n] & 0xc0) == 0x80) {
        uint8_t low = *p == 0xe0 ? 0xa0 : *p == 0xf0 ? 0x90 : 0x80;
        uint8_t high = *p == 0xed ? 0x9f : *p == 0xf4 ? 0x8f : 0xbf;
        if (n == 1 && (p[1] < low || p[1] > high)) {
            break;
        }
        n++;
    }
    return n;
}

static void convert_utf8(const uint8_t *p, const uint8_t *end, struct buf *out)
{
    uint32_t code_point;

    while (p < end) {
        size_t n = ascii_prefix(p, end);
        buf_add(out, p, n);
        p += n;
        if (p >= end) {
            break;
        }
        n = utf8_decode(p, end, &code_point);
        if (n > 0) {
            buf_add(out, p, n);
            p += n;
        } else {
            add_code_point(out, REPLACEMENT);
            p += bad_prefix(p, end);
        }
    }
}

static bool is_damaged_utf8(const uint8_t *p, const uint8_t *end)
{
    size_t good = 0;
    size_t bad = 0;
    uint32_t code_point;

    while (p < end) {
        p += ascii_prefix(p, end);
        if (p < end) {
            unsigned n = utf8_decode(p, end, &code_point);
            good += n > 0;
            bad += n == 0;
            p += n > 0 ? n : bad_prefix(p, end);
        }
    }
    return good > 0 && good >= 2 * bad;
}

static const char *detect(struct decoder *d, const uint8_t *p, const uint8_t *end)
{
    const char *charset;

    if (is_damaged_utf8(p, end)) {
        return "utf-8";
    }
    p += ascii_prefix(p, end);
    if (end - p > DETECT_BYTES) {
        end = p + DETECT_BYTES;
    }
    uchardet_reset(d->detector);
    if (uchardet_handle_data(d->detector, (const char *)p, (size_t)(end - p)) != 0) {
        return "1252";
    }
    uchardet_data_end(d->detector);
    charset = charset_of_label(uchardet_get_charset(d->detector));
    // "UTF-8" is a guess that has been refuted already.
    return charset && strcmp(charset, "utf-8") != 0 ? charset : "1252";
}

// NULL without a failure status: iconv does not know the charset.
static int find_converter(struct decoder *d, const char *charset, struct converter **found,
                          struct copydesk_error *error)
{
    struct converter new = {0};

    *found = NULL;
    for (size_t i = 0; i < d->n_converters; i++) {
        if (strcmp(d->converters[i].charset, charset) == 0) {
            *found = &d->converters[i];
            return COPYDESK_OK;
        }
    }
    new.handle = iconv_open("UTF-8", charset);
    if (new.handle == (iconv_t)-1) {
        return errno == ENOMEM ? error_memory(error) : COPYDESK_OK;
    }
    new.charset = copy_string(charset);
    if (!new.charset) {
        iconv_close(new.handle);
        return error_memory(error);
    }
    if (d->n_converters == N_CONVERTERS) {
        // Many charsets in one corpus: the oldest handle makes room.
        iconv_close(d->converters[0].handle);
        mem_free(d->converters[0].charset);
        memmove(&d->converters[0], &d->converters[1], (N_CONVERTERS - 1) * sizeof(new));
        d->n_converters--;
    }
    d->converters[d->n_converters] = new;
    *found = &d->converters[d->n_converters++];
    return COPYDESK_OK;
}

// iconv's prototype lacks the const that its contract has.
union input_pointer {
    const char *in;
    char *given;
};

static void convert_iconv(const struct converter *c, const char *data, size_t len, struct buf *out)
{
    union input_pointer from = {data};
    size_t left = len;
    bool windows = strncmp(c->charset, "CP125", 5) == 0 || strcmp(c->charset, "CP874") == 0;

    iconv(c->handle, NULL, NULL, NULL, NULL);
    while (left > 0 && buf_reserve(out, left + left / 2 + 16)) {
        char *to = out->data + out->len;
        size_t room = out->cap - out->len;
        size_t n = iconv(c->handle, &from.given, &left, &to, &room);
        int reason = errno;

        out->len = (size_t)(to - out->data);
        if (n != (size_t)-1) {
            break;
        }
        if (reason != E2BIG) {
            uint8_t byte = (uint8_t)*from.in;
            add_code_point(out, windows && byte >= 0x80 && byte < 0xa0 ? byte : REPLACEMENT);
            from.in++;
            left--;
            iconv(c->handle, NULL, NULL, NULL, NULL);
        }
    }
    // Some converters hold a character back until they know what follows it.
    if (buf_reserve(out, 16)) {
        char *to = out->data + out->len;
        size_t room = out->cap - out->len;
        iconv(c->handle, NULL, NULL, &to, &room);
        out->len = (size_t)(to - out->data);
    }
}

int decoder_convert(struct decoder *d, struct str bytes, struct buf *out, struct copydesk_error *error)
{
    const uint8_t *p = (const uint8_t *)bytes.data;
    const uint8_t *end = p + bytes.len;
    const char *charset;
    struct converter *converter;
    int status;

    if (bytes.len == 0) {
        return COPYDESK_OK;
    }
    charset = d->declared ? d->declared : detect(d, p, end);
    if (strcmp(charset, "utf-8") == 0) {
        convert_utf8(p, end, out);
    } else if (strcmp(charset, "1252") == 0) {
        convert_1252(p, end, out);
    } else {
        status = find_converter(d, charset, &converter, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        if (converter) {
            convert_iconv(converter, bytes.data, bytes.len, out);
        } else {
            convert_1252(p, end, out);
        }
    }
    return out->failed ? error_memory(error) : COPYDESK_OK;
}

static bool looks_wide(const uint8_t *p, size_t len)
{
    const uint8_t *end = p + len;
    uint32_t code_point;

    if (memchr(p, 0, len)) {
        return true;
    }
    while (p < end) {
        unsigned n = utf8_decode(p, end, &code_point);
        if (n == 0) {
            // The last character may just be cut off.
            return *p < 0xc2 || end - p > 3;
        }
        p += n;
    }
    return false;
}

enum decode_wide decode_sniff(struct str first, const char *declared, size_t *bom_len)
{
    const uint8_t *p = (const uint8_t *)first.data;
    size_t n = first.len;
    enum decode_wide wide = wide_of_label(declared);

    *bom_len = 0;
    if (n >= 3 && p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf) {
        *bom_len = 3;
        return DECODE_NARROW;
    }
    if (n >= 4 && memcmp(p, "\xff\xfe\0\0", 4) == 0) {
        *bom_len = 4;
        return DECODE_UTF32LE;
    }
    if (n >= 4 && memcmp(p, "\0\0\xfe\xff", 4) == 0) {
        *bom_len = 4;
        return DECODE_UTF32BE;
    }
    if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))) {
        *bom_len = 2;
        return p[0] == 0xff ? DECODE_UTF16LE : DECODE_UTF16BE;
    }
    if (n >= 4 && p[0] && !p[1] && p[2] && !p[3] && p[0] < 0x80 && p[2] < 0x80) {
        return DECODE_UTF16LE;
    }
    if (n >= 4 && !p[0] && p[1] && !p[2] && p[3] && p[1] < 0x80 && p[3] < 0x80) {
        return DECODE_UTF16BE;
    }
    return wide != DECODE_NARROW && looks_wide(p, n) ? wide : DECODE_NARROW;
}

// One character of a wide charset: bytes used, or 0 when more are needed.
static size_t wide_decode(enum decode_wide wide, const uint8_t *p, size_t n, uint32_t *code_point)
{
    bool big = wide == DECODE_UTF16BE || wide == DECODE_UTF32BE;
    uint32_t low;

    if (wide == DECODE_UTF32LE || wide == DECODE_UTF32BE) {
        if (n < 4) {
            return 0;
        }
        *code_point = big ? (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]
                          : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
        if (*code_point > 0x10ffff || (*code_point >= 0xd800 && *code_point < 0xe000)) {
            *code_point = REPLACEMENT;
        }
        return 4;
    }
    if (n < 2) {
        return 0;
    }
    *code_point = big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
    if (*code_point < 0xd800 || *code_point >= 0xe000) {
        return 2;
    }
    if (*code_point >= 0xdc00) {
        *code_point = REPLACEMENT;
        return 2;
    }
    if (n < 4) {
        return 0;
    }
    low = big ? (uint32_t)p[2] << 8 | p[3] : (uint32_t)p[3] << 8 | p[2];
    if (low < 0xdc00 || low >= 0xe000) {
        *code_point = REPLACEMENT;
        return 2;
    }
    *code_point = 0x10000 + ((*code_point - 0xd800) << 10) + (low - 0xdc00);
    return 4;
}

void decode_stream_add(struct decode_stream *s, struct str piece, bool last, struct buf *out)
{
    const uint8_t *p = (const uint8_t *)piece.data;
    size_t n = piece.len;
    uint32_t code_point;
    size_t used;

    // First the character that the last piece cut in two.
    while (s->n_waiting > 0 && n > 0) {
        s->waiting[s->n_waiting++] = *p++;
        n--;
        // Twice where half a surrogate pair stands before a whole character.
        while ((used = wide_decode(s->wide, s->waiting, s->n_waiting, &code_point)) > 0) {
            add_code_point(out, code_point);
            memmove(s->waiting, s->waiting + used, s->n_waiting - used);
            s->n_waiting -= used;
        }
    }
    while (s->n_waiting == 0 && n > 0) {
        used = wide_decode(s->wide, p, n, &code_point);
        if (used == 0) {
            memcpy(s->waiting, p, n);
            s->n_waiting = n;
            break;
        }
        add_code_point(out, code_point);
        p += used;
        n -= used;
    }
    if (last && s->n_waiting > 0) {
        add_code_point(out, REPLACEMENT);
        s->n_waiting = 0;
    }
}
