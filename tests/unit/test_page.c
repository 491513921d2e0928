// test_page.c - articles and pages that are none, texts that end and texts that break off, languages. All
// invented.
#include "test.h"

#include "page/page.h"

#include <stdbool.h>

struct scene {
    struct page_table *table;
    struct page_judge *judge;
    struct tokenizer *tokenizer;
    struct tokens words;
    char text[20000];
    char title[1000];
};

static struct scene scene;

static int scene_open(const char *languages)
{
    int status = page_table_new(&scene.table, languages, NULL);
    if (status == COPYDESK_OK) {
        scene.judge = page_judge_new(scene.table, COPYDESK_CPU_PORTABLE);
        scene.tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
        status = scene.judge && scene.tokenizer ? COPYDESK_OK : COPYDESK_ERR_MEMORY;
    }
    return status;
}

static void scene_close(void)
{
    page_judge_free(scene.judge);
    page_table_free(scene.table);
    tokenizer_free(scene.tokenizer);
    scene = (struct scene){.table = NULL};
}

static int setup(void **state)
{
    (void)state;
    return scene_open("en,hr");
}

static int teardown(void **state)
{
    (void)state;
    scene_close();
    return 0;
}

static struct page_article article(const char *title, const char *text)
{
    memset(scene.text, 0, sizeof scene.text);
    memset(scene.title, 0, sizeof scene.title);
    snprintf(scene.text, sizeof scene.text - TOKEN_PADDING, "%s", text);
    snprintf(scene.title, sizeof scene.title - TOKEN_PADDING, "%s", title);
    struct page_article a = {.title = str_of(scene.title), .text = str_of(scene.text), .words = &scene.words};
    assert_int_equal(tokenize(scene.tokenizer, scene.text, a.text.len, true, &scene.words), COPYDESK_OK);
    return a;
}

// The finding of a rule, or NULL.
static const struct edit *find(const struct page_article *a, unsigned what, const struct page_stats *stats,
                               enum copydesk_rule rule)
{
    static struct edit out[PAGE_MAX_FINDINGS];
    int n = page_judge(scene.judge, what, stats, a, out);
    assert_in_range(n, 0, PAGE_MAX_FINDINGS);
    assert_true(n == 0 || a->n_cuts > 0 || !page_is_quiet(scene.table, what, a));
    for (int i = 0; i < n; i++) {
        if (out[i].rule == rule) {
            return &out[i];
        }
    }
    return NULL;
}

static void is_junk(const char *title, const char *text, const char *kind)
{
    struct page_article a = article(title, text);
    const struct edit *e = find(&a, PAGE_FIND_ALL, NULL, COPYDESK_JUNK_PAGE);
    if (!e || strncmp(e->reason, kind, strlen(kind)) != 0) {
        fail_msg("%s: %s: %s", title, text, e ? e->reason : "no junk page");
    }
    assert_int_equal(e->field, COPYDESK_FIELD_NONE);
    assert_in_range(e->score, 9000, 10000);
}

