/* sps.c -- stochastic Polyak steps: x -= gamma g with
 *   sps     gamma = min{(f - f*)/(c |g|^2 + eps), gamma_b}: SPS_max, Loizou et al. 2021 (arXiv:
 *           2002.10542); smoothing = on replaces gamma_b by growth^share times the last gamma
 *   decsps  gamma_t = min{(f - f*)/|g|^2, c_{t-1} gamma_{t-1}}/c_t, c_t = c0 sqrt(t+1): Orvieto
 * et al. 2022 (arXiv:2205.04583) momsps  x += -gamma g + momentum (x - x_last), gamma = (1 -
 * momentum) min{...}: Oikonomou, Loizou 2024 (arXiv:2406.04142), MomSPS_max */
#include <stdlib.h>
#include "nsobench.h"
#include "f_star.h"
#include "vectors.h"

enum {
	SPS_C,
	SPS_GAMMA_B,
	SPS_F_STAR,
	SPS_EPS,
	SPS_SMOOTHING,
	SPS_GROWTH,
	SPS_INIT,
	SPS_CLAMP
};
enum { DEC_C0, DEC_GAMMA_B, DEC_F_STAR };
enum { MOM_C, MOM_GAMMA_B, MOM_F_STAR, MOM_MOMENTUM };
static const char *const off_on[] = { "off", "on", NULL };
static const char sps_code[] = "Loizou et al. 2021, official code";
static const char bound_help[] =
	"lower bound of the sampled f; auto: the optimum, of a sample 0";
static const struct nso_option sps_options[] = {
	[SPS_C] = { "c", 0.5, 1e-12, INFINITY,
		"divides the step (SAM-SPS and convex theory: 1)", NULL, sps_code, 0 },
	[SPS_GAMMA_B] = { "gamma_b", 1, 0, INFINITY, "largest step", NULL,
		"Loizou et al. 2021, experiments", 0 },
	[SPS_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, "nsobench", 0 },
	[SPS_EPS] = { "eps", 0, 0, INFINITY, "added to c |g|^2 (official code: 1e-8)", NULL,
		"Loizou et al. 2021, paper", 0 },
	[SPS_SMOOTHING] = { "smoothing", 0, 0, 1, "step at most growth^share times the last",
		off_on, "Loizou et al. 2021, SPS_max", 0 },
	[SPS_GROWTH] = { "growth", 2, 1, INFINITY, "smoothing: growth of the step in an epoch",
		NULL, sps_code, 0 },
	[SPS_INIT] = { "init_step_size", 1, 0, INFINITY, "smoothing: the step before the first",
		NULL, sps_code, 0 },
	[SPS_CLAMP] = { "clamp", 1, 0, 1,
		"no step below 0 where f < f_star (code: on, with smoothing off)", off_on,
		"nsobench", NSO_LATER },
	{ 0 },
};
static const struct nso_option decsps_options[] = {
	[DEC_C0] = { "c0", 1, 1e-12, INFINITY, "divides the first step", NULL,
		"Orvieto et al. 2022", 0 },
	[DEC_GAMMA_B] = { "gamma_b", 10, 0, INFINITY, "bound of the first step", NULL,
		"Orvieto et al. 2022", 0 },
	[DEC_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, "nsobench", 0 },
	{ 0 },
};
static const struct nso_option momsps_options[] = {
	[MOM_C] = { "c", 1, 1e-12, INFINITY, "divides the step", NULL, "Oikonomou, Loizou 2024",
		0 },
	[MOM_GAMMA_B] = { "gamma_b", 1, 0, INFINITY, "largest step, before 1 - momentum", NULL,
		"nsobench", 0 },
	[MOM_F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, bound_help, NULL, "nsobench", 0 },
	[MOM_MOMENTUM] = { "momentum", 0.9, 0, 1 - 1e-12, "share of the last move that is kept",
		NULL, "nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "step_size", NULL };

struct sps {
	size_t n, t;
	double c, gamma_b, f_star, eps, growth, last, momentum;
	int smoothing, unclamped;
	double *g, *move; /* move: x - x_last, for momsps */
	double memory[];
};

static struct sps *alloc(struct nso_oracle *f, size_t vectors, double star)
{
	size_t n = nso_dim(f);
	struct sps *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->f_star = f_star(f, star);
	s->g = s->memory;
	s->move = s->memory + n;
	return s;
}

static void *sps_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sps *s = alloc(f, 1, opt[SPS_F_STAR]);

	(void)x;
	if (!s)
		return NULL;
	s->c = opt[SPS_C];
	s->gamma_b = opt[SPS_GAMMA_B];
	s->eps = opt[SPS_EPS];
	s->smoothing = opt[SPS_SMOOTHING] != 0;
	s->growth = opt[SPS_GROWTH];
	s->last = opt[SPS_INIT];
	s->unclamped = opt[SPS_CLAMP] == 0;
	return s;
}

static void *decsps_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sps *s = alloc(f, 1, opt[DEC_F_STAR]);

	(void)x;
	if (!s)
		return NULL;
	s->c = opt[DEC_C0];
	s->last = opt[DEC_C0] * opt[DEC_GAMMA_B]; /* c_{t-1} gamma_{t-1} */
	return s;
}

