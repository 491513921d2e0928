// test_title.c - titles: whether they fit, their forms, names of sites, the title as a line of the text.
#include "test.h"

#include "title/title.h"
#include "title/alone.h"
#include "title/stats.h"
#include "title/terms.h"

struct story {
    const char *title, *text, *source, *url;
};

struct run {
    struct title_collector *collector;
    struct tokenizer *tokenizer;
    struct title_stats *stats;
    struct buf note, text;
    struct title_input in[384];
    size_t n;
};

static struct str past; // a profile that run_stories() begins with
static bool learns_all;

static int run_stories(struct run *run, const struct story *articles, size_t n, const uint32_t *cluster_of)
{
    *run = (struct run){.collector = title_collector_new(COPYDESK_CPU_PORTABLE),
                        .tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE)};
    int status = run->collector && run->tokenizer ? 0 : COPYDESK_ERR_MEMORY;
    status = status < 0 ? status : title_stats_new(&run->stats, 0, test_temp_dir(), NULL);
    if (status == 0 && past.len) {
        status = title_stats_read(run->stats, past, NULL);
    }
    for (size_t i = 0; i < n && status == 0; i++) {
        struct tokens words;
        buf_clear(&run->text);
        buf_add_str(&run->text, str_of(articles[i].text));
        size_t len = run->text.len;
        if (!buf_reserve(&run->text, TOKEN_PADDING) ||
            tokenize(run->tokenizer, run->text.data, len, true, &words) < 0) {
            return COPYDESK_ERR_MEMORY;
        }
        run->in[i] = (struct title_input){.title = str_of(articles[i].title),
                                          .text = {run->text.data, len},
                                          .words = &words,
                                          .source = str_of(articles[i].source),
                                          .url = str_of(articles[i].url)};
        buf_clear(&run->note);
        status = title_collect(run->collector, &run->in[i], &run->note);
        status = status < 0 ? status : title_stats_add(run->stats, run->note.data, run->note.len, NULL);
        run->in[i].text = (struct str){0};
        run->in[i].words = NULL;
    }
    run->n = n;
    if (status == 0 && learns_all) {
        title_stats_learn_all(run->stats);
    }
    status = status < 0 ? status : title_stats_measure(run->stats, &run->collector, 1, NULL);
    return status < 0 ? status : title_stats_finish(run->stats, cluster_of, NULL);
}

static void release(struct run *run)
{
    title_stats_free(run->stats);
    title_collector_free(run->collector);
    tokenizer_free(run->tokenizer);
    buf_release(&run->note);
    buf_release(&run->text);
}

static struct title_verdict judge(const struct run *run, uint32_t article)
{
    struct title_verdict v;
    assert_int_equal(title_judge(run->stats, run->collector, article, run->in[article].title, NULL, &v, NULL),
                     0);
    return v;
}

static const struct edit *find(const struct title_verdict *v, enum copydesk_rule rule)
{
    for (size_t i = 0; i < v->n_edits; i++) {
        if (v->edits[i].rule == rule) {
            return &v->edits[i];
        }
    }
    return NULL;
}

static const struct story five[] = {
    {"Harbour ferry runs aground off Port Ellin",
     "A harbour ferry with sixty passengers ran aground on a sandbank off Port Ellin on Monday night. The "
     "crew of "
     "the lifeboat took all passengers off the ferry before midnight. The captain told the harbour office "
     "that "
     "the steering had failed. The ferry will be towed back to Port Ellin on the next high tide.",
     "", ""},
    {"Council closes three village libraries",
     "The county council voted on Tuesday to close three village libraries by the end of the year. Readers "
     "in the "
     "villages had collected four thousand signatures to keep the libraries open. The council said that the "
     "roofs of all three buildings need repair and that there is no money for it.",
     "", ""},
    {"Live score: Kestrels against Harriers, third innings",
     "The ministers of five countries met on Thursday to talk about grain exports through the strait. After "
     "nine "
     "hours no agreement had been signed. A spokesman said that the talks would go on, and that ships should "
     "wait "
     "in port until the ministers have found a way to share the cost of insurance.",
     "", ""},
    {"Grape harvest begins two weeks early",
     "Growers in the valley have begun to bring in the grapes two weeks early this year. The harvest has "
     "never "
     "started before September since records began. A dry spring and a hot summer are the reason, said the "
     "head "
     "of the growers' union, who expects a small harvest but a good one.",
     "", ""},
    {"Museum finds lost painting in its own cellar",
     "A painting that had been thought lost for eighty years has been found in the cellar of the city "
     "museum. A "
     "restorer came upon it while she looked for old frames. The museum will show the painting in spring, "
     "once "
     "the varnish has been cleaned.",
     "", ""},
};

