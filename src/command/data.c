/* data.c -- nsobench data: writes the embedded data sets as files, and says what a data set holds. */
#include <config.h>
#include "ground/quote.h"
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
	"       nsobench data show NAME [--data DIR]\n"
	"write stores a data set as files of the usual names, which the readers take back:\n"
	"glyphs (idx), glyphs-rgb (cifar), spirals and blobs (csv). show reads NAME, checks it\n"
	"and says what it holds: one of these, mnist, fashion-mnist, cifar-10, cifar-100, or a\n"
	"file .csv, .libsvm, .txt, each plain or with .gz.\n\n"
	"  -f, --format FORMAT  idx, cifar or csv; the one that fits by default\n"
	"  -o, --output DIR     where to (NAME by default); made if it is not there\n"
	"      --rows N         training rows; all by default, 4000 of the embedded images\n"
	"      --test N         test rows; all by default, 1000 of the embedded data\n"
	"      --seed N         of the embedded data (1)\n"
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

static void show(const char *name, const struct dataset *d)
{
	printf("%s: %zu training rows, %zu test rows of %zu x %zu x %zu %s, %zu classes\n", shown(name),
		d->train.rows, d->test.rows, d->shape.height, d->shape.width, d->shape.channels,
		d->text ? "characters" : d->bytes ? "bytes" : "numbers", d->classes);
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

static int count(const char *text, double *value)
{
	return parse_double(text, value) || !(*value >= 1) || *value > 1e8 || *value != floor(*value);
}

int cmd_data(int argc, char **argv)
{
	static const struct option options[] = {
		{ "format", required_argument, NULL, 'f' }, { "output", required_argument, NULL, 'o' },
		{ "rows", required_argument, NULL, 'r' }, { "test", required_argument, NULL, 't' },
		{ "seed", required_argument, NULL, 's' }, { "data", required_argument, NULL, 'd' },
		{ "help", no_argument, NULL, 'h' }, { 0 },
	};
	struct request r = { .seed = 1, .wish = { .noise = -1 } };
	double v = 1;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, ":f:o:h", options, NULL)) != -1) {
		if (strchr("rts", c) && count(optarg, &v))
			return complain(EXIT_USAGE, "data: '%s', expected a whole number from 1 on", optarg);
		switch (c) {
		case 'f': r.format = optarg; break;
		case 'o': r.output = optarg; break;
		case 'r': r.wish.train = (size_t)v; break;
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
