/* ingd.c -- interpolated normalised gradient descent: one step looks for a delta-Goldstein
 * subgradient m along which f falls by delta |m|/4, interpolating m with gradients from the
 * segment x .. x - delta m/|m|; then x moves to its end. Zhang, Lin, Jegelka, Sra, Jadbabaie
 * 2020, algorithm 1; the variant `perturbed` draws the segment's end around m: Davis,
 * Drusvyatskiy, Lee, Padmanabhan, Ye 2022, algorithm 1, which needs no directional derivative.
 */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { DELTA, EPSILON, VARIANT, LIPSCHITZ, INNER };
enum { ZHANG, PERTURBED };
static const char *const variants[] = { "zhang", "perturbed", NULL };
static const struct nso_option options[] = {
	[DELTA] = { "delta", 0.01, 1e-300, INFINITY,
		"length of a step, radius of the Goldstein "
		"subdifferential; times the schedule",
		NULL, "nsobench", 0 },
	[EPSILON] = { "epsilon", 1e-6, 0, INFINITY, "converged when |m| is at most this", NULL,
		"nsobench", 0 },
	[VARIANT] = { "variant", PERTURBED, 0, 1,
		"segment towards m, or towards a point around it", variants,
		"Davis et al. 2022", 0 },
	[LIPSCHITZ] = { "lipschitz", NAN, 1e-300, INFINITY,
		"L of the perturbation's radius; auto: the longest gradient seen", NULL,
		"nsobench", 0 },
	[INNER] = { "inner", 10000, 1, 1e12, "interpolations at one point before it is stuck",
		NULL, "nsobench", 1 },
	{ 0 },
};
static const char *const columns[] = { "norm", "interpolations", NULL };

struct ingd {
	size_t n, inner;
	double delta, epsilon, lipschitz, longest;
	int perturbed;
	double *m, *g, *y, *z;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct ingd *s = calloc(1, sizeof *s + 4 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->inner = (size_t)opt[INNER];
	s->delta = opt[DELTA];
	s->epsilon = opt[EPSILON];
	s->lipschitz = opt[LIPSCHITZ];
	s->perturbed = opt[VARIANT] == PERTURBED;
	s->m = s->memory;
	s->g = s->memory + n;
	s->y = s->memory + 2 * n;
	s->z = s->memory + 3 * n;
	return s;
}

/* z uniform in the ball of the radius around c (length n). */
static void ball(struct nso_oracle *f, size_t n, const double *c, double radius, double *z)
{
	double length;

	nso_normal(nso_rng(f), n, z);
	length = radius * pow(gsl_rng_uniform_pos(nso_rng(f)), 1 / (double)n) /
		 sqrt(dot(n, z, z));
	for (size_t i = 0; i < n; i++)
		z[i] = c[i] + (isfinite(length) ? length * z[i] : 0);
}

/* Largest radius that the theorem allows, Davis et al. 2022, algorithm 1: |m| sqrt(1 - (1 -
 * |m|^2/(128 L^2))^2), halved because it has to stay below. */
static double radius(const struct ingd *s, double norm)
{
	double L = isnan(s->lipschitz) ? fmax(s->longest, norm) : s->lipschitz;
	double q = fmin(norm * norm / (128 * L * L), 1);

	return norm * sqrt(q * (2 - q)) / 2;
}

/* y uniform on the segment from x to x - delta z/|z|. */
static void segment(
	struct ingd *s, struct nso_oracle *f, const double *x, double delta, const double *z)
{
	double t = delta * gsl_rng_uniform(nso_rng(f)) / sqrt(dot(s->n, z, z));

	for (size_t i = 0; i < s->n; i++)
		s->y[i] = x[i] - (isfinite(t) ? t * z[i] : 0);
}

/* m <- the shortest point between m and g. */
static void interpolate(struct ingd *s)
{
	double gap = distance2(s->n, s->m, s->g), t;

	if (!(gap > 0))
		return;
	t = fmin(1, fmax(0, dot_difference(s->n, s->m, s->m, s->g) / gap));
	for (size_t i = 0; i < s->n; i++)
		s->m[i] += t * (s->g[i] - s->m[i]);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct ingd *s = state;
	double delta = s->delta * nso_rate(f), value, norm;

	value = nso_subgradient(f, x, s->m);
	for (size_t k = 0; k < s->inner; k++) {
		norm = sqrt(dot(s->n, s->m, s->m));
		nso_report(f, 0, norm);
		nso_report(f, 1, (double)k);
		if (!isfinite(value) || !isfinite(norm))
			return NSO_DIVERGED;
		s->longest = fmax(s->longest, norm);
		if (norm <= s->epsilon)
			return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
		for (size_t i = 0; i < s->n; i++)
			s->y[i] = x[i] - delta / norm * s->m[i];
		if (nso_value(f, s->y) <= value - delta * norm / 4) {
			memcpy(x, s->y, s->n * sizeof *x);
			return NSO_CONTINUE;
		}
		if (nso_spent(f))
			return NSO_CONTINUE;
		if (s->perturbed)
			ball(f, s->n, s->m, radius(s, norm), s->z);
		segment(s, f, x, delta, s->perturbed ? s->z : s->m);
		nso_subgradient(f, s->y, s->g);
		if (!isfinite(dot(s->n, s->g, s->g)))
			continue; /* outside of the domain: another point of the segment */
		s->longest = fmax(s->longest, sqrt(dot(s->n, s->g, s->g)));
		interpolate(s);
	}
	return NSO_STUCK;
}

const struct nso_optimizer nso_optimizer_ingd = {
	.name = "ingd",
	.title = "INGD",
	.reference = "Zhang et al. 2020, arXiv:2002.04130; Davis et al. 2022, arXiv:2112.06969",
	.rule = "x <- x - delta m/|m|, m a delta-Goldstein subgradient found by interpolation",
	.cost = "1 + k subgradients and 1 + k values, k interpolations",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_VALUE | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
