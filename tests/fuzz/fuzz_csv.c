// fuzz_csv.c - any bytes, plain or packed, read as CSV.
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_read(data, len, COPYDESK_FORMAT_CSV, 16 << 20);
    fuzz_read(data, len, COPYDESK_FORMAT_CSV, 40);
    return 0;
}
