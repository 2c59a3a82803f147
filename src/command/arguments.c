/* arguments.c -- command lines: one table a command, read with getopt_long, printed as --help.
 */
#include <config.h>
#include "command/arguments.h"
#include "command/say.h"
#include "ground/data.h"
#include "ground/number.h"
#include "ground/quote.h"
#include "ground/words.h"
#include "run/plugin.h"
#include "run/settings.h"
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---------------------------------------------------------------- what is said --------------- */

int complain(int code, const char *format, ...)
{
	char text[4096];
	va_list list;
	int length;

	va_start(list, format);
	length = vsnprintf(text, sizeof text, format, list);
	va_end(list);
	fputs("nsobench: ", stderr);
	print_shown(stderr, text); /* names of others may hold what a terminal obeys */
	fputs(length < (int)sizeof text ? "\n" : "...\n", stderr);
	return code;
}

/* ---------------------------------------------------------------- the rows ------------------- */

static int load_plugin(const char *text, void *at, struct why *why)
{
	(void)at;
	if (!plugin_load(text, why))
		return 0;
	why->input = 1;
	return -1;
}

static int set_data(const char *text, void *at, struct why *why)
{
	(void)at;
	(void)why;
	data_folder_set(text);
	return 0;
}

const struct argument own_entries[] = {
	{ "plugin", 0, "FILE",
		"problems and optimizers of your own; may be repeated; each of their runs is a "
		"process of its own",
		ARGUMENT_READ, .read = load_plugin },
	{ "data", 0, "DIR", "folder of data files (default: $NSOBENCH_DATA)", ARGUMENT_READ,
		.read = set_data },
	{ 0 },
};

/* Every row, those of other tables and of the settings too, in the order of --help. */
enum { MOST_ROWS = 64 };
struct rows {
	struct argument at[MOST_ROWS];
	size_t count;
};

static int hidden(const struct argument *table, const char *name)
{
	for (; table->name || table->kind; table++)
		if (table->name && !strcmp(table->name, name))
			return 1;
	return 0;
}

static void add_row(struct rows *all, const struct argument *a, size_t at)
{
	all->at[all->count] = *a;
	all->at[all->count++].at = at;
}

static void add_rows(struct rows *all, const struct argument *table, size_t base)
{
	for (const struct argument *a = table; a->name || a->kind; a++) {
		if (a->kind == ARGUMENT_TABLE)
			add_rows(all, a->table, base + a->at);
		else if (a->kind != ARGUMENT_SETTINGS)
			add_row(all, a, base + a->at);
		for (const struct setting *s = settings_table;
			a->kind == ARGUMENT_SETTINGS && s->key; s++) {
			if (hidden(table, s->option))
				continue;
			add_row(all,
				&(struct argument){ .name = s->option,
					.value = s->value,
					.help = s->help,
					.kind = ARGUMENT_TEXT },
				base + a->at +
					(size_t)(s - settings_table) * sizeof(const char *));
		}
	}
}

/* ---------------------------------------------------------------- reading -------------------- */

static int append(struct texts *list, const char *text)
{
	const char **more = realloc(list->at, (list->count + 1) * sizeof *more);

	if (!more)
		return -1;
	list->at = more;
	more[list->count++] = text;
	return 0;
}

static int read_number(const struct argument *a, const char *text, void *at, struct why *why)
{
	int whole = a->kind == ARGUMENT_WHOLE;
	double v;

	if (parse_double(text, &v) || !(v >= a->min && v <= a->max) || (whole && v != floor(v)))
		return fail(why, "'%s', expected a %snumber from %g to %g", text,
			whole ? "whole " : "", a->min, a->max);
	if (whole)
		*(long *)at = (long)v;
	else
		*(double *)at = v;
	return 0;
}

static int take(const struct argument *a, const char *text, void *into, struct why *why)
{
	void *at = (char *)into + a->at;

	switch (a->kind) {
	case ARGUMENT_FLAG:
		*(int *)at = 1;
		return 0;
	case ARGUMENT_TEXT:
		*(const char **)at = text;
		return 0;
	case ARGUMENT_TEXTS:
		return append(at, text) ? fail(why, "out of memory") : 0;
	case ARGUMENT_READ:
		return a->read(text, at, why);
	default:
		return read_number(a, text, at, why);
	}
}

static int refuse(const struct command *c, const struct rows *all, const char *typed)
{
	const char *names[MOST_ROWS + 1];
	const char *near;
	char word[128];
	size_t count = 0;
	int known = 0;

	for (size_t i = 0; i < all->count; i++)
		if (all->at[i].kind != ARGUMENT_HEAD)
			names[count++] = all->at[i].name;
	names[count++] = "help";
	snprintf(word, sizeof word, "%.*s", (int)strcspn(typed, "="), typed);
	for (size_t i = 0; i < count; i++)
		known |= !strncmp(word, "--", 2) && !strcmp(word + 2, names[i]);
	if (known && strchr(typed, '='))
		return complain(EXIT_USAGE, "%s: %s takes no value", c->name, word);
	if (known)
		return complain(EXIT_USAGE, "%s: %s needs a value", c->name, word);
	if (strncmp(word, "--", 2))
		return complain(EXIT_USAGE, "%s: bad option '%s' (see: nsobench %s --help)",
			c->name, typed, c->name);
	near = nearest(word + 2, names, count);
	return complain(EXIT_USAGE, "%s: unknown option '%s'%s%s%s (see: nsobench %s --help)",
		c->name, word, near ? "; did you mean '--" : "", near ? near : "",
		near ? "'?" : "", c->name);
}