static void junk_pages(void **state)
{
    static const char *const pages[][3] = {
        {"Just a moment", "Checking your browser before you read on. This process is automatic. Ray ID: 77aa",
         "robot"},
        {"Evening Lantern", "Sorry, we have to ask. Please verify that you are human by solving the captcha.",
         "robot"},
        {"404", "We could not find the page you were looking for. It may have been moved or deleted.",
         "error"},
        {"Page not found - Harbour News", "Page not found", "error"},
        {"Harbour News", "Access denied. You don't have permission to access this page on our server.",
         "error"},
        {"One moment", "You will be automatically redirected. If you are not redirected, click here.",
         "error"},
        {"Your choices",
         "We value your privacy. We and our 312 partners store and access information on a device, such as "
         "cookies. "
         "Accept all Reject all Manage options Privacy policy",
         "cookie"},
        {"The bridge will open in spring",
         "Subscribe to continue reading. Already a subscriber? Log in. Unlimited digital access, cancel "
         "anytime.",
         "paywall"},
        {"Log in", "Please log in to your account. Forgot your password? Don't have an account? Register",
         "login"},
        {"Harbour News", "JavaScript is disabled. Please enable JavaScript in your browser to see this site.",
         "asks"},
        {"Sample", "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.",
         "empty"},
        {"Nine gulls on the pier",
         "Please wait a moment while we ensure the security of your connection. Protected by Anubis.",
         "robot"},
        {"Nine gulls on the pier",
         "We see that you use software that blocks ads. Please consider turning off your ad blocker.",
         "asks"},
        {"Nine gulls on the pier",
         "Twój adres e-mail nie zostanie opublikowany. Wymagane pola są oznaczone *", "a form"},
        {"Nine gulls on the pier", "No text available. Please use the [ORIGINAL] button below.", "empty"},
        {"Seite nicht gefunden", "Die angeforderte Seite wurde nicht gefunden. Zur Startseite", "error"},
        {"Datenschutz",
         "Wir verwenden Cookies. Mit Ihrer Einwilligung dürfen wir und unsere Partner Daten nutzen. "
         "Alle akzeptieren Ablehnen Einstellungen",
         "cookie"},
        {"Erreur 404", "Désolé, la page que vous recherchez n'existe plus. Retour à l'accueil", "error"},
        {"Le Phare", "Cet article est réservé aux abonnés. Déjà abonné ? Se connecter", "paywall"},
        {"Error", "Lo sentimos, la página que buscas ya no existe. Volver al inicio", "error"},
        {"Ops", "A página que você está procurando não foi achada. Voltar para a página inicial", "error"},
        {"Pagina non trovata", "La pagina che cerchi non c'è più. Torna alla home", "error"},
        {"Oeps", "De pagina die je zoekt bestaat niet meer. Terug naar de homepage", "error"},
        {"Strona nie została znaleziona", "Strona, której szukasz, zniknęła. Wróć na stronę główną", "error"},
        {"Ошибка 404", "К сожалению, такой страницы нет. Проверьте адрес или вернитесь на главную.", "error"},
        {"Маяк", "Подтвердите, что вы не робот: введите символы с картинки.", "robot"},
        {"Sayfa bulunamadı", "Aradığınız sayfa kaldırılmış. Ana sayfaya dön", "error"},
        {"خطأ 404", "عذرا، الصفحة المطلوبة لم تعد هنا. العودة إلى الصفحة الرئيسية", "error"},
        {"صفحه یافت نشد", "صفحه مورد نظر شما نیست. بازگشت به صفحه اصلی", "error"},
        {"הדף לא נמצא", "הדף שחיפשת כבר לא כאן. חזרה לדף הבית", "error"},
        {"पेज नहीं मिला", "यह पेज मौजूद नहीं है। होम पेज पर जाएं", "error"},
        {"404", "很抱歉，您要找的页面搬走了。请检查网址，或返回首页。", "error"},
        {"灯塔报", "请输入验证码，证明您不是机器人。", "robot"},
        {"お知らせ", "お探しのページは移動または削除されました。トップページへ戻る", "error"},
        {"등대일보", "요청하신 페이지가 없습니다. 주소를 다시 확인하거나 홈으로 이동하세요.", "error"},
        {"Không tìm thấy trang", "Trang bạn tìm không còn. Quay lại trang chủ", "error"},
        {"Halaman tidak ditemukan", "Halaman yang Anda cari sudah pindah. Kembali ke beranda", "error"},
        {"Hitilafu", "Samahani, ukurasa unaotafuta haupo. Rudi kwenye ukurasa wa mwanzo", "error"},
        {"Η σελίδα δεν βρέθηκε", "Η σελίδα που αναζητάτε έχει φύγει. Επιστροφή στην αρχική", "error"},
        {"Sivua ei löytynyt", "Etsimääsi sivua ei ole. Palaa etusivulle", "error"},
        {"Az oldal nem található", "A keresett oldal elköltözött. Vissza a főoldalra", "error"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(pages); i++) {
        is_junk(pages[i][0], pages[i][1], pages[i][2]);
    }
}

static void lists_of_links(void **state)
{
    (void)state;
    is_junk("News",
            "Harbour wall is mended Read more 2 hours ago\nNew ferry comes in May Read more 3 hours ago\n"
            "Council counts the gulls Read more 5 hours ago\nLoad more",
            "list of links");
}

// Articles about what junk pages are about, and articles beside which such words stand.
static void articles_stay(void **state)
{
    static const char *const articles[][2] = {
        {"Are you a robot?", "The little box that asks whether you are a robot turned twenty this week. Its "
                             "inventors wanted to keep spam out "
                             "of mailboxes and to read old books on the side. Today it keeps out people as "
                             "well: one visitor in eight gives "
                             "up, a study by two universities says. \"We made the web slower by five hundred "
                             "years,\" one of them told us."},
        {"404: how an error became a joke", "Every browser shows it: page not found. The number goes back to "
                                            "a list that physicists wrote in the nineties. "
                                            "Museums now collect the funniest of these pages, and a town in "
                                            "the north has named a street after it."},
        {"Page not found",
         "The last page of the parish register of 1702 was torn out long ago. On Tuesday it came back by "
         "post, without a letter, in an envelope with a foreign stamp."},
        {"Cookies under fire",
         "Ministers agreed on Monday that banners about cookies have to offer a button to reject all. "
         "Publishers say the rule will cost them a third of their income from advertising."},
        {"Ferry late again",
         "The morning ferry was late again on Friday. The captain blamed the fog, the passengers the "
         "captain. A new timetable is to come in May.\nPlease enable JavaScript to see the comments."},
        {"Hospital gets new wing",
         "The hospital will open its new wing in June. It has sixty beds and a garden on the roof. "
         "The mayor cut the ribbon with scissors that were blunt.\nSubscribe to our newsletter"},
        {"Login for all",
         "From January on every citizen is to have one login for all offices of the state. Forgotten "
         "passwords are the most frequent reason for calls, the ministry says, before lost keys."},
        {"Access denied",
         "Reporters were kept out of the court on Thursday, and no reason was given to them or to the "
         "families who had waited since dawn."},
        {"Results", "Northgate 2 Harbour 1\nOld Mill 0 Castle 0\nRiverside 3 Quarry 2\nMeadow 1 Station 4"},
        {"Haiku", "the gull on the mast\nlooks twice at the sandwich\nand once at the sea"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(articles); i++) {
        struct page_article a = article(articles[i][0], articles[i][1]);
        const struct edit *e = find(&a, PAGE_FIND_ALL, NULL, COPYDESK_JUNK_PAGE);
        if (e) {
            fail_msg("%s: %s", articles[i][0], e->reason);
        }
    }
}

// A corpus of n articles of so many words; `closed` in ten end with a full stop.
static struct page_stats *corpus(unsigned n, unsigned words, unsigned closed, uint64_t source)
{
    struct page_stats *stats = page_stats_new();
    struct buf text = {0};
    assert_non_null(stats);
    for (unsigned i = 0; i < n; i++) {
        buf_clear(&text);
        for (unsigned w = 0; w < words; w++) {
            buf_add_str(&text, STR("word "));
        }
        buf_add_str(&text, i % 10 < closed ? STR("end.") : STR("end"));
        buf_add_char(&text, 0);
        struct page_article a = article("", text.data);
        page_stats_add(stats, source, a.text, a.words);
    }
    buf_release(&text);
    return stats;
}

static void copies_without_a_sentence(void **state)
{
    struct page_stats *stories = corpus(40, 200, 10, 0);
    struct page_stats *headlines = corpus(40, 9, 0, 0);
    (void)state;
    struct page_article a = article("Site number search", "Site number filter search");
    a.copies = 12;
    a.titles = 1;
    assert_non_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    assert_null(find(&a, PAGE_FIND_JUNK, headlines, COPYDESK_JUNK_PAGE));
    a.copies = 3;
    assert_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    a = article("Ferry", "The ferry sank off the northern cape at night. All are safe.");
    a.copies = 40; // an agency's flash, under the same few titles everywhere
    a.titles = 6;
    assert_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    a.titles = 38;
    assert_non_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    page_stats_free(stories);
    page_stats_free(headlines);
}

// The scraper took the first line for the title, and nothing was left.
static void nothing_but_a_title(void **state)
{
    struct page_stats *stories = corpus(40, 200, 10, 0);
    struct page_stats *titles = corpus(1, 200, 10, 0);
    (void)state;
    struct page_article a = article("This page requires JavaScript", "");
    page_stats_add(titles, 0, a.text, a.words);
    assert_non_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    assert_null(find(&a, PAGE_FIND_JUNK, titles, COPYDESK_JUNK_PAGE)); // half of them have no text
    assert_null(find(&a, PAGE_FIND_JUNK, NULL, COPYDESK_JUNK_PAGE));
    a = article("Page not found", "");
    assert_non_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    a = article("Minister asks: why have I been blocked from the building?", "");
    assert_null(find(&a, PAGE_FIND_JUNK, stories, COPYDESK_JUNK_PAGE));
    page_stats_free(stories);
    page_stats_free(titles);
}

static void short_texts(void **state)
{
    struct page_stats *stories = corpus(40, 300, 10, 0);
    struct page_stats *headlines = corpus(40, 10, 0, 0);
    (void)state;
    struct page_article a = article("Gulls", "Nine gulls were counted at the harbour.");
    assert_non_null(find(&a, PAGE_FIND_SHORT, NULL, COPYDESK_TOO_SHORT));
    assert_non_null(find(&a, PAGE_FIND_SHORT, stories, COPYDESK_TOO_SHORT));
    assert_null(find(&a, PAGE_FIND_SHORT, headlines, COPYDESK_TOO_SHORT));
    assert_null(find(&a, PAGE_FIND_TRUNCATED, stories, COPYDESK_TOO_SHORT));
    a = article("Gulls", " . ");
    const struct edit *e = find(&a, PAGE_FIND_SHORT, headlines, COPYDESK_TOO_SHORT);
    assert_non_null(e);
    assert_string_equal(e->reason, "no text");
    assert_int_equal(e->score, 10000);
    // Sixty letters are about thirty words.
    a = article("", "昨日港口又数了一次海鸥一共有九只比去年多两只市长说这是好消息渔民说这是坏消息孩子们说它们"
                    "偷走了面包昨天下午的事情大家都在谈论。");
    assert_null(find(&a, PAGE_FIND_SHORT, NULL, COPYDESK_TOO_SHORT));
    a = article("", "海鸥九只。");
    assert_non_null(find(&a, PAGE_FIND_SHORT, NULL, COPYDESK_TOO_SHORT));
    page_stats_free(stories);
    page_stats_free(headlines);
}

// Without a phrase of any language: what the corpus and the other stages say.
static void nothing_in_it(void **state)
{
    (void)state;
    struct page_stats *stats = corpus(30, 240, 9, 1);
    struct edit cuts[4];
    struct page_article a =
        article("Nine gulls on the pier", "[Zum Original](https://gulls.example/pier/9?day=3)");
    assert_non_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a = article("彼岸", "[查看原文](https://gulls.example/pier/9)\n---\n(更新: 1677675726310)");
    assert_non_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a = article("Nine gulls", "Nine gulls were counted on the pier, see https://gulls.example/pier/9");
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));

    // A title that says so, in two phrases, over no text.
    a = article("IE 11 is not supported. For an optimal experience read us on another browser", "");
    assert_non_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a = article("IE 11 is not supported in five of eight towns by the sea, and at home on another day", "");
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));

    // All is cut, or the title; a sentence of its own makes the difference.
    static const char bare[] = "Nine gulls\nby the harbour desk on Tuesday evening\nEvening Lantern and Post";
    static const char more[] =
        "Nine gulls\nby the harbour desk on Tuesday evening\nEvening Lantern and Post\n"
        "They had been fed by a sailor.";
    for (unsigned k = 0; k < 2; k++) {
        a = article("Nine gulls", k ? more : bare);
        cuts[0] = (struct edit){.rule = COPYDESK_BYLINE, .start = 11, .end = 49};
        cuts[1] = (struct edit){.rule = COPYDESK_NOTICE, .start = 50, .end = 74};
        a.cuts = cuts;
        a.n_cuts = 2;
        assert_int_equal(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE) != NULL, k == 0);
    }

    // Headlines of others, and a word or two.
    a = article("Archive", "Nine gulls counted on the pier\nFerry runs again on Sunday\nMayor opens a tower\n"
                           "Older entries 2 3 4 next page of all");
    cuts[0] = (struct edit){.rule = COPYDESK_RELATED_HEADLINES, .score = 9500, .start = 0, .end = 30};
    cuts[1] = (struct edit){.rule = COPYDESK_RELATED_HEADLINES, .score = 9500, .start = 31, .end = 57};
    cuts[2] = (struct edit){.rule = COPYDESK_RELATED_HEADLINES, .score = 9500, .start = 58, .end = 77};
    a.cuts = cuts;
    a.n_cuts = 3;
    assert_non_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    cuts[2].score = 8000;
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));

    // One text under many titles. One that tells what its title says is a story all copied.
    static const char wall[] =
        "Bitte etwas Geduld, das Tor zum Hafen ist gerade zu. Es geht bald wieder auf. Der "
        "Wächter hat zu viele Gäste gesehen und prüft, wer davon wirklich lesen will.";
    a = article("Seven herons at the harbour", wall);
    a.source = 1;
    a.copies = 12;
    a.titles = 11;
    assert_non_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a.source = 0;
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a.source = 1;
    a.titles = 3;
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    a = article("Wächter am Hafen prüft seine Gäste", wall);
    a.source = 1;
    a.copies = 12;
    a.titles = 11;
    assert_null(find(&a, PAGE_FIND_JUNK, stats, COPYDESK_JUNK_PAGE));
    page_stats_free(stats);
}

