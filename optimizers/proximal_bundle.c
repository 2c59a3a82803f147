/* proximal_bundle.c -- proximal bundle method with aggregation and proximity control, Kiwiel
 * 1990 (Math. Programming 46:105-122): d = -w/u, (w, alpha) from min |G lambda|^2/2 + u
 * <lambda, alpha>. Non-convex functions by redistribution, Hare and Sagastizabal 2010 (SIAM J.
 * Optim. 20:2442-2473): the bundle is that of f + eta/2 |. - x|^2, eta the least that makes all
 * linearisations lie below, times gamma. A stop that rests on far points is tried again with
 * these lifted, or without them. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { BUNDLE, GAMMA, U, TOLERANCE };
static const char kiwiel[] = "Kiwiel 1990, section 5";
static const struct nso_option options[] = {
	[BUNDLE] = { "bundle", NAN, 3, 1e5, "subgradients kept; auto: 2 n + 10, at most 400",
		NULL, "nsobench; Kiwiel's runs: n + 3", 1 },
	[GAMMA] = { "gamma", 2, 0, INFINITY,
		"times the convexity that is missing is added; 0: convex, none", NULL,
		"Hare and Sagastizabal 2010: above 1", 0 },
	[U] = { "u", NAN, 1e-300, INFINITY, "first proximity weight; auto: |g(x0)|", NULL,
		kiwiel, 0 },
	[TOLERANCE] = { "tolerance", 1e-10, 0, 1,
		"converged when the predicted decrease is below this times 1 + |f|", NULL,
		"nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "u", "predicted", "eta", NULL };

static const double m_left = 0.1, m_right = 0.5; /* Kiwiel 1990, section 5 */
static const double u_least = 1e-10;             /* Kiwiel 1990, section 5 */
static const double u_most = 1e30; /* steps that only find values that are not finite */
static const double forget = 0.9;  /* eta at a serious step: missing convexity is local */
static const double near = 1e-4;   /* times 1 + |x|: points a stop may rest on */
static const double noise = 1e-12; /* times 1 + |f|: rounding, not missing convexity */

