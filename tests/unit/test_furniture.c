/*
 * test_furniture.c - what is cut of an article, told by form alone and by what a corpus repeats; and what
 * stays.
 */

#include "boiler_corpus.h"
#include "furniture/furniture.h"

#define P1 "The council of the valley met on Tuesday to talk about the old bridge over the river."
#define P2 "Two of its members asked for a new survey, which the mayor said would take half a year."
#define P3 "Farmers on the far side have been driving forty kilometres around since the flood in spring."

static const char *rule_name(enum copydesk_rule rule)
{
    switch (rule) {
    case COPYDESK_REPEATED_LINE:
        return "repeated";
    case COPYDESK_BYLINE:
        return "byline";
    case COPYDESK_DATELINE_CREDIT:
        return "credit";
    case COPYDESK_SHARE_BAR:
        return "share";
    case COPYDESK_NOTICE:
        return "notice";
    case COPYDESK_RELATED_HEADLINES:
        return "related";
    case COPYDESK_GLUED_LINKS:
        return "glued";
    case COPYDESK_CAPTION:
        return "caption";
    default:
        return "?";
    }
}

// "rule:text" of each finding, one a line.
static void judge(struct corpus *c, uint64_t rules, const char *source, const char *title, const char *text,
                  char out[CORPUS_TEXT])
{
    static struct phrases *phrases; // made once, for all tests
    if (!phrases) {
        assert_int_equal(phrases_new(&phrases, COPYDESK_CPU_BEST, NULL), 0);
    }
    corpus_words(c, title, text);
    struct furniture *f = furniture_new(c->table, phrases, rules);
    struct furniture_article article = {c->text,         strlen(text),   &c->words,
                                        &c->title_words, UINT32_MAX - 1, corpus_source(source)};
    const struct edit *edits;
    size_t n;
    assert_int_equal(furniture_judge(f, &article, &edits, &n), 0);
    size_t at = 0;
    out[0] = 0;
    for (size_t i = 0; i < n; i++) {
        assert_true(edits[i].start < edits[i].end && edits[i].end <= article.len);
        assert_true(i == 0 || edits[i - 1].end <= edits[i].start);
        assert_int_equal(edits[i].field, COPYDESK_FIELD_TEXT);
        at += (size_t)snprintf(out + at, CORPUS_TEXT - at, "%s:%.*s\n", rule_name(edits[i].rule),
                               (int)(edits[i].end - edits[i].start), text + edits[i].start);
    }
    furniture_free(f);
}