static void noise_is_no_text(void **state)
{
    (void)state;
    char text[4000] = "";
    for (unsigned i = 0; i < 300; i++) {
        strcat(text, i % 3 ? "k5\xEF\xBF\xBD" : "\xEF\xBF\xBD[M ");
    }
    struct page_article a = article("Gulls", text);
    assert_non_null(find(&a, PAGE_FIND_JUNK, NULL, COPYDESK_JUNK_PAGE));
    text[0] = '\0';
    for (unsigned i = 0; i < 30; i++) {
        strcat(text, "Nine gulls were counted on the p\xEF\xBF\xBD"
                     "er. ");
    }
    a = article("Gulls", text);
    assert_null(find(&a, PAGE_FIND_JUNK, NULL, COPYDESK_JUNK_PAGE));
}

static void most_articles_are_quiet(void **state)
{
    enum { FIND = PAGE_FIND_JUNK | PAGE_FIND_SHORT | PAGE_FIND_TRUNCATED };
    (void)state;
    char text[2000] = "";
    for (unsigned i = 0; i < 20; i++) {
        strcat(text, "Nine gulls were counted on the pier. ");
    }
    struct page_article a = article("Gulls", text);
    assert_true(page_is_quiet(scene.table, FIND, &a));
    assert_false(page_is_quiet(scene.table, FIND | PAGE_FIND_LANGUAGE, &a));
    strcat(text, "Behind it the keeper of the old tower counts the");
    a = article("Gulls", text);
    assert_false(page_is_quiet(scene.table, FIND, &a));
    assert_true(page_is_quiet(scene.table, PAGE_FIND_JUNK | PAGE_FIND_SHORT, &a));
    a = article("Gulls", "Nine gulls were counted.");
    assert_false(page_is_quiet(scene.table, FIND, &a));
    assert_true(page_is_quiet(scene.table, PAGE_FIND_TRUNCATED, &a));
}

