/* test_pool.c -- what the pool stands on: frames, parcels, keys, what a file of records holds
 * already. */
#include <config.h>
#include "ground/entry.h"
#include "ground/option.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "leak.h"
#include "run/allowance.h"
#include "run/cell.h"
#include "run/channel.h"
#include "run/keys.h"
#include "run/parcel.h"
#include "run/plan.h"
#include "run/record.h"
#include "run/resume.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/stat.h>
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

/* ---------------------------------------------------------------- frames ---------------------
 */

static struct bytes sent(const char *text, size_t cell, const char *key)
{
	struct bytes payload = { 0 }, got = { 0 };
	int ends[2];

	cr_assert(eq(int, pipe(ends), 0), "pipe");
	bytes_add(&payload, text, strlen(text));
	cr_assert(eq(int, frame_send(ends[1], cell, key, &payload), 0), "send");
	close(ends[1]);
	while (frame_receive(ends[0], &got))
		;
	close(ends[0]);
	bytes_free(&payload);
	return got;
}

Test(channel, a_frame_arrives_and_no_bit_of_it_may_change, .timeout = 60)
{
	struct bytes b = sent("what was said", 7, "0123456789abcdef");
	struct why why;

	cr_assert(eq(int, frame_check(&b, 7, "0123456789abcdef", &why), 1), "whole");
	cr_expect(eq(sz, frame_length(&b), 13), "length");
	cr_expect(eq(int, memcmp(frame_payload(&b), "what was said", 13), 0), "content");
	cr_expect(eq(int, frame_check(&b, 8, "0123456789abcdef", &why), -1), "another cell");
	cr_expect(eq(int, frame_check(&b, 7, "0123456789abcdee", &why), -1), "another key");
	for (size_t i = 0; i < b.used; i++) {
		if (i >= offsetof(struct frame, key) + KEY && i < sizeof(struct frame))
			continue; /* padding */
		b.at[i] ^= 4;
		cr_expect(ne(int, frame_check(&b, 7, "0123456789abcdef", &why), 1), "byte %zu",
			i);
		b.at[i] ^= 4;
	}
	for (size_t whole = b.used; b.used > 0; b.used--)
		cr_expect(
			eq(int, frame_check(&b, 7, "0123456789abcdef", &why), b.used == whole),
			"cut to %zu", b.used);
	bytes_free(&b);
	no_leak();
}

Test(channel, noise_is_seen_at_once, .timeout = 60)
{
	struct bytes b = sent("x", 1, "0123456789abcdef"), noise = { 0 };
	struct why why;

	cr_expect(eq(int, frame_is_noise(&b), 0), "a frame");
	bytes_add(&b, "y", 1);
	cr_expect(eq(int, frame_is_noise(&b), 1), "more than a frame");
	cr_expect(
		eq(int, frame_check(&b, 1, "0123456789abcdef", &why), -1), "more than a frame");
	bytes_add(&noise, "hello, world", 12);
	cr_expect(eq(int, frame_is_noise(&noise), 1), "words");
	bytes_free(&b);
	bytes_free(&noise);
	no_leak();
}

/* ---------------------------------------------------------------- parcels --------------------
 */

static struct cell a_cell(void)
{
	struct cell c;

	cell_defaults(&c);
	c.problem = problem_find("maxq");
	c.optimizer = optimizer_find("s-adam");
	option_defaults(c.problem->options, c.popt);
	option_defaults(c.optimizer->options, c.oopt);
	c.record_x = 1;
	c.budget.work = 300;
	return c;
}

static void line_of(const struct cell *c, const struct record *r, struct text *t)
{
	t->used = 0;
	record_json(t, c, r);
	cr_assert(eq(int, t->failed, 0), "memory");
}

