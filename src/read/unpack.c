/*
 * unpack.c - gzip and zstd, known by their first bytes, never by the file name.
 *
 * In:  a descriptor. Out: unpacked bytes; at damage, the bytes before it and a sentence.
 *
 * gzip: ISA-L, which inflates at two to three times the speed of zlib and checks CRC and length of every
 * member. Members may follow each other without limit (web archives pack each record by itself). Zero bytes
 * behind a member are padding, as gzip(1) sees it; anything else there is damage. zstd: frames, skippable
 * ones too, may follow each other; a checksum is checked where the frame has one.
 *
 * The gzip wrapper is parsed by ISA-L as well. Its state is reset between members, input and bit buffer
 * included: at the end of a member it has handed unused input back.
 *
 * Limits: zstd frames that need a window over 128 MiB (made with --long=28 and more) are refused, as by zstd
 * itself, so that a small file cannot take gigabytes of memory.
 */
#include "read/unpack.h"

#include "base/file.h"
#include "base/mem.h"

#include <isa-l/igzip_lib.h>
#include <string.h>
#include <zstd.h>
#include <zstd_errors.h>

#define INPUT_BYTES       (256 * 1024)
#define GZIP_HEADER_BYTES 10

struct unpacker {
    int fd;
    const char *name;
    enum unpack_kind kind;
    const char *damage;
    bool input_ended; // the file has no more bytes than those in input
    bool between;     // at the border of two members or frames
    bool ended;
    struct inflate_state *gzip;
    ZSTD_DStream *zstd;
    uint8_t *input;
    size_t pos, len;
};

enum unpack_kind unpack_sniff(const void *first, size_t len)
{
    const uint8_t *p = first;
    uint32_t magic;

