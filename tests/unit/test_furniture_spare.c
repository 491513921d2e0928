/*
 * test_furniture_spare.c - lines that look like furniture and are part of the text, which their neighbours
 * tell; and lines like them that do go.
 */

#include "boiler_corpus.h"
#include "furniture/furniture.h"

#define P1 "The council of the valley met on Tuesday to talk about the old bridge over the river."
#define P2 "Two of its members asked for a new survey, which the mayor said would take half a year."
#define P3 "Farmers on the far side have been driving forty kilometres around since the flood in spring."

// "rule:text" of each finding, one a line.
static void judge(struct corpus *c, const char *source, const char *text, char out[CORPUS_TEXT])
{
    static struct phrases *phrases; // made once, for all tests
    if (!phrases) {
        assert_int_equal(phrases_new(&phrases, COPYDESK_CPU_BEST, NULL), 0);
    }
    corpus_words(c, "Bridge of the valley", text);
    struct furniture *f = furniture_new(c->table, phrases, FURNITURE_RULES);
    struct furniture_article article = {c->text,         strlen(text),   &c->words,
                                        &c->title_words, UINT32_MAX - 1, corpus_source(source)};
    const struct edit *edits;
    size_t n;
    assert_int_equal(furniture_judge(f, &article, &edits, &n), 0);
    size_t at = 0;
    out[0] = 0;
    for (size_t i = 0; i < n; i++) {
        at += (size_t)snprintf(out + at, CORPUS_TEXT - at, "%s:%.*s\n", copydesk_rule_name(edits[i].rule),
                               (int)(edits[i].end - edits[i].start), text + edits[i].start);
    }
    furniture_free(f);
}

static void expect(struct corpus *c, const char *source, const char *text, const char *expected)
{
    char out[CORPUS_TEXT];
    judge(c, source, text, out);
    assert_string_equal(out, expected);
}

static const char *const words[] = {"amber", "birch", "cedar", "dune",  "ember", "fern",   "grove", "heron",
                                    "iris",  "jade",  "kelp",  "larch", "maple", "nettle", "olive", "pine"};

// A paragraph that no other article has.
static const char *story(unsigned number, unsigned paragraph)
{
    static char out[8][256];
    static unsigned next;
    uint64_t random = number * 64 + paragraph + 1;
    char *to = out[next++ % COUNT_OF(out)];
    size_t at = 0;
    for (unsigned i = 0; i < 18; i++) {
        at += (size_t)snprintf(to + at, sizeof out[0] - at, "%s%s%s", i ? " " : "The ",
                               words[test_below(&random, COUNT_OF(words))],
                               words[test_below(&random, COUNT_OF(words))]);
    }
    snprintf(to + at, sizeof out[0] - at, ".");
    return to;
}

// By form alone, no corpus.
static void test_alone(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {P1 "\n" P2 "\n- Ann Hall\n- Bo Court\n- Cy Yard", ""},
        {P1 "\n" P2 "\nPlace: Town hall\nDate: Monday, 4 May 2019\nEntry: free", ""},
        {P1 "\n" P2 "\nDate: Monday, 4 May 2019", "dateline-credit:Date: Monday, 4 May 2019\n"},
        {P1 "\n" P2 "\nSources:\nThe ministry of roads, in its report", ""},
        {P1 "\n" P2 "\nUpdated Meeting Place", ""},
        {P1 "\n" P2 "\nSource: Valley Press", "dateline-credit:Source: Valley Press\n"},
        {P1 "\n" P2 "\n" P3 "\n(Applause)\n" P1, ""},
        {P1 "\n" P2 "\n(Valley Press)", "dateline-credit:(Valley Press)\n"},
        {P1 "\n" P2 "\nPrint", ""},
        {P1 "\n" P2 "\nWhatsApp\nPrint", "share-bar:WhatsApp\nshare-bar:Print\n"},
        {P1 "\n" P2 "\nPin 1 = + Pin 3 = - Pin 5 = +", ""},
        {P1 "\nPlease ask by\nor send e-mail\n" P2, ""},
        {P1 "\n" P2 "\n(c) 2 chairs with new straps", ""},
        {"Home | Regions | Weather | Jobs\n" P1 "\n" P2, "notice:Home | Regions | Weather | Jobs\n"},
        {"Team | Played | Won | Lost\nRovers | 3 | 2 | 1\n" P1 "\n" P2, ""},
        {P1 "\n" P2 "\nتابعوا جريدة الوادي على الهاتف وكونوا أول من يعلم.",
         "notice:تابعوا جريدة الوادي على الهاتف وكونوا أول من يعلم.\n"},
        {P1 "\n" P2 "\nand Further North", ""},
        {P1 "\n" P2 "\nMr. Reed said on Twitter that it was over.", ""},
        {P1 "\n" P2 "\nSource: The letters of a traveller through the valley,\nVale Press, page 7", ""},
        {P1 "\n" P2 "\nIt helps to give them your email address as the\nname of the account you use", ""},
    };
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        expect(&c, NULL, cases[i].text, cases[i].expected);
    }
    corpus_release(&c);
}

