/* test_optimizers_convex.c -- what the textbooks prove of the methods of convex optimization:
 * bounds of f* from below, rates of the best value and of the mean, and no verdict of
 * optimality where the proof's assumption fails. */
#include <string.h>
#include <criterion/criterion.h>
#include "leak.h"
#include "play.h"

static const char *const cutting[] = { "ellipsoid", "ellipsoid:cut=deep", "cutting-plane",
	"level-bundle", "level-bundle:lambda=0.8", NULL };

static void begin(struct play *p, const char *method, const char *problem)
{
	char name[64], of[64];
	const char *options = strchr(method, ':'), *more = strchr(problem, ':');

	snprintf(name, sizeof name, "%.*s", (int)strcspn(method, ":"), method);
	snprintf(of, sizeof of, "%.*s", (int)strcspn(problem, ":"), problem);
	cr_assert(play_start(p, name, options ? options + 1 : "", of, more ? more + 1 : "",
			  NULL, 0) == 0,
		"%s on %s: %s", method, problem, p->why.text);
}

/* The bound is one at every step, and where it meets the best value that is f*. */
Test(convex, bounds_from_below_are_true, .timeout = 120)
{
	static const char *const problems[] = { "cb2", "cb3", "maxquad", "l1-norm:n=5", "dem",
		"ql", "maxl:n=5" };

	for (size_t m = 0; cutting[m]; m++)
		for (size_t k = 0; k < sizeof problems / sizeof *problems; k++) {
			struct play p;
			enum nso_status status = NSO_CONTINUE;
			double optimum;

			begin(&p, cutting[m], problems[k]);
			optimum = p.in.facts.optimum;
			for (int t = 0; t < 6000 && status == NSO_CONTINUE; t++) {
				status = play_step(&p);
				cr_assert(
					p.f.reported[0] <= optimum + 1e-7 * (1 + fabs(optimum)),
					"%s on %s, step %d: bound %.12g above f* = %.12g",
					cutting[m], problems[k], t, p.f.reported[0], optimum);
			}
			/* the last digits of the gap may be beyond rounding: stuck, not more */
			cr_assert(status == NSO_CONVERGED || status == NSO_STUCK,
				"%s on %s: status %d, f %.12g", cutting[m], problems[k],
				(int)status, play_value(&p));
			cr_assert(play_value(&p) - optimum <= 1e-7 * (1 + fabs(optimum)),
				"%s on %s: %.12g, f* = %.12g", cutting[m], problems[k],
				play_value(&p), optimum);
			play_end(&p);
		}
	no_leak();
}

/* A ball or a box without a minimizer must not make an optimum of its own. */
Test(convex, a_box_too_small_is_no_optimum, .timeout = 60)
{
	static const char *const small[] = { "ellipsoid:radius=0.3", "cutting-plane:radius=0.1",
		"level-bundle:radius=0.1", "ellipsoid:radius=0.3,cut=deep" };

	for (size_t m = 0; m < sizeof small / sizeof *small; m++) {
		struct play p;
		enum nso_status status = NSO_CONTINUE;

		begin(&p, small[m], "l1-norm:n=3");
		for (int t = 0; t < 3000 && status == NSO_CONTINUE; t++)
			status = play_step(&p);
		cr_assert(status == NSO_STUCK || play_value(&p) < 1e-6,
			"%s: status %d at f = %g", small[m], (int)status, play_value(&p));
		play_end(&p);
	}
	no_leak();
}

/* A model of few cuts keeps its bound true and still arrives. */
Test(convex, few_cuts_are_enough, .timeout = 60)
{
	struct play p;

	begin(&p, "level-bundle:cuts=12", "maxquad");
	play_steps(&p, 2000);
	cr_assert(play_value(&p) - p.in.facts.optimum < 1e-4, "f - f* = %g",
		play_value(&p) - p.in.facts.optimum);
	cr_assert(p.f.reported[0] <= p.in.facts.optimum + 1e-8, "bound %.12g", p.f.reported[0]);
	play_end(&p);
	no_leak();
}

