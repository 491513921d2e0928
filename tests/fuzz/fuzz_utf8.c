// fuzz_utf8.c - any bytes as text of any charset: what comes out is UTF-8, and UTF-8 comes out as it went in.
#include "read/decode.h"
#include "read/json.h"

#include <stdlib.h>

#define REQUIRE(condition)                                                                                   \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static const char *const charsets[] = {NULL,      "utf-8",       "windows-1252", "windows-1255",
                                       "gb18030", "shift_jis",   "big5",         "euc-jp",
                                       "euc-kr",  "iso-2022-jp", "koi8-r"};

// The two checks of UTF-8 in this library agree.
static bool valid(struct str s)
{
    const uint8_t *p = (const uint8_t *)s.data;
    const uint8_t *end = s.len > 0 ? p + s.len : p;
    bool good = true;
    uint32_t code_point;

    while (p < end && good) {
        unsigned n = utf8_decode(p, end, &code_point);
        good = n > 0;
        p += n;
    }
    REQUIRE(good == json_valid_utf8(s));
    return good;
}

static void convert(struct str bytes, const char *charset)
{
    struct copydesk_error error;
    struct decoder *d;
    struct buf out = {0};
    bool was_valid = valid(bytes);

    REQUIRE(decoder_new(&d, charset, &error) == 0);
    REQUIRE(decoder_convert(d, bytes, &out, &error) == 0);
    REQUIRE(valid((struct str){out.data, out.len}));
    if (was_valid && charset && strcmp(charset, "utf-8") == 0) {
        REQUIRE(str_equal(bytes, (struct str){out.data, out.len}));
    }
    buf_release(&out);
    decoder_free(d);
}

static void stream(struct str bytes, enum decode_wide wide)
{
    struct buf whole = {0};
    struct buf pieces = {0};
    struct decode_stream one = {.wide = wide};
    struct decode_stream many = {.wide = wide};

    decode_stream_add(&one, bytes, true, &whole);
    for (size_t i = 0; i < bytes.len; i++) {
        decode_stream_add(&many, (struct str){bytes.data + i, 1}, i + 1 == bytes.len, &pieces);
    }
    REQUIRE(str_equal((struct str){whole.data, whole.len}, (struct str){pieces.data, pieces.len}));
    REQUIRE(valid((struct str){whole.data, whole.len}));
    buf_release(&whole);
    buf_release(&pieces);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    struct str bytes = {(const char *)data, len};
    size_t bom;

    for (size_t i = 0; i < sizeof(charsets) / sizeof(charsets[0]); i++) {
        convert(bytes, charsets[i]);
    }
    for (int wide = DECODE_UTF16LE; wide <= DECODE_UTF32BE; wide++) {
        stream(bytes, (enum decode_wide)wide);
    }
    decode_sniff(bytes, "utf-16", &bom);
    REQUIRE(bom <= len);
    return 0;
}
