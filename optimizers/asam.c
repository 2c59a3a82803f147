/* asam.c -- adaptive SAM: the gradient of f at e moves x, where the ball of the perturbation is
 * measured in units of each coordinate, T = |x| + eta:
 *   e = x + rho T^2 g/|T g|
 * Kwon, Kim, Park, Choi 2021 (arXiv:2102.11600), algorithm 1, with the defaults of their code
 * (SamsungLabs/ASAM), which leaves T = 1 for biases; here a coordinate has no kind. eta = 0 is
 * the `adaptive` of davda54/sam. */
#include <stdlib.h>
#include "nsobench.h"
#include "sam_base.h"
#include "vectors.h"

enum { RHO, ETA, BASE, OPTIONS = BASE + SAM_BASE_OPTIONS };
static const char code[] = "Kwon et al. 2021, official code";
static const struct nso_option options[] = {
	[RHO] = { "rho", 0.5, 0, INFINITY, "radius of the perturbation", NULL, code, 0 },
	[ETA] = { "eta", 0.01, 0, INFINITY, "added to |x|: coordinates near 0 move too", NULL,
		code, 0 },
	SAM_BASE_ROWS(BASE),
	[OPTIONS] = { 0 },
};

struct asam {
	size_t n;
	double rho, eta;
	struct sam_base base;
	double *e;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct asam *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->rho = opt[RHO];
	s->eta = opt[ETA];
	sam_base_init(&s->base, n, opt + BASE, s->memory);
	s->e = s->memory + 3 * n;
	return s;
}

/* e = x + rho T^2 g/|T g|; the code adds 1e-16 to the norm. */
static void perturb(struct asam *s, const double *restrict g, const double *restrict x)
{
	double length;

	for (size_t i = 0; i < s->n; i++)
		s->e[i] = (fabs(x[i]) + s->eta) * g[i];
	length = s->rho / (sqrt(dot(s->n, s->e, s->e)) + 1e-16);
	for (size_t i = 0; i < s->n; i++)
		s->e[i] = x[i] + length * (fabs(x[i]) + s->eta) * s->e[i];
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct asam *s = state;

	if (!isfinite(nso_subgradient(f, x, s->base.g)))
		return NSO_DIVERGED;
	perturb(s, s->base.g, x);
	if (!isfinite(nso_subgradient(f, s->e, s->base.g)))
		return NSO_DIVERGED;
	sam_base_update(&s->base, nso_rate(f), x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_asam = {
	.name = "asam",
	.title = "ASAM",
	.reference = "Kwon, Kim, Park, Choi 2021, arXiv:2102.11600, over SGD or AdamW",
	.rule = "T = |x| + eta; e = x + rho T^2 g/|T g|; x <- base step along grad f(e)",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
