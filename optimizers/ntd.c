/* ntd.c -- NTDescent: one step looks along the radii sigma_i = d/2^(G-i), i = 1..G, for the
 * lowest of f(x - sigma_i v_i/|v_i|), v_i a short Goldstein subgradient for sigma_i that starts
 * from v_{i-1}: N   v <- the shortest point between v and g(x - t sigma v/|v|), t uniform T   v
 * <- the shortest point between v and g(x - sigma v/|v|) at most K times each, or until f falls
 * by sigma |v|/8; K counts the steps, G = min(K, 50). Davis, Jiang 2022 (arXiv:2205.00064) in
 * the order of the official code (COR-OPT/ntd.py), where d = 1, or 10 (f(x) - f*)/s when f* is
 * known, s = max(|g(x)|, s_scale_factor |g(x_0)|), and radii end where sigma > |v|/s
 * (trust_region). Draws of the direction itself, which the theory needs where f has no
 * directional derivatives, are in neither. The first step only looks at x. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { F_STAR, TRUST_REGION, GROW, S_SCALE_FACTOR, FRACTION };
static const char *const off_on[] = { "off", "on", NULL };
static const char code[] = "Davis, Jiang 2022, official code";
static const struct nso_option options[] = {
	[F_STAR] = { "f_star", NAN, -INFINITY, INFINITY, "optimal value; auto: unknown, d = 1",
		NULL, code, 0 },
	[TRUST_REGION] = { "trust_region", 1, 0, 1, "no radius beyond |v|/s", off_on, code, 0 },
	[GROW] = { "adaptive_grid_size", 0, 0, 1,
		"radii grow by 10 where the largest is the best", off_on, code, 0 },
	[S_SCALE_FACTOR] = { "s_scale_factor", 1e-6, 0, INFINITY,
		"least s as a share of |g(x_0)|", NULL, code, 0 },
	[FRACTION] = { "fraction", NAN, 0, 1, "t of N; auto: uniform in (0, 1)", NULL, code,
		0 },
	{ 0 },
};
static const char *const columns[] = { "norm", "radius", NULL };
static const double zero_norm = 1e-20; /* official code */
enum { MOST_RADII = 50, MOST_GROWTH = 300 };

struct ntd {
	size_t n, k;
	int trust, grow;
	double f_star, s_scale, fraction, first;
	double value, least, radius; /* f(x); the lowest value found and its radius */
	double *g, *v, *y, *hat, *best;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct ntd *s = calloc(1, sizeof *s + 5 * n * sizeof *s->memory);

	(void)x;
	if (!s)
		return NULL;
	s->n = n;
	s->f_star = opt[F_STAR];
	s->trust = opt[TRUST_REGION] != 0;
	s->grow = opt[GROW] != 0;
	s->s_scale = opt[S_SCALE_FACTOR];
	s->fraction = opt[FRACTION];
	s->g = s->memory;
	s->v = s->memory + n;
	s->y = s->memory + 2 * n;
	s->hat = s->memory + 3 * n;
	s->best = s->memory + 4 * n;
	return s;
}

static double length(const struct ntd *s) { return sqrt(dot(s->n, s->v, s->v)); }

/* f and its gradient (in hat) at x - by v. */
static double look(struct ntd *s, struct nso_oracle *f, const double *x, double by)
{
	for (size_t i = 0; i < s->n; i++)
		s->y[i] = x[i] - by * s->v[i];
	return nso_subgradient(f, s->y, s->hat);
}

/* v <- the shortest point between v and hat; as it is where hat is no number. */
static void average(struct ntd *s)
{
	double gap = distance2(s->n, s->hat, s->v), t;

	if (!(gap > 0) || !isfinite(gap))
		return;
	t = fmax(fmin(-dot_difference(s->n, s->v, s->hat, s->v) / gap, 1), 0);
	for (size_t i = 0; i < s->n; i++)
		s->v[i] = (1 - t) * s->v[i] + t * s->hat[i];
}

/* N, or T: at most k averages, until f falls enough. */
static void shorten(
	struct ntd *s, struct nso_oracle *f, const double *x, double sigma, int random)
{
	for (size_t i = 0; i < s->k && !nso_spent(f); i++) {
		double norm = length(s), t = s->fraction;

		if (norm <= zero_norm ||
			look(s, f, x, sigma / norm) <= s->value - sigma * norm / 8)
			return;
		if (random && isnan(t))
			t = gsl_rng_uniform(nso_rng(f));
		if (random)
			look(s, f, x, t * sigma / norm);
		average(s);
	}
}

/* Both for one radius, and whether x - sigma v/|v| is the lowest point so far. 0: v has
 * vanished. */
static int try_radius(struct ntd *s, struct nso_oracle *f, const double *x, double sigma)
{
	double norm, value;

	shorten(s, f, x, sigma, 1);
	shorten(s, f, x, sigma, 0);
	norm = length(s);
	if (norm <= zero_norm || nso_spent(f))
		return 0;
	value = look(s, f, x, sigma / norm);
	if (value < s->least) {
		s->least = value;
		s->radius = sigma;
		memcpy(s->best, s->v, s->n * sizeof *s->v);
	}
	return 1;
}

static void search(struct ntd *s, struct nso_oracle *f, const double *x)
{
	double scale = fmax(length(s), s->first * s->s_scale), norm = length(s), times = 1;
	double d = isnan(s->f_star) ? 1 : 10 * (s->value - s->f_star) / scale;
	size_t radii = s->k < MOST_RADII ? s->k : MOST_RADII;
	double sigma = d * pow(2, -(double)radii);

	for (size_t i = 1; i <= radii && (!s->trust || times * norm / scale >= sigma); i++) {
		sigma = d * times * pow(2, -(double)(radii - i));
		if (!try_radius(s, f, x, sigma))
			return;
		norm = length(s);
		if (s->grow && s->radius == sigma && i == radii && radii < MOST_GROWTH) {
			radii++;
			times *= 10;
		}
	}
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct ntd *s = state;
	double norm;

	s->value = s->least = nso_subgradient(f, x, s->g);
	norm = sqrt(dot(s->n, s->g, s->g));
	if (!isfinite(s->value) || !isfinite(norm))
		return NSO_DIVERGED;
	if (norm == 0)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	if (s->k == 0)
		s->first = norm;
	memcpy(s->v, s->g, s->n * sizeof *s->g);
	s->radius = 0;
	search(s, f, x);
	nso_report(f, 0, length(s));
	nso_report(f, 1, s->radius);
	s->k++;
	if (s->radius > 0)
		axpy(s->n, -s->radius / sqrt(dot(s->n, s->best, s->best)), s->best, x);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_ntd = {
	.name = "ntd",
	.title = "NTDescent",
	.reference = "Davis, Jiang 2022, arXiv:2205.00064, official code",
	.rule = "x <- the lowest x - sigma v/|v|, sigma = d/2^i, v a sigma-Goldstein "
		"subgradient found by "
		"averaging with gradients at random points and at the ends of segments",
	.cost = "1 + up to 3 K G subgradients, K the step, G = min(K, 50)",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT | NSO_RANDOM,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