static void test_alone(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {P1 "\n" P2, ""},
        {"By Ann Reed\n" P1 "\n" P2, "byline:By Ann Reed\n"},
        {P1 " The mayor agreed.FacebookTwitterEmailShare this postPrintclose4 May " P2,
         "share:FacebookTwitterEmailShare this postPrintclose\n"},
        {P1 "\nShe wrote for FaceBookTwitterati and TwitterFacebook fans.\n" P2, ""},
        {"Von Ute Klee, Bergstadt\n" P1 "\n" P2, "byline:Von Ute Klee, Bergstadt\n"},
        {P1 "\n" P2 "\n  • Ann Reed", "byline:  • Ann Reed\n"},
        {P1 "\n" P2 "\nAnn Reed covers the valley. Follow her on Twitter @annreed.",
         "byline:Ann Reed covers the valley. Follow her on Twitter @annreed.\n"},
        {"Published 12:30, May 3, 2019 | Updated 14:10\n" P1,
         "credit:Published 12:30, May 3, 2019 | Updated 14:10\n"},
        {P1 "\n" P2 "\n(Reporting by Ann Reed; Editing by Bo Stone)",
         "credit:(Reporting by Ann Reed; Editing by Bo Stone)\n"},
        {"Facebook Twitter WhatsApp Email\n" P1 "\n" P2, "share:Facebook Twitter WhatsApp Email\n"},
        {P1 "\nAdvertisement\n" P2, "notice:Advertisement\n"},
        {P1 " Advertisement " P2, "notice: Advertisement\n"},
        {P1 "\n" P2 "\n© 2019 The Valley Post. All rights reserved.",
         "notice:© 2019 The Valley Post. All rights reserved.\n"},
        {P1 "\n" P2 "\n(C) 2019 VALLEY PRESS", "notice:(C) 2019 VALLEY PRESS\n"},
        {P1 "\n" P2 "\nLatest News", "notice:Latest News\n"},
        {P1 "\nRead more: Flood takes bridge\n" P2, "related:Read more: Flood takes bridge\n"},
        {P1 "\n" P2 "\nRelated stories\nFlood takes the old bridge\nMayor wants new survey",
         "related:Related stories\nrelated:Flood takes the old bridge\nrelated:Mayor wants new survey\n"},
        {P1 "\nAnn Reed (L) and Bo Stone (R) shake hands in Rome, May 3, 2017.\n" P2,
         "caption:Ann Reed (L) and Bo Stone (R) shake hands in Rome, May 3, 2017.\n"},
        {P1 "\nAnn Reed (R) and a friend lift the bell in Rome, May 3, 2017.\n" P2,
         "caption:Ann Reed (R) and a friend lift the bell in Rome, May 3, 2017.\n"},
        {P1 "\nReed, right, with a friend in the hills on 1 May 1968\n" P2,
         "caption:Reed, right, with a friend in the hills on 1 May 1968\n"},
        {"Ann Reed, Bo Stone and Cy Poe\n" P1 "\n" P2, "caption:Ann Reed, Bo Stone and Cy Poe\n"},
        {"Ferry fire in Port Ellin kills three\nHarbour of Port Ellin shut after ferry fire\n" P1 "\n" P2,
         "related:Ferry fire in Port Ellin kills three\nrelated:Harbour of Port Ellin shut after ferry "
         "fire\n"},
        {P1 "\nBridge. Photo: Ann Reed/AFP\n" P2, "caption:Bridge. Photo: Ann Reed/AFP\n"},
        {"It was said by James StoneJames Lee StoneStorm closes harbor Two held after raid MORE, who "
         "left. " P1,
         "glued:James Lee StoneStorm closes harbor Two held after raid MORE\n"},
        {"It was said by James Stone James Lee Stone Storm closes harbor MORE, who left. " P1,
         "glued: James Lee Stone Storm closes harbor MORE\n"},
    };
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[CORPUS_TEXT];
        judge(&c, FURNITURE_RULES, NULL, "Bridge of the valley", cases[i].text, out);
        assert_string_equal(out, cases[i].expected);
    }
    corpus_release(&c);
}

