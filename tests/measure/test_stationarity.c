/* test_stationarity.c -- distances to subdifferentials known by hand, and the ways of computing
 * them against each other. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/stationarity.h"
#include "measure/summands.h"

static struct nso_pieces pieces_of(size_t n)
{
	struct nso_pieces p;

	cr_assert(eq(int, pieces_init(&p, n), 0), "out of memory");
	return p;
}

static void segment(struct nso_pieces *p, size_t i, double from, double to)
{
	nso_hull(p);
	*nso_row(p, i, 1) = from;
	*nso_row(p, i, 1) = to;
}

Test(stationarity, l1_kinks, .timeout = 200)
{
	/* |x|_1 + <c,x> where x has n/2 zeros: |c_i| is absorbed up to 1 there, else c_i + 1
	 * remains. */
	for (size_t n = 2; n <= 2000; n *= 10) {
		struct nso_pieces p = pieces_of(n);
		double exact = 0, lower, value;

		for (size_t i = 0; i < n; i++) {
			double c = 3 * sin((double)i + 1);

			*nso_row(&p, i, 1) = c + (i % 2 ? 1 : 0);
			exact += i % 2 ? (c + 1) * (c + 1) : pow(fmax(0, fabs(c) - 1), 2);
		}
		for (size_t i = 0; i < n; i += 2)
			segment(&p, i, -1, 1);
		exact = sqrt(exact);
		value = clarke(&p, NULL, &lower);
		cr_assert(lt(dbl, fabs(value - exact), 1e-11 * exact),
			"n %zu: %.17g, not %.17g", n, value, exact);
		cr_assert(lt(dbl, value - lower, 1e-8 * exact), "n %zu: gap %g", n,
			value - lower);
		cr_assert(le(dbl, lower, exact), "n %zu: wrong certificate", n);
		pieces_free(&p);
	}
	no_leak();
}

Test(stationarity, without_kink_it_is_the_norm, .timeout = 200)
{
	struct nso_pieces p = pieces_of(3);
	double w[3], lower, *g = nso_row(&p, 0, 3);

	g[0] = 2;
	g[1] = -3;
	g[2] = 6;
	cr_assert(eq(dbl, clarke(&p, w, &lower), 7), "norm of the gradient");
	cr_assert(lower == 7 && w[1] == -3, "and its certificate");
	pieces_free(&p);
	no_leak();
}

Test(stationarity, ball_and_spectral_by_hand, .timeout = 200)
{
	struct nso_pieces p = pieces_of(3);
	double lower, value;
	const double base[] = { 3, 4, 1 };

	/* base + unit ball of the first two coordinates: sqrt((5 - 1)^2 + 1) */
	memcpy(nso_row(&p, 0, 3), base, sizeof base);
	nso_ball(&p);
	*nso_row(&p, 0, 1) = 1;
	*nso_row(&p, 1, 1) = 1;
	value = clarke(&p, NULL, &lower);
	cr_assert(lt(dbl, fabs(value - sqrt(17)), 1e-10), "ball: %.17g", value);
	cr_assert(value - lower < 1e-9 && lower <= sqrt(17), "ball: gap");

	/* lambda_max of the symmetric 2x2 matrix (x y; y z) at the unit matrix: { (W11, 2 W12,
	 * W22) }; the nearest point to zero is W = I/2: 1/sqrt 2 */
	pieces_clear(&p);
	nso_spectral(&p, 2);
	*nso_row(&p, 0, 1) = 1;
	*nso_row(&p, 1, 1) = 2;
	*nso_row(&p, 2, 1) = 1;
	value = clarke(&p, NULL, &lower);
	cr_assert(lt(dbl, fabs(value - sqrt(.5)), 1e-10), "spectral: %.17g", value);
	cr_assert(value - lower < 1e-9 && lower <= sqrt(.5), "spectral: gap");

	/* shifted so that zero is cut off by a curved face: W = (1 + cos t, 2 sin t, 1 - cos
	 * t)/2 in the plane of trace 1; base (-1.5, 0, 0.5) leaves (W11 - 1.5, 2 W12, W22 +
	 * 0.5): W = E11 */
	*nso_row(&p, 0, 1) += 0;
	pieces_clear(&p);
	*nso_row(&p, 0, 1) = -1.5;
	*nso_row(&p, 2, 1) = .5;
	nso_spectral(&p, 2);
	*nso_row(&p, 0, 1) = 1;
	*nso_row(&p, 1, 1) = 2;
	*nso_row(&p, 2, 1) = 1;
	value = clarke(&p, NULL, &lower);
	cr_assert(lt(dbl, fabs(value - sqrt(.5)), 1e-9), "curved face: %.17g", value);
	cr_assert(value - lower < 1e-7 && lower <= sqrt(.5), "curved: gap %g", value - lower);
	pieces_free(&p);
	no_leak();
}

