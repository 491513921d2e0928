// pool.c - threads. Contracts in pool.h.

#include "base/pool.h"

#include "base/mem.h"

#include <sched.h>
#include <signal.h>
#include <stdatomic.h>

struct job {
    int (*work)(void *data, unsigned thread, struct copydesk_error *error);
    void *data;
    unsigned thread;
    int status;
    bool started;
    struct copydesk_error error;
    pthread_t id;
};

static void *run_job(void *argument)
{
    struct job *job = argument;
    job->status = job->work(job->data, job->thread, &job->error);
    return NULL;
}

int pool_run(unsigned n_threads, int (*work)(void *data, unsigned thread, struct copydesk_error *error),
             void *data, struct copydesk_error *error)
{
    struct job *jobs = mem_zalloc(n_threads, sizeof *jobs);
    if (!jobs) {
        return error_memory(error);
    }
    for (unsigned i = 0; i < n_threads; i++) {
        jobs[i].work = work;
        jobs[i].data = data;
        jobs[i].thread = i;
    }
    for (unsigned i = 1; i < n_threads; i++) {
        jobs[i].started = pthread_create(&jobs[i].id, NULL, run_job, &jobs[i]) == 0;
    }
    run_job(&jobs[0]);
    for (unsigned i = 1; i < n_threads; i++) {
        if (jobs[i].started) {
            pthread_join(jobs[i].id, NULL);
        } else {
            // The system gave no more threads. Work is taken piece by piece, so those that run have done it
            // all; this one finds nothing left.
            run_job(&jobs[i]);
        }
    }
    int status = 0;
    for (unsigned i = 0; i < n_threads && status == 0; i++) {
        status = jobs[i].status;
        if (status < 0 && error) {
            *error = jobs[i].error;
        }
    }
    mem_free(jobs);
    return status;
}

// ---- queue

enum { NOT_YET, PREPARED, FAILED };

struct place {
    _Atomic int state; // of the piece that has it
};

struct queue {
    const struct pool_work *work;
    size_t n, ahead;
    _Atomic size_t next;     // piece that nobody has begun
    _Atomic size_t finished; // pieces
    struct place *places;    // [ahead]
    _Atomic bool stopped;
    _Atomic bool awaited;     // the caller sleeps until another piece is prepared
    _Atomic unsigned resting; // threads that sleep until there are places again
    pthread_mutex_t lock;
    pthread_cond_t prepared, room;
    struct helper *helpers;
};

struct helper {
    struct queue *queue;
    unsigned thread;
    bool started;
    pthread_t id;
    size_t failed; // piece; this thread does no more
    int status;
    struct copydesk_error error;
};

static struct place *place_of(const struct queue *q, size_t piece)
{
    return &q->places[piece % q->ahead];
}

// The next piece, if there is one, and a place for it.
static bool take(struct queue *q, size_t *piece)
{
    size_t next = atomic_load(&q->next);
    do {
        if (next >= q->n || next >= atomic_load(&q->finished) + q->ahead || atomic_load(&q->stopped)) {
            return false;
        }
    } while (!atomic_compare_exchange_weak(&q->next, &next, next + 1));
    *piece = next;
    return true;
}

// false: there is none to be begun now, or it has failed. Pieces are begun in order: those that a failure
// leaves are behind it.
static bool prepare_one(struct helper *h)
{
    struct queue *q = h->queue;
    size_t i;
    if (h->status < 0 || !take(q, &i)) {
        return false;
    }
    h->status = q->work->prepare(q->work->data, h->thread, i, &h->error);
    h->failed = i;
    atomic_store(&place_of(q, i)->state, h->status < 0 ? FAILED : PREPARED);
    if (atomic_load(&q->awaited)) {
        pthread_mutex_lock(&q->lock);
        pthread_cond_signal(&q->prepared);
        pthread_mutex_unlock(&q->lock);
    }
    return h->status == 0;
}

// Half of the places are free again.
static bool has_room(struct queue *q)
{
    return atomic_load(&q->next) <= atomic_load(&q->finished) + q->ahead / 2;
}

static bool is_over(struct queue *q)
{
    return atomic_load(&q->stopped) || atomic_load(&q->next) >= q->n;
}

static void *help(void *argument)
{
    struct helper *h = argument;
    struct queue *q = h->queue;
    while (h->status == 0 && !is_over(q)) {
        if (prepare_one(h) || h->status < 0) {
            continue;
        }
        pthread_mutex_lock(&q->lock);
        atomic_fetch_add(&q->resting, 1);
        while (!has_room(q) && !is_over(q)) {
            pthread_cond_wait(&q->room, &q->lock);
        }
        atomic_fetch_sub(&q->resting, 1);
        pthread_mutex_unlock(&q->lock);
    }
    return NULL;
}

static void wake_helpers(struct queue *q)
{
    pthread_mutex_lock(&q->lock);
    pthread_cond_broadcast(&q->room);
    pthread_mutex_unlock(&q->lock);
}

