/* test_check.c -- the checks themselves: they find planted faults, and every optimizer of the
 * registry passes them. */
#include <config.h>
#include "leak.h"
#include "check/check.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/registry.h"
#include "ground/why.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

/* |x|_1 in three dimensions with a fault of choice. */
enum { FAULT };
enum { NONE, SLOPE, LOST_NAN, OPTIMUM, PIECES, LIPSCHITZ, FAULTS };
static const char *const words[] = { "none", "slope", "nan", "optimum", "pieces", "lipschitz",
	NULL };
static const struct nso_option options[] = {
	[FAULT] = { "fault", 0, 0, 5, "what is wrong", words, "test", 0 },
	{ 0 },
};

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	static const double zero[3];
	double *fault = malloc(sizeof *fault);

	(void)rng;
	if (!fault)
		return NULL;
	*fault = opt[FAULT];
	facts->n = 3;
	facts->optimum = *fault == OPTIMUM ? 0.5 : 0;
	facts->optimum_error = 0;
	facts->minimizer = zero;
	facts->lipschitz = *fault == LIPSCHITZ ? 1 : sqrt(3);
	return fault;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	(void)self;
	(void)rng;
	x[0] = 1;
	x[1] = -2;
	x[2] = 0.5;
}

static double eval(const void *self, const double *x, double *g)
{
	const double *fault = self;
	double f = 0;

	for (int i = 0; i < 3; i++) {
		f += *fault == LOST_NAN && isnan(x[i]) ? 0 : fabs(x[i]);
		if (g)
			g[i] = copysign(*fault == SLOPE && i == 2 ? 0.9 : 1, x[i]);
	}
	return f;
}

static void pieces(const void *self, const double *x, double tol, struct nso_pieces *out)
{
	const double *fault = self;

	for (size_t i = 0; i < 3; i++) {
		nso_hull(out);
		if (2 * x[i] >= -tol)
			*nso_row(out, i, 1) = 1;
		if (2 * x[i] <= (*fault == PIECES ? -1e-6 : tol))
			*nso_row(out, i, 1) = -1;
	}
}

static const struct nso_problem faulty = { .name = "faulty",
	.title = "faulty",
	.reference = "test",
	.formula = "|x|_1",
	.group = "analytic",
	.traits = NSO_CONVEX,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.pieces = pieces,
	.free = free };

static char said[4000];

static void note(struct check *c, enum verdict verdict, const char *what, const char *detail)
{
	size_t used = strlen(said);

	(void)c;
	if (verdict == CHECK_FAILED)
		snprintf(said + used, sizeof said - used, "\n  %s: %s", what, detail);
}

Test(check, finds_each_planted_fault, .timeout = 30)
{
	static const char *const expected[FAULTS] = {
		[SLOPE] = "agrees with differences",
		[LOST_NAN] = "NaN in x becomes NaN in f",
		[OPTIMUM] = "f(x*) = f*",
		[PIECES] = "directional derivative",
		[LIPSCHITZ] = "Lipschitz constant",
	};

	for (int fault = NONE; fault < FAULTS; fault++) {
		struct check c = { .found = note };
		double opt[] = { [FAULT] = fault };
		struct why why;
		int status, found;

		*said = 0;
		status = check_problem(&c, &faulty, opt, 0, &why);
		cr_assert(status == 0, "%s is made", words[fault]);
		found = fault == NONE ? c.count[CHECK_FAILED] == 0
				      : strstr(said, expected[fault]) != NULL;
		cr_assert(found != 0, "fault '%s':%s", words[fault],
			*said ? said : " nothing found");
	}
	no_leak();
}

Test(check, every_optimizer_passes, .timeout = 120)
{
	for (size_t i = 0; optimizer_at(i); i++) {
		const struct nso_optimizer *o = optimizer_at(i);
		struct check c = { .found = note };
		double opt[NSO_MAX_OPTIONS];

		*said = 0;
		option_defaults(o->options, opt);
		check_optimizer(&c, o, opt);
		cr_assert(c.count[CHECK_FAILED] == 0, "%s:%s", o->name, said);
		cr_assert(c.count[CHECK_HELD] >= 2, "%s: %d checks held", o->name,
			c.count[CHECK_HELD]);
	}
	no_leak();
}
