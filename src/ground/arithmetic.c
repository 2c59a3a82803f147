/* arithmetic.c -- IEEE 754 doubles as every formula here needs them: NaN and infinity stay what
 * they are, sums keep their order, nothing is fused, and random streams are the reference's. */
#include <config.h>
#include "ground/arithmetic.h"
#include "ground/random.h"

/* Through volatile: the compiler must not know the numbers, or it answers for the machine. */
static int not_a_number(void)
{
	volatile double zero = 0, x = zero / zero;

	return isnan(x) && x != x && !(x < 1) && !(x > 1) && !isfinite(x) &&
	       isnan(fmin(x, NAN)) && fmax(x, 1) == 1;
}

static int infinity(void)
{
	volatile double zero = 0, x = 1 / zero, largest = 0x1.fffffffffffffp+1023;

	return isinf(x) && !isfinite(x) && x > largest && 1 / x == 0 && 2 * largest == x &&
	       isnan(x - x);
}

/* To nearest: either of the directed modes changes one of the first two. */
static int rounding(void)
{
	volatile double a = 0.1, b = 0.2, one = 1, three = 3, two = 2;

	return a + b == 0x1.3333333333334p-2 && one / three == 0x1.5555555555555p-2 &&
	       two / three == 0x1.5555555555555p-1 && sqrt(two) == 0x1.6a09e667f3bcdp+0;
}

/* 0.1 * 0.1 - 0.01 is 2^-59 in two roundings and 0x1.0a3d...p-60 in one; (1 + d) - 1 is no d.
 */
static int as_written(void)
{
	volatile double a = 0.1, b = 0.01, one = 1, small = 0x1p-53;
	double x = a, y = b, d = small, u = one;

	return x * x - y == 0x1p-59 && (u + d) - u == 0;
}

/* The first numbers of xoshiro256** 1.0 seeded with four of splitmix64 from 1 (Blackman, Vigna
 * 2018: the authors' algorithms, computed apart in whole numbers of any length). */
static int streams(void)
{
	static const uint64_t expected[] = { UINT64_C(0xb3f2af6d0fc710c5),
		UINT64_C(0x853b559647364cea), UINT64_C(0x92f89756082a4514) };
	gsl_rng *rng = stream(1);
	int ok = rng != NULL;

	for (size_t i = 0; ok && i < sizeof expected / sizeof *expected; i++)
		ok = gsl_rng_get(rng) == expected[i];
	ok = ok && gsl_rng_uniform(rng) == 0.39132860204190445;
	gsl_rng_free(rng);
	return ok;
}

const char *arithmetic_fault(void)
{
	static const struct {
		int (*right)(void);
		const char *fault;
	} rows[] = {
		{ not_a_number, "NaN is taken for a number: built with -ffinite-math-only?" },
		{ rounding, "sums, quotients or roots are not rounded to nearest" },
		{ infinity, "infinity is taken for a number: built with -ffinite-math-only?" },
		{ as_written, "operations are fused or reordered: built with -ffast-math?" },
		{ streams, "random numbers are not those of the reference generator" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (!rows[i].right())
			return rows[i].fault;
	return NULL;
}
