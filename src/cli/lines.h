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
enum { WAIT_INPUT = 1, WAIT_SECOND = 2, WAIT_SIGNAL = 4, WAIT_TIME = 8 };

/*
 * Blocks SIGTERM and SIGINT but while lines_wait() waits, so that a record in hand is finished first.
 * lines_wait(): until there is input, a signal, or `milliseconds` have passed (-1: for ever). second: -1
 * for none.
 */
void lines_hear_signals(void);
int lines_wait(int fd, int second, int milliseconds);
bool lines_signalled(void);

/* All of it, whatever the pipe takes at once. false: errno says why. */
bool write_all(int fd, const char *data, size_t len);
/* The same; whatever comes from `source` meanwhile is read: who writes there may take nothing before. */
bool write_and_read(int fd, const char *data, size_t len, struct line_source *source);
