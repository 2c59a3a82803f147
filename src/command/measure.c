/* measure.c -- nsobench measure: all measures of stationarity at points from stdin, or at the
 * final points of a folder of records, and the curve of Goldstein's measure over its radius. */
#include <config.h>
#include "command/command.h"
#include "command/points.h"
#include "ground/grow.h"
#include "ground/number.h"
#include "ground/random.h"
#include "ground/table.h"
#include "ground/words.h"
#include "measure/measure.h"
#include "measure/stationarity.h"
#include "picture/style.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <gsl/gsl_cblas.h>

enum { RADII = 32, CURVES_DRAWN = 16 };
enum { SKIP_MOREAU = 1, SKIP_GOLDSTEIN = 2, SKIP_LGI = 4, SKIP_DIRECTIONAL = 8 };
static const char *const skippable[] = { "moreau", "goldstein", "lgi", "directional", NULL };

struct request {
	double delta[RADII];
	size_t radii;
	double lambda, tolerance;
	unsigned skip;
	int json;
	long samples, number, seed;
	const char *output;
};

/* What is known of one point; NAN where nothing is. */
struct verdict {
	char *label;
	double f, norm, clarke, lower, prox, moreau, moreau_error, slope, diameter, lgi,
		lgi_error;
	double delta[RADII], value[RADII], bound[RADII];
	size_t rows[RADII];
};
struct verdicts {
	struct verdict *at;
	size_t count, room;
};

static void verdicts_free(struct verdicts *v)
{
	for (size_t i = 0; i < v->count; i++)
		free(v->at[i].label);
	free(v->at);
}

static void from_pieces(
	const struct instance *in, const double *x, const struct request *q, struct verdict *v)
{
	struct nso_pieces p;

	if (!in->problem->pieces || pieces_init(&p, in->facts.n))
		return;
	if (!instance_pieces(
		    in, x, isnan(q->tolerance) ? clarke_tolerance(v->f) : q->tolerance, &p)) {
		v->clarke = clarke(&p, NULL, &v->lower);
		v->diameter = diameter(&p, NULL);
	}
	pieces_free(&p);
}

static int sampled(const struct instance *in, const double *x, const struct request *q,
	double scale, struct verdict *v, struct why *why)
{
	static const struct probes probes = { .k = 8, .draws = 64, .delta = 0.01, .eps = 1e-6 };
	/* one stream a measure: leaving one out does not change the others */
	gsl_rng *curve =
		stream(hash_text(hash_bits(in->key, (uint64_t)q->seed), "measure curve"));
	gsl_rng *directions =
		stream(hash_text(hash_bits(in->key, (uint64_t)q->seed), "measure directional"));
	gsl_rng *index =
		stream(hash_text(hash_bits(in->key, (uint64_t)q->seed), "measure lgi"));
	int bad = !curve || !directions || !index;

	for (size_t i = 0; i < q->radii; i++) {
		v->delta[i] = q->delta[i] * scale;
		v->value[i] = v->bound[i] = NAN;
	}
	if (!bad && !(q->skip & SKIP_GOLDSTEIN))
		bad = goldstein_curve(in, x, q->radii, v->delta,
			q->samples ? (size_t)q->samples : goldstein_samples(in->facts.n), curve,
			v->value, v->bound, v->rows);
	if (!bad && !(q->skip & SKIP_DIRECTIONAL))
		v->slope = directional(in, x, DIRECTIONS, directions, NULL);
	if (!bad && !(q->skip & SKIP_LGI))
		v->lgi = instability(in, x, &probes, index, &v->lgi_error);
	gsl_rng_free(curve);
	gsl_rng_free(directions);
	gsl_rng_free(index);
	return bad ? fail(why, "out of memory") : 0;
}

/* A new verdict on x; the label is copied. */
static int judge(struct verdicts *list, const struct instance *in, const double *x,
	const char *label, const struct request *q, struct why *why)
{
	double scale = 1, *g = malloc(in->facts.n * sizeof *g);
	struct verdict *v;

	if (!g || room_for(&list->at, list->count + 1, &list->room, sizeof *list->at)) {
		free(g);
		return fail(why, "out of memory");
	}
	v = &list->at[list->count];
	*v = (struct verdict){ .label = strdup(label),
		.clarke = NAN,
		.lower = NAN,
		.prox = NAN,
		.moreau = NAN,
		.moreau_error = NAN,
		.slope = NAN,
		.diameter = NAN,
		.lgi = NAN,
		.lgi_error = NAN };
	if (!v->label) {
		free(g);
		return fail(why, "out of memory");
	}
	list->count++;
	v->f = instance_eval(in, x, g);
	v->norm = cblas_dnrm2((int)in->facts.n, g, 1);
	free(g);
	for (size_t i = 0; i < in->facts.n; i++)
		scale = fmax(scale, fabs(x[i]));
	from_pieces(in, x, q, v);
	v->prox = prox_gradient(in, x, NAN);
	if (!(q->skip & SKIP_MOREAU))
		v->moreau = moreau(in, x, q->lambda, NULL, &v->moreau_error);
	if (isnan(v->moreau))
		v->moreau_error = NAN;
	return sampled(in, x, q, scale, v, why);
}

