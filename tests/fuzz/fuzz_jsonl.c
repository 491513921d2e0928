// fuzz_jsonl.c - any bytes, plain or packed, read as JSONL.
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(data, len, COPYDESK_FORMAT_JSONL, 16 << 20);
    fuzz_read(data, len, COPYDESK_FORMAT_JSONL, 40);
    return 0;
}
