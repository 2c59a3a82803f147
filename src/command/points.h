/* points.h -- problems and points as users type them: what the commands eval and measure share.
 */
#ifndef POINTS_H
#define POINTS_H

#include "ground/instance.h"

/* NAME[:opt=val,...]; 0, or the exit code and why. The caller frees the instance. */
int instance_open(const char *typed, int number, struct instance *in, struct why *why);
/* A line of numbers apart by blanks or commas (or a JSON array), or start, or minimizer. */
int point_read(
	const struct instance *in, const char *line, uint64_t seed, double *x, struct why *why);

#endif
