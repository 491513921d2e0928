// background_table.c - which words texts of a language have, whatever they are about. The table to
// extend.
//
// Each row: the code of the language, and its words by the share of news articles that have them in their
// first 512 words: six in ten and more, .35, .2, .12, .07, .04. Words are cut as titles compare them
// (title/terms.c): folded, without accents, five letters of an alphabet, four of a script with three bytes
// a letter, pairs of a script without spaces. The first two strings also say which texts are of the
// language.
//
// Counted for this project over public collections of news, as many as the line above each row says, with
// tests/bench/background.py, which makes a row from any corpus; German was written down. Words that are
// mostly written large are left out, and names in scripts without large letters were taken out by eye: what
// is news today is none of the language. Counted were, in English, Article-Bias-Prediction, SemEval 2020
// task 11, FNC-1, BBC and Guardian articles, press releases of senators and a collection of activists'
// news; MasakhaNEWS for English, French and the languages of Africa; FakeNewsCorpusSpanish,
// alb-fake-news-corpus and Datasets-for-Urdu-news; xin-wen-lian-bo for Chinese.

#include "title/background.h"

const struct title_background_row title_background[] = {
    // eight collections, 113,160 texts
    {"en",
     {
         "the of to and a in for on s that is with it by as be from at has have was this an are said "
         "but not",
         "who been they will he which we their more one also or about had his after were up would all "
         "there out peopl year state when other can t than new over its time if so no",
         "inter what our into first you two under now last some could years count again inclu repor "
         "offic just them only being do us while publi like natio gover suppo befor made becau most "
         "many contr told these polic conti those how throu every make where any world month may "
         "follo get presi right she even since shoul well three such then back commi provi way her",
         "him durin direc take very work today found respo my day week down accor still long servi "
         "did part compl group off recen compa membe commu much issue prote polit betwe inves help "
         "both news place famil re numbe belie old secur appea incre say need aroun progr think see "
         "chang going gener thoug perso parti claim anoth start calle forme relea left curre next "
         "milli home conce know leade comme confi added annou own says force elect appro here press "
         "great becom thing life use used don same autho point me relat go your major trans media "
         "want clear come consi impor creat organ exper sever large high spoke end story produ four "
         "expec remai set stand speci acros actio good criti allow close attac secon m power defen "
         "socia recei witho worke put recor syste secre man worki healt quest alrea proce never court "
         "later infor days somet colle law times child event opera too conta",
         "activ histo ve local feder econo must campa happe five devel case does order far conse why "
         "effor diffe possi decis resul based took makin fight agree repre bill admin prese busin "
         "final came yet sayin wheth offer show seen taken past earli previ few probl among charg "
         "manag conte furth minis speak invol top centr threa marke succe best justi stron const full "
         "build level party city away look along given night each until known watch war short ago "
         "reall priva chief find requi asked video retur bette might havin free reach milit call "
         "early posit frien went death alway sugge young least six emerg got due likel big able give "
         "takin keep share futur won withi effec real descr photo am detai money despi littl signi "
         "addre class reaso acces cover fact cause targe ident small schoo face popul human ever "
         "stree bring less alleg women compe co chair serio weeks accou addit impro propo move led "
         "inten legis initi held finan legal once run break kille using execu post attem atten proje "
         "ensur actua comes sourc deal raise head immed indus done lot didn origi fundi serve techn "
         "treat men chall matte open outsi staff lives black means almos oppos indiv simpl capit "
         "third behin name begin avail promi evide decid half enoug discu consu care total often "
         "billi anti passe hard looki playe let conve enter agenc insta confe comin team pay toget "
         "distr plan certa doing accus crime medic journ pleas poten tryin focus commo below site "
         "role front forwa figur live needs inste deman missi area analy momen intro terro visit "
         "resea",
         "grant towar launc key reduc hours thank plans stop hit exist measu deliv liber impac highe "
         "livin suspe altho neede price viole cost perce read cours reali perfo revea websi nearl "
         "emplo late email oppor limit lost play diffi thous preve groun doesn exten forei train "
         "spend wrote globa highl line broad prepa chanc meeti insti regio senio drive sure nothi "
         "regul decad getti began rathe crimi deter stati arres refer custo simil whose bigge woman "
         "near disco desig term makes job expla strug serie himse runni win wante canno lead vote "
         "victi lates profi movem revie benef civil estab field side indep shows messa suffe extra "
         "judge freed condi murde prope natur sent thems cases union ll learn hope explo advan trave "
         "seven becam low growi intel terms hospi conne singl situa quick profe assis cut heard educa "
         "air strat eight saw plann resid anyon updat super rise convi strik water onlin kind extre "
         "anyth debat died image docum heart minut morni expan condu resou remov lette featu trade "
         "affec insid artic examp entir encou multi someo quali heari accep energ risk longe whole "
         "repla ahead feel repea expre leave regar injur soon idea light recog block gave perio partn "
         "prior hold priso pract prime turne victo write proba wrong prose envir meet data borde "
         "stage tradi leadi espec warne true reque showe crisi form socie refus overs per safet areas "
         "try surpr faile middl music non incid eithe netwo purpo costs spent track game hand candi "
         "moder dange paren met battl isn age damag citiz argue adver refor versi offen admit broug "
         "suppl love step award enfor turn maint body neces phone scien tell speec itsel indic destr "
         "celeb arriv hundr calls respe defin illeg amoun promo decla circu firm jobs stude separ "
         "budge credi impos carri nomin send appar optio works sound mothe terri funds broke value "
         "estim self trial pictu denie voice answe facin main tried tweet immig facil check poste "
         "disap weapo restr sense com cultu fire struc prima huge prove mean tax fathe helpe demon "
         "seems dolla searc wants dead carry abuse incom calli givin corre book cross room talk star "
         "bad rest coupl space felt shot board shoot ask achie via corpo concl film appli scene round "
         "testi date title expos advis safe sign ways avoid subje hands range above food paid joine "
         "list insis princ compr writt view summe al decli",
     }},
    // two, 1,655
    {"es",
     {
         "de la y que en el a los del se por un para las con una no es al como su lo mas esta",
         "pero contr sus entre este o si sobre sin ha perso inter desde tambi publi ya todo comun "
         "tiene son parti quien ser traba solo cuand segun gobie puede anos duran prime fue",
         "nacio porqu gener reali hay han parte todos polit donde organ prese socia nos algun asi le "
         "presi estan mucho tiemp dos hace pais llega hasta medio eso momen derec inclu nuest e infor "
         "const estab forma adema consi direc uno ese ultim espec ni senal repre ciuda vez impor "
         "lleva compa hacer cada ahora mismo esto centr conti histo muy mayor neces inten otros conse "
         "medid mient dias empre poder llama mundo final encue produ estar nuevo trans embar conve "
         "comen despu nueva activ resul habia situa human ningu lucha conoc inici respo",
         "ano sera propi autor sido hoy princ estos liber exist tanto vida frent pasad aunqu corre "
         "millo conte econo cambi famil posib trata sino cuent dijo lugar tres parec extra media "
         "cualq tras esa ante recor hecho queda era funci acuer caso decla defen actua asegu les bien "
         "menos insti bajo expli elect conta recon mejor grand compr funda dia me servi otro desar "
         "segui segur puebl difer expre mucha antes esper afirm estam compl relac deber respe confi "
         "gran otras decid seman decir nombr oblig justi ofici busca quier prote junio labor cual "
         "luego aquel ejemp proce gente super recib integ permi utili sigue cuest efect otra conce "
         "podri capit probl habla meses siemp inves trave fin hacia tener estas senti todas nunca "
         "fuero maner inmed junto toda previ siste tipo condi mujer proye recur accio anunc criti "
         "unos mi denun afect va orden secto encon secre opera dific entra nada multi viole ayuda "
         "cient haber numer amena fuera manif plant preci pobla siend salud local enton causa algo "
         "cumpl titul ejecu insta grupo",
         "tenia proxi medic termi polic exper sufri perma dirig redes marca apare tu evita sea convi "
         "verda dar progr sindi aun objet dice casi regis viene espan ellos resis ejerc estud garan "
         "provi debe punto preoc recie discu admin alime apoyo uso equip paise decis tan casos pensa "
         "pregu unive recla fuerz casa natur tenem horas gober mes pasar hizo yo circu mante muert "
         "evide movim reduc ident mundi notic deter espac convo disti salar revel respu enfre falta "
         "defin guerr patri misma ingre domin aumen colec campa razon mensa profe indus nivel escri "
         "negoc estat pues hemos signi datos dentr veces nosot ello perdi debat movil total futur "
         "prens consu supue aplic dejar mater emple campo tecno desti tal perio habit prete te fuent "
         "asesi solid terri pueda escuc provo acces nadie ley democ ver dispo popul favor cerca marte "
         "alcan deten igual comer exigi demas reuni aprob candi profu julio puest estra confl manda "
         "acomp milit mil merca desap lider cerra recha indic pande muest ciert claro quere encar "
         "finan da capac ocurr elecc venta lado viern exige dio hombr celeb victi desco camin dicho "
         "firma norma mano idea intel esos argum avanz presu refor desca munic cultu benef seria "
         "adela anali impul acusa palab poner cosas podem unico cuatr aqui libre image golpe poco "
         "proba concr pract confe real volve adver judic destr debid obten origi levan cinco energ "
         "venez ella despl ataqu minim camar serie condu jueve alla detal sean exten propo calle "
         "peque ofrec riesg clara sanci carac asist grave hospi estuv vario escue metro revis artic "
         "priva lunes hacie resol decad despe poten sigui socie limit deben march bloqu puert regio "
         "agreg educa maxim marzo concl diver solic i refer fisca dispu prepa cuerp porta extre terre "
         "unas",
         "asoci crisi relat apoya valor agua tendr pagar salva ahi aprov miles obser sabem exter tuvo "
         "acaba tecni tomar logra gesti legal sufic prome rapid coron abril soste memor compe prueb "
         "cierr estoy marco menci jefe fondo hacen ampli refle ambie manan preve recup cuant somos "
         "varia biene vincu impac obsta urgen infra indig desta imple depen anter dolar despi atrav "
         "cabez dicie colab explo absol modo motiv revol virus cargo emerg demos docum sober fuert "
         "ideol esas tenga distr basta sitio repor enfer apunt paso gremi sede simpl mostr mayo imagi "
         "vigen oport asumi queri enero acto victo alert eran resto aband exclu base s llego promo "
         "podra arbit ultra video unica deriv sosti regre posic calif catas visto carre plan conde "
         "acept enorm van noche event creci tenid requi haya ninos hora juego pesar diner atenc legis "
         "elimi vamos deman propu fecha empez ocupa sorpr estre patro vuelt indiv forta estru herra "
         "joven realm abier visit model delit dolor seran impid minut sexua civil pese respa corri "
         "docen escen texto tradu equiv auton front miedo propa recom nucle diari izqui ocasi ilega "
         "saber mierc costo casas agres agost armad impue juici tarde pudie hubo facil menor acerc "
         "plena cabo apena instr terce desig masiv clave adqui buen latin ingle impli pobre escal "
         "firme libro descu restr pelig conju alli buena asamb he difun ganar coord hicie insis silen "
         "esenc alred trasl advir padre canti zona asunt tribu intim invit podia alter tierr disen "
         "graci usuar encim sient dedic enter siqui herma impre crimi ignor incer red siglo todav "
         "septi tampo dado hogar categ recue inver emiti https debil olvid digni aclar globa ambos "
         "plane simil suced alto llevo negat crime ocult incre secci elegi quedo jamas secue tengo "
         "casti impos repro manti mal madre reacc exito peor sostu aboga anadi seis largo eleva jorna "
         "barri fallo sacar zonas pone exact oposi audie fisic parla menti futbo incen cifra habra "
         "edad basic amigo lista tema deja cread moral vive sabe guard confo algui moder viola vuelv "
         "evalu ellas justa piens votos atras soluc lanza prior linea envia salid conci dicta pago "
         "poste papel anarq tempo sabad reser espos horar posit diput febre ubica teori coloc depor "
         "esfue orien vivie merec sufre sanit anima comie telev digit modif influ cuale zapat retro "
         "reivi dicha usar calid figur sente",
     }},
    // one, 633
    {"fr",
     {
         "de la a le l les d en et des du un est une pour dans qui que il au sur par plus qu pas ont "
         "mais ce comme s se ete n avec ne",
         "son sont ou cette contr autre aussi aux fait apres parti entre c inter etre pays elle y ils "
         "nous perso sa decla ses premi selon deux ans derni etait annee avoir leur grand monde egale "
         "meme depui si ces",
         "certa tout avait faire nombr nouve avant dit cela on toute natio peut bien milli lorsq dont "
         "presi t lui expli penda leurs je mois quelq trois utili tous vous fois tres organ impor "
         "passe publi alors donne affir pourr gener beauc prese sans lors soit mondi trans gouve "
         "cours homme moins equip vie trouv conse plusi const group encor sous maint atten appel "
         "raiso conti trava princ confi",
         "envir commu porte produ reste jusqu temps ajout j compr semai eu deven consi ameri debut "
         "non deman direc deja etaie seule ancie cas compt fin annon peuve elles prote manqu exper "
         "autor avons car ainsi femme parle actue dirig capit notre place pouvo diffe cause ai chose "
         "prend entra donc repre diffi chang histo journ quatr arriv estim sante peu aujou hui attaq "
         "point devel socia conce quest fonct pres jours footb regio unive gens somme tant mesur eux "
         "jeune aucun avaie connu rappo coron probl popul guerr sud perme centr malad appar famil "
         "vers pense jour jamai momen force toujo polit profe heure cinq propr cherc surto champ "
         "respo reche enfan sembl chez repon indiq puiss membr milit final neces socie minis secur "
         "augme europ defen sera pris attei montr proch offic quali pande parce match joueu infor "
         "chaqu nivea dolla habit obten compl meill appro notam reali moyen souve press nom",
         "lieu droit agit decis syste ville petit lutte trait face signi tard econo insta sport speci "
         "mis ceux regar exist conna accor forme affai situa nord souti va aide desor argen scien "
         "elect colle bonne marqu laiss plupa accus entie servi techn suis risqu celle serie manie "
         "media voir devra rapid decou maiso proce etude dispo arret faisa nos six aurai recon decid "
         "conte finan ouest etran inten pours eleve dire renco pourq progr cote quand march base "
         "deuxi relat afin me age serai mettr brita lance menac compa tente telle chef comba virus "
         "medic exemp liber epoqu mort decen redui moi aider resea ligne propo compe cet reven explo "
         "mon ma soute doit suite total rempo preci impos humai reuss but trave simpl ait effet puis "
         "facon malgr pouva possi analy recu civil club tourn rempl ici crois condi infec laque souli "
         "doive savoi touch idee secre prix janvi emplo proje reuni jouer juste parta assoc cadre "
         "origi proba rendr compo corps posit ci signa prati armee resul local seul ident retou besoi "
         "criti perio victo provo ukrai activ medec an conta quant vraim russe quitt limit ensui "
         "titre sept alime condu crise vu essay respe recom revel mal grace terme super suivi rien "
         "initi coup ferme tete gagne aller terra livre votre tels depen longt inqui accue milie "
         "prise quart veut affec impli garde occup prece enorm forte longu prete enque mars assis "
         "charg secon indep souff messa class envoy fourn rejoi devai acces pu empec esper front "
         "tandi succe ecrit ensem grave joue etant part resse repri seron",
         "saiso ouver armes facil feder parol deter opera etudi video large effor fevri surve insti "
         "regle sourc riche retro vacci permi long appor effec parmi decem commi devan depar lesqu "
         "lundi recen poste multi centa suspe font nourr vendr engag viole conso minut impac situe "
         "presq huit rendu ivoir terre agenc terri refus termi coura mauva paren novem surpr devie "
         "perdu mieux allai concl sujet assur juin taux campa solda manif signe repor type preve "
         "achet pauvr fabri role norma celui inves decri diver stade etabl extre racon confe natur "
         "faut democ propa forma oppos confr expri juill polic deces confl evene voula occid invas "
         "dange parfo hopit fille siecl prive senti davan dizai evite provi assez derou mes emiss "
         "aveni celeb chanc preuv ca sait blanc artic refle fonda vont memes trop conve adopt matie "
         "unite peupl rappe sein date unies mere urgen nomme objet restr faibl mouve zone mercr depla "
         "passa bless aband frapp chois exter effic photo plein missi bon loin carri derri patie "
         "expos occas chiff suppl suffi profo pluto haut benef enreg reser clubs aout corre tot fonds "
         "ecole eau voyag objec desti mai crain recem selec site mardi pere capac jeu essai major "
         "tombe devon neuf agiss samed majeu loi rejet accep villa inscr distr octob vue creat morts "
         "resid or avert train quel admin elimi perte detai oblig diman dispa suppo islam invit conda "
         "justi anima deten appre actio autou nuit phase obser image docum porta avion evolu appli "
         "extra resso citoy monta liste aura decle victi echan evide candi profi retra pouss ayant "
         "ameli disen sorti creer tenda indus repar exami colon avanc sympt quoi vient prepa circu "
         "physi bas energ dix essen leade viven soien temoi abord sugge resta tribu enten attir strat "
         "susci deced banqu regul mange verit quell coute modif terro immun aupar regim sanct aient "
         "voisi human perfo paix remar of solut visit recev poten cible buts faite cultu moder km "
         "discu cesse leque souda event facte volon dimin tradi parte baiss feu avril offre peine "
         "avais telep quoti etais survi zones defin suiva suivr voulo septe intro voitu ni",
     }},
    // written down for this project
    {"de",
     {
         "der die und in das den von zu mit ist im auf fur ein eine nicht sich es auch",
         "dem des als an er am sie bei wird nach aus hat wie um war einen einer sind noch aber haben "
         "dass nur vor werde mehr bis uber zum so zur wurde",
         "einem durch gegen jahr jahre diese kann unter wir habe sei schon ihre seine wenn will zwei "
         "sagte gibt man oder soll wiede sein was ihr ab erste deuts heute sagt immer alle seit",
         "rund proze milli land zeit euro uhr neue neuen tag hier da dann doch sehr viele stadt mensc "
         "frage konne muss weil keine ohne gut drei damit weite dabei letzt minis konnt zwisc etwa "
         "allem ende wegen teil ander gesch stehe kommt gehen steht macht beim berei aller woche "
         "regie poliz lasse besch beson gross dafur zunac sowie jedoc zudem ihrer einig",
         "parte chef spiel tage leben arbei frau mann kinde famil prasi polit staat bunde europ welt "
         "sonnt samst freit monta diens donne mittw monat name ihm ihn uns ich viel wenig klar recht "
         "seite platz haus weg geld koste hilfe schul kauf handl wirts firma kunde markt preis klein "
         "hoch lange kurz spate erkla beton forde beric grund ziel weise situa probl losun entsc plan "
         "proje vertr geset geric anwal tater opfer unfal feuer verle toten tod krank arzt gesun "
         "musse bleib komme finde zeige nehme geben stell setze liege halte bring darau dazu darub "
         "davon daran trotz wahre denn nun selbs sogar fast allei beide vier funf sechs mitte nacht "
         "morge abend ort trete folge gehor",
         "verei stark schwe leich einfa mogli wicht schne sprec press angab laut spric offen nutze "
         "verbr verlo gewin sieg train team manns saiso liga punkt tor fans runde titel film musik "
         "buch kunst kultu theat besuc gast hotel reise flug auto stras bahn fahre verke brand wasse "
         "luft wette somme winte energ klima umwel natur tier baue bau wohnu miete bank aktie borse "
         "umsat inves steig sinke zahl halft daten digit inter netz app techn fors studi wisse unive "
         "lehre kirch verba gewer strei demon prote krieg milit solda angri waffe konfl fried grenz "
         "fluch migra wahl wahle stimm koali abgeo gemei burge kreis rat haupt verfa urtei straf haft "
         "ermit verda behor mitar leite vorst gesel jugen alter junge mutte vater elter bilde idee "
         "erfah gefuh hoffn angst glauc freun liebe reden fragt antwo disku kriti verso plane begin "
         "start stopp verbo erlau erhoh senke dritt gesam",
     }},
    // one, 713
    {"sw",
     {
         "na ya wa kwa katik la ni za kuwa kutok cha kama lakin yake ambay hiyo baada",
         "zaidi wakat wake kwamb pia nchin vya miaka kweny watu mwaka huo kuhus sasa wengi hilo moja "
         "hii mara siku walio hivyo ambao kati huku kufan kwanz ili iliyo huu mwa huyo au pamoj nying "
         "mmoja mweny juu",
         "dunia nchi hata hadi kila muda alise aliku wanao karib mwana yao baadh kubwa aliye dhidi "
         "kazi mkuu sana hali mwezi ikiwa kabla serik tu anase wao iliku kuna kadha mbali mtu hayo "
         "hatua kupat sabab masha umri akiwa inayo tangu rais mengi bado ziliz mpya kuanz kutum chini "
         "mwish hivi wanaw wanas ambap mbili wenye wiki alipo tayar nje kufik zake miong habar nyumb "
         "sio kushi walik taari ndani maish taifa mkubw kawai zaman hizo kutoa kulin eneo milio tofau "
         "kipin kupit sehem kuchu kuond kimat njia",
         "kuong huko bila zinaz mwing huend muhim ambaz vile wote zao ambal hakun wanat shiri mambo "
         "anaye aina afya hao kufua nafas mchez licha kulik kuu yenye makub tena ajili jinsi mitan "
         "amese awali raia wamek kiwan asili tatu sawa zote kuend hicho inawe ndio kusin matai pili "
         "alion idadi jambo hili famil mkono maene mnamo ambac mtand imeku msimu ameku kwend kukab "
         "yaliy lilil kinac humo lake matum mkata walip hapo mrefu uliop mjini kuwas sheri yanay "
         "wakiw wanap msham kilic masua iwapo klabu mji pekee coron timu yote ina yeye kitu kufun "
         "wale mapem kampu mazun anata kiasi miezi nini ingaw kiung maafi kwani tareh suala mpang "
         "watot matok mujib wazi bora kumsa kijam kundi mamla viong kuwek haki chama kile shugh kuing "
         "si wana ana upand kupig jina chake wako hatar maaru ugonj sita uchag mashi hizi mbele virus "
         "usala uweze",
         "kwasa uwezo kiong uchun kucha haya wanak uliku madai kote viwan kuzui picha kusem mbaya "
         "namna uongo mwand ushin linal kupun kisia mfumo wanam wawil wanau biash utafi ikiwe mpaka "
         "matat fedha mabad nguvu mfano mwili alita wanan kujiu jamii ripot kwake kusai alich washi "
         "walis wanaj kuele kikuu alifa harak mwanz wasiw ujumb ulimw umma chang leo aliwa saa nyuma "
         "ligi rasmi miche vita haiku video hospi yetu unawe wanah hudum kabis magha chach dawa wanaf "
         "uhami kulip yoyot uamuz mkuru vyomb wafan utawa takri kubad vingi kituo alian kuten kuham "
         "wache kidog watak athar hawak wacha kupan wanac nia kutak ushah gani uwanj badal kweli "
         "madar wetu yuko yangu huru kuona wataa kikub kurej uhusi polis maamb ilivy fulan nne wafua "
         "walit kuang ama walia inase mahak jana janga lazim maana hasa anawe mama wanaa makam thama "
         "ilipo nusu maruf in lilik taasi jimbo haija vinav inaon ambak kushu kukam mazin pesa tano "
         "kusab waand kuish nzuri uhuru dola mahal usiku hapa naye joto inata huwa shule kuche hofu "
         "mdogo maalu ambav lengo histo ataka vijan winga kukat binaf kesi aliam mtoto bunge kisha "
         "hakuw baran kanda mingi kujit maand damu mkopo miwil watat kuhak jeshi mabin mechi salam "
         "mojaw matib pauni wowot iko beki kaska kifo kuzun upinz yalik kura mkuta maelf kutaf nao "
         "kuwap chaku menej kikos mchan kuone wagon nyota uchum kibin usaji soka wakit amani juhud "
         "kiuch fursa yalio itaku siasa yeyot ilian mikon ndege tukio zinaw kuach mimi wamet simu "
         "kumal kampe mlinz tatiz kusha wames kujar kusam ile viliv wenza aliji kiten nilik maji yako "
         "kudhi makun",
         "kitai ukwel hawaj hisia baba aliyo alish binad imese alipa wizar umeku wasio ilise mafut "
         "wangu ofa mafan pale bidha choch bilio de kocha ilion faida mafun alivy ujuml kukub una "
         "kupin basi akise dakik maoni mawil katib alika maele hawat wamea kuima makal vizur kumpa "
         "ujao imani alitu aliia jukum anaon kutos bara hana zilik wito alito vyema micha nani kutek "
         "watan kanis kutat tume inafa kuwat maswa kunun baraz mchak kujua mwenz kumek dalil saba "
         "hatim halis mitat inaka utaka wamep via wamef kina hutum ghara hiki suluh kudum ushir mipan "
         "ataku kutan uhali vifaa maend ndiye kuzin mawaz kumi mfupi lenye macho ofisi msema dakta "
         "rekod kutam ulinz ndoa sisi rahis orodh kurud kusaf kubai gazet kinyu wanav kuand kumuu "
         "aliel matuk kali hawan safar moyo mlang mshin uliof tekno walif sauti mbinu vifo inapo "
         "madak kupot kusik dini udhib walim alifu ngumu sera bali mzuri umuhi mzozo unaon jijin "
         "kumnu nayo ishar huyu kuung siri zimek urais diris uliok anaku kasi mali mtaal kusim amewa "
         "kwao yanaw msaad akion ukose zinas anafa watum kijes rangi zinao waliv bei akita bahat hawa "
         "mamil wakil minne wapin kuwez manen msima wala usafi lolot vibay kihis silah shere kishe "
         "kujif kidin inapa kuwaf chanj makaz sifa vitu hadha mapen kupam madha vikwa yamek visa "
         "vilab kunaw unapo hakik kumta al tanga msing sahih tabia wakuu barab utata majar mke anael "
         "kukaa kuvut limek shaka nzima mlipu tiba of ongez kulia sekta kijan mawas kigen hufan maraf "
         "kukut soko wataf amefa vipi zenye wakis risas kuony kinga vigum makos husus kuthi uzito "
         "mahus kuwaa alihu inaku namba baina ndogo walii kuhar takwi kukos saini anapo kutem kilik "
         "es moto kifed magon umaar kutol ameon ameka lugha kusho ombi jumla shamb data ardhi mamia "
         "nilip linaw zetu ule kauli chagu walin ngazi walij wanad kula kupew elimu imesh zingi kuvun "
         "vipim wanne jarid nyeng jiji wamew kuwal angal mashu heshi uvami kuwah maamu kiume makao "
         "kuomb haiwe inato mjada kuamu kusom mazoe kifun kilim zinat jiran ndiyo majuk mapin pombe "
         "furah inawa alipe zikiw pengi majir ufani pande kuhud kupok haswa wawak majin kusal kufut "
         "macha ghasi usaid wanaz akiwe vikos isiyo vikal vyama kutot kuwan ukiwa tisa jarib lilis "
         "walic rafik mbada haita amesh wasic tuzo alama",
     }},
    // one, 954
    {"ha",
     {
         "da a ya na ta ne yi ke kuma daga ce kan ba suka mai shi su cikin bayan wa aka wanna cewa ga "
         "za",
         "sun wani wanda an wasu sheka sai dai lokac ake masu yan yadda sa inda domin zai ko amma "
         "zuwa matsa wata har kasar nan kai wadan ma samu ranar ci abin haka mutan daya dan yanzu don "
         "gaba duk kara yana baya iya watan bayya suna in kamar sabod biyu fara ji bai wajen",
         "ita tun idan babba ana farko yake duniy nuna shuga hakan suke saura irin sama gwamn yin "
         "mutum hukum tare kasa tatta shiga cewar samun akwai tsaka sanna dauka zama yawan kungi "
         "ganin dama fi abubu al ciki amfan jihar hada matak yayin shiri tana rashi wadda magan uku "
         "jami kawo shafi kafin mu musam aiki gudan mata kallo babu din bayar ku lafiy hannu tabba ka "
         "take",
         "rayuw shaid sha zaman kasas hanya banga wasan labar malam bidiy ar cin gabat abu sanar masa "
         "sakam son karsh fitar kasan hoton manya birni hanka koma taima aikin fuska kwana kira kashi "
         "wato binci kamat arewa nasar kusan musu miliy yawa samar to gaban san neman masan dukka "
         "cutar gidan taba wasa sake dauki bukat sani je guda biyar kwall kokar hudu lamar game sanya "
         "jam takar zargi dalil mafi kafa tsaro tsari so kare aikat tsawo karin damar matuk mulki "
         "wurin tashi karka fito majal aminc batun ina kawai duba gida tamba siyas gasar daban kudin "
         "buga kamma shiry makon mun sabon iyyar kamfa sosai fama rahot addin",
         "kashe zo jama yanki kudi kuwa girma walla arzik karat bisa wuce yanay bakin kasuw dauke "
         "zumun shawa kansa alaka fada danga jin matas gani fiye yada sauya muhim mayar kama haifa "
         "daida jagor kwara tsoho baki sada ni rika ruwa tafiy tsaki muka hanyo hana dole muna harko "
         "shida kowa zaben gano hira tarih tunan faru taka rana bar makar rage shafu ayyuk mahai "
         "fadin halin karan kakar wakil i jarid ja mako gaski kansu kula wahal sunan kowan bana yamma "
         "umma saka muke abinc likit fahim koron takwa kudad tasir duka kayan garin annob karam karfi "
         "kanan yanke fitac sayar tafi zabe shafe karo talla faruw taray fanni waje saba ilimi cika "
         "sau janyo bi kwami rubut tawag yaki karba hukun kusa dace kanta mutuw naira dawo alkal mutu "
         "nufin ban karon bin nazar nemi alama intan tara kwant kowac sassa ran shari asibi asali yau "
         "jikin gwiwa cibiy ingan bude fita komai damuw fafat maso hirar fina taron ummar jihoh ziyar",
         "gurbi takai tsaya me dade nasa mana dokar malla kenan jawo ki fatan lashe kadai kofin kadan "
         "bara amsa karuw jan bukac karbi harka kunsh wurar faras ai zabi yarje rikic taura sakon ido "
         "dokok karaw jerin misal hadar rike minis sauka haram tsare ra yakin kalub dala zagay o yar "
         "kyaut kalam cimma la kyau isa aboka mamak gabas baraz gyara kullu ruwan kiran jini finan "
         "mace rufe sanda yaduw kimiy karya shafa hotun can yara bakwa fadi garga fadar mukam yarda "
         "raba tuntu sabuw komaw filin wai maras biya tsana wacce rasa dakat haifi ani sauki fitat "
         "biyan yiwuw hadda tsara sanin bata kiman sauyi gidaj zan adadi kamuw marta wuri koyar umarn "
         "matai gaske sana kotu kirki soma jiki cuta fitow raga laifi shan cikak masar sashe daina "
         "tamau nake u rai lokut farin ikira biliy sabbi kadda musan fim iyaye hakki nahiy zaune "
         "alamu zauna mawak kotun shigo muku makam dadi bamba haihu bisan dubu bashi kwakw minti "
         "kudan kwata burin dari cike man gari kamu mika jiya maima wuya shaha wanca yunku masal "
         "ajiye hadin dadin gudun gina tsaye kayay juna dalib ciwon farga dinga daraj kafaf doke "
         "tanta jirgi kafar maye tayar bunka iyya aure biyo leda amura fasah sako barin kana nauyi "
         "halar jefa watsi sarau zuba rasu tura sauri",
     }},
    // one, 2,050
    {"yo",
     {
         "ti ni to si awon n pe naa lo se ko o won fun lati ati fi wa re ninu je kan bi ki ba so mo "
         "yii le lori yoo gba ohun",
         "ile oun odun gbe gbogb omo tun ri a pelu maa nigba oro ojo nitor eeyan wo mu eyi leyin e di "
         "ara bo opo fe lara eni igba egbe da ise gege nipa waye sugbo osu lowo sile amo owo mi orile "
         "eto",
         "salay de lasik ro jade bee bayii kii ye bii ilu soro ijoba ma nibi bere ipinl iroyi nile "
         "laari tabi pada oju un ku okan gbaju po pa loju aare jo nkan ori aye ju idi ibi meji koko "
         "agba ta lojo yin akoko lu inu ayelu ipo kede wi sita gbo eniya tan sise be ede miran ajo "
         "tele tii igbes loril kanka",
         "opolo lodun oselu mii saaju ka oko ilees obinr kun iwe gomin ere ya tile baba ja kuro te "
         "olori han emi ona fa die merin osere gan tuntu ife iru titi agbay dun nnkan oruko lawon "
         "nibe koja yo sun ijo seyin meta ero asiko odo lee ofin ogun iya iko na keji la marun eleyi "
         "idibo an i kaaki paapa lai atawo enu duro nipin ree enike agbab nla tawon ololu sele isele "
         "ran yi koju wole rara ateja yan labe nikan idije iwa nilu ilera pari julo iku pupo patak "
         "lagba gbodo gbagb okunr oludi adari ayo",
         "ipa laye fawon yato dara soju arun looto fidio iyawo boolu igbim iwadi sinu tesiw aisan "
         "siwaj tiata kopa ose tori ejo kale lenu sii l ami laipe omi fihan dokit eye lede ipade ebi "
         "apapo sa niluu orin ifese san beere esun bu oni kerin osise fikun mejee daada iwosa ra oba "
         "ke araal mule sese gbadu agbeg me ge saa boya eyin seese akoro ilana oluda lona igbak olopa "
         "rin tu abe ese ayeye wu fidi onimo awo kokan gbiya ate orisi gbigb aso keta run iforo sipo "
         "tako nilo iye papa darap oloog agben ija egber ogbon ibo mokan nu fo olo milio imo esi of "
         "sibe alase mejil karun dije sin ranse itoju esin alaga agbar wahal lopo bori oniru iwo oke "
         "mefa sori ayewo",
         "tete omode akori adura ru agbej ore ji dupe kejil obi s aarun kefa eka ibile meje isoro "
         "fesi keje asia setan irina ikede enika iro sawon igbag dari ijosi alaaf idajo ilumo itan "
         "rere padan ase goolu lilo aabo igbe ipeni tumo funra eekan akegb naira u oga igbey ago "
         "musul abo olose ekun kete fowo ajaka nise tie awora iyen rii dibo foju daju oogun ounje gun "
         "taa kiri ibe ipolo akoni olu okun ako irufe gidi orun tire iseju asofi eleto mejid alaye "
         "lasan erong ileew lonii eyii oorun baa awuye oyinb keker we nii fasit loun ina mimo pase "
         "aya kinni eya atile akowe pin miira feran asoju giga jawe wakat ipele soke mewaa awa gbang "
         "ibeer olubo leti iyale pese ga din idagb isere metal kere abala safih gbogu dabi ibalo "
         "idile lagbo pariw ibudo du paa oye soso anfan opin toju nidi asa ohunk kejo fiimu do nkank "
         "dagba eda pade akosi pere sibi abele loke ariwa moleb elomi ewu wipe ale niyi anfaa adajo "
         "idara mejo ida fara alagb sokun apa alako laaye omole ana oluko bayi toro ikolu oku ogo "
         "bale ireti dena gbale kooka eri ebun nife dupo",
     }},
    // one, 1,940
    {"ig",
     {
         "na n ndi bu a o ya ihe nke ka ha di onye ahu si ga ma maka dika otu mere kwuru mmadu aka "
         "ebe ozo ji",
         "mana e nwere afo ime eme mgbe akuko anya otutu abuo iji etu oru nakwa ike uboch mba onu oge "
         "iri isi ugbua steet niile ufodu onyei no okwu kporo",
         "gara obula onwa buru ihu i anyi ato aga akwuk aha kwuo obi uzo onwe ihi ekwu gbara ulo "
         "goome agba gwara gi maobu mee obodo mbu gbasa eji malit site tupu ego ama ano nyere gunye "
         "oku ala ozi egwu agban ochic mara ndu so kacha oria taa ekwuo ise were tinye siri mma ruo "
         "ukwu uloor mkpa oke kwesi kwukw etiti nwaan uwa choro nye",
         "putar ruru iche jiri anagh kowar enye enweg abia agagh abali m esi banye okwa nwa iwu egwur "
         "amasi ohuru naani umu bughi asomp nwoke ngala govan kama elu gosir abugh azu mbo nkiri isii "
         "aru okach akpo umunw boolu of nsogb ntuli mpagh gaa kwa mkpar uweoj eziok adigh uka kemgb "
         "onodu oma ohere ahuik agha atu uju mmiri onyon weput akwad nti uche njem ibu asato ahia "
         "egosi sosha asaa nkeji midia ebubo okpur nwegh hu nso",
         "nchek huru gbaa wee ole enwe akara mecha abu akwa etiny coron ogu agwa chopu akpa ichei "
         "acho karia ntaak karir nwee bia nna ogwu igba nari uloik ezigb adi nwuru nweta goolu ofesi "
         "atuma ibe biara iko nde ebute ututu ezi amagh ugbor bubu nri kamgb izu pati onweg nnukw "
         "enwet nyoch udi eche turu ikike ghara juru ofuma anu ajuju mgbas kwusi okpu ndoro merir "
         "emume metut nne onwu akuku ekwur bukwa gburu makan ogbak igwe achi uloak oso amali mmeri "
         "itool nnyoc merie ojoo usoro ugwo buter ikpea asi nwuny enyer iwe ikpe ewu mahad eso ugwu "
         "puku akowa bidor ekwen inye uloog ugboa kwupu bi dokit ikwu kowaa mkpur ntoro bido muru "
         "ezina naira aputa noro be ngagh kpata nwata dere",
         "ocha udiri umuak eru mbauw uloom kwado osote akpor azo nje aju puta ada oha izuuk ere nkuzi "
         "oche mmuo nta anoch ogbo ogwug nwekw obere agbar okamm nkwad ekwe ibute omeiw uru mmeko "
         "achog zuru okaiw njo deput emetu ngwa enyi anwu dara ewepu enyem egbu doro gawa enwer egbe "
         "itiny mmanu megid nwuch aku gaghi ima agu emeri eri gboch kpara vootu mgboc ezute chere "
         "ebido purui obara diri akwu nkwa izo nwe buruk ugboe zuter ana ekper udo inwe gwa chibu "
         "nwann ukoch ejije ekwes wakpo hapu ulouk ire rue emepu ezie boro agwo and nwete eleke asata "
         "inwet nkiti agbas naghi ndumo ebo nchop omena gosi iga okpor gbata nchik ariri enyoc uma "
         "ogbag iyi jikor nzuko kpoo mata pasen hoput iru mgbed kwu puru ogbug ebu soro agbak unyaa "
         "anaba choo kweny agbag ara aba nabat akuna ikpa uto emegh anwuo gbach akato ahazi emech "
         "ngwuc okpuk nka ura mputa ezumi otieg chi sikwa ogige emeel dokin akwus toro okeny nuru "
         "ahuhu ele egboc efegh ujo ochi okaik kpotu eleko binye mgba mkpeb eti",
     }},
    // one, 1,463
    {"so",
     {
         "ka oo ah ku ay ee u ayaa la in iyo soo waxaa uu lagu sheeg ugu kale si waxay mid badan loo "
         "laga marki aan sida yahay marka wax tahay wuxuu waa dadka inay aad",
         "dalka ayuu uga kala sidoo balse waxa yihii inuu ma samee qof qaada hadda halka xilli sii "
         "ahaan dib sanad sabab arrin ahaa isku hore dambe yiri dhaca looga madax aysan doona magac "
         "xirii leh dhiga da magaa inta weyn muddo sano ahayd kii dad loogu ama jiray",
         "iyado kaddi hor lahaa tirsa ilaa haddi isla samey qaar muuji dhank dhawa bishi mar dhaqa "
         "karo dhamm saara horre sidaa laaki dhaaf dowla shaqe socda gobol shaqa dhash dhan maali "
         "gaar yar jira ayay dheer isaga caala bulsh hadal adeeg saabs uusan kasta arrim jir muuqa "
         "dhacd caafi hadla intaa go kuwa yeesh iska baxay ayaan labad tan helay tilma sare gudah "
         "taas gaara karaa maada xaala shirk jirta duwan wadda dhala yaall cusub talla maamu kasoo "
         "dhiba dagaa cudur dhowr isago noqon hal doono taage meel dhina istic nool baari saame galay "
         "jiraa walba leeya wanaa waxya xanuu maray ahayn kuwaa diyaa inaan qofka sanna daree baaha "
         "awood hawee sadde siyaa noqda",
         "gacan doont maalm yaqaa xaqii lahay qeyb dhex inkas dhali dunid ayey guud daray ogaad lacag "
         "iyada dalal billa adag waree arkay muhii warba karin noqot nin iyago sidii sharc is bixiy "
         "intii jiro kooxd lasoo qaata ula tiri tirad wada way dhima xitaa bilaa qoysk shaac toddo "
         "kula labo hay nooca walaa horay jeedi weli bandh barta haata weera wadaa yeela jawaa socot "
         "muuqd bisha booli adduu caawi nolos laba jirka qorsh hogga guule ninka labaa jaama carru "
         "dhint waan barah warar karta qabta wasaa aamin balla horta meesh waana halis kusoo kama "
         "ciida ciyaa isugu bixin gudbi ganac cadda qoraa dhexe coron difaa qoray jirto karto saart "
         "waxba geeri kadib aadan sawir milya kuwo ayna jooji kaliy abuur leeda doora jirin kordh "
         "deega yaraa kaas eedee ilaal kooba joogt noola hoos caadi kara kulma maant taari horse "
         "xigta taasi sheek isu gabad afar taaso siiya helo lama gurig qiyaa qaban leeyi wajah tarta "
         "waawe fiica gaari qaran fadhi waqti warbi maxka qaark qayb aanan warge dhaxe saaxi dibad "
         "badda jooga hayst adda cilmi heli taall yimid",
         "kulan dhici kaga baahi reer marar fayra dhigt biloo kamid wuu shaca sugan weydi qalab dacwa "
         "jiree suurt caan dal xisbi lala iyaga dhakh eedey kalen daawa badba wasii qaado jeeda barti "
         "oggol daraa dhow caank wixii isbit heyst wali saraa xarun taaga boqol dadki shaqo cadde su "
         "khuba saari cad warra saaca taliy tagay shan heerk darte waaxd jeer telef iney aanka xiran "
         "uma ii aqoon helaa uuna dhulk filay baara waaya geyst dadku baxda horey barna usoo istaa "
         "raaci samay mas yidhi qaadi aragt ahaay fursa keliy war dilay xilka aha xafii dadaa kaaso "
         "qabsa dooda koox heshi islam xiray ammaa waqoo rasmi natii howlg aniga qaabi horje kuma "
         "khata codsa qabo sarre dhaaw gaart dooni hayo galbe noqdo hoose toban tani horra maska eego "
         "muran faafi farri filim dalba guul faa degde xun fudud dhism diray aanay inter aadda garan "
         "haysa ha saaro banna iibsa gasha geliy illaa xogta maxaa qaba raadi dhigo cadaa dii qabto "
         "dhiig yaaba haya xoogg goobt toos dhexd i xayir hooya xirfa barba bedde warqa imaan dhiir "
         "xooji xakam gaark tabab marin doone doort darro na dambi dhisa qaabk kooxa yimaa xabsi "
         "diida dumar warey wiilk keena gelin xuquu cabsi aanu fikir amnig nabad timid xaask isbuu "
         "heysa ahna ujeed daaba guush celiy adkaa tijaa kahor inaad badna guddi hawad dhaqd mamnu "
         "horum habee igu siiyo dhowa wayn gooba caasi xigee iibiy meelo agaas doola aansa bilow "
         "baxsa laabt lix tusaa dhace heer ba keent",
         "waddo kaali xubna waali geeya gaare xukuu qaab uuliy maley qabaa cunto diiwa qaade gabdh "
         "argag uun goob hayay galaa tii safma shaki geysa garoo meela aasaa kiisa dayay been bukaa "
         "billo dawoo jecla ragga dhaco hayaa caqab hogaa socon mudda golah saare iskuu daqii abaal "
         "ogaan afhay xog wakht suura booqa musta an burbu midka filan dhigi ururk siina iga xildh "
         "kiisk qeybt farax arkaa dibna ahaat safar baahn weriy kacay guula boqor kana gaadh mana "
         "dalki habka sharr shakh aheyd cagta ga jilaa musha howla kuman walig qaara duuba cunta "
         "hadas raaca yaabo koron rajey aqbal daran xasuu macaa beeni tiro gaars xiisa baarl nasii "
         "darta hesha dhama diint dhale maadd aadka helin calaa kan kubad maxay dadwe celin horya "
         "jecel malaa garab kor shuru lagul laaba niyad waday arko nidaa qoysa indha baxa astaa qaadd "
         "inays gurya kiis wakii galee sugay isbed galo wiil tago baadh qiima biira yiraa dawey sugna "
         "arday weyna galin hanna wakaa adkey galiy madow yarey xiddi qofki dheel jilay marti lug "
         "siin saarn sidee maqaa askar qaato daba digay rumey faafa milit dhab casri khald sarka "
         "olole loola saldh cid takha nooc bayaa shaba keeni socdo xukun khasa waaye dhaxa macal "
         "xooga deg goor koowa rabsh isbad bilya baaqa xusay hanti durba qabat isagu diira kun rogay "
         "guurs waxye bixis gabar kuna noocy hab rajo qiime xirna keli seyni iisul dhaga waayo guddo "
         "howsh halki xusuu todob farii afka ahan qasba xumaa gaash warka munaa khila garaa mahad "
         "awgee gaabi camba khala talag buuxd gaaro welig xad yeera kansa faahf arki xaddi guri fuliy "
         "filaa maclu fikra shara shala ruux wadah dhiib ila xubin qarso dabaa suuqa fasax culus "
         "hadli wariy xoog unugy xubno inuus joogo bil yaal maxal xaafa falce furay degma amaba daaya "
         "olola walwa waxta runti bani ogola darye bixi hubka dhawe marna dhall haree intoo kulmi "
         "dhige ficil dawad bay s tagee iyagu run qorta sirdo tagta noo farxa tidhi qaree habbo sidde "
         "aabih amar sax qurux cidda jeedd khara dhaw dhabt ansix dukaa waydi codsi ninki shir damba "
         "eegay adaha masaa milat",
     }},
    // one, 564
    {"am",
     {
         "ነው ላይ ውስጥ እና እንደሚ ሲሆን ነበር ጋር ወደ ግን",
         "ጊዜ በኋላ ደግሞ ይህ ምክንያ ነገር ሰዎች ከፍተኛ "
         "ብለዋል እንዲሁ ዓመት በፊት የነበረ ተከትሎ መካከል "
         "አንድ በላይ መንግሥ ከዚህ ናቸው",
         "በዚህ እንደሆ ብቻ ሁኔታ ወቅት ያለው ተናግረ ወር "
         "በርካታ ሁለት መሆኑን ቤት እንደ ሲሉ ባለፈው አሁን "
         "በተጨማ ይህንን ተብሏል ዓመታት ብሏል አገራት እስከ "
         "ይህም እንዲያ ድረስ የመጀመ አዲስ ሳምንት ያሉ እንደተ "
         "ዓለም ምንም የሚያስ ጨምሮ አስታው ሌሎች ሺህ ደረጃ ሰው "
         "እንዳለ ተብሎ የዓለም ቁጥር ሲል ያላቸው ቢሆንም ይችላል "
         "አካባቢ ሚኒስት ሚሊዮን በማለት ቀደም ቡድን ምን በዚህም "
         "በጣም እስካሁ አይደለ በመቶ በተለይ የሚል",
         "እንደነ ወረርሽ ወይም እንደማ የሆኑት የሚገኙ ያህል ዋና "
         "ጀምሮ ሆኖ አቀፍ የሆነው ዕለት ከተማ እንዳይ የአገሪ "
         "መረጃ ብዙ የተባለ ባለሙያ በዓለም መንገድ እርምጃ "
         "የኮሮና ወራት ሥራ አንዳን የጤና ችግር ብሎ በሚል "
         "መግለጫ ጉዳይ የተለያ በአሁኑ ሰዓት ድርጅት በአገሪ "
         "አገር ይህን ያለውን ለማድረ ያለ ዓ ም ቀናት አገልግ "
         "የተደረ ዶላር ማድረግ ይፋ ኳስ የኢትዮ ገልጿል ተገልጿ "
         "እነዚህ ይላሉ ሁለተኛ ብለው ከሆነ ሆነ የሚለው በአንድ "
         "ብሔራዊ የለም አስተዳ ፕሬዝዳ የነበሩ የአሜሪ በተመለ "
         "ውድድር በተለያ ይሆናል ቀን ሁሉም ገልጸዋ ሆነው ከባድ "
         "አንዱ በከፍተ እንዳሉ ጤና አፍሪካ የቀድሞ ውጤት ይታወሳ "
         "ጠቅላይ እንጂ ምርመራ ሆኖም አይነት ውሳኔ ማለት ያሉት "
         "በሙሉ ድጋፍ ሌላ ጦርነት መሆናቸ አምስት የሆነ በኩል "
         "ተጨማሪ የሚደረ ይናገራ ምላሽ አባላት ጨዋታ ቃል ውጪ "
         "ክፍል ሙሉ ሦስት በአውሮ በቫይረ ገንዘብ ሁሉ ጉዳት "
         "ሊሆን በኢትዮ ከአንድ መሠረት ባለፉት የሚያደ ክልል "
         "ወዲህ ጥያቄ በኮሮና ያደረገ አራት ስጋት የሚቆጠ ባለሥል "
         "ምክር",
         "",
         "",
     }},
    // one, 3,994
    {"sq",
     {
         "e te ne me i dhe se per ka qe nje nga eshte",
         "nuk edhe do kete si ta gjith u jane po shume kane por duke",
         "ai pas kjo tij sot t mund bere bashk kur ajo ku saj vendi pare disa ishte thene tyre fundi "
         "duhet pasi gjate video sipas publi prej",
         "vetem perso drejt ky marre tha dy shkru para jete ja pa nese ndodh presi ju shqip nders "
         "deri qever sa shiko qytet ata ketij vazhd plote shend ndrys dite marke shkak kisht shtet "
         "qene mire keto thote pergj cili vendo shfaq shpre njere pjese rreth perme tjera koron kunde "
         "rapor ate njoft mos inter trego jo tjete minis ndaj qendr kryem cila",
         "apo pasur pande pak posht dekla menyr tani pamje jasht kesaj cfare cdo re sigur rende infek "
         "polit famil kemi nderk brend gjend here une raste keni a lajmi sepse kohe kryet shkri s mbi "
         "shtep asnje na mes komun madhe ashtu ose posti njohu virus vend socia kalua kesht insti "
         "cilat trans kam kerko ndihm pozit numri pse reja lidhj rezul munde ish vende duket deput "
         "organ ditur gje momen perfs tregu media verte behet madh sic situa konfi gazet kusht arrit "
         "njeri ato fjale ben leviz as hapur cilet kontr shpej thuhe proce vjeca dashu perfu tjere "
         "perdo rrjet ende kenge ia filli parti mbroj kujde zyrta ameri sekon ishin aktiv polic takim "
         "jemi sjell korri",
         "zhvil kryes vete njejt tek iu cesht tashm nevoj mbajt ri tille rrezi ndonj mendo jeten "
         "deris respe popul rast nder detyr jam mjeke arsye rregu dites perba tone zgjed shihe femij "
         "shper larte mjaft kishi vlere theks prite kerku paraq paral masat shoqe cilen mije keshi "
         "lufte semun vjen jene thirr tre ti beri pacie probl mbyll vitin mbesh deshi komen fund "
         "pаsi permb milio sеkon kеni hаpur pаmjе muaj nderm rasti bejne rekla histo ekono euro "
         "proku ngjar neper bukur vepri trajt artik rruge lehte fillo pune infor spita rritj madje "
         "gjerm fillu dialo dhene vitit pavar aty lidhu aneta fotog ketyr sherb kryer cilin testi "
         "pasoj shumt perha vdekj zbulo foto konsi vecan kater studi mbete dyte mirep kush regji "
         "paras dicka reali atehe aktua disku paran profe qelli qersh vite shkoj jave vdeku cka ndert "
         "vizit masav perve udhet nen preku folur perse hapet ma ore dale bised medha shtua tash "
         "autor perke dergu fizik deshm ketu teper kurre shkur numer coron reagi vesht beje persh "
         "perga hap shpes shqet ardhu kurse nivel udheh norma bote rekom muaji kriti",
     }},
    // one, 1,300
    {"ur",
     {
         "کے میں کی سے ہے کا اور کو نے کہ پر اس ہیں بھی کیا ایک "
         "یہ کر ان",
         "کرنے نہیں جس لیے گیا وہ تھا جو ہی ہو مطابق بعد ہونے "
         "ہوئے کہا ساتھ تک رہے والے کرتے اپنے تو دیا بہت لیکن "
         "کہنا",
         "گئی زیادہ اب وجہ اپنی والی تھی کام گا سال نہ گئے "
         "جائے گے طور گی دی ہوا بات سب وقت جانب طرح کرنا مزید "
         "تھے جب موجود کوئی رہا استعم انہوں کم یا جا ہوئی "
         "پہلے کسی جن دنیا دوران کچھ جبکہ صرف ہوتا رہی",
         "تاہم بتایا کئی جانے ہم جاتا انہیں حاصل ہر لوگوں "
         "آئی کیونک کیے دو ہوتی اگر کمپنی شامل ہوں اسے تحقیق "
         "سامنے دیگر نام کریں و نئی ماہری شروع جاری قبل ٹیم "
         "پیش اسی سکتا ملک رپورٹ ترین مختلف کرتا ایسے نظر "
         "تمام بڑی دوسرے علاوہ مقابل کامیا ایسا اہم واضح "
         "میڈیا جیسے اعلان حوالے بنانے مدد اداکا دونوں "
         "انسان گزشتہ پھر لئے بلکہ بارے تیار ہوتے آپ لے دے اے "
         "زندگی دوسری کافی درمیا خود صحت بنا بھر بے کرتی کمی "
         "ہوگا جاتی لیا خلاف لوگ ثابت بہتری سکے بار",
         "ختم اپنا پیدا باعث افراد سکتے ماہ حکومت کردیا "
         "تقریب سائنس سکتی بہتر فیصلہ جہاں جلد پہلی ادا "
         "عالمی ذریعے معلوم دینے تبدیل جاتے فراہم دن ایسی "
         "ضرورت کیلئے چند عام مکمل دل تاکہ متعلق فلم اضافہ "
         "حال برس ممالک تین کھلاڑ کرکے دیتے کرے فیصد ہزار "
         "خیال یونیو کوشش مگر بن حصہ نقصان عمر انداز مل عمل "
         "موقع نئے کردار انتہا ڈالر روپے لاکھ بیان بنایا "
         "تھیں والا میچ سمیت روز بیمار جسم کرکٹ طرف ئی قرار "
         "وی ن بڑے غیر سامنا شکار انھوں ڈاکٹر خاص سیاست "
         "چاہیے رکھنے مشہور صارفی ف بڑھ جان جائیں دور یہی جی "
         "متاثر اظہار چار ورلڈ آنے پاس زائد لائن خبر مرتبہ "
         "فی حد مشکل جگہ آف ارب ہمیں خواتی دیکھن بنیاد مجھے "
         "رواں پانچ سطح جاسکت ضروری کپ ہوگی ہوسکت اندر قسم "
         "یاد صورت دسمبر بند کیوں دیں یو کرسکت ظاہر آئے شائع "
         "ابھی تعداد ہمارے اثرات کن کھیل پوری تصویر کس ادارے "
         "گھر پسند متعار",
         "والوں یہاں سوشل جون آیا کروڑ بغیر لگا قیمت علاج "
         "دیکھا کپتان فائدہ کار معروف ٹیکنا انٹرن پانی "
         "انھیں مقدار نظام لی انڈسٹ تعلق ہوجات بڑا صلاحی "
         "نتائج فون ناکام یعنی اینڈ سکیں پہنچ جیسی چکے قابل "
         "رہیں شدید باوجو بچوں دکھائ محفوظ رکھا اچھی سیریز "
         "ہماری شہر مارکی انکشا واقع جواب سخت جدید سر کارکر "
         "مسلسل مند تفصیل لکھا چاہتے عوام او تر شمار رکھتے "
         "بننے سالہ لینے خوش تحت فروخت وائرس وہاں شادی ویڈیو "
         "آن امکان کبھی معامل باہر پابند مبتلا ہمیشہ دوبار "
         "نیا ہفتے ممکن الزام نامی اقدام سابق رہتے حیران شخص "
         "پ ریکار بالکل امراض سائٹ اپ قومی صدر ذرائع عرصے "
         "محسوس کھانے وزیر رہنے پہنچا پہلا کرلیا مجموع نمبر "
         "پوائن شیئر انتظا آ مداحو بین خون رہ ٹیسٹ میرے قریب "
         "جسے سوال آغاز مقبول عائد باد آج قائم ایجنس حکام "
         "جیسا دلچسپ کئے بعض ہوجائ طویل واپس خصوصی دیکھ میری "
         "فلموں ہوگئی چکی بھرپو پڑا پریشا ہونا ابتدا تیزی "
         "بچے کاروب سو پائے لگتا کل مئی چکا سپورٹ اخبار "
         "سربرا کردہ دیے اثر دیتا طبی ملے دنوں ہوگئے خوبصو "
         "اچھا شکست مصنوع شرح معمول دیکھی کہتے دیتی الاقو "
         "ضرور گذشتہ بک تاریخ ملکی اکثر ایپ حالات منصوب "
         "ہوگیا کررہے ہاتھ مریضو پروفی نیوز پورے بدولت تازہ "
         "دستیا تلاش وغیرہ بنائی منفی مقصد میرا رفتار فیس "
         "سبب کردی لیں متعدد کینسر بڑھنے منٹ درست مالی ماہر "
         "ر تجارت مسائل جانا بورڈ وزن تیز رکھ انسٹا مظاہر "
         "رکھتا لینڈ ئے فہرست تصاوی ملی نیٹ مشکلا بال خواہش "
         "فائنل س اختیا ون مقامی شرکت آسان گھنٹے روزان مثبت "
         "طریقہ دیکھت گئیں بجائے",
     }},
    // one, 19,876
    {"zh",
     {
         "的 国 一 是 和 在 中 有 人",
         "国家 中国 发展",
         "今天 推动 建设 表示 全国 持续 推进 中央 重要 今年 人民 工作 地区 "
         "经济 国际 全面 社会 我国 实现 合作 不断 加强 主席 新时 举行 进行 "
         "领域 服务",
         "质量 一步 以来 共同 企业 目前 世界 增长 指出 安全 支持 创新 发布 "
         "提供 进一 提升 开展 人员 通过 方面 组织 战略 国人 现代 继续 的重 "
         "实施 活动 高质 全球 基础 时代 行动 部门 书记 产业 重点 深化 政治 "
         "当地 促进 代表 联合 积极 加快 坚持 问题 技术 主义 保障 代化 落实 "
         "政策 水平 深入 政府 生产 取得 数据 强调 重大 总书 各地 国务 历史 "
         "关系 稳定 市场 领导 其中 目标 成果 会议 超过 中心 作出 总统 一个 "
         "精神 量发 核心 项目 委员 同时 媒体 提出 规模 显示 交流 务院 特色 "
         "科技 设施 会主 体系 坚定 中共 系统 文化 两国 相关 能源 总理 党的",
         "正在 要求 完成 构建 任务 同比 成为 维护 共中 日在 改革 报道 保持 "
         "新的 记者 群众 二十 开放 部署 贡献 影响 贯彻 作为 更加 方向 工程 "
         "截至 力量 部分 多个 产品 家主 环境 未来 发挥 参加 和国 系列 投资 "
         "更多 资源 展的 比增 情况 进入 国防 作用 第一 能力 智能 的中 发表 "
         "中方 传统 主题 大会 高度 管理 年来 机构 的新 近日 提高 教育 中华 "
         "出席 民族 努力 更新 学习 日称 有关 平台 扩大 思想 打击 城市 愿同 "
         "综合 以及 期间 主要 的一 当天 达到 计划 国式 式现 区域 绿色 党中 "
         "常委 据显 研究 机制 围绕 我们 以上 引领 和平 等地 完善 生活 国政 "
         "在北 保护 发生 消费 更好 亿元 增强 同志 作的 造成 已经 科学 打造 "
         "了解 生态 工业 关于 累计 等多 制造 增加 负责 治理 包括 贸易 措施 "
         "国的 需求 关键 员会 双方 心的 第二 基本 国国 伙伴 多地 周年 做好 "
         "启动 报告 集中 解决 农业 升级 等方 团结 信息 突破 最大 交通 预计 "
         "有效 央政 健康 高水 区的 形成 治局 指导 数字 国特 规划 正式 出的 "
         "等领 优化 同体 当前 防部 决定 无人 建成 国内 同中 成功 针对 十四 "
         "一道 合国 友好 充分 斯坦 装备 方愿 参与 代中 间戳 强国 召开 运行 "
         "制度 分别 使用 进中 希望 确保 首次 旅游",
         "",
     }},
};

const size_t n_title_background = sizeof title_background / sizeof *title_background;
