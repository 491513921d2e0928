// test_repair.c - what is repaired and what stays; edits and their rules; actions; short memory.
#include "test.h"

#include "base/cpu.h"
#include "repair/repair.h"

struct fixture {
    struct repairer *repairer;
    struct repaired out;
    char *text;
};

static void begin(struct fixture *f, enum copydesk_cpu level, const enum copydesk_action *actions)
{
    *f = (struct fixture){0};
    assert_int_equal(repairer_new(&f->repairer, level, actions, NULL), 0);
}

static void end(struct fixture *f)
{
    repairer_free(f->repairer);
    free(f->text);
}

static const char *repair_field(struct fixture *f, const char *text, size_t len, enum copydesk_field field,
                                const struct vocabulary *v)
{
    free(f->text);
    f->text = malloc(len + 64);
    assert_non_null(f->text);
    memcpy(f->text, text, len);
    memset(f->text + len, 'x', 64);
    assert_int_equal(repair_text(f->repairer, (struct str){f->text, len}, field, v, &f->out), 0);
    assert_true(!f->out.sound || f->out.n == 0);
    return f->out.text.data;
}

static void check(struct fixture *f, const char *name, const char *text, const char *expected,
                  enum copydesk_field field, const struct vocabulary *v)
{
    repair_field(f, text, strlen(text), field, v);
    if (f->out.text.len != strlen(expected) || memcmp(f->out.text.data, expected, f->out.text.len) != 0) {
        fail_msg("%s: \"%s\" became \"%.*s\", not \"%s\"", name, text, (int)f->out.text.len, f->out.text.data,
                 expected);
    }
}

struct repair_case {
    const char *name, *text, *expected; // expected NULL: stays as it is
};

static void check_all(const struct repair_case *cases, size_t n, enum copydesk_field field)
{
    for (int level = 0; level <= (int)cpu_level(COPYDESK_CPU_BEST); level++) {
        struct fixture f;
        begin(&f, (enum copydesk_cpu)level, NULL);
        for (size_t i = 0; i < n; i++) {
            const char *expected = cases[i].expected ? cases[i].expected : cases[i].text;
            check(&f, cases[i].name, cases[i].text, expected, field, NULL);
            if (!cases[i].expected) {
                assert_ptr_equal(f.out.text.data, f.text);
                assert_int_equal(f.out.n, 0);
            }
        }
        end(&f);
    }
}

static void misread_text_is_undone(void **state)
{
    static const struct repair_case cases[] = {
        {"a letter in a word", "Der GÃ¤rtner", "Der Gärtner"},
        {"a capital", "Ã‰cole", "École"},
        {"an apostrophe", "the gardenerâ€™s cat", "the gardener’s cat"},
        {"quotation marks", "â€œNo,â€\xc2\x9d he said", "“No,” he said"},
        {"as latin-1", "the gardener\xc3\xa2\xc2\x80\xc2\x99s cat", "the gardener’s cat"},
        {"a dash and money", "tea â€“ Â£5 or â‚¬6", "tea – £5 or €6"},
        {"a no-break space", "ten.Â\xc2\xa0 Twenty", "ten.\xc2\xa0 Twenty"},
        {"twice", "the gardenerÃ¢â‚¬â„¢s cat", "the gardener’s cat"},
        {"three times", "GÃƒÆ’Ã‚Â¤rtner", "Gärtner"},
        {"windows-1250", "GĂ¤rtner und KĂ¶che", "Gärtner und Köche"},
        {"windows-1251", "СЃР°РґРѕРІРЅРёРє РїСЂРёС€С‘Р»", "садовник пришёл"},
        {"windows-1252 of Russian", "Ñ\xc2\x81Ð°Ð´Ð¾Ð²Ð½Ð¸Ðº", "садовник"},
        {"windows-1252 of Greek", "ÎºÎ®Ï€Î¿Ï‚", "κήπος"},
        {"windows-1252 of Chinese", "å›­ä¸\xc2\x81", "园丁"},
        {"Mac Roman", "le jardin d‚Äô√©t√©", "le jardin d’été"},
        {"code page 437", "caf├⌐ ΓÇö th├⌐", "café — thé"},
        {"KOI8-R", "я│п╟п╢п╬п╡п╫п╦п╨", "садовник"},
        {"beside sound text", "“Der Köchin” GÃ¤rtner", "“Der Köchin” Gärtner"},
        {"an emoji", "good ðŸ˜€ day", "good 😀 day"},
        {"a lost blank", "voilÃ le jardin", "voilà le jardin"},
        {"a lost last byte", "â€œthe garden !â€\xef\xbf\xbd", "“the garden !\xef\xbf\xbd"},
        {"weak beside strong", "СЃР°РґРѕРІРЅРёРє Рё РєРѕС‚ РІ СЃР°РґСѓ", "садовник и кот в саду"},
    };
    (void)state;
    check_all(cases, COUNT_OF(cases), COPYDESK_FIELD_TEXT);
}

