// prop_repair.c - texts made of pieces that damage one another: what check_repair() promises; misread text
// comes back; the scan finds the same places on every CPU level.
#include "../unit/test.h"

#include "repair_check.h"
#include "repair/scan.h"

static const char *const pieces[] = {
    "garden",
    " ",
    "\n",
    "Gärtner",
    "été",
    "“",
    "”",
    "’",
    "…",
    "\xc2\xa0",
    "САД",
    "садовник",
    "в ",
    "园丁",
    "الحديقة",
    "κήπος",
    "สวน",
    "😀",
    "Ã",
    "Â",
    "â€",
    "Ã¤",
    "â€™",
    "Ãƒ",
    "Â©",
    "Ð",
    "Ñ€",
    "Рё",
    "вЂ",
    "√©",
    "‚Äô",
    "├⌐",
    "é•¿",
    "\xc2\x80",
    "\xc2\x99",
    "\xc2\xad",
    "\xe2\x80\x8b",
    "\xe2\x80\x8c",
    "\xe2\x80\x8f",
    "\xef\xbb\xbf",
    "\xef\xbf\xbd",
    "\r",
    "\x01",
    "\x1b[1m",
    "e\xcc\x81",
    "\xcc\x81",
    "\xcc\xa3",
    "&",
    "amp;",
    "lt;",
    "gt;",
    "&amp;",
    "&lt;",
    "&#8217;",
    "&#x",
    "eacute;",
    "nbsp;",
    "<",
    ">",
    "<b>",
    "</b>",
    "<p>",
    "</p>",
    "<br",
    "/>",
    "<!--",
    "-->",
    "<a href=\"",
    "\"",
    "\xc3",
    "\xe2\x80",
    "0",
    "Ø±",
    "Ù„",
    "™",
    "£",
};

static void any_text(void **state)
{
    uint64_t random = test_seed("prop_repair");
    struct checker c;
    struct buf text = {0};
    (void)state;
    checker_begin(&c);
    for (unsigned round = 0; round < 20000; round++) {
        buf_clear(&text);
        for (uint64_t n = test_below(&random, 40); n > 0; n--) {
            buf_add_str(&text, str_of(pieces[test_below(&random, COUNT_OF(pieces))]));
        }
        check_repair(&c, text.data ? text.data : "", text.len,
                     round % 2 ? COPYDESK_FIELD_TITLE : COPYDESK_FIELD_TEXT, NULL);
    }
    buf_release(&text);
    checker_end(&c);
}

// windows-1252, C1 where it has nothing.
static void misread(const char *text, size_t len, struct buf *out)
{
    static const uint16_t high[32] = {
        0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
        0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
        0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178,
    };
    buf_clear(out);
    for (size_t i = 0; i < len; i++) {
        uint8_t byte = (uint8_t)text[i];
        uint8_t bytes[4];
        uint32_t c = byte - 0x80u < 32 ? high[byte - 0x80] : byte;
        buf_add(out, bytes, utf8_encode(c, bytes));
    }
}

static void misread_text_comes_back(void **state)
{
    static const char *const words[] = {"garden",  "Gärtner",  "Küche", "été",  "“tea”", "it’s",    "– yes",
                                        "мой сад", "садовник", "κήπος", "園丁", "ogród", "zahrádka"};
    uint64_t random = test_seed("prop_repair");
    struct checker c;
    struct buf text = {0};
    struct buf once = {0};
    struct buf twice = {0};
    (void)state;
    checker_begin(&c);
    for (unsigned round = 0; round < 3000; round++) {
        struct repaired out;
        buf_clear(&text);
        for (uint64_t n = 1 + test_below(&random, 12); n > 0; n--) {
            buf_add_str(&text, str_of(words[test_below(&random, COUNT_OF(words))]));
            buf_add_char(&text, ' ');
        }
        misread(text.data, text.len, &once);
        misread(once.data, once.len, &twice);
        const struct buf *damaged = round % 2 ? &once : &twice;
        copy_padded(&c.input, damaged->data, damaged->len);
        assert_int_equal(repair_text(c.repairers[0], (struct str){c.input.data, c.input.len},
                                     COPYDESK_FIELD_TEXT, NULL, &out),
                         0);
        if (!str_equal(out.text, (struct str){text.data, text.len})) {
            fail_msg("round %u: \"%.*s\" came back as \"%.*s\"", round, (int)text.len, text.data,
                     (int)out.text.len, out.text.data);
        }
    }
    buf_release(&text);
    buf_release(&once);
    buf_release(&twice);
    checker_end(&c);
}

static void scans_agree(void **state)
{
    static const uint8_t likely[] = {0x09, 0x0a, 0x0d, 0x20, '&',  '<',  '#',  '/',  'a',  'Z',  0x7f,
                                     0x80, 0x83, 0x87, 0x8b, 0x90, 0x92, 0x93, 0x94, 0x99, 0x9a, 0xa0,
                                     0xa8, 0xac, 0xad, 0xaf, 0xb8, 0xb9, 0xbb, 0xbf, 0xc2, 0xc3, 0xc4,
                                     0xc5, 0xc6, 0xcb, 0xcc, 0xcd, 0xce, 0xd0, 0xd1, 0xd2, 0xd9, 0xdb,
                                     0xdc, 0xe0, 0xe1, 0xe2, 0xe3, 0xe5, 0xef, 0xf0, 0xff};
    uint64_t random = test_seed("prop_repair");
    uint8_t text[256 + 80];
    (void)state;
    for (unsigned round = 0; round < 60000; round++) {
        size_t len = test_below(&random, 256);
        bool plain = round % 4 == 0;
        for (size_t i = 0; i < sizeof text; i++) {
            text[i] = plain && test_below(&random, 60) ? 'e' : likely[test_below(&random, COUNT_OF(likely))];
        }
        for (int level = 0; level <= (int)cpu_level(COPYDESK_CPU_BEST); level++) {
            repair_scan_fn scan = repair_scan_for((enum copydesk_cpu)level);
            size_t next = 0; // place that has to be reported next
            uint64_t mask;
            for (size_t block = scan(text, len, 0, &mask); block < len;
                 block = scan(text, len, block + 64, &mask)) {
                for (; mask; mask &= mask - 1) {
                    size_t at = block + (size_t)__builtin_ctzll(mask);
                    for (; next <= at; next++) {
                        uint8_t four[4] = {' ', ' ', ' ', ' '};
                        memcpy(four, text + next, len - next < 4 ? len - next : 4);
                        assert_int_equal(repair_scan_at(four), next == at);
                    }
                }
            }
            for (; next < len; next++) {
                uint8_t four[4] = {' ', ' ', ' ', ' '};
                memcpy(four, text + next, len - next < 4 ? len - next : 4);
                assert_false(repair_scan_at(four));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text),
        cmocka_unit_test(misread_text_comes_back),
        cmocka_unit_test(scans_agree),
    };
    return cmocka_run_group_tests_name("prop_repair", tests, NULL, NULL);
}