/* ---------------------------------------------------------------- where points come from ------- */

static int from_input(struct verdicts *list, const char *typed, const struct request *q)
{
	size_t room = 0, number = 0;
	struct instance in;
	struct why why;
	char *line = NULL, label[80];
	double *x;
	int code = instance_open(typed, (int)q->number, &in, &why);

	if (code)
		return complain(code, "measure: %s", why.text);
	x = malloc(in.facts.n * sizeof *x);
	if (!x)
		code = complain(EXIT_INPUT, "measure: out of memory");
	while (!code && getline(&line, &room, stdin) > 0) {
		number++;
		line[strcspn(line, "\r\n")] = 0;
		if (line[strspn(line, " \t")] == 0 || *line == '#')
			continue;
		snprintf(label, sizeof label, "%.60s%s", line, strlen(line) > 60 ? "..." : "");
		if (point_read(&in, line, (uint64_t)q->seed, x, &why) ||
			judge(list, &in, x, label, q, &why))
			code = complain(EXIT_INPUT, "measure: line %zu: %s", number, why.text);
	}
	if (!code && !list->count)
		code = complain(EXIT_INPUT, "measure: no point on the standard input");
	free(line);
	free(x);
	instance_free(&in);
	return code;
}

static int judge_run(struct verdicts *list, const struct records *r, const struct run *run,
	const struct request *q, struct why *why)
{
	const struct entry *p = &r->problem[run->problem];
	const struct curve *x = run_column(run, "x");
	struct instance in;
	char typed[2048], label[256];
	int code;

	snprintf(typed, sizeof typed, "%s%s%s", p->name, *p->options ? ":" : "", p->options);
	snprintf(label, sizeof label, "%s %s, seed %lld", p->label,
		r->method[run->method].label, run->seed);
	code = instance_open(typed, run->instance, &in, why);
	if (code)
		return code;
	if (x->width != in.facts.n)
		code = fail(why, "%s: points of length %zu, the problem has n = %zu", label,
			x->width, in.facts.n);
	else
		code = judge(list, &in, x->v + (run->length - 1) * x->width, label, q, why);
	instance_free(&in);
	return code ? EXIT_INPUT : 0;
}

static int from_folder(struct verdicts *list, const char *folder, const struct request *q)
{
	struct records r = { 0 };
	struct why why;
	size_t without = 0;
	int code = 0;

	if (records_read(&r, folder, &why) || records_labels(&r))
		code = complain(EXIT_INPUT, "measure: %s", why.text);
	for (size_t i = 0; i < r.runs && !code; i++) {
		if (!run_column(&r.run[i], "x") || !r.run[i].length) {
			without++;
			continue;
		}
		code = judge_run(list, &r, &r.run[i], q, &why);
		if (code)
			complain(code, "measure: %s", why.text);
	}
	if (!code && !list->count)
		code = complain(EXIT_INPUT,
			"measure: none of the %zu runs in %s holds points; "
			"make them with: nsobench run ... --record x",
			r.runs, folder);
	else if (!code && without)
		complain(0, "measure: %zu of %zu runs hold no points and are left out", without,
			r.runs);
	records_free(&r);
	return code;
}

/* ---------------------------------------------------------------- what is printed -------------- */

static void print_json_line(const struct verdict *v, size_t radii)
{
	const struct {
		const char *name;
		double v;
	} numbers[] = { { "f", v->f }, { "norm", v->norm }, { "clarke", v->clarke },
		{ "clarke_lower", v->lower }, { "prox_gradient", v->prox },
		{ "moreau", v->moreau }, { "moreau_error", v->moreau_error },
		{ "directional", v->slope }, { "diameter", v->diameter },
		{ "lgi_mean", v->lgi }, { "lgi_error", v->lgi_error } };
	const struct {
		const char *name;
		const double *v;
	} curves[] = { { "delta", v->delta }, { "goldstein", v->value },
		{ "goldstein_lower", v->bound } };
	struct text t = { 0 };

	text_add(&t, "{\"point\":");
	text_json(&t, v->label);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		text_add(&t, ",\"%s\":", numbers[i].name);
		text_double(&t, numbers[i].v);
	}
	for (size_t c = 0; c < sizeof curves / sizeof *curves; c++) {
		text_add(&t, ",\"%s\":[", curves[c].name);
		for (size_t i = 0; i < radii; i++) {
			text_add(&t, i ? "," : "");
			text_double(&t, curves[c].v[i]);
		}
		text_add(&t, "]");
	}
	printf("%s}\n", t.failed ? "{\"point\":null" : t.s);
	text_free(&t);
}

