/* figure.c -- pictures as scripts that run by hand, and their data beside them. */
#include <config.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "ground/files.h"
#include "ground/find.h"
#include "ground/grow.h"
#include "picture/figure.h"

const struct format picture_formats[] = {
	{ "png", { ".png" }, 0 },
	{ "svg", { ".svg" }, 0 },
	{ "pdf", { ".pdf" }, 0 },
	{ "eps", { ".eps" }, 0 },
	{ "tikz", { ".tikz" }, 1 },
	{ "cairolatex", { "-latex.tex", "-latex.pdf" }, 1 },
	{ 0 },
};

static int is_tex(const char *name)
{
	for (const struct format *f = picture_formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f->tex;
	return 0;
}

double canvas_unit(const struct canvas *c) { return c->points > 0 ? c->points / 9 : 1; }

enum { PAGE_WIDTH = 460, PAGE_HEIGHT = 680, AROUND = 60 }; /* AROUND: legend and foot */

struct panel_grid canvas_grid(
	const struct canvas *c, size_t panels, double left, double wide, double tall)
{
	double u = canvas_unit(c), width = c->width > 0 ? c->width / u : PAGE_WIDTH,
	       height = c->height > 0 ? c->height / u - AROUND : PAGE_HEIGHT,
	       columns = c->columns > 0 ? c->columns : floor((width - left) / wide),
	       rows = floor(height / tall);
	struct panel_grid g = { columns > 1 ? (size_t)columns : 1,
		rows > 1 ? (size_t)rows : 1 };

	if (g.columns > panels)
		g.columns = panels ? panels : 1;
	if (g.rows * g.columns > panels)
		g.rows = (panels + g.columns - 1) / g.columns;
	return g;
}

int figures_open(struct figures *fs, const char *folder, const char *formats, struct why *why)
{
	char copy[FORMATS], *rest = copy;

	*fs = (struct figures){ .folder = folder, .formats = formats };
	snprintf(copy, sizeof copy, "%s", formats);
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		char *list = is_tex(word) ? fs->tex : fs->plain;
		size_t used = strlen(list);

		snprintf(list + used, FORMATS - used, "%s%s", used ? " " : "", word);
	}
	if (folder_make(folder, why))
		return -1;
	return folder_private(folder, fs->work, sizeof fs->work, why);
}

static FILE *open_part(
	const struct figures *fs, const char *name, const char *ending, struct why *why)
{
	char path[4400];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s.%s", fs->work, name, ending);
	if (!(file = fopen(path, "w")))
		fail(why, "%s: cannot be written: %s", path, strerror(errno));
	return file;
}

static int taken(const struct figures *fs, const char *name)
{
	for (size_t i = 0; i < fs->count; i++)
		if (!strcasecmp(fs->name[i],
			    name)) /* there are file systems that do not tell a from A */
			return 1;
	return 0;
}

/* The text as a name of files that no picture before has. */
static void name_figure(struct figure *f, const char *text)
{
	char base[FILE_NAME];

	file_name(text, base);
	strcpy(f->name, base);
	for (size_t i = 2; taken(f->of, f->name); i++)
		snprintf(f->name, sizeof f->name, "%s-%zu", base, i);
}

void figure_drop(struct figure *f)
{
	FILE *files[] = { f->gp, f->tex, f->dat };

	for (size_t i = 0; i < 3; i++)
		if (files[i])
			fclose(files[i]);
}

static void begin_script(FILE *out, const char *name, const char *formats, int tex)
{
	if (!out)
		return;
	fprintf(out,
		"# %s.gp -- made by nsobench; again by hand: gnuplot -d %s.gp in this folder\n"
		"tex_script = %d\nformats = ",
		name, name, tex);
	print_gnuplot(out, formats);
	putc('\n', out);
}

static void write_canvas(struct figure *f)
{
	const struct canvas *c = &f->of->canvas;

	figure_text(f, "name", f->name);
	figure_number(f, "wanted_width", c->width);
	figure_number(f, "wanted_height", c->height);
	figure_number(f, "points_of_type", 9 * canvas_unit(c));
	figure_text(f, "typeface", c->typeface ? c->typeface : "Helvetica");
	figure_text(f, "heading", c->title ? c->title : "");
	figure_text(f, "note_text", "");
}

