/* o2nc.c -- online-to-non-convex conversion: an online learner picks the next move D, and the
 * mean of the gradients that it is told is one of the Goldstein subdifferential around the mean
 * of the points. o2nc                    z <- z + D, g at w = z_last + s D, s uniform in (0,
 * 1); D <- D - lr g, at most delta/period long; D = 0 every period steps. Cutkosky, Mehta,
 * Orabona 2023 (arXiv:2302.03775), algorithm 1 with projected gradient descent
 *   zeroth-order-goldstein  the same, g = n/(2 nu) (f(w + nu u) - f(w - nu u)) u, u on the
 * sphere: Kornowski, Shamir 2024 (arXiv:2307.04504), algorithms 1 and 2 exponentiated-o2nc SGD
 * with momentum and random scaling: D <- beta/(1 + lr mu) (D - lr g), z <- z + s D, s
 * exponential: Zhang, Cutkosky 2024 (arXiv:2405.09742); mu = 0 and scaling = none: plain
 * momentum derandomised-o2nc       for weakly convex f: D <- D - lr (g + gamma D), z <- z + D,
 * D = 0 every period steps: Ji, Yuan, ICLR 2026 (openreview Snfqe4lU3G), from its abstract and
 * a summary: the text itself could not be read answer = mean: x is the mean of the points of
 * this period (exponentiated: weights beta^age), for which the theorems hold; iterate: z. The
 * columns: certificate is the length of the mean of the gradients, radius the length of the
 * path through the points; without noise the mean is therefore (radius, certificate)-Goldstein
 * stationary (zeroth-order: the same of estimates, which proves nothing). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { DELTA, PERIOD, LR, SCALING, ANSWER, NU };
enum { EXP_LR, EXP_BETA, EXP_MU, EXP_SCALING, EXP_ANSWER };
enum { DE_LR, DE_GAMMA, DE_PERIOD, DE_ANSWER };
enum { NONE, UNIFORM };
enum { MEAN, ITERATE };
static const char *const uniform_words[] = { "none", "uniform", NULL };
static const char *const exponential_words[] = { "none", "exponential", NULL };
static const char *const answers[] = { "mean", "iterate", NULL };
static const char cutkosky[] = "Cutkosky et al. 2023", zhang[] = "Zhang, Cutkosky 2024";
static const char kornowski[] = "Kornowski, Shamir 2024", ours[] = "nsobench";
static const char code[] = "Zhang, Cutkosky 2024, official code";
static const char answer_help[] = "what x is: the mean of the points, or the last iterate";
static const char period_help[] = "T, steps until the learner starts anew";

#define O2NC_ROWS(PAPER)                                                                       \
	[DELTA] = { "delta", 0.1, 1e-300, INFINITY,                                            \
		"radius: no period's path is longer; times the "                               \
		"schedule",                                                                    \
		NULL, ours, 0 },                                                               \
	[PERIOD] = { "period", 10, 1, 1e15, period_help, NULL, ours, 1 },                      \
	[LR] = { "lr", NAN, 0, INFINITY,                                                       \
		"step size of the learner; auto: delta/(period G "                             \
		"sqrt(period)), G the longest g so far",                                       \
		NULL, PAPER, 0 },                                                              \
	[SCALING] = { "scaling", UNIFORM, 0, 1, "s: uniform in (0, 1), or 1", uniform_words,   \
		PAPER, 0 },                                                                    \
	[ANSWER] = { "answer", MEAN, 0, 1, answer_help, answers, PAPER, 0 }
static const struct nso_option o2nc_options[] = {
	O2NC_ROWS(cutkosky),
	{ 0 },
};
static const struct nso_option zeroth_options[] = {
	O2NC_ROWS(kornowski),
	[NU] = { "nu", 0.01, 1e-300, INFINITY, "radius of the smoothing", NULL, ours, 0 },
	{ 0 },
};
static const struct nso_option exponentiated_options[] = {
	[EXP_LR] = { "lr", 0.01, 0, INFINITY, "step size", NULL, ours, 0 },
	[EXP_BETA] = { "beta", 0.9, 0, 1, "discount, the momentum (code: 1)", NULL, zhang, 0 },
	[EXP_MU] = { "mu", 0, 0, INFINITY, "weight of |D|^2/2 in the learner's loss", NULL,
		code, 0 },
	[EXP_SCALING] = { "scaling", UNIFORM, 0, 1, "s: exponential of mean 1, or 1",
		exponential_words, zhang, 0 },
	[EXP_ANSWER] = { "answer", ITERATE, 0, 1, answer_help, answers, code, 0 },
	{ 0 },
};
static const struct nso_option derandomised_options[] = {
	[DE_LR] = { "lr", 0.01, 0, INFINITY, "step size", NULL, ours, 0 },
	[DE_GAMMA] = { "gamma", 10, 0, INFINITY, "weight of |D|^2/2; momentum is 1 - lr gamma",
		NULL, ours, 0 },
	[DE_PERIOD] = { "period", 100, 1, 1e15, period_help, NULL, ours, 1 },
	[DE_ANSWER] = { "answer", MEAN, 0, 1, answer_help, answers, "Ji, Yuan 2026", 0 },
	{ 0 },
};
static const char *const columns[] = { "certificate", "radius", NULL };

struct o2nc {
	size_t n, t, period;
	int random, mean;
	double lr, longest, delta, nu; /* o2nc, zeroth-order */
	double beta, mu, scale;        /* exponentiated; scale: s of the last move */
	double gamma;                  /* derandomised */
	double weights, path;          /* of this period */
	double *z, *move, *g, *w;      /* iterate, D, gradient, where it was taken */
	double *points, *slopes;       /* weighted sums of w and g over this period */
	double *u, *e;                 /* zeroth-order */
	double memory[];
};

