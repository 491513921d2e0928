/*
 * report_text.c - foreign text made fit to be shown, and an item in sentences. Contract in report.h.
 *
 * Ids, titles and file names come from scraped pages, and reports are read in browsers, terminals and build
 * logs. Before any format escapes what it must, text is made plain, once and for all forms: one line; a
 * control character as its picture (U+2400 and on), a byte that is no UTF-8 as U+FFFD; what is invisible, no
 * character, or turns the direction of text as <U+202E>, so that a reader sees that it is there (the attack
 * is known as Trojan Source, Boucher and Anderson 2021). Joiners (U+200C, U+200D) stay: scripts and emoji
 * need them.
 */
#include "write/report.h"

enum { REPLACEMENT = 0xFFFD, PICTURES = 0x2400, MESSAGE_ID_CHARS = 120, MESSAGE_OTHERS = 5 };

/* Format characters, variation and tag characters, fillers: nothing to see, or they move what is seen. */
static bool is_hidden(uint32_t c)
{
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x00AD, 0x00AD},   {0x034F, 0x034F}, {0x061C, 0x061C},   {0x115F, 0x1160},    {0x17B4, 0x17B5},
        {0x180B, 0x180F},   {0x200B, 0x200B}, {0x200E, 0x200F},   {0x2028, 0x202E},    {0x2060, 0x206F},
        {0x3164, 0x3164},   {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},    {0x1BCA0, 0x1BCA3},
        {0x1D173, 0x1D17A}, {0xE000, 0xF8FF}, {0xE0000, 0xE0FFF}, {0xF0000, 0x10FFFF},
    };

    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        if (c >= ranges[i].first && c <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

static bool is_visible(uint32_t c)
{
    return c >= 0x20 && (c < 0x7F || c > 0x9F) && !is_hidden(c) && (c & 0xFFFE) != 0xFFFE &&
           !(c >= 0xFDD0 && c <= 0xFDEF);
}

static void add_code_point(struct buf *out, uint32_t c)
{
    uint8_t bytes[4];

    if (c == '\n' || c == '\r' || c == '\t' || c == '\v' || c == '\f') {
        buf_add_char(out, ' ');
    } else if (c < 0x20 || c == 0x7F) {
        buf_add(out, bytes, utf8_encode(c == 0x7F ? PICTURES + 0x21 : PICTURES + c, bytes));
    } else if (!is_visible(c)) {
        buf_printf(out, "<U+%04X>", c);
    } else {
        buf_add(out, bytes, utf8_encode(c, bytes));
    }
}

void report_add_plain(struct buf *out, struct str text, size_t most)
{
    const uint8_t *p = (const uint8_t *)text.data;
    const uint8_t *end = text.len > 0 ? p + text.len : p;

    for (size_t n = 0; p < end; n++) {
        uint32_t c;
        unsigned len = utf8_decode(p, end, &c);
        if (n == most) {
            buf_add(out, "\xE2\x80\xA6", 3);
            return;
        }
        add_code_point(out, len ? c : REPLACEMENT);
        p += len ? len : 1;
    }
}

struct str report_cut(struct str plain, size_t most)
{
    size_t chars = 0;

    for (size_t i = 0; i < plain.len; i++) {
        if (((unsigned char)plain.data[i] & 0xC0) != 0x80 && chars++ == most) {
            return (struct str){plain.data, i};
        }
    }
    return plain;
}

struct str report_relative(const struct write_corpus *corpus, struct str file)
{
    struct str base = str_of(corpus->judgement->base_folder);

    while (base.len > 0 && base.data[base.len - 1] == '/') {
        base.len--;
    }
    if (base.len > 0 && file.len > base.len + 1 && str_starts(file, base) && file.data[base.len] == '/') {
        file = (struct str){file.data + base.len + 1, file.len - base.len - 1};
    }
    while (str_starts(file, STR("./"))) {
        file = (struct str){file.data + 2, file.len - 2};
        while (str_starts(file, STR("/"))) {
            file = (struct str){file.data + 1, file.len - 1};
        }
    }
    return str_equal(file, STR("-")) ? STR("stdin") : file;
}

static void add_json_escape(struct buf *out, uint32_t c)
{
    if (c > 0xFFFF) {
        buf_printf(out, "\\u%04x\\u%04x", 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
    } else {
        buf_printf(out, "\\u%04x", c);
    }
}

void report_add_json_file(struct buf *out, const struct write_corpus *corpus, struct str file)
{
    struct str path = report_relative(corpus, file);
    const uint8_t *p = (const uint8_t *)path.data;
    const uint8_t *end = path.len > 0 ? p + path.len : p;

    buf_add_char(out, '"');
    while (p < end) {
        uint32_t c;
        unsigned n = utf8_decode(p, end, &c);
        c = n ? c : REPLACEMENT;
        if (c == '"' || c == '\\' || !is_visible(c)) {
            add_json_escape(out, c);
        } else if (n == 0) {
            buf_add(out, "\xEF\xBF\xBD", 3);
        } else {
            buf_add(out, p, n);
        }
        p += n ? n : 1;
    }
    buf_add_char(out, '"');
}

void report_add_count(struct buf *out, uint64_t count)
{
    char digits[20];
    size_t n = 0;

    do {
        digits[n++] = (char)('0' + count % 10);
        count /= 10;
    } while (count > 0);
    while (n > 0) {
        buf_add_char(out, digits[--n]);
        if (n > 0 && n % 3 == 0) {
            buf_add_char(out, ',');
        }
    }
}

void report_add_counted(struct buf *out, uint64_t count, const char *noun)
{
    report_add_count(out, count);
    buf_add_char(out, ' ');
    buf_add_str(out, str_of(noun));
    if (count != 1) {
        buf_add_char(out, 's');
    }
}

void report_add_percent(struct buf *out, uint64_t part, uint64_t whole)
{
    // Hundredths of a percent; parts are counts of articles, far below 2^50.
    uint64_t scaled = whole ? (part * 10000 + whole / 2) / whole : 0;

    buf_add_u64(out, scaled / 100);
    buf_add_char(out, '.');
    buf_add_char(out, (char)('0' + scaled % 100 / 10));
    buf_add_char(out, (char)('0' + scaled % 10));
    buf_add_char(out, '%');
}

// ---- sentences

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

static void add_foreign(struct buf *out, const struct report_style *style, struct str text, size_t most)
{
    struct str cut = report_cut(text, most);

    if (style->add) {
        style->add(out, cut);
    } else {
        buf_add_str(out, cut);
    }
    if (cut.len < text.len) {
        SAY("\xE2\x80\xA6");
    }
}

static void add_subject(struct buf *out, const struct report_item *item, const struct report_style *style)
{
    const struct copydesk_finding *f = &item->finding;
    struct str of = item->is_cluster ? item->of.id : write_str(f->of);

    add_foreign(out, style, item->place.id, MESSAGE_ID_CHARS);
    if (item->n_articles > 1) {
        SAY(" and ");
        report_add_counted(out, item->n_articles - 1, "more article");
        SAY(": ");
    } else {
        SAY(": ");
    }
    buf_add_str(out, str_of(f->reason ? f->reason : copydesk_rule_summary(f->rule)));
    if (of.len > 0) {
        SAY(" (");
        buf_add_str(out, str_of(style->of_open));
        add_foreign(out, style, of, MESSAGE_ID_CHARS);
        buf_add_str(out, str_of(style->of_close));
        buf_add_char(out, ')');
    }
    buf_add_char(out, '.');
}

static void add_words(struct buf *out, const struct report_item *item, const struct report_style *style)
{
    const struct copydesk_finding *f = &item->finding;

    if (item->quote.len > 0) {
        SAY(" Found: \"");
        add_foreign(out, style, item->quote, REPORT_TEXT_CHARS);
        SAY("\".");
    }
    if (f->to.len > 0) {
        SAY(" Instead: \"");
        add_foreign(out, style, write_str(f->to), REPORT_TEXT_CHARS);
        SAY("\".");
    }
    if (item->title.len > 0 && f->field != COPYDESK_FIELD_TITLE) {
        SAY(" Title: \"");
        add_foreign(out, style, item->title, REPORT_TEXT_CHARS);
        SAY("\".");
    }
    if (f->better.len > 0) {
        SAY(" The title fits ");
        add_foreign(out, style, write_str(f->better), MESSAGE_ID_CHARS);
        buf_add_char(out, '.');
    }
}

static void add_figures(struct buf *out, const struct copydesk_finding *f)
{
    if (f->shared_words > 0) {
        SAY(" Jaccard ");
        write_number(out, f->jaccard);
        SAY(", containment ");
        write_number(out, f->containment);
        SAY(", ");
        report_add_counted(out, f->shared_words, "shared word");
        buf_add_char(out, '.');
    }
    if (f->articles > 0) {
        SAY(" In ");
        report_add_counted(out, f->articles, "article");
        SAY(", each story counted once: ");
        report_add_count(out, f->clusters);
        buf_add_char(out, '.');
    }
    if (f->kept_because) {
        SAY(" The other one is kept: ");
        buf_add_str(out, str_of(f->kept_because));
        buf_add_char(out, '.');
    }
    if (f->rule == COPYDESK_BAD_RECORD) {
        SAY(" At byte ");
        report_add_count(out, f->offset);
        SAY(" of the record.");
    }
}

static void add_others(struct buf *out, const struct report_item *item, const struct report_style *style)
{
    size_t n = item->n_others < MESSAGE_OTHERS ? item->n_others : MESSAGE_OTHERS;

    for (size_t i = 0; i < n; i++) {
        buf_add_str(out, str_of(i == 0 ? " Also " : ", "));
        add_foreign(out, style, item->others[i].id, MESSAGE_ID_CHARS);
    }
    if (n > 0) {
        uint32_t left = item->n_articles - 1 - (uint32_t)n;
        if (left > 0) {
            SAY(" and ");
            report_add_count(out, left);
            SAY(" more");
        }
        buf_add_char(out, '.');
    }
    if (!item->is_cluster && item->n_findings > 1) {
        buf_add_char(out, ' ');
        report_add_count(out, item->n_findings);
        SAY(" findings of this rule in the article.");
    }
}

void report_add_message(struct buf *out, const struct report_item *item, const struct report_style *style)
{
    static const struct report_style as_it_is = {NULL, "", ""};

    style = style ? style : &as_it_is;
    add_subject(out, item, style);
    add_words(out, item, style);
    add_figures(out, &item->finding);
    add_others(out, item, style);
}
