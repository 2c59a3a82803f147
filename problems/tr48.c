/* tr48.c -- TR48: f(x) = sum_j d_j max_i (x_i - a_ij) - sum_i s_i x_i, the dual of a 48 x 48
 * transport problem with symmetric costs a; Lemarechal; Luksan, Vlcek 2000, problem 21. Convex
 * and polyhedral; f* = -638565 (an integer: the data are), unchanged when a constant is added
 * to x. The start 0 is a kink. The costs are read from tr48.txt in the data folder: 1128 a_ij
 * (row by row, j > i), 48 d, 48 s. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_randist.h>
#include "nsobench.h"

enum { DIM = 48, COSTS = DIM * (DIM - 1) / 2 };
static const double forbidden = 1e5; /* a_ii */

enum { PERTURB };
static const struct nso_option options[] = {
	[PERTURB] = { "perturb", 0, 0, 1e300, "length of a random vector added to the start",
		NULL, "nsobench", 0 },
	{ 0 },
};

struct tr48 {
	double perturb;
	double a[DIM][DIM], d[DIM], s[DIM];
};

static int read_numbers(FILE *file, size_t count, double *out)
{
	for (size_t i = 0; i < count; i++)
		if (fscanf(file, "%lf", &out[i]) != 1)
			return -1;
	return 0;
}

/* Where demand and supply do not add up to the same, f has no minimum: the file is another one.
 */
static int read_data(struct tr48 *p, FILE *file)
{
	double cost[COSTS], *next = cost, sum = 0;

	if (read_numbers(file, COSTS, cost) || read_numbers(file, DIM, p->d) ||
		read_numbers(file, DIM, p->s))
		return -1;
	for (size_t i = 0; i < DIM; i++) {
		p->a[i][i] = forbidden;
		for (size_t j = i + 1; j < DIM; j++)
			p->a[i][j] = p->a[j][i] = *next++;
		sum += p->d[i] - p->s[i];
	}
	return sum == 0 ? 0 : -1;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct tr48 *p;
	char path[160];
	FILE *file;
	int bad;

	(void)rng;
	if (nso_data_path("tr48.txt", path, sizeof path)) {
		snprintf(facts->why, sizeof facts->why, "no data file tr48.txt (%.*s)", 150,
			path);
		return NULL;
	}
	file = fopen(path, "r");
	p = malloc(sizeof *p);
	bad = !file || !p || read_data(p, file);
	if (file)
		fclose(file);
	if (bad) {
		if (p)
			snprintf(facts->why, sizeof facts->why,
				"%.*s: expected 1128 costs, 48 demands and 48 supplies of "
				"equal sum",
				150, path);
		free(p);
		return NULL;
	}
	p->perturb = opt[PERTURB];
	facts->n = DIM;
	facts->optimum = -638565;
	facts->optimum_error = 0;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct tr48 *p = self;

	memset(x, 0, DIM * sizeof *x);
	if (p->perturb == 0)
		return;
	gsl_ran_dir_nd(rng, DIM, x);
	for (size_t i = 0; i < DIM; i++)
		x[i] *= p->perturb;
}

/* The first row of largest x_i - a_ij. */
static size_t best_row(const struct tr48 *p, const double *x, size_t j)
{
	size_t at = 0;

	for (size_t i = 1; i < DIM; i++)
		if (x[i] - p->a[j][i] > x[at] - p->a[j][at])
			at = i;
	return at;
}

static double eval(const void *self, const double *x, double *g)
{
	const struct tr48 *p = self;
	double f = 0;

	for (size_t i = 0; i < DIM; i++) {
		f -= p->s[i] * x[i]; /* a NaN is in this sum */
		if (g)
			g[i] = -p->s[i];
	}
	for (size_t j = 0; j < DIM; j++) {
		size_t at = best_row(p, x, j);

		f += p->d[j] * (x[at] - p->a[j][at]);
		if (g)
			g[at] += p->d[j];
	}
	return f;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const struct tr48 *p = self;
	double *base = nso_row(out, 0, DIM);

	for (size_t i = 0; i < DIM; i++)
		base[i] = -p->s[i];
	for (size_t j = 0; j < DIM; j++) {
		size_t at = best_row(p, x, j);

		nso_hull(out);
		for (size_t i = 0; i < DIM; i++)
			if (p->d[j] * (x[at] - p->a[j][at] - x[i] + p->a[j][i]) <= tol)
				*nso_row(out, i, 1) = p->d[j];
	}
}

const struct nso_problem nso_problem_tr48 = {
	.name = "tr48",
	.title = "TR48",
	.reference = "Luksan, Vlcek 2000, problem 21; data: ACM TOMS Algorithm 811",
	.formula = "sum_j d_j max_i (x_i - a_ij) - sum_i s_i x_i",
	.group = "small",
	.traits = NSO_CONVEX | NSO_POLYHEDRAL | NSO_SHARP | NSO_KINK_START,
	.instances = NSO_SHIFTED,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free,
};