static void works_on_five_articles(void **state)
{
    struct run run;
    (void)state;
    assert_int_equal(run_stories(&run, five, COUNT_OF(five), NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(five); i++) {
        struct title_verdict v = judge(&run, i);
        assert_true(v.score >= 0 && v.score <= 10000);
        assert_int_equal(find(&v, COPYDESK_TITLE_MISMATCH) != NULL, i == 2);
        assert_int_equal(v.n_edits, i == 2);
    }
    release(&run);
}

// The title of the first stands over the second as well, and fits there alone.
static void names_the_article_that_fits(void **state)
{
    struct story two[COUNT_OF(five)];
    struct run run;
    (void)state;
    memcpy(two, five, sizeof two);
    two[2].title = five[1].title;
    assert_int_equal(run_stories(&run, two, COUNT_OF(two), NULL), 0);
    struct title_verdict v = judge(&run, 2);
    assert_non_null(find(&v, COPYDESK_TITLE_MISMATCH));
    assert_int_equal(v.better, 1);
    v = judge(&run, 1);
    assert_int_equal(v.n_edits, 0);
    assert_int_equal(v.better, UINT32_MAX);
    release(&run);
}

// The name of the site behind one of them makes it no other title.
static void a_home_may_bear_the_name_of_the_site(void **state)
{
    struct story two[COUNT_OF(five)];
    struct run run;
    (void)state;
    memcpy(two, five, sizeof two);
    two[1].title = "Council closes three village libraries | Ellin Gazette";
    two[1].source = "The Ellin Gazette";
    two[2].title = five[1].title;
    assert_int_equal(run_stories(&run, two, COUNT_OF(two), NULL), 0);
    struct title_verdict v = judge(&run, 2);
    assert_non_null(find(&v, COPYDESK_TITLE_MISMATCH));
    assert_int_equal(v.better, 1);
    release(&run);
}

static void tells_forms_apart(void **state)
{
    static const struct {
        const char *title;
        bool junk;
    } cases[] = {
        {"https://www.example.org/2020/story", true},
        {"www.example.org", true},
        {"example.org/story/17", true},
        {"story_17.html", true},
        {"Are you a robot?", true},
        {"ARE YOU A ROBOT", true},
        {"Just a moment...", true},
        {"404 Not Found | The Ellin Gazette", true},
        {"Seite nicht gefunden", true},
        {"您是机器人吗？", true},
        {"The Ellin Gazette", true},
        {"ellingazette", true},
        {"ellingazette.example", true},
        {"The Ellin Gazette - Business", true},
        {"Business", true},
        {"...", true},
        {"", true},
        {"  ", true},
        {"Untitled", true},
        {"Business as usual in Ellin", false},
        {"A moment of truth for the harbour", false},
        {"Why 404 is a lucky number", false},
        {"Ellin", false},
        {"The Gazette of Ellin is sold", false},
    };
    struct story articles[COUNT_OF(cases)];
    struct run run;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        articles[i] = (struct story){cases[i].title, five[i % 5].text, "Ellin Gazette",
                                     "https://www.ellingazette.example/news/1"};
    }
    assert_int_equal(run_stories(&run, articles, COUNT_OF(cases), NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        struct title_verdict v = judge(&run, i);
        const struct edit *junk = find(&v, COPYDESK_TITLE_JUNK);
        if ((junk != NULL) != cases[i].junk) {
            fail_msg("\"%s\"", cases[i].title);
        }
        assert_true(!junk || junk->reason);
    }
    release(&run);
}

static void no_titles_at_all_are_no_findings(void **state)
{
    struct story articles[COUNT_OF(five)];
    struct run run;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(five); i++) {
        articles[i] = (struct story){"", five[i].text, "Ellin Gazette", ""};
    }
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(articles); i++) {
        struct title_verdict v = judge(&run, i);
        assert_int_equal(v.n_edits, 0);
        assert_int_equal(v.score, TITLE_NO_SCORE);
    }
    release(&run);
}

