/*
 * lines.c - between two pipes. Contracts in lines.h.
 *
 * read() and poll(), not stdio: a filter has to know whether more input is there already, or whether whoever
 * feeds it waits for an answer. A line that is longer than an article may be is not held: it is cut off
 * there, and the rest passed over.
 */
#include "cli/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024, PIPE_BYTES = 1024 * 1024 };

static volatile sig_atomic_t signalled;

static void on_signal(int number)
{
    (void)number;
    signalled = 1;
}

void lines_hear_signals(void)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
}

bool lines_signalled(void)
{
    sigset_t pending;

    if (!signalled && sigpending(&pending) == 0) {
        return sigismember(&pending, SIGTERM) == 1 || sigismember(&pending, SIGINT) == 1;
    }
    return signalled != 0;
}

int lines_wait(int fd, int second, int output, int milliseconds)
{
    struct pollfd fds[3] = {
        {.fd = fd, .events = POLLIN}, {.fd = second, .events = POLLIN}, {.fd = output, .events = POLLOUT}};
    struct timespec time = {.tv_sec = milliseconds / 1000, .tv_nsec = milliseconds % 1000 * 1000000L};
    sigset_t none;
    int found;
    int why = 0;

    sigprocmask(SIG_SETMASK, NULL, &none);
    sigdelset(&none, SIGTERM);
    sigdelset(&none, SIGINT);
    found = ppoll(fds, 3, milliseconds < 0 ? NULL : &time, &none);
    if (lines_signalled()) {
        return WAIT_SIGNAL;
    }
    if (found == 0) {
        return WAIT_TIME;
    }
    if (found < 0) {
        return errno == EINTR ? WAIT_SIGNAL : WAIT_INPUT; // the read that follows says what is wrong
    }
    why |= fds[0].revents ? WAIT_INPUT : 0;
    why |= fds[1].revents ? WAIT_SECOND : 0;
    why |= fds[2].revents ? WAIT_OUTPUT : 0;
    return why;
}

void lines_begin(struct line_source *s, int fd, uint64_t most)
{
    *s = (struct line_source){.fd = fd, .most = most};
#ifdef F_SETPIPE_SZ
    fcntl(fd, F_SETPIPE_SZ, PIPE_BYTES); // no pipe, or not allowed: then it stays as it is
#endif
}

void lines_read_all(struct line_source *s)
{
    while (lines_read(s) && s->len - s->used < PIPE_BYTES && lines_wait(s->fd, -1, -1, 0) & WAIT_INPUT) {
    }
}

bool lines_read(struct line_source *s)
{
    ssize_t n;

    if (s->used > 0) {
        memmove(s->data, s->data + s->used, s->len - s->used);
        s->len -= s->used;
        s->used = 0;
    }
    if (s->cap - s->len < CHUNK) {
        size_t cap = s->cap + s->cap / 2 + 2 * CHUNK;
        char *data = realloc(s->data, cap);
        if (!data) {
            s->failed = true;
            return false;
        }
        s->data = data;
        s->cap = cap;
    }
    do {
        n = read(s->fd, s->data + s->len, s->cap - s->len);
    } while (n < 0 && errno == EINTR);
    if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
        return false;
    }
    if (n < 0) {
        s->failed = true;
        s->errno_of = errno;
        return false;
    }
    s->ended = n == 0;
    s->len += (size_t)n;
    if (!s->begun && (s->len >= 3 || s->ended || (s->len > 0 && s->data[0] != '\xef'))) {
        s->begun = true;
        s->used = s->len >= 3 && memcmp(s->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    }
    return n > 0;
}

static bool is_too_long(const struct line_source *s)
{
    return s->len - s->used > s->most;
}

// Passes over the rest of a line that was cut off. false: it goes on.
static bool skip_rest(struct line_source *s)
{
    const char *end = memchr(s->data + s->used, '\n', s->len - s->used);
    size_t n = end ? (size_t)(end - (s->data + s->used)) + 1 : s->len - s->used;

    s->used += n;
    s->skipped += n;
    s->skipping = !end;
    return end != NULL;
}

size_t lines_take(struct line_source *s, struct copydesk_view *lines, size_t most)
{
    size_t n = 0;

    while (s->begun && n < most && s->used < s->len) {
        const char *from = s->data + s->used;
        size_t left = s->len - s->used;
        const char *end;
        if (s->skipping) {
            if (!skip_rest(s)) {
                break;
            }
            continue;
        }
        end = memchr(from + s->looked_at, '\n', left - s->looked_at);
        if (!end && !s->ended && !is_too_long(s)) {
            s->looked_at = left; // a long line comes in many pieces
            break;
        }
        s->looked_at = 0;
        size_t len = end ? (size_t)(end - from) + 1 : left;
        size_t cut = (size_t)s->most + 1; // enough to be seen as too long
        bool is_long = (end ? len - 1 : len) > s->most;
        lines[n++] = (struct copydesk_view){from, is_long ? cut : len};
        s->skipping = is_long && !end && !s->ended;
        s->used += s->skipping ? cut : len;
    }
    return n;
}

void lines_release(struct line_source *s)
{
    free(s->data);
    *s = (struct line_source){.fd = -1};
}

bool write_all(int fd, const char *data, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, data, len);
        if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            struct pollfd out = {.fd = fd, .events = POLLOUT};
            poll(&out, 1, -1);
            continue;
        }
        if (n < 0 && errno != EINTR) {
            return false;
        }
        data += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return true;
}

// ---- sinks

bool sink_add(struct line_sink *sink, const char *data, size_t len)
{
    if (sink->used == sink->len) {
        sink->used = sink->len = 0;
    } else if (sink->used > sink->len / 2) {
        memmove(sink->data, sink->data + sink->used, sink->len - sink->used);
        sink->len -= sink->used;
        sink->used = 0;
    }
    if (len > sink->cap - sink->len) {
        size_t cap = sink->cap + sink->cap / 2 + len + 4096;
        char *grown = realloc(sink->data, cap);
        if (!grown) {
            return false;
        }
        sink->data = grown;
        sink->cap = cap;
    }
    if (len > 0) {
        memcpy(sink->data + sink->len, data, len);
        sink->len += len;
    }
    return true;
}

size_t sink_left(const struct line_sink *sink)
{
    return sink->len - sink->used;
}

bool sink_write(struct line_sink *sink)
{
    size_t left = sink_left(sink);
    size_t piece = left < PIPE_BUF ? left : PIPE_BUF; // so much a pipe takes that takes anything
    if (!write_all(sink->fd, sink->data + sink->used, piece)) {
        return false;
    }
    sink->used += piece;
    return true;
}

bool sinks_move(struct line_sink *a, struct line_sink *b, struct line_source *source,
                const struct line_sink **failed)
{
    struct line_sink *sinks[2] = {a, b};
    bool ended = source->ended || source->failed;
    struct pollfd fds[3] = {{.fd = sink_left(a) ? a->fd : -1, .events = POLLOUT},
                            {.fd = sink_left(b) ? b->fd : -1, .events = POLLOUT},
                            {.fd = ended ? -1 : source->fd, .events = POLLIN}};
    *failed = NULL;
    if (poll(fds, 3, -1) < 0) {
        return errno == EINTR;
    }
    if (fds[2].revents) {
        lines_read(source);
    }
    for (size_t i = 0; i < 2; i++) {
        if (fds[i].revents && !sink_write(sinks[i])) {
            *failed = sinks[i];
            return false;
        }
    }
    return true;
}

void sink_release(struct line_sink *sink)
{
    free(sink->data);
    *sink = (struct line_sink){.fd = -1};
}
