/* sophia.c -- Sophia: the mean gradient over an estimate h of the Hessian's diagonal, clipped:
 *   m <- beta1 m + (1-beta1) g;  every k steps h <- beta2 h + (1-beta2) h^;
 *   x <- (1 - lr weight_decay) x - lr clip(m/max{gamma h, eps}, 1)
 * Liu, Li, Hall, Liang, Ma 2023 (arXiv:2305.14342), algorithm 3. Estimators without second
 * derivatives: hutchinson   h^ = u (grad f(x + delta u) - grad f(x))/delta, u normal (their
 * algorithm 1) or of signs; the paper has the Hessian's product with u in place of the
 * difference squares      h^ = g^2: what Gauss-Newton-Bartlett (algorithm 2) becomes when the
 * labels are those of the data, since nobody can draw labels here; the code's scale is in gamma
 * variant = official: |m|/(gamma h + 1e-15), at most 1 (Liuhong99/Sophia, SophiaG). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "wide.h"

enum {
	LR,
	BETA1,
	BETA2,
	GAMMA,
	EPS,
	WEIGHT_DECAY,
	K,
	ESTIMATOR,
	DIRECTIONS,
	DELTA,
	VARIANT,
	OPTIONS
};
enum { HUTCHINSON, SQUARES };
enum { NORMAL, SIGNS };
enum { PAPER, OFFICIAL };
static const char *const estimators[] = { "hutchinson", "squares", NULL };
static const char *const directions[] = { "normal", "signs", NULL };
static const char *const variants[] = { "paper", "official", NULL };
static const char paper[] = "Liu et al. 2023", code[] = "Liu et al. 2023, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-4, 0, INFINITY, "step size, the most a coordinate moves", NULL, code,
		0 },
	[BETA1] = { "beta1", 0.965, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.99, 0, 1 - 1e-12, "decay of the mean of h^", NULL, code, 0 },
	[GAMMA] = { "gamma", NAN, 0, INFINITY,
		"scales h; auto: 0.01 with hutchinson, 0.05 with squares", NULL, paper, 0 },
	[EPS] = { "eps", 1e-12, 1e-300, INFINITY, "paper: least divisor", NULL, paper, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0.1, 0, INFINITY, "decoupled", NULL, code, 0 },
	[K] = { "k", 10, 1, 1e9, "steps from one estimate to the next", NULL, paper, 1 },
	[ESTIMATOR] = { "estimator", HUTCHINSON, 0, 1, "what h is a mean of", estimators, paper,
		0 },
	[DIRECTIONS] = { "directions", NORMAL, 0, 1, "hutchinson: how u is drawn", directions,
		paper, 0 },
	[DELTA] = { "delta", 1e-4, 1e-300, INFINITY, "hutchinson: length of the difference",
		NULL, "nsobench", 0 },
	[VARIANT] = { "variant", PAPER, 0, 1, "the divisor", variants, paper, 0 },
	[OPTIONS] = { 0 },
};

struct sophia {
	size_t n, t;
	double opt[OPTIONS];
	double *g, *m, *h, *u, *e, *ge;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct sophia *s = calloc(1, sizeof *s + 6 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	memcpy(s->opt, opt, sizeof s->opt);
	if (isnan(opt[GAMMA]))
		s->opt[GAMMA] = opt[ESTIMATOR] == SQUARES ? 0.05 : 0.01;
	s->g = s->memory;
	s->m = s->memory + n;
	s->h = s->memory + 2 * n;
	s->u = s->memory + 3 * n;
	s->e = s->memory + 4 * n;
	s->ge = s->memory + 5 * n;
	return s;
}

static void draw(struct sophia *s, struct nso_oracle *f)
{
	nso_normal(nso_rng(f), s->n, s->u);
	for (size_t i = 0; s->opt[DIRECTIONS] == SIGNS && i < s->n; i++)
		s->u[i] = s->u[i] < 0 ? -1 : 1;
}

/* h moves on; -1 where the probe is no number. */
static int estimate(struct sophia *s, struct nso_oracle *f, const double *x)
{
	double b2 = s->opt[BETA2], delta = s->opt[DELTA];

	if (s->opt[ESTIMATOR] == SQUARES) {
		for (size_t i = 0; i < s->n; i++)
			s->h[i] = b2 * s->h[i] + (1 - b2) * s->g[i] * s->g[i];
		return 0;
	}
	draw(s, f);
	for (size_t i = 0; i < s->n; i++)
		s->e[i] = x[i] + delta * s->u[i];
	if (!isfinite(nso_subgradient(f, s->e, s->ge)))
		return -1;
	for (size_t i = 0; i < s->n; i++)
		s->h[i] = b2 * s->h[i] + (1 - b2) * s->u[i] * (s->ge[i] - s->g[i]) / delta;
	return 0;
}

static WIDE void update(const struct sophia *s, double lr, const double *restrict g,
	double *restrict m, const double *restrict h, double *restrict x)
{
	double b1 = s->opt[BETA1], gamma = s->opt[GAMMA], eps = s->opt[EPS];
	double keep = 1 - lr * s->opt[WEIGHT_DECAY];
	int official = s->opt[VARIANT] == OFFICIAL;

	for (size_t i = 0; i < s->n; i++) {
		double by = official ? gamma * h[i] + 1e-15 : fmax(gamma * h[i], eps), r;

		m[i] = b1 * m[i] + (1 - b1) * g[i];
		r = fabs(m[i]) / by;
		r = r > 1 ? 1 : r;
		x[i] = keep * x[i] - lr * (m[i] < 0 ? -r : r);
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct sophia *s = state;

	if (!isfinite(nso_subgradient(f, x, s->g)))
		return NSO_DIVERGED;
	if (s->t++ % (size_t)s->opt[K] == 0 && estimate(s, f, x))
		return NSO_DIVERGED;
	update(s, s->opt[LR] * nso_rate(f), s->g, s->m, s->h, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_sophia = {
	.name = "sophia",
	.title = "Sophia",
	.reference = "Liu, Li, Hall, Liang, Ma 2023, arXiv:2305.14342",
	.rule = "x <- (1 - lr weight_decay) x - lr clip(m/max{gamma h, eps}, 1), h the mean of "
		"u (grad f(x + "
		"delta u) - g)/delta",
	.cost = "1 + 1/k subgradients",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT | NSO_RANDOM,
	.options = options,
	.init = init,
	.step = step,
	.free = free,
};