static void right_text_stays(void **state)
{
    static const struct repair_case cases[] = {
        {"Portuguese capitals", "PÃO E MAÇÃ, MÃE… “AMANHÃ” «IRMÃ»", NULL},
        {"Portuguese capitals and marks", "VOCÊ… JOSÉ’S CAFÉ® SÓ”", NULL},
        {"French with no-break spaces", "« le café\xc2\xa0» l’été, à\xc2\xa0: «\xc2\xa0voilà\xc2\xa0»", NULL},
        {"Vietnamese", "XÃ HỘI, ĐÃ “NGÃ” ở Huế", NULL},
        {"Icelandic", "það er ÞÓ „Ísland“ ðe", NULL},
        {"Romanian", "NICIODATĂ\xc2\xa0și “COBORÂ” în", NULL},
        {"Finnish",
         "SELKÄ\xc2\xa0"
         "EDELLÄ…",
         NULL},
        {"Ukrainian", "дії компанії Росії; Він: ВІКІ «Лії» та її", NULL},
        {"Russian", "Её ёлка, в\xc2\xa0США» — №5 «В°»", NULL},
        {"Greek", "Ο κήπος «της» Άννας… ΰ’", NULL},
        {"Hebrew", "צ׳ק “הגן” ד״ר", NULL},
        {"German quotation marks", "„Ä“ und „Ö“, „CAFÉ“", NULL},
        {"a size", "4×4, 5×£35, 10 Å—12 Å", NULL},
        {"a face", "( o¬ô ) `¬´ Ō¬o", NULL},
        {"mathematics", "∆° and √π, 2012—∞", NULL},
        {"line drawing", "├┤a┼┐a┼┐a", NULL},
        {"a letter by itself", "a lot of Ã’s and Â in it", NULL},
        {"Chinese", "“园丁”——他说…", NULL},
        {"garbled in another way", "Íøºó±±£º×ª»î¶¯", NULL},
    };
    (void)state;
    check_all(cases, COUNT_OF(cases), COPYDESK_FIELD_TEXT);
}

