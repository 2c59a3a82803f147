/* svm.c -- support vector machines: (1/m) sum_i max(0, 1 - y_i <w, a_i>) plus (lambda/2)|w|^2
 * (Cortes, Vapnik 1995; in this form Shalev-Shwartz et al. 2011) or plus lambda |w|_1 (Bradley,
 * Mangasarian 1998; Zhu et al. 2004). Solved in make, optimum_error being the duality gap that
 * was reached: the first by stochastic dual coordinate ascent (Shalev-Shwartz, Zhang 2013) and
 * the linear system of the rows on the margin, the second, for planted data, as a linear
 * program; a file of data likewise. */
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include "classified.h"
#include "lp.h"
#include "saddle.h"

enum { LAMBDA = C_OWN, HOW };
static const double short_work = 2e8,
		    long_work = 2e9; /* multiplications: a third of a second, some */

#define OPTION_LAMBDA(help)                                                                    \
	{                                                                                      \
		"lambda", 0.01, 0, 1e6, help, NULL, "nsobench"                                 \
	}
static const struct nso_option l2_options[] = {
	CLASSIFIED_OPTIONS,
	[LAMBDA] = OPTION_LAMBDA("weight of |w|^2/2"),
	OWN_OPTIONS_AT(HOW),
	{ 0 },
};
static const struct nso_option l1_options[] = {
	CLASSIFIED_OPTIONS,
	[LAMBDA] = OPTION_LAMBDA("weight of |w|_1"),
	OWN_OPTIONS_AT(HOW),
	{ 0 },
};

/* ---------------------------------------------------------- squared norm ------------- */

/* Dual: max over 0 <= alpha_i <= 1 of (1/m) sum alpha_i - (lambda/2)|w|^2 at
 * w = -(1/(lambda m)) sum alpha_i c_i; one coordinate at a time, in a new order each pass. */
struct dual {
	double *alpha;
	size_t *order;
};

static void dual_pass(struct fitted *p, struct dual *d, gsl_rng *rng)
{
	struct linear_sum *s = &p->model;
	double lm = s->sum.l2 * (double)s->a.m;

	gsl_ran_shuffle(rng, d->order, s->a.m, sizeof *d->order);
	for (size_t k = 0; k < s->a.m; k++) {
		size_t i = d->order[k];
		double q = rows_norm2(&s->a, i), r = linear_residual(s, i, 0, p->minimizer);
		double to = q > 0 ? d->alpha[i] + r * lm / q : 1;

		to = fmin(fmax(to, 0), 1);
		if (to != d->alpha[i])
			rows_add(&s->a, i, (d->alpha[i] - to) / lm, p->minimizer);
		d->alpha[i] = to;
	}
}

/* w from alpha anew, free of the drift of the updates; then primal minus dual. */
static double dual_gap(struct fitted *p, const struct dual *d, double *primal)
{
	struct linear_sum *s = &p->model;
	double sum = 0;

	rows_back(&s->a, d->alpha, p->minimizer);
	for (size_t j = 0; j < s->a.n; j++)
		p->minimizer[j] /= -s->sum.l2 * (double)s->a.m;
	for (size_t i = 0; i < s->a.m; i++)
		sum += d->alpha[i];
	*primal = sum_eval(s, p->minimizer, NULL);
	return *primal -
	       (sum / (double)s->a.m - s->sum.l2 / 2 * vec_norm2(s->a.n, p->minimizer));
}

/* The rows with 0 < alpha_i < 1 lie on the margin, r_i(w) = 0: a linear system for their alpha
 * once the set is right. -1 and alpha unchanged when it is not yet, or is large. */
static int margin(const struct fitted *p, struct dual *d)
{
	const struct linear_sum *s = &p->model;
	size_t n = s->a.n, free_rows = 0, most = 400;
	double *v = calloc(n + most * most + most, sizeof *v), *gram = v + n,
	       *alpha = gram + most * most;
	size_t *at = malloc(most * sizeof *at);
	int bad = !v || !at;

	for (size_t i = 0; !bad && i < s->a.m; i++) {
		if (d->alpha[i] > 0 && d->alpha[i] < 1 && free_rows < most)
			at[free_rows++] = i;
		else if (d->alpha[i] > 0)
			rows_add(&s->a, i, d->alpha[i], v);
	}
	bad |= free_rows == most;
	for (size_t i = 0; !bad && i < free_rows; i++)
		alpha[i] = s->sum.l2 * (double)s->a.m - rows_dot(&s->a, at[i], v);
	for (size_t i = 0; !bad && i < free_rows; i++) {
		for (size_t j = 0; j < n; j++)
			v[j] = 0;
		rows_add(&s->a, at[i], 1, v);
		for (size_t k = 0; k < free_rows; k++)
			gram[i * free_rows + k] = rows_dot(&s->a, at[k], v);
	}
	if (!bad)
		spd_solve(free_rows, gram, alpha);
	for (size_t i = 0; !bad && i < free_rows; i++)
		bad |= !(alpha[i] >= 0 && alpha[i] <= 1);
	for (size_t i = 0; !bad && i < free_rows; i++)
		d->alpha[at[i]] = alpha[i];
	free(v);
	free(at);
	return bad ? -1 : 0;
}

