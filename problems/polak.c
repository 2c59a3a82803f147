/* polak.c -- two minimax problems made of exponentials of squares, Polak 1987; Luksan, Vlcek
 * 2000, minimax problems 22 and 23. Both convex. */
#include <stdlib.h>
#include "small.h"

/* ------------------------------------------------------------------ polak2 ---------------- */

/* exp(1e-8 x_1^2 + (x_2 +- 2)^2 + x_3^2 + 4 x_4^2 + x_5^2 + .. + x_10^2) */
static double polak2_row(const double *data, const double *x, size_t i, double *g)
{
	double shift = i == 0 ? 2 : -2, sum = 0, f;
	double scale[10] = { 1e-8, 1, 1, 4, 1, 1, 1, 1, 1, 1 };

	(void)data;
	for (size_t j = 0; j < 10; j++) {
		double u = x[j] + (j == 1 ? shift : 0);

		sum += scale[j] * u * u;
	}
	f = exp(sum);
	for (size_t j = 0; g && j < 10; j++)
		g[j] = 2 * scale[j] * (x[j] + (j == 1 ? shift : 0)) * f;
	return f;
}

static const struct small_form polak2_form = {
	.n = 10,
	.groups = (const struct small_group[]){ { 1, 2, 1, SMALL_MAX }, { 0 } },
	.row = polak2_row,
	.start = (const double[]){ 100, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1 },
	.minimizer = (const double[]){ 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 },
	.optimum = 54.598150033144236,
	.optimum_error = 1e-14,
};

static void *polak2_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(&polak2_form, opt, facts);
}

const struct nso_problem nso_problem_polak2 = {
	.name = "polak2",
	.title = "Polak 2",
	.reference = "Polak, Mayne, Higgins 1991; Luksan, Vlcek 2000, minimax problem 22",
	.formula = "max of exp(1e-8 x_1^2 + (x_2 +- 2)^2 + x_3^2 + 4 x_4^2 + sum_{j>4} x_j^2)",
	.group = "minimax",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.make = polak2_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};

/* ------------------------------------------------------------------ polak3 ---------------- */

/* The code of TOMS 811 multiplies by i + k - 1 where books divide; f* and the minimizer differ.
 */
enum { WEIGHTS };
enum { CODE, BOOK };
static const char *const weights[] = { "code", "book", NULL };
static const struct nso_option polak3_options[] = {
	[WEIGHTS] = { "weights", CODE, 0, 1,
		"of the exponentials: i + k - 1 (code) or 1/(i + k - 1) (book)", weights,
		"ACM TOMS Algorithm 811", 0 },
	{ 0 },
};

static void polak3_prepare(const double *opt, double *data) { data[0] = opt[WEIGHTS]; }

static double polak3_row(const double *data, const double *x, size_t i, double *g)
{
	double f = 0, k = (double)(i + 1);

	for (size_t j = 0; j < 11; j++) {
		double w = (double)(i + j + 1), u = x[j] - sin(2 * (double)(j + 1) + k - 3);
		double v = (data[0] == CODE ? w : 1 / w) * exp(u * u);

		f += v;
		if (g)
			g[j] = 2 * u * v;
	}
	return f;
}

static const struct small_form polak3_code_form = {
	.n = 11,
	.groups = (const struct small_group[]){ { 1, 10, 1, SMALL_MAX }, { 0 } },
	.row = polak3_row,
	.data = 1,
	.prepare = polak3_prepare,
	.options = polak3_options,
	.start = (const double[]){ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
	.minimizer =
		(const double[]){
			0.14649612770502674,
			-0.096188044407542292,
			0.022065446959107619,
			0.14159452059619837,
			-0.063864167825520152,
			-0.024689244821744991,
			0.1189351667200604,
			-0.039168238396573303,
			-0.082955481072009826,
			0.093162127410525902,
			-0.01916849128538884,
		},
	.optimum = 261.0825806063669,
	.optimum_error = 1e-13,
};

static const struct small_form polak3_book_form = {
	.n = 11,
	.groups = (const struct small_group[]){ { 1, 10, 1, SMALL_MAX }, { 0 } },
	.row = polak3_row,
	.data = 1,
	.prepare = polak3_prepare,
	.options = polak3_options,
	.start = (const double[]){ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 },
	.minimizer =
		(const double[]){
			0.012449206481329354,
			0.29069290455189167,
			-0.33460710262206922,
			-0.12644622690652804,
			0.23281041706715727,
			-0.27654023507092973,
			-0.16658164177781742,
			0.22909064615518931,
			-0.18291439590650491,
			-0.17044173738456453,
			0.24017794011093768,
		},
	.optimum = 3.7034827173493996,
	.optimum_error = 1e-15,
};

static void *polak3_make(const double *opt, gsl_rng *rng, struct nso_facts *facts)
{
	(void)rng;
	return small_make(
		opt[WEIGHTS] == CODE ? &polak3_code_form : &polak3_book_form, opt, facts);
}

const struct nso_problem nso_problem_polak3 = {
	.name = "polak3",
	.title = "Polak 3",
	.reference = "Polak, Mayne, Higgins 1991; Luksan, Vlcek 2000, minimax problem 23",
	.formula = "max_{k<=10} sum_{i<=11} w_ik exp((x_i - sin(2i + k - 3))^2), w_ik = (i + k "
		   "- 1)^(+-1)",
	.group = "minimax",
	.traits = NSO_CONVEX | NSO_FINITE_MAX,
	.instances = NSO_SHIFTED | NSO_ROTATED,
	.options = polak3_options,
	.make = polak3_make,
	.start = small_start,
	.eval = small_eval,
	.pieces = small_pieces,
	.free = free,
};