struct bundle {
	size_t n, most, count;
	double gamma, tolerance, u, eta;
	double value, variation, predicted; /* f(x); epsilon_v; v < 0 */
	int known, since; /* since: serious (> 0) or null (< 0) steps at this u */
	int blind;        /* the last trial had no finite f: u says nothing about the model */
	struct nso_minnorm *solver;
	double *G, *D, *C;      /* rows: g_i; y_i - x; g_i + eta (y_i - x) */
	double *e, *q;          /* linearisation errors at x; |y_i - x|^2 */
	double *f;              /* f(y_i); NAN for an aggregate */
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
	most = !isnan(opt[BUNDLE]) ? (size_t)opt[BUNDLE] : n < 195 ? 2 * n + 10 : 400;
	if (!b || most + 4 > SIZE_MAX / sizeof *b->G / (3 * n + 5))
		goto fail;
	b->n = n;
	b->most = most;
	b->gamma = opt[GAMMA];
	b->u = opt[U];
	b->tolerance = opt[TOLERANCE];
	b->solver = nso_minnorm_alloc(most, n);
	b->G = malloc((most * (3 * n + 5) + 4 * n) * sizeof *b->G);
	if (!b->solver || !b->G || nso_minnorm_follow(b->solver))
		goto fail;
	b->D = b->G + most * n;
	b->C = b->D + most * n;
	b->e = b->C + most * n;
	b->q = b->e + most;
	b->f = b->q + most;
	b->a = b->f + most;
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

/* ------------------------------------------------------------------ the bundle ---------------- */

static double *row(const struct bundle *b, double *of, size_t i) { return of + i * b->n; }

static void move(struct bundle *b, size_t to, size_t from)
{
	memcpy(row(b, b->G, to), row(b, b->G, from), b->n * sizeof *b->G);
	memcpy(row(b, b->D, to), row(b, b->D, from), b->n * sizeof *b->D);
	b->e[to] = b->e[from];
	b->q[to] = b->q[from];
	b->f[to] = b->f[from];
	b->a[to] = b->a[from];
	b->lambda[to] = b->lambda[from];
}

/* The aggregate in place of row `at` (Kiwiel 1990, section 2); q is its weighted mean, as the
 * errors are, so that the lifted aggregate is the aggregate of the lifted rows. */
static void aggregate(struct bundle *b, size_t at)
{
	double e = 0, q = 0;

	memset(b->w, 0, b->n * sizeof *b->w);
	memset(b->y, 0, b->n * sizeof *b->y);
	for (size_t i = 0; i < b->count; i++) {
		axpy(b->n, b->lambda[i], row(b, b->G, i), b->w);
		axpy(b->n, b->lambda[i], row(b, b->D, i), b->y);
		e += b->lambda[i] * b->e[i];
		q += b->lambda[i] * b->q[i];
	}
	memcpy(row(b, b->G, at), b->w, b->n * sizeof *b->w);
	memcpy(row(b, b->D, at), b->y, b->n * sizeof *b->y);
	b->e[at] = e;
	b->q[at] = q;
	b->f[at] = NAN;
	b->lambda[at] = 1;
}

/* A full bundle first loses what has no weight, farthest first; where all have weight, the
 * aggregate takes the place of one and the farthest other one goes (two are enough). */
static void make_room(struct bundle *b)
{
	size_t at = 0, other;

	if (b->count < b->most)
		return;
	for (size_t i = 1; i < b->count; i++)
		if (b->lambda[i] < b->lambda[at] ||
			(b->lambda[i] == b->lambda[at] && b->a[i] > b->a[at]))
			at = i;
	if (b->lambda[at] > 0) {
		other = at == 0;
		for (size_t i = 0; i < b->count; i++)
			if (i != at && b->a[i] > b->a[other])
				other = i;
		aggregate(b, other);
	}
	b->count--;
	if (at != b->count)
		move(b, at, b->count);
}

/* The new subgradient gy, taken at x + t d, where f is `value`. */
static void add(struct bundle *b, double value, double t)
{
	double *to;

	make_room(b);
	memcpy(row(b, b->G, b->count), b->gy, b->n * sizeof *b->gy);
	to = row(b, b->D, b->count);
	for (size_t i = 0; i < b->n; i++)
		to[i] = t * b->d[i];
	b->e[b->count] = t > 0 ? b->value - value + t * dot(b->n, b->gy, b->d) : 0;
	b->q[b->count] = dot(b->n, to, to);
	b->f[b->count] = value;
	b->lambda[b->count++] = 0;
}

/* x moves by d to the value `now`. */
static void shift(struct bundle *b, double *x, double now)
{
	double dd = dot(b->n, b->d, b->d);

	for (size_t i = 0; i < b->count; i++) {
		b->e[i] += now - b->value - dot(b->n, row(b, b->G, i), b->d);
		b->q[i] = fmax(0, b->q[i] - 2 * dot(b->n, row(b, b->D, i), b->d) + dd);
		axpy(b->n, -1, b->d, row(b, b->D, i));
	}
	axpy(b->n, 1, b->d, x);
	b->value = now;
}

/* Only what f says at x. */
static int restart(struct bundle *b, struct nso_oracle *f, const double *x)
{
	b->value = nso_subgradient(f, x, b->gy);
	b->count = 0;
	add(b, b->value, 0);
	b->variation = INFINITY;
	b->since = 0;
	return isfinite(b->value) && isfinite(dot(b->n, b->gy, b->gy)) ? 0 : -1;
}

static int start(struct bundle *b, struct nso_oracle *f, const double *x)
{
	memset(b->d, 0, b->n * sizeof *b->d);
	if (restart(b, f, x) < 0)
		return -1;
	if (isnan(b->u))
		b->u = fmax(sqrt(dot(b->n, b->gy, b->gy)), u_least);
	b->known = 1;
	return 0;
}

/* ------------------------------------------------------------------ missing convexity --------- */

static double lacks(const struct bundle *b, double violation, double distance2)
{
	return violation > noise * (1 + fabs(b->value)) && distance2 > 0
		       ? 2 * violation / distance2
		       : 0;
}

/* Every linearisation must lie below f at x once eta/2 |. - x|^2 is added to f. */
static void convexify(struct bundle *b)
{
	double need = 0;

	for (size_t i = 0; i < b->count; i++)
		need = fmax(need, lacks(b, -b->e[i], b->q[i]));
	if (b->eta < need)
		b->eta = b->gamma * need;
}

/* By how much linearisation i exceeds f at the new point x + d, or the new one f at y_i, as
 * missing convexity; of an aggregate there is no y_i, and its distance is the root of a mean
 * square. */
static double lacks_beside(const struct bundle *b, size_t i, double now)
{
	const double *g = b->G + i * b->n, *D = b->D + i * b->n;
	double distance2 = 0, there = b->value - b->e[i], back = now;

	for (size_t k = 0; k < b->n; k++) {
		double h = b->d[k] - D[k];

		distance2 += h * h;
		there += g[k] * b->d[k];
		back -= b->gy[k] * h;
	}
	if (isnan(b->f[i]))
		distance2 = b->q[i] + dot(b->n, b->d, b->d) - 2 * dot(b->n, D, b->d);
	return lacks(b, fmax(there - now, back - b->f[i]), distance2);
}

/* The same for the new point and each old one, both ways: a far linearisation that touches f at
 * x from below only by chance would else stop the method there. */
static void compare(struct bundle *b, double now)
{
	double need = 0;

	for (size_t i = 0; i < b->count; i++)
		need = fmax(need, lacks_beside(b, i, now));
	if (b->eta < need)
		b->eta = b->gamma * need;
}

/* The predicted decrease is nothing, but of a model of far points: without convexity that says
 * little about x. They are lifted, or, where they were, forgotten. 0: the points are near. */
static int try_again(struct bundle *b, struct nso_oracle *f, const double *x)
{
	double far = 0, slope = sqrt(dot(b->n, b->gy, b->gy));

	for (size_t i = 0; i < b->count; i++)
		if (b->lambda[i] > 1e-6)
			far = fmax(far, sqrt(b->q[i]));
	if (b->gamma == 0 || far <= near * (1 + sqrt(dot(b->n, x, x))))
		return 0;
	if (b->eta < 0.9 * slope / far) {
		b->eta = slope / far;
		b->u = fmax(b->u, slope / far);
		b->variation = INFINITY;
		b->since = 0;
	} else {
		b->blind = restart(b, f, x) < 0;
		b->u = fmax(b->u, 10 * sqrt(dot(b->n, b->gy, b->gy)) / far);
	}
	return 1;
}

/* ------------------------------------------------------------------ a step -------------------- */

static const double *lifted_rows(struct bundle *b)
{
	if (b->eta == 0)
		return b->G;
	for (size_t i = 0; i < b->count * b->n; i++)
		b->C[i] = b->G[i] + b->eta * b->D[i];
	return b->C;
}

/* Direction, predicted decrease and w; -1 when the dual solver breaks down. */
static int predict(struct bundle *b, double *norm, double *alpha)
{
	convexify(b);
	for (size_t i = 0; i < b->count; i++)
		b->a[i] = b->u * fmax(0, b->e[i] + b->eta / 2 * b->q[i]);
	if (!isfinite(nso_minnorm_shifted(
		    b->solver, b->count, lifted_rows(b), b->a, b->w, b->lambda, NULL)))
		return -1;
	*alpha = 0;
	for (size_t i = 0; i < b->count; i++)
		*alpha += b->lambda[i] * b->a[i] / b->u;
	*norm = sqrt(dot(b->n, b->w, b->w));
	for (size_t i = 0; i < b->n; i++)
		b->d[i] = -b->w[i] / b->u;
	/* f(x) + eta |d|^2/2 less the model there */
	b->predicted = -(*norm * *norm / b->u * (1 + b->eta / 2 / b->u) + *alpha);
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
	struct bundle *b, double norm, double aggregate_error, double rise, double alpha)
{
	double u = b->u;

