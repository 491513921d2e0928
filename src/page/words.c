// words.c - the commonest words of each language: what a text is recognised by. The table to extend.
//
// Each row: the codes of ISO 639-1 and 639-2 (or 639-3), a sentence for the finding, the script, a group, and
// the words, commonest first. Only the order counts (page/language.c), so a row is made by writing down the
// articles, prepositions, pronouns, conjunctions and auxiliaries that every page of the language has. Close
// relatives need the words in which they differ. Languages of one group are never told apart: text in one of
// them is not wrong where another was asked for. A language that has its script to itself needs no words.
//
// The lists were written down for this project; nothing was copied from a frequency list.

#include "page/parts.h"

#define LANGUAGE(two, three, name) two, three, "the text is in " name ", which was not asked for"

// clang-format off
const struct page_language page_languages[] = {
    // ---- Latin script
    {LANGUAGE("en", "eng", "English"), PAGE_LATIN, 0,
     "the of and to in a is that for it was on as with he be at by his had not are but from have they "
     "which this were an or their would there been has who will more said if one about we out up its"},
    {LANGUAGE("de", "deu", "German"), PAGE_LATIN, 0,
     "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an "
     "werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war "
     "haben nur oder aber vor zur bis mehr durch man sein wurde"},
    {LANGUAGE("fr", "fra", "French"), PAGE_LATIN, 0,
     "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont "
     "avec mais ou son cette d l aux été ont ses leur elle comme ces nous fait qu n être avait tout "
     "même sa était deux"},
    {LANGUAGE("es", "spa", "Spanish"), PAGE_LATIN, 0,
     "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha "
     "me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta "
     "desde está mi porque"},
    {LANGUAGE("pt", "por", "Portuguese"), PAGE_LATIN, 7,
     "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das "
     "tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era "
     "depois sem mesmo são"},
    {LANGUAGE("gl", "glg", "Galician"), PAGE_LATIN, 7,
     "de a e o que do da en un para os unha no con por na se as non dos á ao é das máis como foi polo "
     "pola súa seu é xa tamén cun unhas está sobre entre desde ten sen pero nos son nas lle cando este"},
    {LANGUAGE("it", "ita", "Italian"), PAGE_LATIN, 0,
     "di e il la che in a per un del è della con non una i le si dei da al sono come più nel alla ha "
     "anche lo ma gli dal delle o dalla l se d nella su ci questo ai era degli stato hanno tra suo "
     "essere loro sua"},
    {LANGUAGE("nl", "nld", "Dutch"), PAGE_LATIN, 0,
     "de het van een en in is dat op te zijn met voor die niet aan er om ook als bij dan maar naar hij "
     "uit door worden wordt nog heeft over was meer of tot ze werd zich deze haar wel geen hebben ik je "
     "zo kan zal al"},
    {LANGUAGE("af", "afr", "Afrikaans"), PAGE_LATIN, 0,
     "die en van in is het wat dat n nie te vir op met om aan sy hulle was as hy ook deur by ons na "
     "word maar ek kan uit tot oor sal is daar een haar wees nog moet so jy hierdie gesê onder"},
    {LANGUAGE("sv", "swe", "Swedish"), PAGE_LATIN, 0,
     "och i att det som en på är av för med den till inte har de om ett han men var jag sig från vi så "
     "kan när år efter ska nu eller vid sin också under hade hon mot då där man skulle mycket alla bara"},
    {LANGUAGE("da", "dan", "Danish"), PAGE_LATIN, 2,
     "og i at det er en til af på for den med de som der har ikke et om han var jeg men sig fra vi så "
     "kan skal efter nu når år eller blev ved sin også hun havde mod da været bliver man kun ud op hvor "
     "blevet"},
    {LANGUAGE("nb", "nob", "Norwegian"), PAGE_LATIN, 2,
     "og i er det på som en til av for at med de har den ikke om et han var men jeg fra vi seg så kan "
     "etter ble når år eller skal nå ved sin også hun hadde mot da vært blir man bare ut opp hvor blitt"},
    {LANGUAGE("nn", "nno", "Norwegian Nynorsk"), PAGE_LATIN, 2,
     "og i er det på som ein til av for at med dei har den ikkje om eit han var men eg frå vi seg så "
     "kan etter vart når år eller skal no ved sin også ho hadde mot då vore blir ein berre ut opp kor"},
    {LANGUAGE("no", "nor", "Norwegian"), PAGE_LATIN, 2,
     "og i er det på som en til av for at med de har den ikke om et han var men jeg fra vi seg så kan "
     "etter ble"},
    {LANGUAGE("is", "isl", "Icelandic"), PAGE_LATIN, 0,
     "að og í á er sem til um við var með það af fyrir ekki en hann hafa því ég hefur þess frá eru "
     "verið hún úr þeim eða ár þegar verður svo þar hafi segir sé eftir þá hans vera upp voru"},
    {LANGUAGE("fi", "fin", "Finnish"), PAGE_LATIN, 0,
     "ja on ei että oli se hän mutta ovat kun myös joka niin kuin sen mukaan ole sekä tai jo nyt vuoden "
     "vain hänen jos tämä noin mitä olla voi vielä ne jotka siitä koko olisi vuonna jälkeen kanssa me "
     "minä ollut"},
    {LANGUAGE("et", "est", "Estonian"), PAGE_LATIN, 0,
     "ja on et ei oli mis see ka ta kui oma kes aga ning või siis nii välja seda olnud ma selle mida "
     "juba veel pole need aasta üle pärast kuid mitte tema saab võib meie nad peab ütles ole"},
    {LANGUAGE("lv", "lav", "Latvian"), PAGE_LATIN, 0,
     "un ir ka ar par uz no ne to bet kas tas lai kā viņš gan pie pēc tika arī vai gada tā savu bija "
     "tiek jau šo nav viņa vēl būs var līdz tikai kur es gadā teica kad"},
    {LANGUAGE("lt", "lit", "Lithuanian"), PAGE_LATIN, 0,
     "ir į kad iš su yra o buvo tai kaip bet jis ne už apie per dar nuo jo kurie tik po ar taip jau m "
     "prie savo bus lietuvos labai dėl gali metų mes ji iki pat visi kuri jų"},
    {LANGUAGE("pl", "pol", "Polish"), PAGE_LATIN, 0,
     "w i z na się do nie że o jest to od za jak po przez dla który ale oraz przed co czy są tym było "
     "ich był być już go tylko jego może także która które roku lat jednak sobie ma ze przy więc"},
    {LANGUAGE("cs", "ces", "Czech"), PAGE_LATIN, 0,
     "a se v na je že s z do o i to ve k si za jako který pro by ale podle jsou po byl tak od jsem ze "
     "roku které před už jen bylo však nebo při také jeho než řekl která své aby až bude"},
    {LANGUAGE("sk", "slk", "Slovak"), PAGE_LATIN, 0,
     "a sa v na je že s z do o aj to vo k si za ako ktorý pre by ale podľa sú po bol tak od som zo roku "
     "ktoré pred už len bolo však alebo pri tiež jeho než povedal ktorá svoje aby až bude"},
    {LANGUAGE("hu", "hun", "Hungarian"), PAGE_LATIN, 0,
     "a az és hogy nem is egy volt de ez meg már csak el még mint azt ha vagy majd ki után van lehet "
     "kell ezt sem pedig szerint nagy aki ami évi volna során két be olyan fel így között"},
    {LANGUAGE("ro", "ron", "Romanian"), PAGE_LATIN, 0,
     "de și în a la cu pe nu care o că din un se este pentru mai al ca sunt fost au o au fi prin după "
     "ale sau dar dintre lui lor fără iar către fie cel ce ai despre am acest unei unui fiind"},
    {LANGUAGE("hr", "hrv", "Croatian"), PAGE_LATIN, 3,
     "je i u se na da su za od s koji što a o iz kao sa koja koje nije bi će do ili to po te bio ali "
     "kako godine samo još nakon već kod biti prema tako može vrijeme gdje mjesto tijekom"},
    {LANGUAGE("bs", "bos", "Bosnian"), PAGE_LATIN, 3,
     "je i u se na da su za od koji što a o iz kao sa koja koje nije bi će do ili to po te bio ali kako "
     "godine samo još nakon već kod biti prema tako može vrijeme gdje mjesto"},
    {LANGUAGE("sr", "srp", "Serbian"), PAGE_LATIN, 3,
     "je i u da se na su za od koji što a o iz kao sa koja koje nije bi će do ili to po bio ali kako "
     "godine samo još nakon već kod biti prema tako može vreme gde mesto posle kaže"},
    {LANGUAGE("sl", "slv", "Slovenian"), PAGE_LATIN, 0,
     "je in v na se da za so pa ki ne z bi s o tudi po kot iz do od to pri ni ter še leta že bo ali bil "
     "sem če ima kar bila tako več lahko kako samo pred zaradi smo med"},
    {LANGUAGE("sq", "sqi", "Albanian"), PAGE_LATIN, 0,
     "të e në dhe i për që me se një nga është ka u do nuk së më si por ai kjo ky janë këtë tij ishte "
     "duke prej edhe kanë a kur ose të saj tha deri vetëm pas kosovës ku pa mund po"},
    {LANGUAGE("tr", "tur", "Turkish"), PAGE_LATIN, 0,
     "ve bir bu da de için ile olarak çok daha o ne olan gibi sonra kadar en her ama var ki ise değil "
     "yeni iki olduğunu ya diye dedi göre büyük yok şey biz oldu mi ancak veya kendi"},
    {LANGUAGE("az", "aze", "Azerbaijani"), PAGE_LATIN, 0,
     "və bu ki də ilə bir üçün da olan o olaraq daha edib çox isə deyib sonra ən onun hər görə kimi var "
     "ildə olub edən azərbaycan bildirib biz həm qeyd lakin"},
    {LANGUAGE("uz", "uzb", "Uzbek"), PAGE_LATIN, 0,
     "va bilan bu uchun bir ham da edi deb ning o lgan esa qilish haqida yil u har kerak bo lib so ng "
     "yoki keyin ular emas qilgan bo yicha o zbekiston"},
    {LANGUAGE("id", "ind", "Indonesian"), PAGE_LATIN, 1,
     "yang dan di ini untuk dengan itu dari dalam pada tidak akan ke juga adalah ada oleh mereka saya "
     "bisa karena sudah kami lebih kata telah kita orang tersebut saat bahwa menjadi dia para seperti "
     "atau hanya tahun"},
    {LANGUAGE("ms", "msa", "Malay"), PAGE_LATIN, 1,
     "yang dan di untuk ini dengan itu dalam pada tidak akan kepada dari ke beliau adalah oleh mereka "
     "saya boleh kerana telah kami lebih kata kita orang tersebut bahawa menjadi dia seperti atau hanya "
     "tahun tetapi"},
    {LANGUAGE("jv", "jav", "Javanese"), PAGE_LATIN, 0,
     "sing lan ing kang iku saka ora wong karo kanggo iki uga ana minangka utawa marang dening dadi "
     "yaiku bisa taun wis amarga nanging para nalika"},
    {LANGUAGE("tl", "tgl", "Tagalog"), PAGE_LATIN, 0,
     "ang ng sa na mga at ay ni si para hindi ito may kung nang siya niya pero kay ko isang mo po lang "
     "din niyang rin sila kanyang naman ako nila dahil kaya ayon"},
    {LANGUAGE("vi", "vie", "Vietnamese"), PAGE_LATIN, 0,
     "và của là có các được trong cho không một với những người đã này để từ khi đến ra ông về vào cũng "
     "tại nhiều theo năm như trên sẽ việc phải tôi đó thì đang lại bị làm sau nước chỉ"},
    {LANGUAGE("ca", "cat", "Catalan"), PAGE_LATIN, 0,
     "de la i el que a en les els d l un del per una amb no és al s ha va es com més van seva seu dels "
     "són o també ser aquest aquesta pel hi però entre sobre fins quan això molt estat amb"},
    {LANGUAGE("eu", "eus", "Basque"), PAGE_LATIN, 0,
     "eta da ez bat du dute ere izan dira zen egin ziren zuen baina dela edo egiten den behar hori "
     "dituzte hau duen bere oso beste baino ditu urte gabe horrek gehiago nahi izango zuten"},
    {LANGUAGE("ga", "gle", "Irish"), PAGE_LATIN, 0,
     "an na a agus ar i go is le do bhí sé tá ag ach nach leis gur ní an sin seo chun féin bhí mar faoi "
     "atá ó sí siad den bhfuil idir nuair"},
    {LANGUAGE("cy", "cym", "Welsh"), PAGE_LATIN, 0,
     "y yr yn a i o ar ei mae wedi am gan fod bod gyda fel oedd ond sy hefyd na wrth ac eu gyfer hyn "
     "roedd dros mwy rhai bydd dweud nid"},
    {LANGUAGE("mt", "mlt", "Maltese"), PAGE_LATIN, 0,
     "li ta u l il fl il ma minn dan biex tal ghal għal din kien bħal għandu huwa hija aktar bil lil "
     "għall kienet mhux fil sabiex iżda"},
    {LANGUAGE("la", "lat", "Latin"), PAGE_LATIN, 0,
     "et in est non ad ut cum quod qui sed si quae ex ab esse sunt etiam autem per enim aut atque eius "
     "nec hoc erat quam"},
    {LANGUAGE("eo", "epo", "Esperanto"), PAGE_LATIN, 0,
     "la de kaj en al estas por ke ne kun el li ĝi estis kiu sed pri per ili iu mi aŭ kiel pli sur "
     "ankaŭ ĉi tiu oni kiuj"},
    {LANGUAGE("sw", "swa", "Swahili"), PAGE_LATIN, 0,
     "ya na wa kwa za katika la ni kuwa cha hiyo hilo huo baada kama pia huyo ambao alisema watu lakini "
     "hii kutoka yake mwaka wake yao hata sana vya tu rais zaidi nchini nchi huku wakati hivyo bado "
     "ambaye mwa"},
    {LANGUAGE("ha", "hau", "Hausa"), PAGE_LATIN, 0,
     "da a ya na ta cewa wa ne don ba an ce sun kuma shi ga su yi amma mai wani wannan suka kan domin "
     "daga za kuma sai inda yana haka sa cikin ko wata jihar masu tun bayan kasar gwamnatin shugaban "
     "kamar mutane"},
    {LANGUAGE("ig", "ibo", "Igbo"), PAGE_LATIN, 0,
     "na ndị a nke ka n bụ ọ ya ihe o ha dị onye maka nwere kwuru ga si mgbe ahụ ma ebe bụrụ gbasara "
     "otu mere niile ịbụ nọ aka site kwa eme ọtụtụ afọ mba gọọmentị ọchịchị ụlọ"},
    {LANGUAGE("yo", "yor", "Yoruba"), PAGE_LATIN, 0,
     "ní tí ti ó àwọn ni náà sí pé láti tó fún ń lórí bá wọn ọ̀rọ̀ kò ṣe wà ara rẹ̀ kan àti wọ́n bí "
     "ilẹ̀ ìpínlẹ̀ ijọba ninu awọn naa lati si wọn o pe ko fun bi ati rẹ"},
    {LANGUAGE("pcm", "pcm", "Nigerian Pidgin"), PAGE_LATIN, 0,
     "di dey for na wey to and e of dem say im no as don one go be pesin on from dis also make after "
     "with wit wen tok we pipo kontri sey dia wetin fit tori una get am still"},
    {LANGUAGE("so", "som", "Somali"), PAGE_LATIN, 0,
     "oo ah ee iyo ku in uu ka waxaa waxay la u ay lagu kala ayaa soo ayay isaga si loo kale inay aan "
     "inuu laga wuxuu badan jiray dadka dalka waxa ugu ayuu markii sida kuwa hadda"},
    {LANGUAGE("om", "orm", "Oromo"), PAGE_LATIN, 0,
     "kan akka fi irraa keessa jedhan hin waan ta e kun itti isaa jiru ture turan bara garuu namoota "
     "kanaaf biyya jechuun ammoo irratti kana isaan yeroo waa ee nama jira mootummaa jedhu keessatti "
     "hanga"},
    {LANGUAGE("rw", "kin", "Kinyarwanda"), PAGE_LATIN, 4,
     "mu ko ku n na kandi avuga uyu cyane ari ariko abantu muri kuko ubwo iki ibi ngo ni iyi uko bya "
     "icyo bari kugira rwanda ry u by cyo wa ya y"},
    {LANGUAGE("rn", "run", "Kirundi"), PAGE_LATIN, 4,
     "mu ko ku n na kandi avuga uyu cane ari abantu muri kuko iki ibi ngo ni iyi uko vya ico bari "
     "kugira burundi yavuze igihugu ya wa y c bo mugabo hamwe canke ivyo mbere ubu nk"},
    {LANGUAGE("lg", "lug", "Ganda"), PAGE_LATIN, 0,
     "nga mu n ku ne okuva era ng nti nnyo abantu oba ye mu ate okutuusa naye gwe ly bw kye bye ekya "
     "omu eno olw ba okuba wa ebya abalala gavumenti agamba ekitongole bonna omuntu kino ono kubanga"},
    {LANGUAGE("ln", "lin", "Lingala"), PAGE_LATIN, 0,
     "ya na ba mpe te ete mpo oyo mokolo bato nde to kasi nyonso ye wana bango kati makambo mboka ezali "
     "kosala bokonzi liboso moko mibale lokola likolo mobu bakonzi wa yango boye eza"},
    {LANGUAGE("sn", "sna", "Shona"), PAGE_LATIN, 0,
     "kuti uye iyi izvi kana vanoti asi vanhu vari avo nekuti ari zvakare pamwe kwete zvinhu nyika "
     "chete apo vane muzimbabwe here ndiko kunze gore munhu kubva ne rino hama panguva zvikuru nyaya "
     "kwavo"},
    {LANGUAGE("xh", "xho", "Xhosa"), PAGE_LATIN, 5,
     "ukuba kwaye kuba ukuze abantu le lo kunye ngokuba xa ngoku oku emva ngenxa ke kwe nje into kodwa "
     "emzantsi umntu kakhulu yokuba ngaphandle apho uthi zonke uthe kwakhona nto akukho"},
    {LANGUAGE("zu", "zul", "Zulu"), PAGE_LATIN, 5,
     "ukuthi futhi uma abantu lo le kodwa ngoba umuntu kanye kakhulu noma njengoba ngemuva kwezwe manje "
     "nje wathi lapho ukuba yilokho konke lokhu kusho izwe sekuyisikhathi"},
    {LANGUAGE("st", "sot", "Sotho"), PAGE_LATIN, 6,
     "ho le ya ke ba e hore ka o tsa wa ha re mme ne bo sa tse batho hae se eo di moo bona kapa empa"},
    {LANGUAGE("tn", "tsn", "Tswana"), PAGE_LATIN, 6,
     "go le ya ke ba e gore ka o tsa wa fa re mme ne bo sa tse batho gagwe se eo di mo bone kgotsa mo"},
    {LANGUAGE("mg", "mlg", "Malagasy"), PAGE_LATIN, 0,
     "ny sy ho an dia fa tsy amin izay ary tamin eo ireo ao noho ity koa aza misy azy no izany "
     "fitondrana ho raha nefa"},
    {LANGUAGE("ht", "hat", "Haitian Creole"), PAGE_LATIN, 0,
     "nan la yo ki pou ak li a se yon pa te nou sou gen ap moun tout men ayiti mwen fè peyi anpil si lè"},

    // ---- Cyrillic
    {LANGUAGE("ru", "rus", "Russian"), PAGE_CYRILLIC, 0,
     "и в на не что с по а он как для это из к от но его за о у же так то было все был до бы или она "
     "только если они при уже еще мы также чтобы ее их года был лет этого того который быть"},
    {LANGUAGE("uk", "ukr", "Ukrainian"), PAGE_CYRILLIC, 0,
     "і в на з у що не та до за це як від для є про він його але року після також які або й було який "
     "вже під був а через вони ми час може ще як при так між її їх україни буде та"},
    {LANGUAGE("be", "bel", "Belarusian"), PAGE_CYRILLIC, 0,
     "і ў на з у што не да за гэта як для ад ён яго але пра якія каб быў таксама або можа пасля ужо яны "
     "мы было гэтага яе так пры калі вельмі толькі бы"},
    {LANGUAGE("bg", "bul", "Bulgarian"), PAGE_CYRILLIC, 0,
     "на и да се в за не от с е че са по като това ще към ще до му бе след или той който при беше сме "
     "които има но още само ги може няма през го ли още ни така"},
    {LANGUAGE("mk", "mkd", "Macedonian"), PAGE_CYRILLIC, 0,
     "на и да во се од за не е со дека ќе што ги по го како но има до или тоа беше кои само ја тие бил "
     "сите овој при која кој ова може нема веќе ни сите му"},
    {LANGUAGE("sr", "srp", "Serbian"), PAGE_CYRILLIC, 3,
     "је и у да се на су за од који што а о из као са која које није би ће до или то по био али како "
     "године само још након већ код бити према тако може време где"},
    {LANGUAGE("kk", "kaz", "Kazakh"), PAGE_CYRILLIC, 0,
     "және бұл мен бір деп үшін да де ол бойынша болып қазақстан еді осы туралы емес көп болды дейді "
     "кейін бар жылы ғана оның өз қазақ сол үшін"},
    {LANGUAGE("ky", "kir", "Kyrgyz"), PAGE_CYRILLIC, 0,
     "жана менен бул бир деп үчүн да ал боюнча болуп кыргыз эле ушул тууралуу эмес көп болгон кийин бар "
     "жылы гана анын өз деди керек"},
    {LANGUAGE("tg", "tgk", "Tajik"), PAGE_CYRILLIC, 0,
     "ва дар ба аз ки ин бо барои он ҳам аст буд як бар мешавад то шуд тоҷикистон худ дигар кард вай "
     "онҳо дорад"},
    {LANGUAGE("mn", "mon", "Mongolian"), PAGE_CYRILLIC, 0,
     "нь энэ юм байна гэж болон оны монгол улсын байгаа тэр бол гэсэн билээ ч юу бас их хүн болсон "
     "байсан дээр хийх олон"},

    // ---- Arabic script
    {LANGUAGE("ar", "ara", "Arabic"), PAGE_ARABIC, 0,
     "في من على أن إلى عن التي مع هذا ما كان الذي هذه بعد لا كما قد هو بين ذلك كل عام قال أو وقد خلال "
     "حيث أنه غير لم قبل بن كانت وقال إن منذ هي يوم ثم عند"},
    {LANGUAGE("fa", "fas", "Persian"), PAGE_ARABIC, 0,
     "و در به از که این را با است برای آن یک می خود تا بر هم شد کرد شده های نیز اما ها باید سال دو وی "
     "بود شود بین او کند دارد یا گفت کشور اگر هر"},
    {LANGUAGE("ur", "urd", "Urdu"), PAGE_ARABIC, 0,
     "کے کی میں ہے کا اور سے کو نے پر کہ اس کیا یہ بھی ہیں ان گئی تھا نہیں ایک جس کر ہو تھی لیے وہ تو "
     "گیا ساتھ جو کہا کرنے ہی بعد رہا ہوئے اپنے کوئی ہوا"},
    {LANGUAGE("ps", "pus", "Pashto"), PAGE_ARABIC, 0,
     "د په او چې کې دی نه له ته هم يې یې سره دا کړې شوي کړی پر خو یو کوي وي چي کړي ده هغه يو تر شي دي "
     "کول"},
    {LANGUAGE("ckb", "ckb", "Central Kurdish"), PAGE_ARABIC, 0,
     "لە و بە کە بۆ ئەو ئەم لەگەڵ هەر یان سەر ئەوە بوو هەیە دەکات نییە ئێمە کردن کرد تا بەڵام خۆی هەموو"},
    {LANGUAGE("ug", "uig", "Uyghur"), PAGE_ARABIC, 0,
     "ۋە بىلەن بىر بۇ ئۈچۈن دەپ بولۇپ ھەم ئۇ بولغان كېيىن قىلىپ ئىدى شۇ ئۇيغۇر"},
    {LANGUAGE("sd", "snd", "Sindhi"), PAGE_ARABIC, 0,
     "جي ۾ جو کي آهي ۽ ته سان به جا تي هن آهن ان نه لاءِ هو کان هڪ پر جنهن"},

    // ---- Devanagari and Bengali
    {LANGUAGE("hi", "hin", "Hindi"), PAGE_DEVANAGARI, 0,
     "के में की है से को का और ने पर भी कि हैं इस एक यह नहीं लिए कर ही तो था जा हो कहा गया साथ बाद या "
     "जो उन्होंने थे रहे अपने किया थी आप वह करने"},
    {LANGUAGE("mr", "mar", "Marathi"), PAGE_DEVANAGARI, 0,
     "आहे आणि या च हे असे की ते आहेत व मात्र तर एक केली होते त्या नाही हा होता करण्यात ही आला केले "
     "यांनी त्यांनी म्हणून झाली आली मी तो"},
    {LANGUAGE("ne", "nep", "Nepali"), PAGE_DEVANAGARI, 0,
     "र छ पनि को छन् गर्न भएको हो गरेको लागि यो भने एक थियो तर गर्ने मा ले भन्ने नेपाल उनले बताए भए "
     "त्यो यस गरेका हुने"},
    {LANGUAGE("bn", "ben", "Bengali"), PAGE_BENGALI, 0,
     "ও এই করে এ থেকে না করা হয় তার এক জন্য হয়েছে সঙ্গে করেন এবং বলেন কিন্তু তিনি এর আর যে কথা পর "
     "করতে হবে নিয়ে বলে"},
    {LANGUAGE("as", "asm", "Assamese"), PAGE_BENGALI, 0,
     "আৰু কৰা হৈছে পৰা এই এটা কৰি বাবে হয় লগতে তেওঁ কৰে যে নাই এক বুলি লগত"},

    // ---- Ethiopic and Hebrew
    {LANGUAGE("am", "amh", "Amharic"), PAGE_ETHIOPIC, 0,
     "ነው እና ላይ ውስጥ ጋር ግን ወደ ይህ ነበር መሆኑን ደግሞ ሲሆን እንደ ከ ሰዎች ያለው ዓመት ሆነ ብለዋል የሚል ናቸው በኋላ አንድ ይህን የ በ ለ"},
    {LANGUAGE("ti", "tir", "Tigrinya"), PAGE_ETHIOPIC, 0,
     "እዩ ኣብ ናይ ከም ካብ እቲ ድማ ምስ እዚ ነቲ እታ ግን ነቶም ዝነበረ ኣሎ ከኣ ዓመት ሰባት ነዚ ዘሎ ብዙሕ ንሱ ድሕሪ ኢሉ እዮም ናብ ኢዩ እውን ሓደ"},
    {LANGUAGE("he", "heb", "Hebrew"), PAGE_HEBREW, 0,
     "של את על לא הוא כי עם זה גם יותר אבל או כל אל היא אם מה היה אני רק הם יש אין אחרי כך בין לאחר שלא "
     "עוד"},
    {LANGUAGE("yi", "yid", "Yiddish"), PAGE_HEBREW, 0,
     "די און פון איז אין צו דער אַז מיט נישט האט אויף א דאס פאר זיך האבן ער וואס"},

    // ---- Languages with a script of their own
    {LANGUAGE("el", "ell", "Greek"), PAGE_GREEK, 0, ""},
    {LANGUAGE("hy", "hye", "Armenian"), PAGE_ARMENIAN, 0, ""},
    {LANGUAGE("ka", "kat", "Georgian"), PAGE_GEORGIAN, 0, ""},
    {LANGUAGE("pa", "pan", "Punjabi"), PAGE_GURMUKHI, 0, ""},
    {LANGUAGE("gu", "guj", "Gujarati"), PAGE_GUJARATI, 0, ""},
    {LANGUAGE("or", "ori", "Odia"), PAGE_ODIA, 0, ""},
    {LANGUAGE("ta", "tam", "Tamil"), PAGE_TAMIL, 0, ""},
    {LANGUAGE("te", "tel", "Telugu"), PAGE_TELUGU, 0, ""},
    {LANGUAGE("kn", "kan", "Kannada"), PAGE_KANNADA, 0, ""},
    {LANGUAGE("ml", "mal", "Malayalam"), PAGE_MALAYALAM, 0, ""},
    {LANGUAGE("si", "sin", "Sinhala"), PAGE_SINHALA, 0, ""},
    {LANGUAGE("th", "tha", "Thai"), PAGE_THAI, 0, ""},
    {LANGUAGE("lo", "lao", "Lao"), PAGE_LAO, 0, ""},
    {LANGUAGE("bo", "bod", "Tibetan"), PAGE_TIBETAN, 0, ""},
    {LANGUAGE("my", "mya", "Burmese"), PAGE_MYANMAR, 0, ""},
    {LANGUAGE("km", "khm", "Khmer"), PAGE_KHMER, 0, ""},
    {LANGUAGE("ko", "kor", "Korean"), PAGE_HANGUL, 0, ""},
    {LANGUAGE("ja", "jpn", "Japanese"), PAGE_KANA, 0, ""},
    {LANGUAGE("zh", "zho", "Chinese"), PAGE_HAN, 0, ""},
};

const size_t page_n_languages = sizeof page_languages / sizeof page_languages[0];
