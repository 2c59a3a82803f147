/* study.c -- records as the analysis sees them: best gap so far against cost, run by run. */
#include <stdlib.h>
#include <string.h>
#include "analysis/study.h"
#include "ground/option.h"

static void title_part(struct cost *c, double weight, const char *what)
{
	size_t used = strlen(c->title);

	if (weight == 0)
		return;
	if (used)
		used += (size_t)snprintf(c->title + used, sizeof c->title - used, " + ");
	if (weight == 1)
		snprintf(c->title + used, sizeof c->title - used, "%s", what);
	else
		snprintf(c->title + used, sizeof c->title - used, "%g %s", weight, what);
}

static const struct cost every_call = { .kind = COST_CALLS, .weight = { 1, 1, 1, 1, 1, 1 } };

int cost_parse(struct cost *c, const char *text, struct why *why)
{
	static const char *const titles[CALLS_OF_ALL] = { "values", "subgradients",
		"prox calls" };
	struct nso_option weights[CALL_KINDS + 1] = { { 0 } };
	double *w = c->weight, sum = 0;

	*c = every_call;
	for (int k = 0; k < CALL_KINDS; k++)
		weights[k] = (struct nso_option){ .name = call_names[k], .max = 1e9 };
	if (!strcmp(text, "steps") || !strcmp(text, "seconds")) {
		c->kind = *text == 's' && text[1] == 't' ? COST_STEPS : COST_SECONDS;
		snprintf(c->title, sizeof c->title, "%s", text);
		return 0;
	}
	if (option_parse(weights, "cost", text, w, why))
		return -1;
	for (int k = 0; k < CALL_KINDS; k++)
		sum += w[k];
	if (!(sum > 0))
		return fail(
			why, "--cost %s: every weight is 0, expected at least one above", text);
	for (int k = 0; k < CALL_KINDS; k++)
		if (k < CALLS_OF_ALL || w[k] != 1) /* few make the others: said where unusual */
			title_part(c, w[k], k < CALLS_OF_ALL ? titles[k] : call_names[k]);
	return 0;
}

static double at(const struct curve *c, size_t i, double otherwise)
{
	return c && c->width == 1 && !isnan(c->v[i]) ? c->v[i] : otherwise;
}

static double calls(const struct cost *c, const double counts[CALL_KINDS])
{
	double sum = 0;

	for (int k = 0; k < CALL_KINDS; k++)
		sum += c->weight[k] * fmax(0, counts[k]);
	return sum;
}

/* Work counts a call on k of N terms as k/N; this is k/N, 1 for the whole function. */
static double share(const struct run *run)
{
	double all = calls(&every_call, run->calls);

	return run->work > 0 && run->work < all ? run->work / all : 1;
}

static double spent(const struct cost *c, const struct run *run)
{
	double v = c->kind == COST_STEPS     ? run->steps
		   : c->kind == COST_SECONDS ? run->wall
					     : share(run) * calls(c, run->calls);

	return v > 0 ? v : 0;
}

static double limit(const struct cost *c, const struct run *run)
{
	int plain = 1;

	for (int k = 0; k < CALL_KINDS; k++)
		plain &= c->weight[k] == 1;
	return c->kind == COST_STEPS     ? run->budget_steps
	       : c->kind == COST_SECONDS ? run->budget_seconds
	       : plain                   ? run->budget
					 : NAN;
}

static double cost_at(const struct cost *c, const struct run *run, size_t i)
{
	double step = at(run_column(run, "step"), i, NAN), counts[CALL_KINDS];

	if (c->kind == COST_STEPS)
		return step;
	if (c->kind == COST_SECONDS)
		return at(
			run_column(run, "seconds"), i, run->wall * step / fmax(1, run->steps));
	for (int k = 0; k < CALL_KINDS; k++)
		counts[k] = at(run_column(run, call_names[k]), i, 0);
	return share(run) * calls(c, counts);
}

static int track_make(struct study *s, struct track *t, const struct run *run,
	const struct reference *reference)
{
	const struct curve *best = run_column(run, "best"), *f = run_column(run, "f");
	double low = INFINITY, before = 0;

	*t = (struct track){ .run = run,
		.spent = spent(&s->cost, run),
		.limit = limit(&s->cost, run),
		.scale = fmax(1, fabs(reference->value)),
		.guessed = reference->kind != F_STAR,
		.skipped = !strcmp(run->status, "skipped") };
	t->cost = arena_take(&s->r->arena, 2 * run->length * sizeof *t->cost + 1);
	if (!t->cost)
		return -1;
	t->gap = t->cost + run->length;
	for (size_t i = 0; i < run->length; i++) {
		double v = at(best, i, at(f, i, NAN));

		low = v < low ? v : low;
		t->cost[i] = cost_at(&s->cost, run, i);
		t->gap[i] = isfinite(low) && !reference->escaped
				    ? fmax(0, (low - reference->value) / t->scale)
				    : NAN;
		if (!(t->cost[i] >= before)) { /* unknown, or counts that fall: damage */
			s->fallen += !isnan(t->cost[i]);
			break;
		}
		before = t->cost[i];
		t->length = i + 1;
	}
	if (t->length && t->cost[t->length - 1] > t->spent)
		t->spent = t->cost[t->length - 1];
	return 0;
}