	b->variation = fmin(b->variation, norm + aggregate_error);
	if (alpha > fmax(b->variation, -10 * b->predicted) && b->since < -3)
		u = 2 * b->u * (1 - rise / b->predicted);
	u = fmin(u, 10 * b->u);
	b->since = u != b->u ? -1 : b->since > -1 ? -1 : b->since - 1;
	b->u = u;
}

static enum nso_status move_or_learn(
	struct bundle *b, struct nso_oracle *f, double *x, double norm, double alpha)
{
	double before = b->value, now;

	for (size_t i = 0; i < b->n; i++)
		b->y[i] = x[i] + b->d[i];
	now = nso_subgradient(f, b->y, b->gy);
	if (now == -INFINITY)
		return NSO_DIVERGED;
	b->blind = !isfinite(now) || !isfinite(dot(b->n, b->gy, b->gy));
	if (b->blind) {
		b->u *= 10;
		return b->u < u_most ? NSO_CONTINUE : NSO_STUCK;
	}
	if (b->gamma > 0)
		compare(b, now);
	if (now <= b->value + m_left * b->predicted) {
		shift(b, x, now);
		add(b, now, 0);
		b->eta *= forget;
		weight_after_serious(b, now - before);
	} else {
		add(b, now, 1);
		weight_after_null(b, norm, alpha, now - before, b->e[b->count - 1]);
	}
	return NSO_CONTINUE;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct bundle *b = state;
	double norm, alpha;

	if ((!b->known || nso_share(f) < 1) && start(b, f, x) < 0)
		return NSO_DIVERGED;
	if (predict(b, &norm, &alpha) < 0)
		return NSO_FAILED;
	nso_report(f, 0, b->u);
	nso_report(f, 1, -b->predicted);
	nso_report(f, 2, b->eta);
	if (-b->predicted > b->tolerance * (1 + fabs(b->value)))
		return move_or_learn(b, f, x, norm, alpha);
	if (b->blind)
		return NSO_STUCK;
	return nso_share(f) < 1 || try_again(b, f, x) ? NSO_CONTINUE : NSO_CONVERGED;
}

const struct nso_optimizer nso_optimizer_proximal_bundle = {
	.name = "proximal-bundle",
	.title = "Proximal bundle",
	.reference = "Kiwiel 1990, Proximity control in bundle methods; Hare and Sagastizabal "
		     "2010",
	.rule = "x <- x - w/u if f falls enough, w the aggregate subgradient of f + eta/2 |. - "
		"x|^2; "
		"u by proximity control",
	.cost = "1 subgradient",
	.group = "nonsmooth",
	.needs = NSO_SUBGRADIENT,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = close_down,
};
