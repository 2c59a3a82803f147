/* manifest.c -- what a run was made of: version, compiler, libraries, machine, suite, plan,
 * times. */
#include <config.h>
#include "build.h"
#include "ground/files.h"
#include "ground/find.h"
#include "ground/random.h"
#include "run/manifest.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>
#include <sys/utsname.h>
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

/* OpenBLAS picks its kernels by the CPU, and kernels round differently: two machines give the
 * same bits only where this agrees. "" of another CBLAS. */
const char *blas_kernel(void)
{
	extern char *openblas_get_corename(void) __attribute__((weak));

	return openblas_get_corename ? openblas_get_corename() : "";
}

static void machine(struct text *t)
{
	struct utsname u;
	char cpu[256], os[400], libraries[200];
	double load[3] = { NAN, NAN, NAN };

	cpu_name(cpu, sizeof cpu);
	snprintf(libraries, sizeof libraries, "GSL %s, cJSON %s, zlib %s, CBLAS: %s",
		gsl_version, cJSON_Version(), zlibVersion(), BLAS_NAME);
	os[0] = 0;
	if (!uname(&u))
		snprintf(os, sizeof os, "%s %s %s", u.sysname, u.release, u.machine);
	text_field(t, "version", PACKAGE_VERSION);
	text_field(t, "git", GIT_ID);
	text_field(t, "compiler", BUILD_COMPILER " " __VERSION__);
	text_field(t, "flags", BUILD_CFLAGS);
	text_field(t, "libraries", libraries);
	text_field(t, "blas_kernel", blas_kernel());
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
			text_add(t, "%s\"%s\":%zu", join, status_words[s],
				m->tally->by_status[s]);
			join = ",";
		}
	text_add(t, "}");
}

/* Of all keys in their order: two plans are the same when this is. */
static uint64_t plan_hash(const struct plan *plan)
{
	uint64_t hash = HASH_START;
	char key[17];

	for (size_t i = 0; i < plan->count; i++) {
		cell_order(&plan->cell[i], key);
		hash = hash_text(hash, key);
	}
	return hash;
}

/* The suite as it was read, when it was read from a file. */
static void suite(struct text *t, const struct plan *plan)
{
	cJSON *json = plan->source ? cJSON_Parse(plan->source) : NULL;
	char *flat = json ? cJSON_PrintUnformatted(json) : NULL;

	text_add(t, ",\n \"suite\":");
	text_valid(t, flat ? flat : "null");
	text_add(t, ",\n \"cells\":%zu,\n \"plan\":\"%016" PRIx64 "\"", plan->count,
		plan_hash(plan));
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

static cJSON *manifest_read(const char *folder, struct why *why)
{
	char path[4096], *text;
	cJSON *json;
	size_t size;

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (!(text = file_read(path, &size, why)))
		return NULL;
	if (!(json = cJSON_Parse(text)))
		fail(why, "%s: no JSON", path);
	free(text);
	return json;
}

/* By the hash of all keys; older manifests by suite and number of cells. */
static int is_plan_of(const cJSON *manifest, const struct plan *plan)
{
	const cJSON *hash = cJSON_GetObjectItemCaseSensitive(manifest, "plan");
	const cJSON *suite = cJSON_GetObjectItemCaseSensitive(manifest, "suite");
	const cJSON *cells = cJSON_GetObjectItemCaseSensitive(manifest, "cells");
	cJSON *own = plan->source ? cJSON_Parse(plan->source) : NULL;
	char text[17];
	int same;

	snprintf(text, sizeof text, "%016" PRIx64, plan_hash(plan));
	same = cJSON_IsString(hash)
		       ? !strcmp(hash->valuestring, text)
		       : (!own || cJSON_Compare(own, suite, 1)) &&
				 (!cJSON_IsNumber(cells) ||
					 cells->valuedouble == (double)plan->count);
	cJSON_Delete(own);
	return same;
}

int manifest_agrees(const char *folder, const struct plan *plan, struct why *why)
{
	char path[4200];
	cJSON *manifest;
	const cJSON *name, *cells;
	int same;

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (access(path, F_OK))
		return 0;
	if (!(manifest = manifest_read(folder, why)))
		return -1;
	name = cJSON_GetObjectItemCaseSensitive(
		cJSON_GetObjectItemCaseSensitive(manifest, "suite"), "name");
	cells = cJSON_GetObjectItemCaseSensitive(manifest, "cells");
	same = is_plan_of(manifest, plan);
	if (!same)
		fail(why,
			"%s holds another run: suite %s, %.0f cells, not suite %s, %zu cells, "
			"or the same with other settings; "
			"--resume without suite and settings goes on with what is there",
			folder, cJSON_IsString(name) ? name->valuestring : "none",
			cJSON_IsNumber(cells) ? cells->valuedouble : 0,
			plan->name ? plan->name : "none", plan->count);
	cJSON_Delete(manifest);
	return same ? 0 : -1;
}

char **manifest_command(const char *folder, int *count, struct why *why)
{
	cJSON *manifest = manifest_read(folder, why);
	const cJSON *list = cJSON_GetObjectItemCaseSensitive(manifest, "command"), *word;
	char **words =
		manifest ? calloc((size_t)cJSON_GetArraySize(list) + 1, sizeof *words) : NULL;

	*count = 0;
	cJSON_ArrayForEach(
		word, list) if (words && cJSON_IsString(word) &&
				(words[*count] = strdup(word->valuestring)))++ *count;
	if (manifest && (!words || !*count)) {
		fail(why, "%s/manifest.json: no \"command\" that could go on", folder);
		free(words);
		words = NULL;
	}
	cJSON_Delete(manifest);
	return words;
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

int manifest_warn(const char *folder, const char *text, struct why *why)
{
	char path[4200], *old, *new = NULL;
	cJSON *root, *list;
	size_t size;
	int bad;

	snprintf(path, sizeof path, "%s/manifest.json", folder);
	if (!(old = file_read(path, &size, why)))
		return -1;
	root = cJSON_Parse(old);
	free(old);
	list = cJSON_GetObjectItemCaseSensitive(root, "warnings");
	list = list ? list : cJSON_AddArrayToObject(root, "warnings");
	if (list && cJSON_AddItemToArray(list, cJSON_CreateString(text)))
		new = cJSON_Print(root);
	bad = new ? file_write(path, new, strlen(new), why) : fail(why, "out of memory");
	cJSON_free(new);
	cJSON_Delete(root);
	return bad;
}