/* Nesterov 2009, theorem 1 and (2.15): f(mean) - f* <= beta/(k + 1) (D/lr + lr G^2/2) with D =
 * |x* - x0|^2/2; and mirror descent's |x* - x0|_p^2/(2 lr k) + (q - 1) lr G_q^2/2 for the least
 * of k values. Both on |x|_1 in six dimensions, where G^2 = 6 and |g|_q = 6^(1/q). */
Test(convex, averages_and_mirrors_keep_their_bounds, .timeout = 60)
{
	static const double x0[] = { 3, -1.7, 0.4, -2.2, 1.1, 0.9 };
	enum { N = 6, STEPS = 400 };
	double lr = 0.5, d2 = 0, sum = 0, q = 2 * log(N), beta = 1, least = INFINITY, p_norm,
	       bound;
	struct play p;

	for (size_t i = 0; i < N; i++) {
		d2 += x0[i] * x0[i];
		sum += pow(fabs(x0[i]), q / (q - 1));
	}
	cr_assert(play_start(&p, "dual-averaging", "weights=simple,answer=mean,lr=0.5",
			  "l1-norm", "n=6", x0, N) == 0,
		"%s", p.why.text);
	for (int t = 1; t <= STEPS; t++) {
		play_step(&p);
		bound = beta / t * (d2 / 2 / lr + lr * N / 2);
		cr_assert(play_value(&p) <= bound, "step %d: %g above %g", t, play_value(&p),
			bound);
		beta += 1 / beta;
	}
	play_end(&p);
	cr_assert(play_start(&p, "mirror-descent", "lr=0.02", "l1-norm", "n=6", x0, N) == 0,
		"%s", p.why.text);
	p_norm = pow(sum, (q - 1) / q);
	for (int t = 1; t <= STEPS; t++) {
		least = fmin(least, play_value(&p));
		bound = p_norm * p_norm / (2 * 0.02 * t) + (q - 1) * 0.02 / 2 * pow(N, 2 / q);
		cr_assert(least <= bound, "step %d: %g above %g", t, least, bound);
		play_step(&p);
	}
	play_end(&p);
	no_leak();
}

/* Yang, Lin 2018, theorem 5: where f is sharp each stage halves f - f*, a single stage does
 * not. */
Test(convex, restarts_are_linear_where_f_is_sharp, .timeout = 60)
{
	struct play p;
	double once;

	begin(&p, "restarted-subgradient:lr=0.1,period=1000000", "l1-norm:n=4");
	play_steps(&p, 4000);
	once = play_value(&p);
	play_end(&p);
	begin(&p, "restarted-subgradient:lr=0.1,period=200", "l1-norm:n=4");
	play_steps(&p, 4000);
	cr_assert(play_value(&p) < 1e-5, "f = %g", play_value(&p));
	cr_assert(once > 100 * play_value(&p), "one stage %g, many %g", once, play_value(&p));
	play_end(&p);
	no_leak();
}

/* The axes lead down on a smooth function: 1/L never rises. */
Test(convex, coordinates_descend_where_f_is_smooth, .timeout = 60)
{
	static const char *const orders[] = { "order=cyclic", "order=random", "order=greedy" };

	for (size_t k = 0; k < 3; k++) {
		struct play p;
		double before;

		cr_assert(play_start(&p, "coordinate-descent", orders[k], "least-squares", "",
				  NULL, 0) == 0,
			"%s", p.why.text);
		before = play_value(&p);
		for (int t = 0; t < 500; t++) { /* 1/L is short enough for every axis */
			play_step(&p);
			cr_assert(play_value(&p) <= before * (1 + 1e-14), "%s: step %d rises",
				orders[k], t);
			before = play_value(&p);
		}
		play_end(&p);
	}
	no_leak();
}
