// relation.c - what two articles are to each other.
//
// A threshold on one similarity cannot tell copies from look-alikes: hand-labelled reprints have a mean word 3-gram Jaccard of
// 0.30, while grants announced on one form reach 0.9. So four questions are asked, of the smaller article S against the
// larger one L, in this order:
//
//   1. How much of S stands in L?      `covered`: words of S inside shared 5-grams, or words matched in order, whichever is
//                                       more (the first survives shuffled sentences, the second edits in every line).
//   2. Is what differs the facts?      In a template, names and numbers are replaced one for one while the words around them
//                                       stay: substitutions are fact for fact, and S lost far more of the weight of its
//                                       facts than of its words. Edits, noise and rewriting hit words of all kinds alike.
//   3. Does S have a passage of its own? Edits and site furniture are spread thin or short; a stretch of 45 words and a
//                                       twentieth of the text is a text of its own, as under a shared gallery or by a second author.
//   4. Who, when, how common?           Outlets repeat their templates for years; copies of a story appear elsewhere within days. One
//                                       outlet a week apart gets the strict reading, two outlets within three days the lenient
//                                       one, two outlets a week apart and the unknown stand between. Text that many articles share proves less (passim weighs links within
//                                       a series in the same way).
//
// Shares are integers in 1/1000, so that every machine decides alike. The constants were read off planted copies and
// labelled press releases; docs/decisions.md has the figures.

#include "relation.h"

enum {
    LEAST_COVERED = 680,     // of S, to be a copy of a text of its size ...
    LEAST_LENIENT = 620,     // ... or of any text, when two outlets print it within days
    LEAST_CONTAINED = 720,   // ... or of a much longer one, in which much is found by chance
    LEAST_REPRINTED = 900,   // ... by the same outlet, on another day
    LEAST_SEEDED = 450,      // of S inside shared 5-grams, before the order of words counts
    MUCH_LONGER = 600,       // S is less than this share of L
    LEAST_TEMPLATE = 400,    // of S, to be called a template
    SPREAD = 150,            // coverage may exceed the share of distinct 5-grams by this: more is mere repetition
    CUT_SHARE = 120,         // L goes on for this share of its length without S: contained, not near
    SAME_SIZE = 850,         // S is at least this share of L: near, wherever L has more
    NEAR_SIZE = 700,         // S is less than this share of L: contained, not near
    OWN_WORDS = 45,          // a stretch of S that is its own ...
    OWN_SHARE = 50,          // ... when it is also this share of S
    MOST_OWN = 150,          // more than this in one stretch: no copy at all
    MOST_OWN_LENIENT = 220,
    LEAST_ALIGNED = 100,     // distinct 5-grams of S in L, for the order of words to matter
    MOST_OWN_ALIGNED = 350,  // a longer stretch of S without any: aligning it changes nothing
    EMBEDDED = 400,          // S is less than this share of L: must stand at its head
    HEAD_WORDS = 60,         // the head of L: so many words ...
    HEAD_SHARE = 80,         // ... or this share of it
    LOST_REPRINTED = 150,    // of the weight of its facts: not the same item again
    STRICT_DAYS = 7,
    LENIENT_DAYS = 3,
    TINY_WORDS = 30,
    PARTIAL_WORDS = 40,
    PARTIAL_RUN = 24,
    PARTIAL_SHARE = 350,
};

// The pair seen from its smaller article.
struct view {
    uint32_t words_s, words_l;
    uint32_t covered;   // of S, 1/1000
    uint32_t covered_l; // of L, 1/1000
    uint32_t covered_words;
    uint32_t gap;
    uint32_t gap_share;
    uint32_t gap_share_l; // the same of L
    uint32_t size;        // of S in L, 1/1000
    bool at_head;         // S begins where L begins
    uint32_t facts_lost; // share of the weight of S's facts that L lacks, 1/1000
    uint32_t common;     // share of the commoner text that many articles have, 1/1000
    uint32_t common_s;
    bool a_is_small;
};

static uint32_t per_mille(uint64_t part, uint64_t whole)
{
    return whole ? (uint32_t)(part * 1000 / whole) : 0;
}

