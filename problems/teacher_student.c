/* teacher_student.c -- a relu network learns what another one answers: f(x) = mean_i (s_x(z_i)
 * - t(z_i))^2, z_i normal, one hidden layer each; Saad, Solla 1995. Planted: the teacher
 * itself, and idle units where the student is wider, give f* = 0. */
#include <stdio.h>
#include <stdlib.h>
#include <gsl/gsl_randist.h>
#include "network/data.h"

enum { N, TEACHER, WIDTH, ROWS, TEST, PRECISION };
static const struct nso_option options[] = {
	[N] = { "inputs", 10, 1, 1e5, "numbers in a row", NULL, "nsobench", 1 },
	[TEACHER] = { "teacher", 4, 1, 1e5, "hidden units of the teacher", NULL, "nsobench",
		1 },
	[WIDTH] = { "width", 16, 1, 1e5, "hidden units of the student, at least the teacher's",
		NULL, "nsobench", 1 },
	[ROWS] = { "rows", 1000, 1, 1e7, "training rows", NULL, "nsobench", 1 },
	[TEST] = { "test", 1000, 1, 1e7, "test rows", NULL, "nsobench", 1 },
	[PRECISION] = { "precision", PRECISION_64, 0, 1, "bits of the network's arithmetic",
		network_precisions, "nsobench", 0 },
	{ 0 },
};

struct teaching {
	struct network *net;
	double *teacher; /* as parameters of the student */
};

static int draw_data(struct dataset *d, const double *opt, gsl_rng *rng)
{
	size_t n = (size_t)opt[N], train = (size_t)opt[ROWS], rows = train + (size_t)opt[TEST];

	d->shape = (struct shape){ 1, 1, n };
	d->targets = 1;
	if (dataset_grow(d, rows, 0))
		return -1;
	for (size_t i = 0; i < rows * n; i++)
		d->numbers[i] = gsl_ran_gaussian(rng, 1);
	d->rows = rows;
	dataset_split(d, train, (struct wish){ 0 });
	return 0;
}

/* Weights N(0, 1/inputs), output weights of size 1 with either sign; the other units are zero.
 */
static void draw_teacher(double *x, const double *opt, gsl_rng *rng)
{
	size_t n = (size_t)opt[N], width = (size_t)opt[WIDTH];

	for (size_t u = 0; u < (size_t)opt[TEACHER]; u++) {
		for (size_t j = 0; j < n; j++)
			x[u * n + j] = gsl_ran_gaussian(rng, 1 / sqrt((double)n));
		x[width * n + width + u] = u % 2 ? -1 : 1;
	}
}

/* The teacher's answers, by the same arithmetic: so that f* is 0 to the last bit. */
static void answer(struct teaching *t)
{
	struct network *net = t->net;
	struct dataset *d = &net->data;
	struct pass pass = { .data = d };
	const struct part parts[] = { d->train, d->test };

	for (size_t p = 0; p < 2; p++)
		for (size_t at = 0; at < parts[p].rows; at += net->plan.chunk) {
			size_t rest = parts[p].rows - at;

			pass.part = &parts[p];
			net->real->outputs(net->work, &pass, at,
				rest < net->plan.chunk ? rest : net->plan.chunk, t->teacher,
				d->values + (p ? d->train.rows : 0) + at);
		}
}

static void teaching_free(void *self)
{
	struct teaching *t = self;

	if (!t)
		return;
	network_free(t->net);
	free(t->teacher);
	free(t);
}

static struct network *layers(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct network *net = calloc(1, sizeof *net);

	if (!net)
		return NULL;
	if (draw_data(&net->data, opt, rng)) {
		network_free(net);
		return NULL;
	}
	plan_add(&net->plan, DENSE, (size_t)opt[WIDTH]);
	plan_add(&net->plan, RELU, 0);
	plan_add(&net->plan, DENSE, 1);
	net->plan.loss = SQUARED;
	return network_ready(net, (int)opt[PRECISION], facts);
}

static void *make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	struct teaching *t = calloc(1, sizeof *t);

	if (opt[TEACHER] > opt[WIDTH])
		snprintf(facts->why, sizeof facts->why,
			"%g hidden units, expected at least the teacher's "
			"%g",
			opt[WIDTH], opt[TEACHER]);
	if (!t || facts->why[0] || !(t->net = layers(opt, rng, facts)) ||
		!(t->teacher = calloc(facts->n, sizeof *t->teacher))) {
		teaching_free(t);
		return NULL;
	}
	draw_teacher(t->teacher, opt, rng);
	answer(t);
	facts->optimum = facts->optimum_error = 0;
	facts->minimizer = t->teacher;
	return t;
}

static const void *net_of(const void *self) { return ((const struct teaching *)self)->net; }

static void start(const void *self, gsl_rng *rng, double *x)
{
	network_start(net_of(self), rng, x);
}

static double eval(const void *self, const double *x, double *g)
{
	return network_eval(net_of(self), x, g);
}

static double batch(const void *self, size_t k, const size_t *rows, const double *x, double *g)
{
	return network_batch(net_of(self), k, rows, x, g);
}

static double score(const void *self, const double *x)
{
	return network_test_loss(net_of(self), x);
}

const struct nso_problem nso_problem_teacher_student = {
	.name = "teacher-student",
	.title = "Teacher and student",
	.reference = "Saad, Solla 1995",
	.formula = "mean_i (a'relu(W z_i + b) + c - t(z_i))^2, t a relu network",
	.group = "network",
	.traits = NSO_STOCHASTIC | NSO_NETWORK | NSO_PLANTED,
	.instances = NSO_REDRAWN,
	.options = options,
	.make = make,
	.start = start,
	.eval = eval,
	.batch = batch,
	.score = score,
	.score_name = "test loss",
	.free = teaching_free,
};
