/*
 * filter.c - `copydesk filter`: one line out for every line in, judged against everything seen before.
 *
 *     wait -> read what is there -> judge -> write, before anything is waited for -> commit when it is time
 *
 * Lines are handed on as soon as no more input is there: hosts that send one record and wait for its answer
 * get it. What is read while nobody waits is judged in runs, by all threads.
 *
 * What a crash can do. With --commit each a line is handed on when its article is durable; otherwise it is
 * the other way round: an article becomes durable after its line was handed on, so that a message whose
 * line was lost is not taken for seen. With ack, only what the receiver has named enters at all.
 */
#include "cli/commands.h"
#include "cli/lines.h"
#include "cli/run.h"
#include "cli/summary.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum commit_when { COMMIT_EACH, COMMIT_COUNT, COMMIT_AT_END, COMMIT_ACK };
enum {
    DEFAULT_COUNT = 1000,
    DEFAULT_ACK_FD = 3,
    IDLE_MILLISECONDS = 1000, /* without input for so long, what was counted so far is committed */
    LONGEST_ID = 65536,
    MOST_ECHO = 64 << 20, /* bytes of ids that are durable, and that nobody takes */
};

struct filtering {
    const struct command_line *line;
    struct copydesk_filter *filter;
    struct copydesk_error error;
    enum commit_when when;
    uint64_t every;
    int ack_fd, acked_fd;
    struct line_source input, acks;
    struct line_sink out, rejects;
    struct line_sink named, echo; /* ids that came back: until they are durable, and then */
    uint64_t uncommitted;         /* lines handed on since the last commit */
    bool no_memory;
    bool cut; /* the reader of standard output went away */
    bool output_ended;
};

static void add(struct filtering *f, struct line_sink *sink, struct copydesk_view bytes)
{
    f->no_memory |= !sink_add(sink, bytes.data, bytes.len);
}

static int take(void *data, const struct copydesk_filtered *filtered)
{
    struct filtering *f = data;

    if (!f->line->drop || filtered->blank || filtered->verdict.fate == COPYDESK_KEPT) {
        add(f, &f->out, filtered->line);
    }
    if (f->rejects.fd >= 0) {
        add(f, &f->rejects, filtered->reject);
    }
    return f->no_memory ? 1 : 0;
}

static int fail(struct filtering *f)
{
    struct run run = {.line = f->line, .command = "filter"};

    return run_fail(&run, &f->error);
}

static int fail_memory(void)
{
    complain("out of memory");
    return EXIT_FAILED;
}

static int fail_input(const struct line_source *source, const char *name)
{
    if (source->errno_of == 0) {
        return fail_memory();
    }
    complain("%s cannot be read: %s", name, strerror(source->errno_of));
    return EXIT_FAILED;
}

// ---- settings

static bool parse_fd(const char *text, int *fd)
{
    uint64_t value;

    if (!parse_count(text, &value) || value > 1 << 20) {
        return false;
    }
    *fd = (int)value;
    return true;
}

