// profile.c - what a corpus taught about titles, saved for the next run. Contract in stats.h.
//
// A profile is no table of results but a part of the corpus: the sampled texts, and notes of some thousands
// of articles. Read back, they stand before the new articles and take part in everything that is learned; so
// profiles merge by being read one after another, and ten new articles are judged as if they had come with
// the old ones.
//
// Form, in little-endian words: magic, version, level, number of texts, of terms, of notes; the texts; the
// terms; the notes, each with its length in front. What does not add up is refused.

#include "base/mem.h"
#include "title/room.h"

enum { VERSION = 1, MAX_NOTES = 16384, MAX_TEXTS = 1 << 20 };

static const char magic[8] = "cdtitle";

struct head {
    char magic[8];
    uint32_t version, level;
    uint32_t n_texts, n_terms, n_notes, spare;
};

// The lowest level of notes that leaves few enough.
static unsigned level_of_notes(const struct title_stats *s, int *status, struct copydesk_error *error)
{
    size_t at[64] = {0};
    size_t total = 0;
    unsigned level = 0;
    struct title_note note;
    for (uint32_t i = 0; i < s->n; i++) {
        if (title_stats_note(s, i, &note, status, error)) {
            at[title_sample_level(note.title_hash ^ note.text_hash)]++;
            total++;
        }
    }
    while (total > MAX_NOTES && level < 63) {
        total -= at[level++];
    }
    return level;
}

int title_stats_write(const struct title_stats *s, struct buf *out, struct copydesk_error *error)
{
    int status = 0;
    unsigned level = level_of_notes(s, &status, error);
    size_t start = out->len;
    struct head head = {.version = VERSION, .level = fit_texts_level(s->texts)};
    memcpy(head.magic, magic, sizeof magic);
    head.n_texts = (uint32_t)fit_texts_count(s->texts);
    buf_add(out, &head, sizeof head);
    for (uint32_t i = 0; i < head.n_texts; i++) {
        const uint32_t *terms;
        struct title_sample sample = *fit_texts_sample(s->texts, i, &terms);
        sample.first = head.n_terms;
        head.n_terms += sample.n;
        buf_add(out, &sample, sizeof sample);
    }
    for (uint32_t i = 0; i < head.n_texts; i++) {
        const uint32_t *terms;
        const struct title_sample *sample = fit_texts_sample(s->texts, i, &terms);
        buf_add(out, terms, sample->n * sizeof *terms);
    }
    struct title_note note;
    for (uint32_t i = 0; i < s->n && status == 0; i++) {
        if (title_stats_note(s, i, &note, &status, error) &&
            title_sample_level(note.title_hash ^ note.text_hash) >= level) {
            uint32_t len = (uint32_t)TITLE_NOTE_BYTES(note.n_terms);
            buf_add(out, &len, sizeof len);
            buf_add(out, &note, len);
            head.n_notes++;
        }
    }
    if (status == 0 && out->failed) {
        return error_memory(error);
    }
    if (status == 0) {
        memcpy(out->data + start, &head, sizeof head);
    }
    return status;
}

// ---- reading

static bool take(struct str *from, void *to, size_t len)
{
    if (from->len < len) {
        return false;
    }
    memcpy(to, from->data, len);
    from->data += len;
    from->len -= len;
    return true;
}

static int damaged(struct copydesk_error *error)
{
    return error_set(error, COPYDESK_ERR_IO, NULL, "the profile of titles is damaged");
}

static int read_texts(struct title_collector *c, const struct head *head, struct str *from,
                      struct copydesk_error *error)
{
    if (head->n_texts > MAX_TEXTS || from->len / sizeof(struct title_sample) < head->n_texts ||
        from->len / sizeof *c->terms < head->n_terms) {
        return damaged(error);
    }
    void *samples = c->samples;
    void *terms = c->terms;
    bool ok = mem_grow(&samples, &c->cap_samples, c->n_samples + head->n_texts + 1, sizeof *c->samples);
    ok = mem_grow(&terms, &c->cap_terms, c->n_terms + head->n_terms + 1, sizeof *c->terms) && ok;
    c->samples = samples;
    c->terms = terms;
    if (!ok) {
        return error_memory(error);
    }
    uint32_t n_terms = 0;
    for (uint32_t i = 0; i < head->n_texts; i++) {
        struct title_sample s;
        if (!take(from, &s, sizeof s) || s.n > TITLE_SCAN_WORDS || s.n_words > TITLE_SCAN_WORDS ||
            s.first != n_terms || s.n > head->n_terms - n_terms) {
            return damaged(error);
        }
        n_terms += s.n;
        s.first += (uint32_t)c->n_terms;
        c->samples[c->n_samples + i] = s;
    }
    if (!take(from, c->terms + c->n_terms, head->n_terms * sizeof *c->terms)) {
        return damaged(error);
    }
    c->n_samples += head->n_texts;
    c->n_terms += head->n_terms;
    c->level = head->level > c->level ? head->level : c->level;
    return 0;
}

int title_stats_read(struct title_stats *s, struct str profile, struct copydesk_error *error)
{
    struct head head;
    if (!take(&profile, &head, sizeof head) || memcmp(head.magic, magic, sizeof magic) != 0 ||
        head.version != VERSION || head.level >= 63) {
        return damaged(error);
    }
    s->past = s->past ? s->past : mem_zalloc(1, sizeof *s->past);
    int status = s->past ? read_texts(s->past, &head, &profile, error) : error_memory(error);
    for (uint32_t i = 0; i < head.n_notes && status == 0; i++) {
        uint32_t len;
        struct title_note note;
        if (!take(&profile, &len, sizeof len) || len > sizeof note || len < TITLE_NOTE_BYTES(0) ||
            !take(&profile, &note, len) || note.n_terms > TITLE_MAX_TERMS ||
            len != TITLE_NOTE_BYTES(note.n_terms) || note.n_words > TITLE_SCAN_WORDS) {
            return damaged(error);
        }
        status = title_stats_add(s, &note, len, error);
        s->n_past += status == 0;
    }
    return status;
}
