// error.c - filling in struct copydesk_error. Contracts in error.h.

#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static int fill(struct copydesk_error *error, enum copydesk_status status, const char *file, uint64_t line,
                uint64_t offset, const char *format, va_list args) __attribute__((format(printf, 6, 0)));

static int fill(struct copydesk_error *error, enum copydesk_status status, const char *file, uint64_t line,
                uint64_t offset, const char *format, va_list args)
{
    if (error) {
        *error = (struct copydesk_error){.status = status, .line = line, .offset = offset};
        snprintf(error->file, sizeof error->file, "%s", file ? file : "");
        vsnprintf(error->message, sizeof error->message, format, args);
    }
    return status;
}

int error_set(struct copydesk_error *error, enum copydesk_status status, const char *file, const char *format,
              ...)
{
    va_list args;
    va_start(args, format);
    fill(error, status, file, 0, 0, format, args);
    va_end(args);
    return status;
}

int error_set_at(struct copydesk_error *error, enum copydesk_status status, const char *file, uint64_t line,
                 uint64_t offset, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fill(error, status, file, line, offset, format, args);
    va_end(args);
    return status;
}

int error_memory(struct copydesk_error *error)
{
    return error_set(error, COPYDESK_ERR_MEMORY, NULL, "out of memory");
}
