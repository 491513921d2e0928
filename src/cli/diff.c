/*
 * diff.c - the display of a word diff.
 *
 * The library gives pieces: text in both, only in A, only in B, in the order of the texts. Here they are
 * cut into words (a letter of a script that is written wide, such as Chinese, is a word of its own),
 * wrapped at the width of the terminal, marked, and long common stretches are folded: twelve words at each
 * side of a change tell where one is, the rest is counted.
 *
 * A common piece is held back until it is known whether a change follows it. White space between words
 * counts as one space; a piece follows the one before it without a space when neither has one at the seam.
 */
#include "cli/diff.h"

#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT_WORDS = 12, MIN_FOLDED_WORDS = 8 };

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Takes the next word off *text. *spaced: white space stood before it. false: no more. */
static bool next_word(struct copydesk_view *text, struct copydesk_view *word, unsigned *columns, bool *spaced)
{
    *spaced = false;
    while (text->len > 0 && is_space(text->data[0])) {
        *spaced = true;
        text->data++;
        text->len--;
    }
    *word = (struct copydesk_view){text->data, 0};
    *columns = 0;
    while (text->len > 0 && !is_space(text->data[0])) {
        uint32_t c;
        unsigned wide;
        size_t n = next_char(*text, &c, &wide);
        if (wide == 2 && word->len > 0) {
            break;
        }
        word->len += n;
        *columns += wide;
        text->data += n;
        text->len -= n;
        if (wide == 2) {
            break;
        }
    }
    return word->len > 0;
}

static void open_marks(const struct diff *diff)
{
    if (diff->in == COPYDESK_DIFF_ONLY_A) {
        fputs(diff->color ? "\033[31;9m" : "[-", diff->out);
    } else if (diff->in == COPYDESK_DIFF_ONLY_B) {
        fputs(diff->color ? "\033[32;4m" : "{+", diff->out);
    }
}

static void close_marks(const struct diff *diff)
{
    if (diff->in == COPYDESK_DIFF_ONLY_A) {
        fputs(diff->color ? "\033[0m" : "-]", diff->out);
    } else if (diff->in == COPYDESK_DIFF_ONLY_B) {
        fputs(diff->color ? "\033[0m" : "+}", diff->out);
    }
}

/* Marks take room only where they are text. */
static unsigned mark_columns(const struct diff *diff, enum copydesk_diff_kind kind)
{
    return diff->color || kind == COPYDESK_DIFF_SAME ? 0 : 2;
}

static void break_line(struct diff *diff)
{
    // Colour would run into the margin; text marks may span lines.
    if (diff->color) {
        close_marks(diff);
    }
    fprintf(diff->out, "\n%*s", (int)diff->indent, "");
    if (diff->color) {
        open_marks(diff);
    }
    diff->column = diff->indent;
}

static void put_word(struct diff *diff, enum copydesk_diff_kind kind, struct copydesk_view word,
                     unsigned columns, bool spaced)
{
    bool turns = !diff->begun || diff->in != kind;
    unsigned need = columns + (spaced ? 1 : 0) + (turns ? mark_columns(diff, kind) : 0);

    if (!diff->begun) {
        fprintf(diff->out, "%*s", (int)diff->indent, "");
        diff->column = diff->indent;
        diff->begun = true;
        diff->in = COPYDESK_DIFF_SAME;
        spaced = false;
    }
    if (diff->in != kind) {
        close_marks(diff);
        diff->column += mark_columns(diff, diff->in);
        diff->in = COPYDESK_DIFF_SAME;
    }
    if (diff->column + need + 2 > diff->width && diff->column > diff->indent) {
        break_line(diff);
    } else if (spaced) {
        putc(' ', diff->out);
        diff->column++;
    }
    if (diff->in != kind) {
        diff->in = kind;
        open_marks(diff);
        diff->column += mark_columns(diff, kind);
    }
    print_text(diff->out, word);
    diff->column += columns;
}

static void put_text(struct diff *diff, enum copydesk_diff_kind kind, struct copydesk_view text)
{
    struct copydesk_view word;
    unsigned columns;
    bool spaced;

    while (next_word(&text, &word, &columns, &spaced)) {
        put_word(diff, kind, word, columns, spaced || diff->spaced);
        diff->spaced = false;
    }
    diff->spaced = diff->spaced || spaced;
}

static size_t count_words(struct copydesk_view text)
{
    struct copydesk_view word;
    unsigned columns;
    bool spaced;
    size_t n = 0;

    while (next_word(&text, &word, &columns, &spaced)) {
        n++;
    }
    return n;
}

/* Where the text stands after n words. */
static struct copydesk_view skip_words(struct copydesk_view text, size_t n)
{
    struct copydesk_view word;
    unsigned columns;
    bool spaced;

    while (n > 0 && next_word(&text, &word, &columns, &spaced)) {
        n--;
    }
    return text;
}

/* Shows the common text held back: its beginning after a change, its end before one. */
static void flush_same(struct diff *diff, bool is_last)
{
    struct copydesk_view text = {diff->same, diff->same_len};
    size_t n_words = count_words(text);
    size_t head = diff->begun ? CONTEXT_WORDS : 0;
    size_t tail = is_last ? 0 : CONTEXT_WORDS;

    if (diff->whole || n_words < head + tail + MIN_FOLDED_WORDS) {
        put_text(diff, COPYDESK_DIFF_SAME, text);
    } else {
        struct copydesk_view rest = skip_words(text, head);
        char folded[64];
        char count[32];
        int len;
        put_text(diff, COPYDESK_DIFF_SAME, (struct copydesk_view){text.data, text.len - rest.len});
        len = snprintf(folded, sizeof folded, "\xE2\x80\xA6 %s words \xE2\x80\xA6",
                       count_text(count, n_words - head - tail));
        // The ellipses are one column each, three bytes.
        put_word(diff, COPYDESK_DIFF_SAME, (struct copydesk_view){folded, (size_t)len}, (unsigned)len - 4,
                 diff->begun);
        diff->spaced = true;
        put_text(diff, COPYDESK_DIFF_SAME, skip_words(rest, n_words - head - tail));
    }
    diff->same_len = 0;
}

static bool hold_same(struct diff *diff, struct copydesk_view text)
{
    if (diff->same_cap - diff->same_len < text.len) {
        size_t cap = diff->same_len + text.len + 4096;
        char *same = realloc(diff->same, cap);
        if (!same) {
            diff->failed = true;
            return false;
        }
        diff->same = same;
        diff->same_cap = cap;
    }
    if (text.len > 0) {
        memcpy(diff->same + diff->same_len, text.data, text.len);
        diff->same_len += text.len;
    }
    return true;
}

int diff_piece(void *data, enum copydesk_diff_kind kind, struct copydesk_view text)
{
    struct diff *diff = data;

    if (kind == COPYDESK_DIFF_SAME) {
        return hold_same(diff, text) ? 0 : 1;
    }
    if (diff->same_len > 0) {
        flush_same(diff, false);
    }
    put_text(diff, kind, text);
    return 0;
}

bool diff_end(struct diff *diff)
{
    bool ok = !diff->failed;

    if (diff->same_len > 0) {
        flush_same(diff, true);
    }
    if (diff->begun) {
        close_marks(diff);
        putc('\n', diff->out);
    }
    free(diff->same);
    *diff = (struct diff){0};
    return ok;
}
