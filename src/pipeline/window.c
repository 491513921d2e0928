// window.c - raw records, by a window that slides forward over their file. Contract in window.h.

#include "pipeline/window.h"

#include "base/mem.h"

enum { WINDOW_BYTES = 1 << 20 };

void window_release(struct window *w)
{
    mem_free(w->data);
    *w = (struct window){0};
}

int window_raw(struct window *w, const struct pipeline *p, const struct catalog_record *record, size_t len,
               struct str *raw, struct copydesk_error *error)
{
    bool inside = w->data && w->file_no == record->file_no && record->offset >= w->start &&
                  record->offset + len <= w->start + w->len;
    if (!inside) {
        uint64_t left = p->file_ends[record->file_no] - record->offset;
        size_t want = left < WINDOW_BYTES ? (size_t)left : WINDOW_BYTES;
        want = want < len ? len : want;
        if (want > w->cap) {
            mem_free(w->data);
            w->data = mem_alloc(want + ARTICLE_PADDING, 1);
            w->cap = w->data ? want : 0;
            if (!w->data) {
                return error_memory(error);
            }
        }
        w->len = 0;
        int status = input_read_at(p->input, record->file_no, record->offset, w->data, want, error);
        if (status < 0) {
            return status;
        }
        memset(w->data + want, 0, ARTICLE_PADDING);
        w->file_no = record->file_no;
        w->start = record->offset;
        w->len = want;
    }
    *raw = (struct str){w->data + (record->offset - w->start), len};
    return 0;
}
