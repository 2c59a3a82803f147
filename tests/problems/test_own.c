/* test_own.c -- users' data in learning problems and networks: optimal values that are
 * certified and kept, units that do not matter. */
#include <config.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "scratch.h"

/* ---------------------------------------------------------- own data ---------------- */

static struct instance made(const char *name, const char *options)
{
	const struct nso_problem *p = problem_find(name);
	double opt[NSO_MAX_OPTIONS];
	struct instance in;
	struct why reason = { "" };

	cr_assert_not_null(p, "no problem %s", name);
	option_defaults(p->options, opt);
	cr_assert_eq(
		option_parse(p->options, name, options, opt, &reason), 0, "%s", reason.text);
	cr_assert_eq(instance_make(&in, p, opt, 0, &reason), 0, "%s", reason.text);
	return in;
}

/* Columns in four units, one constant, one twice; a tenth of the targets far off; two kinds. */
static void put_house(const char *name, int kinds)
{
	char bytes[40000] = "rooms,age,rate,same,again,price\n";

	for (int i = 0; i < 120; i++) {
		double a = sin(3 * i), b = cos(5 * i + a), c = sin(i * i);
		double y = 22 + 3 * a - 2 * b + c + (i % 10 ? 0.3 : 8) * sin(7.3 * i);
		size_t used = strlen(bytes);

		used += (size_t)snprintf(bytes + used, sizeof bytes - used,
			"%.17g,%.17g,%.17g,7,%.17g,", 6 + a, 1e3 * b, 1e-6 * c, 6 + a);
		if (kinds)
			snprintf(bytes + used, sizeof bytes - used, "%s\n",
				y + 3 * sin(11 * i) > 22 ? "dear" : "cheap");
		else
			snprintf(bytes + used, sizeof bytes - used, "%.17g\n", y);
	}
	put(name, bytes);
}

/* A descent from the claimed minimizer finds nothing below f* - error; f at it is f*. */
static void certified(const char *name, const char *options)
{
	struct instance in = made(name, options);
	size_t n = in.facts.n;
	double *x = malloc(3 * n * sizeof *x), *g = x + n, *y = g + n, best;

	cr_assert(isfinite(in.facts.optimum), "%s:%s: f* is open (%s)", name, options,
		in.facts.why);
	cr_expect(in.facts.optimum_error <= 1e-6 * (1 + fabs(in.facts.optimum)),
		"%s:%s: f* to %g only", name, options, in.facts.optimum_error);
	cr_expect_eq(
		in.facts.traits & NSO_PLANTED, 0, "%s: data of a file are not planted", name);
	instance_start(&in, 1, x);
	best = instance_eval(&in, x, g);
	if (in.facts.minimizer) {
		memcpy(x, in.facts.minimizer, n * sizeof *x);
		best = instance_eval(&in, x, g);
		cr_expect(best == in.facts.optimum, "%s: f(x*) %.17g, f* %.17g", name, best,
			in.facts.optimum);
	}
	for (int k = 0; k < 400;
		k++) { /* random directions and the subgradient's, shorter and shorter */
		double step = pow(0.93, k % 200) * (1 + fabs(x[k % n])), f;

		for (size_t j = 0; j < n; j++)
			y[j] = x[j] + step * (k < 200 ? sin(k * (double)(j + 1))
						      : -g[j] / (1e-300 + fabs(g[j])));
		f = instance_eval(&in, y, NULL);
		cr_assert(f >= in.facts.optimum - in.facts.optimum_error,
			"%s: f %.17g below f* %.17g", name, f, in.facts.optimum);
	}
	free(x);
	instance_free(&in);
}

Test(own, optima_of_files_are_certified, .timeout = 120)
{
	static const char *const numbers[] = { "lasso", "elastic-net", "ridge", "least-squares",
		"l1-regression", "huber-regression", "quantile-regression",
		"chebyshev-regression", "group-lasso", "tv-denoising", "fused-lasso",
		"geometric-median", "enclosing-ball" };
	static const char *const labels[] = { "svm", "l1-svm", "logistic-regression",
		"l1-logistic" };
	char options[300];

	enter();
	put_house("house.csv", 0);
	put_house("kind.csv", 1);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		for (int on = 0; on < 2; on++) {
			if (!on && !strcmp(numbers[i], "group-lasso"))
				continue; /* proximal gradients in these units end too early */
			snprintf(options, sizeof options, "data=%s,standardise=%s%s",
				at("house.csv"), on ? "on" : "off",
				!strcmp(numbers[i], "huber-regression") && on ? ",delta=0.01"
									      : "");
			certified(numbers[i], options);
		}
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		snprintf(options, sizeof options, "data=%s,standardise=on", at("kind.csv"));
		certified(labels[i], options);
	}
	leave();
}

