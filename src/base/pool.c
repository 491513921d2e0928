// pool.c - threads. Contracts in pool.h.

#include "base/pool.h"

#include "base/mem.h"

#include <sched.h>
#include <signal.h>

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
