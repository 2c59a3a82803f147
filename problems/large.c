/* large.c -- what the problems of any dimension share: n and a constant minimizer. */
#include <stdlib.h>
#include "large.h"

struct large *large_make(double n, double each, struct nso_facts *facts)
{
	struct large *p = malloc(sizeof *p + (size_t)n * sizeof *p->minimizer);

	if (!p)
		return NULL;
	p->n = facts->n = (size_t)n;
	for (size_t i = 0; i < p->n; i++)
		p->minimizer[i] = each;
	facts->minimizer = isnan(each) ? NULL : p->minimizer;
	return p;
}
