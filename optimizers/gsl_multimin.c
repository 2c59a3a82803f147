/* gsl_multimin.c -- three minimisers of the GNU Scientific Library behind the oracle's verbs:
 * BFGS with Fletcher's line search, Fletcher-Reeves conjugate gradients, Nelder-Mead's simplex.
 * They are made for smooth functions; every call of f that they make is counted. */
#include <stdlib.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_multimin.h>
#include "nsobench.h"

enum { STEP, TOL };
static const struct nso_option gradient_options[] = {
	[STEP] = { "step_size", 0.01, 1e-300, INFINITY, "length of the first trial step", NULL,
		"GSL 2.7 manual, example", 0 },
	[TOL] = { "tol", 0.1, 0, 1, "accuracy of the line search", NULL, "GSL 2.7 manual", 0 },
	{ 0 },
};
static const struct nso_option simplex_options[] = {
	[STEP] = { "step_size", 1, 1e-300, INFINITY, "side of the first simplex", NULL,
		"GSL 2.7 manual, example", 0 },
	{ 0 },
};

struct wrapped {
	struct nso_oracle *f; /* set by each step: callbacks need it */
	size_t n;
	double size, tol;
	gsl_multimin_fdfminimizer *descent;
	gsl_multimin_fminimizer *simplex;
	gsl_multimin_function_fdf fdf;
	gsl_multimin_function value;
	gsl_vector *start, *sides;
	double *x, *g;      /* n each: GSL's vectors may have strides */
	int running, spent; /* spent: a call was asked for that the budget does not hold */
};

static void close_down(void *state)
{
	struct wrapped *s = state;

	if (!s)
		return;
	if (s->descent)
		gsl_multimin_fdfminimizer_free(s->descent);
	if (s->simplex)
		gsl_multimin_fminimizer_free(s->simplex);
	gsl_vector_free(s->start);
	gsl_vector_free(s->sides);
	free(s->x);
	free(s);
}

static const double *plain(struct wrapped *s, const gsl_vector *v)
{
	for (size_t i = 0; i < s->n; i++)
		s->x[i] = gsl_vector_get(v, i);
	return s->x;
}

static double call_value(const gsl_vector *v, void *p)
{
	struct wrapped *s = p;

	s->spent |= nso_spent(s->f) != 0;
	return s->spent ? INFINITY : nso_value(s->f, plain(s, v));
}

static void call_both(const gsl_vector *v, void *p, double *value, gsl_vector *g)
{
	struct wrapped *s = p;

	s->spent |= nso_spent(s->f) != 0;
	*value = s->spent ? INFINITY : nso_subgradient(s->f, plain(s, v), s->g);
	for (size_t i = 0; i < s->n; i++)
		gsl_vector_set(g, i, s->g[i]);
}

static void call_gradient(const gsl_vector *v, void *p, gsl_vector *g)
{
	double value;

	call_both(v, p, &value, g);
}

static struct wrapped *open_up(struct nso_oracle *f, const double *opt)
{
	size_t n = nso_dim(f);
	struct wrapped *s = calloc(1, sizeof *s);

	if (!s)
		return NULL;
	s->n = n;
	s->size = opt[STEP];
	s->start = gsl_vector_alloc(n);
	s->sides = gsl_vector_alloc(n);
	s->x = malloc(2 * n * sizeof *s->x);
	if (!s->start || !s->sides || !s->x) {
		close_down(s);
		return NULL;
	}
	s->g = s->x + n;
	s->fdf = (gsl_multimin_function_fdf){ call_value, call_gradient, call_both, n, s };
	s->value = (gsl_multimin_function){ call_value, n, s };
	return s;
}

/* GSL aborts on a failed iteration unless its handler is off; a failure here is only a status.
 */
static void *init_descent(
	struct nso_oracle *f, const double *opt, const gsl_multimin_fdfminimizer_type *type)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	struct wrapped *s = open_up(f, opt);

	if (s) {
		s->tol = opt[TOL];
		s->descent = gsl_multimin_fdfminimizer_alloc(type, s->n);
	}
	gsl_set_error_handler(handler);
	if (s && !s->descent) {
		close_down(s);
		return NULL;
	}
	return s;
}

static void *init_bfgs2(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)x;
	return init_descent(f, opt, gsl_multimin_fdfminimizer_vector_bfgs2);
}

static void *init_conjugate_fr(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)x;
	return init_descent(f, opt, gsl_multimin_fdfminimizer_conjugate_fr);
}

