/* mirror_descent.c -- mirror descent around the start x0, Nemirovski, Yudin 1983; Beck,
 * Teboulle 2003: theta <- theta - lr g, x = x0 + grad psi*(theta). p-norm      psi* =
 * |theta|_q^2/2, Grove, Littlestone, Schuurmans 2001; Gentile 2003 hypentropy  x - x0 = beta
 * sinh(theta), Ghai, Hazan, Singer 2020 (arXiv:1903.01816) */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { LR, MAP, Q, BETA };
enum { P_NORM, HYPENTROPY };
static const char *const maps[] = { "p-norm", "hypentropy", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 0.1, 0, INFINITY, "step size", NULL, "nsobench", 0 },
	[MAP] = { "map", P_NORM, 0, 1, "the mirror map", maps, "nsobench", 0 },
	[Q] = { "q", NAN, 1.0001, 1e6,
		"p-norm: exponent of the dual norm, 2 is the subgradient method; auto: 2 ln n, "
		"at least 2",
		NULL, "Gentile 2003, section 3", 0 },
	[BETA] = { "beta", 1, 1e-300, 1e300,
		"hypentropy: scale; large: the subgradient method with beta lr", NULL,
		"nsobench", 0 },
	{ 0 },
};

struct mirror {
	size_t n;
	double lr, q, beta;
	int map;
	double *start, *theta, *g;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct mirror *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->map = (int)opt[MAP];
	s->q = isnan(opt[Q]) ? fmax(2, 2 * log((double)n)) : opt[Q];
	s->beta = opt[BETA];
	s->start = s->memory;
	s->theta = s->start + n;
	s->g = s->theta + n;
	memcpy(s->start, x, n * sizeof *x);
	return s;
}

/* x = x0 + grad |theta|_q^2/2: sign(theta_i) |theta_i|^(q - 1)/|theta|_q^(q - 2), formed from
 * theta_i/max |theta|, whose powers cannot overflow. */
static void from_p_norm(const struct mirror *s, double *x)
{
	double most = 0, sum = 0, scale;

	for (size_t i = 0; i < s->n; i++)
		most = fmax(most, fabs(s->theta[i]));
	for (size_t i = 0; most > 0 && i < s->n; i++)
		sum += pow(fabs(s->theta[i]) / most, s->q);
	scale = most > 0 ? most * pow(sum, 2 / s->q - 1) : 0;
	for (size_t i = 0; i < s->n; i++)
		x[i] = s->start[i] +
		       (scale > 0 ? copysign(scale * pow(fabs(s->theta[i]) / most, s->q - 1),
					    s->theta[i])
				  : 0);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct mirror *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)) || !isfinite(dot(s->n, s->g, s->g)))
		return NSO_DIVERGED;
	axpy(s->n, -s->lr * nso_rate(f), s->g, s->theta);
	if (s->map == P_NORM)
		from_p_norm(s, x);
	for (size_t i = 0; s->map == HYPENTROPY && i < s->n; i++)
		x[i] = s->start[i] + s->beta * sinh(s->theta[i]);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_mirror_descent = {
	.name = "mirror-descent",
	.title = "Mirror descent",
	.reference =
		"Nemirovski, Yudin 1983; Beck, Teboulle 2003, Oper. Res. Lett. 31:167-175; "
		"Gentile 2003; Ghai, Hazan, Singer 2020, arXiv:1903.01816",
	.rule = "theta <- theta - lr rate(t) g; x <- x0 + grad psi*(theta)",
	.cost = "1 subgradient",
	.group = "subgradient",
	.needs = NSO_SUBGRADIENT | NSO_CONVEX_ONLY,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
