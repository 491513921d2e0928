// Articles that are known already: others are compared with them, they themselves are neither judged nor
// counted nor written, and they are kept whatever the policy says.

#include "copydesk.h"

#include "test.h"

#include <unistd.h>

static const char ferry[] =
    "The ferry to Sandholm stays in port until Thursday because a bearing of its shaft has to be changed. "
    "The yard at Vestervik found the damage when the ship was lifted for its yearly paint. Commuters may use "
    "the mail boat, which leaves at six and at half past three and has room for thirty people and no cars.";
static const char ferry_longer[] =
    "The ferry to Sandholm stays in port until Thursday because a bearing of its shaft has to be changed. "
    "The yard at Vestervik found the damage when the ship was lifted for its yearly paint. Commuters may use "
    "the mail boat, which leaves at six and at half past three and has room for thirty people and no cars. "
    "The council of the island has asked the owner to pay for a second boat, as it did two winters ago. The "
    "owner answered that the contract speaks of ice and storms but not of bearings, and that lawyers would "
    "have to read it. Farmers say that milk cannot wait for lawyers and have begun to make cheese of it. "
    "Nobody on the island remembers so quiet a harbour, and the gulls have moved to the mainland for scraps.";
static const char ferry_near[] =
    "The ferry to Sandholm stays in port until Thursday because a bearing of its shaft must be changed. "
    "The yard at Vestervik found the damage when the ship was lifted for its yearly paint. Commuters can use "
    "the mail boat, which leaves at six and at half past three and has room for thirty people and no cars.";
static const char bees[] =
    "A swarm of bees settled on the traffic light before the town hall and kept it red for an hour. The "
    "keeper "
    "of the museum garden came with a straw basket and carried them home, to the applause of the bus queue.";

struct given {
    const char *id, *date, *text;
};

static char folder[] = "/tmp/copydesk-known-XXXXXX";

