// token.c - words of a text, folded and hashed. Contract in token.h.
//
// Why words are cut this way:
//  - Marks are part of words, unlike in Python's \w. Without them Hindi, Hebrew with points, Yoruba and
//    every decomposed text fall apart in the middle of words.
//  - Han, kana, Thai, Lao, Khmer and Myanmar are written without spaces. Each of their letters, with its
//    marks, is a token of its own, so that n-grams of tokens are n-grams of letters there and no
//    dictionary is needed. Korean has spaces.
//  - Decimal digits of all scripts are folded to ASCII digits, which NFKC does not do: outlets that
//    write Arabic, Persian, Urdu or Hindi print the same story with either kind. Tatweel, which only
//    stretches words, is left out.
//  - Characters that one does not see (soft hyphen, zero-width space, byte order mark) stand inside
//    words of scraped text. They are left out.
//  - Element names of HTML are no words of an article: tags that a scraper left part words and are
//    skipped.
//
// How: four steps over blocks of 64 bytes, each described by a few bit masks (text/token_kernel.h).
//
//     classify   bytes -> masks `word`, `upper`, `digit`, and folded bytes in the same places. The
//                kernels see to ASCII, that for AVX-512 to most of Unicode too; what is not
//                understood is set in `other`.
//     resolve    code points in `other`, one by one: adds to the masks, folds in place where it can.
//     extract    a token is a run of `word` bits: starts are w & ~(w << 1), ends ~w & (w << 1).
//     hash       the folded bytes of each token, 16 at a time, without a branch on the length.
//
// Tokens that cannot be folded in place (a mark that joins its letter, something left out, a form of
// another length) are `slow`: extracted like all others, then folded again by unicode_fold() and hashed
// from there. So fast or slow is a question for each token, not for each text, and both give the same
// hash.
//
// Extract and hash go by groups of blocks, so that places and flags stay in the first-level cache and
// the arrays handed out grow with what was found, not with what could be. Folded bytes and masks are
// kept for the whole text, since a tag or a mark reaches back and forth over any border: 1.75 bytes of
// scratch a byte of text.
//
// Bit masks of 64 bytes are the idea of Langdale and Lemire: Parsing gigabytes of JSON per second, 2019.
// Masks and hashes are made of little-endian words.

#include "text/token.h"

#include "base/cpu.h"
#include "base/mem.h"
#include "text/token_kernel.h"
#include "text/unicode.h"

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "masks and hashes are made of little-endian words");

struct tokenizer {
    const struct token_kernel *kernel;
    enum copydesk_cpu cpu;
    uint8_t *folded;
    struct token_block *blocks;
    size_t folded_cap, blocks_cap;

    uint64_t *hash;
    uint8_t *flags;
    uint32_t *start, *end;
    size_t hash_cap, flags_cap, start_cap, end_cap;

    struct unicode_folded word; // of a slow token
    struct token_group group;
};

struct tokenizer *tokenizer_new(enum copydesk_cpu level)
{
    struct tokenizer *t = mem_zalloc(1, sizeof *t);
    if (!t) {
        return NULL;
    }
    t->cpu = cpu_level(level);
    switch (t->cpu) {
#if defined(__x86_64__)
    case COPYDESK_CPU_AVX512:
        t->kernel = &token_kernel_avx512;
        break;
    case COPYDESK_CPU_AVX2:
        t->kernel = &token_kernel_avx2;
        break;
#endif
    default:
        t->kernel = &token_kernel_portable;
        break;
    }
    return t;
}

void tokenizer_free(struct tokenizer *t)
{
    if (!t) {
        return;
    }
    mem_free(t->folded);
    mem_free(t->blocks);
    mem_free(t->hash);
    mem_free(t->flags);
    mem_free(t->start);
    mem_free(t->end);
    unicode_folded_release(&t->word);
    mem_free(t);
}

static bool grow_places(uint32_t **places, size_t *cap, size_t need)
{
    void *array = *places;
    bool ok = mem_grow(&array, cap, need, sizeof **places);
    *places = array;
    return ok;
}

