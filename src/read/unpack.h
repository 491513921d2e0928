/*
 * unpack.h - a descriptor read front to back, unpacked on the way when its first bytes say gzip or zstd.
 */
#pragma once

#include "base/error.h"

struct unpacker;

enum unpack_kind { UNPACK_NONE, UNPACK_GZIP, UNPACK_ZSTD };

/* By the first bytes of a file (4 are enough). */
enum unpack_kind unpack_sniff(const void *first, size_t len);

/* fd stays the caller's; `name` is for messages and must outlive the unpacker. */
int unpacker_new(struct unpacker **u, int fd, const char *name, struct copydesk_error *error);
void unpacker_free(struct unpacker *u);

/*
 * Up to len unpacked bytes; *got < len only at the end. Damaged packed data end there too: ask
 * unpacker_damage(). Failure means that the file could not be read or memory is short.
 */
int unpacker_read(struct unpacker *u, void *out, size_t len, size_t *got, struct copydesk_error *error);
/* NULL, or a fixed sentence: why the data ended early. */
const char *unpacker_damage(const struct unpacker *u);
enum unpack_kind unpacker_kind(const struct unpacker *u);
