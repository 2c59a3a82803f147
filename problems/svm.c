/* svm.c -- support vector machine: f(w) = (lambda/2)|w|^2 + (1/m) sum_i max(0, 1 - y_i <w, a_i>),
 * Cortes, Vapnik 1995; in this form Shalev-Shwartz et al. 2011 (Pegasos). Data: planted, or a
 * LIBSVM file. For lambda > 0 f* is the better end of the duality gap of stochastic dual coordinate
 * ascent (Shalev-Shwartz, Zhang 2013), solved in make; optimum_error is the gap that was reached. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "finite_sum.h"
#include "libsvm.h"

enum { DATA, M, N, NOISE, LAMBDA };
static const struct nso_option options[] = {
	[DATA] = { "data", 0, 0, 1e9,
		"\"planted\" (default), or a LIBSVM file: a path or a name such as a9a", nso_any_text,
		"ours" },
	[M] = { "m", 200, 1, 1e8, "rows of planted data", NULL, "ours", 1 },
	[N] = { "n", 20, 1, 1e7, "dimension of planted data", NULL, "ours", 1 },
	[NOISE] = { "noise", 0.1, 0, 1, "share of planted labels that are flipped", NULL, "ours" },
	[LAMBDA] = { "lambda", 0.01, 0, 1e6, "weight of |w|^2/2", NULL, "ours" },
	{ 0 },
};

/* Rows are c_i = -y_i a_i and b_i = -1, so that r_i(w) = 1 - y_i <w, a_i>. */
struct svm {
	struct linear_sum model;
	double *w; /* the minimizer to the accuracy of the dual method */
};

static void destroy(void *self)
{
	struct svm *p = self;

	if (!p)
		return;
	rows_free(&p->model.a);
	free(p->model.b);
	free(p->w);
	free(p);
}

/* a_i ~ N(0, I), y_i = sign <a_i, w> for a unit vector w, a share of the labels flipped. */
static double *planted(const double *opt, gsl_rng *rng, struct rows *a)
{
	size_t m = (size_t)opt[M], n = (size_t)opt[N];
	double *y = malloc(m * sizeof *y), *w = malloc(n * sizeof *w);

	if (!y || !w || rows_gaussian(a, m, n, rng)) {
		free(y);
		free(w);
		return NULL;
	}
	vec_unit(rng, n, w);
	for (size_t i = 0; i < m; i++) {
		y[i] = rows_dot(a, i, w) < 0 ? -1 : 1;
		if (gsl_rng_uniform(rng) < opt[NOISE])
			y[i] = -y[i];
	}
	free(w);
	return y;
}

static double *from_file(const char *name, struct rows *a, char *why, size_t size)
{
	char path[4096];
	double *y = NULL;

	if (nso_data_path(name, path, sizeof path))
		snprintf(why, size, "%.238s", path); /* says which places were tried */
	else
		libsvm_read(path, a, &y, why, size);
	return y;
}

/* Dual: max over 0 <= alpha_i <= 1 of (1/m) sum alpha_i - (lambda/2)|w|^2 at
 * w = -(1/(lambda m)) sum alpha_i c_i; one coordinate at a time, in a new order each pass. */
struct dual {
	double *alpha;
	size_t *order;
};

static void dual_pass(struct svm *p, struct dual *d, gsl_rng *rng)
{
	struct linear_sum *s = &p->model;
	double lm = s->sum.l2 * (double)s->a.m;

	gsl_ran_shuffle(rng, d->order, s->a.m, sizeof *d->order);
	for (size_t k = 0; k < s->a.m; k++) {
		size_t i = d->order[k];
		double q = rows_norm2(&s->a, i), r = linear_residual(s, i, 0, p->w);
		double to = q > 0 ? d->alpha[i] + r * lm / q : 1;

		to = fmin(fmax(to, 0), 1);
		if (to != d->alpha[i])
			rows_add(&s->a, i, (d->alpha[i] - to) / lm, p->w);
		d->alpha[i] = to;
	}
}

/* w from alpha anew, free of the drift of the updates; then primal minus dual. */
static double dual_gap(struct svm *p, const struct dual *d, double *primal)
{
	struct linear_sum *s = &p->model;
	double sum = 0;

	rows_back(&s->a, d->alpha, p->w);
	for (size_t j = 0; j < s->a.n; j++)
		p->w[j] /= -s->sum.l2 * (double)s->a.m;
	for (size_t i = 0; i < s->a.m; i++)
		sum += d->alpha[i];
	*primal = sum_eval(s, p->w, NULL);
	return *primal - (sum / (double)s->a.m - s->sum.l2 / 2 * vec_norm2(s->a.n, p->w));
}

