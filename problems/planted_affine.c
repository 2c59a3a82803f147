/* planted_affine.c -- regression on a piecewise affine model with a planted solution: ReLU
 * regression (1/m) sum_i |max(<a_i, x>, 0) - y_i|; max-affine regression (Ghosh et al. 2021)
 * (1/m) sum_i |max_k <a_i, x_k> - y_i|, solved up to the order of the k vectors; l1 regression
 * |Ax - b|_1 (S3: convex, and sharp with the least singular value of A). Gaussian a_i, unit x.
 * The last also of a file of data. */
#include <stdlib.h>
#include "data/own.h"
#include "data/solve.h"
#include "lp.h"
#include "planted.h"
#include "saddle.h"

enum { K = P_OWN, DATA = P_OWN };
static const double most_work = 1e8; /* m n^2 of a file that is solved in make: some seconds */

static const struct nso_option options[] = {
	PLANTED_OPTIONS(20, 160, "nsobench: m = 8 n"),
	{ 0 },
};
static const struct nso_option l1_options[] = {
	PLANTED_OPTIONS(20, 160, "nsobench: m = 8 n"),
	OWN_DATA_AT(DATA),
	{ 0 },
};
static const struct nso_option max_affine_options[] = {
	PLANTED_OPTIONS(10, 240, "nsobench: m = 8 n k"),
	[K] = { "k", 3, 1, 7, "affine pieces", NULL, "Ghosh et al. 2021", 1 },
	{ 0 },
};

static struct planted *draw(const double *opt, size_t k, gsl_rng *rng)
{
	size_t d = (size_t)opt[P_N], m = (size_t)opt[P_M];
	struct planted *p = planted_alloc(opt, d * k, m);

	if (!p)
		return NULL;
	p->r = k;
	if (rows_gaussian(&p->model.a, m, d, rng)) {
		planted_free(p);
		return NULL;
	}
	for (size_t j = 0; j < k; j++)
		vec_unit(rng, d, p->solution + j * d);
	return p;
}

/* Branch k is <a_i, x_k>; with one vector and two branches the second is 0. */
static double branch(const void *self, size_t i, size_t k, const double *x)
{
	const struct planted *p = self;

	return (k < p->r ? rows_dot(&p->model.a, i, x + k * p->d) : 0) - p->model.b[i];
}

static void branch_gradient(
	const void *self, size_t i, size_t k, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)x;
	if (k < p->r)
		rows_add(&p->model.a, i, c, g + k * p->d);
}

static void *finish(struct planted *p, const double *opt, size_t branches, gsl_rng *rng,
	struct nso_facts *facts)
{
	if (!p)
		return NULL;
	p->model.sum.branches = branches;
	p->model.sum.residual = branch;
	p->model.sum.gradient = branch_gradient;
	planted_targets(p, opt[P_CORRUPT], ADD, rng, facts);
	facts->lipschitz = planted_mean_length(&p->model.a);
	return p;
}

static void *relu_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	return finish(draw(opt, 1, rng), opt, 2, rng, facts);
}

static void *max_affine_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t k = (size_t)opt[K];

	return finish(draw(opt, k, rng), opt, k, rng, facts);
}

/* ---------------------------------------------------------- l1 regression ------------ */

static double median_error(struct fitted *t)
{
	double bound = lp_quantile(&t->model.a, t->model.b, 0.5, t->minimizer);

	return sum_eval(t, t->minimizer, NULL) - 2 * (double)t->model.a.m * bound;
}

static double least_deviations(void *self)
{
	struct planted *p = self;
	double n = (double)p->model.a.n;
	struct fitted t = { p->model, p->solution, NAN };

	if (p->model.a.col || (double)p->model.a.m * n * n > most_work)
		return INFINITY;
	t.model.sum.residual = linear_residual;
	t.model.sum.gradient = linear_gradient;
	return solve_turned(&t, median_error, sum_eval);
}