static void what_is_cut_is_no_text(void **state)
{
    (void)state;
    char text[1000] = "Nine gulls were counted.\n";
    for (unsigned i = 0; i < 40; i++) {
        strcat(text, "share ");
    }
    struct page_article a = article("", text);
    struct edit cut = {.field = COPYDESK_FIELD_TEXT, .start = 25, .end = (uint32_t)strlen(text)};
    assert_null(find(&a, PAGE_FIND_SHORT, NULL, COPYDESK_TOO_SHORT));
    a.cuts = &cut;
    a.n_cuts = 1;
    assert_non_null(find(&a, PAGE_FIND_SHORT, NULL, COPYDESK_TOO_SHORT));
    assert_null(find(&a, PAGE_FIND_TRUNCATED, NULL, COPYDESK_TRUNCATED));
}

static void marks_of_a_cut(void **state)
{
    static const struct {
        const char *text, *span; // NULL: whole article; "": no finding
    } cases[] = {
        {"The mayor said the bridge would open … [+1234 chars]", " … [+1234 chars]"},
        {"The mayor said the bridge would open[+88 chars]", "[+88 chars]"},
        {"The mayor said the bridge wo... [+7 caracteres]\nShare this story", "... [+7 caracteres]"},
        {"The mayor spoke of a rise [+12 points] in May.", ""},
        {"The mayor spoke of a rise [+]", ""},
        {"The mayor said that the old bridge would be open in the...", NULL},
        {"The mayor said that the old bridge would be open in May,…", NULL},
        {"The mayor said that the old bridge (which nobody likes…", NULL},
        {"So take it, it is yours (but at a price, mind you ...)", ""},
        {"And so the council waits once more for its bridge...", ""},
        {"The mayor said that the old bridge would […]", NULL},
        {"So take it [there are some who would not buy it...]", ""},
        {"He said: “They came.”\nHe said that it was over.”…", ""},
        {"The mayor spoke at noon. He said that the bridge would open in… Continue reading →",
         "Continue reading →"},
        {"The mayor spoke at noon. He said that the bridge would open in… Continue reading The bridge",
         "Continue reading The bridge"},
        {"Der Bürgermeister sprach über die Brücke und... Weiterlesen", "Weiterlesen"},
        {"Мэр рассказал о мосте, который… Читать далее", "Читать далее"},
        {"市长昨天谈到了大桥的事情…… 阅读全文", "阅读全文"},
        {"The mayor spoke at noon. He was brief. More", ""},
        {"The mayor spoke at noon. He was brief. Keep reading.", ""},
        {"The mayor spoke at noon. He was brief. (Keep reading)", "Keep reading)"},
        {"\"I do not know what to say about the bridge...\"", ""},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct page_article a = article("The bridge", cases[i].text);
        const struct edit *e = find(&a, PAGE_FIND_TRUNCATED, NULL, COPYDESK_TRUNCATED);
        bool as_wanted = (e != NULL) == (!cases[i].span || cases[i].span[0]);
        if (e && as_wanted && cases[i].span) {
            as_wanted = e->field == COPYDESK_FIELD_TEXT && e->end - e->start == strlen(cases[i].span) &&
                        memcmp(cases[i].text + e->start, cases[i].span, e->end - e->start) == 0;
        } else if (e) {
            as_wanted = as_wanted && e->field == COPYDESK_FIELD_NONE && e->start == 0 && e->end == 0;
        }
        if (!as_wanted) {
            fail_msg("%s: %s", cases[i].text, e ? e->reason : "nothing");
        }
    }
}

