// shape.c - a small model of what writing looks like, in any language. Contract in shape.h.
//
// In: code points and their neighbours. Out: costs.
//
// It knows three things. Which characters are seldom seen at all (private use, archaic letters, box drawing).
// Which kinds of characters seldom touch (a letter and a currency sign; a capital behind a small letter; two
// scripts). And that a rare capital alone is no word. Text read in a wrong charset breaks such habits in
// nearly every character, right text hardly ever.
//
// It does not know any language: what is usual in one of them (a letter before an opening quotation mark in
// German, nukta in Hindi) costs little. Costs were set by hand and looked at on texts of thirty languages.

#include "repair/shape.h"

#include "text/unicode.h"

#include <stddef.h>

struct block {
    uint32_t last;
    uint8_t script, cost;
};

enum { COMMON = 0, LATIN = 1, GREEK = 2, CYRILLIC = 3, EAST_ASIAN = 4, ARABIC = 5, NEVER = 12 };

// By last code point, ascending. Scripts from 16 on are those that need no name here.
static const struct block blocks[] = {
    {0x17f, LATIN, 0},       {0x24f, LATIN, 6},        {0x2af, LATIN, 6},       {0x2ff, COMMON, 4},
    {0x36f, LATIN, 3},       {0x3ce, GREEK, 0},        {0x3ff, GREEK, 8},       {0x45f, CYRILLIC, 0},
    {0x489, CYRILLIC, 8},    {0x4ff, CYRILLIC, 1},     {0x52f, CYRILLIC, 8},    {0x58f, 16, 1},
    {0x5cf, 17, 5},          {0x5ea, 17, 0},           {0x5ff, 17, 5},          {0x61f, ARABIC, 2},
    {0x64a, ARABIC, 0},      {0x6d5, ARABIC, 1},       {0x6ff, ARABIC, 2},      {0x74f, 18, 10},
    {0x77f, ARABIC, 5},      {0x8ff, 19, 12},          {0x97f, 20, 0},          {0x9ff, 21, 0},
    {0xa7f, 22, 0},          {0xaff, 23, 0},           {0xb7f, 24, 0},          {0xbff, 25, 0},
    {0xc7f, 26, 0},          {0xcff, 27, 0},           {0xd7f, 28, 0},          {0xdff, 29, 0},
    {0xe7f, 30, 0},          {0xeff, 31, 0},           {0xfff, 32, 1},          {0x109f, 33, 1},
    {0x10ff, 34, 1},         {0x11ff, EAST_ASIAN, 8},  {0x137f, 35, 0},         {0x177f, 36, 10},
    {0x17ff, 37, 1},         {0x18af, 38, 4},          {0x1cff, 39, 10},        {0x1dff, LATIN, 12},
    {0x1e9f, LATIN, 1},      {0x1eff, LATIN, 0},       {0x1fff, GREEK, 2},      {0x206f, COMMON, 3},
    {0x209f, COMMON, 3},     {0x20cf, COMMON, 1},      {0x20ff, COMMON, 5},     {0x214f, COMMON, 3},
    {0x218f, COMMON, 1},     {0x21ff, COMMON, 2},      {0x22ff, COMMON, 3},     {0x23ff, COMMON, 4},
    {0x24ff, COMMON, 4},     {0x259f, COMMON, 3},      {0x25ff, COMMON, 2},     {0x27bf, COMMON, 2},
    {0x2bff, COMMON, 5},     {0x2e7f, 40, 10},         {0x2fff, EAST_ASIAN, 8}, {0x303f, COMMON, 0},
    {0x30ff, EAST_ASIAN, 0}, {0x33ff, EAST_ASIAN, 4},  {0x4dbf, EAST_ASIAN, 8}, {0x9fff, EAST_ASIAN, 0},
    {0xabff, 41, 12},        {0xd7a3, EAST_ASIAN, 0},  {0xf8ff, 42, NEVER},     {0xfaff, EAST_ASIAN, 8},
    {0xfb06, LATIN, 1},      {0xfb4f, 17, 5},          {0xfdff, ARABIC, 4},     {0xfe0f, COMMON, 1},
    {0xfe6f, COMMON, 3},     {0xfefc, ARABIC, 3},      {0xfeff, COMMON, 1},     {0xff60, COMMON, 0},
    {0xffef, EAST_ASIAN, 2}, {0xfffd, COMMON, 3},      {0x1efff, 43, NEVER},    {0x1faff, COMMON, 1},
    {0x1ffff, 43, NEVER},    {0x2ffff, EAST_ASIAN, 9}, {0x10ffff, 43, NEVER},
};