    if (len >= 2 && p[0] == 0x1f && p[1] == 0x8b) {
        return UNPACK_GZIP;
    }
    if (len < 4) {
        return UNPACK_NONE;
    }
    magic = (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
    return magic == ZSTD_MAGICNUMBER || (magic & ZSTD_MAGIC_SKIPPABLE_MASK) == ZSTD_MAGIC_SKIPPABLE_START
               ? UNPACK_ZSTD
               : UNPACK_NONE;
}

static int refill(struct unpacker *u, struct copydesk_error *error)
{
    size_t got = 0;
    int status;

    memmove(u->input, u->input + u->pos, u->len - u->pos);
    u->len -= u->pos;
    u->pos = 0;
    status = file_read(u->fd, u->input + u->len, INPUT_BYTES - u->len, &got, u->name, error);
    u->input_ended = u->len + got < INPUT_BYTES;
    u->len += got;
    return status;
}

int unpacker_new(struct unpacker **unpacker, int fd, const char *name, struct copydesk_error *error)
{
    struct unpacker *u = mem_zalloc(1, sizeof(*u));
    int status = COPYDESK_OK;

    *unpacker = NULL;
    if (!u) {
        return error_memory(error);
    }
    u->fd = fd;
    u->name = name;
    u->between = true;
    u->input = mem_alloc(INPUT_BYTES, 1);
    status = u->input ? refill(u, error) : error_memory(error);
    if (status != COPYDESK_OK) {
        goto fail;
    }
    u->kind = unpack_sniff(u->input, u->len);
    if (u->kind == UNPACK_GZIP) {
        u->gzip = mem_zalloc(1, sizeof(*u->gzip));
    } else if (u->kind == UNPACK_ZSTD) {
        u->zstd = ZSTD_createDStream();
    }
    if ((u->kind == UNPACK_GZIP && !u->gzip) || (u->kind == UNPACK_ZSTD && !u->zstd)) {
        status = error_memory(error);
        goto fail;
    }
    *unpacker = u;
    return COPYDESK_OK;
fail:
    unpacker_free(u);
    return status;
}

void unpacker_free(struct unpacker *u)
{
    if (!u) {
        return;
    }
    ZSTD_freeDStream(u->zstd);
    mem_free(u->gzip);
    mem_free(u->input);
    mem_free(u);
}

const char *unpacker_damage(const struct unpacker *u)
{
    return u->damage;
}

enum unpack_kind unpacker_kind(const struct unpacker *u)
{
    return u->kind;
}

static void damaged(struct unpacker *u, const char *reason)
{
    u->damage = reason;
    u->ended = true;
}

static void read_plain(struct unpacker *u, uint8_t *out, size_t len, size_t *got)
{
    size_t n = u->len - u->pos < len ? u->len - u->pos : len;

    memcpy(out, u->input + u->pos, n);
    u->pos += n;
    *got = n;
    u->ended = u->pos == u->len && u->input_ended;
}

// Between members: the next one, padding, the end, or something that does not belong there.
static void begin_member(struct unpacker *u)
{
    const uint8_t *p = u->input + u->pos;
    size_t n = u->len - u->pos;

    if (n == 0) {
        u->ended = u->input_ended;
        return;
    }
    if (p[0] == 0) {
        while (u->pos < u->len && u->input[u->pos] == 0) {
            u->pos++;
        }
        return;
    }
    if (n < GZIP_HEADER_BYTES && !u->input_ended) {
        return;
    }
    if (n == 1 ? p[0] != 0x1f : unpack_sniff(p, n) != UNPACK_GZIP) {
        damaged(u, "bytes that are no gzip data follow the gzip data");
        return;
    }
    isal_inflate_init(u->gzip);
    u->gzip->crc_flag = ISAL_GZIP;
    u->between = false;
}

static void read_gzip(struct unpacker *u, uint8_t *out, size_t len, size_t *got)
{
    int result;

    if (u->between) {
        begin_member(u);
        if (u->between) {
            return;
        }
    }
    u->gzip->next_in = u->input + u->pos;
    u->gzip->avail_in = (uint32_t)(u->len - u->pos);
    u->gzip->next_out = out;
    u->gzip->avail_out = (uint32_t)len;
    result = isal_inflate(u->gzip);
    *got = len - u->gzip->avail_out;
    u->pos = u->len - u->gzip->avail_in;
    if (result < 0 || result == ISAL_NEED_DICT) {
        damaged(u, result == ISAL_INCORRECT_CHECKSUM ? "the gzip data are damaged: wrong checksum"
                                                     : "the gzip data are damaged");
    } else if (u->gzip->block_state == ISAL_BLOCK_FINISH) {
        u->between = true;
    } else if (*got < len && u->pos == u->len && u->input_ended) {
        damaged(u, "the gzip data are cut off");
    }
}

static void read_zstd(struct unpacker *u, uint8_t *out, size_t len, size_t *got)
{
    ZSTD_inBuffer in = {u->input, u->len, u->pos};
    ZSTD_outBuffer to = {out, len, 0};
    size_t result;

    if (u->between && u->pos == u->len) {
        u->ended = u->input_ended;
        return;
    }
    result = ZSTD_decompressStream(u->zstd, &to, &in);
    *got = to.pos;
    if (ZSTD_isError(result)) {
        ZSTD_ErrorCode code = ZSTD_getErrorCode(result);
        damaged(u, code == ZSTD_error_prefix_unknown && u->between
                       ? "bytes that are no zstd data follow the zstd data"
                   : code == ZSTD_error_frameParameter_windowTooLarge
                       ? "the zstd data need a window over 128 MiB; unpack them with zstd -d --long=31 first"
                       : "the zstd data are damaged");
        u->pos = in.pos;
        return;
    }
    u->between = result == 0;
    if (to.pos < len && in.pos == u->len && u->input_ended) {
        u->ended = true;
        if (!u->between) {
            damaged(u, "the zstd data are cut off");
        }
    }
    u->pos = in.pos;
}

int unpacker_read(struct unpacker *u, void *out, size_t len, size_t *got, struct copydesk_error *error)
{
    size_t piece;
    size_t before;
    bool was_between;
    int status;

    *got = 0;
    while (*got < len && !u->ended) {
        // A header must stand in the buffer as a whole, so a few bytes are not enough.
        if (!u->input_ended && u->len - u->pos < GZIP_HEADER_BYTES) {
            status = refill(u, error);
            if (status != COPYDESK_OK) {
                return status;
            }
        }
        before = u->pos;
        was_between = u->between;
        piece = 0;
        if (u->kind == UNPACK_GZIP) {
            read_gzip(u, (uint8_t *)out + *got, len - *got, &piece);
        } else if (u->kind == UNPACK_ZSTD) {
            read_zstd(u, (uint8_t *)out + *got, len - *got, &piece);
        } else {
            read_plain(u, (uint8_t *)out + *got, len - *got, &piece);
        }
        *got += piece;
        if (piece == 0 && u->pos == before && u->between == was_between && !u->ended && u->input_ended) {
            damaged(u, "the packed data are damaged");
        }
    }
    return COPYDESK_OK;
}
