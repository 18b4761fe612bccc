/* Counter-based random streams: Philox4x32-10 (Random123) behind a gsl_rng_type.
 *
 * A stream is a function of (seed, replication, name, draw), never of order. Key: the seed (low
 * word, high word). Counter: {draw / 4, replication, low and high word of the 64-bit FNV-1a hash of
 * the name}; word draw % 4 of the output. The name says what the stream drives, for example
 * "count/residents.inpatient.in/2026/03". */
#ifndef BAOGAN_STREAM_H
#define BAOGAN_STREAM_H

#include <gsl/gsl_rng.h>
#include <stdint.h>

/* Hash of a stream's name. */
uint64_t bg_stream_key(const char *name);

/* The generator type; gsl_rng_get gives 32-bit words, gsl_rng_uniform [0,1) from one word. */
extern const gsl_rng_type *const bg_stream_type;

/* Points a generator of that type at the start of a stream. */
void bg_stream_select(gsl_rng *rng, uint64_t seed, uint32_t replication, uint64_t key);

#endif