#define LEDE "The council met on Monday to speak about the bridge. "

static void broken_off(void **state)
{
    static const struct {
        const char *text;
        bool found;
    } cases[] = {
        {LEDE "It decided that the work would begin before the", true},
        {LEDE "It decided, after three hours and two coffees,", true},
        {LEDE "It will mend the rails, the posts and all of the lamps on the bridge;", false},
        {LEDE "It decided that the work would begin in May\n\n--", false},
        {LEDE "It decided that the work would begin in May.", false},
        {LEDE "It decided that the work would begin in spring", false},
        {LEDE "It decided that the work would begin in May!\"", false},
        {LEDE "(Reporting by our own staff in the town)", false},
        {LEDE "\nBy Our Correspondent in Northgate", false},
        {LEDE "Write to the desk at news@harbour.example today or tomorrow", false},
        {LEDE "\nread more about the bridge", false},
        {LEDE "Harbour News Agency Northgate Office", false},
        {LEDE "Reuters", false},
        {"the gull on the mast\nlooks twice at the sandwich\nand once at the sea", false},
        {"परिषद ने सोमवार को बैठक की। पुल का काम मई में शुरू होगा।", false},
        {"परिषद ने सोमवार को बैठक की। पुल का काम मई में शुरू होने के बाद परिषद की", true},
        {"کونسل کا اجلاس پیر کو ہوا۔ پل کا کام مئی میں شروع ہوگا۔", false},
        {"اجتمع المجلس يوم الاثنين. هل يبدأ العمل في مايو؟", false},
        {"ምክር ቤቱ ሰኞ ተሰበሰበ። ሥራው በግንቦት ይጀምራል።", false},
        {"议会星期一开会。工程将于五月开始。", false},
        {"议会星期一开会。工程将于五月开始之前还要再讨论一次并且", false},
        {"สภาประชุมเมื่อวันจันทร์ งานจะเริ่มในเดือนพฤษภาคม", false},
    };
    struct page_stats *sound = corpus(100, 50, 10, 0);
    struct page_stats *loose = corpus(100, 50, 7, 0);
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        struct page_article a = article("The bridge", cases[i].text);
        const struct edit *e = find(&a, PAGE_FIND_TRUNCATED, sound, COPYDESK_TRUNCATED);
        if ((e != NULL) != cases[i].found) {
            fail_msg("%s: %s", cases[i].text, e ? e->reason : "nothing");
        }
        assert_null(find(&a, PAGE_FIND_TRUNCATED, loose, COPYDESK_TRUNCATED)); // usual there
    }
    page_stats_free(sound);
    page_stats_free(loose);
}

