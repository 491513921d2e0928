/*
 * cleaning_state.h - what the cleaning stages know of the corpus; shared by cleaning.c, which fills it in
 * and asks it, and cleaning_profile.c, which saves it.
 */
#pragma once

#include "boilerplate.h"
#include "page.h"
#include "pipeline/cleaning.h"
#include "pipeline/repeats.h"
#include "title_stats.h"
#include "vocabulary.h"

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
    struct page_table *page_table;
    struct page_stats *page_stats;
    struct repeats repeats; // of exact texts, for pages
    // By article: from BOILER_MARK on, it has to be read again; boiler_finish() marks more.
    uint8_t *marks;
    size_t n_marks, cap_marks;
};
