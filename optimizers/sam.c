/* sam.c -- sharpness-aware minimization: the gradient of f at a perturbed point e moves x.
 *   e = x + rho (1 - lambda + lambda/|g|) g      lambda = 1: SAM, 0: USAM (not normalised)
 *   sam, usam          x -= lr grad f(e), with momentum: Foret et al. 2021 (arXiv:2010.01412);
 *                      Andriushchenko, Flammarion 2022 (arXiv:2206.06232)
 *   -ps, -sps          x -= gamma grad f(e), gamma = (f(e) - f* - <grad f(e), e - x>)_+/|grad
 * f(e)|^2, for -sps at most gamma_b and with decay: the Polyak schedulers for SAM, in the order
 * of their official code, where the decay is not part of gamma */
#include <stdlib.h>
#include "nsobench.h"
#include "f_star.h"
#include "vectors.h"

enum { SAM_RHO, SAM_LAMBDA, SAM_LR, SAM_MOMENTUM, SAM_WEIGHT_DECAY };
enum { PS_RHO, PS_LAMBDA, PS_F_STAR, PS_RHO_DECAY };
enum { SPS_RHO, SPS_LAMBDA, SPS_F_STAR, SPS_GAMMA_B, SPS_WEIGHT_DECAY, SPS_RHO_DECAY };
static const char foret[] = "Foret et al. 2021", popular[] = "davda54/sam, example";
static const char code[] = "SAM-SPS, official code", ours[] = "nsobench";
static const char rho_help[] = "radius of the perturbation", momentum_help[] = "heavy ball";
static const char lambda_help[] = "1: along g/|g|, 0: along g, between: a mixture";
static const char bound_help[] =
	"lower bound of the sampled f; auto: the optimum, of a sample 0";
static const char rho_decay_help[] = "radius rho/t^rho_decay (convergence needs it to vanish)";
static const char decay_help[] = "coupled: added to the gradient at e";