// Dots in a text longer than a teaser, and a text that its author signed.
static void finished_after_all(void **state)
{
    char text[4000] = "";
    (void)state;
    for (unsigned i = 0; i < 12; i++) {
        strcat(text, LEDE);
    }
    strcat(text, "It is what they ask for, and more of the ...");
    struct page_article a = article("The bridge", text);
    assert_null(find(&a, PAGE_FIND_TRUNCATED, NULL, COPYDESK_TRUNCATED));

    struct page_stats *stats = corpus(100, 50, 10, 0);
    const char *open = LEDE "It decided that the work would begin before the";
    snprintf(text, sizeof text, "%s\nAnn Reed\nShare", open);
    struct edit cuts[] = {
        {.rule = COPYDESK_SHARE_BAR, .start = (uint32_t)strlen(open) + 1, .end = (uint32_t)strlen(open) + 9},
        {.rule = COPYDESK_SHARE_BAR, .start = (uint32_t)strlen(open) + 10, .end = (uint32_t)strlen(text)},
    };
    a = article("The bridge", text);
    a.cuts = cuts;
    a.n_cuts = 2;
    assert_non_null(find(&a, PAGE_FIND_TRUNCATED, stats, COPYDESK_TRUNCATED));
    cuts[0].rule = COPYDESK_BYLINE;
    assert_null(find(&a, PAGE_FIND_TRUNCATED, stats, COPYDESK_TRUNCATED));
    page_stats_free(stats);
}

static void one_source_ends_openly(void **state)
{
    uint64_t wire = 5; // hashes of any width
    uint64_t blog = 9;
    struct page_stats *stats = corpus(900, 50, 10, wire);
    struct page_stats *open = corpus(30, 50, 0, blog);
    (void)state;
    page_stats_merge(stats, open);
    struct page_article a = article("", LEDE "It decided that the work would begin before the");
    a.source = wire;
    assert_non_null(find(&a, PAGE_FIND_TRUNCATED, stats, COPYDESK_TRUNCATED));
    a.source = blog;
    assert_null(find(&a, PAGE_FIND_TRUNCATED, stats, COPYDESK_TRUNCATED));
    page_stats_free(stats);
    page_stats_free(open);
}

static void paywall_behind_a_lead(void **state)
{
    (void)state;
    struct page_article a = article(
        "The bridge",
        "The council met on Monday to speak about the bridge, and it was a long night. The mayor wants to "
        "build in May, the fishermen want to wait until the herring are gone, and the treasurer wants to "
        "know who pays for it all. Nobody left before midnight. To continue reading, please subscribe. "
        "Already a subscriber? Log in.");
    assert_null(find(&a, PAGE_FIND_ALL, NULL, COPYDESK_JUNK_PAGE));
    assert_non_null(find(&a, PAGE_FIND_ALL, NULL, COPYDESK_TRUNCATED));
}

static void statistics_in_any_order(void **state)
{
    struct page_stats *parts[] = {corpus(30, 20, 10, 1), corpus(20, 90, 5, 2), corpus(10, 300, 0, 3)};
    struct page_stats *forth = page_stats_new();
    struct page_stats *back = page_stats_new();
    struct buf one = {0};
    struct buf two = {0};
    struct copydesk_error error;
    (void)state;
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        page_stats_merge(forth, parts[i]);
        page_stats_merge(back, parts[COUNT_OF(parts) - 1 - i]);
    }
    page_stats_write(forth, &one);
    page_stats_write(back, &two);
    assert_int_equal(one.len, two.len);
    assert_memory_equal(one.data, two.data, one.len);
    assert_int_equal(page_stats_read(back, (struct str){one.data, one.len - 1}, &error), COPYDESK_ERR_INPUT);
    memset(one.data, 0xff, one.len);
    one.data[one.len - 5] = 0; // more texts end than there are
    assert_int_equal(page_stats_read(back, (struct str){one.data, one.len}, &error), COPYDESK_ERR_INPUT);
    buf_release(&one);
    buf_release(&two);
    page_stats_free(forth);
    page_stats_free(back);
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        page_stats_free(parts[i]);
    }
}