static struct o2nc *alloc(struct nso_oracle *f, size_t vectors, const double *x)
{
	size_t n = nso_dim(f);
	struct o2nc *s = calloc(1, sizeof *s + vectors * n * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->z = s->memory;
	s->move = s->memory + n;
	s->g = s->memory + 2 * n;
	s->w = s->memory + 3 * n;
	s->points = s->memory + 4 * n;
	s->slopes = s->memory + 5 * n;
	s->u = s->memory + 6 * n;
	s->e = s->memory + 7 * n;
	s->beta = 1;
	memcpy(s->z, x, n * sizeof *x);
	return s;
}

static struct o2nc *learner(struct o2nc *s, const double *opt)
{
	if (!s)
		return NULL;
	s->delta = opt[DELTA];
	s->period = (size_t)opt[PERIOD];
	s->lr = opt[LR];
	s->random = opt[SCALING] == UNIFORM;
	s->mean = opt[ANSWER] == MEAN;
	return s;
}

static void *o2nc_init(struct nso_oracle *f, const double *opt, const double *x)
{
	return learner(alloc(f, 6, x), opt);
}

static void *zeroth_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct o2nc *s = learner(alloc(f, 8, x), opt);

	if (s)
		s->nu = opt[NU];
	return s;
}

static void *exponentiated_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct o2nc *s = alloc(f, 6, x);

	if (!s)
		return NULL;
	s->lr = opt[EXP_LR];
	s->beta = opt[EXP_BETA];
	s->mu = opt[EXP_MU];
	s->random = opt[EXP_SCALING] == UNIFORM;
	s->mean = opt[EXP_ANSWER] == MEAN;
	return s;
}

static void *derandomised_init(struct nso_oracle *f, const double *opt, const double *x)
{
	struct o2nc *s = alloc(f, 6, x);

	if (!s)
		return NULL;
	s->lr = opt[DE_LR];
	s->gamma = opt[DE_GAMMA];
	s->period = (size_t)opt[DE_PERIOD];
	s->mean = opt[DE_ANSWER] == MEAN;
	return s;
}

