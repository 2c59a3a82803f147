/* shor.c -- Shor: f(x) = max_{i<=10} b_i |x - a_i|^2, n = 5, Shor 1985; Luksan, Vlcek 2000,
 * problem 12. Convex. SolvOpt's copy has b_10 = 4.5 (option b10): piece 10 is not active at the
 * minimizer, f* is the same. */
#include <stdlib.h>
#include <string.h>
#include "small.h"

enum { B10 };
static const struct nso_option options[] = {
	[B10] = { "b10", 3.5, 0, 4.5, "weight of the tenth piece; SolvOpt has 4.5", NULL,
		"Luksan, Vlcek 2000", 0 },
	{ 0 },
};

static const double centre[10][5] = {
	{ 0, 0, 0, 0, 0 },
	{ 2, 1, 1, 1, 3 },
	{ 1, 2, 1, 1, 2 },
	{ 1, 4, 1, 2, 2 },
	{ 3, 2, 1, 0, 1 },
	{ 0, 2, 1, 0, 1 },
	{ 1, 1, 1, 1, 1 },
	{ 1, 0, 1, 2, 1 },
	{ 0, 0, 2, 1, 0 },
	{ 1, 1, 2, 0, 0 },
};

static void prepare(const double *opt, double *data)
{
	static const double weight[10] = { 1, 5, 10, 2, 4, 3, 1.7, 2.5, 6, 3.5 };

	memcpy(data, weight, sizeof weight);
	data[9] = opt[B10];
}

static double row(const double *data, const double *x, size_t i, double *g)
{
	double sum = 0;

	for (size_t j = 0; j < 5; j++) {
		double r = x[j] - centre[i][j];

		sum += r * r;
		if (g)
			g[j] = 2 * data[i] * r;
	}
	return data[i] * sum;
}

static const struct small_form form = {
	.n = 5,
	.groups = (const struct small_group[]){ { 1, 10, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.data = 10,
	.prepare = prepare,
	.options = options,
	.start = (const double[]){ 0, 0, 0, 0, 1 },
	.minimizer =
		(const double[]){
			1.1243510101866154,
			0.9794615993136554,
			1.4777077519642634,
			0.92023348588485776,
			1.124291588004843,
		},
	.optimum = 22.600162095770898,
	.optimum_error = 9e-15,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_shor = {
	.name = "shor",
	.title = "Shor",
	.reference = "Shor 1985; Luksan, Vlcek 2000, problem 12",
	.formula = "max_{i<=10} b_i sum_j (x_j - a_ij)^2",
	.group = "small",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = options,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
