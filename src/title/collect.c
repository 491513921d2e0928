// collect.c - pass 1 of titles: how each word of the title stands in the text. Contract in title.h.
//
// In:  title and text of one article. Out: a note (title/note.h); now and then the terms of the text enter
//      the sample that stands for all texts.
//
// How: the title's terms make a filter of 1,024 bits over the first four bytes of a word. One pass over the
// words of the text looks up these bytes; what passes is hashed and counted. Where the first word of the
// title comes up, the whole title may follow: if it then fills a line, that line is the title once more.
//
// Only the first TITLE_SCAN_WORDS words are looked at. A story says in its first paragraphs what its headline
// says; the tail of a long text only adds words that fit any title.
//
// Sample: statistics of texts need some thousands of them, not all. A text belongs to level k when its hash
// ends in k zero bits; a collector that holds too many texts gives up the lowest level. What remains in the
// end (title/stats.c) depends on the texts alone, not on their order or on threads. (Distinct sampling:
// Gibbons 2001.)

#include "base/mem.h"
#include "title/collector.h"
#include "title/forms.h"
#include "title/note.h"
#include "title/scan.h"
#include "title/terms.h"

#include <xxhash.h>

enum { TERM_SLOTS = 64, KIND_WORDS = 160, KIND_SLOTS = 1024, SEEN_SLOTS = 2048 };

struct title_filter {
    uint64_t bits[TITLE_FILTER_WORDS];
    uint8_t slot[TERM_SLOTS];        // number of the term + 1, 0: empty
    uint16_t count[TITLE_MAX_TERMS]; // in the text
    uint16_t first[TITLE_MAX_TERMS];
};

struct title_collector *title_collector_new(enum copydesk_cpu level)
{
    struct title_collector *c = mem_zalloc(1, sizeof *c);
    if (c) {
        c->tokenizer = tokenizer_new(level);
        c->names = tokenizer_new(level);
        c->phrases = c->tokenizer && c->names ? title_phrases_new(c->names) : NULL;
    }
    if (c && !c->phrases) {
        title_collector_free(c);
        return NULL;
    }
    return c;
}

void title_collector_free(struct title_collector *c)
{
    if (!c) {
        return;
    }
    tokenizer_free(c->tokenizer);
    tokenizer_free(c->names);
    title_phrases_free(c->phrases);
    mem_free(c->samples);
    mem_free(c->terms);
    buf_release(&c->padded);
    buf_release(&c->scratch);
    mem_free(c);
}

// ---- the title

static unsigned find_slot(const struct title_filter *f, const struct title_note *note, uint32_t hash)
{
    unsigned at = hash >> 3 & (TERM_SLOTS - 1);
    while (f->slot[at] && note->terms[f->slot[at] - 1].hash != hash) {
        at = (at + 1) & (TERM_SLOTS - 1);
    }
    return at;
}

static void take_title(const struct tokens *words, struct title_note *note, struct title_filter *f)
{
    for (size_t i = 0; i < words->n && note->n_terms < TITLE_MAX_TERMS; i++) {
        uint32_t hash = term_hash(words, i);
        unsigned at = find_slot(f, note, hash);
        if (f->slot[at]) {
            continue;
        }
        uint32_t key = term_key_plain(words, i);
        f->bits[key >> 6] |= (uint64_t)1 << (key & 63);
        note->terms[note->n_terms] =
            (struct title_term){.hash = hash, .level = words->flags[i] & TOKEN_SOLO ? TERM_SOLO : 0};
        f->slot[at] = ++note->n_terms;
    }
}

static void take_sides(struct str text, const struct tokens *words, struct title_note *note,
                       const struct title_filter *f)
{
    size_t sides[2];
    bool score = false;
    size_t n = title_sides(text, words, sides, &score);
    note->flags |= n > 0 && score ? NOTE_SCORE : 0;
    for (size_t i = 0; i < n; i++) {
        unsigned at = find_slot(f, note, term_hash(words, sides[i]));
        if (f->slot[at]) {
            note->terms[f->slot[at] - 1].level |= TERM_SIDE;
        }
    }
}

// ---- the title as a line of the text

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

// Words [i, i + n) of the text fill a line, or several: then its bytes, with the line end.
static bool fills_lines(const struct title_input *in, size_t i, size_t n, uint32_t *from, uint32_t *to)
{
    const struct tokens *words = in->words;
    const char *text = in->text.data;
    uint32_t before = i > 0 ? words->end[i - 1] : 0;
    uint32_t start = words->start[i];
    while (start > before && !is_line_end(text[start - 1])) {
        start--;
    }
    if (start == before && before > 0) {
        return false;
    }
    uint32_t after = i + n < words->n ? words->start[i + n] : (uint32_t)in->text.len;
    uint32_t end = words->end[i + n - 1];
    while (end < after && !is_line_end(text[end])) {
        end++;
    }
    if (end == after && after < in->text.len) {
        return false;
    }
    *from = start;
    *to = end;
    return true;
}

