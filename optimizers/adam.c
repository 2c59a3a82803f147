/* adam.c -- Adam and AdamW: x -= lr m^/(sqrt(v^) + eps), Kingma, Ba 2015 (arXiv:1412.6980);
 * with decoupled weight decay Loshchilov, Hutter 2019 (arXiv:1711.05101). Both in PyTorch's
 * form. And the control for S-Adam: AdamW with its expected damping, so that a smaller step is
 * not taken for a smarter one. */
#include <stdlib.h>
#include <gsl/gsl_sf_hyperg.h>
#include "nsobench.h"
#include "adam_core.h"

enum { LR, BETA1, BETA2, EPS, WEIGHT_DECAY, EPS_HAT, K, LAMBDA, VARIANCE };
static const char *const off_on[] = { "off", "on", NULL };
static const char *const variances[] = { "sample", "population", NULL };

static const struct nso_option adam_options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, "Kingma, Ba 2015; PyTorch", 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL,
		"Kingma, Ba 2015; PyTorch", 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL,
		"Kingma, Ba 2015; PyTorch", 0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL,
		"Kingma, Ba 2015; PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "coupled: g += weight_decay x", NULL,
		"PyTorch", 0 },
	[EPS_HAT] = { "eps_hat", 0, 0, 1,
		"add eps before the bias correction of v (TensorFlow)", off_on,
		"Kingma, Ba 2015, algorithm 1; PyTorch", 0 },
	{ 0 },
};

static const struct nso_option adamw_options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size", NULL, "PyTorch", 0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, "PyTorch", 0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, "PyTorch",
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL, "PyTorch", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 1e-2, 0, INFINITY,
		"decoupled: x -= lr weight_decay x first", NULL, "PyTorch", 0 },
	[EPS_HAT] = { "eps_hat", 0, 0, 1,
		"add eps before the bias correction of v (as S-Adam does)", off_on, "PyTorch",
		0 },
	{ 0 },
};

static const struct nso_option damped_options[] = {
	[LR] = { "lr", 1e-3, 0, INFINITY, "step size before the damping", NULL, "as s-adam",
		0 },
	[BETA1] = { "beta1", 0.9, 0, 1 - 1e-12, "decay of the mean of g", NULL, "as s-adam",
		0 },
	[BETA2] = { "beta2", 0.999, 0, 1 - 1e-12, "decay of the mean of g^2", NULL, "as s-adam",
		0 },
	[EPS] = { "eps", 1e-8, 0, INFINITY, "added to the root of v", NULL, "as s-adam", 0 },
	[WEIGHT_DECAY] = { "weight_decay", 1e-2, 0, INFINITY, "decoupled and not damped", NULL,
		"as s-adam", 0 },
	[EPS_HAT] = { "eps_hat", 1, 0, 1, "add eps before the bias correction of v", off_on,
		"as s-adam", 0 },
	[K] = { "k", 2, 1, 1e6, "probes of the S-Adam that is imitated", NULL, "as s-adam", 1 },
	[LAMBDA] = { "lambda", 2, 0, 100, "damping of the S-Adam that is imitated", NULL,
		"as s-adam", 0 },
	[VARIANCE] = { "variance", 0, 0, 1, "divisor of the variance: k-1 or k", variances,
		"as s-adam", 0 },
	{ 0 },
};

struct method {
	struct adam core;
	double damp;
	double memory[];
};

static struct method *alloc(struct nso_oracle *f, const double *opt)
{
	size_t n = nso_dim(f);
	struct method *s = calloc(1, sizeof *s + 3 * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->core = (struct adam){
		.n = n,
		.lr = opt[LR],
		.beta1 = opt[BETA1],
		.beta2 = opt[BETA2],
		.eps = opt[EPS],
		.eps_hat = opt[EPS_HAT] != 0,
		.bias_correction = 1,
		.g = s->memory,
		.m = s->memory + n,
		.v = s->memory + 2 * n,
	};
	s->damp = 1;
	return s;
}

static void *adam_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct method *s = alloc(f, opt);

	(void)x;
	if (s)
		s->core.l2 = opt[WEIGHT_DECAY];
	return s;
}

static void *adamw_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct method *s = alloc(f, opt);

	(void)x;
	if (s)
		s->core.decay = opt[WEIGHT_DECAY];
	return s;
}

/* E exp(-lambda LGI) where f is smooth and n large: LGI = c (1 - B), B ~ Beta(1/2, (k-1)/2), c
 * = k/(k-1) for the sample variance, so E = 1F1((k-1)/2; k/2; -lambda c). By Kummer's
 * transformation e^-z 1F1(1/2; k/2; z), whose terms are all positive. */
static double expected_damping(double k, double lambda, int population)
{
	double z = population ? lambda : lambda * k / (k - 1);

	return k < 2 || lambda == 0 ? 1 : exp(-z) * gsl_sf_hyperg_1F1(0.5, k / 2, z);
}

static void *damped_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct method *s = adamw_init(f, opt, x);

	if (s)
		s->damp = expected_damping(opt[K], opt[LAMBDA], opt[VARIANCE] != 0);
	return s;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct method *s = state;

	if (!isfinite(nso_subgradient(f, x, s->core.g)))
		return NSO_DIVERGED;
	adam_update(&s->core, s->core.lr * nso_rate(f), s->damp, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_adam = {
	.name = "adam",
	.title = "Adam",
	.reference = "Kingma, Ba 2015, arXiv:1412.6980; as in PyTorch",
	.rule = "x <- x - lr (m/(1-beta1^t)) / (sqrt(v/(1-beta2^t)) + eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = adam_options,
	.init = adam_init,
	.step = step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_adamw = {
	.name = "adamw",
	.title = "AdamW",
	.reference = "Loshchilov, Hutter 2019, arXiv:1711.05101; as in PyTorch",
	.rule = "x <- (1 - lr weight_decay) x - lr (m/(1-beta1^t)) / (sqrt(v/(1-beta2^t)) + "
		"eps)",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = adamw_options,
	.init = adamw_init,
	.step = step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_adamw_damped = {
	.name = "adamw-damped",
	.title = "AdamW, damped",
	.reference =
		"AdamW with lr times the expected damping of S-Adam: the control for s-adam",
	.rule = "AdamW with its step times 1F1((k-1)/2; k/2; -lambda k/(k-1))",
	.cost = "1 subgradient",
	.group = "adaptive",
	.needs = NSO_SUBGRADIENT,
	.options = damped_options,
	.init = damped_init,
	.step = step,
	.free = free,
};