// Characters that are more usual, or less, than the block they stand in, or of another kind.
static const struct special {
    uint32_t code_point;
    uint8_t kind, cost;
} specials[] = {
    {0xa0, SHAPE_NBSP, 0},    {0xa1, SHAPE_OPEN, 0},     {0xa2, SHAPE_MONEY, 1},   {0xa3, SHAPE_MONEY, 0},
    {0xa4, SHAPE_ODD, 4},     {0xa5, SHAPE_MONEY, 1},    {0xa6, SHAPE_ODD, 4},     {0xa7, SHAPE_ODD, 1},
    {0xa8, SHAPE_ODD, 2},     {0xa9, SHAPE_AFTER, 0},    {0xaa, SHAPE_AFTER, 1},   {0xab, SHAPE_OPEN, 0},
    {0xac, SHAPE_ODD, 4},     {0xad, SHAPE_HYPHEN, 0},   {0xae, SHAPE_AFTER, 0},   {0xaf, SHAPE_ODD, 3},
    {0xb0, SHAPE_AFTER, 0},   {0xb1, SHAPE_ODD, 1},      {0xb2, SHAPE_AFTER, 0},   {0xb3, SHAPE_AFTER, 1},
    {0xb4, SHAPE_ODD, 1},     {0xb5, SHAPE_ODD, 1},      {0xb6, SHAPE_ODD, 2},     {0xb7, SHAPE_DOTS, 1},
    {0xb8, SHAPE_ODD, 4},     {0xb9, SHAPE_AFTER, 2},    {0xba, SHAPE_AFTER, 1},   {0xbb, SHAPE_CLOSE, 0},
    {0xbc, SHAPE_ODD, 1},     {0xbd, SHAPE_ODD, 1},      {0xbe, SHAPE_ODD, 1},     {0xbf, SHAPE_OPEN, 0},
    {0xc2, SHAPE_UPPER, 4},   {0xc3, SHAPE_UPPER, 3},    {0xc5, SHAPE_UPPER, 1},   {0xc6, SHAPE_UPPER, 1},
    {0xd0, SHAPE_UPPER, 2},   {0xd1, SHAPE_UPPER, 0},    {0xd5, SHAPE_UPPER, 1},   {0xd7, SHAPE_ODD, 1},
    {0xd8, SHAPE_UPPER, 1},   {0xde, SHAPE_UPPER, 2},    {0xf7, SHAPE_ODD, 2},     {0xff, SHAPE_LOWER, 3},
    {0x102, SHAPE_UPPER, 1},  {0x138, SHAPE_LOWER, 8},   {0x139, SHAPE_UPPER, 3},  {0x149, SHAPE_LOWER, 8},
    {0x154, SHAPE_UPPER, 2},  {0x178, SHAPE_UPPER, 3},   {0x17f, SHAPE_LOWER, 8},  {0x181, SHAPE_UPPER, 0},
    {0x186, SHAPE_UPPER, 1},  {0x189, SHAPE_UPPER, 1},   {0x18a, SHAPE_UPPER, 0},  {0x18f, SHAPE_UPPER, 0},
    {0x190, SHAPE_UPPER, 1},  {0x192, SHAPE_ODD, 3},     {0x194, SHAPE_UPPER, 2},  {0x198, SHAPE_UPPER, 0},
    {0x199, SHAPE_LOWER, 0},  {0x19d, SHAPE_UPPER, 1},   {0x1a0, SHAPE_UPPER, 0},  {0x1a1, SHAPE_LOWER, 0},
    {0x1af, SHAPE_UPPER, 0},  {0x1b0, SHAPE_LOWER, 0},   {0x1b2, SHAPE_UPPER, 1},  {0x1b3, SHAPE_UPPER, 0},
    {0x1b4, SHAPE_LOWER, 0},  {0x218, SHAPE_UPPER, 0},   {0x219, SHAPE_LOWER, 0},  {0x21a, SHAPE_UPPER, 0},
    {0x21b, SHAPE_LOWER, 0},  {0x253, SHAPE_LOWER, 0},   {0x254, SHAPE_LOWER, 0},  {0x256, SHAPE_LOWER, 1},
    {0x257, SHAPE_LOWER, 0},  {0x259, SHAPE_LOWER, 0},   {0x25b, SHAPE_LOWER, 0},  {0x263, SHAPE_LOWER, 2},
    {0x272, SHAPE_LOWER, 1},  {0x28b, SHAPE_LOWER, 1},   {0x2bb, SHAPE_APOS, 1},   {0x2bc, SHAPE_APOS, 1},
    {0x2c6, SHAPE_ODD, 4},    {0x2c7, SHAPE_ODD, 4},     {0x2d8, SHAPE_ODD, 4},    {0x2d9, SHAPE_ODD, 4},
    {0x2da, SHAPE_ODD, 4},    {0x2db, SHAPE_ODD, 4},     {0x2dc, SHAPE_ODD, 4},    {0x2dd, SHAPE_ODD, 4},
    {0x384, SHAPE_ODD, 3},    {0x385, SHAPE_ODD, 4},     {0x387, SHAPE_DOTS, 1},   {0x400, SHAPE_UPPER, 4},
    {0x402, SHAPE_UPPER, 2},  {0x403, SHAPE_UPPER, 2},   {0x405, SHAPE_UPPER, 2},  {0x40b, SHAPE_UPPER, 1},
    {0x40c, SHAPE_UPPER, 2},  {0x40d, SHAPE_UPPER, 4},   {0x40f, SHAPE_UPPER, 2},  {0x450, SHAPE_LOWER, 4},
    {0x452, SHAPE_LOWER, 1},  {0x453, SHAPE_LOWER, 2},   {0x455, SHAPE_LOWER, 2},  {0x45c, SHAPE_LOWER, 2},
    {0x45d, SHAPE_LOWER, 4},  {0x45f, SHAPE_LOWER, 1},   {0x490, SHAPE_UPPER, 0},  {0x491, SHAPE_LOWER, 0},
    {0x5be, SHAPE_DASH, 0},   {0x5f3, SHAPE_APOS, 0},    {0x5f4, SHAPE_APOS, 0},   {0x60c, SHAPE_PUNCT, 0},
    {0x61b, SHAPE_PUNCT, 0},  {0x61f, SHAPE_PUNCT, 0},   {0x6d4, SHAPE_PUNCT, 0},  {0x964, SHAPE_PUNCT, 0},
    {0x965, SHAPE_PUNCT, 0},  {0x1361, SHAPE_PUNCT, 0},  {0x1362, SHAPE_PUNCT, 0}, {0x2002, SHAPE_SPACE, 1},
    {0x2003, SHAPE_SPACE, 1}, {0x2009, SHAPE_NBSP, 1},   {0x200a, SHAPE_NBSP, 1},  {0x2010, SHAPE_DASH, 0},
    {0x2011, SHAPE_DASH, 0},  {0x2012, SHAPE_DASH, 1},   {0x2013, SHAPE_DASH, 0},  {0x2014, SHAPE_DASH, 0},
    {0x2015, SHAPE_DASH, 0},  {0x2018, SHAPE_TURNED, 0}, {0x2019, SHAPE_APOS, 0},  {0x201a, SHAPE_LOW, 0},
    {0x201b, SHAPE_APOS, 1},  {0x201c, SHAPE_GERMAN, 0}, {0x201d, SHAPE_CLOSE, 0}, {0x201e, SHAPE_LOW, 0},
    {0x201f, SHAPE_OPEN, 1},  {0x2020, SHAPE_ODD, 2},    {0x2021, SHAPE_ODD, 3},   {0x2022, SHAPE_AFTER, 0},
    {0x2026, SHAPE_DOTS, 0},  {0x202f, SHAPE_NBSP, 0},   {0x2030, SHAPE_AFTER, 2}, {0x2032, SHAPE_AFTER, 1},
    {0x2033, SHAPE_AFTER, 1}, {0x2039, SHAPE_OPEN, 1},   {0x203a, SHAPE_CLOSE, 1}, {0x20ac, SHAPE_MONEY, 0},
    {0x20b9, SHAPE_MONEY, 0}, {0x2116, SHAPE_PUNCT, 0},  {0x2122, SHAPE_AFTER, 1}, {0x2212, SHAPE_DASH, 1},
    {0x3001, SHAPE_PUNCT, 0}, {0x3002, SHAPE_PUNCT, 0},  {0xfffd, SHAPE_PUNCT, 3},
};