static void print_tables(const struct verdicts *list, const struct request *q)
{
	static const struct head head[] = { { "point", "point", 0 }, { "f", "f", 6 },
		{ "|g|", "norm", 3 }, { "Clarke", "clarke", 3 }, { "lower", "clarke_lower", 3 },
		{ "prox-grad", "prox_gradient", 3 }, { "Moreau", "moreau", 3 },
		{ "+-", "moreau_error", 1 }, { "slope", "directional", 3 },
		{ "diameter", "diameter", 3 }, { "LGI", "lgi_mean", 3 },
		{ "+-", "lgi_error", 1 }, { 0 } };
	struct head radii[RADII + 2] = { { "point", "point", 0 } };
	char names[RADII][32];
	struct table t;

	table_start(&t, "measures of stationarity", head);
	for (size_t i = 0; i < list->count; i++) {
		const struct verdict *v = &list->at[i];
		const double numbers[] = { v->f, v->norm, v->clarke, v->lower, v->prox,
			v->moreau, v->moreau_error, v->slope, v->diameter, v->lgi,
			v->lgi_error };

		table_text(&t, v->label);
		for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
			table_number(&t, numbers[k]);
	}
	table_print(&t, stdout);
	table_free(&t);
	if (q->skip & SKIP_GOLDSTEIN)
		return;
	for (size_t i = 0; i < q->radii; i++) {
		snprintf(names[i], sizeof names[i], "%g", q->delta[i]);
		radii[i + 1] = (struct head){ names[i], names[i], 3 };
	}
	putchar('\n');
	table_start(&t,
		"upper bound of dist(0, d_delta f(x)) for delta / max(1, |x|_inf) =", radii);
	for (size_t i = 0; i < list->count; i++) {
		table_text(&t, list->at[i].label);
		for (size_t k = 0; k < q->radii; k++)
			table_number(&t, list->at[i].value[k]);
	}
	table_print(&t, stdout);
	table_free(&t);
}

static const char *label_of(size_t i, void *data)
{
	return ((const struct verdicts *)data)->at[i].label;
}

static int draw(struct verdicts *list, const struct request *q)
{
	size_t count = list->count < CURVES_DRAWN ? list->count : CURVES_DRAWN;
	struct figures fs;
	struct figure f;
	struct why why;
	int bad;

	if (figures_open(&fs, q->output, "png svg", &why) ||
		figure_begin(&f, &fs, "goldstein", &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	figure_number(&f, "points", (double)count);
	figure_number(&f, "low", 1e-17);
	figure_text(&f, "xtitle", "radius delta");
	figure_text(&f, "ytitle", "dist(0, d_delta f(x)), upper bound");
	figure_texts(&f, "label", count, label_of, list);
	looks_write(&f, count, NULL, NULL);
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < q->radii; k++)
			figure_row(&f, 3,
				(const double[]){ list->at[i].delta[k], list->at[i].value[k],
					list->at[i].bound[k] });
		figure_block(&f);
	}
	bad = figure_end(&f, "measure", &why) || figures_draw(&fs, &why);
	if (!bad)
		printf("%s/goldstein.png\n%s/goldstein.svg\n", shown(q->output),
			shown(q->output));
	if (count < list->count)
		complain(0, "measure: the picture shows the first %zu of %zu points", count,
			list->count);
	figures_free(&fs);
	return bad ? complain(EXIT_OUTPUT, "measure: %s", why.text) : 0;
}

/* ---------------------------------------------------------------- the command ------------------ */

static int radii_parse(const char *text, void *at, struct why *why)
{
	struct request *q = at;
	char copy[512], *rest = copy;

	if ((size_t)snprintf(copy, sizeof copy, "%s", text) >= sizeof copy)
		return fail(why, "the list is too long");
	q->radii = 0;
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		double v;

		if (parse_double(word, &v) || !(v > 0) || isinf(v))
			return fail(why, "'%s' is no radius, expected a number above 0", word);
		if (q->radii == RADII)
			return fail(why, "more than %d radii", RADII);
		if (q->radii && v <= q->delta[q->radii - 1])
			return fail(why,
				"%s comes after a larger radius, expected them ascending",
				word);
		q->delta[q->radii++] = v;
	}
	return q->radii ? 0 : fail(why, "no radius");
}

