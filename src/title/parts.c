// parts.c - parts of words. Contract in collector.h.
//
// Where words take prefixes, or are put together from others, the beginning of a word is not what two of its
// forms share. So of a word of the title that the story lacks, any five letters in a row that stand within a
// word of the story are a hint, which makes the word no evidence either way. (Runs of letters instead of
// words: McNamee and Mayfield 2004, for inflected languages.) Of letters of two and three bytes, eight bytes.
//
// Limits: the runs are a filter of 2^18 bits, so that one in some hundred is found by chance.

#include "title/collector.h"
#include "title/terms.h"

enum { ASCII_RUN = 6, OTHER_RUN = 8, LEAST_RUNS = 2 };

// The letters of a word and how long a run of them is; 0: too short to have parts.
static uint32_t runs_of(const struct tokens *words, size_t i, uint8_t letters[TERM_BYTES + 8], uint32_t *run)
{
    uint32_t len = words->end[i] - words->start[i];
    if (words->flags[i] & (TOKEN_SOLO | TOKEN_DIGIT) || len < ASCII_RUN) {
        return 0;
    }
    memset(letters, 0, TERM_BYTES + 8);
    len = term_plain(words->folded + words->start[i], len, TERM_BYTES, letters);
    *run = letters[0] < 0x80 ? ASCII_RUN : OTHER_RUN;
    len = len < TERM_BYTES ? len : TERM_BYTES;
    return len >= *run ? len - *run + 1 : 0;
}

static uint32_t place_of(const uint8_t *letters, uint32_t run)
{
    return term_mix(term_bytes(letters, run)) >> (32 - TITLE_PART_BITS);
}

void title_find_parts(struct title_collector *c, const struct tokens *title, const struct tokens *text,
                      struct title_note *note)
{
    uint8_t letters[TERM_BYTES + 8];
    uint32_t run;
    size_t n = text->n < TITLE_SCAN_WORDS ? text->n : TITLE_SCAN_WORDS;
    memset(c->parts, 0, sizeof c->parts);
    for (size_t i = 0; i < n; i++) {
        uint32_t runs = runs_of(text, i, letters, &run);
        for (uint32_t k = 0; k < runs; k++) {
            uint32_t place = place_of(letters + k, run);
            c->parts[place >> 6] |= (uint64_t)1 << (place & 63);
        }
    }
    for (size_t i = 0; i < title->n; i++) {
        uint32_t hash = term_hash(title, i);
        uint32_t runs = runs_of(title, i, letters, &run);
        bool found = false;
        for (uint32_t k = 0; k < runs && runs >= LEAST_RUNS; k++) {
            uint32_t place = place_of(letters + k, run);
            found |= c->parts[place >> 6] >> (place & 63) & 1;
        }
        for (unsigned t = 0; found && t < note->n_terms; t++) {
            note->terms[t].level |= note->terms[t].hash == hash ? TERM_PART : 0;
        }
    }
}
