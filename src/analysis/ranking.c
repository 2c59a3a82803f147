/* ranking.c -- methods ranked over the problems that all of them ran. */
#include <math.h>
#include <stdlib.h>
#include "analysis/ranking.h"

static double median_gap(struct track *const *list, size_t count)
{
	double *v = malloc((count + 1) * sizeof *v), median = INFINITY;

	for (size_t i = 0; v && i < count; i++)
		v[i] = track_final(list[i]);
	if (v)
		median = quantile(v, sort_numbers(v, count), 0.5);
	free(v);
	return median;
}

/* A cost beyond every other, ordered by gap: what a method gets that did not reach the target,
 * or where nothing can be reached because f* is unknown. */
static double score_of(const struct study *s, size_t problem, size_t method, double target)
{
	struct track *const *list;
	size_t count = study_shared(s, problem, method, &list);
	double cost =
		study_known(s, problem) ? expected_cost(list, count, target).value : INFINITY;

	return isfinite(cost) ? cost : 1e100 * (1 + fmin(median_gap(list, count), 1e100));
}

static void scores(const struct study *s, double target, double *score)
{
	size_t methods = s->r->methods;

	for (size_t p = 0; p < s->commons; p++)
		for (size_t m = 0; m < methods; m++)
			score[p * methods + m] = score_of(s, s->common[p], m, target);
}

static int pairs(struct ranking *r)
{
	size_t count = r->methods * (r->methods - 1) / 2, next = 0;
	double *difference = malloc((r->blocks + 1) * sizeof *difference);
	double *p = malloc((count + 1) * sizeof *p);
	int bad = !difference || !p;

	for (size_t a = 0; a < r->methods && !bad; a++)
		for (size_t b = a + 1; b < r->methods && !bad; b++) {
			struct test t;

			for (size_t i = 0; i < r->blocks; i++)
				difference[i] = log(r->score[i * r->methods + a] + 1) -
						log(r->score[i * r->methods + b] + 1);
			bad = wilcoxon(difference, r->blocks, &t);
			p[next++] = t.p;
		}
	if (!bad)
		bad = holm(p, count);
	next = 0;
	for (size_t a = 0; a < r->methods && !bad; a++) {
		r->p[a * r->methods + a] = 1;
		for (size_t b = a + 1; b < r->methods; b++)
			r->p[a * r->methods + b] = r->p[b * r->methods + a] = p[next++];
	}
	free(difference);
	free(p);
	return bad ? -1 : 0;
}

int rank_methods(const struct study *s, double target, struct ranking *out)
{
	size_t methods = s->r->methods;

	*out = (struct ranking){ .methods = methods };
	out->score = malloc((s->r->problems * methods + methods) * sizeof *out->score);
	out->mean_rank = malloc(methods * sizeof *out->mean_rank);
	out->p = malloc(methods * methods * sizeof *out->p);
	if (!out->score || !out->mean_rank || !out->p)
		goto fail;
	scores(s, target, out->score);
	out->blocks = s->commons;
	out->left_out = s->r->problems - out->blocks;
	if (friedman(out->score, out->blocks, methods, out->mean_rank, &out->friedman) ||
		pairs(out))
		goto fail;
	out->difference = critical_difference(methods, out->blocks, 0.05);
	return 0;
fail:
	ranking_free(out);
	return -1;
}

void ranking_free(struct ranking *r)
{
	free(r->score);
	free(r->mean_rank);
	free(r->p);
	*r = (struct ranking){ 0 };
}
