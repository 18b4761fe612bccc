#include "rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

typedef struct script {
    const uint32_t *words;
    size_t n, next;
} script;

static uint32_t replay(void *state)
{
    script *self = state;
    assert_true(self->next < self->n);
    return self->words[self->next++];
}

static bg_rng *with_state(bg_rng rng)
{
    bg_rng *self = malloc(sizeof *self);
    assert_non_null(self);
    assert_non_null(rng.state);
    *self = rng;
    return self;
}

bg_rng *scripted_rng(const uint32_t *words, size_t n)
{
    script *state = malloc(sizeof *state);
    assert_non_null(state);
    *state = (script){.words = words, .n = n};
    return with_state((bg_rng){.word = replay, .state = state});
}

size_t scripted_rng_left(const bg_rng *rng)
{
    const script *self = rng->state;
    return self->n - self->next;
}

bg_rng *seeded_rng(uint64_t seed)
{
    bg_stream *state = malloc(sizeof *state);
    assert_non_null(state);
    bg_stream_select(state, seed, 1, bg_stream_key("test"));
    return with_state(bg_stream_rng(state));
}

void rng_free(bg_rng *rng)
{
    free(rng->state);
    free(rng);
}
