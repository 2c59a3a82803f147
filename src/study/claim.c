/* claim.c -- reads a claim file (JSON, schema nsobench-claim/1.0), strictly: an unknown key, a
 * wrong type, a name that does not exist is refused with its place. */
#include <config.h>
#include "build.h"
#include "ground/option.h"
#include "ground/quote.h"
#include "ground/registry.h"
#include "ground/why.h"
#include "run/plan.h"
#include "study/claim.h"
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *const test_words[] = { "bound", "factor", "equals", "power", "linear", "level",
	"below", NULL };

struct reader {
	const char *path;
	struct why *why;
};

static __attribute__((format(printf, 3, 4))) int wrong(
	const struct reader *r, const char *where, const char *format, ...)
{
	char what[400];
	va_list args;

	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	return fail(r->why, "%s: %s: %s", r->path, where, what);
}

/* ---------------------------------------------------------------- keys -----------------------
 */

#define SETTINGS                                                                               \
	"instances", "seeds", "steps", "horizons", "batch", "noise", "schedule", "average",    \
		"trace", "measures", "goldstein", "sampling", "let"
static const char *const top_keys[] = { "schema", "id", "title", "statement", "source",
	"proved", "note", "study", "slow", "problems", "optimizers", "tests", SETTINGS, NULL };
static const char *const entry_keys[] = { "name", "label", "options", "tune", SETTINGS, NULL };
static const char *const test_keys[] = { "of", "on", "against", "quantity", "take", "over",
	"from", "tolerance", "exact", "control", "pool", "why", "floor", "rounding", "bound",
	"factor", "equals", "power", "linear", "level", "below", NULL };

static int check_keys(
	const struct reader *r, const char *where, const cJSON *object, const char *const *keys)
{
	size_t count = 0;
	const cJSON *v, *w;

	if (!cJSON_IsObject(object))
		return wrong(r, where, "expected an object");
	while (keys[count])
		count++;
	cJSON_ArrayForEach(v, object)
	{
		size_t i = 0;
		const char *near;

		while (i < count && strcmp(keys[i], v->string))
			i++;
		if (i == count) {
			near = nearest(v->string, keys, count);
			return wrong(r, where, "unknown key \"%s\"%s%s%s", v->string,
				near ? "; did you mean \"" : "", near ? near : "",
				near ? "\"?" : "");
		}
		for (w = v->next; w; w = w->next)
			if (!strcmp(w->string, v->string))
				return wrong(r, where, "key \"%s\" stands twice", v->string);
	}
	return 0;
}

static const cJSON *get(const cJSON *object, const char *key)
{
	return cJSON_GetObjectItemCaseSensitive(object, key);
}

static int get_text(const struct reader *r, const cJSON *object, const char *where,
	const char *key, int must, const char **out)
{
	const cJSON *v = get(object, key);

	if (!v)
		return must ? wrong(r, where, "\"%s\" is missing", key) : 0;
	if (!cJSON_IsString(v))
		return wrong(r, where, "\"%s\" is no text", key);
	*out = v->valuestring;
	return 0;
}

/* A text, or the text that a number is: expressions may be written as either. */
static int get_expression(const struct reader *r, const cJSON *object, const char *where,
	const char *key, const char **out)
{
	cJSON *v = cJSON_GetObjectItemCaseSensitive((cJSON *)(uintptr_t)object, key);
	char text[40];

	if (cJSON_IsNumber(v)) {
		print_double(text, sizeof text, v->valuedouble);
		v = cJSON_CreateString(text);
		if (!v || !cJSON_ReplaceItemInObjectCaseSensitive(
				  (cJSON *)(uintptr_t)object, key, v))
			return fail(r->why, "out of memory");
	}
	return get_text(r, object, where, key, 1, out);
}

static int get_flag(const struct reader *r, const cJSON *object, const char *where,
	const char *key, int *out)
{
	const cJSON *v = get(object, key);

	if (v && !cJSON_IsBool(v))
		return wrong(r, where, "\"%s\" is neither true nor false", key);
	*out = cJSON_IsTrue(v);
	return 0;
}

static int get_number(const struct reader *r, const cJSON *object, const char *where,
	const char *key, double *out)
{
	const cJSON *v = get(object, key);

	if (v && (!cJSON_IsNumber(v) || !(v->valuedouble >= 0)))
		return wrong(r, where, "\"%s\" is no number of at least 0", key);
	if (v)
		*out = v->valuedouble;
	return 0;
}

static void get_settings(const cJSON *object, struct setting *s)
{
	*s = (struct setting){ get(object, "instances"), get(object, "seeds"),
		get(object, "steps"), get(object, "horizons"), get(object, "batch"),
		get(object, "noise"), get(object, "schedule"), get(object, "average"),
		get(object, "trace"), get(object, "measures"), get(object, "goldstein"),
		get(object, "sampling"), get(object, "let") };
}

