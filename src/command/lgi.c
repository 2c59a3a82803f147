/* lgi.c -- nsobench measure lgi-study: the instability index against the diameter of the Clarke
 * subdifferential, for several numbers and lengths of probes. */
#include <config.h>
#include "command/command.h"
#include "ground/files.h"
#include "ground/quote.h"
#include "ground/table.h"
#include "ground/why.h"
#include "picture/figure.h"
#include "study/lgi_study.h"
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t ks[] = { 2, 8, 64 };
static const double deltas[] = { 1e-4, 1e-3, 1e-2, 1e-1 };
enum { KS = sizeof ks / sizeof *ks, DELTAS = sizeof deltas / sizeof *deltas };
/* What is drawn: the paper's k, S-Adam's delta. */
static const size_t k_drawn = 8;
static const double delta_drawn = 1e-2;

static struct correlation correlate(const struct lgi_points *p, int index, int nearby)
{
	double *x = malloc((2 * p->count + 1) * sizeof *x), *y = x + p->count;
	struct correlation c = { NAN, NAN, NAN, 0 };

	for (size_t i = 0; x && i < p->count; i++) {
		x[i] = p->at[i].index[index];
		y[i] = nearby ? p->at[i].nearby : p->at[i].diameter;
	}
	if (x)
		c = rank_correlation(x, y, p->count);
	free(x);
	return c;
}

static void print_row(struct table *t, size_t k, double delta, const struct lgi_points *p)
{
	struct share smooth = lgi_one_where_smooth(p);

	for (int nearby = 0; nearby < 2; nearby++) {
		table_number(t, (double)k);
		table_number(t, delta);
		table_text(t, nearby ? "within delta" : "at x");
		for (int i = 0; i < LGI_INDICES; i++) {
			struct correlation c = correlate(p, i, nearby);

			table_number(t, c.rho);
			if (i == 0) {
				table_number(t, c.low);
				table_number(t, c.high);
			}
		}
		table_number(t, (double)smooth.hits);
		table_number(t, (double)smooth.of);
	}
}

static int save(const struct lgi_points *p, const char *folder)
{
	char path[4096];
	struct new_file file;
	struct why why;
	FILE *out;

	snprintf(path, sizeof path, "%s/lgi.csv", folder);
	if (file_begin(&file, path, &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	out = file.stream;
	fputs("problem,where,n,norm,diameter,nearby,ratio,ratio_error,variance,variance_error,"
	      "residual,residual_error,curvature,curvature_error\n", out);
	for (size_t i = 0; i < p->count; i++) {
		const struct lgi_point *q = &p->at[i];

		fprintf(out, "\"%s\",%s,%zu,%.6g,%.6g,%.6g", q->problem, q->where, q->n, q->norm,
			q->diameter, q->nearby);
		for (int k = 0; k < LGI_INDICES; k++)
			fprintf(out, ",%.6g,%.2g", q->index[k], q->error[k]);
		putc('\n', out);
	}
	if (file_commit(&file, &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	printf("%s\n", shown(path));
	return 0;
}

static const char *name_of(size_t i, void *data)
{
	(void)data;
	return lgi_index_names[i];
}

static int picture(const struct lgi_points *p, const char *folder)
{
	struct figures fs;
	struct figure f;
	struct why why;
	int bad;

	if (figures_open(&fs, folder, "png svg", &why) || figure_begin(&f, &fs, "lgi", &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	figure_texts(&f, "label", LGI_INDICES, name_of, NULL);
	figure_number(&f, "low", 1e-8);
	for (int k = 0; k < LGI_INDICES; k++) {
		for (size_t i = 0; i < p->count; i++)
			figure_row(&f, 4, (const double[]){ p->at[i].diameter, p->at[i].index[k],
				p->at[i].error[k], p->at[i].nearby });
		figure_block(&f);
	}
	bad = figure_end(&f, "lgi", &why) || figures_draw(&fs, &why);
	figures_free(&fs);
	if (bad)
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	printf("%s/lgi.png\n%s/lgi.svg\n", shown(folder), shown(folder));
	return save(p, folder);
}

int cmd_lgi(uint64_t seed, const char *folder)
{
	static const struct head head[] = { { "k", "k", 3 }, { "delta", "delta", 3 },
		{ "diameter", "diameter", 0 }, { "ratio", "ratio", 2 }, { "from", "low", 2 },
		{ "to", "high", 2 }, { "variance", "variance", 2 }, { "residual", "residual", 2 },
		{ "curvature", "curvature", 2 }, { "ratio = 1", "ones", 4 }, { "of", "smooth", 4 }, { 0 } };
	struct lgi_points p;
	struct table t;
	struct why why;
	int code = 0;

	table_start(&t, "rank correlation with the diameter of df(x), and of the gradients within delta of x;"
		" last: smooth sloped points where the published ratio is 1 within its error", head);
	for (size_t a = 0; a < KS && !code; a++)
		for (size_t b = 0; b < DELTAS && !code; b++) {
			if (lgi_study(ks[a], deltas[b], seed, &p, &why)) {
				code = complain(EXIT_INPUT, "measure: %s", why.text);
				break;
			}
			print_row(&t, ks[a], deltas[b], &p);
			if (folder && ks[a] == k_drawn && deltas[b] == delta_drawn)
				code = picture(&p, folder);
			lgi_points_free(&p);
		}
	if (!code)
		table_print(&t, stdout);
	table_free(&t);
	return code;
}
