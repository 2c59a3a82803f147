/* test_library.c -- libnsobench from outside: linked with the shared library and nothing else
 * of nsobench. What it computes is compared with the program in tests/python; here is what a
 * host relies on. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <fenv.h>
#include <float.h>
#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>
#include "leak.h"
#include "libnsobench.h"

extern int openblas_get_num_threads(void) __attribute__((weak));

static struct nsobench *opened(const char *problem, int instance)
{
	struct nsobench *f;

	cr_assert(eq(int, nsobench_open(problem, instance, &f), NSOBENCH_DONE), "%s: %s",
		problem, nsobench_error(f));
	cr_assert(zero(sz, strlen(nsobench_error(f))), "an error where there is none");
	return f;
}

static void refused(const char *problem, int instance, int code, const char *says)
{
	struct nsobench *f;

	cr_assert(eq(int, nsobench_open(problem, instance, &f), code), "%s", problem);
	cr_assert(strstr(nsobench_error(f), says) != NULL, "%s: '%s' does not say '%s'",
		problem, nsobench_error(f), says);
	nsobench_close(f);
}

Test(library, refuses_and_says_why, .timeout = 60)
{
	refused("macq", 0, NSOBENCH_USAGE, "did you mean 'maxq'");
	refused("maxq:m=3", 0, NSOBENCH_USAGE, "did you mean 'n'");
	refused("maxq:n=0", 0, NSOBENCH_USAGE, "expected 1 to");
	refused("maxq:n=2.5", 0, NSOBENCH_USAGE, "whole");
	refused("maxq", -1, NSOBENCH_USAGE, "instance -1");
	refused("mlp:data=no-such-data", 0, NSOBENCH_INPUT, "no-such-data");
	nsobench_close(NULL);
	no_leak();
}

Test(library, opens_and_evaluates_every_problem, .timeout = 600)
{
	size_t count = 0;
	const char *name;

	for (; (name = nsobench_problem(count)); count++) {
		struct nsobench *f;
		size_t n;
		double *x, v;

		if (nsobench_open(name, 0, &f)) { /* its data file is not here */
			cr_assert(strlen(nsobench_error(f)) > 0, "%s", name);
			nsobench_close(f);
			continue;
		}
		n = nsobench_dim(f);
		x = calloc(2 * n, sizeof *x);
		nsobench_start(f, 1, x);
		v = nsobench_subgradient(f, x, x + n);
		cr_assert(isfinite(v), "%s", name);
		cr_assert(eq(dbl, nsobench_value(f, x), v), "%s: value and subgradient differ",
			name);
		cr_assert(nsobench_facts(f) != NULL, "%s", name);
		free(x);
		nsobench_close(f);
	}
	cr_assert(lt(sz, 100, count), "only %zu problems", count);
	no_leak();
}

/* ---------------------------------------------------------------- the host -------------------
 */

static int told;

static void own_handler(const char *reason, const char *file, int line, int code)
{
	(void)reason;
	(void)file;
	(void)line;
	told = code;
}

Test(library, leaves_the_hosts_gsl_handler, .timeout = 60)
{
	struct nsobench *f;

	gsl_set_error_handler(own_handler);
	f = opened("maxq", 0);
	gsl_sf_gamma(-1.0);
	cr_assert(eq(int, told, GSL_EDOM), "the host's handler was not called");
	nsobench_close(f);
	gsl_set_error_handler(NULL);
	no_leak();
}

Test(library, takes_the_abort_from_gsl, .timeout = 60)
{
	struct nsobench *f = opened("maxq", 0);
	gsl_sf_result r;

	cr_assert(eq(int, gsl_sf_gamma_e(-1.0, &r), GSL_EDOM),
		"GSL still aborts or sees no error");
	nsobench_close(f);
	no_leak();
}

