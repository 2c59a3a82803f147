/* play.c -- see play.h. */
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include <criterion/criterion.h>
#include "play.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/oracle.h"
#include "run/schedule.h"

static int choose(struct play *p, const char *optimizer, const char *options,
	const char *problem, const char *problem_options, size_t n)
{
	char text[256];

	cell_defaults(&p->cell);
	p->cell.optimizer = optimizer_find(optimizer);
	p->cell.problem = playground(problem);
	if (!p->cell.optimizer || !p->cell.problem)
		return fail(&p->why, "no optimizer %s or no problem %s", optimizer, problem);
	option_defaults(p->cell.optimizer->options, p->cell.oopt);
	option_defaults(p->cell.problem->options, p->cell.popt);
	if (option_parse(
		    p->cell.optimizer->options, optimizer, options, p->cell.oopt, &p->why) ||
		option_parse(p->cell.problem->options, problem, problem_options, p->cell.popt,
			&p->why))
		return -1;
	snprintf(text, sizeof text, "n=%zu", n);
	return n ? option_parse(p->cell.problem->options, problem, text, p->cell.popt, &p->why)
		 : 0;
}

int play_start(struct play *p, const char *optimizer, const char *options, const char *problem,
	const char *problem_options, const double *x0, size_t n)
{
	memset(p, 0, sizeof *p);
	if (choose(p, optimizer, options, problem, problem_options ? problem_options : "", n))
		return -1;
	if (instance_make(&p->in, p->cell.problem, p->cell.popt, p->cell.instance, &p->why))
		return -1;
	p->x = calloc(p->in.facts.n, sizeof *p->x);
	if (!p->x || oracle_init(&p->f, &p->cell, &p->in))
		return fail(&p->why, "out of memory");
	if (x0)
		memcpy(p->x, x0, n * sizeof *x0);
	else
		instance_start(&p->in, p->cell.seed, p->x);
	p->state = p->cell.optimizer->init(&p->f, p->cell.oopt, p->x);
	return p->state ? 0 : fail(&p->why, "%s: init failed", optimizer);
}

enum nso_status play_step(struct play *p)
{
	p->f.rate = schedule_rate(&p->cell.schedule, p->f.step, 0);
	p->f.step++;
	oracle_draw(&p->f);
	return p->cell.optimizer->step(p->state, &p->f, p->x);
}

enum nso_status play_steps(struct play *p, size_t steps)
{
	enum nso_status status = NSO_CONTINUE;

	while (p->f.step < steps && status == NSO_CONTINUE)
		status = play_step(p);
	return status;
}

double play_value(const struct play *p) { return instance_eval(&p->in, p->x, NULL); }

void play_end(struct play *p)
{
	if (p->cell.optimizer && p->state)
		p->cell.optimizer->free(p->state);
	if (p->f.in)
		oracle_free(&p->f);
	if (p->in.problem)
		instance_free(&p->in);
	free(p->x);
}

void play_run(const char *optimizer, const char *options, const char *problem,
	const char *problem_options, const double *start, size_t n, size_t steps, double *x)
{
	struct play p;

	cr_assert(play_start(&p, optimizer, options, problem, problem_options, start, n) == 0,
		"%s:%s: %s", optimizer, options, p.why.text);
	play_steps(&p, steps);
	memcpy(x, p.x, n * sizeof *x);
	play_end(&p);
}

double play_apart(const double *a, const double *b, size_t n)
{
	double most = 0, scale = 0;

	for (size_t i = 0; i < n; i++) {
		most = fmax(most, fabs(a[i] - b[i]));
		scale = fmax(scale, fabs(a[i]));
		if (!isfinite(a[i]) || !isfinite(b[i]))
			return INFINITY;
	}
	return most / fmax(scale, 1e-300);
}

cJSON *play_read(const char *name)
{
	const char *folder = getenv("srcdir");
	char path[4096];
	cJSON *json;
	FILE *file;
	long size;
	char *text;

	snprintf(path, sizeof path, "%s/tests/reference/%s", folder ? folder : ".", name);
	file = fopen(path, "rb");
	cr_assert(file, "cannot read %s", path);
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	text = calloc((size_t)size + 1, 1);
	cr_assert(text && fread(text, 1, (size_t)size, file) == (size_t)size, "cannot read %s",
		path);
	fclose(file);
	json = cJSON_Parse(text);
	free(text);
	cr_assert(json, "%s is not JSON", path);
	return json;
}
