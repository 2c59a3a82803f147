/* maxquad.c -- MAXQUAD: f(x) = max_{k<=5} x' A_k x - b_k' x, n = 10, Lemarechal 1978; Luksan,
 * Vlcek 2000, problem 16. Off the diagonal (A_k)_ij = e^(i/j) cos(ij) sin k for i < j,
 * symmetric; on it (A_k)_ii = (i/10) |sin k| + sum_{j != i} |(A_k)_ij|, which makes A_k
 * positive definite; (b_k)_i = e^(i/k) sin(ik). Strongly convex; pieces 2 to 5 are active at
 * the minimizer. */
#include <stdlib.h>
#include "small.h"

enum { DIM = 10, PIECES = 5, BLOCK = DIM * DIM + DIM }; /* A_k row by row, then b_k */

static void prepare(const double *opt, double *data)
{
	(void)opt;
	for (int k = 1; k <= PIECES; k++, data += BLOCK)
		for (int i = 1; i <= DIM; i++) {
			double *row = data + (i - 1) * DIM, others = 0;

			for (int j = 1; j <= DIM; j++) {
				double low = i < j ? i : j, high = i < j ? j : i;

				if (i == j)
					continue;
				row[j - 1] = exp(low / high) * cos(low * high) * sin(k);
				others += fabs(row[j - 1]);
			}
			row[i - 1] = i / 10.0 * fabs(sin(k)) + others;
			data[DIM * DIM + i - 1] = exp((double)i / k) * sin(i * k);
		}
}

static double row(const double *data, const double *x, size_t k, double *g)
{
	const double *a = data + k * BLOCK, *b = a + DIM * DIM;
	double f = 0;

	for (size_t i = 0; i < DIM; i++) {
		double ax = 0;

		for (size_t j = 0; j < DIM; j++)
			ax += a[i * DIM + j] * x[j];
		f += x[i] * (ax - b[i]);
		if (g)
			g[i] = 2 * ax - b[i];
	}
	return f;
}

static const struct small_form form = {
	.n = DIM,
	.groups = (const struct small_group[]){ { 1, PIECES, 1, SMALL_MAX }, { 0 } },
	.row = row,
	.data = PIECES * BLOCK,
	.prepare = prepare,
	.start = (const double[]){ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
	.minimizer =
		(const double[]){
			-0.12625658077472546,
			-0.034378302562040831,
			-0.0068571983269814785,
			0.026360658246337906,
			0.067294922689741494,
			-0.2783995007519937,
			0.074218664544693576,
			0.13852404783729687,
			0.08403122312533243,
			0.03858030977273086,
		},
	.optimum = -0.8414083345964145,
	.optimum_error = 2.3e-16,
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&form, opt, facts);
}

const struct nso_problem nso_problem_maxquad = {
	.name = "maxquad",
	.title = "MAXQUAD",
	.reference = "Lemarechal 1978; Luksan, Vlcek 2000, problem 16",
	.formula = "max_{k<=5} x' A_k x - b_k' x",
	.group = "small",
	.traits = NSO_CONVEX | NSO_STRONGLY_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