static void cuts_names_of_sites(void **state)
{
    static const struct {
        const char *title, *source;
        uint32_t start, end; // 0, 0: nothing is cut
    } cases[] = {
        {"Ferry runs aground | Ellin Gazette", "The Ellin Gazette", 18, 34},
        {"Ellin Gazette: ferry runs aground", "The Ellin Gazette", 0, 0},
        {"Ellin Gazette - Ferry runs aground", "The Ellin Gazette", 0, 16},
        {"Ferry - a history in pictures", "The Ellin Gazette", 0, 0},
        // Learned: the same tail over four titles of a source.
        {"Ferry runs aground \xe2\x80\x93 The Daily Coast", "coast", 18, 38},
        {"Libraries to close \xe2\x80\x93 The Daily Coast", "coast", 18, 38},
        {"Grapes are brought in early \xe2\x80\x93 The Daily Coast", "coast", 27, 47},
        {"Lost painting is found \xe2\x80\x93 The Daily Coast", "coast", 22, 42},
        {"Ministers fail to agree \xe2\x80\x93 again", "coast", 0, 0},
        {"Ferry runs aground - Ellin Gazette - Opinion", "Ellin Gazette - Opinion", 18, 44},
        // A dateline, which the text has too.
        {"ELLIN - Ferry had sixty on board", "wire", 0, 0},
        {"ELLIN - Libraries are to close", "wire", 0, 0},
        {"ELLIN - Grapes come in early", "wire", 0, 0},
        {"ELLIN - Painting found again", "wire", 0, 0},
    };
    struct story articles[COUNT_OF(cases)];
    struct run run;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        bool wire = strcmp(cases[i].source, "wire") == 0; // the title is how its text begins
        articles[i] =
            (struct story){cases[i].title, wire ? cases[i].title : five[i % 5].text, cases[i].source, ""};
    }
    assert_int_equal(run_stories(&run, articles, COUNT_OF(cases), NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        struct title_verdict v = judge(&run, i);
        const struct edit *cut = find(&v, COPYDESK_TITLE_SUFFIX);
        assert_int_equal(cut != NULL, cases[i].end > 0);
        if (cut) {
            assert_int_equal(cut->field, COPYDESK_FIELD_TITLE);
            assert_int_equal(cut->start, cases[i].start);
            assert_int_equal(cut->end, cases[i].end);
        }
    }
    release(&run);
}

#define PARAGRAPH                                                                                            \
    "It was a calm night, and none of the men who were on the bridge could say how it came to be so far in."

#define SHORT "It was a calm night, and none of them could say how.\nNobody asked them.\n"

// A refrain: the second time a paragraph stands before it.
static void leaves_a_refrain(void **state)
{
    struct story one = {"Ferry runs aground",
                        "Ferry runs aground\n" PARAGRAPH "\nFerry runs aground\nIt was full.",
                        "Ellin Gazette", ""};
    struct run run;
    (void)state;
    assert_int_equal(run_stories(&run, &one, 1, NULL), 0);
    struct title_verdict v = judge(&run, 0);
    unsigned found = 0;
    for (unsigned i = 0; i < v.n_edits; i++) {
        found += v.edits[i].rule == COPYDESK_TITLE_REPEATED;
    }
    assert_int_equal(found, 1);
    release(&run);
}

static void finds_the_title_as_a_line(void **state)
{
    static const struct {
        const char *title, *text;
        uint32_t start, end; // 0, 0: not
    } cases[] = {
        {"Ferry runs aground", "Ferry runs aground\nThe ferry had sixty passengers.", 0, 18},
        {"Ferry runs aground", "By our reporter\n  FERRY RUNS AGROUND!\r\nThe ferry was full.", 16, 37},
        {"Ferry runs aground - Ellin Gazette", "Ferry runs aground\nThe ferry was full.", 0, 18},
        {"Ferry runs aground", "Ferry runs aground off Port Ellin\nThe ferry was full.", 0, 0},
        {"Ferry runs aground", "Again a ferry runs aground\nThe ferry was full.", 0, 0},
        {"Ferry runs aground", "Ferry runs aground", 0, 0}, // nothing would be left
        // Below a summary; in the midst of the story; a refrain of it; a sentence of it.
        {"Ferry runs aground", PARAGRAPH "\nFerry runs aground\nThe ferry was full.", 103, 121},
        {"Ferry runs aground", PARAGRAPH "\n" PARAGRAPH "\nFerry runs aground\nIt was full.", 0, 0},
        {"Ferry runs aground", PARAGRAPH "\nFerry runs aground.\nThe ferry was full.", 0, 0},
        {"Ferry runs aground", SHORT SHORT SHORT SHORT SHORT "Ferry runs aground.\nIt was full.", 0, 0},
        {"Harbour?", "Harbour-\n\nThe ferry was full.", 0, 0}, // whom it speaks to
    };
    struct story articles[COUNT_OF(cases)];
    struct run run;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        articles[i] = (struct story){cases[i].title, cases[i].text, "Ellin Gazette", ""};
    }
    assert_int_equal(run_stories(&run, articles, COUNT_OF(cases), NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(cases); i++) {
        struct title_verdict v = judge(&run, i);
        const struct edit *cut = find(&v, COPYDESK_TITLE_REPEATED);
        assert_int_equal(cut != NULL, cases[i].end > 0);
        if (cut) {
            assert_int_equal(cut->field, COPYDESK_FIELD_TEXT);
            assert_int_equal(cut->start, cases[i].start);
            assert_int_equal(cut->end, cases[i].end);
        }
    }
    release(&run);
}

