/* What somebody may have meant. */
#ifndef BAOGAN_BASE_NEAREST
#define BAOGAN_BASE_NEAREST

#include <stddef.h>

/* The candidate nearest to `word` in edits, or NULL if none is near. */
const char *bg_nearest(const char *word, const char *const *candidates, size_t count);

#endif
