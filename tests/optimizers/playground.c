/* playground.c -- small functions with known answers for the tests of the optimizers; each
 * takes any dimension, and quadratic its curvatures a (first axis) and b (the others). */
#include <stdlib.h>
#include <string.h>
#include "play.h"
#include "ground/registry.h"

enum { N, A, B };
static const struct nso_option options[] = {
	[N] = { "n", 2, 1, 1e8, "dimension", NULL, "test", 1 },
	[A] = { "a", 1, -INFINITY, INFINITY, "first parameter", NULL, "test", 0 },
	[B] = { "b", 1, -INFINITY, INFINITY, "second parameter", NULL, "test", 0 },
	{ 0 },
};

struct ground {
	size_t n;
	double a, b;
};

size_t playground_calls;

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct ground *p = calloc(1, sizeof *p);

	(void)rng;
	if (!p)
		return NULL;
	p->n = facts->n = (size_t)opt[N];
	p->a = opt[A];
	p->b = opt[B];
	facts->optimum = facts->optimum_error = 0;
	return p;
}

/* Two parameter tensors: the first third of the coordinates, and the others. */
static void *make_blocks(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static size_t ends[2];
	void *p = make(opt, rng, facts);

	ends[0] = facts->n / 3;
	ends[1] = facts->n;
	facts->blocks = 2;
	facts->block_ends = ends;
	return p;
}

/* A matrix of 2 x 3, one of 3 x 2 and a vector of 3 (n = 15). */
static void *make_layers(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const size_t ends[] = { 6, 12, 15 }, rows[] = { 2, 3, 0 };
	void *p = make(opt, rng, facts);

	facts->blocks = 3;
	facts->block_ends = ends;
	facts->block_rows = rows;
	return p;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct ground *p = self;

	(void)rng;
	for (size_t i = 0; i < p->n; i++)
		x[i] = 1 + 0.1 * (double)i;
}

static double sign(double v) { return (v > 0) - (v < 0); }

static double quadratic(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		double c = i ? p->b : p->a;

		sum += c * x[i] * x[i] / 2;
		if (g)
			g[i] = c * x[i];
	}
	return sum;
}

static double ellipse(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += (double)(i + 1) * x[i] * x[i] / 2;
		if (g)
			g[i] = (double)(i + 1) * x[i];
	}
	return sum;
}

/* ellipse with its axes in the opposite order. */
static double reversed(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += (double)(p->n - i) * x[i] * x[i] / 2;
		if (g)
			g[i] = (double)(p->n - i) * x[i];
	}
	return sum;
}

/* quadratic of two variables, turned by the angle with cosine 0.6. */
static double turned(const void *self, const double *x, double *g)
{
	double u[2] = { 0.6 * x[0] - 0.8 * x[1], 0.8 * x[0] + 0.6 * x[1] }, slope[2];
	double value = quadratic(self, u, slope);

	if (g) {
		g[0] = 0.6 * slope[0] + 0.8 * slope[1];
		g[1] = 0.6 * slope[1] - 0.8 * slope[0];
	}
	return value;
}

static double valley(const void *self, const double *x, double *g)
{
	double u = 1 - x[0], v = x[1] - x[0] * x[0];

	(void)self;
	if (g) {
		g[0] = -2 * u - 20 * x[0] * v;
		g[1] = 10 * v;
	}
	return u * u + 5 * v * v;
}

static double manhattan(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += (double)(i + 1) * fabs(x[i]);
		if (g)
			g[i] = (double)(i + 1) * sign(x[i]);
	}
	return sum;
}

static double absolute(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += fabs(x[i]);
		if (g)
			g[i] = sign(x[i]);
	}
	return sum;
}

static double linear(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++) {
		sum += x[i];
		if (g)
			g[i] = 1;
	}
	return sum;
}

static double first(const struct ground *p, double value, double slope, double *g)
{
	if (g) {
		memset(g, 0, p->n * sizeof *g);
		g[0] = slope;
	}
	return value;
}

static double first_absolute(const void *self, const double *x, double *g)
{
	return first(self, fabs(x[0]), sign(x[0]), g);
}

static double first_relu(const void *self, const double *x, double *g)
{
	return first(self, x[0] > 0 ? x[0] : 0, x[0] > 0, g);
}

static double staircase(const void *self, const double *x, double *g)
{
	return first(self, x[0] > 0, 0, g);
}

