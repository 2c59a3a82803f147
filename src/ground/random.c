/* random.c -- xoshiro256** (Blackman, Vigna 2018) as a generator type of GSL, seeded through
 * splitmix64: GSL's own generators ignore the upper half of a 64-bit seed. */
#include <config.h>
#include "wide.h"
#include "ground/random.h"
#include <assert.h>
#include <string.h>

/* Normal numbers come LANES generators at a time, each with its own seed from the same
 * splitmix64, and BATCH at a time; what a call leaves waits in `spare`. */
enum { LANES = 8, BATCH = 64 };

struct xoshiro {
	uint64_t s[4];
	uint64_t lane[4][LANES];
	double spare[BATCH];
	size_t left; /* how many at the end of spare are still to be given out */
};

static uint64_t splitmix64(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static inline uint64_t rotate(uint64_t x, int k) { return (x << k) | (x >> (64 - k)); }

static inline uint64_t next(struct xoshiro *r)
{
	uint64_t result = rotate(r->s[1] * 5, 7) * 9, t = r->s[1] << 17;

	r->s[2] ^= r->s[0];
	r->s[3] ^= r->s[1];
	r->s[1] ^= r->s[2];
	r->s[0] ^= r->s[3];
	r->s[2] ^= t;
	r->s[3] = rotate(r->s[3], 45);
	return result;
}

static void set(void *state, unsigned long seed)
{
	struct xoshiro *r = state;
	uint64_t key = seed;

	for (int i = 0; i < 4; i++)
		r->s[i] = splitmix64(&key);
	for (int i = 0; i < 4; i++)
		for (int k = 0; k < LANES; k++)
			r->lane[i][k] = splitmix64(&key);
	r->left = 0;
}

static unsigned long get(void *state) { return next(state); }

static double get_double(void *state) { return (double)(next(state) >> 11) * 0x1p-53; }

static const gsl_rng_type type = { "xoshiro256ss", UINT64_MAX, 0, sizeof(struct xoshiro), set,
	get, get_double };
const gsl_rng_type *const xoshiro256ss = &type;

/* ---------------------------------------------------------------- keys and streams ----------- */

uint64_t hash_bits(uint64_t h, uint64_t bits)
{
	for (int i = 0; i < 8; i++)
		h = (h ^ (bits >> (8 * i) & 255)) * UINT64_C(0x100000001b3);
	return h;
}

uint64_t hash_text(uint64_t h, const char *text)
{
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	return (h ^ 255) * UINT64_C(0x100000001b3);
}

uint64_t hash_bytes(uint64_t h, const void *data, size_t length)
{
	const unsigned char *at = data;

	h = hash_bits(h, length);
	for (size_t i = 0; i < length; i++)
		h = (h ^ at[i]) * UINT64_C(0x100000001b3);
	return h;
}

uint64_t hash_double(uint64_t h, double v)
{
	uint64_t bits;

	if (v == 0)
		v = 0; /* -0 and 0 are one value */
	memcpy(&bits, &v, sizeof bits);
	return hash_bits(h, isnan(v) ? UINT64_C(0x7ff8000000000000) : bits);
}

static void stream_seed(gsl_rng *rng, uint64_t key) { set(rng->state, key); }

gsl_rng *stream(uint64_t key)
{
	gsl_rng *rng = gsl_rng_alloc(xoshiro256ss);

	if (rng)
		stream_seed(rng, key);
	return rng;
}

/* ---------------------------------------------------------------- normal numbers ------------- */

static inline double as_double(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, sizeof v);
	return v;
}

static inline uint64_t as_bits(double v)
{
	uint64_t bits;

	memcpy(&bits, &v, sizeof bits);
	return bits;
}

/*
 * log, cos and sin as polynomials, and all selections as bit operations, so that the loop below
 * vectorises already with SSE2, which neither converts nor compares 64-bit integers; libm's
 * functions are scalar calls. Errors below 1e-11, less than any sample can show: the logarithm
 * is the atanh series on [sqrt(1/2), sqrt(2)], cosine and sine are Taylor sums on [-pi/4,
 * pi/4].
 */
