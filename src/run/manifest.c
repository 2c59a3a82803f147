/* manifest.c -- what a run was made of: version, compiler, libraries, machine, suite, plan, times. */
#include <config.h>
#include "build.h"
#include "ground/files.h"
#include "ground/text.h"
#include "ground/why.h"
#include "run/cell.h"
#include "run/manifest.h"
#include "run/plan.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <sys/utsname.h>
#include <cjson/cJSON.h>
#include <gsl/gsl_version.h>

void utc_now(char out[32])
{
	time_t now = time(NULL);
	struct tm tm;

	strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
}

void cpu_name(char *out, size_t size)
{
	char line[512];
	FILE *f = fopen("/proc/cpuinfo", "r");

	snprintf(out, size, "unknown");
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, "model name", 10) && strchr(line, ':')) {
			snprintf(out, size, "%s", strchr(line, ':') + 2);
			out[strcspn(out, "\n")] = 0;
			break;
		}
	if (f)
		fclose(f);
}

static void text_field(struct text *t, const char *name, const char *value)
{
	text_add(t, ",\n \"%s\":", name);
	text_json(t, value);
}

static void machine(struct text *t)
{
	struct utsname u;
	char cpu[256], os[400], libraries[200];
	double load[3] = { NAN, NAN, NAN };

	cpu_name(cpu, sizeof cpu);
	snprintf(libraries, sizeof libraries, "GSL %s, cJSON %s, zlib %s, CBLAS: %s", gsl_version,
		cJSON_Version(), zlibVersion(), BLAS_NAME);
	os[0] = 0;
	if (!uname(&u))
		snprintf(os, sizeof os, "%s %s %s", u.sysname, u.release, u.machine);
	text_field(t, "version", PACKAGE_VERSION);
	text_field(t, "git", GIT_ID);
	text_field(t, "compiler", BUILD_COMPILER " " __VERSION__);
	text_field(t, "flags", BUILD_CFLAGS);
	text_field(t, "libraries", libraries);
	text_field(t, "cpu", cpu);
	text_add(t, ",\n \"cores\":%ld", sysconf(_SC_NPROCESSORS_ONLN));
	text_field(t, "os", os);
	if (getloadavg(load, 3) < 0)
		load[0] = NAN;
	text_add(t, ",\n \"load_average\":");
	text_double(t, load[0]);
	text_add(t, ",\n \"denormals\":\"flushed to zero\"");
}

static void outcome(struct text *t, const struct manifest *m)
{
	char end[32];
	const char *join = "";

	text_field(t, "start", m->start);
	if (!m->tally)
		return;
	utc_now(end);
	text_field(t, "end", end);
	text_add(t, ",\n \"status\":{");
	for (int s = CONVERGED; s <= SKIPPED; s++)
		if (m->tally->by_status[s]) {
			text_add(t, "%s\"%s\":%zu", join, status_words[s], m->tally->by_status[s]);
			join = ",";
		}
	text_add(t, "}");
}

/* The suite as it was read, when it was read from a file. */
static void suite(struct text *t, const struct plan *plan)
{
	cJSON *json = plan->source ? cJSON_Parse(plan->source) : NULL;
	char *flat = json ? cJSON_PrintUnformatted(json) : NULL;

	text_add(t, ",\n \"suite\":%s", flat ? flat : "null");
	text_add(t, ",\n \"cells\":%zu", plan->count);
	cJSON_free(flat);
	cJSON_Delete(json);
}

static void command(struct text *t, const struct manifest *m)
{
	text_add(t, ",\n \"command\":[");
	for (int i = 0; i < m->argc; i++) {
		text_add(t, i ? "," : "");
		text_json(t, i ? m->argv[i] : "nsobench run");
	}
	text_add(t, "],\n \"workers\":%d", m->workers);
	text_add(t, ",\n \"times_comparable\":%s", m->workers > 1 ? "false" : "true");
	if (m->shard)
		text_field(t, "shard", m->shard);
}

int manifest_write(const char *folder, const struct manifest *m, struct why *why)
{
	char path[4096];
	struct text t = { 0 };
	int bad;

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	text_add(&t, "{\"schema\":\"nsobench-manifest/1.0\"");
	command(&t, m);
	machine(&t);
	suite(&t, m->plan);
	outcome(&t, m);
	text_add(&t, "}\n");
	bad = t.failed ? fail(why, "out of memory") : file_write(path, t.s, t.used, why);
	text_free(&t);
	return bad;
}
