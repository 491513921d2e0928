/*
 * loader.h - articles by number, again: read back from the input, cut into words, made ready for comparison.
 * One a thread.
 */
#pragma once

#include "article.h"
#include "pipeline/pipeline.h"
#include "text/token.h"
#include "match/verify.h"

struct loader;

/* cached_articles: how many are kept ready, a power of two. */
int loader_new(struct loader **l, struct pipeline *p, size_t cached_articles, struct copydesk_error *error);
void loader_free(struct loader *l);

/* The record as read; views are valid until the next call on this loader. */
int loader_article(struct loader *l, const struct catalog_record *record, struct article *article,
                   struct copydesk_error *error);

/* The same of a record in memory, with ARTICLE_PADDING readable bytes behind it; views into that too. */
int loader_parse(struct loader *l, const struct catalog_record *record, struct str raw,
                 struct article *article, struct copydesk_error *error);

/* COPYDESK_ERR_CHANGED when a record is no longer what it was in the first pass. */
int loader_check(const struct pipeline *p, const struct catalog_record *record, struct str raw,
                 struct copydesk_error *error);

/*
 * Title and text of article `number` with what was found in them carried out, by the actions given (of each
 * rule); valid until the next call.
 */
int loader_clean(struct loader *l, uint32_t number, const enum copydesk_action *actions,
                 struct article *article, struct copydesk_error *error);

/* The record again with changed fields, appended to out; of formats other than COPYDESK_FORMAT_TEXT. */
int loader_rewrite(struct loader *l, const struct catalog_record *record, struct str raw,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error);

/* Its words; valid until the next call. */
int loader_tokens(struct loader *l, const struct article *article, bool spans, struct tokens *tokens,
                  struct copydesk_error *error);

/*
 * Both made ready, from the cache where they are in it. Valid until the next call. COPYDESK_ERR_CHANGED when
 * a text is no longer what it was in the first pass.
 */
int loader_pair(struct loader *l, uint32_t a, uint32_t b, struct features **fa, struct features **fb,
                struct copydesk_error *error);
