/* test_lgi_study.c -- the study of the instability index: its statistics on numbers known by hand, and
 * what it found. */
#include <config.h>
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "study/lgi_study.h"
#include <stdlib.h>

Test(lgi_study, rank_correlation_by_hand, .timeout = 200)
{
	/* 1 - 6 sum d^2/(n (n^2 - 1)) with d = 1, 1, 0, 2, 2, 0: 1 - 60/210 */
	const double x[] = { 1, 2, 3, 4, 5, 6 }, y[] = { 20, 10, 30, 60, 40, 50 };
	const double up[] = { 1, 10, 1e2, 1e3, 1e4, 1e5 }, down[] = { 5, 4, 3, 2, 1, NAN };
	struct correlation c = rank_correlation(x, y, 6);

	cr_assert(lt(dbl, fabs(c.rho - (1 - 6. * 8 / 210)), 1e-12), "rho %.17g", c.rho);
	cr_assert(c.low < c.rho && c.rho < c.high, "interval [%g, %g]", c.low, c.high);
	cr_assert(lt(dbl, fabs(rank_correlation(x, up, 6).rho - 1), 1e-12), "ascending");
	c = rank_correlation(x, down, 6);
	cr_assert(lt(dbl, fabs(c.rho + 1), 1e-12), "descending: %g", c.rho);
	cr_assert(eq(sz, c.count, 5), "a pair with NaN is left out");
	cr_assert(ne(int, isnan(rank_correlation(x, y, 4).rho), 0), "four pairs are too few");
	no_leak();
}

/* The result of docs/lgi.md, with another seed and at one setting: the published ratio falls where the
 * subdifferential is wide, the residual and the second difference rise with it. */
Test(lgi_study, the_published_ratio_does_not_measure_the_diameter, .timeout = 200)
{
	struct lgi_points p;
	struct share smooth;
	struct why why = { "" };
	double ratio[256], residual[256], curvature[256], nearby[256];
	struct correlation c;

	cr_assert(eq(int, lgi_study(8, 1e-3, 2, &p, &why), 0), "%s", why.text);
	cr_assert(100 < p.count && p.count <= 256, "%zu points", p.count);
	for (size_t i = 0; i < p.count; i++) {
		ratio[i] = p.at[i].index[0];
		residual[i] = p.at[i].index[2];
		curvature[i] = p.at[i].index[3];
		nearby[i] = p.at[i].nearby;
	}
	c = rank_correlation(ratio, nearby, p.count);
	cr_assert(lt(dbl, c.high, 0), "ratio: %g in [%g, %g]", c.rho, c.low, c.high);
	c = rank_correlation(residual, nearby, p.count);
	cr_assert(lt(dbl, .85, c.low), "residual: %g in [%g, %g]", c.rho, c.low, c.high);
	c = rank_correlation(curvature, nearby, p.count);
	cr_assert(lt(dbl, .85, c.low), "curvature: %g in [%g, %g]", c.rho, c.low, c.high);
	smooth = lgi_one_where_smooth(&p);
	cr_assert(lt(sz, 40, smooth.of), "%zu smooth points", smooth.of);
	cr_assert(le(sz, smooth.of - 1, smooth.hits), "1 at %zu of %zu smooth points", smooth.hits,
		smooth.of);
	lgi_points_free(&p);
	no_leak();
}

static void make(struct instance *in, const char *name, const char *options)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct why why = { "" };

	cr_assert(ne(ptr, (void *)p, NULL), "%s", name);
	option_defaults(p->options, opt);
	cr_assert(eq(int, option_parse(p->options, name, options, opt, &why), 0), "%s", why.text);
	cr_assert(eq(int, instance_make(in, p, opt, 0, &why), 0), "%s", why.text);
}

/* |x_i| has its kink at x_i = 0; max x_i^2 at x_1 = x_2 + c, where c = x_1 - |x_2|: there the gap
 * x_1^2 - x_2^2 over |2 x_1 e_1 - 2 x_2 e_2| is known by hand. */
