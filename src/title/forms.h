/*
 * forms.h - titles that are no headlines, told by their form: an address, the name of a file or of the
 * site, the words of a robot wall or an error page, the name of a section, a placeholder.
 */
#pragma once

#include "title/title.h"
#include "title/note.h"

enum title_form {
    TITLE_HEADLINE,
    TITLE_MISSING,
    TITLE_NO_WORDS,
    TITLE_URL,
    TITLE_FILE,
    TITLE_SITE,
    TITLE_WALL,
    TITLE_ERROR,
    TITLE_SECTION,
    TITLE_PLACEHOLDER,
    TITLE_COMMON, /* over many different texts: found by the statistics */
    TITLE_N_FORMS
};

/* A fixed sentence; NULL for a headline. */
const char *title_form_reason(enum title_form form);

/* The phrases below, hashed. */
struct title_phrases;
struct title_phrases *title_phrases_new(struct tokenizer *t);
void title_phrases_free(struct title_phrases *p);
/* The form of a title, or a piece of one, with these words; TITLE_HEADLINE: none of the phrases. */
enum title_form title_phrases_find(const struct title_phrases *p, uint64_t words_hash);
/* Of words in their order; 0 for none. */
uint64_t title_words_hash(const uint64_t *hashes, size_t n);

/*
 * Fills in of the note: form, head and tail. `title` are the words of in->title with spans; `names` is
 * another tokenizer, and `scratch` for its text. 0 or COPYDESK_ERR_MEMORY.
 */
int title_forms_read(const struct title_phrases *p, struct tokenizer *names, struct buf *scratch,
                     const struct title_input *in, const struct tokens *title, struct title_note *note);

/* "Re: ...": the title of a letter that answers another, which says little of the letter itself. */
bool title_is_reply(struct str title, const struct tokens *words);

/*
 * The sides of a contest that the title gives the score of ("A 2-1 B") or that it puts against each other ("A
 * vs B"): the words that stand right beside. How many, up to two. *score: it is the former.
 */
size_t title_sides(struct str title, const struct tokens *words, size_t sides[2], bool *score);