static int skip_parse(const char *text, void *at, struct why *why)
{
	struct request *q = at;
	char copy[256], *rest = copy;
	int i;

	snprintf(copy, sizeof copy, "%s", text);
	for (char *word; (word = strtok_r(rest, ",", &rest));) {
		i = word_find(word, skippable);
		if (i < 0)
			return word_refuse("what is skipped", word, skippable, why);
		q->skip |= 1u << i;
	}
	return 0;
}

static int is_folder(const char *path)
{
	struct stat s;

	return !stat(path, &s);
}

static int judge_all(const char *what, const struct request *q)
{
	struct verdicts list = { 0 };
	int code = is_folder(what) ? from_folder(&list, what, q) : from_input(&list, what, q);

	for (size_t i = 0; i < list.count && !code && q->json; i++)
		print_json_line(&list.at[i], q->radii);
	if (!code && !q->json)
		print_tables(&list, q);
	if (!code && q->output)
		code = draw(&list, q);
	verdicts_free(&list);
	return code;
}

static void init(void *request)
{
	*(struct request *)request = (struct request){ .radii = 6,
		.delta = { 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1 },
		.lambda = NAN,
		.tolerance = NAN,
		.seed = 1 };
}

static int run(void *request, const struct typed_command *call)
{
	return judge_all(call->operands.at[0], request);
}

static const struct argument arguments[] = {
	{ "delta", 0, "D,...", "radii, times max(1, |x|_inf) (default 1e-6,1e-5,...,1e-1)",
		ARGUMENT_READ, .read = radii_parse },
	{ "samples", 0, "M", "gradients per radius (default max(2n, 50), at most 500)",
		ARGUMENT_WHOLE, offsetof(struct request, samples), 1, 1e6 },
	{ "lambda", 0, "L", "of the Moreau envelope (default 1/(2 rho), 1 if convex)",
		ARGUMENT_REAL, offsetof(struct request, lambda), 1e-300, 1e300 },
	{ "tolerance", 0, "T", "pieces within T of being active (default 1e-8 (1 + |f|))",
		ARGUMENT_REAL, offsetof(struct request, tolerance), 0, 1e300 },
	{ "skip", 0, "M,...", "leave out moreau, goldstein, lgi, directional (they cost time)",
		ARGUMENT_READ, .read = skip_parse },
	{ "instance", 0, "I", "0 is the textbook problem (default)", ARGUMENT_WHOLE,
		offsetof(struct request, number), 0, 1e9 },
	{ "seed", 0, "S", "of the samples, and of a random start (default 1)", ARGUMENT_WHOLE,
		offsetof(struct request, seed), 0, 1e15 },
	{ "json", 0, NULL, "one JSON object a point instead of tables", ARGUMENT_FLAG,
		offsetof(struct request, json) },
	{ "output", 'o', "DIR",
		"also DIR/goldstein.png and .svg, the curves, with script and numbers",
		ARGUMENT_TEXT, offsetof(struct request, output) },
	{ .kind = ARGUMENT_TABLE, .table = own_entries },
	{ 0 },
};

const struct command command_measure = { "measure",
	"how stationary is a point? certified distances, Goldstein's curve",
	"PROBLEM[:opt=val,...] [OPTION]... < POINTS\nDIR [OPTION]...",
	"How stationary is a point? Reads points, one a line (numbers, or the words start and "
	"minimizer), or takes the "
	"final points of the runs in DIR, recorded with `run --record x`. Prints f; |g|, the "
	"length of one subgradient; "
	"Clarke: dist(0, df(x)) from the pieces, and its certified lower bound; prox-grad: |x "
	"- prox(x - t grad s)|/t, "
	"where the problem has a prox; Moreau: |grad| of the Moreau envelope, where f is "
	"weakly convex, and its error "
	"bound; slope: the least slope of f in sampled directions, below 0 no local minimum; "
	"diameter: the longest "
	"distance in df(x); LGI: S-Adam's instability index (k = 8, delta = 0.01) and its "
	"standard error; and, a row a "
	"point, an upper bound of dist(0, d_delta f(x)) for each radius delta.",
	arguments, .operands = { 1, 1, "one problem or folder of runs" },
	.size = sizeof(struct request), .init = init, .run = run };
