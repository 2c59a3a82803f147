/* test_network_learning.c -- networks learn what they should, through the harness as a user
 * runs them. The longer ones only with NSOBENCH_BIG, those on MNIST only with NSOBENCH_DATA. */
#include <stdlib.h>
#include <string.h>
#include <criterion/criterion.h>
#include "leak.h"
#include "problems/network/data.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/random.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/schedule.h"

struct job {
	const char *problem, *options, *optimizer, *settings;
	size_t batch;
	double epochs, steps;
	enum schedule_kind schedule;
};

static struct record run(const struct job *j)
{
	struct cell c;
	struct instance in = { 0 };
	struct record r = { 0 };
	struct why why = { "" };

	quiet_floats();
	cell_defaults(&c);
	c.problem = problem_find(j->problem);
	c.optimizer = optimizer_find(j->optimizer);
	cr_assert(
		c.problem && c.optimizer, "%s and %s are registered", j->problem, j->optimizer);
	option_defaults(c.problem->options, c.popt);
	option_defaults(c.optimizer->options, c.oopt);
	cr_assert_eq(option_parse(c.problem->options, j->problem, j->options, c.popt, &why), 0,
		"%s", why.text);
	cr_assert_eq(
		option_parse(c.optimizer->options, j->optimizer, j->settings, c.oopt, &why), 0,
		"%s", why.text);
	c.batch = j->batch;
	c.budget.work = INFINITY;
	c.budget.epochs = j->epochs > 0 ? j->epochs : INFINITY;
	c.budget.steps = j->steps > 0 ? j->steps : INFINITY;
	c.schedule.kind = j->schedule;
	c.grid = (struct grid){ GRID_LOG, 2 };
	cr_assert_eq(instance_make(&in, c.problem, c.popt, 0, &why), 0, "%s", why.text);
	cr_assert_eq(cell_run(&c, &in, &r), 0, "the run ends");
	cr_expect_eq(r.status, BUDGET, "%s on %s: %s %s", j->optimizer, j->problem,
		status_words[r.status], r.reason);
	instance_free(&in);
	return r;
}

static double last_score(const struct record *r)
{
	for (size_t i = 0; i < r->columns; i++)
		if (!strcmp(r->column[i].name, "score"))
			return r->column[i].v[r->points - 1];
	return NAN;
}

static void reaches(const struct job *j, double wanted)
{
	struct record r = run(j);
	double score = last_score(&r);

	cr_expect(score >= wanted, "%s:%s with %s: %.4f after %g epochs, expected %.4f",
		j->problem, j->options, j->optimizer, score, j->epochs, wanted);
	record_free(&r);
	no_leak();
}

static void only_big(void)
{
	if (!getenv("NSOBENCH_BIG"))
		cr_skip("with NSOBENCH_BIG=1");
}

static void only_mnist(void)
{
	char found[4096];

	if (!getenv("NSOBENCH_DATA") ||
		nso_data_path("mnist/t10k-images-idx3-ubyte", found, sizeof found))
		cr_skip("no mnist/ under $NSOBENCH_DATA");
}

Test(network_learning, spirals, .timeout = 300)
{
	reaches(&(struct job){ "spirals", "", "adamw", "lr=0.005", 64, 40, 0, COSINE }, 0.99);
}

/* The methods that see a network's matrices learn as well. */
Test(network_learning, spirals_by_matrices, .timeout = 300)
{
	reaches(&(struct job){ "spirals", "", "muon", "lr=0.02,adam_lr=0.005", 64, 40, 0,
			COSINE },
		0.97);
	reaches(&(struct job){ "spirals", "", "soap", "lr=0.005", 64, 40, 0, COSINE }, 0.97);
	reaches(&(struct job){ "spirals", "", "shampoo", "lr=0.3", 64, 40, 0, COSINE }, 0.97);
}

/* Every tensor is a vector or a whole number of rows; both occur. */
Test(network_learning, shapes_of_tensors, .timeout = 300)
{
	static const char *const names[] = { "spirals", "mlp", "cnn", "char-lstm", "wgan-mix",
		"qat-cnn" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct nso_problem *problem = problem_find(names[i]);
		double opt[NSO_MAX_OPTIONS];
		struct instance in = { 0 };
		struct why why = { "" };
		size_t matrices = 0, vectors = 0, begin = 0;

		option_defaults(problem->options, opt);
		cr_assert_eq(instance_make(&in, problem, opt, 0, &why), 0, "%s", why.text);
		cr_assert(in.facts.block_rows != NULL, "%s names no shapes", names[i]);
		for (size_t b = 0; b < in.facts.blocks; begin = in.facts.block_ends[b++]) {
			size_t len = in.facts.block_ends[b] - begin,
			       rows = in.facts.block_rows[b];

			cr_assert(rows == 0 || len % rows == 0,
				"%s, tensor %zu: %zu numbers in %zu rows", names[i], b, len,
				rows);
			*(rows ? &matrices : &vectors) += 1;
		}
		cr_assert(matrices > 0 && vectors > 0, "%s: %zu matrices, %zu vectors",
			names[i], matrices, vectors);
		instance_free(&in);
	}
	no_leak();
}

