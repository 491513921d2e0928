/*
 * pool.h - the same work in several threads, and a ticket that brings results back into input order. The only
 * code of the library that starts threads.
 */
#pragma once

#include "base/error.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * Runs work(data, 0) ... work(data, n_threads - 1), the first in the calling thread, and waits for all.
 * Returns the failure with the lowest thread number, or 0. work() returns 0 or a negative status and fills
 * its own *error.
 */
int pool_run(unsigned n_threads, int (*work)(void *data, unsigned thread, struct copydesk_error *error),
             void *data, struct copydesk_error *error);

/*
 * A queue of pieces 0 ... n - 1: prepare() of each in any of n_threads threads; finish() of one after
 * another, in order, in the calling thread, each as soon as it can be, while the others prepare what follows.
 * The calling thread prepares as well where the piece whose turn it is was not begun. At most `ahead` (1 or
 * more) are prepared and not yet finished: so many places for what is prepared suffice, piece i in place
 * i % ahead.
 *
 * prepare() returns 0 or a negative status and fills its own *error; finish() anything: what is not 0 ends
 * the queue. Returns what the first piece that was not 0 returned: all before it are finished, none behind
 * it; some of those may have been prepared.
 */
struct pool_work {
    int (*prepare)(void *data, unsigned thread, size_t piece, struct copydesk_error *error);
    int (*finish)(void *data, size_t piece, struct copydesk_error *error);
    void *data;
};

int pool_queue(unsigned n_threads, size_t n, size_t ahead, const struct pool_work *work,
               struct copydesk_error *error);

/*
 * One piece of work beside the caller's own. All-zero: nothing runs. The struct stays where it is until
 * pool_finish(), which waits and returns what work() returned, with its error; 0 when nothing runs. Where no
 * thread is to be had, pool_start() does the work itself.
 */
struct pool_task {
    pthread_t thread;
    bool runs, is_threaded;
    int status;
    int (*work)(void *data, struct copydesk_error *error);
    void *data;
    struct copydesk_error error;
};

void pool_start(struct pool_task *task, int (*work)(void *data, struct copydesk_error *error), void *data);
int pool_finish(struct pool_task *task, struct copydesk_error *error);

/*
 * Ticket: threads that work on numbered pieces enter one after another, in number order.
 */
struct ticket {
    pthread_mutex_t lock;
    pthread_cond_t moved;
    uint64_t next;
    bool stopped;
};

void ticket_init(struct ticket *t);
void ticket_release(struct ticket *t);
/* Waits until all numbers below have left. false: stopped, do not enter. */
bool ticket_enter(struct ticket *t, uint64_t number);
void ticket_leave(struct ticket *t);
/* After a failure: wakes all who wait. */
void ticket_stop(struct ticket *t);

/* Processors this process may use. */
unsigned pool_processors(void);