// The title without its head, its tail, or both.
struct core {
    size_t first, n;
};

// Paragraphs that end between two words: lines of some length, the last of which ends a sentence.
static size_t paragraphs(const struct title_input *in, size_t from, size_t to)
{
    enum { LEAST_WORDS = 20, LEAST_SOLO = 40 };
    const struct tokens *words = in->words;
    size_t n = 0;
    size_t line = from;
    for (size_t i = from; i + 1 <= to && i + 1 < words->n; i++) {
        const char *gap = in->text.data + words->end[i];
        size_t bytes = words->start[i + 1] - words->end[i];
        if (!memchr(gap, '\n', bytes) && !memchr(gap, '\r', bytes)) {
            continue;
        }
        bool stop = !is_line_end(gap[0]) && gap[0] != ' ' && gap[0] != ':' && gap[0] != ',';
        n += stop && i + 1 - line >= (words->flags[i] & TOKEN_SOLO ? LEAST_SOLO : LEAST_WORDS);
        line = i + 1;
    }
    return n;
}

// In the midst of the story, words of the title are a subheading, a refrain, the name of a speaker or one
// more headline that is spoken of. A summary may stand above the title, but no sentence is a headline there.
static bool is_amid_story(const struct title_input *in, const struct core *core, size_t i,
                          const struct title_note *note)
{
    size_t from = 0;
    while (note->n_repeats && from < i && in->words->start[from] < note->repeat_end[note->n_repeats - 1]) {
        from++;
    }
    size_t before = paragraphs(in, from, i);
    bool sentence = in->text.data[in->words->end[i + core->n - 1]] == '.';
    return before > 1 || (before == 1 && (note->n_repeats || sentence)) ||
           (sentence && i >= TITLE_LEAD_WORDS);
}

static void note_repeat(const struct title_input *in, const struct tokens *title, const struct core *core,
                        size_t i, struct title_note *note)
{
    const struct tokens *words = in->words;
    uint32_t from;
    uint32_t to;
    if (note->n_repeats == TITLE_REPEATS || core->n < 2 || core->n > words->n - i ||
        memcmp(words->hash + i, title->hash + core->first, core->n * sizeof *words->hash) != 0 ||
        !fills_lines(in, i, core->n, &from, &to)) {
        return;
    }
    if ((note->n_repeats && note->repeat_end[note->n_repeats - 1] > from) ||
        is_amid_story(in, core, i, note)) {
        return;
    }
    note->repeat_start[note->n_repeats] = from;
    note->repeat_end[note->n_repeats++] = to;
    if (core->n == words->n) {
        note->flags |= NOTE_WHOLE_TEXT;
    }
}

// ---- the text

static void scan_text(const struct title_input *in, const struct tokens *title, const struct core *cores,
                      size_t n_cores, struct title_note *note, struct title_filter *f)
{
    const struct tokens *words = in->words;
    uint16_t hits[TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
    size_t n_hits = note->n_terms ? title_sift(f->bits, words, note->n_words, hits) : 0;
    for (size_t h = 0; h < n_hits; h++) {
        size_t i = hits[h];
        unsigned at = find_slot(f, note, term_hash(words, i));
        if (!f->slot[at]) {
            continue;
        }
        unsigned term = f->slot[at] - 1u;
        f->first[term] = f->count[term] ? f->first[term] : (uint16_t)i;
        f->count[term]++;
        for (size_t k = 0; k < n_cores; k++) {
            if (words->hash[i] == title->hash[cores[k].first]) {
                note_repeat(in, title, &cores[k], i, note);
            }
        }
    }
    for (unsigned t = 0; t < note->n_terms; t++) {
        if (f->count[t] > 0) {
            note->terms[t].level |= (uint8_t)(TERM_MATCH | (f->first[t] < TITLE_LEAD_WORDS ? TERM_LEAD : 0) |
                                              (f->count[t] >= 3 ? TERM_OFTEN : 0));
        }
    }
}

// The word that a text has most of, names and numbers aside: it stands for the language.
static uint32_t kind_of(const struct tokens *words)
{
    uint8_t count[KIND_SLOTS] = {0};
    size_t n = words->n < KIND_WORDS ? words->n : KIND_WORDS;
    unsigned most = 0;
    uint64_t kind = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned slot = words->hash[i] & (KIND_SLOTS - 1);
        count[slot] += !(words->flags[i] & (TOKEN_UPPER | TOKEN_DIGIT));
        if (count[slot] > most) {
            most = count[slot];
            kind = words->hash[i];
        }
    }
    return (uint32_t)(kind >> 32) | 1;
}