static bool grow_tokens(struct tokenizer *t, size_t need, bool spans)
{
    void *hash = t->hash;
    void *flags = t->flags;
    bool ok = mem_grow(&hash, &t->hash_cap, need, sizeof *t->hash);
    ok = ok && mem_grow(&flags, &t->flags_cap, need, sizeof *t->flags);
    t->hash = hash;
    t->flags = flags;
    return ok && (!spans ||
                  (grow_places(&t->start, &t->start_cap, need) && grow_places(&t->end, &t->end_cap, need)));
}

static bool grow_blocks(struct tokenizer *t, size_t n_blocks)
{
    void *folded = t->folded;
    void *blocks = t->blocks;
    bool ok = mem_grow(&folded, &t->folded_cap, n_blocks * TOKEN_BLOCK + TOKEN_PADDING, 1);
    ok = ok && mem_grow(&blocks, &t->blocks_cap, n_blocks + 1, sizeof *t->blocks);
    t->folded = folded;
    t->blocks = blocks;
    return ok;
}

// ---- HTML tags ----

enum { TAG_MAX_BYTES = 300, TAG_MAX_NAME = 10 };

// Element names of HTML, those of the living standard and the old ones still met, by length; one space
// between.
static const char *const element_names[TAG_MAX_NAME + 1] = {
    [1] = "a b i p q s u",
    [2] = "br dd dl dt em h1 h2 h3 h4 h5 h6 hr li ol rp rt td th tr tt ul",
    [3] = "bdi bdo big col del dfn dir div img ins kbd map nav pre sub sup svg var wbr xmp",
    [4] = "abbr area base body cite code data font form head html link main mark menu meta nobr path ruby "
          "samp slot "
          "span time",
    [5] = "aside audio embed frame image input label meter param small style table tbody tfoot thead title "
          "track video",
    [6] = "applet button canvas center dialog figure footer header hgroup iframe legend object option output "
          "script "
          "search select source strike strong",
    [7] = "acronym address article caption details marquee picture section summary",
    [8] =
        "basefont colgroup datalist fieldset frameset noframes noscript optgroup progress template textarea",
    [10] = "blockquote figcaption",
};

static bool is_element(const uint8_t *name, size_t len)
{
    char lower[TAG_MAX_NAME];
    if (len == 0 || len > TAG_MAX_NAME || !element_names[len]) {
        return false;
    }
    for (size_t i = 0; i < len; i++) {
        lower[i] = (char)(name[i] | 0x20); // digits have that bit set already
    }
    for (const char *known = element_names[len];; known += len + 1) {
        if (memcmp(known, lower, len) == 0) {
            return true;
        }
        if (!known[len]) {
            return false;
        }
    }
}

// Length of the tag at p ('<'), 0 when it is none.
static size_t tag_len(const uint8_t *p, size_t left)
{
    size_t max = left < TAG_MAX_BYTES ? left : TAG_MAX_BYTES;
    size_t name = 1 + (max > 1 && p[1] == '/');
    size_t end = name;
    while (end < max && ((unsigned)((p[end] | 0x20) - 'a') < 26 || (unsigned)(p[end] - '0') < 10)) {
        end++;
    }
    if (end == max || !is_element(p + name, end - name)) {
        return 0;
    }
    if (p[end] != '>' && p[end] != '/' && p[end] != ' ' && (unsigned)(p[end] - '\t') > '\r' - '\t') {
        return 0;
    }
    const uint8_t *close = memchr(p + end, '>', max - end);
    if (!close || memchr(p + end, '<', (size_t)(close - (p + end)))) {
        return 0;
    }
    return (size_t)(close - p) + 1;
}

// ---- Step 1, portable: classify ----

// Eight bytes in one word. Bit 7 of each byte of a result says yes; `low` is the bytes without their bit 7,
// so that adding to them never carries into the next byte.
#define EIGHT(byte)                (0x0101010101010101u * (uint64_t)(byte))
#define AT_LEAST(low, byte)        ((low) + EIGHT(0x80 - (byte)))
#define IN_RANGE(low, first, last) (AT_LEAST(low, first) & ~AT_LEAST(low, (last) + 1))

// Gathers bit 7 of eight bytes: the product places the bit of byte i at 56 + i, and nothing else reaches
// there.
static uint64_t gather(uint64_t eight)
{
    return (eight >> 7 & EIGHT(1)) * 0x0102040810204080u >> 56;
}

