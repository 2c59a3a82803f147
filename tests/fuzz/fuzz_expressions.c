/* fuzz_expressions.c -- arithmetic that people type. What has a value has it again, and does
 * not depend on names that it does not mention. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "ground/expression.h"
#include "target.h"

static void expression(const char *name, const uint8_t *bytes, size_t length)
{
	static const char *const names[] = { "L", "mu", "R", "t", "best_gap", "f0" };
	static const double values[] = { 2, 0.5, 1e-300, 1e308, -3, NAN };
	struct scope outer = { .count = 0 }, scope = { .outer = &outer };
	char *text = malloc(length + 1);
	struct why why = { .text = "" };
	double v, again;

	(void)name;
	must(text != NULL);
	memcpy(text, bytes, length);
	text[length] = 0;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		must(!scope_set(i & 1 ? &outer : &scope, names[i], values[i]));
	if (evaluate(text, &scope, &v, &why)) {
		must(*why.text);
	} else {
		must(!isnan(v));
		for (size_t i = 0; i < sizeof names / sizeof *names; i++)
			if (!mentions(text, names[i]))
				scope_set(i & 1 ? &outer : &scope, names[i], NAN);
		must(!evaluate(text, &scope, &again, &why) && again == v);
	}
	free(text);
}

const struct target expression_targets[] = { { "expression", expression }, { NULL, NULL } };