static const char *write_file(char path[static 128], const char *name, const struct given *given, size_t n)
{
    snprintf(path, 128, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    for (size_t i = 0; i < n; i++) {
        fprintf(file, "{\"id\":\"%s\",\"date\":\"%s\",\"title\":\"T\",\"text\":\"%s\"}\n", given[i].id,
                given[i].date, given[i].text);
    }
    assert_int_equal(fclose(file), 0);
    return path;
}

static struct copydesk *open_desk(enum copydesk_keep keep)
{
    struct copydesk_options options;
    struct copydesk_error error;
    struct copydesk *desk = NULL;
    copydesk_options_init(&options);
    options.threads = 1;
    options.keep = keep;
    assert_int_equal(copydesk_open(&desk, &options, &error), 0);
    return desk;
}

static void expect(struct copydesk *desk, const char *id, enum copydesk_fate fate, const char *of)
{
    struct copydesk_error error;
    struct copydesk_verdict v;
    assert_int_equal(copydesk_next_verdict(desk, &v, &error), 1);
    assert_int_equal(v.id.len, strlen(id));
    assert_memory_equal(v.id.data, id, v.id.len);
    assert_int_equal(v.fate, fate);
    if (of) {
        assert_true(v.n_findings > 0);
        assert_int_equal(v.findings[0].of.len, strlen(of));
        assert_memory_equal(v.findings[0].of.data, of, strlen(of));
        assert_string_equal(v.findings[0].kept_because, "known already");
    }
}

// Exact and near copies of a known article go under every policy, though the known one is later, shorter and
// perhaps added last.
static void known_articles_stay(void **state)
{
    (void)state;
    const struct given old[] = {{"k1", "2024-06-01", ferry}};
    const struct given fresh[] = {{"n1", "2020-01-01", ferry},
                                  {"n2", "2019-01-01", ferry_near},
                                  {"n3", "2024-01-01", bees},
                                  {"n4", "2018-01-01", bees}};
    char known[128];
    char judged[128];
    write_file(known, "known.jsonl", old, COUNT_OF(old));
    write_file(judged, "judged.jsonl", fresh, COUNT_OF(fresh));
    for (int round = 0; round < 8; round++) {
        struct copydesk *desk = open_desk((enum copydesk_keep)(round / 2));
        struct copydesk_error error;
        bool known_first = round % 2 == 0;
        for (int step = 0; step < 2; step++) {
            int status = (step == 0) == known_first ? copydesk_add_known_path(desk, known, &error)
                                                    : copydesk_add_path(desk, judged, &error);
            assert_int_equal(status, 0);
        }
        assert_int_equal(copydesk_finish(desk, &error), 0);
        const struct copydesk_summary *s = copydesk_summary(desk);
        assert_int_equal(s->read, 4);
        assert_int_equal(s->known, 1);
        assert_int_equal(s->kept, 1);
        assert_int_equal(s->dropped, 3);
        assert_int_equal(s->removable, 3);
        assert_int_equal(s->members, 4); // n1 and n2 with k1, which does not count; n3 and n4
        assert_int_equal(s->clusters, 2);
        expect(desk, "n1", COPYDESK_DROPPED, "k1");
        expect(desk, "n2", COPYDESK_DROPPED, "k1");
        copydesk_free(desk);
    }
    unlink(known);
    unlink(judged);
}

// An article that has all of a known one and much more is no copy.
static void a_longer_article_is_no_copy(void **state)
{
    (void)state;
    const struct given old[] = {{"k1", "2024-06-01", ferry}};
    const struct given fresh[] = {{"n1", "2024-06-02", ferry_longer}};
    char known[128];
    char judged[128];
    struct copydesk *desk = open_desk(COPYDESK_KEEP_EARLIEST);
    struct copydesk_error error;
    assert_int_equal(copydesk_add_known_path(desk, write_file(known, "k.jsonl", old, 1), &error), 0);
    assert_int_equal(copydesk_add_path(desk, write_file(judged, "j.jsonl", fresh, 1), &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    assert_int_equal(copydesk_summary(desk)->kept, 1);
    assert_int_equal(copydesk_summary(desk)->removable, 0);
    assert_int_equal(copydesk_summary(desk)->clusters, 0);
    copydesk_free(desk);

    desk = open_desk(COPYDESK_KEEP_EARLIEST);
    assert_int_equal(copydesk_add_known_path(desk, judged, &error), 0);
    assert_int_equal(copydesk_add_path(desk, known, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    expect(desk, "k1", COPYDESK_DROPPED, "n1");
    copydesk_free(desk);
    unlink(known);
    unlink(judged);
}

// A corpus may be given as known while some of its files are judged.
static void a_file_that_is_both_is_judged(void **state)
{
    (void)state;
    const struct given old[] = {{"k1", "2024-06-01", ferry}};
    const struct given fresh[] = {{"n1", "2024-06-02", ferry}, {"n2", "2024-06-02", bees}};
    char known[128];
    char judged[128];
    char roundabout[160];
    struct copydesk *desk = open_desk(COPYDESK_KEEP_EARLIEST);
    struct copydesk_error error;
    write_file(known, "a.jsonl", old, 1);
    write_file(judged, "b.jsonl", fresh, 2);
    snprintf(roundabout, sizeof roundabout, "%s/./b.jsonl", folder);
    assert_int_equal(copydesk_add_known_path(desk, folder, &error), 0);
    assert_int_equal(copydesk_add_path(desk, roundabout, &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    assert_int_equal(copydesk_summary(desk)->known, 1);
    assert_int_equal(copydesk_summary(desk)->read, 2);
    expect(desk, "n1", COPYDESK_DROPPED, "k1");
    expect(desk, "n2", COPYDESK_KEPT, NULL);
    copydesk_free(desk);
    unlink(known);
    unlink(judged);
}

// Ids are reported where they are judged; an article that is only known has no verdict.
static void ids_of_known_articles(void **state)
{
    (void)state;
    const struct given old[] = {{"x", "2024-06-01", ferry}, {"y", "2024-06-01", bees}};
    const struct given fresh[] = {{"x", "2024-06-02", ferry_longer}};
    char known[128];
    char judged[128];
    struct copydesk *desk = open_desk(COPYDESK_KEEP_EARLIEST);
    struct copydesk_error error;
    struct copydesk_verdict v;
    struct copydesk_finding evidence;
    assert_int_equal(copydesk_add_known_path(desk, write_file(known, "k.jsonl", old, 2), &error), 0);
    assert_int_equal(copydesk_add_path(desk, write_file(judged, "j.jsonl", fresh, 1), &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    assert_int_equal(copydesk_summary(desk)->articles[COPYDESK_DUPLICATE_ID], 1);
    assert_int_equal(copydesk_find_verdict(desk, (struct copydesk_view){"x", 1}, &v, &error), 0);
    assert_int_equal(v.record, 2);
    assert_int_equal(copydesk_find_verdict(desk, (struct copydesk_view){"y", 1}, &v, &error),
                     COPYDESK_ERR_NOT_FOUND);
    assert_int_equal(copydesk_compare(desk, (struct copydesk_view){"x", 1}, (struct copydesk_view){"y", 1},
                                      &evidence, NULL, NULL, &error),
                     0);
    copydesk_free(desk);
    unlink(known);
    unlink(judged);
}

// What is written: judged articles, in the form of their own files.
static void known_articles_are_not_written(void **state)
{
    (void)state;
    const struct given fresh[] = {{"n1", "2024-06-02", ferry}, {"n2", "2024-06-02", bees}};
    char known[128];
    char judged[128];
    char clean[160];
    char line[1024];
    struct copydesk *desk = open_desk(COPYDESK_KEEP_EARLIEST);
    struct copydesk_error error;
    snprintf(known, sizeof known, "%s/k.csv", folder);
    snprintf(clean, sizeof clean, "%s/clean.jsonl", folder);
    FILE *file = fopen(known, "w");
    assert_non_null(file);
    fprintf(file, "id,text\nk1,\"%s\"\n", ferry);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(copydesk_add_known_path(desk, known, &error), 0);
    assert_int_equal(copydesk_add_path(desk, write_file(judged, "j.jsonl", fresh, 2), &error), 0);
    assert_int_equal(copydesk_finish(desk, &error), 0);
    struct copydesk_output output = {COPYDESK_OUT_CLEAN, clean};
    assert_int_equal(copydesk_write(desk, &output, 1, &error), 0);
    file = fopen(clean, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    assert_non_null(strstr(line, "{\"id\":\"n2\",\"date\""));
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    copydesk_free(desk);
    unlink(known);
    unlink(judged);
    unlink(clean);
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_articles_stay),
        cmocka_unit_test(a_longer_article_is_no_copy),
        cmocka_unit_test(a_file_that_is_both_is_judged),
        cmocka_unit_test(ids_of_known_articles),
        cmocka_unit_test(known_articles_are_not_written),
    };
    return cmocka_run_group_tests_name("known", tests, make_folder, remove_folder);
}
