/* plugin.h -- problems and optimizers of the user's: --plugin FILE. */
#ifndef PLUGIN_H
#define PLUGIN_H

#include "ground/why.h"

/* Enters what a shared object or a program brings into the registry; -1 and why. A name without a slash
 * that is no file here is looked for among the examples that are installed. */
int plugin_load(const char *path, struct why *why);

#endif