/* The learner starts anew when a period is over. */
static void begin(struct o2nc *s)
{
	if (s->period && s->t % s->period == 0) {
		s->weights = s->path = 0;
		memset(s->move, 0, s->n * sizeof *s->move);
		memset(s->points, 0, s->n * sizeof *s->points);
		memset(s->slopes, 0, s->n * sizeof *s->slopes);
	}
	s->t++;
}

/* w and g, a travelled length after the last w, enter the means; older ones count beta each. */
static void enter(
	struct o2nc *s, struct nso_oracle *f, const double *restrict w, double travelled)
{
	const double *restrict g = s->g;
	double *restrict points = s->points, *restrict slopes = s->slopes, keep = s->beta;

	for (size_t i = 0; i < s->n; i++) {
		points[i] = keep * points[i] + w[i];
		slopes[i] = keep * slopes[i] + g[i];
	}
	s->weights = keep * s->weights + 1;
	s->path += travelled;
	nso_report(f, 0, sqrt(dot(s->n, slopes, slopes)) / s->weights);
	nso_report(f, 1, s->path);
}

static void answer(const struct o2nc *s, double *x)
{
	for (size_t i = 0; i < s->n; i++)
		x[i] = s->mean ? s->points[i] / s->weights : s->z[i];
}

/* D <- D - lr g, at most `most` long. */
static void descend(struct o2nc *s, double rate)
{
	double most = s->delta / (double)s->period * rate, norm = sqrt(dot(s->n, s->g, s->g)),
	       lr;

	s->longest = fmax(s->longest, norm);
	lr = isnan(s->lr) ? most / (s->longest * sqrt((double)s->period)) : s->lr * rate;
	if (norm > 0)
		axpy(s->n, -lr, s->g, s->move);
	norm = sqrt(dot(s->n, s->move, s->move));
	for (size_t i = 0; norm > most && i < s->n; i++)
		s->move[i] *= most / norm;
}

/* z moves on by D; w is a part of the way, for the gradient. */
static void advance(struct o2nc *s, struct nso_oracle *f)
{
	double part = s->random ? gsl_rng_uniform_pos(nso_rng(f)) : 1;

	for (size_t i = 0; i < s->n; i++) {
		s->w[i] = s->z[i] + part * s->move[i];
		s->z[i] += s->move[i];
	}
}

static enum nso_status o2nc_step(void *state, struct nso_oracle *f, double *x)
{
	struct o2nc *s = state;
	double travelled;

	if (!s->mean)
		memcpy(s->z, x, s->n * sizeof *x);
	begin(s);
	advance(s, f);
	if (!isfinite(nso_subgradient(f, s->w, s->g)))
		return NSO_DIVERGED;
	travelled = sqrt(dot(s->n, s->move, s->move));
	enter(s, f, s->w, travelled);
	descend(s, nso_rate(f));
	answer(s, x);
	return NSO_CONTINUE;
}

/* g = n/(2 nu) (f(w + nu u) - f(w - nu u)) u; -1 where a value is no number. */
static int estimate(struct o2nc *s, struct nso_oracle *f)
{
	double up, down, norm;

	do {
		nso_normal(nso_rng(f), s->n, s->u);
		norm = sqrt(dot(s->n, s->u, s->u));
	} while (norm == 0);
	for (size_t i = 0; i < s->n; i++) {
		s->u[i] /= norm;
		s->e[i] = s->w[i] + s->nu * s->u[i];
	}
	up = nso_value(f, s->e);
	for (size_t i = 0; i < s->n; i++)
		s->e[i] = s->w[i] - s->nu * s->u[i];
	down = nso_value(f, s->e);
	for (size_t i = 0; i < s->n; i++)
		s->g[i] = (double)s->n / (2 * s->nu) * (up - down) * s->u[i];
	return isfinite(up) && isfinite(down) ? 0 : -1;
}

static enum nso_status zeroth_step(void *state, struct nso_oracle *f, double *x)
{
	struct o2nc *s = state;

