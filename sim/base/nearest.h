/* What somebody may have meant. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

/* The candidate nearest to `word` in edits, or NULL if none is near. */
const char *bg_nearest(const char *word, const char *const *candidates, size_t count);

#endif
