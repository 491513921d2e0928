// phrases.c - the words of titles that are no headlines: one table, all languages. Contract in
// title/forms.h.
//
// A phrase is compared word for word with a whole title, or with a piece of it between separators; letter
// case and punctuation make no difference. To add a language, add lines. What has to stay out are words that
// a headline could consist of ("Snow"), even short ones.

#include "base/mem.h"
#include "title/forms.h"

#include <xxhash.h>

struct phrase {
    uint8_t form;
    const char *words; /* separated by '|' */
};

static const struct phrase phrases[] = {
    // Robot walls, cookie walls, log-in walls.
    {TITLE_WALL,
     "are you a robot|are you human|are you a human|just a moment|attention required|"
     "attention required cloudflare|access denied|access to this page has been denied|"
     "please verify you are a human|verify you are human|verifying you are human|security check|"
     "human verification|robot check|robot or human|checking your browser|one moment please|"
     "please wait|before you continue|before you proceed|cookie consent|we value your privacy|"
     "your privacy choices|subscribe to continue|subscribe to read|sign in|log in|login|register|"
     "registration required|you have been blocked|sorry you have been blocked|pardon our interruption|"
     "captcha|ddos protection by cloudflare|enable javascript|javascript is disabled|"
     "please enable cookies|unsupported browser|request blocked|unusual traffic"},
    {TITLE_WALL,
     "sind sie ein roboter|bist du ein roboter|zugriff verweigert|einen moment bitte|"
     "einen augenblick bitte|bitte warten|sicherheitsprüfung|sicherheitsabfrage|anmelden|anmeldung|"
     "bevor sie fortfahren|datenschutzeinstellungen|cookie einstellungen"},
    {TITLE_WALL, "êtes vous un robot|êtes vous humain|accès refusé|accès interdit|un instant|"
                 "un instant s il vous plaît|veuillez patienter|vérification de sécurité|avant de continuer|"
                 "connexion|se connecter|identifiez vous|gestion des cookies"},
    {TITLE_WALL, "eres un robot|es usted un robot|acceso denegado|acceso restringido|un momento por favor|"
                 "espere por favor|verificación de seguridad|antes de continuar|iniciar sesión|"
                 "verifica que eres humano"},
    {TITLE_WALL, "você é um robô|és um robô|acesso negado|um momento por favor|aguarde|antes de continuar|"
                 "verificação de segurança|entrar|iniciar sessão|confirme que você é humano"},
    {TITLE_WALL, "sei un robot|accesso negato|un momento|un attimo|attendere prego|prima di continuare|"
                 "verifica di sicurezza|accedi"},
    {TITLE_WALL, "ben je een robot|bent u een robot|toegang geweigerd|een ogenblik geduld|even geduld|"
                 "voordat je verdergaat|inloggen"},
    {TITLE_WALL, "вы не робот|вы робот|подтвердите что вы не робот|доступ запрещён|доступ запрещен|"
                 "доступ ограничен|подождите|одну минуту|проверка безопасности|войти|вход|"
                 "ви не робот|ви робот|доступ заборонено|зачекайте|увійти"},
    {TITLE_WALL, "czy jesteś robotem|nie jestem robotem|odmowa dostępu|dostęp zabroniony|proszę czekać|"
                 "zanim przejdziesz dalej|zaloguj się|jste robot|přístup odepřen|přihlášení|"
                 "är du en robot|åtkomst nekad|vänta|logga in|er du en robot|adgang nægtet|ingen tilgang|"
                 "oletko robotti|pääsy estetty|kirjaudu sisään|ești robot|acces interzis|acces refuzat|"
                 "είστε ρομπότ|δεν επιτρέπεται η πρόσβαση|robot vagy|hozzáférés megtagadva"},
    {TITLE_WALL, "robot musunuz|robot musun|ben robot değilim|erişim engellendi|erişim reddedildi|"
                 "lütfen bekleyin|devam etmeden önce|güvenlik kontrolü|giriş yap"},
    {TITLE_WALL,
     "هل أنت روبوت|هل انت روبوت|أنا لست روبوت|تم رفض الوصول|الوصول مرفوض|ممنوع الدخول|يرجى الانتظار|"
     "لحظة من فضلك|تسجيل الدخول|آیا شما ربات هستید|دسترسی غیر مجاز|لطفا صبر کنید|ورود|"
     "کیا آپ روبوٹ ہیں|رسائی ممنوع|لاگ ان|האם אתה רובוט|הגישה נדחתה"},
    {TITLE_WALL, "क्या आप रोबोट हैं|पहुंच अस्वीकृत|प्रवेश निषेध|कृपया प्रतीक्षा करें|लॉग इन|আপনি কি রোবট|"
                 "প্রবেশ নিষেধ|நீங்கள் ரோபோவா"},
    {TITLE_WALL,
     "您是机器人吗|你是机器人吗|您是机器人嗎|访问被拒绝|訪問被拒絕|拒绝访问|拒絕訪問|禁止访问|请稍候|請稍候|"
     "请稍等|安全验证|安全驗證|人机验证|验证码|登录|登錄|登入|用户登录|"
     "あなたはロボットですか|アクセスが拒否されました|アクセス拒否|しばらくお待ちください|ログイン|"
     "로봇이 아닙니다|접근이 거부되었습니다|접근 거부|잠시만 기다려 주세요|로그인|คุณเป็นหุ่นยนต์หรือไม่|เข้าสู่ระบบ"},
    {TITLE_WALL,
     "apakah anda robot|akses ditolak|mohon tunggu|bạn có phải là rô bốt không|truy cập bị từ chối|"
     "vui lòng chờ|đăng nhập|je wewe ni roboti|ufikiaji umekataliwa|tafadhali subiri"},
    // Error pages.
    {TITLE_ERROR,
     "404|403|500|502|503|error|error 404|error 403|error 500|404 error|403 error|500 error|"
     "404 not found|403 forbidden|not found|page not found|404 page not found|"
     "page not found 404|the page cannot be found|the page you requested was not found|"
     "this page doesn t exist|this page isn t available|page unavailable|page no longer available|"
     "article not found|story not found|content not found|content not available|"
     "content unavailable|file not found|forbidden|bad gateway|502 bad gateway|"
     "service unavailable|503 service unavailable|service temporarily unavailable|"
     "internal server error|500 internal server error|server error|gateway timeout|"
     "504 gateway timeout|bad request|400 bad request|410 gone|unauthorized|401 unauthorized|"
     "too many requests|429 too many requests|something went wrong|oops|"
     "oops something went wrong|site maintenance|under maintenance|maintenance|"
     "temporarily unavailable|site not found|domain for sale|this site can t be reached|"
     "welcome to nginx|apache2 ubuntu default page|index of"},
    {TITLE_ERROR,
     "seite nicht gefunden|seite nicht verfügbar|artikel nicht gefunden|fehler|fehler 404|"
     "fehlerseite|nicht gefunden|wartungsarbeiten|page introuvable|page non trouvée|"
     "article introuvable|erreur|erreur 404|erreur serveur|site en maintenance|"
     "página no encontrada|pagina no encontrada|artículo no encontrado|no encontrado|"
     "error del servidor|sitio en mantenimiento|página não encontrada|pagina nao encontrada|"
     "não encontrado|erro|erro 404|pagina non trovata|non trovato|errore|errore 404|"
     "pagina niet gevonden|niet gevonden|fout 404|сторінку не знайдено|страница не найдена|"
     "не найдено|ошибка|ошибка 404|ошибка сервера|помилка 404|strona nie została znaleziona|"
     "nie znaleziono strony|błąd 404|stránka nenalezena|chyba 404|sidan kunde inte hittas|"
     "sidan hittades inte|siden ble ikke funnet|siden blev ikke fundet|sivua ei löytynyt|"
     "pagina nu a fost găsită|eroare 404|η σελίδα δεν βρέθηκε|az oldal nem található|"
     "sayfa bulunamadı|hata|hata 404|الصفحة غير موجودة|الصفحة غير متوفرة|خطأ|خطأ 404|"
     "صفحه یافت نشد|صفحه پیدا نشد|صفحہ نہیں ملا|הדף לא נמצא|पृष्ठ नहीं मिला|पेज नहीं मिला|"
     "পৃষ্ঠাটি পাওয়া যায়নি|页面不存在|頁面不存在|找不到页面|找不到頁面|页面未找到|页面无法访问|网页不存在|"
     "文章不存在|出错了|404错误|系统维护|ページが見つかりません|ページが見つかりませんでした|エラー|"
     "페이지를 찾을 수 없습니다|오류|ไม่พบหน้า|ไม่พบหน้าเว็บ|halaman tidak ditemukan|"
     "không tìm thấy trang|ukurasa haukupatikana|nuk u gjet faqja|faqja nuk u gjet"},
    // Sections, by the words that newspapers put over them.
    {TITLE_SECTION,
     "news|latest news|breaking news|top stories|top news|headlines|home|homepage|home page|"
     "front page|world|world news|international|us|u s|us news|national|nation|local|local news|"
     "regional|politics|business|economy|finance|markets|money|technology|tech|science|health|"
     "education|environment|sport|sports|football|entertainment|culture|arts|life|lifestyle|"
     "living|style|fashion|travel|food|opinion|opinions|editorial|editorials|commentary|"
     "comment|analysis|features|magazine|weather|video|videos|photos|gallery|galleries|pictures|"
     "live|blog|blogs|archive|archives|search|search results|tag|tags|category|categories|"
     "contact|contact us|about|about us|subscribe|newsletter|newsletters|press release|"
     "press releases|print|print this page|untagged|uncategorized|uncategorised|obituaries|"
     "classifieds|jobs|crime|africa|asia|europe|middle east|americas|letters|"
     "letters to the editor|in brief|news in brief|briefs|most read|most popular|more news"},
    {TITLE_SECTION,
     "nachrichten|aktuell|aktuelles|startseite|schlagzeilen|politik|inland|ausland|wirtschaft|"
     "finanzen|börse|panorama|kultur|feuilleton|wissen|wissenschaft|technik|digital|netzwelt|"
     "gesundheit|gesellschaft|meinung|kommentar|leitartikel|reise|leben|lokales|regionales|"
     "vermischtes|wetter|sport|bilder|fotos|archiv|suche|kontakt|impressum|pressemitteilungen"},
    {TITLE_SECTION, "actualité|actualités|accueil|à la une|monde|france|politique|économie|société|culture|"
                    "sciences|science|santé|sports|technologie|technologies|high tech|environnement|opinions|"
                    "opinion|éditorial|chroniques|tribune|faits divers|régions|voyage|style|médias|vidéos|"
                    "archives|recherche|contact|nouvelles|dernières nouvelles|afrique|international"},
    {TITLE_SECTION, "noticias|últimas noticias|portada|inicio|mundo|internacional|nacional|país|política|"
                    "economía|negocios|deportes|cultura|ciencia|tecnología|salud|sociedad|sucesos|opinión|"
                    "editorial|espectáculos|entretenimiento|estilo|viajes|medio ambiente|educación|fotos|"
                    "archivo|contacto|notícias|últimas notícias|início|política|economia|esportes|desporto|"
                    "cultura|ciência|tecnologia|saúde|sociedade|opinião|entretenimento|brasil|contato"},
    {TITLE_SECTION, "notizie|ultime notizie|prima pagina|mondo|esteri|cronaca|economia|politica|cultura|"
                    "scienza|tecnologia|salute|spettacoli|sport|opinioni|viaggi|nieuws|laatste nieuws|"
                    "voorpagina|binnenland|buitenland|politiek|economie|cultuur|wetenschap|gezondheid|reizen|"
                    "opinie|wiadomości|aktualności|świat|kraj|polityka|gospodarka|kultura|nauka|zdrowie|"
                    "opinie|zprávy|domů|svět|politika|ekonomika|kultura|věda|zdraví|nyheter|senaste nytt|"
                    "hem|utrikes|inrikes|ekonomi|kultur|vetenskap|hälsa|nyheder|udland|indland|økonomi|"
                    "uutiset|etusivu|ulkomaat|kotimaa|talous|kulttuuri|tiede|știri|acasă|economie|cultură|"
                    "ειδήσεις|αρχική|κόσμος|πολιτική|οικονομία|πολιτισμός|hírek|címlap|külföld|belföld|"
                    "gazdaság|kultúra|lajme|ballina|bota|politikë|ekonomi|kulturë|shëndetësi"},
    {TITLE_SECTION, "новости|последние новости|главная|в мире|мир|политика|экономика|общество|культура|наука|"
                    "технологии|здоровье|спорт|происшествия|мнения|путешествия|бизнес|новини|головна|світ|"
                    "економіка|суспільство|здоров я|технології|haberler|son dakika|anasayfa|ana sayfa|dünya|"
                    "gündem|siyaset|ekonomi|spor|kültür|kültür sanat|bilim|teknoloji|sağlık|yaşam|magazin|"
                    "yazarlar|eğitim"},
    {TITLE_SECTION,
     "أخبار|الأخبار|آخر الأخبار|الرئيسية|الصفحة الرئيسية|العالم|عالم|سياسة|السياسة|اقتصاد|الاقتصاد|"
     "رياضة|الرياضة|ثقافة|علوم|تكنولوجيا|صحة|منوعات|رأي|مقالات|اخبار|صفحه نخست|جهان|سیاست|"
     "سیاسی|اقتصاد|اقتصادی|ورزش|ورزشی|فرهنگ|فرهنگی|اجتماعی|خبریں|تازہ ترین|دنیا|پاکستان|کھیل|"
     "کاروبار|صحت|سائنس|ٹیکنالوجی|شوبز|صفحہ اول|חדשות|עולם|פוליטיקה|כלכלה|ספורט|תרבות"},
    {TITLE_SECTION, "समाचार|ताज़ा खबर|ताजा खबर|होम|देश|दुनिया|विदेश|राजनीति|व्यापार|कारोबार|"
                    "खेल|मनोरंजन|विज्ञान|"
                    "तकनीक|स्वास्थ्य|विचार|राष्ट्रीय|अंतरराष्ट्रीय|খবর|দেশ|বিশ্ব|রাজনীতি|অর্থনীতি|খেলা|"
                    "খেলাধুলা|"
                    "বিনোদন|செய்திகள்|உலகம்|அரசியல்|விளையாட்டு"},
    {TITLE_SECTION,
     "新闻|新聞|最新消息|最新新闻|要闻|要聞|首页|首頁|头条|頭條|国际|國際|国内|國內|国际新闻|国内新闻|"
     "社会|社會|政治|经济|經濟|财经|財經|金融|科技|科学|科學|文化|体育|體育|娱乐|娛樂|健康|教育|旅游|旅遊|"
     "军事|軍事|评论|評論|观点|视频|图片|汽车|房产|时尚|生活|ニュース|最新ニュース|トップ|ホーム|国内|国際|"
     "政治|経済|社会|スポーツ|エンタメ|科学|文化|뉴스|홈|정치|경제|사회|국제|문화|스포츠|연예|과학|"
     "ข่าว|หน้าแรก|การเมือง|เศรษฐกิจ|กีฬา|ต่างประเทศ"},
    {TITLE_SECTION, "berita|berita terkini|beranda|dunia|nasional|politik|ekonomi|olahraga|budaya|kesehatan|"
                    "teknologi|hiburan|tin tức|tin mới|trang chủ|thế giới|thời sự|chính trị|kinh tế|thể thao|"
                    "văn hóa|giải trí|sức khỏe|khoa học|habari|nyumbani|kimataifa|siasa|michezo|biashara|"
                    "uchumi|afya|burudani|makala|labarai|wasanni|duniya|ìròyìn|eré ìdárayá"},
    {TITLE_PLACEHOLDER,
     "untitled|untitled document|untitled page|no title|title|page title|headline|null|none|"
     "undefined|nan|n a|not available|test|test page|new page|default|lorem ipsum|document|"
     "article|post|story|ohne titel|titel|kein titel|sans titre|titre|sin título|título|"
     "sem título|senza titolo|titolo|zonder titel|без названия|без заголовка|заголовок|"
     "bez tytułu|başlıksız|بدون عنوان|无标题|無標題|标题|無題|제목 없음"},
};