/* ---------------------------------------------------------------- entries --------------------
 */

static int read_tune(
	const struct reader *r, const char *where, const cJSON *v, struct entry_of_claim *e)
{
	const cJSON *pair = v ? v->child : NULL, *number;

	e->values = 1;
	if (!v)
		return 0;
	if (!cJSON_IsObject(v) || !pair || pair->next || !cJSON_IsArray(pair))
		return wrong(r, where, "\"tune\" is no object like {\"lr\": [0.01, 0.1]}");
	if (option_find(e->optimizer->options, pair->string) < 0)
		return wrong(
			r, where, "%s has no option \"%s\" to tune", e->name, pair->string);
	e->tune = pair->string;
	e->values = 0;
	cJSON_ArrayForEach(number, pair)
	{
		if (!cJSON_IsNumber(number) || e->values == CLAIM_LIST)
			return wrong(r, where, "\"tune\" holds no list of at most %d numbers",
				CLAIM_LIST);
		e->value[e->values++] = number->valuedouble;
	}
	return e->values ? 0 : wrong(r, where, "\"tune\" holds an empty list");
}

static int check_options(const struct reader *r, const char *where,
	const struct nso_option *table, const struct entry_of_claim *e)
{
	const char *names[NSO_MAX_OPTIONS], *near;
	size_t count = option_count(table);
	const cJSON *v;

	for (size_t i = 0; i < count; i++)
		names[i] = table[i].name;
	if (e->options && !cJSON_IsObject(e->options))
		return wrong(r, where, "\"options\" is no object");
	cJSON_ArrayForEach(v, e->options)
	{
		if (option_find(table, v->string) < 0) {
			near = nearest(v->string, names, count);
			return wrong(r, where, "%s has no option \"%s\"%s%s%s", e->name,
				v->string, near ? "; did you mean \"" : "", near ? near : "",
				near ? "\"?" : "");
		}
		if (!cJSON_IsNumber(v) && !cJSON_IsString(v) && !cJSON_IsBool(v))
			return wrong(r, where, "option \"%s\" is neither a number nor a text",
				v->string);
	}
	return 0;
}

static int read_entry(const struct reader *r, const cJSON *v, char kind, const char *where,
	struct entry_of_claim *e)
{
	struct why reason;

	*e = (struct entry_of_claim){ .values = 1 };
	if (cJSON_IsString(v)) {
		e->name = v->valuestring;
	} else if (check_keys(r, where, v, entry_keys) ||
		   get_text(r, v, where, "name", 1, &e->name) ||
		   get_text(r, v, where, "label", 0, &e->label)) {
		return -1;
	}
	e->label = e->label ? e->label : e->name;
	e->problem = kind == 'p' ? problem_find(e->name) : NULL;
	e->optimizer = kind == 'o' ? optimizer_find(e->name) : NULL;
	if (!e->problem && !e->optimizer) {
		unknown_name(kind == 'p' ? "problem" : "optimizer", e->name, &reason);
		return wrong(r, where, "%s", reason.text);
	}
	if (cJSON_IsString(v))
		return 0;
	e->options = get(v, "options");
	get_settings(v, &e->set);
	if (check_options(
		    r, where, kind == 'p' ? e->problem->options : e->optimizer->options, e))
		return -1;
	if (kind == 'p' && get(v, "tune"))
		return wrong(r, where, "a problem has nothing to tune");
	return kind == 'o' ? read_tune(r, where, get(v, "tune"), e) : 0;
}

static int read_entries(const struct reader *r, const cJSON *top, const char *key, char kind,
	struct entry_of_claim *list, size_t *count)
{
	const cJSON *v, *array = get(top, key);
	char where[80];

	if (!cJSON_IsArray(array) || !cJSON_GetArraySize(array))
		return wrong(r, key, "expected an array with at least one name");
	cJSON_ArrayForEach(v, array)
	{
		snprintf(where, sizeof where, "%s[%zu]", key, *count);
		if (*count == CLAIM_ENTRIES)
			return wrong(r, where, "too many, at most %d", CLAIM_ENTRIES);
		if (read_entry(r, v, kind, where, &list[*count]))
			return -1;
		for (size_t i = 0; i < *count; i++)
			if (!strcmp(list[i].label, list[*count].label))
				return wrong(r, where, "the label \"%s\" stands twice",
					list[i].label);
		++*count;
	}
	return 0;
}

/* ---------------------------------------------------------------- tests ----------------------
 */