// The same findings however articles are spread over threads.
static void collectors_share_the_work(void **state)
{
    struct title_collector *both[2];
    struct title_stats *stats;
    struct run run;
    struct buf note = {0};
    struct buf text = {0};
    (void)state;
    assert_int_equal(run_stories(&run, five, COUNT_OF(five), NULL), 0);
    both[0] = title_collector_new(COPYDESK_CPU_PORTABLE);
    both[1] = title_collector_new(COPYDESK_CPU_BEST);
    assert_int_equal(title_stats_new(&stats, 0, test_temp_dir(), NULL), 0);
    for (size_t i = 0; i < COUNT_OF(five); i++) {
        struct tokens words;
        struct title_input in = run.in[i];
        buf_clear(&text);
        buf_clear(&note);
        buf_add_str(&text, str_of(five[i].text));
        assert_true(buf_reserve(&text, TOKEN_PADDING));
        in.text = (struct str){text.data, text.len};
        assert_int_equal(tokenize(run.tokenizer, text.data, in.text.len, true, &words), 0);
        in.words = &words;
        assert_int_equal(title_collect(both[i % 2], &in, &note), 0);
        assert_int_equal(title_stats_add(stats, note.data, note.len, NULL), 0);
    }
    assert_int_equal(title_stats_measure(stats, both, 2, NULL), 0);
    assert_int_equal(title_stats_finish(stats, NULL, NULL), 0);
    for (uint32_t i = 0; i < COUNT_OF(five); i++) {
        struct title_verdict v = judge(&run, i);
        struct title_verdict w;
        assert_int_equal(title_judge(stats, run.collector, i, run.in[i].title, NULL, &w, NULL), 0);
        assert_int_equal(v.score, w.score);
        assert_int_equal(v.n_edits, w.n_edits);
    }
    title_stats_free(stats);
    title_collector_free(both[0]);
    title_collector_free(both[1]);
    buf_release(&note);
    buf_release(&text);
    release(&run);
}

// The name of a site, learned from five articles, is known for a sixth; so is where its title belongs.
static void profiles_are_remembered(void **state)
{
    struct story old[COUNT_OF(five)];
    char titles[COUNT_OF(five)][128];
    struct story next = {"Council closes three village libraries \xe2\x80\x93 The Daily Coast", five[3].text,
                         "coast", ""};
    struct buf profile = {0};
    struct run run;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(five); i++) {
        snprintf(titles[i], sizeof titles[i], "%s \xe2\x80\x93 The Daily Coast", five[i].title);
        old[i] = (struct story){titles[i], five[i].text, "coast", ""};
    }
    assert_int_equal(run_stories(&run, old, COUNT_OF(old), NULL), 0);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    release(&run);

    past = (struct str){profile.data, profile.len};
    assert_int_equal(run_stories(&run, &next, 1, NULL), 0);
    past = (struct str){0};
    struct title_verdict v = judge(&run, 0);
    const struct edit *cut = find(&v, COPYDESK_TITLE_SUFFIX);
    assert_non_null(cut);
    assert_int_equal(cut->start, 38);
    assert_non_null(find(&v, COPYDESK_TITLE_MISMATCH));
    assert_int_equal(v.better, UINT32_MAX); // it has no number
    release(&run);
    buf_release(&profile);
}

// Texts in a profile that is learned from five articles and, with them, from one more.
static uint32_t texts_after(const struct story *next, bool all)
{
    struct buf profile = {0};
    struct run run;
    uint32_t n_texts;
    assert_int_equal(run_stories(&run, five, COUNT_OF(five), NULL), 0);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    release(&run);
    past = (struct str){profile.data, profile.len};
    learns_all = all;
    assert_int_equal(run_stories(&run, next, 1, NULL), 0);
    past = (struct str){0};
    learns_all = false;
    buf_clear(&profile);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    memcpy(&n_texts, profile.data + 16, sizeof n_texts);
    release(&run);
    buf_release(&profile);
    return n_texts;
}

static const struct story sixth = {
    "Ferry runs again after the storm",
    "The ferry to the islands runs again after the storm that broke its landing "
    "stage in March, the company said on Monday; there are two crossings a day.",
    "coast", ""};

// One more says nothing about the others, unless it is to be kept.
static void few_teach_nothing(void **state)
{
    (void)state;
    assert_int_equal(texts_after(&sixth, false), COUNT_OF(five));
    assert_int_equal(texts_after(&sixth, true), COUNT_OF(five) + 1);
}

static void same_verdict(const struct title_verdict *a, const struct title_verdict *b)
{
    assert_int_equal(a->score, b->score);
    assert_int_equal(a->n_edits, b->n_edits);
    for (size_t i = 0; i < a->n_edits; i++) {
        assert_int_equal(a->edits[i].rule, b->edits[i].rule);
        assert_int_equal(a->edits[i].start, b->edits[i].start);
        assert_int_equal(a->edits[i].end, b->edits[i].end);
        assert_int_equal(a->edits[i].score, b->edits[i].score);
    }
}

