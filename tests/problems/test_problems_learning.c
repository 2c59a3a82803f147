/* test_problems_learning.c -- what the checks of every problem cannot know: certificates of
 * optimality, exact methods against slow ones, hand-made optima, stationary points, data files
 * that are refused. One time limit for all: with several, Criterion 2.4.1 leaks a timer for
 * each test that ends early. */
#include <config.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include "leak.h"
#include "problems/lp.h"
#include "problems/taut_string.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/stationarity.h"

static struct instance made(const char *name, const char *options, int number)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct instance in;
	struct why why = { "" };

	cr_assert(p != NULL, "no problem %s", name);
	option_defaults(p->options, opt);
	cr_assert(option_parse(p->options, name, options, opt, &why) == 0, "%s", why.text);
	cr_assert(instance_make(&in, p, opt, number, &why) == 0, "%s", why.text);
	return in;
}

/* Why the problem cannot be made with these options; "" if it can. */
static struct why refusal(const char *name, const char *options)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct instance in;
	struct why why = { "" };

	cr_assert(p != NULL, "no problem %s", name);
	option_defaults(p->options, opt);
	if (!option_parse(p->options, name, options, opt, &why) &&
		!instance_make(&in, p, opt, 0, &why)) {
		instance_free(&in);
		*why.text = 0;
	}
	return why;
}

/* Distance of 0 from the Clarke subdifferential at x, pieces within tol. */
static double stationarity(struct instance *in, const double *x, double tol)
{
	struct nso_pieces p;
	double lower, value;

	cr_assert(pieces_init(&p, in->facts.n) == 0, "out of memory");
	instance_pieces(in, x, tol, &p);
	value = clarke(&p, NULL, &lower);
	pieces_free(&p);
	return value;
}

/* ---------------------------------------------------------- certificates ------------- */

Test(learning, optima_are_certified, .timeout = 120)
{
	static const char *const name[] = { "svm", "l1-svm", "lasso", "elastic-net",
		"l1-logistic", "logistic-regression", "quantile-regression", "huber-regression",
		"chebyshev-regression", "tv-denoising", "fused-lasso", "group-lasso",
		"geometric-median", "enclosing-ball", "matrix-game", "least-squares" };

	for (size_t i = 0; i < sizeof name / sizeof *name; i++)
		for (int number = 0; number < 3; number++) {
			struct instance in = made(name[i], "", number);

			cr_assert(
				in.facts.optimum_error <= 1e-10 * (1 + fabs(in.facts.optimum)),
				"%s, instance %d: f* is known to %g only", name[i], number,
				in.facts.optimum_error);
			instance_free(&in);
		}
	no_leak();
}

/* A second opinion, blind to how the optimum was found: 0 is in the subdifferential of a convex
 * f. */
Test(learning, minimizers_are_stationary, .timeout = 120)
{
	static const char *const name[] = { "svm", "l1-svm", "lasso", "elastic-net",
		"l1-logistic", "quantile-regression", "chebyshev-regression", "tv-denoising",
		"fused-lasso", "group-lasso", "geometric-median", "enclosing-ball",
		"matrix-game", "max-eigenvalue", "random-max", "convex-feasibility",
		"nesterov-worst", "drori-teboulle", "tilted-norm", "partly-smooth",
		"half-and-half", "kinks" };

	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		struct instance in = made(name[i], "", 0);
		double x[400], at_start, at_end;

		cr_assert(in.facts.minimizer != NULL, "%s: no minimizer", name[i]);
		cr_assert(in.facts.n <= 400, "%s is too large for this test", name[i]);
		at_end = stationarity(&in, in.facts.minimizer, 1e-9);
		cr_assert(at_end < 2e-6, "%s: %g at the minimizer", name[i], at_end);
		instance_start(&in, 1, x);
		at_start = stationarity(&in, x, 1e-9);
		cr_assert(at_start > 1e-3, "%s: %g at the start", name[i], at_start);
		instance_free(&in);
	}
	no_leak();
}