// What must stay although it looks a little like furniture.
static void test_stays(void **state)
{
    static const char *const cases[] = {
        "The trial continues.\n" P1 "\nNobody was hurt.\n" P2,
        P1 "\nThe firm changed its privacy policy twice.\n" P2 "\n" P3 "\n" P1,
        P1 "\nAdvertisement for the show was banned.\n" P2,
        P1 "\nShe works in advertisement. Advertisement of all kinds had been her life.\n" P2 "\n" P3,
        "Vote for Reed (R) is over, said Stone (R) in May 2014\n" P1 "\n" P2,
        "By the time they met it was late.\n" P1 "\n" P2,
        P1 "\n• Rovers 2\n• Town 1\n" P2,
        P1 " Stone and Lee (R-S.C.) wrote a letter, Li said, and MORE of it. " P2,
        "Bridge of the valley\n" P1 "\n" P2,
        "Valley council meets on Tuesday over bridge\nMayor said survey would take half year\n" P1 "\n" P2,
        "3 May 2031 | Hall 4\nHarbour office, 12 Long Quay, Northgate\n" P1 "\n" P2,
        "Ann Reed, Stone and Poe\n" P1 "\n" P2,
        "Reed Leads the Valley, Stone Says and Poe Agrees\n" P1 "\n" P2,
        "Valley Hears Reed, Backs Poe-Stone Plan to Move Bridge\n" P1 "\n" P2,
        P1 "\nAnn Reed, Bo Stone and Cy Poe\n" P2,
        P1 "\nShe put up a film of it with the caption: \"Oh Really?\" and left.\n" P2,
        P1 "\nThe box says nothing of the size, and how big is a\npicture?\n" P2,
        P1 "\nIt is for Adams, Butler, Centre, Clark, Dale, Centre, Elk and Fulton since 2014\n" P2,
        P1 "\nOne may say so, but as they wait there is\nmore.\n" P2,
        P1 "\n" P2 "\n(MORE)\nRounds of the Mayor\n" P3 "\n" P1 "\n" P2,
        P1 "\n(see also 2 Reed 3:15)\n" P2,
        P1 "\n" P2 "\nTHEY LOOKED AT ALL OF IT BUT FOUND NOTHING\nMORE.\n" P3,
        P1 "\n(See also: 2 Reed 3:15; 4 Stone 6:2; 3 Lee 10:2-\n7, and more)\n" P2,
        P1 "\nSee also Map 3. It has all the old roads of the valley\n" P2,
        P1 "\nSee also Reed, Bridges of the valley 31-34, 90, 12, 18, 7\n" P2,
        P1 "\nSee also: bridges\n" P2,
        P1 "\n" P2 "\nSee also:\nBridges\n" P3 "\n" P1 "\n" P2 "\n" P3,
        P1 "\nShe kept his\nfile (photo, prints and the rest). She went on.\n" P2,
        P1 "\nIt shows the amount\nof ozone (left) and water (right) in the air\nabove the town.\n" P2,
        P1 "\nSee also the long list of bridges in the valley which\nwas made in spring\n" P2,
        P1 "\nIn case you missed it, Bo told all of this at length on Tuesday.\n" P2,
        P1 "\n更多学生正在考虑学习这种古老乐器\n" P2,
        P1 "\nIt draws with DraWs and DraWs PLUS on all of its machines in the hall.\n" P2,
        "He spoke of iPhone, YouTube and eBay. MORE followed.\n" P1,
        P1 "\nIn 2019 it went on, left, right, and up the hill.\n" P2,
        P1 "\nA trust under section 501(c)(3) of the code since 1990\n" P2,
        P1 "\nDistrict 9 (LI)\n" P2,
        P1 "\nHe pitches like that for 20 games. Yeah, right.\n" P2,
        P1 "\nBo Stone (L) 31 games, 9-7, 2.18 ERA, 5 saves\n" P2,
        P1 "\n(l) long ones of 12;\n" P2,
        P1 "\nReed (R) won by a wide margin in May 2014\n" P2,
        P1 "\nShe paid for the photograph with a cash handout\n" P2,
        P1 "\n摄影爱好者在河边等候\n" P2,
        "VIDEO: Boat goes down in the bay\n" P1 "\n" P2,
        "They say that she has aged with this photo: she looks like ten\n" P1 "\n" P2,
        P1 "\nFor 2 years the owner (c) pays, the tenant (l) repairs, the Valley(r) waits\n" P2,
        P1 "\nX\n" P2 "\nX#\n" P3,
        P1 "\n" P2 "\n>like?",
        P1 "\n" P2 "\nE-mail:",
        "News of Senator Ann Reed      Ann Reed      Reed Wants More Help for the Valley TEN MILLION MORE "
        "PER "
        "YEAR FOR THE VALLEY.\n" P1,
        "So wrote Ann ReedAnn Reed (@annreed) of the bill for the bridge and the road and MORE of it.\n" P1,
        "The harbour of New Dale (New East Dale Port) was sold. MORE was to come.\n" P1,
        "So wrote Ann ReedAnn Reed: It rains. It pours. It is over. So be it. We go. There is no MORE to "
        "say.\n" P1,
        "",
        "\n\n",
    };
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[CORPUS_TEXT];
        judge(&c, FURNITURE_RULES, NULL, "Bridge of the valley", cases[i], out);
        assert_string_equal(out, "");
    }
    corpus_release(&c);
}

static const char *const words[] = {"amber", "birch", "cedar", "dune",  "ember", "fern",   "grove", "heron",
                                    "iris",  "jade",  "kelp",  "larch", "maple", "nettle", "olive", "pine"};

// A story of its own: paragraphs that no other has.
static void write_story(char *out, size_t size, unsigned number, unsigned paragraph)
{
    uint64_t random = number * 64 + paragraph + 1;
    size_t at = 0;
    for (unsigned i = 0; i < 18; i++) {
        const char *a = words[test_below(&random, COUNT_OF(words))];
        const char *b = words[test_below(&random, COUNT_OF(words))];
        at += (size_t)snprintf(out + at, size - at, "%s%s%s", i ? " " : "The ", a, b);
    }
    snprintf(out + at, size - at, ".");
}

