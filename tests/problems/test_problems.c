/* test_problems.c -- every problem of the registry keeps its promises: one test per entry, on
 * the raw instance and on the first transformed one. */
#include <config.h>
#include "leak.h"
#include "check/check.h"
#include "ground/option.h"
#include "ground/why.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static char said[4000];

static void note(struct check *c, enum verdict verdict, const char *what, const char *detail)
{
	size_t used = strlen(said);

	(void)c;
	if (verdict == CHECK_FAILED)
		snprintf(said + used, sizeof said - used, "\n  %s: %s", what, detail);
}

/* A network keeps its promises on a few rows as on all; the whole data is for the long tests.
 */
static void use_few_rows(const struct nso_problem *p, double *opt)
{
	static const struct {
		const char *name;
		double value;
	} few[] = { { "rows", 48 }, { "test", 16 } };
	int at;

	for (size_t i = 0; i < 2 && p->traits & NSO_NETWORK && !getenv("NSOBENCH_BIG"); i++)
		if ((at = option_find(p->options, few[i].name)) >= 0)
			opt[at] = few[i].value;
}

static void examine(const struct nso_problem *p)
{
	double opt[NSO_MAX_OPTIONS];
	struct why why;

	option_defaults(p->options, opt);
	use_few_rows(p, opt);
	for (int number = 0; number < (p->instances ? 2 : 1); number++) {
		struct check c = { .found = note };

		*said = 0;
		if (check_problem(&c, p, opt, number, &why))
			cr_skip("%s", why.text);
		cr_assert(c.count[CHECK_FAILED] == 0, "%s, instance %d:%s", p->name, number,
			said);
		cr_assert(c.count[CHECK_HELD] >= 8, "%s: only %d checks were made", p->name,
			c.count[CHECK_HELD]);
	}
}

#define PROBLEM(name)                                                                          \
	extern const struct nso_problem nso_problem_##name;                                    \
	Test(problems, name, .timeout = 60) { examine(&nso_problem_##name); }
#define OPTIMIZER(name)
#include "registry.def"
