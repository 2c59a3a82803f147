/* registry.h -- the problems and optimizers that there are, built in and plugged in. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "nsobench.h"
#include "ground/why.h"

const struct nso_problem *problem_at(size_t i); /* NULL past the end */
const struct nso_optimizer *optimizer_at(size_t i);
const struct nso_problem *problem_find(const char *name); /* NULL if unknown */
const struct nso_optimizer *optimizer_find(const char *name);
int plugin_load(const char *path, struct why *why);
void unknown_name(const char *kind, const char *name, struct why *why); /* "problem", "optimizer", "problem or optimizer" */

#endif
