/* pieces.c -- checks of the Clarke subdifferential a problem claims: its support function
 * sigma(d) = max <v, d> is the gradient's at smooth points, and at kinks the one-sided
 * derivative of f along d where f is regular (convex, weakly convex, a finite max; Clarke 1983,
 * section 2.3), at least that derivative everywhere. */
#include <config.h>
#include "check/probe.h"
#include <string.h>
#include <gsl/gsl_eigen.h>

static double row_dot(const struct nso_pieces *p, size_t row, const double *d)
{
	const double *v = p->data + p->row[row].at;
	double sum = 0;

	for (size_t i = 0; i < p->row[row].len; i++)
		sum += v[i] * d[p->row[row].first + i];
	return sum;
}

/* Largest eigenvalue of the matrix with the entries <row_ab, d>, off-diagonal rows being
 * doubled. */
static double spectral_support(const struct nso_pieces *p, size_t summand, const double *d)
{
	size_t order = p->summand[summand].order, at = p->summand[summand].first;
	gsl_matrix *m = gsl_matrix_alloc(order, order);
	gsl_vector *values = gsl_vector_alloc(order);
	gsl_eigen_symm_workspace *w = gsl_eigen_symm_alloc(order);
	double most = NAN;

	if (m && values && w) {
		for (size_t a = 0; a < order; a++)
			for (size_t b = a; b < order; b++) {
				double v = row_dot(p, at++, d) * (a == b ? 1 : 0.5);

				gsl_matrix_set(m, a, b, v);
				gsl_matrix_set(m, b, a, v);
			}
		gsl_eigen_symm(m, values, w);
		most = gsl_vector_max(values);
	}
	gsl_matrix_free(m);
	gsl_vector_free(values);
	gsl_eigen_symm_free(w);
	return most;
}

static double summand_support(const struct nso_pieces *p, size_t s, const double *d)
{
	size_t first = p->summand[s].first, rows = p->summand[s].rows;
	double most = -INFINITY, square = 0;

	if (p->summand[s].kind == SPECTRAL)
		return spectral_support(p, s, d);
	for (size_t r = first; r < first + rows; r++) {
		double v = row_dot(p, r, d);

		most = v > most ? v : most;
		square += v * v;
	}
	if (p->summand[s].kind == BALL)
		return sqrt(square);
	return rows ? most : 0;
}

/* Max over the set of <v, d>. */
static double pieces_support(const struct nso_pieces *p, const double *d)
{
	double sum = 0;

	for (size_t i = 0; i < p->n; i++)
		sum += p->base[i] * d[i];
	for (size_t s = 0; s < p->summands; s++)
		sum += summand_support(p, s, d);
	return sum;
}

/* The set contains the subgradient: <g, d> <= sigma(d); with one direction and its opposite. */
static int contains(struct probe *p, const double *x, double tol)
{
	double norm, f = instance_eval(p->in, x, p->g);

	if (!isfinite(f) || instance_pieces(p->in, x, tol * (1 + fabs(f)), &p->pieces))
		return 1;
	norm = sqrt(probe_dot(p, p->g, p->g));
	for (int k = 0; k < 4; k++) {
		probe_direction(p, p->d);
		if (!(probe_dot(p, p->g, p->d) <=
			    pieces_support(&p->pieces, p->d) + 1e-9 * norm))
			return 0;
	}
	return 1;
}

static void check_membership(struct probe *p)
{
	int tried = p->points < 100 ? p->points : 100, held = 0;

	for (int k = 0; k < tried; k++) {
		probe_point(p, k, p->x);
		held += contains(p, p->x, 1e-12);
	}
	held += contains(p, p->centre, 1e-10);
	check_found(p->check, held == tried + 1, "the subgradient lies in the pieces' set",
		"at %d of %d points", held, tried + 1);
}

/* A kink between x and y, where the pieces change: bisection for a jump of <g, y - x>. Its
 * place in x; -1 if the gradient only changes a little all the way. */
