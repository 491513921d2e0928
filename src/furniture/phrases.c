// phrases.c - the table of phrases, and finding them. Contract in phrases.h.
//
// To extend: add a phrase to a row, or a row. A row is one rule, one use, and phrases parted by '|', as
// many as a language has; letter case and punctuation make no difference, since a phrase is compared by
// its folded words. A figure stands for any figure. Only what readers of that language know as page
// furniture belongs here: a phrase that begins true sentences ("The company said") does not.
//
// Where they come from: general knowledge of news sites; the names of picture agencies and of share
// buttons are the same everywhere. Which kinds of phrases are worth having in which language was checked
// against what public extractors strip: the share words of trafilatura, the byline and "extraneous" words
// of Readability, and the photo credits and publisher notices that the parsers of fundus remove (Foto,
// Bild, ©, 撮影, 제공, 기자 ...).
//
// Phrases are found by the hash of their first word, through a filter of 4096 bits that nearly every word
// fails.

#include "furniture/phrases.h"

#include "base/mem.h"

#include <string.h>

struct row {
    const char *languages;
    enum copydesk_rule rule;
    enum phrase_use use;
    const char *phrases;
};

#define AD      COPYDESK_NOTICE
#define NOTICE  COPYDESK_NOTICE
#define RELATED COPYDESK_RELATED_HEADLINES
#define SHARE   COPYDESK_SHARE_BAR
#define BYLINE  COPYDESK_BYLINE
#define CREDIT  COPYDESK_DATELINE_CREDIT
#define CAPTION COPYDESK_CAPTION
#define SECTION COPYDESK_REPEATED_LINE
#define GLUED   COPYDESK_GLUED_LINKS

