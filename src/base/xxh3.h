/*
 * xxh3.h - XXH3 at the speed of the processor: where the library was built with several kernels
 * (HAVE_XXH_DISPATCH), it takes that of the processor at hand. The hashes are the same.
 */
#pragma once

#include <xxhash.h>
#if defined(HAVE_XXH_DISPATCH)
#include <xxh_x86dispatch.h>
#endif