static void classify_block(const uint8_t *text, uint8_t *folded, struct token_block *block)
{
    struct token_block b = {0};
    for (size_t i = 0; i < TOKEN_BLOCK; i += 8) {
        uint64_t x = token_load64(text + i);
        uint64_t low = x & EIGHT(0x7f);
        uint64_t letter = IN_RANGE(low | EIGHT(0x20), 'a', 'z') & ~x & EIGHT(0x80);
        uint64_t digit = IN_RANGE(low, '0', '9') & ~x;
        uint64_t line = IN_RANGE(low, '_', '_') & ~x;
        uint64_t control = ~AT_LEAST(low, ' ') & ~IN_RANGE(low, '\t', '\r');
        uint64_t other = x | control | IN_RANGE(low, '<', '<');
        uint64_t folded_eight = x | letter >> 2; // 0x80 becomes the case bit
        memcpy(folded + i, &folded_eight, sizeof folded_eight);
        b.word |= gather(letter | digit | line) << i;
        b.upper |= gather(letter & ~(x << 2)) << i;
        b.digit |= gather(digit) << i;
        b.other |= gather(other) << i;
    }
    *block = b;
}

static bool classify_portable(const uint8_t *text, size_t len, uint8_t *folded, struct token_block *blocks)
{
    size_t n_full = len / TOKEN_BLOCK;
    uint64_t any = 0;
    for (size_t b = 0; b < n_full; b++) {
        classify_block(text + b * TOKEN_BLOCK, folded + b * TOKEN_BLOCK, &blocks[b]);
        any |= blocks[b].other;
    }
    uint8_t last[TOKEN_BLOCK];
    memset(last, ' ', sizeof last);
    memcpy(last, text + n_full * TOKEN_BLOCK, len % TOKEN_BLOCK);
    classify_block(last, folded + n_full * TOKEN_BLOCK, &blocks[n_full]);
    return (any | blocks[n_full].other) != 0;
}

// ---- Step 2: resolve ----

// The text with its masks. There is one block more than the text needs, for bits that spill over.
struct scan {
    const uint8_t *text;
    size_t len;
    uint8_t *folded;
    struct token_block *blocks;
};

// Sets up to four bits from `bit` on in a mask and the same mask of the next block.
static void spread(uint64_t *here, uint64_t *next, unsigned bit, uint64_t bits)
{
    *here |= bits << bit;
    if (bit > TOKEN_BLOCK - 4) {
        *next |= bits >> (TOKEN_BLOCK - bit);
    }
}

static void add_word(const struct scan *s, size_t pos, unsigned n)
{
    struct token_block *b = &s->blocks[pos / TOKEN_BLOCK];
    spread(&b[0].word, &b[1].word, pos % TOKEN_BLOCK, (1u << n) - 1);
}

static void add_solo(const struct scan *s, size_t pos, unsigned n)
{
    struct token_block *b = &s->blocks[pos / TOKEN_BLOCK];
    spread(&b[0].solo, &b[1].solo, pos % TOKEN_BLOCK, (1u << n) - 1);
}

static void add_slow(const struct scan *s, size_t pos)
{
    s->blocks[pos / TOKEN_BLOCK].slow |= (uint64_t)1 << pos % TOKEN_BLOCK;
}

// The byte before pos is the last of a solo letter or of what belongs to it.
static bool behind_solo(const struct scan *s, size_t pos)
{
    if (pos == 0) {
        return false;
    }
    const struct token_block *b = &s->blocks[(pos - 1) / TOKEN_BLOCK];
    return (b->solo & ~b->word) >> (pos - 1) % TOKEN_BLOCK & 1;
}

// A mark or something ignored: it belongs to what stands before it.
static void add_attached(const struct scan *s, size_t pos, unsigned n, bool slow)
{
    if (behind_solo(s, pos)) {
        add_word(s, pos - 1, n);
        add_solo(s, pos, n);
        pos--;
    } else {
        add_word(s, pos, n);
    }
    if (slow) {
        add_slow(s, pos);
    }
}

// Has a mark with a combining class right before pos.
static bool behind_ordered(const struct scan *s, size_t pos)
{
    for (size_t n = 2; n <= 4 && n <= pos; n++) {
        uint32_t code_point;
        if (unicode_decode(s->text + pos - n, n, &code_point) == n) {
            return unicode_lookup(code_point) & UNICODE_ORDERED;
        }
    }
    return false;
}

