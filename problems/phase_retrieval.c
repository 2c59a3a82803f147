/* phase_retrieval.c -- robust phase retrieval: Duchi, Ruan 2019; Davis, Drusvyatskiy, Paquette
 * 2020: (1/m) sum_i |<a_i, x>^2 - y_i|, and on the amplitudes (1/m) sum_i ||<a_i, x>| - y_i|.
 * Gaussian a_i, solution on the unit sphere, determined up to its sign. For m >> n the
 * population's sharpness is f - f* >= (2/pi) |x - x*| |x + x*| (Duchi, Ruan 2019); no bound is
 * known for one sample, so the fact stays open. Corrupted y_i are 10 N(0,1)^2, as in the
 * authors' code. */
#include "planted.h"

static const struct nso_option options[] = {
	PLANTED_OPTIONS(50, 400, "Davis, Drusvyatskiy, Paquette 2020: m = 8 n"),
	{ 0 },
};

static struct planted *draw(const double *opt, gsl_rng *rng)
{
	size_t n = (size_t)opt[P_N], m = (size_t)opt[P_M];
	struct planted *p = planted_alloc(opt, n, m);

	if (!p)
		return NULL;
	if (rows_gaussian(&p->model.a, m, n, rng)) {
		planted_free(p);
		return NULL;
	}
	vec_unit(rng, n, p->solution);
	return p;
}

static double square(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double u = rows_dot(&p->model.a, i, x);

	(void)branch;
	return u * u - p->model.b[i];
}

static void square_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)branch;
	rows_add(&p->model.a, i, 2 * c * rows_dot(&p->model.a, i, x), g);
}

/* |q_i| with q_i of Hessian 2 a_i a_i'. */
static void *square_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p = draw(opt, rng);

	if (!p)
		return NULL;
	p->model.sum.residual = square;
	p->model.sum.gradient = square_gradient;
	planted_targets(p, opt[P_CORRUPT], REPLACE_SQUARE, rng, facts);
	facts->weak_convexity = 2 * rows_largest(&p->model.a) / (double)p->model.sum.m;
	return p;
}

static double amplitude(const void *self, size_t i, size_t branch, const double *x)
{
	const struct planted *p = self;
	double u = rows_dot(&p->model.a, i, x);

	return (branch ? -u : u) - p->model.b[i];
}

static void amplitude_gradient(
	const void *self, size_t i, size_t branch, const double *x, double c, double *g)
{
	const struct planted *p = self;

	(void)x;
	rows_add(&p->model.a, i, branch ? -c : c, g);
}

/* ||u| - y| has a concave kink at u = 0: not weakly convex. */
static void *amplitude_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct planted *p = draw(opt, rng);

	if (!p)
		return NULL;
	p->model.sum.branches = 2;
	p->model.sum.residual = amplitude;
	p->model.sum.gradient = amplitude_gradient;
	planted_targets(p, opt[P_CORRUPT], REPLACE_SQUARE, rng, facts);
	facts->lipschitz = planted_mean_length(&p->model.a);
	return p;
}

const struct nso_problem nso_problem_phase_retrieval = {
	.name = "phase-retrieval",
	.title = "Robust phase retrieval",
	.reference = "Duchi, Ruan 2019; Davis, Drusvyatskiy, Paquette 2020",
	.formula = "(1/m) sum_i |<a_i, x>^2 - y_i|",
	.group = "weakly-convex",
	.traits =
		NSO_WEAKLY_CONVEX | NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = square_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_sign,
	.score_name = "distance to the solution",
	.free = planted_free,
};

const struct nso_problem nso_problem_amplitude_retrieval = {
	.name = "amplitude-retrieval",
	.title = "Amplitude phase retrieval",
	.reference = "Duchi, Ruan 2019; Wang, Giannakis, Eldar 2018",
	.formula = "(1/m) sum_i ||<a_i, x>| - y_i|",
	.group = "weakly-convex",
	.traits = NSO_SHARP | NSO_STOCHASTIC | NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = amplitude_make,
	.start = planted_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = planted_distance_sign,
	.score_name = "distance to the solution",
	.free = planted_free,
};
