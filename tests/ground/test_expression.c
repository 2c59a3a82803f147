/* test_expression.c -- arithmetic against values known by hand, and what is refused. */
#include <config.h>
#include <string.h>
#include "leak.h"
#include "ground/expression.h"
#include "ground/why.h"

static const struct {
	const char *text;
	double value;
} good[] = { { "1+2*3", 7 }, { "(1+2)*3", 9 }, { "2^3^2", 512 }, { "-2^2", -4 },
	{ "2^-1", 0.5 }, { "8/4/2", 1 }, { "7-2-1", 4 }, { "sqrt(16) + abs(-3)", 7 },
	{ "min(3, x)*max(1,2)", 4 }, { "exp(log(5))", 5 }, { "1e-3*x", 2e-3 },
	{ "x_1/(1 - x)^2", 10 }, { " 2 * L*R ^2/(t) ", 6 }, { "--x", 2 } };
static const struct {
	const char *text, *says;
} bad[] = { { "1+", "at 'the end'" }, { "(1", "expected ')'" }, { "1 2", "unexpected" },
	{ "y", "no quantity is named 'y'" }, { "Rr", "did you mean 'R'" },
	{ "unknown*2", "not known here" }, { "min(1)", "second argument" },
	{ "sin(1)", "no such function" }, { "", "expected a number" },
	{ "0/0", "not a number" }, { "2^^3", "expected a number" } };

static void fill(struct scope *s, struct scope *outer)
{
	*outer = (struct scope){ 0 };
	*s = (struct scope){ .outer = outer };
	scope_set(outer, "x", 99);
	scope_set(outer, "L", 3);
	scope_set(outer, "R", 2);
	scope_set(s, "x", 2);
	scope_set(s, "x_1", 10);
	scope_set(s, "t", 4);
	scope_set(s, "unknown", NAN);
}

Test(expression, values, .timeout = 10)
{
	struct scope s, outer;
	struct why why;
	double v;

	fill(&s, &outer);
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		cr_assert(eq(int, evaluate(good[i].text, &s, &v, &why), 0), "%s: %s",
			good[i].text, why.text);
		cr_assert(lt(dbl, fabs(v - good[i].value), 1e-14 * fabs(good[i].value)),
			"%s is %.17g", good[i].text, v);
	}
	no_leak();
}

Test(expression, refusals, .timeout = 10)
{
	struct scope s, outer;
	struct why why;
	double v;
	char deep[400];

	fill(&s, &outer);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		cr_assert(ne(int, evaluate(bad[i].text, &s, &v, &why), 0), "'%s' is taken",
			bad[i].text);
		cr_assert(ne(ptr, strstr(why.text, bad[i].says), NULL), "'%s': %s, not %s",
			bad[i].text, why.text, bad[i].says);
	}
	memset(deep, '(', sizeof deep - 1);
	deep[sizeof deep - 1] = 0;
	cr_assert(ne(int, evaluate(deep, &s, &v, &why), 0), "no limit of depth");
	no_leak();
}

Test(expression, mentions, .timeout = 10)
{
	cr_assert(eq(int, mentions("2*distance^2", "distance"), 1), "not found");
	cr_assert(eq(int, mentions("distance2 + a_distance", "distance"), 0),
		"part of a name is no mention");
	cr_assert(eq(int, mentions("1e-3 + t", "e"), 0), "the e of a number is no name");
}
