// relation.c - what two articles are to each other.
//
// A threshold on one similarity cannot tell copies from look-alikes: hand-labelled reprints have a mean word
// 3-gram Jaccard of 0.30, while grants announced on one form reach 0.9. So four questions are asked, of the
// smaller article S against the larger one L, in this order:
//
//   1. How much of S stands in L?      `covered`: words of S inside shared 5-grams, or words matched in
//   order, whichever is
//                                       more (the first survives shuffled sentences, the second edits in
//                                       every line).
//   2. Is what differs the facts?      In a template, names and numbers are replaced one for one while the
//   words around them
//                                       stay: substitutions are fact for fact, and S lost far more of the
//                                      weight of its facts than of its words. Edits, noise and rewriting hit
//                                      words of all kinds alike.
//   3. Does S have text of its own?    Edits and site furniture are spread thin or short. A stretch of 45
//                                     words and a twentieth of the text without a shared 5-gram is a text of
//                                     its own, as under a shared gallery or by a second author; so are
//                                     sentences here and there that the alignment leaves over and L has
//                                     nowhere ("alone"). What many articles have counts for neither side.
//   4. Who, when, where, how common?   Outlets repeat their templates for years; copies of a story appear
//                                     elsewhere within days. One outlet a week apart gets the strict reading,
//                                     two outlets within three days the lenient one, two outlets a week apart
//                                     and the unknown stand between. A piece in the middle of a longer text
//                                     was quoted or collected there. Text that many articles share proves
//                                     less (passim weighs links within a series in the same way).
//
// Limits: where names are not seen (scripts without capitals) and the outlet is unknown, two exchanged words
// are enough to keep both; a text whose facts were altered in one place only is taken for a copy.
//
// Shares are integers in 1/1000, so that every machine decides alike. The constants were read off planted
// copies and labelled press releases; docs/decisions.md has the figures.

#include "match/relation.h"

enum {
    LEAST_COVERED = 720,           // of S, to be a copy ...
    LEAST_LENIENT = 625,           // ... when two outlets print it within days ...
    LEAST_LENIENT_CONTAINED = 705, // ... and one has more
    LEAST_WHOLE = 900,             // ... or of another article of the same outlet ...
    LEAST_REPEATED = 985,          // ... or this much, where many articles of the outlet have most of it
    FURNITURE_WORDS = 15,          // ... but for a line of furniture
    LEAST_UNSEEN = 790,            // ... or when facts are not seen, or outlets unknown
    LEAST_SEEDED = 390,            // of S inside shared 5-grams, before the order of words counts
    LEAST_ORDERED = 500,           // S is at least this share of L, for order to count
    LEAST_TEMPLATE = 400,          // of S, to be called a template
    SPREAD = 150,    // coverage may exceed the share of distinct 5-grams by this: more is mere repetition
    CUT_SHARE = 120, // L goes on for this share of its length without S: contained, not near
    MOST_MORE = 120, // or has this share of it in stretches that S lacks, in one outlet ...
    MOST_MORE_OTHER = 220, // ... or two, each with its furniture
    SAME_SIZE = 850,       // S is at least this share of L: near, wherever L has more
    PART_SIZE = 600,       // S is less than this share of L: a part of it, for two outlets within days
    NEAR_SIZE = 700,       // S is less than this share of L: contained, not near
    OWN_WORDS = 45,        // a stretch of S that is its own ...
    OWN_SHARE = 50,        // ... when it is also this share of S
    MOST_OWN = 150,        // more than this in one stretch: no copy at all
    MOST_OWN_LENIENT = 240,
    MOST_ALONE = 150,           // of S in stretches that L has nowhere, in all ...
    MOST_ALONE_LENIENT = 290,   // ... when two outlets print it within days ...
    MOST_ALONE_PART = 180,      // ... yet L is much longer, or they share no long passage ...
    MOST_ALONE_REORDERED = 120, // ... or has the rest in another order ...
    MOST_ALONE_HOUSE = 60,      // ... or one outlet has both ...
    MOST_ALONE_UNKNOWN = 50,    // ... or when outlets are unknown
    MOST_ALONE_TEMPLATE = 200,  // more than this: a story told anew, no template
    LEAST_IN_ORDER = 500,       // of S, to be in the same order
    LEAST_RUN = 180,            // of S, to be a long passage
    DENSE_SWAPS = 4,            // substitutions in 1000 words
    DENSE_NUMBERS = 20,         // of one number for another
    LEAST_ALIGNED = 100,        // distinct 5-grams of S in L, for the order of words to matter
    MOST_OWN_ALIGNED = 350,     // a longer stretch of S without any: aligning it changes nothing
    EMBEDDED = 400,             // S is less than this share of L: must stand at its head
    HEAD_WORDS = 60,            // the head of L: so many words that few others have ...
    HEAD_SHARE = 80,            // ... or this share of it
    HEAD_WORDS_LATE = 30,       // the same a week later
    MIDDLE_SHARE = 250,         // behind this share of L, S must be most of it ...
    MIDDLE_LENIENT = 500,       // ... or this one, when two outlets print it within days
    LOST_NUMBERS = 500,         // of the same weight, with numbers exchanged: another item
    LOST_HOUSE = 100,     // of the same weight, and twice the share of words, in one outlet: another item
    LOST_REPRINTED = 150, // of the weight of its facts: not the same item again
    NAMES_SEEN = 40,      // one capital in so many words is to be expected
    STRICT_DAYS = 7,
    LENIENT_DAYS = 3,
    TINY_WORDS = 30,
    SHORT_WORDS = 60,
    PARTIAL_WORDS = 24,
    PARTIAL_RUN = 20,
    PARTIAL_SHARE = 350,
    PARTIAL_ALL = 750,    // or nearly all of S, however short it is
    PARTIAL_COMMON = 600, // from here on it is reported however common it is
};

