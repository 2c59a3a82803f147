/* check.h -- does a problem or an optimizer keep its promises? */
#ifndef CHECK_H
#define CHECK_H

#include "core.h"

enum verdict { CHECK_FAILED, CHECK_HELD, CHECK_UNTESTED };
struct check {
	/* Receives every finding: what was checked and in detail what was found. */
	void (*found)(
		struct check *c, enum verdict verdict, const char *what, const char *detail);
	int count[3]; /* findings per verdict */
};
void check_found(struct check *c, enum verdict verdict, const char *what, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* Everything a problem promises, on one instance. -1 and why where it cannot be made. */
int check_problem(struct check *c, const struct nso_problem *p, const double *opt, int number,
	struct why *why);
double pieces_support(
	const struct nso_pieces *p, const double *d); /* max over the set of <v, d> */

#endif
