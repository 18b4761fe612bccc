/* Counter-based random streams: Philox4x32-10 (Random123).
 *
 * A stream is a function of (seed, replication, name, draw), never of order. Key: the seed (low
 * word, high word). Counter: {draw / 4, replication, low and high word of the 64-bit FNV-1a hash of
 * the name}; word draw % 4 of the output. The name says what the stream drives, for example
 * "count/residents.inpatient.in/2026/03". */
#ifndef BAOGAN_STREAM_H
#define BAOGAN_STREAM_H

#include <stdint.h>

enum { BG_STREAM_WORDS = 4 }; /* of a block of the generator */

/* A place in a stream. */
typedef struct bg_stream {
    uint32_t key[2];
    uint32_t counter[4]; /* of the next block; word 0 counts the blocks */
    uint32_t block[BG_STREAM_WORDS];
    uint32_t next; /* word of the block that is drawn next; BG_STREAM_WORDS: none is left */
} bg_stream;

/* Whoever gives random words of 32 bits, one after another. */
typedef struct bg_rng {
    uint32_t (*word)(void *state);
    void *state;
} bg_rng;

/* Hash of a stream's name. */
uint64_t bg_stream_key(const char *name);
/* The start of a stream. */
void bg_stream_select(bg_stream *self, uint64_t seed, uint32_t replication, uint64_t key);
/* Gives the words of the stream that `self` stands in, which is borrowed. */
bg_rng bg_stream_rng(bg_stream *self);

static inline uint32_t bg_rng_word(bg_rng *self)
{
    return self->word(self->state);
}

/* In [0, 1), from one word. */
static inline double bg_rng_uniform(bg_rng *self)
{
    return bg_rng_word(self) / 4294967296.0;
}

#endif
