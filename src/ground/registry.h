/* registry.h -- the problems and optimizers that there are, built in and plugged in. */
#ifndef REGISTRY_H
#define REGISTRY_H

#include "nsobench.h"
#include "ground/why.h"

const struct nso_problem *problem_at(size_t i); /* NULL past the end */
const struct nso_optimizer *optimizer_at(size_t i);
const struct nso_problem *problem_find(const char *name); /* NULL if unknown */
const struct nso_optimizer *optimizer_find(const char *name);
/* Enters one that lives as long as the program; path is for the message. */
int add_problem(const struct nso_problem *p, const char *path, struct why *why);
int add_optimizer(const struct nso_optimizer *o, const char *path, struct why *why);
void unknown_name(const char *kind, const char *name, struct why *why); /* "problem", "optimizer", "problem or optimizer" */

#endif
