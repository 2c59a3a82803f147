/* test_lgi_study.c -- the study of the instability index: its statistics on numbers known by hand, and
 * what it found. */
#include <config.h>
#include "leak.h"
#include "lgi_study.h"

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
