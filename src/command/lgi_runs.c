/* lgi_runs.c -- nsobench measure lgi-runs: S-Adam's damping along its own runs against the distance
 * to the nearest kink. */
#include <config.h>
#include "command/command.h"
#include "ground/files.h"
#include "ground/quote.h"
#include "ground/table.h"
#include "ground/why.h"
#include "picture/figure.h"
#include "study/lgi_study.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

enum { SEEDS = 5 };

static double median_distance(const struct lgi_trail *t)
{
	double *v = malloc((t->count + 1) * sizeof *v), median;

	if (!v)
		return NAN;
	for (size_t i = 0; i < t->count; i++)
		v[i] = t->at[i].distance;
	gsl_sort(v, 1, t->count);
	median = gsl_stats_median_from_sorted_data(v, 1, t->count);
	free(v);
	return median;
}

static void add_correlation(struct table *t, struct correlation c)
{
	table_number(t, c.rho);
	table_number(t, c.low);
	table_number(t, c.high);
}

static void add_rows(struct table *t, const struct lgi_trail *trail)
{
	double rho[LGI_TRAILS];
	struct correlation c;

	for (size_t i = 0; i < LGI_TRAILS; i++) {
		table_text(t, trail[i].problem);
		table_number(t, (double)trail[i].n);
		table_number(t, (double)trail[i].count);
		table_number(t, median_distance(&trail[i]));
		for (int view = 0; view < LGI_VIEWS; view++)
			add_correlation(t, trail_correlation(&trail[i], view));
	}
	/* the ten with kinks; the quantised network's distance is of another kind */
	table_text(t, "all with kinks");
	table_number(t, NAN);
	table_number(t, NAN);
	table_number(t, NAN);
	for (int view = 0; view < LGI_VIEWS; view++) {
		for (size_t i = 0; i + 1 < LGI_TRAILS; i++)
			rho[i] = trail_correlation(&trail[i], view).rho;
		c = mean_of_runs(rho, LGI_TRAILS - 1);
		add_correlation(t, c);
	}
}

static int save(const struct lgi_trail *trail, const char *folder)
{
	char path[4096];
	struct new_file file;
	struct why why;
	FILE *out;

	snprintf(path, sizeof path, "%s/lgi-runs.csv", folder);
	if (file_begin(&file, path, &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	out = file.stream;
	fputs("problem,n,seed,step,distance,damp,ratio,curvature\n", out);
	for (size_t i = 0; i < LGI_TRAILS; i++)
		for (size_t j = 0, run = 0; j < trail[i].count; j++) {
			const struct lgi_step *s = &trail[i].at[j];

			run += j == trail[i].run_ends[run];
			fprintf(out, "%s,%zu,%zu,%zu,%.6g,%.6g,%.6g,%.6g\n", trail[i].problem,
				trail[i].n, run + 1, s->step, s->distance, s->damp, s->ratio,
				s->curvature);
		}
	if (file_commit(&file, &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	printf("%s\n", shown(path));
	return 0;
}

static const char *name_of(size_t i, void *trail)
{
	return ((const struct lgi_trail *)trail)[i].problem;
}

static int picture(struct lgi_trail *trail, const char *folder)
{
	struct figures fs;
	struct figure f;
	struct why why;
	int bad;

	if (figures_open(&fs, folder, "png svg", &why) || figure_begin(&f, &fs, "lgi-runs", &why))
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	figure_texts(&f, "label", LGI_TRAILS, name_of, trail);
	figure_number(&f, "panels", LGI_TRAILS);
	figure_number(&f, "low", 1e-6);
	for (size_t i = 0; i < LGI_TRAILS; i++) {
		for (size_t j = 0; j < trail[i].count; j++)
			figure_row(&f, 4, (const double[]){ trail[i].at[j].distance,
				trail[i].at[j].damp, trail[i].at[j].ratio, trail[i].at[j].curvature });
		figure_block(&f);
	}
	bad = figure_end(&f, "lgi-runs", &why) || figures_draw(&fs, &why);
	figures_free(&fs);
	if (bad)
		return complain(EXIT_OUTPUT, "measure: %s", why.text);
	printf("%s/lgi-runs.png\n%s/lgi-runs.svg\n", shown(folder), shown(folder));
	return save(trail, folder);
}

int cmd_lgi_runs(const char *folder)
{
	static const struct head head[] = { { "problem", "problem", 0 }, { "n", "n", 6 },
		{ "points", "points", 6 }, { "distance", "distance", 3 },
		{ "damp", "damp", 2 }, { "from", "damp_low", 2 }, { "to", "damp_high", 2 },
		{ "ratio", "ratio", 2 }, { "from", "ratio_low", 2 }, { "to", "ratio_high", 2 },
		{ "curvature", "curvature", 2 }, { "from", "curvature_low", 2 },
		{ "to", "curvature_high", 2 }, { 0 } };
	struct lgi_trail trail[LGI_TRAILS] = { { .count = 0 } };
	struct table t;
	struct why why;
	int code = 0;

	for (size_t i = 0; i < LGI_TRAILS && !code; i++)
		if (lgi_trail(i, SEEDS, &trail[i], &why))
			code = complain(EXIT_INPUT, "measure: %s", why.text);
	if (!code) {
		table_start(&t, "runs of S-Adam (k = 8): rank correlation with the distance to the nearest "
			"kink, of the damping, the published ratio, the curvature; means and intervals "
			"of 95 % over runs, in the last row over problems; distance: median", head);
		add_rows(&t, trail);
		table_print(&t, stdout);
		table_free(&t);
	}
	if (!code && folder)
		code = picture(trail, folder);
	for (size_t i = 0; i < LGI_TRAILS; i++)
		lgi_trail_free(&trail[i]);
	return code;
}
