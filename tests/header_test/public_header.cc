// The public header, used from C++: it must compile and its functions must have C names.
#include "copydesk.h"

const char *header_test_version()
{
    return copydesk_version();
}
