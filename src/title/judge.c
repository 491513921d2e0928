// judge.c - the findings of one article. Contract in title.h.
//
// What the notes of the first reading say is decided when title_stats_finish() returns. Those notes were made
// of texts with their furniture: a gallery of photographs pushes the story out of what is looked at, a list
// of other articles brings in words of other titles. Of titles in doubt, a few in a hundred, the words are
// looked for again in the story alone, and weighed by the same statistics.

#include "title/forms.h"
#include "title/room.h"

enum {
    DOUBT = -7 * ODDS_UNIT, // from these odds on a second look is taken
    SPREAD = 256,           // of the reported score around the threshold
    USUAL_ARTICLES = 4,     // so many tell whether titles are usual
};

// 5000 at the threshold; 2^x by steps of 1/16.
int title_reported(int score, int threshold)
{
    static const uint16_t sixteenth[16] = {1000, 1044, 1091, 1139, 1189, 1242, 1297, 1354,
                                           1414, 1477, 1542, 1610, 1682, 1756, 1834, 1915};
    int x = (score - threshold) * 16 / SPREAD; // in 1/16
    bool negative = x < 0;
    x = negative ? -x : x;
    x = x > 16 * 13 ? 16 * 13 : x;
    int64_t odds = (int64_t)sixteenth[x & 15] << (x >> 4);
    return (int)(negative ? 10000 * odds / (1000 + odds) : 10000 * 1000 / (1000 + odds));
}

// 5000 at odds of one to one.
static int reported_odds(int odds)
{
    return title_reported(-odds * (SPREAD / ODDS_UNIT), 0);
}

// Two in three articles of the source have one; what the corpus does counts as USUAL_ARTICLES of them.
static bool titles_are_usual(const struct title_stats *s, const struct title_note *note, bool learned)
{
    const struct source_count *c = title_stats_source(s, note->source);
    if (s->n_counted <= USUAL_ARTICLES) {
        return false;
    }
    uint64_t all = (uint64_t)c->articles - learned; // the others
    uint64_t expected = (uint64_t)s->n_titles * USUAL_ARTICLES / s->n_counted;
    return (c->titles + expected) * 3 >= (all + USUAL_ARTICLES) * 2;
}

static void add_edit(struct title_verdict *out, struct edit edit)
{
    if (out->n_edits < TITLE_MAX_EDITS) {
        out->edits[out->n_edits++] = edit;
    }
}

static void cut_sites(const struct title_stats *s, const struct title_note *note, size_t title_len,
                      struct title_verdict *out)
{
    bool head = title_sites_head(s, note);
    bool tail = title_sites_tail(s, note);
    if (head && !(tail && note->head_end >= note->tail_start)) {
        add_edit(out, (struct edit){.rule = COPYDESK_TITLE_SUFFIX,
                                    .field = COPYDESK_FIELD_TITLE,
                                    .end = note->head_end,
                                    .score = note->flags & NOTE_HEAD_SITE ? 9900 : 9000});
    }
    if (tail) {
        add_edit(out, (struct edit){.rule = COPYDESK_TITLE_SUFFIX,
                                    .field = COPYDESK_FIELD_TITLE,
                                    .start = note->tail_start,
                                    .end = (uint32_t)title_len,
                                    .score = note->flags & NOTE_TAIL_SITE ? 9900 : 9000});
    }
}

static void flag(struct title_verdict *out, enum copydesk_rule rule, int score, enum title_form form)
{
    add_edit(out, (struct edit){.rule = rule,
                                .field = COPYDESK_FIELD_NONE,
                                .score = (uint32_t)score,
                                .reason = title_form_reason(form)});
}

// ---- the second look

bool title_is_doubtful(const struct title_stats *s, uint32_t article)
{
    struct decision d;
    if (title_stats_decision(s, article + s->n_past, &d, NULL) < 0) {
        return true; // title_judge() will say so
    }
    return title_decision_is_doubtful(s, &d);
}

bool title_decision_is_doubtful(const struct title_stats *s, const struct decision *d)
{
    struct decision apart = *d;
    if (d->own == INT16_MIN || d->score > DOUBT) {
        return d->own != INT16_MIN;
    }
    // Furniture that two pages share makes them look like copies.
    apart.alike = 0;
    return title_stats_odds(s, &apart, d->own) > DOUBT;
}

