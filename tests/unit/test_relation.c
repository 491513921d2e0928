// test_relation.c - from evidence to the name of a relation: a table for each question that
// match/relation.c asks, every row in both directions, and what must hold for any evidence.
#include "test.h"

#include "match/relation.h"

// Two outlets a day apart; five days; a month; one outlet the same day; a month apart; nothing known; one
// URL.
enum who { SOON, USUAL, LATE, HOUSE, STRICT, UNKNOWN, PAGE, WHOS };

static struct relation_context context_of(enum who who)
{
    static const struct relation_context contexts[WHOS] = {
        [SOON] = {.other_source = true, .days = 1},
        [USUAL] = {.other_source = true, .days = 5},
        [LATE] = {.other_source = true, .days = 30},
        [HOUSE] = {.same_source = true, .days = 1},
        [STRICT] = {.same_source = true, .days = 30},
        [UNKNOWN] = {.days = UINT32_MAX},
        [PAGE] = {.same_page = true, .same_source = true, .days = 30},
    };
    return contexts[who];
}

// A smaller article against a larger one. Shares are in 1/1000; 0 stands for what is said behind each.
struct row {
    const char *name;
    enum who who;
    enum relation expected; // RELATION_A_IN_B: the smaller one is in the larger one
    uint32_t covered;
    uint32_t words;      // 400
    uint32_t words_l;    // as many
    uint32_t gap, gap_l; // in words; 5
    uint32_t lost;       // of the weight of facts
    uint32_t swaps, fact_swaps, number_swaps;
    uint32_t lead, run;      // in words; run: all that is covered
    uint32_t names;          // one in ten words
    uint32_t aligned;        // in words
    uint32_t alone, alone_l; // in words, in stretches that the other lacks
    uint32_t distinct;       // share of distinct 5-grams: as `covered`
    uint8_t common, common_l;
};

static uint32_t or_else(uint32_t given, uint32_t otherwise)
{
    return given ? given : otherwise;
}

static struct evidence evidence_of(const struct row *row)
{
    uint32_t words = or_else(row->words, 400);
    uint32_t words_l = or_else(row->words_l, words);
    uint32_t covered = row->covered * words / 1000;
    uint32_t set = words - 4;
    return (struct evidence){
        .a_is_small = true,
        .words_a = words,
        .words_b = words_l,
        .set_a = set,
        .set_b =
            words_l - 4 + (words_l == words), // never the same, so that it is known which is the smaller one
        .shared = or_else(row->distinct, row->covered) * set / 1000,
        .run = or_else(row->run, covered),
        .covered_a = covered,
        .covered_b = covered,
        .gap_a = or_else(row->gap, 5),
        .gap_b = or_else(row->gap_l, 5),
        .lead_a = row->lead,
        .aligned = row->aligned,
        .alone_a = row->alone,
        .alone_b = row->alone_l,
        .swaps = row->swaps,
        .fact_swaps = row->fact_swaps,
        .number_swaps = row->number_swaps,
        .names_a = or_else(row->names, words / 10),
        .names_b = or_else(row->names, words_l / 10),
        .facts_a = words / 10,
        .facts_b = words_l / 10,
        .fact_weight_a = 1000,
        .fact_weight_b = 2000,
        .fact_weight_shared = 1000 - row->lost,
    };
}

static struct evidence turned(const struct evidence *e)
{
    struct evidence t = *e;
    t.a_is_small = !e->a_is_small;
    t.words_a = e->words_b;
    t.words_b = e->words_a;
    t.set_a = e->set_b;
    t.set_b = e->set_a;
    t.covered_a = e->covered_b;
    t.covered_b = e->covered_a;
    t.gap_a = e->gap_b;
    t.gap_b = e->gap_a;
    t.lead_a = e->lead_b;
    t.lead_b = e->lead_a;
    t.alone_a = e->alone_b;
    t.alone_b = e->alone_a;
    t.stretch_a = e->stretch_b;
    t.stretch_b = e->stretch_a;
    t.names_a = e->names_b;
    t.names_b = e->names_a;
    t.facts_a = e->facts_b;
    t.facts_b = e->facts_a;
    t.own_a = e->own_b;
    t.own_b = e->own_a;
    t.fact_weight_a = e->fact_weight_b;
    t.fact_weight_b = e->fact_weight_a;
    return t;
}

