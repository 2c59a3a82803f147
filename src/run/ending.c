/* ending.c -- limits of the processes that run cells, and the records of those that left none.
 */
#include <config.h>
#include "run/ending.h"
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

double resident_mib(pid_t pid)
{
#ifdef __linux__
	char path[64];
	long total, resident = 0;
	FILE *f;

	snprintf(path, sizeof path, "/proc/%ld/statm", (long)pid);
	f = fopen(path, "r");
	if (!f)
		return 0;
	if (fscanf(f, "%ld %ld", &total, &resident) != 2)
		resident = 0;
	fclose(f);
	return (double)resident * (double)sysconf(_SC_PAGESIZE) / 1048576;
#else
	(void)pid;
	return 0;
#endif
}

enum status limit_broken(const struct limits *l, pid_t pid, double since)
{
	if (seconds_now() - since > l->timeout)
		return TIMEOUT;
	if (isfinite(l->memory_mib) && resident_mib(pid) > l->memory_mib)
		return MEMORY;
	return RUNNING;
}

void ending_record(struct record *r, const struct limits *l, enum status killed, int how,
	double seconds, const char *said)
{
	*r = (struct record){ .status = killed ? killed : CRASHED,
		.optimum = NAN,
		.start_f = NAN,
		.final_f = NAN,
		.best_f = NAN,
		.wall = seconds,
		.cpu = NAN,
		.oracle_seconds = NAN,
		.optimizer_seconds = NAN };
	if (killed == TIMEOUT)
		snprintf(r->reason, sizeof r->reason, "longer than %g s", l->timeout);
	else if (killed == MEMORY)
		snprintf(r->reason, sizeof r->reason, "more than %g MiB", l->memory_mib);
	else if (killed)
		snprintf(r->reason, sizeof r->reason, "did not stop when asked to");
	else if (said)
		snprintf(r->reason, sizeof r->reason, "its record was not accepted: %s", said);
	else if (WIFSIGNALED(how))
		snprintf(r->reason, sizeof r->reason, "signal %d (%s)", WTERMSIG(how),
			strsignal(WTERMSIG(how)));
	else if (WEXITSTATUS(how))
		snprintf(r->reason, sizeof r->reason, "exit code %d", WEXITSTATUS(how));
	else
		snprintf(r->reason, sizeof r->reason, "it ended without a record");
}
