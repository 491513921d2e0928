// forms.c - the form of a title: its pieces, and whether it is a headline at all. Contract in
// title/forms.h.
//
// A title is cut at separators (" - ", " | " and their kin). The first piece and the last may be the name of
// the site; whether they are is decided here when they are the name of the source or of its host, else by the
// statistics. A title of which every piece is a site, a section or the like is no headline.

#include "title/forms.h"

#include "base/xxh3.h"

enum { MAX_PIECES = 4, NAME_WORDS = 8, NAME_BYTES = 96 };

const char *title_form_reason(enum title_form form)
{
    static const char *const reasons[TITLE_N_FORMS] = {
        [TITLE_MISSING] = "there is no title",
        [TITLE_NO_WORDS] = "the title has no words",
        [TITLE_URL] = "the title is an address",
        [TITLE_FILE] = "the title is the name of a file",
        [TITLE_SITE] = "the title is the name of the site",
        [TITLE_WALL] = "the title is that of a robot, cookie or log-in wall",
        [TITLE_ERROR] = "the title is that of an error page",
        [TITLE_SECTION] = "the title is the name of a section",
        [TITLE_PLACEHOLDER] = "the title is a placeholder",
        [TITLE_COMMON] = "the same title stands over many different texts",
    };
    return reasons[form];
}

uint64_t title_words_hash(const uint64_t *hashes, size_t n)
{
    return n ? XXH3_64bits(hashes, n * sizeof *hashes) | 1 : 0;
}

// ---- separators

struct separator {
    struct str sign;
    bool spaced; /* counts only with white space on both sides */
};

#define SIGN(literal, spaced)                                                                                \
    {                                                                                                        \
        {literal, sizeof(literal) - 1}, spaced                                                               \
    }

static const struct separator separators[] = {
    SIGN("|", false),      SIGN("-", true),      SIGN("\u2013", true),  SIGN("\u2014", true),
    SIGN("\u2015", true),  SIGN("\u2212", true), SIGN("\u00b7", true),  SIGN("\u2022", true),
    SIGN("\u00bb", true),  SIGN("\u00ab", true), SIGN("\u203a", true),  SIGN("::", true),
    SIGN(">", true),       SIGN("/", true),      SIGN("\uff5c", false), SIGN("\u2502", false),
    SIGN("\u2503", false), SIGN("_", false),     SIGN("~", true),       SIGN("\u00a6", false),
};

static bool is_space(char c)
{
    return c == ' ' || (unsigned)(c - '\t') < 5;
}

// Length of the separator at `at`, 0: none.
static size_t separator_at(struct str title, size_t at)
{
    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++) {
        struct str sign = separators[i].sign;
        if (title.data[at] != sign.data[0] || title.len - at < sign.len ||
            memcmp(title.data + at, sign.data, sign.len) != 0) {
            continue;
        }
        bool spaced = at > 0 && is_space(title.data[at - 1]) && at + sign.len < title.len &&
                      is_space(title.data[at + sign.len]);
        // Without spaces an underscore is part of a name; between letters of other scripts it is not.
        bool inside = at > 0 && title.data[at] == '_' && (uint8_t)title.data[at - 1] < 0x80;
        if (spaced || (!separators[i].spaced && !inside)) {
            return sign.len;
        }
    }
    return 0;
}

// Words [first, first + n) of the title between two separators, with the bytes around it.
struct piece {
    size_t first, n;
    size_t start, end; /* without the white space around */
};

static size_t cut_pieces(struct str title, const struct tokens *words, struct piece pieces[MAX_PIECES])
{
    size_t n = 0;
    size_t word = 0;
    size_t start = 0;
    for (size_t at = 0; at <= title.len && n < MAX_PIECES; at++) {
        size_t len = at < title.len && n + 1 < MAX_PIECES ? separator_at(title, at) : 0;
        if (len == 0 && at < title.len) {
            continue;
        }
        struct piece p = {.first = word, .start = start, .end = at};
        while (word < words->n && words->start[word] < at) {
            word++;
        }
        p.n = word - p.first;
        while (p.end > p.start && is_space(title.data[p.end - 1])) {
            p.end--;
        }
        if (p.n > 0) {
            pieces[n++] = p;
        }
        start = at + len;
        while (start < title.len && is_space(title.data[start])) {
            start++;
        }
        at += len ? len - 1 : 0;
    }
    return n;
}

