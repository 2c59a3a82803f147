/* sps_safe.c -- safeguarded stochastic Polyak steps: what guards against small subgradients is
 * a floor of the divisor, not a cap of the step. sps-safe       gamma = (f - f*)/max{|g|^2, M},
 * x -= gamma (g + weight_decay x) ima-sps-safe   gamma = (f - f* + <g, z - x>)_+/max{|g|^2, M},
 * z -= gamma g, x <- (lambda x + z)/(1 + lambda): heavy ball written as a moving average, where
 *                  z - x = lambda (x - x_last)
 * Oikonomou, Loizou 2025 (arXiv:2512.02342) and their code (dimitris-oik/sps_safe), which does
 * not clamp the first gamma at 0: with an f* above f it climbs. M = 0: the first |g|^2. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "f_star.h"
#include "vectors.h"

enum { SAFE_M, SAFE_F_STAR, SAFE_WEIGHT_DECAY };
enum { IMA_M, IMA_F_STAR, IMA_LAMBDA };
static const char code[] = "Oikonomou, Loizou 2025, official code";
static const char bound_help[] =
	"lower bound of the sampled f; auto: the optimum, of a sample 0";
static const char m_help[] = "least divisor M of f - f_star; 0: the first |g|^2";
static const struct nso_option safe_options[] = {
	[SAFE_M] = { "m", 1, 0, INFINITY, m_help, NULL, code, 0 },
	[SAFE_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, "nsobench", 0 },
	[SAFE_WEIGHT_DECAY] = { "weight_decay", 0, 0, INFINITY, "added to g, not to |g|", NULL,
		code, 0 },
	{ 0 },
};
static const struct nso_option ima_options[] = {
	[IMA_M] = { "m", 1, 0, INFINITY, m_help, NULL, code, 0 },
	[IMA_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, "nsobench", 0 },
	[IMA_LAMBDA] = { "lambda", 1, 0, INFINITY,
		"weight of x; momentum is lambda/(1 + lambda)", NULL, code, 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct sps_safe {
	size_t n;
	double m, f_star, decay, lambda;
	double *g, *z; /* z: ima */
	double memory[];
};

static struct sps_safe *alloc(struct nso_oracle *f, size_t vectors, double star, double m)
{
	size_t n = nso_dim(f);
	struct sps_safe *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->m = m;
	s->f_star = f_star(f, star);
	s->g = s->memory;
	s->z = s->memory + n;
	return s;
}

static void *safe_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sps_safe *s = alloc(f, 1, opt[SAFE_F_STAR], opt[SAFE_M]);

	(void)x;
	if (!s)
		return NULL;
	s->decay = opt[SAFE_WEIGHT_DECAY];
	return s;
}

static void *ima_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sps_safe *s = alloc(f, 2, opt[IMA_F_STAR], opt[IMA_M]);

	if (!s)
		return NULL;
	s->lambda = opt[IMA_LAMBDA];
	memcpy(s->z, x, s->n * sizeof *x);
	return s;
}

/* gap/max{|g|^2, M}, 0 where both are 0. */
static double divide(struct sps_safe *s, double gap)
{
	double norm2 = dot(s->n, s->g, s->g), most;

	if (s->m == 0)
		s->m = norm2;
	most = fmax(norm2, s->m);
	return most > 0 ? gap / most : 0;
}

static enum nso_status safe_step(void *state, struct nso_oracle *f, double *x)
{
	struct sps_safe *s = state;
	double value = nso_subgradient(f, x, s->g), gamma;

	if (!isfinite(value))
		return NSO_DIVERGED;
	gamma = divide(s, value - s->f_star) * nso_rate(f);
	nso_report(f, 0, gamma);
	for (size_t i = 0; i < s->n; i++)
		x[i] = (1 - s->decay * gamma) * x[i] - gamma * s->g[i];
	return NSO_CONTINUE;
}

static void average(size_t n, double share, const double *restrict z, double *restrict x)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (1 - share) * x[i] + share * z[i];
}

static enum nso_status ima_step(void *state, struct nso_oracle *f, double *x)
{
	struct sps_safe *s = state;
	double value = nso_subgradient(f, x, s->g), gamma;

	if (!isfinite(value))
		return NSO_DIVERGED;
	gamma = divide(s, fmax(0, value - s->f_star + dot_difference(s->n, s->g, s->z, x)));
	gamma *= nso_rate(f);
	nso_report(f, 0, gamma);
	axpy(s->n, -gamma, s->g, s->z);
	average(s->n, 1 / (1 + s->lambda), s->z, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_sps_safe = {
	.name = "sps-safe",
	.title = "SPS_safe",
	.reference = "Oikonomou, Loizou 2025, arXiv:2512.02342, official code",
	.rule = "x <- x - (f - f_star)/max{|g|^2, m} (g + weight_decay x), not clamped",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = safe_options,
	.columns = columns,
	.init = safe_init,
	.step = safe_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_ima_sps_safe = {
	.name = "ima-sps-safe",
	.title = "IMA-SPS_safe",
	.reference = "Oikonomou, Loizou 2025, arXiv:2512.02342, official code",
	.rule = "z <- z - (f - f_star + <g, z - x>)_+/max{|g|^2, m} g; x <- (lambda x + z)/(1 "
		"+ lambda)",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = ima_options,
	.columns = columns,
	.init = ima_init,
	.step = ima_step,
	.free = free,
};