/* Stops at a gap of 1e-14 or after `most` multiplications; returns the gap, NAN: memory is
 * short. */
static double ascend(struct fitted *p, gsl_rng *rng, double most)
{
	const struct rows *a = &p->model.a;
	double work = 0,
	       pass = 2 * (double)(a->col ? a->start[a->m] : a->m * a->n) + (double)a->m;
	struct dual d = { calloc(a->m, sizeof *d.alpha), malloc(a->m * sizeof *d.order) };
	double primal = NAN, gap = INFINITY;

	if (!d.alpha || !d.order) {
		free(d.alpha);
		free(d.order);
		return NAN;
	}
	for (size_t i = 0; i < a->m; i++)
		d.order[i] = i;
	while (gap > 1e-14 && work < most) {
		for (int k = 0; k < 10; k++, work += pass)
			dual_pass(p, &d, rng);
		gap = dual_gap(p, &d, &primal);
		if (gap > 1e-14 && gap < 1e-5 && !margin(p, &d))
			gap = dual_gap(p, &d, &primal);
	}
	free(d.alpha);
	free(d.order);
	return gap;
}

static double ascend_long(void *self)
{
	struct fitted *p = self;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937); /* seeded the same for every file */
	double gap;

	if (!rng)
		return NAN;
	gap = p->model.sum.l2 > 0 ? ascend(p, rng, long_work / (1 + 20 / (double)p->model.a.n))
				  : INFINITY;
	gsl_rng_free(rng);
	return gap;
}

static void penalty(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.l2 = opt[LAMBDA];
	if (opt[LAMBDA] == 0) {
		facts->traits |= NSO_POLYHEDRAL;
		return;
	}
	facts->convexity = facts->pl = opt[LAMBDA];
	facts->traits |= NSO_STRONGLY_CONVEX | NSO_PL;
}

static int l2_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	classified_shift(p, 1, opt);
	penalty(p, opt, facts);
	return 0;
}

static const struct own_recipe l2_own = { { "svm", l2_options, C_DATA, HOW, OWN_TWO },
	&loss_hinge, 1, l2_prepare, ascend_long, sum_eval };

static void *l2_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;
	double gap;

	if (classified_file(opt))
		return own_make(&l2_own, sizeof *p, opt, facts);
	p = classified_make(opt, 1, &loss_hinge, rng, facts);
	if (!p)
		return NULL;
	penalty(p, opt, facts);
	if (opt[LAMBDA] == 0)
		return p;
	gap = ascend(p, rng, short_work);
	if (isnan(gap)) {
		fitted_free(p);
		return NULL;
	}
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(gap, 1e-15);
	facts->minimizer = gap <= 1e-13 ? p->minimizer : NULL;
	return p;
}

/* ---------------------------------------------------------- l1 norm ------------------ */

/*
 * Dual: max (1/m) sum z_i over 0 <= z <= 1, |(1/m) sum_i z_i c_i|_inf <= lambda; with slacks
 * 0 <= z_{m+j} <= 2 lambda the equations (1/m) sum_i z_i c_i + slack = lambda, whose
 * multipliers are w.
 */
static int linear_program(struct fitted *p, double lambda, double *bound)
{
	const struct rows *c = &p->model.a;
	size_t m = c->m, n = c->n, q = m + n;
	double *memory = calloc(3 * q + n, sizeof *memory), lost;
	double *cost = memory, *most = memory + q, *z = memory + 2 * q, *right = memory + 3 * q;
	struct rows a;

	if (!memory || rows_dense(&a, q, n)) {
		free(memory);
		return -1;
	}
	for (size_t j = 0; j < n; j++) {
		a.val[(m + j) * n + j] = 1;
		most[m + j] = 2 * lambda;
		right[j] = lambda;
	}
	for (size_t i = 0; i < m; i++) {
		rows_add(c, i, 1 / (double)m, a.val + i * n);
		cost[i] = -1 / (double)m;
		most[i] = 1;
	}
	lost = lp_solve(&a, right, cost, most, z, p->minimizer);
	*bound = -vec_dot(q, cost, z) - lost * l1_norm(n, p->minimizer);
	rows_free(&a);
	free(memory);
	return 0;
}

