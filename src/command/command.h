/* command.h -- the commands. Each gets its own name as argv[0] and returns the exit code. */
#ifndef COMMAND_H
#define COMMAND_H

#include "analysis/records.h"
#include <stdint.h>
#include <stdio.h>
#include "analysis/study.h"
#include "ground/why.h"

enum { EXIT_DONE, EXIT_FAILED_RUN, EXIT_USAGE, EXIT_INPUT, EXIT_OUTPUT };

int cmd_run(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_show(int argc, char **argv);
int cmd_eval(int argc, char **argv);
int cmd_measure(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_lgi(uint64_t seed, const char *folder); /* measure lgi-study */
int cmd_lgi_runs(const char *folder);           /* measure lgi-runs */
int cmd_merge(int argc, char **argv);
int cmd_data(int argc, char **argv);
int cmd_doctor(int argc, char **argv);
int cmd_summary(int argc, char **argv);
int cmd_plot(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_tune(int argc, char **argv);
int cmd_rates(int argc, char **argv);

/* "nsobench: reason" on stderr; returns code. */
int complain(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* After getopt_long returned '?' or ':' with opterr = 0: says what is wrong, names the nearest option;
 * returns EXIT_USAGE. */
struct option;
int bad_option(char **argv, const struct option *options);

/* Reads a folder and makes a study of it; warnings go to stderr. */
int open_study(struct study *s, struct records *r, const char *folder, const struct cost *cost,
	double target, struct why *why);

#endif
