/* schedule.h -- schedules of the step size, averages of the iterates, the grid of the trace. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <stddef.h>
#include "ground/why.h"

enum schedule_kind { CONSTANT, INVERSE_SQRT, INVERSE, GEOMETRIC, COSINE, LINEAR, STEPWISE };
struct schedule {
	enum schedule_kind kind;
	double factor; /* geometric: per step; stepwise: per drop */
	double every;  /* stepwise: steps between drops */
	double warmup; /* steps of linear growth from 1/warmup to 1, in front of any kind */
};
int schedule_parse(const char *text, struct schedule *s, struct why *why);
void schedule_print(const struct schedule *s, char *out, size_t size);
/* Multiplier of step t = 0, 1, ...; progress in [0,1) is the share of the budget used. */
double schedule_rate(const struct schedule *s, size_t t, double progress);

/* The average of the iterates: avg += c_t (x_t - avg), t = 1, 2, ... */
enum average_kind { NO_AVERAGE, UNIFORM, LINEARLY, POLYNOMIAL, EXPONENTIAL };
struct average {
	enum average_kind kind;
	double parameter; /* polynomial: gamma; exponential: beta */
};
int average_parse(const char *text, struct average *a, struct why *why);
void average_print(const struct average *a, char *out, size_t size);
double average_weight(const struct average *a, size_t t);

/* The grid of the trace: log:N points per decade of oracle calls, all steps, or every:K steps.
 */
enum grid_kind { GRID_LOG, GRID_ALL, GRID_EVERY };
struct grid {
	enum grid_kind kind;
	double number;
};
int grid_parse(const char *text, struct grid *g, struct why *why);

#endif