// A code point that is neither separator nor easy letter.
static void add_rare(const struct scan *s, size_t pos, unsigned n, uint32_t e)
{
    bool slow = !(e & UNICODE_EASY) || (e & UNICODE_ORDERED && behind_ordered(s, pos));
    if (e & UNICODE_MARK) {
        add_attached(s, pos, n, slow);
        return;
    }
    size_t inner = pos;
    if (e & UNICODE_SOLO) {
        inner = pos + 1;
        add_word(s, pos + 1, n - 2);
        add_solo(s, pos + 1, n - 1);
    } else {
        add_word(s, pos, n);
    }
    if (slow) {
        add_slow(s, inner);
    }
}

// Takes bytes [from, to) out of all masks.
static void clear(const struct scan *s, size_t from, size_t to)
{
    for (size_t b = from / TOKEN_BLOCK; b * TOKEN_BLOCK < to; b++) {
        size_t base = b * TOKEN_BLOCK;
        uint64_t bits = UINT64_MAX << (from > base ? from - base : 0);
        if (to - base < TOKEN_BLOCK) {
            bits &= ~(UINT64_MAX << (to - base));
        }
        s->blocks[b].word &= ~bits;
        s->blocks[b].other &= ~bits;
        s->blocks[b].slow &= ~bits;
        s->blocks[b].solo &= ~bits;
    }
}

static void fold_in_place(const struct scan *s, size_t pos, unsigned n, uint32_t e)
{
    uint32_t bytes = e >> UNICODE_PAYLOAD_SHIFT;
    for (unsigned i = 0; e & UNICODE_EASY && bytes && i < n; i++) {
        s->folded[pos + i] = (uint8_t)(bytes >> 8 * i);
    }
}

// '<', a control, a byte that is not UTF-8, or a code point that is no easy letter.
static void resolve_rare(const struct scan *s, size_t pos)
{
    struct token_block *b = &s->blocks[pos / TOKEN_BLOCK];
    unsigned bit = pos % TOKEN_BLOCK;
    uint8_t c = s->text[pos];
    if (c < 0x80) {
        b->other &= ~((uint64_t)1 << bit);
        if (c == '<') {
            clear(s, pos, pos + tag_len(s->text + pos, s->len - pos));
        } else {
            add_attached(s, pos, 1, true);
        }
        return;
    }
    uint32_t code_point;
    unsigned n = unicode_decode(s->text + pos, s->len - pos, &code_point);
    if (n == 0) {
        b->other &= ~((uint64_t)1 << bit);
        return;
    }
    uint64_t bits = ((uint64_t)1 << n) - 1;
    b[0].other &= ~(bits << bit);
    if (bit > TOKEN_BLOCK - 4) {
        b[1].other &= ~(bits >> (TOKEN_BLOCK - bit));
    }
    uint32_t e = unicode_lookup(code_point);
    b->upper |= (uint64_t)(e & UNICODE_UPPER ? 1 : 0) << bit;
    fold_in_place(s, pos, n, e);
    if (e & UNICODE_RARE) {
        add_rare(s, pos, n, e);
    } else if (e) {
        add_word(s, pos, n);
    }
}

// An easy mark that stands behind something other than a solo letter of the same block, and not out of order.
static bool is_plain_mark(const struct scan *s, size_t pos, uint32_t e, uint64_t solo)
{
    unsigned bit = pos % TOKEN_BLOCK;
    return e & UNICODE_MARK && e & UNICODE_EASY && bit > 0 && !(solo >> (bit - 1) & 1) &&
           !(e & UNICODE_ORDERED && behind_ordered(s, pos));
}

// Masks of one block while they are in registers.
struct found {
    uint64_t other, word, upper, solo;
};

// A letter or separator of two bytes at `pos`, the first of which are x. False: it is something else.
static inline bool take_two(const struct scan *s, size_t pos, uint32_t x, struct found *f)
{
    uint32_t e = unicode_entry[(x & 0x1F) << 6 | (x >> 8 & 0x3F)];
    if (e & UNICODE_RARE) {
        return false;
    }
    uint64_t bits = (uint64_t)3 << pos % TOKEN_BLOCK;
    uint16_t bytes = (uint16_t)(e >> UNICODE_PAYLOAD_SHIFT);
    memcpy(s->folded + pos, &bytes, sizeof bytes);
    f->other &= ~bits;
    f->word |= bits & -(uint64_t)(e & UNICODE_WORD);
    f->upper |= bits & -(uint64_t)(e / UNICODE_UPPER & 1);
    return true;
}

