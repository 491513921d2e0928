// entities.c - character references of HTML. Contract in part.h.
//
// In:  a text and the place of an ampersand. Out: how many bytes the reference takes, and what it stands for.
//
// The names are those of HTML 4, the Latin and Cyrillic letters and the punctuation that HTML 5 added; the
// rest of the 2,231 of HTML 5 is mathematics. Numbers follow HTML 5: 128-159 are windows-1252, 0 and what
// is no character are left alone. References that were escaped again (`&amp;amp;eacute;`) are read through
// in one go.
//
// Without a semicolon only `&nbsp` counts, and the four of XML where nothing is joined to them: in
// `?a=1&copy=2` an ampersand parts the pieces of an address. `&lt` before a letter would make a tag of what
// may be none.

#include "repair/part.h"

enum { MAX_NAME = 24, MAX_DIGITS = 7 };

// Sorted bytewise. The names are those of the standard (html.spec.whatwg.org, named character references).
static const struct {
    const char *name;
    uint16_t code_point;
} names[] = {
    {"AElig", 0xc6},
    {"AMP", 0x26},
    {"Aacute", 0xc1},
    {"Abreve", 0x102},
    {"Acirc", 0xc2},
    {"Acy", 0x410},
    {"Agrave", 0xc0},
    {"Alpha", 0x391},
    {"Amacr", 0x100},
    {"Aogon", 0x104},
    {"Aring", 0xc5},
    {"Atilde", 0xc3},
    {"Auml", 0xc4},
    {"Bcy", 0x411},
    {"Beta", 0x392},
    {"CHcy", 0x427},
    {"COPY", 0xa9},
    {"Cacute", 0x106},
    {"Ccaron", 0x10c},
    {"Ccedil", 0xc7},
    {"Ccirc", 0x108},
    {"Cdot", 0x10a},
    {"Chi", 0x3a7},
    {"CloseCurlyDoubleQuote", 0x201d},
    {"CloseCurlyQuote", 0x2019},
    {"DJcy", 0x402},
    {"DScy", 0x405},
    {"DZcy", 0x40f},
    {"Dagger", 0x2021},
    {"Dcaron", 0x10e},
    {"Dcy", 0x414},
    {"Delta", 0x394},
    {"Dstrok", 0x110},
    {"ENG", 0x14a},
    {"ETH", 0xd0},
    {"Eacute", 0xc9},
    {"Ecaron", 0x11a},
    {"Ecirc", 0xca},
    {"Ecy", 0x42d},
    {"Edot", 0x116},
    {"Egrave", 0xc8},
    {"Emacr", 0x112},
    {"Eogon", 0x118},
    {"Epsilon", 0x395},
    {"Eta", 0x397},
    {"Euml", 0xcb},
    {"Fcy", 0x424},
    {"GJcy", 0x403},
    {"GT", 0x3e},
    {"Gamma", 0x393},
    {"Gbreve", 0x11e},
    {"Gcedil", 0x122},
    {"Gcirc", 0x11c},
    {"Gcy", 0x413},
    {"Gdot", 0x120},
    {"HARDcy", 0x42a},
    {"Hcirc", 0x124},
    {"IEcy", 0x415},
    {"IJlig", 0x132},
    {"IOcy", 0x401},
    {"Iacute", 0xcd},
    {"Icirc", 0xce},
    {"Icy", 0x418},
    {"Idot", 0x130},
    {"Igrave", 0xcc},
    {"Imacr", 0x12a},
    {"InvisibleComma", 0x2063},
    {"InvisibleTimes", 0x2062},
    {"Iogon", 0x12e},
    {"Iota", 0x399},
    {"Iukcy", 0x406},
    {"Iuml", 0xcf},
    {"Jcirc", 0x134},
    {"Jcy", 0x419},
    {"Jsercy", 0x408},
    {"Jukcy", 0x404},
    {"KHcy", 0x425},
    {"KJcy", 0x40c},
    {"Kappa", 0x39a},
    {"Kcedil", 0x136},
    {"Kcy", 0x41a},
    {"LJcy", 0x409},
    {"LT", 0x3c},
    {"Lacute", 0x139},
    {"Lambda", 0x39b},
    {"Lcaron", 0x13d},
    {"Lcedil", 0x13b},
    {"Lcy", 0x41b},
    {"Lstrok", 0x141},
    {"Mcy", 0x41c},
    {"Mu", 0x39c},
    {"NJcy", 0x40a},
    {"Nacute", 0x143},
    {"Ncaron", 0x147},
    {"Ncedil", 0x145},
    {"Ncy", 0x41d},
    {"NewLine", 0xa},
    {"NoBreak", 0x2060},
    {"NonBreakingSpace", 0xa0},
    {"Ntilde", 0xd1},
    {"Nu", 0x39d},
    {"OElig", 0x152},
    {"Oacute", 0xd3},
    {"Ocirc", 0xd4},
    {"Ocy", 0x41e},
    {"Odblac", 0x150},
    {"Ograve", 0xd2},
    {"Omacr", 0x14c},
    {"Omega", 0x3a9},
    {"Omicron", 0x39f},
    {"OpenCurlyDoubleQuote", 0x201c},
    {"OpenCurlyQuote", 0x2018},
    {"Oslash", 0xd8},
    {"Otilde", 0xd5},
    {"Ouml", 0xd6},
    {"Pcy", 0x41f},
    {"Phi", 0x3a6},
    {"Pi", 0x3a0},
    {"Prime", 0x2033},
    {"Psi", 0x3a8},
    {"QUOT", 0x22},
    {"REG", 0xae},
    {"Racute", 0x154},
    {"Rcaron", 0x158},
    {"Rcedil", 0x156},
    {"Rcy", 0x420},
    {"Rho", 0x3a1},
    {"SHCHcy", 0x429},
    {"SHcy", 0x428},
    {"SOFTcy", 0x42c},
    {"Sacute", 0x15a},
    {"Scaron", 0x160},
    {"Scedil", 0x15e},
    {"Scirc", 0x15c},
    {"Scy", 0x421},
    {"Sigma", 0x3a3},
    {"THORN", 0xde},
    {"TRADE", 0x2122},
    {"TSHcy", 0x40b},
    {"TScy", 0x426},
    {"Tab", 0x9},
    {"Tau", 0x3a4},
    {"Tcaron", 0x164},
    {"Tcedil", 0x162},
    {"Tcy", 0x422},
    {"Theta", 0x398},
    {"Uacute", 0xda},
    {"Ubrcy", 0x40e},
    {"Ubreve", 0x16c},
    {"Ucirc", 0xdb},
    {"Ucy", 0x423},
    {"Udblac", 0x170},
    {"Ugrave", 0xd9},
    {"Umacr", 0x16a},
    {"Uogon", 0x172},
    {"Upsilon", 0x3a5},
    {"Uring", 0x16e},
    {"Uuml", 0xdc},
    {"Vcy", 0x412},
    {"Wcirc", 0x174},
    {"Xi", 0x39e},
    {"YAcy", 0x42f},
    {"YIcy", 0x407},
    {"YUcy", 0x42e},
    {"Yacute", 0xdd},
    {"Ycirc", 0x176},
    {"Ycy", 0x42b},
    {"Yuml", 0x178},
    {"ZHcy", 0x416},
    {"Zacute", 0x179},
    {"Zcaron", 0x17d},
    {"Zcy", 0x417},
    {"Zdot", 0x17b},
    {"ZeroWidthSpace", 0x200b},
    {"Zeta", 0x396},
    {"aacute", 0xe1},
    {"abreve", 0x103},
    {"acirc", 0xe2},
    {"acute", 0xb4},
    {"acy", 0x430},
    {"aelig", 0xe6},
    {"agrave", 0xe0},
    {"alefsym", 0x2135},
    {"alpha", 0x3b1},
    {"amacr", 0x101},
    {"amp", 0x26},
    {"and", 0x2227},
    {"ang", 0x2220},
    {"angst", 0xc5},
    {"aogon", 0x105},
    {"apos", 0x27},
    {"aring", 0xe5},
    {"ast", 0x2a},
    {"asymp", 0x2248},
    {"atilde", 0xe3},
    {"auml", 0xe4},
    {"bcy", 0x431},
    {"bdquo", 0x201e},
    {"beta", 0x3b2},
    {"blank", 0x2423},
    {"brvbar", 0xa6},
    {"bsol", 0x5c},
    {"bull", 0x2022},
    {"bullet", 0x2022},
    {"cacute", 0x107},
    {"cap", 0x2229},
    {"caret", 0x2041},
    {"ccaron", 0x10d},
    {"ccedil", 0xe7},
    {"ccirc", 0x109},
    {"cdot", 0x10b},
    {"cedil", 0xb8},
    {"cent", 0xa2},
    {"chcy", 0x447},
    {"check", 0x2713},
    {"chi", 0x3c7},
    {"circ", 0x2c6},
    {"clubs", 0x2663},
    {"colon", 0x3a},
    {"comma", 0x2c},
    {"commat", 0x40},
    {"cong", 0x2245},
    {"copy", 0xa9},
    {"copysr", 0x2117},
    {"crarr", 0x21b5},
    {"cross", 0x2717},
    {"cup", 0x222a},
    {"curren", 0xa4},
    {"dArr", 0x21d3},
    {"dagger", 0x2020},
    {"darr", 0x2193},
    {"dash", 0x2010},
    {"dcaron", 0x10f},
    {"dcy", 0x434},
    {"deg", 0xb0},
    {"delta", 0x3b4},
    {"diams", 0x2666},
    {"divide", 0xf7},
    {"djcy", 0x452},
    {"dollar", 0x24},
    {"dscy", 0x455},
    {"dstrok", 0x111},
    {"dzcy", 0x45f},
    {"eacute", 0xe9},
    {"ecaron", 0x11b},
    {"ecirc", 0xea},
    {"ecy", 0x44d},
    {"edot", 0x117},
    {"egrave", 0xe8},
    {"emacr", 0x113},
    {"empty", 0x2205},
    {"emsp", 0x2003},
    {"emsp13", 0x2004},
    {"emsp14", 0x2005},
    {"eng", 0x14b},
    {"ensp", 0x2002},
    {"eogon", 0x119},
    {"epsilon", 0x3b5},
    {"equals", 0x3d},
    {"equiv", 0x2261},
    {"eta", 0x3b7},
    {"eth", 0xf0},
    {"euml", 0xeb},
    {"euro", 0x20ac},
    {"excl", 0x21},
    {"exist", 0x2203},
    {"fcy", 0x444},
    {"female", 0x2640},
    {"flat", 0x266d},
    {"fnof", 0x192},
    {"forall", 0x2200},
    {"frac12", 0xbd},
    {"frac13", 0x2153},
    {"frac14", 0xbc},
    {"frac15", 0x2155},
    {"frac18", 0x215b},
    {"frac23", 0x2154},
    {"frac34", 0xbe},
    {"frac38", 0x215c},
    {"frac58", 0x215d},
    {"frac78", 0x215e},
    {"frasl", 0x2044},
    {"gamma", 0x3b3},
    {"gbreve", 0x11f},
    {"gcirc", 0x11d},
    {"gcy", 0x433},
    {"gdot", 0x121},
    {"ge", 0x2265},
    {"gjcy", 0x453},
    {"grave", 0x60},
    {"gt", 0x3e},
    {"hArr", 0x21d4},
    {"hairsp", 0x200a},
    {"half", 0xbd},
    {"hardcy", 0x44a},
    {"harr", 0x2194},
    {"hcirc", 0x125},
    {"hearts", 0x2665},
    {"hellip", 0x2026},
    {"horbar", 0x2015},
    {"hyphen", 0x2010},
    {"iacute", 0xed},
    {"ic", 0x2063},
    {"icirc", 0xee},
    {"icy", 0x438},
    {"iecy", 0x435},
    {"iexcl", 0xa1},
    {"igrave", 0xec},
    {"ijlig", 0x133},
    {"imacr", 0x12b},
    {"image", 0x2111},
    {"imath", 0x131},
    {"infin", 0x221e},
    {"inodot", 0x131},
    {"int", 0x222b},
    {"iocy", 0x451},
    {"iogon", 0x12f},
    {"iota", 0x3b9},
    {"iquest", 0xbf},
    {"isin", 0x2208},
    {"it", 0x2062},
    {"iukcy", 0x456},
    {"iuml", 0xef},
    {"jcirc", 0x135},
    {"jcy", 0x439},
    {"jsercy", 0x458},
    {"jukcy", 0x454},
    {"kappa", 0x3ba},
    {"kcedil", 0x137},
    {"kcy", 0x43a},
    {"khcy", 0x445},
    {"kjcy", 0x45c},
    {"lArr", 0x21d0},
    {"lacute", 0x13a},
    {"lambda", 0x3bb},
    {"lang", 0x27e8},
    {"laquo", 0xab},
    {"larr", 0x2190},
    {"lbrace", 0x7b},
    {"lbrack", 0x5b},
    {"lcaron", 0x13e},
    {"lcedil", 0x13c},
    {"lceil", 0x2308},
    {"lcub", 0x7b},
    {"lcy", 0x43b},
    {"ldquo", 0x201c},
    {"ldquor", 0x201e},
    {"le", 0x2264},
    {"lfloor", 0x230a},
    {"ljcy", 0x459},
    {"lowast", 0x2217},
    {"lowbar", 0x5f},
    {"loz", 0x25ca},
    {"lpar", 0x28},
    {"lrm", 0x200e},
    {"lsaquo", 0x2039},
    {"lsqb", 0x5b},
    {"lsquo", 0x2018},
    {"lsquor", 0x201a},
    {"lstrok", 0x142},
    {"lt", 0x3c},
    {"macr", 0xaf},
    {"male", 0x2642},
    {"mcy", 0x43c},
    {"mdash", 0x2014},
    {"micro", 0xb5},
    {"middot", 0xb7},
    {"minus", 0x2212},
    {"mldr", 0x2026},
    {"mu", 0x3bc},
    {"nabla", 0x2207},
    {"nacute", 0x144},
    {"natural", 0x266e},
    {"nbsp", 0xa0},
    {"ncaron", 0x148},
    {"ncedil", 0x146},
    {"ncy", 0x43d},
    {"ndash", 0x2013},
    {"ne", 0x2260},
    {"ni", 0x220b},
    {"njcy", 0x45a},
    {"nldr", 0x2025},
    {"not", 0xac},
    {"notin", 0x2209},
    {"nsub", 0x2284},
    {"ntilde", 0xf1},
    {"nu", 0x3bd},
    {"num", 0x23},
    {"numero", 0x2116},
    {"numsp", 0x2007},
    {"oacute", 0xf3},
    {"ocirc", 0xf4},
    {"ocy", 0x43e},
    {"odblac", 0x151},
    {"oelig", 0x153},
    {"ograve", 0xf2},
    {"ohm", 0x3a9},
    {"oline", 0x203e},
    {"omacr", 0x14d},
    {"omega", 0x3c9},
    {"omicron", 0x3bf},
    {"oplus", 0x2295},
    {"or", 0x2228},
    {"ordf", 0xaa},
    {"ordm", 0xba},
    {"oslash", 0xf8},
    {"otilde", 0xf5},
    {"otimes", 0x2297},
    {"ouml", 0xf6},
    {"para", 0xb6},
    {"part", 0x2202},
    {"pcy", 0x43f},
    {"percnt", 0x25},
    {"period", 0x2e},
    {"permil", 0x2030},
    {"perp", 0x22a5},
    {"phi", 0x3c6},
    {"phone", 0x260e},
    {"pi", 0x3c0},
    {"piv", 0x3d6},
    {"plus", 0x2b},
    {"plusmn", 0xb1},
    {"pound", 0xa3},
    {"prime", 0x2032},
    {"prod", 0x220f},
    {"prop", 0x221d},
    {"psi", 0x3c8},
    {"puncsp", 0x2008},
    {"quest", 0x3f},
    {"quot", 0x22},
    {"rArr", 0x21d2},
    {"racute", 0x155},
    {"radic", 0x221a},
    {"rang", 0x27e9},
    {"raquo", 0xbb},
    {"rarr", 0x2192},
    {"rbrace", 0x7d},
    {"rbrack", 0x5d},
    {"rcaron", 0x159},
    {"rcedil", 0x157},
    {"rceil", 0x2309},
    {"rcub", 0x7d},
    {"rcy", 0x440},
    {"rdquo", 0x201d},
    {"rdquor", 0x201d},
    {"real", 0x211c},
    {"reg", 0xae},
    {"rfloor", 0x230b},
    {"rho", 0x3c1},
    {"rlm", 0x200f},
    {"rpar", 0x29},
    {"rsaquo", 0x203a},
    {"rsqb", 0x5d},
    {"rsquo", 0x2019},
    {"rsquor", 0x2019},
    {"sacute", 0x15b},
    {"sbquo", 0x201a},
    {"scaron", 0x161},
    {"scedil", 0x15f},
    {"scirc", 0x15d},
    {"scy", 0x441},
    {"sdot", 0x22c5},
    {"sect", 0xa7},
    {"semi", 0x3b},
    {"sharp", 0x266f},
    {"shchcy", 0x449},
    {"shcy", 0x448},
    {"shy", 0xad},
    {"sigma", 0x3c3},
    {"sigmaf", 0x3c2},
    {"sim", 0x223c},
    {"softcy", 0x44c},
    {"sol", 0x2f},
    {"spades", 0x2660},
    {"squ", 0x25a1},
    {"square", 0x25a1},
    {"star", 0x2606},
    {"starf", 0x2605},
    {"sub", 0x2282},
    {"sube", 0x2286},
    {"sum", 0x2211},
    {"sung", 0x266a},
    {"sup", 0x2283},
    {"sup1", 0xb9},
    {"sup2", 0xb2},
    {"sup3", 0xb3},
    {"supe", 0x2287},
    {"szlig", 0xdf},
    {"tau", 0x3c4},
    {"tcaron", 0x165},
    {"tcedil", 0x163},
    {"tcy", 0x442},
    {"there4", 0x2234},
    {"theta", 0x3b8},
    {"thetasym", 0x3d1},
    {"thinsp", 0x2009},
    {"thorn", 0xfe},
    {"tilde", 0x2dc},
    {"times", 0xd7},
    {"trade", 0x2122},
    {"tscy", 0x446},
    {"tshcy", 0x45b},
    {"uArr", 0x21d1},
    {"uacute", 0xfa},
    {"uarr", 0x2191},
    {"ubrcy", 0x45e},
    {"ubreve", 0x16d},
    {"ucirc", 0xfb},
    {"ucy", 0x443},
    {"udblac", 0x171},
    {"ugrave", 0xf9},
    {"umacr", 0x16b},
    {"uml", 0xa8},
    {"uogon", 0x173},
    {"upsih", 0x3d2},
    {"upsilon", 0x3c5},
    {"uring", 0x16f},
    {"uuml", 0xfc},
    {"vcy", 0x432},
    {"verbar", 0x7c},
    {"vert", 0x7c},
    {"wcirc", 0x175},
    {"weierp", 0x2118},
    {"xi", 0x3be},
    {"yacute", 0xfd},
    {"yacy", 0x44f},
    {"ycirc", 0x177},
    {"ycy", 0x44b},
    {"yen", 0xa5},
    {"yicy", 0x457},
    {"yucy", 0x44e},
    {"yuml", 0xff},
    {"zacute", 0x17a},
    {"zcaron", 0x17e},
    {"zcy", 0x437},
    {"zdot", 0x17c},
    {"zeta", 0x3b6},
    {"zhcy", 0x436},
    {"zwj", 0x200d},
    {"zwnj", 0x200c},
};