// Beside the statistics an article gets the verdict that it gets in a run of its own.
static void one_beside_the_statistics(void **state)
{
    struct story next[] = {sixth, sixth, sixth, sixth};
    struct buf profile = {0};
    struct run run;
    (void)state;
    next[1].title = five[3].title;
    next[2].title = "";
    next[3].title = "Rain expected over the northern plains again";
    assert_int_equal(run_stories(&run, five, COUNT_OF(five), NULL), 0);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    release(&run);
    for (size_t i = 0; i < COUNT_OF(next); i++) {
        past = (struct str){profile.data, profile.len};
        assert_int_equal(run_stories(&run, &next[i], 1, NULL), 0);
        struct title_verdict in_run = judge(&run, 0);
        bool doubtful = title_is_doubtful(run.stats, 0);
        release(&run);

        assert_int_equal(run_stories(&run, NULL, 0, NULL), 0);
        past = (struct str){0};
        assert_int_equal(title_stats_index(run.stats, NULL), 0);
        struct title_alone *alone = title_alone_new(run.stats);
        struct tokens words;
        struct title_verdict v;
        buf_add_str(&run.text, str_of(next[i].text));
        assert_true(buf_reserve(&run.text, TOKEN_PADDING));
        assert_int_equal(tokenize(run.tokenizer, run.text.data, run.text.len, true, &words), 0);
        struct title_input in = {str_of(next[i].title),
                                 {run.text.data, run.text.len},
                                 &words,
                                 str_of(next[i].source),
                                 str_of(next[i].url)};
        assert_int_equal(title_alone_take(alone, run.collector, &in, NULL), 0);
        assert_int_equal(title_alone_is_doubtful(alone), doubtful);
        assert_int_equal(title_alone_judge(alone, run.collector, in.title, NULL, &v, NULL), 0);
        same_verdict(&v, &in_run);
        title_alone_free(alone);
        release(&run);
    }
    buf_release(&profile);
}

// One article of a source without a title, among eleven that have one: too few to expect one of the next,
// which is not counted with them.
static void others_of_the_source(void **state)
{
    enum { OLD = 12 };
    struct story old[OLD];
    struct buf profile = {0};
    struct run run;
    (void)state;
    for (size_t i = 0; i < OLD; i++) {
        old[i] = five[i % COUNT_OF(five)];
        old[i].source = "coast";
    }
    old[OLD - 1].title = "";
    old[OLD - 1].source = "quay";
    assert_int_equal(run_stories(&run, old, OLD, NULL), 0);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    release(&run);
    static const struct {
        const char *source;
        size_t n;
    } cases[] = {{"quay", 0}, {"coast", 1}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct story next = {"", five[0].text, cases[i].source, ""};
        past = (struct str){profile.data, profile.len};
        assert_int_equal(run_stories(&run, &next, 1, NULL), 0);
        past = (struct str){0};
        assert_int_equal(judge(&run, 0).n_edits, cases[i].n);
        release(&run);
    }
    buf_release(&profile);
}

static void refuses_damaged_profiles(void **state)
{
    struct buf profile = {0};
    struct run run;
    (void)state;
    assert_int_equal(run_stories(&run, five, COUNT_OF(five), NULL), 0);
    assert_int_equal(title_stats_write(run.stats, &profile, NULL), 0);
    release(&run);
    for (size_t len = 0; len < profile.len; len += len < 64 ? 1 : 37) {
        struct title_stats *stats;
        assert_int_equal(title_stats_new(&stats, 0, test_temp_dir(), NULL), 0);
        assert_int_equal(title_stats_read(stats, (struct str){profile.data, len}, NULL), COPYDESK_ERR_IO);
        title_stats_free(stats);
    }
    // Wrong numbers are found or do no harm.
    for (size_t at = 0; at < 400; at++) {
        struct title_stats *stats;
        char right = profile.data[at];
        profile.data[at] = (char)(right ^ 0x55);
        assert_int_equal(title_stats_new(&stats, 0, test_temp_dir(), NULL), 0);
        if (title_stats_read(stats, (struct str){profile.data, profile.len}, NULL) == 0) {
            assert_int_equal(title_stats_measure(stats, NULL, 0, NULL), 0);
            assert_int_equal(title_stats_finish(stats, NULL, NULL), 0);
        }
        title_stats_free(stats);
        profile.data[at] = right;
    }
    buf_release(&profile);
}

