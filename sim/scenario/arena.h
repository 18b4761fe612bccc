/* Memory that is released all at once: the nodes and texts of one scenario. */
#ifndef BAOGAN_SCENARIO_ARENA
#define BAOGAN_SCENARIO_ARENA

#include <stdbool.h>
#include <stddef.h>

typedef struct bg_arena {
    struct bg_arena_block *last;
    bool exhausted; /* an allocation has failed; stays set */
} bg_arena;

void bg_arena_free(bg_arena *self);
/* Zeroed memory aligned for any object, or NULL. */
void *bg_arena_get(bg_arena *self, size_t size);
char *bg_arena_copy(bg_arena *self, const char *text, size_t length);
char *bg_arena_text(bg_arena *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
