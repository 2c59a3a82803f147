/* proximal_bundle.c -- proximal bundle method with aggregation and proximity control, Kiwiel
 * 1990 (Math. Programming 46:105-122), non-convex by subgradient locality measures and the line
 * search of Kiwiel 1985, 3.3: d = -w/u, (w, alpha) from min |G lambda|^2/2 + u <lambda, alpha>.
 */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { BUNDLE, GAMMA, U, TOLERANCE };
static const char kiwiel[] = "Kiwiel 1990, section 5";
static const struct nso_option options[] = {
	[BUNDLE] = { "bundle", NAN, 3, 1e5, "subgradients kept; auto: n + 10, at most 200",
		NULL, "nsobench; Kiwiel's runs: n + 3", 1 },
	[GAMMA] = { "gamma", 0.5, 0, INFINITY,
		"weight of distance in the locality measure; 0: convex", NULL,
		"MPBNGC (Makela 2003): 0.5 unless convex", 0 },
	[U] = { "u", NAN, 1e-300, INFINITY, "first proximity weight; auto: |g(x0)|", NULL,
		kiwiel, 0 },
	[TOLERANCE] = { "tolerance", 1e-10, 0, 1,
		"converged when the predicted decrease is below this times 1 + |f|", NULL,
		"nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "u", "predicted", NULL };

static const double m_left = 0.1, m_right = 0.5; /* Kiwiel 1990, section 5 */
static const double t_serious = 0.1;             /* a step at least so long is a serious one */
static const double u_least = 1e-10;             /* Kiwiel 1990, section 5 */
static const double t_least = 1e-10;

struct bundle {
	size_t n, most, count;
	double gamma, tolerance, u;
	double value, variation, predicted; /* f(x); epsilon_v; v < 0 */
	int known, since; /* since: serious (> 0) or null (< 0) steps at this u */
	struct nso_minnorm *solver;
	double *G, *e, *s;      /* rows; linearisation errors; distances to x */
	double *a, *lambda;     /* u alpha; weights */
	double *w, *d, *y, *gy; /* n each */
};

static void close_down(void *state)
{
	struct bundle *b = state;

	if (!b)
		return;
	nso_minnorm_free(b->solver);
	free(b->G);
	free(b);
}

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), most;
	struct bundle *b = calloc(1, sizeof *b);

	(void)x;
	most = !isnan(opt[BUNDLE]) ? (size_t)opt[BUNDLE] : n + 10 < 200 ? n + 10 : 200;
	if (!b || most + 4 > SIZE_MAX / sizeof *b->G / (n + 4))
		goto fail;
	b->n = n;
	b->most = most;
	b->gamma = opt[GAMMA];
	b->u = opt[U];
	b->tolerance = opt[TOLERANCE];
	b->solver = nso_minnorm_alloc(most, n);
	b->G = malloc((most * (n + 4) + 4 * n) * sizeof *b->G);
	if (!b->solver || !b->G)
		goto fail;
	b->e = b->G + most * n;
	b->s = b->e + most;
	b->a = b->s + most;
	b->lambda = b->a + most;
	b->w = b->lambda + most;
	b->d = b->w + n;
	b->y = b->d + n;
	b->gy = b->y + n;
	return b;
fail:
	close_down(b);
	return NULL;
}

static double locality(const struct bundle *b, double e, double s)
{
	return b->gamma > 0 ? fmax(fabs(e), b->gamma * s * s) : fmax(e, 0);
}

static void put(struct bundle *b, size_t i, const double *g, double e, double s)
{
	memcpy(b->G + i * b->n, g, b->n * sizeof *g);
	b->e[i] = e;
	b->s[i] = s;
}

/* A full bundle first loses what has no weight, farthest first; where all have weight, the
 * aggregate takes the place of one and the farthest other one goes (Kiwiel 1990, section 2: two
 * are enough). */
static void make_room(struct bundle *b)
{
	size_t at = 0, other;
	double e = 0, s = 0;

	if (b->count < b->most)
		return;
	for (size_t i = 1; i < b->count; i++)
		if (b->lambda[i] < b->lambda[at] ||
			(b->lambda[i] == b->lambda[at] && b->a[i] > b->a[at]))
			at = i;
	if (b->lambda[at] > 0) {
		for (size_t i = 0; i < b->count; i++) {
			e += b->lambda[i] * b->e[i];
			s += b->lambda[i] * b->s[i];
		}
		other = at == 0;
		for (size_t i = 0; i < b->count; i++)
			if (i != at && b->a[i] > b->a[other])
				other = i;
		put(b, other, b->w, e, s);
	}
	b->count--;
	if (at != b->count) {
		put(b, at, b->G + b->count * b->n, b->e[b->count], b->s[b->count]);
		b->lambda[at] = b->lambda[b->count];
	}
}

/* The new subgradient gy, taken at y; e is its linearisation error at x. */
static void add(struct bundle *b, double e, double s)
{
	make_room(b);
	put(b, b->count++, b->gy, e, s);
}

/* x moves by t d to the value `now`. */
static void shift(struct bundle *b, double *x, double t, double now)
{
	double length = t * sqrt(dot(b->n, b->d, b->d));

	for (size_t i = 0; i < b->count; i++) {
		b->e[i] += now - b->value - t * dot(b->n, b->G + i * b->n, b->d);
		b->s[i] += length;
	}
	axpy(b->n, t, b->d, x);
	b->value = now;
}

