/* plan.c -- from the command line and a suite to an array of cells. */
#include <config.h>
#include "plan.h"
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---------------------------------------------------------------- choices -------------------- */

static struct choice *new_choice(struct choices *list)
{
	size_t room = list->room ? 2 * list->room : 16;
	struct choice *more;

	if (list->count == list->room) {
		more = realloc(list->at, room * sizeof *more);
		if (!more)
			return NULL;
		list->at = more;
		list->room = room;
	}
	list->at[list->count] = (struct choice){ 0 };
	return &list->at[list->count++];
}

static int add_one(struct choices *list, const struct nso_problem *p, const struct nso_optimizer *o,
	const char *options, struct why *why)
{
	struct choice *c = new_choice(list);
	const struct nso_option *table = p ? p->options : o->options;

	if (!c)
		return fail(why, "out of memory");
	c->problem = p;
	c->optimizer = o;
	option_defaults(table, c->opt);
	return option_parse(table, p ? p->name : o->name, options, c->opt, why);
}

int choices_add(struct choices *list, char kind, const char *text, struct why *why)
{
	char name[128];
	const char *options = strchr(text, ':'), *entry;
	size_t before = list->count;

	snprintf(name, sizeof name, "%.*s", (int)strcspn(text, ":"), text);
	options = options ? options + 1 : "";
	for (size_t i = 0; kind == 'p' ? !!problem_at(i) : !!optimizer_at(i); i++) {
		entry = kind == 'p' ? problem_at(i)->name : optimizer_at(i)->name;
		if (!fnmatch(name, entry, 0) &&
			add_one(list, kind == 'p' ? problem_at(i) : NULL,
				kind == 'p' ? NULL : optimizer_at(i), options, why))
			return -1;
	}
	if (list->count > before)
		return 0;
	if (strpbrk(name, "*?["))
		return fail(why, "no %s matches '%s' (see: nsobench list)",
			kind == 'p' ? "problem" : "optimizer", name);
	unknown_name(kind == 'p' ? "problem" : "optimizer", name, why);
	return -1;
}

void choices_free(struct choices *list)
{
	free(list->at);
	*list = (struct choices){ 0 };
}

int parse_list(const char *text, int **list, size_t *count, struct why *why)
{
	const char *at = text;
	char *end;
	long from, to;

	*list = NULL;
	*count = 0;
	while (*at) {
		from = to = strtol(at, &end, 10);
		if (end != at && *end == '-') {
			at = end + 1;
			to = strtol(at, &end, 10);
		}
		if (end == at || (*end && *end != ',') || from < 0 || to < from || to - from > 9999) {
			free(*list);
			return fail(why, "'%s' is not a list of numbers, expected like 0,2,5-7", text);
		}
		int *more = realloc(*list, (*count + (size_t)(to - from) + 1) * sizeof **list);

		if (!more) {
			free(*list);
			return fail(why, "out of memory");
		}
		for (*list = more; from <= to; from++)
			(*list)[(*count)++] = (int)from;
		at = *end ? end + 1 : end;
	}
	return *count ? 0 : fail(why, "an empty list, expected numbers like 0,2,5-7");
}

/* ---------------------------------------------------------------- suites --------------------- */

/* Where suites lie: the installed folder, then the source tree of an uninstalled program. */
static const char *const suite_folders[] = { PKGDATADIR "/suites", SOURCEDIR "/suites", NULL };

static const char *suite_folder(size_t i)
{
	const char *own = getenv("NSOBENCH_SUITES");

	if (own && *own)
		return i ? suite_folders[i - 1] : own;
	return suite_folders[i];
}