static const struct row rows[] = {
    // ---- advertisement
    {"en", AD, PHRASE_LINE,
     "advertisement|advertisements|story continues below advertisement|story continues below|article "
     "continues below|"
     "article continues after this ad|article continues after advertisement|continue reading below|"
     "continue reading the main story|advertisement continue reading below|sponsored content|"
     "paid content|"
     "scroll down to continue|scroll to continue|this story continues below"},
    {"de", AD, PHRASE_LINE,
     "anzeige|anzeigen|werbung|weiter nach der anzeige|weiterlesen nach der anzeige|"
     "artikel wird nach der "
     "anzeige fortgesetzt|"
     "nach der werbung weiterlesen"},
    {"fr", AD, PHRASE_LINE,
     "publicité|la suite après cette publicité|la suite après la publicité|contenu sponsorisé|"
     "annonce|suite "
     "de l'article après la publicité"},
    {"es", AD, PHRASE_LINE,
     "publicidad|anuncio|continúa después de la publicidad|sigue leyendo después de la publicidad|la "
     "historia continúa abajo"},
    {"pt", AD, PHRASE_LINE,
     "publicidade|anúncio|continua depois da publicidade|continua após a publicidade|continua após o "
     "anúncio"},
    {"it", AD, PHRASE_LINE,
     "pubblicità|annuncio|l'articolo continua dopo la pubblicità|continua a leggere dopo la pubblicità"},
    {"ru uk be", AD, PHRASE_LINE,
     "реклама|на правах рекламы|продолжение после рекламы|читать далее после рекламы|продовження після "
     "реклами|рэклама"},
    {"tr", AD, PHRASE_LINE,
     "reklam|reklamlar|haberin devamı|reklamdan sonra devam ediyor|haberin devamı reklamdan sonra"},
    {"ar fa ur", AD, PHRASE_LINE, "إعلان|إعلانات|اعلان|يستمر بعد الإعلان|مساحة إعلانية|تبلیغات|آگهی|اشتہار"},
    {"zh ja ko", AD, PHRASE_LINE,
     "广告|廣告|以下为广告|以下為廣告|相关广告|广告之后继续|广告后继续阅读|広告|広告の後に続く|광고"},
    {"hi bn", AD, PHRASE_LINE, "विज्ञापन|विज्ञापन के बाद जारी|খবরের বাকি অংশ বিজ্ঞাপনের পর|বিজ্ঞাপন"},
    {"nl sv da no fi pl cs hu ro el", AD, PHRASE_LINE,
     "advertentie|annons|annonce|mainos|reklama|reklamy|inzerce|hirdetés|publicitate|διαφήμιση|artikeln "
     "fortsätter efter annonsen|"
     "artikel gaat verder onder de advertentie"},
    {"sq sw id vi", AD, PHRASE_LINE, "reklamë|reklama|tangazo|iklan|advertorial|quảng cáo"},

    // ---- copyright
    {"en", NOTICE, PHRASE_HAS,
     "all rights reserved|may not be published broadcast rewritten|may not be reproduced|"
     "reprint permission|"
     "no part of this publication|republished with permission|terms of use|terms of service|"
     "privacy policy|"
     "without express permission|for reproduction rights|click here for reprint"},
    {"de", NOTICE, PHRASE_HAS,
     "alle rechte vorbehalten|nachdruck verboten|nachdruck nur mit "
     "genehmigung|datenschutzhinweise|datenschutzerklärung"},
    {"fr", NOTICE, PHRASE_HAS,
     "tous droits réservés|reproduction interdite|toute reproduction|politique de confidentialité"},
    {"es pt it", NOTICE, PHRASE_HAS,
     "todos los derechos reservados|prohibida la reproducción|política de privacidad|todos os direitos "
     "reservados|"
     "proibida a reprodução|é proibida a reprodução|política de cookies|tutti i diritti "
     "riservati|riproduzione riservata|informativa sulla privacy"},
    {"ru uk", NOTICE, PHRASE_HAS,
     "все права защищены|перепечатка запрещена|при цитировании ссылка|при перепечатке|всі права "
     "захищені|політика конфіденційності|политика конфиденциальности"},
    {"tr sq sw id vi", NOTICE, PHRASE_HAS,
     "tüm hakları saklıdır|her hakkı saklıdır|izinsiz kullanılamaz|kaynak gösterilmeden|të gjitha të "
     "drejtat|haki zote zimehifadhiwa|hak cipta|mọi quyền được bảo lưu"},
    {"ar fa ur", NOTICE, PHRASE_HAS,
     "جميع الحقوق محفوظة|كل الحقوق محفوظة|تمامی حقوق|کلیه حقوق|جملہ حقوق محفوظ"},
    {"zh ja ko", NOTICE, PHRASE_HAS,
     "版权所有|版權所有|未经许可|未经授权|禁止转载|不得转载|無断転載|無断複製|무단 전재|무단전재|재배포 "
     "금지"},
    {"hi bn", NOTICE, PHRASE_HAS, "सर्वाधिकार सुरक्षित|সর্বস্বত্ব সংরক্ষিত"},
    {"nl sv da no fi pl cs hu ro el", NOTICE, PHRASE_HAS,
     "alle rechten voorbehouden|alla rättigheter förbehållna|alle rettigheder forbeholdes|alle "
     "rettigheter|kaikki oikeudet pidätetään|"
     "wszelkie prawa zastrzeżone|všechna práva vyhrazena|minden jog fenntartva|"
     "toate drepturile rezervate|με "
     "την επιφύλαξη παντός δικαιώματος"},
    {"any", NOTICE, PHRASE_START, "copyright|©"},

    // ---- newsletters, apps, cookies, comments
    {"en", NOTICE, PHRASE_START,
     "follow|sign up for|sign up to|subscribe to|subscribe now|get the latest|get our|"
     "click here to|click "
     "here for|download the|download our|"
     "enter your email|you can unsubscribe|unsubscribe at any time|by signing up|by subscribing|by "
     "continuing to|this site uses cookies|"
     "this website uses cookies|we use cookies|like us on|follow us on|join us on|find us on|"
     "have a tip|got "
     "a tip|send us a tip|support independent journalism|"
     "become a member|comments are closed|comments on this story|read our privacy|thank you for "
     "signing|already a subscriber|"
     "this article is for subscribers|please enable javascript|have an opinion|"
     "join the conversation|want "
     "more|never miss a story|"
     "support our journalism|log in to|sign in to|listen to this article|reporting a correction"},
    {"en", NOTICE, PHRASE_HAS,
     "on facebook and twitter|on facebook and|in your inbox|to your inbox|our newsletter|daily "
     "newsletter|daily newsletters|uses cookies|use of cookies|community guidelines|comment policy|"
     "our daily email|newsletter sign up|your email address|unsubscribe at any time|be the first to know"},
    {"de", NOTICE, PHRASE_HAS,
     "newsletter abonnieren|newsletter anmelden|ihrem postfach|ihr postfach|abmeldung ist jederzeit "
     "möglich|verwendet cookies|nutzt cookies|folgen sie uns|"
     "e-mail-adresse eingeben|jetzt abonnieren|kommentare werden moderiert|mail-adresse|zum newsletter"},
    {"fr", NOTICE, PHRASE_HAS,
     "inscrivez-vous à|abonnez-vous|votre boîte mail|votre boîte|notre newsletter|la "
     "newsletter|l'utilisation de cookies|utilise des cookies|suivez-nous sur|"
     "vous désinscrire|adresse e-mail|votre adresse"},
    {"es", NOTICE, PHRASE_HAS,
     "suscríbete|suscríbase|nuestro boletín|boletín diario|tu correo|su correo electrónico|utiliza "
     "cookies|uso de cookies|síguenos en|síganos en|darse de baja|darte de baja"},
    {"pt", NOTICE, PHRASE_HAS,
     "assine nossa|assine a newsletter|nossa newsletter|no seu e-mail|seu e-mail|utiliza cookies|usa "
     "cookies|siga-nos|cancelar a inscrição|inscreva-se|receba as notícias"},
    {"it", NOTICE, PHRASE_HAS,
     "iscriviti alla|la nostra newsletter|utilizza i cookie|utilizza cookie|seguici su|tua email|la tua "
     "casella"},
    {"ru uk", NOTICE, PHRASE_HAS,
     "подпишитесь на|подписывайтесь на|подписаться на|наш телеграм|нашу рассылку|в telegram|"
     "использует файлы "
     "cookie|использует cookie|підписуйтесь на|підпишіться на|читайте нас в|отписаться"},
    {"tr", NOTICE, PHRASE_HAS,
     "bültenimize|bültene|abone olun|abone ol|çerez kullan|çerezleri|bizi takip edin|e-posta "
     "adresinizi|gelen kutunuza"},
    {"ar fa ur", NOTICE, PHRASE_HAS,
     "اشترك في|نشرتنا|النشرة البريدية|ملفات تعريف الارتباط|تابعونا على|تابعنا على|"
     "على الهاتف|أول من يعلم|حملوا تطبيق|حمل تطبيق|بريدك الإلكتروني|إلغاء "
     "الاشتراك|خبرنامه|ما را در|فالو کریں|سبسکرائب"},
    {"zh ja ko", NOTICE, PHRASE_HAS,
     "订阅我们|订阅本报|电子邮箱|退订|使用cookie|关注我们|扫描二维码|扫码关注|微信公众号|客户端|"
     "メールマガジン|ニュースレター|구독하기|뉴스레터"},
    {"hi bn", NOTICE, PHRASE_HAS, "न्यूज़लेटर|न्यूजलेटर|सब्सक्राइब|कुकीज़|फॉलो करें|आपके इनबॉक्स|ফলো করুন"},
    {"nl sv da no fi pl cs hu ro el", NOTICE, PHRASE_HAS,
     "schrijf je in|nieuwsbrief|prenumerera på|nyhetsbrev|nyhedsbrev|tilmeld dig|meld deg "
     "på|uutiskirje|zapisz się|newslettera|newsletteru|iratkozzon "
     "fel|hírlevél|abonează-te|εγγραφείτε|newsletter μας"},

    // ---- related
    {"en", RELATED, PHRASE_LABEL,
     "read more|read also|read next|more|more on this story|related|related story|related "
     "stories|related article|related articles|"
     "related content|see also|also read|also see|watch|watch also|recommended|"
     "recommended stories|you may "
     "also like|you might also like|don't miss|must read|"
     "most read|most popular|most viewed|trending|trending now|top stories|more stories|up next|"
     "in case you "
     "missed it|read the full story|what to read next|editor's picks|more coverage|"
     "more from|latest stories|popular now|on this topic|read it here|continue reading|"
     "further reading|also "
     "on this"},
    {"de", RELATED, PHRASE_LABEL,
     "lesen sie auch|lesen sie hier|lesen sie mehr|mehr lesen|mehr zum thema|mehr dazu|siehe auch|zum "
     "weiterlesen|auch interessant|das könnte sie auch interessieren|"
     "das könnte sie interessieren|meistgelesen|meist gelesen|weitere artikel|weitere themen|verwandte "
     "artikel|verwandte themen|lesetipp|passend dazu|mehr aus|empfohlen|ebenfalls interessant"},
    {"fr", RELATED, PHRASE_LABEL,
     "lire aussi|à lire aussi|lire également|à lire|lire la suite|voir aussi|à voir aussi|"
     "en savoir plus|sur "
     "le même sujet|sur le même thème|articles liés|articles connexes|"
     "vous aimerez aussi|les plus lus|le plus lu|à lire également|notre sélection|retrouvez aussi|"
     "pour aller "
     "plus loin|lire plus|dans l'actualité|à découvrir"},
    {"es", RELATED, PHRASE_LABEL,
     "lea también|lee también|leer más|lee más|lea más|más información|ver también|vea también|te puede "
     "interesar|te puede gustar|le puede interesar|te recomendamos|noticias relacionadas|"
     "relacionado|relacionados|relacionadas|más leídas|lo más leído|más noticias|además|sigue "
     "leyendo|artículos relacionados|también te puede interesar|también puede leer"},
    {"pt", RELATED, PHRASE_LABEL,
     "leia também|leia mais|saiba mais|veja também|confira também|veja mais|notícias "
     "relacionadas|relacionadas|mais lidas|as mais lidas|você pode gostar|você também pode "
     "gostar|recomendado|mais notícias|continue lendo|assista|ler mais|artigos relacionados"},
    {"it", RELATED, PHRASE_LABEL,
     "leggi anche|leggi di più|per approfondire|vedi anche|articoli correlati|ti potrebbe "
     "interessare|potrebbe interessarti|i più letti|guarda anche|continua a leggere|notizie "
     "correlate|approfondisci"},
    {"ru uk", RELATED, PHRASE_LABEL,
     "читайте также|читать также|читайте еще|читайте ещё|смотрите также|подробнее|по теме|материалы по "
     "теме|еще по теме|ещё по теме|самое читаемое|популярное|другие новости|вам может быть "
     "интересно|рекомендуем|см также|новости по теме|"
     "читайте також|читати також|дивіться також|за темою|детальніше"},
    {"tr", RELATED, PHRASE_LABEL,
     "ayrıca okuyun|bunu da okuyun|devamını oku|daha fazla|ilgili haberler|ilgili haber|ilginizi "
     "çekebilir|en çok okunanlar|en çok okunan|daha fazla haber|öne çıkanlar|bunlar da ilginizi "
     "çekebilir|haberin detayı"},
    {"ar fa ur", RELATED, PHRASE_LABEL,
     "اقرأ أيضا|اقرأ أيضًا|اقرأ أيضاً|إقرأ أيضا|اقرأ المزيد|شاهد أيضا|طالع أيضا|أخبار ذات صلة|مواضيع ذات "
     "صلة|مقالات ذات صلة|الأكثر قراءة|قد يعجبك أيضا|المزيد|للمزيد|بیشتر بخوانید|همچنین بخوانید|"
     "مزید پڑھیں|یہ "
     "بھی پڑھیں|متعلقہ خبریں|سب سے زیادہ پڑھی جانے والی خبریں"},
    {"zh ja ko", RELATED, PHRASE_LABEL,
     "相关新闻|相关阅读|相关报道|相关链接|延伸阅读|更多报道|更多新闻|推荐阅读|阅读更多|热门新闻|点击查看|"
     "另见|更多|相關新聞|延伸閱讀|関連記事|関連ニュース|あわせて読みたい|もっと読む|おすすめ記事|人気記事|"
     "관련 기사|관련기사|더보기|많이 본 뉴스"},
    {"hi bn", RELATED, PHRASE_LABEL,
     "यह भी पढ़ें|ये भी पढ़ें|और पढ़ें|इसे भी पढ़ें|इसे भी देखें|संबंधित खबरें|संबंधित ख़बरें|"
     "सबसे ज़्यादा पढ़ी गईं|सबसे ज्यादा पढ़ी गई|"
     "আরও "
     "পড়ুন|আরো পড়ুন"},
    {"nl sv da no fi pl cs hu ro el", RELATED, PHRASE_LABEL,
     "lees ook|lees meer|läs också|läs även|läs mer|læs også|les også|lue myös|lue lisää|"
     "czytaj też|czytaj "
     "także|czytaj więcej|zobacz także|čtěte také|čtěte dále|olvassa el ezt is|citește și|citeşte "
     "şi|διαβάστε επίσης|διαβάστε ακόμα"},
    {"sq sw id vi", RELATED, PHRASE_LABEL,
     "lexo edhe|lexoni gjithashtu|lexo më shumë|lexoni edhe|lajme të ngjashme|më të lexuarat|të "
     "ngjashme|soma zaidi|soma pia|habari zaidi|zilizosomwa zaidi|baca juga|baca selengkapnya|berita "
     "terkait|xem thêm|đọc thêm|tin liên quan"},

    // ---- share buttons
    {"any", SHARE, PHRASE_BUTTON,
     "facebook|twitter|whatsapp|pinterest|linkedin|telegram|reddit|tumblr|messenger|instagram|"
     "google+|google plus|google|youtube|"
     "vk|vkontakte|xing|viber|weibo|pocket|flipboard|x|email|e-mail|mail|messenger|mastodon|bluesky|"
     "threads|copy link|livejournal|odnoklassniki"},
    {"en", SHARE, PHRASE_BUTTON,
     "share|shares|share this|share on|share via|shared|share this article|share this story|"
     "share this page|share with|tweet|tweets|pin|pin it|print|print this|comment|comments|like|"
     "save|send|follow|copy|link|bookmark"},
    {"de", SHARE, PHRASE_BUTTON,
     "teilen|twittern|drucken|mailen|merken|kommentare|kommentieren|senden|speichern|feedback|"
     "weiterleiten|empfehlen|link kopieren"},
    {"fr", SHARE, PHRASE_BUTTON,
     "partager|partagez|tweeter|twitter|imprimer|envoyer|commenter|commentaires|enregistrer|"
     "recommander|copier le lien|courriel"},
    {"es pt it", SHARE, PHRASE_BUTTON,
     "compartir|comparte|correo|imprimir|comentarios|comentar|tuitear|guardar|enviar|compartilhar|"
     "compartilhe|tuitar|tweetar|comentários|salvar|condividi|stampa|invia|commenti|partilhar|"
     "copiar enlace|copiar link"},
    {"ru uk tr", SHARE, PHRASE_BUTTON,
     "поделиться|поделитесь|вконтакте|одноклассники|твитнуть|распечатать|печать|отправить|"
     "комментарии|комментировать|поділитися|телеграм|сохранить|paylaş|facebook'ta|twitter'da|"
     "whatsapp'ta|tweetle|yazdır|e-posta|gönder|yorum|yorumlar|yorum yap|kaydet"},
    {"ar fa ur", SHARE, PHRASE_BUTTON,
     "شارك|شاركها|مشاركة|شارك على|فيسبوك|تويتر|واتساب|تلغرام|تليغرام|طباعة|بريد|إلكتروني|البريد|"
     "الإلكتروني|إرسال|تعليق|تعليقات|حفظ|غرد|نسخ الرابط|اشتراک گذاری|شیئر|شیئر کریں|فیس بک|ٹوئٹر|"
     "واٹس ایپ|ای میل|پرنٹ"},
    {"zh ja ko", SHARE, PHRASE_BUTTON,
     "分享|分享到|转发|微信|微博|新浪微博|朋友圈|打印|收藏|评论|点赞|qq空间|复制链接|邮件|推特|脸书|シェア|"
     "ツイート|印刷|ブックマーク|共有|공유|공유하기|페이스북|"
     "트위터|카카오톡|댓글|인쇄"},
    {"hi bn", SHARE, PHRASE_BUTTON,
     "शेयर|शेयर करें|साझा करें|फेसबुक|ट्विटर|व्हाट्सएप|व्हाट्सऐप|ईमेल|प्रिंट|टिप्पणियां|टिप्पणी|"
     "ट्वीट|শেয়ার|শেয়ার করুন|ফেসবুক|টুইটার"},
    {"nl sv da no fi pl sq sw id", SHARE, PHRASE_BUTTON,
     "delen|deel|dela|del|jaa|udostępnij|tulosta|skriv ut|kommentar|komentarze|shpërndaje|"
     "shpërndaj|printo|koment|sambaza|bagikan|cetak|komentar"},
    // words between buttons
    {"en", SHARE, PHRASE_JOINT, "article|story|page|post|this|on|via|with|friend|close"},
    {"de", SHARE, PHRASE_JOINT, "auf|per|artikel"},
    {"fr", SHARE, PHRASE_JOINT, "sur|par|cet article|l'article|article"},
    {"es pt it", SHARE, PHRASE_JOINT, "en|por|no|pelo|esta noticia|artículo|su|este artículo"},
    {"ru uk tr", SHARE, PHRASE_JOINT, "в|ta|da|te|de|ile"},
    {"ar fa ur", SHARE, PHRASE_JOINT, "على|عبر|پر"},
    {"zh ja ko", SHARE, PHRASE_JOINT, "到|空间"},
    {"hi bn", SHARE, PHRASE_JOINT, "पर"},
    {"nl sv da no fi pl sq sw id", SHARE, PHRASE_JOINT, "në|kwenye|ke"},

    // ---- who wrote it
    {"en", BYLINE, PHRASE_NAMED,
     "by|written by|story by|posted by|report by|article by|reported by|words by|review by|author|text "
     "by"},
    {"de", BYLINE, PHRASE_NAMED,
     "von|ein artikel von|ein beitrag von|autor|autorin|text|kommentar von|ein kommentar von|"
     "eine analyse "
     "von"},
    {"fr", BYLINE, PHRASE_NAMED,
     "par|écrit par|rédigé par|propos recueillis par|un article de|auteur|publié par"},
    {"es pt it", BYLINE, PHRASE_NAMED,
     "por|escrito por|texto|autor|autora|redacción|redação|da redação|publicado por|di|a cura di|scritto "
     "da|texto de"},
    {"ru uk tr", BYLINE, PHRASE_NAMED,
     "автор|авторы|текст|материал "
     "подготовил|подготовила|подготовил|корреспондент|yazan|haber|muhabir|hazırlayan|автори"},
    {"ar fa ur", BYLINE, PHRASE_NAMED, "بقلم|كتب|كتبت|إعداد|تحرير|الكاتب|تقرير|نویسنده|تحریر|رپورٹ"},
    {"zh ja ko hi", BYLINE, PHRASE_NAMED,
     "记者|作者|文|本报记者|撰文|编译|通讯员|記者|文責|लेखक|रिपोर्ट|द्वारा"},
    {"nl sv da no fi pl sq sw id", BYLINE, PHRASE_NAMED,
     "door|av|af|teksti|tekst|autor|nga|shkruan|shkruar nga|na|oleh|penulis|napisał"},
    {"en", BYLINE, PHRASE_HAS,
     "staff writer|staff reporter|follow him on|follow her on|follow them on|on twitter at|"
     "can be reached "
     "at|is a reporter|is a senior reporter|is a staff writer|is the author of|is a writer|"
     "is a columnist|is "
     "a correspondent|is an editor at|contact the author|special to the|follow on twitter|"
     "email "
     "him at|email her at"},
    {"any", SHARE, PHRASE_HAS, "on twitter|on facebook|on instagram"},
    {"any", BYLINE, PHRASE_START,
     "contact|follow|email|síguelo en|síguela en|contacto|kontakt|contacter|contato|suivez-le|"
     "folgen sie"},
    {"de", BYLINE, PHRASE_HAS,
     "ist redakteur|ist redakteurin|ist korrespondent|kontakt zum autor|schreibt für|ist autor|"
     "ist freier "
     "journalist"},
    {"fr es pt it", BYLINE, PHRASE_HAS,
     "est journaliste|est correspondant|est correspondante|es periodista|es corresponsal|es redactor|es "
     "redactora|é jornalista|é repórter|é correspondente|è giornalista|contacter l'auteur"},
    {"ru tr ar zh hi", BYLINE, PHRASE_HAS,
     "корреспондент|специально для|muhabiri|muhabiridir|مراسل|صحفي في|مراسلة|के संवाददाता"},

    // ---- when, from where, whose
    {"en", CREDIT, PHRASE_START,
     "published|first published|updated|last updated|last modified|posted|posted on|originally "
     "published|created|modified|publication date|date"},
    {"de fr", CREDIT, PHRASE_START,
     "veröffentlicht|aktualisiert|stand|zuletzt aktualisiert|erstellt|publié le|publié|mis à jour|mise à "
     "jour|modifié le|créé le"},
    {"es pt it", CREDIT, PHRASE_START,
     "publicado|actualizado|última actualización|publicado em|atualizado|atualizado "
     "em|pubblicato|aggiornato|ultimo aggiornamento"},
    {"ru uk tr", CREDIT, PHRASE_START,
     "опубликовано|обновлено|дата публикации|опубліковано|оновлено|yayınlanma|güncelleme|son "
     "güncelleme|yayın tarihi|giriş"},
    {"ar fa ur zh hi", CREDIT, PHRASE_START,
     "نشر في|نشر|نشرت|تاريخ النشر|آخر تحديث|تحديث|تم "
     "النشر|发布时间|更新时间|发表于|发布于|प्रकाशित|अपडेट|प्रकाशन"},
    {"en", CREDIT, PHRASE_START,
     "reporting by|additional reporting by|additional reporting|editing by|writing by|compiled by|edited "
     "by|with reporting by|translated by|contributed by|our standards|with files from|with additional "
     "reporting|source|sources|text size"},
    {"en", CREDIT, PHRASE_HAS,
     "contributed to this report|contributed to this story|contributed to this article|contributed "
     "reporting|editing by|our standards the|additional reporting by"},
    {"de fr", CREDIT, PHRASE_START,
     "mit material von|quelle|quellen|mit agenturen|mitarbeit|redaktion|avec|source|sources|avec "
     "agences|avec l'agence|rédaction|traduction|édité par"},
    {"es pt it", CREDIT, PHRASE_START,
     "con información de|fuente|fuentes|edición|editado por|con datos de|com informações de|"
     "com informações "
     "da|fonte|edição|edição de|reportagem de|reportagem|fonti|traduzione"},
    {"ru uk tr", CREDIT, PHRASE_START,
     "источник|по материалам|по данным агентства|редактор|джерело|за матеріалами|kaynak|editör|haber "
     "merkezi|derleyen"},
    {"ar fa ur zh ja hi", CREDIT, PHRASE_START,
     "المصدر|المصادر|وكالات|تحرير|منبع|ماخذ|来源|责任编辑|编辑|责编|校对|来源于|稿件来源|（来源|編集|स्रोत|"
     "संपादन|एजेंसी"},
    {"nl sv da pl sq sw id", CREDIT, PHRASE_START,
     "bron|gepubliceerd|laatst "
     "bijgewerkt|källa|publicerad|uppdaterad|kilde|źródło|burimi|chanzo|sumber|publikuar"},

    // ---- captions
    {"any", CAPTION, PHRASE_HAS,
     "getty images|afp getty|image copyright|image caption|media caption|image "
     "source|shutterstock|file photo|ap photo|epa efe|picture alliance|"
     "photo credit|photo "
     "courtesy|courtesy photo"},
    {"en", CAPTION, PHRASE_LABEL,
     "photo|photos|image|picture|file photo|photo by|photograph|handout|photo "
     "illustration|pictured|caption|video|representational image|photo courtesy"},
    {"de fr", CAPTION, PHRASE_LABEL,
     "foto|fotos|bild|bilder|archivbild|archivfoto|symbolbild|symbolfoto|bildquelle|photo|crédit "
     "photo|crédits photo|photo d'archives|image d'illustration|légende|crédit"},
    {"es pt it", CAPTION, PHRASE_LABEL,
     "foto|fotos|imagen|imágenes|foto de archivo|crédito|imagem|imagem de arquivo|foto de "
     "arquivo|fotografía|foto di|fotografia|archivo|divulgação|reprodução"},
    {"ru uk tr", CAPTION, PHRASE_LABEL,
     "фото|фотография|архивное фото|иллюстрация|кадр|світлина|fotoğraf|foto|arşiv|kaynak fotoğraf"},
    {"ar fa ur", CAPTION, PHRASE_LABEL, "صورة|الصورة|صورة أرشيفية|تصوير|مصدر الصورة|أرشيف|عکس|تصویر|فوٹو"},
    {"zh ja ko hi", CAPTION, PHRASE_LABEL,
     "图片来源|资料图|图|图为|图片|摄影|摄|写真|画像|撮影|사진|사진 제공|फोटो|तस्वीर|फोटो साभार"},
    {"zh ja", CAPTION, PHRASE_HAS, "图片来源|资料图|资料图片|新华社发"},
    {"nl sv da no fi pl cs sq sw id", CAPTION, PHRASE_LABEL,
     "foto|bild|kuva|zdjęcie|fot|billede|bilde|chanzo cha picha|maelezo ya picha|picha"},
    {"any", CAPTION, PHRASE_SIDE,
     "l|r|c|left|right|centre|center|links|rechts|li|re|m|à gauche|à "
     "droite|gauche|droite|izquierda|derecha|izq|der|esquerda|direita|esq|dir|sinistra|destra|"
     "слева|справа|"
     "solda|sağda|sağ|sol|يسار|يمين|من اليسار|من "
     "اليمين|左|右|中|बाएं|दाएं|دائیں|بائیں|majtas|djathtas|second left|second right|far left|far right"},

    // ---- section marks
    {"en", SECTION, PHRASE_LINE,
     "latest news|top stories|breaking news|news|world news|home|menu|search|skip to content|"
     "skip to main "
     "content|back to top|local news|top news|live updates|breaking|more news|today's "
     "headlines|headlines|just in|home news"},
    {"de fr", SECTION, PHRASE_LINE,
     "aktuelle nachrichten|eilmeldung|top-themen|startseite|nachrichten|schlagzeilen|dernières "
     "nouvelles|dernières infos|à la une|accueil|actualités|toute l'actualité|flash info|en direct"},
    {"es pt it", SECTION, PHRASE_LINE,
     "últimas noticias|última hora|noticias|inicio|portada|lo último|últimas "
     "notícias|plantão|início|capa|notícias|urgente|ultime notizie|ultim'ora|prima pagina"},
    {"ru uk tr", SECTION, PHRASE_LINE,
     "последние новости|главные новости|главное|новости|лента новостей|срочно|главная|останні новини|son "
     "dakika|ana sayfa|haberler|günün haberleri|son haberler|manşet"},
    {"ar fa ur", SECTION, PHRASE_LINE,
     "آخر الأخبار|عاجل|أهم الأخبار|الرئيسية|أخبار|اخبار|آخرین اخبار|تازہ ترین|بریکنگ نیوز|خبریں"},
    {"zh ja ko hi", SECTION, PHRASE_LINE,
     "最新消息|最新新闻|要闻|首页|头条|滚动新闻|新闻中心|快讯|最新ニュース|速報|최신 뉴스|속보|ताज़ा ख़बरें|ताजा "
     "खबरें|ब्रेकिंग न्यूज़|होम"},
    {"nl sv pl sq sw id", SECTION, PHRASE_LINE,
     "laatste nieuws|senaste nytt|senaste nyheterna|najnowsze|lajmi i fundit|të fundit|habari kuu|"
     "habari za "
     "hivi punde|berita terbaru|beranda|kryesore"},

    // ---- the end of a run of links
    {"any", GLUED, PHRASE_MORE,
     "more|mehr|plus|más|mais|altro|di più|еще|ещё|daha|daha fazla|devamı|meer|mer|więcej|më "
     "shumë|zaidi|lainnya|mere|více|další|tovább|mai mult|περισσότερα|більше|lisää|thêm|και άλλα|viac"},
};