static uint32_t larger(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

static uint32_t smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

enum reading { STRICT, LATE, USUAL, LENIENT };

static enum reading reading_of(const struct relation_context *context)
{
    if (context->days != UINT32_MAX && context->days > STRICT_DAYS) {
        return context->same_source ? STRICT : LATE;
    }
    return !context->same_source && context->days <= LENIENT_DAYS ? LENIENT : USUAL;
}

static struct view view_of(const struct evidence *e, const struct relation_context *context, enum reading reading)
{
    bool a_is_small = e->set_a != e->set_b ? e->set_a < e->set_b : e->words_a <= e->words_b;
    struct view v = {.a_is_small = a_is_small};
    uint32_t set = a_is_small ? e->set_a : e->set_b;
    uint32_t covered_s = a_is_small ? e->covered_a : e->covered_b;
    uint32_t covered_l = a_is_small ? e->covered_b : e->covered_a;
    uint64_t weight = a_is_small ? e->fact_weight_a : e->fact_weight_b;
    v.words_s = a_is_small ? e->words_a : e->words_b;
    v.words_l = a_is_small ? e->words_b : e->words_a;
    v.covered_words = covered_s;
    v.gap = a_is_small ? e->gap_a : e->gap_b;
    v.size = smaller(per_mille(v.words_s, v.words_l), 1000);
    uint32_t by_grams = smaller(per_mille(covered_s, v.words_s), per_mille(e->shared, set) + SPREAD);
    // In a long text, the words of any short one are found in order: by itself that proves nothing.
    bool ordered = v.size >= MUCH_LONGER || (reading == LENIENT && per_mille(covered_s, v.words_s) >= LEAST_SEEDED);
    uint32_t by_order = ordered ? per_mille(e->aligned, v.words_s) : 0;
    v.covered = smaller(larger(by_grams, by_order), 1000);
    v.covered_l = smaller(larger(per_mille(covered_l, v.words_l), per_mille(e->aligned, v.words_l)), 1000);
    v.gap_share = per_mille(v.gap, v.words_s);
    v.gap_share_l = per_mille(a_is_small ? e->gap_b : e->gap_a, v.words_l);
    uint32_t lead = a_is_small ? e->lead_a : e->lead_b;
    v.at_head = lead <= larger(HEAD_WORDS, (uint32_t)((uint64_t)v.words_l * HEAD_SHARE / 1000));
    v.facts_lost = weight ? 1000 - per_mille(e->fact_weight_shared, weight) : 0;
    v.common_s = per_mille(a_is_small ? context->common_a : context->common_b, 255);
    v.common = per_mille(larger(context->common_a, context->common_b), 255);
    return v;
}

// Question 1.
static bool is_covered(const struct view *v, enum reading reading)
{
    if (reading == LENIENT) {
        return v->covered >= LEAST_LENIENT;
    }
    // A short piece in the middle of a long article was quoted or collected there; a teaser is its beginning.
    if (v->size < EMBEDDED && !v->at_head) {
        return false;
    }
    uint32_t contained = reading == STRICT ? LEAST_REPRINTED : LEAST_CONTAINED;
    return v->covered >= (v->size < MUCH_LONGER ? contained : LEAST_COVERED);
}

// Question 2. Densities are substitutions in 1000 words of S.
static bool is_template(const struct evidence *e, const struct view *v, enum reading reading)
{
    uint32_t words_lost = 1000 - v->covered;
    uint32_t fact_density = per_mille(e->fact_swaps, v->words_s);
    uint32_t number_density = per_mille(e->number_swaps, v->words_s);
    uint32_t of_facts = per_mille(e->fact_swaps, e->swaps);
    uint32_t of_numbers = per_mille(e->number_swaps, e->swaps);
    if (reading == STRICT) {
        return e->number_swaps >= 1 || (e->fact_swaps >= 2 && v->facts_lost > 20) ||
               (e->fact_swaps >= 1 && v->facts_lost > 50) || (e->swaps >= 3 && v->common > 500) ||
               v->facts_lost > LOST_REPRINTED;
    }
    if (reading == LATE && ((e->number_swaps >= 1 && v->facts_lost > 50) ||
                            (e->fact_swaps >= 2 && v->facts_lost > 80 && fact_density >= 4))) {
        return true;
    }
    uint32_t k = reading == LENIENT ? 4 : 1;
    if (e->fact_swaps >= 2 && v->facts_lost > 120 && v->facts_lost * 10 > words_lost * 13 + 200) {
        if (v->common >= 350 && fact_density >= 8 * k && of_facts >= 300) {
            return true;
        }
        if (fact_density >= 20 * k && of_facts >= 550 && v->facts_lost > 250) {
            return true;
        }
    }
    return e->number_swaps >= 1 && of_numbers >= 100 && v->facts_lost > 100 && v->common >= 250 &&
           number_density >= 3 * k;
}

// Question 3.
static bool has_own_text(const struct view *v, enum reading reading, bool same_source)
{
    if (v->words_s < TINY_WORDS && v->common_s > 500) {
        return true; // a scrap that stands in many articles is a copy of none
    }
    if (v->gap < OWN_WORDS || v->gap_share <= OWN_SHARE) {
        return false;
    }
    if (reading == LENIENT) {
        return v->gap_share > MOST_OWN_LENIENT;
    }
    return v->gap_share > MOST_OWN || same_source || v->common * 2 > v->covered;
}

static bool shares_passage(const struct evidence *e, const struct view *v)
{
    return v->covered_words >= PARTIAL_WORDS &&
           (e->run >= PARTIAL_RUN || per_mille(v->covered_words, v->words_s) >= PARTIAL_SHARE);
}

// Two scrapes of one page: a version when a fact or a passage changed, else a plain copy.
static bool is_revision(const struct evidence *e, const struct view *v)
{
    return e->fact_swaps > 0 || e->number_swaps > 0 || v->covered < 970 || v->covered_l < 970;
}

static struct relation_judgement judge(enum relation relation, uint32_t per_mille_score)
{
    return (struct relation_judgement){relation, per_mille_score * 10};
}

bool relation_is_worth(const struct evidence *e)
{
    bool a_is_small = e->set_a != e->set_b ? e->set_a < e->set_b : e->words_a <= e->words_b;
    uint32_t small = a_is_small ? e->set_a : e->set_b;
    uint32_t covered = a_is_small ? e->covered_a : e->covered_b;
    return per_mille(e->shared, small) >= LEAST_ALIGNED ||
           (covered >= PARTIAL_WORDS && e->run >= PARTIAL_RUN);
}

bool relation_is_settled(const struct evidence *e, const struct relation_context *context)
{
    // One outlet, another day, other facts: a template, whatever else there is to be seen.
    enum reading reading = reading_of(context);
    struct view v = view_of(e, context, reading);
    return reading == STRICT && !context->same_page && v.covered >= LEAST_TEMPLATE && v.facts_lost > LOST_REPRINTED;
}

bool relation_needs_alignment(const struct evidence *e)
{
    bool a_is_small = e->set_a != e->set_b ? e->set_a < e->set_b : e->words_a <= e->words_b;
    uint32_t small = a_is_small ? e->set_a : e->set_b;
    uint32_t words = a_is_small ? e->words_a : e->words_b;
    uint32_t gap = a_is_small ? e->gap_a : e->gap_b;
    // A long stretch without a shared 5-gram is a text of its own, however its words are ordered.
    bool own = gap >= OWN_WORDS && per_mille(gap, words) > MOST_OWN_ALIGNED;
    return per_mille(e->shared, small) >= LEAST_ALIGNED && !own;
}

struct relation_judgement relation_of(const struct evidence *e, const struct relation_context *context)
{
    enum reading reading = reading_of(context);
    struct view v = view_of(e, context, reading);
    if (v.covered >= LEAST_TEMPLATE) {
        if (context->same_page) {
            return is_revision(e, &v) ? judge(RELATION_REVISED, v.covered) : judge(RELATION_NEAR, v.covered);
        }
        if (is_template(e, &v, reading)) {
            return judge(RELATION_TEMPLATE, 500 + v.facts_lost / 2);
        }
    }
    if (is_covered(&v, reading) && !has_own_text(&v, reading, context->same_source)) {
        if (v.size >= SAME_SIZE || (v.size >= NEAR_SIZE && v.gap_share_l < CUT_SHARE)) {
            return judge(RELATION_NEAR, v.covered);
        }
        return judge(v.a_is_small ? RELATION_A_IN_B : RELATION_B_IN_A, v.covered);
    }
    if (shares_passage(e, &v)) {
        return judge(RELATION_PARTIAL, smaller(1000, 500 + v.covered / 2));
    }
    return judge(RELATION_NONE, 0);
}