Test(learning, planted_lasso_satisfies_its_conditions, .timeout = 120)
{
	for (int number = 0; number < 5; number++) {
		struct instance in = made("lasso", "", number);
		const double *x = in.facts.minimizer;
		double g[400], residual = instance_smooth(&in, x, g);
		size_t support = 0;

		cr_assert(fabs(2 * residual - 1) < 1e-13, "|Ax* - b| is %.17g, not 1",
			sqrt(2 * residual));
		for (size_t j = 0; j < in.facts.n; j++) {
			cr_assert(fabs(g[j]) <= 1 + 1e-13, "A'r exceeds 1 at %zu: %.17g", j,
				g[j]);
			support += x[j] != 0;
			cr_assert(x[j] == 0 || fabs(g[j] + (x[j] > 0 ? 1 : -1)) < 1e-13,
				"A'r is %.17g where x is %g", g[j], x[j]);
		}
		cr_assert(support == 10, "%zu nonzeros, 10 were asked for", support);
		instance_free(&in);
	}
	no_leak();
}

/* One row each way on a line: (1/4) w^2 + max(0, 1 - w) is least at w = 1. */
Test(learning, svm_by_hand, .timeout = 120)
{
	char path[] = "/tmp/nsobench-svm-XXXXXX", options[100];
	int file = mkstemp(path);
	struct instance in;

	cr_assert(file >= 0, "no temporary file");
	cr_assert(write(file, "+1 1:1\n-1 1:-1\n", 15) == 15, "cannot write");
	close(file);
	snprintf(options, sizeof options, "data=%s,lambda=0.5", path);
	in = made("svm", options, 0);
	unlink(path);
	cr_assert(in.facts.n == 1 && in.facts.terms == 2, "n %zu, m %zu", in.facts.n,
		in.facts.terms);
	cr_assert(fabs(in.facts.optimum - 0.25) < 1e-14, "f* is %.17g", in.facts.optimum);
	cr_assert(instance_score(&in, (double[]){ 0.3 }) == 1, "both rows are on their side");
	cr_assert(fabs(instance_eval(&in, (double[]){ -1 }, NULL) - 2.25) < 1e-14,
		"f(-1) = 2.25");
	instance_free(&in);
	no_leak();
}

/* min -z_1 - 2 z_2 over z_1 + z_2 + z_3 = 1, 0 <= z <= (1, 0.3, 1): z = (0.7, 0.3, 0), y = -1.
 */
Test(learning, linear_program_by_hand, .timeout = 120)
{
	struct rows a;
	double z[3], y[1], lost;

	cr_assert(rows_dense(&a, 3, 1) == 0, "out of memory");
	for (int j = 0; j < 3; j++)
		a.val[j] = 1;
	lost = lp_solve(
		&a, (double[]){ 1 }, (double[]){ -1, -2, 0 }, (double[]){ 1, 0.3, 1 }, z, y);
	cr_assert(lost < 1e-12, "the equation is off by %g", lost);
	cr_assert(fabs(z[0] - 0.7) < 1e-9 && fabs(z[1] - 0.3) < 1e-9 && fabs(z[2]) < 1e-9,
		"z = (%g, %g, %g)", z[0], z[1], z[2]);
	cr_assert(fabs(y[0] + 1) < 1e-9, "y = %g", y[0]);
	rows_free(&a);
	no_leak();
}

/* ---------------------------------------------------------- taut string -------------- */

/* The dual, min |y - D'u|^2/2 over |u_i| <= lambda, by coordinate descent; x = y - D'u. */
static void slow_denoising(size_t n, const double *y, double lambda, double *x)
{
	double u[64] = { 0 };

	memcpy(x, y, n * sizeof *x);
	for (int pass = 0; pass < 20000; pass++)
		for (size_t i = 0; i + 1 < n; i++) {
			double to = u[i] + (x[i + 1] - x[i]) / 2;

			to = fmin(fmax(to, -lambda), lambda);
			x[i] += to - u[i];
			x[i + 1] -= to - u[i];
			u[i] = to;
		}
}