Test(parcel, a_record_is_the_same_after_its_journey, .timeout = 60)
{
	struct cell c = a_cell();
	struct instance in;
	struct record r, s;
	struct bytes b = { 0 };
	struct text before = { 0 }, after = { 0 };
	struct why why;

	cr_assert(eq(int, instance_make(&in, c.problem, c.popt, 0, &why), 0), "%s", why.text);
	cr_assert(eq(int, cell_run(&c, &in, &r), 0), "memory");
	parcel_pack(&b, &r);
	cr_assert(eq(int, parcel_open(&s, b.at, b.used, &why), 0), "%s", why.text);
	line_of(&c, &r, &before);
	line_of(&c, &s, &after);
	cr_expect(eq(str, before.s, after.s), "the line");
	cr_expect(eq(int, strstr(before.s, "\"x\":[[") != NULL, 1), "with iterates");
	record_free(&s);
	/* every shorter parcel is refused, and so is one with a number that does not fit */
	for (size_t cut = 1; cut < b.used; cut += 97)
		cr_expect(eq(int, parcel_open(&s, b.at, b.used - cut, &why), -1), "cut by %zu",
			cut);
	((struct record *)(void *)b.at)->columns = 1000;
	cr_expect(eq(int, parcel_open(&s, b.at, b.used, &why), -1), "columns");
	((struct record *)(void *)b.at)->columns = r.columns;
	((struct record *)(void *)b.at)->status = (enum status)77;
	cr_expect(eq(int, parcel_open(&s, b.at, b.used, &why), -1), "status");
	((struct record *)(void *)b.at)->status = r.status;
	((struct record *)(void *)b.at)->points = (size_t)-1 / 8;
	cr_expect(eq(int, parcel_open(&s, b.at, b.used, &why), -1), "points");
	record_free(&r);
	instance_free(&in);
	bytes_free(&b);
	text_free(&before);
	text_free(&after);
	no_leak();
}

/* ---------------------------------------------------------------- what is there --------------
 */

static struct plan seeds(size_t count)
{
	struct plan plan = { .cell = calloc(count, sizeof *plan.cell), .count = count };

	cr_assert(eq(int, plan.cell != NULL, 1), "memory");
	for (size_t i = 0; i < count; i++) {
		plan.cell[i] = a_cell();
		plan.cell[i].seed = i + 1;
	}
	return plan;
}

static int file_of(const char *text, size_t length)
{
	char name[] = "/tmp/nsobench-resume.XXXXXX";
	int fd = mkstemp(name);

	cr_assert(lt(int, -1, fd), "a file");
	unlink(name);
	cr_assert(eq(int, (int)write(fd, text, length), (int)length), "write");
	return fd;
}

static void record_line(
	struct text *t, const struct cell *c, enum status status, const char *reason)
{
	struct record r = {
		.status = status, .optimum = NAN, .start_f = NAN, .final_f = NAN, .best_f = NAN
	};

	snprintf(r.reason, sizeof r.reason, "%s", reason);
	record_json(t, c, &r);
}

Test(resume, only_whole_records_of_finished_runs_count, .timeout = 60)
{
	struct plan plan = seeds(8);
	struct text t = { 0 };
	struct why why;
	char todo[8], tail[8] = "";
	size_t whole;
	int fd;

	record_line(&t, &plan.cell[0], BUDGET, "");
	record_line(&t, &plan.cell[1], INTERRUPTED, "");
	record_line(&t, &plan.cell[2], CRASHED, "signal 9 (Killed)");
	record_line(&t, &plan.cell[3], CRASHED, "signal 11 (Segmentation fault)");
	record_line(&t, &plan.cell[4], SKIPPED, "\"status\":\"interrupted\"");
	record_line(&t, &plan.cell[5], BUDGET, "");
	t.used -= 40; /* torn, and the next one runs on from it */
	record_line(&t, &plan.cell[6], BUDGET, "");
	whole = t.used;
	record_line(&t, &plan.cell[7], BUDGET, "");
	for (size_t cut = 1; cut < 300; cut += 13) {
		memset(todo, 1, sizeof todo);
		fd = file_of(t.s, t.used - cut);
		cr_assert(eq(int, resume(fd, &plan, todo, &why), 0), "%s", why.text);
		cr_expect(eq(int, memcmp(todo, "\0\1\1\0\0\1\1\1", 8), 0), "cut by %zu", cut);
		cr_expect(eq(int, (int)lseek(fd, 0, SEEK_END), (int)whole),
			"the torn line is cut off");
		cr_expect(eq(int, (int)pread(fd, tail, 1, (off_t)whole - 1), 1), "read");
		cr_expect(eq(int, *tail, '\n'), "whole lines stay");
		close(fd);
	}
	memset(todo, 1, sizeof todo);
	fd = file_of(t.s, t.used);
	cr_assert(eq(int, resume(fd, &plan, todo, &why), 0), "%s", why.text);
	cr_expect(eq(int, todo[7], 0), "the whole line");
	close(fd);
	text_free(&t);
	free(plan.cell);
	no_leak();
}

