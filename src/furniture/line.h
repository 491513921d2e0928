/*
 * line.h - inside of furniture/furniture.h: all that is known of one line, and what it is by that alone.
 */
#pragma once

#include "furniture/furniture.h"

enum {
    FURNITURE_NONE = COPYDESK_N_RULES,
    FURNITURE_LOOK_WORDS = 48, /* longest line that is searched for phrases */
};

/* What is known of a line (or of a sentence). */
struct line_view {
    struct segment segment;
    enum segment_zone zone;
    uint32_t before, after; /* paragraphs before it and after it */
    bool stop;              /* ends like a sentence */
    bool solo;              /* of a script without spaces */
    bool cased;             /* has capital letters, so that a small one means something */
    bool bullet, copyright;
    bool point;                /* its full stop is a point, not a question mark or the like */
    bool shared;               /* some of its sentences stand in other articles */
    bool own_title;            /* the title of this article, or most of it */
    bool is_title;             /* of an article of another cluster */
    bool bare_title;           /* and nothing else says what the line is */
    bool led_title;            /* such a title stands behind a label that means nothing */
    bool looked;               /* phrases were looked for */
    uint32_t n_upper, n_digit; /* words */
    uint32_t label;            /* words before a colon at the front, 0 for none */
    bool entry;                /* behind the colon more follows on the line */

    const struct boiler_entry *words, *form[BOILER_KINDS];

    /* Phrases: rule by use, FURNITURE_NONE for none. */
    uint8_t phrase[PHRASE_USES];
    uint32_t n_start; /* words of the one it begins with */
    uint32_t n_has_words;
    uint32_t n_has;      /* phrases of PHRASE_HAS */
    uint32_t n_buttons;  /* words of buttons */
    uint32_t n_hits;     /* buttons that are no joints */
    uint32_t n_joints;   /* of those, words that only stand between others */
    uint64_t button;     /* the last of them */
    bool lone_button;    /* one word, though it may stand there more than once */
    uint32_t n_doubtful; /* of the sides, "(R)", "(c)": a party or the like as likely as the right */
    uint32_t n_sides;
    bool ends_in_side; /* a full stop or the end of the line behind the last of them */

    /* The judgment. */
    uint8_t rule;
    bool counted;    /* the corpus says so, and no phrase does */
    bool by_corpus;  /* the corpus says so, whatever names it */
    uint8_t by_form; /* by this form of it: enum boiler_kind */
    bool spared;     /* no furniture for the sake of its neighbours */
    bool menu;       /* pieces between bars */
    bool spread;     /* its neighbours say so */
    uint16_t score;
    const struct boiler_entry *evidence;
    const char *reason;
};

struct line_context {
    const char *text;
    const struct tokens *words;
    const struct boiler_table *table;
    const struct phrases *phrases;
    const struct tokens *title; /* NULL: none */
    uint32_t cluster, source;
    const struct boiler_entry *const *known; /* by number of a sentence; of lines that have more than one */
};

void line_look(const struct line_context *c, struct line_view *v);
/* Nothing but figures: its key says little. */
bool line_is_figures(const struct line_view *v);
void line_judge(const struct line_context *c, struct line_view *v);

static inline bool line_is_cut(const struct line_view *v)
{
    return v->rule != FURNITURE_NONE && v->rule != COPYDESK_CAPTION;
}

/* Nothing is known of it yet, and it is not the headline of this very story. */
static inline bool line_is_open(const struct line_view *v)
{
    return v->rule == FURNITURE_NONE && !v->own_title;
}