static void *momsps_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct sps *s = alloc(f, 2, opt[MOM_F_STAR]);

	(void)x;
	if (!s)
		return NULL;
	s->c = opt[MOM_C];
	s->gamma_b = opt[MOM_GAMMA_B];
	s->momentum = opt[MOM_MOMENTUM];
	return s;
}

/* Value and gradient of the sample; NSO_CONTINUE with norm2 > 0 when there is a step to take.
 */
static enum nso_status look(
	struct sps *s, struct nso_oracle *f, const double *x, double *excess, double *norm2)
{
	double value = nso_subgradient(f, x, s->g);

	*excess = s->unclamped ? value - s->f_star : fmax(value - s->f_star, 0);
	*norm2 = dot(s->n, s->g, s->g);
	if (!isfinite(value))
		return NSO_DIVERGED;
	return *norm2 == 0 && nso_share(f) >= 1 ? NSO_CONVERGED : NSO_CONTINUE;
}

static enum nso_status sps_step(void *state, struct nso_oracle *f, double *x)
{
	struct sps *s = state;
	double excess, norm2, bound, gamma;
	enum nso_status status = look(s, f, x, &excess, &norm2);

	if (status != NSO_CONTINUE || norm2 == 0)
		return status;
	bound = s->smoothing ? s->last * pow(s->growth, nso_share(f)) : s->gamma_b;
	gamma = fmin(excess / (s->c * norm2 + s->eps), bound);
	s->last = gamma;
	gamma *= nso_rate(f);
	nso_report(f, 0, gamma);
	axpy(s->n, -gamma, s->g, x);
	return NSO_CONTINUE;
}

static enum nso_status decsps_step(void *state, struct nso_oracle *f, double *x)
{
	struct sps *s = state;
	double excess, norm2, c = s->c * sqrt((double)(++s->t)), gamma;
	enum nso_status status = look(s, f, x, &excess, &norm2);

	if (status != NSO_CONTINUE || norm2 == 0)
		return status;
	s->last = fmin(excess / norm2, s->last);
	gamma = s->last / c * nso_rate(f);
	nso_report(f, 0, gamma);
	axpy(s->n, -gamma, s->g, x);
	return NSO_CONTINUE;
}

static void heavy(size_t n, double gamma, double momentum, const double *restrict g,
	double *restrict move, double *restrict x)
{
	for (size_t i = 0; i < n; i++) {
		move[i] = momentum * move[i] - gamma * g[i];
		x[i] += move[i];
	}
}

static enum nso_status momsps_step(void *state, struct nso_oracle *f, double *x)
{
	struct sps *s = state;
	double excess, norm2, gamma;

	if (look(s, f, x, &excess, &norm2) == NSO_DIVERGED)
		return NSO_DIVERGED;
	gamma = norm2 == 0 ? 0 : fmin(excess / (s->c * norm2), s->gamma_b);
	gamma *= (1 - s->momentum) * nso_rate(f);
	nso_report(f, 0, gamma);
	heavy(s->n, gamma, s->momentum, s->g, s->move, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_sps = {
	.name = "sps",
	.title = "SPS_max",
	.reference = "Loizou, Vaswani, Laradji, Lacoste-Julien 2021, arXiv:2002.10542",
	.rule = "x <- x - min{(f - f_star)_+/(c |g|^2 + eps), gamma_b} g; clamp=off: without "
		"the _+",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = sps_options,
	.columns = columns,
	.init = sps_init,
	.step = sps_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_decsps = {
	.name = "decsps",
	.title = "DecSPS",
	.reference = "Orvieto, Lacoste-Julien, Loizou 2022, arXiv:2205.04583",
	.rule = "gamma_t = min{(f - f_star)/|g|^2, c_{t-1} gamma_{t-1}}/c_t, c_t = c0 "
		"sqrt(t+1)",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = decsps_options,
	.columns = columns,
	.init = decsps_init,
	.step = decsps_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_momsps = {
	.name = "momsps",
	.title = "MomSPS_max",
	.reference = "Oikonomou, Loizou 2024, arXiv:2406.04142",
	.rule = "x <- x - (1-momentum) min{(f - f_star)/(c |g|^2), gamma_b} g + momentum (x - "
		"x_last)",
	.cost = "1 subgradient",
	.group = "polyak",
	.needs = NSO_SUBGRADIENT | NSO_BOUND,
	.options = momsps_options,
	.columns = columns,
	.init = momsps_init,
	.step = momsps_step,
	.free = free,
};