// Whole texts of one single-byte charset read in another.
static void single_bytes(void **state)
{
    static const struct repair_case cases[] = {
        {"windows-1251", "Ñàäîâíèê ïîñàäèë ïîä îêíîì ÿáëîíþ, ãðóøó è «âèøíþ» — òðè äåðåâà.",
         "Садовник посадил под окном яблоню, грушу и «вишню» — три дерева."},
        {"windows-1251, Ukrainian", "Ñàä ¿¿ âåëèêèé: òóò ðîñòóòü âèøí³, ãðóø³ òà ÿáëóí³.",
         "Сад її великий: тут ростуть вишні, груші та яблуні."},
        {"KOI8-R", "óÁÄÏ×ÎÉË ÐÏÓÁÄÉÌ ÐÏÄ ÏËÎÏÍ ÑÂÌÏÎÀ, ÇÒÕÛÕ É \"×ÉÛÎÀ\" - ÔÒÉ ÄÅÒÅ×Á.",
         "Садовник посадил под окном яблоню, грушу и \"вишню\" - три дерева."},
        {"windows-1253", "Ï êçðïõñüò öýôåøå ìßá ìçëéÜ êáé ìßá êåñáóéÜ óôïí êÞðï.",
         "Ο κηπουρός φύτεψε μία μηλιά και μία κερασιά στον κήπο."},
        {"windows-1255", "äâðï ùúì òõ úôåç åòõ ãåáãáï ìéã äçìåï ùì äáéú äéùï.",
         "הגנן שתל עץ תפוח ועץ דובדבן ליד החלון של הבית הישן."},
        {"windows-1251, words that would have one accent in Greek",
         "Îñåíü, äîæäü, íî÷ü: ñòåïü è òåíü. Æèçíü, äåíü, ðå÷ü, ñîëü, áîëü, äî÷ü.",
         "Осень, дождь, ночь: степь и тень. Жизнь, день, речь, соль, боль, дочь."},
        {"goes on in English",
         "Ñàäîâíèê ïîñàäèë ïîä îêíîì ÿáëîíþ, ãðóøó è âèøíþ, à ïîòîì åù¸ ñëèâó, ðÿáèíó è êàëèíó. Âåñíîé îíè "
         "çàöâåëè, è ñàä ñòàë áåëûì. Äåòè ñîáèðàëè ÿáëîêè äî ïîçäíåé îñåíè. The gardener planted an apple "
         "tree, a pear tree and a cherry tree under the window, and later a plum as well.",
         NULL},
        {"GBK", "Ô°¶¡ÔÚ´°ÏÂÖÖÁËÆ»¹ûÊ÷¡¢ÀæÊ÷ºÍÓ£ÌÒÊ÷¡£ËûÃ¿ÌìÔçÉÏ¸øËüÃÇ½½Ë®¡£", NULL},
        {"capitals only", "ÑÀÄÎÂÍÈÊ ÏÎÑÀÄÈË ÏÎÄ ÎÊÍÎÌ ßÁËÎÍÞ", NULL},
        {"half of it Latin", "Alexander: ñàäîâíèê ïîñàäèë ÿáëîíþ (The gardener planted an apple tree)", NULL},
        {"short", "Ñàäîâíèê ñïèò", NULL},
    };
    (void)state;
    check_all(cases, COUNT_OF(cases), COPYDESK_FIELD_TEXT);
}

static void controls(void **state)
{
    static const struct repair_case cases[] = {
        {"among other controls", "gard@\xc2\x80\b\xc2\x80\b (G. Dener)", "gard@ (G. Dener)"},
        {"end mark of DOS", "He planted it himself.\n\x1a\n", "He planted it himself.\n\n"},
        {"C1",
         "the gardener\xc2\x92s \xc2\x93tea\xc2\x94 \xc2\x96 \xc2\x80"
         "5\xc2\x85",
         "the gardener’s “tea” – €5…"},
        {"C1 without a meaning", "a\xc2\x81z", NULL},
        {"C0",
         "a\x01"
         "b\x1f\x7f"
         "c",
         "abc"},
        {"tab and line feed", "a\tb\nc", NULL},
        {"line ends",
         "a\r\nb\rc\x0b"
         "d\x0c"
         "e",
         "a\nb\nc\nd\ne"},
        {"line separators",
         "a\xe2\x80\xa8"
         "b\xe2\x80\xa9"
         "c",
         "a\nb\nc"},
        {"terminal colours", "a \x1b[1;31mred\x1b[0m b", "a red b"},
        {"soft hyphen",
         "gar\xc2\xad"
         "den",
         "garden"},
        {"zero-width space and byte order marks",
         "\xef\xbb\xbfgar\xe2\x80\x8b"
         "den\xef\xbb\xbf",
         "garden"},
        {"joiner between Latin letters",
         "gar\xe2\x80\x8c"
         "d\xe2\x80\x8d"
         "en",
         "garden"},
        {"joiner of Persian", "می\xe2\x80\x8cروم", NULL},
        {"joiner of Hindi", "क्\xe2\x80\x8dष", NULL},
        {"joiner of an emoji", "👩\xe2\x80\x8d🌾", NULL},
        {"word break of Khmer", "ខ្ញុំ\xe2\x80\x8bទៅ", NULL},
        {"direction marks in Hebrew", "הגן\xe2\x80\x8f (5)\xe2\x80\x8e", NULL},
        {"direction marks in English", "garden\xe2\x80\x8f (5)\xe2\x80\x8e \xe2\x81\xa6@tea\xe2\x81\xa9",
         "garden (5) @tea"},
        {"object mark and noncharacter",
         "a\xef\xbf\xbc"
         "b\xef\xbf\xbf"
         "c",
         "abc"},
        {"a letter in pieces", "cafe\xcc\x81 and u\xcc\x88", "café and ü"},
        {"marks out of order", "o\xcc\x81\xcc\xa3", "ọ\xcc\x81"},
        {"marks without a form of their own", "x\xcc\x81 ọ\xcc\x81", NULL},
        {"kana", "か\xe3\x82\x99", "が"},
        {"Hangul", "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xab", "간"},
        {"a mark without a letter", " \xcc\x81", NULL},
    };
    (void)state;
    check_all(cases, COUNT_OF(cases), COPYDESK_FIELD_TEXT);
}

