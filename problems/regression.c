/* regression.c -- robust regression on synthetic data: quantile regression (Koenker, Bassett
 * 1978), Huber's regression (Huber 1964), Chebyshev regression max_i |<a_i, x> - b_i|. The
 * first and the last are linear programs: f* is the value at the optimal vertex, optimum_error
 * its distance from the dual value; Huber's is solved by Newton's method, which is finite on a
 * piecewise quadratic. All solved in make. Rows: columns of correlation rho^|i-j|; noise:
 * Gaussian, a tenth of it ten times as large; or a file of data. */
#include <stdlib.h>
#include <string.h>
#include "data/own.h"
#include "data/solve.h"
#include "design.h"
#include "huber.h"
#include "lp.h"
#include "saddle.h"

enum { M, N, RHO, SHAPE, OWN };
static const double most_work = 1e8; /* m n^2 of a file that is solved in make: some seconds */

static struct fitted *draw(
	const double *opt, const struct loss *loss, gsl_rng *rng, struct nso_facts *facts)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N];
	struct fitted *p = calloc(1, sizeof *p);
	struct linear_sum *s = &p->model;

	if (!p)
		return NULL;
	s->b = malloc(m * sizeof *s->b);
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!s->b || !p->minimizer || design_ar1(&s->a, m, n, opt[RHO], rng)) {
		fitted_free(p);
		return NULL;
	}
	design_sparse(n, (n + 4) / 5, rng, p->minimizer);
	nso_normal(rng, m, s->b);
	for (size_t i = 0; i < m; i++) {
		double wide = gsl_rng_uniform(rng) < 0.1 ? 5 : 0.5;

		s->b[i] = wide * s->b[i] + rows_dot(&s->a, i, p->minimizer);
	}
	memset(p->minimizer, 0, n * sizeof *p->minimizer);
	s->sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1 / (double)m,
		.loss = loss,
		.residual = linear_residual,
		.gradient = linear_gradient };
	facts->n = n;
	facts->terms = m;
	facts->minimizer = p->minimizer;
	return p;
}

/* Small enough to be solved in make. */
static int small(const void *self)
{
	const struct fitted *p = self;
	double n = (double)p->model.a.n;

	return !p->model.a.col && (double)p->model.a.m * n * n <= most_work;
}

static double mean_length(const struct rows *a)
{
	double sum = 0;

	for (size_t i = 0; i < a->m; i++)
		sum += sqrt(rows_norm2(a, i)) / (double)a->m;
	return sum;
}

#define OPTION_SIZES                                                                           \
	[M] = { "m", 200, 2, 2e4, "rows", NULL, "nsobench", 1 },                               \
	[N] = { "n", 15, 1, 400, "dimension", NULL, "nsobench", 1 },                           \
	[RHO] = { "rho", 0.5, 0, 0.999, "correlation of neighbouring columns", NULL,           \
		"nsobench" }
static const struct nso_option quantile_options[] = {
	OPTION_SIZES,
	[SHAPE] = { "tau", 0.5, 0.001, 0.999, "quantile; 0.5 is least absolute deviations",
		NULL, "Koenker, Bassett 1978" },
	OWN_DATA_AT(OWN),
	{ 0 },
};
static const struct nso_option huber_options[] = {
	OPTION_SIZES,
	[SHAPE] = { "delta", 1, 1e-6, 1e6, "end of the quadratic zone", NULL, "Huber 1964" },
	OWN_DATA_AT(OWN),
	{ 0 },
};
static const struct nso_option chebyshev_options[] = {
	OPTION_SIZES,
	OWN_DATA_AT(SHAPE),
	{ 0 },
};

/* ---------------------------------------------------------- quantile ----------------- */

static int quantile_solve(struct fitted *p, struct nso_facts *facts)
{
	const struct linear_sum *s = &p->model;
	double dual = lp_quantile(&s->a, s->b, s->sum.shape, p->minimizer);

	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(facts->optimum - dual, 1e-15);
	return isnan(dual) ? -1 : 0;
}