// The pair seen from its smaller article.
struct view {
    uint32_t words_s, words_l;
    uint32_t set_s;
    uint32_t covered;   // of S, 1/1000
    uint32_t covered_l; // of L, 1/1000
    uint32_t covered_words;
    uint32_t gap;
    uint32_t gap_share;
    uint32_t gap_share_l; // the same of L
    uint32_t size;        // of S in L, 1/1000
    uint32_t alone_share; // of S, in stretches that L has nowhere
    uint32_t alone_share_l;
    uint32_t in_order;   // of S, in L in the same order
    uint32_t lead;       // words of L before S, but for those that many articles have
    uint32_t lead_share; // the same of L
    uint32_t left;       // words of S that are not covered
    bool facts_unseen;   // hardly any names to be seen, as in scripts without capitals
    uint32_t facts_lost; // share of the weight of S's facts that L lacks, 1/1000
    uint32_t common;     // share of the commoner text that many articles have, 1/1000
    uint32_t common_s;
    uint32_t run_share;      // of S, the longest run that both have
    bool is_dense;           // substitutions are many: a repost bears its own date, one or two in a long text
    uint32_t common_covered; // words of S that may be covered and common, at most
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

static uint32_t beyond(uint32_t a, uint32_t b)
{
    return a > b ? a - b : 0;
}

static uint32_t share_of(uint8_t share, uint32_t words)
{
    return (uint32_t)((uint64_t)words * share / 255);
}

enum reading { STRICT, LATE, USUAL, LENIENT };

static enum reading reading_of(const struct relation_context *context)
{
    if (context->days != UINT32_MAX && context->days > STRICT_DAYS) {
        return context->same_source ? STRICT : LATE;
    }
    return !context->same_source && context->days <= LENIENT_DAYS ? LENIENT : USUAL;
}

static struct view view_of(const struct evidence *e, const struct relation_context *context)
{
    bool a_is_small = e->a_is_small;
    struct view v = {.a_is_small = a_is_small};
    uint32_t set = a_is_small ? e->set_a : e->set_b;
    uint32_t covered_s = a_is_small ? e->covered_a : e->covered_b;
    uint32_t covered_l = a_is_small ? e->covered_b : e->covered_a;
    uint64_t weight = a_is_small ? e->fact_weight_a : e->fact_weight_b;
    v.words_s = a_is_small ? e->words_a : e->words_b;
    v.words_l = a_is_small ? e->words_b : e->words_a;
    v.set_s = set;
    v.covered_words = covered_s;
    v.gap = a_is_small ? e->gap_a : e->gap_b;
    v.size = smaller(per_mille(v.words_s, v.words_l), 1000);
    uint32_t by_grams = smaller(per_mille(covered_s, v.words_s), per_mille(e->shared, set) + SPREAD);
    // In a long text, the words of any short one are found in order, and so are function words anywhere:
    // order counts only where 5-grams have shown the texts to be alike.
    bool ordered = v.size >= LEAST_ORDERED && per_mille(covered_s, v.words_s) >= LEAST_SEEDED;
    uint32_t by_order = ordered ? per_mille(e->aligned, v.words_s) : 0;
    v.covered = smaller(larger(by_grams, by_order), 1000);
    v.covered_l = smaller(larger(per_mille(covered_l, v.words_l), per_mille(e->aligned, v.words_l)), 1000);
    v.left = v.words_s - (uint32_t)((uint64_t)v.words_s * v.covered / 1000);
    v.facts_unseen = (a_is_small ? e->names_a : e->names_b) * NAMES_SEEN < v.words_s;
    v.gap_share = per_mille(v.gap, v.words_s);
    v.gap_share_l = per_mille(a_is_small ? e->gap_b : e->gap_a, v.words_l);
    v.run_share = per_mille(e->run, v.words_s);
    v.is_dense = e->swaps >= 2 && per_mille(e->swaps, v.words_s) >= DENSE_SWAPS;
    v.in_order = per_mille(e->aligned, v.words_s);
    v.facts_lost = weight ? 1000 - per_mille(e->fact_weight_shared, weight) : 0;
    v.common_s = per_mille(a_is_small ? context->common_a : context->common_b, 255);
    v.common = per_mille(larger(context->common_a, context->common_b), 255);
    uint32_t common_words_s = share_of(a_is_small ? context->common_a : context->common_b, v.words_s);
    uint32_t common_words_l = share_of(a_is_small ? context->common_b : context->common_a, v.words_l);
    // What both have and many have is common on both sides; so the rest of what one side has is its own
    // furniture.
    v.common_covered = smaller(common_words_s, common_words_l);
    v.alone_share = per_mille(
        beyond(a_is_small ? e->alone_a : e->alone_b, beyond(common_words_s, v.common_covered)), v.words_s);
    v.alone_share_l = per_mille(
        beyond(a_is_small ? e->alone_b : e->alone_a, beyond(common_words_l, v.common_covered)), v.words_l);
    v.lead = beyond(a_is_small ? e->lead_a : e->lead_b, beyond(common_words_l, v.common_covered));
    v.lead_share = per_mille(v.lead, v.words_l);
    return v;
}

// A short piece in the middle of a long article was quoted or collected there; a teaser is its beginning.
static bool is_embedded(const struct view *v, enum reading reading, bool same_source)
{
    if (v->size >= NEAR_SIZE || v->lead <= HEAD_WORDS_LATE) {
        return false;
    }
    if (reading == LENIENT) {
        return v->size < PART_SIZE && v->lead > HEAD_WORDS && v->lead_share > MIDDLE_LENIENT;
    }
    uint32_t head = reading == USUAL
                        ? larger(HEAD_WORDS, (uint32_t)((uint64_t)v->words_l * HEAD_SHARE / 1000))
                        : HEAD_WORDS_LATE;
    // An outlet puts its news on top of what it had, whole.
    bool on_top = reading == USUAL && same_source && v->covered >= LEAST_REPEATED;
    return (v->size < EMBEDDED && v->lead > head) ||
           (v->lead > HEAD_WORDS && v->lead_share > MIDDLE_SHARE && !on_top);
}

// Sentences that L has nowhere, here and there.
static bool has_much_alone(const struct view *v, enum reading reading, bool same_source)
{
    if (reading != LENIENT) {
        return v->alone_share > (same_source ? MOST_ALONE_HOUSE : MOST_ALONE);
    }
    bool is_part = v->size < PART_SIZE || v->run_share < LEAST_RUN;
    return v->alone_share > (v->in_order < LEAST_IN_ORDER ? MOST_ALONE_REORDERED
                             : is_part                    ? MOST_ALONE_PART
                                                          : MOST_ALONE_LENIENT);
}

// Most of both is the frame that many articles of the outlet have: what differs is much of what is left.
static bool is_other_in_frame(const struct view *v)
{
    uint32_t others = v->words_s - smaller(v->words_s, v->common_covered);
    return per_mille(v->left, v->words_s) > 1000 - LEAST_REPEATED &&
           (uint64_t)v->left * 1000 > (uint64_t)others * (1000 - LEAST_WHOLE);
}

// Question 1.
static bool is_covered(const struct view *v, enum reading reading, const struct relation_context *context)
{
    // All but a line of furniture, or nearly all. An outlet has its own furniture in both.
    bool is_line = v->left <= FURNITURE_WORDS && v->covered >= LEAST_COVERED && !context->same_source;
    bool whole = v->covered >= LEAST_WHOLE || is_line;
    if (v->words_s < TINY_WORDS) {
        return v->size >= SAME_SIZE && v->covered >= LEAST_WHOLE;
    }
    if (is_embedded(v, reading, context->same_source) || has_much_alone(v, reading, context->same_source)) {
        return false;
    }
    // One outlet writes its next story on its last one. What is quoted weeks later is no copy either.
    if (context->same_source) {
        return whole && !is_other_in_frame(v);
    }
    if (reading == LATE && v->size < NEAR_SIZE) {
        return whole;
    }
    // Where outlets are unknown, they may be one: edits all over are no new story, sentences are. Where there
    // are no capitals, half of the facts go unseen, and any word may be a name.
    if (!context->other_source) {
        bool spread = v->covered >= LEAST_UNSEEN && v->alone_share <= MOST_ALONE_UNKNOWN;
        return v->facts_unseen ? v->covered >= LEAST_WHOLE && !v->is_dense : whole || spread;
    }
    if (v->facts_unseen) {
        return whole || v->covered >= LEAST_UNSEEN;
    }
    if (reading == LENIENT) {
        return v->covered >= (v->size < SAME_SIZE ? LEAST_LENIENT_CONTAINED : LEAST_LENIENT);
    }
    return v->covered >= LEAST_COVERED;
}

// Question 2. Densities are substitutions in 1000 words of S.
static bool is_template(const struct evidence *e, const struct view *v, enum reading reading,
                        bool same_source)
{
    uint32_t words_lost = 1000 - v->covered;
    uint32_t fact_density = per_mille(e->fact_swaps, v->words_s);
    uint32_t number_density = per_mille(e->number_swaps, v->words_s);
    uint32_t of_facts = per_mille(e->fact_swaps, e->swaps);
    uint32_t of_numbers = per_mille(e->number_swaps, e->swaps);
    // Where names and numbers cannot be seen, any word may be one: weeks later, a single one makes it another
    // meeting, another year.
    if ((reading == STRICT || reading == LATE) && v->facts_unseen && e->swaps >= 1) {
        return true;
    }
    if (reading == STRICT) {
        return (e->number_swaps >= 1 && (v->is_dense || v->facts_lost > 50)) ||
               (e->fact_swaps >= 2 && v->facts_lost > 20) || (e->fact_swaps >= 1 && v->facts_lost > 50) ||
               (e->swaps >= 3 && v->common > 500) || v->facts_lost > LOST_REPRINTED;
    }
    if (same_source && v->is_dense &&
        ((e->number_swaps >= 1 && v->facts_lost > 20) || v->facts_unseen ||
         v->facts_lost > 2 * LOST_REPRINTED)) {
        return true;
    }
    // Another headline alone takes names along.
    if (same_source && v->is_dense && e->fact_swaps >= 3 && of_facts >= 500 && v->facts_lost > LOST_HOUSE &&
        v->facts_lost > 2 * words_lost) {
        return true;
    }
    // Weeks later, or who knows when, a story keeps its numbers; a form does not. Typing errors hit few of
    // them.
    if (reading != LENIENT && e->number_swaps >= 2 && number_density >= DENSE_NUMBERS) {
        return true;
    }
    // Where names go unseen, numbers must do.
    if (reading != LENIENT && e->number_swaps >= 3 && v->facts_lost > LOST_NUMBERS) {
        return true;
    }
    if (v->words_s < SHORT_WORDS && e->fact_swaps >= 1) {
        return true; // in a few lines, one name is the story
    }
    if (reading == LATE && v->facts_lost * 10 > words_lost * 13 &&
        ((e->number_swaps >= 1 && v->facts_lost > 50) ||
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

// The facts differ, and the words around them hardly do. Else it is a later story of the same events.
static bool is_frame(const struct view *v, enum reading reading)
{
    if (reading == STRICT && v->facts_lost > LOST_REPRINTED) {
        return true;
    }
    return v->alone_share <= MOST_ALONE_TEMPLATE &&
           (v->facts_unseen || reading == STRICT || v->facts_lost + v->covered >= 1000);
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
    // What four articles and more have is a site's furniture or a template, not a passage taken from this
    // one.
    if (v->covered < PARTIAL_COMMON && v->common_covered * 5 >= v->covered_words * 4) {
        return false;
    }
    return v->covered >= PARTIAL_ALL ||
           (v->covered_words >= PARTIAL_WORDS &&
            (e->run >= PARTIAL_RUN || per_mille(v->covered_words, v->words_s) >= PARTIAL_SHARE));
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

// Too little for anything but a shared passage.
static bool is_slight(const struct evidence *e, const struct view *v)
{
    return per_mille(e->shared, v->set_s) < LEAST_ALIGNED;
}

bool relation_is_settled_by_words(const struct evidence *e, const struct relation_context *context)
{
    enum reading reading = reading_of(context);
    struct view v = view_of(e, context);
    return is_slight(e, &v) || (!context->same_page && has_own_text(&v, reading, context->same_source));
}

bool relation_is_settled_by_facts(const struct evidence *e, const struct relation_context *context)
{
    // One outlet, another day, other facts: a template, whatever else there is to be seen.
    enum reading reading = reading_of(context);
    struct view v = view_of(e, context);
    return reading == STRICT && !context->same_page && v.covered >= LEAST_TEMPLATE &&
           v.facts_lost > LOST_REPRINTED;
}

bool relation_needs_alignment(const struct evidence *e)
{
    bool a_is_small = e->a_is_small;
    uint32_t words = a_is_small ? e->words_a : e->words_b;
    uint32_t gap = a_is_small ? e->gap_a : e->gap_b;
    // A long stretch without a shared 5-gram is a text of its own, however its words are ordered.
    return gap < OWN_WORDS || per_mille(gap, words) <= MOST_OWN_ALIGNED;
}

// Either may stand for the other: L too has no more than this.
static bool is_same_size(const struct view *v, bool same_source)
{
    return v->alone_share_l <= (same_source ? MOST_MORE : MOST_MORE_OTHER) &&
           (v->size >= SAME_SIZE || (v->size >= NEAR_SIZE && v->gap_share_l < CUT_SHARE));
}

struct relation_judgement relation_of(const struct evidence *e, const struct relation_context *context)
{
    enum reading reading = reading_of(context);
    struct view v = view_of(e, context);
    bool own_text = is_slight(e, &v) || has_own_text(&v, reading, context->same_source);
    if (context->same_page && v.covered >= LEAST_TEMPLATE) {
        return judge(is_revision(e, &v) ? RELATION_REVISED : RELATION_NEAR, v.covered);
    }
    bool is_other =
        !own_text && v.covered >= LEAST_TEMPLATE && is_template(e, &v, reading, context->same_source);
    if (is_other && is_frame(&v, reading)) {
        return judge(RELATION_TEMPLATE, 500 + v.facts_lost / 2);
    }
    if (!own_text && !is_other && is_covered(&v, reading, context)) {
        if (is_same_size(&v, context->same_source)) {
            return judge(RELATION_NEAR, v.covered);
        }
        return judge(v.a_is_small ? RELATION_A_IN_B : RELATION_B_IN_A, v.covered);
    }
    if (shares_passage(e, &v)) {
        return judge(RELATION_PARTIAL, smaller(1000, 500 + v.covered / 2));
    }
    return judge(RELATION_NONE, 0);
}