static void markup(void **state)
{
    static const struct repair_case cases[] = {
        {"named", "caf&eacute; &amp; t&ecirc;te &ndash; &euro;5&nbsp;", "café & tête – €5\xc2\xa0"},
        {"numbers", "&#8217;&#x2019;&#146;&#233;", "’’’é"},
        {"a pair of surrogates", "&#55357;&#56832;", "😀"},
        {"twice and three times", "caf&amp;eacute; &amp;amp;amp; &amp;#8217;", "café & ’"},
        {"without a semicolon", "a&nbsp b &#233 c", "a\xc2\xa0 b é c"},
        {"not entities", "AT&T, R&D; a & b &c; &; &#; &#x; ?a=1&copy=2&amp", NULL},
        {"no characters", "&#0; &#xd800; &#1114112; &#7;", NULL},
        {"comparison", "a < b, c <d and e> f, <3, 5<6>2", NULL},
        {"addresses", "<anna@example.org> <http://example.org/>", NULL},
        {"words in angle brackets", "usage: tool <time> <address> <name>", NULL},
        {"inline", "a <b>very</b> <em class=\"x\">big</em> <a href='/y'>gar</a>den", "a very big garden"},
        {"samples", "Mended in this version: lists such as <ul> <li class=...>pears</li> </ul>.", NULL},
        {"a text about HTML", "In HTML, a word in <b>bold</b> is written so.", NULL},
        {"not about it", "See pears.HTML or <b>ask</b>.", "See pears.HTML or ask."},
        {"a document behind prose",
         "The gardener wrote his own page, with all the pears he had ever grown and a map of the orchard. It "
         "took "
         "him the winter and a good part of spring, and this is how it began, letter by letter, as he showed "
         "us: "
         "<html> <head> <title>Pears</title> </head>",
         NULL},
        {"a whole document", "<html><head><title>Pears</title></head><body><p>One.</p></body></html>",
         "Pears\nOne.\n"},
        {"bytes of something else", "M-;LV[!+639^?<P>_D86HU2&<P>\\/5#", NULL},
        {"paragraphs", "<p>One.</p><p>Two.</p>\n<p class=\"a b\">Three.</p>", "One.\nTwo.\nThree."},
        {"breaks", "One.<br>Two.<br /><BR/>Three.<hr>", "One.\nTwo.\nThree."},
        {"one left open", "One.<p>Two.", "One.\nTwo."},
        {"comments and scripts", "a<!-- b <p> -->c<script type='x'>if (a<b) d()</script>e", "ace"},
        {"of a word processor", "a<o:p></o:p><?xml version='1'?>b<![CDATA[c", "abc"},
        {"attributes without a value", "<input type=checkbox checked disabled>a", "a"},
        {"a > in an attribute", "<a title=\"x > y\" href=z>b</a>", "b"},
        {"escaped tags", "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;", "One.\nTwo."},
        {"cut off", "a <div class=\"b", NULL},
        {"misread as entities", "G&Atilde;&curren;rtner", "Gärtner"},
        {"C1 in an entity", "a&nbsp;\xc2\x96 b", "a\xc2\xa0– b"},
    };
    static const struct repair_case titles[] = {
        {"break in a title", "One<br>two", "One two"},
        {"break beside a blank", "One <br>two", "One two"},
        {"line end in a title", "One\rtwo", "One two"},
    };
    (void)state;
    check_all(cases, COUNT_OF(cases), COPYDESK_FIELD_TEXT);
    check_all(titles, COUNT_OF(titles), COPYDESK_FIELD_TITLE);
}