/* Stops at a gap of 1e-13 or after 2e8 multiplications: about a third of a second. */
static int certify(struct svm *p, gsl_rng *rng, struct nso_facts *facts)
{
	const struct rows *a = &p->model.a;
	double work = 0, pass = 2 * (double)(a->col ? a->start[a->m] : a->m * a->n) + (double)a->m;
	struct dual d = { calloc(a->m, sizeof *d.alpha), malloc(a->m * sizeof *d.order) };
	double primal, gap = INFINITY;

	if (!d.alpha || !d.order) {
		free(d.alpha);
		free(d.order);
		return -1;
	}
	for (size_t i = 0; i < a->m; i++)
		d.order[i] = i;
	facts->optimum = INFINITY;
	while (gap > 1e-13 && work < 2e8) {
		for (int k = 0; k < 10; k++, work += pass)
			dual_pass(p, &d, rng);
		gap = dual_gap(p, &d, &primal);
	}
	facts->optimum = primal;
	facts->optimum_error = fmax(gap, 1e-15);
	facts->minimizer = gap <= 1e-12 ? p->w : NULL;
	free(d.alpha);
	free(d.order);
	return 0;
}

static void describe(struct svm *p, const double *opt, struct nso_facts *facts)
{
	struct linear_sum *s = &p->model;
	double lipschitz = 0;

	for (size_t i = 0; i < s->a.m; i++)
		lipschitz += sqrt(rows_norm2(&s->a, i)) / (double)s->a.m;
	facts->n = s->a.n;
	facts->terms = s->a.m;
	if (opt[LAMBDA] > 0) {
		facts->convexity = facts->pl = opt[LAMBDA];
		facts->traits |= NSO_STRONGLY_CONVEX | NSO_PL;
	} else {
		facts->lipschitz = lipschitz;
		facts->traits |= NSO_POLYHEDRAL;
	}
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	const char *name = nso_text(opt[DATA]);
	struct svm *p = calloc(1, sizeof *p);
	struct linear_sum *s = &p->model;
	double *y;

	if (!p)
		return NULL;
	if (!*name || !strcmp(name, "planted"))
		y = planted(opt, rng, &s->a);
	else
		y = from_file(name, &s->a, facts->why, sizeof facts->why);
	s->b = y ? malloc(s->a.m * sizeof *s->b) : NULL;
	p->w = y ? calloc(s->a.n, sizeof *p->w) : NULL;
	if (!s->b || !p->w) {
		free(y);
		destroy(p);
		return NULL;
	}
	for (size_t i = 0; i < s->a.m; i++) {
		s->b[i] = -1;
		rows_scale(&s->a, i, -y[i]);
	}
	free(y);
	s->sum = (struct finite_sum){ .n = s->a.n, .m = s->a.m, .scale = 1 / (double)s->a.m,
		.l2 = opt[LAMBDA], .loss = &loss_hinge, .residual = linear_residual,
		.gradient = linear_gradient };
	describe(p, opt, facts);
	if (opt[LAMBDA] > 0 && certify(p, rng, facts)) {
		destroy(p);
		return NULL;
	}
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct svm *p = self;

	(void)rng;
	for (size_t j = 0; j < p->model.a.n; j++)
		x[j] = 0;
}

static double accuracy(const void *self, const double *x)
{
	const struct svm *p = self;
	size_t right = 0;

	for (size_t i = 0; i < p->model.a.m; i++)
		right += rows_dot(&p->model.a, i, x) < 0; /* -y <w, a> < 0 */
	return (double)right / (double)p->model.a.m;
}

const struct nso_problem nso_problem_svm = {
	.name = "svm",
	.title = "SVM",
	.reference = "Cortes, Vapnik 1995; Shalev-Shwartz et al. 2011",
	.formula = "(lambda/2)|w|^2 + (1/m) sum_i max(0, 1 - y_i <w, a_i>)",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_STOCHASTIC,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = sum_eval,
	.batch = sum_batch,
	.pieces = sum_pieces,
	.score = accuracy,
	.score_name = "training accuracy",
	.free = destroy,
};
