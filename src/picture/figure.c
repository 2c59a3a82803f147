/* figure.c -- pictures through gnuplot: a script that runs by hand and its data beside each,
 * and one gnuplot process for all (its start costs half as much as an SVG). */
#include <config.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include "ground/files.h"
#include "ground/find.h"
#include "ground/grow.h"
#include "ground/text.h"
#include "picture/figure.h"

int figures_open(struct figures *fs, const char *folder, const char *formats, struct why *why)
{
	*fs = (struct figures){ .folder = folder, .formats = formats };
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

int figure_begin(struct figure *f, struct figures *fs, const char *name, struct why *why)
{
	*f = (struct figure){ .of = fs };
	name_figure(f, name);
	if (!(f->gp = open_part(fs, f->name, "gp", why)))
		return -1;
	if (!(f->dat = open_part(fs, f->name, "dat", why))) {
		fclose(f->gp);
		return -1;
	}
	fprintf(f->gp,
		"# %s.gp -- made by nsobench; again by hand: gnuplot -d %s.gp in this folder\n",
		f->name, f->name);
	figure_text(f, "name", f->name);
	figure_text(f, "formats", fs->formats);
	return 0;
}

void figure_number(struct figure *f, const char *name, double v)
{
	if (isfinite(v))
		fprintf(f->gp, "%s = %.17g\n", name, v);
	else
		fprintf(f->gp, "%s = NaN\n", name);
}

void figure_text(struct figure *f, const char *name, const char *text)
{
	fprintf(f->gp, "%s = ", name);
	print_gnuplot(f->gp, text);
	putc('\n', f->gp);
}

static void array(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data, void (*print)(FILE *, const char *))
{
	fprintf(f->gp, "array %s[%zu]\n", name, count ? count : 1);
	for (size_t i = 0; i < count; i++) {
		fprintf(f->gp, "%s[%zu] = ", name, i + 1);
		print(f->gp, text(i, data));
		putc('\n', f->gp);
	}
}

void figure_texts(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data)
{
	array(f, name, count, text, data, print_gnuplot);
}

void figure_tics(struct figure *f, const char *name, size_t count,
	const char *(*text)(size_t, void *), void *data)
{
	array(f, name, count, text, data, print_tic);
}

void figure_numbers(struct figure *f, const char *name, size_t count, const double *v)
{
	fprintf(f->gp, "array %s[%zu]\n", name, count ? count : 1);
	for (size_t i = 0; i < count; i++)
		if (isfinite(v[i]))
			fprintf(f->gp, "%s[%zu] = %.17g\n", name, i + 1, v[i]);
		else
			fprintf(f->gp, "%s[%zu] = NaN\n", name, i + 1);
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

int figure_end(struct figure *f, const char *template, struct why *why)
{
	struct figures *fs = f->of;
	int bad = copy_template(f->gp, "style", why) || copy_template(f->gp, template, why);
	int torn = ferror(f->gp) || ferror(f->dat);

	torn |= fclose(f->gp);
	torn |= fclose(f->dat);
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

/* How many files NAME.ENDING, endings apart by blanks, are there and not empty. */
static size_t outputs_of(const struct figures *fs, const char *name, const char *endings)
{
	char path[4400], copy[64], *rest = copy;
	size_t count = 0;

	snprintf(copy, sizeof copy, "%s", endings);
	for (char *word; (word = strtok_r(rest, " ", &rest));) {
		struct stat st;

		snprintf(path, sizeof path, "%s/%s.%s", fs->work, name, word);
		count += !stat(path, &st) && st.st_size > 0;
	}
	return count;
}

static size_t outputs(const struct figures *fs, size_t i)
{
	return outputs_of(fs, fs->name[i], fs->formats);
}

/* Moves a file to where it belongs; one that was not drawn leaves none of an earlier call
 * there. */
static int publish_one(
	const struct figures *fs, const char *name, const char *ending, struct why *why)
{
	char from[4200], to[4200];

	snprintf(from, sizeof from, "%s/%s.%s", fs->work, name, ending);
	snprintf(to, sizeof to, "%s/%s.%s", fs->folder, name, ending);
	if (!rename(from, to))
		return 0;
	if (errno == ENOENT && (!unlink(to) || errno == ENOENT))
		return 0;
	return fail(why, "%s: cannot be written: %s", to, strerror(errno));
}

static int publish(const struct figures *fs, struct why *why)
{
	char endings[80], path[4200];
	int bad = 0;

	for (size_t i = 0; i < fs->count && !bad; i++) {
		char *rest = endings;

		snprintf(endings, sizeof endings, "gp dat %s", fs->formats);
		for (char *word; !bad && (word = strtok_r(rest, " ", &rest));)
			bad = publish_one(fs, fs->name[i], word, why);
	}
	if (!outputs_of(fs, "gnuplot", "log")) { /* it had nothing to say */
		snprintf(path, sizeof path, "%s/gnuplot.log", fs->work);
		unlink(path);
	}
	return bad ? bad : publish_one(fs, "gnuplot", "log", why);
}

static size_t words(const char *text)
{
	size_t count = 0;

	for (; *(text += strspn(text, " ")); text += strcspn(text, " "))
		count++;
	return count;
}

/* What a user has set up for gnuplot must not change our pictures. */
static void forget_settings(void)
{
	static const char *const names[] = { "GNUTERM", "GNUPLOT_LIB", "GNUPLOT_DRIVER_DIR",
		"GNUPLOT_PS_DIR", "GNUPLOT_FONTPATH", "GNUPLOT_DEFAULT_GDFONT", "GDFONTPATH",
		"FIT_SCRIPT", "FIT_LOG" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unsetenv(names[i]);
}

/* Runs the scripts from `first` on; the exit status of gnuplot, 127 where it is missing. */
static int gnuplot(const struct figures *fs, size_t first)
{
	const char *program = getenv("GNUPLOT");
	char **argv = calloc(fs->count + 4, sizeof *argv), defaults[] = "-d";
	char(*file)[96] = calloc(fs->count, sizeof *file);
	int status = -1;
	pid_t child;

	fflush(NULL);
	if (!argv || !file || (child = fork()) < 0) {
		free(argv);
		free(file);
		return -1;
	}
	if (!child) {
		int log;

		program = program && *program ? program : GNUPLOT;
		argv[0] = (char *)(uintptr_t)program;
		argv[1] = defaults;
		forget_settings();
		for (size_t i = first; i < fs->count; i++) {
			snprintf(file[i], sizeof file[i], "%s.gp", fs->name[i]);
			argv[i - first + 2] = file[i];
		}
		if (chdir(fs->work) ||
			(log = open("gnuplot.log", O_WRONLY | O_CREAT | O_TRUNC, 0666)) < 0)
			_exit(126);
		dup2(log, 2);
		execvp(program, argv);
		_exit(127);
	}
	free(argv);
	free(file);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int missing(const struct figures *fs, struct why *why)
{
	struct text folder = { 0 };

	text_shell(&folder, fs->folder);
	fail(why,
		"gnuplot is missing, no picture was drawn. Install it (Debian, Ubuntu: apt-get "
		"install "
		"gnuplot-nox; Fedora: dnf install gnuplot; Arch: pacman -S gnuplot; macOS: "
		"brew install "
		"gnuplot). Scripts and data are kept: cd %s && gnuplot -d *.gp",
		folder.failed ? fs->folder : folder.s);
	text_free(&folder);
	return -1;
}

static int draw(struct figures *fs, struct why *why)
{
	size_t bad = 0, worst = 0, wanted = words(fs->formats);
	int dumb = !strcmp(fs->formats, "dumb");

	for (size_t first = 0; first < fs->count;) {
		int status = gnuplot(fs, first);
		size_t done = first;

		if (status == 127)
			return missing(fs, why);
		if (dumb)
			return status ? fail(why, "gnuplot failed: %s/gnuplot.log tells why",
						fs->folder)
				      : 0;
		while (done < fs->count && outputs(fs, done) == wanted)
			done++;
		if (done == fs->count)
			break;
		if (!bad++)
			worst = done;
		first = done + 1; /* the script that failed ended gnuplot: go on behind it */
	}
	if (bad)
		return fail(why, "gnuplot failed on %zu of %zu pictures, the first is %s/%s.gp",
			bad, fs->count, fs->folder, fs->name[worst]);
	return 0;
}

int figures_draw(struct figures *fs, struct why *why)
{
	struct why moving;
	int bad = draw(fs, why);

	if (publish(fs, &moving)) /* scripts and data also where gnuplot failed */
		return bad ? bad : fail(why, "%s", moving.text);
	return bad;
}

void figures_free(struct figures *fs)
{
	if (*fs->work)
		folder_remove(fs->work);
	for (size_t i = 0; i < fs->count; i++)
		free(fs->name[i]);
	free(fs->name);
	*fs = (struct figures){ 0 };
}
