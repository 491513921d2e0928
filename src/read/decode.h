/*
 * decode.h - room 2: bytes of any charset to UTF-8.
 *
 * Valid UTF-8 stays as it is. Other bytes are taken to be: what a BOM says, else the declared charset, else
 * damaged UTF-8 when most of the text is good UTF-8, else what uchardet finds, else windows-1252. Labels mean
 * what the WHATWG encoding standard says (iso-8859-1 and ascii are windows-1252, gb2312 is gb18030, ...). A
 * byte without meaning becomes U+FFFD, so the result is always valid UTF-8.
 */
#pragma once

#include "base/error.h"
#include "base/str.h"

/* Charsets in which ASCII is not ASCII: a file in one of them is converted before it is cut into records. */
enum decode_wide {
    DECODE_NARROW,
    DECODE_UTF16LE,
    DECODE_UTF16BE,
    DECODE_UTF32LE,
    DECODE_UTF32BE,
};

struct decoder; /* of one thread */

/* `declared`: a charset label or NULL. COPYDESK_ERR_OPTION when nobody knows the label. */
int decoder_new(struct decoder **d, const char *declared, struct copydesk_error *error);
void decoder_free(struct decoder *d);

/* Appends the bytes as UTF-8. A UTF-8 BOM stays where it is. */
int decoder_convert(struct decoder *d, struct str bytes, struct buf *out, struct copydesk_error *error);

/*
 * How wide the characters of a file are, by its first bytes: a BOM, else two ASCII characters in UTF-16, else
 * `declared` where the bytes do not speak against it. *bom_len is the length of the BOM, that of UTF-8
 * included.
 */
enum decode_wide decode_sniff(struct str first, const char *declared, size_t *bom_len);

/*
 * Converts a piece of a UTF-16 or UTF-32 stream; state: up to 8 bytes that wait for their other half,
 * all-zero at the start. With last = true they come out as U+FFFD.
 */
struct decode_stream {
    enum decode_wide wide;
    uint8_t waiting[8];
    size_t n_waiting;
};

void decode_stream_add(struct decode_stream *s, struct str piece, bool last, struct buf *out);