// Articles of one site: head and tail around two paragraphs; %d in them becomes the number.
static void add_site(struct corpus *c, const char *source, unsigned from, unsigned n, const char *head,
                     const char *middle, const char *tail)
{
    for (unsigned i = from; i < from + n; i++) {
        char one[512];
        char two[512];
        char three[512];
        char text[CORPUS_TEXT];
        char format[2048];
        write_story(one, sizeof one, i, 0);
        write_story(two, sizeof two, i, 1);
        write_story(three, sizeof three, i, 2);
        snprintf(format, sizeof format, "%s\n%s\n%s\n%s\n%s\n%s", head, one, middle, two, three, tail);
        // "~" stands for a name of the article's own.
        size_t at = 0;
        for (const char *p = format; *p && at + 16 < sizeof text; p++) {
            at += *p == '~' ? (size_t)snprintf(text + at, 16, "%c%s", 'A' + (int)(i % 26), words[i / 26 % 16])
                            : (size_t)(text[at] = *p, 1);
        }
        text[at] = 0;
        corpus_add(c, source, -1, "", text);
    }
}

static void test_counted(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    char story[512];
    corpus_init(&c, 1);
    add_site(&c, "Post", 0, 40, "Gathered ~ Hill", "Zum Tal und weiter", "Wir sind das Tal");
    add_site(&c, "Sun", 100, 40, "", "Der Fall geht weiter.", "");
    add_site(&c, "Moon", 200, 40, "", "", "");
    add_site(&c, "Star", 300, 3, "", "", "Der Fall geht weiter.");
    corpus_finish(&c);
    write_story(story, sizeof story, 9999, 0);

    // A form with a slot, a line in the middle and one at the end: all of that site.
    snprintf(text, sizeof text, "Gathered Mo Hill\n%s\nZum Tal und weiter\n%s\n%s\nWir sind das Tal", story,
             P2, P3);
    judge(&c, FURNITURE_RULES, "Post", "", text, out);
    assert_string_equal(out,
                        "byline:Gathered Mo Hill\nrepeated:Zum Tal und weiter\nrepeated:Wir sind das Tal\n");

    // The form means nothing on another site.
    snprintf(text, sizeof text, "Gathered Mo Hill\n%s\n%s", story, P2);
    judge(&c, FURNITURE_RULES, "Moon", "", text, out);
    assert_string_equal(out, "");

    // Rules that are off find nothing.
    snprintf(text, sizeof text, "%s\n%s\nWir sind das Tal", story, P2);
    judge(&c, FURNITURE_RULE(COPYDESK_NOTICE), "Post", "", text, out);
    assert_string_equal(out, "");
    judge(&c, 0, "Post", "", text, out);
    assert_string_equal(out, "");
    corpus_release(&c);
}

// True sentences that many articles of many sources have stay; so do the sentences of a template.
static void test_true_sentences(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 300; i++) {
        char source[16];
        char story[4][512];
        snprintf(source, sizeof source, "site %u", i % 10);
        for (unsigned k = 0; k < 4; k++) {
            write_story(story[k], sizeof story[k], i, k);
        }
        snprintf(text, sizeof text, "%s\n%s\n%s\n%s\n%s", story[0], story[1],
                 i % 13 == 0 ? "The trial continues." : "", story[2], story[3]);
        corpus_add(&c, source, -1, "", text);
    }
    for (unsigned i = 0; i < 40; i++) {
        snprintf(text, sizeof text,
                 "A quake of magnitude %u shook the coast at noon, the survey of the island said on Monday.\n"
                 "It was felt in %u villages along the shore and on the hills behind the harbour town.\n"
                 "There were no reports of damage, and the fire brigade had %u calls until the evening.",
                 i, i * 7, i * 3);
        corpus_add(&c, "Quakes", -1, "", text);
    }
    corpus_finish(&c);
    snprintf(text, sizeof text, "%s\n%s\nThe trial continues.\n%s\n%s", P1, P2, P3, P1);
    judge(&c, FURNITURE_RULES, "site 3", "", text, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Quakes", "",
          "A quake of magnitude 5 shook the coast at noon, the survey of the island said on Monday.\n"
          "It was felt in 12 villages along the shore and on the hills behind the harbour town.\n"
          "There were no reports of damage, and the fire brigade had 3 calls until the evening.",
          out);
    assert_string_equal(out, "");
    corpus_release(&c);
}