/* The vertex of kinks w_j = 0 and r_i = 0 next to w, if it is no worse. */
static void vertex(struct fitted *p, double *best)
{
	const struct rows *c = &p->model.a;
	size_t m = c->m, n = c->n;
	double *d = calloc(m + 2 * n, sizeof *d), *x = d + m + n, f;
	struct rows kinks;

	if (!d || rows_dense(&kinks, m + n, n)) {
		free(d);
		return;
	}
	for (size_t i = 0; i < m; i++) {
		rows_add(c, i, 1, kinks.val + i * n);
		d[i] = p->model.b[i];
	}
	for (size_t j = 0; j < n; j++) {
		kinks.val[(m + j) * n + j] = 1;
		x[j] = p->minimizer[j];
	}
	f = lp_vertex(&kinks, d, x) ? INFINITY : sum_eval(p, x, NULL);
	for (size_t j = 0; f <= *best + 1e-10 && j < n; j++)
		p->minimizer[j] = x[j];
	*best = f <= *best + 1e-10 ? f : *best;
	rows_free(&kinks);
	free(d);
}

/* |sum_i slope c_i|/m + lambda sqrt(n). */
static void l1_penalty(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.l1 = opt[LAMBDA];
	facts->lipschitz = opt[LAMBDA] * sqrt((double)facts->n);
	for (size_t i = 0; i < facts->terms; i++)
		facts->lipschitz += sqrt(rows_norm2(&p->model.a, i)) / (double)facts->terms;
}

/* The minimizer and the error of f*; INFINITY where a dense linear program would be too large.
 */
static double l1_solve(void *self)
{
	struct fitted *p = self;
	const struct rows *a = &p->model.a;
	double bound, f;

	if (a->col || a->m > 5000 || a->n > 300 || p->model.sum.l1 == 0)
		return INFINITY;
	if (linear_program(p, p->model.sum.l1, &bound))
		return NAN;
	f = sum_eval(p, p->minimizer, NULL);
	vertex(p, &f);
	return fmax(f - bound, 1e-15);
}

static int l1_prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	classified_shift(p, 1, opt);
	l1_penalty(p, opt, facts);
	return 0;
}

static const struct own_recipe l1_own = { { "l1-svm", l1_options, C_DATA, HOW, OWN_TWO },
	&loss_hinge, 1, l1_prepare, l1_solve, sum_eval };

static void *l1_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct fitted *p;
	double error;

	if (classified_file(opt))
		return own_make(&l1_own, sizeof *p, opt, facts);
	p = classified_make(opt, 1, &loss_hinge, rng, facts);
	if (!p)
		return NULL;
	l1_penalty(p, opt, facts);
	error = l1_solve(p);
	if (isinf(error))
		return p; /* f* stays open */
	if (isnan(error)) {
		fitted_free(p);
		return NULL;
	}
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = error;
	facts->minimizer = p->minimizer;
	return p;
}

const struct nso_problem nso_problem_svm = {
	.name = "svm",
	.title = "SVM",
	.reference = "Cortes, Vapnik 1995; Shalev-Shwartz et al. 2011",
	.formula = "(lambda/2)|w|^2 + (1/m) sum_i max(0, 1 - y_i <w, a_i>)",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = l2_options,
	.make = l2_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = classified_accuracy,
	.score_name = "training accuracy",
	.free = fitted_free,
	.saddle = &linear_saddle,
};

const struct nso_problem nso_problem_l1_svm = {
	.name = "l1-svm",
	.title = "l1 SVM",
	.reference = "Bradley, Mangasarian 1998; Zhu, Rosset, Hastie, Tibshirani 2004",
	.formula = "lambda |w|_1 + (1/m) sum_i max(0, 1 - y_i <w, a_i>)",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_STOCHASTIC | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = l1_options,
	.make = l1_make,
	.start = sum_start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = classified_accuracy,
	.score_name = "training accuracy",
	.free = fitted_free,
	.saddle = &linear_saddle,
};
