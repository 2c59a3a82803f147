/* resume.c -- which cells of a plan have their record already. */
#include <config.h>
#include "ground/scan.h"
#include "run/keys.h"
#include "run/lines.h"
#include "run/resume.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct field {
	const char *name, *text; /* of a member that is a text, as it stands in the line */
	size_t length;
};
enum { SCHEMA, THE_KEY, STATUS, REASON, FIELDS };

/* The members of the line's one object; 0 where it is not one, from the first brace to the
 * last. */
static int take_apart(const char *p, struct field *f)
{
	const char *name, *text;
	size_t length, size;

	if (*p != '{')
		return 0;
	do {
		if (!(p = scan_text(p + 1, &name, &length)) || *p++ != ':')
			return 0;
		for (int i = 0; i < FIELDS; i++)
			if (*p == '"' && length == strlen(f[i].name) &&
				!memcmp(name, f[i].name, length) &&
				scan_text(p, &text, &size)) {
				f[i].text = text;
				f[i].length = size;
			}
		if (!(p = scan_value(p)))
			return 0;
	} while (*p == ',');
	return *p == '}' && (!strcmp(p, "}\n") || !strcmp(p, "}\r\n"));
}

static int begins(const struct field *f, const char *text)
{
	return f->text && f->length >= strlen(text) && !strncmp(f->text, text, strlen(text));
}

/* Is the line the record of a run that is over? Its key then, else NULL. */
static const char *finished(const char *line, size_t length)
{
	struct field f[FIELDS] = { { .name = "schema" }, { .name = "key" },
		{ .name = "status" }, { .name = "reason" } };

	if (strlen(line) != length || !take_apart(line, f) ||
		!begins(&f[SCHEMA], "nsobench-run/") || f[THE_KEY].length != 16 ||
		!f[STATUS].length)
		return NULL;
	if (begins(&f[STATUS], "interrupted") ||
		(begins(&f[STATUS], "crashed") && begins(&f[REASON], "signal 9 ")))
		return NULL;
	return f[THE_KEY].text;
}

static void mark_done(const struct keys *keys, FILE *in, char *todo)
{
	char *line = NULL;
	const char *key;
	size_t room = 0;
	ssize_t length;

	while ((length = getline(&line, &room, in)) > 0) {
		if (!(key = finished(line, (size_t)length)))
			continue;
		for (size_t i = keys_find(keys, key);
			i < keys->count && !memcmp(keys->at[i].key, key, 16); i++)
			todo[keys->at[i].cell] = 0;
	}
	free(line);
}

int resume(int fd, const struct plan *plan, char *todo, struct why *why)
{
	struct keys keys;
	int copy = -1;
	FILE *in = NULL;

	if (keys_make(&keys, plan))
		return fail(why, "out of memory");
	if (lines_cut_torn(fd) || lseek(fd, 0, SEEK_SET) || (copy = dup(fd)) < 0 ||
		!(in = fdopen(copy, "r"))) {
		fail(why, "%s", strerror(errno));
		if (copy >= 0)
			close(copy);
	} else {
		mark_done(&keys, in, todo);
		fclose(in);
	}
	keys_free(&keys);
	return in ? 0 : -1;
}