static const struct {
    const char *code, *text;
} tongues[] = {
    {"en",
     "The council has said that it will not build the bridge before the end of the year, because there is no "
     "money left for it and the fishermen are against it."},
    {"de", "Der Rat hat gesagt, dass die Brücke nicht vor dem Ende des Jahres gebaut wird, weil es kein Geld "
           "mehr für "
           "sie gibt und die Fischer dagegen sind."},
    {"fr", "Le conseil a dit que le pont ne sera pas construit avant la fin de l'année, parce qu'il n'y a "
           "plus d'argent "
           "pour cela et que les pêcheurs sont contre."},
    {"es", "El consejo ha dicho que el puente no se hará antes de fin de año, porque no hay más dinero para "
           "ello y los "
           "pescadores están en contra de la obra."},
    {"it", "Il consiglio ha detto che il ponte non sarà fatto prima della fine dell'anno, perché non ci sono "
           "più soldi "
           "per questo e i pescatori sono contro."},
    {"nl", "De raad heeft gezegd dat de brug niet voor het einde van het jaar wordt gebouwd, omdat er geen "
           "geld meer is "
           "en de vissers er tegen zijn."},
    {"sv", "Rådet har sagt att bron inte ska byggas före slutet av året, för att det inte finns pengar kvar "
           "och för att "
           "fiskarna är mot den och vill vänta."},
    {"fi", "Valtuusto sanoi, että silta ei valmistu ennen vuoden loppua, koska rahaa ei ole ja koska "
           "kalastajat ovat "
           "sitä vastaan, mutta se on vielä mahdollista, jos hän niin sanoo."},
    {"pl", "Rada powiedziała, że most nie będzie zbudowany przed końcem roku, bo nie ma już na to pieniędzy, "
           "a rybacy "
           "są przeciw, ale to się może jeszcze zmienić po wyborach."},
    {"tr", "Meclis, köprünün yıl sonundan önce yapılmayacağını söyledi; çünkü bunun için para yok ve "
           "balıkçılar da buna "
           "karşı, ama bu karar daha sonra bir kez daha ele alınacak gibi görünüyor."},
    {"sw",
     "Baraza limesema kwamba daraja halitajengwa kabla ya mwisho wa mwaka kwa sababu hakuna fedha na wavuvi "
     "wanapinga, lakini wakazi wa eneo hilo wanataka kazi hiyo ianze katika mwezi wa tano."},
    {"ru", "Совет сказал, что мост не будет построен до конца года, потому что на это нет денег, а рыбаки "
           "против, но "
           "он может ещё изменить это решение после выборов в мае."},
    {"uk", "Рада сказала, що міст не буде збудовано до кінця року, бо на це немає грошей, а рибалки проти, "
           "але вона "
           "ще може змінити це рішення після виборів у травні."},
    {"ar", "قال المجلس إن الجسر لن يبنى قبل نهاية العام لأنه لا مال لذلك كما أن الصيادين ضد هذا المشروع في "
           "المدينة، وقد "
           "يتغير ذلك بعد الانتخابات التي ستجرى في مايو"},
    {"ur", "کونسل نے کہا ہے کہ پل سال کے آخر سے پہلے نہیں بنے گا کیونکہ اس کے لیے پیسے نہیں ہیں اور مچھیرے "
           "بھی اس کے "
           "خلاف ہیں، لیکن یہ فیصلہ انتخابات کے بعد بدل سکتا ہے"},
    {"hi", "परिषद ने कहा है कि पुल साल के अंत से पहले नहीं बनेगा "
           "क्योंकि इसके लिए पैसा नहीं है और मछुआरे भी इसके खिलाफ हैं, "
           "लेकिन यह फैसला चुनाव के बाद बदल सकता है"},
    {"el", "Το συμβούλιο είπε ότι η γέφυρα δεν θα χτιστεί πριν από το τέλος του χρόνου, γιατί δεν υπάρχουν "
           "χρήματα και "
           "οι ψαράδες είναι αντίθετοι."},
    {"ko", "의회는 올해 안에 다리를 짓지 않겠다고 말했다. 돈이 없고 어부들도 반대하기 때문이다. 그러나 "
           "선거가 끝난 뒤에는 이 결정이 "
           "다시 바뀔 수 있다고 시장은 덧붙였다."},
    {"ja", "議会は、年末までに橋を建てることはないと述べた。お金がなく、漁師たちも反対しているからだ。しかし"
           "、選挙の後には決定が変わるかもしれない。"},
    {"zh", "议会表示年底之前不会建这座桥，因为没有钱，渔民也反对。不过，市长说选举之后这个决定还可能改变，大"
           "家要等到五月才知道结果，"
           "到那时候鱼也走了，工程就可以开始。"},
    {"th", "สภากล่าวว่าจะไม่สร้างสะพานก่อนสิ้นปีเพราะไม่มีเงินและชาวประมงก็คัดค้าน "
           "แต่การตัดสินใจนี้อาจเปลี่ยนไปหลังการเลือกตั้งในเดือนพฤษภาคม"},
};