/* Sums of hulls: the sparse solver, the general one and Wolfe on all vertex sums must agree. */
static void random_sum(gsl_rng *r, size_t n, size_t summands, size_t most, struct nso_pieces *p)
{
	for (size_t i = 0; i < n; i++)
		*nso_row(p, i, 1) = gsl_ran_ugaussian(r) * 2;
	for (size_t s = 0; s < summands; s++) {
		size_t rows = 1 + gsl_rng_uniform_int(r, most),
		       len = 1 + gsl_rng_uniform_int(r, n);
		size_t first = gsl_rng_uniform_int(r, n - len + 1);

		nso_hull(p);
		for (size_t i = 0; i < rows; i++) {
			double *row = nso_row(p, first, len);

			for (size_t j = 0; j < len; j++)
				row[j] = r && s % 2 ? (double)gsl_rng_uniform_int(r, 5) - 2
						    : gsl_ran_ugaussian(r);
		}
	}
}

static double all_vertices(const struct nso_pieces *p, double *lower)
{
	size_t count = 1, n = p->n;
	double *G, *w, norm;
	struct nso_minnorm *s;

	for (size_t b = 0; b < p->summands; b++)
		count *= p->summand[b].rows;
	G = malloc((count + 1) * n * sizeof *G);
	w = G + count * n;
	for (size_t v = 0; v < count; v++) {
		size_t code = v;

		memcpy(G + v * n, p->base, n * sizeof *G);
		for (size_t b = 0; b < p->summands; b++) {
			row_add(p, p->summand[b].first + code % p->summand[b].rows, 1,
				G + v * n);
			code /= p->summand[b].rows;
		}
	}
	s = nso_minnorm_alloc(count, n);
	norm = nso_minnorm_solve(s, count, G, w, NULL, lower);
	nso_minnorm_free(s);
	free(G);
	return norm;
}

Test(stationarity, sums_of_hulls_agree, .timeout = 200)
{
	gsl_rng *r = gsl_rng_alloc(gsl_rng_mt19937);
	int cases = getenv("NSOBENCH_BIG") ? 4000 : 300;

	for (int t = 0; t < cases; t++) {
		size_t n = 1 + gsl_rng_uniform_int(r, 6);
		struct nso_pieces p = pieces_of(n);
		double w[2][6], low, exact, value, lower;
		struct distance one = { INFINITY, 0, w[0] }, two = { INFINITY, 0, w[1] };

		random_sum(r, n, 1 + gsl_rng_uniform_int(r, 5), 3, &p);
		exact = all_vertices(&p, &low);
		cr_assert(eq(int, simplices(&p, &one), 0), "memory");
		cr_assert(eq(int, minkowski(&p, &two), 0), "memory");
		value = clarke(&p, NULL, &lower);
		cr_assert(lt(dbl, fabs(value - exact), 1e-10),
			"case %d: clarke %.17g, exactly %.17g", t, value, exact);
		cr_assert(lt(dbl, fabs(one.upper - exact), 1e-7),
			"case %d: simplices %.17g %.17g", t, one.upper, exact);
		cr_assert(lt(dbl, fabs(two.upper - exact), 1e-9),
			"case %d: minkowski %.17g %.17g", t, two.upper, exact);
		cr_assert(lower <= exact + 1e-15 && one.lower <= exact + 1e-15 &&
				  two.lower <= exact + 1e-15,
			"case %d: wrong certificate", t);
		pieces_free(&p);
	}
	gsl_rng_free(r);
	no_leak();
}

