/* test_problems_classic.c -- the classical collections against the numbers of the literature,
 * and the traps that are known of them. */
#include <config.h>
#include "build.h"
#include "leak.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "measure/stationarity.h"
#include "run/cell.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <stdarg.h>

static void must(int ok, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void must(int ok, const char *format, ...)
{
	char text[600];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	cr_assert(ok != 0, "%s", text);
}

static int open_problem(struct instance *in, const char *typed, struct why *why)
{
	char name[80];
	const char *text = strchr(typed, ':') ? strchr(typed, ':') + 1 : "";
	const struct nso_problem *p;
	double opt[NSO_MAX_OPTIONS];

	snprintf(name, sizeof name, "%.*s", (int)strcspn(typed, ":"), typed);
	p = problem_find(name);
	must(p != NULL, "there is a problem %s", name);
	option_defaults(p->options, opt);
	must(!option_parse(p->options, name, text, opt, why), "%s: %s", typed, why->text);
	return instance_make(in, p, opt, 0, why);
}

static double start_value(struct instance *in)
{
	double *x = malloc(in->facts.n * sizeof *x), f;

	must(x != NULL, "memory");
	instance_start(in, 1, x);
	f = instance_eval(in, x, NULL);
	free(x);
	return f;
}

/* f(x0) stands in the literature with ten digits. */
static const double printed = 5e-10;

static int agree(double found, double wanted, double tolerance)
{
	return fabs(found - wanted) <= tolerance * (1e-9 + fabs(wanted));
}

/* One line: problem, f(x0) (may be empty), f*, the relative tolerance of f*. */
static void check_line(const char *line)
{
	char typed[80], first[40];
	const char *field = line;
	double optimum, tolerance;
	struct instance in;
	struct why why;
	size_t length = strcspn(field, ",");

	snprintf(typed, sizeof typed, "%.*s", (int)length, field);
	field += length + 1;
	snprintf(first, sizeof first, "%.*s", (int)strcspn(field, ","), field);
	field += strcspn(field, ",") + 1;
	must(sscanf(field, "%lf,%lf", &optimum, &tolerance) == 2, "reference line: %s", line);
	if (open_problem(&in, typed, &why)) {
		must(!strncmp(typed, "tr48", 4) && strstr(why.text, "tr48.txt"),
			"%s is made or says which file is missing: %s", typed, why.text);
		return;
	}
	must(agree(in.facts.optimum, optimum, tolerance), "%s: f* is %.17g, expected %.17g",
		typed, in.facts.optimum, optimum);
	if (*first)
		must(agree(start_value(&in), atof(first), printed),
			"%s: f(x0) is %.17g, expected %s", typed, start_value(&in), first);
	instance_free(&in);
}

Test(classic, reference_values, .timeout = 120)
{
	FILE *file = fopen(SOURCEDIR "/tests/reference/problems.csv", "r");
	char line[400];
	int count = 0;

	must(file != NULL, "tests/reference/problems.csv can be read");
	must(fgets(line, sizeof line, file) != NULL, "it has a head line");
	for (; fgets(line, sizeof line, file); count++)
		check_line(line);
	fclose(file);
	must(count >= 60, "all reference lines were read: %d", count);
	no_leak();
}

static double measure(struct instance *in, const double *x, struct nso_pieces *pieces)
{
	double f = instance_eval(in, x, NULL);

	must(!instance_pieces(in, x, clarke_tolerance(f), pieces), "%s gives its pieces",
		in->problem->name);
	return clarke(pieces, NULL, NULL);
}

static int classical(const struct nso_problem *p)
{
	static const char *const groups[] = { "small", "minimax", "large", "test29" };

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		if (p->pieces && !strcmp(p->group, groups[i]))
			return 1;
	return 0;
}

/* Stationary at the minimizer: small against the subgradient there, which a kink leaves long.
 */
static void check_stationarity(const struct nso_problem *p)
{
	double opt[NSO_MAX_OPTIONS], *x, *g, at_minimizer, at_start, norm = 0;
	struct nso_pieces pieces;
	struct instance in;
	struct why why;

	option_defaults(p->options, opt);
	if (instance_make(&in, p, opt, 0, &why))
		return;
	x = malloc(2 * in.facts.n * sizeof *x);
	must(x && !pieces_init(&pieces, in.facts.n), "memory");
	g = x + in.facts.n;
	instance_start(&in, 1, x);
	at_start = measure(&in, x, &pieces);
	must(at_start > 1e-9, "%s is not stationary at its start: %g", p->name, at_start);
	if (in.facts.minimizer) {
		instance_eval(&in, in.facts.minimizer, g);
		for (size_t i = 0; i < in.facts.n; i++)
			norm += g[i] * g[i];
		at_minimizer = measure(&in, in.facts.minimizer, &pieces);
		must(at_minimizer <= 1e-6 * (1 + sqrt(norm)), "%s is stationary at x*: %g",
			p->name, at_minimizer);
	}
	pieces_free(&pieces);
	free(x);
	instance_free(&in);
}

Test(classic, clarke_measure_at_minimizer_and_start, .timeout = 120)
{
	int count = 0;

	for (size_t i = 0; problem_at(i); i++)
		if (classical(problem_at(i))) {
			check_stationarity(problem_at(i));
			count++;
		}
	must(count >= 60, "all classical problems were met: %d", count);
	no_leak();
}

/* Exact line search along -g by golden section on [0, reach]. */
static void descend(struct instance *in, double *x, double reach)
{
	const double golden = 0.6180339887498949;
	double g[2], low = 0, high = reach, y[2];

	instance_eval(in, x, g);
	for (int k = 0; k < 100; k++) {
		double a = high - golden * (high - low), b = low + golden * (high - low), fa,
		       fb;

		for (int i = 0; i < 2; i++)
			y[i] = x[i] - a * g[i];
		fa = instance_eval(in, y, NULL);
		for (int i = 0; i < 2; i++)
			y[i] = x[i] - b * g[i];
		fb = instance_eval(in, y, NULL);
		if (fa < fb)
			high = b;
		else
			low = a;
	}
	for (int i = 0; i < 2; i++)
		x[i] -= low * g[i];
}

/* Wolfe 1975: the iterates zigzag towards (0, 0), which is no minimizer. */
Test(classic, steepest_descent_stalls_on_wolfe, .timeout = 120)
{
	double x[2], origin[2] = { 0, 0 };
	struct nso_pieces pieces;
	struct instance in;
	struct why why;

	must(!open_problem(&in, "wolfe", &why) && !pieces_init(&pieces, 2), "wolfe is made");
	instance_start(&in, 1, x);
	for (int k = 0; k < 25; k++)
		descend(&in, x, 0.1);
	must(fabs(x[0]) < 0.05 && fabs(x[1]) < 0.05, "it stalls near (0, 0), not at (%g, %g)",
		x[0], x[1]);
	must(measure(&in, origin, &pieces) > 1, "(0, 0) is not stationary: %g",
		measure(&in, origin, &pieces));
	pieces_free(&pieces);
	instance_free(&in);
	no_leak();
}

Test(classic, polak3_minimizers_belong_to_their_weights, .timeout = 120)
{
	struct instance code, book;
	struct why why;

	must(!open_problem(&code, "polak3", &why), "polak3: %s", why.text);
	must(!open_problem(&book, "polak3:weights=book", &why), "polak3: %s", why.text);
	must(instance_eval(&code, book.facts.minimizer, NULL) > code.facts.optimum + 1,
		"the book's minimizer is none of the code's function");
	must(instance_eval(&book, code.facts.minimizer, NULL) > book.facts.optimum + 1e-3,
		"the code's minimizer is none of the book's function");
	instance_free(&code);
	instance_free(&book);
	no_leak();
}

Test(classic, kink_start_is_perturbed_by_the_length_asked_for, .timeout = 120)
{
	static const char *const names[] = { "dem", "mifflin1", "colville1", "el-attar" };
	double x[16], y[16];

	for (size_t k = 0; k < sizeof names / sizeof *names; k++) {
		char typed[40];
		struct instance in, moved;
		struct why why;
		double square = 0;

		snprintf(typed, sizeof typed, "%s:perturb=0.5", names[k]);
		must(!open_problem(&in, names[k], &why), "%s: %s", names[k], why.text);
		must(!open_problem(&moved, typed, &why), "%s: %s", typed, why.text);
		instance_start(&in, 1, x);
		instance_start(&moved, 1, y);
		for (size_t i = 0; i < in.facts.n; i++)
			square += (x[i] - y[i]) * (x[i] - y[i]);
		must(fabs(sqrt(square) - 0.5) < 1e-12, "%s moves by %g", typed, sqrt(square));
		instance_free(&in);
		instance_free(&moved);
	}
	no_leak();
}

Test(classic, bad_dimensions_are_refused_with_words, .timeout = 120)
{
	struct instance in;
	struct why why;

	must(open_problem(&in, "test29-13:n=7", &why), "odd n is refused");
	must(strstr(why.text, "multiple of 2") != NULL, "it says why: %s", why.text);
	must(open_problem(&in, "test29-17:n=12", &why), "n = 12 is refused");
	must(strstr(why.text, "multiple of 5") != NULL, "it says why: %s", why.text);
	no_leak();
}

/* Broyden's tridiagonal maximum has points that are Clarke-stationary and far from optimal: f*
 * = 0 at the root of its equations, and the r-algorithm ends at one of them from the standard
 * start. A suite that took a small Clarke measure for success would call this run solved. */
Test(classic, stationary_is_not_optimal, .timeout = 120)
{
	struct cell c;
	struct instance in;
	struct record r;
	struct why why;
	double clarke = NAN;

	must(!open_problem(&in, "test29-19:n=10", &why), "%s", why.text);
	cell_defaults(&c);
	c.problem = in.problem;
	memcpy(c.popt, in.opt, sizeof c.popt);
	c.optimizer = optimizer_find("r-algorithm");
	must(c.optimizer != NULL, "there is an r-algorithm");
	option_defaults(c.optimizer->options, c.oopt);
	must(!cell_run(&c, &in, &r), "memory");
	for (size_t i = 0; i < r.columns; i++)
		if (!strcmp(r.column[i].name, "clarke"))
			clarke = r.column[i].v[r.points - 1];
	must(clarke < 1e-6, "stationary: Clarke measure %g", clarke);
	must(r.final_f - r.optimum > 0.05, "not optimal: gap %g", r.final_f - r.optimum);
	record_free(&r);
	instance_free(&in);
}