static int find_kink(struct probe *p)
{
	double low, high, middle, jump;

	for (size_t i = 0; i < p->n; i++)
		p->d[i] = p->y[i] - p->x[i];
	instance_eval(p->in, p->x, p->g);
	low = probe_dot(p, p->g, p->d);
	instance_eval(p->in, p->y, p->g);
	high = probe_dot(p, p->g, p->d);
	jump = fabs(high - low);
	for (int k = 0; k < 60; k++) {
		for (size_t i = 0; i < p->n; i++)
			p->z[i] = p->x[i] + 0.5 * (p->y[i] - p->x[i]);
		if (!isfinite(instance_eval(p->in, p->z, p->g)))
			return -1;
		middle = probe_dot(p, p->g, p->d);
		if (fabs(middle - low) > fabs(high - middle)) {
			memcpy(p->y, p->z, p->n * sizeof *p->y);
			high = middle;
		} else {
			memcpy(p->x, p->z, p->n * sizeof *p->x);
			low = middle;
		}
	}
	return fabs(high - low) > 1e-3 * jump && jump > 0 ? 0 : -1;
}

static const double stride = 1e-5, tiny_stride = 1e-8;

/* One-sided derivative of f at x along d by extrapolation of forward differences; -1 where a
 * third step or a much shorter one shows that it has not settled (|x|^1.01 has slope 0, and 0.9
 * here). */
static int one_sided(struct probe *p, const double *x, double f, const double *d, double *found)
{
	double h = stride;
	double a = (probe_along(p, x, h, d) - f) / h;
	double b = (probe_along(p, x, h / 2, d) - f) / (h / 2);
	double c = (probe_along(p, x, h / 4, d) - f) / (h / 4);
	double tiny = (probe_along(p, x, tiny_stride, d) - f) / tiny_stride;
	double scale = fabs(a) + fabs(b) + fabs(c), floor = 1e-14 * (1 + fabs(f)) / tiny_stride;

	*found = 2 * c - b;
	return fabs(*found - (2 * b - a)) <= 1e-5 * scale &&
			       fabs(*found - tiny) <= 1e-4 * scale + floor
		       ? 0
		       : -1;
}

struct kinks {
	int points, directions, judged, held;
	double worst;
};

static void judge_kink(struct probe *p, const double *x, struct kinks *k)
{
	double f = instance_eval(p->in, x, NULL), active = 1e-10 * (1 + fabs(f));
	/* a piece within the tolerance shifts what the shortest difference shows by this much,
	 * rounding of f by less */
	double doubt = 10 * active / stride;
	int regular = (p->in->facts.traits & (NSO_CONVEX | NSO_WEAKLY_CONVEX | NSO_FINITE_MAX |
						     NSO_SMOOTH)) != 0;

	if (instance_pieces(p->in, x, active, &p->pieces))
		return;
	k->points++;
	for (int i = 0; i < 8; i++) {
		double found, sigma, excess, scale;

		probe_direction(p, p->d);
		k->directions++;
		if (one_sided(p, x, f, p->d, &found))
			continue;
		/* so steep that rounding x moves f by more than the tolerance of being active
		 */
		if (fabs(found) * 2.3e-16 * sqrt(probe_dot(p, x, x)) > active)
			continue;
		sigma = pieces_support(&p->pieces, p->d);
		scale = fabs(found) + fabs(sigma) + 1e-3 * sqrt(probe_dot(p, p->g, p->g)) +
			1e-300;
		excess = found - sigma;
		if (regular)
			excess = fabs(excess);
		excess -= doubt;
		k->judged++;
		k->held += excess <= 1e-3 * scale;
		k->worst = fmax(k->worst, excess / scale);
	}
}

static void check_kinks(struct probe *p)
{
	struct kinks k = { 0 };
	int tried = p->points < 100 ? p->points : 100;

	judge_kink(p, p->centre, &k);
	if (p->in->facts.minimizer)
		judge_kink(p, p->in->facts.minimizer, &k);
	for (int i = 0; i < tried; i++) {
		probe_point(p, i, p->x);
		probe_point(p, (int)(gsl_rng_get(p->rng) % 8), p->y);
		if (!find_kink(p))
			judge_kink(p, p->x, &k);
	}
	if (!k.judged)
		check_found(p->check, CHECK_UNTESTED,
			"directional derivative = support function of the pieces",
			"%d kinks, no direction of %d settled", k.points, k.directions);
	else
		check_found(p->check, k.held == k.judged,
			"directional derivative = support function of the pieces",
			"%d of %d directions at %d points, worst %.1e", k.held, k.judged,
			k.points, k.worst);
}

void check_subdifferential(struct probe *p)
{
	if (!p->in->problem->pieces)
		return;
	check_membership(p);
	if (!p->coarse)
		check_kinks(p);
}
