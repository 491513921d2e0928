/*
 * repair_check.h - what holds for every repair, whatever the text: shared by prop_repair.c and fuzz_repair.c.
 */
#pragma once

#include "base/cpu.h"
#include "base/str.h"
#include "repair/repair.h"

#include <stdlib.h>
#include <string.h>

enum { CHECK_LEVELS = 3 };

struct checker {
    struct repairer *repairers[CHECK_LEVELS];
    struct buf input, first, applied;
};

static inline void check_that(bool holds)
{
    if (!holds) {
        abort();
    }
}

static inline void checker_begin(struct checker *c)
{
    memset(c, 0, sizeof *c);
    for (int level = 0; level <= (int)cpu_level(COPYDESK_CPU_BEST); level++) {
        check_that(repairer_new(&c->repairers[level], (enum copydesk_cpu)level, NULL, NULL) == 0);
    }
}

static inline void checker_end(struct checker *c)
{
    for (int level = 0; level < CHECK_LEVELS; level++) {
        repairer_free(c->repairers[level]);
    }
    buf_release(&c->input);
    buf_release(&c->first);
    buf_release(&c->applied);
}

static inline void copy_padded(struct buf *to, const char *data, size_t len)
{
    buf_clear(to);
    buf_add(to, data, len);
    check_that(buf_reserve(to, 64));
    memset(to->data + to->len, '&', 64);
}

static inline bool check_utf8(struct str s)
{
    const uint8_t *p = (const uint8_t *)s.data;
    const uint8_t *end = p + s.len;
    uint32_t c;
    while (p < end) {
        unsigned n = utf8_decode(p, end, &c);
        if (n == 0) {
            return false;
        }
        p += n;
    }
    return true;
}

/*
 * Every CPU level gives the same; edits are in order and make the text; a second repair changes nothing;
 * valid UTF-8 stays valid.
 */
static inline void check_repair(struct checker *c, const char *text, size_t len, enum copydesk_field field,
                                const struct vocabulary *v)
{
    struct repaired out;
    copy_padded(&c->input, text, len);
    struct str input = {c->input.data, len};
    for (int level = 0; level < CHECK_LEVELS && c->repairers[level]; level++) {
        check_that(repair_text(c->repairers[level], input, field, v, &out) == 0);
        uint32_t at = 0;
        buf_clear(&c->applied);
        for (size_t i = 0; i < out.n; i++) {
            const struct edit *e = &out.edits[i];
            check_that(e->field == field && e->start >= at && e->end > e->start && e->end <= len);
            buf_add(&c->applied, input.data + at, e->start - at);
            buf_add(&c->applied, e->to.data, e->to.len);
            at = e->end;
        }
        buf_add(&c->applied, input.data + at, len - at);
        check_that(!c->applied.failed);
        check_that(str_equal(out.text, (struct str){c->applied.data, c->applied.len}));
        check_that(!check_utf8(input) || check_utf8(out.text));
        if (level == 0) {
            copy_padded(&c->first, out.text.data, out.text.len);
        } else {
            check_that(str_equal(out.text, (struct str){c->first.data, c->first.len}));
        }
    }
    struct str first = {c->first.data, c->first.len};
    check_that(repair_text(c->repairers[0], first, field, v, &out) == 0);
    check_that(str_equal(out.text, first));
}
