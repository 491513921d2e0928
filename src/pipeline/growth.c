// growth.c - the profile of an index grows with the stream. Contract in growth.h.
//
// What is furniture shows when a site has been seen for a while; so the index keeps a corpus profile, and
// adds to it what its own articles teach. Learning wants texts: those that stayed since the last time are
// kept, packed, in the index, and dropped when they have been learned from.
//
// When: at fixed numbers of articles ("steps": 1024, 2048 ... 16384, then every 16384), so that the same
// stream gives the same verdicts however it is cut into runs. At a step a thread begins to learn from the
// articles up to it, and makes the tables that judge by that; they do so from the next step on, by when they
// have long been ready. So two kept numbers say all: how many articles the index has, and how many its
// profile has learned from. A process that starts between two steps, after a crash perhaps, does what is
// missing.
//
// A profile that knows 65,536 articles learns from one in four of those that follow, chosen by their content:
// sites change slowly, and the time is better spent on judging.
//
// Learning is copydesk_build_profile() itself: over those texts, with the profile so far beside them.

#include "pipeline/growth.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/pool.h"
#include "pipeline/pipeline.h"

#include <stdio.h>
#include <unistd.h>
#include <zstd.h>

enum { FIRST_STEP = 1024, STEP = 16384, LEVEL = 1, ALL_UNTIL = 65536, ONE_IN = 4 };

struct growth {
    struct index_store *index;
    const char *folder;              // of it
    struct copydesk_options options; /* for learning */
    bool learn;
    struct alone *alone;
    struct pipeline *lesson; // what the thread learns from
    struct alone *learned;   // what it makes of it: whoever judges does not wait for that
    struct buf path;         // where it writes
    uint32_t upto;           // articles that the new profile will know
    bool running;
    struct pool_task task;
    struct index_scratch *scratch;
    ZSTD_CCtx *packer;
    struct buf packed, line;
};

// The last step at or before n; 0: none.
static uint32_t step_at(uint32_t n)
{
    if (n >= STEP) {
        return n / STEP * STEP;
    }
    uint32_t step = FIRST_STEP;
    while (step * 2 <= n) {
        step *= 2;
    }
    return n < FIRST_STEP ? 0 : step;
}

static uint32_t step_after(uint32_t n)
{
    uint32_t step = step_at(n);
    return step == 0 ? FIRST_STEP : step < STEP ? 2 * step : step + STEP;
}

// The step before a step.
static uint32_t step_before(uint32_t step)
{
    return step == 0 ? 0 : step_at(step - 1);
}

// What articles are judged by, from the profile at `path`.
static int make_alone(struct growth *g, const char *path, struct alone **alone, struct copydesk_error *error)
{
    int status = alone_new(alone, &g->options, path, error);
    if (status == COPYDESK_ERR_INPUT && path && strcmp(error->file, path) == 0) {
        return error_set(error, status, path,
                         "the profile of this index is damaged; take the last copy of the index, or build it "
                         "anew with 'copydesk index build'");
    }
    return status;
}

// ---- texts

bool growth_wants_text(const struct growth *g, uint64_t content)
{
    return g->learn && (index_count(g->index) < ALL_UNTIL || content % ONE_IN == 0);
}

int growth_pack(struct growth *g, struct str line, struct str *packed, struct copydesk_error *error)
{
    buf_clear(&g->packed);
    if (!buf_reserve(&g->packed, ZSTD_compressBound(line.len))) {
        return error_memory(error);
    }
    size_t n = ZSTD_compressCCtx(g->packer, g->packed.data, g->packed.cap, line.data, line.len, LEVEL);
    if (ZSTD_isError(n)) {
        return error_memory(error);
    }
    *packed = (struct str){g->packed.data, n};
    return 0;
}

struct lesson {
    struct growth *growth;
    struct copydesk_error *error;
};

bool growth_unpack(struct str packed, struct buf *out)
{
    unsigned long long n = ZSTD_getFrameContentSize(packed.data, packed.len);
    buf_clear(out);
    if (n == ZSTD_CONTENTSIZE_ERROR || n == ZSTD_CONTENTSIZE_UNKNOWN || n > UINT32_MAX ||
        !buf_reserve(out, (size_t)n + 1)) {
        return false;
    }
    size_t got = ZSTD_decompress(out->data, (size_t)n, packed.data, packed.len);
    out->len = ZSTD_isError(got) ? 0 : got;
    return !ZSTD_isError(got);
}

static int add_text(void *data, uint32_t number, struct str text)
{
    struct lesson *lesson = data;
    struct growth *g = lesson->growth;
    struct index_record record;
    int status = index_get(g->index, number, 0, g->scratch, &record, lesson->error);
    if (status < 0 || record.dropped || (number >= ALL_UNTIL && record.content % ONE_IN != 0)) {
        return status; // kept for other ends: a story is learned from once
    }
    if (!growth_unpack(text, &g->line)) {
        return g->line.failed
                   ? error_memory(lesson->error)
                   : error_set(lesson->error, COPYDESK_ERR_INPUT, g->folder,
                               "a text that the index keeps is damaged; 'copydesk index verify' says "
                               "more");
    }
    if (g->line.len == 0 || g->line.data[g->line.len - 1] != '\n') {
        buf_add_char(&g->line, '\n');
    }
    return input_add_line(g->lesson->input, (struct str){g->line.data, g->line.len}, lesson->error);
}