enum { N_SPECIALS = sizeof specials / sizeof specials[0], N_BLOCKS = sizeof blocks / sizeof blocks[0] };

static const struct special *find_special(uint32_t c)
{
    size_t low = 0;
    size_t high = N_SPECIALS;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (specials[middle].code_point < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < N_SPECIALS && specials[low].code_point == c ? &specials[low] : NULL;
}

static const struct block *find_block(uint32_t c)
{
    size_t low = 0;
    size_t high = N_BLOCKS - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (blocks[middle].last < c) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return &blocks[low];
}

static struct shape ascii_shape(uint32_t c)
{
    if ((c | 0x20) - 'a' < 26) {
        return (struct shape){c < 'a' ? SHAPE_UPPER : SHAPE_LOWER, LATIN, 0};
    }
    uint8_t kind = c - '0' < 10                                   ? SHAPE_DIGIT
                   : c <= ' ' || c == 0x7f                        ? SHAPE_SPACE
                   : c == '\''                                    ? SHAPE_APOS
                   : c == '$'                                     ? SHAPE_MONEY
                   : c == '(' || c == '[' || c == '"' || c == '-' ? SHAPE_DASH // may stand on either side
                                                                  : SHAPE_PUNCT;
    return (struct shape){kind, COMMON, 0};
}

struct shape shape_of(uint32_t c)
{
    if (c < 0x80) {
        return ascii_shape(c);
    }
    if (c < 0xa0) {
        return (struct shape){SHAPE_BAD, COMMON, 8};
    }
    const struct block *block = find_block(c);
    const struct special *special = find_special(c);
    uint8_t script = block->script;
    if (special) {
        bool letter = special->kind >= SHAPE_LOWER && special->kind <= SHAPE_MARK;
        return (struct shape){special->kind, letter ? script : COMMON, special->cost};
    }
    uint32_t e = unicode_lookup(c);
    if (c - 0x2500 < 0xa0) {
        return (struct shape){SHAPE_BOX, COMMON, block->cost};
    }
    if (!(e & UNICODE_WORD)) {
        return (struct shape){c - 0xff00 < 0x61 || c - 0x3000 < 0x40 ? SHAPE_PUNCT : SHAPE_ODD, COMMON,
                              block->cost};
    }
    if (e & UNICODE_DIGIT) {
        return (struct shape){SHAPE_DIGIT, script, block->cost};
    }
    uint8_t kind = e & UNICODE_MARK                                                           ? SHAPE_MARK
                   : e & UNICODE_UPPER                                                        ? SHAPE_UPPER
                   : script == LATIN || script == GREEK || script == CYRILLIC || script == 16 ? SHAPE_LOWER
                                                                                              : SHAPE_LETTER;
    return (struct shape){kind, script, block->cost};
}

// Signs that stand at one side of a word and part it from what follows by a blank.
static bool is_tight(struct shape s)
{
    return s.kind >= SHAPE_CLOSE && s.kind <= SHAPE_ODD && s.kind != SHAPE_DASH;
}

static int before_letter(struct shape before, struct shape a, struct shape b)
{
    bool inside = shape_is_letter(before);
    int wedged = is_tight(before) ? 3 : 0;
    switch (a.kind) {
    case SHAPE_LOWER:
    case SHAPE_UPPER:
    case SHAPE_LETTER:
    case SHAPE_MARK:
        if (a.script != b.script && b.kind != SHAPE_MARK) {
            return a.script == EAST_ASIAN || b.script == EAST_ASIAN ? 4 : 8;
        }
        if (b.kind == SHAPE_UPPER && a.kind == SHAPE_LOWER) {
            return 3;
        }
        return b.kind == SHAPE_LOWER && a.kind == SHAPE_UPPER && before.kind == SHAPE_UPPER ? 2 : 0;
    case SHAPE_DIGIT:
        return b.script == LATIN ? 1 : b.kind == SHAPE_LOWER || b.kind == SHAPE_UPPER ? 3 : 1;
    case SHAPE_AFTER:
        return inside ? 5 : wedged + 2;
    case SHAPE_CLOSE:
        return inside ? 5 : wedged + 1;
    case SHAPE_OPEN:
    case SHAPE_GERMAN:
        return inside ? 5 : wedged;
    case SHAPE_TURNED:
        return inside ? 2 : wedged;
    case SHAPE_LOW:
        return inside ? 6 : wedged;
    case SHAPE_DOTS:
        return inside ? 2 : wedged;
    case SHAPE_MONEY:
        return inside ? 3 : wedged + 1;
    case SHAPE_ODD:
    case SHAPE_BOX:
        return 3;
    default:
        return b.kind == SHAPE_MARK ? 6 : 0;
    }
}

static int behind(struct shape a, struct shape b)
{
    bool letter = shape_is_letter(a);
    switch (b.kind) {
    case SHAPE_AFTER:
        return letter || a.kind == SHAPE_ODD || a.kind == SHAPE_AFTER || a.kind == SHAPE_MONEY ? 2
               : a.kind == SHAPE_CLOSE                                                         ? 1
                                                                                               : 0;
    case SHAPE_MONEY:
        return letter ? 5 : a.kind == SHAPE_DIGIT || a.kind == SHAPE_SPACE || a.kind == SHAPE_NBSP ? 0 : 1;
    case SHAPE_OPEN:
        return letter ? 5 : a.kind == SHAPE_CLOSE || a.kind == SHAPE_AFTER ? 2 : 0;
    case SHAPE_LOW:
        return letter ? 6 : 0;
    case SHAPE_GERMAN:
    case SHAPE_TURNED:
        return letter ? 1 : 0;
    case SHAPE_CLOSE:
        return a.kind == SHAPE_SPACE ? 1 : 0;
    case SHAPE_APOS:
        return 0;
    case SHAPE_ODD:
        return letter ? 6 : a.kind == SHAPE_SPACE || a.kind == SHAPE_DIGIT ? 0 : 2;
    case SHAPE_BOX:
        return letter ? 6 : a.kind == SHAPE_SPACE || a.kind == SHAPE_BOX ? 0 : 2;
    case SHAPE_HYPHEN:
        return letter ? 2 : 3;
    case SHAPE_NBSP:
        return a.kind == SHAPE_SPACE || a.kind == SHAPE_NBSP ? 2 : 0;
    case SHAPE_SPACE:
        return a.kind == SHAPE_NBSP ? 2 : a.kind == SHAPE_OPEN || a.kind == SHAPE_LOW ? 4 : 0;
    default:
        return 0;
    }
}

int shape_cost(struct shape before, struct shape a, struct shape b)
{
    int cost = b.cost;
    if (shape_is_letter(b)) {
        return cost + before_letter(before, a, b);
    }
    cost += behind(a, b);
    // A rare capital that is a word by itself.
    bool end = b.kind == SHAPE_SPACE || b.kind == SHAPE_NBSP || b.kind == SHAPE_DASH || b.kind == SHAPE_DOTS;
    if (end && a.kind == SHAPE_UPPER && a.cost >= 3 && !shape_is_letter(before)) {
        cost += 3;
    }
    return cost;
}
