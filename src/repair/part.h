/*
 * part.h - what the parts of the repair stage share. Private to repair*.c.
 *
 * One round over a text: the scan (repair/scan.h) finds the places worth a look; repair/mojibake.c looks at
 * those that may be misread UTF-8, repair/markup.c and repair/control.c at the others. Each appends what it
 * finds to a list; repair/repair.c makes the next text of it, and goes round again until nothing is found.
 */
#pragma once

#include "base/str.h"
#include "copydesk.h"
#include "repair/vocabulary.h"

/* A change to the text of this round: bytes start..end become pool bytes to..to+to_len. */
struct repair_change {
    uint32_t start, end;
    uint32_t to, to_len;
    enum copydesk_rule rule;
    uint32_t score;
};

struct repair_list {
    struct repair_change *items;
    size_t n, cap;
    struct buf pool;
};

void repair_list_release(struct repair_list *list);
void repair_list_clear(struct repair_list *list);
/* 0 or COPYDESK_ERR_MEMORY. `to` is copied. */
int repair_list_add(struct repair_list *list, enum copydesk_rule rule, size_t start, size_t end,
                    struct str to, uint32_t score);

enum { REPAIR_CERTAIN = 10000, REPAIR_LIKELY = 9500, REPAIR_CONFIRMED = 9000, REPAIR_LOST = 5000 };

/* ---- repair/mojibake.c ---- */

struct mojibake; /* scratch */

struct mojibake *mojibake_new(void);
void mojibake_free(struct mojibake *m);

/*
 * Whether the character at text + at begins what may be misread UTF-8. Cheap; to be asked at the places that
 * the scan found.
 */
bool mojibake_possible(const uint8_t *text, size_t len, size_t at);

/* Forgets the text before: to be called before the first round over a text. */
void mojibake_begin(struct mojibake *m);

/*
 * The misread parts of a text around the places in `at` (ascending, mojibake_possible()), as changes in
 * ascending order.
 */
int mojibake_find(struct mojibake *m, struct str text, const uint32_t *at, size_t n,
                  const struct vocabulary *v, struct repair_list *out);

/* ---- repair/single.c ---- */

struct single; /* tables */

struct single *single_new(void);
void single_free(struct single *s);
/* Cheap: by the first few hundred bytes. */
bool single_possible(const uint8_t *text, size_t len);
/* A whole text of another single-byte charset that was read as windows-1252: a change for each line. */
int single_find(struct single *s, struct str text, struct repair_list *out);

/* ---- repair/markup.c ---- */

/* What stands at an & or a <: 0 = nothing, else the number of bytes that go; *to (at most 8 bytes) comes. */
struct repair_markup {
    char to[8];
    uint32_t to_len;
    bool breaks; /* a block tag: a line break where it parts text, else nothing */
};

size_t markup_entity(const uint8_t *text, size_t len, size_t at, struct repair_markup *m);
/* The character of windows-1252 that a C1 control stands for; itself where there is none. */
uint32_t markup_windows_1252(uint32_t c1);
size_t markup_tag(const uint8_t *text, size_t len, size_t at, struct repair_markup *m);
/* Whether the tags of a text are what it speaks of. */
bool markup_is_sample(const uint8_t *text, size_t len);

/* ---- repair/control.c ---- */

enum { CONTROL_MAX_SPAN = 32 * 4 };

struct repair_control {
    size_t start, end; /* the span; start == end: nothing to do */
    enum copydesk_rule rule;
    char to[CONTROL_MAX_SPAN + 8];
    uint32_t to_len;
    uint32_t score;
    bool breaks;
};

/* What stands at a control, an invisible character, a combining mark or U+FFFD. `rtl`: 0 not known yet, 1 the
 * text has letters written from the right, 2 it has none. */
void control_at(const uint8_t *text, size_t len, size_t at, int *rtl, struct repair_control *c);
