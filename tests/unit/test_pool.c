// test_pool.c - work in several threads, and the ticket that puts it in order.
#include "test.h"

#include "base/pool.h"

#include <sched.h>
#include <stdatomic.h>

struct count {
    _Atomic unsigned runs[8];
    _Atomic unsigned total;
};

static int count_run(void *data, unsigned thread, struct copydesk_error *error)
{
    struct count *count = data;
    (void)error;
    atomic_fetch_add(&count->runs[thread], 1);
    atomic_fetch_add(&count->total, 1);
    return 0;
}

static void each_thread_once(void **state)
{
    (void)state;
    for (unsigned n = 1; n <= 8; n++) {
        struct count count = {0};
        struct copydesk_error error = {0};
        assert_int_equal(pool_run(n, count_run, &count, &error), 0);
        assert_int_equal(count.total, n);
        for (unsigned i = 0; i < n; i++) {
            assert_int_equal(count.runs[i], 1);
        }
    }
}

static int fail_some(void *data, unsigned thread, struct copydesk_error *error)
{
    unsigned failing = *(const unsigned *)data;
    if (failing >> thread & 1) {
        return error_set(error, thread == 2 ? COPYDESK_ERR_INPUT : COPYDESK_ERR_IO, NULL, "thread %u",
                         thread);
    }
    return 0;
}

