/* pdhg.c -- primal-dual hybrid gradient, Chambolle, Pock 2011, algorithms 1 and 2: y+ =
 * prox_{sigma h*}(y + sigma K xbar), x+ = prox_{tau g}(x - tau K'y+), xbar = x+ + theta (x+ -
 * x). */
#include <stdlib.h>
#include <string.h>
#include "nsobench.h"
#include "vectors.h"

enum { TAU, SIGMA, GAMMA, ANSWER };
enum { LAST, ERGODIC };
static const char *const answers[] = { "last", "ergodic", NULL };
static const char chambolle[] = "Chambolle, Pock 2011";
static const struct nso_option options[] = {
	[TAU] = { "tau", NAN, 1e-300, INFINITY, "primal step; auto: 1/|K|", NULL,
		"Chambolle, Pock 2011, section 6", 0 },
	[SIGMA] = { "sigma", NAN, 1e-300, INFINITY, "dual step; auto: 1/(tau |K|^2)", NULL,
		"Condat 2013: tau sigma |K|^2 <= 1", 0 },
	[GAMMA] = { "gamma", 0, 0, INFINITY,
		"strong convexity of g; above 0 the steps change as in algorithm 2", NULL,
		chambolle, 0 },
	[ANSWER] = { "answer", LAST, 0, 1, "the last iterate, or the mean of all", answers,
		chambolle, 0 },
	{ 0 },
};
static const char *const columns[] = { "primal_move", "dual_move", "tau", NULL };

struct pdhg {
	size_t n, m, mean_of;
	double tau, sigma, gamma;
	int answer;
	double *x, *bar, *back, *y, *ahead;
	double memory[];
};

static void *init(struct nso_oracle *f, const double *opt, const double *x)
{
	size_t n = nso_dim(f), m = nso_rows(f);
	double norm = nso_operator_norm(f);
	struct pdhg *s = calloc(1, sizeof *s + (3 * n + 2 * m) * sizeof *s->memory);

	if (!s)
		return NULL;
	norm = norm > 0 ? norm : 1; /* K = 0: any step is allowed */
	s->n = n;
	s->m = m;
	s->tau = isnan(opt[TAU]) ? 1 / norm : opt[TAU];
	s->sigma = isnan(opt[SIGMA]) ? 1 / (s->tau * norm * norm) : opt[SIGMA];
	s->gamma = opt[GAMMA];
	s->answer = (int)opt[ANSWER];
	s->x = s->memory;
	s->bar = s->x + n;
	s->back = s->bar + n;
	s->y = s->back + n;
	s->ahead = s->y + m;
	memcpy(s->x, x, n * sizeof *x);
	memcpy(s->bar, x, n * sizeof *x);
	return s;
}

/* y+; how far y moved. */
static double dual_step(struct pdhg *s, struct nso_oracle *f)
{
	double moved;

	nso_forward(f, s->bar, s->ahead);
	for (size_t i = 0; i < s->m; i++)
		s->ahead[i] = s->y[i] + s->sigma * s->ahead[i];
	nso_prox_dual(f, s->sigma, s->ahead, s->ahead);
	moved = sqrt(distance2(s->m, s->ahead, s->y));
	memcpy(s->y, s->ahead, s->m * sizeof *s->y);
	return moved;
}

/* x+ and xbar; how far x moved. */
static double primal_step(struct pdhg *s, struct nso_oracle *f)
{
	double moved, theta = 1 / sqrt(1 + 2 * s->gamma * s->tau);

	nso_back(f, s->y, s->back);
	for (size_t i = 0; i < s->n; i++)
		s->back[i] = s->x[i] - s->tau * s->back[i];
	nso_prox_primal(f, s->tau, s->back, s->back);
	moved = sqrt(distance2(s->n, s->back, s->x));
	for (size_t i = 0; i < s->n; i++) {
		s->bar[i] = s->back[i] + theta * (s->back[i] - s->x[i]);
		s->x[i] = s->back[i];
	}
	s->tau *= theta;
	s->sigma /= theta;
	return moved;
}

static enum nso_status step(void *state, struct nso_oracle *f, double *x)
{
	struct pdhg *s = state;
	double dual = dual_step(s, f), primal = primal_step(s, f);

	if (!isfinite(dual) || !isfinite(primal))
		return NSO_DIVERGED;
	s->mean_of++;
	if (s->answer == LAST)
		memcpy(x, s->x, s->n * sizeof *x);
	for (size_t i = 0; s->answer == ERGODIC && i < s->n; i++)
		x[i] += (s->x[i] - x[i]) / (double)s->mean_of;
	nso_report(f, 0, primal);
	nso_report(f, 1, dual);
	nso_report(f, 2, s->tau);
	/* a fixed point is a saddle point; the mean goes on towards it */
	return primal == 0 && dual == 0 && s->answer == LAST ? NSO_CONVERGED : NSO_CONTINUE;
}

const struct nso_optimizer nso_optimizer_pdhg = {
	.name = "pdhg",
	.title = "PDHG",
	.reference = "Chambolle, Pock 2011, J. Math. Imaging Vis. 40:120-145",
	.rule = "y <- prox_{sigma h*}(y + sigma K xbar); x <- prox_{tau g}(x - tau K'y); "
		"xbar = x + theta (x - x_last)",
	.cost = "1 forward + 1 back + 1 prox + 1 dual prox",
	.group = "proximal",
	.needs = NSO_SADDLE | NSO_CONVEX_ONLY,
	.options = options,
	.columns = columns,
	.init = init,
	.step = step,
	.free = free,
};
