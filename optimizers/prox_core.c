/* prox_core.c -- p = prox_{lr h}(y - lr grad s(y)). Backtracking: lr shrinks until s(p) <= s(y)
 * + <grad s(y), p - y> + |p - y|^2/(2 lr), Beck, Teboulle 2009, section 3. */
#include "prox_core.h"
#include "vectors.h"

const char *const prox_off_on[] = { "off", "on", NULL };
static const double shortest = 1e-300;

int prox_core_init(struct prox_core *c, struct nso_oracle *f, const double *opt, double *memory)
{
	double L = nso_known(f)->smoothness, lr = opt[PROX_LR];

	if (isnan(lr))
		lr = L > 0 ? 1 / L : NAN;
	*c = (struct prox_core){ .n = nso_dim(f),
		.lr = lr,
		.eta = opt[PROX_ETA],
		.tolerance = opt[PROX_TOLERANCE],
		.backtracking = opt[PROX_BACKTRACKING] != 0,
		.g = memory,
		.scratch = memory + nso_dim(f) };
	return isnan(lr) ? -1 : 0;
}

static void candidate(
	const struct prox_core *c, struct nso_oracle *f, double lr, const double *y, double *p)
{
	for (size_t i = 0; i < c->n; i++)
		p[i] = y[i] - lr * c->g[i];
	nso_prox(f, lr, p, p);
}

double prox_core_step(struct prox_core *c, struct nso_oracle *f, const double *y, double *p)
{
	double value = nso_smooth(f, y, c->g), lr = c->lr * nso_rate(f), d2;

	if (!isfinite(value) || !isfinite(dot(c->n, c->g, c->g)))
		return NAN;
	for (;;) {
		double model, there;

		candidate(c, f, lr, y, p);
		d2 = distance2(c->n, p, y);
		if (!c->backtracking || d2 == 0 || nso_spent(f))
			break;
		model = dot_difference(c->n, c->g, p, y) + d2 / (2 * lr);
		there = nso_smooth(f, p, c->scratch);
		/* The slack is the rounding of the two values. */
		if (there - value <= model + 4e-16 * (fabs(value) + fabs(there)) ||
			lr < shortest)
			break;
		lr /= c->eta;
	}
	if (c->backtracking)
		c->lr = lr / nso_rate(f);
	return sqrt(d2) / lr;
}
