/* equals.c -- the quantity ends at a number. */
#include <config.h>
#include "study/kind.h"

static int judge_equals(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	const struct test_of_claim *t = a->test;
	double expected, worst = -1;

	(void)g;
	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		double value = final_of(a, s, &a->why), off;

		if (isnan(value) || evidence_expected(t, s, s->horizon, &expected, &a->why))
			return -1;
		off = fabs(value - expected) / (expected != 0 ? fabs(expected) : 1);
		if (off > worst || isnan(off)) {
			worst = off;
			f->measured = value;
			f->expected = expected;
		}
	}
	f->worst = worst;
	decide(f, worst <= t->tolerance ? HOLDS : REFUTED,
		"%zu runs, %.15g where %.15g is claimed: relative error %.2g (allowed %g)",
		a->runs, f->measured, f->expected, worst, t->tolerance);
	return 0;
}

const struct test_kind kind_equals = {
	.name = "equals",
	.help = "the last value is this number; refuted where it is not, within the tolerance",
	.tolerance = 1e-12,
	.bounded = 1,
	.judge = judge_equals,
};
