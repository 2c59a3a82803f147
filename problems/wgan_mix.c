/* wgan_mix.c -- Wasserstein GAN with weight clipping on eight Gaussians round a circle: a game
 * of two players, generator G and critic D; Arjovsky, Chintala, Bottou 2017; the mixture of
 * Metz et al. 2017. The critic descends mean D(G(z)) - mean D(y), n_critic steps a round, then
 * is clipped to a box; the generator descends -mean D(G(z)). As a function (eval) it is the
 * critic's loss. */
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include "network/data.h"

enum { MODES = 8, LATENT = 4, RADIUS = 2 };
enum { GENERATOR, CRITIC, PLAYERS };
enum { WIDTH, N_CRITIC, CLIP, DEVIATION, SCORE, ROWS, PRECISION };
static const char *const scores[] = { "modes", "energy", NULL };
static const struct nso_option options[] = {
	[WIDTH] = { "width", 64, 1, 1e4, "units of a hidden layer", NULL, "nsobench", 1 },
	[N_CRITIC] = { "n_critic", 5, 1, 1000, "steps of the critic to one of the generator",
		NULL, "Arjovsky et al. 2017", 1 },
	[CLIP] = { "clip", 0.1, 1e-6, INFINITY, "largest absolute parameter of the critic",
		NULL, "nsobench (0.01 in Arjovsky et al. 2017, for deep critics)", 0 },
	[DEVIATION] = { "deviation", 0.1, 0, 1,
		"standard deviation of each Gaussian (radius 2)", NULL, "nsobench", 0 },
	[SCORE] = { "score", 0, 0, 1, "modes covered (of 8), or energy distance", scores,
		"nsobench", 0 },
	[ROWS] = { "rows", 4000, 1, 1e7, "points of the mixture, and as many latent ones", NULL,
		"nsobench", 1 },
	[PRECISION] = { "precision", 0, 0, 1, "bits of the networks' arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

enum { JUDGED = 1000 }; /* points of the test */

struct mix {
	struct network *fake;  /* G, then D, on latent points: mean D(G(z)) over [G | D] */
	struct network *real;  /* D on the mixture */
	struct network *shown; /* G alone, for the score */
	size_t first_critic, n, n_critic, *latent;
	double clip, deviation, *g, *points;
	int energy;
	uint64_t seed;
};

/* ------------------------------------------------------------------ the players' losses ------- */

/* Latent rows of a step: fresh ones where draw gave a seed, else those of the same numbers. */
static const size_t *latent_rows(const struct mix *m, size_t k, const size_t *terms)
{
	size_t rows = m->real->data.train.rows;

	if (!terms || !m->seed || k > rows)
		return terms;
	for (size_t j = 0; j < k; j++) {
		uint64_t z = (m->seed + j) * UINT64_C(0x9e3779b97f4a7c15);

		z = (z ^ (z >> 32)) * UINT64_C(0xd6e8feb86659fd93);
		m->latent[j] = (size_t)((z ^ (z >> 32)) % rows);
	}
	return m->latent;
}

static double mean_of(
	const struct network *net, size_t k, const size_t *rows, const double *x, double *g)
{
	return rows ? network_batch(net, k, rows, x, g) : network_eval(net, x, g);
}

/* mean D(G(z)) - mean D(y); its gradient over [G | D]. */
static double gap(
	const struct mix *m, size_t k, const size_t *terms, const double *x, double *g)
{
	double fake = mean_of(m->fake, k, latent_rows(m, k, terms), x, g);
	double real = mean_of(m->real, k, terms, x + m->first_critic, g ? m->g : NULL);

	for (size_t i = m->first_critic; g && i < m->n; i++)
		g[i] -= m->g[i - m->first_critic];
	return fake - real;
}

static double loss(const void *self, size_t player, size_t k, const size_t *terms,
	const double *x, double *g)
{
	const struct mix *m = self;
	double *all = m->g + m->n, f;

	if (player == CRITIC) {
		f = gap(m, k, terms, x, g ? all : NULL);
		if (g)
			memcpy(g, all + m->first_critic, (m->n - m->first_critic) * sizeof *g);
		return f;
	}
	f = mean_of(m->fake, k, latent_rows(m, k, terms), x, g ? all : NULL);
	for (size_t i = 0; g && i < m->first_critic; i++)
		g[i] = -all[i];
	return -f;
}

static void block(const void *self, size_t player, size_t *first, size_t *len)
{
	const struct mix *m = self;

	*first = player == GENERATOR ? 0 : m->first_critic;
	*len = player == GENERATOR ? m->first_critic : m->n - m->first_critic;
}

static size_t turns(const void *self, size_t player)
{
	return player == CRITIC ? ((const struct mix *)self)->n_critic : 1;
}

static void settle(const void *self, size_t player, double *x)
{
	const struct mix *m = self;

	for (size_t i = m->first_critic; player == CRITIC && i < m->n; i++)
		x[i] = fmin(fmax(x[i], -m->clip), m->clip);
}

static const struct nso_game game = { PLAYERS, block, turns, loss, settle };

/* ------------------------------------------------------------------ making -------------------- */

static int draw_points(struct dataset *d, size_t numbers, size_t targets, size_t rows,
	gsl_rng *rng, double deviation)
{
	d->shape = (struct shape){ 1, 1, numbers };
	d->targets = targets;
	if (dataset_grow(d, rows + JUDGED, 0))
		return -1;
	for (; d->rows < rows + JUDGED; d->rows++) {
		double *at = d->numbers + d->rows * numbers,
		       angle = 2 * M_PI * (double)(d->rows % MODES);

		for (size_t j = 0; j < numbers; j++)
			at[j] = gsl_ran_gaussian(rng, 1);
		if (isnan(deviation))
			continue;
		at[0] = RADIUS * cos(angle / MODES) + deviation * at[0];
		at[1] = RADIUS * sin(angle / MODES) + deviation * at[1];
	}
	dataset_split(d, rows, (struct wish){ 0 });
	return 0;
}

static void perceptron(struct plan *p, size_t width, size_t outputs)
{
	for (size_t i = 0; i < 2; i++) {
		plan_add(p, DENSE, width);
		plan_add(p, RELU, 0);
	}
	plan_add(p, DENSE, outputs);
}

static struct network *begin(size_t numbers, size_t targets, enum loss_kind kind,
	const double *opt, gsl_rng *rng, double deviation)
{
	struct network *net = calloc(1, sizeof *net);

	if (net &&
		draw_points(&net->data, numbers, targets, (size_t)opt[ROWS], rng, deviation)) {
		network_free(net);
		return NULL;
	}
	if (net)
		net->plan.loss = kind;
	return net;
}

static void mix_free(void *self)
{
	struct mix *m = self;

	if (!m)
		return;
	network_free(m->fake);
	network_free(m->real);
	network_free(m->shown);
	free(m->g);
	free(m->latent);
	free(m->points);
	free(m);
}

static int make_networks(
	struct mix *m, const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	size_t width = (size_t)opt[WIDTH];
	int precision = (int)opt[PRECISION];
	struct nso_facts other = { 0 };

	m->fake = begin(LATENT, 1, AVERAGE, opt, rng, NAN);
	m->real = begin(2, 1, AVERAGE, opt, rng, opt[DEVIATION]);
	m->shown = begin(LATENT, 2, SQUARED, opt, rng, NAN);
	if (!m->fake || !m->real || !m->shown)
		return -1;
	perceptron(&m->fake->plan, width, 2);
	perceptron(&m->fake->plan, width, 1);
	perceptron(&m->real->plan, width, 1);
	perceptron(&m->shown->plan, width, 2);
	m->real = network_ready(m->real, precision, &other);
	m->shown = network_ready(m->shown, precision, &other);
	m->fake = network_ready(m->fake, precision, facts);
	return m->fake && m->real && m->shown ? 0 : -1;
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct mix *m = calloc(1, sizeof *m);
	size_t rows = (size_t)opt[ROWS];

	if (!m || make_networks(m, opt, rng, facts)) {
		mix_free(m);
		return NULL;
	}
	m->n = facts->n;
	m->first_critic = m->shown->plan.n;
	m->g = calloc(2 * m->n, sizeof *m->g);
	m->latent = calloc(rows, sizeof *m->latent);
	m->points = calloc(2 * JUDGED, sizeof *m->points);
	if (!m->g || !m->latent || !m->points) {
		mix_free(m);
		return NULL;
	}
	m->n_critic = (size_t)opt[N_CRITIC];
	m->clip = opt[CLIP];
	m->deviation = opt[DEVIATION];
	m->energy = opt[SCORE] != 0;
	return m;
}

static void start(const void *self, gsl_rng *rng, double *x)
{
	const struct mix *m = self;

	network_start(m->fake, rng, x);
	settle(m, CRITIC, x);
}

static double eval(const void *self, const double *x, double *g)
{
	return gap(self, 0, NULL, x, g);
}

static double batch(const void *self, size_t k, const size_t *terms, const double *x, double *g)
{
	return gap(self, k, terms, x, g);
}

static void draw(void *self, gsl_rng *rng)
{
	((struct mix *)self)->seed = (uint64_t)gsl_rng_get(rng) | 1;
}

/* ------------------------------------------------------------------ score --------------------- */

/* A mode is covered when a fiftieth of the points (an eighth is its due) lies within 3
 * deviations. */
static double modes_covered(const struct mix *m)
{
	double covered = 0;

	for (size_t k = 0; k < MODES; k++) {
		double angle = 2 * M_PI * (double)k / MODES;
		size_t near = 0;

		for (size_t i = 0; i < JUDGED; i++)
			near += hypot(m->points[2 * i] - RADIUS * cos(angle),
					m->points[2 * i + 1] - RADIUS * sin(angle)) <=
				3 * m->deviation;
		covered += near >= JUDGED / 50;
	}
	return covered;
}

static double mean_distance(const double *a, const double *b)
{
	double sum = 0;

	for (size_t i = 0; i < JUDGED; i++)
		for (size_t j = 0; j < JUDGED; j++) {
			double dx = a[2 * i] - b[2 * j], dy = a[2 * i + 1] - b[2 * j + 1];

			sum += sqrt(dx * dx + dy * dy);
		}
	return sum / JUDGED / JUDGED;
}

/* Szekely, Rizzo 2013: 2 E|X - Y| - E|X - X'| - E|Y - Y'|. */
static double energy_distance(const struct mix *m)
{
	const double *real = m->real->data.test.numbers;

	return 2 * mean_distance(m->points, real) - mean_distance(m->points, m->points) -
	       mean_distance(real, real);
}

static double score(const void *self, const double *x)
{
	const struct mix *m = self;
	struct pass pass = { .data = &m->shown->data, .part = &m->shown->data.test };
	size_t chunk = m->shown->plan.chunk;

	for (size_t at = 0; at < JUDGED; at += chunk)
		m->shown->real->outputs(m->shown->work, &pass, at,
			JUDGED - at < chunk ? JUDGED - at : chunk, x, m->points + 2 * at);
	return m->energy ? energy_distance(m) : modes_covered(m);
}

const struct nso_problem nso_problem_wgan_mix = {
	.name = "wgan-mix",
	.title = "Wasserstein GAN on eight Gaussians",
	.reference = "Arjovsky, Chintala, Bottou 2017; Metz, Poole, Pfau, Sohl-Dickstein 2017",
	.formula = "game: D descends mean D(G(z)) - mean D(y), G descends -mean D(G(z))",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.batch = batch,
	.draw = draw,
	.score = score,
	.score_name = "modes covered (or energy distance)",
	.free = mix_free,
	.game = &game,
};
