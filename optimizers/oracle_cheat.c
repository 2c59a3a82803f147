/* oracle_cheat.c -- not a method: it is told the minimizer and goes there. What no honest
 * method beats; where one does, the problem's minimizer is wrong. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"

static const struct nso_option options[] = { { 0 } };

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	(void)opt;
	(void)x;
	return nso_known(f)->minimizer ? malloc(1) : NULL;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	(void)state;
	memcpy(x, nso_known(f)->minimizer, nso_dim(f) * sizeof *x);
	return isfinite(nso_value(f, x)) ? NSO_CONVERGED : NSO_FAILED;
}

const struct nso_optimizer nso_optimizer_oracle_cheat = {
	.name = "oracle-cheat",
	.title = "Cheat (is told the minimizer)",
	.reference = "nsobench",
	.rule = "x <- the known minimizer: a mark to measure by, not a method",
	.cost = "1 value",
	.group = "baseline",
	.needs = NSO_VALUE | NSO_MINIMIZER,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