static const struct nso_option sam_options[] = {
	[SAM_RHO] = { "rho", 0.05, 0, INFINITY, rho_help, NULL, foret, 0 },
	[SAM_LAMBDA] = { "lambd", 1, 0, 1, lambda_help, NULL, foret, 0 },
	[SAM_LR] = { "lr", 0.1, 0, INFINITY, "step size", NULL, popular, 0 },
	[SAM_MOMENTUM] = { "momentum", 0.9, 0, 1, momentum_help, NULL, popular, 0 },
	[SAM_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, decay_help, NULL, "PyTorch", 0 },
	{ 0 },
};
static const struct nso_option usam_options[] = {
	[SAM_RHO] = { "rho", 0.05, 0, INFINITY, rho_help, NULL, foret, 0 },
	[SAM_LAMBDA] = { "lambd", 0, 0, 1, lambda_help, NULL, "Andriushchenko, Flammarion 2022",
		0 },
	[SAM_LR] = { "lr", 0.1, 0, INFINITY, "step size", NULL, popular, 0 },
	[SAM_MOMENTUM] = { "momentum", 0.9, 0, 1, momentum_help, NULL, popular, 0 },
	[SAM_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, decay_help, NULL, "PyTorch", 0 },
	{ 0 },
};
static const struct nso_option sam_ps_options[] = {
	[PS_RHO] = { "rho", 0.1, 0, INFINITY, rho_help, NULL, code, 0 },
	[PS_LAMBDA] = { "lambd", 1, 0, 1, lambda_help, NULL, code, 0 },
	[PS_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY,
		"optimal value; auto: the problem's", NULL, ours, 0 },
	[PS_RHO_DECAY] = { "rho_decay", 0, 0, INFINITY, rho_decay_help, NULL, code, 0 },
	{ 0 },
};
static const struct nso_option usam_ps_options[] = {
	[PS_RHO] = { "rho", 0.1, 0, INFINITY, rho_help, NULL, code, 0 },
	[PS_LAMBDA] = { "lambd", 0, 0, 1, lambda_help, NULL, code, 0 },
	[PS_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY,
		"optimal value; auto: the problem's", NULL, ours, 0 },
	[PS_RHO_DECAY] = { "rho_decay", 0, 0, INFINITY, rho_decay_help, NULL, code, 0 },
	{ 0 },
};
static const struct nso_option sam_sps_options[] = {
	[SPS_RHO] = { "rho", 0.1, 0, INFINITY, rho_help, NULL, code, 0 },
	[SPS_LAMBDA] = { "lambd", 1, 0, 1, lambda_help, NULL, code, 0 },
	[SPS_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, ours, 0 },
	[SPS_GAMMA_B] = { "gamma_b", 1, 0, INFINITY, "largest step", NULL, code, 0 },
	[SPS_WEIGHT_DECAY] = { "weight_decay", 5e-4, 0, INFINITY, decay_help, NULL, code, 0 },
	[SPS_RHO_DECAY] = { "rho_decay", 0, 0, INFINITY, rho_decay_help, NULL, code, 0 },
	{ 0 },
};
static const struct nso_option usam_sps_options[] = {
	[SPS_RHO] = { "rho", 0.1, 0, INFINITY, rho_help, NULL, code, 0 },
	[SPS_LAMBDA] = { "lambd", 0, 0, 1, lambda_help, NULL, code, 0 },
	[SPS_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, ours, 0 },
	[SPS_GAMMA_B] = { "gamma_b", 1, 0, INFINITY, "largest step", NULL, code, 0 },
	[SPS_WEIGHT_DECAY] = { "weight_decay", 5e-4, 0, INFINITY, decay_help, NULL, code, 0 },
	[SPS_RHO_DECAY] = { "rho_decay", 0, 0, INFINITY, rho_decay_help, NULL, code, 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };
/* What |g|, and |grad f(e)|^2 of -sps, count at least where they divide: official code. Without
 * noise
 * (-ps) the theory has no such floor, and with it the linear rate would end at |grad f(e)| =
 * 1e-6. */
static const double least = 1e-12, least_exact = 1e-300;

struct sam {
	size_t n, t;
	double rho, lambda, rho_decay, weight_decay;
	double lr, momentum;    /* sam, usam */
	double f_star, gamma_b; /* the Polyak schedulers */
	double least;           /* of |grad f(e)|^2 */
	double *g, *e, *b;      /* gradient, at x and then at e; e; momentum */
	double memory[];
};

static struct sam *alloc(struct nso_oracle *f, size_t vectors, double rho, double lambda)
{
	size_t n = nso_dim(f);
	struct sam *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->rho = rho;
	s->lambda = lambda;
	s->g = s->memory;
	s->e = s->memory + n;
	s->b = s->memory + 2 * n;
	return s;
}

static void *sam_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sam *s = alloc(f, 3, opt[SAM_RHO], opt[SAM_LAMBDA]);

	(void)x;
	if (!s)
		return NULL;
	s->lr = opt[SAM_LR];
	s->momentum = opt[SAM_MOMENTUM];
	s->weight_decay = opt[SAM_WEIGHT_DECAY];
	return s;
}

static void *ps_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sam *s = alloc(f, 2, opt[PS_RHO], opt[PS_LAMBDA]);

	(void)x;
	if (!s)
		return NULL;
	s->f_star = isnan(opt[PS_F_STAR]) ? nso_optimum(f) : opt[PS_F_STAR];
	s->gamma_b = INFINITY;
	s->least = least_exact;
	s->rho_decay = opt[PS_RHO_DECAY];
	return s;
}

static void *sps_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sam *s = alloc(f, 2, opt[SPS_RHO], opt[SPS_LAMBDA]);

	(void)x;
	if (!s)
		return NULL;
	s->f_star = f_star(f, opt[SPS_F_STAR]);
	s->gamma_b = opt[SPS_GAMMA_B];
	s->least = least;
	s->weight_decay = opt[SPS_WEIGHT_DECAY];
	s->rho_decay = opt[SPS_RHO_DECAY];
	return s;
}

static void perturb(size_t n, double length, const double *restrict x, const double *restrict g,
	double *restrict e)
{
	for (size_t i = 0; i < n; i++)
		e[i] = x[i] + length * g[i];
}

/* f(e) and its gradient in g, both on the step's sample. */
static double look(struct sam *s, struct nso_oracle *f, const double *x)
{
	double value = nso_subgradient(f, x, s->g), rho = s->rho, norm;

	if (!isfinite(value))
		return value;
	if (s->rho_decay != 0)
		rho /= pow((double)s->t, s->rho_decay);
	norm = fmax(sqrt(dot(s->n, s->g, s->g)), least);
	perturb(s->n, rho * (1 - s->lambda + s->lambda / norm), x, s->g, s->e);
	return nso_subgradient(f, s->e, s->g);
}

