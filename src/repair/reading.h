/*
 * reading.h - the ways in which a run of characters can be read: as it stands, or with some of them
 * put back into the bytes of a charset and read as UTF-8. Private to repair*.c.
 *
 * Costs (repair/shape.h) are counted in quarters here: READING_UNIT is one.
 */
#pragma once

#include "base/str.h"
#include "repair/charsets.h"
#include "repair/shape.h"

enum {
    READING_UNIT = 4,
    READING_FAR = 1 << 28, /* more than any cost */
    READING_LOST = 0xfffd, /* stands for bytes that a converter lost */
    READING_SHAPES = CHARSET_PAGES << 6,
};

struct reading_element {
    const struct charset_entry *entry;
    uint32_t code_point;
    uint32_t at; /* in the text */
    struct shape shape;
};

enum { READING_KEPT, READING_UNDONE, READING_WAYS };

/* The best reading up to a character, with that character kept or undone. */
struct reading_node {
    int cost;
    uint8_t from, step; /* the way before, and how many characters the last step took */
    struct shape last, before;
};

struct reading {
    struct reading_element *elements, *once; /* the run; and what it is when undone once */
    struct reading_node *nodes[READING_WAYS];
    uint8_t *plan; /* for each element: how many are undone from it on, or 0: it is kept */
    size_t n_elements, elements_cap, n_once, once_cap, nodes_cap[READING_WAYS], plan_cap;
    struct shape before, first, next;    /* what stands around the run */
    struct shape shapes[READING_SHAPES]; /* those that are asked for most */
};

void reading_init(struct reading *r);
void reading_release(struct reading *r);

struct shape reading_shape(const struct reading *r, uint32_t code_point);

/* Length (at least 1, but 0 at the end) and code point; bytes that are no UTF-8 are U+FFFD. */
unsigned reading_decode(const uint8_t *text, size_t len, size_t at, uint32_t *code_point);

/* First byte of the one letter whose later byte, a no-break space, may have become a blank: a with grave. */
static inline bool reading_lost_blank(uint32_t lead)
{
    return lead == 0xc3;
}

/* Loads the run that begins at `start`; *end receives its end. 0 or COPYDESK_ERR_MEMORY. */
int reading_load(struct reading *r, const uint8_t *text, size_t len, size_t start, size_t *end);

/* Charsets in which something can be undone, a bit for each. */
unsigned reading_charsets(const struct reading *r);

/* The character that the elements from i on are when undone: how many it takes, or 0. */
unsigned reading_undo(const struct reading *r, size_t i, int charset, uint32_t *code_point);

/* Of the run as it stands. */
int reading_cost(const struct reading *r);

/*
 * The cost of the best reading in this charset, READING_FAR where nothing can be undone. `doubt` is added for
 * each stretch that is undone; favoured: ties fall to undoing. *way is for reading_unwind().
 */
int reading_best(struct reading *r, int charset, int doubt, bool favoured, int *way);

/*
 * What is gained when the run was misread twice: halfway it may look worse than it does now. -READING_FAR: it
 * was not. 0 or COPYDESK_ERR_MEMORY.
 */
int reading_gain_twice(struct reading *r, int charset, int doubt, int as_it_stands, int *gain);

/* Makes the plan: of the best reading found last, or to undo all that can be. */
void reading_unwind(struct reading *r, int way);
void reading_plan_whole(struct reading *r, int charset);

/* Appends the characters of the stretch that is undone from element i on; returns the element behind it. */
size_t reading_undo_stretch(const struct reading *r, size_t i, int charset, struct buf *to);

/* Appends what the run, which ends at `end`, becomes by the plan. */
void reading_write(const struct reading *r, int charset, struct str text, size_t end, struct buf *to);