// A discussion: texts broken into lines, which quote one another. No source, no paragraph.
static void test_broken(void **state)
{
    (void)state;
    struct corpus c;
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 8; i++) {
        snprintf(text, sizeof text,
                 "> what they all answer in this group\n%s has been asked by %s to leave this\ngroup.\n\n"
                 "%s and %s\nare what it was about\nThanks\n",
                 words[i], words[i + 3], words[i + 5], words[i + 7]);
        corpus_add(&c, NULL, -1, "", text);
    }
    corpus_finish(&c);
    expect(&c, NULL,
           "> what they all answer in this group\nSo let us not talk of it here in this\ngroup.\n\nThanks\n",
           "repeated-line:Thanks\n");
    corpus_release(&c);
}

// Lists: the corpus has some of their members at the edge of articles.
static void test_lists(void **state)
{
    (void)state;
    struct corpus c;
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    static const char *const tails[8] = {"Ann Reed", "* Wise House", "12 Mill Lane", "", "", "", "", ""};
    for (unsigned i = 0; i < 40; i++) {
        snprintf(text, sizeof text, "%s\n%s\n%s", story(i, 0), story(i, 1), tails[i % 8]);
        corpus_add(&c, "Post", -1, "", text);
    }
    corpus_finish(&c);
    expect(&c, "Post", P1 "\n" P2 "\nAnn Reed", "byline:Ann Reed\n");
    expect(&c, "Post", P1 "\n" P2 "\nAnn Reed\nBo Stone\nCy Poe\nDan Fox", "");
    expect(&c, "Post", P1 "\n" P2 "\n* Wise House", "byline:* Wise House\n");
    expect(&c, "Post", P1 "\n" P2 "\n* Old Mill\n* Wise House\n* New Barn", "");
    expect(&c, "Post", P1 "\n" P2 "\n12 Mill Lane", "repeated-line:12 Mill Lane\n");
    expect(&c, "Post", P1 "\n" P2 "\nat the hall of the vale\n12 Mill Lane\nnext to the inn", "");
    corpus_release(&c);
}

// A text that is a list has no edge of twenty lines.
static void test_edge(void **state)
{
    (void)state;
    struct corpus c;
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 9; i++) {
        size_t at = 0;
        for (unsigned k = 0; k < 40; k++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "%s at the %s\n", words[(i * 7 + k) % 16],
                                   k == 20 ? "mill of old" : words[(i * 3 + k * 5) % 16]);
        }
        at += (size_t)snprintf(text + at, sizeof text - at, "Down by the water");
        corpus_add(&c, NULL, -1, "", text);
    }
    for (unsigned i = 0; i < 40; i++) {
        corpus_add(&c, NULL, -1, "", story(i, 0));
    }
    corpus_finish(&c);
    text[0] = 0;
    size_t at = 0;
    for (unsigned k = 0; k < 40; k++) {
        at += (size_t)snprintf(text + at, sizeof text - at,
                               k == 20 ? "amber at the mill of old\n" : "%s with %s\n", words[k % 16],
                               words[k * 3 % 16]);
    }
    snprintf(text + at, sizeof text - at, "Down by the water");
    expect(&c, NULL, text, "repeated-line:Down by the water\n");
    corpus_release(&c);
}

