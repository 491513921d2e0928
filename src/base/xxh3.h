/*
 * xxh3.h - XXH3 at the speed of the processor. The library chooses among its own kernels by what the processor
 * has where it was built to do so (HAVE_XXH_DISPATCH); the hashes are the same.
 */
#pragma once

#include <xxhash.h>
#if defined(HAVE_XXH_DISPATCH)
#include <xxh_x86dispatch.h>
#endif
