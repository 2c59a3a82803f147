/* plugin.h -- problems and optimizers of the user's: --plugin FILE. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include "ground/why.h"

/* Enters what a shared object or a program brings into the registry: the one once a child has
 * survived loading it and has found its tables in order, the other as it describes itself. A
 * name without a slash that is no file here is looked for among the examples that are
 * installed. -1 and why. */
int plugin_load(const char *path, struct why *why);

#endif