static double largest(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	size_t at = 0;

	for (size_t i = 1; i < p->n; i++)
		if (fabs(x[i]) > fabs(x[at]))
			at = i;
	if (g) {
		memset(g, 0, p->n * sizeof *g);
		g[at] = sign(x[at]);
	}
	return fabs(x[at]);
}

static double norm(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += x[i] * x[i];
	sum = sqrt(sum);
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = sum > 0 ? x[i] / sum : 0;
	return sum;
}

/* Reddi et al. 2018: slope a at every call 1, 1 + period, ..., else -1 (b: the period). */
static double online(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double slope = playground_calls++ % (size_t)p->b == 0 ? p->a : -1;

	return first(p, slope * x[0], slope, g);
}

/* Slope -1, +1, -1, ... */
static double alternating(const void *self, const double *x, double *g)
{
	double slope = playground_calls++ % 2 ? 1 : -1;

	return first(self, slope * x[0], slope, g);
}

/* The value 1 everywhere, though the gradient is that of the quadratic. */
static double unit(const void *self, const double *x, double *g)
{
	quadratic(self, x, g);
	return 1;
}

/* Answers a, or NaN where a is 0, from call b on. */
static double poisoned(const void *self, const double *x, double *g)
{
	const struct ground *p = self;
	double value = absolute(self, x, g), poison = p->a == 0 ? NAN : p->a;

	if (++playground_calls < (size_t)p->b)
		return value;
	for (size_t i = 0; g && i < p->n; i++)
		g[i] = poison;
	return poison;
}

/* As quadratic, but a call notes x (first n numbers) for the test to look at. */
double playground_seen[PLAYGROUND_SEEN][PLAYGROUND_N];
static double recorded(const void *self, const double *x, double *g)
{
	const struct ground *p = self;

	memcpy(playground_seen[playground_calls++ % PLAYGROUND_SEEN], x, p->n * sizeof *x);
	return quadratic(self, x, g);
}

/* |W2 W1 - C|^2/2 + sum_i i (b_i - d_i)^2/2 */
static double two_layers(const void *self, const double *x, double *g)
{
	static const double C[3][3] = { { 1, 0.5, -0.3 }, { 0.2, -0.7, 0.4 },
		{ -0.6, 0.1, 0.9 } };
	static const double d[] = { 0.5, -0.25, 1 };
	const double *one = x, *two = x + 6, *b = x + 12;
	double value = 0;

	(void)self;
	for (size_t i = 0; g && i < 12; i++)
		g[i] = 0;
	for (size_t i = 0; i < 3; i++) {
		double off = b[i] - d[i];

		value += (double)(i + 1) * off * off / 2;
		if (g)
			g[12 + i] = (double)(i + 1) * off;
		for (size_t j = 0; j < 3; j++) {
			double e = two[2 * i] * one[j] + two[2 * i + 1] * one[3 + j] - C[i][j];

			value += e * e / 2;
			for (size_t k = 0; g && k < 2; k++) {
				g[3 * k + j] += two[2 * i + k] * e;
				g[6 + 2 * i + k] += one[3 * k + j] * e;
			}
		}
	}
	return value;
}

static double constant(const void *self, const double *x, double *g)
{
	(void)x;
	return first(self, 3, 0, g);
}

#define GROUND(NAME, EVAL, MAKE)                                                               \
	{                                                                                      \
		.name = NAME, .title = NAME, .reference = "test", .formula = NAME,             \
		.group = "small", .options = options, .make = MAKE, .start = start,            \
		.eval = EVAL, .free = free                                                     \
	}
static const struct nso_problem grounds[] = {
	GROUND("quadratic", quadratic, make),
	GROUND("ellipse", ellipse, make),
	GROUND("reversed", reversed, make),
	GROUND("turned", turned, make),
	GROUND("valley", valley, make),
	GROUND("manhattan", manhattan, make),
	GROUND("absolute", absolute, make),
	GROUND("linear", linear, make),
	GROUND("first-absolute", first_absolute, make),
	GROUND("first-relu", first_relu, make),
	GROUND("staircase", staircase, make),
	GROUND("largest", largest, make),
	GROUND("norm", norm, make),
	GROUND("online", online, make),
	GROUND("alternating", alternating, make),
	GROUND("unit", unit, make),
	GROUND("poisoned", poisoned, make),
	GROUND("recorded", recorded, make),
	GROUND("recorded-blocks", recorded, make_blocks),
	GROUND("constant", constant, make),
	GROUND("two-layers", two_layers, make_layers),
};

const struct nso_problem *playground(const char *name)
{
	for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++)
		if (!strcmp(grounds[i].name, name))
			return &grounds[i];
	return problem_find(name);
}