/* A chain: sum of |x_i - x_{i+1}| tilted by a feasible and by an infeasible slope. */
Test(stationarity, long_chains, .timeout = 200)
{
	for (size_t n = 10; n <= 3000; n *= 10) {
		struct nso_pieces p = pieces_of(n);
		double value, lower;

		/* s in [-1,1]^{n-1}, base = -D's0 + u 1: the ones are orthogonal to the range
		 * of D' */
		for (size_t i = 0; i < n; i++)
			*nso_row(&p, i, 1) += .25;
		for (size_t i = 0; i + 1 < n; i++) {
			double *b = nso_row(&p, i, 2), s = .99 * cos((double)i * (double)i);

			b[0] -= s;
			b[1] += s;
		}
		for (size_t i = 0; i + 1 < n; i++) {
			double *a, *b;

			nso_hull(&p);
			a = nso_row(&p, i, 2);
			a[0] = 1;
			a[1] = -1;
			b = nso_row(&p, i, 2);
			b[0] = -1;
			b[1] = 1;
		}
		value = clarke(&p, NULL, &lower);
		cr_assert(lt(dbl, fabs(value / (.25 * sqrt((double)n)) - 1), 1e-9),
			"n %zu: %.17g", n, value);
		cr_assert(lt(dbl, value - lower, 1e-7 * value), "n %zu: gap %g", n,
			value - lower);
		pieces_free(&p);
	}
	no_leak();
}

static void open_maxq(struct instance *in, size_t n)
{
	const struct nso_problem *maxq = problem_find("maxq");
	double opt[NSO_MAX_OPTIONS];
	struct why why;

	cr_assert(ne(ptr, (void *)maxq, NULL), "maxq is registered");
	option_defaults(maxq->options, opt);
	opt[0] = (double)n;
	cr_assert(eq(int, instance_make(in, maxq, opt, 0, &why), 0), "%s", why.text);
}

Test(stationarity, maxq_ties, .timeout = 200)
{
	/* |x_i| = t in k places: hull of 2 t e_i, distance 2 t/sqrt k */
	struct instance in;
	struct nso_pieces p = pieces_of(1000);
	static double x[1000];

	open_maxq(&in, 1000);
	for (size_t k = 1; k <= 1000; k *= 10) {
		double value, lower, exact = 6 / sqrt((double)k);

		for (size_t i = 0; i < 1000; i++)
			x[i] = i < k ? (i % 2 ? 3 : -3) : 1;
		pieces_clear(&p);
		cr_assert(
			eq(int, instance_pieces(&in, x, clarke_tolerance(9), &p), 0), "pieces");
		value = clarke(&p, NULL, &lower);
		cr_assert(lt(dbl, fabs(value - exact), 1e-12), "%zu ties: %.17g", k, value);
		cr_assert(lt(dbl, value - lower, 1e-9), "%zu ties: gap %g", k, value - lower);
	}
	pieces_free(&p);
	instance_free(&in);
	no_leak();
}

Test(stationarity, bad_sets, .timeout = 200)
{
	struct nso_pieces p = pieces_of(2);
	double lower = 5;

	nso_hull(&p);
	cr_assert(ne(int, isnan(clarke(&p, NULL, &lower)), 0), "an empty hull has no distance");
	*nso_row(&p, 0, 1) = NAN;
	cr_assert(ne(int, isnan(clarke(&p, NULL, &lower)), 0), "NaN among the rows");
	cr_assert(eq(dbl, lower, 0), "and no certificate");
	pieces_free(&p);
	no_leak();
}

Test(stationarity, goldstein_of_maxq, .timeout = 200)
{
	/* Two coordinates apart by 2 d: radius below d sees one piece, |g| = 2 (1 + d); above,
	 * both, and the hull of (2a,0), (0,2b) with a, b near 1 passes within 2(1+r)/sqrt 2 of
	 * zero. */
	struct instance in;
	const double d = .01, x[] = { 1 + d, 1 - d };
	gsl_rng *rng = stream(17);
	double value, lower, w[2];

	open_maxq(&in, 2);
	value = goldstein(&in, x, .5 * d, 60, rng, w, &lower);
	cr_assert(2 * (1 + .5 * d) <= value && value <= 2 * (1 + d),
		"one piece in reach: %.17g", value);
	cr_assert(lt(dbl, value - lower, 1e-12), "gap %g", value - lower);
	value = goldstein(&in, x, 3 * d, 60, rng, w, &lower);
	cr_assert(2 * (1 - 2 * d) / sqrt(2) <= value && value < 1.5,
		"both pieces in reach: %.17g", value);
	cr_assert(eq(sz, goldstein_samples(10), 50), "max(2n, 50)");
	cr_assert(
		goldstein_samples(100) == 200 && goldstein_samples(9999) == 500, "at most 500");
	gsl_rng_free(rng);
	instance_free(&in);
	no_leak();
}