// Forms of lines that are not those of a site.
static void test_forms(void **state)
{
    (void)state;
    struct corpus c;
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 48; i++) {
        const char *w = words[i % 16];
        const char *v = words[(i / 3 + 5) % 16];
        char head[128];
        char middle[128];
        if (i % 2) {
            snprintf(head, sizeof head, "BREAKING: %s sinks off the %s cape at night", w, v);
        } else {
            snprintf(head, sizeof head, "%u %u %s by %s", i, i * 3, w, v);
        }
        snprintf(middle, sizeof middle, "%s of the %s then said:", w, v);
        snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n%s\n%s\nMore of Ann", head, story(i, 0), story(i, 1),
                 middle, story(i, 2), story(i, 3));
        corpus_add(&c, "Post", -1, "", text);
    }
    corpus_finish(&c);
    expect(&c, "Post", "BREAKING: Boat goes down in the bay\n" P1 "\n" P2, "");
    expect(&c, "Post", "40 17 cards in a box\n" P1 "\n" P2, "");
    expect(&c, "Post", P1 "\n" P2 "\nThe head of it then said:\n" P3 "\n" P1 "\n" P2, "");
    // What stands under every article is no name.
    expect(&c, "Post", P1 "\n" P2 "\nMore of Ann", "repeated-line:More of Ann\n");
    corpus_release(&c);
}

// Names and figures beside a notice are no notice.
static void test_beside(void **state)
{
    (void)state;
    struct corpus c;
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 45; i++) {
        snprintf(text, sizeof text, "%s%s\n%s",
                 i < 3 ? "Sign up for our daily newsletter\nVale Office - Hill\n" : "", story(i, 0),
                 story(i, 1));
        if (i < 3) {
            char *hill = strstr(text, "Hill");
            hill[0] = (char)('A' + i);
        }
        corpus_add(&c, "Post", -1, "", text);
    }
    corpus_finish(&c);
    expect(&c, "Post", "Sign up for our daily newsletter\nVale Office - Mill\n" P1 "\n" P2,
           "notice:Sign up for our daily newsletter\n");
    corpus_release(&c);
}

// Articles that share lines with many, and a sentence with one other: a quotation, not a page of a site.
static void test_two_reports(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 14; i++) {
        size_t at = (size_t)snprintf(text, sizeof text, "%s\n", story(i, 0));
        for (unsigned k = 0; k < 10; k++) {
            at += i < 4 + k ? (size_t)snprintf(text + at, sizeof text - at, "Tal %s\n", words[k]) : 0;
        }
        at += (size_t)snprintf(text + at, sizeof text - at, "%s\n%s\n%s\n", story(i, 1),
                               i < 2 ? "I have nothing to add to that." : "", story(i, 2));
        for (unsigned k = 0; k < 12; k++) {
            at += (size_t)snprintf(text + at, sizeof text - at, "Of %s and %s\n", words[(i + k) % 16],
                                   words[(i * 5 + k * 7) % 16]);
        }
        corpus_add(&c, NULL, -1, "", text);
        if (i == 0) {
            strcpy(out, text);
        }
    }
    corpus_finish(&c);
    strcpy(text, out);
    judge(&c, NULL, text, out);
    assert_non_null(strstr(out, "repeated-line:Tal"));
    assert_null(strstr(out, "nothing to add"));
    corpus_release(&c);
}

// A statement that three reports print in full; five are a site.
static void test_statement(void **state)
{
    (void)state;
    for (unsigned reports = 3; reports <= 5; reports += 2) {
        struct corpus c;
        char out[CORPUS_TEXT];
        char text[CORPUS_TEXT];
        corpus_init(&c, 1);
        for (unsigned i = 0; i < reports + 1; i++) {
            size_t at = (size_t)snprintf(text, sizeof text, "%s ", story(i, 0));
            for (unsigned k = 0; k < 10; k++) {
                at += (size_t)snprintf(text + at, sizeof text - at, "%s ", story(99, k));
            }
            snprintf(text + at, sizeof text - at, "%s %s", story(i, 1), story(i, 2));
            if (i < reports) {
                corpus_add(&c, NULL, -1, "", text);
            }
        }
        corpus_finish(&c);
        judge(&c, NULL, text, out);
        assert_int_equal(out[0] != 0, reports == 5);
        corpus_release(&c);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),       cmocka_unit_test(test_broken),    cmocka_unit_test(test_lists),
        cmocka_unit_test(test_edge),        cmocka_unit_test(test_forms),     cmocka_unit_test(test_beside),
        cmocka_unit_test(test_two_reports), cmocka_unit_test(test_statement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