// One-permutation MinHash (Li, Owen and Zhang 2012) of runs of three words: tells copies of a story. The
// upper bits of a run are its class, some of the others a value within it.
static void sketch_text(const struct tokens *words, struct title_note *note)
{
    uint32_t runs[TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
    size_t n = title_runs(words, note->n_words, runs);
    memset(note->sketch, 0xff, sizeof note->sketch);
    for (size_t i = 0; i < n; i++) {
        uint16_t *least = &note->sketch[runs[i] >> 27];
        uint16_t value = (uint16_t)(runs[i] >> 8);
        *least = value < *least ? value : *least;
    }
}

// ---- the sample

static unsigned level_of(uint64_t text_hash)
{
    return title_sample_level(text_hash);
}

// Where a text stands among those sampled already: an open-addressing table by its hash.
static uint32_t *sample_slot(struct title_collector *c, uint64_t text_hash)
{
    size_t at = hash_mix(text_hash) >> 20 & (SAMPLE_SLOTS - 1);
    while (c->sampled[at] && c->samples[c->sampled[at] - 1].text_hash != text_hash) {
        at = (at + 1) & (SAMPLE_SLOTS - 1);
    }
    return &c->sampled[at];
}

// Gives up the texts of the lowest level.
static void thin_out(struct title_collector *c)
{
    c->level++;
    size_t kept = 0;
    size_t n_terms = 0;
    for (size_t i = 0; i < c->n_samples; i++) {
        struct title_sample s = c->samples[i];
        if (level_of(s.text_hash) < c->level) {
            continue;
        }
        memmove(c->terms + n_terms, c->terms + s.first, s.n * sizeof *c->terms);
        s.first = (uint32_t)n_terms;
        n_terms += s.n;
        c->samples[kept++] = s;
    }
    c->n_samples = kept;
    c->n_terms = n_terms;
    memset(c->sampled, 0, sizeof c->sampled);
    for (size_t i = 0; i < kept; i++) {
        *sample_slot(c, c->samples[i].text_hash) = (uint32_t)i + 1;
    }
}

static int add_sample(struct title_collector *c, const struct tokens *words, const struct title_note *note)
{
    uint32_t seen[SEEN_SLOTS];
    uint32_t hashes[TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
    uint32_t *slot = sample_slot(c, note->text_hash);
    if (*slot) {
        title_sample_join(&c->samples[*slot - 1], note->source, note->kind);
        return 0;
    }
    void *samples = c->samples;
    void *terms = c->terms;
    bool ok = mem_grow(&samples, &c->cap_samples, c->n_samples + 1, sizeof *c->samples);
    ok = mem_grow(&terms, &c->cap_terms, c->n_terms + note->n_words, sizeof *c->terms) && ok;
    c->samples = samples;
    c->terms = terms;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    struct title_sample s = {.text_hash = note->text_hash,
                             .source = note->source,
                             .kind = note->kind,
                             .n_words = note->n_words,
                             .first = (uint32_t)c->n_terms};
    memset(seen, 0, sizeof seen);
    title_hashes(words, note->n_words, hashes);
    for (size_t i = 0; i < note->n_words; i++) {
        uint32_t hash = hashes[i];
        unsigned at = hash >> 3 & (SEEN_SLOTS - 1);
        while (seen[at] && seen[at] != hash) {
            at = (at + 1) & (SEEN_SLOTS - 1);
        }
        if (!seen[at]) {
            seen[at] = hash;
            c->terms[c->n_terms++] = hash | (i < TITLE_LEAD_WORDS);
        }
    }
    s.n = (uint32_t)c->n_terms - s.first;
    c->samples[c->n_samples++] = s;
    *slot = (uint32_t)c->n_samples;
    if (c->n_samples > TITLE_MAX_SAMPLES) {
        thin_out(c);
    }
    return 0;
}

// ---- the whole

static size_t title_cores(const struct tokens *title, const struct title_note *note, size_t title_len,
                          struct core cores[3])
{
    size_t n = 0;
    size_t first = 0;
    size_t last = title->n;
    cores[n++] = (struct core){0, title->n};
    for (size_t i = 0; i < title->n; i++) {
        first += title->end[i] <= note->head_end;
        last -= title->start[i] >= note->tail_start && note->tail_start < title_len;
    }
    // What is left has to be a headline: two words or more.
    if (last < title->n && last >= 2) {
        cores[n++] = (struct core){0, last};
    }
    if (first > 0 && title->n >= first + 2) {
        cores[n++] = (struct core){first, title->n - first};
    }
    return n;
}

// Without the name of the site, which the same title does not have elsewhere.
static uint64_t title_hash(const struct tokens *title, const struct title_note *note, size_t title_len)
{
    size_t first = 0;
    size_t last = title->n;
    for (size_t i = 0; i < title->n; i++) {
        first += note->flags & NOTE_HEAD_SITE && title->end[i] <= note->head_end;
        last -= note->flags & NOTE_TAIL_SITE && title->start[i] >= note->tail_start &&
                note->tail_start < title_len;
    }
    return last > first ? title_words_hash(title->hash + first, last - first)
                        : title_words_hash(title->hash, title->n);
}

// Fewer words than say something, links and the like aside.
static bool is_scant(const struct title_input *in)
{
    const struct tokens *words = in->words;
    struct str text = in->text;
    size_t halves = 0; // a letter of a script without spaces is half a word
    for (size_t i = 0, at = 0; i < words->n && halves < 2 * TITLE_LEAST_WORDS;) {
        size_t end = at;
        bool address = false;
        for (; end < text.len && (uint8_t)text.data[end] > ' '; end++) {
            address |= text.data[end] == ':' && end + 2 < text.len && memcmp(text.data + end, "://", 3) == 0;
        }
        end += end == at;
        for (; i < words->n && words->start[i] < end; i++) {
            halves += address ? 0 : words->flags[i] & TOKEN_SOLO ? 1 : 2;
        }
        at = end;
    }
    return halves < 2 * TITLE_LEAST_WORDS;
}

int title_read(struct title_collector *c, const struct title_input *in, bool parts, struct title_note *out)
{
    struct title_note note = {0};
    struct title_filter filter = {0};
    struct tokens title;
    struct core cores[3];
    buf_clear(&c->padded);
    buf_add_str(&c->padded, in->title);
    if (!buf_reserve(&c->padded, TOKEN_PADDING)) {
        return COPYDESK_ERR_MEMORY;
    }
    size_t title_len = in->title.len < UINT16_MAX ? in->title.len : UINT16_MAX;
    if (tokenize(c->tokenizer, c->padded.data, title_len, true, &title) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    note.n_words = (uint16_t)(in->words->n < TITLE_SCAN_WORDS ? in->words->n : TITLE_SCAN_WORDS);
    note.flags = (uint8_t)((in->title.len ? NOTE_TITLE : 0) | (note.n_words ? NOTE_TEXT : 0) |
                           (is_scant(in) ? NOTE_SCANT : 0));
    note.source = in->source.len ? (uint32_t)XXH3_64bits(in->source.data, in->source.len) | 1 : 0;
    note.text_hash = title_words_hash(in->words->hash, note.n_words) + in->words->n;
    note.kind = kind_of(in->words);
    sketch_text(in->words, &note);
    note.n_title_words = (uint16_t)(title.n < UINT16_MAX ? title.n : UINT16_MAX);
    if (title_forms_read(c->phrases, c->names, &c->scratch, in, &title, &note) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    note.title_hash = title_hash(&title, &note, title_len);
    note.flags |= title_is_reply((struct str){c->padded.data, title_len}, &title) ? NOTE_REPLY : 0;
    take_title(&title, &note, &filter);
    take_sides((struct str){c->padded.data, title_len}, &title, &note, &filter);
    size_t n_cores = title.n ? title_cores(&title, &note, title_len, cores) : 0;
    scan_text(in, &title, cores, n_cores, &note, &filter);
    if (parts) {
        title_find_parts(c, &title, in->words, &note);
    }
    *out = note;
    return 0;
}

int title_collect(struct title_collector *c, const struct title_input *in, struct buf *out)
{
    struct title_note note;
    if (title_read(c, in, false, &note) < 0 ||
        (note.n_words >= 20 && level_of(note.text_hash) >= c->level && add_sample(c, in->words, &note) < 0)) {
        return COPYDESK_ERR_MEMORY;
    }
    buf_add(out, &note, TITLE_NOTE_BYTES(note.n_terms));
    return out->failed ? COPYDESK_ERR_MEMORY : 0;
}

unsigned title_runs_within(const uint16_t sketch[TITLE_SKETCH], const struct tokens *words)
{
    uint32_t runs[TITLE_SCAN_WORDS + TITLE_SCAN_SPARE];
    uint32_t found = 0; // a bit for each class
    size_t n = title_runs(words, words->n < TITLE_SCAN_WORDS ? words->n : TITLE_SCAN_WORDS, runs);
    for (size_t i = 0; i < n; i++) {
        found |= (uint32_t)(sketch[runs[i] >> 27] == (uint16_t)(runs[i] >> 8)) << (runs[i] >> 27);
    }
    return (unsigned)__builtin_popcount(found);
}
