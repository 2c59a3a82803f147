/* calls.c -- the kinds of oracle calls by their names. */
#include <config.h>
#include "ground/calls.h"

const char *const call_names[CALL_KINDS] = { "value", "subgradient", "prox", "forward", "back",
	"dual_prox" };