static int fill(struct planted *p, struct own *own, struct nso_facts *facts)
{
	p->model.a = own->s.a;
	p->model.b = own->s.y;
	own->s.a = (struct rows){ 0 };
	own->s.y = NULL;
	p->d = facts->n = p->model.a.n;
	p->r = 1;
	p->from_zero = 1;
	facts->terms = p->model.a.m;
	p->model.sum = (struct finite_sum){ .n = p->model.a.n,
		.m = p->model.a.m,
		.scale = 1,
		.loss = &loss_abs,
		.branches = 1,
		.residual = branch,
		.gradient = branch_gradient };
	p->solution = calloc(p->model.a.n, sizeof *p->solution);
	facts->lipschitz = (double)p->model.a.m * planted_mean_length(&p->model.a);
	facts->traits &= ~(unsigned)(NSO_PLANTED | NSO_RANDOM_START);
	return p->solution ? own_certify(own, p, least_deviations, sum_eval, facts->n,
				     p->solution, sum_eval(p, p->solution, NULL), facts)
			   : -1;
}

static void *from_file(const double *opt, struct nso_facts *facts)
{
	static const struct own_kind kind = { "l1-regression", l1_options, DATA, DATA + 1,
		OWN_NUMBERS };
	struct planted *p = calloc(1, sizeof *p);
	struct own own;
	int bad;

	if (!p || own_read(&own, &kind, opt, facts)) {
		free(p);
		return NULL;
	}
	bad = fill(p, &own, facts);
	own_free(&own);
	if (!bad)
		return p;
	planted_free(p);
	return NULL;
}

/* |A u|_1 >= |A u| >= sigma_min |u|; |A'sign| <= sigma_max sqrt(m). With corruption the bound
 * of the clean rows does not hold. */
static void *l1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p;
	double least, most;

	if (*nso_text(opt[DATA]))
		return from_file(opt, facts);
	p = draw(opt, 1, rng);
	if (p)
		p->model.sum.scale = 1;
	if (!finish(p, opt, 1, rng, facts))
		return NULL;
	rows_extremes(&p->model.a, &least, &most);
	facts->lipschitz = fmin(
		(double)p->model.sum.m * facts->lipschitz, sqrt((double)p->model.sum.m * most));
	if (facts->optimum == 0 && p->model.sum.m >= p->model.sum.n)
		facts->sharpness = sqrt(least);
	return p;
}

/* Least sum of squared distances over the ways to give vectors k.. of x those not yet taken. */
static double matching(const struct planted *p, const double *x, size_t k, unsigned taken)
{
	double best = INFINITY;

	if (k == p->r)
		return 0;
	for (size_t j = 0; j < p->r; j++) {
		double sum = 0;

		if (taken >> j & 1)
			continue;
		for (size_t i = 0; i < p->d; i++) {
			double gap = x[k * p->d + i] - p->solution[j * p->d + i];

			sum += gap * gap;
		}
		best = fmin(best, sum + matching(p, x, k + 1, taken | 1u << j));
	}
	return best;
}

static double max_affine_score(const void *self, const double *x)
{
	return sqrt(matching(self, x, 0, 0));
}

const struct nso_problem nso_problem_relu_regression = {
	.name = "relu-regression",
	.title = "ReLU regression",
	.reference = "Davis, Drusvyatskiy, Kakade, Lee 2020",
	.formula = "(1/m) sum_i |max(<a_i, x>, 0) - y_i|",
	.group = "weakly-convex",
	.traits = NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = relu_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance,
	.score_name = "distance to the solution",
	.free = planted_free,
};

const struct nso_problem nso_problem_max_affine_regression = {
	.name = "max-affine-regression",
	.title = "Max-affine regression",
	.reference = "Ghosh, Pananjady, Guntuboyina, Ramchandran 2021",
	.formula = "(1/m) sum_i |max_k <a_i, x_k> - y_i|",
	.group = "weakly-convex",
	.traits = NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = max_affine_options,
	.make = max_affine_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = max_affine_score,
	.score_name = "distance to the solution",
	.free = planted_free,
};

const struct nso_problem nso_problem_l1_regression = {
	.name = "l1-regression",
	.title = "S3: l1 regression",
	.reference = "constants proved in the file",
	.formula = "|Ax - b|_1",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_SHARP | NSO_POLYHEDRAL | NSO_STOCHASTIC | NSO_PLANTED |
		  NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = l1_options,
	.make = l1_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance,
	.score_name = "distance to the solution",
	.free = planted_free,
	.saddle = &linear_saddle,
};