static int settle_commit(struct filtering *f)
{
    const char *when = f->line->commit;

    f->when = COMMIT_COUNT;
    f->every = DEFAULT_COUNT;
    f->ack_fd = f->acked_fd = -1;
    if (when && strcmp(when, "each") == 0) {
        f->when = COMMIT_EACH;
    } else if (when && strcmp(when, "on-eof") == 0) {
        f->when = COMMIT_AT_END;
    } else if (when && strcmp(when, "ack") == 0) {
        f->when = COMMIT_ACK;
        f->ack_fd = DEFAULT_ACK_FD;
    } else if (when && (!parse_count(when, &f->every) || f->every == 0)) {
        complain("--commit %s: give each, a number of articles, on-eof, or ack", when);
        return EXIT_FAILED;
    }
    if ((f->line->ack_fd || f->line->acked_fd) && f->when != COMMIT_ACK) {
        complain("--ack-fd and --acked-fd belong to --commit ack");
        return EXIT_FAILED;
    }
    if ((f->line->ack_fd && !parse_fd(f->line->ack_fd, &f->ack_fd)) ||
        (f->line->acked_fd && !parse_fd(f->line->acked_fd, &f->acked_fd))) {
        complain("a descriptor is a number, as in --ack-fd 3");
        return EXIT_FAILED;
    }
    if (f->when == COMMIT_ACK && (f->ack_fd == STDIN_FILENO || f->acked_fd == STDOUT_FILENO)) {
        complain("--ack-fd 0 and --acked-fd 1 are where the records go in and out; give other descriptors");
        return EXIT_FAILED;
    }
    if (f->when == COMMIT_ACK && fcntl(f->ack_fd, F_GETFD) < 0) {
        complain("--commit ack: descriptor %d is not open; give it, as in: copydesk filter ... %d<acks",
                 f->ack_fd, f->ack_fd);
        return EXIT_FAILED;
    }
    if (f->acked_fd >= 0 && fcntl(f->acked_fd, F_GETFD) < 0) {
        complain("--acked-fd: descriptor %d is not open", f->acked_fd);
        return EXIT_FAILED;
    }
    return EXIT_CLEAN;
}

static int open_rejects(struct filtering *f)
{
    const char *path = f->line->outputs[COPYDESK_OUT_REJECTS];

    f->rejects.fd = -1;
    if (!path) {
        return EXIT_CLEAN;
    }
    if (strcmp(path, "-") == 0) {
        complain("--rejects -: standard output carries the records; give a file");
        return EXIT_FAILED;
    }
    f->rejects.fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (f->rejects.fd < 0) {
        complain("%s: cannot be written: %s", path, strerror(errno));
        return EXIT_FAILED;
    }
    return EXIT_CLEAN;
}

static void warn(void *data, const char *message)
{
    const struct command_line *line = data;

    if (!line->quiet) {
        complain("%s", message);
    }
}

static int open_filter(struct filtering *f)
{
    struct copydesk_options engine = f->line->engine;
    struct copydesk_filter_options options = f->line->filter;

    engine.warning = warn;
    engine.callback_data = (void *)(uintptr_t)f->line;
    options.learn = !f->line->no_learn;
    options.drop = f->line->drop;
    options.entry = f->line->read_only      ? COPYDESK_ENTER_NEVER
                    : f->when == COMMIT_ACK ? COPYDESK_ENTER_WHEN_TOLD
                                            : COPYDESK_ENTER_AT_ONCE;
    return copydesk_filter_open(&f->filter, &engine, &options, &f->error) < 0 ? fail(f) : EXIT_CLEAN;
}

// ---- one round

static int fail_echo(void)
{
    complain("--acked-fd: cannot be written: %s", strerror(errno));
    return EXIT_FAILED;
}

// What was named is durable now, and says so when somebody listens.
static int commit(struct filtering *f)
{
    if (copydesk_filter_commit(f->filter, &f->error) < 0) {
        return fail(f);
    }
    f->uncommitted = 0;
    if (f->acked_fd >= 0 && !sink_add(&f->echo, f->named.data, f->named.len)) {
        return fail_memory();
    }
    f->named.len = 0;
    if (sink_left(&f->echo) > MOST_ECHO) {
        complain("--acked-fd: %d MiB of ids are durable, and nobody reads them", MOST_ECHO >> 20);
        return EXIT_FAILED;
    }
    return EXIT_CLEAN;
}