static void collect(const char *folder, const char *under, char ***names, size_t *count)
{
	char path[4096], name[512], **more;
	struct dirent *entry;
	struct stat st;
	DIR *dir;

	snprintf(path, sizeof path, "%s/%s", folder, under);
	dir = opendir(path);
	while (dir && (entry = readdir(dir))) {
		size_t length = strlen(entry->d_name);

		if (*entry->d_name == '.')
			continue;
		snprintf(name, sizeof name, "%s%s%s", under, *under ? "/" : "", entry->d_name);
		snprintf(path, sizeof path, "%s/%s", folder, name);
		if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
			if (!*under)
				collect(folder, name, names, count);
			continue;
		}
		if (length < 6 || strcmp(entry->d_name + length - 5, ".json"))
			continue;
		name[strlen(name) - 5] = 0;
		more = realloc(*names, (*count + 1) * sizeof *more);
		if (more)
			(*names = more)[(*count)++] = strdup(name);
	}
	if (dir)
		closedir(dir);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **suite_names(size_t *count)
{
	char **names = NULL;

	*count = 0;
	for (size_t i = 0; suite_folder(i) && !*count; i++)
		collect(suite_folder(i), "", &names, count);
	if (names)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

char *suite_find(const char *name, struct why *why)
{
	char path[4096], **names;
	size_t count;
	const char *near;

	if (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".json")) {
		if (access(name, R_OK)) {
			fail(why, "suite %s: %s", name, strerror(errno));
			return NULL;
		}
		return strdup(name);
	}
	for (size_t i = 0; suite_folder(i); i++) {
		snprintf(path, sizeof path, "%s/%s.json", suite_folder(i), name);
		if (!access(path, R_OK))
			return strdup(path);
	}
	names = suite_names(&count);
	near = nearest(name, (const char *const *)names, count);
	fail(why, "no suite is named '%s'%s%s%s (see: nsobench list suites; a file ends in .json)",
		name, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return NULL;
}

/* ---------------------------------------------------------------- cells ---------------------- */

int plan_append(struct plan *plan, const struct cell *cell)
{
	size_t room = plan->room ? 2 * plan->room : 256;
	struct cell *more;

	if (plan->count == plan->room) {
		more = realloc(plan->cell, room * sizeof *more);
		if (!more)
			return -1;
		plan->cell = more;
		plan->room = room;
	}
	plan->cell[plan->count++] = *cell;
	return 0;
}

void plan_free(struct plan *plan)
{
	free(plan->cell);
	free(plan->name);
	free(plan->title);
	free(plan->source);
	*plan = (struct plan){ 0 };
}

int override_apply(const struct override *over, struct cell *c, struct why *why)
{
	struct budget *b = &c->budget;

	if ((over->schedule && schedule_parse(over->schedule, &c->schedule, why)) ||
		(over->average && average_parse(over->average, &c->average, why)) ||
		(over->trace && grid_parse(over->trace, &c->grid, why)) ||
		(over->measures && measures_parse(over->measures, &c->measures, why)))
		return -1;
	/* a limit that is typed replaces those of the suite */
	if (!isnan(over->work) || !isnan(over->steps) || !isnan(over->epochs) || !isnan(over->seconds))
		b->work = b->steps = b->epochs = b->seconds = INFINITY;
	b->work = isnan(over->work) ? b->work : over->work;
	b->steps = isnan(over->steps) ? b->steps : over->steps;
	b->epochs = isnan(over->epochs) ? b->epochs : over->epochs;
	b->seconds = isnan(over->seconds) ? b->seconds : over->seconds;
	b->target = isnan(over->target) ? b->target : over->target;
	c->noise = isnan(over->noise) ? c->noise : over->noise;
	c->batch = over->batch < 0 ? c->batch : (size_t)over->batch;
	c->replacement |= over->replacement;
	c->record_x |= over->record_x;
	return 0;
}

int cell_is_random(const struct cell *c)
{
	return c->batch || c->noise > 0 || c->optimizer->needs & NSO_RANDOM ||
		c->problem->traits & (NSO_RANDOM_START | NSO_NETWORK) ||
		(c->instance > 0 && c->problem->instances & NSO_SHIFTED);
}

int plan_cross(struct plan *plan, const struct choice *p, const struct choice *o,
	const struct cell *base, const int *instances, size_t instance_count, const uint64_t *seeds,
	size_t seed_count, struct why *why)
{
	struct cell c = *base;

	c.suite = plan->name;
	c.problem = p->problem;
	c.optimizer = o->optimizer;
	memcpy(c.popt, p->opt, sizeof c.popt);
	memcpy(c.oopt, o->opt, sizeof c.oopt);
	for (size_t i = 0; i < instance_count; i++)
		for (size_t s = 0; s < seed_count; s++) {
			c.instance = instances[i];
			c.seed = seeds[s];
			if (s && !cell_is_random(&c))
				break;
			if (plan_append(plan, &c))
				return fail(why, "out of memory");
		}
	return 0;
}

/* -P and -O without a suite: every pair, with the settings of the command line. */
static int plan_pairs(struct plan *plan, const struct override *over, struct why *why)
{
	static const int first[] = { 0 };
	struct choices p = { 0 }, o = { 0 };
	struct cell base;
	size_t seeds = over->seeds > 0 ? (size_t)over->seeds : 1, instance_count = 1;
	uint64_t *seed = calloc(seeds, sizeof *seed);
	int *instances = NULL, bad = !seed;

	cell_defaults(&base);
	for (size_t i = 0; seed && i < seeds; i++)
		seed[i] = i + 1;
	for (size_t i = 0; !bad && i < over->problem_count; i++)
		bad = choices_add(&p, 'p', over->problems[i], why);
	for (size_t i = 0; !bad && i < over->optimizer_count; i++)
		bad = choices_add(&o, 'o', over->optimizers[i], why);
	if (!bad && over->instances)
		bad = parse_list(over->instances, &instances, &instance_count, why);
	bad = bad || override_apply(over, &base, why);
	for (size_t i = 0; !bad && i < p.count; i++)
		for (size_t j = 0; !bad && j < o.count; j++)
			bad = plan_cross(plan, &p.at[i], &o.at[j], &base,
				instances ? instances : first, instance_count, seed, seeds, why);
	free(seed);
	free(instances);
	choices_free(&p);
	choices_free(&o);
	return bad ? -1 : 0;
}

/* The same setting may come from two patterns; a cell is run once. */
static int by_key(const void *a, const void *b)
{
	return memcmp(a, b, 16);
}

static int drop_repeats(struct plan *plan)
{
	struct entry { char key[17]; size_t index; } *all = calloc(plan->count + 1, sizeof *all);
	char *twice = calloc(plan->count + 1, 1);
	size_t kept = 0;

	if (!all || !twice) {
		free(all);
		free(twice);
		return -1;
	}
	for (size_t i = 0; i < plan->count; i++) {
		cell_key(&plan->cell[i], all[i].key);
		all[i].index = i;
	}
	qsort(all, plan->count, sizeof *all, by_key);
	for (size_t i = 1; i < plan->count; i++)
		if (!by_key(&all[i - 1], &all[i])) {
			size_t first = all[i - 1].index, second = all[i].index;

			twice[first > second ? first : second] = 1;
			all[i].index = first < second ? first : second;
		}
	for (size_t i = 0; i < plan->count; i++)
		if (!twice[i]) {
			plan->cell[kept] = plan->cell[i];
			plan->cell[kept].number = kept;
			kept++;
		}
	plan->count = kept;
	free(all);
	free(twice);
	return 0;
}

char *file_read(const char *path, struct why *why)
{
	FILE *in = fopen(path, "rb");
	char *text = NULL;
	long size;

	if (!in) {
		fail(why, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (fseek(in, 0, SEEK_END) || (size = ftell(in)) < 0 || size > 1 << 26 ||
		fseek(in, 0, SEEK_SET) || !(text = calloc(1, (size_t)size + 1)) ||
		fread(text, 1, (size_t)size, in) != (size_t)size) {
		fail(why, "%s: cannot be read as a suite", path);
		free(text);
		text = NULL;
	}
	fclose(in);
	return text;
}

int plan_make(struct plan *plan, const char *suite, const struct override *over, struct why *why)
{
	char *path;
	int bad;

	*plan = (struct plan){ 0 };
	if (!suite && over->problem_count && over->optimizer_count) {
		bad = plan_pairs(plan, over, why);
	} else {
		path = suite_find(suite ? suite : "quick", why);
		plan->source = path ? file_read(path, why) : NULL;
		bad = !plan->source || suite_unfold(path, plan->source, over, plan, why);
		free(path);
	}
	if (!bad && !plan->count)
		bad = fail(why, "nothing is left to run");
	if (!bad && drop_repeats(plan))
		bad = fail(why, "out of memory");
	if (bad)
		plan_free(plan);
	return bad ? -1 : 0;
}
