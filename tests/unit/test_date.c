// test_date.c - publication dates: the forms that are read, the forms that are not, and their order.
#include "test.h"

#include "read/date.h"

#include <time.h>

enum { DAY = 1537142400 }; // 2018-09-17T00:00:00Z

static void reads(void **state)
{
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"2018-09-17", DAY},
        {"2018-9-17", DAY},
        {"2018/09/17", DAY},
        {"20180917", DAY},
        {"  2018-09-17\n", DAY},
        {"2018-09-17T08:30:15Z", DAY + 30615},
        {"2018-09-17T08:30:15.250Z", DAY + 30615},
        {"2018-09-17T08:30Z", DAY + 30600},
        {"2018-09-17 08:30:15", DAY + 30615},
        {"2018-09-17T08:30:15+02:00", DAY + 30615 - 7200},
        {"2018-09-17T08:30:15.123456+02:00", DAY + 30615 - 7200},
        {"2018-09-17T08:30:15+0200", DAY + 30615 - 7200},
        {"2018-09-17T08:30:15+02", DAY + 30615 - 7200},
        {"2018-09-17T08:30:15-05:30", DAY + 30615 + 19800},
        {"2018-09-17T23:30:00-05:00", DAY + 84600 + 18000},
        {"2018-09-17T00:30:00+05:45", DAY + 1800 - 20700},
        {"Mon, 17 Sep 2018 08:30:00 +0200", DAY + 30600 - 7200},
        {"Mon, 17 Sep 2018 08:30:00 GMT", DAY + 30600},
        {"17 Sep 2018", DAY},
        {"17 September 2018", DAY},
        {"17 sept 2018", DAY},
        {"17-SEP-2018", DAY},
        {"17-Sep-2018 08:30", DAY + 30600},
        {"September 17, 2018", DAY},
        {"Sep. 17, 2018", DAY},
        {"September 17th, 2018", DAY},
        {"Monday, September 17, 2018", DAY},
        {"September 17, 2018 8:30 AM", DAY + 30600},
        {"September 17, 2018 8:30 pm", DAY + 30600 + 43200},
        {"September 17, 2018 12:05 PM", DAY + 43500},
        {"September 17, 2018 12:05 AM", DAY + 300},
        {"September 17, 2018 8:30 p.m. EDT", DAY + 30600 + 43200},
        {"September 17, 2018 12:05 America/Lima", DAY + 43500},
        {"September 17, 2018 8:30 Upmarket", DAY + 30600},
        {"1537142400", DAY},
        {"1537142400123", DAY},
        {" 1537142400 ", DAY},
        {"1970-01-01", 0},
        {"1969-12-31T23:59:59Z", -1},
        {"1600-01-01", -11676096000},
        {"9999-12-31", 253402214400},
        {"2000-02-29", 951782400},
        {"2016-02-29", 1456704000},
        {"2016-12-31T23:59:60Z", 1483228800}, // a leap second is the next one
        {"May 5, 2018", 1525478400},
        {"5 may 2018", 1525478400},
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t seconds = -99;
        if (!date_parse(str_of(cases[i].text), &seconds) || seconds != cases[i].seconds) {
            fail_msg("%s: %lld instead of %lld", cases[i].text, (long long)seconds,
                     (long long)cases[i].seconds);
        }
    }
}

static void refuses(void **state)
{
    static const char *const cases[] = {
        "",
        " ",
        "-",
        "9/6/17",
        "09/06/2017",
        "6.9.2017",
        "17-09-18",
        "17 Sep 18",
        "0001-11-30",
        "0000-00-00",
        "1599-12-31",
        "2018-13-45",
        "2018-00-10",
        "2018-10-00",
        "2018-04-31",
        "2018-09-31",
        "2018-02-30",
        "2018-02-29",
        "1900-02-29",
        "2018",
        "2018-09",
        "Sep 2018",
        "yesterday",
        "17 Set 2018",
        "20181301",
        "20180230",
        "12345678",
        "15371424000",
        "99999999999999999999",
        "null",
        "1537142400 x",
        "17 Mars 2018",
        "Mayor 17, 2018",
        "2018-09-17, and then far more words than a field that holds a date ever has",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t seconds = 0;
        if (date_parse(str_of(cases[i]), &seconds)) {
            fail_msg("%s is taken for %lld", cases[i], (long long)seconds);
        }
    }
    int64_t seconds;
    assert_false(date_parse((struct str){NULL, 0}, &seconds));
}

// A time or an offset that cannot be: the day counts, the rest does not.
static void nonsense_behind_the_day(void **state)
{
    static const char *const cases[] = {
        "2018-09-17T25:00:00Z",          "2018-09-17T08:60:00Z", "2018-09-17 99:99:99",
        "2018-09-17 08:123456789012345", "2018-09-17 12",        "2018-09-17, page 12",
    };
    (void)state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        int64_t seconds = 0;
        assert_true(date_parse(str_of(cases[i]), &seconds));
        if (seconds != DAY) {
            fail_msg("%s: %lld seconds off", cases[i], (long long)(seconds - DAY));
        }
    }
    int64_t seconds = 0;
    assert_true(date_parse(str_of("2018-09-17T08:30:00+530:00"), &seconds));
    assert_int_equal(seconds, DAY + 30600);
}

static void agrees_with_timegm(void **state)
{
    (void)state;
    for (int64_t day = -100000; day < 100000; day += 13) {
        time_t then = (time_t)(day * 86400 + 4 * 3600 + 5 * 60 + 6);
        struct tm tm;
        char text[64];
        int64_t seconds = 0;
        assert_non_null(gmtime_r(&then, &tm));
        assert_true(strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm) > 0);
        assert_true(date_parse(str_of(text), &seconds));
        assert_int_equal(seconds, then);
        assert_true(strftime(text, sizeof text, "%d %b %Y %H:%M:%S +0000", &tm) > 0);
        assert_true(date_parse(str_of(text), &seconds));
        assert_int_equal(seconds, then);
    }
}

static void offsets_decide_the_order(void **state)
{
    static const char *const ascending[] = {
        "2018-09-17T10:00:00+09:00", "2018-09-17T02:00:00Z",    "2018-09-17T04:30:00+02:00",
        "2018-09-16T23:00:00-05:00", "17 Sep 2018 00:30 -0500", "2018-09-17T06:00:00",
    };
    (void)state;
    int64_t last = INT64_MIN;
    for (size_t i = 0; i < COUNT_OF(ascending); i++) {
        int64_t seconds = 0;
        assert_true(date_parse(str_of(ascending[i]), &seconds));
        assert_true(seconds > last);
        last = seconds;
    }
}

// Any bytes: nothing is read beyond the end, and what is accepted lies between the years 1600 and 9999.
static void garbage(void **state)
{
    static const char alphabet[] = "0123456789--::/. TZ+,SepMayPm\xC3\0";
    uint64_t random = 3;
    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        size_t len = test_below(&random, 30);
        char *text = malloc(len + 1);
        int64_t seconds = 0;
        assert_non_null(text);
        for (size_t i = 0; i < len; i++) {
            text[i] = alphabet[test_below(&random, sizeof alphabet)];
        }
        if (date_parse((struct str){text, len}, &seconds)) {
            assert_true(seconds >= -11676096000 - 2 * 86400 && seconds <= 253402300800 + 2 * 86400);
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(refuses),
        cmocka_unit_test(nonsense_behind_the_day),
        cmocka_unit_test(agrees_with_timegm),
        cmocka_unit_test(offsets_decide_the_order),
        cmocka_unit_test(garbage),
    };
    return cmocka_run_group_tests_name("date", tests, NULL, NULL);
}
