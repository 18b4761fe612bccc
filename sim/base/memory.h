/* What programs and large arrays ask of the system beside malloc. */
#ifndef BAOGAN_BASE_MEMORY
#define BAOGAN_BASE_MEMORY

#include <stddef.h>

/* Uninitialised memory for `size` > 0 bytes, NULL when there is none; free() frees it. Where it is large the
 * kernel is asked for large pages: the first touch of a page costs more than what is written into it. */
void *bg_memory_large(size_t size);

/* Lets malloc keep what is freed for what is allocated next: giving memory back to the system and asking for
 * it again takes longer than a small projection. For the whole process; only its main should decide that. */
void bg_memory_keep(void);

#endif