enum { BUCKETS = 1 << PHRASE_FILTER_BITS };

struct phrase {
    uint32_t first, n; // in hashes
    uint16_t row;
    uint32_t next; // in its bucket, plus one
};

// A button or joint of ASCII letters, in the order of the table.
struct name {
    const char *text;
    uint8_t len;
    bool button;
    uint16_t next_first, next_last; // plus one: that begins alike, that ends alike
};

enum { NAME_BUCKETS = 32 }; // by the low bits of a letter, which letter case does not change

struct phrases {
    uint64_t *hashes;
    struct phrase *list;
    struct name *names;
    size_t n_hashes, cap_hashes, n_list, cap_list, n_names, cap_names;
    uint16_t first[NAME_BUCKETS], last[NAME_BUCKETS]; // number of a name plus one
    struct phrase_filter filter;
    uint32_t bucket[BUCKETS]; // number of a phrase plus one
};

#define NUMBER UINT64_C(1) // the hash of any figure

static uint64_t value(const struct tokens *words, size_t i)
{
    return words->flags[i] & TOKEN_DIGIT ? NUMBER : words->hash[i];
}

static unsigned bucket_of(uint64_t hash)
{
    return (unsigned)(hash >> (64 - PHRASE_FILTER_BITS));
}

static void set_filter(uint64_t *filter, uint64_t hash)
{
    unsigned bit = (unsigned)(hash >> (64 - PHRASE_FILTER_BITS));
    filter[bit / 64] |= UINT64_C(1) << (bit & 63);
}