Test(learning, taut_string_is_exact, .timeout = 120)
{
	gsl_rng *rng = stream(1);

	for (int k = 0; k < 300; k++) {
		size_t n = 1 + gsl_rng_uniform_int(rng, 14);
		double y[16], x[16], slow[16],
			lambda = k % 7 == 0 ? 1 : 3 * gsl_rng_uniform(rng);

		for (size_t i = 0; i < n; i++) /* every third time whole numbers: ties */
			y[i] = k % 3 ? 4 * gsl_rng_uniform(rng)
				     : floor(5 * gsl_rng_uniform(rng));
		slow_denoising(n, y, lambda, slow);
		taut_string(n, y, lambda, x);
		for (size_t i = 0; i < n; i++)
			cr_assert(fabs(x[i] - slow[i]) < 1e-9,
				"case %d, n %zu, lambda %g: x_%zu = %.12g, slow method %.12g",
				k, n, lambda, i, x[i], slow[i]);
		taut_string(n, y, lambda, y);
		cr_assert(memcmp(x, y, n * sizeof *x) == 0, "in place it is another result");
	}
	gsl_rng_free(rng);
	no_leak();
}

/* ---------------------------------------------------------- prox and terms ----------- */

/* The penalty is not convex: against a grid, for steps below and above gamma. */
Test(learning, mcp_prox_is_global, .timeout = 120)
{
	struct instance in = made("mcp-least-squares", "m=3,n=1,k=1,lambda=0.5,gamma=2", 0);

	for (double t = 0.1; t < 5; t *= 1.7)
		for (double v = -3; v < 3; v += 0.0371) {
			double p, best = INFINITY, mine;

			instance_prox(&in, t, &v, &p);
			mine = instance_eval(&in, &p, NULL) - instance_smooth(&in, &p, NULL) +
			       (p - v) * (p - v) / (2 * t);
			for (double u = -3.5; u < 3.5; u += 0.01)
				best = fmin(best, instance_eval(&in, &u, NULL) -
							  instance_smooth(&in, &u, NULL) +
							  (u - v) * (u - v) / (2 * t));
			cr_assert(mine <= best + 1e-9, "t %g, v %g: %g, on a grid %g", t, v,
				mine, best);
		}
	instance_free(&in);
	no_leak();
}

Test(learning, single_terms_average_to_the_whole, .timeout = 120)
{
	static const char *const name[] = { "svm", "lasso", "l1-logistic", "phase-retrieval",
		"blind-deconvolution", "matrix-sensing", "robust-pca", "max-affine-regression",
		"geometric-median", "k-median", "group-lasso" };

	for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
		struct instance in = made(name[k], "", 1);
		double x[400], mean = 0, whole, part[400], sum[400] = { 0 }, g[400], worst = 0;
		size_t m = in.facts.terms;

		cr_assert(
			in.facts.n <= 400 && m > 1, "%s: n %zu, m %zu", name[k], in.facts.n, m);
		instance_start(&in, 3, x);
		for (size_t j = 0; j < in.facts.n; j++)
			x[j] += 0.01 * sin((double)j);
		for (size_t i = 0; i < m; i++) {
			mean += instance_batch(&in, 1, &i, x, part) / (double)m;
			for (size_t j = 0; j < in.facts.n; j++)
				sum[j] += part[j] / (double)m;
		}
		whole = instance_eval(&in, x, g);
		for (size_t j = 0; j < in.facts.n; j++)
			worst = fmax(worst, fabs(sum[j] - g[j]) / (1 + fabs(g[j])));
		cr_assert(fabs(mean - whole) < 1e-10 * (1 + fabs(whole)), "%s: %.17g and %.17g",
			name[k], mean, whole);
		cr_assert(worst < 1e-10, "%s: gradients differ by %g", name[k], worst);
		instance_free(&in);
	}
	no_leak();
}

/* ---------------------------------------------------------- weakly convex ------------ */

