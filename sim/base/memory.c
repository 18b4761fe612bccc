/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): for madvise */
#define _DEFAULT_SOURCE
#include "base/memory.h"

#include <stdlib.h>
#include <sys/mman.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* Of Linux on x86-64; elsewhere the request is another one, or none. */
enum { LARGE_PAGE = 1 << 21 };

void *bg_memory_large(size_t size)
{
    if (size < (size_t)2 * LARGE_PAGE) {
        return malloc(size);
    }
    void *memory = NULL;
    if (posix_memalign(&memory, LARGE_PAGE, size)) {
        return NULL;
    }
#ifdef MADV_HUGEPAGE
    /* A kernel that has none to give maps small pages: nothing depends on the answer. */
    (void)madvise(memory, size, MADV_HUGEPAGE);
#endif
    return memory;
}

void bg_memory_keep(void)
{
#ifdef __GLIBC__
    /* Larger pieces are mapped and unmapped one by one; 32 MB is the most that glibc takes there. */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}
