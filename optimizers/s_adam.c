/* s_adam.c -- S-Adam: AdamW whose step is damped by exp(-lambda LGI), where LGI is the variance
 * of k directional differences over their mean square. Xu et al. 2026, arXiv:2605.29547, in the
 * order of the official code: value and gradient, probes, decay (not damped), moments, damped
 * step with eps added to the uncorrected root of v. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "adam_core.h"
#include "lgi.h"
#include "vectors.h"

enum {
	LR,
	BETA1,
	BETA2,
	EPS,
	WEIGHT_DECAY,
	K,
	DELTA,
	LAMBDA,
	LGI_EPS,
	CAP,
	SPHERE,
	VARIANCE,
	BIAS_CORRECTION,
	EPS_HAT,
	INTERVAL,
	INDEX,
	DIRECTIONS
};
enum { RANDOM, AXES };
enum { COLUMN_LGI, COLUMN_DAMP };
static const char *const off_on[] = { "off", "on", NULL };
static const char *const spheres[] = { "joint", "block", NULL };
static const char *const variances[] = { "sample", "population", NULL };
static const char *const indices[] = { "lgi", "variance", "residual", "curvature", NULL };
static const char *const directions[] = { "random", "axes", NULL };
static const char code[] = "Xu et al. 2026, official code";
static const struct nso_option options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, code, 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, code, 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code, 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL, code, 0 },
	[WEIGHT_DECAY] = { "weight_decay", 1e-2, 0, INFINITY, "decoupled, not damped", NULL,
		code, 0 },
	[K] = { "k", 2, 1, 1e6, "probes a step (most of the paper's experiments: 8)", NULL,
		code, 1 },
	[DELTA] = { "delta", 0.01, 1e-300, INFINITY, "length of a probe", NULL, code, 0 },
	[LAMBDA] = { "lambda", 2, 0, INFINITY, "damping; 0 is AdamW, without probes", NULL,
		code, 0 },
	[LGI_EPS] = { "lgi_eps", 1e-6, 0, INFINITY,
		"added to the mean square of the differences", NULL, code, 0 },
	[CAP] = { "cap", 10, 0, INFINITY,
		"largest index that damps (LGI never exceeds k/(k-1))", NULL, code, 0 },
	[SPHERE] = { "sphere", 0, 0, 1,
		"a direction is of length 1 as a whole (paper) or in each block (official "
		"code)",
		spheres, "Xu et al. 2026", 0 },
	[VARIANCE] = { "variance", 0, 0, 1, "divisor k-1 or k", variances, code, 0 },
	[BIAS_CORRECTION] = { "bias_correction", 1, 0, 1, "of m and v", off_on, code, 0 },
	[EPS_HAT] = { "eps_hat", 1, 0, 1, "add eps before the bias correction of v", off_on,
		code, 0 },
	[INTERVAL] = { "interval", 1, 1, 1e9,
		"probe at step 1 and at every interval-th, keep the damping between", NULL,
		code, 1 },
	[INDEX] = { "index", 0, 0, 3,
		"lgi (paper); or variance, residual around <g,u>, two-sided curvature of the "
		"probes",
		indices, "Xu et al. 2026", 0 },
	[DIRECTIONS] = { "directions", 0, 0, 1, "random on the sphere, or the axes in turn, on from step to step",
		directions, code, 0 },
	{ 0 },
};
static const char *const columns[] = { "lgi", "damp", NULL };

struct s_adam {
	struct adam core;
	struct lgi lgi;
	double delta, value, damp; /* the last index and damping */
	size_t interval, axis;
	int directions, blocks;
	double *u, *y, *D; /* direction, probe: length n; differences: length k */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), k = (size_t)opt[K];
	struct s_adam *s = calloc(1, sizeof *s + (5 * n + k) * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->core = (struct adam){
		.n = n,
		.lr = opt[LR],
		.beta1 = opt[BETA1],
		.beta2 = opt[BETA2],
		.eps = opt[EPS],
		.decay = opt[WEIGHT_DECAY],
		.eps_hat = opt[EPS_HAT] != 0,
		.bias_correction = opt[BIAS_CORRECTION] != 0,
		.g = s->memory,
		.m = s->memory + n,
		.v = s->memory + 2 * n,
	};
	s->lgi = (struct lgi){
		.k = k,
		.index = (enum lgi_index)opt[INDEX],
		.population = opt[VARIANCE] != 0,
		.eps = opt[LGI_EPS],
		.lambda = opt[LAMBDA],
		.cap = opt[CAP],
	};
	s->delta = opt[DELTA];
	s->interval = (size_t)opt[INTERVAL];
	s->directions = (int)opt[DIRECTIONS];
	s->blocks = opt[SPHERE] != 0;
	s->damp = 1;
	s->u = s->memory + 3 * n;
	s->y = s->memory + 4 * n;
	s->D = s->memory + 5 * n;
	return s;
}

