/* eval.c -- nsobench eval: a problem as a filter, one point a line in, one JSON object a line out. */
#include <config.h>
#include "command/command.h"
#include "command/points.h"
#include "ground/data.h"
#include "ground/instance.h"
#include "ground/option.h"
#include "ground/pieces.h"
#include "ground/registry.h"
#include "ground/text.h"
#include "ground/why.h"
#include "measure/stationarity.h"
#include "run/plugin.h"
#include <getopt.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char help[] =
	"Usage: nsobench eval PROBLEM[:opt=val,...] [OPTION]... < POINTS\n"
	"Reads points, one a line, numbers apart by blanks or commas (or a JSON array); prints a line\n"
	"{\"f\":...,\"g\":[...]} for each. The words start and minimizer name those points.\n\n"
	"      --instance I      0 is the textbook problem (default)\n"
	"      --seed S          of a random start (default 1)\n"
	"      --pieces          also \"pieces\", the subgradients that span the Clarke subdifferential,\n"
	"                        and \"summands\", the same as a sum of hulls, balls and spectral sets\n"
	"      --tolerance T     pieces within T of being active (default 1e-8 (1 + |f|))\n"
	"      --plugin FILE.so  problems of your own too    --data DIR   folder of data files\n"
	"  -h, --help            this text\n";

enum { VERTEX_LIMIT = 4096 }; /* more vertices than this are not written out */

static void vector(struct text *t, const double *v, size_t n)
{
	text_add(t, "[");
	for (size_t i = 0; i < n; i++) {
		text_add(t, i ? "," : "");
		text_double(t, v[i]);
	}
	text_add(t, "]");
}

static void add_row(const struct nso_pieces *p, size_t row, double *v)
{
	for (size_t i = 0; i < p->row[row].len; i++)
		v[p->row[row].first + i] += p->data[p->row[row].at + i];
}

/* The sum of hulls written out: every choice of one row from each. NULL where that is not finite. */
static void vertices(struct text *t, const struct nso_pieces *p, double *v)
{
	size_t total = 1, index, rows;
	int finite = !p->overflow;

	for (size_t s = 0; s < p->summands && finite; s++) {
		rows = p->summand[s].rows;
		finite = p->summand[s].kind == HULL && rows && total * rows <= VERTEX_LIMIT;
		total *= rows;
	}
	text_add(t, ",\"pieces\":");
	if (!finite) {
		text_add(t, "null");
		return;
	}
	for (size_t k = 0; k < total; k++) {
		memcpy(v, p->base, p->n * sizeof *v);
		index = k;
		for (size_t s = 0; s < p->summands; s++) {
			add_row(p, p->summand[s].first + index % p->summand[s].rows, v);
			index /= p->summand[s].rows;
		}
		text_add(t, k ? "," : "[");
		vector(t, v, p->n);
	}
	text_add(t, "]");
}

static void summands(struct text *t, const struct nso_pieces *p, double *v)
{
	static const char *const kinds[] = { "hull", "ball", "spectral" };

	text_add(t, ",\"base\":");
	vector(t, p->base, p->n);
	text_add(t, ",\"summands\":[");
	for (size_t s = 0; s < p->summands; s++) {
		text_add(t, "%s{\"%s\":[", s ? "," : "", kinds[p->summand[s].kind]);
		for (size_t r = 0; r < p->summand[s].rows; r++) {
			memset(v, 0, p->n * sizeof *v);
			add_row(p, p->summand[s].first + r, v);
			text_add(t, r ? "," : "");
			vector(t, v, p->n);
		}
		text_add(t, "]}");
	}
	text_add(t, "]");
}

static int filter(const struct instance *in, uint64_t seed, int with_pieces, double tolerance)
{
	size_t n = in->facts.n, room = 0, number = 0;
	double *x = malloc(3 * n * sizeof *x), f;
	struct nso_pieces pieces = { 0 };
	struct text t = { 0 };
	struct why why;
	char *line = NULL;
	int code = EXIT_DONE;

	if (!x || pieces_init(&pieces, n)) {
		free(x);
		return complain(EXIT_INPUT, "eval: out of memory");
	}
	while (code == EXIT_DONE && getline(&line, &room, stdin) > 0) {
		number++;
		if (line[strspn(line, " \t\r\n")] == 0 || *line == '#')
			continue;
		if (point_read(in, line, seed, x, &why)) {
			code = complain(EXIT_INPUT, "eval: line %zu: %s", number, why.text);
			break;
		}
		t.used = 0;
		f = instance_eval(in, x, x + n);
		text_add(&t, "{\"f\":");
		text_double(&t, f);
		text_add(&t, ",\"g\":");
		vector(&t, x + n, n);
		if (with_pieces && in->problem->pieces) {
			instance_pieces(in, x, isnan(tolerance) ? clarke_tolerance(f) : tolerance,
				&pieces);
			vertices(&t, &pieces, x + 2 * n);
			summands(&t, &pieces, x + 2 * n);
		} else if (with_pieces) {
			text_add(&t, ",\"pieces\":null");
		}
		if (t.failed)
			code = complain(EXIT_INPUT, "eval: out of memory");
		else
			printf("%s}\n", t.s);
	}
	free(line);
	free(x);
	text_free(&t);
	pieces_free(&pieces);
	return code;
}

static int eval(const char *typed, int number, uint64_t seed, int pieces, double tolerance)
{
	struct instance in;
	struct why why;
	int code = instance_open(typed, number, &in, &why);

	if (code)
		return complain(code, "eval: %s", why.text);
	code = filter(&in, seed, pieces, tolerance);
	instance_free(&in);
	return code;
}

int cmd_eval(int argc, char **argv)
{
	static const struct option options[] = { { "instance", 1, 0, 'i' }, { "seed", 1, 0, 's' },
		{ "pieces", 0, 0, 'c' }, { "tolerance", 1, 0, 't' }, { "plugin", 1, 0, 'p' },
		{ "data", 1, 0, 'd' }, { "help", 0, 0, 'h' }, { 0 } };
	double number = 0, seed = 1, tolerance = NAN;
	struct why why;
	int code, pieces = 0;

	opterr = 0;
	optind = 1;
	while ((code = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (code == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (code == '?')
			return bad_option(argv, options);
		pieces |= code == 'c';
		if (code == 'd')
			data_folder_set(optarg);
		if (code == 'p' && plugin_load(optarg, &why))
			return complain(EXIT_INPUT, "eval: %s", why.text);
		if ((code == 'i' && (parse_double(optarg, &number) || !(number >= 0 && number < 1e9))) ||
			(code == 's' && (parse_double(optarg, &seed) || !(seed >= 0 && seed < 1e15))) ||
			(code == 't' && (parse_double(optarg, &tolerance) || !(tolerance >= 0))))
			return complain(EXIT_USAGE, "eval: '%s' is not a number in range", optarg);
	}
	if (optind + 1 != argc)
		return complain(EXIT_USAGE, "eval: expected one problem (see: nsobench list problems)");
	return eval(argv[optind], (int)number, (uint64_t)seed, pieces, tolerance);
}