// Words that the tokenizer folds apart make the same terms on every processor, and the same as their plain
// form.
static void terms_are_the_same_everywhere(void **state)
{
    static const char odd[] = "pol\x02icy na\xc3\xaf\xc2\xadve E\xcc\x81lan stra\xc3\x9f"
                              "en \xef\xac\x81nal \xd0\x9c\xd0\xb8\xd1\x80 \xe4\xba\xba\xe6\xb0\x91";
    static const char plain[] =
        "POLICY na\xc3\xafve \xc3\xa9lan strassen Final \xd0\xbc\xd0\xb8\xd1\x80 \xe4\xba\xba\xe6\xb0\x91";
    (void)state;
    for (int level = 0; level <= COPYDESK_CPU_BEST; level++) {
        char text[2][256] = {{0}};
        struct tokens words[2];
        struct tokenizer *t[2] = {tokenizer_new((enum copydesk_cpu)level),
                                  tokenizer_new(COPYDESK_CPU_PORTABLE)};
        memcpy(text[0], odd, sizeof odd);
        memcpy(text[1], plain, sizeof plain);
        assert_int_equal(tokenize(t[0], text[0], sizeof odd - 1, true, &words[0]), 0);
        assert_int_equal(tokenize(t[1], text[1], sizeof plain - 1, true, &words[1]), 0);
        assert_int_equal(words[0].n, words[1].n);
        for (size_t i = 0; i < words[0].n; i++) {
            assert_int_equal(term_hash(&words[0], i), term_hash(&words[1], i));
        }
        tokenizer_free(t[0]);
        tokenizer_free(t[1]);
    }
}

// ---- the second look

static struct title_verdict judge_story(struct run *run, uint32_t article, const char *story)
{
    struct title_verdict v;
    struct tokens words;
    buf_clear(&run->text);
    buf_add_str(&run->text, str_of(story));
    size_t len = run->text.len;
    assert_true(buf_reserve(&run->text, TOKEN_PADDING));
    assert_int_equal(tokenize(run->tokenizer, run->text.data, len, true, &words), 0);
    struct title_input in = run->in[article];
    in.text = (struct str){run->text.data, len};
    in.words = &words;
    assert_int_equal(title_judge(run->stats, run->collector, article, in.title, &in, &v, NULL), 0);
    return v;
}

// A gallery pushes the story out of the words that are looked at.
static void looks_again_at_the_story_alone(void **state)
{
    struct story articles[COUNT_OF(five)];
    struct buf text = {0};
    struct run run;
    (void)state;
    memcpy(articles, five, sizeof articles);
    for (unsigned i = 0; i < 120; i++) {
        buf_printf(&text, "Picture %u: rowers %u wait beside meadow %u. ", i, i * 7, i * 13);
    }
    buf_add_str(&text, str_of(five[0].text));
    buf_add(&text, "", 1);
    articles[0].text = text.data;
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    assert_true(title_is_doubtful(run.stats, 0));
    assert_false(title_is_doubtful(run.stats, 1));
    struct title_verdict v = judge(&run, 0);
    assert_non_null(find(&v, COPYDESK_TITLE_MISMATCH));
    v = judge_story(&run, 0, five[0].text);
    assert_null(find(&v, COPYDESK_TITLE_MISMATCH));
    v = judge_story(&run, 2, five[2].text); // and what is wrong stays wrong
    assert_non_null(find(&v, COPYDESK_TITLE_MISMATCH));
    release(&run);
    buf_release(&text);
}

// The end of a story that stands elsewhere in full under the same title: that is no other story.
static void a_part_of_the_story_is_no_other(void **state)
{
    static const char part[] =
        "The captain told the harbour office that the steering had failed. The ferry will be towed back to "
        "Port Ellin on the next high tide.";
    static const char other[] = "Growers in the valley have begun to bring in the grapes two weeks early "
                                "this year, and expect a small "
                                "harvest but a good one.";
    struct story articles[COUNT_OF(five) + 1];
    struct run run;
    (void)state;
    memcpy(articles, five, sizeof five);
    articles[COUNT_OF(five)] = (struct story){five[0].title, other, "", ""};
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    int as_other = judge_story(&run, COUNT_OF(five), other).score;
    int as_part = judge_story(&run, COUNT_OF(five), part).score;
    assert_true(as_other >= 5000);
    assert_true(as_part < 5000);
    release(&run);
}

static int score_of(const char *title, const char *text)
{
    struct story articles[COUNT_OF(five)];
    struct run run;
    memcpy(articles, five, sizeof articles);
    articles[2] = (struct story){title, text, "", ""};
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    int score = judge_story(&run, 2, text).score;
    release(&run);
    return score;
}