// windows-1252, 80..9F.
static const uint16_t windows_1252[32] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

uint32_t markup_windows_1252(uint32_t c1)
{
    return windows_1252[c1 - 0x80];
}

static bool is_alnum(uint8_t c)
{
    return (unsigned)((c | 0x20) - 'a') < 26 || (unsigned)(c - '0') < 10;
}

static bool is_space(uint8_t c)
{
    return c == ' ' || c - 9u < 5;
}

// 0: no such name.
static uint32_t find_name(const uint8_t *name, size_t len)
{
    char key[MAX_NAME + 1];
    size_t low = 0;
    size_t high = sizeof names / sizeof names[0];
    if (len > MAX_NAME) {
        return 0;
    }
    memcpy(key, name, len);
    key[len] = 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(names[middle].name, key);
        if (order == 0) {
            return names[middle].code_point;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return 0;
}

// The number at p (behind "&#"): bytes used, semicolon included, or 0.
static size_t read_number(const uint8_t *p, const uint8_t *end, uint32_t *code_point)
{
    const uint8_t *at = p;
    bool hex = at < end && (*at | 0x20) == 'x';
    at += hex;
    const uint8_t *digits = at;
    *code_point = 0;
    while (at < end && at - digits < MAX_DIGITS) {
        unsigned digit = (unsigned)(*at - '0');
        if (digit > 9 && hex) {
            digit = (unsigned)((*at | 0x20) - 'a') < 6 ? (unsigned)((*at | 0x20) - 'a') + 10 : 99;
        }
        if (digit >= (hex ? 16 : 10)) {
            break;
        }
        *code_point = *code_point * (hex ? 16 : 10) + digit;
        at++;
    }
    if (at == digits || (at < end && is_alnum(*at))) {
        return 0;
    }
    if (at < end && *at == ';') {
        return (size_t)(at + 1 - p);
    }
    return at - digits >= 2 && (at == end || is_space(*at)) ? (size_t)(at - p) : 0;
}

// A pair of surrogates written as two references.
static size_t read_pair(const uint8_t *p, const uint8_t *end, uint32_t *code_point)
{
    uint32_t low;
    if (*code_point - 0xd800 >= 0x400 || end - p < 3 || p[0] != '&' || p[1] != '#') {
        return 0;
    }
    size_t n = read_number(p + 2, end, &low);
    if (!n || low - 0xdc00 >= 0x400) {
        return 0;
    }
    *code_point = 0x10000 + ((*code_point - 0xd800) << 10) + (low - 0xdc00);
    return n + 2;
}

// What stands behind an ampersand: bytes used, or 0.
static size_t read_reference(const uint8_t *p, const uint8_t *end, uint32_t *code_point)
{
    if (p < end && *p == '#') {
        size_t n = read_number(p + 1, end, code_point);
        size_t more = n ? read_pair(p + 1 + n, end, code_point) : 0;
        uint32_t c = *code_point;
        if (c - 0x80 < 0x20) {
            *code_point = c = markup_windows_1252(c);
        }
        bool character =
            c >= 0x20 ? c - 0x7f > 0x20 && c - 0xd800 >= 0x800 && c <= 0x10ffff && (c & 0xfffe) != 0xfffe
                      : c == '\t' || c == '\n' || c == '\r';
        return n && character ? 1 + n + more : 0;
    }
    size_t len = 0;
    while (len < MAX_NAME && p + len < end && is_alnum(p[len])) {
        len++;
    }
    if (len < 2) {
        return 0;
    }
    *code_point = find_name(p, len);
    if (*code_point && p + len < end && p[len] == ';') {
        return len + 1;
    }
    bool joined = p + len < end && (p[len] == '=' || p[len] >= 0x80 || p[len] == '&' || p[len] == '_');
    bool bare = len == 4 && (memcmp(p, "nbsp", 4) == 0 || memcmp(p, "quot", 4) == 0);
    return *code_point && bare && !joined ? len : 0;
}

size_t markup_entity(const uint8_t *text, size_t len, size_t at, struct repair_markup *m)
{
    const uint8_t *end = text + len;
    const uint8_t *p = text + at + 1;
    uint32_t code_point = 0;
    size_t used = read_reference(p, end, &code_point);
    if (!used) {
        return 0;
    }
    p += used;
    while (code_point == '&' && p < end && (*p == '#' || is_alnum(*p))) {
        used = read_reference(p, end, &code_point);
        if (!used) {
            code_point = '&';
            break;
        }
        p += used;
    }
    m->to_len = utf8_encode(code_point == '\r' ? '\n' : code_point, (uint8_t *)m->to);
    m->breaks = false;
    return (size_t)(p - text) - at;
}