static void edits_say_what_and_where(void **state)
{
    static const struct {
        const char *text;
        struct {
            enum copydesk_rule rule;
            uint32_t start, end;
            const char *to;
        } edits[4];
    } cases[] = {
        {"GÃ¤rtner", {{COPYDESK_MOJIBAKE, 1, 5, "ä"}}},
        {"a\x01 &amp; b", {{COPYDESK_CONTROL_CHARACTERS, 1, 2, ""}, {COPYDESK_HTML_RESIDUE, 3, 8, "&"}}},
        // The rule of the outer ill, the result of all.
        {"G&Atilde;&curren;rtner", {{COPYDESK_HTML_RESIDUE, 1, 17, "ä"}}},
        {"GÃƒÂ¤rtner", {{COPYDESK_MOJIBAKE, 1, 9, "ä"}}},
        {"x &lt;b&gt;y&lt;/b&gt;", {{COPYDESK_HTML_RESIDUE, 2, 11, ""}, {COPYDESK_HTML_RESIDUE, 12, 22, ""}}},
        {"caf\xef\xbf\xbd \xc2\x96",
         {{COPYDESK_INVALID_UTF8, 3, 6, "\xef\xbf\xbd"}, {COPYDESK_C1_CONTROLS, 7, 9, "–"}}},
        {"caf\x1a", {{COPYDESK_INVALID_UTF8, 3, 4, "\x1a"}}},
    };
    struct fixture f;
    (void)state;
    begin(&f, COPYDESK_CPU_BEST, NULL);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        repair_field(&f, cases[i].text, strlen(cases[i].text), COPYDESK_FIELD_TEXT, NULL);
        for (size_t k = 0; k < COUNT_OF(cases[i].edits); k++) {
            if (!cases[i].edits[k].to) {
                assert_int_equal(f.out.n, k);
                break;
            }
            assert_true(k < f.out.n);
            assert_int_equal(f.out.edits[k].rule, cases[i].edits[k].rule);
            assert_int_equal(f.out.edits[k].field, COPYDESK_FIELD_TEXT);
            assert_int_equal(f.out.edits[k].start, cases[i].edits[k].start);
            assert_int_equal(f.out.edits[k].end, cases[i].edits[k].end);
            assert_true(str_equal(f.out.edits[k].to, str_of(cases[i].edits[k].to)));
            assert_true(f.out.edits[k].score > 0 && f.out.edits[k].score <= 10000);
        }
    }
    end(&f);
}

static void actions_decide(void **state)
{
    static const char text[] = "G\xc3\x83\xc2\xa4rtner &amp; <b>a</b>\x01";
    enum copydesk_action actions[COPYDESK_N_RULES] = {COPYDESK_OFF};
    struct fixture f;
    (void)state;
    begin(&f, COPYDESK_CPU_BEST, actions);
    repair_field(&f, text, strlen(text), COPYDESK_FIELD_TEXT, NULL);
    assert_int_equal(f.out.n, 0);
    assert_ptr_equal(f.out.text.data, f.text);
    end(&f);

    actions[COPYDESK_MOJIBAKE] = COPYDESK_FLAG;
    begin(&f, COPYDESK_CPU_BEST, actions);
    repair_field(&f, text, strlen(text), COPYDESK_FIELD_TEXT, NULL);
    assert_int_equal(f.out.n, 1);
    assert_int_equal(f.out.edits[0].rule, COPYDESK_MOJIBAKE);
    assert_true(str_equal(f.out.edits[0].to, STR("ä")));
    assert_ptr_equal(f.out.text.data, f.text);
    end(&f);

    // What is flagged keeps its place in the input beside what is repaired.
    actions[COPYDESK_HTML_RESIDUE] = COPYDESK_REPAIR;
    actions[COPYDESK_CONTROL_CHARACTERS] = COPYDESK_FLAG;
    begin(&f, COPYDESK_CPU_BEST, actions);
    check(&f, "flagged and repaired", text, "G\xc3\x83\xc2\xa4rtner & a\x01", COPYDESK_FIELD_TEXT, NULL);
    assert_int_equal(f.out.n, 5);
    assert_int_equal(f.out.edits[0].start, 1);
    assert_int_equal(f.out.edits[4].rule, COPYDESK_CONTROL_CHARACTERS);
    assert_int_equal(f.out.edits[4].start, strlen(text) - 1);
    end(&f);
}