Test(learning, corruption_below_one_half, .timeout = 120)
{
	static const char *const name[] = { "phase-retrieval", "blind-deconvolution",
		"quadratic-sensing", "matrix-sensing", "robust-pca", "l1-regression" };

	for (size_t k = 0; k < sizeof name / sizeof *name; k++) {
		struct why why = refusal(name[k], "corrupt=0.5");
		struct instance in;
		double x[400], f;

		cr_assert(
			strstr(why.text, "corrupt") != NULL && strstr(why.text, "0.49") != NULL,
			"%s takes a share of 1/2: '%s'", name[k], why.text);
		in = made(name[k], "corrupt=0.2", 0);
		f = instance_eval(&in, in.facts.minimizer, NULL);
		cr_assert(f > 0 && f == in.facts.optimum, "%s: f(x*) = %g, f* = %g", name[k], f,
			in.facts.optimum);
		for (uint64_t seed = 1; seed < 20;
			seed++) { /* delta: a point at distance 1/2 */
			instance_start(&in, seed, x);
			cr_assert(instance_eval(&in, x, NULL) > f, "%s: a point is better",
				name[k]);
		}
		instance_free(&in);
	}
	no_leak();
}

/* f in units of the distance, in random directions from the planted solution. */
Test(learning, planted_solutions_are_sharp, .timeout = 120)
{
	static const char *const name[] = { "phase-retrieval", "amplitude-retrieval",
		"blind-deconvolution", "quadratic-sensing", "covariance-estimation",
		"matrix-sensing", "matrix-completion", "relu-regression",
		"max-affine-regression", "compressed-sensing" };

	for (size_t k = 0; k < sizeof name / sizeof *name; k++)
		for (double delta = 1e-6; delta < 0.1; delta *= 100) {
			char options[40];
			double x[400], least = INFINITY;
			struct instance in;

			snprintf(options, sizeof options, "delta=%g", delta);
			in = made(name[k], options, 0);
			for (uint64_t seed = 1; seed < 10; seed++) {
				instance_start(&in, seed, x);
				least = fmin(least,
					instance_eval(&in, x, NULL) / instance_score(&in, x));
			}
			cr_assert(least > 0.1, "%s: f/dist = %g at distance %g", name[k], least,
				delta);
			instance_free(&in);
		}
	no_leak();
}

/* ---------------------------------------------------------- analytic families -------- */

/* On the manifold x_{i+1} = 2|x_i| - 1 f is |x_1 - 1|/4. */
static void manifold(size_t n, double first, double *x)
{
	x[0] = first;
	for (size_t i = 0; i + 1 < n; i++)
		x[i + 1] = 2 * fabs(x[i]) - 1;
}

/* Clarke stationary are the minimizer and the points of the manifold with x_j = 0 for one j < n
 * (the entries after it are -1, 1, 1, ..): 1 + sum_j 2^(j-1) = 2^(n-1) points; Gurbuzbalaban,
 * Overton 2012, theorem 3. From each but the minimizer the manifold descends. */
Test(learning, chebyshev_rosenbrock_2_has_its_stationary_points, .timeout = 120)
{
	gsl_rng *rng = stream(2);

	for (size_t n = 2; n <= 7; n++) {
		char options[20];
		struct instance in;
		size_t count = 0;

		snprintf(options, sizeof options, "n=%zu", n);
		in = made("chebyshev-rosenbrock-2", options, 0);
		for (size_t zero = 0; zero + 1 < n; zero++)
			for (unsigned signs = 0; signs < 1u << zero; signs++) {
				double x[8] = { 0 }, y[8];

				for (size_t i = zero; i-- > 0;)
					x[i] = (x[i + 1] + 1) / 2 * (signs >> i & 1 ? -1 : 1);
				manifold(n, x[0], x);
				cr_assert(stationarity(&in, x, 0) < 1e-9,
					"n %zu, zero at %zu, signs %#x: not stationary", n,
					zero, signs);
				manifold(n, x[0] + 1e-6, y);
				cr_assert(instance_eval(&in, y, NULL) <
						  instance_eval(&in, x, NULL),
					"n %zu, zero at %zu, signs %#x: no descent", n, zero,
					signs);
				count++;
			}
		cr_assert(stationarity(&in, in.facts.minimizer, 0) < 1e-9, "minimizer");
		cr_assert(count + 1 == (size_t)1 << (n - 1), "n %zu: %zu points", n, count + 1);
		for (int k = 0; k < 100;
			k++) { /* others on the same manifold are not stationary */
			double x[8];

			manifold(n, 2 * gsl_rng_uniform(rng) - 1, x);
			cr_assert(
				stationarity(&in, x, 0) > 1e-4, "stationary at x_1 = %g", x[0]);
		}
		instance_free(&in);
	}
	gsl_rng_free(rng);
	no_leak();
}