static double quantile_error(struct fitted *p)
{
	struct nso_facts facts;

	return quantile_solve(p, &facts) ? NAN : facts.optimum_error;
}

static double quantile_file(void *self)
{
	return small(self) ? solve_turned(self, quantile_error, sum_eval) : INFINITY;
}

/* rho_tau(y - <a, x>) in r = <a, x> - y has the shape 1 - tau. */
static int quantile_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.shape = 1 - opt[SHAPE];
	facts->lipschitz = fmax(opt[SHAPE], 1 - opt[SHAPE]) * mean_length(&p->model.a);
	return 0;
}

static const struct own_recipe quantile_own = { { "quantile-regression", quantile_options, OWN,
							OWN + 1, OWN_NUMBERS },
	&loss_quantile, 1, quantile_prepare, quantile_file, sum_eval };

static void *quantile_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;

	if (*nso_text(opt[OWN]))
		return own_make(&quantile_own, sizeof *p, opt, facts);
	p = draw(opt, &loss_quantile, rng, facts);
	if (!p)
		return NULL;
	if (quantile_prepare(p, opt, facts) || quantile_solve(p, facts)) {
		fitted_free(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- Huber -------------------- */

static double huber_left(struct fitted *p, int majorants)
{
	double bound = huber_minimize(p, majorants);

	return isnan(bound) ? NAN : fabs(sum_eval(p, p->minimizer, NULL) - bound) + 1e-15;
}

static int huber_solve(struct fitted *p, struct nso_facts *facts)
{
	facts->optimum_error = huber_left(p, 0);
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	return isnan(facts->optimum_error) ? -1 : 0;
}

/* At the start 0 a file may have no row in the zone. */
static double huber_error(struct fitted *p) { return huber_left(p, 200); }

static double huber_file(void *self)
{
	return small(self) ? solve_turned(self, huber_error, sum_eval) : INFINITY;
}

static int huber_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.shape = opt[SHAPE];
	facts->lipschitz = opt[SHAPE] * mean_length(&p->model.a);
	facts->smoothness = rows_largest(&p->model.a) / (double)facts->terms;
	return 0;
}

static const struct own_recipe huber_own = { { "huber-regression", huber_options, OWN, OWN + 1,
						     OWN_NUMBERS },
	&loss_huber, 1, huber_prepare, huber_file, sum_eval };

static void *huber_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;

	if (*nso_text(opt[OWN]))
		return own_make(&huber_own, sizeof *p, opt, facts);
	p = draw(opt, &loss_huber, rng, facts);
	if (!p)
		return NULL;
	if (huber_prepare(p, opt, facts) || huber_solve(p, facts)) {
		fitted_free(p);
		return NULL;
	}
	return p;
}

/* ---------------------------------------------------------- Chebyshev ---------------- */

static double chebyshev(const void *self, const double *x, double *g)
{
	const struct fitted *p = self;
	double most = -1, r = 0;
	size_t at = 0;

	for (size_t i = 0; i < p->model.a.m; i++) {
		r = fabs(linear_residual(p, i, 0, x));
		if (r > most || isnan(r)) {
			most = r;
			at = i;
		}
	}
	r = linear_residual(p, at, 0, x);
	for (size_t j = 0; g && j < p->model.a.n; j++)
		g[j] = 0;
	if (g)
		rows_add(&p->model.a, at, r < 0 ? -1 : 1, g);
	return most;
}

static double largest(const void *self, const double *x) { return chebyshev(self, x, NULL); }

static void chebyshev_pieces(
	const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct fitted *p = self;
	double level = chebyshev(self, x, NULL) - tol;

	nso_hull(out);
	for (size_t i = 0; i < p->model.a.m; i++)
		for (int sign = -1; sign <= 1; sign += 2)
			if (sign * linear_residual(p, i, 0, x) >= level)
				rows_add(&p->model.a, i, sign, nso_row(out, 0, p->model.a.n));
}

/* f* = max -<b, theta> over A'theta = 0, |theta|_1 <= 1: theta = z_+ - z_- with the sum of z 1;
 * the multipliers are (x, -f*), and the vertex solves <a_i, x> - sign f* = b_i on n + 1 rows.
 */
