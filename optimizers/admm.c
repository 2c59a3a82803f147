/* admm.c -- the alternating direction method of multipliers on min g(x) + h(z) over the graph z
 * = Kx: prox steps of g and h, then the projection on the graph, x = (I + K'K)^-1 (c + K'd), by
 * conjugate gradients from the last x. Parikh, Boyd 2014 (Math. Prog. Comp. 6:77-102), section
 * 2.2; the method: Gabay, Mercier 1976. prox_h from h* by Moreau's identity. */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { RHO, INNER };
static const struct nso_option options[] = {
	[RHO] = { "rho", 1, 1e-300, INFINITY, "penalty: the prox steps are 1/rho", NULL,
		"Parikh, Boyd 2014", 0 },
	[INNER] = { "inner", 1e-12, 0, 1,
		"the projection is exact to this, relative to its right-hand side", NULL,
		"nsobench", 0 },
	{ 0 },
};
static const char *const columns[] = { "primal_residual", "change", "inner", NULL };

struct admm {
	size_t n, m;
	double rho, inner;
	double *x, *u, *half, *right, *r, *d; /* n each */
	double *z, *w, *half_z, *kd;          /* m each */
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), m = nso_rows(f);
	struct admm *s = calloc(1, sizeof *s + (6 * n + 4 * m) * sizeof *s->memory);

	if (!s)
		return NULL;
	s->n = n;
	s->m = m;
	s->rho = opt[RHO];
	s->inner = opt[INNER];
	s->x = s->memory;
	s->u = s->x + n;
	s->half = s->u + n;
	s->right = s->half + n;
	s->r = s->right + n;
	s->d = s->r + n;
	s->z = s->d + n;
	s->w = s->z + m;
	s->half_z = s->w + m;
	s->kd = s->half_z + m;
	memcpy(s->x, x, n * sizeof *x);
	nso_forward(f, s->x, s->z);
	return s;
}

/* half = prox_{g/rho}(x - u), half_z = prox_{h/rho}(z - w) = v - prox_{rho h*}(rho v)/rho. */
static void prox_steps(struct admm *s, struct nso_oracle *f)
{
	for (size_t i = 0; i < s->n; i++)
		s->half[i] = s->x[i] - s->u[i];
	nso_prox_primal(f, 1 / s->rho, s->half, s->half);
	for (size_t i = 0; i < s->m; i++)
		s->kd[i] = s->rho * (s->z[i] - s->w[i]);
	nso_prox_dual(f, s->rho, s->kd, s->kd);
	for (size_t i = 0; i < s->m; i++)
		s->half_z[i] = s->z[i] - s->w[i] - s->kd[i] / s->rho;
}

/* r = right - x - K'z, d = r. */
static double residual(struct admm *s, struct nso_oracle *f)
{
	nso_back(f, s->z, s->r);
	for (size_t i = 0; i < s->n; i++)
		s->r[i] = s->right[i] - s->x[i] - s->r[i];
	memcpy(s->d, s->r, s->n * sizeof *s->d);
	return dot(s->n, s->r, s->r);
}

/* Along d by the length that conjugate gradients take; |r|^2 then. Kx stays in z. */
static double along(struct admm *s, struct nso_oracle *f, double rr)
{
	double length, *back = s->half; /* free: its copy is in u */

	nso_forward(f, s->d, s->kd);
	nso_back(f, s->kd, back);
	axpy(s->n, 1, s->d, back);
	length = rr / dot(s->n, s->d, back);
	axpy(s->n, length, s->d, s->x);
	axpy(s->m, length, s->kd, s->z);
	axpy(s->n, -length, back, s->r);
	return dot(s->n, s->r, s->r);
}

/* (x, z) = the point of the graph next to (u, w), which hold half + u, half_z + w. */
static size_t project(struct admm *s, struct nso_oracle *f)
{
	size_t used = 0;
	double rr, enough;

	nso_back(f, s->w, s->right);
	axpy(s->n, 1, s->u, s->right);
	enough = s->inner * s->inner * dot(s->n, s->right, s->right);
	rr = residual(s, f);
	while (rr > enough && used < 2 * s->n + 10 && !nso_spent(f)) {
		double next = along(s, f, rr);

		for (size_t i = 0; i < s->n; i++)
			s->d[i] = s->r[i] + next / rr * s->d[i];
		rr = next;
		used++;
	}
	return used;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct admm *s = state;
	double primal, dual, inner;

	prox_steps(s, f);
	memcpy(x, s->half, s->n * sizeof *x);
	axpy(s->n, 1, s->half, s->u);
	axpy(s->m, 1, s->half_z, s->w);
	dual = distance2(s->n, s->x, x);
	inner = (double)project(s, f);
	nso_report(f, 2, inner);
	primal = distance2(s->n, x, s->x) + distance2(s->m, s->half_z, s->z);
	for (size_t i = 0; i < s->n; i++)
		s->u[i] -= s->x[i];
	for (size_t i = 0; i < s->m; i++)
		s->w[i] -= s->z[i];
	nso_report(f, 0, sqrt(primal));
	nso_report(f, 1, sqrt(dual));
	if (!isfinite(primal) || !isfinite(dual))
		return NSO_DIVERGED;
	return primal == 0 && dual == 0 ? NSO_CONVERGED : NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_admm = {
	.name = "admm",
	.title = "ADMM",
	.reference = "Gabay, Mercier 1976; in graph form Parikh, Boyd 2014",
	.rule = "x' <- prox_{g/rho}(x - u), z' <- prox_{h/rho}(z - w); (x, z) <- the "
		"projection of (x' + u, z' + w) on z = Kx; u += x' - x, w += z' - z",
	.cost = "1 prox + 1 dual prox + a projection by conjugate gradients: 2 back and 1 "
		"forward + 1 back per iteration",
	.group = "proximal",
	.needs = NSO_SADDLE | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
