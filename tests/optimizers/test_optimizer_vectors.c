/* test_optimizer_vectors.c -- the first-order methods against numbers that others computed: the
 * test vectors of reference/vectors.json and the trajectories of reference/trajectories.json,
 * which PyTorch and naive implementations made (reference/trajectories.py), and of
 * reference/field.json, made by the official codes (reference/field.py), and
 * reference/convex.json, made by naive loops (reference/convex.py). */
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include "play.h"

enum { MOST = 16 };

static char said[16000];
static int mistakes;

static void mistake(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void mistake(const char *format, ...)
{
	size_t used = strlen(said);
	va_list list;

	mistakes++;
	va_start(list, format);
	vsnprintf(said + used, sizeof said - used, format, list);
	va_end(list);
}

static const char *word(const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItem(object, name));

	return text ? text : "";
}

static size_t numbers(const cJSON *array, double *v)
{
	size_t n = 0;
	const cJSON *item;

	cJSON_ArrayForEach(item, array)
	{
		cr_assert(n < MOST, "more than %d numbers", MOST);
		v[n++] = item->valuedouble;
	}
	return n;
}

static void near(const char *what, const char *step, double found, double expected,
	const double tolerance[2])
{
	if (!(fabs(found - expected) <= tolerance[0] + tolerance[1] * fabs(expected)))
		mistake("\n  %s, step %s: %.15g, expected %.15g", what, step, found, expected);
}

/* What is known of one step: x, f and the first column of the trace. */
static int compare(
	const cJSON *of, const struct play *p, const char *step, const double *tolerance)
{
	const cJSON *x = cJSON_GetObjectItem(cJSON_GetObjectItem(of, "x"), step);
	const cJSON *f = cJSON_GetObjectItem(cJSON_GetObjectItem(of, "f"), step);
	const cJSON *column = cJSON_GetObjectItem(cJSON_GetObjectItem(of, "column"), step);
	double expected[MOST];
	size_t n = numbers(x, expected);

	for (size_t i = 0; i < n; i++)
		near(word(of, "id"), step, p->x[i], expected[i], tolerance);
	if (f)
		near(word(of, "id"), step, play_value(p), f->valuedouble, tolerance);
	if (column)
		near(word(of, "id"), step, p->f.reported[0], column->valuedouble, tolerance);
	return x || f || column;
}

/* Steps 0 to 100 of one case; early and late: the tolerances up to step 10 and later. */
static int follow(const cJSON *of, const double *early, const double *late)
{
	double x0[MOST], own[2];
	size_t n = numbers(cJSON_GetObjectItem(of, "start"), x0);
	struct play p;
	int compared = 0;

	if (numbers(cJSON_GetObjectItem(of, "tolerance"), own) == 2)
		early = late = own;
	cr_assert(play_start(&p, word(of, "optimizer"), word(of, "options"),
			  word(of, "problem"), word(of, "problem_options"), x0, n) == 0,
		"%s: %s", word(of, "id"), p.why.text);
	for (int t = 0; t <= 100; t++) {
		char step[16];

		snprintf(step, sizeof step, "%d", t);
		if (t > 0)
			play_step(&p);
		compared += compare(of, &p, step, t <= 10 ? early : late);
	}
	play_end(&p);
	return compared;
}

Test(vectors, dossier, .timeout = 60)
{
	static const double early[] = { 1e-10, 1e-9 }, late[] = { 1e-9, 1e-5 };
	cJSON *all = play_read("vectors.json");
	const cJSON *of;
	int compared = 0;

	cJSON_ArrayForEach(of, cJSON_GetObjectItem(all, "cases"))
	{
		int here = follow(of, early, late);

		cr_assert(here > 0, "%s compares nothing", word(of, "id"));
		compared += here;
	}
	cJSON_Delete(all);
	cr_assert(compared > 150, "only %d steps were compared", compared);
	cr_assert(mistakes == 0, "%d wrong numbers:%s", mistakes, said);
}

/* One trajectory: 1e-10 for ten steps; 1e-6 at step 40 where the function is smooth. An active
 * piece that flips by one ulp changes a non-smooth run later on. */
static int retrace(const cJSON *of, const cJSON *start, int smooth)
{
	double x0[MOST], expected[MOST];
	size_t n = numbers(start, x0);
	const cJSON *points = cJSON_GetObjectItem(of, "x"), *point;
	struct play p;
	char what[256];
	int compared = 0;

	snprintf(what, sizeof what, "%s:%s on %s", word(of, "optimizer"), word(of, "options"),
		word(of, "problem"));
	cr_assert(play_start(&p, word(of, "optimizer"), word(of, "options"),
			  word(of, "problem"), "", x0, n) == 0,
		"%s: %s", what, p.why.text);
	cJSON_ArrayForEach(point, points)
	{
		long t = strtol(point->string, NULL, 10);
		double scale = 0;
		double tolerance[2] = { 0, 0 };

		if (t > 10 && !smooth)
			continue;
		play_steps(&p, (size_t)t);
		numbers(point, expected);
		for (size_t i = 0; i < n; i++)
			scale = fmax(scale, fabs(expected[i]));
		tolerance[0] = (t <= 10 ? 1e-10 : 1e-6) * scale;
		for (size_t i = 0; i < n; i++)
			near(what, point->string, p.x[i], expected[i], tolerance);
		compared++;
	}
	play_end(&p);
	return compared;
}

/* Every case of a file; the number of points. */
static int retrace_all(const char *name)
{
	cJSON *all = play_read(name);
	const cJSON *problems = cJSON_GetObjectItem(all, "problems"), *of;
	int compared = 0;

	cJSON_ArrayForEach(of, cJSON_GetObjectItem(all, "cases"))
	{
		const cJSON *problem = cJSON_GetObjectItem(problems, word(of, "problem"));

		compared += retrace(of, cJSON_GetObjectItem(problem, "start"),
			cJSON_IsTrue(cJSON_GetObjectItem(problem, "smooth")));
	}
	cJSON_Delete(all);
	cr_assert(mistakes == 0, "%d wrong numbers:%s", mistakes, said);
	return compared;
}

Test(vectors, trajectories, .timeout = 60)
{
	int compared = retrace_all("trajectories.json");

	cr_assert(compared > 1000, "only %d points were compared", compared);
}

Test(vectors, official_codes, .timeout = 60)
{
	int compared = retrace_all("field.json");

	cr_assert(compared > 900, "only %d points were compared", compared);
}

Test(vectors, convex_methods, .timeout = 60)
{
	int compared = retrace_all("convex.json");

	cr_assert(compared > 180, "only %d points were compared", compared);
}