/* 1e5 records took over a minute when each was looked for in the whole plan. */
Test(resume, a_hundred_thousand_records, .timeout = 60)
{
	enum { MANY = 100000 };
	struct plan plan = seeds(MANY);
	struct text t = { 0 };
	struct why why;
	char *todo = malloc(MANY);
	double start;
	int fd;

	for (size_t i = 0; i < MANY; i++)
		if (i != 4711)
			record_line(&t, &plan.cell[i], BUDGET, "");
	memset(todo, 1, MANY);
	fd = file_of(t.s, t.used);
	start = seconds_now();
	cr_assert(eq(int, resume(fd, &plan, todo, &why), 0), "%s", why.text);
	cr_expect(lt(dbl, seconds_now() - start, 20), "%g s", seconds_now() - start);
	for (size_t i = 0; i < MANY; i++)
		cr_assert(eq(int, todo[i], i == 4711), "cell %zu", i);
	close(fd);
	text_free(&t);
	free(todo);
	free(plan.cell);
	no_leak();
}

/* ---------------------------------------------------------------- entries --------------------
 */

Test(entry, what_is_built_in_keeps_the_rules_for_plug_ins, .timeout = 60)
{
	struct why why = { "" };

	for (size_t i = 0; problem_at(i); i++)
		cr_expect(
			eq(int, problem_check(problem_at(i), "here", &why), 0), "%s", why.text);
	for (size_t i = 0; optimizer_at(i); i++)
		cr_expect(eq(int, optimizer_check(optimizer_at(i), "here", &why), 0), "%s",
			why.text);
}

/* ---------------------------------------------------------------- allowance ------------------
 */

/* A file below the folder, with the folders above it. */
static void put(const char *folder, const char *name, const char *content)
{
	char path[300];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	for (char *c = path + strlen(folder) + 1; (c = strchr(c, '/')); *c++ = '/') {
		*c = 0;
		mkdir(path, 0777);
	}
	f = fopen(path, "w");
	cr_assert(f && fputs(content, f) >= 0 && !fclose(f), "%s", path);
}

/* This process may be held to few processors itself: a quota below its own shows. */
Test(allowance, quotas_of_cgroups_bind_those_of_groups_above_too, .timeout = 60)
{
	char folder[] = "/tmp/nsobench-cgroup-XXXXXX", command[64];
	int own;

	cr_assert(mkdtemp(folder) != NULL, "mkdtemp");
	own = processors_allowed(folder);
	cr_expect(le(int, 1, own), "no files at all");
	put(folder, "proc/self/cgroup", "0::/a/b\n");
	put(folder, "sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
	cr_expect(eq(int, processors_allowed(folder), own), "max is no limit");
	put(folder, "sys/fs/cgroup/a/cpu.max", "150000 100000\n");
	cr_expect(eq(int, processors_allowed(folder), 1), "one and a half of the group above");
	put(folder, "sys/fs/cgroup/a/cpu.max", "50000 100000\n");
	cr_expect(eq(int, processors_allowed(folder), 1), "half a processor is one worker");
	put(folder, "sys/fs/cgroup/a/cpu.max", "9900000 100000\n");
	cr_expect(eq(int, processors_allowed(folder), own), "more than there are");
	put(folder, "proc/self/cgroup", "4:cpuset:/c\n3:cpu,cpuacct:/c/d\n0::/\n");
	put(folder, "sys/fs/cgroup/cpu,cpuacct/c/d/cpu.cfs_quota_us", "-1\n");
	put(folder, "sys/fs/cgroup/cpu,cpuacct/c/d/cpu.cfs_period_us", "100000\n");
	cr_expect(eq(int, processors_allowed(folder), own), "-1 is no limit");
	put(folder, "sys/fs/cgroup/cpu,cpuacct/c/d/cpu.cfs_quota_us", "199000\n");
	cr_expect(eq(int, processors_allowed(folder), 1), "a quota of version 1");
	put(folder, "proc/self/cgroup", "3:cpu,cpuacct:/elsewhere\n");
	put(folder, "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us", "100000\n");
	put(folder, "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us", "100000\n");
	cr_expect(
		eq(int, processors_allowed(folder), 1), "the path of a host, seen from inside");
	snprintf(command, sizeof command, "rm -rf %s", folder);
	cr_expect(eq(int, system(command), 0), "rm");
	no_leak();
}