// A report that names neither side is none of this contest, whatever small words it has.
static void a_contest_has_sides(void **state)
{
    static const char match[] =
        "The Kestrels began well, and as it turned out that was enough. It happened in the "
        "second half that the keeper slipped, and the visitors went home with nothing.";
    static const char talks[] =
        "The ministers began well, and as it turned out that was enough. It happened in the "
        "second half that the chairman slipped, and the visitors went home with nothing.";
    static const struct {
        const char *contest, *same;
    } cases[] = {
        {"Kestrels 2-1 Harriers: as it happened", "Kestrels two Harriers one: as it happened"},
        {"Kestrels vs Harriers: as it happened", "Kestrels and Harriers: as it happened"},
        {"Kestrels v. Harriers: as it happened", "Kestrels and Harriers: as it happened"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(score_of(cases[i].contest, talks) > score_of(cases[i].same, talks) * 10);
        assert_true(score_of(cases[i].contest, match) < 5000);
    }
}

// Tone marks and dots in the title alone; a prefix; a word put together from two.
static void forms_of_words_are_known(void **state)
{
    static const struct {
        const char *title, *other, *text;
    } cases[] = {
        {"\xc3\x80w\xe1\xbb\x8dn t\xc3\xb3l\xc3\xa9 n\xc3\xadgb\xc3\xa0l\xc3\xa0", "Xwen tyle nygbuly",
         "Awon ile tole wa ni igba ti o kan, o si nigbala ki awon to de."},
        {"Umabhalane ukhethwe kabusha", "Umobhylune ukhythwe kubasho",
         "Bathi abamabhalane abakhethwe izolo baqala kabusha ngoMvulo ekuseni kakhulu."},
        {"Hafenarbeiterstreik", "Hofunorbietarstriek",
         "Die Hafenarbeiter legten am Montag die Arbeit nieder und zogen durch die alte Stadt zum Markt."},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_true(score_of(cases[i].title, cases[i].text) * 20 < score_of(cases[i].other, cases[i].text));
    }
}

static void replies_are_left_alone(void **state)
{
    static const char *const signs[] = {"Re: ", "RE: ", "Aw: ", "\xe5\x9b\x9e\xe5\xa4\x8d\xef\xbc\x9a",
                                        "",     "Rec: "};
    char title[128];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(signs); i++) {
        snprintf(title, sizeof title, "%s%s", signs[i], five[2].title);
        assert_int_equal(score_of(title, five[2].text) >= 5000, i >= 4);
    }
}

// A link alone, whatever words stand in it, is no story to judge a title by.
static void addresses_are_no_story(void **state)
{
    static const char *const texts[] = {
        "[Read on](https://www.ellingazette.example/2020/04/news/harbour/video/20200404.html)",
        "https://www.ellingazette.example/one/two/three/four/five https://www.example.org/six/seven/eight",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        assert_int_equal(score_of(five[2].title, texts[i]), 0);
    }
    assert_true(score_of(five[2].title, five[2].text) >= 5000);
}

// Five articles do not show which words say little; what the language is known to have does.
static void common_words_say_little_in_few_articles(void **state)
{
    static const char text[] =
        "The people of the town said last year that the government should do more, and the "
        "harvest on the terraces was lost to the mildew again.";
    (void)state;
    int common = score_of("Government says people want more this year", text);
    int rare = score_of("Harvest on mildew terraces lost this season", text);
    assert_true(rare * 10 < common);
    // In a language that is not in the table all words are alike.
    static const char other[] =
        "Zxo plonka vim zxo tarfel sade lorp zenka dun zxo govmer skel dop marg, ven zxo "
        "hervan osk zxo teraz wim lorfel ta zxo mildan ogen.";
    common = score_of("Govmer sade plonka dop marg zenka", other);
    rare = score_of("Hervan osk mildan teraz lorfel ogen", other);
    assert_true(common < rare * 2 && rare < common * 2);
}

// The subject of a thread says little of a letter, even where "Re:" is missing.
static void subjects_of_threads_count_less(void **state)
{
    struct story articles[COUNT_OF(five) + 3];
    struct run run;
    (void)state;
    memcpy(articles, five, sizeof five);
    assert_int_equal(run_stories(&run, articles, COUNT_OF(five), NULL), 0);
    int apart = judge(&run, 2).score;
    release(&run);
    for (size_t i = 0; i < 3; i++) {
        articles[COUNT_OF(five) + i] = (struct story){"Re: ferries", five[i].text, "", ""};
    }
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    assert_true(judge(&run, 2).score + 2000 < apart);
    release(&run);
}