// One article for a moment, and the counts are as they were.
static void taken_back(void **state)
{
    static const char *const texts[] = {"", "Nine gulls were counted at the harbour.", "Nine gulls were"};
    struct page_stats *stats = corpus(40, 200, 10, 7);
    struct buf before = {0};
    struct buf after = {0};
    (void)state;
    page_stats_write(stats, &before);
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct page_article a = article("Gulls", texts[i]);
        page_stats_add(stats, i * 7, a.text, a.words);
        buf_clear(&after);
        page_stats_write(stats, &after);
        assert_memory_not_equal(before.data, after.data, before.len);
        page_stats_take_back(stats, i * 7, a.text, a.words);
    }
    buf_clear(&after);
    page_stats_write(stats, &after);
    assert_memory_equal(before.data, after.data, before.len);
    buf_release(&before);
    buf_release(&after);
    page_stats_free(stats);
}

static void languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT_OF(tongues); i++) {
        struct page_article a = article("", tongues[i].text);
        struct page_tongue found = page_language(scene.table, a.text, a.words);
        if (strcmp(found.code, tongues[i].code) != 0) {
            fail_msg("%s, not '%s'", tongues[i].code, found.code);
        }
        // English and Croatian are asked for.
        const struct edit *e = find(&a, PAGE_FIND_LANGUAGE, NULL, COPYDESK_WRONG_LANGUAGE);
        assert_true((e != NULL) == (strcmp(tongues[i].code, "en") != 0));
    }
}

static void languages_that_cannot_be_told(void **state)
{
    static const char *const texts[] = {
        "",
        "Der Rat hat gesagt",
        "Blorp zwanga tikilo merudo fanasti gorelpa wimbuno kartofi sulemi drantu polkari vesnitu gamlodu "
        "hirtose benkalu "
        "mortive sankelo trifudi walmoke zentari pondulo",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        struct page_article a = article("", texts[i]);
        assert_string_equal(page_language(scene.table, a.text, a.words).code, "");
        assert_null(find(&a, PAGE_FIND_LANGUAGE, NULL, COPYDESK_WRONG_LANGUAGE));
    }
    // A list in which four little words that Portuguese has come again and again.
    struct page_article a = article(
        "", "Winner of the heats: Lund o Moss, a. o. Kane e. o. Birk, a. o. Hale do. o. Vane, Stone o. e. "
            "Marsh a. o. Quill, do. o. e. Rudd o. a. Finch o. Teal e. o. Crane do. o. Wren a. o. Swift o. "
            "Drake");
    assert_null(find(&a, PAGE_FIND_LANGUAGE, NULL, COPYDESK_WRONG_LANGUAGE));
    // Serbian is not wrong where Croatian is asked for: one group.
    a = article("", "Savet je rekao da most neće biti izgrađen pre kraja godine, jer za to nema više "
                    "novca, a ribari su protiv, ali će se o tome još govoriti posle izbora.");
    assert_null(find(&a, PAGE_FIND_LANGUAGE, NULL, COPYDESK_WRONG_LANGUAGE));
}

static void codes(void **state)
{
    struct page_table *table = NULL;
    struct copydesk_error error;
    (void)state;
    assert_int_equal(page_table_new(&table, "en, deu,pcm", &error), COPYDESK_OK);
    page_table_free(table);
    assert_int_equal(page_table_new(&table, "en,klingon", &error), COPYDESK_ERR_OPTION);
    assert_null(table);
    assert_non_null(strstr(error.message, "klingon"));
    assert_int_equal(page_table_new(&table, "en,,de", &error), COPYDESK_ERR_OPTION);
    page_table_free(NULL);
    page_judge_free(NULL);
    page_stats_free(NULL);
}

static int make_all(void *data)
{
    struct page_table *table = NULL;
    struct page_judge *judge = NULL;
    (void)data;
    int status = page_table_new(&table, "en", NULL);
    if (status == COPYDESK_OK) {
        judge = page_judge_new(table, COPYDESK_CPU_PORTABLE);
        status = judge ? COPYDESK_OK : COPYDESK_ERR_MEMORY;
    }
    page_judge_free(judge);
    page_table_free(table);
    return status;
}

static void no_memory(void **state)
{
    (void)state;
    assert_true(test_each_allocation(make_all, NULL) > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(junk_pages),
        cmocka_unit_test(lists_of_links),
        cmocka_unit_test(articles_stay),
        cmocka_unit_test(copies_without_a_sentence),
        cmocka_unit_test(nothing_but_a_title),
        cmocka_unit_test(short_texts),
        cmocka_unit_test(nothing_in_it),
        cmocka_unit_test(noise_is_no_text),
        cmocka_unit_test(most_articles_are_quiet),
        cmocka_unit_test(what_is_cut_is_no_text),
        cmocka_unit_test(marks_of_a_cut),
        cmocka_unit_test(broken_off),
        cmocka_unit_test(finished_after_all),
        cmocka_unit_test(one_source_ends_openly),
        cmocka_unit_test(paywall_behind_a_lead),
        cmocka_unit_test(statistics_in_any_order),
        cmocka_unit_test(taken_back),
        cmocka_unit_test(languages),
        cmocka_unit_test(languages_that_cannot_be_told),
        cmocka_unit_test(codes),
        cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests_name("page", tests, setup, teardown);
}
