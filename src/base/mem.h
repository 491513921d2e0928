/*
 * mem.h - the only calls to malloc, realloc and free in the library, and the arena.
 *
 * Sizes are overflow-checked here and nowhere else. Tests make the n-th allocation fail with
 * mem_fail_after().
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* NULL when memory is short or count * size overflows. mem_zalloc clears. */
void *mem_alloc(size_t count, size_t size);
void *mem_zalloc(size_t count, size_t size);
/* Keeps the old block valid when it fails. */
void *mem_realloc(void *old, size_t count, size_t size);
void mem_free(void *block);

/* Large arrays that are filled from front to back: mapped, with huge pages asked for; freed with mem_unmap.
 */
void *mem_map(size_t bytes);
void mem_unmap(void *block, size_t bytes);

/* Gives what was freed back to the system, as far as it can be. Takes milliseconds: between stages. */
void mem_trim(void);

/*
 * Grows *array (elements of `size` bytes) to hold at least `need` elements, by half at a time. false: out of
 * memory, array unchanged.
 */
bool mem_grow(void **array, size_t *cap, size_t need, size_t size);

/* Test hook: the (n+1)-th allocation from now fails, and all after it, until called with UINT64_MAX. */
void mem_fail_after(uint64_t n);

/* Arena: many small allocations, freed at once. All-zero is a valid empty arena. */
struct arena {
    struct arena_block *blocks;
    size_t used, cap; /* of the newest block */
    bool failed;      /* sticky */
};

/* 8-aligned, uninitialised; NULL when out of memory. */
void *arena_alloc(struct arena *a, size_t bytes);
char *arena_copy(struct arena *a, const void *data, size_t len);
void arena_release(struct arena *a);