// The same for three bytes; easy solo letters and marks too.
static inline bool take_three(const struct scan *s, size_t pos, uint32_t x, uint64_t solo, struct found *f)
{
    size_t page = unicode_page[(x & 0xF) << 6 | (x >> 8 & 0x3F)];
    uint32_t e = unicode_entry[page << 6 | (x >> 16 & 0x3F)];
    uint64_t bits = (uint64_t)7 << pos % TOKEN_BLOCK;
    uint16_t bytes = (uint16_t)(e >> UNICODE_PAYLOAD_SHIFT);
    if ((e & (UNICODE_SOLO | UNICODE_EASY)) == (UNICODE_SOLO | UNICODE_EASY)) {
        f->word |= bits & bits << 1 & bits >> 1;
        f->solo |= bits & bits << 1;
    } else if (!(e & UNICODE_RARE) || is_plain_mark(s, pos, e, f->solo | solo)) {
        f->word |= bits & -(uint64_t)(e & UNICODE_WORD);
        f->upper |= bits & -(uint64_t)(e / UNICODE_UPPER & 1);
    } else {
        return false;
    }
    memcpy(s->folded + pos, &bytes, sizeof bytes);
    s->folded[pos + 2] = (uint8_t)(e >> 24);
    f->other &= ~bits;
    return true;
}

// Code points of two and three bytes are taken on masks in registers, all else by resolve_rare().
static void resolve_block(const struct scan *s, size_t index)
{
    struct token_block *b = &s->blocks[index];
    size_t base = index * TOKEN_BLOCK;
    // Where three bytes fit in both block and text. What begins behind is left to resolve_rare().
    size_t room = s->len - base < TOKEN_BLOCK ? s->len - base : TOKEN_BLOCK;
    uint64_t inner = room < 3 ? 0 : UINT64_MAX >> (TOKEN_BLOCK + 2 - room);
    while (b->other) {
        struct found f = {.other = b->other};
        while (f.other & inner) {
            size_t pos = base + (unsigned)__builtin_ctzll(f.other);
            uint32_t x;
            memcpy(&x, s->text + pos, sizeof x);
            if ((x & 0xC0E0) == 0x80C0) {
                if (!take_two(s, pos, x, &f)) {
                    break;
                }
            } else if ((x & 0xC0C0F0) != 0x8080E0 || !take_three(s, pos, x, b->solo, &f)) {
                break;
            }
        }
        b->word |= f.word;
        b->upper |= f.upper;
        b->solo |= f.solo;
        b->other = f.other;
        if (b->other) {
            resolve_rare(s, base + (unsigned)__builtin_ctzll(b->other));
        }
    }
}

static void resolve(const struct scan *s)
{
    for (size_t b = 0; b <= s->len / TOKEN_BLOCK; b++) {
        if (s->blocks[b].other) {
            resolve_block(s, b);
        }
    }
}

// ---- Step 3, portable: extract ----

static void extract_portable(const struct token_block *blocks, size_t n_blocks, uint32_t base,
                             struct token_group *group)
{
    token_extract_body(blocks, n_blocks, base, group);
}

// ---- Step 4, portable: hash ----

static void hash_portable(const uint8_t *folded, const struct token_group *group, size_t n, uint64_t *hashes)
{
    for (size_t i = 0; i < n; i++) {
        hashes[i] = token_hash_bytes(folded + group->start[i], group->end[i] - group->start[i]);
    }
}

const struct token_kernel token_kernel_portable = {classify_portable, extract_portable, hash_portable};

// ---- The whole ----