static void the_corpus_confirms(void **state)
{
    static const char *const words[] = {"Ålesund", "ÅLESUND", "gardž"};
    struct vocabulary *v = vocabulary_new(1 << 12);
    struct fixture f;
    (void)state;
    assert_non_null(v);
    begin(&f, COPYDESK_CPU_BEST, NULL);
    check(&f, "not known", "GARDÃ…", "GARDÃ…", COPYDESK_FIELD_TITLE, v);
    assert_false(f.out.sound);
    check(&f, "nothing to know", "Gårdå: “stop”", "Gårdå: “stop”", COPYDESK_FIELD_TITLE, v);
    assert_true(f.out.sound);
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        vocabulary_add(v, str_of(words[i]));
    }
    vocabulary_add(v, STR("gardå og Gardå"));
    check(&f, "known", "GARDÃ…", "GARDÅ", COPYDESK_FIELD_TITLE, v);
    check(&f, "known as it is", "gardž", "gardž", COPYDESK_FIELD_TITLE, v);
    vocabulary_add(v, STR("où, ù, ù et ù"));
    check(&f, "a letter alone is no word to go by", "x = √π", "x = √π", COPYDESK_FIELD_TITLE, v);
    end(&f);
    vocabulary_free(v);
}

static void hostile_depth_is_left_alone(void **state)
{
    struct fixture f;
    struct buf text = {0};
    (void)state;
    for (int i = 0; i < 40; i++) {
        buf_add_str(&text, STR("<br"));
    }
    for (int i = 0; i < 40; i++) {
        buf_add_char(&text, '>');
    }
    begin(&f, COPYDESK_CPU_BEST, NULL);
    repair_field(&f, text.data, text.len, COPYDESK_FIELD_TEXT, NULL);
    assert_int_equal(f.out.n, 0);
    assert_int_equal(f.out.text.len, text.len);
    end(&f);
    buf_release(&text);
}

static int run_short_of_memory(void *data)
{
    static const char text[] = "G\xc3\x83\xc2\xa4rtner &amp;amp; <p>a</p>\x01 e\xcc\x81 \xef\xbf\xbd"
                               "0123456789012345678901234567890123456789012345678901234567890123456789";
    struct repairer *r = NULL;
    struct repaired out;
    (void)data;
    int status = repairer_new(&r, COPYDESK_CPU_BEST, NULL, NULL);
    if (status == 0) {
        status = repair_text(r, (struct str){text, sizeof text - 1 - 64}, COPYDESK_FIELD_TEXT, NULL, &out);
    }
    repairer_free(r);
    return status;
}

static void short_of_memory(void **state)
{
    (void)state;
    assert_true(test_each_allocation(run_short_of_memory, NULL) > 5);
    repairer_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misread_text_is_undone),
        cmocka_unit_test(right_text_stays),
        cmocka_unit_test(single_bytes),
        cmocka_unit_test(controls),
        cmocka_unit_test(markup),
        cmocka_unit_test(edits_say_what_and_where),
        cmocka_unit_test(actions_decide),
        cmocka_unit_test(the_corpus_confirms),
        cmocka_unit_test(hostile_depth_is_left_alone),
        cmocka_unit_test(short_of_memory),
    };
    return cmocka_run_group_tests_name("repair", tests, NULL, NULL);
}