/* A linear model stays below 90 %: there is something to learn. */
Test(network_learning, linear_model_on_glyphs_stays_below, .timeout = 300)
{
	struct job j = { "mlp", "depth=0", "adamw", "lr=0.002", 128, 12, 0, COSINE };
	struct record r = run(&j);
	double score = last_score(&r);

	cr_expect(score < 0.9 && score > 0.7, "a linear model gets %.4f of the glyphs", score);
	record_free(&r);
	no_leak();
}

Test(network_learning, mlp_on_mnist, .timeout = 300)
{
	only_mnist();
	reaches(&(struct job){ "mlp", "data=mnist", "adamw", "lr=0.001", 128, 5, 0, CONSTANT },
		0.93);
}

Test(network_learning, cnn_on_mnist, .timeout = 300)
{
	only_mnist();
	only_big();
	reaches(&(struct job){ "cnn", "data=mnist", "adamw", "lr=0.002", 128, 5, 0, CONSTANT },
		0.96);
}

Test(network_learning, cnn_on_glyphs, .timeout = 300)
{
	only_big();
	reaches(&(struct job){ "cnn", "", "adamw", "lr=0.003", 128, 5, 0, COSINE }, 0.97);
}

/* Two bits: the steps of the quantised weights are seen by the values, not by the gradients. */
Test(network_learning, qatnet2_28_on_glyphs, .timeout = 300)
{
	only_big();
	reaches(&(struct job){ "qatnet2-28", "", "s-adam", "lr=0.002,k=3", 64, 3, 0, CONSTANT },
		0.8);
}

Test(network_learning, student_learns_its_teacher, .timeout = 300)
{
	struct job j = { "teacher-student", "", "adam", "lr=0.005", 50, 400, 0, COSINE };
	struct record r = run(&j);

	cr_expect(r.final_f < 1e-6, "loss %g, expected below 1e-6", r.final_f);
	cr_expect(last_score(&r) < 1e-5, "test loss %g, expected below 1e-5", last_score(&r));
	record_free(&r);
	no_leak();
}

/* Gradient descent with a constant step: log f falls by about as much in each half of the run.
 */
Test(network_learning, deep_linear_converges_linearly, .timeout = 300)
{
	double log_f[3];

	for (size_t i = 0; i < 3; i++) {
		struct job j = { "deep-linear", "", "sgd", "lr=0.2", 0, 0,
			200 * (double)(i + 1), CONSTANT };
		struct record r = run(&j);

		log_f[i] = log(r.final_f);
		record_free(&r);
	}
	cr_expect(log_f[2] < log(1e-6), "f = %g after 600 steps", exp(log_f[2]));
	double first = log_f[0] - log_f[1], second = log_f[1] - log_f[2];

	cr_expect(first > 0.5 && second > 0.6 * first && second < 1.6 * first,
		"log f falls by %g, then by %g in 200 steps", first, second);
	no_leak();
}

/* The entropy of single characters, which a model without memory cannot beat. */
static double unigram_entropy(void)
{
	struct dataset d;
	char text[300];
	gsl_rng *rng = stream(1);
	double count[256] = { 0 }, entropy = 0;

	cr_assert_eq(dataset_raw(&d, "grammar", (struct wish){ 0 }, rng,
			     (struct reason){ text, sizeof text }),
		0, "%s", text);
	for (size_t i = 0; i < d.rows * 32; i++)
		count[d.bytes[i]]++;
	for (size_t c = 0; c < d.classes; c++)
		entropy -= count[c] / (double)d.rows / 32 * log(count[c] / (double)d.rows / 32);
	dataset_clear(&d);
	gsl_rng_free(rng);
	return entropy;
}

Test(network_learning, char_lstm_beats_the_unigrams, .timeout = 300)
{
	struct job j = { "char-lstm", "width=32", "adam", "lr=0.01", 32, 3, 0, CONSTANT };
	struct record r = run(&j);
	double entropy = unigram_entropy(), loss = last_score(&r);

	cr_expect(entropy > 2 && entropy < 3.2, "entropy %g nats", entropy);
	cr_expect(loss < entropy - 1, "test loss %.3f nats, expected 1 below the entropy %.3f",
		loss, entropy);
	record_free(&r);
	no_leak();
}

Test(network_learning, gan_covers_all_modes, .timeout = 300)
{
	only_big();
	reaches(&(struct job){ "wgan-mix", "", "rmsprop", "lr=0.001", 128, 0, 2500, CONSTANT },
		8);
}
