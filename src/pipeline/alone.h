/*
 * alone.h - the cleaning stages for articles that come one at a time: each is judged by what a corpus profile
 * knows, and by nothing else.
 *
 * Of an article is found what a run finds that reads this article alone, with the same options and the same
 * profile; copies and the rules that name other articles are not looked for.
 */
#pragma once

#include "article.h"
#include "pipeline/edits.h"
#include "text/token.h"

/* What profiles know, as tables: read-only, for any number of workers in any threads. */
struct alone;

/*
 * options: of a run; their profiles count too. profile_path: one more, or NULL. Without any, articles are
 * judged by what corpora usually are like. Errors as those of copydesk_open() and of loading a profile.
 */
int alone_new(struct alone **a, const struct copydesk_options *options, const char *profile_path,
              struct copydesk_error *error);
void alone_free(struct alone *a); /* after its workers */
/* Articles of the profiles. */
uint64_t alone_articles(const struct alone *a);

/* Scratch of one thread. */
struct alone_worker;
int alone_worker_new(struct alone_worker **w, const struct alone *a, struct copydesk_error *error);
void alone_worker_free(struct alone_worker *w);

/*
 * All views are valid until the worker's next article, and as long as the article given. Words are with their
 * places where any cleaning rule but repairs is on.
 */
struct alone_result {
    const struct found *found; /* places in the article as read, ascending; .other is always UINT32_MAX */
    size_t n_found;
    bool dropped;         /* by one of them */
    uint16_t title_score; /* in 1/10000; UINT16_MAX: there is no title, or titles are not judged */

    /* As the first reading of a run has it: what exact keys, fingerprints and facts are made of. */
    struct str title, text; /* repaired, as far as no other article is needed for that */
    struct tokens words;    /* of the text */

    /* As it is compared: what is found carried out, whether or not it is in the end. */
    struct str compared; /* the text, with ARTICLE_PADDING bytes behind it */
    struct tokens compared_words;
};

/* 0, COPYDESK_ERR_MEMORY or COPYDESK_ERR_IO. */
int alone_judge(struct alone_worker *w, const struct article *as_read, struct alone_result *result,
                struct copydesk_error *error);