/* (1/2)((x - 1)^2 + (x - 3)^2) is least at 2, |x - 1| + |x - 3| + |x - 8| at 3; with the target
 * named. */
Test(own, optima_by_hand, .timeout = 20)
{
	struct instance in;
	char options[300];

	enter();
	put("two.csv", "y,one\n1,1\n3,1\n");
	put("three.csv", "y,one\n1,1\n3,1\n8,1\n");
	put("points.csv", "0,0\n2,0\n0,2\n2,2\n1,1\n");
	snprintf(options, sizeof options, "data=%s,target=y", at("two.csv"));
	in = made("least-squares", options);
	cr_expect(fabs(in.facts.optimum - 1) < 1e-14 && fabs(in.facts.minimizer[0] - 2) < 1e-14,
		"%.17g", in.facts.optimum);
	instance_free(&in);
	snprintf(options, sizeof options, "data=%s,target=1", at("three.csv"));
	in = made("l1-regression", options);
	cr_expect(fabs(in.facts.optimum - 7) < 1e-13 && fabs(in.facts.minimizer[0] - 3) < 1e-13,
		"%.17g", in.facts.optimum);
	instance_free(&in);
	snprintf(options, sizeof options, "data=%s", at("points.csv"));
	in = made("enclosing-ball", options);
	cr_expect(in.facts.n == 2 && fabs(in.facts.optimum - sqrt(2)) < 1e-14, "%.17g",
		in.facts.optimum);
	instance_free(&in);
	in = made("geometric-median", options); /* at the point in the middle */
	cr_expect(in.facts.minimizer && fabs(in.facts.optimum - 4 * sqrt(2) / 5) < 1e-14,
		"%.17g, error %g", in.facts.optimum, in.facts.optimum_error);
	instance_free(&in);
	in = made("k-median", options);
	cr_expect(isnan(in.facts.optimum) && strstr(in.facts.why, "f* is open"), "%g, \"%s\"",
		in.facts.optimum, in.facts.why);
	instance_free(&in);
	leave();
}

static size_t kept_files(void)
{
	glob_t found;
	size_t count;

	glob(at("*.optimum*"), 0, NULL, &found);
	count = found.gl_pathc;
	globfree(&found);
	return count;
}

static double optimum(const char *options)
{
	struct instance in = made("quantile-regression", options);
	double f = in.facts.optimum;

	instance_free(&in);
	return f;
}

/* Kept once for each file and options; damaged, linked or in a locked folder it is computed
 * anew. */
Test(own, optima_are_kept, .timeout = 60)
{
	char options[300], other[400];
	double f, tau;
	glob_t found;

	enter();
	put_house("house.csv", 0);
	snprintf(options, sizeof options, "data=%s", at("house.csv"));
	f = optimum(options);
	cr_expect_eq(kept_files(), 1, "%zu files", kept_files());
	cr_expect_eq(optimum(options), f, "recalled, another f*");
	snprintf(other, sizeof other, "%s,tau=0.9", options);
	tau = optimum(other);
	cr_expect(tau != f, "tau is not in the key");
	cr_expect_eq(kept_files(), 2, "%zu files", kept_files());

	glob(at("*.optimum"), 0, NULL, &found);
	for (size_t i = 0; i < found.gl_pathc; i++)
		cr_assert_eq(truncate(found.gl_pathv[i], 40 + 10 * (off_t)i), 0, "truncate");
	cr_expect(
		optimum(options) == f && optimum(other) == tau, "from a cut file, another f*");
	put("victim", "mine");
	for (size_t i = 0; i < found.gl_pathc; i++) {
		unlink(found.gl_pathv[i]);
		cr_assert_eq(symlink(at("victim"), found.gl_pathv[i]), 0, "symlink");
	}
	globfree(&found);
	cr_expect(optimum(options) == f, "through a link, another f*");
	cr_expect_eq(system("true"), 0, "a shell");
	snprintf(other, sizeof other, "grep -qx mine %s", at("victim"));
	cr_expect_eq(system(other), 0, "what the link points to was written");

	put_house("house.csv", 0);
	snprintf(other, sizeof other, "rm %s/*.optimum && chmod a-w %s", folder, folder);
	cr_expect_eq(system(other), 0, "%s", other);
	cr_expect(optimum(options) == f, "in a locked folder, another f*");
	cr_expect_eq(kept_files(), 0, "%zu files written into a locked folder", kept_files());
	leave();
}