static int known_label(const struct reader *r, const char *where, const char *label,
	const struct entry_of_claim *list, size_t count)
{
	const char *names[CLAIM_ENTRIES], *near;

	if (!label)
		return 0;
	for (size_t i = 0; i < count; i++) {
		names[i] = list[i].label;
		if (!strcmp(label, list[i].label))
			return 0;
	}
	near = nearest(label, names, count);
	return wrong(r, where, "no label is \"%s\"%s%s%s", label,
		near ? "; did you mean \"" : "", near ? near : "", near ? "\"?" : "");
}

static int read_words(
	const struct reader *r, const char *where, const cJSON *v, struct test_of_claim *t)
{
	static const char *const floors[] = { "unclear", "allowed", "refutes" };
	const char *take = "last", *over = "each", *floor = floors[0];
	int k = 0;

	if (get_text(r, v, where, "floor", 0, &floor) ||
		get_text(r, v, where, "take", 0, &take) ||
		get_text(r, v, where, "over", 0, &over))
		return -1;
	t->least = !strcmp(take, "least");
	t->mean_so_far = !strcmp(take, "mean");
	if (!t->least && !t->mean_so_far && strcmp(take, "last"))
		return wrong(
			r, where, "\"take\" is \"%s\", expected last, least or mean", take);
	while (k < 3 && strcmp(floor, floors[k]))
		k++;
	if (k == 3)
		return wrong(r, where,
			"\"floor\" is \"%s\", expected unclear, allowed or refutes", floor);
	t->floor = k;
	t->over_mean = !strcmp(over, "mean");
	if (!t->over_mean && strcmp(over, "each"))
		return wrong(r, where, "\"over\" is \"%s\", expected each or mean", over);
	return 0;
}

static double default_tolerance(enum test_kind kind)
{
	static const double of[] = { [TEST_BOUND] = 1e-9,
		[TEST_FACTOR] = 1e-9,
		[TEST_EQUALS] = 1e-12,
		[TEST_POWER] = 0.05,
		[TEST_LINEAR] = 0.02,
		[TEST_LEVEL] = 0.1,
		[TEST_BELOW] = 0 };

	return of[kind];
}

static int read_test(const struct reader *r, const struct claim *c, const char *where,
	const cJSON *v, struct test_of_claim *t)
{
	int found = 0;

	*t = (struct test_of_claim){ .quantity = "gap", .from = 1, .why = "" };
	if (check_keys(r, where, v, test_keys))
		return -1;
	for (int i = 0; i < TEST_KINDS; i++)
		if (get(v, test_words[i])) {
			found++;
			t->kind = (enum test_kind)i;
		}
	if (found != 1)
		return wrong(r, where,
			"%d expectations, expected one of bound, factor, equals, power, "
			"linear, level, below",
			found);
	t->tolerance = default_tolerance(t->kind);
	if (get_expression(r, v, where, test_words[t->kind], &t->expected) ||
		get_text(r, v, where, "of", 0, &t->of) ||
		get_text(r, v, where, "on", 0, &t->on) ||
		get_text(r, v, where, "against", t->kind == TEST_BELOW, &t->against) ||
		get_text(r, v, where, "quantity", 0, &t->quantity) ||
		get_text(r, v, where, "why", 0, &t->why) || read_words(r, where, v, t) ||
		get_number(r, v, where, "from", &t->from) ||
		get_number(r, v, where, "tolerance", &t->tolerance) ||
		get_number(r, v, where, "rounding", &t->rounding) ||
		get_flag(r, v, where, "exact", &t->exact) ||
		get_flag(r, v, where, "control", &t->control) ||
		get_flag(r, v, where, "pool", &t->pool))
		return -1;
	return known_label(r, where, t->of, c->optimizer, c->optimizers) ||
			       known_label(r, where, t->against, c->optimizer, c->optimizers) ||
			       known_label(r, where, t->on, c->problem, c->problems)
		       ? -1
		       : 0;
}

static int read_tests(const struct reader *r, struct claim *c)
{
	const cJSON *v, *array = get(c->json, "tests");
	char where[40];

	if (!cJSON_IsArray(array) || !cJSON_GetArraySize(array))
		return wrong(r, "tests", "expected an array with at least one test");
	cJSON_ArrayForEach(v, array)
	{
		snprintf(where, sizeof where, "tests[%zu]", c->tests);
		if (c->tests == CLAIM_TESTS)
			return wrong(r, where, "too many, at most %d", CLAIM_TESTS);
		if (read_test(r, c, where, v, &c->test[c->tests]))
			return -1;
		c->tests++;
	}
	return 0;
}

/* ---------------------------------------------------------------- the file -------------------
 */