/* With the smallest-index oracle the constant step R/(L sqrt(N + 1)) ends N steps with gap
 * exactly L R/sqrt(N + 1): Drori, Teboulle 2016. */
Test(learning, drori_teboulle_resists, .timeout = 120)
{
	for (int steps = 5; steps <= 100; steps *= 2) {
		char options[40];
		double x[128], g[128], best = INFINITY, bound = 6 / sqrt(steps + 1.0);
		struct instance in;

		snprintf(options, sizeof options, "steps=%d,L=3,R=2", steps);
		in = made("drori-teboulle", options, 0);
		instance_start(&in, 1, x);
		for (int k = 0; k <= steps; k++) {
			best = fmin(best, instance_eval(&in, x, g));
			for (size_t i = 0; i < in.facts.n; i++)
				x[i] -= 2 / (3 * sqrt(steps + 1.0)) * g[i];
		}
		cr_assert(fabs(best - in.facts.optimum - bound) < 1e-12,
			"N %d: gap %.17g, not %.17g", steps, best - in.facts.optimum, bound);
		instance_free(&in);
	}
	no_leak();
}

/* The tube of stationary-free points around the sphere has radius 2 mu/rho = 1 and no more. */
Test(learning, toys_have_their_traps, .timeout = 120)
{
	struct instance sphere = made("sphere-distance", "n=5", 0);
	struct instance saddle = made("kinked-saddle", "", 0);
	double x[5] = { 0 };

	cr_assert(stationarity(&sphere, x, 0) == 0, "the centre is stationary");
	cr_assert(instance_score(&sphere, x) ==
			  2 * sphere.facts.sharpness / sphere.facts.weak_convexity,
		"at distance 2 mu/rho");
	x[3] = 0.1;
	cr_assert(fabs(stationarity(&sphere, x, 0) - 0.2) < 1e-15, "2 |x| beside it");
	x[3] = 0;
	cr_assert(stationarity(&saddle, x, 0) == 0, "0 is Clarke stationary");
	cr_assert(instance_eval(&saddle, (double[]){ 0, 0.01 }, NULL) < 0,
		"and yet f descends there");
	instance_free(&sphere);
	instance_free(&saddle);
	no_leak();
}

/* ---------------------------------------------------------- LIBSVM ------------------- */

Test(learning, libsvm_refusals, .timeout = 120)
{
	static const struct {
		const char *text, *expected[3];
	} bad[] = {
		{ "", { "empty", "label index:value" } },
		{ "1 1:1\n2 2:1\n3 1:1\n", { "labels 1, 2, 3", "two" } },
		{ "1 1:1\n0 2:1\n-1 1:1\n", { "labels -1, 0, 1", "two" } },
		{ "24.1 1:1\n21.6 2:1\n", { "21.6, 24.1", "regression" } },
		{ "one 1:1\n", { "line 1", "\"one\"", "label" } },
		{ "1 1:1\n\n1 1:1\n", { "one label: 1", "two" } },
		{ "1,2 1:1\n", { "line 1", "\"1,2\"", "label" } },
		{ "1 2:1 2:3\n", { "line 1", "\"2:3\"", "ascending" } },
		{ "1 3:1 2:3\n", { "line 1", "\"2:3\"", "ascending" } },
		{ "1 0:1\n", { "line 1", "\"0:1\"", "index=zero" } },
		{ "1 1:1\n1 -2:1\n", { "line 2", "\"-2:1\"", "index:value" } },
		{ "1 99999999999:1\n", { "line 1", "100000000" } },
		{ "1 1:inf\n", { "line 1", "\"1:inf\"", "finite" } },
		{ "1 1:nan\n", { "line 1", "\"1:nan\"", "finite" } },
		{ "1 1:1e999\n", { "line 1", "\"1:1e999\"", "finite" } },
		{ "1 1:0x10\n", { "line 1", "\"1:0x10\"", "finite" } },
		{ "1 1:1 2:3abc\n", { "line 1", "\"2:3abc\"", "finite" } },
		{ "1 1:1 trailing\n", { "line 1", "\"trailing\"", "index:value" } },
		{ "1 1:1 2:\n", { "line 1", "\"2:\"", "finite" } },
		{ "1 1 2\n", { "line 1", "\"1\"", "index:value" } },
		{ "1\n-1\n", { "no row has an entry" } },
	};
	char path[] = "/tmp/nsobench-libsvm-XXXXXX", options[100];
	int file = mkstemp(path);

	cr_assert(file >= 0, "no temporary file");
	close(file);
	snprintf(options, sizeof options, "data=%s", path);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		FILE *out = fopen(path, "w");
		struct why why;

		cr_assert(out && fputs(bad[i].text, out) >= 0 && !fclose(out), "cannot write");
		why = refusal("svm", options);
		for (int k = 0; k < 3 && bad[i].expected[k]; k++)
			cr_assert(strstr(why.text, bad[i].expected[k]) != NULL,
				"case %zu: no '%s' in '%s'", i, bad[i].expected[k], why.text);
	}
	unlink(path);
	no_leak();
}