static inline double log_unit(double x) /* 0 < x <= 1, normal */
{
	uint64_t bits = as_bits(x);
	double e = as_double(bits >> 52 | UINT64_C(0x4330000000000000)) - 0x1.00000000003ffp52;
	double m = as_double((bits & UINT64_C(0xfffffffffffff)) | UINT64_C(0x3ff0000000000000));
	double big = m > 1.4142135623730951 ? 1.0 : 0.0, s, s2, p;

	m *= 1 - 0.5 * big;
	e += big;
	s = (m - 1) / (m + 1);
	s2 = s * s;
	p = 2.0 / 13;
	p = p * s2 + 2.0 / 11;
	p = p * s2 + 2.0 / 9;
	p = p * s2 + 2.0 / 7;
	p = p * s2 + 2.0 / 5;
	p = p * s2 + 2.0 / 3;
	p = p * s2 + 2.0;
	return e * 0.693147180559945309417 + s * p;
}

/* The angle is pi/4 t, -1 <= t <= 1; a2 its square. */
static inline double sin_octant(double a, double a2)
{
	double p = -1.0 / 39916800;

	p = p * a2 + 1.0 / 362880;
	p = p * a2 - 1.0 / 5040;
	p = p * a2 + 1.0 / 120;
	p = p * a2 - 1.0 / 6;
	return a + a * a2 * p;
}

static inline double cos_octant(double a2)
{
	double p = 1.0 / 479001600;

	p = p * a2 - 1.0 / 3628800;
	p = p * a2 + 1.0 / 40320;
	p = p * a2 - 1.0 / 720;
	p = p * a2 + 1.0 / 24;
	p = p * a2 - 0.5;
	return 1 + a2 * p;
}

/* The lanes side by side; gcc and clang make of it what the processor has. */
typedef uint64_t lanes __attribute__((vector_size(8 * LANES)));

/* `rounds` outputs of each lane; 5 x and 9 x by shifts, because SIMD units lack a 64-bit
 * product. */
static inline __attribute__((always_inline)) void run_lanes(
	struct xoshiro *r, int rounds, uint64_t *out)
{
	lanes s[4], five, turned, result, shifted;

	memcpy(s, r->lane, sizeof s);
	for (int i = 0; i < rounds; i++) {
		five = (s[1] << 2) + s[1];
		turned = five << 7 | five >> 57;
		result = (turned << 3) + turned;
		memcpy(out + i * LANES, &result, sizeof result);
		shifted = s[1] << 17;
		s[2] ^= s[0];
		s[3] ^= s[1];
		s[1] ^= s[2];
		s[0] ^= s[3];
		s[2] ^= shifted;
		s[3] = s[3] << 45 | s[3] >> 19;
	}
	memcpy(r->lane, s, sizeof s);
}

/* BATCH normal numbers by Box and Muller 1958; the octant comes from the angle's low bits. */
WIDE static void normal_batch(struct xoshiro *r, double *restrict x)
{
	uint64_t bits[BATCH], *radius = bits, *angle = bits + BATCH / 2;
	double *restrict y = x + BATCH / 2;

	run_lanes(r, BATCH / LANES, bits);
	for (int i = 0; i < BATCH / 2; i++) {
		double u = 2 - as_double(radius[i] >> 12 |
					 UINT64_C(0x3ff0000000000000)); /* (0, 1] */
		double t = as_double(angle[i] >> 12 | UINT64_C(0x4000000000000000)) -
			   3; /* [-1, 1) */
		double big = sqrt(-2 * log_unit(u)), a = t * 0.785398163397448309616;
		uint64_t c = as_bits(big * cos_octant(a * a)),
			 s = as_bits(big * sin_octant(a, a * a));
		uint64_t swap = 0 - (angle[i] & 1);

		x[i] = as_double(((c & ~swap) | (s & swap)) ^ (angle[i] & 2) << 62);
		y[i] = as_double(((s & ~swap) | (c & swap)) ^ (angle[i] & 4) << 61);
	}
}

void nso_normal(gsl_rng *rng, size_t n, double *x)
{
	struct xoshiro *r = rng->state;
	size_t some;

	assert(rng->type == xoshiro256ss);
	while (n) {
		if (!r->left && n >= BATCH) {
			normal_batch(r, x);
			some = BATCH;
		} else {
			if (!r->left) {
				normal_batch(r, r->spare);
				r->left = BATCH;
			}
			some = n < r->left ? n : r->left;
			memcpy(x, r->spare + BATCH - r->left, some * sizeof *x);
			r->left -= some;
		}
		x += some;
		n -= some;
	}
}
