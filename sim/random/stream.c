#include <baogan/stream.h>

#include "random/philox.h"

#define WORDS 4 /* of a Philox block */

typedef struct stream {
    uint32_t key[2];
    uint32_t counter[4]; /* of the next block; word 0 counts the blocks */
    uint32_t block[WORDS];
    uint32_t next; /* word of the block that is drawn next; WORDS: none is left */
} stream;

uint64_t bg_stream_key(const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a offset basis and prime, 64 bits */
    for (const char *byte = name; *byte; byte++) {
        hash = (hash ^ (unsigned char)*byte) * UINT64_C(0x100000001b3);
    }
    return hash;
}

static void point(stream *self, uint64_t seed, uint32_t replication, uint64_t key)
{
    *self = (stream){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, replication, (uint32_t)key, (uint32_t)(key >> 32)},
        .next = WORDS,
    };
}

static uint32_t next_word(stream *self)
{
    if (self->next == WORDS) {
        bg_philox(self->counter, self->key, self->block);
        self->counter[0]++;
        self->next = 0;
    }
    return self->block[self->next++];
}

static void set(void *state, unsigned long seed)
{
    point(state, seed, 0, 0);
}

static unsigned long get(void *state)
{
    return next_word(state);
}

static double get_double(void *state)
{
    return next_word(state) / 4294967296.0;
}

static const gsl_rng_type philox_type = {
    .name = "philox4x32-10",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(stream),
    .set = set,
    .get = get,
    .get_double = get_double,
};
const gsl_rng_type *const bg_stream_type = &philox_type;

void bg_stream_select(gsl_rng *rng, uint64_t seed, uint32_t replication, uint64_t key)
{
    point(rng->state, seed, replication, key);
}
