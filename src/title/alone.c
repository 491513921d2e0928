// alone.c - the title of one article beside the statistics. Contract in alone.h.
//
// In a run, a title is judged when all have been seen: by how titles fit their texts there, and by the other
// texts under the same title. Of an article that comes by itself, all that is known: the tables are those
// of the profile, and the others under its title are summed up as a crowd (title/room.h), so the cost is
// that of the words of the title and one search, however much the profile holds.
//
// Limits: what two articles of a stream say of each other (one title over both) is not known before it stands
// in a profile.

#include "base/mem.h"
#include "title/alone.h"
#include "title/room.h"

struct title_alone {
    const struct title_stats *s;
    struct title_note note;
    struct decision decision;
};

struct title_alone *title_alone_new(const struct title_stats *s)
{
    struct title_alone *a = mem_zalloc(1, sizeof *a);
    if (a) {
        a->s = s;
    }
    return a;
}

void title_alone_free(struct title_alone *a)
{
    mem_free(a);
}

static const struct title_crowd *crowd_under(const struct title_stats *s, uint64_t title)
{
    size_t low = 0;
    size_t high = s->n_crowds;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->crowds[middle].hash < title) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < s->n_crowds && s->crowds[low].hash == title ? &s->crowds[low] : NULL;
}

// The article joins those under its title, as one more text.
static int judge_crowd(struct title_alone *a, struct copydesk_error *error)
{
    const struct title_stats *s = a->s;
    const struct title_crowd *known = crowd_under(s, a->note.title_hash);
    struct title_note best;
    int status = 0;
    if (!known) {
        return 0;
    }
    struct title_crowd crowd = title_crowd_join(s, known, a->decision.own);
    if (title_stats_note(s, crowd.best, &best, &status, error)) {
        title_crowd_judge(s, &crowd, &a->note, &best, &a->decision);
    }
    return status;
}

int title_alone_take(struct title_alone *a, struct title_collector *c, const struct title_input *in,
                     struct copydesk_error *error)
{
    if (title_read(c, in, false, &a->note) < 0) {
        return error_memory(error);
    }
    a->decision = title_undecided;
    title_stats_fit(a->s, &a->note, &a->decision);
    return a->decision.own == INT16_MIN ? 0 : judge_crowd(a, error);
}

bool title_alone_is_doubtful(const struct title_alone *a)
{
    return title_decision_is_doubtful(a->s, &a->decision);
}

int title_alone_judge(const struct title_alone *a, struct title_collector *c, struct str title,
                      const struct title_input *story, struct title_verdict *out,
                      struct copydesk_error *error)
{
    return title_judge_note(a->s, c, &a->note, &a->decision, false, title, story, out, error);
}
