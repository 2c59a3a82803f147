/* schedule_free.c -- Schedule-Free SGD and AdamW: Defazio et al. 2024 (arXiv:2405.15682), after
 * the official code. The gradient is taken at y = (1 - beta) z + beta x, z moves, and x is the
 * mean of the z with weights t^r lr_max^p. x is the answer; the value at y is not that of the
 * curve. AdamW's variants: reference (v corrected inside the root, decay of z at y) and paper
 * (the step times sqrt(1-beta2^t), which also enters the weights; decay added to the normalised
 * gradient). */
#include <stdlib.h>
#include "nsobench.h"

enum { SGD_LR, SGD_MOMENTUM, SGD_WEIGHT_DECAY, SGD_WARMUP, SGD_R, SGD_POWER };
enum {
	ADAM_LR,
	ADAM_BETA1,
	ADAM_BETA2,
	ADAM_EPS,
	ADAM_WEIGHT_DECAY,
	ADAM_WARMUP,
	ADAM_R,
	ADAM_POWER,
	ADAM_VARIANT,
	ADAM_DECAY_AT
};
enum { REFERENCE, PAPER };
static const char *const variants[] = { "reference", "paper", NULL };
static const char *const places[] = { "y", "z", NULL };
static const char code[] = "Defazio et al. 2024, official code";
static const char warmup_help[] = "steps of linear warm-up", r_help[] = "weights grow like t^r";
static const char power_help[] = "weights are lr_max to this power";

static const struct nso_option sgd_options[] = {
	[SGD_LR] = { "lr", 1, 0, INFINITY, "step size", NULL, code, 0 },
	[SGD_MOMENTUM] = { "momentum", 0.9, 0, 1, "share of x in y", NULL, code, 0 },
	[SGD_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay y",
		NULL, code, 0 },
	[SGD_WARMUP] = { "warmup_steps", 0, 0, 1e15, warmup_help, NULL, code, 1 },
	[SGD_R] = { "r", 0, 0, INFINITY, r_help, NULL, code, 0 },
	[SGD_POWER] = { "weight_lr_power", 2, 0, INFINITY, power_help, NULL, code, 0 },
	{ 0 },
};
static const struct nso_option adamw_options[] = {
	[ADAM_LR] = { "lr", 0.0025, 0, INFINITY, "step size", NULL, code, 0 },
	[ADAM_BETA1] = { "beta1", 0.9, 0, 1, "share of x in y", NULL, code, 0 },
	[ADAM_BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, code,
		0 },
	[ADAM_EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL, code, 0 },
	[ADAM_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY,
		"decoupled: z -= lr weight_decay y", NULL, code, 0 },
	[ADAM_WARMUP] = { "warmup_steps", 0, 0, 1e15, warmup_help, NULL, code, 1 },
	[ADAM_R] = { "r", 0, 0, INFINITY, r_help, NULL, code, 0 },
	[ADAM_POWER] = { "weight_lr_power", 2, 0, INFINITY, power_help, NULL, code, 0 },
	[ADAM_VARIANT] = { "variant", REFERENCE, 0, 1, "bias correction of v", variants, code,
		0 },
	[ADAM_DECAY_AT] = { "decay_at", 0, 0, 1, "where the weight decay is taken (reference)",
		places, code, 0 },
	{ 0 },
};

struct schedule_free {
	size_t n, t;
	double lr, beta, beta2, eps, decay, warmup, r, power;
	int paper, decay_at_z;
	double lr_max, weights;
	double *g, *y, *z, *v; /* v: AdamW only */
	double memory[];
};

struct pass {
	double lr, beta, share; /* x <- (1-share) x + share z; y = (1-beta) z + beta x */
	double beta2, root, eps, at_y, at_z; /* at_: z -= at_ times it, the weight decay */
};

static struct schedule_free *alloc(struct nso_oracle *f, size_t vectors, const double *x)
{
	size_t n = nso_dim(f);
	struct schedule_free *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->g = s->memory;
	s->y = s->memory + n;
	s->z = s->memory + 2 * n;
	s->v = s->memory + 3 * n;
	for (size_t i = 0; i < n; i++)
		s->y[i] = s->z[i] = x[i];
	return s;
}

static void *sgd_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct schedule_free *s = alloc(f, 3, x);

	if (!s)
		return NULL;
	s->lr = opt[SGD_LR];
	s->beta = opt[SGD_MOMENTUM];
	s->decay = opt[SGD_WEIGHT_DECAY];
	s->warmup = opt[SGD_WARMUP];
	s->r = opt[SGD_R];
	s->power = opt[SGD_POWER];
	return s;
}