static void lowest_failure_is_told(void **state)
{
    static const struct {
        unsigned failing;
        int status;
        const char *message;
    } cases[] = {
        {0x0, 0, ""},
        {0x1, COPYDESK_ERR_IO, "thread 0"},
        {0xC, COPYDESK_ERR_INPUT, "thread 2"},
        {0xA, COPYDESK_ERR_IO, "thread 1"},
        {0x8, COPYDESK_ERR_IO, "thread 3"},
        {0xF, COPYDESK_ERR_IO, "thread 0"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct copydesk_error error = {0};
        unsigned failing = cases[i].failing;
        assert_int_equal(pool_run(4, fail_some, &failing, &error), cases[i].status);
        assert_string_equal(error.message, cases[i].message);
        assert_int_equal(pool_run(4, fail_some, &failing, NULL), cases[i].status);
    }
}

static void no_memory(void **state)
{
    struct count count = {0};
    struct copydesk_error error = {0};
    (void)state;
    mem_fail_after(0);
    int status = pool_run(2, count_run, &count, &error);
    mem_fail_after(UINT64_MAX);
    assert_int_equal(status, COPYDESK_ERR_MEMORY);
    assert_int_equal(error.status, COPYDESK_ERR_MEMORY);
    assert_int_equal(count.total, 0);
}

enum { PIECES = 3000 };

struct line {
    struct ticket ticket;
    _Atomic unsigned next;
    unsigned seen[PIECES]; // written only between enter and leave
    unsigned n_seen;
    unsigned stop_at;
};

static int in_order(void *data, unsigned thread, struct copydesk_error *error)
{
    struct line *line = data;
    (void)error;
    for (;;) {
        unsigned number = atomic_fetch_add(&line->next, 1);
        if (number >= PIECES) {
            return 0;
        }
        if (number == line->stop_at) {
            // All below have left, and the others have time to wait: nothing but the stop will wake them.
            ticket_enter(&line->ticket, number);
            for (unsigned i = 0; i < 100; i++) {
                sched_yield();
            }
            ticket_stop(&line->ticket);
            return COPYDESK_ERR_INPUT;
        }
        if (!ticket_enter(&line->ticket, number)) {
            return 0;
        }
        line->seen[line->n_seen++] = number * 8 + thread;
        ticket_leave(&line->ticket);
    }
}

static void ticket_keeps_order(void **state)
{
    static struct line line;
    struct copydesk_error error = {0};
    (void)state;
    line = (struct line){.stop_at = UINT32_MAX};
    ticket_init(&line.ticket);
    assert_int_equal(pool_run(4, in_order, &line, &error), 0);
    ticket_release(&line.ticket);
    assert_int_equal(line.n_seen, PIECES);
    for (unsigned i = 0; i < PIECES; i++) {
        assert_int_equal(line.seen[i] / 8, i);
    }
}

// Number 700 never leaves: all others wait for it unless they are woken.
static void stop_wakes_all(void **state)
{
    static struct line line;
    struct copydesk_error error = {0};
    (void)state;
    for (unsigned round = 0; round < 20; round++) {
        line = (struct line){.stop_at = 700};
        ticket_init(&line.ticket);
        assert_int_equal(pool_run(4, in_order, &line, &error), COPYDESK_ERR_INPUT);
        assert_false(ticket_enter(&line.ticket, 701));
        ticket_release(&line.ticket);
        assert_true(line.n_seen <= 700);
        for (unsigned i = 0; i < line.n_seen; i++) {
            assert_int_equal(line.seen[i] / 8, i);
        }
    }
}

struct pieces {
    _Atomic unsigned prepared[PIECES];
    _Atomic unsigned finished;
    unsigned fail_from; // pieces from here on cannot be prepared
    unsigned stop_at;
    unsigned slow; // each so many-th takes its time
    unsigned ahead;
};

static int prepare_piece(void *data, unsigned thread, size_t i, struct copydesk_error *error)
{
    struct pieces *p = data;
    (void)thread;
    for (unsigned k = 0; p->slow && i % p->slow == 0 && k < 50; k++) {
        sched_yield();
    }
    atomic_fetch_add(&p->prepared[i], 1);
    return i >= p->fail_from ? error_set(error, COPYDESK_ERR_INPUT, NULL, "piece %zu", i) : 0;
}

static int finish_piece(void *data, size_t i, struct copydesk_error *error)
{
    struct pieces *p = data;
    (void)error;
    assert_int_equal(i, p->finished);
    assert_int_equal(p->prepared[i], 1);
    p->finished++;
    return i == p->stop_at ? 7 : 0;
}

// Of pieces that are prepared, no two in one place.
static int prepare_in_place(void *data, unsigned thread, size_t i, struct copydesk_error *error)
{
    struct pieces *p = data;
    assert_true(i < p->finished + p->ahead);
    return prepare_piece(data, thread, i, error);
}

static void a_queue_keeps_order(void **state)
{
    static const struct {
        unsigned n, fail_from, stop_at, slow;
        int status;
        unsigned finished;
    } cases[] = {
        {0, PIECES, PIECES, 0, 0, 0},
        {1, PIECES, PIECES, 0, 0, 1},
        {PIECES, PIECES, PIECES, 0, 0, PIECES},
        {PIECES, PIECES, PIECES, 3, 0, PIECES},
        {PIECES, 0, PIECES, 0, COPYDESK_ERR_INPUT, 0},
        {PIECES, 700, PIECES, 3, COPYDESK_ERR_INPUT, 700}, // the first one is told, whoever fails first
        {PIECES, PIECES, 0, 0, 7, 1},
        {PIECES, PIECES, 699, 2, 7, 700},
        {PIECES, 700, 699, 2, 7, 700},
    };
    static struct pieces p;
    (void)state;
    for (size_t c = 0; c < COUNT_OF(cases); c++) {
        for (unsigned threads = 1; threads <= 5; threads++) {
            char first[32];
            struct copydesk_error error = {0};
            memset(&p, 0, sizeof p);
            p.fail_from = cases[c].fail_from;
            p.stop_at = cases[c].stop_at;
            p.slow = cases[c].slow;
            p.ahead = c % 2 ? 1 + threads * 3 : PIECES;
            struct pool_work work = {prepare_in_place, finish_piece, &p};
            assert_int_equal(pool_queue(threads, cases[c].n, p.ahead, &work, &error), cases[c].status);
            assert_int_equal(p.finished, cases[c].finished);
            snprintf(first, sizeof first, "piece %u", cases[c].fail_from);
            assert_string_equal(error.message, cases[c].status < 0 ? first : "");
        }
    }
    for (uint64_t i = 0; i < 2; i++) {
        struct copydesk_error error = {0};
        mem_fail_after(i);
        int status = pool_queue(2, 1, 1, &(struct pool_work){prepare_piece, finish_piece, &p}, &error);
        mem_fail_after(UINT64_MAX);
        assert_int_equal(status, COPYDESK_ERR_MEMORY);
        assert_int_equal(error.status, COPYDESK_ERR_MEMORY);
    }
}

static int task_run(void *data, struct copydesk_error *error)
{
    struct count *count = data;
    for (unsigned i = 0; i < 1000; i++) {
        atomic_fetch_add(&count->total, 1);
    }
    return count->total >= 5000 ? error_set(error, COPYDESK_ERR_IO, "file", "enough") : 0;
}

static void a_task_beside(void **state)
{
    struct count count = {0};
    struct pool_task task = {0};
    struct copydesk_error error = {0};
    (void)state;
    assert_int_equal(pool_finish(&task, &error), 0); // nothing runs
    for (unsigned i = 1; i <= 4; i++) {
        pool_start(&task, task_run, &count);
        assert_int_equal(pool_finish(&task, &error), 0);
        assert_int_equal(count.total, i * 1000);
    }
    pool_start(&task, task_run, &count);
    assert_int_equal(pool_finish(&task, &error), COPYDESK_ERR_IO);
    assert_string_equal(error.message, "enough");
    assert_int_equal(pool_finish(&task, NULL), 0);
}

static void there_is_a_processor(void **state)
{
    (void)state;
    assert_true(pool_processors() >= 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_thread_once), cmocka_unit_test(lowest_failure_is_told),
        cmocka_unit_test(no_memory),        cmocka_unit_test(ticket_keeps_order),
        cmocka_unit_test(stop_wakes_all),   cmocka_unit_test(there_is_a_processor),
        cmocka_unit_test(a_task_beside),    cmocka_unit_test(a_queue_keeps_order),
    };
    return cmocka_run_group_tests_name("pool", tests, NULL, NULL);
}
