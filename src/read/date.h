/*
 * date.h - publication dates as corpora have them, to seconds since 1970.
 */
#pragma once

#include "base/str.h"

/*
 * True and *seconds (UTC) when the string holds a date: ISO 8601 (date, or date and time with offset),
 * `20180917`, RFC 2822 (`Mon, 17 Sep 2018 08:30:00 +0200`), `September 17, 2018`, `17 Sep 2018`,
 * `17-SEP-2018`, `2018/09/17`, seconds or milliseconds since 1970. Forms whose day and month cannot be told
 * apart (`9/6/17`) count as no date, and so do years before 1600 and after 9999: a wrong order is worse than
 * none.
 */
bool date_parse(struct str s, int64_t *seconds);