static void *adamw_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct schedule_free *s = alloc(f, 4, x);

	if (!s)
		return NULL;
	s->lr = opt[ADAM_LR];
	s->beta = opt[ADAM_BETA1];
	s->beta2 = opt[ADAM_BETA2];
	s->eps = opt[ADAM_EPS];
	s->decay = opt[ADAM_WEIGHT_DECAY];
	s->warmup = opt[ADAM_WARMUP];
	s->r = opt[ADAM_R];
	s->power = opt[ADAM_POWER];
	s->paper = opt[ADAM_VARIANT] == PAPER;
	s->decay_at_z = opt[ADAM_DECAY_AT] != 0;
	return s;
}

static double warm(const struct schedule_free *s)
{
	double t = (double)s->t;

	return t < s->warmup ? t / s->warmup : 1;
}

/* Share of the new z in x; counts lr into the weights. */
static double share(struct schedule_free *s, double lr)
{
	double weight;

	s->lr_max = fmax(s->lr_max, lr);
	weight = pow((double)s->t, s->r) * pow(s->lr_max, s->power);
	s->weights += weight;
	return s->weights == 0 ? 0 : weight / s->weights;
}

static void sgd_update(size_t n, const struct pass *p, const double *restrict g,
	double *restrict z, double *restrict y, double *restrict x)
{
	double lr = p->lr, beta = p->beta, c = p->share, at_y = p->at_y;

	for (size_t i = 0; i < n; i++) {
		z[i] -= lr * g[i] + at_y * y[i];
		x[i] = (1 - c) * x[i] + c * z[i];
		y[i] = beta * x[i] + (1 - beta) * z[i];
	}
}

static void adamw_update(size_t n, const struct pass *p, const double *restrict g,
	double *restrict v, double *restrict z, double *restrict y, double *restrict x)
{
	double lr = p->lr, beta = p->beta, c = p->share, b2 = p->beta2, root = p->root,
	       eps = p->eps;
	double at_y = p->at_y, at_z = p->at_z;

	for (size_t i = 0; i < n; i++) {
		v[i] = b2 * v[i] + (1 - b2) * g[i] * g[i];
		z[i] -= at_y * y[i] + at_z * z[i] + lr * g[i] / (root * sqrt(v[i]) + eps);
		x[i] = (1 - c) * x[i] + c * z[i];
		y[i] = beta * x[i] + (1 - beta) * z[i];
	}
}

static enum nso_status sgd_step(void *state, struct nso_oracle *f, double *x)
{
	struct schedule_free *s = state;
	struct pass p = { .beta = s->beta };

	if (!isfinite(nso_subgradient(f, s->y, s->g)))
		return NSO_DIVERGED;
	s->t++;
	p.lr = s->lr * nso_rate(f) * warm(s);
	p.share = share(s, p.lr);
	p.at_y = p.lr * s->decay;
	sgd_update(s->n, &p, s->g, s->z, s->y, x);
	return NSO_CONTINUE;
}

static enum nso_status adamw_step(void *state, struct nso_oracle *f, double *x)
{
	struct schedule_free *s = state;
	double root, decay;
	struct pass p = { .beta = s->beta, .beta2 = s->beta2, .eps = s->eps };

	if (!isfinite(nso_subgradient(f, s->y, s->g)))
		return NSO_DIVERGED;
	s->t++;
	root = sqrt(1 - pow(s->beta2, (double)s->t));
	p.lr = s->lr * nso_rate(f) * warm(s) * (s->paper ? root : 1);
	p.root = s->paper ? 1 : 1 / root;
	p.share = share(s, p.lr);
	decay = p.lr * s->decay;
	p.at_z = s->decay_at_z && !s->paper ? decay : 0;
	p.at_y = decay - p.at_z;
	adamw_update(s->n, &p, s->g, s->v, s->z, s->y, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_schedule_free_sgd = {
	.name = "schedule-free-sgd",
	.title = "Schedule-Free SGD",
	.reference = "Defazio et al. 2024, arXiv:2405.15682, official code",
	.rule = "y = (1-momentum) z + momentum x; z <- z - lr g(y); x <- (1-c_t) x + c_t z",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = sgd_options,
	.init = sgd_init,
	.step = sgd_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_schedule_free_adamw = {
	.name = "schedule-free-adamw",
	.title = "Schedule-Free AdamW",
	.reference = "Defazio et al. 2024, arXiv:2405.15682, official code",
	.rule = "y = (1-beta1) z + beta1 x; z <- z - lr g(y)/(sqrt(v/(1-beta2^t)) + eps); "
		"x <- (1-c_t) x + c_t z",
	.cost = "1 subgradient",
	.group = "parameter-free",
	.needs = NSO_SUBGRADIENT,
	.options = adamw_options,
	.init = adamw_init,
	.step = adamw_step,
	.free = free,
};