// ---- names

// Letters and digits of words, run together: "The Daily Planet" and "thedailyplanet" are one name.
struct name {
    char bytes[NAME_BYTES];
    size_t len;
};

static void name_of(const struct tokens *words, size_t first, size_t n, struct name *name)
{
    name->len = 0;
    for (size_t i = first; i < first + n; i++) {
        size_t len = words->end[i] - words->start[i];
        if (name->len + len > NAME_BYTES) {
            name->len = 0;
            return;
        }
        memcpy(name->bytes + name->len, words->folded + words->start[i], len);
        name->len += len;
    }
}

static struct str without_article(const struct name *name)
{
    struct str s = {name->bytes, name->len};
    if (s.len > 5 && memcmp(s.data, "the", 3) == 0) {
        s.data += 3;
        s.len -= 3;
    }
    return s;
}

static bool same_name(const struct name *a, const struct name *b)
{
    return a->len > 0 && b->len > 0 && str_equal(without_article(a), without_article(b));
}

struct names {
    struct name source, host, label; /* label: the host without www and without what follows its first dot */
};

static struct str host_of(struct str url)
{
    const char *p = url.len > 3 ? memmem(url.data, url.len, "://", 3) : NULL;
    struct str host =
        p ? (struct str){p + 3, url.len - (size_t)(p + 3 - url.data)} : (struct str){url.data, 0};
    for (size_t i = 0; i < host.len; i++) {
        if (host.data[i] == '/' || host.data[i] == ':' || host.data[i] == '?') {
            host.len = i;
        }
    }
    if (host.len > 4 && memcmp(host.data, "www.", 4) == 0) {
        host.data += 4;
        host.len -= 4;
    }
    return host;
}

static int read_name(struct tokenizer *t, struct buf *scratch, struct str text, struct name *name)
{
    struct tokens words;
    buf_clear(scratch);
    buf_add_str(scratch, text);
    if (!buf_reserve(scratch, TOKEN_PADDING) || tokenize(t, scratch->data, text.len, true, &words) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    name_of(&words, 0, words.n, name);
    return 0;
}

static int read_names(struct tokenizer *t, struct buf *scratch, const struct title_input *in,
                      struct names *names)
{
    struct str host = host_of(in->url);
    const char *dot = host.len ? memchr(host.data, '.', host.len) : NULL;
    struct str label = {host.data, dot ? (size_t)(dot - host.data) : host.len};
    int status = read_name(t, scratch, in->source, &names->source);
    status = status < 0 ? status : read_name(t, scratch, host, &names->host);
    return status < 0 ? status : read_name(t, scratch, label, &names->label);
}

static bool is_site(const struct names *names, const struct tokens *words, const struct piece *piece)
{
    struct name name;
    if (piece->n > NAME_WORDS) {
        return false;
    }
    name_of(words, piece->first, piece->n, &name);
    return same_name(&name, &names->source) || same_name(&name, &names->host) ||
           (name.len >= 3 && same_name(&name, &names->label));
}

// ---- addresses and files

static bool has_space(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (is_space(s.data[i])) {
            return true;
        }
    }
    return false;
}

static bool ends_as_file(struct str s)
{
    static const char endings[] =
        " html htm shtml xhtml php asp aspx jsp cfm cgi pdf jpg jpeg png gif webp svg "
        "bmp txt xml json doc docx odt rtf xls xlsx ppt mp3 mp4 avi mov zip ";
    size_t dot = s.len;
    while (dot > 0 && s.data[dot - 1] != '.') {
        dot--;
    }
    char ending[8] = " ";
    size_t len = s.len - dot;
    if (dot < 2 || len < 2 || len > 5) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        ending[1 + i] = (char)(s.data[dot + i] | 0x20);
    }
    ending[1 + len] = ' ';
    return memmem(endings, sizeof endings - 1, ending, len + 2) != NULL;
}

