/* data.c -- nsobench data: writes the embedded data sets as files, and says what a data set holds. */
#include <config.h>
#include "problems/network/data.h"
#include "command/command.h"
#include "ground/data.h"
#include "ground/option.h"
#include "ground/random.h"
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"Usage: nsobench data write NAME [--format FORMAT] [-o DIR] [--rows N] [--test N] [--seed N]\n"
	"       nsobench data show NAME [--read OPTIONS] [--data DIR]\n"
	"write stores a data set as files of the usual names, which the readers take back:\n"
	"glyphs (idx), glyphs-rgb (cifar), spirals and blobs (csv). show reads NAME, checks it\n"
	"and says what it holds: one of these, mnist, fashion-mnist, cifar-10, cifar-100, or a\n"
	"file .csv, .libsvm, .txt, each plain or with .gz.\n\n"
	"  -f, --format FORMAT  idx, cifar or csv; the one that fits by default\n"
	"  -o, --output DIR     where to (NAME by default); made if it is not there\n"
	"      --rows N         training rows; all by default, 4000 of the embedded images\n"
	"      --test N         test rows; all by default, 1000 of the embedded data\n"
	"      --seed N         of the embedded data (1)\n"
	"  -r, --read OPTIONS   how to read a table, as options of a problem: target=price,\n"
	"                       header=yes|no, separator=semicolon|tab|space, decimal=comma,\n"
	"                       index=zero (LIBSVM); found out by looking where not given\n"
	"      --data DIR       folder of the data files ($NSOBENCH_DATA)\n"
	"  -h, --help           this text\n";

struct request {
	const char *format, *output;
	struct wish wish;
	uint64_t seed;
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
	printf("%s: %zu training rows, %zu test rows of %zu x %zu x %zu %s, ", name, d->train.rows,
		d->test.rows, d->shape.height, d->shape.width, d->shape.channels,
		d->text ? "characters" : d->bytes ? "bytes" : "numbers");
	if (d->classes)
		printf("%zu classes\n", d->classes);
	else
		puts(d->targets ? "a number as target" : "no target");
	if (*d->said)
		printf("read as: %s\n", d->said);
	if (*d->target)
		printf("target: %s\n", d->target);
	if (d->classes && d->classes <= 12 && d->test.labels)
		show_shares(d);
	if (*d->note)
		printf("%s\n", d->note);
}

static int serve(const char *verb, const char *name, const struct request *r)
{
	char text[600] = "";
	struct reason why = { text, sizeof text };
	gsl_rng *rng = stream(hash_bits(hash_text(HASH_START, "data"), r->seed));
	struct dataset d = { 0 };
	int code = EXIT_DONE;

	if (!rng || dataset_raw(&d, name, r->wish, rng, why))
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

static const struct nso_option how_options[] = { HOW_OPTIONS_AT(0), { 0 } };

/* What --read says; -1 when it has told why it cannot be. */
static int read_how(const char *text, struct how *how)
{
	double opt[HOW_OPTIONS] = { 0 };
	struct why why;

	if (option_parse(how_options, "data --read", text, opt, &why)) {
		complain(EXIT_USAGE, "%s", why.text);
		return -1;
	}
	*how = how_from(opt, 0);
	return 0;
}

static int count(const char *text, double *value)
{
	return parse_double(text, value) || !(*value >= 1) || *value > 1e8 || *value != floor(*value);
}

int cmd_data(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' }, { "output", required_argument, NULL, 'o' },
		{ "rows", required_argument, NULL, 'n' }, { "read", required_argument, NULL, 'r' },
		{ "test", required_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' }, { "data", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' }, { 0 },
	};
	struct request r = { .seed = 1, .wish = { .noise = -1 } };
	double v = 1;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":f:o:r:h", options, NULL)) != -1) {
		if (strchr("nts", c) && count(optarg, &v))
			return complain(EXIT_USAGE, "data: '%s', expected a whole number from 1 on", optarg);
		switch (c) {
		case 'f': r.format = optarg; break;
		case 'o': r.output = optarg; break;
		case 'n': r.wish.train = (size_t)v; break;
		case 'r':
			if (read_how(optarg, &r.wish.how))
				return EXIT_USAGE;
			break;
		case 't': r.wish.test = (size_t)v; break;
		case 's': r.seed = (uint64_t)v; break;
		case 'd': data_folder_set(optarg); break;
		case 'h': fputs(help, stdout); return EXIT_DONE;
		default: return bad_option(argv, options);
		}
	}
	if (argc - optind != 2 || (strcmp(argv[optind], "write") && strcmp(argv[optind], "show"))) {
		fputs(help, stderr);
		return EXIT_USAGE;
	}
	return serve(argv[optind], argv[optind + 1], &r);
}