static void heavy(size_t n, double lr, double momentum, double l2, const double *restrict g,
	double *restrict b, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		b[i] = momentum * b[i] + (g[i] + l2 * x[i]);
		x[i] -= lr * b[i];
	}
}

static void plain(
	size_t n, double gamma, double l2, const double *restrict g, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] -= gamma * (g[i] + l2 * x[i]);
}

static enum nso_status sam_step(void *state, struct nso_oracle *f, double *x)
{
	struct sam *s = state;

	s->t++;
	if (!isfinite(look(s, f, x)))
		return NSO_DIVERGED;
	heavy(s->n, s->lr * nso_rate(f), s->momentum, s->weight_decay, s->g, s->b, x);
	return NSO_CONTINUE;
}

static enum nso_status polyak_step(void *state, struct nso_oracle *f, double *x)
{
	struct sam *s = state;
	double value, excess, gamma;

	s->t++;
	value = look(s, f, x);
	if (!isfinite(value))
		return NSO_DIVERGED;
	excess = value - s->f_star - dot_difference(s->n, s->g, s->e, x);
	gamma = excess / fmax(dot(s->n, s->g, s->g), s->least);
	gamma = fmax(0, fmin(gamma, s->gamma_b)) * nso_rate(f);
	nso_report(f, 0, gamma);
	plain(s->n, gamma, s->weight_decay, s->g, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_sam = {
	.name = "sam",
	.title = "SAM",
	.reference = "Foret, Kleiner, Mobahi, Neyshabur 2021, arXiv:2010.01412, over SGD",
	.rule = "e = x + rho g/|g|; b <- momentum b + grad f(e); x <- x - lr b",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = sam_options,
	.init = sam_init,
	.step = sam_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_usam = {
	.name = "usam",
	.title = "USAM",
	.reference = "Andriushchenko, Flammarion 2022, arXiv:2206.06232, over SGD",
	.rule = "e = x + rho g; b <- momentum b + grad f(e); x <- x - lr b",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT,
	.options = usam_options,
	.init = sam_init,
	.step = sam_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_sam_ps = {
	.name = "sam-ps",
	.title = "SAM-PS",
	.reference = "Polyak schedulers for SAM, deterministic; official code sam_sps",
	.rule = "e = x + rho g/|g|; "
		"x <- x - (f(e) - f_star - <grad f(e), e-x>)_+/|grad f(e)|^2 grad f(e)",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = sam_ps_options,
	.columns = columns,
	.init = ps_init,
	.step = polyak_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_usam_ps = {
	.name = "usam-ps",
	.title = "USAM-PS",
	.reference = "Polyak schedulers for SAM, deterministic, not normalised; official code "
		     "sam_sps",
	.rule = "e = x + rho g; "
		"x <- x - (f(e) - f_star - <grad f(e), e-x>)_+/|grad f(e)|^2 grad f(e)",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT | NSO_OPTIMUM,
	.options = usam_ps_options,
	.columns = columns,
	.init = ps_init,
	.step = polyak_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_sam_sps = {
	.name = "sam-sps",
	.title = "SAM-SPS",
	.reference = "Polyak schedulers for SAM, stochastic; official code sam_sps",
	.rule = "e = x + rho g/|g|; x <- x - gamma (grad f(e) + weight_decay x), "
		"gamma = min{(f(e) - f_star - <grad f(e), e-x>)_+/|grad f(e)|^2, gamma_b}",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = sam_sps_options,
	.columns = columns,
	.init = sps_init,
	.step = polyak_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_usam_sps = {
	.name = "usam-sps",
	.title = "USAM-SPS",
	.reference =
		"Polyak schedulers for SAM, stochastic, not normalised; official code sam_sps",
	.rule = "e = x + rho g; x <- x - gamma (grad f(e) + weight_decay x), "
		"gamma = min{(f(e) - f_star - <grad f(e), e-x>)_+/|grad f(e)|^2, gamma_b}",
	.cost = "2 subgradients",
	.group = "sam",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = usam_sps_options,
	.columns = columns,
	.init = sps_init,
	.step = polyak_step,
	.free = free,
};
