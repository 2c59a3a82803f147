/* registry.h -- the problems and optimizers that there are, built in and plugged in. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "nsobench.h"
#include "ground/origin.h"
#include "ground/why.h"

const struct nso_problem *problem_at(size_t i); /* NULL past the end */
const struct nso_optimizer *optimizer_at(size_t i);
const struct nso_problem *problem_find(const char *name); /* NULL if unknown */
const struct nso_optimizer *optimizer_find(const char *name);

/* Enter a copy (name, tables and functions stay where they are) once it is found to be in
 * order. */
int add_problem(const struct nso_problem *p, const struct origin *from, struct why *why);
int add_optimizer(const struct nso_optimizer *o, const struct origin *from, struct why *why);
void unknown_name(const char *kind, const char *name,
	struct why *why); /* "problem", "optimizer", "problem or optimizer" */

#endif
