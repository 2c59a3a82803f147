/* kinds.c -- the kinds of pictures, in the order in which they are drawn. */
#include "ground/why.h"
#include "picture/pictures.h"

const struct kind picture_kinds[PICTURE_KINDS] = {
	{ "convergence", "best gap against cost, a panel per problem", draw_convergence },
	{ "stationarity", "Clarke measure (else Goldstein's) against cost", draw_stationarity },
	{ "ecdf", "share of (problem, target) reached against cost, with restarts", draw_ecdf },
	{ "performance-profile", "share of problems against the ratio to the best", draw_performance },
	{ "pairwise", "performance profiles of each pair of methods", draw_pairwise },
	{ "data-profile", "share of problems against cost per dimension", draw_data_profile },
	{ "ert", "cost to the target per problem, with intervals", draw_ert },
	{ "heatmap", "log10 cost to the target, problem by method", draw_heatmap },
	{ "critical-difference", "mean ranks and which of them differ", draw_critical_difference },
	{ "sensitivity", "final gap against the learning rate", draw_sensitivity },
	{ "trajectory", "paths in the plane over the contour of f (run --record x)", draw_trajectory },
	{ "regions", "where a network of two inputs decides for which class (run --record x)", draw_regions },
	{ "weights", "histograms of weights before and after the quantiser (run --record x)", draw_weights },
	{ "score", "what users judge by (accuracy, recovery) against cost", draw_score },
	{ "step", "what methods report along a run: step size, lgi, damp", draw_step },
};

int draw_kinds(const struct pictures *p, const int *wanted, int *drawn, struct why *why)
{
	for (size_t i = 0; i < PICTURE_KINDS; i++) {
		size_t before = p->fs->count;

		if (drawn)
			drawn[i] = 0;
		if (!wanted[i])
			continue;
		if (picture_kinds[i].draw(p, why))
			return -1;
		if (drawn)
			drawn[i] = p->fs->count > before;
	}
	return 0;
}
