/* matrix_game.c -- the row player's side of a zero-sum game, min over mixed strategies x of
 * max_i (Ax)_i, as an unconstrained problem by an exact penalty:
 * f(x) = max_i (Ax)_i + 3 (|sum_j x_j - 1| + sum_j max(0, -x_j)), entries of A uniform on [-1,
 * 1]. The multipliers of the constraints are the value, at most 1, and (A'y)_j - value, at most
 * 2: below 3 the penalty is exact. f* from a linear program in make, optimum_error from the
 * other player's y. */
#include <stdlib.h>
#include <string.h>
#include "finite_sum.h"
#include "lp.h"

enum { N, M, PERTURB };
static const struct nso_option options[] = {
	[N] = { "n", 20, 1, 200, "pure strategies of the minimizing player", NULL, "nsobench",
		1 },
	[M] = { "m", 20, 1, 200, "pure strategies of the other player", NULL, "nsobench", 1 },
	[PERTURB] = OPTION_PERTURB,
	{ 0 },
};
#define PENALTY 3.0

struct game {
	struct rows a;
	double *minimizer, perturb;
};

static void destroy(void *self)
{
	struct game *p = self;

	if (!p)
		return;
	rows_free(&p->a);
	free(p->minimizer);
	free(p);
}

static double excess(const struct game *p, const double *x)
{
	double sum = -1;

	for (size_t j = 0; j < p->a.n; j++)
		sum += x[j];
	return sum;
}

static double payoff(const struct game *p, const double *x, size_t *at)
{
	double most = rows_dot(&p->a, 0, x);

	*at = 0;
	for (size_t i = 1; i < p->a.m; i++) {
		double v = rows_dot(&p->a, i, x);

		if (v > most) {
			most = v;
			*at = i;
		}
	}
	return most;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct game *p = self;
	double over = excess(p, x), below = 0, value;
	size_t at;

	value = payoff(p, x, &at);
	for (size_t j = 0; j < p->a.n; j++) {
		below += x[j] < 0 ? -x[j] : 0;
		if (g)
			g[j] = PENALTY * ((over > 0) - (over < 0) - (x[j] < 0));
	}
	if (g)
		rows_add(&p->a, at, 1, g);
	return value + PENALTY * (fabs(over) + below);
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct game *p = self;
	size_t at, n = p->a.n;
	double over = excess(p, x), level = payoff(p, x, &at) - tol, *base = nso_row(out, 0, n);
	int tight = 2 * PENALTY * fabs(over) <= tol;

	for (size_t j = 0; j < n; j++)
		base[j] = (tight             ? 0
				  : over > 0 ? PENALTY
					     : -PENALTY) -
			  (x[j] < 0 && -PENALTY * x[j] > tol ? PENALTY : 0);
	for (size_t j = 0; j < n; j++)
		if (PENALTY * fabs(x[j]) <= tol) {
			nso_hull(out);
			*nso_row(out, j, 1) = -PENALTY;
			nso_row(out, j, 1);
		}
	for (int s = -1; tight && s <= 1; s += 2) {
		double *row;

		if (s < 0)
			nso_hull(out);
		row = nso_row(out, 0, n);
		for (size_t j = 0; j < n; j++)
			row[j] = s * PENALTY;
	}
	nso_hull(out);
	for (size_t i = 0; i < p->a.m; i++)
		if (rows_dot(&p->a, i, x) >= level)
			rows_add(&p->a, i, 1, nso_row(out, 0, n));
}

/* The value that strategy y, made nonnegative with sum 1, secures for the other player. */
static double secured(const struct game *p, double *y)
{
	double sum = 0, least = INFINITY, *payoffs = malloc(p->a.n * sizeof *payoffs);

	if (!payoffs)
		return -INFINITY;
	for (size_t i = 0; i < p->a.m; i++) {
		y[i] = fmax(y[i], 0);
		sum += y[i];
	}
	for (size_t i = 0; i < p->a.m; i++)
		y[i] /= sum;
	rows_back(&p->a, y, payoffs);
	for (size_t j = 0; j < p->a.n; j++)
		least = fmin(least, payoffs[j]);
	free(payoffs);
	return least;
}

/* The vertex of sum_j x_j = 1, x_j = 0 and (Ax)_i = t next to (x, t), should f not grow there.
 */
static void vertex(struct game *p)
{
	size_t m = p->a.m, n = p->a.n, at;
	double *d = calloc(m + n + 2 + n + 1, sizeof *d), *x = d + m + n + 2;
	struct rows k;

	if (!d || rows_dense(&k, m + n + 1, n + 1)) {
		free(d);
		return;
	}
	for (size_t i = 0; i < m; i++) {
		rows_add(&p->a, i, 1, k.val + i * (n + 1));
		k.val[i * (n + 1) + n] = -1;
	}
	for (size_t j = 0; j < n; j++) {
		k.val[(m + j) * (n + 1) + j] = 1;
		k.val[(m + n) * (n + 1) + j] = 1;
		x[j] = p->minimizer[j];
	}
	d[m + n] = 1;
	x[n] = payoff(p, x, &at);
	if (!lp_vertex(&k, d, x) && eval(p, x, NULL) <= eval(p, p->minimizer, NULL) + 1e-10)
		memcpy(p->minimizer, x, n * sizeof *x);
	rows_free(&k);
	free(d);
}