// Folds and hashes slow tokens. Those of which nothing is left are taken out. The tokens kept, or -1: out of
// memory.
static ptrdiff_t patch_slow(struct tokenizer *t, const uint8_t *text, uint64_t *hashes)
{
    struct token_group *g = &t->group;
    size_t n_gone = 0;
    for (size_t i = 0; i < g->n_slow && g->slow[i] < g->n_end; i++) {
        size_t k = g->slow[i];
        if (unicode_fold(&t->word, text + g->start[k], g->end[k] - g->start[k]) < 0) {
            return -1;
        }
        hashes[k] = token_hash_bytes(t->word.bytes, t->word.len);
        // The folded text is handed out, and kernels differ in what they leave of a slow token.
        size_t room = g->end[k] - g->start[k];
        size_t len = t->word.len < room ? t->word.len : room;
        memcpy(t->folded + g->start[k], t->word.bytes, len);
        memset(t->folded + g->start[k] + len, 0, room - len);
        g->flags[k] = (uint8_t)((g->flags[k] & TOKEN_SOLO) | (t->word.upper ? TOKEN_UPPER : 0) |
                                (t->word.digit ? TOKEN_DIGIT : 0));
        if (t->word.len == 0) {
            g->slow[n_gone++] = (uint32_t)k;
        }
    }
    if (n_gone == 0) {
        return (ptrdiff_t)g->n_end;
    }
    size_t kept = 0;
    for (size_t i = 0, next_gone = 0; i < g->n_end; i++) {
        if (next_gone < n_gone && g->slow[next_gone] == i) {
            next_gone++;
            continue;
        }
        hashes[kept] = hashes[i];
        g->flags[kept] = g->flags[i];
        g->start[kept] = g->start[i];
        g->end[kept++] = g->end[i];
    }
    return (ptrdiff_t)kept;
}

// Hashes the tokens of the group that have an end and hands them out; the open one starts the next group.
static int finish_group(struct tokenizer *t, const uint8_t *text, bool spans, size_t *n_tokens)
{
    struct token_group *g = &t->group;
    size_t n = *n_tokens;
    bool open = g->n_start > g->n_end;
    bool open_slow = open && g->n_slow && g->slow[g->n_slow - 1] == g->n_end;
    uint32_t open_start = g->start[g->n_end];
    uint8_t open_flags = g->flags[g->n_end];

    if (!grow_tokens(t, n + g->n_end + TOKEN_GROUP_SLACK, spans)) {
        return COPYDESK_ERR_MEMORY;
    }
    t->kernel->hash(t->folded, g, g->n_end, t->hash + n);
    ptrdiff_t kept = patch_slow(t, text, t->hash + n);
    if (kept < 0) {
        return COPYDESK_ERR_MEMORY;
    }
    memcpy(t->flags + n, g->flags, (size_t)kept);
    if (spans) {
        memcpy(t->start + n, g->start, (size_t)kept * sizeof *t->start);
        memcpy(t->end + n, g->end, (size_t)kept * sizeof *t->end);
    }
    *n_tokens = n + (size_t)kept;
    g->start[0] = open_start;
    g->flags[0] = open_flags;
    g->slow[0] = 0;
    g->n_start = open;
    g->n_slow = open_slow;
    g->n_end = 0;
    return COPYDESK_OK;
}

int tokenize(struct tokenizer *t, const char *text, size_t len, bool spans, struct tokens *out)
{
    static const uint8_t nothing[TOKEN_PADDING] = {0}; // for text that is absent
    const uint8_t *bytes = len > 0 ? (const uint8_t *)text : nothing;
    size_t n_blocks = len / TOKEN_BLOCK + 1;
    *out = (struct tokens){0};
    if (!grow_blocks(t, n_blocks)) {
        return COPYDESK_ERR_MEMORY;
    }
    t->blocks[n_blocks] = (struct token_block){0};
    if (t->kernel->classify(bytes, len, t->folded, t->blocks)) {
        resolve(&(struct scan){bytes, len, t->folded, t->blocks});
    }
    struct token_group *g = &t->group;
    g->n_start = g->n_end = g->n_slow = 0;
    g->inside = false;
    size_t n_tokens = 0;
    for (size_t b = 0; b < n_blocks; b += TOKEN_GROUP_BLOCKS) {
        size_t n = n_blocks - b < TOKEN_GROUP_BLOCKS ? n_blocks - b : TOKEN_GROUP_BLOCKS;
        t->kernel->extract(t->blocks + b, n, (uint32_t)(b * TOKEN_BLOCK), g);
        if (finish_group(t, bytes, spans, &n_tokens) < 0) {
            return COPYDESK_ERR_MEMORY;
        }
    }
    *out = (struct tokens){t->hash, t->flags, t->start, t->end, n_tokens, t->folded, t->cpu};
    return COPYDESK_OK;
}
