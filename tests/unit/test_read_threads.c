// test_read_threads.c - several threads take batches of one input and read records back meanwhile: each
// record is read exactly once, and the batches are those that one thread would get.
#include "read_files.h"

#include <pthread.h>

enum { N_FILES = 80, N_RECORDS = 900, N_THREADS = 4 };

struct shared {
    struct input *in;
    unsigned char seen[N_FILES * N_RECORDS]; // each record is written by the one thread that gets it
};

// Failures are counted, for cmocka's assertions belong to the first thread.
static uint64_t read_some(struct shared *shared)
{
    struct copydesk_error error;
    struct record_reader *reader = NULL;
    struct article article;
    struct batch batch = {0};
    uint64_t wrong = record_reader_new(&reader, shared->in, &error) != 0;

    while (wrong == 0 && input_next(shared->in, &batch, &error) == 1) {
        record_reader_start(reader, &batch);
        while (record_reader_next(reader, &article, &error) == 1) {
            unsigned long number = strtoul(article.id.data, NULL, 10);
            char raw[1200 + ARTICLE_PADDING];
            if (article.bad || number >= COUNT_OF(shared->seen) || article.raw.len > 1200) {
                wrong++;
                continue;
            }
            shared->seen[number]++;
            wrong += input_read_at(shared->in, article.file_no, article.offset, raw, article.raw.len,
                                   &error) != 0 ||
                     memcmp(raw, article.raw.data, article.raw.len) != 0;
        }
    }
    batch_release(&batch);
    record_reader_free(reader);
    return wrong;
}

static void *work(void *data)
{
    return read_some(data) == 0 ? data : NULL;
}

static void test_threads(void **state)
{
    struct read_options options = read_defaults();
    struct copydesk_error error;
    struct shared *shared = calloc(1, sizeof(*shared));
    struct buf data = {0};
    struct scratch s;
    pthread_t threads[N_THREADS];
    char name[32];
    (void)state;

    assert_non_null(shared);
    scratch_open(&s);
    for (unsigned i = 0; i < N_FILES; i++) {
        data.len = 0;
        for (unsigned k = 0; k < N_RECORDS; k++) {
            buf_printf(&data, "{\"id\":\"%u\",\"text\":\"%0*u\"}\n", i * N_RECORDS + k, (int)(k % 1000), k);
        }
        assert_false(data.failed);
        snprintf(name, sizeof(name), "%02u.jsonl", i);
        if (i % 4 == 0) {
            struct buf packed = {0};
            add_gzip(&packed, data.data, data.len);
            scratch_file(&s, name, packed.data, packed.len);
            buf_release(&packed);
        } else {
            scratch_file(&s, name, data.data, data.len);
        }
    }
    assert_int_equal(input_new(&shared->in, &options, &error), 0);
    assert_int_equal(input_add_path(shared->in, s.folder, &error), 0);
    for (unsigned i = 0; i < N_THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, work, shared), 0);
    }
    for (unsigned i = 0; i < N_THREADS; i++) {
        void *result;
        assert_int_equal(pthread_join(threads[i], &result), 0);
        assert_non_null(result);
    }
    for (size_t i = 0; i < COUNT_OF(shared->seen); i++) {
        assert_int_equal(shared->seen[i], 1);
    }
    input_free(shared->in);
    buf_release(&data);
    free(shared);
    scratch_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_threads)};
    return cmocka_run_group_tests_name("read_threads", tests, NULL, NULL);
}
