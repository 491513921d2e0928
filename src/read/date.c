// date.c - publication dates. Contract in date.h.
//
// A date string is cut into numbers, month names and the rest; the order of the parts tells the form. Month
// names are English, the language of RFC 2822 and of nearly all feeds; other languages' dates come as ISO
// 8601.

#include "read/date.h"

#include <ctype.h>

enum { MAX_PARTS = 12 };

struct part {
    int64_t number;  // or month 1-12
    unsigned digits; // 0: a month name
    char before;     // the character in front of it
};

static int month_of(struct str word)
{
    static const char names[12][10] = {"january", "february", "march",     "april",   "may",      "june",
                                       "july",    "august",   "september", "october", "november", "december"};
    if (word.len < 3 || word.len > 9) {
        return 0;
    }
    for (int m = 0; m < 12; m++) {
        size_t i = 0;
        while (i < word.len && tolower((unsigned char)word.data[i]) == names[m][i]) {
            i++;
        }
        if (i == word.len && (names[m][i] == 0 || i == 3 || (i == 4 && m == 8))) {
            return m + 1;
        }
    }
    return 0;
}

static unsigned cut(struct str s, struct part parts[MAX_PARTS])
{
    unsigned n = 0;
    for (size_t i = 0; i < s.len && n < MAX_PARTS;) {
        unsigned char c = (unsigned char)s.data[i];
        size_t start = i;
        char before = start ? s.data[start - 1] : ' ';
        if (isdigit(c)) {
            int64_t value = 0;
            for (; i < s.len && isdigit((unsigned char)s.data[i]) && i - start < 15; i++) {
                value = value * 10 + (s.data[i] - '0');
            }
            parts[n++] = (struct part){value, (unsigned)(i - start), before};
        } else if (isalpha(c)) {
            while (i < s.len && isalpha((unsigned char)s.data[i])) {
                i++;
            }
            int month = month_of((struct str){s.data + start, i - start});
            if (month) {
                parts[n++] = (struct part){month, 0, before};
            }
        } else {
            i++;
        }
    }
    return n;
}

// Days since 1970-01-01 (Hinnant, chrono-compatible low-level date algorithms).
static int64_t days_from(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t era = year / 400;
    int64_t of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool valid(int64_t year, int64_t month, int64_t day)
{
    static const int length[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return year >= 1600 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= length[month - 1] && (leap || month != 2 || day < 29);
}

// What `am` or `p.m.` behind an hour adds to it, in seconds.
static int64_t half_of_day(int64_t hour, struct str s)
{
    for (size_t i = 1; i + 1 < s.len; i++) {
        int letter = tolower((unsigned char)s.data[i]);
        size_t m = s.data[i + 1] == '.' ? i + 2 : i + 1;
        bool word = m < s.len && tolower((unsigned char)s.data[m]) == 'm' &&
                    !isalpha((unsigned char)s.data[i - 1]) &&
                    (m + 1 == s.len || !isalpha((unsigned char)s.data[m + 1]));
        if (word && letter == 'p') {
            return hour < 12 ? 12 * 3600 : 0;
        }
        if (word && letter == 'a') {
            return hour == 12 ? -12 * 3600 : 0;
        }
    }
    return 0;
}

// Hours, minutes, seconds and the offset from UTC that follow the date, as seconds to add. A time that cannot
// be is none.
static int64_t time_of(const struct part *parts, unsigned n, struct str s)
{
    int64_t seconds = 0;
    unsigned used = 0;
    if (n >= 2 && parts[0].digits <= 2 && parts[1].before == ':') {
        seconds = parts[0].number * 3600 + parts[1].number * 60;
        used = 2;
        if (n >= 3 && parts[2].before == ':') {
            seconds += parts[2].number;
            used = 3;
        }
    }
    if (used && (parts[0].number > 24 || parts[1].number > 59 || (used == 3 && parts[2].number > 60))) {
        return 0;
    }
    if (used && n > used && parts[used].before == '.') {
        used++; // fractions of a second
    }
    if (used && n > used && (parts[used].before == '+' || parts[used].before == '-')) {
        int64_t hours = parts[used].digits == 4 ? parts[used].number / 100 : parts[used].number;
        int64_t minutes = parts[used].digits == 4 ? parts[used].number % 100
                          : n > used + 1          ? parts[used + 1].number
                                                  : 0;
        int64_t offset = hours <= 15 && minutes <= 59 ? hours * 3600 + minutes * 60 : 0;
        seconds += parts[used].before == '+' ? -offset : offset;
    }
    return used ? seconds + half_of_day(parts[0].number, s) : 0;
}

bool date_parse(struct str s, int64_t *seconds)
{
    struct part p[MAX_PARTS];
    s = str_trim(s);
    if (s.len > 64) {
        return false;
    }
    unsigned n = cut(s, p);
    int64_t year = 0;
    int64_t month = 0;
    int64_t day = 0;
    unsigned used = 3;
    if (n == 1 && (p[0].digits == 10 || p[0].digits == 13) && s.len == p[0].digits) {
        *seconds = p[0].digits == 13 ? p[0].number / 1000 : p[0].number;
        return true;
    }
    if (n >= 1 && p[0].digits == 8) { // 20180917
        year = p[0].number / 10000;
        month = p[0].number / 100 % 100;
        day = p[0].number % 100;
        used = 1;
    } else if (n >= 3 && p[0].digits == 4 && p[1].digits && p[1].digits <= 2 && p[2].digits &&
               p[2].digits <= 2) {
        year = p[0].number; // 2018-09-17
        month = p[1].number;
        day = p[2].number;
    } else if (n >= 3 && p[0].digits == 0 && p[1].digits && p[1].digits <= 2 && p[2].digits == 4) {
        month = p[0].number; // September 17, 2018
        day = p[1].number;
        year = p[2].number;
    } else if (n >= 3 && p[0].digits && p[0].digits <= 2 && p[1].digits == 0 && p[2].digits == 4) {
        day = p[0].number; // 17 Sep 2018
        month = p[1].number;
        year = p[2].number;
    }
    if (!valid(year, month, day)) {
        return false;
    }
    *seconds = days_from(year, month, day) * 86400 + time_of(p + used, n - used, s);
    return true;
}
