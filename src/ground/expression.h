/* expression.h -- small arithmetic over named numbers: "2*L*R^2/((1-L*radius)^2*t)". */
#ifndef EXPRESSION_H
#define EXPRESSION_H

#include <stddef.h>
#include "ground/why.h"

enum { SCOPE_NAMES = 96, SCOPE_NAME = 32 };
struct scope {
	char name[SCOPE_NAMES][SCOPE_NAME];
	double value[SCOPE_NAMES];
	size_t count;
	const struct scope *outer; /* asked for what is not here, or NULL */
};
/* Sets or replaces; -1 when there is no room or the name is too long. */
int scope_set(struct scope *s, const char *name, double value);
int scope_get(const struct scope *s, const char *name, double *value); /* -1: unknown */

/* Numbers, names, + - * / ^ ( ), unary -, sqrt exp log abs, min max of two. A name that is
 * unknown or whose value is NAN is an error: -1, and why says which. */
int evaluate(const char *text, const struct scope *s, double *out, struct why *why);
/* Does the text use this name? */
int mentions(const char *text, const char *name);

#endif
