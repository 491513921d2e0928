// test_profile.c - the container of a saved corpus profile: what is written comes back,
// and nothing else does.
#include "test.h"

#include "page/page.h"
#include "profile.h"

#include <sys/stat.h>
#include <unistd.h>

// A stage that keeps a few bytes and a sum.
struct stage {
    char bytes[64];
    size_t n;
    unsigned merges;
    int refuse;
};

static void stage_write(const void *state, struct buf *out)
{
    const struct stage *s = state;
    buf_add(out, s->bytes, s->n);
}

static int stage_merge(void *state, struct str data, struct copydesk_error *error)
{
    struct stage *s = state;
    if (s->refuse) {
        return error_set(error, COPYDESK_ERR_INPUT, NULL, "not mine");
    }
    assert_int_equal((uintptr_t)data.data % 8, 0);
    assert_true(s->n + data.len <= sizeof s->bytes);
    memcpy(s->bytes + s->n, data.data, data.len);
    s->n += data.len;
    s->merges++;
    return COPYDESK_OK;
}

static struct profile_section section(const char *name, struct stage *stage)
{
    return (struct profile_section){name, stage, stage_write, stage_merge};
}

static struct stage holding(const char *bytes)
{
    struct stage s = {.n = strlen(bytes)};
    memcpy(s.bytes, bytes, s.n);
    return s;
}

static void path_of(char *path, size_t cap, const char *name)
{
    snprintf(path, cap, "%s/copydesk-profile-%ld-%s", test_temp_dir(), (long)getpid(), name);
}

// The bytes of a profile with three sections, one of them empty.
static char *sample(const char *path, size_t *len)
{
    struct stage a = holding("vocabulary");
    struct stage b = holding("");
    struct stage c = holding("lines!!!");
    struct profile_section all[] = {section("words", &a), section("nothing", &b), section("lines", &c)};
    struct copydesk_error error;
    assert_int_equal(profile_save(path, all, COUNT_OF(all), 321, &error), COPYDESK_OK);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = malloc(4096);
    assert_non_null(bytes);
    *len = fread(bytes, 1, 4096, file);
    fclose(file);
    return bytes;
}

static void comes_back(void **state)
{
    char path[300];
    size_t len;
    struct stage a = {.n = 0};
    struct stage c = holding("old ");
    struct stage other = {.n = 0};
    // In another order, one that the file lacks, one of the file that nobody asks for.
    struct profile_section all[] = {section("lines", &c), section("titles", &other), section("words", &a)};
    struct copydesk_error error;
    uint64_t articles = 9;
    (void)state;
    path_of(path, sizeof path, "a");
    free(sample(path, &len));
    assert_int_equal(profile_load(path, all, COUNT_OF(all), &articles, &error), COPYDESK_OK);
    assert_int_equal(articles, 330);
    assert_int_equal(a.n, 10);
    assert_memory_equal(a.bytes, "vocabulary", 10);
    assert_int_equal(c.n, 12);
    assert_memory_equal(c.bytes, "old lines!!!", 12);
    assert_int_equal(other.merges, 0);
    // A second one is added.
    assert_int_equal(profile_load(path, all, COUNT_OF(all), &articles, &error), COPYDESK_OK);
    assert_int_equal(articles, 651);
    assert_int_equal(a.n, 20);
    assert_int_equal(a.merges, 2);
    unlink(path);
}

static void same_state_same_bytes(void **state)
{
    char path[300];
    size_t len;
    size_t again;
    (void)state;
    path_of(path, sizeof path, "b");
    char *first = sample(path, &len);
    char *second = sample(path, &again);
    assert_int_equal(len, again);
    assert_int_equal(len % 8, 0);
    assert_memory_equal(first, second, len);
    free(first);
    free(second);
    unlink(path);
}

// Merges nothing whatever is wrong with the file.
static void refused(const char *bytes, size_t len, const char *word)
{
    struct stage a = {.n = 0};
    struct stage c = {.n = 0};
    struct profile_section all[] = {section("lines", &c), section("words", &a)};
    struct copydesk_error error;
    uint64_t articles = 0;
    char *copy = malloc(len ? len : 1);
    assert_non_null(copy);
    if (len) {
        memcpy(copy, bytes, len);
    }
    int status = profile_parse((struct str){copy, len}, "p", all, COUNT_OF(all), &articles, &error);
    assert_int_equal(status, COPYDESK_ERR_INPUT);
    assert_int_equal(a.merges + c.merges, 0);
    assert_int_equal(articles, 0);
    assert_string_equal(error.file, "p");
    assert_non_null(strstr(error.message, word));
    assert_non_null(strstr(error.message, "copydesk profile build"));
    free(copy);
}

