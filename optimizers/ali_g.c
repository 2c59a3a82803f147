/* ali_g.c -- ALI-G: x -= min{(f - f*)/(|g|^2 + eps), lr} g with Nesterov's momentum, then a
 * projection onto a ball. Berrada, Zisserman, Kumar 2020 (arXiv:1906.05661), order and defaults
 * of their code (oval-group/ali-g), which for f* above f steps uphill: clamp = off. */
#include <stdlib.h>
#include "nsobench.h"
#include "f_star.h"
#include "vectors.h"

enum { LR, MOMENTUM, EPS, F_STAR, MAX_NORM, CLAMP };
static const char *const off_on[] = { "off", "on", NULL };
static const struct nso_option options[] = {
	[LR] = { "lr", 0.1, 0, INFINITY, "largest step", NULL,
		"Berrada et al. 2020, example of the code", 0 },
	[MOMENTUM] = { "momentum", 0, 0, 1 - 1e-12, "Nesterov's momentum (experiments: 0.9)",
		NULL, "Berrada et al. 2020, code", 0 },
	[EPS] = { "eps", 1e-5, 0, INFINITY, "added to |g|^2", NULL, "Berrada et al. 2020, code",
		0 },
	[F_STAR] = { "f_star", NAN, -INFINITY, INFINITY,
		"lower bound of the sampled f; auto: the optimum, of a sample 0", NULL,
		"nsobench", 0 },
	[MAX_NORM] = { "max_norm", INFINITY, 0, INFINITY, "radius of the ball around 0", NULL,
		"Berrada et al. 2020, code", 0 },
	[CLAMP] = { "clamp", 1, 0, 1, "no step below 0 where f < f_star (code: off)", off_on,
		"nsobench", NSO_LATER },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct ali_g {
	size_t n;
	double lr, momentum, eps, f_star, max_norm;
	int clamp;
	double *g, *v;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct ali_g *s = calloc(1, sizeof *s + 2 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->lr = opt[LR];
	s->momentum = opt[MOMENTUM];
	s->eps = opt[EPS];
	s->f_star = f_star(f, opt[F_STAR]);
	s->max_norm = opt[MAX_NORM];
	s->clamp = opt[CLAMP] != 0;
	s->g = s->memory;
	s->v = s->memory + n;
	return s;
}

static void update(size_t n, double gamma, double momentum, const double *restrict g,
	double *restrict v, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		v[i] = momentum * v[i] - gamma * g[i];
		x[i] += momentum * v[i] - gamma * g[i];
	}
}

static void project(size_t n, double radius, double *x)
{
	double norm = sqrt(dot(n, x, x));

	if (norm > radius)
		for (size_t i = 0; i < n; i++)
			x[i] *= radius / norm;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct ali_g *s = state;
	double value = nso_subgradient(f, x, s->g), norm2 = dot(s->n, s->g, s->g), gamma;
	double excess = s->clamp ? fmax(value - s->f_star, 0) : value - s->f_star;

	if (!isfinite(value))
		return NSO_DIVERGED;
	gamma = norm2 == 0 ? 0 : excess / (norm2 + s->eps);
	gamma = fmin(gamma, s->lr * nso_rate(f));
	nso_report(f, 0, gamma);
	update(s->n, gamma, s->momentum, s->g, s->v, x);
	if (isfinite(s->max_norm))
		project(s->n, s->max_norm, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_ali_g = {
	.name = "ali-g",
	.title = "ALI-G",
	.reference = "Berrada, Zisserman, Kumar 2020, arXiv:1906.05661",
	.rule = "x <- x - min{(f - f_star)_+/(|g|^2 + eps), lr} g, with Nesterov's momentum; "
		"clamp=off: without the _+",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