static void set_pair(uint64_t *filter, uint64_t pair)
{
    for (int again = 0; again < 2; again++) {
        unsigned bit = phrase_pair_bit(pair, again != 0);
        filter[bit / 64] |= UINT64_C(1) << (bit & 63);
    }
}

static int add_phrase(struct phrases *p, struct tokenizer *tokenizer, unsigned row, const char *text,
                      size_t len)
{
    char padded[256 + TOKEN_PADDING] = {0};
    struct tokens words;
    if (len > 255) {
        return 0;
    }
    memcpy(padded, text, len);
    if (tokenize(tokenizer, padded, len, false, &words) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    void *hashes = p->hashes;
    void *list = p->list;
    bool ok = mem_grow(&hashes, &p->cap_hashes, p->n_hashes + words.n, sizeof *p->hashes);
    p->hashes = hashes;
    ok = ok && mem_grow(&list, &p->cap_list, p->n_list + 1, sizeof *p->list);
    p->list = list;
    if (!ok) {
        return COPYDESK_ERR_MEMORY;
    }
    if (words.n == 0) {
        return 0;
    }
    struct phrase *phrase = &p->list[p->n_list++];
    *phrase = (struct phrase){.first = (uint32_t)p->n_hashes, .n = (uint32_t)words.n, .row = (uint16_t)row};
    for (size_t i = 0; i < words.n; i++) {
        p->hashes[p->n_hashes++] = value(&words, i);
    }
    uint32_t *bucket = &p->bucket[bucket_of(p->hashes[phrase->first])];
    const uint64_t *hash = p->hashes + phrase->first;
    if (words.n == 1) {
        set_filter(p->filter.one, hash[0]);
        enum phrase_use use = rows[row].use;
        bool caption = use == PHRASE_LABEL && rows[row].rule == COPYDESK_CAPTION;
        if (use == PHRASE_HAS || use == PHRASE_SIDE || caption) {
            set_filter(p->filter.inner, hash[0]);
        }
    } else {
        set_pair(p->filter.two, phrase_filter_pair(hash[0], hash[1]));
    }
    if (rows[row].use == PHRASE_MORE) {
        set_filter(p->filter.more, hash[0]);
    }
    if (rows[row].use == PHRASE_LINE && rows[row].rule == COPYDESK_NOTICE) {
        set_filter(p->filter.notice, hash[0]);
    }
    phrase->next = *bucket;
    *bucket = (uint32_t)p->n_list;
    return 0;
}

static unsigned name_bucket(char letter)
{
    return (unsigned)letter & (NAME_BUCKETS - 1);
}

static int add_name(struct phrases *p, const char *text, size_t len, bool button)
{
    void *names = p->names;
    if (len == 0 || len > UINT8_MAX || p->n_names + 1 >= UINT16_MAX) {
        return 0;
    }
    for (size_t i = 0; i < len; i++) {
        if ((uint8_t)text[i] >= 0x80) {
            return 0;
        }
    }
    if (!mem_grow(&names, &p->cap_names, p->n_names + 1, sizeof *p->names)) {
        return COPYDESK_ERR_MEMORY;
    }
    p->names = names;
    p->names[p->n_names++] = (struct name){.text = text, .len = (uint8_t)len, .button = button};
    return 0;
}

// From the last to the first, so that the lists have the order of the table.
static void list_names(struct phrases *p)
{
    for (size_t i = p->n_names; i-- > 0;) {
        struct name *name = &p->names[i];
        uint16_t *first = &p->first[name_bucket(name->text[0])];
        uint16_t *last = &p->last[name_bucket(name->text[name->len - 1])];
        name->next_first = *first;
        name->next_last = *last;
        *first = *last = (uint16_t)(i + 1);
    }
}

int phrases_new(struct phrases **result, enum copydesk_cpu cpu, struct copydesk_error *error)
{
    struct tokenizer *tokenizer = tokenizer_new(cpu);
    struct phrases *p = mem_zalloc(1, sizeof *p);
    int status = tokenizer && p ? 0 : COPYDESK_ERR_MEMORY;
    for (unsigned row = 0; row < sizeof rows / sizeof rows[0] && status == 0; row++) {
        for (const char *at = rows[row].phrases; *at && status == 0;) {
            size_t len = strcspn(at, "|");
            status = add_phrase(p, tokenizer, row, at, len);
            if (status == 0 && (rows[row].use == PHRASE_BUTTON || rows[row].use == PHRASE_JOINT)) {
                status = add_name(p, at, len, rows[row].use == PHRASE_BUTTON);
            }
            at += len + (at[len] == '|');
        }
    }
    tokenizer_free(tokenizer);
    if (status < 0) {
        phrases_free(p);
        return error_memory(error);
    }
    list_names(p);
    *result = p;
    return 0;
}

void phrases_free(struct phrases *p)
{
    if (p) {
        mem_free(p->hashes);
        mem_free(p->list);
        mem_free(p->names);
        mem_free(p);
    }
}

const struct phrase_filter *phrases_filter(const struct phrases *p)
{
    return &p->filter;
}

size_t phrases_at(const struct phrases *p, const struct tokens *words, size_t i, size_t end,
                  struct phrase_hit hits[PHRASE_MOST_HITS])
{
    size_t n = 0;
    uint32_t number = p->bucket[bucket_of(value(words, i))];
    for (; number && n < PHRASE_MOST_HITS; number = p->list[number - 1].next) {
        const struct phrase *phrase = &p->list[number - 1];
        bool same = phrase->n <= end - i;
        for (size_t k = 0; same && k < phrase->n; k++) {
            same = p->hashes[phrase->first + k] == value(words, i + k);
        }
        if (same) {
            hits[n++] = (struct phrase_hit){rows[phrase->row].use, rows[phrase->row].rule, phrase->n};
        }
    }
    return n;
}

// ---- names glued together

// Letter case aside; what is beyond ASCII is never the same.
static bool same_name(const char *text, const char *name, uint32_t len)
{
    for (uint32_t i = 0; i < len; i++) {
        uint8_t a = (uint8_t)text[i];
        uint8_t b = (uint8_t)name[i];
        a = a >= 'A' && a <= 'Z' ? (uint8_t)(a + 32) : a;
        if (a != b || a >= 0x80) {
            return false;
        }
    }
    return true;
}

// The longest name at this place, or with `whole` the longest that no small letter follows, save one that
// begins a name again.
static uint32_t longest_name(const struct phrases *p, const char *text, uint32_t at, uint32_t end, bool whole,
                             bool *button)
{
    uint32_t longest = 0;
    for (unsigned number = at < end ? p->first[name_bucket(text[at])] : 0; number;
         number = p->names[number - 1].next_first) {
        const struct name *name = &p->names[number - 1];
        if (name->len <= longest || name->len > end - at || !same_name(text + at, name->text, name->len)) {
            continue;
        }
        uint32_t behind = at + name->len;
        bool ignored;
        bool goes_on = whole && behind < end && text[behind] >= 'a' && text[behind] <= 'z';
        if (!goes_on || longest_name(p, text, behind, end, false, &ignored) > 0) {
            longest = name->len;
            *button = name->button;
        }
    }
    return longest;
}

uint32_t phrases_name_at(const struct phrases *p, const char *text, uint32_t at, uint32_t end, bool *button)
{
    return longest_name(p, text, at, end, true, button);
}

uint32_t phrases_button_before(const struct phrases *p, const char *text, uint32_t from, uint32_t end)
{
    uint32_t longest = 0;
    for (unsigned number = from < end ? p->last[name_bucket(text[end - 1])] : 0; number;
         number = p->names[number - 1].next_last) {
        const struct name *name = &p->names[number - 1];
        uint32_t len = name->len;
        if (name->button && len > longest && len <= end - from && text[end - len] >= 'A' &&
            text[end - len] <= 'Z' && same_name(text + end - len, name->text, len)) {
            longest = len;
        }
    }
    return longest;
}
