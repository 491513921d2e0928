/*
 * window.h - raw records of consecutive articles: they follow each other in their files, so one read of 1
 * MiB serves some hundred of them.
 */
#pragma once

#include "article.h"
#include "pipeline/catalog.h"
#include "pipeline/pipeline.h"

/* All-zero is empty. One thread. */
struct window {
    char *data;
    size_t cap;
    uint32_t file_no;
    uint64_t start;
    size_t len;
};

void window_release(struct window *w);

/*
 * *raw: the first len bytes of a record, followed by ARTICLE_PADDING readable bytes; valid until the next
 * call. Slides the window when they are not in it.
 */
int window_raw(struct window *w, const struct pipeline *p, const struct catalog_record *record, size_t len,
               struct str *raw, struct copydesk_error *error);