// A list of 140 places to choose from is one sentence for the corpus, and longer than the story above it:
// it makes no template of the articles that have it.
static void test_long_list(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    char list[2048];
    char expected[2100];
    size_t at = (size_t)snprintf(list, sizeof list,
                                 "Have the letter sent to you. Sign up to get the stories that count "
                                 "every morning. Choose your country");
    for (unsigned i = 0; i < 140; i++) {
        at += (size_t)snprintf(list + at, sizeof list - at, " Land%c%c", 'a' + i / 12, 'a' + i % 12);
    }
    snprintf(list + at, sizeof list - at, ". You may leave the list again whenever you like to. ");
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 60; i++) {
        char story[2][512];
        for (unsigned k = 0; k < 2; k++) {
            write_story(story[k], sizeof story[k], i, k);
        }
        snprintf(text, sizeof text, "%s\n%s%s", story[0], i % 3 ? "" : list, story[1]);
        corpus_add(&c, i < 40 ? "Times" : "Post", -1, "", text);
    }
    corpus_finish(&c);
    snprintf(text, sizeof text, "%s\n%s%s", P1, list, P2);
    snprintf(expected, sizeof expected, "repeated:%.*s\n", (int)strlen(list) - 1, list);
    judge(&c, FURNITURE_RULES, "Times", "", text, out);
    assert_string_equal(out, expected);
    corpus_release(&c);
}

static void test_titles(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    corpus_init(&c, 1);
    corpus_add(&c, "Post", 5, "Ferry sinks off the southern cape", P3);
    corpus_add(&c, "Post", 6, "Mayor opens new hall", P2);
    corpus_add(&c, "Post", 7, "Friday, August 24, 2007", P2);
    corpus_add(&c, "Post", 8, "Text of the speech follows", P3);
    corpus_add(&c, "Post", 9, "1 800 555 0100", P1);
    corpus_add(&c, "Post", 11, "Re: ferry sinks off the southern cape", P1);
    corpus_add(&c, "Post", 10, "May 3, 2007, Riverton, D.C.", P1);
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2 "\nFerry sinks off the southern cape\nMayor opens new hall", out);
    assert_string_equal(out, "related:Ferry sinks off the southern cape\nrelated:Mayor opens new hall\n");
    // A heading of a round-up, above the paragraph that speaks of it.
    judge(
        &c, FURNITURE_RULES, "Post", "Bridge",
        P1
        "\nFerry sinks off the southern cape\nThe ferry to the islands sinks at noon some way off the cape, "
        "on the southern side of the bay, while all on board are saved.\n" P2,
        out);
    assert_string_equal(out, "");
    // Titles of some article that name nothing, and a headline that a sentence quotes.
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nFriday, August 24, 2007\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nText of the speech follows\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          "It was the headline: \"Ferry sinks off the southern cape.\"\n" P1 "\n" P2, out);
    assert_string_equal(out, "");
    // Figures are a title somewhere; a message that is answered, and one text under two titles.
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nWhen: Friday, August 24, 2007\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nMay 3, 2007, Riverton, D.C.\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nPhone: 1 800 555 0199\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          "He wrote:\n> Subject: Ferry sinks off the southern cape\n" P1 "\n" P2, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge", "Ferry sinks off the southern cape\n" P1 "\n" P2, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          "By Ann Reed\nFerry sinks off the southern cape\n" P1 "\n" P2, out);
    assert_string_equal(out, "byline:By Ann Reed\n");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\nFrom: Bo Stone\nSubject: Ferry sinks off the southern cape\nDate: 5 May\n" P2 "\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2 "\nSubject: Re: ferry sinks off the southern cape\n" P3, out);
    assert_string_equal(out, "");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\nOpinion: Ferry sinks off the southern cape\n" P2 "\n" P3, out);
    assert_string_equal(out, "related:Opinion: Ferry sinks off the southern cape\n");
    // A card repeats the headline.
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2
             "\nFerry sinks off the southern cape\nby Ann Reed, 4 May 2019 Ferry sinks off the southern "
             "cape and what is known so far of it.\n" P3,
          out);
    assert_string_equal(out, "related:Ferry sinks off the southern cape\n");
    corpus_release(&c);
}

