/*
 * collector.h - the scratch of title_collect(), and the sample it hands to title_stats_finish().
 */
#pragma once

#include "base/hash.h"
#include "title/title.h"
#include "title/forms.h"
#include "title/note.h"

enum { TITLE_MAX_SAMPLES = 4096, SAMPLE_SLOTS = 16384, TITLE_PART_BITS = 18 };

struct title_collector {
    struct tokenizer *tokenizer, *names;
    struct title_phrases *phrases;
    struct buf padded, scratch;     /* the title, with room behind it; a name */
    unsigned level;                 /* texts below are no longer sampled */
    uint32_t sampled[SAMPLE_SLOTS]; /* number of the sample + 1, by hash of the text; 0: empty */
    struct title_sample *samples;
    uint32_t *terms;
    size_t n_samples, cap_samples, n_terms, cap_terms;
    uint64_t parts[1 << (TITLE_PART_BITS - 6)];
};

/* The note of one article; nothing enters the sample. `parts`: see title_find_parts(). 0 or
 * COPYDESK_ERR_MEMORY. */
int title_read(struct title_collector *c, const struct title_input *in, bool parts, struct title_note *note);

/* Marks the terms of the title of which a part stands in the text. */
void title_find_parts(struct title_collector *c, const struct tokens *title, const struct tokens *text,
                      struct title_note *note);

/* How many classes of a sketch have their run in this text: more than chance when it holds a part of the
 * other text. */
unsigned title_runs_within(const uint16_t sketch[TITLE_SKETCH], const struct tokens *words);

/* Of copies, one source stands for all, and one kind, which letter case may change: whichever, but the same
 * in any order. */
static inline void title_sample_join(struct title_sample *s, uint32_t source, uint32_t kind)
{
    s->source = source < s->source ? source : s->source;
    s->kind = kind < s->kind ? kind : s->kind;
}

static inline unsigned title_sample_level(uint64_t text_hash)
{
    return (unsigned)__builtin_ctzll(hash_mix(text_hash) | (uint64_t)1 << 62);
}
