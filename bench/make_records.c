/* make_records.c -- records of runs that never ran, as many as asked for: what the reading
 * commands are measured on. make_records RUNS PROBLEMS METHODS POINTS >DIR/runs.jsonl */
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t state = 1;

/* Uniform in (0, 1): splitmix64 (Steele, Lea, Flood 2014). */
static double uniform(void)
{
	uint64_t z = state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return ((double)((z ^ z >> 31) >> 11) + 0.5) / 9007199254740992.0;
}

static void counts(const char *join, const char *name, int points)
{
	printf("%s\"%s\":[", join, name);
	for (int i = 0; i < points; i++)
		printf("%s%.0f", i ? "," : "", floor(pow(10, 4.0 * i / points)) - 1);
	putchar(']');
}

static void column(const char *join, const char *name, const double *v, int points)
{
	printf("%s\"%s\":[", join, name);
	for (int i = 0; i < points; i++)
		printf("%s%.17g", i ? "," : "", v[i]);
	putchar(']');
}

/* A gap that falls like t^-rate under noise, and the least so far. */
static void curves(double rate, double *f, double *best, int points)
{
	for (int i = 0; i < points; i++) {
		f[i] = 40 * pow(10, -4.0 * i / points * rate) * (0.5 + uniform());
		best[i] = i && best[i - 1] < f[i] ? best[i - 1] : f[i];
	}
}

static void head(long cell, long problem, long method, long repeat, long n)
{
	printf("{\"schema\":\"nsobench-run/1.0\",\"key\":\"%016" PRIx64 "\",\"suite\":\"made\","
	       "\"cell\":%ld,\"problem\":{\"name\":\"made-%ld\",\"options\":{\"n\":%ld},"
	       "\"instance\":%ld,\"n\":%ld,\"optimum\":0,\"optimum_error\":0,"
	       "\"traits\":[\"convex\",\"finite-max\"]},\"optimizer\":{\"name\":\"method-%ld\","
	       "\"title\":\"Method %ld\",\"options\":{\"lr\":0.001,\"beta1\":0.9,"
	       "\"beta2\":0.999,\"eps\":1e-08,\"weight_decay\":0,\"eps_hat\":\"off\"},"
	       "\"knows\":[]},\"seed\":%ld,\"sample\":{\"batch\":null,\"noise\":null},"
	       "\"schedule\":\"constant\",\"average\":\"none\",\"budget\":{\"work\":10000}",
		(uint64_t)(cell + 1) * UINT64_C(0x9e3779b97f4a7c15), cell, problem, n,
		repeat % 10, n, method, method, repeat / 10 + 1);
}

static void record(long cell, long problem, long method, long repeat, int points, double *v)
{
	double *f = v, *best = v + points, *seconds = v + 2 * points, wall = 0;

	curves(0.2 + 0.1 * (double)method, f, best, points);
	for (int i = 0; i < points; i++)
		seconds[i] = wall += 1e-5 * uniform();
	head(cell, problem, method, repeat, 10 + problem);
	printf(",\"status\":\"budget\",\"steps\":10000,\"counts\":{\"value\":0,"
	       "\"subgradient\":10000,\"prox\":0},\"work\":10000,\"start\":{\"f\":40},"
	       "\"final\":{\"f\":%.17g,\"gap\":%.17g,\"best\":%.17g,\"best_gap\":%.17g}",
		f[points - 1], f[points - 1], best[points - 1], best[points - 1]);
	printf(",\"seconds\":{\"wall\":%.17g,\"cpu\":%.17g,\"oracle\":%.17g,\"optimizer\":%."
	       "17g",
		wall, wall, wall / 2, wall / 2);
	column(",", "trace", seconds, points);
	printf("},\"peak_rss_kib\":4796,\"trace\":{");
	counts("", "step", points);
	counts(",", "work", points);
	counts(",", "value", points);
	counts(",", "subgradient", points);
	counts(",", "prox", points);
	column(",", "f", f, points);
	column(",", "best", best, points);
	column(",", "gap", f, points);
	column(",", "best_gap", best, points);
	column(",", "clarke", f, points);
	puts("}}");
}

int main(int argc, char **argv)
{
	long runs = argc == 5 ? atol(argv[1]) : 0, problems = runs ? atol(argv[2]) : 0,
	     methods = runs ? atol(argv[3]) : 0, points = runs ? atol(argv[4]) : 0;
	double *v = points > 0 ? calloc((size_t)points, 3 * sizeof *v) : NULL;

	if (runs < 1 || problems < 1 || methods < 1 || !v) {
		fprintf(stderr, "usage: make_records RUNS PROBLEMS METHODS POINTS\n");
		free(v);
		return 2;
	}
	for (long i = 0; i < runs; i++) {
		long each = (runs + problems * methods - 1) / (problems * methods);

		record(i, i / each / methods, i / each % methods, i % each, (int)points, v);
	}
	free(v);
	return 0;
}