static int start(struct bundle *b, struct nso_oracle *f, const double *x)
{
	double norm;

	b->value = nso_subgradient(f, x, b->gy);
	norm = sqrt(dot(b->n, b->gy, b->gy));
	if (!isfinite(b->value) || !isfinite(norm))
		return -1;
	b->count = 0;
	add(b, 0, 0);
	if (isnan(b->u))
		b->u = fmax(norm, u_least);
	b->variation = INFINITY;
	b->known = 1;
	return 0;
}

/* Direction, predicted decrease and w; -1 when the dual solver breaks down. */
static int predict(struct bundle *b, double *norm, double *alpha)
{
	for (size_t i = 0; i < b->count; i++)
		b->a[i] = b->u * locality(b, b->e[i], b->s[i]);
	if (!isfinite(nso_minnorm_shifted(
		    b->solver, b->count, b->G, b->a, b->w, b->lambda, NULL)))
		return -1;
	*alpha = 0;
	for (size_t i = 0; i < b->count; i++)
		*alpha += b->lambda[i] * b->a[i] / b->u;
	*norm = sqrt(dot(b->n, b->w, b->w));
	for (size_t i = 0; i < b->n; i++)
		b->d[i] = -b->w[i] / b->u;
	b->predicted = -(*norm * *norm / b->u + *alpha);
	return 0;
}

/* Kiwiel 1990, procedure 2.2, after a long serious step. */
static void weight_after_serious(struct bundle *b, double decrease)
{
	double u = b->u, candidate = 2 * b->u * (1 - decrease / b->predicted);

	if (decrease <= m_right * b->predicted && b->since > 0)
		u = candidate;
	else if (b->since > 3)
		u = b->u / 2;
	u = fmax(fmax(u, b->u / 10), u_least);
	b->variation = fmax(b->variation, -2 * b->predicted);
	b->since = u != b->u ? 1 : b->since < 1 ? 1 : b->since + 1;
	b->u = u;
}

/* The same after a null step; rise = f(x + d) - f(x), alpha the error of the new linearisation.
 */
static void weight_after_null(
	struct bundle *b, double norm, double aggregate, double rise, double alpha)
{
	double u = b->u;

	b->variation = fmin(b->variation, norm + aggregate);
	if (alpha > fmax(b->variation, -10 * b->predicted) && b->since < -3)
		u = 2 * b->u * (1 - rise / b->predicted);
	u = fmin(u, 10 * b->u);
	b->since = u != b->u ? -1 : b->since > -1 ? -1 : b->since - 1;
	b->u = u;
}

struct trial {
	double left, now, right, value, alpha, distance; /* t_L, f there; t_R, f, alpha there */
};

/* A long serious step (left >= t_serious), else a step t_L >= 0 and a subgradient, taken at
 * t_R, that changes the model: -alpha + <g, d> >= m_right v. -1: neither was found. */
static int search(struct bundle *b, struct nso_oracle *f, const double *x, struct trial *t)
{
	double length = sqrt(dot(b->n, b->d, b->d)), high = 1, at = 1;

	*t = (struct trial){ .now = b->value };
	while (at - t->left > t_least) {
		double slope, error;

		for (size_t i = 0; i < b->n; i++)
			b->y[i] = x[i] + at * b->d[i];
		t->value = nso_subgradient(f, b->y, b->gy);
		if (t->value == -INFINITY)
			return -1;
		t->right = at;
		slope = dot(b->n, b->gy, b->d);
		if (t->value <= b->value + m_left * at * b->predicted) {
			t->left = at;
			t->now = t->value;
		} else {
			high = at;
		}
		t->distance = (at - t->left) * length;
		error = t->now - t->value + (at - t->left) * slope;
		t->alpha = locality(b, error, t->distance);
		if (t->left >= t_serious)
			return 0;
		if (isfinite(error) && -t->alpha + slope >= m_right * b->predicted)
			return 0;
		if (nso_spent(f))
			return 0;
		at = t->left + (high - t->left) / 2;
	}
	return -1;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct bundle *b = state;
	double norm, alpha, before;
	struct trial t;

	if ((!b->known || nso_share(f) < 1) && start(b, f, x) < 0)
		return NSO_DIVERGED;
	if (predict(b, &norm, &alpha) < 0)
		return NSO_FAILED;
	nso_report(f, 0, b->u);
	nso_report(f, 1, -b->predicted);
	if (-b->predicted <= b->tolerance * (1 + fabs(b->value)))
		return nso_share(f) < 1 ? NSO_CONTINUE : NSO_CONVERGED;
	if (search(b, f, x, &t) < 0)
		return t.value == -INFINITY ? NSO_DIVERGED : NSO_STUCK;
	before = b->value;
	if (t.left > 0)
		shift(b, x, t.left, t.now);
	if (isfinite(t.value) && isfinite(dot(b->n, b->gy, b->gy)))
		add(b, t.now - t.value + (t.right - t.left) * dot(b->n, b->gy, b->d),
			t.distance);
	if (t.left >= t_serious)
		weight_after_serious(b, b->value - before);
	else
		weight_after_null(b, norm, alpha, t.value - before, t.alpha);
	return NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_proximal_bundle = {
	.name = "proximal-bundle",
	.title = "Proximal bundle",
	.reference = "Kiwiel 1990, Proximity control in bundle methods; Kiwiel 1985",
	.rule = "x <- x - t w/u if f falls enough, w the aggregate subgradient; u by proximity "
		"control",
	.cost = "1 subgradient; more in the line search of non-convex functions",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = close_down,
};
