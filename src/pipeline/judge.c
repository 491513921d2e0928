// judge.c - the second reading.
//
// The statistics of the corpus are complete, so every article can be told by itself: threads take runs of
// articles, read them again from their file, and pack what the cleaning stages find; the packed findings
// enter the store in input order. Nothing of the text is kept.

#include "pipeline/judge.h"

#include "base/pool.h"
#include "pipeline/loader.h"
#include "pipeline/window.h"

#include <stdatomic.h>

enum { UNIT = 256 }; // articles a thread takes at a time

struct judging {
    struct pipeline *p;
    struct cleaning *cleaning;
    struct ticket ticket;
    _Atomic uint32_t next_unit;
};

// What one thread needs, and what it found in the articles of its unit.
struct judge {
    struct cleaner *cleaner;
    struct record_reader *reader;
    struct window window;
    struct buf packed;
    size_t ends[UNIT]; // of the findings of each article, in packed
};

static int judge_one(struct judging *j, struct judge *w, uint32_t number, struct copydesk_error *error)
{
    struct pipeline *p = j->p;
    struct catalog_record record;
    struct article article;
    struct judgement judgement;
    struct str raw;
    int status = catalog_get(p->catalog, number, &record, error);
    if (status < 0 || record.flags & CATALOG_BAD) {
        return status;
    }
    status = cleaner_judge_unread(w->cleaner, number, &judgement, error);
    if (status != 0) {
        if (status == 1 && p->title_scores) {
            p->title_scores[number] = judgement.title_score;
        }
        return status < 0 ? status : 0;
    }
    status = window_raw(&w->window, p, &record, record.length, &raw, error);
    status = status < 0 ? status : loader_check(p, &record, raw, error);
    status = status < 0 ? status : record_reader_parse(w->reader, record.file_no, raw, &article, error);
    status = status < 0 ? status : cleaner_judge(w->cleaner, number, &article, &judgement, error);
    if (status < 0) {
        return status;
    }
    edit_pack(&w->packed, judgement.found, judgement.n);
    p->dropped[number] = judgement.dropped;
    if (p->title_scores) {
        p->title_scores[number] = judgement.title_score;
    }
    return w->packed.failed ? error_memory(error) : 0;
}

static int store_unit(struct judging *j, const struct judge *w, uint32_t first, uint32_t n,
                      struct copydesk_error *error)
{
    size_t at = 0;
    int status = 0;
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct str packed = str_part(w->packed.data, at, w->ends[i]);
        if (packed.len > 0) {
            status = edit_store_add(j->p->edits, first + i, packed, error);
        }
        at = w->ends[i];
    }
    return status;
}

static int judge_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct judging *j = data;
    struct judge w = {0};
    uint32_t n = catalog_count(j->p->catalog);
    uint32_t unit;
    int status = cleaning_cleaner(j->cleaning, thread, &w.cleaner, error);
    status = status < 0 ? status : record_reader_new(&w.reader, j->p->input, error);
    while (status == 0 && (uint64_t)(unit = atomic_fetch_add(&j->next_unit, 1)) * UNIT < n) {
        uint32_t first = unit * UNIT;
        uint32_t count = n - first < UNIT ? n - first : UNIT;
        buf_clear(&w.packed);
        for (uint32_t i = 0; i < count && status == 0; i++) {
            status =
                judge_one(j, &w, first + i, error); // known ones too: they are compared without furniture
            w.ends[i] = w.packed.len;
        }
        if (status < 0 || !ticket_enter(&j->ticket, unit)) {
            break;
        }
        status = store_unit(j, &w, first, count, error);
        if (status == 0) {
            ticket_leave(&j->ticket);
        }
        if (thread == 0) {
            pipeline_progress(j->p, COPYDESK_STAGE_JUDGE, first, n, n);
        }
    }
    if (status < 0) {
        ticket_stop(&j->ticket);
    }
    record_reader_free(w.reader);
    window_release(&w.window);
    buf_release(&w.packed);
    return status;
}

int pipeline_judge(struct pipeline *p, struct cleaning *cleaning, struct copydesk_error *error)
{
    struct judging j = {.p = p, .cleaning = cleaning};
    size_t n = catalog_count(p->catalog);
    int status =
        edit_store_new(&p->edits, (uint32_t)n, pipeline_memory_plan(p).edits, p->options.temp_dir, error);
    p->dropped = mem_zalloc(n + 1, 1);
    if (p->options.all_scores) {
        p->title_scores = mem_alloc(n + 1, sizeof *p->title_scores);
        if (p->title_scores) {
            memset(p->title_scores, 0xff, (n + 1) * sizeof *p->title_scores);
        }
    }
    if (status < 0 || !p->dropped || (p->options.all_scores && !p->title_scores)) {
        return status < 0 ? status : error_memory(error);
    }
    if (n == 0) {
        return 0;
    }
    ticket_init(&j.ticket);
    status = pool_run(p->threads, judge_worker, &j, error);
    ticket_release(&j.ticket);
    return status;
}
