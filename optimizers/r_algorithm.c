/* r_algorithm.c -- Shor's r-algorithm, 1970s (Shor 1985, chapter 3): steps along -B B'g, then
 * space dilation along the difference of two successive gradients in the transformed space: B
 * <- B (I + (1/alpha - 1) r r'), r = B'(g+ - g)/|.|. The iterate stays beyond the minimum along
 * the line, so that r spans the two sides of the valley. */
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_cblas.h>
#include "nsobench.h"
#include "vectors.h"

enum { ALPHA, H, SHRINK, GROWTH, TOLERANCE };
enum { WALK, MEAN };
enum { MEMORY = 3, MOST = 500, EVERY = 3 };
static const char *const growths[] = { "walk", "mean", NULL };
static const char solvopt[] = "Kappel, Kuntsevich 2000, SolvOpt";
static const struct nso_option options[] = {
	[ALPHA] = { "alpha", 2.5, 1, 100, "coefficient of space dilation", NULL, solvopt, 0 },
	[H] = { "h", 1, 1e-300, INFINITY, "first step", NULL, "Stetsyuk 2014, ralgb5: h0", 0 },
	[SHRINK] = { "shrink", 0.95, 0.01, 1,
		"factor of h when the first trial passed the minimum", NULL,
		"Stetsyuk 2014, ralgb5: q1", 0 },
	[GROWTH] = { "growth", WALK, 0, 1,
		"h grows by 1.2 at every third trial along a line (ralgb5), "
		"or with the mean number of trials of three iterations (SolvOpt)",
		growths, "Stetsyuk 2014, ralgb5: q2, nh", 0 },
	[TOLERANCE] = { "tolerance", 1e-14, 0, 1,
		"stuck when the step is below this times 1 + |x|", NULL, "nsobench", 0 },
	{ 0 },
};
static const double walk_growth = 1.2;
/* From SolvOpt: h grows by the factor where the mean number of trials, the last three
 * iterations weighing 3:2:1, exceeds the count. */
static const struct {
	double trials, factor;
} growth[] = { { 20, 2 }, { 10, 1.5 }, { 3, 1.05 } };
static const char *const columns[] = { "h", NULL };

struct shor {
	size_t n;
	double alpha, h, shrink, tolerance, value, best;
	double trials[MEMORY]; /* of the last iterations, the youngest first */
	int known, growth;
	double *B, *g, *last, *d, *r, *record; /* n x n row-major; n each */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f);
	struct shor *s;

	if (n > SIZE_MAX / sizeof *s->memory / (n + 8))
		return NULL;
	s = calloc(1, sizeof *s + n * (n + 5) * sizeof *s->memory);
	if (!s)
		return NULL;
	s->n = n;
	s->alpha = opt[ALPHA];
	s->h = opt[H];
	s->shrink = opt[SHRINK];
	s->growth = (int)opt[GROWTH];
	s->tolerance = opt[TOLERANCE];
	s->best = INFINITY;
	s->g = s->memory;
	s->last = s->memory + n;
	s->d = s->memory + 2 * n;
	s->r = s->memory + 3 * n;
	s->record = s->memory + 4 * n;
	s->B = s->memory + 5 * n;
	for (size_t i = 0; i < n; i++)
		s->B[i * n + i] = 1;
	memcpy(s->record, x, n * sizeof *x);
	return s;
}

static void keep(struct shor *s, const double *x)
{
	if (s->value < s->best) {
		s->best = s->value;
		memcpy(s->record, x, s->n * sizeof *x);
	}
}

static enum nso_status stop(struct shor *s, double *x, enum nso_status status)
{
	if (s->best < INFINITY)
		memcpy(x, s->record, s->n * sizeof *x);
	return status;
}

/* d = B B'g/|B'g|; its length in the space of x. 0 when g vanishes there. */
static double direction(struct shor *s)
{
	int n = (int)s->n;
	double norm;

	cblas_dgemv(CblasRowMajor, CblasTrans, n, n, 1, s->B, n, s->g, 1, 0, s->r, 1);
	norm = sqrt(dot(s->n, s->r, s->r));
	if (!(norm > 0))
		return norm;
	cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 1 / norm, s->B, n, s->r, 1, 0, s->d, 1);
	return sqrt(dot(s->n, s->d, s->d));
}

/* Steps of length h along -d until the minimum is passed; the number of trials. */
static size_t walk(struct shor *s, struct nso_oracle *f, double *x)
{
	size_t trials = 0;
	double before;

	do {
		before = s->value;
		axpy(s->n, -s->h, s->d, x);
		s->value = nso_subgradient(f, x, s->g);
		keep(s, x);
		if (++trials % EVERY == 0 && s->growth == WALK)
			s->h *= walk_growth;
	} while (trials < MOST && s->value <= before && dot(s->n, s->g, s->d) > 0 &&
		 !nso_spent(f));
	return trials;
}

static void adapt(struct shor *s, size_t trials)
{
	double mean;

	memmove(s->trials + 1, s->trials, (MEMORY - 1) * sizeof *s->trials);
	s->trials[0] = (double)trials;
	mean = (3 * s->trials[0] + 2 * s->trials[1] + s->trials[2]) / 6;
	if (trials == 1) {
		s->h *= s->shrink;
		return;
	}
	for (size_t i = 0; s->growth == MEAN && i < sizeof growth / sizeof *growth; i++)
		if (mean > growth[i].trials) {
			s->h *= growth[i].factor;
			return;
		}
}

static void dilate(struct shor *s)
{
	int n = (int)s->n;
	double norm2;

	for (size_t i = 0; i < s->n; i++)
		s->last[i] = s->g[i] - s->last[i];
	cblas_dgemv(CblasRowMajor, CblasTrans, n, n, 1, s->B, n, s->last, 1, 0, s->r, 1);
	norm2 = dot(s->n, s->r, s->r);
	if (!(norm2 > 0))
		return;
	cblas_dgemv(CblasRowMajor, CblasNoTrans, n, n, 1, s->B, n, s->r, 1, 0, s->d, 1);
	cblas_dger(CblasRowMajor, n, n, (1 / s->alpha - 1) / norm2, s->d, 1, s->r, 1, s->B, n);
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct shor *s = state;
	double length;
	size_t trials;

	if (!s->known || nso_share(f) < 1) {
		s->value = nso_subgradient(f, x, s->g);
		s->known = 1;
		keep(s, x);
	}
	if (!isfinite(s->value))
		return stop(s, x, NSO_DIVERGED);
	if (dot(s->n, s->g, s->g) == 0)
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	length = direction(s);
	if (!isfinite(length))
		return stop(s, x, NSO_FAILED);
	if (s->h * length <= s->tolerance * (1 + sqrt(dot(s->n, x, x))))
		return stop(s, x, NSO_STUCK);
	memcpy(s->last, s->g, s->n * sizeof *s->g);
	trials = walk(s, f, x);
	adapt(s, trials);
	dilate(s);
	nso_report(f, 0, s->h);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_r_algorithm = {
	.name = "r-algorithm",
	.title = "r-algorithm",
	.reference = "Shor 1985; parameters of SolvOpt (Kappel, Kuntsevich 2000) and ralgb5 "
		     "(Stetsyuk)",
	.rule = "x <- x - h B B'g/|B'g|; B <- B (I + (1/alpha - 1) r r'), r along B'(g+ - g)",
	.cost = "subgradients along the line, mostly 1-3",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
