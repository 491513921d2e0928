/*
 * cleaning_state.h - what the cleaning stages know of the corpus, and the scratch of a thread; shared by
 * cleaning.c, which fills it in, cleaning_judge.c, which asks it, cleaning_profile.c, which saves it, and
 * alone.c, which judges one article beside it.
 */
#pragma once

#include "base/pool.h"
#include "furniture/boilerplate.h"
#include "page/page.h"
#include "pipeline/cleaning.h"
#include "pipeline/repeats.h"
#include "repair/repair.h"
#include "title/alone.h"
#include "title/stats.h"
#include "repair/vocabulary.h"

struct phrases;

struct cleaning {
    const struct pipeline *p;
    bool repairs, furniture, titles, pages;
    uint64_t known_articles; // of the profile
    uint64_t furniture_rules;
    unsigned page_rules;
    struct cleaner **cleaners; // by thread
    struct vocabulary *words;
    bool learned; // words are complete
    struct phrases *phrases;
    struct boiler_stats *lines;
    struct boiler_table *known_lines; // of the profile; NULL: none
    struct boiler_table *table;
    struct title_stats *title_stats;
    struct pool_task measuring; // titles, from cleaning_start_learning() to cleaning_learn()
    struct page_table *page_table;
    struct page_stats *page_stats;
    struct repeats repeats; // of exact texts, for pages
    // By article: from BOILER_MARK on, it has to be read again; boiler_finish() marks more.
    uint8_t *marks;
    bool *sound; // by article: it has nothing to repair, whatever the words of the corpus
    size_t n_marks, cap_marks, cap_sound;
};

struct cleaner {
    struct cleaning *c;
    unsigned thread;
    struct repairer *title_repairer, *text_repairer, *early_repairer;
    struct tokenizer *tokenizer, *title_tokenizer;
    struct boiler_collector keys;
    struct title_collector *title_collector;
    struct page_stats *page_stats;
    struct buf notes;
    bool sound; // the article at hand has nothing to repair
    struct furniture *early_furniture, *furniture;
    struct page_judge *page_judge;
    struct found *found;
    struct edit *done; // repairs that are carried out
    size_t n_found, cap_found, cap_done;
    struct str body; // the text, repaired, and what is cut of it
    const struct edit *cuts;
    size_t n_cuts;
    struct buf story; // the text without that, for the second look at a title
};

int cleaner_new(struct cleaner **cl, struct cleaning *c, unsigned thread, struct copydesk_error *error);
void cleaner_free(struct cleaner *cl);
/* What only the second reading needs; c->learned. */
int cleaner_prepare_to_judge(struct cleaner *cl, struct copydesk_error *error);
/* One field repaired in its place, *out says how. r NULL: not at all. */
int cleaner_repair_field(struct repairer *r, struct str *field, enum copydesk_field which,
                         const struct vocabulary *words, struct repaired *out, struct copydesk_error *error);

/* Of one article, what its record does not say. */
struct standing {
    uint32_t number;         /* with `title`: not used */
    uint32_t cluster;        /* of the rough clusters */
    uint32_t copies, titles; /* articles with this text, and titles over it; 1 and 1 of most */
    const struct vocabulary *words;
    const struct page_stats *pages;
    bool sound;                  /* there is nothing to repair, whatever the words of the corpus */
    const struct tokens *tokens; /* of the text, when all of the article is sound; NULL: not known */
    struct title_alone *title;   /* NULL: its title is judged by its number */
};
int cleaner_judge_standing(struct cleaner *cl, const struct standing *at, const struct article *as_read,
                           struct judgement *judgement, struct copydesk_error *error);
