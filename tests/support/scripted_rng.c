#include "scripted_rng.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct script {
    const uint32_t *words;
    size_t n, next;
} script;

static void set(void *state, unsigned long seed)
{
    (void)seed;
    *(script *)state = (script){0};
}

static unsigned long get(void *state)
{
    script *self = state;
    assert_true(self->next < self->n);
    return self->words[self->next++];
}

static double get_double(void *state)
{
    return (double)get(state) / 0x1p32;
}

static const gsl_rng_type scripted = {
    .name = "scripted",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(script),
    .set = set,
    .get = get,
    .get_double = get_double,
};

gsl_rng *scripted_rng(const uint32_t *words, size_t n)
{
    gsl_rng *rng = gsl_rng_alloc(&scripted);
    assert_non_null(rng);
    *(script *)rng->state = (script){.words = words, .n = n};
    return rng;
}

size_t scripted_rng_left(const gsl_rng *rng)
{
    const script *self = rng->state;
    return self->n - self->next;
}
