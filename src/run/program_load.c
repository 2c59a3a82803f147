/* program_load.c -- from a file that can be started to entries of the registry. */
#include <config.h>
#include "build.h"
#include "ground/registry.h"
#include "run/program.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { REASON = 320 };

/* The shebang may name a Python without numpy: then the one that configure found is asked. */
static int names_python(const struct program *p)
{
	return (strstr(p->words[0], "python") ||
		       (p->words[1] && strstr(p->words[1], "python"))) &&
	       strcmp(p->words[0], PYTHON) != 0 && *PYTHON;
}

static char *ask_description(struct program *p)
{
	struct link *l = program_link(p, METHODS);
	struct wire_frame f = { .verb = DESCRIBE };
	char *text = NULL;

	if (l && !program_call(p, l, &f, NULL)) {
		if (f.verb == DONE && wire_text(&l->wire, &f))
			text = strdup(wire_text(&l->wire, &f));
		else
			program_nonsense(p, l, "it answered DESCRIBE with verb %u", f.verb);
	}
	program_end(p, METHODS);
	return text;
}

static char *describe(struct program *p, struct why *why)
{
	char *text, first[REASON] = "", second[REASON];
	int lacks;

	program_forget();
	text = ask_description(p);
	program_trouble(first, sizeof first);
	if (!text && names_python(p)) {
		p->words[0] = PYTHON;
		p->words[1] = p->path;
		p->words[2] = NULL;
		program_forget();
		text = ask_description(p);
	}
	if (!text && program_trouble(second, sizeof second)) {
		/* where only the second try lacks a module, the first one tells why */
		lacks = strstr(second, "No module named") && !strstr(first, "No module named");
		fail(why, "plug-in %s", lacks ? first : second);
	}
	program_forget();
	return text;
}

static void free_program(struct program *p)
{
	if (p)
		free((void *)(uintptr_t)p->path);
	free(p);
}

static struct program *new_program(const char *path, struct why *why)
{
	struct program *p = calloc(1, sizeof *p);
	const char *slash;

	if (!p || !(p->path = realpath(path, NULL))) {
		fail(why, "plug-in %s: %s", path, p ? strerror(errno) : "out of memory");
		free_program(p);
		return NULL;
	}
	slash = strrchr(p->path, '/');
	p->name = slash ? slash + 1 : p->path;
	if (program_command(p->path, p->words, p->line, sizeof p->line)) {
		fail(why,
			"plug-in %s is neither a shared object nor a program: chmod +x, or a "
			"first "
			"line like #!/usr/bin/env python3",
			path);
		free_program(p);
		return NULL;
	}
	return p;
}

static int enter(struct program *p, char *text, const struct origin *from, struct why *why)
{
	struct description *d = &p->brings;
	struct why inner;

	if (describe_parse(text, d, &inner))
		return fail(why, "plug-in %s: description, %.500s", from->path, inner.text);
	for (size_t i = 0; i < d->methods; i++) {
		program_method_bind(d->method[i]);
		if (add_optimizer(&d->method[i]->entry, from, why))
			return -1;
	}
	for (size_t i = 0; i < d->problems; i++) {
		program_problem_bind(d->problem[i]);
		if (add_problem(&d->problem[i]->entry, from, why))
			return -1;
	}
	return d->methods + d->problems
		       ? 0
		       : fail(why, "plug-in %s brings no optimizer and no problem", from->path);
}

int program_load(const struct origin *from, struct why *why)
{
	struct program *p = new_program(from->path, why);
	char *text;
	int bad;

	if (!p)
		return -1;
	if (program_keep(p)) {
		free_program(p);
		return fail(why, "plug-in %s: too many programs", from->path);
	}
	text = describe(p, why);
	bad = !text || enter(p, text, from, why);
	free(text);
	return bad ? -1 : 0;
}
