/* The keys of "path=value" texts, by which two of them set the same. */
#ifndef BAOGAN_SCENARIO_OVERRIDE_KEYS
#define BAOGAN_SCENARIO_OVERRIDE_KEYS

#include "scenario/arena.h"

/* The key of such a text by the catalogue's names, whatever the language it is written in. NULL when out of memory. */
const char *bg_override_key(bg_arena *arena, const char *text);
/* The first text that sets what one before it, *first, sets already; `count` where there is none. */
size_t bg_overrides_same(const char *const *texts, size_t count, size_t *first);

#endif