static int order(const void *a, const void *b)
{
	const struct run *p = (*(struct track *const *)a)->run,
			 *q = (*(struct track *const *)b)->run;

	if (p->problem != q->problem)
		return p->problem < q->problem ? -1 : 1;
	if (p->method != q->method)
		return p->method < q->method ? -1 : 1;
	if (p->instance != q->instance)
		return p->instance < q->instance ? -1 : 1;
	return (p->seed > q->seed) - (p->seed < q->seed);
}

/* Ranks, pairs and profiles are over what all methods ran: what is not is said. */
static int warn_left_out(const struct study *s)
{
	size_t problems = s->r->problems - s->commons;

	if (s->r->methods < 2)
		return 0;
	if (problems && records_warn(s->r,
				"%zu of %zu problems were not run by all %zu methods on a "
				"shared instance and "
				"seed: ranks, pairs and profiles leave them out",
				problems, s->r->problems, s->r->methods))
		return -1;
	return s->left_runs ? records_warn(s->r,
				      "%zu runs are on instances or seeds that not every "
				      "method ran: ranks, "
				      "pairs and profiles leave them out",
				      s->left_runs)
			    : 0;
}

static int warn_fallen(const struct study *s)
{
	return s->fallen
		       ? records_warn(s->r,
				 "%zu runs have counts that fall along the trace: what stands "
				 "behind that was left out",
				 s->fallen)
		       : 0;
}

int study_make(struct study *s, struct records *r, const struct cost *cost, double target,
	struct why *why)
{
	size_t pairs = r->problems * r->methods, next = 0;
	struct reference *reference = references(r);

	*s = (struct study){ .r = r, .cost = *cost, .target = target };
	s->guess = calloc(r->problems + 1, sizeof *s->guess);
	s->track = calloc(r->runs, sizeof *s->track);
	s->of = calloc(r->runs, sizeof(struct track *));
	s->first = calloc(pairs + 1, sizeof *s->first);
	if (!reference || !s->guess || references_warn(r, reference, target) || !s->track ||
		!s->of || !s->first)
		goto fail;
	for (size_t i = 0; i < r->runs; i++) {
		if (track_make(s, &s->track[i], &r->run[i], &reference[i]))
			goto fail;
		if (reference[i].kind > s->guess[r->run[i].problem])
			s->guess[r->run[i].problem] = reference[i].kind;
		if (!s->track[i].skipped)
			s->of[s->tracks++] = &s->track[i];
	}
	free(reference);
	qsort(s->of, s->tracks, sizeof(struct track *), order);
	for (size_t k = 0; k <= pairs; k++) {
		while (next < s->tracks &&
			s->of[next]->run->problem * r->methods + s->of[next]->run->method < k)
			next++;
		s->first[k] = next;
	}
	for (size_t p = 0; p < r->problems; p++)
		s->guessed += s->guess[p] != F_STAR;
	if (study_share(s) || warn_left_out(s) || warn_fallen(s))
		goto fail_shared;
	return 0;
fail:
	free(reference);
fail_shared:
	study_free(s);
	return fail(why, "out of memory");
}

void study_free(struct study *s)
{
	free(s->track);
	free(s->of);
	free(s->first);
	free(s->guess);
	free(s->shared);
	free(s->shared_first);
	free(s->common);
	*s = (struct study){ 0 };
}

double track_hit(const struct track *t, double target)
{
	for (size_t i = 0; i < t->length; i++)
		if (t->gap[i] <= target)
			return t->cost[i];
	return INFINITY;
}

double track_solved(const struct track *t, double target)
{
	return t->guessed ? INFINITY : track_hit(t, target);
}

size_t track_index(const struct track *t, double cost)
{
	size_t low = 0, high = t->length;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (t->cost[middle] <= cost)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

double track_at(const struct track *t, double cost)
{
	size_t i = track_index(t, cost);

	return i ? t->gap[i - 1] : NAN;
}

double column_at(const struct curve *c, size_t i)
{
	return !c ? NAN : c->width == 3 ? c->v[3 * i + 1] : c->width == 1 ? c->v[i] : NAN;
}

double track_last(const struct track *t, const char *name)
{
	const struct curve *c = run_column(t->run, name);

	for (size_t i = c ? t->run->length : 0; i-- > 0;)
		if (!isnan(column_at(c, i)))
			return column_at(c, i);
	return NAN;
}

double track_final(const struct track *t)
{
	double v = t->length ? t->gap[t->length - 1] : NAN;

	return isnan(v) ? INFINITY : v;
}

double track_score(const struct track *t, double target)
{
	double hit = track_solved(t, target);

	if (isfinite(hit))
		return log10(hit + 1);
	return 100 + log10(fmin(fmax(track_final(t), 1e-300), 1e300));
}
