/*
 * error.h - filling in struct copydesk_error, once, at the point of failure.
 *
 *     return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
 *
 * Callers pass the error up unchanged. `error` may be NULL. The value returned is the status.
 */
#pragma once

#include "copydesk.h"

int error_set(struct copydesk_error *error, enum copydesk_status status, const char *file, const char *format,
              ...) __attribute__((format(printf, 4, 5)));
int error_set_at(struct copydesk_error *error, enum copydesk_status status, const char *file, uint64_t line,
                 uint64_t offset, const char *format, ...) __attribute__((format(printf, 6, 7)));
/* COPYDESK_ERR_MEMORY with a standard sentence. */
int error_memory(struct copydesk_error *error);