static void *init_nmsimplex2(struct nso_oracle *f, const double *opt, const double *x)
{
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	struct wrapped *s = open_up(f, opt);

	(void)x;
	if (s)
		s->simplex =
			gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, s->n);
	gsl_set_error_handler(handler);
	if (s && !s->simplex) {
		close_down(s);
		return NULL;
	}
	return s;
}

static int set(struct wrapped *s, const double *x)
{
	for (size_t i = 0; i < s->n; i++)
		gsl_vector_set(s->start, i, x[i]);
	gsl_vector_set_all(s->sides, s->size);
	s->running = 1;
	if (s->descent)
		return gsl_multimin_fdfminimizer_set(
			s->descent, &s->fdf, s->start, s->size, s->tol);
	return gsl_multimin_fminimizer_set(s->simplex, &s->value, s->start, s->sides);
}

/* One iteration; what GSL says of it, and its point in x. */
static int iterate(struct wrapped *s, double *x, double *value)
{
	const gsl_vector *at;
	int error;

	if (s->descent) {
		error = gsl_multimin_fdfminimizer_iterate(s->descent);
		at = s->descent->x;
		*value = s->descent->f;
	} else {
		error = gsl_multimin_fminimizer_iterate(s->simplex);
		at = s->simplex->x;
		*value = s->simplex->fval;
	}
	for (size_t i = 0; i < s->n && !s->spent; i++)
		x[i] = gsl_vector_get(at, i);
	return error;
}

static int at_rest(const struct wrapped *s)
{
	return s->descent ? gsl_blas_dnrm2(s->descent->gradient) == 0
			  : gsl_multimin_fminimizer_size(s->simplex) == 0;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct wrapped *s = state;
	gsl_error_handler_t *handler = gsl_set_error_handler_off();
	double value = NAN;
	int error = 0;

	s->f = f;
	if (!s->running || nso_share(f) < 1)
		error = set(s, x);
	if (!error && !at_rest(s))
		error = iterate(s, x, &value);
	else if (!error)
		value = s->descent ? s->descent->f : 0;
	gsl_set_error_handler(handler);
	if (s->spent) /* what GSL makes of the calls that it did not get is nothing */
		return NSO_CONTINUE;
	if (error == GSL_ENOPROG)
		return NSO_STUCK;
	if (error)
		return isfinite(value) ? NSO_FAILED : NSO_DIVERGED;
	if (!isfinite(value))
		return NSO_DIVERGED;
	return at_rest(s) && nso_share(f) == 1 ? NSO_CONVERGED : NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_gsl_bfgs2 = {
	.name = "gsl-bfgs2",
	.title = "GSL BFGS",
	.reference = "GSL 2.7, gsl_multimin_fdfminimizer_vector_bfgs2; Fletcher 1987, 2.6",
	.rule = "x <- x - t H g, t by Fletcher's line search",
	.cost = "values and subgradients of the line search",
	.group = "wrapped",
	.needs = NSO_SUBGRADIENT | NSO_VALUE,
	.options = gradient_options,
	.init = init_bfgs2,
	.step = step,
	.free = close_down,
};
const struct nso_optimizer nso_optimizer_gsl_conjugate_fr = {
	.name = "gsl-conjugate-fr",
	.title = "GSL conjugate gradients",
	.reference = "GSL 2.7, gsl_multimin_fdfminimizer_conjugate_fr; Fletcher, Reeves 1964",
	.rule = "x <- x + t p, p <- -g + |g|^2/|g_last|^2 p",
	.cost = "values and subgradients of the line search",
	.group = "wrapped",
	.needs = NSO_SUBGRADIENT | NSO_VALUE,
	.options = gradient_options,
	.init = init_conjugate_fr,
	.step = step,
	.free = close_down,
};
const struct nso_optimizer nso_optimizer_gsl_nmsimplex2 = {
	.name = "gsl-nmsimplex2",
	.title = "GSL Nelder-Mead",
	.reference = "GSL 2.7, gsl_multimin_fminimizer_nmsimplex2; Nelder, Mead 1965",
	.rule = "the worst corner of a simplex is reflected, the simplex expands or contracts",
	.cost = "1-2 values; n + 1 at the start and when all corners contract",
	.group = "wrapped",
	.needs = NSO_VALUE,
	.options = simplex_options,
	.init = init_nmsimplex2,
	.step = step,
	.free = close_down,
};
