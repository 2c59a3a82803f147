/* The reader of records: what is written comes back, and other people's files are survived. */
#include "leak.h"
#include "analysis/records.h"
#include "ground/random.h"
#include "ground/scan.h"
#include "ground/why.h"
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

static const char good[] =
	"{\"schema\":\"nsobench-run/"
	"1.0\",\"key\":\"%s\",\"suite\":\"quick\",\"future\":{\"trace\":[1,{}]},"
	"\"problem\":{\"name\":\"maxq\",\"options\":{\"n\":20},\"instance\":1,\"n\":20,"
	"\"optimum\":-2,"
	"\"traits\":[\"convex\",\"pl\"]},"
	"\"optimizer\":{\"name\":\"adam\",\"title\":\"Adam\",\"options\":{\"lr\":%s,"
	"\"amsgrad\":\"off\"},"
	"\"knows\":[\"optimum\"]},"
	"\"seed\":3,\"sample\":{\"batch\":null,\"noise\":null},\"schedule\":\"constant\","
	"\"average\":\"none\","
	"\"budget\":{\"work\":100},\"status\":\"budget\",\"steps\":4,"
	"\"counts\":{\"value\":4,\"subgradient\":8,\"prox\":1},"
	"\"seconds\":{\"wall\":0.5,\"cpu\":0.25,\"trace\":[0.1,0.2,0.4]},"
	"\"start\":{\"f\":10},\"final\":{\"f\":1,\"gap\":3,\"best\":0.5,\"best_gap\":2.5},"
	"\"trace\":{\"step\":[0,1,4],\"value\":[0,1,4],\"subgradient\":[0,2,8],\"prox\":[0,0,1]"
	","
	"\"f\":[10,null,-1.9999999999999998],\"best\":[10,1e2,-1.9999999999999998],"
	"\"x\":[[1,2],[3,4],[5,0.30000000000000004]],\"odd\":[1,2],\"words\":[\"a\",\"b\","
	"\"c\"],"
	"\"clarke\":[ 1 , 0.5e0 , -0 ]}}\n";

