/* ranking.h -- methods ranked over the problems that all of them ran. */
#ifndef RANKING_H
#define RANKING_H

#include "analysis/profile.h"

/* Ranks over the problems that every method ran: by ERT to the target, and where a target was
 * not reached by the median final gap, behind all that reached it. */
struct ranking {
	size_t blocks, methods, left_out; /* problems in common, and those that are not */
	double *score;                    /* blocks x methods */
	double *mean_rank;                /* length methods */
	struct test friedman;
	double difference; /* critical, at 0.05 */
	double *p;         /* methods x methods: Wilcoxon over problems, Holm over the pairs */
};
int rank_methods(const struct study *s, double target, struct ranking *out);
void ranking_free(struct ranking *r);

#endif
