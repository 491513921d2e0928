/*
 * kernel.h - the scan of repair/scan_x86.c, written once for both widths of vector; included there
 * twice.
 *
 * The including file defines TARGET, NAME(x), VECTOR, BITS (what a comparison gives), LOAD(p), LOWER(v)
 * (letters of ASCII to lower case), PLACES(bits) (a bit for each byte), HIGH(v) (bytes beyond ASCII), and
 * NAME(is), NAME(in). There is no guard: a second inclusion is the point.
 */
#ifdef TARGET

// Characters of two bytes.
TARGET static inline BITS NAME(twos)(VECTOR a, VECTOR b, VECTOR c, VECTOR d)
{
    BITS sign = NAME(is)(c, 0xc2) | NAME(is)(c, 0xe2);
    BITS foreign = NAME(in)(c, 0xc2, 0xff);
    BITS found = NAME(in)(a, 0xc3, 0xdb) & sign;
    found |=
        NAME(is)(a, 0xc2) & (NAME(in)(b, 0x80, 0x9f) | NAME(is)(b, 0xad) | (NAME(is)(b, 0xac) & foreign));
    found |= NAME(in)(a, 0xc3, 0xc5) & (NAME(in)(c, 0xc4, 0xc6) | NAME(is)(c, 0xcb));
    found |= foreign & NAME(is)(a, 0xc3) & NAME(is)(b, 0xbf);
    found |= foreign & NAME(is)(a, 0xc5) & (NAME(in)(b, 0x92, 0x93) | NAME(is)(b, 0xb8));
    found |= foreign & NAME(is)(a, 0xc6) & NAME(is)(b, 0x92);
    found |= ((NAME(is)(a, 0xc3) & NAME(is)(b, 0x94)) | (NAME(is)(a, 0xce) & NAME(is)(b, 0x93))) &
             NAME(is)(c, 0xc3) & NAME(is)(d, 0x87);
    found |= NAME(is)(a, 0xc3) & NAME(is)(b, 0x83) & NAME(is)(c, ' ');
    found |= NAME(is)(a, 0xcc) | (NAME(is)(a, 0xcd) & NAME(in)(b, 0x80, 0xaf));
    found |= NAME(is)(a, 0xd0) & NAME(in)(b, 0x90, 0xaf) & NAME(is)(c, 0xd1) & NAME(in)(d, 0x90, 0x9f);
    found |= NAME(in)(a, 0xd0, 0xd1) & NAME(is)(c, 0xd0) & NAME(in)(d, 0x80, 0x8f);
    found |= NAME(is)(a, 0xd0) & NAME(is)(c, 0xd2) & NAME(in)(d, 0x90, 0x91);
    return found | (NAME(is)(a, 0xd9) & NAME(in)(b, 0x93, 0x95));
}

// Characters of three.
TARGET static inline BITS NAME(threes)(VECTOR a, VECTOR b, VECTOR c, VECTOR d)
{
    BITS foreign = NAME(in)(d, 0xc2, 0xff);
    BITS unseen = NAME(is)(b, 0x80) & (NAME(in)(c, 0x8b, 0x8f) | NAME(in)(c, 0xa8, 0xae));
    unseen |= NAME(is)(b, 0x80) & (NAME(in)(c, 0x93, 0x94) | NAME(is)(c, 0x9a)) & NAME(in)(d, 0xc3, 0xff);
    unseen |= NAME(is)(b, 0x81) & NAME(in)(c, 0xa0, 0xaf);
    unseen |= (NAME(in)(b, 0x88, 0x89) | NAME(in)(b, 0x94, 0x95) | NAME(is)(b, 0x97)) & foreign;
    BITS found = NAME(is)(a, 0xe2) & unseen;
    found |= NAME(is)(a, 0xe0) & (NAME(is)(d, 0xc2) | NAME(is)(d, 0xe2));
    found |= NAME(is)(a, 0xe1) & NAME(in)(b, 0x84, 0x87);
    found |= NAME(is)(a, 0xe3) & NAME(is)(b, 0x82) & NAME(in)(c, 0x99, 0x9a);
    return found | (NAME(is)(a, 0xef) & ((NAME(is)(b, 0xbb) & NAME(is)(c, 0xbf)) |
                                         (NAME(is)(b, 0xbf) & NAME(in)(c, 0xb9, 0xff))));
}

TARGET static inline uint64_t NAME(scan)(const uint8_t *p)
{
    VECTOR a = LOAD(p);
    VECTOR b = LOAD(p + 1);
    BITS letter = NAME(in)(LOWER(b), 'a', 'z');
    BITS found = NAME(in)(a, 0, 0x1f) & ~NAME(in)(a, 9, 10);
    found |= NAME(is)(a, 0x7f) | (NAME(is)(a, '&') & (letter | NAME(is)(b, '#')));
    found |= NAME(is)(a, '<') & (letter | NAME(is)(b, '/') | NAME(is)(b, '!') | NAME(is)(b, '?'));
    if (HIGH(a)) {
        VECTOR c = LOAD(p + 2);
        VECTOR d = LOAD(p + 3);
        if (PLACES(NAME(in)(a, 0xc2, 0xdb))) {
            found |= NAME(twos)(a, b, c, d);
        }
        if (PLACES(NAME(in)(a, 0xe0, 0xe3) | NAME(is)(a, 0xef))) {
            found |= NAME(threes)(a, b, c, d);
        }
    }
    return PLACES(found);
}

TARGET size_t NAME(repair_scan)(const uint8_t *text, size_t len, size_t from, uint64_t *mask)
{
    for (size_t at = from; at < len; at += REPAIR_BLOCK) {
        uint8_t last[REPAIR_BLOCK + 8];
        const uint8_t *p = text + at;
        size_t left = len - at;
        if (left < REPAIR_BLOCK + REPAIR_BEYOND) {
            memset(last, ' ', sizeof last);
            memcpy(last, p, left);
            p = last;
        }
        uint64_t found = NAME(scan)(p);
        if (sizeof(VECTOR) < REPAIR_BLOCK) {
            found |= NAME(scan)(p + REPAIR_BLOCK / 2) << REPAIR_BLOCK / 2;
        }
        found &= left < REPAIR_BLOCK ? ((uint64_t)1 << left) - 1 : UINT64_MAX;
        if (found) {
            *mask = found;
            return at;
        }
    }
    *mask = 0;
    return len;
}

#endif