/*
 * min t over (Ax)_i + slack_i - t = 0, sum_j x_j = 1 with t = t' - 1, 0 <= t', slack <= 2.
 * Columns: x, slacks, t'. The multipliers of the first m equations are -y.
 */
static int solve(struct game *p, struct nso_facts *facts)
{
	size_t m = p->a.m, n = p->a.n, q = n + m + 1, w = m + 1;
	double *memory = calloc(3 * q + 2 * w, sizeof *memory), *cost = memory,
	       *most = cost + q;
	double *z = most + q, *right = z + q, *y = right + w;
	struct rows c;

	if (!memory || rows_dense(&c, q, w)) {
		free(memory);
		return -1;
	}
	for (size_t i = 0; i < m; i++) {
		for (size_t j = 0; j < n; j++)
			c.val[j * w + i] = p->a.val[i * n + j];
		c.val[(n + i) * w + i] = 1;
		c.val[(n + m) * w + i] = -1;
		right[i] = -1;
	}
	for (size_t j = 0; j < q; j++)
		most[j] = 2;
	for (size_t j = 0; j < n; j++)
		c.val[j * w + m] = 1;
	right[m] = cost[n + m] = 1;
	lp_solve(&c, right, cost, most, z, y);
	memcpy(p->minimizer, z, n * sizeof *z);
	for (size_t i = 0; i < m; i++)
		y[i] = -y[i];
	vertex(p);
	facts->optimum = eval(p, p->minimizer, NULL);
	facts->optimum_error = fmax(facts->optimum - secured(p, y), 1e-15);
	facts->minimizer = p->minimizer;
	rows_free(&c);
	free(memory);
	return 0;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t n = (size_t)opt[N], m = (size_t)opt[M];
	struct game *p = calloc(1, sizeof *p);
	double longest = 0;

	if (!p)
		return NULL;
	p->perturb = opt[PERTURB];
	p->minimizer = calloc(n, sizeof *p->minimizer);
	if (!p->minimizer || rows_dense(&p->a, m, n)) {
		destroy(p);
		return NULL;
	}
	for (size_t i = 0; i < m * n; i++)
		p->a.val[i] = 2 * gsl_rng_uniform(rng) - 1;
	if (solve(p, facts)) {
		destroy(p);
		return NULL;
	}
	for (size_t i = 0; i < m; i++)
		longest = fmax(longest, sqrt(rows_norm2(&p->a, i)));
	facts->n = n;
	facts->lipschitz = longest + 2 * PENALTY * sqrt((double)n);
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct game *p = self;

	for (size_t j = 0; j < p->a.n; j++)
		x[j] = 1 / (double)p->a.n;
	vec_perturb(rng, p->a.n, p->perturb, x);
}

/* g = 3 sum max(0, -x_j), K = A above a row of ones, h(z, s) = max_i z_i + 3 |s - 1|: its
 * conjugate is finite on the simplex times [-3, 3], w there. */
static size_t saddle_rows(const void *self) { return ((const struct game *)self)->a.m + 1; }

/* |K|^2 <= |A|^2 + |1|^2 */
static double saddle_length(const void *self)
{
	const struct game *p = self;

	return sqrt(rows_largest(&p->a) + (double)p->a.n);
}

static void saddle_forward(const void *self, const double *x, double *y)
{
	const struct game *p = self;

	rows_times(&p->a, x, y);
	y[p->a.m] = excess(p, x) + 1;
}

static void saddle_back(const void *self, const double *y, double *x)
{
	const struct game *p = self;

	rows_back(&p->a, y, x);
	for (size_t j = 0; j < p->a.n; j++)
		x[j] += y[p->a.m];
}

static void saddle_primal(const void *self, double t, const double *v, double *p)
{
	for (size_t j = 0; j < ((const struct game *)self)->a.n; j++)
		p[j] = v[j] >= 0 ? v[j] : v[j] + t * PENALTY > 0 ? 0 : v[j] + t * PENALTY;
}

/* The level L with sum_i max(0, v_i - L) = 1, by Newton's method on a convex, piecewise linear
 * function: it ends at a step that changes nothing (Michelot 1986). */
static double simplex_level(size_t m, const double *v)
{
	double level = -INFINITY, last;

	do {
		double sum = -1;
		size_t above = 0;

		last = level;
		for (size_t i = 0; i < m; i++)
			if (v[i] > last) {
				sum += v[i];
				above++;
			}
		level = above ? sum / (double)above : NAN;
	} while (level > last);
	return isnan(level) ? level : last;
}

static void saddle_dual(const void *self, double t, const double *v, double *p)
{
	size_t m = ((const struct game *)self)->a.m;
	double level = simplex_level(m, v), last = v[m] - t;

	for (size_t i = 0; i < m; i++)
		p[i] = v[i] - level > 0 ? v[i] - level : isnan(level) ? level : 0;
	p[m] = last > PENALTY ? PENALTY : last < -PENALTY ? -PENALTY : last;
}

static const struct nso_saddle saddle = { saddle_rows, saddle_length, saddle_forward,
	saddle_back, saddle_primal, saddle_dual };

const struct nso_problem nso_problem_matrix_game = {
	.name = "matrix-game",
	.title = "Matrix game",
	.reference = "von Neumann 1928; exact penalty: Pietrzykowski 1969",
	.formula = "max_i (Ax)_i + 3 (|sum_j x_j - 1| + sum_j max(0, -x_j))",
	.group = "learning",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_SHARP | NSO_KINK_START,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = destroy,
	.saddle = &saddle,
};
