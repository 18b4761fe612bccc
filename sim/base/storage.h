/* One allocation for many columns.
 *
 * A layout names each column of its owner once. It is called twice, first to count and then to hand out,
 * so that what is allocated and what is used cannot differ. */
#ifndef BAOGAN_BASE_STORAGE
#define BAOGAN_BASE_STORAGE

#include <stdbool.h>
#include <stddef.h>

#define BG_STORAGE_LINE 64 /* bytes; columns begin at a multiple, which vector loads like best */

typedef struct bg_storage {
    char *bytes; /* NULL while counting */
    size_t used;
    bool failed; /* the sizes do not fit */
} bg_storage;

typedef void bg_storage_layout(void *owner, bg_storage *storage);

/* The memory of all columns of the layout, zeroed; free() frees it. NULL when out of memory or the sizes do
 * not fit; the owner's columns are then NULL. */
void *bg_storage_make(void *owner, bg_storage_layout *layout);
/* For layouts: the next column, of n entries of `size` bytes; NULL while counting. */
void *bg_storage_column(bg_storage *self, size_t n, size_t size);

#endif
