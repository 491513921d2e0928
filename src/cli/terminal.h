/*
 * terminal.h - what is printed for people: colour, width, safe text, counts, complaints.
 *
 * Article text, ids and file names are foreign matter: print_text() lets no control character through, so
 * that a scraped escape sequence cannot reach the terminal.
 */
#pragma once

#include "copydesk.h"

#include <stdio.h>

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* For one stream: `auto` means a terminal that is not dumb, and NO_COLOR unset or empty. */
bool use_color(FILE *stream, enum color_mode mode);
/* True where a line can be rewritten in place. */
bool is_live_terminal(FILE *stream);
/* Columns of the terminal behind the stream; 80 where there is none. */
unsigned text_width(FILE *stream);

struct copydesk_view view_of(const char *text);

/*
 * Bytes of the first character of text (at least 1), its code point (U+FFFD for a byte that is no UTF-8)
 * and the columns that it takes: 0, 1 or 2. text is not empty.
 */
size_t next_char(struct copydesk_view text, uint32_t *code_point, unsigned *columns);
/* White space as one space each, other controls and bytes that are no UTF-8 as U+FFFD, ##[ as ## [. */
void print_text(FILE *out, struct copydesk_view text);
/* A word for a shell to read back: in single quotes where it needs them. */
void print_shell_word(FILE *out, struct copydesk_view word);
/* A JSON string with its quotes. */
void print_json(FILE *out, struct copydesk_view text);

/* "11,500" */
const char *count_text(char out[static 32], uint64_t count);
/* "4.87%"; "0%" when whole is 0. */
const char *percent_text(char out[static 32], uint64_t part, uint64_t whole);
/* "47.4 MB" */
const char *bytes_text(char out[static 32], uint64_t bytes);

/* "copydesk: ..." and a line feed on standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Standard output is a pipe that nobody reads any more. */
bool stdout_is_cut(void);
