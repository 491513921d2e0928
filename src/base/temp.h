/*
 * temp.h - unnamed temporary files: what does not fit in memory goes here.
 *
 * The file is unlinked as soon as it is open, so nothing stays behind however the process ends. Offsets are
 * chosen by the caller; reads and writes at different offsets may run in several threads.
 */
#pragma once

#include "base/error.h"

/* A new empty file in dir, or COPYDESK_ERR_IO with what to do. */
int temp_open(const char *dir, int *fd, struct copydesk_error *error);
/* Whole ranges or an error; a short read is an error. */
int temp_write(int fd, const void *data, size_t len, uint64_t offset, struct copydesk_error *error);
int temp_read(int fd, void *data, size_t len, uint64_t offset, struct copydesk_error *error);
/* fd < 0 is fine. */
void temp_close(int fd);