// Ids that have come back.
static int take_acks(struct filtering *f)
{
    struct copydesk_view ids[LINES_MOST];
    size_t n;
    bool any = false;

    if (f->acks.failed) {
        return fail_input(&f->acks, "the descriptor of --ack-fd");
    }
    while ((n = lines_take(&f->acks, ids, LINES_MOST)) > 0) {
        for (size_t i = 0; i < n; i++) {
            struct copydesk_view id = ids[i];
            add(f, &f->named, id);
            id.len -= id.len > 0 && id.data[id.len - 1] == '\n';
            id.len -= id.len > 0 && id.data[id.len - 1] == '\r';
            if (copydesk_filter_enter(f->filter, id, &f->error) < 0) {
                return fail(f);
            }
            any = true;
        }
    }
    if (f->no_memory) {
        return fail_memory();
    }
    return any ? commit(f) : EXIT_CLEAN;
}

// Whoever acknowledges may take nothing more until what it named is taken from it, or even until that is
// durable; and it may read last what it is told. So none of the three is waited for while another can move.
static int write_out(struct filtering *f)
{
    const struct line_sink *failed = NULL;
    int code = EXIT_CLEAN;

    while (code == EXIT_CLEAN && sink_left(&f->out) > 0) {
        bool moved = f->when == COMMIT_ACK ? sinks_move(&f->out, &f->echo, &f->acks, &failed)
                                           : write_all(STDOUT_FILENO, f->out.data, f->out.len);
        if (!moved && failed == &f->echo) {
            return fail_echo();
        }
        if (!moved) {
            f->cut = errno == EPIPE;
            if (!f->cut) {
                complain("standard output cannot be written: %s", strerror(errno));
            }
            return f->cut ? EXIT_CLEAN : EXIT_FAILED;
        }
        if (f->when == COMMIT_ACK) {
            code = take_acks(f);
        } else {
            f->out.used = f->out.len;
        }
    }
    return code;
}

// Rejects first: what is not handed on must be somewhere before anybody can think it was.
static int hand_on(struct filtering *f)
{
    if (f->rejects.len > 0 && !write_all(f->rejects.fd, f->rejects.data, f->rejects.len)) {
        complain("%s: cannot be written: %s", f->line->outputs[COPYDESK_OUT_REJECTS], strerror(errno));
        return EXIT_FAILED;
    }
    f->rejects.len = 0;
    return write_out(f);
}

// Lines that may be judged before something has to be made durable.
static size_t run_length(const struct filtering *f)
{
    uint64_t room = f->every - f->uncommitted;

    switch (f->when) {
    case COMMIT_EACH:
        return 1;
    case COMMIT_COUNT:
        return room < LINES_MOST ? (size_t)room : LINES_MOST;
    case COMMIT_AT_END:
    case COMMIT_ACK:
        break;
    }
    return LINES_MOST;
}

static int judge_ready(struct filtering *f)
{
    struct copydesk_view lines[LINES_MOST];
    int code = EXIT_CLEAN;

    while (code == EXIT_CLEAN && !f->cut && !lines_signalled()) {
        size_t n = lines_take(&f->input, lines, run_length(f));
        if (n == 0) {
            break;
        }
        if (copydesk_filter_judge(f->filter, lines, n, take, f, &f->error) < 0) {
            return fail(f);
        }
        if (f->no_memory) {
            return fail_memory();
        }
        f->uncommitted += n;
        if (f->when == COMMIT_EACH && !f->line->read_only) {
            code = commit(f);
        }
        code = code == EXIT_CLEAN ? hand_on(f) : code;
        // With ack, what --drop takes enters without being named.
        bool counts = f->when == COMMIT_COUNT || (f->when == COMMIT_ACK && f->line->drop);
        if (code == EXIT_CLEAN && !f->cut && counts && f->uncommitted >= f->every) {
            code = commit(f);
        }
    }
    return code;
}

// What has come is read; false: go on waiting.
static int read_sources(struct filtering *f, int why)
{
    if (why & WAIT_INPUT) {
        lines_read_all(&f->input);
        if (f->input.failed) {
            return fail_input(&f->input, "standard input");
        }
    }
    if (why & WAIT_SECOND) {
        lines_read(&f->acks);
    }
    return EXIT_CLEAN;
}

