// fuzz_wet.c - any bytes, plain or packed, read as WET.
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(data, len, COPYDESK_FORMAT_WET, 16 << 20);
    fuzz_read(data, len, COPYDESK_FORMAT_WET, 40);
    return 0;
}
