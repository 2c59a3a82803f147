/* check.h -- does a problem or an optimizer keep its promises? */
#ifndef CHECK_H
#define CHECK_H

#include "ground/pieces.h"
#include "ground/why.h"

enum verdict { CHECK_FAILED, CHECK_HELD, CHECK_UNTESTED };
struct check {
	/* Receives every finding: what was checked and in detail what was found. */
	void (*found)(
		struct check *c, enum verdict verdict, const char *what, const char *detail);
	int count[3]; /* findings per verdict */
};
void check_found(struct check *c, enum verdict verdict, const char *what, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* The option table: defaults in range, whole where they must be, help and source. */
void check_options(struct check *c, const struct nso_option *table);
/* Everything a problem promises, on one instance. -1 and why where it cannot be made. */
int check_problem(struct check *c, const struct nso_problem *p, const double *opt, int number,
	struct why *why);
/* Short runs: statuses, replay, NaN, n = 1, a start at the optimum, an empty budget. */
int check_optimizer(struct check *c, const struct nso_optimizer *o, const double *opt);

#endif
