// title_judge.c - the findings of one article. Contract in title.h.
//
// All decisions are made when title_stats_finish() returns; here they are put into words and places.

#include "title_forms.h"
#include "title_room.h"

enum {
    SPREAD = 256,       // of the reported score around the threshold
    USUAL_ARTICLES = 4, // articles of a source that tell whether titles are usual
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

static bool titles_are_usual(const struct title_stats *s, const struct title_note *note)
{
    const struct source_count *c = title_stats_source(s, note->source);
    return c->articles >= USUAL_ARTICLES && (uint64_t)c->titles * 5 >= (uint64_t)c->articles * 4;
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

int title_judge(const struct title_stats *s, uint32_t article, const struct title_input *in,
                struct title_verdict *out, struct copydesk_error *error)
{
    struct title_note note;
    int status = 0;
    article += s->n_past;
    *out = (struct title_verdict){.score = TITLE_NO_SCORE, .better = UINT32_MAX};
    if (!title_stats_note(s, article, &note, &status, error)) {
        return status;
    }
    const struct decision *d = &s->decisions[article];
    if (note.form == TITLE_MISSING) {
        if (titles_are_usual(s, &note)) {
            flag(out, COPYDESK_TITLE_JUNK, 9000, TITLE_MISSING);
        }
        return 0;
    }
    out->score = d->score == INT16_MIN ? 0 : title_reported(d->score, s->threshold);
    if (note.form != TITLE_HEADLINE) {
        flag(out, COPYDESK_TITLE_JUNK, 9500, (enum title_form)note.form);
        return 0;
    }
    if (d->common) {
        flag(out, COPYDESK_TITLE_JUNK, 8000, TITLE_COMMON);
    } else if (out->score >= 5000) {
        flag(out, COPYDESK_TITLE_MISMATCH, out->score, TITLE_HEADLINE);
        out->better = d->better < s->n_past || d->better == UINT32_MAX ? UINT32_MAX : d->better - s->n_past;
    }
    cut_sites(s, &note, in->title.len, out);
    for (unsigned i = 0; i < note.n_repeats && !(note.flags & NOTE_WHOLE_TEXT); i++) {
        add_edit(out, (struct edit){.rule = COPYDESK_TITLE_REPEATED,
                                    .field = COPYDESK_FIELD_TEXT,
                                    .start = note.repeat_start[i],
                                    .end = note.repeat_end[i],
                                    .score = 9800});
    }
    return 0;
}