static int read_top(const struct reader *r, struct claim *c)
{
	const char *schema = "";
	const cJSON *top = c->json;

	if (check_keys(r, "claim", top, top_keys) ||
		get_text(r, top, "claim", "schema", 1, &schema))
		return -1;
	if (strncmp(schema, "nsobench-claim/1.", 17))
		return wrong(r, "schema", "\"%s\", expected nsobench-claim/1.0", schema);
	if (get_text(r, top, "claim", "id", 1, &c->id) ||
		get_text(r, top, "claim", "statement", 1, &c->statement) ||
		get_text(r, top, "claim", "source", 1, &c->source) ||
		get_text(r, top, "claim", "title", 0, &c->title) ||
		get_text(r, top, "claim", "note", 0, &c->note) ||
		get_text(r, top, "claim", "study", 0, &c->study) ||
		get_flag(r, top, "claim", "proved", &c->proved) ||
		get_flag(r, top, "claim", "slow", &c->slow))
		return -1;
	if (!is_file_name(c->id)) /* it names the folder and the pictures */
		return wrong(r, "id", "\"%.80s\", expected at most %d letters, digits, '.', '_', '-', neither "
			"'.' nor '-' in front", c->id, FILE_NAME - 1);
	c->title = c->title ? c->title : c->id;
	c->note = c->note ? c->note : "";
	if (c->study)
		return strcmp(c->study, "lgi")
			       ? wrong(r, "study", "\"%s\", expected lgi", c->study)
			       : 0;
	get_settings(top, &c->set);
	return read_entries(r, top, "problems", 'p', c->problem, &c->problems) ||
			       read_entries(r, top, "optimizers", 'o', c->optimizer,
				       &c->optimizers) ||
			       read_tests(r, c)
		       ? -1
		       : 0;
}

int claim_read(struct claim *c, const char *path, struct why *why)
{
	struct reader r = { path, why };
	char *text = file_read(path, why);
	const char *end = NULL;
	int line = 1, bad = -1;

	*c = (struct claim){ 0 };
	if (!text)
		return -1;
	c->json = cJSON_ParseWithOpts(text, &end, 1);
	c->path = strdup(path);
	if (!c->json) {
		for (const char *p = text; end && p < end; p++)
			line += *p == '\n';
		wrong(&r, "claim", "no JSON: error in line %d", line);
	} else {
		bad = read_top(&r, c);
	}
	free(text);
	if (bad)
		claim_free(c);
	return bad;
}

void claim_free(struct claim *c)
{
	cJSON_Delete(c->json);
	free(c->path);
	*c = (struct claim){ 0 };
}

/* ---------------------------------------------------------------- where they lie -------------
 */

static const char *folder_at(size_t i)
{
	static const char *const folders[] = { PKGDATADIR "/claims", SOURCEDIR "/claims",
		NULL };
	const char *own = getenv("NSOBENCH_CLAIMS");

	if (own && *own)
		return i ? folders[i - 1] : own;
	return folders[i];
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **claim_names(size_t *count)
{
	char **names = NULL, **more;
	struct dirent *entry;
	DIR *dir;

	*count = 0;
	for (size_t i = 0; folder_at(i) && !*count; i++) {
		dir = opendir(folder_at(i));
		while (dir && (entry = readdir(dir))) {
			size_t length = strlen(entry->d_name);

			if (*entry->d_name == '.' || length < 6 ||
				strcmp(entry->d_name + length - 5, ".json"))
				continue;
			more = realloc(names, (*count + 1) * sizeof *more);
			if (!more)
				break;
			names = more;
			if ((names[*count] = strdup(entry->d_name)))
				names[(*count)++][length - 5] = 0;
		}
		if (dir)
			closedir(dir);
	}
	if (names)
		qsort(names, *count, sizeof *names, by_name);
	return names;
}

char *claim_find(const char *name, struct why *why)
{
	char path[4096], **names;
	size_t count;
	const char *near;

	if (strlen(name) > 5 && !strcmp(name + strlen(name) - 5, ".json")) {
		if (!access(name, R_OK))
			return strdup(name);
		fail(why, "claim %s: %s", name, strerror(errno));
		return NULL;
	}
	for (size_t i = 0; folder_at(i); i++) {
		snprintf(path, sizeof path, "%s/%s.json", folder_at(i), name);
		if (!access(path, R_OK))
			return strdup(path);
	}
	names = claim_names(&count);
	near = nearest(name, (const char *const *)names, count);
	fail(why,
		"no claim is named '%s'%s%s%s (see: nsobench list rates; a file of your own "
		"ends in .json)",
		name, near ? "; did you mean '" : "", near ? near : "", near ? "'?" : "");
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return NULL;
}