// Nothing more is handed on. Who acknowledges may wait for this end before ending the acknowledgements.
static void end_output(struct filtering *f)
{
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (nowhere >= 0) {
        dup2(nowhere, STDOUT_FILENO);
        close(nowhere);
    }
    f->output_ended = true;
}

static int run(struct filtering *f)
{
    int code = EXIT_CLEAN;
    bool acks = f->when == COMMIT_ACK;

    while (code == EXIT_CLEAN && !f->cut && !lines_signalled()) {
        bool wait_acks = acks && !f->acks.ended;
        bool idle_commit = f->when == COMMIT_COUNT && f->uncommitted > 0 && !f->line->read_only;
        if (f->input.ended && !wait_acks) {
            break;
        }
        if (f->input.ended && !f->output_ended) {
            end_output(f);
        }
        int why = lines_wait(f->input.ended ? -1 : STDIN_FILENO, wait_acks ? f->ack_fd : -1,
                             sink_left(&f->echo) ? f->acked_fd : -1, idle_commit ? IDLE_MILLISECONDS : -1);
        if (why & WAIT_SIGNAL) {
            break;
        }
        if (why & WAIT_TIME) {
            code = commit(f);
            continue;
        }
        if (why & WAIT_OUTPUT && !sink_write(&f->echo)) {
            code = fail_echo();
            break;
        }
        code = read_sources(f, why);
        code = code == EXIT_CLEAN ? judge_ready(f) : code;
        code = code == EXIT_CLEAN && acks ? take_acks(f) : code;
    }
    // Undelivered lines must not be taken for seen; whatever was delivered is.
    code = code == EXIT_CLEAN && !f->cut && !f->line->read_only ? commit(f) : code;
    while (code == EXIT_CLEAN && sink_left(&f->echo) > 0) {
        code = sink_write(&f->echo) ? code : fail_echo();
    }
    return code;
}

static void print_summary(const struct filtering *f)
{
    const struct copydesk_summary *s = copydesk_filter_summary(f->filter);
    unsigned long long entered = (unsigned long long)copydesk_filter_entered(f->filter);

    if (f->line->json) {
        fprintf(stderr,
                "{\"read\":%llu,\"kept\":%llu,\"cleaned\":%llu,\"dropped\":%llu,\"rejected\":%llu,"
                "\"articles_in_index\":%llu}\n",
                (unsigned long long)s->read, (unsigned long long)s->kept, (unsigned long long)s->cleaned,
                (unsigned long long)s->dropped, (unsigned long long)s->rejected, entered);
    } else if (f->line->verbose) {
        complain(
            "%llu read, %llu kept (%llu of them cleaned), %llu dropped, %llu rejected; %llu articles in the "
            "index",
            (unsigned long long)s->read, (unsigned long long)s->kept, (unsigned long long)s->cleaned,
            (unsigned long long)s->dropped, (unsigned long long)s->rejected, entered);
    }
}

int command_filter(const struct command_line *line)
{
    struct filtering f = {.line = line, .rejects = {.fd = -1}, .out = {.fd = STDOUT_FILENO}};
    int code = settle_commit(&f);

    lines_begin(&f.input, STDIN_FILENO, line->engine.max_article_bytes);
    f.acks = (struct line_source){.fd = f.ack_fd, .most = LONGEST_ID};
    f.echo.fd = f.acked_fd;
    code = code == EXIT_CLEAN ? open_rejects(&f) : code;
    if (code == EXIT_CLEAN) {
        lines_hear_signals();
        code = open_filter(&f);
    }
    if (code == EXIT_CLEAN) {
        code = run(&f);
        print_summary(&f);
    }
    copydesk_filter_close(f.filter);
    lines_release(&f.input);
    lines_release(&f.acks);
    if (f.rejects.fd >= 0) {
        close(f.rejects.fd);
    }
    sink_release(&f.out);
    sink_release(&f.rejects);
    sink_release(&f.named);
    sink_release(&f.echo);
    return code;
}
