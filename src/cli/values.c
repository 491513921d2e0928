/*
 * values.c - numbers, sizes, limits and near misses.
 *
 * Shares are kept as whole millionths, so that "0.1%" of 1,000 articles is exactly one article on every
 * machine: a gate that passes or fails by a rounding error would be a poor gate.
 *
 * Near misses are found by the edit distance with swaps of neighbours (optimal string alignment), which
 * covers the usual slips of the hand: --verdict, --verdcits, --treads. A word that is the beginning of a
 * name counts as near, too.
 */
#include "cli/values.h"

#include <stdlib.h>
#include <string.h>

enum { SHARE_ONE = 1000000, MAX_WORD = 40 };

/* Reads digits at *p; false when there is none or the number does not fit. */
static bool read_digits(const char **p, uint64_t *out)
{
    uint64_t value = 0;
    const char *start = *p;

    for (; **p >= '0' && **p <= '9'; ++*p) {
        uint64_t digit = (uint64_t)(**p - '0');
        if (value > (UINT64_MAX - digit) / 10) {
            return false;
        }
        value = value * 10 + digit;
    }
    if (*p == start) {
        return false;
    }
    *out = value;
    return true;
}

bool parse_count(const char *text, uint64_t *out)
{
    uint64_t value = 0;

    if (!read_digits(&text, &value) || *text != '\0') {
        return false;
    }
    *out = value;
    return true;
}

bool parse_bytes(const char *text, uint64_t *out)
{
    static const char *const letters = "kmgt";
    uint64_t value = 0;
    unsigned shift = 0;

    if (!read_digits(&text, &value)) {
        return false;
    }
    if (*text != '\0' && *text != 'B') {
        const char *letter = strchr(letters, *text | 0x20);
        if (!letter) {
            return false;
        }
        shift = 10 * (unsigned)(letter - letters + 1);
        text++;
        if (*text == 'i') {
            text++;
        }
    }
    if (*text == 'B') {
        text++;
    }
    if (*text != '\0' || (value << shift) >> shift != value) {
        return false;
    }
    *out = value << shift;
    return true;
}

bool parse_duration(const char *text, uint64_t *out)
{
    static const struct {
        char letter;
        uint32_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 7 * 86400}};
    uint64_t value = 0;

    if (!read_digits(&text, &value) || value == 0 || text[0] == '\0' || text[1] != '\0') {
        return false;
    }
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (units[i].letter == text[0] && value <= UINT32_MAX) {
            *out = value * units[i].seconds;
            return true;
        }
    }
    return false;
}

bool parse_limit(const char *text, struct limit *out)
{
    const char *p = text;
    uint64_t value = 0;
    uint64_t unit = SHARE_ONE / 100;

    if (!read_digits(&p, &value)) {
        return false;
    }
    if (*p == '\0') {
        *out = (struct limit){.text = text, .is_share = false, .value = value};
        return true;
    }
    if (value > 100) {
        return false;
    }
    value *= unit;
    if (*p == '.') {
        p++;
        if (*p < '0' || *p > '9') {
            return false;
        }
        for (; *p >= '0' && *p <= '9'; p++) {
            unit /= 10;
            if (unit == 0) {
                return false;
            }
            value += (uint64_t)(*p - '0') * unit;
        }
    }
    if (strcmp(p, "%") != 0 || value > SHARE_ONE) {
        return false;
    }
    *out = (struct limit){.text = text, .is_share = true, .value = value};
    return true;
}

int parse_choice(const char *word, const char *choices)
{
    size_t len = strlen(word);

    for (int i = 0;; i++) {
        size_t n = strcspn(choices, "|");
        if (n == len && memcmp(choices, word, n) == 0) {
            return i;
        }
        if (choices[n] == '\0') {
            return -1;
        }
        choices += n + 1;
    }
}

bool limit_exceeded(const struct limit *limit, uint64_t found, uint64_t read)
{
    if (!limit->is_share) {
        return found > limit->value;
    }
    // 2^64 / 10^6 articles are out of reach of one run.
    return found * SHARE_ONE > limit->value * read;
}

static unsigned min3(unsigned a, unsigned b, unsigned c)
{
    unsigned ab = a < b ? a : b;

    return ab < c ? ab : c;
}

/* Edits that turn a into b, a swap of neighbours counting as one. */
static unsigned edit_distance(const char *a, const char *b)
{
    unsigned rows[3][MAX_WORD + 1];
    unsigned *before = rows[0];
    unsigned *above = rows[1];
    unsigned *row = rows[2];
    size_t n = strlen(b);

    if (strlen(a) > MAX_WORD || n > MAX_WORD) {
        return MAX_WORD;
    }
    for (size_t j = 0; j <= n; j++) {
        above[j] = (unsigned)j;
        before[j] = 0;
    }
    for (size_t i = 1; a[i - 1] != '\0'; i++) {
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= n; j++) {
            unsigned change = a[i - 1] != b[j - 1];
            row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < row[j]) {
                row[j] = before[j - 2] + 1;
            }
        }
        unsigned *spare = before;
        before = above;
        above = row;
        row = spare;
    }
    return above[n];
}

void nearest_offer(struct nearest *nearest, const char *name)
{
    size_t len = strlen(nearest->word);
    // A third of a word wrong is a slip; more is another word.
    unsigned limit = len < 4 ? 1 : (unsigned)(len / 3 < 3 ? len / 3 : 3);
    unsigned distance = edit_distance(nearest->word, name);

    if (distance > limit && len >= 3 && strncmp(nearest->word, name, len) == 0) {
        distance = limit;
    }
    if (distance <= limit && (!nearest->best || distance < nearest->distance)) {
        nearest->best = name;
        nearest->distance = distance;
    }
}