static void make(char *folder, const char *text)
{
	char path[200];
	FILE *file;

	strcpy(folder, "records-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL, "no folder");
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	file = fopen(path, "w");
	cr_assert(file != NULL, "%s", path);
	fputs(text, file);
	fclose(file);
}

static void clean(const char *folder)
{
	char path[200];

	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/runs.jsonl.gz", folder);
	unlink(path);
	rmdir(folder);
}

static int load(struct records *r, const char *text, struct why *why)
{
	char folder[32];
	int status;

	*r = (struct records){ 0 };
	*why = (struct why){ "" };
	make(folder, text);
	status = records_read(r, folder, why);
	clean(folder);
	return status;
}

Test(records, one, .timeout = 60)
{
	struct records r;
	const struct run *run;
	const struct curve *c;
	struct why why;
	char text[4096];

	snprintf(text, sizeof text, good, "a", "0.1");
	cr_assert(eq(int, load(&r, text, &why), 0), "%s", why.text);
	cr_assert(eq(sz, r.runs, 1), "%zu runs", r.runs);
	cr_assert(eq(int, records_labels(&r), 0), "labels");
	run = &r.run[0];
	cr_expect(
		strcmp(r.problem[0].label, "maxq n=20") == 0, "problem %s", r.problem[0].label);
	cr_expect(strcmp(r.method[0].label, "Adam") == 0, "method %s", r.method[0].label);
	cr_expect(strcmp(r.method[0].mark, "f*") == 0, "mark %s", r.method[0].mark);
	cr_expect(strcmp(entry_option(&r.method[0], "amsgrad"), "off") == 0, "option");
	cr_expect(strcmp(r.problem[0].traits, "convex, pl") == 0, "traits %s",
		r.problem[0].traits);
	cr_expect(eq(int, run->instance, 1), "instance %d", run->instance);
	cr_expect(eq(int, (int)run->seed, 3), "seed");
	cr_expect(eq(dbl, run->optimum, -2.0), "optimum %g", run->optimum);
	cr_expect(eq(dbl, run->best_gap, 2.5), "best gap %g", run->best_gap);
	cr_expect(eq(sz, run->length, 3), "length %zu", run->length);
	c = run_column(run, "f");
	cr_assert(c != NULL, "no column f");
	cr_expect(eq(dbl, c->v[2], -1.9999999999999998), "last f %.17g", c->v[2]);
	cr_expect(isnan(c->v[1]), "null is NAN, not %g", c->v[1]);
	c = run_column(run, "x");
	cr_assert(c != NULL && c->width == 2, "x has width 2");
	cr_expect(eq(dbl, c->v[5], 0.1 + 0.2), "x %.17g", c->v[5]);
	c = run_column(run, "seconds");
	cr_assert(c != NULL, "no column seconds");
	cr_expect(eq(dbl, c->v[1], 0.2), "seconds %g", c->v[1]);
	cr_expect(run_column(run, "odd") == NULL, "a column of another length is left out");
	cr_expect(run_column(run, "words") == NULL, "a column of texts is left out");
	cr_expect(eq(sz, r.warnings, 1), "%zu warnings", r.warnings);
	records_free(&r);
	no_leak();
}

Test(records, numbers, .timeout = 60)
{
	static const char text[] =
		"[0,-0,1,123456789012345,1234567890123456789,0.1,-1.5e-300,2e308,4.9e-324,"
		"9007199254740993,0.000001,123.456,1E5,0.1e1,179769313486231570000e287]";
	static const double expected[] = { 0, -0.0, 1, 123456789012345, 1234567890123456789.0,
		0.1, -1.5e-300, HUGE_VAL, 4.9e-324, 9007199254740993.0, 0.000001, 123.456, 1e5,
		1, 179769313486231570000e287 };
	struct numbers n = { 0 };
	gsl_rng *rng = stream(5);
	char line[64];

	cr_assert(scan_numbers(text, &n) == text + sizeof text - 1, "not read to the end");
	cr_assert(eq(sz, n.count, sizeof expected / sizeof *expected), "%zu numbers", n.count);
	for (size_t i = 0; i < n.count; i++)
		cr_expect(memcmp(&n.v[i], &expected[i], sizeof *n.v) == 0,
			"number %zu: %.17g, expected %.17g", i, n.v[i], expected[i]);
	for (size_t i = 0; i < 20000; i++) { /* any double printed with 17 digits comes back */
		uint64_t bits = (uint64_t)gsl_rng_get(rng) << 32 ^ gsl_rng_get(rng) << 9;
		double v;

		memcpy(&v, &bits, sizeof v);
		if (!isfinite(v))
			continue;
		snprintf(line, sizeof line, "[%.*g]", i % 2 ? 17 : 9, v);
		v = strtod(line + 1, NULL);
		cr_assert(scan_numbers(line, &n) && n.count == 1 && n.v[0] == v,
			"%s read as %.17g", line, n.v[0]);
	}
	cr_expect(scan_numbers("[1,2", &n) == NULL, "torn array");
	cr_expect(scan_numbers("[1 2]", &n) == NULL, "no comma");
	cr_expect(scan_numbers("[1,[2,3]]", &n) && n.odd, "ragged");
	cr_expect(scan_numbers("[[1,2],[3]]", &n) && n.odd, "ragged rows");
	free(n.v);
	gsl_rng_free(rng);
	no_leak();
}

Test(records, survives, .timeout = 60)
{
	static const char *const torn[] = {
		"{\"schema\":\"nsobench-run/1.0\",\"key\":\"z\",\"trace\":{\"f\":[1,2",
		"{\"schema\":\"nsob", "{", "{\"schema\":\"nsobench-run/1.0\",\"trace\":{}",
		"garbage"
	};
	struct records r;
	struct why why;
	char text[16384], line[4096];

	for (size_t i = 0; i < sizeof torn / sizeof *torn; i++) {
		snprintf(line, sizeof line, good, "a", "0.1");
		snprintf(text, sizeof text, "%s%s", line, torn[i]);
		cr_assert(eq(int, load(&r, text, &why), 0), "%s: %s", torn[i], why.text);
		cr_expect(eq(sz, r.runs, 1), "%s: %zu runs", torn[i], r.runs);
		cr_expect(eq(sz, r.warnings, 2), "%s: %zu warnings", torn[i], r.warnings);
		records_free(&r);
	}
	/* hardly anything in it */
	cr_assert(eq(int, load(&r, "\n{\"schema\":\"nsobench-run/1.7\"}\n\n", &why), 0), "%s",
		why.text);
	cr_expect(eq(sz, r.runs, 1), "%zu runs", r.runs);
	cr_expect(isnan(r.run[0].optimum) && r.run[0].length == 0, "nothing is known");
	records_free(&r);
	/* the shortest traces, one after the other */
	cr_assert(
		eq(int,
			load(&r,
				"{\"schema\":\"nsobench-run/1.0\",\"key\":\"a\",\"trace\":{}}\n"
				"{\"schema\":\"nsobench-run/1.0\",\"key\":\"b\",\"trace\":{}}\n"
				"{\"schema\":\"nsobench-run/"
				"1.0\",\"key\":\"c\",\"trace\":{},\"seed\":7}\n",
				&why),
			0),
		"%s", why.text);
	cr_expect(eq(sz, r.runs, 3), "%zu runs", r.runs);
	cr_expect(eq(sz, r.warnings, 0), "%zu warnings", r.warnings);
	cr_expect(eq(int, (int)r.run[2].seed, 7), "seed behind an empty trace");
	records_free(&r);
	/* wrong types everywhere */
	cr_assert(eq(int,
			  load(&r,
				  "{\"schema\":\"nsobench-run/"
				  "1.0\",\"problem\":3,\"optimizer\":[],\"seed\":\"x\","
				  "\"status\":null,\"final\":\"f\",\"trace\":[1,2],\"seconds\":"
				  "{\"trace\":[1]}}\n",
				  &why),
			  0),
		"%s", why.text);
	records_free(&r);
	no_leak();
}

Test(records, repeated, .timeout = 60)
{
	struct records r;
	struct why why;
	char text[16384], line[3][4096];

	snprintf(line[0], sizeof line[0], good, "a", "0.1");
	snprintf(line[1], sizeof line[1], good, "b", "0.2");
	snprintf(line[2], sizeof line[2], good, "a", "0.3");
	snprintf(text, sizeof text, "%s%s%s", line[0], line[1], line[2]);
	cr_assert(eq(int, load(&r, text, &why), 0), "%s", why.text);
	cr_expect(eq(sz, r.runs, 2), "%zu runs", r.runs);
	cr_expect(strcmp(entry_option(&r.method[r.run[0].method], "lr"), "0.3") == 0,
		"the later counts");
	cr_expect(eq(sz, r.warnings, 2), "%zu warnings", r.warnings);
	cr_assert(eq(int, records_labels(&r), 0), "labels");
	cr_expect(strcmp(r.method[r.run[1].method].label, "Adam lr=0.2") == 0, "label %s",
		r.method[r.run[1].method].label);
	records_free(&r);
	no_leak();
}

Test(records, refused, .timeout = 60)
{
	struct records r;
	struct why why;
	char text[8192];

	snprintf(text, sizeof text, good, "a", "0.1");
	strcat(text, "{\"schema\":\"nsobench-run/2.3\",\"key\":\"b\"}\n");
	cr_expect(eq(int, load(&r, text, &why), -1), "another major version");
	cr_expect(strstr(why.text, "nsobench-run/2.3") && strstr(why.text, "nsobench-run/1.0"),
		"both versions are named: %s", why.text);
	records_free(&r);
	cr_expect(eq(int, load(&r, "{\"name\":\"no schema\"}\n", &why), -1), "no schema");
	cr_expect(strstr(why.text, "line 1") != NULL, "%s", why.text);
	records_free(&r);
	cr_expect(eq(int, load(&r, "", &why), -1), "empty file");
	records_free(&r);
	cr_expect(eq(int, records_read(&r, "/nonexistent", &why), -1), "no folder");
	cr_expect(strstr(why.text, "/nonexistent") != NULL, "%s", why.text);
	records_free(&r);
	no_leak();
}

/* 100 MB in 3 s and 500 MB is the bound; here 20 MB, compressed once, to keep the test short.
 */
Test(records, large, .timeout = 60)
{
	char folder[32], path[64], key[32], *line = malloc(1 << 20);
	struct records r = { 0 };
	struct why why;
	gsl_rng *rng = stream(1);
	gzFile zip;
	FILE *file;
	size_t bytes = 0;
	struct timespec from, to;

	make(folder, "");
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	file = fopen(path, "w");
	snprintf(path, sizeof path, "%s/runs.jsonl.gz", folder);
	zip = gzopen(path, "wb1");
	cr_assert(line && file && zip, "no room");
	for (size_t i = 0; bytes < 20000000; i++) {
		size_t used;

		snprintf(key, sizeof key, "key%zu", i);
		used = (size_t)snprintf(line, 1 << 20, good, key, "0.1") - 3;
		used += (size_t)sprintf(line + used, ",\"extra\":[0");
		for (size_t k = 0; k < 5000; k++)
			used += (size_t)sprintf(line + used, ",%.17g", gsl_rng_uniform(rng));
		used += (size_t)sprintf(line + used, "]}}\n");
		bytes += used;
		fputs(line, file);
		if (i < 10)
			gzputs(zip, line);
	}
	fclose(file);
	gzclose(zip);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
	cr_assert(eq(int, records_read(&r, folder, &why), 0), "%s", why.text);
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
	cr_expect(lt(dbl,
			  (double)(to.tv_sec - from.tv_sec) +
				  1e-9 * (double)(to.tv_nsec - from.tv_nsec),
			  6.0),
		"20 MB take seconds");
	records_free(&r);
	snprintf(path, sizeof path, "%s/runs.jsonl", folder);
	unlink(path);
	cr_assert(eq(int, records_read(&r, folder, &why), 0), "%s", why.text);
	cr_expect(eq(sz, r.runs, 10), "%zu runs from the compressed file", r.runs);
	records_free(&r);
	clean(folder);
	gsl_rng_free(rng);
	free(line);
	no_leak();
}
