/* plugin.h -- problems and optimizers of the user's: --plugin FILE. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include "ground/why.h"

/* Enters what a shared object brings into the registry, once a child has survived loading it
 * and has found its tables in order; -1 and why. */
int plugin_load(const char *path, struct why *why);

#endif
