/*
 * write_json.c - numbers and strings of JSON outputs.
 *
 * Numbers are made from integers by hand: printf is slow, and its decimal point depends on the locale of
 * the process that the library lives in. Four decimals are as much as the figures mean.
 *
 * Strings of articles are valid UTF-8 when they come here; names of files are whatever bytes a disk holds.
 */
#include "write/write.h"

enum { DECIMALS = 4, DECIMAL_ONE = 10000 };

void write_number(struct buf *out, double value)
{
    // Far above any count here, far below what would lose whole numbers.
    const double most = 1e12;
    uint64_t scaled = value > 0 ? (uint64_t)((value < most ? value : most) * DECIMAL_ONE + 0.5) : 0;
    uint64_t rest = scaled % DECIMAL_ONE;
    char text[1 + DECIMALS];
    size_t len = 1 + DECIMALS;

    if (scaled < 10 * DECIMAL_ONE) {
        buf_add_char(out, (char)('0' + scaled / DECIMAL_ONE));
    } else {
        buf_add_u64(out, scaled / DECIMAL_ONE);
    }
    if (rest == 0) {
        return;
    }
    text[0] = '.';
    for (size_t i = DECIMALS; i > 0; i--) {
        text[i] = (char)('0' + rest % 10);
        rest /= 10;
    }
    while (text[len - 1] == '0') {
        len--;
    }
    buf_add(out, text, len);
}

/* Length of the valid UTF-8 at the start of text. */
static size_t valid_length(struct str text)
{
    const uint8_t *start = (const uint8_t *)text.data;
    const uint8_t *p = start;
    const uint8_t *end = start + text.len;

    while (p < end) {
        uint64_t eight;
        uint32_t code_point;
        unsigned n;
        while (end - p >= 8) {
            memcpy(&eight, p, sizeof eight);
            if (eight & 0x8080808080808080u) {
                break;
            }
            p += 8;
        }
        n = utf8_decode(p, end, &code_point);
        if (n == 0) {
            break;
        }
        p += n;
    }
    return (size_t)(p - start);
}

bool write_is_utf8(struct str text)
{
    return text.len == 0 || valid_length(text) == text.len;
}

void write_json_string(struct buf *out, struct str text)
{
    struct buf clean = {0};

    if (write_is_utf8(text)) {
        buf_add_json(out, text);
        return;
    }
    while (text.len > 0) {
        size_t n = valid_length(text);
        buf_add(&clean, text.data, n);
        if (n < text.len) {
            buf_add(&clean, "\xEF\xBF\xBD", 3);
            n++;
        }
        text.data += n;
        text.len -= n;
    }
    out->failed = out->failed || clean.failed;
    buf_add_json(out, (struct str){clean.data, clean.len});
    buf_release(&clean);
}