	if (!s->mean)
		memcpy(s->z, x, s->n * sizeof *x);
	begin(s);
	advance(s, f);
	if (estimate(s, f))
		return NSO_DIVERGED;
	enter(s, f, s->w, sqrt(dot(s->n, s->move, s->move)));
	descend(s, nso_rate(f));
	answer(s, x);
	return NSO_CONTINUE;
}

/* The gradient at z itself enters the means, after the last move. */
static int look(struct o2nc *s, struct nso_oracle *f, const double *x, double scale)
{
	if (!s->mean)
		memcpy(s->z, x, s->n * sizeof *x);
	if (!isfinite(nso_subgradient(f, s->z, s->g)))
		return -1;
	enter(s, f, s->z, scale * sqrt(dot(s->n, s->move, s->move)));
	return 0;
}

static enum nso_status exponentiated_step(void *state, struct nso_oracle *f, double *x)
{
	struct o2nc *s = state;
	double lr = s->lr * nso_rate(f), keep = s->beta / (1 + lr * s->mu);

	if (look(s, f, x, s->scale))
		return NSO_DIVERGED;
	s->scale = s->random ? -log(gsl_rng_uniform_pos(nso_rng(f))) : 1;
	for (size_t i = 0; i < s->n; i++) {
		s->move[i] = keep * (s->move[i] - lr * s->g[i]);
		s->z[i] += s->scale * s->move[i];
	}
	answer(s, x);
	return NSO_CONTINUE;
}

static enum nso_status derandomised_step(void *state, struct nso_oracle *f, double *x)
{
	struct o2nc *s = state;
	double lr = s->lr * nso_rate(f), keep = 1 - lr * s->gamma;

	begin(s);
	if (look(s, f, x, 1))
		return NSO_DIVERGED;
	for (size_t i = 0; i < s->n; i++) {
		s->move[i] = keep * s->move[i] - lr * s->g[i];
		s->z[i] += s->move[i];
	}
	answer(s, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_o2nc = {
	.name = "o2nc",
	.title = "O2NC",
	.reference = "Cutkosky, Mehta, Orabona 2023, arXiv:2302.03775",
	.rule = "z <- z + D, g at z_last + s D, s uniform; D <- D - lr g, at most delta/period "
		"long, D = 0 "
		"every period steps; x the mean of the points",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_RANDOM,
	.options = o2nc_options,
	.columns = columns,
	.init = o2nc_init,
	.step = o2nc_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_zeroth_order_goldstein = {
	.name = "zeroth-order-goldstein",
	.title = "Zeroth-order Goldstein",
	.reference = "Kornowski, Shamir 2024, arXiv:2307.04504",
	.rule = "as o2nc, with g = n/(2 nu) (f(w + nu u) - f(w - nu u)) u, u uniform on the "
		"sphere",
	.cost = "2 values",
	.group = "nonsmooth",
	.needs = NSO_VALUE | NSO_RANDOM,
	.options = zeroth_options,
	.columns = columns,
	.init = zeroth_init,
	.step = zeroth_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_exponentiated_o2nc = {
	.name = "exponentiated-o2nc",
	.title = "Exponentiated O2NC",
	.reference =
		"Zhang, Cutkosky 2024, arXiv:2405.09742: SGD with momentum and random scaling",
	.rule = "D <- beta/(1 + lr mu) (D - lr g); x <- x + s D, s exponential of mean 1",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_RANDOM,
	.options = exponentiated_options,
	.columns = columns,
	.init = exponentiated_init,
	.step = exponentiated_step,
	.free = free,
};

const struct nso_optimizer nso_optimizer_derandomised_o2nc = {
	.name = "derandomised-o2nc",
	.title = "Derandomised O2NC",
	.reference = "Ji, Yuan 2026, openreview Snfqe4lU3G (from its abstract and a summary)",
	.rule = "D <- D - lr (g + gamma D); z <- z + D; D = 0 every period steps; x the mean "
		"of the points",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = derandomised_options,
	.columns = columns,
	.init = derandomised_init,
	.step = derandomised_step,
	.free = free,
};