// How much of the text that its title fits best the story holds.
static int compare_stories(const struct title_stats *s, const struct tokens *words, struct decision *d,
                           struct copydesk_error *error)
{
    struct title_note note;
    int status = 0;
    if (d->best != UINT32_MAX && title_stats_note(s, d->best, &note, &status, error)) {
        d->alike = (uint16_t)title_runs_within(note.sketch, words);
    }
    return status;
}

// The odds of the title on the story alone.
static int look_again(const struct title_stats *s, struct title_collector *c, const struct title_note *first,
                      const struct decision *d, const struct title_input *story, int *score,
                      struct copydesk_error *error)
{
    struct title_note note;
    struct decision again = *d;
    if (title_read(c, story, true, &note) < 0) {
        return error_memory(error);
    }
    if (note.n_words < TITLE_LEAST_WORDS || note.n_terms != first->n_terms) {
        return 0;
    }
    int status = compare_stories(s, story->words, &again, error);
    note.text_hash = first->text_hash; // what was sampled
    fit_rarity(s->texts, &note);
    again.flags = (uint8_t)((again.flags & ~DECISION_CONTEST) | title_note_flags(s, &note));
    *score = title_stats_odds(s, &again, fit_score(s->titles, &note, d->flags & DECISION_ADDED));
    return status;
}

// The article that the title belongs to; UINT32_MAX: none is known.
static uint32_t better_of(const struct title_stats *s, const struct decision *d)
{
    bool known = d->best != UINT32_MAX && d->best >= s->n_past && d->alike < DECISION_COPIES &&
                 !(d->flags & DECISION_CROWD);
    return known && odds_belongs_there(&s->odds, title_stats_pair(s, d), d->top)
               ? d->best - (uint32_t)s->n_past
               : UINT32_MAX;
}

// ---- the whole

int title_judge(const struct title_stats *s, struct title_collector *c, uint32_t article, struct str title,
                const struct title_input *story, struct title_verdict *out, struct copydesk_error *error)
{
    struct title_note note;
    struct decision decision;
    const struct decision *d = &decision;
    article += s->n_past;
    *out = (struct title_verdict){.score = TITLE_NO_SCORE, .better = UINT32_MAX};
    int status = title_stats_decision(s, article, &decision, error);
    if (status < 0 || !title_decision_note(s, d, &note, &status, error)) {
        return status;
    }
    return title_judge_note(s, c, &note, d, article < s->n_learned, title, story, out, error);
}

int title_judge_note(const struct title_stats *s, struct title_collector *c, const struct title_note *note,
                     const struct decision *d, bool learned, struct str title,
                     const struct title_input *story, struct title_verdict *out, struct copydesk_error *error)
{
    int status = 0;
    *out = (struct title_verdict){.score = TITLE_NO_SCORE, .better = UINT32_MAX};
    if (note->form == TITLE_MISSING) {
        if (titles_are_usual(s, note, learned)) {
            flag(out, COPYDESK_TITLE_JUNK, 9000, TITLE_MISSING);
        }
        return 0;
    }
    int score = d->score;
    if (story && d->own != INT16_MIN) {
        status = look_again(s, c, note, d, story, &score, error);
    }
    out->score = d->own == INT16_MIN ? 0 : reported_odds(score);
    if (note->form != TITLE_HEADLINE) {
        flag(out, COPYDESK_TITLE_JUNK, 9500, (enum title_form)note->form);
        return 0;
    }
    if (d->flags & DECISION_COMMON) {
        flag(out, COPYDESK_TITLE_JUNK, 8000, TITLE_COMMON);
    } else if (out->score >= 5000) {
        flag(out, COPYDESK_TITLE_MISMATCH, out->score, TITLE_HEADLINE);
        out->better = better_of(s, d);
    }
    cut_sites(s, note, title.len, out);
    for (unsigned i = 0; i < note->n_repeats && !(note->flags & NOTE_WHOLE_TEXT); i++) {
        add_edit(out, (struct edit){.rule = COPYDESK_TITLE_REPEATED,
                                    .field = COPYDESK_FIELD_TEXT,
                                    .start = note->repeat_start[i],
                                    .end = note->repeat_end[i],
                                    .score = 9800});
    }
    return status;
}
