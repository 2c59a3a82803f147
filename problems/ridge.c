/* ridge.c -- ridge regression |Ax - b|^2/(2m) + (reg/2)|x|^2, as in the experiments of the
 * Polyak schedulers for SAM (arXiv:2606.01827, section 4.1, and its code). design=spd: A = U
 * diag(s) U', s log-spaced around 1 with s_max/s_min = cond, b = A x*: consistent, f* = 0
 * without reg. design=gaussian: entries and b are N(0, 1), so that the terms disagree at the
 * solution. x* solves the normal equations; on a file of data, the columns made orthonormal. */
#include <stdlib.h>
#include <string.h>
#include "data/own.h"
#include "data/solve.h"
#include "lp.h"

enum { M, N, REG, DESIGN, COND, DATA };
enum { SPD, GAUSSIAN };
static const char *const designs[] = { "spd", "gaussian", NULL };
static const char code[] = "SAM-SPS, official code";
static const struct nso_option options[] = {
	[M] = { "m", 100, 1, 1e5, "rows; design=spd: as many as n", NULL, code, 1 },
	[N] = { "n", 100, 1, 2000, "dimension", NULL, code, 1 },
	[REG] = { "reg", 0, 0, 1e6, "weight of |x|^2/2", NULL, code, 0 },
	[DESIGN] = { "design", SPD, 0, 1, "spd: of given condition, consistent", designs, code,
		0 },
	[COND] = { "cond", 10, 1, 1e8, "condition of A for design=spd", NULL, code, 0 },
	OWN_DATA_AT(DATA),
	{ 0 },
};

/* A = U diag(s) U', the rows u_k of U orthonormal. */
static int spd(struct rows *a, size_t n, double cond, gsl_rng *rng)
{
	struct rows u;

	if (rows_dense(a, n, n) || rows_orthonormal(&u, n, n, rng))
		return -1;
	for (size_t k = 0; k < n; k++) {
		double s = pow(cond, n > 1 ? (double)k / (double)(n - 1) - 0.5 : 0);

		for (size_t i = 0; i < n; i++)
			rows_add(&u, k, s * u.val[k * n + i], a->val + i * n);
	}
	rows_free(&u);
	return 0;
}

/* x = (A'A/m + reg)^-1 A'b/m */
static int solve(struct fitted *p)
{
	const struct rows *a = &p->model.a;
	size_t n = a->n;
	double *h = calloc(n * n, sizeof *h);

	if (!h)
		return -1;
	for (size_t i = 0; i < a->m; i++)
		for (size_t j = 0; j < n; j++)
			rows_add(a, i, a->val[i * n + j] / (double)a->m, h + j * n);
	for (size_t j = 0; j < n; j++)
		h[j * n + j] += p->model.sum.l2;
	rows_back(a, p->model.b, p->minimizer);
	for (size_t j = 0; j < n; j++)
		p->minimizer[j] /= (double)a->m;
	spd_solve(n, h, p->minimizer);
	free(h);
	return 0;
}

static int draw(struct fitted *p, const double *opt, gsl_rng *rng)
{
	struct rows *a = &p->model.a;
	size_t m = p->model.sum.m, n = p->model.sum.n;

	if (opt[DESIGN] == GAUSSIAN) {
		if (rows_gaussian(a, m, n, rng))
			return -1;
		nso_normal(rng, m, p->model.b);
		return solve(p);
	}
	if (spd(a, n, opt[COND], rng))
		return -1;
	nso_normal(rng, n, p->minimizer);
	rows_times(a, p->minimizer, p->model.b);
	return opt[REG] > 0 ? solve(p) : 0;
}

static void constants(struct fitted *p, struct nso_facts *facts)
{
	const struct rows *a = &p->model.a;
	double least, most, reg = p->model.sum.l2, row = 0;

	rows_extremes(a, &least, &most);
	if (isnan(most))
		most = rows_largest(a);
	facts->smoothness = most / (double)a->m + reg;
	/* fewer rows than unknowns: A'A has a kernel */
	facts->convexity = (a->m < a->n ? 0 : least / (double)a->m) + reg;
	if (!(facts->convexity > 0))
		facts->convexity = NAN;
	facts->pl = reg > 0 ? facts->convexity : least / (double)a->m;
	for (size_t i = 0; i < a->m; i++)
		row = fmax(row, rows_norm2(a, i));
	facts->term_smoothness = row + reg;
}

static double squares(void *self)
{
	struct fitted *p = self;
	double m = (double)p->model.a.m;
	double bound =
		solve_squares(&p->model.a, p->model.b, m * p->model.sum.l2, p->minimizer);

	return sum_eval(p, p->minimizer, NULL) - bound / m;
}

static int prepare(struct fitted *p, const double *opt, struct nso_facts *facts)
{
	p->model.sum.l2 = opt[REG];
	constants(p, facts);
	if (isnan(facts->convexity))
		facts->traits &= ~(unsigned)NSO_STRONGLY_CONVEX;
	return 0;
}

static const struct own_recipe own = { { "ridge", options, DATA, DATA + 1, OWN_NUMBERS },
	&loss_square, 1, prepare, squares, sum_eval };

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = opt[DESIGN] == SPD ? n : (size_t)opt[M];
	struct fitted *p;

	if (*nso_text(opt[DATA]))
		return own_make(&own, sizeof *p, opt, facts);
	p = calloc(1, sizeof *p);
	if (!p)
		return NULL;
	p->model.sum = (struct finite_sum){ .n = n,
		.m = m,
		.scale = 1 / (double)m,
		.l2 = opt[REG],
		.loss = &loss_square,
		.residual = linear_residual,
		.gradient = linear_gradient };
	p->model.b = calloc(m, sizeof *p->model.b);
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!p->model.b || !p->minimizer || draw(p, opt, rng)) {
		fitted_free(p);
		return NULL;
	}
	facts->n = n;
	facts->terms = m;
	constants(p, facts);
	facts->minimizer = p->minimizer;
	facts->optimum = sum_eval(p, p->minimizer, NULL);
	facts->optimum_error = 1e-14 * facts->optimum + 1e-28;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct fitted *p = self;

	nso_normal(rng, p->model.sum.n, x);
}

const struct nso_problem nso_problem_ridge = {
	.name = "ridge",
	.title = "Ridge regression",
	.reference = "Oikonomou, Loizou 2026, arXiv:2606.01827, section 4.1",
	.formula = "|Ax - b|^2/(2m) + (reg/2)|x|^2",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_SMOOTH | NSO_STRONGLY_CONVEX | NSO_PL | NSO_STOCHASTIC |
		  NSO_PLANTED | NSO_RANDOM_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = sum_eval,
	.batch = sum_batch,
	.score = fitted_distance,
	.score_name = "distance to the solution",
	.free = fitted_free,
};