static bool starts_with(struct str s, const char *lower)
{
    size_t len = strlen(lower);
    if (s.len < len) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        char c = s.data[i];
        if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != lower[i]) {
            return false;
        }
    }
    return true;
}

static enum title_form address_form(struct str title)
{
    bool one = !has_space(title);
    if (one && (starts_with(title, "http://") || starts_with(title, "https://") ||
                starts_with(title, "www.") || starts_with(title, "//") || starts_with(title, "ftp://"))) {
        return TITLE_URL;
    }
    const char *slash = one && title.len ? memchr(title.data, '/', title.len) : NULL;
    const char *dot = slash ? memchr(title.data, '.', (size_t)(slash - title.data)) : NULL;
    if (dot && dot > title.data && slash - dot > 2) {
        return TITLE_URL;
    }
    return one && ends_as_file(title) ? TITLE_FILE : TITLE_HEADLINE;
}

// ---- the whole

// A title of short pieces, each of which is a site or one of the phrases.
static enum title_form form_of(const struct title_phrases *p, const struct names *names,
                               const struct tokens *title, const struct piece *pieces, size_t n)
{
    enum title_form form = TITLE_HEADLINE;
    for (size_t i = 0; i < n; i++) {
        enum title_form piece =
            is_site(names, title, &pieces[i])
                ? TITLE_SITE
                : title_phrases_find(p, title_words_hash(title->hash + pieces[i].first, pieces[i].n));
        if (piece == TITLE_HEADLINE) {
            return TITLE_HEADLINE;
        }
        // Of a wall under the name of its site, the wall tells more.
        form = form == TITLE_HEADLINE || form == TITLE_SITE || piece == TITLE_WALL || piece == TITLE_ERROR
                   ? piece
                   : form;
    }
    return form;
}

// The text says the head too, before the same next word: "RIVERTON - The mayor ..." is a dateline, no name.
static bool is_dateline(const struct title_input *in, const struct tokens *title, size_t head)
{
    size_t n = in->words->n < TITLE_LEAD_WORDS ? in->words->n : TITLE_LEAD_WORDS;
    for (size_t i = 0; i + head < n; i++) {
        if (memcmp(in->words->hash + i, title->hash, (head + 1) * sizeof *title->hash) == 0) {
            return true;
        }
    }
    return false;
}

int title_forms_read(const struct title_phrases *p, struct tokenizer *tokenizer, struct buf *scratch,
                     const struct title_input *in, const struct tokens *title, struct title_note *note)
{
    struct piece pieces[MAX_PIECES];
    struct names names;
    struct str trimmed = str_trim(in->title);
    note->tail_start = (uint16_t)(in->title.len < UINT16_MAX ? in->title.len : UINT16_MAX);
    if (trimmed.len == 0) {
        note->form = TITLE_MISSING;
        return 0;
    }
    if (title->n == 0) {
        note->form = TITLE_NO_WORDS;
        return 0;
    }
    note->form = (uint8_t)address_form(trimmed);
    size_t n = cut_pieces((struct str){in->title.data, note->tail_start}, title, pieces);
    if (note->form != TITLE_HEADLINE || (n < 2 && title->n > NAME_WORDS)) {
        return 0;
    }
    if (read_names(tokenizer, scratch, in, &names) < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    note->form = (uint8_t)form_of(p, &names, title, pieces, n);
    if (n < 2 || note->form != TITLE_HEADLINE) {
        return 0;
    }
    bool site = is_site(&names, title, &pieces[0]);
    if (pieces[0].n <= NAME_WORDS && (site || !is_dateline(in, title, pieces[0].n))) {
        note->head_hash = (uint32_t)title_words_hash(title->hash, pieces[0].n);
        note->head_end = (uint16_t)pieces[1].start;
        note->flags |= site ? NOTE_HEAD_SITE : 0;
    }
    size_t tail = n - 1;
    struct piece last = pieces[tail];
    for (size_t k = tail; k-- > 1;) {
        struct piece both = {.first = pieces[k].first, .n = title->n - pieces[k].first};
        if (is_site(&names, title, &both)) { // "The Planet - Opinion" is the name of a source
            last = both;
            tail = k;
        }
    }
    if (last.n <= NAME_WORDS) {
        note->tail_hash = (uint32_t)title_words_hash(title->hash + last.first, last.n);
        note->tail_start = (uint16_t)pieces[tail - 1].end;
        note->flags |= is_site(&names, title, &last) ? NOTE_TAIL_SITE : 0;
    }
    return 0;
}

// ---- replies

bool title_is_reply(struct str title, const struct tokens *words)
{
    static const char *const signs[] = {"re", "aw",  "sv",   "fw",  "fwd",          "wg",
                                        "rv", "rif", "antw", "odp", "\u56de\u590d", "\u7b54\u590d"};
    size_t n = words->n > 1 && words->flags[0] & TOKEN_SOLO && words->flags[1] & TOKEN_SOLO ? 2 : 1;
    if (words->n <= n) {
        return false;
    }
    struct str sign = {(const char *)words->folded + words->start[0], words->end[n - 1] - words->start[0]};
    struct str behind = {title.data + words->end[n - 1], title.len - words->end[n - 1]};
    bool colon = behind.data[0] == ':' || (behind.len > 3 && memcmp(behind.data, "\uff1a", 3) == 0);
    bool found = false;
    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        found |= str_equal(sign, (struct str){signs[i], strlen(signs[i])});
    }
    return colon && found;
}

