// fuzz_profile.c - any bytes as a saved profile: refused, or handed to stages that take any bytes.
#include "page/page.h"
#include "profile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write_nothing(const void *state, struct buf *out)
{
    (void)state;
    (void)out;
}

static int merge_pages(void *state, struct str data, struct copydesk_error *error)
{
    return page_stats_read(state, data, error);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct page_stats *stats = page_stats_new();
    struct profile_section section = {"page endings", stats, write_nothing, merge_pages};
    struct copydesk_error error;
    uint64_t articles = 0;
    char *file = malloc(size ? size : 1);
    if (!file || !stats) {
        abort();
    }
    if (size) {
        memcpy(file, data, size);
    }
    int status = profile_parse((struct str){file, size}, "fuzz", &section, 1, &articles, &error);
    if (status != COPYDESK_OK && (status != COPYDESK_ERR_INPUT || articles != 0)) {
        abort();
    }
    // Past the checksum of the container the stage has to stand any bytes too.
    merge_pages(stats, (struct str){file, size}, &error);
    page_stats_free(stats);
    free(file);
    return 0;
}