int figure_begin(struct figure *f, struct figures *fs, const char *name, struct why *why)
{
	char tex[sizeof f->name + 8];

	*f = (struct figure){ .of = fs };
	name_figure(f, name);
	snprintf(tex, sizeof tex, "%s%s", f->name, *fs->plain ? "-tex" : "");
	if ((*fs->plain && !(f->gp = open_part(fs, f->name, "gp", why))) ||
		(*fs->tex && !(f->tex = open_part(fs, tex, "gp", why))) ||
		!(f->dat = open_part(fs, f->name, "dat", why))) {
		figure_drop(f);
		return -1;
	}
	begin_script(f->gp, f->name, fs->plain, 0);
	begin_script(f->tex, tex, fs->tex, 1);
	write_canvas(f);
	return 0;
}

void figure_line(struct figure *f, const char *format, ...)
{
	FILE *files[] = { f->gp, f->tex };

	for (size_t i = 0; i < 2; i++)
		if (files[i]) {
			va_list list;

			va_start(list, format);
			vfprintf(files[i], format, list);
			va_end(list);
			putc('\n', files[i]);
		}
}

static const char *known(double v, char text[40])
{
	snprintf(text, 40, isfinite(v) ? "%.17g" : "NaN", v);
	return text;
}

void figure_number(struct figure *f, const char *name, double v)
{
	char text[40];

	figure_line(f, "%s = %s", name, known(v, text));
}

/* "name = TEXT" in the language of each script. */
static void assign(struct figure *f, const char *name, const char *text)
{
	FILE *files[] = { f->gp, f->tex };

	for (size_t i = 0; i < 2; i++)
		if (files[i]) {
			fprintf(files[i], "%s = ", name);
			(i ? print_gnuplot_tex : print_gnuplot)(files[i], text);
			putc('\n', files[i]);
		}
}

void figure_text(struct figure *f, const char *name, const char *text)
{
	assign(f, name, text);
}

static void array(struct figure *f, const char *name, size_t count)
{
	figure_line(f, "array %s[%zu]", name, count ? count : 1);
}

void figure_texts(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data)
{
	char at[64];

	array(f, name, count);
	for (size_t i = 0; i < count; i++) {
		snprintf(at, sizeof at, "%s[%zu]", name, i + 1);
		assign(f, at, text(i, data));
	}
}

void figure_numbers(struct figure *f, const char *name, size_t count, const double *v)
{
	char text[40];

	array(f, name, count);
	for (size_t i = 0; i < count; i++)
		figure_line(f, "%s[%zu] = %s", name, i + 1, known(v[i], text));
}

/* Eight digits: more than any picture shows, and a third of the time of all seventeen. */
void figure_row(struct figure *f, size_t count, const double *v)
{
	for (size_t i = 0; i < count; i++)
		if (isfinite(v[i]))
			fprintf(f->dat, "%s%.8g", i ? " " : "", v[i]);
		else
			fprintf(f->dat, "%sNaN", i ? " " : "");
	putc('\n', f->dat);
}

void figure_block(struct figure *f)
{
	fputs("\n\n", f->dat);
	f->blocks++;
}

/* Copies plots/NAME.gp from the first folder that has it. */
static int copy_template(FILE *out, const char *name, struct why *why)
{
	char *path = shipped_file(PLOTS, name, ".gp"), buffer[4096];
	FILE *in = path ? fopen(path, "r") : NULL;
	size_t got;

	free(path);
	if (!in)
		return fail(why, "the template plots/%s.gp is not installed", name);
	while ((got = fread(buffer, 1, sizeof buffer, in)) > 0)
		fwrite(buffer, 1, got, out);
	fclose(in);
	return 0;
}

static int end_script(FILE *out, const char *template, struct why *why)
{
	return out && (copy_template(out, "style", why) || copy_template(out, template, why));
}

int figure_end(struct figure *f, const char *template, struct why *why)
{
	struct figures *fs = f->of;
	int bad = end_script(f->gp, template, why) || end_script(f->tex, template, why);
	FILE *files[] = { f->gp, f->tex, f->dat };
	int torn = 0;

	for (size_t i = 0; i < 3; i++)
		if (files[i]) {
			torn |= ferror(files[i]);
			torn |= fclose(files[i]);
		}
	if (torn)
		return fail(why, "%s/%s.gp: cannot be written: %s", fs->folder, f->name,
			strerror(errno));
	if (bad)
		return -1;
	if (room_for(&fs->name, fs->count + 1, &fs->room, sizeof *fs->name) ||
		!(fs->name[fs->count] = strdup(f->name)))
		return fail(why, "out of memory");
	fs->count++;
	return 0;
}