// A list of links of which only some are known, and what stands between notices.
static void test_company(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    corpus_init(&c, 1);
    corpus_add(&c, "Post", 5, "Ferry sinks off the southern cape", P3);
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2 "\n› Glacier melts faster. Nobody knows why.\n› Ferry sinks off the southern cape\n"
             "› A plan to widen the\n" P3,
          out);
    assert_string_equal(out, "related:› Ferry sinks off the southern cape\nrelated:› A plan to widen the\n");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2 "\nMore from Politics\n› Glacier melts faster. Nobody knows why.\n"
             "› Ferry sinks off the southern cape\n› A plan to widen the\n" P3,
          out);
    assert_string_equal(out, "related:More from Politics\nrelated:› Glacier melts faster. Nobody knows why.\n"
                             "related:› Ferry sinks off the southern cape\nrelated:› A plan to widen the\n");
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          P1 "\n" P2 "\nSign up for our daily newsletter\nA guide to the day and beyond.\n"
             "Enter your email address\n" P3,
          out);
    assert_string_equal(out,
                        "notice:Sign up for our daily newsletter\nnotice:A guide to the day and beyond.\n"
                        "notice:Enter your email address\n");
    // No headline below its head: an address.
    judge(&c, FURNITURE_RULES, "Post", "Bridge", P1 "\n" P2 "\nRelated\npaper.example/anna/reed\n", out);
    assert_string_equal(out, "related:Related\n");
    // Nothing would be left: other rules see to it.
    judge(&c, FURNITURE_RULES, "Post", "Bridge",
          "Sign up for our daily newsletter\nFacebook Twitter WhatsApp", out);
    assert_string_equal(out, "");
    corpus_release(&c);
}

// A headline has the form of other headlines: beside a notice that says nothing.
static void test_headline(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char story[512];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    add_site(&c, "Post", 0, 42, "", "", "");
    add_site(&c, "Post", 100, 3, "Sign up for our daily newsletter\nMayor ~ Signs Bill on ~ and ~ Bridge", "",
             "");
    corpus_finish(&c);
    write_story(story, sizeof story, 9999, 0);
    snprintf(text, sizeof text,
             "Sign up for our daily newsletter\nMayor Reed Signs Bill on Hill and Low Bridge\n%s\n" P1,
             story);
    judge(&c, FURNITURE_RULES, "Post", "", text, out);
    assert_string_equal(out, "notice:Sign up for our daily newsletter\n");
    corpus_release(&c);
}

// Whole pages of a site whose name is not known: what is repeated goes, and what stands among it.
static void test_pages(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 12; i++) {
        char one[512];
        char two[512];
        write_story(one, sizeof one, i, 0);
        write_story(two, sizeof two, i, 1);
        snprintf(text, sizeof text,
                 "Start\nTal\nBerg\nSee\nWald\nWiese\nMarkt\nWetter von hier\nKarte der Orte\nAlle Orte\n"
                 "%s falls upon %s\n%s\n%s\nKontakt zum Haus\nImpressum\nAnfahrt zum Tal\n"
                 "link to %c and %s\nNutzung\nHilfe und mehr\nSeite oben\nEnde der Seite",
                 words[i], words[i + 3], one, two, 'a' + (int)i, words[i]);
        corpus_add(&c, NULL, -1, "", text);
    }
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, NULL, "", text, out);
    assert_non_null(strstr(out, "repeated:Wetter von hier\n"));
    assert_non_null(strstr(out, "repeated:link to l and larch\n"));
    assert_null(strstr(out, "falls"));
    assert_null(strstr(out, "The "));
    // The same few lines in an article of paragraphs: no page.
    judge(&c, FURNITURE_RULES, NULL, "", P1 "\nNobody knew\n" P2 "\n" P3, out);
    assert_string_equal(out, "");
    corpus_release(&c);
}

// A page of a site that the corpus knows: the story stays, with what goes on behind a box; teasers, comments
// and links around it go, though nobody else has them.
static void test_known_site(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 12; i++) {
        char p[8][256];
        for (unsigned k = 0; k < 8; k++) {
            write_story(p[k], sizeof p[k], i, k);
        }
        const char *w = words[i];
        snprintf(text, sizeof text,
                 "Start\nTal\nold %s sold\nThe %s is sold to a man who did not want it at all last year.\n"
                 "Berg\nSee\nWald\nWiese\nMarkt\nKarte der Orte\nAlle Orte\nWeg der Boote\n"
                 "%s falls upon %s\n%s\n%s\n%s\n%s\nNobody saw %s.\n%s\n"
                 "Seite oben\nBilder vom Tag\nWeg zum See\nMehr Orte\nAlle Wege\n"
                 "%s\n%s\n%s\nKontakt zum Haus\nImpressum\nAnfahrt zum Tal\nHilfe und mehr\nNutzung\nRegeln "
                 "hier\nAlle Regeln\n"
                 "Ihre Meinung\nErst lesen\nDann schreiben\n%s fan\nI never liked the %s and I do not see "
                 "why it should be bought by us now.\nMelden\n"
                 "%s foe\nThen do not buy one, the rest of us like a %s when the evening has come.\nMelden\n"
                 "Ende der Seite",
                 w, w, w, words[i + 3], p[0], p[1], p[2], p[3], w, p[4], p[5], p[6], p[7], w, w, w, w);
        corpus_add(&c, NULL, -1, "", text);
    }
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, NULL, "", text, out);
    assert_non_null(strstr(out, "repeated:old larch sold\n"));
    assert_non_null(strstr(out, "repeated:The larch is sold"));
    assert_non_null(strstr(out, "repeated:larch fan\n"));
    assert_non_null(strstr(out, "repeated:I never liked"));
    assert_non_null(strstr(out, "repeated:Then do not buy"));
    char *story = strstr(text, "larch falls");
    for (char *line = strtok(story, "\n"); line && strcmp(line, "Kontakt zum Haus") != 0;
         line = strtok(NULL, "\n")) {
        assert_true(strlen(line) < 16 || !strstr(out, line));
    }
    corpus_release(&c);
}

