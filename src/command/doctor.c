/* doctor.c -- nsobench doctor: what this build is made of, what it finds here, what is missing.
 */
#include <config.h>
#include "command/command.h"
#include "ground/arithmetic.h"
#include "ground/find.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "run/allowance.h"
#include "run/manifest.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include <gsl/gsl_version.h>

static int line(int ok, const char *what, const char *found)
{
	printf("%-7s %-12s %s\n", ok ? "ok" : "MISSING", what, shown(found));
	return !ok;
}

static int gnuplot_version(char *out, size_t size)
{
	const char *own = getenv("GNUPLOT");
	struct text command = { 0 };
	FILE *p;
	int status;

	text_shell(&command, own && *own ? own : GNUPLOT);
	text_add(&command, " --version 2>/dev/null");
	snprintf(out, size, "not found: install gnuplot (Debian: gnuplot-nox) for pictures");
	p = command.failed ? NULL : popen(command.s, "r");
	text_free(&command);
	if (!p)
		return 0;
	if (fgets(out, (int)size, p))
		out[strcspn(out, "\n")] = 0;
	status = pclose(p);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int check(void)
{
	char text[512], cpu[256];
	const char *data = getenv("NSOBENCH_DATA"), *fault = arithmetic_fault();
	size_t suites, problems = 0, optimizers = 0;
	char **names = shipped_names(SUITES, &suites);
	int wrong = 0, gnuplot;

	while (problem_at(problems))
		problems++;
	while (optimizer_at(optimizers))
		optimizers++;
	printf("nsobench %s, %s %s\n        flags %s\n", PACKAGE_VERSION, BUILD_COMPILER,
		__VERSION__, BUILD_CFLAGS);
	cpu_name(cpu, sizeof cpu);
	snprintf(text, sizeof text, "%s, %ld cores, %d of them for this process", cpu,
		sysconf(_SC_NPROCESSORS_ONLN), processors_allowed(""));
	line(1, "machine", text);
	wrong |= line(!fault, "arithmetic", fault ? fault : "IEEE doubles, random streams");
	snprintf(text, sizeof text, "GSL %s, CBLAS: %s %s", gsl_version, BLAS_NAME,
		blas_kernel());
	line(1, "libraries", text);
	snprintf(text, sizeof text, "%zu problems, %zu optimizers", problems, optimizers);
	line(1, "registry", text);
	snprintf(text, sizeof text, "%zu", suites);
	wrong |= line(suites > 0, "suites", text);
	names_free(names, suites);
	gnuplot = gnuplot_version(text, sizeof text);
	line(gnuplot, "gnuplot", text);
	line(1, "data",
		data && *data ? data
			      : "$NSOBENCH_DATA is not set: problems with data files "
				"are skipped");
	line(!access(".", W_OK), "folder",
		access(".", W_OK) ? "this folder is not writable" : "this folder is writable");
	return wrong ? EXIT_FAILED_RUN : gnuplot ? EXIT_DONE : EXIT_OUTPUT;
}

static int run(void *request, const struct typed_command *call)
{
	(void)request;
	(void)call;
	return check();
}

static const struct argument arguments[] = { { 0 } };

const struct command command_doctor = { "doctor",
	"what this build is made of and whether it works here", "[OPTION]...",
	"Checks what a run needs: arithmetic, random streams, suites, gnuplot, data, a place "
	"to write.",
	arguments, "Exit code 4 when gnuplot is missing, 1 when the arithmetic is wrong.",
	.run = run };