// The caller prepares what there is to prepare, and sleeps only when all of it is in other hands.
static int await(struct queue *q, size_t piece)
{
    struct place *place = place_of(q, piece);
    while (atomic_load(&place->state) == NOT_YET && prepare_one(&q->helpers[0])) {
    }
    if (atomic_load(&place->state) == NOT_YET) {
        pthread_mutex_lock(&q->lock);
        atomic_store(&q->awaited, true);
        while (atomic_load(&place->state) == NOT_YET) {
            pthread_cond_wait(&q->prepared, &q->lock);
        }
        atomic_store(&q->awaited, false);
        pthread_mutex_unlock(&q->lock);
    }
    int state = atomic_load(&place->state);
    atomic_store(&place->state, NOT_YET);
    return state;
}

// All threads have ended.
static int failure_of(const struct queue *q, unsigned n_threads, size_t piece, struct copydesk_error *error)
{
    unsigned i = 0;
    while (i + 1 < n_threads && (q->helpers[i].status == 0 || q->helpers[i].failed != piece)) {
        i++;
    }
    if (error) {
        *error = q->helpers[i].error;
    }
    return q->helpers[i].status;
}

static int finish_all(struct queue *q, bool *failed, struct copydesk_error *error)
{
    int status = 0;
    for (size_t i = 0; i < q->n && status == 0; i++) {
        *failed = await(q, i) == FAILED;
        if (*failed) {
            return 0;
        }
        status = q->work->finish(q->work->data, i, error);
        atomic_store(&q->finished, i + 1);
        if (atomic_load(&q->resting) > 0 && has_room(q)) {
            wake_helpers(q);
        }
    }
    return status;
}

int pool_queue(unsigned n_threads, size_t n, size_t ahead, const struct pool_work *work,
               struct copydesk_error *error)
{
    struct queue q = {.work = work, .n = n, .ahead = ahead};
    bool failed = false;
    q.places = mem_zalloc(ahead, sizeof *q.places);
    q.helpers = mem_zalloc(n_threads, sizeof *q.helpers);
    int status = q.places && q.helpers ? 0 : error_memory(error);
    pthread_mutex_init(&q.lock, NULL);
    pthread_cond_init(&q.prepared, NULL);
    pthread_cond_init(&q.room, NULL);
    for (unsigned i = 0; i < n_threads && status == 0; i++) {
        q.helpers[i].queue = &q;
        q.helpers[i].thread = i;
        // Where the system gives no more threads, the others do it all.
        q.helpers[i].started = i > 0 && pthread_create(&q.helpers[i].id, NULL, help, &q.helpers[i]) == 0;
    }
    status = status < 0 ? status : finish_all(&q, &failed, error);
    atomic_store(&q.stopped, true);
    wake_helpers(&q);
    for (unsigned i = 1; i < n_threads && q.helpers; i++) {
        if (q.helpers[i].started) {
            pthread_join(q.helpers[i].id, NULL);
        }
    }
    status = failed ? failure_of(&q, n_threads, atomic_load(&q.finished), error) : status;
    pthread_cond_destroy(&q.room);
    pthread_cond_destroy(&q.prepared);
    pthread_mutex_destroy(&q.lock);
    mem_free(q.places);
    mem_free(q.helpers);
    return status;
}

// ---- one task

static void *run_task(void *argument)
{
    struct pool_task *task = argument;
    task->status = task->work(task->data, &task->error);
    return NULL;
}

void pool_start(struct pool_task *task, int (*work)(void *data, struct copydesk_error *error), void *data)
{
    sigset_t all;
    sigset_t before;
    *task = (struct pool_task){.work = work, .data = data, .runs = true};
    // Signals are for the threads of the caller, which may wait for one.
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    task->is_threaded = pthread_create(&task->thread, NULL, run_task, task) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (!task->is_threaded) {
        run_task(task);
    }
}

int pool_finish(struct pool_task *task, struct copydesk_error *error)
{
    if (!task->runs) {
        return 0;
    }
    if (task->is_threaded) {
        pthread_join(task->thread, NULL);
    }
    task->runs = false;
    if (task->status < 0 && error) {
        *error = task->error;
    }
    return task->status;
}

void ticket_init(struct ticket *t)
{
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->moved, NULL);
    t->next = 0;
    t->stopped = false;
}

void ticket_release(struct ticket *t)
{
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->moved);
}

bool ticket_enter(struct ticket *t, uint64_t number)
{
    pthread_mutex_lock(&t->lock);
    while (!t->stopped && t->next != number) {
        pthread_cond_wait(&t->moved, &t->lock);
    }
    bool stopped = t->stopped;
    pthread_mutex_unlock(&t->lock);
    return !stopped;
}

void ticket_leave(struct ticket *t)
{
    pthread_mutex_lock(&t->lock);
    t->next++;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->lock);
}

void ticket_stop(struct ticket *t)
{
    pthread_mutex_lock(&t->lock);
    t->stopped = true;
    pthread_cond_broadcast(&t->moved);
    pthread_mutex_unlock(&t->lock);
}

unsigned pool_processors(void)
{
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) != 0) {
        return 1;
    }
    int n = CPU_COUNT(&set);
    return n > 0 ? (unsigned)n : 1;
}
