/*
 * lines.h - standard input as runs of whole lines, and outputs that are written at once: what a filter needs
 * between two pipes. Waiting is done here, so that signals and a second input are heard meanwhile.
 */
#pragma once

#include "copydesk.h"

#include <stdbool.h>
#include <stddef.h>

enum { LINES_MOST = 512 }; /* handed out at once */

/* Bytes of one input that have come but are not used up. */
struct line_source {
    int fd;
    char *data;
    size_t len, cap, used;
    size_t looked_at; /* so many bytes behind `used` hold no line feed */
    uint64_t most;    /* a longer line is cut off there ... */
    uint64_t skipped; /* ... and so much of it was passed over so far */
    bool skipping, ended;
    bool begun;  /* a byte order mark is passed over before that */
    bool failed; /* a read failed: errno_of says why; or no memory: 0 */
    int errno_of;
};

/* `most`: bytes of the longest line. A pipe is made as wide as it may be, so that runs of lines are long. */
void lines_begin(struct line_source *source, int fd, uint64_t most);
/* All that is there now, about a megabyte at most. */
void lines_read_all(struct line_source *source);
/*
 * Reads what is there without waiting; false: nothing was there. At the end of the input `ended` is set.
 */
bool lines_read(struct line_source *source);
/* The next whole lines, at most `most`; the last one may lack its line feed once the input has ended. */
size_t lines_take(struct line_source *source, struct copydesk_view *lines, size_t most);
void lines_release(struct line_source *source);

/* Why waiting ended. */
enum { WAIT_INPUT = 1, WAIT_SECOND = 2, WAIT_SIGNAL = 4, WAIT_TIME = 8, WAIT_OUTPUT = 16 };

/*
 * Blocks SIGTERM and SIGINT but while lines_wait() waits, so that a record in hand is finished first.
 * lines_wait(): until there is input, `output` takes a piece, a signal, or `milliseconds` have passed (-1:
 * for ever). Each descriptor may be -1 for none.
 */
void lines_hear_signals(void);
int lines_wait(int fd, int second, int output, int milliseconds);
bool lines_signalled(void);

/* All of it, whatever the pipe takes at once. false: errno says why. */
bool write_all(int fd, const char *data, size_t len);

/* What is written piece by piece, as it is taken. */
struct line_sink {
    int fd;
    char *data;
    size_t len, cap, used;
};

/* false: no memory. */
bool sink_add(struct line_sink *sink, const char *data, size_t len);
size_t sink_left(const struct line_sink *sink);
/* A piece that is taken without waiting when poll() says that anything is. false: errno says why. */
bool sink_write(struct line_sink *sink);
/*
 * Until one of two sinks with something left takes a piece, or `source` (unless it has ended) has something
 * to read, which is read. false: errno says why. `failed`: the sink that could not be written, or NULL.
 */
bool sinks_move(struct line_sink *a, struct line_sink *b, struct line_source *source,
                const struct line_sink **failed);
void sink_release(struct line_sink *sink);