// ---- contests

static struct str word_of(const struct tokens *words, size_t i)
{
    return (struct str){(const char *)words->folded + words->start[i], words->end[i] - words->start[i]};
}

static bool is_versus(struct str word)
{
    static const char *const versus[] = {"vs", "v", "versus", "contre", "gegen"};
    bool found = false;
    for (size_t i = 0; i < sizeof versus / sizeof versus[0]; i++) {
        found |= str_equal(word, (struct str){versus[i], strlen(versus[i])});
    }
    return found;
}

static bool is_small_number(struct str word)
{
    bool digits = word.len <= 3;
    for (size_t i = 0; i < word.len; i++) {
        digits &= (unsigned)(word.data[i] - '0') < 10;
    }
    return digits;
}

// Nothing but blanks and stops between two words.
static bool is_beside(struct str title, uint32_t from, uint32_t to)
{
    for (uint32_t i = from; i < to; i++) {
        if (!is_space(title.data[i]) && title.data[i] != '.') {
            return false;
        }
    }
    return to - from <= 3;
}

// Words i and i + 1 are numbers with a dash or a colon between them.
static bool is_score(struct str title, const struct tokens *words, size_t i)
{
    static const char *const dashes[] = {"-", "\u2013", ":", " - ", " \u2013 "};
    if (i + 1 >= words->n || !is_small_number(word_of(words, i)) || !is_small_number(word_of(words, i + 1))) {
        return false;
    }
    struct str between = {title.data + words->end[i], words->start[i + 1] - words->end[i]};
    bool found = false;
    for (size_t k = 0; k < sizeof dashes / sizeof dashes[0]; k++) {
        found |= str_equal(between, (struct str){dashes[k], strlen(dashes[k])});
    }
    return found;
}

// The word that ends, or begins, at a side; of solo letters two make a term.
static size_t side_before(const struct tokens *words, size_t i)
{
    return i >= 2 && words->flags[i - 1] & TOKEN_SOLO && words->flags[i - 2] & TOKEN_SOLO ? i - 2 : i - 1;
}

size_t title_sides(struct str title, const struct tokens *words, size_t sides[2], bool *score)
{
    size_t n = 0;
    for (size_t i = 1; i + 1 < words->n && n == 0; i++) {
        size_t last = is_versus(word_of(words, i)) ? i : is_score(title, words, i) ? i + 1 : 0;
        if (last == 0) {
            continue;
        }
        if (is_beside(title, words->end[i - 1], words->start[i])) {
            sides[n++] = side_before(words, i);
        }
        if (n > 0 && last + 1 < words->n && is_beside(title, words->end[last], words->start[last + 1])) {
            sides[n++] = last + 1;
        }
        n = n == 2 ? n : 0;
        *score = last > i;
    }
    return n;
}