Test(learning, libsvm_gzip, .timeout = 120)
{
	char path[] = "/tmp/nsobench-gz-XXXXXX", options[100], bytes[4096];
	int file = mkstemp(path);
	size_t length;
	struct instance in;
	struct why why;
	gzFile out;
	FILE *cut;

	cr_assert(file >= 0, "no temporary file");
	close(file);
	snprintf(options, sizeof options, "data=%s", path);
	out = gzopen(path, "wb");
	for (int i = 0; i < 50; i++)
		gzprintf(out, "%d %d:%.17g 9:-2e-1\r\n", i % 2, i % 8 + 1, sin(i));
	gzclose(out);
	in = made("svm", options, 0);
	cr_assert(in.facts.terms == 50 && in.facts.n == 9, "m %zu, n %zu", in.facts.terms,
		in.facts.n);
	instance_free(&in);
	cut = fopen(path, "rb");
	length = fread(bytes, 1, sizeof bytes, cut);
	fclose(cut);
	for (size_t keep = length - 1; keep > length - 40; keep -= 13) {
		cut = fopen(path, "wb");
		fwrite(bytes, 1, keep, cut);
		fclose(cut);
		why = refusal("svm", options);
		cr_assert(strstr(why.text, "gzip stream") != NULL, "%zu of %zu bytes: '%s'",
			keep, length, why.text);
	}
	bytes[length / 2] ^= 0x55;
	cut = fopen(path, "wb");
	fwrite(bytes, 1, length, cut);
	fclose(cut);
	why = refusal("svm", options);
	cr_assert(why.text[0] != 0, "a damaged stream is accepted");
	unlink(path);
	why = refusal("svm", options);
	cr_assert(strstr(why.text, path + 5) != NULL, "a missing file is not named: '%s'",
		why.text);
	no_leak();
}

/* Adult a9a: 32,560 rows, 123 features of which this copy's last never occurs, 7,841 positive
 * labels; at w = 0 every hinge is 1. */
Test(learning, a9a, .timeout = 120)
{
	struct instance in;
	double x[123] = { 0 };

	if (!getenv("NSOBENCH_DATA"))
		cr_skip_test("NSOBENCH_DATA is not set");
	in = made("svm", "data=a9a", 0);
	cr_assert(in.facts.terms == 32560, "%zu rows", in.facts.terms);
	cr_assert(in.facts.n <= 123, "%zu features", in.facts.n);
	cr_assert(instance_eval(&in, x, NULL) == 1, "f(0) = 1");
	cr_assert(in.facts.optimum_error < 1e-7, "gap %g", in.facts.optimum_error);
	x[0] = -1;
	cr_assert(instance_score(&in, x) < 1, "accuracy");
	instance_free(&in);
	no_leak();
}
