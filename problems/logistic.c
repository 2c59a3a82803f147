/* logistic.c -- logistic regression (1/m) sum_i log(1 + exp(-y_i <w, a_i>)), plain (smooth; PL
 * on level sets: Karimi, Nutini, Schmidt 2016) and with lambda |w|_1 (Koh, Kim, Boyd 2007). f*
 * is solved in make: plain by Newton's method, with the square of its last decrement as error
 * (twice what is left within the region of quadratic convergence), l1 with the duality gap of
 * Koh, Kim, Boyd 2007, section III. */
#include <stdlib.h>
#include <string.h>
#include "classified.h"
#include "data/solve.h"
#include "design.h"
#include "lp.h"

enum { LAMBDA = C_OWN, PLAIN_HOW = C_OWN, HOW };

static const struct nso_option plain_options[] = {
	CLASSIFIED_OPTIONS,
	OWN_OPTIONS_AT(PLAIN_HOW),
	{ 0 },
};
static const struct nso_option l1_options[] = {
	CLASSIFIED_OPTIONS,
	[LAMBDA] = { "lambda", 0.1, 1e-6, 1,
		"weight of |w|_1 as a share of that which makes w = 0 best", NULL,
		"Massias et al. 2022" },
	OWN_OPTIONS_AT(HOW),
	{ 0 },
};

static double smoothness(const struct fitted *p)
{
	return rows_largest(&p->model.a) / (4 * (double)p->model.a.m);
}

/* ---------------------------------------------------------- plain -------------------- */

/* H = (1/m) sum s(1 - s) c_i c_i' at w, s the slope of the loss. */
static void hessian(const struct linear_sum *p, const double *w, double *h)
{
	size_t n = p->a.n;
	double *row = h + n * n, slope;

	for (size_t i = 0; i < n * n; i++)
		h[i] = 0;
	for (size_t i = 0; i < p->a.m; i++) {
		p->sum.loss->value(linear_residual(p, i, 0, w), 0, &slope);
		for (size_t j = 0; j < n; j++)
			row[j] = 0;
		rows_add(&p->a, i, 1, row);
		for (size_t j = 0; j < n; j++)
			if (row[j] != 0)
				rows_add(&p->a, i, p->sum.scale * slope * (1 - slope) * row[j],
					h + j * n);
	}
}

/* Damped Newton from 0; returns the last squared decrement, <g, H^-1 g>. */
static double newton(struct fitted *p, double *memory)
{
	const struct linear_sum *s = &p->model;
	size_t n = s->a.n;
	double *g = memory, *d = g + n, *h = d + n, decrement = INFINITY;

	for (int k = 0; k < 100 && decrement > 1e-30; k++) {
		double f = sum_eval(p, p->minimizer, g), step = 1;

		hessian(s, p->minimizer, h);
		memcpy(d, g, n * sizeof *d);
		spd_solve(n, h, d);
		decrement = vec_dot(n, g, d);
		if (!(decrement > 0))
			return fabs(decrement);
		for (size_t j = 0; j < n; j++)
			g[j] = p->minimizer[j];
		do {
			for (size_t j = 0; j < n; j++)
				p->minimizer[j] = g[j] - step * d[j];
			step /= 2;
		} while (decrement > 1e-10 && step > 1e-10 &&
			 !(sum_eval(p, p->minimizer, NULL) <= f - step / 2 * decrement));
	}
	return decrement;
}

/* The square of the last decrement where it is small, else INFINITY: the model is too large for
 * Newton's method in a second, or the data are separable, have no minimizer, and f* = 0 stays a
 * limit. */
static double plain_solve(struct fitted *p)
{
	double n = (double)p->model.a.n, *memory, left;

	if (n > 300 || n * n * (double)p->model.a.m > 1e9)
		return INFINITY;
	memory = malloc((3 * p->model.a.n + p->model.a.n * p->model.a.n) * sizeof *memory);
	if (!memory)
		return NAN;
	left = newton(p, memory);
	free(memory);
	return left > 1e-12 ? INFINITY : fmax(left, 1e-15);
}

static double plain_file(void *self)
{
	struct fitted *p = self;
	double n = (double)p->model.a.n, error;

	if (n > 300 || n * n * (double)p->model.a.m > 1e9)
		return INFINITY;
	if (p->model.a.col && isfinite(error = plain_solve(p)))
		return error; /* sparse rows are not filled in without need */
	for (size_t j = 0; j < p->model.a.n; j++)
		p->minimizer[j] = 0;
	return solve_turned(p, plain_solve, sum_eval);
}

static int plain_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	classified_shift(p, 0, opt);
	facts->smoothness = smoothness(p);
	return 0;
}

static const struct own_recipe plain_own = { { "logistic-regression", plain_options, C_DATA,
						     PLAIN_HOW, OWN_TWO },
	&loss_logistic, 1, plain_prepare, plain_file, sum_eval };