// What stands in the story of such a page stays: a table, the form of whose rows others have, a subhead
// between two advertisements; and so does a story in front of the frame.
static void test_inside_story(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 12; i++) {
        char p[6][256];
        for (unsigned k = 0; k < 6; k++) {
            write_story(p[k], sizeof p[k], i, k);
        }
        snprintf(text, sizeof text,
                 "Start\nTal\n%s%sBerg\nSee\nWald\nWiese\nMarkt\nKarte der Orte\nAlle Orte\nWeg der Boote\n"
                 "%s\n%s\n%s\nAdvertisement\nOf %s, %s\nAdvertisement\n%s\n%s\n%u %s\n%s\n"
                 "Kontakt zum Haus\nImpressum\nAnfahrt zum Tal\nHilfe und mehr\nNutzung\nRegeln hier\n"
                 "Alle Regeln\nEnde der Seite",
                 i == 11 ? P1 " " P2 " " P3 "\n" : "", i == 11 ? P3 " " P2 " " P1 "\n" : "", p[0], p[1], p[2],
                 words[i], words[i + 2], p[3], p[4], 311 + 17 * i, i % 3 == 2 ? "km" : words[i], p[5]);
        corpus_add(&c, NULL, -1, "", text);
    }
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, NULL, "", text, out);
    assert_non_null(strstr(out, "repeated:Karte der Orte\n"));
    assert_null(strstr(out, "km"));
    assert_null(strstr(out, "repeated:Of "));
    assert_null(strstr(out, "council"));
    corpus_release(&c);
}

static void test_figures(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    corpus_init(&c, 1);
    for (unsigned i = 0; i < 40; i++) {
        char one[512];
        write_story(one, sizeof one, i, 0);
        snprintf(text, sizeof text, i % 5 ? "%s\n%s" : "%s\n%s\n%u,%u", one, one, i + 3, 100 + i);
        corpus_add(&c, "Post", -1, "", text);
    }
    corpus_finish(&c);
    judge(&c, FURNITURE_RULES, "Post", "", P1 "\n" P2 "\n9,796", out);
    assert_string_equal(out, "");
    corpus_release(&c);
}

static void test_gallery(void **state)
{
    (void)state;
    struct corpus c;
    char out[CORPUS_TEXT];
    char text[CORPUS_TEXT];
    size_t at = 0;
    at += (size_t)snprintf(text, sizeof text, "%s\n", P1);
    size_t start = at;
    for (unsigned k = 1; k <= 8; k++) {
        at += (size_t)snprintf(text + at, sizeof text - at,
                               "%sBilder: Tal %s am Morgen im Licht. Bild %u von 8", k > 1 ? " " : "",
                               words[k], k);
    }
    char expected[CORPUS_TEXT];
    snprintf(expected, sizeof expected, "repeated:%s\n", text + start);
    snprintf(text + at, sizeof text - at, "\n%s", P2);
    corpus_init(&c, 1);
    judge(&c, FURNITURE_RULES, NULL, "", text, out);
    assert_string_equal(out, expected);
    corpus_release(&c);
}

