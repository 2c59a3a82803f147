/* nesterov_smoothing.c -- Nesterov 2005 (Math. Prog. 103:127-152): h becomes
 * h_mu(z) = max_u <z, u> - conj h(u) - mu |u|^2/2, whose gradient u (the prox of conj h / mu at
 * z/mu) is 1/mu-Lipschitz; then g + h_mu(Kx) by the accelerated method of Beck, Teboulle 2009
 * with L = |K|^2/mu. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { MU };
static const struct nso_option options[] = {
	[MU] = { "mu", 0.01, 1e-300, INFINITY,
		"smoothness parameter; Nesterov's for an accuracy eps is eps/max |u|^2", NULL,
		"nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "mapping", "momentum", NULL };

struct smoothing {
	size_t n, m;
	double mu, L, t;
	double *y, *p, *z; /* z: length m */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), m = nso_rows(f);
	double norm = nso_operator_norm(f);
	struct smoothing *s = calloc(1, sizeof *s + (2 * n + m) * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->m = m;
	s->mu = opt[MU];
	s->L = norm > 0 ? norm * norm / s->mu : 1;
	s->t = 1;
	s->y = s->memory;
	s->p = s->y + n;
	s->z = s->p + n;
	memcpy(s->y, x, n * sizeof *x);
	return s;
}

/* p = prox_{g/L}(y - K'u/L), u the gradient of h_mu at Ky. */
static void prox_step(struct smoothing *s, struct nso_oracle *f)
{
	nso_forward(f, s->y, s->z);
	for (size_t i = 0; i < s->m; i++)
		s->z[i] /= s->mu;
	nso_prox_dual(f, 1 / s->mu, s->z, s->z);
	nso_back(f, s->z, s->p);
	for (size_t i = 0; i < s->n; i++)
		s->p[i] = s->y[i] - s->p[i] / s->L;
	nso_prox_primal(f, 1 / s->L, s->p, s->p);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct smoothing *s = state;
	double next = (1 + sqrt(1 + 4 * s->t * s->t)) / 2, momentum = (s->t - 1) / next, moved;

	prox_step(s, f);
	moved = distance2(s->n, s->y, s->p);
	if (!isfinite(moved))
		return NSO_DIVERGED;
	for (size_t i = 0; i < s->n; i++) {
		s->y[i] = s->p[i] + momentum * (s->p[i] - x[i]);
		x[i] = s->p[i];
	}
	s->t = next;
	nso_report(f, 0, s->L * sqrt(moved));
	nso_report(f, 1, momentum);
	return NSO_CONTINUE; /* the smoothed function's solution is not f's */
}

const struct nso_optimizer nso_optimizer_nesterov_smoothing = {
	.name = "nesterov-smoothing",
	.title = "Nesterov smoothing",
	.reference = "Nesterov 2005; Beck, Teboulle 2009",
	.rule = "u = prox_{h*/mu}(K y/mu); x <- prox_{g/L}(y - K'u/L), L = |K|^2/mu; "
		"y <- x + (t - 1)/t+ (x - x_last)",
	.cost = "1 forward + 1 back + 1 prox + 1 dual prox",
	.group = "proximal",
	.needs = NSO_SADDLE | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