static void *plain_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;
	double error;

	if (classified_file(opt))
		return own_make(&plain_own, sizeof *p, opt, facts);
	p = classified_make(opt, 0, &loss_logistic, rng, facts);
	if (!p)
		return NULL;
	facts->smoothness = smoothness(p);
	error = plain_solve(p);
	if (isnan(error)) {
		fitted_free(p);
		return NULL;
	}
	if (isinf(error))
		return p;
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = error;
	facts->minimizer = p->minimizer;
	return p;
}

/* ---------------------------------------------------------- l1 ----------------------- */

/* Dual: max -(1/m) sum [t log t + (1 - t) log(1 - t)] over |(1/m) sum t_i c_i|_inf <= lambda;
 * the slopes t_i = s(r_i), scaled into the set. */
static double gap(const void *self, const double *w)
{
	const struct fitted *p = self;
	const struct linear_sum *s = &p->model;
	double *g = malloc(s->a.n * sizeof *g), most = 0, scale, dual = 0, slope;

	if (!g)
		return INFINITY;
	sum_smooth(self, w, g);
	for (size_t j = 0; j < s->a.n; j++)
		most = fmax(most, fabs(g[j]));
	free(g);
	scale = most > s->sum.l1 ? s->sum.l1 / most : 1;
	for (size_t i = 0; i < s->a.m; i++) {
		double t;

		s->sum.loss->value(linear_residual(s, i, 0, w), 0, &slope);
		t = scale * slope;
		dual -= (t > 0 ? t * log(t) : 0) + (t < 1 ? (1 - t) * log1p(-t) : 0);
	}
	return sum_eval(self, w, NULL) - dual / (double)s->a.m;
}

/* At w = 0 the gradient is (1/2m) sum c_i: with lambda its largest entry the solution is 0. */
static double largest_lambda(const struct fitted *p)
{
	double *g = malloc(p->model.a.n * sizeof *g), most = 0;

	if (!g)
		return NAN;
	sum_smooth(p, p->minimizer, g);
	for (size_t j = 0; j < p->model.a.n; j++)
		most = fmax(most, fabs(g[j]));
	free(g);
	return most;
}

/* Steps worth `work` multiplications; the gap that is left. */
static double descend(struct fitted *p, double work)
{
	static const struct nso_problem f = { .smooth = sum_smooth, .prox = sum_prox };
	const struct rows *a = &p->model.a;
	double entries = a->col ? (double)a->start[a->m] : (double)a->m * (double)a->n;

	return accelerate(&f, p, a->n, p->smoothness, gap, 1e-15,
		100 + (size_t)(work / (4 * entries + 40 * (double)a->m)), p->minimizer);
}

static double descend_long(void *self) { return descend(self, 4e9); }

static int penalty(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	facts->smoothness = p->smoothness = smoothness(p);
	p->model.sum.l1 = opt[LAMBDA] * largest_lambda(p);
	return isnan(p->model.sum.l1) || isnan(p->smoothness) ? -1 : 0;
}

static int l1_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	classified_shift(p, 0, opt);
	return penalty(p, opt, facts);
}

static const struct own_recipe l1_own = { { "l1-logistic", l1_options, C_DATA, HOW, OWN_TWO },
	&loss_logistic, 1, l1_prepare, descend_long, sum_eval };

static void *l1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;
	double reached;

	if (classified_file(opt))
		return own_make(&l1_own, sizeof *p, opt, facts);
	p = classified_make(opt, 0, &loss_logistic, rng, facts);
	if (!p)
		return NULL;
	reached = penalty(p, opt, facts) ? NAN : descend(p, 2e8);
	if (isnan(reached)) {
		fitted_free(p);
		return NULL;
	}
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(reached, 1e-15);
	facts->minimizer = reached < 1e-12 ? p->minimizer : NULL;
	return p;
}

const struct nso_problem nso_problem_logistic_regression = {
	.name = "logistic-regression",
	.title = "Logistic regression",
	.reference = "Karimi, Nutini, Schmidt 2016",
	.formula = "(1/m) sum_i log(1 + exp(-y_i <w, a_i>))",
	.group = "pl",
	.traits = NSO_CONVEX | NSO_SMOOTH | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = plain_options,
	.make = plain_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.score = classified_accuracy,
	.score_name = "training accuracy",
	.free = fitted_free,
};

const struct nso_problem nso_problem_l1_logistic = {
	.name = "l1-logistic",
	.title = "l1 logistic regression",
	.reference = "Koh, Kim, Boyd 2007",
	.formula = "(1/m) sum_i log(1 + exp(-y_i <w, a_i>)) + lambda |w|_1",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = l1_options,
	.make = l1_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.smooth = sum_smooth,
	.prox = sum_prox,
	.pieces = sum_pieces,
	.score = classified_accuracy,
	.score_name = "training accuracy",
	.free = fitted_free,
};