Test(library, leaves_floats_threads_and_locale, .timeout = 60)
{
	int threads = openblas_get_num_threads ? openblas_get_num_threads() : 0;
	volatile double tiny = DBL_MIN;
	struct nsobench *f;
	double x[784], v;

	fesetround(FE_UPWARD);
	setlocale(LC_ALL, "");
	f = opened("mlp:width=4,rows=20,test=10", 0);
	v = nsobench_dim(f) > 0 ? tiny / 4 : 0;
	cr_assert(lt(dbl, 0.0, v), "denormals are flushed");
	cr_assert(eq(int, fegetround(), FE_UPWARD), "the rounding mode changed");
	if (openblas_get_num_threads)
		cr_assert(eq(int, openblas_get_num_threads(), threads),
			"the number of BLAS threads changed");
	nsobench_close(f);
	fesetround(FE_TONEAREST);
	f = opened("maxq:n=784", 1);
	nsobench_start(f, 1, x);
	cr_assert(isfinite(nsobench_value(f, x)), "a value");
	cr_assert(lt(dbl, 0.0, (volatile double)DBL_MIN / 4), "denormals are flushed");
	nsobench_close(f);
	no_leak();
}

/* Numbers in options and facts keep the point, whatever the host's locale. */
Test(library, reads_numbers_in_every_locale, .timeout = 60)
{
	static const char *const commas[] = { "de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "fr_FR" };
	const char *got = NULL;
	struct nsobench *f;

	for (size_t i = 0; i < 4 && !got; i++)
		got = setlocale(LC_ALL, commas[i]);
	if (!got)
		cr_skip_test("no locale with a decimal comma is installed");
	f = opened("svm:lambda=0.25", 0);
	cr_assert(
		strstr(nsobench_facts(f), "\"lambda\":0.25") != NULL, "%s", nsobench_facts(f));
	cr_assert(eq(int, localeconv()->decimal_point[0], ','), "the host's locale changed");
	nsobench_close(f);
	no_leak();
}

enum { THREADS = 8, ROUNDS = 200 };

static void *work(void *sum)
{
	char problem[32];

	for (int i = 0; i < ROUNDS; i++) {
		struct nsobench *f;
		double x[64];

		snprintf(problem, sizeof problem, "chained-lq:n=%d", 2 + i % 50);
		if (nsobench_open(problem, i % 3, &f))
			return NULL;
		nsobench_start(f, 1, x);
		*(double *)sum += nsobench_subgradient(f, x, x);
		nsobench_close(f);
	}
	return sum;
}

Test(library, serves_threads_side_by_side, .timeout = 120)
{
	pthread_t thread[THREADS];
	double sum[THREADS] = { 0 };
	void *done;

	for (int i = 0; i < THREADS; i++)
		cr_assert(
			zero(int, pthread_create(&thread[i], NULL, work, &sum[i])), "a thread");
	for (int i = 0; i < THREADS; i++) {
		pthread_join(thread[i], &done);
		cr_assert(done != NULL, "thread %d could not open", i);
	}
	for (int i = 1; i < THREADS; i++)
		cr_assert(eq(dbl, sum[i], sum[0]), "thread %d computed something else", i);
	no_leak();
}

/* ---------------------------------------------------------------- the verbs ------------------
 */

Test(library, a_batch_of_all_terms_is_the_whole, .timeout = 60)
{
	struct nsobench *f = opened("svm:m=40,n=5", 0), *q = opened("maxq", 0);
	size_t terms[40], wrong = 40, n = nsobench_dim(f);
	double x[32], g[32], h[32], v;

	for (size_t i = 0; i < 40; i++)
		terms[i] = i;
	nsobench_start(f, 1, x);
	x[0] = 0.3;
	v = nsobench_subgradient(f, x, g);
	cr_assert(ieee_ulp_eq(dbl, nsobench_batch(f, 40, terms, x, h), v, 64), "value");
	for (size_t i = 0; i < n; i++)
		cr_assert(epsilon_eq(dbl, h[i], g[i], 1e-14), "subgradient %zu", i);
	cr_assert(isnan(nsobench_batch(f, 1, &wrong, x, h)), "a term too many");
	cr_assert(strstr(nsobench_error(f), "term 40, expected 0 to 39") != NULL, "%s",
		nsobench_error(f));
	cr_assert(isnan(nsobench_batch(f, 0, terms, x, h)), "no terms");
	cr_assert(isnan(nsobench_batch(q, 1, terms, x, h)), "maxq has no terms");
	cr_assert(strstr(nsobench_error(q), "not a sum of terms") != NULL, "%s",
		nsobench_error(q));
	nsobench_close(f);
	nsobench_close(q);
	no_leak();
}

/* p = prox_t(v) is where t (h(u) - h(p)) >= <v - p, u - p> for every u. Here h = F - s. */
Test(library, prox_is_optimal, .timeout = 60)
{
	struct nsobench *f = opened("lasso", 1), *q = opened("maxq", 0);
	size_t n = nsobench_dim(f);
	double *v = calloc(4 * n, sizeof *v), *p = v + n, *u = v + 2 * n, t = 0.7, hp, inner;

	cr_assert(v != NULL, "memory");
	nsobench_start(f, 1, v);
	for (size_t i = 0; i < n; i++)
		v[i] += sin((double)i);
	cr_assert(zero(int, nsobench_prox(f, t, v, p)), "%s", nsobench_error(f));
	hp = nsobench_value(f, p) - nsobench_smooth(f, p, v + 3 * n);
	for (size_t k = 0; k < 50; k++) {
		inner = 0;
		for (size_t i = 0; i < n; i++) {
			u[i] = p[i] + 0.1 * cos((double)(k * n + i));
			inner += (v[i] - p[i]) * (u[i] - p[i]);
		}
		cr_assert(
			le(dbl, inner - 1e-9,
				t * (nsobench_value(f, u) - nsobench_smooth(f, u, NULL) - hp)),
			"point %zu is better", k);
	}
	cr_assert(eq(int, nsobench_prox(f, -1, v, p), -1), "t below 0");
	cr_assert(eq(int, nsobench_prox(f, NAN, v, p), -1), "t = NaN");
	cr_assert(eq(int, nsobench_prox(q, 1, v, p), -1), "maxq has no prox");
	cr_assert(isnan(nsobench_smooth(q, v, NULL)), "maxq has no smooth part");
	free(v);
	nsobench_close(f);
	nsobench_close(q);
	no_leak();
}

/* |x_1| + |x_2| at (0, 1): the hull of (-1, 1) and (1, 1). */
Test(library, pieces_span_the_subdifferential, .timeout = 60)
{
	struct nsobench *f = opened("l1-norm:n=2", 0);
	double x[2] = { 0, 1 }, v[2], seen[2] = { 0, 0 };
	struct nsobench_summand s;

	cr_assert(zero(int, nsobench_pieces(f, x, NAN)), "%s", nsobench_error(f));
	cr_assert(eq(sz, nsobench_vertices(f), 2), "%zu vertices", nsobench_vertices(f));
	for (size_t k = 0; k < 2; k++) {
		nsobench_vertex(f, k, v);
		cr_assert(eq(dbl, fabs(v[0]), 1.0), "vertex %zu", k);
		cr_assert(eq(dbl, v[1], 1.0), "vertex %zu", k);
		seen[v[0] > 0] = 1;
	}
	cr_assert(eq(dbl, seen[0] + seen[1], 2.0), "the same vertex twice");
	cr_assert(eq(sz, nsobench_summands(f), 2), "summands");
	s = nsobench_summand(f, 0);
	cr_assert(eq(int, s.kind, NSOBENCH_HULL), "kind");
	cr_assert(eq(sz, s.rows, 2), "rows");
	nsobench_base(f, v);
	nsobench_row(f, s.first + 1, v);
	cr_assert(eq(dbl, v[1], 0.0), "a row is zero outside its window");
	nsobench_close(f);
	no_leak();
}