struct entry {
    uint64_t hash;
    uint8_t form;
};

enum { PHRASE_SLOTS = 4096 };

struct title_phrases {
    struct entry slots[PHRASE_SLOTS];
};

static struct entry *phrase_slot(struct entry *slots, uint64_t hash)
{
    size_t at = hash >> 20 & (PHRASE_SLOTS - 1);
    while (slots[at].hash && slots[at].hash != hash) {
        at = (at + 1) & (PHRASE_SLOTS - 1);
    }
    return &slots[at];
}

static int add_phrases(struct title_phrases *p, struct tokenizer *t, struct buf *padded,
                       const struct phrase *line)
{
    for (const char *from = line->words; *from;) {
        size_t len = strcspn(from, "|");
        struct tokens words;
        buf_clear(padded);
        buf_add(padded, from, len);
        if (!buf_reserve(padded, TOKEN_PADDING) || tokenize(t, padded->data, len, false, &words) < 0) {
            return COPYDESK_ERR_MEMORY;
        }
        uint64_t hash = title_words_hash(words.hash, words.n);
        struct entry *e = phrase_slot(p->slots, hash);
        if (!e->hash) {
            *e = (struct entry){hash, line->form};
        }
        from += len + (from[len] != 0);
    }
    return 0;
}

struct title_phrases *title_phrases_new(struct tokenizer *t)
{
    struct title_phrases *p = mem_zalloc(1, sizeof *p);
    struct buf padded = {0};
    int status = p ? 0 : COPYDESK_ERR_MEMORY;
    for (size_t i = 0; status == 0 && i < sizeof phrases / sizeof phrases[0]; i++) {
        status = add_phrases(p, t, &padded, &phrases[i]);
    }
    buf_release(&padded);
    if (status < 0) {
        mem_free(p);
        return NULL;
    }
    return p;
}

void title_phrases_free(struct title_phrases *p)
{
    mem_free(p);
}

enum title_form title_phrases_find(const struct title_phrases *p, uint64_t hash)
{
    size_t at = hash >> 20 & (PHRASE_SLOTS - 1);
    while (p->slots[at].hash && p->slots[at].hash != hash) {
        at = (at + 1) & (PHRASE_SLOTS - 1);
    }
    return p->slots[at].hash ? (enum title_form)p->slots[at].form : TITLE_HEADLINE;
}