Test(lgi_study, distances_to_kinks_by_hand, .timeout = 60)
{
	const double cases[][2] = { { 3, .25 }, { -1e-3, 2 }, { 1e-7, -1e-5 }, { .5, .5 } };
	struct instance in;

	for (size_t i = 0; i < 4; i++) {
		const double *x = cases[i];
		double expected = fmin(fabs(x[0]), fabs(x[1])), found;

		make(&in, "l1-norm", "n=2");
		found = kink_distance(&in, x);
		cr_assert(found >= .999 * expected && found <= 1.13 * expected, "l1: %g, not %g", found,
			expected);
		instance_free(&in);
		make(&in, "maxq", "n=2");
		expected = fabs(x[0] * x[0] - x[1] * x[1]) / (2 * hypot(x[0], x[1]));
		found = kink_distance(&in, x);
		cr_assert(found >= .999 * expected && found <= fmax(1.13 * expected, 1e-11),
			"maxq: %g, not %g", found, expected);
		instance_free(&in);
	}
	no_leak();
}

/* How many moves of one weight by `by` change the value; the biases are not quantised, and the largest
 * weight of a tensor moves its scale. */
static size_t jumps(const struct instance *in, double *x, double by)
{
	double before = instance_eval(in, x, NULL), most;
	size_t count = 0;

	for (size_t b = 0, first = 0; b < in->facts.blocks; first = in->facts.block_ends[b++]) {
		most = 0;
		for (size_t i = first; i < in->facts.block_ends[b]; i++)
			most = fmax(most, fabs(x[i]));
		for (size_t i = first; i < in->facts.block_ends[b] && b % 2 == 0; i++) {
			const double was = x[i];

			for (int sign = -1; sign <= 1 && most - fabs(was) > 2 * fabs(by); sign += 2) {
				x[i] = was + sign * by;
				count += instance_eval(in, x, NULL) != before;
			}
			x[i] = was;
		}
	}
	return count;
}

/* A weight moved by less than the distance leaves the quantised network as it is; one moved by more
 * does not, unless it is of a pixel that is white in all rows. */
Test(lgi_study, distance_to_a_jump_of_a_quantised_network, .timeout = 60)
{
	const double w[] = { 1.5 - 1e-5, .4, -.7, .1 };
	struct instance in;
	double *x, d;
	size_t beyond = 0;

	/* s = 1: thresholds -0.5 and 0.5 */
	cr_assert(lt(dbl, fabs(jump_distance(4, w, 1.5, -1, 1) - .1), 1e-12), "by hand");
	make(&in, "qat-mlp", "rows=10,test=5,width=4,depth=1,precision=64");
	x = malloc(in.facts.n * sizeof *x);
	cr_assert(ne(ptr, x, NULL), "memory");
	for (uint64_t seed = 1; seed <= 5; seed++) {
		instance_start(&in, seed, x);
		d = network_distance(&in, x);
		cr_assert(lt(dbl, 0, d), "distance %g", d);
		cr_assert(eq(sz, jumps(&in, x, .999 * d), 0), "seed %d jumps within %g", (int)seed, d);
		beyond += jumps(&in, x, 1.001 * d);
	}
	cr_assert(le(sz, 1, beyond), "no jump beyond the distance");
	cr_assert(le(sz, beyond, 5), "%zu jumps beyond the distance", beyond);
	free(x);
	instance_free(&in);
	no_leak();
}

/* The result of docs/lgi.md: the nearer a kink, the nearer to 1 the damping factor. */
Test(lgi_study, along_a_run_steps_grow_at_kinks, .timeout = 60)
{
	struct lgi_trail t;
	struct why why = { "" };

	cr_assert(eq(int, lgi_trail(4, 3, &t, &why), 0), "%s", why.text);
	cr_assert(eq(sz, t.count, 180), "%zu points", t.count);
	cr_assert(lt(dbl, trail_correlation(&t, VIEW_DAMP).high, 0), "damping");
	cr_assert(lt(dbl, 0, trail_correlation(&t, VIEW_RATIO).low), "ratio");
	cr_assert(lt(dbl, trail_correlation(&t, VIEW_CURVATURE).rho, -.5), "curvature");
	lgi_trail_free(&t);
	no_leak();
}

Test(lgi_study, mean_of_runs_by_hand, .timeout = 20)
{
	/* 2 +- t(.975; 2) / sqrt 3, t = 4.302653 */
	const double v[] = { 1, NAN, 2, 3 };
	struct correlation c = mean_of_runs(v, 4);

	cr_assert(eq(sz, c.count, 3), "count");
	cr_assert(lt(dbl, fabs(c.rho - 2), 1e-12), "mean %g", c.rho);
	cr_assert(lt(dbl, fabs(c.high - c.low - 2 * 4.302653 / sqrt(3)), 1e-5), "width");
	no_leak();
}
