// mem.c - allocation, the only place that calls the C library for it. Contracts in mem.h.
//
// mem_map() serves the arrays that grow to hundreds of megabytes. They are mapped rather than malloc'ed so
// that they go back to the system at once when freed, and are backed by huge pages where the kernel gives
// them: touching fresh memory page by page costs more than filling it.

#include "base/mem.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

enum { HUGE_PAGE_BYTES = 2 << 20 };

static _Atomic uint64_t allocations_left = UINT64_MAX;

void mem_fail_after(uint64_t n)
{
    atomic_store(&allocations_left, n);
}

static bool refused(void)
{
    uint64_t left = atomic_load_explicit(&allocations_left, memory_order_relaxed);
    if (left == UINT64_MAX) {
        return false;
    }
    while (left > 0) {
        if (atomic_compare_exchange_weak(&allocations_left, &left, left - 1)) {
            return false;
        }
    }
    return true;
}

void *mem_alloc(size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || refused()) {
        return NULL;
    }
    return malloc(bytes ? bytes : 1);
}

void *mem_zalloc(size_t count, size_t size)
{
    if (refused()) {
        return NULL;
    }
    return calloc(count ? count : 1, size ? size : 1);
}

void *mem_realloc(void *old, size_t count, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || refused()) {
        return NULL;
    }
    return realloc(old, bytes ? bytes : 1);
}

void mem_free(void *block)
{
    free(block);
}

void *mem_map(size_t bytes)
{
    // A huge page has to start at a multiple of its size: map so much more, and give back what is not needed.
    size_t spare = bytes >= HUGE_PAGE_BYTES ? HUGE_PAGE_BYTES : 0;
    if (bytes > SIZE_MAX - spare || refused()) {
        return NULL;
    }
    char *block = mmap(NULL, bytes + spare, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (block == MAP_FAILED) {
        return NULL;
    }
    if (spare) {
        size_t before = -(uintptr_t)block & (HUGE_PAGE_BYTES - 1);
        size_t end = (bytes + 4095) & ~(size_t)4095;
        if (before) {
            munmap(block, before);
        }
        block += before;
        if (spare - before > end - bytes) {
            munmap(block + end, bytes + spare - before - end);
        }
        madvise(block, bytes, MADV_HUGEPAGE); // advice only: without it the memory is slower, not wrong
    }
    return block;
}

void mem_unmap(void *block, size_t bytes)
{
    if (block) {
        munmap(block, bytes);
    }
}

void mem_trim(void)
{
#ifdef __GLIBC__
    malloc_trim(0); // other allocators do so by themselves, or not at all
#endif
}

bool mem_grow(void **array, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) {
        return true;
    }
    size_t wanted = *cap + *cap / 2;
    wanted = wanted < need ? need : wanted;
    wanted = wanted < 16 ? 16 : wanted;
    void *grown = mem_realloc(*array, wanted, size);
    if (!grown) {
        return false;
    }
    *array = grown;
    *cap = wanted;
    return true;
}

struct arena_block {
    struct arena_block *next;
    uint64_t data[]; // 8-aligned
};

enum { ARENA_BLOCK_BYTES = 64 * 1024 };

void *arena_alloc(struct arena *a, size_t bytes)
{
    if (a->failed || bytes > SIZE_MAX / 2) {
        a->failed = true;
        return NULL;
    }
    bytes = (bytes + 7) & ~(size_t)7;
    if (!a->blocks || a->cap - a->used < bytes) {
        size_t cap = bytes > ARENA_BLOCK_BYTES ? bytes : ARENA_BLOCK_BYTES;
        struct arena_block *block = mem_alloc(1, sizeof *block + cap);
        if (!block) {
            a->failed = true;
            return NULL;
        }
        block->next = a->blocks;
        a->blocks = block;
        a->used = 0;
        a->cap = cap;
    }
    void *out = (char *)a->blocks->data + a->used;
    a->used += bytes;
    return out;
}

char *arena_copy(struct arena *a, const void *data, size_t len)
{
    char *out = arena_alloc(a, len);
    if (out && len) {
        memcpy(out, data, len);
    }
    return out;
}

void arena_release(struct arena *a)
{
    struct arena_block *block = a->blocks;
    while (block) {
        struct arena_block *next = block->next;
        mem_free(block);
        block = next;
    }
    *a = (struct arena){0};
}