static const struct argument *by_letter(const struct rows *all, int letter)
{
	size_t i = 0;

	while (all->at[i].letter != letter)
		i++;
	return &all->at[i];
}

static int read_all(
	const struct command *c, int argc, char **argv, void *into, const struct rows *all)
{
	struct option options[MOST_ROWS + 2] = { { "help", no_argument, NULL, 'h' } };
	char letters[2 * MOST_ROWS + 2] = "h";
	const struct argument *row;
	struct why why;
	int code;

	for (size_t i = 0, n = 1; i < all->count; i++) {
		const struct argument *a = &all->at[i];

		if (a->kind == ARGUMENT_HEAD)
			continue;
		options[n++] = (struct option){ a->name,
			a->value ? required_argument : no_argument, NULL, 256 + (int)i };
		if (a->letter)
			snprintf(letters + strlen(letters), 3, "%c%s", a->letter,
				a->value ? ":" : "");
	}
	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, letters, options, NULL)) != -1) {
		if (code == 'h') {
			arguments_help(c);
			return EXIT_DONE;
		}
		if (code == '?')
			return refuse(c, all, argv[optind - 1]);
		row = code < 256 ? by_letter(all, code) : &all->at[code - 256];
		if (take(row, optarg, into, &why))
			return complain(why.input ? EXIT_INPUT : EXIT_USAGE, "%s: --%s: %s",
				c->name, row->name, why.text);
	}
	return GO_ON;
}

int arguments_read(
	const struct command *c, int argc, char **argv, void *into, struct texts *operands)
{
	struct rows all = { 0 };
	int code;

	add_rows(&all, c->arguments, 0);
	*operands = (struct texts){ 0 };
	code = read_all(c, argc, argv, into, &all);
	for (int i = optind; code == GO_ON && i < argc; i++) {
		if (operands->count == c->operands.most)
			return complain(EXIT_USAGE,
				"%s: what is '%s'?%s%s (see: nsobench %s --help)", c->name,
				argv[i], c->operands.most ? " Expected " : "",
				c->operands.most ? c->operands.expected : "", c->name);
		if (append(operands, argv[i]))
			return complain(EXIT_INPUT, "out of memory");
	}
	if (code == GO_ON && operands->count < c->operands.least)
		return complain(EXIT_USAGE, "%s: expected %s (see: nsobench %s --help)",
			c->name, c->operands.expected, c->name);
	return code;
}

void arguments_free(const struct command *c, void *into, struct texts *operands)
{
	struct rows all = { 0 };

	add_rows(&all, c->arguments, 0);
	for (size_t i = 0; i < all.count; i++)
		if (all.at[i].kind == ARGUMENT_TEXTS) {
			struct texts *list = (void *)((char *)into + all.at[i].at);

			free(list->at);
			*list = (struct texts){ 0 };
		}
	free(operands->at);
}

int command_obey(const struct command *c, int argc, char **argv)
{
	struct typed_command call = { .self = c, .argc = argc, .argv = argv };
	void *request = calloc(1, c->size + 1);
	int code;

	if (!request)
		return complain(EXIT_INPUT, "%s: out of memory", c->name);
	if (c->init)
		c->init(request);
	code = arguments_read(c, argc, argv, request, &call.operands);
	if (code == GO_ON)
		code = c->run(request, &call);
	arguments_free(c, request, &call.operands);
	free(request);
	return code;
}

/* ---------------------------------------------------------------- help ----------------------- */

enum { COLUMN = 28 };

static void print_row(const struct argument *a, int width)
{
	char left[64];
	int used;

	if (a->kind == ARGUMENT_HEAD) {
		printf("\n%s:\n", a->name);
		return;
	}
	used = snprintf(left, sizeof left, "  %c%c%c --%s%s%s", a->letter ? '-' : ' ',
		a->letter ? a->letter : ' ', a->letter ? ',' : ' ', a->name,
		a->value ? " " : "", a->value ? a->value : "");
	if (used < COLUMN - 1)
		printf("%-*s", COLUMN, left);
	else
		printf("%s\n%*s", left, COLUMN, "");
	wrap(a->help, COLUMN, width);
}

void arguments_help(const struct command *c)
{
	static const struct argument help = { "help", 'h', NULL, "this text", ARGUMENT_FLAG };
	struct rows all = { 0 };
	int width = terminal_width(USUAL_WIDTH);

	for (const char *line = c->usage; *line;
		line += strcspn(line, "\n"), line += *line == '\n')
		printf("%s nsobench %s %.*s\n", line == c->usage ? "Usage:" : "      ", c->name,
			(int)strcspn(line, "\n"), line);
	wrap(c->says, 0, width);
	add_rows(&all, c->arguments, 0);
	if (!all.count || all.at[0].kind != ARGUMENT_HEAD)
		putchar('\n');
	for (size_t i = 0; i < all.count; i++)
		print_row(&all.at[i], width);
	print_row(&help, width);
	if (c->notes) {
		putchar('\n');
		wrap(c->notes, 0, width);
	}
	if (c->print_notes)
		c->print_notes();
}

void arguments_list(const struct command *c)
{
	struct rows all = { 0 };

	add_rows(&all, c->arguments, 0);
	for (size_t i = 0; i < all.count; i++)
		if (all.at[i].kind != ARGUMENT_HEAD)
			printf("--%s\n", all.at[i].name);
	puts("--help");
}
