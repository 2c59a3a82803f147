/* factor.c -- the quantity shrinks by a factor at every step. */
#include <config.h>
#include "study/kind.h"
#include <stdlib.h>

static int judge_factor(struct finding *f, struct arm *a, const struct grid_of_arm *g)
{
	const struct test_of_claim *t = a->test;
	size_t exceeded = 0, checked = 0;

	(void)g;
	for (size_t i = 0; i < a->runs; i++) {
		const struct sample *s = a->run[i];
		struct series v;
		double factor;

		if (series_read(a, s, &v, &a->why))
			return -1;
		for (size_t k = 1; k < v.length; k++) {
			double before = v.value[k - 1], now = v.value[k],
			       n = v.step[k] - v.step[k - 1];

			if (!(before > rounding_of(t, s)) || v.step[k] < t->from)
				continue;
			if (evidence_expected(t, s, v.step[k], &factor, &a->why)) {
				free(v.step);
				return -1;
			}
			check_point(
				f, t, s, v.step[k], now, pow(factor, n) * before, &exceeded);
			checked++;
		}
		free(v.step);
	}
	if (!exceeded && checked)
		decide(f, HOLDS, "%zu steps in %zu runs, at most %.6g of what is allowed",
			checked, a->runs, f->worst);
	else if (!checked)
		decide(f, INCONCLUSIVE, "no step to check: the start is at the rounding level");
	return 0;
}

const struct test_kind kind_factor = {
	.name = "factor",
	.help = "the quantity shrinks by at least this factor a step; refuted where a step "
		"does not",
	.tolerance = 1e-9,
	.bounded = 1,
	.semilog = 1,
	.judge = judge_factor,
};
