/* random.h -- hashes and streams of random numbers. */
#ifndef RANDOM_H
#define RANDOM_H

#include "nsobench.h"

extern const gsl_rng_type *const xoshiro256ss;    /* 64-bit seed through splitmix64 */
uint64_t hash_text(uint64_t h, const char *text); /* FNV-1a, finalised by the user of it */
uint64_t hash_bits(uint64_t h, uint64_t bits);
uint64_t hash_bytes(uint64_t h, const void *data, size_t length);
uint64_t hash_double(uint64_t h, double v);
#define HASH_START UINT64_C(0xcbf29ce484222325)
gsl_rng *stream(uint64_t key); /* a new generator; NULL when memory is short */

#endif
