// bench_alone.c - how long one article takes by itself, and a profile to be made ready.
//
//     bench_alone FILE.jsonl [PROFILE [ROUNDS]]
//
// Time of the processor, of one thread. The articles are read before; the fastest round counts.

#include "base/mem.h"
#include "pipeline/alone.h"
#include "read/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void stop_on(int status, const struct copydesk_error *error)
{
    if (status < 0) {
        fprintf(stderr, "bench_alone: %s\n", error->message);
        exit(2);
    }
}

struct articles {
    struct article *list;
    size_t n, cap;
    uint64_t bytes;
};

static struct str keep(struct str s)
{
    char *copy = calloc(1, s.len + ARTICLE_PADDING);
    if (!copy) {
        exit(2);
    }
    memcpy(copy, s.data ? s.data : "", s.len);
    return (struct str){copy, s.len};
}

static void read_articles(struct articles *all, const char *path, const struct copydesk_options *options)
{
    enum { MOST = 20000 };
    struct copydesk_error error;
    struct read_options read = {
        .id_field = options->id_field,
        .title_field = options->title_field,
        .text_field = options->text_field,
        .url_field = options->url_field,
        .date_field = options->date_field,
        .source_field = options->source_field,
        .max_article_bytes = options->max_article_bytes,
        .temp_dir = "/tmp",
        .cpu = COPYDESK_CPU_BEST,
    };
    struct input *in = NULL;
    struct record_reader *reader = NULL;
    struct batch batch = {0};
    struct article article;
    stop_on(input_new(&in, &read, &error), &error);
    stop_on(input_add_path(in, path, &error), &error);
    stop_on(record_reader_new(&reader, in, &error), &error);
    while (all->n < MOST && input_next(in, &batch, &error) == 1) {
        record_reader_start(reader, &batch);
        while (record_reader_next(reader, &article, &error) == 1) {
            void *list = all->list;
            if (article.bad || !mem_grow(&list, &all->cap, all->n + 1, sizeof *all->list)) {
                continue;
            }
            all->list = list;
            article.title = keep(article.title);
            article.text = keep(article.text);
            article.source = keep(article.source);
            article.url = keep(article.url);
            all->bytes += article.text.len;
            all->list[all->n++] = article;
        }
    }
    record_reader_free(reader);
    batch_release(&batch);
    input_free(in);
}

int main(int argc, char **argv)
{
    struct copydesk_options options;
    struct copydesk_error error;
    struct articles all = {0};
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    copydesk_options_init(&options);
    if (argc < 2) {
        fprintf(stderr, "bench_alone FILE.jsonl [PROFILE [ROUNDS]]\n");
        return 2;
    }
    read_articles(&all, argv[1], &options);
    double begin = now();
    stop_on(alone_new(&a, &options, argc > 2 && argv[2][0] ? argv[2] : NULL, &error), &error);
    double made = now();
    stop_on(alone_worker_new(&w, a, &error), &error);
    printf("tables %.1f ms, worker %.2f ms, profile of %llu articles\n", (made - begin) * 1e3,
           (now() - made) * 1e3, (unsigned long long)alone_articles(a));
    double best = 1e9;
    size_t found = 0;
    for (int round = argc > 3 ? atoi(argv[3]) : 5; round > 0; round--) {
        found = 0;
        begin = now();
        for (size_t i = 0; i < all.n; i++) {
            struct alone_result r;
            stop_on(alone_judge(w, &all.list[i], &r, &error), &error);
            found += r.n_found;
        }
        best = now() - begin < best ? now() - begin : best;
    }
    printf("%zu articles of %.0f bytes: %.1f us each, %.0f MB/s, %zu findings\n", all.n,
           (double)all.bytes / (double)all.n, best / (double)all.n * 1e6, (double)all.bytes / best / 1e6,
           found);
    alone_worker_free(w);
    alone_free(a);
    return 0;
}
