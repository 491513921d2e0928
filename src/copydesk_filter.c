// copydesk_filter.c - the public interface of the stream. Contracts in copydesk.h.

#include "base/error.h"
#include "base/mem.h"
#include "pipeline/stream.h"

struct copydesk_filter {
    struct stream *stream;
    bool failed;  // what is in memory may be half done
    bool judging; // `each` is being called
};

void copydesk_filter_options_init(struct copydesk_filter_options *options)
{
    *options = (struct copydesk_filter_options){
        .struct_bytes = sizeof *options,
        .entry = COPYDESK_ENTER_AT_ONCE,
        .clock = COPYDESK_CLOCK_DATE,
        .learn = true,
    };
}

static int check(const struct copydesk_filter_options *o, struct copydesk_error *error)
{
    if (o->struct_bytes != sizeof *o) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL,
                         "filter options were not set by copydesk_filter_options_init()");
    }
    if (!o->index || !o->index[0]) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "a filter needs the folder of an index");
    }
    if ((unsigned)o->entry >= COPYDESK_N_ENTRIES || (unsigned)o->clock >= COPYDESK_N_CLOCKS) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "no such entry or clock of a filter");
    }
    if (o->window_seconds > (uint64_t)INT64_MAX / 2) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "the window is longer than time is counted");
    }
    return 0;
}

int copydesk_filter_open(struct copydesk_filter **out, const struct copydesk_options *options,
                         const struct copydesk_filter_options *filter_options, struct copydesk_error *error)
{
    *out = NULL;
    int status = copydesk_options_check(options, error);
    status = status < 0 ? status : check(filter_options, error);
    if (status < 0) {
        return status;
    }
    struct copydesk_filter *f = mem_zalloc(1, sizeof *f);
    if (!f) {
        return error_memory(error);
    }
    status = stream_new(&f->stream, options, filter_options, error);
    if (status < 0) {
        mem_free(f);
        return status;
    }
    *out = f;
    return 0;
}

void copydesk_filter_close(struct copydesk_filter *f)
{
    if (f) {
        stream_free(f->stream);
        mem_free(f);
    }
}

// Lines may be read by other threads while the caller is shown one: nothing may be done to the index then.
static int need_ready(const struct copydesk_filter *f, struct copydesk_error *error)
{
    if (f->judging) {
        return error_set(error, COPYDESK_ERR_STATE, NULL,
                         "the function that is called for each line must not judge, enter or commit itself");
    }
    return f->failed ? error_set(error, COPYDESK_ERR_STATE, NULL,
                                 "this filter has failed before; open the index anew")
                     : 0;
}

int copydesk_filter_judge(struct copydesk_filter *f, const struct copydesk_view *lines, size_t n,
                          copydesk_filter_fn each, void *data, struct copydesk_error *error)
{
    int status = need_ready(f, error);
    if (status < 0) {
        return status;
    }
    f->judging = true;
    status = stream_judge(f->stream, lines, n, each, data, error);
    f->judging = false;
    f->failed = f->failed || (status < 0 && !stream_was_stopped(f->stream));
    return status;
}

int copydesk_filter_enter(struct copydesk_filter *f, struct copydesk_view id, struct copydesk_error *error)
{
    int status = need_ready(f, error);
    if (status < 0) {
        return status;
    }
    status = stream_enter(f->stream, id, error);
    f->failed = status < 0;
    return status;
}

int copydesk_filter_commit(struct copydesk_filter *f, struct copydesk_error *error)
{
    int status = need_ready(f, error);
    return status < 0 ? status : stream_commit(f->stream, error);
}

uint64_t copydesk_filter_entered(const struct copydesk_filter *f)
{
    return stream_entered(f->stream);
}

uint64_t copydesk_filter_committed(const struct copydesk_filter *f)
{
    return stream_committed(f->stream);
}

const struct copydesk_summary *copydesk_filter_summary(const struct copydesk_filter *f)
{
    return stream_summary(f->stream);
}
