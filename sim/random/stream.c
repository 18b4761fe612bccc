#include <baogan/stream.h>

#include "random/philox.h"

uint64_t bg_stream_key(const char *name)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a offset basis and prime, 64 bits */
    for (const char *byte = name; *byte; byte++) {
        hash = (hash ^ (unsigned char)*byte) * UINT64_C(0x100000001b3);
    }
    return hash;
}

void bg_stream_select(bg_stream *self, uint64_t seed, uint32_t replication, uint64_t key)
{
    *self = (bg_stream){
        .key = {(uint32_t)seed, (uint32_t)(seed >> 32)},
        .counter = {0, replication, (uint32_t)key, (uint32_t)(key >> 32)},
        .next = BG_STREAM_WORDS,
    };
}

static uint32_t next_word(void *state)
{
    bg_stream *self = state;
    if (self->next == BG_STREAM_WORDS) {
        bg_philox(self->counter, self->key, self->block);
        self->counter[0]++;
        self->next = 0;
    }
    return self->block[self->next++];
}

bg_rng bg_stream_rng(bg_stream *self)
{
    return (bg_rng){.word = next_word, .state = self};
}