/* 1/|u|, as the code has it; u = 0 stays 0. */
static double unit(size_t n, const double *u) { return 1 / (sqrt(dot(n, u, u)) + 1e-12); }

static void by_block(struct s_adam *s, const struct nso_facts *known)
{
	for (size_t b = 0, begin = 0; b < known->blocks; begin = known->block_ends[b++]) {
		double scale = unit(known->block_ends[b] - begin, s->u + begin);

		for (size_t i = begin; i < known->block_ends[b]; i++)
			s->u[i] *= scale;
	}
}

/* A direction in u, up to the factor that is returned: uniform and of unit length as a whole or
 * in each parameter tensor, or the next axis. */
static double direction(struct s_adam *s, struct nso_oracle *f)
{
	const struct nso_facts *known = nso_known(f);

	if (s->directions == AXES) {
		memset(s->u, 0, s->core.n * sizeof *s->u);
		s->u[s->axis] = 1;
		s->axis = (s->axis + 1) % s->core.n;
		return 1;
	}
	nso_normal(nso_rng(f), s->core.n, s->u);
	if (!s->blocks || known->blocks < 2)
		return unit(s->core.n, s->u);
	by_block(s, known);
	return 1;
}

/* f(x + length u) */
static double probe(struct s_adam *s, struct nso_oracle *f, const double *x, double length)
{
	const double *restrict u = s->u;
	double *restrict y = s->y;

	for (size_t i = 0; i < s->core.n; i++)
		y[i] = x[i] + length * u[i];
	return nso_value(f, y);
}

/* One difference, of the kind that the index wants. */
static double difference(struct s_adam *s, struct nso_oracle *f, const double *x, double base)
{
	double scale = direction(s, f), ahead = probe(s, f, x, s->delta * scale);

	if (s->lgi.index == LGI_CURVATURE)
		return fabs(ahead + probe(s, f, x, -s->delta * scale) - 2 * base) / s->delta;
	if (s->lgi.index == LGI_RESIDUAL)
		return (ahead - base) / s->delta - scale * dot(s->core.n, s->core.g, s->u);
	return (ahead - base) / s->delta;
}

static void measure(struct s_adam *s, struct nso_oracle *f, const double *x, double base)
{
	for (size_t i = 0; i < s->lgi.k; i++)
		s->D[i] = difference(s, f, x, base);
	s->value = lgi_value(&s->lgi, s->D);
	s->damp = lgi_damp(&s->lgi, s->value);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct s_adam *s = state;
	size_t t = s->core.t + 1;
	double base = nso_subgradient(f, x, s->core.g);

	if (!isfinite(base))
		return NSO_DIVERGED;
	if (!lgi_idle(&s->lgi) && (t == 1 || t % s->interval == 0))
		measure(s, f, x, base);
	if (isnan(s->damp)) /* a probe fell on NaN or Inf */
		return NSO_DIVERGED;
	nso_report(f, COLUMN_LGI, s->value);
	nso_report(f, COLUMN_DAMP, s->damp);
	adam_update(&s->core, s->core.lr * nso_rate(f), s->damp, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_s_adam = {
	.name = "s-adam",
	.title = "S-Adam",
	.reference = "Xu et al. 2026, arXiv:2605.29547, official code",
	.rule = "AdamW with its step times exp(-lambda min(LGI, cap)), LGI = Var(D)/(mean D^2 "
		"+ lgi_eps), "
		"D_i = (f(x + delta u_i) - f(x))/delta",
	.cost = "1 subgradient + k values (index=curvature: 2k values)",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT | NSO_VALUE | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