// What the first reading says of an article.
static int is_quiet(struct corpus *c, const char *text)
{
    static struct phrases *phrases;
    if (!phrases) {
        assert_int_equal(phrases_new(&phrases, COPYDESK_CPU_BEST, NULL), 0);
    }
    corpus_words(c, "", text);
    c->collector.n = 0;
    assert_int_equal(boiler_collect_text(&c->collector, c->text, strlen(text), &c->words, 0), 0);
    struct furniture *f = furniture_new(NULL, phrases, FURNITURE_RULES);
    struct furniture_article article = {c->text, strlen(text), &c->words, NULL, 0, 0};
    int quiet = furniture_is_quiet(f, &article, &c->collector.segments);
    const struct edit *edits;
    size_t n;
    assert_int_equal(furniture_judge(f, &article, &edits, &n), 0);
    assert_true(quiet == 0 || n == 0);
    furniture_free(f);
    return quiet;
}

static void test_quiet(void **state)
{
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    assert_int_equal(is_quiet(&c, P1 " " P2 " " P3), 1);
    assert_int_equal(is_quiet(&c, P1 " " P2 " " P3 "\n" P2 " " P3 " " P1), 1);
    assert_int_equal(is_quiet(&c, P1 " " P2 " " P3 "\n" P1), 0); // a shorter line may be anything
    assert_int_equal(is_quiet(&c, P1 " Advertisement " P2 " " P3), 0);
    assert_int_equal(
        is_quiet(&c, P1 " " P2 " " P3 " So said James Stone James Lee Stone Storm closes harbor MORE."), 0);
    assert_int_equal(is_quiet(&c, ""), 1);
    corpus_release(&c);
}

// Which articles the corpus makes suspicious: those with a line of two clusters, or sentences of three.
static void test_marks(void **state)
{
    (void)state;
    static const char *const texts[] = {
        P1 " " P2 " " P3,
        P1 " " P2 " " P3,
        P1 " The river rose. It was late. That is all there was to say of it.",
        P2 " The river rose. It was late. Nobody came.",
        "Some spoke. The river rose. It was late. More spoke.",
        "One of them had it all written down. Nothing else stands here twice.",
    };
    static const bool marked[] = {true, true, true, true, false, false};
    for (unsigned threads = 1; threads <= 2; threads++) {
        struct corpus c;
        uint8_t marks[COUNT_OF(texts)] = {0};
        corpus_init(&c, threads);
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            corpus_add(&c, NULL, -1, "", texts[i]);
        }
        struct boiler_params params = {c.cluster_of, c.source_of, c.n, c.threads, marks};
        assert_int_equal(boiler_finish(c.stats, &params, &c.table, NULL), 0);
        for (size_t i = 0; i < COUNT_OF(texts); i++) {
            assert_int_equal(marks[i] >= BOILER_MARK, marked[i]);
        }
        assert_true(marks[4] > 0);
        assert_int_equal(marks[5], 0);
        corpus_release(&c);
    }
}

static int judge_anew(void *data)
{
    struct corpus *c = data;
    static struct phrases *phrases;
    if (!phrases) {
        mem_fail_after(UINT64_MAX);
        assert_int_equal(phrases_new(&phrases, COPYDESK_CPU_BEST, NULL), 0);
        return COPYDESK_ERR_MEMORY;
    }
    struct furniture *f = furniture_new(NULL, phrases, FURNITURE_RULES);
    struct furniture_article article = {c->text, strlen(c->text), &c->words, NULL, 0, 0};
    const struct edit *edits;
    size_t n;
    int status = f ? furniture_judge(f, &article, &edits, &n) : COPYDESK_ERR_MEMORY;
    assert_true(status < 0 || n == 2);
    furniture_free(f);
    return status;
}

static void test_memory(void **state)
{
    (void)state;
    struct corpus c;
    corpus_init(&c, 1);
    corpus_words(&c, "", P1 "\nAdvertisement\n" P2 "\nLatest News");
    assert_true(test_each_allocation(judge_anew, &c) > 2);
    corpus_release(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_alone),        cmocka_unit_test(test_stays),
        cmocka_unit_test(test_counted),      cmocka_unit_test(test_titles),
        cmocka_unit_test(test_gallery),      cmocka_unit_test(test_true_sentences),
        cmocka_unit_test(test_long_list),    cmocka_unit_test(test_company),
        cmocka_unit_test(test_pages),        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_memory),       cmocka_unit_test(test_known_site),
        cmocka_unit_test(test_inside_story), cmocka_unit_test(test_headline),
        cmocka_unit_test(test_quiet),        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
