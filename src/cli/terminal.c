/*
 * terminal.c - the manners of the program: what people see, and what never reaches their terminal.
 *
 * Nothing here looks at the locale: numbers, widths and UTF-8 come out the same everywhere, so that the
 * output of a run can be compared byte by byte. Widths follow the wide blocks of East Asian scripts and the
 * common blocks of combining marks; an odd character only makes a line a little short or long.
 */
#include "cli/terminal.h"

#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { DEFAULT_WIDTH = 80, MIN_WIDTH = 40, REPLACEMENT = 0xFFFD };

bool is_live_terminal(FILE *stream)
{
    const char *term = getenv("TERM");

    return isatty(fileno(stream)) && !(term && strcmp(term, "dumb") == 0);
}

bool use_color(FILE *stream, enum color_mode mode)
{
    const char *no_color = getenv("NO_COLOR");

    if (mode != COLOR_AUTO) {
        return mode == COLOR_ALWAYS;
    }
    return !(no_color && *no_color) && is_live_terminal(stream);
}

unsigned text_width(FILE *stream)
{
    struct winsize size;

    if (!isatty(fileno(stream)) || ioctl(fileno(stream), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return DEFAULT_WIDTH;
    }
    return size.ws_col < MIN_WIDTH ? MIN_WIDTH : size.ws_col;
}

struct copydesk_view view_of(const char *text)
{
    return (struct copydesk_view){text, text ? strlen(text) : 0};
}

static unsigned columns_of(uint32_t c)
{
    if ((c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200F) || (c >= 0xFE00 && c <= 0xFE0F) ||
        c == 0xFEFF) {
        return 0;
    }
    if ((c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
        (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF01 && c <= 0xFF60) ||
        (c >= 0x1F300 && c <= 0x1F9FF) || (c >= 0x20000 && c <= 0x3FFFD)) {
        return 2;
    }
    return 1;
}

size_t next_char(struct copydesk_view text, uint32_t *code_point, unsigned *columns)
{
    static const uint32_t least[5] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *p = (const unsigned char *)text.data;
    size_t n = p[0] < 0x80             ? 1
               : (p[0] & 0xE0) == 0xC0 ? 2
               : (p[0] & 0xF0) == 0xE0 ? 3
               : (p[0] & 0xF8) == 0xF0 ? 4
                                       : 0;
    uint32_t c = n == 1 ? p[0] : n == 0 ? 0 : p[0] & (0x7Fu >> n);
    bool valid = n > 0 && n <= text.len;

    for (size_t i = 1; valid && i < n; i++) {
        valid = (p[i] & 0xC0) == 0x80;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (!valid || c < least[n] || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) {
        *code_point = REPLACEMENT;
        *columns = 1;
        return 1;
    }
    *code_point = c;
    *columns = columns_of(c);
    return n;
}

/* Controls, and the marks that turn the direction of the text behind them. */
static bool is_unsafe(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029 || c == REPLACEMENT;
}

void print_text(FILE *out, struct copydesk_view text)
{
    unsigned n_hashes = 0;

    while (text.len > 0) {
        uint32_t c;
        unsigned columns;
        size_t n = next_char(text, &c, &columns);
        // To the runner of GitHub Actions ##[name] is a command wherever it stands in a line of a log.
        if (c == '[' && n_hashes >= 2) {
            putc(' ', out);
        }
        n_hashes = c == '#' ? n_hashes + 1 : 0;
        if (c == '\n' || c == '\r' || c == '\t') {
            putc(' ', out);
        } else if (is_unsafe(c)) {
            fputs("\xEF\xBF\xBD", out);
        } else {
            fwrite(text.data, 1, n, out);
        }
        text.data += n;
        text.len -= n;
    }
}

void print_shell_word(FILE *out, struct copydesk_view word)
{
    bool plain = word.len > 0;

    for (size_t i = 0; i < word.len && plain; i++) {
        char c = word.data[i];
        plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                memchr("-_./:@%+=,", c, 10) != NULL;
    }
    if (plain) {
        print_text(out, word);
        return;
    }
    putc('\'', out);
    for (const char *end = word.data + word.len; word.data < end;) {
        const char *quote = memchr(word.data, '\'', word.len);
        size_t n = quote ? (size_t)(quote - word.data) : word.len;
        print_text(out, (struct copydesk_view){word.data, n});
        if (quote) {
            fputs("'\\''", out);
            n++;
        }
        word.data += n;
        word.len -= n;
    }
    putc('\'', out);
}

void print_json(FILE *out, struct copydesk_view text)
{
    putc('"', out);
    while (text.len > 0) {
        uint32_t c;
        unsigned columns;
        size_t n = next_char(text, &c, &columns);
        if (c == '"' || c == '\\') {
            putc('\\', out);
            putc((int)c, out);
        } else if (c == REPLACEMENT) {
            fputs("\xEF\xBF\xBD", out);
        } else if (c < 0x20 || c == 0x7F || c == 0x2028 || c == 0x2029) {
            fprintf(out, "\\u%04x", c);
        } else {
            fwrite(text.data, 1, n, out);
        }
        text.data += n;
        text.len -= n;
    }
    putc('"', out);
}

const char *count_text(char out[static 32], uint64_t count)
{
    char *p = out + 31;
    unsigned digits = 0;

    *p = '\0';
    do {
        if (digits > 0 && digits % 3 == 0) {
            *--p = ',';
        }
        *--p = (char)('0' + count % 10);
        count /= 10;
        digits++;
    } while (count > 0);
    return p;
}

const char *percent_text(char out[static 32], uint64_t part, uint64_t whole)
{
    double percent = whole > 0 ? 100.0 * (double)part / (double)whole : 0.0;
    size_t len;

    // A share that is not zero must not look like zero.
    if (percent > 0 && percent < 0.01) {
        snprintf(out, 32, "<0.01%%");
        return out;
    }
    len = (size_t)snprintf(out, 30, "%.2f", percent);
    while (out[len - 1] == '0') {
        len--;
    }
    if (out[len - 1] == '.') {
        len--;
    }
    out[len] = '%';
    out[len + 1] = '\0';
    return out;
}

const char *bytes_text(char out[static 32], uint64_t bytes)
{
    static const char *const units[] = {"bytes", "KB", "MB", "GB", "TB", "PB"};
    double value = (double)bytes;
    size_t unit = 0;

    if (bytes < 1000) {
        snprintf(out, 32, "%u %s", (unsigned)bytes, bytes == 1 ? "byte" : "bytes");
        return out;
    }
    // 999.95 would print as 1000.0.
    while (value >= 999.95 && unit < 5) {
        value /= 1000;
        unit++;
    }
    snprintf(out, 32, "%.1f %s", value, units[unit]);
    return out;
}

void complain(const char *format, ...)
{
    va_list arguments;

    fputs("copydesk: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    putc('\n', stderr);
}

bool stdout_is_cut(void)
{
    struct pollfd fd = {.fd = STDOUT_FILENO};

    return poll(&fd, 1, 0) == 1 && (fd.revents & POLLERR) != 0;
}
