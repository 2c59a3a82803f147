/* data.c -- nsobench data: writes the embedded data sets as files, and says what a data set holds. */
#include <config.h>
#include "problems/network/data.h"
#include "command/command.h"
#include "ground/random.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct request {
	const char *format, *output;
	long rows, test, seed;
};

static const char *fitting(const struct dataset *d)
{
	return !d->bytes ? "csv" : d->shape.channels == 1 ? "idx" : "cifar";
}

static void show(const char *name, const struct dataset *d)
{
	printf("%s: %zu training rows, %zu test rows of %zu x %zu x %zu %s, %zu classes\n", name,
		d->train.rows, d->test.rows, d->shape.height, d->shape.width, d->shape.channels,
		d->text ? "characters" : d->bytes ? "bytes" : "numbers", d->classes);
}

static int serve(const char *verb, const char *name, const struct request *r)
{
	char text[600] = "";
	struct reason why = { text, sizeof text };
	gsl_rng *rng = stream(hash_bits(hash_text(HASH_START, "data"), (uint64_t)r->seed));
	struct wish wish = { .noise = -1, .train = (size_t)r->rows, .test = (size_t)r->test };
	struct dataset d = { 0 };
	int code = EXIT_DONE;

	if (!rng || dataset_raw(&d, name, wish, rng, why))
		code = complain(EXIT_INPUT, "data: %s", rng ? text : "out of memory");
	else if (!strcmp(verb, "show"))
		show(name, &d);
	else if (write_data(&d, r->format ? r->format : fitting(&d), r->output ? r->output : name, why))
		code = complain(EXIT_OUTPUT, "data: %s", text);
	dataset_clear(&d);
	if (rng)
		gsl_rng_free(rng);
	return code;
}

static int run(const struct command *self, int argc, char **argv)
{
	struct request q = { .seed = 1 };
	struct texts words;
	int code = arguments_read(self, argc, argv, &q, &words);

	if (code == GO_ON && (words.count != 2 || (strcmp(words.at[0], "write") && strcmp(words.at[0], "show"))))
		code = complain(EXIT_USAGE, "data: expected `write NAME` or `show NAME` (see: nsobench data --help)");
	if (code == GO_ON)
		code = serve(words.at[0], words.at[1], &q);
	arguments_free(self, &q, &words);
	return code;
}

static const struct argument arguments[] = {
	{ "format", 'f', "FORMAT", "idx, cifar or csv; the one that fits by default", ARGUMENT_TEXT,
		offsetof(struct request, format) },
	{ "output", 'o', "DIR", "where to (NAME by default); made if it is not there", ARGUMENT_TEXT,
		offsetof(struct request, output) },
	{ "rows", 0, "N", "training rows; all by default, 4000 of the embedded images", ARGUMENT_WHOLE,
		offsetof(struct request, rows), 1, 1e8 },
	{ "test", 0, "N", "test rows; all by default, 1000 of the embedded data", ARGUMENT_WHOLE,
		offsetof(struct request, test), 1, 1e8 },
	{ "seed", 0, "N", "of the embedded data (1)", ARGUMENT_WHOLE, offsetof(struct request, seed), 1, 1e8 },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_data = { "data", "store an embedded data set as files; say what a data set holds",
	"write NAME [OPTION]...\nshow NAME [OPTION]...",
	"write stores a data set as files of the usual names, which the readers take back: glyphs (idx), glyphs-rgb "
	"(cifar), spirals and blobs (csv). show reads NAME, checks it and says what it holds: one of these, mnist, "
	"fashion-mnist, cifar-10, cifar-100, or a file .csv, .libsvm, .txt, each plain or with .gz.",
	arguments, .run = run };
