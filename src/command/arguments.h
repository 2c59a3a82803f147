/* arguments.h -- the command line of a command as one table: parser, --help and errors follow
 * from it. */
#ifndef ARGUMENTS_H
#define ARGUMENTS_H

#include "ground/text.h"
#include "ground/why.h"

enum { EXIT_DONE, EXIT_FAILED_RUN, EXIT_USAGE, EXIT_INPUT, EXIT_OUTPUT };
enum { GO_ON = -1 }; /* what stands in place of an exit code while there is something to do */

/* What an option leaves in the command's own struct, `at` bytes from its beginning. */
enum argument_kind {
	ARGUMENT_HEAD,    /* no option: a line of --help */
	ARGUMENT_FLAG,    /* int: 1 */
	ARGUMENT_TEXT,    /* const char * */
	ARGUMENT_TEXTS,   /* struct texts, one more */
	ARGUMENT_REAL,    /* double, from min to max */
	ARGUMENT_WHOLE,   /* long, from min to max */
	ARGUMENT_READ,    /* whatever `read` makes of it, at `at` */
	ARGUMENT_TABLE,   /* no option: the rows of another table, for the same struct */
	ARGUMENT_SETTINGS /* no option: all settings of a cell, const char *[SETTINGS] */
};
struct argument {
	const char *name;  /* "output"; of a head, its text */
	char letter;       /* 'o', or 0 */
	const char *value; /* "DIR"; NULL: none */
	const char *help;
	enum argument_kind kind;
	size_t at;
	double min, max;
	int (*read)(const char *text, void *at, struct why *why);
	const struct argument *table;
};

/* A command as it was typed. */
struct typed_command {
	const struct command *self;
	int argc;
	char **argv;
	struct texts operands;
};

struct command {
	const char *name, *about;         /* the line of `nsobench --help` */
	const char *usage;                /* "[SUITE] [OPTION]...", lines apart by \n */
	const char *says;                 /* what it does: paragraphs apart by \n */
	const struct argument *arguments; /* ends without a kind's name; a row of it hides one
					     of the settings */
	const char *notes;                /* behind the options, or NULL */
	void (*print_notes)(void); /* what is listed there by a table of its own, or NULL */
	struct {
		size_t least, most;
		const char *expected; /* "one folder of runs", for the error */
	} operands;
	size_t size;                 /* of what `arguments` fill: the request */
	void (*init)(void *request); /* what holds where nothing is typed; NULL: all zero */
	int (*run)(void *request, const struct typed_command *call);
};

/* Reads the arguments, runs the command and frees the request: the exit code. */
int command_obey(const struct command *c, int argc, char **argv);

/* Fills *into from argv; *operands gets the rest, as many as the command takes. GO_ON, or an
 * exit code: help was printed, or what is wrong was said. Free with arguments_free in either
 * case. */
int arguments_read(
	const struct command *c, int argc, char **argv, void *into, struct texts *operands);
void arguments_free(const struct command *c, void *into, struct texts *operands);
void arguments_help(const struct command *c);
/* The options of a command, one a line, for completion. */
void arguments_list(const struct command *c);

/* --plugin and --data, which act at once. */
extern const struct argument own_entries[];

/* "nsobench: reason" on stderr; returns code. */
int complain(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