static struct relation_context turned_context(const struct relation_context *c)
{
    struct relation_context t = *c;
    t.common_a = c->common_b;
    t.common_b = c->common_a;
    return t;
}

static enum relation turned_relation(enum relation relation)
{
    return relation == RELATION_A_IN_B   ? RELATION_B_IN_A
           : relation == RELATION_B_IN_A ? RELATION_A_IN_B
                                         : relation;
}

static void check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct evidence e = evidence_of(&rows[i]);
        struct relation_context context = context_of(rows[i].who);
        context.common_a = rows[i].common;
        context.common_b = rows[i].common_l;
        struct relation_judgement found = relation_of(&e, &context);
        if (found.relation != rows[i].expected) {
            fail_msg("%s: %u instead of %u", rows[i].name, found.relation, rows[i].expected);
        }
        e = turned(&e);
        context = turned_context(&context);
        struct relation_judgement back = relation_of(&e, &context);
        if (back.relation != turned_relation(found.relation) || back.score != found.score) {
            fail_msg("%s, turned: %u %u instead of %u %u", rows[i].name, back.relation, back.score,
                     found.relation, found.score);
        }
    }
}

// Question 1: how much stands in the other, and how much must.
static void covered(void **state)
{
    static const struct row rows[] = {
        {"the same, soon", SOON, RELATION_NEAR, .covered = 1000},
        {"the same, later", USUAL, RELATION_NEAR, .covered = 1000},
        {"the same, late", LATE, RELATION_NEAR, .covered = 1000},
        {"the same, one outlet", HOUSE, RELATION_NEAR, .covered = 1000},
        {"the same, one outlet, late", STRICT, RELATION_NEAR, .covered = 1000},
        {"the same, unknown", UNKNOWN, RELATION_NEAR, .covered = 1000},
        {"enough for two outlets at once", SOON, RELATION_NEAR, .covered = 650},
        {"not enough for them", SOON, RELATION_PARTIAL, .covered = 600},
        {"not enough a few days later", USUAL, RELATION_PARTIAL, .covered = 710},
        {"not enough late", LATE, RELATION_PARTIAL, .covered = 710},
        {"enough a few days later", USUAL, RELATION_NEAR, .covered = 730},
        {"enough late", LATE, RELATION_NEAR, .covered = 730},
        {"not enough when outlets are unknown", UNKNOWN, RELATION_PARTIAL, .covered = 700},
        {"enough when outlets are unknown", UNKNOWN, RELATION_NEAR, .covered = 800},
        {"hardly a sentence of its own then", UNKNOWN, RELATION_NEAR, .covered = 800, .alone = 20},
        {"a sentence", UNKNOWN, RELATION_PARTIAL, .covered = 890, .alone = 21},
        {"and nearly all", UNKNOWN, RELATION_NEAR, .covered = 900, .alone = 21},
        {"names unseen too", UNKNOWN, RELATION_PARTIAL, .covered = 890, .names = 9},
        {"names unseen, words exchanged", UNKNOWN, RELATION_PARTIAL, .covered = 950, .names = 9, .swaps = 2},
        {"names unseen, yet nearly all", UNKNOWN, RELATION_NEAR, .covered = 900, .names = 9},
        {"not enough for one outlet", HOUSE, RELATION_PARTIAL, .covered = 890},
        {"enough for one outlet", HOUSE, RELATION_NEAR, .covered = 900},
        {"not enough for one outlet, late", STRICT, RELATION_PARTIAL, .covered = 890},
        {"enough for one outlet, late", STRICT, RELATION_NEAR, .covered = 900},
        {"a line of furniture", LATE, RELATION_A_IN_B, .covered = 850, .words = 100, .words_l = 150},
        {"two lines", LATE, RELATION_PARTIAL, .covered = 830, .words = 100, .words_l = 150},
        {"a line in a scrap", LATE, RELATION_PARTIAL, .covered = 700, .words = 40, .words_l = 60},
        {"a line, one outlet", HOUSE, RELATION_PARTIAL, .covered = 850, .words = 100},
        {"one frame, all the same", HOUSE, RELATION_NEAR, .covered = 985, .common = 240, .common_l = 240},
        {"one frame, little is left", HOUSE, RELATION_PARTIAL, .covered = 980, .common = 240,
         .common_l = 240},
        {"all of it a frame, little is left", HOUSE, RELATION_PARTIAL, .covered = 980, .common = 255,
         .common_l = 255},
        {"half of it a frame", HOUSE, RELATION_NEAR, .covered = 950, .common = 120, .common_l = 120},
        {"half of it a frame, less of the rest", HOUSE, RELATION_PARTIAL, .covered = 940, .common = 120,
         .common_l = 120},
        {"no frame in the other", HOUSE, RELATION_NEAR, .covered = 940, .common = 120},
        {"names unseen", USUAL, RELATION_PARTIAL, .covered = 700, .names = 9},
        {"names just seen", USUAL, RELATION_NEAR, .covered = 730, .names = 10},
        {"names unseen, at once", SOON, RELATION_PARTIAL, .covered = 700, .names = 9},
        {"names unseen, nearly all", USUAL, RELATION_NEAR, .covered = 800, .names = 9},
        {"words in order", USUAL, RELATION_NEAR, .covered = 400, .aligned = 380},
        {"in order, yet hardly a 5-gram", USUAL, RELATION_PARTIAL, .covered = 380, .aligned = 380},
        {"in order in a text twice as long", USUAL, RELATION_PARTIAL, .covered = 400, .words_l = 900,
         .aligned = 380},
        {"one line repeated", USUAL, RELATION_PARTIAL, .covered = 900, .distinct = 500},
        {"one line repeated, in order", USUAL, RELATION_PARTIAL, .covered = 900, .distinct = 90,
         .aligned = 380},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

static void sizes(void **state)
{
    static const struct row rows[] = {
        {"about the same size", USUAL, RELATION_NEAR, .covered = 950, .words_l = 470, .gap_l = 80},
        {"more of it here and there", USUAL, RELATION_NEAR, .covered = 950, .words_l = 500, .gap_l = 59},
        {"goes on at length", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 500, .gap_l = 60},
        {"longer", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 600},
        {"sentences more, here and there", USUAL, RELATION_NEAR, .covered = 950, .words_l = 450,
         .alone_l = 99},
        {"more of them", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 450, .alone_l = 100},
        {"sentences more, one outlet", HOUSE, RELATION_NEAR, .covered = 950, .words_l = 450, .alone_l = 54},
        {"more of them, one outlet", HOUSE, RELATION_A_IN_B, .covered = 950, .words_l = 450, .alone_l = 55},
        {"enough of one not much longer", USUAL, RELATION_A_IN_B, .covered = 730, .words_l = 660},
        {"not enough of one much longer", USUAL, RELATION_PARTIAL, .covered = 700, .words_l = 670},
        {"enough of one much longer", USUAL, RELATION_A_IN_B, .covered = 730, .words_l = 670},
        {"a teaser", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 2000},
        {"behind a short lead", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 2000, .lead = 160},
        {"in the middle", USUAL, RELATION_PARTIAL, .covered = 950, .words_l = 2000, .lead = 161},
        {"in the middle, unknown", UNKNOWN, RELATION_PARTIAL, .covered = 950, .words_l = 2000, .lead = 500},
        {"in the first half, at once", SOON, RELATION_A_IN_B, .covered = 950, .words_l = 2000, .lead = 1001},
        {"in the second half, at once", SOON, RELATION_PARTIAL, .covered = 950, .words_l = 2000,
         .lead = 1002},
        {"most of it, at its end, at once", SOON, RELATION_A_IN_B, .covered = 950, .words_l = 660,
         .lead = 400},
        {"behind furniture", SOON, RELATION_A_IN_B, .covered = 950, .words_l = 2000, .lead = 1002,
         .common_l = 100},
        {"behind what both have of it", SOON, RELATION_PARTIAL, .covered = 950, .words_l = 2000, .lead = 1202,
         .common = 255, .common_l = 52},
        {"in the first quarter of a shorter one", USUAL, RELATION_A_IN_B, .covered = 950, .words_l = 800,
         .lead = 200},
        {"behind it", USUAL, RELATION_PARTIAL, .covered = 950, .words_l = 800, .lead = 201},
        {"news on top, one outlet", HOUSE, RELATION_A_IN_B, .covered = 985, .words_l = 800, .lead = 201},
        {"news on top and inside, one outlet", HOUSE, RELATION_PARTIAL, .covered = 980, .words_l = 800,
         .lead = 201},
        {"news on top, weeks later", STRICT, RELATION_PARTIAL, .covered = 985, .words_l = 800, .lead = 201},
        {"late, at its head", LATE, RELATION_A_IN_B, .covered = 950, .words_l = 2000, .lead = 30},
        {"late, behind the head", LATE, RELATION_PARTIAL, .covered = 950, .words_l = 2000, .lead = 31},
        {"late, not nearly all", LATE, RELATION_PARTIAL, .covered = 890, .words_l = 600},
        {"sixty words are a head", USUAL, RELATION_A_IN_B, .covered = 950, .words = 100, .words_l = 300,
         .lead = 60},
        {"sixty-one are not", USUAL, RELATION_PARTIAL, .covered = 950, .words = 100, .words_l = 300,
         .lead = 61},
        {"tiny", SOON, RELATION_NEAR, .covered = 950, .words = 20, .words_l = 22},
        {"tiny and a longer one", SOON, RELATION_PARTIAL, .covered = 950, .words = 20, .words_l = 30},
        {"tiny and changed", SOON, RELATION_PARTIAL, .covered = 850, .words = 20},
        {"tiny, and many have it", SOON, RELATION_PARTIAL, .covered = 950, .words = 20, .common = 200},
        {"no longer tiny", SOON, RELATION_NEAR, .covered = 850, .words = 30},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

// Question 2: facts for facts.
static void templates(void **state)
{
    static const struct row rows[] = {
        {"one outlet, a number and facts", STRICT, RELATION_TEMPLATE, .covered = 950, .swaps = 1,
         .number_swaps = 1, .lost = 60},
        {"a number and nothing else", STRICT, RELATION_NEAR, .covered = 950, .swaps = 1, .number_swaps = 1,
         .lost = 10},
        {"other facts and no swap", STRICT, RELATION_TEMPLATE, .covered = 950, .lost = 160},
        {"two names", STRICT, RELATION_TEMPLATE, .covered = 950, .swaps = 2, .fact_swaps = 2, .lost = 30},
        {"one name", STRICT, RELATION_NEAR, .covered = 950, .swaps = 1, .fact_swaps = 1, .lost = 30},
        {"swaps in a common text", STRICT, RELATION_TEMPLATE, .covered = 950, .swaps = 3, .common = 140},
        {"swaps in a rarer one", STRICT, RELATION_NEAR, .covered = 950, .swaps = 3, .common = 120},
        {"covered too little", STRICT, RELATION_PARTIAL, .covered = 390, .lost = 500},
        {"one outlet, one day, a dense text", HOUSE, RELATION_TEMPLATE, .covered = 950, .swaps = 2,
         .number_swaps = 1, .lost = 50},
        {"fewer facts than words are lost", HOUSE, RELATION_PARTIAL, .covered = 950, .swaps = 2,
         .number_swaps = 1, .lost = 49},
        {"sentences told anew", HOUSE, RELATION_TEMPLATE, .covered = 700, .swaps = 2, .number_swaps = 1,
         .lost = 400, .alone = 80},
        {"more of them told anew", HOUSE, RELATION_PARTIAL, .covered = 700, .swaps = 2, .number_swaps = 1,
         .lost = 400, .alone = 81},
        {"told anew, another day", STRICT, RELATION_TEMPLATE, .covered = 700, .lost = 400, .alone = 81},
        {"one outlet, names unseen", HOUSE, RELATION_TEMPLATE, .covered = 950, .swaps = 2, .names = 9},
        {"names unseen, one swap", HOUSE, RELATION_NEAR, .covered = 950, .swaps = 1, .names = 9},
        {"names unseen, far apart", HOUSE, RELATION_NEAR, .covered = 950, .words = 900, .swaps = 3,
         .names = 20},
        {"one outlet, other facts", HOUSE, RELATION_TEMPLATE, .covered = 950, .swaps = 2, .lost = 301},
        {"not enough of them", HOUSE, RELATION_NEAR, .covered = 950, .swaps = 2, .lost = 300},
        {"numbers, and half of the facts", USUAL, RELATION_TEMPLATE, .covered = 800, .swaps = 20,
         .number_swaps = 3, .lost = 501},
        {"names unseen, a month later, one word", LATE, RELATION_TEMPLATE, .covered = 950, .swaps = 1,
         .names = 9},
        {"the same in one outlet", STRICT, RELATION_TEMPLATE, .covered = 950, .swaps = 1, .names = 9},
        {"the same within days", USUAL, RELATION_NEAR, .covered = 950, .swaps = 1, .names = 9},
        {"not a word", LATE, RELATION_NEAR, .covered = 950, .names = 9},
        {"numbers in every line", LATE, RELATION_TEMPLATE, .covered = 800, .swaps = 10, .number_swaps = 8,
         .lost = 210},
        {"fewer of them", LATE, RELATION_NEAR, .covered = 800, .swaps = 10, .number_swaps = 7, .lost = 210},
        {"the same within days", SOON, RELATION_NEAR, .covered = 800, .swaps = 10, .number_swaps = 8,
         .lost = 210},
        {"one number of a short text", LATE, RELATION_NEAR, .covered = 950, .words = 60, .swaps = 1,
         .number_swaps = 1, .lost = 50},
        {"less than half", USUAL, RELATION_NEAR, .covered = 800, .swaps = 20, .number_swaps = 3, .lost = 500},
        {"half of the facts, at once", SOON, RELATION_NEAR, .covered = 800, .swaps = 20, .number_swaps = 3,
         .lost = 501},
        {"names, twice their share of words", HOUSE, RELATION_TEMPLATE, .covered = 950, .swaps = 6,
         .fact_swaps = 3, .lost = 102},
        {"not twice their share", HOUSE, RELATION_NEAR, .covered = 948, .swaps = 6, .fact_swaps = 3,
         .lost = 102},
        {"more edits than names", HOUSE, RELATION_NEAR, .covered = 950, .swaps = 7, .fact_swaps = 3,
         .lost = 102},
        {"names of another headline", HOUSE, RELATION_NEAR, .covered = 950, .swaps = 2, .fact_swaps = 2,
         .lost = 200},
        {"its own date", HOUSE, RELATION_NEAR, .covered = 950, .swaps = 1, .number_swaps = 1, .lost = 30},
        {"two outlets, one day", USUAL, RELATION_NEAR, .covered = 950, .swaps = 2, .number_swaps = 1,
         .lost = 30},
        {"late, a number and facts", LATE, RELATION_TEMPLATE, .covered = 950, .swaps = 1, .number_swaps = 1,
         .lost = 70},
        {"late, no more facts than words", LATE, RELATION_NEAR, .covered = 950, .swaps = 1, .number_swaps = 1,
         .lost = 60},
        {"late, a number", LATE, RELATION_NEAR, .covered = 950, .swaps = 1, .number_swaps = 1, .lost = 40},
        {"late, names", LATE, RELATION_TEMPLATE, .covered = 950, .swaps = 2, .fact_swaps = 2, .lost = 90},
        {"late, names of little weight", LATE, RELATION_NEAR, .covered = 950, .swaps = 2, .fact_swaps = 2,
         .lost = 70},
        {"late, names far apart", LATE, RELATION_NEAR, .covered = 950, .words = 900, .swaps = 2,
         .fact_swaps = 2, .lost = 90},
        {"names all over", USUAL, RELATION_TEMPLATE, .covered = 800, .swaps = 12, .fact_swaps = 10,
         .lost = 300},
        {"names all over, at once", SOON, RELATION_NEAR, .covered = 800, .swaps = 12, .fact_swaps = 10,
         .lost = 300},
        {"far more of them, at once", SOON, RELATION_TEMPLATE, .covered = 800, .swaps = 45, .fact_swaps = 40,
         .lost = 400},
        {"edits of words and names", USUAL, RELATION_NEAR, .covered = 800, .swaps = 12, .fact_swaps = 10,
         .lost = 260},
        {"few of the edits are names", USUAL, RELATION_NEAR, .covered = 800, .swaps = 40, .fact_swaps = 10,
         .lost = 300},
        {"a few names in a common text", USUAL, RELATION_TEMPLATE, .covered = 800, .swaps = 10,
         .fact_swaps = 4, .lost = 300, .common_l = 100},
        {"a few names in a rare one", USUAL, RELATION_NEAR, .covered = 800, .swaps = 10, .fact_swaps = 4,
         .lost = 300},
        {"numbers in a common text", USUAL, RELATION_TEMPLATE, .covered = 950, .swaps = 10, .number_swaps = 2,
         .lost = 110, .common = 70},
        {"numbers in a rare one", USUAL, RELATION_NEAR, .covered = 950, .swaps = 10, .number_swaps = 2,
         .lost = 110},
        {"one name in a few lines", SOON, RELATION_TEMPLATE, .covered = 900, .words = 59, .swaps = 1,
         .fact_swaps = 1, .lost = 120},
        {"one name in a few more", SOON, RELATION_NEAR, .covered = 900, .words = 60, .swaps = 1,
         .fact_swaps = 1},
        {"one word in a few lines", SOON, RELATION_NEAR, .covered = 900, .words = 59, .swaps = 1},
        {"not when a text is its own", USUAL, RELATION_PARTIAL, .covered = 700, .gap = 100, .swaps = 12,
         .fact_swaps = 12, .lost = 900},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

// Question 3: a passage of its own.
static void own_text(void **state)
{
    static const struct row rows[] = {
        {"a stretch", USUAL, RELATION_NEAR, .covered = 780, .gap = 60},
        {"a long stretch", USUAL, RELATION_PARTIAL, .covered = 780, .gap = 61},
        {"a long stretch, at once", SOON, RELATION_NEAR, .covered = 740, .gap = 96},
        {"a longer one, at once", SOON, RELATION_PARTIAL, .covered = 740, .gap = 97},
        {"much of a short text", USUAL, RELATION_NEAR, .covered = 750, .words = 200, .gap = 44},
        {"and one word more", USUAL, RELATION_PARTIAL, .covered = 750, .words = 200, .gap = 45},
        {"two outlets, a paragraph", USUAL, RELATION_NEAR, .covered = 940, .words = 900, .gap = 46},
        {"one outlet, a paragraph", HOUSE, RELATION_PARTIAL, .covered = 940, .words = 900, .gap = 46},
        {"one outlet, a paragraph of a long text", HOUSE, RELATION_NEAR, .covered = 950, .words = 1000,
         .gap = 46},
        {"sentences of its own", USUAL, RELATION_NEAR, .covered = 800, .alone = 60},
        {"more sentences", USUAL, RELATION_PARTIAL, .covered = 800, .alone = 61},
        {"a sentence of its own, one outlet", HOUSE, RELATION_NEAR, .covered = 950, .alone = 24},
        {"a longer one", HOUSE, RELATION_PARTIAL, .covered = 950, .alone = 25},
        {"sentences, no long passage in common", SOON, RELATION_NEAR, .covered = 740, .alone = 72,
         .aligned = 290, .run = 71},
        {"more, no long passage in common", SOON, RELATION_PARTIAL, .covered = 740, .alone = 73,
         .aligned = 290, .run = 71},
        {"more, and a long passage", SOON, RELATION_NEAR, .covered = 740, .alone = 73, .aligned = 290,
         .run = 72},
        {"furniture of its own", USUAL, RELATION_NEAR, .covered = 800, .alone = 120, .common = 40},
        {"furniture of both", USUAL, RELATION_PARTIAL, .covered = 800, .alone = 120, .common = 40,
         .common_l = 40},
        {"sentences, at once", SOON, RELATION_NEAR, .covered = 740, .alone = 116, .aligned = 290},
        {"more sentences, at once", SOON, RELATION_PARTIAL, .covered = 740, .alone = 117, .aligned = 290},
        {"sentences, the rest in another order", SOON, RELATION_NEAR, .covered = 740, .alone = 48,
         .aligned = 190},
        {"more sentences, in another order", SOON, RELATION_PARTIAL, .covered = 740, .alone = 49,
         .aligned = 190},
        {"sentences of a part", SOON, RELATION_A_IN_B, .covered = 740, .words_l = 700, .alone = 72,
         .aligned = 290},
        {"more sentences of a part", SOON, RELATION_PARTIAL, .covered = 740, .words_l = 700, .alone = 73,
         .aligned = 290},
        {"a paragraph, and many have the rest", USUAL, RELATION_PARTIAL, .covered = 940, .words = 900,
         .gap = 46, .common = 125},
        {"a paragraph, and some have the rest", USUAL, RELATION_NEAR, .covered = 940, .words = 900, .gap = 46,
         .common = 115},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

// One page, scraped twice.
static void pages(void **state)
{
    static const struct row rows[] = {
        {"the same", PAGE, RELATION_NEAR, .covered = 1000},
        {"nearly", PAGE, RELATION_NEAR, .covered = 970, .swaps = 3},
        {"words changed", PAGE, RELATION_REVISED, .covered = 960},
        {"a name changed", PAGE, RELATION_REVISED, .covered = 990, .swaps = 1, .fact_swaps = 1},
        {"a number changed", PAGE, RELATION_REVISED, .covered = 990, .swaps = 1, .number_swaps = 1},
        {"a paragraph added", PAGE, RELATION_REVISED, .covered = 1000, .words_l = 440},
        {"rewritten", PAGE, RELATION_REVISED, .covered = 400, .gap = 200, .lost = 500},
        {"another text", PAGE, RELATION_PARTIAL, .covered = 390, .gap = 200},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

// A passage, or nothing.
static void passages(void **state)
{
    static const struct row rows[] = {
        {"nothing", USUAL, RELATION_NONE, .covered = 0},
        {"a long run", USUAL, RELATION_PARTIAL, .covered = 100, .run = 20},
        {"no run", USUAL, RELATION_NONE, .covered = 100, .run = 19},
        {"a few words in all", USUAL, RELATION_NONE, .covered = 57, .run = 22},
        {"much of it, in pieces", USUAL, RELATION_PARTIAL, .covered = 350, .run = 10},
        {"less of it, in pieces", USUAL, RELATION_NONE, .covered = 340, .run = 10},
        {"a run, and many have it", USUAL, RELATION_NONE, .covered = 500, .common = 103, .common_l = 103},
        {"a run, and some have it", USUAL, RELATION_PARTIAL, .covered = 500, .common = 100, .common_l = 100},
        {"a run, and many have the other", USUAL, RELATION_PARTIAL, .covered = 500, .common_l = 255},
        {"a run, and many have the rest", USUAL, RELATION_PARTIAL, .covered = 500, .common = 255},
        {"most of it, and many have it", USUAL, RELATION_PARTIAL, .covered = 600, .common = 255},
        {"nearly all of a scrap", UNKNOWN, RELATION_PARTIAL, .covered = 760, .words = 25},
        {"half of a scrap", UNKNOWN, RELATION_NONE, .covered = 600, .words = 25},
    };
    (void)state;
    check_rows(rows, COUNT_OF(rows));
}

static void scores(void **state)
{
    static const struct {
        struct row row;
        uint32_t score;
    } cases[] = {
        {{"near", USUAL, RELATION_NEAR, .covered = 950}, 9500},
        {{"contained", USUAL, RELATION_A_IN_B, .covered = 900, .words_l = 600}, 9000},
        {{"revised", PAGE, RELATION_REVISED, .covered = 700}, 7000},
        {{"template", STRICT, RELATION_TEMPLATE, .covered = 950, .lost = 400}, 7000},
        {{"partial", USUAL, RELATION_PARTIAL, .covered = 600}, 8000},
        {{"none", USUAL, RELATION_NONE, .covered = 10}, 0},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct evidence e = evidence_of(&cases[i].row);
        struct relation_context context = context_of(cases[i].row.who);
        struct relation_judgement found = relation_of(&e, &context);
        assert_int_equal(found.relation, cases[i].row.expected);
        assert_int_equal(found.score, cases[i].score);
    }
}

static uint32_t upto(uint64_t *random, uint32_t most)
{
    return (uint32_t)test_below(random, (uint64_t)most + 1);
}

// Anything that two texts may show, alike more often than not.
static struct evidence random_evidence(uint64_t *random)
{
    struct row row = {
        .words = 5 + upto(random, test_below(random, 2) ? 60 : 800),
        .covered = test_below(random, 2) ? 1000 - upto(random, 400) : upto(random, 1000),
        .lost = test_below(random, 2) ? upto(random, 60) : upto(random, 1000),
        .lead = upto(random, 200),
        .distinct = upto(random, 1000),
    };
    uint32_t left = row.words - row.covered * row.words / 1000;
    row.words_l = row.words + (test_below(random, 3) ? upto(random, row.words / 3) : upto(random, 2000));
    row.gap = upto(random, left);
    row.gap_l = upto(random, row.words_l - (row.words - left));
    row.swaps = upto(random, row.words / 10);
    row.fact_swaps = upto(random, row.swaps);
    row.number_swaps = upto(random, row.fact_swaps);
    row.names = upto(random, row.words / 5);
    row.aligned = upto(random, row.words);
    row.alone = upto(random, left);
    row.alone_l = upto(random, row.words_l - (row.words - left));
    return evidence_of(&row);
}

static struct relation_context random_context(uint64_t *random)
{
    struct relation_context c = context_of((enum who)test_below(random, WHOS));
    c.common_a = (uint8_t)upto(random, 255);
    c.common_b = (uint8_t)upto(random, 255);
    return c;
}

static bool is_no_copy(enum relation relation)
{
    return relation == RELATION_NONE || relation == RELATION_PARTIAL;
}

// What verify_small() and verify_facts() leave of it.
static struct evidence first_steps(const struct evidence *e, bool with_facts)
{
    struct evidence s = *e;
    s.covered_b = s.gap_b = s.lead_b = 0;
    s.alone_a = s.alone_b = s.stretch_a = s.stretch_b = 0;
    s.aligned = s.swaps = s.fact_swaps = s.number_swaps = 0;
    if (!with_facts) {
        s.names_a = s.names_b = s.facts_a = s.facts_b = s.own_a = s.own_b = 0;
        s.fact_weight_a = s.fact_weight_b = s.fact_weight_shared = 0;
    }
    return s;
}

static void any_evidence(void **state)
{
    uint64_t random = test_seed("test_relation");
    unsigned seen[RELATION_TEMPLATE + 1] = {0};
    unsigned by_words = 0;
    unsigned by_facts = 0;
    unsigned unaligned = 0;
    (void)state;
    for (unsigned i = 0; i < 200000; i++) {
        struct evidence e = random_evidence(&random);
        struct relation_context c = random_context(&random);
        struct evidence t = turned(&e);
        struct relation_context tc = turned_context(&c);
        struct relation_judgement found = relation_of(&e, &c);
        struct relation_judgement back = relation_of(&t, &tc);
        assert_int_equal(back.relation, turned_relation(found.relation));
        assert_int_equal(back.score, found.score);
        assert_true(found.score <= 10000);
        seen[found.relation]++;
        assert_int_equal(relation_needs_alignment(&e), relation_needs_alignment(&t));
        if (!relation_needs_alignment(&e) && !c.same_page) {
            assert_true(is_no_copy(found.relation));
            unaligned++;
        }
        struct evidence words = first_steps(&e, false);
        bool settled = relation_is_settled_by_words(&words, &c);
        if (settled) {
            assert_true(is_no_copy(relation_of(&words, &c).relation));
            by_words++;
        }
        struct evidence facts = first_steps(&e, true);
        if (!settled && relation_is_settled_by_facts(&facts, &c)) {
            assert_int_equal(relation_of(&facts, &c).relation, RELATION_TEMPLATE);
            assert_int_equal(found.relation, RELATION_TEMPLATE); // whatever comes after
            by_facts++;
        }
    }
    seen[RELATION_B_IN_A] = seen[RELATION_A_IN_B]; // the smaller one is a here
    for (size_t i = 0; i < COUNT_OF(seen); i++) {
        assert_true(seen[i] > 500);
    }
    assert_true(by_words > 500 && by_facts > 500 && unaligned > 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(covered),  cmocka_unit_test(sizes),        cmocka_unit_test(templates),
        cmocka_unit_test(own_text), cmocka_unit_test(pages),        cmocka_unit_test(passages),
        cmocka_unit_test(scores),   cmocka_unit_test(any_evidence),
    };
    return cmocka_run_group_tests_name("relation", tests, NULL, NULL);
}