// A letterhead fits all that a member of parliament says; yet over hundreds of texts it is no headline.
static void a_title_over_everything_is_none(void **state)
{
    enum { MOST = 360 };
    static const struct {
        const char *title, *source; // with a source: every fourth is a reply
        uint32_t n, cluster_of;     // articles, and how many of them are copies of one text
        bool is_junk;
    } cases[] = {
        {"News room of Ada Corvane, member for Port Ellin North", "", MOST - 1, 1, true},
        {"News room of Ada Corvane, member for Port Ellin North", "", 255, 1, false},
        {"News room of Ada Corvane, member for Port Ellin North", "", MOST - 1, 8, false},
        {"News room of Ada Corvane, member for Port Ellin North", "letters", MOST - 1, 1, false},
    };
    static char texts[MOST][256];
    static struct story articles[MOST];
    static uint32_t clusters[MOST];
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct run run;
        uint32_t n = cases[i].n;
        for (uint32_t k = 0; k < n; k++) {
            snprintf(
                texts[k], sizeof texts[k],
                "Ada Corvane, the member for Port Ellin North, said of matter w%u that w%u and w%u of the "
                "county should be w%u. Nobody in w%u had asked w%u about w%u or the w%u before.",
                k * 8, k * 8 + 1, k * 8 + 2, k * 8 + 3, k * 8 + 4, k * 8 + 5, k * 8 + 6, k * 8 + 7);
            articles[k] = (struct story){cases[i].title, texts[k], cases[i].source, ""};
            clusters[k] = k / cases[i].cluster_of * cases[i].cluster_of;
        }
        for (uint32_t k = 0; k < n && cases[i].source[0]; k += 4) {
            articles[k].title = "Re: News room of Ada Corvane, member for Port Ellin North";
        }
        assert_int_equal(run_stories(&run, articles, n, clusters), 0);
        struct title_verdict v = judge(&run, 1);
        assert_int_equal(find(&v, COPYDESK_TITLE_JUNK) != NULL, cases[i].is_junk);
        release(&run);
    }
}

// What the corpus does counts where a source has few articles.
static void a_title_is_missing_where_others_have_one(void **state)
{
    struct story articles[COUNT_OF(five)];
    struct run run;
    (void)state;
    memcpy(articles, five, sizeof articles);
    articles[4].title = "";
    articles[4].source = "coast";
    assert_int_equal(run_stories(&run, articles, COUNT_OF(articles), NULL), 0);
    struct title_verdict v = judge(&run, 4);
    assert_non_null(find(&v, COPYDESK_TITLE_JUNK));
    release(&run);
}

// Copies in other letter case may seem to be of another language: which comes first makes no difference.
static void copies_in_any_order(void **state)
{
    struct story forth[COUNT_OF(five) + 1];
    struct story back[COUNT_OF(five) + 1];
    char loud[512];
    size_t n = COUNT_OF(forth);
    struct run a;
    struct run b;
    (void)state;
    snprintf(loud, sizeof loud, "%s", five[0].text);
    for (size_t i = 0; loud[i]; i++) {
        loud[i] = (char)(loud[i] >= 'a' && loud[i] <= 'z' ? loud[i] - 'a' + 'A' : loud[i]);
    }
    memcpy(forth, five, sizeof five);
    forth[n - 1] = (struct story){five[0].title, loud, "", ""};
    for (size_t i = 0; i < n; i++) {
        back[i] = forth[n - 1 - i];
    }
    assert_int_equal(run_stories(&a, forth, n, NULL), 0);
    assert_int_equal(run_stories(&b, back, n, NULL), 0);
    for (uint32_t i = 0; i < n; i++) {
        assert_int_equal(judge(&a, i).score, judge(&b, (uint32_t)n - 1 - i).score);
    }
    release(&a);
    release(&b);
}

static int run_five(void *data)
{
    struct run *run = data;
    int status = run_stories(run, five, COUNT_OF(five), NULL);
    release(run);
    return status;
}

static void survives_lack_of_memory(void **state)
{
    struct run run;
    (void)state;
    assert_true(test_each_allocation(run_five, &run) > 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(works_on_five_articles),
        cmocka_unit_test(names_the_article_that_fits),
        cmocka_unit_test(a_home_may_bear_the_name_of_the_site),
        cmocka_unit_test(tells_forms_apart),
        cmocka_unit_test(no_titles_at_all_are_no_findings),
        cmocka_unit_test(cuts_names_of_sites),
        cmocka_unit_test(leaves_a_refrain),
        cmocka_unit_test(finds_the_title_as_a_line),
        cmocka_unit_test(terms_are_the_same_everywhere),
        cmocka_unit_test(collectors_share_the_work),
        cmocka_unit_test(profiles_are_remembered),
        cmocka_unit_test(few_teach_nothing),
        cmocka_unit_test(one_beside_the_statistics),
        cmocka_unit_test(others_of_the_source),
        cmocka_unit_test(refuses_damaged_profiles),
        cmocka_unit_test(looks_again_at_the_story_alone),
        cmocka_unit_test(copies_in_any_order),
        cmocka_unit_test(a_part_of_the_story_is_no_other),
        cmocka_unit_test(a_contest_has_sides),
        cmocka_unit_test(forms_of_words_are_known),
        cmocka_unit_test(replies_are_left_alone),
        cmocka_unit_test(addresses_are_no_story),
        cmocka_unit_test(common_words_say_little_in_few_articles),
        cmocka_unit_test(subjects_of_threads_count_less),
        cmocka_unit_test(a_title_over_everything_is_none),
        cmocka_unit_test(a_title_is_missing_where_others_have_one),
        cmocka_unit_test(survives_lack_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
