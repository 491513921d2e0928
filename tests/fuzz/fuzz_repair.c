// fuzz_repair.c - any bytes: the promises of every repair (../property/repair_check.h); a vocabulary as
// input.
#include "../property/repair_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct checker c; // repairers are kept: making one takes longer than a repair
    struct vocabulary *v = NULL;
    const char *text = size ? (const char *)data : "";
    check_that(vocabulary_read(&v, (struct str){text, size}) < 0 || v);
    vocabulary_free(v);
    v = vocabulary_new(1);
    check_that(v);
    vocabulary_add(v, (struct str){text, size});
    if (!c.repairers[0]) {
        checker_begin(&c);
    }
    check_repair(&c, text, size, COPYDESK_FIELD_TEXT, NULL);
    check_repair(&c, text, size, COPYDESK_FIELD_TITLE, v);
    vocabulary_free(v);
    return 0;
}