static int chebyshev_solve(struct fitted *p, struct nso_facts *facts)
{
	const struct rows *a = &p->model.a;
	size_t m = a->m, n = a->n, q = 2 * m;
	double *memory = calloc(3 * q + 2 * (n + 1), sizeof *memory), lost, dual;
	double *cost = memory, *most = memory + q, *z = memory + 2 * q, *right = memory + 3 * q;
	double *y = right + n + 1;
	struct rows c;

	if (!memory || rows_dense(&c, q, n + 1)) {
		free(memory);
		return -1;
	}
	right[n] = 1;
	for (size_t i = 0; i < q; i++) {
		double sign = i < m ? 1 : -1;

		rows_add(a, i % m, sign, c.val + i * (n + 1));
		c.val[i * (n + 1) + n] = 1;
		cost[i] = sign * p->model.b[i % m];
		most[i] = 2; /* never reached: the sum is 1 */
	}
	lost = lp_solve(&c, right, cost, most, z, y);
	dual = -vec_dot(q, cost, z) - lost * l1_norm(n + 1, y);
	lp_vertex_if(&c, cost, y, largest, p);
	memcpy(p->minimizer, y, n * sizeof *y);
	facts->optimum = chebyshev(p, p->minimizer, NULL);
	facts->optimum_error = fmax(facts->optimum - dual, 1e-15);
	rows_free(&c);
	free(memory);
	return isfinite(lost) ? 0 : -1;
}

static double chebyshev_error(struct fitted *p)
{
	struct nso_facts facts;

	return chebyshev_solve(p, &facts) ? NAN : facts.optimum_error;
}

static double chebyshev_file(void *self)
{
	return small(self) ? solve_turned(self, chebyshev_error, chebyshev) : INFINITY;
}

static int chebyshev_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	(void)opt;
	facts->terms = 0;
	facts->lipschitz = 0;
	for (size_t i = 0; i < p->model.a.m; i++)
		facts->lipschitz = fmax(facts->lipschitz, sqrt(rows_norm2(&p->model.a, i)));
	return 0;
}

static const struct own_recipe chebyshev_own = { { "chebyshev-regression", chebyshev_options,
							 SHAPE, SHAPE + 1, OWN_NUMBERS },
	&loss_abs, 1, chebyshev_prepare, chebyshev_file, chebyshev };

static void *chebyshev_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;

	if (*nso_text(opt[SHAPE]))
		return own_make(&chebyshev_own, sizeof *p, opt, facts);
	p = draw(opt, &loss_abs, rng, facts);
	if (!p)
		return NULL;
	if (chebyshev_prepare(p, opt, facts) || chebyshev_solve(p, facts)) {
		fitted_free(p);
		return NULL;
	}
	return p;
}

const struct nso_problem nso_problem_quantile_regression = {
	.name = "quantile-regression",
	.title = "Quantile regression",
	.reference = "Koenker, Bassett 1978",
	.formula = "(1/m) sum_i max{tau r_i, (tau - 1) r_i}, r_i = b_i - <a_i, x>",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_SHARP | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = quantile_options,
	.make = quantile_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
	.saddle = &linear_saddle,
};

const struct nso_problem nso_problem_huber_regression = {
	.name = "huber-regression",
	.title = "Huber regression",
	.reference = "Huber 1964",
	.formula = "(1/m) sum_i h(<a_i, x> - b_i), h(r) = r^2/2 or delta |r| - delta^2/2",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_SMOOTH | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = huber_options,
	.make = huber_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};

const struct nso_problem nso_problem_chebyshev_regression = {
	.name = "chebyshev-regression",
	.title = "Chebyshev regression",
	.reference = "Boyd, Vandenberghe 2004, section 6.1",
	.formula = "max_i |<a_i, x> - b_i|",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_FINITE_MAX | NSO_SHARP,
	.instances = NSO_REDRAWN,
	.options = chebyshev_options,
	.make = chebyshev_make,
	.start = sum_start,
	.eval = chebyshev,
	.pieces = chebyshev_pieces,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};
