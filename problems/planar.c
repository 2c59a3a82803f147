/* planar.c -- what the smooth functions of two variables share: a start by options x0 and y0.
 */
#include <stdlib.h>
#include "planar.h"

void *planar_make(const double *opt, double x, double y, struct nso_facts *facts)
{
	struct planar *p = malloc(sizeof *p);

	if (!p)
		return NULL;
	*p = (struct planar){ { opt[PLANAR_X0], opt[PLANAR_Y0] }, { x, y } };
	facts->n = 2;
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = p->minimizer;
	return p;
}

void planar_start(const void *self, gsl_rng *rng, double *x)
{
	const struct planar *p = self;

	(void)rng;
	x[0] = p->start[0];
	x[1] = p->start[1];
}
