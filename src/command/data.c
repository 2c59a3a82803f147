/* data.c -- nsobench data: writes the embedded data sets as files, and says what a data set
 * holds. */
#include <config.h>
#include "ground/quote.h"
#include "problems/network/data.h"
#include "command/command.h"
#include "ground/option.h"
#include "ground/random.h"
#include <string.h>

struct request {
	const char *format, *output;
	long rows, test, seed;
	struct how how;
};

static const char *fitting(const struct dataset *d)
{
	return !d->bytes ? "csv" : d->shape.channels == 1 ? "idx" : "cifar";
}

/* Rows of each class to train and to test. */
static void show_shares(const struct dataset *d)
{
	size_t train[12] = { 0 }, test[12] = { 0 };

	for (size_t i = 0; i < d->train.rows; i++)
		train[d->train.labels[i]]++;
	for (size_t i = 0; i < d->test.rows; i++)
		test[d->test.labels[i]]++;
	printf("rows of each class to train and to test:");
	for (size_t c = 0; c < d->classes; c++)
		printf("%s %zu + %zu", c ? "," : "", train[c], test[c]);
	putchar('\n');
}

static void show(const char *name, const struct dataset *d)
{
	printf("%s: %zu training rows, %zu test rows of %zu x %zu x %zu %s, ", shown(name),
		d->train.rows, d->test.rows, d->shape.height, d->shape.width, d->shape.channels,
		d->text    ? "characters"
		: d->bytes ? "bytes"
			   : "numbers");
	if (d->classes)
		printf("%zu classes\n", d->classes);
	else
		puts(d->targets ? "a number as target" : "no target");
	if (*d->said)
		printf("read as: %s\n", shown(d->said));
	if (*d->target)
		printf("target: %s\n", shown(d->target));
	if (d->classes && d->classes <= 12 && d->test.labels)
		show_shares(d);
	if (*d->note)
		printf("%s\n", shown(d->note));
}

static int serve(const char *verb, const char *name, const struct request *r)
{
	char text[600] = "";
	struct reason why = { text, sizeof text };
	gsl_rng *rng = stream(hash_bits(hash_text(HASH_START, "data"), (uint64_t)r->seed));
	struct wish wish = {
		.noise = -1, .train = (size_t)r->rows, .test = (size_t)r->test, .how = r->how
	};
	struct dataset d = { 0 };
	int code = EXIT_DONE;

	if (!rng || dataset_raw(&d, name, wish, rng, why))
		code = complain(EXIT_INPUT, "data: %s", rng ? text : "out of memory");
	else if (!strcmp(verb, "show"))
		show(name, &d);
	else if (write_data(&d, r->format ? r->format : fitting(&d),
			 r->output ? r->output : name, why))
		code = complain(EXIT_OUTPUT, "data: %s", text);
	dataset_clear(&d);
	if (rng)
		gsl_rng_free(rng);
	return code;
}

static const struct nso_option how_options[] = { HOW_OPTIONS_AT(0), { 0 } };

static int read_how(const char *text, void *at, struct why *why)
{
	double opt[HOW_OPTIONS] = { 0 };

	if (option_parse(how_options, "--read", text, opt, why))
		return -1;
	*(struct how *)at = how_from(opt, 0);
	return 0;
}

static void init(void *request) { *(struct request *)request = (struct request){ .seed = 1 }; }

static int run(void *request, const struct typed_command *call)
{
	const char *verb = call->operands.at[0];

	if (strcmp(verb, "write") && strcmp(verb, "show"))
		return complain(
			EXIT_USAGE, "data: '%s', expected `write NAME` or `show NAME`", verb);
	return serve(verb, call->operands.at[1], request);
}

static const struct argument arguments[] = {
	{ "format", 'f', "FORMAT", "idx, cifar or csv; the one that fits by default",
		ARGUMENT_TEXT, offsetof(struct request, format) },
	{ "output", 'o', "DIR", "where to (NAME by default); made if it is not there",
		ARGUMENT_TEXT, offsetof(struct request, output) },
	{ "rows", 0, "N", "training rows; all by default, 4000 of the embedded images",
		ARGUMENT_WHOLE, offsetof(struct request, rows), 1, 1e8 },
	{ "test", 0, "N", "test rows; all by default, 1000 of the embedded data",
		ARGUMENT_WHOLE, offsetof(struct request, test), 1, 1e8 },
	{ "seed", 0, "N", "of the embedded data (1)", ARGUMENT_WHOLE,
		offsetof(struct request, seed), 1, 1e8 },
	{ "read", 'r', "OPTIONS",
		"how to read a table, as options of a problem: target=price, header=yes, "
		"separator=semicolon, decimal=comma, index=zero; found out by looking where "
		"not given",
		ARGUMENT_READ, offsetof(struct request, how), .read = read_how },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_data = { "data",
	"store an embedded data set as files; say what a data set holds",
	"write NAME [OPTION]...\nshow NAME [OPTION]...",
	"write stores a data set as files of the usual names, which the readers take back: "
	"glyphs (idx), glyphs-rgb "
	"(cifar), spirals and blobs (csv). show reads NAME, checks it and says what it holds: "
	"one of these, mnist, "
	"fashion-mnist, cifar-10, cifar-100, or a file .csv, .libsvm, .txt, each plain or with "
	".gz.",
	arguments, .operands = { 2, 2, "`write NAME` or `show NAME`" },
	.size = sizeof(struct request), .init = init, .run = run };
