// phrases.c - what pages say that are no articles, in many languages. The table to extend.
//
// Each row: a language (for the reader of this table; matching does not ask for it), the kind of page, how
// much the phrase tells, and phrases with '|' between. A phrase is a run of words, compared in folded form:
// letter case, punctuation, line breaks and accents' encoding make no difference; `*` stands for none to four
// words of any kind. In scripts without spaces each letter is a word.
//
//   TELLS    said by such a page of itself, and hardly ever by a reporter
//   NAMES    what such a page has for a title; an article may quote it
//   FITS     stands on such pages beside the others; tells nothing alone
//
// LINKS are what stands at each entry of a list of articles; TAIL what stands where a teaser breaks off.
// Phrases are facts of usage, written down for this project.

#include "page/parts.h"

// clang-format off
const struct page_phrases page_phrases[] = {
    // ---- English
    {"en", PAGE_ROBOT, PAGE_TELLS,
     "administrator of this website has set up|companies aggressively scraping|"
     "ensure the security of your connection|making sure you re not a bot|making sure you are not a bot|"
     "protected by anubis|website is running anubis|requires the use of modern javascript|"
     "your browser is being checked|this challenge * your browser|you have been blocked|"
     "you are unable to access|why have i been blocked|"
     "the action you just performed|triggered the security solution|"
     "email the site owner to let them know|your access to this site has been limited|"
     "access to this service has been limited|site owner by * wordfence|"
     "if you believe this is an error please contact|press and hold the button|you re not a robot|"
     "you are not a robot|verify you are human|verify that you are human|verify you are * human|"
     "confirm you are human|confirm that you are human|checking your browser|"
     "checking if the site connection is secure|needs to review the security of your connection|"
     "unusual traffic from your|unusual activity from your|complete the * captcha|"
     "complete the security check|solve the captcha|prove you are human|prove that you are human|"
     "we ve detected unusual activity|to continue please click the box|blocked by network security|"
     "why do i have to complete a captcha|this process is automatic|"
     "your browser will redirect to your requested|we think you are a bot|pardon our interruption|"
     "something about your browser made us think|performance security by cloudflare|"
     "performance and security by cloudflare|ddos protection by|please stand by while we are checking|"
     "this website is using a security service to protect itself|automated access to|"
     "sorry for the inconvenience * help us confirm|please verify * not a bot|press hold to confirm|"
     "security service to protect against malicious bots|enable cookies and reload"},
    {"en", PAGE_ROBOT, PAGE_NAMES,
     "are you a robot|are you human|are you a human|attention required|just a moment|security check|"
     "one more step|human verification|robot check|bot verification|ddos guard|please wait|"
     "verifying you are human|verify you are human|i am not a robot|i m not a robot|"
     "please verify you are a human"},
    {"en", PAGE_ROBOT, PAGE_FITS,
     "proof of work|block reference id|ray id|reference id|incident id|your ip|cloudflare|captcha|"
     "support team|"
     "recaptcha|site owner|for more information you can review|request id"},
    {"en", PAGE_ERROR, PAGE_TELLS,
     "this item has been removed|this post has been removed|this content has been removed|"
     "this page has been removed|item will only be visible|has permanently moved to|may have moved to|"
     "has moved to a new location|web page matching your request|"
     "page matching your request|the page may no longer exist|the main page of this site|"
     "please use the navigation|click the link below to return|search for the page|search for a page|"
     "the page you are looking for|the page you were looking for|the page you re looking for|"
     "page you requested|page you are trying to|page you were trying to|find the page you|"
     "page you have requested|the requested url * not found|requested url was not found|"
     "page cannot be found|page can t be found|page could not be found|page couldn t be found|"
     "page does not exist|page doesn t exist|page no longer exists|this page is no longer available|"
     "this page isn t available|this page is not available|article is no longer available|"
     "story is no longer available|content is no longer available|article you are looking for|"
     "story you are looking for|article you requested|content you requested|"
     "you don t have permission to access|you do not have permission to|"
     "not authorized to view this page|may have been moved or deleted|may have been removed or|"
     "may have moved or|has been moved or deleted|might have been removed * name changed|"
     "address may have been typed|typed the address incorrectly|mistyped the address|"
     "you followed a broken link|check the url|the link you followed may be|something went wrong|"
     "an unexpected error * occurred|an error occurred while processing|error has occurred while|"
     "the server encountered|server is temporarily unable|temporarily unable to service your request|"
     "the site is temporarily unavailable|site is currently unavailable|"
     "website is temporarily unavailable|down for maintenance|undergoing * maintenance|"
     "please try again later|try refreshing the page|will be * redirected|if you are not redirected|"
     "click here if you are not|if this problem persists please contact|go back to the home page|"
     "return to the home page|go to the * home page or use the search|return to homepage|"
     "back to homepage|content is not available in your|not available in your region|"
     "not available in your country|unavailable in your country|unavailable for legal reasons|"
     "unable to give you access to our site|from a country belonging to the european economic area|"
     "in most european countries|this video is not available|this video is unavailable|"
     "use the search box|contact the site administrator|the link has expired|this link has expired|"
     "this site can t be reached"},
    {"en", PAGE_ERROR, PAGE_NAMES,
     "page not found|404 not found|404 error|error 404|file not found|not found|access denied|"
     "403 forbidden|forbidden|500 internal server error|internal server error|bad gateway|"
     "502 bad gateway|503 service unavailable|service unavailable|504 gateway timeout|gateway timeout|"
     "410 gone|oops|error|server error|451 unavailable for legal reasons|this content is not available|"
     "site maintenance|404|404 page not found|service temporarily unavailable|page unavailable|"
     "page not available|content not available|bad request|we re sorry|request blocked|"
     "the request could not be satisfied|too many requests"},
    {"en", PAGE_ERROR, PAGE_FITS,
     "nginx|apache|home page|homepage|search box|sorry|error code|contact the webmaster|webmaster|"
     "try again|access denied|page not found|not found|404|bookmark|outdated link|site map|sitemap|url|"
     "go back"},
    {"en", PAGE_CONSENT, PAGE_TELLS,
     "cookies to be set on your device|essential website cookies|cookies are strictly necessary|"
     "cookies and privacy settings|other external services|enrich your user experience|"
     "allow or refuse cookies|cookie message bar|we value your privacy|we care about your privacy|"
     "we respect your privacy|your privacy matters|"
     "our * partners store|and our partners * cookies|store and or access information on|"
     "store and access information on|information on a device such as cookies|"
     "information on your device such as cookies|we use cookies to|uses cookies to|by clicking accept|"
     "by clicking agree|click accept|by clicking i accept|consent to the use of cookies|"
     "consent to our use of cookies|agree to the use of cookies|agree to our use of cookies|"
     "you can change your * preferences at any time|withdraw your consent|"
     "change your choices at any time|manage your * choices|manage your cookie|"
     "some of our partners may process your|precise geolocation data|before you continue to|"
     "personalised ads and content|personalized ads and content|to show personalised ads|"
     "to show personalized ads|we and our partners|process personal data such as|we need your consent|"
     "accept cookies to continue"},
    {"en", PAGE_CONSENT, PAGE_NAMES,
     "before you continue|cookie consent|cookie settings|cookie policy|your privacy choices|"
     "privacy settings|we value your privacy|cookies|we use cookies|your choices regarding cookies|"
     "privacy notice"},
    {"en", PAGE_CONSENT, PAGE_FITS,
     "accept all|reject all|manage options|manage settings|manage preferences|privacy policy|"
     "cookie policy|terms of service|terms of use|cookies|learn more|legitimate interest|"
     "measure their performance|audience research|ad measurement|vendors|more options|i accept|"
     "personalised|personalized"},
    {"en", PAGE_PAYWALL, PAGE_TELLS,
     "the full text of this article is|the full text is only available|"
     "read it directly on their website|the full article is available|subscribe to continue reading|"
     "subscribe to read|subscribe now to|subscribe to unlock|subscribe for full access|"
     "this article is for subscribers|this content is for subscribers|for subscribers only|"
     "available to subscribers only|only available to subscribers|exclusive to subscribers|"
     "reserved for subscribers|to continue reading * subscribe|to continue reading this|"
     "to read the full story|to read the full article|to read this article|already a subscriber|"
     "already a member|already have an account|become a subscriber|you have reached your limit of|"
     "you ve reached your * limit|free articles this month|free articles remaining|"
     "start your free trial|choose your subscription|unlimited digital access|cancel anytime|"
     "cancel any time|subscription to continue|this is a premium article|you have read your last free|"
     "content is available to premium"},
    {"en", PAGE_PAYWALL, PAGE_NAMES,
     "subscribe to read|subscribers only|subscription required|subscriber only content"},
    {"en", PAGE_PAYWALL, PAGE_FITS,
     "subscribe|subscribe now|subscription|per month|a month|per week|free trial|digital access|log in|"
     "sign in|billed|unlimited|print subscribers"},
    {"en", PAGE_LOGIN, PAGE_TELLS,
     "already have a * account|please log in|please sign in|log in to continue|sign in to continue|"
     "log in to your account|sign in to your account|you must be logged in|you need to log in|"
     "you need to be logged in|you must log in|don t have an account|forgot your password|"
     "forgotten your password|create a new account|register to continue|create an account to|"
     "create a free account|you must be signed in|keep me logged in"},
    {"en", PAGE_LOGIN, PAGE_NAMES,
     "log in|sign in|login|login required|log in or sign up|authentication required"},
    {"en", PAGE_LOGIN, PAGE_FITS,
     "password|username|email address|e mail address|remember me|register|sign up|create account|"
     "sign in|log in"},
    {"en", PAGE_SCRIPT, PAGE_TELLS,
     "software that blocks ads|turning off your ad blocker|disabling your ad blocker|disable ad blocker|"
     "whitelist our site|whitelist this site|pause your ad blocker|adblocker detected|adblock detected|"
     "internet explorer is not supported|for an optimal experience|ie 11 is not supported|"
     "ie11 is not supported|"
     "on another browser|in another browser|javascript is required to load this page|"
     "this page requires javascript|latest versions of chrome|latest version of chrome|"
     "recommend using the latest|use a supported browser|use one of the following browsers|"
     "upgrade to a modern browser|enable javascript|javascript is disabled|javascript is not enabled|"
     "javascript is required|requires javascript|javascript to run this app|turn on javascript|"
     "browser supports javascript|javascript must be enabled|your browser is not supported|"
     "browser is out of date|upgrade your browser|update your browser|not blocking them from loading|"
     "disable your ad blocker|disable your adblocker|turn off your ad blocker|ad blocker detected|"
     "using an ad blocker|your browser does not support|browser is no longer supported|"
     "please enable cookies|supported browsers"},
    {"en", PAGE_SCRIPT, PAGE_NAMES,
     "javascript is disabled|javascript required|unsupported browser|enable javascript"},
    {"en", PAGE_SCRIPT, PAGE_FITS, "javascript|browser|adblock|firefox|chrome|extension|reload"},
    {"la", PAGE_EMPTY, PAGE_TELLS,
     "lorem ipsum dolor sit amet|consectetur adipiscing elit|consectetur adipisicing elit|"
     "sed do eiusmod tempor|ut enim ad minim veniam|duis aute irure dolor|excepteur sint occaecat"},
    {"en", PAGE_EMPTY, PAGE_TELLS,
     "please use the * button below|no text available|no text is available|content could not be loaded|"
     "the text could not be loaded|"
     "hello world welcome to wordpress|this is your first post|just another wordpress site|"
     "this domain is for sale|this domain is parked|buy this domain|domain has expired|"
     "website is under construction|site is under construction|account has been suspended|"
     "welcome to nginx|apache is functioning normally|no content available|"
     "this page is intentionally left blank|no posts found|nothing found|no articles found|"
     "it seems we can t find what you re looking for"},
    {"en", PAGE_EMPTY, PAGE_NAMES,
     "coming soon|under construction|hello world|untitled document|domain for sale|index of"},
    {"en", PAGE_EMPTY, PAGE_FITS, "lorem|ipsum|dolor|amet|parent directory|last modified"},
    {"en", PAGE_FORM, PAGE_TELLS,
     "your email address will not be published|your e mail address will not be published|"
     "required fields are marked|save my name email and website in this browser"},
    {"en", PAGE_LINKS, PAGE_FITS,
     "read more|continue reading|full story|hours ago|minutes ago|days ago|hour ago|day ago|min read|"
     "load more|show more|view all|see all|older posts|newer posts|next page|previous page|"
     "leave a comment|no comments|posted in|comments off"},
    {"en", PAGE_TAIL, PAGE_TELLS,
     "continue reading|read the full story|read the full article|read the full post|read full story|"
     "read full article|read the rest of this|read the rest of the|read the whole story|"
     "click here to read more|click here to continue|click to read more|view full article|"
     "view full story|read the entire article|read the entire story|keep reading|story continues at|"
     "read on at|see full story|continue to the full article"},
    {"en", PAGE_TAIL, PAGE_NAMES, "read more|more|full story|view more|show more|see more|learn more"},

    // ---- German
    {"de", PAGE_ROBOT, PAGE_TELLS,
     "der administrator dieser website hat|sicherstellen dass sie kein bot|dass sie kein bot sind|"
     "verbindung wird überprüft|dass sie kein roboter|sie kein roboter sind|ob sie ein mensch|"
     "dass sie ein mensch|"
     "ihr browser wird überprüft|überprüfung ihres browsers|ungewöhnlicher datenverkehr|"
     "ungewöhnlichen datenverkehr|lösen sie das captcha|sicherheit ihrer verbindung|"
     "sicherheitsprüfung abschließen|automatisierte zugriffe"},
    {"de", PAGE_ROBOT, PAGE_NAMES,
     "sind sie ein roboter|sind sie ein mensch|einen moment bitte|nur einen moment|sicherheitsprüfung|"
     "ich bin kein roboter"},
    {"de", PAGE_ERROR, PAGE_TELLS,
     "gewünschte seite konnte * nicht gefunden|angeforderte seite * nicht gefunden|"
     "seite konnte * nicht gefunden werden|seite existiert nicht|seite ist nicht mehr verfügbar|"
     "seite ist leider nicht|seite nicht mehr vorhanden|gesuchte seite|aufgerufene seite|"
     "artikel ist nicht mehr verfügbar|inhalt ist nicht mehr verfügbar|"
     "wurde sie verschoben oder gelöscht|verschoben oder gelöscht|prüfen sie die adresse|"
     "überprüfen sie die adresse|überprüfen sie die url|ist ein fehler aufgetreten|"
     "versuchen sie es später|nicht die berechtigung|keine berechtigung|nutzen sie die suche|"
     "zurück zur startseite|zur startseite|sie werden automatisch weitergeleitet|wegen wartungsarbeiten|"
     "in ihrem land nicht verfügbar|inhalt ist leider nicht"},
    {"de", PAGE_ERROR, PAGE_NAMES,
     "seite nicht gefunden|zugriff verweigert|fehler 404|fehler|404 seite nicht gefunden|"
     "interner serverfehler|nicht gefunden|wartungsarbeiten|seite nicht verfügbar"},
    {"de", PAGE_ERROR, PAGE_FITS,
     "startseite|suche|leider|entschuldigung|seite nicht gefunden|fehlermeldung"},
    {"de", PAGE_CONSENT, PAGE_TELLS,
     "stimmen sie der verwendung|verwendung von cookies|wir verwenden cookies|"
     "wir benötigen ihre zustimmung|wir brauchen ihre zustimmung|ihre zustimmung|ihre einwilligung|"
     "zustimmung kann jederzeit|einwilligung jederzeit|partner verarbeiten|unsere partner|"
     "um inhalte und anzeigen zu personalisieren|anzeigen zu personalisieren|mit werbung * lesen|"
     "personenbezogene daten|daten auf ihrem gerät|ihre privatsphäre|werbefrei * abonnieren|"
     "informationen auf einem gerät speichern"},
    {"de", PAGE_CONSENT, PAGE_NAMES,
     "wir brauchen ihre zustimmung|ihre zustimmung|cookie einstellungen|datenschutzeinstellungen|"
     "ihre privatsphäre|bevor sie fortfahren|einwilligung"},
    {"de", PAGE_CONSENT, PAGE_FITS,
     "alle akzeptieren|alles akzeptieren|alle ablehnen|akzeptieren|ablehnen|einstellungen|cookies|"
     "cookie|datenschutzerklärung|datenschutz|impressum|drittanbieter|widerrufen|zustimmen"},
    {"de", PAGE_PAYWALL, PAGE_TELLS,
     "um weiterzulesen|jetzt weiterlesen|nur für abonnenten|exklusiv für abonnenten|"
     "für abonnenten reserviert|diesen artikel weiterlesen|bereits abonnent|schon abonnent|"
     "sie haben bereits ein abo|jetzt abonnieren|probemonat|zugang zu allen artikeln|jederzeit kündbar|"
     "monatlich kündbar|registrieren sie sich * um|plus artikel|mit einem abo * lesen|"
     "artikel ist kostenpflichtig"},
    {"de", PAGE_PAYWALL, PAGE_FITS,
     "abo|abonnement|abonnieren|monat|kostenlos testen|digitalabo|anmelden"},
    {"de", PAGE_LOGIN, PAGE_TELLS,
     "bitte melden sie sich an|bitte loggen sie sich ein|passwort vergessen|noch kein konto|"
     "melden sie sich an um|müssen angemeldet sein um|müssen sich anmelden|noch nicht registriert"},
    {"de", PAGE_LOGIN, PAGE_NAMES, "anmelden|anmeldung|einloggen|login"},
    {"de", PAGE_LOGIN, PAGE_FITS,
     "passwort|benutzername|e mail adresse|registrieren|angemeldet bleiben|anmelden"},
    {"de", PAGE_SCRIPT, PAGE_TELLS,
     "javascript aktivieren|aktivieren sie javascript|javascript ist deaktiviert|"
     "aktivieren sie bitte javascript|javascript in ihrem browser|ihr browser ist veraltet|"
     "deaktivieren sie ihren adblocker|browser wird nicht unterstützt|benötigt javascript|"
     "schalten sie ihren werbeblocker"},
    {"de", PAGE_FORM, PAGE_TELLS,
     "e mail adresse wird nicht veröffentlicht|erforderliche felder sind mit|"
     "meinen namen * e mail adresse und website in diesem browser"},
    {"de", PAGE_LINKS, PAGE_FITS,
     "mehr lesen|weiterlesen|vor * stunden|vor * minuten|min lesezeit|alle anzeigen|mehr anzeigen|"
     "nächste seite|ältere beiträge|kommentare"},
    {"de", PAGE_TAIL, PAGE_TELLS,
     "weiterlesen|den ganzen artikel lesen|vollständigen artikel lesen|zum vollständigen artikel|"
     "ganzen beitrag lesen|zum artikel|lesen sie hier weiter|hier weiterlesen|jetzt weiterlesen"},
    {"de", PAGE_TAIL, PAGE_NAMES, "mehr lesen|mehr|mehr erfahren|mehr anzeigen"},

    // ---- French
    {"fr", PAGE_ROBOT, PAGE_TELLS,
     "l administrateur de ce site|vous n êtes pas un bot|sécurité de votre connexion|"
     "votre navigateur est en cours de vérification|vous n êtes pas un robot|que vous êtes humain|"
     "vous êtes un humain|"
     "vérification de votre navigateur|trafic inhabituel|activité inhabituelle|résoudre le captcha|"
     "sécurité de votre connexion"},
    {"fr", PAGE_ROBOT, PAGE_NAMES,
     "êtes vous un robot|un instant|vérification de sécurité|je ne suis pas un robot|un moment"},
    {"fr", PAGE_ERROR, PAGE_TELLS,
     "page que vous recherchez|page que vous cherchez|page que vous avez demandée|page demandée|"
     "cette page n existe pas|cette page n existe plus|n existe pas ou a été|page n est plus disponible|"
     "article n est plus disponible|contenu n est plus disponible|vérifiez l adresse|"
     "utilisez le moteur de recherche|retour à l accueil|retourner à l accueil|"
     "retour à la page d accueil|une erreur est survenue|une erreur s est produite|"
     "veuillez réessayer plus tard|pas autorisé à accéder|vous allez être redirigé|"
     "en cours de maintenance|n est pas disponible dans votre pays|a été déplacée ou supprimée|"
     "lien que vous avez suivi"},
    {"fr", PAGE_ERROR, PAGE_NAMES,
     "page introuvable|page non trouvée|accès refusé|erreur 404|erreur|404 page non trouvée|"
     "page inexistante|accès interdit|erreur interne du serveur|oups"},
    {"fr", PAGE_ERROR, PAGE_FITS, "accueil|moteur de recherche|désolé|plan du site|page introuvable"},
    {"fr", PAGE_CONSENT, PAGE_TELLS,
     "utilisent des cookies|utilisons des cookies|utilise des cookies|utilisation des cookies|"
     "utilisation de cookies|ses * partenaires|nos * partenaires|changer d avis à tout moment|"
     "retirer votre consentement|votre consentement|personnaliser les contenus|mesurer l audience|"
     "mesure d audience|vos choix concernant|respectons votre vie privée|continuer sans accepter|"
     "données personnelles|stocker et ou accéder à des informations|accepter et continuer|"
     "accéder au contenu sans"},
    {"fr", PAGE_CONSENT, PAGE_NAMES,
     "vos choix concernant les cookies|gestion des cookies|votre vie privée|paramètres des cookies|"
     "consentement|avant de continuer"},
    {"fr", PAGE_CONSENT, PAGE_FITS,
     "tout accepter|tout refuser|paramétrer|cookies|politique de confidentialité|en savoir plus|"
     "accepter|refuser|partenaires"},
    {"fr", PAGE_PAYWALL, PAGE_TELLS,
     "réservé aux abonnés|réservé à nos abonnés|pour lire la suite|la suite est réservée|"
     "abonnez vous pour|déjà abonné|il vous reste * à lire|reste * de cet article|offre d essai|"
     "sans engagement|s abonner pour|accès illimité|article est réservé"},
    {"fr", PAGE_PAYWALL, PAGE_FITS, "abonnés|s abonner|abonnement|par mois|se connecter|je m abonne"},
    {"fr", PAGE_LOGIN, PAGE_TELLS,
     "veuillez vous connecter|connectez vous pour|mot de passe oublié|pas encore de compte|"
     "pas encore inscrit|vous devez être connecté|créez un compte"},
    {"fr", PAGE_LOGIN, PAGE_NAMES, "connexion|se connecter|identification"},
    {"fr", PAGE_LOGIN, PAGE_FITS,
     "mot de passe|identifiant|adresse e mail|s inscrire|se connecter|se souvenir de moi"},
    {"fr", PAGE_SCRIPT, PAGE_TELLS,
     "activer javascript|activez javascript|javascript est désactivé|activer le javascript|"
     "votre navigateur n est pas|désactiver votre bloqueur|désactivez votre bloqueur|"
     "bloqueur de publicité|nécessite javascript"},
    {"fr", PAGE_FORM, PAGE_TELLS,
     "votre adresse e mail ne sera pas publiée|votre adresse de messagerie ne sera pas publiée|"
     "les champs obligatoires sont indiqués|enregistrer mon nom mon e mail"},
    {"fr", PAGE_LINKS, PAGE_FITS,
     "lire la suite|il y a * heures|il y a * minutes|min de lecture|voir plus|voir tout|page suivante|"
     "articles précédents|commentaires"},
    {"fr", PAGE_TAIL, PAGE_TELLS,
     "lire la suite|lire l article complet|lire l article|lire la suite de l article|la suite sur|"
     "continuer la lecture|poursuivre la lecture"},
    {"fr", PAGE_TAIL, PAGE_NAMES, "en savoir plus|lire plus|voir plus"},

    // ---- Spanish
    {"es", PAGE_ROBOT, PAGE_TELLS,
     "el administrador de este sitio|no eres un bot|no es un bot|seguridad de su conexión|"
     "seguridad de tu conexión|no eres un robot|no es un robot|que eres humano|que es humano|"
     "comprobando su navegador|"
     "verificando su navegador|tráfico inusual|actividad inusual|completa el captcha|"
     "complete el captcha|seguridad de su conexión"},
    {"es", PAGE_ROBOT, PAGE_NAMES,
     "eres un robot|es usted un robot|un momento|un momento por favor|no soy un robot|"
     "verificación de seguridad"},
    {"es", PAGE_ERROR, PAGE_TELLS,
     "página que busca|página que buscas|página que está buscando|página que estás buscando|"
     "página que solicita|página solicitada|esta página no existe|la página no existe|"
     "no existe o ha cambiado|página ya no está disponible|artículo ya no está disponible|"
     "contenido ya no está disponible|compruebe que la dirección|verifique la dirección|"
     "comprueba la dirección|volver a la portada|volver al inicio|volver a la página|"
     "utilice el buscador|ha ocurrido un error|se ha producido un error|inténtelo más tarde|"
     "inténtalo más tarde|intente más tarde|no tiene permiso para|será redirigido|en mantenimiento|"
     "no está disponible en su país|no está disponible en tu país|no podemos encontrar la página|"
     "no hemos encontrado la página|ha sido movida o eliminada|no se pudo encontrar la página"},
    {"es", PAGE_ERROR, PAGE_NAMES,
     "página no encontrada|acceso denegado|error 404|error|404 página no encontrada|no encontrado|"
     "error interno del servidor|página no disponible"},
    {"es", PAGE_ERROR, PAGE_FITS,
     "portada|buscador|lo sentimos|inicio|mapa del sitio|página no encontrada|dirección"},
    {"es", PAGE_CONSENT, PAGE_TELLS,
     "utilizamos cookies|usamos cookies|utiliza cookies|uso de cookies|uso de las cookies|"
     "nuestros socios|retirar su consentimiento|su consentimiento|tu consentimiento|"
     "contenido y anuncios personalizados|valoramos su privacidad|valoramos tu privacidad|"
     "nos importa su privacidad|almacenar o acceder a información|aceptar y continuar"},
    {"es", PAGE_CONSENT, PAGE_NAMES,
     "política de cookies|configuración de cookies|aviso de cookies|antes de continuar|su privacidad"},
    {"es", PAGE_CONSENT, PAGE_FITS,
     "aceptar todo|aceptar todas|rechazar todo|rechazar todas|configurar|cookies|política de privacidad|"
     "aceptar|rechazar|más información"},
    {"es", PAGE_PAYWALL, PAGE_TELLS,
     "suscríbete para|suscríbase para|para seguir leyendo|para continuar leyendo|solo para suscriptores|"
     "sólo para suscriptores|exclusivo para suscriptores|ya eres suscriptor|ya es suscriptor|"
     "ya estás suscrito|contenido exclusivo para|cancela cuando quieras|acceso ilimitado"},
    {"es", PAGE_PAYWALL, PAGE_FITS,
     "suscriptores|suscríbete|suscripción|al mes|iniciar sesión|inicia sesión"},
    {"es", PAGE_LOGIN, PAGE_TELLS,
     "inicie sesión para|inicia sesión para|debe iniciar sesión|debes iniciar sesión|"
     "olvidó su contraseña|olvidaste tu contraseña|no tienes una cuenta|no tiene cuenta|"
     "no tienes cuenta|regístrate para"},
    {"es", PAGE_LOGIN, PAGE_NAMES, "iniciar sesión|acceder|inicio de sesión"},
    {"es", PAGE_LOGIN, PAGE_FITS,
     "contraseña|usuario|correo electrónico|regístrate|registrarse|recordarme"},
    {"es", PAGE_SCRIPT, PAGE_TELLS,
     "activar javascript|active javascript|activa javascript|habilitar javascript|habilite javascript|"
     "habilita javascript|javascript está desactivado|javascript deshabilitado|su navegador no|"
     "tu navegador no|desactive el bloqueador|desactiva tu bloqueador|bloqueador de anuncios"},
    {"es", PAGE_FORM, PAGE_TELLS,
     "dirección de correo electrónico no será publicada|los campos obligatorios están marcados|"
     "guarda mi nombre correo electrónico y web|email no será publicado"},
    {"es", PAGE_LINKS, PAGE_FITS,
     "leer más|seguir leyendo|hace * horas|hace * minutos|min de lectura|ver más|ver todo|"
     "página siguiente|cargar más|comentarios"},
    {"es", PAGE_TAIL, PAGE_TELLS,
     "seguir leyendo|continuar leyendo|sigue leyendo|leer la nota completa|leer artículo completo|"
     "leer el artículo completo|leer noticia completa|leer nota completa|lea el artículo completo"},
    {"es", PAGE_TAIL, PAGE_NAMES, "leer más|ver más|lee más|más información"},

    // ---- Portuguese
    {"pt", PAGE_ROBOT, PAGE_TELLS,
     "o administrador deste site|não é um bot|segurança da sua conexão|você não é um robô|não é um robô|"
     "que você é humano|verificando seu navegador|"
     "verificando o seu navegador|tráfego incomum|atividade incomum|complete o captcha|"
     "segurança da sua conexão"},
    {"pt", PAGE_ROBOT, PAGE_NAMES,
     "você é um robô|é um robô|um momento|só um momento|não sou um robô|verificação de segurança"},
    {"pt", PAGE_ERROR, PAGE_TELLS,
     "página que você procura|página que você está procurando|página que procura|página que tentou|"
     "página solicitada|esta página não existe|a página não existe|essa página não existe|"
     "não existe ou mudou|página não está mais disponível|conteúdo não está mais disponível|"
     "matéria não está mais|verifique o endereço|confira se o endereço|voltar para a capa|"
     "voltar para a página|voltar à página inicial|voltar ao início|use a busca|utilize a busca|"
     "ocorreu um erro|tente novamente mais tarde|não tem permissão para|será redirecionado|"
     "em manutenção|não está disponível no seu país|não conseguimos encontrar a página|"
     "foi movida ou removida|pode ter sido removida"},
    {"pt", PAGE_ERROR, PAGE_NAMES,
     "página não encontrada|acesso negado|erro 404|erro|404 página não encontrada|não encontrado|"
     "erro interno do servidor|página indisponível|ops"},
    {"pt", PAGE_ERROR, PAGE_FITS,
     "capa|busca|desculpe|página inicial|mapa do site|página não encontrada|endereço"},
    {"pt", PAGE_CONSENT, PAGE_TELLS,
     "utilizamos cookies|usamos cookies|utiliza cookies|uso de cookies|uso dos cookies|nossos parceiros|"
     "os nossos parceiros|retirar o seu consentimento|seu consentimento|"
     "conteúdo e anúncios personalizados|valorizamos a sua privacidade|valorizamos sua privacidade|"
     "política de cookies"},
    {"pt", PAGE_CONSENT, PAGE_NAMES,
     "política de cookies|configurações de cookies|aviso de cookies|antes de continuar"},
    {"pt", PAGE_CONSENT, PAGE_FITS,
     "aceitar tudo|aceitar todos|rejeitar tudo|rejeitar todos|configurar|cookies|"
     "política de privacidade|aceitar|rejeitar|saiba mais"},
    {"pt", PAGE_PAYWALL, PAGE_TELLS,
     "assine para|para continuar lendo|para ler a matéria|conteúdo exclusivo para assinantes|"
     "exclusivo para assinantes|só para assinantes|já é assinante|já é cadastrado|cancele quando quiser|"
     "acesso ilimitado|seja assinante"},
    {"pt", PAGE_PAYWALL, PAGE_FITS, "assinantes|assine|assinatura|por mês|entrar|faça login"},
    {"pt", PAGE_LOGIN, PAGE_TELLS,
     "faça login para|faça o login|você precisa estar logado|esqueceu a senha|esqueci minha senha|"
     "esqueceu sua senha|não tem uma conta|não tem conta|cadastre se para"},
    {"pt", PAGE_LOGIN, PAGE_NAMES, "entrar|login|iniciar sessão"},
    {"pt", PAGE_LOGIN, PAGE_FITS, "senha|usuário|e mail|cadastre se|lembrar de mim|palavra passe"},
    {"pt", PAGE_SCRIPT, PAGE_TELLS,
     "ativar o javascript|ative o javascript|habilitar o javascript|habilite o javascript|"
     "habilite javascript|javascript está desativado|javascript desabilitado|seu navegador não|"
     "o seu navegador não|bloqueador de anúncios|desative o bloqueador"},
    {"pt", PAGE_FORM, PAGE_TELLS,
     "endereço de e mail não será publicado|endereço de email não será publicado|"
     "campos obrigatórios são marcados|salvar meus dados neste navegador"},
    {"pt", PAGE_LINKS, PAGE_FITS,
     "leia mais|continue lendo|há * horas|há * minutos|min de leitura|ver mais|ver tudo|próxima página|"
     "carregar mais|comentários"},
    {"pt", PAGE_TAIL, PAGE_TELLS,
     "continue lendo|continuar lendo|continue a ler|continuar a ler|leia a matéria completa|"
     "leia o artigo completo|leia na íntegra|ler artigo completo"},
    {"pt", PAGE_TAIL, PAGE_NAMES, "leia mais|ler mais|saiba mais|ver mais|veja mais"},

    // ---- Italian
    {"it", PAGE_ROBOT, PAGE_TELLS,
     "l amministratore di questo sito|non sei un bot|sicurezza della tua connessione|non sei un robot|"
     "di non essere un robot|che sei umano|di essere umano|verifica del browser|"
     "traffico insolito|attività insolita|completa il captcha|sicurezza della connessione"},
    {"it", PAGE_ROBOT, PAGE_NAMES,
     "sei un robot|un momento|non sono un robot|controllo di sicurezza|verifica di sicurezza"},
    {"it", PAGE_ERROR, PAGE_TELLS,
     "pagina che stai cercando|pagina che cerchi|pagina che hai cercato|pagina richiesta|"
     "questa pagina non esiste|la pagina non esiste|non esiste o è stata|pagina non è più disponibile|"
     "articolo non è più disponibile|contenuto non è più disponibile|controlla l indirizzo|"
     "verifica l indirizzo|usa la ricerca|torna alla home|torna alla homepage|ritorna alla home|"
     "si è verificato un errore|riprova più tardi|non hai i permessi|sarai reindirizzato|"
     "verrai reindirizzato|in manutenzione|non è disponibile nel tuo paese|è stata spostata o|"
     "è stata rimossa o"},
    {"it", PAGE_ERROR, PAGE_NAMES,
     "pagina non trovata|accesso negato|errore 404|errore|404 pagina non trovata|non trovato|"
     "errore interno del server|ops"},
    {"it", PAGE_ERROR, PAGE_FITS,
     "home|homepage|ricerca|ci dispiace|siamo spiacenti|mappa del sito|pagina non trovata|indirizzo"},
    {"it", PAGE_CONSENT, PAGE_TELLS,
     "utilizziamo i cookie|usiamo i cookie|utilizza i cookie|utilizza cookie|utilizziamo cookie|"
     "uso dei cookie|utilizzo dei cookie|i nostri partner|il tuo consenso|revocare il consenso|"
     "annunci e contenuti personalizzati|contenuti personalizzati|la tua privacy|accetta e continua|"
     "continua senza accettare|archiviare e o accedere"},
    {"it", PAGE_CONSENT, PAGE_NAMES,
     "informativa sui cookie|impostazioni cookie|preferenze cookie|la tua privacy|prima di continuare"},
    {"it", PAGE_CONSENT, PAGE_FITS,
     "accetta tutto|accetta tutti|rifiuta tutto|rifiuta tutti|rifiuta|accetta|personalizza|cookie|"
     "informativa sulla privacy|cookie policy|privacy policy|scopri di più"},
    {"it", PAGE_PAYWALL, PAGE_TELLS,
     "abbonati per|per continuare a leggere|per leggere l articolo|riservato agli abbonati|"
     "contenuto riservato|solo per gli abbonati|sei già abbonato|già abbonato|disdici quando vuoi|"
     "accesso illimitato"},
    {"it", PAGE_PAYWALL, PAGE_FITS, "abbonati|abbonamento|al mese|accedi|prova gratuita"},
    {"it", PAGE_LOGIN, PAGE_TELLS,
     "accedi per|effettua il login|devi effettuare l accesso|devi essere registrato|"
     "password dimenticata|hai dimenticato la password|non hai un account|registrati per"},
    {"it", PAGE_LOGIN, PAGE_NAMES, "accedi|login|accesso"},
    {"it", PAGE_LOGIN, PAGE_FITS, "password|nome utente|indirizzo email|registrati|ricordami"},
    {"it", PAGE_SCRIPT, PAGE_TELLS,
     "abilitare javascript|abilita javascript|attiva javascript|attivare javascript|"
     "javascript è disabilitato|javascript disabilitato|il tuo browser non|disattiva il blocco|"
     "disattiva adblock|disabilita adblock"},
    {"it", PAGE_FORM, PAGE_TELLS,
     "il tuo indirizzo email non sarà pubblicato|i campi obbligatori sono contrassegnati|"
     "salva il mio nome email e sito web"},
    {"it", PAGE_LINKS, PAGE_FITS,
     "leggi tutto|continua a leggere|ore fa|minuti fa|min di lettura|vedi tutti|mostra altro|"
     "pagina successiva|carica altri|commenti"},
    {"it", PAGE_TAIL, PAGE_TELLS,
     "continua a leggere|leggi tutto|leggi l articolo completo|leggi l articolo|leggi il seguito|"
     "continua la lettura"},
    {"it", PAGE_TAIL, PAGE_NAMES, "leggi di più|scopri di più|leggi"},

    // ---- Dutch
    {"nl", PAGE_ROBOT, PAGE_TELLS,
     "de beheerder van deze website|je geen bot bent|u geen bot bent|beveiliging van uw verbinding|"
     "dat je geen robot|dat u geen robot|je geen robot bent|u geen robot bent|dat je een mens|"
     "uw browser wordt gecontroleerd|ongebruikelijk verkeer|los de captcha op"},
    {"nl", PAGE_ROBOT, PAGE_NAMES,
     "ben je een robot|bent u een robot|een ogenblik geduld|een moment geduld|ik ben geen robot|"
     "beveiligingscontrole"},
    {"nl", PAGE_ERROR, PAGE_TELLS,
     "pagina die u zoekt|pagina die je zoekt|pagina die u probeert|de opgevraagde pagina|"
     "deze pagina bestaat niet|pagina kan niet worden gevonden|pagina kon niet worden gevonden|"
     "pagina is niet meer beschikbaar|artikel is niet meer beschikbaar|verplaatst of verwijderd|"
     "controleer het adres|controleer de url|terug naar de homepage|terug naar de startpagina|"
     "gebruik de zoekfunctie|er is een fout opgetreden|er is een fout opgetreden|er ging iets mis|"
     "probeer het later|geen toestemming om|wordt doorgestuurd|wegens onderhoud|"
     "niet beschikbaar in jouw land|niet beschikbaar in uw land"},
    {"nl", PAGE_ERROR, PAGE_NAMES,
     "pagina niet gevonden|toegang geweigerd|fout 404|404 pagina niet gevonden|niet gevonden|foutmelding"},
    {"nl", PAGE_ERROR, PAGE_FITS, "homepage|startpagina|zoekfunctie|sorry|helaas|pagina niet gevonden"},
    {"nl", PAGE_CONSENT, PAGE_TELLS,
     "maken gebruik van cookies|maakt gebruik van cookies|gebruiken cookies|gebruikt cookies|"
     "gebruik van cookies|onze partners|uw toestemming|jouw toestemming|je toestemming intrekken|"
     "gepersonaliseerde advertenties|informatie op een apparaat|wij waarderen uw privacy|je privacy"},
    {"nl", PAGE_CONSENT, PAGE_NAMES,
     "cookie instellingen|cookies|cookiebeleid|voordat je verdergaat|cookies accepteren"},
    {"nl", PAGE_CONSENT, PAGE_FITS,
     "alles accepteren|accepteren|alles weigeren|weigeren|instellingen|cookies|privacybeleid|"
     "cookiebeleid|meer informatie|akkoord"},
    {"nl", PAGE_PAYWALL, PAGE_TELLS,
     "om verder te lezen|alleen voor abonnees|exclusief voor abonnees|word abonnee|al abonnee|"
     "ben je al abonnee|verder lezen met|neem een abonnement|onbeperkt toegang|maandelijks opzegbaar"},
    {"nl", PAGE_PAYWALL, PAGE_FITS, "abonnees|abonnement|per maand|inloggen|proefabonnement"},
    {"nl", PAGE_LOGIN, PAGE_TELLS,
     "log in om|wachtwoord vergeten|nog geen account|je moet ingelogd|u moet ingelogd|"
     "u dient in te loggen|maak een account"},
    {"nl", PAGE_LOGIN, PAGE_FITS, "wachtwoord|gebruikersnaam|e mailadres|registreren|inloggen"},
    {"nl", PAGE_SCRIPT, PAGE_TELLS,
     "javascript inschakelen|schakel javascript in|javascript is uitgeschakeld|zet javascript aan|"
     "uw browser wordt niet|je browser wordt niet|schakel je adblocker uit|adblocker uit"},
    {"nl", PAGE_FORM, PAGE_TELLS,
     "je e mailadres wordt niet gepubliceerd|vereiste velden zijn gemarkeerd|"
     "mijn naam e mail en site opslaan"},
    {"nl", PAGE_LINKS, PAGE_FITS,
     "lees meer|lees verder|uur geleden|minuten geleden|min leestijd|toon meer|bekijk alles|"
     "volgende pagina|reacties"},
    {"nl", PAGE_TAIL, PAGE_TELLS,
     "lees verder|lees het hele artikel|lees het volledige artikel|verder lezen|lees hier verder"},
    {"nl", PAGE_TAIL, PAGE_NAMES, "lees meer|meer lezen|meer"},

    // ---- Swedish, Danish, Norwegian, Finnish
    {"sv", PAGE_ERROR, PAGE_TELLS,
     "sidan du söker|sidan du letar efter|sidan kunde inte hittas|sidan finns inte|"
     "sidan kan ha flyttats|kontrollera adressen|till startsidan|tillbaka till startsidan|"
     "ett fel har inträffat|ett fel inträffade|försök igen senare|artikeln finns inte längre|"
     "du har inte behörighet"},
    {"sv", PAGE_ERROR, PAGE_NAMES,
     "sidan hittades inte|sidan kunde inte hittas|åtkomst nekad|fel 404|404 sidan hittades inte"},
    {"sv", PAGE_CONSENT, PAGE_TELLS,
     "vi använder cookies|använder vi cookies|vi använder kakor|användningen av cookies|ditt samtycke|"
     "våra partners|våra partner|vi värnar om din integritet|lagra och eller få åtkomst"},
    {"sv", PAGE_CONSENT, PAGE_FITS,
     "acceptera alla|godkänn alla|neka alla|avvisa alla|inställningar|cookies|integritetspolicy|läs mer|"
     "godkänn"},
    {"sv", PAGE_PAYWALL, PAGE_TELLS,
     "för att läsa vidare|endast för prenumeranter|bli prenumerant|redan prenumerant|"
     "är du redan prenumerant|är låst för prenumeranter|läs hela artikeln|ingen bindningstid"},
    {"sv", PAGE_LOGIN, PAGE_TELLS,
     "logga in för att|glömt lösenord|glömt ditt lösenord|du måste vara inloggad|har du inget konto|"
     "skapa konto"},
    {"sv", PAGE_ROBOT, PAGE_TELLS,
     "att du inte är en robot|att du är människa|ovanlig trafik|kontrollerar din webbläsare"},
    {"sv", PAGE_ROBOT, PAGE_NAMES, "är du en robot|jag är inte en robot|ett ögonblick|säkerhetskontroll"},
    {"sv", PAGE_SCRIPT, PAGE_TELLS,
     "aktivera javascript|slå på javascript|javascript är inaktiverat|din webbläsare stöds inte|"
     "stäng av din annonsblockerare"},
    {"sv", PAGE_FORM, PAGE_TELLS, "din e postadress kommer inte|obligatoriska fält är märkta"},
    {"sv", PAGE_LINKS, PAGE_FITS,
     "läs mer|timmar sedan|minuter sedan|visa fler|visa mer|nästa sida|kommentarer"},
    {"sv", PAGE_TAIL, PAGE_TELLS, "läs hela artikeln|läs vidare|fortsätt läsa"},
    {"sv", PAGE_TAIL, PAGE_NAMES, "läs mer|visa mer"},
    {"da", PAGE_ERROR, PAGE_TELLS,
     "siden du leder efter|siden du søger|siden kunne ikke findes|siden findes ikke|"
     "siden blev ikke fundet|kontroller adressen|tjek adressen|gå til forsiden|til forsiden|"
     "tilbage til forsiden|der opstod en fejl|der er sket en fejl|prøv igen senere|"
     "artiklen findes ikke længere"},
    {"da", PAGE_ERROR, PAGE_NAMES,
     "siden blev ikke fundet|siden findes ikke|adgang nægtet|fejl 404|404 siden blev ikke fundet"},
    {"da", PAGE_CONSENT, PAGE_TELLS,
     "vi bruger cookies|bruger cookies til|brug af cookies|dit samtykke|vores partnere|"
     "vores samarbejdspartnere|trække dit samtykke tilbage|vi værdsætter dit privatliv"},
    {"da", PAGE_CONSENT, PAGE_FITS,
     "accepter alle|tillad alle|afvis alle|indstillinger|cookies|privatlivspolitik|læs mere|acceptér"},
    {"da", PAGE_PAYWALL, PAGE_TELLS,
     "for at læse videre|kun for abonnenter|forbeholdt abonnenter|bliv abonnent|allerede abonnent|"
     "er du allerede abonnent|læs hele artiklen|køb abonnement"},
    {"da", PAGE_LOGIN, PAGE_TELLS,
     "log ind for at|glemt adgangskode|glemt din adgangskode|du skal være logget ind|"
     "har du ikke en konto|opret en konto"},
    {"da", PAGE_ROBOT, PAGE_TELLS, "at du ikke er en robot|at du er et menneske|usædvanlig trafik"},
    {"da", PAGE_ROBOT, PAGE_NAMES, "er du en robot|jeg er ikke en robot|et øjeblik|vent venligst"},
    {"da", PAGE_SCRIPT, PAGE_TELLS,
     "aktiver javascript|slå javascript til|javascript er deaktiveret|din browser understøttes ikke"},
    {"da", PAGE_LINKS, PAGE_FITS,
     "læs mere|timer siden|minutter siden|vis flere|vis mere|næste side|kommentarer"},
    {"da", PAGE_TAIL, PAGE_TELLS, "læs hele artiklen|læs videre|fortsæt med at læse"},
    {"da", PAGE_TAIL, PAGE_NAMES, "læs mere|vis mere"},
    {"no", PAGE_ERROR, PAGE_TELLS,
     "siden du leter etter|siden du prøver|siden finnes ikke|siden ble ikke funnet|fant ikke siden|"
     "vi finner ikke siden|sjekk adressen|gå til forsiden|tilbake til forsiden|det har oppstått en feil|"
     "det oppstod en feil|prøv igjen senere|artikkelen er ikke lenger"},
    {"no", PAGE_ERROR, PAGE_NAMES,
     "siden ble ikke funnet|siden finnes ikke|ingen tilgang|feil 404|fant ikke siden"},
    {"no", PAGE_CONSENT, PAGE_TELLS,
     "vi bruker informasjonskapsler|vi bruker cookies|bruk av informasjonskapsler|bruk av cookies|"
     "ditt samtykke|samtykket ditt|våre partnere|trekke tilbake samtykket"},
    {"no", PAGE_CONSENT, PAGE_FITS,
     "godta alle|avvis alle|innstillinger|informasjonskapsler|personvern|personvernerklæring|les mer"},
    {"no", PAGE_PAYWALL, PAGE_TELLS,
     "for å lese videre|kun for abonnenter|forbeholdt abonnenter|bli abonnent|allerede abonnent|"
     "er du allerede abonnent|les hele saken|ingen bindingstid"},
    {"no", PAGE_LOGIN, PAGE_TELLS,
     "logg inn for å|glemt passord|du må være logget inn|har du ikke konto|har du ikke bruker"},
    {"no", PAGE_ROBOT, PAGE_TELLS, "at du ikke er en robot|at du er et menneske|uvanlig trafikk"},
    {"no", PAGE_SCRIPT, PAGE_TELLS,
     "aktivere javascript|slå på javascript|javascript er deaktivert|nettleseren din støttes ikke"},
    {"no", PAGE_LINKS, PAGE_FITS, "les mer|timer siden|minutter siden|vis flere|neste side|kommentarer"},
    {"no", PAGE_TAIL, PAGE_TELLS, "les hele saken|les hele artikkelen|les videre|fortsett å lese"},
    {"no", PAGE_TAIL, PAGE_NAMES, "les mer|vis mer"},
    {"fi", PAGE_ERROR, PAGE_TELLS,
     "hakemaasi sivua|etsimääsi sivua|sivua ei löytynyt|sivua ei löydy|sivua ei ole olemassa|"
     "tarkista osoite|palaa etusivulle|siirry etusivulle|takaisin etusivulle|tapahtui virhe|"
     "yritä myöhemmin uudelleen|artikkeli ei ole enää"},
    {"fi", PAGE_ERROR, PAGE_NAMES,
     "sivua ei löytynyt|sivua ei löydy|pääsy evätty|virhe 404|404 sivua ei löytynyt"},
    {"fi", PAGE_CONSENT, PAGE_TELLS,
     "käytämme evästeitä|käyttää evästeitä|evästeiden käytön|evästeiden käyttöön|suostumuksesi|"
     "kumppanimme|arvostamme yksityisyyttäsi"},
    {"fi", PAGE_CONSENT, PAGE_FITS,
     "hyväksy kaikki|hylkää kaikki|asetukset|evästeet|evästeitä|tietosuojaseloste|tietosuoja|lue lisää"},
    {"fi", PAGE_PAYWALL, PAGE_TELLS,
     "jatkaaksesi lukemista|vain tilaajille|tilaajille|oletko jo tilaaja|olet jo tilaaja|tilaa ja lue|"
     "lue koko juttu tilaamalla"},
    {"fi", PAGE_LOGIN, PAGE_TELLS,
     "kirjaudu sisään jatkaaksesi|unohditko salasanasi|unohtuiko salasana|sinun täytyy kirjautua|"
     "luo tunnus"},
    {"fi", PAGE_ROBOT, PAGE_TELLS, "ettet ole robotti|et ole robotti|että olet ihminen"},
    {"fi", PAGE_SCRIPT, PAGE_TELLS,
     "ota javascript käyttöön|javascript ei ole käytössä|selaintasi ei tueta"},
    {"fi", PAGE_LINKS, PAGE_FITS,
     "lue lisää|tuntia sitten|minuuttia sitten|näytä lisää|seuraava sivu|kommentit"},
    {"fi", PAGE_TAIL, PAGE_TELLS, "lue koko juttu|lue koko artikkeli|jatka lukemista"},
    {"fi", PAGE_TAIL, PAGE_NAMES, "lue lisää|näytä lisää"},

    // ---- Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Albanian
    {"pl", PAGE_ERROR, PAGE_TELLS,
     "strona której szukasz|strony której szukasz|nie znaleziono strony|strona nie istnieje|"
     "strona nie została znaleziona|szukana strona|taka strona nie istnieje|"
     "została przeniesiona lub usunięta|sprawdź adres|sprawdź poprawność adresu|wróć na stronę główną|"
     "powrót na stronę główną|przejdź na stronę główną|skorzystaj z wyszukiwarki|wystąpił błąd|"
     "spróbuj ponownie później|nie masz uprawnień|artykuł nie jest już dostępny"},
    {"pl", PAGE_ERROR, PAGE_NAMES,
     "strona nie znaleziona|nie znaleziono strony|strona nie została znaleziona|dostęp zabroniony|"
     "odmowa dostępu|błąd 404|błąd"},
    {"pl", PAGE_CONSENT, PAGE_TELLS,
     "używamy plików cookie|używamy plików cookies|wykorzystuje pliki cookies|korzysta z plików cookies|"
     "korzysta z plików cookie|stosujemy pliki cookies|nasi partnerzy|naszych partnerów|wyrażam zgodę|"
     "wycofać zgodę|zgodę na przetwarzanie|szanujemy twoją prywatność|dbamy o twoją prywatność|"
     "przechowywania informacji na urządzeniu"},
    {"pl", PAGE_CONSENT, PAGE_FITS,
     "zaakceptuj wszystkie|akceptuję|odrzuć wszystkie|ustawienia|cookies|cookie|polityka prywatności|"
     "przejdź do serwisu|ustawienia zaawansowane"},
    {"pl", PAGE_PAYWALL, PAGE_TELLS,
     "aby czytać dalej|tylko dla subskrybentów|dla prenumeratorów|wykup dostęp|wykup subskrypcję|"
     "masz już subskrypcję|masz już prenumeratę|dostęp do wszystkich treści|czytaj bez ograniczeń"},
    {"pl", PAGE_LOGIN, PAGE_TELLS,
     "zaloguj się aby|zaloguj się żeby|nie pamiętasz hasła|zapomniałeś hasła|nie masz konta|"
     "musisz być zalogowany|musisz się zalogować"},
    {"pl", PAGE_ROBOT, PAGE_TELLS,
     "administrator tej strony|nie jesteś botem|bezpieczeństwo połączenia|nie jesteś robotem|"
     "że jesteś człowiekiem|nietypowy ruch|sprawdzanie przeglądarki"},
    {"pl", PAGE_ROBOT, PAGE_NAMES, "czy jesteś robotem|nie jestem robotem|chwileczkę|proszę czekać"},
    {"pl", PAGE_SCRIPT, PAGE_TELLS,
     "włącz obsługę javascript|włącz javascript|włączyć javascript|obsługa javascript|"
     "twoja przeglądarka nie|wyłącz adblocka|wyłącz adblock|blokowanie reklam"},
    {"pl", PAGE_FORM, PAGE_TELLS,
     "adres e mail nie zostanie opublikowany|adres email nie zostanie opublikowany|"
     "wymagane pola są oznaczone|zapamiętaj moje dane w tej przeglądarce"},
    {"pl", PAGE_LINKS, PAGE_FITS,
     "czytaj więcej|czytaj dalej|godzin temu|minut temu|zobacz więcej|pokaż więcej|następna strona|"
     "komentarze"},
    {"pl", PAGE_TAIL, PAGE_TELLS,
     "czytaj dalej|czytaj cały artykuł|przeczytaj cały artykuł|cały artykuł"},
    {"pl", PAGE_TAIL, PAGE_NAMES, "czytaj więcej|więcej|zobacz więcej"},
    {"cs", PAGE_ERROR, PAGE_TELLS,
     "stránka kterou hledáte|stránku kterou hledáte|stránka nebyla nalezena|stránka neexistuje|"
     "požadovaná stránka|byla přesunuta nebo|zkontrolujte adresu|zpět na úvodní|přejít na úvodní|"
     "zpět na hlavní|došlo k chybě|nastala chyba|zkuste to později|článek již není|nemáte oprávnění"},
    {"cs", PAGE_ERROR, PAGE_NAMES,
     "stránka nenalezena|stránka nebyla nalezena|přístup odepřen|chyba 404|chyba"},
    {"cs", PAGE_CONSENT, PAGE_TELLS,
     "používáme soubory cookie|používáme cookies|používá cookies|používá soubory cookie|"
     "používání cookies|souhlas s|naši partneři|svůj souhlas|záleží nám na vašem soukromí|"
     "vážíme si vašeho soukromí"},
    {"cs", PAGE_CONSENT, PAGE_FITS,
     "přijmout vše|přijmout všechny|odmítnout vše|nastavení|cookies|cookie|ochrana osobních údajů|"
     "souhlasím|více informací"},
    {"cs", PAGE_PAYWALL, PAGE_TELLS,
     "pouze pro předplatitele|pro předplatitele|abyste mohli pokračovat|pokračovat ve čtení|"
     "chci předplatit|již mám předplatné|už mám předplatné|celý článek si přečtete"},
    {"cs", PAGE_LOGIN, PAGE_TELLS,
     "přihlaste se|zapomenuté heslo|zapomněli jste heslo|nemáte účet|musíte být přihlášeni"},
    {"cs", PAGE_ROBOT, PAGE_TELLS, "že nejste robot|nejste robot|že jste člověk|neobvyklý provoz"},
    {"cs", PAGE_SCRIPT, PAGE_TELLS,
     "povolte javascript|zapněte javascript|zapnutý javascript|váš prohlížeč nepodporuje"},
    {"cs", PAGE_FORM, PAGE_TELLS,
     "e mailová adresa nebude zveřejněna|vyžadované informace jsou označeny"},
    {"cs", PAGE_LINKS, PAGE_FITS,
     "číst dál|číst více|celý článek|před * hodinami|před * minutami|zobrazit více|další strana|"
     "komentáře"},
    {"cs", PAGE_TAIL, PAGE_TELLS, "číst dál|celý článek|pokračovat ve čtení|číst celý článek"},
    {"cs", PAGE_TAIL, PAGE_NAMES, "číst více|více"},
    {"sk", PAGE_ERROR, PAGE_TELLS,
     "stránka ktorú hľadáte|stránku ktorú hľadáte|stránka nebola nájdená|stránka neexistuje|"
     "požadovaná stránka|skontrolujte adresu|späť na úvodnú|späť na hlavnú|nastala chyba|"
     "vyskytla sa chyba|skúste to neskôr"},
    {"sk", PAGE_ERROR, PAGE_NAMES,
     "stránka sa nenašla|stránka nebola nájdená|prístup zamietnutý|chyba 404"},
    {"sk", PAGE_CONSENT, PAGE_TELLS,
     "používame súbory cookie|používame cookies|používa súbory cookie|používa cookies|svoj súhlas|"
     "naši partneri|váš súhlas"},
    {"sk", PAGE_CONSENT, PAGE_FITS,
     "prijať všetko|prijať všetky|odmietnuť všetko|nastavenia|cookies|cookie|ochrana osobných údajov|"
     "súhlasím"},
    {"sk", PAGE_TAIL, PAGE_TELLS, "čítať ďalej|celý článok|pokračovať v čítaní"},
    {"sk", PAGE_TAIL, PAGE_NAMES, "čítať viac|viac"},
    {"hu", PAGE_ERROR, PAGE_TELLS,
     "a keresett oldal|keresett oldal nem|az oldal nem található|nem található az oldal|"
     "az oldal nem létezik|ellenőrizze a címet|vissza a főoldalra|ugrás a főoldalra|hiba történt|"
     "próbálja meg később|próbálja újra később|a cikk már nem elérhető"},
    {"hu", PAGE_ERROR, PAGE_NAMES,
     "az oldal nem található|hozzáférés megtagadva|404 as hiba|hiba 404|oldal nem található"},
    {"hu", PAGE_CONSENT, PAGE_TELLS,
     "sütiket használunk|cookie kat használunk|sütiket használ|cookie kat használ|sütik használatát|"
     "hozzájárulását|partnereink|fontos számunkra az ön"},
    {"hu", PAGE_CONSENT, PAGE_FITS,
     "összes elfogadása|elfogadom|elutasítom|összes elutasítása|beállítások|sütik|cookie|"
     "adatvédelmi tájékoztató|további információ"},
    {"hu", PAGE_PAYWALL, PAGE_TELLS,
     "csak előfizetőknek|előfizetőink|a folytatáshoz|már előfizető|fizessen elő|"
     "a teljes cikk elolvasásához"},
    {"hu", PAGE_LOGIN, PAGE_TELLS,
     "jelentkezzen be|be kell jelentkezni|elfelejtett jelszó|elfelejtette jelszavát|nincs még fiókja"},
    {"hu", PAGE_ROBOT, PAGE_TELLS, "hogy nem robot|nem vagy robot|hogy ön ember"},
    {"hu", PAGE_SCRIPT, PAGE_TELLS,
     "engedélyezze a javascript|kapcsolja be a javascript|a böngészője nem támogatja"},
    {"hu", PAGE_LINKS, PAGE_FITS,
     "tovább olvasom|bővebben|órája|perce|következő oldal|továbbiak|hozzászólások"},
    {"hu", PAGE_TAIL, PAGE_TELLS,
     "tovább olvasom|tovább a teljes cikkhez|a teljes cikk|olvass tovább|tovább"},
    {"ro", PAGE_ERROR, PAGE_TELLS,
     "pagina pe care o căutați|pagina pe care o cauți|pagina căutată|pagina solicitată|"
     "pagina nu a fost găsită|pagina nu există|această pagină nu|verificați adresa|"
     "înapoi la prima pagină|mergi la prima pagină|a apărut o eroare|încercați mai târziu|"
     "încearcă din nou|articolul nu mai este"},
    {"ro", PAGE_ERROR, PAGE_NAMES,
     "pagina nu a fost găsită|pagină negăsită|acces interzis|eroare 404|eroare"},
    {"ro", PAGE_CONSENT, PAGE_TELLS,
     "folosim cookie|utilizăm cookie|folosește cookie|utilizează cookie|utilizarea cookie|"
     "modulelor cookie|partenerii noștri|consimțământul|acordul dumneavoastră|"
     "respectăm confidențialitatea"},
    {"ro", PAGE_CONSENT, PAGE_FITS,
     "accept toate|acceptă toate|acceptă tot|refuz|refuză tot|setări|cookie|cookies|"
     "politica de confidențialitate|sunt de acord|mai multe"},
    {"ro", PAGE_PAYWALL, PAGE_TELLS,
     "doar pentru abonați|exclusiv pentru abonați|pentru a citi mai departe|abonează te pentru|"
     "ești deja abonat|deja abonat"},
    {"ro", PAGE_LOGIN, PAGE_TELLS,
     "autentificați vă|autentifică te|ai uitat parola|ați uitat parola|nu ai cont|"
     "trebuie să fii autentificat|trebuie să fiți autentificat"},
    {"ro", PAGE_ROBOT, PAGE_TELLS, "nu ești robot|nu sunteți robot|că ești om|nu ești un robot"},
    {"ro", PAGE_SCRIPT, PAGE_TELLS,
     "activați javascript|activează javascript|javascript este dezactivat|browserul dumneavoastră nu"},
    {"ro", PAGE_LINKS, PAGE_FITS,
     "citește mai mult|citește mai departe|acum * ore|acum * minute|vezi toate|pagina următoare|"
     "comentarii"},
    {"ro", PAGE_TAIL, PAGE_TELLS,
     "citește mai departe|citește tot articolul|citește articolul complet|citește continuarea|"
     "continuă lectura"},
    {"ro", PAGE_TAIL, PAGE_NAMES, "citește mai mult|mai mult|vezi mai mult"},
    {"hr", PAGE_ERROR, PAGE_TELLS,
     "stranica koju tražite|stranicu koju tražite|stranica nije pronađena|stranica ne postoji|"
     "tražena stranica|traženu stranicu|provjerite adresu|proverite adresu|povratak na naslovnicu|"
     "povratak na naslovnu|vratite se na naslovnu|vratite se na početnu|došlo je do greške|"
     "došlo je do pogreške|pokušajte ponovno kasnije|pokušajte ponovo kasnije"},
    {"hr", PAGE_ERROR, PAGE_NAMES,
     "stranica nije pronađena|pristup odbijen|greška 404|pogreška 404|stranica ne postoji"},
    {"hr", PAGE_CONSENT, PAGE_TELLS,
     "koristimo kolačiće|koristi kolačiće|korištenje kolačića|korištenjem kolačića|upotrebu kolačića|"
     "korišćenje kolačića|naši partneri|vašu privolu|svoju privolu|vaš pristanak|vaša privatnost"},
    {"hr", PAGE_CONSENT, PAGE_FITS,
     "prihvati sve|prihvaćam|prihvatam|odbij sve|postavke|podešavanja|kolačići|kolačiće|cookies|"
     "pravila privatnosti|politika privatnosti|saznaj više"},
    {"hr", PAGE_PAYWALL, PAGE_TELLS,
     "samo za pretplatnike|za nastavak čitanja|već ste pretplatnik|pretplatite se|"
     "sadržaj je dostupan pretplatnicima"},
    {"hr", PAGE_LOGIN, PAGE_TELLS,
     "prijavite se za|prijavite se kako|zaboravljena lozinka|zaboravili ste lozinku|nemate račun|"
     "nemate nalog|morate biti prijavljeni"},
    {"hr", PAGE_ROBOT, PAGE_TELLS, "da niste robot|niste robot|da ste čovjek|da ste čovek"},
    {"hr", PAGE_SCRIPT, PAGE_TELLS,
     "omogućite javascript|uključite javascript|vaš preglednik ne podržava"},
    {"hr", PAGE_LINKS, PAGE_FITS,
     "pročitaj više|opširnije|prije * sati|pre * sati|prikaži više|sljedeća stranica|komentari"},
    {"hr", PAGE_TAIL, PAGE_TELLS,
     "opširnije|nastavi čitati|pročitaj cijeli članak|pročitajte cijeli članak|ceo tekst|cijeli članak|"
     "nastavak teksta"},
    {"hr", PAGE_TAIL, PAGE_NAMES, "pročitaj više|više"},
    {"sq", PAGE_ERROR, PAGE_TELLS,
     "faqja që kërkoni|faqja që po kërkoni|faqja nuk u gjet|faqja nuk ekziston|kontrolloni adresën|"
     "kthehu në faqen kryesore|kthehuni në faqen kryesore|ndodhi një gabim|provoni përsëri më vonë"},
    {"sq", PAGE_ERROR, PAGE_NAMES, "faqja nuk u gjet|gabim 404|qasja u refuzua"},
    {"sq", PAGE_CONSENT, PAGE_TELLS,
     "përdorim cookies|përdor cookies|përdorimin e cookies|pëlqimin tuaj|partnerët tanë"},
    {"sq", PAGE_CONSENT, PAGE_FITS, "prano të gjitha|pranoj|refuzo|cookies|politika e privatësisë"},
    {"sq", PAGE_TAIL, PAGE_TELLS, "lexo të plotë|lexo artikullin e plotë|vazhdo leximin|lexoni të plotë"},
    {"sq", PAGE_TAIL, PAGE_NAMES, "lexo më shumë|më shumë"},

    // ---- Turkish, Azerbaijani
    {"tr", PAGE_ROBOT, PAGE_TELLS,
     "robot olmadığınızı|insan olduğunuzu|tarayıcınız kontrol ediliyor|olağan dışı trafik|"
     "güvenlik doğrulaması"},
    {"tr", PAGE_ROBOT, PAGE_NAMES,
     "robot musunuz|ben robot değilim|bir dakika lütfen|lütfen bekleyin|güvenlik kontrolü"},
    {"tr", PAGE_ERROR, PAGE_TELLS,
     "aradığınız sayfa|aradığınız sayfaya|ulaşmak istediğiniz sayfa|sayfa bulunamadı veya|"
     "böyle bir sayfa|bu sayfa mevcut değil|sayfa kaldırılmış|taşınmış olabilir|adresi kontrol edin|"
     "ana sayfaya dön|ana sayfasına dön|ana sayfaya dönün|ana sayfasına dönün|ana sayfaya git|"
     "arama kutusunu|bir hata oluştu|daha sonra tekrar deneyin|erişim izniniz yok|"
     "haber yayından kaldırıldı|yönlendiriliyorsunuz"},
    {"tr", PAGE_ERROR, PAGE_NAMES,
     "sayfa bulunamadı|erişim engellendi|erişim reddedildi|hata 404|404 hatası|hata|404 sayfa bulunamadı"},
    {"tr", PAGE_ERROR, PAGE_FITS, "ana sayfa|üzgünüz|arama|sayfa bulunamadı"},
    {"tr", PAGE_CONSENT, PAGE_TELLS,
     "çerezler kullanıyoruz|çerez kullanıyoruz|çerezleri kullanıyoruz|çerezler kullanılmaktadır|"
     "çerez kullanılmaktadır|çerezlerin kullanımını|çerez kullanımını|iş ortaklarımız|açık rıza|"
     "gizliliğinize önem veriyoruz|kişisel verilerin"},
    {"tr", PAGE_CONSENT, PAGE_FITS,
     "tümünü kabul et|kabul et|tümünü reddet|reddet|ayarlar|çerezler|çerez politikası|"
     "gizlilik politikası|aydınlatma metni"},
    {"tr", PAGE_PAYWALL, PAGE_TELLS,
     "okumaya devam etmek için|sadece abonelere|yalnızca abonelere|abone olun|zaten abone misiniz|"
     "haberin devamını okumak için"},
    {"tr", PAGE_LOGIN, PAGE_TELLS,
     "giriş yapmanız gerekiyor|giriş yapmalısınız|lütfen giriş yapın|şifremi unuttum|"
     "şifrenizi mi unuttunuz|hesabınız yok mu"},
    {"tr", PAGE_SCRIPT, PAGE_TELLS,
     "javascript i etkinleştirin|javascript etkin|javascript desteklemiyor|javascript devre dışı|"
     "tarayıcınız desteklenmiyor|reklam engelleyici"},
    {"tr", PAGE_FORM, PAGE_TELLS,
     "e posta adresiniz yayınlanmayacak|gerekli alanlar * ile işaretlenmişlerdir"},
    {"tr", PAGE_LINKS, PAGE_FITS,
     "devamını oku|devamı|saat önce|dakika önce|daha fazla göster|tümünü gör|sonraki sayfa|yorumlar"},
    {"tr", PAGE_TAIL, PAGE_TELLS,
     "devamını oku|haberin devamı|okumaya devam et|devamı için tıklayın|devamını okumak için tıklayın"},
    {"tr", PAGE_TAIL, PAGE_NAMES, "devamı|daha fazla"},
    {"az", PAGE_ERROR, PAGE_TELLS,
     "axtardığınız səhifə|səhifə tapılmadı|belə bir səhifə|ana səhifəyə qayıt|xəta baş verdi"},
    {"az", PAGE_ERROR, PAGE_NAMES, "səhifə tapılmadı|xəta 404"},
    {"az", PAGE_TAIL, PAGE_TELLS, "davamını oxu|ardını oxu"},

    // ---- Indonesian and Malay, Vietnamese, Swahili
    {"id", PAGE_ROBOT, PAGE_TELLS,
     "anda bukan robot|bahwa anda manusia|memeriksa browser anda|memeriksa peramban anda|"
     "lalu lintas yang tidak biasa"},
    {"id", PAGE_ROBOT, PAGE_NAMES, "apakah anda robot|saya bukan robot|mohon tunggu|sila tunggu"},
    {"id", PAGE_ERROR, PAGE_TELLS,
     "halaman yang anda cari|halaman yang anda tuju|halaman yang anda minta|halaman tidak ditemukan|"
     "halaman tidak tersedia|halaman ini tidak ada|halaman tidak dijumpai|laman yang anda cari|"
     "periksa alamat|periksa kembali alamat|kembali ke beranda|kembali ke halaman utama|"
     "kembali ke laman utama|terjadi kesalahan|coba lagi nanti|cuba lagi|silakan coba lagi|"
     "tidak memiliki izin|artikel tidak ditemukan|gunakan pencarian"},
    {"id", PAGE_ERROR, PAGE_NAMES,
     "halaman tidak ditemukan|akses ditolak|error 404|kesalahan 404|halaman tidak dijumpai"},
    {"id", PAGE_ERROR, PAGE_FITS, "beranda|maaf|pencarian|halaman utama"},
    {"id", PAGE_CONSENT, PAGE_TELLS,
     "menggunakan cookie|menggunakan cookies|menggunakan kuki|penggunaan cookie|penggunaan cookies|"
     "persetujuan anda|mitra kami|kami menghargai privasi"},
    {"id", PAGE_CONSENT, PAGE_FITS,
     "terima semua|setuju|tolak semua|pengaturan|cookie|cookies|kebijakan privasi|dasar privasi"},
    {"id", PAGE_PAYWALL, PAGE_TELLS,
     "untuk melanjutkan membaca|khusus pelanggan|berlangganan untuk|sudah berlangganan|"
     "hanya untuk pelanggan"},
    {"id", PAGE_LOGIN, PAGE_TELLS,
     "silakan login|silakan masuk|anda harus login|anda harus masuk|lupa kata sandi|lupa password|"
     "belum punya akun|sila log masuk|lupa kata laluan"},
    {"id", PAGE_SCRIPT, PAGE_TELLS,
     "aktifkan javascript|mengaktifkan javascript|javascript dinonaktifkan|browser anda tidak|"
     "peramban anda tidak|aktifkan cookie|matikan adblock"},
    {"id", PAGE_LINKS, PAGE_FITS,
     "baca selengkapnya|baca juga|jam yang lalu|jam lalu|menit yang lalu|menit lalu|lihat semua|"
     "selanjutnya|muat lagi|komentar"},
    {"id", PAGE_TAIL, PAGE_TELLS,
     "baca selengkapnya|selengkapnya|lanjutkan membaca|baca seterusnya|baca artikel selengkapnya|"
     "baca lebih lanjut"},
    {"vi", PAGE_ROBOT, PAGE_TELLS,
     "bạn không phải là robot|bạn không phải robot|bạn là con người|đang kiểm tra trình duyệt"},
    {"vi", PAGE_ERROR, PAGE_TELLS,
     "trang bạn tìm|trang bạn đang tìm|trang bạn yêu cầu|trang này không tồn tại|trang không tồn tại|"
     "không tìm thấy trang|bài viết không tồn tại|đã bị xóa hoặc|kiểm tra lại địa chỉ|kiểm tra địa chỉ|"
     "quay lại trang chủ|trở về trang chủ|về trang chủ|đã xảy ra lỗi|thử lại sau"},
    {"vi", PAGE_ERROR, PAGE_NAMES,
     "không tìm thấy trang|trang không tồn tại|truy cập bị từ chối|lỗi 404"},
    {"vi", PAGE_CONSENT, PAGE_TELLS,
     "sử dụng cookie|sử dụng cookies|sự đồng ý của bạn|đối tác của chúng tôi"},
    {"vi", PAGE_CONSENT, PAGE_FITS,
     "chấp nhận tất cả|chấp nhận|từ chối|cookie|cookies|chính sách bảo mật|chính sách quyền riêng tư"},
    {"vi", PAGE_LOGIN, PAGE_TELLS,
     "vui lòng đăng nhập|bạn cần đăng nhập|quên mật khẩu|chưa có tài khoản"},
    {"vi", PAGE_SCRIPT, PAGE_TELLS, "bật javascript|kích hoạt javascript|trình duyệt của bạn không"},
    {"vi", PAGE_LINKS, PAGE_FITS,
     "xem thêm|đọc tiếp|giờ trước|phút trước|xem tất cả|trang sau|bình luận"},
    {"vi", PAGE_TAIL, PAGE_TELLS, "đọc tiếp|xem tiếp|đọc toàn bộ|xem chi tiết|đọc bài viết đầy đủ"},
    {"vi", PAGE_TAIL, PAGE_NAMES, "xem thêm|đọc thêm"},
    {"sw", PAGE_ERROR, PAGE_TELLS,
     "ukurasa unaotafuta|ukurasa uliotafuta|ukurasa haukupatikana|ukurasa haupatikani|ukurasa huu haupo|"
     "rudi kwenye ukurasa wa|rudi ukurasa wa mwanzo|kuna hitilafu|jaribu tena baadaye|hakikisha anwani"},
    {"sw", PAGE_ERROR, PAGE_NAMES, "ukurasa haukupatikana|ukurasa haupatikani|hitilafu 404"},
    {"sw", PAGE_CONSENT, PAGE_TELLS,
     "tunatumia vidakuzi|inatumia vidakuzi|matumizi ya vidakuzi|ridhaa yako|idhini yako"},
    {"sw", PAGE_CONSENT, PAGE_FITS, "kubali zote|kubali|kataa|vidakuzi|sera ya faragha"},
    {"sw", PAGE_TAIL, PAGE_TELLS, "soma zaidi|endelea kusoma|soma habari kamili"},
};

const size_t page_n_phrases = sizeof page_phrases / sizeof page_phrases[0];