/* Small units: the same network on a column in units of 1e-12 and shifted by 2^20, to rounding.
 */
Test(own, networks_know_no_units, .timeout = 20)
{
	static const char *const name[] = { "plain.csv", "small.csv", "far.csv" };
	char bytes[3][12000] = { "", "", "" }, options[300];
	double f[3], g[200], x[200];

	enter();
	for (int i = 0; i < 120; i++)
		for (int k = 0; k < 3; k++)
			snprintf(bytes[k] + strlen(bytes[k]),
				sizeof bytes[k] - strlen(bytes[k]), "%.17g,%.17g,%d\n",
				k == 0   ? i % 17 - 8.
				: k == 1 ? 0x1p-40 * (i % 17 - 8)
					 : 0x1p20 + i % 17 - 8,
				cos(i), i % 3);
	for (int k = 0; k < 3; k++) {
		struct instance in;

		put(name[k], bytes[k]);
		snprintf(options, sizeof options, "data=%s,width=8,precision=64", at(name[k]));
		in = made("mlp", options);
		cr_assert(in.facts.n <= 200, "%zu parameters", in.facts.n);
		for (size_t j = 0; j < in.facts.n; j++)
			x[j] = sin((double)j);
		f[k] = instance_eval(&in, x, g);
		instance_free(&in);
	}
	cr_expect(fabs(f[1] - f[0]) < 1e-13 && fabs(f[2] - f[0]) < 1e-13, "%.17g %.17g %.17g",
		f[0], f[1], f[2]);
	leave();
}

/* Real targets need the squared loss; the test loss of a constant is then its mean square. */
Test(own, networks_of_numbers, .timeout = 20)
{
	const struct nso_problem *p = problem_find("mlp");
	double opt[NSO_MAX_OPTIONS];
	struct instance in;
	struct why reason = { "" };
	char options[300];

	enter();
	put_house("house.csv", 0);
	snprintf(options, sizeof options, "data=%s,depth=0,precision=64", at("house.csv"));
	option_defaults(p->options, opt);
	cr_assert_eq(
		option_parse(p->options, "mlp", options, opt, &reason), 0, "%s", reason.text);
	cr_expect_neq(instance_make(&in, p, opt, 0, &reason), 0, "cross-entropy of numbers");
	cr_expect_not_null(strstr(reason.text, "loss=squared"), "%s", reason.text);
	snprintf(options + strlen(options), sizeof options - strlen(options), ",loss=squared");
	in = made("mlp", options);
	cr_expect_eq(in.facts.n, 6, "5 weights and a bias, not %zu", in.facts.n);
	cr_expect(instance_eval(&in, (double[6]){ 0 }, NULL) > 400, "f(0) is about 22^2");
	instance_free(&in);
	leave();
}

/* ---------------------------------------------------------- keys -------------------- */

/* An option marked as added later changes the hash where it is set, and not where it stands at
 * its default. */
Test(own, later_options_enter_no_key_at_their_default, .timeout = 20)
{
	static const struct nso_option old[] = { { "n", 3, 1, 9, "", NULL, "", 1 }, { 0 } };
	static const struct nso_option now[] = { { "n", 3, 1, 9, "", NULL, "", 1 },
		{ "data", 0, 0, 9, "", nso_any_text, "", NSO_LATER },
		{ "auto", NAN, 0, 9, "", NULL, "", NSO_LATER }, { 0 } };
	double value[3] = { 3, 0, NAN };
	uint64_t before = option_hash(HASH_START, old, value);

	cr_expect_eq(option_hash(HASH_START, now, value), before, "at the defaults");
	value[2] = 1;
	cr_expect_neq(option_hash(HASH_START, now, value), before, "a number set");
	value[2] = NAN;
	value[1] = nso_text_handle("file.csv");
	cr_expect_neq(option_hash(HASH_START, now, value), before, "a file set");
}