static void every_length_but_the_right_one(void **state)
{
    char path[300];
    size_t len;
    (void)state;
    path_of(path, sizeof path, "c");
    char *bytes = sample(path, &len);
    for (size_t n = 0; n < len; n++) {
        refused(bytes, n, "");
    }
    bytes[len] = 0;
    refused(bytes, len + 1, "behind its end");
    refused(bytes, 0, "no copydesk profile");
    refused(bytes, 40, "cut short");
    refused(bytes, len - 1, "cut short");
    free(bytes);
    unlink(path);
}

static void every_flipped_bit(void **state)
{
    char path[300];
    size_t len;
    (void)state;
    path_of(path, sizeof path, "d");
    char *bytes = sample(path, &len);
    for (size_t bit = 0; bit < 8 * len; bit++) {
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
        refused(bytes, len, "");
        bytes[bit / 8] = (char)(bytes[bit / 8] ^ 1 << bit % 8);
    }
    bytes[16]++;
    refused(bytes, len, "another format");
    bytes[16]--;
    bytes[len - 1]++;
    refused(bytes, len, "damaged");
    free(bytes);
    unlink(path);
}

static void says_what_to_do(void **state)
{
    struct stage a = {.refuse = 1};
    struct profile_section all[] = {section("words", &a)};
    struct copydesk_error error;
    uint64_t articles = 0;
    char path[300];
    size_t len;
    (void)state;
    assert_int_equal(profile_load("/dev/null/none", all, 1, &articles, &error), COPYDESK_ERR_IO);
    assert_int_equal(profile_load("/dev/null", all, 1, &articles, &error), COPYDESK_ERR_INPUT);
    assert_int_equal(profile_save("/dev/null/none", all, 1, 0, &error), COPYDESK_ERR_IO);
    path_of(path, sizeof path, "e");
    free(sample(path, &len));
    assert_int_equal(profile_load(path, all, 1, &articles, &error), COPYDESK_ERR_INPUT);
    assert_string_equal(error.message, "not mine");
    assert_int_equal(articles, 0);
    unlink(path);
}

static int save_and_load(void *data)
{
    struct stage a = holding("some words");
    struct profile_section all[] = {section("words", &a)};
    uint64_t articles = 0;
    int status = profile_save(data, all, 1, 1, NULL);
    return status ? status : profile_load(data, all, 1, &articles, NULL);
}

static void no_memory(void **state)
{
    char path[300];
    (void)state;
    path_of(path, sizeof path, "f");
    assert_true(test_each_allocation(save_and_load, path) > 5);
    unlink(path);
}

// A real stage through a real file.
static void merge_from(const void *state, struct buf *out)
{
    page_stats_write(state, out);
}

static int merge_into(void *state, struct str data, struct copydesk_error *error)
{
    return page_stats_read(state, data, error);
}

static void statistics_of_pages(void **state)
{
    struct page_stats *stats = page_stats_new();
    struct page_stats *back = page_stats_new();
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct profile_section save = {"page endings", stats, merge_from, merge_into};
    struct profile_section load = {"page endings", back, merge_from, merge_into};
    struct buf one = {0};
    struct buf two = {0};
    struct tokens words;
    uint64_t articles = 0;
    char path[300];
    char text[256] = "The council met on Monday. It will meet again in May.";
    (void)state;
    path_of(path, sizeof path, "g");
    assert_int_equal(tokenize(tokenizer, text, strlen(text), true, &words), COPYDESK_OK);
    page_stats_add(stats, UINT64_C(77) << 50, str_of(text), &words);
    assert_int_equal(profile_save(path, &save, 1, 1, NULL), COPYDESK_OK);
    assert_int_equal(profile_load(path, &load, 1, &articles, NULL), COPYDESK_OK);
    page_stats_write(stats, &one);
    page_stats_write(back, &two);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    buf_release(&one);
    buf_release(&two);
    page_stats_free(stats);
    page_stats_free(back);
    tokenizer_free(tokenizer);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(same_state_same_bytes),
        cmocka_unit_test(every_length_but_the_right_one),
        cmocka_unit_test(every_flipped_bit),
        cmocka_unit_test(says_what_to_do),
        cmocka_unit_test(no_memory),
        cmocka_unit_test(statistics_of_pages),
    };
    return cmocka_run_group_tests_name("profile", tests, NULL, NULL);
}