// ---- learning

static int learn(void *data, struct copydesk_error *error)
{
    struct growth *g = data;
    int status = pipeline_build_profile(g->lesson, g->path.data, NULL, error);
    pipeline_free(g->lesson);
    g->lesson = NULL;
    return status < 0 ? status : make_alone(g, g->path.data, &g->learned, error);
}

// Collects the texts of [from, upto), and starts a thread that learns from them.
static int start(struct growth *g, uint32_t from, uint32_t upto, struct copydesk_error *error)
{
    uint32_t learned;
    const char *past = index_profile(g->index, &learned);
    struct copydesk_options options = g->options;
    options.profiles = &past;
    options.n_profiles = past ? 1 : 0;
    options.threads = 1;
    options.progress = NULL;
    alone_free(g->learned); // of a thread that was not waited for
    g->learned = NULL;
    int status = pipeline_new(&g->lesson, &options, error);
    struct lesson lesson = {g, error};
    status = status < 0 ? status : index_texts(g->index, from, upto, add_text, &lesson, error);
    if (status < 0) {
        return status;
    }
    buf_clear(&g->path);
    buf_printf(&g->path, "%s/learning.%u.profile", g->folder, upto);
    buf_add_char(&g->path, '\0');
    if (g->path.failed) {
        return error_memory(error);
    }
    g->upto = upto;
    g->running = true;
    pool_start(&g->task, learn, g);
    return 0;
}

// Waits for it; what became of it.
static int stop(struct growth *g, struct copydesk_error *error)
{
    int status = pool_finish(&g->task, error);
    g->running = false;
    pipeline_free(g->lesson);
    g->lesson = NULL;
    return status;
}

// Waits for the thread; its profile becomes that of the index.
static int adopt(struct growth *g, struct copydesk_error *error)
{
    int status = stop(g, error);
    status = status < 0 ? status : index_set_profile(g->index, g->path.data, g->upto, error);
    if (status < 0) {
        return status;
    }
    index_texts_drop(g->index, g->upto);
    alone_free(g->alone);
    g->alone = g->learned;
    g->learned = NULL;
    return 0;
}

// Brings the profile to what it has to be at this number of articles, and begins with the next one.
static int catch_up(struct growth *g, struct copydesk_error *error)
{
    uint32_t step = step_at(index_count(g->index));
    uint32_t learned;
    index_profile(g->index, &learned);
    uint32_t due = step_before(step);
    int status = 0;
    if (g->running && g->upto == due) {
        status = adopt(g, error);
    } else if (learned < due) {
        status = stop(g, error);
        status = status < 0 ? status : start(g, learned, due, error);
        status = status < 0 ? status : adopt(g, error);
    }
    index_profile(g->index, &learned);
    if (status == 0 && step > learned && !(g->running && g->upto == step)) {
        status = stop(g, error);
        status = status < 0 ? status : start(g, learned, step, error);
    }
    return status;
}

int growth_new(struct growth **out, struct index_store *index, const char *folder,
               const struct copydesk_options *options, bool learn_too, struct copydesk_error *error)
{
    struct growth *g = mem_zalloc(1, sizeof *g);
    if (!g) {
        return error_memory(error);
    }
    g->index = index;
    g->folder = folder;
    g->options = *options;
    g->learn = learn_too;
    g->packer = ZSTD_createCCtx();
    int status = g->packer ? index_scratch_new(index, &g->scratch, error) : error_memory(error);
    if (status == 0 && g->learn) {
        status = catch_up(g, error);
    }
    if (status == 0 && !g->alone) {
        uint32_t learned;
        status = make_alone(g, index_profile(index, &learned), &g->alone, error);
    }
    if (status < 0) {
        growth_free(g);
        return status;
    }
    *out = g;
    return 0;
}

void growth_free(struct growth *g)
{
    if (!g) {
        return;
    }
    bool was_running = g->running;
    stop(g, NULL);
    if (was_running && g->path.data) {
        unlink(g->path.data); // nobody will ask for it
    }
    alone_free(g->alone);
    alone_free(g->learned);
    index_scratch_free(g->scratch);
    ZSTD_freeCCtx(g->packer);
    buf_release(&g->packed);
    buf_release(&g->line);
    buf_release(&g->path);
    mem_free(g);
}

const struct alone *growth_alone(const struct growth *g)
{
    return g->alone;
}

uint32_t growth_room(const struct growth *g)
{
    uint32_t n = index_count(g->index);
    return g->learn ? step_after(n) - n : UINT32_MAX;
}

int growth_advance(struct growth *g, struct copydesk_error *error)
{
    const struct alone *before = g->alone;
    uint32_t n = index_count(g->index);
    if (!g->learn || step_at(n) != n || n == 0 || (g->running && g->upto == n)) {
        return 0;
    }
    int status = catch_up(g, error);
    return status < 0 ? status : g->alone != before;
}
