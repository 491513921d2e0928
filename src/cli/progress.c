/*
 * progress.c - the progress line.
 *
 *     reading    1,204,551 records   412.0 MB/s   38%   0:41 left
 *
 * The time left is that of the stage, from its mean rate so far: rates within a stage are even, and a mean
 * does not jump about. Where the total is unknown (a pipe), percent and time are left out rather than
 * guessed.
 */
#include "cli/progress.h"

#include "cli/terminal.h"

#include <time.h>

static const double FIRST_SHOWN_SECONDS = 1.0;
static const double REDRAW_SECONDS = 0.1;

double clock_seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void progress_init(struct progress *progress, bool wanted)
{
    *progress = (struct progress){.enabled = wanted && is_live_terminal(stderr), .begun = clock_seconds()};
}

static void draw(const struct progress *progress, const struct copydesk_progress *now, double seconds)
{
    static const char *const names[COPYDESK_N_STAGES] = {"reading", "matching", "judging", "comparing",
                                                         "writing"};
    bool in_bytes = now->stage == COPYDESK_STAGE_READ;
    bool in_pairs = now->stage == COPYDESK_STAGE_VERIFY;
    double elapsed = seconds - progress->stage_begun;
    double rate = elapsed > 0 ? (double)now->done / elapsed : 0;
    char number[32];

    fprintf(stderr, "\r\033[K%-10s %s records", names[now->stage], count_text(number, now->records));
    if (rate > 0 && in_bytes) {
        fprintf(stderr, "   %s/s", bytes_text(number, (uint64_t)rate));
    } else if (rate > 0 && in_pairs) {
        fprintf(stderr, "   %s pairs/s", count_text(number, (uint64_t)rate));
    }
    if (now->total > 0 && now->done <= now->total) {
        fprintf(stderr, "   %.0f%%", 100.0 * (double)now->done / (double)now->total);
        if (rate > 0) {
            uint64_t left = (uint64_t)((double)(now->total - now->done) / rate + 0.5);
            fprintf(stderr, "   %llu:%02llu left", (unsigned long long)(left / 60),
                    (unsigned long long)(left % 60));
        }
    }
    fflush(stderr);
}

void progress_update(struct progress *progress, const struct copydesk_progress *now)
{
    double seconds;

    if (!progress->enabled || (int)now->stage < 0 || now->stage >= COPYDESK_N_STAGES) {
        return;
    }
    seconds = clock_seconds();
    if (!progress->started || progress->stage != now->stage) {
        progress->started = true;
        progress->stage = now->stage;
        progress->stage_begun = seconds;
    }
    if (seconds - progress->begun < FIRST_SHOWN_SECONDS || seconds - progress->drawn < REDRAW_SECONDS) {
        return;
    }
    progress->drawn = seconds;
    progress->shown = true;
    draw(progress, now, seconds);
}

void progress_wipe(struct progress *progress)
{
    if (progress->shown) {
        fputs("\r\033[K", stderr);
        fflush(stderr);
        progress->shown = false;
    }
}
