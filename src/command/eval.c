/* eval.c -- nsobench eval: a problem as a filter, one point a line in, one JSON object a line
 * out. */
#include <config.h>
#include "command/command.h"
#include "command/points.h"
#include "measure/stationarity.h"
#include <stdlib.h>
#include <string.h>

/* The sum of hulls written out; null where it is no polytope or has too many vertices. */
static void vertices(struct text *t, const struct nso_pieces *p, double *v)
{
	size_t total = pieces_vertices(p);

	text_add(t, total ? ",\"pieces\":[" : ",\"pieces\":null");
	for (size_t k = 0; k < total; k++) {
		pieces_vertex(p, k, v);
		text_add(t, k ? "," : "");
		text_vector(t, v, p->n);
	}
	text_add(t, total ? "]" : "");
}

static void summands(struct text *t, const struct nso_pieces *p, double *v)
{
	static const char *const kinds[] = { "hull", "ball", "spectral" };

	text_add(t, ",\"base\":");
	text_vector(t, p->base, p->n);
	text_add(t, ",\"summands\":[");
	for (size_t s = 0; s < p->summands; s++) {
		text_add(t, "%s{\"%s\":[", s ? "," : "", kinds[p->summand[s].kind]);
		for (size_t r = 0; r < p->summand[s].rows; r++) {
			memset(v, 0, p->n * sizeof *v);
			pieces_add_row(p, p->summand[s].first + r, v);
			text_add(t, r ? "," : "");
			text_vector(t, v, p->n);
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
		text_vector(&t, x + n, n);
		if (with_pieces && in->problem->pieces) {
			instance_pieces(in, x,
				isnan(tolerance) ? clarke_tolerance(f) : tolerance, &pieces);
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

struct request {
	long number, seed;
	double tolerance;
	int pieces;
};

static int run(void *request, const struct typed_command *call)
{
	const struct request *q = request;
	struct instance in;
	struct why why;
	int code = instance_open(call->operands.at[0], (int)q->number, &in, &why);

	if (code)
		return complain(code, "eval: %s", why.text);
	code = filter(&in, (uint64_t)q->seed, q->pieces, q->tolerance);
	instance_free(&in);
	return code;
}

static void init(void *request)
{
	*(struct request *)request = (struct request){ .seed = 1, .tolerance = NAN };
}

static const struct argument arguments[] = {
	{ "instance", 0, "I", "0 is the textbook problem (default)", ARGUMENT_WHOLE,
		offsetof(struct request, number), 0, 1e9 },
	{ "seed", 0, "S", "of a random start (default 1)", ARGUMENT_WHOLE,
		offsetof(struct request, seed), 0, 1e15 },
	{ "pieces", 0, NULL,
		"also \"pieces\", the subgradients that span the Clarke subdifferential, and "
		"\"summands\", the same as a sum of hulls, balls and spectral sets",
		ARGUMENT_FLAG, offsetof(struct request, pieces) },
	{ "tolerance", 0, "T", "pieces within T of being active (default 1e-8 (1 + |f|))",
		ARGUMENT_REAL, offsetof(struct request, tolerance), 0, 1e300 },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_eval = { "eval",
	"value and subgradient of a problem at points from stdin",
	"PROBLEM[:opt=val,...] [OPTION]... < POINTS",
	"Reads points, one a line, numbers apart by blanks or commas (or a JSON array); prints "
	"a line "
	"{\"f\":...,\"g\":[...]} for each. The words start and minimizer name those points.",
	arguments, .operands = { 1, 1, "one problem, of nsobench list problems" },
	.size = sizeof(struct request), .init = init, .run = run };
